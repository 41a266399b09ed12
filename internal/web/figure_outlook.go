package web

import (
	"html/template"
	"math/big"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/svg"
)

// outlookView is the forecast of one target with its why.
type outlookView struct {
	Text, Miss string
	Why        []string
	Course     []courseRow // behind the picture
}

type courseRow struct{ Name, Figure, Kind string }

// yearsView is the same target over the years.
type yearsView struct {
	Finding string
	Chart   template.HTML
	Rows    []yearRow
}

type yearRow struct {
	Year         int
	Goal, Result string
	Half         string // the figure of six months
	Origin       *originView
}

// outlook adds forecast, flags and pictures to the page of a target. Lines are
// all of the year, among which are the peers of a unit's figure, and years the
// courses of the target's own.
func (s *Server) outlook(q *Req, view *targetView, lines []indicator.Line, l indicator.Line, years []indicator.YearCourse) error {
	ctx, h := q.Ctx(), view.Head
	schedule, err := s.Indicators.Schedule(ctx, s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	view.Flags = indicator.Raise(lines, schedule, h.Today, map[string]bool{l.ID: true})[l.ID]
	if l.Forecast != nil {
		miss, err := s.Indicators.Miss(ctx, s.DB, h.Year, l, l.Figure.Period)
		if err != nil {
			return err
		}
		view.Outlook = &outlookView{Text: view.Line.Foreseen, Miss: missText(q.Lang, miss), Why: forecastWhy(q.Lang, l, h.Year.Year)}
		if from := view.Line.Origin; from != nil && l.Forecast.End != nil {
			view.Outlook.Why = append(view.Outlook.Why, q.T("Số của năm {.year}: {.origin}.", "year", locale.Year(h.Year.Year-1), "origin", from.Text))
		}
	}
	view.Chart = s.courseChart(q.Lang, view, l)
	goals, err := s.Indicators.Goals(ctx, s.DB, h.Year, l)
	if err != nil {
		return err
	}
	view.Years = yearsOf(q.Lang, l, years, goals)
	for i := range view.Years.Rows {
		row := &view.Years.Rows[i]
		for _, y := range years {
			if y.Year != row.Year || y.Origins[12] == nil {
				continue
			}
			from, err := s.origins(q, y.Year, y.Origins[12])
			if err != nil {
				return err
			}
			if row.Origin = from[0]; y.Origins[12].Sum { // not shortened, as it stands beside its parts
				row.Result = figureText(q.Lang, *y.Origins[12].Total, false)
			}
		}
	}
	return nil
}

// courseChart is the line of figures over the periods of the year, with the
// forecast and the goal.
func (s *Server) courseChart(l locale.Lang, view *targetView, line indicator.Line) template.HTML {
	live := line.Live()
	if len(live) == 0 || len(live) < 2 && line.Forecast == nil {
		return ""
	}
	p := view.Line
	view.Finding = courseFinding(l, line, p)
	chart := svg.Line{Frame: svg.Frame{ID: "dien-bien", Title: view.Finding, HideTitle: true, Desc: l.T("Số liệu theo kỳ trong năm {.year} so với mục tiêu {.goal}; nét đứt là dự báo. Số liệu có ở bảng bên dưới.", "year", view.Head.YearNo(), "goal", p.Goal)}}
	one := svg.LineSeries{Name: l.T("Đã báo cáo")}
	row := func(name, figure, kind string) {
		if view.Outlook != nil {
			view.Outlook.Course = append(view.Outlook.Course, courseRow{name, figure, kind})
		}
	}
	for _, f := range live {
		name := f.Period.Name()
		chart.X = append(chart.X, l.Say(name.Text, name.Args))
		x, _, _ := line.Measured(f.Base())
		one.Values = append(one.Values, x)
		one.Texts = append(one.Texts, figureText(l, f, line.Change != ""))
		row(chart.X[len(chart.X)-1], one.Texts[len(one.Texts)-1], one.Name)
	}
	chart.Series = []svg.LineSeries{one}
	if f := line.Forecast; f != nil {
		n := len(chart.X)
		next := svg.LineSeries{Name: l.T("Dự báo"), GoesOn: true, Values: make([]*big.Rat, n+1), Texts: make([]string, n+1)}
		end := new(big.Rat).Set(f.Value)
		if line.Change == target.Decrease {
			end.Neg(end)
		}
		next.Values[n-1], next.Values[n], next.Texts[n] = one.Values[n-1], end, p.Foreseen
		chart.X = append(chart.X, l.T("Cả năm (dự báo)"))
		chart.Series = append(chart.Series, next)
		row(l.T("Cả năm"), p.Foreseen, next.Name)
	}
	if bound, ok := line.Bound(); ok {
		chart.Target, chart.TargetText = new(big.Rat).Set(bound), l.T("Mục tiêu: {.goal}", "goal", p.Goal)
		row(l.T("Cả năm"), p.Goal, l.T("Mục tiêu"))
	}
	return svg.Responsive(chart, 720)
}

// courseFinding says what the picture of a year shows.
func courseFinding(l locale.Lang, line indicator.Line, p progressLine) string {
	if line.Forecast == nil {
		return l.T("{.period}: {.result}. {.status}, mục tiêu {.goal}", "period", p.PeriodName, "result", p.Result, "status", p.StatusName, "goal", p.Goal)
	}
	switch line.Status {
	case indicator.AtRisk:
		return l.T("Dự báo cả năm {.value}, không đạt mục tiêu {.goal}", "value", p.Foreseen, "goal", p.Goal)
	case indicator.Short:
		return l.T("{.period} đã {.result}, không còn đạt mục tiêu {.goal}", "period", p.PeriodName, "result", p.Result, "goal", p.Goal)
	case indicator.Met, indicator.Exceeded:
		return l.T("{.period} đã {.result}, đạt mục tiêu {.goal}", "period", p.PeriodName, "result", p.Result, "goal", p.Goal)
	}
	return l.T("Dự báo cả năm {.value}, đạt mục tiêu {.goal}", "value", p.Foreseen, "goal", p.Goal)
}

// yearsOf sets the years of a target side by side: what was aimed at, what came.
func yearsOf(l locale.Lang, line indicator.Line, courses []indicator.YearCourse, goals map[int]indicator.Goal) yearsView {
	var view yearsView
	chart := svg.Columns{Frame: svg.Frame{ID: "cac-nam", HideTitle: true}, Series: []string{l.T("Mục tiêu"), l.T("Kết quả năm")}}
	results := 0
	best, bestYear := (*big.Rat)(nil), 0
	add := func(year int, c indicator.YearCourse) {
		row := yearRow{Year: year}
		group := svg.Group{Label: locale.Year(year), Figures: []svg.Figure{{Text: "—"}, {Text: "—"}}}
		if g, ok := goals[year]; ok {
			row.Goal = goalText(l, g)
			if bound, ok := g.Bound(); ok {
				group.Figures[0] = svg.Figure{Value: bound, Text: shortGoal(l, g)}
			}
		}
		if half := c.Half(); half != nil {
			row.Half = toldText(l, line.Goal, half)
		}
		if end := c.Result(); end != nil {
			row.Result = toldText(l, line.Goal, end)
			group.Figures[1] = svg.Figure{Value: end, Text: row.Result}
			if line.Change == target.Decrease { // told, as the target, by how much it fell
				group.Figures[1].Value = new(big.Rat).Neg(end)
			}
			results++
			if best == nil || (end.Cmp(best) > 0) != line.Lower() {
				best, bestYear = end, year
			}
		}
		view.Rows = append(view.Rows, row)
		chart.Groups = append(chart.Groups, group)
	}
	by := map[int]indicator.YearCourse{}
	first, last := 0, 0
	note := func(year int) {
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	for _, c := range courses {
		by[c.Year] = c
		note(c.Year)
	}
	for year := range goals {
		note(year)
	}
	for year := first; year <= last; year++ {
		_, aimed := goals[year]
		if c, there := by[year]; there || aimed {
			add(year, c)
		}
	}
	if len(view.Rows) < 2 || results == 0 {
		view.Rows = nil
		return view
	}
	view.Finding = l.T("Kết quả tốt nhất là năm {.year}: {.result}", "year", locale.Year(bestYear), "result", toldText(l, line.Goal, best))
	chart.Title, chart.Desc = view.Finding, l.T("Mỗi năm hai cột: mục tiêu và kết quả năm. Số liệu có ở bảng bên dưới.")
	view.Chart = svg.Responsive(chart, 720)
	return view
}
