// Package vntext handles Vietnamese text: one Unicode form, folding for search,
// collation for sorting.
package vntext

import (
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Clean brings text that people type or paste to one form: NFC, no control
// characters but newline and tab, no byte that is not UTF-8, outer space cut.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	// Composed last: a mark meets its letter once what stood between is gone.
	return norm.NFC.String(strings.TrimSpace(s))
}

// Line is Clean for a field of one line: runs of white space become one space.
func Line(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// Fold is the form in which text is searched: lower case, no marks, đ as d,
// white space run together. "Sở Công Thương" and "so cong thuong" fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case r == 'đ' || r == 'Đ':
			r = 'd'
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Key is the collation key of Vietnamese sorting. Keys compare as bytes on
// every database engine.
func Key(s string) []byte {
	var buf collate.Buffer
	return append([]byte(nil), collate.New(language.Vietnamese).KeyFromString(&buf, s)...)
}
