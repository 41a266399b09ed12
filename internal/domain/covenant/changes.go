package covenant

import (
	"context"

	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/db"
)

// Change is what became of a target from one version to another. The target is
// the same when it is on the same indicator for the same unit: its figures
// follow it.
type Change struct {
	Sort   draft.Sort // Same, Added, Removed, Changed
	Before *Target
	After  *Target
}

// Reworded tells whether only the name changed.
func (c Change) Reworded() bool {
	return c.Sort == draft.Changed && alike(*c.Before, *c.After)
}

// Changes compares the targets of two versions: those of the later in their
// order, then those that were dropped. indicator gives the one an id is now
// known by.
func Changes(before, after []Target, indicator func(id string) string) []Change {
	type place struct{ indicator, unit string }
	at := map[place][]int{}
	for i, b := range before {
		p := place{indicator(b.IndicatorID), b.UnitID}
		at[p] = append(at[p], i)
	}
	kept := map[int]bool{}
	var out []Change
	for i := range after {
		a := &after[i]
		p := place{indicator(a.IndicatorID), a.UnitID}
		if len(at[p]) == 0 {
			out = append(out, Change{Sort: draft.Added, After: a})
			continue
		}
		b := &before[at[p][0]]
		kept[at[p][0]] = true
		at[p] = at[p][1:]
		c := Change{Sort: draft.Same, Before: b, After: a}
		if !alike(*b, *a) || b.Name != a.Name {
			c.Sort = draft.Changed
		}
		out = append(out, c)
	}
	for i := range before {
		if !kept[i] {
			out = append(out, Change{Sort: draft.Removed, Before: &before[i]})
		}
	}
	return out
}

// alike tells whether two targets ask for the same: 60 nghìn tỷ đồng is 60.000
// tỷ đồng.
func alike(a, b Target) bool {
	return a.Relation == b.Relation && a.Change == b.Change && a.BaseLow == b.BaseLow && a.BaseHigh == b.BaseHigh && a.BaseUnit == b.BaseUnit &&
		a.BaseKind == b.BaseKind && a.BaseYear == b.BaseYear && a.ByYear == b.ByYear && a.Approx == b.Approx && a.Direction == b.Direction
}

// Difference compares the targets of two versions of one covenant.
func (s *Service) Difference(ctx context.Context, q db.Queryer, beforeID, afterID string) ([]Change, error) {
	before, err := s.Targets(ctx, q, beforeID)
	if err != nil {
		return nil, err
	}
	after, err := s.Targets(ctx, q, afterID)
	if err != nil {
		return nil, err
	}
	now := map[string]string{}
	for _, t := range append(append([]Target{}, before...), after...) {
		if now[t.IndicatorID] == "" {
			i, err := s.indicators.Get(ctx, q, t.IndicatorID)
			if err != nil {
				return nil, err
			}
			now[t.IndicatorID] = i.ID
		}
	}
	return Changes(before, after, func(id string) string { return now[id] }), nil
}
