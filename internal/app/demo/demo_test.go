package demo_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/app/demo"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit"
)

// load loads the demo and gives the program and what it holds.
func load(t *testing.T, database string) *app.App {
	t.Helper()
	c := clock.At(demo.Today)
	a, err := app.New(context.Background(), app.Config{Data: t.TempDir(), Database: database}, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if _, err := demo.Load(context.Background(), a, c); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheDemoIsWhatTheReportsTell(t *testing.T) {
	for name, database := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testkit.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			a := load(t, database())
			ctx := context.Background()
			count := func(what, query string, want int, args ...any) {
				t.Helper()
				n, err := db.Count(ctx, a.DB, query, args...)
				if err != nil || n != want {
					t.Errorf("%s: %d, want %d (%v)", what, n, want, err)
				}
			}
			const year = `(SELECT id FROM cluster_year WHERE year = $1 AND short_name = $2)`
			const block = "Khối kinh tế – kỹ thuật"
			for _, y := range []int{2022, 2023} {
				count("members of the block", `SELECT COUNT(*) FROM membership WHERE year_id = `+year, 12, y, block)
				count("signatures", `SELECT COUNT(*) FROM signature WHERE year_id = `+year, 12, y, block)
			}
			count("districts", `SELECT COUNT(*) FROM membership m JOIN cluster_year y ON y.id = m.year_id WHERE y.name = $1`, 8, "Cụm thi đua các huyện, thành phố")
			count("boards", `SELECT COUNT(*) FROM membership m JOIN cluster_year y ON y.id = m.year_id WHERE y.short_name = $1`, 7, "Khối bảy ban quản lý KCN")
			count("government flag", `SELECT COUNT(*) FROM nomination WHERE kind_id = 'flag_government' AND state = 'proposed'`, 1)
			count("provincial flags", `SELECT COUNT(*) FROM nomination WHERE kind_id = 'flag_province' AND state = 'proposed'`, 2)
			count("certificates", `SELECT SUM(quantity) FROM nomination WHERE kind_id = 'certificate_province' AND state = 'proposed'`, 3)
			count("elected leader of 2023", `SELECT COUNT(*) FROM term t JOIN unit_name n ON n.unit_id = t.unit_id WHERE t.year_id = `+year+` AND t.role = 'leader' AND t.basis = 'elected' AND n.short_name = 'Ban Quản lý các KCN'`, 1, 2023, block)
			count("figures not marked as invented", `SELECT COUNT(*) FROM figure WHERE illustrative = FALSE`, 0)
			count("scores not marked as invented", `SELECT COUNT(*) FROM score WHERE illustrative = FALSE`, 0)
			count("signatures of the invented block", `SELECT COUNT(*) FROM signature WHERE year_id = `+year, 2, 2023, "Khối minh họa")
			count("public results", `SELECT COUNT(*) FROM publication WHERE withdrawn = ''`, 1)
			states, err := db.All[string](ctx, a.DB, `SELECT state FROM cluster_year ORDER BY year, short_name DESC`)
			if err != nil {
				t.Fatal(err)
			}
			want := []cluster.State{cluster.Submitted, cluster.Drafting, cluster.MidReviewed, cluster.Drafting, cluster.Executing}
			for i, s := range states {
				if i >= len(want) || cluster.State(s) != want[i] {
					t.Errorf("states %v, want %v", states, want)
					break
				}
			}
			r, err := ledger.Verify(ctx, a.DB, nil)
			if err != nil || !r.OK() {
				t.Errorf("ledger: %+v %v", r, err)
			}
		})
	}
}

func TestAKeptDemoIsNotLoadedTwice(t *testing.T) {
	a := load(t, "")
	before, err := db.Count(context.Background(), a.DB, `SELECT COUNT(*) FROM account`)
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Load(context.Background(), a, clock.At(demo.Today))
	if err != nil || len(d.Accounts) == 0 {
		t.Fatalf("%v %v", d, err)
	}
	if after, _ := db.Count(context.Background(), a.DB, `SELECT COUNT(*) FROM account`); after != before {
		t.Fatalf("%d accounts became %d", before, after)
	}
}
