package target

import (
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// form is how a clause is built.
type form uint8

const (
	leading form = iota // the figure leads
	active              // a verb, its figure, its object
	naming              // the name, then the figure
	subject             // somebody has so many
	absent              // không có …
)

// candidate is a clause that may be a target.
type candidate struct {
	q         *quantity
	n         int
	form      form
	head      int // token at which the name begins
	a, b      int // the clause
	name      string
	inherits  bool // the name of the clause before it
	base      Base
	by        int
	dated     bool // the name says a year: tổng thu năm 2022
	change    Change
	direction Direction
	level     bool // "tăng trưởng 8%": the word is the name
	tabled    bool // read from a table of targets
}

// emit judges a candidate and keeps it if it is a target.
func (r *reader) emit(c *candidate) bool {
	if c.name == "" || len(c.name) > 2000 {
		return false
	}
	if r.rows != nil {
		return r.row(c)
	}
	if !c.tabled && !r.accepts(c) {
		return false
	}
	t := Target{Name: c.name, Relation: None}
	if q := c.q; q != nil {
		t.Relation = q.relation
		if t.Relation == "" {
			t.Relation = Equal
		}
		t.Low, t.High = q.low.String(), q.high.String()
		if t.Relation != Range && !q.ranged {
			t.High = t.Low
		}
		t.Unit, t.Approx = q.u.text, q.approx
		if t.Unit == "" && !c.tabled {
			t.Unit = r.impliedUnit(c.head)
		}
		t.Change = q.change
		if c.change != Level {
			t.Change = c.change
		}
		if c.level {
			t.Change = Level
		}
		v := Normalise(t.Low, t.Unit)
		t.Value = &v
		if t.Relation == Equal && t.Change == Level && t.Low == "0" {
			t.Direction = Lower
		}
	}
	t.By = c.by
	if t.By == 0 {
		t.By = r.s.by
	}
	if t.By == 0 {
		t.By = r.s.scopeBy
	}
	if t.By == 0 {
		t.By = r.paraBy
	}
	if c.q != nil && c.q.share && c.base.Kind == "" {
		c.base.Kind = BaseShare
	}
	if c.base.Kind != "" {
		base := c.base
		if base.Kind == BaseYear && base.Year == 0 && t.By > 0 {
			base.Year = t.By - 1
		}
		t.Base = &base
	}
	t.Direction = direction(&t, c)
	if c.tabled {
		t.Source = Source{Line: r.p.line, Text: oneLine(r.p.text)}
	} else {
		t.Source = r.sourceOf(c)
	}
	t.ID = "t" + strconv.Itoa(len(r.out.Targets)+1)
	r.partOf(&t)
	r.out.Targets = append(r.out.Targets, t)
	if len(r.out.Targets) >= maxTargets {
		r.full = true
		r.warn(UnreadFigure, t.Source.Line, "Văn bản có quá nhiều chỉ tiêu; chỉ đọc {.count} chỉ tiêu đầu. Hãy chia văn bản thành nhiều phần.", "count", maxTargets)
	}
	if t.PartOf == "" && !c.inherits {
		r.s.total = 0
	}
	r.s.last = len(r.out.Targets)
	r.s.name = t.Name
	return true
}

func (r *reader) sourceOf(c *candidate) Source {
	at := r.run.toks[min(c.a, len(r.run.toks)-1)].start
	return Source{Line: r.p.lineAt(int(at)), Text: r.clauseText(c)}
}

// clauseText is the clause as the text has it.
func (r *reader) clauseText(c *candidate) string {
	a := c.a
	if c.q != nil && c.q.first < a {
		a = c.q.first
	}
	if s := r.name(a, c.b); s != "" {
		return s
	}
	return c.name
}

// impliedUnit takes the unit of a bare figure from its name: Số vụ … ≤ 1.
func (r *reader) impliedUnit(head int) string {
	toks := r.run.toks
	_, n := countHeads.at(toks, head)
	if n == 0 {
		return ""
	}
	if _, m := unitWords.at(toks, head+n); m > 0 {
		return lowerText(r.run.slice(head+n, head+n+m))
	}
	return ""
}

// accepts decides whether the clause plays the part of a target.
func (r *reader) accepts(c *candidate) bool {
	s := &r.s
	if s.skip {
		return false
	}
	meant := s.stance == goal || s.intent
	if s.past && !s.intent || s.stance == rule && !s.intent || s.stance == past && !s.intent {
		return false
	}
	if c.form == absent {
		return true
	}
	q := c.q
	if q.got && !q.intent && !s.intent || q.estimate && !meant {
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
		if c.form != naming {
			return false
		}
		at, _ := timeNames.in(toks, head, q.first)
		return at >= 0
	case scored:
		return c.form == naming && scoreHeads.has(toks, head) && (q.linked || meant)
	case times:
		return q.change != Level || meant && c.form == naming && indicators.has(toks, head)
	case bareScale:
		return meant && c.form == naming && indicators.has(toks, head)
	}
	if (c.form == leading || c.form == subject) && q.u.kind == countable && abstracts.has(toks, q.num+1) {
		return false
	}
	if c.form == leading && (r.wordIs(q.end, wordThen)) { // trên 7% thì cứ thêm …
		return false
	}
	if c.form == leading && q.u.kind != percent {
		if at, _ := honours.in(toks, q.end, min(q.end+6, c.b)); at >= 0 {
			return false
		}
	}
	if c.form != leading && r.isFact(head, q.first) {
		return false
	}
	if meant {
		if c.form == naming && q.u.kind == countable && !q.linked && !q.sign && !indicators.has(toks, head) && !activities.has(toks, head) && q.relation == "" && r.run.kindAt(q.first-1) != aColon && q.change == Level && c.change == Level {
			return r.closes(q, c.b) && s.stance == goal && s.list
		}
		return true
	}
	switch c.form {
	case leading:
		if q.change != Level {
			return true
		}
		if q.u.kind == percent {
			return !q.share
		}
		return q.relation != "" && (q.u.kind == countable || q.u.kind == measure) && (s.list || r.isSingle())
	case subject:
		return q.relation != "" && eachWords.has(toks, head) && (s.list || r.isSingle())
	case active:
		return head <= r.s.start+4 || s.last > 0 || s.list || head <= r.s.spot+2
	case naming:
		if q.change == Level && describing.has(toks, head) {
			return false
		}
		if s.total > 0 && q.u.kind != noUnit && (s.joined || r.sameMeasure(q)) {
			return true
		}
		if q.change != Level || c.change != Level {
			if !strongIndicators.has(toks, head) && !r.gapFree(head, q.first, q.depth) {
				return false
			}
			return indicators.has(toks, head) || q.u.kind == percent && q.first-head <= 12
		}
		if q.share && !shareHeads.has(toks, head) {
			return false
		}
		if !q.linked && !q.sign && q.u.kind != percent && !s.list && !r.isSingle() && r.run.kindAt(q.first-1) != aColon && q.relation == "" {
			return false
		}
		if q.u.kind == percent {
			return q.linked || q.relation != "" || indicators.has(toks, head) || r.run.kindAt(q.first-1) == aColon
		}
		if activities.has(toks, head) && head <= r.s.start+4 && (s.list || r.isSingle()) {
			return true
		}
		return indicators.has(toks, head)
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
	// describing heads tell what a place is like.
	describing = list(`diện tích tự nhiên; dân số; quy mô dân số; tổng diện tích tự nhiên; tổng dân số`)
	shareHeads = list(`tỷ trọng; tỷ lệ; cơ cấu`)
)

// isSingle tells whether the paragraph is one short clause.
func (r *reader) isSingle() bool { return r.seen <= 2 && len(r.run.toks) < 80 && r.s.start == 0 }

// lowerGood names indicators of which less is better, unless the name speaks of
// dealing with them.
var (
	lowerGood = []string{"hộ nghèo", "hộ cận nghèo", "tỷ lệ nghèo", "tỉ lệ nghèo", "thất nghiệp", "thiếu việc làm", "tai nạn", "tử vong", "người chết", "bị thương", "trễ hạn", "quá hạn", "chậm hạn", "tội phạm", "phạm pháp", "vi phạm", "nợ xấu", "nợ đọng", "nợ thuế", "lạm phát", "chỉ số giá tiêu dùng", "bội chi", "ngộ độc", "ô nhiễm", "suy dinh dưỡng", "tảo hôn", "sinh con thứ ba", "sinh con thứ 3", "ma túy", "cháy", "khiếu kiện", "khiếu nại", "bạo lực", "tồn đọng", "bỏ học", "kỷ luật", "yếu kém", "thất thu", "thiệt hại", "tổn thất", "hao hụt", "thất thoát", "thời gian giải quyết", "chi phí", "nhà tạm", "phát thải", "mù chữ", "mắc bệnh", "số ca mắc", "nhiễm hiv", "xâm hại", "không hoàn thành"}
	dealing   = []string{"được", "xử lý", "giải quyết", "khám phá", "điều tra", "hỗ trợ", "thu hồi", "khắc phục", "thoát nghèo", "phòng", "chống", "giảm nghèo", "xóa", "kiểm soát", "truy tố", "phát hiện", "đúng hạn", "trước hạn"}
)

func direction(t *Target, c *candidate) Direction {
	switch {
	case t.Relation == None:
		return Lower
	case c.direction != Unknown:
		return c.direction
	case c.q != nil && c.q.direction != Unknown:
		return c.q.direction
	case t.Change == Decrease:
		return Lower
	}
	name := strings.ToLower(t.Name)
	if t.Low == "100" && t.Unit == "%" {
		name = "" // all of something is never too much of it
	}
	for _, w := range lowerGood {
		if strings.Contains(name, w) {
			for _, d := range dealing {
				if d == "giải quyết" && w == "thời gian giải quyết" {
					continue
				}
				if strings.Contains(name, d) {
					return Higher
				}
			}
			return Lower
		}
	}
	if t.Change == Increase {
		return Higher
	}
	switch t.Relation {
	case AtLeast:
		return Higher
	case AtMost:
		return Lower
	}
	return t.Direction
}

// partOf joins a target to the total it belongs to.
func (r *reader) partOf(t *Target) {
	if r.s.total == 0 || t.Value == nil {
		return
	}
	total := &r.out.Targets[r.s.total-1]
	if total.Value == nil || t.Change != total.Change {
		return
	}
	same := t.Value.Unit == total.Value.Unit ||
		r.s.joined && t.Unit != "" && (strings.HasPrefix(total.Value.Unit, t.Value.Unit+" ") || strings.HasPrefix(t.Value.Unit, total.Value.Unit+" "))
	if !same && !(isCurrency(t.Value.Unit) && isCurrency(total.Value.Unit) && r.s.joined) {
		return
	}
	if !r.s.joined {
		if t.Unit == "%" || strings.HasPrefix(strings.ToLower(t.Name), "tổng") || r.complete(total) {
			r.s.total = 0
			return
		}
	}
	t.PartOf = total.ID
}

// sameMeasure tells whether a figure is in the unit of the total whose parts
// are being read.
func (r *reader) sameMeasure(q *quantity) bool {
	total := r.out.Targets[r.s.total-1].Value
	if total == nil || q.u.kind == percent {
		return false
	}
	_, base, _ := splitUnit(q.u.text)
	return base == total.Unit
}

// complete tells whether the parts read so far make up the total.
func (r *reader) complete(total *Target) bool {
	sum, n := r.sumOf(total)
	return n > 0 && sum.Cmp(amount(total)) >= 0
}

// reportUnread warns of figures in a pledge that stand in no target.
func (r *reader) reportUnread(a, b int) {
	if r.rows != nil || r.s.skip || r.s.past && !r.s.intent {
		return
	}
	for n := r.firstQuantity(a, b); n >= 0 && n < len(r.run.quants) && r.run.quants[n].num < b; n++ {
		q := &r.run.quants[n]
		if r.used[n] || q.depth > 0 || q.got || q.origin || !(r.wanted(q) || q.u.kind == countable && (r.s.list || q.linked || q.relation != "")) {
			continue
		}
		if r.isFact(a, q.first) || codeNounBefore(&r.run, q.first) {
			continue
		}
		r.used[n] = true
		r.warn(UnreadFigure, r.p.lineAt(int(r.run.toks[q.num].start)), "Số liệu “{.figure}” không nằm trong chỉ tiêu nào đọc được. Hãy xem lại câu: “{.clause}”.",
			"figure", oneLine(r.run.slice(q.num, q.after)), "clause", shorten(oneLine(r.run.slice(a, b))))
	}
}

func codeNounBefore(r *run, i int) bool {
	_, n := referenceNouns.before(r.toks, 0, i)
	return n > 0
}

func shorten(s string) string {
	const most = 160
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut], ' '); i > most/2 {
		cut = i
	}
	return s[:cut] + "…"
}

// maxWarnings bounds the warnings of one text.
const maxWarnings = 500

func (r *reader) warn(code string, line int, text string, kv ...any) {
	if len(r.out.Warnings) < maxWarnings {
		r.out.Warnings = append(r.out.Warnings, warning(code, line, text, kv...))
	}
}

func warning(code string, line int, text string, kv ...any) Warning {
	args := fault.Pairs(kv...)
	return Warning{Code: code, Line: line, Message: locale.Vietnamese.Say(text, args), Text: text, Args: args}
}
