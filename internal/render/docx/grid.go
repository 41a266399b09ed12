package docx

import (
	"fmt"
	"strings"
)

// mm is millimetres in twentieths of a point, the unit of WordprocessingML.
func mm(n int) int { return (n*14400 + 127) / 254 }

// grid opens a table without rules, for layout: letterhead and signatures.
func (b *body) grid(widths ...int) {
	b.raw(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, sum(widths))
	for _, w := range widths {
		b.raw(`<w:gridCol w:w="%d"/>`, w)
	}
	b.raw(`</w:tblGrid>`)
}

// gridRow writes one row of a grid; spans are all 1 and text starts at the top.
func (b *body) gridRow(widths []int, cells ...func()) {
	b.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, cell := range cells {
		b.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, widths[i])
		mark := b.xml.Len()
		cell()
		if b.xml.Len() == mark {
			b.raw(`<w:p/>`)
		}
		b.raw(`</w:tc>`)
	}
	b.raw(`</w:tr>`)
}

func (b *body) raw(format string, args ...any) {
	if len(args) == 0 {
		b.xml.WriteString(format)
		return
	}
	fmt.Fprintf(&b.xml, format, args...)
}

// upper puts text into capitals as Vietnamese does.
func upper(s string) string { return strings.ToUpper(clean(s)) }
