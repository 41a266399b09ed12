package table

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// finish settles what only the whole tree shows: lines that are levels of one
// criterion and not criteria, groups whose points the table leaves out or counts
// with the bonus, totals. What cannot be settled is told.
func (r *run) finish() {
	out := &r.out
	for _, n := range out.Criteria {
		r.settle(n)
	}
	out.Walk(func(n *Node, _ int) {
		if n.suggest(); len(n.Children) == 0 {
			n.Rule = kindOf(n.rest["rule"])
		}
	})
	r.sums()
	if len(out.Criteria) == 0 {
		out.Stop = true
		r.tell(0, "", true, locale.Msg("Không thấy tiêu chí nào dưới dòng tiêu đề. Hãy kiểm tra trang, dòng tiêu đề và các cột đã chọn."))
		return
	}
	r.check()
	slices.SortStableFunc(out.Findings, func(a, b Finding) int { return a.Row - b.Row })
}

func kindOf(rule json.RawMessage) string {
	var k struct{ Kind string }
	if rule == nil || json.Unmarshal(rule, &k) != nil || k.Kind == "" {
		return "direct"
	}
	return k.Kind
}

func amountIn(text string) points.Points {
	p, err := points.Parse(text)
	if err != nil {
		return 0
	}
	return p
}

// sumOf adds the maxima of rows; whole tells whether each has one.
func sumOf(list []*Node) (sum points.Points, whole bool) {
	whole = true
	for _, n := range list {
		whole = whole && n.Max != ""
		sum += amountIn(n.Max)
	}
	return sum, whole
}

// settle puts one group of the main part in order, what is below it first.
func (r *run) settle(n *Node) {
	for _, child := range n.Children {
		r.settle(child)
	}
	if len(n.Children) == 0 {
		return
	}
	sum, whole := sumOf(n.Children)
	top := amountIn(n.Max)
	switch {
	case n.marked: // the program wrote the tree as it is
	case n.Max != "" && !anyMax(n.Children):
		r.fold(n)
		r.tell(n.Row, n.ID, false, locale.Msg("Các dòng dưới tiêu chí này không có điểm riêng nên được đưa vào hướng dẫn chấm của nó."))
	case n.Max != "" && sum != top && r.levelsOf(n, top):
		r.fold(n)
		r.tell(n.Row, n.ID, false, locale.Msg("Các dòng dưới tiêu chí này là những mức điểm để chọn một (cộng lại được {.sum}, tối đa {.max}) nên được đưa vào hướng dẫn chấm. Có thể đặt quy tắc theo khoảng ở bước sửa bảng.", "sum", sum, "max", top))
	case n.Max == "" && whole:
		n.Max = sum.String()
		for i := range r.out.Findings { // points nobody could read, of a group that needs none
			if f := &r.out.Findings[i]; f.Row == n.Row {
				f.Must = false
			}
		}
		r.tell(n.Row, n.ID, false, locale.Msg("Nhóm không ghi điểm tối đa: lấy tổng các mục con là {.sum}.", "sum", sum))
	case n.Max != "" && whole && sum != top:
		if extra := r.bonusUnder(n); extra > 0 && sum+extra == top {
			n.Max = sum.String()
			r.tell(n.Row, n.ID, false, locale.Msg("Điểm {.max} của nhóm gồm cả {.extra} điểm thưởng. Điểm thưởng được tách ra ngoài điểm tối đa, nên nhóm còn {.sum}.", "max", top, "extra", extra, "sum", sum))
		}
	}
}

func anyMax(list []*Node) bool {
	return slices.ContainsFunc(list, func(n *Node) bool { return n.Max != "" || n.each != "" || anyMax(n.Children) })
}

// levelsOf tells whether the rows below are levels to choose one of: lines
// without numbers, none above the maximum, the best of them at it.
func (r *run) levelsOf(n *Node, top points.Points) bool {
	best := points.Points(0)
	for _, c := range n.Children {
		p := amountIn(c.Max)
		if c.style != bullet || len(c.Children) > 0 || p > top || c.marked {
			return false
		}
		best = max(best, p)
	}
	return best == top && len(n.Children) > 1
}

// fold takes the rows below a criterion into its words.
func (r *run) fold(n *Node) {
	var lines []string
	walk(n.Children, func(c *Node, depth int) {
		text := c.Name
		if c.style == bullet || c.style == capital {
			text = "- " + text
		} else {
			text = c.Label + ". " + text
		}
		if c.Max != "" {
			text += ": " + locale.Vietnamese.Number(c.Max) + " điểm"
		}
		lines = append(lines, strings.Repeat("  ", depth)+text)
		if c.Guide != "" {
			lines = append(lines, c.Guide)
		}
		n.Evidence = n.Evidence || c.Evidence
		delete(r.byID, c.ID)
	})
	n.Children = nil
	r.guide(n, strings.Join(lines, "\n"), n.Row)
}

// bonusUnder is what groups of bonus give that stood under a row.
func (r *run) bonusUnder(n *Node) (sum points.Points) {
	for _, b := range r.out.Bonus {
		for above := b.lifted; above != nil; above = above.up {
			if above != n {
				continue
			}
			if own, whole := sumOf(b.Children); b.Max == "" && whole {
				sum += own
			}
			sum += amountIn(b.Max)
			break
		}
	}
	return sum
}

// sums compares the rows of totals with what the criteria come to.
func (r *run) sums() {
	sum, _ := sumOf(r.out.Criteria)
	bonus, _ := sumOf(r.out.Bonus)
	for _, l := range r.totals {
		if l.amount.max == "" {
			continue
		}
		said := amountIn(l.amount.max)
		right := sum
		of := locale.Msg("toàn bảng")
		name := key(l.name)
		if m := totalOf.FindStringSubmatch(name); m != nil {
			if n := r.top(m[1]); n != nil {
				right, of = amountIn(n.Max), locale.Msg("mục {.id}", "id", n.ID)
			}
		} else if n := r.above(l.row); n != nil && said == amountIn(n.Max) {
			continue // the total of the group that it closes
		}
		if said != right && said != sum+bonus {
			r.tell(l.row, "", false, locale.Msg("Dòng tổng ghi {.said} nhưng các tiêu chí của {.of} cộng được {.sum}. Hãy xem lại điểm tối đa.", "said", said, "of", of, "sum", right))
		}
	}
}

// top is the row at the top with a number.
func (r *run) top(number string) *Node {
	for _, n := range r.out.Criteria {
		if strings.EqualFold(n.Label, number) {
			return n
		}
	}
	return nil
}

// above is the last row at the top before a row.
func (r *run) above(row int) (last *Node) {
	for _, list := range [][]*Node{r.out.Criteria, r.out.Bonus, r.out.Deduction} {
		for _, n := range list {
			if n.Row < row && (last == nil || n.Row > last.Row) {
				last = n
			}
		}
	}
	return last
}

// check tells what would keep the sheet from being adopted, at its rows.
func (r *run) check() {
	sheet, problems := scoring.ParseSheet(r.out.Body(nil))
	if len(problems) > 0 {
		r.out.Stop = true
	} else {
		problems = sheet.Check()
	}
	rows := map[string]int{}
	r.out.Walk(func(n *Node, _ int) { rows[n.ID] = n.Row })
	for _, p := range problems {
		r.tell(rows[p.Criterion], p.Criterion, true, p.Text)
	}
}
