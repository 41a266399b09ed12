package web

import (
	"net/url"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// searchView is what was found, by noun.
type searchView struct {
	Query      string
	Years      []cluster.Year
	Units      []org.View
	Indicators []indicator.Indicator
	Movements  []movement.Movement
	Papers     []foundPaper
	Meetings   []meeting.Found
	Public     []portal.Publication
}

// foundPaper is a paper of a year, drafted or issued.
type foundPaper struct {
	Path, Title, Of string
	Year            string
}

// None tells whether nothing was found.
func (v searchView) None() bool {
	return len(v.Years)+len(v.Units)+len(v.Indicators)+len(v.Movements)+len(v.Papers)+len(v.Meetings)+len(v.Public) == 0
}

// searchPapers finds papers that are drafted together and those issued.
func (s *Server) searchPapers(q *Req, view *searchView) error {
	drafts, err := s.Drafts.Find(q.Ctx(), q.Actor, view.Query, 20)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		view.Papers = append(view.Papers, foundPaper{paperPath(d.YearID, d.Kind), d.Title, d.Year, locale.Year(d.No)})
	}
	issued, err := s.Document.Find(q.Ctx(), q.Actor, view.Query, 20)
	if err != nil {
		return err
	}
	for _, d := range issued {
		view.Papers = append(view.Papers, foundPaper{yearPath(d.YearID, "documents"), d.Label() + " · " + d.Title, d.Year, ""})
	}
	return nil
}

// search looks through what the actor may see; a visitor, through what is public.
func (s *Server) search(q *Req) error {
	if !q.Actor.SignedIn() {
		return q.Redirect(publicPath+"?"+url.Values{"tim": {q.Query("q")}}.Encode(), "")
	}
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
	if view.Indicators, err = s.Indicators.Find(q.Ctx(), s.DB, view.Query, 20); err != nil {
		return err
	}
	if view.Movements, err = s.Movements.List(q.Ctx(), q.Actor, movement.Filter{Query: view.Query}); err != nil {
		return err
	}
	view.Movements = view.Movements[:min(len(view.Movements), 20)]
	if err := s.searchPapers(q, &view); err != nil {
		return err
	}
	if view.Meetings, err = s.Meetings.Find(q.Ctx(), q.Actor, view.Query, 20); err != nil {
		return err
	}
	if view.Public, err = s.Portal.List(q.Ctx(), view.Query, 0); err != nil {
		return err
	}
	return q.Render("search", view)
}
