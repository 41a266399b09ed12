package docx

import "fmt"

// review is a báo cáo tổng kết of two pages and more, with a narrow and a wide table.
func review() Paper {
	return Paper{
		Parent: "Ủy ban nhân dân tỉnh Bắc Ninh", Agency: "Ban Quản lý các khu công nghiệp",
		Number: "5", Symbol: "BC-BQL", Place: "Bắc Ninh", Day: "2026-11-25",
		Kind: "Báo cáo", Abstract: "Tổng kết công tác thi đua, khen thưởng năm 2026 và phương hướng, nhiệm vụ năm 2027 của Khối thi đua các sở, ban, ngành tham mưu, quản lý nhà nước về kinh tế, kỹ thuật",
		To: []string{"Ủy ban nhân dân tỉnh", "Sở Nội vụ (cơ quan thường trực công tác thi đua, khen thưởng)"},
		Bases: []string{
			"Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
			"Căn cứ Quyết định của Chủ tịch Ủy ban nhân dân tỉnh về việc chia cụm, khối thi đua năm 2026;",
			"Căn cứ Quy chế hoạt động và bình xét thi đua của Khối năm 2026",
		},
		Body: []Block{
			Plain("Thực hiện Kế hoạch hoạt động của Khối thi đua năm 2026, Ban Quản lý các khu công nghiệp - Trưởng khối báo cáo kết quả như sau:"),
			Heading{1, "I. KẾT QUẢ CÔNG TÁC THI ĐUA NĂM 2026"},
			Heading{2, "1. Công tác lãnh đạo, chỉ đạo"},
			P(T("Khối gồm "), B("12 đơn vị"), T(", đã tổ chức 04 hội nghị; phong trào "), I("“Đoàn kết, sáng tạo, về đích sớm”"), T(" được cả 12 đơn vị hưởng ứng ngay từ tháng 02. Các đơn vị báo cáo số liệu hằng tháng đúng hạn, số lần chậm báo cáo giảm còn 03 lần so với 19 lần của năm trước.")),
			List("Ban hành Kế hoạch, Quy chế hoạt động và bình xét, Tiêu chí và bảng chấm điểm trong tháng 02 năm 2026", "Ký giao ước thi đua ngày 09 tháng 3 năm 2026 với 16 chỉ tiêu chủ yếu", "Kiểm tra chéo hai đợt, mỗi đơn vị được hai đơn vị khác kiểm tra."),
			Heading{2, "2. Kết quả thực hiện các chỉ tiêu trong giao ước"},
			Table{Caption: "Bảng 1. Một số chỉ tiêu chủ yếu", Unit: "Số liệu đến hết ngày 20/11/2026",
				Columns: []Column{{12, Center}, {62, Left}, {26, Center}, {22, Right}, {22, Right}, {16, Right}},
				Header:  [][]Cell{Cells("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Đạt (%)")},
				Rows: [][]Cell{
					Cells("1", "Tổng kim ngạch xuất nhập khẩu", "triệu USD", "93.262", "95.104", "101,98"),
					Cells("1.1", "Kim ngạch xuất khẩu", "triệu USD", "50.870", "51.930", "102,08"),
					Cells("1.2", "Kim ngạch nhập khẩu", "triệu USD", "42.392", "43.174", "101,84"),
					Cells("2", "Tổng thu ngân sách nhà nước", "tỷ đồng", "31.630", "32.411", "102,47"),
					Cells("3", "Thu hút vốn FDI vào các khu công nghiệp", "tỷ USD", "1,2", "1,35", "112,50"),
					Cells("4", "Tỷ lệ thất nghiệp ở khu vực thành thị (càng thấp càng tốt)", "%", "1,72", "1,70", "Đạt"),
				}},
			Heading{2, "3. Hạn chế và nguyên nhân"},
			Plain("Việc giải ngân vốn đầu tư công quý II còn chậm; hai đơn vị nộp minh chứng sau thời hạn nên phải gia hạn vòng kiểm tra chéo. Nguyên nhân chủ yếu là số liệu của ngành dọc về muộn và cán bộ kiêm nhiệm thay đổi giữa năm."),
			Heading{1, "II. KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG"},
			Plain("Kết quả chấm điểm của các đơn vị sau thẩm định nêu tại Phụ lục kèm theo Báo cáo này. Hội nghị bình xét thống nhất đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho đơn vị xếp hạng nhất, Bằng khen cho 04 đơn vị tiếp theo."),
			Heading{1, "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027"},
			Plain("Tiếp tục ký giao ước thi đua trong quý I; đưa toàn bộ việc báo cáo, chấm điểm và kiểm tra chéo lên hệ thống; giữ mức hoàn thành các chỉ tiêu không thấp hơn năm 2026."),
			Plain("Trên đây là báo cáo tổng kết công tác thi đua, khen thưởng năm 2026 của Khối thi đua, kính trình Ủy ban nhân dân tỉnh xem xét./."),
		},
		Signatures: []Signature{{Lines: []string{"TM. Khối thi đua", "KT. Trưởng ban", "Phó Trưởng ban"}, Name: "Nguyễn Văn Phúc"}},
		Recipients: []string{"Như trên", "Các đơn vị thành viên Khối thi đua", "Lưu: VT, TĐKT"},
		Annexes:    []Annex{{Name: "Phụ lục", Title: "Tổng hợp kết quả chấm điểm thi đua năm 2026", With: "(Kèm theo Báo cáo số 05/BC-BQL ngày 25 tháng 11 năm 2026 của Ban Quản lý các khu công nghiệp)", Body: []Block{wide("", 12)}}},
	}
}

// across is a paper whose wide table stands in the body, between paragraphs.
func across() Paper {
	p := minutes()
	p.Draft = true
	p.Body = append(p.Body[:2:2], Heading{1, "II. KẾT QUẢ CHẤM ĐIỂM"}, wide("Bảng 1. Tổng hợp điểm", 24), p.Body[2])
	return p
}

var members = []string{
	"Sở Công Thương", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Ban Quản lý các khu công nghiệp",
	"Thanh tra tỉnh", "Quỹ Đầu tư phát triển", "Cục Thuế tỉnh", "Kho bạc Nhà nước khu vực VI", "Chi cục Hải quan khu vực V", "Thống kê tỉnh Bắc Ninh",
}

// wide is a table that needs a page across, with a head of two rows and enough rows for two pages.
func wide(caption string, rows int) Table {
	t := Table{Caption: caption, Landscape: true,
		Columns: []Column{{Width: 8, Align: Center}, {Width: 70}, {Width: 24, Align: Right}, {Width: 24, Align: Right}, {Width: 24, Align: Right}, {Width: 20, Align: Right}, {Width: 20, Align: Right}, {Width: 24, Align: Right}, {Width: 18, Align: Center}, {Width: 60}},
		Header: [][]Cell{
			{{Runs: []Run{T("STT")}, Down: 2}, {Runs: []Run{T("Đơn vị")}, Down: 2}, {Runs: []Run{T("Điểm nội dung")}, Span: 3}, {Runs: []Run{T("Điểm thưởng")}, Down: 2}, {Runs: []Run{T("Điểm trừ")}, Down: 2}, {Runs: []Run{T("Tổng điểm")}, Down: 2}, {Runs: []Run{T("Xếp hạng")}, Down: 2}, {Runs: []Run{T("Đề nghị")}, Down: 2}},
			Cells("Tự chấm", "Kiểm tra chéo", "Thẩm định"),
		}}
	for i := range rows {
		name := members[i%12]
		if i >= 12 {
			name = "Đơn vị trực thuộc " + name
		}
		t.Rows = append(t.Rows, Cells(fmt.Sprint(i+1), name, "98,50", "97,25", "97,25", "3,00", "0,50", fmt.Sprintf("%d,75", 99-i), fmt.Sprint(i+1), "Bằng khen của UBND tỉnh"))
	}
	t.Rows = append(t.Rows, []Cell{{Runs: []Run{T("Bình quân toàn khối")}, Span: 2, Bold: true, Align: Center}, C("98,50"), C("97,25"), C("97,25"), C("3,00"), C("0,50"), C("88,25")})
	return t
}

// covenant is a bản giao ước that twelve members sign.
func covenant() Paper {
	people := []string{"Nguyễn Văn An", "Trần Thị Bích Hằng", "Lê Quang Dũng", "Phạm Thị Hồng Nhung", "Đỗ Đức Thắng", "Nguyễn Văn Phúc", "Vũ Thị Thanh Huyền", "Hoàng Minh Trí", "Ngô Xuân Trường", "Bùi Thị Kim Ngân", "Đặng Hữu Nghĩa", "Trịnh Thị Ước"}
	p := Paper{
		Letterhead: Centred, Place: "Bắc Ninh", Year: 2026, Draft: true,
		Kind: "Bản giao ước thi đua năm 2026", Abstract: "Khối thi đua các sở, ban, ngành tham mưu, quản lý nhà nước về kinh tế, kỹ thuật",
		Body: []Block{
			Plain("Hôm nay, tại trụ sở Ban Quản lý các khu công nghiệp, chúng tôi là đại diện 12 đơn vị thành viên Khối thi đua, cùng thống nhất ký giao ước thi đua năm 2026 với những nội dung sau:"),
			Heading{2, "Điều 1. Nội dung và chỉ tiêu"},
			List("Tổng sản phẩm trên địa bàn tăng 6,5 - 7% so với năm 2025", "Thu nhập bình quân đầu người 69,5 triệu đồng", "Tổng kim ngạch xuất nhập khẩu 93.262 triệu USD, trong đó xuất khẩu 50.870 triệu USD, nhập khẩu 42.392 triệu USD", "Tỷ lệ thất nghiệp ở khu vực thành thị không quá 1,72%"),
			Heading{2, "Điều 2. Cam kết"},
			Plain("Các đơn vị tổ chức thực hiện đúng giao ước, báo cáo số liệu trung thực, đúng hạn, tự chấm điểm và kiểm tra chéo theo Quy chế của Khối. Giao ước có hiệu lực từ ngày ký đến hết ngày 31 tháng 12 năm 2026./."),
		},
	}
	leader := Signature{Unit: members[5], Lines: []string{"Trưởng khối thi đua", "Trưởng ban"}, Name: people[5]}
	var rest []Signature
	for i, m := range members {
		if i != 5 {
			rest = append(rest, Signature{Unit: m, Lines: []string{"Giám đốc"}, Name: people[i]})
		}
	}
	p.Body = append(p.Body,
		SignatureTable{Title: "Đại diện các đơn vị ký giao ước", Columns: 2, Signers: append([]Signature{leader}, rest...)},
		SignatureTable{Title: "Chứng kiến", Columns: 1, Signers: []Signature{{Unit: "Sở Nội vụ", Lines: []string{"KT. Giám đốc", "Phó Giám đốc"}, Name: "Đàm Văn Bắc"}}})
	return p
}

// minutes are the biên bản of a meeting, signed by secretary and chair.
func minutes() Paper {
	return Paper{
		Parent: "Ủy ban nhân dân tỉnh Bắc Ninh", Agency: "Ban Quản lý các khu công nghiệp", Symbol: "BB-BQL", Place: "Bắc Ninh", Day: "2026-03-09",
		Kind: "Biên bản", Abstract: "Hội nghị ký kết giao ước thi đua năm 2026",
		Body: []Block{
			Plain("Thời gian bắt đầu: 14 giờ 00 phút, ngày 09 tháng 3 năm 2026."),
			Plain("Địa điểm: trụ sở Ban Quản lý các khu công nghiệp."),
			Plain("Hội nghị kết thúc vào 16 giờ 30 phút, ngày 09 tháng 3 năm 2026./."),
		},
		Signatures: []Signature{
			{Lines: []string{"Thư ký"}, Note: "(Chữ ký)", Name: "Trần Thị Thơ"},
			{Lines: []string{"Chủ trì"}, Note: "(Chữ ký của người có thẩm quyền, dấu nếu có)", Name: "Nguyễn Văn Phúc"},
		},
		Recipients: []string{"Các đơn vị thành viên", "Lưu: VT"},
	}
}

// decision is a quyết định with a list in an annex across.
func decision() Paper {
	return Paper{
		Agency: "Ủy ban nhân dân tỉnh Bắc Ninh", Number: "12", Symbol: "QĐ-UBND", Place: "Bắc Ninh", Day: "2026-02-05",
		Kind: "Quyết định", Abstract: "Về việc tặng Cờ thi đua của Ủy ban nhân dân tỉnh",
		Issuer: "Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh", Bases: []string{"Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "Theo đề nghị của Giám đốc Sở Nội vụ"}, Enacts: "Quyết định:",
		Body: []Block{
			P(B("Điều 1. "), T("Tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 02 tập thể (có danh sách kèm theo).")),
			P(B("Điều 2. "), T("Quyết định này có hiệu lực kể từ ngày ký./.")),
		},
		Signatures: []Signature{{Lines: []string{"KT. Chủ tịch", "Phó Chủ tịch"}, Name: "Vương Quốc Tuấn"}},
		Recipients: []string{"Như Điều 2", "Lưu: VT, NC"},
		Annexes: []Annex{{Name: "Phụ lục", Title: "Danh sách tập thể được tặng Cờ thi đua", With: "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh)",
			Body: []Block{Table{Landscape: true, Columns: []Column{{Width: 15, Align: Center}, {}, {}}, Header: [][]Cell{Cells("STT", "Tập thể", "Thành tích")},
				Rows: [][]Cell{Cells("1", "Sở Công Thương", "Hoàn thành xuất sắc nhiệm vụ, dẫn đầu Khối thi đua năm 2025"), Cells("2", "Quỹ Đầu tư phát triển", "Hoàn thành xuất sắc nhiệm vụ")}}}}},
	}
}

// letter is a công văn: no name of kind, its abstract under the number.
func letter() Paper {
	return Paper{
		Parent: "Ủy ban nhân dân tỉnh Bắc Ninh", Agency: "Sở Nội vụ", Number: "108", Symbol: "SNV-TĐKT", Place: "Bắc Ninh", Day: "2026-01-10",
		Abstract:   "nộp báo cáo tổng kết của các cụm, khối thi đua",
		To:         []string{"Các cụm, khối thi đua trên địa bàn tỉnh"},
		Body:       []Block{Plain("Sở Nội vụ đề nghị các cụm, khối thi đua gửi báo cáo tổng kết trước ngày 10 tháng 12 năm 2026./.")},
		Signatures: []Signature{{Lines: []string{"Giám đốc"}, Name: "Lê Thị Minh"}},
		Recipients: []string{"Như trên", "Lưu: VT"},
	}
}
