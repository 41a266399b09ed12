package scoring

import (
	"math/big"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/rational"
)

// Cell is what one unit has for one criterion.
type Cell struct {
	Points  points.Points // as shown and counted; with four decimals where only the total is rounded
	Max     points.Points // 0 where there is no maximum; raised where another criterion was shared out
	Why     Why
	Missing bool // not scored yet: an input is missing here or, on an inner node, below
	NA      bool // does not apply to the unit
	left    bool // not applicable and left out of its pool
	exact   rational.Num
}

// Exact is the value before rounding.
func (c Cell) Exact() *big.Rat { return c.exact.Rat() }

// UnitScore is one unit's result. It holds only when Problems is empty.
type UnitScore struct {
	Unit         string
	Cells        map[string]Cell // every node of the sheet by id; deductions are negative; nil when Brief
	Main         Cell            // the criteria together, before bonus and deduction
	Total        points.Points   // criteria, bonus and deduction: the total that is shown
	ForRank      points.Points   // without the groups that do not count towards the rank
	ForThreshold points.Points   // without the groups that do not count towards thresholds
	Missing      int             // criteria that are not scored yet; 0 unless Provisional
	ScoredMax    points.Points   // the maximum of the criteria that are scored already
	Graded       Graded          // by the sheet's ladder
	Knocked      []*Mark         // why it is not considered
	Held         []*Mark         // why it is kept apart for now
	Problems     []Problem
}

// Result is every unit's result, in the order of the units.
type Result struct {
	Units    []UnitScore
	Problems []Problem // of the sheet, then of each unit
	sheet    *Sheet
	chains   [][]ranking.Link // the chain of ties of each unit; nil where the sheet has none
}

// Option changes how a score is made.
type Option int

const (
	// Provisional counts a missing input as not scored yet, instead of telling of
	// a problem, so that a partly filled sheet has totals. Points of what is
	// missing count as 0.
	Provisional Option = 1 << iota
	// Brief leaves the cells and the reasons out, for whoever wants totals, grades
	// and places only: statistics over many clusters, what would be if.
	Brief
)

// Prepared is a sheet that was checked once, to score many clusters by it, also
// at the same time. The sheet must not be changed afterwards.
type Prepared struct {
	k     *checker
	desks sync.Pool // of *scorer, for scores without reasons
}

// Prepare checks a sheet and works out what scoring needs of it.
func Prepare(s *Sheet) *Prepared { return &Prepared{k: s.check()} }

// ScoreUnit scores one unit alone. Rules that compare units (best, rank, and
// formulas over the cluster) are a problem here; Score takes them.
func ScoreUnit(s *Sheet, values UnitValues, options ...Option) UnitScore {
	checked := s.check()
	r := Result{sheet: s, Units: make([]UnitScore, 1)}
	checked.scorer(nil, merge(options)).unit(&r, 0, "", values)
	u := r.Units[0]
	u.Problems = append(checked.problems, u.Problems...)
	return u
}

// Score scores every unit. Values of units that are not in the list are
// problems, so that no row is lost by a mistyped id. The reasons of the result
// look at the values, which must stay as they are.
func Score(s *Sheet, units []Unit, values Values, options ...Option) Result {
	return Prepare(s).Score(units, values, options...)
}

// Score scores every unit of a cluster; see the function.
func (p *Prepared) Score(units []Unit, values Values, options ...Option) Result {
	how := merge(options)
	r := Result{sheet: p.k.sheet, Problems: slices.Clip(p.k.problems), Units: make([]UnitScore, len(units))}
	if len(p.k.ties) > 0 {
		r.chains = make([][]ranking.Link, len(units))
	}
	cl := p.k.compare(units, values)
	var x *scorer
	for i, u := range units {
		switch {
		case how&Brief == 0:
			x = p.k.scorer(cl, how) // reasons look at it later
		case i == 0:
			x = p.desk(cl, how)
			defer p.leave(x)
		}
		x.unit(&r, i, u.ID, cl.values[i])
		if len(r.Units[i].Problems) > 0 {
			r.Problems = append(r.Problems, r.Units[i].Problems...)
		}
	}
	if cl.found < len(values) {
		r.strangers(units, values)
	}
	return r
}

// desk is a scorer that was used before, where there is one. Nothing of it is
// left in a result.
func (p *Prepared) desk(cl *cluster, how Option) *scorer {
	x, _ := p.desks.Get().(*scorer)
	if x == nil {
		return p.k.scorer(cl, how)
	}
	x.cl, x.provisional = cl, how&Provisional != 0
	return x
}

// leave gives a desk back, empty.
func (p *Prepared) leave(x *scorer) {
	clear(x.in)
	x.cl, x.values, x.out, x.states, x.extra, x.ask = nil, nil, nil, nil, nil, ask{values: x.ask.values}
	p.desks.Put(x)
}

// scorer is where units are scored, one after another.
func (k *checker) scorer(cl *cluster, how Option) *scorer {
	return &scorer{k: k, cl: cl, provisional: how&Provisional != 0, brief: how&Brief != 0, in: make([]Inputs, len(k.plans)), cells: make([]Cell, len(k.plans))}
}

func merge(options []Option) (all Option) {
	for _, o := range options {
		all |= o
	}
	return all
}

// strangers tells of values of units that are not in the list.
func (r *Result) strangers(units []Unit, values Values) {
	known := make(map[string]bool, len(units))
	for _, u := range units {
		known[u.ID] = true
	}
	for _, id := range sortedKeys(values) {
		if !known[id] {
			r.Problems = append(r.Problems, Problem{Code: BadID, Unit: id, Field: "values",
				Text: locale.Msg("có số liệu nhưng đơn vị không có trong danh sách. Hãy thêm vào “units” hoặc sửa mã.")})
		}
	}
}

// Entries are the units as the ranking takes them: total that counts towards
// the rank, then the points of the sheet's chain of ties. The caller adds
// decisions and leaves out units that are not considered; Places does both.
func (r Result) Entries() []ranking.Entry {
	entries := make([]ranking.Entry, len(r.Units))
	for i, u := range r.Units {
		entries[i] = ranking.Entry{Unit: u.Unit, Total: u.ForRank}
		if r.chains != nil {
			entries[i].Chain = r.chains[i]
		}
	}
	return entries
}

// unit scores the unit that is the i-th of the result.
func (x *scorer) unit(r *Result, i int, unit string, values UnitValues) {
	k, s, out := x.k, x.k.sheet, &r.Units[i]
	out.Unit = unit
	x.unitID, x.values, x.out, x.states, x.extra = unit, values, out, nil, nil
	clear(x.in)
	x.read()
	x.shareOut()
	for _, p := range k.plans {
		x.make(p, &x.cells[p.index])
	}
	if !x.brief {
		out.Main.Why = Why{x, nil}
	}
	x.gather(nil, k.main, &out.Main)
	if out.Main.left {
		x.wrong(nil, NotAskable, "na", locale.Msg("mọi tiêu chí đều được đánh dấu không áp dụng nên không có điểm. Hãy bỏ dấu ở ít nhất một tiêu chí."))
	}
	total := x.counted(&out.Main)
	rank, threshold := total, total
	for _, groups := range [][]*plan{k.bonus, k.deduction} {
		for _, g := range groups {
			v := x.counted(&x.cells[g.index])
			total = total.Add(v)
			if g.c.Rank {
				rank = rank.Add(v)
			}
			if g.c.Threshold {
				threshold = threshold.Add(v)
			}
		}
	}
	scale := s.totalScale()
	out.Total, out.ForRank, out.ForThreshold = rounded(total, scale), rounded(rank, scale), rounded(threshold, scale)
	out.Knocked, out.Held = x.marks(s.Knockouts), x.marks(s.Holds)
	out.Graded = x.grade(x.marks(s.Caps))
	if r.chains != nil {
		r.chains[i] = x.chain()
	}
	if x.brief {
		return
	}
	out.Cells = make(map[string]Cell, len(k.plans))
	for _, p := range k.plans {
		out.Cells[p.c.ID] = x.cells[p.index]
	}
}

// chain are the unit's points in the sheet's secondary criteria, or the figures
// where the chain names one.
func (x *scorer) chain() []ranking.Link {
	chain := make([]ranking.Link, len(x.k.ties))
	for i, t := range x.k.ties {
		c := t.plan.c
		chain[i] = ranking.Link{Criterion: c.ID, Name: c.Name, Value: decimal.New(int64(x.cells[t.plan.index].Points), -4)}
		if t.field != "" {
			n, _ := ParseNumber(strings.TrimSpace(x.values[c.ID][t.field]))
			chain[i].Name, chain[i].Value = either(c.Name, c.ID)+", "+label(c, t.field).Text, told(n.n)
		}
	}
	return chain
}

func either(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

func label(c *Criterion, name string) locale.Text {
	for _, f := range c.Fields() {
		if f.Name == name {
			return f.Label
		}
	}
	return locale.Text{Text: name}
}

func contains(sorted []string, s string) bool {
	i := sort.SearchStrings(sorted, s)
	return i < len(sorted) && sorted[i] == s
}

func sortedKeys[V any, M ~map[string]V](m M) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
