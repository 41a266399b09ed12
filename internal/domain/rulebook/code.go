package rulebook

import "github.com/thidua/thidua/internal/platform/locale"

// Code names what a rule is about.
type Code string

const (
	QuorumCluster Code = "quorum.cluster" // hội nghị cụm, khối
	QuorumCouncil Code = "quorum.council" // phiên họp Hội đồng
	VoteCluster   Code = "vote.cluster"
	VoteCouncil   Code = "vote.council"
	LeaderSource  Code = "leader.source" // who makes the next leader
	LeadingPlaces Code = "leading.places"

	QuotaFlagGovernment      Code = "quota.flag_government"
	QuotaFlagProvince        Code = "quota.flag_province"
	QuotaFlagMinistry        Code = "quota.flag_ministry"
	QuotaCertificateProvince Code = "quota.certificate_province"
	QuotaCertificateMinistry Code = "quota.certificate_ministry"

	BaseSalary    Code = "base_salary"
	MoneyRounding Code = "money.rounding"
)

// Quota is the code of the quota of an award kind, whether or not one is known.
func Quota(kind string) Code { return Code("quota." + kind) }

// Subject describes a code to people.
type Subject struct {
	Code  Code
	Name  string
	Shape Shape
}

// Title is the subject's name as a message.
func (s Subject) Title() locale.Text { return locale.Text{Text: s.Name} }

// Subjects lists what the rulebook is about, in the order in which it is shown.
var Subjects = []Subject{
	{QuorumCluster, "Số đơn vị dự họp tối thiểu của hội nghị cụm, khối", ShapeThreshold},
	{VoteCluster, "Tỷ lệ phiếu cần đạt tại hội nghị cụm, khối", ShapeThreshold},
	{LeaderSource, "Cách chọn trưởng cụm, trưởng khối năm sau", ShapeChoice},
	{QuorumCouncil, "Số thành viên dự họp tối thiểu của Hội đồng", ShapeThreshold},
	{VoteCouncil, "Tỷ lệ phiếu cần đạt tại Hội đồng", ShapeThreshold},
	{LeadingPlaces, "Từ hạng nào được coi là tập thể dẫn đầu", ShapeQuota},
	{QuotaFlagGovernment, "Số Cờ thi đua của Chính phủ được đề nghị", ShapeQuota},
	{QuotaFlagProvince, "Số Cờ thi đua của UBND tỉnh được đề nghị", ShapeQuota},
	{QuotaFlagMinistry, "Số Cờ thi đua của bộ được đề nghị", ShapeQuota},
	{QuotaCertificateProvince, "Số Bằng khen của Chủ tịch UBND tỉnh được đề nghị", ShapeQuota},
	{QuotaCertificateMinistry, "Số Bằng khen của Bộ trưởng được đề nghị", ShapeQuota},
	{BaseSalary, "Mức lương cơ sở", ShapeMoney},
	{MoneyRounding, "Làm tròn lên tiền thưởng", ShapeMoney},
}

func subjectOf(c Code) (Subject, bool) {
	for _, s := range Subjects {
		if s.Code == c {
			return s, true
		}
	}
	return Subject{Code: c, Name: string(c)}, false
}

// Subject finds the description of the code.
func (c Code) Subject() Subject {
	s, _ := subjectOf(c)
	return s
}
