// Package svg draws charts as SVG text for pages under a strict content
// security policy: no script, no style element, no style attribute. Shapes carry
// classes (c-bar, c-line, c-good …) and presentation attributes to fall back on.
//
// Every colour is the property color of a class and reaches the shapes as
// currentColor, also inside the fill patterns. A style sheet therefore sets color
// alone, for the classes c-s1 to c-s4 (series), c-good, c-warn, c-bad, c-none
// (states), c-own (the reader's unit), c-target, c-limit and c-pace; what has no
// class takes the ink of the page. c-halo is the one exception: its stroke is
// the paper behind text. States and series also differ by pattern, dash, marker
// or sign, so that a chart prints in black and white.
//
// Figures come as exact numbers for the geometry and as texts that the caller
// has formatted; nothing here writes a number.
package svg

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"strings"
)

// Frame is what all charts have. Title states the finding; Desc tells the same
// in words to those who cannot see the chart. Both are required.
type Frame struct {
	ID        string // unique on the page; made from the content where empty
	Title     string
	Desc      string
	Width     int  // in pixels at scale 1: 360 (the least, and where 0) reads well on a phone, 720 on a desk
	HideTitle bool // the page shows the title itself; it stays for screen readers
}

// Chart is any of the charts of this package.
type Chart interface {
	SVG() template.HTML
	framed(func(*Frame)) Chart
}

// Responsive draws the chart for a narrow and for a wide place. The page shows
// one of the two by the classes chart-narrow and chart-wide.
func Responsive(c Chart, wide int) template.HTML {
	narrow := c.framed(func(f *Frame) { f.ID, f.Width = f.id()+"-n", least })
	broad := c.framed(func(f *Frame) { f.ID, f.Width = f.id()+"-w", max(wide, 2*least) })
	return `<div class="chart-narrow">` + narrow.SVG() + `</div><div class="chart-wide">` + broad.SVG() + `</div>`
}

const (
	least     = 360
	most      = 2000
	labelSize = 13
	smallSize = 12
	titleSize = 15
)

func (f Frame) width() int { return min(max(f.Width, least), most) }

// split tells whether labels stand beside their bars rather than over them.
func (f Frame) split() bool { return f.width() >= 560 }

// id is the frame's id in the letters that are safe in an IRI.
func (f Frame) id() string {
	id := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, f.ID)
	if id != "" {
		return "c" + strings.TrimPrefix(id, "c")
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%d", f.Title, f.Desc, f.Width)
	return fmt.Sprintf("c%x", h.Sum64())
}

// canvas gathers the shapes from top to bottom; y is where the next part begins.
type canvas struct {
	frame Frame
	id    string
	w, y  int
	out   strings.Builder
	fills map[string]string // pattern name → definition
	order []string
}

func (f Frame) canvas() *canvas {
	c := &canvas{frame: f, id: f.id(), w: f.width(), fills: map[string]string{}}
	if !f.HideTitle {
		c.y = c.lines(0, titleSize, wrap(f.Title, c.w, titleSize, true), style{class: "c-title", size: titleSize, bold: true})
		c.y += 10
	}
	return c
}

// finish closes the drawing at the height reached.
func (c *canvas) finish() template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %d %d" width="100%%" role="img" aria-labelledby="%s-t %s-d" font-family="system-ui, Segoe UI, Roboto, Noto Sans, Arial, sans-serif" font-size="%d">`,
		c.w, c.y+4, c.id, c.id, labelSize)
	fmt.Fprintf(&b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, c.id, escape(c.frame.Title), c.id, escape(c.frame.Desc))
	if len(c.order) > 0 {
		b.WriteString("<defs>")
		for _, name := range c.order {
			b.WriteString(c.fills[name])
		}
		b.WriteString("</defs>")
	}
	b.WriteString(c.out.String())
	b.WriteString("</svg>")
	return template.HTML(b.String()) // every text in it went through escape
}

func (c *canvas) add(format string, args ...any) { fmt.Fprintf(&c.out, format, args...) }

// style is how a text looks.
type style struct {
	class  string
	size   int
	bold   bool
	anchor string // middle, end; start where empty
	halo   bool
}

// text writes one line with its baseline at y.
func (c *canvas) text(x, y int, s string, st style) {
	if s == "" {
		return
	}
	c.add(`<text x="%d" y="%d"%s>%s</text>`, x, y, st.attrs(), escape(s))
}

func (st style) attrs() string {
	class := st.class
	if st.halo {
		class += " c-halo"
	}
	s := fmt.Sprintf(` class="%s" fill="currentColor"`, class)
	if st.size != labelSize {
		s += fmt.Sprintf(` font-size="%d"`, st.size)
	}
	if st.bold {
		s += ` font-weight="600"`
	}
	if st.anchor != "" {
		s += ` text-anchor="` + st.anchor + `"`
	}
	if st.halo {
		s += ` stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	return s
}

// lines writes a wrapped text whose first line stands at the top edge y of the
// canvas, and returns the lower edge.
func (c *canvas) lines(x, size int, lines []string, st style) int {
	return c.linesAt(x, c.y, size, lines, st)
}

func (c *canvas) linesAt(x, top, size int, lines []string, st style) int {
	if len(lines) == 0 {
		return top
	}
	step := leading(size)
	if len(lines) == 1 {
		c.text(x, top+size, lines[0], st)
		return top + step
	}
	c.add(`<text%s>`, st.attrs())
	for i, line := range lines {
		c.add(`<tspan x="%d" y="%d">%s</tspan>`, x, top+size+i*step, escape(line))
	}
	c.add(`</text>`)
	return top + len(lines)*step
}

func leading(size int) int { return size + (size+2)/4 }

// rule draws a straight line in the ink of the page.
func (c *canvas) rule(class string, x1, y1, x2, y2 int, extra string) {
	c.add(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d" stroke="currentColor"%s/>`, class, x1, y1, x2, y2, extra)
}
