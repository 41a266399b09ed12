package cluster

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Blocker is a reason why a year cannot move on yet. Tab names the part of the
// year's page where it can be mended; Units lists whom it waits for.
type Blocker struct {
	Text  locale.Text
	Tab   string
	Units []string
}

// Guard looks whether a condition of a step holds; what it returns blocks.
type Guard func(ctx context.Context, q db.Queryer, y Year) ([]Blocker, error)

// Guard registers a condition by the name that the table of steps uses.
func (s *Service) Guard(name string, g Guard) { s.guards[name] = g }

// Unguarded lists the guards that the table names and no room has registered;
// the wiring test wants none.
func (s *Service) Unguarded() []string {
	var missing []string
	for _, st := range steps {
		for _, g := range st.Guards {
			if s.guards[g] == nil {
				missing = append(missing, g)
			}
		}
	}
	return missing
}

// Move is a step as its page offers it.
type Move struct {
	To       State
	Do       string
	Blockers []Blocker
	May      bool // the actor has the right
}

// StateMove is a move that was made.
type StateMove struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	From      State         `db:"from_state"`
	To        State         `db:"to_state"`
	Back      bool          `db:"back"`
	Reason    string        `db:"reason"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Moves lists the steps out of the year's state with what blocks each.
func (s *Service) Moves(ctx context.Context, actor access.Actor, y Year) ([]Move, error) {
	var out []Move
	for _, st := range steps {
		if st.From != y.State {
			continue
		}
		blockers, err := s.blockers(ctx, s.db, st, y)
		if err != nil {
			return nil, err
		}
		may, err := s.gate.Can(ctx, s.db, actor, st.Permission, access.Record{Year: y.ID})
		if err != nil {
			return nil, err
		}
		out = append(out, Move{st.To, st.Do, blockers, may})
	}
	return out, nil
}

func (s *Service) blockers(ctx context.Context, q db.Queryer, st step, y Year) ([]Blocker, error) {
	var all []Blocker
	for _, name := range st.Guards {
		g := s.guards[name]
		if g == nil {
			return nil, fault.Wrap(nil).Because(errUnguarded(name))
		}
		found, err := g(ctx, q, y)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

type errUnguarded string

func (e errUnguarded) Error() string { return "cluster: no guard " + string(e) }

// Go moves the year on to a state. version is the one the actor saw.
func (s *Service) Go(ctx context.Context, actor access.Actor, yearID string, to State, version int64) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		y, err := s.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if err := s.gate.MustSee(ctx, tx, actor, access.ClusterRead, access.Record{Year: yearID}); err != nil {
			return err
		}
		for _, st := range steps {
			if st.From != y.State || st.To != to {
				continue
			}
			if err := s.gate.Must(ctx, tx, actor, st.Permission, access.Record{Year: yearID}); err != nil {
				return err
			}
			if y.Version != version {
				return moved(y)
			}
			blockers, err := s.blockers(ctx, tx, st, y)
			if err != nil {
				return err
			}
			if len(blockers) > 0 {
				b := blockers[0].Text
				return fault.New(fault.Conflict, "Chưa chuyển sang bước “{.state}” được. {.why}", "state", locale.Msg(to.Stage().Name), "why", b)
			}
			return s.enter(ctx, tx, actor, y, to, false, "")
		}
		if y.State == to || y.Version != version {
			return moved(y)
		}
		return fault.New(fault.Conflict, "Từ bước “{.from}” không chuyển thẳng sang bước “{.to}” được.", "from", locale.Msg(y.State.Stage().Name), "to", locale.Msg(to.Stage().Name))
	})
}

func moved(y Year) error {
	return fault.New(fault.Conflict, "Năm thi đua đã được chuyển sang bước “{.state}” trong lúc bạn xem trang. Hãy tải lại trang.", "state", locale.Msg(y.State.Stage().Name))
}

// GoBack moves the year back to an earlier state, with a reason that stays in the trace.
func (s *Service) GoBack(ctx context.Context, actor access.Actor, yearID string, to State, reason string, version int64) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Hãy ghi lý do lùi bước; lý do được lưu vào sổ cái.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		y, err := s.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.ClusterBack, access.Record{Year: yearID}); err != nil {
			return err
		}
		if y.Version != version {
			return moved(y)
		}
		if to.rank() < 0 || to.rank() >= y.State.rank() {
			return fault.Wrong("to", "Chỉ lùi được về một bước trước bước “{.state}”.", "state", locale.Msg(y.State.Stage().Name))
		}
		return s.enter(ctx, tx, actor, y, to, true, reason)
	})
}

// enter is the only place where a year's state is written.
func (s *Service) enter(ctx context.Context, tx *db.Tx, actor access.Actor, y Year, to State, back bool, reason string) error {
	action := "cluster.move"
	if back {
		action = "cluster.back"
	}
	change := ledger.Change{By: actor, Action: action, Year: y.ID, Reason: reason}
	from := y.State
	y.State = to
	if err := s.book.Update(ctx, tx, change, "cluster_year", &y); err != nil {
		return err
	}
	return s.book.Insert(ctx, tx, change, "state_move", &StateMove{
		ID: db.NewID(), YearID: y.ID, From: from, To: to, Back: back, Reason: reason, AccountID: actor.Account, At: clock.Stamp(s.now),
	})
}

// Trace lists the moves of a year, oldest first.
func (s *Service) Trace(ctx context.Context, q db.Queryer, yearID string) ([]StateMove, error) {
	return db.All[StateMove](ctx, q, `SELECT `+db.Prefixed("m", StateMove{})+` FROM state_move m WHERE year_id = $1 ORDER BY at, id`, yearID)
}

func (s *Service) guardMembers(ctx context.Context, q db.Queryer, y Year) ([]Blocker, error) {
	n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM membership WHERE year_id = $1`, y.ID)
	if err != nil || n >= 2 {
		return nil, err
	}
	return []Blocker{{Text: locale.Msg("Cụm, khối cần ít nhất hai đơn vị thành viên."), Tab: "members"}}, nil
}

func (s *Service) guardLeader(ctx context.Context, q db.Queryer, y Year) ([]Blocker, error) {
	n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM term WHERE year_id = $1 AND role = $2`, y.ID, Leader)
	if err != nil || n > 0 {
		return nil, err
	}
	return []Blocker{{Text: locale.Msg("Chưa có đơn vị trưởng."), Tab: "members"}}, nil
}
