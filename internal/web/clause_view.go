package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// clauseView is a text with what was read from each of its lines.
type clauseView struct {
	Lines    []clauseLine
	Loose    []readTarget
	General  []string // doubts about no line of the text
	Sums     []sumView
	Warnings int
	Count    int
}

type clauseLine struct {
	Number   int
	Text     string
	Targets  []readTarget
	Warnings []string
}

// readTarget is a target beside its clause.
type readTarget struct {
	ID, Name, Goal string
	Part, Lower    bool
	Unit           string      // whose target it is, where not the whole block's
	Reporter       string      // who reports it
	Before         string      // what was reached last year
	Sample         bool        // that result is illustrative
	Reached        locale.Text // a doubt: the target is below what was reached
	Edit           string      // address of its form, for those who may
}

// sumView is a checked sum: 93.262 = 50.870 + 42.392.
type sumView struct {
	Want, Parts, Got, Unit, Name string
	OK                           bool
}

// clauseRow is a stored target of either paper.
type clauseRow struct {
	id   string
	goal indicator.Goal
	view readTarget
}

// clauses lays a text beside its targets.
func clauses(l locale.Lang, text string, rows []clauseRow, checks []target.Check, warnings []target.Warning) clauseView {
	v := clauseView{Count: len(rows), Warnings: len(warnings)}
	at := map[int][]readTarget{}
	byID := map[string]indicator.Goal{}
	for _, r := range rows {
		byID[r.id] = r.goal
		t := r.view
		t.ID, t.Name, t.Goal, t.Part, t.Lower = r.id, r.goal.Name, goalText(l, r.goal), r.goal.PartOf != "", r.goal.Lower() && r.goal.Relation != target.None && r.goal.Relation != target.AtMost
		if r.goal.Line == 0 {
			v.Loose = append(v.Loose, t)
			continue
		}
		at[r.goal.Line] = append(at[r.goal.Line], t)
	}
	doubts := map[int][]string{}
	for _, w := range warnings {
		doubts[w.Line] = append(doubts[w.Line], l.Say(w.Text, w.Args))
	}
	for _, c := range contradictions(text, rows) {
		doubts[c.line] = append(doubts[c.line], l.T("Chỉ tiêu “{.name}” ghi {.goal}, còn câu văn là {.clause}. Hãy sửa cho khớp.", "name", c.name, "goal", goalText(l, c.goal), "clause", goalText(l, c.clause)))
		v.Warnings++
	}
	v.General = doubts[0]
	for i, line := range strings.Split(text, "\n") {
		v.Lines = append(v.Lines, clauseLine{i + 1, line, at[i+1], doubts[i+1]})
	}
	for _, c := range checks {
		total := byID[c.Total]
		var parts []string
		for _, p := range c.Parts {
			figure := byID[p].Low
			if s, ok := target.Express(target.Value{Amount: byID[p].BaseLow, Unit: byID[p].BaseUnit}, total.Unit); ok {
				figure = s
			}
			parts = append(parts, l.Number(figure))
		}
		v.Sums = append(v.Sums, sumView{Want: l.Number(c.Want), Parts: strings.Join(parts, " + "), Got: l.Number(c.Got), Unit: total.Unit, Name: total.Name, OK: c.OK})
	}
	return v
}

// contradiction is a target that people changed so that its clause says
// another thing.
type contradiction struct {
	line         int
	name         string
	goal, clause indicator.Goal
}

// contradictions reads the text again and compares what stands in a line with
// the targets that are kept for it.
func contradictions(text string, rows []clauseRow) []contradiction {
	type at struct {
		line int
		name string
	}
	read := map[at]indicator.Goal{}
	for _, t := range target.Read(text).Targets {
		read[at{t.Source.Line, indicator.Key(t.Name)}] = indicator.FromTarget(t)
	}
	var out []contradiction
	for _, r := range rows {
		g, there := read[at{r.goal.Line, indicator.Key(r.goal.Name)}]
		if there && (g.Relation != r.goal.Relation || g.Change != r.goal.Change || g.BaseLow != r.goal.BaseLow || g.BaseHigh != r.goal.BaseHigh || g.BaseUnit != r.goal.BaseUnit) {
			out = append(out, contradiction{r.goal.Line, r.goal.Name, r.goal, g})
		}
	}
	return out
}

// totalOptions are the targets that another may be a part of.
func totalOptions(l locale.Lang, rows []clauseRow, but string) []Option {
	var out []Option
	for _, r := range rows {
		if r.id != but && r.goal.PartOf == "" && r.goal.Relation == target.Equal && r.goal.Change == target.Level {
			out = append(out, Option{Value: r.id, Text: r.goal.Name + ": " + goalText(l, r.goal)})
		}
	}
	return out
}

// unseen makes a plain refusal of a stale press of a button: what stands now
// must be read before it is launched, sent or adopted, so the page is shown
// again rather than two texts to choose from.
func unseen(err error) error {
	if fault.Is(err, fault.Stale) {
		return fault.New(fault.Conflict, "Nội dung này vừa được người khác sửa sau khi bạn mở trang. Hãy đọc lại bản hiện nay rồi bấm lại.")
	}
	return err
}
