package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit"
)

// input is the script that finds a control of the grid.
func gridInput(name string) string { return `document.getElementsByName('` + name + `')[0]` }

// state waits until the grid says something that contains the text.
func (p *tab) said(t *testing.T, text string) {
	t.Helper()
	p.do(chromedp.Poll[chromedp.Void](`document.getElementById('grid-said').textContent.includes('` + text + `')`))
}

// typeInto types over a cell and leaves it, as a person does.
func (p *tab) typeInto(name, value string) {
	p.t.Helper()
	p.script(gridInput(name) + `.focus(), document.execCommand('insertText', false, '` + value + `'), document.activeElement.blur()`)
}

const cellPoints = `[...document.querySelectorAll('tr[data-id="%"] .pt [data-text]')].map(e => e.textContent).join(' ')`

func pointsOf(id string) string { return strings.Replace(cellPoints, "%", id, 1) }

func TestTheGridSavesAsOneTypes(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	p.typeInto("I.2|target", "1.250")
	p.said(t, "Đã lưu")
	p.typeInto("I.2|actual", "1105")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("I.2") + ` === '13,26'`))
	p.want(gridInput("I.2|actual")+".value", "1.105") // in the language's form
	p.want(pointsOf("I"), "13,26")
	p.want(`document.querySelector('tfoot [data-text]').textContent`, "13,26")

	// Out of range: said at the cell, kept in it, and put right.
	p.typeInto("II.3|points", "11")
	p.said(t, "nằm ngoài khoảng từ 0 đến 10")
	p.want(gridInput("II.3|points")+".value + "+gridInput("II.3|points")+".getAttribute('aria-invalid')", "11true")
	p.typeInto("II.3|points", "9,5")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '9,50'`))
	p.want(`String(`+gridInput("II.3|points")+`.getAttribute('aria-invalid'))`, "null")

	// Undone, and undone again.
	p.script(`document.querySelector('[data-undo]').click()`)
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '—'`))
	p.said(t, "Đã hoàn tác")
	p.script(`document.querySelector('[data-undo]').click()`)
	p.do(chromedp.Poll[chromedp.Void](pointsOf("I.2") + ` === '—'`))

	// Through the grid with the keyboard.
	p.script(gridInput("I.1|actual") + `.focus()`)
	key := func(name string) {
		p.script(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '` + name + `', bubbles: true, cancelable: true}))`)
	}
	at := `document.activeElement.name`
	key("Enter")
	p.want(at, "I.2|actual")
	key("ArrowDown")
	p.want(at, "I.3|actual")
	key("ArrowUp")
	key("ArrowLeft")
	p.want(at, "I.2|target")
	key("ArrowRight")
	p.want(at, "I.2|actual")
	p.script(`document.execCommand('insertText', false, '77')`)
	key("Escape")
	p.want(gridInput("I.2|actual")+".value", "")

	// A block from a spreadsheet, all or nothing.
	paste := func(name, text string) {
		p.script(`{const d = new DataTransfer(); d.setData('text/plain', ` + text + `); ` + gridInput(name) + `.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true}))}`)
	}
	paste("I.1|target", `'20\t19\tđủ hồ sơ\n1.250\t1.250\n\t98\n\tnhiều\n\n\tĐạt'`)
	p.said(t, "Chưa dán được")
	if n, err := db.Count(context.Background(), s.d, `SELECT COUNT(*) FROM score WHERE criterion = 'I.1'`); err != nil || n != 0 {
		t.Fatalf("%d rows of a refused block, %v", n, err)
	}
	// Ctrl+Z takes a refused block out of the cells; pasted again, it is put right.
	undo := func(name string) {
		p.script(gridInput(name) + `.dispatchEvent(new KeyboardEvent('keydown', {key: 'z', ctrlKey: true, bubbles: true, cancelable: true}))`)
	}
	undo("I.1|target")
	p.said(t, "Đã hoàn tác")
	p.want(gridInput("I.1|target")+".value + "+gridInput("I.4|actual")+".value", "")
	p.want(`String(document.querySelectorAll('[aria-invalid], [data-error]:not([hidden])').length)`, "0")
	paste("I.1|target", `'20\t19\tđủ hồ sơ\n1.250\t1.250\n\t98\n\tnhiều\n\n\tĐạt\n\t99'`)
	p.said(t, "Chưa dán được")
	// What cannot be read and what is out of range are marked together.
	p.want(`[...document.querySelectorAll('.entry [aria-invalid]')].map(e => e.name).join(' ')`, "I.4|actual II.3|points")
	p.script(gridInput("II.3|points") + `.value = '9'`)
	p.typeInto("I.4|actual", "86") // the wrong cell put right, the whole block is saved
	p.do(chromedp.Poll[chromedp.Void](pointsOf("I.1") + ` === '19,00'`))
	p.want(pointsOf("II.2"), "5,00")
	p.want(pointsOf("I.1"), "19,00")
	p.want(pointsOf("I.3"), "13,00")
	p.want(gridInput("l|I.1")+".value", "đủ hồ sơ")

	// Filters keep what they leave out.
	p.script(`document.querySelector('[data-key=chua]').click()`)
	p.want(`getComputedStyle(document.querySelector('tr[data-id="I.1"]')).display`, "none")
	p.want(`location.search`, "?loc=chua&vong=self")
	p.script(`document.querySelector('[data-key=""]').click()`)
	p.want(`getComputedStyle(document.querySelector('tr[data-id="I.1"]')).display`, "table-row")

	// Why, beside the grid, with its evidence.
	p.script(`document.querySelector('tr[data-id="I.1"] .pt a').click()`)
	p.do(chromedp.WaitVisible("#panel .formula"))
	p.want(`document.querySelector('#panel .formula').textContent`, "20 × 19/20 = 19")
	p.script(`{const d = new DataTransfer(); d.items.add(new File(['MZ giả'], 'bc.pdf')); const f = document.querySelector('#panel input[type=file]'); f.files = d.files; f.form.requestSubmit()}`)
	p.do(chromedp.Poll[chromedp.Void](`document.querySelector('#panel [data-error]:not([hidden])')?.textContent.includes('chương trình chạy')`))
	p.script(`{const d = new DataTransfer(); d.items.add(new File(['%PDF-1.7 x %%EOF'], 'Báo cáo.pdf')); const f = document.querySelector('#panel input[type=file]'); f.files = d.files; f.form.requestSubmit()}`)
	p.do(chromedp.Poll[chromedp.Void](`document.querySelector('#panel .proofs a')?.textContent.includes('Báo cáo.pdf') && document.querySelector('tr[data-id="I.1"] .proof').textContent.includes('1')`))
	p.script(`document.getElementById('panel').dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))`)
	p.want(`String(document.getElementById('panel').hidden)`, "true")
}

// The network is slow: what is typed in other rows meanwhile is not overwritten
// by the answer, and is saved in its turn.
func TestTypingWhileASaveIsUnderWay(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	p.script(`{ const ask = window.fetch; window.fetch = (...a) => new Promise(r => setTimeout(r, 400)).then(() => ask(...a)) }`)
	p.typeInto("II.3|points", "8")
	p.typeInto("III.1|points", "3")
	p.typeInto("III.2|points", "4")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("III.2") + ` === '4,00'`))
	p.want(pointsOf("III.1"), "3,00")
	p.want(pointsOf("II.3"), "8,00")
}

// From a grid whose session has ended a link leads to signing in and back, where
// what was typed is sent.
func TestTheGridLeadsToSigningIn(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	p.typeInto("II.3|points", "8")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '8,00'`))
	p.want(`document.querySelector('.tabs-rounds .count').textContent`, "8,00") // the tab follows
	s.Check(s.d.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `DELETE FROM session`)
		return err
	}))
	p.typeInto("III.1|points", "3")
	p.said(t, "Phiên làm việc đã hết hạn")
	p.want(`document.querySelector('#grid-said a').pathname`, signInPath)
	p.signIn("member")
	p.open(s.path(2))
	p.said(t, "Đã ghi những ô bạn nhập")
	p.want(pointsOf("III.1"), "3,00")
	p.want(`String(Object.keys(localStorage).some(k => k.startsWith('draft:')))`, "false")

	// A number that is a slip is said back within the width of a telephone.
	testkit.Viewport(t, p.ctx, 360)
	p.typeInto("III.2|points", strings.Repeat("1234567890", 4))
	p.said(t, "Số này dài 40 chữ số")
	if px := testkit.Overflow(t, p.ctx); px > 0 {
		t.Errorf("the error is %d pixels wider than a telephone", px)
	}
}

// What is printed: no navigation, the title with its year, every column on the paper.
func TestScoresPrint(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	s.fill(t, 2, "19")
	p := openTab(t, s.site)
	p.signIn("leader")
	testkit.Media(t, p.ctx, "print", "light")
	for _, path := range []string{"/nam/" + s.Year.ID + "/cham-diem", s.path(2)} {
		testkit.Viewport(t, p.ctx, 1016) // A4 on its side, within its margins
		p.open(path)
		p.want(`[...document.querySelectorAll('.top, .bar-tools, .grid-tools, .steps, .foot, .demo-bar, .acts')].filter(e => e.offsetWidth).map(e => e.className).join(' ')`, "")
		p.want(`document.querySelector('.printed').innerText.includes('In lúc') ? 'said' : 'missing'`, "said")
		p.want(`document.querySelector('main').innerText.includes('2023') ? 'said' : 'missing'`, "said")
		p.want(`[...document.querySelectorAll('table.data :is(th, td)')].filter(c => c.getBoundingClientRect().right > innerWidth + 1).map(c => c.textContent.trim()).join('|')`, "")
	}
}

// What is handed in is what is saved: a refused cell stops it.
func TestARefusedCellIsNotHandedIn(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	p.typeInto("II.3|points", "11")
	p.said(t, "nằm ngoài khoảng từ 0 đến 10")
	p.script(`document.querySelector('form[data-hand-in] button').click()`)
	p.said(t, "còn ô chưa lưu được")
	p.want(`document.activeElement.name + location.search`, "II.3|points")
	if n, err := db.Count(context.Background(), s.d, `SELECT COUNT(*) FROM hand_in`); err != nil || n != 0 {
		t.Errorf("%d handed in, %v", n, err)
	}
	// A cell that is only waiting to be saved is saved, and the sheet goes on its way.
	p.script(gridInput("II.3|points") + `.value = '9'`)
	p.script(`document.querySelector('form[data-hand-in] button').click()`)
	p.do(chromedp.WaitVisible(`.errors`))
	if n, err := db.Count(context.Background(), s.d, `SELECT COUNT(*) FROM score WHERE criterion = 'II.3'`); err != nil || n != 1 {
		t.Errorf("%d saved, %v", n, err)
	}
}

// Two people on one sheet see each other's cells by themselves, and neither
// saves over the other's unseen.
func TestTwoPeopleInTheGrid(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	colleague := s.as("member")
	told := `(document.querySelector('tr[data-id="II.3"] [data-error]:not([hidden])')?.firstChild.textContent ?? '')`
	choice := func(n int) string {
		return `[...document.querySelectorAll('tr[data-id="II.3"] [data-error] button')][` + strconv.Itoa(n) + `].click()`
	}

	// A cell that nobody is at follows within two seconds, points and all.
	began := time.Now()
	colleague.json(t, s.path(2), cellForm(assessment.Self, "II.3", "0", "", "points", "7"))
	p.do(chromedp.Poll[chromedp.Void](gridInput("II.3|points") + ".value === '7' && " + pointsOf("II.3") + " === '7,00'"))
	t.Logf("seen after %s", time.Since(began).Round(10*time.Millisecond))

	// One that is being typed in stays as it is typed, and both values are shown.
	p.script(gridInput("II.3|points") + `.focus(); ` + gridInput("II.3|points") + `.value = '8'`)
	colleague.json(t, s.path(2), cellForm(assessment.Self, "II.3", "1", "7 ¦ ", "points", "6"))
	p.do(chromedp.Poll[chromedp.Void](told + ` === 'Người khác vừa sửa thành: 6. '`))
	p.want(gridInput("II.3|points")+".value", "8")
	// Leaving the cell saves nothing over the colleague's: the choice stands.
	p.script(gridInput("II.3|points") + `.dispatchEvent(new Event('change', { bubbles: true }))`)
	p.said(t, "vừa được người khác sửa")
	if got := colleague.get(s.path(2)).body; !strings.Contains(got, `name="II.3|points" value="6"`) {
		t.Error("saved over what nobody saw")
	}
	p.script(choice(1)) // mine
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '8,00'`))

	// The other way: theirs.
	p.script(gridInput("II.3|points") + `.focus(); ` + gridInput("II.3|points") + `.value = '9'`)
	colleague.json(t, s.path(2), cellForm(assessment.Self, "II.3", "3", "8 ¦ ", "points", "5"))
	p.do(chromedp.Poll[chromedp.Void](told + ` === 'Người khác vừa sửa thành: 5. '`))
	p.script(choice(0))
	p.want(gridInput("II.3|points")+".value", "5")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '5,00'`))

	// Who only looks on sees the ranking move.
	q := openTab(t, s.site)
	q.signIn("leader")
	q.open("/nam/" + s.Year.ID + "/cham-diem")
	q.do(chromedp.Poll[chromedp.Void](`document.querySelector('#bang-xep-hang').innerText.includes('5,00')`))
	colleague.json(t, s.path(2), cellForm(assessment.Self, "II.3", "4", "5 ¦ ", "points", "4"))
	q.do(chromedp.Poll[chromedp.Void](`document.querySelector('#bang-xep-hang').innerText.includes('4,00')`))
	q.want(`String(document.querySelectorAll('#bang-xep-hang button.sort').length > 0)`, "true")
}

func TestCheckingInTheGrid(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	s.fill(t, 2, "19")
	s.as("leader").post("/nam/"+s.Year.ID+"/cham-diem/phan-cong", url.Values{"unit": {s.Units[2].ID}, "checker": {s.Units[3].ID}})
	s.Put(cluster.SelfScored)
	p := openTab(t, s.site)
	p.signIn("peer")
	p.open(s.path(2))
	p.typeInto("II.3|points", "8")
	p.said(t, "Hãy ghi lý do")
	p.want(`document.activeElement.name`, "l|II.3") // where the reason goes
	p.typeInto("l|II.3", "thiếu một hoạt động")
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '9,00 8,00'`))
	p.want(`document.querySelector('tr[data-id="II.3"] .here [data-diff]').textContent`, "−1,00")
	p.script(`document.getElementsByName('ok|I.1')[0].click()`)
	p.do(chromedp.Poll[chromedp.Void](`document.querySelector('[data-count=da]').textContent === '2'`))
	p.script(`document.querySelector('[data-agree-all]').click()`)
	p.said(t, "Đã đồng ý các ô còn lại")
	p.want(`document.querySelector('[data-count=da]').textContent`, "10") // a bonus and deductions that nobody claimed stay as they are
	// Taken back, the self-score stands again and nobody has agreed.
	p.script(`document.querySelector('[data-undo]').click()`)
	p.do(chromedp.Poll[chromedp.Void](`document.querySelector('[data-count=da]').textContent === '2'`))
}

// The pages of scores are clean for axe, fit a telephone and lose nothing there.
func TestScorePagesAreAccessible(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	s.fill(t, 2, "19")
	s.fill(t, 3, "18")
	tab := "/nam/" + s.Year.ID + "/cham-diem"
	s.as("leader").post(tab+"/phan-cong/xoay-vong", nil)
	p := openTab(t, s.site)
	look := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			for _, scheme := range []string{"light", "dark"} {
				testkit.Viewport(t, p.ctx, 1280)
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
	p.signIn("leader")
	look(tab, s.path(0), s.path(2), s.path(2)+"/vi-sao/I.1?vong=self", tab+"/phan-cong", sheetsPath(s.Year.ID))
	testkit.Viewport(t, p.ctx, 360)
	p.open(s.path(0))
	p.want(`String(`+gridInput("I.1|actual")+`.offsetWidth > 100)`, "true")
	s.Put(cluster.Drafting)
	look(sheetEditPath(s.Year.ID, s.sheet.ID)+"?tieu-chi=I.3", sheetsPath(s.Year.ID)+"/moi")
}

// The session ends while somebody types: what was typed is kept, and is saved
// when the person has signed in again, in this tab or another.
func TestTheGridOutlivesTheSession(t *testing.T) {
	s := newScoreSite(t)
	s.adopt()
	p := openTab(t, s.site)
	p.signIn("member")
	p.open(s.path(2))
	p.script(`window.ask = window.fetch; window.fetch = () => Promise.resolve(new Response('{"code":"sign_in","text":""}', {status: 401}))`)
	p.typeInto("II.3|points", "8")
	p.typeInto("III.1|points", "3")
	p.said(t, "Phiên làm việc đã hết hạn")
	p.want(gridInput("II.3|points")+".value", "8")
	// Signed in elsewhere: back in this tab, both cells are saved.
	p.script(`window.fetch = window.ask; window.dispatchEvent(new Event('focus'))`)
	p.do(chromedp.Poll[chromedp.Void](pointsOf("III.1") + ` === '3,00'`))
	p.want(pointsOf("II.3"), "8,00")

	// Here: the page is left and opened again; one cell was changed by a colleague meanwhile.
	p.script(`window.fetch = () => Promise.resolve(new Response('{"code":"sign_in","text":""}', {status: 401}))`)
	p.typeInto("II.3|points", "9")
	p.said(t, "Phiên làm việc đã hết hạn")
	p.typeInto("III.2|points", "4")
	p.do(chromedp.Poll[chromedp.Void](`Object.values(localStorage).some(v => v.includes('III.2'))`))
	s.as("member").json(t, s.path(2), cellForm(assessment.Self, "II.3", "1", "", "points", "7"))
	p.open(s.path(2))
	p.do(chromedp.Poll[chromedp.Void](pointsOf("III.2") + ` === '4,00'`))
	p.said(t, "Đã ghi những ô bạn nhập")
	p.want(`document.querySelector('tr[data-id="II.3"] [data-error]').firstChild.textContent`, "Bạn đã nhập mà chưa ghi được: 9. ")
	p.want(gridInput("II.3|points")+".value", "7")
	p.script(`[...document.querySelectorAll('tr[data-id="II.3"] [data-error] button')][1].click()`)
	p.do(chromedp.Poll[chromedp.Void](pointsOf("II.3") + ` === '9,00'`))
	p.want(`String(Object.keys(localStorage).filter(k => k.startsWith('draft:')).length)`, "0")
}
