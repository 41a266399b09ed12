package web

import (
	"net/http"

	"github.com/thidua/thidua/internal/platform/fault"
)

// statuses are the HTTP statuses of faults.
var statuses = map[fault.Code]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Denied:          http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Stale:           http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Internal:        http.StatusInternalServerError,
}

// titles head the pages of faults.
var titles = map[fault.Code]string{
	fault.Invalid:  "Nội dung gửi lên chưa đúng",
	fault.Denied:   "Bạn không có quyền làm việc này",
	fault.NotFound: "Không tìm thấy trang",
	fault.Conflict: "Chưa làm được việc này",
	fault.Stale:    "Nội dung đã được người khác sửa",
	fault.TooLarge: "Nội dung gửi lên quá lớn",
	fault.TooMany:  "Quá nhiều lần thử",
	fault.Internal: "Hệ thống gặp lỗi",
}

// failure is the view of an error page.
type failure struct {
	Code    fault.Code
	Title   string
	Text    []string
	Back    string // the page of the form, "" for none
	Request string // id in the log, for faults of ours
}

// fail answers an error that an action returned.
func (s *Server) fail(q *Req, err error) {
	note(q.Ctx(), err)
	f := fault.As(err)
	if q.written {
		return // the answer is under way; the log has the error
	}
	next := func() error {
		switch {
		case f.Code == fault.Unauthenticated:
			return s.signInFirst(q, err)
		case q.WantsJSON():
			return q.problem(statuses[f.Code], err)
		case f.Code == fault.Stale && q.R.Method == http.MethodPost:
			return s.stale(q, f)
		}
		view := failure{Code: f.Code, Title: titles[f.Code]}
		for _, one := range f.All() {
			view.Text = append(view.Text, q.Lang.Fault(one))
		}
		if q.R.Method == http.MethodPost {
			view.Back = q.page()
		}
		if f.Code == fault.Internal {
			view.Request = q.ID
		}
		return q.RenderStatus(statuses[f.Code], "fail", view)
	}
	if err := next(); err != nil {
		note(q.Ctx(), err)
		if !q.written {
			http.Error(q.W, q.T("Hệ thống gặp lỗi. Việc vừa làm chưa được lưu; hãy thử lại, lỗi đã được ghi nhật ký."), http.StatusInternalServerError)
		}
	}
}

// problem is an error as a script reads it.
func (q *Req) problem(status int, err error) error {
	type item struct {
		Field string `json:"field,omitempty"`
		Text  string `json:"text"`
	}
	var body struct {
		Code   fault.Code `json:"code"`
		Text   string     `json:"text"`
		Faults []item     `json:"faults,omitempty"`
	}
	f := fault.As(err)
	body.Code, body.Text = f.Code, q.Lang.Fault(f)
	for _, one := range f.All() {
		body.Faults = append(body.Faults, item{one.Field, q.Lang.Fault(one)})
	}
	return q.JSON(status, body)
}

// missing answers every path that is no route.
func (s *Server) missing(*Req) error { return fault.Missing() }

// sessionFailed answers when the session store does not.
func (s *Server) sessionFailed(w http.ResponseWriter, r *http.Request, err error) {
	note(r.Context(), err)
	http.Error(w, langOf(r).T("Hệ thống gặp lỗi. Việc vừa làm chưa được lưu; hãy thử lại, lỗi đã được ghi nhật ký."), http.StatusInternalServerError)
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := s.DB.Ping(r.Context()); err != nil {
		note(r.Context(), err)
		http.Error(w, "database unreachable", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
