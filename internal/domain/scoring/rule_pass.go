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
	if passed {
		say := locale.Msg("Đạt yêu cầu: {.max} điểm.", "max", a.c.Max)
		if a.c.Part == Deduction {
			say = locale.Msg("Có xảy ra: {.max} điểm.", "max", a.c.Max)
		}
		return result(a.c.Max.Rat(), a.c.Max.String()+" × 1", say)
	}
	say := locale.Msg("Không đạt yêu cầu: 0 điểm.")
	if a.c.Part == Deduction {
		say = locale.Msg("Không xảy ra: 0 điểm.")
	}
	return result(zero, a.c.Max.String()+" × 0", say)
}

// needMax refuses a bonus or deduction without a maximum where the rule
// multiplies it; elsewhere the maximum is asked for by Check itself.
func needMax(c *Criterion, wrong func(string, string, ...any)) {
	if c.NoMax && c.Part != Main {
		wrong("max", "quy tắc này cần điểm tối đa. Hãy thêm “max”.")
	}
}
