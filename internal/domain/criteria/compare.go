package criteria

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Difference is what changed between two texts of a sheet, in the order of the
// later one; what is gone stands where it was.
type Difference struct {
	Changes  []Change
	Settings []locale.Text // rounding and ties
	Same     int           // criteria without a change

	Added, Removed, Moved, Max, Rule, Other int
}

// None tells whether the two are the same.
func (d Difference) None() bool { return len(d.Changes) == 0 && len(d.Settings) == 0 }

// Change is a criterion that differs. One of the two is nil when it was added
// or removed.
type Change struct {
	Before, After *scoring.Criterion
	Moved         bool
	Max           bool
	Rule          bool
	Says          []locale.Text // each thing that changed
}

// Compare tells how one text of a sheet became another. Criteria are the same
// when they have the same id and name; then those with the same name elsewhere
// (renumbered), then those with the same id and many of the same words (renamed).
func Compare(before, after *scoring.Sheet, was, now Guide) Difference {
	c := comparison{
		pair: map[*scoring.Criterion]*scoring.Criterion{}, back: map[*scoring.Criterion]*scoring.Criterion{}, up: map[*scoring.Criterion]*scoring.Criterion{},
		name: map[*scoring.Criterion]string{}, place: map[*scoring.Criterion]int{},
	}
	c.before, c.after = c.nodes(before), c.nodes(after)
	for i, a := range c.before {
		c.place[a] = i
	}
	id := func(n *scoring.Criterion) string { return n.ID }
	name := func(n *scoring.Criterion) string { return c.name[n] }
	c.match(id, func(a, b *scoring.Criterion) bool { return c.name[a] == c.name[b] })
	c.match(name, func(a, b *scoring.Criterion) bool { return a.Name != "" && a.Leaf() == b.Leaf() })
	c.match(id, func(a, b *scoring.Criterion) bool {
		return a.Part == b.Part && a.Leaf() == b.Leaf() && alike(c.name[a], c.name[b])
	})

	var d Difference
	shuffled := c.shuffled()
	// What is gone is told behind the row that it stood behind.
	gone := func(from int) {
		for _, a := range c.before[from:] {
			if c.pair[a] != nil {
				return
			}
			d.Removed++
			d.Changes = append(d.Changes, Change{Before: a})
		}
	}
	gone(0)
	for _, b := range c.after {
		a := c.back[b]
		if a == nil {
			d.Added++
			d.Changes = append(d.Changes, Change{After: b})
			continue
		}
		ch := c.change(a, b, shuffled[b], was[a.ID], now[b.ID])
		d.add(ch)
		gone(c.place[a] + 1)
	}
	d.Settings = c.settings(before, after)
	return d
}

// add counts a criterion that both texts have, and keeps it when it changed.
func (d *Difference) add(ch Change) {
	if len(ch.Says) == 0 {
		d.Same++
		return
	}
	for _, one := range []struct {
		n  *int
		is bool
	}{{&d.Moved, ch.Moved}, {&d.Max, ch.Max}, {&d.Rule, ch.Rule}, {&d.Other, !ch.Moved && !ch.Max && !ch.Rule}} {
		if one.is {
			*one.n++
		}
	}
	d.Changes = append(d.Changes, ch)
}

// alike tells whether two folded names share a good part of their words, so that the
// one can be the other in new words.
func alike(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	shared := 0
	for _, word := range x {
		if slices.Contains(y, word) {
			shared++
		}
	}
	return len(x) == 0 || shared*5 >= len(x)*2
}

type comparison struct {
	before, after []*scoring.Criterion
	pair, back    map[*scoring.Criterion]*scoring.Criterion // before → after, after → before
	up            map[*scoring.Criterion]*scoring.Criterion // parents in both
	name          map[*scoring.Criterion]string             // folded, in both
	place         map[*scoring.Criterion]int                // in before
}

func (c *comparison) nodes(s *scoring.Sheet) (all []*scoring.Criterion) {
	s.Walk(func(n *scoring.Criterion, _ int) {
		all = append(all, n)
		c.name[n] = vntext.Fold(n.Name)
		for _, child := range n.Children {
			c.up[child] = n
		}
	})
	return all
}

// match pairs what is not paired yet and has the same key, in the order of both
// sheets; among several that fit, one under the same group is preferred.
func (c *comparison) match(key func(n *scoring.Criterion) string, same func(a, b *scoring.Criterion) bool) {
	open := map[string][]*scoring.Criterion{}
	for _, b := range c.after {
		if c.back[b] == nil {
			open[key(b)] = append(open[key(b)], b)
		}
	}
	for _, a := range c.before {
		if c.pair[a] != nil {
			continue
		}
		var found *scoring.Criterion
		for _, b := range open[key(a)] {
			if c.back[b] != nil || !same(a, b) {
				continue
			}
			if beside := c.pair[c.up[a]] == c.up[b]; found == nil || beside {
				if found = b; beside {
					break
				}
			}
		}
		if found != nil {
			c.pair[a], c.back[found] = found, a
		}
	}
}

// shuffled are the criteria that stand in another order among those that were
// beside them already: as few as tell the whole change.
func (c *comparison) shuffled() map[*scoring.Criterion]bool {
	out := map[*scoring.Criterion]bool{}
	groups := map[*scoring.Criterion][]*scoring.Criterion{} // by the group in the later text, nil at the top
	for _, b := range c.after {
		if a := c.back[b]; a != nil && a.Part == b.Part && c.pair[c.up[a]] == c.up[b] {
			groups[c.up[b]] = append(groups[c.up[b]], b)
		}
	}
	for _, list := range groups {
		// The longest run that kept its order stays; the rest was moved.
		best, from, place := make([]int, len(list)), make([]int, len(list)), make([]int, len(list))
		end := 0
		for i, b := range list {
			best[i], from[i], place[i] = 1, -1, c.place[c.back[b]]
			for j := range i {
				if place[j] < place[i] && best[j]+1 > best[i] {
					best[i], from[i] = best[j]+1, j
				}
			}
			if best[i] > best[end] {
				end = i
			}
		}
		kept := map[int]bool{}
		for i := end; i >= 0; i = from[i] {
			kept[i] = true
		}
		for i, b := range list {
			if !kept[i] {
				out[b] = true
			}
		}
	}
	return out
}

func (c *comparison) change(a, b *scoring.Criterion, shuffled bool, was, now string) Change {
	ch := Change{Before: a, After: b}
	say := func(text string, kv ...any) { ch.Says = append(ch.Says, locale.Msg(text, kv...)) }
	if a.ID != b.ID {
		say("Mã {.old} đổi thành {.new}.", "old", a.ID, "new", b.ID)
	}
	if vntext.Line(a.Name) != vntext.Line(b.Name) {
		say("Đổi tên; trước đây là “{.old}”.", "old", a.Name)
	}
	switch {
	case a.Part != b.Part:
		ch.Moved = true
		say("Chuyển từ {.old} sang {.new}.", "old", partName(a.Part), "new", partName(b.Part))
	case c.pair[c.up[a]] != c.up[b]:
		ch.Moved = true
		say("Chuyển từ {.old} sang {.new}.", "old", c.group(a), "new", c.group(b))
	case shuffled:
		ch.Moved = true
		say("Đổi thứ tự trong nhóm.")
	}
	if a.NoMax != b.NoMax || a.Max != b.Max {
		ch.Max = true
		say("Điểm tối đa từ {.old} thành {.new}.", "old", maxOf(a), "new", maxOf(b))
	}
	if a.Leaf() != b.Leaf() {
		ch.Rule = true
		if b.Leaf() {
			say("Nhóm thành một tiêu chí.")
		} else {
			say("Tiêu chí được chia thành nhóm.")
		}
	} else if !bytes.Equal(ruleOf(a), ruleOf(b)) {
		ch.Rule = true
		say("Đổi cách chấm.")
	}
	if a.NA != b.NA {
		say("Đổi cách xử lý khi không áp dụng.")
	}
	if a.Clamp.String() != b.Clamp.String() || a.Clamp.Given() != b.Clamp.Given() {
		ch.Max = true
		say("Đổi mức tối đa của cả nhóm.")
	}
	if a.Evidence != b.Evidence {
		if b.Evidence {
			say("Nay bắt buộc có minh chứng.")
		} else {
			say("Không còn bắt buộc có minh chứng.")
		}
	}
	if a.Indicator != b.Indicator {
		say("Đổi chỉ tiêu liên kết.")
	}
	if a.Part == b.Part && (a.Rank != b.Rank || a.Threshold != b.Threshold) {
		say("Đổi việc tính vào xếp hạng, xếp loại.")
	}
	if len(ch.Says) == 0 && !bytes.Equal(alone(a), alone(b)) {
		say("Đổi cài đặt khác.") // what package scoring has learned since
	}
	if vntext.Line(was) != vntext.Line(now) {
		say("Đổi hướng dẫn chấm.")
	}
	return ch
}

func (c *comparison) group(n *scoring.Criterion) locale.Text {
	if up := c.up[n]; up != nil {
		return locale.Msg("nhóm {.id}", "id", up.ID)
	}
	return partName(n.Part)
}

func partName(p scoring.Part) locale.Text {
	switch p {
	case scoring.Bonus:
		return locale.Msg("phần điểm thưởng")
	case scoring.Deduction:
		return locale.Msg("phần điểm trừ")
	}
	return locale.Msg("phần chính")
}

func maxOf(c *scoring.Criterion) any {
	if c.NoMax {
		return locale.Msg("không có")
	}
	return c.Max
}

// alone is a criterion as the sheet's text has it, without what is below it.
func alone(c *scoring.Criterion) []byte {
	one := *c
	one.Children = nil
	body, err := json.Marshal(&one)
	if err != nil {
		return nil // what Compare is given was read from a text, which can be written
	}
	return body
}

// ruleOf is the rule as the sheet's text has it.
func ruleOf(c *scoring.Criterion) []byte {
	o := object{}
	if c.Rule == nil || json.Unmarshal(alone(c), &o) != nil {
		return nil
	}
	return o["rule"]
}

func (c *comparison) settings(a, b *scoring.Sheet) (says []locale.Text) {
	if a.Rounding != b.Rounding {
		says = append(says, locale.Msg("Đổi cách làm tròn."))
	}
	var ties []string
	for _, id := range a.Ties { // a renumbered criterion is the same
		if n := c.pair[a.Find(id)]; n != nil {
			id = n.ID
		}
		ties = append(ties, id)
	}
	if !slices.Equal(ties, b.Ties) {
		says = append(says, locale.Msg("Đổi tiêu chí phụ khi bằng điểm."))
	}
	if !bytes.Equal(besides(a), besides(b)) {
		says = append(says, locale.Msg("Đổi cài đặt khác của bảng."))
	}
	return says
}

// besides is what a sheet says beside its criteria, rounding and ties.
func besides(s *scoring.Sheet) []byte {
	o := object{}
	body, err := json.Marshal(s)
	if err != nil || json.Unmarshal(body, &o) != nil {
		return nil
	}
	for _, told := range []string{"criteria", "bonus", "deduction", "rounding", "ties"} {
		delete(o, told)
	}
	if body, err = json.Marshal(o); err != nil {
		return nil
	}
	return body
}
