// Package ballot holds votes: who was entitled, how many were there, what the
// count says, and what it means under the rule in force on the day. A poll is
// voted openly (one count of hands) or on paper (two tellers count apart and
// must agree); the secret online ballot gets a third Way.
//
// Thresholds and the arithmetic of counts are pure (threshold.go, figures.go,
// decide.go); the rest keeps polls in the database.
package ballot

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Way is how people vote.
type Way string

const (
	ByHands Way = "open"  // biểu quyết
	OnPaper Way = "paper" // bỏ phiếu giấy
)

// Purpose is what a poll decides.
type Purpose string

const (
	ForLeader Purpose = "leader" // bầu trưởng năm sau
	ForDeputy Purpose = "deputy"
	ForAward  Purpose = "award" // đề nghị khen thưởng
	ForTie    Purpose = "tie"   // phân định đồng hạng
	ForAdopt  Purpose = "adopt" // thông qua văn bản
	ForOther  Purpose = "other"
)

// Purposes in the order in which forms offer them.
var Purposes = []Purpose{ForAward, ForLeader, ForDeputy, ForTie, ForAdopt, ForOther}

// Name says the purpose.
func (p Purpose) Name() string {
	switch p {
	case ForLeader:
		return "Bầu trưởng năm sau"
	case ForDeputy:
		return "Bầu phó năm sau"
	case ForAward:
		return "Đề nghị khen thưởng"
	case ForTie:
		return "Phân định đồng hạng"
	case ForAdopt:
		return "Thông qua văn bản"
	case ForOther:
		return "Việc khác"
	}
	return string(p)
}

// Choosing tells whether a ballot names at most as many nominees as there are
// seats; in the other polls each nominee is approved or not for itself.
func (p Purpose) Choosing() bool { return p == ForLeader || p == ForDeputy || p == ForTie }

// Texts tells whether texts are voted on, which are adopted, and not units, of
// which some are chosen.
func (p Purpose) Texts() bool { return p == ForAdopt || p == ForOther }

// activity is what the year must be open for.
func (p Purpose) activity() cluster.Activity {
	switch p {
	case ForAdopt, ForOther:
		return cluster.Meeting
	}
	return cluster.Reviewing
}

// State is where a poll stands.
type State string

const (
	Prepared  State = "prepared"
	Open      State = "open" // the electorate and the rule are fixed; counts may come
	Counted   State = "counted"
	Cancelled State = "cancelled"
)

// Name says the state.
func (s State) Name() string {
	switch s {
	case Prepared:
		return "Chưa bắt đầu"
	case Open:
		return "Đang bỏ phiếu, kiểm phiếu"
	case Counted:
		return "Đã kiểm xong"
	case Cancelled:
		return "Đã hủy"
	}
	return string(s)
}

// Poll is one vote of a meeting. From Open on, who may vote, who is there and
// the threshold stand in the row itself: later changes of the roll or of the
// rulebook do not move a vote that was held.
type Poll struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	MeetingID  string        `db:"meeting_id"`
	YearID     string        `db:"year_id"`
	ItemID     string        `db:"item_id"`
	Purpose    Purpose       `db:"purpose"`
	AwardKind  string        `db:"award_kind"`
	Title      string        `db:"title"`
	Way        Way           `db:"way"`
	Seats      int           `db:"seats"` // 0: as many as pass
	Num        int64         `db:"share_num"`
	Den        int64         `db:"share_den"`
	Strict     bool          `db:"strict"`
	Base       rulebook.Base `db:"base"`
	RuleID     string        `db:"rule_id"`
	Attempt    int           `db:"attempt"`
	State      State         `db:"state"`
	Entitled   int           `db:"entitled"`
	Present    int           `db:"present"`
	Written    bool          `db:"written"`
	PreviousID string        `db:"previous_id"` // the poll whose tie or failure led to this one
	Cancelled  string        `db:"cancelled"`   // why
	Settled    string        `db:"settled"`     // how people settled a tie that voting did not
}

// Threshold is the rule that was in force when the poll opened.
func (p Poll) Threshold() rulebook.Threshold {
	return rulebook.Threshold{Num: p.Num, Den: max(p.Den, 1), Strict: p.Strict, Base: p.Base, Written: p.Written}
}

// Nominee is who or what is voted on: a member unit, or a text.
type Nominee struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	PollID  string `db:"poll_id"`
	UnitID  string `db:"unit_id"`
	Label   string `db:"label"`
	Place   int    `db:"place"`
}

// Count is a teller's figures. A corrected count supersedes the one before,
// which stays.
type Count struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	PollID     string        `db:"poll_id"`
	Teller     int           `db:"teller"` // 1 or 2; 0 for a show of hands
	AccountID  string        `db:"account_id"`
	Name       string        `db:"name"`
	Issued     int           `db:"issued"`
	Returned   int           `db:"returned"`
	Valid      int           `db:"valid"`
	Invalid    int           `db:"invalid"`
	At         clock.Instant `db:"at"`
	Superseded bool          `db:"superseded"`
}

type line struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	CountID   string `db:"count_id"`
	NomineeID string `db:"nominee_id"`
	Yes       int    `db:"yes"`
	No        int    `db:"no"`
	Written   int    `db:"written"`
}

type result struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	PollID    string `db:"poll_id"`
	NomineeID string `db:"nominee_id"`
	Yes       int    `db:"yes"`
	No        int    `db:"no"`
	Written   int    `db:"written"`
	Base      int    `db:"base_count"`
	Needed    int    `db:"needed"`
	Passed    bool   `db:"passed"`
	Chosen    bool   `db:"chosen"`
	Tied      bool   `db:"tied"`
}

// Sitting is what a poll must know of its meeting.
type Sitting struct {
	Day     clock.Day
	Open    bool // in session
	Over    bool // closed or cancelled
	Council bool // a council, not the member units, sits
	Years   []string
	Items   []string
}

// Sittings is the room of meetings as this one sees it.
type Sittings interface {
	Sitting(ctx context.Context, q db.Queryer, meetingID string) (Sitting, error)
	// Attending counts the members of the year that are there, by themselves or
	// by a substitute with a mandate; without a quorum it is a fault that says so.
	Attending(ctx context.Context, q db.Queryer, meetingID, yearID string) (present int, err error)
	// There lists the members of the year that are there, by themselves or by a
	// substitute, in the order of membership.
	There(ctx context.Context, q db.Queryer, meetingID, yearID string) ([]string, error)
}

// Service holds polls.
type Service struct {
	db       *db.DB
	book     *ledger.Book
	gate     *access.Gate
	years    *cluster.Service
	rules    *rulebook.Service
	now      clock.Clock
	sittings Sittings
}

// New makes the service; the room of meetings announces itself with Sit.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, rules *rulebook.Service, now clock.Clock) *Service {
	return &Service{db: d, book: book, gate: gate, years: years, rules: rules, now: now}
}

// Sit tells where meetings are found; once, at wiring.
func (s *Service) Sit(m Sittings) { s.sittings = m }

// Get reads a poll.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Poll, error) {
	return db.Get[Poll](ctx, q, "poll", id)
}

// OfMeeting lists a meeting's polls in the order in which they were prepared.
func (s *Service) OfMeeting(ctx context.Context, q db.Queryer, meetingID string) ([]Poll, error) {
	return db.All[Poll](ctx, q, `SELECT `+db.Prefixed("p", Poll{})+` FROM poll p WHERE meeting_id = $1 ORDER BY id`, meetingID)
}

// OfYear lists a year's polls, all purposes when purpose is empty.
func (s *Service) OfYear(ctx context.Context, q db.Queryer, yearID string, purpose Purpose) ([]Poll, error) {
	return db.All[Poll](ctx, q, `SELECT `+db.Prefixed("p", Poll{})+` FROM poll p WHERE year_id = $1 AND ($2 = '' OR purpose = $2) ORDER BY id`, yearID, string(purpose))
}

func (s *Service) nominees(ctx context.Context, q db.Queryer, pollID string) ([]Nominee, error) {
	return db.All[Nominee](ctx, q, `SELECT `+db.Prefixed("n", Nominee{})+` FROM nominee n WHERE poll_id = $1 ORDER BY place, id`, pollID)
}

func (s *Service) room(ctx context.Context, q db.Queryer, p Poll) (Room, []Nominee, error) {
	nominees, err := s.nominees(ctx, q, p.ID)
	r := Room{Way: p.Way, Entitled: p.Entitled, Present: p.Present, Seats: p.Seats, Choosing: p.Purpose.Choosing(), Written: p.Written}
	for _, n := range nominees {
		r.Nominees = append(r.Nominees, n.ID)
	}
	return r, nominees, err
}

// day is the meeting's, under whose names units are shown.
func (s *Service) day(ctx context.Context, q db.Queryer, p Poll) (clock.Day, error) {
	if s.sittings == nil {
		return clock.Today(s.now), nil
	}
	sitting, err := s.sittings.Sitting(ctx, q, p.MeetingID)
	return sitting.Day, err
}

// names are the nominees' names as of the meeting's day, by nominee id.
func (s *Service) names(ctx context.Context, q db.Queryer, p Poll, nominees []Nominee) (map[string]org.View, error) {
	day, err := s.day(ctx, q, p)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, n := range nominees {
		if n.UnitID != "" {
			ids = append(ids, n.UnitID)
		}
	}
	views, err := org.Names(ctx, q, day, ids...)
	if err != nil {
		return nil, err
	}
	out := make(map[string]org.View, len(nominees))
	for _, n := range nominees {
		v := org.View{ID: n.UnitID, Name: n.Label, Short: n.Label}
		if n.UnitID != "" {
			v = views[n.UnitID]
		}
		out[n.ID] = v
	}
	return out, nil
}

func over() error {
	return fault.New(fault.Conflict, "Hội nghị đã bế mạc hoặc đã hủy nên không thay đổi được việc bỏ phiếu nữa.")
}
