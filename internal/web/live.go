package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
)

// Pages that people have open on a year hear when something is written on it.
// What they hear is the number of the year's newest entry of the ledger, no
// content: a page then asks for what it shows, with the rights that its reader
// has. Entries are looked for in the database, so a page hears of what another
// replica wrote as well; all pages of a year share one look.
type watch struct {
	db    *db.DB
	every time.Duration
	mu    sync.Mutex
	years map[string]*watched
	ended chan struct{} // closed when the server goes
	once  sync.Once
}

// watched is a year that somebody listens to.
type watched struct {
	newest int64
	ears   map[chan int64]struct{}
	stop   context.CancelFunc
}

// lookEvery is how often a year is looked at: well within the two seconds in
// which two people on one sheet are to see each other's cells.
const lookEvery = 700 * time.Millisecond

func newWatch(d *db.DB) *watch {
	return &watch{db: d, every: lookEvery, years: map[string]*watched{}, ended: make(chan struct{})}
}

// hear listens to a year until leave is called. Only the newest number waits to
// be taken.
func (w *watch) hear(year string) (ear <-chan int64, leave func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := w.years[year]
	if at == nil {
		ctx, stop := context.WithCancel(context.Background())
		at = &watched{ears: map[chan int64]struct{}{}, stop: stop}
		w.years[year] = at
		go w.look(ctx, year, at)
	}
	c := make(chan int64, 1)
	if at.newest > 0 {
		c <- at.newest
	}
	at.ears[c] = struct{}{}
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(at.ears, c)
		if len(at.ears) == 0 && w.years[year] == at {
			at.stop()
			delete(w.years, year)
		}
	}
}

func (w *watch) look(ctx context.Context, year string, at *watched) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		// A look that fails is made again; pages lose nothing but time.
		if n, err := ledger.Newest(ctx, w.db, year); err == nil {
			w.tell(at, n)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		case <-w.ended:
			return
		}
	}
}

func (w *watch) tell(at *watched, n int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n == at.newest {
		return
	}
	at.newest = n
	for c := range at.ears {
		select {
		case <-c: // nobody took the one before
		default:
		}
		c <- n
	}
}

// EndStreams lets the pages that listen go, so that the server can end. They
// come back to the next one by themselves.
func (s *Server) EndStreams() { s.watch.once.Do(func() { close(s.watch.ended) }) }

// followHeader marks requests that a page makes by itself. They do not keep a
// session alive that its owner has left.
const followHeader = "X-Follow"

func (q *Req) follows() bool { return q.R.Header.Get(followHeader) != "" || q.streams() }

func (q *Req) streams() bool { return q.R.Header.Get("Accept") == "text/event-stream" }

// scoreLive streams the numbers of a year's newest entries to who may read its
// scores. The stream ends after a minute, as any request, and the page opens it
// again: rights are looked at anew.
func (s *Server) scoreLive(q *Req) error {
	year := q.Path("year")
	if err := s.Assessment.MaySee(q.Ctx(), q.Actor, year); err != nil {
		return err
	}
	ear, leave := s.watch.hear(year)
	defer leave()
	h := q.W.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies that gather answers
	q.W.WriteHeader(http.StatusOK)
	q.written = true
	out := http.NewResponseController(q.W)
	if _, err := fmt.Fprint(q.W, "retry: 1000\n\n"); err != nil {
		return nil // the reader has gone
	}
	alive := time.NewTicker(15 * time.Second)
	defer alive.Stop()
	for {
		if err := out.Flush(); err != nil {
			return nil
		}
		var err error
		select {
		case n := <-ear:
			_, err = fmt.Fprintf(q.W, "id: %d\ndata: %d\n\n", n, n)
		case <-alive.C:
			_, err = fmt.Fprint(q.W, ":\n\n")
		case <-q.Ctx().Done():
			return nil
		case <-s.watch.ended:
			return nil
		}
		if err != nil {
			return nil
		}
	}
}
