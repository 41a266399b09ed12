package web

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

// scoreSite is a site over a block of four that scores by the starter sheet:
// accounts leader, deputy, member and peer for the units in order.
type scoreSite struct {
	*site
	*house.Block
	scores *assessment.Service
	sheet  criteria.SheetVersion
	logins []string
}

func newScoreSite(t *testing.T) *scoreSite {
	t.Helper()
	ctx := context.Background()
	d := store.SQLite(t)
	b := house.New(t, d).Block(4)
	s := &scoreSite{Block: b, site: &site{t: t, d: d, clock: b.Clock, log: &bytes.Buffer{}, ids: map[string]string{}}, logins: []string{"leader", "deputy", "member", "peer"}}
	for _, g := range b.Years.Unguarded() {
		b.Years.Guard(g, func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
	}
	s.account = account.New(d, b.Book, b.Gate, b.Clock)
	person := func(login string, role access.Role, unit string) {
		_, err := s.account.CreateWith(ctx, access.Program, account.NewAccount{Login: login, Name: "Người " + login, First: account.NewAssignment{Role: role, UnitID: unit, From: "2023-01-01"}}, testPassword)
		b.Check(err)
	}
	for i, login := range s.logins {
		person(login, access.Officer, b.Units[i].ID)
	}
	person("standing", access.Standing, b.Organiser.ID)
	person("administrator", access.Administrator, "")
	person("stranger", access.Officer, b.Unit("Sở Xa").ID)
	blobs, err := blob.Open(t.TempDir())
	b.Check(err)
	t.Cleanup(func() { blobs.Close() })
	files := evidence.New(d, b.Book, b.Gate, b.Years, blobs, b.Clock)
	sheets := criteria.New(d, b.Book, b.Gate, b.Years, b.Clock)
	s.scores = assessment.New(d, b.Book, b.Gate, b.Years, files, b.Clock)
	b.Put(cluster.Drafting)
	s.sheet, err = sheets.Create(ctx, b.Leader(), criteria.NewSheet{At: criteria.Place{Year: b.Year.ID}, Name: "Bảng chấm điểm 2023"})
	b.Check(err)
	s.Server, err = New(Deps{
		DB: d, Clock: b.Clock, Gate: b.Gate, Account: s.account, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Years: b.Years, Org: b.Org,
		Task: task.New(d, b.Book, b.Gate, b.Years, b.Clock), Criteria: sheets, Evidence: files, Assessment: s.scores,
	})
	b.Check(err)
	return s
}

// adopt locks the sheet and opens the self-scoring.
func (s *scoreSite) adopt() {
	s.Block.T.Helper()
	ctx := context.Background()
	s.Check(s.d.InTx(ctx, func(tx *db.Tx) error { return s.Years.UseSheet(ctx, tx, access.Program, s.Year.ID, s.sheet.ID) }))
	s.Put(cluster.Executing)
}

func (s *scoreSite) path(unit int) string { return gridPath(s.Year.ID, s.Units[unit].ID) }

// cell is the form of one cell, as the script sends it.
func cellForm(k assessment.Kind, criterion, version, base string, kv ...string) url.Values {
	f := url.Values{"vong": {string(k)}, versionName(criterion): {version}, baseName(criterion): {base}}
	for i := 0; i < len(kv); i += 2 {
		name := fieldName(criterion, kv[i])
		if kv[i] == "reason" {
			name = reasonName(criterion)
		}
		f.Set(name, kv[i+1])
	}
	return f
}

func (b *browser) json(t *testing.T, path string, form url.Values) (int, sheetState) {
	t.Helper()
	b.header.Set("Accept", "application/json")
	defer b.header.Del("Accept")
	r := b.post(path, form)
	var st sheetState
	if err := json.Unmarshal([]byte(r.body), &st); err != nil {
		t.Fatalf("%d: %v\n%.500s", r.status, err, r.body)
	}
	return r.status, st
}

// sendFiles sends files as a form's file field does.
func (b *browser) upload(t *testing.T, path string, fields map[string]string, files map[string]string) reply {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.send(http.MethodPost, path, w.FormDataContentType(), &body)
}

const proof = "%PDF-1.7\nbáo cáo\n%%EOF\n"

// fill enters a unit's whole self-score and hands it in, through the pages.
func (s *scoreSite) fill(t *testing.T, unit int, done string) {
	t.Helper()
	b := s.as(s.logins[unit])
	f := url.Values{"vong": {"self"}}
	for id, kv := range map[string][]string{
		"I.1": {"target", "20", "actual", done}, "I.2": {"target", "1.250", "actual", "1.105"}, "I.3": {"actual", "99,1"}, "I.4": {"actual", "86"},
		"II.1": {"passed", "true"}, "II.2": {"passed", "true"}, "II.3": {"points", "9"}, "III.1": {"points", "5"}, "III.2": {"points", "4,5"}, "III.3": {"target", "4", "actual", "4"},
	} {
		for name, v := range cellForm(assessment.Self, id, "0", "", kv...) {
			f[name] = v
		}
	}
	b.post(s.path(unit), f).wantTo(t, s.path(unit)+"?vong=self")
	for _, id := range []string{"I.1", "I.2", "I.3", "II.1"} {
		r := b.upload(t, s.path(unit)+"/vi-sao/"+id+"/minh-chung", map[string]string{"vong": "self"}, map[string]string{"Báo cáo " + id + ".pdf": proof + id + s.Units[unit].ID})
		r.wantTo(t, s.path(unit)+"/vi-sao/"+id+"?vong=self")
	}
	b.post(s.path(unit)+"/nop", url.Values{"vong": {"self"}}).wantTo(t, s.path(unit)+"?vong=self")
}

func TestScorePagesByRole(t *testing.T) {
	s := newScoreSite(t)
	tab := "/nam/" + s.Year.ID + "/cham-diem"
	s.as("member").get(tab).want(t, 200, "Chưa có bảng chấm điểm")
	s.adopt()
	for _, c := range []struct {
		login  string
		status int
		says   string
	}{
		{"leader", 200, "đơn vị tôi"}, {"member", 200, "đơn vị tôi"}, {"standing", 200, "Phân công kiểm tra"}, {"stranger", 404, ""}, {"administrator", 200, "Điểm chỉ hiện cho thành viên"},
	} {
		t.Run(c.login, func(t *testing.T) {
			b := s.as(c.login)
			b.get(tab).want(t, c.status, c.says)
			grid := c.status
			if c.login == "administrator" {
				grid = 404
			}
			if c.login == "member" { // has handed nothing in
				b.get(s.path(3)).want(t, 403, "sau khi đơn vị bạn nộp bảng tự chấm")
			}
			for _, page := range []string{s.path(2), s.path(2) + "?vong=agreed", s.path(2) + "/vi-sao/I.1?vong=check", s.path(2) + "/vi-sao/tong", s.path(2) + "/bang.xlsx", tab + "/phan-cong"} {
				b.get(page).want(t, grid)
			}
		})
	}
	if got := s.visitor().get(s.path(2)); got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/dang-nhap") {
		t.Fatalf("a visitor gets %d to %q", got.status, got.location)
	}
	own := s.as("member").get(s.path(2))
	own.want(t, 200, `data-grid`, `name="I.1|target"`, "Nộp bảng tự chấm")
	if peer := s.as("peer").get(s.path(2)); strings.Contains(peer.body, "data-grid") || strings.Contains(peer.body, `name="I.1|target"`) || strings.Contains(peer.body, "Nộp bảng tự chấm<") {
		t.Error("another unit is offered to fill the sheet in")
	}
	s.as("peer").post(s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "5")).want(t, 403)
	s.as("stranger").post(s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "5")).want(t, 404)
	s.as("member").get(s.path(2)+"/vi-sao/khong-co").want(t, 404)
	s.as("member").get(gridPath(s.Year.ID, s.Organiser.ID)).want(t, 404)
}

func TestACellIsSavedAndExplained(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	b := s.as("member")
	status, st := b.json(t, s.path(2), cellForm(assessment.Self, "I.2", "0", "", "target", "1.250", "actual", "1.105"))
	row := st.Rows["I.2"]
	if status != 200 || row.Points[0].Text != "13,26" || row.Version != 1 || row.Base != "1.250 ¦ 1.105 ¦" || row.Values["I.2|actual"] != "1.105" || !row.Lacking || row.Missing || st.Counts["xong"] != 4 {
		t.Fatalf("%d %+v %v", status, row, st.Counts)
	}
	if st.Rows["I"].Points[0].Text != "13,26" || st.Totals[0].Text != "13,26" {
		t.Fatalf("%+v", st.Rows["I"])
	}
	// Nothing changed: nothing is written.
	if _, st = b.json(t, s.path(2), cellForm(assessment.Self, "I.2", "1", row.Base, "target", "1.250", "actual", "1.105")); st.Rows["I.2"].Version != 1 {
		t.Fatalf("%+v", st.Rows["I.2"])
	}
	b.get(s.path(2)+"/vi-sao/I.2?vong=self").want(t, 200, "Vì sao 13,26 điểm?", "15 × 1.105/1.250 = 13,26", "Người member", "Đính kèm tệp")
	b.get(s.path(2)+"/vi-sao/tong?vong=self").want(t, 200, "13,26")
	english := s.as("member")
	english.cookies[langCookie] = "en"
	english.get(s.path(2)+"/vi-sao/I.2?vong=self").want(t, 200, "15 × 1,105/1,250 = 13.26", "Why 13.26 points?")
	english.get(s.path(2)).want(t, 200, `value="1,250"`, "Hand in the self-score")
}

func TestWrongValuesAreToldAtTheirCell(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	b := s.as("member")
	for name, c := range map[string]struct {
		form  url.Values
		field string
		says  string
	}{
		"above the maximum": {cellForm(assessment.Self, "II.3", "0", "", "points", "10,5"), "II.3/points", "nằm ngoài khoảng từ 0 đến 10"},
		"words":             {cellForm(assessment.Self, "I.4", "0", "", "actual", "tám mươi"), "I.4/actual", "không phải là số"},
		"no target":         {cellForm(assessment.Self, "I.1", "0", "", "target", "0", "actual", "3"), "I.1/target", "phải lớn hơn 0"},
	} {
		t.Run(name, func(t *testing.T) {
			b.header.Set("Accept", "application/json")
			r := b.post(s.path(2), c.form)
			b.header.Del("Accept")
			r.want(t, 422, `"field":"`+c.field+`"`, c.says)
			// Without script: the same page, the value kept, the cell marked.
			c.form.Set(versionName("III.1"), "0")
			c.form.Set(fieldName("III.1", "points"), "4")
			page := b.post(s.path(2), c.form)
			page.want(t, 422, c.says, `aria-invalid="true"`, `name="III.1|points" value="4"`)
		})
	}
	if n, err := db.Count(context.Background(), s.d, `SELECT COUNT(*) FROM score`); err != nil || n != 0 {
		t.Fatalf("%d rows of refused forms, %v", n, err)
	}
}

func TestTwoPeopleAtOneCellOfThePage(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	b := s.as("member")
	b.json(t, s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "7"))
	// A script hears what stands there now, and can decide.
	status, st := b.json(t, s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "8"))
	if status != 409 || st.Code != "stale" || st.Criterion != "II.3" || !strings.Contains(st.Theirs, "7") || st.Rows["II.3"].Version != 1 {
		t.Fatalf("%d %+v", status, st)
	}
	// A person gets the page with both.
	page := b.post(s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "8"))
	page.want(t, 409, "vừa được người khác sửa thành: 7", `name="II.3|points" value="8"`, `name="v|II.3" value="1"`)
	b.post(s.path(2), cellForm(assessment.Self, "II.3", "1", "7 ¦", "points", "8")).wantTo(t, s.path(2)+"?vong=self")
	b.get(s.path(2)).want(t, 200, `name="II.3|points" value="8"`)
	// What only the other changed is not written back by an old page.
	f := cellForm(assessment.Self, "II.3", "1", "7 ¦", "points", "7")
	b.post(s.path(2), f).wantTo(t, s.path(2)+"?vong=self")
	b.get(s.path(2)).want(t, 200, `name="II.3|points" value="8"`)
}

func TestEvidenceThroughThePages(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	b := s.as("member")
	to := s.path(2) + "/vi-sao/I.1/minh-chung"
	lying := b.upload(t, to, map[string]string{"vong": "self"}, map[string]string{"bảng điểm.pdf": "MZ\x90\x00 chương trình"})
	lying.want(t, 422, "nội dung là chương trình chạy trên máy")
	b.upload(t, to, map[string]string{"vong": "self"}, map[string]string{"chạy.exe": "MZ"}).want(t, 422, "Không nhận tệp")
	b.upload(t, to, map[string]string{"vong": "self"}, nil).want(t, 422, "Chưa chọn tệp nào")
	s.as("peer").upload(t, to, map[string]string{"vong": "self"}, map[string]string{"a.pdf": proof}).want(t, 403)
	b.upload(t, to, map[string]string{"vong": "self"}, map[string]string{"Báo cáo năm.pdf": proof}).wantTo(t, s.path(2)+"/vi-sao/I.1?vong=self")
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\x0f\x00\x00\x01\x01\x00\x05\x18\xd8N\x00\x00\x00\x00IEND\xaeB`\x82"
	b.upload(t, to, map[string]string{"vong": "self"}, map[string]string{"ảnh.png": png}).wantTo(t, s.path(2)+"/vi-sao/I.1?vong=self")
	items, err := db.All[evidence.Attachment](context.Background(), s.d, `SELECT `+db.Prefixed("a", evidence.Attachment{})+` FROM attachment a ORDER BY at, id`)
	if err != nil || len(items) != 2 {
		t.Fatalf("%v %v", items, err)
	}
	for i, c := range []struct{ kind, policy string }{{"application/pdf", "default-src 'none'"}, {"image/png", "sandbox"}} {
		r := s.as("standing").get("/minh-chung/" + items[i].ID)
		if r.status != 200 || r.header.Get("Content-Type") != c.kind || r.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(r.header.Get("Content-Security-Policy"), c.policy) || strings.Contains(r.header.Get("Content-Security-Policy"), "script-src") || !strings.HasPrefix(r.header.Get("Content-Disposition"), "inline") {
			t.Errorf("%d %v", r.status, r.header)
		}
	}
	s.as("stranger").get("/minh-chung/"+items[0].ID).want(t, 404)
	b.get(s.path(2)).want(t, 200, "<span data-files>2</span>")
	// Both can be looked at where the points are, and prove another criterion too.
	b.get(s.path(2)+"/vi-sao/I.1").want(t, 200, `<iframe src="/minh-chung/`+items[0].ID+`"`, `<img src="/minh-chung/`+items[1].ID+`"`)
	other := s.path(2) + "/vi-sao/I.2"
	b.get(other).want(t, 200, "Dùng lại tệp đơn vị đã nộp", `<option value="`+items[0].ID+`"`)
	b.post(other+"/minh-chung", url.Values{"vong": {"self"}, "reuse": {items[0].ID}}).wantTo(t, other+"?vong=self")
	b.get(other).want(t, 200, "Báo cáo năm.pdf", `<option value="`+items[1].ID+`"`)
	if strings.Contains(b.get(other).body, `<option value="`+items[0].ID+`"`) {
		t.Error("a file is offered where it is")
	}
	b.post(other+"/minh-chung", url.Values{"vong": {"self"}, "reuse": {items[0].ID}}).want(t, 422, "đã được đính kèm ở đây")
	s.as("peer").post(s.path(3)+"/vi-sao/I.1/minh-chung", url.Values{"vong": {"self"}, "reuse": {items[0].ID}}).want(t, 422, "không còn trong minh chứng của đơn vị")
	down := s.path(2) + "/vi-sao/I.1/rut"
	b.post(down, url.Values{"vong": {"self"}, "attachment": {items[0].ID}}).want(t, 422, "Hãy ghi lý do rút minh chứng")
	b.post(down, url.Values{"vong": {"self"}, "attachment": {items[0].ID}, "reason": {"nhầm tệp"}}).wantTo(t, s.path(2)+"/vi-sao/I.1?vong=self")
	b.get(s.path(2)+"/vi-sao/I.1").want(t, 200, "đã rút, lý do", "nhầm tệp", "<del>Báo cáo năm.pdf</del>")
}

// A year's scoring from the first cell to the result, through the pages.
func TestTheWholeScoringThroughThePages(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	tab := "/nam/" + s.Year.ID + "/cham-diem"
	member := s.as("member")
	member.post(s.path(2)+"/nop", url.Values{"vong": {"self"}}).want(t, 422, "Tiêu chí I.1", "chưa nhập đủ số liệu")
	for i, done := range []string{"18", "20", "19", "19"} {
		s.fill(t, i, done)
	}
	member.get(s.path(2)).want(t, 200, "Đã nộp", "Rút lại để sửa")
	member.post(s.path(2), cellForm(assessment.Self, "II.3", "1", "9 ¦", "points", "10")).want(t, 409, "đã nộp")
	leader := s.as("leader")
	leader.post(tab+"/phan-cong/xoay-vong", nil).wantTo(t, tab+"/phan-cong")
	member.post(tab+"/phan-cong/xoay-vong", nil).want(t, 403)
	leader.post(tab+"/phan-cong", url.Values{"unit": {s.Units[0].ID}, "checker": {s.Units[0].ID}}).want(t, 422, "không tự kiểm tra")
	s.Put(cluster.SelfScored)
	by, err := assessment.Checkers(context.Background(), s.d, s.Year.ID)
	s.Check(err)
	checker := func(unit int) string {
		for i, u := range s.Units {
			if by[s.Units[unit].ID].CheckerID == u.ID {
				return s.logins[i]
			}
		}
		return ""
	}
	for i, u := range s.logins {
		if i != 2 && u != checker(2) {
			s.as(u).post(s.path(2), cellForm(assessment.Check, "II.3", "0", "9 ¦", "points", "8", "reason", "x")).want(t, 403)
		}
	}
	c := s.as(checker(2))
	c.get(tab).want(t, 200, "Kiểm tra chéo: Sở Số 3", "chưa nộp phiếu")
	c.get(s.path(2)+"?vong=check").want(t, 200, "Đồng ý các ô còn lại", `name="ok|I.1"`)
	c.header.Set("Accept", "application/json")
	c.post(s.path(2), cellForm(assessment.Check, "II.3", "0", "9 ¦", "points", "8")).want(t, 422, `"field":"II.3/reason"`)
	c.header.Del("Accept")
	status, st := c.json(t, s.path(2), cellForm(assessment.Check, "II.3", "0", "9 ¦", "points", "8", "reason", "thiếu một hoạt động"))
	if row := st.Rows["II.3"]; status != 200 || row.Points[1].Text != "8,00" || row.Points[1].Diff != "−1,00" || row.Points[1].Tone != "less" || !row.Differs || row.Prior != "9" || row.Points[2].Text != "" {
		t.Fatalf("%d %+v", status, row)
	}
	agree := cellForm(assessment.Check, "I.1", "0", "20 ¦ 19 ¦", "target", "20", "actual", "19")
	agree.Set(agreeName("I.1"), "1")
	if _, st = c.json(t, s.path(2), agree); !st.Rows["I.1"].OK || st.Rows["I.1"].Differs || st.Counts["da"] != 2 {
		t.Fatalf("%+v", st.Rows["I.1"])
	}
	member.post(s.path(2)+"/vi-sao/II.3/giai-trinh", url.Values{"vong": {"check"}, "text": {"Đã gửi đủ hồ sơ."}}).wantTo(t, s.path(2)+"/vi-sao/II.3?vong=check")
	c.get(s.path(2)+"/vi-sao/II.3?vong=check").want(t, 200, "Đã gửi đủ hồ sơ.", "thiếu một hoạt động")
	c.get(s.path(2)+"/vi-sao/II.3?vong=agreed").want(t, 200, "giữ theo vòng trước")
	for unit := range s.Units {
		s.as(checker(unit)).post(s.path(unit)+"/nop", url.Values{"vong": {"check"}}).want(t, 422, "tiêu chí chưa kiểm tra")
		s.as(checker(unit)).post(s.path(unit)+"/nop", url.Values{"vong": {"check"}, "agree": {"1"}}).wantTo(t, s.path(unit)+"?vong=check")
	}
	s.Put(cluster.CrossScored)
	leader.get(s.path(2)+"?vong=agreed").want(t, 200, "data-grid")
	member.post(tab+"/chot", url.Values{"kind": {"provisional"}}).want(t, 403)
	page := leader.get(tab)
	page.want(t, 200, "dẫn đầu", "tạm tính", "Chốt kết quả tạm tính", "Vì sao xếp hạng như vậy")
	if !strings.Contains(page.body, "<svg") {
		t.Error("no chart")
	}
	made := leader.post(tab+"/chot", url.Values{"kind": {"provisional"}})
	if made.status != http.StatusSeeOther || !strings.HasPrefix(made.location, "/nam/"+s.Year.ID+"/ket-qua/") {
		t.Fatalf("%d %s\n%.600s", made.status, made.location, made.body)
	}
	member.get(made.location).want(t, 200, "Kết quả tạm tính", "Mã kiểm chứng", "Sở Số 2")
	s.as("stranger").get(made.location).want(t, 404)
	leader.post(tab+"/chot", url.Values{"kind": {"provisional"}}).want(t, 409, "không cần chốt lại")

	for _, export := range []string{tab + "/tong-hop.xlsx", s.path(2) + "/bang.xlsx?vong=check"} {
		r := member.get(export)
		r.want(t, 200)
		x, err := excelize.OpenReader(strings.NewReader(r.body))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := x.GetRows(x.GetSheetName(0))
		if err != nil || len(rows) < 6 {
			t.Fatalf("%s: %v %v", export, rows, err)
		}
		x.Close()
	}
}

func TestTiesAreDecidedOnThePage(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	for i := range s.Units {
		s.fill(t, i, "20")
	}
	s.Put(cluster.CrossScored)
	tab := "/nam/" + s.Year.ID + "/cham-diem"
	leader := s.as("leader")
	leader.get(tab).want(t, 200, "4 đơn vị cùng dẫn đầu", "Phân định đồng hạng 1", "tiêu chí chưa phân biệt được đơn vị nào")
	f := url.Values{"kind": {"ballot"}, "basis": {"Biên bản kiểm phiếu ngày 29/11/2023"}}
	for i, u := range s.Units {
		f.Add("unit", u.ID)
		f.Set("order|"+u.ID, string(rune('1'+i)))
	}
	leader.post(tab+"/dong-hang", url.Values{"kind": {"ballot"}, "unit": {s.Units[0].ID}}).want(t, 422, "biên bản nào")
	leader.post(tab+"/dong-hang", f).wantTo(t, tab+"?vong=agreed")
	leader.get(tab).want(t, 200, "phân định bằng bỏ phiếu", "Biên bản kiểm phiếu ngày 29/11/2023")
}

func TestSheetPages(t *testing.T) {
	s := newScoreSite(t)
	list := sheetsPath(s.Year.ID)
	leader := s.as("leader")
	leader.get(list).want(t, 200, "Bảng chấm điểm 2023", "từ 0 đến 10", "cứ thấp hơn", "Sửa bảng")
	s.as("member").get(list).want(t, 200, "Bảng chấm điểm 2023")
	s.as("stranger").get(list).want(t, 404)
	edit := sheetEditPath(s.Year.ID, s.sheet.ID)
	s.as("member").get(edit).want(t, 403)
	leader.get(edit+"?tieu-chi=I.3").want(t, 200, "Sửa tiêu chí I.3", `value="steps" checked`, `name="p|steps|per" value="1"`)
	add := url.Values{"version": {"1"}, "parent": {"III"}, "part": {"criteria"}, "id": {"III.4"}, "name": {"Ứng dụng phần mềm"}, "max": {"2,5"}, "rule": {"ratio"}, "evidence": {"1"}, "do": {"luu"}}
	leader.post(edit, add).wantTo(t, edit+"?tieu-chi=III.4")
	page := leader.get(edit + "?tieu-chi=III.4")
	page.want(t, 200, "không bằng tổng 17,5", "≠ 17,5", `value="2,5"`)
	leader.post(edit, add).want(t, 409, "vừa được người khác sửa", `value="III.4"`)
	add.Set("version", "2")
	leader.post(edit, add).want(t, 422, "đã dùng cho tiêu chí")
	add.Set("id", "III.5")
	add.Set("max", "nhiều")
	leader.post(edit, add).want(t, 422, "không phải là số")
	leader.post(edit, url.Values{"version": {"2"}, "do": {"tong"}}).wantTo(t, edit)
	leader.get(edit).want(t, 200, "bảng có thể đưa ra thông qua", "Tổng điểm tối đa 102,5")
	leader.post(edit, url.Values{"version": {"3"}, "old": {"III.4"}, "do": {"len"}}).wantTo(t, edit+"?tieu-chi=III.4")
	leader.post(edit, url.Values{"version": {"4"}, "old": {"III.4"}, "do": {"xoa"}}).wantTo(t, edit)
	leader.post(edit, url.Values{"version": {"5"}, "do": {"cai-dat"}, "scale": {"1"}, "at": {"total"}, "ties": {"I.2; I.1"}}).wantTo(t, edit)
	bands := url.Values{"version": {"6"}, "old": {"I.4"}, "id": {"I.4"}, "name": {"Chỉ số"}, "max": {"5"}, "rule": {"bands"}, "p|bands|measure": {"actual"}, "p|bands|bands": {"0; 88; 0\n88; 90; 2,5\n90; ; 5"}, "do": {"luu"}}
	leader.post(edit, bands).wantTo(t, edit+"?tieu-chi=I.4")
	leader.get(edit+"?tieu-chi=I.4").want(t, 200, "88; 90; 2,5")
	leader.get(list+"/bang.xlsx?ban="+s.sheet.ID).want(t, 200)
	made := leader.post(list+"/moi", url.Values{"name": {"Bảng khác"}, "from": {s.sheet.ID}})
	if made.status != http.StatusSeeOther || !strings.HasSuffix(made.location, "/sua") {
		t.Fatalf("%d %s", made.status, made.location)
	}
	leader.post(list+"/moi", url.Values{"name": {"Dán"}, "from": {"json"}, "body": {"{"}}).want(t, 422, "Không đọc được JSON")
	// Once the year uses it, an edit makes another version.
	s.adopt()
	s.Put(cluster.Drafting)
	got := leader.post(edit, url.Values{"version": {"7"}, "do": {"tong"}})
	if got.status != http.StatusSeeOther || got.location == edit {
		t.Fatalf("%d %s", got.status, got.location)
	}
	leader.get(list).want(t, 200, "đã thông qua, năm nay chấm theo bản này")
}

// TestSealedPages: who has yet to hand in sees the own sheet alone, and no page
// offers a way to another that would be refused.
func TestSealedPages(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	tab := yearPath(s.Year.ID, "scores")
	s.as("leader").json(t, s.path(0), cellForm(assessment.Self, "II.3", "0", "", "points", "9"))
	member := s.as("member")
	member.json(t, s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "7"))
	member.get(tab).want(t, 200, "mở sau khi đơn vị bạn nộp bảng tự chấm")
	member.get(tab+"/tong-hop.xlsx").want(t, 200)
	member.get(s.path(0)).want(t, 403, "mở cho bạn xem sau khi")
	for _, page := range []string{tab, s.path(2), s.path(2) + "?vong=check", tab + "/phan-cong"} {
		body := member.get(page).body
		for _, i := range []int{0, 1} {
			if strings.Contains(body, `href="`+s.path(i)) {
				t.Errorf("%s leads to the sheet of unit %d", page, i)
			}
		}
		if page != tab && strings.Contains(body, "Đơn vị trước") {
			t.Errorf("%s has a unit before", page)
		}
	}
	s.as("leader").get(s.path(2)).want(t, 200, "Đơn vị trước", `href="`+s.path(1))
}
