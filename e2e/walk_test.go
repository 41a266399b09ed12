package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// walker walks the site as one person: it opens a page, finds a form on it,
// fills fields that are there and presses the button. A field, a form or a
// button that is missing fails the walk.
type walker struct {
	t    *testing.T
	name string
	by   carrier
}

// carrier brings the walker from page to page: without script as plain HTTP
// (plain), or in Chromium with hands and eyes (hands).
type carrier interface {
	open(path string) answer
	// send fills the n-th form of the page that is open and presses its button.
	send(p *leaf, form *html.Node, fill fields, files map[string]upload) answer
}

// newWalker signs in by the page.
func newWalker(t *testing.T, by carrier, login, password string) *walker {
	t.Helper()
	w := &walker{t, login, by}
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
	return w.read(w.by.open(path))
}

func (w *walker) read(a answer) *leaf {
	w.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		w.t.Fatal(err)
	}
	p := &leaf{w, a.location, a.body, root}
	if a.status != http.StatusOK {
		w.t.Fatalf("%s: %s answers %d: %s", w.name, p.path, a.status, p.errors())
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
	names := map[string]bool{}
	each(form, func(n *html.Node) { names[attribute(n, "name")] = true })
	for name := range fill {
		if !names[name] {
			p.w.t.Fatalf("%s: the form to %s on %s has no field %q; it has %v", p.w.name, attribute(form, "action"), p.path, name, keys(names))
		}
	}
	next := p.w.read(p.w.by.send(p, form, fill, files))
	each(next.root, func(n *html.Node) {
		if attribute(n, "class") == "errors" {
			p.w.t.Fatalf("%s: sending %s: %s", p.w.name, attribute(form, "action"), next.errors())
		}
	})
	return next
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

// beside finds the field with this beginning in the line that names somebody.
func (p *leaf) beside(prefix, words string) string {
	p.w.t.Helper()
	found := ""
	each(p.root, func(n *html.Node) {
		if n.Data != "input" || !strings.HasPrefix(attribute(n, "name"), prefix) {
			return
		}
		line := n
		for line.Parent != nil && line.Data != "li" && line.Data != "tr" {
			line = line.Parent
		}
		if strings.Contains(textOf(line), words) {
			found = attribute(n, "name")
		}
	})
	if found == "" {
		p.w.t.Fatalf("%s: no field %s… beside %q on %s", p.w.name, prefix, words, p.path)
	}
	return found
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
