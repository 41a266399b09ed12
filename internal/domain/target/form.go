package target

// The forms of a clause: a leading figure ("80% tổ chức …"), an activity
// ("Thu hút 35 dự án"), a name before its figure ("Tỷ lệ hộ nghèo là 1%"), and
// a promise that something does not happen.

// lead reads a clause that begins with its figure.
func (r *reader) lead(n, i, b int) int {
	q := &r.run.quants[n]
	toks := r.run.toks
	next := r.nextQuantity(q.end, b, q.depth)
	switch q.u.kind {
	case noUnit, timespan, bareScale:
		if next >= 0 && r.gapFree(q.end, r.run.quants[next].first, q.depth) && q.u.kind != noUnit {
			r.used[n] = true
			return r.named(next, i, b, 0)
		}
		if q.u.kind != bareScale {
			r.used[n] = q.u.kind == timespan || !q.linked
			return r.afterChunk(q.end, b, q.depth)
		}
	case countable:
		// "3 tiêu chí về tai nạn giao thông giảm 5%"
		if next >= 0 && r.gapFree(q.end, r.run.quants[next].first, q.depth) {
			p := &r.run.quants[next]
			if p.u.kind == percent && (p.linked || q.change != Level && r.closes(p, b)) || p.sign {
				r.used[n] = true
				if q.change != Level && p.change == Level && p.direction == Unknown {
					p.change = q.change
				}
				return r.named(next, r.figureStart(q), b, 0)
			}
		}
	}
	end := r.restEnd(q.end, b, q)
	restA, restB := q.end, end
	c := candidate{q: q, n: n, form: leading, head: restA, a: i, b: end}
	restA, restB = r.trimRest(&c, restA, restB)
	rest := r.name(restA, restB)
	switch {
	case rest == "" && q.u.kind == countable && r.s.verb[1] == 0 && q.change == Level && (r.s.stance == goal || r.s.intent) && r.s.name == "":
		c.name, c.head = r.unitName(q), q.num+1
	case rest == "" && q.u.kind == countable && r.s.verb[1] > 0 && q.change == Level:
		c.name = r.name(r.s.verb[0], r.s.verb[1]) + " " + r.unitName(q)
		c.head, c.form = r.s.verb[0], active
	case rest == "" && r.s.name != "" && r.s.last > 0:
		c.name, c.inherits = r.s.name, true
	case rest == "" && growthWords.has(toks, q.first) && q.change == Increase:
		c.name, c.head = r.run.slice(q.first, q.first+2), q.first
		c.level = true
	case rest == "" && (c.base.Kind == BasePlan || c.base.Kind == BaseBudget) && q.linked && !r.wordIs(q.end, wordSoWith):
		c.name = r.run.slice(q.end, end)
	case rest == "":
		return end
	case q.u.kind == countable && r.s.verb[1] > 0 && r.s.verb[1] < i && q.change == Level && !q.light:
		c.name = r.name(r.s.verb[0], r.s.verb[1]) + " " + r.unitName(q) + " " + rest
		c.head, c.form = r.s.verb[0], active
	case q.u.kind == countable:
		c.name = r.unitName(q) + " " + rest
		c.head = q.num + 1
	default:
		c.name = rest
		c.head = restA
	}
	r.useAll(q.num, end)
	if !r.emit(&c) {
		r.used[n] = r.used[n] && !r.wanted(q)
	}
	return end
}

var growthWords = list(`tăng trưởng`)

// figureStart is where the figure itself begins, behind its verbs.
func (r *reader) figureStart(q *quantity) int { return q.num }

// wanted tells whether a figure that was left out deserves a warning.
func (r *reader) wanted(q *quantity) bool {
	switch q.u.kind {
	case percent, money, measure:
		return true
	}
	return false
}

// gapFree tells whether nothing between two tokens parts them.
func (r *reader) gapFree(a, b int, depth uint8) bool {
	for k := a; k < b; k++ {
		t := r.run.toks[k]
		if t.depth == depth && (t.kind == aComma || t.kind == aSemicolon || t.kind == aColon) {
			return false
		}
	}
	return true
}

// afterChunk gives the next comma after k, or the end.
func (r *reader) afterChunk(k, b int, depth uint8) int {
	for ; k < b; k++ {
		if t := r.run.toks[k]; t.kind == aComma && t.depth <= depth {
			return k + 1
		}
	}
	return b
}

// unitName is the counted noun as the text writes it.
func (r *reader) unitName(q *quantity) string {
	at := q.num + 1
	if q.ranged || q.fraction {
		for k := q.after - 1; k > q.num; k-- {
			if r.run.toks[k].kind == aNumber {
				at = k + 1
				break
			}
		}
	}
	for scaleWords.has(r.run.toks[:q.after], at) {
		at++
	}
	return r.run.slice(at, q.after)
}

// isActivity tells whether the clause is a verb with its figure and its object:
// "Thu hút 35 dự án", "Giải quyết 100% hồ sơ".
func (r *reader) isActivity(n, i, b int) bool {
	toks := r.run.toks
	q := &r.run.quants[n]
	_, len1 := activities.at(toks[:b], i)
	if len1 == 0 || q.linked || q.sign || q.u.kind == noUnit || q.u.kind == timespan || q.u.kind == scored {
		return false
	}
	if r.run.kindAt(q.first-1) == aColon {
		return false
	}
	if q.u.kind == countable {
		if r.verbal(i, q.first) {
			return true
		}
		return !r.closes(q, b)
	}
	if q.u.kind == percent && q.end < b && toks[q.end].kind == aWord && r.verbal(i, q.first) {
		return !movedTail.has(toks, q.end)
	}
	return !r.closes(q, b)
}

// movedTail after a percentage says that the words before it are the name.
var movedTail = list(`so với; so; trong đó; và; với; trở; mỗi; hằng; hàng; vào; đến; năm`)

// verbal tells whether nothing but verbs stands before the figure.
func (r *reader) verbal(i, first int) bool {
	toks := r.run.toks[:first]
	if forWords.has(toks, first-1) {
		return true
	}
	for i < first {
		_, n := activities.at(toks, i)
		if n == 0 {
			_, n = forWords.at(toks, i)
		}
		if n == 0 && (toks[i].kind == aComma || toks[i].word == wordVa) {
			n = 1
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

var forWords = list(`cho; được; thêm; mới; với; từ; trong; cả`)

func (r *reader) activity(n, i, b int) int {
	q := &r.run.quants[n]
	end := r.restEnd(q.end, b, q)
	c := candidate{q: q, n: n, form: active, head: i, a: i, b: end}
	restA, restB := r.trimRest(&c, q.end, end)
	verbEnd := q.first
	if at, m := r.momentBefore(i, verbEnd); at > i {
		if m.year > 0 {
			c.by = m.year
		}
		verbEnd = at
	}
	if got := r.run.toks[verbEnd-1].word; got == wordDuoc && verbEnd-1 > i {
		verbEnd--
	}
	c.name = r.name(i, verbEnd)
	if q.u.kind == countable {
		c.name += " " + r.unitName(q)
	}
	if rest := r.name(restA, restB); rest != "" {
		c.name += " " + rest
	}
	r.useAll(q.num, end)
	if r.emit(&c) {
		r.s.verb = [2]int{i, verbEnd}
	} else if r.wanted(q) {
		r.used[n] = false
	}
	return end
}

// named reads a name before its figure. mover is the verb that began the
// clause, if it was nâng, giảm, đưa …
func (r *reader) named(first, i, b, mover int) int {
	toks := r.run.toks
	n := r.choose(first, i, b)
	if n < 0 {
		q := &r.run.quants[first]
		if r.isFact(i, q.first) {
			r.used[first] = true
		}
		return r.afterChunk(q.end, b, q.depth)
	}
	q := &r.run.quants[n]
	r.useAll(i, q.num)
	r.used[n] = true
	c := candidate{q: q, n: n, form: naming, head: i, a: i}
	has := q.has && !q.linked && !r.closes(q, b)
	if !has && !q.linked && !q.sign && q.u.kind == percent && !r.closes(q, b) && r.run.kindAt(q.first-1) != aColon && !indicators.has(toks, i) {
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
			r.used[n] = false
		}
		return end
	}
	if has { // "Mỗi đơn vị có ít nhất 02 sáng kiến được công nhận"
		end := r.restEnd(q.end, b, q)
		c.b = end
		restA, restB := r.trimRest(&c, q.end, end)
		rest := r.name(restA, restB)
		nameEnd := r.trimTail(&c, i, q.first)
		switch {
		case q.u.kind == percent:
			c.name, c.form, c.head = rest, leading, restA
		case q.u.kind == countable && (q.light || q.intent):
			c.name = r.unitName(q) + " " + rest
		case q.u.kind == countable:
			c.name = r.name(i, nameEnd) + " có " + r.unitName(q) + " " + rest
			c.form = subject
		default:
			c.name = r.name(i, nameEnd) + " có " + rest
			c.form = subject
		}
		r.useAll(q.num, end)
		if !r.emit(&c) {
			r.used[n] = !r.wanted(q) || r.isFact(i, q.first)
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
	if c.name == "" {
		if r.s.name == "" || r.s.last == 0 {
			return end
		}
		c.name, c.inherits = r.s.name, true
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
	}
	if !r.emit(&c) {
		r.used[n] = !r.wanted(q) || r.isFact(i, q.first)
	}
	return end
}

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

var allHeads = list(`tiêu chí; mặt; chỉ tiêu; nội dung; lĩnh vực`)

var wordCa = learn("cả")

// plainMovers are verbs after which a bare figure is the movement itself; after
// nâng or đưa it is the level to reach.
var plainMovers = list(`tăng; giảm; hạ; thêm`)

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
		strong, weak := r.closing2(q, b)
		verb := q.linked || q.sign || r.run.kindAt(q.first-1) == aColon && q.first-1 > i
		later := r.nextQuantity(q.end, b, depth)
		var p *quantity
		if later >= 0 && r.gapFree(q.end, r.run.quants[later].first, depth) {
			p = &r.run.quants[later]
		}
		switch {
		case ratio && q.u.kind != percent && q.u.kind != noUnit && q.u.kind != times && p != nil:
			continue
		case q.u.kind == noUnit && !verb:
			continue
		case !verb && !strong && !weak:
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
			continue
		}
		if m, after := r.run.momentAt(k, b); after > k {
			if m.year > 0 && m.kind != timeEvery && c.by == 0 {
				c.by = m.year
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

// nothing reads "không để xảy ra …", "không có …".
func (r *reader) nothing(i, b int) int {
	toks := r.run.toks
	_, n := nones.at(toks[:b], i)
	_, strict := strictNones.at(toks[:b], i)
	start := i + n
	fake := quantity{num: i, end: start, u: unit{kind: percent}, depth: toks[i].depth}
	end := r.restEnd(start, b, &fake)
	r.scan(i)
	c := candidate{q: nil, form: absent, a: i, b: end, head: start}
	restA, restB := r.trimRest(&c, start, end)
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
	case r.s.stance == goal, r.s.intent, follows:
	case strict > 0 && alone:
	default:
		return end
	}
	r.emit(&c)
	return end
}

// notNothing begins phrases that "không có" only borrows.
var notNothing = list(`ai; gì; khả năng; điều kiện; nghĩa; nhu cầu; nhà ở; tính; thời gian; lợi; một; giới hạn; việc; thể; quyền; ý kiến; tài khoản; việc làm`)

// isWhole tells whether the clause is the whole paragraph.
func (r *reader) isWhole(i, end int) bool {
	return i <= 3 && end >= len(r.run.toks)-1
}

// isFact tells whether the words before a figure end in a verb of facts.
func (r *reader) isFact(i, first int) bool {
	_, n := facts.before(r.run.toks, i, first)
	return n > 0
}
