package web

import "github.com/thidua/thidua/internal/domain/access"

// permissionNames say the permissions to people, for tokens and for the page
// that explains rights.
var permissionNames = map[access.Permission]string{
	access.OrgManage:       "Quản lý đơn vị: tên, trực thuộc, sáp nhập, chia tách",
	access.OrgRead:         "Xem danh mục đơn vị",
	access.AccountManage:   "Quản lý tài khoản và phân công",
	access.MailManage:      "Theo dõi thư gửi đi",
	access.ClusterForm:     "Lập cụm, khối, thành viên, trưởng và phó",
	access.ClusterRead:     "Xem các trang của cụm, khối",
	access.ClusterMove:     "Chuyển cụm, khối sang bước tiếp theo",
	access.ClusterBack:     "Đưa cụm, khối về bước trước, có lý do",
	access.ClusterPlan:     "Đặt hạn và nhắc việc",
	access.YearImport:      "Nhập năm thi đua với số liệu từ tệp",
	access.MovementLaunch:  "Phát động phong trào",
	access.MovementRespond: "Hưởng ứng phong trào cho đơn vị mình",
	access.DraftWrite:      "Soạn kế hoạch, quy chế, tiêu chí, giao ước",
	access.DraftComment:    "Góp ý dự thảo cho đơn vị mình",
	access.DraftAdopt:      "Thông qua dự thảo tại hội nghị",
	access.CovenantSign:    "Ký giao ước cho đơn vị mình",
	access.FigureReport:    "Báo cáo số liệu của đơn vị mình",
	access.IndicatorEdit:   "Sửa danh mục chỉ tiêu",
	access.SheetEdit:       "Soạn bảng điểm",
	access.ScoreSelf:       "Tự chấm điểm cho đơn vị mình",
	access.ScoreCheck:      "Kiểm tra điểm của đơn vị được phân công",
	access.ScoreAgree:      "Thống nhất điểm của cụm, khối",
	access.ScoreOrganise:   "Tổ chức các vòng chấm, phân công kiểm tra, khóa điểm",
	access.ScoreRead:       "Xem điểm trong cụm, khối",
	access.ScoreExplain:    "Giải trình điểm của đơn vị mình",
	access.ScoreAppraise:   "Thẩm định điểm",
	access.EvidenceAttach:  "Đính kèm minh chứng của đơn vị mình",
	access.MeetingRun:      "Điều hành hội nghị",
	access.MeetingRead:     "Xem hội nghị, biên bản",
	access.VoteCount:       "Nhập kết quả kiểm phiếu",
	access.AwardPropose:    "Lập đề nghị khen thưởng",
	access.AwardDecide:     "Ghi quyết định khen thưởng",
	access.RuleEdit:        "Sửa quy định áp dụng",
	access.DocumentIssue:   "Ban hành văn bản",
	access.Publish:         "Công bố ra trang công khai",
	access.LedgerRead:      "Xem sổ cái",
}
