package web

import (
	"net/http"

	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/fault"
)

// rollAnswer tells the script of the roll call what stands now.
type rollAnswer struct {
	Status  meeting.Status `json:"status"`
	Version int64          `json:"version"`
	Word    string         `json:"word"`
	Who     string         `json:"who"`
	Count   string         `json:"count"`
	Quorums []quorumAnswer `json:"quorums"`
}

type quorumAnswer struct {
	Text  string `json:"text"`
	Met   bool   `json:"met"`
	Share string `json:"share"`
}

// meetingMark saves one line of the roll: a tap on a phone, or the form of a
// substitute.
func (s *Server) meetingMark(q *Req) error {
	f, id, unit := q.Form(), q.Path("meeting"), q.Path("unit")
	a := meeting.Attendance{
		UnitID: unit, Status: meeting.Status(f.Get("status")), Version: f.Version(),
		Person: f.Get("person"), Position: f.Get("position"), Mandate: f.Get("mandate"),
	}
	err := s.Meetings.Mark(q.Ctx(), q.Actor, id, a)
	if stands, ok := theirs[meeting.Attendance](err); ok {
		if stands.Status == a.Status && stands.Person == a.Person && stands.Mandate == a.Mandate {
			err = nil // two people ticked alike
		} else {
			err = fault.New(fault.Conflict, "Dòng điểm danh này vừa được người khác ghi là “{.status}”. Nếu vẫn muốn đổi, hãy bấm lại.", "status", q.T(stands.Status.Name()))
		}
	}
	switch {
	case err != nil:
		return q.Retry(err, s.meetingShow)
	case q.WantsJSON():
		return s.rollSaved(q, id, unit)
	}
	return q.Redirect(meetingPath(id, "dd-"+unit), "")
}

// meetingMarkRest marks everybody who is not marked yet as there: in most rooms
// nearly all are.
func (s *Server) meetingMarkRest(q *Req) error {
	ctx, id := q.Ctx(), q.Path("meeting")
	m, err := s.Meetings.See(ctx, q.Actor, id)
	if err != nil {
		return err
	}
	roll, err := s.Meetings.Roll(ctx, s.DB, m)
	if err != nil {
		return err
	}
	n := 0
	for _, l := range roll {
		if l.Status != meeting.Unmarked {
			continue
		}
		err := s.Meetings.Mark(ctx, q.Actor, id, meeting.Attendance{UnitID: l.UnitID, Status: meeting.Present})
		if fault.Is(err, fault.Stale) {
			continue // somebody marked the line in this moment
		}
		if err != nil {
			return q.Retry(err, s.meetingShow)
		}
		n++
	}
	return q.Redirect(meetingPath(id, "diem-danh"), "Đã ghi {.n} đơn vị có mặt.", "n", n)
}

func (s *Server) rollSaved(q *Req, id, unit string) error {
	m, err := s.Meetings.Minutes(q.Ctx(), q.Actor, id)
	if err != nil {
		return err
	}
	var v meetingView
	v.roll(m.Roll, YearHead{})
	answer := rollAnswer{Count: q.T("{.present} có mặt, {.substitute} dự thay, {.absent} vắng, {.unmarked} chưa điểm danh", v.Came.pairs()...)}
	for _, l := range m.Roll {
		if l.UnitID == unit {
			answer.Status, answer.Version, answer.Word, answer.Who = l.Status, l.Version, q.T(l.Status.Name()), who(l)
		}
	}
	for _, k := range m.Quorums {
		width, err := share(k.Present, k.Members)
		if err != nil {
			return err
		}
		words := k.Words()
		answer.Quorums = append(answer.Quorums, quorumAnswer{q.Lang.Say(words.Text, words.Args), k.Met, width})
	}
	return q.JSON(http.StatusOK, answer)
}

// who came, as the roll shows it.
func who(l meeting.RollLine) string {
	text := l.Person
	for _, more := range []string{l.Position, l.Mandate} {
		if more != "" && text != "" {
			text += ", "
		}
		text += more
	}
	return text
}

func (c rollCount) pairs() []any {
	return []any{"present", c.Present, "substitute", c.Substitute, "absent", c.Absent, "unmarked", c.Unmarked}
}
