package e2e

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/testkit"
)

// TestFirstVisitor is an empty installation on its first day.
func TestFirstVisitor(t *testing.T) {
	places(t, func(t *testing.T, p place) {
		s := start(t, p)
		first := newVisitor(t, s.URL)
		if a := first.get("/dang-nhap"); a.status != http.StatusSeeOther || a.location != "/thiet-lap" {
			t.Fatalf("an empty installation answers %d, %q", a.status, a.location)
		}
		first.get("/thiet-lap").want(t, http.StatusOK, `name="code"`)

		const secret = "mười hai con giáp đủ cả"
		fill := func(code, again string) url.Values {
			return url.Values{"code": {code}, "login": {"nguoi.dau.tien"}, "name": {"Nguyễn Thị Đầu Tiên"}, "password": {secret}, "again": {again}}
		}
		code := s.setupCode(t)
		refused := first.post("/thiet-lap", fill("AAAA-BBBB-CCCC-DDDD", secret))
		refused.want(t, http.StatusUnprocessableEntity, `value="nguoi.dau.tien"`)
		if strings.Contains(refused.body, secret) {
			t.Error("the page gives the password back")
		}
		first.post("/thiet-lap", fill(code, "khác")).want(t, http.StatusUnprocessableEntity, "Hai lần nhập mật khẩu không giống nhau")

		// A code ends with the server that printed it: only the newest log opens.
		s.kill()
		s = start(t, p)
		first.base = s.URL
		first.post("/thiet-lap", fill(code, secret)).want(t, http.StatusUnprocessableEntity)
		code = s.setupCode(t)
		first.post("/thiet-lap", fill(code, secret)).want(t, http.StatusSeeOther)
		first.get("/tai-khoan").want(t, http.StatusOK, "Nguyễn Thị Đầu Tiên")
		first.get("/quan-tri/tai-khoan").want(t, http.StatusOK, "nguoi.dau.tien")

		second := newVisitor(t, s.URL)
		second.get("/thiet-lap").want(t, http.StatusNotFound)
		again := fill(code, secret)
		again.Set("login", "nguoi.thu.hai")
		second.post("/thiet-lap", again).want(t, http.StatusNotFound)
		second.post("/dang-nhap", url.Values{"login": {"nguoi.thu.hai"}, "password": {secret}}).want(t, http.StatusUnprocessableEntity)
		second.post("/dang-nhap", url.Values{"login": {"nguoi.dau.tien"}, "password": {"sai mật khẩu"}}).want(t, http.StatusUnprocessableEntity)
		if a := second.get("/tai-khoan"); a.status != http.StatusSeeOther || !strings.HasPrefix(a.location, "/dang-nhap") {
			t.Fatalf("a wrong password opens %d, %q", a.status, a.location)
		}
		second.signIn("nguoi.dau.tien", secret)
		second.get("/tai-khoan").want(t, http.StatusOK, "Nguyễn Thị Đầu Tiên")
		second.post("/dang-xuat", nil).want(t, http.StatusSeeOther)
		if a := second.get("/tai-khoan"); a.status != http.StatusSeeOther {
			t.Fatalf("after signing out: %d", a.status)
		}

		// The next start prints no code: there is an administrator.
		s.kill()
		s = start(t, p)
		if strings.Contains(s.log(), `"code"`) {
			t.Errorf("a code for an installation that is set up:\n%s", s.log())
		}
		first.base = s.URL
		first.get("/thiet-lap").want(t, http.StatusNotFound)
		first.get("/tai-khoan").want(t, http.StatusOK)
	})
}

// TestExpiredSessionKeepsWhatWasTyped: an officer fills in a long form, leaves
// for lunch, comes back, presses the button — the session is over, the text is not.
func TestExpiredSessionKeepsWhatWasTyped(t *testing.T) {
	p := place{data: t.TempDir()}
	h := furnish(t, p, 1)
	s := start(t, p)
	tab, cancel := context.WithTimeout(testkit.Chrome(t), patience)
	defer cancel()
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(tab, steps...); err != nil {
			t.Fatal(err)
		}
	}
	read := func(script string) string {
		t.Helper()
		text, err := chromedp.Run(tab, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		return text
	}
	signIn := []chromedp.Action[chromedp.Void]{
		chromedp.SendKeys(chromedp.CSS(`input[name=login]`), "thuongtruc"),
		chromedp.SendKeys(chromedp.CSS(`input[name=password]`), password),
		chromedp.Click(chromedp.CSS(`form[action="/dang-nhap"] button.go`)),
	}
	const name, basis = "Khối thi đua các sở kinh tế – kỹ thuật", "Quyết định số 58/QĐ-UBND ngày 12/01/2023 về việc thành lập các cụm, khối thi đua"
	do(chromedp.Navigate(s.URL + "/cum-khoi/moi"))
	do(signIn...)
	do(chromedp.WaitVisible(chromedp.CSS(`input[name=basis]`)),
		chromedp.SendKeys(chromedp.CSS(`input[name=name]`), name),
		chromedp.SendKeys(chromedp.CSS(`input[name=basis]`), basis),
		chromedp.Click(chromedp.CSS(`input[name=members][value="`+h.single+`"]`)))

	// The officer ends all other sessions from another machine.
	other := newVisitor(t, s.URL)
	other.signIn("thuongtruc", password)
	other.post("/tai-khoan/phien/ket-thuc-het", nil).want(t, http.StatusSeeOther)

	do(chromedp.Click(chromedp.CSS(`main form button.go`)), chromedp.WaitVisible(chromedp.CSS(`input[name=password]`)))
	if at := read(`location.pathname`); at != "/dang-nhap" {
		t.Fatalf("the expired session leads to %s", at)
	}
	do(signIn...)
	do(chromedp.WaitVisible(chromedp.CSS(`input[name=basis]`)))
	for field, want := range map[string]string{"name": name, "basis": basis} {
		if got := read(`document.querySelector('input[name=` + field + `]').value`); got != want {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	if n := read(`String(document.querySelectorAll('input[name=members]:checked').length)`); n != "1" {
		t.Errorf("%s members are ticked", n)
	}
	// What came back can be sent.
	do(chromedp.Click(chromedp.CSS(`main form button.go`)), chromedp.WaitVisible(chromedp.CSS(`.note.good`)))
	if at := read(`location.pathname`); !strings.HasPrefix(at, "/nam/") {
		t.Errorf("sending it again leads to %s", at)
	}
	if body := read(`document.body.innerText`); !strings.Contains(body, name) {
		t.Errorf("no cluster on the page:\n%s", body)
	}
}
