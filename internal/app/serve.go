package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/thidua/thidua/internal/api"
	"github.com/thidua/thidua/internal/web"
)

// grace is how long requests under way may take to end after a stop is asked for.
const grace = 20 * time.Second

// gcPercent lets the heap grow to four times what is in use before it is swept:
// a page of hundreds of rows leaves megabytes behind, and sweeping after every
// one costs a quarter of the processor's time. GOGC in the environment wins.
const gcPercent = 300

// Handler is the whole site.
func (a *App) Handler() (*web.Server, error) {
	programs, err := api.New(a.apiDeps())
	if err != nil {
		return nil, err
	}
	pages := a.deps()
	pages.API = programs
	return web.New(pages)
}

// Serve listens and answers until ctx ends, then lets requests under way
// finish. ready, if not nil, is told the address once the site answers.
func (a *App) Serve(ctx context.Context, ready func(address string)) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	site, err := a.Handler()
	if err != nil {
		return err
	}
	code, err := a.Account.SetupCode(ctx)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", a.Config.Address)
	if err != nil {
		return fmt.Errorf("app: cannot listen on %s: %w", a.Config.Address, err)
	}
	address := "http://" + listener.Addr().String()
	if code != "" {
		a.Log.Info("chưa có tài khoản nào: mở trang thiết lập và nhập mã dùng một lần", "url", address+"/thiet-lap", "code", code)
	}
	if a.Config.URL == "" {
		a.Letters.SetBase(address)
	}
	servers := []*http.Server{web.HTTPServer(site, a.Log)}
	failed := make(chan error, 2)
	serve := func(s *http.Server, l net.Listener) {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}
	servers[0].RegisterOnShutdown(site.EndStreams)
	go serve(servers[0], listener)
	if a.Config.Metrics != "" {
		private, err := net.Listen("tcp", a.Config.Metrics)
		if err != nil {
			listener.Close()
			return fmt.Errorf("app: cannot listen on %s: %w", a.Config.Metrics, err)
		}
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", promhttp.Handler())
		servers = append(servers, web.HTTPServer(mux, a.Log))
		go serve(servers[1], private)
	}
	upkeep, rest := context.WithCancel(ctx)
	defer rest()
	var background sync.WaitGroup
	background.Go(func() { a.Letters.Run(upkeep) })
	background.Go(func() { a.everyMinute(upkeep) })
	a.Log.Info("đang phục vụ", "url", address, "database", a.DB.Engine)
	if ready != nil {
		ready(address)
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	rest()
	stop, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	for _, s := range servers {
		err = errors.Join(err, s.Shutdown(stop))
	}
	// A letter that a mail server is taking is waited for; one that is cut off
	// is sent again after the next start.
	ended := make(chan struct{})
	go func() { background.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-stop.Done():
	}
	return err
}
