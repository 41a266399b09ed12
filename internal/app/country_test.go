package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit"
	"github.com/thidua/thidua/testkit/country"
)

// BenchmarkCountry loads a share of the country's year and asks for the pages
// that grow with it, on both engines. COUNTRY is the share in hundredths (1
// unless given). COUNTRY_DATA (a data folder) or COUNTRY_DATABASE (postgres://…)
// measures the pages of a country that is loaded already. See
// docs/performance.md.
func BenchmarkCountry(b *testing.B) {
	if data, dsn := os.Getenv("COUNTRY_DATA"), os.Getenv("COUNTRY_DATABASE"); data != "" || dsn != "" {
		if data == "" {
			data = b.TempDir()
		}
		pages(b, installation(b, app.Config{Data: data, Database: dsn}))
		return
	}
	percent := 1
	if text := os.Getenv("COUNTRY"); text != "" {
		var err error
		if percent, err = strconv.Atoi(text); err != nil || percent < 1 || percent > 100 {
			b.Fatalf("COUNTRY is %q, want a whole number from 1 to 100", text)
		}
	}
	files := b.TempDir()
	size, err := country.Write(files, percent)
	if err != nil {
		b.Fatal(err)
	}
	for _, engine := range []db.Engine{db.SQLite, db.PostgreSQL} {
		b.Run(string(engine), func(b *testing.B) {
			var a *app.App // the last that was loaded
			b.Run("import", func(one *testing.B) {
				for one.Loop() {
					one.StopTimer()
					cfg := app.Config{Data: b.TempDir()}
					if engine == db.PostgreSQL {
						cfg.Database = testkit.Postgres(b)
					}
					a = installation(b, cfg)
					one.StartTimer()
					load(one, a, files, size)
				}
				one.ReportMetric(float64(size.Figures*one.N)/one.Elapsed().Seconds(), "figures/s")
				one.ReportMetric(float64(bytesOf(one, a)>>20), "MB")
			})
			if a != nil { // -bench may have left the import out
				pages(b, a)
			}
		})
	}
}

// bytesOf is the size of the database.
func bytesOf(b *testing.B, a *app.App) int64 {
	b.Helper()
	query := `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	if a.DB.Engine == db.PostgreSQL {
		query = `SELECT pg_database_size(current_database())`
	}
	n, err := db.One[int64](b.Context(), a.DB, query)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func installation(b *testing.B, cfg app.Config) *app.App {
	b.Helper()
	a, err := app.New(b.Context(), cfg, clock.System{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	return a
}

func load(b *testing.B, a *app.App, files string, size country.Size) {
	b.Helper()
	r, err := a.Intake.Import(b.Context(), access.Program, files, intake.Options{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	if len(r.Problems) > 0 || r.Figures != int64(size.Figures) || r.Years != size.Clusters {
		b.Fatalf("imported %+v, want %+v", r, size)
	}
}

// pages measures the pages, each as the person who opens it most.
func pages(b *testing.B, a *app.App) {
	b.Helper()
	site, err := a.Handler()
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	unit := func(code string) string {
		id, err := db.One[string](ctx, a.DB, `SELECT subject_id FROM import_code WHERE kind = 'unit' AND code = $1`, code)
		if err != nil {
			b.Fatal(err)
		}
		return id
	}
	visit := func(login string, role access.Role, unit string) *visitor {
		_, err := a.Account.CreateWith(ctx, access.Program, account.NewAccount{
			Login: login, Name: "Người đo", First: account.NewAssignment{Role: role, UnitID: unit, From: "2020-01-01", Basis: "đo"},
		}, countryPassword)
		if err != nil && !fault.Is(err, fault.Invalid) { // there from a measurement before
			b.Fatal(err)
		}
		v := &visitor{site: site}
		v.signIn(b, login)
		return v
	}
	year, err := db.One[string](ctx, a.DB, `SELECT y.id FROM cluster_year y JOIN import_code c ON c.subject_id = y.cluster_id WHERE c.kind = 'cluster' AND c.code = 'CK0000'`)
	if err != nil {
		b.Fatal(err)
	}
	officer, standing, auditor := visit("do.canbo", access.Officer, unit("DV00000")), visit("do.thuongtruc", access.Standing, unit("T00")), visit("do.kiemtra", access.Auditor, "")
	for _, page := range []struct {
		name string
		by   *visitor
		path string
	}{
		{"progress/member", officer, "/nam/" + year + "/tien-do?ky=Y"},
		{"progress/standing", standing, "/nam/" + year + "/tien-do?ky=Y"},
		{"home/member", officer, "/viec-can-lam"},
		{"home/standing", standing, "/viec-can-lam"},
		{"home/auditor", auditor, "/viec-can-lam"},
		{"clusters/standing", standing, "/cum-khoi"},
		{"clusters/auditor", auditor, "/cum-khoi"},
		{"search/auditor", auditor, "/tim?q=khoi"},
		{"year/member", officer, "/nam/" + year},
		{"covenant/member", officer, "/nam/" + year + "/giao-uoc"},
		{"figures/member", officer, "/nam/" + year + "/tien-do/bao-cao?ky=Y"},
		{"ledger/member", officer, "/nam/" + year + "/so-cai"},
	} {
		b.Run(page.name, func(b *testing.B) {
			var took []time.Duration
			length := 0
			spent := processor()
			for b.Loop() {
				begun := clock.System{}.Now()
				length = page.by.get(b, page.path)
				took = append(took, clock.System{}.Now().Sub(begun))
			}
			b.ReportMetric(float64((processor()-spent).Microseconds())/1000/float64(b.N), "cpu-ms/op")
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms/p95")
			b.ReportMetric(float64(length), "B/page")
		})
	}
}

// processor is the processor time that this process has used: what a page costs
// even while others use the machine. PostgreSQL's part is not in it.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

const countryPassword = "mot cau du dai de do"

// visitor opens pages without a network between.
type visitor struct {
	site    http.Handler
	cookies []*http.Cookie
}

func (v *visitor) signIn(b *testing.B, login string) {
	b.Helper()
	form := url.Values{"login": {login}, "password": {countryPassword}}
	r := httptest.NewRequest(http.MethodPost, "http://thidua.test/dang-nhap", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	v.site.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		b.Fatalf("signing in as %s: %d\n%s", login, w.Code, w.Body)
	}
	v.cookies = w.Result().Cookies()
}

func (v *visitor) get(b *testing.B, path string) int {
	r := httptest.NewRequest(http.MethodGet, "http://thidua.test"+path, nil)
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.site.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: %d\n%.2000s", path, w.Code, w.Body)
	}
	return w.Body.Len()
}
