package web

import (
	"context"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/emersion/go-smtp"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/mail"
	"github.com/thidua/thidua/testkit"
	"github.com/thidua/thidua/testkit/postbox"
)

// mailTo gives an account an address.
func (st *site) mailTo(login, address string) {
	st.t.Helper()
	err := st.d.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `UPDATE account SET email = $1 WHERE login = $2`, address, login)
		return err
	})
	if err != nil {
		st.t.Fatal(err)
	}
}

// withMail connects the site to a mail server.
func (st *site) withMail(book *ledger.Book, box *postbox.Box) *letter.Service {
	st.t.Helper()
	sender, err := mail.NewSMTP(mail.Server{Address: box.Address, From: "Thi đua tỉnh <thidua@tinh.gov.vn>", Trust: box.Trust})
	if err != nil {
		st.t.Fatal(err)
	}
	st.Letters = letter.New(st.d, book, st.Gate, letter.Outlet{Sender: sender, Server: "smtp.tinh.gov.vn:587", From: "thidua@tinh.gov.vn"}, PlacePath, st.clock, slog.New(slog.DiscardHandler))
	return st.Letters
}

func TestLetterPages(t *testing.T) {
	st := newSite(t)
	admin := st.as("administrator")
	admin.get(lettersPath).want(t, 200, "Hệ thống chưa gửi thư", "THIDUA_SMTP_PASSWORD")
	admin.post(lettersPath+"/gui-thu", nil).want(t, 409, "chưa được nối với máy chủ thư")
	st.as("officer").get("/tai-khoan").want(t, 200, "Hệ thống chưa gửi thư")
	for _, who := range []string{"standing", "officer", "auditor"} {
		st.as(who).get(lettersPath).want(t, 403)
	}

	box := postbox.Open(t, postbox.Options{})
	letters := st.withMail(ledger.NewBook(st.clock), box)
	deliver := func() {
		t.Helper()
		if _, err := letters.Deliver(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	admin.get(lettersPath).want(t, 200, "smtp.tinh.gov.vn:587", "Chưa có thư nào")
	admin.post(lettersPath+"/gui-thu", nil).want(t, 409, "chưa có thư điện tử")
	st.mailTo("administrator", "quantri@tinh.gov.vn")
	box.Refuse(func(string) error { return errMailbox })
	admin.post(lettersPath+"/gui-thu", nil).wantTo(t, lettersPath)
	admin.get(lettersPath).want(t, 200, "chờ gửi")
	deliver()
	page := admin.get(lettersPath + "?trang-thai=khong-gui-duoc")
	page.want(t, 200, "1 thư không gửi được", "Khong co hop thu &lt;quantri&gt;", "quantri@tinh.gov.vn", "không gửi được")
	one := regexp.MustCompile(lettersPath + `/[0-9a-f-]{36}`).FindString(page.body)
	admin.get(one).want(t, 200, "Trả lời của máy chủ thư", "Khong co hop thu", "Kính gửi Người administrator,", "Gửi lại")
	st.as("standing").get(one).want(t, 403)
	admin.get(lettersPath+"/khong-co").want(t, 404)

	p := openTab(t, st)
	p.signIn("administrator")
	look := func(name, path string) {
		t.Helper()
		p.open(path)
		for _, scheme := range []string{"dark", "light"} {
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", path, scheme, v)
			}
		}
		for _, width := range []int{360, 1024} {
			testkit.Screenshot(t, p.ctx, width, name)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s is %d pixels too wide at %d", path, px, width)
			}
		}
	}
	look("thu-gui-di", lettersPath)
	look("thu-khong-gui-duoc", one)
	look("tai-khoan-thu", "/tai-khoan")

	box.Refuse(nil)
	st.as("standing").post(one+"/gui-lai", nil).want(t, 403)
	admin.post(one+"/gui-lai", nil).wantTo(t, one)
	admin.post(one+"/gui-lai", nil).want(t, 409, "không còn ở trạng thái")
	deliver()
	admin.get(lettersPath).want(t, 200, "đã gửi")
	if got := box.Wait(1); got[0].Subject != "Thư thử" || !got[0].TLS {
		t.Errorf("%+v", got)
	}
	admin.post(lettersPath+"/gui-lai", nil).want(t, 409)
}

func TestOwnMail(t *testing.T) {
	st := newSite(t)
	st.withMail(ledger.NewBook(st.clock), postbox.Open(t, postbox.Options{}))
	b := st.as("officer")
	b.get("/tai-khoan").want(t, 200, "Bạn chưa có thư điện tử", `value="1" checked`)
	st.mailTo("officer", "canbo@so.gov.vn")
	b.post("/tai-khoan/thu", url.Values{}).wantTo(t, "/tai-khoan#thu")
	page := b.get("/tai-khoan")
	page.want(t, 200, "canbo@so.gov.vn", "Bạn sẽ không nhận thư nhắc việc nữa")
	if strings.Contains(page.body, `name="mail" value="1" checked`) {
		t.Error("mail is off and shown as on")
	}
	b.post("/tai-khoan/thu", url.Values{"mail": {"1"}}).wantTo(t, "/tai-khoan#thu")
	b.get("/tai-khoan").want(t, 200, `value="1" checked`)
	st.visitor().post("/tai-khoan/thu", url.Values{}).want(t, 303)
}

func TestPlanOfRemindersPage(t *testing.T) {
	s, _ := tracked(t)
	form, to, at := s.year("/tien-do/ky-bao-cao"), s.year("/tien-do/nhac-han"), s.year("/tien-do/tinh-hinh")
	s.as("member").get(at).want(t, 200, "Hệ thống chưa gửi thư")
	s.as("leader").get(form).want(t, 200, "Hệ thống chưa gửi thư", `value="week" id=`, `value="late" checked`)
	s.withMail(s.Block.Book, postbox.Open(t, postbox.Options{}))
	s.as("leader").get(at).want(t, 200, "Thư nhắc tự gửi: trước hạn 7 ngày; trước hạn 1 ngày; sau hạn 1 ngày")
	s.as("member").post(to, url.Values{"when": {"eve"}}).want(t, 403)
	s.as("stranger").post(to, url.Values{"when": {"eve"}}).want(t, 404)
	s.as("leader").post(to, url.Values{"when": {"eve"}}).wantTo(t, at)
	s.as("leader").get(at).want(t, 200, "Thư nhắc tự gửi: trước hạn 1 ngày.")
	s.as("leader").post(to, url.Values{}).wantTo(t, at)
	s.as("leader").get(at).want(t, 200, "Cụm, khối đã tắt thư nhắc tự gửi")
	s.as("leader").get(s.year("/so-cai")).want(t, 200, "Chọn cách nhắc hạn báo cáo")
	p := openTab(t, s.site)
	p.signIn("leader")
	p.open(form)
	for _, v := range testkit.Axe(t, p.ctx) {
		t.Error(v)
	}
	for _, width := range []int{360, 1024} {
		testkit.Screenshot(t, p.ctx, width, "ky-bao-cao-nhac-han")
		if px := testkit.Overflow(t, p.ctx); px > 0 {
			t.Errorf("%d pixels too wide at %d", px, width)
		}
	}
}

// From the reminder to the figures sent: the link of a mail that came through a
// mail server, signing in, and the one page with what is due.
func TestFromAMailToTheFigures(t *testing.T) {
	s := newPaperSite(t)
	ctx := context.Background()
	ids := s.adopted()
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-06-28 08:00")
	s.Check(s.Indicators.SetSchedule(ctx, s.Officers[0], s.Year.ID, []indicator.Duty{{Period: indicator.HalfYear, Due: "2023-07-05"}, {Period: indicator.FullYear, Due: "2023-12-05"}}))
	s.as("leader")
	s.mailTo("leader", "canbo@so.gov.vn")
	box := postbox.Open(t, postbox.Options{})
	letters := s.withMail(s.Block.Book, box)
	s.Indicators.Mail(letters)
	p := openTab(t, s.site)
	letters.SetBase(p.base)
	s.Check(s.Indicators.Remind(ctx))
	_, err := letters.Deliver(ctx)
	s.Check(err)
	got := box.Wait(1)
	if len(got) != 1 || got[0].To != "canbo@so.gov.vn" {
		t.Fatalf("%+v", got)
	}
	link := regexp.MustCompile(`<a href="([^"]*/bao-cao[^"]*)">`).FindStringSubmatch(got[0].HTML)
	if link == nil || !strings.Contains(got[0].Text, link[1]) || link[1] != p.base+reportPath(s.Year.ID, "H1") {
		t.Fatalf("link %v in %s", link, got[0].HTML)
	}
	testkit.Viewport(t, p.ctx, 360)

	clicks := 1 // the link in the mail
	p.do(chromedp.Navigate(link[1]))
	p.do(chromedp.SendKeys("#f-login", "leader"), chromedp.SendKeys("#f-password", testPassword))
	clicks++
	p.script(`document.querySelector('main form[method=post] button.go').click()`)
	p.do(chromedp.WaitVisible(`form[data-autosave]`))
	p.want(`document.querySelector('[name=period]').value`, "H1")
	p.want(`location.pathname + location.search`, reportPath(s.Year.ID, "H1"))
	p.script(`document.getElementsByName('amount-` + ids["Tỷ lệ đô thị hóa"] + `')[0].focus(); document.execCommand('insertText', false, '44,1')`)
	clicks++
	p.script(`document.querySelector('form[data-autosave] button.go').click()`)
	p.do(chromedp.WaitVisible(`.note.good`))
	p.want(`document.body.textContent.includes('Đã ghi 1 số liệu.') + ''`, "true")
	if clicks > 3 {
		t.Errorf("%d clicks", clicks)
	}
	// Opened a second time by someone signed in, by way of the sign-in page.
	s.as("leader").get("/dang-nhap?tiep="+url.QueryEscape(reportPath(s.Year.ID, "H1"))).wantTo(t, reportPath(s.Year.ID, "H1"))
	s.as("leader").get("/dang-nhap?tiep=https://elsewhere.test/").wantTo(t, "/")
}

func TestEveryPlaceHasAPage(t *testing.T) {
	for kind, want := range map[string]string{
		"report": "/nam/y/tien-do/bao-cao?ky=H1", "progress": "/nam/y/tien-do/bao-cao", "covenant": "/nam/y/giao-uoc", "sign": "/nam/y/giao-uoc", "scores": "/nam/y/cham-diem",
		"self_score": "/nam/y/cham-diem/u", "cross_check": "/nam/y/cham-diem", "review": "/nam/y/binh-xet", "submit": "/nam/y/ho-so", "comment": "/nam/y/van-ban",
		"account": "/tai-khoan#thu", "": "/nam/y", "overview": "/nam/y",
	} {
		if got := PlacePath(letter.Place{Kind: kind, YearID: "y", Subject: "H1", UnitID: "u"}); got != want {
			t.Errorf("%q leads to %s, want %s", kind, got, want)
		}
	}
}

var errMailbox = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "Khong co hop thu <quantri>"}
