package scoring

import (
	"fmt"
	"math/big"
	"strings"
)

// verify reads a calculation as a person with a pocket calculator would, and
// tells where it does not come out as it says, or not at the points.
func verify(calc string, points *big.Rat) error {
	steps := strings.Split(calc, "; ")
	for i, step := range steps {
		sides := strings.Split(step, " → ")
		var last *big.Rat
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

// equation is "a = b ≈ c": equal sides are equal, an approximation is near.
func equation(s string) (*big.Rat, error) {
	about := strings.Split(s, " ≈ ")
	sides := strings.Split(about[0], " = ")
	first, err := evaluate(sides[0])
	if err != nil {
		return nil, err
	}
	for _, side := range sides[1:] {
		v, err := evaluate(side)
		if err != nil {
			return nil, err
		}
		if v.Cmp(first) != 0 {
			return nil, fmt.Errorf("%s is %s", s, exact(first))
		}
	}
	if len(about) == 1 {
		return first, nil
	}
	near, err := evaluate(about[1])
	if err != nil {
		return nil, err
	}
	if d := sub(first, near); d.Abs(d).Cmp(big.NewRat(1, 2)) > 0 || d.Sign() == 0 {
		return nil, fmt.Errorf("%s: %s is not about %s", s, exact(first), exact(near))
	}
	return near, nil
}

// evaluate is a calculator for + − × / with brackets and ⌊ ⌋.
func evaluate(s string) (*big.Rat, error) {
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

func (p *calculator) sum() *big.Rat {
	v := p.product()
	for {
		switch {
		case p.next('+'):
			v = add(v, p.product())
		case p.next('−'):
			v = sub(v, p.product())
		default:
			return v
		}
	}
}

func (p *calculator) product() *big.Rat {
	v := p.atom()
	for {
		switch {
		case p.next('×'):
			v = mul(v, p.atom())
		case p.next('/'):
			d := p.atom()
			if d.Sign() == 0 {
				p.err = fmt.Errorf("division by zero")
				return zero
			}
			v = quo(v, d)
		default:
			return v
		}
	}
}

func (p *calculator) atom() *big.Rat {
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
		return floor(v)
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
	return n.r
}
