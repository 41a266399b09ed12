package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

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
}

type figureSheetRow struct {
	indicator.FigureOutcome
	Amount, Was, UnitName string
	PeriodName            locale.Text
	Faults                []string
	Doubt, Sure, Reason   bool // what the row still asks for
}

func figureSheetPath(year string) string { return yearPath(year, "progress") + "/nhap" }

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

// figureSheetCheck reads the workbook and tells what taking it in would do.
func (s *Server) figureSheetCheck(q *Req) error {
	table, err := q.workbook("file")
	if err != nil {
		return q.Retry(err, s.figureSheetForm)
	}
	rows, err := indicator.ParseFigures(table)
	if err != nil {
		return q.Retry(fault.As(err).At("file"), s.figureSheetForm)
	}
	view, err := s.figureSheetView(q)
	if err != nil {
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
	in := indicator.Sheet{Rows: rows, Period: indicator.Period(f.Get("period")), Reason: f.Get("reason"), Units: map[string][]string{}, Lang: locale.Vietnamese, Illustrative: f.Has("sample", "1")}
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
	read, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	view.Read = string(read)
	return q.RenderStatus(status, "figure_sheet", view)
}

func (v *figureSheetView) add(q *Req, o indicator.FigureOutcome) {
	row := figureSheetRow{FigureOutcome: o, Amount: withUnit(o.Cells[indicator.ColumnAmount], o.Cells[indicator.ColumnMeasure]), UnitName: v.Head.NameOf(o.Unit), PeriodName: o.Period.Name()}
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
		kind := sheet.Text
		if at == indicator.ColumnAmount {
			kind = sheet.Number
		}
		t.Columns = append(t.Columns, sheet.Column{Name: head, Kind: kind})
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
