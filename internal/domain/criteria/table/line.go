package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// line is a row by its roles.
type line struct {
	row      int
	label    label
	labelled bool
	exact    bool // the number is a figure of Excel, which drops the 0 of 1.10
	name     string
	how      string
	proof    string
	note     string
	amount   amount
	given    bool // it has points, or something in their place
	mark     *mark
}

func (l line) empty() bool {
	return !l.labelled && l.name == "" && l.how == "" && l.proof == "" && l.note == "" && !l.given && l.mark == nil
}

// text is a cell's text with its own lines.
func (r *run) text(cells []Cell, role Role) string {
	c := at(cells, r.columns[role])
	if r.columns[role] < 1 || c.Below {
		return ""
	}
	return vntext.Clean(c.Text)
}

func (r *run) line(row int) line {
	cells := r.sheet.Rows[row-1]
	l := line{row: row, how: r.text(cells, How), proof: vntext.Line(r.text(cells, Proof)), note: r.text(cells, Note)}
	if m := r.columns[code]; m > 0 {
		l.mark = markOf(strings.TrimSpace(at(cells, m).Text))
	}
	l.name = r.name(cells)
	l.amount, l.given = amountOf(at(cells, r.columns[Max]))
	order := at(cells, r.columns[Order])
	text := order.own()
	if r.columns[Order] < 1 {
		text = ""
	}
	var ok bool
	switch l.label, ok = labelOf(text); {
	case l.mark != nil && text == l.mark.TT && text != "":
		if l.labelled = true; !ok {
			l.label = label{full, text}
		}
		l.label.text = text
	case ok:
		l.labelled, l.exact = true, order.Kind == Number
		if again, rest, both := split(l.name); both && again == l.label {
			l.name = rest
		}
	case text != "" && order.Kind == Date:
		// Excel makes 1.1 the first of January.
		if day, month, year := 0, 0, 0; scan(text, &day, &month, &year) {
			l.label, l.labelled = label{dotted, fmt.Sprintf("%d.%d", day, month)}, true
			r.tell(row, "", false, locale.Msg("Ô số thứ tự là ngày {.value}: Excel đã đổi {.label} thành ngày. Đã đọc lại là {.label}.", "value", text, "label", l.label.text))
		}
	case text != "":
		// A heading over the whole width stands in the first column.
		if l.label, text, l.labelled = split(text); l.name != "" && text != l.name {
			text += " " + l.name
		}
		l.name = text
	}
	if !l.labelled && l.mark == nil {
		l.label, l.name, l.labelled = split(l.name)
	}
	return l
}

func scan(text string, day, month, year *int) bool {
	n, err := fmt.Sscanf(text, "%d/%d/%d", day, month, year)
	return n == 3 && err == nil && *day > 0 && *month > 0
}

// name is the text of the name's column, or of the first one behind it that
// belongs to nobody: items are often set one column further in.
func (r *run) name(cells []Cell) string {
	end := r.columns[Name] + 1
	for ; end <= len(cells); end++ {
		taken := false
		for _, column := range r.columns {
			taken = taken || column == end
		}
		if taken {
			break
		}
	}
	if end > len(cells) { // nothing of the table stands behind it
		end = min(end, r.columns[Name]+1)
	}
	for column := r.columns[Name]; column < end; column++ {
		if text := at(cells, column).own(); text != "" {
			return text
		}
	}
	return ""
}

// closes tells whether a row begins what stands below a table: notes, a place
// and a day, signatures.
func (r *run) closes(row int) bool {
	return slices.ContainsFunc(r.sheet.Rows[row-1], func(c Cell) bool { return len(c.Text) < 2000 && ending.MatchString(key(c.own())) })
}

// lastAmount is the last row with points: what looks like a signature above it
// is none.
func (r *run) lastAmount(head int) int {
	for row := len(r.sheet.Rows); row > head; row-- {
		if l := r.line(row); l.given && !l.amount.none() && (l.name != "" || l.labelled) {
			r.out.Findings = nil // told again on the way down
			return row
		}
	}
	r.out.Findings = nil
	return 0
}

// again tells whether a row is the head once more, as on each printed page, or
// the numbers of the columns under it.
func (r *run) again(row, head int, l line) bool {
	if l.mark != nil {
		return false
	}
	if c := guess(r.sheet.keys(row, 1)); c[Name] == r.columns[Name] && c[Max] == r.columns[Max] {
		return true
	}
	if row > head+2 {
		return false
	}
	numbers := 0
	for _, c := range r.sheet.Rows[row-1] {
		switch text := strings.Trim(c.own(), "()[] "); {
		case text == "":
		case len(text) <= 2 && (aNumber.MatchString(text) || anUpper.MatchString(text)):
			numbers++
		case strings.ContainsAny(text, "=+-x/") && len(text) < 12 && strings.Trim(text, "0123456789=+-x/() ") == "":
			numbers++ // "(5)=(4)/(3)"
		default:
			return false
		}
	}
	name := strings.Trim(at(r.sheet.Rows[row-1], r.columns[Name]).own(), "()[] ")
	return numbers >= 2 && name != ""
}
