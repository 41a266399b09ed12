package target

import "strings"

// The forms of a clause: a leading figure ("80% tổ chức …"), an activity
// ("Thu hút 35 dự án"), a name before its figure ("Tỷ lệ hộ nghèo là 1%"), and
// a promise that something does not happen.

// lead reads a clause that begins with its figure.
func (r *reader) lead(n, i, b int) int {
	q, toks := &r.run.quants[n], r.run.toks
	if r.comparesWith(q) {
		r.used[n] = true
		return r.afterChunk(q.end, b, q.depth)
	}
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
				return r.named(next, q.num, b, 0)
			}
		}
	}
	if q.change != Level {
		r.s.verb = [2]int{} // giảm 1.200 hộ nghèo, 800 hộ cận nghèo
	}
	end := r.restEnd(q.end, b, q)
	restA, restB := q.end, end
	c := candidate{q: q, n: n, form: leading, head: restA, a: i, b: end}
	restA, restB = r.trimRest(&c, restA, restB)
	restB = r.farBound(q, restA, restB)
	if r.run.kindAt(restA) == anOpen && r.anyQuantity(restA, restB) && r.closing(restA, restB) >= restB-1 {
		restB = restA // giảm 0,8% (tương ứng 400 hộ)
	}
	rest := r.name(restA, restB)
	if at, n := r.innerBound(q, restA, restB); n > 0 { // từ 90% đảng viên trở lên hoàn thành …
		rest = r.name(restA, at) + " " + r.name(at+n, restB)
	}
	switch {
	case rest == "" && q.u.kind == countable && r.s.verb[1] == 0 && q.change == Level && (r.s.stance == goal || r.s.intent || r.bareItem()) && (r.s.name == "" || r.s.counting):
		c.name, c.head = r.unitName(q), q.num+1
	case rest == "" && q.u.kind == countable && r.s.verb[1] > 0 && q.change == Level:
		c.name = r.name(r.s.verb[0], r.s.verb[1]) + " " + r.unitName(q)
		c.head, c.form = r.s.verb[0], active
	case strings.HasPrefix(rest, "(") && r.s.name != "" && r.s.last > 0: // 100% (đô thị), 98% (nông thôn)
		c.name, c.inherits = r.s.name+" "+rest, true
	case (rest == "" || q.share && r.s.stance != rule) && r.s.name != "" && r.s.last > 0: // …, chiếm 38% GRDP
		c.name, c.inherits = r.s.name, true
	case q.u.kind == percent && q.linked && !q.has && q.change == Level && r.s.name != "" && r.s.last > 0 &&
		(r.againstPlan(q.end, end) || r.wordIs(q.first, wordBang)): // …, đạt 105% chỉ tiêu pháp lệnh; …, bằng 35% GRDP
		c.name, c.inherits = r.s.name, true
	case rest == "" && r.growthIn(q) >= 0 && q.change == Increase:
		c.head = r.growthIn(q)
		c.name, c.level = r.run.slice(c.head, r.growthEnd(c.head, q.num)), true
	case rest == "" && (c.base.Kind == BasePlan || c.base.Kind == BaseBudget) && q.linked && !r.wordIs(q.end, wordSoWith):
		c.name = r.run.slice(q.end, end)
	case rest == "" && r.s.intent && r.s.told != "" && q.u.kind != countable: // năm 2023 thu ngân sách đạt …; phấn đấu năm 2024 đạt …
		c.name, c.inherits = r.s.told, true
	case rest == "":
		r.leave(n)
		return end
	case q.u.kind == countable && r.s.verb[1] > 0 && r.s.verb[1] < i && q.change == Level && !q.light && !q.linked && !r.wordIs(q.first, wordCo) && r.s.total == 0 && (!predicates.has(toks, q.end) || toks[q.end].word == r.s.deedOf):
		c.name = r.name(r.s.verb[0], r.s.verb[1]) + " " + r.counted(q, rest)
		c.head, c.form = r.s.verb[0], active
	case q.u.kind == measure && r.s.verb[1] > 0 && r.s.verb[1] < i && q.change == Level && r.s.total == 0: // nâng cấp 120 km đường, 45 km kênh
		c.name = r.name(r.s.verb[0], r.s.verb[1]) + " " + rest
		c.head, c.form = r.s.verb[0], active
	case q.u.kind == countable:
		c.name = r.counted(q, rest)
		c.head = q.num + 1
	default:
		c.name = rest
		c.head = restA
	}
	if c.inherits && q.change == Level && !q.linked && rest == "" && r.s.last > 0 && r.rows == nil { // giảm 50% vào năm 2025, 75% vào năm 2030
		if last := &r.out.Targets[r.s.last-1]; last.Unit == q.u.text {
			c.change = last.Change
		}
	}
	if c.inherits && len(r.s.turns) > 0 && rest == "" {
		c.name, r.s.turns = r.s.turns[0], r.s.turns[1:]
	}
	// "giảm 10% số vụ, 5% số người chết": the verb governs both
	switch {
	case q.u.kind != percent && q.u.kind != countable:
	case q.change != Level:
		r.s.moved, r.s.movedKind, r.s.movedName = q.change, q.u.kind, false
	case q.u.kind != r.s.movedKind || r.s.movedName && !countHeads.has(toks, c.head):
	case r.s.moved != Level && !q.linked && q.relation == "" && q.low.String() != "100":
		c.change = r.s.moved
	default:
		r.s.moved = Level
	}
	r.useAll(q.num, end)
	r.s.counting = false
	if !r.emit(&c) {
		r.leave(n)
	} else {
		r.s.counting = q.u.kind == countable
		if q.u.kind == percent {
			r.s.verb = [2]int{} // no deed before it governs what comes after
		}
	}
	return end
}

// comparesWith tells ", cao hơn mức 7,5% của năm 2025": what the figure before is
// held against.
func (r *reader) comparesWith(q *quantity) bool {
	return r.s.last > 0 && r.run.kindAt(q.first-1) == aComma && comparing.has(r.run.toks, q.first) && ofYear.has(r.run.toks, q.end)
}

var (
	comparing = newPhrases().cross(1, `cao hơn; thấp hơn; nhiều hơn; ít hơn; lớn hơn; vượt; vượt xa`, `?mức; con số; chỉ tiêu`)
	ofYear    = newPhrases().cross(1, `của; trong; ở`, `năm; cùng kỳ; giai đoạn; nhiệm kỳ; cả nước; toàn tỉnh; toàn quốc; tỉnh; khu vực; vùng; bình quân`)
)

var wordBang = learn("bằng")

// againstPlan tells whether a plan or a budget is what the words of a stretch
// begin with.
func (r *reader) againstPlan(a, b int) bool {
	base, next := r.run.baseAt(a, b)
	return next > a && (base.Kind == BasePlan || base.Kind == BaseBudget)
}

// growthIn finds tăng trưởng in the verb group of a figure that has no other
// name; -1 if it is not there.
func (r *reader) growthIn(q *quantity) int {
	at, _ := growthWords.in(r.run.toks, q.first, q.num)
	return at
}

// growthEnd takes "bình quân" behind tăng trưởng into the name.
func (r *reader) growthEnd(at, b int) int {
	_, n := growthWords.at(r.run.toks[:b], at)
	if m, k := leads.at(r.run.toks[:b], at+n); m == leadAverage {
		n += k
	}
	return at + n
}

// predicates behind a counted noun say what it does, so that no verb before it
// governs it: "ươm tạo 20 doanh nghiệp; 05 doanh nghiệp được công nhận".
var predicates = list(`được; đạt; có; xếp loại; tham gia; hoàn thành; giành`)

var growthWords = list(`tăng trưởng`)

// leave takes note of a figure that is no target: it deserves a warning unless
// it is told of a year gone by.
func (r *reader) leave(n int) {
	q := &r.run.quants[n]
	r.used[n] = !r.wanted(q) || r.s.past && !r.s.intent
}

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
