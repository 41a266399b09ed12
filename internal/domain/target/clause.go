package target

// clause reads one clause that starts at i and gives where the next one starts.
func (r *reader) clause(i, b int) int {
	toks := r.run.toks
	depth := toks[i].depth
	if toks[i].kind == anOpen {
		return r.aside(i, b)
	}
	if nones.has(toks[:b], i) {
		return r.nothing(i, b)
	}
	if next := r.bracketed(i, b, depth); next > i {
		return next
	}
	q := r.nextQuantity(i, b, depth)
	stop := b
	if q >= 0 {
		stop = r.run.quants[q].first
	}
	if at := r.noneBehind(i, stop); at > i {
		r.scan(stop)
		r.emit(&candidate{form: absent, a: i, b: stop, head: i, name: r.name(i, at)})
		return stop
	}
	// a promise that nothing happens, before the figure
	if at, _ := strongIntents.in(toks, i+1, stop); at > i {
		_, n := strongIntents.at(toks[:stop], at)
		r.scan(at + n)
	}
	if at := r.laterNone(i, stop, depth); at > 0 {
		r.scan(at)
		return r.nothing(at, b)
	}
	if q < 0 {
		r.scan(b)
		return b
	}
	if r.s.verb[1] > 0 && r.s.verb[0] < r.s.start {
		r.s.verb = [2]int{}
	}
	i = r.trimStart(i, r.run.quants[q].first, depth)
	r.scan(r.run.quants[q].num)
	if r.run.quants[q].first <= i {
		return r.lead(q, i, b)
	}
	if first := r.run.quants[q].first; first == i+2 && rateWord.has(toks[:b], i) && r.run.quants[q].u.kind == percent && !r.closes(&r.run.quants[q], b) {
		return r.lead(q, first, b) // duy trì tỷ lệ 100% trạm y tế có bác sĩ
	}
	if m, n := r.moverAt(i, b); n > 0 && i+n == r.run.quants[q].first && r.run.quants[q].u.kind == countable && m == leadIncrease {
		return r.activity(q, i, b)
	} else if first := r.run.quants[q].first; n > 0 && i+n == first && r.run.quants[q].u.kind == percent && !r.closes(&r.run.quants[q], b) {
		return r.lead(q, first, b) // đưa 20% doanh nghiệp tham gia chuỗi giá trị
	} else if n > 0 && i+n <= r.run.quants[q].first {
		return r.named(q, i+n, b, m)
	}
	if quant := &r.run.quants[q]; r.pledgesShare(quant, i, b) {
		return r.lead(q, quant.first, b)
	}
	if quant := &r.run.quants[q]; quant.change != Level && quant.first > i && r.isPair(i, quant.first) && !r.closes(quant, b) && (quant.u.kind == percent || quant.u.kind == countable) {
		return r.lead(q, quant.first, b) // sắp xếp giảm 12% số đơn vị
	}
	if r.isActivity(q, i, b) {
		return r.activity(q, i, b)
	}
	return r.named(q, i, b, 0)
}

// aimsAt gives where an indicator, or the movement of one, begins behind a word of
// purpose or a comma, whose verb of aim it steps over; 0 if none does.
func (r *reader) aimsAt(s, first int) int {
	toks := r.run.toks[:first]
	aimed := r.run.toks[s-1].kind != aComma
	for n := 1; n > 0 && s < first; s += n {
		if _, n = aims.at(toks, s); n > 0 {
			aimed = true
		}
	}
	if m, n := r.moverAt(s, first); n > 0 && m != 0 && strongIndicators.has(toks, s+n) {
		return s
	}
	if aimed && (strongIndicators.has(toks, s) || s == first && (r.movesAt(first) || r.leadsOn(first))) {
		return s
	}
	return 0
}

// aims stand before what is to be reached and are no part of its name.
var aims = list(`bảo đảm; đảm bảo; qua đó; từ đó; góp phần; nhằm; để; bảo đảm cho; đảm bảo cho; sao cho; phấn đấu; duy trì; giữ; giữ vững; tạo điều kiện; nhờ vậy; hướng tới; hướng đến`)

var rateWord = list(`tỷ lệ`)

// moverAt reads a verb of movement that is no part of a compound: tăng cường is
// none, tăng thu ngân sách is one because thu ngân sách is an indicator.
func (r *reader) moverAt(i, b int) (meaning, n int) {
	toks := r.run.toks[:b]
	m, n := movers.at(toks, i)
	if n == 0 {
		return 0, 0
	}
	if _, c := compounds.at(toks, i); c > 0 {
		if _, k := indicators.at(toks, i+n); k <= c-n {
			return 0, 0
		}
	}
	return m, n
}

// nextQuantity finds the first quantity from i on at this depth that is no
// starting point of a movement.
func (r *reader) nextQuantity(i, b int, depth uint8) int {
	for q := r.firstQuantity(i, b); q >= 0 && q < len(r.run.quants) && r.run.quants[q].num < b; q++ {
		if r.run.quants[q].depth > depth {
			continue
		}
		if r.run.quants[q].origin {
			r.used[q] = true
			continue
		}
		return q
	}
	return -1
}

// trimStart moves the start of a clause past words that are not its name: a
// pledge in words before a comma, an intent, a fact before.
func (r *reader) trimStart(i, first int, depth uint8) int {
	toks := r.run.toks
	headed := r.headsAt(i, first)
	start := i
	if !headed && r.rows == nil { // whose results are told is read elsewhere
		if d := r.ownMove(i, first); d > i {
			start = d
		} else if d := r.normedDeed(i, first); d > i {
			start = d
		} else if d := r.ownDeed(i, first); d > i {
			start, headed = d, strongIndicators.has(toks, d)
		}
	}
	for k := start; k < first; k++ {
		if toks[k].depth != depth {
			continue
		}
		if _, n := wordsAmong.at(toks[:first], k); n > 0 && k > i {
			if r.s.last > 0 {
				r.s.total, r.s.joined = r.s.main, true
			}
			start = k + n
			headed = strongIndicators.has(toks, start)
			continue
		}
		if _, n := partWords.at(toks[:first], k); n > 0 && k > i && toks[k-1].kind == aComma && !headed && strongIndicators.has(toks[:first], k+n) {
			start, headed = k+n, true // các mục tiêu cụ thể, bao gồm tốc độ …
			continue
		}
		if !headed && k > i && purposeWords.has(toks, k) && r.afterComma(k+1, first) == first && r.leadsOn(first) {
			start = first // chịu trách nhiệm để 100% đảng viên …
			break
		}
		if !headed && k > i && (purposeWords.has(toks, k) || toks[k].kind == aComma) && toks[i].kind == aWord {
			if s := r.aimsAt(k+1, first); s > k {
				start, headed = s, true // …, bố trí vốn để nâng tỷ lệ …; …, bảo đảm mức độ hài lòng …
				k = s - 1
				continue
			}
		}
		if !headed && k > i && purposeWords.has(toks, k) && activities.has(toks[:first], k+1) && (exhortations.has(toks, start) || activities.has(toks, start)) && r.verbal(k+1, first) {
			start = k + 1 // huy động mọi nguồn lực để xây dựng 120 km đường
			break
		}
		if !headed {
			if d := r.deedAfter(k, first); d > k {
				r.s.ordered = true
				start, headed = d, strongIndicators.has(toks, d)
				k = d - 1
				continue
			}
		}
		if m, n := cues.at(toks[:first], k); n > 0 && m == cueIntent && k > i {
			r.scan(k + n)
			s := r.open(k+n, first)
			if s >= first && (headed || indicators.has(toks, start)) {
				continue // Số xã đạt chuẩn sẽ đạt 15 xã
			}
			start = s
			headed = r.headsAt(s, first)
			k = start - 1
			continue
		}
		if k > i && !headed && (goalNouns.has(toks[:first], k) || intents.has(toks[:first], k)) {
			_, n := goalNouns.at(toks[:first], k)
			if n == 0 {
				_, n = intents.at(toks[:first], k)
			}
			s := r.afterComma(k+n, first)
			if s >= first && (growthWords.has(toks, first) || r.leadsOn(first) || pledges.has(toks[:first], k) && (r.hasAt(first) || registers.has(toks[:first], k) && actors.has(toks, i) && r.countsAt(first))) {
				if pledges.has(toks[:first], k) {
					r.mean(k)
				}
				start = first // để đạt mục tiêu tăng trưởng 8%; công an phường đăng ký giảm 10% số vụ …
				break
			}
			if r.inProperName(k) { // Văn phòng Đăng ký đất đai
				continue
			}
			if s < first && pledges.has(toks[:first], k) && r.linksAt(first) && (bodies.has(toks, i) || actors.has(toks, i)) {
				r.scan(s)
				r.mean(k)
				start, headed = s, strongIndicators.has(toks, s) // Ban Chỉ huy đăng ký quân số huấn luyện đạt 98%
				k = s - 1
				continue
			}
			if s < first && pledges.has(toks[:first], k) && (indicators.has(toks[:first], s) || activities.has(toks[:first], s) || movers.has(toks[:first], s)) {
				r.mean(k)
			}
			if s < first && (indicators.has(toks[:first], s) || pledges.has(toks[:first], k) && activities.has(toks[:first], s) || movers.has(toks[:first], s) || openers.has(toks[:first], s) && !goalNouns.has(toks[:first], k)) {
				r.scan(s)
				start = s
				headed = strongIndicators.has(toks, s)
				k = s - 1
				continue
			}
		}
		if k > i && !headed && start < k && plainMovers.has(toks[:first], k) && !compounds.has(toks[:first], k) && indicators.has(toks[:first], k+1) {
			_, h := rateHeads.before(toks, i, k)
			if _, d := activities.before(toks, start, k); h == 0 && d == 0 {
				start = k
				break
			}
		}
		if k > i && !headed && toks[k].word == wordVoi && strongIndicators.has(toks[:first], k+1) {
			start, headed = k+1, true // hoàn thành mục tiêu giảm nghèo với tỷ lệ hộ nghèo còn …
			continue
		}
		if toks[k].kind == aColon && r.risesBefore(start, k) {
			continue
		}
		if toks[k].kind == aComma || toks[k].kind == aColon {
			s := r.afterComma(k+1, first)
			switch {
			case s >= first:
				if !headed && (exhortations.has(toks, start) && !activities.has(toks, start) || toks[k].kind == aComma && r.leadsOn(first)) {
					start = first
				}
			case !headed && toks[k].kind == aComma && eachWords.has(toks[:first], s):
				start = s // …, mỗi chi bộ kết nạp ít nhất 01 đảng viên
			case toks[k].kind == aColon && s < first:
				start, headed = s, strongIndicators.has(toks, s)
			case strongIndicators.has(toks, s) && !headed && !r.mismatched(s, first):
				start, headed = s, true
			case !headed && k-start <= 3 && activities.has(toks, start) && activities.has(toks, s) && r.isPair(s, first):
				// quản lý, điều trị 80% người …: two verbs share the object
			case !headed && exhortations.has(toks, start):
				if r.startsClause(s, first) {
					start = s
				}
			}
		}
	}
	if start < first && !headed && urging.has(toks, start) {
		for k := start + 2; k < first; k++ {
			if toks[k-1].kind == aWord && activities.has(toks[:first], k) && r.verbal(k, first) {
				start = k // tập trung nguồn lực hoàn thành dứt điểm 15 công trình
				break
			}
		}
	}
	if start < first && start > i {
		if s := r.open(start, first+1); s > start && s <= first {
			start = s
		}
	}
	return start
}

// pledges are verbs by which a body binds itself; between a body and an
// indicator or a deed they are meant as such, elsewhere ("đăng ký đất đai") not.
var pledges = list(`đăng ký; cam kết; ký cam kết; giao ước; ký giao ước; thống nhất; đề ra; đặt ra; xác định; nhận; ký kết; quyết nghị; đăng ký phấn đấu; thống nhất đăng ký; thống nhất phấn đấu; đăng ký chỉ tiêu; đăng ký thực hiện`)

// headsAt tells whether an indicator begins at i, or a movement of one: "giảm số vụ
// cháy, số người chết …".
func (r *reader) headsAt(i, first int) bool {
	if strongIndicators.has(r.run.toks, i) {
		return true
	}
	_, n := r.moverAt(i, first)
	return n > 0 && strongIndicators.has(r.run.toks[:first], i+n)
}

// leadsOn tells whether the figure whose group starts at first has its name
// behind it: "sử dụng tiết kiệm điện, giảm 5% điện năng tiêu thụ".
func (r *reader) leadsOn(first int) bool {
	b := len(r.run.toks)
	n := r.firstQuantity(first, b)
	if n < 0 || r.closes(&r.run.quants[n], b) {
		return false
	}
	q := &r.run.quants[n]
	return q.u.kind == percent || q.u.kind == countable && (q.relation != "" || q.has)
}

// hasAt tells whether the figure whose group starts at first counts what somebody has.
func (r *reader) hasAt(first int) bool {
	n := r.firstQuantity(first, len(r.run.toks))
	return n >= 0 && r.run.quants[n].has && !r.run.quants[n].linked
}

// countsAt tells whether a figure that counts things begins at first: "Phường 5
// đăng ký 04 mô hình dân vận khéo".
func (r *reader) countsAt(first int) bool {
	n := r.firstQuantity(first, len(r.run.toks))
	return n >= 0 && r.run.quants[n].num == first && r.run.quants[n].u.kind == countable
}

// registers are the pledges that need no other verb.
var registers = list(`đăng ký; cam kết; giao ước`)

// mismatched tells a sum of money behind a comma that a plain percentage cannot
// measure: "kê khai tài sản, thu nhập đạt 100%".
func (r *reader) mismatched(s, first int) bool {
	n := r.firstQuantity(first, len(r.run.toks))
	return n >= 0 && sums.has(r.run.toks, s) && s+2 >= first && r.run.quants[n].u.kind == percent && r.run.quants[n].change == Level
}

var sums = list(`thu nhập; doanh thu; kim ngạch; lợi nhuận`)

// isPair tells whether nothing but the verb at s stands before the figure.
func (r *reader) isPair(s, first int) bool {
	_, n := activities.at(r.run.toks[:first], s)
	return s+n == first
}

// urging words begin a deed and are no part of its name.
var urging = list(`tập trung; đẩy mạnh; đẩy nhanh; tăng cường; tiếp tục; chú trọng; tích cực; chủ động; quan tâm; nỗ lực; ưu tiên; khẩn trương; quyết liệt`)

// linksAt tells whether the figure whose group starts at first has its name
// before it.
func (r *reader) linksAt(first int) bool {
	n := r.firstQuantity(first, len(r.run.toks))
	return n >= 0 && r.run.quants[n].linked
}

var purposeWords = list(`để; nhằm; sao cho`)

// goalNouns name a target before its indicator: mục tiêu tăng trưởng GRDP.
var goalNouns = list(`mục tiêu; chỉ tiêu; với mục tiêu; mục tiêu là; chỉ tiêu là; chỉ tiêu về; mục tiêu về`)

// startsClause tells whether words after a comma can begin a clause of their
// own rather than go on with a list of nouns.
func (r *reader) startsClause(i, b int) bool {
	toks := r.run.toks[:b]
	return indicators.has(toks, i) || activities.has(toks, i) || movers.has(toks, i) || exhortations.has(toks, i)
}

// afterComma skips connectors and moments after a comma without judging them.
func (r *reader) afterComma(i, b int) int {
	toks := r.run.toks
	for i < b {
		if _, next := r.run.momentAt(i, b); next > i {
			i = next
			continue
		}
		if _, n := connectors.at(toks[:b], i); n > 0 {
			i += n
			continue
		}
		if toks[i].kind != aWord && toks[i].kind != aNumber && toks[i].kind != aQuote {
			i++
			continue
		}
		return i
	}
	return i
}

// noneBehind finds "không có" at the end of a clause, behind the name of what
// must not be: "Tai nạn lao động: không có". It gives where the name ends.
func (r *reader) noneBehind(i, b int) int {
	toks := r.run.toks
	if r.s.stance != goal && !r.s.intent && !r.bareItem() {
		return 0
	}
	for k := i + 1; k < b-1; k++ {
		if toks[k].kind == aColon && r.colonDenies(k, b) {
			return k
		}
	}
	return 0
}

// colonDenies tells whether nothing but "không có" or "không" stands behind the
// colon at k.
func (r *reader) colonDenies(k, b int) bool {
	toks := r.run.toks
	_, n := nones.at(toks[:b], k+1)
	if n == 0 && r.wordIs(k+1, wordKhong) {
		n = 1
	}
	if n == 0 {
		return false
	}
	end := k + 1 + n
	return end >= b || toks[end].kind == aStop || toks[end].kind == aSemicolon
}

var wordKhong = learn("không")

// laterNone finds a promise that nothing happens after a comma of the clause.
func (r *reader) laterNone(i, b int, depth uint8) int {
	if r.rows != nil { // results promise nothing
		return 0
	}
	toks := r.run.toks
	for k := i; k < b; k++ {
		if _, n := intents.at(toks[:b], k); n > 0 && k+n < b && nones.has(toks[:b], k+n) {
			return k + n // các đơn vị cam kết không để xảy ra …
		}
	}
	for o := i; o < b && toks[o].kind == aWord; o++ {
		_, n := orders.at(toks[:b], o)
		if n == 0 || !r.addresses(o+n, b) {
			continue
		}
		for k := o + n; k < b && toks[k].kind == aWord; k++ {
			if nones.has(toks[:b], k) {
				r.s.ordered = true
				return k // yêu cầu các đơn vị không để xảy ra …
			}
		}
		break
	}
	urged := false
	if r.s.stance != goal && !r.s.intent && !r.bareItem() {
		if urged = r.s.stance == neutral && !r.s.past && exhortations.has(toks, i); !urged {
			return 0
		}
	}
	if !urged && !indicators.has(toks, i) && !activities.has(toks, i) && !exhortations.has(toks, i) {
		for k := i + 1; k < min(i+6, b) && toks[k].kind == aWord; k++ {
			if nones.has(toks[:b], k) {
				return k // Đảng bộ không còn chi bộ yếu kém
			}
		}
	}
	for k := i; k < b; k++ {
		if toks[k].kind != aComma || toks[k].depth != depth {
			continue
		}
		s := r.afterComma(k+1, b)
		if nones.has(toks[:b], s) && (!urged || !r.wordIs(s, wordKhong)) {
			return s
		}
	}
	return 0
}
