package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// yearView is the overview of a year.
type yearView struct {
	Head      YearHead
	Deadlines []deadlineRow
	Trace     []traceRow
	Movements []Option // launched ones of the year, while it has none
	Movement  *movementRef
	Published []portal.Publication
	Publish   []Option // what may be published now
	MayPlan   bool
	MayBack   bool
	MayMove   bool
	Back      []Option
	Reporting *reportingView // who has reported, once there is a covenant
}

type deadlineRow struct {
	Activity string
	Name     any // a sentence
	Due      clock.Day
	Days     int
	Set      bool
	Report   bool // a period of the schedule, which is set on a page of its own
	Over     int  // days since it was missed; 0 for not
	Period   indicator.Period
	Ends     cluster.State // with which the work is done
	Behind   int           // units that are late with the period's figures
	Path     string
}

type traceRow struct {
	cluster.StateMove
	From, To locale.Text
	Who      string
}

type movementRef struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

// yearShow is the overview: deadlines, movement, the trace of states, what is public.
func (s *Server) yearShow(q *Req) error {
	h, err := s.yearHead(q, "overview")
	if err != nil {
		return err
	}
	ctx, y := q.Ctx(), h.Year
	view := yearView{Head: h}
	due, err := s.Years.Calendar(ctx, s.DB, y.ID)
	if err != nil {
		return err
	}
	schedule, err := s.Indicators.Schedule(ctx, s.DB, y.ID)
	if err != nil {
		return err
	}
	for _, d := range cluster.Deadlines {
		if d.Activity == cluster.DueHalfYear {
			for _, duty := range schedule {
				view.Deadlines = append(view.Deadlines, deadlineRow{Name: locale.Msg("Báo cáo số liệu: {.period}", "period", duty.Period.Name()), Due: duty.Due, Set: duty.Due != "", Days: h.Today.Until(duty.Due), Report: true, Period: duty.Period})
			}
		}
		if d.Activity == cluster.DueHalfYear || d.Activity == cluster.DueFullYear {
			continue
		}
		row := deadlineRow{Activity: d.Activity, Name: d.Name}
		if one, ok := due[d.Activity]; ok {
			row.Due, row.Set, row.Days = one.Due, true, h.Today.Until(one.Due)
			if one.Missed(y, h.Today) {
				row.Over, row.Ends = -row.Days, one.Ends()
			}
		}
		view.Deadlines = append(view.Deadlines, row)
	}
	moves, err := s.Years.Trace(ctx, s.DB, y.ID)
	if err != nil {
		return err
	}
	for _, m := range moves {
		who, err := s.personName(q, m.AccountID)
		if err != nil {
			return err
		}
		view.Trace = append(view.Trace, traceRow{m, locale.Msg(m.From.Stage().Name), locale.Msg(m.To.Stage().Name), who})
	}
	if y.MovementID != "" {
		m, err := db.One[movementRef](ctx, s.DB, `SELECT id, name FROM movement WHERE id = $1`, y.MovementID)
		if err != nil {
			return err
		}
		view.Movement = &m
	} else {
		found, err := db.All[movementRef](ctx, s.DB, `SELECT id, name FROM movement WHERE state = 'launched' AND year = $1 ORDER BY launched_at DESC`, y.Year)
		if err != nil {
			return err
		}
		for _, m := range found {
			view.Movements = append(view.Movements, Option{Value: m.ID, Text: m.Name})
		}
	}
	if view.Published, err = s.Portal.OfYear(ctx, y.ID); err != nil {
		return err
	}
	may := func(p access.Permission) bool {
		ok, asked := s.Gate.Can(ctx, s.DB, q.Actor, p, access.Record{Year: y.ID})
		if asked != nil {
			err = asked
		}
		return ok
	}
	view.MayPlan, view.MayBack, view.MayMove = may(access.ClusterPlan), may(access.ClusterBack), may(access.ClusterMove)
	if may(access.Publish) {
		for _, k := range portal.Kinds {
			view.Publish = append(view.Publish, Option{Value: string(k.Kind), Text: k.Name})
		}
	}
	for _, st := range cluster.Stages {
		if st.State == y.State {
			break
		}
		view.Back = append(view.Back, Option{Value: string(st.State), Text: st.Name})
	}
	if err != nil {
		return err
	}
	reporting, err := s.reporting(q, h)
	if err != nil {
		return err
	}
	if len(reporting.Units) > 0 {
		view.Reporting = &reporting
	}
	for i, d := range view.Deadlines {
		for _, p := range reporting.Periods {
			if d.Report && d.Due == p.Due && d.Period == p.Period {
				view.Deadlines[i].Behind = len(p.Behind)
				view.Deadlines[i].Path = h.Path("progress") + "/tinh-hinh#ky-" + string(p.Period)
			}
		}
		for _, next := range h.Next {
			for _, b := range next.Blocks {
				if d.Over > 0 && d.Ends == next.To && len(b.IDs) > 0 && view.Deadlines[i].Path == "" {
					view.Deadlines[i].Behind, view.Deadlines[i].Path = len(b.IDs), b.Path
				}
			}
		}
	}
	return q.Render("year_show", view)
}

// personName is how an account is called, for traces.
func (s *Server) personName(q *Req, account string) (string, error) {
	if account == access.Program.Account {
		return q.T(access.Program.Name), nil
	}
	name, _, err := db.Maybe[string](q.Ctx(), s.DB, `SELECT name FROM account WHERE id = $1`, account)
	return name, err
}

// PublicationName says what a publication tells.
func publicationName(k portal.Kind) string {
	for _, one := range portal.Kinds {
		if one.Kind == k {
			return one.Name
		}
	}
	return string(k)
}
