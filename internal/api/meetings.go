package api

import (
	"context"
	"net/http"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Meeting is a meeting of one or two cluster years, in brief.
type Meeting struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	Kind      string `json:"kind" enum:"launch,mid,preliminary,review,council" doc:"Phát động và ký giao ước, sơ kết, trù bị, tổng kết và bình xét, Hội đồng."`
	Title     string `json:"title"`
	Place     string `json:"place"`
	Starts    string `json:"starts" format:"date-time"`
	Ended     string `json:"ended,omitempty" format:"date-time"`
	State     string `json:"state" enum:"planned,open,closed,cancelled"`
	Chair     string `json:"chair" doc:"Người chủ trì."`
	Secretary string `json:"secretary"`
	Host      string `json:"host" doc:"Mã đơn vị đăng cai."`
	Cancelled string `json:"cancelled,omitempty" doc:"Lý do hủy."`
}

// MeetingContent is a meeting with its agenda, roll, quorum and votes.
type MeetingContent struct {
	Meeting
	Years    []string     `json:"years" doc:"Mã các năm thi đua của hội nghị."`
	Items    []AgendaItem `json:"items"`
	Roll     []Attendance `json:"roll"`
	Quorums  []Quorum     `json:"quorums"`
	Polls    []Poll       `json:"polls"`
	Blockers []string     `json:"blockers" doc:"Điều còn phải làm trước khi bế mạc."`
	Opinions string       `json:"opinions,omitempty" doc:"Ý kiến phát biểu."`
}

// Attendance is a member's line of the roll.
type Attendance struct {
	UnitID   string `json:"unit_id"`
	Name     string `json:"name"`
	Version  int64  `json:"version" doc:"0 khi chưa điểm danh."`
	Status   string `json:"status,omitempty" enum:"present,absent,substitute"`
	Person   string `json:"person,omitempty"`
	Position string `json:"position,omitempty"`
	Mandate  string `json:"mandate,omitempty" doc:"Văn bản ủy quyền của người dự thay."`
}

// Quorum is whether enough members of a year are there.
type Quorum struct {
	YearID  string `json:"year_id"`
	Members int    `json:"members"`
	Present int    `json:"present" doc:"Kể cả người dự thay."`
	Needed  int    `json:"needed"`
	Met     bool   `json:"met"`
	Text    string `json:"text"`
	Source  string `json:"source" doc:"Quy định đang áp dụng."`
}

// MeetingPlan is what is settled before a meeting.
type MeetingPlan struct {
	Kind      string    `json:"kind" enum:"launch,mid,preliminary,review,council" doc:"Phát động và ký giao ước, sơ kết, trù bị, tổng kết và bình xét, Hội đồng."`
	Title     string    `json:"title" minLength:"1" maxLength:"300"`
	Place     string    `json:"place" minLength:"1" maxLength:"300"`
	Starts    time.Time `json:"starts"`
	Chair     string    `json:"chair" minLength:"1" maxLength:"300" doc:"Người chủ trì."`
	Secretary string    `json:"secretary" minLength:"1" maxLength:"300"`
	Host      string    `json:"host,omitempty" doc:"Mã đơn vị đăng cai; đơn vị trưởng nếu không ghi."`
}

func (p MeetingPlan) plan() meeting.Plan {
	return meeting.Plan{Kind: meeting.Kind(p.Kind), Title: p.Title, Place: p.Place, Starts: p.Starts, Chair: p.Chair, Secretary: p.Secretary, HostID: p.Host}
}

func meetingOf(m meeting.Meeting) Meeting {
	return Meeting{
		ID: m.ID, Version: m.Version, Kind: string(m.Kind), Title: m.Title, Place: m.Place, Starts: stamp(m.Starts), Ended: stamp(m.Ended),
		State: string(m.State), Chair: m.Chair, Secretary: m.Secretary, Host: m.HostID, Cancelled: m.Cancelled,
	}
}

func attendanceOf(a meeting.Attendance, name string) Attendance {
	return Attendance{a.UnitID, name, a.Version, string(a.Status), a.Person, a.Position, a.Mandate}
}

// runs are the scopes of changing a meeting: the answer reads it.
var runs = scopes{access.MeetingRun, access.MeetingRead}

func (s *server) meetings() {
	register(s, route{
		id: "list-meetings", tag: tagMeetings, method: http.MethodGet, path: "/cluster-years/{id}/meetings", scopes: scopes{access.MeetingRead},
		says: "Hội nghị của năm thi đua, sớm nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Meeting], error) {
		all, err := s.Meetings.OfYear(ctx, c.actor, in.ID)
		return list[Meeting]{Items: each(all, meetingOf)}, err
	})
	register(s, route{
		id: "plan-meeting", tag: tagMeetings, method: http.MethodPost, path: "/meetings", scopes: runs, made: true, fields: itemFields,
		says: "Lên lịch một hội nghị của một hoặc hai năm thi đua", statuses: []int{http.StatusNotFound},
	}, func(ctx context.Context, c *call, in *struct {
		Body struct {
			MeetingPlan
			Years []string        `json:"years" minItems:"1" maxItems:"2" nullable:"false" doc:"Mã các năm thi đua của hội nghị."`
			Items []NewAgendaItem `json:"items,omitempty" maxItems:"100" nullable:"false" doc:"Chương trình; chương trình thường lệ nếu không ghi."`
		} `nameHint:"NewMeeting"`
	}) (MeetingContent, error) {
		items := each(in.Body.Items, NewAgendaItem.item)
		if in.Body.Items == nil {
			items = meeting.Kind(in.Body.Kind).Agenda()
		}
		m, err := s.Meetings.Plan(ctx, c.actor, in.Body.Years, in.Body.plan(), items)
		if err != nil {
			return MeetingContent{}, err
		}
		return s.meetingContent(ctx, c, m.ID)
	})
	register(s, route{
		id: "get-meeting", tag: tagMeetings, method: http.MethodGet, path: "/meetings/{id}", scopes: scopes{access.MeetingRead},
		says: "Một hội nghị: chương trình, điểm danh, điều kiện họp, bỏ phiếu",
	}, func(ctx context.Context, c *call, in *idPath) (MeetingContent, error) {
		return s.meetingContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "replan-meeting", tag: tagMeetings, method: http.MethodPut, path: "/meetings/{id}", scopes: runs,
		says: "Sửa lịch một hội nghị chưa kết thúc",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Versioned
			MeetingPlan
		} `nameHint:"EditedMeeting"`
	}) (MeetingContent, error) {
		if err := s.Meetings.Replan(ctx, c.actor, in.ID, in.Body.plan(), in.Body.Version); err != nil {
			return MeetingContent{}, err
		}
		return s.meetingContent(ctx, c, in.ID)
	})
	for _, act := range []struct {
		id, path, says string
		do             func(ctx context.Context, c *call, id string, version int64) error
	}{
		{"open-meeting", "open", "Khai mạc hội nghị", func(ctx context.Context, c *call, id string, version int64) error {
			return s.Meetings.Open(ctx, c.actor, id, version)
		}},
		{"close-meeting", "close", "Bế mạc hội nghị", func(ctx context.Context, c *call, id string, version int64) error {
			return s.Meetings.Close(ctx, c.actor, id, version)
		}},
	} {
		register(s, route{id: act.id, tag: tagMeetings, method: http.MethodPost, path: "/meetings/{id}/" + act.path, scopes: runs, says: act.says},
			func(ctx context.Context, c *call, in *struct {
				ID   string `path:"id"`
				Body Versioned
			}) (MeetingContent, error) {
				if err := act.do(ctx, c, in.ID, in.Body.Version); err != nil {
					return MeetingContent{}, err
				}
				return s.meetingContent(ctx, c, in.ID)
			})
	}
	register(s, route{
		id: "cancel-meeting", tag: tagMeetings, method: http.MethodPost, path: "/meetings/{id}/cancel", scopes: runs,
		says: "Hủy hội nghị, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) (MeetingContent, error) {
		if err := s.Meetings.Cancel(ctx, c.actor, in.ID, in.Body.Reason, in.Body.Version); err != nil {
			return MeetingContent{}, err
		}
		return s.meetingContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "mark-attendance", tag: tagMeetings, method: http.MethodPut, path: "/meetings/{id}/attendance/{unit_id}", scopes: runs, fields: map[string]string{"unit": "unit_id"},
		says: "Điểm danh một đơn vị",
	}, func(ctx context.Context, c *call, in *struct {
		ID     string `path:"id"`
		UnitID string `path:"unit_id"`
		Body   struct {
			Status   string `json:"status" enum:"present,absent,substitute"`
			Person   string `json:"person,omitempty" maxLength:"200"`
			Position string `json:"position,omitempty" maxLength:"200"`
			Mandate  string `json:"mandate,omitempty" maxLength:"200" doc:"Văn bản ủy quyền của người dự thay."`
			Version  int64  `json:"version" doc:"Số phiên bản đã đọc; 0 khi chưa có."`
		} `nameHint:"NewAttendance"`
	}) (MeetingContent, error) {
		if err := s.Meetings.Mark(ctx, c.actor, in.ID, meeting.Attendance{
			UnitID: in.UnitID, Status: meeting.Status(in.Body.Status), Person: in.Body.Person, Position: in.Body.Position, Mandate: in.Body.Mandate, Version: in.Body.Version,
		}); err != nil {
			return MeetingContent{}, err
		}
		return s.meetingContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "write-opinions", tag: tagMeetings, method: http.MethodPut, path: "/meetings/{id}/opinions", scopes: runs,
		says: "Ghi ý kiến phát biểu, cho biên bản",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Opinions string `json:"opinions" maxLength:"50000" doc:"Ý kiến phát biểu."`
			Version  int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewOpinions"`
	}) (MeetingContent, error) {
		if err := s.Meetings.WriteOpinions(ctx, c.actor, in.ID, in.Body.Opinions, in.Body.Version); err != nil {
			return MeetingContent{}, err
		}
		return s.meetingContent(ctx, c, in.ID)
	})
	register(s, route{
		id: "open-next-year", tag: tagMeetings, method: http.MethodPost, path: "/meetings/{id}/next-year", scopes: runs, made: true,
		says: "Mở năm sau với đơn vị trưởng, phó mà hội nghị đã bầu",
	}, func(ctx context.Context, c *call, in *idPath) (ClusterYear, error) {
		y, err := s.Meetings.OpenNextYear(ctx, c.actor, in.ID)
		return clusterYearOf(y), err
	})
	s.agenda()
}

func (s *server) meetingContent(ctx context.Context, c *call, id string) (MeetingContent, error) {
	m, err := s.Meetings.See(ctx, c.actor, id)
	if err != nil {
		return MeetingContent{}, err
	}
	out := MeetingContent{Meeting: meetingOf(m), Opinions: m.Opinions, Polls: []Poll{}, Blockers: []string{}}
	if out.Years, err = s.Meetings.YearsOf(ctx, s.DB, id); err != nil {
		return out, err
	}
	items, err := s.Meetings.Items(ctx, s.DB, id)
	if err != nil {
		return out, err
	}
	out.Items = each(items, itemOf)
	roll, err := s.Meetings.Roll(ctx, s.DB, m)
	if err != nil {
		return out, err
	}
	out.Roll = each(roll, func(l meeting.RollLine) Attendance { return attendanceOf(l.Attendance, l.Name) })
	quorums, err := s.Meetings.Quorum(ctx, s.DB, m)
	if err != nil {
		return out, err
	}
	out.Quorums = each(quorums, func(q meeting.Quorum) Quorum {
		return Quorum{q.Year.ID, q.Members, q.Present, q.Needed, q.Met, c.say(q.Words()), q.Rule.Source}
	})
	polls, err := s.Ballots.OfMeeting(ctx, s.DB, id)
	if err != nil {
		return out, err
	}
	out.Polls = each(polls, pollOf)
	if m.Over() {
		return out, nil
	}
	blockers, err := s.Meetings.Blockers(ctx, s.DB, m)
	out.Blockers = each(blockers, func(t locale.Text) string { return c.say(t) })
	return out, err
}
