package target

// accepts decides whether the clause plays the part of a target.
func (r *reader) accepts(c *candidate) bool {
	s := &r.s
	if s.skip {
		return false
	}
	meant := s.stance == goal || s.intent
	// "ước đạt 42.000 tỷ đồng vào năm 2025" looks ahead
	expected := c.ahead && s.list && c.q != nil && c.q.estimate
	if s.past && !s.intent && !expected || s.stance == rule && !s.intent || s.stance == past && !s.intent {
		return false
	}
	if c.form == absent {
		return true
	}
	q := c.q
	if q.got && !q.intent && !s.intent || q.estimate && !meant && !expected {
		return false
	}
	toks := r.run.toks
	if c.dated && !meant {
		if r.docYear == 0 || c.by < r.docYear {
			return false
		}
	}
	if c.dated && s.stance == goal && s.scopeBy > 0 && c.by < s.scopeBy && !s.intent {
		return false
	}
	if c.inherits {
		return q.u.kind != noUnit && q.u.kind != timespan && (q.u.kind != countable || q.change != Level)
	}
	head := c.head
	if furniture.has(toks, head) || paid.has(toks, head) {
		return false
	}
	if c.form != leading {
		if at, _ := paid.in(toks, head, min(head+4, q.first)); at >= 0 {
			return false
		}
	}
	switch q.u.kind {
	case noUnit:
		return q.linked && c.form == naming && plainHeads.has(toks, head) && (q.sign || meant || r.impliedUnit(head) != "" || scoreHeads.has(toks, head))
	case timespan:
		if c.form != naming || procedural.has(toks, head) {
			return false
		}
		at, _ := timeNames.in(toks, head, q.first)
		return at >= 0
	case scored:
		if r.run.kindAt(q.first-1) == aColon && !indexHeads.has(toks, head) {
			return false // Mức độ hoàn thành: 40 điểm
		}
		return c.form == naming && scoreHeads.has(toks, head) && (q.linked || meant)
	case times:
		return q.change != Level || c.form == naming && (meant && indicators.has(toks, head) || q.relation != "" && (meant || s.list))
	case bareScale:
		return c.form == naming && (meant || s.list) && (indicators.has(toks, head) || s.list && (q.linked || r.run.kindAt(q.first-1) == aColon))
	}
	if (c.form == leading || c.form == subject || c.form == active && r.introduces(c)) && q.u.kind == countable && !q.fraction && !(s.intent && q.has) && abstracts.has(toks, q.num+1) {
		return false
	}
	if c.form == leading && (r.wordIs(q.end, wordThen)) { // trên 7% thì cứ thêm …
		return false
	}
	if c.form == leading && q.u.kind != percent && !meant {
		if at, _ := honours.in(toks, q.end, min(q.end+6, c.b)); at >= 0 {
			return false
		}
	}
	if c.form != leading && r.isFact(head, q.first) {
		s.past = s.past || !meant && !s.list // what follows a fact in a sentence of prose is told too
		return false
	}
	if c.form == naming && q.u.kind == money && eachWords.has(toks, head) && !q.linked { // mỗi suất 1 triệu đồng
		return false
	}
	if c.form != leading && q.has && !q.linked && !meant && r.namesBody(head) {
		s.past = true // "Xã A có 9 thôn": the sentence tells what is
		return false
	}
	if procedural.has(toks, head) && !r.s.intent {
		return false
	}
	if c.form == naming && !c.inherits && vague.has(toks, head) && r.vague(c) {
		return false
	}
	if meant {
		if c.form == naming && q.u.kind == countable && !q.linked && !q.sign && !indicators.has(toks, head) && !activities.has(toks, head) && q.relation == "" && r.run.kindAt(q.first-1) != aColon && q.change == Level && c.change == Level {
			return r.closes(q, c.b) && s.stance == goal && s.list
		}
		return true
	}
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
		return (q.relation != "" || q.fraction && s.list || s.ahead || s.last > 0) && (q.u.kind == countable || q.u.kind == measure) && plain
	case subject:
		return q.relation != "" && eachWords.has(toks, head) && plain
	case active:
		return head <= r.s.start+4 || s.last > 0 || plain || head <= r.s.spot+2
	case naming:
		if q.change == Level && describing.has(toks, head) {
			return false
		}
		if s.total > 0 && q.u.kind != noUnit && (s.joined || r.sameMeasure(q)) {
			return true
		}
		if q.change != Level || c.change != Level {
			if !strongIndicators.has(toks, head) && !r.gapFree(head, q.first, q.depth) && !(s.last > 0 && head <= s.spot+1) {
				return false
			}
			return indicators.has(toks, head) || q.u.kind == percent && q.first-head <= 12
		}
		if q.share && !shareHeads.has(toks, head) && !s.list {
			return false
		}
		if !q.linked && !q.sign && q.u.kind != percent && !plain && s.last == 0 && r.run.kindAt(q.first-1) != aColon && q.relation == "" {
			return false
		}
		if q.u.kind == percent {
			return q.linked || q.relation != "" || indicators.has(toks, head) || r.run.kindAt(q.first-1) == aColon || plain && r.closes(q, c.b)
		}
		if activities.has(toks, head) && head <= r.s.start+4 && plain {
			return true
		}
		return indicators.has(toks, head) || (plain || s.last > 0) && (q.linked || q.sign || s.last > 0) && r.closes(q, c.b) && !r.namesBody(head)
	}
	return false
}

var (
	wordThen = learn("thì")
)

var eachWords = list(`mỗi; từng; hằng năm mỗi; mỗi một`)

var (
	timeNames  = list(`thời gian; thời hạn; tuổi thọ; số ngày; số giờ; số năm; thời lượng; số ngày điều trị`)
	scoreHeads = list(`chỉ số; điểm; mức độ; điểm số; xếp hạng; kết quả chỉ số; thứ hạng; hệ số; par index; sipas; pci; papi; dti; tổng điểm`)
	indexHeads = list(`chỉ số; kết quả chỉ số; par index; sipas; pci; papi; dti`)
	// describing heads tell what a place is like.
	describing = list(`diện tích tự nhiên; dân số; quy mô dân số; tổng diện tích tự nhiên; tổng dân số; vốn điều lệ`)
	shareHeads = list(`tỷ trọng; tỷ lệ; cơ cấu`)
)

// procedural begin clauses that tell how a plan is carried out.
var procedural = list(`thời gian thực hiện; thời gian thi đua; thời gian tổ chức; thời gian triển khai; kinh phí; kinh phí thực hiện; tổng kinh phí; nguồn kinh phí; mức kinh phí; thời gian làm việc; thời gian họp; thời gian nộp; thời hạn nộp; thời hạn báo cáo; thời hạn gửi`)

// vague are heads that name nothing by themselves.
var vague = list(`số lượng; tổng số; số; mức; tỷ lệ; chỉ tiêu; thời gian; giá trị; quy mô`)

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
