package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/clock"
)

var papers = map[string]func() Paper{
	"review": review, "across": across, "covenant": covenant, "minutes": minutes, "decision": decision, "letter": letter,
	"empty": func() Paper { return Paper{} },
}

// node is an element of a part.
type node struct {
	name  string
	attrs map[string]string
	kids  []*node
	text  string
}

func (n *node) kid(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return &node{}
}

func (n *node) all(name string) []*node {
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// words is the text of an element; breaks are shown as "/".
func (n *node) words() string {
	s := n.text
	for _, k := range n.kids {
		switch k.name {
		case "br":
			s += "/"
		case "tab":
			s += "\t"
		default:
			s += k.words()
		}
	}
	return s
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// unpack reads all parts of a file as strict XML.
func unpack(t failer, data []byte) map[string]*node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("zip: %v", err)
	}
	parts := map[string]*node{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		root := &node{}
		open := []*node{root}
		dec := xml.NewDecoder(r)
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s is not well formed: %v", f.Name, err)
			}
			top := open[len(open)-1]
			switch e := tok.(type) {
			case xml.StartElement:
				n := &node{name: e.Name.Local, attrs: map[string]string{}}
				for _, a := range e.Attr {
					n.attrs[a.Name.Local] = a.Value
				}
				top.kids = append(top.kids, n)
				open = append(open, n)
			case xml.EndElement:
				open = open[:len(open)-1]
			case xml.CharData:
				if top.name == "t" {
					top.text += string(e)
				}
			}
		}
		parts[f.Name] = root
	}
	return parts
}

func body1(t failer, p Paper) *node {
	t.Helper()
	data, err := p.Bytes()
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return unpack(t, data)["word/document.xml"].kid("document").kid("body")
}

// outline is a body in one line for each paragraph, row and section.
func outline(n *node) []string {
	var out []string
	for _, k := range n.kids {
		switch k.name {
		case "p":
			pr := k.kid("pPr")
			line := "p"
			if s := pr.kid("pStyle").attrs["val"]; s != "" {
				line += " " + s
			}
			if a := pr.kid("jc").attrs["val"]; a != "" {
				line += " " + a
			}
			if len(pr.kid("pBdr").kids) > 0 {
				line += " rule"
			}
			for _, r := range k.all("r") {
				line += " "
				if len(r.kid("rPr").all("b")) > 0 {
					line += "b"
				}
				if len(r.kid("rPr").all("i")) > 0 {
					line += "i"
				}
				if size := r.kid("rPr").kid("sz").attrs["val"]; size != "" {
					line += size
				}
				line += "“" + r.words() + "”"
			}
			if line != "p" {
				out = append(out, line)
			}
			if s := pr.kid("sectPr"); s.name != "" {
				out = append(out, section(s))
			}
		case "tbl":
			for _, row := range k.all("tr") {
				line := "row"
				if row.kid("trPr").kid("tblHeader").name != "" {
					line += " head"
				}
				out = append(out, line)
				for _, cell := range row.kids {
					if cell.name != "tc" {
						continue
					}
					pr := cell.kid("tcPr")
					line := " cell"
					if s := pr.kid("gridSpan").attrs["val"]; s != "" {
						line += " span" + s
					}
					if s := pr.kid("vMerge").attrs["val"]; s != "" {
						line += " " + s
					}
					out = append(out, line)
					for _, l := range outline(cell) {
						out = append(out, "  "+l)
					}
				}
			}
		case "sectPr":
			out = append(out, section(k))
		}
	}
	return out
}

func section(s *node) string {
	size, margin := s.kid("pgSz").attrs, s.kid("pgMar").attrs
	return fmt.Sprintf("section %s×%s %s margins %s %s %s %s first=%t", size["w"], size["h"], size["orient"],
		margin["top"], margin["right"], margin["bottom"], margin["left"], s.kid("titlePg").name != "")
}

func TestForm(t *testing.T) {
	p := Paper{
		Parent: "Bộ Nội vụ", Agency: "Ban Thi đua", Number: "9", Symbol: "QĐ-BTĐ", Place: "Hà Nội", Day: "2026-03-05", Kind: "Quyết định", Abstract: "Về việc chia khối",
		Issuer: "Trưởng ban", Bases: []string{"Căn cứ Luật", "Căn cứ Quy chế;"}, Enacts: "Quyết định:",
		Body: []Block{
			Heading{0, "Chương I\nQUY ĐỊNH CHUNG"}, Heading{2, "Điều 1. Phạm vi"}, P(T("Mở "), B("đậm"), I(" nghiêng")), List("một"),
			Table{Caption: "Bảng", Unit: "%", Columns: []Column{{}, {Align: Right}}, Header: [][]Cell{Cells("A", "B")}, Rows: [][]Cell{{{Runs: []Run{T("x")}, Span: 2, Bold: true}}, {{Runs: []Run{T("dọc")}, Down: 2}, C("1,5")}, {C("2")}}},
		},
		Signatures: []Signature{{Lines: []string{"KT. Trưởng ban"}, Name: "Lê A"}},
		Recipients: []string{"Như Điều 2;", "Lưu: VT."},
	}
	want := `row
 cell
  p center 26“BỘ NỘI VỤ”
  p center b26“BAN THI ĐUA”
  p rule
 cell
  p center b26“CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”
  p center b28“Độc lập - Tự do - Hạnh phúc”
  p rule
row
 cell
  p center 26“Số: 09/QĐ-BTĐ”
 cell
  p center i“Hà Nội, ngày 05 tháng 3 năm 2026”
p Title “QUYẾT ĐỊNH”
p center b“Về việc chia khối”
p rule
p center b“TRƯỞNG BAN”
p BodyText i“Căn cứ Luật;”
p BodyText i“Căn cứ Quy chế.”
p center b“QUYẾT ĐỊNH:”
p Chapter “Chương I/QUY ĐỊNH CHUNG”
p Heading2 “Điều 1. Phạm vi”
p BodyText “Mở ” b“đậm” i“ nghiêng”
p BodyText “- ” “một”
p center b“Bảng”
p right i26“%”
row head
 cell
  p center b24“A”
 cell
  p center b24“B”
row
 cell span2
  p left b24“x”
row
 cell restart
  p left 24“dọc”
 cell
  p right 24“1,5”
row
 cell continue
 cell
  p right 24“2”
row
 cell
  p left bi24“Nơi nhận:”
  p left 22“- Như Điều 2;”
  p left 22“- Lưu: VT.”
 cell
  p center b28“KT. TRƯỞNG BAN”
  p center b“Lê A”
section 11906×16838  margins 1134 1134 1134 1701 first=true`
	got := strings.Join(outline(body1(t, p)), "\n")
	if got != want {
		t.Errorf("outline:\n%s\nwant:\n%s", got, want)
	}
}

func TestSections(t *testing.T) {
	sections := func(p Paper) []string {
		var out []string
		for _, line := range outline(body1(t, p)) {
			if strings.HasPrefix(line, "section") {
				out = append(out, line)
			}
		}
		return out
	}
	const (
		upright   = "section 11906×16838  margins 1134 1134 1134 1701 first=%t"
		landscape = "section 16838×11906 landscape margins 1134 1134 1134 1701 first=%t"
	)
	for _, tc := range []struct {
		name  string
		paper Paper
		want  []string
	}{
		{"table across in the body", across(), []string{fmt.Sprintf(upright, true), fmt.Sprintf(landscape, false), fmt.Sprintf(upright, false)}},
		{"annex across", decision(), []string{fmt.Sprintf(upright, true), fmt.Sprintf(landscape, true)}},
		{"table across first", Paper{Body: []Block{Table{Landscape: true, Columns: []Column{{}}, Rows: [][]Cell{Cells("a")}}}}, []string{fmt.Sprintf(upright, true), fmt.Sprintf(landscape, false)}},
		{"signature stays with a table across", Paper{Body: []Block{Plain("a"), wide("b", 2)}, Signatures: []Signature{{Name: "c"}}}, []string{fmt.Sprintf(upright, true), fmt.Sprintf(landscape, false)}},
	} {
		if got := sections(tc.paper); !slices.Equal(got, tc.want) {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

// orders are the sequences in which the schema of WordprocessingML wants the
// children; Word refuses a file that breaks some of them.
var orders = map[string][]string{
	"pPr":    {"pStyle", "keepNext", "keepLines", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"},
	"rPr":    {"rFonts", "b", "bCs", "i", "iCs", "noProof", "color", "sz", "szCs", "u", "lang"},
	"tblPr":  {"tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"},
	"tcPr":   {"tcW", "gridSpan", "vMerge", "vAlign"},
	"trPr":   {"cantSplit", "tblHeader"},
	"sectPr": {"headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"},
	"style":  {"name", "basedOn", "next", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr"},
	"tbl":    {"tblPr", "tblGrid", "tr"},
	"tc":     {"tcPr", "p"},
	"r":      {"rPr", "t", "br", "tab", "fldChar", "instrText", "pict"},
}

func checkOrder(t *testing.T, part string, n *node) {
	t.Helper()
	if order, ok := orders[n.name]; ok && n.name != "r" {
		at := 0
		for _, k := range n.kids {
			i := slices.Index(order, k.name)
			if i < 0 {
				t.Errorf("%s: %s in %s is not in the list of the schema's order", part, k.name, n.name)
			} else if i < at {
				t.Errorf("%s: %s stands too late in %s", part, k.name, n.name)
			} else {
				at = i
			}
		}
	}
	switch n.name {
	case "r":
		for i, k := range n.kids {
			if k.name == "rPr" && i > 0 {
				t.Errorf("%s: rPr is not first in its run", part)
			}
		}
	case "tr":
		// The cells of a row cover the grid exactly.
	case "tbl":
		checkGrid(t, part, n)
	}
	for _, k := range n.kids {
		checkOrder(t, part, k)
	}
}

func checkGrid(t *testing.T, part string, tbl *node) {
	t.Helper()
	var grid []int
	for _, c := range tbl.kid("tblGrid").kids {
		var w int
		fmt.Sscan(c.attrs["w"], &w)
		if w <= 0 {
			t.Errorf("%s: a column is %d wide", part, w)
		}
		grid = append(grid, w)
	}
	for _, row := range tbl.kids {
		if row.name != "tr" {
			continue
		}
		at := 0
		for _, cell := range row.kids {
			if cell.name != "tc" {
				continue
			}
			span, w := 1, 0
			fmt.Sscan(cell.kid("tcPr").kid("gridSpan").attrs["val"], &span)
			fmt.Sscan(cell.kid("tcPr").kid("tcW").attrs["w"], &w)
			if at+span > len(grid) {
				t.Fatalf("%s: a row runs over its grid", part)
			}
			if want := sum(grid[at : at+span]); w != want {
				t.Errorf("%s: cell is %d wide over columns of %d", part, w, want)
			}
			at += span
		}
		if at != len(grid) {
			t.Errorf("%s: a row covers %d of %d columns", part, at, len(grid))
		}
	}
}

func TestEveryPartIsSound(t *testing.T) {
	for name, make := range papers {
		data, err := make().Bytes()
		if err != nil {
			t.Fatal(err)
		}
		parts := unpack(t, data)
		for part, root := range parts {
			checkOrder(t, name+" "+part, root)
		}
		for _, o := range parts["[Content_Types].xml"].all("Override") {
			if part := strings.TrimPrefix(o.attrs["PartName"], "/"); parts[part] == nil {
				t.Errorf("%s: part %s is declared and missing", name, part)
			}
		}
		for _, r := range parts["word/_rels/document.xml.rels"].all("Relationship") {
			if parts["word/"+r.attrs["Target"]] == nil {
				t.Errorf("%s: %s is referred to and missing", name, r.attrs["Target"])
			}
		}
		styles := map[string]bool{}
		for _, s := range parts["word/styles.xml"].all("style") {
			styles[s.attrs["styleId"]] = true
		}
		for _, s := range parts["word/document.xml"].all("pStyle") {
			if !styles[s.attrs["val"]] {
				t.Errorf("%s: style %s is not defined", name, s.attrs["val"])
			}
		}
	}
}

func TestSamePaperSameBytes(t *testing.T) {
	for name, make := range papers {
		a, err := make().Bytes()
		if err != nil {
			t.Fatal(err)
		}
		b, err := make().Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two files differ", name)
		}
	}
}

func TestDraftIsMarkedOnEveryPage(t *testing.T) {
	for _, draft := range []bool{true, false} {
		p := minutes()
		p.Draft = draft
		data, err := p.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		parts := unpack(t, data)
		for _, part := range []string{"word/header1.xml", "word/header2.xml"} {
			marks := 0
			for _, p := range parts[part].all("textpath") {
				if p.attrs["string"] == "DỰ THẢO" {
					marks++
				}
			}
			if (marks == 1) != draft {
				t.Errorf("draft=%t: %s has %d marks", draft, part, marks)
			}
		}
	}
}

func TestNumberAndDate(t *testing.T) {
	for _, tc := range []struct{ number, want string }{
		{"5", "Số: 05/X"}, {"05", "Số: 05/X"}, {"10", "Số: 10/X"}, {"5a", "Số: 5a/X"}, {"", "Số:         /X"}, {"123", "Số: 123/X"},
	} {
		if got := (Paper{Number: tc.number, Symbol: "X"}).numberLine(); got != tc.want {
			t.Errorf("number %q: %q, want %q", tc.number, got, tc.want)
		}
	}
	for day, want := range map[clock.Day]string{
		"2026-02-05": "ngày 05 tháng 02 năm 2026", "2026-03-15": "ngày 15 tháng 3 năm 2026", "2026-11-25": "ngày 25 tháng 11 năm 2026", "": "", "2026-02-30": "",
	} {
		if got := DateInWords(day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if got := (Paper{Place: "Huế", Year: 2026}).dateline(); strings.Join(strings.Fields(got), " ") != "Huế, ngày tháng năm 2026" {
		t.Errorf("open date: %q", got)
	}
}

func TestColumnsKeepTheirWords(t *testing.T) {
	table := Table{Columns: []Column{{Width: 3}, {Width: 100}, {Width: 5}}, Header: [][]Cell{Cells("STT", "Chỉ tiêu", "Thực hiện")}, Rows: [][]Cell{Cells("1", "Kim ngạch", "1.234.567,89")}}
	w := table.widths(9071, 12)
	if sum(w) != 9071 {
		t.Errorf("widths %v do not fill the page", w)
	}
	if w[0] < textWidth("STT", 12)+2*cellMargin || w[2] < textWidth("1.234.567,89", 12)+2*cellMargin {
		t.Errorf("widths %v tear words apart", w)
	}
	long := Table{Columns: make([]Column, 40), Header: [][]Cell{Cells("Nghiêng", "Nghiêng")}}
	for i, n := range long.widths(9071, 12) {
		if n <= 0 {
			t.Errorf("column %d of 40 is %d wide", i, n)
		}
	}
}

func TestBalance(t *testing.T) {
	const s = "Khối thi đua các sở, ban, ngành tham mưu, quản lý nhà nước về kinh tế, kỹ thuật"
	side, widest := balance(s, 14, 9071)
	if side == 0 || widest > 9071-2*side || widest < textWidth(s, 14)/2 {
		t.Errorf("two lines of at most %d with %d at the sides", widest, side)
	}
	if side, widest := balance("Sở Nội vụ", 13, 9071); side != 0 || widest != textWidth("Sở Nội vụ", 13) {
		t.Errorf("one line: %d %d", side, widest)
	}
}

// FuzzText puts a text everywhere a text can stand.
func FuzzText(f *testing.F) {
	for _, s := range []string{"Sở Nội vụ", `<w:p>&"'`, "a\u2028b\u2029c\u0085d\re\vf", "\x00\x01\x1b\x7f", "\xff\xfe\xed\xa0\x80", "😀 \ufffe\uffff\ufeff", "\u202egnp", "\n\n\t", strings.Repeat("Ự", 500), "", " ; . "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := []string{s, s}
		p := Paper{
			Parent: s, Agency: s, Number: s, Symbol: s, Place: s, Day: clock.Day(s), Kind: s, Abstract: s, To: all, Issuer: s, Bases: all, Enacts: s,
			Body: []Block{
				Heading{1, s}, P(T(s), B(s), I(s)), Bullets{Items: [][]Run{{T(s)}}, Mark: s},
				Table{Caption: s, Unit: s, Landscape: len(s)%2 == 0, Columns: []Column{{}, {Width: len(s)}}, Header: [][]Cell{Cells(s, s)}, Rows: [][]Cell{Cells(s), {{Runs: []Run{T(s)}, Span: len(s), Down: len(s)}}, Cells(s, s, s)}},
				SignatureTable{Title: s, Columns: len(s) % 4, Signers: []Signature{{Unit: s, Lines: all, Note: s, Name: s}}}, PageBreak{}, nil,
			},
			Signatures: []Signature{{Lines: all, Name: s}}, Recipients: all, Annexes: []Annex{{Name: s, Title: s, With: s, Body: []Block{Plain(s)}}},
			Draft: len(s)%2 == 1,
		}
		doc := body1(t, p)
		if want := strings.Join(strings.Fields(clean(s)), ""); !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(doc.words(), "/", "")), ""), strings.ReplaceAll(want, "/", "")) {
			t.Errorf("%q is lost", s)
		}
	})
}
