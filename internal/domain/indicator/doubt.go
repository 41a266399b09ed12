package indicator

import (
	"context"
	"math/big"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// doubt asks the person who enters a figure to look again at one that stands
// oddly beside the year's other figures, last year's, and those of other units.
// A figure that was confirmed is taken.
func (s *Service) doubt(ctx context.Context, tx *db.Tx, y cluster.Year, g Goal, i Indicator, f Figure, in Report) error {
	if in.Sure {
		return nil
	}
	b, err := s.beside(ctx, tx, y, g, i, f)
	if err != nil {
		return err
	}
	var asked []*fault.Error
	for _, flag := range Suspicions(g, i, f, b) {
		asked = append(asked, flag.ask())
	}
	return fault.List(asked...)
}

// beside reads what a figure stands beside: two years of the same place, and
// the figures that other units' targets have for the same months.
func (s *Service) beside(ctx context.Context, q db.Queryer, y cluster.Year, g Goal, i Indicator, f Figure) (Beside, error) {
	var b Beside
	near, err := db.All[Figure](ctx, q, `SELECT `+db.Prefixed("f", Figure{})+` FROM figure f
		WHERE f.unit_id = $1 AND f.year BETWEEN $2 AND $3 AND f.superseded_by = ''
		AND f.year_id IN (SELECT id FROM cluster_year WHERE cluster_id = $4)
		AND (f.indicator_id = $5 OR f.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $5)) ORDER BY f.at, f.id`,
		f.UnitID, f.Year-1, f.Year, y.ClusterID, i.ID)
	if err != nil {
		return b, err
	}
	past := YearCourse{}
	for _, o := range near {
		switch {
		case o.Year == f.Year-1:
			past.put(Point{o.Period.Months(), o.Base().Rat()})
		case o.Period != f.Period: // in place of a figure of the same period comes this one
			b.Others = append(b.Others, o)
		}
	}
	b.Past = past.Points
	if f.UnitID != "" {
		d, err := org.DescentOf(ctx, q, f.UnitID)
		if err != nil {
			return b, err
		}
		if !d.Empty() {
			in, err := s.inheritOf(ctx, q, d, []string{f.UnitID}, f.Year-1, f.Year-1)
			if err != nil {
				return b, err
			}
			at := Place{i.ID, f.UnitID}
			course := map[Place][]YearCourse{at: {{Year: f.Year - 1, Points: b.Past}}}
			in.overlay(course, f.Year-1, f.Year-1, nil)
			b.Past = course[at][0].Points
		}
	}
	own := g.Weight(f.Base().Rat())
	if f.UnitID == "" || f.Year != y.Year || own == nil {
		return b, nil
	}
	peers, err := s.peers(ctx, q, y, i, f)
	b.Crowd = NewCrowd(append(peers, own)...)
	return b, err
}

// peers reads what the other units have of the indicator, as Weight tells it.
func (s *Service) peers(ctx context.Context, q db.Queryer, y cluster.Year, i Indicator, f Figure) ([]*big.Rat, error) {
	type row struct {
		Period Period `db:"period"`
		Base   string `db:"base_amount"`
		Goal
	}
	rows, err := db.All[row](ctx, q, `SELECT f.period, f.base_amount, `+db.Prefixed("t", Goal{})+` FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant'
		JOIN figure f ON f.year_id = d.year_id AND f.indicator_id = t.indicator_id AND f.unit_id = t.unit_id AND f.year = $2 AND f.superseded_by = ''
		WHERE d.year_id = $1 AND t.unit_id <> '' AND t.unit_id <> $3
		AND (t.indicator_id = $4 OR t.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $4)) ORDER BY t.place, t.id, f.at`,
		y.ID, y.Year, f.UnitID, i.ID)
	if err != nil {
		return nil, err
	}
	var out []*big.Rat
	for _, r := range rows {
		if r.Period.Months() != f.Period.Months() {
			continue
		}
		if w := r.Weight(exact(r.Base).Rat()); w != nil {
			out = append(out, w)
		}
	}
	return out, nil
}
