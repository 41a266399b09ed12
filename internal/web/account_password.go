package web

import "github.com/thidua/thidua/internal/platform/fault"

func (s *Server) passwordForm(q *Req) error { return q.Render("account_password", nil) }

// passwordChange sets the own password and signs out everywhere else.
func (s *Server) passwordChange(q *Req) error {
	f := q.Form()
	if f.Raw("password") != f.Raw("again") {
		return q.Retry(fault.Wrong("again", "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại."), s.passwordForm)
	}
	if err := s.Account.ChangePassword(q.Ctx(), q.Actor, f.Raw("old"), f.Raw("password"), s.keptToken(q), q.Address()); err != nil {
		return q.Retry(err, s.passwordForm)
	}
	return q.Redirect(accountPath, "Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.")
}
