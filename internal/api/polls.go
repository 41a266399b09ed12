package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
)

// Poll is one vote of a meeting, in brief.
type Poll struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	MeetingID string `json:"meeting_id"`
	YearID    string `json:"year_id"`
	ItemID    string `json:"item_id,omitempty" doc:"Mục của chương trình."`
	Purpose   string `json:"purpose" enum:"leader,deputy,award,tie,adopt,other"`
	AwardKind string `json:"award_kind,omitempty" doc:"Hình thức khen thưởng."`
	Title     string `json:"title"`
	Way       string `json:"way" enum:"open,paper" doc:"open: biểu quyết; paper: phiếu giấy."`
	Seats     int    `json:"seats" doc:"Số được chọn; 0 là mọi mục đạt đủ phiếu."`
	State     string `json:"state" enum:"prepared,open,counted,cancelled"`
	Attempt   int    `json:"attempt" doc:"Lần bỏ phiếu."`
	Previous  string `json:"previous,omitempty" doc:"Lần bỏ phiếu trước."`
	Entitled  int    `json:"entitled" doc:"Số đơn vị được bỏ phiếu."`
	Present   int    `json:"present" doc:"Kể cả người dự thay."`
	Cancelled string `json:"cancelled,omitempty" doc:"Lý do hủy."`
	Settled   string `json:"settled,omitempty" doc:"Bằng phiếu được phân định thế nào."`
}

// PollContent is a vote with its nominees, counts and verdicts. The figures of
// a first teller are kept back until the second has counted.
type PollContent struct {
	Poll
	Nominees    []PollNominee `json:"nominees"`
	Need        string        `json:"need,omitempty" doc:"Cần bao nhiêu phiếu và của ai."`
	Source      string        `json:"source,omitempty" doc:"Quy định đang áp dụng."`
	Named       []PollPanel   `json:"named" doc:"Hai người được hội nghị cử kiểm phiếu giấy."`
	Tellers     []PollTeller  `json:"tellers"`
	Figures     *PollFigures  `json:"figures,omitempty" doc:"Số liệu hai bên đã khớp."`
	Verdicts    []PollVerdict `json:"verdicts"`
	Differences []string      `json:"differences" doc:"Chỗ hai người kiểm phiếu ghi khác nhau."`
	Result      string        `json:"result" doc:"Kết quả, bằng lời."`
	MayCount    bool          `json:"may_count" doc:"Bạn nhập được số liệu kiểm phiếu."`
}

// PollNominee is who or what is voted on.
type PollNominee struct {
	ID     string `json:"id"`
	UnitID string `json:"unit_id,omitempty"`
	Name   string `json:"name"`
}

// PollPanel is one whom the meeting named to count on paper.
type PollPanel struct {
	Teller int    `json:"teller" doc:"Người kiểm phiếu thứ nhất hoặc thứ hai."`
	UnitID string `json:"unit_id"`
	Name   string `json:"name" doc:"Đơn vị."`
	Person string `json:"person,omitempty"`
}

// PollTeller is a count with who entered it.
type PollTeller struct {
	Teller  int          `json:"teller" doc:"Người kiểm phiếu thứ nhất hoặc thứ hai; 0 là biểu quyết."`
	Name    string       `json:"name"`
	At      string       `json:"at" format:"date-time"`
	Figures *PollFigures `json:"figures,omitempty"`
}

// PollFigures are what a count says.
type PollFigures struct {
	Issued   int        `json:"issued" doc:"Phiếu phát ra."`
	Returned int        `json:"returned" doc:"Phiếu thu về."`
	Valid    int        `json:"valid" doc:"Phiếu hợp lệ."`
	Invalid  int        `json:"invalid" doc:"Phiếu không hợp lệ."`
	Lines    []PollLine `json:"lines" nullable:"false" maxItems:"1000"`
}

// PollLine is the count of one nominee.
type PollLine struct {
	Nominee string `json:"nominee" minLength:"1"`
	Yes     int    `json:"yes" minimum:"0"`
	No      int    `json:"no" minimum:"0"`
	Written int    `json:"written,omitempty" minimum:"0" doc:"Ý kiến đồng ý bằng văn bản của đơn vị vắng mặt."`
}

// PollVerdict is what the count means for one nominee.
type PollVerdict struct {
	Nominee string `json:"nominee"`
	Yes     int    `json:"yes"`
	No      int    `json:"no"`
	Written int    `json:"written" doc:"Ý kiến đồng ý bằng văn bản của đơn vị vắng mặt."`
	Votes   int    `json:"votes" doc:"Phiếu được tính."`
	Base    int    `json:"base" doc:"Tổng dùng để tính tỷ lệ."`
	Needed  int    `json:"needed"`
	Passed  bool   `json:"passed"`
	Chosen  bool   `json:"chosen"`
	Tied    bool   `json:"tied" doc:"Bằng phiếu ở vị trí cuối."`
}

// NewPoll is a vote to be prepared.
type NewPoll struct {
	MeetingID string   `json:"meeting_id" minLength:"1"`
	YearID    string   `json:"year_id" minLength:"1"`
	ItemID    string   `json:"item_id,omitempty" doc:"Mục của chương trình."`
	Purpose   string   `json:"purpose" enum:"leader,deputy,award,tie,adopt,other"`
	AwardKind string   `json:"award_kind,omitempty" doc:"Hình thức khen thưởng."`
	Title     string   `json:"title" minLength:"1" maxLength:"300"`
	Way       string   `json:"way" enum:"open,paper" doc:"open: biểu quyết; paper: phiếu giấy."`
	Seats     int      `json:"seats,omitempty" minimum:"0" maximum:"1000" doc:"Số được chọn; 0 là mọi mục đạt đủ phiếu."`
	Units     []string `json:"units,omitempty" nullable:"false" maxItems:"1000" doc:"Mã các đơn vị được đề cử, theo thứ tự trên phiếu."`
	Labels    []string `json:"labels,omitempty" nullable:"false" maxItems:"100" doc:"Các nội dung được bỏ phiếu."`
}

func pollOf(p ballot.Poll) Poll {
	return Poll{
		ID: p.ID, Version: p.Version, MeetingID: p.MeetingID, YearID: p.YearID, ItemID: p.ItemID, Purpose: string(p.Purpose), AwardKind: p.AwardKind,
		Title: p.Title, Way: string(p.Way), Seats: p.Seats, State: string(p.State), Attempt: p.Attempt, Previous: p.PreviousID, Entitled: p.Entitled,
		Present: p.Present, Cancelled: p.Cancelled, Settled: p.Settled,
	}
}

func figuresOf(f *ballot.Figures) *PollFigures {
	if f == nil {
		return nil
	}
	return &PollFigures{f.Issued, f.Returned, f.Valid, f.Invalid, each(f.Lines, func(l ballot.Line) PollLine { return PollLine{l.Nominee, l.Yes, l.No, l.Written} })}
}

func linesOf(all []PollLine) []ballot.Line {
	return each(all, func(l PollLine) ballot.Line {
		return ballot.Line{Nominee: l.Nominee, Yes: l.Yes, No: l.No, Written: l.Written}
	})
}

func verdictsOf(v ballot.View) []PollVerdict {
	return each(v.Verdicts, func(d ballot.Verdict) PollVerdict {
		return PollVerdict{d.Nominee, d.Yes, d.No, d.Written, d.Votes, d.Base, d.Needed, d.Passed, d.Chosen, d.Tied}
	})
}

// pollFields: the form of a poll calls them so.
var pollFields = map[string]string{"item": "item_id"}

func (s *server) polls() {
	register(s, route{
		id: "prepare-poll", tag: tagMeetings, method: http.MethodPost, path: "/polls", scopes: runs, made: true, fields: pollFields, statuses: []int{http.StatusNotFound},
		says: "Chuẩn bị một lần bỏ phiếu",
	}, func(ctx context.Context, c *call, in *struct{ Body NewPoll }) (PollContent, error) {
		b := in.Body
		p, err := s.Ballots.Prepare(ctx, c.actor, ballot.NewPoll{
			MeetingID: b.MeetingID, YearID: b.YearID, ItemID: b.ItemID, Purpose: ballot.Purpose(b.Purpose), AwardKind: b.AwardKind, Title: b.Title,
			Way: ballot.Way(b.Way), Seats: b.Seats, Units: b.Units, Labels: b.Labels,
		})
		if err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, p.ID)
	})
	register(s, route{
		id: "get-poll", tag: tagMeetings, method: http.MethodGet, path: "/polls/{id}", scopes: scopes{access.MeetingRead},
		says:  "Một lần bỏ phiếu: đề cử, kiểm phiếu, kết quả",
		about: "Số liệu của người kiểm phiếu thứ nhất chưa hiện ra trước khi người thứ hai nhập.",
	}, func(ctx context.Context, c *call, in *idPath) (PollContent, error) {
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "name-tellers", tag: tagMeetings, method: http.MethodPut, path: "/polls/{id}/tellers", scopes: runs, fields: tellerFields, statuses: []int{http.StatusConflict},
		says:  "Cử hai người kiểm phiếu giấy",
		about: "Trong số đơn vị có mặt và không có tên trên phiếu, hoặc cơ quan thường trực. Ai đã nhập số liệu thì không đổi được nữa.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Tellers []NewPollTeller `json:"tellers" nullable:"false" minItems:"2" maxItems:"2"`
		} `nameHint:"NewTellers"`
	}) (PollContent, error) {
		var both [2]ballot.NewTeller
		for i, t := range in.Body.Tellers {
			both[i] = ballot.NewTeller{UnitID: t.UnitID, Person: t.Person}
		}
		if err := s.Ballots.NameTellers(ctx, c.actor, in.ID, both); err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "open-poll", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/open", scopes: runs,
		says: "Bắt đầu bỏ phiếu; người được bỏ phiếu và quy định được giữ từ đây",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Versioned
	}) (PollContent, error) {
		if err := s.Ballots.Open(ctx, c.actor, in.ID, in.Body.Version); err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "count-hands", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/hands", scopes: runs,
		says: "Nhập kết quả biểu quyết",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Lines []PollLine `json:"lines" nullable:"false" minItems:"1" maxItems:"1000"`
		} `nameHint:"NewHands"`
	}) (PollContent, error) {
		if err := s.Ballots.CountHands(ctx, c.actor, in.ID, linesOf(in.Body.Lines)); err != nil {
			return PollContent{}, counted(err, in.Body.Lines)
		}
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "count-paper", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/counts", scopes: scopes{access.VoteCount, access.MeetingRead},
		says:  "Nhập số liệu kiểm phiếu giấy của một người kiểm phiếu",
		about: "Hai tài khoản đếm riêng; khi hai bên khớp thì có kết quả. Gửi lại là sửa số liệu của mình khi hai bên còn khác nhau.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body PollFigures
	}) (PollContent, error) {
		f := ballot.Figures{Issued: in.Body.Issued, Returned: in.Body.Returned, Valid: in.Body.Valid, Invalid: in.Body.Invalid, Lines: linesOf(in.Body.Lines)}
		if _, err := s.Ballots.EnterCount(ctx, c.actor, in.ID, f); err != nil {
			return PollContent{}, counted(err, in.Body.Lines)
		}
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "cancel-poll", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/cancel", scopes: runs,
		says: "Hủy một lần bỏ phiếu, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) (PollContent, error) {
		if err := s.Ballots.Cancel(ctx, c.actor, in.ID, in.Body.Reason, in.Body.Version); err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "repeat-poll", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/again", scopes: runs, made: true,
		says: "Chuẩn bị lần bỏ phiếu tiếp theo cho số còn phải chọn",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Way string `json:"way" enum:"open,paper" doc:"open: biểu quyết; paper: phiếu giấy."`
		} `nameHint:"NewWay"`
	}) (PollContent, error) {
		p, err := s.Ballots.Again(ctx, c.actor, in.ID, ballot.Way(in.Body.Way))
		if err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, p.ID)
	})
	register(s, route{
		id: "settle-poll", tag: tagMeetings, method: http.MethodPost, path: "/polls/{id}/settle", scopes: runs,
		says: "Ghi cách phân định khi bằng phiếu",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Chosen  []string `json:"chosen" nullable:"false" minItems:"1" maxItems:"1000" doc:"Mã những đề cử được chọn trong số bằng phiếu."`
			Basis   string   `json:"basis" minLength:"1" maxLength:"1000" doc:"Ai quyết định và căn cứ nào."`
			Version int64    `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewSettlement"`
	}) (PollContent, error) {
		if err := s.Ballots.Settle(ctx, c.actor, in.ID, in.Body.Chosen, in.Body.Basis, in.Body.Version); err != nil {
			return PollContent{}, err
		}
		return s.pollContent(ctx, c, in.ID)
	})
}

// NewPollTeller names a teller.
type NewPollTeller struct {
	UnitID string `json:"unit_id" minLength:"1"`
	Person string `json:"person,omitempty" maxLength:"100" doc:"Họ tên."`
}

// tellerFields: the form of a poll calls a teller's unit so.
var tellerFields = map[string]string{"teller-1": "tellers[0].unit_id", "teller-2": "tellers[1].unit_id"}

// counted gives the faults of a count their place: the domain names a
// nominee's figure "yes-" and the nominee's id.
func counted(err error, lines []PollLine) error {
	return moved(err, func(field string) string {
		name, id, _ := strings.Cut(field, "-")
		for i, l := range lines {
			if l.Nominee == id {
				return place("body.lines", i, name)
			}
		}
		return field
	})
}

func (s *server) pollContent(ctx context.Context, c *call, id string) (PollContent, error) {
	v, err := s.Ballots.See(ctx, c.actor, id)
	if err != nil {
		return PollContent{}, err
	}
	out := PollContent{
		Poll: pollOf(v.Poll), Need: c.say(v.Need()), Figures: figuresOf(v.Figures), Verdicts: verdictsOf(v), Result: c.say(v.Words()),
		Tellers: each(v.Tellers, func(t ballot.Teller) PollTeller {
			return PollTeller{t.Teller, t.Count.Name, stamp(t.At), figuresOf(t.Figures)}
		}),
		Named:       each(v.Named, func(t ballot.NamedTeller) PollPanel { return PollPanel{t.Seat, t.UnitID, t.Name, t.Person} }),
		Differences: each(v.Differences, func(d ballot.Difference) string { return c.say(v.Say(d)) }),
	}
	for i, n := range v.Nominees {
		out.Nominees = append(out.Nominees, PollNominee{n.ID, n.UnitID, v.Names[i].Name})
	}
	if v.Rule != nil {
		out.Source = v.Rule.Source
	}
	out.MayCount, err = s.Ballots.MayCount(ctx, c.actor, v.Poll)
	return out, err
}
