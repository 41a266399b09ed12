package indicator

import (
	"context"
	"fmt"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// NewIndicator is an indicator entered before any text names it.
type NewIndicator struct {
	Name       string
	Aliases    []string
	Unit       string // as it is told: triệu USD
	Direction  target.Direction
	Flow       Flow
	Cumulative bool
	Source     string
}

// check tidies what was typed and finds what is wrong with it. A unit may be
// empty: things counted without a word of their own.
func (n *NewIndicator) check() []*fault.Error {
	n.Name, n.Unit, n.Source = vntext.Line(n.Name), vntext.Line(n.Unit), vntext.Line(n.Source)
	var aliases []string
	long := false
	for _, a := range n.Aliases {
		if a = vntext.Line(a); Key(a) != "" {
			aliases = append(aliases, a)
			long = long || len([]rune(a)) > maxName
		}
	}
	n.Aliases = aliases
	return []*fault.Error{
		fault.When(Key(n.Name) == "" || len([]rune(n.Name)) > maxName, "name", "Tên chỉ tiêu còn trống hoặc dài quá {.limit} ký tự.", "limit", maxName),
		fault.When(long, "aliases", "Tên gọi khác dài quá {.limit} ký tự.", "limit", maxName),
		fault.When(len([]rune(n.Unit)) > 60, "unit", "Đơn vị tính dài quá 60 ký tự."),
		fault.When(len([]rune(n.Source)) > 500, "source", "Nguồn số liệu dài quá 500 ký tự."),
		fault.When(n.Direction != target.Unknown && n.Direction != target.Higher && n.Direction != target.Lower, "direction", "Chiều tốt của chỉ tiêu không đúng."),
		fault.When(n.Flow != Stock && n.Flow != Sum && n.Flow != Growth, "flow", "Cách tính của chỉ tiêu không đúng."),
		fault.When(n.Flow == Growth && n.Cumulative, "cumulative", "Mức tăng, giảm không cộng dồn qua các năm."),
	}
}

// baseUnit is the unit in which figures told in a unit are kept.
func baseUnit(unit string) string {
	_, base, _ := target.ParseUnit(unit)
	return base
}

// Create enters an indicator. yearID is the year whose leader acts; officers of
// a standing body leave it empty.
func (s *Service) Create(ctx context.Context, actor access.Actor, yearID string, in NewIndicator) (Indicator, error) {
	if err := fault.List(in.check()...); err != nil {
		return Indicator{}, err
	}
	var i Indicator
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		for _, name := range append([]string{in.Name}, in.Aliases...) {
			twin, ok, err := s.named(ctx, tx, name, baseUnit(in.Unit), in.Flow == Growth)
			if err != nil {
				return err
			}
			if ok {
				return fault.Wrong("name", "Danh mục đã có chỉ tiêu “{.name}” tính bằng {.unit}. Hãy dùng chỉ tiêu đó, hoặc thêm tên gọi khác cho nó.", "name", twin.Name, "unit", twin.Measure())
			}
		}
		i = in.indicator()
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "indicator.create", Year: yearID}, "indicator", &i)
	})
	return i, err
}

func (n NewIndicator) indicator() Indicator {
	i := Indicator{ID: db.NewID(), Name: n.Name, Unit: n.Unit, BaseUnit: baseUnit(n.Unit), Direction: n.Direction, Flow: n.Flow, Cumulative: n.Cumulative, Source: n.Source}
	for _, a := range n.Aliases {
		i.alias(a)
	}
	i.index()
	return i
}

// named finds the indicator that goes by a name in a measure.
func (s *Service) named(ctx context.Context, q db.Queryer, name, base string, growth bool) (Indicator, bool, error) {
	found, err := db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i
		WHERE i.merged_into = '' AND i.base_unit = $1 AND i.search LIKE $2 ORDER BY i.id`, base, "%|"+Key(name)+"|%")
	if err != nil {
		return Indicator{}, false, err
	}
	for _, i := range found {
		if (i.Flow == Growth) == growth {
			return i, true, nil
		}
	}
	return Indicator{}, false, nil
}

// Covenants counts, for each of the indicators, the covenants in force that set
// a target for it.
func (s *Service) Covenants(ctx context.Context, q db.Queryer, ids ...string) (map[string]int, error) {
	type row struct {
		ID string `db:"id"`
		N  int    `db:"n"`
	}
	out := map[string]int{}
	for len(ids) > 0 {
		n := min(len(ids), 400)
		marks, args := make([]string, n), []any{}
		for i, id := range ids[:n] {
			marks[i], args = fmt.Sprintf("$%d", i+1), append(args, id)
		}
		ids = ids[n:]
		in := strings.Join(marks, ", ")
		rows, err := db.All[row](ctx, q, `SELECT CASE WHEN i.merged_into = '' THEN i.id ELSE i.merged_into END AS id, COUNT(DISTINCT t.version_id) AS n
			FROM indicator i JOIN covenant_target t ON t.indicator_id = i.id JOIN draft d ON d.adopted_id = t.version_id
			WHERE i.id IN (`+in+`) OR i.merged_into IN (`+in+`) GROUP BY CASE WHEN i.merged_into = '' THEN i.id ELSE i.merged_into END`, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r.N
		}
	}
	return out, nil
}

// Use is one place where an indicator stands: a target of a covenant in force,
// with the figure that says most about its year, or a figure without a target.
type Use struct {
	YearID, ClusterID string
	Cluster           string // its name
	Year              int
	UnitID            string // "" for the whole block
	Goal              *Goal
	Figure            *Figure
	Verdict
}

// Uses lists where an indicator stands in the cluster years that the actor may
// see, newest year first: one series, whatever it was called in each.
func (s *Service) Uses(ctx context.Context, actor access.Actor, id string) ([]Use, error) {
	i, err := s.Get(ctx, s.db, id)
	if err != nil {
		return nil, err
	}
	years, err := s.years.Visible(ctx, actor, 0, "")
	if err != nil {
		return nil, err
	}
	type set struct {
		Year string `db:"year_id"`
		Unit string `db:"unit_id"`
		Goal
	}
	var out []Use
	for _, y := range years {
		goals, err := db.All[set](ctx, s.db, `SELECT t.year_id, t.unit_id, `+db.Prefixed("t", Goal{})+` FROM covenant_target t
			JOIN draft d ON d.adopted_id = t.version_id WHERE d.year_id = $1
			AND (t.indicator_id = $2 OR t.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $2)) ORDER BY t.place`, y.ID, i.ID)
		if err != nil {
			return nil, err
		}
		figures, err := db.All[Figure](ctx, s.db, `SELECT `+db.Prefixed("f", Figure{})+` FROM figure f WHERE f.year_id = $1 AND f.superseded_by = ''
			AND (f.indicator_id = $2 OR f.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $2)) ORDER BY f.at, f.id`, y.ID, i.ID)
		if err != nil {
			return nil, err
		}
		place := map[string]int{} // unit → its use in this year
		begin := len(out)
		for _, g := range goals {
			if _, there := place[g.Unit]; there {
				continue
			}
			place[g.Unit] = len(out)
			out = append(out, Use{YearID: y.ID, ClusterID: y.ClusterID, Cluster: y.Name, Year: y.Year, UnitID: g.Unit, Goal: &g.Goal, Verdict: Verdict{Status: None}})
		}
		for _, f := range figures {
			at, there := place[f.UnitID]
			if !there || f.Year != y.Year {
				if f.Year != y.Year { // told for comparison only
					continue
				}
				at = len(out)
				place[f.UnitID] = at
				out = append(out, Use{YearID: y.ID, ClusterID: y.ClusterID, Cluster: y.Name, Year: y.Year, UnitID: f.UnitID, Verdict: Verdict{Status: None}})
			}
			if u := &out[at]; u.Figure == nil || f.Period.after(u.Figure.Period) {
				u.Figure = &f
			}
		}
		for n := begin; n < len(out); n++ {
			if u := &out[n]; u.Goal != nil && u.Figure != nil {
				u.Verdict = Judge(*u.Goal, i.Flow, u.Figure.Base(), u.Figure.Period)
			}
		}
	}
	return out, nil
}
