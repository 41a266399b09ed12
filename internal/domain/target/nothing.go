package target

// nothing reads "không để xảy ra …", "không có …".
func (r *reader) nothing(i, b int) int {
	toks := r.run.toks
	_, n := nones.at(toks[:b], i)
	_, strict := strictNones.at(toks[:b], i)
	start := i + n
	fake := quantity{num: i, end: start, u: unit{kind: percent}, depth: toks[i].depth}
	end := r.restEnd(start, b, &fake)
	r.scan(i)
	if strongIntents.has(toks[:b], i) { // phấn đấu không có chi bộ yếu kém
		r.mean(i)
	}
	c := candidate{q: nil, form: absent, a: i, b: end, head: start}
	restA, restB := r.trimRest(&c, start, end)
	if q := r.firstQuantity(restA, restB); q >= 0 && toks[i+n-1].word == wordDeTo {
		if at := r.exceedsAt(restA, &r.run.quants[q]); at > restA { // không để tỷ lệ nợ xấu vượt quá 3%
			quant := &r.run.quants[q]
			quant.relation, quant.change, quant.exceed, quant.norm, quant.linked = AtMost, Level, false, true, true
			r.useAll(i, end)
			r.emit(&candidate{q: quant, n: q, form: naming, head: restA, a: i, b: end, name: r.name(restA, at)})
			return end
		}
	}
	c.name = r.name(restA, restB)
	r.useAll(i, end)
	if c.name == "" || restA < end && notNothing.has(toks, restA) {
		return end
	}
	follows := r.s.last > 0
	alone := i <= r.s.start+3 && (r.s.list || r.isWhole(i, end) || r.isSingle())
	switch {
	case r.s.past && !r.s.intent, r.s.stance == rule, r.s.stance == past && !r.s.intent:
		return end
	case r.s.stance == goal, r.s.intent, follows, r.s.ahead, r.s.ordered:
	case alone && (strict > 0 || r.deniesEvent(i, start) || r.deplores(restA, restB)):
	case strict > 0 && !r.s.past && !r.wordIs(i, wordKhong) && exhortations.has(toks, r.s.start): // siết chặt quy trình …, kiên quyết không để xảy ra …
	case r.bareItem():
	default:
		return end
	}
	r.emit(&c)
	return end
}

var wordNao = learn("nào")

// deniesEvent tells "không xảy ra", "không phát sinh": by itself it is promised.
func (r *reader) deniesEvent(a, b int) bool {
	at, _ := happens.in(r.run.toks, a, b)
	for k := b; at > a && k < min(b+4, len(r.run.toks)); k++ {
		if r.wordIs(k, wordNao) { // không xảy ra vụ việc nào
			return false
		}
	}
	return at > a
}

// exceedsAt finds the verb before a figure by which an indicator must not pass it;
// 0 if the figure belongs to the name.
func (r *reader) exceedsAt(a int, q *quantity) int {
	if !indicators.has(r.run.toks, a) && !lowerGood.has(r.run.toks, a) {
		return 0
	}
	if _, n := passing.before(r.run.toks, a, q.num); n > 0 {
		return q.num - n
	}
	return 0
}

var passing = newPhrases().cross(1, `vượt; vượt quá; quá; cao hơn; trên; tăng quá; lên quá; giảm quá; tăng trên; xuống dưới; thấp hơn; dưới`, `?mức; ngưỡng`)

// deplores tells whether words name what nobody wants: that it is not so may be
// told, but standing alone it is promised.
func (r *reader) deplores(a, b int) bool {
	at, _ := lowerGood.in(r.run.toks, a, b)
	return at >= 0
}

// notNothing begins phrases that "không có" only borrows.
var notNothing = list(`chi phí; tình trạng trên; tình trạng này; trường hợp trên; trường hợp này; việc này; điều này; điều đó; việc đó; ai; gì; khả năng; điều kiện; nghĩa; nhu cầu; nhà ở; tính; thời gian; lợi; một; giới hạn; việc; thể; quyền; ý kiến; tài khoản; việc làm`)

// bareItem tells an item of a list that stands under no heading at all: an
// excerpt of a covenant, whose promises are meant.
func (r *reader) bareItem() bool { return r.s.list && len(r.scopes) == 0 && len(r.heads) == 0 }

// isWhole tells whether the clause is the whole paragraph.
func (r *reader) isWhole(i, end int) bool {
	return i <= 3 && end >= len(r.run.toks)-1
}
