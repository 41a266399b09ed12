package target

import "strings"

// named reads a name before its figure. mover is the verb that began the
// clause, if it was nâng, giảm, đưa …
func (r *reader) named(first, i, b, mover int) int {
	toks := r.run.toks
	n := r.choose(first, i, b)
	if n < 0 {
		q := &r.run.quants[first]
		if r.isFact(i, q.first) {
			r.used[first] = true
			r.s.past = r.s.past || r.s.stance == neutral && !r.s.intent && !r.s.list
		}
		return r.afterChunk(q.end, b, q.depth)
	}
	q := &r.run.quants[n]
	r.scan(q.num)
	if n != first && r.pledgesShare(q, i, b) {
		return r.lead(n, q.first, b)
	}
	r.useAll(i, q.num)
	r.used[n] = true
	c := candidate{q: q, n: n, form: naming, head: i, a: i}
	strong, weak := r.endings(q, b)
	if mover != 0 && q.has && toks[q.first].word == wordThem { // tăng diện tích cây ăn quả thêm 500 ha
		q.has = false
	}
	has := q.has && (!strong && (!q.linked && !weak || q.intent) || eachWords.has(toks, i) && q.u.kind == countable && !q.linked)
	if !has && !q.linked && !q.sign && q.u.kind == percent && !r.closes(q, b) && r.run.kindAt(q.first-1) != aColon && !r.ofWhole(q, b) && (q.intent && !strongIndicators.has(toks, i) || !indicators.has(toks, i)) && r.acts(i, q.first, q.intent) {
		// "mỗi công đoàn cơ sở vận động ít nhất 30% cán bộ tham gia"
		end := r.restEnd(q.end, b, q)
		c.b = end
		restA, restB := r.trimRest(&c, q.end, end)
		c.name = r.name(restA, restB)
		if q.intent {
			c.form, c.head = leading, restA
		} else {
			c.name = r.name(i, r.trimTail(&c, i, q.first)) + " " + c.name
		}
		r.useAll(q.num, end)
		if !r.emit(&c) {
			r.leave(n)
		}
		return end
	}
	if has { // "Mỗi đơn vị có ít nhất 02 sáng kiến được công nhận"
		end := r.restEnd(q.end, b, q)
		c.b = end
		restA, restB := r.trimRest(&c, q.end, end)
		rest := r.unbound(q, restA, restB)
		nameEnd := r.trimTail(&c, i, q.first)
		switch {
		case q.u.kind == percent:
			c.name, c.form, c.head = rest, leading, restA
		case q.u.kind == countable && (q.light || q.intent || r.bareActor(i, nameEnd)):
			c.name, c.form, c.head = r.counted(q, rest), leading, q.num+1
		case q.u.kind == countable && toks[q.first].word == wordThem: // mỗi tổ thu hút thêm 05 thành viên
			c.name, c.form = r.name(i, nameEnd)+" "+r.counted(q, rest), subject
		case q.u.kind == countable:
			c.name = r.name(i, nameEnd) + " có " + r.counted(q, rest)
			c.form = subject
		default:
			c.name = r.name(i, nameEnd) + " có " + rest
			c.form = subject
		}
		r.useAll(q.num, end)
		if !r.emit(&c) {
			r.leave(n)
			r.used[n] = r.used[n] || r.isFact(i, q.first)
		}
		return end
	}
	nameEnd := q.first
	// "tăng so với năm 2022 là 5%", "vượt dự toán 7,7%"
	for k := i + 1; k < nameEnd; k++ {
		m, w := leads.at(toks[:nameEnd], k)
		if w == 0 || m != leadIncrease && m != leadDecrease && m != leadExceed {
			continue
		}
		base, after := r.run.baseAt(k+w, nameEnd)
		all := r.allOf(k+w, nameEnd)
		if base.Kind == "" && !all {
			continue
		}
		if !all && after < nameEnd && !(after == nameEnd-1 && toks[after].kind == aColon) {
			continue
		}
		c.base, nameEnd = base, k
		c.change = Increase
		if m == leadDecrease {
			c.change = Decrease
		}
		break
	}
	end := r.namedEnd(q, b, &c)
	c.b = end
	nameEnd = r.trimTail(&c, i, nameEnd)
	c.name = r.name(i, nameEnd)
	if m, n := leads.at(toks[:nameEnd], i); m == leadAverage && i+n == nameEnd && r.s.last > 0 && r.s.name != "" && q.change != Level {
		c.name = "" // …; bình quân tăng 10%/năm
	}
	if c.name == "" {
		if r.s.name == "" || r.s.last == 0 {
			return end
		}
		c.name, c.inherits = r.s.name, true
	}
	r.s.turns = nil
	if at, _ := inTurn.in(toks, q.first, q.num); at >= 0 && !c.inherits {
		c.name, r.s.turns = r.shares(i, nameEnd)
	}
	if mover != 0 && q.change == Level && c.change == Level {
		rise := mover == leadIncrease
		switch {
		case q.linked && (q.direction != Unknown || q.first < q.num):
			c.direction = Lower
			if rise {
				c.direction = Higher
			}
		case plainMovers.has(toks, i-1) && rise:
			c.change = Increase
		case plainMovers.has(toks, i-1):
			c.change = Decrease
		}
		r.s.governs, r.s.governed, r.s.measure = c.change, toks[i].word, q.u.text
	} else if r.s.governs != Level && mover == 0 && !q.linked && q.relation == "" && q.change == Level && c.change == Level && toks[i].word == r.s.governed && q.u.text == r.s.measure && r.run.kindAt(q.first-1) != aColon {
		c.change = r.s.governs // kéo giảm số vụ cháy 5%, số người chết 10%
	}
	if q.change != Level && countHeads.has(toks, q.end) { // tai nạn giảm 5% số vụ, 7% số người chết
		r.s.moved, r.s.movedKind, r.s.movedName = q.change, q.u.kind, true
	}
	if !r.emit(&c) {
		r.leave(n)
		r.used[n] = r.used[n] || r.isFact(i, q.first)
	}
	return end
}

var inTurn = list(`lần lượt; tương ứng`)

// shares parts a name at its commas and "và": each has a figure of its own.
func (r *reader) shares(a, b int) (first string, others []string) {
	toks, from := r.run.toks, a
	for k := a; k <= b; k++ {
		if k < b && toks[k].kind != aComma && toks[k].word != wordVa || k < b && !strongIndicators.has(toks, k+1) && toks[k].kind == aComma {
			continue
		}
		if name := r.name(from, k); first == "" {
			first = name
		} else {
			others = append(others, name)
		}
		from = k + 1
	}
	return first, others
}

// pledgesShare tells "toàn lực lượng quyết tâm kéo giảm 6% số vụ …": the words
// before the verb of intent say who pledges, the figure leads what is pledged.
func (r *reader) pledgesShare(q *quantity, i, b int) bool {
	if !q.intent || q.first <= i || indicators.has(r.run.toks, i) && !(r.run.toks[i].capital && bodies.has(r.run.toks, i) && !strongIndicators.has(r.run.toks, i)) {
		return false
	}
	strong, weak := r.endings(q, b)
	strong = strong && !(q.u.kind == countable && r.run.kindAt(q.end) == aComma && unitWords.has(r.run.toks[:b], q.end+1)) // 30/30 xã, thị trấn …
	switch {
	case strong:
		return false
	case weak: // Trung tâm phấn đấu đạt 25 huy chương tại …
		return q.u.kind == countable && bodies.has(r.run.toks, i)
	}
	return q.u.kind == percent || q.u.kind == countable && (q.change != Level || bodies.has(r.run.toks, i))
}

// acts tells whether the words before a figure end in a verb whose object the
// figure measures.
func (r *reader) acts(i, first int, intent bool) bool {
	_, n := activities.before(r.run.toks, i, first)
	return n > 0 && !(n == 1 && nounTails.has(r.run.toks, first-2)) || intent
}

// ofWhole tells a percentage that says of what it is a part: 50% GDP.
func (r *reader) ofWhole(q *quantity, b int) bool {
	if q.u.kind != percent || !wholes.has(r.run.toks[:b], q.end) || q.low.String() == "100" {
		return false
	}
	_, n := reaching.before(r.run.toks, 0, q.first) // phủ sóng 99% dân số
	return n == 0
}

// reaching verbs have the people as their object.
var reaching = list(`phủ sóng; phủ; phục vụ; cấp nước cho; cung cấp cho; cho`)

// nounTails are nouns whose second syllable looks like a deed.
var nounTails = list(`chính phủ; che phủ; bao phủ; thu chi; bội chi; tăng thu; tổng thu; tổng chi; nguồn thu; nguồn chi; mức chi; mức thu`)

// allOf tells "cả 3 tiêu chí: …", which only repeats what the name stands for.
func (r *reader) allOf(i, b int) bool {
	for k := i; k < min(i+2, b); k++ {
		if r.wordIs(k, wordCa) {
			at, _ := allHeads.in(r.run.toks, k+1, min(k+5, b))
			return at >= 0
		}
	}
	return false
}

// allBefore finds "trên cả 3 tiêu chí" at the end of a name; -1 if it is not there.
func (r *reader) allBefore(a, b int) int {
	for k := b - 2; k > a && k > b-6; k-- {
		if r.wordIs(k, wordCa) && weakEnders.has(r.run.toks, k-1) {
			if at, _ := allHeads.in(r.run.toks, k+1, b); at >= 0 {
				return k - 1
			}
		}
	}
	return -1
}

var allHeads = list(`tiêu chí; mặt; chỉ tiêu; nội dung; lĩnh vực`)

var wordCa = learn("cả")

// plainMovers are verbs after which a bare figure is the movement itself; after
// nâng or đưa it is the level to reach.
var plainMovers = list(`tăng; giảm; hạ; thêm; dần; mạnh; nhanh; sâu; bớt`)

// choose picks the figure of a named clause among those that stand in it.
func (r *reader) choose(first, i, b int) int {
	toks := r.run.toks
	ratio := ratioHeads.has(toks[:b], i)
	var noun string
	if _, n := countHeads.at(toks[:b], i); n > 0 {
		if _, m := unitWords.at(toks[:b], i+n); m > 0 {
			noun = lowerText(r.run.slice(i+n, i+n+m))
		}
	}
	depth := r.run.quants[first].depth
	fallback := -1
	for n := first; n >= 0; n = r.nextQuantity(r.run.quants[n].end, b, depth) {
		q := &r.run.quants[n]
		if n != first && r.parted(r.run.quants[first].end, q.first, depth) {
			break
		}
		strong, weak := r.endings(q, b)
		weak = weak || r.ofWhole(q, b)
		verb := q.linked || q.sign || r.run.kindAt(q.first-1) == aColon && q.first-1 > i
		later := r.nextQuantity(q.end, b, depth)
		var p *quantity
		if later >= 0 && r.gapFree(q.end, r.run.quants[later].first, depth) && !r.parted(q.end, r.run.quants[later].first, depth) {
			p = &r.run.quants[later]
		}
		switch {
		case noun != "" && q.u.text != noun && r.countAhead(q, noun, b):
			continue // số vụ cháy gây thiệt hại trên 50 triệu đồng không quá 3 vụ
		case !verb && r.run.kindAt(q.end) == aColon && later >= 0 && r.run.quants[later].first == q.end+1:
			continue // sản phẩm OCOP 3 sao: 20 sản phẩm
		case ratio && q.u.kind == times && r.percentAhead(q, b):
			continue
		case ratio && q.u.kind != percent && q.u.kind != noUnit && q.u.kind != times && p != nil:
			continue
		case q.u.kind == noUnit && !verb && !(q.relation != "" && q.low.scale > 0):
			continue
		case !verb && !strong && !weak:
			if q.has && q.intent { // ngành phấn đấu có 120 học sinh đạt giải, tỷ lệ …
				return n
			}
			if q.has && later >= 0 && !r.gapFree(q.end, r.run.quants[later].first, depth) { // tỉnh có 5 đô thị loại IV, xã có …
				return n
			}
			if (q.has || q.u.kind == percent) && fallback < 0 {
				fallback = n
			}
			continue
		case !verb && p != nil && (weak || p.sign) && p.linked && p.change == Level:
			continue
		case noun != "" && q.u.text != noun && q.u.kind == countable && p != nil && (p.sign || p.u.text == noun):
			continue
		case q.u.kind == timespan && p != nil && p.u.kind != timespan:
			continue
		}
		return n
	}
	return fallback
}

// countAhead tells whether a figure of the noun that is counted, or its change,
// follows in the clause: what stands before belongs to the name.
func (r *reader) countAhead(q *quantity, noun string, b int) bool {
	from := q.end
	for n := r.nextQuantity(q.end, b, q.depth); n >= 0; n = r.nextQuantity(r.run.quants[n].end, b, q.depth) {
		p := &r.run.quants[n]
		for k := from; k < p.first; k++ {
			if t := r.run.toks[k]; t.depth == q.depth && (t.kind == aComma || t.kind == aSemicolon) {
				return false
			}
		}
		if p.u.text == noun || strings.HasPrefix(noun, p.u.text+" ") || p.change != Level && q.change == Level && q.direction == Unknown {
			return true
		}
		from = p.end
	}
	return false
}

// percentAhead tells whether a percentage with its verb follows in the clause:
// "tỷ lệ … được khám ít nhất 4 lần trong 3 thời kỳ đạt 93%".
func (r *reader) percentAhead(q *quantity, b int) bool {
	for n := r.nextQuantity(q.end, b, q.depth); n >= 0; n = r.nextQuantity(r.run.quants[n].end, b, q.depth) {
		p := &r.run.quants[n]
		if !r.gapFree(q.end, p.first, q.depth) || r.parted(q.end, p.first, q.depth) {
			return false
		}
		if p.u.kind == percent && (p.linked || p.relation != "") {
			return true
		}
	}
	return false
}

// bareActor tells whether nothing but the place or the body as a whole stands
// there: "tỉnh", "toàn huyện".
func (r *reader) bareActor(i, end int) bool {
	_, n := actors.at(r.run.toks[:end], i)
	return n > 0 && i+n == end
}

var wordThem = learn("thêm")

// parted tells whether a clause of its own begins between two figures, with a
// verb of intent, with "trong đó" or with "và" and an indicator: no name reaches
// over it.
func (r *reader) parted(a, b int, depth uint8) bool {
	toks := r.run.toks
	for k := a; k < b; k++ {
		if toks[k].depth != depth {
			continue
		}
		if strongIntents.has(toks[:b], k) || wordsAmong.has(toks[:b], k) || toks[k].word == wordVa && strongIndicators.has(toks[:b], k+1) {
			return true
		}
	}
	return false
}

// namedEnd finds where a clause ends after its figure.
func (r *reader) namedEnd(q *quantity, b int, c *candidate) int {
	toks := r.run.toks
	k := q.end
	for k < b {
		if base, after := r.run.baseAt(k, b); after > k {
			if c.base.Kind == "" {
				c.base = base
			}
			k = after
			if m, n := bounds.at(toks[:b], k); n > 0 && q.from && q.relation == "" && !q.ranged { // từ 98% kế hoạch trở lên
				q.relation, q.norm = AtLeast, true
				if m == leadAtMost {
					q.relation = AtMost
				}
				k += n
			}
			continue
		}
		if m, after := r.run.momentAt(k, b); after > k {
			if m.year > 0 && m.kind != timeEvery && c.by == 0 {
				c.by = m.year
				c.ahead = m.kind == timeBy
			}
			k = after
			continue
		}
		t := toks[k]
		if t.depth < q.depth {
			return k
		}
		if t.depth > q.depth {
			if t.kind == anOpen && t.depth == q.depth+1 {
				return k
			}
			k++
			continue
		}
		if t.kind == aComma {
			return k
		}
		if _, n := wordsAmong.at(toks[:b], k); n > 0 {
			return k
		}
		if n := r.firstQuantity(k, b); n >= 0 {
			p := &r.run.quants[n]
			if p.first == k && p.depth == q.depth && (p.change != Level || p.exceed || p.share) {
				return k
			}
			if (t.word == wordVa || t.word == wordVoi || t.word == wordDongThoi && r.wordIs(k+1, wordThoi)) && p.depth == q.depth && p.u.kind != noUnit {
				return k
			}
		} else if t.word == wordVa {
			if nones.has(toks[:b], k+1) {
				return k
			}
		}
		k++
	}
	return b
}

// isFact tells whether the words before a figure end in a verb of facts. A gift
// that an item of a list begins with is meant: "- Trao 500 suất học bổng".
func (r *reader) isFact(i, first int) bool {
	toks := r.run.toks
	_, n := facts.before(toks, i, first)
	if n == 0 || attains.has(toks, first) || n == 1 && (compoundEnds.has(toks, first-2) || r.run.kindAt(first-2) == aNumber) { // khám thai 4 lần đạt …
		return false
	}
	if _, k := activities.before(toks, i, first-n); k > 0 && (gifts.has(toks, first-n) || (r.bareItem() || r.s.intent) && toks[first-1].word == wordVoi) {
		return false // xây tặng 10 mái ấm; kết nghĩa với 10 bản
	}
	return !(first-n == i && gifts.has(toks, i) && (r.s.list || r.s.stance == goal || r.s.intent))
}

var gifts = list(`trao; tặng; trao tặng`)
