package indicator

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/vntext"
)

// Moved tells where the lines of a text stand in its next form, so that what
// people corrected on a line that stays is not read anew.
type Moved struct {
	to    map[int]int
	stays map[int]bool
}

// Follow pairs the lines of two texts that say the same; the first of equal
// lines with the first, the second with the second.
func Follow(before, after string) Moved {
	m := Moved{map[int]int{}, map[int]bool{}}
	places := map[string][]int{}
	for i, l := range strings.Split(after, "\n") {
		l = vntext.Line(l)
		places[l] = append(places[l], i+1)
	}
	for i, l := range strings.Split(before, "\n") {
		l = vntext.Line(l)
		if at := places[l]; l != "" && len(at) > 0 {
			m.to[i+1], m.stays[at[0]] = at[0], true
			places[l] = at[1:]
		}
	}
	return m
}

// To is where a line of the former text stands now; 0 when it is gone.
func (m Moved) To(line int) int { return m.to[line] }

// Stays tells whether a line of the new text was in the former one.
func (m Moved) Stays(line int) bool { return m.stays[line] }
