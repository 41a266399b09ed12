package svg

import (
	"fmt"
	"html/template"
	"math/big"
	"sort"
	"strings"
)

// Line shows how figures went over time: progress, points or standing.
type Line struct {
	Frame
	X          []string // names of the points of time, in order
	Series     []LineSeries
	Target     *big.Rat
	TargetText string
	Down       bool                    // the least value stands on top: places in a ranking
	Format     func(v *big.Rat) string // writes the figures of the axis; without it the axis has none
}

// LineSeries is one line. Values and Texts run beside X; a nil value is a gap.
type LineSeries struct {
	Name   string
	Values []*big.Rat
	Texts  []string
	GoesOn bool // it begins where another line ends, whose mark stands there
}

func (l Line) framed(set func(*Frame)) Chart { set(&l.Frame); return l }

// dashes and markers part the lines from one another in black and white.
var dashes = [...]string{"", ` stroke-dasharray="7 4"`, ` stroke-dasharray="2 3"`, ` stroke-dasharray="10 3 2 3"`}

func (c *canvas) marker(x, y, i int) {
	k := seriesInk(i)
	common := fmt.Sprintf(`class="c-mark %s" color="%s" stroke="currentColor" stroke-width="1.5"`, k.class, k.colour)
	switch i % len(dashes) {
	case 0:
		c.add(`<circle %s cx="%d" cy="%d" r="3.5" fill="currentColor"/>`, common, x, y)
	case 1:
		c.add(`<rect %s x="%d" y="%d" width="7" height="7" fill="currentColor"/>`, common, x-3, y-3)
	case 2:
		c.add(`<path %s d="M%d %dl4 7h-8z" fill="currentColor"/>`, common, x, y-4)
	default:
		c.add(`<path %s d="M%d %dl4 4l-4 4l-4 -4z" fill="currentColor"/>`, common, x, y-4)
	}
}

// SVG draws the chart.
func (l Line) SVG() template.HTML {
	c := l.canvas()
	if len(l.Series) > 1 {
		names := make([]string, len(l.Series))
		for i, s := range l.Series {
			names[i] = s.Name
		}
		c.legend(names, func(i, x, y int) {
			k := seriesInk(i)
			c.add(`<path class="c-line %s" color="%s" d="M%d %dh20" stroke="currentColor" stroke-width="2"%s/>`, k.class, k.colour, x, y-4, dashes[i%len(dashes)])
			c.marker(x+10, y-4, i)
		})
	}
	const height = 180
	ys, ticks := l.heights()
	top := c.y + leading(smallSize) + 6 // room for the figure over a point at the very top
	ys.from, ys.to = top+height, top
	if l.Down {
		ys.from, ys.to = ys.to, ys.from
	}
	left, right := l.margins(c.w, ticks)
	floor := max(ys.from, ys.to)
	for _, t := range ticks {
		y := ys.at(t)
		c.rule("c-grid", left, y, c.w-right, y, ` stroke-opacity="0.18"`)
		if l.Format != nil {
			c.text(left-6, y+4, clean(l.Format(t)), style{class: "c-axis-label", size: smallSize, anchor: "end"})
		}
	}
	if !l.Down {
		c.rule("c-axis", left, floor, c.w-right, floor, "")
	}
	at := func(i int) int {
		if len(l.X) < 2 {
			return (left + c.w - right) / 2
		}
		return left + 6 + i*(c.w-right-left-12)/(len(l.X)-1)
	}
	if l.Target != nil {
		y := ys.at(l.Target)
		c.add(`<line class="c-target" x1="%d" y1="%d" x2="%d" y2="%d" stroke="currentColor" stroke-width="1.8" stroke-dasharray="12 5"/>`, left, y, c.w-right, y)
	}
	for i, s := range l.Series {
		l.draw(c, i, s, ys, at)
	}
	l.figures(c, ys, at, right)
	if l.Target != nil {
		y := ys.at(l.Target)
		c.text(left+4, y-5, clean(l.TargetText), style{class: "c-note", size: smallSize, halo: true})
	}
	c.y = l.names(c, at, floor+6)
	return c.finish()
}

// heights is the span of the values and where its grid lines are. It starts at
// zero unless that would press the lines together.
func (l Line) heights() (scale, []*big.Rat) {
	all := []*big.Rat{l.Target}
	for _, s := range l.Series {
		all = append(all, s.Values...)
	}
	low, high := bounds(all...)
	if low == nil {
		low, high = new(big.Rat), big.NewRat(1, 1)
	}
	if !l.Down && low.Sign() > 0 && new(big.Rat).Mul(low, big.NewRat(2, 1)).Cmp(high) < 0 {
		low = new(big.Rat)
	}
	step := nice(new(big.Rat).Sub(high, low), 5)
	if l.Down && step.Cmp(big.NewRat(1, 1)) < 0 {
		step = big.NewRat(1, 1)
	}
	first, last := floorTo(low, step), ceilTo(high, step)
	if l.Down {
		first, last = low, new(big.Rat).Add(high, big.NewRat(1, 2)) // there is no place 0, and the last place is not the ground
	}
	if first.Cmp(last) == 0 {
		last = new(big.Rat).Add(first, step)
	}
	var ticks []*big.Rat
	for t := first; t.Cmp(last) <= 0 && len(ticks) < 20; t = new(big.Rat).Add(t, step) {
		ticks = append(ticks, t)
	}
	return scale{low: first, high: last}, ticks
}

// nice is the step among 1, 2 and 5 times a power of ten that makes at most n parts of a span.
func nice(span *big.Rat, n int64) *big.Rat {
	if span.Sign() <= 0 {
		return big.NewRat(1, 1)
	}
	want := new(big.Rat).Quo(span, big.NewRat(n, 1))
	power, ten := big.NewRat(1, 1), big.NewRat(10, 1)
	for i := 0; i < 400 && power.Cmp(want) > 0; i++ {
		power.Quo(power, ten)
	}
	for i := 0; i < 400 && new(big.Rat).Mul(power, ten).Cmp(want) <= 0; i++ {
		power.Mul(power, ten)
	}
	for _, m := range []int64{1, 2, 5} {
		if s := new(big.Rat).Mul(power, big.NewRat(m, 1)); s.Cmp(want) >= 0 {
			return s
		}
	}
	return new(big.Rat).Mul(power, ten)
}

func floorTo(v, step *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(v, step)
	n := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean: rounds down, as the divisor is positive
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), step)
}

func ceilTo(v, step *big.Rat) *big.Rat {
	f := floorTo(v, step)
	if f.Cmp(v) < 0 {
		f.Add(f, step)
	}
	return f
}

func (l Line) margins(w int, ticks []*big.Rat) (left, right int) {
	left = 2
	if l.Format != nil {
		for _, t := range ticks {
			left = max(left, width(l.Format(t), smallSize, false)+10)
		}
	}
	for _, s := range l.Series {
		if i := s.last(); i >= 0 {
			right = max(right, width(s.text(i), smallSize, true)+10)
		}
	}
	return min(left, w/3), min(right, w/3)
}

func (s LineSeries) text(i int) string {
	if i < len(s.Texts) {
		return clean(s.Texts[i])
	}
	return ""
}

// last is the index of the last value that is there, -1 when there is none.
func (s LineSeries) last() int {
	for i := len(s.Values) - 1; i >= 0; i-- {
		if s.Values[i] != nil {
			return i
		}
	}
	return -1
}

func (l Line) draw(c *canvas, i int, s LineSeries, ys scale, at func(int) int) {
	k := seriesInk(i)
	var d strings.Builder
	pen := "M"
	for j, v := range s.Values {
		if v == nil || j >= len(l.X) {
			pen = "M"
			continue
		}
		fmt.Fprintf(&d, "%s%d %d", pen, at(j), ys.at(v))
		pen = "L"
	}
	c.add(`<path class="c-line %s" color="%s" d="%s" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"%s/>`, k.class, k.colour, d.String(), dashes[i%len(dashes)])
	joined := s.GoesOn
	for j, v := range s.Values {
		if v != nil && j < len(l.X) {
			if !joined {
				c.marker(at(j), ys.at(v), i)
			}
			joined = false
		}
	}
}

// figures writes the last figure of every line at its end, moved apart where
// they would touch, and all figures of a single line where there is room.
func (l Line) figures(c *canvas, ys scale, at func(int) int, right int) {
	type end struct{ y, x, series int }
	var ends []end
	for i, s := range l.Series {
		j := s.last()
		if j < 0 || j >= len(l.X) {
			continue
		}
		if j < len(l.X)-1 { // another line may go on from here: the figure stands over it
			c.text(at(j), ys.at(s.Values[j])-10, s.text(j), style{class: "c-value " + seriesInk(i).class, size: smallSize, bold: true, halo: true, anchor: l.anchor(c, at(j), s.text(j))})
			continue
		}
		ends = append(ends, end{ys.at(s.Values[j]), at(j), i})
	}
	sort.SliceStable(ends, func(a, b int) bool { return ends[a].y < ends[b].y })
	for i := 1; i < len(ends); i++ {
		ends[i].y = max(ends[i].y, ends[i-1].y+leading(smallSize))
	}
	for _, e := range ends {
		s := l.Series[e.series]
		k := seriesInk(e.series)
		c.add(`<text class="c-value %s" color="%s" fill="currentColor" font-size="%d" font-weight="600" x="%d" y="%d">%s</text>`, k.class, k.colour, smallSize, e.x+8, e.y+4, escape(s.text(s.last())))
	}
	if len(l.Series) != 1 {
		return
	}
	s := l.Series[0]
	room := c.w
	if len(l.X) > 1 {
		room = at(1) - at(0)
	}
	if widestOf(smallSize, false, s.Texts...)+6 > room {
		return
	}
	for j := 0; j < s.last() && j < len(l.X); j++ {
		if s.Values[j] == nil {
			continue
		}
		x, anchor := at(j), "middle"
		if x < width(s.text(j), smallSize, false)/2 { // the first figure would begin outside the picture
			x, anchor = 0, ""
		}
		c.text(x, ys.at(s.Values[j])-8, s.text(j), style{class: "c-value", size: smallSize, anchor: anchor, halo: true})
	}
}

// anchor keeps a text at x inside the picture.
func (l Line) anchor(c *canvas, x int, text string) string {
	switch half := width(text, smallSize, true) / 2; {
	case x < half:
		return ""
	case x+half > c.w:
		return "end"
	}
	return "middle"
}

// names writes the points of time under the axis: all, or every second, third …
// so that none touches the next; the last is always there.
func (l Line) names(c *canvas, at func(int) int, top int) int {
	if len(l.X) == 0 {
		return top
	}
	room := c.w
	if len(l.X) > 1 {
		room = max(at(1)-at(0), 1)
	}
	every := (widestOf(smallSize, false, l.X...) + 8 + room - 1) / room
	every = max(every, 1)
	for i := len(l.X) - 1; i >= 0; i -= every {
		x, anchor := at(i), "middle"
		if half := width(l.X[i], smallSize, false) / 2; x-half < 0 {
			x, anchor = 0, ""
		} else if x+half > c.w {
			x, anchor = c.w, "end"
		}
		c.text(x, top+smallSize, clean(l.X[i]), style{class: "c-axis-label", size: smallSize, anchor: anchor})
	}
	return top + leading(smallSize)
}
