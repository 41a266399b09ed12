package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// best scores a unit against the best of the cluster (domain.md §3.2, 7). With
// M the maximum, A/T actual and target, e = (A−T)/T and e* the greatest e:
// short of the target met·M·A/T; on it met·M; beyond it met·M + e/e*·(1−met)·M,
// which is M for the best. Nobody beyond the target leaves e* at 0 and unused.
// One unit's figure moves the points of the others.
type best struct{ Met Number }

var _ = register(locale.Msg("So với đơn vị tốt nhất trong cụm"), func() Rule { return &best{} })

func (*best) Kind() string   { return "best" }
func (*best) compares() bool { return true }

func (r *best) params() []param {
	return []param{number("met", &r.Met, locale.Msg("Phần điểm khi vừa đạt chỉ tiêu (0.5 là một nửa); để trống là 0.5"))}
}

func (r *best) met() rational.Num {
	if r.Met.Given() {
		return r.Met.n
	}
	return half
}

var half = rational.Frac(1, 2)

func (r *best) check(c *Criterion, wrong func(string, string, ...any)) {
	needMax(c, wrong)
	if r.Met.Given() && (r.Met.n.Sign() < 0 || r.Met.n.Cmp(one) > 0) {
		wrong("met", "“met” là phần điểm khi vừa đạt chỉ tiêu, từ 0 đến 1 (0.5 là một nửa).")
	}
}

func (*best) Fields(*Criterion) []Field {
	return []Field{targetField(locale.Msg("Lớn hơn 0.")), actualField()}
}

func (r *best) Says(c *Criterion) []locale.Text {
	return []locale.Text{locale.Msg("Vừa đạt chỉ tiêu được {.met} điểm, chưa đạt thì theo tỷ lệ; đơn vị vượt cao nhất cụm được {.max} điểm, đơn vị vượt khác theo mức vượt.",
		"met", told(r.met().Mul(numOf(c.Max))), "max", c.Max)}
}

// gather is the greatest share by which a unit of the cluster went beyond its
// target, 0 where none did.
func (r *best) gather(c *comparison) any {
	top := zero
	for _, a := range c.asks {
		if target, actual, ok := r.figures(a); ok {
			if e := actual.Sub(target).Quo(target); e.Cmp(top) > 0 {
				top = e
			}
		}
	}
	return top
}

func (r *best) score(a *ask) outcome {
	target, actual, ok := r.figures(a)
	if !ok || !a.together() {
		return outcome{}
	}
	top := a.shared.(rational.Num)
	max, base := a.max, r.met().Mul(a.max)
	var o outcome
	switch actual.Cmp(target) {
	case -1:
		if o = result(base.Mul(actual.Quo(target))); a.telling {
			o.tell(exact(r.met())+" × "+exact(max)+" × "+operand(actual)+"/"+exact(target),
				locale.Msg("Chưa đạt chỉ tiêu: {.base} điểm × kết quả {.actual} ÷ chỉ tiêu {.target}.", "base", told(base), "actual", told(actual), "target", told(target)))
		}
		o.atLeast(a, zero)
	case 0:
		if o = result(base); a.telling {
			o.tell(exact(r.met())+" × "+exact(max), locale.Msg("Vừa đạt chỉ tiêu {.target}: {.base} điểm.", "target", told(target), "base", told(base)))
		}
	default:
		e := actual.Sub(target).Quo(target)
		rest := one.Sub(r.met()).Mul(max)
		if o = result(base.Add(e.Quo(top).Mul(rest))); a.telling {
			o.words().lead = "(" + exact(actual) + " − " + exact(target) + ")/" + exact(target) + " = " + exact(e) + "; "
			o.tell(exact(base)+" + "+operand(e)+"/"+operand(top)+" × "+exact(rest),
				locale.Msg("Vượt chỉ tiêu {.e}%, mức vượt cao nhất cụm là {.top}%: {.base} điểm và phần còn lại {.rest} điểm theo mức vượt.",
					"e", told(e.Mul(hundred)), "top", told(top.Mul(hundred)), "base", told(base), "rest", told(rest)))
		}
	}
	return o
}

// figures are target and actual of a cell, when they are there and in order.
func (*best) figures(a *ask) (target, actual rational.Num, ok bool) {
	target, actual = a.number("target"), a.number("actual")
	if a.ok() && target.Sign() <= 0 {
		a.bad(OutOfRange, "target", locale.Msg("chỉ tiêu {.target} phải lớn hơn 0 vì kết quả được chia cho chỉ tiêu. Hãy sửa chỉ tiêu, hoặc đánh dấu không áp dụng nếu đơn vị không được giao.", "target", told(target)))
	}
	return target, actual, a.ok()
}
