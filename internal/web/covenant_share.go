package web

import (
	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// shareNote says what a target of the covenant carries of the movement's.
type shareNote struct {
	Text  string
	Short bool // the target asks for less than the share
}

// covenantShares finds, for each target, the shares of the movement's targets
// that the cluster, or the unit whose target it is, was given.
func (s *Server) covenantShares(q *Req, view *covenantView, targets []covenant.Target) (map[string][]shareNote, error) {
	y := view.Head.Year
	if y.MovementID == "" || s.Movements == nil {
		return nil, nil
	}
	m, err := s.Movements.Get(q.Ctx(), s.DB, y.MovementID)
	if err != nil {
		return nil, err
	}
	cascades, err := s.Movements.Cascades(q.Ctx(), s.DB, m)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), m.OrganiserID)
	if err != nil {
		return nil, err
	}
	out, present := map[string][]shareNote{}, s.present(q)
	for _, c := range cascades {
		for _, h := range c.Shares {
			for _, t := range targets {
				mine := t.UnitID == "" && h.ClusterID == y.ClusterID || t.UnitID != "" && h.UnitID == t.UnitID
				if !mine {
					continue
				}
				on, err := present(t.IndicatorID)
				if err != nil {
					return nil, err
				}
				of, err := present(c.Target.IndicatorID)
				if err != nil {
					return nil, err
				}
				if on != of {
					continue
				}
				note := shareNote{Short: below(t.Goal, h)}
				args := []any{"name", c.Target.Name, "organiser", names[m.OrganiserID].Name, "share", withUnit(q.Lang, q.Lang.Number(h.Amount), h.Unit), "whole", goalText(q.Lang, c.Target.Goal)}
				note.Text = q.T("Góp vào chỉ tiêu “{.name}” của {.organiser}: {.share} trong {.whole}", args...)
				if note.Short {
					note.Text += ". " + q.T("Chỉ tiêu giao ước thấp hơn phần được giao.")
				}
				out[t.ID] = append(out[t.ID], note)
			}
		}
	}
	return out, nil
}

// decimalOf reads a stored decimal.
func decimalOf(s string) decimal.Decimal {
	d, _ := decimal.NewFromString(s)
	return d
}
