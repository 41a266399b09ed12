package target

import (
	"strings"
	"unicode/utf8"
)

var (
	wordDai = learn("đại")
	wordVe  = learn("về")
)

// outcomes tell results where they begin a clause; in a list, behind a word,
// they are what something is done to.
var outcomes = list(`kết quả; thành tích; thành tựu; tình hình; hạn chế; nguyên nhân; thực trạng; sơ kết; tổng kết`)

// papers are handed out and kept together with the outcome they lead to.
var papers = list(`hồ sơ; giấy tờ; thủ tục; tài liệu`)

var curbs = list(`hạn chế tối đa; hạn chế tình trạng; hạn chế thấp nhất; hạn chế đến mức; hạn chế việc; hạn chế phát sinh; hạn chế số; hạn chế tỷ lệ; hạn chế mức; hạn chế tai nạn; hạn chế dưới; hạn chế ở mức; hạn chế ở; hạn chế không quá; hạn chế trong`)

// estimates are told of a year that is not over, or hoped for.
var estimates = list(`ước đạt; ước thực hiện; dự ước`)

// attained is told of what was reached, unless its measure follows.
var attained = list(`đạt và vượt; đều đạt; đạt được; kết quả đạt được`)

// periods tell results unless a pledge came before them.
var periods = list(`trong quý; trong kỳ; tháng đầu năm`)

// scan follows the cues of the sentence up to a token.
func (r *reader) scan(to int) {
	toks := r.run.toks
	for i := r.s.scanned; i < to; {
		m, n := cues.at(toks[:to], i)
		if n == 0 {
			if toks[i].word == wordDe && r.wordIs(i+1, wordRa) && r.run.kindAt(i+2) == aNumber { // đề ra 17 chỉ tiêu
				r.s.strong = true
				r.mean(i)
			}
			if toks[i].word == wordDone && r.s.stance != goal && !r.s.intent && !agreed.has(toks, i+1) && !(r.s.list && i > r.s.start && toks[i-1].kind == aWord) {
				r.s.past, r.s.guessed = true, false
			}
			i++
			continue
		}
		switch m {
		case cueIntent:
			r.mean(i)
		case cueGoal:
			if !r.s.past && r.s.stance == neutral {
				r.s.intent = true
			}
		case cuePast:
			if r.inProperName(i) {
				break
			}
			if r.s.list && r.s.last > 0 && outcomes.has(toks, i) || r.s.list && i > r.s.start && (toks[i-1].kind == aWord || toks[i-1].kind == aPercent) && outcomes.has(toks, i) || r.s.intent && periods.has(toks, i) {
				break // tổ chức hội nghị sơ kết; số hóa kết quả giải quyết; phấn đấu trong quý IV …
			}
			if outcomes.has(toks, i) && (i == r.s.start && r.normed(i, len(toks)) || r.headed(i) || r.s.strong && r.s.last > 0) {
				break // tỷ lệ số hóa hồ sơ, kết quả giải quyết …; số vụ cháy do nguyên nhân …
			}
			if attained.has(toks, i) && (r.s.strong || r.quantityFrom(i+n)) {
				break // phấn đấu đạt và vượt 15% dự toán
			}
			if (toks[i].word == wordDone || estimates.has(toks, i)) && r.s.strong && r.s.stance != past {
				break // phấn đấu giữ vững 15 tiêu chí đã đạt; phấn đấu … ước đạt …
			}
			if _, n := papers.before(toks, r.s.start, i-1); n > 0 && r.run.kindAt(i-1) == aComma && outcomes.has(toks, i) {
				break // số hóa hồ sơ, kết quả đạt 100%
			}
			if toks[i].word == wordHien && r.wordIs(i+1, wordCo) && r.attributive(i+2) {
				break // bảo vệ tốt diện tích hiện có
			}
			if periods.has(toks, i) && r.run.kindAt(i+n) == aWord && isRoman(r.text(i+n)) && r.headsSegment(i) {
				break // Trong quý II bàn giao …
			}
			if curbs.has(toks, i) {
				break // hạn chế tối đa tình trạng …
			}
			if _, g := groundWords.before(toks, r.s.start, i); g == 0 && r.s.stance != goal {
				r.s.past, r.s.guessed, r.s.intent = true, false, false
			}
		}
		i += n
	}
	r.s.scanned = max(r.s.scanned, to)
}

// attributive tells whether "hiện có" before i only says which ones: nothing is
// counted behind it.
func (r *reader) attributive(i int) bool {
	return !r.anyQuantity(i, min(i+3, len(r.run.toks))) && r.run.kindAt(i) != aNumber
}

// headsSegment tells whether a phrase begins a clause.
func (r *reader) headsSegment(i int) bool { return i == r.s.spot || r.run.kindAt(i-1) == aComma }

// quantityFrom tells whether a figure with its comparison follows at once.
func (r *reader) quantityFrom(i int) bool {
	q := r.firstQuantity(i, min(i+4, len(r.run.toks)))
	return q >= 0 && r.run.quants[q].first <= i
}

// normed tells "kết quả bắn súng đạt 100% yêu cầu, trong đó khá, giỏi từ 80% trở
// lên": an outcome whose figure lays down what it must be.
func (r *reader) normed(i, b int) bool {
	if !r.wordIs(i, wordKet) || !r.wordIs(i+1, wordQua) || r.run.kindAt(i+2) != aWord {
		return false
	}
	for q := r.firstQuantity(i, b); q >= 0 && q < len(r.run.quants) && r.run.quants[q].num < b; q++ {
		if r.run.quants[q].norm {
			return true
		}
	}
	return false
}

var (
	wordKet = learn("kết")
	wordQua = learn("quả")
)

// headed tells whether the words before i belong to the name of an indicator
// that begins the segment or follows a verb of intent in it.
func (r *reader) headed(i int) bool {
	toks := r.run.toks[:i]
	if r.anyQuantity(r.s.spot, i) {
		return false
	}
	for a := r.s.spot; a < i; a++ {
		if a > r.s.spot {
			_, n := intents.at(toks, a)
			if n == 0 {
				continue
			}
			a += n
		}
		for _, next := r.run.momentAt(a, i); next > a; _, next = r.run.momentAt(a, i) {
			a = next
		}
		if strongIndicators.has(toks, a) {
			return true
		}
	}
	return false
}

// inProperName tells a capital in the middle of a sentence: "Cục Thống kê" counts
// nothing, "Ban Thi đua - Khen thưởng" honours nobody.
func (r *reader) inProperName(i int) bool {
	toks := r.run.toks
	if i == 0 || !toks[i].capital || toks[i-1].kind != aWord {
		return false
	}
	word := r.text(i)
	_, size := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(word[size:])
	return lower(next) // no heading in capitals
}

func (r *reader) text(i int) string { return r.run.slice(i, i+1) }

// mean takes note of an intent. Among rules and results only a strong one counts.
func (r *reader) mean(i int) {
	if strongIntents.has(r.run.toks, i) {
		r.s.strong = true
	}
	if r.s.strong || r.s.stance == goal || r.s.stance == neutral || r.s.soft {
		r.s.intent, r.s.past = true, false
	}
}

// segment reads the clauses between two semicolons.
func (r *reader) segment(a, b int) {
	for i := a; i < b && !r.s.skip && !r.full; {
		if r.rows != nil {
			i = r.actor(i, b)
		}
		i = r.open(i, b)
		if i >= b || r.s.skip {
			break
		}
		next := r.clause(i, b)
		if next <= i {
			next = i + 1
		}
		i = next
	}
	if r.s.stance == goal || r.s.intent {
		r.reportUnread(a, b)
	}
}

// open skips what stands before a clause and takes note of it.
func (r *reader) open(i, b int) int {
	toks := r.run.toks
	for i < b {
		if r.enumerates(i, b) {
			i += 2
			continue
		}
		switch toks[i].kind {
		case aComma, aColon, aDash, aMark, aStop, aClose, aSemicolon:
			i++
			continue
		case anOpen:
			if i+2 < b && toks[i+2].kind == aClose { // (1), (a)
				i += 3
				continue
			}
			if end := r.closing(i, b); end < b {
				return i
			}
			i++
			continue
		}
		if q := r.firstQuantity(i, b); q >= 0 && r.run.quants[q].first <= i && r.run.quants[q].num >= i {
			return i
		}
		if _, n := wordsAmong.at(toks[:b], i); n > 0 && r.s.last == 0 {
			if r.s.earlier > 0 && i == r.s.start {
				r.s.total, r.s.joined = r.s.earlier, true
			}
			i += n
			continue
		}
		if i == r.s.start && toks[i].word == wordSoWith && r.wordIs(i+1, wordVoi) && r.s.stance != goal {
			if _, next := r.run.baseAt(i, b); next > i {
				r.s.past = true // "So với năm 2023, số vụ giảm 12 vụ" tells what came about
				i = next
				continue
			}
		}
		if nowWords.has(toks[:b], i) && !r.normed(i, b) && !(r.s.list && r.s.last > 0) && r.s.stance != goal && !(i+1 < b && r.wordIs(i+1, wordDai)) {
			r.s.past, r.s.intent = true, false
		}
		if _, n := partWords.at(toks[:b], i); n > 0 && r.s.last > 0 {
			_, among := wordsAmong.at(toks[:b], i)
			if among > 0 || i > 0 && (toks[i-1].kind == aComma || toks[i-1].kind == anOpen || toks[i-1].kind == aSemicolon) {
				r.s.joined = true
				if r.s.total == 0 || r.top().total != r.s.total {
					r.s.total = r.s.main
				}
				i += n
				continue
			}
		}
		if nones.has(toks[:b], i) {
			return i
		}
		if r.rows != nil && toks[i].word == wordDone { // the sentence tells anyway
			i++
			continue
		}
		if m, next := r.run.momentAt(i, b); next > i {
			r.moment(m)
			i = next
			continue
		}
		if toks[i].word == wordTu { // từ 01/7/2023
			if _, next := r.run.dateAt(i+1, b); next > i+2 {
				i = next
				continue
			}
		}
		if conditions.has(toks[:b], i) && !r.s.list || conditions.has(toks[:b], i) && i == r.s.start {
			r.s.skip = true
			return b
		}
		if next := r.preamble(i, b); next > i {
			i = next
			continue
		}
		if _, n := intents.at(toks[:b], i); n > 0 {
			if r.s.last > 0 && n > 0 && activities.has(toks[:b], i) && r.run.kindAt(i+n) == aNumber {
				return i // …, đăng ký 50 văn bằng bảo hộ
			}
			if _, next := r.run.momentAt(i+n-1, b); n > 1 && next > i+n { // phấn đấu đến 31/12/2026
				n--
			}
			r.scan(i + n)
			if m, _ := cues.at(toks[:b], i); m == cueIntent || m == cueGoal {
				r.mean(i)
			}
			i = max(i+n, r.namedGoal(i, b))
			continue
		}
		if _, n := agrees.at(toks[:b], i); n > 0 && r.rows == nil && (activities.has(toks[:b], i+n) || movers.has(toks[:b], i+n) || strongIndicators.has(toks[:b], i+n)) {
			r.scan(i + n)
			r.mean(i) // toàn Cụm thống nhất xây dựng 05 mô hình
			i += n
			continue
		}
		if compounds.has(toks[:b], i) || movers.has(toks[:b], i) { // clause reads them
			return i
		}
		if _, n := carriers.at(toks[:b], i); n > 0 && movers.has(toks[:b], i+n) && !compounds.has(toks[:b], i+n) {
			i += n // thực hiện giảm 15% chi phí
			continue
		}
		if _, n := carriers.at(toks[:b], i); n > 0 && r.s.intent && i > r.s.start && strongIndicators.has(toks[:b], i+n) {
			i += n // phấn đấu thực hiện thu ngân sách đạt …
			continue
		}
		if next := r.namedGoal(i, b); next > i {
			i = next
			continue
		}
		if _, n := openers.at(toks[:b], i); n > 0 {
			if reins.has(toks, i) && n == 2 && !indicators.has(toks, i+n) && !lowerGood.has(toks, i+n) && !manners.has(toks, i+n) && r.run.kindAt(i+n) == aWord {
				return i // kiểm soát giết mổ 80%
			}
			if n == 1 && toks[i].word == wordCo && !indicators.has(toks[:b], i+1) {
				return i // có bằng cấp, chứng chỉ
			}
			i += n
			continue
		}
		if _, n := connectors.at(toks[:b], i); n > 0 {
			if toks[i].word == wordVe && r.s.last > 0 {
				return i // thi hành án về việc …, về tiền …
			}
			i += n
			continue
		}
		return i
	}
	return i
}

// enumerates tells "a)" and "1)" before a clause of a list that runs on in one line.
func (r *reader) enumerates(i, b int) bool {
	if i+1 >= b || r.run.kindAt(i+1) != aClose || !r.run.toks[i+1].glued || r.opened(r.s.start, i+1) {
		return false
	}
	switch s := r.text(i); r.run.kindAt(i) {
	case aNumber:
		return isCodeNumber(s)
	case aWord:
		return utf8.RuneCountInString(s) == 1 || isRoman(strings.ToUpper(s))
	}
	return false
}

// preamble steps over the ground or the purpose that a sentence of prose begins
// with, up to the comma before who acts: "Để triển khai …, Hội … vận động …". It
// gives i if nothing of the kind stands there.
func (r *reader) preamble(i, b int) int {
	toks := r.run.toks
	topic := i == r.s.spot && (topics.has(toks[:b], i) || whose.has(toks[:b], i))
	if !topic && (i != r.s.start || r.s.list || !preambles.has(toks[:b], i)) {
		return i
	}
	for k := i + 2; k < b-1; k++ {
		switch {
		case toks[k].depth != toks[i].depth:
		case toks[k].kind == aSemicolon || toks[k].kind == aColon:
			return i
		case toks[k].kind != aComma:
		case topic && whose.has(toks, i) && !r.linksWithin(i, k) && (strongIndicators.has(toks, k+1) || r.quantityFrom(k+1)):
			r.useAll(i, k) // đối với các trường có từ 20 lớp trở lên, tỷ lệ …
			return k + 1
		case r.anyQuantity(i, k):
			return i
		case topic, r.run.kindAt(k+1) == aWord && toks[k+1].capital, several.has(toks[:b], k+1):
			return k + 1
		}
	}
	return i
}

// linksWithin tells whether a verb reaches a figure in a stretch.
func (r *reader) linksWithin(a, b int) bool {
	for q := r.firstQuantity(a, b); q >= 0 && q < len(r.run.quants) && r.run.quants[q].num < b; q++ {
		if r.run.quants[q].linked {
			return true
		}
	}
	return false
}

// reins hold an indicator within bounds; before anything else they are deeds.
var reins = list(`kiểm soát`)

// topics say what field a clause is about.
var topics = newPhrases().cross(1, `?riêng`, `trong; về; đối với; ở`, `lĩnh vực; công tác; ngành; mặt; nhiệm vụ; phong trào; hoạt động; khu vực; địa bàn`)

// agrees are verbs by which several bind themselves.
var agrees = list(`thống nhất; nhất trí; cùng thống nhất; cùng nhau; đồng lòng; ký cam kết; giao ước`)

// whose begins with those to whom a target applies.
var whose = newPhrases().cross(1, `đối với; với; riêng đối với; ở; tại; riêng`, `các; những; mỗi; từng`)

// carriers are verbs that only carry the one behind them.
var carriers = list(`thực hiện; tiến hành; tập trung; tiếp tục; quyết liệt; từng bước; tích cực; chủ động`)

var preambles = list(`để; nhằm; trước; với; cùng với; bên cạnh; hưởng ứng; kỷ niệm; chào mừng; căn cứ; phát huy; kế thừa; trên cơ sở; tiếp nối; trong bối cảnh; trên tinh thần; xuất phát từ; xác định; nhận thức; nhân dịp; thiết thực; quán triệt; thực hiện; triển khai; theo; sau khi; từ kết quả`)

// namedGoal steps over whose the target is: "mục tiêu của đề án là giảm …",
// "chỉ tiêu chung đến năm 2030 là …". It gives i if nothing of the kind stands there.
func (r *reader) namedGoal(i, b int) int {
	toks := r.run.toks[:b]
	_, n := goalNouns.at(toks, i)
	if n == 0 {
		return i
	}
	for k := i + n; k < b && k < i+n+14; k++ {
		if r.wordIs(k, wordLa) {
			return k + 1
		}
		if toks[k].kind != aWord && r.run.year(k) == 0 && toks[k].kind != aDash || indicators.has(toks, k) && k == i+n {
			break
		}
	}
	return i
}

var wordLa = learn("là")

// moment takes note of a year at the start of a clause.
func (r *reader) moment(m moment) {
	if m.kind == timeElapsed {
		r.s.past = r.s.stance != goal && !r.s.intent
		return
	}
	if m.year == 0 {
		return
	}
	known := max(r.s.scopeBy, r.docYear)
	if r.s.scopeBy > 0 {
		known = r.s.scopeBy
	}
	switch m.kind {
	case timeBy, timeSpan:
		if known > 0 && m.year < known || m.kind == timeSpan && known == 0 && r.s.stance != goal && r.s.last == 0 && !r.current(m.year) {
			r.s.guessed = !r.s.past && !r.s.intent
			r.s.past = !r.s.intent
			r.s.by = m.year
			return
		}
		r.s.by, r.s.past, r.s.ahead = m.year, r.s.tells && !r.s.intent, true
		r.paraAhead = m.year
	case timeIn:
		switch {
		case r.s.stance == goal || r.s.intent:
			if known > 0 && m.year < known {
				r.s.past = true
				return
			}
			r.s.past = false
			r.s.by = m.year
			if r.paraBy == 0 {
				r.paraBy = m.year
			}
		case (r.docYear > 0 && m.year >= r.docYear || r.current(m.year)) && r.s.stance == neutral:
			r.s.by = m.year
			if r.paraBy == 0 {
				r.paraBy = m.year
			}
		case r.bareItem(): // an item by itself is read as it stands
			r.s.by = m.year
		default:
			r.s.guessed = !r.s.past
			r.s.past = true
			r.s.by = m.year // if the clause says that it is meant after all
		}
	}
}
