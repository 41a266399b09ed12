// Package web serves the pages. routes.go is the site's table of contents; one
// action stands in one file named after its noun and verb (session_signin.go);
// templates/ and static/ hold what a person sees. Handlers read the request,
// call one service of the domain and render a view or redirect: no rule of the
// business lives here.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Deps is what the pages stand on.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Log   *slog.Logger
	Gate  *access.Gate

	Account  *account.Service
	Org      *org.Service
	Years    *cluster.Service
	Task     *task.Service
	Document *document.Service
	Portal   *portal.Service
	Rulebook *rulebook.Service
	Ballots  *ballot.Service
	Meetings *meeting.Service
	Awards   *award.Service

	Movements  *movement.Service
	Drafts     *draft.Service
	Covenants  *covenant.Service
	Indicators *indicator.Service
	Criteria   *criteria.Service
	Evidence   *evidence.Service
	Assessment *assessment.Service
	Workbooks  *workbook.Service
	Letters    *letter.Service // nil: no mail

	// Standings gives the scores of a year by unit, and Proposals the short
	// names of the awards that it proposes, for the consolidation table; where
	// one is nil its columns say that there is nothing yet.
	Standings func(ctx context.Context, yearID string) (map[string]StandingCells, error)
	Proposals func(ctx context.Context, yearID string) (map[string][]string, error)

	// Demo is set in the demo only: its accounts stand on the sign-in page.
	Demo *Demo

	// API answers below /api/; nil for none.
	API http.Handler

	// Secure marks cookies for HTTPS only. Set it wherever TLS is in front.
	Secure bool

	// ClientAddress tells a visitor's network address behind a trusted proxy;
	// nil takes the connection's.
	ClientAddress func(*http.Request) string
}

// Demo is what the sign-in page of the demo shows.
type Demo struct {
	Notice   locale.Text // what the demo is
	Accounts []DemoAccount
}

// DemoAccount is an account that a visitor of the demo may try: Role says what
// it is for, Name and Unit who it is.
type DemoAccount struct {
	Login, Password, Unit string
	Name, Role            locale.Text
}

// Server is the site.
type Server struct {
	Deps
	handler  http.Handler
	sessions *scs.SessionManager
	store    *account.Sessions
	pages    *pages
	assets   *assets
	origin   *http.CrossOriginProtection
	watch    *watch
	searches bool // whether a route answers searchPath
}

// Limits of a session. It ends after idle without a request, and at the latest
// after life.
const (
	sessionIdle = 4 * time.Hour
	sessionLife = 12 * time.Hour
	seenEvery   = 5 * time.Minute // how exactly the last request is kept
)

// New makes the site. A template or a route that is wrong is an error here, at
// start, and not on the first visit.
func New(d Deps) (*Server, error) {
	s := &Server{Deps: d, origin: http.NewCrossOriginProtection(), watch: newWatch(d.DB)}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.ClientAddress == nil {
		s.ClientAddress = func(r *http.Request) string {
			host, _, err := net.SplitHostPort(r.RemoteAddr)
			if err != nil {
				return r.RemoteAddr
			}
			return host
		}
	}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(s.assets); err != nil {
		return nil, err
	}
	s.store = account.NewSessions(d.DB, clock.System{})
	s.sessions = scs.New()
	s.sessions.Store = s.store
	s.sessions.HashTokenInStore = true
	s.sessions.Lifetime = sessionLife
	s.sessions.Cookie.Name = "thidua_phien"
	s.sessions.Cookie.Secure = d.Secure
	s.sessions.Cookie.Persist = false // ends with the browser: offices share machines
	s.sessions.ErrorFunc = s.sessionFailed
	mux, err := s.mux()
	if err != nil {
		return nil, err
	}
	s.handler = s.observe(s.harden(mux))
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// HTTPServer is a server with the timeouts that the site counts on.
func HTTPServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // a slow line may send 20 MB of evidence
		WriteTimeout:      3 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// mux lays out the routes.
func (s *Server) mux() (mux *http.ServeMux, err error) {
	mux = http.NewServeMux()
	defer func() {
		if p := recover(); p != nil { // ServeMux panics on routes that contradict
			err = fmt.Errorf("web: routes: %v", p)
		}
	}()
	mux.Handle("GET /static/", s.assets)
	mux.HandleFunc("GET /healthz", s.health)
	if s.API != nil {
		mux.Handle("/api/", s.API)
	}
	all := routes()
	for _, r := range all {
		mux.Handle(r.pattern, s.handle(r))
		s.searches = s.searches || r.pattern == "GET "+searchPath
	}
	s.backstops(mux, all)
	mux.Handle("/", s.handle(route{"/", Public, (*Server).missing, 0}))
	return mux, nil
}
