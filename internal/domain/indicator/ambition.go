package indicator

import (
	"math/big"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Ground is what a target is weighed against before it is signed.
type Ground struct {
	LastGoal *Goal    // last year's target of the same place; nil for none
	Last     *big.Rat // last year's result in base units, of a growth signed; nil for none
	Crowd    *Crowd   // what this and others demand of themselves, each as Demand tells it; nil for no others
}

// Unambitious is why a target is marked. A mark never blocks: whoever set the
// target may say why.
type Unambitious string

const (
	NotAboveResult Unambitious = "not_above_result" // no better than last year's result
	BelowLastGoal  Unambitious = "below_last_goal"  // less than last year's target
	UnderPeers     Unambitious = "under_peers"      // far under what others demand of themselves
)

// Mark is a mark with its sentence.
type Mark struct {
	Code Unambitious
	Text locale.Text
}

// underPart: a target is far under its peers when it also is a tenth below their
// median: what units demand of themselves differs less than what they have.
var underPart = big.NewRat(1, 10)

// Demand is how much a target asks for, comparable between units of different
// size: a rate, a level in hundredths and a growth as they are, an amount in
// hundredths of last year's result. Nil where there is nothing to divide by.
func (g Goal) Demand(last *big.Rat) *big.Rat {
	bound, ok := g.Bound()
	switch {
	case !ok:
		return nil
	case g.inPoints():
		return bound
	case last == nil || last.Sign() <= 0:
		return nil
	}
	return new(big.Rat).Mul(hundred, new(big.Rat).Quo(bound, last))
}

// Weigh marks a target that asks for little.
func (g Goal) Weigh(on Ground) []Mark {
	bound, ok := g.Bound()
	if !ok {
		return nil
	}
	var out []Mark
	if on.Last != nil && !g.better(bound, g.towards(on.Last)) && !g.atItsEnd(bound) {
		out = append(out, Mark{NotAboveResult, locale.Msg("không tốt hơn kết quả năm trước ({.result})", "result", told(g.Told(g.towards(on.Last))))})
	}
	if before := on.LastGoal; before != nil && before.BaseUnit == g.BaseUnit && before.Change == g.Change {
		if was, ok := before.Bound(); ok && g.better(was, bound) {
			out = append(out, Mark{BelowLastGoal, locale.Msg("thấp hơn mục tiêu năm trước ({.goal})", "goal", told(g.Told(was)))})
		}
	}
	if own := g.Demand(on.Last); own != nil && on.Crowd.Others() >= leastPeers {
		if middle, off := on.Crowd.Far(own, underPart, nil); off && g.better(middle, own) {
			text := locale.Msg("kém xa mức trung vị của {.n} nơi khác: {.own} so với {.middle} (% kết quả năm trước)", "n", on.Crowd.Others(), "own", shortly(own), "middle", shortly(middle))
			if g.inPoints() {
				text = locale.Msg("kém xa mức trung vị của {.n} nơi khác: {.own} so với {.middle}", "n", on.Crowd.Others(), "own", told(shortly(own), g.Unit), "middle", told(shortly(middle), g.Unit))
			}
			out = append(out, Mark{UnderPeers, text})
		}
	}
	return out
}

// better tells whether x is better than y for the goal.
func (g Goal) better(x, y *big.Rat) bool {
	if g.lower() {
		return x.Cmp(y) < 0
	}
	return x.Cmp(y) > 0
}

// atItsEnd: nothing better can be asked for: none at all, or the whole.
func (g Goal) atItsEnd(bound *big.Rat) bool {
	if g.lower() {
		return bound.Sign() == 0
	}
	return g.Change == target.Level && g.BaseUnit == "%" && bound.Cmp(hundred) == 0
}

// ReachedAt tells whether a figure within the year already was all that the
// target asks for: a limit and a growth are only told at the year's end.
func (g Goal) ReachedAt(flow Flow, x *big.Rat) bool {
	if flow == Growth || flow == Sum && g.lower() || g.Relation == target.None {
		return false
	}
	ends, ok := g.ends()
	return ok && ends.stands(x).Reached()
}

// Early tells whether the target was already reached by half-year, where the
// year's own figure reaches it.
func (l *Line) Early() bool {
	if l.Figure == nil || !l.Figure.Period.Whole() || !l.Status.Reached() {
		return false
	}
	for i := range l.History {
		f := &l.History[i]
		if f.SupersededBy == "" && f.Period.Months() <= HalfYear.Months() && l.ReachedAt(l.Indicator.course(), f.Base().Rat()) {
			return true
		}
	}
	return false
}
