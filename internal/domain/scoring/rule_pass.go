package scoring

import "github.com/thidua/thidua/internal/platform/locale"

// pass gives the maximum or nothing (đạt / không đạt; domain.md §3.2, 13).
type pass struct{}

var _ = register(locale.Msg("Đạt hoặc không đạt"), func() Rule { return &pass{} })

func (*pass) Kind() string                                           { return "pass" }
func (*pass) params() []param                                        { return nil }
func (*pass) check(c *Criterion, wrong func(string, string, ...any)) { needMax(c, wrong) }

func (*pass) Fields(c *Criterion) []Field {
	label := locale.Msg("Đạt yêu cầu")
	if c.Part == Deduction {
		label = locale.Msg("Có xảy ra")
	}
	return []Field{{Name: "passed", Kind: BoolField, Label: label}}
}

func (*pass) Says(c *Criterion) []locale.Text {
	if c.Part == Deduction {
		return []locale.Text{locale.Msg("Có xảy ra thì trừ {.max} điểm.", "max", c.Max)}
	}
	return []locale.Text{locale.Msg("Đạt thì được {.max} điểm, không đạt thì 0 điểm.", "max", c.Max)}
}

func (*pass) score(a *ask) outcome {
	passed := a.flag("passed")
	if !a.ok() {
		return outcome{}
	}
	o := result(zero)
	if passed {
		o = result(a.max)
	}
	if !a.telling {
		return o
	}
	switch deduction := a.c.Part == Deduction; {
	case passed && deduction:
		o.tell(exact(a.max)+" × 1", locale.Msg("Có xảy ra: {.max} điểm.", "max", a.c.Max))
	case passed:
		o.tell(exact(a.max)+" × 1", locale.Msg("Đạt yêu cầu: {.max} điểm.", "max", a.c.Max))
	case deduction:
		o.tell(exact(a.max)+" × 0", locale.Msg("Không xảy ra: 0 điểm."))
	default:
		o.tell(exact(a.max)+" × 0", locale.Msg("Không đạt yêu cầu: 0 điểm."))
	}
	return o
}

// needMax refuses a bonus or deduction without a maximum where the rule
// multiplies it; elsewhere the maximum is asked for by Check itself.
func needMax(c *Criterion, wrong func(string, string, ...any)) {
	if c.NoMax && c.Part != Main {
		wrong("max", "quy tắc này cần điểm tối đa. Hãy thêm “max”.")
	}
}
