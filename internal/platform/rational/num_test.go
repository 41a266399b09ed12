package rational_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/rational"
)

// draw draws values on both sides of what fits two words.
func draw(t *rapid.T, name string) rational.Num {
	part := rapid.OneOf(rapid.Int64Range(-100, 100), rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, 1e18, 10000, -10000}))
	r := big.NewRat(part.Draw(t, name), 1)
	d := rapid.OneOf(rapid.SampledFrom([]int64{1, 10, 100, 10000, 3, 7}), rapid.Int64Range(1, math.MaxInt64)).Draw(t, name+" below")
	r.Quo(r, big.NewRat(d, 1))
	if rapid.IntRange(0, 5).Draw(t, name+" large") == 0 {
		r.Mul(r, big.NewRat(math.MaxInt64, 3))
	}
	return rational.Of(r)
}

// Everything comes out as big.Rat has it.
func TestSameAsBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := draw(t, "x"), draw(t, "y")
		a, b := x.Rat(), y.Rat()
		same := func(what string, got rational.Num, want *big.Rat) {
			if got.Rat().Cmp(want) != 0 || got.Cmp(rational.Of(want)) != 0 {
				t.Fatalf("%s of %s and %s is %s, want %s", what, a, b, got, want)
			}
		}
		same("sum", x.Add(y), new(big.Rat).Add(a, b))
		same("difference", x.Sub(y), new(big.Rat).Sub(a, b))
		same("product", x.Mul(y), new(big.Rat).Mul(a, b))
		if b.Sign() != 0 {
			same("quotient", x.Quo(y), new(big.Rat).Quo(a, b))
		}
		same("negation", x.Neg(), new(big.Rat).Neg(a))
		same("absolute value", x.Abs(), new(big.Rat).Abs(a))
		if x.Cmp(y) != a.Cmp(b) || x.Sign() != a.Sign() || x.IsInt() != a.IsInt() || x.Bits() != max(126, a.Num().BitLen()+a.Denom().BitLen()) && x.Bits() != a.Num().BitLen()+a.Denom().BitLen() {
			t.Fatalf("%s and %s compare otherwise", a, b)
		}
		limit := rapid.OneOf(rapid.Int64Range(0, 1000), rapid.Int64Range(0, math.MaxInt64)).Draw(t, "limit")
		if x.Within(limit) != (new(big.Rat).Abs(a).Cmp(new(big.Rat).SetInt64(limit)) <= 0) {
			t.Fatalf("%s within %d", a, limit)
		}
		floor := x.Floor().Rat()
		if gap := new(big.Rat).Sub(a, floor); !floor.IsInt() || gap.Sign() < 0 || gap.Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("floor of %s is %s", a, floor)
		}
		scale := rapid.IntRange(0, 18).Draw(t, "scale")
		if got := x.Round(scale).Rat().FloatString(scale); got != a.FloatString(scale) && new(big.Rat).Abs(a).Sign() != 0 && got != "-"+a.FloatString(scale) && "-"+got != a.FloatString(scale) {
			t.Fatalf("%s to %d decimals is %s, want %s", a, scale, got, a.FloatString(scale))
		}
		if text, ok := x.Decimal(60); ok {
			if back, ok := new(big.Rat).SetString(text); !ok || back.Cmp(a) != 0 {
				t.Fatalf("%s is written %s", a, text)
			}
		} else if n, finite := a.FloatPrec(); finite && n <= 60 {
			t.Fatalf("%s has a decimal", a)
		}
	})
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "1250": "1250", "8.2": "41/5", "-0.5": "-1/2", "1.250": "5/4", "007": "7",
		"8.200": "41/5", "0.0": "0",
		"123456789012345678": "123456789012345678", "12345678901234567890.5": "24691357802469135781/2",
		"": "", "-": "", ".5": "", "5.": "", "1.2.3": "", "1,5": "", "1e3": "", "+1": "", " 1": "", "--1": "", "1-": "", "1234567890123456789012345678901": "",
	} {
		n, ok := rational.Parse(in, 30)
		if ok != (want != "") || ok && n.String() != want {
			t.Errorf("%q is %s, %v; want %q", in, n, ok, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-1.5", "123456789012345678.9", "1.", "9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := rational.Parse(s, 30)
		if !ok {
			return
		}
		if r, good := new(big.Rat).SetString(s); !good || r.Cmp(n.Rat()) != 0 {
			t.Fatalf("%q is %s", s, n)
		}
	})
}

func TestHalvesGoAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		n, d  int64
		scale int
		want  string
	}{{1, 200, 2, "1/100"}, {-1, 200, 2, "-1/100"}, {1, 2, 0, "1"}, {-1, 2, 0, "-1"}, {2, 3, 2, "67/100"}, {149, 100, 0, "1"}} {
		if got := rational.Frac(c.n, c.d).Round(c.scale).String(); got != c.want {
			t.Errorf("%d/%d to %d decimals is %s, want %s", c.n, c.d, c.scale, got, c.want)
		}
	}
}

var sink rational.Num

func BenchmarkNum(b *testing.B) {
	max, _ := rational.Parse("40", 30)
	target, _ := rational.Parse("1250", 30)
	actual, _ := rational.Parse("1105.5", 30)
	b.ReportAllocs()
	for b.Loop() {
		sink = max.Mul(actual).Quo(target)
	}
}
