package scoring

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/thidua/thidua/internal/platform/rational"
)

// verify reads a calculation as a person with a pocket calculator would, and
// tells where it does not come out as it says, or not at the points.
func verify(calc string, points rational.Num) error {
	steps := strings.Split(calc, "; ")
	for i, step := range steps {
		if condition(step) {
			continue
		}
		sides := strings.Split(step, " → ")
		var last rational.Num
		for _, side := range sides {
			var err error
			if last, err = equation(side); err != nil {
				return fmt.Errorf("%q: %w", calc, err)
			}
		}
		if i == len(steps)-1 && last.Cmp(points) != 0 {
			return fmt.Errorf("%q ends at %s, the points are %s", calc, exact(last), exact(points))
		}
	}
	return nil
}

// condition tells whether a step is a condition with its outcome; a comparison
// of numbers must hold or not as it says.
func condition(step string) bool {
	says, cut := strings.CutSuffix(step, " ✓")
	if !cut {
		if says, cut = strings.CutSuffix(step, " ✗"); !cut {
			return false
		}
	}
	holds := strings.HasSuffix(step, "✓")
	for sign, want := range map[string]func(int) bool{
		" = ": func(c int) bool { return c == 0 }, " ≠ ": func(c int) bool { return c != 0 }, " < ": func(c int) bool { return c < 0 },
		" ≤ ": func(c int) bool { return c <= 0 }, " > ": func(c int) bool { return c > 0 }, " ≥ ": func(c int) bool { return c >= 0 },
	} {
		a, b, ok := strings.Cut(says, sign)
		x, err1 := evaluate(a)
		y, err2 := evaluate(b)
		if ok && err1 == nil && err2 == nil && want(x.Cmp(y)) != holds {
			return false
		}
	}
	return true
}

// equation is "a = b ≈ c": equal sides are equal, an approximation is near.
func equation(s string) (rational.Num, error) {
	about := strings.Split(s, " ≈ ")
	sides := strings.Split(about[0], " = ")
	first, err := evaluate(sides[0])
	if err != nil {
		return zero, err
	}
	for _, side := range sides[1:] {
		v, err := evaluate(side)
		if err != nil {
			return zero, err
		}
		if v.Cmp(first) != 0 {
			return zero, fmt.Errorf("%s is %s", s, exact(first))
		}
	}
	if len(about) == 1 {
		return first, nil
	}
	near, err := evaluate(about[1])
	if err != nil {
		return zero, err
	}
	if d := first.Sub(near).Abs(); d.Cmp(half) > 0 || d.Sign() == 0 {
		return zero, fmt.Errorf("%s: %s is not about %s", s, exact(first), exact(near))
	}
	return near, nil
}

// evaluate is a calculator for + − × / with brackets, ⌊ ⌋ and the functions of
// formulas.
func evaluate(s string) (rational.Num, error) {
	p := &calculator{rest: []rune(strings.ReplaceAll(s, " ", ""))}
	v := p.sum()
	if p.err == nil && len(p.rest) > 0 {
		p.err = fmt.Errorf("cannot read %q in %q", string(p.rest), s)
	}
	return v, p.err
}

type calculator struct {
	rest []rune
	err  error
}

func (p *calculator) next(r rune) bool {
	if len(p.rest) > 0 && p.rest[0] == r {
		p.rest = p.rest[1:]
		return true
	}
	return false
}

func (p *calculator) sum() rational.Num {
	v := p.product()
	for {
		switch {
		case p.next('+'):
			v = v.Add(p.product())
		case p.next('−'):
			v = v.Sub(p.product())
		default:
			return v
		}
	}
}

func (p *calculator) product() rational.Num {
	v := p.atom()
	for {
		switch {
		case p.next('×'):
			v = v.Mul(p.atom())
		case p.next('/'):
			d := p.atom()
			if d.Sign() == 0 {
				p.err = fmt.Errorf("division by zero")
				return zero
			}
			v = v.Quo(d)
		default:
			return v
		}
	}
}

func (p *calculator) atom() rational.Num {
	switch {
	case p.next('('):
		v := p.sum()
		if !p.next(')') {
			p.err = fmt.Errorf("a bracket is open")
		}
		return v
	case p.next('⌊'):
		v := p.sum()
		if !p.next('⌋') {
			p.err = fmt.Errorf("a bracket is open")
		}
		return v.Floor()
	}
	if len(p.rest) > 0 && unicode.IsLetter(p.rest[0]) {
		return p.function()
	}
	i := 0
	for i < len(p.rest) && strings.ContainsRune("0123456789.", p.rest[i]) || i == 0 && len(p.rest) > 0 && p.rest[0] == '-' {
		i++
	}
	n, ok := ParseNumber(string(p.rest[:i]))
	if !ok {
		p.err = fmt.Errorf("no number at %q", string(p.rest))
		return zero
	}
	p.rest = p.rest[i:]
	return n.n
}

func (p *calculator) function() rational.Num {
	name := ""
	for len(p.rest) > 0 && (unicode.IsLetter(p.rest[0]) || p.rest[0] == '_') {
		name += string(p.rest[0])
		p.rest = p.rest[1:]
	}
	if !p.next('(') {
		p.err = fmt.Errorf("no bracket after %s", name)
		return zero
	}
	args := []rational.Num{p.sum()}
	for p.next(';') {
		args = append(args, p.sum())
	}
	if !p.next(')') {
		p.err = fmt.Errorf("a bracket is open")
	}
	v := args[0]
	for _, a := range args[1:] {
		switch {
		case name == "nhỏ_nhất" && a.Cmp(v) < 0, name == "lớn_nhất" && a.Cmp(v) > 0:
			v = a
		case name == "tổng":
			v = v.Add(a)
		case name == "làm_tròn":
			n, _ := a.Scaled(0)
			v = v.Round(int(n))
		}
	}
	if name == "trị_tuyệt_đối" {
		v = v.Abs()
	}
	if name == "làm_tròn" && len(args) == 1 {
		v = v.Round(0)
	}
	return v
}
