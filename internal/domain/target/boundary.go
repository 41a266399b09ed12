package target

import "strings"

// closes tells whether the clause can end after the quantity.
func (r *reader) closes(q *quantity, b int) bool {
	strong, weak := r.endings(q, b)
	return strong || weak
}

func (r *reader) endings(q *quantity, b int) (strong, weak bool) {
	toks := r.run.toks
	e := q.end
	if e >= b {
		return true, false
	}
	if toks[e].kind != aWord {
		return toks[e].kind != aQuote && toks[e].kind != aNumber, false
	}
	if enders.has(toks[:b], e) {
		return true, false
	}
	if _, next := r.run.momentAt(e, b); next > e {
		return true, false
	}
	return false, weakEnders.has(toks[:b], e)
}

// closing gives the token after the bracket that closes the one at i.
func (r *reader) closing(i, b int) int {
	toks := r.run.toks
	d := toks[i].depth
	for k := i + 1; k < b; k++ {
		if toks[k].kind == aClose && toks[k].depth <= d {
			return k
		}
	}
	return b
}

// restEnd finds where the words after a leading figure end: at a comma or a
// conjunction after which a clause of its own begins.
func (r *reader) restEnd(k, b int, q *quantity) int {
	toks := r.run.toks
	depth := toks[q.num].depth
	quoted := false
	if k+1 < b && toks[k].kind == aComma && q.u.kind == countable && unitWords.has(toks[:b], k+1) && !notUnits.has(toks[:b], k+1) && !r.newClause(k+1, b, q, true) {
		k++ // tin, bài; cán bộ, công chức
	}
	if k < b && toks[k].kind == aComma {
		return k
	}
	for ; k < b; k++ {
		t := toks[k]
		if t.kind == aQuote {
			quoted = !quoted
		}
		if t.depth < depth {
			return k
		}
		if t.kind == anOpen && t.depth == depth+1 {
			if _, next := r.run.momentAt(k+1, b); next > k+1 || partWords.has(toks[:b], k+1) {
				return k // (năm 2022: 27 dự án)
			}
			if r.namesPart(k+1, b, q) || r.explains(k, b, q) {
				return k // (khách quốc tế 180 nghìn lượt), (bình quân 2.400 lao động/năm)
			}
		}
		if t.depth > depth || quoted {
			continue
		}
		if _, n := wordsAmong.at(toks[:b], k); n > 0 {
			return k
		}
		switch {
		case t.kind == aComma && asides.has(toks[:b], k+1), purposes.has(toks[:b], k):
			return k
		case t.kind == aComma && partWords.has(toks[:b], k+1) && r.countsParts(k+1, b):
			return k // , bao gồm ít nhất 10 đảng viên là …
		case t.kind == aComma:
			if r.newClause(k+1, b, q, true) {
				return k
			}
		case t.word == wordVa:
			if r.newClause(k+1, b, q, false) {
				return k
			}
		case t.word == wordVoi && q.u.kind != percent:
			if n := r.nextQuantity(k+1, b, depth); n >= 0 && strongIndicators.has(toks[:b], k+1) {
				return k
			}
		case k > q.end && (t.word == wordDongThoi && r.wordIs(k+1, wordThoi)):
			return k
		}
	}
	return b
}

// explains tells a bracket with a figure of its own that ends the clause.
func (r *reader) explains(i, b int, q *quantity) bool {
	end := r.closing(i, b)
	n := r.firstQuantity(i, end)
	if n < 0 || q.u.kind == percent || end+1 < b && r.run.kindAt(end+1) == aWord {
		return false
	}
	switch r.run.quants[n].u.kind {
	case percent, money, countable, measure:
		return true
	}
	return false
}

// countsParts tells whether a figure with its unit follows a word of parts at i.
func (r *reader) countsParts(i, b int) bool {
	_, n := partWords.at(r.run.toks[:b], i)
	if i+n >= b { // , gồm:
		return true
	}
	q := r.firstQuantity(i+n, b)
	return q >= 0 && r.run.quants[q].first <= i+n && r.run.quants[q].u.kind != noUnit
}

// namesPart tells a bracket that names one part of the figure before it.
func (r *reader) namesPart(i, b int, whole *quantity) bool {
	end := r.closing(i-1, b)
	n := r.firstQuantity(i, end)
	if n < 0 || r.run.quants[n].first == i || r.run.quants[n].end != end || r.run.quants[n].change != Level || against.has(r.run.toks, i) {
		return false
	}
	_, part := r.run.split(r.run.quants[n].u.text)
	_, all := r.run.split(whole.u.text)
	return part != "" && part == all || strings.HasPrefix(all, part+" ")
}

// purposes say what for, or what it costs, and are no part of what is counted.
var purposes = list(`trị giá; với trị giá; tổng trị giá; với tổng trị giá; để thực hiện; để phục vụ; để bảo đảm; để đảm bảo; để đáp ứng; để tạo; để bổ sung; để đầu tư; nhằm; góp phần; phục vụ cải cách`)

var (
	wordDongThoi = learn("đồng")
	wordThoi     = learn("thời")
	wordDeTo     = learn("để")
	wordCon      = learn("còn")
)

// farBound takes "trở lên" that stands behind what is counted: "từ 02 sản phẩm 5
// sao trở lên". Without từ it belongs to the name: "hoàn thành nhiệm vụ trở lên".
func (r *reader) farBound(q *quantity, a, b int) int {
	if !q.from || q.ranged || q.relation != "" {
		return b
	}
	m, n := bounds.before(r.run.toks, a, b)
	switch {
	case n == 0:
		return b
	case m == leadAtLeast:
		q.relation = AtLeast
	default:
		q.relation = AtMost
	}
	return b - n
}

// innerBound is farBound for a bound that stands in the middle of the words.
func (r *reader) innerBound(q *quantity, a, b int) (at, n int) {
	if !q.from || q.ranged || q.relation != "" {
		return 0, 0
	}
	for at = a + 1; at < min(a+10, b); at++ {
		if m, n := bounds.at(r.run.toks[:b], at); n > 0 {
			q.relation = map[int]Relation{leadAtLeast: AtLeast, leadAtMost: AtMost}[m]
			return at, n
		}
	}
	return 0, 0
}

// unbound is the name that stands behind the figure in toks[a:b], without a bound
// that stands there too.
func (r *reader) unbound(q *quantity, a, b int) string {
	b = r.farBound(q, a, b)
	if at, n := r.innerBound(q, a, b); n > 0 { // từ 90% đảng viên trở lên hoàn thành …
		return r.name(a, at) + " " + r.name(at+n, b)
	}
	return r.name(a, b)
}

// possesses tells whether the words behind a percentage say what those have whom
// it counts: further figures go on with it.
func (r *reader) possesses(a, b int) bool {
	at, _ := possessing.in(r.run.toks, a, b)
	return at >= 0
}

var possessing = list(`có; được trang bị; được cấp; gồm; bao gồm; đăng ký; thực hiện; hoàn thành; tổ chức; xây dựng; sử dụng; tham gia; giữ; giữ vững; trồng; nuôi; đạt`)

// withOwn tells "hộ cận nghèo với doanh số 650 tỷ đồng": the figure has a head of
// its own behind "với".
func (r *reader) withOwn(s, first int) bool {
	for k := s + 1; k < first-1; k++ {
		if r.wordIs(k, wordVoi) && strongIndicators.has(r.run.toks, k+1) {
			return true
		}
	}
	return false
}

func (r *reader) wordIs(i int, w wordID) bool { return r.run.wordAt(i) == w }
