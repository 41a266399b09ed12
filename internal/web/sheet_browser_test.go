package web

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/testkit"
)

// The pages of sheets are clean for axe in both schemes and fit every screen;
// screenshots of them land in build/shots.
func TestSheetPagesAreAccessible(t *testing.T) {
	s := newScoreSite(t)
	leader := s.as("leader")
	p := openTab(t, s.site)
	look := func(name string) {
		t.Helper()
		for _, scheme := range []string{"dark", "light"} {
			testkit.Viewport(t, p.ctx, 1280)
			testkit.Media(t, p.ctx, "screen", scheme)
			for _, v := range testkit.Axe(t, p.ctx) {
				t.Errorf("%s, %s: %s", name, scheme, v)
			}
		}
		for _, width := range []int{360, 1024, 1600} {
			testkit.Screenshot(t, p.ctx, width, name)
			testkit.Viewport(t, p.ctx, width)
			if px := testkit.Overflow(t, p.ctx); px > 0 {
				t.Errorf("%s is %d pixels too wide at %d", name, px, width)
			}
		}
	}
	p.signIn("leader")
	path := sheetImportPath(s.Year.ID)
	p.open(path)
	look("sheet-import")

	file := filepath.Join(t.TempDir(), "Bảng chấm điểm khối 2023.xlsx")
	if err := os.WriteFile(file, []byte(officersTable(t, "45")), 0o600); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(`input[type=file]`, []string{file}))
	p.script(`document.querySelector('.btn.go').click()`)
	p.do(chromedp.WaitVisible(".sheet-read"))
	look("sheet-import-preview")
	p.script(`document.querySelector('details.where').open = true`)
	look("sheet-import-open")
	p.want(`document.querySelector('#im-max').selectedOptions[0].textContent`, "Cột C: Điểm")
	p.want(`document.querySelector('#im-into').value + document.querySelector('#f-name').value`, "Bảng chấm điểm năm 2023") // the table has little of the draft: it becomes a sheet of its own
	p.script(`document.querySelector('#im-into').selectedIndex = 1, document.querySelector('.part .btn:not(.go)').click()`)
	p.do(chromedp.WaitVisible("[name=inherit]"))
	p.script(`document.querySelectorAll('details.more').forEach(d => d.open = true)`)
	look("sheet-import-replace")
	p.script(`document.querySelector('#im-into').value = '', document.querySelector('.part .btn:not(.go)').click()`)
	p.do(chromedp.WaitVisible("#f-name"))
	p.script(`document.querySelector('[name=suggest]').click(), document.querySelector('.part .btn.go').click()`)
	p.do(chromedp.WaitVisible(`a.btn.go[href$="/sua"]`))
	p.want(`document.querySelector('h1').textContent`, "Bảng chấm điểm năm 2023")
	look("sheet-show-imported")

	p.open(libraryPath(s.Year.ID))
	look("sheet-library")
	p.open(libraryPath(s.Year.ID) + "/mau:can-tho-157-2025")
	look("sheet-model")
	p.open(libraryPath(s.Year.ID) + "/mau:can-tho-2579-2025")
	look("sheet-model-graded")

	// Two versions side by side.
	edit := sheetEditPath(s.Year.ID, s.sheet.ID)
	next := strings.TrimSuffix(strings.TrimPrefix(leader.post(edit, url.Values{"version": {"1"}, "do": {"ban-moi"}}).location, sheetsPath(s.Year.ID)+"/"), "/sua")
	change := sheetEditPath(s.Year.ID, next)
	leader.post(change, url.Values{"version": {"1"}, "old": {"III.3"}, "do": {"xoa"}})
	leader.post(change, url.Values{"version": {"2"}, "old": {"I.1"}, "id": {"I.1"}, "name": {"Hoàn thành các chỉ tiêu trong giao ước thi đua"}, "max": {"25"}, "rule": {"direct"}, "do": {"luu"}})
	leader.post(change, url.Values{"version": {"3"}, "parent": {"III"}, "part": {"criteria"}, "id": {"III.4"}, "name": {"Chuyển đổi số trong công tác thi đua"}, "max": {"5"}, "rule": {"pass"}, "do": {"luu"}})
	p.open(sheetComparePath(s.Year.ID, s.sheet.ID, next))
	look("sheet-compare")
	p.open(sheetsPath(s.Year.ID) + "?ban=" + next)
	look("sheet-show-since")
	p.open(change + "?tieu-chi=I.1")
	look("sheet-edit")
}

// until waits for what a script gives, over pages that come and go.
func (p *tab) until(js, want string) {
	p.t.Helper()
	got := ""
	for range 100 {
		text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](js))
		if got = text; err == nil && got == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("%s is %q, want %q", js, got, want)
}

// The tree of the editor by keyboard and by drag, and the check while typing.
func TestTheSheetEditorWithTheKeyboard(t *testing.T) {
	s := newScoreSite(t)
	p := openTab(t, s.site)
	p.signIn("leader")
	p.open(sheetEditPath(s.Year.ID, s.sheet.ID) + "?tieu-chi=II.2")
	ids := `[...document.querySelectorAll('.outline li[data-id]')].map(r => r.className[1] + r.dataset.id).join(' ')`
	const start = "0I 1I.1 1I.2 1I.3 1I.4 0II 1II.1 1II.2 1II.3 0III 1III.1 1III.2 1III.3 0C 0T 1T.1 1T.2"
	p.want(ids, start)
	key := func(name string, alt bool) {
		held := ""
		if alt {
			held = ", altKey: true"
		}
		p.script(`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '` + name + `', bubbles: true, cancelable: true` + held + `}))`)
	}
	moved := func(want string) {
		t.Helper()
		p.until(ids, want)
	}
	p.script(`document.querySelector('.outline .here a').focus()`)
	key("ArrowDown", false)
	p.want(`document.activeElement.closest('li').dataset.id`, "II.3")
	key("ArrowUp", false)
	key("ArrowUp", true)
	moved("0I 1I.1 1I.2 1I.3 1I.4 0II 1II.2 1II.1 1II.3 0III 1III.1 1III.2 1III.3 0C 0T 1T.1 1T.2")
	p.until(`document.activeElement.closest('li')?.dataset.id ?? ''`, "II.2")
	key("ArrowLeft", true)
	moved("0I 1I.1 1I.2 1I.3 1I.4 0II 1II.1 1II.3 0II.2 0III 1III.1 1III.2 1III.3 0C 0T 1T.1 1T.2")
	p.until(`document.activeElement.closest('li')?.dataset.id ?? ''`, "II.2")
	key("ArrowRight", true)
	moved("0I 1I.1 1I.2 1I.3 1I.4 0II 1II.1 1II.3 1II.2 0III 1III.1 1III.2 1III.3 0C 0T 1T.1 1T.2")
	p.until(`document.activeElement.closest('li')?.dataset.id ?? ''`, "II.2")
	p.script(`document.querySelector('li[data-id="I"] a').focus()`)
	key("ArrowLeft", true)
	p.do(chromedp.WaitVisible(".note.warn[role=status]"))
	p.want(`document.querySelector('.note.warn[role=status]').textContent.trim()`, "Tiêu chí này đã ở cấp cao nhất.")

	p.script(`{const row = id => document.querySelector('li[data-id="' + id + '"]'), d = new DataTransfer(), to = row('I.1'), box = to.getBoundingClientRect();
		row('III.3').dispatchEvent(new DragEvent('dragstart', {dataTransfer: d, bubbles: true}));
		for (const what of ['dragover', 'drop']) to.dispatchEvent(new DragEvent(what, {dataTransfer: d, bubbles: true, cancelable: true, clientY: box.top + 2}))}`)
	moved("0I 1III.3 1I.1 1I.2 1I.3 1I.4 0II 1II.1 1II.3 1II.2 0III 1III.1 1III.2 0C 0T 1T.1 1T.2")

	// While typing: the sum of the group, bands that overlap, what would be lost.
	p.open(sheetEditPath(s.Year.ID, s.sheet.ID) + "?tieu-chi=I.1")
	type_ := func(selector, value string) {
		p.script(`{const c = document.querySelector('` + selector + `'); c.value = '` + value + `'; c.dispatchEvent(new Event('input', {bubbles: true}))}`)
	}
	live := `document.querySelector('[data-live]').textContent`
	type_("#f-max", "22")
	p.do(chromedp.Poll[chromedp.Void](live + `.includes('điểm tối đa 60 không bằng tổng 67 của 5 tiêu chí con')`))
	type_("#f-max", "15")
	p.do(chromedp.Poll[chromedp.Void](live + `.includes('Nhóm I: các mục con cộng đúng 60 điểm.')`))
	type_("#f-max", "nhiều")
	p.do(chromedp.Poll[chromedp.Void](live + `.includes('không phải là số')`))
	type_("#f-max", "15")
	p.script(`document.querySelector('[name=rule][value=bands]').click()`)
	type_(`[name="p|bands|bands"]`, `88; 95; 2\n90; ; 5`)
	p.do(chromedp.Poll[chromedp.Void](live + `.includes('chồng lên nhau')`))
	p.script(`document.querySelector('[name=rule][value=pass]').click()`)
	p.do(chromedp.Poll[chromedp.Void](live + `.includes('không được chọn nên sẽ không được lưu')`))
	testkit.Screenshot(t, p.ctx, 1024, "sheet-edit-live")
	for _, v := range testkit.Axe(t, p.ctx) {
		t.Error(v)
	}
}
