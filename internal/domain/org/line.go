package org

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Line lists a unit's line of descent, oldest first: what happened to it, to
// those that it came out of, and to those that came out of it.
func (s *Service) Line(ctx context.Context, unitID string) ([]Step, error) {
	own, err := s.Changes(ctx, unitID)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for _, c := range own {
		ids[c.ID] = true
	}
	for _, way := range [][2]string{{`'to', 'keeps'`, `'from', 'keeps'`}, {`'from'`, `'to', 'keeps'`}} {
		seen, units := map[string]bool{unitID: true}, []string{unitID}
		for len(units) > 0 && len(ids) < 200 {
			in, args := list(units)
			units = nil
			rows, err := db.All[Part](ctx, s.db, `SELECT `+db.Prefixed("o", Part{})+` FROM unit_change_part p JOIN unit_change c ON c.id = p.change_id JOIN unit_change_part o ON o.change_id = c.id
				WHERE c.kind IN ('merge', 'split') AND NOT EXISTS (SELECT 1 FROM unit_change_undone d WHERE d.change_id = c.id)
				AND p.side IN (`+way[0]+`) AND o.side IN (`+way[1]+`) AND p.unit_id `+in+` ORDER BY o.id`, args...)
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				ids[r.ChangeID] = true
				if !seen[r.UnitID] {
					seen[r.UnitID] = true
					units = append(units, r.UnitID)
				}
			}
		}
	}
	all := make([]string, 0, len(ids))
	for id := range ids {
		all = append(all, id)
	}
	return steps(ctx, s.db, all)
}

// Named finds the units that go by a name on a day, by NameKey of the name.
func (s *Service) Named(ctx context.Context, day clock.Day) (map[string]View, error) {
	all, err := s.Find(ctx, day, "", 5000)
	out := make(map[string]View, len(all))
	for _, v := range all {
		out[NameKey(v.Name)] = v
	}
	return out, err
}

// Below lists the units under one on a day, sorted as Vietnamese sorts.
func (s *Service) Below(ctx context.Context, day clock.Day, unitID string) ([]View, error) {
	ids, err := db.All[string](ctx, s.db, `SELECT unit_id FROM unit_parent WHERE parent_id = $1 AND from_day <= $2 AND to_day > $2`, unitID, day)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	names, err := Names(ctx, s.db, day, ids...)
	out := make([]View, 0, len(names))
	for _, v := range names {
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b View) int { return slices.Compare(vntext.Key(a.Name), vntext.Key(b.Name)) })
	return out, err
}

// Above is the parent of a unit on a day; "" for none.
func (s *Service) Above(ctx context.Context, day clock.Day, unitID string) (string, error) {
	id, _, err := db.Maybe[string](ctx, s.db, `SELECT parent_id FROM unit_parent WHERE unit_id = $1 AND from_day <= $2 AND to_day > $2`, unitID, day)
	return id, err
}
