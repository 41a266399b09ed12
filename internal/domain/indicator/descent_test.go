package indicator

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/store"
)

func TestWhatAddsUp(t *testing.T) {
	for name, want := range map[string]bool{
		"Thu ngân sách trên địa bàn|VND": true, "Số xã đạt chuẩn nông thôn mới|xã": true, "Diện tích trồng rừng|ha": true, "Tổng kim ngạch xuất nhập khẩu|USD": true, "Số vụ cháy|vụ": true, "Tỷ giá|VND": true,
		"Tỷ lệ hộ nghèo|%": false, "Tỉ lệ che phủ rừng|": false, "Thu nhập bình quân đầu người|VND": false, "Số giường bệnh|giường/vạn dân": false, "Chỉ số cải cách hành chính|điểm": false, "Năng suất lúa|tạ": false,
		"Xếp hạng PCI|": false, "Thời gian giải quyết thủ tục|ngày": false, "Mật độ dân số|người": false, "Tỷ suất sinh|‰": false,
	} {
		n, unit, _ := strings.Cut(name, "|")
		i := Indicator{Name: n, Unit: unit, BaseUnit: unit, Flow: Sum}
		if i.Additive() != want {
			t.Errorf("%s adds up: %v", name, !want)
		}
		i.Flow = Growth
		if i.Additive() {
			t.Errorf("growth of %s adds up", name)
		}
	}
}

func TestSumsAreOneInWhateverOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "units")
		var shares []Share
		want := new(big.Rat)
		for i := range n {
			amount := fmt.Sprintf("%d.%03d", rapid.Int64Range(0, 1<<50).Draw(t, "amount"), rapid.IntRange(0, 999).Draw(t, "rest"))
			r, _ := new(big.Rat).SetString(amount)
			want.Add(want, r)
			unit := rapid.SampledFrom([]string{"đồng", "triệu đồng"}).Draw(t, "unit")
			shares = append(shares, Share{UnitID: fmt.Sprintf("u%d", i), Figure: &Figure{Period: rapid.SampledFrom([]Period{"Y", "Q4", "M12"}).Draw(t, "period"), Unit: unit, BaseAmount: amount, BaseUnit: "VND", Illustrative: rapid.Bool().Draw(t, "sample")}})
		}
		a, ok := Added(shares)
		b, also := Added(rapid.Permutation(shares).Draw(t, "order"))
		if !ok || !also || a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a.Base().Rat().Cmp(want) != 0 {
			t.Fatalf("%s, want %s", a.BaseAmount, want)
		}
		if _, told := Added(append(shares, Share{UnitID: "x"})); told {
			t.Fatal("a sum without one of its parts")
		}
		if _, told := Added(append(shares, Share{UnitID: "x", Figure: &Figure{BaseAmount: "1", BaseUnit: "USD"}})); told {
			t.Fatal("a sum over two currencies")
		}
	})
}

// next opens 2024 with an adopted covenant of its own.
func (x *setting) next() *setting {
	x.t.Helper()
	ctx := context.Background()
	two := *x
	b := *x.Block
	h := *b.Block
	b.Block, two.Block = &h, &b
	x.Check(x.DB.InTx(ctx, func(tx *db.Tx) error {
		y, err := x.Years.OpenNext(ctx, tx, x.Standing, x.Year.ID, cluster.Next{Basis: "Hội nghị tổng kết"})
		h.Year = y
		return err
	}))
	two.vid, two.ids = db.NewID(), map[string]string{}
	draft := db.NewID()
	x.Exec(`INSERT INTO draft (id, version, year_id, kind, title, state, adopted_id, meeting_id) VALUES ($1, 1, $2, 'covenant', '', 'adopted', $3, '')`, draft, h.Year.ID, two.vid)
	x.Exec(`INSERT INTO draft_version (id, version, draft_id, number, text, hash, sheet_version_id, note, circulated, account_id, at) VALUES ($1, 1, $2, 1, '', '', '', '', TRUE, '', 0)`, two.vid, draft)
	two.State(x.t, cluster.Executing)
	return &two
}

func (x *setting) change(c org.NewChange) org.Outcome {
	x.t.Helper()
	c.Basis = "Nghị quyết 45/NQ-HĐND ngày 20/12/2023"
	out, err := x.Org.Apply(context.Background(), x.Standing, c)
	x.Check(err)
	return out
}

const budget, rate = "Thu ngân sách trên địa bàn", "Tỷ lệ hồ sơ đúng hạn"

// lived is a year in which three units reported an amount and a rate, for
// half a year and the year.
func lived(t *testing.T, d *db.DB) *setting {
	x := set(t, d)
	for i, u := range x.Units {
		sum := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "100", Unit: "tỷ đồng"}, u, "")
		part := x.aim(Entry{Name: rate, Relation: target.AtLeast, Low: "90", Unit: "%"}, u, "")
		who := x.Officers[i]
		x.report(who, Report{TargetID: sum, Period: HalfYear, Amount: fmt.Sprintf("%d,5", 40*(i+1)), Sure: true})
		x.report(who, Report{TargetID: sum, Period: FullYear, Amount: fmt.Sprintf("%d,25", 100*(i+1)), Sure: true})
		x.report(who, Report{TargetID: part, Period: FullYear, Amount: fmt.Sprint(90 + i)})
	}
	x.Clock.To("2024-01-15 09:00")
	return x
}

func parts(o *Origin) string {
	if o == nil {
		return "none"
	}
	var out []string
	for _, s := range slices.Concat(o.Parts, o.Wholes) {
		if s.Figure == nil {
			out = append(out, "?")
		} else {
			out = append(out, s.Figure.Amount)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "+") + " " + string(o.Why)
}

func TestAMergedUnitHasTheSeriesOfItsParts(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := lived(t, d)
		out := x.change(org.NewChange{Kind: org.Merged, Day: "2024-01-01", Units: x.Units[:2], New: []org.NewUnit{{Kind: org.Department, Level: "tinh", Name: "Sở Hợp nhất"}}, Carry: true})
		unit := out.Made[0].ID
		x = x.next()
		sum := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "320", Unit: "tỷ đồng"}, unit, "")
		part := x.aim(Entry{Name: rate, Relation: target.AtLeast, Low: "91", Unit: "%"}, unit, "")
		other := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "310", Unit: "tỷ đồng"}, x.Units[2], "")
		x.Clock.To("2024-07-05 09:00")
		x.report(x.Officers[0], Report{TargetID: sum, Period: HalfYear, Amount: "130"})

		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		by := map[string]*Line{}
		for i := range lines {
			by[lines[i].ID] = &lines[i]
		}
		l := by[sum]
		if l.Before == nil || l.Before.Amount != "300.5" || l.Before.Unit != "tỷ đồng" || l.Before.ID != "" || !l.Origin.Sum || parts(l.Origin) != "100.25+200.25 " || len(l.Origin.Steps) != 1 {
			t.Errorf("last year: %+v from %s", l.Before, parts(l.Origin))
		}
		// 130 of a half year after 121 of 300.5: foreseen by the parts' course.
		if l.Forecast == nil || l.Forecast.Method != LastCourse || l.Forecast.Then.Cmp(big.NewRat(121_000_000_000, 1)) != 0 {
			t.Errorf("forecast %+v", l.Forecast)
		}
		if r := by[part]; r.Before != nil || r.Origin == nil || r.Origin.Sum || parts(r.Origin) != "90+91 not_additive" {
			t.Errorf("a rate of last year: %+v from %s", r.Before, parts(r.Origin))
		}
		if o := by[other]; o.Before == nil || o.Before.Amount != "300.25" || o.Origin != nil {
			t.Errorf("a unit that was not merged: %+v from %s", o.Before, parts(o.Origin))
		}
		last, err := x.s.LastResults(ctx, d, x.Year)
		x.Check(err)
		if got := last[Place{l.IndicatorID, unit}]; got.Figure == nil || got.Figure.BaseAmount != "300500000000" || !got.Origin.Sum {
			t.Errorf("last result %+v", got)
		}
		years, err := x.s.Years(ctx, d, x.Year, *l)
		x.Check(err)
		if len(years) != 2 || years[0].Result().Cmp(big.NewRat(300_500_000_000, 1)) != 0 || years[0].Half() == nil || years[0].Origins[12] == nil || years[1].Origins != nil {
			t.Errorf("years %+v", years)
		}
		series, err := x.s.Series(ctx, d, Scope{ClusterID: x.Year.ClusterID, UnitID: unit})
		x.Check(err)
		seen := 0
		for _, r := range series.Rows {
			c := r.Cells[0]
			switch r.Indicator.Name {
			case budget:
				seen++
				if c.Year != 2023 || c.Figure == nil || c.Figure.Amount != "300.5" || !c.Origin.Sum || r.Cells[1].Figure.Amount != "130" || r.Cells[1].Goal == nil {
					t.Errorf("series %+v", r.Cells)
				}
			case rate:
				seen++
				if c.Figure != nil || parts(c.Origin) != "90+91 not_additive" {
					t.Errorf("series of a rate %+v", c)
				}
			}
		}
		if seen != 2 {
			t.Errorf("series of %d indicators", len(series.Rows))
		}
		// A figure that the new unit tells anew for the year before counts as it is.
		x.report(x.Officers[0], Report{TargetID: sum, Year: 2023, Period: FullYear, Amount: "295", Sure: true})
		lines, err = x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		for _, l := range lines {
			if l.ID == sum && (l.Before == nil || l.Before.Amount != "295" || l.Before.ID == "" || l.Origin != nil) {
				t.Errorf("told anew: %+v from %s", l.Before, parts(l.Origin))
			}
		}
		// A part without a figure makes no sum.
		x.Exec(`UPDATE figure SET superseded_by = 'x' WHERE unit_id = $1 OR unit_id = $2 AND year = 2023`, x.Units[0], unit)
		lines, err = x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		for _, l := range lines {
			if l.ID == sum && (l.Before != nil || parts(l.Origin) != "200.25+? part_missing") {
				t.Errorf("with a part missing: %+v from %s", l.Before, parts(l.Origin))
			}
		}
	})
}

func TestAUnitThatTookAnotherInAddsItsOwn(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := lived(t, d)
		x.change(org.NewChange{Kind: org.Merged, Day: "2024-01-01", Units: x.Units[1:2], Into: x.Units[2:3], Name: "Sở Số 2 và 3"})
		x = x.next()
		sum := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "520", Unit: "tỷ đồng"}, x.Units[2], "")
		part := x.aim(Entry{Name: rate, Relation: target.AtLeast, Low: "91", Unit: "%"}, x.Units[2], "")
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		if l := lines[0]; l.ID != sum || l.Before == nil || l.Before.Amount != "500.5" || parts(l.Origin) != "200.25+300.25 " {
			t.Errorf("last year %+v from %s", l.Before, parts(l.Origin))
		}
		if l := lines[1]; l.ID != part || l.Before != nil || parts(l.Origin) != "91+92 not_additive" {
			t.Errorf("a rate of last year %+v from %s", l.Before, parts(l.Origin))
		}
	})
}

func TestASplitUnitShowsTheFormerWhole(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := lived(t, d)
		one := x.change(org.NewChange{Kind: org.Divided, Day: "2024-01-01", Units: x.Units[2:3], Stays: true, New: []org.NewUnit{{Kind: org.Department, Level: "tinh", Name: "Cục Tách ra"}}}).Made[0].ID
		x = x.next()
		less := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "200", Unit: "tỷ đồng"}, x.Units[2], "")
		x.Exec(`INSERT INTO membership (id, version, year_id, unit_id, place, basis) VALUES ('m', 1, $1, $2, 9, '')`, x.Year.ID, one)
		fresh := x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "100", Unit: "tỷ đồng"}, one, "")
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		x.Check(err)
		for _, l := range lines {
			switch l.ID {
			case less:
				if l.Before == nil || l.Before.Amount != "300.25" || l.Before.ID == "" || l.Origin == nil || l.Origin.Sum || len(l.Origin.Steps) != 1 {
					t.Errorf("what stayed: %+v from %s", l.Before, parts(l.Origin))
				}
			case fresh:
				if l.Before != nil || l.Origin == nil || l.Origin.Why != FormerWhole || len(l.Origin.Parts) != 0 || parts(l.Origin) != "300.25 former_whole" {
					t.Errorf("what came of it: %+v from %s", l.Before, parts(l.Origin))
				}
			}
		}
	})
}

// TestAMergeInTheYear: what was reported before the day counts for the unit
// that came of it, what is reported after it is the unit's own.
func TestAMergeInTheYear(t *testing.T) {
	d := org.NewDescent(org.Step{Change: org.Change{ID: "c", Kind: org.Merged, Day: "2025-07-01"}, From: []string{"a", "b"}, To: []string{"x"}})
	catalogue := map[string]Indicator{"i": {ID: "i", Name: budget, BaseUnit: "VND", Flow: Sum}}
	f := func(unit string, year int, p Period, amount string) telling {
		return telling{Told: year, Figure: Figure{IndicatorID: "i", UnitID: unit, Year: year, Period: p, Unit: "đồng", Amount: amount, BaseAmount: amount, BaseUnit: "VND", At: clock.InstantOf(clock.At("2025-12-31").Now())}}
	}
	got := inheritance{}
	descend(got, d, "x", map[string][]telling{
		"a": {f("a", 2025, "H1", "1"), f("a", 2025, "Y", "5")}, "b": {f("b", 2025, "H1", "2"), f("b", 2025, "Y", "6")}, "x": {f("x", 2025, "Y", "9")},
	}, catalogue)
	if h := got[spot{Place{"i", "x"}, 2025, 6}]; len(got) != 1 || h.Figure == nil || h.Figure.Amount != "3" || !h.Origin.Sum {
		t.Errorf("%+v", got)
	}
}

// counting counts what is asked of the database.
type counting struct {
	db.Queryer
	n int
}

func (c *counting) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.n++
	return c.Queryer.Query(ctx, query, args...)
}

// TestProgressAsksOnceMore: where no unit came out of another, descent costs the
// page of progress one look, and none where no unit has a target of its own.
func TestProgressAsksOnceMore(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		asked := func() int {
			t.Helper()
			q := &counting{Queryer: d}
			_, err := x.s.Progress(ctx, q, x.Year.ID)
			x.Check(err)
			return q.n
		}
		x.aim(Entry{Name: budget, Relation: target.AtLeast, Low: "100", Unit: "tỷ đồng"}, "", "")
		block := asked()
		x.aim(Entry{Name: rate, Relation: target.AtLeast, Low: "90", Unit: "%"}, x.Units[0], "")
		if n := asked(); n != block+1 {
			t.Errorf("%d questions, %d with a target of a unit", block, n)
		}
	})
}
