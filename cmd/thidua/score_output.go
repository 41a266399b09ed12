package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// scored is a result with its ranking, for the two forms of output that people read. Units and
// places stand at the same index.
type scored struct {
	sheet  *scoring.Sheet
	units  []scoring.Unit
	result scoring.Result
	places []ranking.Place
}

// byRank are the indexes of the units from the first place on; equal places
// stay in the order of the file.
func (s scored) byRank() []int {
	order := make([]int, len(s.places))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return s.behind(a) - s.behind(b) })
	return order
}

// behind is the place in the list: units without one come last, held before
// knocked out.
func (s scored) behind(i int) int {
	switch u := s.result.Units[i]; {
	case len(u.Knocked) > 0:
		return len(s.units) + 2
	case len(u.Held) > 0:
		return len(s.units) + 1
	}
	return s.places[i].Rank
}

// grade is the unit's grade as a table shows it.
func (s scored) grade(i int) string {
	g := s.result.Units[i].Graded.Grade
	if g == nil {
		return "–"
	}
	return either(g.Name, g.ID)
}

// why is the reason of a place, and of the grade where there is one.
func (s scored) why(i int) string {
	vi := locale.Vietnamese
	text := vi.Say(s.places[i].Why.Text, s.places[i].Why.Args)
	if g := s.result.Units[i].Graded.Why; g.Text != "" {
		text += " " + vi.Say(g.Text, g.Args)
	}
	return strings.TrimSpace(text)
}

func (s scored) unitName(i int) string { return either(s.units[i].Name, s.units[i].ID) }

func either(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

// table prints the ranking, then every unit's criteria with their calculations.
func (s scored) table(w io.Writer) error {
	vi := locale.Vietnamese
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := []string{vi.T("Hạng"), vi.T("Đơn vị"), vi.T("Tổng điểm"), vi.T("Vì sao")}
	graded := len(s.sheet.Grades) > 0
	if graded {
		head = slices.Insert(head, 3, vi.T("Xếp loại"))
	}
	fmt.Fprintln(tw, strings.Join(head, "\t"))
	for _, i := range s.byRank() {
		row := []string{rank(s.places[i]), s.unitName(i), vi.Points(s.result.Units[i].Total), s.why(i)}
		if graded {
			row = slices.Insert(row, 3, s.grade(i))
		}
		fmt.Fprintln(tw, strings.Join(row, "\t"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, i := range s.byRank() {
		u := s.result.Units[i]
		fmt.Fprintf(w, "\n%s: %s\n", s.unitName(i), vi.Points(u.Total))
		tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		s.sheet.Walk(func(c *scoring.Criterion, depth int) {
			cell := u.Cells[c.ID]
			calc := cell.Why.Calc(vi)
			if calc == "" {
				calc = cell.Why.Text(vi)
			}
			fmt.Fprintf(tw, "%s%s\t%s\t%s\t%s\n", strings.Repeat("  ", depth+1), c.ID, c.Name, vi.Points(cell.Points), calc)
		})
		if err := tw.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// rank writes a place; ties are shown as ties, and no place as a dash.
func rank(p ranking.Place) string {
	if p.Rank == 0 {
		return "–"
	}
	if p.Tied {
		return fmt.Sprintf("%d=", p.Rank)
	}
	return fmt.Sprint(p.Rank)
}

// xlsx writes a workbook: the ranking with every criterion in a column, and
// every figure with its reason.
func (s scored) xlsx(w io.Writer) error {
	vi := locale.Vietnamese
	main := sheet.Table{Title: vi.T("Bảng điểm và xếp hạng"), Frozen: 2, Columns: []sheet.Column{
		{Name: vi.T("Hạng"), Kind: sheet.Number, Width: 8}, {Name: vi.T("Đơn vị"), Width: 36}}}
	reasons := sheet.Table{Title: vi.T("Vì sao"), Frozen: 2, Columns: []sheet.Column{
		{Name: vi.T("Đơn vị"), Width: 30}, {Name: vi.T("Tiêu chí"), Width: 30}, {Name: vi.T("Điểm tối đa"), Kind: sheet.Points},
		{Name: vi.T("Điểm"), Kind: sheet.Points}, {Name: vi.T("Cách tính"), Width: 44}, {Name: vi.T("Giải thích"), Width: 60}}}
	s.sheet.Walk(func(c *scoring.Criterion, _ int) {
		main.Columns = append(main.Columns, sheet.Column{Name: either(c.Name, c.ID), Kind: sheet.Points})
	})
	main.Columns = append(main.Columns, sheet.Column{Name: vi.T("Tổng điểm"), Kind: sheet.Points})
	if len(s.sheet.Grades) > 0 {
		main.Columns = append(main.Columns, sheet.Column{Name: vi.T("Xếp loại"), Width: 24})
	}
	main.Columns = append(main.Columns, sheet.Column{Name: vi.T("Vì sao xếp hạng này"), Width: 60})
	for _, i := range s.byRank() {
		u, p := s.result.Units[i], s.places[i]
		row := []any{place(p), s.unitName(i)}
		s.sheet.Walk(func(c *scoring.Criterion, _ int) {
			cell := u.Cells[c.ID]
			row = append(row, shown(cell))
			reasons.Rows = append(reasons.Rows, []any{s.unitName(i), either(c.Name, c.ID), most(c), shown(cell), cell.Why.Calc(vi), cell.Why.Text(vi)})
		})
		row = append(row, u.Total)
		if len(s.sheet.Grades) > 0 {
			row = append(row, s.grade(i))
		}
		main.Rows = append(main.Rows, append(row, s.why(i)))
	}
	return sheet.Write(w, main, reasons)
}

// place leaves the cell empty where a unit has no place.
func place(p ranking.Place) any {
	if p.Rank == 0 {
		return nil
	}
	return p.Rank
}

// shown leaves the cell empty where a criterion is left out as not applicable.
func shown(c scoring.Cell) any {
	if c.NA && c.Points == 0 {
		return nil
	}
	return c.Points
}

func most(c *scoring.Criterion) any {
	if c.NoMax {
		return nil
	}
	return c.Max
}
