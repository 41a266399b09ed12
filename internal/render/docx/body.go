package docx

import "strings"

// body gathers the WordprocessingML of the text and its sections.
type body struct {
	xml          strings.Builder
	landscape    bool
	fresh        bool // the next section starts a page count of its own
	sectionStart int  // where the XML of the section begins
}

// Page measures of NĐ 30/2020, Phụ lục I, in twentieths of a point: A4; top and
// bottom 20 mm, left 30 mm, right 20 mm.
var (
	pageShort, pageLong   = 11906, 16838
	marginTop, marginSide = mm(20), mm(20)
	marginBinding         = mm(30)
	marginHead            = mm(10)
)

func (b *body) width() int {
	if b.landscape {
		return pageLong - marginBinding - marginSide
	}
	return pageShort - marginBinding - marginSide
}

// paraStyle is what differs from the Normal style; lengths in twentieths of a point.
type paraStyle struct {
	style         string // of styles.xml
	align         Align
	first         int // indent of the first line
	left, right   int
	hanging       int
	before, after int
	half          int  // size in half points; 0 is the style's
	tight         bool // single line spacing
	keepNext      bool
	ruleAbove     bool // a line over the paragraph, for the short lines of the form
	tab           int
}

var alignments = map[Align]string{Left: "left", Center: "center", Right: "right", Justify: "both"}

func (b *body) paragraph(st paraStyle, runs []Run) {
	b.raw(`<w:p><w:pPr>`)
	if st.style != "" {
		b.raw(`<w:pStyle w:val="%s"/>`, st.style)
	}
	if st.keepNext {
		b.raw(`<w:keepNext/>`)
	}
	if st.ruleAbove {
		b.raw(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	if st.tab > 0 {
		b.raw(`<w:tabs><w:tab w:val="left" w:pos="%d"/></w:tabs>`, st.tab)
	}
	switch {
	case st.ruleAbove:
		b.raw(`<w:spacing w:before="%d" w:after="%d" w:line="40" w:lineRule="exact"/>`, st.before, st.after)
	case st.tight:
		b.raw(`<w:spacing w:before="%d" w:after="%d" w:line="240" w:lineRule="auto"/>`, st.before, st.after)
	case st.style == "":
		b.raw(`<w:spacing w:before="%d" w:after="%d"/>`, st.before, st.after)
	}
	if st.first+st.left+st.right+st.hanging > 0 {
		b.raw(`<w:ind w:left="%d" w:right="%d"`, st.left, st.right)
		if st.hanging > 0 {
			b.raw(` w:hanging="%d"/>`, st.hanging)
		} else {
			b.raw(` w:firstLine="%d"/>`, st.first)
		}
	}
	if a := alignments[st.align]; a != "" {
		b.raw(`<w:jc w:val="%s"/>`, a)
	}
	if st.half > 0 { // the paragraph's own mark, or an empty one would be as high as the body
		b.raw(`<w:rPr><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, st.half, st.half)
	}
	b.raw(`</w:pPr>`)
	for _, r := range runs {
		b.run(r, st.half)
	}
	b.raw(`</w:p>`)
}

func (b *body) run(r Run, half int) {
	text := clean(r.Text)
	if text == "" {
		return
	}
	b.raw(`<w:r>`)
	if r.Bold || r.Italic || r.Underline || half > 0 {
		b.raw(`<w:rPr>`)
		if r.Bold {
			b.raw(`<w:b/><w:bCs/>`)
		}
		if r.Italic {
			b.raw(`<w:i/><w:iCs/>`)
		}
		if half > 0 {
			b.raw(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, half, half)
		}
		if r.Underline {
			b.raw(`<w:u w:val="single"/>`)
		}
		b.raw(`</w:rPr>`)
	}
	runText(&b.xml, text)
	b.raw(`</w:r>`)
}

// rule draws a short line of the given length in the middle of a cell or page of the given width.
func (b *body) rule(width, length, after int) {
	side := max((width-length)/2, 0)
	b.paragraph(paraStyle{left: side, right: side, before: 20, after: after, ruleAbove: true}, nil)
}

// gap is an empty paragraph of a height. It parts a table from what follows: two
// tables that touch become one in Word.
func (b *body) gap(height int, keepNext bool) {
	keep := ""
	if keepNext {
		keep = `<w:keepNext/>`
	}
	b.raw(`<w:p><w:pPr>%s<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/></w:pPr></w:p>`, keep, height)
}

func (p PageBreak) write(b *body) {
	b.raw(`<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`)
}

func (h Heading) write(b *body) {
	style := "Heading1"
	switch {
	case h.Level <= 0:
		style = "Chapter"
	case h.Level == 2:
		style = "Heading2"
	case h.Level > 2:
		style = "Heading3"
	}
	b.paragraph(paraStyle{style: style}, []Run{T(h.Text)})
}

func (p Para) write(b *body) {
	st := paraStyle{style: "BodyText", align: p.Align, keepNext: p.KeepOn}
	if p.Flush || p.Align == Center || p.Align == Right {
		st.style = "BodyFlush"
	}
	if p.Smaller {
		st.half = 26
	}
	b.paragraph(st, p.Runs)
}

func (l Bullets) write(b *body) { l.writeKeeping(b, false) }

func (l Bullets) writeKeeping(b *body, keep bool) {
	mark := l.Mark
	if mark == "" {
		mark = "-"
	}
	for i, item := range l.Items {
		runs := append([]Run{T(mark + " ")}, item...)
		b.paragraph(paraStyle{style: "BodyText", keepNext: keep && i == len(l.Items)-1}, runs)
	}
}

// blocks writes the body, turning the page where a table lies across. With keep, the last line of text stays on the page of the signature: a
// signature alone on its page is not accepted.
func (b *body) blocks(blocks []Block, keep bool) {
	for i, block := range blocks {
		b.turn(lies(blocks[i:]))
		last := keep && i == len(blocks)-1
		switch block := block.(type) {
		case nil:
		case Para:
			block.KeepOn = block.KeepOn || last
			block.write(b)
		case Bullets:
			block.writeKeeping(b, last)
		default:
			block.write(b)
		}
	}
}

// lies tells whether the first of the blocks belongs on a landscape page:
// a wide table, or headings that lead to one.
func lies(blocks []Block) bool {
	for _, block := range blocks {
		switch block := block.(type) {
		case Heading:
			continue
		case Table:
			return block.Landscape
		}
		return false
	}
	return false
}

// turn ends the section when the direction of the page changes.
func (b *body) turn(landscape bool) {
	if b.landscape == landscape {
		return
	}
	if b.xml.Len() > b.sectionStart {
		b.endSection()
	}
	b.landscape = landscape
}
