package target

// sentence is what is known while a sentence is read from left to right.
type sentence struct {
	stance  stance
	scopeBy int  // the year of the scope
	by      int  // a year said at the start of a clause
	intent  bool // a verb of intent has come
	ordered bool // somebody is told to reach it
	strong  bool // one that counts even among rules and results
	past    bool
	tells   bool   // past because of what the sentence says
	guessed bool   // past only because a year stands before the clause
	moved   Change // the movement that a leading figure began in this segment

	movedKind unitKind
	governs   Change   // of a verb that governs the names after its own
	governed  wordID   // how these begin
	turns     []string // the names that wait for their figures: "A và B lần lượt đạt …"
	counting  bool     // the clause before counted things by a leading figure
	movedName bool     // a name stood before it
	counted   bool     // the last target counts things
	measure   string   // the unit of what a governing verb measures

	told    string // the name of a result that was told in this sentence
	soft    bool   // past only because the prose before told results
	ahead   bool   // "đến năm 2030" opened it
	skip    bool   // a condition or a rule: nothing in it is a target
	total   int    // 1 + index of the target whose parts are being read
	joined  bool   // the total and its parts stand in one clause, parted by a comma
	name    string
	last    int // 1 + index of the last target
	main    int // the last one with a name of its own, which parts may follow
	earlier int // the last target of the sentences before
	verb    [2]int
	deedOf  wordID // the word behind the figure of that verb
	scanned int
	start   int // first token of the sentence
	spot    int // first token of the segment
	list    bool
}

// sentences reads the sentences of the paragraph.
func (r *reader) sentences(st stance) {
	top := r.top()
	r.para, r.paraBy, r.paraAhead = st, top.year, 0
	toks := r.run.toks
	if r.p.rank == rankPlain && r.isBasis() && !r.setsTargets() {
		return
	}
	a := 0
	r.before = sentence{}
	total := top.total
	for i := 0; i <= len(toks) && !r.full; i++ {
		if i < len(toks) && !(toks[i].kind == aStop && toks[i].depth == 0) && i-a < 1200 {
			continue
		}
		r.s = sentence{stance: r.para, scopeBy: r.paraBy, total: total, joined: total > 0, soft: r.para == past && top.stance != past, start: a, scanned: a, list: r.p.rank > 0}
		if r.before.intent && a < len(toks) && continuers.has(toks, a) {
			r.s.intent, r.s.strong = true, r.before.strong
		}
		r.s.earlier = max(r.before.main, r.before.earlier)
		r.sentence(a, i)
		r.before = r.s
		if r.s.strong && r.s.last > 0 && r.para == past && top.stance == neutral {
			r.para, r.carry = neutral, false // from here on the text looks ahead
		}
		if r.s.past && r.para == neutral {
			r.para = past
		}
		a = i
		if i < len(toks) && toks[i].kind == aStop {
			a++
		}
	}
}

// continuers begin a sentence that goes on with the pledge of the one before.
var continuers = list(`cụ thể; trong đó; theo đó; gồm; bao gồm; đồng thời; cùng với đó; bên cạnh đó; ngoài ra`)

// isBasis tells the legal bases at the head of a paper.
func (r *reader) isBasis() bool {
	return basisWords.has(r.run.toks, 0)
}

// setsTargets tells a paragraph that goes on from its bases to the targets.
func (r *reader) setsTargets() bool {
	toks := r.run.toks
	for k := range toks {
		if strongIntents.has(toks, k) && (r.anyQuantity(k, len(toks)) || nones.has(toks, k)) {
			return true
		}
		if q := r.firstQuantity(k, min(k+1, len(toks))); q >= 0 && r.run.quants[q].norm && r.run.quants[q].u.kind == percent && !r.laysRule(0, len(toks)) {
			return true
		}
		if toks[k].kind == aColon && r.anyQuantity(k, len(toks)) {
			at, m := cues.in(toks, max(0, k-12), k)
			return at >= 0 && (m == cueGoal || m == cueIntent)
		}
	}
	return false
}

var basisWords = list(`căn cứ; thực hiện kế hoạch số; thực hiện chỉ thị số; thực hiện quyết định số; thực hiện công văn số; thực hiện nghị quyết số; thực hiện thông báo số; thực hiện hướng dẫn số; theo đề nghị; xét đề nghị; xét tờ trình`)

// sentence parts a sentence at its colons: what stands before one introduces
// what comes after, unless a figure follows at once.
func (r *reader) sentence(a, b int) {
	toks := r.run.toks
	from := a
	if end := r.groundEnd(a, b); end > a { // what stands there is the ground of what follows
		r.useAll(a, end)
		r.s.scanned = end
		a, from = end, end
		r.s.start = end
	}
	if r.s.stance == neutral && r.rows == nil && !r.s.list && (r.anyQuantity(a, b) || r.nonesIn(a, b)) && (r.toldLater(a, b) || r.opensWithFact(a, b) || r.namesPerson(a, b)) {
		r.s.past, r.s.tells = true, true
	}
	if r.s.stance == neutral && r.rows == nil && r.anyQuantity(a, b) && r.laysRule(a, b) {
		r.s.skip = true
	}
	for k := a; k < b; k++ {
		if toks[k].kind != aColon || toks[k].depth > 0 && toks[k].depth != 0 {
			continue
		}
		if r.colonLinks(r.clauseStart(from, k), k, b) || r.colonDenies(k, b) {
			continue
		}
		if r.anyQuantity(from, k) || r.nonesIn(from, k) || r.rows != nil {
			r.clauses(from, k)
		}
		if _, n := partWords.before(toks, from, k); n > 0 && r.s.last > 0 {
			r.s.total, r.s.joined = r.s.main, true
			if k == len(toks)-1 {
				r.openParts()
			}
		} else {
			st, year := r.stanceOf(from, k, false)
			r.turn(st, year, from, k)
			if k == len(toks)-1 {
				r.push(st, year, true)
			}
		}
		from = k + 1
		r.s.scanned = max(r.s.scanned, from)
		r.s.by = 0
		r.leadMoment(a, k)
	}
	r.clauses(from, b)
}

// groundEnd gives where who acts begins behind the ground of a sentence of prose:
// "Căn cứ tình hình …, Sở …", "Trên cơ sở kết quả …, tổ chuyên môn …"; a if the
// sentence has none.
func (r *reader) groundEnd(a, b int) int {
	toks := r.run.toks[:b]
	if r.s.list || !grounds.has(toks, a) {
		return a
	}
	for k := a + 2; k < b-1; k++ {
		switch {
		case toks[k].depth != toks[a].depth:
		case toks[k].kind == aSemicolon || toks[k].kind == aColon:
			return a
		case toks[k].kind != aComma:
		case toks[k+1].kind == aNumber:
			return a
		case r.dated(k+1, b):
			return k + 1
		case toks[k+1].kind == aWord && (toks[k+1].capital || several.has(toks, k+1) || actors.has(toks, k+1)):
			return k + 1
		}
	}
	return a
}

// dated tells whether a phrase of time with its year stands at i.
func (r *reader) dated(i, b int) bool {
	m, next := r.run.momentAt(i, b)
	return next > i && m.year > 0
}

var grounds = list(`căn cứ; trên cơ sở; từ kết quả; phát huy; kế thừa; tiếp nối; thực hiện nghị quyết; thực hiện chỉ thị; thực hiện kế hoạch; thực hiện quyết định; thực hiện chương trình; thực hiện công văn; triển khai thực hiện nghị quyết`)

// clauseStart finds where the clause before a colon starts: behind the last
// semicolon, the last verb of intent, or the comma after the last figure.
func (r *reader) clauseStart(a, k int) int {
	comma := 0
	for i := k - 1; i > a; i-- {
		switch t := &r.run.toks[i]; {
		case t.kind == aSemicolon:
			return i + 1
		case t.kind == aComma && t.depth == r.run.toks[k].depth:
			comma = i + 1
		case t.kind == aNumber || t.kind == aPercent:
			if comma > 0 {
				return comma
			}
		case t.word != 0 && strongIntents.has(r.run.toks[:k], i):
			return i
		}
	}
	return a
}

// openParts makes the items that follow parts of the last target.
func (r *reader) openParts() {
	rank := r.p.rank
	if rank == rankPlain {
		rank = 5
		if n := len(r.heads); n > 0 {
			rank = r.heads[n-1] + 5
		}
	}
	top := r.top()
	for len(r.scopes) > 0 && r.scopes[len(r.scopes)-1].rank >= rank {
		r.scopes = r.scopes[:len(r.scopes)-1]
	}
	if len(r.scopes) < 64 {
		r.scopes = append(r.scopes, scope{rank: rank, stance: top.stance, year: top.year, total: r.s.main, intro: true})
	}
}

// turn changes the stance for the rest of the paragraph.
func (r *reader) turn(st stance, year, a, b int) {
	if at, _ := conditions.in(r.run.toks, a, min(a+1, b)); at >= 0 {
		r.s.skip = true
	}
	if st == silent {
		return
	}
	if st == neutral && r.s.stance != rule {
		return
	}
	if r.s.tells && st == goal {
		if at, _ := strongIntents.in(r.run.toks, a, b); at < 0 {
			return // Một số chỉ tiêu đạt thấp như: …
		}
	}
	if r.s.stance == rule && st != goal {
		return
	}
	if r.s.stance == goal && st == rule {
		return
	}
	r.s.stance, r.para = st, st
	r.s.past, r.s.intent = false, false
	if st == goal {
		if year == 0 {
			year = r.yearBefore(a)
		}
		if year > 0 {
			r.s.scopeBy, r.paraBy = year, year
		}
	}
}

// yearBefore finds the year that the paragraph spoke of before an introduction.
func (r *reader) yearBefore(at int) int {
	for i := at - 1; i >= 0 && i > at-300; i-- {
		if y := r.run.year(i); y > 0 && r.wordIs(i-1, wordNam) {
			if y < r.docYear {
				return 0
			}
			return y
		}
	}
	return 0
}

// leadMoment keeps the year an introduction names: Phấn đấu đến năm 2025: …
func (r *reader) leadMoment(a, k int) {
	for i := a; i < k; i++ {
		if m, next := r.run.momentAt(i, k); next > i {
			if m.year > 0 && (m.kind == timeBy || m.kind == timeSpan) {
				r.s.by = m.year
			}
			i = next - 1
		}
	}
}

// colonLinks tells whether the colon stands for a verb: Tỷ lệ đô thị hóa: 45%.
func (r *reader) colonLinks(a, k, b int) bool {
	q := r.firstQuantity(k+1, b)
	if q < 0 || k == a {
		return false
	}
	quant := &r.run.quants[q]
	if st, _ := r.stanceOf(a, k, false); st == rule && r.s.stance != goal {
		return false
	}
	if quant.first > k+1 && r.risesBefore(a, k) {
		return true
	}
	if _, next := r.run.momentAt(k+1, b); next > k+1 && next == quant.first && quant.linked {
		return true // Tỷ lệ đô thị hóa: năm 2025 đạt 40%, năm 2030 đạt 50%
	}
	if r.risesBehind(k+1, quant) {
		return true
	}
	if quant.first > k+1 || r.measuredIn(a, k) && quant.u.kind == percent && !quant.linked && !(ratioHeads.has(r.run.toks, a) && r.closes(quant, b)) {
		return false
	}
	if _, n := partWords.before(r.run.toks, a, k); n > 0 {
		return false
	}
	// "Phấn đấu năm 2024: 100% đơn vị …" introduces; what follows the figure tells
	if quant.u.kind == percent || quant.u.kind == countable {
		if !r.closes(quant, b) && !r.endsInWhole(quant, b) {
			if st, _ := r.stanceOf(a, k, false); st == goal || quant.u.kind == percent {
				return false
			}
		}
	}
	return true
}

// risesBehind tells "Tai nạn giao thông: giảm cả 3 tiêu chí từ 5% trở lên".
func (r *reader) risesBehind(i int, q *quantity) bool {
	m, n := leads.at(r.run.toks, i)
	return n > 0 && (m == leadIncrease || m == leadDecrease) && i+n < q.first && r.allOf(i+n, q.first)
}

// measuredIn tells whether a figure with its unit stands in a stretch; "Chi bộ 4
// tốt" has none.
func (r *reader) measuredIn(a, b int) bool {
	for q := r.firstQuantity(a, b); q >= 0 && q < len(r.run.quants) && r.run.quants[q].num < b; q++ {
		if r.run.quants[q].u.kind != noUnit {
			return true
		}
	}
	return false
}

// endsInWhole tells "dưới 4% tổng thu": what the percentage is a part of ends the
// clause.
func (r *reader) endsInWhole(q *quantity, b int) bool {
	if !r.ofWhole(q, b) {
		return false
	}
	k := q.end
	for ; k < b && r.run.toks[k].kind == aWord; k++ {
		if k-q.end > 4 || predicates.has(r.run.toks, k) || activities.has(r.run.toks, k) {
			return false
		}
	}
	return true
}

// risesBefore tells whether the words before a colon end in a movement that
// wants its figure: "giảm trên cả 3 tiêu chí: …".
func (r *reader) risesBefore(a, k int) bool {
	for i := a + 1; i < k; i++ {
		m, n := leads.at(r.run.toks[:k], i)
		if n > 0 && (m == leadIncrease || m == leadDecrease) && r.allOf(i+n, k) {
			return true
		}
	}
	return false
}

func (r *reader) firstQuantity(a, b int) int {
	lo, hi := 0, len(r.run.quants)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.run.quants[mid].num < a {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(r.run.quants) && r.run.quants[lo].num < b {
		return lo
	}
	return -1
}

func (r *reader) anyQuantity(a, b int) bool { return r.firstQuantity(a, b) >= 0 }

func (r *reader) nonesIn(a, b int) bool {
	at, _ := nones.in(r.run.toks, a, b)
	return at >= 0
}

// outside is the depth at which a stretch starts, before a bracket that begins it.
func (r *reader) outside(i int) uint8 {
	t := r.run.toks[i]
	if t.kind == anOpen {
		return t.depth - 1
	}
	return t.depth
}

// clauses parts a stretch at its semicolons.
func (r *reader) clauses(a, b int) {
	toks := r.run.toks
	from := a
	for i := a; i <= b; i++ {
		if i < b && !(toks[i].kind == aSemicolon && toks[i].depth == r.outside(from)) && i-from < 500 {
			continue
		}
		if i > from {
			r.s.spot, r.s.moved, r.s.governs = from, Level, Level
			r.segment(from, i)
			r.s.joined = false
		}
		from = i + 1
		if from >= len(toks) || i < b && toks[i].kind != aSemicolon {
			from = i
		}
		if from >= b {
			break
		}
	}
}
