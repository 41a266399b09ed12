package movement

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

const launch = `Sáng nay, tỉnh phát động phong trào thi đua năm 2023 với chủ đề “Đoàn kết - sáng tạo”. Mục tiêu:

- Tổng kim ngạch xuất nhập khẩu 92.070 triệu USD.
- Tỷ lệ đô thị hóa 43%.
- Tỷ lệ lao động qua đào tạo 77%.`

func in(b *block.Block) NewMovement {
	return NewMovement{OrganiserID: b.Organiser, Name: "Phong trào thi đua năm 2023", Kind: Regular, Year: 2023, Text: launch, Basis: "Hội nghị 10/01"}
}

func TestLaunch(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		catalogue := indicator.New(d, b.Book, b.Gate, b.Years, b.Clock)
		s := New(d, b.Book, b.Gate, b.Years, catalogue, b.Clock)

		_, err := s.Create(ctx, b.Officers[0], in(b))
		block.Want(t, err, fault.Denied)
		_, err = s.Create(ctx, access.Visitor, in(b))
		block.Want(t, err, fault.Unauthenticated)
		_, err = s.Create(ctx, b.Standing, NewMovement{OrganiserID: b.Organiser, Year: 1200, From: "2023-02-01", To: "2023-01-01"})
		for _, field := range []string{"name", "kind", "year", "from"} {
			block.Want(t, err, fault.Invalid, field)
		}
		big := in(b)
		big.Text = strings.Repeat("x", maxText+1)
		_, err = s.Create(ctx, b.Standing, big)
		block.Want(t, err, fault.TooLarge)

		m, err := s.Create(ctx, b.Standing, in(b))
		if err != nil {
			t.Fatal(err)
		}
		if m.Theme != "Đoàn kết - sáng tạo" || m.From != "2023-01-01" || m.To != "2023-12-31" {
			t.Errorf("read from the text: %+v", m)
		}
		targets, err := s.Targets(ctx, d, m.ID)
		if err != nil || len(targets) != 3 || targets[0].BaseLow != "92070000000" || targets[1].Line != 4 {
			t.Fatalf("targets %+v, %v", targets, err)
		}

		// A draft is seen by those who write it, and by nobody else.
		_, err = s.See(ctx, b.Officers[1], m.ID)
		block.Want(t, err, fault.NotFound)
		_, err = s.AddTarget(ctx, b.Officers[1], m.ID, indicator.Entry{Name: "A", Relation: target.None})
		block.Want(t, err, fault.NotFound)
		if list, err := s.List(ctx, b.Officers[1], Filter{}); err != nil || len(list) != 0 {
			t.Errorf("a member lists %+v %v", list, err)
		}
		if list, err := s.List(ctx, b.Standing, Filter{Query: "doan ket"}); err != nil || len(list) != 1 {
			t.Errorf("the standing body lists %+v %v", list, err)
		}

		// Correcting what was read.
		e := targets[1].Edit("vi")
		e.Low = "43,5"
		if _, err := s.EditTarget(ctx, b.Standing, targets[1].ID, targets[1].Version, e); err != nil {
			t.Fatal(err)
		}
		_, err = s.EditTarget(ctx, b.Standing, targets[1].ID, targets[1].Version, e)
		block.Want(t, err, fault.Stale)
		e.Low = ""
		_, err = s.EditTarget(ctx, b.Standing, targets[1].ID, targets[1].Version+1, e)
		block.Want(t, err, fault.Invalid, "low")
		hand, err := s.AddTarget(ctx, b.Standing, m.ID, indicator.Entry{Name: "kim ngạch xuất khẩu", Relation: target.Equal, Low: "50.000", Unit: "triệu USD", PartOf: targets[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.AddTarget(ctx, b.Standing, m.ID, indicator.Entry{Name: "kim ngạch nhập khẩu", Relation: target.Equal, Low: "1", PartOf: hand.ID})
		block.Want(t, err, fault.Invalid, "part_of")

		// A changed text keeps corrections on lines that stay.
		changed := in(b)
		changed.Text = strings.Replace(strings.Replace(launch, "Mục tiêu:", "Mục tiêu chủ yếu:\n", 1), "77%", "78%", 1)
		_, err = s.Edit(ctx, b.Standing, m.ID, m.Version+5, changed)
		block.Want(t, err, fault.Stale)
		if m, err = s.Edit(ctx, b.Standing, m.ID, m.Version, changed); err != nil {
			t.Fatal(err)
		}
		targets, err = s.Targets(ctx, d, m.ID)
		if err != nil || len(targets) != 4 {
			t.Fatalf("%d targets, %v", len(targets), err)
		}
		if targets[1].Low != "43.5" || targets[1].Line != 5 || targets[2].ID != hand.ID || targets[2].PartOf != targets[0].ID || targets[3].Low != "78" {
			t.Errorf("after the change: %+v", targets)
		}
		if err := s.RemoveTarget(ctx, b.Standing, targets[0].ID, targets[0].Version); err != nil {
			t.Fatal(err)
		}
		view, err := s.View(ctx, d, m)
		if err != nil || len(view.Loose) != 1 || view.Loose[0].PartOf != "" || len(view.Lines) != 6 || len(view.Lines[4].Targets) != 1 {
			t.Errorf("view %+v, %v", view, err)
		}

		// The guard wants a launched movement of the year.
		y := b.Year
		y.MovementID = m.ID
		if blockers, err := s.guard(ctx, d, y); err != nil || len(blockers) != 1 {
			t.Errorf("before the launch: %v %v", blockers, err)
		}
		_, err = s.Launch(ctx, b.Standing, m.ID, m.Version-1)
		block.Want(t, err, fault.Stale)
		if m, err = s.Launch(ctx, b.Standing, m.ID, m.Version); err != nil || m.LaunchedAt == 0 {
			t.Fatal(err)
		}
		if blockers, err := s.guard(ctx, d, y); err != nil || len(blockers) != 0 {
			t.Errorf("after the launch: %v %v", blockers, err)
		}
		y.Year = 2024
		if blockers, _ := s.guard(ctx, d, y); len(blockers) != 1 {
			t.Error("a movement of another year does not count")
		}
		_, err = s.Launch(ctx, b.Standing, m.ID, m.Version)
		block.Want(t, err, fault.Conflict)
		_, err = s.Edit(ctx, b.Standing, m.ID, m.Version, changed)
		block.Want(t, err, fault.Conflict)
		if _, err := s.See(ctx, b.Stranger, m.ID); err != nil {
			t.Errorf("a launched movement is for everyone: %v", err)
		}
	})
}

func TestResponses(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, indicator.New(d, b.Book, b.Gate, b.Years, b.Clock), b.Clock)
		m, err := s.Create(ctx, b.Standing, in(b))
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Respond(ctx, b.Officers[1], m.ID, b.Units[1], "Hưởng ứng", 0)
		block.Want(t, err, fault.NotFound) // not launched
		if m, err = s.Launch(ctx, b.Standing, m.ID, m.Version); err != nil {
			t.Fatal(err)
		}
		_, err = s.Respond(ctx, b.Officers[1], m.ID, b.Units[2], "Thay đơn vị khác", 0)
		block.Want(t, err, fault.Denied)
		_, err = s.Respond(ctx, b.Officers[1], m.ID, b.Units[1], " ", 0)
		block.Want(t, err, fault.Invalid, "text")
		r, err := s.Respond(ctx, b.Officers[1], m.ID, b.Units[1], "Đăng ký 3 công trình", 0)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Respond(ctx, b.Officers[1], m.ID, b.Units[1], "Lần hai mà chưa xem", 0)
		block.Want(t, err, fault.Stale)
		if _, err = s.Respond(ctx, b.Officers[1], m.ID, b.Units[1], "Đăng ký 4 công trình", r.Version); err != nil {
			t.Fatal(err)
		}
		all, err := s.Responses(ctx, d, m.ID)
		if err != nil || len(all) != 1 || all[0].Text != "Đăng ký 4 công trình" {
			t.Errorf("responses %+v, %v", all, err)
		}
	})
}

func TestTheme(t *testing.T) {
	for text, want := range map[string]string{
		`với chủ đề “Đoàn kết; kỷ cương” và`:           "Đoàn kết; kỷ cương",
		`chủ đề của năm; với chủ đề: "Sáng tạo".`:      "Sáng tạo",
		`theo chủ đề năm và xa sau đó có “trích dẫn”.`: "",
		`chủ đề “không đóng`:                           "",
		``:                                             "",
	} {
		if got := Theme(text); got != want {
			t.Errorf("Theme(%q) = %q, want %q", text, got, want)
		}
	}
}
