package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Req is a request on its way through an action.
type Req struct {
	W       http.ResponseWriter
	R       *http.Request
	Actor   access.Actor     // Visitor when nobody is signed in
	Account *account.Account // nil when nobody is signed in
	Lang    locale.Lang
	Theme   string // "light", "dark" or "auto"
	ID      string // of the request, in the log and on the page of a fault of ours

	s       *Server
	form    *Form
	draft   *account.Draft
	both    []Both
	written bool
}

// Ctx is the request's context.
func (q *Req) Ctx() context.Context { return q.R.Context() }

// Path is a part of the path: q.Path("year") for /nam/{year}.
func (q *Req) Path(name string) string { return q.R.PathValue(name) }

// Query is a value of the address's query, "" when absent.
func (q *Req) Query(name string) string { return q.R.URL.Query().Get(name) }

// T says a sentence in the reader's language.
func (q *Req) T(text string, kv ...any) string { return q.Lang.T(text, kv...) }

// Address is the visitor's network address.
func (q *Req) Address() string { return q.s.ClientAddress(q.R) }

// WantsJSON tells whether a script asks, which gets data and not pages.
func (q *Req) WantsJSON() bool {
	return strings.HasPrefix(q.R.Header.Get("Accept"), "application/json")
}

// JSON answers a script.
func (q *Req) JSON(status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	q.written = true
	h := q.W.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	q.W.WriteHeader(status)
	_, _ = q.W.Write(body) // the reader may have gone; nobody is left to tell
	return nil
}

// Redirect sends the person on after something was done; flash says what, on
// the next page: a sentence with its placeholders' names and values.
func (q *Req) Redirect(to string, flash string, kv ...any) error {
	if flash != "" {
		q.Flash(flash, kv...)
	}
	q.settled()
	q.written = true
	http.Redirect(q.W, q.R, to, http.StatusSeeOther)
	return nil
}

// settled forgets the draft of the form that has now been sent.
func (q *Req) settled() {
	if q.R.Method == http.MethodGet {
		return
	}
	if d := q.keptDraft(); d != nil && d.Action == q.R.URL.Path {
		q.dropDraft()
	}
}

// local keeps a path that a request names within the site.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return ""
	}
	return to
}

func (q *Req) setCookie(name, value string, seconds int) {
	http.SetCookie(q.W, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: q.s.Secure, SameSite: http.SameSiteLaxMode})
}

func (q *Req) cookie(name string) string {
	c, err := q.R.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}
