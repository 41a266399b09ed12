package formula

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/rational"
)

// Trace is a calculation as a person can follow it with a pocket calculator.
type Trace struct {
	Steps []Step // on the way: conditions with their outcome, functions with their value
	Last  Step   // the formula itself, with what the steps came to in their places
}

// Step is one expression with its values in place of its names.
type Step struct {
	Expr  string
	Value rational.Num
	Kind  Kind
	True  bool // of a condition
	About bool // a fraction too long to be read stands in it with four decimals
}

// String is "10 × 1105/1250 = 8.84" or "1105 ≥ 1250 ✗".
func (s Step) String() string {
	switch {
	case s.Kind == Condition && s.True:
		return s.Expr + " ✓"
	case s.Kind == Condition:
		return s.Expr + " ✗"
	}
	v, exact := s.Value.Decimal(places)
	switch {
	case exact && v == s.Expr, !exact && s.Value.String() == s.Expr:
		return s.Expr
	case exact && !s.About:
		return s.Expr + " = " + v
	}
	if v = s.Value.String(); len(v) <= readable && !s.About {
		return s.Expr + " = " + v
	}
	if v = s.Value.Fixed(4); v == s.Expr {
		return v
	}
	return s.Expr + " ≈ " + v
}

const (
	places   = 60 // decimals up to which a number is written out
	readable = 40 // digits up to which a fraction is written as one
)

// Trace evaluates like Eval and writes down how.
func (f *Formula) Trace(values, groups []Value) (Trace, *Error) {
	w := &writer{evaluator: evaluator{f: f, values: values, groups: groups}}
	last := w.write(f.root, true)
	if w.err != nil {
		return Trace{}, w.err
	}
	return Trace{w.steps, Step{Expr: last.text, Value: last.v.Num, About: w.about}}, nil
}

// writer evaluates and writes at once. It visits what the evaluator would.
type writer struct {
	evaluator
	steps []Step
	about bool
}

// The ranks of what is written: when it needs brackets beside an operator.
const (
	rankOr = iota
	rankAnd
	rankNot
	rankComparison
	rankSum
	rankProduct
	rankAtom
)

// written is an expression with its value.
type written struct {
	text string
	rank int
	v    Value
}

// write writes a node; root tells that nothing stands around it, so that a
// function need not become a step of its own.
func (w *writer) write(n *node, root bool) written {
	switch n.op {
	case opNumber, opGroup:
		return w.atom(w.eval(n).Num)
	case opName:
		v := w.eval(n)
		if w.f.names[n.index].Kind == Condition {
			return written{n.word, rankAtom, v}
		}
		return w.atom(v.Num)
	case opCall:
		return w.call(n, root)
	case opAnd, opOr:
		return w.junction(n)
	case opNot:
		k := w.write(n.kids[0], false)
		return written{n.word + " " + bracket(k, rankNot), rankNot, Value{True: !k.v.True}}
	case opNeg:
		k := w.write(n.kids[0], false)
		if k.rank == rankAtom {
			return w.atom(k.v.Num.Neg())
		}
		return written{"(-1) × " + bracket(k, rankAtom), rankProduct, Value{Num: k.v.Num.Neg()}}
	}
	a, b := w.write(n.kids[0], false), w.write(n.kids[1], false)
	if w.err != nil {
		return written{}
	}
	rank := rankSum
	switch {
	case n.op == opMul || n.op == opQuo:
		rank = rankProduct
	case n.op.compares():
		rank = rankComparison
	}
	return written{bracket(a, rank) + signs[n.op] + bracket(b, rank+1), rank, w.two(n, a.v.Num, b.v.Num)}
}

// two is the operator of a node on values that are there already.
func (w *writer) two(n *node, a, b rational.Num) Value {
	left, right := node{op: opNumber, num: a}, node{op: opNumber, num: b, from: n.kids[1].from, to: n.kids[1].to}
	same := *n
	same.kids = []*node{&left, &right}
	return w.eval(&same)
}

// junction leaves out what decides nothing.
func (w *writer) junction(n *node) written {
	a := w.write(n.kids[0], false)
	if a.v.True == (n.op == opOr) {
		return a
	}
	b := w.write(n.kids[1], false)
	rank := rankAnd
	if n.op == opOr {
		rank = rankOr
	}
	return written{bracket(a, rank) + " " + n.word + " " + bracket(b, rank+1), rank, b.v}
}

func (w *writer) call(n *node, root bool) written {
	if n.fn == choose {
		c := w.write(n.kids[0], true)
		if w.err != nil {
			return written{}
		}
		w.steps = append(w.steps, Step{Expr: c.text, Kind: Condition, True: c.v.True})
		if c.v.True {
			return w.write(n.kids[1], root)
		}
		return w.write(n.kids[2], root)
	}
	var v rational.Num
	var texts []string
	for i, k := range n.kids {
		if n.fn == roundOff && i == 1 {
			texts = append(texts, k.num.String())
			break
		}
		a := w.write(k, false)
		if w.err != nil {
			return written{}
		}
		a = w.step(a)
		texts = append(texts, a.text)
		if i == 0 {
			v = a.v.Num
		} else {
			v = w.num(n, n.fn.fold(v, a.v.Num)).Num
		}
	}
	switch n.fn {
	case roundOff:
		v = v.Round(decimalsOf(n))
	case absolute:
		v = v.Abs()
	}
	// Arguments are parted by a semicolon without a space: the calculation is
	// also shown with decimal commas, and "; " ends a step.
	call := written{n.word + "(" + strings.Join(texts, ";") + ")", rankAtom, Value{Num: v}}
	if root {
		return call
	}
	w.steps = append(w.steps, Step{Expr: call.text, Value: v, About: w.about})
	return w.atom(v)
}

// step makes an expression a step of its own and leaves its value.
func (w *writer) step(a written) written {
	if a.rank == rankAtom {
		return a
	}
	w.steps = append(w.steps, Step{Expr: a.text, Value: a.v.Num, About: w.about})
	return w.atom(a.v.Num)
}

// atom writes a number so that no operator beside it misreads it.
func (w *writer) atom(v rational.Num) written {
	text, ok := v.Decimal(places)
	if !ok {
		if text = v.String(); len(text) > readable {
			text, ok, w.about = v.Fixed(4), true, true
		}
	}
	if !ok || v.Sign() < 0 {
		text = "(" + text + ")"
	}
	return written{text, rankAtom, Value{Num: v}}
}

func bracket(a written, least int) string {
	if a.rank < least {
		return "(" + a.text + ")"
	}
	return a.text
}
