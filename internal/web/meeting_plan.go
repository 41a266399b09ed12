package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// meetingFormView plans a meeting, or changes a plan.
type meetingFormView struct {
	Crumbs  []Crumb
	Action  string
	New     bool
	Kinds   []kindChoice
	Units   []Option
	Years   []Option // the other years that it may serve as well
	Items   []itemLine
	Options []Option // kinds of items
	Version int64
}

// kindChoice is a kind of meeting with the title and agenda that it brings.
type kindChoice struct {
	Value, Text, Path, Title string
	Here                     bool
}

// itemLine is a line of the agenda in the form: its number names its fields.
type itemLine struct{ Kind, Title, KindField, TitleField string }

// spareLines stand empty below the agenda, for a browser without script.
const (
	spareLines = 3
	mostLines  = 60
)

// usualKind is the meeting that a year at the state is likely to hold next.
func usualKind(state cluster.State) meeting.Kind {
	switch {
	case !state.Reached(cluster.Executing):
		return meeting.Launch
	case !state.Reached(cluster.SelfScored):
		return meeting.Mid
	case !state.Reached(cluster.Aggregated):
		return meeting.Preliminary
	}
	return meeting.Review
}

// usualTitle proposes how the meeting is called.
func usualTitle(q *Req, k meeting.Kind, h YearHead) string {
	text := map[meeting.Kind]string{
		meeting.Launch:      "Hội nghị phát động, ký giao ước thi đua năm {.year}",
		meeting.Mid:         "Hội nghị sơ kết công tác thi đua 6 tháng đầu năm {.year}",
		meeting.Preliminary: "Hội nghị trù bị tổng kết công tác thi đua năm {.year}",
		meeting.Review:      "Hội nghị tổng kết, bình xét thi đua năm {.year}",
		meeting.Council:     "Phiên họp Hội đồng Thi đua - Khen thưởng năm {.year}",
	}[k]
	return locale.Vietnamese.T(text, "year", h.YearNo()) // the title goes into the minutes
}

func (s *Server) meetingForm(q *Req) error {
	h, err := s.yearHead(q, "meetings")
	if err != nil {
		return err
	}
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.MeetingRun, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	f := q.Form()
	kind := meeting.Kind(f.Get("kind"))
	if !f.Typed {
		kind = meeting.Kind(q.Query("loai"))
		if !slices.Contains(meeting.Kinds, kind) {
			kind = usualKind(h.Year.State)
		}
	}
	view := meetingFormView{
		Crumbs: append(h.Crumbs("")[:2], Crumb{h.Path("meetings"), "Bình xét"}, Crumb{"", "Lên lịch hội nghị"}),
		Action: h.Path("meetings") + "/moi", New: true, Options: itemOptions(), Years: otherYears(h), Units: memberOptions(h),
	}
	for _, k := range meeting.Kinds {
		view.Kinds = append(view.Kinds, kindChoice{string(k), k.Name(), view.Action + "?loai=" + string(k), usualTitle(q, k, h), k == kind})
	}
	f.Default("kind", string(kind))
	f.Default("title", usualTitle(q, kind, h))
	f.Default("time", "08:00")
	for _, t := range h.Members {
		if t.Leads(cluster.Leader) {
			f.Default("host", t.UnitID)
		}
	}
	for i, n := range kind.Agenda() {
		f.Default(fmt.Sprintf("item_kind-%d", i), string(n.Kind))
		f.Default(fmt.Sprintf("item_title-%d", i), n.Title)
	}
	view.Items = itemLines(f, len(kind.Agenda())+spareLines)
	return q.Render("meeting_plan", view)
}

func (s *Server) meetingPlan(q *Req) error {
	f := q.Form()
	plan, wrong := planOf(f)
	years := []string{q.Path("year")}
	if other := f.Get("years"); other != "" {
		years = append(years, other)
	}
	items, fields := agendaOf(f)
	m, err := s.Meetings.Plan(q.Ctx(), q.Actor, years, plan, items)
	if err != nil {
		return q.Retry(atTheirFields(err, wrong, items, fields), s.meetingForm)
	}
	return q.Redirect(meetingPath(m.ID, ""), "Đã lên lịch hội nghị ngày {.day}.", "day", m.Day())
}

// meetingEdit changes a plan; the agenda is changed on the meeting's page.
func (s *Server) meetingEdit(q *Req) error {
	m, err := s.Meetings.See(q.Ctx(), q.Actor, q.Path("meeting"))
	if err != nil {
		return err
	}
	may, err := s.Meetings.MayRun(q.Ctx(), q.Actor, m.ID)
	if err != nil {
		return err
	}
	if !may {
		return fault.Deny()
	}
	h, err := s.headOfMeeting(q, m.ID)
	if err != nil {
		return err
	}
	f := q.Form()
	f.Default("kind", string(m.Kind))
	f.Default("title", m.Title)
	f.Default("place", m.Place)
	f.Default("starts", q.Lang.Day(m.Day()))
	f.Default("time", m.Starts.Time().In(clock.Vietnam).Format("15:04"))
	f.Default("chair", m.Chair)
	f.Default("secretary", m.Secretary)
	f.Default("host", m.HostID)
	view := meetingFormView{
		Crumbs: append(h.Crumbs("")[:2], Crumb{h.Path("meetings"), "Bình xét"}, Crumb{meetingPath(m.ID, ""), m.Kind.Name()}, Crumb{"", "Sửa lịch hội nghị"}),
		Action: meetingPath(m.ID, "") + "/sua", Units: memberOptions(h), Version: m.Version,
	}
	for _, k := range meeting.Kinds {
		view.Options = append(view.Options, Option{Value: string(k), Text: k.Name()})
	}
	return q.Render("meeting_plan", view)
}

func (s *Server) meetingReplan(q *Req) error {
	f := q.Form()
	id := q.Path("meeting")
	plan, wrong := planOf(f)
	if err := s.Meetings.Replan(q.Ctx(), q.Actor, id, plan, f.Version()); err != nil {
		if m, ok := theirs[meeting.Meeting](err); ok {
			q.Compare("title", "Tên hội nghị", m.Title)
			q.Compare("place", "Địa điểm", m.Place)
			q.Compare("chair", "Người chủ trì", m.Chair)
			q.Compare("secretary", "Thư ký", m.Secretary)
			q.Compare("starts", "Ngày họp", q.Lang.Day(m.Day()))
			q.Compare("time", "Giờ họp", m.Starts.Time().In(clock.Vietnam).Format("15:04"))
		}
		return q.Retry(atTheirFields(err, wrong, nil, nil), s.meetingEdit)
	}
	return q.Redirect(meetingPath(id, ""), "Đã sửa lịch hội nghị.")
}

// theirs is the row that stands now, of a stale write.
func theirs[T any](err error) (row T, ok bool) {
	f := fault.As(err)
	if f == nil || f.Code != fault.Stale {
		return row, false
	}
	switch r := f.Theirs.(type) {
	case T:
		return r, true
	case *T:
		return *r, true
	}
	return row, false
}

// planOf reads the plan; the fault is that of the time, which the service
// knows only as part of the day.
func planOf(f *Form) (meeting.Plan, *fault.Error) {
	p := meeting.Plan{
		Kind: meeting.Kind(f.Get("kind")), Title: f.Get("title"), Place: f.Get("place"),
		Chair: f.Get("chair"), Secretary: f.Get("secretary"), HostID: f.Get("host"),
	}
	hour, minute, ok := timeOfDay(f.Get("time"))
	day, err := time.ParseInLocation("2006-01-02", string(f.Day("starts")), clock.Vietnam)
	switch {
	case err != nil:
		return p, nil
	case !ok:
		return p, fault.Wrong("time", "Giờ họp không đúng. Hãy nhập như 08:30.")
	}
	p.Starts = day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return p, nil
}

// clockTime: the escapes are those of the words for hour and minute.
var clockTime = regexp.MustCompile(`^(\d{1,2})(?:\s*(?:[:.hg]|gi\x{1EDD})\s*(\d{1,2})?)?(?:\s*ph\x{FA}t)?$`)

// timeOfDay reads 08:30, 8h30, 8 giờ 30 or 14h.
func timeOfDay(text string) (hour, minute int, ok bool) {
	found := clockTime.FindStringSubmatch(text)
	if found == nil {
		return 0, 0, false
	}
	hour, _ = strconv.Atoi(found[1])
	minute, _ = strconv.Atoi("0" + found[2])
	return hour, minute, hour < 24 && minute < 60
}

// agendaOf reads the lines that say something, with the number of each.
func agendaOf(f *Form) (items []meeting.NewItem, lines []int) {
	for i := range min(f.Int("lines"), mostLines) {
		title := f.Get(fmt.Sprintf("item_title-%d", i))
		if title == "" {
			continue
		}
		items = append(items, meeting.NewItem{Kind: meeting.ItemKind(f.Get(fmt.Sprintf("item_kind-%d", i))), Title: title})
		lines = append(lines, i)
	}
	return items, lines
}

// atTheirFields moves the faults of a plan to the fields of this form: a wrong
// time to the time, a wrong item to its line.
func atTheirFields(err error, wrongTime *fault.Error, items []meeting.NewItem, lines []int) error {
	f := fault.As(err)
	if f.Code != fault.Invalid {
		return err
	}
	var out []*fault.Error
	for _, one := range f.All() {
		switch one.Field {
		case "starts":
			if wrongTime != nil {
				one = wrongTime
			}
		case "item_title":
			for i, n := range items {
				if len([]rune(n.Title)) > 500 {
					one = one.At(fmt.Sprintf("item_title-%d", lines[i]))
					break
				}
			}
		case "item_kind":
			for i, n := range items {
				if !slices.Contains(meeting.ItemKinds, n.Kind) {
					one = one.At(fmt.Sprintf("item_kind-%d", lines[i]))
					break
				}
			}
		}
		out = append(out, one)
	}
	return fault.List(out...)
}

// itemLines are the lines of the form: those that were sent, or n.
func itemLines(f *Form, n int) []itemLine {
	if sent := f.Int("lines"); f.Typed && sent > 0 {
		n = min(sent, mostLines)
	}
	lines := make([]itemLine, n)
	for i := range lines {
		k, t := fmt.Sprintf("item_kind-%d", i), fmt.Sprintf("item_title-%d", i)
		lines[i] = itemLine{f.Values.Get(k), f.Values.Get(t), k, t}
	}
	return lines
}

func itemOptions() []Option {
	var out []Option
	for _, k := range meeting.ItemKinds {
		out = append(out, Option{Value: string(k), Text: k.Name()})
	}
	return out
}

func memberOptions(h YearHead) []Option {
	var out []Option
	for _, m := range h.Members {
		out = append(out, Option{Value: m.UnitID, Text: m.Name})
	}
	return out
}

// otherYears are the cluster's further years in which meetings may be held.
func otherYears(h YearHead) []Option {
	out := []Option{{Text: "Không, chỉ năm này"}}
	for _, y := range h.Years {
		if y.ID != h.Year.ID && cluster.Open(y, cluster.Meeting) {
			out = append(out, Option{Value: y.ID, Text: y.Short + " " + locale.Year(y.Year)})
		}
	}
	return out
}

// headOfMeeting is the head of the first of the meeting's years that the actor
// may see.
func (s *Server) headOfMeeting(q *Req, meetingID string) (YearHead, error) {
	years, err := s.Meetings.YearsOf(q.Ctx(), s.DB, meetingID)
	if err != nil {
		return YearHead{}, err
	}
	for _, id := range years {
		h, err := s.headOf(q, id, "meetings")
		if err == nil || !fault.Is(err, fault.NotFound) {
			return h, err
		}
	}
	return YearHead{}, fault.Missing()
}
