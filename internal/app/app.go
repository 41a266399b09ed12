// Package app wires the program: configuration → database → services →
// servers. cmd and the end-to-end tests start the same App.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/schema"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/web"
)

// Config is what the command line says.
type Config struct {
	Address  string // host:port of the site; port 0 takes a free one
	Metrics  string // host:port of the private listener; empty for none
	Data     string // folder of the embedded database and of files
	Database string // postgres://…; empty for the embedded database in Data
	Secure   bool   // the site is behind HTTPS
	URL      string // under which people reach the site; empty for the address it listens on
	Mail     Mail
}

// Target is the database: an address, or the file of the embedded one.
func (c Config) Target() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "thidua.db")
}

// App is the program with its services.
type App struct {
	Config Config
	Log    *slog.Logger
	Clock  clock.Clock
	DB     *db.DB

	Book    *ledger.Book
	Gate    *access.Gate
	Account *account.Service
	Org     *org.Service
	Years   *cluster.Service

	Rooms

	// Demo is set by the demo before serving.
	Demo *web.Demo
}

// New opens the database, brings its schema up to date and makes the services.
func New(ctx context.Context, cfg Config, now clock.Clock, log *slog.Logger) (*App, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("app: data folder: %w", err)
	}
	d, err := db.Open(ctx, cfg.Target())
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, schema.Migrations); err != nil {
		d.Close()
		return nil, err
	}
	a := &App{Config: cfg, Log: log, Clock: now, DB: d}
	a.Book = ledger.NewBook(now)
	a.Gate = access.NewGate(d, now)
	a.Account = account.New(d, a.Book, a.Gate, now)
	a.Org = org.New(d, a.Book, a.Gate, now)
	a.Years = cluster.New(d, a.Book, a.Gate, now)
	a.Org.Seats(a.Years.Seats)
	if err := a.rooms(ctx); err != nil {
		d.Close()
		return nil, err
	}
	if missing := a.Years.Unguarded(); len(missing) > 0 {
		d.Close()
		return nil, fmt.Errorf("app: no room gives the guards %v", missing)
	}
	return a, nil
}

// Close ends what is under way beside the requests and lets go of the database.
func (a *App) Close() error {
	a.Workbooks.Close()
	return a.DB.Close()
}
