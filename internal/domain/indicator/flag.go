package indicator

import (
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Sign names what is suspicious about a figure.
type Sign string

const (
	FlagLate     Sign = "late"          // no figure, and the day has gone by
	FlagWhole    Sign = "over_hundred"  // a part of more than the whole
	FlagScale    Sign = "unit_suspect"  // hundreds of times the target, or a thousandth of it
	FlagFell     Sign = "fell_back"     // a running total below that of an earlier period
	FlagStill    Sign = "stood_still"   // a running total of the year that is the half-year's
	FlagTwice    Sign = "two_amounts"   // another amount for the same day, under another period
	FlagLastYear Sign = "off_last_year" // far from last year
	FlagPeers    Sign = "off_peers"     // far from the other units
)

// Name says the sign in two or three words.
func (s Sign) Name() locale.Text {
	switch s {
	case FlagLate:
		return locale.Msg("Quá hạn")
	case FlagWhole:
		return locale.Msg("Lớn hơn 100%")
	case FlagScale:
		return locale.Msg("Nghi sai đơn vị tính")
	case FlagFell:
		return locale.Msg("Lũy kế giảm")
	case FlagStill:
		return locale.Msg("Lũy kế không tăng")
	case FlagTwice:
		return locale.Msg("Hai số cho một thời điểm")
	case FlagLastYear:
		return locale.Msg("Khác xa năm trước")
	case FlagPeers:
		return locale.Msg("Khác xa đơn vị khác")
	}
	return locale.Text{Text: string(s)}
}

// Flag is a warning about a figure: what, beside what. It never repairs
// anything: whoever reports it corrects it, or says in the note why it is so.
type Flag struct {
	Sign Sign
	Text locale.Text
}

// Do says what to do about the flag.
func (f Flag) Do() locale.Text {
	if f.Sign == FlagLate {
		return locale.Msg("Hãy báo cáo số liệu, hoặc đơn vị trưởng nhắc đơn vị.")
	}
	return locale.Msg("Hãy kiểm tra con số và đơn vị tính: sai thì đính chính, đúng thì ghi lý do vào ghi chú.")
}

// The thresholds of the flags. They are no law: they say where a look is worth
// while, and every flag is told with them.
var (
	// farTimes: beyond three times last year's figure, or below a third of it.
	farTimes = big.NewRat(3, 1)
	// farPoints: of hundredths and growths, beyond so many points.
	farPoints = big.NewRat(20, 1)
	// small figures jump: 1 case after 5 is nothing to look at.
	small = big.NewRat(20, 1)
	// farSpreads: beyond so many median deviations from the median of the peers,
	// and beyond half of that median, or twenty points.
	farSpreads = big.NewRat(6, 1)
	farPart    = big.NewRat(1, 2)
)

// leastPeers is how many other units there must be to compare with.
const leastPeers = 4

// Beside is what a figure stands beside.
type Beside struct {
	Others []Figure // standing figures of the same place and year, of any period
	Past   []Point  // last year's
	Crowd  *Crowd   // what all units have at the same months, this one too, each as Weight tells it; nil for no others
}

// Weight is a figure as it is compared between units of different size: a
// rate, a level in hundredths and a growth as they are, an amount as the part
// of its own target, in hundredths. Nil where there is nothing to divide by.
func (g Goal) Weight(x *big.Rat) *big.Rat {
	if g.inPoints() {
		return x
	}
	bound, ok := g.Bound()
	if !ok || bound.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Mul(hundred, new(big.Rat).Quo(x, bound))
}

// inPoints: figures whose differences are told in points.
func (g Goal) inPoints() bool { return g.Change != target.Level || g.BaseUnit == "%" }

// Suspicions lists what is suspicious about a figure of the goal.
func Suspicions(g Goal, i Indicator, f Figure, b Beside) []Flag {
	var out []Flag
	for _, found := range []*Flag{suspectScale(g, f), twoAmounts(f, b.Others), fellBack(g, i, f, b.Others), stoodStill(g, i, f, b.Others), offLastYear(g, i, f, b), offPeers(g, f, b.Crowd)} {
		if found != nil {
			out = append(out, *found)
		}
	}
	return out
}

// suspectScale finds a figure that is probably in another unit or mistyped: a
// hundred times the target or more, less than a thousandth of it, a share of
// more than all.
func suspectScale(g Goal, f Figure) *Flag {
	x := new(big.Rat).Abs(f.Base().Rat())
	if g.share() && x.Cmp(hundred) > 0 {
		return &Flag{FlagWhole, locale.Msg("Tỷ lệ {.amount}% lớn hơn 100%.", "amount", exact(f.Amount))}
	}
	goal, ok := new(big.Rat).SetString(g.BaseHigh)
	if !ok || goal.Sign() == 0 || x.Sign() == 0 || !countsInScales(g) {
		return nil
	}
	times := new(big.Rat).Quo(x, goal)
	if times.Cmp(hundred) >= 0 || times.Cmp(big.NewRat(1, 1000)) <= 0 {
		return &Flag{FlagScale, locale.Msg("{.amount} lệch hàng trăm lần so với chỉ tiêu {.goal}.", "amount", told(exact(f.Amount), f.Unit), "goal", told(exact(g.High), g.Unit))}
	}
	return nil
}

// fellBack finds a running total that is below an earlier period's, or above a
// later one's.
func fellBack(g Goal, i Indicator, f Figure, others []Figure) *Flag {
	if i.Flow != Sum || mayBeNegative(g) {
		return nil
	}
	base := f.Base()
	for _, o := range others {
		months := f.Period.Months() - o.Period.Months()
		if months == 0 {
			continue
		}
		cmp := base.Cmp(o.Base())
		switch {
		case months > 0 && cmp < 0:
			return &Flag{FlagFell, locale.Msg("Số lũy kế kỳ “{.period}” là {.amount}, thấp hơn kỳ trước “{.before}” ({.was}).",
				"period", f.Period.Name(), "amount", told(exact(f.Amount), f.Unit), "before", o.Period.Name(), "was", told(exact(o.Amount), o.Unit))}
		case months < 0 && cmp > 0:
			return &Flag{FlagFell, locale.Msg("Số lũy kế kỳ “{.period}” là {.amount}, cao hơn kỳ sau “{.after}” ({.will}).",
				"period", f.Period.Name(), "amount", told(exact(f.Amount), f.Unit), "after", o.Period.Name(), "will", told(exact(o.Amount), o.Unit))}
		}
	}
	return nil
}

// stoodStill finds a year's sum that is what the first half brought already, as
// when the half-year's figure is copied. Small figures may stand still.
func stoodStill(g Goal, i Indicator, f Figure, others []Figure) *Flag {
	if i.Flow != Sum || g.inPoints() || new(big.Rat).Abs(f.Base().Rat()).Cmp(small) < 0 {
		return nil
	}
	for _, o := range others {
		half, whole := o, f
		if o.Period.Whole() {
			half, whole = f, o
		}
		if whole.Period.Whole() && half.Period.Months() <= HalfYear.Months() && half.Base().Equal(whole.Base()) {
			return &Flag{FlagStill, locale.Msg("Số lũy kế cả năm ({.amount}) bằng đúng số kỳ “{.before}”: nửa cuối năm không thêm gì?", "amount", told(exact(whole.Amount), whole.Unit), "before", half.Period.Name())}
		}
	}
	return nil
}

// twoAmounts finds another amount for the same day.
func twoAmounts(f Figure, others []Figure) *Flag {
	o := f.rival(others)
	if o == nil {
		return nil
	}
	return &Flag{FlagTwice, locale.Msg("Kỳ “{.period}” là {.amount}, nhưng kỳ “{.other}” cũng đến hết tháng {.month} lại là {.was}. Hãy đính chính để hai số là một.",
		"period", f.Period.Name(), "amount", told(exact(f.Amount), f.Unit), "other", o.Period.Name(), "month", f.Period.Months(), "was", told(exact(o.Amount), o.Unit))}
}

// offLastYear compares with last year's figure of the same months; where there
// is none, the forecast of the year with last year's result.
func offLastYear(g Goal, i Indicator, f Figure, b Beside) *Flag {
	x, was, months := f.Base().Rat(), pointAt(b.Past, f.Period.Months()), f.Period.Months()
	if was == nil && months < 12 {
		was, months = pointAt(b.Past, 12), 12
		x = Foresee(i.course(), g.share(), []Point{{f.Period.Months(), x}}, b.Past).Value
	}
	if was == nil || !far(g, x, was) {
		return nil
	}
	now, before := told(g.Told(x)), told(g.Told(was))
	if months < 12 || f.Period.Whole() {
		return &Flag{FlagLastYear, locale.Msg("{.amount} khác xa cùng kỳ năm trước ({.before}): {.rule}.", "amount", now, "before", before, "rule", farRule(g, x, was))}
	}
	return &Flag{FlagLastYear, locale.Msg("Cứ đà này, cả năm được {.amount}, khác xa kết quả năm trước ({.before}): {.rule}.", "amount", now, "before", before, "rule", farRule(g, x, was))}
}

func far(g Goal, x, was *big.Rat) bool {
	if g.inPoints() {
		off := new(big.Rat).Sub(x, was)
		return off.Abs(off).Cmp(farPoints) > 0
	}
	if new(big.Rat).Abs(x).Cmp(small) < 0 && new(big.Rat).Abs(was).Cmp(small) < 0 || x.Sign() == 0 && was.Sign() == 0 {
		return false
	}
	if x.Sign() != was.Sign() {
		return true
	}
	times := new(big.Rat).Quo(x, was)
	return times.Cmp(farTimes) > 0 || new(big.Rat).Inv(times).Cmp(farTimes) > 0
}

// farRule says by which of the rules x is far from what was.
func farRule(g Goal, x, was *big.Rat) locale.Text {
	switch {
	case g.inPoints():
		return locale.Msg("lệch quá 20 điểm")
	case was.Sign() == 0:
		return locale.Msg("năm trước bằng 0")
	case x.Sign()*was.Sign() < 0:
		return locale.Msg("một số âm, một số dương")
	case new(big.Rat).Abs(x).Cmp(new(big.Rat).Abs(was)) > 0:
		return locale.Msg("gấp quá 3 lần")
	}
	return locale.Msg("chưa bằng một phần ba")
}

// offPeers compares with what the other units have.
func offPeers(g Goal, f Figure, crowd *Crowd) *Flag {
	x := g.Weight(f.Base().Rat())
	if x == nil || crowd.Others() < leastPeers {
		return nil
	}
	var limit *big.Rat
	if g.inPoints() {
		limit = farPoints
	}
	middle, off := crowd.Far(x, farPart, limit)
	if !off {
		return nil
	}
	if g.inPoints() {
		return &Flag{FlagPeers, locale.Msg("{.amount} khác xa {.n} đơn vị khác cùng chỉ tiêu (trung vị {.middle}).", "amount", told(exact(f.Amount), f.Unit), "n", crowd.Others(), "middle", told(shortly(middle), f.Unit))}
	}
	return &Flag{FlagPeers, locale.Msg("Được {.percent}% mục tiêu, khác xa {.n} đơn vị khác cùng chỉ tiêu (trung vị {.middle}%).", "percent", shortly(x), "n", crowd.Others(), "middle", shortly(middle))}
}

// Told is a figure in base units as a sentence tells it: in the goal's unit, rounded
// to two decimals, large figures to fewer.
func (g Goal) Told(x *big.Rat) (decimal.Decimal, string) {
	scale, _, _ := target.ParseUnit(g.Unit)
	if scale.Sign() <= 0 {
		return shortly(x), g.BaseUnit
	}
	return shortly(new(big.Rat).Quo(x, scale)), g.Unit
}

// told is a figure with its unit as Vietnamese joins them: 7%, 38 ha.
func told(amount decimal.Decimal, unit string) locale.Text {
	if unit != "" && !strings.HasPrefix(unit, "%") {
		unit = "\u00a0" + unit
	}
	return locale.Msg("{.amount}{.unit}", "amount", amount, "unit", unit)
}

func shortly(x *big.Rat) decimal.Decimal {
	size, decimals := new(big.Rat).Abs(x), 2
	switch {
	case size.Cmp(big.NewRat(1000, 1)) >= 0:
		decimals = 0
	case size.Cmp(hundred) > 0:
		decimals = 1
	}
	return exact(Rounded(x, decimals))
}

// suspect is the fault that a figure gets which was not confirmed.
func suspect(g Goal, f Figure) error {
	if found := suspectScale(g, f); found != nil {
		return found.ask()
	}
	return nil
}

// ask turns a flag into a fault that the person answers by confirming.
func (f Flag) ask() *fault.Error {
	return fault.Wrong("amount", "{.why} Hãy kiểm tra lại; nếu đúng, hãy đánh dấu “Tôi đã kiểm tra, số này đúng” và ghi lý do vào ghi chú.", "why", f.Text)
}

// Raise flags the lines, by the ids of their targets: figures that are missing
// though a day of the schedule has gone by, and those that look wrong. Of says
// which lines are looked at, nil for all; the others are there to compare with.
func Raise(lines []Line, schedule Schedule, today clock.Day, of map[string]bool) map[string][]Flag {
	out := map[string][]Flag{}
	// What the units have of one indicator at the same months.
	type ring struct {
		indicator string
		months    int
	}
	values, crowds := map[ring][]*big.Rat{}, map[ring]*Crowd{}
	at := func(l *Line) ring { return ring{l.Indicator.ID, l.Figure.Period.Months()} }
	for i := range lines {
		l := &lines[i]
		if l.Figure == nil || l.UnitID == "" {
			continue
		}
		if w := l.Weight(l.Figure.Base().Rat()); w != nil {
			values[at(l)] = append(values[at(l)], w)
		}
	}
	for r, of := range values {
		crowds[r] = NewCrowd(of...)
	}
	for i := range lines {
		l := &lines[i]
		if of != nil && !of[l.ID] {
			continue
		}
		if late := lateFlag(l, schedule, today); late != nil {
			out[l.ID] = append(out[l.ID], *late)
		}
		if l.Figure == nil {
			continue
		}
		b := Beside{Others: l.Live(), Past: l.pastPoints()}
		if l.UnitID != "" {
			b.Crowd = crowds[at(l)]
		}
		out[l.ID] = append(out[l.ID], Suspicions(l.Goal, l.Indicator, *l.Figure, b)...)
	}
	for id, flags := range out {
		if len(flags) == 0 {
			delete(out, id)
		}
	}
	return out
}

// pastPoints are last year's figures, of which Progress reads no more than the
// lines need: a year that has its own figure needs last year's result alone.
func (l *Line) pastPoints() []Point {
	if len(l.Past) == 0 && l.Before != nil {
		return []Point{{12, l.Before.Base().Rat()}}
	}
	return l.Past
}

// lateFlag: the last period whose day has gone by has no figure, nor has a
// later one.
func lateFlag(l *Line, schedule Schedule, today clock.Day) *Flag {
	if !l.Measurable() {
		return nil
	}
	var missed *Duty
	for i, d := range schedule {
		if d.Due != "" && d.Due < today {
			missed = &schedule[i]
		}
	}
	if missed == nil || !l.Lacks(missed.Period) {
		return nil
	}
	return &Flag{FlagLate, locale.Msg("Chưa có số liệu kỳ “{.period}”, quá hạn {.n} ngày (hạn {.due}).", "period", missed.Period.Name(), "n", missed.Due.Until(today), "due", missed.Due)}
}
