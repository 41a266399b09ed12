package points

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	good := map[string]Points{
		"35.36": 353600, "35,36": 353600, "-2": -20000, "0": 0, "-0": 0, " 15 ": 150000,
		"0.0001": 1, "-0,5": -5000, "007": 70000, "999999999999.9999": 9999999999999999,
	}
	for in, want := range good {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "-", ".", "1.", ".5", "1.23456", "1e3", "1.250,5", "1,2,3", "--1", "+1", "a", "１", "1 000", "1000000000000", "NaN", "0x10"} {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", in, got)
		}
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		p     Points
		scale int
		want  string
	}{
		{353600, 2, "35.36"}, {16000, 2, "1.60"}, {30000, 2, "3.00"}, {30000, 0, "3"}, {-5000, 2, "-0.50"},
		{66667, 2, "6.6667"}, {1, 0, "0.0001"}, {0, 0, "0"}, {math.MinInt64, 0, "-922337203685477.5808"},
	} {
		if got := c.p.Fixed(c.scale); got != c.want {
			t.Errorf("Fixed(%d) of %d = %q, want %q", c.scale, int64(c.p), got, c.want)
		}
	}
}

func TestRoundHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		in    string
		scale int
		want  string
	}{
		{"20/3", 2, "6.67"}, {"1/200", 2, "0.01"}, {"-1/200", 2, "-0.01"}, {"1249/100000", 2, "0.01"},
		{"5/2", 0, "3"}, {"-5/2", 0, "-3"}, {"3/2", 0, "2"}, {"884/25", 2, "35.36"}, {"1/3", 4, "0.3333"}, {"9995/1000", 2, "10"},
	} {
		r, _ := new(big.Rat).SetString(c.in)
		if got := Round(r, c.scale); got != Must(c.want) {
			t.Errorf("Round(%s, %d) = %s, want %s", c.in, c.scale, got, c.want)
		}
	}
}

func TestRoundStopsBeyond64Bits(t *testing.T) {
	for _, f := range []func(){
		func() { Round(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 70)), 2) },
		func() { Round(big.NewRat(1, 1), 5) },
		func() { Round(big.NewRat(1, 1), -1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		}()
	}
}

func TestJSONAndDatabase(t *testing.T) {
	b, err := json.Marshal(map[string]Points{"p": Must("35.36")})
	if err != nil || string(b) != `{"p":"35.36"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var p Points
	for _, bad := range []string{`35.36`, `null`, `"x"`, `{}`} {
		if err := json.Unmarshal([]byte(bad), &p); err == nil {
			t.Errorf("unmarshal of %s gave %v", bad, p)
		}
	}
	v, err := Must("-1.5").Value()
	if err != nil || v != int64(-15000) {
		t.Fatalf("%v, %v", v, err)
	}
	if err := p.Scan(v); err != nil || p != Must("-1.5") {
		t.Fatalf("%v, %v", p, err)
	}
	if err := p.Scan("1.5"); err == nil {
		t.Error("a text was scanned as points")
	}
}

func TestProperties(t *testing.T) {
	amount := rapid.Int64Range(-9_999_999_999_999_999, 9_999_999_999_999_999)
	t.Run("what is written is read back", rapid.MakeCheck(func(t *rapid.T) {
		p := Points(amount.Draw(t, "p"))
		for scale := 0; scale <= 4; scale++ {
			if got, err := Parse(p.Fixed(scale)); err != nil || got != p {
				t.Fatalf("%s → %v, %v", p.Fixed(scale), got, err)
			}
		}
		if got := Round(p.Rat(), 4); got != p {
			t.Fatalf("Round(Rat) of %v = %v", p, got)
		}
	}))
	t.Run("rounding is nearest, odd and monotonic", rapid.MakeCheck(func(t *rapid.T) {
		num, den := rapid.Int64Range(-1e12, 1e12), rapid.Int64Range(1, 1e6)
		a := big.NewRat(num.Draw(t, "a"), den.Draw(t, "da"))
		b := big.NewRat(num.Draw(t, "b"), den.Draw(t, "db"))
		scale := rapid.IntRange(0, 4).Draw(t, "scale")
		half := big.NewRat(1, 2)
		for i := 0; i < scale; i++ {
			half.Mul(half, big.NewRat(1, 10))
		}
		diff := new(big.Rat).Sub(Round(a, scale).Rat(), a)
		if diff.Abs(diff).Cmp(half) > 0 {
			t.Fatalf("Round(%s, %d) = %s is farther than half a unit", a, scale, Round(a, scale))
		}
		if Round(new(big.Rat).Neg(a), scale) != -Round(a, scale) {
			t.Fatalf("rounding of %s is not odd", a)
		}
		if a.Cmp(b) <= 0 && Round(a, scale) > Round(b, scale) {
			t.Fatalf("%s ≤ %s but rounds above it", a, b)
		}
	}))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"35.36", "35,36", "-2", "", "1.2.3", "١", "1e9", "-0,0001", "999999999999.9999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse(s)
		if err != nil {
			return
		}
		exact, ok := new(big.Rat).SetString(strings.Replace(strings.TrimSpace(s), ",", ".", 1))
		if !ok || exact.Cmp(p.Rat()) != 0 {
			t.Fatalf("Parse(%q) = %v", s, p)
		}
		if again, err := Parse(p.String()); err != nil || again != p {
			t.Fatalf("Parse(%q) = %v does not come back: %v, %v", s, p, again, err)
		}
	})
}
