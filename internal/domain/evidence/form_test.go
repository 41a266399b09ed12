package evidence

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

func TestCleanName(t *testing.T) {
	for _, c := range []struct{ sent, want string }{
		{"Báo cáo năm 2023.pdf", "Báo cáo năm 2023.pdf"},
		{`C:\Users\An\Công văn 412.PDF`, "Công văn 412.pdf"},
		{"../../etc/bang diem.xlsx", "bang diem.xlsx"},
		{"ảnh  chụp\tmàn hình.JPEG", "ảnh chụp màn hình.jpg"},
		{"hoá đơn\u202efdp.docx", "hoá đơnfdp.docx"},
		{`a<b>"c".png`, "a b c.png"},
		{"con.pdf", "tep-con.pdf"},
		{"COM1.bao.cao.pdf", "tep-COM1.bao.cao.pdf"},
		{" . kế hoạch . .pdf", "kế hoạch.pdf"},
		{strings.Repeat("đ", 300) + ".pdf", strings.Repeat("đ", 116) + ".pdf"},
		{"nội dung.exe", ""}, {"trang.html", ""}, {"cu.doc", ""}, {".pdf", ""}, {"", ""}, {"/", ""}, {"khong-duoi", ""}, {"hai.pdf.exe", ""},
	} {
		got, form, err := CleanName(c.sent)
		if c.want == "" {
			if !fault.Is(err, fault.Invalid) || fault.As(err).Field != "file" {
				t.Errorf("%q: got %q, %v; want it refused at the field", c.sent, got, err)
			}
			continue
		}
		if err != nil || got != c.want || !strings.HasSuffix(got, "."+form.Extension) {
			t.Errorf("%q: got %q as %s, %v; want %q", c.sent, got, form.Extension, err, c.want)
		}
	}
}

func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func office(t testing.TB, part, media string, more ...string) []byte {
	parts := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/` + part + `" ContentType="` + media + `"/></Types>`,
		part:                  "<x/>",
	}
	for _, m := range more {
		parts[m] = "x"
	}
	return packed(t, parts)
}

const (
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	excelMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	macroMain = "application/vnd.ms-word.document.macroEnabled.main+xml"
)

func picture(t testing.TB, write func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, image.NewRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLookSeesThroughNames(t *testing.T) {
	pdf := []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	docx, xlsx := office(t, "word/document.xml", wordMain), office(t, "xl/workbook.xml", excelMain)
	pngs := picture(t, func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
	jpgs := picture(t, func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) })
	locked := bytes.Clone(docx)
	for i := 0; i+8 < len(locked); i++ { // the flag of encryption stands in both headers of a part
		switch string(locked[i : i+4]) {
		case "PK\x03\x04":
			locked[i+6] |= 1
		case "PK\x01\x02":
			locked[i+8] |= 1
		}
	}
	bomb := bytes.Clone(docx)
	for i := 0; i+28 < len(bomb); i++ {
		if string(bomb[i:i+4]) == "PK\x01\x02" {
			copy(bomb[i+24:], "\xff\xff\xff\x7f")
		}
	}
	for name, c := range map[string]struct {
		extension string
		content   []byte
		says      string // part of the sentence; empty when it is taken
	}{
		"pdf":                 {"pdf", pdf, ""},
		"docx":                {"docx", docx, ""},
		"xlsx":                {"xlsx", xlsx, ""},
		"png":                 {"png", pngs, ""},
		"jpg":                 {"jpg", jpgs, ""},
		"empty":               {"pdf", nil, "rỗng"},
		"program as pdf":      {"pdf", []byte("MZ\x90\x00 this program"), "chương trình"},
		"page as pdf":         {"pdf", []byte("  <!DOCTYPE html><script>"), "trang web"},
		"drawing as png":      {"png", []byte(`<svg onload="x()">`), "XML"},
		"png as jpg":          {"jpg", pngs, "ảnh PNG"},
		"pdf as docx":         {"docx", pdf, "PDF"},
		"xlsx as docx":        {"docx", xlsx, "Excel"},
		"zip as docx":         {"docx", packed(t, map[string]string{"a.txt": "a"}), "tệp nén"},
		"old word as docx":    {"docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 older"), "kiểu cũ"},
		"text as xlsx":        {"xlsx", []byte("a;b;c\n1;2;3\n"), "văn bản thường"},
		"macros":              {"docx", office(t, "word/document.xml", wordMain, "word/vbaProject.bin"), "macro"},
		"macro type":          {"docx", office(t, "word/document.xml", macroMain), "tệp nén"},
		"main part missing":   {"docx", packed(t, map[string]string{"[Content_Types].xml": `<Types><Override PartName="/word/document.xml" ContentType="` + wordMain + `"/></Types>`}), "tệp nén"},
		"locked":              {"docx", locked, "mật khẩu"},
		"bomb":                {"docx", bomb, "phình ra"},
		"path out":            {"docx", office(t, "word/document.xml", wordMain, "../../x"), "hỏng"},
		"pdf cut off":         {"pdf", pdf[:30], "hỏng"},
		"png cut off":         {"png", pngs[:12], "hỏng"},
		"docx cut off":        {"docx", docx[:len(docx)-10], "hỏng"},
		"nothing known":       {"pdf", []byte{0, 1, 2, 3, 4}, "không nhận ra"},
		"archive":             {"pdf", []byte("Rar!\x1a\x07\x00"), "tệp nén"},
		"pdf after something": {"pdf", append([]byte("<script>1</script>"), pdf...), "trang web"},
	} {
		t.Run(name, func(t *testing.T) {
			form, _ := formOf(c.extension)
			err := look("tệp."+c.extension, form, bytes.NewReader(c.content), int64(len(c.content)))
			if c.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("got %v, want it refused", err)
			}
			if said := locale.Vietnamese.Fault(err); !strings.Contains(said, c.says) || strings.Contains(said, "{.") {
				t.Fatalf("said %q, want a word of %q", said, c.says)
			}
		})
	}
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"a.pdf", "../x.docx", "con.png", "\u202e.jpg", strings.Repeat("ộ", 200) + ".xlsx", "a\x00.pdf", "...pdf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		name, form, err := CleanName(sent)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if !utf8.ValidString(name) || utf8.RuneCountInString(name) > longestName || strings.ContainsAny(name, "/\\<>:\"|?*\x00\r\n\u202e") || name[0] == '.' || !strings.HasSuffix(name, "."+form.Extension) {
			t.Fatalf("%q became %q", sent, name)
		}
		again, _, err := CleanName(name)
		if err != nil || again != name {
			t.Fatalf("%q cleaned again is %q, %v", name, again, err)
		}
	})
}

func FuzzLook(f *testing.F) {
	f.Add([]byte("%PDF-1.7 %%EOF"))
	f.Add(office(f, "word/document.xml", wordMain))
	f.Add(office(f, "xl/workbook.xml", excelMain)[:100])
	f.Add(picture(f, func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) }))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		taken := 0
		for _, form := range Forms {
			err := look("tệp", form, bytes.NewReader(content), int64(len(content)))
			if err == nil {
				taken++
			} else if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if taken > 1 {
			t.Fatal("one content passes as two forms")
		}
	})
}
