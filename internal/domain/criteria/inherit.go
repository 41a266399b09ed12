package criteria

import (
	"encoding/json"

	"github.com/thidua/thidua/internal/platform/vntext"
)

// Inherit gives the criteria of a sheet that was read from a file the rules that
// people have set for the same criteria (the same id and name) in another
// version: a table in Excel has words where the program has rules, and reading
// it again must not undo the work of an afternoon. What the file says itself
// (a rule other than points typed in, evidence, a clamp) stays.
func Inherit(body, from []byte) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	was, err := open(from)
	if err != nil {
		return nil, err
	}
	var take func(list []*node)
	take = func(list []*node) {
		for _, n := range list {
			take(n.Children)
			old, _, _ := was.find(n.ID)
			if old == nil || vntext.Fold(old.Name) != vntext.Fold(n.Name) || (len(old.Children) > 0) != (len(n.Children) > 0) {
				continue
			}
			if plain(n.Rule) && len(n.Children) == 0 {
				n.Rule = old.Rule
			}
			if n.NA == "" {
				n.NA = old.NA
			}
			n.Evidence = n.Evidence || old.Evidence
			if n.Indicator == "" {
				n.Indicator = old.Indicator
			}
			if n.Rank == nil {
				n.Rank = old.Rank
			}
			if n.Threshold == nil {
				n.Threshold = old.Threshold
			}
		}
	}
	take(o.Criteria)
	for _, lists := range [][2][]*node{{o.Bonus, was.Bonus}, {o.Deduction, was.Deduction}} {
		take(lists[0])
		for _, n := range lists[0] {
			if old, _ := findIn(&lists[1], n.ID); old != nil && n.Clamp == "" && len(n.Children) == 0 && len(old.Children) == 0 {
				n.Clamp = old.Clamp
			}
		}
	}
	if len(o.Rounding) == 0 {
		o.Rounding = was.Rounding
	}
	if len(o.Ties) == 0 {
		for _, id := range was.Ties {
			if n, _, _ := o.find(id); n != nil {
				o.Ties = append(o.Ties, id)
			}
		}
	}
	return o.close()
}

// plain tells whether a rule is that of points typed in.
func plain(rule json.RawMessage) bool {
	var k struct{ Kind string }
	return len(rule) == 0 || json.Unmarshal(rule, &k) == nil && k.Kind == "direct"
}
