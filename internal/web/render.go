package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

//go:embed templates
var templates embed.FS

// pages are the parsed templates: every page over the layout and the parts,
// once for each language, because t, num, day and time speak it.
type pages struct {
	sets map[locale.Lang]map[string]*template.Template
}

// loadPages parses templates/layout.html, the parts in templates/parts/ and
// every other file in templates/ as a page of its name without ".html".
func loadPages(a *assets) (*pages, error) {
	p := &pages{sets: map[locale.Lang]map[string]*template.Template{}}
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		base, err := template.New("layout.html").Funcs(funcs(lang, a)).ParseFS(templates, "templates/layout.html", "templates/parts/*.html")
		if err != nil {
			return nil, fmt.Errorf("web: templates: %w", err)
		}
		p.sets[lang] = map[string]*template.Template{}
		for _, name := range names {
			short := strings.TrimSuffix(path.Base(name), ".html")
			if short == "layout" {
				continue
			}
			t, err := base.Clone()
			if err == nil {
				t, err = t.ParseFS(templates, name)
			}
			if err != nil {
				return nil, fmt.Errorf("web: templates: %w", err)
			}
			p.sets[lang][short] = t
		}
	}
	return p, nil
}

// Page is the dot of a page's template. The view of the action is V.
type Page struct {
	V       any
	Lang    locale.Lang
	Theme   string
	Actor   access.Actor
	Account *account.Account
	Here    string // path and query of the page
	Path    string
	Form    *Form
	Flash   flashed
	Nav     []NavItem
	Demo    *Demo
	Search  bool // there is a page that searches
	Status  int

	q *Req
}

// FormTo is the form that is sent to action, on pages with several.
func (p Page) FormTo(action string) *Form { return p.q.FormTo(action) }

// Now is when the page was made; it stands on what is printed.
func (p Page) Now() clock.Instant { return clock.Stamp(p.q.s.Clock) }

// Query is a value of the address's query.
func (p Page) Query(name string) string { return p.q.Query(name) }

// With is the page's address with a query value set, or taken out when empty:
// for links that filter and sort.
func (p Page) With(name, value string) string {
	u := *p.q.R.URL
	v := u.Query()
	if v.Del("trang"); value == "" {
		v.Del(name)
	} else {
		v.Set(name, value)
	}
	u.RawQuery = v.Encode()
	if u.RawQuery == "" {
		return u.Path
	}
	return u.Path + "?" + u.RawQuery
}

// Render shows a page: templates/NAME.html with view as its .V. The status is
// 200, or that of the form's errors.
func (q *Req) Render(name string, view any) error {
	status := http.StatusOK
	if q.form != nil && q.form.status != 0 {
		status = q.form.status
	}
	return q.RenderStatus(status, name, view)
}

// RenderStatus is Render with a status of its own.
func (q *Req) RenderStatus(status int, name string, view any) error {
	t, ok := q.s.pages.sets[q.Lang][name]
	if !ok {
		return fmt.Errorf("web: no page %q", name)
	}
	page := Page{
		V: view, Lang: q.Lang, Theme: q.Theme, Actor: q.Actor, Account: q.Account, Here: q.R.URL.RequestURI(), Path: q.R.URL.Path,
		Form: q.Form(), Nav: q.s.nav(q), Demo: q.s.Demo, Search: q.s.searches, Status: status, q: q,
	}
	if q.R.Method != http.MethodGet {
		page.Here = q.page()
	}
	page.Flash = q.flash()
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := t.ExecuteTemplate(buf, "layout.html", page); err != nil {
		return fmt.Errorf("web: page %s: %w", name, err)
	}
	q.send(status, "text/html; charset=utf-8", buf.Bytes())
	return nil
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// send writes a whole answer, packed where the browser takes it.
func (q *Req) send(status int, kind string, body []byte) {
	q.written = true
	h := q.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Language", string(q.Lang))
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if len(body) < 1024 || !acceptsGzip(q.R) {
		q.W.WriteHeader(status)
		_, _ = q.W.Write(body)
		return
	}
	h.Set("Content-Encoding", "gzip")
	q.W.WriteHeader(status)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(q.W)
	_, _ = z.Write(body)
	_ = z.Close()
}
