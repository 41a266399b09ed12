package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Why is the reason of a number of points: what was done, in words, and the
// exact calculation. It is worked out when it is asked for, from the values that
// were scored; they must not be changed while reasons are still asked for.
type Why struct {
	of   *scorer
	plan *plan // nil for the criteria together
}

// reason is a Why worked out.
type reason struct {
	calc  string
	say   locale.Text   // what was done, with its values
	notes []locale.Text // what bounded or changed it: a cap, a floor, a scaled pool
}

func (r *reason) note(t locale.Text) { r.notes = append(r.notes, t) }

func (w Why) reason() reason {
	if w.of == nil {
		return reason{}
	}
	return w.of.reason(w.plan)
}

// Plain is the calculation in the plain form of the command's output:
// "40 × 1105/1250 = 35.36". An arrow leads from what a rule gave to what a
// bound left of it ("41.6 → 40"), "≈" stands where rounding changed the value,
// ";" ends a step on the way, a condition ends with ✓ or ✗.
func (w Why) Plain() string { return w.reason().calc }

// Calc is the calculation with numbers in the form of the language:
// "40 × 1.105/1.250 = 35,36".
func (w Why) Calc(l locale.Lang) string { return localised(w.reason().calc, l) }

func localised(calc string, l locale.Lang) string {
	var b strings.Builder
	for i := 0; i < len(calc); {
		if !digit(calc[i]) {
			if calc[i] == '-' {
				b.WriteString("−")
			} else {
				b.WriteByte(calc[i])
			}
			i++
			continue
		}
		j := i
		for j < len(calc) && (digit(calc[j]) || calc[j] == '.') {
			j++
		}
		b.WriteString(l.Number(calc[i:j]))
		i = j
	}
	return b.String()
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// Text is the reason in words, notes included.
func (w Why) Text(l locale.Lang) string { return w.reason().text(l) }

func (r reason) text(l locale.Lang) string {
	said := make([]string, 0, 1+len(r.notes))
	for _, t := range append([]locale.Text{r.say}, r.notes...) {
		if s := l.Say(t.Text, t.Args); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// String is the calculation, or the words where nothing was calculated.
func (w Why) String() string {
	r := w.reason()
	if r.calc != "" {
		return r.calc
	}
	return r.text(locale.Vietnamese)
}
