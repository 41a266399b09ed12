package indicator

import (
	"context"
	"math/big"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Scope says whose years stand side by side: those of a cluster, with the
// movements of its organiser behind them, or those of an organiser. With a unit
// they are the unit's own in the cluster, and before it those of the units that
// it came out of.
type Scope struct {
	ClusterID   string
	OrganiserID string
	UnitID      string
}

// The papers that a goal of a series comes from.
const (
	FromMovement = "movement"
	FromCovenant = "covenant"
)

// Cell is one indicator in one year.
type Cell struct {
	Year   int
	Goal   *Goal   // nil where no target was set
	From   string  // FromMovement or FromCovenant
	Figure *Figure // the year's result, or the latest there is; nil for none
	Origin *Origin // where the result comes from, when the unit was not then what it is now
	Verdict
}

// Delta is the change from one year to another, in base units. Rate is the
// change in hundredths of the earlier figure; nil for percentages, whose change
// is told in points, and where the earlier figure is nought.
type Delta struct {
	From, To int
	Low      decimal.Decimal // change of the target, of its lower end for a range
	High     decimal.Decimal
	Rate     *big.Rat // of the lower end
	OK       bool     // both years have a figured target of the same kind
}

// Track is an indicator over the years.
type Track struct {
	Indicator Indicator
	Cells     []Cell // one a year, in the order of Series.Years
}

// Series is the same indicators over years.
type Series struct {
	Years []int
	Rows  []Track
}

// dated is a goal with the year it was set for.
type dated struct {
	Year int    `db:"year"`
	From string `db:"origin"`
	Goal
}

// Series sets the same indicators of several years side by side, with the
// targets of covenants first and those of movements where there is no
// covenant's, and the results reported for the whole block. Years may be empty
// for all there are.
func (s *Service) Series(ctx context.Context, q db.Queryer, scope Scope, years ...int) (Series, error) {
	var out Series
	if scope.ClusterID != "" {
		c, err := s.years.Cluster(ctx, q, scope.ClusterID)
		if err != nil {
			return out, err
		}
		scope.OrganiserID = c.OrganiserID
	}
	if scope.OrganiserID == "" {
		return out, fault.Missing()
	}
	var goals []dated
	var err error
	if scope.UnitID == "" {
		// An organiser that was merged has its movements from its heir.
		goals, err = db.All[dated](ctx, q, `SELECT m.year AS year, 'movement' AS origin, `+db.Prefixed("t", Goal{})+`
			FROM movement_target t JOIN movement m ON m.id = t.movement_id
			WHERE (m.organiser_id = $1 OR m.organiser_id IN (SELECT h.heir_id FROM unit_heir h WHERE h.unit_id = $1 AND h.to_day > h.from_day))
			AND m.state = 'launched' ORDER BY m.year, m.launched_at, t.place`, scope.OrganiserID)
		if err != nil {
			return out, err
		}
	}
	var figures []Figure
	var in inheritance
	if scope.ClusterID != "" {
		signed, err := db.All[dated](ctx, q, `SELECT y.year AS year, 'covenant' AS origin, `+db.Prefixed("t", Goal{})+`
			FROM covenant_target t JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant'
			JOIN cluster_year y ON y.id = d.year_id
			WHERE y.cluster_id = $1 AND t.unit_id = $2 ORDER BY y.year, t.place`, scope.ClusterID, scope.UnitID)
		if err != nil {
			return out, err
		}
		goals = append(signed, goals...) // the covenant's first
		figures, err = reported(ctx, q, `f.year_id IN (SELECT y.id FROM cluster_year y WHERE y.cluster_id = $1) AND f.unit_id = $2 AND f.superseded_by = ''`, scope.ClusterID, scope.UnitID)
		if err != nil {
			return out, err
		}
		if scope.UnitID != "" {
			n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM membership m JOIN cluster_year y ON y.id = m.year_id WHERE m.unit_id = $1 AND y.cluster_id = $2`, scope.UnitID, scope.ClusterID)
			if err != nil {
				return out, err
			}
			if n == 0 { // what other clusters' units have is not this one's to tell
				return out, fault.Missing()
			}
			d, err := org.DescentOf(ctx, q, scope.UnitID)
			if err != nil {
				return out, err
			}
			if !d.Empty() {
				if in, err = s.inheritOf(ctx, q, d, []string{scope.UnitID}, 0, 9999); err != nil {
					return out, err
				}
			}
		}
	} else {
		figures, err = reported(ctx, q, `f.year_id IN (SELECT y.id FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id WHERE c.organiser_id = $1) AND f.unit_id = '' AND f.superseded_by = ''`, scope.OrganiserID)
		if err != nil {
			return out, err
		}
	}
	byAge(figures)
	catalogue, err := all(ctx, q)
	if err != nil {
		return out, err
	}
	if len(in) > 0 { // what was told of a part alone stands among the parts
		figures = slices.DeleteFunc(figures, func(f Figure) bool {
			_, there := in[spot{Place{current(catalogue, f.IndicatorID).ID, f.UnitID}, f.Year, f.Period.Months()}]
			return there
		})
		for _, at := range in.spots() {
			if f := in[at].Figure; f != nil {
				figures = append(figures, *f)
			}
		}
	}
	type place struct {
		indicator string
		year      int
	}
	cells := map[place]*Cell{}
	var order []string
	cell := func(id string, year int) *Cell {
		id = current(catalogue, id).ID
		at := place{id, year}
		if cells[at] == nil {
			cells[at] = &Cell{Year: year, Verdict: Verdict{Status: None}}
			if !slices.Contains(out.Years, year) {
				out.Years = append(out.Years, year)
			}
			if !slices.Contains(order, id) {
				order = append(order, id)
			}
		}
		return cells[at]
	}
	wanted := func(year int) bool { return len(years) == 0 || slices.Contains(years, year) }
	for _, g := range goals {
		if !wanted(g.Year) || !g.Measurable() {
			continue
		}
		if c := cell(g.IndicatorID, g.Year); c.Goal == nil {
			goal := g.Goal
			c.Goal, c.From = &goal, g.From
		}
	}
	standing := map[place][]Figure{}
	for _, f := range figures {
		at := place{current(catalogue, f.IndicatorID).ID, f.Year}
		standing[at] = append(standing[at], f)
		if !wanted(f.Year) {
			continue
		}
		if c := cell(f.IndicatorID, f.Year); c.Figure == nil || !c.Figure.Period.after(f.Period) {
			result := f
			c.Figure = &result
		}
	}
	for _, at := range in.spots() {
		if !wanted(at.year) {
			continue
		}
		c := cell(at.Indicator, at.year)
		if c.Figure == nil || c.Figure.Period.Months() == at.months {
			c.Origin = in[at].Origin
		}
	}
	sort.Ints(out.Years)
	for _, id := range order {
		t := Track{Indicator: catalogue[id]}
		for _, year := range out.Years {
			c := cells[place{id, year}]
			if c == nil {
				c = &Cell{Year: year, Verdict: Verdict{Status: None}}
			}
			if c.Goal != nil && c.Figure != nil {
				l := Line{Aim: Aim{Goal: *c.Goal}, Indicator: t.Indicator, History: standing[place{id, year}], Past: pointsOf(standing[place{id, year - 1}])}
				c.Verdict = l.Judge(*c.Figure)
			}
			t.Cells = append(t.Cells, *c)
		}
		out.Rows = append(out.Rows, t)
	}
	// What several years have comes first: it is what can be compared.
	sort.SliceStable(out.Rows, func(a, b int) bool { return out.Rows[a].set() > out.Rows[b].set() })
	return out, nil
}

// set counts the years with a target or a result.
func (t Track) set() int {
	n := 0
	for _, c := range t.Cells {
		if c.Goal != nil || c.Figure != nil || c.Origin != nil {
			n++
		}
	}
	return n
}

// Compared tells whether the indicator stands in two years or more.
func (t Track) Compared() bool { return t.set() > 1 }

// Change is the change of the target from the year before the cell's to the
// cell's; i counts cells from 0. Targets of different kinds (a level and a
// growth, a range and none) have no change to tell.
func (t Track) Change(i int) Delta {
	if i < 1 || i >= len(t.Cells) {
		return Delta{}
	}
	a, b := t.Cells[i-1], t.Cells[i]
	d := Delta{From: a.Year, To: b.Year}
	if a.Goal == nil || b.Goal == nil || a.Goal.BaseUnit != b.Goal.BaseUnit || a.Goal.Change != b.Goal.Change {
		return d
	}
	lowA, errA := decimal.NewFromString(a.Goal.BaseLow)
	lowB, errB := decimal.NewFromString(b.Goal.BaseLow)
	highA, errC := decimal.NewFromString(a.Goal.BaseHigh)
	highB, errD := decimal.NewFromString(b.Goal.BaseHigh)
	if errA != nil || errB != nil || errC != nil || errD != nil {
		return d
	}
	d.Low, d.High, d.OK = lowB.Sub(lowA), highB.Sub(highA), true
	if !lowA.IsZero() && a.Goal.BaseUnit != "%" && a.Goal.Change == target.Level {
		d.Rate = new(big.Rat).Mul(hundred, new(big.Rat).Quo(d.Low.Rat(), lowA.Rat()))
	}
	return d
}
