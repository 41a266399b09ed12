package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is all that tells one cell style from another.
type look struct {
	kind     Kind
	decimals int
	bold     bool
	title    bool
	head     bool
	boxed    bool
	middle   bool
	number   bool
	clock    bool // a day with the time
	quoted   bool // text that starts like a formula
	open     bool // of a form: to be filled in
	locked   bool // of a form: not to be changed
}

// style makes the cell style of a look, once.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	size := 12.0
	if l.title && l.bold {
		size = 14
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: size, Bold: l.bold, Italic: l.title && !l.bold},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	}
	switch {
	case l.head, l.title, l.middle, l.kind == Date:
		s.Alignment.Horizontal = "center"
	case l.kind != Text:
		s.Alignment.Horizontal = "right"
	default:
		s.Alignment.Horizontal = "left"
	}
	if l.head {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}
	}
	switch {
	case l.open:
		s.Protection = &excelize.Protection{Locked: false}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFBE6"}}
	case l.locked:
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3F3F3"}}
	}
	if l.boxed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "808080", Style: 1})
		}
	}
	if format := l.format(); format != "" {
		s.CustomNumFmt = &format
	}
	if l.quoted { // parts it from the equal style without the mark
		s.Protection = &excelize.Protection{Locked: !l.open, Hidden: l.open}
	}
	id, err := b.file.NewStyle(s)
	if err != nil {
		return 0, err
	}
	if l.quoted {
		// The mark that Excel sets for a typed apostrophe: the text stays text
		// even when somebody edits the cell.
		yes := true
		b.file.Styles.CellXfs.Xf[id].QuotePrefix = &yes
	}
	b.styles[l] = id
	return id, nil
}

func (l look) format() string {
	if l.open && l.kind != Text { // as many decimals as are typed: a form shows what it holds
		return ""
	}
	if !l.number {
		if l.kind == Text {
			return "@"
		}
		return ""
	}
	decimals := ""
	if l.decimals > 0 {
		decimals = "." + strings.Repeat("0", l.decimals)
	}
	switch l.kind {
	case Text:
		return "0"
	case Percent:
		return "0" + decimals + "%"
	case Date:
		if l.clock {
			return "hh:mm dd/mm/yyyy"
		}
		return "dd/mm/yyyy"
	}
	return "#,##0" + decimals
}
