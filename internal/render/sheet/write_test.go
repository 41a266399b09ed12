package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/testkit"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// scores is a table with every kind of column.
var scores = Table{
	Title:   "Tổng hợp điểm thi đua năm 2026: Khối các sở, ban, ngành",
	Notes:   []string{"Số liệu đến ngày 30/11/2026"},
	Columns: []Column{{Name: "STT"}, {Name: "Đơn vị", Width: 40}, {Name: "Điểm", Kind: Points}, {Name: "Kim ngạch (triệu USD)", Kind: Number}, {Name: "Đạt", Kind: Percent}, {Name: "Ngày nộp", Kind: Date}, {Name: "Ghi chú"}},
	Rows: [][]any{
		{1, "Sở Công Thương", points.Must("103.25"), dec("93262"), dec("101.98"), clock.Day("2026-11-23"), ""},
		{2, "Ban Quản lý các khu công nghiệp", points.Must("98"), dec("-0.1"), dec("100"), nil, "=1+1"},
		{3, "Sở Tài chính", points.Must("35.3625"), "chưa có", nil, clock.Day("2026-12-01"), "@SUM(A1)"},
		{4, "Quỹ Đầu tư phát triển", nil, "1234.50", big.NewRat(1, 3), clock.Day(""), "-5 điểm"},
		{5, "Kho bạc", points.Must("0"), dec("12345678901234567890"), dec("0"), nil, "+84 222"},
	},
	Footer: [][]any{{"", "Cộng", points.Must("236.6125"), dec("94496.4")}},
	Frozen: 2,
}

func write(t *testing.T, tables ...Table) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, tables...); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// part unpacks one part of a workbook.
func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// stored are the values of a sheet as they stand in the file, by reference.
func stored(t *testing.T, data []byte) map[string]string {
	t.Helper()
	out := map[string]string{}
	d := xml.NewDecoder(strings.NewReader(part(t, data, "xl/worksheets/sheet1.xml")))
	ref, in := "", ""
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "c":
				ref = attr(e, "r") + attr(e, "t")
			case "f":
				t.Errorf("a formula in %s", ref)
			}
			in = e.Name.Local
		case xml.CharData:
			if in == "v" {
				out[ref] += string(e)
			}
		}
	}
}

func TestNumbersAreExact(t *testing.T) {
	got := stored(t, write(t, scores))
	for ref, want := range map[string]string{
		"A5": "1", "C5": "103.25", "C6": "98", "C7": "35.3625", "C9": "0", "D5": "93262", "D6": "-0.1", "D8": "1234.5",
		"E5": "1.0198", "E6": "1", "E8": "0.003333333333", "F5": "46349", "C10": "236.6125", "D10": "94496.4",
	} {
		if got[ref] != want {
			t.Errorf("%s is %q in the file, want %q", ref, got[ref], want)
		}
	}
	if got["D9"] != "" {
		t.Errorf("a number of 20 digits, of which Excel keeps 15, is stored as %q", got["D9"])
	}
}

func TestWhatThePersonSees(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, scores)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	if name != "Tổng hợp điểm thi đua năm 2026" {
		t.Errorf("tab %q", name)
	}
	for cell, want := range map[string]string{
		"A1": scores.Title, "A2": "Số liệu đến ngày 30/11/2026", "B4": "Đơn vị", "A5": "1", "C5": "103.25", "C6": "98.00", "C7": "35.3625", "D5": "93,262", "D8": "1,234.5",
		"D7": "chưa có", "D9": "12.345.678.901.234.567.890", "E5": "101.98%", "E6": "100%", "F5": "23/11/2026", "F8": "", "G6": "=1+1", "G7": "@SUM(A1)", "G8": "-5 điểm", "G9": "+84 222", "B10": "Cộng",
	} {
		if got, err := f.GetCellValue(name, cell); err != nil || got != want {
			t.Errorf("%s shows %q (%v), want %q", cell, got, err, want)
		}
		if formula, _ := f.GetCellFormula(name, cell); formula != "" {
			t.Errorf("%s is a formula", cell)
		}
	}
	for cell, quoted := range map[string]bool{"G6": true, "G7": true, "G8": true, "G9": true, "G5": false, "B5": false, "C5": false} {
		id, err := f.GetCellStyle(name, cell)
		if err != nil {
			t.Fatal(err)
		}
		q := f.Styles.CellXfs.Xf[id].QuotePrefix
		if (q != nil && *q) != quoted {
			t.Errorf("%s: marked as quoted text: %v, want %t", cell, q, quoted)
		}
	}
}

func TestPageAndPanes(t *testing.T) {
	data := write(t, scores)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	layout, err := f.GetPageLayout(name)
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("page layout %+v %v", layout, err)
	}
	props, err := f.GetSheetProps(name)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("the page does not fit: %v %v", props, err)
	}
	panes, err := f.GetPanes(name)
	if err != nil || !panes.Freeze || panes.YSplit != 4 || panes.XSplit != 2 {
		t.Errorf("panes %+v %v", panes, err)
	}
	titles := false
	for _, n := range f.GetDefinedName() {
		titles = titles || n.Name == "_xlnm.Print_Titles" && strings.HasSuffix(n.RefersTo, "!$4:$4")
	}
	if !titles {
		t.Errorf("no print titles in %v", f.GetDefinedName())
	}
	if !strings.Contains(part(t, data, "xl/worksheets/sheet1.xml"), `<autoFilter ref="$A$4:$G$9"`) && !strings.Contains(part(t, data, "xl/worksheets/sheet1.xml"), `<autoFilter ref="A4:G9"`) {
		t.Error("the filter does not cover head and rows without the totals")
	}
}

func TestTabs(t *testing.T) {
	b := &book{taken: map[string]bool{}}
	for _, tc := range []struct{ title, want string }{
		{"Điểm [1/2]: a*b?", "Điểm 1 2 a b"}, {"", "Trang"}, {"Trang", "Trang (2)"}, {"trang", "trang (3)"}, {"'Quý'", "Quý"}, {"History", "Trang (4)"},
		{strings.Repeat("ă", 40), strings.Repeat("ă", 31)}, {strings.Repeat("Ă", 40), strings.Repeat("Ă", 27) + " (2)"}, {strings.Repeat("😀", 20), strings.Repeat("😀", 15)},
	} {
		if got := b.tab(tc.title); got != tc.want {
			t.Errorf("%q: tab %q, want %q", tc.title, got, tc.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tc := range []struct {
		v    any
		want string
	}{
		{clock.Day("2026-11-23"), "46349"}, {clock.Day("1900-03-01"), "61"}, {clock.Day("1900-02-01"), ""}, {clock.Day("x"), ""}, {time.Time{}, ""},
		{time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC), "46349.5"}, {clock.InstantOf(time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC)), "46349"},
	} {
		if got, _, _ := dateSerial(tc.v); got != tc.want {
			t.Errorf("%v: %q, want %q", tc.v, got, tc.want)
		}
	}
}

func TestOddTables(t *testing.T) {
	rows := [][]any{{"a", "b", "c", "d"}, {}, {nil}, {make(chan int), []string{"x"}, "\x00\x1b\ufffe\xff", strings.Repeat("đ", 40000)}}
	data := write(t, Table{}, Table{Title: "x", Columns: []Column{{Name: "Một"}, {Name: "Hai"}, {}, {}}, Rows: rows}, Table{Title: "x", Rows: rows})
	sheets, err := ReadSheets(bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 3 || sheets[1].Name != "x" || sheets[2].Name != "x (2)" {
		t.Errorf("sheets %q", []string{sheets[0].Name, sheets[1].Name})
	}
	if got := sheets[1].Rows[3]; !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("row %q", got)
	}
	if got := []rune(sheets[1].Rows[6][3]); len(got) != excelize.TotalCellChars {
		t.Errorf("a text of 40.000 letters came back with %d", len(got))
	}
}

// TestOpensInOffice prints the sheet in LibreOffice: one page, A4 across.
func TestOpensInOffice(t *testing.T) {
	file := filepath.Join(t.ArtifactDir(), "diem.xlsx")
	if err := os.WriteFile(file, write(t, scores), 0o644); err != nil {
		t.Fatal(err)
	}
	pdf := testkit.Convert(t, file, "pdf")
	text := strings.Join(strings.Fields(testkit.PDFText(t, pdf)), " ")
	for _, want := range []string{scores.Title, "Sở Công Thương", "=1+1", "@SUM(A1)", "23/11/2026", "12.345.678.901", "1/1"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the print: %s", want, text)
		}
	}
	// What LibreOffice saves again reads the same: another program's way to write a workbook.
	mine, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(testkit.Convert(t, file, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := rows(mine, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rows(theirs, Limits{}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("through LibreOffice:\n%q %v\nwant\n%q", got, err, want)
	}
	if data, err := os.ReadFile(pdf); err != nil {
		t.Fatal(err)
	} else if err := os.WriteFile(filepath.Join(t.ArtifactDir(), "diem.pdf"), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkWrite(b *testing.B) {
	t := Table{Title: "Điểm", Columns: scores.Columns}
	for i := range 4000 {
		t.Rows = append(t.Rows, scores.Rows[i%len(scores.Rows)])
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, t); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(t.Rows)), "rows")
}

func ExampleWrite() {
	var buf bytes.Buffer
	err := Write(&buf, Table{
		Title:   "Kết quả thi đua",
		Columns: []Column{{Name: "Đơn vị"}, {Name: "Điểm", Kind: Points}},
		Rows:    [][]any{{"Sở Nội vụ", points.Must("98.5")}},
	})
	fmt.Println(err)
	rows, err := ReadRows(bytes.NewReader(buf.Bytes()), int64(buf.Len()), Limits{})
	fmt.Println(rows[3], err)
	// Output:
	// <nil>
	// [Sở Nội vụ 98,5] <nil>
}
