package table

import (
	"regexp"
	"strings"

	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind is what stands in a cell.
type Kind uint8

const (
	Text Kind = iota
	Number
	Percent
	Date
	Broken // #REF!, or true and false
)

// Cell is a cell as read: what a person sees in it, numbers in Vietnamese form
// without thousands marks. A formula without a last result has no text.
type Cell struct {
	Text    string `json:"t,omitempty"`
	Kind    Kind   `json:"k,omitempty"`
	Formula bool   `json:"f,omitempty"`
	Below   bool   `json:"b,omitempty"` // of a merged area, and not its first row
}

// Sheet is a sheet of a workbook as read. Rows count from 1 in everything that
// is told about them.
type Sheet struct {
	Name   string   `json:"name"`
	Hidden bool     `json:"hidden,omitempty"`
	Rows   [][]Cell `json:"rows"`
}

// at is a cell of a row, empty where there is none. Columns count from 1.
func at(row []Cell, column int) Cell {
	if column < 1 || column > len(row) {
		return Cell{}
	}
	return row[column-1]
}

// own is the cell's text on one line; none where it repeats that of the row above.
func (c Cell) own() string {
	if c.Below {
		return ""
	}
	return vntext.Line(c.Text)
}

var apart = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// key is a text as headings and phrases are compared: folded, words only.
func key(s string) string {
	return strings.TrimSpace(apart.ReplaceAllString(vntext.Fold(s), " "))
}

// shorten cuts a text to n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}
