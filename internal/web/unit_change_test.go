package web

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit"
)

func mergeForm() url.Values {
	return url.Values{
		"loai": {"sap-nhap"}, "day": {"01/01/2024"}, "basis": {"Nghị quyết 45/NQ-HĐND ngày 20/12/2023"}, "unit0": {"Sở Số 1"}, "unit1": {"sở số 2"},
		"into_kind": {"new"}, "new0": {"Sở Hợp nhất Kinh tế"}, "short0": {"Sở Hợp nhất"}, "carry": {"1"}, "step": {"preview"},
	}
}

// merged is a site whose first two units reported on 2023, became one from 2024
// on, and stand with the third in the covenant of 2024. It returns the new unit
// and the target of its own.
func merged(t *testing.T) (*paperSite, string, string) {
	t.Helper()
	s, ids := tracked(t)
	ctx := context.Background()
	s.Block.Clock.To("2023-12-20 09:00")
	s.as("leader")
	for i, amount := range []string{"1.100,5", "2.200", "3.300"} {
		who := s.Officers[i]
		for p, a := range map[indicator.Period]string{indicator.HalfYear: "500", indicator.FullYear: amount} {
			_, err := s.Indicators.Report(ctx, who, s.Year.ID, indicator.Report{TargetID: ids[ownGoal+s.Block.Units[i]], Period: p, Amount: a, Sure: true})
			s.Check(err)
		}
	}
	standing := s.as("standing")
	form := mergeForm()
	form.Set("step", "apply")
	done := standing.post(changesPath+"/moi", form)
	done.want(t, 303)
	unit := strings.TrimPrefix(done.location, unitsPath+"/")
	s.Block.Clock.To("2024-01-10 09:00")
	var next cluster.Year
	s.Check(s.d.InTx(ctx, func(tx *db.Tx) error {
		var err error
		next, err = s.Block.Years.OpenNext(ctx, tx, s.Standing, s.Year.ID, cluster.Next{Basis: "Hội nghị", Leader: cluster.NewTerm{UnitID: s.Block.Units[0], Basis: cluster.Elected, Reference: "Hội nghị"}})
		return err
	}))
	s.Year = next
	s.State(t, cluster.Drafting)
	v, err := s.Drafts.Write(ctx, s.Officers[0], s.Year.ID, draft.Covenant, draft.Text{Text: covenantText})
	s.Check(err)
	target, err := s.Covenants.AddTarget(ctx, s.Officers[0], v.ID, covenant.Entry{Entry: indicator.Entry{Name: ownGoal, Relation: "=", Low: "3.000", Unit: "tỷ đồng"}, UnitID: unit})
	s.Check(err)
	v, err = s.Drafts.Circulate(ctx, s.Officers[0], v.ID, v.Version)
	s.Check(err)
	_, err = s.Drafts.Adopt(ctx, s.Officers[0], v.ID, s.Meeting(t), 1)
	s.Check(err)
	s.State(t, cluster.Executing)
	return s, unit, target.ID
}

func TestPagesOfChangesOfUnits(t *testing.T) {
	s, _ := tracked(t)
	at := changesPath + "/moi"
	s.as("member").get(changesPath).want(t, 200, "Chưa có thay đổi nào")
	s.as("member").get(at).want(t, 403)
	s.as("member").post(at, mergeForm()).want(t, 403)
	s.as("leader")
	standing := s.as("standing")
	standing.get(at).want(t, 200, "Các đơn vị được sáp nhập", `<option value="Sở Số 1">`)
	standing.get(at+"?loai=chia-tach&don-vi="+s.Block.Units[0]).want(t, 200, "Đơn vị được chia, tách", `value="Sở Số 1"`)
	standing.get(at+"?loai=giai-the").want(t, 200, "Đơn vị giải thể")
	standing.get(at+"?loai=chuyen").want(t, 200, "Cơ quan cấp trên mới")

	form := mergeForm()
	form.Set("unit1", "Sở Không Có")
	form.Set("basis", "")
	standing.post(at, form).want(t, 422, "Không có đơn vị tên “Sở Không Có”", `value="Sở Hợp nhất Kinh tế"`)
	form.Set("unit1", "Sở Số 2")
	standing.post(at, form).want(t, 422, "Chưa nhập căn cứ")
	seen := standing.post(at, mergeForm())
	seen.want(t, 200, "Xem trước thay đổi", "Chưa ghi gì", "Khối thử", "Sở Hợp nhất Kinh tế", "giữ vai trò này ở Sở Hợp nhất Kinh tế", `name="unit0" value="Sở Số 1"`)
	standing.get(changesPath).want(t, 200, "Chưa có thay đổi nào")
	back := mergeForm()
	back.Set("step", "edit")
	standing.post(at, back).want(t, 200, `value="Sở Hợp nhất Kinh tế"`, `value="sở số 2"`)

	// A unit that ends in an open year needs somebody who goes on.
	dissolve := url.Values{"loai": {"giai-the"}, "day": {"01/08/2023"}, "basis": {"QĐ 9"}, "unit0": {"Sở Số 3"}, "step": {"preview"}}
	standing.post(at, dissolve).want(t, 422, "đang là thành viên của Khối thử năm 2023")
	dissolve.Set("heir", "Sở Số 2")
	standing.post(at, dissolve).want(t, 200, "người của Sở Số 2 ký, báo cáo và chấm điểm thay", "kết thúc phân công")

	form = mergeForm()
	form.Set("step", "apply")
	done := standing.post(at, form)
	done.want(t, 303)
	old := unitsPath + "/" + s.Block.Units[0]
	standing.get(old).want(t, 200, "Dòng kế thừa", "Sở Số 1, Sở Số 2 hợp nhất thành Sở Hợp nhất Kinh tế", "Nghị quyết 45/NQ-HĐND", "Kết thúc hoạt động từ 01/01/2024", "Xem Sở Hợp nhất Kinh tế")
	standing.get(done.location).want(t, 200, "Dòng kế thừa", `href="`+old+`"`)
	s.as("leader").get("/tai-khoan").want(t, 200, "Kết thúc hoạt động từ 01/01/2024, theo Nghị quyết 45/NQ-HĐND ngày 20/12/2023.", "Sở Hợp nhất Kinh tế tiếp tục công việc")
	s.as("leader").get(s.year("/thanh-vien")).want(t, 200, "Kết thúc hoạt động từ 01/01/2024")

	list := standing.get(changesPath)
	list.want(t, 200, "Sáp nhập, hợp nhất", "01/01/2024")
	undo := regexp.MustCompile(changesPath + `/[0-9a-f-]+/huy`).FindString(list.body)
	version := hidden(t, list.body, undo, "version")
	s.as("member").post(undo, url.Values{"version": {version}, "reason": {"nhầm"}}).want(t, 403)
	standing.post(undo, url.Values{"version": {version}}).want(t, 422, "Hãy ghi lý do hủy")
	standing.post(undo, url.Values{"version": {version}, "reason": {"Nhầm ngày"}}).wantTo(t, changesPath)
	standing.get(changesPath).want(t, 200, "đã hủy", "Nhầm ngày", "<del>")
	standing.get(old).want(t, 200, "Nhầm ngày")
	standing.get(done.location).want(t, 200, "chưa từng hoạt động")
	standing.post(old+"/doi-ten", url.Values{"name": {"Sở Số Một"}, "from": {"01/09/2023"}, "basis": {"QĐ 7"}}).wantTo(t, old)
	standing.get(old).want(t, 200, "Sở Số 1 đổi tên thành Sở Số Một")
	standing.get("/so-cai").want(t, 200, "Thay đổi tổ chức", "Hủy thay đổi tổ chức")
}

func TestPagesSayWhatAFigureWasAddedFrom(t *testing.T) {
	s, unit, target := merged(t)
	from := "cộng từ Sở Số 1, Sở Số 2"
	leader := s.as("leader")
	leader.get(s.year("/tien-do?don-vi="+unit)).want(t, 200, "3.300,5\u00a0tỷ đồng", from, "Nghị quyết 45/NQ-HĐND", "1.100,5\u00a0tỷ đồng", "2.200\u00a0tỷ đồng")
	leader.get(s.year("/tien-do/chi-tieu/"+target)).want(t, 200, from, "Số năm trước lấy từ đâu", "Qua các năm", "không ai báo cáo số tổng này")
	leader.get(s.year("/tien-do/bao-cao")).want(t, 200, "Năm trước: 3.300,5\u00a0tỷ đồng", "("+from+")")
	leader.get(s.year("/tien-do/bao-cao?nam=2023")).want(t, 200, `name="amount-`+target+`"`)
	leader.get(s.year("/giao-uoc")).want(t, 200, "năm 2023 đạt 3.300,5\u00a0tỷ đồng ("+from+")", "không tốt hơn kết quả năm trước (3.301")
	leader.get(s.year("/tien-do/nhieu-nam?tat-ca=1&don-vi="+unit)).want(t, 200, from, "3.300,5\u00a0tỷ đồng", "Mục tiêu và kết quả riêng của một đơn vị")
	leader.get(s.year("/tien-do/nhieu-nam?tat-ca=1")).want(t, 200, "cả cụm, khối")
	leader.get(s.year("/tien-do/excel")).wantWorkbook(t)
	leader.get(s.year("/tien-do/nhieu-nam/excel?tat-ca=1&don-vi=" + unit)).wantWorkbook(t)
}

func TestPagesOfChangesAreAccessible(t *testing.T) {
	s, unit, target := merged(t)
	s.as("standing")
	p := openTab(t, s.site)
	p.signIn("standing")
	look := func(name string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", name, scheme, v)
			}
		}
		testkit.Media(t, p.ctx, "screen", "light")
		for _, width := range []int{360, 1024} {
			testkit.Screenshot(t, p.ctx, width, name)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s at %d is %d pixels too wide", name, width, px)
			}
		}
	}
	for name, path := range map[string]string{
		"don-vi-ke-thua": unitsPath + "/" + unit, "thay-doi": changesPath, "sap-nhap": changesPath + "/moi", "chia-tach": changesPath + "/moi?loai=chia-tach",
		"cong-tu": s.year("/tien-do/chi-tieu/" + target), "nhieu-nam-don-vi": s.year("/tien-do/nhieu-nam?tat-ca=1&don-vi=" + unit), "tien-do-cong-tu": s.year("/tien-do?don-vi=" + unit),
	} {
		p.open(path)
		p.script(`document.querySelectorAll("details.origin").forEach(d => d.open = true)`)
		look(name)
	}
	p.open(changesPath + "/moi")
	shown := `[".if-new", ".if-old"].map(c => getComputedStyle(document.querySelector(c)).display !== "none").join(" ")`
	p.want(shown, "true false")
	p.do(chromedp.Click(`[name="into_kind"][value="old"]`))
	p.want(shown, "false true")
	look("sap-nhap-vao")
	p.open(changesPath + "/moi?loai=giai-the")
	p.script(`for (const [n, v] of Object.entries({day: "01/06/2024", basis: "QĐ 12/QĐ-UBND", unit0: "Sở Hợp nhất Kinh tế", heir: "Sở Số 3"})) document.querySelector('[name="' + n + '"]').value = v`)
	p.do(chromedp.Click(`[value="preview"]`), chromedp.WaitVisible(`[value="apply"]`))
	look("xem-truoc-thay-doi")
	p.open(changesPath + "/moi?loai=giai-the")
	p.script(`for (const [n, v] of Object.entries({day: "01/06/2024", basis: "QĐ 12/QĐ-UBND", unit0: "` + organiser(t, s) + `", heir: "Sở Ngoài khối"})) document.querySelector('[name="' + n + '"]').value = v`)
	p.do(chromedp.Click(`[value="preview"]`), chromedp.WaitVisible(`[value="apply"]`))
	look("xem-truoc-canh-bao")
}

func dissolveForm(unit, heir string) url.Values {
	return url.Values{"loai": {"giai-the"}, "day": {"01/08/2023"}, "basis": {"QĐ 9"}, "unit0": {unit}, "heir": {heir}, "step": {"preview"}, "carry": {"1"}}
}

// organiser is the name of the body that organises the site's block.
func organiser(t *testing.T, s *paperSite) string {
	t.Helper()
	names, err := org.Names(context.Background(), s.d, "2023-07-08", s.Block.Organiser)
	s.Check(err)
	return names[s.Block.Organiser].Name
}

func TestPagesOfChangesLeaveNoDutyToNobody(t *testing.T) {
	s, _ := tracked(t)
	at := changesPath + "/moi"
	s.as("leader")
	member, standing := s.as("member"), s.as("standing")
	for _, kind := range []string{"sap-nhap", "chia-tach", "giai-the"} {
		standing.get(at+"?loai="+kind).want(t, 200, `name="carry" value="1" checked`, "Chỉ đổi tên?")
	}
	standing.get(at+"?loai=giai-the").lacks(t, "tổ chức mới")

	standing.post(at, dissolveForm(organiser(t, s), "")).want(t, 422, "đang tổ chức 1 cụm, khối", "Hãy chọn đơn vị tiếp tục công việc")
	standing.post(at, dissolveForm(organiser(t, s), "Sở Ngoài khối")).want(t, 200, "Vai trò cơ quan thường trực của chính bạn", "chưa ai giữ vai trò cơ quan thường trực ở đó", "tiếp tục tổ chức 1 cụm, khối")
	standing.post(at, dissolveForm("Sở Số 1", "")).want(t, 422, "đang là Khối trưởng của Khối thử năm 2023")
	standing.post(at, dissolveForm("Sở Số 1", "Sở Ngoài khối")).want(t, 200, "Sở Ngoài khối làm Khối trưởng thay Sở Số 1 đến hết nhiệm kỳ")
	standing.post(at, dissolveForm("Sở Số 1", "Sở Số 2")).want(t, 200, "Sở Số 2 giữ cả hai chức Khối trưởng và Khối phó của Khối thử năm 2023")
	standing.post(at, dissolveForm("Sở Số 3", "Sở Số 2")).lacks(t, "cả hai chức")
	alone := dissolveForm("Sở Số 3", "Sở Ngoài khối")
	standing.post(at, alone).lacks(t, "chưa ai là cán bộ")
	alone.Del("carry")
	standing.post(at, alone).want(t, 200, "chưa ai là cán bộ hoặc lãnh đạo của Sở Ngoài khối")

	// One lands where the change is told and can be undone.
	done := dissolveForm("Sở Số 3", "Sở Ngoài khối")
	done.Set("step", "apply")
	standing.post(at, done).wantTo(t, unitsPath+"/"+s.outside)
	heir := standing.get(unitsPath + "/" + s.outside)
	heir.want(t, 200, "Sở Số 3 kết thúc hoạt động, Sở Ngoài khối tiếp tục công việc", "Hủy thay đổi này", "làm thay Sở Số 3 từ 01/08/2023 đến hết năm thi đua này")
	heir.lacks(t, "Chưa thuộc cụm, khối nào")
	member.get(homePath).lacks(t, "làm thay")
	s.Block.Clock.To("2023-08-01 09:00")
	s.Task.Source(func(_ context.Context, _ db.Queryer, of task.Scope) (out []task.Task, err error) {
		for _, unit := range of.Units {
			out = append(out, task.Task{Kind: "report", YearID: of.Year.ID, UnitID: unit, Title: locale.Msg("Báo cáo"), Do: locale.Msg("Báo cáo")})
		}
		return out, nil
	})
	s.as("leader").get(homePath).lacks(t, "làm thay")
	s.site.as("member").get(homePath).want(t, 200, "làm thay Sở Số 3")
}

func TestPagesOfChangesOfferWhatOneMay(t *testing.T) {
	s, _ := tracked(t)
	at, ctx := changesPath+"/moi", context.Background()
	s.as("leader")
	standing := s.as("standing")
	done := dissolveForm("Sở Số 3", "Sở Số 2")
	done.Set("step", "apply")
	standing.post(at, done).want(t, 303)
	standing.get(changesPath).want(t, 200, "/huy")
	body, err := s.Block.Org.Create(ctx, access.Program, org.NewUnit{Kind: org.Authority, Level: "tinh", Name: "Bộ Bạn", From: "2000-01-01", Basis: "thử"})
	s.Check(err)
	_, err = s.account.CreateWith(ctx, access.Program, account.NewAccount{Login: "abroad", Name: "Người bộ bạn", First: account.NewAssignment{Role: access.Standing, UnitID: body.ID, From: "2023-01-01"}}, testPassword)
	s.Check(err)
	abroad := s.site.as("abroad")
	abroad.get(changesPath).lacks(t, "/huy")
	one := abroad.get(unitsPath + "/" + s.Block.Units[0])
	one.want(t, 200, "Sở Số 1")
	one.lacks(t, "Sáp nhập, chia tách…")
	form := abroad.get(at)
	form.want(t, 200, `<option value="Sở Ngoài khối">`, `<option value="Bộ Bạn">`)
	form.lacks(t, `<option value="Sở Số 1">`)
	abroad.post(at, mergeForm()).want(t, 422, "Sở Số 1 thuộc cụm, khối do", `value="Sở Hợp nhất Kinh tế"`)
}

func TestUnitsAreTypedAsPeopleCallThem(t *testing.T) {
	s, _ := tracked(t)
	at := changesPath + "/moi"
	s.as("leader")
	standing := s.as("standing")
	for i, name := range []string{"Sở Số Một", "Sở Số Hai"} {
		unit := unitsPath + "/" + s.Block.Units[i]
		standing.post(unit+"/doi-ten", url.Values{"name": {name}, "short": {"SS" + strings.Repeat("x", i)}, "from": {"01/07/2023"}, "basis": {"QĐ 7"}}).wantTo(t, unit)
	}
	form := mergeForm()
	form.Set("unit0", "ss")
	standing.post(at, form).want(t, 200, "Sở Số Một; Sở Số Hai") // the second by its name of before
	unit := unitsPath + "/" + s.outside
	standing.post(unit+"/doi-ten", url.Values{"name": {"Sở Ngoài"}, "short": {"SS"}, "from": {"01/07/2023"}, "basis": {"QĐ 7"}}).wantTo(t, unit)
	form.Set("day", "31/02/2024")
	form.Set("unit1", "Sở Không Có")
	form.Set("new0", "")
	standing.post(at, form).want(t, 422, "“ss” có thể là Sở Ngoài; Sở Số Một", "Không có đơn vị tên “Sở Không Có”", "Ngày có hiệu lực không đúng")
	form = mergeForm()
	form.Set("new0", "")
	standing.post(at, form).want(t, 422, "nhập tên đơn vị mới", `id="f-new0-error"`)
	standing.post(at, url.Values{"loai": {"sap-nhap"}, "day": {"01/01/2024"}, "basis": {"NQ"}, "unit0": {"Sở Số 1"}, "new0": {"Sở Mới"}, "into_kind": {"new"}}).want(t, 422, "mở trang của đơn vị đó, mục “Đổi tên”")
}
