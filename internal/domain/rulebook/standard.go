package rulebook

import "github.com/thidua/thidua/internal/platform/clock"

// always begins the rules that the product assumes where no text was found.
const always clock.Day = "2000-01-01"

const (
	defaultNote  = "Mặc định của phần mềm khi quy chế của cụm, khối không quy định khác."
	secondary    = "Đọc ở trang thứ cấp, chưa đối chiếu bản gốc."
	beforeDecree = "Nghị định 98/2023/NĐ-CP chưa có hiệu lực; lấy cùng mức để ghi nhận các kỳ họp cũ."
	sinceDecree  = "Nghị định 98/2023/NĐ-CP đã hết hiệu lực; mức này theo một bài thứ cấp, chưa đọc bản gốc."
)

// Standard is the rulebook that an installation starts with. The facts and how
// far each was checked: domain.md §4. What nobody has read in the original is
// not verified; the standing body verifies, ends and replaces rules in the
// course of its work.
func Standard() []Rule {
	majority := `{"share":"1/2","strict":true,"base":"all","written":true}`
	twoThirds := `{"share":"2/3","base":"all"}`
	eighty := `{"share":"80%","base":"all","written":true}`
	return []Rule{
		{Code: QuorumCluster, Value: twoThirds, From: always,
			Source: "Chưa thấy văn bản quy định cho cụm, khối; lấy theo tỷ lệ họp Hội đồng tại Điều 47 Nghị định 98/2023/NĐ-CP", Note: defaultNote},
		{Code: VoteCluster, Value: majority, From: always,
			Source: "Chưa thấy văn bản quy định cho cụm, khối; lấy quá nửa tổng số thành viên", Note: defaultNote},
		{Code: LeaderSource, Value: `{"is":"election"}`, From: always,
			Source: "Thông lệ bầu tại hội nghị tổng kết; có nơi UBND tỉnh hoặc bộ chỉ định", Note: defaultNote},

		{Code: QuorumCouncil, Value: twoThirds, From: always, To: "2024-01-01", Source: "Chưa đối chiếu văn bản của thời kỳ này", Note: beforeDecree},
		{Code: QuorumCouncil, Value: twoThirds, From: "2024-01-01", To: "2025-07-01", Verified: true, Source: "Nghị định 98/2023/NĐ-CP, Điều 47"},
		{Code: QuorumCouncil, Value: twoThirds, From: "2025-07-01", Source: "Nghị định 152/2025/NĐ-CP", Note: sinceDecree},

		{Code: VoteCouncil, Value: eighty, From: always, To: "2024-01-01", Source: "Chưa đối chiếu văn bản của thời kỳ này", Note: beforeDecree},
		{Code: VoteCouncil, Value: eighty, From: "2024-01-01", To: "2025-07-01", Verified: true, Source: "Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7",
			Note: "Áp dụng cho cờ thi đua; thành viên vắng mặt được lấy ý kiến bằng phiếu và ghi vào biên bản."},
		{Code: VoteCouncil, Value: eighty, From: "2025-07-01", Source: "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 5", Note: sinceDecree},

		{Code: LeadingPlaces, Value: `{"max":3}`, From: always, Source: "Chưa thấy văn bản định nghĩa “dẫn đầu cụm, khối” bằng thứ hạng", Note: defaultNote},

		{Code: QuotaFlagProvince, Value: `{"max":1}`, From: always,
			Source: "Cách hiểu thông thường của Điều 26 Luật Thi đua, khen thưởng 2022: đơn vị xuất sắc dẫn đầu cụm, khối",
			Note:   "Thực tế có cụm, khối đề nghị hơn một cờ; phần mềm cảnh báo và đòi ghi lý do."},
		{Code: QuotaFlagMinistry, Value: `{"max":1}`, From: always,
			Source: "Cách hiểu thông thường của Điều 26 Luật Thi đua, khen thưởng 2022: đơn vị xuất sắc dẫn đầu cụm, khối",
			Note:   "Thực tế có cụm, khối đề nghị hơn một cờ; phần mềm cảnh báo và đòi ghi lý do."},
		{Code: QuotaFlagGovernment, Value: `{"share":"20%","of":"flags"}`, From: "2017-10-01", To: "2024-01-01",
			Source: "Nghị định 91/2017/NĐ-CP, Điều 11 khoản 1", Note: secondary},
		{Code: QuotaFlagGovernment, Value: `{"share":"20%","of":"flags"}`, From: "2024-01-01",
			Source: "Nghị định 91/2017/NĐ-CP, Điều 11 khoản 1 (đã hết hiệu lực)", Note: "Chưa rõ Nghị định 98/2023/NĐ-CP và 152/2025/NĐ-CP có giữ mức này không."},
		{Code: QuotaCertificateProvince, Value: `{"share":"1/2","of":"rest"}`, From: always,
			Source: "Cách làm của tỉnh Quảng Ninh năm 2017, theo một bản tin", Note: "Nơi khác có thể khác; hãy thêm quy định riêng của tỉnh mình."},
		{Code: QuotaCertificateMinistry, Value: `{"share":"1/2","of":"rest"}`, From: always,
			Source: "Lấy theo cách làm của tỉnh Quảng Ninh năm 2017, theo một bản tin", Note: "Nơi khác có thể khác; hãy thêm quy định riêng của bộ mình."},

		{Code: BaseSalary, Value: `{"amount":"1490000","currency":"VND"}`, From: "2019-07-01", To: "2023-07-01", Source: "Nghị định 38/2019/NĐ-CP", Note: secondary},
		{Code: BaseSalary, Value: `{"amount":"1800000","currency":"VND"}`, From: "2023-07-01", To: "2024-07-01", Source: "Nghị định 24/2023/NĐ-CP", Note: secondary},
		{Code: BaseSalary, Value: `{"amount":"2340000","currency":"VND"}`, From: "2024-07-01", To: "2026-07-01", Source: "Nghị định 73/2024/NĐ-CP", Note: secondary},
		{Code: BaseSalary, Value: `{"amount":"2530000","currency":"VND"}`, From: "2026-07-01", Source: "Nghị định 161/2026/NĐ-CP", Note: secondary},
		{Code: MoneyRounding, Value: `{"amount":"10000","currency":"VND"}`, From: always, To: "2025-07-01", Source: "Chưa đối chiếu văn bản của thời kỳ này", Note: "Lấy cùng mức với Nghị định 152/2025/NĐ-CP."},
		{Code: MoneyRounding, Value: `{"amount":"10000","currency":"VND"}`, From: "2025-07-01", Verified: true, Source: "Nghị định 152/2025/NĐ-CP, Điều 49"},
	}
}
