package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/rational"
)

// scorer scores one unit, from the leaves up. The same code that makes a cell
// also tells its reason: when telling is set, the cell is made a second time
// and writes down how.
type scorer struct {
	k           *checker
	unitID      string
	values      UnitValues
	cl          *cluster // nil when the unit is scored alone
	provisional bool
	brief       bool
	in          []Inputs // by the index of the plan, as everything below
	states      []state  // nil where every criterion applies
	cells       []Cell
	extra       []rational.Num // what others gave to each criterion's maximum; nil where nothing was shared out
	out         *UnitScore
	ask         ask     // of the leaf that is being scored
	telling     *reason // nil when only the points matter
}

// reason makes a cell again, telling how.
func (x *scorer) reason(p *plan) reason {
	var r reason
	y := *x
	y.out, y.telling, y.ask = &UnitScore{}, &r, ask{} // what is wrong was told when the unit was scored
	var again Cell
	if p == nil {
		y.gather(nil, x.k.main, &again)
	} else {
		y.make(p, &again)
	}
	return r
}

func (x *scorer) wrong(c *Criterion, code Code, field string, text locale.Text) {
	p := Problem{Code: code, Unit: x.unitID, Field: field, Text: text}
	if c != nil {
		p.Criterion = c.ID
	}
	x.out.Problems = append(x.out.Problems, p)
}

// term writes what a cell counts for in a sum.
func (x *scorer) term(c *Cell) string {
	if x.k.atTotal {
		return operand(c.exact)
	}
	if c.Points < 0 {
		return "(" + c.Points.String() + ")"
	}
	return c.Points.String()
}

// counted is the part of a cell that goes into sums: what is shown, or the
// exact value where only the total is rounded.
func (x *scorer) counted(c *Cell) rational.Num {
	if x.k.atTotal {
		return c.exact
	}
	return numOf(c.Points)
}

// make makes the cell of a criterion, those below it being there.
func (x *scorer) make(p *plan, cell *Cell) {
	*cell = Cell{Max: p.c.Max}
	if !x.brief {
		cell.Why = Why{x, p}
	}
	switch s := x.state(p); {
	case s == beneath:
		x.leaveOut(p, cell)
		return
	case s == apart:
		x.setAside(p, cell)
	case len(p.kids) == 0:
		x.leaf(p, cell)
	default:
		x.gather(p, p.kids, cell)
	}
	if p.c.Part != Main {
		x.clamp(p.c, cell)
	}
}

// leaf scores a cell by its rule.
func (x *scorer) leaf(p *plan, cell *Cell) {
	c := p.c
	cell.Missing = true
	if x.telling != nil {
		x.telling.say = locale.Msg("Chưa chấm.")
	}
	in := x.in[p.index]
	if p.rule == nil {
		return
	}
	a := &x.ask
	a.cluster, a.telling = x.cl != nil, x.telling != nil
	a.turn(p, in)
	if c.Part != Main && len(in) == 0 {
		cell.Missing = false
		if x.telling != nil {
			x.telling.say, x.telling.calc = locale.Msg("Không phát sinh."), "0"
		}
		return
	}
	if p.broken {
		x.unknown(p, in)
		return
	}
	var o outcome
	if x.state(p) == asPeer {
		o = x.amongPeers(a, p)
	} else {
		a.shared = nil
		if p.comparing != nil && x.cl != nil {
			a.shared = x.cl.shared[p.index]
		}
		o = p.rule.score(a)
	}
	if a.used != len(in) { // a mark, evidence, or something unknown
		if na, there := in["na"]; there && c.NA == NotAllowed && x.telling == nil {
			if x.mark(p, na); x.state(p) == apart {
				cell.Missing = false
				x.setAside(p, cell)
				return
			}
		}
		x.unknown(p, in)
	}
	if !a.ok() {
		x.incomplete(c, a)
		return
	}
	if large(o.value) {
		x.wrong(c, OutOfRange, "", locale.Msg("kết quả tính vượt một tỷ điểm. Hãy kiểm tra lại số liệu."))
		return
	}
	if x.extra != nil && x.extra[p.index].Sign() > 0 && p.max.Sign() > 0 {
		x.raise(p, cell, &o)
	}
	if c.Evidence {
		x.unproven(c, in, &o)
	}
	if c.Part == Main {
		x.out.ScoredMax += cell.Max
	}
	x.finish(c, cell, &o)
}

// incomplete tells of what is missing and wrong in a cell.
func (x *scorer) incomplete(c *Criterion, a *ask) {
	for _, p := range a.wrong {
		p.Unit, p.Criterion = x.unitID, c.ID
		x.out.Problems = append(x.out.Problems, p)
	}
	if !x.provisional {
		for _, name := range a.missing {
			x.wrong(c, MissingInput, name, locale.Msg("thiếu “{.field}” ({.label}). Hãy nhập, hoặc đánh dấu không áp dụng nếu tiêu chí cho phép.", "field", name, "label", label(c, name)))
		}
	}
	if len(a.wrong) == 0 {
		x.out.Missing++
	}
}

// unknown tells of inputs that the rule does not ask for.
func (x *scorer) unknown(p *plan, in Inputs) {
	for _, name := range sortedKeys(in) {
		if name != "na" && (name != "evidence" || !p.c.Evidence) && !contains(p.fields, name) {
			x.wrong(p.c, UnknownInput, name, locale.Msg("quy tắc “{.kind}” không dùng “{.field}”. Các số liệu cần nhập: {.known}.", "kind", p.c.Kind(), "field", name, "known", strings.Join(p.fields, ", ")))
		}
	}
}

// unproven takes the points of a cell whose evidence is said to be missing,
// where the sheet demands it for the points (domain.md §3.2, 2). Without the
// input nothing is known about evidence, and nothing is taken.
func (x *scorer) unproven(c *Criterion, in Inputs, o *outcome) {
	switch s := strings.TrimSpace(in["evidence"]); {
	case s == "" || s == yes:
	case s != no:
		x.wrong(c, BadInput, "evidence", locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", "evidence", "value", s))
	case c.Proof && c.Part != Deduction && o.value.Sign() > 0:
		o.value = zero
		if x.telling != nil {
			o.note(locale.Msg("Chưa có minh chứng nên được 0 điểm."))
		}
	}
}

// finish rounds an outcome, turns a deduction's sign and keeps the reason.
func (x *scorer) finish(c *Criterion, cell *Cell, o *outcome) {
	cell.Missing = false
	cell.Points, cell.exact = rounded(o.value, x.k.scale), o.value
	if x.telling != nil {
		x.tell(o, cell)
	}
	if c.Part == Deduction {
		cell.Points, cell.exact = -cell.Points, cell.exact.Neg()
		if cell.Points != 0 && x.telling != nil {
			x.telling.calc += " → " + cell.Points.String()
			x.telling.note(locale.Msg("Đây là điểm trừ."))
		}
	}
}

// tell keeps the reason of a cell that was rounded.
func (x *scorer) tell(o *outcome, cell *Cell) {
	shown := numOf(cell.Points)
	*x.telling = reason{calc: o.calculation(shown), say: o.say, notes: o.notes}
	if shown.Cmp(o.value) != 0 && !x.k.atTotal {
		x.telling.note(locale.Msg("Làm tròn đến {.scale} chữ số thập phân, nửa đơn vị trở lên thì làm tròn lên.", "scale", x.k.scale))
	}
}

// gather adds up the cells below an inner node, or all criteria (p is nil).
// Where some are left out as not applicable, what the others earned is scaled
// up to the whole maximum (domain.md §3.3, 15): 3 of 4 in a pool of 10 is 7.5.
func (x *scorer) gather(p *plan, kids []*plan, cell *Cell) {
	max, main := x.k.max, true
	if p != nil {
		max, main = p.max, p.c.Part == Main
		if x.extra != nil {
			max = max.Add(x.extra[p.index])
		}
	}
	var shown points.Points
	sum, full, counting, left := zero, zero, points.Points(0), 0
	total := x.k.atTotal
	for _, kid := range kids {
		c := &x.cells[kid.index]
		if c.left && main {
			left++
			continue
		}
		cell.Missing = cell.Missing || c.Missing
		counting += kid.c.Max
		shown += c.Points
		if total {
			sum = sum.Add(c.exact)
		}
		if x.extra != nil {
			full = full.Add(kid.max).Add(x.extra[kid.index])
		}
	}
	if !total {
		sum = numOf(shown)
	}
	if x.extra == nil {
		full = numOf(counting)
	}
	if main {
		cell.Max = rounded(max, 4)
	}
	if left == len(kids) {
		cell.NA, cell.left = true, true
		if x.telling != nil {
			x.telling.say = locale.Msg("Không tiêu chí con nào áp dụng với đơn vị này.")
		}
		return
	}
	o := result(sum)
	scaled := main && left > 0 && full.Sign() > 0 && full.Cmp(max) != 0
	if scaled {
		o = result(sum.Mul(max).Quo(full))
	}
	if main {
		x.trim(kids, &o, max)
	}
	cell.Points, cell.exact = rounded(o.value, x.k.scale), o.value
	if x.telling != nil {
		x.tellSum(p, kids, o, cell, max, full, left, scaled)
	}
}

// tellSum writes down how a subtotal came about.
func (x *scorer) tellSum(p *plan, kids []*plan, o outcome, cell *Cell, max, full rational.Num, left int, scaled bool) {
	var terms []string
	main := p == nil || p.c.Part == Main
	for _, kid := range kids {
		if c := &x.cells[kid.index]; !c.left || !main {
			terms = append(terms, x.term(c))
		}
	}
	expr := strings.Join(terms, " + ")
	switch {
	case scaled:
		if len(terms) > 1 {
			expr = "(" + expr + ")"
		}
		o.tell(expr+" × "+operand(max)+"/"+operand(full),
			locale.Msg("{.left} tiêu chí con không áp dụng; điểm của các tiêu chí còn lại (tối đa {.counting}) được quy đổi ra {.max}.", "left", left, "counting", told(full), "max", told(max)))
	case main:
		o.tell(expr, locale.Msg("Tổng điểm của {.n} tiêu chí con.", "n", len(terms)))
	default:
		o.tell(expr, locale.Msg("Tổng điểm của {.n} mục con.", "n", len(terms)))
	}
	if o.raw.Cmp(o.value) != 0 {
		o.note(locale.Msg("Vượt {.max} chỉ vì làm tròn nên tính {.max} điểm.", "max", told(o.value)))
	}
	x.tell(&o, cell)
}

// clamp brings a bonus or deduction group within its clamp: no more than the
// clamp in either direction, so that a bonus with minus points inside stays
// within it as a whole (domain.md §3.4, 18).
func (x *scorer) clamp(c *Criterion, cell *Cell) {
	if !c.Clamp.Given() || c.Clamp.n.Sign() < 0 || cell.exact.Abs().Cmp(c.Clamp.n) <= 0 {
		return
	}
	if cell.exact.Sign() < 0 {
		cell.exact = c.Clamp.n.Neg()
	} else {
		cell.exact = c.Clamp.n
	}
	cell.Points = rounded(cell.exact, x.k.scale)
	if x.telling != nil {
		x.telling.calc += " → " + cell.Points.String()
		x.telling.note(locale.Msg("Nhóm này chỉ tính tối đa {.clamp} điểm.", "clamp", told(c.Clamp.n)))
	}
}
