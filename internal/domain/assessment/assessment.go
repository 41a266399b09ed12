// Package assessment runs the scoring of a year round by round: each unit
// scores itself, a peer checks, the cluster agrees. Every round is kept with
// who, when and why; the final score is the last round's and never a maximum
// of rounds. Points come from package scoring and ranks from package ranking
// alone.
//
// A round stores only what was set in it: a cell that nobody touched counts as
// it stood in the round before. So what a checker confirmed, what a checker
// changed and what no one looked at can be told apart, and nobody's name
// stands under a figure that somebody else entered.
//
// When a round is open is the machine's to say (package cluster): moving the
// year on locks a round's inputs, moving it back opens them again.
package assessment

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Kind is a round of scoring.
type Kind string

const (
	Self   Kind = "self"   // tự chấm
	Check  Kind = "check"  // kiểm tra chéo
	Agreed Kind = "agreed" // điểm thống nhất của cụm, khối
)

// Kinds in the order in which they follow one another.
var Kinds = []Kind{Self, Check, Agreed}

// Valid tells whether k is a round.
func (k Kind) Valid() bool { return k.place() > 0 }

func (k Kind) place() int {
	for i, other := range Kinds {
		if other == k {
			return i + 1
		}
	}
	return 0
}

// before is the round whose scores stand where this one has none; before the
// first one, what was reported.
func (k Kind) before() (Kind, bool) {
	switch p := k.place(); p {
	case 0: // Reported, or no round
		return "", false
	case 1:
		return Reported, true
	default:
		return Kinds[p-2], true
	}
}

// Name is what people call the round.
func (k Kind) Name() locale.Text {
	switch k {
	case Self:
		return locale.Msg("Tự chấm")
	case Check:
		return locale.Msg("Kiểm tra chéo")
	case Agreed:
		return locale.Msg("Thống nhất")
	case Reported:
		return locale.Msg("Số liệu báo cáo")
	}
	return locale.Text{Text: string(k)}
}

// Activity is what the machine calls the work of the round.
func (k Kind) Activity() cluster.Activity {
	switch k {
	case Check:
		return cluster.CrossCheck
	case Agreed:
		return cluster.Agreeing
	}
	return cluster.SelfScore
}

func (k Kind) permission() access.Permission {
	switch k {
	case Check:
		return access.ScoreCheck
	case Agreed:
		return access.ScoreAgree
	}
	return access.ScoreSelf
}

// Round is one round of a year.
type Round struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	YearID  string `db:"year_id"`
	Kind    Kind   `db:"kind"`
	Place   int    `db:"place"`
}

// Service runs the scoring.
type Service struct {
	db       *db.DB
	book     *ledger.Book
	gate     *access.Gate
	years    *cluster.Service
	evidence *evidence.Service
	figures  Figures // nil: no criterion goes by figures
	now      clock.Clock
}

// New makes the service, gives the machine its guards and makes the cells of
// scores known to the room of evidence.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, files *evidence.Service, now clock.Clock) *Service {
	s := &Service{db: d, book: book, gate: gate, years: years, evidence: files, now: now}
	years.Guard("self_scores", s.guardSelf)
	years.Guard("cross_scores", s.guardCheck)
	years.Guard("agreed_scores", s.guardAgreed)
	years.Guard("appeals", s.guardAppeals)
	files.Subject(EvidenceKind, s.evidenceOf)
	return s
}

// EnsureRounds makes the year's rounds where they are not there yet. The
// caller has checked the right to.
func (s *Service) EnsureRounds(ctx context.Context, tx *db.Tx, actor access.Actor, yearID string) (map[Kind]Round, error) {
	rounds, err := roundsOf(ctx, tx, yearID)
	if err != nil {
		return nil, err
	}
	for _, k := range Kinds {
		if _, there := rounds[k]; there {
			continue
		}
		r := Round{ID: db.NewID(), YearID: yearID, Kind: k, Place: k.place()}
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "assessment.round", Year: yearID}, "round", &r); err != nil {
			return nil, err
		}
		rounds[k] = r
	}
	return rounds, nil
}

func roundsOf(ctx context.Context, q db.Queryer, yearID string) (map[Kind]Round, error) {
	rows, err := db.All[Round](ctx, q, `SELECT `+db.Prefixed("r", Round{})+` FROM round r WHERE year_id = $1 ORDER BY place`, yearID)
	if err != nil {
		return nil, err
	}
	rounds := make(map[Kind]Round, len(Kinds))
	for _, r := range rows {
		rounds[r.Kind] = r
	}
	return rounds, nil
}

// during requires that one of the activities may happen in the year now.
func (s *Service) during(ctx context.Context, q db.Queryer, yearID string, activities ...cluster.Activity) (cluster.Year, error) {
	y, err := s.years.Get(ctx, q, yearID)
	if err != nil {
		return y, err
	}
	for _, a := range activities {
		if cluster.Open(y, a) {
			return y, nil
		}
	}
	return s.years.During(ctx, q, yearID, activities[0])
}

// may is the gate of a round: who may set scores of the unit in it.
func (s *Service) may(ctx context.Context, q db.Queryer, actor access.Actor, k Kind, rounds map[Kind]Round, yearID, unitID string) error {
	if !k.Valid() {
		return fault.Missing()
	}
	return s.gate.Must(ctx, q, actor, k.permission(), access.Record{Year: yearID, Unit: unitID, Round: rounds[k].ID})
}

// member requires that the unit belongs to the year.
func member(ctx context.Context, q db.Queryer, yearID, unitID string) error {
	n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, yearID, unitID)
	if err == nil && n == 0 {
		return fault.Missing()
	}
	return err
}
