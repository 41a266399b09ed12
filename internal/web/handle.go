package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

const (
	bodyLimit   = 2 << 20          // bytes of a form without files
	requestTime = 60 * time.Second // after which the database is not asked any more
)

// handle makes an http.Handler of a route: session, actor, size, form, action,
// and the page of whatever error comes back.
func (s *Server) handle(rt route) http.Handler {
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		r = r.WithContext(ctx)
		limit := rt.limit
		if limit == 0 {
			limit = bodyLimit
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		q := &Req{W: w, R: r, Actor: access.Visitor, Lang: langOf(r), Theme: themeOf(r), ID: requestID(ctx), s: s}
		if err := s.guarded(q, rt); err != nil {
			s.fail(q, err)
		}
	})
	return s.sessions.LoadAndSave(inner)
}

// guarded makes an error of a panic, so that its page looks like any other's.
func (s *Server) guarded(q *Req, rt route) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			err = fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return s.act(q, rt)
}

func (s *Server) act(q *Req, rt route) error {
	if err := s.identify(q); err != nil {
		return err
	}
	if q.R.Method == http.MethodPost {
		if err := s.origin.Check(q.R); err != nil {
			return fault.New(fault.Denied, "Yêu cầu này được gửi từ một trang khác nên bị từ chối. Hãy mở trang của hệ thống rồi làm lại.").Because(err)
		}
		if err := q.parse(); err != nil {
			var big *http.MaxBytesError
			if errors.As(err, &big) {
				return fault.New(fault.TooLarge, "Nội dung gửi lên vượt quá {.n} MB. Hãy chia nhỏ hoặc nén tệp rồi gửi lại.", "n", int(big.Limit>>20)).Because(err)
			}
			return fault.New(fault.Invalid, "Máy chủ không đọc được nội dung gửi lên. Hãy tải lại trang rồi gửi lại.").Because(err)
		}
	}
	if rt.need != Public && !q.Actor.SignedIn() {
		return access.SignInFirst()
	}
	if q.Account != nil && q.Account.MustChange && rt.need != Public && q.R.URL.Path != passwordPath {
		q.Warn("Mật khẩu bạn dùng là mật khẩu cấp một lần. Hãy đổi mật khẩu trước khi làm việc khác.")
		return q.Redirect(passwordPath, "")
	}
	return rt.do(s, q)
}

// identify finds who sends the request. A session of a closed account, or one
// that lay idle, is as good as none.
func (s *Server) identify(q *Req) error {
	ctx := q.Ctx()
	id := s.sessions.GetString(ctx, account.KeyAccount)
	if id == "" {
		return nil
	}
	now := clock.System{}.Now() // sessions live in real time, see account.NewSessions
	seen := clock.Instant(s.sessions.GetInt64(ctx, account.KeySeen)).Time()
	if now.Sub(seen) > sessionIdle {
		return s.sessions.Destroy(ctx)
	}
	a, err := s.Account.Own(ctx, access.Actor{Account: id})
	if fault.Is(err, fault.Unauthenticated) {
		return s.sessions.Destroy(ctx)
	}
	if err != nil {
		return err
	}
	if now.Sub(seen) > seenEvery && !q.follows() {
		s.sessions.Put(ctx, account.KeySeen, int64(clock.InstantOf(now)))
	}
	q.Account, q.Actor = &a, a.Actor()
	if q.cookie(langCookie) == "" && a.Lang != "" {
		q.Lang = locale.Parse(a.Lang)
	}
	noteActor(ctx, a.ID)
	return nil
}

// signInFirst sends a visitor to the sign-in page and back. What a form had
// brought is kept.
func (s *Server) signInFirst(q *Req, err error) error {
	if q.WantsJSON() {
		return q.problem(http.StatusUnauthorized, err)
	}
	next := q.R.URL.RequestURI()
	if q.R.Method == http.MethodPost {
		next = q.page()
		if err := q.keep(next); err != nil {
			return err
		}
		q.Warn("Phiên làm việc đã hết hạn. Hãy đăng nhập lại; nội dung bạn vừa gửi được giữ nguyên.")
	}
	q.written = true
	http.Redirect(q.W, q.R, signInPath+"?"+url.Values{"tiep": {next}}.Encode(), http.StatusSeeOther)
	return nil
}
