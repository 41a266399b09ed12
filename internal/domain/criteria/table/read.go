package table

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Finding is something that a person should know about a row of the table.
type Finding struct {
	Row  int    // 0 for the table as a whole
	ID   string // of the criterion, if it is about one
	Must bool   // it keeps the sheet from being adopted; the rest is told to be looked at
	locale.Text
}

// Reading is a table as it was understood.
type Reading struct {
	Criteria  []*Node
	Bonus     []*Node
	Deduction []*Node
	Findings  []Finding // by row
	Ends      int       // the row at which notes and signatures begin; 0 when the table goes to the end
	Stop      bool      // nothing can be made of it: Findings say why

	set fields // what the sheet says besides its criteria
}

const lastColumn = 16_384 // that Excel has

// Longest texts of a criterion, in characters.
const (
	LongestName  = 500
	LongestGuide = 2000
)

// Read makes a tree of a table.
func Read(s Sheet, c Choice) Reading {
	r := &run{sheet: s, columns: Columns{}, byID: map[string]*Node{}, part: scoring.Main}
	for role, column := range c.Columns {
		if column > 0 && column <= lastColumn {
			r.columns[role] = column
		}
	}
	c.Head = min(max(c.Head, 0), len(s.Rows))
	if r.columns[Name] == 0 || r.columns[Max] == 0 {
		r.tell(0, "", true, locale.Msg("Chưa rõ cột nội dung hoặc cột điểm tối đa. Hãy chọn cột."))
		r.out.Stop = true
		return r.out
	}
	last := r.lastAmount(c.Head)
	for row := c.Head + 1; row <= len(s.Rows); row++ {
		l := r.line(row)
		switch {
		case l.empty() || r.again(row, c.Head, l):
		case l.mark == nil && !l.labelled && row > last && r.last != nil && r.closes(row):
			r.out.Ends = row
		default:
			r.take(l)
		}
		if r.out.Ends > 0 {
			break
		}
	}
	r.finish()
	return r.out
}

// run is a reading under way.
type run struct {
	sheet   Sheet
	columns Columns
	out     Reading
	levels  levels
	byID    map[string]*Node
	part    scoring.Part // that rows at the top belong to
	open    bool         // a heading without a number opened the part
	mixed   bool         // it opened bonus and deduction at once
	last    *Node
	totals  []line
}

func (r *run) tell(row int, id string, must bool, text locale.Text) {
	r.out.Findings = append(r.out.Findings, Finding{row, id, must, text})
}

// take finds what a row is.
func (r *run) take(l line) {
	if l.mark != nil && l.mark.Sheet != nil {
		r.out.set = l.mark.Sheet
		r.totals = append(r.totals, l)
		return
	}
	if l.mark == nil && !l.labelled && totalRow.MatchString(key(l.name)) && (l.given || key(l.name) != "cong" && !bonusHead.MatchString(key(l.name))) {
		r.totals = append(r.totals, l)
		return
	}
	part, both := partOf(l.name)
	if l.mark != nil {
		part, both = "", false
	}
	if both || part != "" && !l.labelled && !l.given {
		r.part, r.open, r.mixed = part, true, both
		r.levels.path, r.last = nil, nil
		if both {
			r.part = scoring.Bonus
		}
		return
	}
	switch {
	case l.mark != nil:
	case l.name == "" && l.given && r.last != nil && r.last.Max == "" && r.last.each == "" && !l.labelled:
		r.points(r.last, l) // the points stand beside the second line of the text
		r.goesOn(l)
		return
	case l.name == "" && l.given:
		r.tell(l.row, "", true, locale.Msg("Dòng có điểm nhưng không có nội dung nên không đưa vào bảng. Hãy ghi nội dung trong tệp, hoặc thêm tiêu chí ở bước sửa bảng."))
		return
	case l.name == "" && l.labelled && l.how == "":
		return // a number that nobody used
	case l.name == "", !l.labelled && !l.given && !(capitals(l.name) && l.how == ""), l.label.style == bullet && !l.given && r.part == scoring.Main && (r.last == nil || r.last.Part == scoring.Main):
		r.goesOn(l)
		return
	case !l.labelled && !l.given:
		l.label = label{capital, ""}
	case !l.labelled:
		l.label = label{bullet, "-"}
	}
	r.enter(l, part)
}

// goesOn adds a row without a number and points to the row before it.
func (r *run) goesOn(l line) {
	if r.last == nil {
		if l.name != "" {
			r.tell(l.row, "", false, locale.Msg("Dòng “{.text}” không có số thứ tự và điểm nên không đưa vào bảng.", "text", shorten(l.name, 60)))
		}
		return
	}
	text := l.name
	if l.label.style == bullet {
		text = "- " + text
	} else if l.labelled && text != "" {
		text = l.label.text + ". " + text
	}
	if text != "" && !l.labelled && l.how == "" && !ended(r.last.Name) && startsLow(text) {
		r.rename(r.last, r.last.Name+" "+text, l.row)
		text = ""
	}
	r.guide(r.last, text, l.row)
	r.guide(r.last, l.how, l.row)
	r.beside(r.last, l)
}

// ended tells whether a text is a whole sentence, or was cut short.
func ended(text string) bool {
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "…")
}

func startsLow(text string) bool {
	first := []rune(text)[0]
	return strings.ToUpper(string(first)) != string(first)
}
