package table

import (
	"fmt"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
)

// enter makes a criterion of a row and finds its place.
func (r *run) enter(l line, part scoring.Part) {
	n := &Node{Row: l.row, Label: l.label.text, style: l.label.style}
	lab := r.levels.settle(l.label)
	var parent *Node
	if m := l.mark; m != nil && (!l.labelled && m.TT == "" || l.label.text == m.TT) && (m.In == "" || r.byID[m.In] != nil) && r.byID[m.ID] == nil {
		parent, n.ID, n.Part = r.byID[m.In], m.ID, partOr(m.Part)
		if parent != nil {
			n.Part = parent.Part
		}
		r.levels.onto(lab, parent, n)
	} else {
		if l.exact && lab.style == dotted && r.tenth(lab) {
			lab.text += "0"
		}
		parent, n.ID = r.levels.parent(lab)
		n.Part = r.partBelow(parent, part, l)
		r.levels.push(lab, n)
		r.identify(n, parent, lab)
	}
	r.byID[n.ID] = n
	r.rename(n, l.name, l.row)
	if m := l.mark; m != nil {
		n.marked = true
		n.rest = m.Rest
		if n.Part == partOr(m.Part) {
			n.clamp = m.Clamp
		} else if n.Part == scoring.Main || m.Part == "" { // moved by hand into another part, whose switches differ
			n.rest = fields{}
		}
		if m.Said != "" && m.Said == printOf(l.how) {
			l.how = ""
		}
	}
	r.points(n, l)
	r.guide(n, l.how, l.row)
	r.beside(n, l)
	switch {
	case parent != nil && parent.Part == n.Part:
		n.up, parent.Children = parent, append(parent.Children, n)
	case n.Part == scoring.Bonus:
		n.lifted = parent
		r.out.Bonus = append(r.out.Bonus, n)
	case n.Part == scoring.Deduction:
		n.lifted = parent
		r.out.Deduction = append(r.out.Deduction, n)
	default:
		r.out.Criteria = append(r.out.Criteria, n)
	}
	r.last = n
}

func partOr(p scoring.Part) scoring.Part {
	if p == "" {
		return scoring.Main
	}
	return p
}

// partBelow is the part of a row under another, or at the top.
func (r *run) partBelow(parent *Node, part scoring.Part, l line) scoring.Part {
	switch {
	case parent != nil && (part == "" || parent.Part != scoring.Main):
		return parent.Part // inside a group of bonus, "Điểm thưởng …" is one of its items
	case part != "":
		return part
	case r.open && r.mixed:
		if k := key(l.name); l.amount.minus || strings.HasPrefix(k, "tru ") || strings.Contains(k, " tru ") {
			return scoring.Deduction
		}
		return scoring.Bonus
	case r.open:
		return r.part
	}
	return scoring.Main
}

// tenth tells whether 1.1 of Excel is 1.10: 1.9 stands before it.
func (r *run) tenth(lab label) bool {
	if r.last == nil || !strings.HasSuffix(lab.text, ".1") {
		return false
	}
	for _, above := range r.levels.path {
		if above.label.text == strings.TrimSuffix(lab.text, "1")+"9" {
			return true
		}
	}
	return false
}

// identify makes the id of a row its own: counted where it has no number, and told
// where another row has the same.
func (r *run) identify(n, parent *Node, lab label) {
	id := n.ID
	if parent != nil && id == "" {
		id = parent.ID + "."
	}
	counted := n.ID == ""
	if counted {
		siblings := len(r.out.Criteria) + len(r.out.Bonus) + len(r.out.Deduction)
		if parent != nil {
			siblings = len(parent.Children)
		}
		for i := siblings + 1; ; i++ {
			if n.ID = id + fmt.Sprint(i); r.byID[n.ID] == nil {
				break
			}
		}
	}
	if len(n.ID) > longestID {
		n.ID = r.byRow(n)
		return
	}
	twin := r.byID[n.ID]
	if twin == nil {
		return
	}
	// Below another heading the numbers begin anew.
	for i := 2; r.byID[n.ID] != nil; i++ {
		n.ID = fmt.Sprintf("%s-%d", id, i)
	}
	if len(n.ID) > longestID {
		n.ID = r.byRow(n)
	}
	r.tell(n.Row, n.ID, false, locale.Msg("Số thứ tự “{.label}” đã có ở dòng {.row}; tạm đặt mã {.id}. Hãy xem lại cách đánh số.", "label", lab.text, "row", twin.Row, "id", n.ID))
}

// byRow is an id of the row's place, where the numbers on the way down are too
// long for one.
func (r *run) byRow(n *Node) string {
	id := fmt.Sprintf("d%d", n.Row)
	for r.byID[id] != nil {
		id += "x"
	}
	return id
}
