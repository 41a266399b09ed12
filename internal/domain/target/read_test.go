package target

import (
	"strings"
	"testing"
)

// want is a target in short: the fields that the test names must be right, and
// by default change, base, by, approx and part_of must be empty.
type want struct {
	name, rel, change, low, high, unit, value, dir, base string
	by                                                   int
	approx, part                                         string
	line                                                 int
}

func checkTargets(t *testing.T, got Reading, wants []want) {
	t.Helper()
	for i, w := range wants {
		if i >= len(got.Targets) {
			t.Errorf("missing: %+v", w)
			continue
		}
		g := got.Targets[i]
		if w.high == "" {
			w.high = w.low
		}
		have := want{name: g.Name, rel: string(g.Relation), change: string(g.Change), low: g.Low, high: g.High, unit: g.Unit,
			dir: string(g.Direction), by: g.By, approx: string(g.Approx), part: g.PartOf, line: g.Source.Line}
		if g.Value != nil {
			have.value = g.Value.Amount + " " + g.Value.Unit
		}
		if g.Base != nil {
			have.base = g.Base.Kind
			if g.Base.Year > 0 {
				have.base += " " + itoa(g.Base.Year)
			}
		}
		if w.line == 0 {
			have.line = 0
		}
		if w.dir == "" {
			have.dir = ""
		}
		if w.value == "" {
			have.value = ""
		}
		if have != w {
			t.Errorf("target %d\n got %+v\nwant %+v", i+1, have, w)
		}
	}
	for _, g := range got.Targets[min(len(wants), len(got.Targets)):] {
		t.Errorf("false target: %+v", g)
	}
}

func itoa(n int) string {
	s := ""
	for ; n > 0; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

// The facts of a covenant that a block of twelve departments signed in March
// 2023, in other words, with the shapes that made it hard: page furniture,
// "2023với", "1.Phát", a total with its parts, an inequality and a promise in
// one clause.
const covenant2023 = `Các sở, ngành kinh tế ký giao ước thi đua năm 2023

11/03/2023 09:05 Số lượt xem: 96

Chiều 09/3, Ban Quản lý các Khu công nghiệp (trưởng khối năm 2023) chủ trì hội nghị ký kết giao ước. Dự lễ ký có lãnh đạo Ban Thi đua - Khen thưởng và đại diện 12 đơn vị trong khối.

Các đại biểu trao đổi, nhất trí kế hoạch công tác thi đua; nội dung thi đua và ký giao ước thi đua năm 2023 như sau:

1.Phát huy sức mạnh của các cơ quan trong khối, tạo không khí thi đua sôi nổi.

2. Góp phần hoàn thành nhiệm vụ kinh tế, xã hội năm 2023với những chỉ tiêu chính sau đây:

- Tổng sản phẩm GRDP tăng 6,5-7% so với năm 2022

- Thu nhập bình quân mỗi người là 69,5 triệu đồng.

- Tổng giá trị xuất nhập khẩu là 93.262 triệu USD; trong đó giá trị xuất khẩu là 50.870 triệu USD; giá trị nhập khẩu là 42.392 triệu USD.

- Vốn đầu tư phát triển toàn xã hội 60 nghìn tỷ đồng.

- Thu hút vốn FDI vào khu công nghiệp 1,2 tỷ USD

- Tổng thu ngân sách 31.630 tỷ đồng; trong đó thu nội địa 23.820 tỷ đồng; thu từ xuất nhập khẩu 7.810 tỷ đồng.

- Doanh thu bán lẻ 85.800 tỷ đồng.

- Tỷ lệ đô thị hóa 45%.

- Tỷ lệ khu công nghiệp có trạm xử lý nước thải đạt tiêu chuẩn môi trường đạt 100%.

- Tỷ lệ thất nghiệp thành thị còn 1,72%.

- Tỷ lệ lao động đã qua đào tạo 78%

- Tỷ lệ hộ nghèo đến hết năm 2023 là 1%

- Số giường bệnh trên 1 vạn dân (chưa kể trạm y tế xã) là 34 giường.

- Tỷ lệ dân số có bảo hiểm y tế 95,5%.

- Số vụ ngộ độc trên 30 người mắc ≤ 1; không có trường hợp tử vong do ngộ độc.

3. Tăng cường lãnh đạo công tác thi đua, khen thưởng năm 2023.

4.Mục tiêu của khối năm 2023: Phấn đấu các chi bộ đạt danh hiệu “Trong sạch vững mạnh”; 100% cán bộ, công chức được đánh giá hoàn thành tốt nhiệm vụ trở lên; cơ quan đạt “Công sở văn hóa”./.

Người viết

Thống kê truy cập

Online : 3592
Đã truy cập : 119491837`

func TestCovenantOfABlock(t *testing.T) {
	got := Read(covenant2023)
	y := 2023
	checkTargets(t, got, []want{
		{name: "Tổng sản phẩm GRDP", rel: "range", change: "increase", low: "6.5", high: "7", unit: "%", value: "6.5 %", dir: "higher", base: "year 2022", by: y, line: 13},
		{name: "Thu nhập bình quân mỗi người", rel: "=", low: "69.5", unit: "triệu đồng", value: "69500000 VND", by: y, line: 15},
		{name: "Tổng giá trị xuất nhập khẩu", rel: "=", low: "93262", unit: "triệu USD", value: "93262000000 USD", by: y, line: 17},
		{name: "giá trị xuất khẩu", rel: "=", low: "50870", unit: "triệu USD", by: y, part: "t3", line: 17},
		{name: "giá trị nhập khẩu", rel: "=", low: "42392", unit: "triệu USD", by: y, part: "t3", line: 17},
		{name: "Vốn đầu tư phát triển toàn xã hội", rel: "=", low: "60", unit: "nghìn tỷ đồng", value: "60000000000000 VND", by: y},
		{name: "Thu hút vốn FDI vào khu công nghiệp", rel: "=", low: "1.2", unit: "tỷ USD", value: "1200000000 USD", by: y},
		{name: "Tổng thu ngân sách", rel: "=", low: "31630", unit: "tỷ đồng", by: y},
		{name: "thu nội địa", rel: "=", low: "23820", unit: "tỷ đồng", by: y, part: "t8"},
		{name: "thu từ xuất nhập khẩu", rel: "=", low: "7810", unit: "tỷ đồng", by: y, part: "t8"},
		{name: "Doanh thu bán lẻ", rel: "=", low: "85800", unit: "tỷ đồng", by: y},
		{name: "Tỷ lệ đô thị hóa", rel: "=", low: "45", unit: "%", by: y},
		{name: "Tỷ lệ khu công nghiệp có trạm xử lý nước thải đạt tiêu chuẩn môi trường", rel: "=", low: "100", unit: "%", by: y},
		{name: "Tỷ lệ thất nghiệp thành thị", rel: "=", low: "1.72", unit: "%", dir: "lower", by: y},
		{name: "Tỷ lệ lao động đã qua đào tạo", rel: "=", low: "78", unit: "%", by: y},
		{name: "Tỷ lệ hộ nghèo", rel: "=", low: "1", unit: "%", dir: "lower", by: y},
		{name: "Số giường bệnh trên 1 vạn dân (chưa kể trạm y tế xã)", rel: "=", low: "34", unit: "giường", value: "34 giường", by: y},
		{name: "Tỷ lệ dân số có bảo hiểm y tế", rel: "=", low: "95.5", unit: "%", by: y},
		{name: "Số vụ ngộ độc trên 30 người mắc", rel: "<=", low: "1", unit: "vụ", dir: "lower", by: y},
		{name: "trường hợp tử vong do ngộ độc", rel: "none", dir: "lower", by: y},
		{name: "cán bộ, công chức được đánh giá hoàn thành tốt nhiệm vụ trở lên", rel: "=", low: "100", unit: "%", by: y, line: 45},
	})
	if len(got.Checks) != 2 || !got.Checks[0].OK || got.Checks[0].Want != "93262" || got.Checks[0].Got != "93262" || !got.Checks[1].OK || got.Checks[1].Total != "t8" {
		t.Errorf("checks: %+v", got.Checks)
	}
	if len(got.Warnings) > 0 {
		t.Errorf("warnings: %+v", got.Warnings)
	}
	if s := got.Targets[2].Source.Text; s != "Tổng giá trị xuất nhập khẩu là 93.262 triệu USD" {
		t.Errorf("source: %q", s)
	}
}

// The facts of the covenant of a cluster of districts: one target among many
// references, plans, periods and a year that cannot be.
func TestCovenantOfACluster(t *testing.T) {
	got := Read(`Cụm các huyện, thành phố ký kết giao ước thi đua năm 2023

22/03/2023 14:13 Số lượt xem: 233

Thực hiện Kế hoạch số 21/KH-UBND ngày 30/01/2023, chiều 17/3 cụm thi đua họp triển khai công tác năm 2023. Theo Quyết định số 42/QĐ-UBND ngày 12/01/2023, huyện A là trưởng cụm.

Phát biểu tại hội nghị, lãnh đạo ban biểu dương những thành tích đã đạt được trong năm 2022.

Hội nghị thống nhất nội dung giao ước thi đua năm 2023 như sau:

- Về kinh tế: Khắc phục tồn tại, hạn chế, triển khai kế hoạch phát triển kinh tế - xã hội năm 2023. Xây dựng nông thôn mới toàn diện, bền vững; phấn đấu trong năm 2023 công nhận thêm 09 xã đạt chuẩn nông thôn mới nâng cao.

- Thực hiện quy hoạch thời kỳ 2021-2030, tầm nhìn đến năm 2050; quy hoạch chung đô thị đến năm 1945; chương trình nhà ở giai đoạn 2021 - 2025, định hướng đến 2030.

Lãnh đạo các cơ quan trong cụm ký giao ước

- Thực hiện Nghị quyết số 71-NQ/TU ngày 29/8/2022 về văn hóa, con người đến năm 2030.

Cụm cam kết nâng cao chất lượng các phong trào thi đua, góp phần thực hiện tốt nghị quyết đã đề ra.

Online : 4059
Đã truy cập : 119486683`)
	checkTargets(t, got, []want{{name: "xã đạt chuẩn nông thôn mới nâng cao", rel: "=", low: "9", unit: "xã", value: "9 xã", by: 2023, line: 11}})
	if len(got.Warnings) != 1 || got.Warnings[0].Code != YearSuspect || got.Warnings[0].Line != 13 || !strings.Contains(got.Warnings[0].Message, "1945") {
		t.Errorf("warnings: %+v", got.Warnings)
	}
}

// The facts of a launch speech: last year's result, then this year's targets in
// one long sentence, then prose that promises without figures.
func TestLaunchSpeech(t *testing.T) {
	got := Read(`Xây dựng tỉnh giàu mạnh, công bằng
22:04 10/01/2022
Sáng 10/1, tại hội nghị triển khai nhiệm vụ năm 2022, Chủ tịch UBND tỉnh phát động chương trình thi đua năm 2022.

Chủ tịch điểm lại những kết quả nổi bật năm 2021 với nhiều thành tựu: tổ chức thành công cuộc bầu cử; dịch bệnh được kiểm soát: tăng trưởng đạt 6,9%; an sinh được bảo đảm.

Tỉnh phát động phong trào thi đua năm 2022 với chủ đề “Đoàn kết - sáng tạo - kỷ cương”. Đồng thời, đề ra các mục tiêu chủ yếu: Tổng sản phẩm (GRDP) tăng 5-6%; tổng kim ngạch xuất nhập khẩu 92.070 triệu USD; vốn đầu tư toàn xã hội 70 nghìn tỷ đồng; tổng thu ngân sách 30.567 tỷ đồng; tỷ lệ đô thị hóa 43%; tỷ lệ lao động qua đào tạo 77%; tỷ lệ hộ nghèo giảm còn 1,1%; 80% tổ chức đảng hoàn thành tốt nhiệm vụ trở lên, không có tổ chức đảng không hoàn thành nhiệm vụ; tỷ lệ đảng viên hoàn thành tốt nhiệm vụ đạt 80% trở lên; 85% chính quyền, MTTQ và các tổ chức chính trị - xã hội đạt vững mạnh.

Đẩy nhanh tiến độ khu công nghiệp Yên Phong 2; triển khai công việc thận trọng, không để xảy ra manh mún, lãng phí; đẩy mạnh mô hình 5 tại chỗ; phòng, chống Covid-19.

Các cấp, các ngành nỗ lực để thiết thực kỷ niệm 190 năm thành lập và 25 năm tái lập tỉnh.`)
	y := 2022
	checkTargets(t, got, []want{
		{name: "Tổng sản phẩm (GRDP)", rel: "range", change: "increase", low: "5", high: "6", unit: "%", by: y, line: 7},
		{name: "tổng kim ngạch xuất nhập khẩu", rel: "=", low: "92070", unit: "triệu USD", by: y},
		{name: "vốn đầu tư toàn xã hội", rel: "=", low: "70", unit: "nghìn tỷ đồng", by: y},
		{name: "tổng thu ngân sách", rel: "=", low: "30567", unit: "tỷ đồng", by: y},
		{name: "tỷ lệ đô thị hóa", rel: "=", low: "43", unit: "%", by: y},
		{name: "tỷ lệ lao động qua đào tạo", rel: "=", low: "77", unit: "%", by: y},
		{name: "tỷ lệ hộ nghèo", rel: "=", low: "1.1", unit: "%", dir: "lower", by: y},
		{name: "tổ chức đảng hoàn thành tốt nhiệm vụ trở lên", rel: "=", low: "80", unit: "%", by: y},
		{name: "tổ chức đảng không hoàn thành nhiệm vụ", rel: "none", dir: "lower", by: y},
		{name: "tỷ lệ đảng viên hoàn thành tốt nhiệm vụ", rel: ">=", low: "80", unit: "%", by: y},
		{name: "chính quyền, MTTQ và các tổ chức chính trị - xã hội đạt vững mạnh", rel: "=", low: "85", unit: "%", by: y},
	})
	if len(got.Warnings) > 0 {
		t.Errorf("warnings: %+v", got.Warnings)
	}
}

// A plan whose lines a converter broke, with award quotas and a scoring annex
// that hold percentages and are no targets.
func TestPlanWithBrokenLines(t *testing.T) {
	got := Read(`**KẾ HOẠCH**

**III. NỘI DUNG**

**1. Nội dung thi đua**

Các nội dung được cụ thể
hóa bằng các chỉ tiêu cụ thể như sau:

(1) 100% người hưởng trợ cấp chưa
có tài khoản được vận động mở tài khoản;

(2) Ít nhất 85% người hưởng
trợ cấp (kể cả người được ủy quyền) mở mới tài
khoản *“Hệ thống A”*;

**2. Phương án triển khai**

a) Trong 10 ngày làm việc (từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12
năm 2025), các xã mời đối tượng đến điểm chi trả.

- Nếu có từ 02 địa phương trở lên bằng điểm nhau thì bỏ phiếu.

**IV. KHEN THƯỞNG**

Theo Điều 9 Quyết định
số 10/2024/QĐ-UBND ngày 13 tháng 6 năm 2024 *(tỷ lệ không quá 10% tập thể, 5% cá
nhân)*.

**PHỤ LỤC**

THANG ĐIỂM THI ĐUA

|
5.1
|
Đơn vị đạt tỷ lệ 100% được cộng trực tiếp 05 điểm
|
5
|
Từ 88 - 90% cộng 02 điểm; từ 90-95% cộng 03 điểm; kiểm tra 50 người, mỗi người 0,4 điểm.
|`)
	checkTargets(t, got, []want{
		{name: "người hưởng trợ cấp chưa có tài khoản được vận động mở tài khoản", rel: "=", low: "100", unit: "%", line: 10},
		{name: "người hưởng trợ cấp (kể cả người được ủy quyền) mở mới tài khoản “Hệ thống A”", rel: ">=", low: "85", unit: "%", line: 13},
	})
	if len(got.Warnings) > 0 {
		t.Errorf("warnings: %+v", got.Warnings)
	}
}

func TestRegulationsHaveNoTargets(t *testing.T) {
	for _, text := range []string{
		"**Điều 5. Cách tính điểm**\n\na) Tỉnh từ 2.000.000 người trở xuống được tính 10 điểm; trên 2.000.000 người thì cứ thêm 60.000 người được tính thêm 0,5 điểm, nhưng tối đa không quá 25 điểm;\n\nb) Tỷ lệ hộ nghèo từ 4,5% trở lên được tính 3 điểm; dưới 4,5% thì cứ giảm 1% được tính thêm 1 điểm.",
		"**Điều\n3. Tiêu chuẩn xét tặng Cờ thi đua**\n\nCó 100% cá nhân hoàn thành nhiệm vụ, trong đó có ít nhất là 70% cá nhân đạt danh hiệu lao động tiên tiến.",
		"**Điều 6. Xếp loại**\n\n1. Hoàn thành xuất sắc: đạt từ 95 điểm trở lên; đồng thời, không có tiêu chí nào chấm 0 điểm.\n\n3. Ủy ban nhân dân xã: Xét tối đa 15 tập thể và 30 cá nhân.",
	} {
		if got := Read(text); len(got.Targets) > 0 || len(got.Warnings) > 0 {
			t.Errorf("%+v", got)
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		text, code, says string
	}{
		{"- Tổng thu ngân sách 600 tỷ đồng; trong đó thu nội địa 159 tỷ đồng; thu bổ sung 449 tỷ đồng.", SumMismatch, "608"},
		{"- Thu hút 35 dự án với tổng vốn đăng ký 4.356 tỷ đồng và 414,1 triệu USD.", MixedCurrency, "tổng vốn đăng ký"},
		{"- Tổng vốn 600 tỷ đồng; trong đó vốn trong nước 300 tỷ đồng, vốn ngoài nước 10 triệu USD.", MixedCurrency, "Tổng vốn"},
		{"- Tỷ lệ hộ nghèo 1%.\n- Tỷ lệ hộ nghèo 1,2%.", Duplicate, "dòng 1"},
		{"- Tỷ lệ đô thị hóa 450%.", UnitSuspect, "450"},
		{"- Kim ngạch xuất khẩu 45.000 triệu USD.\n- Kim ngạch xuất khẩu 45 triệu USD.", UnitSuspect, "Kim ngạch xuất khẩu"},
		{"Thực hiện quy hoạch tỉnh, tầm nhìn đến năm 1950.", YearSuspect, "1950"},
		{"Các chỉ tiêu năm 2024 như sau:\n- Năm 2023 đạt 3,5%, phấn đấu đạt 3%.", UnreadFigure, "3"},
	} {
		got := Read(c.text)
		found := false
		for _, w := range got.Warnings {
			found = found || w.Code == c.code && strings.Contains(w.Message, c.says)
			if strings.Contains(w.Message, "{.") || w.Text == "" {
				t.Errorf("%q: message not filled in: %+v", c.text, w)
			}
		}
		if !found {
			t.Errorf("%q: no %s that says %q in %+v", c.text, c.code, c.says, got.Warnings)
		}
	}
	if got := Read("Giai đoạn từ năm 1930 đến năm 1945 là thời kỳ đấu tranh."); len(got.Warnings) > 0 {
		t.Errorf("history is no slip: %+v", got.Warnings)
	}
}

func TestTotalsAcrossLines(t *testing.T) {
	got := Read("II. CÁC CHỈ TIÊU NĂM 2025\n1. Tổng thu ngân sách 36.000 tỷ đồng, trong đó:\n- Thu nội địa: 28.000 tỷ đồng;\n- Thu xuất nhập khẩu: 8.000 tỷ đồng.\n2. Chi đầu tư phát triển 9.000 tỷ đồng.")
	checkTargets(t, got, []want{
		{name: "Tổng thu ngân sách", rel: "=", low: "36000", unit: "tỷ đồng", by: 2025},
		{name: "Thu nội địa", rel: "=", low: "28000", unit: "tỷ đồng", by: 2025, part: "t1"},
		{name: "Thu xuất nhập khẩu", rel: "=", low: "8000", unit: "tỷ đồng", by: 2025, part: "t1"},
		{name: "Chi đầu tư phát triển", rel: "=", low: "9000", unit: "tỷ đồng", by: 2025},
	})
	if len(got.Checks) != 1 || !got.Checks[0].OK {
		t.Errorf("checks: %+v", got.Checks)
	}
}

func TestBases(t *testing.T) {
	for _, c := range []struct{ text, base string }{
		{"- Thu ngân sách vượt 7,7% dự toán.", "budget"},
		{"- Giải ngân vốn đạt 95% kế hoạch.", "plan"},
		{"- Thu ngân sách tăng 5% so với năm 2022.", "year 2022"},
		{"- Xuất khẩu tăng 5% so với cùng kỳ.", "same_period"},
		{"- Xuất khẩu tăng 5% so với cùng kỳ năm 2023.", "same_period 2023"},
		{"- Tỷ trọng dịch vụ chiếm 51,4%.", "share"},
		{"Chỉ tiêu năm 2024:\n- Xuất khẩu tăng 5% so với năm trước.", "year 2023"},
		{"- Thu ngân sách vượt dự toán 5%.", "budget"},
	} {
		got := Read(c.text)
		if len(got.Targets) != 1 || got.Targets[0].Base == nil {
			t.Errorf("%q: %+v", c.text, got.Targets)
			continue
		}
		b := got.Targets[0].Base
		s := b.Kind
		if b.Year > 0 {
			s += " " + itoa(b.Year)
		}
		if s != c.base {
			t.Errorf("%q: base %q, want %q", c.text, s, c.base)
		}
	}
}

func TestApproximations(t *testing.T) {
	for text, approx := range map[string]Approx{
		"- Thu hút hơn 20 dự án.":           Over,
		"- Doanh thu đạt gần 12 tỷ đồng.":   Under,
		"- Thu hút khoảng 1.500 lao động.":  About,
		"- Doanh thu đạt xấp xỉ 3 tỷ đồng.": About,
		"- Doanh thu đạt 3 tỷ đồng.":        "",
	} {
		got := Read(text)
		if len(got.Targets) != 1 || got.Targets[0].Approx != approx || got.Targets[0].Relation != Equal {
			t.Errorf("%q: %+v", text, got.Targets)
		}
	}
}
