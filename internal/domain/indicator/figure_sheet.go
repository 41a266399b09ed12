package indicator

import (
	"context"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// The columns of figures as a workbook. What a person fills in is Amount,
// Source, Note, Reason and Sure; the others say what the row is about.
const (
	ColumnCode = iota // the target's id and the period: "…/H1"
	ColumnUnit
	ColumnName
	ColumnMeasure
	ColumnGoal
	ColumnPeriod
	ColumnAmount
	ColumnSource
	ColumnNote
	ColumnReason
	ColumnSure
	figureColumns
)

// FigureColumns are the heads in their order.
var FigureColumns = []string{"Mã", "Đơn vị", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu", "Kỳ", "Số liệu", "Nguồn số liệu", "Ghi chú", "Lý do đính chính", "Đã kiểm tra"}

// figureHeads are the heads under which the columns are recognised, folded.
var figureHeads = [figureColumns][]string{
	{"ma"}, {"don vi", "don vi bao cao", "ten don vi", "co quan, don vi"}, {"chi tieu", "ten chi tieu", "noi dung", "noi dung chi tieu"},
	{"don vi tinh", "dvt", "dv tinh"}, {"muc tieu", "giao uoc", "ke hoach", "chi tieu giao"}, {"ky", "ky bao cao"},
	{"so lieu", "ket qua", "thuc hien", "ket qua thuc hien", "so lieu thuc hien"}, {"nguon so lieu", "nguon"}, {"ghi chu"}, {"ly do dinh chinh", "ly do"}, {"da kiem tra"},
}

// FigureRow is a row of a workbook of figures. Seen is the figure that stood
// when the row was previewed: what changed since is told, not overwritten.
type FigureRow struct {
	Line  int      `json:"line"` // in the workbook, from 1
	Cells []string `json:"cells"`
	Seen  string   `json:"seen,omitempty"`
}

// FigureCode is what Code holds for a target in a period.
func FigureCode(targetID string, p Period) string { return targetID + "/" + string(p) }

// Placing says where a sheet holds what. Head is the place of its heading row,
// At that of each column, by the Column constants; both count from 0.
type Placing struct {
	Head int
	At   map[int]int
}

// headRows is in how many rows a heading is looked for: titles stand above it.
const headRows = 20

// FindColumns recognises the heading of a sheet: columns may stand in any order
// and under the names that officers give them. Where ok is false it is a guess
// that a person has to complete.
func FindColumns(sheet [][]string) (c Placing, ok bool) {
	wide := false // the guess has two cells at least: it is no title
	for n, head := range sheet {
		if n == headRows {
			break
		}
		found, cells := Placing{Head: n, At: map[int]int{}}, 0
		for at, text := range head {
			if text != "" {
				cells++
			}
			key := vntext.Fold(vntext.Line(text))
			for column, names := range figureHeads {
				if _, there := found.At[column]; !there && slices.Contains(names, key) {
					found.At[column] = at
				}
			}
		}
		if found.complete() {
			return found, true
		}
		if c.At == nil || len(found.At) > len(c.At) || !wide && cells > 1 && len(found.At) == len(c.At) {
			c, wide = found, cells > 1
		}
	}
	return c, false
}

// complete: the figure must be there, and the code or the name to know its target.
func (c Placing) complete() bool {
	_, amount := c.At[ColumnAmount]
	_, code := c.At[ColumnCode]
	_, name := c.At[ColumnName]
	return amount && (code || name)
}

// ParseFigures reads the rows under the heading that hold a figure.
func ParseFigures(sheet [][]string, c Placing) ([]FigureRow, error) {
	if !c.complete() || c.Head < 0 || c.Head >= len(sheet) {
		return nil, fault.New(fault.Invalid, "Chưa rõ cột nào là số liệu, cột nào là tên chỉ tiêu hoặc mã. Hãy chọn hai cột ấy.")
	}
	var rows []FigureRow
	for n, cells := range sheet[c.Head+1:] {
		row := FigureRow{Line: c.Head + n + 2, Cells: make([]string, figureColumns)}
		for column, at := range c.At {
			if column >= 0 && column < figureColumns && at >= 0 && at < len(cells) {
				row.Cells[column] = vntext.Clean(cells[at])
			}
		}
		if row.Cells[ColumnAmount] != "" && (row.Cells[ColumnCode] != "" || row.Cells[ColumnName] != "") {
			rows = append(rows, row)
		}
	}
	switch {
	case len(rows) == 0:
		return nil, fault.New(fault.Invalid, "Dưới dòng tiêu đề không có số liệu nào ở cột “Số liệu”.")
	case len(rows) > maxRows:
		return nil, fault.New(fault.Invalid, "Tệp có {.n} số liệu; mỗi lần nhận tối đa {.limit}. Hãy chia tệp.", "n", len(rows), "limit", maxRows)
	}
	return rows, nil
}

// FigureOutcome is what becomes of a row, or would.
type FigureOutcome struct {
	FigureRow
	Act    Act // Enter, Mend, Leave, Refuse
	Name   string
	Unit   string // id of the unit that reports; "" where the row was not recognised
	Period Period
	Growth bool
	Before *Figure // what the row corrects
	Faults []*fault.Error
}

// Sheet is a workbook of figures to be taken in.
type Sheet struct {
	Rows   []FigureRow
	Period Period              // of rows that name none
	Reason string              // of corrections that give none
	Sure   map[int]bool        // lines whose figure the person confirmed on seeing the doubt
	Units  map[string][]string // names by which rows may call each unit of the year
	Own    []string            // units that the actor acts for: of targets of one name, theirs is meant
	Lang   locale.Lang         // in which figures are written

	Illustrative bool // the figures are made up
}

// TakeSheet takes a workbook of figures in, all of it or nothing; with apply
// false it only tells what would happen, every fault of every row.
func (s *Service) TakeSheet(ctx context.Context, actor access.Actor, yearID string, in Sheet, apply bool) ([]FigureOutcome, error) {
	y, err := s.years.See(ctx, actor, yearID)
	if err != nil {
		return nil, err
	}
	var out []FigureOutcome
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		out = nil
		lines, err := s.Progress(ctx, tx, yearID)
		if err != nil {
			return err
		}
		refused := false
		seen := map[string]int{}
		for _, r := range in.Rows {
			o, err := s.takeFigure(ctx, tx, actor, y, lines, in, r, seen, apply)
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

func (s *Service) takeFigure(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, lines []Line, in Sheet, r FigureRow, seen map[string]int, apply bool) (FigureOutcome, error) {
	for len(r.Cells) < figureColumns {
		r.Cells = append(r.Cells, "")
	}
	o := FigureOutcome{FigureRow: r, Act: Refuse, Name: r.Cells[ColumnName]}
	line, period, f := in.find(lines, r)
	if f != nil {
		o.Faults = []*fault.Error{f}
		return o, nil
	}
	o.Name, o.Unit, o.Growth, o.Period, o.Before = line.Name, line.Reporter, line.Change != target.Level, period, line.Of(period)
	code := FigureCode(line.ID, period)
	if first, twice := seen[code]; twice {
		o.Faults = []*fault.Error{fault.New(fault.Invalid, "Chỉ tiêu và kỳ này đã có ở dòng {.line} của tệp.", "line", first)}
		return o, nil
	}
	seen[code] = r.Line
	if o.Before != nil {
		o.Seen = o.Before.ID
	} else {
		o.Seen = ""
	}
	if apply && o.Seen != r.Seen {
		o.Faults = []*fault.Error{fault.New(fault.Conflict, "Số liệu này vừa được người khác báo cáo hoặc đính chính sau khi bạn xem trước. Hãy tải tệp lên lại để xem số hiện nay.")}
		return o, nil
	}
	report := Report{
		TargetID: line.ID, Period: period, Amount: r.Cells[ColumnAmount], Unit: r.Cells[ColumnMeasure], Source: r.Cells[ColumnSource], Note: r.Cells[ColumnNote],
		Sure: in.Sure[r.Line] || affirms(r.Cells[ColumnSure]), Lang: in.Lang, Illustrative: in.Illustrative || y.Illustrative,
	}
	if rest, minus := strings.CutPrefix(strings.TrimSpace(report.Amount), "-"); minus && line.Change != target.Level {
		report.Amount, report.Decrease = rest, true
	}
	var err error
	if o.Act = Enter; o.Before == nil {
		if _, err = s.report(ctx, tx, actor, y, report); err == nil {
			err = signed(line, report)
		}
	} else {
		o.Act, err = s.mendFigure(ctx, tx, actor, y, line, *o.Before, in.Reason, r, report)
	}
	if err == nil {
		return o, nil
	}
	e := fault.As(err)
	if e.Code == fault.Internal {
		return o, err
	}
	o.Act, o.Faults = Refuse, e.All()
	return o, nil
}

// signed asks about a figure without a sign where the target is a decrease: a
// cell has no "tăng" and "giảm" to choose from, as the page has.
func signed(line *Line, in Report) error {
	if line.Change != target.Decrease || in.Decrease || in.Sure {
		return nil
	}
	if d, f := typed(in); f != nil || d.Sign() == 0 {
		return nil
	}
	return fault.Wrong("amount", askAgain, "why", locale.Msg("Chỉ tiêu này là mức giảm mà tệp ghi số dương, tức là tăng; nếu là giảm, hãy ghi dấu trừ trước số."))
}

// mendFigure corrects a figure that stands, where the row says another one.
func (s *Service) mendFigure(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, line *Line, old Figure, reason string, r FigureRow, report Report) (Act, error) {
	aim, err := s.aim(ctx, tx, actor, y.ID, line.ID)
	if err != nil {
		return Refuse, err
	}
	same, err := s.figure(y, aim, Report{TargetID: line.ID, Period: old.Period, Amount: report.Amount, Decrease: report.Decrease, Unit: report.Unit, Sure: true, Lang: report.Lang})
	if err != nil {
		return Refuse, err
	}
	if same.Base().Equal(old.Base()) && (report.Source == "" || vntext.Line(report.Source) == old.Source) && (report.Note == "" || vntext.Clean(report.Note) == old.Note) {
		return Leave, nil
	}
	if report.Source == "" {
		report.Source = old.Source
	}
	if report.Note == "" {
		report.Note = old.Note
	}
	report.Illustrative = report.Illustrative || old.Illustrative
	if own := vntext.Line(r.Cells[ColumnReason]); own != "" {
		reason = own
	}
	if _, err = s.correct(ctx, tx, actor, old.ID, old.Version, reason, report); err == nil {
		err = signed(line, report)
	}
	return Mend, err
}

// find tells which target and which period a row is about.
func (in Sheet) find(lines []Line, r FigureRow) (*Line, Period, *fault.Error) {
	if code := r.Cells[ColumnCode]; code != "" {
		id, period, _ := strings.Cut(code, "/")
		for i := range lines {
			if lines[i].ID == id && Period(period).Valid() {
				return &lines[i], Period(period), nil
			}
		}
		return nil, "", fault.Wrong("code", "Mã của dòng này không thuộc giao ước đang có hiệu lực của năm. Hãy tải tệp mẫu mới, hoặc xóa mã để nhận theo tên chỉ tiêu.")
	}
	period := in.Period
	if words := r.Cells[ColumnPeriod]; words != "" {
		var ok bool
		if period, ok = PeriodOf(words); !ok {
			return nil, "", fault.Wrong("period", "“{.text}” không phải là kỳ báo cáo. Hãy ghi như “6 tháng”, “quý 3”, “tháng 10” hoặc “cả năm”.", "text", words)
		}
	}
	if !period.Valid() {
		return nil, "", fault.Wrong("period", "Chưa rõ số liệu của kỳ nào. Hãy ghi cột “Kỳ” hoặc chọn kỳ khi tải tệp lên.")
	}
	unit := ""
	if words := r.Cells[ColumnUnit]; words != "" {
		for id, names := range in.Units {
			if slices.ContainsFunc(names, func(n string) bool { return n != "" && Key(n) == Key(words) }) {
				unit = id
			}
		}
		if unit == "" {
			return nil, "", fault.Wrong("unit", "“{.name}” không phải là thành viên của năm. Hãy ghi đúng tên đơn vị.", "name", words)
		}
	}
	var found []*Line
	for i := range lines {
		l := &lines[i]
		if (unit == "" || l.Reporter == unit || l.UnitID == unit) && l.called(r.Cells[ColumnName]) {
			found = append(found, l)
		}
	}
	if own := slices.DeleteFunc(slices.Clone(found), func(l *Line) bool { return !slices.Contains(in.Own, l.Reporter) }); unit == "" && len(own) > 0 {
		found = own
	}
	switch len(found) {
	case 1:
		return found[0], period, nil
	case 0:
		return nil, "", fault.Wrong("name", "Không có chỉ tiêu “{.name}” trong giao ước đang có hiệu lực. Hãy ghi đúng tên như trong giao ước.", "name", r.Cells[ColumnName])
	}
	return nil, "", fault.Wrong("unit", "Có {.n} chỉ tiêu tên “{.name}”, của các đơn vị khác nhau. Hãy ghi cột “Đơn vị”.", "n", len(found), "name", r.Cells[ColumnName])
}

// called tells whether the line goes by the name, in the covenant or the catalogue.
func (l *Line) called(name string) bool {
	key := Key(name)
	if key == "" {
		return false
	}
	return key == Key(l.Name) || key == Key(l.Indicator.Name) || slices.ContainsFunc(lines(l.Indicator.Aliases), func(a string) bool { return Key(a) == key })
}

// PeriodOf reads a period as officers write it: "6 tháng", "quý III", "9 tháng
// đầu năm", "cả năm", or its code.
func PeriodOf(words string) (Period, bool) {
	if p := Period(strings.ToUpper(strings.TrimSpace(words))); p.Valid() {
		return p, true
	}
	key := strings.TrimSuffix(strings.TrimPrefix(vntext.Fold(vntext.Line(words)), "den het "), " dau nam")
	for _, p := range Periods {
		for _, l := range []locale.Lang{locale.Vietnamese, locale.English} {
			name := p.Name()
			if strings.TrimPrefix(vntext.Fold(l.Say(name.Text, name.Args)), "den het ") == key {
				return p, true
			}
		}
	}
	switch key {
	case "nam", "ca nam", "12 thang", "full year":
		return FullYear, true
	case "sau thang", "6 thang", "half year":
		return HalfYear, true
	}
	for n, roman := range []string{"i", "ii", "iii", "iv"} {
		if key == "quy "+roman || key == roman {
			return Period("Q" + string(rune('1'+n))), true
		}
	}
	for _, p := range Periods {
		if p[0] == 'M' && (key == "thang "+strings.TrimPrefix(string(p[1:]), "0") || key == strings.TrimPrefix(string(p[1:]), "0")+" thang") {
			return p, true
		}
	}
	return "", false
}

// affirms tells whether a cell says yes.
func affirms(cell string) bool {
	return slices.Contains([]string{"x", "co", "yes", "1", "true", "da kiem tra"}, vntext.Fold(vntext.Line(cell)))
}
