package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"github.com/thidua/thidua/internal/web"
)

// page is an address as one account sees it.
type page struct {
	site    site
	login   string // "" for a visitor
	path    string
	pattern string // the route that answers it
	body    string
}

func (p page) String() string { return fmt.Sprintf("%s as %q in %s", p.path, p.login, p.site.name) }

// table finds the route of an address, as the server does.
type table struct{ mux *http.ServeMux }

func routeTable() table {
	t := table{http.NewServeMux()}
	for _, p := range web.Patterns() {
		t.mux.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
	}
	return t
}

// pattern is "" when no route answers.
func (t table) pattern(method, path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	_, p := t.mux.Handler(&http.Request{Method: method, URL: u, Host: "thidua"})
	return p
}

// complaints tells each kind of fault once: what is wrong with one page of a
// route is wrong with all of them, for every account.
type complaints struct {
	t    *testing.T
	said map[string]int
}

func (c *complaints) about(kind, format string, args ...any) {
	c.t.Helper()
	if c.said[kind]++; c.said[kind] == 1 {
		c.t.Errorf(format, args...)
	}
}

// walk follows every link from the first page on, to a few addresses of each
// route: the lists of two clusters show what those of twenty do.
func walk(t *testing.T, s site, login string, routes table, wrong *complaints) []page {
	t.Helper()
	v := s.as(t, login)
	var pages []page
	from := map[string]string{"/": "the start", "/tim?q=so": "the search box"} // address → page that links to it
	times := map[string]int{}
	for queue := slices.Sorted(maps.Keys(from)); len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		a := v.get(at)
		for hops := 0; a.status == http.StatusSeeOther && hops < 3; hops++ {
			at = a.location
			a = v.get(at)
		}
		if a.status != http.StatusOK {
			wrong.about(fmt.Sprint(routes.pattern(http.MethodGet, at), a.status), "%s as %q in %s, linked from %s, answers %d\n%s", queue[0], login, s.name, from[queue[0]], a.status, s.log.of(a.request))
			continue
		}
		p := page{s, login, at, routes.pattern(http.MethodGet, at), a.body}
		if !strings.HasPrefix(a.kind, "text/html") {
			p.body = "" // a file to take away
		}
		if pages = append(pages, p); p.body == "" {
			continue
		}
		doc, err := html.Parse(strings.NewReader(a.body))
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode || n.Data != "a" {
				continue
			}
			to := address(at, attribute(n, "href"))
			if to == "" || from[to] != "" || strings.HasPrefix(to, "/static/") {
				continue
			}
			pattern := routes.pattern(http.MethodGet, to)
			u, err := url.Parse(to)
			if pattern == "" || err != nil {
				wrong.about(p.pattern+" "+path.Base(path.Dir(to))+path.Base(to), "%s links to %s, which is no page", p, to)
				continue
			}
			shape := pattern + " " + strings.Join(slices.Sorted(maps.Keys(u.Query())), ",")
			if strings.HasSuffix(pattern, "/{kind}") { // each kind of paper is a page of its own
				shape += path.Base(u.Path)
			}
			if times[shape]++; times[shape] > s.each {
				continue
			}
			from[to] = at
			queue = append(queue, to)
		}
	}
	return pages
}

// address is where a link leads within the site, "" for elsewhere.
func address(from, href string) string {
	base, err := url.Parse(from)
	if err != nil {
		return ""
	}
	u, err := base.Parse(href)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// walked are the pages that the accounts of the demo can reach, walked once.
var walked struct {
	once  sync.Once
	pages []page
}

func allPages(t *testing.T) []page {
	t.Helper()
	walked.once.Do(func() {
		both, err := sites()
		if err != nil {
			t.Fatal(err)
		}
		routes, wrong := routeTable(), &complaints{t, map[string]int{}}
		for _, s := range both {
			for _, login := range s.logins {
				walked.pages = append(walked.pages, walk(t, s, login, routes, wrong)...)
			}
		}
	})
	return walked.pages
}

// unlinked are the routes that no link leads to, and why.
var unlinked = map[string]string{
	"GET /{$}":                                  "leads on to the list of what there is to do, or to what is public",
	"GET /thiet-lap":                            "there before the first account only: see TestFirstVisitor",
	"GET /phieu/{poll}":                         "an address for messages; leads to the vote's place in its meeting",
	"GET /nam/{year}/cham-diem/theo-doi":        "streamed to scripts: see internal/web TestStreamOfAYear",
	"GET /quan-tri/thu/{id}":                    "there once mail was written: see internal/web TestLetterPages",
	"GET /nam/{year}/tien-do/tep-so-lieu/{tep}": "there after an upload only: see internal/web TestFiguresByWorkbook",
	// A reload after a form of the meeting came back leads to the meeting.
	"GET /hop/{meeting}/diem-danh":        "backstop",
	"GET /hop/{meeting}/diem-danh/{unit}": "backstop",
	"GET /hop/{meeting}/muc":              "backstop",
	"GET /hop/{meeting}/muc/{item}":       "backstop",
	"GET /hop/{meeting}/phieu/{poll}":     "backstop",
}

// TestEveryLinkLeadsSomewhere walks the whole demo as every account that its
// sign-in page offers, and looks at the marks of a page that went wrong.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	pages, routes, wrong := allPages(t), routeTable(), &complaints{t, map[string]int{}}
	reached := map[string]bool{}
	for _, p := range pages {
		if reached[p.pattern] = true; p.body == "" {
			continue
		}
		for _, mark := range []string{"<no value>", "ZgotmplZ", "%!", "{.", "map["} {
			if i := strings.Index(p.body, mark); i >= 0 {
				wrong.about(p.pattern+mark, "%s shows %q: …%s…", p, mark, p.body[max(0, i-80):min(len(p.body), i+80)])
			}
		}
		doc, err := html.Parse(strings.NewReader(p.body))
		if err != nil {
			t.Fatal(err)
		}
		heads, ids := 0, map[string]bool{}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					wrong.about(p.pattern+"id", "%s has two elements of the id %q", p, id)
				}
				ids[id] = true
			}
			switch n.Data {
			case "h1":
				heads++
			case "form":
				if strings.EqualFold(attribute(n, "method"), "post") {
					to := address(p.path, attribute(n, "action"))
					if to == "" || routes.pattern(http.MethodPost, to) == "" {
						wrong.about(p.pattern+"form", "%s has a form to %q, which nothing answers", p, attribute(n, "action"))
					}
				}
			}
		}
		if heads != 1 {
			wrong.about(p.pattern+"h1", "%s has %d main headings", p, heads)
		}
	}
	t.Logf("%d pages", len(pages))
	for _, pattern := range web.Patterns() {
		if strings.HasPrefix(pattern, "GET ") && !reached[pattern] && unlinked[pattern] == "" {
			t.Errorf("no link leads to %s", pattern)
		}
	}
}
