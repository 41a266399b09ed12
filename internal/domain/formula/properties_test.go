package formula

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/rational"
)

// tree is an expression that knows its own value, without the package's parser
// and evaluator: what it is written as must come to the same.
type tree struct {
	text string
	rank int // of the operator at its top
	num  *big.Rat
	yes  bool
	fail bool // somewhere that is evaluated there is a division by zero
}

var drawn = map[string]*big.Rat{"thực_hiện": big.NewRat(1105, 1), "chỉ_tiêu": big.NewRat(2501, 2), "số_hộ": big.NewRat(-7, 4), "không_gì": new(big.Rat)}

func (t tree) in(rank int, always bool) string {
	if t.rank < rank || always {
		return "(" + t.text + ")"
	}
	return t.text
}

func drawNumber(t *rapid.T, depth int) tree {
	if depth == 0 || rapid.IntRange(0, 4).Draw(t, "leaf") == 0 {
		if rapid.Bool().Draw(t, "named") {
			name := rapid.SampledFrom([]string{"thực_hiện", "chỉ_tiêu", "số_hộ", "không_gì"}).Draw(t, "name")
			return tree{text: name, rank: rankAtom, num: drawn[name]}
		}
		n := rapid.Int64Range(0, 9999).Draw(t, "number")
		return tree{text: strings.TrimSuffix(big.NewRat(n, 100).FloatString(2), ".00"), rank: rankAtom, num: big.NewRat(n, 100)}
	}
	extra := rapid.IntRange(0, 5).Draw(t, "brackets") == 0
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); kind {
	case 0:
		a := drawNumber(t, depth-1)
		return tree{"-" + a.in(rankAtom, extra), rankProduct, new(big.Rat).Neg(a.num), false, a.fail}
	case 1, 2, 3, 4, 5:
		a, b := drawNumber(t, depth-1), drawNumber(t, depth-1)
		out := tree{num: new(big.Rat), fail: a.fail || b.fail}
		sign, rank := "+", rankSum
		switch kind {
		case 1:
			out.num.Add(a.num, b.num)
		case 2:
			sign = rapid.SampledFrom([]string{"-", "−"}).Draw(t, "minus")
			out.num.Sub(a.num, b.num)
		case 3, 4:
			sign, rank = rapid.SampledFrom([]string{"*", "×"}).Draw(t, "times"), rankProduct
			out.num.Mul(a.num, b.num)
		default:
			sign, rank = rapid.SampledFrom([]string{"/", "÷", ":"}).Draw(t, "by"), rankProduct
			if b.num.Sign() == 0 {
				out.fail = true
			} else {
				out.num.Quo(a.num, b.num)
			}
		}
		space := rapid.SampledFrom([]string{" ", ""}).Draw(t, "space")
		out.text, out.rank = a.in(rank, extra)+space+sign+space+b.in(rank+1, extra), rank
		return out
	case 6:
		c, a, b := drawCondition(t, depth-1), drawNumber(t, depth-1), drawNumber(t, depth-1)
		chosen := b
		if c.yes {
			chosen = a
		}
		return tree{rapid.SampledFrom([]string{"nếu", "if", "NẾU"}).Draw(t, "if") + "(" + c.text + ", " + a.text + "; " + b.text + ")", rankAtom, chosen.num, false, c.fail || chosen.fail}
	case 7:
		a := drawNumber(t, depth-1)
		places := rapid.IntRange(0, 3).Draw(t, "places")
		r, _ := new(big.Rat).SetString(a.num.FloatString(places))
		return tree{fmt.Sprintf("làm_tròn(%s, %d)", a.text, places), rankAtom, r, false, a.fail}
	case 8:
		a := drawNumber(t, depth-1)
		return tree{"abs(" + a.text + ")", rankAtom, new(big.Rat).Abs(a.num), false, a.fail}
	}
	a, b := drawNumber(t, depth-1), drawNumber(t, depth-1)
	out := tree{rank: rankAtom, num: a.num, fail: a.fail || b.fail}
	name := rapid.SampledFrom([]string{"min", "lớn_nhất", "tổng"}).Draw(t, "function")
	switch {
	case name == "tổng":
		out.num = new(big.Rat).Add(a.num, b.num)
	case (b.num.Cmp(a.num) < 0) == (name == "min"):
		out.num = b.num
	}
	out.text = name + "(" + a.text + ", " + b.text + ")"
	return out
}

func drawCondition(t *rapid.T, depth int) tree {
	if depth > 0 {
		switch rapid.IntRange(0, 4).Draw(t, "junction") {
		case 0:
			a := drawCondition(t, depth-1)
			return tree{text: "không " + a.in(rankNot, false), rank: rankNot, yes: !a.yes, fail: a.fail}
		case 1:
			a, b := drawCondition(t, depth-1), drawCondition(t, depth-1)
			return tree{text: a.in(rankAnd, false) + " và " + b.in(rankNot, false), rank: rankAnd, yes: a.yes && b.yes, fail: a.fail || a.yes && b.fail}
		case 2:
			a, b := drawCondition(t, depth-1), drawCondition(t, depth-1)
			return tree{text: a.in(rankOr, false) + " or " + b.in(rankAnd, false), rank: rankOr, yes: a.yes || b.yes, fail: a.fail || !a.yes && b.fail}
		}
	}
	a, b := drawNumber(t, max(depth-1, 0)), drawNumber(t, max(depth-1, 0))
	c := a.num.Cmp(b.num)
	sign := rapid.SampledFrom([]string{"=", "<>", "<", "<=", ">", ">="}).Draw(t, "comparison")
	yes := map[string]bool{"=": c == 0, "<>": c != 0, "<": c < 0, "<=": c <= 0, ">": c > 0, ">=": c >= 0}[sign]
	return tree{text: a.in(rankSum, false) + " " + sign + " " + b.in(rankSum, false), rank: rankComparison, yes: yes, fail: a.fail || b.fail}
}

func TestFormulasMeanWhatTheyAreMadeOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawNumber(t, rapid.IntRange(0, 4).Draw(t, "depth"))
		if len([]rune(want.text)) > MaxLength {
			return
		}
		f, errs := Parse(want.text, words)
		if errs != nil {
			t.Fatalf("%s: %v", want.text, errs[0])
		}
		values := make([]Value, len(f.Names()))
		for i, n := range f.Names() {
			values[i].Num = rational.Of(drawn[n.Written])
		}
		got, err := f.Eval(values, nil)
		if (err != nil) != want.fail || err == nil && got.Rat().Cmp(want.num) != 0 {
			t.Fatalf("%s is %s, %v; want %s, fail %v", want.text, got, err, want.num, want.fail)
		}
		if err != nil {
			return
		}
		// A calculation that is shown is itself a formula, and it is true.
		trace, err := f.Trace(values, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(trace.Steps, trace.Last) {
			if s.About {
				return
			}
			source, value := s.Expr, s.Value
			if s.Kind == Condition {
				source, value = "nếu("+s.Expr+", 1, 0)", rational.Int(0)
				if s.True {
					value = rational.Int(1)
				}
			}
			again, errs := Parse(shown.Replace(source), words)
			if errs != nil {
				if len([]rune(source)) > 200 {
					return // long fractions
				}
				t.Fatalf("%s shows %s: %v", want.text, source, errs[0])
			}
			if v, err := again.Eval(nil, nil); err != nil || v.Cmp(value) != 0 {
				t.Fatalf("%s shows %s, which is %s and not %s", want.text, s, v, value)
			}
		}
		if trace.Last.Value.Rat().Cmp(want.num) != 0 {
			t.Fatalf("%s comes to %s", want.text, trace.Last.Value)
		}
	})
}

// shown brings a calculation back to how formulas are written.
var shown = strings.NewReplacer(";", "; ")
