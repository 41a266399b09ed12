package table

import (
	"cmp"
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Node is a criterion as a table gives it. Numbers are plain decimals, empty
// where the table says none.
type Node struct {
	ID       string
	Label    string // as it stands in the table
	Name     string
	Max      string // of a group of bonus or deduction: its clamp
	Part     scoring.Part
	Guide    string // how it is scored, in the words of the table
	Evidence bool
	Row      int
	Rule     string      // kind; empty on groups
	Suggest  *Suggestion // a rule that the words look like
	Children []*Node

	rule      json.RawMessage // as the program wrote it beside the row
	na        string
	indicator string
	clamp     string
	rank      *bool
	threshold *bool

	style  style
	minus  bool
	each   string
	lifted *Node // the row of the main part that this group of bonus stood under
	marked bool  // the program wrote the row
}

// Suggestion is a rule that a phrase looks like; it is taken only when a person
// says so.
type Suggestion struct {
	Kind string
	Says []locale.Text // what the rule would do
	body json.RawMessage
}

// document is a sheet in the format of package scoring.
type document struct {
	Rounding  json.RawMessage `json:"rounding,omitempty"`
	Criteria  []*criterion    `json:"criteria"`
	Bonus     []*criterion    `json:"bonus,omitempty"`
	Deduction []*criterion    `json:"deduction,omitempty"`
	Ties      []string        `json:"ties,omitempty"`
}

type criterion struct {
	ID        string          `json:"id"`
	Name      string          `json:"name,omitempty"`
	Max       string          `json:"max,omitempty"`
	NA        string          `json:"na,omitempty"`
	Evidence  bool            `json:"evidence,omitempty"`
	Indicator string          `json:"indicator,omitempty"`
	Clamp     string          `json:"clamp,omitempty"`
	Rank      *bool           `json:"rank,omitempty"`
	Threshold *bool           `json:"threshold,omitempty"`
	Rule      json.RawMessage `json:"rule,omitempty"`
	Children  []*criterion    `json:"children,omitempty"`
}

var direct = json.RawMessage(`{"kind":"direct"}`)

// document writes the node and what is below it. accept tells whose suggested
// rules are taken.
func (n *Node) document(top bool, accept func(id string) bool) *criterion {
	c := &criterion{ID: n.ID, Name: n.Name, Max: n.Max, NA: n.na, Evidence: n.Evidence, Indicator: n.indicator, Clamp: n.clamp}
	if top {
		c.Rank, c.Threshold = n.rank, n.threshold
	}
	if len(n.Children) > 0 {
		if n.Part != scoring.Main {
			c.Max, c.Clamp = "", cmp.Or(n.Max, n.clamp)
		}
		for _, child := range n.Children {
			c.Children = append(c.Children, child.document(false, accept))
		}
		return c
	}
	switch {
	case n.Suggest != nil && accept(n.ID):
		c.Rule = n.Suggest.body
	case n.rule != nil:
		c.Rule = n.rule
	default:
		c.Rule = direct
	}
	return c
}

// walk visits the nodes of a list, parents before children.
func walk(list []*Node, visit func(n *Node, depth int)) {
	var down func(list []*Node, depth int)
	down = func(list []*Node, depth int) {
		for _, n := range list {
			visit(n, depth)
			down(n.Children, depth+1)
		}
	}
	down(list, 0)
}
