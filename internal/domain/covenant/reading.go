package covenant

import (
	"context"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
)

// follow gives a covenant's new text its targets. Lines that stay keep the
// targets that people corrected; lines that are new or changed are read, and a
// target that only changed its figure keeps whose it is and who reports it.
func (s *Service) follow(ctx context.Context, tx *db.Tx, actor access.Actor, d draft.Draft, before, after draft.Version) error {
	change := ledger.Change{By: actor, Action: "covenant.read", Year: d.YearID}
	moved := indicator.Follow(before.Text, after.Text)
	y, err := s.years.Get(ctx, tx, d.YearID)
	if err != nil {
		return err
	}
	members, err := s.years.Members(ctx, tx, y)
	if err != nil {
		return err
	}
	was, owned := owners(before.Text, members), owners(after.Text, members)
	place, ids := 0, map[string]string{} // ids: of the row before → of the row now
	var gone []Target                    // whose lines are no more
	if before.ID != "" {
		rows, err := s.Targets(ctx, tx, before.ID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			line := moved.To(r.Line)
			stays, unit := r.Line == 0 || line > 0, r.UnitID
			if was[r.Line] != owned[line] { // the line came under another heading
				unit = owned[line]
			}
			if before.ID == after.ID { // the same version, edited
				if !stays {
					gone = append(gone, r)
					if err := s.book.Delete(ctx, tx, change, "covenant_target", &r); err != nil {
						return err
					}
					continue
				}
				place++
				ids[r.ID] = r.ID
				if part := ids[r.PartOf]; r.Line != line || r.Place != place || r.PartOf != part || r.UnitID != unit {
					r.Line, r.Place, r.PartOf = line, place, part
					r.moveTo(unit)
					if err := s.book.Update(ctx, tx, change, "covenant_target", &r); err != nil {
						return err
					}
				}
				continue
			}
			if !stays {
				gone = append(gone, r)
				continue
			}
			place++
			copied := r
			copied.ID, copied.VersionID, copied.Line, copied.Place, copied.PartOf = db.NewID(), after.ID, line, place, ids[r.PartOf]
			ids[r.ID] = copied.ID
			copied.moveTo(unit)
			if err := s.book.Insert(ctx, tx, change, "covenant_target", &copied); err != nil {
				return err
			}
		}
	}
	fresh := map[string]string{} // ids: of the reader → of the row
	for _, t := range (target.Reader{Year: y.Year}).Read(after.Text).Targets {
		if moved.Stays(t.Source.Line) {
			continue
		}
		place++
		row := Target{ID: db.NewID(), VersionID: after.ID, YearID: d.YearID, Place: place, Goal: indicator.FromTarget(t)}
		fresh[t.ID] = row.ID
		row.PartOf = fresh[row.PartOf]
		if _, err := s.indicators.Recognise(ctx, tx, actor, &row.Goal); err != nil {
			return err
		}
		row.UnitID = owned[t.Source.Line]
		if gone, err = s.inherit(ctx, tx, &row, gone); err != nil {
			return err
		}
		if err := s.book.Insert(ctx, tx, change, "covenant_target", &row); err != nil {
			return err
		}
	}
	if err := s.keepTerm(ctx, tx, actor, d, before, after); err != nil {
		return err
	}
	return s.order(ctx, tx, change, after.ID)
}

// moveTo makes the target one of a unit, or of the whole block; a unit's own
// target is reported by that unit.
func (t *Target) moveTo(unit string) {
	if unit != t.UnitID && unit != "" {
		t.ReporterID = ""
	}
	t.UnitID = unit
}

// inherit gives a target that was read anew the unit and the reporter of the
// one before it on the same indicator, and takes that one off the list.
func (s *Service) inherit(ctx context.Context, tx *db.Tx, row *Target, gone []Target) ([]Target, error) {
	for i, old := range gone {
		same, err := s.sameIndicator(ctx, tx, row.IndicatorID, old.IndicatorID)
		if err != nil {
			return gone, err
		}
		if !same || row.UnitID != "" && row.UnitID != old.UnitID {
			continue
		}
		row.UnitID, row.ReporterID = old.UnitID, old.ReporterID
		return slices.Delete(slices.Clone(gone), i, i+1), nil
	}
	return gone, nil
}

// sameIndicator follows merges on both sides.
func (s *Service) sameIndicator(ctx context.Context, q db.Queryer, a, b string) (bool, error) {
	if a == b {
		return true, nil
	}
	x, err := s.indicators.Get(ctx, q, a)
	if err != nil {
		return false, err
	}
	y, err := s.indicators.Get(ctx, q, b)
	return err == nil && x.ID == y.ID, err
}

// order numbers the targets as their lines stand in the text; those entered by
// hand come last.
func (s *Service) order(ctx context.Context, tx *db.Tx, change ledger.Change, versionID string) error {
	rows, err := db.All[Target](ctx, tx, `SELECT `+db.Prefixed("t", Target{})+` FROM covenant_target t
		WHERE t.version_id = $1 ORDER BY CASE WHEN t.line = 0 THEN 1 ELSE 0 END, t.line, t.place, t.id`, versionID)
	if err != nil {
		return err
	}
	for i, r := range rows {
		if r.Place != i+1 {
			r.Place = i + 1
			if err := s.book.Update(ctx, tx, change, "covenant_target", &r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Line is a line of the covenant with what was read from it.
type Line struct {
	Clause
	Number  int
	Text    string // the whole line
	Targets []Target
}

// View is the text of a version beside its targets.
type View struct {
	Lines    []Line
	Loose    []Target // entered by hand, with no line
	Targets  []Target
	Checks   []target.Check // sums as the targets stand now; ids are those of Targets
	Warnings []target.Warning
}

// Find gives the target of an id that a check names.
func (v View) Find(id string) Target {
	for _, t := range v.Targets {
		if t.ID == id {
			return t
		}
	}
	return Target{}
}

// View lays a version's text beside its targets and checks them as they stand
// after corrections; doubts about figures that stand in no target come from
// reading the text again.
func (s *Service) View(ctx context.Context, q db.Queryer, v draft.Version) (View, error) {
	rows, err := s.Targets(ctx, q, v.ID)
	if err != nil {
		return View{}, err
	}
	out := View{Targets: rows}
	goals := make([]indicator.Row, len(rows))
	at := map[int][]Target{}
	for i, r := range rows {
		goals[i] = indicator.Row{ID: r.ID, UnitID: r.UnitID, Goal: r.Goal}
		if r.Line == 0 {
			out.Loose = append(out.Loose, r)
		}
		at[r.Line] = append(at[r.Line], r)
	}
	year, err := db.One[int](ctx, q, `SELECT y.year FROM draft d JOIN cluster_year y ON y.id = d.year_id WHERE d.id = $1`, v.DraftID)
	if err != nil {
		return View{}, err
	}
	out.Checks, out.Warnings = indicator.Examine(goals)
	out.Warnings = append(out.Warnings, indicator.Doubts(v.Text, year)...)
	clauses := Outline(v.Text)
	for i, l := range strings.Split(v.Text, "\n") {
		out.Lines = append(out.Lines, Line{clauses[i], i + 1, l, at[i+1]})
	}
	return out, nil
}
