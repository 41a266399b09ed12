package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// marked tells whether a cell is marked as not applicable.
func marked(in Inputs) bool {
	s, there := in["na"]
	return there && strings.TrimSpace(s) == yes
}

// Marked is what counts of a cell's inputs: under the mark of not applicable
// nothing else, and with the policy peers the result.
func (c *Criterion) Marked(in Inputs) Inputs {
	if !marked(in) {
		return in
	}
	out := Inputs{"na": yes}
	if actual, there := in["actual"]; there && c.NA == Peers {
		out["actual"] = actual
	}
	return out
}

// state is how a criterion stands to a unit.
type state uint8

const (
	counts  state = iota // applies
	asPeer               // has no target: compared with the units that have none
	apart                // does not apply: left to its policy
	beneath              // below one that does not apply
)

func (x *scorer) state(p *plan) state {
	if x.states == nil {
		return counts
	}
	return x.states[p.index]
}

// read looks the unit's values up, once for every criterion, and tells how each
// criterion stands to the unit.
func (x *scorer) read() {
	found := 0
	for _, p := range x.k.plans {
		in, there := x.values[p.c.ID]
		if !there {
			continue
		}
		found++
		if len(in) == 0 {
			continue
		}
		x.in[p.index] = in
		if len(p.kids) == 0 && p.c.NA == NotAllowed && p.comparing == nil {
			continue // a mark would be a mistake; the leaf finds it among what it did not use
		}
		if na, there := in["na"]; there {
			x.mark(p, na)
		}
		if len(p.kids) > 0 && x.state(p) == counts {
			x.foreign(p, in)
		}
	}
	if found < len(x.values) {
		x.strangers()
	}
	if x.states == nil {
		return
	}
	for i := len(x.k.plans) - 1; i >= 0; i-- { // parents come after their children
		if p := x.k.plans[i]; p.parent != nil && x.states[p.parent.index] >= apart {
			x.states[i] = beneath
		}
	}
}

// mark takes the mark of a criterion that does not apply, and refuses one that
// the criterion does not allow or that cannot be read.
func (x *scorer) mark(p *plan, na string) {
	c := p.c
	switch s := strings.TrimSpace(na); {
	case s == "" || s == no:
		return
	case s != yes:
		x.wrong(c, BadInput, "na", locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", "na", "value", s))
	case c.NA == NotAllowed:
		x.wrong(c, NotAskable, "na", locale.Msg("tiêu chí này không cho phép đánh dấu không áp dụng. Hãy nhập số liệu, hoặc thêm “na” vào tiêu chí trong bảng điểm."))
	}
	if x.states == nil {
		x.states = make([]state, len(x.k.plans))
	}
	x.states[p.index] = apart
	if c.NA == Peers && len(p.kids) == 0 {
		x.states[p.index] = asPeer
	}
}

// foreign refuses inputs of an inner node.
func (x *scorer) foreign(p *plan, in Inputs) {
	for _, name := range sortedKeys(in) {
		if name != "na" {
			x.wrong(p.c, UnknownInput, name, locale.Msg("tiêu chí này là tổng của các tiêu chí con nên không nhập số liệu. Hãy nhập vào các tiêu chí con."))
			return
		}
	}
}

// strangers tells of values for criteria that the sheet does not have.
func (x *scorer) strangers() {
	for _, id := range sortedKeys(x.values) {
		if !x.k.seen[id] {
			x.out.Problems = append(x.out.Problems, Problem{Code: BadID, Unit: x.unitID, Criterion: id, Field: "values",
				Text: locale.Msg("có số liệu nhưng tiêu chí không có trong bảng điểm. Hãy sửa mã hoặc bỏ số liệu này.")})
		}
	}
}

// leaveOut is the cell of a criterion below one that does not apply.
func (x *scorer) leaveOut(p *plan, cell *Cell) {
	if x.telling != nil {
		above := p.parent
		for x.state(above) == beneath {
			above = above.parent
		}
		x.telling.say = locale.Msg("Không áp dụng, theo tiêu chí {.criterion}.", "criterion", above.c.ID)
	}
	cell.NA, cell.left = true, true
}

// setAside gives a criterion that does not apply what its policy says.
func (x *scorer) setAside(p *plan, cell *Cell) {
	c := p.c
	cell.NA = true
	if c.Part == Main && (c.NA == Full || c.NA == Zero) {
		x.out.ScoredMax += c.Max
	}
	var r reason
	switch c.NA {
	case Full:
		cell.exact, cell.Points = p.max, c.Max
		r = reason{say: locale.Msg("Không áp dụng với đơn vị này; quy định cho hưởng đủ {.max} điểm.", "max", c.Max), calc: c.Max.String()}
	case Zero:
		r = reason{say: locale.Msg("Không áp dụng với đơn vị này; quy định tính 0 điểm."), calc: "0"}
	case Spread:
		cell.left = true
		r = reason{say: locale.Msg("Không áp dụng với đơn vị này; {.max} điểm được chia đều cho các tiêu chí còn lại của nhóm.", "max", c.Max)}
	default:
		cell.left = true
		r = reason{say: locale.Msg("Không áp dụng với đơn vị này; được loại khỏi nhóm, điểm của nhóm quy đổi theo phần còn lại.")}
	}
	if x.telling != nil {
		*x.telling = r
	}
}

// shareOut gives the maximum of every criterion that does not apply under the
// policy spread to the others of its pool: in equal parts to the leaves that
// apply, below the criterion's own parent (decision 212/2025 of Hải Phòng,
// annex 03, note 2: 4 points over 16 criteria of 1 make 16 of 1.25, as its annex
// 02 has them). Where none applies, the parent itself is shared out one level
// up, unless others in it have points by their policy.
func (x *scorer) shareOut() {
	if x.k.spreads && x.states != nil {
		x.shareIn(nil, x.k.main)
	}
}

// shareIn shares out inside one pool and answers with its leaves that apply, and
// what becomes of the pool where there are none.
func (x *scorer) shareIn(parent *plan, kids []*plan) (leaves []*plan, rest pool) {
	amount, fixed := zero, false
	for _, kid := range kids {
		switch {
		case x.state(kid) == apart && kid.c.NA == Spread:
			amount = amount.Add(kid.max)
		case x.state(kid) == apart:
			fixed = fixed || kid.c.NA == Full || kid.c.NA == Zero
		case len(kid.kids) == 0:
			leaves = append(leaves, kid)
		default:
			below, rest := x.shareIn(kid, kid.kids)
			leaves = append(leaves, below...)
			switch rest {
			case shared:
				amount = amount.Add(kid.max)
			case decided:
				fixed = true
			}
		}
	}
	switch {
	case len(leaves) == 0 && fixed:
		return nil, decided
	case len(leaves) == 0 && amount.Sign() > 0:
		return nil, shared
	case len(leaves) == 0:
		return nil, empty
	case amount.Sign() == 0:
		return leaves, open
	}
	if x.extra == nil {
		x.extra = make([]rational.Num, len(x.k.plans))
	}
	share := amount.Quo(rational.Int(int64(len(leaves))))
	for _, leaf := range leaves {
		for p := leaf; p != parent; p = p.parent {
			x.extra[p.index] = x.extra[p.index].Add(share)
		}
	}
	return leaves, open
}

// pool is what becomes of a group after sharing out.
type pool int

const (
	open    pool = iota // it has leaves that apply
	decided             // none, but some have points by their policy: scaled up to the group's maximum
	shared              // none: the group as a whole is shared out one level up
	empty               // none: the group is left out
)

// raise scales an outcome to a maximum that others were shared out to.
func (x *scorer) raise(p *plan, cell *Cell, o *outcome) {
	max := p.max.Add(x.extra[p.index])
	cell.Max = rounded(max, 4)
	before := *o
	o.raw = before.value.Mul(max).Quo(p.max)
	o.value = o.raw
	if x.telling == nil {
		return
	}
	o.wording = &wording{lead: before.lead, say: before.say, notes: before.notes}
	if before.expr != exact(before.value) || before.raw.Cmp(before.value) != 0 { // else it is no step
		o.lead = before.calculation(before.value) + "; "
	}
	o.words().expr = operand(before.value) + " × " + operand(max) + "/" + exact(p.max)
	o.note(locale.Msg("Điểm tối đa tăng từ {.from} lên {.to} vì có tiêu chí không áp dụng được chia đều sang.", "from", told(p.max), "to", told(max)))
}

// trim takes back what rounding alone lifted above the maximum: three criteria
// of 5/3 points, each rounded to 1.67, are 5 points and not 5.01.
func (x *scorer) trim(kids []*plan, o *outcome, max rational.Num) {
	if x.extra == nil || x.k.atTotal || o.value.Cmp(max) <= 0 || max.Round(x.k.scale).Cmp(max) != 0 {
		return
	}
	sum := zero
	for _, kid := range kids {
		sum = sum.Add(x.cells[kid.index].exact)
	}
	if sum.Cmp(max) <= 0 {
		o.value = max
	}
}
