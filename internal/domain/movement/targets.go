package movement

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Targets lists a movement's targets in their order.
func (s *Service) Targets(ctx context.Context, q db.Queryer, movementID string) ([]Target, error) {
	return db.All[Target](ctx, q, `SELECT `+db.Prefixed("t", Target{})+` FROM movement_target t WHERE t.movement_id = $1 ORDER BY t.place, t.id`, movementID)
}

// AddTarget enters a target that the reader did not find.
func (s *Service) AddTarget(ctx context.Context, actor access.Actor, movementID string, e indicator.Entry) (Target, error) {
	var t Target
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		m, err := s.own(ctx, tx, actor, movementID)
		if err != nil {
			return err
		}
		g, err := s.goal(ctx, tx, actor, m, "", e)
		if err != nil {
			return err
		}
		last, err := db.Count(ctx, tx, `SELECT COALESCE(MAX(place), 0) FROM movement_target WHERE movement_id = $1`, m.ID)
		if err != nil {
			return err
		}
		t = Target{ID: db.NewID(), MovementID: m.ID, Place: last + 1, Goal: g}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "movement.target"}, "movement_target", &t)
	})
	return t, err
}

// EditTarget corrects a target. The clause it was read from stays with it.
func (s *Service) EditTarget(ctx context.Context, actor access.Actor, id string, version int64, e indicator.Entry) (Target, error) {
	var t Target
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if t, err = db.Get[Target](ctx, tx, "movement_target", id); err != nil {
			return err
		}
		m, err := s.own(ctx, tx, actor, t.MovementID)
		if err != nil {
			return err
		}
		e.Line, e.Clause = t.Line, t.Clause
		g, err := s.goal(ctx, tx, actor, m, t.ID, e)
		if err != nil {
			return err
		}
		t.Goal, t.Version = g, version
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "movement.target"}, "movement_target", &t)
	})
	return t, err
}

// RemoveTarget takes a target out of a draft. What was a part of it stands alone.
func (s *Service) RemoveTarget(ctx context.Context, actor access.Actor, id string, version int64) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		t, err := db.Get[Target](ctx, tx, "movement_target", id)
		if err != nil {
			return err
		}
		m, err := s.own(ctx, tx, actor, t.MovementID)
		if err != nil {
			return err
		}
		t.Version = version
		change := ledger.Change{By: actor, Action: "movement.remove_target"}
		if err := s.book.Delete(ctx, tx, change, "movement_target", &t); err != nil {
			return err
		}
		rest, err := s.Targets(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		for _, part := range rest {
			if part.PartOf == t.ID {
				part.PartOf = ""
				if err := s.book.Update(ctx, tx, change, "movement_target", &part); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// goal makes the goal of an entry of the movement; id is the row it is for.
func (s *Service) goal(ctx context.Context, tx *db.Tx, actor access.Actor, m Movement, id string, e indicator.Entry) (indicator.Goal, error) {
	g, err := e.Goal()
	if err != nil {
		return g, err
	}
	if g.PartOf != "" {
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM movement_target WHERE id = $1 AND movement_id = $2 AND part_of = ''`, g.PartOf, m.ID)
		if err != nil {
			return g, err
		}
		if n == 0 || g.PartOf == id {
			return g, fault.Wrong("part_of", "Hãy chọn một chỉ tiêu tổng khác; chỉ tiêu thành phần không có thành phần của nó.")
		}
	}
	_, err = s.indicators.Recognise(ctx, tx, actor, &g)
	return g, err
}

// reread brings the targets of a draft to its new text: those on lines that
// stay, and those entered by hand, are kept as people corrected them.
func (s *Service) reread(ctx context.Context, tx *db.Tx, actor access.Actor, m Movement, old string) error {
	rows, err := s.Targets(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	moved := indicator.Follow(old, m.Text)
	change := ledger.Change{By: actor, Action: "movement.read"}
	kept, place := map[string]bool{}, 0
	for _, r := range rows {
		line := moved.To(r.Line)
		if r.Line > 0 && line == 0 {
			if err := s.book.Delete(ctx, tx, change, "movement_target", &r); err != nil {
				return err
			}
			continue
		}
		place++
		kept[r.ID] = true
		if r.Line != line || r.Place != place || r.PartOf != "" && !kept[r.PartOf] {
			if r.PartOf != "" && !kept[r.PartOf] {
				r.PartOf = ""
			}
			r.Line, r.Place = line, place
			if err := s.book.Update(ctx, tx, change, "movement_target", &r); err != nil {
				return err
			}
		}
	}
	ids := map[string]string{}
	for _, t := range (target.Reader{Year: m.Year}).Read(m.Text).Targets {
		if moved.Stays(t.Source.Line) {
			continue
		}
		place++
		row := Target{ID: db.NewID(), MovementID: m.ID, Place: place, Goal: indicator.FromTarget(t)}
		ids[t.ID] = row.ID
		row.PartOf = ids[row.PartOf]
		if _, err := s.indicators.Recognise(ctx, tx, actor, &row.Goal); err != nil {
			return err
		}
		if err := s.book.Insert(ctx, tx, change, "movement_target", &row); err != nil {
			return err
		}
	}
	return nil
}

// Line is a line of the launch text with what was read from it.
type Line struct {
	Number  int
	Text    string
	Targets []Target
}

// View is the launch text beside its targets.
type View struct {
	Lines    []Line
	Loose    []Target // entered by hand, with no line
	Targets  []Target
	Checks   []target.Check
	Warnings []target.Warning
}

// View lays the text of a movement beside its targets and checks them as they
// stand; doubts about figures that stand in no target come from reading the
// text again.
func (s *Service) View(ctx context.Context, q db.Queryer, m Movement) (View, error) {
	rows, err := s.Targets(ctx, q, m.ID)
	if err != nil {
		return View{}, err
	}
	v := View{Targets: rows}
	goals := make([]indicator.Row, len(rows))
	at := map[int][]Target{}
	for i, r := range rows {
		goals[i] = indicator.Row{ID: r.ID, Goal: r.Goal}
		if r.Line == 0 {
			v.Loose = append(v.Loose, r)
		}
		at[r.Line] = append(at[r.Line], r)
	}
	v.Checks, v.Warnings = indicator.Examine(goals)
	v.Warnings = append(v.Warnings, indicator.Doubts(m.Text, m.Year)...)
	for i, l := range strings.Split(m.Text, "\n") {
		v.Lines = append(v.Lines, Line{i + 1, l, at[i+1]})
	}
	return v, nil
}
