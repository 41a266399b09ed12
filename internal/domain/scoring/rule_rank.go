package scoring

import (
	"math"
	"slices"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// rank gives points by the unit's place among all units of the cluster
// (domain.md §3.2, 5: the first ten provinces 3 points, the next ten 2, the
// others 1; decree 307/2025, art. 5.3.k).
//
// Places follow standard competition ranking on the exact measure: a unit's
// place is one more than the number of units that are better, so equal measures
// have equal places and equal points. Places are given like bands, but both ends
// count, as people say them: {"from": "1", "to": "10", "points": "3"}. Behind
// the last one there are no points.
type rank struct {
	measured
	Side   string // above: the higher measure is better; below: the lower
	Places []band

	inOrder []group // from the first
}

// group is a band of places with its bounds as numbers of places.
type group struct {
	band
	from, to int
}

var _ = register(locale.Msg("Theo thứ hạng trong cụm"), func() Rule { return &rank{} })

func (*rank) Kind() string   { return "rank" }
func (*rank) compares() bool { return true }

func (r *rank) params() []param {
	return []param{
		r.measured.param(),
		choice("side", &r.Side, locale.Msg("Bên nào xếp trước"), []Choice{{above, locale.Msg("cao hơn xếp trước")}, {below, locale.Msg("thấp hơn xếp trước")}}),
		required(bandList("places", &r.Places, locale.Msg("Các nhóm hạng: từ hạng này đến hết hạng kia được bao nhiêu điểm"))),
	}
}

// first is the first place of a group; a group without one begins at the top.
func (x band) first() rational.Num {
	if x.From.Given() {
		return x.From.n
	}
	return one
}

// ready puts the groups in order, once they are there.
func (r *rank) ready() {
	for _, x := range r.Places {
		from, ok := x.first().Scaled(0)
		to := int64(math.MaxInt)
		if x.To.Given() {
			if n, fits := x.To.n.Scaled(0); fits {
				to = n
			}
		}
		if ok {
			r.inOrder = append(r.inOrder, group{x, int(from), int(to)})
		}
	}
	slices.SortStableFunc(r.inOrder, func(x, y group) int { return x.first().Cmp(y.first()) })
}

func (r *rank) check(c *Criterion, wrong func(string, string, ...any)) {
	next := one
	for i, x := range r.inOrder {
		switch {
		case !x.Points.Given():
			wrong("places", "nhóm hạng {.places} chưa có điểm “points”.", "places", x.places())
		case x.Points.n.Sign() < 0 && c.Part != Bonus || large(x.Points.n):
			wrong("places", "điểm của nhóm hạng {.places} không được âm.", "places", x.places())
		case !c.NoMax && x.Points.n.Cmp(numOf(c.Max)) > 0:
			wrong("places", "điểm {.points} của nhóm hạng {.places} vượt điểm tối đa {.max}.", "points", told(x.Points.n), "places", x.places(), "max", c.Max)
		}
		switch {
		case !x.first().IsInt() || x.first().Sign() <= 0 || x.To.Given() && (!x.To.n.IsInt() || x.To.n.Cmp(x.first()) < 0):
			wrong("places", "nhóm hạng {.places} phải gồm các số nguyên từ 1 trở lên, “to” không nhỏ hơn “from”.", "places", x.places())
			return
		case i > 0 && (next.Sign() == 0 || x.first().Cmp(next) < 0):
			wrong("places", "nhóm hạng {.places} chồng lên nhóm trước. Mỗi hạng chỉ thuộc một nhóm.", "places", x.places())
		case x.first().Cmp(next) > 0:
			wrong("places", "trước nhóm hạng {.places} thiếu hạng {.next}. Các nhóm hạng phải nối tiếp nhau từ hạng 1.", "places", x.places(), "next", told(next))
		}
		next = zero // no end: nothing may follow
		if x.To.Given() {
			next = x.To.n.Add(one)
		}
	}
}

// places writes a group of places as people read it.
func (x band) places() locale.Text {
	if !x.To.Given() {
		return locale.Msg("từ hạng {.from} trở đi", "from", told(x.first()))
	}
	if x.To.n.Cmp(x.first()) == 0 {
		return locale.Msg("hạng {.from}", "from", told(x.first()))
	}
	return locale.Msg("từ hạng {.from} đến hạng {.to}", "from", told(x.first()), "to", told(x.To.n))
}

func (r *rank) Says(*Criterion) []locale.Text {
	says := []locale.Text{locale.Msg("Xếp hạng trong cụm theo {.measure}, cao hơn xếp trước:", "measure", r.name())}
	if r.Side == below {
		says[0] = locale.Msg("Xếp hạng trong cụm theo {.measure}, thấp hơn xếp trước:", "measure", r.name())
	}
	for _, x := range r.inOrder {
		says = append(says, locale.Msg("{.band}: {.points} điểm;", "band", x.places(), "points", told(x.Points.n)))
	}
	return append(says, locale.Msg("bằng nhau thì cùng hạng, cùng điểm."))
}

// gather are the measures of the cluster, the best first.
func (r *rank) gather(c *comparison) any {
	all := make([]rational.Num, 0, len(c.asks))
	for _, a := range c.asks {
		if v, _ := r.of(a); a.ok() {
			all = append(all, v)
		}
	}
	slices.SortFunc(all, r.compare)
	return all
}

// compare puts the better measure first.
func (r *rank) compare(x, y rational.Num) int {
	if r.Side == below {
		return x.Cmp(y)
	}
	return y.Cmp(x)
}

func (r *rank) score(a *ask) outcome {
	v, lead := r.of(a)
	if !a.ok() || !a.together() {
		return outcome{}
	}
	all := a.shared.([]rational.Num)
	better, _ := slices.BinarySearchFunc(all, v, r.compare)
	place := better + 1
	for i := range r.inOrder {
		if x := &r.inOrder[i]; place >= x.from && place <= x.to {
			o := result(x.Points.n)
			if a.telling {
				o.words().lead = lead
				o.tell(exact(x.Points.n), locale.Msg("Mức {.value} đứng hạng {.place} trong {.n} đơn vị, thuộc nhóm {.places}: {.points} điểm.",
					"value", r.value(v), "place", place, "n", len(all), "places", x.places(), "points", told(x.Points.n)))
			}
			return o
		}
	}
	o := result(zero)
	if a.telling {
		o.words().lead = lead
		o.tell("0", locale.Msg("Mức {.value} đứng hạng {.place} trong {.n} đơn vị, sau mọi nhóm hạng: 0 điểm.", "value", r.value(v), "place", place, "n", len(all)))
	}
	return o
}
