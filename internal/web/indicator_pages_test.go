package web

import (
	"bytes"
	"context"
	"html"
	"net/url"
	"regexp"
	"testing"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/render/sheet"
	"github.com/thidua/thidua/testkit"
)

func TestCataloguePages(t *testing.T) {
	s := newPaperSite(t)
	ids := s.adopted()
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-07-05 09:00")
	s.as("member").get(indicatorsPath).want(t, 200, "Tổng kim ngạch xuất nhập khẩu", "triệu USD")
	s.as("member").get(indicatorsPath+"/moi").want(t, 403)
	standing := s.as("standing")
	standing.get(indicatorsPath+"?tim=do+thi").want(t, 200, "Tỷ lệ đô thị hóa")
	standing.get(indicatorsPath+"?tim=khong+co+dau").want(t, 200, "Không có chỉ tiêu nào như vậy")

	form := url.Values{"name": {"Số vụ cháy"}, "unit": {"vụ"}, "direction": {"lower"}, "flow": {"flow"}, "aliases": {"Số vụ hỏa hoạn\r\nSố đám cháy"}}
	standing.post(indicatorsPath+"/moi", url.Values{"name": {""}, "flow": {"flow"}, "source": {"Công an tỉnh"}}).want(t, 422, "Tên chỉ tiêu còn trống", "Công an tỉnh")
	s.as("member").post(indicatorsPath+"/moi", form).want(t, 403)
	made := standing.post(indicatorsPath+"/moi", form)
	made.want(t, 303)
	fires := made.location
	standing.get(fires).want(t, 200, "Số vụ hỏa hoạn; Số đám cháy", "càng thấp càng tốt", "Chưa giao ước nào")
	edit := standing.get(fires + "/sua")
	edit.want(t, 200, `value="Số vụ cháy"`, "Số đám cháy")
	form.Set("version", hidden(t, edit.body, fires+"/sua", "version"))
	form.Set("name", "Số vụ cháy, nổ")
	standing.post(fires+"/sua", form).wantTo(t, fires)
	form.Set("source", "Công an tỉnh")
	standing.post(fires+"/sua", form).want(t, 409, "Công an tỉnh")
	standing.get(fires).want(t, 200, "Số vụ cháy, nổ", "Số vụ hỏa hoạn; Số đám cháy; Số vụ cháy<")

	// The series of one indicator over the years of those who may see them.
	ctx := context.Background()
	aims, err := s.Indicators.Aims(ctx, s.d, s.Year.ID)
	s.Check(err)
	var trade string
	for _, a := range aims {
		if a.ID == ids["Tổng kim ngạch xuất nhập khẩu"] {
			trade = a.IndicatorID
		}
	}
	s.as("member").get(indicatorsPath+"/"+trade).want(t, 200, "93.262\u00a0triệu USD", "2023")
	s.as("stranger").get(indicatorsPath+"/"+trade).want(t, 200, "Chưa giao ước nào mà bạn được xem")

	// Two names of one thing: refused once and for all, or merged and separated.
	twin, err := s.Indicators.Create(ctx, s.Standing, "", indicator.NewIndicator{Name: "Tỷ lệ hộ dân nghèo", Unit: "%", Direction: target.Lower, Flow: indicator.Stock})
	s.Check(err)
	list := standing.get(indicatorsPath)
	list.want(t, 200, "Có thể là một chỉ tiêu", "giống 4 trên 5 từ")
	keep, other := hidden(t, list.body, indicatorsPath+"/gop", "keep"), hidden(t, list.body, indicatorsPath+"/gop", "other")
	standing.post(indicatorsPath+"/gop", url.Values{"keep": {keep}, "other": {other}}).wantTo(t, indicatorsPath+"/"+keep)
	standing.get(indicatorsPath+"/"+keep).want(t, 200, "Chỉ tiêu đã gộp vào đây", "Tỷ lệ hộ dân nghèo")
	standing.post(indicatorsPath+"/"+keep+"/tach", url.Values{"other": {twin.ID}}).wantTo(t, indicatorsPath+"/"+keep)
	standing.post(indicatorsPath+"/khac-nhau", url.Values{"keep": {keep}, "other": {other}}).wantTo(t, indicatorsPath)
	if body := standing.get(indicatorsPath).body; regexp.MustCompile("Có thể là một chỉ tiêu").MatchString(body) {
		t.Error("a refused pair is suggested again")
	}

	// Out and in again.
	standing.get(indicatorsPath + "/danh-muc.xlsx").wantWorkbook(t)
	standing.get(indicatorsPath + "/mau.xlsx").wantWorkbook(t)
	nhap := indicatorsPath + "/nhap"
	standing.get(nhap).want(t, 200, "Tải tệp mẫu")
	standing.upload(t, nhap, nil, nil).want(t, 422, "Chưa chọn tệp Excel")
	standing.upload(t, nhap, nil, map[string]string{"a.xlsx": "không phải Excel"}).want(t, 422, "không phải là tệp Excel")
	file := func(rows ...[]any) map[string]string {
		table := sheet.Table{Title: "Danh mục"}
		for _, c := range indicator.Columns {
			table.Columns = append(table.Columns, sheet.Column{Name: c})
		}
		table.Rows = rows
		var b bytes.Buffer
		s.Check(sheet.Write(&b, table))
		return map[string]string{"danh-muc.xlsx": b.String()}
	}
	standing.upload(t, nhap, nil, file([]any{"Số vụ cháy, nổ", "", "vụ", "lên"}, []any{"Số xã mới", "", "xã", "", "", "nhiều"})).want(t, 200, "2 dòng sai", "“lên” không phải là chiều tốt", "“Cộng dồn qua các năm”")
	seen := standing.upload(t, nhap, nil, file([]any{"Số vụ cháy, nổ", "", "vụ", "", "", "", "Công an tỉnh"}, []any{"Số xã đạt chuẩn", "", "xã"}))
	seen.want(t, 200, "Thêm 1 chỉ tiêu, sửa 1, giữ nguyên 0.")
	rows := regexp.MustCompile(`name="rows" value="([^"]*)"`).FindStringSubmatch(seen.body)[1]
	s.as("member").post(nhap+"/ghi", url.Values{"rows": {"[]"}}).want(t, 403)
	standing.post(nhap+"/ghi", url.Values{"rows": {"x"}}).want(t, 422, "Hãy tải tệp lên lại")
	standing.post(nhap+"/ghi", url.Values{"rows": {html.UnescapeString(rows)}}).wantTo(t, indicatorsPath)
	standing.get(indicatorsPath+"?tim=xa+dat+chuan").want(t, 200, "Số xã đạt chuẩn")
	standing.get(fires).want(t, 200, "Công an tỉnh")
}

func TestCataloguePagesAreAccessible(t *testing.T) {
	s := newPaperSite(t)
	s.adopted()
	_, err := s.Indicators.Create(context.Background(), s.Standing, "", indicator.NewIndicator{Name: "Tỷ lệ hộ dân nghèo", Aliases: []string{"Tỷ lệ nghèo"}, Unit: "%", Direction: target.Lower, Flow: indicator.Stock})
	s.Check(err)
	all, err := s.Indicators.Find(context.Background(), s.d, "do thi", 1)
	s.Check(err)
	s.as("standing")
	p := openTab(t, s.site)
	p.signIn("standing")
	for name, path := range map[string]string{"danh-muc": indicatorsPath, "chi-tieu": indicatorsPath + "/" + all[0].ID, "chi-tieu-moi": indicatorsPath + "/moi", "nhap-danh-muc": indicatorsPath + "/nhap"} {
		p.open(path)
		for _, scheme := range []string{"light", "dark"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", path, scheme, v)
			}
		}
		testkit.Media(t, p.ctx, "screen", "light")
		for _, width := range []int{360, 1024} {
			testkit.Screenshot(t, p.ctx, width, name)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s at %d is %d pixels too wide", path, width, px)
			}
		}
	}
}
