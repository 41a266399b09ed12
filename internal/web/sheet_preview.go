package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// sheetPreview fills the page from the cells and the form.
func (s *Server) sheetPreview(q *Req, v *sheetImportView, sheets []table.Sheet) error {
	f := q.Form()
	var err error
	if v.Packed, err = pack(sheets); err != nil {
		return err
	}
	v.File = f.Get("file-name")
	v.Choice = sheetChoice(f, sheets)
	here := sheets[v.Choice.Sheet]
	for i, t := range sheets {
		v.Tabs = append(v.Tabs, Option{Value: strconv.Itoa(i), Text: t.Name})
	}
	columns := sheetColumns(q, here, v.Choice.Head)
	for _, r := range sheetRoles {
		one := sheetRole{Role: r.role, Name: r.name, Must: r.must, Options: columns}
		if n := v.Choice.Columns[r.role]; n > 0 {
			one.Chosen = strconv.Itoa(n)
		}
		v.Roles = append(v.Roles, one)
	}
	v.Reading = table.Read(here, v.Choice)
	v.show(q)
	if err := s.sheetInto(q, v); err != nil {
		return err
	}
	if !f.Values.Has("name") { // an upload is a form that was sent, so it has no defaults
		f.Values.Set("name", q.T("Bảng chấm điểm năm {.year}", "year", v.Head.YearNo()))
	}
	v.Inherit = inherits(f)
	return nil
}

// sheetChoice is where the table stands: what the person says, or a guess where
// the sheet or the row of the head was changed just now.
func sheetChoice(f *Form, sheets []table.Sheet) table.Choice {
	guess := table.Guess(sheets)
	if f.Raw("packed") == "" {
		if guess.Sheet < 0 {
			guess = table.Choice{Columns: table.Columns{}}
		}
		return guess
	}
	c := table.Choice{Sheet: min(f.Int("sheet"), len(sheets)-1), Head: f.Int("head"), Columns: table.Columns{}}
	here := sheets[c.Sheet]
	switch {
	case f.Get("sheet") != f.Get("was-sheet"):
		c.Head, c.Columns = here.Head()
	case f.Get("head") != f.Get("was-head"):
		c.Columns = here.Columns(c.Head)
	default:
		for _, r := range sheetRoles {
			if n := f.Int("col-" + string(r.role)); n > 0 {
				c.Columns[r.role] = n
			}
		}
		c.Columns = here.WithMarks(c.Head, c.Columns)
	}
	c.Head = min(c.Head, len(here.Rows))
	return c
}

// sheetColumns are the columns with their heading, or what stands in them.
func sheetColumns(q *Req, s table.Sheet, head int) []Option {
	out := []Option{{Value: "", Text: "không có"}}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	for c := 1; c <= min(width, 60); c++ {
		text := ""
		for row := max(head-1, 1); row <= min(head+3, len(s.Rows)) && text == ""; row++ {
			if c <= len(s.Rows[row-1]) {
				text = vntext.Line(s.Rows[row-1][c-1].Text)
			}
		}
		if runes := []rune(text); len(runes) > 40 {
			text = string(runes[:39]) + "…"
		}
		if name := q.T("Cột {.letter}", "letter", table.Letter(c)); text == "" {
			out = append(out, Option{Value: strconv.Itoa(c), Text: name})
		} else {
			out = append(out, Option{Value: strconv.Itoa(c), Text: name + ": " + text})
		}
	}
	return out
}

// show makes the rows of the page.
func (v *sheetImportView) show(q *Req) {
	at := map[int][]sheetFinding{}
	bad := map[int]bool{}
	for _, f := range v.Reading.Findings {
		one := sheetFinding{f.Row, f.Text}
		switch {
		case f.Row == 0:
			v.Whole = append(v.Whole, f.Text)
			continue
		case f.Must:
			v.Must, bad[f.Row] = append(v.Must, one), true
		default:
			v.Look = append(v.Look, one)
		}
		at[f.Row] = append(at[f.Row], one)
	}
	labels := map[string]locale.Text{}
	for _, k := range scoring.RuleKinds() {
		labels[k.Kind] = k.Label
	}
	part := scoring.Main
	v.Reading.Walk(func(n *table.Node, depth int) {
		row := sheetImportRow{Node: n, Depth: min(depth, 3), First: n.Part != part, Findings: at[n.Row], Bad: bad[n.Row]}
		part = n.Part
		if n.Max != "" {
			row.Points = q.Lang.Number(n.Max)
		}
		if len(n.Children) == 0 {
			row.Rule = labels[n.Rule]
		}
		if n.Suggest != nil {
			v.Guesses++
		}
		v.Rows = append(v.Rows, row)
	})
	sheet, problems := scoring.ParseSheet(v.Reading.Body(nil))
	if sheet == nil || len(problems) > 0 {
		return
	}
	v.Total = q.Lang.Number(sheet.Max().String())
	for _, p := range []struct {
		name string
		list []*scoring.Criterion
	}{{"Phần chính", sheet.Criteria}, {"Điểm thưởng", sheet.Bonus}, {"Điểm trừ", sheet.Deduction}} {
		if n := leaves(p.list); n > 0 {
			v.Parts = append(v.Parts, sheetPart{Name: locale.Msg(p.name), Count: n})
		}
	}
}

func leaves(list []*scoring.Criterion) (n int) {
	for _, c := range list {
		if c.Leaf() {
			n++
		}
		n += leaves(c.Children)
	}
	return n
}
