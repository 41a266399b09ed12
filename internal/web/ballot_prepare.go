package web

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// ballotFormView prepares a vote: what it decides comes first, the rest of the
// form follows from it.
type ballotFormView struct {
	Crumbs   []Crumb
	Meeting  meeting.Meeting
	Action   string
	Purposes []kindChoice
	Purpose  ballot.Purpose
	Texts    bool // texts are voted on, not units
	One      bool // exactly one is chosen
	Units    []Option
	Awards   []Option
	Items    []Option
	Years    []kindChoice // where the meeting has two
	Ways     []Option
	Rule     *rulebook.Rule
	Words    locale.Text
	Needed   int // of all members; 0 where that is known only at the count
	Members  int
	Written  bool
	NoRule   error
	Closed   error // why no such vote can be prepared now
}

// usualPurpose is what a line of the agenda most likely votes on.
var usualPurpose = map[meeting.ItemKind]ballot.Purpose{
	meeting.Adopt: ballot.ForAdopt, meeting.Election: ballot.ForLeader, meeting.Vote: ballot.ForAward, meeting.Report: ballot.ForAdopt, meeting.Other: ballot.ForOther,
}

func (s *Server) ballotForm(q *Req) error {
	ctx, id, f := q.Ctx(), q.Path("meeting"), q.Form()
	m, err := s.Meetings.See(ctx, q.Actor, id)
	if err != nil {
		return err
	}
	years, err := s.Meetings.YearsOf(ctx, s.DB, id)
	if err != nil {
		return err
	}
	yearID, err := s.pollYear(q, years)
	if err != nil {
		return err
	}
	h, err := s.headOf(q, yearID, "meetings")
	if err != nil {
		return err
	}
	items, err := s.Meetings.Items(ctx, s.DB, id)
	if err != nil {
		return err
	}
	view := ballotFormView{
		Crumbs:  append(h.Crumbs("")[:2], Crumb{h.Path("meetings"), "Bình xét"}, Crumb{meetingPath(id, ""), m.Kind.Name()}, Crumb{"", "Chuẩn bị bỏ phiếu"}),
		Meeting: m, Action: meetingPath(id, "") + "/phieu/moi", Units: memberOptions(h), Ways: wayOptions(), Members: len(h.Members),
		Items: []Option{{Text: "Ngoài chương trình"}},
	}
	f.Default("item", q.Query("muc"))
	for _, i := range items {
		view.Items = append(view.Items, Option{Value: i.ID, Text: i.Title})
		if i.ID == f.Get("item") && q.Query("viec") == "" {
			f.Default("purpose", string(usualPurpose[i.Kind]))
		}
	}
	f.Default("purpose", q.Query("viec"))
	view.Purpose = ballot.Purpose(f.Get("purpose"))
	if !slices.Contains(ballot.Purposes, view.Purpose) {
		view.Purpose = ballot.ForAward
		f.Values.Set("purpose", string(view.Purpose))
	}
	for _, p := range ballot.Purposes {
		view.Purposes = append(view.Purposes, kindChoice{string(p), p.Name(), view.Action + "?viec=" + string(p) + "&muc=" + f.Get("item") + "&nam=" + yearID, usualPollTitle(h, p), p == view.Purpose})
	}
	view.Texts = view.Purpose.Texts()
	view.Closed = s.Ballots.Preparable(ctx, s.DB, id, yearID, view.Purpose)
	if fault.Is(view.Closed, fault.Internal) {
		return view.Closed
	}
	view.One = view.Purpose == ballot.ForLeader || view.Purpose == ballot.ForDeputy
	f.Default("title", usualPollTitle(h, view.Purpose))
	f.Values.Set("year", yearID)
	f.Default("way", string(usualWay(view.Purpose)))
	if len(years) > 1 {
		for _, y := range years {
			if err := s.Gate.Must(ctx, s.DB, q.Actor, access.MeetingRun, access.Record{Year: y}); err != nil {
				continue // the leader of one year prepares no vote of the other
			}
			row, err := s.Years.Get(ctx, s.DB, y)
			if err != nil {
				return err
			}
			view.Years = append(view.Years, kindChoice{y, row.Short + " " + locale.Year(row.Year), view.Action + "?viec=" + string(view.Purpose) + "&muc=" + f.Get("item") + "&nam=" + y, "", y == yearID})
		}
	}
	if view.Purpose == ballot.ForAward {
		if view.Awards, err = awardOptions(q, s.DB); err != nil {
			return err
		}
	}
	return q.Render("ballot_new", s.withRule(q, view, h))
}

// withRule shows the threshold that is in force on the day of the meeting.
func (s *Server) withRule(q *Req, v ballotFormView, h YearHead) ballotFormView {
	rule, err := s.Rulebook.At(q.Ctx(), s.DB, rulebook.VoteCluster, h.Cluster.OrganiserID, v.Meeting.Day())
	if err != nil {
		v.NoRule = err
		return v
	}
	t, err := rule.Threshold()
	if err != nil {
		v.NoRule = err
		return v
	}
	v.Rule, v.Words, v.Written = &rule, t.Words(), t.Written
	if t.Base == rulebook.OfAll {
		v.Needed = ballot.Needed(v.Members, t)
	}
	return v
}

// usualWay: persons and flags by ballot, texts by hands.
func usualWay(p ballot.Purpose) ballot.Way {
	if p.Texts() {
		return ballot.ByHands
	}
	return ballot.OnPaper
}

// usualPollTitle proposes what stands on the ballot. It goes into the minutes,
// so it is Vietnamese for every reader.
func usualPollTitle(h YearHead, p ballot.Purpose) string {
	vi := locale.Vietnamese
	next := locale.Year(h.Year.Year + 1)
	switch p {
	case ballot.ForLeader:
		return vi.T("Bầu {.office} năm {.year}", "office", vnLower(h.Cluster.Kind.Lead()), "year", next)
	case ballot.ForDeputy:
		return vi.T("Bầu {.office} năm {.year}", "office", vnLower(h.Cluster.Kind.Deputy()), "year", next)
	case ballot.ForTie:
		return vi.T("Phân định các đơn vị bằng điểm")
	}
	return ""
}

// vnLower makes the first letter small: "Khối trưởng" within a sentence.
func vnLower(s string) string {
	r := []rune(s)
	if r[0] == 'K' || r[0] == 'C' {
		r[0] += 'a' - 'A'
	}
	return string(r)
}

// pollYear is the year whose members vote: the one that was chosen, or else the
// first of the meeting's in which the actor may run it.
func (s *Server) pollYear(q *Req, years []string) (string, error) {
	for _, wanted := range []string{q.Form().Get("year"), q.Query("nam")} {
		if slices.Contains(years, wanted) {
			years = []string{wanted}
			break
		}
	}
	var refused error
	for _, y := range years {
		err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.MeetingRun, access.Record{Year: y})
		if err == nil {
			return y, nil
		}
		if refused == nil || fault.Is(err, fault.Denied) {
			refused = err // that one may be seen but not run says more than that it is not there
		}
	}
	return "", refused
}

// awardOptions are the kinds of awards, in the order of the catalogue.
func awardOptions(q *Req, d db.Queryer) ([]Option, error) {
	type kind struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	rows, err := db.All[kind](q.Ctx(), d, `SELECT id, name FROM award_kind ORDER BY place, id`)
	var out []Option
	for _, k := range rows {
		out = append(out, Option{Value: k.ID, Text: k.Name})
	}
	return out, err
}

func (s *Server) ballotPrepare(q *Req) error {
	f, id := q.Form(), q.Path("meeting")
	if _, err := s.Meetings.See(q.Ctx(), q.Actor, id); err != nil {
		return err
	}
	n := ballot.NewPoll{
		MeetingID: id, YearID: f.Get("year"), ItemID: f.Get("item"), Purpose: ballot.Purpose(f.Get("purpose")), AwardKind: f.Get("award_kind"),
		Title: f.Get("title"), Way: ballot.Way(f.Get("way")), Units: f.All("units"),
	}
	if t := f.Text("labels"); t != "" {
		n.Labels = strings.Split(t, "\n")
	}
	if text := f.Get("seats"); text != "" {
		if n.Seats = f.Int("seats"); n.Seats == 0 {
			n.Seats = -1 // no number: the service says so beside whatever else is wrong
		}
	}
	p, err := s.Ballots.Prepare(q.Ctx(), q.Actor, n)
	if err != nil {
		return q.Retry(err, s.ballotForm)
	}
	return q.Redirect(meetingPath(id, "phieu-"+p.ID), "Đã chuẩn bị phiếu “{.title}”. Bấm “Bắt đầu” khi sẵn sàng.", "title", p.Title)
}
