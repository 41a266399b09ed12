package web

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/locale"
)

// lateYears is how many years home looks into for late units; the list of
// clusters marks the others.
const lateYears = 20

// overdueRow is work of a year whose day has gone by, and whom it waits for: for
// those who lead the year or watch over it.
type overdueRow struct {
	Where, Path string
	What        locale.Text
	Days        int
	Units       string // names, joined
	IDs         []string
	Tab         string // of the reminder
	Period      string // where figures are late: a reminder of that period
}

// late lists what is overdue in the years, the longest first.
func (s *Server) late(q *Req, years []cluster.Year, missed map[string]*missedView) ([]overdueRow, error) {
	var out []overdueRow
	looked := 0
	for _, y := range years {
		if missed[y.ID] == nil && !cluster.Open(y, cluster.Reporting) || looked == lateYears {
			continue
		}
		looked++
		h, err := s.headOf(q, y.ID, "")
		if err != nil {
			return nil, err
		}
		if !h.Leads && !h.Standing {
			continue
		}
		where := y.Short + " " + h.YearNo()
		if m := missed[y.ID]; m != nil {
			row := overdueRow{Where: where, Path: yearPath(y.ID, ""), What: m.Name, Days: m.Days}
			for _, next := range h.Next {
				for _, b := range next.Blocks {
					if next.To == m.Ends && len(b.IDs) > 0 && row.IDs == nil {
						row.IDs, row.Tab, row.Path, row.Units = b.IDs, b.Tab, b.Path, h.names(b.IDs)
					}
				}
			}
			out = append(out, row)
		}
		if !cluster.Open(y, cluster.Reporting) {
			continue
		}
		owing, err := s.Indicators.Overdue(q.Ctx(), s.DB, y, h.Today)
		if err != nil {
			return nil, err
		}
		for _, o := range owing {
			out = append(out, overdueRow{
				Where: where, Path: yearPath(y.ID, "progress") + "/tinh-hinh#ky-" + string(o.Period), Days: o.Due.Until(h.Today),
				What: locale.Msg("Báo cáo số liệu: {.period}", "period", o.Period.Name()), Units: h.names(o.Units), IDs: o.Units, Tab: "progress", Period: string(o.Period),
			})
		}
	}
	slices.SortStableFunc(out, func(a, b overdueRow) int { return b.Days - a.Days })
	return out, nil
}

// names joins the short names of members.
func (h YearHead) names(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, h.NameOf(id))
	}
	return strings.Join(out, ", ")
}

// RemindPath is where the reminder is sent.
func (r overdueRow) RemindPath() string {
	if r.Period != "" {
		return strings.SplitN(r.Path, "#", 2)[0] + "/nhac"
	}
	return strings.Join(strings.SplitN(r.Path, "/", 4)[:3], "/") + "/nhac"
}
