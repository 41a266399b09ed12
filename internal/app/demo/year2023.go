package demo

import (
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

func year(y int) string { return locale.Year(y) }

// year2023 is the year under way: the covenant of 09/3/2023 is signed, half
// the year is reported, nine of twelve units have scored themselves.
func (l *loader) year2023() error {
	const key = "ktkt 2023"
	leader := l.heads["kcn"]
	y := l.years[key]
	l.at("2023-01-10 09:00")
	m, err := l.launch(l.bacNinh, "bacninh", 2023, "Phong trào thi đua yêu nước năm 2023", launch2023, "Kế hoạch số 21/KH-UBND ngày 30/01/2023")
	if err != nil {
		return err
	}
	for activity, due := range deadlines(2023) {
		if err := l.app.Years.SetDeadline(l.ctx, leader, y.ID, activity, due); err != nil {
			return err
		}
	}
	if err := l.app.Indicators.SetSchedule(l.ctx, leader, y.ID, []indicator.Duty{{Period: indicator.HalfYear, Due: "2023-07-05"}, {Period: "M09", Due: "2023-10-05"}, {Period: indicator.FullYear, Due: "2023-11-20"}}); err != nil {
		return err
	}
	if err := l.app.Years.SetMovement(l.ctx, leader, y.ID, m.ID); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.Launched, cluster.Drafting); err != nil {
		return err
	}
	// The covenant calls the product of the province by another name: the
	// leader tells the catalogue that it is the same indicator.
	found, err := l.app.Indicators.Find(l.ctx, l.app.DB, "Tổng sản phẩm", 5)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		if err := l.app.Indicators.AddAlias(l.ctx, leader, y.ID, found[0].ID, "Tổng sản phẩm kinh tế GRDP"); err != nil {
			return err
		}
	}
	if err := l.signing(key, leader, economic, "2023-02-15 08:00", "2023-03-09 14:00", "Ban Quản lý các Khu công nghiệp", covenant2023); err != nil {
		return err
	}
	if err := l.reporters(key, leader); err != nil {
		return err
	}
	l.at("2023-07-04 10:00")
	if err := l.report(key, indicator.HalfYear, []figure{
		{"Tổng kim ngạch xuất nhập khẩu", "40.120", ""}, {"kim ngạch xuất khẩu", "21.900", ""}, {"kim ngạch nhập khẩu", "18.220", ""},
		{"Tổng vốn đầu tư phát triển", "27,8", ""}, {"Thu hút vốn đầu tư FDI", "0,86", ""}, {"Tổng thu ngân sách", "15.640", ""},
		{"Doanh thu bán lẻ", "42.100", ""}, {"Tỷ lệ thất nghiệp", "1,68", ""}, {"Tỷ lệ dân số tham gia bảo hiểm y tế", "94,1", ""}, {"Số vụ ngộ độc", "0", ""},
		{"Tổng sản phẩm", "3,1", ""}, {"Thu nhập bình quân", "33,8", ""}, {"thu nội địa", "12.020", ""}, {"thu từ hoạt động xuất nhập khẩu", "3.620", ""},
		{"Tỷ lệ đô thị hóa", "44,2", ""}, {"Tỷ lệ khu công nghiệp", "100", ""}, {"Tỷ lệ lao động qua đào tạo", "77,4", ""}, {"Tỷ lệ hộ nghèo", "1,08", ""},
		{"Số giường bệnh", "33,9", ""}, {"trường hợp tử vong", "0", ""}, {"cán bộ", "100", ""},
	}); err != nil {
		return err
	}
	if err := l.midReview(key, leader, economic, "2023-07-28 08:00", "Ban Quản lý các Khu công nghiệp"); err != nil {
		return err
	}
	if err := l.nineMonths(key); err != nil {
		return err
	}
	l.at("2023-11-17 10:00")
	if err := l.report(key, indicator.FullYear, []figure{
		{"Thu nhập bình quân", "70,2", ""}, {"Thu hút vốn đầu tư FDI", "1,35", ""}, {"Tỷ lệ đô thị hóa", "45", ""},
		{"Tỷ lệ khu công nghiệp", "100", ""}, {"Tỷ lệ lao động qua đào tạo", "78,3", ""}, {"Tỷ lệ hộ nghèo", "1,02", ""}, {"Số giường bệnh", "34,6", ""},
		{"Tỷ lệ dân số tham gia bảo hiểm y tế", "95,8", ""}, {"Số vụ ngộ độc", "0", ""}, {"trường hợp tử vong", "0", ""},
	}); err != nil {
		return err
	}
	return l.scores2023(key)
}

// reporters: who reports on a target of the province is the unit in charge.
func (l *loader) reporters(key string, leader access.Actor) error {
	lines, err := l.app.Indicators.Progress(l.ctx, l.app.DB, l.years[key].ID)
	if err != nil {
		return err
	}
	inCharge := map[string]string{
		"Tổng kim ngạch xuất nhập khẩu": "congthuong", "kim ngạch xuất khẩu": "congthuong", "kim ngạch nhập khẩu": "congthuong",
		"Doanh thu bán lẻ hàng hóa và dịch vụ": "congthuong", "Tỷ lệ đô thị hóa": "xaydung",
	}
	for _, line := range lines {
		unit, there := inCharge[line.Name]
		if !there {
			continue
		}
		t, err := db.Get[covenant.Target](l.ctx, l.app.DB, "covenant_target", line.ID)
		if err != nil {
			return err
		}
		if _, err := l.app.Covenants.Assign(l.ctx, leader, t.ID, t.Version, l.units[unit]); err != nil {
			return err
		}
	}
	return nil
}

// scores2023: nine units have handed in, three are still at it; peers are named.
func (l *loader) scores2023(key string) error {
	l.at("2023-11-20 09:00")
	if err := l.app.Assessment.AssignByRotation(l.ctx, l.heads["kcn"], l.years[key].ID); err != nil {
		return err
	}
	for i, s := range []sheetOf{
		{"congthuong", "20", "21", "1180", "1250", "100", "97", "10", "5", "4.5", "4", "1"},
		{"quydautu", "20", "21", "310", "330", "100", "96", "10", "5", "4.5", "4", "1"},
		{"kcn", "20", "21", "1010", "1050", "99.5", "97", "9.5", "5", "5", "4", "1"},
		{"xaydung", "19", "21", "1490", "1620", "99", "95", "9.5", "5", "4", "4", "0.5"},
		{"giaothong", "19", "21", "2110", "2400", "99.1", "94", "9", "4.5", "4", "4", ""},
		{"nongnghiep", "19", "21", "910", "1000", "99", "93", "9.5", "4.5", "4", "4", "0.5"},
		{"tainguyen", "18", "21", "3300", "3900", "98", "92", "9", "4.5", "4", "4", ""},
		{"dothi", "18", "21", "160", "180", "98.5", "91", "9", "4.5", "3.5", "4", ""},
		{"dutru", "18", "21", "101", "120", "100", "91", "8.5", "4.5", "3.5", "4", ""},
		{"tttt", "20", "21", "1260", "1270", "100", "98", "10", "5", "5", "4", "2"},
	} {
		if err := l.selfScore(key, s, i < 9); err != nil {
			return err
		}
		l.clock.Forward(5 * time.Hour)
	}
	return nil
}

// others are the cluster of districts and the block of industrial-zone boards.
func (l *loader) others() error {
	if err := l.districts(); err != nil {
		return err
	}
	return l.boards()
}

// districts: formed by decision 42 of 12/01/2023, signed on 17/3/2023 in Lương Tài.
func (l *loader) districts() error {
	const key = "huyen 2023"
	l.at("2023-01-12 09:00")
	y, err := l.app.Years.Form(l.ctx, l.bacNinh, cluster.NewYear{
		Kind: cluster.Cum, OrganiserID: l.units["bacninh"], Year: 2023, Name: "Cụm thi đua các huyện, thành phố", Short: "Cụm các huyện, thành phố",
		Basis: "Quyết định 42/QĐ-UBND ngày 12/01/2023", Members: l.ids(districts),
		Leader:    cluster.NewTerm{UnitID: l.units["luongtai"], Basis: cluster.ByDecision, Reference: "Quyết định 42/QĐ-UBND ngày 12/01/2023"},
		Deadlines: deadlines(2023),
	})
	if err != nil {
		return err
	}
	l.years[key] = y
	leader := l.heads["luongtai"]
	if err := l.app.Years.SetMovement(l.ctx, leader, y.ID, l.movement(2023)); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.Launched, cluster.Drafting); err != nil {
		return err
	}
	l.targets[key] = l.districtTargets
	if err := l.signing(key, leader, districts, "2023-02-20 08:00", "2023-03-17 14:00", "Trụ sở UBND huyện Lương Tài", covenantDistricts); err != nil {
		return err
	}
	return l.districtFigures(key)
}

// boards: seven boards of seven provinces under the ministry, whose council
// names leader and deputy; the meeting of 06/01/2023 handed over to 2023.
func (l *loader) boards() error {
	const key = "kcn 2023"
	l.at("2023-01-16 09:00")
	m, err := l.launch(l.ministry, "bokhdt", 2023, "Phong trào thi đua của ngành Kế hoạch và Đầu tư năm 2023 (minh họa)",
		"Phong trào có chủ đề “Hoàn thành toàn diện các mục tiêu được giao năm 2023” (minh họa).", "Minh họa")
	if err != nil {
		return err
	}
	y, err := l.app.Years.Form(l.ctx, l.ministry, cluster.NewYear{
		Kind: cluster.Khoi, OrganiserID: l.units["bokhdt"], Year: 2023,
		Name: "Khối thi đua Ban Quản lý các KCN các tỉnh Trung du và Miền núi phía Bắc", Short: "Khối bảy ban quản lý KCN",
		Basis: "Hội nghị tổng kết ngày 06/01/2023 tại Yên Bái", Members: l.ids(boards),
		Leader:    cluster.NewTerm{UnitID: l.units["tn"], Basis: cluster.ByNotice, Reference: "bàn giao tại hội nghị ngày 06/01/2023"},
		Deputy:    cluster.NewTerm{UnitID: l.units["tq"], Basis: cluster.ByNotice, Reference: "bàn giao tại hội nghị ngày 06/01/2023"},
		Deadlines: deadlines(2023),
	})
	if err != nil {
		return err
	}
	l.years[key] = y
	leader := l.heads["tn"]
	if err := l.app.Years.SetMovement(l.ctx, leader, y.ID, m.ID); err != nil {
		return err
	}
	if err := l.move(leader, key, cluster.Launched, cluster.Drafting); err != nil {
		return err
	}
	l.at("2023-02-10 09:00")
	v, err := l.app.Drafts.Write(l.ctx, leader, y.ID, draft.Covenant, draft.Text{Title: "Giao ước thi đua", Text: boardsCovenant})
	if err != nil {
		return err
	}
	_, err = l.app.Drafts.Circulate(l.ctx, leader, v.ID, v.Version)
	return err
}

const boardsCovenant = `Các ban quản lý trong Khối tiếp tục thực hiện phương hướng năm 2023 và phấn đấu hoàn thành vượt chỉ tiêu năm 2022.
- Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; thực hiện tốt chủ trương, đường lối của Đảng, pháp luật của Nhà nước.
- Đẩy mạnh ứng dụng công nghệ thông tin, chuyển đổi số trong quản lý khu công nghiệp; hỗ trợ doanh nghiệp, nhà đầu tư.`

// movement is the province's movement of a year.
func (l *loader) movement(year int) string { return l.movements[year] }
