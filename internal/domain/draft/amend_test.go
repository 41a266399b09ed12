package draft

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// adopted takes a covenant to its adoption and the year to execution.
func adopted(t *testing.T, b *block.Block, s *Service) (Draft, Version) {
	t.Helper()
	ctx := context.Background()
	b.State(t, cluster.Drafting)
	v, err := s.Write(ctx, b.Officers[0], b.Year.ID, Covenant, Text{Text: "Giao ước\nXuất khẩu 50 triệu USD"})
	b.Check(err)
	v, err = s.Circulate(ctx, b.Officers[0], v.ID, v.Version)
	b.Check(err)
	d, err := s.Adopt(ctx, b.Officers[0], v.ID, b.Meeting(t), 1)
	b.Check(err)
	b.State(t, cluster.Executing)
	return d, v
}

func TestAmendmentFromReasonToAdoption(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, &sheets{}, b.Clock)
		leader, year := b.Officers[0], b.Year.ID
		paper, first := adopted(t, b, s)
		b.Clock.To("2023-06-01 08:00")

		// An adopted covenant is not simply written on.
		_, err := s.Write(ctx, leader, year, Covenant, Text{Text: "Khác"})
		block.Want(t, err, fault.Conflict)
		for what, c := range map[string]struct {
			by      access.Actor
			version int64
			reason  string
			code    fault.Code
		}{
			"no reason":  {leader, paper.Version, " ", fault.Invalid},
			"a member":   {b.Officers[2], paper.Version, "Lý do", fault.Denied},
			"a stranger": {b.Stranger, paper.Version, "Lý do", fault.NotFound},
			"stale":      {leader, paper.Version + 1, "Lý do", fault.Stale},
		} {
			if _, err := s.Amend(ctx, c.by, paper.ID, c.version, c.reason); !fault.Is(err, c.code) {
				t.Errorf("%s: %v", what, err)
			}
		}
		plan, err := s.Get(ctx, d, paper.ID)
		b.Check(err)
		if plan.State != Adopted {
			t.Fatalf("state %q after refusals", plan.State)
		}
		a, err := s.Amend(ctx, leader, paper.ID, paper.Version, "Tỉnh điều chỉnh chỉ tiêu xuất khẩu")
		b.Check(err)
		if a.FromID != first.ID || a.Reason == "" || a.State != Proposed {
			t.Fatalf("%+v", a)
		}
		paper, err = s.Get(ctx, d, paper.ID)
		b.Check(err)
		if !paper.InForce() || paper.AdoptedID != first.ID {
			t.Fatalf("the text in force went with the proposal: %+v", paper)
		}
		_, err = s.Amend(ctx, leader, paper.ID, paper.Version, "Lần nữa")
		block.Want(t, err, fault.Conflict)
		if blockers, err := s.guardAmendment(ctx, d, b.Year); err != nil || len(blockers) != 1 {
			t.Errorf("an open amendment blocks the scoring: %+v %v", blockers, err)
		}
		// The text in force takes no comments; nothing can be adopted yet.
		_, err = s.Comment(ctx, b.Officers[2], first.ID, b.Units[2], 1, "Vào bản đang có hiệu lực")
		block.Want(t, err, fault.Conflict)
		_, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: first.ID, Basis: "x", Due: "2023-07-01", Version: paper.Version})
		block.Want(t, err, fault.Conflict)

		// A withdrawn amendment leaves the text in force, and its versions.
		b.Clock.To("2023-06-02 08:00")
		left, err := s.Write(ctx, leader, year, Covenant, Text{Text: "Giao ước\nXuất khẩu 10 triệu USD"})
		b.Check(err)
		left, err = s.Circulate(ctx, leader, left.ID, left.Version)
		b.Check(err)
		block.Want(t, s.Withdraw(ctx, leader, a.ID, a.Version, ""), fault.Invalid, "why")
		block.Want(t, s.Withdraw(ctx, b.Officers[2], a.ID, a.Version, "Thôi"), fault.Denied)
		b.Check(s.Withdraw(ctx, leader, a.ID, a.Version, "Các đơn vị không nhất trí"))
		block.Want(t, s.Withdraw(ctx, leader, a.ID, a.Version+1, "Lần nữa"), fault.Conflict)
		paper, err = s.Get(ctx, d, paper.ID)
		b.Check(err)
		if paper.State != Adopted || paper.AdoptedID != first.ID {
			t.Fatalf("%+v", paper)
		}

		// The next one begins from the text in force, not from what was given up.
		b.Clock.To("2023-06-10 08:00")
		_, err = s.Amend(ctx, leader, paper.ID, paper.Version, "Tỉnh điều chỉnh chỉ tiêu")
		b.Check(err)
		paper, err = s.Get(ctx, d, paper.ID)
		b.Check(err)
		if from, err := s.Base(ctx, d, paper); err != nil || from.ID != first.ID {
			t.Errorf("the next version begins from bản %d, %v", from.Number, err)
		}
		_, err = s.Comment(ctx, b.Officers[2], left.ID, b.Units[2], 1, "Vào bản đã rút")
		block.Want(t, err, fault.Conflict)
		_, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: left.ID, Basis: "Công văn 5", Due: "2023-07-01", Version: paper.Version})
		block.Want(t, err, fault.Conflict)
		same, err := s.Write(ctx, leader, year, Covenant, Text{Text: first.Text})
		b.Check(err)
		same, err = s.Circulate(ctx, leader, same.ID, same.Version)
		b.Check(err)
		_, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: same.ID, Basis: "Công văn 5", Due: "2023-07-01", Version: paper.Version})
		block.Want(t, err, fault.Conflict) // nothing changes
		b.Clock.To("2023-06-11 08:00")
		next, err := s.Write(ctx, leader, year, Covenant, Text{Text: "Giao ước\nXuất khẩu 45 triệu USD"})
		b.Check(err)
		if next.Number != 4 {
			t.Errorf("bản %d", next.Number)
		}
		_, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: next.ID, Basis: "Công văn 5", Due: "2023-07-01", Version: paper.Version})
		block.Want(t, err, fault.Conflict) // not circulated
		next, err = s.Circulate(ctx, leader, next.ID, next.Version)
		b.Check(err)
		c, err := s.Comment(ctx, b.Officers[2], next.ID, b.Units[2], 2, "Nhất trí")
		b.Check(err)
		_, err = s.Answer(ctx, leader, c.ID, c.Version, Accepted, "")
		b.Check(err)

		_, err = s.Adopt(ctx, leader, next.ID, b.Meeting(t), paper.Version)
		block.Want(t, err, fault.Conflict) // without a basis and a day
		for what, c := range map[string]struct {
			in    Adoption
			field string
		}{
			"no basis":               {Adoption{Due: "2023-07-01"}, "meeting"},
			"two":                    {Adoption{MeetingID: b.Meeting(t), Basis: "Công văn 5", Due: "2023-07-01"}, "basis"},
			"no such meeting":        {Adoption{MeetingID: db.NewID(), Due: "2023-07-01"}, "meeting"},
			"no day":                 {Adoption{Basis: "Công văn 5"}, "due"},
			"a day that has gone by": {Adoption{Basis: "Công văn 5", Due: "2023-06-10"}, "due"},
		} {
			c.in.VersionID, c.in.Version = next.ID, paper.Version
			_, err := s.AdoptAmended(ctx, leader, c.in)
			if !fault.Is(err, fault.Invalid) || fault.As(err).All()[0].Field != c.field {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = s.AdoptAmended(ctx, b.Officers[2], Adoption{VersionID: next.ID, Basis: "Công văn 5", Due: "2023-07-01", Version: paper.Version})
		block.Want(t, err, fault.Denied)
		paper, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: next.ID, Basis: "Công văn 5/CV ngày 11/6/2023, 3/3 đơn vị đồng ý", Due: "2023-07-01", Version: paper.Version})
		b.Check(err)
		if paper.State != Adopted || paper.AdoptedID != next.ID {
			t.Fatalf("%+v", paper)
		}
		due, err := b.Years.Calendar(ctx, d, year)
		b.Check(err)
		if due[cluster.DueSign].Due != "2023-07-01" {
			t.Errorf("to be signed by %s", due[cluster.DueSign].Due)
		}
		all, err := s.Amendments(ctx, d, paper.ID)
		b.Check(err)
		if len(all) != 2 || all[0].State != Withdrawn || all[1].State != Carried || all[1].ToID != next.ID || all[1].FromID != first.ID {
			t.Fatalf("%+v", all)
		}
		if _, v, err := s.OfVersion(ctx, d, first.ID); err != nil || v.Text != first.Text || v.Hash != first.Hash {
			t.Errorf("the old text changed: %+v %v", v, err)
		}
		// A second amendment, adopted at a meeting.
		b.Clock.To("2023-07-01 08:00")
		_, err = s.Amend(ctx, leader, paper.ID, paper.Version, "Bổ sung")
		b.Check(err)
		third, err := s.Write(ctx, leader, year, Covenant, Text{Text: next.Text + "\nĐô thị hóa 45%"})
		b.Check(err)
		third, err = s.Circulate(ctx, leader, third.ID, third.Version)
		b.Check(err)
		at := b.Meeting(t)
		if paper, err = s.AdoptAmended(ctx, leader, Adoption{VersionID: third.ID, MeetingID: at, Due: "2023-07-20", Version: paper.Version + 1}); err != nil || paper.AdoptedID != third.ID || paper.MeetingID != at {
			t.Errorf("%+v %v", paper, err)
		}
		if report, err := ledger.Verify(ctx, d, nil); err != nil || !report.OK() {
			t.Errorf("ledger %+v %v", report, err)
		}

		// No other paper is amended, and none once scoring has begun.
		b.State(t, cluster.SelfScored)
		_, err = s.Amend(ctx, leader, paper.ID, paper.Version, "Muộn")
		block.Want(t, err, fault.Conflict)
	})
}

// TestNobodyIsLateWithAYoungerText: a text that was sent out after the day for
// comments has no day for them.
func TestNobodyIsLateWithAYoungerText(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, &sheets{}, b.Clock)
		b.State(t, cluster.Drafting)
		v, err := s.Write(ctx, b.Officers[0], b.Year.ID, Plan, Text{Text: "Điều 1. Phạm vi"})
		b.Check(err)
		_, err = s.Circulate(ctx, b.Officers[0], v.ID, v.Version)
		b.Check(err)
		today := clock.Today(b.Clock)
		for due, want := range map[clock.Day]clock.Day{"2022-02-28": "", today: today, "2030-02-28": "2030-02-28"} {
			y, err := b.Years.Get(ctx, d, b.Year.ID)
			b.Check(err)
			found, err := s.Tasks(ctx, d, task.Scope{Actor: b.Officers[2], Year: y, Units: []string{b.Units[2]}, Today: today, Due: map[string]cluster.Deadline{cluster.DueComment: {Due: due}}})
			if err != nil || len(found) != 1 || found[0].Due != want {
				t.Errorf("due %s: %+v %v", due, found, err)
			}
		}
	})
}

func TestTasksOfAnAmendment(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, &sheets{}, b.Clock)
		paper, _ := adopted(t, b, s)
		titles := func(unit int) string {
			t.Helper()
			y, err := b.Years.Get(ctx, d, b.Year.ID)
			b.Check(err)
			found, err := s.Tasks(ctx, d, task.Scope{Actor: b.Officers[unit], Year: y, Units: []string{b.Units[unit]}, Leads: unit == 0, Today: "2023-06-01"})
			b.Check(err)
			var out []string
			for _, one := range found {
				out = append(out, one.Kind+" "+one.Title.Text)
			}
			return strings.Join(out, "|")
		}
		if got := titles(0) + titles(2); got != "" {
			t.Errorf("nothing is amended, and there is %q", got)
		}
		_, err := s.Amend(ctx, b.Officers[0], paper.ID, paper.Version, "Lý do")
		b.Check(err)
		if got := titles(0); got != "amend Soạn và gửi góp ý giao ước sửa đổi" {
			t.Errorf("the leader has %q", got)
		}
		if got := titles(2); got != "" {
			t.Errorf("a member has %q before there is a text", got)
		}
		b.Clock.To("2023-06-02 08:00")
		v, err := s.Write(ctx, b.Officers[0], b.Year.ID, Covenant, Text{Text: "Giao ước mới"})
		b.Check(err)
		v, err = s.Circulate(ctx, b.Officers[0], v.ID, v.Version)
		b.Check(err)
		if got := titles(0) + "/" + titles(2); got != "amend Thông qua giao ước sửa đổi/amend Góp ý giao ước sửa đổi" {
			t.Errorf("there is %q", got)
		}
		_, err = s.Comment(ctx, b.Officers[2], v.ID, b.Units[2], 0, "Nhất trí")
		b.Check(err)
		if got := titles(2); got != "" {
			t.Errorf("who has commented has %q", got)
		}
	})
}
