package svg

import "math/big"

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

var sampleProgress = Progress{
	Frame: Frame{
		Title: "11 tháng năm 2026: 3 trong 6 chỉ tiêu đã đạt, kim ngạch xuất khẩu và giải ngân còn chậm",
		Desc:  "Sáu chỉ tiêu trong giao ước thi đua, mỗi chỉ tiêu một thanh so với mục tiêu cả năm.",
	},
	TargetLegend: "Chỉ tiêu cả năm",
	LimitLegend:  "Mức trần (càng thấp càng tốt)",
	PaceLegend:   "Tiến độ phải đạt đến 30/11",
	Bars: []ProgressBar{
		{Label: "Tổng kim ngạch xuất nhập khẩu", Value: rat("90112"), Target: rat("93262"), Pace: rat("85490"), ValueText: "90.112 triệu USD", TargetText: "Chỉ tiêu 93.262", StateText: "96,6 %, đúng tiến độ", State: Good},
		{Label: "Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đạt tiêu chuẩn môi trường", Value: rat("100"), Target: rat("100"), ValueText: "100 %", TargetText: "Chỉ tiêu 100 %", StateText: "Đạt", State: Good},
		{Label: "Tỷ lệ thất nghiệp ở khu vực thành thị", Value: rat("1.95"), Target: rat("1.72"), ValueText: "1,95 %", TargetText: "Không quá 1,72 %", StateText: "Vượt mức trần 0,23 điểm", State: Bad, Lower: true},
		{Label: "Số vụ ngộ độc thực phẩm trên 30 người mắc", Value: rat("0"), Target: rat("1"), ValueText: "0 vụ", TargetText: "Không quá 1 vụ", StateText: "Đạt", State: Good, Lower: true},
		{Label: "Thu hút vốn đầu tư FDI vào các khu công nghiệp", Value: rat("2.4"), Target: rat("1.2"), ValueText: "2,4 tỷ USD", TargetText: "Chỉ tiêu 1,2", StateText: "200 %", State: Good},
		{Label: "Giải ngân vốn đầu tư công", Value: rat("61.5"), Target: rat("95"), Pace: rat("85"), ValueText: "61,5 %", TargetText: "Chỉ tiêu từ 95 % kế hoạch vốn được giao đầu năm trở lên", StateText: "Chậm 23,5 điểm so với tiến độ", State: Warn},
		{Label: "Tỷ lệ dân số tham gia bảo hiểm y tế", Target: rat("95.5"), ValueText: "chưa có số liệu", TargetText: "Chỉ tiêu 95,5 %"},
	},
}

var sampleUpright = Columns{
	Frame:  Frame{Title: "Thu ngân sách năm 2026 cao hơn hai năm trước", Desc: "Thu ngân sách theo nguồn, ba năm."},
	Series: []string{"Năm 2024", "Năm 2025", "Năm 2026"},
	Groups: []Group{
		{"Thu nội địa", []Figure{{rat("20100"), "20.100"}, {rat("22450"), "22.450"}, {rat("23820"), "23.820"}}},
		{"Thu từ xuất nhập khẩu", []Figure{{rat("8100"), "8.100"}, {rat("7300"), "7.300"}, {rat("7810"), "7.810"}}},
	},
}

var sampleLying = Columns{
	Frame:  Frame{Title: "Lao động trong khu công nghiệp tăng ở 5 trong 7 tỉnh của khối", Desc: "Số lao động theo tỉnh, hai năm."},
	Series: []string{"Năm 2025", "Năm 2026"},
	Groups: []Group{
		{"Ban Quản lý các KCN tỉnh Bắc Giang", []Figure{{rat("195578"), "195.578"}, {rat("201300"), "201.300"}}},
		{"Ban Quản lý các KCN tỉnh Thái Nguyên", []Figure{{rat("90693"), "90.693"}, {rat("94100"), "94.100"}}},
		{"Ban Quản lý các KCN tỉnh Phú Thọ", []Figure{{rat("50000"), "50.000"}, {rat("52000"), "52.000"}}},
		{"Ban Quản lý các KCN tỉnh Tuyên Quang", []Figure{{rat("6000"), "6.000"}, {nil, "chưa báo cáo"}}},
		{"Ban Quản lý các KCN tỉnh Bắc Kạn", []Figure{{rat("1500"), "hơn 1.500"}, {rat("1480"), "1.480"}}},
	},
}

var sampleNegative = Columns{
	Frame:  Frame{Title: "Công nghiệp giảm trong quý III", Desc: "Tăng trưởng theo quý."},
	Series: []string{"So cùng kỳ"},
	Groups: []Group{
		{"Quý I", []Figure{{rat("3.2"), "3,2 %"}}}, {"Quý II", []Figure{{rat("1.1"), "1,1 %"}}},
		{"Quý III", []Figure{{rat("-2.5"), "−2,5 %"}}}, {"Quý IV", []Figure{{rat("0"), "0 %"}}},
	},
}

func plainFormat(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return r.FloatString(1)
}

var sampleLine = Line{
	Frame: Frame{Title: "Giải ngân đầu tư công chậm dần từ tháng 6", Desc: "Tỷ lệ giải ngân theo tháng so với chỉ tiêu 95 %."},
	X:     []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"},
	Series: []LineSeries{{Name: "Giải ngân", Values: []*big.Rat{rat("2.1"), rat("6"), rat("14.5"), rat("22"), rat("33"), rat("41"), rat("45"), nil, rat("52"), rat("57"), rat("61.5")},
		Texts: []string{"2,1", "6", "14,5", "22", "33", "41", "45", "", "52", "57", "61,5 %"}}},
	Target: rat("95"), TargetText: "Chỉ tiêu 95 %", Format: plainFormat,
}

var sampleStanding = Line{
	Frame: Frame{Title: "Sở Công Thương lên thứ nhất sau vòng kiểm tra chéo", Desc: "Thứ hạng của bốn đơn vị qua bốn vòng."},
	X:     []string{"Tự chấm", "Kiểm tra chéo", "Thẩm định", "Bình xét"},
	Series: []LineSeries{
		{Name: "Sở Công Thương", Values: []*big.Rat{rat("3"), rat("1"), rat("1"), rat("1")}, Texts: []string{"3", "1", "1", "hạng 1"}},
		{Name: "Sở Thông tin và Truyền thông", Values: []*big.Rat{rat("1"), rat("2"), rat("2"), rat("2")}, Texts: []string{"1", "2", "2", "hạng 2"}},
		{Name: "Quỹ Đầu tư phát triển", Values: []*big.Rat{rat("2"), rat("4"), rat("3"), rat("3")}, Texts: []string{"2", "4", "3", "hạng 3"}},
		{Name: "Ban Quản lý các khu công nghiệp", Values: []*big.Rat{rat("4"), rat("3"), rat("4"), rat("3")}, Texts: []string{"4", "3", "4", "hạng 3"}},
	},
	Down: true, Format: plainFormat,
}

var sampleRanking = Ranking{
	Frame: Frame{Title: "Sở Công Thương đứng đầu; hai đơn vị cùng hạng 2", Desc: "Điểm của các đơn vị theo thứ hạng."},
	Max:   rat("110"),
	Items: []Rank{
		{Place: "1", Label: "Sở Công Thương", Value: rat("103.25"), Text: "103,25"},
		{Place: "2–3", Label: "Sở Thông tin và Truyền thông", Value: rat("101.5"), Text: "101,50"},
		{Place: "2–3", Label: "Ban Quản lý các khu công nghiệp tỉnh", Value: rat("101.5"), Text: "101,50", Own: true, Note: "Đơn vị của bạn: cách hạng 1 là 1,75 điểm", State: None},
		{Place: "4", Label: "Sở Nông nghiệp và Phát triển nông thôn", Value: rat("98"), Text: "98,00", Note: "Không đề nghị tặng cờ: chậm báo cáo 2 lần", State: Bad},
		{Place: "—", Label: "Quỹ Đầu tư phát triển", Text: "chưa chấm"},
	},
}

var samples = map[string]Chart{
	"progress": sampleProgress, "upright": sampleUpright, "lying": sampleLying, "negative": sampleNegative,
	"line": sampleLine, "standing": sampleStanding, "ranking": sampleRanking,
}
