package web

import (
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// meetingOpen begins the session.
func (s *Server) meetingOpen(q *Req) error {
	id := q.Path("meeting")
	if err := s.Meetings.Open(q.Ctx(), q.Actor, id, q.Form().Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(id, ""), "Hội nghị đã khai mạc. Hãy điểm danh các đơn vị.")
}

// meetingClose ends it.
func (s *Server) meetingClose(q *Req) error {
	id := q.Path("meeting")
	if err := s.Meetings.Close(q.Ctx(), q.Actor, id, q.Form().Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(id, ""), "Hội nghị đã bế mạc.")
}

// plainly: whoever only presses a button has no text of their own to compare
// with; a changed meeting is shown as it stands, to press again.
func plainly(err error) error {
	if f := fault.As(err); f.Code == fault.Stale {
		return fault.New(fault.Conflict, "Hội nghị vừa được người khác sửa. Hãy xem lại trang này rồi bấm lại.")
	}
	return err
}

// meetingCancel calls the meeting off.
func (s *Server) meetingCancel(q *Req) error {
	f, id := q.Form(), q.Path("meeting")
	if err := s.Meetings.Cancel(q.Ctx(), q.Actor, id, f.Get("reason"), f.Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(id, ""), "Đã hủy hội nghị.")
}

// meetingOpinions keeps what was said.
func (s *Server) meetingOpinions(q *Req) error {
	f, id := q.Form(), q.Path("meeting")
	if err := s.Meetings.WriteOpinions(q.Ctx(), q.Actor, id, f.Text("opinions"), f.Version()); err != nil {
		if m, ok := theirs[meeting.Meeting](err); ok {
			q.Compare("opinions", "Ý kiến phát biểu", m.Opinions)
		}
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(id, "y-kien"), "Đã ghi ý kiến phát biểu.")
}

// meetingNextYear opens the next year with the leader that was elected.
func (s *Server) meetingNextYear(q *Req) error {
	next, err := s.Meetings.OpenNextYear(q.Ctx(), q.Actor, q.Path("meeting"))
	if err != nil {
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(yearPath(next.ID, ""), "Đã mở năm thi đua {.year}.", "year", locale.Year(next.Year))
}
