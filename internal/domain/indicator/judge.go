package indicator

import (
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Status is how a figure stands to its target.
type Status string

const (
	Met      Status = "met"      // the target is reached
	Exceeded Status = "exceeded" // and passed, in the good direction
	InReach  Status = "likely"   // the year is not over, and the forecast reaches the target
	AtRisk   Status = "at_risk"  // the year is not over, and the forecast does not
	Short    Status = "short"    // missed: the year is over, or what happened cannot be undone
	None     Status = "none"     // no figure, or a pledge that no figure measures
)

// Statuses in the order in which pages and papers list them.
var Statuses = []Status{Exceeded, Met, InReach, AtRisk, Short, None}

// Name says the status. These are the only words for it, on pages, in papers,
// in workbooks.
func (s Status) Name() locale.Text {
	switch s {
	case Met:
		return locale.Msg("Đạt")
	case Exceeded:
		return locale.Msg("Vượt")
	case InReach:
		return locale.Msg("Có khả năng")
	case AtRisk:
		return locale.Msg("Nguy cơ")
	case Short:
		return locale.Msg("Chưa đạt")
	}
	return locale.Msg("Chưa có số liệu")
}

// Reached tells whether the target is met or exceeded.
func (s Status) Reached() bool { return s == Met || s == Exceeded }

// Verdict is a figure judged against its goal. Percent is how much of the goal
// is reached, exact; nil where a percentage says nothing (a goal of nought, a
// negative growth, a pledge). For a range it stands against the nearer end. For
// a lower-is-better goal it is goal ÷ figure, so that more is better there too.
type Verdict struct {
	Status  Status
	Percent *big.Rat
}

// hundred is for percentages.
var hundred = big.NewRat(100, 1)

// Judge compares a figure in base units with a goal where only the figure is
// known; a line of progress also knows the course of last year, see Line.Judge.
// Figures of a movement are signed growth: −0.6 for a decrease of 0.6.
//
//   - "Không có": nought is met, anything else is not.
//   - A range is met inside, both ends included, and exceeded beyond its far end.
//   - "Ít nhất" is exceeded above; "không quá" is met at or below, never exceeded.
//   - "Hơn" asks for more than the figure; with any such word the text itself
//     rounds, so nothing counts as exceeded.
//   - While the year runs, what is there stays: a sum or a level that reaches its
//     target is met, a sum that has passed its limit is missed. All else is told
//     by the forecast: likely where it reaches the target, at risk where not. A
//     limit and a growth that hold in June may still be broken in December, so
//     they are likely at best.
func Judge(g Goal, flow Flow, amount decimal.Decimal, p Period) Verdict {
	return judge(g, flow, amount, p, Foresee(flow, g.share(), []Point{{p.Months(), amount.Rat()}}, nil).Value)
}

// judge is Judge with the year's end as it is foreseen.
func judge(g Goal, flow Flow, amount decimal.Decimal, p Period, end *big.Rat) Verdict {
	x := amount.Rat()
	ends, ok := g.ends()
	if !ok {
		return Verdict{Status: None}
	}
	v := Verdict{Status: ends.stands(x), Percent: percent(g.towards(x), ends.near, ends.lower)}
	switch reached := v.Status.Reached(); {
	case p.Whole():
	case !reached && flow == Sum && ends.lower && !mayBeNegative(g):
	case reached && (flow == Stock || flow == Sum && !ends.lower):
	case end != nil && ends.stands(end).Reached():
		v.Status = InReach
	default:
		v.Status = AtRisk
	}
	return v
}

// towards turns a figure into the goal's own direction: of a decrease, how much
// it decreased.
func (g Goal) towards(x *big.Rat) *big.Rat {
	if g.Change == target.Decrease {
		return new(big.Rat).Neg(x)
	}
	return x
}

// goalEnds are the two ends of a goal in base units: the near one decides
// whether it is reached, the far one whether it is passed.
type goalEnds struct {
	Goal
	near, far *big.Rat
	lower     bool
}

// ends reads the goal's ends; ok is false where no figure measures it.
func (g Goal) ends() (goalEnds, bool) {
	e := goalEnds{Goal: g, lower: g.lower()}
	if g.Relation == target.None {
		e.near, e.far = new(big.Rat), new(big.Rat)
		return e, true
	}
	low, okLow := new(big.Rat).SetString(g.BaseLow)
	high, okHigh := new(big.Rat).SetString(g.BaseHigh)
	if e.near, e.far = low, high; e.lower {
		e.near, e.far = high, low
	}
	return e, g.Measurable() && okLow && okHigh
}

// stands is how the year's own figure stands to the goal.
func (e goalEnds) stands(x *big.Rat) Status {
	if e.Relation == target.None {
		if x.Sign() == 0 {
			return Met
		}
		return Short
	}
	x = e.towards(x)
	// ahead is positive when x is better than bound.
	ahead := func(bound *big.Rat) int {
		if e.lower {
			return bound.Cmp(x)
		}
		return x.Cmp(bound)
	}
	reached := ahead(e.near) >= 0
	if e.Approx == target.Over {
		reached = ahead(e.near) > 0
	}
	switch {
	case !reached:
		return Short
	case ahead(e.far) > 0 && e.Relation != target.AtMost && e.Approx == "":
		return Exceeded
	}
	return Met
}

// share tells whether the goal is a part of a whole, in hundredths: it never is
// more than all.
func (g Goal) share() bool {
	return g.Change == target.Level && g.BaseUnit == "%" && strings.HasPrefix(Key(g.Name), "ty le")
}

// Measured gives the figure and the end of the goal that it is judged against,
// both in the goal's own direction: of a decrease, how much it decreased. ok is
// false where the goal has no figure.
func (g Goal) Measured(amount decimal.Decimal) (x, bound *big.Rat, ok bool) {
	bound, ok = g.Bound()
	return g.towards(amount.Rat()), bound, ok
}

// Bound is the end of the goal that decides whether it is reached, in base
// units: the lower one, or the upper one where less is better; nought for
// "không có".
func (g Goal) Bound() (*big.Rat, bool) {
	if g.Relation == target.None {
		return new(big.Rat), true
	}
	end := g.BaseLow
	if g.lower() {
		end = g.BaseHigh
	}
	bound, ok := new(big.Rat).SetString(end)
	return bound, ok && g.Measurable()
}

// Pace is where the figure should be at the period's end, in base units; nil
// where the course of the year says nothing about it.
func (g Goal) Pace(flow Flow, p Period) *big.Rat {
	bound, ok := g.Bound()
	if !ok || flow != Sum || p.Whole() || !p.Valid() || g.lower() || g.Change != target.Level {
		return nil
	}
	return new(big.Rat).Mul(bound, p.share())
}

// lower tells whether a smaller figure is the better one for this goal. What
// the clause demands comes before what the catalogue says of the indicator.
func (g Goal) lower() bool {
	switch {
	case g.Relation == target.AtMost, g.Relation == target.None:
		return true
	case g.Relation == target.AtLeast, g.Change == target.Decrease:
		return false
	}
	return g.Direction == target.Lower
}

// Lower tells whether the goal asks for little rather than much.
func (g Goal) Lower() bool { return g.lower() }

func percent(x, goal *big.Rat, lower bool) *big.Rat {
	if goal.Sign() <= 0 || x.Sign() < 0 {
		return nil
	}
	if lower {
		if x.Sign() == 0 {
			return nil
		}
		return new(big.Rat).Mul(hundred, new(big.Rat).Quo(goal, x))
	}
	return new(big.Rat).Mul(hundred, new(big.Rat).Quo(x, goal))
}

// Decimals is how many decimals percentages are shown with, on pages, in papers
// and in workbooks alike.
const Decimals = 2

// PercentText is the percentage as it is shown, rounded by Percent: 99,996 is not
// 100. It is "" where there is no percentage.
func (v Verdict) PercentText() string { return Percent(v.Percent, Decimals) }

// Rounded writes a rational with at most n decimals, half away from nought.
func Rounded(r *big.Rat, n int) string {
	if r == nil {
		return ""
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	twice := new(big.Int).Mul(r.Num(), scale)
	twice.Lsh(twice, 1)
	if r.Sign() < 0 {
		twice.Sub(twice, r.Denom())
	} else {
		twice.Add(twice, r.Denom())
	}
	twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
	return decimal.NewFromBigInt(twice, -int32(n)).String()
}

// Percent writes a percentage of a target with at most n decimals, rounded, but
// not to 100 where 100 is not reached: 99,999 is written 99,99.
func Percent(r *big.Rat, n int) string {
	text := Rounded(r, n)
	if r == nil || r.Cmp(hundred) >= 0 || text != "100" {
		return text
	}
	step := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
	return Rounded(step.Sub(hundred, step), n)
}
