package target

import "strings"

// unitKind tells what sort of thing a unit measures.
type unitKind uint8

const (
	noUnit    unitKind = iota
	percent            // %, ‰, điểm %
	money              // đồng, USD …
	countable          // xã, dự án, người …
	measure            // ha, km, tấn …
	timespan           // năm, tháng, ngày …
	scored             // điểm, bậc
	times              // lần
	bareScale          // tỷ, triệu with no unit after them
)

var (
	scaleWords = newPhrases().
			with(1, "chục").with(2, "trăm").with(3, "nghìn; ngàn").with(4, "vạn").with(6, "triệu; tr").with(9, "tỷ")
	unitWords = newPhrases().
			with(int(money), "đồng; đ; vnđ; vnd; usd; đô la; đô la mỹ; đôla; đô; euro; eur; jpy; yên; yên nhật; nhân dân tệ; cny; won; krw").
			with(int(percent), "phần trăm; phần nghìn").
			with(int(scored), "điểm; bậc; hạng; sao").
			with(int(times), "lần").
			with(int(timespan), `năm; tháng; ngày; ngày làm việc; giờ; giờ làm việc; tiếng; phút; giây; tuần; quý; thế kỷ; thập kỷ; đêm; nhiệm kỳ; giai đoạn`).
			with(int(measure), `ha; héc ta; hecta; hec ta; km; km2; km²; m; m2 sàn; m² sàn; m2; m²; m3; m³; mét; mét vuông; mét khối; cm; mm; tấn; tạ; yến; kg; gam; g; lít; kwh; mwh; gwh; kw; mw; gw; mwp; kwp; kva; mva; tuổi; teu; mg; gb; tb; mbps; mb; hải lý; sào; teu`).
			with(int(countable), `tiết; tiết dạy; tiết học; viên; bao; tấm; chai; thùng; hộp; gói; liều; mũi; bài báo; đầu mối; người; ngày công; lao động; người lao động; nhân khẩu; khẩu; hộ; hộ dân; hộ gia đình; gia đình; dân
xã; phường; thị trấn; huyện; thành phố; thị xã; tỉnh; quận; địa phương; thôn; bản; làng; ấp; buôn; khóm; khu phố; tổ dân phố; khu dân cư; khu; cụm; cụm dân cư
đơn vị; đơn vị cấp xã; cơ quan; tổ chức; doanh nghiệp; hợp tác xã; tổ hợp tác; trang trại; gia trại; cơ sở; chi nhánh; công ty; ngân hàng; hiệp hội; nhà đầu tư; nhà máy; cửa hàng; siêu thị; chợ; trung tâm thương mại; trung tâm
dự án; công trình; hạng mục; đề án; đề tài; nhiệm vụ; sáng kiến; giải pháp; mô hình; điển hình; gương; sản phẩm; mặt hàng; thương hiệu; nhãn hiệu; chuỗi; chuỗi liên kết; văn bằng; bằng sáng chế; sáng chế
vụ; việc; vụ việc; vụ án; vụ cháy; ca; ca mắc; trường hợp; đối tượng; lượt; lượt người; lượt khách; lượt hộ; lượt lao động; lượt hành khách; lượt hội viên; lượt học sinh; lượt người dân; lượt người bệnh; lượt bệnh nhân; lượt phương tiện; lượt xe; lượt đoàn viên; lượt cán bộ; hành khách; khách; khách hàng; du khách; lượt hồ sơ
bài; bài viết; tin; tin bài; phóng sự; chuyên mục; chuyên đề; cuộc; hội nghị; hội thảo; hội chợ; lớp; khóa; buổi; phiên; đợt; chương trình; sự kiện; phong trào; hoạt động; ngày hội; hội thi; cuộc thi; giải; giải thưởng; huy chương; vận động viên
giường; giường bệnh; bác sĩ; bác sỹ; dược sĩ; điều dưỡng; trạm y tế; bệnh viện; phòng khám; bệnh nhân; trạm; trường; trường học; trường mầm non; phòng học; lớp học; học sinh; sinh viên; học viên; giáo viên; trẻ; trẻ em; cháu; bà mẹ; bé trai; bé gái
biên chế; đại biểu; trẻ mẫu giáo; đường dây; ổ dịch; gian hàng; chiến sĩ; đảng viên; đoàn viên; hội viên; công đoàn viên; quần chúng; cán bộ; công chức; viên chức; cá nhân; tập thể; chi bộ; đảng bộ; chi hội; chi đoàn; công đoàn cơ sở; tổ; tổ hội; nhóm; đội; đoàn; câu lạc bộ; ban; mô hình điểm
danh hiệu; bằng khen; giấy khen; cờ; cờ thi đua; huân chương
căn; căn nhà; căn hộ; nhà; ngôi nhà; nhà ở; nhà văn hóa; nhà tạm; nhà tình nghĩa; nhà tình thương; nhà đại đoàn kết; nhà vệ sinh; phòng; tòa nhà; mái ấm
xe; ô tô; tàu; tàu cá; phương tiện; máy; máy tính; bộ máy tính; bộ máy vi tính; thiết bị; bộ; cái; chiếc; hệ thống; camera; trạm sạc; trạm bts; cột; trụ; bóng đèn
hồ sơ; trang; bản ghi; văn bản; thủ tục; thủ tục hành chính; tthc; dịch vụ; dịch vụ công; nghị quyết; quy hoạch; quy chế; kế hoạch; báo cáo; quyết định; ý kiến; kiến nghị; đơn; đơn thư; giấy chứng nhận; giấy phép; hợp đồng; biên bản; biên bản ghi nhớ; thỏa thuận; tài khoản; thẻ; thuê bao; chữ ký số; chứng thư số; mã số; mã số vùng trồng; mã vùng trồng
tiêu chí; chỉ tiêu; chỉ số; nội dung; suất; suất quà; phần quà; suất học bổng; học bổng; cây; cây xanh; con; con bò; con lợn; con gia cầm; gốc; cành; quả; bông; đầu con; đầu sách; cuốn; cuốn sách; ấn phẩm; tờ rơi; tờ gấp; pano; băng rôn
thanh thiếu niên; thiếu niên; thiếu nhi; nhi đồng; đội hình; dự thảo; phông; phòng ban; kháng nghị; chuyên án; phiếu; giao dịch; tờ; trung đội; đại đội; tiểu đội; kỳ; em; cụ; thí sinh; nghệ sĩ; diễn viên; tuyên truyền viên; hòa giải viên; cộng tác viên; hướng dẫn viên; nhân viên; y sĩ; thuyền viên; ngư dân; tiểu thương; điểm trường; quầy; hiện vật; bức tranh; bức ảnh; phim; vở diễn; trận; môn; tín chỉ; chuyên ngành; ngành; ứng dụng; thông báo; tờ trình; đề cương; giáo trình; tài liệu; câu hỏi; tình huống; thông tin; địa chỉ; tua; tour; ngôi chùa; xưởng; phân xưởng; lò; lồng; bè; ao; đầm; luống; chậu; bụi; kiện; cuộn; hũ; lon; vỉ; ống; đôi; cặp; chùm; dãy; hàng cây; kè; đê; nút giao; hầm; bến; ga; sân bay; đèn; bóng; biển báo; họng nước; súng; hài cốt; mộ; phần mộ; nghĩa trang; tượng; cổng chào; vòng; cá thể; đô thị; khu công nghiệp; cụm công nghiệp; khu kinh tế; khu đô thị; khu chế xuất; khu du lịch; tuyến; tuyến đường; tuyến phố; cây cầu; cầu; cống; đập; hồ; hồ chứa; di tích; di sản; lễ hội; điểm du lịch; điểm đến; bãi; đơn vị máu; việc làm; chỗ làm việc; chỗ ở; chỗ; nước; quốc gia; công dân; thanh niên; phụ nữ; nông dân; công nhân; chuyên gia; đại biểu; kỹ sư; nhà khoa học; tiến sĩ; thạc sĩ; cựu chiến binh; đồng bào; đồng chí; tình nguyện viên; đám cháy; điểm nghẽn; vùng; vùng sản xuất; lô; thửa; thửa đất; ô; kênh; thành viên; vị trí; bước; khâu; phần việc; công việc; chuyến; chuyến bay; chuyến tàu; container; khách sạn; phòng khách sạn; nền; lô đất; tác phẩm; tiết mục; kỹ thuật; trang thiết bị; phần mềm; cơ sở dữ liệu; bộ dữ liệu; kho; bể; giếng; vườn; đàn; chủ thể; doanh nhân; nghệ nhân; dòng sản phẩm; bộ thủ tục; tổ công nghệ số cộng đồng`)
	// notUnits are words that begin like a unit and are none.
	notUnits = list(`tỷ lệ; tỷ trọng; tỷ suất; tỷ số; tỷ giá; triệu chứng; đồng thời; đồng bộ; đồng đều; đồng lòng; đồng tình; đồng thuận; đồng hành; đồng ý; đồng hồ; đồng loạt; đồng nghĩa; đồng chí hướng
xã hội; xã hội hóa; con người; đoàn kết; đoàn thể; đội ngũ; khu vực; cơ sở hạ tầng; cơ sở vật chất; tin học; tin tưởng; nhà nước; nhà trường; nhà quản lý; bản đồ; bản sắc; bản thân; bản chất
nước sạch; nước ngoài; nước thải; nước mặn; ô nhiễm; lần lượt; lần thứ; giải quyết; giải ngân; giải phóng; giải trí; giải thích; gương mẫu; nhóm họp; phòng chống; phòng cháy; phòng ngừa; phòng vệ
bộ máy; bộ phận; bộ đội; bộ mặt; ban hành; ban ngành; ban đầu; ca múa; tổ chức thực hiện; tổ chức triển khai; tổ quốc; tuyến đầu; đơn giản; đơn giản hóa; đàn áp; hồ hởi; cầu thị; cờ bạc; đề nghị; điểm cao; điểm đầu; điểm mạnh; năm sau; năm trước; năm nay; ngày càng; ngày mai; giờ đây; tháng đầu; khách quan; cụm từ; lớp trẻ; máy móc; nền kinh tế; nền nếp; nền tảng; kho bạc; vườn tược; đập phá; chỗ dựa; người đứng đầu; việc làm tốt; dân chủ; dân tộc; dân cư; dân vận; dân trí; dân sinh; lao động sản xuất; kế hoạch hóa; chương trình hành động; bao gồm; thành phố trực thuộc; hạng mục đầu tư; đồng bằng; chỉ số phát triển; nhiệm vụ chính trị; phong trào thi đua`)
	// rateWords may stand after the slash of a rate.
	rateWords = newPhrases().
			with(1, `người; khách hàng; thuê bao; lượt người; bệnh nhân; hội viên; đoàn viên; đảng viên; cán bộ; buổi; phiên; tiết; chuyến; tàu; điểm; chu kỳ; lứa; năm; tháng; ngày; ngày đêm; quý; ha; km; lượt khách; vạn người dân; đầu người; mẫu; vụ/năm; tuần; m; bài; người/năm; người/tháng; km²; tiết dạy; khoa; đảng bộ; chi bộ; tổ chức; trạm; công trình; hợp tác xã; trang trại; thành viên; km2; m2; m²; hộ; vạn dân; dân; người dân; lao động; trẻ; trẻ em; ca; xã; thôn; cơ sở; đơn vị; doanh nghiệp; giờ; vụ; lượt; sản phẩm; tấn; kg; học sinh; giáo viên; sinh viên; héc ta; hecta; giường; giường bệnh; suất; nhà; căn; con; cây; tỉnh; huyện; lớp; trường; phòng; vòng; m3; m³; kwh; usd; triệu đồng; nghìn dân; vạn người; trẻ đẻ sống; trẻ sinh sống; bé gái; lít; hộ nghèo; dự án; đồng; lần; khẩu; phụ nữ; bà mẹ; nhân khẩu; lao động/năm`)
)

// readUnit reads the unit that starts at toks[i]. It gives the unit as written,
// tidied, its kind, the power of ten of its scale words and the next token.
func (r *run) readUnit(i, end int) (u unit, next int) {
	toks := r.toks
	if i >= end {
		return unit{}, i
	}
	start := i
	switch toks[i].kind {
	case aPercent:
		u = unit{text: "%", kind: percent}
		return r.rate(u, start, i+1, end)
	case aMark:
		if r.text[toks[i].start:toks[i].end] == "‰" {
			return unit{text: "‰", kind: percent}, i + 1
		}
		if s := r.text[toks[i].start:toks[i].end]; s == "°" || s == "$" || s == "€" {
			return unit{text: s, kind: measure}, i + 1
		}
		return unit{}, i
	case aWord:
	default:
		return unit{}, i
	}
	if toks[i].word == wordPoint && i+1 < end && toks[i+1].kind == aPercent {
		return unit{text: "điểm %", kind: percent}, i + 2
	}
	if _, n := pointPercent.at(toks[:end], i); n > 0 {
		return unit{text: "điểm phần trăm", kind: percent}, i + n
	}
	power := 0
	for {
		m, n := scaleWords.at(toks[:end], i)
		if n == 0 || notUnits.has(toks[:end], i) {
			break
		}
		power += m
		i += n
	}
	if i < end && toks[i].capital && toks[i].end-toks[i].start == 1 { // 5G
		return unit{}, start
	}
	k, n := unitWords.at(toks[:end], i)
	if _, m := notUnits.at(toks[:end], i); m > n {
		n = 0
	}
	kind := unitKind(k)
	switch {
	case n == 0 && power == 0:
		return unit{}, start
	case n == 0:
		u = unit{text: r.unitText(start, i), kind: bareScale, power: power}
		return r.rate(u, start, i, end)
	}
	if kind == percent {
		return unit{text: "%", kind: percent}, i + n
	}
	if kind == timespan && power > 0 && toks[i].word != wordHour { // tỷ năm is no unit of a target
		return unit{text: r.unitText(start, i), kind: bareScale, power: power}, i
	}
	if kind == scored && n == 1 && toks[i].word == wordPoint && r.classifies(i+1, end) {
		kind = countable // 05 điểm ô nhiễm, 24 điểm quan trắc
	}
	i += n
	u = unit{text: r.unitText(start, i), kind: kind, power: power}
	return r.joint(r.rate(u, start, i, end))
}

var (
	wordHour     = learn("giờ")
	wordPoint    = learn("điểm")
	pointPercent = list("điểm phần trăm")
)

// classifies tells whether a noun stands at i, which the word before it counts.
func (r *run) classifies(i, end int) bool {
	toks := r.toks[:end]
	return i < end && toks[i].kind == aWord && !toks[i].capital && !enders.has(toks, i) && !weakEnders.has(toks, i) && !bounds.has(toks, i) && !leads.has(toks, i) && !verdictWords.has(toks, i)
}

// verdictWords behind points say what they earn.
var verdictWords = list(`xếp; thì; được; bị; là; nếu; cộng; trừ; chuẩn; tối đa; thưởng; liên hoàn; trung bình; thi; số; mỗi; khi; phạt; tròn; nữa; này; đó; kết; chung`)

// joint takes the second part of a unit such as tấn.km.
func (r *run) joint(u unit, i int) (unit, int) {
	if i > 0 && i+1 < len(r.toks) && r.toks[i].kind == aMark && r.toks[i].glued && r.toks[i+1].word == wordKm && r.toks[i+1].glued && r.slice(i, i+1) == "." {
		u.text += ".km"
		return u, i + 2
	}
	return u, i
}

var wordKm = learn("km")

// rate adds what stands after slashes: triệu đồng/người/năm, giường/vạn dân.
func (r *run) rate(u unit, start, i, end int) (unit, int) {
	toks := r.toks
	from := i
	for i+1 < end && toks[i].kind == aSlash {
		j := i + 1
		if toks[j].kind == aNumber {
			j++
		}
		for {
			_, n := scaleWords.at(toks[:end], j)
			if n == 0 {
				break
			}
			j += n
		}
		_, n := rateWords.at(toks[:end], j)
		if n == 0 {
			break
		}
		i = j + n
	}
	if i > from {
		u.text = r.unitText(start, i)
		u.suffix = r.unitText(from, i)
	}
	return u, i
}

// unitText writes the tokens of a unit in one form: single spaces, none around
// a slash, small letters but for the codes of currencies.
func (r *run) unitText(a, b int) string {
	if b == a+1 {
		if s := r.slice(a, b); isCode(s) {
			return s
		} else {
			return small(s)
		}
	}
	if s, ok := r.plainUnit(a, b); ok {
		return s
	}
	var out strings.Builder
	for k := a; k < b; k++ {
		t := r.toks[k]
		if k > a && t.kind != aSlash && r.toks[k-1].kind != aSlash && t.kind != aPercent {
			out.WriteByte(' ')
		}
		s := r.text[t.start:t.end]
		if t.kind == aWord && !isCode(s) && s != "Mỹ" {
			s = small(s)
		}
		if lower := small(s); lower == "usd" {
			s = "USD"
		}
		out.WriteString(s)
	}
	return out.String()
}

// plainUnit is the unit as it stands, if it is in that form already.
func (r *run) plainUnit(a, b int) (string, bool) {
	for k := a; k < b; k++ {
		t := &r.toks[k]
		if t.kind != aWord || t.capital || t.word == wordUSD || k > a && (t.start != r.toks[k-1].end+1 || r.text[t.start-1] != ' ') {
			return "", false
		}
	}
	s := r.slice(a, b)
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' || s[i] == 0xC4 && i+1 < len(s) && s[i+1] == 0x90 { // kWh, vnĐ
			return "", false
		}
	}
	return s, small(s) == s
}

var wordUSD = learn("usd")

// isCode tells VNĐ, USD, MW, kWh from words.
func isCode(s string) bool {
	capitals, small := 0, false
	for i, c := range s {
		switch {
		case c >= 'A' && c <= 'Z' || c == 'Đ':
			capitals++
			if small && i > 0 {
				return true // kWh, MWp
			}
		case c >= 0x80:
			return false
		case c < '0' || c > '9':
			small = true
		}
	}
	return capitals > 1
}

type unit struct {
	text   string
	kind   unitKind
	power  int    // of ten, of the scale words
	suffix string // "/người/năm"
}
