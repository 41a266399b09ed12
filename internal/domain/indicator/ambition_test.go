package indicator

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/target"
)

func TestWeigh(t *testing.T) {
	more := level(target.Equal, "100", "100", target.Higher)
	less := level(target.AtMost, "5", "5", target.Lower)
	share := level(target.Equal, "100", "100", target.Higher)
	share.BaseUnit, share.Unit = "%", "%"
	rate := level(target.Equal, "45", "45", target.Higher)
	rate.BaseUnit, rate.Unit = "%", "%"
	grow := moved(target.Increase, target.Range, "6.5", "7")
	fall := moved(target.Decrease, target.Equal, "0.5", "0.5")
	before := func(g Goal, low string) *Goal {
		g.BaseLow, g.BaseHigh = low, low
		return &g
	}
	rat := func(s string) *big.Rat { r, _ := new(big.Rat).SetString(s); return r }
	for _, c := range []struct {
		what string
		goal Goal
		on   Ground
		want string
	}{
		{"nothing known", more, Ground{}, "[]"},
		{"above last year", more, Ground{Last: rat("99.9")}, "[]"},
		{"no better than last year", more, Ground{Last: rat("100")}, "[not_above_result]"},
		{"less than last year's target too", more, Ground{Last: rat("100"), LastGoal: before(more, "101")}, "[not_above_result below_last_goal]"},
		{"a limit that was kept", less, Ground{Last: rat("5")}, "[not_above_result]"},
		{"a limit that was broken", less, Ground{Last: rat("6")}, "[]"},
		{"none cannot be bettered", Goal{Relation: target.None}, Ground{Last: rat("0")}, "[]"},
		{"the whole cannot be bettered", share, Ground{Last: rat("100")}, "[]"},
		{"a growth below last year's", grow, Ground{Last: rat("7.1")}, "[not_above_result]"},
		{"a growth above last year's", grow, Ground{Last: rat("-9")}, "[]"},
		{"a decrease is weighed by how much", fall, Ground{Last: rat("-0.6")}, "[not_above_result]"},
		{"a decrease of more", fall, Ground{Last: rat("-0.4")}, "[]"},
		{"far under the peers", rate, Ground{Crowd: NewCrowd(rats(90, 91, 92, 93)...)}, "[under_peers]"},
		{"far above the peers is no mark", rate, Ground{Crowd: NewCrowd(rats(10, 11, 12, 13)...)}, "[]"},
		{"amounts by their rise", more, Ground{Last: rat("200"), Crowd: NewCrowd(rats(110, 111, 112, 113)...)}, "[not_above_result under_peers]"},
	} {
		got := []Unambitious{}
		if c.on.Crowd != nil {
			c.on.Crowd = NewCrowd(append(c.on.Crowd.sorted, c.goal.Demand(c.on.Last))...)
		}
		for _, m := range c.goal.Weigh(c.on) {
			got = append(got, m.Code)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
}

// TestMoreIsNeverMarkedMore: asking for more never earns a mark that less did not.
func TestMoreIsNeverMarkedMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		direction := rapid.SampledFrom([]target.Direction{target.Higher, target.Lower}).Draw(t, "direction")
		a, b := rapid.Int64Range(0, 300).Draw(t, "a"), rapid.Int64Range(0, 300).Draw(t, "b")
		if (a < b) == (direction == target.Lower) {
			a, b = b, a
		} // now b asks for at least as much
		goal := func(v int64) Goal {
			g := level(target.Equal, fmt.Sprint(v), fmt.Sprint(v), direction)
			g.BaseUnit, g.Unit = "%", "%"
			return g
		}
		on := Ground{Last: big.NewRat(rapid.Int64Range(0, 300).Draw(t, "last"), 1)}
		peers := rats(rapid.SliceOfN(rapid.Int64Range(0, 300), 4, 8).Draw(t, "peers")...)
		was := goal(rapid.Int64Range(0, 300).Draw(t, "goal"))
		on.LastGoal = &was
		weigh := func(v int64) []Mark {
			on.Crowd = NewCrowd(append(peers, goal(v).Demand(on.Last))...)
			return goal(v).Weigh(on)
		}
		marks := map[Unambitious]bool{}
		for _, m := range weigh(a) {
			marks[m.Code] = true
		}
		for _, m := range weigh(b) {
			if !marks[m.Code] {
				t.Fatalf("%d is marked %s and %d is not (%s)", b, m.Code, a, direction)
			}
		}
	})
}
