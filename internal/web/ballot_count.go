package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// countView is where votes are entered: a teller's own count of the paper
// ballots, or the one count of a show of hands.
type countView struct {
	ballot.View
	Crumbs  []Crumb
	Meeting string // address of the vote on the meeting's page
	Action  string
	Hands   bool
	Open    bool // figures may be entered by this reader
	Mine    int  // the teller that the reader is, 0 for none yet
	Entered bool // the reader's figures are in
	Waiting bool // for the other teller
	Fixed   int  // how often the reader has corrected
	Needs   locale.Text
	Result  locale.Text
	Lines   []countLine
	Totals  []countField
	Differ  []string // what the figures are called in which the tellers differ
	Absent  int
}

type countLine struct {
	Name            string
	Yes, No, Letter countField
}

// countField is a figure to enter; Other says where the other teller has
// another, and not which.
type countField struct {
	Name, Label string
	Other       locale.Text
}

func (s *Server) ballotCountForm(q *Req) error {
	ctx := q.Ctx()
	v, err := s.Ballots.See(ctx, q.Actor, q.Path("poll"))
	if err != nil {
		return err
	}
	if q.WantsJSON() { // a waiting teller's page asks whether the other is done
		return q.JSON(http.StatusOK, map[string]any{"state": v.State, "tellers": len(v.Tellers)})
	}
	h, err := s.headOf(q, v.YearID, "meetings")
	if err != nil {
		return err
	}
	m, err := s.Meetings.Get(ctx, s.DB, v.MeetingID)
	if err != nil {
		return err
	}
	view := countView{
		View: v, Meeting: meetingPath(m.ID, "phieu-"+v.ID), Action: countPath(v.ID), Hands: v.Way == ballot.ByHands,
		Needs: v.Need(), Result: v.Words(), Absent: max(v.Entitled-v.Present, 0),
		Crumbs: append(h.Crumbs("")[:2], Crumb{h.Path("meetings"), "Bình xét"}, Crumb{meetingPath(m.ID, ""), m.Kind.Name()}, Crumb{"", "Kiểm phiếu"}),
	}
	if view.Open, err = s.mayEnter(q, v, m.Over()); err != nil {
		return err
	}
	view.tellers(q.Actor)
	view.fields(q)
	return q.Render("ballot_count", view)
}

// mayEnter tells whether the reader may enter a count now.
func (s *Server) mayEnter(q *Req, v ballot.View, over bool) (bool, error) {
	if v.State != ballot.Open || over {
		return false, nil
	}
	if v.Way == ballot.ByHands {
		return s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.MeetingRun, access.Record{Year: v.YearID})
	}
	return s.Ballots.MayCount(q.Ctx(), q.Actor, v.Poll)
}

func (v *countView) tellers(actor access.Actor) {
	others := 0
	for _, t := range v.View.Tellers {
		own := t.AccountID == actor.Account
		if own {
			v.Mine, v.Entered, v.Fixed = t.Teller, true, t.Superseded
		} else {
			others++
		}
	}
	v.Waiting = !v.Hands && v.Entered && others == 0 && v.State == ballot.Open
}

// fields lays out what is entered, with the reader's own figures as they stand
// and, once both counts are in, where they differ.
func (v *countView) fields(q *Req) {
	f := q.Form()
	set := func(field string, n int) { f.Default(field, strconv.Itoa(n)) }
	for _, t := range v.View.Tellers {
		if t.AccountID != q.Actor.Account || t.Figures == nil {
			continue
		}
		set("issued", t.Figures.Issued)
		set("returned", t.Figures.Returned)
		set("valid", t.Figures.Valid)
		set("invalid", t.Figures.Invalid)
		for _, l := range t.Figures.Lines {
			set(ballot.YesField(l.Nominee), l.Yes)
			set(ballot.NoField(l.Nominee), l.No)
			set(ballot.WrittenField(l.Nominee), l.Written)
		}
	}
	other := map[string]locale.Text{}
	for _, d := range v.Differences {
		v.Differ = append(v.Differ, v.what(q, d))
		if v.Mine > 0 {
			other[fieldOf(d)] = locale.Msg("Khác người kiểm kia.")
		}
	}
	if !v.Hands {
		for _, c := range []struct{ name, label string }{{"issued", "Phát ra"}, {"returned", "Thu về"}, {"valid", "Hợp lệ"}, {"invalid", "Không hợp lệ"}} {
			v.Totals = append(v.Totals, countField{c.name, c.label, other[c.name]})
		}
	}
	for i, n := range v.Nominees {
		yes, no, letter := ballot.YesField(n.ID), ballot.NoField(n.ID), ballot.WrittenField(n.ID)
		v.Lines = append(v.Lines, countLine{v.Names[i].Name, countField{yes, "Đồng ý", other[yes]}, countField{no, "Không đồng ý", other[no]}, countField{letter, "Ý kiến bằng văn bản", other[letter]}})
	}
}

// what names the figure of a difference.
func (v *countView) what(q *Req, d ballot.Difference) string {
	if d.Nominee == "" {
		return q.T(d.Field.Name())
	}
	return v.View.Name(d.Nominee) + ": " + q.T(d.Field.Name())
}

// fieldOf is the form's field of a difference.
func fieldOf(d ballot.Difference) string {
	switch d.Field {
	case ballot.FieldYes:
		return ballot.YesField(d.Nominee)
	case ballot.FieldNo:
		return ballot.NoField(d.Nominee)
	case ballot.FieldWritten:
		return ballot.WrittenField(d.Nominee)
	}
	return string(d.Field)
}

// ballotCount takes the figures.
func (s *Server) ballotCount(q *Req) error {
	ctx := q.Ctx()
	v, err := s.Ballots.See(ctx, q.Actor, q.Path("poll"))
	if err != nil {
		return err
	}
	figures, err := figuresOf(q.Form(), v)
	if err != nil {
		return q.Retry(err, s.ballotCountForm)
	}
	place := meetingPath(v.MeetingID, "phieu-"+v.ID)
	if v.Way == ballot.ByHands {
		if err := s.Ballots.CountHands(ctx, q.Actor, v.ID, figures.Lines); err != nil {
			return q.Retry(plainly(err), s.ballotCountForm)
		}
		return q.Redirect(place, "Đã ghi kết quả biểu quyết.")
	}
	entry, err := s.Ballots.EnterCount(ctx, q.Actor, v.ID, figures)
	switch {
	case err != nil:
		return q.Retry(plainly(err), s.ballotCountForm)
	case !entry.Both:
		return q.Redirect(countPath(v.ID), "Đã ghi số liệu của bạn. Còn chờ người kiểm phiếu thứ hai nhập riêng.")
	case len(entry.Differences) > 0:
		return q.Redirect(countPath(v.ID), "Đã ghi số liệu của bạn. Hai người kiểm phiếu ghi khác nhau {.n} số liệu, hãy đếm lại các chỗ nêu dưới đây.", "n", len(entry.Differences))
	}
	return q.Redirect(place, "Hai người kiểm phiếu khớp nhau. Đã có kết quả.")
}

// figuresOf reads the figures as they were typed; an empty box is no zero,
// because a figure that somebody forgot would pass for one that was counted.
func figuresOf(f *Form, v ballot.View) (ballot.Figures, error) {
	var wrong []*fault.Error
	read := func(field string, needed bool) int {
		text := f.Get(field)
		if text == "" {
			if needed {
				wrong = append(wrong, fault.Wrong(field, "Chưa nhập số phiếu. Nếu không có phiếu nào, hãy nhập 0."))
			}
			return 0
		}
		n, err := strconv.Atoi(strings.ReplaceAll(text, ".", ""))
		if err != nil || n < 0 || n > 1_000_000 {
			wrong = append(wrong, fault.Wrong(field, "Số phiếu phải là số nguyên từ 0 trở lên."))
		}
		return n
	}
	var out ballot.Figures
	if v.Way == ballot.OnPaper {
		out = ballot.Figures{Issued: read("issued", true), Returned: read("returned", true), Valid: read("valid", true), Invalid: read("invalid", true)}
	}
	for _, n := range v.Nominees {
		out.Lines = append(out.Lines, ballot.Line{
			Nominee: n.ID, Yes: read(ballot.YesField(n.ID), true), No: read(ballot.NoField(n.ID), true), Written: read(ballot.WrittenField(n.ID), false),
		})
	}
	return out, fault.List(wrong...)
}
