package web

import (
	"slices"
	"strconv"
	"time"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/fault"
)

// workbookPath is the page of figures in Excel, or that of one workbook.
func workbookPath(year, id string) string {
	path := yearPath(year, "progress") + "/tep-so-lieu"
	if id != "" {
		path += "/" + id
	}
	return path
}

// workbookView is the page of figures in Excel: templates, the upload, what the
// reader has uploaded.
type workbookView struct {
	Head    YearHead
	Path    string
	Period  indicator.Period
	Periods []workbookPeriod
	Units   []Option // whose template may be taken; "" is all
	Own     []Option // the reader's units
	May     bool     // the reader may bring figures in, now
	All     bool     // for every unit
	Closed  bool     // no figures come in now
	Mine    []workbookRow
}

type workbookPeriod struct {
	Option
	On bool
}

type workbookRow struct {
	workbook.Import
	Tally workbook.Counts
	Path  string
	Said  string
	Tone  string
}

func (s *Server) workbookPage(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	v := workbookView{Head: h, Path: workbookPath(h.Year.ID, ""), Period: figuresTo(q, h.Year, schedule, h.Today), Closed: !cluster.Open(h.Year, cluster.Reporting)}
	for _, o := range begunPeriods(q.Lang, schedule, h.Year.Year, h.Today, v.Period) {
		v.Periods = append(v.Periods, workbookPeriod{o, o.Value == string(v.Period)})
	}
	own, all, err := s.Workbooks.May(q.Ctx(), s.DB, q.Actor, h.Year)
	if err != nil {
		return err
	}
	v.May, v.All = (len(own) > 0 || all) && !v.Closed, all
	reports, err := s.reporters(q, h.Year.ID)
	if err != nil {
		return err
	}
	for _, m := range h.Members {
		if !reports[m.UnitID] {
			continue
		}
		one := Option{Value: m.UnitID, Text: m.Short}
		if v.Units = append(v.Units, one); slices.Contains(own, m.UnitID) {
			v.Own = append(v.Own, one)
		}
	}
	mine, err := s.Workbooks.Mine(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	for _, in := range mine {
		v.Mine = append(v.Mine, s.workbookRow(q, in))
	}
	return q.Render("workbook_list", v)
}

// reporters are the units that report a figure of the year.
func (s *Server) reporters(q *Req, yearID string) (map[string]bool, error) {
	aims, err := s.Indicators.Aims(q.Ctx(), s.DB, yearID)
	if err != nil {
		return nil, err
	}
	out, leader := map[string]bool{}, ""
	for _, a := range aims {
		switch {
		case !a.Measurable():
			continue
		case a.ReporterID == "" && a.UnitID == "" && leader != "":
			continue
		}
		unit, err := s.Indicators.Reporter(q.Ctx(), s.DB, a)
		if err != nil {
			return nil, err
		}
		if out[unit] = true; a.ReporterID == "" && a.UnitID == "" {
			leader = unit
		}
	}
	return out, nil
}

func (s *Server) workbookRow(q *Req, in workbook.Import) workbookRow {
	r := workbookRow{Import: in, Tally: in.Tally(), Path: workbookPath(in.YearID, in.ID)}
	switch in.State {
	case workbook.Written:
		r.Said, r.Tone = q.T("đã ghi {.n} số liệu", "n", r.Tally.New+r.Tally.Mend), "good"
	case workbook.Checked:
		r.Said, r.Tone = q.T("chờ bạn xem và đồng ý"), "warn"
	case workbook.Asking:
		r.Said, r.Tone = q.T("chờ bạn chọn cột"), "warn"
	case workbook.Failed:
		r.Said, r.Tone = q.T("không nhận được"), "bad"
	default:
		if r.Said, r.Tone = q.T("đang xử lý"), "info"; s.Workbooks.Step(in).Lost {
			r.Said, r.Tone = q.T("bị ngắt giữa chừng"), "bad"
		}
	}
	return r
}

// patience is how long a request waits for a step: most workbooks are checked
// by then and show no page of progress.
const patience = 1500 * time.Millisecond

func (s *Server) workbookUpload(q *Req) error {
	files := q.R.MultipartForm
	if files == nil || len(files.File["file"]) == 0 {
		return q.Retry(fault.Wrong("file", "Chưa chọn tệp Excel (.xlsx)."), s.workbookPage)
	}
	head := files.File["file"][0]
	body, err := head.Open()
	if err != nil {
		return err
	}
	defer body.Close()
	in, err := s.Workbooks.Take(q.Ctx(), q.Actor, q.Path("year"), workbook.Upload{Name: head.Filename, Body: body, Illustrative: q.Form().Has("sample", "1"), Lang: q.Lang})
	if err != nil {
		return q.Retry(err, s.workbookPage)
	}
	s.Workbooks.Await(q.Ctx(), in.ID, patience)
	return q.Redirect(workbookPath(in.YearID, in.ID), "")
}

// workbookOneView is one workbook at whatever step it is.
type workbookOneView struct {
	Head    YearHead
	Path    string
	In      workbook.Import
	Tally   workbook.Counts
	Step    workbook.Step
	Percent int64
	Doing   string
	Failure string

	// Asking.
	Sheets  []workbookSheet
	Sheet   *workbookSheet
	Columns []workbookColumn
	Roles   []workbookRole
	Periods []Option
	Others  []Option
	Common  string // source of every row
	Wide    string // "1" where the sheet looks like a column for each target

	// Checked.
	Asks    []workbook.Ask
	Doubts  []workbook.Row // to be looked at
	Many    bool           // more doubts than the page lists
	Filter  string
	Filters []Tab
	Rows    []workbook.Row
	Page    int
	Pages   int
	Ready   bool // can be written once the person agrees
	Nothing bool // there is nothing to write
}

type workbookSheet struct {
	workbook.OutlineSheet
	Here bool
}

type workbookColumn struct {
	Number         int
	Letter, Text   string
	Samples        []string
	LetterAndTitle string
}

type workbookRole struct {
	Role   workbook.Role
	Name   string
	Hint   string
	Chosen int
	Must   bool
}

// roleNames say the roles in the form of columns.
var roleNames = map[workbook.Role]string{
	workbook.ByName: "Chỉ tiêu", workbook.Figure: "Số liệu", workbook.ByUnit: "Đơn vị", workbook.Measure: "Đơn vị tính", workbook.When: "Kỳ báo cáo",
	workbook.Source: "Nguồn số liệu", workbook.Note: "Ghi chú", workbook.Sure: "Tôi đã kiểm tra", workbook.Reason: "Lý do đính chính",
}

// roleHints say what a column of another workbook is for.
var roleHints = map[workbook.Role]string{
	workbook.ByUnit:  "Nếu tệp có số liệu của nhiều đơn vị.",
	workbook.Measure: "Nếu để trống: lấy đơn vị tính của chỉ tiêu.",
	workbook.When:    "Nếu mỗi dòng một kỳ; nếu không, chọn kỳ ở dưới.",
}

// pageRows is how many rows of a preview stand on a page, and doubtRows how
// many doubts can be answered on it; more are answered in the file.
const (
	pageRows  = 100
	doubtRows = 200
)

func (s *Server) workbookShow(q *Req) error {
	in, err := s.Workbooks.Find(q.Ctx(), q.Actor, q.Path("year"), q.Path("tep"))
	if err != nil {
		return err
	}
	step := s.Workbooks.Step(in)
	if q.WantsJSON() {
		return q.JSON(200, map[string]any{"state": in.State, "lost": step.Lost, "done": step.Done, "total": step.Total, "percent": stepPercent(step), "text": doing(q, in, step)})
	}
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	v := workbookOneView{Head: h, Path: workbookPath(in.YearID, in.ID), In: in, Tally: in.Tally(), Step: step, Percent: stepPercent(step), Doing: doing(q, in, step), Failure: in.Failure}
	switch in.State {
	case workbook.Asking:
		err = s.workbookAsk(q, &v)
	case workbook.Checked:
		err = s.workbookPreview(q, &v)
	}
	if err != nil {
		return err
	}
	return q.Render("workbook_show", v)
}

func stepPercent(step workbook.Step) int64 {
	if step.Total <= 0 {
		return 0
	}
	return min(100*step.Done/step.Total, 100)
}

func doing(q *Req, in workbook.Import, step workbook.Step) string {
	switch in.State {
	case workbook.Reading, workbook.Checking:
		return q.T("Đang đọc và kiểm tra tệp: {.n}%", "n", stepPercent(step))
	case workbook.Writing:
		return q.T("Đang ghi số liệu: {.n}%", "n", stepPercent(step))
	}
	return ""
}

// workbookAsk prepares the form of columns: the sheet and the head of the
// address, or else what was chosen last, or what looks like them.
func (s *Server) workbookAsk(q *Req, v *workbookOneView) error {
	sheets, chosen, err := s.Workbooks.Outline(q.Ctx(), v.In)
	if err != nil {
		return err
	}
	f := q.Form()
	which, head := chosen.Sheet, chosen.Head
	if len(chosen.Columns) == 0 && len(sheets) > 0 {
		which, head = sheets[0].Index, sheets[0].Head
		for _, o := range sheets {
			if len(o.Guess(o.Head)) > 2 {
				which, head = o.Index, o.Head
				break
			}
		}
	}
	if n, err := strconv.Atoi(q.Query("trang-tinh")); err == nil {
		which, head = n, 0
	}
	if n, err := strconv.Atoi(q.Query("dong")); err == nil {
		head = n
	}
	if f.Typed {
		which, head = f.Int("sheet"), f.Int("head")
	}
	for _, o := range sheets {
		one := workbookSheet{o, o.Index == which}
		v.Sheets = append(v.Sheets, one)
		if one.Here {
			v.Sheet = &one
		}
	}
	if v.Sheet == nil {
		v.Sheets[0].Here = true
		v.Sheet = &v.Sheets[0]
	}
	if head < 1 || head > len(v.Sheet.Rows) {
		head = max(v.Sheet.Head, 1)
	}
	v.Sheet.Head = head
	guess := v.Sheet.Guess(head)
	if len(chosen.Columns) > 0 && chosen.Sheet == which && chosen.Head == head {
		guess = chosen.Columns
	}
	width := 0
	for _, row := range v.Sheet.Rows {
		width = max(width, len(row))
	}
	for i := range width {
		c := workbookColumn{Number: i + 1, Letter: workbook.Letter(i + 1)}
		for j := head - 1; j < len(v.Sheet.Rows) && len(c.Samples) < 3; j++ {
			text := ""
			if i < len(v.Sheet.Rows[j]) {
				text = v.Sheet.Rows[j][i]
			}
			if j == head-1 {
				c.Text = text
			} else if text != "" {
				c.Samples = append(c.Samples, text)
			}
		}
		if c.LetterAndTitle = c.Letter; c.Text != "" {
			c.LetterAndTitle += ": " + c.Text
		}
		v.Columns = append(v.Columns, c)
	}
	for _, role := range workbook.Mapped {
		r := workbookRole{Role: role, Name: roleNames[role], Hint: roleHints[role], Chosen: guess[role], Must: role == workbook.ByName || role == workbook.Figure}
		if f.Typed {
			r.Chosen = f.Int("col-" + string(role))
		}
		v.Roles = append(v.Roles, r)
	}
	v.Common = chosen.Source
	if chosen.Wide || guess[workbook.ByUnit] > 0 && guess[workbook.ByName] == 0 && guess[workbook.Figure] == 0 {
		v.Wide = "1"
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, v.Head.Year.ID)
	if err != nil {
		return err
	}
	now := schedule.Now(v.Head.Year.Year, v.Head.Today, false).Period
	if chosen.Period != "" {
		now = chosen.Period
	}
	f.Default("period", string(now))
	v.Periods, v.Others = begunPeriods(q.Lang, schedule, v.Head.Year.Year, v.Head.Today, now), otherPeriods(q.Lang, schedule, v.Head.Year.Year, v.Head.Today, now)
	return nil
}

// workbookPreview prepares what the workbook would do.
func (s *Server) workbookPreview(q *Req, v *workbookOneView) error {
	plan, err := s.Workbooks.Plan(q.Ctx(), v.In)
	if err != nil {
		return err
	}
	v.Asks = plan.Asks
	c := v.Tally
	v.Ready = c.Wrong == 0 && c.Asks == 0 && c.New+c.Mend > 0
	v.Nothing = c.Wrong == 0 && c.Asks == 0 && c.New+c.Mend == 0
	v.Filter = q.Query("xem")
	if v.Filter == "" && c.Wrong > 0 {
		v.Filter = "sai"
	}
	is := map[string]func(workbook.Row) bool{
		"":        func(workbook.Row) bool { return true },
		"sai":     func(r workbook.Row) bool { return r.Act == indicator.Refuse && (!r.Asked || len(r.Faults) > 0) },
		"xem-lai": func(r workbook.Row) bool { return len(r.Doubts) > 0 },
		"sua":     func(r workbook.Row) bool { return r.Act == indicator.Mend },
		"moi":     func(r workbook.Row) bool { return r.Act == indicator.Enter },
		"nguyen":  func(r workbook.Row) bool { return r.Act == indicator.Leave },
		"tat-ca":  func(workbook.Row) bool { return true },
	}
	keep := is[v.Filter]
	if keep == nil {
		keep = is[""]
	}
	for _, f := range []struct {
		key, text string
		n         int
	}{{"tat-ca", "Tất cả", c.Rows()}, {"sai", "Sai", c.Wrong}, {"xem-lai", "Cần xem lại", c.Doubts}, {"sua", "Đính chính", c.Mend}, {"moi", "Ghi mới", c.New}, {"nguyen", "Không đổi", c.Leave}} {
		if f.n == 0 && f.key != "tat-ca" {
			continue
		}
		here := f.key == v.Filter || f.key == "tat-ca" && v.Filter == ""
		v.Filters = append(v.Filters, Tab{Path: v.Path + "?xem=" + f.key + "#dong", Text: f.text, Here: here, Count: q.Lang.Number(strconv.Itoa(f.n))})
	}
	var rows []workbook.Row
	for _, r := range plan.Rows {
		if len(r.Doubts) > 0 && v.Ready {
			if len(v.Doubts) < doubtRows {
				v.Doubts = append(v.Doubts, r)
			} else {
				v.Many = true
			}
		}
		if keep(r) {
			rows = append(rows, r)
		}
	}
	v.Pages = max((len(rows)+pageRows-1)/pageRows, 1)
	v.Page, _ = strconv.Atoi(q.Query("trang"))
	v.Page = min(max(v.Page, 1), v.Pages)
	v.Rows = rows[min((v.Page-1)*pageRows, len(rows)):min(v.Page*pageRows, len(rows))]
	return nil
}

// workbookStep finds the workbook of the path for a form that moves it on.
func (s *Server) workbookStep(q *Req, do func(in *workbook.Import, version int64) error) error {
	in, err := s.Workbooks.Find(q.Ctx(), q.Actor, q.Path("year"), q.Path("tep"))
	if err != nil {
		return err
	}
	if err := do(&in, q.Form().Version()); err != nil {
		return q.Retry(err, s.workbookShow)
	}
	s.Workbooks.Await(q.Ctx(), in.ID, patience)
	if in, err = s.Workbooks.Find(q.Ctx(), q.Actor, in.YearID, in.ID); err != nil {
		return err
	}
	if in.State == workbook.Written {
		c := in.Tally()
		return q.Redirect(workbookPath(in.YearID, in.ID), "Đã ghi {.n} số liệu.", "n", c.New+c.Mend)
	}
	return q.Redirect(workbookPath(in.YearID, in.ID), "")
}

func (s *Server) workbookColumns(q *Req) error {
	return s.workbookStep(q, func(in *workbook.Import, version int64) error {
		f := q.Form()
		m := workbook.Mapping{Sheet: f.Int("sheet"), Head: f.Int("head"), Columns: workbook.Columns{}, Period: indicator.Period(f.Get("period")),
			Source: f.Get("common"), Wide: f.Has("wide", "1")}
		for _, role := range workbook.Mapped {
			if n := f.Int("col-" + string(role)); n > 0 {
				m.Columns[role] = n
			}
		}
		return s.Workbooks.Map(q.Ctx(), q.Actor, in, version, m)
	})
}

// workbookChoose takes the answers to what was asked about names.
func (s *Server) workbookChoose(q *Req) error {
	return s.workbookStep(q, func(in *workbook.Import, version int64) error {
		_, m, err := s.Workbooks.Outline(q.Ctx(), *in)
		if err != nil {
			return err
		}
		plan, err := s.Workbooks.Plan(q.Ctx(), *in)
		if err != nil {
			return err
		}
		if m.Choices == nil {
			m.Choices = map[string]string{}
		}
		for i, a := range plan.Asks {
			if chosen := q.Form().Get("ask-" + strconv.Itoa(i)); chosen != "" {
				m.Choices[a.Key] = chosen
			}
		}
		return s.Workbooks.Map(q.Ctx(), q.Actor, in, version, m)
	})
}

func (s *Server) workbookAgain(q *Req) error {
	return s.workbookStep(q, func(in *workbook.Import, version int64) error {
		return s.Workbooks.Again(q.Ctx(), q.Actor, in, version)
	})
}

func (s *Server) workbookWrite(q *Req) error {
	return s.workbookStep(q, func(in *workbook.Import, version int64) error {
		yes := workbook.Agreed{Reason: q.Form().Get("reason")}
		for _, n := range q.Form().All("sure") {
			if i, err := strconv.Atoi(n); err == nil {
				yes.Sure = append(yes.Sure, i)
			}
		}
		return s.Workbooks.Write(q.Ctx(), q.Actor, in, version, yes)
	})
}

func (s *Server) workbookDrop(q *Req) error {
	in, err := s.Workbooks.Find(q.Ctx(), q.Actor, q.Path("year"), q.Path("tep"))
	if err != nil {
		return err
	}
	if err := s.Workbooks.Drop(q.Ctx(), q.Actor, in); err != nil {
		return err
	}
	return q.Redirect(workbookPath(in.YearID, ""), "Đã bỏ tệp “{.file}”. Không có gì được ghi từ tệp này.", "file", in.Name)
}
