// Package meetingtest gives tests a block of units with its rulebook, its votes
// and its meetings.
package meetingtest

import (
	"context"
	"time"

	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/house"
)

var ctx = context.Background()

// Hall is a block at the state in which it reviews the year.
type Hall struct {
	*house.Block
	Rules    *rulebook.Service
	Ballots  *ballot.Service
	Meetings *meeting.Service
}

// New makes a block of n units of 2023, on 29/11/2023, with aggregated scores.
func New(t testing.TB, d *db.DB, n int) *Hall {
	t.Helper()
	h := house.New(t, d)
	hall := &Hall{Rules: rulebook.New(d, h.Book, h.Gate, h.Clock)}
	hall.Ballots = ballot.New(d, h.Book, h.Gate, h.Years, hall.Rules, h.Clock)
	hall.Meetings = meeting.New(d, h.Book, h.Gate, h.Years, hall.Rules, hall.Ballots, h.Clock)
	h.Check(d.InTx(ctx, func(tx *db.Tx) error { return hall.Rules.EnsureStandard(ctx, tx, access.Program) }))
	hall.Block = h.Block(n)
	hall.Put(cluster.Aggregated)
	h.Clock.To("2023-11-29 08:00")
	return hall
}

// Plan schedules a meeting of the kind for 29/11/2023, 08:30.
func (h *Hall) Plan(k meeting.Kind) meeting.Meeting {
	h.T.Helper()
	m, err := h.Meetings.Plan(ctx, h.Leader(), []string{h.Year.ID}, Usual(k), k.Agenda())
	h.Check(err)
	return m
}

// Usual is a plan that has all it needs.
func Usual(k meeting.Kind) meeting.Plan {
	return meeting.Plan{
		Kind: k, Title: "Hội nghị " + k.Name() + " năm 2023", Place: "Hội trường A", Chair: "Nguyễn Thị A", Secretary: "Trần Văn B",
		Starts: time.Date(2023, 11, 29, 8, 30, 0, 0, clock.Vietnam),
	}
}

// Call marks the first n units present and the rest absent.
func (h *Hall) Call(m meeting.Meeting, n int) {
	h.T.Helper()
	for i, u := range h.Units {
		a := meeting.Attendance{UnitID: u.ID, Status: meeting.Absent}
		if i < n {
			a.Status = meeting.Present
		}
		h.Check(h.Meetings.Mark(ctx, h.Leader(), m.ID, a))
	}
}

// InSession plans a meeting, opens it and calls n units.
func (h *Hall) InSession(k meeting.Kind, n int) meeting.Meeting {
	h.T.Helper()
	m := h.Plan(k)
	h.Clock.To("2023-11-29 08:30")
	h.Check(h.Meetings.Open(ctx, h.Leader(), m.ID, m.Version))
	h.Call(m, n)
	return h.Now(m)
}

// Now reads the meeting as it stands.
func (h *Hall) Now(m meeting.Meeting) meeting.Meeting {
	h.T.Helper()
	m, err := h.Meetings.Get(ctx, h.DB, m.ID)
	h.Check(err)
	return m
}

// Close closes the meeting.
func (h *Hall) Close(m meeting.Meeting) meeting.Meeting {
	h.T.Helper()
	h.Check(h.Meetings.Close(ctx, h.Leader(), m.ID, h.Now(m).Version))
	return h.Now(m)
}

// Poll prepares and opens a poll among the units at the given indexes; two
// others that attend count it on paper.
func (h *Hall) Poll(m meeting.Meeting, purpose ballot.Purpose, way ballot.Way, seats int, units ...int) ballot.Poll {
	h.T.Helper()
	n := ballot.NewPoll{MeetingID: m.ID, YearID: h.Year.ID, Purpose: purpose, Title: purpose.Name(), Way: way, Seats: seats}
	for _, i := range units {
		n.Units = append(n.Units, h.Units[i].ID)
	}
	p, err := h.Ballots.Prepare(ctx, h.Leader(), n)
	h.Check(err)
	if way == ballot.OnPaper {
		h.Man(p)
	}
	return h.Begin(p)
}

// Man names the first two, but for the leader, of the units that may count a poll.
func (h *Hall) Man(p ballot.Poll) [2]access.Actor {
	h.T.Helper()
	may, err := h.Ballots.Candidates(ctx, h.DB, p)
	h.Check(err)
	if len(may) > 3 { // the last is the organiser
		may = may[1:]
	}
	one, two := may[0], may[1]
	h.Check(h.Ballots.NameTellers(ctx, h.Leader(), p.ID, [2]ballot.NewTeller{{UnitID: one.ID, Person: "Lê Thị C"}, {UnitID: two.ID}}))
	return h.Tellers(p)
}

// Tellers are the officers of the units that count a poll.
func (h *Hall) Tellers(p ballot.Poll) (out [2]access.Actor) {
	h.T.Helper()
	v := h.View(p)
	for i, t := range v.Named {
		for j, u := range h.Units {
			if u.ID == t.UnitID {
				out[i] = h.Officers[j]
			}
		}
	}
	return out
}

// Begin opens a prepared poll.
func (h *Hall) Begin(p ballot.Poll) ballot.Poll {
	h.T.Helper()
	h.Check(h.Ballots.Open(ctx, h.Leader(), p.ID, p.Version))
	p, err := h.Ballots.Get(ctx, h.DB, p.ID)
	h.Check(err)
	return p
}

// Lines gives the nominees of a poll their yes votes in order; the rest of
// those present say no.
func (h *Hall) Lines(p ballot.Poll, yes ...int) []ballot.Line {
	h.T.Helper()
	v, err := h.Ballots.Read(ctx, h.DB, p)
	h.Check(err)
	var lines []ballot.Line
	for i, n := range v.Nominees {
		lines = append(lines, ballot.Line{Nominee: n.ID, Yes: yes[i], No: p.Present - yes[i]})
	}
	return lines
}

// Vote opens a poll by hands, counts it and shows it.
func (h *Hall) Vote(m meeting.Meeting, purpose ballot.Purpose, seats int, votes map[int]int) ballot.View {
	h.T.Helper()
	var units, yes []int
	for i := range h.Units {
		if v, ok := votes[i]; ok {
			units, yes = append(units, i), append(yes, v)
		}
	}
	p := h.Poll(m, purpose, ballot.ByHands, seats, units...)
	h.Check(h.Ballots.CountHands(ctx, h.Leader(), p.ID, h.Lines(p, yes...)))
	return h.View(p)
}

// View shows a poll to the leader.
func (h *Hall) View(p ballot.Poll) ballot.View {
	h.T.Helper()
	v, err := h.Ballots.See(ctx, h.Leader(), p.ID)
	h.Check(err)
	return v
}

// Sound verifies the ledger over everything that the test wrote.
func (h *Hall) Sound() {
	h.T.Helper()
	report, err := ledger.Verify(ctx, h.DB, nil)
	h.Check(err)
	if !report.OK() {
		h.T.Fatalf("the ledger does not fit: %+v", report)
	}
}
