package e2e

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/app/demo"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/web"
)

// site is the demo, loaded once for all tests that only read it, and served
// until the test binary ends.
type site struct {
	URL  string
	demo *web.Demo
	app  *app.App
	log  *diary
}

// diary keeps what the site says of requests that went wrong.
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

// folders are removed by TestMain.
var folders []string

var demoSite = sync.OnceValues(func() (site, error) {
	dir, err := os.MkdirTemp("", "thidua-e2e-")
	if err != nil {
		return site{}, err
	}
	folders = append(folders, dir)
	ctx, now := context.Background(), clock.At(demo.Today)
	log := &diary{}
	a, err := app.New(ctx, app.Config{Data: dir}, now, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return site{}, err
	}
	shown, err := demo.Load(ctx, a, now)
	if err != nil {
		return site{}, errors.Join(err, a.Close())
	}
	a.Demo = shown
	now.To(demo.Today)
	now.Run()
	handler, err := a.Handler()
	if err != nil {
		return site{}, errors.Join(err, a.Close())
	}
	return site{httptest.NewServer(handler).URL, shown, a, log}, nil
})

func theDemo(t testing.TB) site {
	t.Helper()
	s, err := demoSite()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// as is a visitor who has signed in with an account that the demo shows;
// "" is one who has not.
func (s site) as(t testing.TB, login string) *visitor {
	t.Helper()
	v := newVisitor(t, s.URL)
	if login == "" {
		return v
	}
	for _, a := range s.demo.Accounts {
		if a.Login == login {
			v.signIn(a.Login, a.Password)
			return v
		}
	}
	t.Fatalf("the demo shows no account %s", login)
	return nil
}
