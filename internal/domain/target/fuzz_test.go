package target

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/platform/fault"
)

// sound holds a reading to what must be true of any.
func sound(t *testing.T, text string, got Reading) {
	t.Helper()
	lines := 1 + strings.Count(oneForm(text), "\n")
	ids := map[string]bool{}
	for i := range got.Targets {
		g := &got.Targets[i]
		if g.Name == "" || g.ID == "" || ids[g.ID] || g.Source.Text == "" || g.Source.Line < 1 || g.Source.Line > lines {
			t.Fatalf("unsound target %+v of %q", g, text)
		}
		if g.PartOf != "" && !ids[g.PartOf] {
			t.Fatalf("part of an unknown total: %+v", g)
		}
		ids[g.ID] = true
		if g.Relation == None {
			if g.Low != "" || g.Value != nil {
				t.Fatalf("nothing has no figure: %+v", g)
			}
			continue
		}
		low, ok1 := new(big.Rat).SetString(g.Low)
		high, ok2 := new(big.Rat).SetString(g.High)
		if !ok1 || !ok2 || low.Sign() < 0 || low.Cmp(high) > 0 || (g.Relation == Range) != (low.Cmp(high) < 0) {
			t.Fatalf("unsound figures: %+v of %q", g, text)
		}
		if g.Value == nil || g.Value.Amount == "" {
			t.Fatalf("no value: %+v", g)
		}
		if !utf8.ValidString(g.Name) && utf8.ValidString(text) {
			t.Fatalf("a name that is no text: %q of %q", g.Name, text)
		}
	}
	for _, c := range got.Checks {
		if !ids[c.Total] || len(c.Parts) < 2 || c.OK != (c.Want == c.Got) {
			t.Fatalf("unsound check %+v of %q", c, text)
		}
	}
	for _, w := range got.Warnings {
		if w.Line < 1 || w.Line > lines || w.Message == "" || strings.Contains(w.Text, "%!") {
			t.Fatalf("unsound warning %+v", w)
		}
	}
}

// labelledTexts are the texts of the development set.
func labelledTexts(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/labelled.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range bytes.Lines(data) {
		var l struct{ Text string }
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, l.Text)
	}
	return texts
}

func FuzzRead(f *testing.F) {
	f.Add(covenant2023)
	f.Add(review)
	for _, text := range labelledTexts(f) {
		f.Add(text)
	}
	f.Add("từ 5 - 10% (trong đó: 3%")
	f.Add("| a | % | 5 |\n||\n|-|")
	f.Add("1.1.1.1.1. 100%\n((((((5%")
	f.Add("Thu ngân sách 950 tỷ")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return // longer inputs only slow the search
		}
		sound(t, text, Read(text))
	})
}

func FuzzResults(f *testing.F) {
	f.Add(review)
	f.Add("1. Huyện Gia Bình\n- Thu ngân sách đạt 850 tỷ đồng.\n| Sở A | 5% |")
	f.Add("Sở Y tế: (5% ((Ban Quản lý KCN A 5 xã và 1 tỷ 2 triệu USD")
	for _, text := range labelledTexts(f) {
		f.Add("Sở Y tế: " + text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return // longer inputs only slow the search
		}
		soundRows(t, text, Results(text))
	})
}

// soundRows holds results to what must be true of any.
func soundRows(t *testing.T, text string, got ResultsReading) {
	t.Helper()
	lines := 1 + strings.Count(oneForm(text), "\n")
	for _, row := range got.Rows {
		low, ok1 := new(big.Rat).SetString(row.Low)
		high, ok2 := new(big.Rat).SetString(row.High)
		if row.Unit == "" || row.Indicator == "" || row.Value == nil || row.Value.Amount == "" || !ok1 || !ok2 || low.Cmp(high) > 0 || row.Source.Line < 1 || row.Source.Line > lines {
			t.Fatalf("unsound row %+v of %q", row, text)
		}
	}
	for _, w := range got.Warnings {
		if w.Line < 1 || w.Line > lines || w.Message == "" {
			t.Fatalf("unsound warning %+v", w)
		}
	}
}

// FuzzWord puts any XML for the paper and the numbering into a Word file.
func FuzzWord(f *testing.F) {
	f.Add(paragraphXML("", "Tỷ lệ hộ nghèo 1%"), `<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`)
	f.Add(`<w:tbl><w:tr><w:tc>`+paragraphXML("", "a | b")+`</w:tc></w:tr></w:tbl>`, "<w:num><w:lvl>")
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`, `<w:num w:numId="1"><w:abstractNumId w:val="-1"/></w:num>`)
	f.Add("</w:p></w:tc></w:tbl>", "")
	f.Fuzz(func(t *testing.T, body, numbers string) {
		readable(t, "a.docx", wordFile(t, body, map[string]string{"word/numbering.xml": numbers}))
	})
}

// FuzzPage takes any bytes for a page.
func FuzzPage(f *testing.F) {
	f.Add([]byte("<ul><li>Tỷ lệ &lt; 5%<table><tr><td>x<td>y</table>"))
	f.Add([]byte("<!DOCTYPE html><html><script>80%</script><h2>Chỉ tiêu</h2><p>Tỷ lệ&nbsp;45%<br>x"))
	f.Add([]byte("<textarea><select><svg></svg>&#0;&#x10ffff;<!-- -- ><li"))
	f.Fuzz(func(t *testing.T, page []byte) { readable(t, "a.html", page) })
}

// readable extracts a file; either the fault is clear or the text can be read.
func readable(t *testing.T, name string, data []byte) {
	t.Helper()
	text, err := Extract(name, data)
	if err != nil {
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			t.Fatalf("%q is no clear fault: %v", name, err)
		}
		return
	}
	sound(t, text, Read(text))
}

func FuzzExtract(f *testing.F) {
	f.Add("a.txt", []byte("Tỷ lệ hộ nghèo 1%"))
	f.Add("a.html", []byte("<ul><li>Tỷ lệ &lt; 5%<table><tr><td>x"))
	f.Add("a.docx", wordFile(f, paragraphXML("", "Tỷ lệ hộ nghèo 1%"), nil))
	f.Add("a.docx", wordFile(f, "<w:tbl></w:p></w:tc></w:tbl>", map[string]string{"word/numbering.xml": "<w:num><w:lvl>"}))
	f.Add("-", []byte("\xff\xfe1\x00"))
	f.Fuzz(func(t *testing.T, name string, data []byte) { readable(t, name, data) })
}

// Texts without bounds of their own end in bounded time and keep bounded lists.
func TestLongLines(t *testing.T) {
	for name, unit := range map[string]string{
		"letters": "a", "digits": "1", "percent": "5% ", "commas": "đạt 5%, ", "open": "(5% ", "parts": "trong đó 5 tỷ đồng; ",
		"bars": "| 5% ", "names": "tỷ lệ ", "years": "năm 2023 ", "none": "không có ", "lines": "a\n", "dashes": "5 - ", "dots": "1.", "quotes": "“5%",
	} {
		text := strings.Repeat(unit, 1<<19/len(unit))
		got := Read(text)
		sound(t, text, got)
		if len(got.Targets) > maxTargets || len(got.Warnings) > maxWarnings {
			t.Errorf("%s: %d targets, %d warnings", name, len(got.Targets), len(got.Warnings))
		}
		if rows := Results("Sở Y tế: " + text).Rows; len(rows) > maxTargets {
			t.Errorf("%s: %d rows", name, len(rows))
		}
	}
}
