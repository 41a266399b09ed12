package target

// What shows that a sentence of prose lays down a rule rather than a target: it
// cites an article, gives or takes points, fines, or says who is honoured for what.

// laysRule tells whether a sentence is a rule. A strong verb of intent makes a
// target of it all the same.
func (r *reader) laysRule(a, b int) bool {
	toks := r.run.toks[:b]
	rule := false
	for i := a; i < b; i++ {
		w := toks[i].word
		if w == 0 {
			continue
		}
		if strongIntents.has(toks, i) && !r.wordIs(i-1, wordCopy) { // "bản cam kết" is a paper
			return false
		}
		if rule {
			continue
		}
		switch {
		case articles.has(toks, i):
			rule = r.citesArticle(i, b)
		case w == wordPoint:
			rule = r.givesPoints(a, i) || r.scores(a, i)
		case w == wordCopy || w == wordSet:
			rule = r.countsCopies(a, i)
		default:
			rule = verdicts.has(toks, i)
		}
	}
	return rule
}

// citesArticle tells "Điều 9", "khoản 2 Điều 12", "điểm b khoản 1" from the
// article of a thing: "khoản chi", "điều kiện".
func (r *reader) citesArticle(i, b int) bool {
	if i+1 >= b || r.run.kindAt(i+1) != aNumber || !isCodeNumber(r.run.number(i+1)) {
		return false
	}
	// "Điều 5" opens an article of the paper itself and is no citation there
	return i > r.s.start+1 || r.wordIs(i-1, wordTheo)
}

// givesPoints tells "trừ 02 điểm", "chấm tối đa 10 điểm", "được cộng 5 điểm".
func (r *reader) givesPoints(a, at int) bool {
	if at == a || r.run.kindAt(at-1) != aNumber {
		return false
	}
	for k := at - 2; k >= a && k > at-6; k-- {
		if pointVerbs.has(r.run.toks, k) {
			return true
		}
		if r.run.kindAt(k) != aWord && r.run.kindAt(k) != aDash {
			return false
		}
	}
	return false
}

// scores tells "đạt từ 95% kế hoạch trở lên: 10 điểm" and "(tối đa 10 điểm)": what is
// reached is worth so many points.
func (r *reader) scores(a, at int) bool {
	toks := r.run.toks
	if at-a < 3 || toks[at-1].kind != aNumber {
		return false
	}
	k := at - 2
	if toks[k].kind == aDash || toks[k].word == wordDen { // 7 - 10 điểm
		k -= 2
	}
	m, n := atMost.before(toks, a, k+1)
	k -= n
	if k <= a {
		return false
	}
	q := r.firstQuantity(a, k)
	ofShare := q >= 0 && r.run.quants[q].u.kind == percent
	switch {
	case toks[k].kind == anOpen && r.run.kindAt(at+1) == aClose:
		return m == awarded || n > 0 && !scoreHeads.has(toks, a) || ofShare || r.run.kindAt(at+2) == aColon // (tối đa 10 điểm); đạt 95% (10 điểm)
	case toks[k].kind == aColon || toks[k].word == wordThen || toks[k].kind == aDash || m == awarded:
		return ofShare
	}
	return false
}

const awarded = 2

var atMost = newPhrases().with(1, `tối đa; tối đa là; không quá`).with(awarded, `được; được tối đa; được tính; tính; cho; chấm; được chấm; được cộng; đạt tối đa; trừ; bị trừ`)

// countsCopies tells "lập thành 04 bản", "mỗi bên giữ 01 bản", "gửi về Sở 02 bộ":
// the last line of a covenant says how many copies there are and who keeps them.
func (r *reader) countsCopies(a, at int) bool {
	toks := r.run.toks
	if at == a || r.run.kindAt(at-1) != aNumber || r.run.kindAt(at+1) == aWord && !ofCopies.has(toks, at+1) {
		return false
	}
	kept, _ := keeping.in(toks, a, at-1)
	return kept >= 0
}

var (
	wordTheo = learn("theo")
	wordCopy = learn("bản")
	wordSet  = learn("bộ")

	keeping  = list(`lập thành; làm thành; ký thành; in thành; viết thành; lập; ký; đóng dấu; giữ; lưu; gửi; nộp`).but(`giữ vững; giữ gìn; lưu trữ; thành lập; độc lập; công lập; lập trình; tiền gửi`)
	ofCopies = list(`có giá trị; có nội dung; chính; gốc; sao; bản chính; bản gốc; bản sao; giống nhau; như nhau; tiếng Việt; giấy; mỗi; để; và; do; tại; kèm`)

	articles   = list(`điều; khoản`)
	pointVerbs = list(`chấm; trừ; cộng; tính; cho; được cộng; bị trừ; thưởng`)

	// verdicts say what is done to whom a rule speaks of.
	verdicts = newPhrases().
			cross(1, `bị`, `phạt; phạt tiền; trừ; trừ điểm; hạ bậc; cắt; tước`).
			cross(1, `được; không được; sẽ được`, `xét; xét tặng; xét khen thưởng; xét đề nghị; xét công nhận; cộng điểm; đề nghị xét; đề nghị tặng; đề nghị khen thưởng; hỗ trợ một lần; hưởng mức; hưởng lương; tính điểm; bình xét; cộng thêm`).
			cross(1, `được; mới được; chỉ được; coi là; được coi là; hợp lệ; mới hợp lệ`, `?xét; công nhận; tặng; bầu; xét tặng; đề nghị; hợp lệ`, `khi; nếu`).
			cross(1, `được; được phép; chỉ được`, `trích; trích lập; chi trả tối đa; chi tối đa; chi không quá; áp dụng mức`).
			cross(1, `tặng; trao tặng; truy tặng; tặng thưởng`, `giấy khen; bằng khen; cờ; cờ thi đua; danh hiệu; huân chương; huy chương; kỷ niệm chương; huy hiệu`).
			cross(1, `luật; bộ luật; nghị định; thông tư; pháp lệnh; quy chế; điều lệ; nội quy; thể lệ`, `?này`, `yêu cầu; quy định; cho phép; nghiêm cấm; nêu rõ; nêu`).
			cross(1, `không; chưa`, `xét; xét thi đua; xét tặng; xét khen thưởng; đề nghị; công nhận; bình xét; khen thưởng`).
			cross(1, `là`, `hộ; doanh nghiệp; xã; người; đơn vị; cơ sở; tổ chức; công trình; dự án; trường hợp; hợp tác xã; trang trại; trường; lao động; trẻ em`, `?mà; đang; được; bị`, `có; đạt; không có; sử dụng; thuộc`).
			cross(1, `theo`, `thông tư; nghị định; luật; bộ luật; pháp lệnh; quy định tại; quy chế; điều lệ`).
			with(1, `không chấm điểm; chấm điểm; cách tính; mức phạt; phạt tiền; xét tặng; xét khen thưởng; điều kiện dự thi; tiêu chuẩn xét`)
)
