// Package cluster holds clusters and blocks (cụm, khối thi đua) year by year:
// who belongs, who leads and on what basis, which deadlines, and the state
// machine that every other room asks "may this happen now?".
package cluster

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind tells a cluster of localities (cụm) from a block of similar bodies (khối).
type Kind string

const (
	Cum  Kind = "cum"
	Khoi Kind = "khoi"
)

// Word is the Vietnamese noun: "Cụm" or "Khối".
func (k Kind) Word() string {
	if k == Cum {
		return "Cụm"
	}
	return "Khối"
}

// Lead is how the leader is called: "Cụm trưởng" or "Khối trưởng".
func (k Kind) Lead() string { return k.Word() + " trưởng" }

// Deputy is how the deputy is called.
func (k Kind) Deputy() string { return k.Word() + " phó" }

// Cluster outlives its years.
type Cluster struct {
	ID          string `db:"id"`
	Version     int64  `db:"version"`
	Kind        Kind   `db:"kind"`
	OrganiserID string `db:"organiser_id"`
}

// Year is one year of a cluster: everything the cluster does hangs on it.
type Year struct {
	ID             string `db:"id"`
	Version        int64  `db:"version"`
	ClusterID      string `db:"cluster_id"`
	Year           int    `db:"year"`
	Name           string `db:"name"`
	Short          string `db:"short_name"`
	Search         string `db:"search"`
	SortKey        []byte `db:"sort_key"`
	State          State  `db:"state"`
	Basis          string `db:"basis"` // decision that formed it
	MovementID     string `db:"movement_id"`
	SheetVersionID string `db:"sheet_version_id"`
	Illustrative   bool   `db:"illustrative"` // figures of the year are invented for showing ("minh họa")
}

// Day is the day under which the year's names are shown: its last, or today.
func (y Year) Day(today clock.Day) clock.Day {
	end := clock.Day(fmtYear(y.Year) + "-12-31")
	if today < end {
		return today
	}
	return end
}

// Membership puts a unit into a year.
type Membership struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	YearID  string `db:"year_id"`
	UnitID  string `db:"unit_id"`
	Place   int    `db:"place"`
	Basis   string `db:"basis"`
}

// Basis is what a term of office rests on.
type Basis string

const (
	ByDecision Basis = "decision" // quyết định
	Elected    Basis = "elected"  // bầu
	Acclaimed  Basis = "acclaimed"
	ByNotice   Basis = "notice" // thông báo
)

// Name says the basis.
func (b Basis) Name() string {
	switch b {
	case ByDecision:
		return "theo quyết định"
	case Elected:
		return "được bầu"
	case Acclaimed:
		return "được suy tôn"
	case ByNotice:
		return "theo thông báo"
	}
	return string(b)
}

// Office is a leading role in a year.
type Office string

const (
	Leader Office = "leader"
	Deputy Office = "deputy"
)

// Term is a unit's term of office in a year, [From, To).
type Term struct {
	ID        string    `db:"id"`
	Version   int64     `db:"version"`
	YearID    string    `db:"year_id"`
	UnitID    string    `db:"unit_id"`
	Office    Office    `db:"role"`
	Basis     Basis     `db:"basis"`
	Reference string    `db:"reference"`
	From      clock.Day `db:"from_day"`
	To        clock.Day `db:"to_day"`
}

// Deadline is the day by which an activity is due.
type Deadline struct {
	ID       string    `db:"id"`
	Version  int64     `db:"version"`
	YearID   string    `db:"year_id"`
	Activity string    `db:"activity"`
	Due      clock.Day `db:"due_day"`
}

// The deadlines that a year's calendar holds, in order.
const (
	DueComment  = "comment"
	DueSign     = "sign"
	DueHalfYear = "report_h1"
	DueFullYear = "report_year"
	DueSelf     = "self_score"
	DueCheck    = "cross_check"
	DueAppeal   = "appeal" // the last day on which units may object to their points
	DueReview   = "review"
	DueSubmit   = "submit"
)

// Deadlines lists what may have a deadline, with its name.
var Deadlines = []struct{ Activity, Name string }{
	{DueComment, "Góp ý dự thảo"},
	{DueSign, "Ký giao ước"},
	{DueHalfYear, "Báo cáo số liệu 6 tháng"},
	{DueFullYear, "Báo cáo số liệu năm"},
	{DueSelf, "Nộp bảng tự chấm điểm"},
	{DueCheck, "Kiểm tra chéo"},
	{DueAppeal, "Kiến nghị về điểm"},
	{DueReview, "Hội nghị tổng kết, bình xét"},
	{DueSubmit, "Trình hồ sơ"},
}

// Member is a membership with the unit's name as it was in the year.
type Member struct {
	Membership
	Name, Short string
	Kind        org.Kind
	Offices     []Term
}

// Leads tells whether the member holds the office on any day of the year.
func (m Member) Leads(o Office) bool {
	for _, t := range m.Offices {
		if t.Office == o {
			return true
		}
	}
	return false
}

// Service keeps clusters.
type Service struct {
	db     *db.DB
	book   *ledger.Book
	gate   *access.Gate
	now    clock.Clock
	guards map[string]Guard
}

// New makes the service. Guards of other rooms are added with Guard.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, now clock.Clock) *Service {
	s := &Service{db: d, book: book, gate: gate, now: now, guards: map[string]Guard{}}
	s.Guard("members", s.guardMembers)
	s.Guard("leader", s.guardLeader)
	return s
}

// Get reads a year; with a Tx it is part of the transaction.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Year, error) {
	return db.Get[Year](ctx, q, "cluster_year", id)
}

// See reads a year for an actor who may see its pages.
func (s *Service) See(ctx context.Context, actor access.Actor, id string) (Year, error) {
	y, err := s.Get(ctx, s.db, id)
	if err != nil {
		return y, err
	}
	return y, s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: id})
}

// Cluster reads the cluster of a year.
func (s *Service) Cluster(ctx context.Context, q db.Queryer, id string) (Cluster, error) {
	return db.Get[Cluster](ctx, q, "cluster", id)
}

// Members lists a year's members in their order, under their names of the year.
func (s *Service) Members(ctx context.Context, q db.Queryer, y Year) ([]Member, error) {
	rows, err := db.All[Membership](ctx, q, `SELECT `+db.Prefixed("m", Membership{})+` FROM membership m WHERE year_id = $1 ORDER BY place, id`, y.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.UnitID
	}
	names, err := org.Names(ctx, q, y.Day(clock.Today(s.now)), ids...)
	if err != nil {
		return nil, err
	}
	terms, err := s.Terms(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	members := make([]Member, len(rows))
	for i, r := range rows {
		v := names[r.UnitID]
		members[i] = Member{Membership: r, Name: v.Name, Short: v.Short, Kind: v.Kind}
		for _, t := range terms {
			if t.UnitID == r.UnitID {
				members[i].Offices = append(members[i].Offices, t)
			}
		}
	}
	return members, nil
}

// Terms lists a year's terms of office, leader first.
func (s *Service) Terms(ctx context.Context, q db.Queryer, yearID string) ([]Term, error) {
	return db.All[Term](ctx, q, `SELECT `+db.Prefixed("t", Term{})+` FROM term t WHERE year_id = $1 ORDER BY role DESC, from_day`, yearID)
}

// LeaderUnit is the unit that leads the year today, or else the last that did.
func (s *Service) LeaderUnit(ctx context.Context, q db.Queryer, yearID string) (string, error) {
	terms, err := s.Terms(ctx, q, yearID)
	if err != nil {
		return "", err
	}
	today, last := clock.Today(s.now), ""
	for _, t := range terms {
		if t.Office != Leader {
			continue
		}
		last = t.UnitID
		if t.From <= today && today < t.To {
			return t.UnitID, nil
		}
	}
	return last, nil
}

// Calendar lists a year's deadlines by activity.
func (s *Service) Calendar(ctx context.Context, q db.Queryer, yearID string) (map[string]Deadline, error) {
	rows, err := db.All[Deadline](ctx, q, `SELECT `+db.Prefixed("d", Deadline{})+` FROM deadline d WHERE year_id = $1`, yearID)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Deadline, len(rows))
	for _, r := range rows {
		out[r.Activity] = r
	}
	return out, nil
}

// YearsOf lists the years of a cluster, newest first.
func (s *Service) YearsOf(ctx context.Context, q db.Queryer, clusterID string) ([]Year, error) {
	return db.All[Year](ctx, q, `SELECT `+db.Prefixed("y", Year{})+` FROM cluster_year y WHERE cluster_id = $1 ORDER BY year DESC`, clusterID)
}

// Visible lists the cluster years that the actor may see, newest year first;
// year 0 lists every year, and query is matched without regard to marks.
func (s *Service) Visible(ctx context.Context, actor access.Actor, year int, query string) ([]Year, error) {
	reach, err := s.gate.Reach(ctx, s.db, actor, access.ClusterRead)
	if err != nil {
		return nil, err
	}
	where, args := reach.Where([]any{year, "%" + vntext.Fold(query) + "%"})
	return db.All[Year](ctx, s.db, `
		SELECT `+db.Prefixed("y", Year{})+` FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id
		WHERE ($1 = 0 OR y.year = $1) AND y.search LIKE $2 AND `+where+` ORDER BY y.year DESC, y.sort_key, y.id`, args...)
}

// Mine lists the cluster years in which one of the units is a member, or whose
// organiser is one of the others: what a person works on.
func (s *Service) Mine(ctx context.Context, actor access.Actor, units, organisers []string) ([]Year, error) {
	reach, err := s.gate.Reach(ctx, s.db, actor, access.ClusterRead)
	if err != nil {
		return nil, err
	}
	seen, args := reach.Where(nil)
	mine, args := access.Reach{Members: units, Organisers: organisers}.Where(args)
	return db.All[Year](ctx, s.db, `SELECT `+db.Prefixed("y", Year{})+` FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id
		WHERE `+seen+` AND `+mine+` ORDER BY y.year DESC, y.sort_key, y.id`, args...)
}

// Sketch is what a list says of a year besides the year itself.
type Sketch struct {
	YearID  string `db:"year_id"`
	Members int    `db:"members"`
	Leader  string `db:"leader"` // unit id of the last leader; "" for none
}

// Sketches counts the members of years and finds who led each last.
func (s *Service) Sketches(ctx context.Context, q db.Queryer, years []Year) (map[string]Sketch, error) {
	out := make(map[string]Sketch, len(years))
	for part := range slices.Chunk(years, 400) {
		marks, args := make([]string, len(part)), make([]any, len(part))
		for i, y := range part {
			marks[i], args[i] = fmt.Sprintf("$%d", i+1), y.ID
		}
		in := "IN (" + strings.Join(marks, ", ") + ")"
		rows, err := db.All[Sketch](ctx, q, `SELECT m.year_id, COUNT(*) AS members, '' AS leader FROM membership m WHERE m.year_id `+in+` GROUP BY m.year_id`, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.YearID] = r
		}
		terms, err := db.All[Term](ctx, q, `SELECT `+db.Prefixed("t", Term{})+` FROM term t WHERE t.role = 'leader' AND t.year_id `+in+` ORDER BY t.from_day`, args...)
		if err != nil {
			return nil, err
		}
		for _, t := range terms {
			one := out[t.YearID]
			one.Leader = t.UnitID
			out[t.YearID] = one
		}
	}
	return out, nil
}

// During reads a year and requires that the activity may happen in its state.
func (s *Service) During(ctx context.Context, q db.Queryer, yearID string, a Activity) (Year, error) {
	y, err := s.Get(ctx, q, yearID)
	if err != nil {
		return y, err
	}
	if Open(y, a) {
		return y, nil
	}
	return y, fault.New(fault.Conflict, "Năm thi đua đang ở bước “{.state}” nên chưa làm được, hoặc không còn làm được, việc này. Hãy xem bước tiếp theo ở đầu trang của năm.", "state", locale.Msg(y.State.Stage().Name))
}

// Open tells whether the activity may happen in the year's state.
func Open(y Year, a Activity) bool {
	for _, st := range allowed[a] {
		if st == y.State {
			return true
		}
	}
	return false
}
