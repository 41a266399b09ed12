package target

import (
	"strings"
	"testing"
)

// planPage is a page of a paper of the usual mixture: prose without figures,
// references, results, targets.
const planPage = `KẾ HOẠCH
Tổ chức phong trào thi đua năm 2025

Thực hiện Quyết định số 15/QĐ-UBND ngày 12/01/2025 của Ủy ban nhân dân tỉnh, các đơn vị đã thảo luận và thống nhất nội dung, hình thức, thời gian tổ chức phong trào thi đua trong toàn khối.

I. KẾT QUẢ NĂM 2024
Năm 2024, các đơn vị trong khối đã khắc phục khó khăn, hoàn thành cơ bản các nhiệm vụ. Tổng thu ngân sách đạt 30.120 tỷ đồng, tăng 5,2% so với năm 2023; tỷ lệ giải ngân vốn đầu tư công đạt 96%.

II. MỤC TIÊU, CHỈ TIÊU NĂM 2025
- Tổng sản phẩm trên địa bàn tăng từ 7,5 - 8% so với năm 2024.
- Tổng thu ngân sách 32.000 tỷ đồng; trong đó thu nội địa 24.000 tỷ đồng; thu xuất nhập khẩu 8.000 tỷ đồng.
- 100% tổ chức đảng hoàn thành tốt nhiệm vụ, không có đảng viên vi phạm kỷ luật.

III. NHIỆM VỤ, GIẢI PHÁP
1. Tăng cường sự lãnh đạo của cấp ủy, chính quyền đối với công tác thi đua, khen thưởng; đổi mới nội dung, hình thức tổ chức phong trào, gắn phong trào với việc thực hiện nhiệm vụ chính trị của từng cơ quan, địa phương, đơn vị và giải quyết những khó khăn, vướng mắc từ cơ sở.
2. Nâng cao chất lượng công tác tuyên truyền, phổ biến, nhân rộng các điển hình tiên tiến, gương người tốt, việc tốt trên các phương tiện thông tin đại chúng.
`

// numbered repeats a page with other figures in each copy, so that the copies
// are no duplicates of each other.
func numbered(page string, copies int) string {
	var b strings.Builder
	for n := range copies {
		b.WriteString(strings.ReplaceAll(page, "Tổng ", "Cụm "+itoa(n+1)+", tổng "))
		b.WriteString("\n")
	}
	return b.String()
}

// BenchmarkRead reads half a megabyte of ordinary papers: a plan (few targets
// among prose), a covenant (hardly anything but targets), the prose of a
// decree, and a table of targets.
func BenchmarkRead(b *testing.B) {
	decree := "Điều 3. Trách nhiệm của các cơ quan\n\n1. Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị có liên quan theo dõi, đôn đốc, kiểm tra việc thực hiện Quyết định này; định kỳ hằng năm báo cáo Ủy ban nhân dân tỉnh theo quy định tại Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ.\n\n2. Thủ trưởng các cơ quan, đơn vị, địa phương chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về kết quả thực hiện tại cơ quan, đơn vị, địa phương mình.\n\n"
	table := "| TT | Nội dung chỉ tiêu | Đơn vị tính | Thực hiện 2024 | Kế hoạch 2025 |\n|---|---|---|---|---|\n| 1 | Tổng thu ngân sách | tỷ đồng | 30.100 | 31.900 |\n| 2 | Tỷ lệ hộ nghèo | % | 1,2 | ≤ 1 |\n| 3 | Số lao động được tạo việc làm | người | 17.200 | 18.500 |\n\n"
	for _, c := range []struct{ name, text string }{
		{"plan", numbered(planPage, 300)}, {"covenant", numbered(covenant2023, 200)}, {"decree", strings.Repeat(decree, 500)}, {"table", numbered(table, 1000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				Read(c.text)
			}
		})
	}
}

// BenchmarkReadPage reads the covenant of one block, as a person pastes it.
func BenchmarkReadPage(b *testing.B) {
	b.SetBytes(int64(len(covenant2023)))
	b.ReportAllocs()
	for b.Loop() {
		Read(covenant2023)
	}
}

func BenchmarkResults(b *testing.B) {
	text := strings.Repeat("Kết quả: Ban Quản lý khu công nghiệp A thu hút được 12 dự án với tổng vốn đăng ký 1.250 tỷ đồng; tổng số lao động 5.100 lao động; Ban Quản lý khu công nghiệp B thu hút được 9 dự án với tổng vốn đăng ký 310 triệu USD.\n\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Results(text)
	}
}
