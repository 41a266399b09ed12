package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// meetingView is a meeting on one page: the roll, the agenda with what was
// resolved, the votes under their items, the opinions, what blocks the end.
type meetingView struct {
	Crumbs   []Crumb
	M        meeting.Minutes
	Tone     string
	Path     string
	Until    string // when it ended: the hour, with the day where that was another one
	Run      bool   // the reader may run it, and it still goes on
	Edit     bool   // and what is typed in session may be typed now
	Future   bool   // its day has not come
	Roll     []rollRow
	Came     rollCount
	Calling  bool     // some are not marked yet, and they may be
	Away     []string // names of the absent
	Sent     []string // of those that sent a substitute
	Quorums  []meeting.Quorum
	Items    []itemView
	Loose    []pollView
	Blockers []locale.Text
	Next     nextYear
	Kinds    []Option // of items
	Outcomes []Option
	Papers   []meetingPaper
	awards   []Option

	Illustrative bool // figures of one of its years are invented for showing
}

type rollRow struct {
	meeting.RollLine
	Path string // where its line is saved
	Own  bool
	Who  string // who came, with the position and the mandate
}

type rollCount struct{ Present, Substitute, Absent, Unmarked, All int }

type itemView struct {
	meeting.Item
	No    int
	Path  string
	Tone  string
	Polls []pollView
	Free  bool // nothing has come of it yet, so that it may be taken off
}

// nextYear is what a closed review meeting offers: the year after it.
type nextYear struct {
	Year   int
	Leader string
	Deputy string
	Path   string // of the year, once it is open
	Offer  bool
	None   bool // the meeting should have elected a leader and has not
}

// meetingPaper is a paper that the meeting gives.
type meetingPaper struct {
	Text, Draft, Issue string
}

var outcomeTones = map[meeting.Outcome]string{meeting.Adopted: "good", meeting.Rejected: "bad", meeting.Noted: "info", meeting.Postponed: "warn"}

func (s *Server) meetingShow(q *Req) error {
	ctx, id := q.Ctx(), q.Path("meeting")
	minutes, err := s.Meetings.Minutes(ctx, q.Actor, id)
	if err != nil {
		return err
	}
	may, err := s.Meetings.MayRun(ctx, q.Actor, id)
	if err != nil {
		return err
	}
	h, err := s.headOfMeeting(q, id)
	if err != nil {
		return err
	}
	view := meetingView{
		Crumbs: append(h.Crumbs("")[:2], Crumb{h.Path("meetings"), "Bình xét"}, Crumb{"", minutes.Kind.Name()}),
		M:      minutes, Path: meetingPath(id, ""), Tone: meetingTones[minutes.State], Quorums: minutes.Quorums,
		Run: may && !minutes.Over() && cluster.Open(minutes.Years[0], cluster.Meeting), Kinds: itemOptions(),
		Future: minutes.Day() > clock.Today(s.Clock),
	}
	if minutes.Ended > 0 {
		view.Until = q.Lang.Time(minutes.Ended.Time())
		if clock.DayOf(minutes.Ended.Time()) == minutes.Day() {
			view.Until = minutes.Ended.Time().In(clock.Vietnam).Format("15:04")
		}
	}
	view.Illustrative = slices.ContainsFunc(minutes.Years, func(y cluster.Year) bool { return y.Illustrative })
	view.Edit = view.Run && minutes.State == meeting.Open
	for _, o := range meeting.Outcomes {
		view.Outcomes = append(view.Outcomes, Option{Value: string(o), Text: o.Name()})
	}
	view.roll(minutes.Roll, h)
	if slices.ContainsFunc(view.polls(), func(p ballot.View) bool { return p.AwardKind != "" }) {
		if view.awards, err = awardOptions(q, s.DB); err != nil {
			return err
		}
	}
	if err := s.itemViews(q, &view); err != nil {
		return err
	}
	if minutes.State == meeting.Open {
		if view.Blockers, err = s.Meetings.Blockers(ctx, s.DB, minutes.Meeting); err != nil {
			return err
		}
	}
	if err := s.afterReview(q, &view, may); err != nil {
		return err
	}
	if err := s.meetingPapers(q, &view); err != nil {
		return err
	}
	return q.Render("meeting_show", view)
}

func (v *meetingView) roll(lines []meeting.RollLine, h YearHead) {
	for _, l := range lines {
		v.Roll = append(v.Roll, rollRow{l, v.Path + "/diem-danh/" + l.UnitID, h.Is(l.UnitID), who(l)})
		switch l.Status {
		case meeting.Present:
			v.Came.Present++
		case meeting.Substitute:
			v.Came.Substitute++
			v.Sent = append(v.Sent, l.Short)
		case meeting.Absent:
			v.Came.Absent++
			v.Away = append(v.Away, l.Short)
		default:
			v.Came.Unmarked++
		}
		v.Came.All++
	}
	v.Calling = v.Run && !v.Future && v.Came.Unmarked > 0
}

func (s *Server) itemViews(q *Req, v *meetingView) error {
	for i, item := range v.M.Items {
		one := itemView{Item: item.Item, No: i + 1, Path: v.Path + "/muc/" + item.ID, Tone: outcomeTones[item.Outcome]}
		one.Free = len(item.Polls) == 0 && item.Outcome == meeting.Undecided && item.Resolution == ""
		for _, p := range item.Polls {
			view, err := s.pollView(q, p, v)
			if err != nil {
				return err
			}
			one.Polls = append(one.Polls, view)
		}
		v.Items = append(v.Items, one)
	}
	for _, p := range v.M.Loose {
		view, err := s.pollView(q, p, v)
		if err != nil {
			return err
		}
		v.Loose = append(v.Loose, view)
	}
	return nil
}

// polls are all polls of the page.
func (v meetingView) polls() (all []ballot.View) {
	for _, i := range v.M.Items {
		all = append(all, i.Polls...)
	}
	return append(all, v.M.Loose...)
}

// afterReview offers the year after a closed review meeting.
func (s *Server) afterReview(q *Req, v *meetingView, may bool) error {
	if v.M.Kind != meeting.Review || v.M.State != meeting.Closed {
		return nil
	}
	y := v.M.Years[0]
	v.Next.Year = y.Year + 1
	if v.M.Leader != nil {
		v.Next.Leader = v.M.Leader.Name
	}
	if v.M.Deputy != nil {
		v.Next.Deputy = v.M.Deputy.Name
	}
	years, err := s.Years.YearsOf(q.Ctx(), s.DB, y.ClusterID)
	if err != nil {
		return err
	}
	open := slices.IndexFunc(years, func(o cluster.Year) bool { return o.Year == v.Next.Year })
	switch {
	case open >= 0:
		see, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.ClusterRead, access.Record{Year: years[open].ID})
		if err != nil {
			return err
		}
		if see {
			v.Next.Path = yearPath(years[open].ID, "")
		}
	case v.Next.Leader == "":
		v.Next.None = slices.ContainsFunc(v.polls(), func(p ballot.View) bool { return p.Purpose == ballot.ForLeader })
	default:
		v.Next.Offer = may && cluster.Open(y, cluster.Meeting)
	}
	return nil
}

// meetingPapers are the minutes, and the minutes of each count on paper.
func (s *Server) meetingPapers(q *Req, v *meetingView) error {
	year := v.M.Years[0].ID
	issue, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.DocumentIssue, access.Record{Year: year})
	if err != nil {
		return err
	}
	if v.M.State == meeting.Planned || v.M.State == meeting.Cancelled {
		return nil
	}
	add := func(kind, subject, text string, done bool) {
		base := yearPath(year, "documents") + "/" + kind
		p := meetingPaper{Text: text, Draft: base + "?ban=thao&ve=" + subject}
		if issue && done {
			p.Issue = base + "?ve=" + subject
		}
		v.Papers = append(v.Papers, p)
	}
	add("minutes", v.M.ID, q.T("Biên bản hội nghị"), v.M.State == meeting.Closed)
	for _, p := range v.polls() {
		if p.Way == ballot.OnPaper && p.State == ballot.Counted {
			add("count", p.ID, q.T("Biên bản kiểm phiếu: {.title}", "title", p.Title), true)
		}
	}
	return nil
}

// meetingAnchor leads from the address of a part of a meeting to its place on
// the meeting's page.
func (s *Server) meetingAnchor(q *Req) error {
	id := q.Path("meeting")
	if _, err := s.Meetings.See(q.Ctx(), q.Actor, id); err != nil {
		return err
	}
	place := "chuong-trinh"
	switch part := strings.TrimPrefix(q.R.URL.Path, meetingPath(id, "")+"/"); {
	case q.Path("item") != "":
		place = "muc-" + q.Path("item")
	case q.Path("poll") != "":
		place = "phieu-" + q.Path("poll")
	case q.Path("unit") != "":
		place = "dd-" + q.Path("unit")
	case strings.HasPrefix(part, "diem-danh"):
		place = "diem-danh"
	}
	q.written = true
	http.Redirect(q.W, q.R, meetingPath(id, place), http.StatusSeeOther)
	return nil
}

// item finds an item that the path names, on the meeting that it names.
func (s *Server) itemOf(q *Req) (meeting.Item, error) {
	items, err := s.Meetings.Items(q.Ctx(), s.DB, q.Path("meeting"))
	if err != nil {
		return meeting.Item{}, err
	}
	for _, i := range items {
		if i.ID == q.Path("item") {
			return i, nil
		}
	}
	return meeting.Item{}, fault.Missing()
}
