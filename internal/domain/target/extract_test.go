package target

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/thidua/thidua/internal/platform/fault"
)

const wordHead = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func wordFile(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	put("[Content_Types].xml", "<Types/>")
	put("word/document.xml", wordHead+body+`</w:body></w:document>`)
	for name, text := range more {
		put(name, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paragraphXML(rules string, runs ...string) string {
	s := "<w:p>" + rules
	for _, r := range runs {
		s += "<w:r><w:t>" + r + "</w:t></w:r>"
	}
	return s + "</w:p>"
}

func TestExtractWord(t *testing.T) {
	numbered := func(id, level string) string {
		return `<w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr>`
	}
	body := paragraphXML("", "KẾ HOẠCH") +
		paragraphXML(numbered("1", "0"), "CHỈ TIÊU NĂM 2024") +
		paragraphXML(numbered("1", "1"), "Tỷ lệ hộ ", "nghèo còn ", "1%") +
		`<w:p><w:r><w:delText>Tỷ lệ bị xóa 99%</w:delText></w:r><w:ins><w:r><w:t>Tỷ lệ đô thị hóa 45%</w:t></w:r></w:ins></w:p>` +
		`<w:tbl><w:tr><w:tc>` + paragraphXML("", "Nội dung chỉ tiêu") + `</w:tc><w:tc>` + paragraphXML("", "Đơn vị tính") + `</w:tc><w:tc>` + paragraphXML("", "Kế hoạch 2024") + `</w:tc></w:tr>` +
		`<w:tr><w:tc>` + paragraphXML("", "Tổng thu ngân sách") + `</w:tc><w:tc>` + paragraphXML("", "tỷ đồng") + `</w:tc><w:tc>` + paragraphXML("", "31.630") + `</w:tc></w:tr></w:tbl>`
	numbers := `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
	text, err := Extract("kế hoạch.docx", wordFile(t, body, map[string]string{"word/numbering.xml": numbers}))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"I. CHỈ TIÊU NĂM 2024", "1. Tỷ lệ hộ nghèo còn 1%", "Tỷ lệ đô thị hóa 45%", "Tổng thu ngân sách  | tỷ đồng  | 31.630"} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in %q", line, text)
		}
	}
	if strings.Contains(text, "99%") {
		t.Error("deleted text was read")
	}
	checkTargets(t, Read(text), []want{
		{name: "Tỷ lệ hộ nghèo", rel: "=", low: "1", unit: "%", by: 2024},
		{name: "Tỷ lệ đô thị hóa", rel: "=", low: "45", unit: "%", by: 2024},
		{name: "Tổng thu ngân sách", rel: "=", low: "31630", unit: "tỷ đồng", by: 2024},
	})
}

func TestExtractHTML(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>Giao ước</title><style>p{width:45%}</style><script>var x = "80%";</script></head><body>
<h2>Các chỉ tiêu thi đua năm 2024</h2><ul><li>Tỷ lệ hộ nghèo&nbsp;còn <b>1,1</b>%;</li><li>100% c&aacute;n bộ hoàn thành
tốt nhiệm vụ.</li></ul>
<table><tr><th>Chỉ tiêu</th><th>ĐVT</th><th>Kế hoạch 2024</th></tr><tr><td>Doanh thu</td><td>tỷ đồng</td><td>12,5</td></tr></table></body></html>`
	text, err := Extract("trang.html", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	checkTargets(t, Read(text), []want{
		{name: "Tỷ lệ hộ nghèo", rel: "=", low: "1.1", unit: "%", by: 2024},
		{name: "cán bộ hoàn thành tốt nhiệm vụ", rel: "=", low: "100", unit: "%", by: 2024},
		{name: "Doanh thu", rel: "=", low: "12.5", unit: "tỷ đồng", by: 2024},
	})
}

func TestExtractPlainText(t *testing.T) {
	const text = "Tỷ lệ hộ nghèo 1%\nTỷ lệ đô thị hóa 45%"
	utf := func(mark string, bigEnd bool) []byte {
		out := []byte(mark)
		for _, u := range utf16.Encode([]rune(text)) {
			if bigEnd {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
		return out
	}
	for name, data := range map[string][]byte{
		"a.txt": []byte(text), "b.md": []byte("\xef\xbb\xbf" + text), "stdin": []byte(text),
		"le.txt": utf("\xff\xfe", false), "be.txt": utf("\xfe\xff", true),
	} {
		if got, err := Extract(name, data); err != nil || got != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestExtractRefuses(t *testing.T) {
	good := wordFile(t, paragraphXML("", "Tỷ lệ hộ nghèo 1%"), nil)
	bomb := wordFile(t, strings.Repeat(" ", MaxText+1), nil)
	deep := wordFile(t, strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000), nil)
	for _, c := range []struct {
		name string
		data []byte
		code fault.Code
	}{
		{"broken.txt", []byte("Tỷ lệ \xff\xff 45%"), fault.Invalid},
		{"binary.txt", []byte("abc\x00def"), fault.Invalid},
		{"cut.docx", good[:len(good)/2], fault.Invalid},
		{"cut-xml.docx", wordFile(t, "<w:p><w:r><w:t>", map[string]string{}), fault.Invalid},
		{"text.docx", []byte("no Word file"), fault.Invalid},
		{"old.doc", []byte("\xd0\xcf\x11\xe0rest"), fault.Invalid},
		{"paper.pdf", []byte("%PDF-1.7"), fault.Invalid},
		{"odd.txt", []byte("\xff\xfea"), fault.Invalid},
		{"bomb.docx", bomb, fault.TooLarge},
		{"deep.docx", deep, fault.Invalid},
		{"large.txt", make([]byte, MaxFile+1), fault.TooLarge},
		{"empty.zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), fault.Invalid},
	} {
		text, err := Extract(c.name, c.data)
		if !fault.Is(err, c.code) || text != "" {
			t.Errorf("%s: %q, %v; want %s", c.name, text, err, c.code)
		}
	}
	if f := fault.As(func() error { _, err := Extract("x.txt", []byte("a\nb\n\xff")); return err }()); f.Args["line"] != 3 {
		t.Errorf("the line of the broken byte: %v", f.Args)
	}
}
