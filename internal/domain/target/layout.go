package target

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The ranks of paragraphs in a paper: a smaller number stands higher.
const (
	rankPart   = 10 // Phần, Chương, PHỤ LỤC, A.
	rankRoman  = 20 // I.
	rankArt    = 30 // Điều 1.
	rankNumber = 40 // 1.
	rankSub    = 50 // 1.1.
	rankLetter = 60 // a)
	rankParen  = 70 // (1)
	rankDash   = 80 // -
	rankBullet = 90 // +, •
	rankPlain  = 0  // no mark
)

// maxRun bounds one paragraph; a longer line is read in stretches.
const maxRun = 24 << 10

// paragraph is what a person sees as one: lines that a converter broke are
// joined again, the mark before it is cut off.
type paragraph struct {
	text    string
	rank    int
	line    int       // of its first character
	breaks  []lineRef // where further lines begin
	heading bool      // bold, capitals or a Markdown heading
	cell    bool      // stands inside a table printed cell by cell
	row     bool      // a table row: cells parted by bars or tabs
	more    bool      // a further stretch of an overlong line
}

type lineRef struct{ at, line int }

// lineAt gives the line of a byte of the paragraph.
func (p *paragraph) lineAt(at int) int {
	line := p.line
	for _, b := range p.breaks {
		if b.at > at {
			break
		}
		line = b.line
	}
	return line
}

// layout walks the text paragraph by paragraph.
type layout struct {
	text string
	at   int
	line int // number of the line at text[at]
	buf  []byte
	p    paragraph
	// the block of lines around the reader, between two empty lines
	blockEnd  int
	blockWrap bool
	blockMost int
	inCells   bool
	rest      string // of an overlong line
	restLine  int
}

func newLayout(text string) *layout { return &layout{text: text, line: 1} }

// next gives the next paragraph; it is valid until the call after it.
func (l *layout) next() (*paragraph, bool) {
	if l.rest != "" {
		return l.stretch(l.rest, l.restLine, true), true
	}
	for l.at < len(l.text) {
		raw, no := l.takeLine()
		body := strings.TrimFunc(raw, isSpace)
		if body == "" {
			continue
		}
		if strings.Trim(body, "|") == "" {
			l.inCells = true
			continue
		}
		if isRule(body) {
			continue
		}
		if len(body) > maxRun {
			l.inCells = false
			return l.stretch(body, no, false), true
		}
		l.p = paragraph{line: no, cell: l.inCells, breaks: l.p.breaks[:0]}
		l.p.text, l.p.heading = unmark(body)
		if strings.Count(l.p.text, "|") >= 2 || strings.Count(l.p.text, "\t") >= 2 || strings.Contains(l.p.text, " | ") {
			l.p.row = true
			l.inCells = false
			return &l.p, true
		}
		l.join()
		l.p.rank, l.p.text = l.mark(l.p.text)
		if l.p.rank == rankPlain && !l.p.cell || l.p.rank > 0 && l.p.rank <= rankNumber {
			l.inCells = l.inCells && l.p.cell
		}
		l.p.heading = l.p.heading || isCapitals(l.p.text)
		return &l.p, true
	}
	return nil, false
}

func (l *layout) takeLine() (string, int) {
	no := l.line
	rest := l.text[l.at:]
	i := strings.IndexByte(rest, '\n')
	if i < 0 {
		l.at = len(l.text)
		return rest, no
	}
	l.at += i + 1
	l.line++
	return rest[:i], no
}

// stretch cuts a readable part off an overlong line, at a sentence or a space.
func (l *layout) stretch(s string, line int, more bool) *paragraph {
	l.p = paragraph{line: line, more: more, breaks: l.p.breaks[:0]}
	cut := len(s)
	if cut > maxRun {
		cut = maxRun
		if i := strings.LastIndexAny(s[:cut], ";.\n"); i > maxRun/2 {
			cut = i + 1
		} else if i := strings.LastIndexByte(s[:cut], ' '); i > maxRun/2 {
			cut = i + 1
		} else {
			for cut > 0 && !utf8.RuneStart(s[cut]) {
				cut--
			}
			if cut == 0 {
				cut = maxRun
			}
		}
	}
	l.rest, l.restLine = s[cut:], line
	l.p.text, _ = unmark(s[:cut])
	if !more {
		l.p.rank, l.p.text = l.mark(l.p.text)
	}
	return &l.p
}

// join adds the lines that a converter broke off.
func (l *layout) join() {
	l.survey()
	last, size := l.p.text, len(l.p.text)
	joined := false
	for l.at < l.blockEnd && size < maxRun {
		end := strings.IndexByte(l.text[l.at:l.blockEnd], '\n')
		if end < 0 {
			end = l.blockEnd - l.at
		}
		next := strings.TrimFunc(l.text[l.at:l.at+end], isSpace)
		if next == "" || !l.continues(last, next) {
			break
		}
		next, _ = unmark(next)
		if !joined {
			l.buf = append(l.buf[:0], l.p.text...)
			joined = true
		}
		l.buf = append(l.buf, ' ')
		l.p.breaks = append(l.p.breaks, lineRef{len(l.buf), l.line})
		l.buf = append(l.buf, next...)
		size, last = len(l.buf), next
		l.takeLine()
	}
	if joined {
		l.p.text = string(l.buf)
	}
}

// survey looks over the block of lines once: were its lines broken by width?
func (l *layout) survey() {
	if l.at < l.blockEnd {
		return
	}
	l.blockWrap, l.blockMost = false, 0
	at, lines := l.at, 0
	for at < len(l.text) && lines < 400 {
		end := strings.IndexByte(l.text[at:], '\n')
		if end < 0 {
			end = len(l.text) - at
		}
		body := strings.TrimFunc(l.text[at:at+end], isSpace)
		if body == "" || strings.Trim(body, "|") == "" || end > maxRun {
			break
		}
		l.blockMost = max(l.blockMost, len(body))
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(body, "*_\"“(")); lower(r) {
			if rank, _ := l.mark(body); rank == rankPlain {
				l.blockWrap = true
			}
		}
		lines++
		at = min(at+end+1, len(l.text))
	}
	l.blockEnd = at
}

// continues tells whether a line belongs to the paragraph whose last line is before.
func (l *layout) continues(before, next string) bool {
	if len(next) > maxRun {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "*_ "))
	if awaits(before) {
		return !strings.ContainsRune("|", rune(next[0])) && !strings.HasPrefix(next, "- ")
	}
	if strings.ContainsRune(".;:!?|", last) || strings.ContainsRune("|", rune(next[0])) {
		return false
	}
	if rank, _ := l.mark(next); rank != rankPlain {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, "*_\"“(["))
	switch {
	case lower(first):
		return true
	case last == ',' || last == '(' || last == '-' || last == '–':
		return !strings.HasPrefix(next, "#")
	case !l.blockWrap || isCapitals(before):
		return false
	}
	if len(before) < l.blockMost*6/10 {
		return false
	}
	// a new line that starts with a percentage begins a target of its own
	if d := strings.TrimLeft(next, "0123456789.,"); d != next && strings.HasPrefix(strings.TrimSpace(d), "%") {
		return false
	}
	return true
}

// awaits tells whether a line ends in a word that wants a number or a name after it.
func awaits(s string) bool {
	s = strings.TrimRight(s, "*_ ")
	i := strings.LastIndexByte(s, ' ')
	switch small(strings.TrimLeft(s[i+1:], "*_(")) {
	case "số", "ngày", "tháng", "năm", "điều", "khoản", "từ", "đến", "trên", "dưới", "khoảng", "đạt", "là", "hơn", "gần", "còn", "đa", "giảm", "tăng", "cộng", "thiểu", "quá", "nhất", "lên", "chương", "mục":
		return true
	}
	return false
}

// isRule tells a line of dashes or signs.
func isRule(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '-', '_', '=', '*', ' ', '.', '|', ':', '+', '~':
		default:
			return false
		}
	}
	return true
}

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u00ad'
}

// isCapitals tells a heading in capitals.
func isCapitals(s string) bool {
	big, small := 0, 0
	for i, r := range s {
		if i > 400 || small > 6 && small > big {
			return false
		}
		if upper(r) {
			big++
		} else if lower(r) {
			small++
		}
	}
	return big > 4 && big > 6*small
}

// unmark takes Markdown's emphasis and heading signs away; bold tells a
// heading only if the whole line is bold.
func unmark(s string) (string, bool) {
	heading := false
	if s[0] == '#' {
		s = strings.TrimSpace(strings.TrimLeft(s, "#"))
		heading = true
	}
	if strings.HasPrefix(s, "> ") {
		s = strings.TrimSpace(s[2:])
	}
	if strings.IndexByte(s, '*') < 0 && strings.IndexByte(s, '\\') < 0 && !strings.Contains(s, "__") {
		return s, heading
	}
	if strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && len(s) > 4 && strings.Count(s, "**") == 2 {
		heading = true
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '*' && !(i > 0 && s[i-1] == ' ' && i+1 < len(s) && s[i+1] == ' ') && !(i == 0 && len(s) > 1 && s[1] == ' '):
			if i > 0 && i+2 < len(s) && s[i+1] == '*' && s[i+2] != ' ' && s[i-1] == '*' {
				b.WriteByte(' ')
			}
		case c == '\\' && i+1 < len(s) && strings.IndexByte(".-*_()[]#+!>|", s[i+1]) >= 0:
		case c == '_' && (i+1 < len(s) && s[i+1] == '_' || i > 0 && s[i-1] == '_'):
		default:
			b.WriteByte(c)
		}
	}
	return strings.TrimSpace(b.String()), heading
}
