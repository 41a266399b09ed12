package covenant

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Clause is a line of the covenant in its place: section, numbered clause,
// point, dash.
type Clause struct {
	Line   int    // from 1
	Mark   string // "II.", "1.", "a)", "-"; "" for none
	Text   string // what follows the mark
	Rank   int    // of the mark, as target.Mark gives it
	Depth  int    // 0 stands at the margin
	Parent int    // the line of the clause that it stands under; 0 for none
	Head   bool   // it heads what follows: a title, a section, a clause with clauses under it
}

// maxHead is the longest text over a list that is read as its heading, in
// characters; a longer one is a sentence.
const maxHead = 60

// Outline finds the order in a text: every line of it once, in its order.
func Outline(text string) []Clause {
	var out []Clause
	var above []Clause
	for i, line := range strings.Split(text, "\n") {
		c := Clause{Line: i + 1}
		c.Mark, c.Text, c.Rank = target.Mark(line)
		switch {
		case c.Text == "" && c.Mark == "":
		case c.Rank == 0 && draft.Heading(line):
			above, c.Head = nil, true
		case c.Rank == 0: // goes on with the clause, after its list
			for len(above) > 0 && target.Listed(above[len(above)-1].Rank) {
				above = above[:len(above)-1]
			}
		default:
			for len(above) > 0 && above[len(above)-1].Rank >= c.Rank {
				above = above[:len(above)-1]
			}
			c.Head = target.Section(c.Rank)
		}
		if c.Depth = len(above); c.Depth > 0 {
			c.Parent = above[c.Depth-1].Line
			if up := &out[c.Parent-1]; c.Rank > 0 && !target.Listed(up.Rank) {
				up.Head = up.Head || !target.Listed(c.Rank) || len([]rune(up.Text)) <= maxHead
			}
		}
		if c.Rank > 0 {
			above = append(above, c)
		}
		out = append(out, c)
	}
	return out
}

// maxContents is how deep the table of contents goes.
const maxContents = 1

// Contents are the clauses to jump to: titles, sections, numbered clauses at
// the margin and one step in.
func Contents(clauses []Clause) []Clause {
	var out []Clause
	for _, c := range clauses {
		if c.Depth <= maxContents && (c.Head || c.Rank > 0 && !target.Listed(c.Rank)) {
			out = append(out, c)
		}
	}
	return out
}

// underUnit is the rank of a line that only names a unit: what is listed under
// it is that unit's.
const underUnit = 79

// owners finds the lines that speak of one member: those under its name as a
// heading, and those that begin with its name and a colon.
func owners(text string, members []cluster.Member) map[int]string {
	out := map[int]string{}
	unit, rank := "", 0
	for _, c := range Outline(text) {
		at := c.Rank
		found := named(c.Text, members)
		if at == 0 && (found != "" || c.Head) {
			at = underUnit
		}
		if unit != "" && at > 0 && at <= rank {
			unit = ""
		}
		if found != "" {
			unit, rank = found, at
		}
		if unit != "" {
			out[c.Line] = unit
		}
	}
	return out
}

// named is the member that a line names, alone or before a colon.
func named(line string, members []cluster.Member) string {
	head, _, _ := strings.Cut(line, ":")
	head = vntext.Fold(strings.Trim(vntext.Line(head), " .,;"))
	head = strings.TrimPrefix(strings.TrimPrefix(head, "doi voi "), "chi tieu cua ")
	if head == "" {
		return ""
	}
	for _, m := range members {
		if head == vntext.Fold(m.Name) || head == vntext.Fold(m.Short) {
			return m.UnitID
		}
	}
	return ""
}
