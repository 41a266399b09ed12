package scoring

import "github.com/thidua/thidua/internal/platform/rational"

// plan is a criterion with everything that scoring a unit asks of it, worked out
// once for all units.
type plan struct {
	c         *Criterion
	rule      Rule      // nil on inner nodes and where it could not be read
	comparing comparing // the rule, where it compares units
	index     int       // in checker.plans, parents after their children
	parent    *plan     // nil at the top
	kids      []*plan
	fields    []string     // the inputs of a leaf, sorted
	max       rational.Num // 0 where the criterion has none
	broken    bool         // a leaf that cannot be scored, because of its own rule
}

// plan works the criteria out. The tree is the sheet's; plans are in the order
// in which cells are made.
func (k *checker) plan(list []*Criterion) []*plan {
	var all []*plan
	for _, c := range list {
		p := &plan{c: c, rule: c.Rule, max: numOf(c.Max), broken: k.broken[c], fields: k.fields[c]}
		if r, ok := c.Rule.(comparing); ok && r.compares() {
			p.comparing = r
		}
		p.kids = k.plan(c.Children)
		for _, kid := range p.kids {
			kid.parent = p
		}
		k.spreads = k.spreads || c.NA == Spread
		p.index = len(k.plans)
		k.plans = append(k.plans, p)
		all = append(all, p)
	}
	return all
}
