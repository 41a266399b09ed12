package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// requestTime is after what the database is not asked any more.
const requestTime = 60 * time.Second

// call is a request on its way through an operation.
type call struct {
	actor  access.Actor
	lang   locale.Lang
	id     string // of the request, as in the log
	header http.Header
	out    *sent
	route  *route
}

type callKey struct{}

func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), requestTime)
	defer cancel()
	out := &sent{ResponseWriter: w}
	c := &call{actor: access.Visitor, lang: reads(r), id: requestID(w), header: w.Header(), out: out}
	c.header.Set("Cache-Control", "no-store")
	c.header.Set("Content-Language", string(c.lang))
	c.header.Add("Vary", "Accept-Language")
	ctx = context.WithValue(ctx, callKey{}, c)
	inner := r.WithContext(ctx)
	defer func() {
		r.Pattern = inner.Pattern // so that the log names the operation
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.refuse(out, ctx, fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack())))
		}
		out.release(r)
	}()
	var err error
	if c.actor, err = s.bearer(ctx, r); err != nil {
		s.refuse(out, ctx, err)
		return
	}
	handler, pattern := s.mux.Handler(inner)
	if pattern == "" {
		s.unrouted(out, inner, handler)
		return
	}
	s.mux.ServeHTTP(out, inner)
}

// bearer finds who acts. Without the header it is a visitor; a header that is
// no valid token is refused everywhere, so that a mistyped one is noticed.
func (s *server) bearer(ctx context.Context, r *http.Request) (access.Actor, error) {
	headers := r.Header.Values("Authorization")
	if len(headers) == 0 {
		return access.Visitor, nil
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	if len(headers) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return access.Visitor, fault.New(fault.Unauthenticated, "Tiêu đề Authorization phải có dạng: Bearer rồi đến mã truy cập API.")
	}
	return s.Account.TokenActor(ctx, strings.TrimSpace(token))
}

// unrouted answers a path or a method that no operation has. The mux knows
// which methods the path has; its own answer is a line of English text.
func (s *server) unrouted(w http.ResponseWriter, r *http.Request, own http.Handler) {
	plain := &dry{header: http.Header{}}
	own.ServeHTTP(plain, r)
	if plain.status != http.StatusMethodNotAllowed {
		s.refuse(w, r.Context(), fault.Missing())
		return
	}
	allow := plain.header.Get("Allow")
	w.Header().Set("Allow", allow)
	s.write(w, r.Context(), s.problem(r.Context(), http.StatusMethodNotAllowed, "method_not_allowed",
		fault.New(fault.Invalid, "Đường dẫn này chỉ nhận: {.methods}.", "methods", allow)))
}

// note hands a request's actor and error to the log.
func (s *server) note(ctx context.Context, err error) {
	c := callOf(ctx)
	if s.Note != nil {
		s.Note(ctx, c.actor.Account, err)
		return
	}
	if err == nil {
		return
	}
	if fault.As(err).Code == fault.Internal {
		s.Log.LogAttrs(ctx, slog.LevelError, "api", slog.String("id", c.id), slog.String("actor", c.actor.Account), slog.String("error", err.Error()))
	}
}

// reads is the language that the request prefers.
func reads(r *http.Request) locale.Lang {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return locale.Vietnamese
	}
	_, i, _ := languages.Match(tags...)
	return []locale.Lang{locale.Vietnamese, locale.English}[i]
}

var languages = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// requestID is the id that the outer handler gave the request, or a new one.
func requestID(w http.ResponseWriter) string {
	id := w.Header().Get("X-Request-Id")
	if id == "" {
		id = rand.Text()[:16]
		w.Header().Set("X-Request-Id", id)
	}
	return id
}

// sent knows whether an answer is under way. Where hold is set it keeps the
// answer back, so that a reader who has it already need not get it again.
type sent struct {
	http.ResponseWriter
	begun  bool
	hold   *bytes.Buffer
	status int
}

func (s *sent) WriteHeader(status int) {
	if s.begun {
		return
	}
	s.begun = true
	s.status = status
	if s.hold == nil {
		s.ResponseWriter.WriteHeader(status)
	}
}

func (s *sent) Write(b []byte) (int, error) {
	s.WriteHeader(http.StatusOK)
	if s.hold != nil {
		return s.hold.Write(b)
	}
	return s.ResponseWriter.Write(b)
}

// release sends what was held back, or only says that it has not changed.
func (s *sent) release(r *http.Request) {
	if s.hold == nil || !s.begun {
		return
	}
	if s.status == http.StatusOK {
		sum := sha256.Sum256(s.hold.Bytes())
		mark := `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
		s.Header().Set("ETag", mark)
		for _, known := range strings.Split(r.Header.Get("If-None-Match"), ",") {
			if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == mark || known == "*" {
				s.Header().Del("Content-Type")
				s.ResponseWriter.WriteHeader(http.StatusNotModified)
				return
			}
		}
	}
	s.ResponseWriter.WriteHeader(s.status)
	_, _ = s.ResponseWriter.Write(s.hold.Bytes()) // the reader may have gone; nobody is left to tell
}

// Unwrap lets http.ResponseController reach the connection.
func (s *sent) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// dry takes an answer that nobody will read.
type dry struct {
	header http.Header
	status int
}

func (d *dry) Header() http.Header         { return d.header }
func (d *dry) WriteHeader(status int)      { d.status = status }
func (d *dry) Write(b []byte) (int, error) { return len(b), nil }
