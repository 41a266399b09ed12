package ranking

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

func entry(unit, total string, chain ...string) Entry {
	e := Entry{Unit: unit, Total: points.Must(total)}
	for i, v := range chain {
		e.Chain = append(e.Chain, Link{Criterion: fmt.Sprintf("C%d", i+1), Value: decimal.RequireFromString(v)})
	}
	return e
}

func (e Entry) decided(order int) Entry {
	e.Decision = &Decision{Basis: Ballot, Order: order, Text: fmt.Sprintf("Biên bản số %d", order)}
	return e
}

func ranks(places []Place) string {
	var out []string
	for _, p := range places {
		mark := ""
		if p.Tied {
			mark = "="
		}
		out = append(out, fmt.Sprintf("%s%s%d/%s", p.Unit, mark, p.Rank, p.By))
	}
	return strings.Join(out, " ")
}

func TestRank(t *testing.T) {
	lower := func(e Entry) Entry {
		for i := range e.Chain {
			e.Chain[i].Lower = true
		}
		return e
	}
	for _, c := range []struct {
		name    string
		entries []Entry
		want    string
	}{
		{"none", nil, ""},
		{"one", []Entry{entry("a", "90")}, "a1/total"},
		{"competition ranking", []Entry{entry("a", "80"), entry("b", "95"), entry("c", "80"), entry("d", "70")},
			"a=2/nothing b1/total c=2/nothing d4/total"},
		{"three joint firsts", []Entry{entry("a", "99"), entry("b", "99"), entry("c", "99"), entry("d", "98.99")},
			"a=1/nothing b=1/nothing c=1/nothing d4/total"},
		{"the first link decides", []Entry{entry("a", "80", "3", "1"), entry("b", "80", "4", "0")}, "a2/chain b1/chain"},
		{"the second link decides", []Entry{entry("a", "80", "3", "1"), entry("b", "80", "3", "2"), entry("c", "80", "2", "9")},
			"a2/chain b1/chain c3/chain"},
		{"a tie below a chain", []Entry{entry("a", "80", "3"), entry("b", "80", "2"), entry("c", "80", "2"), entry("d", "79", "9")},
			"a1/chain b=2/nothing c=2/nothing d4/total"},
		{"lower goes ahead", []Entry{lower(entry("a", "80", "3")), lower(entry("b", "80", "2"))}, "a2/chain b1/chain"},
		{"a decision", []Entry{entry("a", "80", "3").decided(2), entry("b", "80", "3").decided(1)}, "a2/decision b1/decision"},
		{"a decision for some only", []Entry{entry("a", "80"), entry("b", "80").decided(1)}, "a=1/nothing b=1/nothing"},
		{"a decision that leaves two equal", []Entry{entry("a", "80").decided(2), entry("b", "80").decided(1), entry("c", "80").decided(2)},
			"a=2/nothing b1/decision c=2/nothing"},
		{"a decision never beats points", []Entry{entry("a", "80").decided(1), entry("b", "81").decided(2)}, "a2/total b1/total"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ranks(Rank(c.entries)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestWhy(t *testing.T) {
	chain := func(e Entry) Entry {
		e.Chain[0].Name = "Thu ngân sách"
		return e
	}
	places := Rank([]Entry{chain(entry("a", "1080.5", "3.25")), chain(entry("b", "1080.5", "3")), chain(entry("c", "1080.5", "3")), chain(entry("d", "12", "1"))})
	for i, want := range []string{
		"Cùng tổng điểm 1.080,5 với 2 đơn vị khác; phân định bằng tiêu chí phụ thứ 1 là “Thu ngân sách”: 3,25.",
		"Đồng hạng 2: cùng tổng điểm 1.080,5 với 1 đơn vị khác và bằng nhau ở mọi tiêu chí phụ.",
		"Đồng hạng 2: cùng tổng điểm 1.080,5 với 1 đơn vị khác và bằng nhau ở mọi tiêu chí phụ.",
		"Xếp theo tổng điểm: 12.",
	} {
		if got := locale.Vietnamese.Say(places[i].Why.Text, places[i].Why.Args); got != want {
			t.Errorf("why of %s:\n%s\nwant\n%s", places[i].Unit, got, want)
		}
	}
	if got := fmt.Sprint(places[1].With, places[2].With, places[0].With); got != "[c] [b] []" {
		t.Errorf("tied with %s", got)
	}
	settled := Rank([]Entry{entry("a", "80").decided(2), entry("b", "80").decided(1)})
	if got := locale.English.Say(settled[1].Why.Text, settled[1].Why.Args); !strings.Contains(got, "Biên bản số 1.") || !strings.Contains(got, "ballot") {
		t.Errorf("the decision is not told: %s", got)
	}
}

func draw(t *rapid.T) []Entry {
	n := rapid.IntRange(0, 9).Draw(t, "units")
	links := rapid.IntRange(0, 2).Draw(t, "links")
	var entries []Entry
	for i := range n {
		e := Entry{Unit: fmt.Sprint("u", i), Total: points.Points(rapid.Int64Range(0, 3).Draw(t, "total"))}
		for j := range links {
			e.Chain = append(e.Chain, Link{Criterion: fmt.Sprint(j), Value: decimal.New(rapid.Int64Range(0, 2).Draw(t, "value"), -1), Lower: j == 1})
		}
		if rapid.Bool().Draw(t, "decided") {
			e = e.decided(rapid.IntRange(1, 3).Draw(t, "order"))
		}
		entries = append(entries, e)
	}
	return entries
}

func TestProperties(t *testing.T) {
	t.Run("the order of input never matters", rapid.MakeCheck(func(t *rapid.T) {
		entries := draw(t)
		want := map[string]string{}
		for _, p := range Rank(entries) {
			want[p.Unit] = fmt.Sprint(p.Rank, p.Tied, p.By, p.Link, len(p.With), locale.Vietnamese.Say(p.Why.Text, p.Why.Args))
		}
		for _, p := range Rank(rapid.Permutation(entries).Draw(t, "shuffled")) {
			if got := fmt.Sprint(p.Rank, p.Tied, p.By, p.Link, len(p.With), locale.Vietnamese.Say(p.Why.Text, p.Why.Args)); got != want[p.Unit] {
				t.Fatalf("%s: %s, before %s", p.Unit, got, want[p.Unit])
			}
		}
	}))
	t.Run("ids never matter", rapid.MakeCheck(func(t *rapid.T) {
		entries := draw(t)
		first := Rank(entries)
		for i := range entries {
			entries[i].Unit = fmt.Sprint("z", len(entries)-i)
		}
		for i, p := range Rank(entries) {
			if p.Rank != first[i].Rank || p.Tied != first[i].Tied {
				t.Fatalf("entry %d: rank %d, before %d", i, p.Rank, first[i].Rank)
			}
		}
	}))
	t.Run("a rank is one more than the number of units ahead", rapid.MakeCheck(func(t *rapid.T) {
		entries := draw(t)
		places := Rank(entries)
		for i, p := range places {
			ahead, same := 0, 0
			for j, q := range places {
				if q.Rank < p.Rank {
					ahead++
				}
				if j != i && q.Rank == p.Rank {
					same++
				}
				if entries[j].Total > entries[i].Total && q.Rank >= p.Rank {
					t.Fatalf("%s has more points than %s but does not stand before it", q.Unit, p.Unit)
				}
			}
			if p.Rank != ahead+1 || p.Tied != (same > 0) || len(p.With) != same {
				t.Fatalf("%s: rank %d, %d ahead, %d equal, tied %v with %v", p.Unit, p.Rank, ahead, same, p.Tied, p.With)
			}
			if p.Why.Text == "" || (p.By == ByNothing) != p.Tied {
				t.Fatalf("%s: by %s, tied %v, why %q", p.Unit, p.By, p.Tied, p.Why.Text)
			}
		}
	}))
}

func BenchmarkRank(b *testing.B) {
	var entries []Entry
	for i := range 100 {
		entries = append(entries, entry(fmt.Sprint(i), fmt.Sprint(80+i%10), fmt.Sprint(i%3), fmt.Sprint(i%7)))
	}
	for b.Loop() {
		Rank(entries)
	}
}
