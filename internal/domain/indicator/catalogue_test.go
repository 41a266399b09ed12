package indicator

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func TestEnterAndCorrect(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		member := x.Officers[2]
		in := NewIndicator{Name: "Kim ngạch xuất khẩu", Aliases: []string{"Giá trị xuất khẩu", " "}, Unit: "triệu USD", Direction: target.Higher, Flow: Sum, Source: "Cục Thống kê"}
		if _, err := x.s.Create(ctx, member, "", in); err == nil {
			t.Fatal("a member edits the catalogue")
		}
		export, err := x.s.Create(ctx, x.Standing, "", in)
		x.Check(err)
		if export.BaseUnit != "USD" || export.Aliases != "Giá trị xuất khẩu" {
			t.Errorf("entered: %+v", export)
		}
		// The same thing under its other name, in another unit of the measure.
		_, err = x.s.Create(ctx, x.Standing, "", NewIndicator{Name: "giá trị xuất khẩu", Unit: "tỷ USD", Flow: Sum})
		at(t, err, "name")
		for field, wrong := range map[string]NewIndicator{
			"name": {Flow: Sum}, "flow": {Name: "Một", Flow: "x"}, "direction": {Name: "Một", Flow: Sum, Direction: "up"}, "cumulative": {Name: "Một", Flow: Growth, Cumulative: true},
		} {
			_, err := x.s.Create(ctx, x.Standing, "", wrong)
			at(t, err, field)
		}
		// A covenant that says it in another wording of the list gets this indicator.
		id := x.aim(Entry{Name: "Giá trị xuất khẩu", Relation: target.Equal, Low: "1,5", Unit: "tỷ USD"}, "", "")
		aims, err := x.s.Aims(ctx, x.DB, x.Year.ID)
		x.Check(err)
		if aims[0].ID != id || aims[0].IndicatorID != export.ID {
			t.Errorf("recognised as %s, want %s", aims[0].IndicatorID, export.ID)
		}
		x.report(x.Officers[0], Report{TargetID: id, Period: HalfYear, Amount: "0,7", Source: "x"})
		x.report(x.Officers[0], Report{TargetID: id, Period: FullYear, Amount: "1.600", Unit: "triệu USD"})
		uses, err := x.s.Uses(ctx, x.Standing, export.ID)
		x.Check(err)
		if len(uses) != 1 || uses[0].Goal == nil || uses[0].Figure == nil || uses[0].Figure.Period != FullYear || uses[0].Status != Exceeded {
			t.Errorf("uses: %+v", uses)
		}
		if uses, err = x.s.Uses(ctx, x.Stranger, export.ID); err != nil || len(uses) != 0 {
			t.Errorf("a stranger sees %+v, %v", uses, err)
		}
		n, err := x.s.Covenants(ctx, x.DB, export.ID)
		x.Check(err)
		if n[export.ID] != 1 {
			t.Errorf("counted %v", n)
		}

		// Corrections: another unit of the measure, aliases as a whole, old names kept.
		change := Change{ID: export.ID, Version: export.Version, Name: "Tổng kim ngạch xuất khẩu", Aliases: []string{"Xuất khẩu"}, Unit: "tỷ USD", Direction: target.Higher, Flow: Sum}
		x.Check(x.s.Edit(ctx, x.Standing, "", change))
		now, err := x.s.Get(ctx, x.DB, export.ID)
		x.Check(err)
		if now.Unit != "tỷ USD" || strings.Join(now.Names(), "|") != "Tổng kim ngạch xuất khẩu|Xuất khẩu|Kim ngạch xuất khẩu" {
			t.Errorf("corrected: %s, %q", now.Unit, now.Names())
		}
		block.Want(t, x.s.Edit(ctx, x.Standing, "", change), fault.Stale, "")
		change.Version, change.Unit = now.Version, "ha"
		at(t, x.s.Edit(ctx, x.Standing, "", change), "unit")
	})
}

func TestKeepApart(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		a, err := x.s.Create(ctx, x.Standing, "", NewIndicator{Name: "Tỷ lệ hộ nghèo", Unit: "%", Flow: Stock})
		x.Check(err)
		b, err := x.s.Create(ctx, x.Standing, "", NewIndicator{Name: "Tỷ lệ hộ dân nghèo", Unit: "%", Flow: Stock})
		x.Check(err)
		likely, err := x.s.Suggest(ctx, x.DB)
		x.Check(err)
		if len(likely) != 1 || likely[0].Keep.ID != a.ID || likely[0].Other.ID != b.ID || likely[0].Shared != 4 || likely[0].Words != 5 {
			t.Fatalf("suggested %+v", likely)
		}
		if err := x.s.KeepApart(ctx, x.Officers[2], "", a.ID, b.ID); err == nil {
			t.Error("a member settles it")
		}
		x.Check(x.s.KeepApart(ctx, x.Standing, "", b.ID, a.ID))
		x.Check(x.s.KeepApart(ctx, x.Standing, "", a.ID, b.ID)) // said twice
		if likely, err = x.s.Suggest(ctx, x.DB); err != nil || len(likely) != 0 {
			t.Errorf("suggested again: %+v, %v", likely, err)
		}
	})
}

func TestImportCatalogue(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		old, err := x.s.Create(ctx, x.Standing, "", NewIndicator{Name: "Số dự án đầu tư mới", Unit: "dự án", Flow: Sum})
		x.Check(err)
		sheet := [][]string{
			{"Danh mục chỉ tiêu"}, {},
			{"STT", "Đơn vị tính", "Tên chỉ tiêu", "Chiều tốt", "Tên gọi khác", "Cách tính"},
			{"1", "dự án", "Số dự án đầu tư mới", "càng cao càng tốt", "Số dự án cấp mới", ""},
			{"2", "%", "Tỷ lệ hộ nghèo", "thấp", "", "tại một thời điểm"},
			{"3", "%", "Tỷ lệ đô thị hóa", "đi lên", "", "mỗi năm"},
		}
		rows, err := ParseRows(sheet)
		x.Check(err)
		out, err := x.s.Import(ctx, x.Standing, rows, true)
		if err == nil || fault.As(err).Code != fault.Invalid {
			t.Fatalf("a file with a wrong row is taken: %v", err)
		}
		if out[0].Act != Mend || !slices.Equal(out[0].Says, []string{"Tên gọi khác", "Chiều tốt"}) || out[1].Act != Enter || out[2].Act != Refuse || len(out[2].Faults) != 2 || out[2].Line != 6 {
			t.Errorf("told %+v", out)
		}
		if all, _ := x.s.Find(ctx, x.DB, "", 0); len(all) != 1 {
			t.Fatalf("half a file was taken: %d", len(all))
		}
		sheet[5][3], sheet[5][5] = "", ""
		rows, err = ParseRows(sheet)
		x.Check(err)
		_, err = x.s.Import(ctx, x.Standing, rows, false)
		x.Check(err)
		if all, _ := x.s.Find(ctx, x.DB, "", 0); len(all) != 1 {
			t.Fatal("a dry run writes")
		}
		if _, err := x.s.Import(ctx, x.Officers[0], rows, true); err == nil {
			t.Error("a leader replaces the whole catalogue")
		}
		_, err = x.s.Import(ctx, x.Standing, rows, true)
		x.Check(err)
		now, err := x.s.Get(ctx, x.DB, old.ID)
		x.Check(err)
		if now.Direction != target.Higher || now.Aliases != "Số dự án cấp mới" {
			t.Errorf("mended: %+v", now)
		}

		// What was written comes back unchanged.
		all, err := x.s.Find(ctx, x.DB, "", 0)
		x.Check(err)
		back := [][]string{Columns}
		for _, i := range all {
			back = append(back, i.Cells())
		}
		rows, err = ParseRows(back)
		x.Check(err)
		out, err = x.s.Import(ctx, x.Standing, rows, true)
		x.Check(err)
		for _, o := range out {
			if o.Act != Leave {
				t.Errorf("%s: %s %v %v", o.Name, o.Act, o.Says, o.Faults)
			}
		}
		// The same indicator twice in a file.
		rows = append(rows, rows[0])
		if out, err = x.s.Import(ctx, x.Standing, rows, false); err != nil || out[len(out)-1].Act != Refuse {
			t.Errorf("twice: %+v, %v", out[len(out)-1], err)
		}
	})
	for name, sheet := range map[string][][]string{"no head": {{"a"}, {"b"}}, "nothing": {}, "only a head": {{"Tên chỉ tiêu"}}} {
		if _, err := ParseRows(sheet); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func FuzzParseRows(f *testing.F) {
	f.Add("Tên chỉ tiêu\tĐơn vị tính\tChiều tốt\nTỷ lệ\t%\tthấp\n")
	f.Add("STT\tchỉ tiêu\tCách tính\tCộng dồn qua các năm\n1\tA\tmức tăng, giảm\tx")
	f.Fuzz(func(t *testing.T, text string) {
		var sheet [][]string
		for _, line := range strings.Split(text, "\n") {
			sheet = append(sheet, strings.Split(line, "\t"))
		}
		rows, err := ParseRows(sheet)
		if err != nil {
			return
		}
		for _, r := range rows {
			n, _ := parseRow(r)
			n.check()
			if r.Line < 2 || r.Line > len(sheet) {
				t.Fatalf("row %d of %d", r.Line, len(sheet))
			}
		}
	})
}
