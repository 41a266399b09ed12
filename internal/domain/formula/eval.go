package formula

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

var mostDecimals = rational.Int(10)

// Eval is the value of the formula for a unit: values in the order of Names,
// groups as Gather made them (nil where Groups is 0).
func (f *Formula) Eval(values, groups []Value) (rational.Num, *Error) {
	e := evaluator{f: f, values: values, groups: groups}
	v := e.eval(f.root)
	return v.Num, e.err
}

// Gather evaluates the aggregates over the units of a cluster, each given by
// its values in the order of Names. A unit for which an aggregate's expression
// has no value (a division by zero) is an error that names it by its index: a
// unit must not fall out of a total unseen.
func (f *Formula) Gather(units [][]Value) ([]Value, *Error) {
	e := evaluator{f: f}
	out := make([]Value, len(f.groups))
	for g, n := range f.groups {
		if n.fn == howMany {
			out[g].Num = rational.Int(int64(len(units)))
			continue
		}
		if len(units) == 0 {
			return nil, wrong(f.source, n.from, n.to, locale.Msg("cụm không có đơn vị nào để tính."))
		}
		for i, values := range units {
			e.values = values
			v := e.eval(n.kids[0]).Num
			if i > 0 {
				v = n.fn.fold(out[g].Num, v)
			}
			if out[g] = e.num(n, v); e.err != nil {
				e.err.Unit = i
				return nil, e.err
			}
		}
		if n.fn.mean {
			out[g] = e.num(n, out[g].Num.Quo(rational.Int(int64(len(units)))))
		}
	}
	return out, e.err
}

type evaluator struct {
	f      *Formula
	values []Value
	groups []Value
	steps  int
	err    *Error
}

func (e *evaluator) fail(n *node, text string, kv ...any) Value {
	if e.err == nil {
		e.err = wrong(e.f.source, n.from, n.to, locale.Msg(text, kv...))
	}
	return Value{}
}

func (e *evaluator) large(n *node) *Error {
	e.fail(n, "kết quả ở đây quá lớn (hơn {.n} chữ số nhị phân). Hãy bớt các phép nhân, chia nối tiếp.", "n", MaxBits)
	return e.err
}

// num bounds the size of a number. Arithmetic with long numbers takes longer,
// so that it counts for more steps: a formula ends in a fraction of a second
// whatever its numbers are.
func (e *evaluator) num(n *node, v rational.Num) Value {
	bits := v.Bits()
	if bits > MaxBits {
		e.large(n)
		return Value{}
	}
	e.steps += bits / 128
	return Value{Num: v}
}

func (e *evaluator) eval(n *node) Value {
	if e.err != nil {
		return Value{}
	}
	if e.steps++; e.steps > MaxSteps {
		return e.fail(n, "công thức cần quá {.n} bước tính.", "n", MaxSteps)
	}
	switch n.op {
	case opNumber:
		return Value{Num: n.num}
	case opName:
		return e.values[n.index]
	case opGroup:
		return e.groups[n.index]
	case opCall:
		return e.call(n)
	case opNot:
		return Value{True: !e.eval(n.kids[0]).True}
	case opAnd:
		return Value{True: e.eval(n.kids[0]).True && e.eval(n.kids[1]).True}
	case opOr:
		return Value{True: e.eval(n.kids[0]).True || e.eval(n.kids[1]).True}
	case opNeg:
		return Value{Num: e.eval(n.kids[0]).Num.Neg()}
	}
	a, b := e.eval(n.kids[0]).Num, e.eval(n.kids[1]).Num
	if e.err != nil {
		return Value{}
	}
	switch n.op {
	case opAdd:
		return e.num(n, a.Add(b))
	case opSub:
		return e.num(n, a.Sub(b))
	case opMul:
		return e.num(n, a.Mul(b))
	case opQuo:
		if b.Sign() == 0 {
			return e.fail(n.kids[1], "số chia bằng 0. Hãy sửa số liệu, hoặc viết nếu(… = 0, …, …) cho trường hợp này.")
		}
		return e.num(n, a.Quo(b))
	}
	return Value{True: compare(n.op, a.Cmp(b))}
}

func compare(o op, c int) bool {
	switch o {
	case opEq:
		return c == 0
	case opNe:
		return c != 0
	case opLt:
		return c < 0
	case opLe:
		return c <= 0
	case opGt:
		return c > 0
	}
	return c >= 0
}

// call evaluates a function; of “if” only the branch that holds.
func (e *evaluator) call(n *node) Value {
	switch n.fn {
	case choose:
		if e.eval(n.kids[0]).True {
			return e.eval(n.kids[1])
		}
		return e.eval(n.kids[2])
	case roundOff:
		return Value{Num: e.eval(n.kids[0]).Num.Round(decimalsOf(n))}
	}
	v := e.eval(n.kids[0])
	if n.fn == absolute {
		return Value{Num: v.Num.Abs()}
	}
	for _, k := range n.kids[1:] {
		v = e.num(n, n.fn.fold(v.Num, e.eval(k).Num))
	}
	return v
}

// decimalsOf is to how many decimals a rounding goes.
func decimalsOf(n *node) int {
	if len(n.kids) < 2 {
		return 0
	}
	d, _ := n.kids[1].num.Scaled(0)
	return int(d)
}
