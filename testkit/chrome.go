package testkit

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"

	"github.com/thidua/thidua/testkit/supervise"
)

// journey bounds one browser test, so that an element which never comes fails
// its own test and not the whole run.
const journey = 6 * time.Minute

// Chrome is a tab in a browser context of its own (no cookies, storage or cache
// of another test) for chromedp.Run. The browser is one for the test binary.
//
// Every page is watched until the test ends, and the test fails when a script
// throws, when the content security policy blocks something, or when a page
// asks any host but this machine.
func Chrome(t testing.TB) context.Context {
	t.Helper()
	ctx, w := open(t)
	t.Cleanup(func() {
		for _, f := range w.faults() {
			t.Error(f)
		}
	})
	return ctx
}

func open(t testing.TB) (context.Context, *watch) {
	t.Helper()
	b, err := browser()
	if err != nil {
		t.Fatal(err)
	}
	w := &watch{seen: map[string]bool{}}
	tab, closeTab := chromedp.NewContext(b, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.event))
	t.Cleanup(closeTab)
	if _, err := chromedp.Call(tab, network.Enable, network.EnableParams{}); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	// The timeout is a child's: the context of the first call is the tab's life.
	ctx, cancel := context.WithTimeout(tab, journey)
	t.Cleanup(cancel)
	return ctx, w
}

// browser starts Chromium and returns the context that tabs are children of.
var browser = sync.OnceValues(func() (context.Context, error) {
	dir, err := os.MkdirTemp("", "thidua-chromium-")
	if err != nil {
		return nil, err
	}
	p, address, err := startChromium(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// Neither is ever cancelled: both live as long as the test binary.
	alloc, _ := remote.NewAllocator(context.Background(), address, remote.NoModifyURL)
	ctx, _ := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		p.Stop()
		return nil, fmt.Errorf("talking to chromium: %w\n%s", err, p.Log())
	}
	return ctx, nil
})

func startChromium(dir string) (*supervise.Process, string, error) {
	path, err := find("chromium")
	if err != nil {
		return nil, "", err
	}
	profile := filepath.Join(dir, "profile")
	p, err := supervise.Start(supervise.Command{
		Folder: dir,
		Args: []string{path,
			"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
			"--no-default-browser-check", "--disable-default-apps", "--disable-extensions", "--disable-breakpad",
			"--disable-client-side-phishing-detection", "--disable-domain-reliability", "--metrics-recording-only",
			"--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication",
			"--password-store=basic", "--use-mock-keychain", "--hide-scrollbars", "--mute-audio",
			// Tabs of parallel tests lie behind one another; none may be slowed down for that.
			"--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
			// No name outside this machine resolves.
			"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
			"--lang=vi", "--user-data-dir=" + profile, "--remote-debugging-port=0", "about:blank"},
		Env:    append(os.Environ(), "HOME="+dir, "TMPDIR="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir),
		Signal: "KILL", // its profile is thrown away
	})
	if err != nil {
		return nil, "", err
	}
	address, err := debugger(p, filepath.Join(profile, "DevToolsActivePort"))
	if err != nil {
		p.Stop()
		return nil, "", err
	}
	return p, address, nil
}

// debugger waits for the file in which Chromium writes the port and the path of
// its debugging socket.
func debugger(p *supervise.Process, file string) (string, error) {
	limit := time.After(time.Minute)
	for {
		data, err := os.ReadFile(file)
		if lines := strings.Split(strings.TrimSpace(string(data)), "\n"); err == nil && len(lines) == 2 {
			return "ws://127.0.0.1:" + lines[0] + lines[1], nil
		}
		select {
		case <-p.Ended():
			return "", fmt.Errorf("chromium ended at once\n%s", p.Log())
		case <-limit:
			return "", fmt.Errorf("chromium does not open its debugging port\n%s", p.Log())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// watch collects what a page must never do.
type watch struct {
	mu   sync.Mutex
	seen map[string]bool
	list []string
}

func (w *watch) event(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		w.add("a script threw: " + (&chromedp.ExceptionError{ExceptionDetails: ev.ExceptionDetails}).Error())
	case *log.EventEntryAdded:
		if ev.Entry.Source == log.EntrySourceSecurity && ev.Entry.Level == log.EntryLevelError {
			w.add("the security policy blocked something: " + ev.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if foreign(ev.Request.URL) {
			w.add("a page asked another host: " + ev.Request.URL)
		}
	}
}

func foreign(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss":
		host := u.Hostname()
		return host != "127.0.0.1" && host != "localhost" && host != "::1"
	}
	return false // data:, blob:, about:, chrome: stay in the browser
}

func (w *watch) add(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.seen[text] {
		w.seen[text] = true
		w.list = append(w.list, text)
	}
}

func (w *watch) faults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.list
}
