package target

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	aWord kind = iota
	aNumber
	aPercent
	aComma
	aSemicolon
	aStop // . ! ? at the end of a sentence
	aColon
	anOpen
	aClose
	aSlash
	aDash
	aSign // ≤ ≥ < > = ~ ≈ ÷
	aQuote
	aBar // | between the cells of a table row
	aMark
)

type token struct {
	start, end int32
	word       wordID
	kind       kind
	glued      bool // no space before it
	capital    bool // the word starts with a capital letter
	depth      uint8
}

var lowerTable = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] = byte(i) + 32
		}
	}
	return
}()

// tokenise cuts one run of text into tokens, reusing toks.
func tokenise(text string, toks []token) []token {
	toks = toks[:0]
	var lower [64]byte
	depth := uint8(0)
	glued := false
	for i := 0; i < len(text); {
		c := text[i]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' {
			glued = false
			i++
			continue
		}
		t := token{start: int32(i), glued: glued, depth: depth}
		glued = true
		switch {
		case c >= '0' && c <= '9':
			i = endOfNumber(text, i)
			t.kind = aNumber
		case c < utf8.RuneSelf && !isLetter(c):
			i++
			t.kind = aMark
			switch c {
			case '%':
				t.kind = aPercent
			case ',':
				t.kind = aComma
			case ';':
				t.kind = aSemicolon
			case ':':
				t.kind = aColon
			case '(', '[':
				t.kind = anOpen
				if depth < 200 {
					depth++
				}
				t.depth = depth
			case ')', ']':
				t.kind = aClose
				if depth > 0 {
					depth--
				}
			case '/':
				t.kind = aSlash
			case '-':
				t.kind = aDash
			case '<', '>', '=', '~':
				t.kind = aSign
				if i < len(text) && text[i] == '=' {
					i++
				}
			case '"':
				t.kind = aQuote
			case '|':
				t.kind = aBar
			case '!', '?':
				t.kind = aStop
			case '.':
				for i < len(text) && text[i] == '.' {
					i++
				}
				if stopsSentence(text, int(t.start), i, toks) {
					t.kind = aStop
				}
			}
		default:
			r, size := rune(c), 1
			if c >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			if !letter(r) {
				i += size
				if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\u200c' || r == '\u200d' {
					glued = false
					continue
				}
				t.kind = aMark
				switch r {
				case '–', '—', '−', '‐', '‑', '‒':
					t.kind = aDash
				case '≤', '≥', '≈', '÷', '⩽', '⩾':
					t.kind = aSign
				case '“', '”', '«', '»', '„', '‟':
					t.kind = aQuote
				case '％':
					t.kind = aPercent
				case '；':
					t.kind = aSemicolon
				case '…':
					if stopsSentence(text, int(t.start), i, toks) {
						t.kind = aStop
					}
				}
				break
			}
			t.kind = aWord
			t.capital = upper(r)
			n, hash := 0, uint32(hashStart)
			known := true
			for i < len(text) {
				c := text[i]
				if c < utf8.RuneSelf {
					if !isLetter(c) && (c < '0' || c > '9') {
						break
					}
					if n < len(lower) {
						lower[n] = lowerTable[c]
						hash = (hash ^ uint32(lower[n])) * hashPrime
						n++
					} else {
						known = false
					}
					i++
					continue
				}
				r, size := utf8.DecodeRuneInString(text[i:])
				if r != '²' && r != '³' && !letter(r) {
					break
				}
				if n+utf8.UTFMax <= len(lower) {
					for end := n + utf8.EncodeRune(lower[n:], toLower(r)); n < end; n++ {
						hash = (hash ^ uint32(lower[n])) * hashPrime
					}
				} else {
					known = false
				}
				i += size
			}
			if known {
				t.word = find(hash, lower[:n])
			}
		}
		t.end = int32(i)
		toks = append(toks, t)
	}
	return toks
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// endOfNumber takes digits with inner dots and commas, and groups of three
// parted by a hard or thin space.
func endOfNumber(text string, i int) int {
	digits := func(i int) int {
		for i < len(text) && text[i] >= '0' && text[i] <= '9' {
			i++
		}
		return i
	}
	start := i
	i = digits(i)
	for i < len(text) {
		gap := 0
		switch {
		case text[i] == '.' || text[i] == ',':
			gap = 1
		case strings.HasPrefix(text[i:], "\u00a0"):
			gap = 2
		case strings.HasPrefix(text[i:], "\u202f"), strings.HasPrefix(text[i:], "\u2009"):
			gap = 3
		case text[i] == ' ' && strings.HasPrefix(text[i:], " 000"):
			gap = 1
		}
		j := digits(i + gap)
		if gap == 0 || j == i+gap {
			return i
		}
		if text[i] != '.' && text[i] != ',' && (j-i-gap != 3 || i-start > 3 && !strings.ContainsAny(text[start:i], " \u00a0\u202f\u2009")) {
			return i
		}
		i = j
	}
	return i
}

var abbreviations = list("tp; ths; ts; pgs; gs; bs; tx; tt; q; p; v")

// stopsSentence tells a full stop from a dot inside an abbreviation, an address or an ellipsis.
func stopsSentence(text string, at, end int, toks []token) bool {
	ellipsis := end-at > 1
	if !ellipsis && len(toks) > 0 {
		last := toks[len(toks)-1]
		if last.kind == aWord && int(last.end) == at && last.word != 0 && abbreviations.index[last.word] != 0 && end < len(text) {
			return false
		}
	}
	if end >= len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	switch {
	case unicode.IsSpace(r):
		rest := strings.TrimLeft(text[end:], " \t\u00a0")
		if rest == "" {
			return true
		}
		next, _ := utf8.DecodeRuneInString(rest)
		return !ellipsis || upper(next)
	case upper(r):
		return true
	case r == '/':
		return strings.HasPrefix(text[end:], "/.")
	}
	return strings.ContainsRune("\"”»)", r)
}
