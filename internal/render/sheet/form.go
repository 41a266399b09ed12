package sheet

import (
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Form is a sheet that people fill in and send back: a Table of which only the
// open columns may be changed. It is protected without a password, against
// slips and not against people.
type Form struct {
	Tab     string // name of the sheet; the title where empty
	Title   string
	Notes   []string
	Columns []FormColumn
	Rows    [][]any
	Frozen  int
}

// FormColumn is a column of a form.
type FormColumn struct {
	Column
	Open    bool     // may be filled in
	Choices []string // what an open cell may hold
	Longest int      // of a text, in characters; 0 for no limit
	Prompt  string   // said at the open cell
}

// WriteForms writes a workbook of forms, and a last sheet that explains them: a
// title and a line for each sentence.
func WriteForms(w io.Writer, guide []string, forms ...Form) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{file: f, styles: map[look]int{}, taken: map[string]bool{}}
	sheets := 0
	add := func(title string) (string, error) {
		name := b.tab(title)
		sheets++
		if sheets == 1 {
			return name, f.SetSheetName("Sheet1", name)
		}
		_, err := f.NewSheet(name)
		return name, err
	}
	for _, form := range forms {
		title := form.Tab
		if title == "" {
			title = form.Title
		}
		name, err := add(title)
		if err == nil {
			err = b.form(name, form)
		}
		if err != nil {
			return fault.Wrap(err)
		}
	}
	if len(guide) > 0 {
		name, err := add(guide[0])
		if err == nil {
			err = b.guide(name, guide)
		}
		if err != nil {
			return fault.Wrap(err)
		}
	}
	f.SetActiveSheet(0)
	title := ""
	if len(forms) > 0 {
		title = forms[0].Title
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: vntext.Line(title), Creator: "thidua", Language: "vi-VN"}); err != nil {
		return fault.Wrap(err)
	}
	if err := f.Write(w); err != nil {
		return fault.Wrap(err)
	}
	return nil
}

// form writes one form. Hidden columns come first, so that the title stands
// over what can be seen.
func (b *book) form(name string, form Form) error {
	t := Table{Title: form.Title, Notes: form.Notes, Rows: form.Rows, Frozen: form.Frozen}
	for _, c := range form.Columns {
		t.Columns = append(t.Columns, c.Column)
	}
	hidden := 0
	for hidden < len(form.Columns) && form.Columns[hidden].Hidden {
		hidden++
	}
	b.open = make([]bool, len(form.Columns))
	for i, c := range form.Columns {
		b.open[i] = c.Open
	}
	b.first, b.filled = hidden, true
	err := b.table(name, t)
	b.first, b.filled, b.open = 0, false, nil
	if err != nil {
		return err
	}
	head := form.headRow()
	first, last := head+1, max(head+len(form.Rows), head+1)
	for i, c := range form.Columns {
		if !c.Open || c.Longest == 0 && len(c.Choices) == 0 && c.Prompt == "" {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(at(i+1, first) + ":" + at(i+1, last))
		switch {
		case len(c.Choices) > 0:
			if err := v.SetDropList(c.Choices); err != nil {
				return err
			}
		case c.Longest > 0:
			if err := v.SetRange(0, c.Longest, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween); err != nil {
				return err
			}
		}
		if c.Prompt != "" {
			v.SetInput(shorten(c.Name, 32), shorten(c.Prompt, 255))
		}
		if err := b.file.AddDataValidation(name, v); err != nil {
			return err
		}
	}
	return b.file.ProtectSheet(name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true, EditObjects: true, EditScenarios: true})
}

// headRow is the row of the heads, as table places it.
func (f Form) headRow() int {
	n := 0
	for _, line := range append([]string{f.Title}, f.Notes...) {
		if vntext.Line(line) != "" {
			n++
		}
	}
	if n > 0 {
		n++
	}
	return n + 1
}

// guide writes sentences under a title, each in a row of its own.
func (b *book) guide(name string, lines []string) error {
	const width = 100
	if err := b.file.SetColWidth(name, "A", "A", width); err != nil {
		return err
	}
	for i, line := range lines {
		if err := b.put(name, 1, i+1, look{kind: Text, bold: i == 0}, line); err != nil {
			return err
		}
		if err := b.height(name, i+1, []string{line}, []float64{width * 7 / 8}); err != nil {
			return err
		}
	}
	return b.page(name, Table{}, 0, 0)
}
