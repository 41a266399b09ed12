package main

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/thidua/thidua/internal/app"
	"github.com/thidua/thidua/internal/domain/intake"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit"
	"github.com/thidua/thidua/testkit/country"
)

// TestKilledImportLeavesWholeYears: an import that dies without a word leaves
// whole years and a sound ledger, and the same command does the rest.
func TestKilledImportLeavesWholeYears(t *testing.T) {
	files := t.TempDir()
	size, err := country.Write(files, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []db.Engine{db.SQLite, db.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			cfg := app.Config{Data: t.TempDir()}
			args := []string{"import", files, "--data", cfg.Data}
			if engine == db.PostgreSQL {
				cfg.Database = testkit.Postgres(t)
				args = append(args, "--database", cfg.Database)
			}
			var said bytes.Buffer
			first := exec.Command("thidua", args...)
			first.Stdout, first.Stderr = &said, &said
			if err := first.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- first.Wait() }()
			ctx := context.Background()
			deadline := time.After(3 * time.Minute)
			for n := 0; n < 3; {
				select {
				case err := <-ended:
					t.Fatalf("the import ended by itself: %v\n%s", err, &said)
				case <-deadline:
					t.Fatalf("no year came in\n%s", &said)
				case <-time.After(20 * time.Millisecond):
				}
				// The tables may not be there yet, nor the file.
				if d, err := db.Open(ctx, cfg.Target()); err == nil {
					n, _ = db.Count(ctx, d, `SELECT COUNT(*) FROM import_year`)
					d.Close()
				}
			}
			if err := first.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-ended

			d, err := db.Open(ctx, cfg.Target())
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			count := func(query string) int {
				n, err := db.Count(ctx, d, query)
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			sound := func() {
				r, err := ledger.Verify(ctx, d, nil)
				if err != nil || !r.OK() {
					t.Errorf("the ledger: %+v, %v", r, err)
				}
			}
			years := count(`SELECT COUNT(*) FROM cluster_year`)
			if years < 3 || years >= size.Clusters {
				t.Fatalf("%d years of %d are there", years, size.Clusters)
			}
			if targets := count(`SELECT COUNT(*) FROM covenant_target`); count(`SELECT COUNT(*) FROM import_year`) != years ||
				targets != country.Targets*count(`SELECT COUNT(*) FROM membership`) || count(`SELECT COUNT(*) FROM figure`) != country.Reports*targets {
				t.Error("a year is there by half")
			}
			sound()

			again, err := exec.Command("thidua", args...).CombinedOutput()
			if err != nil || !strings.Contains(string(again), "nên bỏ qua") {
				t.Fatalf("the same command again: %v\n%s", err, again)
			}
			if n := count(`SELECT COUNT(*) FROM figure`); n != size.Figures || count(`SELECT COUNT(*) FROM cluster_year`) != size.Clusters {
				t.Errorf("%d figures of %d", n, size.Figures)
			}
			sound()
		})
	}
}

func TestAmountsSayHowLongItTakes(t *testing.T) {
	for want, got := range map[string]string{
		"2.500/10.000 dòng (25%), 1.250 dòng/giây, còn khoảng 6s": amounts(intake.Entering, 2500, 10000, 2*time.Second),
		"10.000/10.000 dòng (100%), 1.000 dòng/giây":              amounts(intake.Checking, 10000, 10000, 10*time.Second),
		"0/10 dòng (0%)": amounts(intake.Checking, 0, 10, time.Minute),
		"5/100 MB (5%)":  amounts(intake.Sorting, 5<<20, 100<<20, 10*time.Millisecond),
		"1/7 dòng (14%)": amounts(intake.Entering, 1, 7, 0),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
