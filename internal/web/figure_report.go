package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// reportView is the form of figures: every target that the reader's units
// still have to report, the last values beside the box; then those reported.
type reportView struct {
	Head      YearHead
	Period    indicator.Period
	Periods   []Option // those that the cluster reports
	Others    []Option
	Year      int // the figures are about it: the cluster's year or one before
	Due, Done []reportRow
	Evidence  bool
	Workbooks bool
}

// reportPath is the form of a period, where a reminder leads.
func reportPath(year, period string) string {
	return yearPath(year, "progress") + "/bao-cao?ky=" + period
}

type reportRow struct {
	progressLine
	Last     []lastFigure // what was reported before, newest last
	Now      *indicator.Figure
	NowText  string
	Units    []string // in which the amount may be typed
	Growth   bool
	Doubtful bool // the last attempt asked for a confirmation
}

type lastFigure struct {
	Name   locale.Text
	Text   string
	Sample bool
}

// figureForm shows the form for the period of the address's ky and, with nam,
// for a year gone by.
func (s *Server) figureForm(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	view := reportView{Head: h, Period: figuresTo(q, h.Year, schedule, h.Today), Year: h.Year.Year, Evidence: s.Evidence != nil, Workbooks: s.Workbooks != nil}
	f := q.Form()
	if p := indicator.Period(f.Get("period")); f.Typed && p.Valid() {
		view.Period = p
	}
	if year := f.Int("year"); f.Typed && year > 0 {
		view.Year = year
	} else if before, err := strconv.Atoi(q.Query("nam")); err == nil && before < h.Year.Year {
		view.Year, view.Period = before, indicator.FullYear
	}
	if d, ok := schedule.At(view.Period); ok && !f.Typed { // one day has one figure, whatever its period is called
		view.Period = d.Period
	}
	view.Periods, view.Others = begunPeriods(q.Lang, schedule, h.Year.Year, h.Today, view.Period), otherPeriods(q.Lang, schedule, h.Year.Year, h.Today, view.Period)
	lines, err := s.Indicators.Progress(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	reports, err := s.mayReport(q, h)
	if err != nil {
		return err
	}
	if !reports {
		return fault.Deny()
	}
	from := make([]*indicator.Origin, len(lines))
	for i := range lines {
		from[i] = lines[i].Origin
	}
	origins, err := s.origins(q, h.Year.Year-1, from...)
	if err != nil {
		return err
	}
	for i, l := range lines {
		if !h.Is(l.Reporter) || !l.Measurable() {
			continue
		}
		row := s.reportRow(q, h, l, view.Year, view.Period)
		row.Origin = origins[i]
		row.Doubtful = f.Errors["amount-"+l.ID] != ""
		if row.Now != nil {
			view.Done = append(view.Done, row)
			continue
		}
		view.Due = append(view.Due, row)
	}
	return q.Render("figure_report", view)
}

func (s *Server) reportRow(q *Req, h YearHead, l indicator.Line, year int, p indicator.Period) reportRow {
	row := reportRow{progressLine: s.progressLine(q, h, &l), Growth: l.Change != ""}
	if year == h.Year.Year {
		row.Now = l.Of(p)
		for _, f := range l.Live() {
			if f.Period != p {
				row.Last = append(row.Last, lastFigure{f.Period.Name(), figureText(q.Lang, f, row.Growth), f.Illustrative})
			}
		}
	} else if l.Before != nil && l.Before.ID != "" && year == h.Year.Year-1 {
		row.Now = l.Before
	}
	if row.Now != nil {
		row.NowText = figureText(q.Lang, *row.Now, row.Growth)
	}
	unit := l.Goal.Unit
	row.Units = []string{unit}
	for _, other := range l.History {
		if other.Unit != unit && !slices.Contains(row.Units, other.Unit) {
			row.Units = append(row.Units, other.Unit)
		}
	}
	for _, other := range indicator.Units[l.Goal.BaseUnit] {
		if !slices.Contains(row.Units, other) {
			row.Units = append(row.Units, other)
		}
	}
	return row
}

// figureSave takes the filled boxes of the form, all or none.
func (s *Server) figureSave(q *Req) error {
	ctx, f, year := q.Ctx(), q.Form(), q.Path("year")
	lines, err := s.Indicators.Progress(ctx, s.DB, year)
	if err != nil {
		return err
	}
	if _, err := s.Years.See(ctx, q.Actor, year); err != nil {
		return err
	}
	period := indicator.Period(f.Get("period"))
	var reports []indicator.Report
	for _, l := range lines {
		if f.Get("amount-"+l.ID) == "" {
			continue
		}
		reports = append(reports, indicator.Report{
			TargetID: l.ID, Year: f.Int("year"), Period: period, Amount: f.Get("amount-" + l.ID), Decrease: f.Get("move-"+l.ID) == "down",
			Unit: f.Get("unit-" + l.ID), Source: f.Get("source"), Note: f.Get("note-" + l.ID), Illustrative: f.Has("sample", "1"), Sure: f.Has("sure-"+l.ID, "1"), Lang: q.Lang,
		})
	}
	if len(reports) == 0 {
		return q.Retry(fault.New(fault.Invalid, "Chưa nhập số liệu nào. Hãy nhập ít nhất một ô; ô để trống được bỏ qua."), s.figureForm)
	}
	done, err := s.Indicators.ReportAll(ctx, q.Actor, year, reports)
	if err != nil {
		return q.Retry(err, s.figureForm)
	}
	file, why, err := s.attachAll(q, done, reports)
	if err != nil {
		return err
	}
	to := yearPath(year, "progress") + "?ky=" + string(period)
	if len(done) == 1 {
		to = yearPath(year, "progress") + "/chi-tieu/" + reports[0].TargetID
	}
	if why != nil {
		q.Warn("Đã ghi {.n} số liệu, nhưng tệp “{.file}” chưa đính kèm được: {.why}", "n", len(done), "file", file, "why", why)
		return q.Redirect(to, "")
	}
	return q.Redirect(to, "Đã ghi {.n} số liệu.", "n", len(done))
}

// attachAll takes in the files of the form: those of one figure, and those that
// prove all figures just sent. The figures stand whatever becomes of them: file
// and why name the first that was refused.
func (s *Server) attachAll(q *Req, done []indicator.Figure, reports []indicator.Report) (file string, why *fault.Error, err error) {
	if q.R.MultipartForm == nil || s.Evidence == nil {
		return "", nil, nil
	}
	for i, r := range reports {
		for _, head := range slices.Concat(q.R.MultipartForm.File["file-"+r.TargetID], q.R.MultipartForm.File["file"]) {
			body, err := head.Open()
			if err != nil {
				return "", nil, err
			}
			_, err = s.Evidence.Attach(q.Ctx(), q.Actor, evidence.Upload{Kind: "figure", Subject: done[i].ID, Name: head.Filename, Body: body})
			body.Close()
			if err == nil {
				continue
			}
			if why = fault.As(err); why.Code == fault.Internal {
				return "", nil, err
			}
			return head.Filename, why, nil
		}
	}
	return "", nil, nil
}

// targetView is one target with everything reported on it.
type targetView struct {
	Head     YearHead
	Line     progressLine
	History  []historyRow
	Chart    template.HTML
	Finding  string // what the chart shows
	MayAct   bool   // the reader's unit reports on it, now
	Growth   bool
	Units    []string
	Cause    string // the sentence from which the target was read
	Period   locale.Text
	Fixing   string // the figure whose form of correction is open
	Evidence bool
	Outlook  *outlookView
	Flags    []indicator.Flag
	Years    yearsView // the same target over the years
}

type historyRow struct {
	indicator.Figure
	Text, By   string
	PeriodName locale.Text
	Standing   bool
	Status     locale.Text
	Tone       string
	Percent    string
	Proofs     []evidence.Item
	Replaced   string // what it was replaced by
	Typed      string // the amount as the form of correction begins with it
	Move       string // up or down, of a growth
}

func (s *Server) figureShow(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	lines, err := s.Indicators.Progress(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l indicator.Line) bool { return l.ID == q.Path("target") })
	if i < 0 {
		return fault.Missing()
	}
	l := lines[i]
	course, err := s.Indicators.Years(q.Ctx(), s.DB, h.Year, l)
	if err != nil {
		return err
	}
	for _, y := range course {
		if y.Year == h.Year.Year-1 {
			l.Past = y.Points // of every period, for the figures before the last
		}
	}
	row := s.reportRow(q, h, l, h.Year.Year, indicator.FullYear)
	from, err := s.origins(q, h.Year.Year-1, l.Origin)
	if err != nil {
		return err
	}
	row.Origin = from[0]
	view := targetView{Head: h, Line: row.progressLine, Growth: row.Growth, Units: row.Units, Evidence: s.Evidence != nil}
	if view.MayAct, err = s.mayReport(q, h); err != nil {
		return err
	}
	view.MayAct = view.MayAct && h.Is(l.Reporter) && cluster.Open(h.Year, cluster.Reporting)
	texts := map[string]string{}
	for _, f := range l.History {
		texts[f.ID] = figureText(q.Lang, f, view.Growth)
	}
	for j := len(l.History) - 1; j >= 0; j-- {
		f := l.History[j]
		v := l.Judge(f)
		one := historyRow{Figure: f, Text: texts[f.ID], PeriodName: f.Period.Name(), Standing: f.SupersededBy == "", Replaced: texts[f.SupersededBy],
			Status: v.Status.Name(), Tone: statusTone(v.Status), Percent: percentText(q.Lang, v.Percent)}
		one.Typed, one.Move = q.Lang.Number(f.Amount), "up"
		if rest, down := strings.CutPrefix(f.Amount, "-"); down && view.Growth {
			one.Typed, one.Move = q.Lang.Number(rest), "down"
		}
		if one.By, err = s.personName(q, f.AccountID); err != nil {
			return err
		}
		if one.Proofs, err = s.proofs(q, f.ID); err != nil {
			return err
		}
		view.History = append(view.History, one)
	}
	if view.MayAct {
		view.Fixing = fixing(q, l)
	}
	if err := s.outlook(q, &view, lines, l, course); err != nil {
		return err
	}
	return q.Render("figure_show", view)
}

// fixing is the figure whose form of correction is open: the one of the
// address, or, after an attempt that failed, the one that stands in its period.
func fixing(q *Req, l indicator.Line) string {
	id := q.Query("dinh-chinh")
	if f := q.Form(); f.Typed && f.Get("figure") != "" {
		id = f.Get("figure")
	}
	for _, f := range l.History {
		if f.ID != id {
			continue
		}
		if now := l.Of(f.Period); now != nil {
			return now.ID
		}
	}
	return ""
}

// figureCorrect replaces a figure by a corrected one.
func (s *Server) figureCorrect(q *Req) error {
	f := q.Form()
	_, err := s.Indicators.Correct(q.Ctx(), q.Actor, f.Get("figure"), f.Version(), f.Get("reason"), indicator.Report{
		TargetID: q.Path("target"), Amount: f.Get("amount"), Decrease: f.Get("move") == "down", Unit: f.Get("unit"), Source: f.Get("source"),
		Note: f.Text("note"), Illustrative: f.Has("sample", "1"), Sure: f.Has("sure", "1"), Lang: q.Lang,
	})
	if err != nil {
		if now, ok := fault.As(err).Theirs.(indicator.Figure); ok {
			return q.Retry(fault.New(fault.Conflict, "Số liệu này vừa được người khác đính chính thành {.now}. Hãy xem lại; số bạn nhập vẫn còn trong ô, bấm “Đính chính” ở số mới nếu cần.",
				"now", withUnit(q.Lang, q.Lang.Number(now.Amount), now.Unit)), s.figureShow)
		}
		return q.Retry(err, s.figureShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "progress")+"/chi-tieu/"+q.Path("target"), "Đã đính chính. Số cũ và lý do vẫn được giữ trong lịch sử.")
}

// figureAttach takes a file in as evidence of a figure.
func (s *Server) figureAttach(q *Req) error {
	back := yearPath(q.Path("year"), "progress") + "/chi-tieu/" + q.Path("target")
	files := q.R.MultipartForm
	if files == nil || len(files.File["file"]) == 0 {
		return q.Retry(fault.Wrong("file", "Chưa chọn tệp minh chứng."), s.figureShow)
	}
	for _, head := range files.File["file"] {
		body, err := head.Open()
		if err != nil {
			return err
		}
		_, err = s.Evidence.Attach(q.Ctx(), q.Actor, evidence.Upload{Kind: "figure", Subject: q.Form().Get("figure"), Name: head.Filename, Body: body})
		body.Close()
		if err != nil {
			return q.Retry(err, s.figureShow)
		}
	}
	return q.Redirect(back, "Đã đính kèm minh chứng.")
}

// figureDetach takes evidence back, with a reason.
func (s *Server) figureDetach(q *Req) error {
	f := q.Form()
	if err := s.Evidence.Withdraw(q.Ctx(), q.Actor, f.Get("attachment"), f.Get("reason")); err != nil {
		return q.Retry(err, s.figureShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "progress")+"/chi-tieu/"+q.Path("target"), "Đã rút minh chứng; tệp và lý do vẫn được lưu.")
}
