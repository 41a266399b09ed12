package indicator

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func at(t *testing.T, err error, field string) {
	t.Helper()
	block.Want(t, err, fault.Invalid, field)
}

// setting is a block whose covenant is adopted, with targets.
type setting struct {
	*block.Block
	s      *Service
	t      *testing.T
	ids    map[string]string // name → target id
	vid    string
	places int
}

func set(t *testing.T, d *db.DB) *setting {
	b := block.New(t, d)
	x := &setting{Block: b, s: New(d, b.Book, b.Gate, b.Years, b.Clock), t: t, ids: map[string]string{}, vid: db.NewID()}
	draft := db.NewID()
	x.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, draft, b.Year.ID, x.vid)
	x.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, x.vid, draft)
	b.State(t, cluster.Executing)
	b.Clock.To("2023-12-20 09:00")
	return x
}

func (x *setting) aim(e Entry, unit, reporter string) string {
	x.t.Helper()
	g, err := e.Goal()
	if err != nil {
		x.t.Fatal(err)
	}
	x.places++
	a := Aim{ID: db.NewID(), VersionID: x.vid, YearID: x.Year.ID, UnitID: unit, ReporterID: reporter, Place: x.places, Goal: g}
	if err := x.DB.InTx(context.Background(), func(tx *db.Tx) error {
		if _, err := x.s.Recognise(context.Background(), tx, access.Program, &a.Goal); err != nil {
			return err
		}
		return db.Insert(context.Background(), tx, "covenant_target", &a)
	}); err != nil {
		x.t.Fatal(err)
	}
	x.ids[e.Name] = a.ID
	return a.ID
}

func (x *setting) report(actor access.Actor, r Report) Figure {
	x.t.Helper()
	f, err := x.s.Report(context.Background(), actor, x.Year.ID, r)
	if err != nil {
		x.t.Fatal(err)
	}
	return f
}

func TestFiguresAndProgress(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		trade := x.aim(Entry{Name: "Tổng kim ngạch xuất nhập khẩu", Relation: target.Equal, Low: "93.262", Unit: "triệu USD"}, "", x.Units[1])
		poor := x.aim(Entry{Name: "Tỷ lệ hộ nghèo", Relation: target.Equal, Low: "1", Unit: "%", Direction: target.Lower}, "", "")
		deaths := x.aim(Entry{Name: "trường hợp tử vong", Relation: target.None}, x.Units[2], "")
		growth := x.aim(Entry{Name: "GRDP", Relation: target.Range, Change: target.Increase, Low: "6,5", High: "7", Unit: "%", BaseKind: "year", BaseYear: 2022}, "", "")
		pledge := x.aim(Entry{Name: "danh hiệu vững mạnh", Relation: target.Text}, "", "")

		// Who may report: the named unit, the unit itself, the leader for the block.
		_, err := x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: trade, Period: HalfYear, Amount: "40.000"})
		block.Want(t, err, fault.Denied)
		_, err = x.s.Report(ctx, x.Stranger, x.Year.ID, Report{TargetID: trade, Period: HalfYear, Amount: "40.000"})
		block.Want(t, err, fault.NotFound)
		_, err = x.s.Report(ctx, access.Visitor, x.Year.ID, Report{TargetID: trade, Period: HalfYear, Amount: "40.000"})
		block.Want(t, err, fault.Unauthenticated)
		half := x.report(x.Officers[1], Report{TargetID: trade, Period: HalfYear, Amount: "38,5", Unit: "tỷ USD"})
		if half.BaseAmount != "38500000000" || half.BaseUnit != "USD" || half.Amount != "38.5" {
			t.Fatalf("conversion: %+v", half)
		}
		if s, ok := half.In("triệu USD"); !ok || s != "38500" {
			t.Errorf("in the target's unit: %q", s)
		}

		// Wrong input.
		for _, c := range []struct {
			r     Report
			field string
		}{
			{Report{TargetID: poor, Period: FullYear, Amount: "abc"}, "amount"},
			{Report{TargetID: poor, Period: FullYear, Amount: ""}, "amount"},
			{Report{TargetID: poor, Period: "H3", Amount: "1"}, "period"},
			{Report{TargetID: poor, Period: FullYear, Amount: "-1"}, "amount"},
			{Report{TargetID: poor, Period: FullYear, Amount: "1", Unit: "tỷ đồng"}, "unit"},
			{Report{TargetID: poor, Period: FullYear, Year: 2024, Amount: "1"}, "year"},
			{Report{TargetID: poor, Period: FullYear, Amount: "250"}, "amount"},
			{Report{TargetID: pledge, Period: FullYear, Amount: "1"}, "amount"},
		} {
			_, err := x.s.Report(ctx, x.Officers[0], x.Year.ID, c.r)
			at(t, err, c.field)
		}
		// A figure of the wrong magnitude must be confirmed.
		_, err = x.s.Report(ctx, x.Officers[1], x.Year.ID, Report{TargetID: trade, Period: FullYear, Amount: "90.000.000"})
		at(t, err, "amount")
		year := x.report(x.Officers[1], Report{TargetID: trade, Period: FullYear, Amount: "90.000.000", Sure: true})
		_, err = x.s.Report(ctx, x.Officers[1], x.Year.ID, Report{TargetID: trade, Period: FullYear, Amount: "90.000"})
		block.Want(t, err, fault.Conflict)

		// A correction supersedes; the second on the same figure is stale and sees the first.
		_, err = x.s.Correct(ctx, x.Officers[1], year.ID, year.Version, " ", Report{TargetID: trade, Amount: "90.000"})
		at(t, err, "reason")
		fixed, err := x.s.Correct(ctx, x.Officers[1], year.ID, year.Version, "Nhầm đơn vị tính", Report{TargetID: trade, Amount: "90.000"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = x.s.Correct(ctx, x.Officers[1], year.ID, year.Version, "Sửa lần nữa", Report{TargetID: trade, Amount: "91.000"})
		block.Want(t, err, fault.Stale)
		if theirs, ok := fault.As(err).Theirs.(Figure); !ok || theirs.ID != fixed.ID {
			t.Errorf("theirs: %+v", fault.As(err).Theirs)
		}
		_, err = x.s.Correct(ctx, x.Officers[0], fixed.ID, fixed.Version, "Không phải của mình", Report{TargetID: poor, Amount: "1"})
		block.Want(t, err, fault.NotFound)

		x.report(x.Officers[0], Report{TargetID: poor, Period: FullYear, Amount: "0,87"})
		x.report(x.Officers[2], Report{TargetID: deaths, Period: FullYear, Amount: "0"})
		x.report(x.Heads[0], Report{TargetID: growth, Period: FullYear, Amount: "9,28", Decrease: true})
		x.report(x.Heads[0], Report{TargetID: growth, Year: 2022, Period: FullYear, Amount: "7,39"})

		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]struct {
			status  Status
			percent string
		}{trade: {Short, "96.5"}, poor: {Exceeded, "114.94"}, deaths: {Met, ""}, growth: {Short, ""}, pledge: {None, ""}}
		for _, l := range lines {
			if w := want[l.ID]; l.Status != w.status || l.PercentText() != w.percent {
				t.Errorf("%s: %s %q, want %s %q", l.Name, l.Status, l.PercentText(), w.status, w.percent)
			}
		}
		if l := lines[0]; l.Figure.ID != fixed.ID || len(l.History) != 3 || len(l.Live()) != 2 || l.Reporter != x.Units[1] {
			t.Errorf("trade: figure %+v, history of %d", l.Figure, len(l.History))
		}
		if l := lines[3]; l.Before == nil || l.Before.Amount != "7.39" || l.Figure.Amount != "-9.28" || l.Reporter != x.Units[0] {
			t.Errorf("growth: %+v before %+v", l.Figure, l.Before)
		}
		june, err := x.s.ProgressTo(ctx, d, x.Year.ID, HalfYear)
		if err != nil {
			t.Fatal(err)
		}
		if june[0].Figure == nil || june[0].Figure.ID != half.ID || june[0].Status != AtRisk || june[1].Figure != nil {
			t.Errorf("as of June: %+v, %+v", june[0].Figure, june[1].Figure)
		}
		// Year-end figures are later than half a year, so nothing is missing.
		for i := range lines {
			if lines[i].Lacks(HalfYear) {
				t.Errorf("%s is told to be missing", lines[i].Name)
			}
		}
		x.aim(Entry{Name: "Tỷ lệ đô thị hóa", Relation: target.Equal, Low: "45", Unit: "%"}, "", x.Units[2])
		blockers, err := x.s.guardHalfYear(ctx, d, x.Year)
		if err != nil || len(blockers) != 1 || len(blockers[0].Units) != 1 || blockers[0].Units[0] != x.Units[2] {
			t.Errorf("blockers %+v, %v", blockers, err)
		}
		x.State(t, cluster.Reviewed)
		_, err = x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: poor, Period: "Q3", Amount: "1"})
		block.Want(t, err, fault.Conflict)
	})
}

// One day has one figure, whatever its period is called; a correction changes something.
func TestOneFigureForOneDay(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		own := x.aim(Entry{Name: "Thu ngân sách", Relation: target.Equal, Low: "3.000", Unit: "tỷ đồng"}, "", "")
		report := func(p Period, amount string) error {
			_, err := x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: own, Period: p, Amount: amount})
			return err
		}
		at(t, report(HalfYear, "1400%"), "amount") // a percentage of what?
		half := x.report(x.Officers[0], Report{TargetID: own, Period: HalfYear, Amount: "1.702", Source: "Kho bạc", Note: "lũy kế"})
		for _, p := range []Period{"Q2", "M06"} {
			err := report(p, "1.500")
			block.Want(t, err, fault.Conflict, "amount")
			if said := locale.Vietnamese.Fault(fault.As(err)); said != "Đã có số liệu kỳ “6 tháng” đến hết tháng 6 là 1.702\u00a0tỷ đồng. Hãy đính chính số đó; một thời điểm chỉ có một số." {
				t.Error(said)
			}
		}
		if err := report("Q2", "1.702"); err != nil {
			t.Errorf("the same amount: %v", err)
		}
		at(t, report(FullYear, "1.702"), "amount") // nothing since June?
		correct := func(in Report) error {
			in.TargetID = own
			_, err := x.s.Correct(ctx, x.Officers[0], half.ID, half.Version, "Nhầm", in)
			return err
		}
		at(t, correct(Report{Amount: "1702", Source: "Kho bạc", Note: "lũy kế"}), "amount")
		at(t, correct(Report{Amount: "1702", Unit: "%", Source: "Kho bạc"}), "unit")
		at(t, correct(Report{Amount: "250%", Source: "Kho bạc"}), "amount")
		at(t, correct(Report{Amount: "1710"}), "amount") // the second quarter would say another
		if err := correct(Report{Amount: "1,702", Unit: "nghìn tỷ đồng", Source: "Cục Thuế"}); err != nil {
			t.Errorf("another source is a correction: %v", err)
		}
	})
}

func TestReportAllIsAllOrNone(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		a := x.aim(Entry{Name: "Tỷ lệ hộ nghèo", Relation: target.Equal, Low: "1", Unit: "%"}, "", "")
		b := x.aim(Entry{Name: "Tỷ lệ đô thị hóa", Relation: target.Equal, Low: "45", Unit: "%"}, "", "")
		c := x.aim(Entry{Name: "Tỷ lệ lao động qua đào tạo", Relation: target.Equal, Low: "78", Unit: "%"}, "", "")
		_, err := x.s.ReportAll(ctx, x.Officers[0], x.Year.ID, []Report{
			{TargetID: a, Period: FullYear, Amount: "1"}, {TargetID: b, Period: FullYear, Amount: "x"}, {TargetID: c, Period: FullYear, Amount: "780"},
		})
		at(t, err, "amount-"+b)
		at(t, err, "amount-"+c)
		if figures, err := x.s.Figures(ctx, d, x.Year.ID); err != nil || len(figures) != 0 {
			t.Fatalf("something was written: %v %v", figures, err)
		}
		figures, err := x.s.ReportAll(ctx, x.Officers[0], x.Year.ID, []Report{{TargetID: a, Period: FullYear, Amount: "1"}, {TargetID: b, Period: FullYear, Amount: "44,9"}})
		if err != nil || len(figures) != 2 {
			t.Fatalf("%v %v", figures, err)
		}
		x.Clock.To("2023-05-02")
		_, err = x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: c, Period: "Q3", Amount: "77"})
		at(t, err, "period")
	})
}

func TestCatalogue(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		old := x.aim(Entry{Name: "Tổng sản phẩm (GRDP)", Relation: target.Range, Change: target.Increase, Low: "5", High: "6", Unit: "%"}, "", "")
		now := x.aim(Entry{Name: "Tổng sản phẩm kinh tế GRDP", Relation: target.Range, Change: target.Increase, Low: "6,5", High: "7", Unit: "%"}, "", "")
		level := x.aim(Entry{Name: "Tổng sản phẩm (GRDP)", Relation: target.Equal, Low: "250", Unit: "nghìn tỷ đồng"}, "", "")
		again := x.aim(Entry{Name: "tổng sản phẩm GRDP", Relation: target.Equal, Change: target.Increase, Low: "6", Unit: "%"}, "", "")
		aims, err := x.s.Aims(ctx, d, x.Year.ID)
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{}
		for _, a := range aims {
			of[a.ID] = a.IndicatorID
		}
		if of[old] == of[now] || of[old] == of[level] || of[old] != of[again] {
			t.Fatalf("recognised %v", of)
		}
		likely, err := x.s.Suggest(ctx, d)
		if err != nil || len(likely) != 1 || likely[0].Keep.ID != of[old] || likely[0].Other.ID != of[now] {
			t.Fatalf("suggested %+v, %v", likely, err)
		}
		f := x.report(x.Officers[0], Report{TargetID: now, Period: FullYear, Amount: "6,6"})

		block.Want(t, x.s.Merge(ctx, x.Officers[1], x.Year.ID, of[old], of[now]), fault.Denied)
		block.Want(t, x.s.Merge(ctx, x.Officers[0], "", of[old], of[now]), fault.Denied) // the leader acts in the own year
		at(t, x.s.Merge(ctx, x.Standing, "", of[old], of[level]), "other")
		if err := x.s.Merge(ctx, x.Officers[0], x.Year.ID, of[old], of[now]); err != nil {
			t.Fatal(err)
		}
		block.Want(t, x.s.Merge(ctx, x.Standing, "", of[old], of[now]), fault.Conflict)
		if i, err := x.s.Get(ctx, d, of[now]); err != nil || i.ID != of[old] || len(i.Names()) != 2 {
			t.Errorf("after the merge: %+v %v", i, err)
		}
		// What was reported under the other name counts for both targets, and a
		// second figure of the same period is refused.
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		if err != nil || lines[0].Figure == nil || lines[0].Figure.ID != f.ID || lines[1].Figure == nil {
			t.Fatalf("progress after the merge: %+v %v", lines[0].Figure, err)
		}
		_, err = x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: old, Period: FullYear, Amount: "6"})
		block.Want(t, err, fault.Conflict)
		if third := x.aim(Entry{Name: "tổng sản phẩm kinh tế grdp", Relation: target.Equal, Change: target.Increase, Low: "6", Unit: "%"}, "", ""); third == "" {
			t.Fatal("no target")
		}
		if found, err := x.s.Find(ctx, d, "kinh te grdp", 10); err != nil || len(found) != 1 || found[0].ID != of[old] {
			t.Errorf("found %+v %v", found, err)
		}
		if err := x.s.Separate(ctx, x.Standing, "", of[now]); err != nil {
			t.Fatal(err)
		}
		if i, err := x.s.Get(ctx, d, of[old]); err != nil || i.Aliases != "" {
			t.Errorf("after taking it back: %+v %v", i, err)
		}
		block.Want(t, x.s.AddAlias(ctx, x.Standing, "", of[old], "Tổng sản phẩm kinh tế GRDP"), fault.Invalid, "alias")
		if err := x.s.AddAlias(ctx, x.Standing, "", of[old], "Tốc độ tăng GRDP"); err != nil {
			t.Fatal(err)
		}
		i, _ := x.s.Get(ctx, d, of[old])
		stale := Change{ID: i.ID, Version: i.Version - 1, Name: "Tăng trưởng kinh tế (GRDP)", Direction: target.Higher, Flow: Growth}
		block.Want(t, x.s.Edit(ctx, x.Standing, "", stale), fault.Stale)
		stale.Version = i.Version
		if err := x.s.Edit(ctx, x.Standing, "", stale); err != nil {
			t.Fatal(err)
		}
		if i, _ = x.s.Get(ctx, d, of[old]); len(i.Names()) != 3 || i.Direction != target.Higher {
			t.Errorf("edited: %+v", i)
		}
		stale.Version, stale.Flow = i.Version, Stock
		at(t, x.s.Edit(ctx, x.Standing, "", stale), "flow")
	})
}

func TestSeries(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		movement := db.NewID()
		x.Exec(`INSERT INTO movement (id, version, organiser_id, parent_id, name, theme, search, kind, year, from_day, to_day, state, source_text, basis, launched_at)
			VALUES ($1, 1, $2, '', '', '', '', 'regular', 2022, '2022-01-01', '2022-12-31', 'launched', '', '', 1)`, movement, x.Organiser)
		place := 0
		earlier := func(e Entry) {
			g, err := e.Goal()
			if err != nil {
				t.Fatal(err)
			}
			if err := d.InTx(ctx, func(tx *db.Tx) error {
				if _, err := x.s.Recognise(ctx, tx, access.Program, &g); err != nil {
					return err
				}
				place++
				row := struct {
					ID      string `db:"id"`
					Version int64  `db:"version"`
					Of      string `db:"movement_id"`
					Place   int    `db:"place"`
					Goal
				}{db.NewID(), 1, movement, place, g}
				return db.Insert(ctx, tx, "movement_target", &row)
			}); err != nil {
				t.Fatal(err)
			}
		}
		earlier(Entry{Name: "tổng kim ngạch xuất nhập khẩu", Relation: target.Equal, Low: "92.070", Unit: "triệu USD"})
		earlier(Entry{Name: "tỷ lệ đô thị hóa", Relation: target.Equal, Low: "43", Unit: "%"})
		earlier(Entry{Name: "tỷ lệ đảng viên", Relation: target.AtLeast, Low: "80", Unit: "%"})
		trade := x.aim(Entry{Name: "Tổng kim ngạch xuất nhập khẩu", Relation: target.Equal, Low: "93,262", Unit: "tỷ USD"}, "", "")
		x.aim(Entry{Name: "Tỷ lệ đô thị hóa", Relation: target.Equal, Low: "45", Unit: "%"}, "", "")
		x.aim(Entry{Name: "Của riêng", Relation: target.Equal, Low: "1", Unit: "vụ"}, x.Units[1], "")
		x.report(x.Officers[0], Report{TargetID: trade, Period: FullYear, Amount: "80", Unit: "tỷ USD"})
		x.report(x.Officers[0], Report{TargetID: trade, Year: 2022, Period: FullYear, Amount: "92.070", Unit: "triệu USD"})

		s, err := x.s.Series(ctx, d, Scope{ClusterID: x.Year.ClusterID})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Years) != 2 || s.Years[0] != 2022 || len(s.Rows) != 3 {
			t.Fatalf("years %v, %d rows", s.Years, len(s.Rows))
		}
		row := s.Rows[0]
		if row.Indicator.Name != "Tổng kim ngạch xuất nhập khẩu" || row.Cells[0].From != FromMovement || row.Cells[1].From != FromCovenant {
			t.Fatalf("row %+v", row)
		}
		if row.Cells[0].Status != Met || row.Cells[1].Status != Short || row.Cells[1].Figure.BaseAmount != "80000000000" {
			t.Errorf("results %+v %+v", row.Cells[0], row.Cells[1])
		}
		c := row.Change(1)
		if !c.OK || c.Low.String() != "1192000000" || Rounded(c.Rate, 2) != "1.29" {
			t.Errorf("change %+v %s", c, c.Rate)
		}
		if c := s.Rows[1].Change(1); !c.OK || c.Low.String() != "2" || c.Rate != nil {
			t.Errorf("points: %+v", c)
		}
		if s.Rows[2].Compared() || s.Rows[2].Change(1).OK {
			t.Error("one year alone is compared with nothing")
		}
		one, err := x.s.Series(ctx, d, Scope{OrganiserID: x.Organiser}, 2022)
		if err != nil || len(one.Years) != 1 || len(one.Rows) != 3 || one.Rows[0].Cells[0].Figure == nil {
			t.Errorf("by organiser: %+v %v", one, err)
		}
	})
}
