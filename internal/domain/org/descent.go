package org

import (
	"cmp"
	"context"
	"slices"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Step is a change with those that took part.
type Step struct {
	Change
	From, To, Keeps []string
	Unit            string // of a rename or a transfer
	Before, After   string // of a transfer: the parents
	Heir            string // who goes on with the work of what ended; "" for nobody
	Undone          *Undone
}

// Descent is how units came to be what they are: the merges and splits behind
// them, as far back as there are any.
type Descent struct {
	steps []Step // newest first
}

// NewDescent gathers steps; merges and splits that were not undone count.
func NewDescent(steps ...Step) Descent {
	d := Descent{}
	for _, s := range steps {
		if s.Undone == nil && (s.Kind == Merged || s.Kind == Divided) {
			d.steps = append(d.steps, s)
		}
	}
	slices.SortFunc(d.steps, func(a, b Step) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.ID, a.ID)) })
	return d
}

// Empty tells that no unit came out of another.
func (d Descent) Empty() bool { return len(d.steps) == 0 }

// Make is what a unit was made of on an earlier day.
type Make struct {
	Units  []string // that together were what the unit is now, by id
	Wholes []string // that the unit, or a part of it, was split from; never a part of a sum
	Lost   bool     // a part of the unit was then in a whole and had no figures of its own
	Steps  []Step   // the changes since that day, newest first; none where the unit was what it is
}

// On tells what a unit was made of at the end of a day.
func (d Descent) On(unit string, day clock.Day) Make {
	units, wholes := map[string]bool{unit: true}, map[string]bool{}
	var m Make
	for _, s := range d.steps {
		if s.Day <= day {
			break
		}
		touched := false
		for _, u := range slices.Concat(s.To, s.Keeps) {
			if !units[u] {
				continue
			}
			touched = true
			switch {
			case s.Kind == Merged:
				delete(units, u)
				for _, from := range slices.Concat(s.From, s.Keeps) {
					units[from] = true
				}
			case slices.Contains(s.To, u):
				delete(units, u)
				m.Lost = true
				fallthrough
			default:
				for _, from := range s.From {
					if from != u {
						wholes[from] = true
					}
				}
			}
		}
		if touched {
			m.Steps = append(m.Steps, s)
		}
	}
	for u := range units {
		m.Units = append(m.Units, u)
	}
	for u := range wholes {
		m.Wholes = append(m.Wholes, u)
	}
	slices.Sort(m.Units)
	slices.Sort(m.Wholes)
	return m
}

// Ancestors are the units that the unit ever was made of or split from, and the
// unit itself, by id.
func (d Descent) Ancestors(unit string) []string {
	seen := map[string]bool{unit: true}
	for _, s := range d.steps { // newest first: what a step leads to stands in an earlier one
		for _, u := range slices.Concat(s.To, s.Keeps) {
			if seen[u] {
				for _, from := range slices.Concat(s.From, s.Keeps) {
					seen[from] = true
				}
				break
			}
		}
	}
	out := make([]string, 0, len(seen))
	for u := range seen {
		out = append(out, u)
	}
	slices.Sort(out)
	return out
}

// DescentOf reads the descent of units: one look where none of them came out of
// another.
func DescentOf(ctx context.Context, q db.Queryer, units ...string) (Descent, error) {
	return descend(ctx, q, units)
}

// DescentIn is DescentOf for all that were members of a cluster in any year.
func DescentIn(ctx context.Context, q db.Queryer, clusterID string) (Descent, []string, error) {
	units, err := db.All[string](ctx, q, `SELECT DISTINCT p.unit_id FROM unit_change_part p JOIN unit_change c ON c.id = p.change_id
		WHERE p.side IN ('to', 'keeps') AND c.kind IN ('merge', 'split')
		AND p.unit_id IN (SELECT m.unit_id FROM cluster_year y JOIN membership m ON m.year_id = y.id WHERE y.cluster_id = $1) ORDER BY p.unit_id`, clusterID)
	if err != nil || len(units) == 0 {
		return Descent{}, nil, err
	}
	d, err := descend(ctx, q, units)
	return d, units, err
}

func descend(ctx context.Context, q db.Queryer, units []string) (Descent, error) {
	seen, all := map[string]bool{}, map[string]bool{}
	for len(units) > 0 {
		var ids []string
		for part := range slices.Chunk(units, 400) {
			in, args := list(part)
			found, err := db.All[string](ctx, q, `SELECT DISTINCT p.change_id FROM unit_change_part p WHERE p.side IN ('to', 'keeps') AND p.unit_id `+in, args...)
			if err != nil {
				return Descent{}, err
			}
			for _, id := range found {
				if !all[id] {
					all[id] = true
					ids = append(ids, id)
				}
			}
		}
		for _, u := range units {
			seen[u] = true
		}
		units = nil
		for part := range slices.Chunk(ids, 400) {
			in, args := list(part)
			from, err := db.All[string](ctx, q, `SELECT DISTINCT p.unit_id FROM unit_change_part p WHERE p.side IN ('from', 'keeps') AND p.change_id `+in, args...)
			if err != nil {
				return Descent{}, err
			}
			for _, u := range from {
				if !seen[u] {
					units = append(units, u)
				}
			}
		}
	}
	ids := make([]string, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	steps, err := steps(ctx, q, ids)
	return NewDescent(steps...), err
}

// steps reads changes with their parts and their traces, by day.
func steps(ctx context.Context, q db.Queryer, ids []string) ([]Step, error) {
	by := map[string]*Step{}
	for part := range slices.Chunk(ids, 400) {
		in, args := list(part)
		changes, err := db.All[Change](ctx, q, `SELECT `+db.Prefixed("c", Change{})+` FROM unit_change c WHERE c.id `+in, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			by[c.ID] = &Step{Change: c}
		}
		parts, err := db.All[Part](ctx, q, `SELECT `+db.Prefixed("p", Part{})+` FROM unit_change_part p WHERE p.change_id `+in+` ORDER BY p.id`, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			s := by[p.ChangeID]
			switch p.Side {
			case SideFrom:
				s.From = append(s.From, p.UnitID)
			case SideTo:
				s.To = append(s.To, p.UnitID)
			case SideKeeps:
				s.Keeps = append(s.Keeps, p.UnitID)
			case SideUnit:
				s.Unit = p.UnitID
			case SideBefore:
				s.Before = p.UnitID
			case SideAfter:
				s.After = p.UnitID
			}
		}
		heirs, err := db.All[Heir](ctx, q, `SELECT `+db.Prefixed("h", Heir{})+` FROM unit_heir h WHERE h.change_id `+in, args...)
		if err != nil {
			return nil, err
		}
		for _, h := range heirs { // one change has one heir
			by[h.ChangeID].Heir = h.HeirID
		}
		undone, err := db.All[Undone](ctx, q, `SELECT `+db.Prefixed("d", Undone{})+` FROM unit_change_undone d WHERE d.change_id `+in, args...)
		if err != nil {
			return nil, err
		}
		for _, u := range undone {
			by[u.ChangeID].Undone = &u
		}
	}
	out := make([]Step, 0, len(by))
	for _, s := range by {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Step) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Changes lists the changes that a unit took part in, oldest first, those that
// were undone too; of "" the newest changes of all units, newest first.
func (s *Service) Changes(ctx context.Context, unitID string) ([]Step, error) {
	if unitID == "" {
		ids, err := db.All[string](ctx, s.db, `SELECT id FROM unit_change ORDER BY day DESC, id DESC LIMIT 500`)
		if err != nil {
			return nil, err
		}
		out, err := steps(ctx, s.db, ids)
		slices.Reverse(out)
		return out, err
	}
	ids, err := db.All[string](ctx, s.db, `SELECT DISTINCT change_id FROM unit_change_part WHERE unit_id = $1 AND side NOT IN ('old_parent', 'new_parent')`, unitID)
	if err != nil {
		return nil, err
	}
	return steps(ctx, s.db, ids)
}

// Step reads one change.
func (s *Service) Step(ctx context.Context, id string) (Step, error) {
	if _, err := db.Get[Change](ctx, s.db, "unit_change", id); err != nil {
		return Step{}, err
	}
	found, err := steps(ctx, s.db, []string{id})
	if err != nil {
		return Step{}, err
	}
	return found[0], nil
}

// Units are all that took part.
func (s Step) Units() []string {
	all := slices.Concat(s.From, s.To, s.Keeps)
	for _, u := range []string{s.Unit, s.Before, s.After} {
		if u != "" {
			all = append(all, u)
		}
	}
	return all
}

// End is how a unit ended, and who goes on with its work.
type End struct {
	Unit Unit
	Step *Step  // nil where only its day is known
	Heir string // "" for nobody
}

// Ends tells of the units that have ended by a day, or will by one that is known.
func Ends(ctx context.Context, q db.Queryer, units ...string) (map[string]End, error) {
	out := map[string]End{}
	if len(units) == 0 {
		return out, nil
	}
	in, args := list(units)
	ended, err := db.All[Unit](ctx, q, `SELECT `+db.Prefixed("u", Unit{})+` FROM unit u WHERE u.to_day <> '`+string(clock.Forever)+`' AND u.id `+in, args...)
	if err != nil || len(ended) == 0 {
		return out, err
	}
	for _, u := range ended {
		out[u.ID] = End{Unit: u}
	}
	parts, err := db.All[Part](ctx, q, `SELECT `+db.Prefixed("p", Part{})+` FROM unit_change_part p WHERE p.side = 'from' AND p.unit_id `+in, args...)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.ChangeID
	}
	changes, err := steps(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	for _, s := range changes {
		for _, u := range s.From {
			if e, there := out[u]; there && s.Undone == nil && s.Day == e.Unit.To {
				e.Step = &s
				out[u] = e
			}
		}
	}
	heirs, err := db.All[Heir](ctx, q, `SELECT `+db.Prefixed("h", Heir{})+` FROM unit_heir h WHERE h.to_day = '`+string(clock.Forever)+`' AND h.unit_id `+in, args...)
	if err != nil {
		return nil, err
	}
	for _, h := range heirs {
		if e, there := out[h.UnitID]; there {
			e.Heir = h.HeirID
			out[h.UnitID] = e
		}
	}
	return out, nil
}
