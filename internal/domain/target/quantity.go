package target

import (
	"strconv"
	"strings"
)

// run is one stretch of text under the grammar: a paragraph, or a part of a
// paragraph that is too long to be one.
type run struct {
	text   string
	toks   []token
	quants []quantity
	listed bool                // the item of a list
	units  map[string]baseUnit // the written units that were split before
	values []Value             // places for values
	broken [][2]int            // tokens of figures that are none: 1.2.3,4 tỷ đồng
}

type baseUnit struct {
	power int
	base  string
}

// split is splitUnit; a text repeats few units often.
func (r *run) split(written string) (power int, base string) {
	b, ok := r.units[written]
	if !ok {
		b.power, b.base, _ = splitUnit(written)
		if r.units == nil {
			r.units = map[string]baseUnit{}
		}
		if len(r.units) < 1000 {
			r.units[written] = b
		}
	}
	return b.power, b.base
}

// value is a figure in base units.
func (r *run) value(f figure, written string) *Value {
	power, base := r.split(written)
	return r.keep(Value{Amount: f.shifted(power).String(), Unit: base})
}

// keep gives a value a place of its own; places are made many at a time.
func (r *run) keep(v Value) *Value {
	if len(r.values) == cap(r.values) {
		r.values = make([]Value, 0, min(64, max(4, 2*cap(r.values))))
	}
	r.values = append(r.values, v)
	return &r.values[len(r.values)-1]
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
	norm            bool // its bound is one that rules and pledges set: ít nhất, không quá, từ … trở lên
	has             bool // the verb is có
	light           bool // the verb is công nhận: the indicator is what follows
	got             bool // the verb tells a result: đã đạt, thu hút được
	gained          bool // by được alone: a list may mean it
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
	r.quants, r.broken = r.quants[:0], r.broken[:0]
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

// number is the figure of a token: its digits, or that of a numeral in words.
func (r *run) number(i int) string {
	if w := r.toks[i].word; w != 0 {
		return strconv.Itoa(int(numerals[w]))
	}
	return r.text[r.toks[i].start:r.toks[i].end]
}

// numerals makes numbers of the small numerals that stand in words behind a bound:
// "ít nhất một mô hình", "không quá ba vụ". Elsewhere they are too often no figure.
func (r *run) numerals() bool {
	found := false
	for i := 1; i < len(r.toks); i++ {
		if numerals[r.toks[i].word] == 0 || r.kindAt(i+1) != aWord || r.toks[i+1].capital || unitWords.has(r.toks, i) {
			continue
		}
		k := i
		if _, n := boundLinks.before(r.toks, max(0, i-1), i); n > 0 {
			k--
		}
		if _, n := wordBounds.before(r.toks, max(0, k-3), k); n > 0 {
			r.toks[i].kind, found = aNumber, true
		}
	}
	return found
}

var (
	wordBounds = list(`ít nhất; tối thiểu; thấp nhất; tối đa; nhiều nhất; không quá; không vượt quá; không dưới; không ít hơn; không nhiều hơn; từ`)
	boundLinks = list(`là; có; được; đạt; từ; phải; thêm`)

	// numerals are the values of the numerals; năm is left out, for it is a year.
	numerals = func() (t [maxWords]uint8) {
		for i, w := range []string{"một", "hai", "ba", "bốn", "", "sáu", "bảy", "tám", "chín", "mười"} {
			if w != "" {
				t[learn(w)] = uint8(i + 1)
			}
		}
		return
	}()
)

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
	if prev >= 0 && toks[prev].kind == aMark && r.slice(prev, i) == "*" || prev >= 0 && toks[prev].word == wordX || r.wordAt(i+1) == wordX { // formulas
		return quantity{}, i + 1
	}

	f, ok := parseFigure(r.number(i))
	if !ok {
		if u, after := r.readUnit(i+1, len(toks)); u.kind == percent || u.kind == money || u.kind == measure {
			r.broken = append(r.broken, [2]int{i, after})
		}
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
	if u.kind == bareScale && !q.fraction {
		f, u, after = r.smaller(f, u, after)
	}
	if q.fraction && perHeads.has(toks, at) && isPower(r.number(i+2)) { // 130/100.000 dân
		_, n := perHeads.at(toks, at)
		u, after = unit{text: "/" + r.number(i+2) + " " + r.unitText(at, at+n), kind: measure}, at+n
		q.fraction = false
	}
	if q.fraction && u.kind == noUnit && isPower(r.number(i+2)) { // tử vong mẹ còn 40/100.000
		u, after = unit{text: "/" + r.number(i+2), kind: measure}, at
		q.fraction = false
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
	if r.refers(&q) || r.denominates(&q, floor) || r.age(&q) {
		return quantity{}, max(q.after, i+1)
	}
	r.leadGroup(&q, floor)
	if q.u.kind == noUnit && !q.ranged {
		r.countedNoun(&q, floor)
	}
	q.end = q.after
	if m, n := bounds.at(toks, q.end); n > 0 {
		q.end += n
		q.relation, q.norm = AtLeast, true
		if m == leadAtMost {
			q.relation = AtMost
		}
	} else if toks[i].word == 0 && q.u.kind == percent && r.kindAt(q.end) == aSign {
		q.end++ // 80%≤
	}
	if q.ranged {
		q.relation = Range
	}
	return q, q.end
}

// age tells "trẻ 5 tuổi", "người từ 15 tuổi", which say who is meant.
func (r *run) age(q *quantity) bool {
	k := q.num - 1
	if q.u.kind == noUnit { // trong độ tuổi từ 15 đến 60
		for ; k >= 0 && k > q.num-5; k-- {
			switch w := r.toks[k].word; {
			case w == wordTuoi:
				return true
			case r.toks[k].kind != aNumber && r.toks[k].kind != aDash && w != wordTu && w != wordDen:
				return false
			}
		}
		return false
	}
	if q.u.text != "tuổi" {
		return false
	}
	if ageWords.has(r.toks, k) {
		k--
		if r.kindAt(k) == aComma { // trẻ em dưới 1 tuổi …, dưới 5 tuổi …
			return true
		}
	}
	_, n := aged.before(r.toks, 0, k+1)
	return n > 0
}

var (
	wordTuoi = learn("tuổi")
	ageWords = list(`từ; trên; dưới; đủ; đến; gần`)
	aged     = list(`trẻ; trẻ em; em; cháu; người; người dân; dân số; lao động; phụ nữ; nữ; nam; thanh niên; học sinh; cao tuổi; công dân; người cao tuổi`)
)

// isPower tells 100, 1.000, 10.000 …
func isPower(s string) bool {
	return len(s) > 2 && s[0] == '1' && strings.Trim(s[1:], "0.") == "" && s[len(s)-1] == '0'
}

// smaller reads on over "2 tỷ 500 triệu USD", which is 2,5 tỷ USD.
func (r *run) smaller(f figure, u unit, at int) (figure, unit, int) {
	if r.kindAt(at) != aNumber || f.scale > 0 {
		return f, u, at
	}
	g, ok := parseFigure(r.number(at))
	v, after := r.readUnit(at+1, len(r.toks))
	if !ok || g.scale > 0 || v.power == 0 || v.power >= u.power || v.kind == bareScale || len(g.digits) > u.power-v.power {
		return f, u, at
	}
	digits := f.digits + strings.Repeat("0", u.power-v.power-len(g.digits)) + g.digits
	text := v.text
	if i := strings.IndexByte(text, ' '); i > 0 { // the larger scale word takes the place of the smaller
		text = u.text + text[i:]
	}
	return figure{digits, u.power - v.power}.tidy(), unit{text: text, kind: v.kind, power: u.power, suffix: v.suffix}, after
}

// countedNoun takes the noun behind a bare figure as its unit where a verb or
// có stands before it: "triệt phá 02 đường dây ma túy". Most nouns have two
// syllables.
func (r *run) countedNoun(q *quantity, floor int) {
	toks, k := r.toks, q.after
	if r.year(q.num) > 0 {
		return
	}
	if _, n := activities.before(toks, floor, q.first); n == 0 && !q.has {
		item := r.listed && q.first > 0 && q.first <= 5 && r.kindAt(q.first-1) == aWord && !r.toks[q.first-1].capital && !r.numberIn(k, len(toks))
		if !q.linked && r.kindAt(q.first-1) != aColon && q.relation == "" && !item {
			return
		}
		if !item && !r.endsSoon(k) { // Học sinh giỏi cấp tỉnh: 12 em; … đạt 45 khóm.
			return
		}
	}
	for k < len(toks) && k < q.after+2 && toks[k].kind == aWord && !toks[k].capital && !(k == q.after && toks[k].glued) &&
		!enders.has(toks, k) && !weakEnders.has(toks, k) && !leads.has(toks, k) && !slogans.has(toks, k) {
		k++
	}
	if k == q.after {
		return
	}
	q.u, q.after = unit{text: r.unitText(q.after, k), kind: countable}, k
}

// numberIn tells whether a number stands in a stretch.
func (r *run) numberIn(a, b int) bool {
	for k := a; k < b; k++ {
		if r.toks[k].kind == aNumber {
			return true
		}
	}
	return false
}

// endsSoon tells whether a word or two up to the end of the clause stand at k.
func (r *run) endsSoon(k int) bool {
	n := 0
	for ; k+n < len(r.toks) && n < 3; n++ {
		t := r.toks[k+n]
		if t.kind != aWord {
			break
		}
		if t.capital || n == 0 && t.glued || enders.has(r.toks, k+n) || weakEnders.has(r.toks, k+n) || leads.has(r.toks, k+n) {
			return false
		}
	}
	if n == 0 || n > 2 {
		return false
	}
	switch r.kindAt(k + n) {
	case aStop, aSemicolon, aComma, aClose:
		return true
	}
	return k+n == len(r.toks)
}

// slogans are counted by their parts: 3 đột phá, 5 xây, 4 tại chỗ.
var slogans = list(`đột phá; trụ cột; trọng tâm; khâu; không; tốt; xây; chống; nhất; an; cùng; sạch; có; rõ; tại; sẵn; biết; giảm; tăng; nhà; thật; yên; thứ; bên; cấp; tháng; mục; cơ bản`)

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
		_, b1 := r.split(q.u.text)
		_, b2 := r.split(u.text)
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
