// Package store opens migrated, empty databases for tests: one on each engine.
package store

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/thidua/thidua/internal/domain/schema"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit"
)

// Each runs the test on SQLite and on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQL(t)) })
}

// SQLite is an empty embedded database in a folder of the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "thidua.db"), true)
}

// PostgreSQL is an empty database on the test's server.
func PostgreSQL(t testing.TB) *db.DB {
	t.Helper()
	dsn := testkit.PostgresTemplate(t, "schema", func(dsn string) error {
		d, err := db.Open(context.Background(), dsn)
		if err != nil {
			return err
		}
		defer d.Close()
		return d.Migrate(context.Background(), schema.Migrations)
	})
	return open(t, dsn, false)
}

func open(t testing.TB, target string, migrate bool) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if migrate {
		if err := d.Migrate(context.Background(), schema.Migrations); err != nil {
			t.Fatal(err)
		}
	}
	return d
}
