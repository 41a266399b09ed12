package web

import (
	"context"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit"
)

// tab is a page in the browser, on a served site.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func openTab(t *testing.T, st *site) *tab {
	t.Helper()
	server := httptest.NewServer(st)
	t.Cleanup(func() {
		st.EndStreams() // or closing would wait for them
		server.Close()
	})
	return &tab{t: t, ctx: testkit.Chrome(t), base: server.URL}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	for _, a := range actions {
		if err := chromedp.Do(p.ctx, a); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *tab) open(path string) { p.t.Helper(); p.do(chromedp.Navigate(p.base + path)) }

func (p *tab) script(js string) { p.t.Helper(); p.do(chromedp.Evaluate[chromedp.Void](js)) }

func (p *tab) read(js string) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](js))
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

func (p *tab) want(js, want string) {
	p.t.Helper()
	if got := p.read(js); got != want {
		p.t.Errorf("%s is %q, want %q", js, got, want)
	}
}

func (p *tab) signIn(login string) {
	p.t.Helper()
	p.open("/dang-nhap?tiep=/tai-khoan")
	p.do(chromedp.SendKeys("#f-login", login), chromedp.SendKeys("#f-password", testPassword+"\r"), chromedp.WaitVisible("#phien"))
}

// Every page of the frame is clean for axe and fits a telephone, in both schemes.
func TestPagesAreAccessible(t *testing.T) {
	st := newSite(t, func(d *Deps) {
		d.Demo = &Demo{Notice: locale.Msg("Bản để dùng thử."), Accounts: []DemoAccount{{Login: "officer", Password: testPassword, Name: locale.Msg("Người officer"), Unit: "Sở Công Thương", Role: locale.Msg("Thành viên")}}}
	})
	p := openTab(t, st)
	look := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			for _, scheme := range []string{"light", "dark"} {
				testkit.Media(t, p.ctx, "screen", scheme)
				p.open(path)
				for _, v := range testkit.Axe(t, p.ctx) {
					t.Errorf("%s, %s: %s", path, scheme, v)
				}
			}
			for _, width := range []int{360, 1024} {
				testkit.Viewport(t, p.ctx, width)
				if px := testkit.Overflow(t, p.ctx); px > 0 {
					t.Errorf("%s is %d pixels too wide at %d", path, px, width)
				}
			}
		}
	}
	look("/dang-nhap", "/khong-co")
	p.signIn("administrator")
	look("/tai-khoan", "/tai-khoan/mat-khau", "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/moi", "/quan-tri/tai-khoan/"+st.ids["officer"])
}

func TestTablesSortAndFilter(t *testing.T) {
	p := openTab(t, newSite(t))
	p.signIn("administrator")
	p.open("/quan-tri/tai-khoan")
	logins := `[...document.querySelectorAll('#tai-khoan tbody tr:not([hidden]) code')].map(c => c.textContent).join(' ')`
	p.want(logins, "administrator auditor head officer standing")
	p.script(`document.querySelector('#tai-khoan th:nth-child(2) button').click()`)
	p.script(`document.querySelector('#tai-khoan th:nth-child(2) button').click()`)
	p.want(logins, "standing officer head auditor administrator")
	p.want(`document.querySelector('#tai-khoan th:nth-child(2)').getAttribute('aria-sort')`, "descending")
	p.do(chromedp.SendKeys("[data-filter]", "so cong thuong"))
	p.want(logins, "officer head")
	p.want(`document.activeElement.blur(), document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true})), document.activeElement.type`, "search")
}

// A long form that was left is offered again; once sent it is forgotten.
func TestLongFormsAreKept(t *testing.T) {
	p := openTab(t, newSite(t))
	p.signIn("administrator")
	p.open("/quan-tri/tai-khoan/moi")
	p.do(chromedp.SendKeys("#f-name", "Nguyễn Thị Nháp"), chromedp.WaitVisible(`[data-autosave] > p[role=status]:not(:empty)`))
	p.open("/quan-tri/tai-khoan/moi")
	p.want(`document.querySelector('#f-name').value`, "")
	p.do(chromedp.WaitVisible(".note.warn"))
	p.script(`document.querySelector('.note.warn button').click()`)
	p.want(`document.querySelector('#f-name').value`, "Nguyễn Thị Nháp")
	p.do(chromedp.SendKeys("#f-login", "nguyen.thi.nhap"))
	p.script(`document.querySelector('#f-unit').value = 'u2', document.querySelector('.btn.go').click()`)
	p.do(chromedp.WaitVisible("#mat-khau"))
	p.open("/quan-tri/tai-khoan/moi")
	p.want(`String(document.querySelector('.note.warn'))`, "null")
	p.want(`String(Object.keys(localStorage).filter(k => k.startsWith('draft:')).length)`, "0")
}

func TestMenusAndPreferencesWithTheKeyboard(t *testing.T) {
	p := openTab(t, newSite(t))
	p.open("/dang-nhap")
	p.script(`document.querySelector('details.menu summary').click()`)
	p.want(`String(document.querySelector('details.menu').open)`, "true")
	p.script(`document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))`)
	p.want(`String(document.querySelector('details.menu').open)`, "false")
	p.script(`document.querySelector('button[value=dark]').click()`)
	p.do(chromedp.WaitVisible(`html[data-theme=dark] #f-login`))
	p.want(`getComputedStyle(document.body).colorScheme`, "dark")
	p.script(`document.querySelector('button[value=en]').click()`)
	p.do(chromedp.WaitVisible(`html[lang=en] #f-login`))
	p.want(`document.querySelector('h1').textContent`, "Sign in")
}

// What is wrong takes the focus, and its link leads to the field.
func TestErrorsTakeTheFocus(t *testing.T) {
	p := openTab(t, newSite(t))
	p.open("/dang-nhap")
	p.do(chromedp.SendKeys("#f-login", "officer"), chromedp.SendKeys("#f-password", "khong phai the\r"), chromedp.WaitVisible(".errors"))
	p.want(`document.activeElement.className`, "errors")
	p.want(`document.querySelector('#f-login').value + '|' + document.querySelector('#f-password').value`, "officer|")
	p.script(`document.querySelector('.errors a').click()`)
	p.want(`document.activeElement.id`, "f-login")
}
