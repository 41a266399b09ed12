package web

import (
	"cmp"
	"slices"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
)

// sheetTold is a line about what is being typed into the form of a criterion.
type sheetTold struct {
	Tone string `json:"tone"` // good, warn, bad
	Text string `json:"text"`
}

// sheetCheck tells a script what the sheet would be with the form as it is
// typed: it is made and checked as for saving, and not written.
func (s *Server) sheetCheck(q *Req, v criteria.SheetVersion) error {
	told := []sheetTold{}
	e, err := q.entry()
	var body []byte
	if err == nil {
		f := q.Form()
		body, err = criteria.Put(v.Body, f.Get("old"), f.Get("parent"), scoring.Part(f.Get("part")), e)
	}
	if err != nil {
		f := fault.As(err)
		if f.Code != fault.Invalid {
			return err
		}
		for _, one := range f.All() {
			told = append(told, sheetTold{"bad", q.Lang.Fault(one)})
		}
		return q.JSON(200, map[string]any{"told": append(told, q.unused(e.Rule)...)})
	}
	sheet, problems := scoring.ParseSheet(body)
	if sheet == nil {
		return criteria.Refusal(problems)
	}
	line := lineOf(sheet, e.ID)
	for _, p := range append(problems, sheet.Check()...) {
		if p.Code == scoring.BadTie || slices.ContainsFunc(line, func(c *scoring.Criterion) bool { return c.ID == p.Criterion }) {
			told = append(told, sheetTold{"bad", p.Sentence(q.Lang)})
		}
	}
	told = append(told, q.unused(e.Rule)...)
	// Where the sums agree, say so: that is what one looks for while typing.
	for _, c := range line {
		if c.Leaf() || c.Part != scoring.Main {
			continue
		}
		var sum points.Points
		for _, child := range c.Children {
			sum += child.Max
		}
		if sum == c.Max {
			told = append(told, sheetTold{"good", q.T("Nhóm {.id}: các mục con cộng đúng {.max} điểm.", "id", c.ID, "max", c.Max)})
		}
	}
	return q.JSON(200, map[string]any{"told": told})
}

// lineOf is a criterion and the groups that it stands in, the innermost first.
func lineOf(s *scoring.Sheet, id string) []*scoring.Criterion {
	var down func(list []*scoring.Criterion) []*scoring.Criterion
	down = func(list []*scoring.Criterion) []*scoring.Criterion {
		for _, c := range list {
			if c.ID == id {
				return []*scoring.Criterion{c}
			}
			if found := down(c.Children); found != nil {
				return append(found, c)
			}
		}
		return nil
	}
	return down(slices.Concat(s.Criteria, s.Bonus, s.Deduction))
}

// unused are inputs of rules that are not chosen: what is typed there is lost
// when the criterion is saved.
func (q *Req) unused(rule string) (told []sheetTold) {
	f := q.Form()
	for _, k := range scoring.RuleKinds() {
		if k.Kind == rule {
			continue
		}
		for _, p := range k.Params {
			if p.Kind != scoring.BoolParam && p.Kind != scoring.ChoiceParam && f.Text(paramName(k.Kind, p.Name)) != "" {
				told = append(told, sheetTold{"warn", q.T("“{.label}” thuộc quy tắc “{.rule}” không được chọn nên sẽ không được lưu.", "label", p.Label, "rule", cmp.Or(q.T(k.Label.Text), k.Kind))})
			}
		}
	}
	return told
}
