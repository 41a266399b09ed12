package target

// accepts decides whether the clause plays the part of a target.
func (r *reader) accepts(c *candidate) bool {
	s := &r.s
	meant := s.stance == goal || s.intent
	if s.skip {
		return false
	}
	if !meant && s.ordered && (!s.past || s.guessed) && r.bindsBy(c) {
		meant, s.past = true, false
	}
	if !meant && s.stance == neutral && c.form == naming && c.q.norm && r.binds(c.q) {
		meant, s.intent, s.past = true, true, false // tính đến hết quý III, giải ngân phải đạt tối thiểu 70%
	}
	if !meant && r.laysDown(c) {
		meant, s.intent, s.past = true, true, false
	}
	if r.tells(c, meant) {
		return false
	}
	if c.form == absent {
		return true
	}
	q := c.q
	if c.inherits {
		return q.u.kind != noUnit && q.u.kind != timespan && (q.u.kind != countable || q.change != Level)
	}
	if r.excluded(c) {
		return false
	}
	switch q.u.kind {
	case noUnit, timespan, scored, times, bareScale:
		return r.measures(c, meant)
	}
	if r.states(c, meant) {
		return false
	}
	if meant {
		return r.counts(c)
	}
	return r.plainly(c)
}

// bindsBy tells whether an order sets a target rather than an errand: "cử 02 đại
// biểu" and "gửi 03 bản" are none.
func (r *reader) bindsBy(c *candidate) bool {
	return c.form == absent || !errands.has(r.run.toks, c.head)
}

// errands are done once and reported, not reached.
var errands = list(`cử; gửi; nộp; bố trí; chuẩn bị; lập; chọn; lựa chọn; mời; giới thiệu; phân công; tham gia; viết; đăng ký; trình; tổng hợp; in; phát; cấp phát; bàn giao; nhận; tặng; trao; chi; đề xuất; đề cử; bầu`)

// laysDown tells whether a clause of which nothing else says so is meant by its
// bound: results are not told with "tối thiểu", "không quá", "từ … trở lên", nor
// with "không để xảy ra". A year before it was then no year gone by.
func (r *reader) laysDown(c *candidate) bool {
	s := &r.s
	if s.stance != neutral || s.past && !s.guessed {
		return false
	}
	if c.form == absent {
		return s.guessed && strictNones.has(r.run.toks, c.a)
	}
	return c.q.norm && (s.guessed || c.dated)
}

// musts before a bound say that it shall hold.
var musts = list(`phải; cần; phải đạt; cần đạt; cần phải đạt; phải bảo đảm; phải đảm bảo; phải duy trì; phải giữ; phải có`)

// binds tells whether "phải" or the like stands before the figure.
func (r *reader) binds(q *quantity) bool {
	_, n := musts.before(r.run.toks, r.s.start, q.first)
	return n > 0 || musts.has(r.run.toks, q.first)
}

// tells tells whether the clause speaks of what was reached or of a rule.
func (r *reader) tells(c *candidate, meant bool) bool {
	s, q := &r.s, c.q
	// "ước đạt 42.000 tỷ đồng vào năm 2025" looks ahead
	expected := c.ahead && s.list && q != nil && q.estimate
	if !s.intent && (s.past && !expected || s.stance == rule || s.stance == past) {
		return true
	}
	switch {
	case q == nil:
		return false
	case q.got && !q.intent && !s.intent && !(q.gained && s.list && (meant || s.last > 0)), q.estimate && !meant && !expected:
		return true
	case !meant && r.wordIs(q.first-1, wordThang) && r.run.kindAt(q.first-2) == aNumber && !r.wordIs(q.first-3, wordSau): // thu ngân sách 11 tháng bằng …
		return true
	case c.dated && !meant:
		return (r.docYear == 0 || c.by < r.docYear) && !r.current(c.by) && !r.bareItem()
	}
	return c.dated && s.stance == goal && s.scopeBy > 0 && c.by < s.scopeBy && !s.intent
}

// excluded tells whether the head of the clause is nothing that targets are
// set for: page furniture, pay, procedure, a word that names nothing.
func (r *reader) excluded(c *candidate) bool {
	toks, head, q := r.run.toks, c.head, c.q
	if furniture.has(toks, head) && !(q.linked && (r.s.list || r.s.strong || r.s.stance == goal)) || paid.has(toks, head) && q.change == Level && c.change == Level || c.form == naming && procedural.has(toks, head) && !r.s.strong && !(q.linked && r.s.list) {
		return true
	}
	if c.form != leading {
		if at, _ := paid.in(toks, head, min(head+4, q.first)); at >= 0 {
			return true
		}
	}
	if q.u.kind == percent && votes.has(toks, q.end) {
		return true
	}
	if !r.s.list && !r.s.strong && honourHeads.has(toks, head) {
		return true // danh hiệu Lao động tiên tiến không quá 80% …
	}
	if r.allows(c) {
		return true
	}
	return c.form == naming && vague.has(toks, head) && r.vague(c)
}

// allows tells "mỗi cá nhân được đề nghị không quá 02 danh hiệu", "mỗi tác giả
// được gửi tối đa 3 tác phẩm": how much each may have at most is a rule.
func (r *reader) allows(c *candidate) bool {
	s, q := &r.s, c.q
	if q.relation != AtMost || s.list || s.intent || q.intent || !eachWords.has(r.run.toks, c.head) {
		return false
	}
	at, _ := allowing.in(r.run.toks, c.head, q.num)
	return at >= 0
}

// allowing is what is said of those who may or must.
var allowing = list(`được; bị; chỉ; chỉ được; không được`)

// honourHeads: who may have them and how many is a rule of rewarding.
var honourHeads = list(`danh hiệu; bằng khen; giấy khen; cờ thi đua; huân chương; kỷ niệm chương`)

// votes behind a percentage make it a rule of voting: "từ 80% số phiếu đồng ý trở lên".
var votes = list(`số phiếu; phiếu; tổng số phiếu; phiếu đồng ý; số thành viên tham gia; số đại biểu dự họp`)

// measures judges figures that are no money, no percentage and count nothing.
func (r *reader) measures(c *candidate, meant bool) bool {
	toks, head, q := r.run.toks, c.head, c.q
	colon := r.run.kindAt(q.first-1) == aColon
	if c.form != naming {
		return (q.u.kind == times || q.u.kind == scored && c.form == leading) && q.change != Level || c.form == active && q.u.kind == timespan && (meant || r.s.list)
	}
	switch q.u.kind {
	case noUnit:
		return (q.linked || q.relation != "" && q.low.scale > 0 || q.low.scale > 0 && r.s.list || (colon || q.relation != "") && r.impliedUnit(head) != "") && plainHeads.has(toks, head) && (q.sign || meant || r.s.list && factors.has(toks, head) || r.impliedUnit(head) != "" || scoreHeads.has(toks, head))
	case timespan:
		at, _ := timeNames.in(toks, head, q.first)
		return at >= 0 || q.relation != "" && q.relation != Range && q.first-head > 2 && (meant || r.s.list)
	case scored:
		if activities.has(toks, head) && !colon && (meant || r.s.list) { // quan trắc môi trường 24 điểm
			return true
		}
		if colon && !indexHeads.has(toks, head) {
			return false // Mức độ hoàn thành: 40 điểm
		}
		return (scoreHeads.has(toks, head) || meant && sumHeads.has(toks, head)) && (q.linked || q.norm || meant)
	case times:
		return q.change != Level || (meant || r.s.list || r.isSingle() && factors.has(toks, head)) && indicators.has(toks, head) || q.relation != "" && (meant || r.s.list) || q.norm && q.relation == AtLeast && eachWords.has(toks, head)
	}
	return (meant || r.s.list) && (indicators.has(toks, head) || r.s.list && (q.linked || colon))
}

// states tells whether the clause states a fact, an honour or a rule rather
// than a target.
func (r *reader) states(c *candidate, meant bool) bool {
	toks, head, q, s := r.run.toks, c.head, c.q, &r.s
	if q.u.kind == countable && abstracts.has(toks, q.num+1) && !q.fraction && q.relation == "" && !(s.intent && q.has) {
		if c.form == leading || c.form == subject || c.form == active && r.introduces(c) {
			return true
		}
	}
	if q.u.kind == countable && q.has && !s.strong && attendees.has(toks, q.num+1) {
		if !s.list {
			s.past, s.intent = true, false
		}
		return true // dự kiến có 120 đại biểu, gồm …
	}
	if c.form == leading {
		for k := q.end; k < c.b; k++ {
			if r.wordIs(k, wordThen) { // trên 7% thì cứ thêm …; từ 70% cá nhân … thì được xét tặng
				return true
			}
		}
		if !meant && !s.list && s.last == 0 {
			if first := r.firstQuantity(s.start, q.first); first >= 0 && r.run.quants[first].has {
				return true // Đội ngũ có 214 người, 92% có trình độ đại học
			}
		}
		if q.u.kind == percent || meant || q.has && r.bareItem() {
			return false
		}
		at, _ := honours.in(toks, q.end, min(q.end+6, c.b))
		return at >= 0
	}
	switch {
	case r.isFact(head, q.first):
		s.past = s.past || !meant && !s.list // what follows a fact in a sentence of prose is told too
		return true
	case c.form == naming && q.u.kind == money && !q.linked && (eachWords.has(toks, head) && !(q.norm && r.measured(head, q.first)) || r.isWorth(q)): // mỗi suất 1 triệu đồng; …, trị giá 600 triệu đồng
		return true
	case !s.list && !meant && !s.ahead && s.last == 0 && q.change == Level && c.change == Level && areas.has(toks, head) && !(c.dated && r.current(c.by)) && !q.norm && !attains.has(toks, q.first) && !keepers.has(toks, c.a) && !movers.has(toks, head-1) && !r.wordIs(head-1, wordStable): // Diện tích của vườn quốc gia là 15.048 ha
		return true
	case q.has && !q.linked && !meant && r.namesBody(head):
		s.past = true // "Xã A có 9 thôn": the sentence tells what is
		return true
	}
	return false
}

// attains are verbs by which even the size of a place is a target.
var (
	attains    = list(`đạt; phải đạt; cần đạt; ở mức; giữ; duy trì`)
	wordStable = learn("định") // giữ ổn định diện tích …
)

var attendees = list(`đại biểu; khách mời; khách; thí sinh; đoàn khách; người dự`)

// measured tells whether an indicator stands in toks[a:b]: "mỗi hợp tác xã doanh
// thu tối thiểu 2 tỷ đồng" is no price.
func (r *reader) measured(a, b int) bool {
	at, _ := indicators.in(r.run.toks, a, b)
	return at >= 0
}

// isWorth tells whether a figure says what a thing costs.
func (r *reader) isWorth(q *quantity) bool {
	_, n := worthWords.before(r.run.toks, 0, q.first)
	return n > 0
}

var worthWords = list(`trị giá; với trị giá; tổng trị giá; mỗi suất; mỗi căn`)

// counts judges a clause that is meant: only a count without a verb needs more.
func (r *reader) counts(c *candidate) bool {
	toks, head, q := r.run.toks, c.head, c.q
	if c.form != naming || q.u.kind != countable || q.linked || q.sign || q.relation != "" || q.change != Level || c.change != Level {
		return true
	}
	if indicators.has(toks, head) || activities.has(toks, head) || r.run.kindAt(q.first-1) == aColon || r.s.total > 0 && r.s.joined || r.s.counted && r.run.kindAt(head-1) == aComma && r.closes(q, c.b) {
		return true
	}
	return r.closes(q, c.b) && r.s.stance == goal && (r.s.list || head == r.s.spot && !divisions.has(toks, head) && !r.namesBody(head))
}

// plainly judges a clause of which nothing says that it is meant: its own form
// must.
func (r *reader) plainly(c *candidate) bool {
	toks, head, q, s := r.run.toks, c.head, c.q, &r.s
	// an item of a list, or a text of one clause, means what it says
	plain := s.list || r.isSingle()
	switch c.form {
	case leading:
		if q.change != Level {
			return true
		}
		if q.u.kind == percent {
			return !q.share
		}
		return (q.relation != "" || q.fraction && s.list || s.ahead || s.last > 0 || r.bareItem() && (q.linked || q.has) || r.isSingle() && (q.linked && !q.has || r.adds(q))) && (q.u.kind == countable || q.u.kind == measure) && plain
	case subject:
		return (q.relation != "" || r.bareItem() || s.last > 0) && eachWords.has(toks, head) && plain
	case active:
		return head <= s.start+4 || s.last > 0 || plain || head <= s.spot+2
	}
	switch {
	case q.change == Level && describing.has(toks, head) && !r.bareItem():
		return false
	case s.total > 0 && (s.joined || r.sameMeasure(q)):
		return true
	case q.change != Level || c.change != Level:
		if !strongIndicators.has(toks, head) && !r.gapFree(head, q.first, q.depth) && !(r.bareItem() && r.run.kindAt(q.first-1) == aColon) && !(s.last > 0 && head <= s.spot+1) {
			return false
		}
		return indicators.has(toks, head) || q.u.kind == percent && q.first-head <= 12
	case q.share && !shareHeads.has(toks, head) && !s.list && !q.norm && !s.ahead && !r.gradedBefore(head, q.first):
		return false
	}
	colon := r.run.kindAt(q.first-1) == aColon
	if q.u.kind == percent {
		return q.linked || q.relation != "" || indicators.has(toks, head) || colon || plain && (r.closes(q, c.b) || r.ofWhole(q, c.b))
	}
	if !q.linked && !q.sign && !plain && s.last == 0 && !colon && q.relation == "" {
		return false
	}
	if indicators.has(toks, head) || activities.has(toks, head) && (head <= s.start+4 || r.run.kindAt(head-1) == aComma && exhortations.has(toks, s.start)) && plain {
		return true
	}
	if colon && r.bareItem() && (q.u.kind == countable || q.u.kind == money) && r.closes(q, c.b) && !divisions.has(toks, head) {
		return true // Đảng viên mới: 85 đồng chí
	}
	if r.bareItem() && q.u.kind == countable && (q.u.power > 0 || len(q.low.digits) > 3) && r.closes(q, c.b) && !divisions.has(toks, head) && !r.namesBody(head) {
		return true // Trứng gia cầm 85 triệu quả
	}
	if s.list && (q.u.kind == money || q.u.kind == measure) && r.closes(q, c.b) && !r.namesBody(head) {
		return true // Hàng hóa qua cảng 48,5 triệu tấn
	}
	return (plain || s.last > 0) && (q.linked || q.sign || q.norm || s.last > 0) && r.closes(q, c.b) && !r.namesBody(head)
}

// gradedBefore tells "học sinh xếp mức Đạt trở lên chiếm 97%".
func (r *reader) gradedBefore(a, b int) bool {
	_, n := bounds.before(r.run.toks, a, b)
	return n > 0
}

// adds tells "có thêm 06 sản phẩm …".
func (r *reader) adds(q *quantity) bool {
	return q.has && !q.got && q.num-1 >= q.first && r.wordIs(q.num-1, wordThem)
}

var (
	wordThen = learn("thì")
	wordSau  = learn("sau")
)

// divisions are counted out, not reached: "Tổ 1: 12 hộ", "Thành phần: 45 đại biểu".
var divisions = newPhrases().but(`ngày công; tổ chức`).with(1, `khối; cụm; tổ; nhóm; đợt; lần; ngày; thành phần; số lượng; đối tượng; bảng; vòng; buổi sáng; buổi chiều; phần; giải nhất; giải nhì; giải ba; giải khuyến khích; giải; huyện; xã; phường; thôn; tỉnh; khu vực; sở; phòng; ban; trường; chi bộ số; hạng; mức; loại; cờ thi đua; bằng khen; giấy khen; cơ cấu; kinh phí; quy mô hội nghị; thời lượng; lớp; khóa; địa điểm; tổng cộng; cộng; biên chế; nhân sự; hồ sơ; bản chính; bản sao; tài liệu; tiêu chuẩn; điều kiện`)

var eachWords = list(`mỗi; bình quân mỗi; trung bình mỗi; từng; hằng năm mỗi; mỗi một`)

var (
	timeNames  = list(`thời gian; thời hạn; tuổi thọ; số ngày; số giờ; số năm; thời lượng; số ngày điều trị; ngày điều trị; ngày nằm viện; ngày công; giờ bay; giờ chạy máy; tuổi thọ trung bình; tuổi nghề`)
	scoreHeads = list(`chỉ số; điểm; mức độ; điểm số; xếp hạng; kết quả chỉ số; thứ hạng; hệ số; par index; sipas; pci; papi; dti`)
	sumHeads   = list(`tổng điểm; tổng số điểm`)
	factors    = list(`hệ số; tỷ số; chỉ số`)
	indexHeads = list(`chỉ số; kết quả chỉ số; par index; sipas; pci; papi; dti`)
	// areas outside a list tell how large a place is.
	areas = list(`tổng mức đầu tư; mức đầu tư; diện tích; dân số; chiều dài; độ cao`)
	// describing heads tell what a place is like.
	describing = list(`diện tích tự nhiên; dân số; quy mô dân số; tổng diện tích tự nhiên; tổng dân số; vốn điều lệ; lãi suất; vốn pháp định; giá trị hợp đồng; giá gói thầu; giá trúng thầu; gói thầu; khoảng cách; cự ly; quãng đường; mực nước; dung tích; lượng mưa; nhiệt độ; độ ẩm; vận tốc; số báo; trọng lượng; tuổi đời; công suất thiết kế; tổng công suất`)
	shareHeads = list(`tỷ trọng; tỷ lệ; cơ cấu`)
)

// procedural begin clauses that tell how a plan is carried out.
var procedural = list(`thời gian thực hiện; thời gian thi đua; thời gian tổ chức; thời gian triển khai; kinh phí; kinh phí thực hiện; tổng kinh phí; nguồn kinh phí; mức kinh phí; thời gian nghỉ phép; thời gian nghỉ; thời giờ làm việc; thời gian thử việc; thời gian học; thời gian thi; thời gian làm bài; thời gian làm việc; thời gian họp; thời gian nộp; thời hạn nộp; thời hạn báo cáo; thời hạn gửi`)

// vague are heads that name nothing by themselves.
var vague = list(`số lượng; tổng số; số; mức; tỷ lệ; chỉ tiêu; thời gian; giá trị; quy mô; công suất`)

func (r *reader) vague(c *candidate) bool {
	_, n := vague.at(r.run.toks, c.head)
	return c.name == r.run.slice(c.head, c.head+n)
}

// introduces tells whether a colon follows the clause: "thực hiện 5 nội dung: …".
func (r *reader) introduces(c *candidate) bool {
	for k := c.q.end; k < min(c.b+6, len(r.run.toks)); k++ {
		if r.run.toks[k].kind == aColon {
			return true
		}
	}
	return false
}

// namesBody tells whether a clause begins with a body of the state or a firm:
// what it did is told, not pledged.
func (r *reader) namesBody(head int) bool {
	toks := r.run.toks
	_, n := bodies.at(toks, head)
	if n == 0 || !toks[head].capital {
		return false
	}
	for k := head + n; k < min(head+n+4, len(toks)) && toks[k].kind == aWord; k++ {
		if toks[k].capital { // "Đoàn thể thao của tỉnh" names none
			return true
		}
	}
	return false
}

// isSingle tells whether the paragraph is one short clause.
func (r *reader) isSingle() bool { return r.seen <= 2 && len(r.run.toks) < 80 && r.s.start == 0 }
