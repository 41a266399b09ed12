package indicator

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// course is how the figures of the indicator run through a year: what counts on
// over the years is a level in each of them.
func (i Indicator) course() Flow {
	if i.Flow == Sum && i.Cumulative {
		return Stock
	}
	return i.Flow
}

// Foresee tells the year's end as it was foreseen from a figure of the line.
func (l *Line) Foresee(f Figure) Forecast {
	var course []Point
	for _, one := range l.Live() {
		if one.Period.Months() < f.Period.Months() {
			course = append(course, Point{one.Period.Months(), one.Base().Rat()})
		}
	}
	return Foresee(l.Indicator.course(), l.share(), append(course, Point{f.Period.Months(), f.Base().Rat()}), l.Past)
}

// Judge is the verdict on one figure of the line, with what last year tells
// about the rest of the year.
func (l *Line) Judge(f Figure) Verdict {
	var end *big.Rat
	if !f.Period.Whole() {
		end = l.Foresee(f).Value
	}
	return judge(l.Goal, l.Indicator.Flow, f.Base(), f.Period, end)
}

// Pace is where the figure should be at the period's end so that the forecast
// just reaches the target, in base units; nil where the course of a year says
// nothing about it.
func (l *Line) Pace(p Period) *big.Rat {
	pace := l.Goal.Pace(l.Indicator.course(), p)
	if pace == nil {
		return nil
	}
	one := Foresee(Sum, false, []Point{{p.Months(), big.NewRat(1, 1)}}, l.Past)
	bound, _ := l.Bound()
	return pace.Quo(bound, one.Value)
}

// foresee gives the lines their forecasts, and judges by them those whose
// latest figure is not the year's.
func (s *Service) foresee(ctx context.Context, q db.Queryer, y cluster.Year, lines []Line, in inheritance) error {
	months := map[int]bool{}
	for _, l := range lines {
		if l.Figure != nil && !l.Figure.Period.Whole() {
			months[l.Figure.Period.Months()] = true
		}
	}
	if len(months) == 0 {
		return nil
	}
	months[12] = true
	past, err := s.reportedCourses(ctx, q, y.ClusterID, y.Year-1, y.Year-1, months)
	if err != nil {
		return err
	}
	in.overlay(past, y.Year-1, y.Year-1, months)
	for i := range lines {
		l := &lines[i]
		if l.Figure == nil {
			continue
		}
		if years := past[Place{l.Indicator.ID, l.UnitID}]; len(years) > 0 {
			l.Past = years[0].Points
		}
		if l.Figure.Period.Whole() {
			continue
		}
		forecast := l.Foresee(*l.Figure)
		l.Forecast = &forecast
		l.Verdict = judge(l.Goal, l.Indicator.Flow, l.Figure.Base(), l.Figure.Period, forecast.Value)
	}
	return nil
}

// reading is a figure with only what its course needs.
type reading struct {
	Indicator string        `db:"indicator_id"`
	Unit      string        `db:"unit_id"`
	Year      int           `db:"year"`
	Period    Period        `db:"period"`
	Base      string        `db:"base_amount"`
	At        clock.Instant `db:"at"`
}

// courses is reportedCourses with what units have of those that they came out of.
func (s *Service) courses(ctx context.Context, q db.Queryer, clusterID string, from, to int, months map[int]bool) (map[Place][]YearCourse, error) {
	out, err := s.reportedCourses(ctx, q, clusterID, from, to, months)
	if err != nil {
		return nil, err
	}
	in, err := s.inherit(ctx, q, clusterID, from, to)
	if err != nil {
		return nil, err
	}
	in.overlay(out, from, to, months)
	return out, nil
}

// reportedCourses reads the standing figures of the cluster's years from one to
// another, by place and year, of the periods that end with one of the months;
// nil months for all. A merged indicator is the one that it is now.
func (s *Service) reportedCourses(ctx context.Context, q db.Queryer, clusterID string, from, to int, months map[int]bool) (map[Place][]YearCourse, error) {
	var periods []string
	for _, p := range Periods {
		if months == nil || months[p.Months()] {
			periods = append(periods, "'"+string(p)+"'")
		}
	}
	rows, err := db.All[reading](ctx, q, fmt.Sprintf(`SELECT CASE WHEN i.merged_into = '' THEN i.id ELSE i.merged_into END AS indicator_id, f.unit_id, f.year, f.period, f.base_amount, f.at
		FROM cluster_year y JOIN figure f ON f.year_id = y.id JOIN indicator i ON i.id = f.indicator_id
		WHERE y.cluster_id = $1 AND f.year BETWEEN $2 AND $3 AND f.superseded_by = '' AND f.period IN (%s) ORDER BY f.year, f.at, f.id`, strings.Join(periods, ", ")), clusterID, from, to)
	if err != nil {
		return nil, err
	}
	out, best := map[Place][]YearCourse{}, map[spot]Period{}
	for _, r := range rows {
		amount, err := decimal.NewFromString(r.Base)
		if err != nil {
			return nil, err
		}
		at := Place{r.Indicator, r.Unit}
		here := spot{at, r.Year, r.Period.Months()}
		if best[here].after(r.Period) { // H1 says more than M06
			continue
		}
		best[here] = r.Period
		years := out[at]
		if len(years) == 0 || years[len(years)-1].Year != r.Year {
			years = append(years, YearCourse{Year: r.Year})
		}
		years[len(years)-1].put(Point{r.Period.Months(), amount.Rat()})
		out[at] = years
	}
	return out, nil
}

// pointsOf are figures of one year as points; of two of the same months, the later entered.
func pointsOf(figures []Figure) []Point {
	var y YearCourse
	for _, f := range figures {
		y.put(Point{f.Period.Months(), f.Base().Rat()})
	}
	return y.Points
}

// put adds a point, in place of one of the same months.
func (y *YearCourse) put(p Point) {
	if i := slices.IndexFunc(y.Points, func(o Point) bool { return o.Months == p.Months }); i >= 0 {
		y.Points[i] = p
		return
	}
	y.Points = append(y.Points, p)
}

// Halves reads the half-years and the results of the cluster's years from one
// to another, by place and year.
func (s *Service) Halves(ctx context.Context, q db.Queryer, clusterID string, from, to int) (map[Place][]YearCourse, error) {
	return s.courses(ctx, q, clusterID, from, to, map[int]bool{HalfYear.Months(): true, 12: true})
}

// BlockResults reads the results of a year that an organiser's clusters have as
// a whole, by cluster and indicator.
func (s *Service) BlockResults(ctx context.Context, q db.Queryer, organiserID string, year int) (map[string]map[string]*big.Rat, error) {
	type row struct {
		Cluster   string `db:"cluster_id"`
		Indicator string `db:"indicator_id"`
		Base      string `db:"base_amount"`
	}
	rows, err := db.All[row](ctx, q, `SELECT y.cluster_id, CASE WHEN i.merged_into = '' THEN i.id ELSE i.merged_into END AS indicator_id, f.base_amount
		FROM cluster c JOIN cluster_year y ON y.cluster_id = c.id JOIN figure f ON f.year_id = y.id JOIN indicator i ON i.id = f.indicator_id
		WHERE c.organiser_id = $1 AND y.year BETWEEN $2 AND $3 AND f.year = $2 AND f.unit_id = '' AND f.superseded_by = '' AND f.period IN ('Y', 'Q4', 'M12')
		ORDER BY CASE WHEN f.period = 'Y' THEN 1 ELSE 0 END, f.at, f.id`, organiserID, year, year+1)
	out := map[string]map[string]*big.Rat{}
	for _, r := range rows {
		if out[r.Cluster] == nil {
			out[r.Cluster] = map[string]*big.Rat{}
		}
		out[r.Cluster][r.Indicator] = exact(r.Base).Rat()
	}
	return out, err
}

// Result is the year's own figure; nil where there is none.
func (y YearCourse) Result() *big.Rat { return pointAt(y.Points, 12) }

// Half is the figure of six months; nil where there is none.
func (y YearCourse) Half() *big.Rat { return pointAt(y.Points, HalfYear.Months()) }

// Miss is how far the forecast was off in the cluster's earlier years, tried on
// every figure of the line's kind and months that has a result beside it.
func (s *Service) Miss(ctx context.Context, q db.Queryer, y cluster.Year, l Line, p Period) (Miss, error) {
	all, err := s.courses(ctx, q, y.ClusterID, y.Year-10, y.Year-1, map[int]bool{p.Months(): true, 12: true})
	if err != nil {
		return Miss{}, err
	}
	catalogue, err := db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i WHERE i.merged_into = ''`)
	if err != nil {
		return Miss{}, err
	}
	var alike [][]YearCourse
	for _, i := range catalogue {
		if i.course() != l.Indicator.course() {
			continue
		}
		for at, years := range all {
			if at.Indicator == i.ID {
				alike = append(alike, years)
			}
		}
	}
	return Backtest(l.Indicator.course(), l.share(), alike, p.Months()), nil
}

// Years reads the courses of all years up to the year at the place of the line.
func (s *Service) Years(ctx context.Context, q db.Queryer, y cluster.Year, l Line) ([]YearCourse, error) {
	all, err := s.courses(ctx, q, y.ClusterID, y.Year-10, y.Year, nil)
	return all[Place{l.Indicator.ID, l.UnitID}], err
}

// Goals reads the adopted targets of the line's place up to the year, by year.
func (s *Service) Goals(ctx context.Context, q db.Queryer, y cluster.Year, l Line) (map[int]Goal, error) {
	rows, err := db.All[dated](ctx, q, `SELECT y.year AS year, 'covenant' AS origin, `+db.Prefixed("t", Goal{})+` FROM covenant_target t
		JOIN draft d ON d.adopted_id = t.version_id AND d.kind = 'covenant' JOIN cluster_year y ON y.id = d.year_id
		WHERE y.cluster_id = $1 AND y.year <= $2 AND t.unit_id = $3
		AND (t.indicator_id = $4 OR t.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $4)) ORDER BY y.year, t.place DESC, t.id`, y.ClusterID, y.Year, l.UnitID, l.Indicator.ID)
	out := map[int]Goal{}
	for _, r := range rows {
		out[r.Year] = r.Goal
	}
	return out, err
}
