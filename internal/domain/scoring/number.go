package scoring

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/points"
)

// Number is an exact decimal; the zero value is one that was not given.
type Number struct{ r *big.Rat }

// NumberOf makes a Number of points.
func NumberOf(p points.Points) Number { return Number{p.Rat()} }

// Given tells whether the number was written.
func (n Number) Given() bool { return n.r != nil }

// Rat is the value, 0 where it was not given. It must not be changed.
func (n Number) Rat() *big.Rat {
	if n.r == nil {
		return zero
	}
	return n.r
}

// String is the shortest decimal, empty where the number was not given.
func (n Number) String() string {
	if n.r == nil {
		return ""
	}
	return exact(n.r)
}

// MarshalJSON writes a string.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(n.String()) }

// Limits of what a sheet or an input may say. They keep every sum of points
// within 64 bits and every calculation quick.
const (
	maxDigits = 30            // of a number as typed
	maxPoints = 1_000_000_000 // of a maximum, a clamp or an entered score
	maxDepth  = 20            // of the tree of criteria
	maxNodes  = 20_000        // of a sheet
)

var (
	zero       = new(big.Rat)
	one        = big.NewRat(1, 1)
	hundred    = big.NewRat(100, 1)
	tooMany    = big.NewRat(maxPoints, 1)
	minusLarge = big.NewRat(-maxPoints, 1)
)

// ParseNumber reads a plain decimal: digits, a point, an optional leading
// minus. Thousands marks, decimal commas and exponents are refused, so that
// "1.250" can only be one and a quarter.
func ParseNumber(s string) (Number, bool) {
	body := strings.TrimPrefix(s, "-")
	whole, frac, cut := strings.Cut(body, ".")
	if whole == "" || (cut && frac == "") || len(whole)+len(frac) > maxDigits {
		return Number{}, false
	}
	for _, part := range [2]string{whole, frac} {
		for i := 0; i < len(part); i++ {
			if part[i] < '0' || part[i] > '9' {
				return Number{}, false
			}
		}
	}
	r, ok := new(big.Rat).SetString(s)
	return Number{r}, ok
}

// exact writes a value as the shortest decimal, or as a fraction where no
// decimal is exact.
func exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	// Most values have at most four decimals; they are written without the
	// search for the length of the fraction.
	if d := r.Denom(); d.IsInt64() && int64(points.One)%d.Int64() == 0 && r.Num().IsInt64() {
		if n := r.Num().Int64(); n < maxPoints && n > -maxPoints {
			return points.Points(n * (int64(points.One) / d.Int64())).String()
		}
	}
	if n, finite := r.FloatPrec(); finite && n <= 2*maxDigits {
		return r.FloatString(n)
	}
	return r.RatString()
}

// operand is exact, in brackets where a minus or a fraction would be misread
// beside an operator.
func operand(r *big.Rat) string {
	s := exact(r)
	if r.Sign() < 0 || strings.Contains(s, "/") {
		return "(" + s + ")"
	}
	return s
}

// told is a value as an argument of a sentence: exact where a decimal is, else
// with four decimals.
func told(r *big.Rat) decimal.Decimal {
	s := exact(r)
	if strings.Contains(s, "/") {
		s = r.FloatString(4)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		panic("scoring: " + err.Error())
	}
	return d
}

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }
func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

// floor is the greatest whole number not above r.
func floor(r *big.Rat) *big.Rat {
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: rounds down for a positive divisor
	return new(big.Rat).SetInt(q)
}
