package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// steps gives base points at a level and adds (or takes) points for each step
// beyond it, in proportion inside a step unless whole. The form is that of the
// decree on classifying administrative units (domain.md §3.2, 3 and 4).
type steps struct {
	measured
	Base  Number // points at from and on its other side; 0 when absent
	From  Number
	Per   Number // width of a step, in the unit of the measure
	Add   Number // points for a step; negative takes away
	Side  string // the side of from that the steps go to
	Whole bool   // only whole steps count
	Min   Number // 0 when absent
	Max   Number // the criterion's maximum when absent
	Cap   Number // another word for Max, as real tables have it
}

const (
	above = "above"
	below = "below"
)

var _ = register(locale.Msg("Điểm gốc và điểm cộng, trừ theo từng bậc"), func() Rule { return &steps{} })

func (*steps) Kind() string { return "steps" }

func (s *steps) params() []param {
	return []param{
		s.measured.param(),
		number("base", &s.Base, locale.Msg("Điểm gốc")),
		required(number("from", &s.From, locale.Msg("Mức được điểm gốc"))),
		required(number("per", &s.Per, locale.Msg("Độ rộng một bậc"))),
		required(number("add", &s.Add, locale.Msg("Điểm cộng mỗi bậc (số âm là trừ)"))),
		choice("side", &s.Side, locale.Msg("Tính bậc ở phía nào của mức gốc"), []Choice{{above, locale.Msg("phía trên")}, {below, locale.Msg("phía dưới")}}),
		boolean("whole", &s.Whole, locale.Msg("Chỉ tính bậc trọn")),
		number("min", &s.Min, locale.Msg("Điểm thấp nhất; để trống là 0")),
		number("max", &s.Max, locale.Msg("Điểm cao nhất; để trống là điểm tối đa của tiêu chí")),
		number("cap", &s.Cap, locale.Msg("Cách viết khác của điểm cao nhất")),
	}
}

// bounds are the lowest and the highest points; bounded tells whether there is a
// highest.
func (s *steps) bounds(c *Criterion) (lo, hi rational.Num, bounded bool) {
	lo = s.Min.n
	switch {
	case s.Max.Given():
		return lo, s.Max.n, true
	case s.Cap.Given():
		return lo, s.Cap.n, true
	case !c.NoMax:
		return lo, numOf(c.Max), true
	}
	return lo, zero, false
}

func (s *steps) check(c *Criterion, wrong func(string, string, ...any)) {
	if s.Per.Given() && s.Per.n.Sign() <= 0 {
		wrong("per", "độ rộng một bậc “per” phải lớn hơn 0.")
	}
	if s.Max.Given() && s.Cap.Given() && s.Max.n.Cmp(s.Cap.n) != 0 {
		wrong("cap", "“cap” và “max” của quy tắc khác nhau; hãy giữ một.")
	}
	lo, hi, bounded := s.bounds(c)
	if !bounded {
		if c.Part != Main {
			wrong("max", "quy tắc này cần điểm tối đa. Hãy thêm “max”.")
		}
		return
	}
	if !c.NoMax && hi.Cmp(numOf(c.Max)) > 0 {
		wrong("max", "điểm cao nhất {.rule} của quy tắc vượt điểm tối đa {.max} của tiêu chí.", "rule", told(hi), "max", c.Max)
	}
	if c.NoMax && hi.Cmp(tooMany) > 0 {
		wrong("max", "điểm tối đa phải có không quá bốn chữ số thập phân và không quá một tỷ.")
	}
	if lo.Sign() < 0 && c.Part != Bonus || lo.Cmp(minusLarge) < 0 {
		wrong("min", "điểm thấp nhất “min” không được âm, trừ trong nhóm điểm thưởng.")
	}
	if base := s.Base.n; lo.Cmp(hi) > 0 || base.Cmp(lo) < 0 || base.Cmp(hi) > 0 {
		wrong("base", "điểm gốc {.base} phải nằm giữa điểm thấp nhất {.min} và điểm cao nhất {.max}.", "base", told(base), "min", told(lo), "max", told(hi))
	}
}

func (s *steps) Says(c *Criterion) []locale.Text {
	from := s.value(s.From.n)
	name := s.measured.name()
	base, per, plus := told(s.Base.n), told(s.Per.n), told(s.Add.n)
	var says []locale.Text
	if less := told(s.Add.n.Neg()); s.takes() && s.Side == below {
		says = append(says, locale.Msg("Theo {.measure}: từ {.from} trở lên được {.base} điểm; cứ thấp hơn {.per} thì bớt {.less} điểm.",
			"measure", name, "from", from, "base", base, "per", per, "less", less))
	} else if s.takes() {
		says = append(says, locale.Msg("Theo {.measure}: từ {.from} trở xuống được {.base} điểm; cứ cao hơn {.per} thì bớt {.less} điểm.",
			"measure", name, "from", from, "base", base, "per", per, "less", less))
	} else if s.Side == below {
		says = append(says, locale.Msg("Theo {.measure}: từ {.from} trở lên được {.base} điểm; cứ thấp hơn {.per} thì thêm {.add} điểm.",
			"measure", name, "from", from, "base", base, "per", per, "add", plus))
	} else {
		says = append(says, locale.Msg("Theo {.measure}: từ {.from} trở xuống được {.base} điểm; cứ cao hơn {.per} thì thêm {.add} điểm.",
			"measure", name, "from", from, "base", base, "per", per, "add", plus))
	}
	if s.Whole {
		says = append(says, locale.Msg("Chỉ tính bậc trọn."))
	} else {
		says = append(says, locale.Msg("Phần lẻ của một bậc tính theo tỷ lệ."))
	}
	if lo, hi, bounded := s.bounds(c); bounded {
		says = append(says, locale.Msg("Thấp nhất {.min}, cao nhất {.max} điểm.", "min", told(lo), "max", told(hi)))
	}
	return says
}

// takes tells whether steps take points away.
func (s *steps) takes() bool { return s.Add.n.Sign() < 0 }

func (s *steps) score(a *ask) outcome {
	v, lead := s.of(a)
	if !a.ok() {
		return outcome{}
	}
	from, base := s.From.n, s.Base.n
	beyond := v.Sub(from)
	if s.Side == below {
		beyond = from.Sub(v)
	}
	if beyond.Sign() <= 0 {
		o := result(base)
		if a.telling {
			o.words().lead = lead
			o.tell(exact(base), locale.Msg("Mức {.value} chưa qua mức gốc {.from}: được điểm gốc {.base}.",
				"value", s.value(v), "from", s.value(from), "base", told(base)))
		}
		return o
	}
	count := beyond.Quo(s.Per.n)
	if s.Whole {
		count = count.Floor()
	}
	o := result(base.Add(count.Mul(s.Add.n)))
	if a.telling {
		o.words().lead = lead
		s.explain(&o, v, count)
	}
	lo, hi, bounded := s.bounds(a.c)
	if bounded {
		o.atMost(a, hi)
	}
	o.atLeast(a, lo)
	return o
}

// explain writes how many steps beyond from came to which points.
func (s *steps) explain(o *outcome, v, count rational.Num) {
	from, base := s.From.n, s.Base.n
	expr := operand(v) + " − " + operand(from)
	if s.Side == below {
		expr = operand(from) + " − " + operand(v)
	}
	expr = "(" + expr + ")/" + exact(s.Per.n)
	if s.Whole {
		expr = "⌊" + expr + "⌋"
	}
	say := locale.Msg("Điểm gốc {.base}; mức {.value} cao hơn mức gốc {.from}: cộng {.steps} bậc × {.add} điểm.",
		"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "add", told(s.Add.n))
	if s.Side == below {
		say = locale.Msg("Điểm gốc {.base}; mức {.value} thấp hơn mức gốc {.from}: cộng {.steps} bậc × {.add} điểm.",
			"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "add", told(s.Add.n))
	}
	if s.takes() {
		less := s.Add.n.Neg()
		say = locale.Msg("Điểm gốc {.base}; mức {.value} cao hơn mức gốc {.from}: trừ {.steps} bậc × {.less} điểm.",
			"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "less", told(less))
		if s.Side == below {
			say = locale.Msg("Điểm gốc {.base}; mức {.value} thấp hơn mức gốc {.from}: trừ {.steps} bậc × {.less} điểm.",
				"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "less", told(less))
		}
	}
	o.tell(exact(base)+" + "+expr+" × "+operand(s.Add.n), say)
}
