package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// figureSheetView is the upload of a workbook of figures, then what it would
// do, row by row.
type figureSheetView struct {
	Head        YearHead
	Rows        []figureSheetRow
	Enter, Mend int
	Leave       int
	Refused     int    // rows that only another file mends
	Doubtful    int    // rows that a confirmation takes in
	Read        string // the rows as read, sent back to be written
	Period      indicator.Period
	Periods     []Option
	Others      []Option
	Leads       bool
	Sample      bool // the figures are made up

	// Where the heading was not recognised, or the person wants other columns.
	Columns []sheetColumn
	Names   []string // what a column may be
	Line    int      // of the heading
	Table   string   // the whole sheet, sent back
}

type figureSheetRow struct {
	indicator.FigureOutcome
	Amount, Was, UnitName string
	PeriodName            locale.Text
	Faults                []string
	Doubt, Sure, Reason   bool // what the row still asks for
}

// figureSheetForm shows the upload, for whoever reports figures in the year.
func (s *Server) figureSheetForm(q *Req) error {
	view, err := s.figureSheetView(q)
	if err != nil {
		return err
	}
	return q.Render("figure_sheet", view)
}

func (s *Server) figureSheetView(q *Req) (figureSheetView, error) {
	var view figureSheetView
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return view, err
	}
	reports, err := s.mayReport(q, h)
	if err != nil {
		return view, err
	}
	if !reports {
		return view, fault.Deny()
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	view = figureSheetView{Head: h, Period: figuresTo(q, h.Year, schedule, h.Today), Leads: h.Leads, Sample: q.Form().Has("sample", "1")}
	if p := indicator.Period(q.Form().Get("period")); p.Valid() {
		view.Period = p
	}
	view.Periods, view.Others = periodOptions(q.Lang, schedule, ""), otherPeriods(q.Lang, schedule)
	return view, nil
}

// figureSheetCheck reads the workbook and tells what taking it in would do, or
// asks which column is which.
func (s *Server) figureSheetCheck(q *Req) error {
	table, err := q.workbook("file")
	if err != nil {
		return q.Retry(err, s.figureSheetForm)
	}
	columns, ok := indicator.FindColumns(table)
	if !ok {
		return s.figureSheetAsk(q, table, columns)
	}
	rows, err := indicator.ParseFigures(table, columns)
	if err != nil {
		return q.Retry(fault.As(err).At("file"), s.figureSheetForm)
	}
	return s.figureSheetPreview(q, table, rows)
}

// figureSheetColumns is the answer to which column is which; without one it
// asks again.
func (s *Server) figureSheetColumns(q *Req) error {
	f := q.Form()
	var table [][]string
	if err := json.Unmarshal([]byte(f.Raw("table")), &table); err != nil || len(table) == 0 {
		return q.Retry(fault.New(fault.Invalid, "Dữ liệu gửi lên không đọc được. Hãy tải tệp lên lại.").Because(err), s.figureSheetForm)
	}
	if f.Get("head") == "" {
		columns, _ := indicator.FindColumns(table)
		return s.figureSheetAsk(q, table, columns)
	}
	columns := indicator.Placing{Head: f.Int("head") - 1, At: map[int]int{}}
	var twice []*fault.Error
	for at := range widest(table) {
		column, err := strconv.Atoi(f.Get("column-" + strconv.Itoa(at)))
		if err != nil || column < 0 || column >= len(indicator.FigureColumns) {
			continue
		}
		if _, there := columns.At[column]; there {
			twice = append(twice, fault.New(fault.Invalid, "Hai cột của tệp cùng được chọn là “{.name}”. Hãy để một cột.", "name", indicator.FigureColumns[column]))
		}
		columns.At[column] = at
	}
	var rows []indicator.FigureRow
	err := fault.List(twice...)
	if err == nil {
		rows, err = indicator.ParseFigures(table, columns)
	}
	if err != nil {
		return q.Retry(err, func(q *Req) error { return s.figureSheetAsk(q, table, columns) })
	}
	return s.figureSheetPreview(q, table, rows)
}

// sheetColumn is a column of the file with what it begins with.
type sheetColumn struct {
	At     int
	Letter string
	Cells  []string
	Now    int // the column it is taken for, -1 for none
}

func (s *Server) figureSheetAsk(q *Req, table [][]string, columns indicator.Placing) error {
	view, err := s.figureSheetView(q)
	if err != nil {
		return err
	}
	head := min(max(columns.Head, 0), max(len(table)-1, 0))
	view.Line = head + 1
	view.Names = indicator.FigureColumns
	for at := range min(widest(table), 40) {
		letter, err := excelize.ColumnNumberToName(at + 1)
		if err != nil {
			return err
		}
		c := sheetColumn{At: at, Letter: letter, Now: -1}
		for column, place := range columns.At {
			if place == at {
				c.Now = column
			}
		}
		for _, cells := range table[head:min(head+4, len(table))] {
			if at < len(cells) && cells[at] != "" {
				c.Cells = append(c.Cells, cells[at])
			}
		}
		if len(c.Cells) > 0 {
			view.Columns = append(view.Columns, c)
		}
	}
	if view.Table, err = jsonText(table); err != nil {
		return err
	}
	return q.Render("figure_sheet", view)
}

func widest(table [][]string) int {
	n := 0
	for _, row := range table {
		n = max(n, len(row))
	}
	return n
}

func jsonText(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

func (s *Server) figureSheetPreview(q *Req, table [][]string, rows []indicator.FigureRow) error {
	view, err := s.figureSheetView(q)
	if err != nil {
		return err
	}
	if view.Table, err = jsonText(table); err != nil {
		return err
	}
	out, err := s.Indicators.TakeSheet(q.Ctx(), q.Actor, view.Head.Year.ID, figureSheetOf(q, view.Head, rows), false)
	if err != nil {
		return err
	}
	return figureSheetShow(q, http.StatusOK, view, out)
}

// figureSheetOf is what the form says of the rows. Numbers in a workbook are
// written the Vietnamese way, whatever language the page is in.
func figureSheetOf(q *Req, h YearHead, rows []indicator.FigureRow) indicator.Sheet {
	f := q.Form()
	in := indicator.Sheet{Rows: rows, Period: indicator.Period(f.Get("period")), Reason: f.Get("reason"), Units: map[string][]string{}, Own: h.Own, Lang: locale.Vietnamese, Illustrative: f.Has("sample", "1")}
	for _, m := range h.Members {
		in.Units[m.UnitID] = []string{m.Name, m.Short}
	}
	return in
}

// figureSheetShow tells what becomes of each row.
func figureSheetShow(q *Req, status int, view figureSheetView, out []indicator.FigureOutcome) error {
	var rows []indicator.FigureRow
	for _, o := range out {
		rows = append(rows, o.FigureRow) // with the figure that was seen
		view.add(q, o)
	}
	var err error
	if view.Read, err = jsonText(rows); err != nil {
		return err
	}
	return q.RenderStatus(status, "figure_sheet", view)
}

func (v *figureSheetView) add(q *Req, o indicator.FigureOutcome) {
	row := figureSheetRow{FigureOutcome: o, Amount: withUnit(q.Lang, o.Cells[indicator.ColumnAmount], o.Cells[indicator.ColumnMeasure]), UnitName: v.Head.NameOf(o.Unit), PeriodName: o.Period.Name()}
	if o.Before != nil {
		row.Was = figureText(q.Lang, *o.Before, o.Growth)
	}
	row.Sure = q.Form().Has("sure", strconv.Itoa(o.Line))
	hopeless := false
	for _, f := range o.Faults {
		row.Faults = append(row.Faults, q.Lang.Say(f.Text, f.Args))
		switch {
		case indicator.Doubtful(f):
			row.Doubt = true
		case f.Field == "reason":
			row.Reason = true
		default:
			hopeless = true
		}
	}
	switch {
	case hopeless:
		v.Refused++
	case row.Doubt:
		v.Doubtful++
	case o.Act == indicator.Enter:
		v.Enter++
	case o.Act == indicator.Leave:
		v.Leave++
	default:
		v.Mend++
	}
	v.Rows = append(v.Rows, row)
}

// Mends tells whether some row corrects a figure, which wants a reason.
func (v figureSheetView) Mends() bool {
	return slices.ContainsFunc(v.Rows, func(r figureSheetRow) bool { return r.Before != nil && r.Act != indicator.Leave })
}

// figureSheetTake writes what was previewed: it is checked again as a whole.
func (s *Server) figureSheetTake(q *Req) error {
	f := q.Form()
	var rows []indicator.FigureRow
	if err := json.Unmarshal([]byte(f.Raw("rows")), &rows); err != nil || len(rows) == 0 {
		return q.Retry(fault.New(fault.Invalid, "Dữ liệu gửi lên không đọc được. Hãy tải tệp lên lại.").Because(err), s.figureSheetForm)
	}
	view, err := s.figureSheetView(q)
	if err != nil {
		return err
	}
	h := view.Head
	in := figureSheetOf(q, h, rows)
	in.Sure = map[int]bool{}
	for _, line := range f.All("sure") {
		if n, err := strconv.Atoi(line); err == nil {
			in.Sure[n] = true
		}
	}
	out, err := s.Indicators.TakeSheet(q.Ctx(), q.Actor, h.Year.ID, in, true)
	if err != nil {
		if fault.As(err).Code == fault.Invalid {
			return figureSheetShow(q, http.StatusUnprocessableEntity, view, out)
		}
		return err
	}
	n := 0
	for _, o := range out {
		if o.Act != indicator.Leave {
			n++
		}
	}
	return q.Redirect(yearPath(h.Year.ID, "progress")+"?ky="+string(in.Period), "Đã ghi {.n} số liệu.", "n", n)
}

// figureSheetTemplate is the workbook to fill in: what the reader's units have
// to report, with the figures that stand; the whole cluster where one asks.
func (s *Server) figureSheetTemplate(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	period := figuresTo(q, h.Year, schedule, h.Today)
	lines, err := s.Indicators.Progress(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	whose := q.Query("don-vi")
	name := period.Name()
	title := q.Lang.Say(name.Text, name.Args)
	t := sheet.Table{Title: q.T("Số liệu {.period} năm {.year}", "period", title, "year", h.YearNo()), Frozen: 3,
		Notes: []string{h.Year.Name, q.T("Điền cột “Số liệu”; dòng để trống được bỏ qua. Cột “Mã” để hệ thống nhận ra chỉ tiêu: xin giữ nguyên.")}}
	for at, head := range indicator.FigureColumns {
		c := sheet.Column{Name: head}
		switch at {
		case indicator.ColumnCode:
			c.Width = 9 // nobody reads it
		case indicator.ColumnAmount:
			c.Kind, c.Width = sheet.Number, 14
		case indicator.ColumnSource, indicator.ColumnNote, indicator.ColumnReason:
			c.Width = 22
		}
		t.Columns = append(t.Columns, c)
	}
	for _, l := range lines {
		mine := h.Is(l.Reporter)
		switch whose {
		case "":
		case "ca-cum":
			mine = true
		default:
			mine = l.Reporter == whose
		}
		if !mine || !l.Measurable() {
			continue
		}
		p := s.progressLine(q, h, &l)
		row := []any{indicator.FigureCode(l.ID, period), p.ReporterName, l.Goal.Name, l.Goal.Unit, p.Goal, title, nil, nil, nil, nil, nil}
		if f := l.Of(period); f != nil {
			row[indicator.ColumnAmount], row[indicator.ColumnMeasure] = f.Amount, f.Unit
			row[indicator.ColumnSource], row[indicator.ColumnNote] = f.Source, f.Note
		}
		t.Rows = append(t.Rows, row)
	}
	return q.Excel("so-lieu-"+h.YearNo()+"-"+string(period), t)
}
