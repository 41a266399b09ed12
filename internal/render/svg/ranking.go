package svg

import (
	"html/template"
	"math/big"
)

// Ranking shows units in their order, each with a bar from zero.
type Ranking struct {
	Frame
	Items []Rank
	Max   *big.Rat // what a full bar is; the greatest value where nil
}

// Rank is one unit. Own marks the reader's unit or the one that is talked about.
type Rank struct {
	Place string // "1", "2–3" for a tie
	Label string
	Value *big.Rat
	Text  string // "98,25 điểm"
	Note  string // beneath, "Không đề nghị: chậm báo cáo"; may be empty
	State State  // of the note
	Own   bool
}

func (r Ranking) framed(set func(*Frame)) Chart { set(&r.Frame); return r }

// SVG draws the chart.
func (r Ranking) SVG() template.HTML {
	c := r.canvas()
	zero := new(big.Rat)
	all := []*big.Rat{zero}
	var places, texts []string
	for _, it := range r.Items {
		all = append(all, it.Value)
		places = append(places, it.Place)
		texts = append(texts, it.Text)
	}
	_, high := bounds(all...)
	if r.Max != nil && r.Max.Sign() > 0 {
		high = r.Max
	}
	left := min(widestOf(labelSize, true, places...), c.w/5) + 10
	for _, it := range r.Items {
		k := others
		if it.Own {
			k = own
		}
		sc := scale{low: zero, high: high}
		top := c.y
		c.text(0, top+labelSize, clean(it.Place), style{class: "c-value", size: labelSize, bold: true})
		value := style{class: "c-value", size: labelSize, bold: true, anchor: "end"}
		name := style{class: "c-label", size: labelSize, bold: it.Own}
		if r.split() {
			label := c.w * 38 / 100
			right := min(widestOf(labelSize, true, texts...), c.w/4)
			end := c.linesAt(left, top, labelSize, wrap(it.Label, label-left, labelSize, it.Own), name)
			end = max(end, c.linesAt(c.w, top, labelSize, wrap(it.Text, right, labelSize, true), value))
			sc.from, sc.to = label+14, c.w-right-12
			c.rank(it, sc, top, k)
			c.y = max(end, top+barHeight+4)
			left, c.y = it.note(c, left, c.y)
		} else {
			text := wrap(it.Text, c.w*45/100, labelSize, true)
			room := c.w - left - widestOf(labelSize, true, text...) - 12
			end := c.linesAt(left, top, labelSize, wrap(it.Label, room, labelSize, it.Own), name)
			end = max(end, c.linesAt(c.w, top, labelSize, text, value))
			sc.from, sc.to = left, c.w-1
			c.rank(it, sc, end+3, k)
			c.y = end + 3 + barHeight + 4
			left, c.y = it.note(c, left, c.y)
		}
		c.y += 8
	}
	return c.finish()
}

func (c *canvas) rank(it Rank, sc scale, y int, k ink) {
	if it.Value == nil {
		c.add(`<path class="c-track" d="M%d %dH%d" stroke="currentColor" stroke-opacity="0.4" stroke-dasharray="3 3"/>`, sc.from, y+barHeight/2, sc.to)
		return
	}
	c.bar(sc.from, y, sc.at(it.Value)-sc.from, barHeight, k)
}

// note writes what stands beneath a unit and returns the left edge and the new height.
func (it Rank) note(c *canvas, left, y int) (int, int) {
	if clean(it.Note) == "" {
		return left, y
	}
	x := left
	if it.State != None {
		c.sign(left, y+smallSize, it.State)
		x += 15
	}
	// A note is long, and some machines' letters are wider than those measured.
	room := (c.w - x) * 86 / 100
	return left, c.linesAt(x, y, smallSize, wrap(it.Note, room, smallSize, false), style{class: "c-note", size: smallSize})
}
