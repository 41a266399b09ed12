package ballot

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// NewPoll is a vote to be prepared.
type NewPoll struct {
	MeetingID string
	YearID    string
	ItemID    string // agenda item; may be empty
	Purpose   Purpose
	AwardKind string // for ForAward
	Title     string
	Way       Way
	Seats     int      // 0: as many as pass; an election of a leader or deputy has one
	Units     []string // nominated members, in the order of the ballot
	Labels    []string // for ForAdopt and ForOther: what is voted on
}

func (n *NewPoll) check() error {
	n.Title = vntext.Line(n.Title)
	if n.Purpose == ForLeader || n.Purpose == ForDeputy {
		n.Seats = 1
	}
	var labels []string
	for _, l := range n.Labels {
		if l = vntext.Line(l); l != "" {
			labels = append(labels, l)
		}
	}
	n.Labels = labels
	twice := false
	for i, u := range n.Units {
		twice = twice || slices.Contains(n.Units[:i], u)
	}
	same := ""
	for i, l := range n.Labels {
		for _, other := range n.Labels[:i] {
			if vntext.Fold(other) == vntext.Fold(l) {
				same = l
			}
		}
	}
	return fault.List(
		fault.When(!slices.Contains(Purposes, n.Purpose), "purpose", "Chưa chọn việc cần bỏ phiếu."),
		fault.When(n.Title == "", "title", "Chưa nhập nội dung bỏ phiếu."),
		fault.When(len([]rune(n.Title)) > 300, "title", "Nội dung bỏ phiếu dài quá 300 ký tự."),
		fault.When(n.Way != ByHands && n.Way != OnPaper, "way", "Chưa chọn cách bỏ phiếu: biểu quyết hoặc phiếu giấy."),
		fault.When(n.Seats < 0 || n.Seats > 1000, "seats", "Số đơn vị được chọn không đúng."),
		fault.When(n.Purpose == ForTie && n.Seats == 0, "seats", "Phân định đồng hạng phải ghi số đơn vị được chọn."),
		fault.When(len(n.Units)+len(n.Labels) == 0, "units", "Chưa có ai, hoặc nội dung nào, để bỏ phiếu."),
		fault.When(len(n.Labels) > 0 && !n.Purpose.Texts(), "labels", "Việc này chỉ bỏ phiếu cho đơn vị thành viên."),
		fault.When(same != "", "labels", "Có hai dòng cùng một nội dung: “{.label}”. Mỗi nội dung chỉ biểu quyết một lần.", "label", same),
		fault.When(twice, "units", "Có đơn vị được đề cử hai lần."),
		fault.When(n.Purpose == ForAward && n.AwardKind == "", "award_kind", "Chưa chọn hình thức khen thưởng."),
	)
}

// Prepare enters a poll with its nominees; voting begins with Open.
func (s *Service) Prepare(ctx context.Context, actor access.Actor, n NewPoll) (Poll, error) {
	if err := n.check(); err != nil {
		return Poll{}, err
	}
	var p Poll
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		sitting, err := s.sittings.Sitting(ctx, tx, n.MeetingID)
		if err != nil {
			return err
		}
		if !slices.Contains(sitting.Years, n.YearID) {
			return fault.Missing()
		}
		if err := s.gate.Must(ctx, tx, actor, access.MeetingRun, access.Record{Year: n.YearID}); err != nil {
			return err
		}
		p, err = s.prepare(ctx, tx, actor, n, sitting, 1, "")
		return err
	})
	return p, err
}

// Preparable tells why no vote of the purpose can be prepared at a meeting for a
// year; nil when one can. A page asks before it shows its form.
func (s *Service) Preparable(ctx context.Context, q db.Queryer, meetingID, yearID string, p Purpose) error {
	sitting, err := s.sittings.Sitting(ctx, q, meetingID)
	if err != nil {
		return err
	}
	_, err = s.preparable(ctx, q, yearID, p, sitting)
	return err
}

func (s *Service) preparable(ctx context.Context, q db.Queryer, yearID string, p Purpose, sitting Sitting) (cluster.Year, error) {
	switch {
	case sitting.Over:
		return cluster.Year{}, over()
	case sitting.Council:
		return cluster.Year{}, fault.New(fault.Conflict, "Phiên họp Hội đồng không bỏ phiếu bằng đơn vị thành viên. Hãy ghi kết quả của Hội đồng vào nghị quyết của phiên họp.")
	}
	y, err := s.years.Get(ctx, q, yearID)
	if err != nil || cluster.Open(y, p.activity()) {
		return y, err
	}
	if p.activity() == cluster.Reviewing {
		return y, fault.New(fault.Conflict, "Chưa, hoặc không còn, bỏ phiếu “{.purpose}” được: việc này làm sau khi tổng hợp điểm và trước khi xác nhận đã bình xét, còn năm thi đua đang ở bước “{.state}”.", "purpose", locale.Msg(p.Name()), "state", locale.Msg(y.State.Stage().Name))
	}
	return s.years.During(ctx, q, yearID, p.activity())
}

func (s *Service) prepare(ctx context.Context, tx *db.Tx, actor access.Actor, n NewPoll, sitting Sitting, attempt int, previous string) (Poll, error) {
	y, err := s.preparable(ctx, tx, n.YearID, n.Purpose, sitting)
	if err != nil {
		return Poll{}, err
	}
	if n.ItemID != "" && !slices.Contains(sitting.Items, n.ItemID) {
		return Poll{}, fault.Wrong("item", "Mục này không có trong chương trình của hội nghị. Hãy chọn lại.")
	}
	if n.Purpose == ForAward {
		known, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM award_kind WHERE id = $1`, n.AwardKind)
		if err != nil {
			return Poll{}, err
		}
		if known == 0 {
			return Poll{}, fault.Wrong("award_kind", "Hình thức khen thưởng này không có trong danh mục.")
		}
	} else {
		n.AwardKind = ""
	}
	members, err := s.years.Members(ctx, tx, y)
	if err != nil {
		return Poll{}, err
	}
	for _, u := range n.Units {
		if !slices.ContainsFunc(members, memberIs(u)) {
			return Poll{}, fault.Wrong("units", "Chỉ đề cử được đơn vị thành viên của năm thi đua này.")
		}
	}
	p := Poll{
		ID: db.NewID(), MeetingID: n.MeetingID, YearID: n.YearID, ItemID: n.ItemID, Purpose: n.Purpose, AwardKind: n.AwardKind,
		Title: n.Title, Way: n.Way, Seats: n.Seats, Attempt: attempt, State: Prepared, PreviousID: previous,
	}
	change := ledger.Change{By: actor, Action: "ballot.prepare", Year: p.YearID}
	if err := s.book.Insert(ctx, tx, change, "poll", &p); err != nil {
		return p, err
	}
	place := 0
	enter := func(unit, label string) error {
		place++
		return s.book.Insert(ctx, tx, change, "nominee", &Nominee{ID: db.NewID(), PollID: p.ID, UnitID: unit, Label: label, Place: place})
	}
	for _, u := range n.Units {
		if err := enter(u, ""); err != nil {
			return p, err
		}
	}
	for _, l := range n.Labels {
		if err := enter("", l); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Open begins the vote: the meeting must be in session with a quorum. Who may
// vote, who is there and the rule in force on the day are fixed in the poll.
func (s *Service) Open(ctx context.Context, actor access.Actor, pollID string, version int64) error {
	return s.change(ctx, actor, pollID, access.MeetingRun, "ballot.open", "", func(tx *db.Tx, p *Poll, sitting Sitting) error {
		if p.State != Prepared {
			return fault.New(fault.Conflict, "Việc bỏ phiếu này đã bắt đầu hoặc đã kết thúc.")
		}
		if !sitting.Open {
			return fault.New(fault.Conflict, "Hội nghị chưa khai mạc. Hãy khai mạc rồi mới bỏ phiếu.")
		}
		if p.Way == OnPaper {
			if err := s.manned(ctx, tx, *p); err != nil {
				return err
			}
		}
		y, err := s.years.During(ctx, tx, p.YearID, p.Purpose.activity())
		if err != nil {
			return err
		}
		present, err := s.sittings.Attending(ctx, tx, p.MeetingID, p.YearID)
		if err != nil {
			return err
		}
		members, err := s.years.Members(ctx, tx, y)
		if err != nil {
			return err
		}
		c, err := s.years.Cluster(ctx, tx, y.ClusterID)
		if err != nil {
			return err
		}
		rule, err := s.rules.At(ctx, tx, rulebook.VoteCluster, c.OrganiserID, sitting.Day)
		if err != nil {
			return err
		}
		t, err := rule.Threshold()
		if err != nil {
			return err
		}
		p.State, p.Entitled, p.Present, p.RuleID = Open, len(members), present, rule.ID
		p.Num, p.Den, p.Strict, p.Base, p.Written = t.Num, t.Den, t.Strict, t.Base, t.Written
		p.Version = version
		return nil
	})
}

// Cancel withdraws a poll, counted or not, with a reason; its counts stay.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, pollID, reason string, version int64) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Hãy ghi lý do hủy; lý do được ghi vào biên bản.")
	}
	return s.change(ctx, actor, pollID, access.MeetingRun, "ballot.cancel", reason, func(tx *db.Tx, p *Poll, _ Sitting) error {
		if p.State == Cancelled {
			return fault.New(fault.Conflict, "Việc bỏ phiếu này đã được hủy trước đó.")
		}
		used, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM nomination WHERE poll_id = $1 AND state <> 'withdrawn'`, p.ID)
		if err != nil {
			return err
		}
		if used > 0 {
			return fault.New(fault.Conflict, "Đã có đề nghị khen thưởng dựa vào kết quả này. Hãy rút các đề nghị đó trước khi hủy.")
		}
		p.State, p.Cancelled, p.Version = Cancelled, reason, version
		return nil
	})
}

// Again prepares the next ballot after a count that left seats open: among the
// tied nominees when there was a tie, else among all that were not chosen.
func (s *Service) Again(ctx context.Context, actor access.Actor, pollID string, way Way) (Poll, error) {
	var next Poll
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		p, sitting, err := s.enter(ctx, tx, actor, pollID, access.MeetingRun)
		if err != nil {
			return err
		}
		if p.State != Counted {
			return fault.New(fault.Conflict, "Chưa kiểm phiếu xong nên chưa bỏ phiếu lại được.")
		}
		later, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM poll WHERE previous_id = $1 AND state <> $2`, p.ID, Cancelled)
		if err != nil {
			return err
		}
		if later > 0 {
			return fault.New(fault.Conflict, "Đã có lần bỏ phiếu tiếp theo cho việc này.")
		}
		v, err := s.read(ctx, tx, p)
		if err != nil {
			return err
		}
		n := NewPoll{MeetingID: p.MeetingID, YearID: p.YearID, ItemID: p.ItemID, Purpose: p.Purpose, AwardKind: p.AwardKind, Title: p.Title, Way: way, Seats: Left(p.Seats, v.Verdicts)}
		if p.Seats > 0 && n.Seats == 0 {
			return fault.New(fault.Conflict, "Đã chọn đủ số đơn vị nên không cần bỏ phiếu lại.")
		}
		tie := v.Tied()
		for i, d := range v.Verdicts {
			if tie && d.Tied || !tie && !d.Chosen {
				if u := v.Nominees[i].UnitID; u != "" {
					n.Units = append(n.Units, u)
				} else {
					n.Labels = append(n.Labels, v.Nominees[i].Label)
				}
			}
		}
		if err := n.check(); err != nil {
			return err
		}
		if next, err = s.prepare(ctx, tx, actor, n, sitting, p.Attempt+1, p.ID); err != nil || way != OnPaper {
			return err
		}
		panel, err := s.panel(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, t := range panel { // the same two go on counting
			t.ID, t.Version, t.PollID = db.NewID(), 0, next.ID
			if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "ballot.tellers", Year: p.YearID}, "teller", &t); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// enter reads a poll for an act on it: the right first, then that the meeting
// still goes on.
func (s *Service) enter(ctx context.Context, tx *db.Tx, actor access.Actor, pollID string, permission access.Permission) (Poll, Sitting, error) {
	p, err := s.Get(ctx, tx, pollID)
	if err != nil {
		return p, Sitting{}, err
	}
	if err := s.gate.Must(ctx, tx, actor, permission, access.Record{Year: p.YearID, Poll: p.ID}); err != nil {
		return p, Sitting{}, err
	}
	sitting, err := s.sittings.Sitting(ctx, tx, p.MeetingID)
	if err == nil && sitting.Over {
		err = over()
	}
	return p, sitting, err
}

func (s *Service) change(ctx context.Context, actor access.Actor, pollID string, permission access.Permission, action, reason string, edit func(*db.Tx, *Poll, Sitting) error) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		p, sitting, err := s.enter(ctx, tx, actor, pollID, permission)
		if err != nil {
			return err
		}
		if err := edit(tx, &p, sitting); err != nil {
			return err
		}
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: action, Year: p.YearID, Reason: reason}, "poll", &p)
	})
}
