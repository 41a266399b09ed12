package target

// leadGroup walks back from the figure over its verb group.
func (r *run) leadGroup(q *quantity, floor int) {
	toks := r.toks
	p := q.num
	rise, fall, still, to := false, false, false, false
	average := 0
walk:
	for p > floor {
		t := toks[p-1]
		if t.kind == aSign {
			switch r.slice(p-1, p) {
			case "≤", "<", "<=", "⩽":
				q.relation, q.sign, q.linked = AtMost, true, true
			case "≥", ">", ">=", "⩾":
				q.relation, q.sign, q.linked = AtLeast, true, true
			case "=":
				q.sign, q.linked = true, true
			case "~", "≈":
				q.approx = About
			default:
				break walk
			}
			p--
			continue
		}
		m, n := leads.before(toks, floor, p)
		if n == 0 {
			break
		}
		start := p - n
		if n == 1 && compoundEnds.has(toks, start-1) { // giải phóng mặt bằng
			break
		}
		if n == 2 && splitCompounds.has(toks, start-1) { // trẻ chuyên cần đạt
			start++
			m, n = leadLink, 1
		}
		if m == leadExceed && r.wordAt(start-1) == wordVa { // hoàn thành và hoàn thành vượt mức
			break
		}
		if m == leadDown && n == 1 && toks[start].word == wordVe { // thu về
			if _, k := activities.before(toks, floor, start); k > 0 && !movers.has(toks, start-k) {
				break
			}
		}
		if (m == leadUp || m == leadDown) && r.wordAt(start-1) == wordTro { // sinh con thứ ba trở lên
			break
		}
		if m == leadHad && innerWords.has(toks, start-1) { // vốn thực hiện đạt
			m, start = leadLink, p-1
		}
		if m == leadRecognise {
			if _, k := activities.before(toks, floor, start); k > 0 { // lập hồ sơ công nhận 05 cây di sản
				break walk
			}
		}
		switch m {
		case leadAtLeast:
			q.bound(AtLeast, !plainBounds.has(toks, start))
		case leadAtMost:
			q.bound(AtMost, !plainBounds.has(toks, start))
		case leadOver:
			q.approx = Over
		case leadUnder:
			q.approx = Under
		case leadAbout:
			q.approx = About
		case leadFrom:
			q.from = true
		case leadLink:
			if n == 2 && p != q.num && toks[start].word == wordSteady && r.wordAt(start+1) == wordStable {
				break walk // tỷ lệ cấp điện ổn định đạt 99,9%
			}
			if n == 1 || n == 2 && controls.has(toks, start) {
				if controls.has(toks, start) && (r.wordAt(start-1) == wordDuoc && !(p == q.num && keepers.has(toks, start) && !reins.has(toks, start)) || reins.has(toks, start) && p == q.num && q.u.kind == countable) {
					break walk // tỷ lệ giống cây được kiểm soát đạt 95%; kiểm soát 500 lượt
				}
			}
			q.linked = true
			q.from = q.from || n > 1 && toks[p-1].word == wordTu // đạt từ 98% kế hoạch trở lên
			if w := toks[start].word; w == wordDen || w == wordToi || w == wordVoi {
				q.linked = q.linked && w != wordVoi
				to = to || w != wordVoi
				if w == wordVoi { // với 5 xã: a connector, not a verb
					break walk
				}
			}
		case leadHas:
			q.has = true
			if toks[start].word == wordDuoc && p == q.num { // thu hút được 11, but not "tiết kiệm được đạt 11"
				q.got, q.gained = true, true
			}
		case leadStill:
			still, q.linked = true, true
			if toks[start].word == wordGiam {
				fall = true
			}
			if toks[p-1].word == wordDuoi && q.relation == "" {
				q.relation = AtMost
			}
		case leadUp:
			to, q.linked = true, true
			if toks[start].word == wordNang {
				rise = true
			}
		case leadDown:
			to, fall, q.linked = true, true, true
		case leadIncrease, leadDecrease:
			if _, h := rateHeads.before(toks, floor, start); h > 0 && !q.linked {
				break walk
			} else if h > 0 {
				break walk
			}
			if m == leadIncrease {
				rise = true
			} else {
				fall = true
			}
			q.linked = true
		case leadExceed:
			q.exceed, q.linked = true, true
		case leadTimes:
			rise, q.linked = true, true
		case leadAverage:
			if average == 0 {
				average = p
			}
			p = start
			continue
		case leadIntent:
			q.intent = true
			q.has = q.has || toks[p-1].word == wordCo // phấn đấu có
		case leadHad:
			q.got, q.linked = true, true
		case leadEstimate:
			q.estimate, q.linked = true, true
			if w := toks[p-1].word; w == wordTang {
				rise = true
			} else if w == wordVuot {
				q.exceed = true
			}
		case leadShare:
			q.share, q.linked = true, true
		case leadRecognise:
			q.light, q.has = true, true
		}
		average = 0
		if m != leadAbout {
			r.innerBounds(q, start, p)
		}
		p = start
	}
	if average > 0 {
		// an average with no verb before it belongs to the name
		p = average
	}
	q.first = p
	switch {
	case q.exceed && q.u.kind == percent:
		q.change = Increase
	case q.exceed:
		q.relation = AtLeast
	case still:
		q.direction = Lower
	case (rise || fall) && to && q.u.kind != times:
		if rise {
			q.direction = Higher
		} else {
			q.direction = Lower
		}
	case rise:
		q.change = Increase
	case fall:
		q.change = Decrease
	}
}

// bound takes a comparison that stands before the figure; the one nearest to it counts.
func (q *quantity) bound(rel Relation, norm bool) {
	if q.relation == "" {
		q.relation, q.norm = rel, norm
	}
}

// plainBounds compare without laying down: results are told with them as well.
var plainBounds = list(`trên; từ trên; trên mức; dưới; dưới mức; cao hơn; lớn hơn; nhiều hơn; thấp hơn; nhỏ hơn; ít hơn; không kém`)

var (
	wordSteady = learn("ổn")

	wordDuoc = learn("được")
	wordGiam = learn("giảm")
	wordTang = learn("tăng")
	wordVuot = learn("vượt")
	wordNang = learn("nâng")
	wordTro  = learn("trở")
)

// controls behind "được" say what is done to the thing; alone they say that it
// must stay within bounds.
var controls = list(`kiểm soát; khống chế; kiềm chế; hạn chế; duy trì; giữ`)

// splitCompounds end in a word that makes another verb with the next: cần đạt.
var splitCompounds = list(`chuyên cần`)

// compoundEnds are words of two syllables whose second looks like a verb.
var compoundEnds = list(`mặt bằng; văn bằng; công bằng; cân bằng; đồng bằng; gia tăng; suy giảm; sụt giảm; dẫn đến; liên quan đến; mở rộng; nhân rộng; lan rộng; sâu rộng; hiến tặng; kéo dài; nối dài; chiều dài; chiều rộng; chiều cao; nâng cao; đề cao; nhà ở; chỗ ở; nơi ở; đất ở; ăn ở; sẵn có; vốn có; nghị lực là; thu được; bắt giữ; thu giữ; tạm giữ; chuyên cần; cấp cứu được; lưu giữ; gìn giữ; nắm giữ; canh giữ; cất giữ; chiếm giữ; trở về; thu về; kéo lên; tính đến; kể đến; hướng đến; hướng tới; tiến tới; đi tới; bao gồm có; hiện có; quyền có; đối với; so với; cùng với; gắn với; trái với; phù hợp với; tiếp cận với; cộng thêm; làm thêm; dạy thêm; học thêm; bổ sung thêm`)

// innerBounds reads the comparison inside a verb phrase such as "tăng ít nhất".
func (r *run) innerBounds(q *quantity, a, b int) {
	for k := a; k < b; k++ {
		m, n := leads.at(r.toks[:b], k)
		if n == 0 || k+n > b || n == b-a {
			continue
		}
		switch m {
		case leadAtLeast:
			q.bound(AtLeast, !plainBounds.has(r.toks, k))
		case leadAtMost:
			q.bound(AtMost, !plainBounds.has(r.toks, k))
		case leadAbout:
			q.approx = About
		case leadOver:
			q.approx = Over
		}
	}
}

// joinOrigins finds "từ 69,5% năm 2022 lên 72%": the first figure is where the
// movement starts, the second is the target.
func (r *run) joinOrigins() {
	for k := 0; k+1 < len(r.quants); k++ {
		a, b := &r.quants[k], &r.quants[k+1]
		if !a.from || a.ranged || a.relation != "" || a.end > b.first || b.first-a.end > 8 {
			continue
		}
		if b.direction == Unknown && !r.goesTo(b) {
			continue
		}
		gap := true
		for i := a.end; i < b.first && gap; i++ {
			switch r.toks[i].kind {
			case aComma, aSemicolon, aStop:
				gap = false
			}
		}
		if !gap {
			continue
		}
		a.origin = true
		if b.direction == Unknown {
			switch a.change {
			case Increase:
				b.direction = Higher
			case Decrease:
				b.direction = Lower
			}
		}
		b.change = Level
		b.first = a.first
		if b.u.kind == noUnit {
			b.u = a.u
		}
	}
}

// goesTo tells whether the verb group says lên, xuống, còn, đến.
func (r *run) goesTo(q *quantity) bool {
	for i := q.first; i < q.num; i++ {
		switch m, _ := leads.at(r.toks[:q.num], i); m {
		case leadUp, leadDown, leadStill:
			return true
		}
		if w := r.toks[i].word; w == wordDen || w == wordToi {
			return true
		}
	}
	return false
}
