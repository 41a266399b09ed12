package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// meetingListView is the tab Bình xét: the year's meetings and the table that
// brings together what is known of each member.
type meetingListView struct {
	Head     YearHead
	Meetings []meetingRow
	MayRun   bool
	MayRead  bool
	Table    consolidation
}

type meetingRow struct {
	meeting.Meeting
	Tone    string
	Hour    string
	Both    bool          // it belongs to another year as well
	Quorums []locale.Text // how many came
	Polls   int
	Waiting int // polls that are not counted yet
}

// meetingTones colour a state; the words beside it say the same.
var meetingTones = map[meeting.State]string{meeting.Open: "gold", meeting.Closed: "good", meeting.Planned: "info"}

func (s *Server) meetingList(q *Req) error {
	h, err := s.yearHead(q, "meetings")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	view := meetingListView{Head: h}
	if view.MayRead, err = s.Gate.Can(ctx, s.DB, q.Actor, access.MeetingRead, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	if !view.MayRead { // the administrator, who sees the year but not its votes
		return q.Render("meeting_list", view)
	}
	meetings, err := s.Meetings.OfYear(ctx, q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		row, err := s.meetingRow(q, m)
		if err != nil {
			return err
		}
		view.Meetings = append(view.Meetings, row)
	}
	may, err := s.Gate.Can(ctx, s.DB, q.Actor, access.MeetingRun, access.Record{Year: h.Year.ID})
	if err != nil {
		return err
	}
	view.MayRun = may && cluster.Open(h.Year, cluster.Meeting)
	if view.Table, err = s.consolidate(q, h); err != nil {
		return err
	}
	view.Table.find(q.Query("tim"))
	return q.Render("meeting_list", view)
}

func (s *Server) meetingRow(q *Req, m meeting.Meeting) (meetingRow, error) {
	ctx := q.Ctx()
	row := meetingRow{Meeting: m, Tone: meetingTones[m.State], Hour: m.Starts.Time().In(clock.Vietnam).Format("15:04")}
	years, err := s.Meetings.YearsOf(ctx, s.DB, m.ID)
	if err != nil {
		return row, err
	}
	row.Both = len(years) > 1
	quorums, err := s.Meetings.Quorum(ctx, s.DB, m)
	if err != nil {
		return row, err
	}
	if m.State == meeting.Open || m.State == meeting.Closed {
		for _, k := range quorums {
			row.Quorums = append(row.Quorums, k.Words())
		}
	}
	polls, err := s.Ballots.OfMeeting(ctx, s.DB, m.ID)
	for _, p := range polls {
		switch p.State {
		case ballot.Cancelled:
			continue
		case ballot.Prepared, ballot.Open:
			row.Waiting++
		}
		row.Polls++
	}
	return row, err
}
