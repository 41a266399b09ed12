package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// outcome is what a rule gives for one cell, before rounding.
type outcome struct {
	raw      rational.Num // before bounds
	value    rational.Num // after bounds
	*wording              // there only when the ask is telling
}

// wording is how an outcome came about.
type wording struct {
	lead  string // steps on the way, each ended with "; "
	expr  string // the calculation, which comes to raw
	about bool   // expr holds a long fraction cut to four decimals
	say   locale.Text
	notes []locale.Text
}

// result is an outcome that no bound has touched.
func result(v rational.Num) outcome { return outcome{raw: v, value: v} }

// tell keeps the calculation and what was done, in words.
func (o *outcome) tell(expr string, say locale.Text) {
	w := o.words()
	w.expr, w.say = expr, say
}

func (o *outcome) note(t locale.Text) { o.words().notes = append(o.words().notes, t) }

func (o *outcome) words() *wording {
	if o.wording == nil {
		o.wording = &wording{}
	}
	return o.wording
}

// atMost brings the value down to a bound and tells with a note when it had to.
func (o *outcome) atMost(a *ask, hi rational.Num) {
	if o.value.Cmp(hi) <= 0 {
		return
	}
	o.value = hi
	if a.telling {
		o.note(locale.Msg("Vượt mức tối đa nên chỉ tính {.max} điểm.", "max", told(hi)))
	}
}

// atLeast brings the value up to a bound.
func (o *outcome) atLeast(a *ask, lo rational.Num) {
	if o.value.Cmp(lo) >= 0 {
		return
	}
	o.value = lo
	if a.telling {
		o.note(locale.Msg("Thấp hơn mức tối thiểu nên tính {.min} điểm.", "min", told(lo)))
	}
}

// calculation writes the outcome with what rounding made of it: "a = b",
// "a = b → bound", "a ≈ rounded".
func (o outcome) calculation(rounded rational.Num) string {
	s := o.lead + o.expr
	if o.raw.Cmp(o.value) != 0 {
		s += equals(o.expr, o.raw) + " → " + decimals(o.value)
	} else if e := exact(o.raw); e != o.expr && !strings.Contains(e, "/") && !o.about {
		s += " = " + e
	} else if o.about && o.value.Cmp(rounded) == 0 {
		s += " ≈ " + e
	}
	if o.value.Cmp(rounded) != 0 {
		s += " ≈ " + exact(rounded)
	}
	return s
}

// equals leads from an expression to its value.
func equals(expr string, v rational.Num) string {
	switch e := exact(v); {
	case e == expr:
		return ""
	case strings.Contains(e, "/"):
		return " ≈ " + v.Fixed(4)
	default:
		return " = " + e
	}
}

// decimals writes a value for the eye: exact, or with four decimals.
func decimals(v rational.Num) string {
	if e := exact(v); !strings.Contains(e, "/") {
		return e
	}
	return v.Fixed(4)
}
