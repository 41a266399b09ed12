package web

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
