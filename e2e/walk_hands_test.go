package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/thidua/thidua/testkit"
)

// hands carries a walker in Chromium: what is typed is typed, what is pressed
// must be in sight with nothing lying over it, and the scripts of the pages do
// what they do for people.
type hands struct {
	t    *testing.T
	base string
	ctx  context.Context
}

func newHands(t *testing.T, base string) carrier {
	t.Helper()
	h := &hands{t, base, testkit.Chrome(t)}
	testkit.Viewport(t, h.ctx, 1280)
	_, err := chromedp.Call(h.ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: watchFetch})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// watchFetch counts what the page's own scripts have under way.
const watchFetch = `{
	const ask = window.fetch;
	window.underWay = 0;
	window.asked = 0;
	window.fetch = (...a) => { window.asked++; window.underWay++; return ask(...a).finally(() => setTimeout(() => window.underWay--)); };
}`

func (h *hands) open(path string) answer {
	h.t.Helper()
	// The same address again: a person reloads.
	h.do(chromedp.Navigate(h.base + path))
	return h.see()
}

func (h *hands) do(actions ...chromedp.Action[chromedp.Void]) {
	h.t.Helper()
	if err := chromedp.Do(h.ctx, actions...); err != nil {
		h.t.Fatal(err)
	}
}

// see reads the page as it stands in the window.
func (h *hands) see() answer {
	h.t.Helper()
	got := evaluate[struct {
		Status int    `json:"status"`
		Path   string `json:"path"`
		Body   string `json:"body"`
	}](h, `({status: performance.getEntriesByType('navigation')[0].responseStatus, path: location.pathname, body: document.documentElement.outerHTML})`)
	return answer{status: got.Status, location: got.Path, body: got.Body}
}

func evaluate[T any](h *hands, script string) T {
	h.t.Helper()
	v, err := chromedp.Run(h.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		h.t.Fatalf("%v in %s", err, script)
	}
	return v
}

func (h *hands) send(p *leaf, form *html.Node, fill fields, files map[string]upload) answer {
	h.t.Helper()
	place := -1
	n := 0
	each(p.root, func(f *html.Node) {
		if f.Data != "form" {
			return
		}
		if f == form || place < 0 && attribute(f, "action") == attribute(form, "action") && same(f, form) {
			place = n
		}
		n++
	})
	if place < 0 {
		h.t.Fatalf("%s: the form to %s is not on %s", p.w.name, attribute(form, "action"), p.path)
	}
	f := fmt.Sprintf("document.forms[%d]", place)
	evaluate[chromedp.Void](h, `for (let e = `+f+`; e; e = e.parentElement) if (e instanceof HTMLDetailsElement) e.open = true`)
	button := ""
	for name, values := range fill {
		if h.fill(f, name, values) {
			button = fmt.Sprintf(`[name=%q][value=%q]`, name, values[0])
		}
	}
	for name, file := range files {
		h.attach(f, name, file)
	}
	h.press(f, button)
	return h.see()
}

// same tells whether two forms of two visits to a page are the same one.
func same(a, b *html.Node) bool {
	names := func(f *html.Node) (out string) {
		each(f, func(n *html.Node) {
			name := attribute(n, "name")
			if out += " " + n.Data + name; (attribute(n, "type") == "hidden" || n.Data == "button") && name != "version" {
				out += "=" + attribute(n, "value")
			}
		})
		return
	}
	return names(a) == names(b)
}

// fill types, ticks or chooses; it tells whether the name is a button's.
func (h *hands) fill(form, name string, values []string) (button bool) {
	h.t.Helper()
	all, err := json.Marshal(values)
	if err != nil {
		h.t.Fatal(err)
	}
	todo := evaluate[[]string](h, fmt.Sprintf(`(() => {
		const values = %s, type = [];
		window.typing = [];
		for (const e of [...%s.elements].filter(e => e.name === %q)) {
			for (let up = e.parentElement; up; up = up.parentElement) if (up instanceof HTMLDetailsElement) up.open = true;
			if (e.type === 'checkbox' || e.type === 'radio') { if (e.checked !== values.includes(e.value)) e.click(); }
			else if (e.tagName === 'SELECT') { e.value = values[0]; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); if (e.value !== values[0]) throw new Error('no such choice: ' + values[0]); }
			else if (e.tagName === 'BUTTON') return ['button'];
			else if (e.type !== 'hidden') { window.typing.push(e); type.push(values[Math.min(type.length, values.length - 1)]); }
		}
		return ['type', ...type];
	})()`, all, form, name))
	if todo[0] == "button" {
		return true
	}
	for i, text := range todo[1:] {
		evaluate[chromedp.Void](h, fmt.Sprintf(`window.typing[%d].focus(); window.typing[%d].select()`, i, i))
		if _, err := chromedp.Call(h.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
			h.t.Fatal(err)
		}
		if got := evaluate[string](h, fmt.Sprintf(`window.typing[%d].value`, i)); got != text {
			h.t.Fatalf("typed %q into %s, it says %q", text, name, got)
		}
	}
	return false
}

func (h *hands) attach(form, name string, file upload) {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), file.name)
	if err := os.WriteFile(path, file.content, 0o600); err != nil {
		h.t.Fatal(err)
	}
	evaluate[chromedp.Void](h, fmt.Sprintf(`{const e = %s.elements.namedItem(%q); e.setAttribute('data-walk', ''); for (let up = e; up; up = up.parentElement) if (up instanceof HTMLDetailsElement) up.open = true}`, form, name))
	h.do(chromedp.SetUploadFiles("[data-walk]", []string{path}))
}

// press clicks the form's button with the mouse and waits for what follows: the
// next page, or the end of what the page's script sent. A page that moved under
// the mouse, because a script brought something new, is pressed again.
func (h *hands) press(form, button string) {
	h.t.Helper()
	for range 5 {
		if h.click(form, button) {
			break
		}
	}
	quiet := 0
	for range 400 {
		time.Sleep(25 * time.Millisecond)
		// While one page goes and the next comes, there is nothing to ask.
		state, err := chromedp.Run(h.ctx, chromedp.Evaluate[string](`window.stays ? (window.asked > window.seen && !window.underWay ? 'quiet' : 'waiting') : document.readyState`))
		if h.ctx.Err() != nil {
			h.t.Fatal(h.ctx.Err())
		}
		if err != nil {
			continue
		}
		if quiet++; state != "quiet" {
			quiet = 0
		}
		if state == "complete" || quiet > 4 {
			return
		}
	}
	h.t.Fatalf("%s: nothing came of pressing the button: %s", form, evaluate[string](h, `location.href + ' ' + (document.querySelector('.errors, :invalid')?.outerHTML ?? '').slice(0, 300)`))
}

// click presses the button once; false when the form did not feel it.
func (h *hands) click(form, button string) bool {
	h.t.Helper()
	at := evaluate[struct {
		X, Y float64
		Over string // what lies over the button
		Kept bool   // the form keeps itself and has no button in sight
	}](h, fmt.Sprintf(`(() => {
		const form = %s, named = %q;
		document.activeElement?.blur?.();
		window.seen = window.asked;
		window.pressed = false;
		form.addEventListener('submit', () => window.pressed = true, {capture: true, once: true});
		window.stays = true;
		const all = [...form.elements].filter(e => e.type === 'submit' && (!named || e.matches(named)));
		const b = all.find(e => e.getClientRects().length);
		if (!b) return {X: 0, Y: 0, Over: form.hasAttribute('data-grid') ? '' : 'no button in sight among ' + all.length, Kept: form.hasAttribute('data-grid')};
		b.scrollIntoView({block: 'center', behavior: 'instant'});
		const r = b.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2, top = document.elementFromPoint(x, y);
		return {X: x, Y: y, Over: top && (b.contains(top) || top.contains(b)) ? '' : (top ? top.outerHTML.slice(0, 200) : 'nothing'), Kept: false};
	})()`, form, button))
	if at.Over != "" {
		h.t.Fatalf("%s: the button cannot be pressed: %s", form, at.Over)
	}
	if at.Kept {
		return true
	}
	h.do(chromedp.MouseClickXY(at.X, at.Y))
	for range 40 {
		time.Sleep(25 * time.Millisecond)
		pressed, err := chromedp.Run(h.ctx, chromedp.Evaluate[bool](`window.stays !== true || window.pressed || window.asked > window.seen`))
		if err != nil || pressed { // an error: the page is going
			return true
		}
	}
	return false
}
