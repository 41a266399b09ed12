package target

import "strings"

// newClause tells whether a clause of its own begins at i, after a comma or
// after "và" that stands in the words behind the figure of lead.
func (r *reader) newClause(i, b int, lead *quantity, comma bool) bool {
	toks := r.run.toks
	s := r.afterComma(i, b)
	if s >= b {
		return false
	}
	if nones.has(toks[:b], s) {
		return comma || lead.low.digits == "" || r.wordIs(s+1, wordDeTo) || r.wordIs(s+1, wordCon) || happens.has(toks, s+1)
	}
	n := r.nextQuantity(s, b, toks[i].depth)
	if n < 0 {
		return false
	}
	if !comma && eachWords.has(toks[:b], s) && r.run.quants[n].has {
		return true // … và mỗi đoàn viên có 01 sáng kiến
	}
	if comma && exhortations.has(toks[:b], s) && !activities.has(toks[:b], s) {
		return true // …, chăm lo đời sống đoàn viên, thu nhập bình quân đạt …
	}
	q := &r.run.quants[n]
	switch {
	case q.first <= s:
		return r.figureBegins(q, lead, i, comma)
	case r.wordIs(q.first-1, wordCho) && r.wordIs(lead.first-1, wordCho):
		return comma // hỗ trợ đất ở cho 120 hộ, nhà ở cho 350 hộ
	case r.wordIs(q.first-1, wordVa): // trường học, bệnh viện và trên 80% hộ
		return false
	case !r.reachesFigure(s, q.first, b):
		return false
	}
	if _, m := movers.at(toks[:b], s); m > 0 && !compounds.has(toks[:b], s) {
		return q.u.kind == percent || q.u.kind == money || lead.u.kind != percent || r.run.goesTo(q) || q.first == s+m
	}
	if strongIndicators.has(toks[:b], s) {
		return !r.withOwn(s, q.first) && r.measuredAhead(n, b)
	}
	if comma {
		return r.deedBegins(q, lead, s, b) || r.nameBegins(q, lead, s, b)
	}
	if activities.has(toks[:b], s) && (!q.has || r.wordIs(q.first, wordThem)) && (lead.u.kind == q.u.kind || lead.u.kind != percent || !r.possesses(lead.end, i-1)) {
		_, n := activities.before(toks, s+1, q.first)
		if n > 0 || q.linked && q.u.kind != noUnit || r.verbal(s, q.first) && q.u.kind != noUnit && q.u.kind != timespan {
			return true // phát triển 4.500 đoàn viên và thành lập mới 30 công đoàn cơ sở
		}
	}
	return q.linked && q.u.kind == percent && !q.has
}

// happens tells "không phát sinh", "không xảy ra", which no thing that is counted
// does.
var happens = list(`phát sinh; xảy ra; xẩy ra`)

// figureBegins judges a clause that begins with its figure.
func (r *reader) figureBegins(q, lead *quantity, i int, comma bool) bool {
	switch {
	case q.u.kind == percent:
		return true
	case lead.u.kind == percent: // … và 6 huyện hoàn thành
		return q.u.kind == countable && (predicates.has(r.run.toks, q.end) || comma && !r.possesses(lead.end, i-1)) || strings.Contains(q.u.text, "/")
	}
	return q.u.kind != noUnit && q.u.kind != timespan
}

// reachesFigure tells whether the words at s go on to the figure at first: no
// comma stands between, but one in the name of an indicator or between two verbs
// that share their object.
func (r *reader) reachesFigure(s, first, b int) bool {
	toks := r.run.toks
	for k := s; k < first; k++ {
		if toks[k].kind != aComma || toks[k].depth != toks[s].depth {
			continue
		}
		if r.headsAt(s, first) {
			if _, n := strongIndicators.at(toks[:b], s); n > 0 && k == s+n && strongIndicators.has(toks[:b], k+1) {
				return false // vi phạm nồng độ cồn, tốc độ, thu nhập bình quân …
			}
			continue
		}
		if k-s > 3 || !activities.has(toks[:b], s) || !activities.has(toks[:b], k+1) {
			return false
		}
	}
	return true
}

// measuredAhead tells whether a figure of the clause, the n-th or one after it,
// measures the name before it: "tỷ lệ … khỏi sau 6 tháng đạt trên 90%".
func (r *reader) measuredAhead(n, b int) bool {
	for depth, from := r.run.quants[n].depth, r.run.quants[n].first; n >= 0; n = r.nextQuantity(r.run.quants[n].end, b, depth) {
		q := &r.run.quants[n]
		if !r.gapFree(from, q.first, depth) && r.run.kindAt(q.first-1) != aColon {
			return false
		}
		if q.linked || q.sign || r.closes(q, b) || r.ofWhole(q, b) {
			return true
		}
		from = q.end
	}
	return false
}

// deedBegins judges a clause after a comma that begins with a verb and its object.
func (r *reader) deedBegins(q, lead *quantity, s, b int) bool {
	toks := r.run.toks
	closed := r.closes(q, b)
	if activities.has(toks[:b], s) {
		switch {
		case q.u.kind == noUnit || q.u.kind == timespan: // xử lý trong vòng 48 giờ
			return q.linked && indicators.has(toks[:b], s)
		case q.u.kind != percent:
			return lead.u.kind != percent || !q.has || q.gained
		case lead.u.kind != percent && lead.u.kind != noUnit:
			return true
		}
		return r.verbal(s, q.first) && !closed || q.first-s > 2 && !q.has && closed || q.linked && !q.has
	}
	short := q.first-s <= 2 && !q.linked && !q.has && toks[s].kind == aWord && !unitWords.has(toks[:b], s)
	if lead.u.kind == percent && short && !closed && q.u.kind == percent {
		return !actors.has(toks, s) && !indicators.has(toks, s) // khởi tố 100% vụ án
	}
	return lead.u.kind != percent && short && !closed && (q.u.kind == countable || q.u.kind == measure || q.u.kind == percent) // đào 12.000 m lò
}

// nameBegins judges a clause after a comma that begins with a name, a pledge or
// with who has so many.
func (r *reader) nameBegins(q, lead *quantity, s, b int) bool {
	toks := r.run.toks
	if q.has && r.bareActor(s, q.first) { // tỉnh có 5 đô thị, xã có ít nhất 02 hợp tác xã
		return true
	}
	if q.u.kind == noUnit || q.u.kind == timespan {
		return q.linked && indicators.has(toks[:b], s) || r.run.kindAt(q.first-1) == aColon && q.u.kind == timespan
	}
	if cue, _ := cues.at(toks[:b], s); cue == cueIntent {
		return true
	}
	if r.run.kindAt(q.first-1) == aColon { // …, nhà đại đoàn kết: 120 nhà
		return true
	}
	if q.has {
		return false
	}
	strong, _ := r.endings(q, b)
	switch {
	case indicators.has(toks[:b], s) && q.linked:
		return true
	case q.u.kind == percent:
		if strong && q.first-s > 2 && unitWords.has(toks[:b], s) && lead.u.kind == percent {
			return true // …, cơ quan đạt chuẩn văn hóa 100%
		}
		return q.linked || strong && (keepers.has(toks[:b], s) || q.relation != "" && q.first-s > 1)
	case q.u.kind == money: // quỹ bình quân 500.000 đồng
		return (q.first-s > 1 || indicators.has(toks[:b], s)) && (strong || q.linked && q.change != Level)
	}
	return strong && attains.has(toks, q.first) // khách lưu trú đạt 1,6 triệu lượt
}
