package web

import (
	"github.com/thidua/thidua/internal/domain/meeting"
)

// itemAdd puts a line at the end of the agenda.
func (s *Server) itemAdd(q *Req) error {
	f, id := q.Form(), q.Path("meeting")
	item, err := s.Meetings.AddItem(q.Ctx(), q.Actor, id, meeting.NewItem{Kind: meeting.ItemKind(f.Get("item_kind")), Title: f.Get("item_title")})
	if err != nil {
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(id, "muc-"+item.ID), "Đã thêm mục vào chương trình.")
}

// itemEdit renames or moves a line.
func (s *Server) itemEdit(q *Req) error {
	item, err := s.itemOf(q)
	if err != nil {
		return err
	}
	f := q.Form()
	n := meeting.NewItem{Kind: meeting.ItemKind(f.Get("item_kind")), Title: f.Get("item_title"), Reference: item.Reference}
	if err := s.Meetings.EditItem(q.Ctx(), q.Actor, item.ID, n, f.Int("place"), f.Version()); err != nil {
		if row, ok := theirs[meeting.Item](err); ok {
			q.Compare("item_title", "Nội dung của mục", row.Title)
		}
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(item.MeetingID, "muc-"+item.ID), "Đã sửa mục của chương trình.")
}

// itemRemove takes a line off the agenda.
func (s *Server) itemRemove(q *Req) error {
	item, err := s.itemOf(q)
	if err != nil {
		return err
	}
	if err := s.Meetings.RemoveItem(q.Ctx(), q.Actor, item.ID, q.Form().Version()); err != nil {
		return q.Retry(plainly(err), s.meetingShow)
	}
	return q.Redirect(meetingPath(item.MeetingID, "chuong-trinh"), "Đã bỏ mục “{.title}” khỏi chương trình.", "title", item.Title)
}

// itemResolve writes what the meeting resolved on a line.
func (s *Server) itemResolve(q *Req) error {
	item, err := s.itemOf(q)
	if err != nil {
		return err
	}
	f := q.Form()
	if err := s.Meetings.Resolve(q.Ctx(), q.Actor, item.ID, f.Text("resolution"), meeting.Outcome(f.Get("outcome")), f.Version()); err != nil {
		if row, ok := theirs[meeting.Item](err); ok {
			q.Compare("resolution", "Kết luận", row.Resolution)
		}
		return q.Retry(err, s.meetingShow)
	}
	return q.Redirect(meetingPath(item.MeetingID, "muc-"+item.ID), "Đã ghi kết luận.")
}
