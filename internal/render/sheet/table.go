// Package sheet writes tables as Excel workbooks and reads the rows of those
// that people upload.
//
// Out: figures are exact numbers, not texts and not floats; text never becomes a
// formula; every sheet prints on A4 across with its head on each page.
// In: an upload is hostile until read: its size when unpacked, its rows and its
// columns have limits, and what is wrong is said in a sentence for the person
// who uploaded it.
package sheet

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind is what a column holds and so how it is written and aligned.
type Kind int

const (
	Text    Kind = iota
	Number       // thousands marks, as many decimals as the value has
	Points       // two decimals at least
	Percent      // 98.5 is shown 98,5%
	Date
)

// Column is a column. Width is in characters; 0 lets the content decide.
type Column struct {
	Name   string
	Kind   Kind
	Width  float64
	Hidden bool // what the program needs and people do not
}

// Table is one sheet of a workbook. A cell is a string, an integer, Points, a
// decimal, a *big.Rat, a clock.Day or Instant, a time, a bool or nil; in a
// column of numbers a string that is a plain decimal ("1234.50") is a number
// and any other string stays text. Footer rows are totals, in bold, outside the filter.
type Table struct {
	Title   string   // first line of the sheet and, shortened, the name of its tab
	Notes   []string // lines beneath the title: unit, period, date
	Columns []Column
	Rows    [][]any
	Footer  [][]any
	Strong  map[int]bool // rows in bold, from 0: the heads of groups
	Frozen  int          // columns that stay in sight when one scrolls to the right
}

// Write writes a workbook with one sheet for each table.
func Write(w io.Writer, tables ...Table) error {
	f := excelize.NewFile()
	defer f.Close()
	if len(tables) == 0 {
		tables = []Table{{}}
	}
	b := &book{file: f, styles: map[look]int{}, taken: map[string]bool{}}
	for i, t := range tables {
		name := b.tab(t.Title)
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = b.table(name, t)
		}
		if err != nil {
			return fault.Wrap(err)
		}
	}
	f.SetActiveSheet(0)
	if err := f.SetDocProps(&excelize.DocProperties{Title: vntext.Line(tables[0].Title), Creator: "thidua", Language: "vi-VN"}); err != nil {
		return fault.Wrap(err)
	}
	if err := f.Write(w); err != nil {
		return fault.Wrap(err)
	}
	return nil
}

type book struct {
	file   *excelize.File
	styles map[look]int
	taken  map[string]bool

	// Of a form under way: which columns are open, and how many hidden ones
	// come first.
	filled bool
	open   []bool
	first  int
}

// tab makes the name of a sheet: Excel wants at most 31 characters, none of
// seven, no apostrophe at the ends, and no name twice whatever the case.
func (b *book) tab(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, title)
	name = strings.Trim(vntext.Line(name), "' ")
	if name == "" || strings.EqualFold(name, "History") {
		name = "Trang"
	}
	base := shorten(name, 31)
	name = base
	for i := 2; b.taken[strings.ToLower(name)]; i++ {
		mark := " (" + itoa(i) + ")"
		name = shorten(base, 31-len(mark)) + mark
	}
	b.taken[strings.ToLower(name)] = true
	return name
}

// shorten cuts to n of the units in which Excel counts: UTF-16, of which an
// emoji takes two.
func shorten(s string, n int) string {
	used := 0
	for i, r := range s {
		used++
		if r > 0xFFFF {
			used++
		}
		if used > n {
			return strings.TrimRight(s[:i], "' ")
		}
	}
	return s
}

func (b *book) table(name string, t Table) error {
	f := b.file
	columns := len(t.Columns)
	last := max(columns, 1)
	widths := t.widths()
	if err := b.heights(name); err != nil {
		return err
	}
	row := 1
	for i, line := range append([]string{t.Title}, t.Notes...) {
		if vntext.Line(line) == "" {
			continue
		}
		l := look{kind: Text, title: true, bold: i == 0}
		if err := b.put(name, b.first+1, row, l, line); err != nil {
			return err
		}
		if last > b.first+1 {
			from, to := at(b.first+1, row), at(last, row)
			if err := f.MergeCell(name, from, to); err != nil {
				return err
			}
		}
		size := lineHeight
		if i == 0 {
			size += 4
		}
		if err := f.SetRowHeight(name, row, size*float64(linesOf(line, max(sumOf(widths[min(b.first, len(widths)):]), 40)*7/8))); err != nil {
			return err
		}
		row++
	}
	if row > 1 {
		row++
	}
	head := row
	for i, c := range t.Columns {
		if err := b.put(name, i+1, row, look{kind: Text, head: true, bold: true, boxed: true}, c.Name); err != nil {
			return err
		}
		letter, _ := excelize.ColumnNumberToName(i + 1)
		if err := f.SetColWidth(name, letter, letter, widths[i]); err != nil {
			return err
		}
		if c.Hidden {
			if err := f.SetColVisible(name, letter, false); err != nil {
				return err
			}
		}
	}
	if columns > 0 {
		if err := b.height(name, row, t.heads(), widths); err != nil {
			return err
		}
		row++
	}
	for i, cells := range t.Rows {
		if err := b.row(name, row, t.Columns, widths, cells, t.Strong[i]); err != nil {
			return err
		}
		row++
	}
	bodyEnd := row - 1
	for _, cells := range t.Footer {
		if err := b.row(name, row, t.Columns, widths, cells, true); err != nil {
			return err
		}
		row++
	}
	return b.page(name, t, head, bodyEnd)
}

// row writes the cells of a row; a missing cell is boxed and empty, one too many is left out.
func (b *book) row(name string, row int, columns []Column, widths []float64, cells []any, bold bool) error {
	texts := make([]string, len(columns))
	for i, c := range columns {
		var v any
		if i < len(cells) {
			v = cells[i]
		}
		l := look{kind: c.Kind, bold: bold, boxed: true}
		if b.filled {
			l.open, l.locked = b.open[i], !b.open[i]
		}
		switch v.(type) {
		case int, int64: // a number of order or a year
			l.middle = c.Kind == Text
		}
		if err := b.put(name, i+1, row, l, v); err != nil {
			return err
		}
		if c.Kind == Text && !c.Hidden {
			texts[i] = plain(v)
		}
	}
	return b.height(name, row, texts, widths)
}

// page freezes the head, sets the filter and the print: A4 across, as wide as
// the paper, head on every page, page numbers.
func (b *book) page(name string, t Table, head, bodyEnd int) error {
	f, columns := b.file, len(t.Columns)
	if columns > 0 {
		frozen := min(max(t.Frozen, 0), columns-1)
		if err := f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: head, TopLeftCell: at(frozen+1, head+1), ActivePane: pane(frozen)}); err != nil {
			return err
		}
		if bodyEnd > head {
			if err := f.AutoFilter(name, at(1, head)+":"+at(columns, bodyEnd), nil); err != nil {
				return err
			}
		}
		quoted := "'" + strings.ReplaceAll(name, "'", "''") + "'"
		rows := "$" + itoa(head) + ":$" + itoa(head)
		if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + "!" + rows, Scope: name}); err != nil {
			return err
		}
	}
	a4, across, wide, high, fit := 9, "landscape", 1, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	side, top, foot, centred := 0.59, 0.79, 0.4, true
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot, Horizontally: &centred}); err != nil {
		return err
	}
	return f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: `&C&"Times New Roman,Regular"&11&P/&N`})
}

func pane(frozen int) string {
	if frozen > 0 {
		return "bottomRight"
	}
	return "bottomLeft"
}

func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1"
	}
	return name
}
