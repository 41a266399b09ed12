package covenant

import (
	"context"
	"math/big"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
)

// Ambition is a target of a version beside what came before it and what others
// demand of themselves.
type Ambition struct {
	Target   Target
	LastGoal *indicator.Goal
	Past     []indicator.YearCourse // of earlier years, oldest first
	Last     *big.Rat               // last year's result; nil for none
	Origin   *indicator.Origin      // where it comes from, when the unit was not then what it is now
	Early    bool                   // last year's target was reached by half-year
	Peers    int                    // others with the same indicator that it can be compared with
	Demand   *big.Rat               // as indicator.Goal.Demand tells it
	Middle   *big.Rat               // the median of the peers; nil with none
	Marks    []indicator.Mark
	Reason   *Reason
}

// trend is how many earlier years stand beside a target.
const trend = 4

// Ambitions weighs the measurable targets of a version of the covenant.
func (s *Service) Ambitions(ctx context.Context, q db.Queryer, v draft.Version) ([]Ambition, error) {
	d, err := s.drafts.Get(ctx, q, v.DraftID)
	if err != nil {
		return nil, err
	}
	y, err := s.years.Get(ctx, q, d.YearID)
	if err != nil {
		return nil, err
	}
	targets, err := s.Targets(ctx, q, v.ID)
	if err != nil {
		return nil, err
	}
	canon, err := s.indicators.Canon(ctx, q)
	if err != nil {
		return nil, err
	}
	past, err := s.indicators.Halves(ctx, q, y.ClusterID, y.Year-trend, y.Year-1)
	if err != nil {
		return nil, err
	}
	goals, err := s.goalsOf(ctx, q, y, canon)
	if err != nil {
		return nil, err
	}
	reasons, err := s.reasons(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Ambition, 0, len(targets))
	demands := map[string][]peer{} // by indicator
	for _, t := range targets {
		if _, ok := t.Bound(); !ok {
			continue
		}
		at := indicator.Place{Indicator: canon.Of(t.IndicatorID), Unit: t.UnitID}
		a := Ambition{Target: t, Past: past[at], Reason: reasons[at]}
		if g, there := goals[at]; there {
			a.LastGoal = &g
		}
		if n := len(a.Past); n > 0 && a.Past[n-1].Year == y.Year-1 {
			last := a.Past[n-1]
			a.Last, a.Origin = last.Result(), last.Origins[12]
			if a.Origin.Others(t.UnitID) {
				a.LastGoal = nil // it was that of a smaller unit
			}
			if half := last.Half(); half != nil && a.LastGoal != nil {
				a.Early = a.LastGoal.ReachedAt(canon.Flow(at.Indicator), half)
			}
		}
		if a.Demand = t.Demand(a.Last); a.Demand != nil {
			demands[at.Indicator] = append(demands[at.Indicator], peer{t.UnitID == "", a.Demand})
		}
		out = append(out, a)
	}
	if err := s.otherClusters(ctx, q, y, canon, demands); err != nil {
		return nil, err
	}
	crowds := map[indicator.Place]*indicator.Crowd{} // of units; of the block with the other clusters, where Unit is empty
	for id, all := range demands {
		var units, blocks []*big.Rat
		for _, p := range all {
			if p.block {
				blocks = append(blocks, p.demand)
			} else {
				units = append(units, p.demand)
			}
		}
		crowds[indicator.Place{Indicator: id, Unit: ofUnits}], crowds[indicator.Place{Indicator: id}] = indicator.NewCrowd(units...), indicator.NewCrowd(blocks...)
	}
	for i := range out {
		a := &out[i]
		ground := indicator.Ground{LastGoal: a.LastGoal, Last: a.Last}
		if a.Demand != nil {
			at := indicator.Place{Indicator: canon.Of(a.Target.IndicatorID)}
			if a.Target.UnitID != "" {
				at.Unit = ofUnits
			}
			ground.Crowd = crowds[at]
			a.Peers, a.Middle = ground.Crowd.Others(), ground.Crowd.Middle(a.Demand)
		}
		a.Marks = a.Target.Weigh(ground)
	}
	return out, nil
}

// peer is what a unit of the covenant demands, or the whole block, or another
// cluster as a whole.
type peer struct {
	block  bool
	demand *big.Rat
}

// ofUnits stands for all units of the covenant.
const ofUnits = "units"

// goalsOf reads last year's targets of the cluster, by place.
func (s *Service) goalsOf(ctx context.Context, q db.Queryer, y cluster.Year, canon indicator.Canon) (map[indicator.Place]indicator.Goal, error) {
	rows, err := db.All[Target](ctx, q, `SELECT `+db.Prefixed("t", Target{})+` FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant' JOIN cluster_year y ON y.id = d.year_id
		WHERE y.cluster_id = $1 AND y.year = $2 ORDER BY t.place DESC, t.id`, y.ClusterID, y.Year-1)
	if err != nil {
		return nil, err
	}
	out := map[indicator.Place]indicator.Goal{}
	for _, r := range rows { // the first of two in the covenant's order counts
		out[indicator.Place{Indicator: canon.Of(r.IndicatorID), Unit: r.UnitID}] = r.Goal
	}
	return out, nil
}

// otherClusters adds what the other clusters of the organiser demand as a whole
// in their covenants of the year that are adopted.
func (s *Service) otherClusters(ctx context.Context, q db.Queryer, y cluster.Year, canon indicator.Canon, demands map[string][]peer) error {
	type row struct {
		ClusterID string `db:"cluster_id"`
		indicator.Goal
	}
	rows, err := db.All[row](ctx, q, `SELECT y.cluster_id, `+db.Prefixed("t", indicator.Goal{})+` FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant' JOIN cluster_year y ON y.id = d.year_id
		JOIN cluster c ON c.id = y.cluster_id
		WHERE c.organiser_id = (SELECT organiser_id FROM cluster WHERE id = $1) AND y.year = $2 AND y.cluster_id <> $1 AND t.unit_id = ''
		ORDER BY y.cluster_id, t.place`, y.ClusterID, y.Year)
	if err != nil {
		return err
	}
	c, err := s.years.Cluster(ctx, q, y.ClusterID)
	if err != nil || len(rows) == 0 {
		return err
	}
	last, err := s.indicators.BlockResults(ctx, q, c.OrganiserID, y.Year-1)
	if err != nil {
		return err
	}
	for _, r := range rows {
		id := canon.Of(r.IndicatorID)
		if d := r.Demand(last[r.ClusterID][id]); d != nil && len(demands[id]) > 0 {
			demands[id] = append(demands[id], peer{true, d})
		}
	}
	return nil
}
