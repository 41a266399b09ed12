package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// adminListView is the list of accounts.
type adminListView struct {
	Accounts []account.Listed
	Total    int // before the filter
	Search   string
	State    string // "", "closed", "first"
}

// adminAccounts lists accounts, filtered by the address's tim and trang-thai.
func (s *Server) adminAccounts(q *Req) error {
	all, err := s.Account.List(q.Ctx(), q.Actor)
	if err != nil {
		return err
	}
	view := adminListView{Total: len(all), Search: q.Query("tim"), State: q.Query("trang-thai")}
	want := vntext.Fold(view.Search)
	for _, a := range all {
		text := a.Name + " " + a.Login + " " + a.Position + " " + a.Email
		for _, p := range a.Places {
			role := account.RoleName(p.Role)
			text += " " + p.UnitName + " " + q.Lang.Say(role.Text, role.Args)
		}
		switch {
		case !strings.Contains(vntext.Fold(text), want),
			view.State == "" && a.Closed,
			view.State == "dong" && !a.Closed,
			view.State == "mat-khau-tam" && (!a.MustChange || a.Closed):
			continue
		}
		view.Accounts = append(view.Accounts, a)
	}
	return q.Render("admin_accounts", view)
}

// adminFormView is the page that opens an account.
type adminFormView struct {
	Units []Option
	Roles []Option
}

func (s *Server) adminAccountForm(q *Req) error {
	q.Form().Default("from", q.Lang.Day(clock.Today(s.Clock)))
	units, roles, err := s.assignable(q)
	if err != nil {
		return err
	}
	return q.Render("admin_account_new", adminFormView{units, roles})
}

// assignable are the choices of a form that assigns.
func (s *Server) assignable(q *Req) (units, roles []Option, err error) {
	choices, err := s.Account.UnitChoices(q.Ctx(), q.Actor)
	if err != nil {
		return nil, nil, err
	}
	units = []Option{{Text: "— Chọn đơn vị —"}}
	for _, c := range choices {
		units = append(units, Option{Value: c.ID, Text: c.Name})
	}
	given, err := s.Account.RoleChoices(q.Ctx(), q.Actor)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range given {
		name := account.RoleName(r)
		roles = append(roles, Option{Value: string(r), Text: name.Text})
	}
	return units, roles, nil
}

func assignmentOf(f *Form) account.NewAssignment {
	n := account.NewAssignment{UnitID: f.Get("unit"), Role: access.Role(f.Get("role")), From: f.Day("from"), Basis: f.Get("basis")}
	if f.Get("to") != "" {
		n.To = f.Day("to").Plus(1) // people write the last day on which it holds
	}
	return n
}

// adminAccountCreate opens an account and shows its one-time password.
func (s *Server) adminAccountCreate(q *Req) error {
	f := q.Form()
	a, password, err := s.Account.Create(q.Ctx(), q.Actor, account.NewAccount{
		Login: f.Get("login"), Name: f.Get("name"), Email: f.Get("email"), Position: f.Get("position"), First: assignmentOf(f),
	})
	if err != nil {
		return q.Retry(err, s.adminAccountForm)
	}
	return s.handOver(q, a, password)
}

// handOverView shows a one-time password, once, in a form that can be printed
// and given to its owner.
type handOverView struct {
	Account  account.Account
	Password string
}

func (s *Server) handOver(q *Req, a account.Account, password string) error {
	q.W.Header().Set("Cache-Control", "no-store")
	q.settled()
	return q.Render("admin_account_password", handOverView{a, password})
}

// adminAccountView is one account.
type adminAccountView struct {
	account.Detail
	Units []Option
	Roles []Option
	Today clock.Day
	Self  bool
}

func (s *Server) adminAccount(q *Req) error {
	detail, err := s.Account.Get(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	units, roles, err := s.assignable(q)
	if err != nil {
		return err
	}
	view := adminAccountView{Detail: detail, Units: units, Roles: roles, Today: clock.Today(s.Clock), Self: detail.ID == q.Actor.Account}
	q.Form().Default("from", q.Lang.Day(view.Today))
	return q.Render("admin_account", view)
}

func (s *Server) adminAccountReset(q *Req) error {
	password, err := s.Account.Reset(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return q.Retry(err, s.adminAccount)
	}
	detail, err := s.Account.Get(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return s.handOver(q, detail.Account, password)
}

func (s *Server) adminAccountClose(q *Req) error {
	if err := s.Account.Close(q.Ctx(), q.Actor, q.Path("id"), q.Form().Get("reason")); err != nil {
		return q.Retry(err, s.adminAccount)
	}
	return q.Redirect(adminPath+"/"+q.Path("id"), "Đã đóng tài khoản. Người này không đăng nhập được nữa; việc đã làm vẫn ghi tên họ.")
}

func (s *Server) adminAccountReopen(q *Req) error {
	if err := s.Account.Reopen(q.Ctx(), q.Actor, q.Path("id"), q.Form().Get("reason")); err != nil {
		return q.Retry(err, s.adminAccount)
	}
	return q.Redirect(adminPath+"/"+q.Path("id"), "Đã mở lại tài khoản.")
}

func (s *Server) adminAssign(q *Req) error {
	if _, err := s.Account.Assign(q.Ctx(), q.Actor, q.Path("id"), assignmentOf(q.Form())); err != nil {
		return q.Retry(err, s.adminAccount)
	}
	return q.Redirect(adminPath+"/"+q.Path("id"), "Đã giao vai trò.")
}

func (s *Server) adminUnassign(q *Req) error {
	f := q.Form()
	// The assignment must be this account's: the address says whose page it is.
	detail, err := s.Account.Get(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	on := clock.Today(s.Clock)
	for _, p := range detail.Places {
		if p.ID == q.Path("assignment") {
			if err := s.Account.EndAssignment(q.Ctx(), q.Actor, p.ID, on, f.Get("reason")); err != nil {
				return q.Retry(err, s.adminAccount)
			}
			return q.Redirect(adminPath+"/"+q.Path("id"), "Đã kết thúc vai trò, kể từ hôm nay.")
		}
	}
	return s.missing(q)
}
