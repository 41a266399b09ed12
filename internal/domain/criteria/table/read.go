package table

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
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
	if text != "" && !l.labelled && l.how == "" && !strings.ContainsAny(r.last.Name[max(len(r.last.Name)-1, 0):], ".;:") && startsLow(text) {
		r.rename(r.last, r.last.Name+" "+text, l.row)
		text = ""
	}
	r.guide(r.last, text, l.row)
	r.guide(r.last, l.how, l.row)
	r.beside(r.last, l)
}

func startsLow(text string) bool {
	first := []rune(text)[0]
	return strings.ToUpper(string(first)) != string(first)
}

// rename gives a row its name, within what a name may be.
func (r *run) rename(n *Node, name string, row int) {
	name = vntext.Line(name)
	if runes := []rune(name); len(runes) > LongestName {
		n.Name = shorten(name, LongestName)
		r.guide(n, name, row)
		r.tell(row, n.ID, false, locale.Msg("Nội dung dài hơn {.n} ký tự: tên tiêu chí giữ phần đầu, toàn văn chuyển vào hướng dẫn chấm.", "n", LongestName))
		return
	}
	n.Name = name
}

// guide adds to the words on how a row is scored.
func (r *run) guide(n *Node, text string, row int) {
	text = vntext.Clean(text)
	if text == "" || n.Guide == text {
		return
	}
	whole := strings.TrimSpace(n.Guide + "\n" + text)
	if runes := []rune(whole); len(runes) > LongestGuide {
		whole = shorten(whole, LongestGuide)
		r.tell(row, n.ID, false, locale.Msg("Hướng dẫn chấm dài hơn {.n} ký tự nên chỉ giữ phần đầu.", "n", LongestGuide))
	}
	n.Guide = whole
}

var yes = []string{"x", "co", "bat buoc", "yes", "required", "v"}

// beside takes the columns of evidence and notes.
func (r *run) beside(n *Node, l line) {
	switch {
	case slices.Contains(yes, key(l.proof)):
		n.Evidence = true
	case l.proof != "":
		r.guide(n, "Minh chứng: "+l.proof, l.row)
	}
	if l.note != "" {
		r.guide(n, "Ghi chú: "+l.note, l.row)
	}
}

// points gives a row its maximum.
func (r *run) points(n *Node, l line) {
	n.Max, n.each, n.minus = l.amount.max, l.amount.each, l.amount.minus
	if l.amount.told.Text != "" {
		r.tell(l.row, n.ID, l.amount.none(), l.amount.told)
	}
}

// enter makes a criterion of a row and finds its place.
func (r *run) enter(l line, part scoring.Part) {
	n := &Node{Row: l.row, Label: l.label.text, style: l.label.style}
	lab := r.levels.settle(l.label)
	var parent *Node
	if m := l.mark; m != nil && (!l.labelled && m.TT == "" || l.label.text == m.TT) && (m.In == "" || r.byID[m.In] != nil) && r.byID[m.ID] == nil {
		parent, n.ID, n.Part = r.byID[m.In], m.ID, partOr(m.Part)
		if parent != nil {
			n.Part = parent.Part
		}
		r.levels.onto(lab, parent, n)
	} else {
		if l.exact && lab.style == dotted && r.tenth(lab) {
			lab.text += "0"
		}
		parent, n.ID = r.levels.parent(lab)
		n.Part = r.partBelow(parent, part, l)
		r.levels.push(lab, n)
		r.name1(n, parent, lab)
	}
	r.byID[n.ID] = n
	r.rename(n, l.name, l.row)
	if m := l.mark; m != nil {
		n.marked = true
		n.rest = m.Rest
		if n.Part == partOr(m.Part) {
			n.clamp = m.Clamp
		} else if n.Part == scoring.Main || m.Part == "" { // moved by hand into another part, whose switches differ
			n.rest = fields{}
		}
		if m.Said != "" && m.Said == printOf(l.how) {
			l.how = ""
		}
	}
	r.points(n, l)
	r.guide(n, l.how, l.row)
	r.beside(n, l)
	switch {
	case parent != nil && parent.Part == n.Part:
		parent.Children = append(parent.Children, n)
	case n.Part == scoring.Bonus:
		n.lifted = parent
		r.out.Bonus = append(r.out.Bonus, n)
	case n.Part == scoring.Deduction:
		n.lifted = parent
		r.out.Deduction = append(r.out.Deduction, n)
	default:
		r.out.Criteria = append(r.out.Criteria, n)
	}
	r.last = n
}

func partOr(p scoring.Part) scoring.Part {
	if p == "" {
		return scoring.Main
	}
	return p
}

// partBelow is the part of a row under another, or at the top.
func (r *run) partBelow(parent *Node, part scoring.Part, l line) scoring.Part {
	switch {
	case parent != nil && (part == "" || parent.Part != scoring.Main):
		return parent.Part // inside a group of bonus, "Điểm thưởng …" is one of its items
	case part != "":
		return part
	case r.open && r.mixed:
		if k := key(l.name); l.amount.minus || strings.HasPrefix(k, "tru ") || strings.Contains(k, " tru ") {
			return scoring.Deduction
		}
		return scoring.Bonus
	case r.open:
		return r.part
	}
	return scoring.Main
}

// tenth tells whether 1.1 of Excel is 1.10: 1.9 stands before it.
func (r *run) tenth(lab label) bool {
	if r.last == nil || !strings.HasSuffix(lab.text, ".1") {
		return false
	}
	for _, above := range r.levels.path {
		if above.label.text == strings.TrimSuffix(lab.text, "1")+"9" {
			return true
		}
	}
	return false
}

// name1 makes the id of a row its own: counted where it has no number, and told
// where another row has the same.
func (r *run) name1(n, parent *Node, lab label) {
	id := n.ID
	if parent != nil && id == "" {
		id = parent.ID + "."
	}
	counted := n.ID == ""
	if counted {
		siblings := len(r.out.Criteria) + len(r.out.Bonus) + len(r.out.Deduction)
		if parent != nil {
			siblings = len(parent.Children)
		}
		for i := siblings + 1; ; i++ {
			if n.ID = id + fmt.Sprint(i); r.byID[n.ID] == nil {
				break
			}
		}
	}
	if len(n.ID) > longestID {
		n.ID = fmt.Sprintf("d%d", n.Row)
		for r.byID[n.ID] != nil {
			n.ID += "x"
		}
		return
	}
	twin := r.byID[n.ID]
	if twin == nil {
		return
	}
	// Below another heading the numbers begin anew.
	for i := 2; r.byID[n.ID] != nil; i++ {
		n.ID = fmt.Sprintf("%s-%d", id, i)
	}
	if len(n.ID) > longestID {
		n.ID = fmt.Sprintf("d%d", n.Row)
		for r.byID[n.ID] != nil {
			n.ID += "x"
		}
	}
	r.tell(n.Row, n.ID, false, locale.Msg("Số thứ tự “{.label}” đã có ở dòng {.row}; tạm đặt mã {.id}. Hãy xem lại cách đánh số.", "label", lab.text, "row", twin.Row, "id", n.ID))
}

// Body is the sheet in the format of package scoring. accept tells whose
// suggested rules are taken; nil takes none.
func (r *Reading) Body(accept func(id string) bool) []byte {
	if accept == nil {
		accept = func(string) bool { return false }
	}
	doc := fields{}
	for name, raw := range r.set {
		doc[name] = raw
	}
	for i, list := range [][]*Node{r.Criteria, r.Bonus, r.Deduction} {
		var all []fields
		for _, n := range list {
			all = append(all, n.document(true, accept))
		}
		doc.put(partFields[i], all)
	}
	body, err := json.Marshal(doc)
	if err != nil {
		return nil // strings and lists: there is nothing in it that can fail
	}
	return body
}

// Guide are the words on how each criterion is scored, by id.
func (r *Reading) Guide() map[string]string {
	out := map[string]string{}
	r.Walk(func(n *Node, _ int) {
		if n.Guide != "" {
			out[n.ID] = n.Guide
		}
	})
	return out
}

// Walk visits every node in the order of the sheet.
func (r *Reading) Walk(visit func(n *Node, depth int)) {
	walk(r.Criteria, visit)
	walk(r.Bonus, visit)
	walk(r.Deduction, visit)
}
