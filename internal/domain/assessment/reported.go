package assessment

import (
	"context"
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Reported is no round: it is what stands before the first one, where a
// criterion goes by an indicator and the unit has reported its figure of the
// whole year. Nobody types that figure twice. A unit that scores by another one
// says why, as any later round does.
//
// Until a unit hands its sheet in the cells follow the figures; the hand-in
// writes down what they were, so that a correction afterwards moves no points
// unseen. Taken back, the sheet follows the reports again.
const Reported Kind = "reported"

// Figures is the room that knows what was reported.
type Figures interface {
	// YearEnds are how the year ended, by indicator and unit.
	YearEnds(ctx context.Context, q db.Queryer, y cluster.Year) (map[indicator.Place]indicator.YearEnd, error)
}

// Follow lets criteria that name an indicator go by its reported figures.
func (s *Service) Follow(f Figures) { s.figures = f }

// report puts the reported figures of a sheet's criteria, or of one, below the
// first round.
func (s *Service) report(ctx context.Context, q db.Queryer, t *table, criterion string) error {
	t.scores[Reported] = map[string]map[string]Score{}
	var linked []*scoring.Criterion
	for _, c := range t.sheet.Leaves() {
		if c.Indicator != "" && c.Rule != nil && (criterion == "" || criterion == c.ID) {
			linked = append(linked, c)
		}
	}
	if s.figures == nil || len(linked) == 0 {
		return nil
	}
	ends, err := s.figures.YearEnds(ctx, q, t.year)
	if err != nil {
		return err
	}
	for at, o := range ends {
		for _, c := range linked {
			if c.Indicator != at.Indicator {
				continue
			}
			in := inputsOf(c, o)
			if len(in) == 0 {
				continue
			}
			text, err := json.Marshal(in)
			if err != nil {
				return fault.Wrap(err)
			}
			if t.scores[Reported][at.Unit] == nil {
				t.scores[Reported][at.Unit] = map[string]Score{}
			}
			t.scores[Reported][at.Unit][c.ID] = Score{UnitID: at.Unit, Criterion: c.ID, Inputs: string(text), AccountID: o.Figure.AccountID, At: o.Figure.At, Illustrative: o.Figure.Illustrative}
		}
	}
	return nil
}

// inputsOf are the inputs of a criterion that a figure gives: all that its rule
// asks for, or none.
func inputsOf(c *scoring.Criterion, o indicator.YearEnd) scoring.Inputs {
	known := map[string]string{"target": o.Target, "actual": o.Actual, "prior": o.Prior, "passed": "false"}
	if o.Met {
		known["passed"] = "true"
	}
	if n, ok := scoring.ParseNumber(o.Actual); ok && n.Rat().IsInt() {
		known["count"] = o.Actual
	}
	in := scoring.Inputs{}
	for _, f := range c.Fields() {
		v := known[f.Name]
		if v == "" {
			return nil
		}
		in[f.Name] = v
	}
	return in
}

// freeze writes the reported figures by which a unit scores into its own round:
// from the hand-in on they no longer follow the reports.
func (s *Service) freeze(ctx context.Context, tx *db.Tx, actor access.Actor, t *table, unit string, units []string) error {
	var score scoring.UnitScore
	for _, u := range t.score(Self, units, scoring.Provisional).Units {
		if u.Unit == unit {
			score = u
		}
	}
	change := ledger.Change{By: actor, Action: "assessment.score", Year: t.year.ID}
	for _, c := range t.sheet.Leaves() {
		from, there := t.scores[Reported][unit][c.ID]
		row := t.scores[Self][unit][c.ID]
		if !there || len(row.Values()) > 0 {
			continue
		}
		row.RoundID, row.UnitID, row.Criterion = t.rounds[Self].ID, unit, c.ID
		row.Inputs, row.Points, row.Illustrative = from.Inputs, score.Cells[c.ID].Points, from.Illustrative
		row.Reason, row.AccountID, row.At = followed, actor.Account, clock.Stamp(s.now)
		if err := s.put(ctx, tx, change, &row); err != nil {
			return err
		}
	}
	return nil
}

// followed is the reason under a figure that came from the reports.
const followed = "Theo số liệu đã báo cáo."

// thaw lets the cells that freeze wrote follow the reports again: the sheet was
// taken back.
func (s *Service) thaw(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, unit string) error {
	t, err := s.load(ctx, tx, y)
	if err != nil {
		return err
	}
	change := ledger.Change{By: actor, Action: "assessment.score", Year: y.ID}
	for _, c := range t.sheet.Leaves() {
		row, there := t.scores[Self][unit][c.ID]
		if !there || row.Reason != followed || c.Indicator == "" {
			continue
		}
		row.Inputs, row.Points, row.Reason, row.AccountID, row.At = "{}", 0, "", actor.Account, clock.Stamp(s.now)
		if err := s.book.Update(ctx, tx, change, "score", &row); err != nil {
			return err
		}
	}
	return nil
}
