package e2e

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/app/demo"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/web"
)

// site is the demo as it is served, until the test binary ends.
type site struct {
	name   string
	URL    string
	demo   *web.Demo
	log    *diary
	logins []string // who is worth a walk
	each   int      // addresses of a route that a walk takes
}

// diary keeps what a site says of requests that went wrong.
type diary struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (d *diary) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.said.Write(line)
}

// of is what was said about a request.
func (d *diary) of(request string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var about []string
	for line := range strings.Lines(d.said.String()) {
		if request != "" && strings.Contains(line, request) {
			about = append(about, line)
		}
	}
	return strings.Join(about, "")
}

// sites are the demo as `thidua demo` shows it, and a copy that went on: see
// stage. Both are loaded once, for tests that only read them.
var sites = sync.OnceValues(func() ([]site, error) {
	dir, err := os.MkdirTemp("", "thidua-e2e-")
	if err != nil {
		return nil, err
	}
	folders = append(folders, dir)
	here, later := filepath.Join(dir, "here"), filepath.Join(dir, "later")
	ctx := context.Background()
	loading := clock.At(demo.Today)
	a, err := app.New(ctx, app.Config{Data: here}, loading, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	shown, err := demo.Load(ctx, a, loading)
	if err := errors.Join(err, a.Close()); err != nil {
		return nil, err
	}
	if err := os.CopyFS(later, os.DirFS(here)); err != nil {
		return nil, err
	}
	logins := []string{""}
	for _, account := range shown.Accounts {
		// Some have the pages of others: a member like "tttt" checks others in the copy.
		if !slices.Contains([]string{"xaydung", "congthuong", "lanhdao"}, account.Login) {
			logins = append(logins, account.Login)
		}
	}
	first, err := serveDemo(here, shown, nil)
	if err != nil {
		return nil, err
	}
	first.name, first.each, first.logins = "demo", 2, logins
	second, err := serveDemo(later, shown, stage)
	second.name, second.each, second.logins = "sau", 4, []string{"thuongtruc", "xaydung", "luongtai", "tpbacninh", "kcn.thainguyen"}
	return []site{first, second}, err
})

func serveDemo(dir string, shown *web.Demo, prepare func(ctx context.Context, a *app.App, password string) error) (site, error) {
	ctx, now, log := context.Background(), clock.At(demo.Today), &diary{}
	a, err := app.New(ctx, app.Config{Data: dir}, now, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return site{}, err
	}
	if prepare != nil {
		if err := prepare(ctx, a, shown.Accounts[0].Password); err != nil {
			return site{}, errors.Join(err, a.Close())
		}
	}
	a.Demo = shown
	now.Run()
	handler, err := a.Handler()
	if err != nil {
		return site{}, errors.Join(err, a.Close())
	}
	return site{URL: httptest.NewServer(handler).URL, demo: shown, log: log}, nil
}

// as is a visitor who has signed in with an account of the demo; "" is one who
// has not. All accounts of the demo have one password.
func (s site) as(t testing.TB, login string) *visitor {
	t.Helper()
	v := newVisitor(t, s.URL)
	if login != "" {
		v.signIn(login, s.demo.Accounts[0].Password)
	}
	return v
}
