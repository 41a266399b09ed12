package org_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

func step(kind org.ChangeKind, n int, day clock.Day, from, to, keeps []string) org.Step {
	return org.Step{Change: org.Change{ID: fmt.Sprintf("c%03d", n), Kind: kind, Day: day}, From: from, To: to, Keeps: keeps}
}

// TestMergingTwiceIsMergingOnce: units that are merged one after another, in
// whatever order and groups, come to what they come to at once; in which order
// the changes are read says nothing.
func TestMergingTwiceIsMergingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "units")
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("u%d", i))
		}
		once := org.NewDescent(step(org.Merged, 1, "2025-07-01", all, []string{"x"}, nil))

		var steps []org.Step
		alive := slices.Clone(all)
		for k := 1; len(alive) > 1; k++ {
			alive = rapid.Permutation(alive).Draw(t, "order")
			m := rapid.IntRange(2, len(alive)).Draw(t, "merged")
			day := clock.Day("2025-01-01").Plus(k / 2) // some on one day
			var into string
			if rapid.Bool().Draw(t, "one goes on") {
				into = alive[0]
				steps = append(steps, step(org.Merged, k, day, slices.Clone(alive[1:m]), nil, []string{into}))
			} else {
				into = fmt.Sprintf("m%d", k)
				steps = append(steps, step(org.Merged, k, day, slices.Clone(alive[:m]), []string{into}, nil))
			}
			alive = append([]string{into}, alive[m:]...)
		}
		twice := org.NewDescent(rapid.Permutation(steps).Draw(t, "read")...)
		a, b := once.On("x", "2024-12-31"), twice.On(alive[0], "2024-12-31")
		if !slices.Equal(a.Units, b.Units) || a.Lost || b.Lost || len(b.Wholes) > 0 {
			t.Fatalf("once %v, one after another %v", a.Units, b.Units)
		}
		if after := twice.On(alive[0], "2025-12-31"); !slices.Equal(after.Units, alive) || len(after.Steps) > 0 {
			t.Fatalf("after all: %+v", after)
		}
		for _, u := range all {
			if !slices.Contains(twice.Ancestors(alive[0]), u) {
				t.Fatalf("%s is no ancestor", u)
			}
		}
	})
}

func TestWhatWasSplitIsNoPart(t *testing.T) {
	d := org.NewDescent(
		step(org.Divided, 1, "2024-03-01", []string{"z"}, []string{"p", "q"}, nil),
		step(org.Merged, 2, "2025-03-01", []string{"a", "q"}, []string{"x"}, nil),
		step(org.Divided, 3, "2025-04-01", []string{"y"}, []string{"r"}, []string{"y", "x"}),
	)
	for day, want := range map[clock.Day]org.Make{
		"2025-04-01": {Units: []string{"x"}},
		"2025-03-31": {Units: []string{"x"}, Wholes: []string{"y"}},
		"2025-02-28": {Units: []string{"a", "q"}, Wholes: []string{"y"}},
		"2024-02-29": {Units: []string{"a"}, Wholes: []string{"y", "z"}, Lost: true},
	} {
		if got := d.On("x", day); !slices.Equal(got.Units, want.Units) || !slices.Equal(got.Wholes, want.Wholes) || got.Lost != want.Lost {
			t.Errorf("on %s x was %+v, want %+v", day, got, want)
		}
	}
	if got := d.On("y", "2025-03-31"); !slices.Equal(got.Units, []string{"y"}) || got.Lost || len(got.Wholes) != 0 || len(got.Steps) != 1 {
		t.Errorf("y was %+v", got)
	}
}
