package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/testkit"
)

const ownGoal = "Thu ngân sách trên địa bàn"

// tracked is a site whose covenant is adopted, with a target of its own for
// each unit, and stands in July.
func tracked(t *testing.T) (*paperSite, map[string]string) {
	t.Helper()
	s := newPaperSite(t)
	ctx := context.Background()
	s.State(t, cluster.Drafting)
	v, err := s.Drafts.Write(ctx, s.Officers[0], s.Year.ID, draft.Covenant, draft.Text{Text: covenantText})
	s.Check(err)
	for i, low := range []string{"1.000", "2.000", "3.000"} {
		_, err := s.Covenants.AddTarget(ctx, s.Officers[0], v.ID, covenant.Entry{Entry: indicator.Entry{Name: ownGoal, Relation: "=", Low: low, Unit: "tỷ đồng"}, UnitID: s.Block.Units[i]})
		s.Check(err)
	}
	v, err = s.Drafts.Circulate(ctx, s.Officers[0], v.ID, v.Version)
	s.Check(err)
	_, err = s.Drafts.Adopt(ctx, s.Officers[0], v.ID, s.Meeting(t), 1)
	s.Check(err)
	targets, err := s.Covenants.Targets(ctx, s.d, v.ID)
	s.Check(err)
	ids := map[string]string{}
	for _, one := range targets {
		ids[one.Name+one.UnitID] = one.ID
	}
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-07-08 09:00")
	s.Portal = portal.New(s.d, s.Block.Book, s.Block.Gate, s.Block.Years, nil, s.Block.Clock) // the year's overview asks what is public
	return s, ids
}

func TestReportingPages(t *testing.T) {
	s, ids := tracked(t)
	at, form := s.year("/tien-do/tinh-hinh"), s.year("/tien-do/ky-bao-cao")
	s.as("stranger").get(at).want(t, 404)
	s.as("stranger").get(form).want(t, 404)
	s.as("member").get(form).want(t, 403)
	s.as("member").get(at).want(t, 200, "6 tháng", "Cả năm", "chưa đặt hạn", "đơn vị của bạn")

	// The leader begins with a usual choice, and gets back what was typed wrong.
	page := s.as("leader").get(form + "?mau=quy")
	page.want(t, 200, `value="Q1" checked`, `value="M09" checked`, `value="05/04/2023"`)
	typed := url.Values{"period": {"Q1", "H1", "M09"}, "due-Q1": {"05/04/2023"}, "due-H1": {"05/7/2023"}, "due-M09": {"05/10/2023"}, "due-Y": {"05/12/2023"}}
	s.as("member").post(form, typed).want(t, 403)
	s.as("leader").post(form, typed).want(t, 422, "Hãy chọn cả kỳ", `value="M09" checked`)
	typed["period"] = append(typed["period"], "Y")
	typed.Set("due-M09", "hôm qua")
	s.as("leader").post(form, typed).want(t, 422, `value="hôm qua"`)
	typed.Set("due-M09", "05/10/2023")
	s.as("leader").post(form, typed).wantTo(t, at)
	s.as("leader").get(at).want(t, 200, "Đến hết quý 1", "9 tháng", "05/10/2023", "3 đơn vị quá hạn", "Quá hạn 94 ngày", "Nhắc 3 đơn vị")
	if strings.Contains(s.as("member").get(at).body, "/nhac") {
		t.Error("a member is offered to remind")
	}

	// The form of figures offers the cluster's periods first.
	// None that has not begun, and none of which the cluster has another name.
	offered := s.as("leader").get(s.year("/tien-do/bao-cao"))
	offered.want(t, 200, `<optgroup label="Kỳ của cụm, khối">`, "6 tháng (hạn 05/07/2023)", ">Đến hết tháng 7<", ">Đến hết tháng 5<")
	for _, not := range []string{">9 tháng", ">Đến hết tháng 3<", ">Đến hết quý 2<", ">Đến hết tháng 6<", ">Đến hết tháng 8<", ">Đến hết quý 4<"} {
		if strings.Contains(offered.body, not) {
			t.Errorf("%q is offered", not)
		}
	}
	s.as("leader").get(s.year("/tien-do/bao-cao?ky=Q2")).want(t, 200, `<input type="hidden" name="period" value="H1">`)
	s.as("leader").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"H1"}, "amount-" + ids["Tỷ lệ đô thị hóa"]: {"44,1"}, "amount-" + ids["Tỷ lệ hộ nghèo"]: {"1,1"}}).want(t, 303)
	s.as("member").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[2]]: {"1.650"}}).want(t, 303)
	s.as("leader").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"M06"}, "amount-" + ids["Tỷ lệ đô thị hóa"]: {"43"}}).want(t, 409, "Đã có số liệu kỳ “6 tháng” đến hết tháng 6 là 44,1%. Hãy đính chính số đó", `value="43"`)
	s.as("leader").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[0]]: {"1400%"}}).want(t, 422, "ghi theo phần trăm (1400%) nhưng chỉ tiêu tính bằng tỷ đồng", `value="1400%"`)
	s.as("leader").get(at).want(t, 200, "Muộn 3 ngày", "1/1 chỉ tiêu", "2 đơn vị quá hạn")
	s.as("leader").get(s.year("")).want(t, 200, "1 trên 3 đơn vị đủ số liệu", "1 muộn", "2 đơn vị quá hạn", "Báo cáo số liệu: 9 tháng")

	// At home, those who lead the year see who is late with what, and remind from there.
	s.as("leader").get(homePath).want(t, 200, "Đang quá hạn", "Báo cáo số liệu: 6 tháng", "Quá hạn 3 ngày", at+`#ky-H1"`, `action="`+at+`/nhac"`, "Nhắc 2 đơn vị")
	if strings.Contains(s.as("member").get(homePath).body, "Đang quá hạn") {
		t.Error("a member is told who else is late")
	}
	s.as("leader").get(s.year("")).want(t, 200, "2 đơn vị chưa xong")

	remind := url.Values{"period": {"H1"}, "unit": {s.Block.Units[0], s.Block.Units[1]}}
	s.as("member").post(at+"/nhac", remind).want(t, 403)
	s.as("leader").post(at+"/nhac", url.Values{"period": {"M08"}, "unit": {s.Block.Units[1]}}).want(t, 409, "không còn trong lịch")
	s.as("leader").post(at+"/nhac", remind).wantTo(t, at)
	s.as("deputy").get(homePath).want(t, 200, "nhắc đơn vị báo cáo số liệu năm 2023, kỳ “6 tháng”, hạn 05/07/2023")
	s.as("leader").get(s.year("/so-cai")).want(t, 200, "Chọn kỳ báo cáo")
}

func TestWarningsAndForecastPages(t *testing.T) {
	s, ids := tracked(t)
	at, report := s.year("/tien-do"), s.year("/tien-do/bao-cao")
	trade := ids["Tổng kim ngạch xuất nhập khẩu"]
	s.as("member").get(at+"/canh-bao").want(t, 200, "Không có cảnh báo nào")
	s.as("stranger").get(at+"/canh-bao").want(t, 404)
	s.as("leader").post(report, url.Values{"period": {"H1"}, "year": {"2022"}, "amount-" + trade: {"45.000"}}).want(t, 303)
	s.as("leader").post(report, url.Values{"period": {"Y"}, "year": {"2022"}, "amount-" + trade: {"91.350"}}).want(t, 303)
	s.as("leader").post(report, url.Values{"period": {"Q1"}, "amount-" + trade: {"46.000"}}).want(t, 303)

	// A running total that falls asks for a look; confirmed, it stands with its note.
	fall := url.Values{"period": {"H1"}, "amount-" + trade: {"44.000"}, "note-" + trade: {"Quý I tính trùng 3.000 triệu USD."}}
	s.as("leader").post(report, fall).want(t, 422, "thấp hơn kỳ trước", "Tôi đã kiểm tra, số này đúng", `value="44.000"`)
	fall.Set("sure-"+trade, "1")
	one := at + "/chi-tieu/" + trade
	s.as("leader").post(report, fall).wantTo(t, one)
	page := s.as("member").get(one)
	page.want(t, 200, "Dự báo cả năm", "89.320\u00a0triệu USD", "gấp 2,03 lần", "Vì sao?", "Thử cách này trên 1 chỉ tiêu", "Lũy kế giảm", "không đạt mục tiêu", "Kết quả tốt nhất là năm 2022", "<table")
	s.as("member").get(at+"/canh-bao?ky=H1").want(t, 200, "1 cảnh báo về số liệu", "Lũy kế giảm", "Quý I tính trùng 3.000 triệu USD.", "loai=fell_back")
	s.as("member").get(at+"?ky=H1").want(t, 200, "1 chỉ tiêu có cảnh báo", "Nguy cơ", "vì sao?", `href="`+one+`#du-bao"`)

	// What several units have is one row, which opens the comparison.
	s.as("leader").post(report, url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[0]]: {"510"}}).want(t, 303)
	s.as("member").post(report, url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[2]]: {"1.200"}}).want(t, 303)
	group := s.as("member").get(at + "?ky=H1")
	group.want(t, 200, "Chỉ tiêu riêng của các đơn vị", "Có khả năng: 1", "Nguy cơ: 1", "Chưa có số liệu: 1", "45,5%", "/so-sanh/")
	if strings.Contains(group.body, at+"/chi-tieu/"+ids[ownGoal+s.Block.Units[1]]) {
		t.Error("a grouped target stands in the list too")
	}
	s.as("member").get(at+"?ky=H1&don-vi="+s.Block.Units[2]).want(t, 200, at+"/chi-tieu/"+ids[ownGoal+s.Block.Units[2]])
	compare := at + "/so-sanh/" + strings.SplitN(strings.SplitN(group.body, "/so-sanh/", 2)[1], "?", 2)[0]
	s.as("member").get(compare+"?ky=H1").want(t, 200, "2 trên 3 đơn vị có số liệu: cao nhất Sở Số 1 (51%), thấp nhất Sở Số 3 (40%), trung vị 45,5%", "<svg", "chưa có số liệu")
	s.as("member").get(at+"/so-sanh/khong-co").want(t, 404)
	s.as("stranger").get(compare).want(t, 404)

	// After the year: what was met by half-year.
	s.Block.Clock.To("2023-12-28 09:00")
	town := ids["Tỷ lệ đô thị hóa"]
	s.as("leader").post(report, url.Values{"period": {"H1"}, "amount-" + town: {"45"}}).want(t, 303)
	s.as("leader").post(report, url.Values{"period": {"Y"}, "amount-" + town: {"45,5"}}).want(t, 303)
	s.as("member").get(at+"?ky=Y").want(t, 200, "1 chỉ tiêu đã đạt ngay từ 6 tháng", "Kết quả năm 45,5%")
}

func TestAmbitionPages(t *testing.T) {
	s := newPaperSite(t)
	ctx := context.Background()
	s.State(t, cluster.Drafting)
	v, err := s.Drafts.Write(ctx, s.Officers[0], s.Year.ID, draft.Covenant, draft.Text{Text: covenantText})
	s.Check(err)
	own, err := s.Covenants.AddTarget(ctx, s.Officers[0], v.ID, covenant.Entry{Entry: indicator.Entry{Name: ownGoal, Relation: "=", Low: "900", Unit: "tỷ đồng"}, UnitID: s.Block.Units[2]})
	s.Check(err)
	targets, err := s.Covenants.Targets(ctx, s.d, v.ID)
	s.Check(err)
	at := s.year("/giao-uoc")
	if strings.Contains(s.as("leader").get(at).body, "muc-dat") {
		t.Error("a section without anything to compare")
	}
	// Last year's results, as an import of the year before would bring them.
	for _, x := range targets {
		if amount := map[string]string{"Tỷ lệ đô thị hóa": "46", ownGoal: "950000000000", "Tỷ lệ hộ nghèo": "1.2"}[x.Name]; amount != "" {
			s.Exec(`INSERT INTO figure (id, version, indicator_id, year_id, unit_id, reporter_id, year, period, amount, unit, base_amount, base_unit, source, note, illustrative, account_id, at, superseded_by, reason)
				VALUES ($1, 1, $2, $3, $4, '', 2022, 'Y', $5, $6, $5, $6, '', '', FALSE, '', 0, '', '')`, x.ID, x.IndicatorID, s.Year.ID, x.UnitID, amount, x.BaseUnit)
		}
	}
	v, err = s.Drafts.Circulate(ctx, s.Officers[0], v.ID, v.Version)
	s.Check(err)
	page := s.as("member").get(at)
	page.want(t, 200, "Mức đặt chỉ tiêu", "2 trên 6 chỉ tiêu cần xem lại mức đặt; 2 chưa có giải trình.", "không tốt hơn kết quả năm trước (46%)", "không tốt hơn kết quả năm trước (950\u00a0tỷ đồng)", "3 chỉ tiêu chưa có gì để đặt cạnh")
	send := at + "/giai-trinh"
	if strings.Count(page.body, `action="`+send+`"`) != 1 {
		t.Error("a member explains its own target alone")
	}
	reason := url.Values{"target": {own.ID}, "version": {"0"}, "text": {" "}}
	s.as("member").post(send, reason).want(t, 422, "Hãy ghi lý do đặt chỉ tiêu ở mức này.")
	reason.Set("text", "Một nhà máy dừng sản xuất\ntừ tháng 01/2023.")
	s.as("deputy").post(send, url.Values{"target": {"khong-co"}, "version": {"0"}, "text": {"x"}}).want(t, 404)
	s.as("stranger").post(send, reason).want(t, 404)
	s.as("member").post(send, reason).wantTo(t, at+"#muc-"+own.ID)
	s.as("leader").get(at).want(t, 200, "1 chưa có giải trình", "Một nhà máy dừng sản xuất", "Người member")
	s.as("leader").get(at+"?muc=danh-dau").want(t, 200, "Xem mọi chỉ tiêu")
	s.as("leader").get(s.year("/so-cai")).want(t, 200, "Giải trình mức chỉ tiêu")
}

// TestTrackingInABrowser: the pages are clean for axe and fit a telephone, and
// the leader sets the periods and reminds by keyboard-sized controls alone.
func TestTrackingInABrowser(t *testing.T) {
	s, ids := tracked(t)
	ctx := context.Background()
	for i, r := range []indicator.Report{
		{TargetID: ids["Tổng kim ngạch xuất nhập khẩu"], Period: "Q1", Amount: "22.000", Lang: "vi"},
		{TargetID: ids["Tổng kim ngạch xuất nhập khẩu"], Period: "H1", Amount: "21.000", Sure: true, Note: "Đã kiểm tra.", Lang: "vi"},
		{TargetID: ids[ownGoal+s.Block.Units[0]], Period: "H1", Amount: "510", Lang: "vi"},
		{TargetID: ids["Tỷ lệ đô thị hóa"], Year: 2022, Period: "Y", Amount: "46", Lang: "vi"}, // marks this year's 45
		{TargetID: ids[ownGoal+s.Block.Units[2]], Period: "H1", Amount: "1.200", Lang: "vi"},
	} {
		by := s.Officers[0]
		if i == 4 {
			by = s.Officers[2]
		}
		_, err := s.Indicators.Report(ctx, by, s.Year.ID, r)
		s.Check(err)
	}
	s.as("leader")
	p := openTab(t, s.site)
	p.signIn("leader")
	p.open(s.year("/tien-do/tinh-hinh"))
	p.do(chromedp.Click(`a[href$="/ky-bao-cao"]`))
	p.do(chromedp.WaitVisible(`table.schedule`))
	p.do(chromedp.Click(`a[href="?mau=chin-thang"]`))
	p.do(chromedp.WaitVisible(`input[value="M09"]:checked`))
	p.do(chromedp.Click(`form[action$="/ky-bao-cao"] button.go`))
	p.do(chromedp.WaitVisible(`#ky-M09`))
	p.want(`String(document.querySelector('#ky-H1').textContent.includes('quá hạn'))`, "true")
	p.open(s.year("/tien-do/tinh-hinh")) // without what the last act said
	p.do(chromedp.Click(`#ky-H1 form button`))
	p.do(chromedp.WaitVisible(`p.note.good[role=status]`))
	p.want(`document.querySelector('p.note.good[role=status]').textContent.trim()`, "Đã nhắc 2 đơn vị.")

	var group string
	p.open(s.year("/tien-do?ky=H1"))
	group = p.read(`document.querySelector('a[href*="/so-sanh/"]').getAttribute('href')`)
	for _, page := range []struct{ path, name string }{
		{s.year("/tien-do?ky=H1"), "tien-do"}, {s.year("/tien-do/tinh-hinh"), "ai-da-bao-cao"}, {s.year("/tien-do/canh-bao?ky=H1"), "canh-bao"}, {s.year("/tien-do/ky-bao-cao"), "ky-bao-cao"},
		{s.year("/tien-do/chi-tieu/" + ids["Tổng kim ngạch xuất nhập khẩu"]), "du-bao"}, {group, "so-sanh-don-vi"}, {s.year("/giao-uoc"), "muc-dat-chi-tieu"},
	} {
		for _, width := range []int{360, 1024} {
			testkit.Viewport(t, p.ctx, width)
			p.open(page.path)
			p.want(`String(document.documentElement.scrollWidth <= document.documentElement.clientWidth)`, "true")
			testkit.Screenshot(t, p.ctx, width, page.name)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s at %d: %s", page.name, width, v)
			}
		}
	}
	// A picture says what it shows to those who cannot see it.
	p.open(s.year("/tien-do/chi-tieu/" + ids["Tổng kim ngạch xuất nhập khẩu"]))
	p.want(`String([...document.querySelectorAll('svg.chart')].every(e => e.getAttribute('role') === 'img' && e.querySelector('title').textContent.length > 10 && e.querySelector('desc').textContent.length > 10))`, "true")
	p.want(`document.querySelector('figcaption.finding').textContent`, "Dự báo cả năm 42.000\u00a0triệu USD, không đạt mục tiêu 93.262\u00a0triệu USD")
}
