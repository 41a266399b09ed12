package web

import (
	"html/template"
	"math/big"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
	"github.com/thidua/thidua/internal/render/svg"
)

// seriesView is the same indicators over years, in one table and one chart.
type seriesView struct {
	Head    YearHead
	Years   []int
	Rows    []seriesRow
	Chart   template.HTML
	Finding string
	Likely  []likelyRow
	Merged  []mergedRow
	MayEdit bool
	Only    bool // only indicators that stand in several years
	Hidden  int
	Sample  bool
	Unit    string // whose own targets these are; "" for the whole block
	Units   []Option
}

type seriesRow struct {
	Name    string
	Unit    string
	Aliases []string
	Cells   []seriesCell
}

type seriesCell struct {
	Goal, From    string
	Result        string
	Status        locale.Text
	Tone, Percent string
	Change        string // of the target against the year before
	Up, Down      bool
	Illustrative  bool
	Period        locale.Text
	Partial       bool
	Origin        *originView
}

type likelyRow struct {
	Keep, Other indicator.Indicator
}

type mergedRow struct {
	Keep  string
	Other indicator.Indicator
}

func (s *Server) seriesOf(q *Req) (seriesView, indicator.Series, error) {
	var view seriesView
	h, err := s.yearHead(q, "progress")
	if err != nil {
		return view, indicator.Series{}, err
	}
	view.Head, view.Only = h, q.Query("tat-ca") == ""
	view.Units = []Option{{Value: "", Text: q.T("cả cụm, khối")}}
	for _, m := range h.Members {
		view.Units = append(view.Units, Option{Value: m.UnitID, Text: m.Name})
		if m.UnitID == q.Query("don-vi") {
			view.Unit = m.UnitID
		}
	}
	series, err := s.Indicators.Series(q.Ctx(), s.DB, indicator.Scope{ClusterID: h.Year.ClusterID, UnitID: view.Unit})
	if err != nil {
		return view, series, err
	}
	view.Years = series.Years
	for _, track := range series.Rows {
		if view.Only && !track.Compared() && len(series.Years) > 1 {
			view.Hidden++
			continue
		}
		row := seriesRow{Name: track.Indicator.Name, Unit: track.Indicator.Unit, Aliases: track.Indicator.Names()[1:]}
		for i, c := range track.Cells {
			cell := seriesCellOf(q.Lang, track, i, c)
			from, err := s.origins(q, c.Year, c.Origin)
			if err != nil {
				return view, series, err
			}
			cell.Origin = from[0]
			view.Sample = view.Sample || cell.Illustrative
			row.Cells = append(row.Cells, cell)
		}
		view.Rows = append(view.Rows, row)
	}
	return view, series, nil
}

func seriesCellOf(l locale.Lang, track indicator.Track, i int, c indicator.Cell) seriesCell {
	var cell seriesCell
	growth := track.Indicator.Flow == indicator.Growth
	if c.Goal != nil {
		cell.Goal = goalText(l, *c.Goal)
		if cell.From = l.T("giao ước"); c.From == indicator.FromMovement {
			cell.From = l.T("phong trào")
		}
	}
	if f := c.Figure; f != nil {
		cell.Result, cell.Illustrative, cell.Period, cell.Partial = figureText(l, *f, growth), f.Illustrative, f.Period.Name(), !f.Period.Whole()
		if c.Goal != nil {
			cell.Status, cell.Tone, cell.Percent = c.Status.Name(), statusTone(c.Status), percentText(l, c.Percent)
		}
	}
	d := track.Change(i)
	if !d.OK || d.Low.IsZero() && d.High.IsZero() {
		if d.OK {
			cell.Change = l.T("giữ nguyên")
		}
		return cell
	}
	cell.Up, cell.Down = d.Low.IsPositive(), d.Low.IsNegative()
	unit, base := c.Goal.Unit, c.Goal.BaseUnit
	if base == "%" {
		unit, base = indicator.PointUnit, indicator.PointUnit
	}
	cell.Change = baseText(l, d.Low, unit, base)
	if !d.High.Equal(d.Low) {
		cell.Change += " / " + baseText(l, d.High, unit, base)
	}
	if d.Rate != nil {
		sign := "+"
		if d.Rate.Sign() < 0 {
			sign = ""
		}
		cell.Change += " (" + sign + l.Number(indicator.Rounded(d.Rate, 2)) + "%)"
	}
	return cell
}

// seriesShow is the page of the years side by side.
func (s *Server) seriesShow(q *Req) error {
	view, series, err := s.seriesOf(q)
	if err != nil {
		return err
	}
	view.Finding, view.Chart = seriesChart(q.Lang, series)
	ctx := q.Ctx()
	if view.MayEdit, err = s.Gate.Can(ctx, s.DB, q.Actor, access.IndicatorEdit, access.Record{Year: view.Head.Year.ID}); err != nil {
		return err
	}
	if !view.MayEdit {
		return q.Render("series_show", view)
	}
	inSeries := map[string]bool{}
	for _, t := range series.Rows {
		inSeries[t.Indicator.ID] = true
		merged, err := s.Indicators.Merged(ctx, s.DB, t.Indicator.ID)
		if err != nil {
			return err
		}
		for _, m := range merged {
			view.Merged = append(view.Merged, mergedRow{t.Indicator.Name, m})
		}
	}
	likely, err := s.Indicators.Suggest(ctx, s.DB)
	if err != nil {
		return err
	}
	for _, l := range likely {
		if inSeries[l.Keep.ID] && inSeries[l.Other.ID] {
			view.Likely = append(view.Likely, likelyRow{l.Keep, l.Other})
		}
	}
	return q.Render("series_show", view)
}

// seriesChart draws the targets of each year as a share of the first year's
// target, since their units differ, and says what it shows.
func seriesChart(l locale.Lang, series indicator.Series) (string, template.HTML) {
	if len(series.Years) < 2 {
		return "", ""
	}
	years := series.Years[max(0, len(series.Years)-4):]
	chart := svg.Columns{Frame: svg.Frame{ID: "nhieu-nam", HideTitle: true}}
	for _, y := range years {
		chart.Series = append(chart.Series, l.T("Mục tiêu năm {.year}", "year", locale.Year(y)))
	}
	up, down, same := 0, 0, 0
	for _, t := range series.Rows {
		cells := t.Cells[len(t.Cells)-len(years):]
		first := (*big.Rat)(nil)
		group := svg.Group{Label: t.Indicator.Name}
		n := 0
		for _, c := range cells {
			fig := svg.Figure{Text: "—"}
			if c.Goal != nil {
				if bound, ok := c.Goal.Bound(); ok && bound.Sign() > 0 {
					if first == nil {
						first = bound
					}
					fig = svg.Figure{Value: new(big.Rat).Mul(big.NewRat(100, 1), new(big.Rat).Quo(bound, first)), Text: shortGoal(l, *c.Goal)}
					n++
				}
			}
			group.Figures = append(group.Figures, fig)
		}
		if n < 2 {
			continue
		}
		chart.Groups = append(chart.Groups, group)
		if d := t.Change(len(t.Cells) - 1); d.OK {
			switch {
			case d.Low.IsPositive():
				up++
			case d.Low.IsNegative():
				down++
			default:
				same++
			}
		}
	}
	if len(chart.Groups) == 0 {
		return "", ""
	}
	last, before := locale.Year(years[len(years)-1]), locale.Year(years[len(years)-2])
	found := l.T("So với năm {.before}, mục tiêu năm {.last} đặt cao hơn ở {.up} chỉ tiêu, thấp hơn ở {.down}, giữ nguyên ở {.same}.",
		"before", before, "last", last, "up", up, "down", down, "same", same)
	chart.Title, chart.Desc = found, l.T("Mỗi nhóm cột là một chỉ tiêu; mục tiêu năm đầu là 100, các năm sau tính theo đó. Con số thật ghi trên cột và ở bảng.")
	return found, svg.Responsive(chart, 960)
}

// shortGoal is the figure of a goal alone.
func shortGoal(l locale.Lang, g indicator.Goal) string {
	figure := l.Number(g.Low)
	if g.Low != g.High && g.High != "" {
		figure += "–" + l.Number(g.High)
	}
	return withUnit(l, figure, g.Unit)
}

func (s *Server) seriesMerge(q *Req) error {
	f, year := q.Form(), q.Path("year")
	if err := s.Indicators.Merge(q.Ctx(), q.Actor, year, f.Get("keep"), f.Get("other")); err != nil {
		return q.Retry(err, s.seriesShow)
	}
	return q.Redirect(yearPath(year, "progress")+"/nhieu-nam", "Đã gộp hai chỉ tiêu. Văn bản đã ký giữ nguyên; nếu gộp nhầm, hãy tách ra ở cuối trang.")
}

func (s *Server) seriesSeparate(q *Req) error {
	year := q.Path("year")
	if err := s.Indicators.Separate(q.Ctx(), q.Actor, year, q.Form().Get("other")); err != nil {
		return q.Retry(err, s.seriesShow)
	}
	return q.Redirect(yearPath(year, "progress")+"/nhieu-nam", "Đã tách chỉ tiêu.")
}

func (s *Server) seriesExcel(q *Req) error {
	view, series, err := s.seriesOf(q)
	if err != nil {
		return err
	}
	table := sheet.Table{Title: q.T("Chỉ tiêu qua các năm"), Notes: []string{view.Head.Year.Name}, Frozen: 1, Columns: []sheet.Column{{Name: q.T("Chỉ tiêu")}, {Name: q.T("Đơn vị tính")}}}
	for _, y := range series.Years {
		year := strconv.Itoa(y)
		table.Columns = append(table.Columns, sheet.Column{Name: q.T("Mục tiêu {.year}", "year", year)}, sheet.Column{Name: q.T("Kết quả {.year}", "year", year)}, sheet.Column{Name: q.T("Thay đổi mục tiêu {.year}", "year", year)})
	}
	for _, r := range view.Rows {
		row := []any{r.Name, r.Unit}
		for _, c := range r.Cells {
			result := c.Result
			if c.Illustrative {
				result += " (" + q.T("minh họa") + ")"
			}
			if c.Origin != nil {
				result = strings.TrimSpace(result + " (" + c.Origin.Text + ")")
			}
			row = append(row, c.Goal, result, c.Change)
		}
		table.Rows = append(table.Rows, row)
	}
	return q.Excel("chi-tieu-qua-cac-nam", table)
}
