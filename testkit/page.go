package testkit

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// AxeVariable is the environment variable that names the axe-core script.
const AxeVariable = "THIDUA_AXE"

// axeVersion is pinned in one file, which tools/axe reads as well.
//
//go:embed axe-core.version
var axeVersion string

var axeSource = sync.OnceValues(func() (string, error) {
	path := os.Getenv(AxeVariable)
	if path == "" {
		dir, err := root()
		if err != nil {
			return "", err
		}
		version, _, _ := strings.Cut(axeVersion, " ")
		path = filepath.Join(dir, ".cache", "axe-core-"+version+".min.js")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("axe-core is not there: run `make tools`, or name its axe.min.js in %s: %w", AxeVariable, err)
	}
	return string(data), nil
})

// Axe runs axe-core on the page as it is now and returns its violations, each a
// readable text with the places; none is a clean page.
//
// The script comes in through the debugging protocol, which the page's content
// security policy does not bind: the policy stays as strict as it is served.
func Axe(t testing.TB, ctx context.Context) []string {
	t.Helper()
	source, err := axeSource()
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](source)); err != nil {
		t.Fatalf("loading axe-core: %v", err)
	}
	violations, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](
		`axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("running axe-core: %v", err)
	}
	var texts []string
	for _, v := range violations {
		var b strings.Builder
		fmt.Fprintf(&b, "%s (%s): %s\n", v.ID, v.Impact, v.Help)
		for _, n := range v.Nodes {
			fmt.Fprintf(&b, "  at %v\n    %.300s\n    %s\n", n.Target, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
		}
		texts = append(texts, b.String())
	}
	return texts
}

// violation is axe-core's word on one rule, as far as it is shown.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		Target         []any
		HTML           string
		FailureSummary string
	}
}

// Viewport sets the width of the window in CSS pixels; under 700 it is a phone.
func Viewport(t testing.TB, ctx context.Context, width int) {
	t.Helper()
	viewport := chromedp.EmulateViewport(int64(width), 900)
	if width < 700 {
		viewport = chromedp.EmulateViewport(int64(width), 780, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	if err := chromedp.Do(ctx, viewport); err != nil {
		t.Fatalf("setting the window to %d pixels: %v", width, err)
	}
}

// Media shows the page as "screen" or "print", in the "light" or "dark" scheme.
func Media(t testing.TB, ctx context.Context, medium, scheme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		t.Fatalf("showing %s in the %s scheme: %v", medium, scheme, err)
	}
}

// Overflow is by how many CSS pixels the page is wider than its window: more
// than none makes a person scroll sideways.
func Overflow(t testing.TB, ctx context.Context) int {
	t.Helper()
	px, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil {
		t.Fatalf("measuring the page: %v", err)
	}
	return px
}

// Screenshot takes the whole page at the width into build/shots/NAME-WIDTH.png
// and returns the path. The window keeps that width.
func Screenshot(t testing.TB, ctx context.Context, width int, name string) string {
	t.Helper()
	Viewport(t, ctx, width)
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`document.fonts.ready`, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatalf("waiting for the fonts of %s: %v", name, err)
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatalf("taking the picture %s: %v", name, err)
	}
	path := filepath.Join(Root(t), "build", "shots", fmt.Sprintf("%s-%d.png", name, width))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
