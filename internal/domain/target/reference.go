package target

import "strings"

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

// numbers tells whether a number is that of an item in a list that runs on in one
// line: "Chỉ tiêu: 1. Thu ngân sách …", "…; 2) Giải ngân …".
func (r *run) numbers(i int) bool {
	switch r.kindAt(i - 1) {
	case aColon:
		if r.kindAt(i+1) != aClose && r.number(i) != "1" { // Số xã: 12. Các xã …
			return false
		}
	case aSemicolon, aStop, aComma:
	default:
		return false
	}
	switch r.kindAt(i + 1) {
	case aClose, aStop, aMark:
		return i+1 < len(r.toks) && r.toks[i+1].glued && len(r.number(i)) < 3 && r.kindAt(i+2) == aWord && r.toks[i+1].depth == r.toks[i].depth
	}
	return false
}

// refers tells whether the number names something rather than measures it.
func (r *run) refers(q *quantity) bool {
	i := q.num
	unitless := q.u.kind == noUnit
	if r.wordAt(i-1) == wordCa && q.u.kind == countable { // cả 3 tiêu chí
		return true
	}
	if unitless && r.numbers(i) {
		return true
	}
	if y := r.year(i); y > 0 && !q.ranged {
		if unitless || r.wordAt(i-1) == wordNam {
			return true
		}
	}
	if q.u.kind == countable && places.has(r.toks, i+1) { // Ủy ban nhân dân 17 xã
		if _, n := bodiesOf.before(r.toks, 0, i); n > 0 {
			return true
		}
	}
	if r.wordAt(i-1) == wordNhom && q.u.kind == countable && inWords.has(r.toks, i-2) { // trong nhóm 30 tỉnh dẫn đầu
		return true
	}
	if _, n := ordinals.before(r.toks, 0, i); n > 0 && isCodeNumber(r.number(i)) {
		// no article is "đê điều 14 km", no page "chỉnh trang 18 tuyến phố"
		if _, k := activities.before(r.toks, 0, i); k <= n && !(q.u.kind == percent || q.u.kind == money) {
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
			if _, k := activities.before(r.toks, 0, i); k > n { // xếp hạng 04 di tích
				return false
			}
			return isCodeNumber(r.number(i)) && r.wordAt(i-n-1) != wordCac // các loại 24.000 ha
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

var (
	wordNhom = learn("nhóm")
	inWords  = list(`trong; thuộc; vào`)
)

// bodiesOf before a number of places names the bodies of all of them.
var (
	bodiesOf = newPhrases().cross(1, `ủy ban nhân dân; ubnd; hội đồng nhân dân; hđnd; ủy ban mặt trận tổ quốc; mặt trận tổ quốc; hội liên hiệp phụ nữ; hội phụ nữ; hội nông dân; hội cựu chiến binh; đoàn thanh niên; đảng ủy; công an; ban chỉ huy quân sự; trạm y tế; trung tâm; lãnh đạo; đại diện; chủ tịch; bí thư; chính quyền; cấp ủy; phối hợp với; của`, `?các; cả`)
	places   = list(`xã; phường; thị trấn; huyện; tỉnh; quận; thôn; bản; ấp; khu phố; tổ dân phố; thị xã; thành phố; địa phương; khóm`)
)

// isCodeNumber tells a number that names something: short, without marks.
func isCodeNumber(s string) bool { return len(s) <= 3 && digitsOnly(s) }

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
	if _, n := activities.before(r.toks, floor, i-1); r.toks[i-1].word == wordTren && (n > 0 || r.wordAt(i-2) == wordCho) {
		return false // giải quyết việc làm cho trên 1 vạn lao động
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
