package e2e

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/thidua/thidua/testkit"
)

// TestEveryPageInTheBrowser opens every page of the site on a phone and on a
// small office screen, light and dark: axe-core finds nothing, nobody has to
// scroll sideways, nothing is asked of another host (testkit.Chrome watches
// that), and the pictures lie in build/shots/pages.
func TestEveryPageInTheBrowser(t *testing.T) {
	visitors := map[string]*visitor{}
	for _, p := range choose(t, allPages(t)) {
		v := visitors[p.site.name+p.login]
		if v == nil {
			v = p.site.as(t, p.login)
			visitors[p.site.name+p.login] = v
		}
		t.Run(p.slug(), func(t *testing.T) {
			t.Parallel()
			ctx := testkit.Chrome(t)
			v.lend(t, ctx)
			for _, width := range []int{1024, 360} {
				testkit.Viewport(t, ctx, width)
				if err := chromedp.Do(ctx, chromedp.Navigate(p.site.URL+p.path)); err != nil {
					t.Fatal(err)
				}
				for _, scheme := range []string{"light", "dark"} {
					testkit.Media(t, ctx, "screen", scheme)
					if scheme == "light" || width > 700 { // a dark telephone shows nothing new
						testkit.Screenshot(t, ctx, width, path.Join("pages", p.slug()+"-"+scheme))
					}
					for _, v := range testkit.Axe(t, ctx) {
						t.Errorf("%d %s %s: %s", width, scheme, p, v)
					}
				}
				if px := testkit.Overflow(t, ctx); px > 0 {
					t.Errorf("%s is %d pixels wider than a window of %d: %s", p, px, width, widest(t, ctx))
				}
			}
		})
	}
}

// lend gives the browser the visitor's session.
func (v *visitor) lend(t testing.TB, ctx context.Context) {
	t.Helper()
	u, err := url.Parse(v.base)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(u) {
		if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: v.base, HTTPOnly: new(true)}); err != nil {
			t.Fatalf("lending the session: %v", err)
		}
	}
}

// widest names what sticks out of the window, for a failure's message.
func widest(t testing.TB, ctx context.Context) string {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('body *')]
		.filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
		.filter(e => !e.parentElement.closest('.table, [tabindex="0"]'))
		.map(e => e.tagName.toLowerCase() + (typeof e.className == 'string' && e.className ? '.' + e.className.replaceAll(' ', '.') : '') + ' …' + e.textContent.trim().slice(0, 40))
		.slice(-4)`))
	if err != nil {
		return err.Error()
	}
	return strings.Join(out, "; ")
}

// choose takes of each route the fewest pages that show everything its pages
// show: a leader has buttons that a member lacks, a year that is over has
// tables that a new one lacks.
func choose(t *testing.T, pages []page) []page {
	t.Helper()
	const most, worth = 3, 3 // pages of a route; new features that make one worth a visit
	byRoute := map[string][]page{}
	for _, p := range pages {
		if p.body != "" {
			byRoute[p.pattern] = append(byRoute[p.pattern], p)
		}
	}
	var chosen []page
	for _, route := range slices.Sorted(maps.Keys(byRoute)) {
		seen, candidates := map[string]bool{}, byRoute[route]
		features := make([]map[string]bool, len(candidates))
		for i, p := range candidates {
			features[i] = p.features(t)
		}
		for range most {
			best, gain := -1, 0
			for i := range candidates {
				n := 0
				for f := range features[i] {
					if !seen[f] {
						n++
					}
				}
				if n > gain {
					best, gain = i, n
				}
			}
			if best < 0 || len(seen) > 0 && gain < worth {
				break
			}
			chosen = append(chosen, candidates[best])
			maps.Copy(seen, features[best])
		}
	}
	return chosen
}

// features are what a page is made of: its elements with their classes, and the
// fields of its forms.
func (p page) features(t *testing.T) map[string]bool {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			for _, class := range append(strings.Fields(attribute(n, "class")), "") {
				all[n.Data+"."+class] = true
			}
			if name := attribute(n, "name"); name != "" && len(name) < 20 {
				all[n.Data+"["+name] = true
			}
		}
	}
	return all
}

// slug names a page's pictures: "nam-year-tien-do.kcn.demo".
func (p page) slug() string {
	name := strings.TrimPrefix(p.pattern, "GET ")
	if u, err := url.Parse(p.path); err == nil && len(u.Query()) > 0 {
		name += " " + strings.Join(slices.Sorted(maps.Keys(u.Query())), " ")
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	login := p.login
	if login == "" {
		login = "khach"
	}
	return fmt.Sprintf("%s.%s.%s", strings.Join(words, "-"), login, p.site.name)
}
