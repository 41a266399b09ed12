package table

import (
	"slices"
	"strings"
)

// Role is what a column holds.
type Role string

const (
	Order Role = "order" // TT, STT
	Name  Role = "name"  // Nội dung, Tiêu chí
	Max   Role = "max"   // Điểm tối đa, Điểm chuẩn
	How   Role = "how"   // Cách tính, Hướng dẫn chấm
	Proof Role = "proof" // Minh chứng
	Note  Role = "note"  // Ghi chú
	code  Role = "code"  // what the program wrote beside a row, see code.go
)

// Roles are those that a person gives to columns, in the order of the form.
var Roles = []Role{Order, Name, Max, How, Proof, Note}

// Heads are the headings of the tables that the program writes.
var Heads = map[Role]string{
	Order: "TT", Name: "Nội dung, tiêu chí", Max: "Điểm tối đa", How: "Cách tính điểm", Proof: "Minh chứng", Note: "Ghi chú", code: "Mã (không sửa)",
}

// MarkHead heads the hidden column in which the program keeps what the others
// cannot say.
var MarkHead = Heads[code]

// known are headings by which columns are guessed, each role's best first.
var known = map[Role][]string{
	Order: {"tt", "stt", "so tt", "so thu tu", "thu tu", "muc", "ma", "ma so", "ma tieu chi", "no"},
	Name: {"noi dung tieu chi", "noi dung", "tieu chi", "noi dung thi dua", "noi dung cham diem", "tieu chi thi dua", "tieu chi cham diem", "tieu chuan", "cac tieu chi", "noi dung cac tieu chi",
		"noi dung tieu chuan", "tieu chuan thi dua", "noi dung danh gia", "tieu chi danh gia", "noi dung cong viec", "chi tieu", "nhiem vu", "criterion", "criteria"},
	Max: {"diem toi da", "diem chuan", "thang diem", "so diem toi da", "diem thi dua toi da", "muc diem toi da", "muc diem", "so diem", "diem quy dinh", "diem thi dua", "tong diem", "diem", "maximum", "points"},
	How: {"cach tinh diem", "cach cham diem", "cach tinh", "cach cham", "huong dan cham diem", "huong dan cham", "huong dan tinh diem", "huong dan", "phuong phap tinh diem", "phuong phap cham diem", "phuong phap",
		"cach thuc cham diem", "cach thuc tinh", "quy dinh cham diem", "dien giai", "giai thich", "how it is scored"},
	Proof: {"minh chung", "tai lieu minh chung", "tai lieu kiem chung", "ho so minh chung", "van ban minh chung", "evidence"},
	Note:  {"ghi chu", "note", "notes"},
	code:  {key(Heads[code])},
}

// Columns say which column, from 1, has which role.
type Columns map[Role]int

const (
	headRows    = 40 // how far down a head is looked for
	headColumns = 40 // and how far across
)

// notMax are words of columns that hold what was scored, not what can be.
var notMax = []string{"tu cham", "cham cheo", "tham dinh", "tham tra", "dat duoc", "diem dat", "ket qua", "de nghi", "thong nhat", "kiem tra", "hoi dong"}

// guess reads headings: those that are known names first, then those that begin
// like one, then those that contain one. None twice.
func guess(heads []string) Columns {
	out, taken := Columns{}, map[int]bool{}
	for _, fits := range []func(key, known string) bool{
		func(key, known string) bool { return key == known },
		func(key, known string) bool { return strings.HasPrefix(key, known+" ") },
		func(key, known string) bool { return len(known) > 4 && strings.Contains(" "+key+" ", " "+known+" ") },
	} {
		for _, role := range append([]Role{code}, Roles...) {
			for _, name := range known[role] {
				for i, k := range heads {
					if out[role] > 0 || taken[i] || k == "" || len(k) > 80 || !fits(k, name) {
						continue
					}
					if role == Max && slices.ContainsFunc(notMax, func(w string) bool { return strings.Contains(k, w) }) {
						continue
					}
					out[role], taken[i] = i+1, true
				}
			}
		}
	}
	return out
}

// keys are the headings of a row, and of the row below it where that goes on
// with the head: "Điểm" over "Tối đa" and "Tự chấm".
func (s Sheet) keys(head, rows int) []string {
	var out []string
	for i := head - 1; i < min(head-1+rows, len(s.Rows)); i++ {
		for j, c := range s.Rows[i][:min(len(s.Rows[i]), headColumns)] {
			for len(out) <= j {
				out = append(out, "")
			}
			if k := key(c.own()); k != "" {
				out[j] = strings.TrimSpace(out[j] + " " + k)
			}
		}
	}
	return out
}

// Columns guesses the columns by a head that ends in a row.
func (s Sheet) Columns(head int) Columns {
	if head < 1 || head > len(s.Rows) {
		return Columns{}
	}
	one := guess(s.keys(head, 1))
	if head == 1 || !s.goesOn(head) {
		return one
	}
	if two := guess(s.keys(head-1, 2)); len(two) > len(one) || two[Max] > 0 && one[Max] == 0 {
		return two
	}
	return one
}

// WithMarks adds the program's own column, which no form asks for, to columns
// that a person chose.
func (s Sheet) WithMarks(head int, chosen Columns) Columns {
	if n := s.Columns(head)[code]; n > 0 {
		chosen[code] = n
	}
	return chosen
}

// goesOn tells whether a row can be the second one of a head: short words and
// no figures.
func (s Sheet) goesOn(row int) bool {
	some := false
	for _, c := range s.Rows[row-1] {
		text := c.own()
		if text == "" {
			continue
		}
		if c.Kind != Text || len([]rune(text)) > 60 || text[0] >= '0' && text[0] <= '9' || text[0] == '(' {
			return false
		}
		some = true
	}
	return some
}

// Head finds the row in which the head ends, and its columns; 0 for none.
func (s Sheet) Head() (row int, columns Columns) {
	best := 0
	for i := range min(len(s.Rows), headRows) {
		c := s.Columns(i + 1)
		if c[Name] == 0 || c[Max]+c[How]+c[Order] == 0 {
			continue
		}
		score := len(c)
		if c[Max] > 0 {
			score += 2
		}
		if score > best {
			row, columns, best = i+1, c, score
		}
	}
	if row > 0 && row < len(s.Rows) && s.goesOn(row+1) {
		// "Điểm" alone may be a head's first row: what is below says it better.
		if c := s.Columns(row + 1); len(c) >= len(columns) && c[Name] > 0 && c[Max] > 0 && s.covered(row+1, columns) {
			row, columns = row+1, c
		}
	}
	return row, columns
}

// covered tells whether a row has nothing of its own under the order and the
// name of the head above it, as the second row of a head has not.
func (s Sheet) covered(row int, columns Columns) bool {
	cells := s.Rows[row-1]
	return at(cells, columns[Name]).own() == "" && (columns[Order] == 0 || at(cells, columns[Order]).own() == "")
}

// Guess chooses the sheet of a workbook that looks most like a scoring sheet;
// its index is -1 when none does.
func Guess(sheets []Sheet) Choice {
	best, found := 0, Choice{Sheet: -1}
	for i, s := range sheets {
		if s.Hidden {
			continue
		}
		head, columns := s.Head()
		if head == 0 {
			continue
		}
		score := len(columns)
		if columns[Max] > 0 {
			score += 3
		}
		if score > best {
			best, found = score, Choice{Sheet: i, Head: head, Columns: columns}
		}
	}
	return found
}

// Choice is where the table stands: the sheet by index, the row in which its
// head ends, from 1 (0 when it has none), and the columns.
type Choice struct {
	Sheet   int     `json:"sheet"`
	Head    int     `json:"head"`
	Columns Columns `json:"columns"`
}

// Letter is the name of a column: 1 is A, 27 is AA.
func Letter(column int) string {
	s := ""
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}
