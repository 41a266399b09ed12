package target

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// allocated gives the bytes that a function takes from the heap in all.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// lying writes a Word file whose directory says that its paper is short.
func lying(t *testing.T, body string) []byte {
	data := wordFile(t, body, nil)
	var size [4]byte
	binary.LittleEndian.PutUint32(size[:], uint32(len(wordHead)+len(body)+len(`</w:body></w:document>`)))
	at := bytes.LastIndex(data, size[:])
	if at < 0 {
		t.Fatal("the size of the paper is not in the directory")
	}
	binary.LittleEndian.PutUint32(data[at:], 100)
	return data
}

func manyEntries(t *testing.T, n int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "a", Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What no paper is ends in a fault that says what, where and what to do, and
// takes no more memory than the bounds allow: "most" is in MB.
func TestWrongFiles(t *testing.T) {
	spaces := strings.Repeat(" ", MaxText+1)
	for _, c := range []struct {
		name, says string
		data       []byte
		code       fault.Code
		most       uint64
	}{
		{"bomb.docx", "32 MB", wordFile(t, spaces, nil), fault.TooLarge, 1},
		{"lying-bomb.docx", "", lying(t, spaces), "", 200},
		{"numbered-bomb.docx", "32 MB", wordFile(t, "", map[string]string{"word/numbering.xml": spaces}), fault.TooLarge, 1},
		{"many.docx", "chia văn bản", manyEntries(t, maxEntries+1), fault.TooLarge, 1},
		{"deep.docx", "1.000 lớp", wordFile(t, strings.Repeat("<w:tbl>", 5000)+strings.Repeat("</w:tbl>", 5000), nil), fault.Invalid, 8},
		{"one-word.docx", "", wordFile(t, paragraphXML("", strings.Repeat("x", MaxText-1000)), nil), "", 400},
		{"line.txt", "64 MB", make([]byte, 100<<20), fault.TooLarge, 1},
		{"long.txt", "32 MB", bytes.Repeat([]byte("a "), MaxText/2+1), fault.TooLarge, 40},
		{"nul.txt", "không phải là văn bản", []byte("Tỷ lệ\x00 45%"), fault.Invalid, 1},
		{"broken.txt", "dòng 3", []byte("a\nb\nTỷ lệ \xff\xfe 45%"), fault.Invalid, 1},
		{"half.txt", "dòng 2", []byte("\xff\xfea\x00\n\x00\x00\xd8"), fault.Invalid, 1},
		{"halfway.txt", "dòng 1", []byte("\xff\xfea\x00\x00\xd8b\x00"), fault.Invalid, 1},
		{"locked.docx", "mật khẩu", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), fault.Invalid, 1},
		{"paper.rtf", "RTF", []byte(`{\rtf1\ansi T\'fd l\'ea}`), fault.Invalid, 1},
		{"sheet.xlsx", "không phải là tệp Word", wordlessZip(t), fault.Invalid, 1},
		{"picture.html", "16 MB", []byte(`<p>Tỷ lệ 45%</p><img src="` + strings.Repeat("A", maxTag) + `">`), fault.TooLarge, 150},
	} {
		var text string
		var err error
		took := allocated(func() { text, err = Extract(c.name, c.data) })
		if took > c.most<<20 {
			t.Errorf("%s: took %.1f MB of memory, may take %d", c.name, float64(took)/(1<<20), c.most)
		}
		if c.code == "" {
			if len(text) > MaxText {
				t.Errorf("%s: %d bytes of text", c.name, len(text))
			}
			continue
		}
		if !fault.Is(err, c.code) || text != "" {
			t.Errorf("%s: %.40q, %v; want %s", c.name, text, err, c.code)
			continue
		}
		f := fault.As(err)
		if says := locale.Vietnamese.Say(f.Text, f.Args); !strings.Contains(says, c.says) {
			t.Errorf("%s: %q does not say %q", c.name, says, c.says)
		}
		if f.Args["file"] != c.name {
			t.Errorf("%s: the fault does not name the file: %v", c.name, f.Args)
		}
	}
}

func wordlessZip(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A page of nothing but tags, and one with a picture written into it, are read.
func TestLargePages(t *testing.T) {
	const target = `<li>Tỷ lệ hộ nghèo còn 1%</li>`
	for name, page := range map[string]string{
		"tags":    "<html><body>" + strings.Repeat("<div><span></b><br>", 1<<18) + target,
		"open":    "<html><body>" + strings.Repeat("<table><tr><td>", 1<<17) + strings.Repeat("</td></tr></table>", 1<<17) + target,
		"picture": `<html><body><img src="data:` + strings.Repeat("A", 4<<20) + `">` + target,
		"comment": "<html><body><!--" + strings.Repeat("-", 1<<20) + "-->" + target,
	} {
		var text string
		var err error
		took := allocated(func() { text, err = Extract("page.html", []byte(page)) })
		if err != nil || took > uint64(10*len(page)) {
			t.Errorf("%s: %v; %d bytes of memory for %d bytes", name, err, took, len(page))
		}
		if got := Read(text).Targets; name != "open" && (len(got) != 1 || got[0].Low != "1") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Figures that are none stand in no target, and are told where one was meant.
func TestWrongFigures(t *testing.T) {
	for _, figure := range []string{"1.2.3,4", "1,2,3", "1..2", "12.34.56", strings.Repeat("9", 30), strings.Repeat("1.", 5000) + "1", strings.Repeat("9", 1<<16)} {
		got := Read("Các chỉ tiêu năm 2025:\n- Tổng thu ngân sách đạt " + figure + " tỷ đồng.\n- Tỷ lệ hộ nghèo còn 1%.")
		last := len(got.Targets) - 1
		if last < 0 || got.Targets[last].Name != "Tỷ lệ hộ nghèo" {
			t.Errorf("%.20s: the next target is lost: %+v", figure, got.Targets)
		}
		for _, g := range got.Targets[:max(last, 0)] {
			if len(g.Low) > maxDigits || g.Unit == "tỷ đồng" && g.Low == strings.ReplaceAll(figure, ".", "") {
				t.Errorf("%.20s: invented %+v", figure, g)
			}
		}
		for _, w := range got.Warnings {
			if len(w.Message) > 1000 {
				t.Errorf("%.20s: a message of %d bytes", figure, len(w.Message))
			}
		}
	}
	if got := Read("Các chỉ tiêu năm 2025:\n- Tổng thu ngân sách đạt 1.2.3,4 tỷ đồng."); len(got.Targets) > 0 || codes(got.Warnings) != UnreadFigure {
		t.Errorf("%+v", got)
	}
}

// The lists and the memory of a reading are bounded by the length of the text,
// whatever stands in it; a reading needs no memory that grows faster.
func TestLongTexts(t *testing.T) {
	for name, unit := range map[string]string{
		"one line of targets": "tỷ lệ hộ nghèo giảm còn 5%; ", "colons": "mục tiêu: 5%", "brackets": "5 xã (5 xã, ", "opening": "(", "digits": "1", "marks": "\u0301",
		"rows": "| 5% ", "conjunctions": "5 xã và ", "quotes": "“5%", "nul": "\x00", "bad bytes": "\xff5%", "headings": "I. MỤC TIÊU\n1. a) - + ", "lines": "a\n",
	} {
		text := strings.Repeat(unit, 2<<20/len(unit))
		var got Reading
		took := allocated(func() { got = Read(text) })
		if len(got.Targets) > maxTargets || len(got.Warnings) > maxWarnings {
			t.Errorf("%s: %d targets, %d warnings", name, len(got.Targets), len(got.Warnings))
		}
		if took > uint64(60*len(text)) {
			t.Errorf("%s: %d MB of memory for %d MB of text", name, took>>20, len(text)>>20)
		}
		if rows := Results("Sở Y tế: " + text).Rows; len(rows) > maxTargets {
			t.Errorf("%s: %d rows", name, len(rows))
		}
	}
}
