package cluster

import "github.com/thidua/thidua/internal/domain/access"

// State is where a cluster's year stands (domain.md §1.2). The names say what
// has been done on entering.
type State string

const (
	Formed       State = "formed"
	Launched     State = "launched"
	Drafting     State = "drafting"
	Signed       State = "signed"
	Executing    State = "executing"
	MidReviewed  State = "mid_reviewed"
	SelfScored   State = "self_scored"
	CrossScored  State = "cross_scored"
	Aggregated   State = "aggregated"
	Reviewed     State = "reviewed"
	Submitted    State = "submitted"
	Appraised    State = "appraised"
	CouncilVoted State = "council_voted"
	Decided      State = "decided"
	Awarded      State = "awarded"
	Closed       State = "closed"
)

// Stage describes a state to people.
type Stage struct {
	State State
	Name  string // the step as the stepper names it
	Doing string // what goes on while the year stands here
}

// Stages in the order of the year.
var Stages = []Stage{
	{Formed, "Thành lập", "Đã thành lập, chờ phát động"},
	{Launched, "Phát động", "Đã phát động, chờ soạn thảo văn bản"},
	{Drafting, "Soạn thảo", "Đang soạn thảo và góp ý kế hoạch, quy chế, bảng chấm điểm, giao ước"},
	{Signed, "Ký giao ước", "Đã ký giao ước"},
	{Executing, "Thực hiện", "Đang thực hiện và báo cáo số liệu"},
	{MidReviewed, "Sơ kết", "Đã sơ kết, tiếp tục thực hiện"},
	{SelfScored, "Tự chấm", "Đã tự chấm xong, đang kiểm tra chéo"},
	{CrossScored, "Kiểm tra chéo", "Đã kiểm tra chéo, đang tổng hợp điểm"},
	{Aggregated, "Tổng hợp", "Đã tổng hợp điểm, chờ hội nghị bình xét"},
	{Reviewed, "Bình xét", "Đã bình xét, chuẩn bị hồ sơ trình"},
	{Submitted, "Trình", "Đã trình hồ sơ, chờ thẩm định"},
	{Appraised, "Thẩm định", "Đã thẩm định, chờ Hội đồng họp"},
	{CouncilVoted, "Hội đồng", "Hội đồng đã bỏ phiếu, chờ quyết định"},
	{Decided, "Quyết định", "Đã có quyết định khen thưởng"},
	{Awarded, "Trao tặng", "Đã trao tặng"},
	{Closed, "Khép lại", "Năm thi đua đã khép lại"},
}

// Stage finds the description of a state.
func (s State) Stage() Stage {
	for _, st := range Stages {
		if st.State == s {
			return st
		}
	}
	return Stage{State: s, Name: string(s)}
}

// rank is the state's place in the year.
func (s State) rank() int {
	for i, st := range Stages {
		if st.State == s {
			return i
		}
	}
	return -1
}

// Reached tells whether the year has come to t or beyond it.
func (s State) Reached(t State) bool { return s.rank() >= t.rank() }

// step is a row of the machine: from, to, who, guards, and what the button says.
type step struct {
	From, To   State
	Permission access.Permission
	Guards     []string
	Do         string
}

// steps is the whole machine. A move that is not here does not exist; going
// back is possible from any state to any earlier one with access.ClusterBack
// and a reason.
var steps = []step{
	{Formed, Launched, access.ClusterMove, []string{"members", "leader", "movement"}, "Gắn với phong trào đã phát động"},
	{Launched, Drafting, access.ClusterMove, nil, "Bắt đầu soạn thảo"},
	{Drafting, Signed, access.ClusterMove, []string{"adopted", "signed"}, "Xác nhận đã ký giao ước"},
	{Signed, Executing, access.ClusterMove, nil, "Chuyển sang thực hiện"},
	{Executing, MidReviewed, access.ClusterMove, []string{"half_year_figures"}, "Xác nhận đã sơ kết"},
	{Executing, SelfScored, access.ClusterMove, []string{"amendment", "self_scores"}, "Khóa tự chấm, mở kiểm tra chéo"},
	{MidReviewed, SelfScored, access.ClusterMove, []string{"amendment", "self_scores"}, "Khóa tự chấm, mở kiểm tra chéo"},
	{SelfScored, CrossScored, access.ClusterMove, []string{"cross_scores"}, "Khóa kiểm tra chéo, mở thống nhất điểm"},
	{CrossScored, Aggregated, access.ClusterMove, []string{"agreed_scores", "appeals"}, "Chốt điểm và xếp hạng"},
	{Aggregated, Reviewed, access.ClusterMove, []string{"review_meeting", "nominations"}, "Xác nhận đã bình xét"},
	{Reviewed, Submitted, access.ClusterMove, []string{"submission_papers"}, "Trình hồ sơ"},
	{Submitted, Appraised, access.ClusterBack, []string{"appraisal"}, "Ghi nhận đã thẩm định"},
	{Appraised, CouncilVoted, access.ClusterBack, []string{"council"}, "Ghi nhận Hội đồng đã bỏ phiếu"},
	{CouncilVoted, Decided, access.ClusterBack, []string{"decision"}, "Ghi nhận quyết định khen thưởng"},
	{Decided, Awarded, access.ClusterBack, []string{"presentation"}, "Ghi nhận đã trao tặng"},
	{Awarded, Closed, access.ClusterBack, nil, "Khép lại năm thi đua"},
}

// Activity is something that people do inside some states only.
type Activity string

const (
	Forming    Activity = "forming"    // members, terms, deadlines
	Writing    Activity = "writing"    // drafts, comments, adoption
	Signing    Activity = "signing"    // signatures, also those of absent members later
	Amending   Activity = "amending"   // another text for a covenant that is in force
	Reporting  Activity = "reporting"  // figures
	Scheduling Activity = "scheduling" // which periods report figures, and by when
	SelfScore  Activity = "self_score"
	CrossCheck Activity = "cross_check"
	Agreeing   Activity = "agreeing"
	Reviewing  Activity = "reviewing" // votes, nominations, election
	Appraise   Activity = "appraise"
	Sitting    Activity = "sitting"    // the council
	Presenting Activity = "presenting" // flags and certificates are handed over
	Meeting    Activity = "meeting"
	Issuing    Activity = "issuing"    // papers
	Submitting Activity = "submitting" // the dossier is put together
	Deciding   Activity = "deciding"   // decisions that award, some of which come long after the first
)

// allowed is when each activity may happen.
var allowed = map[Activity][]State{
	Forming:    {Formed, Launched, Drafting},
	Writing:    {Launched, Drafting},
	Signing:    {Drafting, Signed, Executing, MidReviewed},
	Amending:   {Signed, Executing, MidReviewed},
	Reporting:  {Signed, Executing, MidReviewed, SelfScored, CrossScored},
	Scheduling: {Formed, Launched, Drafting, Signed, Executing, MidReviewed, SelfScored, CrossScored},
	SelfScore:  {Executing, MidReviewed},
	CrossCheck: {SelfScored},
	Agreeing:   {CrossScored},
	Reviewing:  {Aggregated},
	Appraise:   {Submitted},
	Sitting:    {Appraised},
	Presenting: {Decided},
	Deciding:   {CouncilVoted, Decided, Awarded},
	Submitting: {Reviewed},
	Meeting:    {Formed, Launched, Drafting, Signed, Executing, MidReviewed, SelfScored, CrossScored, Aggregated, Reviewed, Submitted, Appraised},
	Issuing:    {Launched, Drafting, Signed, Executing, MidReviewed, SelfScored, CrossScored, Aggregated, Reviewed, Submitted, Appraised, CouncilVoted, Decided, Awarded},
}

// Steps lists the machine's rows, for the page that explains it and for tests.
func Steps() []struct{ From, To State } {
	out := make([]struct{ From, To State }, len(steps))
	for i, st := range steps {
		out[i].From, out[i].To = st.From, st.To
	}
	return out
}
