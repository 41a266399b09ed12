package workbook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// setting is a block whose covenant is adopted, and a room whose files are the
// names of sheets that a test made.
type setting struct {
	*block.Block
	t       testing.TB
	s       *Service
	ind     *indicator.Service
	version string
	files   map[string][]Sheet
	places  int
}

var ctx = context.Background()

func set(t testing.TB, d *db.DB, units int) *setting {
	b := block.Of(t, d, units)
	x := &setting{Block: b, t: t, version: db.NewID(), files: map[string][]Sheet{}, ind: indicator.New(d, b.Book, b.Gate, b.Years, b.Clock)}
	x.s = x.room()
	draft := db.NewID()
	x.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, draft, b.Year.ID, x.version)
	x.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, x.version, draft)
	b.State(t, cluster.Executing)
	b.Clock.To("2023-12-20 09:00")
	return x
}

// room is a server's room over the same database.
func (x *setting) room() *Service {
	s := New(x.DB, x.Gate, x.Years, x.ind, func(r io.ReaderAt, size int64, _ func(done, total int64)) ([]Sheet, error) {
		name := make([]byte, size)
		if _, err := r.ReadAt(name, 0); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		sheets, there := x.files[string(name)]
		if !there {
			return nil, fault.New(fault.Invalid, "Tệp này không phải là tệp Excel (.xlsx) hoặc đã bị hỏng. Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.")
		}
		if sheets == nil {
			panic("a reader that breaks")
		}
		return sheets, nil
	}, x.Clock, nil)
	x.t.Cleanup(s.Close)
	return s
}

func (x *setting) aim(name, low, unit, of, reporter string) string {
	x.t.Helper()
	g, err := indicator.Entry{Name: name, Relation: target.Equal, Low: low, Unit: unit}.Goal()
	x.Check(err)
	x.places++
	a := indicator.Aim{ID: db.NewID(), VersionID: x.version, YearID: x.Year.ID, UnitID: of, ReporterID: reporter, Place: x.places, Goal: g}
	x.Check(x.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := x.ind.Recognise(ctx, tx, access.Program, &a.Goal); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "covenant_target", &a)
	}))
	return a.ID
}

// sheet is a page of the template, with a row for each code.
func sheetOf(name string, rows ...[]string) Sheet {
	s := Sheet{Name: name}
	for _, texts := range append([][]string{{Heads[ByCode], Heads[ByName], Heads[Measure], Heads[Figure], Heads[Source], Heads[Reason], Heads[Sure]}}, rows...) {
		var row []Cell
		for _, text := range texts {
			row = append(row, Cell{Text: text})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// take uploads a file and waits for what is made of it.
func (x *setting) take(actor access.Actor, file string) Import {
	x.t.Helper()
	in, err := x.s.Take(ctx, actor, x.Year.ID, Upload{Name: file + ".xlsx", Body: strings.NewReader(file), Lang: locale.Vietnamese})
	x.Check(err)
	return x.wait(actor, in)
}

func (x *setting) wait(actor access.Actor, in Import) Import {
	x.t.Helper()
	x.s.Await(ctx, in.ID, time.Minute)
	in, err := x.s.Find(ctx, actor, x.Year.ID, in.ID)
	x.Check(err)
	return in
}

func (x *setting) plan(in Import) Plan {
	x.t.Helper()
	p, err := x.s.Plan(ctx, in)
	x.Check(err)
	return p
}

func (x *setting) write(actor access.Actor, in Import, yes Agreed) Import {
	x.t.Helper()
	x.Check(x.s.Write(ctx, actor, &in, in.Version, yes))
	return x.wait(actor, in)
}

func (x *setting) figures() []indicator.Figure {
	x.t.Helper()
	f, err := x.ind.Figures(ctx, x.DB, x.Year.ID)
	x.Check(err)
	return f
}

// verify looks whether the ledger still tells what the rows are.
func (x *setting) verify() {
	x.t.Helper()
	report, err := ledger.Verify(ctx, x.DB, nil)
	x.Check(err)
	for _, row := range report.Detached { // the block itself came past the ledger
		if strings.HasPrefix(row, "figure") {
			x.t.Errorf("the ledger does not know %s", row)
		}
	}
	if report.Bad >= 0 {
		x.t.Errorf("entry %d: %v", report.Bad, report.Problem)
	}
}

func TestAWorkbookIsEnteredWhole(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		trade := x.aim("Tổng kim ngạch", "93.262", "triệu USD", "", "")
		own := x.aim("Thu ngân sách", "1.000", "tỷ đồng", x.Units[0], "")
		other := x.aim("Thu ngân sách", "2.000", "tỷ đồng", x.Units[2], "")
		half := func(trades, budget string) Sheet {
			return sheetOf("6 tháng", []string{Code("H1", trade, ""), "Tổng kim ngạch", "triệu USD", trades, "Hải quan"}, []string{Code("H1", own, ""), "Thu ngân sách", "tỷ đồng", budget, "Kho bạc"})
		}
		x.files["new"] = []Sheet{half("45.678,123456789012345", "510"), sheetOf("Cả năm", []string{Code("Y", own, ""), "Thu ngân sách", "tỷ đồng", "1.020,5"}, []string{Code("Y", trade, ""), "Tổng kim ngạch", "triệu USD", ""})}
		in := x.take(x.Officers[0], "new")
		if c := in.Tally(); in.State != Checked || c.New != 3 || c.Empty != 1 || c.Wrong != 0 {
			t.Fatalf("%s %+v %+v", in.State, c, x.plan(in).Rows)
		}
		if len(x.figures()) != 0 {
			t.Fatal("written before the person agreed")
		}
		// Nobody else sees it, or agrees to it.
		_, err := x.s.Find(ctx, x.Officers[1], x.Year.ID, in.ID)
		block.Want(t, err, fault.NotFound)
		block.Want(t, x.s.Write(ctx, x.Officers[1], &in, in.Version, Agreed{}), fault.NotFound)
		block.Want(t, x.s.Drop(ctx, x.Officers[1], in), fault.NotFound)
		in = x.write(x.Officers[0], in, Agreed{})
		if in.State != Written {
			t.Fatalf("%s: %s", in.State, in.Failure)
		}
		figures := x.figures()
		if len(figures) != 3 || figures[0].Amount != "45678.123456789012345" || figures[0].ReporterID != x.Units[0] || figures[0].AccountID != x.Officers[0].Account {
			t.Fatalf("figures %+v", figures)
		}
		x.verify()

		// The same again is no change; a correction needs its reason and keeps the old.
		in = x.take(x.Officers[0], "new")
		if c := in.Tally(); c.Leave != 3 || c.New+c.Mend != 0 {
			t.Fatalf("%+v", c)
		}
		block.Want(t, x.s.Write(ctx, x.Officers[0], &in, in.Version, Agreed{}), fault.Invalid)
		x.files["mend"] = []Sheet{half("45.700", "510")}
		in = x.take(x.Officers[0], "mend")
		if p := x.plan(in); in.Tally().Mend != 1 || p.Rows[0].Old != "45.678,123456789012345\u00a0triệu USD" || p.Rows[0].New != "45.700\u00a0triệu USD" {
			t.Fatalf("%+v", p.Rows)
		}
		block.Want(t, x.s.Write(ctx, x.Officers[0], &in, in.Version, Agreed{}), fault.Invalid, "reason")
		if in = x.write(x.Officers[0], in, Agreed{Reason: "Quyết toán lại"}); in.State != Written {
			t.Fatal(in.Failure)
		}
		figures = x.figures()
		if len(figures) != 4 || figures[0].SupersededBy != figures[3].ID || figures[3].Reason != "Quyết toán lại" {
			t.Fatalf("figures %+v", figures)
		}
		x.verify()

		// All that is wrong is told at once, and then nothing is written.
		x.files["wrong"] = []Sheet{sheetOf("6 tháng",
			[]string{Code("Q1", trade, ""), "Tổng kim ngạch", "triệu USD", "1.2.3,4"},
			[]string{Code("Q1", own, ""), "Thu ngân sách", "kg", "500"},
			[]string{Code("M02", own, ""), "Chỉ tiêu khác", "tỷ đồng", "100"},
			[]string{"", "Thu ngân sách", "tỷ đồng", "100"},
			[]string{Code("M03", own, ""), "Thu ngân sách", "tỷ đồng", "100"}, []string{Code("M03", own, ""), "Thu ngân sách", "tỷ đồng", "101"},
			[]string{Code("M01", db.NewID(), ""), "Thu ngân sách", "tỷ đồng", "100"},
			[]string{Code("Q1", other, ""), "Thu ngân sách", "tỷ đồng", "100"})}
		in = x.take(x.Officers[0], "wrong")
		rows := x.plan(in).Rows
		for i, want := range []string{"“1.2.3,4” không phải là số", "không quy đổi được", "Mã ẩn của dòng này là chỉ tiêu “Thu ngân sách”", "mất mã ẩn", "", "đã có ở trang “6 tháng”, dòng 6", "không thuộc giao ước nào", "phải ghi nguồn số liệu"} {
			if said := strings.Join(rows[i].Faults, " "); !strings.Contains(said, want) || (want == "") != (said == "") {
				t.Errorf("row %d: %q, want %q", i+1, said, want)
			}
		}
		if !strings.HasPrefix(rows[0].Faults[0], "Cột D: ") || rows[0].Line != 2 {
			t.Errorf("where: %+v", rows[0])
		}
		block.Want(t, x.s.Write(ctx, x.Officers[0], &in, in.Version, Agreed{Reason: "x"}), fault.Invalid)
		if len(x.figures()) != 4 {
			t.Error("a workbook with wrong rows was written in part")
		}
		// A workbook of elsewhere, and one of a covenant that was amended.
		elsewhere := db.NewID()
		x.Exec(`INSERT INTO cluster (id, version, kind, organiser_id) VALUES ($1, 1, 'khoi', $2)`, elsewhere, x.Organiser)
		x.Exec(`INSERT INTO cluster_year (id, version, cluster_id, year, name, short_name, search, sort_key, state, basis, movement_id, sheet_version_id, illustrative)
			SELECT $1, 1, $1, 2022, 'Khối khác', 'Khối khác', '', sort_key, 'executing', '', '', '', FALSE FROM cluster_year WHERE id = $2`, elsewhere, x.Year.ID)
		abroad := indicator.Aim{ID: db.NewID(), YearID: elsewhere, Goal: indicator.Goal{Name: "Thu ngân sách", IndicatorID: figures[0].IndicatorID, Relation: target.Equal}}
		old := abroad
		old.ID, old.YearID, old.VersionID = db.NewID(), x.Year.ID, db.NewID()
		abroad.VersionID = old.VersionID
		x.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) SELECT $1, 1, draft_id, 2, '', '', '', '', TRUE, '', 0 FROM draft_version WHERE id = $2`, old.VersionID, x.version)
		x.Check(d.InTx(ctx, func(tx *db.Tx) error {
			return errors.Join(db.Insert(ctx, tx, "covenant_target", &abroad), db.Insert(ctx, tx, "covenant_target", &old))
		}))
		for file, want := range map[string]string{abroad.ID: "Mẫu này là của Khối khác năm 2022", old.ID: "giao ước đã được sửa đổi"} {
			x.files["abroad"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", file, ""), "Thu ngân sách", "tỷ đồng", "1"})}
			if in = x.take(x.Standing, "abroad"); in.State != Failed || !strings.Contains(in.Failure, want) {
				t.Errorf("%s %q, want %q", in.State, in.Failure, want)
			}
		}
		x.files["abroad"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", abroad.ID, ""), "Thu ngân sách", "tỷ đồng", "1"})}
		if in = x.take(x.Officers[0], "abroad"); !strings.Contains(in.Failure, "không thuộc giao ước nào") {
			t.Errorf("a cluster that the person may not see: %q", in.Failure)
		}
		// Who reports nothing brings nothing; nor does anybody out of season.
		_, err = x.s.Take(ctx, x.Stranger, x.Year.ID, Upload{Name: "a", Body: strings.NewReader("new")})
		block.Want(t, err, fault.NotFound)
		x.State(t, cluster.Signed)
		if !cluster.Open(x.year(), cluster.Reporting) {
			_, err = x.s.Take(ctx, x.Officers[0], x.Year.ID, Upload{Name: "a", Body: strings.NewReader("new")})
			block.Want(t, err, fault.Conflict)
		}
	})
}

func (x *setting) year() cluster.Year {
	y, err := x.Years.Get(ctx, x.DB, x.Year.ID)
	x.Check(err)
	return y
}

// Others' figures: entered with a source, corrected by those who reported them.
func TestFiguresOfOtherUnits(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		var ids []string
		for _, u := range x.Units {
			ids = append(ids, x.aim("Thu ngân sách", "1.000", "tỷ đồng", u, ""))
		}
		_, err := x.ind.Report(ctx, x.Officers[1], x.Year.ID, indicator.Report{TargetID: ids[1], Period: "H1", Amount: "480"})
		x.Check(err)
		row := func(i int, amount, source string) []string {
			return []string{Code("H1", ids[i], ""), "Thu ngân sách", "tỷ đồng", amount, source}
		}
		x.files["all"] = []Sheet{sheetOf("6 tháng", row(0, "500", ""), row(1, "490", "BC 1"), row(2, "510", "BC 2"))}
		in := x.take(x.Officers[0], "all") // leads
		rows := x.plan(in).Rows
		if rows[0].Act != indicator.Enter || rows[0].Behalf || rows[1].Act != indicator.Refuse || !strings.Contains(rows[1].Faults[0], "chỉ đơn vị đó") || rows[2].Act != indicator.Enter || !rows[2].Behalf {
			t.Fatalf("%+v", rows)
		}
		in = x.take(x.Officers[2], "all") // an ordinary member
		rows = x.plan(in).Rows
		if rows[0].Act != indicator.Refuse || rows[1].Act != indicator.Refuse || rows[2].Act != indicator.Enter {
			t.Fatalf("%+v", rows)
		}
		x.files["two"] = []Sheet{sheetOf("6 tháng", row(0, "500", "BC 0"), row(2, "510", "BC 2"))}
		if in = x.write(x.Standing, x.take(x.Standing, "two"), Agreed{}); in.State != Written {
			t.Fatal(in.Failure)
		}
		// Who entered it for the unit may correct it, and so may the unit.
		x.files["two"] = []Sheet{sheetOf("6 tháng", row(2, "511", "BC 2"))}
		if in = x.write(x.Standing, x.take(x.Standing, "two"), Agreed{Reason: "Gõ nhầm"}); in.State != Written {
			t.Fatal(in.Failure)
		}
		if c := x.take(x.Officers[0], "two").Tally(); c.Leave != 1 {
			t.Fatalf("the leader, the same figure: %+v", c)
		}
		x.files["two"] = []Sheet{sheetOf("6 tháng", row(2, "512", "BC 2"))}
		if c := x.take(x.Officers[0], "two").Tally(); c.Wrong != 1 {
			t.Fatalf("the leader, another figure: %+v", c)
		}
		if c := x.take(x.Officers[2], "two").Tally(); c.Mend != 1 {
			t.Fatalf("the unit: %+v", c)
		}
	})
}

// A template holds what stood when it was made: what nobody changed since is no
// correction, whatever became of the figure, and whoever sends it.
func TestWhatTheTemplateWroteIsLeftAlone(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		ids := []string{x.aim("Thu ngân sách", "1.000", "tỷ đồng", x.Units[0], ""), x.aim("Thu ngân sách", "2.000", "tỷ đồng", x.Units[1], "")}
		first, err := x.ind.Report(ctx, x.Officers[1], x.Year.ID, indicator.Report{TargetID: ids[1], Period: "H1", Amount: "900", Source: "Kho bạc"})
		x.Check(err)
		tpl, err := x.s.Template(ctx, x.Standing, x.Year.ID, "", []indicator.Period{"H1"})
		x.Check(err)
		if now := tpl.Pages[0].Targets[1].Now; now == nil || now.ID != first.ID {
			t.Fatalf("the template has %+v", now)
		}
		sheet := func(given, amount, source string) {
			x.files["t"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", ids[0], ""), "Thu ngân sách", "tỷ đồng", "500", "BC"}, []string{Code("H1", ids[1], given), "Thu ngân sách", "tỷ đồng", amount, source})}
		}
		second := func(actor access.Actor) Row { return x.plan(x.take(actor, "t")).Rows[1] }
		sheet(first.ID, "900", "BC của tỉnh")
		if r := second(x.Standing); r.Act != indicator.Leave || !strings.Contains(r.Why, "được giữ nguyên") {
			t.Fatalf("the same number with another source: %+v", r)
		}
		_, err = x.ind.Correct(ctx, x.Officers[1], first.ID, first.Version, "Quyết toán", indicator.Report{TargetID: ids[1], Amount: "950", Source: "Kho bạc"})
		x.Check(err)
		for _, source := range []string{"Kho bạc", "", "BC của tỉnh"} {
			sheet(first.ID, "900", source)
			if r := second(x.Standing); r.Act != indicator.Leave || !strings.Contains(r.Why, "950") || r.Old != "950\u00a0tỷ đồng" {
				t.Fatalf("untouched, source %q: %+v", source, r)
			}
		}
		sheet(first.ID, "900", "Kho bạc")
		if r := second(x.Officers[0]); r.Act != indicator.Leave { // leads, and enters no more than its own
			t.Fatalf("%+v", r)
		}
		if r := second(x.Officers[2]); r.Act != indicator.Leave { // may not report on it at all
			t.Fatalf("%+v", r)
		}
		if r := second(x.Officers[1]); r.Act != indicator.Leave {
			t.Fatalf("the unit itself: %+v", r)
		}
		sheet(first.ID, "900", "Kho bạc tỉnh")
		if r := second(x.Officers[1]); r.Act != indicator.Refuse || !strings.Contains(r.Faults[0], "950") || r.Old != "950\u00a0tỷ đồng" {
			t.Fatalf("only the source of an old number: %+v", r)
		}
		sheet(first.ID, "960", "")
		if r := second(x.Officers[1]); r.Act != indicator.Mend {
			t.Fatalf("a correction: %+v", r)
		}
		if r := second(x.Standing); r.Act != indicator.Refuse || !strings.Contains(r.Faults[0], "chỉ đơn vị đó") {
			t.Fatalf("a correction by others: %+v", r)
		}
		sheet("", "900", "Kho bạc") // an old template, which cannot tell
		if r := second(x.Standing); r.Act != indicator.Refuse {
			t.Fatalf("%+v", r)
		}
		sheet(first.ID, "900", "Kho bạc")
		if in := x.write(x.Standing, x.take(x.Standing, "t"), Agreed{}); in.State != Written || len(x.figures()) != 3 {
			t.Fatalf("%s %q, %d figures", in.State, in.Failure, len(x.figures()))
		}
		// One day, one figure: June is the half-year.
		x.files["t"] = []Sheet{sheetOf("Tháng 6", []string{Code("M06", ids[0], ""), "Thu ngân sách", "tỷ đồng", "510", "BC"})}
		if r := x.plan(x.take(x.Officers[0], "t")).Rows[0]; r.Act != indicator.Refuse || !strings.Contains(r.Faults[0], "Hãy đính chính số đó") {
			t.Fatalf("%+v", r)
		}
	})
}

// One source for every row fills what is empty and changes nothing that stands.
func TestOneSourceForEveryRow(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		var ids []string
		for _, u := range x.Units {
			ids = append(ids, x.aim("Thu ngân sách", "1.000", "tỷ đồng", u, ""))
		}
		_, err := x.ind.Report(ctx, x.Officers[0], x.Year.ID, indicator.Report{TargetID: ids[0], Period: "H1", Amount: "480", Source: "Kho bạc"})
		x.Check(err)
		s := Sheet{Name: "Tổng hợp"}
		for _, texts := range [][]string{{"Đơn vị", "Chỉ tiêu", "Số liệu", "Nguồn"}, {"Sở Số 1", "Thu ngân sách", "480", ""}, {"Số 2", "Thu ngân sách", "490", ""}, {"Sở Số 3", "Thu ngân sách", "510", "BC 3"}} {
			var row []Cell
			for _, text := range texts {
				row = append(row, Cell{Text: text})
			}
			s.Rows = append(s.Rows, row)
		}
		x.files["s"] = []Sheet{s}
		in := x.take(x.Officers[0], "s")
		m := Mapping{Head: 1, Columns: Columns{ByUnit: 1, ByName: 2, Figure: 3, Source: 4}, Period: "H1"}
		x.Check(x.s.Map(ctx, x.Officers[0], &in, in.Version, m))
		in = x.wait(x.Officers[0], in)
		if rows := x.plan(in).Rows; rows[0].Act != indicator.Leave || rows[1].Act != indicator.Refuse || rows[2].Act != indicator.Enter {
			t.Fatalf("%+v", rows)
		}
		m.Source = "BC tổng hợp"
		x.Check(x.s.Map(ctx, x.Officers[0], &in, in.Version, m))
		if in = x.write(x.Officers[0], x.wait(x.Officers[0], in), Agreed{}); in.State != Written {
			t.Fatal(in.Failure, x.plan(in).Rows)
		}
		got := map[string]string{}
		for _, f := range x.figures() {
			got[f.UnitID] = f.Source
		}
		if got[x.Units[0]] != "Kho bạc" || got[x.Units[1]] != "BC tổng hợp" || got[x.Units[2]] != "BC 3" {
			t.Fatalf("%v", got)
		}
	})
}

// A column for each target: a heading that is not clear is asked once for all units.
func TestAHeadingIsAskedOnce(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		for _, u := range x.Units {
			x.aim("Thu ngân sách trên địa bàn", "1.000", "tỷ đồng", u, "")
			x.aim("Tỷ lệ hộ nghèo", "1", "%", u, "")
		}
		s := Sheet{Name: "Tổng hợp"}
		for _, texts := range [][]string{{"TT", "Đơn vị", "Thu ngân sách nhà nước trên địa bàn (tỷ đồng)", "Tỷ lệ hộ nghèo (%)", "Số dân"}, {"1", "Sở Số 1", "500", "1,1", "9"}, {"2", "Sở Số 2", "510", "", "8"}, {"3", "Sở Số 3", "520", "1,3", "7"}} {
			var row []Cell
			for _, text := range texts {
				row = append(row, Cell{Text: text})
			}
			s.Rows = append(s.Rows, row)
		}
		x.files["w"] = []Sheet{s}
		in := x.take(x.Standing, "w")
		m := Mapping{Head: 1, Columns: Columns{ByUnit: 2, Figure: 4}, Period: "H1", Wide: true, Source: "BC"}
		x.Check(x.s.Map(ctx, x.Standing, &in, in.Version, m))
		in = x.wait(x.Standing, in)
		p := x.plan(in)
		if len(p.Asks) != 2 || p.Asks[0].Rows != 3 || p.Asks[0].Of != "" || p.Asks[0].Guess == "" || p.Asks[1].Name != "Số dân" || p.Rows[1].Act != indicator.Enter || p.Rows[1].New != "1,1%" {
			t.Fatalf("%+v %+v", p.Asks, p.Rows)
		}
		m.Choices = map[string]string{p.Asks[0].Key: p.Asks[0].Guess, p.Asks[1].Key: Skip}
		x.Check(x.s.Map(ctx, x.Standing, &in, in.Version, m))
		if in = x.write(x.Standing, x.wait(x.Standing, in), Agreed{}); in.State != Written {
			t.Fatal(in.Failure)
		}
		got := map[string]string{}
		for _, f := range x.figures() {
			got[f.UnitID] += f.Amount + " "
		}
		if got[x.Units[0]] != "500 1.1 " || got[x.Units[1]] != "510 " || got[x.Units[2]] != "520 1.3 " {
			t.Fatalf("%v", got)
		}
	})
}

func TestWhatChangedSinceThePreview(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		own := x.aim("Thu ngân sách", "1.000", "tỷ đồng", x.Units[0], "")
		more := x.aim("Tổng kim ngạch", "900", "triệu USD", x.Units[0], "")
		x.files["a"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", own, ""), "Thu ngân sách", "tỷ đồng", "510"}, []string{Code("H1", more, ""), "Tổng kim ngạch", "triệu USD", "450"})}
		in := x.take(x.Officers[0], "a")
		f, err := x.ind.Report(ctx, x.Heads[0], x.Year.ID, indicator.Report{TargetID: own, Period: "H1", Amount: "520"})
		x.Check(err)
		in = x.write(x.Officers[0], in, Agreed{})
		row := x.plan(in).Rows[0]
		if in.State != Checked || in.Failure == "" || row.Act != indicator.Refuse || !strings.Contains(row.Faults[0], "520") || !strings.Contains(row.Faults[0], "510") {
			t.Fatalf("%s %q %+v", in.State, in.Failure, row)
		}
		if len(x.figures()) != 1 {
			t.Fatal("a part of it was written")
		}
		// Compared once more it is a correction, seen as one.
		x.Check(x.s.Again(ctx, x.Officers[0], &in, in.Version))
		in = x.wait(x.Officers[0], in)
		if c := in.Tally(); c.Mend != 1 || c.New != 1 || x.plan(in).Rows[0].Was != f.ID {
			t.Fatalf("%+v", c)
		}
		stale := in
		if in = x.write(x.Officers[0], in, Agreed{Reason: "Số chốt"}); in.State != Written {
			t.Fatal(in.Failure)
		}
		block.Want(t, x.s.Write(ctx, x.Officers[0], &stale, stale.Version, Agreed{Reason: "Số chốt"}), fault.Conflict)
		if n := len(x.figures()); n != 3 {
			t.Fatalf("%d figures", n)
		}
		// The same figure by somebody else meanwhile is no quarrel.
		x.files["b"] = []Sheet{sheetOf("Cả năm", []string{Code("Y", own, ""), "Thu ngân sách", "tỷ đồng", "1.010"}, []string{Code("Y", more, ""), "Tổng kim ngạch", "triệu USD", "905"})}
		in = x.take(x.Officers[0], "b")
		_, err = x.ind.Report(ctx, x.Heads[0], x.Year.ID, indicator.Report{TargetID: own, Period: "Y", Amount: "1010"})
		x.Check(err)
		if in = x.write(x.Officers[0], in, Agreed{}); in.State != Written || len(x.figures()) != 5 {
			t.Fatalf("%s %q, %d figures", in.State, in.Failure, len(x.figures()))
		}
	})
}

func TestDoubtsAreAnswered(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		own := x.aim("Thu ngân sách", "1.000", "tỷ đồng", x.Units[0], "")
		rate := x.aim("Tỷ lệ hồ sơ đúng hạn", "98", "%", x.Units[0], "")
		x.files["a"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", own, ""), "Thu ngân sách", "tỷ đồng", "600"}, []string{Code("H1", rate, ""), "Tỷ lệ hồ sơ đúng hạn", "%", "0,985"}),
			sheetOf("Cả năm", []string{Code("Y", own, ""), "Thu ngân sách", "tỷ đồng", "590"})}
		in := x.take(x.Officers[0], "a")
		rows := x.plan(in).Rows
		if len(rows[0].Doubts) != 1 || !strings.Contains(rows[0].Doubts[0], "cao hơn kỳ sau") || len(rows[1].Doubts) != 1 || !strings.Contains(rows[1].Doubts[0], "98,5%") || len(rows[2].Doubts) != 1 {
			t.Fatalf("%+v", rows)
		}
		block.Want(t, x.s.Write(ctx, x.Officers[0], &in, in.Version, Agreed{Sure: []int{1, 2}}), fault.Invalid, "sure")
		if in = x.write(x.Officers[0], in, Agreed{Sure: []int{1, 2, 3, 99}}); in.State != Written {
			t.Fatal(in.Failure)
		}
		x.files["a"][0].Rows[1] = append(x.files["a"][0].Rows[1], Cell{Text: "Kho bạc"}, Cell{Text: "Sai số"}, Cell{Text: "x"})
		x.files["a"][0].Rows[1][3].Text = "610"
		if c := x.take(x.Officers[0], "a").Tally(); c.Doubts != 0 || c.Mend != 1 || c.Leave != 2 {
			t.Fatalf("confirmed in the file: %+v", c)
		}
	})
}

// A step that ended with its server says so, and goes on when asked to.
func TestAStepThatWasLost(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		own := x.aim("Thu ngân sách", "1.000", "tỷ đồng", x.Units[0], "")
		x.files["a"] = []Sheet{sheetOf("6 tháng", []string{Code("H1", own, ""), "Thu ngân sách", "tỷ đồng", "500"})}
		in := x.take(x.Officers[0], "a")
		for _, state := range []State{Reading, Checking, Writing} {
			x.Exec(`UPDATE workbook SET state = $1, beat = $2 WHERE id = $3`, string(state), clock.InstantOf(clock.System{}.Now().Add(-10*time.Second)), in.ID)
			in = x.wait(x.Officers[0], in)
			if x.s.Step(in).Lost {
				t.Fatalf("%s: given up too soon", state)
			}
			block.Want(t, x.s.Again(ctx, x.Officers[0], &in, in.Version), fault.Conflict)
			x.Exec(`UPDATE workbook SET beat = $1 WHERE id = $2`, clock.InstantOf(clock.System{}.Now().Add(-2*time.Minute)), in.ID)
			in = x.wait(x.Officers[0], in)
			if !x.s.Step(in).Lost {
				t.Fatalf("%s: not known to be lost", state)
			}
			x.s.Close()
			x.s = x.room() // another server
			x.Check(x.s.Again(ctx, x.Officers[0], &in, in.Version))
			if in = x.wait(x.Officers[0], in); in.State != Checked || in.Tally().New != 1 {
				t.Fatalf("%s goes on to %s", state, in.State)
			}
		}
		// What cannot be read says so; a reader that breaks ends nothing else.
		if in = x.take(x.Officers[0], "none"); in.State != Failed || !strings.Contains(in.Failure, "không phải là tệp Excel") {
			t.Fatalf("%s %q", in.State, in.Failure)
		}
		x.files["breaks"] = nil
		if in = x.take(x.Officers[0], "breaks"); in.State != Failed || !strings.Contains(in.Failure, "Hệ thống gặp lỗi") {
			t.Fatalf("%s %q", in.State, in.Failure)
		}
		_, err := x.s.Take(ctx, x.Officers[0], x.Year.ID, Upload{Name: "a", Body: io.LimitReader(zeros{}, Limit+1)})
		block.Want(t, err, fault.TooLarge)
		for range kept + 3 {
			x.take(x.Officers[0], "a")
		}
		if mine, err := x.s.Mine(ctx, x.Officers[0], x.Year.ID); err != nil || len(mine) != kept {
			t.Fatalf("%d are kept, %v", len(mine), err)
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// Another workbook: what its columns are is asked, and what a name means.
func TestColumnsAndNamesAreAsked(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		x := set(t, d, 3)
		ids := map[string]string{}
		for i, u := range x.Units {
			ids[fmt.Sprint("thu", i)] = x.aim("Thu ngân sách trên địa bàn", "1.000", "tỷ đồng", u, "")
			ids[fmt.Sprint("nghèo", i)] = x.aim("Tỷ lệ hộ nghèo", "1", "%", u, "")
		}
		s := Sheet{Name: "Tổng hợp"}
		for _, texts := range [][]string{
			{"Đơn vị", "Chỉ tiêu", "ĐVT", "Số liệu", "Kỳ", "Nguồn"},
			{"Sở Số 1", "Thu ngân sách trên địa bàn", "tỷ đồng", "500", "6 tháng", "BC"},
			{"Sở Số 2", "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", "510", "6 tháng", "BC"},
			{"Phòng Sở Số 3", "Tỷ lệ hộ nghèo", "%", "1,1", "quý 9", "BC"},
			{"Sở Số 2", "Tỷ lệ hộ nghèo", "tỷ đồng", "1,2", "6 tháng", "BC"},
		} {
			var row []Cell
			for _, text := range texts {
				row = append(row, Cell{Text: text})
			}
			s.Rows = append(s.Rows, row)
		}
		x.files["own"] = []Sheet{{Name: "Trống"}, s}
		in := x.take(x.Standing, "own")
		sheets, _, err := x.s.Outline(ctx, in)
		if err != nil || in.State != Asking || len(sheets) != 1 || sheets[0].Index != 1 || sheets[0].Head != 1 {
			t.Fatalf("%s %+v %v", in.State, sheets, err)
		}
		m := Mapping{Sheet: sheets[0].Index, Head: 1, Columns: sheets[0].Guess(1)}
		block.Want(t, x.s.Map(ctx, x.Standing, &in, in.Version, Mapping{}), fault.Invalid, string(ByName))
		wrong := m
		wrong.Sheet = 7
		x.Check(x.s.Map(ctx, x.Standing, &in, in.Version, wrong))
		if in = x.wait(x.Standing, in); in.State != Asking || in.Failure == "" {
			t.Fatalf("a sheet that is not there: %s", in.State)
		}
		x.Check(x.s.Map(ctx, x.Standing, &in, in.Version, m))
		in = x.wait(x.Standing, in)
		p := x.plan(in)
		if in.State != Checked || len(p.Asks) != 3 || p.Asks[0].Guess != ids["thu1"] || !p.Asks[1].Unit || p.Asks[1].Guess != x.Units[2] || p.Asks[2].Name != "Tỷ lệ hộ nghèo" {
			t.Fatalf("%s %+v", in.State, p.Asks)
		}
		if p.Rows[0].Act != indicator.Enter || p.Rows[0].Target != ids["thu0"] || !strings.Contains(p.Rows[2].Faults[0], "“quý 9” không phải là kỳ báo cáo") {
			t.Fatalf("%+v", p.Rows)
		}
		block.Want(t, x.s.Write(ctx, x.Standing, &in, in.Version, Agreed{}), fault.Invalid)
		m.Choices = map[string]string{p.Asks[0].Key: ids["thu1"], p.Asks[1].Key: Skip, p.Asks[2].Key: Skip}
		x.Check(x.s.Map(ctx, x.Standing, &in, in.Version, m))
		in = x.wait(x.Standing, in)
		if c := in.Tally(); c.New != 2 || c.Asks != 0 || c.Empty != 2 {
			t.Fatalf("%+v %+v", c, x.plan(in).Rows)
		}
		if in = x.write(x.Standing, in, Agreed{}); in.State != Written || len(x.figures()) != 2 {
			t.Fatal(in.Failure)
		}
	})
}
