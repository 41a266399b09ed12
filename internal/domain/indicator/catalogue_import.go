package indicator

import (
	"context"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Columns are the columns of the catalogue as a workbook, in order. The same
// heads are recognised when it comes back.
var Columns = []string{"Tên chỉ tiêu", "Tên gọi khác", "Đơn vị tính", "Chiều tốt", "Cách tính", "Cộng dồn qua các năm", "Nguồn số liệu"}

// Example is a row that shows how the columns are filled.
var Example = []string{"Tỷ lệ hộ nghèo", "Tỷ lệ hộ dân nghèo", "%", "càng thấp càng tốt", "tại một thời điểm", "", "Cục Thống kê"}

// The words of the workbook.
var (
	directionWords = map[target.Direction]string{target.Unknown: "", target.Higher: "càng cao càng tốt", target.Lower: "càng thấp càng tốt"}
	flowWords      = map[Flow]string{Stock: "tại một thời điểm", Sum: "cộng dồn trong năm", Growth: "mức tăng, giảm"}
	yes            = "có"
)

// Cells writes an indicator as a row under Columns.
func (i Indicator) Cells() []string {
	more := ""
	if i.Cumulative {
		more = yes
	}
	return []string{i.Name, strings.Join(lines(i.Aliases), "; "), i.Unit, directionWords[i.Direction], flowWords[i.Flow], more, i.Source}
}

// Listed is a row of a catalogue to be taken in, as it stands in the workbook.
type Listed struct {
	Line  int      `json:"line"` // in the workbook, from 1
	Cells []string `json:"cells"`
}

// ParseRows finds the head in a sheet as read and the rows under it. Columns
// may stand in any order; the name is the only one that must be there.
func ParseRows(sheet [][]string) ([]Listed, error) {
	for n, head := range sheet {
		if n == 20 {
			break
		}
		place := columnsOf(head)
		if _, ok := place[0]; !ok {
			continue
		}
		var rows []Listed
		for m, cells := range sheet[n+1:] {
			row := Listed{Line: n + m + 2, Cells: make([]string, len(Columns))}
			empty := true
			for column, at := range place {
				if at < len(cells) {
					row.Cells[column] = vntext.Clean(cells[at])
					empty = empty && row.Cells[column] == ""
				}
			}
			if !empty {
				rows = append(rows, row)
			}
		}
		switch {
		case len(rows) == 0:
			return nil, fault.New(fault.Invalid, "Dưới dòng tiêu đề không có chỉ tiêu nào.")
		case len(rows) > maxRows:
			return nil, fault.New(fault.Invalid, "Tệp có {.n} chỉ tiêu; mỗi lần nhận tối đa {.limit}. Hãy chia tệp.", "n", len(rows), "limit", maxRows)
		}
		return rows, nil
	}
	return nil, fault.New(fault.Invalid, "Không tìm thấy dòng tiêu đề có cột “Tên chỉ tiêu” trong 20 dòng đầu. Hãy tải tệp mẫu và chép dữ liệu vào.")
}

// maxRows is the most that one file may bring.
const maxRows = 2000

// columnsOf maps columns of Columns to their places in a head.
func columnsOf(head []string) map[int]int {
	place := map[int]int{}
	for at, text := range head {
		for column, name := range Columns {
			if _, there := place[column]; !there && Key(text) == Key(name) {
				place[column] = at
			}
		}
		if _, there := place[0]; !there && Key(text) == "chi tieu" {
			place[0] = at
		}
	}
	return place
}

// Act is what taking a row in does.
type Act string

const (
	Enter  Act = "enter"
	Mend   Act = "mend"
	Leave  Act = "leave"
	Refuse Act = "refuse"
)

// Outcome is what becomes of a row, or would.
type Outcome struct {
	Listed
	Act    Act
	Name   string   // of the indicator it is about, as the catalogue has it
	Says   []string // columns that change
	Faults []*fault.Error
}

// Import takes a catalogue in, all of it or nothing; with apply false it only
// tells what would happen. An indicator is recognised by any of its names in
// its measure; an empty cell changes nothing.
func (s *Service) Import(ctx context.Context, actor access.Actor, rows []Listed, apply bool) ([]Outcome, error) {
	var out []Outcome
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		out = nil
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{}); err != nil {
			return err
		}
		refused := false
		seen := map[string]int{}
		for _, r := range rows {
			o, err := s.take(ctx, tx, actor, r, seen)
			if err != nil {
				return err
			}
			refused = refused || o.Act == Refuse
			out = append(out, o)
		}
		switch {
		case !apply:
			return errDry
		case refused:
			return fault.New(fault.Invalid, "Còn dòng sai nên chưa nhận dòng nào. Hãy sửa tệp rồi tải lên lại.")
		}
		return nil
	})
	if err == errDry {
		err = nil
	}
	return out, err
}

// errDry takes the transaction of a dry run back.
var errDry = fault.New(fault.Conflict, "")

// take writes one row.
func (s *Service) take(ctx context.Context, tx *db.Tx, actor access.Actor, r Listed, seen map[string]int) (Outcome, error) {
	o := Outcome{Listed: r, Act: Refuse}
	n, faults := parseRow(r)
	faults = append(faults, n.check()...)
	if err := fault.List(faults...); err != nil {
		o.Name, o.Faults = n.Name, fault.As(err).All()
		return o, nil
	}
	o.Name = n.Name
	i, found, err := s.named(ctx, tx, n.Name, baseUnit(n.Unit), n.Flow == Growth)
	if err != nil {
		return o, err
	}
	for _, a := range n.Aliases {
		if found {
			break
		}
		if i, found, err = s.named(ctx, tx, a, baseUnit(n.Unit), n.Flow == Growth); err != nil {
			return o, err
		}
	}
	change := ledger.Change{By: actor, Action: "indicator.import"}
	if !found {
		i = n.indicator()
		o.Act = Enter
		seen[i.ID] = r.Line
		return o, s.book.Insert(ctx, tx, change, "indicator", &i)
	}
	if line, twice := seen[i.ID]; twice {
		o.Faults = []*fault.Error{fault.New(fault.Invalid, "Chỉ tiêu này đã có ở dòng {.line} của tệp.", "line", line)}
		return o, nil
	}
	seen[i.ID] = r.Line
	before := i.Cells()
	n.keep(i, r)
	if err := s.edit(ctx, tx, &i, n, true); err != nil {
		f := fault.As(err)
		if f.Code == fault.Internal {
			return o, err
		}
		o.Faults = f.All()
		return o, nil
	}
	for c, cell := range i.Cells() {
		if cell != before[c] {
			o.Says = append(o.Says, Columns[c])
		}
	}
	if o.Act = Leave; len(o.Says) == 0 {
		return o, nil
	}
	o.Act = Mend
	return o, s.book.Update(ctx, tx, change, "indicator", &i)
}

// keep fills what the row leaves empty from what the catalogue has.
func (n *NewIndicator) keep(i Indicator, r Listed) {
	if len(n.Aliases) == 0 {
		n.Aliases = lines(i.Aliases)
	}
	if n.Direction == target.Unknown {
		n.Direction = i.Direction
	}
	if r.Cells[4] == "" {
		n.Flow = i.Flow
	}
	if r.Cells[5] == "" {
		n.Cumulative = i.Cumulative
	}
	if n.Source == "" {
		n.Source = i.Source
	}
}

// parseRow reads the words of a row.
func parseRow(r Listed) (NewIndicator, []*fault.Error) {
	cells := slices.Clone(r.Cells)
	for len(cells) < len(Columns) {
		cells = append(cells, "")
	}
	n := NewIndicator{Name: cells[0], Unit: cells[2], Source: cells[6]}
	n.Aliases = strings.FieldsFunc(cells[1], func(r rune) bool { return r == ';' || r == '\n' })
	var faults []*fault.Error
	known := false
	for d, words := range directionWords {
		if Key(words) == Key(cells[3]) {
			n.Direction, known = d, true
		}
	}
	switch Key(cells[3]) {
	case "cao", "cao hon", "higher":
		n.Direction, known = target.Higher, true
	case "thap", "thap hon", "lower":
		n.Direction, known = target.Lower, true
	}
	faults = append(faults, fault.When(!known, "direction", "“{.text}” không phải là chiều tốt. Hãy ghi “{.a}” hoặc “{.b}”, hoặc để trống.",
		"text", cells[3], "a", locale.Msg(directionWords[target.Higher]), "b", locale.Msg(directionWords[target.Lower])))
	if known = Key(cells[4]) == ""; known {
		g := Goal{Name: n.Name, Unit: n.Unit, BaseUnit: baseUnit(vntext.Line(n.Unit))}
		n.Flow = g.flow()
	}
	for f, words := range flowWords {
		if Key(words) == Key(cells[4]) || string(f) == Key(cells[4]) {
			n.Flow, known = f, true
		}
	}
	faults = append(faults, fault.When(!known, "flow", "“{.text}” không phải là cách tính. Hãy ghi “{.a}”, “{.b}” hoặc “{.c}”, hoặc để trống.",
		"text", cells[4], "a", locale.Msg(flowWords[Stock]), "b", locale.Msg(flowWords[Sum]), "c", locale.Msg(flowWords[Growth])))
	if !known {
		n.Flow = Sum
	}
	switch Key(cells[5]) {
	case "co", "x", "yes", "1", "true":
		n.Cumulative = true
	case "", "khong", "no", "0", "false":
	default:
		faults = append(faults, fault.Wrong("cumulative", "Cột “{.column}” ghi “có” hoặc “không”, hoặc để trống.", "column", locale.Msg(Columns[5])))
	}
	return n, faults
}
