package web

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/testkit"
)

// A figure in a minute: from the list of what to do to the figures sent, on a
// telephone and at a desk, in three clicks besides typing.
func TestAFigureInThreeClicks(t *testing.T) {
	s := newPaperSite(t)
	ids := s.adopted()
	s.State(t, cluster.Executing)
	s.Block.Clock.To("2023-07-05 09:00")
	s.Task.Source(s.Indicators.Tasks)
	s.as("leader")
	file := filepath.Join(t.TempDir(), "Báo cáo 6 tháng.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := openTab(t, s.site)
	p.signIn("leader")
	testkit.Viewport(t, p.ctx, 360)
	p.open(homePath)

	clicks := 0
	click := func(script string) {
		t.Helper()
		clicks++
		p.script(`{ const e = ` + script + `; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); if (!r.width || !e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2))) throw new Error('not in sight: ' + e.outerHTML); e.click(); }`)
	}
	click(`[...document.querySelectorAll('.todos li')].find(e => e.textContent.includes('Báo cáo số liệu')).querySelector('a.btn')`)
	p.do(chromedp.WaitVisible(`form[data-autosave]`))
	p.want(`document.querySelector('[name=period]').value`, "H1")
	p.want(`document.querySelector('table.report').textContent.includes('93.262')`+` + ''`, "true")
	amount := func(name, value string) {
		t.Helper()
		p.script(`document.getElementsByName('amount-` + ids[name] + `')[0].focus(); document.execCommand('insertText', false, '` + value + `')`)
	}
	amount("Tổng kim ngạch xuất nhập khẩu", "46.100,5")
	amount("Tỷ lệ đô thị hóa", "44,1")
	testkit.Screenshot(t, p.ctx, 360, "bao-cao-so-lieu")
	clicks++ // the telephone's own chooser of files
	p.do(chromedp.SetUploadFiles(`#f-all`, []string{file}))
	click(`document.querySelector('form[data-autosave] button.go')`)
	p.do(chromedp.WaitVisible(`#tien-do`))
	p.want(`document.body.textContent.includes('Đã ghi 2 số liệu.') + ''`, "true")
	if clicks > 3 {
		t.Errorf("%d clicks", clicks)
	}

	ctx := context.Background()
	lines, err := s.Indicators.Progress(ctx, s.d, s.Year.ID)
	s.Check(err)
	sent := 0
	for _, l := range lines {
		f := l.Of(indicator.HalfYear)
		if f == nil {
			continue
		}
		sent++
		proofs, err := s.Evidence.List(ctx, s.Officers[0], "figure", f.ID)
		s.Check(err)
		if len(proofs) != 1 || !strings.Contains(proofs[0].Name, "Báo cáo 6 tháng") {
			t.Errorf("%s carries %v", l.Name, proofs)
		}
	}
	if sent != 2 {
		t.Errorf("%d figures sent, want 2", sent)
	}
	// What was sent is no longer asked for, and can be corrected.
	p.open(reportPath(s.Year.ID, "H1"))
	p.want(`String(document.getElementsByName('amount-`+ids["Tỷ lệ đô thị hóa"]+`').length)`, "0")
	p.want(`document.querySelector('details.more > summary').textContent.trim().startsWith('Ghi chú') + ''`, "true")
	p.script(`[...document.querySelectorAll('details > summary')].find(e => e.textContent.includes('Đã có số liệu')).click()`)
	testkit.Screenshot(t, p.ctx, 1024, "bao-cao-so-lieu")
	for _, v := range testkit.Axe(t, p.ctx) {
		t.Error(v)
	}
}
