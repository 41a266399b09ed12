package target

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

// counted is the counted noun with the words behind it: "xã đạt chuẩn", "tin, bài".
func (r *reader) counted(q *quantity, rest string) string {
	noun := r.unitName(q)
	switch {
	case rest == "":
		return noun
	case r.run.kindAt(q.end) == aComma:
		return noun + ", " + rest
	}
	return noun + " " + rest
}

// isActivity tells whether the clause is a verb with its figure and its object:
// "Thu hút 35 dự án", "Giải quyết 100% hồ sơ".
func (r *reader) isActivity(n, i, b int) bool {
	toks := r.run.toks
	q := &r.run.quants[n]
	_, len1 := activities.at(toks[:b], i)
	if r.eachActs(q, i) {
		return true
	}
	if _, n := indicators.at(toks[:b], i); n > len1 { // thu nhập is no thu
		return false
	}
	if len1 == 0 && (r.actsShortly(q, i, b) || r.actsUnknown(q, i, b) || r.actsFor(q, i)) {
		return true
	}
	if len1 > 0 && q.u.kind == percent && !r.closes(q, b) && q.num-q.first == 1 && (r.wordIs(q.first, wordDen) || r.wordIs(q.first, wordToi)) {
		q.linked, q.first = false, q.num // phủ sóng 5G đến 100% trung tâm xã
	}
	if q.u.kind == timespan && r.lastsOf(q, i, b) {
		return true
	}
	if len1 == 0 || q.linked || q.sign || q.u.kind == noUnit || q.u.kind == timespan || q.u.kind == scored {
		return false
	}
	if r.run.kindAt(q.first-1) == aColon || r.ofWhole(q, b) && !r.verbal(i, q.first) {
		return false
	}
	if q.u.kind == countable {
		if r.verbal(i, q.first) || r.wordIs(q.first-1, wordCho) {
			return true
		}
		if _, n := activities.before(toks, i, q.first); n > 0 { // vận động đoàn viên hiến tặng 1.100 đơn vị máu
			return true
		}
		return !r.closes(q, b)
	}
	if q.u.kind == percent && q.end < b && toks[q.end].kind == aWord && (r.verbal(i, q.first) || !r.closes(q, b)) {
		return !movedTail.has(toks, q.end)
	}
	if q.u.kind == money && r.wordIs(q.end, wordCho) && r.verbal(i, q.first) { // hỗ trợ 500 triệu đồng cho hộ nghèo
		return true
	}
	return !r.closes(q, b)
}

// actsUnknown tells "phủ xanh 320 ha đất trống": short words that are no
// indicator, a figure of things, and what the things are.
func (r *reader) actsUnknown(q *quantity, i, b int) bool {
	toks := r.run.toks
	if q.linked || q.sign || q.has && toks[q.first].word != wordThem || q.intent || q.u.kind != countable && q.u.kind != measure && !(q.u.kind == percent && q.relation != AtMost && !several.has(toks, i)) || q.first-i > 10 || toks[i].kind != aWord {
		return false
	}
	if q.u.kind == countable && abstracts.has(toks, q.num+1) || r.ofWhole(q, b) {
		return false // dân quân 1,4% dân số
	}
	if !(r.s.list || r.s.stance == goal || r.s.intent) || indicators.has(toks, i) || describing.has(toks, i) || r.namesBody(i) || facts.has(toks, i) || q.first == i+1 && unitWords.has(toks, i) {
		return false
	}
	strong, weak := r.endings(q, b)
	if q.u.kind == countable && r.bareItem() && i == r.s.start && q.first-i > 1 && q.u.power == 0 && len(q.low.digits) < 4 && (strong || weak) && r.run.kindAt(q.first-1) == aWord {
		// an item by itself: "đặt tên 25 tuyến đường", "điều chuyển 40 giáo viên từ …"
		return !several.has(toks, i) && !divisions.has(toks, i) && !bodies.has(toks, i) && !unitWords.has(toks, i) && !r.isFact(i, q.first) && r.gapFree(i, q.first, q.depth)
	}
	return q.end < b && toks[q.end].kind == aWord && !strong && !weak && r.gapFree(r.afterPair(i, q.first), q.first, q.depth) && !r.isFact(i, q.first)
}

// afterPair steps over the first of two verbs that share their object: "thăm,
// tặng quà 1.500 gia đình".
func (r *reader) afterPair(i, first int) int {
	for k := i + 1; k <= i+2 && k < first; k++ {
		if r.run.kindAt(k) == aComma && !unitWords.has(r.run.toks, i) {
			return k + 1
		}
	}
	return i
}

// actsShortly tells ", sửa 5 nhà" behind a target: one word, a figure, what it counts.
func (r *reader) actsShortly(q *quantity, i, b int) bool {
	toks := r.run.toks
	strong, _ := r.endings(q, b)
	return strong && q.u.suffix == "" && r.s.last > 0 && (r.s.intent || r.s.stance == goal) && q.u.kind == countable && q.first == i+1 && toks[i].kind == aWord && !toks[i].capital &&
		!q.linked && !q.has && q.change == Level && r.s.total == 0 && !unitWords.has(toks, i) && !indicators.has(toks, i) && !facts.has(toks, i)
}

// wholes behind a percentage are what it is a part of, no object of a deed.
var wholes = list(`dân số; tổng; lực lượng; grdp; gdp; diện tích; doanh thu; tổng số; kế hoạch; dự toán; chỉ tiêu; cùng kỳ`)

// several begin the names of people and bodies.
var several = list(`các; những; mọi; toàn; từng; mỗi; toàn thể; tất cả`)

// eachActs tells "mỗi cơ sở Đoàn đảm nhận ít nhất 01 công trình".
func (r *reader) eachActs(q *quantity, i int) bool {
	return eachWords.has(r.run.toks, i) && q.u.kind == countable && (q.relation != "" || q.from || r.bareItem()) && !q.linked && !q.has && !q.sign && q.first-i > 2
}

// actsFor tells "phối hợp dạy nghề cho 3.600 hội viên": what is done for so many.
func (r *reader) actsFor(q *quantity, i int) bool {
	return q.u.kind == countable && !q.linked && !q.has && r.wordIs(q.first-1, wordCho) && q.first-i > 2 &&
		(r.s.list || r.s.stance == goal || r.s.intent) && !indicators.has(r.run.toks, i) && !r.isFact(i, q.first-1)
}

var wordCho = learn("cho")

// lastsOf tells "sản xuất 450 giờ chương trình": what is made is measured by how
// long it lasts.
func (r *reader) lastsOf(q *quantity, i, b int) bool {
	return !q.linked && hours.has(r.run.toks, q.num+1) && q.end < b && r.run.kindAt(q.end) == aWord && !r.closes(q, b) && activities.has(r.run.toks[:b], i) && r.verbal(i, q.first)
}

var hours = list(`giờ; phút`)

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
		if n == 0 {
			_, n = manners.at(toks, i)
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

// manners tell how something is done.
var manners = list(`chặt; chặt chẽ; nghiêm; đủ; đầy đủ; đúng; đúng tiến độ; đúng hạn; trước hạn; sớm; nhanh; kịp thời; chủ động; đồng bộ; dứt điểm xong; thành công; hiệu quả; có hiệu quả; tốt; xong; dứt điểm; đạt chuẩn; vào sử dụng; vào khai thác; vào hoạt động; vào vận hành; mới; thêm; an toàn; miễn phí; trực tiếp; đầy đủ`)

var forWords = list(`cho; tại; ở; về; được; thêm; mới; với; từ; trong; cả`)

func (r *reader) activity(n, i, b int) int {
	q := &r.run.quants[n]
	end := r.restEnd(q.end, b, q)
	c := candidate{q: q, n: n, form: active, head: i, a: i, b: end}
	restA, restB := r.trimRest(&c, q.end, end)
	rest := r.unbound(q, restA, restB)
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
	switch {
	case q.u.kind == countable:
		c.name += " " + r.counted(q, rest)
	case rest != "":
		c.name += " " + rest
	}
	r.useAll(q.num, end)
	if r.emit(&c) {
		r.s.verb, r.s.deedOf = [2]int{i, verbEnd}, r.run.wordAt(q.end)
	} else if r.wanted(q) {
		r.leave(n)
	}
	return end
}
