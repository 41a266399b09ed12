package rational

import (
	"math/big"
	"math/bits"
)

// tens are the powers of ten that fit an int64.
var tens = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// Scaled is x·10^scale as a whole number, half away from zero; false where it
// does not fit. scale is from 0 to 18.
func (x Num) Scaled(scale int) (int64, bool) {
	if x.big == nil {
		hi, lo := bits.Mul64(abs(x.n), uint64(tens[scale]))
		d := uint64(x.den())
		if hi < d {
			q, r := bits.Div64(hi, lo, d)
			if r >= d-r {
				q++
			}
			if q <= 1<<63-1 {
				if x.n < 0 {
					return -int64(q), true
				}
				return int64(q), true
			}
		}
		return 0, false
	}
	i := x.scaled(scale)
	return i.Int64(), i.IsInt64()
}

// scaled is Scaled without end.
func (x Num) scaled(scale int) *big.Int {
	r := x.rat()
	n := new(big.Int).Abs(r.Num())
	n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	n.Mul(n, big.NewInt(2)).Add(n, r.Denom())
	n.Quo(n, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if r.Sign() < 0 {
		n.Neg(n)
	}
	return n
}

// Round is x with at most scale decimals, half away from zero. scale is from 0
// to 18.
func (x Num) Round(scale int) Num {
	if n, ok := x.Scaled(scale); ok && n != -1<<63 {
		return Num{n: n, d: tens[scale]}
	}
	return Of(new(big.Rat).SetFrac(x.scaled(scale), big.NewInt(tens[scale])))
}
