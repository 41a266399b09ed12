package target

// An order names who must do something before it says what: "yêu cầu các chủ đầu
// tư giải ngân …", "giao Sở Y tế khám …". A sentence may as well begin with who
// does it: "xã tiếp tục bê tông hóa …". The indicator begins with the deed.

// deedAfter gives where the deed begins behind an order at k, 0 if no order
// stands there or nothing before first can be its deed.
func (r *reader) deedAfter(k, first int) int {
	_, n := orders.at(r.run.toks[:first], k)
	if n == 0 || !r.addresses(k+n, first) || r.wordIs(k-1, wordBan) {
		return 0
	}
	return r.deed(k+n, first)
}

// ownDeed gives where the deed begins behind who does it and an auxiliary: "các
// địa phương phải hoàn thành …", "xã tiếp tục bê tông hóa …"; 0 if none does.
func (r *reader) ownDeed(i, first int) int {
	toks := r.run.toks[:first]
	if eachWords.has(toks, i) || !several.has(toks, i) && !actors.has(toks, i) && !bodies.has(toks, i) {
		return 0
	}
	for k := i + 1; k < min(i+14, first) && (toks[k].kind == aWord || toks[k].kind == aComma); k++ {
		if movers.has(toks, k) || intents.has(toks, k) && !auxiliaries.has(toks, k) || activities.has(toks, k) && !actors.has(toks, k) && !toks[k].capital && !several.has(toks, k-1) {
			return 0
		}
		m, n := auxiliaries.at(toks, k)
		if n == 0 {
			continue
		}
		d := r.deed(k, first)
		if d == 0 || m == auxGoesOn && errands.has(toks, d) {
			return 0
		}
		if m == auxBinds {
			r.s.ordered = true
		}
		return d
	}
	return 0
}

// normedDeed gives where the deed begins behind a body by name, if its figure lays
// down what must be done: "Hội Chữ thập đỏ huyện vận động ít nhất 300 triệu đồng".
func (r *reader) normedDeed(i, first int) int {
	toks := r.run.toks[:first]
	n := r.firstQuantity(first, len(r.run.toks))
	if i >= first || n < 0 || !r.run.quants[n].norm || r.run.quants[n].linked || !toks[i].capital || !bodies.has(toks, i) {
		return 0
	}
	for k := i + 1; k < first; k++ {
		if toks[k].kind != aWord || !toks[k].capital && (indicators.has(toks, k) && !activities.has(toks, k) || intents.has(toks, k)) {
			return 0
		}
		if k > i+1 && activities.has(toks, k) && !toks[k].capital && !several.has(toks, k-1) && r.verbal(k, first) {
			return k
		}
	}
	return 0
}

// ownMove gives where a movement begins behind who brings it about: "Bưu điện nâng
// tỷ lệ phát thành công lên 97%", "Công ty giảm 10% thời gian giao hàng".
func (r *reader) ownMove(i, first int) int {
	toks := r.run.toks[:first]
	_, n := actors.at(toks, i)
	if n == 0 {
		_, n = institutions.at(toks, i)
	}
	if n == 0 {
		return 0
	}
	k := i + n
	for k < first && toks[k].kind == aWord && (toks[k].capital || toks[k-1].capital && k > i+n && !movers.has(toks, k)) {
		k++ // Điện lực Nghệ An
	}
	if k == first && r.movesAt(first) {
		return first
	}
	if _, n := movers.at(toks, k); n > 0 && !compounds.has(toks, k) && indicators.has(toks, k+n) {
		return k
	}
	return 0
}

// addresses tells whether a body or persons stand at i.
func (r *reader) addresses(i, first int) bool {
	toks := r.run.toks
	return i < first && (toks[i].capital || several.has(toks, i) || actors.has(toks[:first], i))
}

// deed steps over who must act, from i on, to what must be done.
func (r *reader) deed(i, first int) int {
	toks := r.run.toks[:first]
	whole := true  // the name of who must act may have ended here
	named := false // a noun for them has come
	for k := i; k < first; {
		from := k
		if toks[k].kind != aWord {
			if toks[k].kind != aComma && toks[k].kind != aDash {
				return 0
			}
			k++
			whole = true
			continue
		}
		if _, next := r.run.momentAt(k, first); next > k {
			k = next
			whole = true
			continue
		}
		if _, n := several.at(toks, k); n > 0 {
			k += n
			if _, n := actors.at(toks, k); n > 0 {
				k += n
			}
			continue
		}
		if _, n := actors.at(toks, k); n > 0 && !(named && activities.has(toks, k) && !r.wordIs(k-1, wordTinh)) { // các đơn vị tổ chức 12 lớp
			k += n
			whole, named = true, true
			continue
		}
		if whole && indicators.has(toks, k) && !bodies.has(toks, k) && !modifiers.has(toks, k) {
			return k // yêu cầu các đơn vị thời gian giải quyết …, GRDP tăng …
		}
		if toks[k].capital {
			k++
			continue
		}
		if _, n := orders.at(toks, k); n > 0 && !activities.has(toks, k) { // giao Phòng … hướng dẫn các xã trồng
			k += n
			whole = true
			continue
		}
		if _, n := auxiliaries.at(toks, k); n > 0 {
			k += n
			whole = true
			continue
		}
		if activities.has(toks, k) || movers.has(toks, k) || keepers.has(toks, k) || whole && strongIndicators.has(toks, k) {
			return k
		}
		whole = false // Tổ công nghệ số cộng đồng
		k = from + 1
	}
	if whole && (r.leadsOn(first) || r.hasAt(first) || r.movesAt(first) || keepers.has(r.run.toks, first)) {
		return first // yêu cầu các bộ, ngành cắt giảm ít nhất 30% thời gian …
	}
	return 0
}

const (
	auxBinds = iota + 1
	auxGoesOn
)

// movesAt tells whether the figure whose group starts at first says how much
// something moves.
func (r *reader) movesAt(first int) bool {
	n := r.firstQuantity(first, len(r.run.toks))
	return n >= 0 && r.run.quants[n].change != Level && !r.closes(&r.run.quants[n], len(r.run.toks))
}

var (
	wordTinh = learn("tỉnh")
	wordBan  = learn("bàn")

	// orders bind somebody else.
	orders = newPhrases().with(1, `yêu cầu; đề nghị; giao; chỉ đạo; hướng dẫn; phân công; đôn đốc; kêu gọi; lãnh đạo; lãnh đạo, chỉ đạo; giao nhiệm vụ cho; giao cho; yêu cầu đối với; phối hợp với; phối hợp cùng; cùng với; khuyến khích; động viên; thống nhất giao; quyết định giao; tham mưu; đốc thúc; phát động`)

	// institutions act like those, but are no part of who is bound elsewhere.
	institutions = list(`hải quan; bưu điện; kho bạc; kho bạc nhà nước; tòa án; viện kiểm sát; thư viện; bảo tàng; nhà hát; kiểm lâm; công an; biên phòng; bộ đội biên phòng; cảnh sát; mặt trận; liên đoàn; hiệp hội; tổng công ty; tập đoàn; nhà máy; xí nghiệp; phân xưởng; toàn ngành; toàn tỉnh; toàn trường; bảo hiểm xã hội; cơ quan thuế; điện lực; thi hành án; văn phòng; trạm; học viện; ban chỉ huy quân sự; trung đoàn; sư đoàn; lữ đoàn; tiểu đoàn; đại đội`)

	// modifiers behind a body say of what field it is: các đội thuế.
	modifiers = list(`thuế; vốn; kinh tế; công nghiệp; nông nghiệp; dịch vụ; thương mại; sản phẩm; du lịch; vận tải; bảo hiểm; doanh nghiệp; tín dụng; dân cư; khu vực; phát triển; xuất khẩu; nhập khẩu; hạng; trồng`)

	// auxiliaries stand between who acts and the deed.
	// those that bind make a target of it.
	auxiliaries = newPhrases().
			with(auxBinds, `sẽ; cần; phải; cần phải; có trách nhiệm; chịu trách nhiệm; bắt buộc; sẽ phải`).
			with(auxGoesOn, `tiếp tục; tập trung; chủ trì; chủ động; khẩn trương; tích cực; đẩy mạnh; quyết liệt; nghiêm túc; cùng; phối hợp; trực tiếp; thường xuyên; kịp thời; nhanh chóng; ưu tiên; bằng mọi giải pháp; nỗ lực; ra sức`)

	// keepers are verbs of aim that begin a deed and are no part of its name.
	keepers = list(`bảo đảm; đảm bảo; duy trì; giữ; giữ vững; khống chế; kiểm soát; kiềm chế; phấn đấu; đạt; hoàn thành`)

	// actors are those who may be bound. Some hold a syllable that looks like a
	// deed: "chủ đầu tư", "cơ sở sản xuất", "tổ chức tín dụng".
	actors = newPhrases().
		with(1, `chủ đầu tư; nhà đầu tư; nhà thầu; đơn vị thi công; đơn vị cung cấp; đơn vị cung ứng; đơn vị quản lý; đơn vị sự nghiệp; cơ sở sản xuất; cơ sở chế biến; cơ sở khám chữa bệnh; cơ sở khám bệnh, chữa bệnh; cơ sở đào tạo; cơ sở giáo dục; cơ sở kinh doanh; cơ sở nuôi; tổ chức tín dụng; tổ chức đảng; tổ chức chính trị - xã hội; tổ chức; ban quản lý; ban quản lý dự án; ban tổ chức; ban ngành; trung tâm dịch vụ việc làm; trung tâm đào tạo; lực lượng chức năng; lực lượng; ngân hàng thương mại; quỹ tín dụng`).
		with(1, `bộ; ngành; bộ, ngành; sở, ngành; sở, ban, ngành; ban, ngành; sở; ban; cục; vụ; viện; chi cục; tổng cục; phòng; phòng, ban; khoa, phòng; khoa; tỉnh; huyện; quận; thành phố; thị xã; xã; phường; xã, phường; đặc khu; địa phương; thôn; bản; ấp; tổ dân phố; thôn, bản; khu phố; khối; cụm; đơn vị; cơ quan; cơ quan, đơn vị; doanh nghiệp; hợp tác xã; công ty; chi nhánh; ngân hàng; trường; nhà trường; trường học; bệnh viện; trạm y tế; trung tâm; hội; đoàn; đoàn thể; hội, đoàn thể; cấp ủy; cấp ủy, chính quyền; chính quyền; chi bộ; đảng bộ; đảng ủy; chi đoàn; chi hội; công đoàn; công đoàn cơ sở; cấp công đoàn; cấp hội; đội; tổ; tập thể; cá nhân; đồng chí; cán bộ; công chức; viên chức; cán bộ, công chức; đảng viên; đoàn viên; hội viên; giáo viên; học sinh; nhân dân; người dân; hộ dân; thành viên; ủy ban nhân dân; ubnd; hạt kiểm lâm; đồn biên phòng; công an; quân đội; bộ phận; thủ trưởng; người đứng đầu; cụm, khối; khối, cụm; kho bạc; tòa án; viện kiểm sát; cơ sở; cấp; toàn ngành; toàn tỉnh; toàn đảng bộ; toàn lực lượng`)
)
