package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Why is the reason of a number of points: what was done, in words, and the
// exact calculation.
type Why struct {
	Rule  string        // kind of the rule; empty for subtotals
	Say   locale.Text   // what was done, with its values
	Notes []locale.Text // what bounded or changed it: a cap, a floor, a scaled pool
	calc  string
}

// Plain is the calculation in the plain form of the command's output:
// "40 × 1105/1250 = 35.36". An arrow leads from what a rule gave to what a
// bound left of it ("41.6 → 40"), "≈" stands where rounding changed the value,
// ";" ends a step on the way.
func (w Why) Plain() string { return w.calc }

// Calc is the calculation with numbers in the form of the language:
// "40 × 1.105/1.250 = 35,36".
func (w Why) Calc(l locale.Lang) string {
	var b strings.Builder
	for i := 0; i < len(w.calc); {
		if !digit(w.calc[i]) {
			if w.calc[i] == '-' {
				b.WriteString("−")
			} else {
				b.WriteByte(w.calc[i])
			}
			i++
			continue
		}
		j := i
		for j < len(w.calc) && (digit(w.calc[j]) || w.calc[j] == '.') {
			j++
		}
		b.WriteString(l.Number(w.calc[i:j]))
		i = j
	}
	return b.String()
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// Text is the reason in words, notes included.
func (w Why) Text(l locale.Lang) string {
	said := make([]string, 0, 1+len(w.Notes))
	for _, t := range append([]locale.Text{w.Say}, w.Notes...) {
		if s := l.Say(t.Text, t.Args); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// String is the calculation, or the words where nothing was calculated.
func (w Why) String() string {
	if w.calc != "" {
		return w.calc
	}
	return w.Text(locale.Vietnamese)
}
