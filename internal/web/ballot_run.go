package web

import (
	"net/http"

	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/platform/fault"
)

// pollOf finds the poll that the path names, on the meeting that it names.
func (s *Server) pollOf(q *Req) (ballot.Poll, error) {
	p, err := s.Ballots.Get(q.Ctx(), s.DB, q.Path("poll"))
	if err != nil {
		return p, err
	}
	if p.MeetingID != q.Path("meeting") {
		return p, fault.Missing()
	}
	return p, nil
}

// ballotOpen begins a vote.
func (s *Server) ballotOpen(q *Req) error {
	p, err := s.pollOf(q)
	if err != nil {
		return err
	}
	if p.Way == ballot.OnPaper {
		if err := s.Ballots.NameTellers(q.Ctx(), q.Actor, p.ID, tellersOf(q.Form())); err != nil {
			return q.Retry(err, s.meetingShow)
		}
	}
	if err := s.Ballots.Open(q.Ctx(), q.Actor, p.ID, q.Form().Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	if p.Way == ballot.ByHands {
		return q.Redirect(countPath(p.ID), "Đã bắt đầu biểu quyết. Hãy đếm và nhập kết quả.")
	}
	return q.Redirect(meetingPath(p.MeetingID, "phieu-"+p.ID), "Đã bắt đầu bỏ phiếu. Hai người được cử nhập số liệu kiểm phiếu bằng tài khoản của mình.")
}

// tellersOf reads whom the meeting names to count.
func tellersOf(f *Form) (both [2]ballot.NewTeller) {
	for i := range both {
		field := ballot.TellerField(i + 1)
		both[i] = ballot.NewTeller{UnitID: f.Get(field), Person: f.Get(field + "-person")}
	}
	return both
}

// ballotTellers names others to count, before anybody has.
func (s *Server) ballotTellers(q *Req) error {
	p, err := s.pollOf(q)
	if err != nil {
		return err
	}
	if err := s.Ballots.NameTellers(q.Ctx(), q.Actor, p.ID, tellersOf(q.Form())); err != nil {
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(p.MeetingID, "phieu-"+p.ID), "Đã cử người kiểm phiếu.")
}

// ballotCancel withdraws a vote.
func (s *Server) ballotCancel(q *Req) error {
	p, err := s.pollOf(q)
	if err != nil {
		return err
	}
	f := q.Form()
	if err := s.Ballots.Cancel(q.Ctx(), q.Actor, p.ID, f.Get("reason"), f.Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(p.MeetingID, "phieu-"+p.ID), "Đã hủy lần bỏ phiếu “{.title}”.", "title", p.Title)
}

// ballotAgain prepares the next ballot among those that are left.
func (s *Server) ballotAgain(q *Req) error {
	p, err := s.pollOf(q)
	if err != nil {
		return err
	}
	next, err := s.Ballots.Again(q.Ctx(), q.Actor, p.ID, ballot.Way(q.Form().Get("way")))
	if err != nil {
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(p.MeetingID, "phieu-"+next.ID), "Đã chuẩn bị bỏ phiếu lần {.n}. Bấm “Bắt đầu” khi sẵn sàng.", "n", next.Attempt)
}

// ballotSettle records how people settled a tie.
func (s *Server) ballotSettle(q *Req) error {
	p, err := s.pollOf(q)
	if err != nil {
		return err
	}
	f := q.Form()
	if err := s.Ballots.Settle(q.Ctx(), q.Actor, p.ID, f.All("chosen"), f.Get("basis"), f.Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(p.MeetingID, "phieu-"+p.ID), "Đã ghi quyết định phân định.")
}

// ballotPlace leads to the vote on its meeting's page.
func (s *Server) ballotPlace(q *Req) error {
	v, err := s.Ballots.See(q.Ctx(), q.Actor, q.Path("poll"))
	if err != nil {
		return err
	}
	q.written = true
	http.Redirect(q.W, q.R, meetingPath(v.MeetingID, "phieu-"+v.ID), http.StatusSeeOther)
	return nil
}
