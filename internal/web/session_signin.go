package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"

	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
)

// signInView is the sign-in page.
type signInView struct {
	Next string // where to go afterwards
	Demo *Demo
}

func (s *Server) sessionForm(q *Req) error {
	if q.Actor.SignedIn() {
		to := local(q.Query("tiep")) // a reminder's link opened a second time
		if to == "" {
			to = "/"
		}
		http.Redirect(q.W, q.R, to, http.StatusSeeOther)
		return nil
	}
	empty, err := s.Account.Empty(q.Ctx())
	if err != nil {
		return err
	}
	if empty {
		http.Redirect(q.W, q.R, setupPath, http.StatusSeeOther)
		return nil
	}
	return s.sessionPage(q)
}

func (s *Server) sessionPage(q *Req) error {
	next := q.Query("tiep")
	if q.R.Method == http.MethodPost {
		next = q.Form().Raw("tiep")
	}
	q.Form().Values.Del("password")
	return q.Render("session_signin", signInView{Next: local(next), Demo: s.Demo})
}

// sessionSignIn begins a session and goes on where the person wanted to.
func (s *Server) sessionSignIn(q *Req) error {
	f := q.Form()
	a, err := s.Account.SignIn(q.Ctx(), f.Get("login"), f.Raw("password"), q.Address())
	if err != nil {
		return q.Retry(err, s.sessionPage)
	}
	if err := s.begin(q, a); err != nil {
		return err
	}
	next := local(f.Raw("tiep"))
	if next == "" {
		next = "/"
	}
	return q.Redirect(next, "")
}

// begin signs the account in under a new token, so that one planted before the
// sign-in opens nothing.
func (s *Server) begin(q *Req, a account.Account) error {
	ctx := q.Ctx()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	now := int64(clock.Stamp(clock.System{}))
	agent := q.R.UserAgent()
	if len(agent) > 300 {
		agent = agent[:300]
	}
	s.sessions.Put(ctx, account.KeyAccount, a.ID)
	s.sessions.Put(ctx, account.KeyAgent, agent)
	s.sessions.Put(ctx, account.KeyAddress, q.Address())
	s.sessions.Put(ctx, account.KeySince, now)
	s.sessions.Put(ctx, account.KeySeen, now)
	q.Account, q.Actor = &a, a.Actor()
	return nil
}

// sessionSignOut ends the session and tells the browser to forget the pages.
func (s *Server) sessionSignOut(q *Req) error {
	if err := s.sessions.Destroy(q.Ctx()); err != nil {
		return err
	}
	q.W.Header().Set("Clear-Site-Data", `"cache"`)
	return q.Redirect(signInPath, "Bạn đã đăng xuất.")
}

// storedToken is a session's token as the store keeps it.
func storedToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// keptToken is the stored token of this request's session.
func (s *Server) keptToken(q *Req) string { return storedToken(s.sessions.Token(q.Ctx())) }
