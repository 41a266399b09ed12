package svg

import "fmt"

// State tells how a figure stands. It shows as a colour, as a pattern and as a sign.
type State int

const (
	None State = iota // nothing to say yet
	Good
	Warn
	Bad
)

// ink is a class with the colour to fall back on and the pattern of its areas.
type ink struct {
	class, colour, pattern string
}

var states = map[State]ink{
	None: {"c-none", "#59636e", "light"},
	Good: {"c-good", "#1a6b3c", "solid"},
	Warn: {"c-warn", "#8f4a00", "hatch"},
	Bad:  {"c-bad", "#a61c1c", "cross"},
}

var series = [...]ink{
	{"c-s1", "#0b57a4", "solid"},
	{"c-s2", "#8a6100", "hatch"},
	{"c-s3", "#1a6b3c", "dots"},
	{"c-s4", "#a61c1c", "light"},
}

var (
	own    = ink{"c-own", "#a61c1c", "solid"}
	others = ink{"c-s1", "#0b57a4", "hatch"}
)

func seriesInk(i int) ink { return series[i%len(series)] }

// areas draw inside a pattern tile of 6 by 6.
var areas = map[string]string{
	"light": `<rect width="6" height="6" fill="currentColor" fill-opacity="0.22"/>`,
	"hatch": `<rect width="6" height="6" fill="currentColor" fill-opacity="0.12"/><path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" stroke="currentColor" stroke-width="1.8"/>`,
	"cross": `<rect width="6" height="6" fill="currentColor" fill-opacity="0.12"/><path d="M0 0L6 6M6 0L0 6" stroke="currentColor" stroke-width="1.4"/>`,
	"dots":  `<rect width="6" height="6" fill="currentColor" fill-opacity="0.08"/><circle cx="1.5" cy="1.5" r="1.2" fill="currentColor"/><circle cx="4.5" cy="4.5" r="1.2" fill="currentColor"/>`,
}

// fill is the fill attribute of an ink; a pattern is defined when first used.
func (c *canvas) fill(k ink) string {
	if k.pattern == "solid" {
		return "currentColor"
	}
	name := k.class + "-" + k.pattern
	if _, ok := c.fills[name]; !ok {
		c.fills[name] = fmt.Sprintf(`<pattern id="%s-%s" class="%s" color="%s" width="6" height="6" patternUnits="userSpaceOnUse">%s</pattern>`,
			c.id, name, k.class, k.colour, areas[k.pattern])
		c.order = append(c.order, name)
	}
	return fmt.Sprintf("url(#%s-%s)", c.id, name)
}

// bar draws an area of an ink with its outline. One of no length is a hair line,
// so that a zero is seen to be a zero and not a gap.
func (c *canvas) bar(x, y, w, h int, k ink) {
	if w <= 0 || h <= 0 {
		c.add(`<path class="c-bar %s" color="%s" d="M%d %dh%dv%d" fill="none" stroke="currentColor" stroke-width="1.5"/>`, k.class, k.colour, x, y, max(w, 0), max(h, 0))
		return
	}
	c.add(`<rect class="c-bar %s" color="%s" x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="currentColor" stroke-width="1"/>`,
		k.class, k.colour, x, y, w, h, c.fill(k))
}

// sign draws a state's sign, 10 by 10, its lower left corner at the baseline:
// a tick, a triangle, a cross.
func (c *canvas) sign(x, y int, s State) {
	k := states[s]
	switch s {
	case Good:
		c.add(`<path class="c-sign %s" color="%s" d="M%d %dl3 4l6 -8" fill="none" stroke="currentColor" stroke-width="2"/>`, k.class, k.colour, x+1, y-5)
	case Warn:
		c.add(`<path class="c-sign %s" color="%s" d="M%d %dl5 -9l5 9z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>`, k.class, k.colour, x+1, y)
	case Bad:
		c.add(`<path class="c-sign %s" color="%s" d="M%d %dl8 -8m0 8l-8 -8" fill="none" stroke="currentColor" stroke-width="2"/>`, k.class, k.colour, x+1, y)
	}
}

// legend writes entries one after the other, wrapped; draw puts the sample at
// the left end of a baseline. It moves the canvas on.
func (c *canvas) legend(names []string, draw func(i, x, y int)) {
	const sample = 26
	x, y := 0, c.y
	drawn := false
	for i, name := range names {
		if clean(name) == "" {
			continue
		}
		lines := wrap(name, c.w-sample, smallSize, false)
		w := sample + widestOf(smallSize, false, lines...)
		if x > 0 && x+w > c.w {
			x, y = 0, y+leading(smallSize)+3
		}
		draw(i, x, y+smallSize)
		end := c.linesAt(x+sample, y, smallSize, lines, style{class: "c-note", size: smallSize})
		if len(lines) > 1 {
			x, y = 0, end
		} else {
			x += w + 16
		}
		drawn = true
	}
	if drawn {
		if x > 0 {
			y += leading(smallSize)
		}
		c.y = y + 8
	}
}
