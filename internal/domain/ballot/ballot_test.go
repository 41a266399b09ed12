package ballot_test

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

func count(p ballot.Poll, lines []ballot.Line) ballot.Figures {
	return ballot.Figures{Issued: p.Present, Returned: p.Present, Valid: p.Present, Lines: lines}
}

func TestPrepareRefusesWhatCannotBe(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 5)
		m := h.Plan(meeting.Review)
		stranger := h.Unit("Sở Ngoài")
		good := ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: ballot.ForLeader, Title: "Bầu", Way: ballot.OnPaper, Units: []string{h.Units[0].ID, h.Units[1].ID}}
		for name, c := range map[string]struct {
			actor access.Actor
			alter func(*ballot.NewPoll)
			code  fault.Code
			field string
		}{
			"no purpose": {h.Leader(), func(n *ballot.NewPoll) { n.Purpose = "x" }, fault.Invalid, "purpose"},
			"no title":   {h.Leader(), func(n *ballot.NewPoll) { n.Title = " " }, fault.Invalid, "title"},
			"no way":     {h.Leader(), func(n *ballot.NewPoll) { n.Way = "online" }, fault.Invalid, "way"},
			"nobody":     {h.Leader(), func(n *ballot.NewPoll) { n.Units = nil }, fault.Invalid, "units"},
			"twice":      {h.Leader(), func(n *ballot.NewPoll) { n.Units[1] = n.Units[0] }, fault.Invalid, "units"},
			"no member":  {h.Leader(), func(n *ballot.NewPoll) { n.Units[1] = stranger.ID }, fault.Invalid, "units"},
			"one text twice": {h.Leader(), func(n *ballot.NewPoll) {
				n.Purpose, n.Units, n.Labels = ballot.ForAdopt, nil, []string{"Quy chế", "quy  chế"}
			}, fault.Invalid, "labels"},
			"text for leader":     {h.Leader(), func(n *ballot.NewPoll) { n.Labels = []string{"x"} }, fault.Invalid, "labels"},
			"award of no kind":    {h.Leader(), func(n *ballot.NewPoll) { n.Purpose = ballot.ForAward }, fault.Invalid, "award_kind"},
			"award unknown":       {h.Leader(), func(n *ballot.NewPoll) { n.Purpose, n.AwardKind = ballot.ForAward, "x" }, fault.Invalid, "award_kind"},
			"tie without seats":   {h.Leader(), func(n *ballot.NewPoll) { n.Purpose = ballot.ForTie }, fault.Invalid, "seats"},
			"item of elsewhere":   {h.Leader(), func(n *ballot.NewPoll) { n.ItemID = "x" }, fault.Invalid, "item"},
			"year of elsewhere":   {h.Leader(), func(n *ballot.NewPoll) { n.YearID = "x" }, fault.NotFound, ""},
			"unknown meeting":     {h.Leader(), func(n *ballot.NewPoll) { n.MeetingID = "x" }, fault.NotFound, ""},
			"officer of a member": {h.Officers[3], func(*ballot.NewPoll) {}, fault.Denied, ""},
			"stranger":            {h.Stranger, func(*ballot.NewPoll) {}, fault.NotFound, ""},
			"visitor":             {access.Visitor, func(*ballot.NewPoll) {}, fault.Unauthenticated, ""},
		} {
			t.Run(name, func(t *testing.T) {
				in := good
				in.Units = append([]string(nil), good.Units...)
				c.alter(&in)
				_, err := h.Ballots.Prepare(ctx, c.actor, in)
				want(t, err, c.code, c.field)
			})
		}
		h.Put(cluster.Executing)
		_, err := h.Ballots.Prepare(ctx, h.Leader(), good)
		want(t, err, fault.Conflict, "")
		council := h.Plan(meeting.Council)
		h.Put(cluster.Aggregated)
		good.MeetingID = council.ID
		_, err = h.Ballots.Prepare(ctx, h.Leader(), good)
		want(t, err, fault.Conflict, "")
	})
}

func TestOpenWantsSessionAndQuorum(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.Plan(meeting.Review)
		p, err := h.Ballots.Prepare(ctx, h.Leader(), ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: ballot.ForLeader, Title: "Bầu", Way: ballot.ByHands, Units: []string{h.Units[0].ID}})
		h.Check(err)
		want(t, h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version), fault.Conflict, "") // not in session
		h.Check(h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version))
		for i, u := range h.Units[:7] {
			h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, meeting.Attendance{UnitID: u.ID, Status: meeting.Present}))
			_ = i
		}
		err = h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version)
		want(t, err, fault.Conflict, "")
		if text := locale.Vietnamese.Fault(err); !strings.Contains(text, "7 trên 12") || !strings.Contains(text, "cần 8") || !strings.Contains(text, "2/3") {
			t.Errorf("the refusal does not say why: %s", text)
		}
		h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, meeting.Attendance{UnitID: h.Units[7].ID, Status: meeting.Substitute, Person: "Lê C", Mandate: "Giấy ủy quyền 12/UQ ngày 28/11/2023"}))
		want(t, h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version-1), fault.Stale, "")
		h.Check(h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version))
		v := h.View(p)
		if v.Entitled != 12 || v.Present != 8 || v.Rule == nil || v.Rule.Code != rulebook.VoteCluster {
			t.Errorf("%+v", v.Poll)
		}
		if got := locale.Vietnamese.Value(v.Need()); got != "Cần ít nhất 7 phiếu đồng ý: quá nửa tổng số thành viên (12)." {
			t.Error(got)
		}
		want(t, h.Ballots.Open(ctx, h.Leader(), p.ID, v.Version), fault.Conflict, "")
		// The rulebook changes; the vote that is open does not.
		_, err = h.Rules.Add(ctx, h.Standing, rulebook.Rule{Code: rulebook.VoteCluster, Scope: h.Organiser.ID, Value: `{"share":"80%"}`, Source: "QĐ", From: "2023-01-01"})
		h.Check(err)
		h.Check(h.Ballots.CountHands(ctx, h.Leader(), p.ID, h.Lines(v.Poll, 7)))
		if v = h.View(p); len(v.Chosen()) != 1 || v.Verdicts[0].Needed != 7 {
			t.Errorf("%+v", v.Verdicts)
		}
		h.Sound()
	})
}

func TestTwoTellersMustAgree(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.InSession(meeting.Review, 12)
		p := h.Poll(m, ballot.ForLeader, ballot.OnPaper, 1, 2, 3)
		tellers := h.Tellers(p)
		first, second := tellers[0], tellers[1]
		figures := count(p, h.Lines(p, 8, 4))

		_, err := h.Ballots.EnterCount(ctx, h.Stranger, p.ID, figures)
		want(t, err, fault.NotFound, "")
		for name, no := range map[string]access.Actor{"auditor": h.Person("Thanh tra", access.Auditor, ""), "not named": h.Officers[6], "nominee": h.Officers[2], "standing body": h.Standing, "chair": h.Leader()} {
			if _, err := h.Ballots.EnterCount(ctx, no, p.ID, figures); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = h.Ballots.EnterCount(ctx, access.Visitor, p.ID, figures)
		want(t, err, fault.Unauthenticated, "")
		want(t, h.Ballots.CountHands(ctx, h.Leader(), p.ID, figures.Lines), fault.Conflict, "")

		wrong := figures
		wrong.Issued, wrong.Invalid = 13, 2
		_, err = h.Ballots.EnterCount(ctx, first, p.ID, wrong)
		if f := fault.As(err); f == nil || len(f.All()) != 2 || f.All()[0].Field != "issued" || f.All()[1].Field != "valid" {
			t.Fatalf("%v", err)
		}
		e, err := h.Ballots.EnterCount(ctx, first, p.ID, figures)
		h.Check(err)
		if e.Teller != 1 || e.Both {
			t.Errorf("%+v", e)
		}
		// The second does not see the first's figures before counting.
		v, err := h.Ballots.See(ctx, second, p.ID)
		h.Check(err)
		if len(v.Tellers) != 1 || v.Tellers[0].Figures != nil || v.Tellers[0].Issued != 0 {
			t.Errorf("figures show through: %+v", v.Tellers)
		}
		if v, err = h.Ballots.See(ctx, first, p.ID); err != nil || v.Tellers[0].Figures == nil {
			t.Errorf("the own figures are hidden: %v", err)
		}
		minutes, err := h.Meetings.Minutes(ctx, second, m.ID)
		h.Check(err)
		if minutes.Loose[0].Tellers[0].Figures != nil {
			t.Error("the draft minutes show the figures of a count that is alone")
		}
		// One account is one teller.
		if e, err = h.Ballots.EnterCount(ctx, first, p.ID, figures); err != nil || e.Teller != 1 || e.Both {
			t.Errorf("%+v, %v", e, err)
		}
		other := count(p, h.Lines(p, 7, 5))
		e, err = h.Ballots.EnterCount(ctx, second, p.ID, other)
		h.Check(err)
		if e.Teller != 2 || !e.Both || len(e.Differences) != 4 {
			t.Fatalf("%+v", e)
		}
		v = h.View(p)
		if v.State != ballot.Open || len(v.Verdicts) != 0 {
			t.Error("two counts that disagree decided something")
		}
		var said []string
		for _, diff := range v.Differences {
			said = append(said, locale.Vietnamese.Value(v.Say(diff)).(string))
		}
		if said[0] != "Sở Số 3, đồng ý: hai người kiểm phiếu ghi khác nhau." {
			t.Error(said)
		}
		// Who recounts does not see what the other has.
		seen, err := h.Ballots.See(ctx, first, p.ID)
		h.Check(err)
		if seen.Tellers[0].Figures == nil || seen.Tellers[1].Figures != nil || seen.Tellers[1].Valid != 0 {
			t.Errorf("%+v", seen.Tellers)
		}
		// A second account of a teller's unit is no second teller.
		_, err = h.Ballots.EnterCount(ctx, h.Officer(h.Units[4]), p.ID, figures)
		want(t, err, fault.Conflict, "")
		// Who has counted stays named.
		err = h.Ballots.NameTellers(ctx, h.Leader(), p.ID, [2]ballot.NewTeller{{UnitID: h.Units[6].ID}, {UnitID: h.Units[4].ID}})
		want(t, err, fault.Invalid, ballot.TellerField(1))
		// The second corrects; the count before is kept.
		e, err = h.Ballots.EnterCount(ctx, second, p.ID, figures)
		h.Check(err)
		if !e.Both || len(e.Differences) != 0 {
			t.Fatalf("%+v", e)
		}
		v = h.View(p)
		if v.State != ballot.Counted || v.Chosen()[0] != h.Units[2].ID || v.Tellers[0].Superseded != 1 || v.Tellers[1].Superseded != 1 {
			t.Errorf("%+v", v)
		}
		if got := locale.Vietnamese.Value(v.Words()); got != "Được chọn: Sở Số 3." {
			t.Error(got)
		}
		// What was corrected is told once they agree, and not before.
		if len(v.Earlier) != 2 || v.Earlier[1].Figures.Lines[0].Yes != 7 {
			t.Errorf("%+v", v.Earlier)
		}
		told := v.Telling(v.Earlier[1])
		if got := locale.Vietnamese.Say(told.Text, told.Args); !strings.Contains(got, "(Sở Số 5) ghi lúc") || !strings.Contains(got, "Sở Số 3 7/5; Sở Số 4 5/7") {
			t.Error(got)
		}
		_, err = h.Ballots.EnterCount(ctx, second, p.ID, other)
		want(t, err, fault.Conflict, "")
		h.Sound()
	})
}

func TestTellersAreNamedByTheMeeting(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 6)
		m := h.InSession(meeting.Review, 5)
		p, err := h.Ballots.Prepare(ctx, h.Leader(), ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: ballot.ForLeader, Title: "Bầu", Way: ballot.OnPaper, Units: []string{h.Units[1].ID, h.Units[2].ID}})
		h.Check(err)
		want(t, h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version), fault.Invalid, ballot.TellerField(1)) // nobody named
		may, err := h.Ballots.Candidates(ctx, d, p)
		h.Check(err)
		if len(may) != 4 || may[0].ID != h.Units[0].ID || may[3].ID != h.Organiser.ID {
			t.Errorf("%+v", may)
		}
		name := func(actor access.Actor, one, two string) error {
			return h.Ballots.NameTellers(ctx, actor, p.ID, [2]ballot.NewTeller{{UnitID: one}, {UnitID: two}})
		}
		u := h.Units
		want(t, name(h.Officers[3], u[3].ID, u[4].ID), fault.Denied, "") // nobody names oneself
		want(t, name(h.Leader(), u[3].ID, ""), fault.Invalid, ballot.TellerField(2))
		want(t, name(h.Leader(), u[2].ID, u[4].ID), fault.Invalid, ballot.TellerField(1)) // on the ballot
		want(t, name(h.Leader(), u[3].ID, u[5].ID), fault.Invalid, ballot.TellerField(2)) // absent
		want(t, name(h.Leader(), u[3].ID, u[3].ID), fault.Invalid, ballot.TellerField(2)) // one unit
		h.Check(name(h.Leader(), h.Organiser.ID, h.Organiser.ID))
		h.Check(name(h.Leader(), u[3].ID, h.Organiser.ID))
		// A teller who has left is replaced before the vote begins.
		h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, meeting.Attendance{UnitID: u[5].ID, Status: meeting.Present, Version: 1}))
		roll, err := h.Meetings.Roll(ctx, d, m)
		h.Check(err)
		line := roll[3].Attendance
		line.Status = meeting.Absent
		h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, line))
		want(t, h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version), fault.Invalid, ballot.TellerField(1))
		h.Check(name(h.Leader(), u[4].ID, h.Organiser.ID))
		p = h.Begin(p)
		f := count(p, h.Lines(p, 4, 1))
		e, err := h.Ballots.EnterCount(ctx, h.Standing, p.ID, f)
		if err != nil || e.Teller != 2 || e.Both {
			t.Fatalf("%+v %v", e, err)
		}
		if e, err = h.Ballots.EnterCount(ctx, h.Officers[4], p.ID, f); err != nil || e.Teller != 1 || !e.Both {
			t.Fatalf("%+v %v", e, err)
		}
		h.Sound()
	})
}

func TestTieIsVotedAgainThenSettledByPeople(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		_, err := h.Rules.Add(ctx, h.Standing, rulebook.Rule{Code: rulebook.VoteCluster, Scope: h.Organiser.ID, Value: `{"share":"1/4","base":"all"}`, Source: "Quy chế", From: "2023-01-01"})
		h.Check(err)
		m := h.InSession(meeting.Review, 12)
		v := h.Vote(m, ballot.ForLeader, 1, map[int]int{1: 5, 2: 5, 3: 2})
		if !v.Tied() || len(v.Chosen()) != 0 || v.Verdicts[2].Tied {
			t.Fatalf("%+v", v.Verdicts)
		}
		if _, ok, err := h.Ballots.Elected(ctx, d, m.ID, ballot.ForLeader); ok || err != nil {
			t.Fatal("a tie elects nobody")
		}
		again, err := h.Ballots.Again(ctx, h.Leader(), v.ID, ballot.ByHands)
		h.Check(err)
		if again.Attempt != 2 || again.PreviousID != v.ID || again.Seats != 1 {
			t.Fatalf("%+v", again)
		}
		_, err = h.Ballots.Again(ctx, h.Leader(), v.ID, ballot.ByHands)
		want(t, err, fault.Conflict, "")
		want(t, h.Ballots.Settle(ctx, h.Leader(), v.ID, []string{v.Nominees[0].ID}, "x", v.Version), fault.Conflict, "")
		again = h.Begin(again)
		second := h.View(again)
		if len(second.Nominees) != 2 || second.Nominees[0].UnitID != h.Units[1].ID {
			t.Fatalf("%+v", second.Nominees)
		}
		h.Check(h.Ballots.CountHands(ctx, h.Leader(), again.ID, h.Lines(again, 6, 6)))
		second = h.View(again)
		if !second.Tied() {
			t.Fatal("still level")
		}
		a, b := second.Nominees[0].ID, second.Nominees[1].ID
		want(t, h.Ballots.Settle(ctx, h.Leader(), again.ID, []string{a}, " ", second.Version), fault.Invalid, "basis")
		want(t, h.Ballots.Settle(ctx, h.Leader(), again.ID, nil, "x", second.Version), fault.Invalid, "chosen")
		want(t, h.Ballots.Settle(ctx, h.Leader(), again.ID, []string{a, b}, "x", second.Version), fault.Invalid, "chosen")
		want(t, h.Ballots.Settle(ctx, h.Leader(), again.ID, []string{"x"}, "x", second.Version), fault.Invalid, "chosen")
		want(t, h.Ballots.Settle(ctx, h.Officers[5], again.ID, []string{a}, "x", second.Version), fault.Denied, "")
		h.Check(h.Ballots.Settle(ctx, h.Leader(), again.ID, []string{b}, "Chủ trì quyết định theo Điều 5 quy chế", second.Version))
		unit, ok, err := h.Ballots.Elected(ctx, d, m.ID, ballot.ForLeader)
		if err != nil || !ok || unit != h.Units[2].ID {
			t.Fatalf("%s %v %v", unit, ok, err)
		}
		second = h.View(again)
		want(t, h.Ballots.Settle(ctx, h.Leader(), again.ID, []string{a}, "x", second.Version), fault.Conflict, "")
		h.Sound()
	})
}

func TestNobodyPassesAndTheOthersAreVotedAgain(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.InSession(meeting.Review, 12)
		v := h.Vote(m, ballot.ForDeputy, 1, map[int]int{1: 4, 2: 5, 3: 3})
		if got := locale.Vietnamese.Value(v.Words()); got != "Không có ai, hoặc nội dung nào, đạt đủ phiếu." {
			t.Error(got)
		}
		next, err := h.Ballots.Again(ctx, h.Leader(), v.ID, ballot.OnPaper)
		h.Check(err)
		if got := h.View(next); len(got.Nominees) != 3 || next.Way != ballot.OnPaper {
			t.Errorf("%+v", got)
		}
		full := h.Vote(m, ballot.ForLeader, 1, map[int]int{1: 9})
		_, err = h.Ballots.Again(ctx, h.Leader(), full.ID, ballot.OnPaper)
		want(t, err, fault.Conflict, "")
	})
}

func TestCancelKeepsWhatWasCounted(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 5)
		m := h.InSession(meeting.Review, 5)
		v := h.Vote(m, ballot.ForLeader, 1, map[int]int{1: 4})
		want(t, h.Ballots.Cancel(ctx, h.Leader(), v.ID, " ", v.Version), fault.Invalid, "reason")
		want(t, h.Ballots.Cancel(ctx, h.Officers[3], v.ID, "x", v.Version), fault.Denied, "")
		want(t, h.Ballots.Cancel(ctx, h.Leader(), v.ID, "x", v.Version-1), fault.Stale, "")
		h.Check(h.Ballots.Cancel(ctx, h.Leader(), v.ID, "Đếm nhầm", v.Version))
		if _, ok, _ := h.Ballots.Elected(ctx, d, m.ID, ballot.ForLeader); ok {
			t.Error("a cancelled election elects")
		}
		v = h.View(v.Poll)
		if len(v.Tellers) != 1 || v.Cancelled != "Đếm nhầm" {
			t.Errorf("%+v", v)
		}
		want(t, h.Ballots.Cancel(ctx, h.Leader(), v.ID, "x", v.Version), fault.Conflict, "")
		h.Close(m)
		p := v.Poll
		_, err := h.Ballots.Again(ctx, h.Leader(), p.ID, ballot.ByHands)
		want(t, err, fault.Conflict, "")
		h.Sound()
	})
}

func TestAdoptingATextAndWrittenVotes(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := meetingtest.New(t, d, 12)
		m := h.InSession(meeting.Review, 8)
		p, err := h.Ballots.Prepare(ctx, h.Leader(), ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: ballot.ForAdopt, Title: "Thông qua báo cáo", Way: ballot.ByHands, Labels: []string{"Báo cáo tổng kết", " "}})
		h.Check(err)
		p = h.Begin(p)
		lines := h.Lines(p, 6)
		lines[0].Written = 5
		want(t, h.Ballots.CountHands(ctx, h.Leader(), p.ID, lines), fault.Invalid, "written-"+lines[0].Nominee)
		want(t, h.Ballots.CountHands(ctx, h.Officers[2], p.ID, lines), fault.Denied, "")
		lines[0].Written = 1
		h.Check(h.Ballots.CountHands(ctx, h.Leader(), p.ID, lines))
		v := h.View(p)
		if !v.Verdicts[0].Chosen || v.Verdicts[0].Votes != 7 || len(v.Nominees) != 1 {
			t.Errorf("6 hands and 1 written of 12: %+v", v.Verdicts)
		}
		if got := locale.Vietnamese.Value(v.Words()); got != "Thông qua: Báo cáo tổng kết." {
			t.Error(got)
		}
		p, err = h.Ballots.Prepare(ctx, h.Leader(), ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: ballot.ForAdopt, Title: "Thông qua", Way: ballot.ByHands, Labels: []string{"Quy chế", "Kế hoạch"}})
		h.Check(err)
		p = h.Begin(p)
		h.Check(h.Ballots.CountHands(ctx, h.Leader(), p.ID, h.Lines(p, 8, 2)))
		if got := locale.Vietnamese.Value(h.View(p).Words()); got != "Thông qua: Quy chế. Không thông qua: Kế hoạch." {
			t.Error(got)
		}
		// Whether a vote can be prepared is known before its form is filled in.
		h.Put(cluster.Executing)
		err = h.Ballots.Preparable(ctx, d, m.ID, h.Year.ID, ballot.ForLeader)
		want(t, err, fault.Conflict, "")
		if got := locale.Vietnamese.Fault(err); !strings.Contains(got, "đang ở bước “Thực hiện”") {
			t.Error(got)
		}
		h.Check(h.Ballots.Preparable(ctx, d, m.ID, h.Year.ID, ballot.ForAdopt))
	})
}
