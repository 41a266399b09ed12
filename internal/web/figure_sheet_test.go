package web

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/render/sheet"
	"github.com/thidua/thidua/testkit"
)

// filled is the template with figures typed into it, by the name of the target.
func filled(t *testing.T, template string, amounts map[string]any) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(template))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	left := len(amounts)
	for i, row := range rows {
		for j, text := range row {
			amount, there := amounts[text]
			if !there || j != indicator.ColumnName {
				continue
			}
			at, err := excelize.CoordinatesToCellName(indicator.ColumnAmount+1, i+1)
			if err == nil {
				err = f.SetCellValue(name, at, amount)
			}
			if err != nil {
				t.Fatal(err)
			}
			left--
		}
	}
	if left != 0 {
		t.Fatalf("the template lacks %d of %v", left, amounts)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"so-lieu.xlsx": b.String()}
}

// carried is the hidden input of a preview, as the browser sends it back.
func carried(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`name="rows" value="([^"]*)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("no rows to send back in\n%s", body)
	}
	return html.UnescapeString(found[1])
}

// TestFiguresFromExcel goes the way of an officer: take the template, fill it
// in Excel, look at what it would do, write it; then correct one figure.
func TestFiguresFromExcel(t *testing.T) {
	s, ids := tracked(t)
	at, own := s.year("/tien-do/nhap"), ids[ownGoal+s.Block.Units[2]]
	s.as("stranger").get(at).want(t, 404)
	s.as("standing").get(at).want(t, 403)
	member := s.as("member")
	member.get(s.year("/tien-do/bao-cao")).want(t, 200, at+"?ky=")
	member.get(at+"?ky=H1").want(t, 200, "so-lieu.xlsx?ky=H1")
	template := member.get(s.year("/tien-do/so-lieu.xlsx?ky=H1"))
	template.wantWorkbook(t)
	read, err := sheet.ReadRows(strings.NewReader(template.body), int64(len(template.body)), sheet.Limits{})
	s.Check(err)
	if n := strings.Count(joined(read), "/H1"); n != 1 {
		t.Fatalf("the member reports one target, its template has %d", n)
	}
	if all := s.as("leader").get(s.year("/tien-do/so-lieu.xlsx?ky=H1&don-vi=ca-cum")); strings.Count(joinedBook(t, all.body), "/H1") < 4 {
		t.Error("the cluster's template lacks targets")
	}

	fields := map[string]string{"period": "H1"}
	member.upload(t, at, fields, nil).want(t, 422, "Chưa chọn tệp Excel")
	member.upload(t, at, fields, map[string]string{"a.xlsx": "PK nhưng không phải"}).want(t, 422)
	member.upload(t, at, fields, map[string]string{"so-lieu.xlsx": template.body}).want(t, 422, "không có số liệu nào")
	member.upload(t, at, fields, filled(t, template.body, map[string]any{ownGoal: "1.2.3,4"})).want(t, 200, "1 dòng sai", "1.2.3,4")

	seen := member.upload(t, at, fields, filled(t, template.body, map[string]any{ownGoal: 1200.5}))
	seen.want(t, 200, "Thêm 1 số liệu, đính chính 0, giữ nguyên 0.", "1200,5")
	rows := carried(t, seen.body)
	s.as("deputy").post(at+"/ghi", url.Values{"rows": {rows}, "period": {"H1"}}).want(t, 422, "1 dòng sai")
	member.post(at+"/ghi", url.Values{"rows": {"[]"}}).want(t, 422, "Hãy tải tệp lên lại")
	member.post(at+"/ghi", url.Values{"rows": {rows}, "period": {"H1"}}).wantTo(t, s.year("/tien-do?ky=H1"))
	member.get(s.year("/tien-do/chi-tieu/"+own)).want(t, 200, "1.200,5")
	member.post(at+"/ghi", url.Values{"rows": {rows}, "period": {"H1"}}).want(t, 422, "sau khi bạn xem trước")

	// A correction wants a reason, a figure off by a scale wants a second look.
	template = member.get(s.year("/tien-do/so-lieu.xlsx?ky=H1"))
	member.upload(t, at, fields, map[string]string{"so-lieu.xlsx": template.body}).want(t, 200, "giữ nguyên 1.")
	seen = member.upload(t, at, fields, filled(t, template.body, map[string]any{ownGoal: 1250000}))
	seen.want(t, 200, "Lý do đính chính", "1.200,5")
	rows = carried(t, seen.body)
	asked := member.post(at+"/ghi", url.Values{"rows": {rows}, "period": {"H1"}, "reason": {"kho bạc đối chiếu lại"}})
	asked.want(t, 422, "1 số liệu trông khác thường", "kho bạc đối chiếu lại", `name="sure"`)
	var sent []indicator.FigureRow
	s.Check(json.Unmarshal([]byte(carried(t, asked.body)), &sent))
	line := regexp.MustCompile(`name="sure" value="(\d+)"`).FindStringSubmatch(asked.body)[1]
	member.post(at+"/ghi", url.Values{"rows": {rows}, "period": {"H1"}, "reason": {"kho bạc đối chiếu lại"}, "sure": {line}}).wantTo(t, s.year("/tien-do?ky=H1"))
	member.get(s.year("/tien-do/chi-tieu/"+own)).want(t, 200, "1.250.000", "kho bạc đối chiếu lại")
	figures, err := s.Indicators.Figures(context.Background(), s.d, s.Year.ID)
	s.Check(err)
	if len(figures) != 2 {
		t.Errorf("%d figures", len(figures))
	}
}

// TestFiguresFromAnyTable takes in a unit's own table: the person says which
// column is which.
func TestFiguresFromAnyTable(t *testing.T) {
	s, ids := tracked(t)
	at, member := s.year("/tien-do/nhap"), s.as("member")
	var b bytes.Buffer
	s.Check(sheet.Write(&b, sheet.Table{Title: "Báo cáo nhanh", Columns: []sheet.Column{{Name: "TT"}, {Name: "Tên"}, {Name: "Sáu tháng", Kind: sheet.Number}}, Rows: [][]any{{"1", ownGoal, "1450.5"}, {"2", "Cộng", nil}}}))
	asked := member.upload(t, at, map[string]string{"period": "H1"}, map[string]string{"a.xlsx": b.String()})
	asked.want(t, 200, "Cột nào là gì?", "Sáu tháng", "1450,5")
	form := url.Values{"table": {html.UnescapeString(hidden(t, asked.body, at+"/cot", "table"))}, "period": {"H1"}, "column-1": {"2"}}
	form.Set("head", regexp.MustCompile(`name="head" value="(\d+)"`).FindStringSubmatch(asked.body)[1])
	for _, broken := range []url.Values{{"table": {"x"}}, {"table": {"[]"}}} {
		member.post(at+"/cot", broken).want(t, 422, "Hãy tải tệp lên lại")
	}
	member.post(at+"/cot", form).want(t, 422, "Chưa rõ cột nào là số liệu")
	form.Set("column-2", "2")
	member.post(at+"/cot", form).want(t, 422, "Hai cột của tệp cùng được chọn là “Chỉ tiêu”")
	form.Set("column-2", "6")
	for _, head := range []string{"0", "-3", "99", "x"} {
		wrong := url.Values{"table": form["table"], "period": {"H1"}, "column-1": {"2"}, "column-2": {"6"}, "head": {head}}
		member.post(at+"/cot", wrong).want(t, 422)
	}
	seen := member.post(at+"/cot", form)
	seen.want(t, 200, "Thêm 1 số liệu", "1450,5", "Lấy số liệu từ cột khác")
	member.post(at+"/cot", url.Values{"table": form["table"], "period": {"H1"}}).want(t, 200, "Cột nào là gì?")
	member.post(at+"/ghi", url.Values{"rows": {carried(t, seen.body)}, "period": {"H1"}}).wantTo(t, s.year("/tien-do?ky=H1"))
	member.get(s.year("/tien-do/chi-tieu/"+ids[ownGoal+s.Block.Units[2]])).want(t, 200, "1.450,5")
}

func joined(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.String()
}

func joinedBook(t *testing.T, book string) string {
	t.Helper()
	rows, err := sheet.ReadRows(strings.NewReader(book), int64(len(book)), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return joined(rows)
}

// TestFiguresFromExcelIsAccessible looks at the page before and after the
// upload, through the browser's own file box.
func TestFiguresFromExcelIsAccessible(t *testing.T) {
	s, _ := tracked(t)
	s.as("member")
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.year("/tien-do/nhap?ky=H1"))
	for _, scheme := range []string{"light", "dark"} {
		testkit.Media(t, p.ctx, "screen", scheme)
		for _, v := range testkit.Axe(t, p.ctx) {
			t.Errorf("%s: %s", scheme, v)
		}
	}
	testkit.Media(t, p.ctx, "screen", "light")
	template := s.as("member").get(s.year("/tien-do/so-lieu.xlsx?ky=H1"))
	file := filepath.Join(t.TempDir(), "so-lieu.xlsx")
	s.Check(os.WriteFile(file, []byte(filled(t, template.body, map[string]any{ownGoal: 1200000})["so-lieu.xlsx"]), 0o600))
	p.do(chromedp.SetUploadFiles(`input[name=file]`, []string{file}))
	p.script(`document.querySelector('form[enctype] button.go').click()`)
	p.do(chromedp.WaitVisible(`input[name=sure]`))
	for _, v := range testkit.Axe(t, p.ctx) {
		t.Error(v)
	}
	for _, width := range []int{360, 1024, 1600} {
		testkit.Screenshot(t, p.ctx, width, "nhap-so-lieu")
		if px := testkit.Overflow(t, p.ctx); px > 0 {
			t.Errorf("at %d the page is %d pixels too wide", width, px)
		}
	}

	var b bytes.Buffer
	s.Check(sheet.Write(&b, sheet.Table{Title: "Báo cáo nhanh", Columns: []sheet.Column{{Name: "TT"}, {Name: "Tên"}, {Name: "Sáu tháng đầu năm", Kind: sheet.Number}}, Rows: [][]any{{"1", ownGoal, "1450.5"}}}))
	s.Check(os.WriteFile(file, b.Bytes(), 0o600))
	p.open(s.year("/tien-do/nhap?ky=H1"))
	p.do(chromedp.SetUploadFiles(`input[name=file]`, []string{file}))
	p.script(`document.querySelector('form[enctype] button.go').click()`)
	p.do(chromedp.WaitVisible(`#f-dong`))
	for _, v := range testkit.Axe(t, p.ctx) {
		t.Error(v)
	}
	for _, width := range []int{360, 1024} {
		testkit.Screenshot(t, p.ctx, width, "cot-so-lieu")
		if px := testkit.Overflow(t, p.ctx); px > 0 {
			t.Errorf("at %d the page is %d pixels too wide", width, px)
		}
	}
}
