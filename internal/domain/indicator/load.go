package indicator

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// loaded is what the lines of a year are made of.
type loaded struct {
	aims      []Aim
	catalogue map[string]Indicator // those of the aims, and what was merged into them
	at        map[Place][]Figure   // reported on the year, in the year; oldest first
	before    map[Place][]Figure   // standing results of the year before
	inherited inheritance          // of the year before
}

// load reads the lines of a year. A cluster of fifty units has thousands of
// figures a year, so nothing is read that no line shows.
func (s *Service) load(ctx context.Context, q db.Queryer, y cluster.Year) (loaded, error) {
	var l loaded
	var err error
	if l.aims, err = s.Aims(ctx, q, y.ID); err != nil || len(l.aims) == 0 {
		return l, err
	}
	ids := make([]string, len(l.aims))
	for i, a := range l.aims {
		ids[i] = a.IndicatorID
	}
	if l.catalogue, err = some(ctx, q, ids); err != nil {
		return l, err
	}
	now, err := reported(ctx, q, `f.year_id = $1 AND f.year = $2`, y.ID, y.Year)
	if err != nil {
		return l, err
	}
	last, err := s.results(ctx, q, y)
	if err != nil {
		return l, err
	}
	l.at, l.before = l.places(now), l.places(last)
	if !slices.ContainsFunc(l.aims, func(a Aim) bool { return a.UnitID != "" }) {
		return l, nil
	}
	if l.inherited, err = s.inherit(ctx, q, y.ClusterID, y.Year-1, y.Year-1); err != nil {
		return l, err
	}
	for at, got := range l.inherited {
		switch {
		case at.months != 12:
		case got.Figure == nil:
			delete(l.before, at.Place)
		default:
			l.before[at.Place] = []Figure{*got.Figure}
		}
	}
	return l, nil
}

// places gathers figures by what they are about, each oldest first. They come
// from an index in that order, nearly always, so a place is a piece of the list.
func (l loaded) places(figures []Figure) map[Place][]Figure {
	out := make(map[Place][]Figure, len(l.aims))
	at := func(f Figure) Place { return Place{current(l.catalogue, f.IndicatorID).ID, f.UnitID} }
	for i := 0; i < len(figures); {
		p, j := at(figures[i]), i+1
		for j < len(figures) && figures[j].UnitID == p.Unit && figures[j].IndicatorID == figures[i].IndicatorID {
			j++
		}
		if run, there := out[p]; there {
			out[p] = append(run, figures[i:j]...)
		} else {
			out[p] = figures[i:j:j]
		}
		i = j
	}
	for _, figures := range out { // each a few, which is less work than all at once
		byAge(figures)
	}
	return out
}

// byAge sorts figures, the oldest first.
func byAge(figures []Figure) {
	slices.SortStableFunc(figures, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
	})
}

// results reads the standing results of the year before, in whichever of the
// cluster's years they were reported.
func (s *Service) results(ctx context.Context, q db.Queryer, y cluster.Year) ([]Figure, error) {
	return reported(ctx, q, `f.year_id IN (SELECT y.id FROM cluster_year y WHERE y.cluster_id = $1) AND f.year = $2 AND f.period IN ('Y', 'Q4', 'M12') AND f.superseded_by = ''`, y.ClusterID, y.Year-1)
}

// some reads indicators by their ids, with those that they were merged into and
// all that were merged into either.
func some(ctx context.Context, q db.Queryer, ids []string) (map[string]Indicator, error) {
	out := map[string]Indicator{}
	read := func(column string, ids []string) error {
		for part := range slices.Chunk(ids, 400) {
			marks, args := make([]string, len(part)), make([]any, len(part))
			for i, id := range part {
				marks[i], args[i] = fmt.Sprintf("$%d", i+1), id
			}
			rows, err := db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i WHERE i.`+column+` IN (`+strings.Join(marks, ", ")+`)`, args...)
			if err != nil {
				return err
			}
			for _, r := range rows {
				out[r.ID] = r
			}
		}
		return nil
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if err := read("id", ids); err != nil {
		return nil, err
	}
	var further, canon []string
	for _, i := range out {
		if i.MergedInto == "" {
			canon = append(canon, i.ID)
			continue
		}
		canon = append(canon, i.MergedInto)
		if _, there := out[i.MergedInto]; !there {
			further = append(further, i.MergedInto)
		}
	}
	if err := read("id", further); err != nil {
		return nil, err
	}
	return out, read("merged_into", slices.Compact(slices.Sorted(slices.Values(canon))))
}

// separator stands between the columns of a row that is read as one text. No
// text that the program takes in has it (vntext.Clean).
const separator = "\x1f"

// reported reads figures, in no order. Each row comes as one text and is cut
// here: on both engines a column costs more than its bytes, and figures come by
// the thousand.
func reported(ctx context.Context, q db.Queryer, where string, args ...any) ([]Figure, error) {
	columns := db.Columns(Figure{})
	rows, err := db.All[string](ctx, q, fmt.Sprintf(`SELECT CONCAT_WS('%s', %s) FROM figure f WHERE %s`, separator, db.Prefixed("f", Figure{}), where), args...)
	if err != nil {
		return nil, err
	}
	out := make([]Figure, len(rows))
	for i, text := range rows {
		if !out[i].cut(text) {
			id, _, _ := strings.Cut(text, separator)
			if out[i], err = db.Get[Figure](ctx, q, "figure", id); err != nil {
				return nil, fmt.Errorf("indicator: figure of %d columns: %w", len(columns), err)
			}
		}
	}
	return out, nil
}

// cut fills the figure from the text of its columns, in their order; false when
// they are not all there.
func (f *Figure) cut(text string) bool {
	if strings.Count(text, separator) != 18 {
		return false
	}
	next := func() (column string) {
		column, text, _ = strings.Cut(text, separator)
		return column
	}
	var bad error
	number := func() int64 {
		n, err := strconv.ParseInt(next(), 10, 64)
		if err != nil {
			bad = err
		}
		return n
	}
	*f = Figure{
		ID: next(), Version: number(), IndicatorID: next(), YearID: next(), UnitID: next(), ReporterID: next(), Year: int(number()), Period: Period(next()),
		Amount: next(), Unit: next(), BaseAmount: next(), BaseUnit: next(), Source: next(), Note: next(), Illustrative: truth(next()),
		AccountID: next(), At: clock.Instant(number()), SupersededBy: next(), Reason: next(),
	}
	return bad == nil
}

// truth reads a boolean as the engines write it in a text.
func truth(column string) bool { return column == "1" || column == "t" }

// lack is how many measurable targets a unit has not reported on.
type lack struct {
	Unit string
	N    int
}

// unreported counts, for each unit that reports, the measurable targets that
// have no figure up to the period or beyond it: Line.Lacks without reading
// the figures.
func (s *Service) unreported(ctx context.Context, q db.Queryer, y cluster.Year, p Period) ([]lack, error) {
	type aim struct {
		IndicatorID string `db:"indicator_id"`
		UnitID      string `db:"unit_id"`
		ReporterID  string `db:"reporter_id"`
	}
	aims, err := db.All[aim](ctx, q, `SELECT t.indicator_id, t.unit_id, t.reporter_id FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant' WHERE d.year_id = $1 AND t.relation <> $2 ORDER BY t.place, t.id`, y.ID, target.Text)
	if err != nil || len(aims) == 0 {
		return nil, err
	}
	ids := make([]string, len(aims))
	for i, a := range aims {
		ids[i] = a.IndicatorID
	}
	catalogue, err := some(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var late []string
	for _, other := range Periods {
		if other.Months() >= p.Months() {
			late = append(late, "'"+string(other)+"'")
		}
	}
	there, err := db.All[Place](ctx, q, `SELECT DISTINCT f.indicator_id, f.unit_id FROM figure f
		WHERE f.year_id = $1 AND f.year = $2 AND f.superseded_by = '' AND f.period IN (`+strings.Join(late, ", ")+`)`, y.ID, y.Year)
	if err != nil {
		return nil, err
	}
	has := map[Place]bool{}
	for _, at := range there {
		has[Place{current(catalogue, at.Indicator).ID, at.Unit}] = true
	}
	leader, err := s.years.LeaderUnit(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var out []lack
	for _, a := range aims {
		if has[Place{current(catalogue, a.IndicatorID).ID, a.UnitID}] {
			continue
		}
		unit := cmp.Or(a.ReporterID, a.UnitID, leader)
		i := slices.IndexFunc(out, func(l lack) bool { return l.Unit == unit })
		if i < 0 {
			i, out = len(out), append(out, lack{Unit: unit})
		}
		out[i].N++
	}
	return out, nil
}

// reporter is who reports on the aim where the leader is known.
func (a Aim) reporter(leader string) string { return cmp.Or(a.ReporterID, a.UnitID, leader) }
