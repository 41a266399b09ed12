package indicator

import (
	"context"
	"sort"
	"strings"
	"unicode"

	"github.com/thidua/thidua/internal/platform/db"
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

// contrasts are words that make two otherwise equal names different things.
// Names are alike only if each word of a pair stands in both or in neither.
var contrasts = strings.Fields("xuat nhap nu tang giam thi thon tren duoi moi cu trong ngoai thu chi von no")

// Likely is a pair of indicators that may be one under two names.
type Likely struct{ Keep, Other Indicator }

// Suggest looks through the catalogue for indicators that may be one, the
// longer known first; a person confirms with Merge.
func (s *Service) Suggest(ctx context.Context, q db.Queryer) ([]Likely, error) {
	rows, err := s.Find(ctx, q, "", 0)
	if err != nil {
		return nil, err
	}
	sort.Slice(rows, func(a, b int) bool { return rows[a].ID < rows[b].ID }) // ids sort by age
	var out []Likely
	for i, a := range rows {
		for _, b := range rows[i+1:] {
			if a.BaseUnit == b.BaseUnit && (a.Flow == Growth) == (b.Flow == Growth) && alikeAny(a, b) {
				out = append(out, Likely{a, b})
			}
		}
	}
	return out, nil
}

func alikeAny(a, b Indicator) bool {
	for _, x := range a.Names() {
		for _, y := range b.Names() {
			if alike(x, y) {
				return true
			}
		}
	}
	return false
}

// alike tells whether two names may mean one thing: most of their words are
// the same, or one only says a little more, or they share an abbreviation and
// half of their words.
func alike(x, y string) bool {
	a, b := wordSet(Key(x)), wordSet(Key(y))
	for _, w := range contrasts {
		if a[w] != b[w] {
			return false
		}
	}
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	either, small := len(a)+len(b)-both, min(len(a), len(b))
	switch {
	case small < 2:
		return false
	case 4*both >= 3*either:
		return true
	case both == small && small >= 4 && either-both <= 2:
		return true
	}
	for w := range abbreviations(x) {
		if abbreviations(y)[w] && 2*both >= either {
			return true
		}
	}
	return false
}

func wordSet(key string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(key) {
		set[w] = true
	}
	return set
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
