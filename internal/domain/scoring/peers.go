package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// peers are the units of a cluster that have no target for a criterion but a
// result (domain.md §3.2, 8): each earns its result's share of the best result
// among them. The two groups, with a target and without, are never mixed.
type peers struct {
	best rational.Num
	some bool
}

// peerless tells whether the criterion's rule has no target that could be
// missing.
func peerless(r Rule) bool {
	switch r.(type) {
	case *ratio, *best:
		return false
	}
	return true
}

// lower tells whether less is better.
func (p *plan) lower() bool {
	r, ok := p.rule.(*ratio)
	return ok && r.Lower
}

func (p *plan) gatherPeers(cl *cluster) *peers {
	g := &peers{}
	for _, unit := range cl.values {
		in := unit[p.c.ID]
		if !marked(in) {
			continue
		}
		a := &ask{c: p.c, in: in}
		v := a.number("actual")
		if !a.ok() {
			continue
		}
		if c := v.Cmp(g.best); !g.some || p.lower() && c < 0 || !p.lower() && c > 0 {
			g.best, g.some = v, true
		}
	}
	return g
}

// amongPeers scores a cell whose unit has no target.
func (x *scorer) amongPeers(a *ask, p *plan) outcome {
	a.used++ // the mark itself
	actual := a.number("actual")
	if !a.ok() {
		return outcome{}
	}
	if x.cl == nil {
		a.bad(Unsupported, "rule", locale.Msg("các đơn vị không được giao chỉ tiêu so sánh với nhau nên phải chấm cả cụm cùng lúc."))
		return outcome{}
	}
	best := x.cl.peers[p.index].best
	over, under := actual, best
	if p.lower() {
		over, under = best, actual
	}
	if p.lower() && actual.Sign() < 0 {
		a.bad(OutOfRange, "actual", locale.Msg("“{.field}” là {.value}; quy tắc tỷ lệ “càng thấp càng tốt” chỉ nhận số từ 0 trở lên. Với mức tăng, giảm hãy dùng quy tắc “steps”.", "field", "actual", "value", told(actual)))
		return outcome{}
	}
	var o outcome
	switch {
	case p.lower() && under.Sign() == 0: // nothing happened, and less is better
		if o = result(p.max); a.telling {
			o.tell(exact(p.max)+" × 1", locale.Msg("Không được giao chỉ tiêu; càng thấp càng tốt và kết quả là 0: đủ {.max} điểm.", "max", a.c.Max))
		}
	case under.Sign() <= 0:
		if o = result(zero); a.telling {
			o.tell(exact(p.max)+" × 0", locale.Msg("Không được giao chỉ tiêu; không đơn vị nào trong nhóm này có kết quả lớn hơn 0: 0 điểm."))
		}
	default:
		if o = result(p.max.Mul(over.Quo(under))); a.telling {
			o.tell(exact(p.max)+" × "+operand(over)+"/"+operand(under),
				locale.Msg("Không được giao chỉ tiêu nên so sánh trong nhóm các đơn vị không có chỉ tiêu: kết quả {.actual}, tốt nhất {.best}.", "actual", told(actual), "best", told(best)))
		}
		o.atLeast(a, zero)
	}
	return o
}
