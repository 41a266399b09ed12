package web

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/testkit"
)

// book is a workbook that a test fills in.
type book struct {
	t *testing.T
	f *excelize.File
}

func openBook(t *testing.T, body string) book {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return book{t, f}
}

// at is the cell of a heading in the row whose name column begins with a text.
func (b book) at(tab, name, head string) string {
	b.t.Helper()
	rows, err := b.f.GetRows(tab)
	if err != nil {
		b.t.Fatal(err)
	}
	column, names, row := -1, -1, -1
	for i, cells := range rows {
		for j, c := range cells {
			switch {
			case c == head && column < 0:
				column = j
			case c == workbook.Heads[workbook.ByName] && names < 0:
				names = j
			}
		}
		if names >= 0 && names < len(cells) && strings.HasPrefix(cells[names], name) && cells[names] != workbook.Heads[workbook.ByName] && row < 0 {
			row = i
		}
	}
	if column < 0 || row < 0 {
		b.t.Fatalf("no cell %q of %q in %q", head, name, tab)
	}
	cell, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		b.t.Fatal(err)
	}
	return cell
}

func (b book) put(tab, name, head string, v any) {
	b.t.Helper()
	if err := b.f.SetCellValue(tab, b.at(tab, name, head), v); err != nil {
		b.t.Fatal(err)
	}
}

func (b book) get(tab, name, head string) string {
	b.t.Helper()
	v, err := b.f.GetCellValue(tab, b.at(tab, name, head), excelize.Options{RawCellValue: true})
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b book) file() map[string]string {
	b.t.Helper()
	var out bytes.Buffer
	if err := b.f.Write(&out); err != nil {
		b.t.Fatal(err)
	}
	return map[string]string{"so-lieu.xlsx": out.String()}
}

// sent uploads a workbook and gives its page.
func (s *paperSite) sent(login string, file map[string]string) (path string, page reply) {
	s.site.t.Helper()
	up := s.as(login).upload(s.site.t, s.year("/tien-do/tep-so-lieu"), nil, file)
	up.want(s.site.t, 303)
	return up.location, s.as(login).get(up.location)
}

func (s *paperSite) agree(login, path string, page reply, more url.Values) reply {
	s.site.t.Helper()
	form := url.Values{"version": {hidden(s.site.t, page.body, path+"/ghi", "version")}}
	for k, v := range more {
		form[k] = v
	}
	got := s.as(login).post(path+"/ghi", form)
	if got.status == 500 {
		s.site.t.Fatal(s.log.String())
	}
	return got
}

const half = "6 tháng"

// The journey: take the template, fill it in, send it, look, agree; then correct
// in the same way, and once more without a change.
func TestFiguresByWorkbook(t *testing.T) {
	s, ids := tracked(t)
	at := s.year("/tien-do/tep-so-lieu")
	s.as("stranger").get(at).want(t, 404)
	s.as("stranger").get(at+"/mau?ky=H1").want(t, 404)
	s.as("member").get(s.year("/tien-do")).want(t, 200, at)
	s.as("member").get(s.year("/tien-do/bao-cao")).want(t, 200, at)
	own := at + "/mau?don-vi=" + s.Block.Units[0] + "&ky=H1"
	s.as("leader").get(at).want(t, 200, "Tải mẫu", strings.ReplaceAll(own, "&", "&amp;"))
	s.as("leader").get(at+"/mau").want(t, 422, "ít nhất một kỳ")
	s.as("leader").get(at+"/mau?don-vi=khong-co&ky=H1").want(t, 404)

	taken := s.as("leader").get(own)
	taken.wantWorkbook(t)
	b := openBook(t, taken.body)
	if got := b.f.GetSheetList(); len(got) != 2 || got[0] != half || got[1] != "Hướng dẫn" {
		t.Fatalf("sheets %v", got)
	}
	b.put(half, "Tổng kim ngạch", "Số liệu", "45.678,9 triệu USD") // as text
	b.put(half, "Tổng kim ngạch", "Nguồn số liệu", "Cục Hải quan")
	b.put(half, ownGoal, "Số liệu", 510.25)
	s.as("leader").upload(t, at, nil, nil).want(t, 422, "Chưa chọn tệp Excel")
	s.as("stranger").upload(t, at, nil, b.file()).want(t, 404)
	path, page := s.sent("leader", b.file())
	page.want(t, 200, "Sẽ ghi mới 2 số liệu, đính chính 0, giữ nguyên 0", "45.678,9\u00a0triệu USD", "510,25\u00a0tỷ đồng", "6 tháng, dòng ")
	s.as("member").get(path).want(t, 404)
	if strings.Contains(s.as("leader").get(s.year("/tien-do?ky=H1")).body, "45.678,9") {
		t.Fatal("written before the person agreed")
	}
	s.agree("leader", path, page, nil).wantTo(t, path)
	s.as("leader").get(path).want(t, 200, "Đã ghi 2 số liệu mới")
	s.agree("leader", path, page, nil).want(t, 409, "đã chuyển sang bước khác")
	s.as("member").get(s.year("/tien-do?ky=H1")).want(t, 200, "45.678,9\u00a0triệu USD")
	s.as("member").get(s.year("/tien-do/chi-tieu/"+ids["Tổng kim ngạch xuất nhập khẩu"])).want(t, 200, "Cục Hải quan", "Người leader")
	s.as("member").get(s.year("/so-cai")).want(t, 200, "Nhập số liệu từ tệp")

	// Out again with what stands: as it went, nothing is written.
	again := openBook(t, s.as("leader").get(own).body)
	if got := again.get(half, "Tổng kim ngạch", "Số liệu"); got != "45678.9" {
		t.Fatalf("the figure goes out as %q", got)
	}
	path, page = s.sent("leader", again.file())
	page.want(t, 200, "Mọi số liệu trong tệp đã có sẵn", "không đổi")
	s.as("leader").post(path+"/bo", nil).wantTo(t, at)
	s.as("leader").get(path).want(t, 404)

	// A correction asks for a reason, a doubtful figure for a look.
	again.put(half, "Tổng kim ngạch", "Số liệu", 46000)
	again.put(half, ownGoal, "Số liệu", 999999)
	path, page = s.sent("leader", again.file())
	page.want(t, 200, "đính chính 2", "Lý do đính chính", "45.678,9\u00a0triệu USD", "46.000\u00a0triệu USD", "lệch hàng trăm lần")
	s.agree("leader", path, page, nil).want(t, 422, "Hãy ghi lý do đính chính")
	s.agree("leader", path, page, url.Values{"reason": {"Quyết toán lại"}}).want(t, 422, "cần xem lại")
	doubt := regexp.MustCompile(`name="sure" value="(\d+)"`).FindStringSubmatch(page.body)
	s.agree("leader", path, page, url.Values{"reason": {"Quyết toán lại"}, "sure": {doubt[1]}}).wantTo(t, path)
	s.as("member").get(s.year("/tien-do/chi-tieu/"+ids["Tổng kim ngạch xuất nhập khẩu"])).want(t, 200, "46.000\u00a0triệu USD", "45.678,9\u00a0triệu USD", "Quyết toán lại")
}

func TestNoTemplateBeforeACovenant(t *testing.T) {
	s := newPaperSite(t)
	page := s.as("leader").get(s.year("/tien-do/tep-so-lieu"))
	page.want(t, 200, "Chưa có chỉ tiêu để báo cáo", "Đến giao ước")
	if strings.Contains(page.body, "/mau?") {
		t.Error("a template of nothing is offered")
	}
	s.as("leader").get(s.year("/tien-do/tep-so-lieu/mau?ky=H1")).want(t, 422, "Chưa có chỉ tiêu nào để báo cáo")
}

// Two people: what changed between the preview and the yes is told with both values.
func TestAWorkbookMeetsAnother(t *testing.T) {
	s, ids := tracked(t)
	at := s.year("/tien-do/tep-so-lieu")
	own := at + "/mau?don-vi=" + s.Block.Units[0] + "&ky=H1"
	b := openBook(t, s.as("leader").get(own).body)
	b.put(half, ownGoal, "Số liệu", 510)
	path, page := s.sent("leader", b.file())
	s.as("head1").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[0]]: {"520"}}).want(t, 303)
	s.agree("leader", path, page, nil).wantTo(t, path)
	told := s.as("leader").get(path)
	told.want(t, 200, "Chưa ghi gì", "hiện nay là 520", "tệp ghi 510", "Kiểm tra lại")
	version := hidden(t, told.body, path+"/lai", "version")
	s.as("leader").post(path+"/lai", url.Values{"version": {version}}).wantTo(t, path)
	page = s.as("leader").get(path)
	page.want(t, 200, "đính chính 1", "520\u00a0tỷ đồng", "510\u00a0tỷ đồng")
	s.agree("leader", path, page, url.Values{"reason": {"Số trong tệp là số chốt"}}).wantTo(t, path)
	s.as("member").get(s.year("/tien-do?ky=H1")).want(t, 200, "Trung vị")
}

// A cluster's workbook: the leader and the standing body enter what units sent,
// with its source, and correct nothing that a unit reported itself.
func TestAClustersWorkbook(t *testing.T) {
	s, ids := tracked(t)
	at := s.year("/tien-do/tep-so-lieu")
	s.as("member").post(s.year("/tien-do/bao-cao"), url.Values{"period": {"H1"}, "amount-" + ids[ownGoal+s.Block.Units[2]]: {"1.500"}}).want(t, 303)
	taken := s.as("standing").get(at + "/mau?ky=Q1&ky=H1")
	taken.wantWorkbook(t)
	names := map[string]bool{}
	for _, unit := range append([]string{""}, s.Block.Units...) {
		names[s.as("standing").get(at+"/mau?ky=H1&don-vi="+unit).header.Get("Content-Disposition")] = true
	}
	if len(names) != 1+len(s.Block.Units) {
		t.Errorf("templates share names: %v", names)
	}
	b := openBook(t, taken.body)
	if got := b.f.GetSheetList(); strings.Join(got, ", ") != "Đến hết quý 1, 6 tháng, Hướng dẫn" {
		t.Fatalf("sheets %v", got)
	}
	rows, err := b.f.GetRows(half, excelize.Options{RawCellValue: true})
	s.Check(err)
	place := map[string]int{}
	for i, r := range rows {
		if len(r) > 2 && r[2] == ownGoal {
			place[r[1]] = i + 1
		}
	}
	put := func(unit string, column string, v any) {
		cell := column + sheetCell(place[unit])
		s.Check(b.f.SetCellValue(half, cell, v))
	}
	put("Sở Số 2", "H", 1100)
	_, page := s.sent("standing", b.file())
	page.want(t, 200, "1 dòng chưa ghi được", "phải ghi nguồn số liệu", "Cột I: ")
	put("Sở Số 2", "I", "Báo cáo 12/BC của Sở Số 2")
	path, page := s.sent("standing", b.file())
	page.want(t, 200, "Sẽ ghi mới 1 số liệu", "giữ nguyên 1")
	s.agree("standing", path, page, nil).wantTo(t, path)
	s.as("member").get(s.year("/tien-do/chi-tieu/"+ids[ownGoal+s.Block.Units[1]])).want(t, 200, "1.100\u00a0tỷ đồng", "Báo cáo 12/BC của Sở Số 2", "Người standing")
	// The unit corrects its figure after the template was taken: the cell that nobody touched is left alone.
	one := s.year("/tien-do/chi-tieu/" + ids[ownGoal+s.Block.Units[2]])
	figure := regexp.MustCompile(`dinh-chinh=([0-9a-f-]+)`).FindStringSubmatch(s.as("member").get(one).body)[1]
	open := s.as("member").get(one + "?dinh-chinh=" + figure)
	open.want(t, 200, `name="amount" value="1.500"`, "<option selected>tỷ đồng</option>")
	fix := url.Values{"figure": {figure}, "version": {hidden(t, open.body, one+"/dinh-chinh", "version")}, "amount": {"1.500"}, "reason": {"Nhầm"}}
	s.as("member").post(one+"/dinh-chinh", fix).want(t, 422, "không có gì để đính chính")
	fix.Set("amount", "1400%")
	s.as("member").post(one+"/dinh-chinh", fix).want(t, 422, "ghi theo phần trăm (1400%) nhưng chỉ tiêu tính bằng tỷ đồng")
	fix.Set("amount", "1.550")
	s.as("member").post(one+"/dinh-chinh", fix).wantTo(t, one)
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "không có gì để ghi", "đã được đính chính thành 1.550\u00a0tỷ đồng")
	put("Sở Số 3", "H", 1600)
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "chỉ đơn vị đó hoặc người đã nhập được đính chính")
	// A row that is wrong shows what there is.
	put("Sở Số 3", "H", "1.2.3,4")
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "không phải là số", `data-label="Đang có">1.550`)
	// A member may not enter for another unit.
	put("Sở Số 3", "H", 1500)
	put("Sở Số 1", "H", 10)
	_, page = s.sent("member", b.file())
	page.want(t, 200, "do đơn vị khác báo cáo")
}

// sheetCell is the number of a row as a reference has it.
func sheetCell(n int) string {
	cell, _ := excelize.CoordinatesToCellName(1, n)
	return strings.TrimPrefix(cell, "A")
}

// Another workbook: its columns are asked, names that are not sure too.
func TestAWorkbookOfOneself(t *testing.T) {
	s, _ := tracked(t)
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{
		{"BÁO CÁO KẾT QUẢ 6 THÁNG"}, {},
		{"TT", "Nội dung", "ĐVT", "Mục tiêu", "Kết quả 6 tháng", "Nguồn"},
		{1, "Tổng kim ngạch xuất, nhập khẩu", "tỷ USD", 93, "45,5", "Cục Hải quan"},
		{2, "Tỷ lệ hộ nghèo còn", "%", 1, 0.0125, ""},
		{3, "Cộng", "", "", "46", ""},
		{4, "Tỷ lệ đô thị hóa", "%", 43, "", ""},
	} {
		s.Check(f.SetSheetRow("Sheet1", "A"+sheetCell(i+1), &row))
	}
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	s.Check(err)
	s.Check(f.SetCellStyle("Sheet1", "E5", "E5", percent))
	path, page := s.sent("leader", book{t, f}.file())
	page.want(t, 200, "không phải mẫu của hệ thống", "E: Kết quả 6 tháng", `value="3"`)
	form := url.Values{"version": {hidden(t, page.body, path+"/cot", "version")}, "sheet": {"0"}, "head": {"3"}, "col-name": {"2"}, "col-measure": {"3"}, "col-source": {"6"}, "period": {"H1"}}
	s.as("leader").post(path+"/cot", form).want(t, 422, "Hãy chọn cột số liệu")
	form.Set("col-figure", "2")
	s.as("leader").post(path+"/cot", form).want(t, 422, "Mỗi cột chỉ chọn một lần")
	form.Set("col-figure", "5")
	s.as("leader").post(path+"/cot", form).wantTo(t, path)
	page = s.as("leader").get(path)
	page.want(t, 200, "2 tên chưa rõ", "Chỉ tiêu “Tỷ lệ hộ nghèo còn”", "Chỉ tiêu “Cộng”", "Bỏ qua các dòng này", "1,25%")
	guess := regexp.MustCompile(`name="ask-0"[\s\S]*?<option value="([0-9a-f-]{36})" selected>`).FindStringSubmatch(page.body)
	if guess == nil {
		t.Fatalf("nothing is guessed\n%s", page.body)
	}
	choice := url.Values{"version": {hidden(t, page.body, path+"/chon", "version")}, "ask-0": {guess[1]}, "ask-1": {"-"}}
	s.as("leader").post(path+"/chon", choice).wantTo(t, path)
	page = s.as("leader").get(path)
	page.want(t, 200, "Sẽ ghi mới 2 số liệu", "2 dòng để trống được bỏ qua", "45,5\u00a0tỷ USD")
	s.agree("leader", path, page, nil).wantTo(t, path)
	s.as("leader").get(s.year("/tien-do?ky=H1")).want(t, 200, "45,5\u00a0tỷ USD", "1,25%")
}

// A table with a column for each target, units as people call them, one source.
func TestAWideWorkbook(t *testing.T) {
	s, _ := tracked(t)
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{
		{"STT", "Tên địa phương", ownGoal + " (tỷ đồng)", "Người lập"},
		{1, "Số 1", 500, "An"}, {2, "Sở Số 2", "1.000", "Bình"}, {3, "UBND Sở Số 3", "", "Chi"}, {"", "", "", ""}, {"", "Cộng", 1500, ""},
	} {
		s.Check(f.SetSheetRow("Sheet1", "A"+sheetCell(i+1), &row))
	}
	path, page := s.sent("standing", book{t, f}.file())
	page.want(t, 200, "B: Tên địa phương", `name="wide" value="1" checked`, "Nguồn chung cho mọi dòng")
	form := url.Values{"version": {hidden(t, page.body, path+"/cot", "version")}, "sheet": {"0"}, "head": {"1"}, "wide": {"1"}, "period": {"H1"}}
	s.as("standing").post(path+"/cot", form).want(t, 422, "Hãy chọn cột tên đơn vị")
	form.Set("col-unit", "2")
	form.Set("common", strings.Repeat("dài ", 200))
	s.as("standing").post(path+"/cot", form).want(t, 422, "Nguồn số liệu dài quá 500 ký tự")
	form.Set("common", "Báo cáo tổng hợp 12/BC-SNV")
	s.as("standing").post(path+"/cot", form).wantTo(t, path)
	page = s.as("standing").get(path)
	page.want(t, 200, "1 tên chưa rõ", "Đơn vị “Cộng”")
	s.as("standing").post(path+"/chon", url.Values{"version": {hidden(t, page.body, path+"/chon", "version")}, "ask-0": {"-"}}).wantTo(t, path)
	page = s.as("standing").get(path)
	page.want(t, 200, "Sẽ ghi mới 2 số liệu", "500\u00a0tỷ đồng", "1.000\u00a0tỷ đồng")
	s.agree("standing", path, page, nil).wantTo(t, path)
	s.as("member").get(s.year("/tien-do?ky=H1")).want(t, 200, "Trung vị")
}

// Wrong workbooks are told in sentences, all rows at once.
func TestWrongWorkbooks(t *testing.T) {
	s, _ := tracked(t)
	at := s.year("/tien-do/tep-so-lieu")
	own := at + "/mau?don-vi=" + s.Block.Units[0] + "&ky=H1"
	_, page := s.sent("leader", map[string]string{"a.xlsx": "không phải Excel"})
	page.want(t, 200, "không phải là tệp Excel", "Tải tệp khác")
	body := s.as("leader").get(own).body
	b := openBook(t, body)
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "cột “Số liệu” còn trống")
	b.put(half, "Tổng kim ngạch", "Số liệu", "1.2.3,4")
	b.put(half, ownGoal, "Số liệu", "#REF!")
	b.put(half, "Tỷ lệ hộ nghèo", "Ghi chú", strings.Repeat("dài ", 6000))
	b.put(half, "Tỷ lệ hộ nghèo", "Số liệu", 1.2)
	s.Check(b.f.SetCellFormula(half, b.at(half, "Tỷ lệ đô thị hóa", "Số liệu"), "40+2"))
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "4 dòng chưa ghi được", "“1.2.3,4” không phải là số", "“#REF!” không phải là số", "công thức chưa có kết quả", "Ghi chú dài quá 2.000 ký tự", "Cột G: ")

	// A code that does not fit its row, a row twice, a row of another unit, no code column.
	b = openBook(t, body)
	b.put(half, "Tổng kim ngạch", "Số liệu", 40000)
	b.put(half, ownGoal, "Số liệu", 500)
	s.Check(b.f.SetCellValue(half, "A"+b.at(half, ownGoal, "Số liệu")[1:], b.get(half, "Tổng kim ngạch", "Mã (không sửa)")))
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "Mã ẩn của dòng này là chỉ tiêu", "đã có ở trang “6 tháng”, dòng ")
	b = openBook(t, body)
	b.put(half, ownGoal, "Số liệu", 500)
	s.Check(b.f.UnprotectSheet(half))
	for row := range 60 {
		s.Check(b.f.SetCellValue(half, "A"+sheetCell(row+1), nil))
	}
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "đã mất cột mã", "Cột nào là gì")
	b = openBook(t, body)
	for _, name := range []string{"Tổng kim ngạch", ownGoal, "Tỷ lệ hộ nghèo", "Tỷ lệ đô thị hóa"} {
		s.Check(b.f.SetCellValue(half, b.at(half, name, "Mã (không sửa)"), "H1.00000000-0000-0000-0000-000000000000"))
	}
	b.put(half, ownGoal, "Số liệu", 500)
	_, page = s.sent("leader", b.file())
	page.want(t, 200, "không thuộc giao ước nào của năm này")
}

// The template opens cleanly in LibreOffice.
func TestTemplateInLibreOffice(t *testing.T) {
	s, _ := tracked(t)
	body := s.as("standing").get(s.year("/tien-do/tep-so-lieu/mau?ky=H1")).body
	file := filepath.Join(t.TempDir(), "mau.xlsx")
	s.Check(os.WriteFile(file, []byte(body), 0o600))
	pdf := testkit.Convert(t, file, "pdf")
	text := testkit.PDFText(t, pdf)
	for _, want := range []string{"Số liệu 6 tháng năm 2023", "Lý do đính chính", "Hướng dẫn"} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "H1.") {
		t.Error("the code column is printed")
	}
	testkit.PDFPages(t, pdf, "mau-so-lieu")
}

func TestWorkbookPagesAreAccessible(t *testing.T) {
	s, _ := tracked(t)
	at := s.year("/tien-do/tep-so-lieu")
	b := openBook(t, s.as("leader").get(at+"/mau?don-vi="+s.Block.Units[0]+"&ky=H1").body)
	b.put(half, "Tổng kim ngạch", "Số liệu", "1.2.3,4")
	b.put(half, ownGoal, "Số liệu", 500)
	wrong, _ := s.sent("leader", b.file())
	b.put(half, "Tổng kim ngạch", "Số liệu", 46000000)
	ready, _ := s.sent("leader", b.file())
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"}, {1, "Tỷ lệ hộ nghèo còn", "%", 1}, {2, "Cộng", "", 3}} {
		s.Check(f.SetSheetRow("Sheet1", "A"+sheetCell(i+1), &row))
	}
	asking, _ := s.sent("leader", book{t, f}.file())
	asked, page := s.sent("leader", book{t, f}.file())
	s.as("leader").post(asked+"/cot", url.Values{"version": {hidden(t, page.body, asked+"/cot", "version")}, "sheet": {"0"}, "head": {"1"}, "col-name": {"2"}, "col-figure": {"4"}, "period": {"H1"}}).want(t, 303)
	lost, _ := s.sent("leader", book{t, f}.file())
	s.Exec(`UPDATE workbook SET state = 'writing', beat = 0 WHERE id = $1`, lost[strings.LastIndex(lost, "/")+1:])
	running, _ := s.sent("leader", book{t, f}.file())
	s.Exec(`UPDATE workbook SET state = 'checking', beat = $1 WHERE id = $2`, int64(1)<<60, running[strings.LastIndex(running, "/")+1:])
	p := openTab(t, s.site)
	p.signIn("leader")
	for name, path := range map[string]string{"tep-so-lieu": at, "tep-sai": wrong, "tep-xem-truoc": ready, "tep-chon-cot": asking, "tep-ten": asked, "tep-ngat": lost, "tep-dang-xu-ly": running} {
		p.open(path)
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
	s.as("leader").get(lost).want(t, 200, "bị ngắt giữa chừng", "Chưa ghi số liệu nào")
}
