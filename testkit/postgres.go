package testkit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/thidua/thidua/testkit/pgserver"
)

// Postgres is the DSN of a fresh, empty PostgreSQL database, dropped when the
// test ends.
//
// The server is the one that the variable THIDUA_TEST_POSTGRES names (`make
// test` runs one for all packages), else one of the test binary's own.
func Postgres(t testing.TB) string {
	t.Helper()
	return database(t, "template0")
}

// PostgresTemplate is Postgres, but the database is a copy of one that prepare
// filled: migrations run once a test binary for each key, and every test starts
// after them. prepare must have closed its connections when it returns.
func PostgresTemplate(t testing.TB, key string, prepare func(dsn string) error) string {
	t.Helper()
	v, _ := templates.LoadOrStore(key, &template{})
	tpl := v.(*template)
	tpl.once.Do(func() { tpl.name, tpl.err = makeTemplate(prepare) })
	if tpl.err != nil {
		t.Fatalf("the template database %q: %v", key, tpl.err)
	}
	return database(t, tpl.name)
}

type template struct {
	once sync.Once
	name string
	err  error
}

var templates sync.Map // key → *template

func makeTemplate(prepare func(dsn string) error) (string, error) {
	admin, err := adminDSN()
	if err != nil {
		return "", err
	}
	name := databaseName()
	if err := create(admin, name, "template0"); err != nil {
		return "", err
	}
	// The template stays until the server ends: a test binary has no hook for
	// its own end, and the server never outlives the run.
	return name, prepare(withDatabase(admin, name))
}

var adminDSN = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv(pgserver.Variable); dsn != "" {
		return dsn, nil
	}
	server, err := pgserver.Start(context.Background())
	if err != nil {
		return "", err
	}
	return server.DSN, nil // the server ends with this process
})

func database(t testing.TB, from string) string {
	t.Helper()
	admin, err := adminDSN()
	if err != nil {
		t.Fatal(err)
	}
	name := databaseName()
	if err := create(admin, name, from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "drop database "+name+" with (force)"); err != nil {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return withDatabase(admin, name)
}

func databaseName() string { return "t_" + strings.ToLower(rand.Text()) }

func withDatabase(dsn, name string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		panic(fmt.Sprintf("testkit: %s must be a postgres:// address: %v", pgserver.Variable, err))
	}
	u.Path = "/" + name
	return u.String()
}

// create copies a database. PostgreSQL refuses while somebody is connected to
// the source, and sees the end of a connection a moment after the client does.
func create(admin, name, from string) error {
	const objectInUse = "55006"
	var err error
	for range 200 {
		err = execute(admin, "create database "+name+" template "+from)
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != objectInUse {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("making a test database from %s: %w", from, err)
	}
	return nil
}

func execute(dsn, sql string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, sql)
	return err
}
