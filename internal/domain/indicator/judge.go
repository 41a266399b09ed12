package indicator

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Status is how a figure stands to its target.
type Status string

const (
	Met      Status = "met"      // the target is reached
	Exceeded Status = "exceeded" // and passed, in the good direction
	OnWay    Status = "on_way"   // the year is not over, and the pace is right
	Short    Status = "short"    // missed, or behind the pace while the year runs
	None     Status = "none"     // no figure, or a pledge that no figure measures
)

// Name says the status of a figure of the period.
func (s Status) Name(p Period) locale.Text {
	switch s {
	case Met:
		return locale.Msg("Đạt")
	case Exceeded:
		return locale.Msg("Vượt")
	case OnWay:
		return locale.Msg("Đúng tiến độ")
	case Short:
		if !p.Whole() {
			return locale.Msg("Chậm tiến độ")
		}
		return locale.Msg("Chưa đạt")
	}
	return locale.Msg("Chưa có số liệu")
}

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

// Judge compares a figure in base units with a goal. Figures of a movement are
// signed growth: −0.6 for a decrease of 0.6.
//
//   - "Không có": nought is met, anything else is not.
//   - A range is met inside, both ends included, and exceeded beyond its far end.
//   - "Ít nhất" is exceeded above; "không quá" is met at or below, never exceeded.
//   - "Hơn" asks for more than the figure; with any such word the text itself
//     rounds, so nothing counts as exceeded.
//   - While the year runs, a sum that is not yet there is on its way if it has
//     the share of the goal that the year has of twelve months; a rate or a
//     level may still come; a growth is on its way if it holds now.
func Judge(g Goal, flow Flow, amount decimal.Decimal, p Period) Verdict {
	low, okLow := new(big.Rat).SetString(g.BaseLow)
	high, okHigh := new(big.Rat).SetString(g.BaseHigh)
	x := amount.Rat()
	switch {
	case g.Relation == target.None:
		if x.Sign() == 0 {
			return Verdict{Status: Met}
		}
		return Verdict{Status: Short}
	case !g.Measurable(), !okLow, !okHigh:
		return Verdict{Status: None}
	}
	if g.Change == target.Decrease { // a decrease is judged by how much it decreased
		x.Neg(x)
	}
	near, far := low, high
	lower := g.lower()
	if lower {
		near, far = high, low
	}
	// ahead is positive when x is better than bound.
	ahead := func(bound *big.Rat) int {
		if lower {
			return bound.Cmp(x)
		}
		return x.Cmp(bound)
	}
	v := Verdict{Percent: percent(x, near, lower)}
	reached := ahead(near) >= 0
	if g.Approx == target.Over {
		reached = ahead(near) > 0
	}
	switch {
	case reached && ahead(far) > 0 && g.Relation != target.AtMost && g.Approx == "":
		v.Status = Exceeded
	case reached:
		v.Status = Met
	default:
		v.Status = Short
	}
	if p.Whole() {
		return v
	}
	switch flow {
	case Stock:
		if v.Status == Short {
			v.Status = OnWay
		}
	case Growth:
		if v.Status != Short {
			v.Status = OnWay
		}
	default:
		pace := new(big.Rat).Mul(near, p.share())
		switch {
		case lower && g.Relation == target.AtMost: // a limit holds or is broken
			if v.Status != Short {
				v.Status = OnWay
			}
		case lower: // below the year's figure in June says little: the pace counts
			v.Status = Short
			if x.Cmp(pace) <= 0 {
				v.Status = OnWay
			}
		case v.Status == Short && x.Cmp(pace) >= 0:
			v.Status = OnWay
		}
	}
	return v
}

// Measured gives the figure and the end of the goal that it is judged against,
// both in the goal's own direction: of a decrease, how much it decreased. ok is
// false where the goal has no figure.
func (g Goal) Measured(amount decimal.Decimal) (x, bound *big.Rat, ok bool) {
	bound, ok = g.Bound()
	x = amount.Rat()
	if g.Change == target.Decrease {
		x.Neg(x)
	}
	return x, bound, ok
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

// PercentText cuts the percentage to one decimal, never rounding up: 99,96 is
// not 100. It is "" where there is no percentage.
func (v Verdict) PercentText() string { return Truncated(v.Percent, 1) }

// Truncated writes a rational with at most n decimals, cut towards nought.
func Truncated(r *big.Rat, n int) string {
	if r == nil {
		return ""
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	cut := new(big.Int).Mul(r.Num(), scale)
	cut.Quo(cut, r.Denom())
	return decimal.NewFromBigInt(cut, -int32(n)).String()
}
