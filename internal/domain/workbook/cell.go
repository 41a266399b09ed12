package workbook

import (
	"io"
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind is what stands in a cell.
type Kind uint8

const (
	Text Kind = iota
	Number
	Percent
	Date
	Bool
	Broken // #REF!
)

// Cell is a cell as read: what a person sees in it, numbers in Vietnamese form
// without thousands marks. A formula without a last result has no text.
type Cell struct {
	Text    string
	Kind    Kind
	Formula bool
	Merged  bool // with cells above or below
}

// Sheet is a sheet as read.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]Cell
}

// Reader reads an .xlsx; tell hears how many bytes of how many are read. Its
// faults say what is wrong with the file.
type Reader func(r io.ReaderAt, size int64, tell func(done, total int64)) ([]Sheet, error)

// at is a cell of a row, empty where there is none. Columns count from 1.
func at(row []Cell, column int) Cell {
	if column < 1 || column > len(row) {
		return Cell{}
	}
	return row[column-1]
}

// line is the cell's text on one line, no longer than n characters.
func (c Cell) line(n int) string { return shorten(vntext.Line(c.Text), n) }

func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// Letter is the name of a column: 1 is A, 27 is AA.
func Letter(column int) string {
	s := ""
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

// noFigure are ways to say that there is none.
var noFigure = map[string]bool{"": true, "-": true, "–": true, "—": true, "...": true, "…": true}

// amount is what a cell says as a figure: a decimal as typed, and the unit where
// the cell has one beside it. ok is false for an empty cell.
func (c Cell) amount() (text, unit string, ok bool, wrong *fault.Error) {
	bad := func(sentence string, kv ...any) (string, string, bool, *fault.Error) {
		return "", "", true, fault.Wrong("amount", sentence, kv...)
	}
	seen := c.line(60)
	switch {
	case c.Formula && c.Text == "":
		return bad("Ô này là công thức chưa có kết quả. Hãy mở tệp bằng Excel, lưu lại để công thức được tính, hoặc thay công thức bằng con số.")
	case noFigure[seen]:
		return "", "", false, nil
	case c.Kind == Text && seen != c.line(1<<20): // cut short it would be another figure
		return bad("“{.value}” không phải là số. Hãy nhập như 1.234,5 hoặc 1234.5.", "value", seen)
	case c.Merged:
		return bad("Ô này gộp với ô ở dòng khác nên không rõ số liệu thuộc dòng nào. Hãy bỏ gộp ô và ghi số vào từng dòng.")
	case c.Kind == Broken:
		return bad("Ô này báo lỗi {.value} của Excel. Hãy sửa công thức hoặc thay bằng con số.", "value", seen)
	case c.Kind == Date:
		return bad("Ô này là ngày, giờ ({.value}), không phải số. Excel hay tự đổi số như 5/7 thành ngày: hãy đổi định dạng ô thành Số rồi ghi lại.", "value", seen)
	case c.Kind == Bool:
		return bad("Ô này là đúng hoặc sai ({.value}), không phải số.", "value", seen)
	case c.Kind == Percent:
		return strings.TrimSuffix(c.Text, "%"), "%", true, nil
	case c.Kind == Number:
		return c.Text, "", true, nil
	}
	return typed(seen)
}

// typed reads a figure that was typed as text: with the unit behind it, with
// "tăng" or "giảm" before it.
func typed(seen string) (text, unit string, ok bool, wrong *fault.Error) {
	text = seen
	sign := ""
	switch first, rest, cut := strings.Cut(text, " "); {
	case cut && indicator.Key(first) == "giam":
		sign, text = "-", strings.TrimSpace(rest)
	case cut && indicator.Key(first) == "tang":
		text = strings.TrimSpace(rest)
	}
	text = strings.TrimPrefix(text, "+")
	end := strings.LastIndexAny(text, "0123456789") + 1
	text, unit = strings.TrimSpace(text[:end]), strings.TrimSpace(text[end:])
	if _, err := locale.Vietnamese.ParseNumber(sign + text); err != nil {
		return "", "", true, fault.Wrong("amount", "“{.value}” không phải là số. Hãy nhập như 1.234,5 hoặc 1234.5.", "value", seen)
	}
	return sign + text, unit, true, nil
}

// yes tells whether a cell of confirmation is ticked.
func (c Cell) yes() bool {
	switch indicator.Key(c.line(20)) {
	case "x", "co", "roi", "da kiem tra", "yes", "true", "1", "ok", "v":
		return true
	}
	return strings.TrimSpace(c.Text) == "✓" || strings.TrimSpace(c.Text) == "✔"
}

// period reads how people write a period; "" for what is none.
func period(text string) indicator.Period {
	key := strings.TrimPrefix(strings.TrimPrefix(indicator.Key(shorten(text, 60)), "ky "), "den het ")
	if p := indicator.Period(strings.ToUpper(key)); p.Valid() {
		return p
	}
	words := strings.Fields(key)
	if n := len(words); n > 1 && len(words[n-1]) == 4 && strings.Trim(words[n-1], "0123456789") == "" {
		words = words[:n-1] // the year
		if n > 2 && words[n-2] == "nam" && words[n-3] != "dau" {
			words = words[:n-2] // "6 tháng năm 2023"
		}
	}
	switch strings.Join(words, " ") {
	case "6 thang", "6 thang dau nam", "sau thang", "sau thang dau nam", "nua nam", "so ket", "half year":
		return indicator.HalfYear
	case "ca nam", "nam", "ca", "12 thang", "tong ket", "full year", "year":
		return indicator.FullYear
	case "9 thang", "chin thang", "9 thang dau nam":
		return "M09"
	case "3 thang", "3 thang dau nam":
		return "Q1"
	}
	if len(words) != 2 {
		return ""
	}
	n, roman := words[1], map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}
	switch words[0] {
	case "quy", "quarter":
		if r := roman[n]; r != "" {
			n = r
		}
		if p := indicator.Period("Q" + n); p.Valid() {
			return p
		}
	case "thang", "month":
		if len(n) == 1 {
			n = "0" + n
		}
		if p := indicator.Period("M" + n); p.Valid() {
			return p
		}
	}
	return ""
}
