package db

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Migrate brings the schema up to date. migrations holds the folders common,
// sqlite and postgres; a number stands in one of them only.
func (d *DB) Migrate(ctx context.Context, migrations fs.FS) error {
	common, err := fs.Sub(migrations, "common")
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	own, err := fs.Sub(migrations, string(d.Engine))
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	dialect := goose.DialectSQLite3
	if d.Engine == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, d.write, merged{[]fs.FS{common, own}})
	if err != nil {
		return fmt.Errorf("db: migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}
