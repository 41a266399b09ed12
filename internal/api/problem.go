package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Problem is an error as a program reads it (RFC 9457).
type Problem struct {
	Title     string         `json:"title" doc:"Loại lỗi, bằng chữ."`
	Status    int            `json:"status" doc:"Mã trạng thái HTTP."`
	Code      string         `json:"code" doc:"Loại lỗi, cho chương trình: invalid, unauthenticated, denied, not_found, conflict, stale, too_large, too_many, internal, method_not_allowed, unreadable, unsupported."`
	Detail    string         `json:"detail" doc:"Điều gì sai và cần làm gì."`
	Errors    []ProblemError `json:"errors,omitempty" doc:"Từng chỗ sai trong nội dung gửi lên."`
	Theirs    any            `json:"theirs,omitempty" doc:"Khi code là stale: bản ghi như hiện nay."`
	RequestID string         `json:"request_id" doc:"Mã của yêu cầu, để tìm trong nhật ký."`
}

// ProblemError is one thing wrong with a request.
type ProblemError struct {
	Location string `json:"location" doc:"Chỗ sai: body.name, query.year, path.id."`
	Message  string `json:"message" doc:"Điều gì sai và cần làm gì."`
}

// Error implements error; huma takes what also tells its status as an answer.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

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

// titles name the problems of a status.
var titles = map[int]locale.Text{
	http.StatusBadRequest:            locale.Msg("Không đọc được nội dung gửi lên"),
	http.StatusUnauthorized:          locale.Msg("Cần mã truy cập API"),
	http.StatusForbidden:             locale.Msg("Bạn không có quyền làm việc này"),
	http.StatusNotFound:              locale.Msg("Không tìm thấy"),
	http.StatusMethodNotAllowed:      locale.Msg("Đường dẫn không nhận phương thức này"),
	http.StatusRequestTimeout:        locale.Msg("Nội dung gửi lên quá chậm"),
	http.StatusConflict:              locale.Msg("Chưa làm được việc này"),
	http.StatusRequestEntityTooLarge: locale.Msg("Nội dung gửi lên quá lớn"),
	http.StatusUnsupportedMediaType:  locale.Msg("Không nhận kiểu nội dung này"),
	http.StatusUnprocessableEntity:   locale.Msg("Nội dung gửi lên chưa đúng"),
	http.StatusTooManyRequests:       locale.Msg("Quá nhiều lần thử"),
	http.StatusInternalServerError:   locale.Msg("Hệ thống gặp lỗi"),
}

// problemOf is the problem that an error is.
func (s *server) problemOf(ctx context.Context, err error) *Problem {
	f := fault.As(err)
	p := s.problem(ctx, statuses[f.Code], string(f.Code), f)
	if f.Code == fault.Stale {
		p.Theirs = callOf(ctx).theirs(f.Theirs)
	}
	return p
}

// problem words the faults of a request under a status and a code.
func (s *server) problem(ctx context.Context, status int, code string, f *fault.Error) *Problem {
	c := callOf(ctx)
	p := &Problem{Title: c.lang.Say(titles[status].Text, nil), Status: status, Code: code, Detail: c.lang.Fault(f), RequestID: c.id}
	for _, one := range f.All() {
		if one.Field != "" {
			p.Errors = append(p.Errors, ProblemError{c.location(one.Field), c.lang.Fault(one)})
		}
	}
	return p
}

// location is where in the request the domain's field stands.
func (c *call) location(field string) string {
	for _, whole := range []string{"body", "query.", "path.", "header.", "criteria.", "units."} { // huma has named the place already
		if field == whole || strings.HasPrefix(field, whole) {
			return field
		}
	}
	if c.route == nil {
		return field
	}
	if as, renamed := c.route.fields[field]; renamed {
		field = as
	}
	switch {
	case strings.Contains(c.route.path, "{"+field+"}"):
		return "path." + field
	case c.route.method == http.MethodGet:
		return "query." + field
	}
	return "body." + field
}

// place is where a field of the i-th thing of a list in the body stands.
func place(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }

// moved gives the faults of an error other places.
func moved(err error, to func(field string) string) error {
	var all []*fault.Error
	for _, one := range fault.As(err).All() {
		if one.Field != "" {
			one.Field = to(one.Field)
		}
		all = append(all, one)
	}
	return fault.List(all...)
}

// refuse answers with the problem that an error is, unless an answer is under
// way already.
func (s *server) refuse(w http.ResponseWriter, ctx context.Context, err error) {
	s.note(ctx, err)
	if out, ok := w.(*sent); ok && out.begun {
		return
	}
	s.write(w, ctx, s.problemOf(ctx, err))
}

func (s *server) write(w http.ResponseWriter, ctx context.Context, p *Problem) {
	dress(callOf(ctx), p)
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(p) // the reader may have gone; nobody is left to tell
}

// dress sets the headers of a problem.
func dress(c *call, p *Problem) {
	c.header.Set("Cache-Control", "no-store")
	c.header.Del("ETag")
	if p.Status == http.StatusUnauthorized {
		c.header.Set("WWW-Authenticate", `Bearer realm="thidua"`)
	}
}
