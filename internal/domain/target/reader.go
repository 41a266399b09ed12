package target

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"golang.org/x/text/unicode/norm"
)

// maxTargets bounds what one text may yield; a longer list is no covenant.
const maxTargets = 20000

// stance is what a stretch of text is doing.
type stance uint8

const (
	neutral stance = iota
	goal           // it sets targets
	past           // it tells results
	rule           // it tells points, prizes, procedure
	silent         // nothing is said of it
)

// scope is a stance that a heading or an introduction gives to what follows,
// until a paragraph of the same rank.
type scope struct {
	rank   int
	stance stance
	year   int
	total  int  // 1 + index of the target whose parts follow
	listed bool // list items have come since
	intro  bool // set by an introduction in prose, not by a heading
}

type reader struct {
	out     Reading
	rows    *rowsReader // set when results are read, not targets
	run     run
	p       *paragraph
	used    []bool  // parallel to run.quants
	words   []token // of a name, while its direction is looked for
	scopes  []scope
	heads   []int
	base    stance
	docYear int // the year the text speaks for, 0 if it does not say
	now     int // the year of whoever reads, 0 if they do not say
	seen    int // paragraphs so far
	s       sentence
	carry   bool     // the prose before told results
	before  sentence // the sentence before, in this paragraph
	para    stance   // what the paragraph has turned to
	paraBy  int

	paraAhead int // the year that "đến năm 2030" named in this paragraph
	table     tableShape
	full      bool
	families  []*family
}

// Reader reads texts in a year: of that year and of later ones nothing can have
// been reached yet, so "Năm 2026, chỉ số SIPAS đạt 88,5%" is a target. Without a
// Year it is left out, for it may be a result.
type Reader struct{ Year int }

// Read reads the targets of a text in no year. It never fails: what it cannot
// read it leaves out or reports as a warning.
func Read(text string) Reading { return Reader{}.Read(text) }

// Read reads the targets of a text.
func (in Reader) Read(text string) Reading {
	r := &reader{now: in.Year}
	r.out = Reading{Targets: []Target{}, Checks: []Check{}, Warnings: []Warning{}}
	l := newLayout(oneForm(text))
	for !r.full {
		p, ok := l.next()
		if !ok {
			break
		}
		r.paragraph(p)
	}
	r.check()
	return r.out
}

// oneForm brings a text to NFC with one kind of line end.
func oneForm(text string) string {
	composed, ends := surely(text)
	if !composed && !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	if !ends {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		for _, sep := range []string{"\u2028", "\u2029", "\u0085"} {
			text = strings.ReplaceAll(text, sep, "\n")
		}
	}
	return text
}

// surely tells in one pass what most texts are: composed, because no byte
// begins anything but ASCII, the Latin letters of Vietnamese and plain
// punctuation; and with lines that end in a newline alone. A false only says
// that a closer look is due.
func surely(text string) (composed, ends bool) {
	composed, ends = true, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < 0x80:
			ends = ends && c != '\r'
		case c >= 0xC3 && c <= 0xC6: // Latin letters up to ư
			i++
		case c == 0xC2:
			ends = ends && !(i+1 < len(text) && text[i+1] == 0x85)
			i++
		case c == 0xE1 && i+2 < len(text) && (text[i+1] == 0xBA || text[i+1] == 0xBB): // ạ to ỹ
			i += 2
		case c == 0xE2 && i+2 < len(text) && (text[i+1] == 0x88 || text[i+1] == 0x89): // ≤ ≥ ≈
			i += 2
		case c == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] > 0x81: // dashes, quotes
			ends = ends && text[i+2] != 0xA8 && text[i+2] != 0xA9
			i += 2
		default:
			return false, false
		}
	}
	return composed, ends
}

// current tells whether a year is not over for whoever reads.
func (r *reader) current(year int) bool { return r.now > 0 && year >= r.now }

func (r *reader) top() scope {
	if len(r.scopes) == 0 {
		return scope{stance: r.base}
	}
	return r.scopes[len(r.scopes)-1]
}

func (r *reader) paragraph(p *paragraph) {
	r.p = p
	r.run.text, r.run.listed = p.text, p.rank >= rankDash
	r.seen++
	if p.row {
		r.tableRow()
		return
	}
	r.table.leave()
	r.run.toks = tokenise(p.text, r.run.toks)
	toks := r.run.toks
	if len(toks) == 0 {
		return
	}
	digits := r.run.numerals() || hasDigit(p.text)
	if digits {
		r.run.measureAll()
	} else {
		r.run.quants, r.run.broken = r.run.quants[:0], r.run.broken[:0]
	}
	r.used = append(r.used[:0], make([]bool, len(r.run.quants))...)
	if p.more {
		r.sentences(r.para)
		return
	}
	r.title(toks)
	ends := toks[len(toks)-1].kind
	heading := r.isHeading(ends)
	r.enter(heading || ends == aColon, len(toks))
	if (heading || p.rank == rankArt) && ends != aColon {
		st, year := r.stanceOf(0, len(toks), true)
		r.push(st, year, false)
		if heading {
			r.carry = false
			return
		}
	}
	if digits {
		r.oddYears()
	}
	if r.isFurniture() {
		return
	}
	top := r.top()
	if p.rank >= rankLetter && len(r.scopes) > 0 {
		r.scopes[len(r.scopes)-1].listed = true
	}
	st := top.stance
	if st == neutral && r.carry {
		st = past
	}
	r.sentences(st)
	switch r.para {
	case past:
		r.carry = top.stance == neutral
	case goal:
		r.carry = false
	}
	if strings.HasSuffix(p.text, "./.") {
		r.scopes, r.heads = r.scopes[:0], r.heads[:0]
	}
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

// oddYears warns of a year ahead that lies far behind: đến năm 1945.
func (r *reader) oddYears() {
	toks := r.run.toks
	for i := range toks {
		if toks[i].kind != aNumber {
			continue
		}
		y := r.run.year(i)
		if y == 0 || y >= 1990 && y < 2150 {
			continue
		}
		_, n := aheadWords.before(toks, 0, i)
		if n == 0 || r.tellsOf(i-n, y) {
			continue
		}
		r.warn(YearSuspect, r.p.lineAt(int(toks[i].start)), "Năm {.year} có vẻ ghi nhầm: văn bản nói về thời gian tới. Hãy kiểm tra lại câu “{.clause}”.",
			"year", locale.Year(y), "clause", shorten(oneLine(r.run.slice(max(0, i-12), i+1))))
	}
}

// tellsOf tells whether a stretch of time that began before the year is told of:
// "từ năm 1946 đến năm 1954".
func (r *reader) tellsOf(at, year int) bool {
	for i := at - 1; i >= 0 && i > at-6; i-- {
		if from := r.run.year(i); from > 0 {
			return from <= year
		}
	}
	k, _ := sinceWords.in(r.run.toks, max(0, at-4), at)
	return k >= 0
}

var (
	aheadWords = list(`đến năm; đến hết năm; đến cuối năm; tới năm; tầm nhìn; tầm nhìn đến năm; tầm nhìn đến; định hướng đến; định hướng đến năm`)
	sinceWords = list(`từ; từ năm; giai đoạn; năm`) // no year follows: "từ ngày thành lập đến năm 1954"
)

func (r *reader) isFurniture() bool {
	toks := r.run.toks
	if len(toks) > 16 {
		return false
	}
	at, _ := furniture.in(toks, 0, len(toks))
	if at < 0 {
		return false
	}
	if k, _ := strongIntents.in(toks, 0, at); k >= 0 || at > 0 && toks[at-1].kind == aWord {
		return false // thời gian cấp giấy phép còn 2 ngày
	}
	for _, q := range r.run.quants {
		if q.u.kind == percent || q.linked && r.p.rank > 0 { // - Số lượt truy cập đạt 5 triệu lượt
			return false
		}
	}
	return true
}
