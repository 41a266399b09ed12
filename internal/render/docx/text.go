package docx

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean makes any text fit to stand in XML and on paper: valid UTF-8 in NFC,
// Unicode's line separators as newlines, and none of the characters that XML 1.0
// forbids or that turn the direction of the text around.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
			return '\n'
		case unicode.IsControl(r), r == 0xFEFF, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape is clean text as XML.
func escape(s string) string { return entities.Replace(clean(s)) }

// runText writes the text of a run: breaks and tabs are elements in Word.
func runText(w *strings.Builder, s string) {
	start := 0
	flush := func(to int) {
		if to > start {
			w.WriteString(`<w:t xml:space="preserve">`)
			w.WriteString(entities.Replace(s[start:to]))
			w.WriteString(`</w:t>`)
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' || s[i] == '\t' {
			flush(i)
			if s[i] == '\n' {
				w.WriteString(`<w:br/>`)
			} else {
				w.WriteString(`<w:tab/>`)
			}
			start = i + 1
		}
	}
	flush(len(s))
}

// closed ends a text with the mark, in place of what mark it may have.
func closed(s, mark string) string {
	return strings.TrimRight(strings.TrimSpace(clean(s)), ";.,: ") + mark
}

// boldWidths are the advances of Times New Roman Bold from space to "~", in
// thousandths of the size, as its metrics tell.
var boldWidths = [...]int{
	250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
	930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
	611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
	333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
	556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
}

// textWidth is the width of one line of bold text in twentieths of a point. The
// lines that NĐ 30 wants beneath a text are as long as the text or a part of it.
func textWidth(s string, points int) int {
	total := 0
	for _, r := range norm.NFD.String(clean(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if r == 0x031B { // the horn of ơ and ư
				total += 60
			}
		case r == 'Đ':
			total += 722
		case r == 'đ':
			total += 556
		case r >= ' ' && int(r-' ') < len(boldWidths):
			total += boldWidths[r-' ']
		default:
			total += 500
		}
	}
	return total * points * 20 / 1000
}

// balance narrows the room for a centred text so that its lines are about as
// long as each other: side is what to leave at the left and at the right. widest
// is the width of the widest line. Text with breaks of its own is left as it is.
func balance(s string, points, room int) (side, widest int) {
	s = clean(s)
	if strings.Contains(s, "\n") {
		for _, line := range strings.Split(s, "\n") {
			widest = max(widest, min(textWidth(line, points), room))
		}
		return 0, widest
	}
	var words []int // widths
	for _, w := range strings.Fields(s) {
		words = append(words, textWidth(w, points))
	}
	space := textWidth(" ", points)
	lines := func(room int) (n, widest int) {
		line := 0
		for i, w := range words {
			switch {
			case i == 0:
				line = w
			case line+space+w > room:
				n, line = n+1, w
			default:
				line += space + w
			}
			widest = max(widest, line)
		}
		return n + 1, widest
	}
	n, widest := lines(room)
	if n == 1 {
		return 0, min(widest, room)
	}
	narrow := room
	for try := room; try > room/3; try -= 20 {
		if m, w := lines(try); m > n || w > try {
			break
		}
		narrow = try
	}
	_, widest = lines(narrow)
	return max((room-narrow)/2-30, 0), min(widest, room) // 30: the fonts of others may be a hair wider
}
