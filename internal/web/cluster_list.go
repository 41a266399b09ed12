package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// clusterListView lists the cluster years that the actor may see.
type clusterListView struct {
	Rows    []clusterRow
	Years   []Option
	Year    string
	MayForm bool
	All     int // years in all pages
	Page    int // 0 is the first
	More    int // the next page; 0 at the end
}

// clusterPage is how many years a page lists: an auditor of the country sees
// thousands.
const clusterPage = 200

type clusterRow struct {
	cluster.Year
	Doing   locale.Text
	Stage   locale.Text
	Leader  string
	Members int
	Missed  *missedView // what is overdue
}

func (s *Server) clusterList(q *Req) error {
	ctx := q.Ctx()
	year, _ := strconv.Atoi(q.Query("nam")) // anything else shows every year
	years, err := s.Years.Visible(ctx, q.Actor, year, q.Query("tim"))
	if err != nil {
		return err
	}
	view := clusterListView{Year: q.Query("nam")}
	if view.MayForm, err = s.Gate.Can(ctx, s.DB, q.Actor, access.ClusterForm, access.Record{}); err != nil {
		return err
	}
	view.Years = []Option{{Value: "", Text: "Mọi năm"}}
	all, err := s.Years.Visible(ctx, q.Actor, 0, "")
	if err != nil {
		return err
	}
	seen := map[int]bool{}
	for _, y := range all {
		if !seen[y.Year] {
			seen[y.Year] = true
			view.Years = append(view.Years, Option{Value: locale.Year(y.Year), Text: locale.Year(y.Year)})
		}
	}
	view.All = len(years)
	if page, _ := strconv.Atoi(q.Query("trang")); page > 1 && (page-1)*clusterPage < len(years) {
		view.Page, years = page, years[(page-1)*clusterPage:]
	}
	if len(years) > clusterPage {
		view.More, years = max(2, view.Page+1), years[:clusterPage]
	}
	sketches, err := s.Years.Sketches(ctx, s.DB, years)
	if err != nil {
		return err
	}
	leaders := map[clock.Day][]string{} // each under its name of the year
	for _, y := range years {
		if leader := sketches[y.ID].Leader; leader != "" {
			day := y.Day(clock.Today(s.Clock))
			leaders[day] = append(leaders[day], leader)
		}
	}
	names := map[clock.Day]map[string]org.View{}
	for day, ids := range leaders {
		if names[day], err = org.Names(ctx, s.DB, day, ids...); err != nil {
			return err
		}
	}
	today := clock.Today(s.Clock)
	missed, err := s.Years.MissedOf(ctx, s.DB, years, today)
	if err != nil {
		return err
	}
	for _, y := range years {
		view.Rows = append(view.Rows, clusterRow{
			Missed: missedOf(missed, y, today),
			Year:   y, Doing: locale.Msg(y.State.Stage().Doing), Stage: locale.Msg(y.State.Stage().Name), Members: sketches[y.ID].Members, Leader: names[y.Day(clock.Today(s.Clock))][sketches[y.ID].Leader].Short,
		})
	}
	return q.Render("cluster_list", view)
}

// missedView is a deadline that has gone by with the work not done.
type missedView struct {
	Name locale.Text
	Days int
	Due  clock.Day
	Ends cluster.State // with which the work is done
}

func missedOf(all map[string]cluster.Deadline, y cluster.Year, today clock.Day) *missedView {
	d, there := all[y.ID]
	if !there {
		return nil
	}
	return &missedView{locale.Msg(d.Name()), d.Due.Until(today), d.Due, d.Ends()}
}

// clusterFormView is the form that forms a cluster's year.
type clusterFormView struct {
	Kinds      []Option
	Organisers []Option
	Units      []Option
	Bases      []Option
}

func (s *Server) clusterForm(q *Req) error {
	ctx := q.Ctx()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.ClusterForm, access.Record{}); err != nil {
		return err
	}
	held, err := s.Gate.Holds(ctx, s.DB, q.Actor)
	if err != nil {
		return err
	}
	today := clock.Today(s.Clock)
	view := clusterFormView{
		Kinds: []Option{{Value: "khoi", Text: "Khối (các cơ quan tương đồng)"}, {Value: "cum", Text: "Cụm (các địa phương)"}},
		Bases: []Option{{Value: "decision", Text: "theo quyết định"}, {Value: "elected", Text: "được bầu"}, {Value: "acclaimed", Text: "được suy tôn"}, {Value: "notice", Text: "theo thông báo"}},
	}
	var organisers []string
	for _, h := range held {
		if h.Role == access.Standing {
			organisers = append(organisers, h.UnitID)
		}
	}
	names, err := org.Names(ctx, s.DB, today, organisers...)
	if err != nil {
		return err
	}
	for _, id := range organisers {
		view.Organisers = append(view.Organisers, Option{Value: id, Text: names[id].Name})
	}
	units, err := s.Org.Find(ctx, today, "", 0)
	if err != nil {
		return err
	}
	for _, u := range units {
		if u.Kind != org.Authority {
			view.Units = append(view.Units, Option{Value: u.ID, Text: u.Name})
		}
	}
	q.Form().Default("year", locale.Year(today.Year()))
	q.Form().Default("kind", "khoi")
	return q.Render("cluster_form", view)
}

func (s *Server) clusterCreate(q *Req) error {
	f := q.Form()
	term := func(role string) cluster.NewTerm {
		return cluster.NewTerm{UnitID: f.Get(role), Basis: cluster.Basis(f.Get(role + "_basis")), Reference: f.Get(role + "_reference")}
	}
	y, err := s.Years.Form(q.Ctx(), q.Actor, cluster.NewYear{
		Kind: cluster.Kind(f.Get("kind")), OrganiserID: f.Get("organiser"), Year: f.Int("year"), Name: f.Get("name"), Short: f.Get("short"),
		Basis: f.Get("basis"), Members: f.All("members"), Leader: term("leader"), Deputy: term("deputy"),
	})
	if err != nil {
		return q.Retry(err, s.clusterForm)
	}
	return q.Redirect(yearPath(y.ID, "members"), "Đã thành lập {.name}, năm {.year}.", "name", y.Short, "year", locale.Year(y.Year))
}
