package web

import (
	"slices"
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// reportingView is who has reported which period, and by when.
type reportingView struct {
	Head    YearHead
	Periods []reportingPeriod
	Units   []reportingUnit
	MayPlan bool // may remind, and choose the periods
	Open    bool
	Form    bool // the periods may still be chosen
	MailOn  bool
	When    string // reminders go out by mail; "" for never
}

// reportingPeriod is a period of the schedule with its counts.
type reportingPeriod struct {
	indicator.Duty
	Name                  locale.Text
	Done, Late            int // units with every figure; of those, after the day
	Missing, Units        int
	Behind                []string // ids of the units that are overdue
	Days                  int      // to the day; negative when it has gone by
	Begun                 bool
	DoneLine, BehindNames string
}

type reportingUnit struct {
	Name  string
	Own   bool
	Cells []reportingCell
}

type reportingCell struct {
	indicator.UnitPeriod
	Word   locale.Text
	Tone   string
	Column locale.Text
}

// reporting gathers it for a year.
func (s *Server) reporting(q *Req, h YearHead) (reportingView, error) {
	view := reportingView{Head: h, Open: cluster.Open(h.Year, cluster.Reporting), Form: cluster.Open(h.Year, cluster.Scheduling)}
	ctx := q.Ctx()
	schedule, err := s.Indicators.Schedule(ctx, s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	lines, err := s.Indicators.Progress(ctx, s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	if view.MayPlan, err = s.Gate.Can(ctx, s.DB, q.Actor, access.ClusterPlan, access.Record{Year: h.Year.ID}); err != nil {
		return view, err
	}
	plan, err := s.Indicators.Plan(ctx, s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	view.MailOn, view.When = s.Letters.On(), planWords(q, plan)
	units := indicator.Punctual(lines, schedule, h.Today)
	for _, d := range schedule {
		p := reportingPeriod{Duty: d, Name: d.Period.Name(), Units: len(units), Begun: d.Period.End(h.Year.Year) < h.Today || d.Due != "" && d.Due < h.Today}
		if d.Due != "" {
			p.Days = h.Today.Until(d.Due)
		}
		for _, u := range units {
			for _, one := range u.Periods {
				if one.Period != d.Period {
					continue
				}
				switch one.Kept {
				case indicator.InTime:
					p.Done++
				case indicator.Late:
					p.Done++
					p.Late++
				case indicator.Overdue, indicator.Waiting:
					p.Missing++
				}
			}
		}
		if view.Open {
			p.Behind = indicator.Behind(units, d.Period)
		}
		for i, id := range p.Behind {
			if i > 0 {
				p.BehindNames += ", "
			}
			p.BehindNames += h.NameOf(id)
		}
		view.Periods = append(view.Periods, p)
	}
	for _, u := range units {
		row := reportingUnit{Name: h.NameOf(u.Unit), Own: h.Is(u.Unit)}
		for _, one := range u.Periods {
			row.Cells = append(row.Cells, reportingCell{one, one.Name(), keptTone(one.Kept), one.Period.Name()})
		}
		view.Units = append(view.Units, row)
	}
	return view, nil
}

// reportingShow is the page of units and periods.
func (s *Server) reportingShow(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	view, err := s.reporting(q, h)
	if err != nil {
		return err
	}
	return q.Render("progress_reporting", view)
}

// reportingRemind reminds the units that are overdue with a period.
func (s *Server) reportingRemind(q *Req) error {
	f, id := q.Form(), q.Path("year")
	y, err := s.Years.See(q.Ctx(), q.Actor, id)
	if err != nil {
		return err
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, id)
	if err != nil {
		return err
	}
	duty, ok := schedule.At(indicator.Period(f.Get("period")))
	if !ok {
		return q.Retry(fault.New(fault.Conflict, "Kỳ này không còn trong lịch báo cáo. Hãy tải lại trang."), s.reportingShow)
	}
	text := q.T("{.cluster} nhắc đơn vị báo cáo số liệu năm {.year}, kỳ “{.period}”, hạn {.due}.", "cluster", y.Short, "year", locale.Year(y.Year), "period", duty.Period.Name(), "due", duty.Due)
	done, err := s.Task.Remind(q.Ctx(), q.Actor, id, cluster.DueReport(string(duty.Period)), text, f.All("unit"))
	if err != nil {
		return q.Retry(err, s.reportingShow)
	}
	return s.remindedOf(q, y, yearPath(id, "progress")+"/tinh-hinh", done)
}

// scheduleView is the form of the periods that the year reports.
type scheduleView struct {
	Head   YearHead
	Rows   []scheduleRow
	Models []Option // usual choices, to begin with
	MailOn bool
	When   []Option // reminders can go out by mail
	Chosen []string
}

type scheduleRow struct {
	Value, Name string
	On          bool
	Due         string
}

// scheduleModels are choices that a cluster usually makes.
var scheduleModels = []struct {
	key, name string
	periods   []indicator.Period
}{
	{"nua-nam", "6 tháng và cả năm", []indicator.Period{indicator.HalfYear, indicator.FullYear}},
	{"quy", "Hằng quý", []indicator.Period{"Q1", indicator.HalfYear, "M09", indicator.FullYear}},
	{"chin-thang", "6 tháng, 9 tháng và cả năm", []indicator.Period{indicator.HalfYear, "M09", indicator.FullYear}},
	{"thang", "Hằng tháng", []indicator.Period{"M01", "M02", "Q1", "M04", "M05", indicator.HalfYear, "M07", "M08", "M09", "M10", "M11", indicator.FullYear}},
}

// reportable are the periods that the form offers: one for each month's end, by
// the name that reports in the field use.
var reportable = scheduleModels[3].periods

func (s *Server) scheduleForm(q *Req) error {
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return err
	}
	may, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.ClusterPlan, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	if !may {
		return fault.Deny()
	}
	schedule, err := s.Indicators.Schedule(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	plan, err := s.Indicators.Plan(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	view, f := scheduleView{Head: h, MailOn: s.Letters.On(), When: planOptions, Chosen: planChosen(plan)}, q.Form()
	for _, m := range scheduleModels {
		view.Models = append(view.Models, Option{Value: m.key, Text: m.name})
		if m.key == q.Query("mau") {
			chosen := indicator.Schedule{}
			for _, p := range m.periods {
				d, _ := schedule.At(p)
				chosen = append(chosen, indicator.Duty{Period: p, Due: d.Due})
			}
			schedule = chosen
		}
	}
	for _, p := range reportable {
		d, on := schedule.At(p)
		if on {
			p = d.Period
		}
		name := p.Name()
		row := scheduleRow{Value: string(p), Name: q.Lang.Say(name.Text, name.Args), On: on}
		due := d.Due
		if due == "" {
			due = usualDue(p, h.Year.Year)
		}
		row.Due = q.Lang.Day(due)
		if f.Typed {
			row.On, row.Due = f.Has("period", string(p)), f.Raw("due-"+string(p))
		}
		view.Rows = append(view.Rows, row)
	}
	return q.Render("progress_schedule", view)
}

func (s *Server) scheduleSave(q *Req) error {
	f, id := q.Form(), q.Path("year")
	var duties []indicator.Duty
	for _, p := range f.All("period") {
		duties = append(duties, indicator.Duty{Period: indicator.Period(p), Due: f.Day("due-" + p)})
	}
	if err := s.Indicators.SetSchedule(q.Ctx(), q.Actor, id, duties); err != nil {
		return q.Retry(err, s.scheduleForm)
	}
	return q.Redirect(yearPath(id, "progress")+"/tinh-hinh", "Đã lưu các kỳ báo cáo và hạn của từng kỳ.")
}

// flaggedView is every figure that needs a look, in one list, and who is overdue.
type flaggedView struct {
	Head  YearHead
	To    indicator.Period
	Rows  []flaggedRow
	Late  []lateRow
	Signs []Option // those that occur, with their counts
	Total int      // flags of figures
}

type flaggedRow struct {
	progressLine
	Shown     []indicator.Flag
	Note      string // what the reporter wrote about the figure
	Corrected string // why it was corrected
}

// lateRow is a unit with what it has not reported.
type lateRow struct {
	Unit string
	Own  bool
	N    int
	Text locale.Text
}

// suspicious are the signs that a figure itself may be wrong.
var suspicious = []indicator.Sign{indicator.FlagScale, indicator.FlagWhole, indicator.FlagFell, indicator.FlagLastYear, indicator.FlagPeers}

// flaggedShow is the list of the flags of a year, for whoever leads it first.
func (s *Server) flaggedShow(q *Req) error {
	all, err := s.progressOf(q)
	if err != nil {
		return err
	}
	all.raise(all.Lines)
	view := flaggedView{Head: all.Head, To: all.To}
	counts := map[indicator.Sign]int{}
	want := indicator.Sign(q.Query("loai"))
	for _, p := range all.Lines {
		row := flaggedRow{progressLine: p}
		for _, flag := range p.Flags {
			if flag.Sign == indicator.FlagLate {
				view.late(p, flag)
				continue
			}
			counts[flag.Sign]++
			view.Total++
			if want == "" || want == flag.Sign {
				row.Shown = append(row.Shown, flag)
			}
		}
		if len(row.Shown) == 0 {
			continue
		}
		if f := p.Figure; f != nil {
			row.Note, row.Corrected = f.Note, f.Reason
		}
		view.Rows = append(view.Rows, row)
	}
	for _, sign := range suspicious {
		if n := counts[sign]; n > 0 {
			name := sign.Name()
			view.Signs = append(view.Signs, Option{Value: string(sign), Text: q.Lang.Say(name.Text, name.Args), Hint: q.Lang.Number(strconv.Itoa(n))})
		}
	}
	return q.Render("progress_flags", view)
}

// late counts an overdue target to its unit.
func (v *flaggedView) late(p progressLine, flag indicator.Flag) {
	i := slices.IndexFunc(v.Late, func(r lateRow) bool { return r.Unit == p.ReporterName })
	if i < 0 {
		i, v.Late = len(v.Late), append(v.Late, lateRow{Unit: p.ReporterName, Own: v.Head.Is(p.Reporter), Text: flag.Text})
	}
	v.Late[i].N++
}

// accountNames reads how accounts are called.
func (s *Server) accountNames(q *Req, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range ids {
		if _, there := out[id]; there || id == "" {
			continue
		}
		name, _, err := db.Maybe[string](q.Ctx(), s.DB, `SELECT name FROM account WHERE id = $1`, id)
		if err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, nil
}
