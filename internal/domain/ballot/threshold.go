package ballot

import "github.com/thidua/thidua/internal/domain/rulebook"

// Needed is the least number of votes, of a base of n, that reaches the share
// num/den, or passes it when strict. Shares round up: 80 % of 21 is 16,8 and
// needs 17 (domain.md §4.4). Of nobody nothing is reached: the answer is at
// least 1.
func Needed(n int, t rulebook.Threshold) int {
	product := int64(n) * t.Num
	need := product / t.Den
	if t.Strict || product%t.Den != 0 {
		need++
	}
	return int(max(need, 1))
}

// baseOf is the number that a threshold's share is taken of.
func baseOf(t rulebook.Threshold, r Room, valid int) int {
	switch t.Base {
	case rulebook.OfPresent:
		return r.Present
	case rulebook.OfValid:
		return valid
	}
	return r.Entitled
}
