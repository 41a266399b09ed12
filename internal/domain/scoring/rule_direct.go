package scoring

import "github.com/thidua/thidua/internal/platform/locale"

// direct takes points as they are entered, from 0 to the maximum; outside is an
// error, not a clamp. Half of the criteria of a real sheet are of this kind
// (domain.md §3.1).
type direct struct{}

var _ = register(locale.Msg("Nhập điểm trực tiếp"), func() Rule { return &direct{} })

func (*direct) Kind() string                                       { return "direct" }
func (*direct) params() []param                                    { return nil }
func (*direct) check(c *Criterion, _ func(string, string, ...any)) {}

func (*direct) Fields(c *Criterion) []Field {
	label := locale.Msg("Điểm đạt được")
	switch c.Part {
	case Bonus:
		label = locale.Msg("Số điểm cộng")
	case Deduction:
		label = locale.Msg("Số điểm trừ (nhập số dương)")
	}
	hint := locale.Msg("Từ 0 đến {.max} điểm.", "max", c.Max)
	if c.NoMax {
		hint = locale.Msg("Từ 0 điểm trở lên.")
	}
	return []Field{{Name: "points", Kind: NumberField, Label: label, Hint: hint}}
}

func (*direct) Says(c *Criterion) []locale.Text {
	if c.NoMax {
		return []locale.Text{locale.Msg("Người chấm nhập điểm, từ 0 trở lên.")}
	}
	return []locale.Text{locale.Msg("Người chấm nhập điểm, từ 0 đến {.max}.", "max", c.Max)}
}

func (*direct) score(a *ask) outcome {
	v := a.number("points")
	if !a.ok() {
		return outcome{}
	}
	switch {
	case v.Sign() < 0 && a.c.Part == Deduction:
		a.bad(OutOfRange, "points", locale.Msg("số điểm trừ {.value} là số âm. Hãy nhập số dương, hệ thống tự trừ.", "value", told(v)))
	case a.c.NoMax && (v.Sign() < 0 || v.Cmp(tooMany) > 0):
		a.bad(OutOfRange, "points", locale.Msg("điểm {.value} phải từ 0 trở lên và không quá một tỷ.", "value", told(v)))
	case !a.c.NoMax && (v.Sign() < 0 || v.Cmp(a.max) > 0):
		a.bad(OutOfRange, "points", locale.Msg("điểm {.value} nằm ngoài khoảng từ 0 đến {.max}. Hãy nhập lại trong khoảng này.", "value", told(v), "max", a.c.Max))
	}
	if !a.ok() {
		return outcome{}
	}
	o := result(v)
	if a.telling {
		o.tell(exact(v), locale.Msg("Điểm do người chấm nhập: {.points}.", "points", told(v)))
	}
	return o
}
