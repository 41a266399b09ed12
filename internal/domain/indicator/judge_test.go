package indicator

import (
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/target"
)

func level(rel target.Relation, low, high string, dir target.Direction) Goal {
	return Goal{Name: "Chỉ tiêu", Relation: rel, Low: low, High: high, BaseLow: low, BaseHigh: high, Direction: dir}
}

func moved(change target.Change, rel target.Relation, low, high string) Goal {
	g := level(rel, low, high, "")
	g.Change, g.BaseKind, g.BaseYear = change, target.BaseYear, 2022
	return g
}

func TestJudge(t *testing.T) {
	none := Goal{Relation: target.None}
	over := level(target.Equal, "1500", "1500", "")
	over.Approx = target.Over
	about := level(target.Equal, "12", "12", "")
	about.Approx = target.About
	for _, c := range []struct {
		what    string
		goal    Goal
		flow    Flow
		amount  string
		period  Period
		status  Status
		percent string
	}{
		{"reached exactly", level(target.Equal, "93262", "93262", ""), Sum, "93262", FullYear, Met, "100"},
		{"passed", level(target.Equal, "93262", "93262", ""), Sum, "94000", FullYear, Exceeded, "100.79"},
		{"missed by a hair is not rounded up", level(target.Equal, "1000", "1000", ""), Sum, "999.9", FullYear, Short, "99.99"},
		{"half a year at half the goal", level(target.Equal, "31630", "31630", ""), Sum, "15815", HalfYear, InReach, "50"},
		{"half a year behind the pace", level(target.Equal, "31630", "31630", ""), Sum, "15000", HalfYear, AtRisk, "47.42"},
		{"three quarters", level(target.Equal, "100", "100", ""), Sum, "75", "Q3", InReach, "75"},
		{"a month behind", level(target.Equal, "120", "120", ""), Sum, "9", "M01", AtRisk, "7.5"},
		{"a rate that is not there is at risk", level(target.Equal, "45", "45", ""), Stock, "44.1", HalfYear, AtRisk, "98"},
		{"a rate that is there is met", level(target.Equal, "45", "45", ""), Stock, "45", HalfYear, Met, "100"},
		{"a sum that is there stays", level(target.Equal, "100", "100", ""), Sum, "120", HalfYear, Exceeded, "120"},

		{"lower is better: reached", level(target.Equal, "1.72", "1.72", target.Lower), Stock, "1.72", FullYear, Met, "100"},
		{"lower is better: passed", level(target.Equal, "1", "1", target.Lower), Stock, "0.8", FullYear, Exceeded, "125"},
		{"lower is better: missed", level(target.Equal, "1", "1", target.Lower), Stock, "1.25", FullYear, Short, "80"},
		{"lower is better: nought", level(target.Equal, "1", "1", target.Lower), Stock, "0", FullYear, Exceeded, ""},
		{"cases at the pace", level(target.Equal, "20", "20", target.Lower), Sum, "9", HalfYear, InReach, "222.22"},
		{"cases past the pace", level(target.Equal, "20", "20", target.Lower), Sum, "15", HalfYear, AtRisk, "133.33"},
		{"cases past the target", level(target.Equal, "20", "20", target.Lower), Sum, "21", HalfYear, Short, "95.24"},

		{"at most: below is met, not exceeded", level(target.AtMost, "1", "1", target.Lower), Sum, "0", FullYear, Met, ""},
		{"at most: the limit itself", level(target.AtMost, "1", "1", target.Lower), Sum, "1", FullYear, Met, "100"},
		{"at most: broken", level(target.AtMost, "1", "1", target.Lower), Sum, "2", FullYear, Short, "50"},
		{"at most: holds so far, at twice the pace", level(target.AtMost, "1", "1", target.Lower), Sum, "1", HalfYear, AtRisk, "100"},
		{"at most: nothing so far", level(target.AtMost, "1", "1", target.Lower), Sum, "0", HalfYear, InReach, ""},
		{"at most: broken in June stays broken", level(target.AtMost, "1", "1", target.Lower), Sum, "2", HalfYear, Short, "50"},
		{"at least", level(target.AtLeast, "85", "85", ""), Stock, "85", FullYear, Met, "100"},
		{"at least, above", level(target.AtLeast, "85", "85", ""), Stock, "90", FullYear, Exceeded, "105.88"},

		{"none: nought is met", none, Sum, "0", FullYear, Met, ""},
		{"none: one is not", none, Sum, "1", FullYear, Short, ""},
		{"none: nought in June may still be broken", none, Sum, "0", HalfYear, InReach, ""},
		{"none: one in June is missed for good", none, Sum, "1", HalfYear, Short, ""},
		{"a goal of nought has no percentage", level(target.Equal, "0", "0", target.Lower), Sum, "0", FullYear, Met, ""},
		{"a goal of nought, missed", level(target.Equal, "0", "0", target.Lower), Sum, "3", FullYear, Short, ""},

		{"range: lower end", level(target.Range, "6.5", "7", ""), Stock, "6.5", FullYear, Met, "100"},
		{"range: inside", level(target.Range, "6.5", "7", ""), Stock, "6.8", FullYear, Met, "104.62"},
		{"range: upper end", level(target.Range, "6.5", "7", ""), Stock, "7", FullYear, Met, "107.69"},
		{"range: above", level(target.Range, "6.5", "7", ""), Stock, "7.1", FullYear, Exceeded, "109.23"},
		{"range: below", level(target.Range, "6.5", "7", ""), Stock, "6.49", FullYear, Short, "99.85"},
		{"range, lower is better: inside", level(target.Range, "1", "2", target.Lower), Stock, "1.5", FullYear, Met, "133.33"},
		{"range, lower is better: below", level(target.Range, "1", "2", target.Lower), Stock, "0.5", FullYear, Exceeded, "400"},
		{"range, lower is better: above", level(target.Range, "1", "2", target.Lower), Stock, "2.5", FullYear, Short, "80"},

		{"growth: the figure is the growth", moved(target.Increase, target.Range, "6.5", "7"), Growth, "6.6", FullYear, Met, "101.54"},
		{"growth: short", moved(target.Increase, target.Range, "6.5", "7"), Growth, "3.45", FullYear, Short, "53.08"},
		{"growth: it shrank", moved(target.Increase, target.Range, "6.5", "7"), Growth, "-9.28", FullYear, Short, ""},
		{"growth in June is on its way at best", moved(target.Increase, target.Range, "6.5", "7"), Growth, "7.5", HalfYear, InReach, "115.38"},
		{"growth in June below", moved(target.Increase, target.Range, "6.5", "7"), Growth, "2", HalfYear, AtRisk, "30.77"},
		{"decrease: by as much", moved(target.Decrease, target.Equal, "0.5", "0.5"), Growth, "-0.5", FullYear, Met, "100"},
		{"decrease: by more", moved(target.Decrease, target.Equal, "0.5", "0.5"), Growth, "-0.6", FullYear, Exceeded, "120"},
		{"decrease: it rose", moved(target.Decrease, target.Equal, "0.5", "0.5"), Growth, "0.2", FullYear, Short, ""},
		{"increase at most", moved(target.Increase, target.AtMost, "5", "5"), Growth, "4", FullYear, Met, "125"},
		{"increase at most, broken", moved(target.Increase, target.AtMost, "5", "5"), Growth, "6", FullYear, Short, "83.33"},

		{"more than: the figure itself is not enough", over, Sum, "1500", FullYear, Short, "100"},
		{"more than: one more is", over, Sum, "1501", FullYear, Met, "100.07"},
		{"about: what is above is met, the text rounds itself", about, Sum, "13", FullYear, Met, "108.33"},
		{"a pledge is not measured", Goal{Relation: target.Text}, Sum, "1", FullYear, None, ""},
	} {
		v := Judge(c.goal, c.flow, decimal.RequireFromString(c.amount), c.period)
		if v.Status != c.status || v.PercentText() != c.percent {
			t.Errorf("%s: got %s %q, want %s %q", c.what, v.Status, v.PercentText(), c.status, c.percent)
		}
	}
}

// TestPercentIsExact: 1/3 of the goal is 100/3 per cent, no nearer decimal.
func TestPercentIsExact(t *testing.T) {
	v := Judge(level(target.Equal, "3", "3", ""), Sum, decimal.NewFromInt(1), FullYear)
	if v.Percent.Cmp(big.NewRat(100, 3)) != 0 {
		t.Errorf("got %s", v.Percent)
	}
}

// TestBetterIsNeverWorse: moving a figure in the good direction never lowers
// its status, and a percentage of 100 or more is what reaching means.
func TestBetterIsNeverWorse(t *testing.T) {
	order := map[Status]int{Short: 0, AtRisk: 1, InReach: 2, Met: 3, Exceeded: 4}
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Int64Range(1, 1000).Draw(t, "low")
		high := low
		rel := rapid.SampledFrom([]target.Relation{target.Equal, target.AtLeast, target.AtMost, target.Range}).Draw(t, "relation")
		if rel == target.Range {
			high += rapid.Int64Range(1, 100).Draw(t, "width")
		}
		g := level(rel, decimal.NewFromInt(low).String(), decimal.NewFromInt(high).String(), rapid.SampledFrom([]target.Direction{target.Higher, target.Lower, target.Unknown}).Draw(t, "direction"))
		flow := rapid.SampledFrom([]Flow{Stock, Sum}).Draw(t, "flow")
		p := rapid.SampledFrom(Periods).Draw(t, "period")
		a := rapid.Int64Range(1, 3000).Draw(t, "a")
		b := rapid.Int64Range(1, 3000).Draw(t, "b")
		if (a > b) == g.Lower() {
			a, b = b, a
		} // now a is at least as good as b
		va, vb := Judge(g, flow, decimal.NewFromInt(a), p), Judge(g, flow, decimal.NewFromInt(b), p)
		if order[va.Status] < order[vb.Status] {
			t.Fatalf("%+v %s: %d is %s but %d is %s", g, p, a, va.Status, b, vb.Status)
		}
		if va.Percent.Cmp(vb.Percent) < 0 {
			t.Fatalf("%+v: %d has %s%%, %d has %s%%", g, a, va.Percent, b, vb.Percent)
		}
		reached := va.Percent.Cmp(hundred) >= 0
		if p.Whole() && reached != (va.Status == Met || va.Status == Exceeded) {
			t.Fatalf("%+v: %d is %s with %s%%", g, a, va.Status, va.Percent)
		}
	})
}

func TestPeriods(t *testing.T) {
	for p, months := range map[Period]int{"H1": 6, "Y": 12, "Q1": 3, "Q4": 12, "M01": 1, "M12": 12, "M13": 0, "M00": 0, "Q5": 0, "H2": 0, "": 0, "M1": 0, "M+1": 0, "Mab": 0} {
		if got := p.Months(); got != months {
			t.Errorf("%q has %d months, want %d", p, got, months)
		}
	}
	if !FullYear.after("M12") || Period("M12").after(FullYear) || !HalfYear.after("M06") || HalfYear.after("M07") {
		t.Error("the year's own figure says most, then the later period")
	}
}

func TestKeyAndLikeness(t *testing.T) {
	same := [][2]string{
		{"Thu nhập bình quần đầu người", "thu nhập bình quân đầu người"},
		{"Tỷ lệ hộ nghèo", "tỉ lệ hộ nghèo "},
		{"Tổng sản phẩm (GRDP)", "Tổng sản phẩm GRDP"},
	}
	for _, p := range same {
		if Key(p[0]) != Key(p[1]) {
			t.Errorf("%q and %q: %q, %q", p[0], p[1], Key(p[0]), Key(p[1]))
		}
	}
	for _, c := range []struct {
		a, b string
		like bool
	}{
		{"Tổng sản phẩm (GRDP)", "Tổng sản phẩm kinh tế GRDP", true},
		{"Tổng thu ngân sách", "Tổng thu ngân sách nhà nước", true},
		{"kim ngạch xuất khẩu", "kim ngạch nhập khẩu", false},
		{"Tổng kim ngạch xuất nhập khẩu", "kim ngạch xuất khẩu", false},
		{"Tỷ lệ đô thị hóa", "Tỷ lệ hộ nghèo", false},
		{"Tỷ lệ thất nghiệp ở khu vực thành thị", "Tỷ lệ thất nghiệp ở khu vực nông thôn", false},
		{"Tỷ lệ lao động qua đào tạo", "tỷ lệ lao động đã qua đào tạo", true},
		{"GRDP", "FDI", false},
	} {
		if alike(c.a, c.b) != c.like || alike(c.b, c.a) != c.like {
			t.Errorf("alike(%q, %q) is not %v both ways", c.a, c.b, c.like)
		}
	}
}

func TestExamine(t *testing.T) {
	goal := func(name, low, unit, part string) Goal {
		g, err := Entry{Name: name, Relation: target.Equal, Low: low, Unit: unit, PartOf: part}.Goal()
		if err != nil {
			t.Fatal(err)
		}
		g.IndicatorID = Key(name)
		return g
	}
	rows := []Row{
		{ID: "t", Goal: goal("Tổng kim ngạch", "93.262", "triệu USD", "")},
		{ID: "x", Goal: goal("xuất khẩu", "50.870", "triệu USD", "t")},
		{ID: "n", Goal: goal("nhập khẩu", "42,392", "tỷ USD", "t")},
	}
	checks, warnings := Examine(rows)
	if len(checks) != 1 || !checks[0].OK || checks[0].Want != "93262" || checks[0].Got != "93262" || len(warnings) != 0 {
		t.Fatalf("checks %+v, warnings %+v", checks, warnings)
	}
	rows[2].Goal = goal("nhập khẩu", "42.391", "triệu USD", "t")
	if checks, warnings = Examine(rows); checks[0].OK || checks[0].Got != "93261" || len(warnings) != 1 || warnings[0].Code != target.SumMismatch {
		t.Fatalf("checks %+v, warnings %+v", checks, warnings)
	}
	rows[2].Goal = goal("nhập khẩu", "42.392", "tỷ đồng", "t")
	if checks, warnings = Examine(rows); len(checks) != 0 || len(warnings) != 1 || warnings[0].Code != target.MixedCurrency {
		t.Fatalf("checks %+v, warnings %+v", checks, warnings)
	}
	rows[2].Goal = goal("xuất khẩu", "42.392", "triệu USD", "t")
	if _, warnings = Examine(rows); len(warnings) != 1 || warnings[0].Code != target.Duplicate {
		t.Fatalf("warnings %+v", warnings)
	}
	rows[2].UnitID = "another"
	if _, warnings = Examine(rows); len(warnings) != 0 {
		t.Fatalf("another unit's target is no duplicate: %+v", warnings)
	}
}

func TestEntry(t *testing.T) {
	ok := Entry{Name: " Tỷ lệ  hộ nghèo ", Relation: target.Equal, Low: "1,1 %", Unit: "%", Direction: target.Lower}
	g, err := ok.Goal()
	if err != nil || g.Name != "Tỷ lệ hộ nghèo" || g.Low != "1.1" || g.High != "1.1" || g.BaseLow != "1.1" || g.BaseUnit != "%" {
		t.Fatalf("%+v, %v", g, err)
	}
	if e := g.Edit("vi"); e.Low != "1,1" || e.High != "" {
		t.Errorf("back to a form: %+v", e)
	}
	for field, bad := range map[string]Entry{
		"name":      {Name: " – ", Relation: target.Equal, Low: "1"},
		"low":       {Name: "A", Relation: target.Equal, Low: "một"},
		"high":      {Name: "A", Relation: target.Range, Low: "7", High: "6,5"},
		"relation":  {Name: "A", Relation: "~", Low: "1"},
		"direction": {Name: "A", Relation: target.Equal, Low: "1", Direction: "up"},
		"by_year":   {Name: "A", Relation: target.Equal, Low: "1", ByYear: 1744},
	} {
		if _, err := bad.Goal(); err == nil {
			t.Errorf("%s: accepted %+v", field, bad)
		} else {
			at(t, err, field)
		}
	}
	if g, err := (Entry{Name: "trường hợp tử vong", Relation: target.None}).Goal(); err != nil || g.Low != "" {
		t.Errorf("none needs no figure: %+v %v", g, err)
	}
}

func TestFollow(t *testing.T) {
	m := Follow("a\nb\nb\nc", "x\nb\na\n b ")
	for before, after := range map[int]int{1: 3, 2: 2, 3: 4, 4: 0} {
		if got := m.To(before); got != after {
			t.Errorf("line %d went to %d, want %d", before, got, after)
		}
	}
	if m.Stays(1) || !m.Stays(3) {
		t.Error("x is new, a stays")
	}
}

// alike compares two names.
func alike(x, y string) bool {
	_, _, like := wordingOf(x).alike(wordingOf(y))
	return like
}

// TestPercent: rounded half away from nought, and never to a target that is not
// reached.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		n        int
		want     string
	}{
		{1, 6, 2, "0.17"}, {1667, 100, 1, "16.7"}, {1665, 100, 1, "16.7"}, {99960, 1000, 1, "99.9"}, {99999, 1000, 2, "99.99"}, {100, 1, 1, "100"}, {100004, 1000, 2, "100"},
		{-1665, 100, 1, "-16.7"}, {0, 1, 1, "0"}, {999, 10, 1, "99.9"},
	} {
		if got := Percent(big.NewRat(c.num, c.den), c.n); got != c.want {
			t.Errorf("%d/%d with %d decimals is %s, want %s", c.num, c.den, c.n, got, c.want)
		}
	}
	if Percent(nil, 1) != "" {
		t.Error("no percentage is written")
	}
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64Range(0, 1_000_000).Draw(t, "num"), rapid.Int64Range(1, 10_000).Draw(t, "den"))
		n := rapid.IntRange(0, 3).Draw(t, "decimals")
		written, _ := new(big.Rat).SetString(Percent(r, n))
		if r.Cmp(hundred) < 0 && written.Cmp(hundred) >= 0 {
			t.Fatalf("%s is written as %s", r, written)
		}
	})
}
