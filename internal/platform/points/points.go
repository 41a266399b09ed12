// Package points holds points exactly: whole numbers of ten-thousandths, as
// they are stored in BIGINT columns. Rules calculate with big.Rat and come
// back here through Round.
package points

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
)

// Points is an amount of points in ten-thousandths: 35,36 is 353600.
type Points int64

// One is one point.
const One Points = 10000

// Parse reads a plain decimal ("35.36", "35,36", "-2"), with at most four
// decimals. Vietnamese thousands marks are for package locale, not for here.
func Parse(s string) (Points, error) {
	text := strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	body := strings.TrimPrefix(text, "-")
	whole, frac, cut := strings.Cut(body, ".")
	if whole == "" || (cut && frac == "") || len(frac) > 4 || len(whole) > 12 || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, fmt.Errorf("points: %q is not a number of points with at most four decimals", s)
	}
	n, ok := new(big.Int).SetString(whole+frac+strings.Repeat("0", 4-len(frac)), 10)
	if !ok {
		return 0, fmt.Errorf("points: %q is not a number of points", s)
	}
	p := Points(n.Int64())
	if strings.HasPrefix(text, "-") {
		p = -p
	}
	return p, nil
}

// Must is Parse for constants in code and tests.
func Must(s string) Points {
	p, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return p
}

// String is the shortest exact decimal: "35.36", "15".
func (p Points) String() string {
	s := p.Fixed(4)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Fixed writes at least scale (0 to 4) decimals, and more where the value has them.
func (p Points) Fixed(scale int) string {
	sign, n := "", uint64(p)
	if p < 0 {
		sign, n = "-", -n // in uint64, so that the smallest int64 has its magnitude too
	}
	frac := fmt.Sprintf("%04d", n%10000)
	for len(frac) > scale && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if frac == "" {
		return fmt.Sprintf("%s%d", sign, n/10000)
	}
	return fmt.Sprintf("%s%d.%s", sign, n/10000, frac)
}

// Rat is the exact value.
func (p Points) Rat() *big.Rat { return big.NewRat(int64(p), int64(One)) }

// Round takes an exact value to scale decimals (0 to 4), half away from zero.
// The source of the rule: domain.md §3.2, a decree that rounds each criterion
// to two decimals. A value that 64 bits cannot hold (beyond ±9·10^14 points)
// panics: whoever calculates bounds inputs first, and a silent wrong score is
// worse than a stop.
func Round(r *big.Rat, scale int) Points {
	if scale < 0 || scale > 4 {
		panic(fmt.Sprintf("points: scale %d is outside 0 to 4", scale))
	}
	unit := int64(1)
	for i := scale; i < 4; i++ {
		unit *= 10
	}
	scaled := new(big.Rat).Mul(r, big.NewRat(int64(One)/unit, 1))
	num, den := new(big.Int).Abs(scaled.Num()), scaled.Denom()
	num.Mul(num, big.NewInt(2)).Add(num, den)
	num.Quo(num, new(big.Int).Mul(den, big.NewInt(2)))
	num.Mul(num, big.NewInt(unit))
	if r.Sign() < 0 {
		num.Neg(num)
	}
	if !num.IsInt64() {
		panic("points: a value beyond 64 bits: " + r.FloatString(0))
	}
	return Points(num.Int64())
}

// MarshalJSON writes a string: JSON numbers are floats to many readers.
func (p Points) MarshalJSON() ([]byte, error) { return json.Marshal(p.String()) }

func (p *Points) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	v, err := Parse(s)
	if err != nil {
		return err
	}
	*p = v
	return nil
}

func (p Points) Value() (driver.Value, error) { return int64(p), nil }

func (p *Points) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("points: cannot scan %T", v)
	}
	*p = Points(n)
	return nil
}
