package workbook

import (
	"cmp"
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Template is the figures of a year as they go out: a page for each period. What
// has been reported is in it, so that it comes back as it went, or corrected.
type Template struct {
	Year  cluster.Year
	Unit  cluster.Member // whose targets; zero for all
	Pages []Page
}

// Page is what a period asks for.
type Page struct {
	Period  indicator.Period
	Targets []Asked
}

// Asked is a target with what there is beside its figure.
type Asked struct {
	indicator.Line
	Owner    string // short name of whose target it is; "" for the block's
	Reporter string // short name
	Now      *indicator.Figure
	Previous *indicator.Figure // of the period before, within the year
}

// Template gathers what a unit reports, or all units where unit is empty, for
// the periods. Who may see the year may see its figures.
func (s *Service) Template(ctx context.Context, actor access.Actor, yearID, unit string, periods []indicator.Period) (Template, error) {
	y, err := s.years.See(ctx, actor, yearID)
	if err != nil {
		return Template{}, err
	}
	t := Template{Year: y}
	members, err := s.years.Members(ctx, s.db, y)
	if err != nil {
		return t, err
	}
	place := map[string]int{}
	short := map[string]string{}
	for i, m := range members {
		place[m.UnitID], short[m.UnitID] = i, cmp.Or(m.Short, m.Name)
		if m.UnitID == unit {
			t.Unit = m
		}
	}
	if unit != "" && t.Unit.UnitID == "" {
		return t, fault.Missing()
	}
	all, err := s.indicators.Progress(ctx, s.db, yearID)
	if err != nil {
		return t, err
	}
	lines := slices.DeleteFunc(all, func(l indicator.Line) bool { return !l.Measurable() || unit != "" && l.Reporter != unit })
	if len(lines) == 0 {
		return t, fault.New(fault.Invalid, "Chưa có chỉ tiêu nào để báo cáo: giao ước chưa được thông qua, hoặc đơn vị không được giao báo cáo chỉ tiêu nào.")
	}
	slices.SortStableFunc(lines, func(a, b indicator.Line) int { return place[a.Reporter] - place[b.Reporter] })
	for _, p := range indicator.Periods {
		if !slices.Contains(periods, p) {
			continue
		}
		page := Page{Period: p}
		for _, l := range lines {
			a := Asked{Line: l, Owner: short[l.UnitID], Reporter: short[l.Reporter], Now: l.Of(p)}
			for _, f := range l.Live() {
				if f.Period.Months() < p.Months() {
					a.Previous = &f
				}
			}
			page.Targets = append(page.Targets, a)
		}
		t.Pages = append(t.Pages, page)
	}
	if len(t.Pages) == 0 {
		return t, fault.Wrong("ky", "Hãy chọn ít nhất một kỳ báo cáo.")
	}
	slices.SortStableFunc(t.Pages, func(a, b Page) int { return a.Period.Months() - b.Period.Months() })
	return t, nil
}
