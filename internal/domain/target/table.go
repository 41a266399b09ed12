package target

import (
	"strconv"
	"strings"
)

// tableShape is what the header of a table said of its columns.
type tableShape struct {
	inside            bool
	known             bool
	name, unit, value int
	year              int
	points            bool // a scoring table: its figures are points
	total             int  // 1 + index of the row that parts may follow
	among             bool // "trong đó" stood in a row since
}

func (s *tableShape) leave() {
	if s.inside {
		*s = tableShape{}
	}
}

// tableRow reads one row of a table: the name, the unit and the planned figure
// by the header's columns, or by a unit cell before a figure. It gives false
// where the row says nothing to it and may be read as prose.
func (r *reader) tableRow() {
	cells := splitRow(r.p.text)
	shape := &r.table
	shape.inside = true
	if r.header(cells) {
		return
	}
	top := r.top().stance
	if shape.points || top == rule || top == past && !shape.known {
		return
	}
	name, unitCell, value := -1, -1, -1
	switch {
	case shape.known && shape.value < len(cells) && shape.name < len(cells):
		name, unitCell, value = shape.name, shape.unit, shape.value
	case !shape.known:
		for k := 1; k+1 < len(cells); k++ {
			if r.isUnitCell(cells[k]) && startsFigure(cells[k+1]) && hasLetters(cells[k-1]) {
				name, unitCell, value = k-1, k, k+1
				break
			}
		}
	}
	if value < 0 {
		if !shape.known {
			r.cellsAsProse(cells)
		}
		return
	}
	unitText := ""
	if unitCell >= 0 && unitCell < len(cells) {
		unitText = cells[unitCell]
	}
	r.cell(cells[name], unitText, cells[value])
}

func splitRow(s string) []string {
	sep := "|"
	if !strings.Contains(s, "|") {
		sep = "\t"
	}
	cells := strings.Split(s, sep)
	if len(cells) > 64 {
		cells = cells[:64]
	}
	for k := range cells {
		cells[k] = oneLine(strings.TrimFunc(cells[k], isSpace))
	}
	if len(cells) > 0 && cells[0] == "" && strings.HasPrefix(strings.TrimSpace(s), sep) {
		cells = cells[1:]
	}
	if n := len(cells); n > 0 && cells[n-1] == "" {
		cells = cells[:n-1]
	}
	return cells
}

// header takes the columns from a header row.
func (r *reader) header(cells []string) bool {
	name, unitCol, value, year, planned := -1, -1, -1, 0, false
	points := false
	for k, c := range cells {
		w := small(c)
		if len(w) > 90 || startsFigure(c) && !strings.HasPrefix(w, "20") {
			continue
		}
		switch {
		case strings.Contains(w, "điểm chuẩn"), strings.Contains(w, "điểm tối đa"), strings.Contains(w, "tự chấm"), strings.Contains(w, "thang điểm"), w == "điểm", strings.Contains(w, "chấm điểm"):
			points = true
			if name < 0 && (strings.Contains(w, "nội dung") || strings.Contains(w, "tiêu chí") || strings.Contains(w, "chỉ tiêu")) {
				name = k // Nội dung chấm điểm
			}
		case w == "đvt" || strings.HasPrefix(w, "đơn vị tính") || strings.HasPrefix(w, "đơn vị đo") || w == "đơn vị":
			unitCol = k
		case strings.HasPrefix(w, "thực hiện"), strings.HasPrefix(w, "ước"), strings.HasPrefix(w, "kết quả"), strings.HasPrefix(w, "so sánh"), strings.HasPrefix(w, "ghi chú"), strings.HasPrefix(w, "cơ quan"), strings.HasPrefix(w, "đơn vị"):
		case strings.HasPrefix(w, "kế hoạch"), strings.HasPrefix(w, "mục tiêu"), strings.HasPrefix(w, "phấn đấu"), strings.HasPrefix(w, "chỉ tiêu năm"), strings.HasPrefix(w, "chỉ tiêu kế hoạch"), strings.HasPrefix(w, "kh "), strings.HasPrefix(w, "chỉ tiêu giao"), strings.HasPrefix(w, "mức đăng ký"), strings.HasPrefix(w, "đăng ký"), strings.HasPrefix(w, "chỉ tiêu đăng ký"), strings.HasPrefix(w, "giao ước"), w == "mức":
			if y := yearIn(w); !planned || y >= year {
				value, year, planned = k, y, true
			}
		case strings.HasPrefix(w, "năm 20") && !planned:
			if y := yearIn(w); y >= year {
				value, year = k, y
			}
		case name < 0 && (strings.Contains(w, "chỉ tiêu") || strings.Contains(w, "nội dung") || strings.Contains(w, "tiêu chí") || strings.Contains(w, "nhiệm vụ")):
			name = k
		}
	}
	if points && name >= 0 {
		r.table.points = true
		return true
	}
	if name < 0 || value < 0 || value <= name && unitCol < 0 {
		return false
	}
	for _, c := range cells { // a row of figures is no header
		if startsFigure(c) && yearIn(c) == 0 {
			return false
		}
	}
	r.table = tableShape{inside: true, known: true, name: name, unit: unitCol, value: value, year: year}
	return true
}

func yearIn(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if s[i] == '2' && s[i+1] == '0' && digitsOnly(s[i:i+4]) && (i+4 == len(s) || s[i+4] < '0' || s[i+4] > '9') && (i == 0 || s[i-1] < '0' || s[i-1] > '9') {
			y, _ := strconv.Atoi(s[i : i+4])
			return y
		}
	}
	return 0
}

func startsFigure(s string) bool {
	s = strings.TrimLeft(s, "≥≤<>=~ +-")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

func hasLetters(s string) bool {
	for _, c := range s {
		if c > 0x7f || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}

// isUnitCell tells whether a cell holds a unit and nothing else.
func (r *reader) isUnitCell(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	run := run{text: s, toks: tokenise(s, nil)}
	u, next := run.readUnit(0, len(run.toks))
	return u.kind != noUnit && next == len(run.toks)
}

// cell reads one name with its planned figure.
func (r *reader) cell(name, unitText, value string) {
	among := strings.HasPrefix(small(name), "trong đó")
	bare := name
	part := false
	for {
		rank, n := marker(bare)
		if n == 0 {
			break
		}
		part = part || rank >= rankDash
		bare = strings.TrimFunc(bare[n:], isSpace)
	}
	if among {
		bare = strings.TrimLeft(strings.TrimFunc(bare[len("trong đó"):], isSpace), ":-+ ")
		r.table.among = true
	}
	if bare == "" || len(bare) > 600 || !hasLetters(bare) {
		return
	}
	text := value
	if unitText != "" && !strings.HasSuffix(value, unitText) {
		text += " " + unitText
	}
	r.run.text = text
	r.run.toks = tokenise(text, r.run.toks)
	r.run.measureAll()
	r.used = append(r.used[:0], make([]bool, len(r.run.quants))...)
	var q quantity
	switch {
	case len(r.run.quants) == 1 && r.run.quants[0].first == 0:
		q = r.run.quants[0]
	case len(r.run.quants) == 0:
		f, ok := parseFigure(value)
		if !ok {
			return
		}
		q = quantity{low: f, high: f}
	case r.run.quants[0].first == 0: // 6,5-7%, phấn đấu 7-7,5%
		q = r.run.quants[0]
		defer r.unread(r.run.quants[1].num, r.run.quants[1].after, 0, len(r.run.toks))
	default:
		return
	}
	if q.u.kind == noUnit || q.u.kind == timespan && unitText != "" {
		q.u = unit{text: tidyUnit(unitText)}
	}
	r.s = sentence{stance: goal, scopeBy: r.table.year}
	if r.table.year == 0 {
		r.s.scopeBy = r.top().year
	}
	if part && r.table.total > 0 && r.table.among || among && r.table.total > 0 {
		r.s.total, r.s.joined = r.table.total, true
	}
	c := candidate{q: &q, form: naming, name: bare, tabled: true}
	if growth := small(bare); q.change == Level && strings.HasPrefix(growth, "tăng trưởng") {
		c.level = true
	}
	if r.emit(&c) && r.s.total == 0 {
		r.table.total = len(r.out.Targets)
		r.table.among = strings.HasSuffix(small(strings.TrimRight(bare, ": ")), "trong đó")
	}
}

func tidyUnit(s string) string {
	run := run{text: s, toks: tokenise(s, nil)}
	if len(run.toks) == 0 {
		return ""
	}
	return run.unitText(0, len(run.toks))
}

// cellsAsProse reads the cells of a row that is no table of targets, one by one.
func (r *reader) cellsAsProse(cells []string) {
	row := *r.p
	for _, c := range cells {
		if !hasLetters(c) || len(c) < 12 {
			continue
		}
		p := paragraph{text: c, line: row.line, cell: true}
		r.p = &p
		r.run.text = c
		r.run.toks = tokenise(c, r.run.toks)
		if len(r.run.toks) == 0 {
			continue
		}
		r.run.quants, r.run.broken = r.run.quants[:0], r.run.broken[:0]
		if hasDigit(c) {
			r.run.measureAll()
		}
		r.used = append(r.used[:0], make([]bool, len(r.run.quants))...)
		if r.isFurniture() {
			continue
		}
		r.sentences(r.top().stance)
	}
	r.p = &row
}
