package svg

import (
	"html/template"
	"math/big"
	"strings"
)

// Columns compares the same indicator across years, units or both: groups side
// by side, in each one column for every series. Where the figures over upright
// columns would not fit, the columns lie down.
type Columns struct {
	Frame
	Series []string // names, at most four; a single empty name needs no legend
	Groups []Group
}

// Group is one place on the axis, with a figure for each series.
type Group struct {
	Label   string
	Figures []Figure
}

// Figure is an exact value and its text. A nil value is a gap; its text is shown in its place.
type Figure struct {
	Value *big.Rat
	Text  string
}

func (g Columns) framed(set func(*Frame)) Chart { set(&g.Frame); return g }

// SVG draws the chart.
func (g Columns) SVG() template.HTML {
	c := g.canvas()
	if len(g.Series) > 1 || len(g.Series) == 1 && g.Series[0] != "" {
		c.legend(g.Series, func(i, x, y int) { c.bar(x, y-10, 18, 11, seriesInk(i)) })
	}
	if g.upright(c.w) {
		g.stand(c)
	} else {
		g.lie(c)
	}
	return c.finish()
}

func (g Columns) span() scale {
	all := []*big.Rat{new(big.Rat)}
	for _, group := range g.Groups {
		for _, f := range group.Figures {
			all = append(all, f.Value)
		}
	}
	low, high := bounds(all...)
	return scale{low: low, high: high}
}

const groupGap = 14

// measures of upright columns: the room of a group and of a column in it.
func (g Columns) slots(w int) (group, column int) {
	n := 1
	for _, gr := range g.Groups {
		n = max(n, len(gr.Figures))
	}
	group = w / max(len(g.Groups), 1)
	return group, min((group-groupGap)/n, 64)
}

// upright tells whether all texts fit over and under upright columns.
func (g Columns) upright(w int) bool {
	group, column := g.slots(w)
	if column < 12 {
		return false
	}
	for _, gr := range g.Groups {
		for _, word := range strings.Fields(gr.Label) {
			if width(word, smallSize, false) > group-6 {
				return false
			}
		}
		if len(wrap(gr.Label, group-6, smallSize, false)) > 4 {
			return false
		}
		for _, f := range gr.Figures {
			if width(f.Text, smallSize, false)+2 > column {
				return false
			}
		}
	}
	return len(g.Groups) > 0
}

func (g Columns) stand(c *canvas) {
	const height = 170
	group, column := g.slots(c.w)
	sc := g.span()
	room := leading(smallSize)
	sc.from, sc.to = c.y+room+height, c.y+room
	bottom := sc.from
	if sc.low.Sign() < 0 {
		bottom += room
	}
	zero := sc.at(new(big.Rat))
	foot := bottom
	for i, gr := range g.Groups {
		x := i*group + (group-column*len(gr.Figures))/2
		for j, f := range gr.Figures {
			middle := x + column/2
			mid := style{class: "c-value", size: smallSize, anchor: "middle"}
			if f.Value == nil {
				c.text(middle, zero-4, clean(f.Text), mid)
				x += column
				continue
			}
			y := sc.at(f.Value)
			inset := max(column/10, 1)
			c.bar(x+inset, min(y, zero), column-2*inset, max(y, zero)-min(y, zero), seriesInk(j))
			if f.Value.Sign() < 0 {
				c.text(middle, y+smallSize+1, clean(f.Text), mid)
			} else {
				c.text(middle, y-4, clean(f.Text), mid)
			}
			x += column
		}
		end := c.linesAt(i*group+group/2, bottom+5, smallSize, wrap(gr.Label, group-6, smallSize, false), style{class: "c-label", size: smallSize, anchor: "middle"})
		foot = max(foot, end)
	}
	c.rule("c-axis", 0, zero, c.w, zero, ` stroke-width="1.2"`)
	c.y = foot + 2
}

// lie draws the columns lying, one under the other, with the group's label above.
func (g Columns) lie(c *canvas) {
	sc := g.span()
	var texts []string
	for _, gr := range g.Groups {
		for _, f := range gr.Figures {
			texts = append(texts, f.Text)
		}
	}
	room := min(widestOf(smallSize, false, texts...), c.w/3)
	left := 0
	if g.split() {
		left = c.w * 34 / 100
	}
	sc.from, sc.to = left+1, c.w-room-8
	if sc.low.Sign() < 0 {
		sc.from += room + 8
	}
	zero := sc.at(new(big.Rat))
	for _, gr := range g.Groups {
		top := c.y
		labelRoom := c.w
		if left > 0 {
			labelRoom = left - 14
		}
		end := c.linesAt(0, top, labelSize, wrap(gr.Label, labelRoom, labelSize, false), style{class: "c-label", size: labelSize})
		y := top
		if left == 0 {
			y = end + 2
		}
		axis := y
		for j, f := range gr.Figures {
			y = g.lying(c, sc, zero, y, j, f, room)
		}
		c.rule("c-axis", zero, axis-1, zero, y-2, "")
		c.y = max(y, end) + 9
	}
}

// lying draws one bar with its text at the end, and returns where the next begins.
func (g Columns) lying(c *canvas, sc scale, zero, y, j int, f Figure, room int) int {
	st := style{class: "c-value", size: smallSize}
	lines := wrap(f.Text, room, smallSize, false)
	x := zero + 5
	if f.Value != nil {
		end := sc.at(f.Value)
		c.bar(min(zero, end), y, max(zero, end)-min(zero, end), barHeight, seriesInk(j))
		x = end + 5
		if f.Value.Sign() < 0 {
			x, st.anchor = end-5, "end"
		}
	}
	bottom := c.linesAt(x, y, smallSize, lines, st)
	return max(y+barHeight+3, bottom+1)
}
