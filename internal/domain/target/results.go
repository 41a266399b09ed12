package target

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// rowsReader gathers the results of units: the same grammar, another role.
type rowsReader struct {
	out   ResultsReading
	unit  string
	rank  int // of the heading that named the unit, 0 if prose did
	marks []mark
}

// mark keeps what the checks over rows need.
type mark struct {
	key    string // the indicator without its case and its "tổng"
	amount figure // in base units
	dotted bool   // 4.252: one group of thousands, no decimals
}

// Results reads the rows of a review: what each unit achieved. A row belongs to
// the unit named last before it; a figure before any unit is named is left out.
func Results(text string) ResultsReading {
	rows := &rowsReader{out: ResultsReading{Rows: []Row{}, Warnings: []Warning{}}}
	r := &reader{rows: rows}
	l := newLayout(oneForm(text))
	for !r.full {
		p, ok := l.next()
		if !ok {
			break
		}
		r.review(p)
	}
	rows.check()
	return rows.out
}

// review reads one paragraph of results.
func (r *reader) review(p *paragraph) {
	r.p = p
	r.run.text = p.text
	r.seen++
	r.run.toks = tokenise(p.text, r.run.toks)
	toks := r.run.toks
	if len(toks) == 0 {
		return
	}
	r.run.quants, r.run.broken = r.run.quants[:0], r.run.broken[:0]
	if hasDigit(p.text) {
		r.run.measureAll()
	}
	r.used = append(r.used[:0], make([]bool, len(r.run.quants))...)
	rows := r.rows
	if rows.rank == 0 && !p.more || p.rank > 0 && p.rank <= rows.rank {
		rows.unit, rows.rank = "", 0
	}
	if len(r.run.quants) == 0 {
		// a heading or a line of its own that names a unit
		if i := r.actor(0, len(toks)); i > 0 && (i >= len(toks) || toks[i].kind == aColon && i == len(toks)-1) && len(toks) < 24 {
			rows.rank = p.rank
			if rows.rank == rankPlain {
				rows.rank = rankDash - 1
			}
			return
		}
		if rows.rank == 0 {
			rows.unit = ""
		}
		return
	}
	if r.isFurniture() {
		return
	}
	r.sentences(neutral)
}

var (
	// exampleWords lead to a unit.
	exampleWords = list(`điển hình; như; là; tiêu biểu; cụ thể; trong đó; riêng; điển hình là; tiêu biểu là; tiêu biểu như; và; còn; tại; ở`)
	// bodies begin the name of a unit.
	bodies = list(`ban quản lý; ban quản; ban; sở; ủy ban nhân dân; ubnd; công ty; tổng công ty; tập đoàn; huyện; thành phố; tp; thị xã; thị trấn; xã; phường; đặc khu; tỉnh; cục; chi cục; tổng cục; trường; bệnh viện; khối; cụm; đơn vị; phòng; trung tâm; ngân hàng; kho bạc; bưu điện; viễn thông; quỹ; hội; liên minh; liên đoàn; công an; bộ chỉ huy; tòa án; viện kiểm sát; đài; báo; văn phòng; thanh tra; hợp tác xã; điện lực; đảng bộ; đảng ủy; chi bộ; đoàn; hội đồng; nhà máy; xí nghiệp; khu kinh tế; vườn quốc gia; quận; viện; bảo hiểm; học viện; cảng; cụm thi đua; khối thi đua`)
	// deeds end the name of a unit.
	deeds = list(`cho; thu hút; đạt; đã; có; là; thực hiện; hoàn thành; cấp; cấp mới; thu; tổng; năm; tổ chức; giải quyết; xây dựng; nộp; doanh thu; tăng; giảm; được; kết nạp; vượt; với; giải ngân; trong năm; ước; trồng; đào tạo; tạo; huy động; vận động; phát triển; xử lý; tiếp nhận; thành lập; triển khai; kim ngạch; giá trị; tỷ lệ; sản lượng; hỗ trợ; gồm; phấn đấu; duy trì; hiện; đến; xếp; dẫn đầu; đứng; chiếm; thuộc; để; bố trí; sản xuất; khám; tuyên truyền; kiểm tra; phối hợp; tiếp tục; phát huy; đề nghị; trao; tặng; ký; phê duyệt; chủ trì; cùng`)
)

// actor reads the name of a unit at the start of a clause and gives the token
// after it; i itself if no unit is named there.
func (r *reader) actor(i, b int) int {
	toks := r.run.toks
	from := i
	for i < b && (toks[i].kind == aComma || toks[i].kind == aDash || toks[i].kind == aMark || toks[i].kind == aSemicolon || toks[i].kind == aColon) {
		i++
	}
	for i < b {
		_, n := exampleWords.at(toks[:b], i)
		if n == 0 {
			break
		}
		i += n
	}
	if i >= b {
		return from
	}
	_, n := bodies.at(toks[:b], i)
	if n == 0 || !toks[i].capital && !(i+n < b && toks[i+n].capital) { // huyện Tiên Du
		return from
	}
	end := i + n
	capitals := 0
	for end < b {
		t := toks[end]
		if t.kind == aNumber && !(r.run.year(end) > 0) && end == i+n {
			end++ // Phòng 1, Cụm số 3
			continue
		}
		if t.kind == aDash && end+1 < b && toks[end+1].kind == aWord && toks[end+1].capital {
			end++
			continue
		}
		if t.kind != aWord || deeds.has(toks[:b], end) {
			break
		}
		if t.capital {
			capitals++
		}
		end++
	}
	if end-i > 16 || end == i+n && capitals == 0 || capitals == 0 && end < b && toks[end].kind != aColon {
		return from
	}
	r.rows.unit = oneLine(r.run.slice(i, end))
	r.s.name, r.s.last, r.s.verb = "", 0, [2]int{}
	return end
}

// row keeps a candidate as a result of the unit.
func (r *reader) row(c *candidate) bool {
	rows := r.rows
	q := c.q
	if rows.unit == "" || q == nil || r.s.intent || r.s.skip {
		return false
	}
	switch q.u.kind {
	case timespan:
		return false
	case noUnit:
		if !q.linked && !q.sign {
			return false
		}
	}
	if furniture.has(r.run.toks, c.head) || c.form != leading && r.isFact(c.head, q.first) {
		return false
	}
	row := Row{Unit: rows.unit, Indicator: c.name, Relation: q.relation, Low: q.low.String(), High: q.high.String(), Measure: q.u.text, Approx: q.approx}
	if row.Relation == "" {
		row.Relation = Equal
	}
	if row.Change = q.change; c.change != Level {
		row.Change = c.change
	}
	if q.share && c.base.Kind == "" {
		c.base.Kind = BaseShare
	}
	if c.base.Kind != "" {
		base := c.base // a copy, so that no candidate has to live on
		row.Base = &base
	}
	// in a result "trên 46.000" rounds the figure; it sets no bound
	if row.Relation == AtLeast && row.Approx == "" && !q.sign && q.end == q.after {
		row.Relation, row.Approx = Equal, Over
	}
	if row.Measure == "" {
		row.Measure = r.impliedUnit(c.head)
	}
	power, base := r.run.split(row.Measure)
	amt := q.low.shifted(power)
	row.Value = r.run.keep(Value{Amount: amt.String(), Unit: base})
	row.Source = r.sourceOf(c)
	rows.out.Rows = append(double(rows.out.Rows), row)
	written := r.run.number(q.num)
	rows.marks = append(rows.marks, mark{indicatorKey(c.name) + string(row.Change), amt, strings.Count(written, ".") == 1 && !strings.Contains(written, ",") && q.low.scale == 0})
	r.full = len(rows.out.Rows) >= maxTargets
	r.s.last = len(rows.out.Rows)
	r.s.name = c.name
	return true
}

// indicatorKey names one indicator however units write it: "Tổng giá trị XNK"
// and "giá trị XNK" are one.
func indicatorKey(name string) string {
	s := small(name)
	for _, p := range []string{"tổng số ", "tổng ", "số "} {
		s = strings.TrimPrefix(s, p)
	}
	return s
}

// A rough worth of foreign money in đồng. It serves nothing but the comparison
// of magnitudes a thousandfold apart; no figure is ever converted with it.
var roughWorth = map[string]int64{"VND": 1, "USD": 25_000, "EUR": 27_000, "JPY": 170, "CNY": 3_500, "KRW": 18}

// check compares each indicator over the units.
func (rows *rowsReader) check() {
	groups := map[string][]int{}
	var order []string
	for k := range rows.marks {
		key := rows.marks[k].key
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], k)
	}
	for _, key := range order {
		rows.currencies(groups[key])
		rows.magnitudes(groups[key])
	}
	slices.SortStableFunc(rows.out.Warnings, func(a, b Warning) int { return a.Line - b.Line })
}

func (rows *rowsReader) currencies(group []int) {
	seen := map[string]bool{}
	for _, k := range group {
		if u := rows.out.Rows[k].Value.Unit; isCurrency(u) {
			seen[u] = true
		}
	}
	if len(seen) > 1 {
		first := &rows.out.Rows[group[0]]
		rows.warn(MixedCurrency, first.Source.Line, "“{.name}” có số liệu bằng nhiều loại tiền; không cộng hoặc so sánh được nếu chưa có tỷ giá và ngày áp dụng.", "name", first.Indicator)
	}
}

// magnitudes warns of a figure a thousand times away from the middle of its
// peers, and of an area whose dot may be a decimal mark.
func (rows *rowsReader) magnitudes(group []int) {
	if len(group) < 2 || len(group) > 4096 {
		return
	}
	type size struct {
		k     int
		worth *big.Int // all at one scale, which is all that comparing needs
	}
	scale := 0
	for _, k := range group {
		scale = max(scale, rows.marks[k].amount.scale)
	}
	all := make([]size, 0, len(group))
	// room for all, since most fit into a word or two
	ints, words := make([]big.Int, len(group)), make([]big.Word, 3*len(group))
	for i, k := range group {
		unit := rows.out.Rows[k].Value.Unit
		w := ints[i].SetBits(words[3*i : 3*i : 3*i+3])
		rate := roughWorth[unit]
		if rate > 0 {
			unit = "money"
		}
		digits := rows.marks[k].amount.shifted(scale).digits
		if n, err := strconv.ParseUint(digits, 10, 64); err == nil && n < 1<<63/100_000 {
			w.SetUint64(n * uint64(max(rate, 1)))
		} else if _, ok := w.SetString(digits, 10); !ok {
			continue
		} else if rate > 1 {
			w.Mul(w, big.NewInt(rate))
		}
		if first := rows.out.Rows[group[0]].Value.Unit; unit != first && !(unit == "money" && isCurrency(first)) {
			continue
		}
		if w.Sign() > 0 {
			all = append(all, size{k, w})
		}
	}
	if len(all) < 2 {
		return
	}
	slices.SortStableFunc(all, func(a, b size) int { return a.worth.Cmp(b.worth) })
	var twice, middle, product, factor big.Int
	over := func(a, b *big.Int, times int64) bool { return a.Cmp(product.Mul(b, factor.SetInt64(times))) >= 0 }
	for i, s := range all {
		n := len(all) - 1
		at := func(j int) *big.Int {
			if j >= i {
				j++
			}
			return all[j].worth
		}
		// Twice the middle of the others, against twice the figure.
		middle.Add(at((n-1)/2), at(n/2))
		twice.Lsh(s.worth, 1)
		row := &rows.out.Rows[s.k]
		switch {
		case over(&twice, &middle, farTimes) || over(&middle, &twice, farTimes):
			if len(all) == 2 && i == 1 {
				continue // one of two: doubt the smaller
			}
			rows.warn(UnitSuspect, row.Source.Line, "{.unit}: “{.name}” ghi {.figure} {.measure}, chênh lệch rất lớn so với các đơn vị khác. Hãy kiểm tra đơn vị tính.",
				"unit", row.Unit, "name", row.Indicator, "figure", written(row.Low), "measure", row.Measure)
		case rows.marks[s.k].dotted && row.Value.Unit == "ha" && len(all) > 2 && over(&twice, &middle, 100):
			rows.warn(UnitSuspect, row.Source.Line, "{.unit}: “{.name}” ghi {.figure} {.measure}; dấu chấm có thể là dấu thập phân ({.other} {.measure}). Hãy kiểm tra lại.",
				"unit", row.Unit, "name", row.Indicator, "figure", written(row.Low), "measure", row.Measure, "other", strings.Replace(written(row.Low), ".", ",", 1))
		}
	}
}

func (rows *rowsReader) warn(code string, line int, text string, kv ...any) {
	if len(rows.out.Warnings) < maxWarnings {
		rows.out.Warnings = append(rows.out.Warnings, warning(code, line, text, kv...))
	}
}
