package target

import "strings"

// name writes tokens as the name of an indicator: as the text has them, white
// space run together, loose marks at the ends cut.
func (r *reader) name(a, b int) string {
	toks := r.run.toks
	for a < b {
		switch toks[a].kind {
		case aComma, aColon, aDash, aStop, aSemicolon, aMark, aBar, aClose:
			a++
			continue
		}
		break
	}
	for b > a {
		switch toks[b-1].kind {
		case aComma, aColon, aDash, aStop, aSemicolon, aMark, aBar, anOpen, aSlash, aSign:
			b--
			continue
		case aClose:
			if !r.opened(a, b-1) {
				b--
				continue
			}
		}
		break
	}
	if a >= b {
		return ""
	}
	return oneLine(r.run.slice(a, b))
}

func (r *reader) opened(a, at int) bool {
	for k := at - 1; k >= a; k-- {
		if r.run.toks[k].kind == anOpen {
			return true
		}
	}
	return false
}

// oneLine runs white space together.
func oneLine(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		c := s[i]
		plain = c > ' ' && c != 0xC2 && c != 0xE2 || c == ' ' && i+1 < len(s) && s[i+1] != ' '
	}
	if plain {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func lowerText(s string) string { return small(oneLine(s)) }

// tailWords are left over between a name and its figure.
var tailWords = list(`lần lượt; tương ứng; là; đạt; có; được; còn; phấn đấu; với; ở; mức; khoảng; đến; tới; bằng; và; trong đó; phấn đấu đạt; lên; xuống; cho; từ; thì; sẽ; phải; dự kiến; ước; thực hiện; duy trì; luôn đạt; luôn; đều; đều đạt; chiếm; cần đạt; phải đạt; tăng lên; giảm xuống; vào; khống chế; mục tiêu; nâng; đưa; phấn đấu có; sao cho; đã; trên`)

// capital is told by what was pledged and what is carried out.
var (
	capital  = list(`vốn; tổng vốn; số vốn; tổng số vốn`)
	wordHien = learn("hiện")
)

// trimTail cuts verbs and moments off the end of a name; the years it finds are
// kept as the year by which the target must hold.
func (r *reader) trimTail(c *candidate, a, b int) int {
	toks := r.run.toks
	for b > a {
		k := toks[b-1].kind
		if k == aComma || k == aColon || k == aDash || k == aMark || k == aSign {
			b--
			continue
		}
		if toks[b-1].word == wordHien && capital.has(toks, a) { // vốn FDI thực hiện
			break
		}
		if _, n := tailWords.before(toks, a, b); n > 0 && b-n > a && toks[b-n-1].word != wordTro && !(n == 1 && compoundEnds.has(toks[:b], b-2)) {
			b -= n
			continue
		}
		if at := r.allBefore(a, b); at > a {
			b = at
			continue
		}
		if y := r.run.year(b - 1); y > 0 && b-2 > a && toks[b-2].kind == aWord { // tổng doanh thu hợp nhất 2026
			if _, n := referenceNouns.before(toks, a, b-1); n == 0 {
				c.dated = true
				if c.by == 0 {
					c.by = y
				}
				b--
				continue
			}
		}
		if at, m := r.momentBefore(a, b); at >= 0 && at > a {
			if m.year > 0 && m.kind != timeEvery && c.by == 0 {
				c.by = m.year
			}
			c.dated = c.dated || m.kind == timeIn && m.year > 0
			if m.kind == timeEvery && at > a && (toks[at-1].word == wordCay || toks[at-1].word == wordQuan || toks[at].word == wordCa) { // cây hàng năm; sản lượng lúa cả năm
				break
			}
			b = at
			continue
		}
		break
	}
	return b
}

var (
	wordCay  = learn("cây")
	wordQuan = learn("quân")
)

// momentBefore finds a phrase of time that ends exactly at b.
func (r *reader) momentBefore(a, b int) (int, moment) {
	for k := max(a, b-9); k < b; k++ {
		if m, next := r.run.momentAt(k, b); next == b && next > k {
			return k, m
		}
	}
	return -1, moment{}
}

// trimRest cuts what a leading figure stands against and the year off the words
// behind it.
func (r *reader) trimRest(c *candidate, a, b int) (int, int) {
	toks := r.run.toks
	for a < b {
		if base, after := r.run.baseAt(a, b); after > a {
			end := after
			for end < b && againstTail.has(toks, end) {
				_, n := againstTail.at(toks, end)
				end += n
			}
			if toks[a].word != wordSoWith {
				// "100% kế hoạch thu ngân sách": what is planned is the name
				if c.form == active || end < b && c.q != nil && c.q.change == Level {
					if base.Kind == BasePlan || base.Kind == BaseBudget {
						c.base = base
					}
					break
				}
			}
			c.base = base
			a = after
			for a < b && againstTail.has(toks, a) {
				_, n := againstTail.at(toks, a)
				a += n
			}
			continue
		}
		if m, after := r.run.momentAt(a, b); after > a && (after == b || toks[after].kind != aWord || m.kind == timeEvery || m.year > 0) {
			if m.year > 0 {
				c.by = m.year
			}
			a = after
			continue
		}
		if toks[a].kind == aComma || toks[a].kind == aDash {
			a++
			continue
		}
		if end := r.countIn(a, b); end > a { // 100% (15/15) xã
			a = end
			continue
		}
		if _, n := restOpeners.at(toks[:b], a); n > 0 && a == c.restStart() {
			a += n
			continue
		}
		if c.q != nil && c.q.u.kind == scored && a == c.restStart() && toks[a].word == wordVe { // tăng 3 bậc về chỉ số …
			a++
			continue
		}
		break
	}
	if at := r.allBefore(a, b); at > a { // số vụ tai nạn giao thông trên cả 3 tiêu chí
		b = at
	}
	for k := a; k < b; k++ {
		if toks[k].word != wordSoWith || toks[k].depth != toks[a].depth {
			continue
		}
		if base, after := r.run.baseAt(k, b); after > k {
			if base.Kind != "" {
				c.base = base
			}
			b = k
			break
		}
	}
	for b > a {
		if k := toks[b-1].kind; k == aComma || k == aDash {
			b--
			continue
		}
		at, m := r.momentBefore(a, b)
		if at < 0 || at == a {
			break
		}
		if m.year > 0 && c.by == 0 {
			c.by = m.year
		}
		if m.kind == timeEvery && !inYear.has(toks, at) {
			break
		}
		b = at
	}
	return a, b
}

// countIn tells a bracket that only says how many a percentage makes: it gives
// the token behind it, 0 if there is none.
func (r *reader) countIn(a, b int) int {
	if r.run.kindAt(a) != anOpen || r.run.kindAt(a+1) != aNumber {
		return 0
	}
	for k := a + 2; k < min(a+8, b-1); k++ {
		if r.run.kindAt(k) == aClose {
			return k + 1
		}
	}
	return 0
}

// inYear are phrases of time that are no part of what is counted; "mỗi tháng" and
// "trong nhiệm kỳ" are.
var inYear = list(`trong năm; trong năm nay; trong năm học này`)

var (
	againstTail = list(`giao; được giao; đề ra; năm; đã đề ra; của tỉnh; tỉnh giao; trung ương giao; cả năm; được duyệt; trở lên; đã giao`)
	restOpeners = list(`trên tổng số; trong tổng số; tổng số`)
)

func (c *candidate) restStart() int {
	if c.q == nil {
		return -1
	}
	return c.q.end
}
