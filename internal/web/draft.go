package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/thidua/thidua/internal/domain/account"
)

// draftCookie holds the secret of a form that came in after its session's end.
const draftCookie = "thidua_nhap"

// secretFields never go into a draft.
var secretFields = []string{"password", "old", "again", "code"}

// keep stores what was sent, so that the person finds it again after signing in.
func (q *Req) keep(page string) error {
	f := q.Form()
	d := account.Draft{Page: page, Action: q.R.URL.Path, Values: map[string][]string{}, Files: q.R.MultipartForm != nil && len(q.R.MultipartForm.File) > 0}
	for field, values := range f.Values {
		d.Values[field] = values
	}
	for _, secret := range secretFields {
		delete(d.Values, secret)
	}
	if token := q.cookie(q.s.sessions.Cookie.Name); token != "" {
		holder, err := q.s.store.Holder(q.Ctx(), storedToken(token))
		if err != nil {
			return err
		}
		d.Account = holder
	}
	secret, err := q.s.Account.KeepDraft(q.Ctx(), d)
	if err != nil {
		return err
	}
	q.setCookie(draftCookie, secret, 24*3600)
	return nil
}

// keptDraft is the draft that waits for the actor, nil for none.
func (q *Req) keptDraft() *account.Draft {
	if q.draft != nil {
		return q.draft
	}
	secret := q.cookie(draftCookie)
	if secret == "" || !q.Actor.SignedIn() {
		return nil
	}
	d, there, err := q.s.Account.FindDraft(q.Ctx(), secret, q.Actor.Account)
	if err != nil {
		note(q.Ctx(), err) // the page is worth more than the draft
		return nil
	}
	if !there {
		q.setCookie(draftCookie, "", -1)
		return nil
	}
	q.draft = &d
	return q.draft
}

func (q *Req) dropDraft() {
	if err := q.s.Account.DropDraft(q.Ctx(), q.cookie(draftCookie)); err != nil {
		note(q.Ctx(), err)
	}
	q.draft = nil
	q.setCookie(draftCookie, "", -1)
}

// page is the address of the page on which the form of this request stands:
// the browser says so; failing that, where the form was sent.
func (q *Req) page() string {
	u, err := url.Parse(q.R.Referer())
	if err == nil && u.Host == q.R.Host && strings.HasPrefix(u.Path, "/") && q.R.Method != http.MethodGet {
		return local(u.RequestURI())
	}
	return q.R.URL.RequestURI()
}
