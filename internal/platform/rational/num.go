// Package rational calculates with exact fractions, fast while they are small.
//
// Nearly every figure of a scoring sheet is a decimal of a few digits, and its
// products and quotients fit two machine words; big.Rat would allocate for each
// of them. A Num keeps such a value in two int64 and goes over to big.Rat when
// a result no longer fits. Results are the same either way: never a float,
// never rounded.
package rational

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// Num is an exact fraction; the zero value is 0. It is a value: no operation
// changes its operands. Compare with Cmp, never with ==.
type Num struct {
	// d > 0, or 0 in the zero value and where big is set. The fraction need not be
	// in lowest terms: most are written out after two or three operations, and
	// reducing would take longer than all of them. It is done when a product no
	// longer fits. n is never the smallest int64, so that it has a negative.
	n, d int64
	big  *big.Rat // set where n/d does not fit; never changed
}

// Int is a whole number.
func Int(n int64) Num {
	if n == math.MinInt64 {
		return Of(new(big.Rat).SetInt64(n))
	}
	return Num{n: n, d: 1}
}

// Frac is n/d. It panics when d is 0.
func Frac(n, d int64) Num {
	if d == 0 {
		panic("rational: division by zero")
	}
	if n == math.MinInt64 || d == math.MinInt64 {
		return Of(big.NewRat(n, d))
	}
	if d < 0 {
		n, d = -n, -d
	}
	return Num{n: n, d: d}
}

// Of takes a big.Rat, which must not change afterwards.
func Of(r *big.Rat) Num {
	if n, d := r.Num(), r.Denom(); n.IsInt64() && d.IsInt64() && n.Int64() != math.MinInt64 {
		return Num{n: n.Int64(), d: d.Int64()}
	}
	return Num{big: r}
}

// Rat is the value as a big.Rat of the caller's own.
func (x Num) Rat() *big.Rat {
	if x.big != nil {
		return new(big.Rat).Set(x.big)
	}
	return big.NewRat(x.n, x.den())
}

// rat is Rat for reading only.
func (x Num) rat() *big.Rat {
	if x.big != nil {
		return x.big
	}
	return big.NewRat(x.n, x.den())
}

func (x Num) den() int64 {
	if x.d == 0 {
		return 1
	}
	return x.d
}

// lowest is x in lowest terms.
func (x Num) lowest() Num {
	if x.big != nil || x.d <= 1 {
		return Num{n: x.n, d: x.den(), big: x.big}
	}
	if g := int64(gcd(abs(x.n), uint64(x.d))); g > 1 {
		return Num{n: x.n / g, d: x.d / g}
	}
	return x
}

func abs(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// gcd is the greatest common divisor, the other where one is 0. Halving and
// subtracting is several times quicker than dividing.
func gcd(a, b uint64) uint64 {
	if a == 0 || b == 0 {
		return a | b
	}
	twos := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a)
	for b != 0 {
		b >>= bits.TrailingZeros64(b)
		if a > b {
			a, b = b, a
		}
		b -= a
	}
	return a << twos
}

// times is a×b, false where it does not fit.
func times(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(abs(a), abs(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

// plus is a+b, false where it does not fit.
func plus(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0) && s != math.MinInt64
}

// Add is x+y.
func (x Num) Add(y Num) Num {
	if x.big == nil && y.big == nil {
		if s, ok := add(x, y); ok {
			return s
		}
		if s, ok := add(x.lowest(), y.lowest()); ok {
			return s
		}
	}
	return Of(new(big.Rat).Add(x.rat(), y.rat()))
}

// add adds in two words; false where the sum does not fit. Denominators are
// mostly powers of ten, so that one divides the other.
func add(x, y Num) (Num, bool) {
	xd, yd := x.den(), y.den()
	if xd == yd {
		n, ok := plus(x.n, y.n)
		return Num{n: n, d: xd}, ok
	}
	if xd > yd {
		x, y, xd, yd = y, x, yd, xd
	}
	mx, my := yd, xd // what the numerators are multiplied with
	switch {
	case xd == 1:
		my = 1
	case yd%xd == 0:
		mx, my = yd/xd, 1
	default:
		if g := int64(gcd(uint64(xd), uint64(yd))); g > 1 {
			mx, my = yd/g, xd/g
		}
	}
	a, ok1 := times(x.n, mx)
	b, ok2 := times(y.n, my)
	d, ok3 := times(yd, my)
	n, ok4 := plus(a, b)
	return Num{n: n, d: d}, ok1 && ok2 && ok3 && ok4
}

// Sub is x−y.
func (x Num) Sub(y Num) Num { return x.Add(y.Neg()) }

// Neg is −x.
func (x Num) Neg() Num {
	if x.big != nil {
		return Of(new(big.Rat).Neg(x.big))
	}
	return Num{n: -x.n, d: x.d}
}

// Abs is x without its sign.
func (x Num) Abs() Num {
	if x.Sign() < 0 {
		return x.Neg()
	}
	return x
}

// Mul is x·y.
func (x Num) Mul(y Num) Num {
	if x.big == nil && y.big == nil {
		n, ok1 := times(x.n, y.n)
		d, ok2 := times(x.den(), y.den())
		if ok1 && ok2 {
			return Num{n: n, d: d}
		}
		// Reduced crosswise the products are in lowest terms and as small as they
		// can be.
		x, y = x.lowest(), y.lowest()
		a, b := Num{n: x.n, d: y.d}.lowest(), Num{n: y.n, d: x.d}.lowest()
		n, ok1 = times(a.n, b.n)
		d, ok2 = times(a.d, b.d)
		if ok1 && ok2 {
			return Num{n: n, d: d}
		}
	}
	return Of(new(big.Rat).Mul(x.rat(), y.rat()))
}

// Quo is x/y. It panics when y is 0.
func (x Num) Quo(y Num) Num {
	if y.big == nil {
		if y.n == 0 {
			panic("rational: division by zero")
		}
		if y.n < 0 {
			return x.Mul(Num{n: -y.den(), d: -y.n})
		}
		return x.Mul(Num{n: y.den(), d: y.n})
	}
	return Of(new(big.Rat).Quo(x.rat(), y.big))
}

// Cmp is −1, 0 or 1 as x is less than, equal to or greater than y.
func (x Num) Cmp(y Num) int {
	if x.big != nil || y.big != nil {
		return x.rat().Cmp(y.rat())
	}
	if x.den() == y.den() {
		return cmp.Compare(x.n, y.n)
	}
	if xs, ys := x.Sign(), y.Sign(); xs != ys {
		if xs < ys {
			return -1
		}
		return 1
	} else if xs < 0 {
		return y.Neg().Cmp(x.Neg())
	}
	xhi, xlo := bits.Mul64(uint64(x.n), uint64(y.den()))
	yhi, ylo := bits.Mul64(uint64(y.n), uint64(x.den()))
	switch {
	case xhi < yhi, xhi == yhi && xlo < ylo:
		return -1
	case xhi == yhi && xlo == ylo:
		return 0
	}
	return 1
}

// Within tells whether x lies from −limit to limit.
func (x Num) Within(limit int64) bool {
	if x.big == nil && abs(x.n) <= uint64(limit) {
		return true // whatever it is divided by
	}
	return x.Abs().Cmp(Int(limit)) <= 0
}

// Sign is −1, 0 or 1.
func (x Num) Sign() int {
	switch {
	case x.big != nil:
		return x.big.Sign()
	case x.n > 0:
		return 1
	case x.n < 0:
		return -1
	}
	return 0
}

// IsInt tells whether x is a whole number.
func (x Num) IsInt() bool {
	if x.big != nil {
		return x.big.IsInt()
	}
	return x.n%x.den() == 0
}

// Floor is the greatest whole number not above x.
func (x Num) Floor() Num {
	if x.big != nil {
		// Euclidean: rounds down for a positive divisor.
		return Of(new(big.Rat).SetInt(new(big.Int).Div(x.big.Num(), x.big.Denom())))
	}
	q := x.n / x.den()
	if x.n%x.den() < 0 {
		q--
	}
	return Num{n: q, d: 1}
}

// Bits is the size of x: the bits of its numerator and its denominator, or 126
// for everything that fits two words.
func (x Num) Bits() int {
	if x.big == nil {
		return 126
	}
	return x.big.Num().BitLen() + x.big.Denom().BitLen()
}
