package svg

import (
	"html/template"
	"math/big"
)

// Progress shows many indicators, each as a bar towards its target. All targets
// stand at the same place, so that different units can be read together; a bar
// that goes far beyond its target is drawn broken at its end.
type Progress struct {
	Frame
	Bars         []ProgressBar
	TargetLegend string // beside the sample of the target mark: "Chỉ tiêu"
	LimitLegend  string // beside the sample of the limit mark: "Mức trần (càng thấp càng tốt)"
	PaceLegend   string // beside the sample of the pace mark: "Tiến độ phải đạt đến hôm nay"
}

// ProgressBar is one indicator. Without Value or Target, or with one below zero,
// no bar is drawn and the texts say it.
type ProgressBar struct {
	Label      string
	Value      *big.Rat
	Target     *big.Rat
	Pace       *big.Rat // where the value should be by now; may be nil
	ValueText  string   // "90.112 triệu USD"
	TargetText string   // "Chỉ tiêu: 93.262"
	StateText  string   // "Đạt 96,6 %, chậm 1,4 điểm"
	State      State
	Lower      bool // lower is better: the target is a limit that the bar should not pass
}

func (p Progress) framed(set func(*Frame)) Chart { set(&p.Frame); return p }

// SVG draws the chart.
func (p Progress) SVG() template.HTML {
	c := p.canvas()
	p.key(c)
	for _, bar := range p.Bars {
		if p.split() {
			bar.beside(c)
		} else {
			bar.under(c)
		}
	}
	return c.finish()
}

// key explains the marks that are in use.
func (p Progress) key(c *canvas) {
	var target, limit, pace string
	for _, b := range p.Bars {
		if b.Lower {
			limit = p.LimitLegend
		} else {
			target = p.TargetLegend
		}
		if b.Pace != nil {
			pace = p.PaceLegend
		}
	}
	c.legend([]string{target, limit, pace}, func(i, x, y int) {
		switch i {
		case 0, 1:
			c.goal(x+12, y-11, 12, i == 1)
		default:
			c.pace(x+12, y)
		}
	})
}

const barHeight = 14

// under puts the label over the bar: for narrow places.
func (b ProgressBar) under(c *canvas) {
	value := wrap(b.ValueText, c.w*45/100, labelSize, true)
	room := c.w - widestOf(labelSize, true, value...) - 12
	top := c.y
	end := c.lines(0, labelSize, wrap(b.Label, room, labelSize, false), style{class: "c-label", size: labelSize})
	end = max(end, c.linesAt(c.w, top, labelSize, value, style{class: "c-value", size: labelSize, bold: true, anchor: "end"}))
	c.y = end + 5
	b.draw(c, 0, c.w)
	c.y += 16
}

// beside puts the label at the left of the bar: for wide places.
func (b ProgressBar) beside(c *canvas) {
	label := c.w * 36 / 100
	value := wrap(b.ValueText, c.w*20/100, labelSize, true)
	left, right := label+16, c.w-c.w*20/100-12
	top := c.y
	end := c.lines(0, labelSize, wrap(b.Label, label, labelSize, false), style{class: "c-label", size: labelSize})
	end = max(end, c.linesAt(c.w, top, labelSize, value, style{class: "c-value", size: labelSize, bold: true, anchor: "end"}))
	c.y = top + 2
	b.draw(c, left, right)
	c.y = max(c.y, end) + 12
}

// draw puts track, bar, marks and the line of texts beneath between two edges.
func (b ProgressBar) draw(c *canvas, left, right int) {
	y := c.y
	goal := left + (right-left)*4/5 // the target stands at four fifths, so that a quarter more still fits
	k := states[b.State]
	drawable := b.Value != nil && b.Target != nil && b.Value.Sign() >= 0 && b.Target.Sign() >= 0
	dash := ""
	if !drawable {
		dash = ` stroke-dasharray="3 3"`
	}
	c.add(`<rect class="c-track" x="%d" y="%d" width="%d" height="%d" fill="none" stroke="currentColor" stroke-opacity="0.35"%s/>`, left, y, right-left, barHeight, dash)
	if drawable {
		end := along(b.Value, b.Target, left, goal)
		over := end > right
		c.bar(left, y, min(end, right)-left, barHeight, k)
		if over { // the broken end of a bar that goes on
			c.add(`<path class="c-halo c-over" d="M%d %dl6 %dm5 0l-6 %d" fill="none" stroke="#fff" stroke-width="3"/>`, right-18, y+barHeight+1, -barHeight-2, barHeight+2)
		}
	}
	if b.Target != nil {
		c.goal(goal, y-3, barHeight+6, b.Lower)
	}
	if b.Pace != nil && b.Target != nil && b.Pace.Sign() >= 0 {
		c.pace(min(along(b.Pace, b.Target, left, goal), right), y+barHeight+7)
	}
	c.y = y + barHeight + 7
	b.notes(c, left, right)
}

// along is where v ends when target ends at goal. With a target of zero, a zero
// reaches it and anything else goes beyond.
func along(v, target *big.Rat, left, goal int) int {
	if target.Sign() == 0 {
		if v.Sign() == 0 {
			return left
		}
		return goal * 10
	}
	part := new(big.Rat).Quo(v, target)
	return left + nearest(part.Mul(part, big.NewRat(int64(goal-left), 1)))
}

// notes writes state and target on one line where both fit, else on two.
func (b ProgressBar) notes(c *canvas, left, right int) {
	room := right - left
	indent := 0
	if b.State != None && clean(b.StateText) != "" {
		indent = 15
		c.sign(left, c.y+smallSize, b.State)
	}
	st := style{class: "c-note", size: smallSize}
	one := indent + width(b.StateText, smallSize, false) + 12 + width(b.TargetText, smallSize, false)
	top := c.y
	end := c.linesAt(left+indent, top, smallSize, wrap(b.StateText, room-indent, smallSize, false), st)
	if one <= room {
		c.text(right, top+smallSize, clean(b.TargetText), style{class: "c-note", size: smallSize, anchor: "end"})
		if clean(b.TargetText) != "" {
			end = max(end, top+leading(smallSize))
		}
	} else {
		end = c.linesAt(left, end, smallSize, wrap(b.TargetText, room, smallSize, false), st)
	}
	c.y = end
}

// goal draws a target as an upright stroke; a limit has feet that hold the bar back.
func (c *canvas) goal(x, y, h int, limit bool) {
	if limit {
		c.add(`<path class="c-limit" d="M%d %dh5v%dh-5" fill="none" stroke="currentColor" stroke-width="2"/>`, x-5, y, h)
		return
	}
	c.add(`<path class="c-target" d="M%d %dv%d" fill="none" stroke="currentColor" stroke-width="3"/>`, x, y, h)
}

// pace draws a small triangle that points up at x; y is its foot.
func (c *canvas) pace(x, y int) {
	c.add(`<path class="c-pace" d="M%d %dl4 6h-8z" fill="currentColor"/>`, x, y-6)
}
