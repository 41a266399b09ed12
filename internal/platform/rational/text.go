package rational

import (
	"math/big"
	"strconv"
	"strings"
)

// Parse reads a plain decimal of at most digits digits: a whole part, an
// optional fraction after a point, an optional leading minus. Thousands marks,
// decimal commas and exponents are refused.
func Parse(s string, digits int) (Num, bool) {
	i, sign := 0, int64(1)
	if s != "" && s[0] == '-' {
		i, sign = 1, -1
	}
	start, point := i, -1
	var n int64
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' && point < 0 && i > start:
			point = i
		case c >= '0' && c <= '9':
			if i-start < 18 { // a longer one is read again below
				n = n*10 + int64(c-'0')
			}
		default:
			return Num{}, false
		}
	}
	length := len(s) - start
	if point >= 0 {
		length--
	}
	if length == 0 || length > digits || point == len(s)-1 {
		return Num{}, false
	}
	if len(s)-start > 18 {
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			return Num{}, false
		}
		return Of(r), true
	}
	if point < 0 {
		return Num{n: sign * n, d: 1}, true
	}
	// Without the zeros at its end, a decimal is always the same pair.
	places := len(s) - 1 - point
	for places > 0 && n%10 == 0 {
		n /= 10
		places--
	}
	return Num{n: sign * n, d: tens[places]}, true
}

// Decimal is the shortest decimal, false where none of at most places decimals
// is exact.
func (x Num) Decimal(places int) (string, bool) {
	if x.big != nil {
		n, finite := x.big.FloatPrec()
		if !finite || n > places {
			return "", false
		}
		return x.big.FloatString(n), true
	}
	x = x.lowest()
	d := x.d
	if d == 1 {
		return strconv.FormatInt(x.n, 10), true
	}
	// As many decimals as the greater of the powers of 2 and 5 in it.
	twos, fives := 0, 0
	for ; d%2 == 0; d /= 2 {
		twos++
	}
	for ; d%5 == 0; d /= 5 {
		fives++
	}
	n := max(twos, fives)
	if d != 1 || n > places {
		return "", false
	}
	if n <= 18 {
		if whole, ok := x.Scaled(n); ok {
			text := strconv.FormatUint(abs(whole), 10)
			if len(text) <= n {
				text = strings.Repeat("0", n+1-len(text)) + text
			}
			text = text[:len(text)-n] + "." + text[len(text)-n:]
			if whole < 0 {
				text = "-" + text
			}
			return text, true
		}
	}
	return x.rat().FloatString(n), true
}

// Fixed writes exactly places decimals, half away from zero.
func (x Num) Fixed(places int) string { return x.rat().FloatString(places) }

// String is the value as a fraction: "2/3", "5".
func (x Num) String() string {
	if x.IsInt() {
		return x.rat().Num().String()
	}
	return x.rat().RatString()
}
