package org

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Line lists a unit's line of descent, oldest first: what happened to it, to
// those that it came out of or goes on for, and to those that came out of it.
func (s *Service) Line(ctx context.Context, unitID string) ([]Step, error) {
	own, err := s.Changes(ctx, unitID)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for _, c := range own {
		ids[c.ID] = true
	}
	// Whose work it goes on with, it does so by a change that it need have no other part in.
	of, err := db.All[string](ctx, s.db, `SELECT DISTINCT change_id FROM unit_heir WHERE heir_id = $1`, unitID)
	if err != nil {
		return nil, err
	}
	for _, id := range of {
		ids[id] = true
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

// Named finds the units of a day by what people call them, by NameKey: the full
// name, where none has it the short name, and where none has that either a name
// that a unit bore before. Short and old names may be those of several.
func (s *Service) Named(ctx context.Context, day clock.Day) (map[string][]View, error) {
	all, err := s.Find(ctx, day, "", 5000)
	if err != nil {
		return nil, err
	}
	old, err := db.All[Name](ctx, s.db, `SELECT `+db.Prefixed("n", Name{})+` FROM unit_name n WHERE n.to_day <= $1 AND n.to_day > n.from_day ORDER BY n.id`, day)
	if err != nil {
		return nil, err
	}
	full, short, before, now := map[string][]View{}, map[string][]View{}, map[string][]View{}, make(map[string]View, len(all))
	for _, v := range all {
		now[v.ID] = v
		full[NameKey(v.Name)] = []View{v}
		short[NameKey(v.Short)] = append(short[NameKey(v.Short)], v)
	}
	for _, n := range old {
		v, there := now[n.UnitID]
		if !there {
			continue
		}
		for _, name := range []string{NameKey(n.Name), NameKey(n.Short)} {
			if !slices.ContainsFunc(before[name], func(o View) bool { return o.ID == v.ID }) {
				before[name] = append(before[name], v)
			}
		}
	}
	for _, more := range []map[string][]View{short, before} {
		for name, units := range more {
			if len(full[name]) == 0 {
				full[name] = units
			}
		}
	}
	return full, nil
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

// GoesOnFor lists the ended units with whose work a unit goes on now, or will
// from a day that is known.
func (s *Service) GoesOnFor(ctx context.Context, unitID string) ([]Heir, error) {
	return db.All[Heir](ctx, s.db, `SELECT `+db.Prefixed("h", Heir{})+` FROM unit_heir h WHERE h.heir_id = $1 AND h.to_day > $2 AND h.to_day > h.from_day ORDER BY h.from_day, h.id`, unitID, clock.Today(s.now))
}
