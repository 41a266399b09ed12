package indicator

import (
	"strings"
	"unicode"

	"github.com/thidua/thidua/internal/platform/vntext"
)

// maxName is the longest name of an indicator, in characters.
const maxName = 300

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// Key is the form in which names of indicators are the same: folded, only
// letters and digits, i and y alike where Vietnamese writes either (tỷ, tỉ).
func Key(name string) string {
	words := strings.FieldsFunc(vntext.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		switch {
		case len(w) == 2 && w[1] == 'i' && strings.IndexByte("hklmst", w[0]) >= 0:
			words[i] = w[:1] + "y"
		case w == "qui":
			words[i] = "quy"
		}
	}
	return strings.Join(words, " ")
}

// upper begins a name with a capital letter.
func upper(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// abbreviations are the words in capitals of a name that is not all capitals: GRDP, FDI.
func abbreviations(name string) map[string]bool {
	set := map[string]bool{}
	if strings.ToUpper(name) == name {
		return set
	}
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) >= 3 && strings.ToUpper(w) == w && strings.ToLower(w) != w {
			set[w] = true
		}
	}
	return set
}
