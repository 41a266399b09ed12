// Package meeting keeps the meetings of clusters (hội nghị): the plan and
// agenda, the roll call with substitutes and their mandates, the quorum, what
// was resolved, and the minutes that come of it. One meeting may close one
// year and open the next (domain.md §1.2, rule 1). Votes are ballot's.
package meeting

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Kind is what a meeting is for.
type Kind string

const (
	Launch      Kind = "launch"      // phát động, ký giao ước
	Mid         Kind = "mid"         // sơ kết
	Preliminary Kind = "preliminary" // trù bị
	Review      Kind = "review"      // tổng kết, bình xét
	Council     Kind = "council"     // Hội đồng TĐKT
)

// Kinds in the order of the year.
var Kinds = []Kind{Launch, Mid, Preliminary, Review, Council}

// Name says the kind.
func (k Kind) Name() string {
	switch k {
	case Launch:
		return "Phát động, ký giao ước"
	case Mid:
		return "Sơ kết 6 tháng"
	case Preliminary:
		return "Trù bị"
	case Review:
		return "Tổng kết, bình xét"
	case Council:
		return "Phiên họp Hội đồng"
	}
	return string(k)
}

// State is where a meeting stands.
type State string

const (
	Planned   State = "planned"
	Open      State = "open" // in session
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

// Name says the state.
func (s State) Name() string {
	switch s {
	case Planned:
		return "Đã lên lịch"
	case Open:
		return "Đang họp"
	case Closed:
		return "Đã bế mạc"
	case Cancelled:
		return "Đã hủy"
	}
	return string(s)
}

// Meeting is a meeting of one or two cluster years.
type Meeting struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	Kind      Kind          `db:"kind"`
	Title     string        `db:"title"`
	Place     string        `db:"place"`
	Starts    clock.Instant `db:"starts_at"`
	Ended     clock.Instant `db:"ended_at"`
	State     State         `db:"state"`
	Chair     string        `db:"chair"`
	Secretary string        `db:"secretary"`
	Opinions  string        `db:"opinions"`
	HostID    string        `db:"host_id"`
	Cancelled string        `db:"cancelled"` // why
}

// Day is the day of the meeting: the day whose rules and names hold.
func (m Meeting) Day() clock.Day { return clock.DayOf(m.Starts.Time()) }

// Over tells whether nothing of the meeting can change any more.
func (m Meeting) Over() bool { return m.State == Closed || m.State == Cancelled }

type meetingYear struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	MeetingID string `db:"meeting_id"`
	YearID    string `db:"year_id"`
}

// ItemKind is what an agenda item asks of the meeting.
type ItemKind string

const (
	Report   ItemKind = "report"
	Adopt    ItemKind = "adopt" // thông qua dự thảo
	Sign     ItemKind = "sign"
	Vote     ItemKind = "vote"
	Election ItemKind = "election"
	Other    ItemKind = "other"
)

// ItemKinds in the order in which forms offer them.
var ItemKinds = []ItemKind{Report, Adopt, Sign, Vote, Election, Other}

// Name says the kind.
func (k ItemKind) Name() string {
	switch k {
	case Report:
		return "Báo cáo"
	case Adopt:
		return "Thông qua dự thảo"
	case Sign:
		return "Ký"
	case Vote:
		return "Bỏ phiếu, biểu quyết"
	case Election:
		return "Bầu trưởng, phó"
	case Other:
		return "Nội dung khác"
	}
	return string(k)
}

// Outcome is how an item ended.
type Outcome string

const (
	Undecided Outcome = ""
	Adopted   Outcome = "adopted"
	Rejected  Outcome = "rejected"
	Noted     Outcome = "noted"
	Postponed Outcome = "postponed"
)

// Outcomes in the order in which forms offer them.
var Outcomes = []Outcome{Adopted, Rejected, Noted, Postponed}

// Name says the outcome.
func (o Outcome) Name() string {
	switch o {
	case Undecided:
		return "Chưa ghi"
	case Adopted:
		return "Thông qua"
	case Rejected:
		return "Không thông qua"
	case Noted:
		return "Ghi nhận"
	case Postponed:
		return "Để lại sau"
	}
	return string(o)
}

// Item is a point of the agenda with what was resolved.
type Item struct {
	ID         string   `db:"id"`
	Version    int64    `db:"version"`
	MeetingID  string   `db:"meeting_id"`
	Place      int      `db:"place"`
	Kind       ItemKind `db:"kind"`
	Title      string   `db:"title"`
	Reference  string   `db:"reference"` // id of the draft or paper it is about
	Resolution string   `db:"resolution"`
	Outcome    Outcome  `db:"outcome"`
}

// Service keeps meetings.
type Service struct {
	db      *db.DB
	book    *ledger.Book
	gate    *access.Gate
	years   *cluster.Service
	rules   *rulebook.Service
	ballots *ballot.Service
	now     clock.Clock
}

// New makes the service, announces it to the ballots and registers the guard
// of the step to the reviewed state.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, rules *rulebook.Service, ballots *ballot.Service, now clock.Clock) *Service {
	s := &Service{d, book, gate, years, rules, ballots, now}
	ballots.Sit(s)
	years.Guard("review_meeting", s.guardReview)
	return s
}

// Get reads a meeting.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Meeting, error) {
	return db.Get[Meeting](ctx, q, "meeting", id)
}

// YearsOf lists the years that the meeting belongs to: the one that it mainly
// serves first.
func (s *Service) YearsOf(ctx context.Context, q db.Queryer, meetingID string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT year_id FROM meeting_year WHERE meeting_id = $1 ORDER BY id`, meetingID)
}

// OfYear lists a year's meetings for an actor, the earliest first.
func (s *Service) OfYear(ctx context.Context, actor access.Actor, yearID string) ([]Meeting, error) {
	if err := s.gate.MustSee(ctx, s.db, actor, access.MeetingRead, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	return s.ofYear(ctx, s.db, yearID)
}

func (s *Service) ofYear(ctx context.Context, q db.Queryer, yearID string) ([]Meeting, error) {
	return db.All[Meeting](ctx, q, `
		SELECT `+db.Prefixed("m", Meeting{})+` FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id
		WHERE y.year_id = $1 ORDER BY m.starts_at, m.id`, yearID)
}

// Items lists the agenda.
func (s *Service) Items(ctx context.Context, q db.Queryer, meetingID string) ([]Item, error) {
	return db.All[Item](ctx, q, `SELECT `+db.Prefixed("i", Item{})+` FROM agenda_item i WHERE meeting_id = $1 ORDER BY place, id`, meetingID)
}

// See reads a meeting for an actor who may read it in one of its years.
func (s *Service) See(ctx context.Context, actor access.Actor, id string) (Meeting, error) {
	m, err := s.Get(ctx, s.db, id)
	if err != nil {
		return m, err
	}
	return m, s.must(ctx, s.db, actor, access.MeetingRead, id)
}

// MayRun tells whether the actor may run the meeting.
func (s *Service) MayRun(ctx context.Context, actor access.Actor, id string) (bool, error) {
	err := s.must(ctx, s.db, actor, access.MeetingRun, id)
	switch {
	case err == nil:
		return true, nil
	case fault.Is(err, fault.Internal):
		return false, err
	}
	return false, nil
}

// must requires the permission in one of the meeting's years: the years are of
// one cluster, and whoever leads either of them may run a meeting of both.
func (s *Service) must(ctx context.Context, q db.Queryer, actor access.Actor, p access.Permission, meetingID string) error {
	years, err := s.YearsOf(ctx, q, meetingID)
	if err != nil {
		return err
	}
	if len(years) == 0 {
		return fault.Missing()
	}
	for _, y := range years[1:] {
		if ok, err := s.gate.Can(ctx, q, actor, p, access.Record{Year: y}); err != nil || ok {
			return err
		}
	}
	if p == access.MeetingRead {
		return s.gate.MustSee(ctx, q, actor, p, access.Record{Year: years[0]})
	}
	return s.gate.Must(ctx, q, actor, p, access.Record{Year: years[0]})
}

// Sitting implements ballot.Sittings.
func (s *Service) Sitting(ctx context.Context, q db.Queryer, meetingID string) (ballot.Sitting, error) {
	m, err := s.Get(ctx, q, meetingID)
	if err != nil {
		return ballot.Sitting{}, err
	}
	out := ballot.Sitting{Day: m.Day(), Open: m.State == Open, Over: m.Over(), Council: m.Kind == Council}
	if out.Years, err = s.YearsOf(ctx, q, meetingID); err != nil {
		return out, err
	}
	items, err := s.Items(ctx, q, meetingID)
	for _, i := range items {
		out.Items = append(out.Items, i.ID)
	}
	return out, err
}

// Attending implements ballot.Sittings.
func (s *Service) Attending(ctx context.Context, q db.Queryer, meetingID, yearID string) (int, error) {
	m, err := s.Get(ctx, q, meetingID)
	if err != nil {
		return 0, err
	}
	roll, err := s.Quorum(ctx, q, m)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(roll, func(q Quorum) bool { return q.Year.ID == yearID })
	switch {
	case i < 0:
		return 0, fault.Missing()
	case !roll[i].Met:
		return 0, fault.New(fault.Conflict, "Chưa đủ số đơn vị dự họp nên chưa bỏ phiếu được. {.why}", "why", roll[i].Words())
	}
	return roll[i].Present, nil
}

// There implements ballot.Sittings.
func (s *Service) There(ctx context.Context, q db.Queryer, meetingID, yearID string) ([]string, error) {
	m, err := s.Get(ctx, q, meetingID)
	if err != nil {
		return nil, err
	}
	roll, err := s.Roll(ctx, q, m)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range roll {
		if l.There() && slices.Contains(l.Years, yearID) {
			out = append(out, l.UnitID)
		}
	}
	return out, nil
}
