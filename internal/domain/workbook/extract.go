package workbook

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Mapping says how to read a workbook that is not made from our template. Zero
// for one that is.
type Mapping struct {
	Sheet   int // its index in the workbook
	Head    int // the row of the headings, from 1
	Columns Columns
	Period  indicator.Period  // where no column says it
	Source  string            // of every row that names none
	Wide    bool              // a column for each target, whose heading is its name; a row for each unit
	Choices map[string]string // Ask.Key → a unit, a target or Skip
}

// mapped tells whether a person has said what the columns are.
func (m Mapping) mapped() bool { return m.Columns[Figure] > 0 || m.Wide }

// item is a row that brings a figure, as far as it could be read.
type item struct {
	sheet      string
	row        int
	columns    Columns
	target     string
	given      string // the figure that the template wrote in the row
	period     indicator.Period
	name, unit string // as the row has them
	amount     string
	measure    string
	source     string
	note       string
	reason     string
	common     string // source of every row
	sure       bool
	faults     []*fault.Error
	ask        bool // it waits for a choice
}

// wrong adds a fault at a role's column.
func (it *item) wrong(role Role, sentence string, kv ...any) {
	it.faults = append(it.faults, fault.Wrong(string(role), sentence, kv...))
}

// texts are as long as a service takes and one more: what is longer gets its
// own sentence there.
const (
	longSource = 501
	longNote   = 2001
)

// row reads what every row has, whatever the workbook. ok is false for a row
// without a figure.
func (it *item) read(row []Cell, columns Columns) (ok bool) {
	it.columns = columns
	cell := func(r Role) Cell { return at(row, columns[r]) }
	amount, beside, ok, wrong := cell(Figure).amount()
	if !ok {
		return false
	}
	if wrong != nil {
		wrong.Field = string(Figure)
		it.faults = append(it.faults, wrong)
	}
	it.amount, it.measure = amount, cell(Measure).line(60)
	if cell(Measure).Kind == Broken {
		it.measure = ""
	}
	switch {
	case beside == "%" && it.measure != "" && !strings.HasPrefix(it.measure, "%") && !strings.HasSuffix(it.measure, "%"):
		it.wrong(Figure, "Ô này ghi theo phần trăm ({.value}%) nhưng chỉ tiêu tính bằng {.unit}. Hãy ghi số theo đúng đơn vị tính.", "value", amount, "unit", it.measure)
	case beside != "" && beside != "%":
		it.measure = beside
	case beside == "%" && it.measure == "":
		it.measure = "%"
	}
	it.name, it.unit = cell(ByName).line(300), cell(ByUnit).line(200)
	it.source = vntext.Line(shorten(cell(Source).Text, longSource))
	it.note = vntext.Clean(shorten(cell(Note).Text, longNote))
	it.reason = vntext.Line(shorten(cell(Reason).Text, longSource))
	it.sure = cell(Sure).yes()
	for _, r := range []Role{Source, Note, Reason} {
		if c := cell(r); c.Kind == Broken {
			it.wrong(r, "Ô này báo lỗi {.value} của Excel. Hãy sửa hoặc xóa ô.", "value", c.line(20))
		}
	}
	return true
}

// fromTemplate reads the sheets that are ours. Rows without a figure are
// counted, rows with a figure and no code are told.
func fromTemplate(sheets []Sheet) (items []item, empty int, found bool) {
	for _, s := range sheets {
		head, columns, ok := own(s)
		if !ok {
			continue
		}
		found = true
		for i := head; i < len(s.Rows); i++ {
			it := item{sheet: s.Name, row: i + 1}
			code, coded := parseCode(at(s.Rows[i], columns[ByCode]).line(longCode))
			if !it.read(s.Rows[i], columns) {
				if coded {
					empty++
				}
				continue
			}
			it.period, it.target, it.given = code.period, code.target, code.given
			if !coded {
				it.wrong(Figure, "Dòng này có số liệu nhưng mất mã ẩn ở cột {.column} nên không biết là chỉ tiêu nào. Hãy ghi số vào đúng dòng của mẫu, hoặc tải mẫu mới.", "column", Letter(columns[ByCode]))
			}
			items = append(items, it)
		}
	}
	return items, empty, found
}

// fromMapping reads the sheet that a person chose.
func fromMapping(sheets []Sheet, m Mapping, match *matcher) (items []item, empty int, err error) {
	if m.Sheet < 0 || m.Sheet >= len(sheets) || m.Head < 0 || m.Head >= max(len(sheets[m.Sheet].Rows), 1) {
		return nil, 0, fault.Wrong("sheet", "Không có trang hoặc dòng tiêu đề như vậy trong tệp. Hãy chọn lại.")
	}
	s := sheets[m.Sheet]
	if m.Wide {
		return m.across(s, match)
	}
	for i := m.Head; i < len(s.Rows); i++ {
		it := item{sheet: s.Name, row: i + 1, common: m.Source}
		name := at(s.Rows[i], m.Columns[ByName]).line(300)
		if name == "" || !it.read(s.Rows[i], m.Columns) {
			if name != "" {
				empty++
			}
			continue
		}
		if m.place(&it, s.Rows[i], match) {
			items = append(items, it)
		} else {
			empty++
		}
	}
	return items, empty, nil
}

// place finds the period, the unit and the target of an item; false for one that
// the person leaves out.
func (m Mapping) place(it *item, row []Cell, match *matcher) bool {
	if it.period = m.Period; m.Columns[When] > 0 {
		text := at(row, m.Columns[When]).line(60)
		if it.period = period(text); it.period == "" {
			it.wrong(When, "“{.text}” không phải là kỳ báo cáo. Hãy ghi như 6 tháng, 9 tháng, Quý 1, Tháng 4 hoặc Cả năm.", "text", text)
		}
	}
	where := place(it.sheet, it.row)
	unit := ""
	if m.Columns[ByUnit] > 0 {
		if it.unit == "" {
			it.wrong(ByUnit, "Dòng này chưa ghi đơn vị.")
			return true
		}
		var ask string
		if unit, ask = match.unit(it.unit, where); ask != "" {
			it.ask = true
			return true
		}
	}
	if unit == Skip {
		return false
	}
	var ask string
	it.target, ask = match.target(unit, it.name, it.measure, where)
	it.ask = ask != ""
	return it.target != Skip
}
