package indicator

import (
	"context"
	"maps"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Plan is when a year reminds its units of figures, by mail and by itself.
type Plan struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	YearID  string `db:"year_id"`
	Week    bool   `db:"week"` // seven days before the day
	Eve     bool   `db:"eve"`  // the day before
	Late    bool   `db:"late"` // the day after, to those who have not reported
}

// Plan is what the cluster has chosen for a year; all of it unless it chose.
func (s *Service) Plan(ctx context.Context, q db.Queryer, yearID string) (Plan, error) {
	p, there, err := db.Maybe[Plan](ctx, q, `SELECT `+db.Prefixed("p", Plan{})+` FROM reminder_plan p WHERE p.year_id = $1`, yearID)
	if err != nil || there {
		return p, err
	}
	return Plan{YearID: yearID, Week: true, Eve: true, Late: true}, nil
}

// SetPlan chooses when a year reminds its units; none turns reminders off.
func (s *Service) SetPlan(ctx context.Context, actor access.Actor, yearID string, want Plan) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, yearID, cluster.Scheduling); err != nil {
			return err
		}
		p, err := s.Plan(ctx, tx, yearID)
		if err != nil || p.Week == want.Week && p.Eve == want.Eve && p.Late == want.Late {
			return err
		}
		p.Week, p.Eve, p.Late = want.Week, want.Eve, want.Late
		change := ledger.Change{By: actor, Action: "figure.remind", Year: yearID}
		if p.ID != "" {
			return s.book.Update(ctx, tx, change, "reminder_plan", &p)
		}
		p.ID = db.NewID()
		return s.book.Insert(ctx, tx, change, "reminder_plan", &p)
	})
}

// stage is which reminder is due so many days before the day; "" for none. A
// server that stood still for two days catches up; after that the next
// reminder is nearer than the last.
func stage(days int) string {
	switch {
	case days >= 5 && days <= 7:
		return "week"
	case days == 0 || days == 1:
		return "eve"
	case days >= -3 && days < 0:
		return "late"
	}
	return ""
}

// morning is the hour from which reminders are written.
const morning = 7

// round is a reminder to all units of a year.
type round struct {
	YearID   string        `db:"year_id"`
	Activity string        `db:"activity"`
	Due      clock.Day     `db:"due_day"`
	State    cluster.State `db:"state"`
	Week     bool          `db:"week"`
	Eve      bool          `db:"eve"`
	Late     bool          `db:"late"`
	Period   Period
	Stage    string
}

func (r round) key() string { return r.YearID + string(r.Period) + string(r.Due) + r.Stage }

// Remind writes the reminders that are due now, one letter a person, however
// many figures and units it is about. It may be asked as often as one likes, by
// any number of processes: nobody is reminded twice.
func (s *Service) Remind(ctx context.Context) error {
	if !s.letters.On() || s.now.Now().In(clock.Vietnam).Hour() < morning {
		return nil
	}
	rounds, err := s.rounds(ctx)
	if err != nil || len(rounds) == 0 {
		return err
	}
	owed, err := s.owed(ctx, rounds)
	if err != nil {
		return err
	}
	people, err := s.letters.Readers(ctx, s.db, slices.Sorted(maps.Keys(owed))...)
	if err != nil {
		return err
	}
	about := map[string][]reminder{} // by account
	for unit, accounts := range people {
		for _, a := range accounts {
			about[a] = append(about[a], owed[unit]...)
		}
	}
	for accounts := range slices.Chunk(slices.Sorted(maps.Keys(about)), 100) {
		err := s.db.InTx(ctx, func(tx *db.Tx) error {
			for _, a := range accounts {
				if err := s.remind(ctx, tx, a, about[a]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		for _, r := range rounds {
			if _, err := tx.Exec(ctx, `INSERT INTO reminder_round (year_id, period, due_day, stage, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, r.YearID, r.Period, r.Due, r.Stage, clock.Stamp(s.now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// rounds are the reminders of today that are not done.
func (s *Service) rounds(ctx context.Context) ([]round, error) {
	today := clock.Today(s.now)
	from, to := today.Plus(-3), today.Plus(7)
	all, err := db.All[round](ctx, s.db, `SELECT d.year_id, d.activity, d.due_day, y.state, COALESCE(p.week, TRUE) AS week, COALESCE(p.eve, TRUE) AS eve, COALESCE(p.late, TRUE) AS late
		FROM deadline d JOIN cluster_year y ON y.id = d.year_id LEFT JOIN reminder_plan p ON p.year_id = y.id
		WHERE d.due_day >= $1 AND d.due_day <= $2 ORDER BY d.year_id, d.due_day`, from, to)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	type finished struct {
		YearID string    `db:"year_id"`
		Period Period    `db:"period"`
		Due    clock.Day `db:"due_day"`
		Stage  string    `db:"stage"`
	}
	rows, err := db.All[finished](ctx, s.db, `SELECT year_id, period, due_day, stage FROM reminder_round WHERE due_day >= $1 AND due_day <= $2`, from, to)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, f := range rows {
		done[round{YearID: f.YearID, Period: f.Period, Due: f.Due, Stage: f.Stage}.key()] = true
	}
	var out []round
	for _, r := range all {
		period, ok := cluster.ReportPeriod(r.Activity)
		r.Period, r.Stage = Period(period), stage(today.Until(r.Due))
		chosen := map[string]bool{"week": r.Week, "eve": r.Eve, "late": r.Late}
		if !ok || !chosen[r.Stage] || done[r.key()] || !cluster.Open(cluster.Year{State: r.State}, cluster.Reporting) {
			continue
		}
		schedule, err := s.Schedule(ctx, s.db, r.YearID)
		if err != nil {
			return nil, err
		}
		if schedule.has(r.Period) {
			out = append(out, r)
		}
	}
	return out, nil
}

// reminder is what one person is reminded of.
type reminder struct {
	YearID string    `db:"year_id"`
	UnitID string    `db:"unit_id"`
	Period Period    `db:"period"`
	Due    clock.Day `db:"due_day"`
	Stage  string    `db:"stage"`
}

// owed lists, by unit, what it has not reported.
func (s *Service) owed(ctx context.Context, rounds []round) (map[string][]reminder, error) {
	out := map[string][]reminder{}
	for _, r := range rounds {
		y, err := s.years.Get(ctx, s.db, r.YearID)
		if err != nil {
			return nil, err
		}
		lacks, err := s.unreported(ctx, s.db, y, r.Period)
		if err != nil {
			return nil, err
		}
		for _, l := range lacks {
			out[l.Unit] = append(out[l.Unit], reminder{y.ID, l.Unit, r.Period, r.Due, r.Stage})
		}
	}
	return out, nil
}

// remind writes the letter to one person about what the person was not yet
// reminded of.
func (s *Service) remind(ctx context.Context, tx *db.Tx, account string, about []reminder) error {
	id, fresh := db.NewID(), int64(0)
	for _, r := range about {
		n, err := tx.Exec(ctx, `INSERT INTO reminder (letter_id, account_id, year_id, unit_id, period, due_day, stage) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			id, account, r.YearID, r.UnitID, r.Period, r.Due, r.Stage)
		if err != nil {
			return err
		}
		fresh += n
	}
	if fresh == 0 {
		return nil
	}
	_, err := s.letters.Put(ctx, tx, letter.Draft{ID: id, Kind: FiguresDue, Account: account})
	return err
}
