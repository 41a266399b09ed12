package demo

import (
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/scoring"
)

// year2022 is the year that the block reviewed on 29/11/2022: from the launch
// of 10/01/2022 to one government flag, two provincial flags and three
// certificates proposed, and the industrial-zones board elected for 2023. The
// scores and who led in 2022 are not published, and invented.
func (l *loader) year2022() error {
	const key = "ktkt 2022"
	l.at("2022-01-10 09:00")
	m, err := l.launch(l.bacNinh, "bacninh", 2022, "Phong trào thi đua yêu nước năm 2022", launch2022, "Phát động tại hội nghị ngày 10/01/2022")
	if err != nil {
		return err
	}
	l.at("2022-01-25 08:00")
	y, err := l.app.Years.Form(l.ctx, l.bacNinh, cluster.NewYear{
		Kind: cluster.Khoi, OrganiserID: l.units["bacninh"], Year: 2022, Name: blockName, Short: "Khối kinh tế – kỹ thuật",
		Basis: "Tổ chức cụm, khối thi đua năm 2022 (minh họa)", Members: l.ids(economic), Illustrative: true,
		Leader:    cluster.NewTerm{UnitID: l.units["congthuong"], Basis: cluster.ByDecision, Reference: "minh họa: nguồn không nêu đơn vị trưởng năm 2022"},
		Deadlines: deadlines(2022),
	})
	if err != nil {
		return err
	}
	l.years[key] = y
	leader := l.heads["congthuong"]
	if err := l.app.Years.SetMovement(l.ctx, leader, y.ID, m.ID); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.Launched, cluster.Drafting); err != nil {
		return err
	}
	if err := l.signing(key, leader, economic, "2022-02-15 08:00", "2022-03-10 14:00", "Sở Công Thương", covenant2022); err != nil {
		return err
	}
	l.at("2022-07-04 10:00")
	if err := l.year2021(key); err != nil {
		return err
	}
	if err := l.report(key, indicator.HalfYear, []figure{
		{"Tổng kim ngạch xuất nhập khẩu", "45.210", ""}, {"Tổng vốn đầu tư phát triển", "33,5", ""}, {"Tổng thu ngân sách", "16.480", ""},
		{"Tỷ lệ đô thị hóa", "42,1", ""}, {"Tỷ lệ lao động qua đào tạo", "76,2", ""}, {"Tổng sản phẩm", "5,6", ""}, {"Tỷ lệ hộ nghèo", "1,2", ""},
	}); err != nil {
		return err
	}
	if err := l.midReview(key, leader, economic, "2022-07-12 08:00", "Sở Công Thương"); err != nil {
		return err
	}
	l.at("2022-11-10 10:00")
	if err := l.report(key, indicator.FullYear, []figure{
		{"Tổng sản phẩm", "7,1", ""}, {"Tổng kim ngạch xuất nhập khẩu", "91.350", ""}, {"Tổng vốn đầu tư phát triển", "71,2", ""},
		{"Tổng thu ngân sách", "31.020", ""}, {"Tỷ lệ đô thị hóa", "43,2", ""}, {"Tỷ lệ lao động qua đào tạo", "77", ""}, {"Tỷ lệ hộ nghèo", "1,05", ""},
	}); err != nil {
		return err
	}
	if err := l.scores2022(key, leader); err != nil {
		return err
	}
	return l.review2022(key, leader)
}

const blockName = "Khối thi đua các sở, ban, ngành tham mưu và quản lý Nhà nước về kinh tế, kỹ thuật"

// signing drafts, circulates, meets, adopts, signs and starts the work.
func (l *loader) signing(key string, leader access.Actor, members []string, drafted, met, place, text string) error {
	l.at(drafted)
	versions, err := l.papers(leader, key, text)
	if err != nil {
		return err
	}
	l.clock.Forward(72 * time.Hour)
	commenter := members[4]
	if _, err := l.app.Drafts.Comment(l.ctx, l.heads[commenter], versions["regulation"].ID, l.units[commenter], 3, "Đề nghị ghi rõ thời hạn giải trình là 03 ngày làm việc."); err != nil {
		return err
	}
	l.at(met)
	y := l.years[key]
	mt, err := l.open(leader, sitting{
		key: key, kind: meeting.Launch, title: "Hội nghị triển khai công tác thi đua và ký giao ước thi đua năm " + year(y.Year), place: place,
		chair: "Thủ trưởng đơn vị trưởng (minh họa)", secretary: "Thư ký (minh họa)",
		items: []meeting.NewItem{{Kind: meeting.Adopt, Title: "Thông qua kế hoạch, quy chế, bảng chấm điểm và giao ước"}, {Kind: meeting.Sign, Title: "Ký giao ước thi đua"}},
	}, members)
	if err != nil {
		return err
	}
	if err := l.adopt(leader, key, mt.ID, versions); err != nil {
		return err
	}
	if err := l.sign(key, members); err != nil {
		return err
	}
	if err := l.resolve(leader, mt.ID, "Thống nhất thông qua bốn văn bản.", "Các đơn vị đã ký giao ước."); err != nil {
		return err
	}
	if err := l.end(leader, mt.ID, 2*time.Hour); err != nil {
		return err
	}
	return l.move(leader, key, cluster.Signed, cluster.Executing)
}

// midReview holds the half-year meeting.
func (l *loader) midReview(key string, leader access.Actor, members []string, when, place string) error {
	l.at(when)
	mt, err := l.open(leader, sitting{
		key: key, kind: meeting.Mid, title: "Hội nghị sơ kết 6 tháng đầu năm " + year(l.years[key].Year), place: place,
		chair: "Thủ trưởng đơn vị trưởng (minh họa)", secretary: "Thư ký (minh họa)",
		items: []meeting.NewItem{{Kind: meeting.Report, Title: "Báo cáo sơ kết 6 tháng"}}, absent: members[8:9], substitute: members[3],
	}, members)
	if err != nil {
		return err
	}
	if err := l.resolve(leader, mt.ID, "Thống nhất báo cáo sơ kết; các đơn vị đẩy nhanh các chỉ tiêu còn chậm."); err != nil {
		return err
	}
	if err := l.end(leader, mt.ID, 90*time.Minute); err != nil {
		return err
	}
	return l.move(leader, key, cluster.MidReviewed)
}

// scores2022: invented, in an order that agrees with what was proposed.
func (l *loader) scores2022(key string, leader access.Actor) error {
	l.at("2022-11-14 09:00")
	for _, s := range []sheetOf{
		{"tttt", "16", "16", "1240", "1250", "100", "98", "10", "5", "5", "4", "2"},
		{"congthuong", "16", "16", "1105", "1250", "100", "96", "10", "5", "4.5", "4", "1"},
		{"quydautu", "16", "16", "1105", "1250", "100", "96", "10", "5", "4.5", "4", "1"},
		{"kcn", "15", "16", "980", "1020", "99.5", "96", "9.5", "5", "4.5", "4", "1"},
		{"xaydung", "15", "16", "1430", "1600", "99", "94", "9.5", "5", "4", "4", ""},
		{"giaothong", "15", "16", "2050", "2400", "99.1", "94", "9", "4.5", "4", "4", ""},
		{"nongnghiep", "14", "16", "860", "1000", "99", "93", "9.5", "4.5", "4", "4", "0.5"},
		{"tainguyen", "14", "16", "3100", "3900", "97.5", "92", "9", "4.5", "4", "4", ""},
		{"dothi", "14", "16", "150", "180", "98.5", "91", "9", "4.5", "3.5", "4", ""},
		{"dutru", "14", "16", "95", "120", "100", "90", "8.5", "4.5", "3.5", "4", ""},
		{"quydat", "13", "16", "110", "140", "98", "90", "8.5", "4", "3.5", "4", ""},
		{"lienminh", "13", "16", "70", "100", "98", "88", "9", "4", "3.5", "3", ""},
	} {
		if err := l.selfScore(key, s, true); err != nil {
			return err
		}
	}
	y := l.years[key]
	if err := l.app.Assessment.AssignByRotation(l.ctx, leader, y.ID); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.SelfScored); err != nil {
		return err
	}
	l.at("2022-11-18 15:00")
	if err := l.crossCheck(key, economic, []correction{
		{"kcn", "I.3", scoring.Inputs{"actual": "99"}, "Sổ theo dõi ghi 99,0% hồ sơ đúng hạn (minh họa).", "Đơn vị đồng ý với kết quả kiểm tra (minh họa)."},
		{"tainguyen", "I.2", scoring.Inputs{"target": "3900", "actual": "3050"}, "Trừ 50 hồ sơ chưa hoàn tất trực tuyến (minh họa).", ""},
		{"lienminh", "II.3", scoring.Inputs{"points": "8.5"}, "Thiếu minh chứng một hoạt động (minh họa).", "Đã bổ sung danh sách tham gia (minh họa)."},
	}); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.CrossScored); err != nil {
		return err
	}
	l.at("2022-11-22 09:00")
	if _, err := l.app.Assessment.Finalise(l.ctx, leader, y.ID, assessment.Provisional); err != nil {
		return err
	}
	return l.move(leader, key, cluster.Aggregated)
}

// review2022 is the meeting of 29/11/2022 and what came of it.
func (l *loader) review2022(key string, leader access.Actor) error {
	y := l.years[key]
	l.at("2022-11-29 08:00")
	mt, err := l.open(leader, sitting{
		key: key, kind: meeting.Review, title: "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2022", place: "Sở Công Thương (minh họa)",
		chair: "Thủ trưởng đơn vị trưởng (minh họa)", secretary: "Thư ký (minh họa)",
		items: []meeting.NewItem{
			{Kind: meeting.Report, Title: "Báo cáo tổng kết năm 2022, phương hướng năm 2023"},
			{Kind: meeting.Vote, Title: "Bình xét, đề nghị khen thưởng"},
			{Kind: meeting.Election, Title: "Bầu đơn vị trưởng khối năm 2023"},
		},
	}, economic)
	if err != nil {
		return err
	}
	items, err := l.app.Meetings.Items(l.ctx, l.app.DB, mt.ID)
	if err != nil {
		return err
	}
	votes := []struct {
		item    string
		purpose ballot.Purpose
		kind    string
		title   string
		way     ballot.Way
		seats   int
		units   []string
		yes     []int
	}{
		{items[1].ID, ballot.ForAward, "flag_government", "Đề nghị tặng Cờ thi đua của Chính phủ", ballot.OnPaper, 1, []string{"tttt", "congthuong"}, []int{10, 2}},
		{items[1].ID, ballot.ForAward, "flag_province", "Đề nghị tặng Cờ thi đua của UBND tỉnh", ballot.OnPaper, 2, []string{"congthuong", "quydautu", "kcn"}, []int{11, 10, 3}},
		{items[2].ID, ballot.ForLeader, "", "Bầu đơn vị trưởng khối năm 2023", ballot.ByHands, 1, []string{"kcn"}, []int{12}},
	}
	polls := map[string]string{}
	for _, v := range votes {
		id, err := l.vote(leader, mt.ID, y.ID, v.item, v.purpose, v.kind, v.title, v.way, v.seats, v.units, v.yes)
		if err != nil {
			return err
		}
		polls[v.kind] = id
	}
	for _, p := range []award.Proposal{
		{YearID: y.ID, KindID: "flag_government", Units: l.ids([]string{"tttt"}), PollID: polls["flag_government"], Grounds: "Dẫn đầu khối năm 2022, được hội nghị bỏ phiếu đề nghị.",
			Override: "Tỷ lệ 20% chưa xác minh còn áp dụng và tính trên số cờ của cả tỉnh, không phải của riêng khối."},
		{YearID: y.ID, KindID: "flag_province", Units: l.ids([]string{"congthuong", "quydautu"}), PollID: polls["flag_province"],
			Grounds: "Thuộc nhóm dẫn đầu khối năm 2022, được hội nghị bỏ phiếu đề nghị.", Override: "Hai đơn vị đồng hạng và đều đủ phiếu; khối đề nghị cả hai để cấp trên xem xét."},
		{YearID: y.ID, KindID: "certificate_province", Label: "3 đơn vị (nguồn không nêu tên)", Quantity: 3,
			Grounds: "Hội nghị ngày 29/11/2022 đề nghị ba đơn vị nhận Bằng khen của Chủ tịch UBND tỉnh; bài viết đã công bố không nêu tên."},
	} {
		if _, err := l.app.Awards.Propose(l.ctx, leader, p); err != nil {
			return err
		}
	}
	if err := l.resolve(leader, mt.ID, "Thống nhất báo cáo tổng kết.", "Thống nhất đề nghị 01 Cờ thi đua của Chính phủ, 02 Cờ thi đua của UBND tỉnh, 03 Bằng khen.", "Bầu Ban Quản lý các KCN tỉnh làm Trưởng khối năm 2023."); err != nil {
		return err
	}
	if err := l.end(leader, mt.ID, 3*time.Hour); err != nil {
		return err
	}
	if _, err := l.app.Assessment.Finalise(l.ctx, leader, y.ID, assessment.Final); err != nil {
		return err
	}
	next, err := l.app.Meetings.OpenNextYear(l.ctx, leader, mt.ID)
	if err != nil {
		return err
	}
	l.years["ktkt 2023"] = next
	if err := l.move(leader, key, cluster.Reviewed); err != nil {
		return err
	}
	l.at("2022-12-05 09:00")
	wish := document.Wish{Place: "Bắc Ninh", Day: "2022-12-05", Code: "SCT", Signer: "Họ và tên (minh họa)", Position: "GIÁM ĐỐC",
		Results: "Các đơn vị trong Khối tổ chức nhiều phong trào thi đua gắn với nhiệm vụ chuyên môn; nhiều chỉ tiêu hoàn thành vượt mức.",
		Limits:  "Một số đơn vị báo cáo còn chậm; minh chứng chưa đầy đủ (minh họa).", Causes: "Cán bộ làm công tác thi đua kiêm nhiệm (minh họa).",
		Lessons: "Chấm điểm và kiểm tra chéo sớm giúp bình xét thuận lợi (minh họa).", Next: "Tiếp tục đẩy mạnh các phong trào thi đua; phấn đấu 100% đơn vị trong Khối hoàn thành tốt nhiệm vụ được giao."}
	for _, d := range []struct {
		kind    document.Kind
		subject string
	}{{document.Report, ""}, {document.Minutes, mt.ID}, {document.Proposal, ""}, {document.Count, polls["flag_government"]}} {
		if _, err := l.app.Document.Issue(l.ctx, leader, y.ID, d.kind, d.subject, wish); err != nil {
			return err
		}
	}
	if err := l.move(leader, key, cluster.Submitted); err != nil {
		return err
	}
	l.at("2022-12-12 14:00")
	_, err = l.app.Portal.Publish(l.ctx, l.bacNinh, y.ID, portal.Results)
	return err
}

// vote prepares, opens and counts a poll of the meeting. Two tellers count
// paper ballots apart; hands are counted once.
func (l *loader) vote(leader access.Actor, meetingID, yearID, item string, purpose ballot.Purpose, kind, title string, way ballot.Way, seats int, units []string, yes []int) (string, error) {
	p, err := l.app.Ballots.Prepare(l.ctx, leader, ballot.NewPoll{
		MeetingID: meetingID, YearID: yearID, ItemID: item, Purpose: purpose, AwardKind: kind, Title: title, Way: way, Seats: seats, Units: l.ids(units),
	})
	if err != nil {
		return "", err
	}
	tellers := []string{"xaydung", "giaothong"}
	if way == ballot.OnPaper {
		if err := l.app.Ballots.NameTellers(l.ctx, leader, p.ID, [2]ballot.NewTeller{{UnitID: l.units[tellers[0]]}, {UnitID: l.units[tellers[1]]}}); err != nil {
			return "", err
		}
	}
	if err := l.app.Ballots.Open(l.ctx, leader, p.ID, p.Version); err != nil {
		return "", err
	}
	v, err := l.app.Ballots.See(l.ctx, leader, p.ID)
	if err != nil {
		return "", err
	}
	f := ballot.Figures{Issued: 12, Returned: 12, Valid: 12}
	for i, n := range v.Nominees {
		f.Lines = append(f.Lines, ballot.Line{Nominee: n.ID, Yes: yes[i], No: 12 - yes[i]})
	}
	if way == ballot.ByHands {
		return p.ID, l.app.Ballots.CountHands(l.ctx, leader, p.ID, f.Lines)
	}
	for _, teller := range tellers {
		if _, err := l.app.Ballots.EnterCount(l.ctx, l.heads[teller], p.ID, f); err != nil {
			return "", err
		}
	}
	return p.ID, nil
}
