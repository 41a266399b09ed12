package web

// tokenCreate makes an API token and shows its text, this once.
func (s *Server) tokenCreate(q *Req) error {
	f := q.Form()
	_, text, err := s.Account.CreateToken(q.Ctx(), q.Actor, f.Get("name"), f.All("scopes"), f.Int("days"))
	if err != nil {
		return q.Retry(err, s.accountAgain)
	}
	q.form = nil // the form has done its work; the page shows an empty one
	q.R.PostForm = nil
	return s.accountPage(q, text)
}

func (s *Server) tokenRevoke(q *Req) error {
	if err := s.Account.RevokeToken(q.Ctx(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect(accountPath+"#ma-truy-cap", "Đã thu hồi mã truy cập. Chương trình dùng mã đó không vào được nữa.")
}
