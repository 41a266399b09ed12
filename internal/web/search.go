package web

import (
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/clock"
)

// searchView is what was found, by noun.
type searchView struct {
	Query  string
	Years  []cluster.Year
	Units  []org.View
	Public []portal.Publication
}

// None tells whether nothing was found.
func (v searchView) None() bool { return len(v.Years)+len(v.Units)+len(v.Public) == 0 }

func (s *Server) search(q *Req) error {
	view := searchView{Query: q.Query("q")}
	if view.Query == "" {
		return q.Render("search", view)
	}
	var err error
	if view.Years, err = s.Years.Visible(q.Ctx(), q.Actor, 0, view.Query); err != nil {
		return err
	}
	// Of a common word a country has thousands; the list of clusters goes through them.
	view.Years = view.Years[:min(len(view.Years), 50)]
	if view.Units, err = s.Org.Find(q.Ctx(), clock.Today(s.Clock), view.Query, 50); err != nil {
		return err
	}
	if view.Public, err = s.Portal.List(q.Ctx(), view.Query, 0); err != nil {
		return err
	}
	return q.Render("search", view)
}
