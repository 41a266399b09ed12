// Package ranking puts units in order of their points.
//
// Places follow standard competition ranking (1, 2, 2, 4). Units with equal
// totals go through the cluster's own chain of secondary criteria, then a
// ballot or a minuted decision, each of which a person has entered; what is
// still equal stays equal. Nothing is broken by id, name or order of input.
// The options seen in real rules: domain.md §3.7.
//
// The package is pure: same entries, same places.
package ranking

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// Entry is what a unit brings to the ranking. Units that are not considered
// (knocked out, held) are left out by the caller.
type Entry struct {
	Unit     string        // id, never compared
	Total    points.Points // the total that counts towards the rank
	Chain    []Link        // secondary criteria in order of weight, same order for every unit
	Decision *Decision     // what people decided among equals, if they did
}

// Link is one secondary criterion with the unit's value.
type Link struct {
	Criterion string // its id
	Name      string // as the reasons shall call it; the id where empty
	Value     decimal.Decimal
	Lower     bool // the lower value goes ahead
}

// Basis is how people decided a tie.
type Basis string

const (
	Ballot  Basis = "ballot"  // bỏ phiếu
	Minuted Basis = "minuted" // quyết định ghi biên bản
)

// Decision is a tie settled by people. It counts only when every unit of the
// tie has one; equal orders leave these units tied.
type Decision struct {
	Basis Basis
	Order int    // 1 goes ahead of 2
	Text  string // where it is written: "Biên bản kiểm phiếu ngày 15/12/2026: 9/12 phiếu"
}

// Place is the answer for one entry.
type Place struct {
	Unit  string
	Rank  int      // 1 is the best
	Tied  bool     // another unit holds the same rank
	With  []string // ids of the units with the same rank, in order of input
	By    By       // what decided
	Link  int      // the index in the chain when By is ByChain
	Total points.Points
	Why   locale.Text
}

// By names the step that set a unit apart from its neighbours.
type By string

const (
	ByTotal    By = "total"
	ByChain    By = "chain"
	ByDecision By = "decision"
	ByNothing  By = "nothing" // still tied
)

// Rank answers with one place for each entry, in the order of the entries.
func Rank(entries []Entry) []Place {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	// Stable or not does not matter: equal entries get equal places.
	slices.SortFunc(order, func(a, b int) int { return compare(entries[a], entries[b]) })
	places := make([]Place, len(entries))
	rank := 0
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && compare(entries[order[start]], entries[order[end]]) == 0 {
			end++
		}
		group := order[start:end]
		slices.Sort(group)
		settled := len(group) > 1 && decided(entries, group)
		if settled {
			slices.SortStableFunc(group, func(a, b int) int { return entries[a].Decision.Order - entries[b].Decision.Order })
		}
		for i, e := range group {
			switch {
			case i == 0, settled && entries[e].Decision.Order != entries[group[i-1]].Decision.Order:
				rank = start + i + 1
			}
			places[e] = Place{Unit: entries[e].Unit, Rank: rank, Total: entries[e].Total}
		}
		for _, e := range group {
			for _, o := range group {
				if o != e && places[o].Rank == places[e].Rank {
					places[e].With = append(places[e].With, entries[o].Unit)
				}
			}
			places[e].Tied = len(places[e].With) > 0
		}
		start = end
	}
	for _, e := range order {
		explain(entries, order, places, e)
	}
	return places
}

// decided tells whether people settled the tie: every unit has a decision.
func decided(entries []Entry, group []int) bool {
	return !slices.ContainsFunc(group, func(e int) bool { return entries[e].Decision == nil })
}

// compare puts the better entry first, by total and chain only.
func compare(a, b Entry) int {
	if a.Total != b.Total {
		if a.Total > b.Total {
			return -1
		}
		return 1
	}
	for i := range max(len(a.Chain), len(b.Chain)) {
		if c := compareLink(a, b, i); c != 0 {
			return c
		}
	}
	return 0
}

// compareLink compares one link; a link that an entry lacks counts as zero.
func compareLink(a, b Entry, i int) int {
	la, lb := link(a, i), link(b, i)
	if la.Lower || lb.Lower {
		return la.Value.Cmp(lb.Value)
	}
	return lb.Value.Cmp(la.Value)
}

func link(e Entry, i int) Link {
	if i < len(e.Chain) {
		return e.Chain[i]
	}
	return Link{}
}

// explain says which step set the unit apart from its neighbours: the latest
// one that was needed against any unit with the same total.
func explain(entries []Entry, order []int, places []Place, e int) {
	p := &places[e]
	self := entries[e]
	equal, deepest := 0, -1
	for _, o := range order {
		if o == e || entries[o].Total != self.Total {
			continue
		}
		equal++
		for i := range max(len(self.Chain), len(entries[o].Chain)) {
			if compareLink(self, entries[o], i) != 0 {
				deepest = max(deepest, i)
				break
			}
		}
	}
	peers := 0 // equal through the whole chain
	complete := self.Decision != nil
	for _, o := range order {
		if o != e && compare(self, entries[o]) == 0 {
			peers++
			complete = complete && entries[o].Decision != nil
		}
	}
	switch {
	case equal == 0:
		p.By, p.Why = ByTotal, locale.Msg("Xếp theo tổng điểm: {.total}.", "total", p.Total)
	case peers == 0:
		p.By, p.Link = ByChain, deepest
		l := link(self, deepest)
		p.Why = locale.Msg("Cùng tổng điểm {.total} với {.n} đơn vị khác; phân định bằng tiêu chí phụ thứ {.step} là “{.criterion}”: {.value}.",
			"total", p.Total, "n", equal, "step", deepest+1, "criterion", linkName(l), "value", l.Value)
	case complete && !p.Tied:
		p.By, p.Why = ByDecision, decisionText(p.Total, peers, self.Decision)
	case complete:
		p.By = ByNothing
		p.Why = locale.Msg("Bằng nhau ở tổng điểm {.total} và mọi tiêu chí phụ; quyết định đã có cũng xếp đồng hạng {.rank}: {.decision}",
			"total", p.Total, "rank", p.Rank, "decision", sentence(self.Decision.Text))
	case self.Decision != nil:
		p.By = ByNothing
		p.Why = locale.Msg("Đồng hạng {.rank}: bằng nhau ở tổng điểm {.total} và mọi tiêu chí phụ. Mới có quyết định cho một số đơn vị trong nhóm; hãy ghi đủ cho mọi đơn vị đồng hạng.",
			"total", p.Total, "rank", p.Rank)
	case len(self.Chain) == 0:
		p.By = ByNothing
		p.Why = locale.Msg("Đồng hạng {.rank}: cùng tổng điểm {.total} với {.n} đơn vị khác và bảng điểm không có tiêu chí phụ.",
			"total", p.Total, "rank", p.Rank, "n", peers)
	default:
		p.By = ByNothing
		p.Why = locale.Msg("Đồng hạng {.rank}: cùng tổng điểm {.total} với {.n} đơn vị khác và bằng nhau ở mọi tiêu chí phụ.",
			"total", p.Total, "rank", p.Rank, "n", peers)
	}
}

func decisionText(total points.Points, n int, d *Decision) locale.Text {
	if d.Basis == Ballot {
		return locale.Msg("Bằng {.n} đơn vị khác ở tổng điểm {.total} và mọi tiêu chí phụ; phân định bằng bỏ phiếu: {.decision}", "total", total, "n", n, "decision", sentence(d.Text))
	}
	return locale.Msg("Bằng {.n} đơn vị khác ở tổng điểm {.total} và mọi tiêu chí phụ; phân định bằng quyết định ghi biên bản: {.decision}", "total", total, "n", n, "decision", sentence(d.Text))
}

// sentence ends a text that people typed with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

func linkName(l Link) string {
	if l.Name != "" {
		return l.Name
	}
	return l.Criterion
}
