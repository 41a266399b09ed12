package target

import (
	"strings"
	"testing"
)

// benchText is a paper of the usual mixture: prose without figures, references,
// results, targets.
func benchText() string {
	page := `KẾ HOẠCH
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
	return strings.Repeat(page, 400)
}

func BenchmarkRead(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(text)
	}
}

func BenchmarkReadPage(b *testing.B) {
	text := benchText()
	text = text[:len(text)/400]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Read(text)
	}
}

func BenchmarkResults(b *testing.B) {
	text := strings.Repeat("Kết quả: Ban Quản lý khu công nghiệp A thu hút được 12 dự án với tổng vốn đăng ký 1.250 tỷ đồng; tổng số lao động 5.100 lao động; Ban Quản lý khu công nghiệp B thu hút được 9 dự án với tổng vốn đăng ký 310 triệu USD.\n\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Results(text)
	}
}
