package docx

// Table is a table with rules. Header rows repeat on every page, and no row is
// torn over two pages. Landscape puts it into an A4 landscape section of its own,
// together with the headings right before it.
type Table struct {
	Caption   string // bold, centred above
	Unit      string // "Đơn vị tính: triệu đồng", italic at the right above
	Columns   []Column
	Header    [][]Cell // one or more rows; cells are bold and centred
	Rows      [][]Cell
	Landscape bool
	Size      int // points; 12 where 0
}

// Column is a column's width in millimetres and the alignment of its cells. The
// widths are brought to the width of the page in proportion; a column of width 0
// gets an equal share of what the others leave.
type Column struct {
	Width int
	Align Align
}

// Cell is a cell. Span and Down are the columns and rows it covers, 1 where 0;
// the rows beneath a cell with Down leave it out.
type Cell struct {
	Runs  []Run
	Align Align // Usual: the column's
	Bold  bool
	Span  int
	Down  int
}

// C is a cell of plain text.
func C(s string) Cell { return Cell{Runs: []Run{T(s)}} }

// Cells is a row of plain texts.
func Cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, s := range texts {
		row[i] = C(s)
	}
	return row
}

const cellMargin = 85 // twentieths of a point, left and right: 1,5 mm

func (t Table) write(b *body) {
	if len(t.Columns) == 0 {
		return
	}
	if t.Caption != "" {
		b.paragraph(paraStyle{align: Center, before: 120, after: 60, keepNext: true}, []Run{B(t.Caption)})
	}
	if t.Unit != "" {
		b.paragraph(paraStyle{align: Right, after: 60, keepNext: true, half: 26}, []Run{I(t.Unit)})
	}
	size := t.Size
	if size <= 0 {
		size = 12
	}
	width := b.width()
	widths := t.widths(width, size)
	b.raw(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, width)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.raw(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, cellMargin, cellMargin)
	for _, w := range widths {
		b.raw(`<w:gridCol w:w="%d"/>`, w)
	}
	b.raw(`</w:tblGrid>`)
	covered := make([]covering, len(widths))
	for _, row := range t.Header {
		t.row(b, row, widths, covered, rowStyle{half: 2 * size, head: true})
	}
	clear(covered)
	for i, row := range t.Rows {
		// The last row is often a total: it never stands alone on a page.
		t.row(b, row, widths, covered, rowStyle{half: 2 * size, keepNext: i == len(t.Rows)-2})
	}
	b.raw(`</w:tbl>`)
	b.gap(120, false)
}

// covering is what a cell with Down leaves to the rows beneath it, kept at its first column.
type covering struct{ rows, span int }

type rowStyle struct {
	half           int
	head, keepNext bool
}

func (t Table) row(b *body, cells []Cell, widths []int, covered []covering, rs rowStyle) {
	b.raw(`<w:tr><w:trPr><w:cantSplit/>`)
	if rs.head {
		b.raw(`<w:tblHeader/>`)
	}
	b.raw(`</w:trPr>`)
	next := 0
	for col := 0; col < len(widths); {
		if c := covered[col]; c.rows > 0 {
			covered[col].rows--
			b.cellOpen(sum(widths[col:col+c.span]), c.span, "continue")
			b.gap(20, false)
			b.raw(`</w:tc>`)
			col += c.span
			continue
		}
		var cell Cell
		if next < len(cells) {
			cell = cells[next]
		}
		next++
		span := min(max(cell.Span, 1), len(widths)-col)
		for i := 1; i < span; i++ { // a cell never runs over one that comes down from above
			if covered[col+i].rows > 0 {
				span = i
				break
			}
		}
		merge := ""
		if cell.Down > 1 {
			merge = "restart"
			covered[col] = covering{cell.Down - 1, span}
		}
		b.cellOpen(sum(widths[col:col+span]), span, merge)
		st := paraStyle{align: t.Columns[col].Align, before: 40, after: 40, half: rs.half, tight: true, keepNext: rs.keepNext}
		if rs.head {
			st.align = Center
		}
		if cell.Align != Usual {
			st.align = cell.Align
		}
		if st.align == Usual {
			st.align = Left
		}
		runs := cell.Runs
		if rs.head || cell.Bold {
			runs = bolded(runs)
		}
		b.paragraph(st, runs)
		b.raw(`</w:tc>`)
		col += span
	}
	b.raw(`</w:tr>`)
}

func (b *body) cellOpen(width, span int, merge string) {
	b.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if span > 1 {
		b.raw(`<w:gridSpan w:val="%d"/>`, span)
	}
	if merge != "" {
		b.raw(`<w:vMerge w:val="%s"/>`, merge)
	}
	b.raw(`<w:vAlign w:val="center"/></w:tcPr>`)
}

func bolded(runs []Run) []Run {
	out := make([]Run, len(runs))
	for i, r := range runs {
		r.Bold = true
		out[i] = r
	}
	return out
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}
