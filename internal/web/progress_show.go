package web

import (
	"html/template"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
	"github.com/thidua/thidua/internal/render/sheet"
	"github.com/thidua/thidua/internal/render/svg"
)

// progressView is how every target of the covenant stands.
type progressView struct {
	Head      YearHead
	To        indicator.Period // figures up to its end count
	ToName    locale.Text
	Lines     []progressLine
	Total     int // before the filter
	Tally     map[string]int
	Chart     template.HTML
	Finding   string
	MayReport bool
	Reporting bool
	Adopted   bool
	Units     []Option
	Sample    bool // some figure is illustrative
	Crowded   bool // too many lines for a picture
	Periods   []Option
	Statuses  []Option
	Groups    []groupRow // indicators that several units have a target of; their lines are on pages of their own
	Early     []progressLine
	Flagged   int  // lines with a flag, of those that were looked at
	Workbooks bool // figures go out and come in as workbooks

	lines    []indicator.Line // all of them, before the filter
	schedule indicator.Schedule
}

// progressLine is a target with its figure, in words.
type progressLine struct {
	*indicator.Line
	Name                          string
	Goal, Result, Percent, Before string
	PeriodName                    locale.Text
	StatusName                    locale.Text
	Tone, Unit, ReporterName      string
	Path                          string
	Illustrative                  bool
	BeforeSample                  bool
	Evidence                      int
	Late                          bool // no figure yet and its deadline has passed
	Foreseen                      string
	Origin                        *originView // of last year's figure
	Flags                         []indicator.Flag
}

// figuresTo reads the period of the address, or else the one that the cluster
// reports now.
func figuresTo(q *Req, y cluster.Year, schedule indicator.Schedule, today clock.Day) indicator.Period {
	if p := indicator.Period(q.Query("ky")); p.Valid() {
		return p
	}
	return schedule.Now(y.Year, today, false).Period
}

func (s *Server) progressOf(q *Req) (progressView, error) {
	var view progressView
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return view, err
	}
	ctx := q.Ctx()
	schedule, err := s.Indicators.Schedule(ctx, s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	view.Workbooks = s.Workbooks != nil
	view.Head, view.To = h, figuresTo(q, h.Year, schedule, h.Today)
	view.Periods, view.Statuses = periodOptions(q.Lang, schedule, view.To), statusOptions(q.Lang)
	view.ToName, view.Reporting = view.To.Name(), cluster.Open(h.Year, cluster.Reporting)
	lines, err := s.Indicators.ProgressTo(ctx, s.DB, h.Year.ID, view.To)
	if err != nil {
		return view, err
	}
	proofs, err := s.figureProofs(q, h.Year.ID)
	if err != nil {
		return view, err
	}
	from := make([]*indicator.Origin, len(lines))
	for i := range lines {
		from[i] = lines[i].Origin
	}
	origins, err := s.origins(q, h.Year.Year-1, from...)
	if err != nil {
		return view, err
	}
	duty, _ := schedule.At(view.To)
	view.lines, view.schedule = lines, schedule
	view.Adopted, view.Total, view.Tally = len(lines) > 0, len(lines), map[string]int{}
	seen := map[string]bool{}
	for i := range lines {
		l := &lines[i]
		p := s.progressLine(q, h, l)
		p.Origin = origins[i]
		if l.Figure != nil {
			p.Evidence = proofs[l.Figure.ID]
		}
		p.Late = l.Measurable() && l.Figure == nil && duty.Due != "" && duty.Due < h.Today
		view.Sample = view.Sample || p.Illustrative
		view.Tally[string(l.Status)]++
		if !seen[l.Reporter] {
			seen[l.Reporter] = true
			view.Units = append(view.Units, Option{Value: l.Reporter, Text: h.NameOf(l.Reporter)})
		}
		if h.Is(l.Reporter) && l.Measurable() {
			view.MayReport = true
		}
		if wanted(q, p) {
			view.Lines = append(view.Lines, p)
		}
	}
	if view.MayReport = view.MayReport && view.Reporting; view.MayReport {
		view.MayReport, err = s.mayReport(q, h)
	}
	return view, err
}

// manyLines is for how many lines the page of progress looks for flags itself;
// of more, the page of warnings tells.
const manyLines = 500

// raise flags the rows, beside all lines of the year.
func (v *progressView) raise(rows []progressLine) {
	of := map[string]bool{}
	for _, p := range rows {
		of[p.ID] = true
	}
	flags := indicator.Raise(v.lines, v.schedule, v.Head.Today, of)
	for i := range rows {
		rows[i].Flags = flags[rows[i].ID]
	}
	v.Flagged = len(flags)
}

// mayReport asks the gate, for any of the reader's units.
func (s *Server) mayReport(q *Req, h YearHead) (bool, error) {
	for _, unit := range h.Own {
		ok, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.FigureReport, access.Record{Year: h.Year.ID, Unit: unit})
		if ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// figureProofs counts the standing evidence of each figure of the year.
func (s *Server) figureProofs(q *Req, yearID string) (map[string]int, error) {
	type row struct {
		Subject string `db:"subject_id"`
		N       int    `db:"n"`
	}
	rows, err := db.All[row](q.Ctx(), s.DB, `SELECT subject_id, COUNT(*) AS n FROM attachment WHERE subject_kind = 'figure' AND year_id = $1 AND withdrawn = '' GROUP BY subject_id`, yearID)
	out := map[string]int{}
	for _, r := range rows {
		out[r.Subject] = r.N
	}
	return out, err
}

func (s *Server) progressLine(q *Req, h YearHead, l *indicator.Line) progressLine {
	p := progressLine{
		Line: l, Name: capital(l.Name), Goal: goalText(q.Lang, l.Goal), Percent: percentText(q.Lang, l.Percent),
		Unit: h.NameOf(l.UnitID), ReporterName: h.NameOf(l.Reporter), Path: h.Path("progress") + "/chi-tieu/" + l.ID, StatusName: l.Status.Name(),
	}
	if !l.Measurable() {
		p.StatusName = locale.Msg("Không đo bằng số")
	}
	if l.Figure != nil {
		p.Result, p.PeriodName, p.StatusName = figureText(q.Lang, *l.Figure, l.Change != ""), l.Figure.Period.Name(), l.Status.Name()
		p.Illustrative = l.Figure.Illustrative
		p.Tone = statusTone(l.Status)
	}
	if l.Forecast != nil {
		p.Foreseen = toldText(q.Lang, l.Goal, l.Forecast.Value)
	}
	if l.Before != nil {
		p.BeforeSample = l.Before.Illustrative
		p.Before = figureText(q.Lang, *l.Before, l.Change != "")
	}
	return p
}

// wanted applies the filters of the address: tim, trang-thai, don-vi.
func wanted(q *Req, p progressLine) bool {
	if text := vntext.Fold(q.Query("tim")); text != "" && !strings.Contains(vntext.Fold(p.Name+" "+p.ReporterName+" "+p.Unit), text) {
		return false
	}
	if state := q.Query("trang-thai"); state != "" && state != string(p.Status) {
		return false
	}
	unit := q.Query("don-vi")
	return unit == "" || unit == p.Reporter || unit == p.UnitID
}

// progressShow is the page of progress: the finding, the chart, the table behind it.
func (s *Server) progressShow(q *Req) error {
	view, err := s.progressOf(q)
	if err != nil {
		return err
	}
	view.Finding = finding(q.Lang, view)
	if len(view.Lines) <= manyLines {
		view.raise(view.Lines)
	}
	s.progressGroups(q, &view)
	if view.Crowded = len(view.Lines) > chartBars; !view.Crowded {
		view.Chart = progressChart(q.Lang, view)
	}
	return q.Render("progress_show", view)
}

// finding says in one sentence what the figures show.
func finding(l locale.Lang, v progressView) string {
	t := v.Tally
	when := l.T("Năm {.year}", "year", v.Head.YearNo())
	if !v.To.Whole() {
		when = l.T("{.period} năm {.year}", "period", v.ToName, "year", v.Head.YearNo())
	}
	if v.Total == t[string(indicator.None)] {
		return l.T("{.when}: chưa có số liệu nào", "when", when)
	}
	said := l.T("{.when}: {.done} trong {.all} chỉ tiêu đạt hoặc vượt", "when", when, "done", t[string(indicator.Met)]+t[string(indicator.Exceeded)], "all", v.Total)
	for _, part := range []struct {
		n    int
		text locale.Text
	}{
		{t[string(indicator.InReach)], locale.Msg("{.n} có khả năng đạt", "n", t[string(indicator.InReach)])},
		{t[string(indicator.AtRisk)], locale.Msg("{.n} có nguy cơ không đạt", "n", t[string(indicator.AtRisk)])},
		{t[string(indicator.Short)], locale.Msg("{.n} chưa đạt", "n", t[string(indicator.Short)])},
		{t[string(indicator.None)], locale.Msg("{.n} chưa có số liệu", "n", t[string(indicator.None)])},
	} {
		if part.n > 0 {
			said += ", " + l.Say(part.text.Text, part.text.Args)
		}
	}
	return said
}

// chartBars is how many bars are still read as one picture. A cluster whose
// members have forty targets each has hundreds: there the table speaks, and the
// picture comes with a filter.
const chartBars = 60

// progressChart draws every measurable target as a bar towards its goal.
func progressChart(l locale.Lang, v progressView) template.HTML {
	chart := svg.Progress{
		Frame:        svg.Frame{ID: "tien-do", Title: v.Finding, Desc: l.T("Mỗi chỉ tiêu của giao ước là một thanh so với mục tiêu; số liệu có ở bảng bên dưới."), HideTitle: true},
		TargetLegend: l.T("Mục tiêu"), LimitLegend: l.T("Mức trần (càng thấp càng tốt)"), PaceLegend: l.T("Tiến độ phải đạt đến kỳ này"),
	}
	for _, p := range v.Lines {
		if !p.Measurable() {
			continue
		}
		bar := svg.ProgressBar{Label: p.Name, TargetText: l.T("Mục tiêu: {.goal}", "goal", p.Goal), StateText: l.Say(p.StatusName.Text, p.StatusName.Args), Lower: p.Line.Goal.Lower(), ValueText: l.T("chưa có số liệu")}
		if bound, ok := p.Bound(); ok && bound.Sign() > 0 {
			bar.Target = bound
		}
		if f := p.Figure; f != nil {
			x, _, _ := p.Measured(f.Base())
			if x.Sign() >= 0 {
				bar.Value = x
			}
			bar.ValueText, bar.State, bar.Pace = p.Result, statusState(p.Status), p.Pace(f.Period)
			if p.Percent != "" {
				bar.StateText += " · " + p.Percent
			}
			if p.Illustrative || v.Head.Year.Illustrative {
				bar.StateText += " · " + l.T("minh họa")
			}
		}
		chart.Bars = append(chart.Bars, bar)
	}
	if len(chart.Bars) == 0 {
		return ""
	}
	return svg.Responsive(chart, 960)
}

// progressExcel is the table of progress as a workbook.
func (s *Server) progressExcel(q *Req) error {
	view, err := s.progressOf(q)
	if err != nil {
		return err
	}
	view.raise(view.Lines)
	table := sheet.Table{Title: q.T("Tiến độ thực hiện chỉ tiêu giao ước"), Notes: []string{view.Head.Year.Name + ", " + view.Head.YearNo(), finding(q.Lang, view)}, Frozen: 1,
		Columns: []sheet.Column{{Name: q.T("Chỉ tiêu")}, {Name: q.T("Đơn vị tính")}, {Name: q.T("Mục tiêu")}, {Name: q.T("Kỳ")}, {Name: q.T("Kết quả"), Kind: sheet.Number},
			{Name: q.T("Đạt (%)"), Kind: sheet.Percent}, {Name: q.T("Đánh giá")}, {Name: q.T("Năm trước"), Kind: sheet.Number}, {Name: q.T("Đơn vị báo cáo")}, {Name: q.T("Nguồn")}, {Name: q.T("Ghi chú")},
			{Name: q.T("Dự báo cả năm")}, {Name: q.T("Cảnh báo")}}}
	for _, p := range view.Lines {
		row := []any{p.Name, p.Line.Goal.Unit, p.Goal, nil, nil, nil, q.Lang.Say(p.StatusName.Text, p.StatusName.Args), nil, p.ReporterName, nil, nil, p.Foreseen, flagTexts(q.Lang, p.Flags)}
		if f := p.Figure; f != nil {
			amount := f.Amount
			if own, ok := f.In(p.Line.Goal.Unit); ok {
				amount = own
			}
			note := f.Note
			if f.Illustrative || view.Head.Year.Illustrative {
				note = strings.TrimSpace(q.T("Số liệu minh họa.") + " " + note)
			}
			row[3], row[4], row[9], row[10] = q.Lang.Say(p.PeriodName.Text, p.PeriodName.Args), amount, f.Source, note
			if p.Verdict.Percent != nil {
				row[5] = p.Verdict.PercentText()
			}
		}
		if f := p.Line.Before; f != nil {
			if own, ok := f.In(p.Line.Goal.Unit); ok {
				row[7] = own
			}
		}
		if p.Origin != nil { // no sum without its parts
			note, _ := row[10].(string)
			row[10] = strings.TrimSpace(note + " " + p.Origin.excelText(q.Lang))
		}
		table.Rows = append(table.Rows, row)
	}
	return q.Excel("tien-do-"+view.Head.YearNo(), table)
}

// proofs lists the standing evidence of a figure.
func (s *Server) proofs(q *Req, figureID string) ([]evidence.Item, error) {
	if s.Evidence == nil {
		return nil, nil
	}
	return s.Evidence.List(q.Ctx(), q.Actor, "figure", figureID)
}
