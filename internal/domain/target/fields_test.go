package target

import (
	"slices"
	"strings"
	"testing"
)

// only reads a text that must hold one target.
func only(t *testing.T, text string) Target {
	t.Helper()
	got := Read(text).Targets
	if len(got) != 1 {
		t.Errorf("%q: %d targets, want one: %+v", text, len(got), got)
		return Target{Value: &Value{}}
	}
	return got[0]
}

func TestValues(t *testing.T) {
	for text, want := range map[string]string{
		"- Kim ngạch xuất khẩu 1,527 tỷ USD.":                   "1527000000 USD",
		"- Tổng vốn đầu tư 14,8 ngàn tỷ đồng.":                  "14800000000000 VND",
		"- Tổng vốn đầu tư từ 60 - 65 nghìn tỷ đồng.":           "60000000000000 VND",
		"- Thu ngân sách đạt 600 triệu VNĐ.":                    "600000000 VND",
		"- Thu nhập bình quân 5,5 triệu đồng/người/tháng.":      "5500000 VND/người/tháng",
		"- Diện tích rừng trồng mới 4,2 nghìn ha.":              "4200 ha",
		"- Diện tích nhà ở bình quân đạt 26,5 m2/người.":        "26.5 m²/người",
		"- Sản lượng điện đạt 7,8 tỷ kWh.":                      "7800000000 kwh",
		"- Tỷ lệ hộ nghèo giảm 0,5 điểm phần trăm.":             "0.5 điểm %",
		"- Tổng lượng khách đạt 1,2 triệu lượt khách.":          "1200000 lượt khách",
		"- Tỷ suất tử vong trẻ em dưới 1 tuổi giảm còn 12‰.":    "12 ‰",
		"- Vốn vay đạt 1,5 tỷ yên.":                             "1500000000 JPY",
		"- Tổng đàn gia cầm đạt 2.340.000 con.":                 "2340000 con",
		"- Thu hút 2 vạn lao động.":                             "20000 lao động",
		"- Năng suất lúa đạt 0,125 tạ/ha.":                      "0.125 tạ/ha",
		"- Số vụ cháy lớn ≤ 2.":                                 "2 vụ cháy",
		"- Doanh thu đạt 123.456.789.012,5 đồng.":               "123456789012.5 VND",
		"- Doanh thu đạt 1\u00a0234\u00a0567 triệu đồng.":       "1234567000000 VND",
		"- Giá trị xuất khẩu đạt 12.345,67 triệu đô la Mỹ.":     "12345670000 USD",
		"- Tổng mức đầu tư đạt 3.000.000 USD.":                  "3000000 USD",
		"- Thu ngân sách 950 tỷ.":                               "950000000000 ",
		"- GRDP bình quân đầu người đạt 4.200 USD/người/năm.":   "4200 USD/người/năm",
		"- Tỷ lệ bác sĩ trên một vạn dân đạt 11,5 bác sỹ.":      "11.5 bác sĩ",
		"- Hoàn thành 17/19 tiêu chí nông thôn mới nâng cao.":   "17 tiêu chí",
		"- Trồng mới 1.000 hecta rừng sản xuất.":                "1000 ha",
		"Tỷ lệ đô thị hóa đạt 45 phần trăm.":                    "45 %",
		"- Mật độ thuê bao Internet đạt 92 thuê bao/100 dân.":   "92 thuê bao/100 dân",
		"- Nâng thu nhập bình quân lên 0,5 tỷ đồng/ha.":         "500000000 VND/ha",
		"- Tổng dư nợ cho vay đạt 98,5 ngàn tỉ đồng.":           "98500000000000 VND",
		"- Kim ngạch nhập khẩu đạt 1.350 triệu đôla.":           "1350000000 USD",
		"- Giải ngân vốn ODA đạt 45 triệu euro.":                "45000000 EUR",
		"- Số tiền tiết kiệm được đạt 2,05 tỷ đ.":               "2050000000 VND",
		"- Sản lượng thủy sản đạt 1 triệu tấn.":                 "1000000 tấn",
		"- Chiều dài đường được bê tông hóa đạt 12,75 km.":      "12.75 km",
		"- Chỉ số PCI đạt 68,25 điểm.":                          "68.25 điểm",
		"- Tốc độ tăng trưởng kinh tế bình quân đạt 9%/năm.":    "9 %/năm",
		"- Xuất khẩu tăng gấp 2,5 lần so với năm 2020.":         "2.5 lần",
		"- Tỷ trọng công nghiệp trong GRDP chiếm 51,40%.":       "51.4 %",
		"- Thu phí, lệ phí đạt 0,75 nghìn tỷ đồng năm 2025.":    "750000000000 VND",
		"- Thu hút vốn FDI đạt trên 1.000.000.000 USD.":         "1000000000 USD",
		"- Thu ngân sách tăng thêm 250 tỷ đồng so với năm 2024": "250000000000 VND",
	} {
		v := only(t, text).Value
		if got := v.Amount + " " + v.Unit; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestDirections(t *testing.T) {
	for text, want := range map[string]Direction{
		"- Tỷ lệ thất nghiệp thành thị còn 2%.":                       Lower,
		"- Tỷ lệ hộ nghèo 1,5%.":                                      Lower,
		"- Số vụ tai nạn giao thông giảm 5%.":                         Lower,
		"- Tỷ lệ nợ xấu dưới 3%.":                                     Lower,
		"- Tỷ lệ hồ sơ trễ hạn không quá 0,5%.":                       Lower,
		"- Không có trường hợp tử vong do ngộ độc thực phẩm.":         Lower,
		"- Số vụ khiếu kiện đông người bằng 0.":                       Lower,
		"- Thời gian giải quyết thủ tục hành chính không quá 3 ngày.": Lower,
		"- Tỷ lệ suy dinh dưỡng thể thấp còi giảm còn 18%.":           Lower,
		"- Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99% trở lên.":          Higher,
		"- GRDP tăng 8%.": Higher,
		"- Tỷ lệ điều tra, khám phá tội phạm đạt trên 85%.":         Higher,
		"- Tỷ lệ hộ nghèo được hỗ trợ nhà ở đạt từ 90% trở lên.":    Higher,
		"- Nâng tỷ lệ đô thị hóa lên 45%.":                          Higher,
		"- Tỷ lệ vụ việc bạo lực gia đình được xử lý đạt trên 95%.": Higher,
		"- Thu hồi nợ đọng thuế đạt ít nhất 80%.":                   Higher,
		"- Tỷ lệ hộ thoát nghèo đạt ít nhất 30%.":                   Higher,
		"- Hạ tỷ lệ sinh con thứ ba xuống dưới 9%.":                 Lower,
		"- Chi phí thời gian của doanh nghiệp giảm 10%.":            Lower,
		"- Số vụ cháy không quá 10 vụ.":                             Lower,
		"- Tỷ lệ đô thị hóa 45%.":                                   Unknown,
		"- Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ 32%.":  Unknown,
		"- 100% hộ nghèo được cấp thẻ bảo hiểm y tế.":               Unknown,
		"- Tỷ lệ che phủ rừng duy trì 54%.":                         Unknown,
		"- Số người chết do tai nạn giao thông giảm ít nhất 10%.":   Lower,
		"- Tổn thất điện năng giảm còn 3,95%.":                      Lower,
		"- Tỷ lệ giảm nghèo bình quân đạt 1,5%/năm trở lên.":        Higher,
		"- Tỷ lệ án bị hủy, sửa do lỗi chủ quan không quá 1,5%.":    Lower,
		"- Tỷ lệ bác sĩ trên một vạn dân tăng lên 12 bác sĩ.":       Higher,
		"- Mức giảm tỷ lệ sinh đạt từ 0,1‰ trở lên.":                Higher,
		"- Tỷ lệ người dân hài lòng đạt 92% trở lên.":               Higher,
		"- Tỷ lệ học sinh bỏ học dưới 0,5%.":                        Lower,
		"- Số ca mắc sốt xuất huyết giảm 10% so với năm 2024.":      Lower,
		"- Tỷ lệ phòng, chống cháy rừng đạt trên 95%.":              Higher,
	} {
		if got := only(t, text).Direction; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func baseText(b *Base) string {
	if b == nil {
		return ""
	}
	if b.Year > 0 {
		return b.Kind + " " + itoa(b.Year)
	}
	return b.Kind
}

func TestMoreBases(t *testing.T) {
	for text, want := range map[string]string{
		"- Thu ngân sách tăng 5% so với thực hiện năm 2024.":              "year 2024",
		"- Thu ngân sách tăng 5% so với ước thực hiện năm 2024.":          "year 2024",
		"- Xuất khẩu tăng gấp 2 lần so với năm 2020.":                     "year 2020",
		"- Tỷ lệ hộ nghèo giảm 1% so với đầu năm 2025.":                   "year 2025",
		"- Dư nợ tăng 14% so với cuối năm 2024.":                          "year 2024",
		"- Thu nội địa vượt dự toán Trung ương giao 10%.":                 "budget",
		"- Thu nội địa đạt 105% dự toán được giao.":                       "budget",
		"- Giải ngân vốn đầu tư công đạt 100% kế hoạch vốn.":              "plan",
		"- Kết nạp đảng viên mới vượt 5% chỉ tiêu giao.":                  "plan",
		"- Số vụ tai nạn giao thông giảm 10% so với cùng kỳ năm 2023.":    "same_period 2023",
		"- Kim ngạch xuất khẩu tăng 12% so cùng kỳ.":                      "same_period",
		"- Kinh tế số chiếm 20% GRDP.":                                    "share",
		"- Tỷ trọng dịch vụ chiếm 38%.":                                   "share",
		"- Thu ngân sách đạt 900 tỷ đồng.":                                "",
		"- Tỷ lệ che phủ rừng đạt 54%.":                                   "",
		"Mục tiêu năm 2026:\n- Doanh thu tăng 8% so với năm trước.":       "year 2025",
		"- Số thu BHXH bằng 103% kế hoạch Bảo hiểm xã hội Việt Nam giao.": "plan",
	} {
		if got := baseText(only(t, text).Base); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestYearsByWhichItMustHold(t *testing.T) {
	for text, want := range map[string]int{
		"TỔNG KẾT PHONG TRÀO THI ĐUA NĂM 2022\n\nPhát huy kết quả đạt được, năm 2023, các sở đẩy mạnh các phong trào; xây dựng Đảng vững mạnh; phấn đấu 100% đơn vị hoàn thành tốt nhiệm vụ.": 2023,
		"TỔNG KẾT PHONG TRÀO THI ĐUA NĂM 2022\n\nThời gian tới, các đơn vị phấn đấu 100% hồ sơ được số hóa.":                                                                                  0,
		"- Đến năm 2030, tỷ lệ đô thị hóa đạt 50%.":                                                        2030,
		"- Tỷ lệ đô thị hóa đến hết năm 2025 đạt 45%.":                                                     2025,
		"- Tỷ lệ đô thị hóa đạt 45% vào năm 2027.":                                                         2027,
		"- Phấn đấu trong năm 2026 thu ngân sách đạt 900 tỷ đồng.":                                         2026,
		"- Trước ngày 31/12/2025, 100% xã có nhà văn hóa.":                                                 2025,
		"- 100% xã có nhà văn hóa trước tháng 9 năm 2026.":                                                 2026,
		"Giai đoạn 2026 - 2030 phấn đấu tăng trưởng bình quân đạt 9%/năm.":                                 2030,
		"CHỈ TIÊU NĂM 2025\n- Thu ngân sách đạt 900 tỷ đồng.":                                              2025,
		"Giao ước thi đua năm 2024\n\nCác chỉ tiêu như sau:\n- Thu ngân sách đạt 900 tỷ đồng.":             2024,
		"- Thu ngân sách đạt 900 tỷ đồng.":                                                                 0,
		"Tỷ lệ đô thị hóa năm 2024 là 40%. Đến năm 2030, tỷ lệ đô thị hóa đạt 50%. Tỷ lệ hộ nghèo còn 1%.": 2030,
		"- Thu ngân sách đạt 900 tỷ đồng, bằng 105% thực hiện năm 2024.":                                   0,
	} {
		got := Read(text).Targets
		if len(got) == 0 || got[0].By != want {
			t.Errorf("%q: %+v, want by %d", text, got, want)
		}
	}
}

func TestMoreApproximations(t *testing.T) {
	for text, want := range map[string]Approx{
		"- Thu hút gần 20 dự án.":                            Under,
		"- Doanh thu đạt hơn 1.500 tỷ đồng.":                 Over,
		"- Doanh thu đạt khoảng 1.500 tỷ đồng.":              About,
		"- Tăng trưởng tín dụng đạt xấp xỉ 15%.":             About,
		"- Tỷ lệ hộ nghèo giảm khoảng 0,5%.":                 About,
		"- Sản lượng lúa ~ 1,2 triệu tấn.":                   About,
		"- Tổng đàn lợn đạt hơn 500 nghìn con.":              Over,
		"- Thu hút trên 20 dự án.":                           "", // a bound, not a rounding
		"- Thu nhập bình quân đạt vào khoảng 70 triệu đồng.": About,
	} {
		if got := only(t, text).Approx; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestParts(t *testing.T) {
	for _, c := range []struct {
		text  string
		parts []string // part_of of each target
		sum   string   // "": no check; "ok"; or the sum that the parts have
	}{
		{"- Tổng đàn gia súc 620.000 con (trâu 85.000 con, bò 135.000 con, lợn 400.000 con).", []string{"", "t1", "t1", "t1"}, "ok"},
		{"- Chi ngân sách 15.200 tỷ đồng, trong đó chi đầu tư phát triển 5.100 tỷ đồng, chi thường xuyên 10.000 tỷ đồng.", []string{"", "t1", "t1"}, "15100"},
		{"- Tổng kim ngạch 12,6 tỷ USD; trong đó xuất khẩu 7.100 triệu USD; nhập khẩu 5.500 triệu USD.", []string{"", "t1", "t1"}, "ok"},
		{"- Tổng thu 900 tỷ đồng, trong đó thu nội địa 600 tỷ đồng.", []string{"", "t1"}, ""},
		{"- Tổng thu 900 tỷ đồng; tổng chi 800 tỷ đồng.", []string{"", ""}, ""},
		{"1. Tổng thu ngân sách 900 tỷ đồng, gồm:\n- Thu nội địa 650 tỷ đồng;\n- Thu xuất nhập khẩu 250 tỷ đồng.\n2. Tổng chi 800 tỷ đồng.", []string{"", "t1", "t1", ""}, "ok"},
		{"- Tỷ lệ lao động qua đào tạo 78%, trong đó có bằng cấp, chứng chỉ 33%.", []string{"", "t1"}, ""},
		{"- Tổng lượng khách 8,5 triệu lượt, trong đó khách quốc tế khoảng 1,2 triệu lượt, khách nội địa 7,3 triệu lượt.", []string{"", "t1", "t1"}, ""},
		{"| Chỉ tiêu | ĐVT | Kế hoạch 2025 |\n|---|---|---|\n| Tổng thu ngân sách | tỷ đồng | 900 |\n| Trong đó: Thu nội địa | tỷ đồng | 700 |\n| - Thu xuất nhập khẩu | tỷ đồng | 200 |\n| Tổng chi | tỷ đồng | 800 |", []string{"", "t1", "t1", ""}, "ok"},
	} {
		got := Read(c.text)
		var parts []string
		for _, g := range got.Targets {
			parts = append(parts, g.PartOf)
		}
		if !slices.Equal(parts, c.parts) {
			t.Errorf("%q: parts %q, want %q", c.text, parts, c.parts)
		}
		switch {
		case c.sum == "":
			if len(got.Checks) > 0 {
				t.Errorf("%q: checks %+v, want none", c.text, got.Checks)
			}
		case len(got.Checks) != 1:
			t.Errorf("%q: checks %+v, want one", c.text, got.Checks)
		default:
			k := got.Checks[0]
			if k.Kind != "sum" || k.OK != (c.sum == "ok") || !k.OK && k.Got != c.sum || k.OK && k.Got != k.Want {
				t.Errorf("%q: %+v, want %s", c.text, k, c.sum)
			}
			if !k.OK && codes(got.Warnings) != SumMismatch {
				t.Errorf("%q: %+v", c.text, got.Warnings)
			}
		}
	}
}

func TestSourceLines(t *testing.T) {
	got := Read("Giao ước thi đua năm 2025\r\n\r\nCác chỉ tiêu:\r\n- Thu ngân sách đạt\r\n900 tỷ đồng; tỷ lệ hộ nghèo\r\ncòn 1%.\r\n\r\n- Kết nạp 5 đảng viên.\r\n")
	lines := []int{4, 5, 8}
	texts := []string{"Thu ngân sách đạt 900 tỷ đồng", "tỷ lệ hộ nghèo còn 1%", "Kết nạp 5 đảng viên"}
	if len(got.Targets) != 3 {
		t.Fatalf("%+v", got.Targets)
	}
	for i, g := range got.Targets {
		if g.Source.Line != lines[i] || g.Source.Text != texts[i] {
			t.Errorf("source %+v, want line %d, %q", g.Source, lines[i], texts[i])
		}
	}
}

func codes(warnings []Warning) string {
	var out []string
	for _, w := range warnings {
		out = append(out, w.Code)
	}
	return strings.Join(out, " ")
}

// Every doubt is told once, and what is plain is not doubted.
func TestWarningCodes(t *testing.T) {
	for text, want := range map[string]string{
		"- Tổng thu 600 tỷ đồng (trong đó: thu nội địa 159 tỷ đồng, thu bổ sung 449 tỷ đồng).":      SumMismatch,
		"- Tổng kim ngạch 90 tỷ USD; trong đó xuất khẩu 50 tỷ USD; nhập khẩu 400 triệu USD.":        SumMismatch,
		"- Tổng kim ngạch 90 tỷ USD; trong đó xuất khẩu 50 tỷ USD; nhập khẩu 40 tỷ USD.":            "",
		"- Tổng vốn 600 tỷ đồng; trong đó vốn trong nước 300 tỷ đồng, vốn ngoài nước 10 triệu USD.": MixedCurrency,
		"- Thu hút 16 dự án với tổng vốn đăng ký 1,5 tỷ USD và 1.283 tỷ đồng.":                      MixedCurrency,
		"- Thu hút 16 dự án với tổng vốn đăng ký 1.283 tỷ đồng.":                                    "",
		"- Tỷ lệ hộ nghèo 1%.\n- Tỷ lệ đô thị hóa 45%.\n- Tỷ lệ hộ nghèo 1%.":                       Duplicate,
		"- Không có tai nạn lao động chết người.\n- Không có tai nạn lao động chết người.":          Duplicate,
		"- Tỷ lệ hộ nghèo đến năm 2025 là 1%.\n- Tỷ lệ hộ nghèo đến năm 2030 là 0,5%.":              "",
		"- Thu ngân sách đạt 900 tỷ đồng, tăng 5% so với năm 2024.":                                 "",
		"- Tỷ lệ lấp đầy khu công nghiệp 720%.":                                                     UnitSuspect,
		"- Tỷ lệ giải ngân so với kế hoạch đạt 105%.":                                               "",
		"- Kim ngạch xuất khẩu 10.200 triệu USD.\n- Kim ngạch xuất khẩu 763,86 nghìn USD.":          UnitSuspect + " " + Duplicate,
		"Mục tiêu đến năm 1945: tỷ lệ đô thị hóa đạt 50%.":                                          YearSuspect,
		"- Đến năm 1930, thu ngân sách đạt 900 tỷ đồng.":                                            YearSuspect,
		"Thực hiện quy hoạch chung đô thị đến năm 2045, tầm nhìn đến năm 1965.":                     YearSuspect,
		"Kháng chiến từ năm 1946 đến năm 1954.":                                                     "",
		"Các chỉ tiêu năm 2024:\n- Năm 2023 đạt 3,5%, phấn đấu đạt 3%.":                             UnreadFigure,
		"Các chỉ tiêu năm 2024:\n- Phấn đấu đạt 95%.":                                               UnreadFigure,
		"Các chỉ tiêu năm 2024:\n- Phấn đấu đạt 1.2.3,4 tỷ đồng thu ngân sách.":                     UnreadFigure,
		"Căn cứ Quyết định số 42/QĐ-UBND ngày 12/01/2023, Khối gồm 12 đơn vị.":                      "",
		"Số lượt xem: 96\nOnline : 3592":                                                            "",
	} {
		if got := codes(Read(text).Warnings); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
