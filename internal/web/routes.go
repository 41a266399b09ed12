package web

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
)

// route is a line of the table of contents.
type route struct {
	pattern string            // of http.ServeMux; paths are Vietnamese without marks and stay
	need    access.Permission // shown here, decided in the service on the record; Public or SignedIn otherwise
	do      handler
	limit   int64 // bytes of a request's body; 0 is bodyLimit
}

// handler is an action. A returned error becomes its page: see (*Server).fail.
type handler func(s *Server, q *Req) error

const (
	Public   access.Permission = "public"    // anybody, signed in or not
	SignedIn access.Permission = "signed-in" // any account; the service decides the rest
)

// routes is the site, section by section. Each section stands in the file
// named beside it, so that rooms do not write over one another.
func routes() []route {
	return slices.Concat(
		frameRoutes,     // routes_frame.go: home, language and theme, the parts of the pages
		yearRoutes,      // routes_year.go: clusters, the year's overview, members, papers, ledger; units; what is public
		meetingRoutes,   // routes_meeting.go: meetings, votes, the consolidation of the year
		scoreRoutes,     // routes_score.go: scoring, checkers, results, evidence, scoring sheets
		awardRoutes,     // routes_award.go: proposals, decisions, the rulebook
		paperRoutes,     // routes_paper.go: movements; the papers, the covenant and the figures of a year
		indicatorRoutes, // routes_indicator.go: the catalogue of what is measured
		accountRoutes,   // routes_account.go: signing in, the own account, administration of accounts
	)
}

// backstops answer a GET where only a POST has a page, as after a reload of a
// form that came back with errors: they lead to the page above.
func (s *Server) backstops(mux *http.ServeMux, all []route) {
	for _, r := range all {
		method, pattern, _ := strings.Cut(r.pattern, " ")
		if method != http.MethodPost || slices.ContainsFunc(all, func(o route) bool { return o.pattern == "GET "+pattern }) {
			continue
		}
		func() {
			// Another GET may lie across it; then that one answers.
			defer func() { _ = recover() }()
			mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, path.Dir(strings.TrimSuffix(r.URL.Path, "/")), http.StatusSeeOther)
			})
		}()
	}
}
