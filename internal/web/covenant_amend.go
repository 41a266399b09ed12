package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/draft"
)

// comparePath is the address of the comparison of two versions.
func comparePath(paper string, before, after draft.Version) string {
	return paper + "/so-sanh?tu=" + strconv.Itoa(before.Number) + "&den=" + strconv.Itoa(after.Number)
}

// covenantAmend opens the amendment of the covenant in force.
func (s *Server) covenantAmend(q *Req) error {
	f := q.Form()
	if _, err := s.Drafts.Amend(q.Ctx(), q.Actor, f.Get("id"), f.Version(), f.Get("reason")); err != nil {
		return q.Retry(unseen(err), s.covenantShow)
	}
	return q.Redirect(paperPath(q.Path("year"), draft.Covenant)+"/soan", "Đã mở việc sửa đổi. Hãy soạn bản sửa đổi rồi gửi các đơn vị góp ý; đến khi được thông qua, bản cũ vẫn có hiệu lực.")
}

// covenantWithdraw gives an amendment up.
func (s *Server) covenantWithdraw(q *Req) error {
	f := q.Form()
	if err := s.Drafts.Withdraw(q.Ctx(), q.Actor, f.Get("id"), f.Version(), f.Get("why")); err != nil {
		return q.Retry(unseen(err), s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant"), "Đã rút đề nghị sửa đổi. Giao ước giữ nguyên.")
}

// covenantAdoptAmended records that the amended text was adopted.
func (s *Server) covenantAdoptAmended(q *Req) error {
	f := q.Form()
	_, err := s.Drafts.AdoptAmended(q.Ctx(), q.Actor, draft.Adoption{VersionID: f.Get("id"), MeetingID: f.Get("meeting"), Basis: f.Get("basis"), Due: f.Day("due"), Version: f.Version()})
	if err != nil {
		return q.Retry(unseen(err), s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant"), "Bản sửa đổi đã có hiệu lực. Thủ trưởng các đơn vị ký lại đúng văn bản này.")
}

// covenantDefer lets the year go on while absent members sign later.
func (s *Server) covenantDefer(q *Req) error {
	f := q.Form()
	if _, err := s.Covenants.Defer(q.Ctx(), q.Actor, q.Path("year"), f.Day("due"), f.Get("reason")); err != nil {
		return q.Retry(err, s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant")+"#chu-ky", "Đã cho các đơn vị vắng ký sau. Năm thi đua chuyển bước được; các đơn vị ký đến hết hạn.")
}

// covenantTerm says until which year the covenant being written holds.
func (s *Server) covenantTerm(q *Req) error {
	f := q.Form()
	if err := s.Covenants.SetTerm(q.Ctx(), q.Actor, f.Get("id"), f.Int("until")); err != nil {
		return q.Retry(err, s.covenantShow)
	}
	return q.Redirect(s.covenantPath(q, f.Get("id")), "Đã ghi thời hạn của giao ước.")
}

// covenantTakeOver makes the covenant of an earlier year that of this one.
func (s *Server) covenantTakeOver(q *Req) error {
	if _, err := s.Covenants.TakeOver(q.Ctx(), q.Actor, q.Path("year")); err != nil {
		return q.Retry(err, s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant"), "Năm này tiếp tục giao ước đã ký. Đơn vị chưa ký thì ký trên đúng văn bản đó.")
}
