// Package e2e tests the program as people meet it: a server that is started,
// killed and stopped, a browser and clients that speak HTTP to it.
package e2e

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/platform/clock"
)

// serveVariable makes the test binary a server: see server.
const serveVariable = "THIDUA_E2E_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) != "" {
		if err := serve(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	for _, dir := range folders {
		_ = os.RemoveAll(dir) // best effort: the system clears its temporary folder as well
	}
	os.Exit(code)
}

// serve does what the command `thidua serve` does, so that a test of a killed
// server need not link the program first.
func serve() error {
	var cfg app.Config
	flag.StringVar(&cfg.Data, "data", "", "")
	flag.StringVar(&cfg.Database, "database", "", "")
	flag.StringVar(&cfg.Address, "addr", "", "")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a, err := app.New(ctx, cfg, clock.System{}, slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Serve(ctx, func(url string) { fmt.Println(url) })
}
