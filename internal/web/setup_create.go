package web

import (
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/fault"
)

// setupForm is there only while there is no account.
func (s *Server) setupForm(q *Req) error {
	empty, err := s.Account.Empty(q.Ctx())
	if err != nil {
		return err
	}
	if !empty {
		return fault.Missing()
	}
	return q.Render("setup_create", nil)
}

// setupCreate makes the first administrator and signs in.
func (s *Server) setupCreate(q *Req) error {
	f := q.Form()
	n := account.FirstAdministrator{Code: f.Get("code"), Login: f.Get("login"), Name: f.Get("name"), Password: f.Raw("password")}
	if n.Password != f.Raw("again") {
		return q.Retry(fault.Wrong("again", "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại."), s.setupForm)
	}
	a, err := s.Account.CreateAdministrator(q.Ctx(), n, q.Address())
	if err != nil {
		return q.Retry(err, s.setupForm)
	}
	if err := s.begin(q, a); err != nil {
		return err
	}
	return q.Redirect("/", "Đã tạo người quản trị. Hãy tạo tài khoản cho cán bộ cơ quan thường trực để bắt đầu.")
}
