package scoring

import "github.com/thidua/thidua/internal/platform/locale"

// threshold gives the maximum when the measure reaches a level, else nothing
// (domain.md §3.2, 9).
type threshold struct {
	measured
	At   Number
	Side string // above: at least At; below: at most At
}

var _ = register(locale.Msg("Đạt ngưỡng thì được điểm"), func() Rule { return &threshold{} })

func (*threshold) Kind() string { return "threshold" }

func (t *threshold) params() []param {
	return []param{
		t.measured.param(),
		required(number("at", &t.At, locale.Msg("Ngưỡng phải đạt"))),
		choice("side", &t.Side, locale.Msg("Đạt khi ở phía nào của ngưỡng"), []Choice{{above, locale.Msg("từ ngưỡng trở lên")}, {below, locale.Msg("từ ngưỡng trở xuống")}}),
	}
}

func (*threshold) check(c *Criterion, wrong func(string, string, ...any)) { needMax(c, wrong) }

func (t *threshold) Says(c *Criterion) []locale.Text {
	if t.Side == below {
		return []locale.Text{locale.Msg("Theo {.measure}: từ {.at} trở xuống được {.max} điểm, cao hơn thì 0 điểm.", "measure", t.name(), "at", t.value(t.At.n), "max", c.Max)}
	}
	return []locale.Text{locale.Msg("Theo {.measure}: từ {.at} trở lên được {.max} điểm, thấp hơn thì 0 điểm.", "measure", t.name(), "at", t.value(t.At.n), "max", c.Max)}
}

func (t *threshold) score(a *ask) outcome {
	v, lead := t.of(a)
	if !a.ok() {
		return outcome{}
	}
	reached := v.Cmp(t.At.n) >= 0
	if t.Side == below {
		reached = v.Cmp(t.At.n) <= 0
	}
	o := result(zero)
	if reached {
		o = result(a.max)
	}
	if a.telling {
		o.words().lead = lead
		if reached {
			o.tell(exact(a.max)+" × 1", locale.Msg("Mức {.value} đạt ngưỡng {.at}: {.max} điểm.", "value", t.value(v), "at", t.value(t.At.n), "max", a.c.Max))
		} else {
			o.tell(exact(a.max)+" × 0", locale.Msg("Mức {.value} chưa đạt ngưỡng {.at}: 0 điểm.", "value", t.value(v), "at", t.value(t.At.n)))
		}
	}
	return o
}
