package meeting_test

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/meeting/meetingtest"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func want(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Code != code || f.Field != field {
		t.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

func TestPlanRefusesWhatCannotBe(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 3)
		for name, c := range map[string]struct {
			actor access.Actor
			years []string
			alter func(*meeting.Plan)
			code  fault.Code
			field string
		}{
			"no title":      {h.Leader(), []string{h.Year.ID}, func(p *meeting.Plan) { p.Title = "" }, fault.Invalid, "title"},
			"no place":      {h.Leader(), []string{h.Year.ID}, func(p *meeting.Plan) { p.Place = " " }, fault.Invalid, "place"},
			"no chair":      {h.Leader(), []string{h.Year.ID}, func(p *meeting.Plan) { p.Chair = "" }, fault.Invalid, "chair"},
			"unknown kind":  {h.Leader(), []string{h.Year.ID}, func(p *meeting.Plan) { p.Kind = "party" }, fault.Invalid, "kind"},
			"unknown host":  {h.Leader(), []string{h.Year.ID}, func(p *meeting.Plan) { p.HostID = "x" }, fault.Invalid, "host"},
			"same year":     {h.Leader(), []string{h.Year.ID, h.Year.ID}, func(*meeting.Plan) {}, fault.Invalid, "years"},
			"no year":       {h.Leader(), nil, func(*meeting.Plan) {}, fault.Invalid, "years"},
			"unknown year":  {h.Standing, []string{"x"}, func(*meeting.Plan) {}, fault.NotFound, ""},
			"a member":      {h.Officers[2], []string{h.Year.ID}, func(*meeting.Plan) {}, fault.Denied, ""},
			"a stranger":    {h.Stranger, []string{h.Year.ID}, func(*meeting.Plan) {}, fault.NotFound, ""},
			"nobody signed": {access.Visitor, []string{h.Year.ID}, func(*meeting.Plan) {}, fault.Unauthenticated, ""},
		} {
			t.Run(name, func(t *testing.T) {
				p := meetingtest.Usual(meeting.Review)
				c.alter(&p)
				_, err := h.Meetings.Plan(ctx, c.actor, c.years, p, nil)
				want(t, err, c.code, c.field)
			})
		}
		// The other cluster's year is not this one's to meet for.
		others := []string{h.Unit("Huyện A").ID, h.Unit("Huyện B").ID}
		other, err := h.Years.Form(ctx, h.Standing, cluster.NewYear{Kind: cluster.Cum, OrganiserID: h.Organiser.ID, Year: 2023, Name: "Cụm khác", Basis: "QĐ", Members: others, Leader: cluster.NewTerm{UnitID: others[0], Basis: cluster.ByDecision, Reference: "QĐ"}})
		h.Check(err)
		_, err = h.Meetings.Plan(ctx, h.Standing, []string{h.Year.ID, other.ID}, meetingtest.Usual(meeting.Review), nil)
		want(t, err, fault.NotFound, "")
		m := h.Plan(meeting.Review)
		if m.HostID != h.Units[0].ID {
			t.Error("the leader hosts unless somebody else is named")
		}
		_, err = h.Meetings.See(ctx, h.Stranger, m.ID)
		want(t, err, fault.NotFound, "")
	})
}

func TestAgenda(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 3)
		m := h.Plan(meeting.Review)
		titles := func() (out []string) {
			items, err := h.Meetings.Items(ctx, d, m.ID)
			h.Check(err)
			for i, item := range items {
				if item.Place != i+1 {
					t.Errorf("item %d has place %d", i+1, item.Place)
				}
				out = append(out, item.Title)
			}
			return out
		}
		before := titles()
		added, err := h.Meetings.AddItem(ctx, h.Leader(), m.ID, meeting.NewItem{Kind: meeting.Other, Title: "Trao cờ luân lưu"})
		h.Check(err)
		_, err = h.Meetings.AddItem(ctx, h.Leader(), m.ID, meeting.NewItem{Kind: meeting.Other})
		want(t, err, fault.Invalid, "item_title")
		h.Check(h.Meetings.EditItem(ctx, h.Leader(), added.ID, meeting.NewItem{Kind: meeting.Other, Title: "Trao cờ luân lưu cho đơn vị trưởng mới"}, 2, added.Version))
		if got := titles(); got[0] != before[0] || got[1] != "Trao cờ luân lưu cho đơn vị trưởng mới" || got[2] != before[1] || len(got) != len(before)+1 {
			t.Errorf("%q", got)
		}
		want(t, h.Meetings.RemoveItem(ctx, h.Leader(), added.ID, added.Version), fault.Stale, "")
		want(t, h.Meetings.Resolve(ctx, h.Leader(), added.ID, "Nhất trí", meeting.Adopted, 2), fault.Conflict, "") // not in session
		h.Check(h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version))
		want(t, h.Meetings.Resolve(ctx, h.Leader(), added.ID, "Nhất trí", "x", 2), fault.Invalid, "outcome")
		h.Check(h.Meetings.Resolve(ctx, h.Leader(), added.ID, "Nhất trí", meeting.Adopted, 2))
		want(t, h.Meetings.RemoveItem(ctx, h.Leader(), added.ID, 3), fault.Conflict, "")
		h.Sound()
	})
}

func TestRollAndQuorum(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.Plan(meeting.Review)
		mark := func(a meeting.Attendance) error { return h.Meetings.Mark(ctx, h.Leader(), m.ID, a) }
		want(t, mark(meeting.Attendance{UnitID: h.Units[0].ID}), fault.Invalid, "status")
		want(t, mark(meeting.Attendance{UnitID: h.Units[0].ID, Status: meeting.Substitute, Person: "A"}), fault.Invalid, "mandate")
		want(t, mark(meeting.Attendance{UnitID: h.Units[0].ID, Status: meeting.Substitute, Mandate: "1/UQ"}), fault.Invalid, "person")
		want(t, mark(meeting.Attendance{UnitID: h.Organiser.ID, Status: meeting.Present}), fault.Invalid, "unit")
		want(t, h.Meetings.Mark(ctx, h.Officers[4], m.ID, meeting.Attendance{UnitID: h.Units[4].ID, Status: meeting.Present}), fault.Denied, "")
		h.Check(mark(meeting.Attendance{UnitID: h.Units[0].ID, Status: meeting.Present, Person: "Nguyễn A", Position: "Giám đốc"}))
		want(t, mark(meeting.Attendance{UnitID: h.Units[0].ID, Status: meeting.Absent}), fault.Stale, "")
		h.Check(mark(meeting.Attendance{UnitID: h.Units[0].ID, Status: meeting.Absent, Version: 1}))
		for _, u := range h.Units[1:8] {
			h.Check(mark(meeting.Attendance{UnitID: u.ID, Status: meeting.Present}))
		}
		words := func() string {
			q, err := h.Meetings.Quorum(ctx, d, m)
			h.Check(err)
			if len(q) != 1 {
				t.Fatal("one year, one quorum")
			}
			return locale.Vietnamese.Value(q[0].Words()).(string)
		}
		if got := words(); got != "Chưa đủ điều kiện họp: mới có 7 trên 12 đơn vị có mặt, cần 8 (ít nhất 2/3 tổng số thành viên). Còn thiếu 1." {
			t.Error(got)
		}
		h.Check(mark(meeting.Attendance{UnitID: h.Units[8].ID, Status: meeting.Substitute, Person: "Lê C", Position: "Phó Giám đốc", Mandate: "12/UQ ngày 28/11/2023"}))
		if got := words(); got != "Đủ điều kiện họp: 8 trên 12 đơn vị có mặt, cần 8 (ít nhất 2/3 tổng số thành viên)." {
			t.Error(got)
		}
		// The rule of the meeting's day holds, not today's.
		_, err := h.Rules.Add(ctx, h.Standing, rulebook.Rule{Code: rulebook.QuorumCluster, Scope: h.Organiser.ID, Value: `{"share":"100%"}`, Source: "QĐ mới", From: "2024-01-01"})
		h.Check(err)
		h.Clock.To("2024-02-01")
		if got := words(); !strings.HasPrefix(got, "Đủ điều kiện") {
			t.Error(got)
		}
		h.Sound()
	})
}

func TestCloseDemandsRollQuorumAndCounts(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 6)
		m := h.Plan(meeting.Review)
		want(t, h.Meetings.Close(ctx, h.Leader(), m.ID, m.Version), fault.Conflict, "")
		h.Clock.To("2023-11-28")
		want(t, h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version), fault.Conflict, "") // a day early
		h.Clock.To("2023-11-29 08:30")
		h.Check(h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version))
		want(t, h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version+1), fault.Conflict, "")
		because := func(part string) {
			t.Helper()
			err := h.Meetings.Close(ctx, h.Leader(), m.ID, h.Now(m).Version)
			want(t, err, fault.Conflict, "")
			if text := locale.Vietnamese.Fault(err); !strings.Contains(text, part) {
				t.Errorf("%s: does not say %q", text, part)
			}
		}
		because("chưa điểm danh")
		h.Call(m, 3)
		because("cần 4")
		h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, meeting.Attendance{UnitID: h.Units[3].ID, Status: meeting.Present, Version: 1}))
		p := h.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 1)
		because("Chưa kiểm phiếu xong")
		h.Check(h.Ballots.Cancel(ctx, h.Leader(), p.ID, "Hoãn", p.Version))
		want(t, h.Meetings.Close(ctx, h.Officers[3], m.ID, h.Now(m).Version), fault.Denied, "")
		h.Clock.To("2023-11-29 11:15")
		m = h.Close(m)
		if m.Ended.Time().Format("15:04") != "11:15" {
			t.Error(m.Ended.Time())
		}
		want(t, h.Meetings.Mark(ctx, h.Leader(), m.ID, meeting.Attendance{UnitID: h.Units[3].ID, Status: meeting.Absent, Version: 2}), fault.Conflict, "")
		want(t, h.Meetings.WriteOpinions(ctx, h.Leader(), m.ID, "x", m.Version), fault.Conflict, "")
		want(t, h.Meetings.Replan(ctx, h.Leader(), m.ID, meetingtest.Usual(meeting.Review), m.Version), fault.Conflict, "")
		h.Sound()
	})
}

// blockers is what keeps the year from being reviewed, for what this room guards.
func blockers(h *meetingtest.Hall) []string {
	h.Years.Guard("nominations", func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
	y, err := h.Years.Get(ctx, h.DB, h.Year.ID)
	h.Check(err)
	moves, err := h.Years.Moves(ctx, h.Leader(), y)
	h.Check(err)
	var out []string
	for _, b := range moves[0].Blockers {
		out = append(out, locale.Vietnamese.Value(b.Text).(string))
	}
	return out
}

func TestReviewOpensTheNextYearWithTheElected(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		if b := blockers(h); len(b) != 1 || b[0] != "Chưa có hội nghị tổng kết đã bế mạc." {
			t.Errorf("%q", b)
		}
		m := h.InSession(meeting.Review, 10)
		_, err := h.Meetings.OpenNextYear(ctx, h.Leader(), m.ID)
		want(t, err, fault.Conflict, "") // not closed
		h.Vote(m, ballot.ForLeader, 1, map[int]int{4: 6, 5: 4})
		h.Close(m)
		_, err = h.Meetings.OpenNextYear(ctx, h.Leader(), m.ID)
		want(t, err, fault.Conflict, "") // 6 of 12 elect nobody
		if b := blockers(h); len(b) != 1 || b[0] != "Hội nghị tổng kết chưa bầu được đơn vị trưởng năm sau." {
			t.Errorf("%q", b)
		}
		m = h.InSession(meeting.Review, 10)
		h.Vote(m, ballot.ForLeader, 1, map[int]int{4: 9})
		h.Vote(m, ballot.ForDeputy, 1, map[int]int{0: 8})
		h.Close(m)
		if b := blockers(h); len(b) != 0 {
			t.Errorf("%q", b)
		}
		_, err = h.Meetings.OpenNextYear(ctx, h.Officers[3], m.ID)
		want(t, err, fault.Denied, "")
		next, err := h.Meetings.OpenNextYear(ctx, h.Leader(), m.ID)
		h.Check(err)
		if next.Year != 2024 || next.State != cluster.Formed || next.ClusterID != h.Year.ClusterID {
			t.Errorf("%+v", next)
		}
		terms, err := h.Years.Terms(ctx, d, next.ID)
		h.Check(err)
		if len(terms) != 2 || terms[0].UnitID != h.Units[4].ID || terms[0].Basis != cluster.Elected || terms[0].Reference != m.Title+", ngày 29/11/2023" || terms[1].UnitID != h.Units[0].ID {
			t.Errorf("%+v", terms)
		}
		_, err = h.Meetings.OpenNextYear(ctx, h.Leader(), m.ID)
		want(t, err, fault.Conflict, "")
		h.Sound()
	})
}

func TestWhereTheOrganiserNamesTheLeaderNoElectionIsWanted(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 3)
		_, err := h.Rules.Add(ctx, h.Standing, rulebook.Rule{Code: rulebook.LeaderSource, Scope: h.Organiser.ID, Value: `{"is":"decision"}`, Source: "QĐ", From: "2023-01-01"})
		h.Check(err)
		h.Close(h.InSession(meeting.Review, 3))
		if b := blockers(h); len(b) != 0 {
			t.Errorf("%q", b)
		}
	})
}

// TestOneMeetingTwoYears: the meeting that closes 2023 also begins 2024.
func TestOneMeetingTwoYears(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 3)
		next, err := h.Years.Form(ctx, h.Standing, cluster.NewYear{ClusterID: h.Year.ClusterID, Kind: cluster.Khoi, OrganiserID: h.Organiser.ID, Year: 2024, Name: "Khối thử", Basis: "QĐ", Members: []string{h.Units[1].ID, h.Units[2].ID, h.Unit("Sở Mới").ID}, Leader: cluster.NewTerm{UnitID: h.Units[2].ID, Basis: cluster.ByDecision, Reference: "QĐ", From: "2023-11-01"}})
		h.Check(err)
		m, err := h.Meetings.Plan(ctx, h.Leader(), []string{h.Year.ID, next.ID}, meetingtest.Usual(meeting.Review), nil)
		h.Check(err)
		roll, err := h.Meetings.Roll(ctx, d, m)
		h.Check(err)
		if len(roll) != 4 || len(roll[1].Years) != 2 || len(roll[3].Years) != 1 {
			t.Fatalf("%+v", roll)
		}
		for _, l := range roll[:3] {
			h.Check(h.Meetings.Mark(ctx, h.Officers[2], m.ID, meeting.Attendance{UnitID: l.UnitID, Status: meeting.Present})) // the next leader runs it too
		}
		q, err := h.Meetings.Quorum(ctx, d, m)
		h.Check(err)
		if len(q) != 2 || q[0].Present != 3 || q[1].Present != 2 || !q[1].Met || q[1].Unmarked != 1 {
			t.Errorf("%+v", q)
		}
		if found, err := h.Meetings.Find(ctx, h.Officers[1], "hoi nghi", 5); err != nil || len(found) != 1 || found[0].ID != m.ID {
			t.Errorf("found %+v %v", found, err)
		}
		if found, err := h.Meetings.Find(ctx, h.Stranger, "hoi nghi", 5); err != nil || len(found) != 0 {
			t.Errorf("a stranger found %+v %v", found, err)
		}
		for _, year := range []string{h.Year.ID, next.ID} {
			list, err := h.Meetings.OfYear(ctx, h.Officers[1], year)
			h.Check(err)
			if len(list) != 1 {
				t.Errorf("%d meetings", len(list))
			}
		}
	})
}

func TestMinutesTellWhatHappened(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.InSession(meeting.Review, 10)
		items, err := h.Meetings.Items(ctx, d, m.ID)
		h.Check(err)
		h.Check(h.Meetings.Resolve(ctx, h.Leader(), items[0].ID, "Nhất trí với báo cáo.", meeting.Adopted, items[0].Version))
		n := ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, ItemID: items[3].ID, Purpose: ballot.ForLeader, Title: "Bầu khối trưởng năm 2024", Way: ballot.OnPaper, Units: []string{h.Units[4].ID, h.Units[5].ID}}
		p, err := h.Ballots.Prepare(ctx, h.Leader(), n)
		h.Check(err)
		tellers := h.Man(p)
		p = h.Begin(p)
		f := ballot.Figures{Issued: 10, Returned: 10, Valid: 9, Invalid: 1, Lines: h.Lines(p, 8, 1)}
		f.Lines[0].No, f.Lines[1].No = 1, 8
		for _, teller := range tellers {
			_, err := h.Ballots.EnterCount(ctx, teller, p.ID, f)
			h.Check(err)
		}
		h.Check(h.Meetings.WriteOpinions(ctx, h.Leader(), m.ID, "Sở Số 2: đề nghị…\n\nSở Số 3: nhất trí", h.Now(m).Version))
		minutes, err := h.Meetings.Minutes(ctx, h.Officers[3], m.ID)
		h.Check(err)
		if !minutes.Draft {
			t.Error("minutes of a meeting in session are a draft")
		}
		h.Close(m)
		minutes, err = h.Meetings.Minutes(ctx, h.Officers[3], m.ID)
		h.Check(err)
		if minutes.Draft || len(minutes.There()) != 10 || len(minutes.Away()) != 2 || len(minutes.OpinionLines()) != 2 || minutes.Host.Name != "Sở Số 1" {
			t.Errorf("%+v", minutes)
		}
		if len(minutes.Items[3].Polls) != 1 || minutes.Items[3].Polls[0].Figures.Invalid != 1 || minutes.Leader == nil || minutes.Leader.Name != "Sở Số 5" || minutes.Deputy != nil {
			t.Errorf("%+v", minutes.Items[3])
		}
		if minutes.Items[0].Resolution != "Nhất trí với báo cáo." || minutes.Items[0].Outcome != meeting.Adopted {
			t.Errorf("%+v", minutes.Items[0].Item)
		}
		_, err = h.Meetings.Minutes(ctx, h.Stranger, m.ID)
		want(t, err, fault.NotFound, "")
		h.Sound()
	})
}
