package ballot

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/rulebook"
)

// Verdict is what the count means for one nominee.
type Verdict struct {
	Nominee string
	Yes, No int
	Written int
	Votes   int // yes, with the written ones where the rule counts them
	Base    int // what the share is taken of
	Needed  int
	Passed  bool
	Chosen  bool // passed, and within the seats
	Tied    bool // passed, but level at the last seat with more nominees than seats are left
}

// Decide applies the threshold and the seats to figures that Check has let
// through. Of more passers than seats those with the most votes are chosen; a
// tie at the last seat is flagged and left to a further ballot or to people,
// never broken by order or name. The answer keeps the order of the lines.
func Decide(t rulebook.Threshold, r Room, f Figures) []Verdict {
	base := baseOf(t, r, f.Valid)
	needed := Needed(base, t)
	out := make([]Verdict, len(f.Lines))
	var passers []int // votes of those that passed
	for i, l := range f.Lines {
		v := Verdict{Nominee: l.Nominee, Yes: l.Yes, No: l.No, Written: l.Written, Votes: l.Yes, Base: base, Needed: needed}
		if t.Written {
			v.Votes += l.Written
		}
		v.Passed = v.Votes >= needed
		if v.Passed {
			passers = append(passers, v.Votes)
		}
		out[i] = v
	}
	slices.SortFunc(passers, func(a, b int) int { return b - a })
	cut, tie := 0, false // at least cut votes are chosen; exactly cut are tied
	if r.Seats > 0 && len(passers) > r.Seats {
		cut = passers[r.Seats-1]
		tie = passers[r.Seats] == cut
	}
	for i := range out {
		v := &out[i]
		switch {
		case !v.Passed:
		case tie && v.Votes == cut:
			v.Tied = true
		default:
			v.Chosen = v.Votes >= cut
		}
	}
	return out
}

// Left is how many seats the verdicts leave open; 0 where seats are not limited.
func Left(seats int, verdicts []Verdict) int {
	if seats == 0 {
		return 0
	}
	for _, v := range verdicts {
		if v.Chosen {
			seats--
		}
	}
	return max(seats, 0)
}
