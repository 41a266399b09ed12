package target

// What shows that a sentence of prose tells what is or was, though no heading
// and no introduction says so.

// toldLater tells whether a sentence of prose says further on that something has
// been done, and nothing of what shall be.
func (r *reader) toldLater(a, b int) bool {
	done := r.measuredAgainstPlan(a, b)
	for i := a; i < b; i++ {
		if m, n := cues.at(r.run.toks[:b], i); n > 0 && m == cueIntent {
			return false
		}
		done = done || r.wordIs(i, wordDone) && !agreed.has(r.run.toks[:b], i+1) || r.run.toks[i].word != 0 && r.telling(a, i, b)
	}
	return done
}

// telling tells whether a word at i shows that the sentence tells: an adverb of
// what is ("hiện còn"), a look back ("trước đó"), a report ("theo báo cáo"), a
// standing among others ("xếp thứ 3", "cao nhất huyện").
func (r *reader) telling(a, i, b int) bool {
	toks := r.run.toks[:b]
	if _, n := openings.at(toks, i); n > 0 && r.opensAt(a, i) {
		return true
	}
	if i == a && spanOpeners.has(toks, i) && r.spanPassed(i+1, b) {
		return true
	}
	m, n := tellers.at(toks, i)
	switch {
	case n == 0 || r.inProperName(i) || innerWords.has(toks, i-1):
		return false
	case toks[i].word == wordHien && r.wordIs(i+n-1, wordCo) && r.attributive(i+n):
		return false
	case m == tellsRank: // xếp thứ 3, đứng thứ 15/63
		return i+n < b && r.run.kindAt(i+n) == aNumber && !r.countsFrom(i+n) // but not xếp hạng 04 di tích
	case m == tellsMonth: // Kim ngạch xuất khẩu tháng 5 tăng …; Quý I/2025, GRDP tăng …
		_, next := r.run.dateAt(i+n, b)
		return next > i+n && !dueWords.has(toks, i-1)
	case m == tellsSince: // Đến tháng 10/2024, dư nợ đạt …, tăng 8,5% so với đầu năm
		at, _ := sinceBases.in(toks, i+n, b)
		return i == a && at >= 0
	}
	return true
}

// countsFrom tells whether the number at i counts things.
func (r *reader) countsFrom(i int) bool {
	q := r.firstQuantity(i, i+1)
	return q >= 0 && r.run.quants[q].u.kind == countable
}

// spanPassed tells "5 năm, …" and "tháng 3, …" behind trong, sau, qua: a stretch of
// time without a year that nothing puts ahead.
func (r *reader) spanPassed(i, b int) bool {
	toks := r.run.toks[:b]
	switch {
	case i+1 >= b:
		return false
	case toks[i].kind == aNumber && spanUnits.has(toks, i+1):
		return i+2 < b && !aheadOf.has(toks, i+2)
	case toks[i].word == wordThang && toks[i+1].kind == aNumber:
		return i+2 < b && toks[i+2].kind == aComma
	}
	return false
}

var (
	spanOpeners = list(`trong; sau; qua; suốt; trải qua; hơn; gần`)
	spanUnits   = list(`năm; tháng; ngày; tuần; quý; nhiệm kỳ`)
	aheadOf     = list(`tới; tiếp theo; sau; đầu tiên; cuối`)
)

// opensAt tells whether i begins the sentence or a clause after a comma.
func (r *reader) opensAt(a, i int) bool {
	return i == a || r.run.kindAt(i-1) == aComma || r.run.kindAt(i-1) == aSemicolon
}

const (
	tellsPlainly = iota + 1
	tellsRank
	tellsMonth
	tellsSince
)

var (
	// openings begin a sentence or a clause that looks back.
	openings = newPhrases().
			cross(1, `nhờ; do; bởi; nhờ có`, `đó; vậy; thế`).
			cross(1, `qua; sau`, `kiểm tra; rà soát; thanh tra; khảo sát; đánh giá; thống kê; triển khai; thực hiện; sắp xếp; sáp nhập; điều tra; giám sát; tổng hợp`).
			cross(1, `theo`, `báo cáo; thống kê; số liệu; đánh giá; kết quả; thông tin; ước tính; tổng hợp; khảo sát`).
			cross(1, `trước; sau`, `đó; đây`).
			cross(1, `năm; tháng; quý; tuần; nhiệm kỳ; kỳ`, `ngoái; trước; qua`).
			cross(1, `tại; vào; ở`, `thời điểm; lúc; khi`).
			cross(1, `điển hình; tiêu biểu; nổi bật; đơn cử; ví dụ; cá biệt`, `?là; như; có`).
			cross(1, `nhiều; một số; không ít; hầu hết; đa số; phần lớn; đại đa số`, `đơn vị; địa phương; xã; phường; hộ; doanh nghiệp; chỉ tiêu; nơi; cơ sở; mô hình; sở; ngành; trường; tập thể; cá nhân`).
			cross(1, `lúc; khi; ban; thời kỳ; những năm; lúc còn`, `mới; đầu; ban đầu`).
			cross(1, `đầu; giữa; nửa đầu; nửa cuối; cuối`, `năm qua; nhiệm kỳ; năm nay; năm ngoái; tháng trước; những năm`).
			cross(1, `khó khăn; vướng mắc; tồn tại; hạn chế; bất cập; thách thức`, `lớn nhất; chính; chủ yếu; là; hiện nay`).
			with(1, `nửa đầu năm; cùng kỳ; nay; mặc dù; tuy nhiên; tuy vậy; dù; bất chấp; so với cùng kỳ; hôm nay; hôm qua; cách đây; kể từ; từ khi; từ đầu năm; từ đầu nhiệm kỳ; đến thời điểm này; đến thời điểm hiện tại; đến giờ; cho đến nay; thực tế; trên thực tế; được biết; ghi nhận; bước đầu; sau đó; khi đó; lúc này; lúc đó; thời điểm đó; những năm trước; các năm trước; những năm gần đây; thời gian qua`)

	tellers = newPhrases().
		cross(tellsPlainly, `hiện; hiện đang; hiện tại; hiện nay; đang; vẫn; vẫn đang; chỉ mới; mới chỉ; vừa; từng; vẫn chỉ`, `đạt; là; ở mức; chiếm; bằng`).
		cross(tellsPlainly, `hiện; hiện vẫn; hiện chỉ; vẫn; hiện đang`, `còn; có; tăng; giảm; thu hút; duy trì`).
		cross(tellsPlainly, `tỷ lệ; con số; mức; chỉ số; số; kết quả; tỷ trọng; chỉ tiêu`, `này; trên; đó; nêu trên`, `là; đạt; chỉ; còn; tăng; giảm; cao; thấp; ở mức; mới; đã; tương ứng; lần lượt`).
		cross(tellsPlainly, `cao; thấp; lớn; nhiều`, `nhất; nhì; thứ hai`, `huyện; tỉnh; cả nước; toàn quốc; khu vực; vùng; ngành; trong; từ trước; nước; toàn tỉnh`).
		cross(tellsPlainly, `cao hơn; thấp hơn`, `bình quân; trung bình; mức bình quân; mức trung bình; mặt bằng`, `chung; của; cả nước; toàn tỉnh; cả tỉnh; toàn quốc`).
		cross(tellsRank, `xếp; đứng; đứng ở; xếp ở; xếp vị trí; đứng vị trí; xếp hạng; về`, `thứ; vị trí thứ; hạng`).
		cross(tellsPlainly, `đạt; còn; vẫn còn; ở mức`, `thấp; cao; quá thấp; khá cao; khá thấp; rất thấp; rất cao`).
		with(tellsPlainly, `thực hiện đạt; thực hiện được; so với tháng trước; so với quý trước; so với tuần trước; ước cả năm; chủ yếu là do; nguyên nhân là do; trong đó phần lớn`).
		with(tellsMonth, `tháng; quý`).
		cross(tellsPlainly, `tỉnh; huyện; xã; phường; thành phố; ngành; công; cả nước; toàn quốc; nay; khối; cụm`, `mới`, `đạt; bằng; ở mức`).
		with(tellsSince, `đến tháng; đến ngày; đến quý; tính đến`)

	sinceBases = newPhrases().cross(1, `so với; so; bằng`, `đầu năm; cùng kỳ; cuối năm; kế hoạch; dự toán; năm trước; ngày; tháng`)

	// innerWords hold a word of tellers as their second syllable.
	innerWords = list(`thực hiện; phát hiện; xuất hiện; thể hiện; biểu hiện; tái hiện; và vừa; nhỏ vừa`)

	// dueWords before a month look ahead: đến tháng 6, trước quý IV.
	dueWords = list(`đến; trước; trong; hết; cuối; từ; vào; tới; đầu; giữa; nhất; ngày; mỗi; các; sau; qua; số; của; hằng; hàng`)
)

// measuredAgainstPlan tells "…, đạt 74,6% kế hoạch" behind another figure: what
// was reached is set against the plan.
func (r *reader) measuredAgainstPlan(a, b int) bool {
	first := r.firstQuantity(a, b)
	for n := first + 1; first >= 0 && n < len(r.run.quants) && r.run.quants[n].num < b; n++ {
		q := &r.run.quants[n]
		if q.u.kind == percent && q.linked && q.change == Level && r.run.kindAt(q.first-1) == aComma && r.againstPlan(q.end, b) {
			return true
		}
	}
	return false
}

// namesPerson tells whether a sentence begins with a person: "Ông Nguyễn Văn A …",
// "Chị Lan …", "Vận động viên Nguyễn Thị D …".
func (r *reader) namesPerson(a, b int) bool {
	toks := r.run.toks[:b]
	m, n := persons.at(toks, a)
	if n == 0 || !toks[a].capital || a+n >= b || !toks[a+n].capital {
		return false
	}
	return m == kin || a+n+1 < b && toks[a+n+1].capital
}

const kin = 2

var persons = newPhrases().
	with(kin, `ông; bà; anh; chị; cụ; em; cháu; cô; chú; bác; thầy; gia đình ông; gia đình bà; gia đình anh; gia đình chị; hộ ông; hộ bà; hộ anh; hộ chị; vợ chồng anh; vợ chồng ông`).
	with(1, `đồng chí; vận động viên; thí sinh; học sinh; sinh viên; đoàn viên; hội viên; đảng viên; nông dân; bác sĩ; kỹ sư; chủ tịch; giám đốc; chiến sĩ; thượng úy; đại úy; thiếu tá; trung tá; thượng tá; đại tá; em học sinh`)

// opensWithFact tells whether the first figure of a sentence is a fact: "Cơ quan
// có tổng số 45 biên chế, trong đó …".
func (r *reader) opensWithFact(a, b int) bool {
	q := r.firstQuantity(a, b)
	if q < 0 || !r.isFact(a, r.run.quants[q].first) {
		return false
	}
	for i := a; i < r.run.quants[q].first; i++ {
		if m, n := cues.at(r.run.toks[:b], i); n > 0 && (m == cueIntent || m == cueGoal) {
			return false
		}
	}
	return true
}
