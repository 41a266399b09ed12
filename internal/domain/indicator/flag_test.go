package indicator

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/store"
)

func rats(of ...int64) []*big.Rat {
	var out []*big.Rat
	for _, v := range of {
		out = append(out, big.NewRat(v, 1))
	}
	return out
}

func signs(flags []Flag) string {
	var out []Sign
	for _, f := range flags {
		out = append(out, f.Sign)
	}
	return fmt.Sprint(out)
}

func TestSuspicions(t *testing.T) {
	money := level(target.Equal, "93262000000", "93262000000", "")
	money.Name, money.Unit, money.BaseUnit, money.Low, money.High = "Tổng kim ngạch", "triệu USD", "USD", "93262", "93262"
	rate := level(target.Equal, "95", "95", "")
	rate.Name, rate.Unit, rate.BaseUnit = "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "%"
	cases := level(target.AtMost, "30", "30", target.Lower)
	cases.Name, cases.Unit, cases.BaseUnit = "Số vụ ngộ độc", "vụ", "vụ"
	figure := func(g Goal, p Period, base string) Figure {
		return Figure{Period: p, Amount: base, Unit: g.BaseUnit, BaseAmount: base, BaseUnit: g.BaseUnit}
	}
	for _, c := range []struct {
		what string
		goal Goal
		flow Flow
		f    Figure
		b    Beside
		want string
	}{
		{"nothing to say", money, Sum, figure(money, HalfYear, "46000000000"), Beside{}, "[]"},
		{"in thousands of the unit", money, Sum, figure(money, HalfYear, "46000000"), Beside{}, "[unit_suspect]"},
		{"a part of more than all", rate, Stock, figure(rate, HalfYear, "951"), Beside{}, "[over_hundred]"},
		{"below the quarter before", money, Sum, figure(money, HalfYear, "46000000000"), Beside{Others: []Figure{figure(money, "Q1", "47000000000")}}, "[fell_back]"},
		{"above the year after", money, Sum, figure(money, HalfYear, "46000000000"), Beside{Others: []Figure{figure(money, FullYear, "45000000000")}}, "[fell_back]"},
		{"another amount for the same day", money, Sum, figure(money, HalfYear, "46000000000"), Beside{Others: []Figure{figure(money, "M06", "45000000000")}}, "[two_amounts]"},
		{"the same amount for the same day", money, Sum, figure(money, HalfYear, "46000000000"), Beside{Others: []Figure{figure(money, "Q2", "46000000000")}}, "[]"},
		{"the year is the half-year", money, Sum, figure(money, FullYear, "46000000000"), Beside{Others: []Figure{figure(money, HalfYear, "46000000000")}}, "[stood_still]"},
		{"the half-year is the year", money, Sum, figure(money, "M06", "46000000000"), Beside{Others: []Figure{figure(money, FullYear, "46000000000")}}, "[stood_still]"},
		{"a level may stand still", money, Stock, figure(money, FullYear, "46000000000"), Beside{Others: []Figure{figure(money, HalfYear, "46000000000")}}, "[]"},
		{"few cases may stand still", cases, Sum, figure(cases, FullYear, "5"), Beside{Others: []Figure{figure(cases, HalfYear, "5")}}, "[]"},
		{"a rate may fall", rate, Stock, figure(rate, HalfYear, "94"), Beside{Others: []Figure{figure(rate, "Q1", "95")}}, "[]"},
		{"three times last year is not far", money, Sum, figure(money, HalfYear, "3000"), Beside{Past: points(6, 1000)}, "[unit_suspect]"},
		{"more than three times is", money, Sum, figure(money, HalfYear, "3000000001"), Beside{Past: points(6, 1000000000)}, "[off_last_year]"},
		{"less than a third is", money, Sum, figure(money, HalfYear, "3000000000"), Beside{Past: points(6, 9000000001)}, "[off_last_year]"},
		{"without the same months, last year's result", money, Sum, figure(money, HalfYear, "3000000000"), Beside{Past: points(12, 1500000000)}, "[off_last_year]"},
		{"twenty points are not far", rate, Stock, figure(rate, HalfYear, "75"), Beside{Past: points(6, 95)}, "[]"},
		{"more are", rate, Stock, figure(rate, HalfYear, "74.9"), Beside{Past: points(6, 95)}, "[off_last_year]"},
		{"few cases jump", cases, Sum, figure(cases, FullYear, "19"), Beside{Past: points(12, 1)}, "[]"},
		{"many do not", cases, Sum, figure(cases, FullYear, "21"), Beside{Past: points(12, 1)}, "[off_last_year]"},
		{"three peers are too few", rate, Stock, figure(rate, HalfYear, "20"), Beside{Crowd: NewCrowd(rats(90, 91, 92)...)}, "[]"},
		{"four are enough", rate, Stock, figure(rate, HalfYear, "20"), Beside{Crowd: NewCrowd(rats(90, 91, 92, 93)...)}, "[off_peers]"},
		{"one wrong peer does not hide another", rate, Stock, figure(rate, HalfYear, "20"), Beside{Crowd: NewCrowd(rats(90, 91, 92, 93, 1)...)}, "[off_peers]"},
		{"half of the others, or twenty points", rate, Stock, figure(rate, HalfYear, "62"), Beside{Crowd: NewCrowd(rats(98, 98, 99, 99)...)}, "[off_peers]"},
		{"near the others", rate, Stock, figure(rate, HalfYear, "80"), Beside{Crowd: NewCrowd(rats(90, 91, 92, 93)...)}, "[]"},
	} {
		if c.b.Crowd != nil {
			c.b.Crowd = NewCrowd(append(c.b.Crowd.sorted, c.f.Base().Rat())...)
		}
		if got := signs(Suspicions(c.goal, Indicator{Flow: c.flow}, c.f, c.b)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// TestFarRule: the sentence says which of the rules it is.
func TestFarRule(t *testing.T) {
	money := level(target.Equal, "93262000000", "93262000000", "")
	for want, c := range map[string][2]int64{"gấp quá 3 lần": {400, 100}, "chưa bằng một phần ba": {30, 100}, "năm trước bằng 0": {30, 0}, "một số âm, một số dương": {-30, 100}} {
		if got := farRule(money, big.NewRat(c[0], 1), big.NewRat(c[1], 1)).Text; got != want {
			t.Errorf("%d beside %d: %q, want %q", c[0], c[1], got, want)
		}
	}
}

// TestCrowd: leaving one out of a crowd is the same as a crowd without it; order
// and scale say nothing, further out is not nearer.
func TestCrowd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var peers []*big.Rat
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			peers = append(peers, big.NewRat(rapid.Int64Range(1, 40).Draw(t, "peer"), 7))
		}
		x := big.NewRat(rapid.Int64Range(1, 80).Draw(t, "x"), 7)
		part := big.NewRat(rapid.Int64Range(0, 9).Draw(t, "part"), 10)
		middle, far := NewCrowd(append(peers, x)...).Far(x, part, nil)

		var off []*big.Rat
		for _, p := range peers {
			off = append(off, distance(p, Median(peers)))
		}
		d := distance(x, Median(peers))
		plain := d.Cmp(new(big.Rat).Mul(farSpreads, Median(off))) > 0 && d.Cmp(new(big.Rat).Mul(Median(peers), part)) > 0
		if middle.Cmp(Median(peers)) != 0 || far != plain {
			t.Fatalf("%v beside %v: %s %v, plainly %s %v", x, peers, middle, far, Median(peers), plain)
		}
		by := big.NewRat(rapid.Int64Range(1, 99).Draw(t, "by"), 3)
		other := []*big.Rat{new(big.Rat).Mul(x, by)}
		for i := range peers {
			other = append(other, new(big.Rat).Mul(peers[len(peers)-1-i], by))
		}
		if m, again := NewCrowd(other...).Far(other[0], part, nil); again != far || m.Cmp(new(big.Rat).Mul(middle, by)) != 0 {
			t.Fatalf("scaled by %s: %v, was %v", by, again, far)
		}
		if more := new(big.Rat).Add(x, big.NewRat(1, 1)); x.Cmp(middle) > 0 && far {
			if _, still := NewCrowd(append(peers, more)...).Far(more, part, nil); !still {
				t.Fatal("further and no longer far")
			}
		}
	})
}

func TestFlagsWhereFiguresAreEntered(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		trade := x.aim(Entry{Name: "Tổng kim ngạch", Relation: target.Equal, Low: "1.000", Unit: "triệu USD"}, "", "")
		x.report(x.Officers[0], Report{TargetID: trade, Year: 2022, Period: HalfYear, Amount: "450"})
		x.report(x.Officers[0], Report{TargetID: trade, Year: 2022, Period: FullYear, Amount: "900"})
		x.report(x.Officers[0], Report{TargetID: trade, Period: "Q1", Amount: "300"})
		_, err := x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: trade, Period: HalfYear, Amount: "140"})
		at(t, err, "amount") // below the quarter before, and below a third of last year's
		half := x.report(x.Officers[0], Report{TargetID: trade, Period: HalfYear, Amount: "480"})
		_, err = x.s.Correct(ctx, x.Officers[0], half.ID, half.Version, "Nhầm", Report{TargetID: trade, Amount: "290"})
		at(t, err, "amount")
		fixed, err := x.s.Correct(ctx, x.Officers[0], half.ID, half.Version, "Nhầm", Report{TargetID: trade, Amount: "290", Sure: true, Note: "Quý I tính trùng 20 triệu USD."})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := x.s.ProgressTo(ctx, d, x.Year.ID, HalfYear)
		if err != nil {
			t.Fatal(err)
		}
		l := lines[0]
		if l.Forecast == nil || l.Forecast.Method != LastCourse || l.Forecast.Value.Cmp(big.NewRat(580_000_000, 1)) != 0 || l.Status != AtRisk {
			t.Fatalf("forecast %+v, %s", l.Forecast, l.Status)
		}
		if pace := l.Pace(HalfYear); pace == nil || pace.Cmp(big.NewRat(500_000_000, 1)) != 0 {
			t.Errorf("pace %v", pace)
		}
		schedule := Schedule{{HalfYear, "2023-07-05"}, {FullYear, "2023-12-05"}}
		flags := Raise(lines, schedule, "2023-12-20", nil)[l.ID]
		if got := signs(flags); got != "[late fell_back]" || l.Figure.ID != fixed.ID || flags[0].Text.Args["n"] != 15 {
			t.Errorf("flags %s", got)
		}
		if flags := Raise(lines, schedule, "2023-12-05", nil); len(flags[l.ID]) != 1 {
			t.Errorf("not late on the day: %v", flags)
		}
		// The error of the method: 2022 is the only year, foreseen at an even pace and hit.
		if m, err := x.s.Miss(ctx, d, x.Year, l, HalfYear); err != nil || m.N != 1 || m.Mean.Sign() != 0 {
			t.Errorf("miss %+v, %v", m, err)
		}
		if m, err := x.s.Miss(ctx, d, x.Year, l, "Q1"); err != nil || m.N != 0 {
			t.Errorf("miss of a period never reported %+v, %v", m, err)
		}
		years, err := x.s.Years(ctx, d, x.Year, l)
		if err != nil || len(years) != 2 || years[0].Year != 2022 || len(years[1].Points) != 2 {
			t.Errorf("years %+v, %v", years, err)
		}
	})
}

// TestFlagsAmongUnits: an amount is compared by the part of the own target that it reaches.
func TestFlagsAmongUnits(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		goal := Entry{Name: "Thu ngân sách", Relation: target.Equal, Low: "10", Unit: "tỷ đồng"}
		var ids []string
		units := append([]string{}, x.Units...)
		for len(units) < 6 {
			units = append(units, x.Unit(fmt.Sprintf("Xã %d", len(units))).ID)
		}
		for i, u := range units {
			goal.Low = fmt.Sprint(10 * (i + 1))
			ids = append(ids, x.aim(goal, u, ""))
		}
		for i := range units[1:] {
			amount := fmt.Sprintf("%d", 5*(i+2)+i%2)
			x.Exec(`INSERT INTO figure (id, version, indicator_id, year_id, unit_id, reporter_id, year, period, amount, unit, base_amount, base_unit, source, note, illustrative, account_id, at, superseded_by, reason)
				SELECT $1, 1, t.indicator_id, t.year_id, t.unit_id, t.unit_id, 2023, 'H1', $2, 'tỷ đồng', $3, 'VND', '', '', FALSE, '', 0, '', '' FROM covenant_target t WHERE t.id = $4`,
				db.NewID(), amount, decimal.RequireFromString(amount).Shift(9).String(), ids[i+1])
		}
		_, err := x.s.Report(ctx, x.Officers[0], x.Year.ID, Report{TargetID: ids[0], Period: HalfYear, Amount: "0,5"})
		at(t, err, "amount")
		x.report(x.Officers[0], Report{TargetID: ids[0], Period: HalfYear, Amount: "0,5", Sure: true})
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		if err != nil {
			t.Fatal(err)
		}
		flags := Raise(lines, Schedule{{HalfYear, ""}, {FullYear, ""}}, clock.Today(x.Clock), nil)
		if len(flags) != 1 || signs(flags[ids[0]]) != "[off_peers]" {
			t.Errorf("flags %+v", flags)
		}
	})
}
