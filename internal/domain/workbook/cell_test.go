package workbook

import (
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/indicator"
)

func TestAmountsOfCells(t *testing.T) {
	for _, c := range []struct {
		cell         Cell
		amount, unit string
		fault        string // the beginning of the sentence; the amount else
	}{
		{Cell{Text: "1.234,5"}, "1.234,5", "", ""},
		{Cell{Text: "1234,5", Kind: Number}, "1234,5", "", ""},
		{Cell{Text: "0,1000000000000000055", Kind: Number}, "0,1000000000000000055", "", ""},
		{Cell{Text: "98,5%", Kind: Percent}, "98,5", "%", ""},
		{Cell{Text: "98,5 %"}, "98,5", "%", ""},
		{Cell{Text: "45,5 tỷ USD"}, "45,5", "tỷ USD", ""},
		{Cell{Text: "giảm 2,5%"}, "-2,5", "%", ""},
		{Cell{Text: "Tăng 7"}, "7", "", ""},
		{Cell{Text: "+7"}, "7", "", ""},
		{Cell{Text: "−7"}, "−7", "", ""},
		{Cell{Text: "42", Kind: Number, Formula: true}, "42", "", ""},
		{Cell{}, "", "", ""},
		{Cell{Text: " – "}, "", "", ""},
		{Cell{Formula: true}, "", "", "Ô này là công thức"},
		{Cell{Text: "1.2.3,4"}, "", "", "“{.value}” không phải là số"},
		{Cell{Text: "#REF!", Kind: Broken}, "", "", "Ô này báo lỗi"},
		{Cell{Text: "05/07/2023", Kind: Date}, "", "", "Ô này là ngày"},
		{Cell{Text: "TRUE", Kind: Bool}, "", "", "Ô này là đúng"},
		{Cell{Text: "5", Kind: Number, Merged: true}, "", "", "Ô này gộp"},
		{Cell{Text: strings.Repeat("9", 100<<10)}, "", "", "“{.value}” không phải là số"},
		{Cell{Text: "chưa có"}, "", "", "“{.value}” không phải là số"},
	} {
		amount, unit, ok, wrong := c.cell.amount()
		said := ""
		if wrong != nil {
			said = wrong.Text
			if v, _ := wrong.Args["value"].(string); len([]rune(v)) > 61 {
				t.Errorf("%.20q is repeated at length", c.cell.Text)
			}
		}
		if amount != c.amount || unit != c.unit || ok != (c.amount != "" || c.fault != "") || !strings.HasPrefix(said, c.fault) || (said == "") != (c.fault == "") {
			t.Errorf("%.40q: %q %q %v %q", c.cell.Text, amount, unit, ok, said)
		}
	}
}

func TestPeriodsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]indicator.Period{
		"6 tháng": "H1", "6 tháng đầu năm 2023": "H1", "Cả năm": "Y", "năm": "Y", "9 tháng": "M09", "Quý I": "Q1", "quý 3": "Q3", "Tháng 4": "M04", "Đến hết tháng 11": "M11", "Kỳ: 6 tháng": "H1",
		"H1": "H1", "m03": "M03", "": "", "tháng 13": "", "quý 5": "", "hôm qua": "", "12 tháng": "Y", "Cả năm 2023": "Y", "năm 2023": "Y", "Quý II năm 2023": "Q2", "6 tháng năm 2023": "H1", "tháng 4/2023": "M04", "Đến hết quý 2": "Q2",
	} {
		if got := period(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestHeadsAreGuessed(t *testing.T) {
	row := func(texts ...string) (out []Cell) {
		for _, s := range texts {
			out = append(out, Cell{Text: s})
		}
		return out
	}
	got := guess(row("TT", "Nội dung chỉ tiêu", "ĐVT", "Kế hoạch", "Kết quả năm trước", "Kết quả 6 tháng", "Nguồn số liệu", "Ghi chú", "Đơn vị báo cáo"))
	for role, column := range (Columns{ByName: 2, Measure: 3, Figure: 6, Source: 7, Note: 8, ByUnit: 9}) {
		if got[role] != column {
			t.Errorf("%s is column %d, want %d (%v)", role, got[role], column, got)
		}
	}
	if got[When] != 0 || got[Reason] != 0 {
		t.Errorf("columns that are not there: %v", got)
	}
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA"} {
		if Letter(n) != want {
			t.Errorf("column %d is %q", n, Letter(n))
		}
	}
}

// FuzzRows: whatever stands in cells, rows are read or told, never a panic.
func FuzzRows(f *testing.F) {
	for _, s := range []string{"Chỉ tiêu|Số liệu\nThu ngân sách|1.234,5", "H1.01a21f2a-5d13-73e8-b537-6ce85e8760ba|1.2.3,4", "Mã (không sửa)|Chỉ tiêu|Số liệu\nH1.01a21f2a-5d13-73e8-b537-6ce85e8760ba|x|giảm ", "%|−|\u0301", "kỳ|quý I\n|tháng 99"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		s := Sheet{Name: "T"}
		for _, line := range strings.Split(text, "\n") {
			var row []Cell
			for i, cell := range strings.Split(line, "|") {
				row = append(row, Cell{Text: cell, Kind: Kind((int(kind) + i) % 6), Formula: kind&8 != 0, Merged: kind&16 != 0})
			}
			s.Rows = append(s.Rows, row)
		}
		items, _, _ := fromTemplate([]Sheet{s})
		head, columns := headOf(s)
		if columns == nil {
			columns = Columns{}
		}
		columns[Figure], columns[ByName] = max(columns[Figure], 1), max(columns[ByName], 1)
		more, _, err := fromMapping([]Sheet{s}, Mapping{Head: head, Columns: columns, Period: "H1"}, newMatcher(nil, nil, nil, nil))
		if err == nil {
			items = append(items, more...)
		}
		for _, it := range items {
			if it.amount == "" && len(it.faults) == 0 {
				t.Fatalf("a row without a figure and without a fault: %+v", it)
			}
		}
		outline([]Sheet{s})
		period(text)
	})
}
