package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// route is what an operation says of itself.
type route struct {
	id       string // unique, for programs that are generated from the description
	tag      tag
	says     string // one line
	about    string // more, where the line does not tell it all; may be empty
	method   string
	path     string            // below Base
	scopes   scopes            // what a token must hold, all of it; none for any token
	oneOf    scopes            // of which a token must hold one, where the record decides which
	public   bool              // a visitor may call it
	made     bool              // answers 201 and not 200
	limit    int64             // bytes of the body; 0 for bodyLimit
	fields   map[string]string // the request's name of a domain's field, where they differ
	statuses []int             // further statuses of refusals
}

// scopes are permissions that a token needs. They are asked for before anything
// else, so that a token that is too narrow learns it instead of seeing nothing.
type scopes []access.Permission

func (all scopes) list() []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = string(p)
	}
	return out
}

const (
	bodyLimit  = 1 << 20          // bytes of a JSON body
	bodyTime   = 30 * time.Second // in which a JSON body must arrive
	uploadTime = 2 * time.Minute  // in which a file must arrive
)

// reply is what huma writes: the answer as the body.
type reply[B any] struct{ Body B }

// list is a part of a longer list.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Giá trị của tham số after cho phần tiếp theo; không có khi đã hết."`
}

// idPath is the input of an operation on one record that takes nothing else.
type idPath struct {
	ID string `path:"id"`
}

// none stands for no input or no answer.
type none struct{}

// register adds an operation that answers JSON.
func register[I, B any](s *server, r route, do func(ctx context.Context, c *call, in *I) (B, error)) {
	op := s.operation(&r)
	if !r.made {
		op.Responses["200"] = &huma.Response{Description: titleOK}
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*reply[B], error) {
		body, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, s.answer(ctx, err)
		}
		return &reply[B]{body}, nil
	})
}

// registerDone adds an operation that answers 204: there is nothing to tell.
func registerDone[I any](s *server, r route, do func(ctx context.Context, c *call, in *I) error) {
	op := s.operation(&r)
	op.Responses["204"] = &huma.Response{Description: titleOK}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*none, error) {
		if err := do(ctx, callOf(ctx), in); err != nil {
			return nil, s.answer(ctx, err)
		}
		return nil, nil
	})
}

// file is an answer that is no JSON.
type file struct {
	name string // what the reader's machine will call it
	kind string // its media type
	from io.ReadCloser
}

// registerFile adds an operation that answers with a file of one of the kinds.
func registerFile[I any](s *server, r route, kinds []string, do func(ctx context.Context, c *call, in *I) (file, error)) {
	op := s.operation(&r)
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	ok := &huma.Response{Description: titleOK, Content: map[string]*huma.MediaType{}}
	for _, kind := range kinds {
		ok.Content[kind] = &huma.MediaType{Schema: binary}
	}
	op.Responses["200"] = ok
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		f, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, s.answer(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer f.from.Close()
			hc.SetHeader("Content-Type", f.kind)
			hc.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
			hc.SetStatus(http.StatusOK)
			if _, err := io.Copy(hc.BodyWriter(), f.from); err != nil && !errors.Is(err, context.Canceled) {
				s.note(ctx, err)
				panic(http.ErrAbortHandler) // the reader must see that the file is not whole
			}
		}}, nil
	})
}

// answer words an error for the reader and tells the log.
func (s *server) answer(ctx context.Context, err error) error {
	s.note(ctx, err)
	return s.problemOf(ctx, err)
}

const titleOK = "Đã làm"

// operation describes the route to huma.
func (s *server) operation(r *route) huma.Operation {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: r.says, Description: r.about, Tags: []string{string(r.tag)},
		MaxBodyBytes: r.limit, BodyReadTimeout: bodyTime, Responses: map[string]*huma.Response{},
		Middlewares: huma.Middlewares{s.admit(r)},
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = bodyLimit
	}
	if op.MaxBodyBytes > bodyLimit {
		op.BodyReadTimeout = uploadTime
	}
	if r.made {
		op.DefaultStatus = http.StatusCreated
		op.Responses["201"] = &huma.Response{Description: titleOK}
	}
	op.Security = []map[string][]string{{securityName: r.scopes.list()}}
	if len(r.oneOf) > 0 {
		op.Security = nil
		for _, scope := range r.oneOf.list() {
			op.Security = append(op.Security, map[string][]string{securityName: {scope}})
		}
	}
	refusals := append([]int{http.StatusUnauthorized, http.StatusUnprocessableEntity, http.StatusInternalServerError}, r.statuses...)
	if r.public {
		op.Security = append([]map[string][]string{{}}, op.Security...) // none is needed
	} else {
		refusals = append(refusals, http.StatusForbidden)
	}
	if strings.Contains(r.path, "{") {
		refusals = append(refusals, http.StatusNotFound)
	}
	if r.method != http.MethodGet {
		refusals = append(refusals, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	for _, status := range refusals {
		op.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: titles[status].Text,
			Content:     map[string]*huma.MediaType{problemType: {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}},
		}
	}
	return op
}

// admit refuses before anything is read whoever may not call the operation at
// all: a visitor where an account is needed, a token without the permission.
// It decides without looking at any record, so it tells nothing of one.
func (s *server) admit(r *route) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		ctx := hc.Context()
		c := callOf(ctx)
		c.route = r
		req, w := humago.Unwrap(hc)
		if err := r.admits(c.actor); err != nil {
			s.refuse(w, ctx, err)
			return
		}
		if r.public && r.method == http.MethodGet {
			c.open()
		}
		s.note(ctx, nil)
		req.Body = http.MaxBytesReader(w, req.Body, hc.Operation().MaxBodyBytes)
		next(hc)
	}
}

func (r *route) admits(a access.Actor) error {
	switch {
	case r.public:
		return nil
	case !a.SignedIn():
		return fault.New(fault.Unauthenticated, "Thao tác này cần mã truy cập API. Hãy gửi tiêu đề Authorization: Bearer kèm mã tạo ở trang Tài khoản.")
	case a.Scopes == nil:
		return nil
	}
	lacks := func(scope string) bool { return !slices.Contains(a.Scopes, scope) }
	missing := ""
	if one := r.oneOf.list(); len(one) > 0 && !slices.ContainsFunc(one, func(scope string) bool { return !lacks(scope) }) {
		missing = strings.Join(one, ", ")
	}
	if i := slices.IndexFunc(r.scopes.list(), lacks); i >= 0 {
		missing = string(r.scopes[i])
	}
	if missing == "" {
		return nil
	}
	return fault.New(fault.Denied, "Mã truy cập API này không có quyền “{.scope}”. Hãy tạo mã khác có quyền đó ở trang Tài khoản.", "scope", missing)
}

// open lets anybody's page read the answer: it is public, and no browser sends
// anything secret along.
func (c *call) open() {
	c.out.hold = &bytes.Buffer{}
	c.header.Set("Cache-Control", "public, max-age=60")
	c.header.Set("Access-Control-Allow-Origin", "*")
	c.header.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// say writes a text in the reader's language; "" stays "".
func (c *call) say(t locale.Text) string {
	if t.Text == "" {
		return ""
	}
	return c.lang.Say(t.Text, t.Args)
}
