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

	rest   fields // what the program wrote beside the row: rule, policy and the like
	clamp  string
	marked bool

	style  style
	full   bool // its guide holds no more
	minus  bool
	each   string
	up     *Node // the row above it in the tree
	lifted *Node // the row of the main part that this group of bonus stood under
}

// Suggestion is a rule that a phrase looks like; it is taken only when a person
// says so.
type Suggestion struct {
	Kind string
	Says []locale.Text // what the rule would do
	body json.RawMessage
}

// fields are those of an object of a sheet's document, as they are written. What
// a rule, a policy or a ladder of grades says is package scoring's; here it is
// only carried, so that what is new there needs nothing here.
type fields map[string]json.RawMessage

// set writes a text, unless it is empty.
func (f fields) set(name, text string) {
	if text != "" {
		f[name] = quoted(text)
	}
}

func quoted(text string) json.RawMessage {
	b, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`) // a string can be written
	}
	return b
}

func (f fields) text(name string) string {
	var s string
	if json.Unmarshal(f[name], &s) != nil {
		return ""
	}
	return s
}

// list are the objects of an array.
func (f fields) list(name string) (all []fields) {
	if json.Unmarshal(f[name], &all) != nil {
		return nil
	}
	return all
}

// put writes the objects of an array, unless there are none.
func (f fields) put(name string, all []fields) {
	if len(all) == 0 {
		return
	}
	if b, err := json.Marshal(all); err == nil { // raw parts were read as JSON, so they can be written
		f[name] = b
	}
}

var direct = json.RawMessage(`{"kind":"direct"}`)

// document writes the node and what is below it. accept tells whose suggested
// rules are taken.
func (n *Node) document(top bool, accept func(id string) bool) fields {
	c := fields{}
	for name, raw := range n.rest {
		switch name {
		case "rule", "evidence":
		case "rank", "threshold": // the switches belong to the group as a whole
			if top {
				c[name] = raw
			}
		default:
			c[name] = raw
		}
	}
	c["id"] = quoted(n.ID)
	c.set("name", n.Name)
	if n.Evidence {
		if c["evidence"] = n.rest["evidence"]; c["evidence"] == nil {
			c["evidence"] = json.RawMessage("true")
		}
	}
	if len(n.Children) > 0 {
		if n.Part == scoring.Main {
			c.set("max", n.Max)
		} else {
			c.set("clamp", cmp.Or(n.Max, n.clamp))
		}
		var below []fields
		for _, child := range n.Children {
			below = append(below, child.document(false, accept))
		}
		c.put("children", below)
		return c
	}
	c.set("max", n.Max)
	c.set("clamp", n.clamp)
	c["rule"] = direct
	switch {
	case n.Suggest != nil && accept(n.ID):
		c["rule"] = n.Suggest.body
	case n.rest["rule"] != nil:
		c["rule"] = n.rest["rule"]
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
