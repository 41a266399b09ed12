package testkit

import (
	"context"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const good = `<!doctype html><html lang="vi"><title>Thi đua</title>
<meta name="viewport" content="width=device-width">
<body><main><h1>Cụm thi đua</h1><p>Đã ký giao ước.</p></main>`

// serve answers every path with the page under the strictest policy of content.
func serve(t *testing.T, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; img-src *; require-trusted-types-for 'script'")
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func visit(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
}

func TestChromeTabsShareNoCookies(t *testing.T) {
	url := serve(t, good)
	first, second := Chrome(t), Chrome(t)
	visit(t, first, url)
	if _, err := chromedp.Run(first, chromedp.Evaluate[string](`document.cookie = "who=leader"`)); err != nil {
		t.Fatal(err)
	}
	visit(t, second, url)
	cookies, err := chromedp.Run(second, chromedp.Evaluate[string](`document.cookie`))
	if err != nil {
		t.Fatal(err)
	}
	if cookies != "" {
		t.Errorf("the second tab sees %q", cookies)
	}
}

func TestChromeSeesWhatAPageMustNotDo(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"clean", good, ""},
		{"inline script", good + `<script>1</script>`, "security policy"},
		{"foreign picture", good + `<img alt="" src="http://example.com/a.png">`, "asked another host: http://example.com/a.png"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, w := open(t)
			visit(t, ctx, serve(t, c.page))
			check(t, w, c.want)
		})
	}
	t.Run("throwing script", func(t *testing.T) {
		ctx, w := open(t)
		visit(t, ctx, serve(t, good))
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](
			`new Promise(r => { setTimeout(() => { throw new Error("hỏng") }, 0); setTimeout(() => r(true), 50) })`,
			chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
		check(t, w, "hỏng")
	})
}

func check(t *testing.T, w *watch, want string) {
	t.Helper()
	got := strings.Join(w.faults(), "\n")
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("seen %q, want %q", got, want)
	}
}

func TestAxe(t *testing.T) {
	ctx := Chrome(t)
	visit(t, ctx, serve(t, good))
	if v := Axe(t, ctx); len(v) > 0 {
		t.Errorf("a clean page has violations:\n%s", strings.Join(v, "\n"))
	}
	visit(t, ctx, serve(t, good+`<form><input name="points"></form>`))
	v := strings.Join(Axe(t, ctx), "\n")
	if !strings.Contains(v, "label (") || !strings.Contains(v, `input`) {
		t.Errorf("a field without a label is not seen:\n%s", v)
	}
}

func TestScreenshot(t *testing.T) {
	ctx := Chrome(t)
	visit(t, ctx, serve(t, good))
	for _, width := range []int{360, 1600} {
		path := Screenshot(t, ctx, width, filepath.Join("testkit", t.Name()))
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := img.Bounds().Dx(); got != width {
			t.Errorf("the picture is %d wide, want %d", got, width)
		}
		if px := Overflow(t, ctx); px > 0 {
			t.Errorf("%d pixels too wide at %d", px, width)
		}
	}
	visit(t, ctx, serve(t, good+`<pre>`+strings.Repeat("x", 500)))
	if Overflow(t, ctx) == 0 {
		t.Error("a line of 500 letters fits?")
	}
}

func TestMedia(t *testing.T) {
	ctx := Chrome(t)
	visit(t, ctx, serve(t, good))
	Media(t, ctx, "print", "dark")
	both, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`matchMedia("print").matches && matchMedia("(prefers-color-scheme: dark)").matches`))
	if err != nil {
		t.Fatal(err)
	}
	if !both {
		t.Error("the page is neither printed nor dark")
	}
}
