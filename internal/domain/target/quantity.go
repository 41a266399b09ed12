package target

import "strings"

// run is one stretch of text under the grammar: a paragraph, or a part of a
// paragraph that is too long to be one.
type run struct {
	text   string
	toks   []token
	quants []quantity
}

func (r *run) slice(a, b int) string {
	if a >= b {
		return ""
	}
	return r.text[r.toks[a].start:r.toks[b-1].end]
}

// quantity is a figure with its unit and the verb group before it.
type quantity struct {
	first, num, end int // tokens: the verb group, the figure, what follows
	after           int // where the unit ends; bounds such as "trở lên" stand between after and end
	low, high       figure
	ranged          bool
	u               unit
	relation        Relation // empty where nothing is said
	approx          Approx
	change          Change
	direction       Direction
	linked          bool // a verb or a sign stands before it
	sign            bool // ≤, ≥, =
	has             bool // the verb is có
	light           bool // the verb is công nhận: the indicator is what follows
	got             bool // the verb tells a result: đã đạt, thu hút được
	estimate        bool // ước đạt
	intent          bool
	share           bool
	from            bool // từ stands before it
	exceed          bool
	origin          bool // the past end of "từ A lên B"
	fraction        bool
	depth           uint8
}

// measureAll finds the quantities of the run. Numbers that are dates, document
// numbers, ordinals, years or denominators are none.
func (r *run) measureAll() {
	r.quants = r.quants[:0]
	toks := r.toks
	floor := 0
	for i := 0; i < len(toks); {
		if toks[i].kind != aNumber {
			i++
			continue
		}
		q, next := r.quantityAt(i, floor)
		if q.end > 0 {
			r.quants = append(r.quants, q)
			floor = q.end
		}
		i = next
	}
	r.joinOrigins()
}

func (r *run) wordAt(i int) wordID {
	if i < 0 || i >= len(r.toks) {
		return 0
	}
	return r.toks[i].word
}

func (r *run) kindAt(i int) kind {
	if i < 0 || i >= len(r.toks) {
		return aMark
	}
	return r.toks[i].kind
}

func (r *run) number(i int) string { return r.text[r.toks[i].start:r.toks[i].end] }

// year reads a token as a year between 1900 and 2199, 0 if it is none.
func (r *run) year(i int) int {
	if r.kindAt(i) != aNumber {
		return 0
	}
	s := r.number(i)
	if len(s) != 4 || !digitsOnly(s) || s < "1900" || s > "2199" {
		return 0
	}
	return int(s[0]-'0')*1000 + int(s[1]-'0')*100 + int(s[2]-'0')*10 + int(s[3]-'0')
}

// quantityAt reads the number at i. A zero end says that it is a reference;
// next is where reading goes on in either case.
func (r *run) quantityAt(i, floor int) (q quantity, next int) {
	toks := r.toks
	if n := r.chain(i); n > 0 {
		return quantity{}, n
	}
	prev := i - 1
	glued := func(k int, want kind) bool { return r.kindAt(k) == want && toks[k].glued }
	if toks[i].glued && (r.kindAt(prev) == aDash || r.kindAt(prev) == aMark || r.kindAt(prev) == aSlash) && prev > 0 && toks[prev].glued &&
		(toks[prev-1].kind == aWord) && floor < i { // Covid-19, V-2
		return quantity{}, i + 1
	}
	if glued(i+1, aDash) && glued(i+2, aWord) { // 34-CT/TW
		return quantity{}, i + 2
	}
	if glued(i+1, aSlash) && glued(i+2, aWord) { // 21/KH-UBND
		return quantity{}, i + 2
	}
	if prev >= 0 && toks[prev].kind == aMark && r.slice(prev, i) == "*" || prev >= 0 && toks[prev].word == wordX { // formulas
		return quantity{}, i + 1
	}

	f, ok := parseFigure(r.number(i))
	if !ok {
		return quantity{}, i + 1
	}
	at := i + 1
	if glued(at, aSlash) && glued(at+1, aNumber) { // 17/19 tiêu chí
		q.fraction = true
		at += 2
	}
	u, after := r.readUnit(at, len(toks))
	if glued(at, aWord) && u.kind == noUnit { // 2023với, 3C
		return quantity{}, i + 1
	}
	q.num, q.low, q.high, q.u, q.after, q.depth = i, f, f, u, after, toks[i].depth
	if u.kind == noUnit {
		q.after = at
	}
	if q.fraction && u.kind != countable {
		return quantity{}, at
	}
	if !q.fraction {
		r.rangeTo(&q)
	}
	if r.refers(&q) || r.denominates(&q, floor) {
		return quantity{}, max(q.after, i+1)
	}
	r.leadGroup(&q, floor)
	q.end = q.after
	if m, n := bounds.at(toks, q.end); n > 0 {
		q.end += n
		q.relation = map[int]Relation{leadAtLeast: AtLeast, leadAtMost: AtMost}[m]
	} else if toks[i].word == 0 && q.u.kind == percent && r.kindAt(q.end) == aSign {
		q.end++ // 80%≤
	}
	if q.ranged && q.relation == "" || q.ranged && q.relation != "" && q.end == q.after {
		q.relation = Range
	}
	return q, q.end
}

// chain takes dates, times and codes made of numbers: 10/03/2023, 08:37,
// 01.7.2022; 0 if there is none. A fraction before a unit is no chain.
func (r *run) chain(i int) int {
	toks := r.toks
	j := i
	parts := 1
	for j+2 < len(toks) && toks[j+1].glued && toks[j+2].glued && toks[j+2].kind == aNumber &&
		(toks[j+1].kind == aSlash || toks[j+1].kind == aColon) {
		parts++
		j += 2
	}
	switch {
	case parts > 2:
		return j + 1
	case parts == 2 && toks[i+1].kind == aColon:
		return j + 1
	case parts == 2:
		if u, _ := r.readUnit(j+1, len(toks)); u.kind == countable && !r.dayBefore(i) {
			return 0
		}
		return j + 1
	}
	// 29 - 11, 9-3: two bare numbers after a word of dates
	if j+2 < len(toks) && toks[j+1].kind == aDash && toks[j+2].kind == aNumber && r.dayBefore(i) {
		j += 2
		for j+2 < len(toks) && toks[j+1].kind == aDash && toks[j+2].kind == aNumber {
			j += 2
		}
		return j + 1
	}
	return 0
}

func (r *run) dayBefore(i int) bool {
	if r.kindAt(i-1) == aComma || r.kindAt(i-1) == aDash {
		i-- // ngày 01, 02/11
		for i > 0 && (r.kindAt(i-1) == aNumber || r.kindAt(i-1) == aComma || r.kindAt(i-1) == aSlash) {
			i--
		}
	}
	_, n := dayWords.before(r.toks, 0, i)
	return n > 0
}

// rangeTo extends the quantity over "6,5-7%", "từ 5% đến 10%", "500 - 600 tỷ đồng".
func (r *run) rangeTo(q *quantity) {
	toks := r.toks
	j := q.after
	if j >= len(toks) {
		return
	}
	word := false
	switch {
	case toks[j].kind == aDash:
	case toks[j].kind == aSign && (r.slice(j, j+1) == "÷" || r.slice(j, j+1) == "~"):
	case toks[j].word == wordDen || toks[j].word == wordToi:
		word = true
	default:
		return
	}
	j++
	for j < len(toks) && (toks[j].word == wordDuoi || toks[j].word == wordDen) {
		j++
	}
	if r.kindAt(j) != aNumber || r.chain(j) > 0 {
		return
	}
	high, ok := parseFigure(r.number(j))
	if !ok {
		return
	}
	u, after := r.readUnit(j+1, len(toks))
	if r.year(j) > 0 && u.kind == noUnit {
		return
	}
	if u.kind == noUnit {
		if q.u.kind == noUnit || word && q.u.kind == timespan {
			return
		}
		u, after = q.u, j+1
	}
	if r.year(q.num) > 0 && q.u.kind == noUnit && r.number(q.num) > r.number(j) && !word {
		return // 2022-5%
	}
	low := q.low
	if q.u.kind != noUnit && q.u.text != u.text {
		_, b1, _ := splitUnit(q.u.text)
		_, b2, _ := splitUnit(u.text)
		if q.u.kind != bareScale && b1 != b2 {
			return
		}
		low = low.shifted(q.u.power - u.power)
	}
	if !low.less(high) {
		return
	}
	q.low, q.high, q.ranged, q.u, q.after = low, high, true, u, after
}

// refers tells whether the number names something rather than measures it.
func (r *run) refers(q *quantity) bool {
	i := q.num
	unitless := q.u.kind == noUnit
	if r.wordAt(i-1) == wordCa && q.u.kind == countable { // cả 3 tiêu chí
		return true
	}
	if y := r.year(i); y > 0 && !q.ranged {
		if unitless || r.wordAt(i-1) == wordNam {
			return true
		}
	}
	if _, n := ordinals.before(r.toks, 0, i); n > 0 {
		if !(q.u.kind == percent || q.u.kind == money) {
			return true
		}
	}
	switch r.wordAt(i - 1) {
	case wordNgay, wordThang, wordNam:
		if unitless || q.u.kind == timespan {
			return true
		}
	}
	if q.u.kind == timespan && r.wordAt(i-1) == wordSo {
		return true
	}
	if !unitless {
		// "Điều 5 xã", "nhóm 3 người": only names that take a number for certain
		if _, n := codeNouns.before(r.toks, 0, i); n > 0 && q.u.kind != percent && q.u.kind != money {
			return true
		}
		return false
	}
	if _, n := referenceNouns.before(r.toks, 0, i); n > 0 {
		return true
	}
	if i > 0 && r.toks[i-1].kind == aWord && r.toks[i-1].capital && !r.beginsClause(i-1) {
		return true // Yên Phong 2
	}
	return false
}

func (r *run) beginsClause(i int) bool {
	return i == 0 || r.toks[i-1].kind != aWord && r.toks[i-1].kind != aNumber && r.toks[i-1].kind != aDash
}

// codeNouns are followed by a number that is their name, whatever comes next.
var codeNouns = list(`nghị định số; quyết định số; nghị quyết số; thông tư số; kế hoạch số; chỉ thị số; văn bản số; công văn số; luật số; tờ trình số; báo cáo số; thông báo số; hướng dẫn số; khu vực; covid; đợt; vùng; loại; hạng; nhóm thứ; phụ lục số; biểu số; mẫu số; khối; quốc lộ`)

// denominates tells "trên 1 vạn dân", "/100.000 trẻ": the measure of a rate.
func (r *run) denominates(q *quantity, floor int) bool {
	i := q.num
	if i == 0 || q.ranged {
		return false
	}
	if r.toks[i-1].word != wordTren && r.toks[i-1].kind != aSlash {
		return false
	}
	switch d := strings.TrimLeft(q.low.digits, "1"); {
	case q.low.scale != 0 || strings.Trim(d, "0") != "" || len(q.low.digits)-len(d) != 1:
		return false
	}
	j := i + 1
	for {
		_, n := scaleWords.at(r.toks, j)
		if n == 0 {
			break
		}
		j += n
	}
	if !perHeads.has(r.toks, j) && q.u.kind != measure {
		return false
	}
	// a rate has a name before it or a figure
	return i-1 > floor
}

// leadGroup walks back from the figure over its verb group.
func (r *run) leadGroup(q *quantity, floor int) {
	toks := r.toks
	p := q.num
	rise, fall, still, to := false, false, false, false
	average := 0
walk:
	for p > floor {
		t := toks[p-1]
		if t.kind == aSign {
			switch r.slice(p-1, p) {
			case "≤", "<", "<=", "⩽":
				q.relation, q.sign, q.linked = AtMost, true, true
			case "≥", ">", ">=", "⩾":
				q.relation, q.sign, q.linked = AtLeast, true, true
			case "=":
				q.sign, q.linked = true, true
			case "~", "≈":
				q.approx = About
			default:
				break walk
			}
			p--
			continue
		}
		m, n := leads.before(toks, floor, p)
		if n == 0 {
			break
		}
		start := p - n
		switch m {
		case leadAtLeast:
			if q.relation == "" {
				q.relation = AtLeast
			}
		case leadAtMost:
			if q.relation == "" {
				q.relation = AtMost
			}
		case leadOver:
			q.approx = Over
		case leadUnder:
			q.approx = Under
		case leadAbout:
			q.approx = About
		case leadFrom:
			q.from = true
		case leadLink:
			q.linked = true
			if w := toks[start].word; w == wordDen || w == wordToi || w == wordVoi {
				q.linked = q.linked && w != wordVoi
				to = to || w != wordVoi
				if w == wordVoi { // với 5 xã: a connector, not a verb
					break walk
				}
			}
		case leadHas:
			q.has = true
			if toks[start].word == wordDuoc {
				q.got = true
			}
		case leadStill:
			still, q.linked = true, true
			if toks[start].word == wordGiam {
				fall = true
			}
			if toks[p-1].word == wordDuoi && q.relation == "" {
				q.relation = AtMost
			}
		case leadUp:
			to, q.linked = true, true
			if toks[start].word == wordNang {
				rise = true
			}
		case leadDown:
			to, fall, q.linked = true, true, true
		case leadIncrease, leadDecrease:
			if _, h := rateHeads.before(toks, floor, start); h > 0 && !q.linked {
				break walk
			} else if h > 0 {
				break walk
			}
			if m == leadIncrease {
				rise = true
			} else {
				fall = true
			}
			q.linked = true
		case leadExceed:
			q.exceed, q.linked = true, true
		case leadTimes:
			rise, q.linked = true, true
		case leadAverage:
			if average == 0 {
				average = p
			}
			p = start
			continue
		case leadIntent:
			q.intent = true
		case leadHad:
			q.got, q.linked = true, true
		case leadEstimate:
			q.estimate, q.linked = true, true
			if w := toks[p-1].word; w == wordTang {
				rise = true
			} else if w == wordVuot {
				q.exceed = true
			}
		case leadShare:
			q.share, q.linked = true, true
		case leadRecognise:
			q.light, q.has = true, true
		}
		average = 0
		r.innerBounds(q, start, p)
		p = start
	}
	if average > 0 {
		// an average with no verb before it belongs to the name
		p = average
	}
	q.first = p
	switch {
	case q.exceed && q.u.kind == percent:
		q.change = Increase
	case q.exceed:
		q.relation = AtLeast
	case still:
		q.direction = Lower
	case (rise || fall) && to && q.u.kind != times:
		if rise {
			q.direction = Higher
		} else {
			q.direction = Lower
		}
	case rise:
		q.change = Increase
	case fall:
		q.change = Decrease
	}
}

var (
	wordDuoc = learn("được")
	wordGiam = learn("giảm")
	wordTang = learn("tăng")
	wordVuot = learn("vượt")
	wordNang = learn("nâng")
)

// innerBounds reads the comparison inside a verb phrase such as "tăng ít nhất".
func (r *run) innerBounds(q *quantity, a, b int) {
	for k := a; k < b; k++ {
		m, n := leads.at(r.toks[:b], k)
		if n == 0 || k+n > b || n == b-a {
			continue
		}
		switch m {
		case leadAtLeast:
			if q.relation == "" {
				q.relation = AtLeast
			}
		case leadAtMost:
			if q.relation == "" {
				q.relation = AtMost
			}
		case leadAbout:
			q.approx = About
		case leadOver:
			q.approx = Over
		}
	}
}

// joinOrigins finds "từ 69,5% năm 2022 lên 72%": the first figure is where the
// movement starts, the second is the target.
func (r *run) joinOrigins() {
	for k := 0; k+1 < len(r.quants); k++ {
		a, b := &r.quants[k], &r.quants[k+1]
		if !a.from || a.ranged || a.relation != "" || a.end > b.first || b.first-a.end > 8 {
			continue
		}
		if b.direction == Unknown && !r.goesTo(b) {
			continue
		}
		gap := true
		for i := a.end; i < b.first && gap; i++ {
			switch r.toks[i].kind {
			case aComma, aSemicolon, aStop:
				gap = false
			}
		}
		if !gap {
			continue
		}
		a.origin = true
		if b.direction == Unknown {
			switch a.change {
			case Increase:
				b.direction = Higher
			case Decrease:
				b.direction = Lower
			}
		}
		b.change = Level
		b.first = a.first
		if b.u.kind == noUnit {
			b.u = a.u
		}
	}
}

// goesTo tells whether the verb group says lên, xuống, còn, đến.
func (r *run) goesTo(q *quantity) bool {
	for i := q.first; i < q.num; i++ {
		switch m, _ := leads.at(r.toks[:q.num], i); m {
		case leadUp, leadDown, leadStill:
			return true
		}
		if w := r.toks[i].word; w == wordDen || w == wordToi {
			return true
		}
	}
	return false
}
