package draft

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

type sheets struct{ locked []string }

func (s *sheets) Lock(_ context.Context, _ *db.Tx, _ access.Actor, id string) error {
	s.locked = append(s.locked, id)
	return nil
}

func TestPaperFromTextToAdoption(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		lock := &sheets{}
		s := New(d, b.Book, b.Gate, b.Years, lock, b.Clock)
		leader, year := b.Officers[0], b.Year.ID
		text := Text{Text: "Điều 1. Phạm vi\nĐiều 2. Nguyên tắc\nĐiều 3. Hiệu lực"}

		_, err := s.Write(ctx, leader, year, Plan, text)
		block.Want(t, err, fault.Conflict) // not yet the time
		b.State(t, cluster.Drafting)
		_, err = s.Write(ctx, b.Officers[2], year, Plan, text)
		block.Want(t, err, fault.Denied)
		_, err = s.Write(ctx, b.Stranger, year, Plan, text)
		block.Want(t, err, fault.NotFound)
		_, err = s.Write(ctx, leader, year, "speech", text)
		block.Want(t, err, fault.NotFound)
		_, err = s.Write(ctx, leader, year, Plan, Text{Text: "  \n "})
		block.Want(t, err, fault.Invalid, "text")
		_, err = s.Write(ctx, leader, year, Plan, Text{Text: strings.Repeat("a", MaxText+1)})
		block.Want(t, err, fault.TooLarge)

		v, err := s.Write(ctx, leader, year, Plan, text)
		if err != nil {
			t.Fatal(err)
		}
		if v.Number != 1 || v.Hash != Hash(text.Text) || len(v.Hash) != 64 {
			t.Errorf("version %+v", v)
		}
		// Until it is circulated only those who write it see it.
		_, _, err = s.See(ctx, b.Officers[2], v.ID)
		block.Want(t, err, fault.NotFound)
		_, err = s.Comment(ctx, b.Officers[2], v.ID, b.Units[2], 1, "Góp ý")
		block.Want(t, err, fault.NotFound)
		_, err = s.Write(ctx, leader, year, Plan, text)
		block.Want(t, err, fault.Conflict)

		// Two people edit one version: the second sees both texts.
		mine, err := s.Edit(ctx, leader, v.ID, v.Version, Text{Text: text.Text + "\nĐiều 4. Kinh phí"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Edit(ctx, b.Heads[1], v.ID, v.Version, Text{Text: "Bản khác"})
		block.Want(t, err, fault.Stale)
		if theirs, ok := fault.As(err).Theirs.(Version); !ok || theirs.Text != mine.Text {
			t.Errorf("theirs: %+v", fault.As(err).Theirs)
		}
		meeting := b.Meeting(t)
		_, err = s.Adopt(ctx, leader, v.ID, meeting, 1)
		block.Want(t, err, fault.Conflict) // not circulated
		first, err := s.Circulate(ctx, leader, v.ID, mine.Version)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Edit(ctx, leader, v.ID, first.Version, Text{Text: "Sửa sau khi gửi"})
		block.Want(t, err, fault.Conflict)

		// Comments by clause, answered.
		c, err := s.Comment(ctx, b.Officers[2], first.ID, b.Units[2], 4, "Đề nghị ghi rõ nguồn kinh phí")
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Comment(ctx, b.Officers[2], first.ID, b.Units[1], 1, "Thay đơn vị khác")
		block.Want(t, err, fault.Denied)
		_, err = s.Comment(ctx, b.Stranger, first.ID, b.Units[2], 1, "Người ngoài")
		block.Want(t, err, fault.NotFound)
		_, err = s.Comment(ctx, b.Officers[2], first.ID, b.Units[2], 99, "Dòng không có")
		block.Want(t, err, fault.Invalid, "line")
		_, err = s.Answer(ctx, b.Officers[2], c.ID, c.Version, Accepted, "")
		block.Want(t, err, fault.Denied)
		_, err = s.Answer(ctx, leader, c.ID, c.Version, Declined, "")
		block.Want(t, err, fault.Invalid, "answer")
		if n, err := s.Waits(ctx, d, first.DraftID); err != nil || n != 1 {
			t.Errorf("%d comments wait, %v", n, err)
		}
		if _, err = s.Answer(ctx, leader, c.ID, c.Version, Accepted, "Đã bổ sung"); err != nil {
			t.Fatal(err)
		}
		_, err = s.Answer(ctx, leader, c.ID, c.Version, Declined, "Đổi ý mà chưa xem")
		block.Want(t, err, fault.Stale)

		// The next version, compared with the first.
		next, err := s.Write(ctx, leader, year, Plan, Text{Text: first.Text + " do đơn vị trưởng khối bố trí", Note: "Tiếp thu góp ý"})
		if err != nil || next.Number != 2 {
			t.Fatalf("%+v %v", next, err)
		}
		_, _, _, err = s.Compare(ctx, b.Officers[2], next.ID, first.ID)
		block.Want(t, err, fault.NotFound)
		if next, err = s.Circulate(ctx, leader, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		a, z, lines, err := s.Compare(ctx, b.Officers[2], next.ID, first.ID)
		if err != nil || a.ID != first.ID || z.ID != next.ID || len(lines) != 4 || lines[3].Sort != Changed {
			t.Fatalf("%+v %v", lines, err)
		}
		_, err = s.Comment(ctx, b.Officers[2], first.ID, b.Units[2], 1, "Vào bản cũ")
		block.Want(t, err, fault.Conflict)

		// Adoption.
		paper, err := s.Get(ctx, d, next.DraftID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Adopt(ctx, b.Officers[2], next.ID, meeting, paper.Version)
		block.Want(t, err, fault.Denied)
		_, err = s.Adopt(ctx, leader, next.ID, db.NewID(), paper.Version)
		block.Want(t, err, fault.Invalid, "meeting")
		_, err = s.Adopt(ctx, leader, next.ID, meeting, paper.Version+1)
		block.Want(t, err, fault.Stale)
		if paper, err = s.Adopt(ctx, leader, next.ID, meeting, paper.Version); err != nil || paper.AdoptedID != next.ID || paper.MeetingID != meeting {
			t.Fatalf("%+v %v", paper, err)
		}
		_, err = s.Comment(ctx, b.Officers[2], next.ID, b.Units[2], 1, "Muộn")
		block.Want(t, err, fault.Conflict)
		_, err = s.Write(ctx, leader, year, Plan, text)
		block.Want(t, err, fault.Conflict)
		if blockers, err := s.guard(ctx, d, b.Year); err != nil || len(blockers) != 3 {
			t.Errorf("%d papers block, %v", len(blockers), err)
		}

		// Reopening takes a reason and leaves what was adopted.
		_, err = s.Reopen(ctx, leader, paper.ID, paper.Version, "")
		block.Want(t, err, fault.Invalid, "reason")
		if paper, err = s.Reopen(ctx, leader, paper.ID, paper.Version, "Bổ sung đợt thi đua"); err != nil || paper.State != Open || paper.AdoptedID != next.ID {
			t.Fatalf("%+v %v", paper, err)
		}
		_, err = s.Reopen(ctx, leader, paper.ID, paper.Version, "Lần nữa")
		block.Want(t, err, fault.Conflict)

		// The criteria need a sheet, lock it and make it the year's.
		criteria, err := s.Write(ctx, leader, year, Criteria, Text{Text: "Tiêu chí"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Circulate(ctx, leader, criteria.ID, criteria.Version)
		block.Want(t, err, fault.Invalid, "sheet")
		_, err = s.Edit(ctx, leader, criteria.ID, criteria.Version, Text{Text: "Tiêu chí", SheetVersionID: db.NewID()})
		block.Want(t, err, fault.Invalid, "sheet")
		_, err = s.Edit(ctx, leader, first.ID, first.Version, Text{Text: "x", SheetVersionID: "y"})
		block.Want(t, err, fault.Conflict)
		sheet := b.Sheet(t)
		if criteria, err = s.Edit(ctx, leader, criteria.ID, criteria.Version, Text{Text: "Tiêu chí", SheetVersionID: sheet}); err != nil {
			t.Fatal(err)
		}
		if criteria, err = s.Circulate(ctx, leader, criteria.ID, criteria.Version); err != nil {
			t.Fatal(err)
		}
		if _, err = s.Adopt(ctx, leader, criteria.ID, meeting, 1); err != nil {
			t.Fatal(err)
		}
		y, err := b.Years.Get(ctx, d, year)
		if err != nil || y.SheetVersionID != sheet || len(lock.locked) != 1 || lock.locked[0] != sheet {
			t.Errorf("sheet of the year %q, locked %v, %v", y.SheetVersionID, lock.locked, err)
		}
		b.State(t, cluster.Signed)
		_, err = s.Write(ctx, leader, year, Regulation, text)
		block.Want(t, err, fault.Conflict)
	})
}

func TestFollowersSeeEveryText(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, &sheets{}, b.Clock)
		var seen []string
		s.Follow(Covenant, func(_ context.Context, _ *db.Tx, _ access.Actor, _ Draft, before, after Version) error {
			seen = append(seen, before.Text+">"+after.Text)
			if after.Text == "đổ" {
				return fault.Wrong("text", "Không nhận.")
			}
			return nil
		})
		b.State(t, cluster.Drafting)
		v, err := s.Write(ctx, b.Officers[0], b.Year.ID, Covenant, Text{Text: "một"})
		if err != nil {
			t.Fatal(err)
		}
		if v, err = s.Edit(ctx, b.Officers[0], v.ID, v.Version, Text{Text: "hai"}); err != nil {
			t.Fatal(err)
		}
		_, err = s.Edit(ctx, b.Officers[0], v.ID, v.Version, Text{Text: "đổ"})
		block.Want(t, err, fault.Invalid)
		if _, v, err = s.OfVersion(ctx, d, v.ID); err != nil || v.Text != "hai" {
			t.Errorf("what a follower refuses is not written: %q %v", v.Text, err)
		}
		if found, err := s.Find(ctx, b.Officers[2], "giao uoc", 5); err != nil || len(found) != 0 {
			t.Errorf("found before it is circulated: %+v %v", found, err)
		}
		if _, err = s.Circulate(ctx, b.Officers[0], v.ID, v.Version); err != nil {
			t.Fatal(err)
		}
		if found, err := s.Find(ctx, b.Officers[2], "giao uoc", 5); err != nil || len(found) != 1 || found[0].Kind != Covenant || found[0].YearID != b.Year.ID {
			t.Errorf("found %+v %v", found, err)
		}
		if found, err := s.Find(ctx, b.Stranger, "giao uoc", 5); err != nil || len(found) != 0 {
			t.Errorf("a stranger found %+v %v", found, err)
		}
		if want := ">một|một>hai|hai>đổ"; strings.Join(seen, "|") != want {
			t.Errorf("saw %q, want %q", strings.Join(seen, "|"), want)
		}
	})
}
