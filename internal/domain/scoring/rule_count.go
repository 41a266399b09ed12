package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
)

// count gives points for each occurrence, not above the maximum (domain.md
// §3.2, 12). Inside a bonus, each may be negative: two times −0.5.
type count struct{ Each Number }

var _ = register(locale.Msg("Điểm cho mỗi lần"), func() Rule { return &count{} })

func (*count) Kind() string { return "count" }

func (r *count) params() []param {
	return []param{required(number("each", &r.Each, locale.Msg("Điểm cho mỗi lần")))}
}

func (r *count) check(c *Criterion, wrong func(string, string, ...any)) {
	if r.Each.Given() && r.Each.n.Sign() <= 0 && c.Part != Bonus {
		wrong("each", "điểm cho mỗi lần phải lớn hơn 0. Trong nhóm điểm trừ cũng viết số dương, hệ thống tự trừ.")
	}
	if r.Each.Given() && (r.Each.n.Sign() == 0 || large(r.Each.n)) && c.Part == Bonus {
		wrong("each", "điểm cho mỗi lần phải khác 0.")
	}
}

func (*count) Fields(*Criterion) []Field {
	return []Field{{Name: "count", Kind: NumberField, Label: locale.Msg("Số lần"), Hint: locale.Msg("Số nguyên từ 0 trở lên.")}}
}

func (r *count) Says(c *Criterion) []locale.Text {
	says := []locale.Text{locale.Msg("Mỗi lần {.each} điểm.", "each", told(r.Each.n))}
	if !c.NoMax {
		says = append(says, locale.Msg("Không quá {.max} điểm.", "max", c.Max))
	}
	return says
}

func (r *count) score(a *ask) outcome {
	n := a.number("count")
	if !a.ok() {
		return outcome{}
	}
	if n.Sign() < 0 || !n.IsInt() {
		a.bad(OutOfRange, "count", locale.Msg("số lần {.value} phải là số nguyên từ 0 trở lên.", "value", told(n)))
		return outcome{}
	}
	each := r.Each.n
	o := result(n.Mul(each))
	if a.telling {
		o.tell(exact(n)+" × "+operand(each), locale.Msg("{.count} lần × {.each} điểm.", "count", told(n), "each", told(each)))
	}
	if !a.c.NoMax {
		o.atMost(a, a.max)
		o.atLeast(a, a.max.Neg())
	}
	return o
}
