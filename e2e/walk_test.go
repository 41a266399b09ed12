package e2e

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// walker walks the site as a person without script does: it opens a page,
// finds a form on it, fills fields that are there and presses the button. A
// field, a form or a button that is missing fails the walk.
type walker struct {
	t      *testing.T
	base   string
	name   string
	client *http.Client
}

func newWalker(t *testing.T, base, login, password string) *walker {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{t, base, login, &http.Client{Jar: jar, Timeout: patience}}
	w.open("/dang-nhap").submit("/dang-nhap", fields{"login": {login}, "password": {password}})
	return w
}

type fields = url.Values

// leaf is a page that answered 200.
type leaf struct {
	w    *walker
	path string
	text string
	root *html.Node
}

func (w *walker) open(path string) *leaf {
	w.t.Helper()
	res, err := w.client.Get(w.base + path)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.read(res)
}

func (w *walker) read(res *http.Response) *leaf {
	w.t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	p := &leaf{w, res.Request.URL.Path, string(body), root}
	if res.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %s %s answers %d: %s", w.name, res.Request.Method, p.path, res.StatusCode, p.errors())
	}
	return p
}

// errors is what the page says is wrong.
func (p *leaf) errors() string {
	var said []string
	each(p.root, func(n *html.Node) {
		if c := attribute(n, "class"); c == "errors" || c == "error" || n.Data == "h1" {
			said = append(said, strings.Join(strings.Fields(textOf(n)), " "))
		}
	})
	return strings.Join(said, " | ")
}

// has fails the walk unless the page says all of it.
func (p *leaf) has(texts ...string) *leaf {
	p.w.t.Helper()
	all := strings.Join(strings.Fields(textOf(p.root)), " ")
	for _, want := range texts {
		if !strings.Contains(all, want) {
			p.w.t.Fatalf("%s: %s does not say %q: %.1500s", p.w.name, p.path, want, all)
		}
	}
	return p
}

// control is a field of a form.
type control struct{ kind, value, label string }

// form finds the form that is sent to an address with this end.
func (p *leaf) form(end string) *html.Node {
	p.w.t.Helper()
	var found *html.Node
	var all []string
	each(p.root, func(n *html.Node) {
		if n.Data != "form" || attribute(n, "method") != "post" {
			return
		}
		action := attribute(n, "action")
		if action == "" {
			action = p.path
		}
		path, _, _ := strings.Cut(action, "?")
		all = append(all, action)
		if found == nil && strings.HasSuffix(path, end) {
			found = n
		}
	})
	if found == nil {
		p.w.t.Fatalf("%s: no form to …%s on %s; forms: %q; %s", p.w.name, end, p.path, all, p.errors())
	}
	return found
}

// nth is the form of several to the same address, from 0.
func (p *leaf) nth(end string, n int) *html.Node {
	p.w.t.Helper()
	var found []*html.Node
	each(p.root, func(f *html.Node) {
		if f.Data == "form" && attribute(f, "method") == "post" && strings.HasSuffix(attribute(f, "action"), end) {
			found = append(found, f)
		}
	})
	if n >= len(found) {
		p.w.t.Fatalf("%s: %d forms to …%s on %s", p.w.name, len(found), end, p.path)
	}
	return found[n]
}

// submit fills the form and sends it; the page that comes back must be without
// errors.
func (p *leaf) submit(end string, fill fields) *leaf {
	p.w.t.Helper()
	return p.send(p.form(end), fill, nil)
}

// attach is submit with a file in the field.
func (p *leaf) attach(end string, fill fields, field, name string, content []byte) *leaf {
	p.w.t.Helper()
	return p.send(p.form(end), fill, map[string]upload{field: {name, content}})
}

type upload struct {
	name    string
	content []byte
}

func (p *leaf) send(form *html.Node, fill fields, files map[string]upload) *leaf {
	p.w.t.Helper()
	values, names := url.Values{}, map[string]bool{}
	var buttons []control
	each(form, func(n *html.Node) {
		name := attribute(n, "name")
		if name == "" {
			return
		}
		names[name] = true
		switch n.Data {
		case "input":
			kind := attribute(n, "type")
			if (kind == "checkbox" || kind == "radio") && !has(n, "checked") || kind == "file" {
				return
			}
			values.Add(name, attribute(n, "value"))
		case "textarea":
			values.Add(name, strings.TrimPrefix(textOf(n), "\n"))
		case "select":
			values.Add(name, chosen(n))
		case "button":
			buttons = append(buttons, control{name, attribute(n, "value"), textOf(n)})
		}
	})
	for name, v := range fill {
		if !names[name] {
			p.w.t.Fatalf("%s: the form to %s on %s has no field %q; it has %v", p.w.name, attribute(form, "action"), p.path, name, keys(names))
		}
		values[name] = v
	}
	if len(buttons) == 1 && values.Get(buttons[0].kind) == "" {
		values.Set(buttons[0].kind, buttons[0].value)
	}
	action := attribute(form, "action")
	if action == "" {
		action = p.path
	}
	body, kind := io.Reader(strings.NewReader(values.Encode())), "application/x-www-form-urlencoded"
	if attribute(form, "enctype") == "multipart/form-data" {
		body, kind = multi(p.w.t, values, files)
	} else if len(files) > 0 {
		p.w.t.Fatalf("%s: the form to %s takes no files", p.w.name, action)
	}
	req, err := http.NewRequestWithContext(p.w.t.Context(), http.MethodPost, p.w.base+action, body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	res, err := p.w.client.Do(req)
	if err != nil {
		p.w.t.Fatal(err)
	}
	next := p.w.read(res)
	each(next.root, func(n *html.Node) {
		if attribute(n, "class") == "errors" {
			p.w.t.Fatalf("%s: sending %s: %s", p.w.name, action, next.errors())
		}
	})
	return next
}

func multi(t *testing.T, values url.Values, files map[string]upload) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range values {
		for _, v := range all {
			if err := m.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for field, f := range files {
		part, err := m.CreateFormFile(field, f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, m.FormDataContentType()
}

func chosen(sel *html.Node) string {
	first, picked, any := "", "", false
	each(sel, func(n *html.Node) {
		if n.Data != "option" {
			return
		}
		v := attribute(n, "value")
		if !any {
			first, any = v, true
		}
		if has(n, "selected") {
			picked = v
		}
	})
	if picked != "" {
		return picked
	}
	return first
}

// options are the values of a select or of checkboxes by the text beside them.
func (p *leaf) options(name string) map[string]string {
	out := map[string]string{}
	each(p.root, func(n *html.Node) {
		switch {
		case n.Data == "option" && n.Parent != nil && attribute(selectOf(n), "name") == name:
			out[strings.Join(strings.Fields(textOf(n)), " ")] = attribute(n, "value")
		case n.Data == "input" && attribute(n, "name") == name && n.Parent != nil && n.Parent.Data == "label":
			out[strings.Join(strings.Fields(textOf(n.Parent)), " ")] = attribute(n, "value")
		}
	})
	return out
}

// option is the value whose text begins with the words.
func (p *leaf) option(name, words string) string {
	p.w.t.Helper()
	all := p.options(name)
	for text, v := range all {
		if strings.HasPrefix(text, words) {
			return v
		}
	}
	p.w.t.Fatalf("%s: no choice %q for %s on %s: %v", p.w.name, words, name, p.path, all)
	return ""
}

func selectOf(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Data == "select" {
			return n
		}
	}
	return &html.Node{}
}

// fieldsLike lists the names of fields that begin so, in order.
func (p *leaf) fieldsLike(prefix string) []string {
	var out []string
	each(p.root, func(n *html.Node) {
		if name := attribute(n, "name"); strings.HasPrefix(name, prefix) && (n.Data == "input" || n.Data == "select" || n.Data == "textarea") && attribute(n, "type") != "hidden" {
			out = append(out, name)
		}
	})
	return out
}

func each(n *html.Node, do func(*html.Node)) {
	if n.Type == html.ElementNode {
		do(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, do)
	}
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
		if c.Type == html.ElementNode {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func keys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
