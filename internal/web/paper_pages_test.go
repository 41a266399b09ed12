package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

// paperSite is a site over a block of three units; the first leads.
type paperSite struct {
	*site
	*block.Block
	in      map[string]*browser
	outside string // a unit that is no member
}

func newPaperSite(t *testing.T) *paperSite {
	t.Helper()
	return newPaperSiteOf(t, 3)
}

// newPaperSiteOf is a site over a block of n units.
func newPaperSiteOf(t *testing.T, n int) *paperSite {
	t.Helper()
	d := store.SQLite(t)
	b := block.Of(t, d, n)
	s := &paperSite{Block: b, in: map[string]*browser{}, site: &site{t: t, d: d, clock: b.Clock, log: &bytes.Buffer{}, ids: map[string]string{}}}
	s.outside = b.Unit("Sở Ngoài khối").ID
	s.account = account.New(d, b.Book, b.Gate, b.Clock)
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	sheets := criteria.New(d, b.Book, b.Gate, b.Years, b.Clock)
	papers := draft.New(d, b.Book, b.Gate, b.Years, sheets, b.Clock)
	indicators := indicator.New(d, b.Book, b.Gate, b.Years, b.Clock)
	proofs := evidence.New(d, b.Book, b.Gate, b.Years, blobs, b.Clock)
	proofs.Subject("figure", indicators.Subject)
	deps := Deps{
		DB: d, Clock: b.Clock, Gate: b.Gate, Account: s.account, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Org: b.Org, Years: b.Years,
		Task: task.New(d, b.Book, b.Gate, b.Years, b.Clock), Movements: movement.New(d, b.Book, b.Gate, b.Years, indicators, b.Clock),
		Drafts: papers, Indicators: indicators, Covenants: covenant.New(d, b.Book, b.Gate, b.Years, papers, indicators, b.Clock), Criteria: sheets, Evidence: proofs,
	}
	deps.Workbooks = workbook.New(d, b.Gate, b.Years, indicators, ReadWorkbook, b.Clock, deps.Log)
	t.Cleanup(deps.Workbooks.Close)
	for _, name := range b.Years.Unguarded() {
		b.Years.Guard(name, func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
	}
	if s.Server, err = New(deps); err != nil {
		t.Fatal(err)
	}
	return s
}

// as is the browser of a person of the site, whose account is made and signed
// in when first asked for: each costs a hashed password.
func (s *paperSite) as(login string) *browser {
	t := s.site.t
	t.Helper()
	if s.in[login] != nil {
		return s.in[login]
	}
	s.person(login)
	s.in[login] = s.site.as(login)
	return s.in[login]
}

// person makes an account of the site: head1 is the head of the first unit.
func (s *paperSite) person(login string) {
	t := s.site.t
	t.Helper()
	people := map[string]struct {
		position string
		role     access.Role
		unit     string
	}{
		"standing": {"Chuyên viên", access.Standing, s.Block.Organiser}, "leader": {"Chuyên viên", access.Officer, s.Block.Units[0]},
		"member": {"Chuyên viên", access.Officer, s.Block.Units[2]}, "head": {"Giám đốc", access.Head, s.Block.Units[2]},
		"deputy": {"Phó Giám đốc", access.Head, s.Block.Units[1]}, "stranger": {"Chuyên viên", access.Officer, s.outside},
	}
	for i, unit := range s.Block.Units {
		people["head"+strconv.Itoa(i+1)] = struct {
			position string
			role     access.Role
			unit     string
		}{"Giám đốc", access.Head, unit}
	}
	p := people[login]
	if _, err := s.account.CreateWith(context.Background(), access.Program, account.NewAccount{
		Login: login, Name: "Người " + login, Position: p.position, First: account.NewAssignment{Role: p.role, UnitID: p.unit, From: "2023-01-01"},
	}, testPassword); err != nil {
		t.Fatal(err)
	}
}

func (s *paperSite) year(part string) string { return "/nam/" + s.Year.ID + part }

// hidden is a hidden field's value in the form that is sent to the address.
func hidden(t *testing.T, body, action, name string) string {
	t.Helper()
	at := strings.Index(body, `action="`+action+`"`)
	if at < 0 {
		t.Fatalf("no form to %s\n%.3000s", action, body)
	}
	form := body[at:]
	if end := strings.Index(form, "</form>"); end > 0 {
		form = form[:end]
	}
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(form)
	if m == nil {
		t.Fatalf("no field %s in the form to %s\n%.2000s", name, action, form)
	}
	return m[1]
}

// wantWorkbook fails the test unless the answer is a file of Excel.
func (r reply) wantWorkbook(t *testing.T) {
	t.Helper()
	if r.status != http.StatusOK || !strings.HasPrefix(r.body, "PK") || !strings.Contains(r.header.Get("Content-Disposition"), ".xlsx") {
		t.Fatalf("status %d, %q", r.status, r.header.Get("Content-Disposition"))
	}
}

const launchText = "Tỉnh phát động phong trào thi đua năm 2023 với chủ đề “Đoàn kết, sáng tạo”. Mục tiêu năm 2023:\n- Tổng kim ngạch xuất nhập khẩu 92.070 triệu USD.\n- Tỷ lệ đô thị hóa 43%."

func TestMovementPages(t *testing.T) {
	s := newPaperSite(t)
	s.as("leader").get("/phong-trao").want(t, 200, "Chưa có phong trào nào")
	s.as("leader").get("/phong-trao/moi").want(t, 403)
	s.visitor().get("/phong-trao").wantTo(t, "/dang-nhap?tiep=%2Fphong-trao")
	form := url.Values{"organiser": {s.Block.Organiser}, "name": {"Phong trào 2023"}, "kind": {"regular"}, "year": {"2023"}, "text": {launchText}}
	s.as("leader").post("/phong-trao/moi", form).want(t, 403)

	bad := url.Values{"organiser": {s.Block.Organiser}, "name": {""}, "kind": {"regular"}, "year": {"23"}, "text": {launchText}}
	s.as("standing").get("/phong-trao/moi").want(t, 200, "Nội dung phát động")
	s.as("standing").post("/phong-trao/moi", bad).want(t, 422, "Chưa nhập tên phong trào.", "92.070 triệu USD")

	made := s.as("standing").post("/phong-trao/moi", form)
	if made.status != 303 {
		made.want(t, 303)
	}
	page := s.as("standing").get(made.location)
	page.want(t, 200, "“Đoàn kết, sáng tạo”", "92.070\u00a0triệu USD", "43%", "Phát động")
	s.as("leader").get(made.location).want(t, 404)

	target := regexp.MustCompile(made.location + `/chi-tieu/([0-9a-f-]+)`).FindString(page.body)
	edit := s.as("standing").get(target)
	edit.want(t, 200, `value="92.070"`, "Tổng kim ngạch xuất nhập khẩu")
	change := url.Values{"name": {"Tổng kim ngạch xuất nhập khẩu"}, "relation": {"="}, "low": {"một"}, "unit": {"triệu USD"}, "version": {"1"}}
	s.as("standing").post(target, change).want(t, 422, "không phải là số", `value="một"`)
	change.Set("low", "92.071")
	s.as("standing").post(target, change).wantTo(t, made.location+"#ct-"+target[strings.LastIndex(target, "/")+1:])
	change.Set("low", "92.072")
	s.as("standing").post(target, change).want(t, 409, "92.071", "92.072")
	s.as("standing").post(made.location+"/chi-tieu/moi", url.Values{"name": {"tai nạn chết người"}, "relation": {"none"}}).wantTo(t, made.location)
	s.as("standing").post(made.location+"/phat-dong", url.Values{"version": {"9"}}).want(t, 409)
	version := hidden(t, s.as("standing").get(made.location).body, made.location+"/phat-dong", "version")
	s.as("leader").post(made.location+"/phat-dong", url.Values{"version": {version}}).want(t, 404)
	s.as("standing").post(made.location+"/phat-dong", url.Values{"version": {version}}).wantTo(t, made.location)

	s.as("member").get(made.location).want(t, 200, "Đã phát động", "không có", "Ghi nội dung hưởng ứng")
	s.as("member").post(made.location+"/huong-ung", url.Values{"unit": {s.Block.Units[2]}, "text": {""}, "version": {"0"}}).want(t, 422, "Chưa nhập nội dung hưởng ứng.")
	s.as("member").post(made.location+"/huong-ung", url.Values{"unit": {s.Block.Units[2]}, "text": {"Đăng ký 3 công trình"}, "version": {"0"}}).wantTo(t, made.location)
	s.as("leader").get(made.location).want(t, 200, "Đăng ký 3 công trình")
	s.as("member").get("/phong-trao?tim=doan+ket").want(t, 200, "Phong trào 2023")
	s.as("member").get(made.location + "/excel").wantWorkbook(t)
	s.as("member").get("/phong-trao/excel").wantWorkbook(t)
}

func TestPaperPages(t *testing.T) {
	s := newPaperSite(t)
	s.State(t, cluster.Drafting)
	list, plan := s.year("/van-ban"), s.year("/van-ban/ke-hoach")
	s.as("stranger").get(list).want(t, 404)
	s.as("member").get(list).want(t, 200, "Chưa soạn", "Giao ước thi đua")
	s.as("member").get(plan).want(t, 200, "chưa được gửi góp ý")
	s.as("member").get(plan+"/soan").want(t, 403)
	s.as("member").post(plan+"/soan", url.Values{"text": {"Chen vào"}}).want(t, 403)
	s.as("leader").get(s.year("/van-ban/khong-co")).want(t, 404)

	s.as("leader").post(plan+"/soan", url.Values{"title": {"Kế hoạch"}, "text": {" "}}).want(t, 422, "Chưa nhập nội dung văn bản.")
	s.as("leader").post(plan+"/soan", url.Values{"title": {"Kế hoạch 2023"}, "text": {"Điều 1. Mục đích\nĐiều 2. Lịch"}}).wantTo(t, plan)
	form := s.as("leader").get(plan + "/soan")
	form.want(t, 200, "sửa bản 1", "Điều 2. Lịch")
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(form.body)[1]
	s.as("leader").post(plan+"/soan", url.Values{"id": {id}, "version": {"1"}, "title": {"Kế hoạch 2023"}, "text": {"Điều 1. Mục đích\nĐiều 2. Lịch hoạt động"}}).wantTo(t, plan)
	// Two people edit one version: both texts are shown, nothing is overwritten.
	s.as("deputy").post(plan+"/soan", url.Values{"id": {id}, "version": {"1"}, "title": {"Kế hoạch 2023"}, "text": {"Bản của phó"}}).want(t, 409, "Bản của phó", "Lịch hoạt động")
	s.as("member").get(plan).want(t, 200, "chưa được gửi góp ý")

	s.as("member").post(plan+"/gui", url.Values{"id": {id}, "version": {"2"}}).want(t, 404)
	// What somebody else changed meanwhile is not sent unread.
	s.as("leader").post(plan+"/gui", url.Values{"id": {id}, "version": {"1"}}).want(t, 409, "Hãy đọc lại bản hiện nay", "Lịch hoạt động")
	s.as("leader").post(plan+"/gui", url.Values{"id": {id}, "version": {"2"}}).wantTo(t, plan)
	s.as("member").get(plan).want(t, 200, "Đang góp ý", "Góp ý")
	s.as("member").get(plan+"?dong=2").want(t, 200, "Gửi góp ý")
	say := url.Values{"id": {id}, "unit": {s.Block.Units[2]}, "line": {"2"}, "text": {""}}
	s.as("member").post(plan+"/gop-y", say).want(t, 422, "Chưa nhập nội dung góp ý.")
	say.Set("text", "Ghi rõ tháng")
	s.as("member").post(plan+"/gop-y", say).wantTo(t, plan+"#dong-2")
	page := s.as("leader").get(plan)
	page.want(t, 200, "Ghi rõ tháng", "Còn 1 góp ý chưa trả lời.")
	comment := hidden(t, page.body, plan+"/tra-loi", "id")
	answer := url.Values{"id": {comment}, "version": {"1"}, "outcome": {"declined"}, "answer": {""}}
	s.as("member").post(plan+"/tra-loi", answer).want(t, 403)
	s.as("leader").post(plan+"/tra-loi", answer).want(t, 422, "Hãy giải trình")
	answer.Set("answer", "Đã có ở phụ lục")
	s.as("leader").post(plan+"/tra-loi", answer).wantTo(t, plan+"#dong-2")
	s.as("member").get(plan).want(t, 200, "Đã có ở phụ lục", "Giải trình, không tiếp thu")

	s.as("leader").post(plan+"/soan", url.Values{"title": {"Kế hoạch 2023"}, "text": {"Điều 1. Mục đích\nĐiều 2. Lịch hoạt động tháng 7"}, "note": {"Thêm tháng"}}).wantTo(t, plan)
	s.as("member").get(plan+"/so-sanh?tu=1&den=2").want(t, 404)
	s.as("leader").get(plan+"/so-sanh?tu=1&den=2").want(t, 200, "<ins>", "tháng 7", "1 dòng đổi")
	next := hidden(t, s.as("leader").get(plan).body, plan+"/gui", "id")
	s.as("leader").post(plan+"/gui", url.Values{"id": {next}, "version": {"1"}}).wantTo(t, plan)
	s.as("member").get(plan+"/so-sanh?tu=1&den=2&tat-ca=1").want(t, 200, "Điều 1. Mục đích")

	meeting := s.Meeting(t)
	s.as("leader").post(plan+"/thong-qua", url.Values{"id": {next}, "version": {"1"}, "meeting": {"none"}}).want(t, 422, "Hãy chọn hội nghị")
	s.as("member").post(plan+"/thong-qua", url.Values{"id": {next}, "version": {"1"}, "meeting": {meeting}}).want(t, 403)
	s.as("leader").post(plan+"/thong-qua", url.Values{"id": {next}, "version": {"1"}, "meeting": {meeting}}).wantTo(t, plan)
	s.as("member").get(list).want(t, 200, "Đã thông qua")
	s.as("member").post(plan+"/gop-y", url.Values{"id": {next}, "unit": {s.Block.Units[2]}, "line": {"1"}, "text": {"Muộn"}}).want(t, 409, "đã được thông qua")
	s.as("leader").post(plan+"/mo-lai", url.Values{"id": {s.draft(draft.Plan)}, "version": {"2"}, "reason": {""}}).want(t, 422, "lý do mở lại")
	s.as("member").get(plan + "/excel").wantWorkbook(t)
}

func (s *paperSite) draft(k draft.Kind) string {
	s.site.t.Helper()
	papers, err := s.Drafts.Papers(context.Background(), s.d, s.Year.ID)
	if err != nil {
		s.site.t.Fatal(err)
	}
	return papers[k].ID
}

const covenantText = "GIAO ƯỚC THI ĐUA NĂM 2023\n- Tổng kim ngạch xuất nhập khẩu là 93.262 triệu USD; trong đó kim ngạch xuất khẩu là 50.870 triệu USD; kim ngạch nhập khẩu là 42.392 triệu USD.\n- Tỷ lệ đô thị hóa 45%.\n- Tỷ lệ hộ nghèo đến hết năm 2023 là 1%."

// adopted takes a covenant to its adoption and leads to its targets by name.
func (s *paperSite) adopted() map[string]string {
	t := s.site.t
	t.Helper()
	ctx := context.Background()
	s.State(t, cluster.Drafting)
	v, err := s.Drafts.Write(ctx, s.Officers[0], s.Year.ID, draft.Covenant, draft.Text{Text: covenantText})
	s.Check(err)
	v, err = s.Drafts.Circulate(ctx, s.Officers[0], v.ID, v.Version)
	s.Check(err)
	_, err = s.Drafts.Adopt(ctx, s.Officers[0], v.ID, s.Meeting(t), 1)
	s.Check(err)
	targets, err := s.Covenants.Targets(ctx, s.d, v.ID)
	s.Check(err)
	ids := map[string]string{}
	for _, one := range targets {
		ids[one.Name] = one.ID
	}
	return ids
}

// What a web page printed around a text goes only with its writer's consent.
func TestResidueOfAPageIsAskedAbout(t *testing.T) {
	s := newPaperSite(t)
	s.State(t, cluster.Drafting)
	plan := s.year("/van-ban/ke-hoach")
	form := url.Values{"title": {"Kế hoạch"}, "text": {"Điều 1. Mục đích\nOnline : 3592\nĐiều 2. Lịch"}}
	s.as("leader").post(plan+"/soan", form).want(t, 422, "như dòng 2: “Online : 3592”", "Bỏ các dòng này", "Giữ nguyên", "Điều 2. Lịch")
	form.Set("residue", "drop")
	s.as("leader").post(plan+"/soan", form).wantTo(t, plan)
	got := s.as("leader").get(plan)
	got.want(t, 200, "Điều 2. Lịch")
	if strings.Contains(got.body, "3592") {
		t.Error("the counter of the page stays in the text")
	}
}

func TestCovenantPages(t *testing.T) {
	s := newPaperSite(t)
	s.State(t, cluster.Drafting)
	at, text := s.year("/giao-uoc"), s.year("/van-ban/giao-uoc")
	s.as("stranger").get(at).want(t, 404)
	s.as("member").get(at).want(t, 200, "Chưa có giao ước")
	s.as("leader").post(text+"/soan", url.Values{"title": {"Giao ước"}, "text": {covenantText}}).wantTo(t, at)
	page := s.as("leader").get(at)
	page.want(t, 200, "<b>93.262</b> = 50.870 &#43; 42.392", "45%", "1%", "càng thấp càng tốt")
	s.as("member").get(at).want(t, 200, "Chưa có giao ước") // not circulated yet

	target := regexp.MustCompile(at+`/chi-tieu/[0-9a-f][0-9a-f-]+`).FindAllString(page.body, -1)[1] // the exports
	s.as("member").get(target).want(t, 404)
	s.as("leader").get(target).want(t, 200, `value="50.870"`)
	change := url.Values{"name": {"kim ngạch xuất khẩu"}, "relation": {"="}, "low": {"50.871"}, "unit": {"triệu USD"}, "version": {"1"},
		"part_of": {regexp.MustCompile(`<option value="([0-9a-f-]+)" selected`).FindStringSubmatch(s.as("leader").get(target).body)[1]}, "reporter": {s.Block.Units[2]}}
	s.as("leader").post(target, change).wantTo(t, at+"#ct-"+target[strings.LastIndex(target, "/")+1:])
	s.as("leader").get(at).want(t, 200, "≠", "93.263", "không bằng")
	// Before it is sent out its leader is told where it contradicts itself.
	s.as("leader").get(text).want(t, 200, "Trước khi gửi góp ý, hãy xem lại 2 chỗ", "ghi 50.871", "còn câu văn là 50.870")
	s.as("leader").post(target, change).want(t, 409)
	change.Set("version", "2")
	change.Set("low", "")
	s.as("leader").post(target, change).want(t, 422, "Chưa nhập con số của chỉ tiêu.")
	change.Set("low", "50.870")
	s.as("leader").post(target, change).wantTo(t, at+"#ct-"+target[strings.LastIndex(target, "/")+1:])

	ctx := context.Background()
	_, versions, err := s.Drafts.OfVersion(ctx, s.d, s.version())
	s.Check(err)
	_, err = s.Drafts.Circulate(ctx, s.Officers[0], versions.ID, versions.Version)
	s.Check(err)
	s.as("head").get(at).want(t, 200, "Đang góp ý")
	s.as("leader").get(target).want(t, 200, "đã gửi góp ý nên chỉ tiêu giữ nguyên")
	_, err = s.Drafts.Adopt(ctx, s.Officers[0], versions.ID, s.Meeting(t), 1)
	s.Check(err)

	sign := s.as("head").get(at)
	sign.want(t, 200, "Ký giao ước", "Người head", "Giám đốc", "Chưa ký")
	hash := hidden(t, sign.body, at+"/ky", "hash")
	if hash != draft.Hash(versions.Text) {
		t.Errorf("the page offers to sign %s", hash)
	}
	unread := url.Values{"unit": {s.Block.Units[2]}, "hash": {hash}}
	s.as("head").post(at+"/ky", unread).want(t, 422, "Hãy đọc văn bản và các chỉ tiêu")
	unit := url.Values{"unit": {s.Block.Units[2]}, "hash": {hash}, "read": {"1"}}
	if body := s.as("member").get(at).body; strings.Contains(body, at+`/ky"`) {
		t.Error("an officer who is not the head is offered to sign")
	}
	s.as("member").post(at+"/ky", unit).want(t, 403)
	s.as("head").post(at+"/ky", url.Values{"unit": {s.Block.Units[2]}, "hash": {"khác"}, "read": {"1"}}).want(t, 409, "đã đổi")
	s.as("head").post(at+"/ky", unit).wantTo(t, at+"#chu-ky")
	s.as("head").post(at+"/ky", unit).want(t, 409, "đã ký")
	s.as("deputy").post(at+"/ky", url.Values{"unit": {s.Block.Units[1]}, "hash": {hash}, "read": {"1"}}).want(t, 422, "văn bản ủy quyền")
	s.as("deputy").post(at+"/ky", url.Values{"unit": {s.Block.Units[1]}, "hash": {hash}, "read": {"1"}, "mandate": {"Giấy ủy quyền 05"}}).wantTo(t, at+"#chu-ky")
	done := s.as("member").get(at)
	done.want(t, 200, "Người deputy", "Giấy ủy quyền 05", hash[:16], "2 trên 3 đơn vị đã ký")

	duty := s.as("leader").get(at)
	id := hidden(t, duty.body, at+"/giao-viec", "id")
	s.as("leader").post(at+"/giao-viec", url.Values{"id": {id}, "version": {hidden(t, duty.body, at+"/giao-viec", "version")}, "reporter": {s.Block.Units[2]}}).wantTo(t, at+"#bao-cao")
	s.as("member").post(at+"/giao-viec", url.Values{"id": {id}, "version": {"2"}, "reporter": {""}}).want(t, 403)
	s.as("member").get(at + "/excel").wantWorkbook(t)
}

// version is the newest version of the covenant.
func (s *paperSite) version() string {
	s.site.t.Helper()
	all, err := s.Drafts.Versions(context.Background(), s.d, s.draft(draft.Covenant))
	s.Check(err)
	return all[0].ID
}

func TestProgressPages(t *testing.T) {
	s := newPaperSite(t)
	at := s.year("/tien-do")
	s.as("member").get(at).want(t, 200, "Chưa có chỉ tiêu để theo dõi")
	ids := s.adopted()
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-07-05 09:00")
	trade, town, poor := ids["Tổng kim ngạch xuất nhập khẩu"], ids["Tỷ lệ đô thị hóa"], ids["Tỷ lệ hộ nghèo"]

	s.as("stranger").get(at).want(t, 404)
	s.as("leader").get(at).want(t, 200, "chưa có số liệu nào", "Báo cáo số liệu")
	if strings.Contains(s.as("member").get(at).body, "/bao-cao") {
		t.Error("a unit that reports nothing is offered the form")
	}
	report := at + "/bao-cao"
	s.as("leader").get(report+"?ky=H1").want(t, 200, "93.262\u00a0triệu USD", "6 tháng")
	s.as("leader").post(report, url.Values{"period": {"H1"}}).want(t, 422, "Chưa nhập số liệu nào")
	// One wrong box: nothing is written, everything typed is still there.
	typed := url.Values{"period": {"H1"}, "amount-" + trade: {"45.123,5"}, "amount-" + town: {"bốn mươi"}, "source": {"Cục Thống kê"}}
	s.as("leader").post(report, typed).want(t, 422, "không phải là số", `value="45.123,5"`, `value="bốn mươi"`, "Cục Thống kê")
	if f, _ := s.Indicators.Figures(context.Background(), s.d, s.Year.ID); len(f) != 0 {
		t.Fatal("half a form was written")
	}
	typed.Set("amount-"+town, "45")
	s.as("member").post(report, typed).want(t, 403)
	s.as("leader").post(report, typed).wantTo(t, at+"?ky=H1")
	s.as("leader").get(at+"?ky=H1").want(t, 200, "45.123,5\u00a0triệu USD", "48,38%", "Nguy cơ", "90.247\u00a0triệu USD", "Đạt", "<svg")
	s.as("leader").get(at+"?ky=H1&trang-thai=at_risk").want(t, 200, "Tổng kim ngạch xuất nhập khẩu")
	if strings.Contains(s.as("leader").get(at+"?ky=H1&trang-thai=at_risk").body, `href="`+at+"/chi-tieu/"+town) {
		t.Error("the filter lets another status through")
	}
	s.as("leader").get(at+"?tim=khong+co+dau").want(t, 200, "Không có chỉ tiêu nào khớp")
	s.as("leader").get(report+"?ky=H1").want(t, 200, "Đính chính", "45.123,5")

	// A rate above 100 % asks for a confirmation.
	over := url.Values{"period": {"Y"}, "amount-" + poor: {"120"}}
	s.as("leader").post(report, over).want(t, 422, "lớn hơn 100%", "Tôi đã kiểm tra, số này đúng")
	over.Set("amount-"+poor, "0,87")
	one := at + "/chi-tieu/" + poor
	s.as("leader").post(report, over).wantTo(t, one)
	page := s.as("leader").get(one)
	page.want(t, 200, "0,87%", "114,94%", "Vượt")

	// A correction keeps the old figure and its reason; the second one is told.
	s.as("member").get(one).want(t, 200, "0,87%")
	if strings.Contains(s.as("member").get(one).body, "dinh-chinh") {
		t.Error("another unit is offered a correction")
	}
	figure := regexp.MustCompile(`dinh-chinh=([0-9a-f-]+)`).FindStringSubmatch(page.body)[1]
	open := s.as("leader").get(one + "?dinh-chinh=" + figure)
	open.want(t, 200, "Lý do đính chính")
	open.want(t, 200, `name="amount" value="`)
	fix := url.Values{"figure": {figure}, "version": {hidden(t, open.body, one+"/dinh-chinh", "version")}, "amount": {"1,05"}, "reason": {""}}
	s.as("leader").post(one+"/dinh-chinh", fix).want(t, 422, "Hãy ghi lý do đính chính", `value="1,05"`)
	fix.Set("reason", "Số sơ bộ")
	s.as("member").post(one+"/dinh-chinh", fix).want(t, 403)
	s.as("leader").post(one+"/dinh-chinh", fix).wantTo(t, one)
	s.as("leader").get(one).want(t, 200, "1,05%", "<del>0,87%</del>", "Số sơ bộ", "Chưa đạt")
	fix.Set("amount", "1,2")
	s.as("leader").post(one+"/dinh-chinh", fix).want(t, 409, "vừa được người khác đính chính thành 1,05%", `value="1,2"`)

	// Evidence.
	now := regexp.MustCompile(`dinh-chinh=([0-9a-f-]+)`).FindStringSubmatch(s.as("leader").get(one).body)[1]
	s.as("leader").upload(t, one+"/minh-chung", map[string]string{"figure": now}, map[string]string{"bao-cao.pdf": "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"}).wantTo(t, one)
	s.as("member").get(one).want(t, 200, "bao-cao.pdf", "/minh-chung/")
	s.as("leader").upload(t, one+"/minh-chung", map[string]string{"figure": now}, map[string]string{"la.exe": "MZ"}).want(t, 422)
	s.as("member").upload(t, one+"/minh-chung", map[string]string{"figure": now}, map[string]string{"x.pdf": "%PDF-1.4\n"}).want(t, 403)
	// A file that is refused with figures: they stand, and the page warns rather than congratulates.
	leader := s.as("leader")
	sent := leader.upload(t, at+"/bao-cao", map[string]string{"period": "Q3", "amount-" + poor: "1,02"}, map[string]string{"la.exe": "MZ"})
	sent.want(t, 303)
	leader.get(sent.location).want(t, 200, `class="note warn" role="status"`, "chưa đính kèm được")

	s.as("member").get(at + "/excel?ky=Y").wantWorkbook(t)
	s.as("member").get(at+"?ky=Q3").want(t, 200, "Đến hết quý 3")
}

func TestSeriesPages(t *testing.T) {
	s := newPaperSite(t)
	ctx := context.Background()
	m, err := s.Movements.Create(ctx, s.Standing, movement.NewMovement{OrganiserID: s.Block.Organiser, Name: "Phong trào 2022", Kind: movement.Regular, Year: 2022,
		Text: "Năm 2022 phát động với chủ đề “Kỷ cương”. Mục tiêu năm 2022: tổng kim ngạch xuất nhập khẩu 92.070 triệu USD; tỷ lệ đô thị hóa 43%; tỷ lệ hộ dân nghèo 1,1%."})
	s.Check(err)
	_, err = s.Movements.Launch(ctx, s.Standing, m.ID, m.Version)
	s.Check(err)
	ids := s.adopted()
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-12-20 09:00")
	at := s.year("/tien-do/nhieu-nam")
	s.as("stranger").get(at).want(t, 404)
	page := s.as("leader").get(at)
	page.want(t, 200, "92.070\u00a0triệu USD", "93.262\u00a0triệu USD", "&#43;1.192\u00a0triệu USD (&#43;1,29%)", "&#43;2\u00a0điểm %", "<svg", "Có thể là một chỉ tiêu")
	keep, other := hidden(t, page.body, at+"/gop", "keep"), hidden(t, page.body, at+"/gop", "other")
	if strings.Contains(s.as("member").get(at).body, at+"/gop") {
		t.Error("a member is offered to merge indicators")
	}
	s.as("member").post(at+"/gop", url.Values{"keep": {keep}, "other": {other}}).want(t, 403)
	s.as("leader").post(at+"/gop", url.Values{"keep": {keep}, "other": {other}}).wantTo(t, at)
	merged := s.as("leader").get(at)
	merged.want(t, 200, "−0,1\u00a0điểm %", "còn gọi", "Tách ra")
	s.as("leader").post(at+"/gop", url.Values{"keep": {keep}, "other": {other}}).want(t, 409, "đã là một")
	s.as("leader").post(at+"/tach", url.Values{"other": {other}}).wantTo(t, at)

	// The result of the year before, reported for comparison.
	report := s.year("/tien-do/bao-cao")
	s.as("leader").get(report+"?nam=2022").want(t, 200, "Kết quả năm 2022 để so sánh")
	s.as("leader").post(report, url.Values{"period": {"Y"}, "year": {"2022"}, "amount-" + ids["Tỷ lệ đô thị hóa"]: {"43,2"}, "sample": {"1"}}).want(t, 303)
	s.as("member").get(at).want(t, 200, "43,2%", "minh họa", "Vượt")
	s.as("member").get(at + "/excel?tat-ca=1").wantWorkbook(t)
	if n := strconv.Itoa(s.Year.Year); !strings.Contains(page.body, "Mục tiêu "+n) {
		t.Error("the years head the columns")
	}
}
