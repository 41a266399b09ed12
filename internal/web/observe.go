package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// event is what the log will say of a request, in one line.
type event struct {
	mu     sync.Mutex
	id     string
	actor  string
	causes []error
}

type eventKey struct{}

func eventOf(ctx context.Context) *event {
	e, _ := ctx.Value(eventKey{}).(*event)
	return e
}

// note adds an error to the request's event.
func note(ctx context.Context, err error) {
	if e := eventOf(ctx); e != nil && err != nil {
		e.mu.Lock()
		e.causes = append(e.causes, err)
		e.mu.Unlock()
	}
}

func noteActor(ctx context.Context, id string) {
	if e := eventOf(ctx); e != nil {
		e.mu.Lock()
		e.actor = id
		e.mu.Unlock()
	}
}

func requestID(ctx context.Context) string {
	if e := eventOf(ctx); e != nil {
		return e.id
	}
	return ""
}

// observe writes one event a request and survives a panic.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := clock.System{}.Now() // the machine's time, whatever day it is in the demo
		e := &event{id: rand.Text()[:16]}
		r = r.WithContext(context.WithValue(r.Context(), eventKey{}, e))
		out := &recorder{ResponseWriter: w}
		out.Header().Set("X-Request-Id", e.id)
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				note(r.Context(), fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
				if out.status == 0 {
					http.Error(out, langOf(r).T("Hệ thống gặp lỗi. Việc vừa làm chưa được lưu; hãy thử lại, lỗi đã được ghi nhật ký."), http.StatusInternalServerError)
				}
				out.status = http.StatusInternalServerError
			}
			s.write(r, e, out, clock.System{}.Now().Sub(began))
		}()
		next.ServeHTTP(out, r)
	})
}

func (s *Server) write(r *http.Request, e *event, out *recorder, took time.Duration) {
	if out.status == 0 {
		out.status = http.StatusOK
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	level := slog.LevelInfo
	if out.status >= 500 {
		level = slog.LevelError
	}
	attrs := []slog.Attr{
		slog.String("id", e.id), slog.String("method", r.Method), slog.String("route", r.Pattern), slog.Int("status", out.status),
		slog.Int64("bytes", out.bytes), slog.Duration("took", took), slog.String("address", s.ClientAddress(r)),
	}
	if r.Pattern == "" || r.Pattern == "/" {
		attrs = append(attrs, slog.String("path", r.URL.Path))
	}
	if e.actor != "" {
		attrs = append(attrs, slog.String("actor", e.actor))
	}
	if err := errors.Join(e.causes...); err != nil {
		attrs = append(attrs, slog.String("code", string(fault.As(e.causes[0]).Code)), slog.String("error", err.Error()))
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// recorder remembers the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Note tells the log for whom a request acts and what went wrong in it; for
// handlers that the site mounts, such as the API.
func Note(ctx context.Context, account string, err error) {
	if account != "" {
		noteActor(ctx, account)
	}
	if err != nil {
		note(ctx, err)
	}
}
