// Package docx writes Vietnamese administrative papers as Word files in the
// form of Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins, Times New Roman,
// quốc hiệu and tiêu ngữ, number, place and date, bases, body, signatures and
// recipients. The paper is described by a Paper; nothing of Word shows in it.
//
// The same Paper always gives the same bytes, so the hash of an issued paper
// stays true. The text of a Paper is text: whatever characters it holds, the
// file stays well formed.
package docx

import (
	"bytes"
	"fmt"
	"io"

	"github.com/thidua/thidua/internal/platform/clock"
)

// Letterhead is how the head of the first page is laid out.
type Letterhead int

const (
	// Standard has the issuing agency at the left, quốc hiệu and tiêu ngữ at the right.
	Standard Letterhead = iota
	// Centred has quốc hiệu and tiêu ngữ alone in the middle: for a paper that
	// belongs to several parties, such as a covenant (giao ước).
	Centred
)

// Paper is one administrative paper. Empty fields leave their part out, but for
// Number and Day, which leave room to write by hand.
type Paper struct {
	Letterhead Letterhead
	Parent     string // cơ quan chủ quản, written in capitals, not bold; may be empty
	Agency     string // cơ quan ban hành; capitals, bold; a newline breaks the line
	Number     string // "5" is printed 05 (NĐ 30: below 10 with a zero); empty leaves a gap
	Symbol     string // ký hiệu, "BC-BQL"; empty leaves the whole number line out
	Place      string // địa danh, "Bắc Ninh"
	Day        clock.Day
	Year       int // printed beside the gaps for day and month while Day is empty

	Kind     string // tên loại, "BÁO CÁO"; empty is a công văn, whose Abstract stands under the number as V/v
	Abstract string // trích yếu
	To       []string
	Issuer   string   // who decides, in a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"
	Bases    []string // căn cứ; the closing ";" and "." are set here
	Enacts   string   // "QUYẾT ĐỊNH:", between the bases and the body

	Body       []Block
	Signatures []Signature // one: at the right, beside the recipients; several: side by side from the left
	Recipients []string    // nơi nhận; the closing ";" and "." are set here
	Annexes    []Annex     // each on new pages with its own page numbers

	Draft bool // DỰ THẢO behind every page
}

// Signature is one signing block. Lines are what stands above the signature, in
// order: authority and position ("TM. KHỐI THI ĐUA", "KT. TRƯỞNG KHỐI", "PHÓ TRƯỞNG KHỐI").
type Signature struct {
	Unit  string   // the party, in a covenant
	Lines []string // capitals, bold
	Note  string   // "(Ký, ghi rõ họ tên)", italic; may be empty
	Name  string   // without academic titles (NĐ 30); empty leaves room
}

// Annex is a phụ lục: name bold and centred, title beneath it, own page numbers.
type Annex struct {
	Name  string // "Phụ lục I"
	Title string
	With  string // "(Kèm theo Báo cáo số 05/BC-BQL ngày 25/11/2026 của …)", italic
	Body  []Block
}

// Block is a piece of the body: Heading, Para, Bullets, Table, SignatureTable or PageBreak.
type Block interface{ write(*body) }

// Heading is a title in the body. Level 0 is centred (Phần, Chương; a newline
// parts its name from its title), 1 and 2 are bold ("I.", "1.", "Điều 1."), 3 is
// bold italic ("a)"). The number is part of the text.
type Heading struct {
	Level int
	Text  string
}

// Para is a paragraph, justified with the first line indented unless said otherwise.
type Para struct {
	Runs    []Run
	Align   Align
	Flush   bool // no indent of the first line
	KeepOn  bool // stays on the page of what follows
	Smaller bool // 13 instead of 14
}

// Bullets are items with a dash at the indent, as clerks type them.
type Bullets struct {
	Items [][]Run
	Mark  string // "-" where empty; "+" for the second level
}

// PageBreak starts a new page.
type PageBreak struct{}

// SignatureTable lets many parties sign side by side: all members of a cluster
// under a covenant. A block is never torn over two pages.
type SignatureTable struct {
	Title   string // above the table, bold and centred; may be empty
	Columns int    // 2 where 0
	Signers []Signature
}

// Align is a paragraph's or a cell's alignment; its zero value is the usual one
// of the place: justified in the body, left in a cell.
type Align int

const (
	Usual Align = iota
	Left
	Center
	Right
	Justify
)

// Run is a stretch of text in one style. A newline breaks the line.
type Run struct {
	Text                    string
	Bold, Italic, Underline bool
}

// T, B and I are runs of plain, bold and italic text.
func T(s string) Run { return Run{Text: s} }
func B(s string) Run { return Run{Text: s, Bold: true} }
func I(s string) Run { return Run{Text: s, Italic: true} }

// P is a body paragraph of runs, and Plain one of plain text.
func P(runs ...Run) Para  { return Para{Runs: runs} }
func Plain(s string) Para { return P(T(s)) }

// List is Bullets of plain texts.
func List(items ...string) Bullets {
	b := Bullets{}
	for _, s := range items {
		b.Items = append(b.Items, []Run{T(s)})
	}
	return b
}

// Write writes the .docx. Its only errors are w's.
func (p Paper) Write(w io.Writer) error {
	if err := p.pack(w); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

// Bytes is the .docx in memory.
func (p Paper) Bytes() ([]byte, error) {
	var buf bytes.Buffer
	if err := p.Write(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
