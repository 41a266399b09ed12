package workbook

import (
	"regexp"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
)

// Role is what a column holds.
type Role string

const (
	ByCode   Role = "code" // of our own template: the period and the target's id
	ByUnit   Role = "unit"
	ByName   Role = "name"
	Measure  Role = "measure"
	Goal     Role = "goal"
	LastYear Role = "last_year"
	Previous Role = "previous"
	Figure   Role = "figure"
	When     Role = "period"
	Source   Role = "source"
	Note     Role = "note"
	Sure     Role = "sure"
	Reason   Role = "reason"
)

// Heads are the headings of the template.
var Heads = map[Role]string{
	ByCode: "Mã (không sửa)", ByUnit: "Đơn vị", ByName: "Chỉ tiêu", Measure: "Đơn vị tính", Goal: "Mục tiêu", LastYear: "Kết quả năm trước",
	Previous: "Kỳ trước", Figure: "Số liệu", When: "Kỳ báo cáo", Source: "Nguồn số liệu", Note: "Ghi chú", Sure: "Tôi đã kiểm tra", Reason: "Lý do đính chính",
}

// Mapped are the roles that a person gives to columns of another workbook, in
// the order of the form.
var Mapped = []Role{ByName, Figure, ByUnit, Measure, When, Source, Note, Sure, Reason}

// known are headings by which columns are guessed, each role's best first.
var known = map[Role][]string{
	ByUnit:  {"đơn vị", "tên đơn vị", "đơn vị báo cáo", "đơn vị thành viên", "cơ quan, đơn vị", "địa phương", "tên địa phương", "huyện, thành phố", "huyện, thị xã", "tên huyện", "phường, xã", "xã, phường", "sở, ngành", "cơ quan", "tên cơ quan", "unit"},
	ByName:  {"chỉ tiêu", "tên chỉ tiêu", "chỉ tiêu thi đua", "nội dung chỉ tiêu", "nội dung", "nhiệm vụ, chỉ tiêu", "tiêu chí", "target", "indicator"},
	Measure: {"đơn vị tính", "đvt", "đv tính", "unit of measure"},
	Figure:  {"số liệu", "số liệu kỳ này", "kết quả thực hiện", "kết quả", "thực hiện", "số thực hiện", "số liệu lũy kế", "lũy kế", "giá trị", "đạt được", "figure", "result"},
	When:    {"kỳ báo cáo", "kỳ", "thời gian", "period"},
	Source:  {"nguồn số liệu", "nguồn", "source"},
	Note:    {"ghi chú", "giải trình", "note"},
	Sure:    {"tôi đã kiểm tra", "đã kiểm tra"},
	Reason:  {"lý do đính chính", "lý do"},
}

var headKeys = func() map[Role][]string {
	out := map[Role][]string{}
	for role, names := range known {
		for _, n := range names {
			out[role] = append(out[role], indicator.Key(n))
		}
	}
	return out
}()

// headRows is how far down a head is looked for, and headColumns how far across.
const (
	headRows    = 25
	headColumns = 60
)

// Columns say which column, from 1, has which role.
type Columns map[Role]int

// guess reads a row as a head: names that are headings first, then those that
// begin like one. None twice.
func guess(row []Cell) Columns {
	out, taken := Columns{}, map[int]bool{}
	for _, fits := range []func(key, known string) bool{
		func(key, known string) bool { return key == known },
		func(key, known string) bool { return strings.HasPrefix(key, known+" ") },
	} {
		for _, role := range Mapped {
			for _, name := range headKeys[role] {
				for column := 1; column <= min(len(row), headColumns) && out[role] == 0; column++ {
					key := indicator.Key(at(row, column).line(80))
					if role == Figure && before(key) {
						continue
					}
					if !taken[column] && key != "" && fits(key, name) {
						out[role], taken[column] = column, true
					}
				}
			}
		}
	}
	return out
}

// before: headings of what stands beside the figure, not of the figure.
func before(key string) bool {
	return strings.Contains(key, "truoc") || strings.Contains(key, "ke hoach") || strings.Contains(key, "muc tieu")
}

// headOf finds the row that looks most like a head; 0 for none.
func headOf(s Sheet) (row int, columns Columns) {
	for i := range min(len(s.Rows), headRows) {
		if c := guess(s.Rows[i]); len(c) > len(columns) {
			row, columns = i+1, c
		}
	}
	return row, columns
}

// codes are what the template's hidden column holds.
var codes = regexp.MustCompile(`^([A-Z0-9]{1,3})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$`)

// code identifies a target and a period in the template, and the figure that the
// template wrote there: what is still as it was written is no correction, even
// when the figure has been corrected elsewhere.
type code struct {
	period        indicator.Period
	target, given string
}

// Code is what the hidden column holds; given is the id of the figure, "" for none.
func Code(p indicator.Period, target, given string) string {
	text := string(p) + "." + target
	if given != "" {
		text += "." + given
	}
	return text
}

// longCode is more than a code is long.
const longCode = 100

func parseCode(text string) (code, bool) {
	m := codes.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || !indicator.Period(m[1]).Valid() {
		return code{}, false
	}
	return code{indicator.Period(m[1]), m[2], m[3]}, true
}

// own finds the template's columns in a sheet: where codes stand, and the
// headings in the nearest row above that has them. ok is false for a sheet that
// is none of ours.
func own(s Sheet) (head int, columns Columns, ok bool) {
	for i, row := range s.Rows {
		column := slices.IndexFunc(row[:min(len(row), headColumns)], func(c Cell) bool {
			_, is := parseCode(c.line(longCode))
			return is
		})
		if column < 0 {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			columns = Columns{}
			for at, c := range s.Rows[j][:min(len(s.Rows[j]), headColumns)] {
				for role, name := range Heads {
					if columns[role] == 0 && indicator.Key(c.line(60)) == indicator.Key(name) {
						columns[role] = at + 1
					}
				}
			}
			if columns[ByName] > 0 && columns[Figure] > 0 {
				columns[ByCode] = column + 1
				return j + 1, columns, true
			}
		}
		return 0, nil, false
	}
	return 0, nil, false
}

// OutlineSheet is what the form of columns shows of a sheet.
type OutlineSheet struct {
	Name  string
	Index int        // in the workbook
	Rows  [][]string // the first ones, cut short
	Head  int        // the row that looks like the head; 0 for none
	Last  int        // rows in all
}

// outline keeps the beginning of every sheet that holds something.
func outline(sheets []Sheet) []OutlineSheet {
	var out []OutlineSheet
	for i, s := range sheets {
		if s.Hidden || len(s.Rows) == 0 || len(out) == 40 {
			continue
		}
		o := OutlineSheet{Name: s.Name, Index: i, Last: len(s.Rows)}
		o.Head, _ = headOf(s)
		for _, row := range s.Rows[:min(len(s.Rows), headRows+3)] {
			cells := make([]string, min(len(row), headColumns))
			for j := range cells {
				cells[j] = row[j].line(40)
			}
			o.Rows = append(o.Rows, cells)
		}
		out = append(out, o)
	}
	return out
}

// Guess reads a row of the outline as a head.
func (o OutlineSheet) Guess(row int) Columns {
	if row < 1 || row > len(o.Rows) {
		return Columns{}
	}
	cells := make([]Cell, len(o.Rows[row-1]))
	for i, t := range o.Rows[row-1] {
		cells[i].Text = t
	}
	return guess(cells)
}
