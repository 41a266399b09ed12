package scoring

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/rational"
)

// Number is an exact decimal; the zero value is one that was not given.
type Number struct {
	n     rational.Num // 0 where it was not given
	given bool
}

// NumberOf makes a Number of points.
func NumberOf(p points.Points) Number { return Number{numOf(p), true} }

// Given tells whether the number was written.
func (n Number) Given() bool { return n.given }

// Rat is the value, 0 where it was not given.
func (n Number) Rat() *big.Rat { return n.n.Rat() }

// String is the shortest decimal, empty where the number was not given.
func (n Number) String() string {
	if !n.given {
		return ""
	}
	return exact(n.n)
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
	zero       rational.Num
	one        = rational.Int(1)
	hundred    = rational.Int(100)
	tooMany    = rational.Int(maxPoints)
	minusLarge = rational.Int(-maxPoints)
)

// ParseNumber reads a plain decimal: digits, a point, an optional leading
// minus. Thousands marks, decimal commas and exponents are refused, so that
// "1.250" can only be one and a quarter.
func ParseNumber(s string) (Number, bool) {
	n, ok := rational.Parse(s, maxDigits)
	return Number{n, ok}, ok
}

// numOf is points as a number.
func numOf(p points.Points) rational.Num { return rational.Frac(int64(p), int64(points.One)) }

// rounded is a value to scale decimals (0 to 4), half away from zero. A value
// that 64 bits cannot hold panics, as points.Round does: inputs are bounded
// first, and a silent wrong score is worse than a stop.
func rounded(v rational.Num, scale int) points.Points {
	n, ok := v.Scaled(scale)
	if !ok {
		panic("scoring: a value beyond 64 bits: " + v.Fixed(0))
	}
	for ; scale < 4; scale++ {
		n *= 10
	}
	return points.Points(n)
}

// exact writes a value as the shortest decimal, or as a fraction where no
// decimal is exact.
func exact(v rational.Num) string {
	if s, ok := v.Decimal(2 * maxDigits); ok {
		return s
	}
	return v.String()
}

// operand is exact, in brackets where a minus or a fraction would be misread
// beside an operator.
func operand(r rational.Num) string {
	s := exact(r)
	if r.Sign() < 0 || strings.Contains(s, "/") {
		return "(" + s + ")"
	}
	return s
}

// told is a value as an argument of a sentence: exact where a decimal is, else
// with four decimals.
func told(r rational.Num) decimal.Decimal {
	s := exact(r)
	if strings.Contains(s, "/") {
		s = r.Fixed(4)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		panic("scoring: " + err.Error())
	}
	return d
}
