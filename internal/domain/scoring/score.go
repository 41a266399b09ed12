package scoring

import (
	"math/big"
	"sort"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// Cell is what one unit has for one criterion.
type Cell struct {
	Points  points.Points // as shown and counted; with four decimals where only the total is rounded
	Exact   *big.Rat      // before rounding
	Max     points.Points // 0 where there is no maximum
	Why     Why
	Missing bool // not scored yet: an input is missing here or, on an inner node, below
	NA      bool // does not apply to the unit
	left    bool // not applicable and left out of its pool
}

// UnitScore is one unit's result. It holds only when Problems is empty.
type UnitScore struct {
	Unit         string
	Cells        map[string]Cell // every node of the sheet by id; deductions are negative
	Main         Cell            // the criteria together, before bonus and deduction
	Total        points.Points   // criteria, bonus and deduction: the total that is shown
	ForRank      points.Points   // without the groups that do not count towards the rank
	ForThreshold points.Points   // without the groups that do not count towards thresholds
	Missing      int             // criteria that are not scored yet; 0 unless Provisional
	ScoredMax    points.Points   // the maximum of the criteria that are scored already
	Problems     []Problem
}

// Result is every unit's result, in the order of the units.
type Result struct {
	Units    []UnitScore
	Problems []Problem // of the sheet, then of each unit
	sheet    *Sheet
}

// Option changes how a score is made.
type Option int

// Provisional counts a missing input as not scored yet, instead of telling of
// a problem, so that a partly filled sheet has totals. Points of what is
// missing count as 0.
const Provisional Option = 1

// ScoreUnit scores one unit alone. Rules that compare units (best) are a
// problem here; Score takes them.
func ScoreUnit(s *Sheet, values UnitValues, options ...Option) UnitScore {
	checked := s.check()
	u := scoreUnit(checked, "", values, nil, options)
	u.Problems = append(checked.problems, u.Problems...)
	return u
}

// Score scores every unit. Values of units that are not in the list are
// problems, so that no row is lost by a mistyped id.
func Score(s *Sheet, units []Unit, values Values, options ...Option) Result {
	checked := s.check()
	r := Result{sheet: s, Problems: checked.problems}
	known, cluster := map[string]bool{}, Values{}
	for _, u := range units {
		known[u.ID], cluster[u.ID] = true, values[u.ID]
	}
	for _, u := range units {
		us := scoreUnit(checked, u.ID, values[u.ID], cluster, options)
		r.Units = append(r.Units, us)
		r.Problems = append(r.Problems, us.Problems...)
	}
	for _, id := range sortedKeys(values) {
		if !known[id] {
			r.Problems = append(r.Problems, Problem{Code: BadID, Unit: id, Field: "values",
				Text: locale.Msg("có số liệu nhưng đơn vị không có trong danh sách. Hãy thêm vào “units” hoặc sửa mã.")})
		}
	}
	return r
}

// Entries are the units as the ranking takes them: total that counts towards
// the rank, then the points of the sheet's chain of ties. The caller adds
// decisions and leaves out units that are not considered.
func (r Result) Entries() []ranking.Entry {
	entries := make([]ranking.Entry, len(r.Units))
	for i, u := range r.Units {
		entries[i] = ranking.Entry{Unit: u.Unit, Total: u.ForRank}
		for _, id := range r.sheet.Ties {
			link := ranking.Link{Criterion: id, Value: decimal.New(int64(u.Cells[id].Points), -4)}
			if c := r.sheet.Find(id); c != nil {
				link.Name = c.Name
			}
			entries[i].Chain = append(entries[i].Chain, link)
		}
	}
	return entries
}

type scorer struct {
	sheet       *Sheet
	checked     *checker
	unit        string
	values      UnitValues
	cluster     Values // nil when the unit is scored alone
	provisional bool
	out         UnitScore
}

func scoreUnit(checked *checker, unit string, values UnitValues, cluster Values, options []Option) UnitScore {
	s := checked.sheet
	x := &scorer{sheet: s, checked: checked, unit: unit, values: values, cluster: cluster, out: UnitScore{Unit: unit, Cells: map[string]Cell{}}}
	for _, o := range options {
		x.provisional = x.provisional || o == Provisional
	}
	main := make([]Cell, len(s.Criteria))
	for i, c := range s.Criteria {
		main[i] = x.node(c)
	}
	x.out.Main = x.gather(main, s.Max())
	if x.out.Main.left {
		x.wrong(nil, NotAskable, "na", locale.Msg("mọi tiêu chí đều được đánh dấu không áp dụng nên không có điểm. Hãy bỏ dấu ở ít nhất một tiêu chí."))
	}
	total, rank, threshold := x.counted(x.out.Main), x.counted(x.out.Main), x.counted(x.out.Main)
	for _, groups := range [][]*Criterion{s.Bonus, s.Deduction} {
		for _, g := range groups {
			v := x.counted(x.group(g))
			total = add(total, v)
			if g.Rank {
				rank = add(rank, v)
			}
			if g.Threshold {
				threshold = add(threshold, v)
			}
		}
	}
	x.out.Total = points.Round(total, s.totalScale())
	x.out.ForRank = points.Round(rank, s.totalScale())
	x.out.ForThreshold = points.Round(threshold, s.totalScale())
	x.strangers()
	return x.out
}

// strangers tells of values for criteria that the sheet does not have.
func (x *scorer) strangers() {
	for _, id := range sortedKeys(x.values) {
		if _, ok := x.out.Cells[id]; !ok {
			x.out.Problems = append(x.out.Problems, Problem{Code: BadID, Unit: x.unit, Criterion: id, Field: "values",
				Text: locale.Msg("có số liệu nhưng tiêu chí không có trong bảng điểm. Hãy sửa mã hoặc bỏ số liệu này.")})
		}
	}
}

func (x *scorer) wrong(c *Criterion, code Code, field string, text locale.Text) {
	p := Problem{Code: code, Unit: x.unit, Field: field, Text: text}
	if c != nil {
		p.Criterion = c.ID
	}
	x.out.Problems = append(x.out.Problems, p)
}

// term writes what a cell counts for in a sum.
func (x *scorer) term(c Cell) string {
	if x.sheet.Rounding.At == AtTotal {
		return operand(x.counted(c))
	}
	if c.Points < 0 {
		return "(" + c.Points.String() + ")"
	}
	return c.Points.String()
}

// counted is the part of a cell that goes into sums: what is shown, or the
// exact value where only the total is rounded.
func (x *scorer) counted(c Cell) *big.Rat {
	if x.sheet.Rounding.At == AtTotal && c.Exact != nil {
		return c.Exact
	}
	return c.Points.Rat()
}

func (x *scorer) node(c *Criterion) Cell {
	var cell Cell
	switch {
	case x.notApplicable(c):
		cell = x.setAside(c)
	case c.Leaf():
		cell = x.leaf(c)
	default:
		cells := make([]Cell, len(c.Children))
		for i, child := range c.Children {
			cells[i] = x.node(child)
		}
		cell = x.gather(cells, c.Max)
	}
	x.out.Cells[c.ID] = cell
	return cell
}

// notApplicable reads the mark of a cell and refuses it where the criterion
// does not allow it.
func (x *scorer) notApplicable(c *Criterion) bool {
	in := x.values[c.ID]
	switch s := strings.TrimSpace(in["na"]); s {
	case "", "false":
		if !c.Leaf() && len(in) > 0 {
			for _, name := range sortedKeys(in) {
				if name != "na" {
					x.wrong(c, UnknownInput, name, locale.Msg("tiêu chí này là tổng của các tiêu chí con nên không nhập số liệu. Hãy nhập vào các tiêu chí con."))
					break
				}
			}
		}
		return false
	case "true":
		if c.NA == NotAllowed {
			x.wrong(c, NotAskable, "na", locale.Msg("tiêu chí này không cho phép đánh dấu không áp dụng. Hãy nhập số liệu, hoặc thêm “na” vào tiêu chí trong bảng điểm."))
		}
		return true
	default:
		x.wrong(c, BadInput, "na", locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", "na", "value", s))
		return true
	}
}

// setAside gives a criterion that does not apply what its policy says.
func (x *scorer) setAside(c *Criterion) Cell {
	for _, child := range c.Children {
		child.walk(func(below *Criterion, _ int) {
			x.out.Cells[below.ID] = Cell{Exact: zero, Max: below.Max, NA: true, left: true,
				Why: Why{Say: locale.Msg("Không áp dụng, theo tiêu chí {.criterion}.", "criterion", c.ID)}}
		}, 0)
	}
	cell := Cell{Exact: zero, Max: c.Max, NA: true}
	if c.Part == Main && (c.NA == Full || c.NA == Zero) {
		x.out.ScoredMax += c.Max
	}
	switch c.NA {
	case Full:
		cell.Exact, cell.Points = c.Max.Rat(), c.Max
		cell.Why = Why{Say: locale.Msg("Không áp dụng với đơn vị này; quy định cho hưởng đủ {.max} điểm.", "max", c.Max), calc: c.Max.String()}
	case Zero:
		cell.Why = Why{Say: locale.Msg("Không áp dụng với đơn vị này; quy định tính 0 điểm."), calc: "0"}
	default:
		cell.left = true
		cell.Why = Why{Say: locale.Msg("Không áp dụng với đơn vị này; được loại khỏi nhóm, điểm của nhóm quy đổi theo phần còn lại.")}
	}
	return cell
}

// leaf scores a cell by its rule.
func (x *scorer) leaf(c *Criterion) Cell {
	cell := Cell{Exact: zero, Max: c.Max, Missing: true, Why: Why{Rule: c.Kind(), Say: locale.Msg("Chưa chấm.")}}
	in := x.values[c.ID]
	if c.Rule == nil {
		return cell
	}
	known := x.checked.fields[c]
	for _, name := range sortedKeys(in) {
		if name != "na" && !contains(known, name) {
			x.wrong(c, UnknownInput, name, locale.Msg("quy tắc “{.kind}” không dùng “{.field}”. Các số liệu cần nhập: {.known}.", "kind", c.Kind(), "field", name, "known", strings.Join(known, ", ")))
		}
	}
	if c.Part != Main && len(in) == 0 {
		cell.Missing = false
		cell.Why = Why{Rule: c.Kind(), Say: locale.Msg("Không phát sinh."), calc: "0"}
		return cell
	}
	if x.checked.broken[c] {
		return cell
	}
	a := &ask{c: c, in: in, cluster: x.cluster}
	o := c.Rule.score(a)
	for _, p := range a.wrong {
		p.Unit, p.Criterion = x.unit, c.ID
		x.out.Problems = append(x.out.Problems, p)
	}
	for _, name := range a.missing {
		if x.provisional {
			break
		}
		x.wrong(c, MissingInput, name, locale.Msg("thiếu “{.field}” ({.label}). Hãy nhập, hoặc đánh dấu không áp dụng nếu tiêu chí cho phép.", "field", name, "label", label(c, name)))
	}
	if !a.ok() {
		if len(a.wrong) == 0 {
			x.out.Missing++
		}
		return cell
	}
	if large(o.value) {
		x.wrong(c, OutOfRange, "", locale.Msg("kết quả tính vượt một tỷ điểm. Hãy kiểm tra lại số liệu."))
		return cell
	}
	if c.Part == Main {
		x.out.ScoredMax += c.Max
	}
	return x.finish(c, cell, o)
}

// finish rounds an outcome, turns a deduction's sign and keeps the reason.
func (x *scorer) finish(c *Criterion, cell Cell, o outcome) Cell {
	cell.Missing = false
	cell.Points = points.Round(o.value, x.sheet.scale())
	cell.Exact = o.value
	cell.Why = Why{Rule: c.Kind(), Say: o.say, Notes: o.notes, calc: o.calculation(cell.Points.Rat())}
	if cell.Points.Rat().Cmp(o.value) != 0 && x.sheet.Rounding.At != AtTotal {
		cell.Why.Notes = append(cell.Why.Notes, x.rounded())
	}
	if c.Part == Deduction {
		cell.Points, cell.Exact = -cell.Points, new(big.Rat).Neg(cell.Exact)
		if cell.Points != 0 {
			cell.Why.calc += " → " + cell.Points.String()
			cell.Why.Notes = append(cell.Why.Notes, locale.Msg("Đây là điểm trừ."))
		}
	}
	return cell
}

func (x *scorer) rounded() locale.Text {
	return locale.Msg("Làm tròn đến {.scale} chữ số thập phân, nửa đơn vị trở lên thì làm tròn lên.", "scale", x.sheet.scale())
}

// gather adds up the children of an inner node whose maximum is max. Where
// children are left out as not applicable, what the others earned is scaled up
// to the whole maximum (domain.md §3.3, 15): 3 of 4 in a pool of 10 is 7.5.
func (x *scorer) gather(children []Cell, max points.Points) Cell {
	cell := Cell{Max: max, Exact: zero}
	sum, counting, left := new(big.Rat), points.Points(0), 0
	var terms []string
	for _, c := range children {
		if c.left {
			left++
			continue
		}
		counting += c.Max
		cell.Missing = cell.Missing || c.Missing
		sum.Add(sum, x.counted(c))
		terms = append(terms, x.term(c))
	}
	if left == len(children) {
		cell.NA, cell.left = true, true
		cell.Why = Why{Say: locale.Msg("Không tiêu chí con nào áp dụng với đơn vị này.")}
		return cell
	}
	expr := strings.Join(terms, " + ")
	if left == 0 || counting == max || counting == 0 {
		cell.settle(x, result(sum, expr, locale.Msg("Tổng điểm của {.n} tiêu chí con.", "n", len(terms))))
		return cell
	}
	if len(terms) > 1 {
		expr = "(" + expr + ")"
	}
	scaled := quo(mul(sum, max.Rat()), counting.Rat())
	cell.settle(x, result(scaled, expr+" × "+max.String()+"/"+counting.String(),
		locale.Msg("{.left} tiêu chí con không áp dụng; điểm của các tiêu chí còn lại (tối đa {.counting}) được quy đổi ra {.max}.", "left", left, "counting", counting, "max", max)))
	return cell
}

// settle rounds a subtotal.
func (cell *Cell) settle(x *scorer, o outcome) {
	cell.Points = points.Round(o.value, x.sheet.scale())
	cell.Exact = o.value
	notes := o.notes
	if cell.Points.Rat().Cmp(o.value) != 0 && x.sheet.Rounding.At != AtTotal {
		notes = append(notes, x.rounded())
	}
	cell.Why = Why{Say: o.say, Notes: notes, calc: o.calculation(cell.Points.Rat())}
}

// group scores a bonus or deduction group and brings it within its clamp:
// no more than the clamp in either direction, so that a bonus with minus
// points inside stays within it as a whole (domain.md §3.4, 18).
func (x *scorer) group(c *Criterion) Cell {
	var cell Cell
	switch {
	case x.notApplicable(c):
		cell = x.setAside(c)
	case c.Leaf():
		cell = x.leaf(c)
	default:
		sum := new(big.Rat)
		var terms []string
		for _, child := range c.Children {
			cc := x.group(child)
			sum.Add(sum, x.counted(cc))
			cell.Missing = cell.Missing || cc.Missing
			terms = append(terms, x.term(cc))
		}
		cell.settle(x, result(sum, strings.Join(terms, " + "), locale.Msg("Tổng điểm của {.n} mục con.", "n", len(terms))))
	}
	if c.Clamp.Given() && c.Clamp.r.Sign() >= 0 {
		clamp := c.Clamp.r
		if new(big.Rat).Abs(cell.Exact).Cmp(clamp) > 0 {
			sign := int64(cell.Exact.Sign())
			cell.Exact = mul(clamp, big.NewRat(sign, 1))
			cell.Points = points.Round(cell.Exact, x.sheet.scale())
			cell.Why.calc += " → " + cell.Points.String()
			cell.Why.Notes = append(cell.Why.Notes, locale.Msg("Nhóm này chỉ tính tối đa {.clamp} điểm.", "clamp", told(clamp)))
		}
	}
	x.out.Cells[c.ID] = cell
	return cell
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
