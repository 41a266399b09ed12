package indicator

import (
	"math/big"
)

// Point is a figure of a year at the end of a month, in base units; of a growth
// it is signed.
type Point struct {
	Months int
	Value  *big.Rat
}

// Method is how the end of a year is foreseen from a figure within it.
type Method string

const (
	// AsReported: the figure is the year's own.
	AsReported Method = "reported"
	// LastCourse, of a sum: figure × (last year's result ÷ last year's figure of the same months).
	LastCourse Method = "last_course"
	// EvenPace, of a sum: figure × 12 ÷ months gone by.
	EvenPace Method = "even_pace"
	// LastChange, of a level: figure + (last year's result − last year's figure of the same months).
	LastChange Method = "last_change"
	// Trend, of a level: the straight line through the year's first and last figure.
	Trend Method = "trend"
	// Unchanged, of a level with nothing to compare and of every growth: the figure itself.
	Unchanged Method = "unchanged"
)

// Forecast is the end of a year as it is foreseen, with all that it rests on.
type Forecast struct {
	Value     *big.Rat // nil where there is no figure to go on from
	Method    Method
	Of        Point    // the figure it goes on from
	First     Point    // of Trend: where the line begins
	Then, End *big.Rat // of LastCourse and LastChange: last year's figure of the same months, and its result
	Bounded   bool     // the method led beyond what such a figure can be, below nought or above all
}

// least is the part of last year's result that had to be there at the same
// time for last year's course to say something.
var least = big.NewRat(1, 10)

// Foresee tells the year's end from its last figure. Course are the year's
// figures and past those of last year, in any order. Share says that the figure
// is a part of a whole, in hundredths.
func Foresee(flow Flow, share bool, course, past []Point) Forecast {
	first, last := ends(course)
	if last.Value == nil {
		return Forecast{}
	}
	f := Forecast{Of: last, Then: pointAt(past, last.Months), End: pointAt(past, 12)}
	known := f.Then != nil && f.End != nil
	months := new(big.Rat).SetInt64(int64(12 - last.Months))
	switch {
	case last.Months == 12:
		f.Method, f.Value = AsReported, last.Value
	case flow == Growth:
		f.Method, f.Value = Unchanged, last.Value
	case flow == Sum && known && goesOn(f.Then, f.End):
		f.Method = LastCourse
		f.Value = new(big.Rat).Mul(last.Value, new(big.Rat).Quo(f.End, f.Then))
	case flow == Sum:
		f.Method = EvenPace
		f.Value = new(big.Rat).Mul(last.Value, big.NewRat(12, int64(last.Months)))
	case known:
		f.Method = LastChange
		f.Value = new(big.Rat).Add(last.Value, new(big.Rat).Sub(f.End, f.Then))
	case first.Months < last.Months:
		f.Method, f.First = Trend, first
		slope := new(big.Rat).Sub(last.Value, first.Value)
		slope.Quo(slope, new(big.Rat).SetInt64(int64(last.Months-first.Months)))
		f.Value = new(big.Rat).Add(last.Value, slope.Mul(slope, months))
	default:
		f.Method, f.Value = Unchanged, last.Value
	}
	if f.Method != LastCourse && f.Method != LastChange {
		f.Then, f.End = nil, nil
	}
	f.bound(flow, share)
	return f
}

// goesOn: a sum of which a tenth or more was there, and that did not shrink.
func goesOn(then, end *big.Rat) bool {
	return then.Sign() > 0 && then.Cmp(end) <= 0 && then.Cmp(new(big.Rat).Mul(end, least)) >= 0
}

// bound keeps a level where levels can be: a figure that is not negative does
// not become so, a part does not become more than the whole.
func (f *Forecast) bound(flow Flow, share bool) {
	if flow != Stock || f.Method == AsReported {
		return
	}
	switch {
	case f.Of.Value.Sign() >= 0 && f.Value.Sign() < 0:
		f.Value, f.Bounded = new(big.Rat), true
	case share && f.Of.Value.Cmp(hundred) <= 0 && f.Value.Cmp(hundred) > 0:
		f.Value, f.Bounded = hundred, true
	}
}

// ends are the figures with the fewest and the most months.
func ends(course []Point) (first, last Point) {
	for _, p := range course {
		if first.Value == nil || p.Months < first.Months {
			first = p
		}
		if last.Value == nil || p.Months >= last.Months {
			last = p
		}
	}
	return first, last
}

// pointAt is the figure of so many months; nil where there is none.
func pointAt(course []Point, months int) *big.Rat {
	for _, p := range course {
		if p.Months == months {
			return p.Value
		}
	}
	return nil
}

// YearCourse is the course of one year at one place.
type YearCourse struct {
	Year    int
	Points  []Point
	Origins map[int]*Origin // by months: where a unit was not then what it is now
}

// Miss is how far the method was off in years that are known: the mean of
// |foreseen − result| ÷ |result|, in hundredths, over N trials.
type Miss struct {
	N    int
	Mean *big.Rat // nil where there was no trial
}

// Backtest tries the method on years that are over: for every place and every
// year with a figure of so many months and a result, it foresees the result
// from what was known then. A result of nought says nothing and is left out.
func Backtest(flow Flow, share bool, places [][]YearCourse, months int) Miss {
	m, sum := Miss{}, new(big.Rat)
	for _, years := range places {
		for _, y := range years {
			then, end := pointAt(y.Points, months), pointAt(y.Points, 12)
			if then == nil || end == nil || end.Sign() == 0 || months == 12 {
				continue
			}
			var known, past []Point
			for _, p := range y.Points {
				if p.Months <= months {
					known = append(known, p)
				}
			}
			for _, before := range years {
				if before.Year == y.Year-1 {
					past = before.Points
				}
			}
			off := new(big.Rat).Sub(Foresee(flow, share, known, past).Value, end)
			sum.Add(sum, off.Abs(off.Quo(off, end)))
			m.N++
		}
	}
	if m.N > 0 {
		m.Mean = sum.Mul(sum, new(big.Rat).Quo(hundred, new(big.Rat).SetInt64(int64(m.N))))
	}
	return m
}
