package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// indicatorView is one indicator with its series.
type indicatorView struct {
	indicator.Indicator
	Also            []string
	Measure         string
	Direction, Flow string
	Merged          []indicator.Indicator
	Series          []indicatorSeries
	MayEdit         bool
	Sample          bool
}

// indicatorSeries is a cluster, or a unit of it, over the years.
type indicatorSeries struct {
	Cluster, Unit string
	Rows          []indicatorYear
}

type indicatorYear struct {
	Year         string
	Path         string
	Name         string // as the covenant of that year wrote it, where it differs
	Goal, Result string
	Period       locale.Text
	Partial      bool
	Status       locale.Text
	Tone         string
	Percent      string
	Illustrative bool
}

func (s *Server) indicatorShow(q *Req) error {
	ctx := q.Ctx()
	i, err := s.Indicators.Get(ctx, s.DB, q.Path("indicator"))
	if err != nil {
		return err
	}
	view := indicatorView{Indicator: i, Also: i.Names()[1:], Measure: i.Measure(), Direction: directionNames[i.Direction], Flow: flowNames[i.Flow]}
	if view.Merged, err = s.Indicators.Merged(ctx, s.DB, i.ID); err != nil {
		return err
	}
	if view.MayEdit, err = s.mayEditIndicators(q); err != nil {
		return err
	}
	uses, err := s.Indicators.Uses(ctx, q.Actor, i.ID)
	if err != nil {
		return err
	}
	var units []string
	for _, u := range uses {
		if u.UnitID != "" {
			units = append(units, u.UnitID)
		}
	}
	names, err := org.Names(ctx, s.DB, clock.Today(s.Clock), units...)
	if err != nil {
		return err
	}
	type place struct{ cluster, unit string }
	at := map[place]int{}
	for _, u := range uses {
		n, there := at[place{u.ClusterID, u.UnitID}]
		if !there {
			n = len(view.Series)
			at[place{u.ClusterID, u.UnitID}] = n
			view.Series = append(view.Series, indicatorSeries{Cluster: u.Cluster, Unit: names[u.UnitID].Name})
		}
		row := indicatorYear{Year: strconv.Itoa(u.Year), Path: yearPath(u.YearID, "progress"), Status: locale.Msg("Chưa có số liệu")}
		if u.Goal != nil {
			row.Goal = goalText(q.Lang, *u.Goal)
			if indicator.Key(u.Goal.Name) != indicator.Key(i.Name) {
				row.Name = capital(u.Goal.Name)
			}
		}
		if f := u.Figure; f != nil {
			row.Result, row.Period, row.Partial, row.Illustrative = figureText(q.Lang, *f, i.Flow == indicator.Growth), f.Period.Name(), !f.Period.Whole(), f.Illustrative
			row.Status, row.Tone, row.Percent = u.Status.Name(), statusTone(u.Status), percentText(q.Lang, u.Percent)
			if u.Goal == nil {
				row.Status, row.Tone = locale.Text{}, ""
			}
			view.Sample = view.Sample || f.Illustrative
		}
		view.Series[n].Rows = append(view.Series[n].Rows, row)
	}
	return q.Render("indicator_show", view)
}

func (s *Server) indicatorSeparate(q *Req) error {
	if err := s.Indicators.Separate(q.Ctx(), q.Actor, "", q.Form().Get("other")); err != nil {
		return q.Retry(err, s.indicatorShow)
	}
	return q.Redirect(indicatorsPath+"/"+q.Path("indicator"), "Đã tách chỉ tiêu.")
}
