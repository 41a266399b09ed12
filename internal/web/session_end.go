package web

// sessionEnd signs one of the own sessions out.
func (s *Server) sessionEnd(q *Req) error {
	if err := s.Account.EndSession(q.Ctx(), q.Actor, q.Path("id")); err != nil {
		return err
	}
	return q.Redirect(accountPath+"#phien", "Đã kết thúc phiên đăng nhập đó.")
}

// sessionEndOthers signs out everywhere but here.
func (s *Server) sessionEndOthers(q *Req) error {
	if err := s.Account.EndOtherSessions(q.Ctx(), q.Actor, s.keptToken(q)); err != nil {
		return err
	}
	return q.Redirect(accountPath+"#phien", "Đã đăng xuất khỏi mọi thiết bị khác.")
}
