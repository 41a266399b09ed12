package web

import (
	"sort"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
)

// accountView is the own account.
type accountView struct {
	Account  account.Account
	Places   []account.Place
	Sessions []sessionItem
	Tokens   []tokenItem
	Scopes   []Option
	Langs    []Option
	Today    clock.Day
	Ended    map[string]string // by unit: how it ended
	MailOn   bool              // the system sends mail
	Wanted   bool              // and the account takes it
	Minted   string            // the text of a token just made: shown this once
}

type sessionItem struct {
	account.Session
	Device string
	Here   bool
}

type tokenItem struct {
	account.Token
	Running bool
}

func (s *Server) accountShow(q *Req) error { return s.accountPage(q, "") }

func (s *Server) accountAgain(q *Req) error { return s.accountPage(q, "") }

func (s *Server) accountPage(q *Req, minted string) error {
	view := accountView{Account: *q.Account, Today: clock.Today(s.Clock), Minted: minted, Langs: []Option{
		{Value: "", Text: "Theo lựa chọn trên thanh đầu trang"}, {Value: "vi", Text: "Tiếng Việt"}, {Value: "en", Text: "English"},
	}}
	var err error
	if view.MailOn = s.Letters.On(); view.MailOn {
		if view.Wanted, err = s.Letters.Wanted(q.Ctx(), q.Actor); err != nil {
			return err
		}
	}
	if view.Places, err = s.Account.Places(q.Ctx(), q.Actor); err != nil {
		return err
	}
	if view.Ended, err = s.endedPlaces(q, view.Places); err != nil {
		return err
	}
	sessions, err := s.Account.SessionsOf(q.Ctx(), q.Actor)
	if err != nil {
		return err
	}
	here := s.keptToken(q)
	for _, one := range sessions {
		view.Sessions = append(view.Sessions, sessionItem{one, device(one.Agent), one.Token == here})
	}
	tokens, err := s.Account.Tokens(q.Ctx(), q.Actor)
	if err != nil {
		return err
	}
	now := clock.Stamp(s.Clock)
	for _, one := range tokens {
		view.Tokens = append(view.Tokens, tokenItem{one, one.Running(now)})
	}
	for _, p := range access.Permissions() {
		view.Scopes = append(view.Scopes, Option{Value: string(p), Text: permissionNames[p], Hint: string(p)})
	}
	sort.Slice(view.Scopes, func(i, j int) bool { return view.Scopes[i].Value < view.Scopes[j].Value })
	return q.Render("account_show", view)
}

// endedPlaces says how the units ended in which the account held something.
func (s *Server) endedPlaces(q *Req, places []account.Place) (map[string]string, error) {
	var units []string
	for _, p := range places {
		if p.UnitID != "" {
			units = append(units, p.UnitID)
		}
	}
	ends, err := org.Ends(q.Ctx(), s.DB, units...)
	out := map[string]string{}
	for id, e := range ends {
		if err == nil {
			out[id], err = s.endText(q, e)
		}
	}
	return out, err
}

// accountProfile changes the own name, e-mail, position and language.
func (s *Server) accountProfile(q *Req) error {
	f := q.Form()
	err := s.Account.ChangeProfile(q.Ctx(), q.Actor, account.Profile{
		Version: f.Version(), Name: f.Get("name"), Email: f.Get("email"), Position: f.Get("position"), Lang: f.Get("lang"),
	})
	if err != nil {
		q.Compare("name", "Họ và tên", q.Account.Name)
		q.Compare("email", "Thư điện tử", q.Account.Email)
		q.Compare("position", "Chức vụ", q.Account.Position)
		return q.Retry(err, s.accountAgain)
	}
	if lang := f.Get("lang"); lang != "" {
		q.setCookie(langCookie, lang, year)
	}
	return q.Redirect(accountPath, "Đã lưu thông tin của bạn.")
}
