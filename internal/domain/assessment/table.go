package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
)

// table is a year's scores as they stand, of every round.
type table struct {
	year    cluster.Year
	sheet   *scoring.Sheet
	version criteria.SheetVersion
	rounds  map[Kind]Round
	scores  map[Kind]map[string]map[string]Score // by unit, by criterion
	needs   map[string]bool                      // criteria that give no points without a file
	proofs  map[string]int                       // files that stand, by subject; read where a criterion needs one
}

func (s *Service) loadCriterion(ctx context.Context, q db.Queryer, y cluster.Year, sheet *scoring.Sheet, rounds map[Kind]Round, criterion string) (*table, error) {
	t := &table{year: y, sheet: sheet, rounds: rounds}
	if err := t.read(ctx, q, ` AND s.criterion = $2`, criterion); err != nil {
		return nil, err
	}
	return t, s.report(ctx, q, t, criterion)
}

// load reads all of a year's scores, and the figures that stand below them.
func (s *Service) load(ctx context.Context, q db.Queryer, y cluster.Year) (*table, error) {
	sheet, version, err := criteria.Adopted(ctx, q, y)
	if err != nil {
		return nil, err
	}
	rounds, err := roundsOf(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	t := &table{year: y, sheet: sheet, version: version, rounds: rounds}
	if err := t.read(ctx, q, ""); err != nil {
		return nil, err
	}
	return t, s.report(ctx, q, t, "")
}

func (t *table) read(ctx context.Context, q db.Queryer, and string, args ...any) error {
	rows, err := db.All[Score](ctx, q, fmt.Sprintf(`SELECT %s FROM score s JOIN round r ON r.id = s.round_id WHERE r.year_id = $1%s`, db.Prefixed("s", Score{}), and), append([]any{t.year.ID}, args...)...)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	t.sheet.Walk(func(c *scoring.Criterion, _ int) { known[c.ID] = true })
	for _, m := range Marks(t.sheet) {
		known[m.ID] = true
	}
	for _, c := range t.sheet.Leaves() {
		if !c.Proof {
			continue
		}
		if t.proofs == nil {
			t.needs = map[string]bool{}
			if t.proofs, err = proofs(ctx, q, t.year.ID); err != nil {
				return err
			}
		}
		t.needs[c.ID] = true
	}
	t.scores = map[Kind]map[string]map[string]Score{}
	kinds := map[string]Kind{}
	for k, r := range t.rounds {
		kinds[r.ID] = k
		t.scores[k] = map[string]map[string]Score{}
	}
	for _, row := range rows {
		if !known[row.Criterion] { // scored under another sheet, before the year went back
			continue
		}
		units := t.scores[kinds[row.RoundID]]
		if units[row.UnitID] == nil {
			units[row.UnitID] = map[string]Score{}
		}
		units[row.UnitID][row.Criterion] = row
	}
	return nil
}

// effective is what stands for a cell in a round: what was set in it, or else
// in the nearest round before. ok is false where nobody has set anything.
func (t *table) effective(k Kind, unit, criterion string) (Score, bool) {
	for {
		if row, there := t.scores[k][unit][criterion]; there && len(row.Values()) > 0 {
			return row, true
		}
		var ok bool
		if k, ok = k.before(); !ok {
			return Score{}, false
		}
	}
}

// values are every unit's inputs as they stand in a round.
func (t *table) values(k Kind) scoring.Values {
	out := scoring.Values{}
	for {
		for unit, cells := range t.scores[k] {
			if out[unit] == nil {
				out[unit] = scoring.UnitValues{}
			}
			for criterion, row := range cells {
				if _, later := out[unit][criterion]; later {
					continue
				}
				if in := row.Values(); len(in) > 0 {
					out[unit][criterion] = t.proved(unit, criterion, in)
				}
			}
		}
		var ok bool
		if k, ok = k.before(); !ok {
			return out
		}
	}
}

// proved tells scoring that a file is missing without which a criterion gives no
// points. It changes the inputs that it is given.
func (t *table) proved(unit, criterion string, in scoring.Inputs) scoring.Inputs {
	if t.needs[criterion] && in["na"] != "true" && t.proofs[EvidenceSubject(t.year.ID, unit, criterion)] == 0 {
		in["evidence"] = "false"
	}
	return in
}

// of keeps the values of the units alone.
func of(values scoring.Values, units []string) scoring.Values {
	out := make(scoring.Values, len(units))
	for _, u := range units {
		if v := values[u]; v != nil {
			out[u] = v
		}
	}
	return out
}

// score scores the units as they stand in a round.
func (t *table) score(k Kind, units []string, options ...scoring.Option) scoring.Result {
	list := make([]scoring.Unit, len(units))
	for i, u := range units {
		list[i].ID = u
	}
	return scoring.Score(t.sheet, list, of(t.values(k), units), options...)
}

// unreasoned lists the criteria of a unit where a round differs from the one
// before and says no reason: the round before was changed after a checker had
// agreed with it, which only a year that went back allows.
func (t *table) unreasoned(k Kind, unit string) []string {
	before, ok := k.before()
	if !ok {
		return nil
	}
	var ids []string
	for criterion, row := range t.scores[k][unit] {
		in := row.Values()
		if len(in) == 0 || strings.TrimSpace(row.Reason) != "" {
			continue
		}
		prior, there := t.effective(before, unit, criterion)
		if !same(prior.Values(), in) && (there || before != Reported) {
			ids = append(ids, criterion)
		}
	}
	slices.Sort(ids)
	return ids
}
