// Package task tells each person what to do by when. Nothing of it is stored:
// tasks are derived from the states, deadlines and records of the other rooms,
// so there is no second truth. Only reminders that somebody sent are kept.
package task

import (
	"context"
	"slices"
	"sort"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Task is one thing to do.
type Task struct {
	Kind    string // what opens it: a cluster.Activity, "move", "count", …
	YearID  string
	Title   locale.Text
	Detail  locale.Text
	Due     clock.Day // "" for none
	Subject string    // what it is about: a unit, a meeting, a poll, a document version
	UnitID  string    // for whom the actor does it
	Do      locale.Text
}

// Days until the task is due on a day; negative when late.
func (t Task) Days(today clock.Day) int { return today.Until(t.Due) }

// Scope is what a source is asked about: a year that the actor belongs to.
type Scope struct {
	Actor    access.Actor
	Year     cluster.Year
	Units    []string // of the actor, members of the year
	Heads    []string // of Units, those the actor signs for
	Leads    bool     // one of Units leads the year today, or is deputy
	Standing bool
	Due      map[string]cluster.Deadline
	Today    clock.Day
}

// Source gives the tasks of one room.
type Source func(ctx context.Context, q db.Queryer, s Scope) ([]Task, error)

// Notice is a reminder that a leader or the standing body sent to a unit.
type Notice struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	UnitID    string        `db:"unit_id"`
	Text      string        `db:"text"`
	Activity  string        `db:"activity"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Service gathers tasks.
type Service struct {
	db      *db.DB
	book    *ledger.Book
	gate    *access.Gate
	years   *cluster.Service
	now     clock.Clock
	sources []Source
	letters *letter.Service
	owes    Owes
}

// New makes the service with the machine's own source; other rooms add theirs.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, now clock.Clock) *Service {
	s := &Service{db: d, book: book, gate: gate, years: years, now: now}
	s.Source(s.moves)
	return s
}

// Source adds a room's tasks.
func (s *Service) Source(f Source) { s.sources = append(s.sources, f) }

// Mine lists the actor's tasks in all years, the most urgent first, and the
// years that the actor belongs to.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Task, []cluster.Year, error) {
	if !actor.SignedIn() {
		return nil, nil, access.SignInFirst()
	}
	held, err := s.gate.Holds(ctx, s.db, actor)
	if err != nil {
		return nil, nil, err
	}
	var units, organisers []string
	for _, h := range held {
		switch h.Role {
		case access.Officer, access.Head:
			units = append(units, h.UnitID)
		case access.Standing:
			organisers = append(organisers, h.UnitID)
		}
	}
	mine, err := s.years.Mine(ctx, actor, units, organisers)
	if err != nil {
		return nil, nil, err
	}
	var tasks []Task
	for _, y := range mine {
		scope, err := s.scope(ctx, actor, y, held)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range s.sources {
			found, err := f(ctx, s.db, scope)
			if err != nil {
				return nil, nil, err
			}
			tasks = append(tasks, found...)
		}
	}
	sort.SliceStable(tasks, func(i, j int) bool { return due(tasks[i]) < due(tasks[j]) })
	return tasks, mine, nil
}

func due(t Task) clock.Day {
	if t.Due == "" {
		return clock.Forever
	}
	return t.Due
}

func (s *Service) scope(ctx context.Context, actor access.Actor, y cluster.Year, held []access.Held) (Scope, error) {
	scope := Scope{Actor: actor, Year: y, Today: clock.Today(s.now)}
	members, err := s.years.Members(ctx, s.db, y)
	if err != nil {
		return scope, err
	}
	for _, m := range members {
		for _, h := range held {
			if h.UnitID != m.UnitID || (h.Role != access.Officer && h.Role != access.Head) {
				continue
			}
			if !slices.Contains(scope.Units, m.UnitID) {
				scope.Units = append(scope.Units, m.UnitID)
			}
			if h.Role == access.Head {
				scope.Heads = append(scope.Heads, m.UnitID)
			}
			for _, t := range m.Offices {
				scope.Leads = scope.Leads || (t.From <= scope.Today && scope.Today < t.To)
			}
		}
	}
	cluster, err := s.years.Cluster(ctx, s.db, y.ClusterID)
	if err != nil {
		return scope, err
	}
	for _, h := range held {
		scope.Standing = scope.Standing || (h.Role == access.Standing && h.UnitID == cluster.OrganiserID)
	}
	scope.Due, err = s.years.Calendar(ctx, s.db, y.ID)
	return scope, err
}

// moves: the next step of the year is the leader's task once nothing blocks it.
func (s *Service) moves(ctx context.Context, q db.Queryer, scope Scope) ([]Task, error) {
	if !scope.Leads && !scope.Year.State.Reached(cluster.Submitted) {
		return nil, nil // nobody's task but the leader's: the guards need not be asked
	}
	moves, err := s.years.Moves(ctx, scope.Actor, scope.Year)
	if err != nil {
		return nil, err
	}
	var out []Task
	for _, m := range moves {
		if m.May && len(m.Blockers) > 0 && scope.Leads && m.Blockers[0].Units != nil {
			out = append(out, Task{
				Kind: "move", YearID: scope.Year.ID, Title: locale.Msg("Đôn đốc để chuyển sang bước “{.state}”", "state", locale.Msg(m.To.Stage().Name)),
				Detail: m.Blockers[0].Text, Do: locale.Msg("Xem và nhắc"),
			})
		}
		// A year that is over waits for papers from elsewhere: no task of every day.
		if m.May && len(m.Blockers) == 0 && (scope.Leads || scope.Year.State.Reached(cluster.Submitted)) {
			out = append(out, Task{
				Kind: "move", YearID: scope.Year.ID, Title: locale.Msg(m.Do), Do: locale.Msg("Xem và chuyển bước"),
				Detail: locale.Msg("Đủ điều kiện chuyển sang bước “{.state}”.", "state", locale.Msg(m.To.Stage().Name)),
			})
		}
	}
	return out, nil
}

// Reminding is what became of a reminder.
type Reminding struct {
	Units   []string // that were reminded; not those that had heard the same today
	Unheard []string // of them those in which nobody takes mail, where mail goes out
}

// Remind sends a reminder to units: they see it at the top of their tasks, and
// their people get a mail. Nobody hears the same twice on a day.
func (s *Service) Remind(ctx context.Context, actor access.Actor, yearID, activity, text string, units []string) (Reminding, error) {
	var done Reminding
	if len(units) == 0 {
		return done, fault.New(fault.Conflict, "Không còn đơn vị nào cần nhắc.")
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		done = Reminding{}
		if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
			return err
		}
		for _, u := range units {
			n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, yearID, u)
			if err != nil {
				return err
			}
			if n == 0 {
				return fault.Missing()
			}
			last, err := db.One[int64](ctx, tx, `SELECT COALESCE(MAX(at), 0) FROM notice WHERE year_id = $1 AND unit_id = $2 AND activity = $3 AND text = $4`, yearID, u, activity, text)
			if err != nil {
				return err
			}
			if last > 0 && clock.DayOf(clock.Instant(last).Time()) == clock.Today(s.now) {
				continue
			}
			done.Units = append(done.Units, u)
			notice := Notice{ID: db.NewID(), YearID: yearID, UnitID: u, Text: text, Activity: activity, AccountID: actor.Account, At: clock.Stamp(s.now)}
			if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "task.remind", Year: yearID}, "notice", &notice); err != nil {
				return err
			}
		}
		if len(done.Units) == 0 {
			return fault.New(fault.Conflict, "Hôm nay đã nhắc các đơn vị này về việc này. Mỗi việc nhắc mỗi đơn vị một lần trong ngày.")
		}
		var err error
		done.Unheard, err = s.write(ctx, tx, yearID, activity, text, done.Units)
		return err
	})
	return done, err
}

// week is how long a reminder is shown.
const week = 7 * 24 * 3600 * 1_000_000

// Notices lists the reminders of the last week to the actor's units.
func (s *Service) Notices(ctx context.Context, actor access.Actor) ([]Notice, error) {
	units, err := s.gate.Units(ctx, s.db, actor)
	if err != nil {
		return nil, err
	}
	var all []Notice
	for _, u := range units {
		found, err := db.All[Notice](ctx, s.db, `SELECT `+db.Prefixed("n", Notice{})+` FROM notice n WHERE unit_id = $1 AND at > $2 ORDER BY at DESC LIMIT 20`, u, clock.Stamp(s.now)-week)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			still, err := s.still(ctx, n)
			if err != nil {
				return nil, err
			}
			if still {
				all = append(all, n)
			}
		}
	}
	return all, nil
}

// still tells whether there is reason for a notice, as far as anybody knows.
func (s *Service) still(ctx context.Context, n Notice) (bool, error) {
	if s.owes == nil {
		return true, nil
	}
	owes, known, err := s.owes(ctx, s.db, n.YearID, n.UnitID, n.Activity)
	return owes || !known, err
}
