package scoring

import (
	"slices"

	"github.com/thidua/thidua/internal/platform/locale"
)

// bands gives the points of the half-open band [from, to) that the measure lies
// in (domain.md §3.2, 10). The edges of a real table overlapped; here each
// value lies in exactly one band, and a table that overlaps or leaves a gap is
// refused. Below the lowest band there are no points.
type bands struct {
	measured
	Bands []band

	inOrder []band // from the lowest
}

type band struct {
	From   Number `json:"from,omitzero"` // not given: from the lowest value
	To     Number `json:"to,omitzero"`   // not given: without end
	Points Number `json:"points"`
}

var _ = register(locale.Msg("Theo khoảng"), func() Rule { return &bands{} })

func (*bands) Kind() string { return "bands" }

func (b *bands) params() []param {
	return []param{
		b.measured.param(),
		required(bandList("bands", &b.Bands, locale.Msg("Các khoảng: từ mức này đến dưới mức kia được bao nhiêu điểm"))),
	}
}

// ready puts the bands in order, once they are there; one without a lower end
// comes first.
func (b *bands) ready() {
	b.inOrder = slices.SortedFunc(slices.Values(b.Bands), func(x, y band) int {
		switch {
		case !x.From.Given() && !y.From.Given():
			return 0
		case !x.From.Given():
			return -1
		case !y.From.Given():
			return 1
		}
		return x.From.n.Cmp(y.From.n)
	})
}

func (b *bands) check(c *Criterion, wrong func(string, string, ...any)) {
	all := b.inOrder
	for i, x := range all {
		switch {
		case !x.Points.Given():
			wrong("bands", "khoảng {.band} chưa có điểm “points”.", "band", x.told())
		case x.Points.n.Sign() < 0 && c.Part != Bonus || large(x.Points.n):
			wrong("bands", "điểm của khoảng {.band} không được âm.", "band", x.told())
		case !c.NoMax && x.Points.n.Cmp(numOf(c.Max)) > 0:
			wrong("bands", "điểm {.points} của khoảng {.band} vượt điểm tối đa {.max}.", "points", told(x.Points.n), "band", x.told(), "max", c.Max)
		}
		if x.From.Given() && x.To.Given() && x.From.n.Cmp(x.To.n) >= 0 {
			wrong("bands", "khoảng {.band} trống: “to” phải lớn hơn “from”. Với “từ 100 trở lên”, hãy bỏ “to”.", "band", x.told())
		}
		if i == 0 {
			continue
		}
		before := all[i-1]
		switch {
		case !x.From.Given() || !before.To.Given() || before.To.n.Cmp(x.From.n) > 0:
			wrong("bands", "khoảng {.a} và khoảng {.b} chồng lên nhau. Mỗi khoảng tính từ “from” đến dưới “to”; hãy cho “to” của khoảng trước bằng “from” của khoảng sau.", "a", before.told(), "b", x.told())
		case before.To.n.Cmp(x.From.n) < 0:
			wrong("bands", "giữa khoảng {.a} và khoảng {.b} có chỗ hở. Hãy cho “to” của khoảng trước bằng “from” của khoảng sau.", "a", before.told(), "b", x.told())
		}
	}
}

// told writes a band as people read it.
func (x band) told() locale.Text {
	switch {
	case x.From.Given() && x.To.Given():
		return locale.Msg("từ {.from} đến dưới {.to}", "from", told(x.From.n), "to", told(x.To.n))
	case x.From.Given():
		return locale.Msg("từ {.from} trở lên", "from", told(x.From.n))
	case x.To.Given():
		return locale.Msg("dưới {.to}", "to", told(x.To.n))
	}
	return locale.Msg("mọi mức")
}

func (b *bands) Says(*Criterion) []locale.Text {
	says := []locale.Text{locale.Msg("Theo {.measure}:", "measure", b.name())}
	for _, x := range b.inOrder {
		says = append(says, locale.Msg("{.band}: {.points} điểm;", "band", x.told(), "points", told(x.Points.n)))
	}
	return append(says, locale.Msg("thấp hơn mọi khoảng: 0 điểm."))
}

func (b *bands) score(a *ask) outcome {
	v, lead := b.of(a)
	if !a.ok() {
		return outcome{}
	}
	all := b.inOrder
	for _, x := range all {
		if (!x.From.Given() || v.Cmp(x.From.n) >= 0) && (!x.To.Given() || v.Cmp(x.To.n) < 0) {
			o := result(x.Points.n)
			if a.telling {
				o.words().lead = lead
				o.tell(exact(x.Points.n), locale.Msg("Mức {.value} nằm trong khoảng {.band}: {.points} điểm.", "value", b.value(v), "band", x.told(), "points", told(x.Points.n)))
			}
			return o
		}
	}
	if v.Cmp(all[0].From.n) > 0 {
		a.bad(OutOfRange, "actual", locale.Msg("mức {.value} cao hơn mọi khoảng. Hãy kiểm tra số liệu, hoặc bỏ “to” của khoảng cao nhất trong bảng điểm.", "value", b.value(v)))
		return outcome{}
	}
	o := result(zero)
	if a.telling {
		o.words().lead = lead
		o.tell("0", locale.Msg("Mức {.value} thấp hơn mọi khoảng: 0 điểm.", "value", b.value(v)))
	}
	return o
}
