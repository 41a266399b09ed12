package indicator

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func points(of ...int64) []Point {
	var out []Point
	for i := 0; i+1 < len(of); i += 2 {
		out = append(out, Point{int(of[i]), big.NewRat(of[i+1], 1)})
	}
	return out
}

func TestForesee(t *testing.T) {
	for _, c := range []struct {
		what         string
		flow         Flow
		share        bool
		course, past []Point
		want         string
		method       Method
	}{
		{"a sum goes on as last year", Sum, false, points(6, 40), points(6, 45, 12, 99), "88.0", LastCourse},
		{"without last year at an even pace", Sum, false, points(6, 40), nil, "80.0", EvenPace},
		{"last year's result alone tells no course", Sum, false, points(6, 40), points(12, 99), "80.0", EvenPace},
		{"a tenth is enough to compare", Sum, false, points(6, 40), points(6, 10, 12, 100), "400.0", LastCourse},
		{"less than a tenth is not", Sum, false, points(6, 40), points(6, 9, 12, 100), "80.0", EvenPace},
		{"a sum that shrank is no course", Sum, false, points(6, 40), points(6, 50, 12, 45), "80.0", EvenPace},
		{"nine months", Sum, false, points(9, 90), nil, "120.0", EvenPace},
		{"the last figure counts", Sum, false, points(3, 1, 9, 90, 6, 2), nil, "120.0", EvenPace},
		{"the year's own figure", Sum, false, points(12, 7, 6, 5), points(6, 1, 12, 9), "7.0", AsReported},
		{"a level moves as last year", Stock, false, points(6, 44), points(6, 42, 12, 43), "45.0", LastChange},
		{"a level on its line", Stock, false, points(3, 40, 6, 41), nil, "43.0", Trend},
		{"a level alone stays", Stock, false, points(6, 44), points(12, 43), "44.0", Unchanged},
		{"a level does not fall below nought", Stock, false, points(3, 4, 6, 1), nil, "0.0", Trend},
		{"a part is at most the whole", Stock, true, points(6, 99), points(6, 90, 12, 95), "100.0", LastChange},
		{"a balance may", Stock, false, points(3, 4, 6, -1), nil, "-11.0", Trend},
		{"a growth stays", Growth, false, points(3, 2, 6, 3), points(6, 5, 12, 7), "3.0", Unchanged},
	} {
		f := Foresee(c.flow, c.share, c.course, c.past)
		if got := f.Value.FloatString(1); got != c.want || f.Method != c.method {
			t.Errorf("%s: %s by %s, want %s by %s", c.what, got, f.Method, c.want, c.method)
		}
	}
	if f := Foresee(Sum, false, nil, points(6, 1)); f.Value != nil {
		t.Errorf("from nothing: %s", f.Value)
	}
}

// course draws a year's figures; a sum never falls.
func course(t *rapid.T, name string, flow Flow) []Point {
	var out []Point
	value := int64(0)
	for m := 1; m <= 12; m++ {
		value += rapid.Int64Range(0, 50).Draw(t, name)
		if flow != Sum {
			value = rapid.Int64Range(0, 100).Draw(t, name)
		}
		if rapid.Bool().Draw(t, name+" reported") {
			out = append(out, Point{m, big.NewRat(value, 1)})
		}
	}
	return out
}

func scaled(points []Point, by *big.Rat) []Point {
	var out []Point
	for _, p := range points {
		out = append(out, Point{p.Months, new(big.Rat).Mul(p.Value, by)})
	}
	return out
}

func TestForecastProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flow := rapid.SampledFrom([]Flow{Sum, Stock, Growth}).Draw(t, "flow")
		now, past := course(t, "now", flow), course(t, "past", flow)
		f := Foresee(flow, false, now, past)
		if len(now) == 0 {
			if f.Value != nil {
				t.Fatal("a forecast from nothing")
			}
			return
		}
		last := now[len(now)-1]
		if last.Months == 12 && f.Value.Cmp(last.Value) != 0 {
			t.Fatalf("the year's figure is %s, foreseen %s", last.Value, f.Value)
		}
		if flow == Sum && f.Value.Cmp(last.Value) < 0 {
			t.Fatalf("a sum falls from %s to %s", last.Value, f.Value)
		}
		// Told in other units, the forecast is the same.
		by := big.NewRat(rapid.Int64Range(1, 1000).Draw(t, "up"), rapid.Int64Range(1, 1000).Draw(t, "down"))
		if g := Foresee(flow, false, scaled(now, by), scaled(past, by)); g.Method != f.Method || g.Value.Cmp(new(big.Rat).Mul(f.Value, by)) != 0 {
			t.Fatalf("times %s: %s by %s, was %s by %s", by, g.Value, g.Method, f.Value, f.Method)
		}
		// More now is not less at the end.
		more := append([]Point{}, now...)
		more[len(more)-1].Value = new(big.Rat).Add(last.Value, big.NewRat(rapid.Int64Range(0, 100).Draw(t, "more"), 1))
		if g := Foresee(flow, false, more, past); g.Value.Cmp(f.Value) < 0 {
			t.Fatalf("%s more, and %s less", more[len(more)-1].Value, g.Value)
		}
	})
}

// TestBacktest: the method is exact on years that ran like the one before, and
// its error is the mean of single misses.
func TestBacktest(t *testing.T) {
	if m := Backtest(Sum, false, nil, 6); m.N != 0 || m.Mean != nil {
		t.Errorf("nothing known: %+v", m)
	}
	even := []YearCourse{{Year: 2021, Points: points(6, 40, 12, 100)}, {Year: 2022, Points: points(6, 44, 12, 110)}}
	// 2021 at an even pace: 80 for 100. 2022 as 2021 went: 110 for 110.
	if m := Backtest(Sum, false, [][]YearCourse{even}, 6); m.N != 2 || m.Mean.Cmp(big.NewRat(10, 1)) != 0 {
		t.Errorf("%+v", m)
	}
	if m := Backtest(Sum, false, [][]YearCourse{{{Year: 2022, Points: points(6, 40, 12, 0)}, {Year: 2021, Points: points(6, 3)}}}, 6); m.N != 0 {
		t.Errorf("a result of nought, and none: %+v", m)
	}
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 11).Draw(t, "months")
		then := rapid.Int64Range(1, 1000).Draw(t, "then")
		end := then + rapid.Int64Range(0, 8*then).Draw(t, "end")
		years := []YearCourse{{Year: 2020, Points: points(int64(months), then, 12, end)}}
		for i := range 3 {
			by := big.NewRat(rapid.Int64Range(1, 50).Draw(t, "times"), 7)
			years = append(years, YearCourse{Year: 2021 + i, Points: scaled(years[0].Points, by)})
		}
		if m := Backtest(Sum, false, [][]YearCourse{years[1:]}, months); m.N != 3 {
			t.Fatalf("%d trials", m.N)
		}
		// From the second year on there is nothing to miss.
		first := Backtest(Sum, false, [][]YearCourse{years[:1]}, months)
		all := Backtest(Sum, false, [][]YearCourse{years}, months)
		if new(big.Rat).Mul(all.Mean, big.NewRat(4, 1)).Cmp(first.Mean) != 0 {
			t.Fatalf("one year %s, four years %s", first.Mean, all.Mean)
		}
	})
}
