package indicator

import (
	"math/big"
	"slices"
)

// Crowd is what several units have of one indicator, or demand of themselves,
// each of whom is compared with all the others: robustly, by median and median
// deviation, so that one wrong figure does not hide another. It is not safe for
// concurrent use.
type Crowd struct {
	sorted     []*big.Rat
	deviations map[[2]int][]*big.Rat // sorted, from the median between two places
}

// NewCrowd gathers values; the order says nothing.
func NewCrowd(values ...*big.Rat) *Crowd {
	c := &Crowd{sorted: slices.Clone(values), deviations: map[[2]int][]*big.Rat{}}
	slices.SortFunc(c.sorted, (*big.Rat).Cmp)
	return c
}

// Others is how many there are beside one of the crowd.
func (c *Crowd) Others() int {
	if c == nil {
		return 0
	}
	return max(len(c.sorted)-1, 0)
}

// Middle is the median of the others beside x, which is one of the crowd; nil
// where there are none.
func (c *Crowd) Middle(x *big.Rat) *big.Rat {
	if c.Others() == 0 {
		return nil
	}
	return between(c.sorted, without(len(c.sorted), place(c.sorted, x)))
}

// Far tells whether x, one of the crowd, is far from the others: further from
// their median than six median deviations, and than the given part of the
// median, or than the limit where that is nearer; nil for no limit.
func (c *Crowd) Far(x, part, limit *big.Rat) (middle *big.Rat, far bool) {
	at := without(len(c.sorted), place(c.sorted, x))
	middle = between(c.sorted, at)
	off, floor := distance(x, middle), new(big.Rat).Mul(middle, part)
	if floor.Abs(floor); limit != nil && floor.Cmp(limit) > 0 {
		floor = limit
	}
	if off.Cmp(floor) <= 0 { // nearly all
		return middle, false
	}
	// Leaving one out moves the median to one of three places at most, so the
	// deviations are sorted three times and not for every one of the crowd.
	deviations := c.deviations[at]
	if deviations == nil {
		for _, v := range c.sorted {
			deviations = append(deviations, distance(v, middle))
		}
		slices.SortFunc(deviations, (*big.Rat).Cmp)
		c.deviations[at] = deviations
	}
	spread := between(deviations, without(len(deviations), place(deviations, off)))
	return middle, off.Cmp(new(big.Rat).Mul(farSpreads, spread)) > 0
}

func distance(a, b *big.Rat) *big.Rat {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d)
}

// place is where x stands in the sorted values.
func place(sorted []*big.Rat, x *big.Rat) int {
	i, _ := slices.BinarySearchFunc(sorted, x, (*big.Rat).Cmp)
	return i
}

// without are the places of the one or two middle values among n, one of which
// is left out.
func without(n, left int) [2]int {
	skip := func(i int) int {
		if i >= left {
			return i + 1
		}
		return i
	}
	return [2]int{skip((n - 2) / 2), skip((n - 1) / 2)}
}

// between is the mean of the values at two places, often the same.
func between(sorted []*big.Rat, at [2]int) *big.Rat {
	if at[0] == at[1] {
		return sorted[at[0]]
	}
	sum := new(big.Rat).Add(sorted[at[0]], sorted[at[1]])
	return sum.Mul(sum, big.NewRat(1, 2))
}

// Median is the middle of the values, or the mean of the two in the middle; nil
// of none.
func Median(values []*big.Rat) *big.Rat {
	n := len(values)
	if n == 0 {
		return nil
	}
	sorted := slices.Clone(values)
	slices.SortFunc(sorted, (*big.Rat).Cmp)
	return between(sorted, [2]int{(n - 1) / 2, n / 2})
}
