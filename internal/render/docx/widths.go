package docx

import "strings"

// widths shares total out over the columns as the table asks, but gives every
// column room for its widest word: a figure torn in two is a wrong figure. The
// last column takes what rounding leaves.
func (t Table) widths(total, size int) []int {
	out := make([]int, len(t.Columns))
	given, open := 0, 0
	for i, c := range t.Columns {
		out[i] = mm(min(max(c.Width, 0), 1000))
		given += out[i]
		if out[i] == 0 {
			open++
		}
	}
	if open > 0 {
		share := max((total-given)/open, total/(3*len(out)))
		for i := range out {
			if out[i] == 0 {
				out[i] = share
				given += share
			}
		}
	}
	for i := range out {
		out[i] = out[i] * total / given
	}
	widen(out, t.needs(size, total), total)
	out[len(out)-1] += total - sum(out)
	return out
}

// widen raises what is below its need and takes it from those above theirs, in
// proportion to what they have to spare.
func widen(widths, needs []int, total int) {
	if sum(needs) > total {
		return // it cannot be had; better the proportions that were asked for
	}
	lack, spare := 0, 0
	for i, w := range widths {
		lack += max(needs[i]-w, 0)
		spare += max(w-needs[i], 0)
	}
	for i, w := range widths {
		if w < needs[i] {
			widths[i] = needs[i]
		} else if spare > 0 {
			widths[i] -= (w - needs[i]) * lack / spare
		}
	}
}

// needs is the room each column wants for its widest word, not more than a
// third of the table.
func (t Table) needs(size, total int) []int {
	needs := make([]int, len(t.Columns))
	for _, rows := range [][][]Cell{t.Header, t.Rows} {
		down := make([]covering, len(t.Columns))
		for _, row := range rows {
			next := 0
			for col := 0; col < len(needs); {
				if down[col].rows > 0 {
					down[col].rows--
					col += down[col].span
					continue
				}
				if next >= len(row) {
					col++
					continue
				}
				cell := row[next]
				next++
				span := min(max(cell.Span, 1), len(needs)-col)
				if cell.Down > 1 {
					down[col] = covering{cell.Down - 1, span}
				}
				if span == 1 {
					needs[col] = max(needs[col], widestWord(cell, size))
				}
				col += span
			}
		}
	}
	for i := range needs {
		needs[i] = min(needs[i], total/3)
	}
	return needs
}

// widestWord is the room for a cell's widest word with the cell's margins and
// two points to spare. A figure with its unit or sign counts as one word only
// when no space parts them.
func widestWord(c Cell, size int) int {
	widest := 0
	for _, r := range c.Runs {
		for _, word := range strings.FieldsFunc(clean(r.Text), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
			widest = max(widest, textWidth(word, size))
		}
	}
	if widest == 0 {
		return 0
	}
	return widest + 2*cellMargin + 40
}
