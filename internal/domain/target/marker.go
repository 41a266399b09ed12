package target

import (
	"strings"
	"unicode/utf8"
)

// mark cuts bullets and numbering off, and tells their rank.
func (l *layout) mark(s string) (int, string) {
	rank := rankPlain
	for range 3 {
		r, n := marker(s)
		if n == 0 {
			break
		}
		if rank == rankPlain {
			rank = r
		}
		s = strings.TrimLeftFunc(s[n:], isSpace)
		if r == rankPart || r == rankArt {
			break
		}
	}
	return rank, s
}

// marker reads one bullet or number at the start of a paragraph.
func marker(s string) (rank, length int) {
	if s == "" {
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '-', '–', '—', '−', '‐':
		if strings.Trim(s, "-–—− ") == "" {
			return 0, 0
		}
		return rankDash, size
	case '+', '•', '·', '●', '○', '▪', '■', '□', '◦', '❖', '➢', '✓', '✔', '►', '▶', '◆', '★', '⮚', '\uf0b7', '\uf02d', '\uf0a7', '\uf0d8':
		return rankBullet, size
	case '*':
		if len(s) > 1 && s[1] == ' ' {
			return rankBullet, 1
		}
		return 0, 0
	case '(':
		if i := strings.IndexByte(s, ')'); i > 1 && i < 6 {
			inner := s[1:i]
			if digitsOnly(inner) || len([]rune(inner)) == 1 || isRoman(inner) {
				return rankParen, i + 1
			}
		}
		return 0, 0
	}
	if r >= '0' && r <= '9' {
		return numbering(s)
	}
	// words: Chương I, Điều 5., I., a), A.
	if c := s[0]; c == 'P' || c == 'C' || c == 'p' || c == 'M' || c == '\xc4' {
		if rank, n := titleWord(s); n > 0 {
			return rank, n
		}
	}
	i := strings.IndexAny(s[:min(len(s), 10)], ".)/")
	if i <= 0 {
		return 0, 0
	}
	head := s[:i]
	after := s[i+1:]
	if after != "" && after[0] != ' ' && after[0] != '\t' && s[i] != ')' && !startsUpper(after) {
		return 0, 0
	}
	if s[i] == '/' && (after == "" || after[0] != ' ') {
		return 0, 0
	}
	one := utf8.RuneCountInString(head) == 1
	switch {
	case isRoman(head) && !(one && strings.ContainsAny(head, "CDLM")):
		return rankRoman, i + 1
	case one && upper(r):
		return rankPart, i + 1
	case one && lower(r):
		return rankLetter, i + 1
	}
	return 0, 0
}

// numbering reads "1.", "1)", "1.2.", "09/ ", but no figure: "1.277 tỷ đồng" is none.
func numbering(s string) (rank, length int) {
	i, parts, run := 0, 0, 0
	for i < len(s) {
		c := s[i]
		if c >= '0' && c <= '9' {
			run++
			if run > 2 {
				return 0, 0
			}
			i++
			continue
		}
		if run == 0 {
			break
		}
		if c == '.' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
			parts++
			run = 0
			i++
			continue
		}
		break
	}
	if run == 0 || parts > 4 {
		return 0, 0
	}
	parts++
	after := s[i:]
	rank = rankNumber
	if parts > 1 {
		rank = rankSub
	}
	if after == "" {
		return 0, 0
	}
	switch after[0] {
	case '.', ')':
		tail := strings.TrimLeftFunc(after[1:], isSpace)
		if tail == "" || len(tail) < len(after)-1 || startsLetter(tail) || tail[0] == '(' || tail[0] == '"' || strings.HasPrefix(tail, "“") {
			return rank, i + 1
		}
	case '/', '-':
		if parts == 1 && len(after) > 1 && (after[1] == ' ' && startsUpper(after[2:]) || after[0] == '/' && startsUpper(after[1:]) && !isCodeStart(after[1:])) {
			return rank, i + 1
		}
	case ' ', '\t':
		if parts > 1 && startsUpper(strings.TrimLeftFunc(after, isSpace)) {
			return rank, i
		}
	}
	return 0, 0
}

// isCodeStart tells "KH-UBND" from a word.
func isCodeStart(s string) bool {
	n := 0
	for _, r := range s {
		if !upper(r) {
			return n > 1
		}
		n++
	}
	return n > 1
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \"“(*"))
	return upper(r)
}

func startsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return letter(r)
}

func isRoman(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("IVXLC", s[i]) < 0 {
			return false
		}
	}
	return true
}

var titleHeads = map[string]bool{"điều": true, "chương": true, "phần": true, "mục": true, "phụ": true}

// titleWord reads "Chương II", "Phần thứ nhất", "PHỤ LỤC 01", "Điều 5.", "Mục 1".
func titleWord(s string) (rank, length int) {
	if i := strings.IndexByte(s, ' '); i < 0 || i > 9 || !titleHeads[small(s[:i])] {
		return 0, 0
	}
	words := strings.Fields(s[:min(len(s), 40)])
	if len(words) == 0 {
		return 0, 0
	}
	first := small(words[0])
	second := ""
	if len(words) > 1 {
		second = small(strings.Trim(words[1], ".:)*"))
	}
	numbered := second != "" && (digitsOnly(second) || isRoman(strings.ToUpper(second)))
	switch {
	case first == "điều" && numbered && digitsOnly(second):
		n := strings.Index(s, words[1]) + len(words[1])
		return rankArt, n
	case first == "phần" && second == "thứ" && len(words) > 2:
		n := strings.Index(s, " "+words[2]) + 1 + len(words[2])
		if n < len(s) && s[n] == ':' {
			n++
		}
		return rankPart, n
	case (first == "chương" || first == "phần") && numbered:
		return rankPart, strings.Index(s, words[1]) + len(words[1])
	case first == "mục" && numbered:
		return rankRoman, strings.Index(s, words[1]) + len(words[1])
	case first == "phụ" && (second == "lục" || strings.HasPrefix(second, "lục")):
		return rankPart, strings.Index(s, words[1]) + len(words[1])
	}
	return 0, 0
}
