package criteria

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Where a criterion is put beside another.
type Where string

const (
	Before Where = "before"
	After  Where = "after"
	Inside Where = "inside" // at the end of it
)

// above is the group that a node stands in, nil at the top of a part.
func (o *outline) above(n *node) *node {
	for _, p := range []scoring.Part{scoring.Main, scoring.Bonus, scoring.Deduction} {
		if found := aboveIn(*o.part(p), n); found != nil {
			return found
		}
	}
	return nil
}

func aboveIn(list []*node, n *node) *node {
	for _, x := range list {
		if slices.Contains(x.Children, n) {
			return x
		}
		if found := aboveIn(x.Children, n); found != nil {
			return found
		}
	}
	return nil
}

// Indent puts a criterion into the one before it, which becomes a group.
func Indent(body []byte, id string) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	n, in, _ := o.find(id)
	if n == nil {
		return nil, fault.Missing()
	}
	i := slices.Index(*in, n)
	if i == 0 {
		return nil, fault.New(fault.Invalid, "Không có tiêu chí cùng cấp đứng trước để đưa vào.")
	}
	return place(o, id, (*in)[i-1].ID, Inside)
}

// Outdent takes a criterion out of its group, to stand behind it.
func Outdent(body []byte, id string) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	n, _, _ := o.find(id)
	if n == nil {
		return nil, fault.Missing()
	}
	group := o.above(n)
	if group == nil {
		return nil, fault.New(fault.Invalid, "Tiêu chí này đã ở cấp cao nhất.")
	}
	return place(o, id, group.ID, After)
}

// MoveTo puts a criterion beside another one or into it, in any part.
func MoveTo(body []byte, id, beside string, where Where) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	return place(o, id, beside, where)
}

func place(o *outline, id, beside string, where Where) ([]byte, error) {
	n, from, was := o.find(id)
	if n == nil {
		return nil, fault.Missing()
	}
	at, in, part := o.find(beside)
	if at == nil {
		return nil, fault.Missing()
	}
	if found, _ := findIn(&[]*node{n}, beside); found != nil {
		return nil, fault.New(fault.Invalid, "Không đưa được tiêu chí vào chính nó hoặc vào mục con của nó.")
	}
	*from = slices.DeleteFunc(*from, func(x *node) bool { return x == n })
	i := slices.Index(*in, at) // after the deletion, which may have been in this list
	switch where {
	case Before:
		*in = slices.Insert(*in, i, n)
	case After:
		*in = slices.Insert(*in, i+1, n)
	case Inside:
		at.Rule, at.Children = nil, append(at.Children, n) // a group has no rule of its own
	default:
		return nil, fault.New(fault.Invalid, "Không đặt được tiêu chí vào chỗ này. Hãy tải lại trang rồi làm lại.")
	}
	// The switches belong to the top of bonus and deduction alone, and clamps to
	// what is not in the main part.
	if part != was || o.above(n) != nil {
		n.Rank, n.Threshold = nil, nil
	}
	if part == scoring.Main {
		unclamp(n)
	}
	return o.close()
}

func unclamp(n *node) {
	n.Clamp = ""
	for _, child := range n.Children {
		unclamp(child)
	}
}
