package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

func TestSignIn(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	b.get("/").wantTo(t, "/dang-nhap")
	b.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
	b.get("/dang-nhap?tiep=%2Ftai-khoan").want(t, http.StatusOK, `name="tiep" value="/tai-khoan"`)
	b.post("/dang-nhap", url.Values{"login": {" OFFICER "}, "password": {testPassword}, "tiep": {"/tai-khoan"}}).wantTo(t, "/tai-khoan")
	b.get("/tai-khoan").want(t, http.StatusOK, "Người officer", "Sở Công Thương", "thiết bị này")
	b.get("/dang-nhap").wantTo(t, "/")
	out := b.post("/dang-xuat", nil)
	out.wantTo(t, "/dang-nhap")
	if out.header.Get("Clear-Site-Data") == "" {
		t.Error("the browser keeps the pages of who signed out")
	}
	b.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
}

func TestWrongPasswordAndUnknownLoginAreAlike(t *testing.T) {
	st := newSite(t)
	try := func(login string) string {
		got := st.visitor().post("/dang-nhap", url.Values{"login": {login}, "password": {"khong phai the"}})
		got.want(t, http.StatusUnprocessableEntity, "Tên đăng nhập hoặc mật khẩu không đúng")
		if strings.Contains(got.body, "khong phai the") {
			t.Error("the page repeats the password")
		}
		return strings.ReplaceAll(got.body, login, "LOGIN")
	}
	if try("officer") != try("nobody-here") {
		t.Error("the answers tell which login exists")
	}
}

func TestTooManyFailuresArePutOff(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	wrong := url.Values{"login": {"officer"}, "password": {"khong phai the"}}
	for range 5 {
		b.post("/dang-nhap", wrong).want(t, http.StatusUnprocessableEntity)
	}
	b.post("/dang-nhap", wrong).want(t, http.StatusTooManyRequests, "đợi 15 phút")
	right := url.Values{"login": {"officer"}, "password": {testPassword}}
	b.post("/dang-nhap", right).want(t, http.StatusTooManyRequests)
	elsewhere := st.visitor()
	elsewhere.address = "198.51.100.7"
	elsewhere.post("/dang-nhap", right).wantTo(t, "/") // the owner is not locked out
	st.clock.Forward(16 * time.Minute)
	b.post("/dang-nhap", right).wantTo(t, "/")
}

// A token that lay in the browser before opens nothing after the sign-in.
func TestSignInMakesANewToken(t *testing.T) {
	st := newSite(t)
	b := st.visitor()
	b.cookies["thidua_phien"] = "planted-by-somebody-else"
	b.post("/dang-nhap", url.Values{"login": {"officer"}, "password": {testPassword}}).wantTo(t, "/")
	if b.cookies["thidua_phien"] == "planted-by-somebody-else" || b.cookies["thidua_phien"] == "" {
		t.Errorf("the session goes on under %q", b.cookies["thidua_phien"])
	}
}

func TestSessionEndsElsewhere(t *testing.T) {
	st := newSite(t)
	here, there := st.as("officer"), st.as("officer")
	page := here.get("/tai-khoan")
	_, after, ok := strings.Cut(page.body, `action="/tai-khoan/phien/`)
	if !ok {
		t.Fatalf("no other session is listed\n%s", page.body)
	}
	id, _, _ := strings.Cut(after, "/")
	st.as("head").post("/tai-khoan/phien/"+id+"/ket-thuc", nil).want(t, http.StatusNotFound) // not hers
	there.get("/tai-khoan").want(t, http.StatusOK)
	here.post("/tai-khoan/phien/"+id+"/ket-thuc", nil).wantTo(t, "/tai-khoan#phien")
	there.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
	here.get("/tai-khoan").want(t, http.StatusOK, "Đã kết thúc phiên đăng nhập đó.")
}

func TestPasswordChange(t *testing.T) {
	st := newSite(t)
	here, there := st.as("officer"), st.as("officer")
	change := func(old, password, again string) reply {
		return here.post("/tai-khoan/mat-khau", url.Values{"old": {old}, "password": {password}, "again": {again}})
	}
	change(testPassword, "mot cau moi du dai", "mot cau khac").want(t, http.StatusUnprocessableEntity, "không giống nhau")
	change("sai sai sai sai", "mot cau moi du dai", "mot cau moi du dai").want(t, http.StatusUnprocessableEntity, "Mật khẩu hiện tại không đúng")
	change(testPassword, "ngan", "ngan").want(t, http.StatusUnprocessableEntity, "ít nhất 12 ký tự")
	change(testPassword, "mot cau moi du dai", "mot cau moi du dai").wantTo(t, "/tai-khoan")
	here.get("/tai-khoan").want(t, http.StatusOK)
	there.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
}

func TestFirstAdministrator(t *testing.T) {
	st := bareSite(t)
	b := st.visitor()
	b.get("/").wantTo(t, "/thiet-lap")
	b.get("/dang-nhap").wantTo(t, "/thiet-lap")
	code, err := st.account.SetupCode(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"code": {"sai"}, "login": {"quan.tri"}, "name": {"Người quản trị"}, "password": {testPassword}, "again": {testPassword}}
	b.post("/thiet-lap", form).want(t, http.StatusUnprocessableEntity, "Mã thiết lập không đúng")
	form.Set("code", code)
	b.post("/thiet-lap", form).wantTo(t, "/")
	b.get("/quan-tri/tai-khoan").want(t, http.StatusOK, "Người quản trị")
	st.visitor().get("/thiet-lap").want(t, http.StatusNotFound)
	st.visitor().post("/thiet-lap", form).want(t, http.StatusNotFound)
}

func TestOneTimePasswordMustBeChanged(t *testing.T) {
	st := newSite(t)
	admin := st.as("administrator")
	got := admin.post("/quan-tri/tai-khoan/moi", url.Values{"name": {"Lê Thị Mới"}, "login": {"le.thi.moi"}, "role": {"officer"}, "unit": {"u3"}, "from": {"01/12/2023"}, "to": {"31/12/2023"}})
	got.want(t, http.StatusOK, "Mật khẩu cấp một lần")
	if got.header.Get("Cache-Control") != "no-store" {
		t.Error("a browser may keep the page with the password")
	}
	_, after, _ := strings.Cut(got.body, `id="mat-khau">`)
	password, _, _ := strings.Cut(after, "<")
	b := st.visitor()
	b.post("/dang-nhap", url.Values{"login": {"le.thi.moi"}, "password": {password}}).wantTo(t, "/")
	b.get("/tai-khoan").wantTo(t, "/tai-khoan/mat-khau")
	b.get("/tai-khoan/mat-khau").want(t, http.StatusOK, "mật khẩu cấp một lần")
	b.post("/tai-khoan/mat-khau", url.Values{"old": {password}, "password": {"cau cua rieng toi"}, "again": {"cau cua rieng toi"}}).wantTo(t, "/tai-khoan")
	b.get("/tai-khoan").want(t, http.StatusOK, "Sở Xây dựng", "đến hết 31/12/2023")
	st.clock.To("2024-01-01")
	b.get("/tai-khoan").want(t, http.StatusOK, "đã kết thúc")
}

func TestAdministrationOfAccounts(t *testing.T) {
	st := newSite(t)
	admin, officer := st.as("administrator"), st.as("officer")
	at := "/quan-tri/tai-khoan/" + st.ids["officer"]
	admin.get("/quan-tri/tai-khoan?tim=cong+thuong").want(t, http.StatusOK, "Người officer", "Người head")
	if body := admin.get("/quan-tri/tai-khoan?tim=cong+thuong").body; strings.Contains(body, "Người auditor") {
		t.Error("the filter lets everybody through")
	}
	admin.post(at+"/phan-cong", url.Values{"role": {"head"}, "unit": {"u3"}, "from": {"01/12/2023"}, "basis": {"QĐ 5"}}).wantTo(t, at)
	admin.post(at+"/phan-cong", url.Values{"role": {"head"}, "unit": {"u3"}, "from": {"02/12/2023"}}).want(t, http.StatusConflict, "đã có vai trò đó")
	admin.post(at+"/phan-cong", url.Values{"role": {"head"}, "unit": {"u3"}, "from": {"hôm nào"}, "basis": {"QĐ 6"}}).want(t, http.StatusUnprocessableEntity, "Hãy nhập ngày bắt đầu", `value="QĐ 6"`)
	page := admin.get(at)
	page.want(t, http.StatusOK, "Sở Xây dựng", "QĐ 5")
	_, after, _ := strings.Cut(page.body, at+"/phan-cong/")
	assignment, _, _ := strings.Cut(after, "/")
	admin.post("/quan-tri/tai-khoan/"+st.ids["head"]+"/phan-cong/"+assignment+"/ket-thuc", nil).want(t, http.StatusNotFound)
	admin.post(at+"/phan-cong/"+assignment+"/ket-thuc", nil).wantTo(t, at)
	admin.post(at+"/dong", url.Values{"reason": {"Chuyển công tác"}}).wantTo(t, at)
	officer.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
	officer.post("/dang-nhap", url.Values{"login": {"officer"}, "password": {testPassword}}).want(t, http.StatusUnprocessableEntity)
	admin.post("/quan-tri/tai-khoan/"+st.ids["administrator"]+"/dong", nil).want(t, http.StatusConflict, "tự đóng")
	admin.post(at+"/mo-lai", nil).wantTo(t, at)
	admin.post(at+"/mat-khau", nil).want(t, http.StatusOK, "Mật khẩu cấp một lần")
}

func TestTokenIsShownOnce(t *testing.T) {
	st := newSite(t)
	b := st.as("officer")
	b.post("/tai-khoan/ma-truy-cap", url.Values{"name": {"Đồng bộ"}, "days": {"400"}}).want(t, http.StatusUnprocessableEntity, "ít nhất một quyền", "1 đến 366", `value="Đồng bộ"`)
	got := b.post("/tai-khoan/ma-truy-cap", url.Values{"name": {"Đồng bộ"}, "days": {"30"}, "scopes": {"org.read", "figure.report"}})
	got.want(t, http.StatusOK, "Mã truy cập vừa tạo")
	_, after, _ := strings.Cut(got.body, `<code class="secret long">`)
	text, _, _ := strings.Cut(after, "<")
	actor, err := st.account.TokenActor(context.Background(), text)
	if err != nil || actor.Account != st.ids["officer"] || len(actor.Scopes) != 2 {
		t.Fatalf("the token opens as %+v: %v", actor, err)
	}
	page := b.get("/tai-khoan")
	if strings.Contains(page.body, text) {
		t.Error("the token is shown again")
	}
	_, after, _ = strings.Cut(page.body, `action="/tai-khoan/ma-truy-cap/`)
	id, _, _ := strings.Cut(after, "/")
	b.post("/tai-khoan/ma-truy-cap/"+id+"/thu-hoi", nil).wantTo(t, "/tai-khoan#ma-truy-cap")
	if _, err := st.account.TokenActor(context.Background(), text); err == nil {
		t.Error("a revoked token opens")
	}
}

func TestIdleSessionEnds(t *testing.T) {
	st := newSite(t)
	b := st.as("officer")
	old := clock.InstantOf(time.Now().Add(-sessionIdle - time.Minute))
	ctx, err := st.sessions.Load(context.Background(), b.cookies["thidua_phien"])
	if err != nil {
		t.Fatal(err)
	}
	st.sessions.Put(ctx, account.KeySeen, int64(old))
	if _, _, err := st.sessions.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	b.get("/tai-khoan").wantTo(t, "/dang-nhap?tiep=%2Ftai-khoan")
}

func TestDemoShowsItsAccounts(t *testing.T) {
	st := newSite(t, func(d *Deps) {
		d.Demo = &Demo{Notice: locale.Msg("Bản để dùng thử."), Accounts: []DemoAccount{{Login: "officer", Password: testPassword, Name: locale.Msg("Người officer"), Role: locale.Msg("Thành viên")}}}
	})
	st.visitor().get("/dang-nhap").want(t, http.StatusOK, `name="login" value="officer"`, `name="password" value="`+testPassword+`"`)
	if body := newSite(t).visitor().get("/dang-nhap").body; strings.Contains(body, testPassword) {
		t.Error("accounts stand on the sign-in page outside the demo")
	}
}
