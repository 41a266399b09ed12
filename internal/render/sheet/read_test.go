package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// pack makes a workbook of hand-written parts: sheet is the XML inside sheetData.
func pack(t testing.TB, sheet string, others map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Bảng điểm" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + sheet + `</sheetData></worksheet>`,
		"xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="#,##0.00\ &quot;đồng/ngày&quot;"/><numFmt numFmtId="166" formatCode="[$-42A]dd\ mmmm\ yyyy;@"/><numFmt numFmtId="167" formatCode="0.00%;[Red]-0.00%"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="20"/></cellXfs><dxfs><dxf><numFmt numFmtId="9"/></dxf></dxfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Sở Công Thương</t></si><si><r><t>Giàu </t></r><r><rPr><b/></rPr><t>chữ</t></r><rPh sb="0" eb="1"><t>đọc</t></rPh></si><si><t>dòng 1_x000D_
dòng 2</t></si></sst>`,
	}
	for name, text := range others {
		parts[name] = text
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		if text == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func rows(data []byte, limits Limits) ([][]string, error) {
	return ReadRows(bytes.NewReader(data), int64(len(data)), limits)
}

func TestCells(t *testing.T) {
	for _, tc := range []struct{ cell, want string }{
		{`<c t="s"><v>0</v></c>`, "Sở Công Thương"},
		{`<c t="s"><v>1</v></c>`, "Giàu chữ"},
		{`<c t="s"><v>2</v></c>`, "dòng 1\ndòng 2"},
		{`<c t="inlineStr"><is><t> hai  từ </t></is></c>`, "hai  từ"},
		{`<c t="str"><f>A1</f><v>kết quả</v></c>`, "kết quả"},
		{`<c><f>1+1</f><v>2</v></c>`, "2"},
		{`<c t="b"><v>1</v></c>`, "TRUE"},
		{`<c t="e"><v>#N/A</v></c>`, "#N/A"},
		{`<c><v>69.5</v></c>`, "69,5"},
		{`<c><v>1.234</v></c>`, "1,234"},
		{`<c><v>1234</v></c>`, "1234"},
		{`<c><v>0.30000000000000004</v></c>`, "0,3"},
		{`<c><v>-0.30000000000000004</v></c>`, "-0,3"},
		{`<c><v>123456789012345</v></c>`, "123456789012345"},
		{`<c><v>1.5E-3</v></c>`, "0,0015"},
		{`<c><v>9.3262E4</v></c>`, "93262"},
		{`<c><v>100.10</v></c>`, "100,1"},
		{`<c s="1"><v>46349</v></c>`, "23/11/2026"},
		{`<c s="1"><v>1</v></c>`, "01/01/1900"},
		{`<c s="1"><v>61</v></c>`, "01/03/1900"},
		{`<c s="1"><v>-3</v></c>`, "-3"},
		{`<c s="2"><v>0.985</v></c>`, "98,5%"},
		{`<c s="2"><v>1.0197999999999999</v></c>`, "101,98%"},
		{`<c s="3"><v>46349.5847222222</v></c>`, "14:02 23/11/2026"},
		{`<c s="4"><v>2340000</v></c>`, "2340000"},
		{`<c s="5"><v>46349</v></c>`, "23/11/2026"},
		{`<c s="6"><v>0.05</v></c>`, "5%"},
		{`<c s="7"><v>0.5</v></c>`, "12:00"},
		{`<c s="99"><v>7</v></c>`, "7"},
	} {
		got, err := rows(pack(t, "<row>"+tc.cell+"</row>", nil), Limits{})
		if err != nil || !reflect.DeepEqual(got, [][]string{{tc.want}}) {
			t.Errorf("%s: %q %v, want %q", tc.cell, got, err, tc.want)
		}
	}
}

// TestNumbersReadBack takes what ReadRows gives through the parser of figures.
func TestNumbersReadBack(t *testing.T) {
	for _, v := range []string{"1.234", "1234", "0.125", "-12.5", "93262", "0.001"} {
		got, err := rows(pack(t, "<row><c><v>"+v+"</v></c></row>", nil), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := locale.Vietnamese.ParseNumber(got[0][0])
		if err != nil || !d.Equal(dec(v)) {
			t.Errorf("%s in the file is %q and reads as %s (%v)", v, got[0][0], d, err)
		}
	}
}

func TestPlaces(t *testing.T) {
	got, err := rows(pack(t, `<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c r="A3"/><c r="D3"><v>3</v></c></row><row r="900000"><c r="XFD900000" s="1"/></row>`, nil), Limits{})
	want := [][]string{nil, {"", "1", "2"}, {"", "", "", "3"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

func TestFirstSheetThatHoldsAnything(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range []string{"Ẩn", "Điểm"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr(name, "A1", name); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetSheetVisible("Ẩn", false); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	got, err := rows(buf.Bytes(), Limits{})
	if err != nil || !reflect.DeepEqual(got, [][]string{{"Điểm"}}) {
		t.Errorf("%q %v", got, err)
	}
	all, err := ReadSheets(bytes.NewReader(buf.Bytes()), int64(buf.Len()), Limits{})
	if err != nil || len(all) != 3 || !all[1].Hidden || all[2].Hidden {
		t.Errorf("%+v %v", all, err)
	}
}

func TestRefusals(t *testing.T) {
	good := pack(t, `<row><c><v>1</v></c></row>`, nil)
	wide := func(n int) string {
		return "<row>" + strings.Repeat("<c><v>1</v></c>", n) + "</row>"
	}
	liar := bytes.Clone(pack(t, strings.Repeat("<row/>", 100_000), nil))
	for _, tc := range []struct {
		name   string
		data   []byte
		limits Limits
		code   fault.Code
		says   string
	}{
		{"nothing", nil, Limits{}, fault.Invalid, "không phải là tệp Excel"},
		{"text", []byte("STT,Đơn vị\n1,Sở Nội vụ\n"), Limits{}, fault.Invalid, "không phải là tệp Excel"},
		{"old or with a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), Limits{}, fault.Invalid, "kiểu cũ (.xls)"},
		{"cut off", good[:len(good)/2], Limits{}, fault.Invalid, "bị hỏng"},
		{"zip of something else", pack(t, "", map[string]string{"xl/workbook.xml": ""}), Limits{}, fault.Invalid, "không phải là tệp Excel"},
		{"broken XML", pack(t, "<row><c><v>1</c></row>", nil), Limits{}, fault.Invalid, "bị hỏng"},
		{"sheet is missing", pack(t, "", map[string]string{"xl/worksheets/sheet1.xml": ""}), Limits{}, fault.Invalid, "bị hỏng"},
		{"no rows", pack(t, `<row><c/></row>`, nil), Limits{}, fault.Invalid, "không có dòng dữ liệu nào"},
		{"bomb", pack(t, strings.Repeat(" ", 30<<20), nil), Limits{Bytes: 10 << 20}, fault.TooLarge, "lớn hơn 10 MB"},
		{"bomb of texts", pack(t, "", map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>x</t></si>", 1<<20) + "</sst>"}), Limits{Bytes: 2 << 20}, fault.TooLarge, "lớn hơn 2 MB"},
		{"many rows", pack(t, `<row r="6"><c r="A6"><v>1</v></c></row>`, nil), Limits{Rows: 5}, fault.TooLarge, "ở dòng 6, quá giới hạn 5 dòng"},
		{"far column", pack(t, `<row><c r="XFD1"><v>1</v></c></row>`, nil), Limits{}, fault.TooLarge, "cột thứ 16.384, quá giới hạn 500 cột"},
		{"many cells", pack(t, wide(60)+wide(60), nil), Limits{Cells: 100}, fault.TooLarge, "hơn 100 ô"},
		{"row numbers go back", pack(t, `<row r="5"/><row r="2"><c><v>1</v></c></row>`, nil), Limits{}, fault.Invalid, "bị hỏng"},
		{"huge row number", pack(t, `<row r="99999999999"><c><v>1</v></c></row>`, nil), Limits{}, fault.Invalid, "bị hỏng"},
		{"rows of nothing", liar, Limits{}, fault.Invalid, "không có dòng dữ liệu nào"},
	} {
		_, err := rows(tc.data, tc.limits)
		f := fault.As(err)
		if f == nil || f.Code != tc.code || !strings.Contains(locale.Vietnamese.Fault(f), tc.says) {
			t.Errorf("%s: %v, want %s “%s”", tc.name, err, tc.code, tc.says)
			continue
		}
		if !locale.Known(f.Text) {
			t.Errorf("%s: no English for %q", tc.name, f.Text)
		}
	}
}

// TestRoundTrip writes and reads back: figures come back as the person sees them.
func TestRoundTrip(t *testing.T) {
	data := write(t, scores)
	got, err := rows(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Tổng hợp điểm thi đua năm 2026: Khối các sở, ban, ngành"}, {"Số liệu đến ngày 30/11/2026"}, nil,
		{"STT", "Đơn vị", "Điểm", "Kim ngạch (triệu USD)", "Đạt", "Ngày nộp", "Ghi chú"},
		{"1", "Sở Công Thương", "103,25", "93262", "101,98%", "23/11/2026"},
		{"2", "Ban Quản lý các khu công nghiệp", "98", "-0,1", "100%", "", "=1+1"},
		{"3", "Sở Tài chính", "35,3625", "chưa có", "", "01/12/2026", "@SUM(A1)"},
		{"4", "Quỹ Đầu tư phát triển", "", "1234,5", "0,3333333333%", "", "-5 điểm"},
		{"5", "Kho bạc", "0", "12.345.678.901.234.567.890", "0%", "", "+84 222"},
		{"", "Cộng", "236,6125", "94496,4"},
	}
	if !reflect.DeepEqual(got, want) {
		for i := range want {
			if i >= len(got) || !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("row %d: %q, want %q", i+1, got[min(i, len(got)-1)], want[i])
			}
		}
	}
}

func FuzzReadRows(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add(pack(f, `<row r="2"><c r="B2" s="3"><v>46349.5</v></c><c t="s"><v>1</v></c></row>`, nil))
	f.Add(pack(f, `<row><c t="inlineStr"><is><t>_x0000_</t></is></c></row>`, nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := Limits{Bytes: 1 << 20, Rows: 100, Columns: 20, Cells: 500}
		got, err := rows(data, limits)
		check(t, got, err, limits)
	})
}

func TestGridsKnowWhatCellsAre(t *testing.T) {
	data := pack(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>Sở A</t></is></c><c r="B1"><v>1234.5</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="b"><v>1</v></c><c r="E1"><f>1+1</f></c><c r="F1"><f>1+1</f><v>2</v></c></row>
		<row r="2"><c r="B2" s="1"><v>0.985</v></c><c r="C2" s="2"><v>46349</v></c></row><row r="3"><c r="B3"><v>0.30000000000000004</v></c></row><mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B3:C3"/><mergeCell ref="x"/></mergeCells>`,
		map[string]string{"xl/styles.xml": `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>`})
	var heard int64
	grids, err := ReadGrids(bytes.NewReader(data), int64(len(data)), Limits{}, func(done, total int64) { heard = done })
	if err != nil || len(grids) == 0 {
		t.Fatal(err)
	}
	want := [][]Cell{
		{{Text: "Sở A", Merged: true}, {Text: "1234,5", Is: IsNumber}, {Text: "#REF!", Is: IsError}, {Text: "TRUE", Is: IsBool}, {Formula: true}, {Text: "2", Is: IsNumber, Formula: true}},
		{{Text: "Sở A", Merged: true, Below: true}, {Text: "98,5%", Is: IsPercent}, {Text: "23/11/2026", Is: IsDate}},
		{{Text: "Sở A", Merged: true, Below: true}, {Text: "0,3", Is: IsNumber}},
	}
	if !reflect.DeepEqual(grids[0].Cells, want) {
		t.Errorf("cells\n%+v\nwant\n%+v", grids[0].Cells, want)
	}
	if heard == 0 {
		t.Error("nobody told how far it is")
	}
	data = pack(t, `<row/>`, map[string]string{"xl/vbaProject.bin": "x"})
	if _, err := ReadGrids(bytes.NewReader(data), int64(len(data)), Limits{}, nil); err == nil || !strings.Contains(fault.As(err).Text, "macro") {
		t.Errorf("a workbook with macros: %v", err)
	}
}

// FuzzGrid puts anything inside a sheet that is read with what its cells are.
func FuzzGrid(f *testing.F) {
	f.Add(`<row r="2"><c r="B2" t="e"><v>#REF!</v></c></row><mergeCell ref="B2:B99999999999"/>`)
	f.Add(`<row><c><f>1</f></c></row><row/><mergeCell ref="A1:A2"/><mergeCell ref="$A$1:ZZZ3"/><mergeCell ref=":"/>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := pack(t, sheet, nil)
		limits := Limits{Bytes: 1 << 20, Rows: 100, Columns: 20, Cells: 500}
		grids, err := ReadGrids(bytes.NewReader(data), int64(len(data)), limits, nil)
		if err != nil {
			if fault.As(err).Code == fault.Internal {
				t.Errorf("a bad file is called our own fault: %v", err)
			}
			return
		}
		cells := 0
		for _, row := range grids[0].Cells {
			cells += len(row)
		}
		if cells > limits.Cells {
			t.Errorf("%d cells over the limit", cells)
		}
	})
}

// FuzzSheetXML puts anything inside a sheet, its styles and its texts.
func FuzzSheetXML(f *testing.F) {
	f.Add(`<row r="2"><c r="B2" s="3"><v>46349.5</v></c></row>`, `<cellXfs><xf numFmtId="14"/></cellXfs>`, `<si><t>a</t></si>`)
	f.Add(`<row><c><v>1e400</v></c><c s="0"><v>-1e-400</v></c></row>`, `<cellXfs><xf numFmtId="9"/></cellXfs>`, `<si/>`)
	f.Add(`<row><c t="s"><v>-1</v></c><c t="s"><v>9</v></c></row>`, `<numFmt numFmtId="1" formatCode="[h"/>`, ``)
	f.Fuzz(func(t *testing.T, sheet, styles, texts string) {
		data := pack(t, sheet, map[string]string{"xl/styles.xml": "<styleSheet>" + styles + "</styleSheet>", "xl/sharedStrings.xml": "<sst>" + texts + "</sst>"})
		limits := Limits{Bytes: 1 << 20, Rows: 100, Columns: 20, Cells: 500}
		got, err := rows(data, limits)
		check(t, got, err, limits)
	})
}

func check(t *testing.T, got [][]string, err error, limits Limits) {
	t.Helper()
	if err != nil {
		if f := fault.As(err); f.Code == fault.Internal {
			t.Errorf("a bad file is called our own fault: %v", err)
		}
		return
	}
	cells := 0
	for _, row := range got {
		cells += len(row)
		if len(row) > limits.Columns {
			t.Errorf("%d columns", len(row))
		}
	}
	if len(got) > limits.Rows || cells > limits.Cells {
		t.Errorf("%d rows, %d cells over the limits", len(got), cells)
	}
}

func BenchmarkReadRows(b *testing.B) {
	t := Table{Title: "Điểm", Columns: scores.Columns}
	for i := range 4000 {
		t.Rows = append(t.Rows, []any{i, "Đơn vị " + fmt.Sprint(i), points.Points(i * 100), dec("93262.5"), dec("98.5"), nil, "ghi chú"})
	}
	var buf bytes.Buffer
	if err := Write(&buf, t); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rows(buf.Bytes(), Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
