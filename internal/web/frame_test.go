package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

func TestEveryAnswerHasTheHeadersOfSafety(t *testing.T) {
	st := newSite(t)
	for _, path := range []string{"/dang-nhap", "/khong-co", "/tai-khoan", "/healthz", st.assets.prefix + "app.css", "/static/none/none"} {
		h := st.visitor().get(path).header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "X-Frame-Options": "DENY",
		} {
			if got := h.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if p := h.Get("Content-Security-Policy"); strings.Contains(p, "unsafe") || !strings.Contains(p, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, p)
		}
	}
}

// A page that may not be seen answers as one that is not there.
func TestHiddenAndMissingAreAlike(t *testing.T) {
	st := newSite(t)
	b := st.as("standing")
	hidden, missing := b.get("/quan-tri/tai-khoan/"+st.ids["administrator"]), b.get("/quan-tri/tai-khoan/khong-co")
	hidden.want(t, http.StatusNotFound, "Không tìm thấy")
	missing.want(t, http.StatusNotFound)
	strip := func(r reply, id string) string { return strings.ReplaceAll(r.body, id, "ID") }
	if strip(hidden, st.ids["administrator"]) != strip(missing, "khong-co") {
		t.Errorf("the two pages differ:\n%s\n---\n%s", hidden.body, missing.body)
	}
	b.get("/duong-dan-la").want(t, http.StatusNotFound, "Không tìm thấy trang")
	st.as("officer").get("/quan-tri/tai-khoan").want(t, http.StatusForbidden)
}

func TestForeignFormsAreRefused(t *testing.T) {
	st := newSite(t)
	b := st.as("officer")
	b.header.Set("Sec-Fetch-Site", "cross-site")
	b.header.Set("Origin", "https://elsewhere.test")
	b.post("/tai-khoan/ho-so", url.Values{"name": {"Kẻ khác"}, "version": {"1"}}).want(t, http.StatusForbidden, "trang khác")
	b.header = http.Header{}
	if body := b.get("/tai-khoan").body; strings.Contains(body, "Kẻ khác") {
		t.Error("the form of another site was taken")
	}
}

// The heart of "input is never lost": a form sent without a session is found
// again after signing in, by its author only, and forgotten once it is sent.
func TestExpiredSessionKeepsTheForm(t *testing.T) {
	st := newSite(t)
	typed := url.Values{"name": {"Nguyễn Văn Mới"}, "login": {"nguyen.van.moi"}, "role": {"officer"}, "unit": {"u2"}, "from": {"01/12/2023"}, "password": {"bi mat"}}
	expire := func(b *browser) {
		t.Helper()
		err := st.d.InTx(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `UPDATE session SET expiry = $1`, clock.InstantOf(time.Now().Add(-time.Minute)))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const page = "/quan-tri/tai-khoan/moi"
	b := st.as("administrator")
	expire(b)
	b.from(page, page, typed).wantTo(t, "/dang-nhap?tiep=%2Fquan-tri%2Ftai-khoan%2Fmoi")
	if n, _ := db.Count(context.Background(), st.d, `SELECT COUNT(*) FROM account WHERE login = 'nguyen.van.moi'`); n != 0 {
		t.Fatal("an account was made without a session")
	}
	b.get("/dang-nhap?tiep=%2Fquan-tri%2Ftai-khoan%2Fmoi").want(t, http.StatusOK, "giữ nguyên", `name="tiep" value="/quan-tri/tai-khoan/moi"`)

	// Somebody else signs in on the same machine: the text is not theirs to read.
	other := &browser{st: st, cookies: map[string]string{draftCookie: b.cookies[draftCookie]}, address: b.address, header: http.Header{}}
	other.post("/dang-nhap", url.Values{"login": {"standing"}, "password": {testPassword}}).wantTo(t, "/")
	if got := other.get(page); got.status != http.StatusOK || strings.Contains(got.body, "Nguyễn Văn Mới") {
		t.Errorf("status %d; another account sees what was typed: %v", got.status, strings.Contains(got.body, "Nguyễn Văn Mới"))
	}

	b.post("/dang-nhap", url.Values{"login": {"administrator"}, "password": {testPassword}, "tiep": {page}}).wantTo(t, page)
	again := b.get(page)
	again.want(t, http.StatusOK, `value="Nguyễn Văn Mới"`, `value="nguyen.van.moi"`, `<option value="u2" selected>`, "bấm nút gửi một lần nữa")
	if strings.Contains(again.body, "bi mat") {
		t.Error("a password was kept with the draft")
	}
	b.from(page, page, typed).want(t, http.StatusOK, "Mật khẩu cấp một lần")
	if b.cookies[draftCookie] != "" {
		t.Error("the draft's cookie outlives the form")
	}
	if n, _ := db.Count(context.Background(), st.d, `SELECT COUNT(*) FROM form_draft`); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestScriptsGetDataInsteadOfPages(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	b.header.Set("Accept", "application/json")
	got := b.post("/tai-khoan/ho-so", url.Values{"name": {""}})
	got.want(t, http.StatusUnauthorized, `"code":"unauthenticated"`)
	b = st.as("officer")
	b.header.Set("Accept", "application/json")
	got = b.post("/tai-khoan/ho-so", url.Values{"name": {""}, "email": {"x"}, "version": {"1"}})
	got.want(t, http.StatusUnprocessableEntity)
	var body struct {
		Faults []struct{ Field, Text string }
	}
	if err := json.Unmarshal([]byte(got.body), &body); err != nil || len(body.Faults) != 2 || body.Faults[0].Field != "name" {
		t.Errorf("%v: %s", err, got.body)
	}
}

func TestStaleWriteShowsBothTexts(t *testing.T) {
	st := newSite(t)
	a, b := st.as("officer"), st.as("officer")
	first := url.Values{"version": {"1"}, "name": {"Tên thứ nhất"}, "position": {"Trưởng phòng"}, "email": {""}, "lang": {""}}
	a.from("/tai-khoan", "/tai-khoan/ho-so", first).wantTo(t, "/tai-khoan")
	second := url.Values{"version": {"1"}, "name": {"Tên thứ hai"}, "position": {"Chuyên viên"}, "email": {""}, "lang": {""}}
	clash := b.from("/tai-khoan", "/tai-khoan/ho-so", second)
	clash.want(t, http.StatusConflict, `name="name" value="Tên thứ hai" checked`, `name="name" value="Tên thứ nhất"`, `name="position" value="Trưởng phòng"`,
		`<input type="hidden" name="version" value="2">`, `action="/tai-khoan/ho-so"`, `href="/tai-khoan"`)
	second.Set("version", "2")
	second.Set("position", "Trưởng phòng")
	b.post("/tai-khoan/ho-so", second).wantTo(t, "/tai-khoan")
	b.get("/tai-khoan").want(t, http.StatusOK, `value="Tên thứ hai"`, `value="Trưởng phòng"`)
}

func TestErrorsPointAtTheirFields(t *testing.T) {
	st := newSite(t)
	got := st.as("officer").from("/tai-khoan", "/tai-khoan/ho-so", url.Values{"version": {"1"}, "name": {" "}, "email": {"sai<"}, "position": {"Chánh <b>Văn phòng"}})
	got.want(t, http.StatusUnprocessableEntity, `<a href="#f-name">Hãy nhập họ và tên.</a>`, `id="f-name"`, `aria-invalid="true"`, `aria-describedby="f-name-error"`,
		`value="sai&lt;"`, `value="Chánh &lt;b&gt;Văn phòng"`, "<title>Lỗi: ")
}

func TestTooLargeABodyIsSaidSo(t *testing.T) {
	st := newSite(t)
	big := url.Values{"name": {strings.Repeat("x", bodyLimit)}}
	st.as("officer").post("/tai-khoan/ho-so", big).want(t, http.StatusRequestEntityTooLarge, "vượt quá 2 MB")
}

func TestLanguageAndThemeAreRemembered(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	b.get("/dang-nhap").want(t, http.StatusOK, `lang="vi"`, `data-theme="auto"`, "Đăng nhập")
	b.post("/giao-dien", url.Values{"lang": {"en"}, "back": {"/dang-nhap?tiep=%2F"}}).wantTo(t, "/dang-nhap?tiep=%2F")
	b.post("/giao-dien", url.Values{"theme": {"dark"}, "back": {"//evil.test/"}}).wantTo(t, "/")
	b.get("/dang-nhap").want(t, http.StatusOK, `lang="en"`, `data-theme="dark"`, "Sign in")
}

func TestOneEventARequest(t *testing.T) {
	st := newSite(t)
	b := st.as("officer")
	st.log.Reset()
	b.get("/quan-tri/tai-khoan")
	lines := bytes.Split(bytes.TrimSpace(st.log.Bytes()), []byte("\n"))
	if len(lines) != 1 {
		t.Fatalf("%d events:\n%s", len(lines), st.log)
	}
	var e map[string]any
	if err := json.Unmarshal(lines[0], &e); err != nil {
		t.Fatal(err)
	}
	if e["route"] != "GET /quan-tri/tai-khoan" || e["status"] != 403.0 || e["actor"] != st.ids["officer"] || e["code"] != "denied" || e["id"] == "" {
		t.Errorf("event %v", e)
	}
	if strings.Contains(st.log.String(), testPassword) {
		t.Error("the log knows a password")
	}
}

// A panic is one page and one event, and the server goes on.
func TestPanicIsAPage(t *testing.T) {
	st := newSite(t)
	st.log.Reset()
	broken := st.observe(st.harden(st.handle(route{"GET /x", Public, func(*Server, *Req) error { panic("boom") }, 0})))
	st.handler = broken
	got := st.visitor().get("/x")
	got.want(t, http.StatusInternalServerError, "Hệ thống gặp lỗi", "Mã yêu cầu")
	if strings.Contains(got.body, "boom") || !strings.Contains(st.log.String(), "boom") {
		t.Errorf("the cause belongs in the log and not on the page:\n%s", st.log)
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	b.header.Set("Accept-Encoding", "gzip, br")
	page := b.get("/dang-nhap")
	if !strings.Contains(page.body, st.assets.prefix+"app.css") {
		t.Fatal("the page does not load the style sheet")
	}
	css := b.get(st.assets.prefix + "app.css")
	css.want(t, http.StatusOK, "--accent")
	if css.header.Get("Content-Encoding") != "gzip" || !strings.Contains(css.header.Get("Cache-Control"), "immutable") {
		t.Errorf("headers %v", css.header)
	}
	old := b.get("/static/0123456789ab/app.css")
	old.want(t, http.StatusOK)
	if strings.Contains(old.header.Get("Cache-Control"), "immutable") {
		t.Error("a file under another hash would be kept for ever")
	}
	b.get(st.assets.prefix+"css/00-tokens.css").want(t, http.StatusNotFound)
}

// The first page with all it loads stays under 60 KB on the line.
func TestFirstPageIsSmall(t *testing.T) {
	st := newSite(t)
	total := 0
	for name, file := range st.assets.files {
		if strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".svg") {
			if file.packed != nil {
				total += len(file.packed)
			} else {
				total += len(file.plain)
			}
		}
	}
	total += len(st.visitor().get("/dang-nhap").body)
	if total > 60<<10 {
		t.Errorf("the first page takes %d bytes", total)
	}
}

func TestHealth(t *testing.T) {
	st := newSite(t)
	st.visitor().get("/healthz").want(t, http.StatusOK, "ok")
	st.d.Close()
	st.visitor().get("/healthz").want(t, http.StatusServiceUnavailable)
}

func TestReloadAfterAFailedFormLeadsToItsPage(t *testing.T) {
	newSite(t).as("officer").get("/tai-khoan/ho-so").wantTo(t, "/tai-khoan")
}

func TestRoutesAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		if method != "GET" && method != "POST" || r.need == "" || r.do == nil || seen[r.pattern] {
			t.Errorf("route %q: method, permission or handler is missing, or it stands twice", r.pattern)
		}
		seen[r.pattern] = true
		if path != strings.ToLower(path) && !strings.Contains(path, "{") {
			t.Errorf("route %q: paths are small letters", r.pattern)
		}
		for _, c := range path {
			if c > 127 {
				t.Errorf("route %q: paths have no marks", r.pattern)
			}
		}
	}
}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]clock.Day{
		"23/11/2026": "2026-11-23", "1/2/2026": "2026-02-01", "2026-11-23": "2026-11-23", "23.11.2026": "2026-11-23", "1-12-2023": "2023-12-01",
		"31/02/2026": "31/02/2026", "hôm nay": "hôm nay", "": "",
	} {
		f := Form{Values: url.Values{"d": {typed}}}
		if got := f.Day("d"); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestOnlyLocalPathsAreFollowed(t *testing.T) {
	for to, want := range map[string]string{
		"/tai-khoan": "/tai-khoan", "/a?b=c#d": "/a?b=c#d", "//evil.test": "", "https://evil.test/": "", "/\\evil.test": "", "javascript:alert(1)": "",
		"": "", "tai-khoan": "", "/a\r\nX: y": "", "/\t/evil.test": "",
	} {
		if got := local(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}

func TestShareIsAWidth(t *testing.T) {
	for _, c := range []struct {
		part, whole any
		want        string
	}{{1, 3, "33.3%"}, {5, 4, "100%"}, {-1, 4, "0%"}, {1, 0, "0%"}, {int64(1), int64(8), "12.5%"}} {
		if got, err := share(c.part, c.whole); err != nil || got != c.want {
			t.Errorf("share %v of %v is %q (%v), want %q", c.part, c.whole, got, err, c.want)
		}
	}
	if _, err := share("1", 2); err == nil {
		t.Error("a text is no figure")
	}
}

func TestDevicesAreNamed(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0": "Edge · Windows",
		"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36":                  "Chrome · Android",
		"curl/8.0": "",
	} {
		if got := device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

// Every permission that a token may carry has a name for people.
func TestPermissionsHaveNames(t *testing.T) {
	st := newSite(t)
	body := st.as("officer").get("/tai-khoan").body
	if n := strings.Count(body, `name="scopes"`); n != len(permissionNames) {
		t.Errorf("%d permissions are offered, %d have names", n, len(permissionNames))
	}
}
