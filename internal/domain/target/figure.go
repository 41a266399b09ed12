package target

import (
	"math/big"
	"strings"
)

// maxDigits bounds a figure; a longer run of digits is a code, not a figure.
const maxDigits = 24

// figure is an exact decimal: digits without leading noughts, the last scale of
// them after the point.
type figure struct {
	digits string
	scale  int
}

// ParseFigure reads a written figure exactly: "93.262" is 93262, "69,5" is
// 69.5, "0.5" is 0.5, "1.234,5" and "1,234.5" are 1234.5. A single mark before
// three digits groups thousands when it is a dot ("1.500") and is the decimal
// mark when it is a comma ("1,527"), as Vietnamese writes them.
func ParseFigure(s string) (string, bool) {
	f, ok := parseFigure(s)
	if !ok {
		return "", false
	}
	return f.String(), true
}

func parseFigure(s string) (figure, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 3*maxDigits {
		return figure{}, false
	}
	var digits [maxDigits]byte
	n, dots, commas, spaces := 0, 0, 0, 0
	lastDot, lastComma := -1, -1
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if n == maxDigits {
				return figure{}, false
			}
			digits[n] = c
			n++
		case c == '.':
			dots++
			lastDot = i
		case c == ',':
			commas++
			lastComma = i
		case c == ' ' || c >= 0x80:
			spaces++
		default:
			return figure{}, false
		}
	}
	if n == 0 || s[0] < '0' || s[0] > '9' || s[len(s)-1] < '0' || s[len(s)-1] > '9' {
		return figure{}, false
	}
	mark := byte(0) // the decimal mark
	switch {
	case dots > 0 && commas > 0:
		if lastDot > lastComma && dots == 1 {
			mark = '.'
		} else if lastComma > lastDot && commas == 1 {
			mark = ','
		} else {
			return figure{}, false
		}
	case commas == 1:
		mark = ','
	case dots == 1:
		if whole := s[:lastDot]; len(s)-lastDot-1 != 3 || len(whole) > 3 || whole == "0" || spaces > 0 {
			mark = '.'
		}
	}
	whole, frac := s, ""
	if mark != 0 {
		at := strings.LastIndexByte(s, mark)
		whole, frac = s[:at], s[at+1:]
	}
	if !grouped(whole) || !digitsOnly(frac) {
		return figure{}, false
	}
	return figure{string(digits[:n]), len(frac)}.tidy(), true
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// grouped tells whether the whole part is plain digits or groups of three.
func grouped(s string) bool {
	run, groups := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			run++
			continue
		}
		if s[i] >= 0x80 && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] < 0xC0 {
			continue // inside a hard space
		}
		if groups == 0 && run > 3 || groups > 0 && run != 3 {
			return false
		}
		groups++
		run = 0
	}
	return groups == 0 || run == 3
}

func (f figure) tidy() figure {
	for f.scale > 0 && f.digits[len(f.digits)-1] == '0' {
		f.digits = f.digits[:len(f.digits)-1]
		f.scale--
	}
	for len(f.digits) > f.scale+1 && f.digits[0] == '0' {
		f.digits = f.digits[1:]
	}
	return f
}

func (f figure) String() string {
	if f.scale == 0 {
		return f.digits
	}
	d := f.digits
	if len(d) <= f.scale {
		d = strings.Repeat("0", f.scale+1-len(d)) + d
	}
	return d[:len(d)-f.scale] + "." + d[len(d)-f.scale:]
}

// less compares two figures of one unit.
func (f figure) less(g figure) bool {
	scale := max(f.scale, g.scale)
	a := strings.TrimLeft(f.digits+strings.Repeat("0", scale-f.scale), "0")
	b := strings.TrimLeft(g.digits+strings.Repeat("0", scale-g.scale), "0")
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

// shifted multiplies by a power of ten.
func (f figure) shifted(power int) figure {
	if power >= f.scale {
		f.digits += strings.Repeat("0", power-f.scale)
		f.scale = 0
	} else {
		f.scale -= power
	}
	if len(f.digits) <= f.scale {
		f.digits = strings.Repeat("0", f.scale+1-len(f.digits)) + f.digits
	}
	return f.tidy()
}

// decimalText writes a rational as an exact decimal, if it is one.
func decimalText(r *big.Rat) (string, bool) {
	if r.IsInt() {
		return r.Num().String(), true
	}
	prec, exact := r.FloatPrec()
	if !exact || prec > 2*maxDigits {
		return "", false
	}
	return r.FloatString(prec), true
}
