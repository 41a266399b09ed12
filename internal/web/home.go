package web

import "net/http"

// homePath is where a person begins: what there is to do.
const homePath = "/viec-can-lam"

// home leads everybody to where they begin.
func (s *Server) home(q *Req) error {
	if q.Actor.SignedIn() {
		http.Redirect(q.W, q.R, homePath, http.StatusSeeOther)
		return nil
	}
	empty, err := s.Account.Empty(q.Ctx())
	if err != nil {
		return err
	}
	to := signInPath
	if empty {
		to = setupPath
	}
	http.Redirect(q.W, q.R, to, http.StatusSeeOther)
	return nil
}

// homeShow stands in until there are tasks to show.
func (s *Server) homeShow(q *Req) error { return q.Render("home", nil) }
