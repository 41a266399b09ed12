package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/store"
)

// testPassword opens every account of a test's site.
const testPassword = "mot cau du dai de nho"

// site is a served site over an embedded database, with an account for each
// role, named after it, in units u1 (standing body), u2 and u3.
type site struct {
	*Server
	t       *testing.T
	d       *db.DB
	clock   *clock.Set
	account *account.Service
	log     *bytes.Buffer
	ids     map[string]string // login → account id
}

// bareSite has no account yet.
func bareSite(t *testing.T, change ...func(*Deps)) *site {
	t.Helper()
	d := store.SQLite(t)
	now := clock.At("2023-12-01 09:00")
	book, gate := ledger.NewBook(now), access.NewGate(d, now)
	st := &site{t: t, d: d, clock: now, account: account.New(d, book, gate, now), log: &bytes.Buffer{}, ids: map[string]string{}}
	years := cluster.New(d, book, gate, now)
	deps := Deps{
		DB: d, Clock: now, Gate: gate, Account: st.account, Log: slog.New(slog.NewJSONHandler(st.log, nil)),
		Years: years, Org: org.New(d, book, gate, now), Task: task.New(d, book, gate, years, now),
		Letters: letter.New(d, book, gate, letter.Outlet{}, PlacePath, now, slog.New(slog.DiscardHandler)),
	}
	for _, f := range change {
		f(&deps)
	}
	var err error
	if st.Server, err = New(deps); err != nil {
		t.Fatal(err)
	}
	return st
}

func newSite(t *testing.T, change ...func(*Deps)) *site {
	t.Helper()
	st := bareSite(t, change...)
	ctx := context.Background()
	err := st.d.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('province', 1, 'Cấp tỉnh', '2000-01-01', '9999-12-31', '')`); err != nil {
			return err
		}
		for _, u := range [][2]string{{"u1", "Sở Nội vụ"}, {"u2", "Sở Công Thương"}, {"u3", "Sở Xây dựng"}} {
			if _, err := tx.Exec(ctx, `INSERT INTO unit (id, version, kind, level_id, from_day, to_day) VALUES ($1, 1, 'department', 'province', '2000-01-01', '9999-12-31')`, u[0]); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO unit_name (id, version, unit_id, name, short_name, search, sort_key, from_day, to_day, basis) VALUES ($1, 1, $1, $2, $2, '', $3, '2000-01-01', '9999-12-31', '')`, u[0], u[1], []byte(u[1])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []struct {
		login string
		role  access.Role
		unit  string
	}{
		{"administrator", access.Administrator, ""}, {"standing", access.Standing, "u1"}, {"officer", access.Officer, "u2"},
		{"head", access.Head, "u2"}, {"auditor", access.Auditor, ""},
	} {
		made, err := st.account.CreateWith(ctx, access.Program, account.NewAccount{
			Login: a.login, Name: "Người " + a.login, First: account.NewAssignment{Role: a.role, UnitID: a.unit, From: "2023-01-01"},
		}, testPassword)
		if err != nil {
			t.Fatal(err)
		}
		st.ids[a.login] = made.ID
	}
	return st
}

// browser is a visitor with cookies.
type browser struct {
	st      *site
	cookies map[string]string
	address string
	header  http.Header
}

// reply is an answer, unpacked.
type reply struct {
	status   int
	location string
	body     string
	header   http.Header
}

// visitor is nobody yet.
func (st *site) visitor() *browser {
	return &browser{st: st, cookies: map[string]string{}, address: "192.0.2.1", header: http.Header{}}
}

// as is a browser in which the account has signed in.
func (st *site) as(login string) *browser {
	st.t.Helper()
	b := st.visitor()
	if got := b.post("/dang-nhap", url.Values{"login": {login}, "password": {testPassword}}); got.status != http.StatusSeeOther {
		st.t.Fatalf("signing in as %s: %d\n%s", login, got.status, got.body)
	}
	return b
}

func (b *browser) get(path string) reply { return b.send(http.MethodGet, path, "", nil) }

func (b *browser) post(path string, form url.Values) reply {
	return b.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// from is post with the page on which the form stands.
func (b *browser) from(page, path string, form url.Values) reply {
	b.header.Set("Referer", "http://thidua.test"+page)
	defer b.header.Del("Referer")
	return b.post(path, form)
}

func (b *browser) send(method, path, kind string, body io.Reader) reply {
	b.st.t.Helper()
	r := httptest.NewRequest(method, "http://thidua.test"+path, body)
	r.RemoteAddr = b.address + ":40000"
	maps.Copy(r.Header, b.header)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if method == http.MethodPost && r.Header.Get("Sec-Fetch-Site") == "" {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.st.ServeHTTP(w, r)
	answer := w.Result()
	for _, c := range answer.Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	content := w.Body.Bytes()
	if answer.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			b.st.t.Fatal(err)
		}
		if content, err = io.ReadAll(z); err != nil {
			b.st.t.Fatal(err)
		}
	}
	return reply{status: answer.StatusCode, location: answer.Header.Get("Location"), body: string(content), header: answer.Header}
}

// want fails the test unless the answer has the status and says every text.
func (r reply) want(t *testing.T, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d (location %q)\n%.2000s", r.status, status, r.location, r.body)
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) && !strings.Contains(strings.ReplaceAll(r.body, "\u00a0", " "), text) {
			t.Errorf("the page does not say %q\n%.4000s", text, r.body)
		}
	}
}

// wantTo fails the test unless the answer leads to the place.
func (r reply) wantTo(t *testing.T, location string) {
	t.Helper()
	if r.status != http.StatusSeeOther || r.location != location {
		t.Fatalf("status %d to %q, want 303 to %q\n%.2000s", r.status, r.location, location, r.body)
	}
}
