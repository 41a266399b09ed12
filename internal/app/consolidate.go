package app

import (
	"context"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/web"
)

// standingCells are the scores of the consolidation table: those of the year's
// result, or before there is one the totals that were handed in.
func (a *App) standingCells(ctx context.Context, yearID string) (map[string]web.StandingCells, error) {
	list, err := standings{}.Latest(ctx, a.DB, yearID)
	if err != nil {
		return nil, err
	}
	cells := make(map[string]web.StandingCells, len(list))
	for _, st := range list {
		cells[st.UnitID] = web.StandingCells{Registered: st.Registered, Self: st.Self, Check: st.Checked, Agreed: st.Agreed, Rank: st.Rank, Shared: st.Tied, Final: st.Final, Note: st.Why}
	}
	if len(list) > 0 {
		return cells, nil
	}
	for _, k := range []assessment.Kind{assessment.Self, assessment.Check} {
		st, err := a.Assessment.Standing(ctx, a.DB, yearID, k)
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
			return cells, nil // no scoring table in force yet
		}
		if err != nil {
			return nil, err
		}
		for _, u := range st.Units {
			if !u.HandIn.Stands() {
				continue
			}
			c, total := cells[u.Member.UnitID], u.Score.Total
			if k == assessment.Self {
				c.Self = &total
			} else {
				c.Check = &total
			}
			cells[u.Member.UnitID] = c
		}
	}
	return cells, nil
}

// proposed are the awards that stand as proposed, by unit, in short.
func (a *App) proposed(ctx context.Context, yearID string) (map[string][]string, error) {
	list, err := a.Awards.Read(ctx, a.DB, yearID)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, v := range list {
		if v.State == award.Proposed && v.UnitID != "" {
			out[v.UnitID] = append(out[v.UnitID], v.Kind.Short)
		}
	}
	return out, nil
}
