package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// ratio gives the share of the maximum that was reached: max × actual/target
// (domain.md §3.2, 1 and 2). With lower the fraction is turned over, for
// figures of which less is better.
type ratio struct {
	Floor Number // below this ratio: 0 points
	Cap   Number // the ratio counts up to this; 1 when absent
	Lower bool
}

var _ = register(locale.Msg("Theo tỷ lệ kết quả trên chỉ tiêu"), func() Rule { return &ratio{} })

func (*ratio) Kind() string { return "ratio" }

func (r *ratio) params() []param {
	return []param{
		number("floor", &r.Floor, locale.Msg("Mức sàn: tỷ lệ dưới mức này thì 0 điểm (0.8 là 80%)")),
		number("cap", &r.Cap, locale.Msg("Mức trần: tỷ lệ được tính cao nhất (1.2 là 120%); để trống là 1")),
		boolean("lower", &r.Lower, locale.Msg("Càng thấp càng tốt")),
	}
}

var maxCap = rational.Int(10)

func (r *ratio) check(c *Criterion, wrong func(string, string, ...any)) {
	needMax(c, wrong)
	if r.Cap.Given() && (r.Cap.n.Cmp(one) < 0 || r.Cap.n.Cmp(maxCap) > 0) {
		wrong("cap", "“cap” là tỷ lệ được tính cao nhất, từ 1 đến 10 (1.2 là 120%), không phải số điểm.")
	}
	if r.Floor.Given() && (r.Floor.n.Sign() < 0 || r.Floor.n.Cmp(one) > 0) {
		wrong("floor", "“floor” là tỷ lệ từ 0 đến 1 (0.8 là 80%).")
	}
}

func (r *ratio) Fields(*Criterion) []Field {
	hint := locale.Msg("Lớn hơn 0.")
	if r.Lower {
		hint = locale.Msg("Từ 0 trở lên; càng thấp càng tốt.")
	}
	return []Field{targetField(hint), actualField()}
}

func targetField(hint locale.Text) Field {
	return Field{Name: "target", Kind: NumberField, Label: locale.Msg("Chỉ tiêu"), Hint: hint}
}

func priorField(hint locale.Text) Field {
	return Field{Name: "prior", Kind: NumberField, Label: locale.Msg("Kết quả năm trước"), Hint: hint}
}

func actualField() Field {
	return Field{Name: "actual", Kind: NumberField, Label: locale.Msg("Kết quả thực hiện")}
}

func (r *ratio) cap() rational.Num {
	if r.Cap.Given() {
		return r.Cap.n
	}
	return one
}

func (r *ratio) Says(c *Criterion) []locale.Text {
	says := []locale.Text{locale.Msg("{.max} điểm × kết quả ÷ chỉ tiêu.", "max", c.Max)}
	if r.Lower {
		says[0] = locale.Msg("Càng thấp càng tốt: {.max} điểm × chỉ tiêu ÷ kết quả.", "max", c.Max)
	}
	if r.cap().Cmp(one) > 0 {
		says = append(says, locale.Msg("Vượt chỉ tiêu được tính thêm, cao nhất {.cap}%.", "cap", told(r.cap().Mul(hundred))))
	} else {
		says = append(says, locale.Msg("Không vượt điểm tối đa."))
	}
	if r.Floor.Given() {
		says = append(says, locale.Msg("Dưới {.floor}% thì 0 điểm.", "floor", told(r.Floor.n.Mul(hundred))))
	}
	return says
}

func (r *ratio) score(a *ask) outcome {
	target, actual := a.number("target"), a.number("actual")
	if !a.ok() {
		return outcome{}
	}
	max := a.max
	if r.Lower {
		return r.lower(a, max, target, actual)
	}
	if target.Sign() <= 0 {
		a.bad(OutOfRange, "target", locale.Msg("chỉ tiêu {.target} phải lớn hơn 0 vì kết quả được chia cho chỉ tiêu. Hãy sửa chỉ tiêu, hoặc đánh dấu không áp dụng nếu đơn vị không được giao.", "target", told(target)))
		return outcome{}
	}
	reached := actual.Quo(target)
	o := result(max.Mul(reached))
	if a.telling {
		o.tell(exact(max)+" × "+operand(actual)+"/"+exact(target),
			locale.Msg("Điểm tối đa {.max} × kết quả {.actual} ÷ chỉ tiêu {.target}.", "max", a.c.Max, "actual", told(actual), "target", told(target)))
	}
	r.limit(a, &o, max, reached)
	return o
}

// lower guards the two zeros: nothing wanted and nothing happened is the
// maximum; nothing wanted and something happened is nothing.
func (r *ratio) lower(a *ask, max, target, actual rational.Num) outcome {
	for _, f := range []struct {
		name string
		v    rational.Num
	}{{"target", target}, {"actual", actual}} {
		if f.v.Sign() < 0 {
			a.bad(OutOfRange, f.name, locale.Msg("“{.field}” là {.value}; quy tắc tỷ lệ “càng thấp càng tốt” chỉ nhận số từ 0 trở lên. Với mức tăng, giảm hãy dùng quy tắc “steps”.", "field", f.name, "value", told(f.v)))
		}
	}
	if !a.ok() {
		return outcome{}
	}
	var o outcome
	switch {
	case target.Sign() == 0 && actual.Sign() == 0:
		if o = result(max); a.telling {
			o.tell(exact(max)+" × 1", locale.Msg("Chỉ tiêu là không để xảy ra và kết quả là 0: đủ {.max} điểm.", "max", a.c.Max))
		}
	case target.Sign() == 0:
		if o = result(zero); a.telling {
			o.tell(exact(max)+" × 0", locale.Msg("Chỉ tiêu là không để xảy ra nhưng kết quả là {.actual}: 0 điểm.", "actual", told(actual)))
		}
	case actual.Sign() == 0:
		if o = result(max.Mul(r.cap())); a.telling {
			o.tell(exact(max)+" × "+exact(r.cap()), locale.Msg("Càng thấp càng tốt và kết quả là 0: được tính mức cao nhất."))
		}
	default:
		reached := target.Quo(actual)
		if o = result(max.Mul(reached)); a.telling {
			o.tell(exact(max)+" × "+exact(target)+"/"+exact(actual),
				locale.Msg("Càng thấp càng tốt: điểm tối đa {.max} × chỉ tiêu {.target} ÷ kết quả {.actual}.", "max", a.c.Max, "actual", told(actual), "target", told(target)))
		}
		r.limit(a, &o, max, reached)
	}
	return o
}

func (r *ratio) limit(a *ask, o *outcome, max, reached rational.Num) {
	if r.Floor.Given() && reached.Cmp(r.Floor.n) < 0 {
		o.value = zero
		if a.telling {
			o.note(locale.Msg("Chưa tới mức sàn {.floor}% nên được 0 điểm.", "floor", told(r.Floor.n.Mul(hundred))))
		}
		return
	}
	o.atMost(a, max.Mul(r.cap()))
	o.atLeast(a, zero)
}
