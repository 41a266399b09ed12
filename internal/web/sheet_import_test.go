package web

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// excelFile makes a workbook of rows, cell by cell, with merged areas.
func excelFile(t *testing.T, tab string, rows [][]any, merged ...string) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Bìa"))
	must(f.SetCellStr("Bìa", "A1", "HỒ SƠ THI ĐUA"))
	_, err := f.NewSheet(tab)
	must(err)
	for i, row := range rows {
		for j, v := range row {
			if v == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			must(err)
			must(f.SetCellValue(tab, cell, v))
		}
	}
	for _, area := range merged {
		from, to, _ := strings.Cut(area, ":")
		must(f.MergeCell(tab, from, to))
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.String()
}

// officersTable is a table as a cluster has it: titles, a head of two rows with
// merged cells, Roman and Arabic numbers, a sum that is wrong, signatures.
func officersTable(t *testing.T, first string) string {
	return excelFile(t, "Bảng điểm 2023", [][]any{
		{"UBND TỈNH X", nil, nil, nil, nil},
		{"BẢNG CHẤM ĐIỂM THI ĐUA CỦA KHỐI THI ĐUA CÁC SỞ QUẢN LÝ TỔNG HỢP NĂM 2023"},
		{},
		{"TT", "Nội dung thi đua", "Điểm", nil, "Hướng dẫn chấm"},
		{nil, nil, "Tối đa", "Tự chấm", nil},
		{"I", "THỰC HIỆN NHIỆM VỤ CHUYÊN MÔN", 60},
		{1, "Hoàn thành các chỉ tiêu đã ký", first, nil, "Tỷ lệ * điểm chuẩn"},
		{2, "Cải cách hành chính", "20 điểm", nil, "Chấm theo chỉ số của tỉnh."},
		{nil, nil, nil, nil, "Chưa có chỉ số thì lấy năm trước."},
		{"II", "XÂY DỰNG ĐẢNG, ĐOÀN THỂ", 40},
		{1.1, "Tổ chức đảng hoàn thành tốt", 25},
		{1.2, "Tham gia hoạt động xã hội", "tối đa 15"},
		{"Tổng cộng", nil, 100},
		{"III", "ĐIỂM THƯỞNG", 5},
		{1, "Sáng kiến được công nhận", "5", nil, "Mỗi sáng kiến được cộng 1 điểm"},
		{"IV", "ĐIỂM TRỪ"},
		{1, "Báo cáo chậm", nil, nil, "Mỗi lần trừ 0,5 điểm"},
		{},
		{nil, nil, "Bắc Ninh, ngày 01 tháng 3 năm 2023"},
		{nil, "NGƯỜI LẬP", "TRƯỞNG KHỐI"},
	}, "A1:B1", "A2:E2", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "A13:B13")
}

var packedValue = regexp.MustCompile(`name="(packed|version|was-sheet|was-head)" value="([^"]*)"`)

// carried are the fields that a preview carries to the next step.
func (r reply) carried(t *testing.T, more url.Values) map[string]string {
	t.Helper()
	out := map[string]string{"asked": "1", "file-name": "Bảng điểm.xlsx"}
	for _, m := range packedValue.FindAllStringSubmatch(r.body, -1) {
		out[m[1]] = html.UnescapeString(m[2])
	}
	out["sheet"], out["head"] = out["was-sheet"], out["was-head"]
	for _, m := range regexp.MustCompile(`(?s)<select id="im-\w+" name="(col-\w+|into)">(.*?)</select>`).FindAllStringSubmatch(r.body, -1) {
		if chosen := regexp.MustCompile(`<option value="([^"]*)" selected`).FindStringSubmatch(m[2]); chosen != nil {
			out[m[1]] = chosen[1]
		}
	}
	for name, v := range more {
		out[name] = v[0]
	}
	if out["packed"] == "" {
		t.Fatalf("no cells in the page:\n%.1500s", r.body)
	}
	return out
}

func TestATableFromExcelBecomesASheet(t *testing.T) {
	s := newScoreSite(t)
	path := sheetImportPath(s.Year.ID)
	leader := s.as("leader")
	leader.get(sheetsPath(s.Year.ID)).want(t, 200, "Nhập từ Excel")
	leader.get(path).want(t, 200, "Tệp Excel (.xlsx)")
	s.as("member").get(path).want(t, 403)
	s.as("stranger").get(path).want(t, 404)
	file := map[string]string{"Bảng điểm.xlsx": officersTable(t, "40")}
	s.as("member").upload(t, path, nil, file).want(t, 403)

	page := leader.upload(t, path, nil, file)
	page.want(t, 200, "I.1</span> Hoàn thành các chỉ tiêu đã ký", "II.1.2</span> Tham gia hoạt động xã hội", "III.1</span> Sáng kiến được công nhận",
		"Tổng điểm tối đa 100", "Từ dòng 19 trở đi là ghi chú, chữ ký", "Phần chính: 4 tiêu chí; Điểm thưởng: 1 tiêu chí; Điểm trừ: 1 tiêu chí",
		"Mỗi lần 0,5 điểm.", "Chưa có chỉ số thì lấy năm trước.", "Bảng điểm 2023")
	if n, err := db.Count(context.Background(), s.d, `SELECT COUNT(*) FROM sheet_version`); err != nil || n != 1 {
		t.Fatalf("a preview wrote: %d versions, %v", n, err)
	}

	// As a new sheet, with one of the suggestions taken.
	fields := page.carried(t, url.Values{"into": {""}, "name": {"Bảng từ Excel"}, "suggest": {"III.1"}})
	s.as("member").upload(t, path+"/ghi", fields, nil).want(t, 403)
	delete(fields, "name")
	leader.upload(t, path+"/ghi", fields, nil).want(t, 422, "Chưa nhập tên bảng chấm điểm", "III.1</span>")
	fields["name"] = "Bảng từ Excel"
	got := leader.upload(t, path+"/ghi", fields, nil)
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, sheetsPath(s.Year.ID)+"?ban=") {
		t.Fatalf("%d %s\n%.2000s", got.status, got.location, got.body)
	}
	leader.get(got.location).want(t, 200, "Bảng từ Excel", "bảng có thể đưa ra thông qua", "Mỗi lần 1 điểm.", "Tỷ lệ * điểm chuẩn", "Từ tệp Bảng điểm.xlsx, trang Bảng điểm 2023")
	id := strings.TrimPrefix(got.location, sheetsPath(s.Year.ID)+"?ban=")

	// A rule is set; the table comes again with other points.
	edit := sheetEditPath(s.Year.ID, id)
	leader.get(edit+"?tieu-chi=I.1").want(t, 200, "Tỷ lệ * điểm chuẩn")
	leader.post(edit, url.Values{"version": {"1"}, "old": {"I.1"}, "id": {"I.1"}, "name": {"Hoàn thành các chỉ tiêu đã ký"}, "max": {"40"}, "rule": {"ratio"}, "guide": {"Theo báo cáo."}, "do": {"luu"}}).wantTo(t, edit+"?tieu-chi=I.1")
	page = leader.upload(t, path, nil, map[string]string{"Bảng điểm.xlsx": officersTable(t, "45")})
	page.want(t, 200, "1 chỗ phải sửa trước khi thông qua", "Dòng 6</a>", "điểm tối đa 60 không bằng tổng 65 của 2 tiêu chí con", "So với Bảng từ Excel, bản 1", "Điểm tối đa từ 40 thành 45.", "Đổi hướng dẫn chấm.")
	if strings.Contains(page.body, "Đổi cách chấm.") {
		t.Error("the rule that was set would be lost")
	}
	fields = page.carried(t, url.Values{"inherit": {"1"}})
	stale := map[string]string{}
	for k, v := range fields {
		stale[k] = v
	}
	stale["version"] = "1"
	leader.upload(t, path+"/ghi", stale, nil).want(t, 409, "vừa được người khác sửa", "So với Bảng từ Excel, bản 1")
	leader.upload(t, path+"/ghi", fields, nil).wantTo(t, sheetsPath(s.Year.ID)+"?ban="+id)
	leader.get(sheetsPath(s.Year.ID)+"?ban="+id).want(t, 200, "Còn 1 chỗ phải sửa trước khi thông qua", "45 điểm × kết quả ÷ chỉ tiêu", "Tỷ lệ * điểm chuẩn")

	// Another row of heads, other columns: read again as the person says.
	fields["was-sheet"] = "0"
	fields["sheet"] = "0"
	fields["head"] = "6"
	leader.upload(t, path, fields, nil).want(t, 200, "Chưa rõ cột nội dung hoặc cột điểm tối đa")
	leader.upload(t, path+"/ghi", fields, nil).want(t, 422, "Chưa đọc được bảng chấm điểm từ các cột đã chọn")
	fields["packed"] = "không phải"
	leader.upload(t, path+"/ghi", fields, nil).want(t, 422, "Hãy tải tệp lên lại")
	leader.upload(t, path, nil, nil).want(t, 422, "Chưa chọn tệp Excel")
	leader.upload(t, path, nil, map[string]string{"cũ.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}).want(t, 422, "kiểu cũ (.xls)")
	leader.upload(t, path, nil, map[string]string{"x.xlsx": "không phải tệp zip"}).want(t, 422, "không phải là tệp Excel")
	english := s.as("leader")
	english.cookies[langCookie] = "en"
	english.upload(t, path, nil, file).want(t, 200, "Maximum", "Suggestion")
}

// The words of the regulation stand where one scores.
func TestGuidanceStandsWhereOneScores(t *testing.T) {
	s := newScoreSite(t)
	edit := sheetEditPath(s.Year.ID, s.sheet.ID)
	s.as("leader").post(edit, url.Values{"version": {"1"}, "old": {"II.3"}, "id": {"II.3"}, "name": {"Tham gia các cuộc vận động"}, "max": {"10"}, "rule": {"direct"}, "guide": {"Căn cứ báo cáo\ncủa đoàn thể."}, "do": {"luu"}}).wantTo(t, edit+"?tieu-chi=II.3")
	s.adopt()
	member := s.as("member")
	member.get(s.path(2)).want(t, 200, "Hướng dẫn chấm", "Căn cứ báo cáo\ncủa đoàn thể.")
	member.get(s.path(2)+"/vi-sao/II.3?vong=self").want(t, 200, "Căn cứ báo cáo\ncủa đoàn thể.")
	if strings.Contains(member.get(s.path(2)+"/vi-sao/II.2?vong=self").body, "Hướng dẫn chấm") {
		t.Error("guidance where there is none")
	}
}

// What is exported comes back as it was, through a real workbook: grades, ties by
// figures, required evidence and all.
func TestAnExportedSheetComesBack(t *testing.T) {
	s := newScoreSite(t)
	leader := s.as("leader")
	for _, lang := range []string{"vi", "en"} {
		leader.cookies[langCookie] = lang
		file := leader.get(sheetsPath(s.Year.ID) + "/bang.xlsx?ban=" + s.sheet.ID)
		file.want(t, 200)
		page := leader.upload(t, sheetImportPath(s.Year.ID), nil, map[string]string{"bảng.xlsx": file.body})
		said := "Hai bản giống nhau."
		if lang == "en" {
			said = "The two versions are the same."
		}
		page.want(t, 200, said)
		if strings.Contains(page.body, "found-list") {
			t.Error("something is found in our own workbook")
		}
		got := leader.upload(t, sheetImportPath(s.Year.ID)+"/ghi", page.carried(t, url.Values{"into": {""}, "name": {"Chép qua Excel " + lang}}), nil)
		id := strings.TrimPrefix(got.location, sheetsPath(s.Year.ID)+"?ban=")
		made, _, err := s.Criteria.See(context.Background(), s.Block.Leader(), criteria.Place{Year: s.Year.ID}, id)
		s.Check(err)
		if made.Hash != s.sheet.Hash {
			t.Errorf("%s:\n%s\nwas\n%s", lang, made.Body, s.sheet.Body)
		}
	}
	leader.cookies[langCookie] = "vi"
	models, err := criteria.Library()
	s.Check(err)
	at := criteria.Place{Year: s.Year.ID}
	for _, m := range models {
		made, err := s.Criteria.Create(context.Background(), s.Block.Leader(), criteria.NewSheet{At: at, Name: m.Name, Body: m.Body, Guide: m.Guide})
		s.Check(err)
		file := leader.get(sheetsPath(s.Year.ID) + "/bang.xlsx?ban=" + made.ID)
		page := leader.upload(t, sheetImportPath(s.Year.ID), nil, map[string]string{"bảng.xlsx": file.body})
		if page.want(t, 200, "Hai bản giống nhau."); strings.Contains(page.body, "found-list") {
			t.Errorf("%s: something is found in our own workbook", m.Key)
		}
		fields := page.carried(t, url.Values{"into": {""}, "name": {m.Name}})
		got := leader.upload(t, sheetImportPath(s.Year.ID)+"/ghi", fields, nil)
		back, _, err := s.Criteria.See(context.Background(), s.Block.Leader(), at, strings.TrimPrefix(got.location, sheetsPath(s.Year.ID)+"?ban="))
		s.Check(err)
		if back.Hash != made.Hash {
			t.Errorf("%s:\n%s\nwas\n%s", m.Key, back.Body, made.Body)
		}
	}
}

func TestLibraryAndComparisonPages(t *testing.T) {
	s := newScoreSite(t)
	leader := s.as("leader")
	lib := libraryPath(s.Year.ID)
	leader.get(lib).want(t, 200, "Kế hoạch 157/KH-UBND", "Bảng chấm điểm 2023", "chưa đưa bảng nào")
	leader.get(lib+"/mau:can-tho-157-2025").want(t, 200, "Lấy làm bảng của năm", "từ 88 đến dưới 90", "Khảo sát ngẫu nhiên 50 người", "bảng có thể đưa ra thông qua")
	s.as("member").get(lib+"/mau:can-tho-157-2025").want(t, 200)
	leader.get(lib+"/mau:can-tho-2579-2025").want(t, 200, "từ 95 điểm; không tiêu chí nào 0 điểm", "các trường hợp còn lại", "bị cảnh cáo: cao nhất Hoàn thành.")
	english := s.as("member")
	english.cookies[langCookie] = "en"
	english.get(lib+"/mau:hai-phong-212-2025-chuyen-mon").want(t, 200, "from 90.01 points", "whatever is left", "appendix 03")
	s.as("stranger").get(lib).want(t, 404)
	leader.get(lib+"/mau:khong-co").want(t, 404)
	leader.get(sheetsPath(s.Year.ID)+"/moi?tu=mau:can-tho-157-2025").want(t, 200, `value="mau:can-tho-157-2025" selected`)
	made := leader.post(sheetsPath(s.Year.ID)+"/moi", url.Values{"name": {"Theo kế hoạch 157"}, "from": {"mau:can-tho-157-2025"}})
	if made.status != http.StatusSeeOther {
		t.Fatalf("%d\n%.800s", made.status, made.body)
	}
	id := strings.TrimSuffix(strings.TrimPrefix(made.location, sheetsPath(s.Year.ID)+"/"), "/sua")
	leader.get(sheetsPath(s.Year.ID)+"?ban="+id).want(t, 200, "Kế hoạch 157/KH-UBND", "Khảo sát ngẫu nhiên")

	// The organiser's shelf.
	standing := s.as("standing")
	standing.get(sheetsPath(s.Year.ID)+"?ban="+id).want(t, 200, "Đưa vào thư viện dùng chung")
	if strings.Contains(leader.get(sheetsPath(s.Year.ID)+"?ban="+id).body, "Đưa vào thư viện dùng chung") {
		t.Error("a leader is offered the organiser's library")
	}
	leader.post(lib, url.Values{"version": {id}}).want(t, 403)
	standing.post(lib, url.Values{"version": {id}, "note": {"dùng chung năm 2023"}}).wantTo(t, lib)
	page := leader.get(lib)
	page.want(t, 200, "Theo kế hoạch 157, bản 1", "dùng chung năm 2023")
	shelf := regexp.MustCompile(`thu-vien-bang-diem/([0-9a-f-]{36})"`).FindStringSubmatch(page.body)[1]
	leader.get(lib+"/"+shelf).want(t, 200, "Lấy làm bảng của năm", "Khảo sát ngẫu nhiên")

	// Versions side by side: the one before, and any two.
	edit := sheetEditPath(s.Year.ID, s.sheet.ID)
	leader.post(edit, url.Values{"version": {"1"}, "do": {"ban-moi"}})
	list, err := s.Criteria.List(context.Background(), s.Block.Leader(), criteria.Place{Year: s.Year.ID})
	s.Check(err)
	next := ""
	for _, l := range list {
		if l.SheetID == s.sheet.SheetID && l.Number == 2 {
			next = l.ID
		}
	}
	leader.post(sheetEditPath(s.Year.ID, next), url.Values{"version": {"1"}, "old": {"III.3"}, "do": {"xoa"}})
	leader.get(sheetsPath(s.Year.ID)+"?ban="+next).want(t, 200, "So với bản trước", "bỏ 1", "giữ nguyên")
	compare := sheetComparePath(s.Year.ID, s.sheet.ID, next)
	s.as("member").get(compare).want(t, 200, "<del>Báo cáo gửi đúng hạn")
	s.as("stranger").get(compare).want(t, 404)
	leader.get(sheetsPath(s.Year.ID)+"/so-sanh").want(t, 200, "So sánh bảng chấm điểm")
	leader.get(sheetComparePath(s.Year.ID, s.sheet.ID, s.sheet.ID)).want(t, 200, "Hai bản giống nhau")
}

// What the page carries comes back as untrusted as an upload.
func TestPackedCellsHaveLimits(t *testing.T) {
	squeezed := func(body []byte) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return base64.RawStdEncoding.EncodeToString(b.Bytes())
	}
	sheets := []table.Sheet{{Name: "Trang", Rows: [][]table.Cell{{{Text: "TT"}, {Text: "1,5", Kind: table.Number, Below: true}}}}}
	text, err := pack(sheets)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := unpack(text); err != nil || !reflect.DeepEqual(back, sheets) {
		t.Fatalf("%+v %v", back, err)
	}
	many, err := json.Marshal([]table.Sheet{{Rows: make([][]table.Cell, sheetLimits.Rows+1)}})
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"nothing": "", "no base64": "§", "no gzip": "aaaa", "no sheets": squeezed([]byte("[]")), "no JSON": squeezed([]byte("{")),
		"a bomb":        squeezed(bytes.Repeat([]byte(" "), unpackedLimit+1)),
		"too many rows": squeezed(many), "too long": strings.Repeat("a", packedLimit+1),
	} {
		if _, err := unpack(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// A workbook that is far larger than a table is not carried through pages.
	big := make([][]table.Cell, 3000)
	for i := range big {
		var noise strings.Builder
		for range 80 {
			noise.WriteString(rand.Text())
		}
		big[i] = []table.Cell{{Text: noise.String()}}
	}
	if _, err := pack([]table.Sheet{{Rows: big}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

// A workbook with macros is refused, whatever it is called.
func TestMacrosAreRefused(t *testing.T) {
	s := newScoreSite(t)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	old, err := zip.NewReader(strings.NewReader(officersTable(t, "40")), int64(len(officersTable(t, "40"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Create("xl/vbaProject.bin"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s.as("leader").upload(t, sheetImportPath(s.Year.ID), nil, map[string]string{"bảng.xlsx": b.String()}).want(t, 422, "có macro")
}
