package scoring

import (
	"math/big"

	"github.com/thidua/thidua/internal/platform/locale"
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

// bounds are the lowest and the highest points; hi is nil when there is no highest.
func (s *steps) bounds(c *Criterion) (lo, hi *big.Rat) {
	lo = s.Min.Rat()
	switch {
	case s.Max.Given():
		hi = s.Max.r
	case s.Cap.Given():
		hi = s.Cap.r
	case !c.NoMax:
		hi = c.Max.Rat()
	}
	return lo, hi
}

func (s *steps) check(c *Criterion, wrong func(string, string, ...any)) {
	if s.Per.Given() && s.Per.r.Sign() <= 0 {
		wrong("per", "độ rộng một bậc “per” phải lớn hơn 0.")
	}
	if s.Max.Given() && s.Cap.Given() && s.Max.r.Cmp(s.Cap.r) != 0 {
		wrong("cap", "“cap” và “max” của quy tắc khác nhau; hãy giữ một.")
	}
	lo, hi := s.bounds(c)
	if hi == nil {
		if c.Part != Main {
			wrong("max", "quy tắc này cần điểm tối đa. Hãy thêm “max”.")
		}
		return
	}
	if !c.NoMax && hi.Cmp(c.Max.Rat()) > 0 {
		wrong("max", "điểm cao nhất {.rule} của quy tắc vượt điểm tối đa {.max} của tiêu chí.", "rule", told(hi), "max", c.Max)
	}
	if c.NoMax && hi.Cmp(tooMany) > 0 {
		wrong("max", "điểm tối đa phải có không quá bốn chữ số thập phân và không quá một tỷ.")
	}
	if lo.Sign() < 0 && c.Part != Bonus || lo.Cmp(minusLarge) < 0 {
		wrong("min", "điểm thấp nhất “min” không được âm, trừ trong nhóm điểm thưởng.")
	}
	if base := s.Base.Rat(); lo.Cmp(hi) > 0 || base.Cmp(lo) < 0 || base.Cmp(hi) > 0 {
		wrong("base", "điểm gốc {.base} phải nằm giữa điểm thấp nhất {.min} và điểm cao nhất {.max}.", "base", told(base), "min", told(lo), "max", told(hi))
	}
}

func (s *steps) Says(c *Criterion) []locale.Text {
	from := s.value(s.From.Rat())
	name := s.measured.name()
	base, per, plus := told(s.Base.Rat()), told(s.Per.Rat()), told(s.Add.Rat())
	var says []locale.Text
	if less := told(new(big.Rat).Neg(s.Add.Rat())); s.takes() && s.Side == below {
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
	if lo, hi := s.bounds(c); hi != nil {
		says = append(says, locale.Msg("Thấp nhất {.min}, cao nhất {.max} điểm.", "min", told(lo), "max", told(hi)))
	}
	return says
}

// takes tells whether steps take points away.
func (s *steps) takes() bool { return s.Add.Rat().Sign() < 0 }

func (s *steps) score(a *ask) outcome {
	v, lead := s.of(a)
	if !a.ok() {
		return outcome{}
	}
	from, base := s.From.Rat(), s.Base.Rat()
	beyond, expr := sub(v, from), operand(v)+" − "+operand(from)
	if s.Side == below {
		beyond, expr = sub(from, v), operand(from)+" − "+operand(v)
	}
	if beyond.Sign() <= 0 {
		o := result(base, exact(base), locale.Msg("Mức {.value} chưa qua mức gốc {.from}: được điểm gốc {.base}.",
			"value", s.value(v), "from", s.value(from), "base", told(base)))
		o.lead = lead
		return o
	}
	count := quo(beyond, s.Per.r)
	expr = "(" + expr + ")/" + exact(s.Per.r)
	if s.Whole {
		count = floor(count)
		expr = "⌊" + expr + "⌋"
	}
	say := locale.Msg("Điểm gốc {.base}; mức {.value} cao hơn mức gốc {.from}: cộng {.steps} bậc × {.add} điểm.",
		"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "add", told(s.Add.r))
	if s.Side == below {
		say = locale.Msg("Điểm gốc {.base}; mức {.value} thấp hơn mức gốc {.from}: cộng {.steps} bậc × {.add} điểm.",
			"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "add", told(s.Add.r))
	}
	if s.takes() {
		less := new(big.Rat).Neg(s.Add.r)
		say = locale.Msg("Điểm gốc {.base}; mức {.value} cao hơn mức gốc {.from}: trừ {.steps} bậc × {.less} điểm.",
			"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "less", told(less))
		if s.Side == below {
			say = locale.Msg("Điểm gốc {.base}; mức {.value} thấp hơn mức gốc {.from}: trừ {.steps} bậc × {.less} điểm.",
				"base", told(base), "value", s.value(v), "from", s.value(from), "steps", told(count), "less", told(less))
		}
	}
	o := result(add(base, mul(count, s.Add.r)), exact(base)+" + "+expr+" × "+operand(s.Add.r), say)
	o.lead = lead
	o.bound(s.bounds(a.c))
	return o
}
