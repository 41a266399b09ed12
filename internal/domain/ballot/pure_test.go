package ballot_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/rulebook"
)

func TestNeeded(t *testing.T) {
	for _, c := range []struct {
		n        int
		num, den int64
		strict   bool
		want     int
	}{
		{21, 4, 5, false, 17}, // 16,8
		{21, 2, 3, false, 14},
		{12, 1, 2, true, 7},
		{13, 1, 2, true, 7},
		{12, 1, 2, false, 6},
		{7, 2, 3, false, 5},
		{8, 1, 1, false, 8},
		{3, 2, 3, true, 3},
		{0, 1, 2, true, 1},
		{0, 2, 3, false, 1},
		{69, 4, 5, false, 56},
	} {
		got := ballot.Needed(c.n, rulebook.Threshold{Num: c.num, Den: c.den, Strict: c.strict})
		if got != c.want {
			t.Errorf("%d/%d of %d, strict %v: %d, want %d", c.num, c.den, c.n, c.strict, got, c.want)
		}
	}
}

func thresholds(t *rapid.T) rulebook.Threshold {
	den := rapid.Int64Range(1, 100).Draw(t, "den")
	num := rapid.Int64Range(1, den).Draw(t, "num")
	base := rapid.SampledFrom(rulebook.Bases).Draw(t, "base")
	return rulebook.Threshold{Num: num, Den: den, Strict: num < den && rapid.Bool().Draw(t, "strict"), Base: base, Written: base == rulebook.OfAll && rapid.Bool().Draw(t, "written")}
}

// TestNeededIsTheLeast: with it the share is reached, with one less it is not.
func TestNeededIsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := thresholds(t)
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		reached := func(votes int) bool {
			if th.Strict {
				return int64(votes)*th.Den > int64(n)*th.Num
			}
			return int64(votes)*th.Den >= int64(n)*th.Num
		}
		need := ballot.Needed(n, th)
		if !reached(need) || reached(need-1) || need > n {
			t.Fatalf("of %d needs %d under %+v", n, need, th)
		}
	})
}

func rooms(t *rapid.T, th rulebook.Threshold) (ballot.Room, ballot.Figures) {
	r := ballot.Room{Way: ballot.OnPaper, Written: th.Written}
	r.Entitled = rapid.IntRange(1, 40).Draw(t, "entitled")
	r.Present = rapid.IntRange(1, r.Entitled).Draw(t, "present")
	r.Seats = rapid.IntRange(0, 4).Draw(t, "seats")
	f := ballot.Figures{}
	f.Issued = rapid.IntRange(1, r.Present).Draw(t, "issued")
	f.Returned = rapid.IntRange(0, f.Issued).Draw(t, "returned")
	f.Valid = rapid.IntRange(0, f.Returned).Draw(t, "valid")
	f.Invalid = f.Returned - f.Valid
	for i := range rapid.IntRange(1, 8).Draw(t, "nominees") {
		l := ballot.Line{Nominee: strconv.Itoa(i), Yes: rapid.IntRange(0, f.Valid).Draw(t, "yes")}
		l.No = rapid.IntRange(0, f.Valid-l.Yes).Draw(t, "no")
		if r.Written {
			l.Written = rapid.IntRange(0, r.Entitled-r.Present).Draw(t, "written")
		}
		r.Nominees = append(r.Nominees, l.Nominee)
		f.Lines = append(f.Lines, l)
	}
	return r, f
}

func TestDecideProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := thresholds(t)
		r, f := rooms(t, th)
		if wrong := ballot.Check(f, r); len(wrong) > 0 {
			t.Fatalf("figures that can be true are refused: %v", wrong[0])
		}
		verdicts := ballot.Decide(th, r, f)
		chosen, tied, passed := 0, 0, 0
		for i, v := range verdicts {
			if v.Nominee != f.Lines[i].Nominee {
				t.Fatal("the order of the lines is lost")
			}
			if v.Passed != (v.Votes >= v.Needed) || (v.Chosen || v.Tied) && !v.Passed || v.Chosen && v.Tied {
				t.Fatalf("%+v", v)
			}
			if v.Passed {
				passed++
			}
			if v.Chosen {
				chosen++
			}
			if v.Tied {
				tied++
			}
		}
		switch {
		case r.Seats == 0 && chosen != passed:
			t.Fatal("without seats every passer is chosen")
		case r.Seats > 0 && chosen > r.Seats:
			t.Fatal("more chosen than seats")
		case r.Seats > 0 && tied == 0 && chosen != min(passed, r.Seats):
			t.Fatal("a seat stays empty without a tie")
		case tied == 1, tied > 0 && chosen+tied <= r.Seats:
			t.Fatal("a tie that is none")
		}
		for _, a := range verdicts {
			for _, b := range verdicts {
				if a.Votes == b.Votes && (a.Chosen != b.Chosen || a.Tied != b.Tied) {
					t.Fatal("equal votes, unequal verdicts: a tie was broken by accident")
				}
				if a.Votes > b.Votes && b.Chosen && !a.Chosen {
					t.Fatal("fewer votes chosen before more")
				}
			}
		}
		// The order of the nominees does not matter.
		turned := f
		turned.Lines = slices.Clone(f.Lines)
		slices.Reverse(turned.Lines)
		back := ballot.Decide(th, r, turned)
		slices.Reverse(back)
		if !slices.Equal(back, verdicts) {
			t.Fatal("another order of nominees, another result")
		}
		if ballot.Left(r.Seats, verdicts) != max(r.Seats-chosen, 0) {
			t.Fatal("seats left")
		}
	})
}

// TestDecideBases: 21 entitled, 18 there, 17 valid; the base decides.
func TestDecideBases(t *testing.T) {
	f := ballot.Figures{Issued: 18, Returned: 18, Valid: 17, Invalid: 1, Lines: []ballot.Line{{Nominee: "a", Yes: 15, No: 2, Written: 2}}}
	for _, c := range []struct {
		base          rulebook.Base
		written       bool
		needed, votes int
		passed        bool
	}{
		{rulebook.OfAll, false, 17, 15, false},
		{rulebook.OfAll, true, 17, 17, true},
		{rulebook.OfPresent, false, 15, 15, true},
		{rulebook.OfValid, false, 14, 15, true},
	} {
		r := ballot.Room{Way: ballot.OnPaper, Entitled: 21, Present: 18, Written: c.written, Nominees: []string{"a"}}
		v := ballot.Decide(rulebook.Threshold{Num: 4, Den: 5, Base: c.base, Written: c.written}, r, f)[0]
		if v.Needed != c.needed || v.Votes != c.votes || v.Passed != c.passed {
			t.Errorf("%s: %+v", c.base, v)
		}
	}
}

func TestDecideSeats(t *testing.T) {
	th := rulebook.Threshold{Num: 1, Den: 2, Strict: true, Base: rulebook.OfAll}
	for _, c := range []struct {
		name   string
		seats  int
		yes    []int
		expect string // c chosen, t tied, p passed without a seat, - not passed
	}{
		{"one seat", 1, []int{8, 9, 3}, "pc-"},
		{"tie at the cut", 2, []int{10, 8, 8, 3}, "ctt-"},
		{"three level for two", 2, []int{8, 8, 8}, "ttt"},
		{"level above the cut", 2, []int{9, 9, 8}, "ccp"},
		{"fewer passers than seats", 3, []int{9, 2, 8}, "c-c"},
		{"no limit", 0, []int{9, 8, 8, 6}, "ccc-"},
		{"nobody", 1, []int{6, 6}, "--"},
	} {
		r := ballot.Room{Way: ballot.ByHands, Entitled: 12, Present: 12, Seats: c.seats}
		var lines []ballot.Line
		for i, y := range c.yes {
			lines = append(lines, ballot.Line{Nominee: strconv.Itoa(i), Yes: y})
		}
		got := ""
		for _, v := range ballot.Decide(th, r, ballot.Hands(r, lines)) {
			switch {
			case v.Chosen:
				got += "c"
			case v.Tied:
				got += "t"
			case v.Passed:
				got += "p"
			default:
				got += "-"
			}
		}
		if got != c.expect {
			t.Errorf("%s: %s, want %s", c.name, got, c.expect)
		}
	}
}

func TestCheckNamesTheWrongField(t *testing.T) {
	room := ballot.Room{Way: ballot.OnPaper, Entitled: 12, Present: 10, Seats: 1, Choosing: true, Written: true, Nominees: []string{"a", "b"}}
	good := ballot.Figures{Issued: 10, Returned: 9, Valid: 8, Invalid: 1, Lines: []ballot.Line{{Nominee: "a", Yes: 5, No: 3}, {Nominee: "b", Yes: 3, No: 5, Written: 2}}}
	for name, c := range map[string]struct {
		alter func(*ballot.Figures, *ballot.Room)
		want  []string
	}{
		"right": {func(*ballot.Figures, *ballot.Room) {}, nil},
		"nothing issued": {func(f *ballot.Figures, _ *ballot.Room) {
			*f = ballot.Figures{Lines: []ballot.Line{{Nominee: "a"}, {Nominee: "b"}}}
		}, []string{"issued"}},
		"more issued than present":  {func(f *ballot.Figures, _ *ballot.Room) { f.Issued = 11 }, []string{"issued"}},
		"more returned than issued": {func(f *ballot.Figures, _ *ballot.Room) { f.Issued = 8 }, []string{"returned"}},
		"valid and invalid":         {func(f *ballot.Figures, _ *ballot.Room) { f.Invalid = 2 }, []string{"valid"}},
		"yes and no above valid":    {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[0].No = 4 }, []string{"yes-a"}},
		"one seat, too many yes":    {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[1].Yes, f.Lines[1].No = 4, 4 }, []string{"lines"}},
		"approving takes as many":   {func(f *ballot.Figures, r *ballot.Room) { f.Lines[1].Yes, f.Lines[1].No, r.Choosing = 8, 0, false }, nil},
		"more written than absent":  {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[0].Written = 3 }, []string{"written-a", "lines"}},
		"written, one seat":         {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[0].Written = 1 }, []string{"lines"}},
		"written does not count":    {func(_ *ballot.Figures, r *ballot.Room) { r.Written = false }, []string{"written-b"}},
		"below nothing":             {func(f *ballot.Figures, _ *ballot.Room) { f.Valid, f.Lines[0].Yes = -1, -2 }, []string{"valid", "yes-a"}},
		"a nominee left out":        {func(f *ballot.Figures, _ *ballot.Room) { f.Lines = f.Lines[:1] }, []string{"lines"}},
		"a nominee twice":           {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[1].Nominee = "a" }, []string{"lines"}},
		"somebody else":             {func(f *ballot.Figures, _ *ballot.Room) { f.Lines[1].Nominee = "c" }, []string{"lines"}},
		"hands above those present": {func(f *ballot.Figures, r *ballot.Room) {
			r.Way = ballot.ByHands
			*f = ballot.Hands(*r, []ballot.Line{{Nominee: "a", Yes: 11}, {Nominee: "b"}})
		}, []string{"yes-a", "lines"}},
		"several wrong, all of them": {func(f *ballot.Figures, _ *ballot.Room) { f.Issued, f.Invalid = 11, 3; f.Lines[0].No = 9 }, []string{"issued", "valid", "yes-a"}},
	} {
		f, r := good, room
		f.Lines = slices.Clone(good.Lines)
		c.alter(&f, &r)
		var got []string
		for _, e := range ballot.Check(f, r) {
			got = append(got, e.Field)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: faults at %v, want %v", name, got, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	a := ballot.Figures{Issued: 10, Returned: 10, Valid: 9, Invalid: 1, Lines: []ballot.Line{{"a", 5, 4, 0}, {"b", 4, 5, 1}}}
	same := a
	same.Lines = []ballot.Line{{"b", 4, 5, 1}, {"a", 5, 4, 0}}
	if d := ballot.Compare(a, same); len(d) != 0 {
		t.Errorf("another order is no difference: %v", d)
	}
	b := ballot.Figures{Issued: 10, Returned: 9, Valid: 8, Invalid: 1, Lines: []ballot.Line{{"a", 5, 4, 0}, {"b", 4, 4, 0}}}
	want := []ballot.Difference{{ballot.FieldReturned, ""}, {ballot.FieldValid, ""}, {ballot.FieldNo, "b"}, {ballot.FieldWritten, "b"}}
	if d := ballot.Compare(a, b); !slices.Equal(d, want) {
		t.Errorf("%v, want %v", d, want)
	}
}

// TestCompareFindsEveryChange: two counts agree only if every figure is equal.
func TestCompareFindsEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, f := rooms(t, thresholds(t))
		g := f
		g.Lines = slices.Clone(f.Lines)
		at := rapid.IntRange(0, len(f.Lines)-1).Draw(t, "line")
		by := rapid.IntRange(1, 5).Draw(t, "by")
		changed := []*int{&g.Issued, &g.Returned, &g.Valid, &g.Invalid, &g.Lines[at].Yes, &g.Lines[at].No, &g.Lines[at].Written}
		*rapid.SampledFrom(changed).Draw(t, "figure") += by
		if d := ballot.Compare(f, g); len(d) != 1 {
			t.Fatalf("%v", d)
		}
	})
}
