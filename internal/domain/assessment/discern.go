package assessment

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/points"
)

// Discernment says whether a year's sheet still tells units apart, and where
// the rounds part: what a leader reads before drafting next year's sheet.
type Discernment struct {
	Year         cluster.Year
	Sheet        *scoring.Sheet
	Kind         Kind            // the last round that anybody has scored in
	Criteria     []CriterionTold // leaves in the order of the sheet
	Units        []RoundGap      // in the order of the year
	Checkers     []CheckerGap    // the one that changed most first
	Illustrative bool            // some figure is invented for showing
	Last         int             // the year before, where it kept a result; 0 for none
}

// CriterionTold is how far a criterion tells the units apart.
type CriterionTold struct {
	Criterion *scoring.Criterion
	Scored    int // units that have points in it
	AtMax     int
	Low, High points.Points
	Mean      *big.Rat // nil where nobody has points
	Spread    *big.Rat // (High − Low)/Max; nil without a maximum or points
	Before    *big.Rat // Spread of last year's criterion of that id and name
}

// Flat tells whether all units have the same points.
func (c CriterionTold) Flat() bool { return c.Scored > 1 && c.Low == c.High }

// RoundGap is how far a unit's rounds are from one another.
type RoundGap struct {
	Unit    cluster.Member
	Checker string // unit id, "" for none
	Self    points.Points
	Check   points.Points
	Agreed  points.Points
	Changed int // criteria that the check changed
	Up      points.Points
	Down    points.Points
	Before  *points.Points // last year's agreed total
}

// CheckerGap is what a unit changed as a checker.
type CheckerGap struct {
	Checker  string // unit id
	Units    int
	Criteria int // changed
	Up, Down points.Points
}

// Discern reads the year's scores for who may organise them.
func (s *Service) Discern(ctx context.Context, actor access.Actor, yearID string) (*Discernment, error) {
	if err := s.gate.Must(ctx, s.db, actor, access.ScoreOrganise, access.Record{Year: yearID}); err != nil {
		return nil, err
	}
	var d *Discernment
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		y, err := s.years.Get(ctx, q, yearID)
		if err != nil {
			return err
		}
		t, err := s.load(ctx, q, y)
		if err != nil {
			return err
		}
		members, err := s.years.Members(ctx, q, y)
		if err != nil {
			return err
		}
		checkers, err := Checkers(ctx, q, yearID)
		if err != nil {
			return err
		}
		last, err := s.lastYear(ctx, q, y)
		if err != nil {
			return err
		}
		d = t.discern(members, checkers, last)
		return nil
	})
	return d, err
}

// lastYear is what the cluster's year before ended in; nil for nothing kept.
func (s *Service) lastYear(ctx context.Context, q db.Queryer, y cluster.Year) (*Content, error) {
	r, there, err := db.Maybe[Result](ctx, q, `SELECT `+db.Prefixed("r", Result{})+` FROM result r JOIN cluster_year y ON y.id = r.year_id
		WHERE y.cluster_id = $1 AND y.year = $2 AND r.superseded_by = '' ORDER BY r.at DESC, r.id DESC`, y.ClusterID, y.Year-1)
	if err != nil || !there {
		return nil, err
	}
	c, err := r.Content()
	return &c, err
}

func (t *table) discern(members []cluster.Member, checkers map[string]Checker, last *Content) *Discernment {
	d := &Discernment{Year: t.year, Sheet: t.sheet, Kind: Self, Illustrative: t.year.Illustrative}
	units := make([]string, len(members))
	for i, m := range members {
		units[i] = m.UnitID
	}
	scored := map[Kind]scoring.Result{}
	for _, k := range Kinds {
		scored[k] = t.score(k, units, scoring.Provisional)
		if len(t.scores[k]) > 0 {
			d.Kind = k
		}
	}
	var before map[string]map[string]*big.Rat
	if last != nil {
		d.Last, before = last.Year, last.spreads()
	}
	for _, c := range t.sheet.Leaves() {
		told := toldApart(c, scored[d.Kind])
		told.Before = before[c.ID][c.Name]
		d.Criteria = append(d.Criteria, told)
	}
	by := map[string]*CheckerGap{}
	for _, k := range Kinds {
		for _, cells := range t.scores[k] {
			for _, row := range cells {
				d.Illustrative = d.Illustrative || row.Illustrative
			}
		}
	}
	for i, m := range members {
		g := RoundGap{Unit: m, Checker: checkers[m.UnitID].CheckerID, Self: scored[Self].Units[i].Total, Check: scored[Check].Units[i].Total, Agreed: scored[Agreed].Units[i].Total}
		for _, c := range t.sheet.Leaves() {
			if !t.differs(Check, Self, m.UnitID, c.ID) {
				continue
			}
			g.Changed++
			if by := scored[Check].Units[i].Cells[c.ID].Points - scored[Self].Units[i].Cells[c.ID].Points; by > 0 {
				g.Up += by
			} else {
				g.Down -= by
			}
		}
		if last != nil {
			for _, u := range last.Units {
				if u.Unit == m.UnitID {
					g.Before = &u.Total
				}
			}
		}
		d.Units = append(d.Units, g)
		if g.Checker == "" {
			continue
		}
		if by[g.Checker] == nil {
			by[g.Checker] = &CheckerGap{Checker: g.Checker}
		}
		c := by[g.Checker]
		c.Units, c.Criteria, c.Up, c.Down = c.Units+1, c.Criteria+g.Changed, c.Up+g.Up, c.Down+g.Down
	}
	for _, c := range by {
		d.Checkers = append(d.Checkers, *c)
	}
	slices.SortFunc(d.Checkers, func(a, b CheckerGap) int {
		return cmp.Or(cmp.Compare(b.Criteria, a.Criteria), cmp.Compare(a.Checker, b.Checker))
	})
	return d
}

func toldApart(c *scoring.Criterion, r scoring.Result) CriterionTold {
	told := CriterionTold{Criterion: c}
	sum := new(big.Rat)
	for _, u := range r.Units {
		cell := u.Cells[c.ID]
		if cell.Missing || cell.NA {
			continue
		}
		if told.Scored == 0 || cell.Points < told.Low {
			told.Low = cell.Points
		}
		if told.Scored == 0 || cell.Points > told.High {
			told.High = cell.Points
		}
		if !c.NoMax && cell.Points == c.Max {
			told.AtMax++
		}
		told.Scored++
		sum.Add(sum, cell.Points.Rat())
	}
	if told.Scored > 0 {
		told.Mean = sum.Quo(sum, new(big.Rat).SetInt64(int64(told.Scored)))
		told.Spread = spread(told.Low, told.High, c.Max)
	}
	return told
}

func spread(low, high, most points.Points) *big.Rat {
	if most <= 0 {
		return nil
	}
	return new(big.Rat).Quo((high - low).Rat(), most.Rat())
}

// spreads are those of a result's criteria, by id and name: a criterion that
// was renumbered or reworded is not the same.
func (c *Content) spreads() map[string]map[string]*big.Rat {
	type ends struct {
		low, high, most points.Points
	}
	all := map[string]map[string]*ends{}
	for _, u := range c.Units {
		for _, it := range u.Items {
			if it.Agreed == nil {
				continue
			}
			if all[it.Criterion] == nil {
				all[it.Criterion] = map[string]*ends{}
			}
			e := all[it.Criterion][it.Name]
			if e == nil {
				e = &ends{*it.Agreed, *it.Agreed, it.Max}
				all[it.Criterion][it.Name] = e
			}
			e.low, e.high = min(e.low, *it.Agreed), max(e.high, *it.Agreed)
		}
	}
	out := map[string]map[string]*big.Rat{}
	for id, names := range all {
		out[id] = map[string]*big.Rat{}
		for name, e := range names {
			out[id][name] = spread(e.low, e.high, e.most)
		}
	}
	return out
}
