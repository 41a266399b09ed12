package indicator

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func TestPeriodOf(t *testing.T) {
	for words, want := range map[string]Period{
		"6 tháng": HalfYear, "6 tháng đầu năm": HalfYear, "H1": HalfYear, "Cả năm": FullYear, "năm": FullYear, "y": FullYear, "9 tháng": "M09", "quý III": "Q3", "Quý 1": "Q1",
		"Đến hết quý 2": "Q2", "tháng 10": "M10", "10 tháng": "M10", "m03": "M03", "Đến hết tháng 3": "M03", "II": "Q2",
	} {
		if got, ok := PeriodOf(words); !ok || got != want {
			t.Errorf("%q is %q, want %q", words, got, want)
		}
	}
	for _, words := range []string{"", "tuần 3", "quý 5", "13 tháng", "tháng"} {
		if got, ok := PeriodOf(words); ok {
			t.Errorf("%q is taken for %q", words, got)
		}
	}
}

func TestParseFigures(t *testing.T) {
	sheet := [][]string{
		{"UBND TỈNH"}, {"BÁO CÁO SỐ LIỆU 6 THÁNG"}, {},
		{"STT", "Nội dung chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Ghi  chú"},
		{"1", "Tỷ lệ hộ nghèo", "%", "1", "1,2", "sơ bộ"},
		{"2", "Thu ngân sách", "tỷ đồng", "900", "", ""},
		{"3", "Kim ngạch xuất khẩu", "triệu USD", "50", "26,5"},
	}
	columns, ok := FindColumns(sheet)
	rows, err := ParseFigures(sheet, columns)
	if !ok || err != nil || len(rows) != 2 {
		t.Fatalf("%+v, %v", rows, err)
	}
	if r := rows[0]; r.Line != 5 || r.Cells[ColumnName] != "Tỷ lệ hộ nghèo" || r.Cells[ColumnMeasure] != "%" || r.Cells[ColumnGoal] != "1" || r.Cells[ColumnAmount] != "1,2" || r.Cells[ColumnNote] != "sơ bộ" {
		t.Errorf("%+v", r)
	}
	for _, bad := range [][][]string{nil, {{"Chỉ tiêu", "Mục tiêu"}}, {{"Chỉ tiêu", "Số liệu"}}, {{"Số liệu", "Ghi chú"}, {"5"}}} {
		columns, _ := FindColumns(bad)
		if _, err := ParseFigures(bad, columns); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	// A heading in the unit's own words is guessed as far as it goes; a person says the rest.
	sheet[3][4] = "Sáu tháng đầu năm"
	if columns, ok = FindColumns(sheet); ok || columns.Head != 3 || columns.At[ColumnName] != 1 {
		t.Fatalf("%+v, %v", columns, ok)
	}
	columns.At[ColumnAmount] = 4
	if rows, err = ParseFigures(sheet, columns); err != nil || len(rows) != 2 || rows[1].Cells[ColumnAmount] != "26,5" {
		t.Errorf("%+v, %v", rows, err)
	}
}

func FuzzParseFigures(f *testing.F) {
	f.Add("Chỉ tiêu|Số liệu\nA|1")
	f.Add("Mã|Số liệu|Kỳ\nx/H1|1,5|6 tháng")
	f.Fuzz(func(t *testing.T, text string) {
		var sheet [][]string
		for line := range strings.SplitSeq(text, "\n") {
			sheet = append(sheet, strings.Split(line, "|"))
		}
		columns, _ := FindColumns(sheet)
		rows, err := ParseFigures(sheet, columns)
		if err == nil && len(rows) == 0 {
			t.Fatal("nothing was read, and nothing is wrong")
		}
		in := Sheet{Units: map[string][]string{"u": {"Sở A"}}}
		for _, r := range rows {
			if r.Line < 2 || r.Line > len(sheet) || len(r.Cells) != figureColumns || r.Cells[ColumnAmount] == "" {
				t.Fatalf("%+v", r)
			}
			if line, _, wrong := in.find(nil, r); line != nil || wrong == nil {
				t.Fatalf("%+v is found among no targets", r)
			}
		}
	})
}

// TestSheetOfFigures takes a workbook in: what is new is entered, what differs
// is corrected with a reason, what is wrong is told for every row, and then
// nothing is written.
func TestSheetOfFigures(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		trade := x.aim(Entry{Name: "Tổng kim ngạch xuất khẩu", Relation: target.Equal, Low: "50", Unit: "triệu USD"}, "", x.Units[1])
		own := x.aim(Entry{Name: "Thu ngân sách", Relation: target.Equal, Low: "900", Unit: "tỷ đồng"}, x.Units[2], "")
		x.aim(Entry{Name: "Thu ngân sách", Relation: target.Equal, Low: "800", Unit: "tỷ đồng"}, x.Units[1], "")
		old := x.report(x.Officers[1], Report{TargetID: trade, Period: HalfYear, Amount: "20", Source: "Hải quan"})
		cells := func(set map[int]string) []string {
			c := make([]string, figureColumns)
			for at, text := range set {
				c[at] = text
			}
			return c
		}
		names := map[string][]string{x.Units[0]: {"Sở Một"}, x.Units[1]: {"Sở Hai"}, x.Units[2]: {"Sở Ba"}}
		sheet := func(rows ...[]string) Sheet {
			in := Sheet{Period: HalfYear, Units: names, Lang: locale.Vietnamese}
			for i, c := range rows {
				in.Rows = append(in.Rows, FigureRow{Line: i + 2, Cells: c})
			}
			return in
		}
		count := func() int64 {
			t.Helper()
			n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM figure`)
			if err != nil {
				t.Fatal(err)
			}
			return int64(n)
		}
		faults := func(out []FigureOutcome) (fields []string) {
			for _, o := range out {
				for _, f := range o.Faults {
					fields = append(fields, f.Field)
				}
			}
			return fields
		}

		// Every fault of every row at once.
		bad := sheet(
			cells(map[int]string{ColumnName: "Tổng kim ngạch xuất khẩu", ColumnAmount: "1.2.3,4"}),
			cells(map[int]string{ColumnName: "Thu ngân sách", ColumnAmount: "500"}),
			cells(map[int]string{ColumnName: "Không có", ColumnAmount: "5"}),
			cells(map[int]string{ColumnName: "Thu ngân sách", ColumnUnit: "Sở Bốn", ColumnAmount: "5"}),
			cells(map[int]string{ColumnCode: "x/H1", ColumnAmount: "5"}),
			cells(map[int]string{ColumnName: "Tổng kim ngạch xuất khẩu", ColumnPeriod: "tuần 3", ColumnAmount: "5"}),
		)
		out, err := x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, bad, false)
		if got := strings.Join(faults(out), " "); err != nil || got != "amount unit name unit code period" {
			t.Fatalf("%q, %v", got, err)
		}
		if _, err := x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, bad, true); !fault.Is(err, fault.Invalid) || count() != 1 {
			t.Fatalf("%v, %d figures", err, count())
		}

		// Another unit's target is refused on the record; a correction wants a reason.
		mixed := sheet(
			cells(map[int]string{ColumnName: "Tổng kim ngạch xuất khẩu", ColumnAmount: "26,5"}),
			cells(map[int]string{ColumnCode: FigureCode(own, FullYear), ColumnAmount: "910"}),
		)
		out, err = x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, mixed, false)
		if err != nil || out[0].Act != Refuse || out[0].Faults[0].Field != "reason" || out[1].Act != Refuse || out[1].Faults[0].Code != fault.Denied {
			t.Fatalf("%+v, %v", out, err)
		}

		mixed.Rows = mixed.Rows[:1]
		mixed.Rows = append(mixed.Rows, FigureRow{Line: 3, Cells: cells(map[int]string{ColumnCode: FigureCode(trade, "M09"), ColumnAmount: "38"})})
		mixed.Reason = "Hải quan chốt lại số"
		out, err = x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, mixed, false)
		if err != nil || out[0].Act != Mend || out[0].Before.ID != old.ID || out[1].Act != Enter || out[1].Before != nil || count() != 1 {
			t.Fatalf("%+v, %v, %d figures", out, err, count())
		}
		for i := range out {
			mixed.Rows[i].Seen = out[i].Seen
		}
		// Somebody corrects between preview and writing: told, not overwritten.
		newer, err := x.s.Correct(ctx, x.Officers[1], old.ID, old.Version, "nhầm", Report{TargetID: trade, Amount: "21", Source: "Hải quan"})
		x.Check(err)
		if _, err := x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, mixed, true); !fault.Is(err, fault.Invalid) || count() != 2 {
			t.Fatalf("%v, %d figures", err, count())
		}
		mixed.Rows[0].Seen = newer.ID
		if out, err = x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, mixed, true); err != nil || count() != 4 {
			t.Fatalf("%+v, %v, %d figures", out, err, count())
		}
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		for _, l := range lines {
			if l.ID == trade {
				if f := l.Of(HalfYear); f == nil || f.Amount != "26.5" || f.Reason != "Hải quan chốt lại số" || f.Source != "Hải quan" {
					t.Errorf("%+v", f)
				}
			}
		}
		// The same workbook again changes nothing.
		for i := range mixed.Rows {
			mixed.Rows[i].Seen = ""
		}
		out, err = x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, mixed, false)
		if err != nil || out[0].Act != Leave || out[1].Act != Leave {
			t.Fatalf("%+v, %v", out, err)
		}
		twice := sheet(mixed.Rows[0].Cells, mixed.Rows[0].Cells)
		if out, err = x.s.TakeSheet(ctx, x.Officers[1], x.Year.ID, twice, false); err != nil || out[1].Act != Refuse {
			t.Fatalf("%+v, %v", out, err)
		}
		// What another unit may not report it may not find out by guessing either.
		if out, err = x.s.TakeSheet(ctx, x.Officers[2], x.Year.ID, sheet(mixed.Rows[0].Cells), false); err != nil || out[0].Act != Refuse || out[0].Faults[0].Code != fault.Denied {
			t.Fatalf("%+v, %v", out, err)
		}
		block.Want(t, func() error {
			_, err := x.s.TakeSheet(ctx, x.Stranger, x.Year.ID, sheet(mixed.Rows[0].Cells), false)
			return err
		}(), fault.NotFound)
		block.Want(t, func() error { _, err := x.s.TakeSheet(ctx, x.Officers[1], "nowhere", mixed, false); return err }(), fault.NotFound)
	})
}
