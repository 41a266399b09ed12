package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// lineHeight is the height of a line of Times New Roman 12, in points.
const lineHeight = 16.5

// widths are the columns' widths in characters: what the column asks, or what
// its head and its cells need, within what can be read on one page.
func (t Table) widths() []float64 {
	out := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		if c.Width > 0 {
			out[i] = min(c.Width, 255)
			continue
		}
		need := min(longest(c.Name)+2, 20)
		for _, rows := range [][][]any{t.Rows, t.Footer} {
			for _, row := range rows {
				if i < len(row) {
					need = max(need, shown(c.Kind, row[i])+2)
				}
			}
		}
		out[i] = float64(min(max(need, 6), 42))
	}
	return out
}

// longest is the length of the longest word, which a column should not tear.
func longest(s string) int {
	n := 0
	for _, word := range strings.Fields(s) {
		n = max(n, utf8.RuneCountInString(word))
	}
	return n
}

// shown is how many characters a value takes in a cell of the kind.
func shown(kind Kind, v any) int {
	if d, ok := figure(kind, v); ok {
		n := utf8.RuneCountInString(locale.Vietnamese.Number(d.Truncate(4).String()))
		if kind == Points || kind == Percent {
			n += 2
		}
		return n
	}
	if _, timed, ok := dateSerial(v); ok {
		if timed {
			return 17
		}
		return 11
	}
	n := 0
	for _, line := range strings.Split(plain(v), "\n") {
		n = max(n, utf8.RuneCountInString(line))
	}
	return n
}

// heads are the names of the columns.
func (t Table) heads() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = vntext.Clean(c.Name)
	}
	return names
}

// heights makes the usual row as high as the font.
func (b *book) heights(name string) error {
	height, own := lineHeight, true
	return b.file.SetSheetProps(name, &excelize.SheetPropsOptions{DefaultRowHeight: &height, CustomHeight: &own})
}

// height makes a row high enough for its wrapped texts. Excel would find the
// height by itself, other programs do not.
func (b *book) height(name string, row int, texts []string, widths []float64) error {
	lines := 1
	for i, s := range texts {
		lines = max(lines, linesOf(s, widths[i]))
	}
	if lines == 1 {
		return nil
	}
	return b.file.SetRowHeight(name, row, min(lineHeight*float64(lines), excelize.MaxRowHeight))
}

// linesOf is in how many lines a text of words breaks in a width of characters.
func linesOf(s string, width float64) int {
	room := max(int(width), 1)
	lines := 0
	for _, line := range strings.Split(s, "\n") {
		lines++
		used := 0
		for _, word := range strings.Fields(line) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > room {
				lines++
				used = 0
			}
			if used > 0 {
				used++
			}
			used += n
			for used > room {
				lines++
				used -= room
			}
		}
	}
	return lines
}

func sumOf(ns []float64) float64 {
	total := 0.0
	for _, n := range ns {
		total += n
	}
	return total
}
