package target

import "strings"

// aside reads a bracket after a target: its parts, or its growth.
func (r *reader) aside(i, b int) int {
	toks := r.run.toks
	end := r.closing(i, b)
	next := min(end+1, b)
	if r.s.last == 0 || i+1 >= end {
		r.useAll(i, end)
		return next
	}
	q := r.firstQuantity(i+1, end)
	if q < 0 {
		return next
	}
	total, joined := r.s.total, r.s.joined
	if s := i + 1; r.run.quants[q].first == s+1 && r.run.quants[q].u.kind == percent && r.run.quants[q].change == Level && end-s < 16 { // (+9,5%)
		switch r.run.slice(s, s+1) {
		case "+":
			r.run.quants[q].change, r.run.quants[q].first = Increase, s
		case "-", "–":
			r.run.quants[q].change, r.run.quants[q].first = Decrease, s
		}
	}
	switch _, n := partWords.at(toks[:end], i+1); {
	case n > 0:
		r.parts(i+1+n, end)
	case r.run.quants[q].change != Level && r.run.quants[q].first == i+1:
		r.segment(i+1, end)
	case indicators.has(r.run.toks, i+1) && r.run.quants[q].u.kind == money && r.run.quants[q].end == end && r.run.quants[q].first > i+1:
		r.s.total = 0
		r.segment(i+1, end) // 10 dự án (vốn đăng ký 200 triệu USD)
	case r.listsParts(i+1, end):
		r.parts(i+1, end)
	}
	r.s.total, r.s.joined = total, joined
	r.useAll(i, end)
	return next
}

// bracketed reads an indicator whose figure stands alone in a bracket behind it:
// "tỷ lệ hộ nghèo (còn 0,9%), …", "… được thu gom (≥ 97%)". It gives where the
// next clause starts, i if the clause is no such.
func (r *reader) bracketed(i, b int, depth uint8) int {
	toks := r.run.toks
	n := r.firstQuantity(i, b)
	if n < 0 || r.rows != nil || r.run.quants[n].depth != depth+1 {
		return i
	}
	q := &r.run.quants[n]
	open, end := q.first-1, q.end
	if open <= i || toks[open].kind != anOpen || toks[open-1].kind != aWord && toks[open-1].kind != aClose || r.run.kindAt(end) != aClose || q.u.kind == noUnit || q.u.kind == timespan {
		return i
	}
	if next := end + 1; next < b && toks[next].kind != aComma && toks[next].word != wordVa {
		return i
	}
	a := r.trimStart(i, open, depth)
	if m, k := r.moverAt(a, open); k > 0 && m != 0 {
		a += k
	}
	meant := r.s.stance == goal || r.s.intent || r.s.list
	if !strongIndicators.has(toks, a) && !(indicators.has(toks, a) && meant) {
		return i
	}
	if !meant && q.u.kind != percent && q.u.kind != scored && q.relation == "" && !q.sign {
		return i // tổng số đảng viên (45 đồng chí)
	}
	c := candidate{q: q, n: n, form: naming, head: a, a: a, b: end + 1}
	c.name = r.name(a, r.trimTail(&c, a, open))
	q.linked = true
	r.scan(q.num)
	r.used[n] = true
	if !r.emit(&c) {
		r.leave(n)
	}
	return end + 1
}

// parts reads the clauses of a bracket as parts of the target before it.
func (r *reader) parts(from, end int) {
	r.s.total, r.s.joined = r.s.main, true
	keep := r.s.last
	for k := from; k <= end; k++ {
		if k < end && r.run.toks[k].kind != aSemicolon {
			continue
		}
		r.segment(from, k)
		from = k + 1
	}
	r.s.last = keep
}

// listsParts tells a bracket that parts the figure before it: (trâu 85.000 con,
// bò 135.000 con). Each of its clauses has a name and a figure of one measure.
func (r *reader) listsParts(a, b int) bool {
	if r.rows != nil || r.s.main == 0 || r.out.Targets[r.s.main-1].Value == nil {
		return false
	}
	toks, parts, from := r.run.toks, 0, a
	for k := a; k <= b; k++ {
		if k < b && toks[k].kind != aComma && toks[k].kind != aSemicolon {
			continue
		}
		q := r.firstQuantity(from, k)
		if q < 0 && k < b && toks[k].kind == aComma {
			continue // có bằng cấp, chứng chỉ 28%
		}
		if q < 0 || r.run.quants[q].first == from || r.run.quants[q].change != Level {
			return false
		}
		if _, next := r.run.momentAt(from, k); next > from {
			return false
		}
		whole := r.out.Targets[r.s.main-1].Value.Unit
		if _, base := r.run.split(r.run.quants[q].u.text); base != whole && !(base != "" && strings.HasPrefix(whole, base+" ")) {
			return false
		}
		parts++
		from = k + 1
	}
	return parts > 1 || parts == 1 && (toks[a].word == wordCo || !against.has(toks, a) && !nowWords.has(toks, a) && r.run.quants[r.firstQuantity(a, b)].end == b)
}

// useAll marks the quantities of a stretch as read or rightly left out.
func (r *reader) useAll(a, b int) {
	for q := r.firstQuantity(a, b); q >= 0 && q < len(r.run.quants) && r.run.quants[q].num < b; q++ {
		r.used[q] = true
	}
}
