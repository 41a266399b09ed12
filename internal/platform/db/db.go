// Package db opens the database and runs transactions on it. It is the one
// place that knows two engines exist: SQLite, embedded, and PostgreSQL. All
// other rooms write one SQL text for both, with $1 placeholders, instants as
// BIGINT microseconds, days as ISO text and ids from NewID.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"
)

// Engine names a database engine.
type Engine string

const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// DB is an open database. Reads outside a transaction go through All and One
// with the DB itself; every write goes through InTx.
type DB struct {
	Engine Engine
	write  *sql.DB
	read   *sql.DB

	// One writer a process: SQLite allows no more, and on PostgreSQL it spares
	// the serialisation failures that writers of the ledger's tail would cause
	// one another. Between replicas those failures are retried.
	writer sync.Mutex
}

// Open opens the database at target: a file path, or postgres://…. It does not
// migrate; see Migrate.
func Open(ctx context.Context, target string) (*DB, error) {
	if strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://") {
		pool, err := sql.Open("pgx", target)
		if err != nil {
			return nil, fmt.Errorf("db: %w", err)
		}
		pool.SetMaxOpenConns(32)
		pool.SetMaxIdleConns(16)
		pool.SetConnMaxLifetime(30 * time.Minute)
		d := &DB{Engine: PostgreSQL, write: pool, read: pool}
		return d, d.reach(ctx)
	}
	path, err := filepath.Abs(target)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	// Pragmas stand in the DSN: an Exec would reach one connection of the pool only.
	dsn := func(more string) string {
		u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
		return u.String() + "?_pragma=busy_timeout(15000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)" + more
	}
	write, err := sql.Open("sqlite", dsn("&_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", dsn("&_pragma=query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()*2))
	read.SetMaxIdleConns(max(4, runtime.NumCPU()*2))
	d := &DB{Engine: SQLite, write: write, read: read}
	return d, d.reach(ctx)
}

func (d *DB) reach(ctx context.Context) error {
	if err := d.write.PingContext(ctx); err != nil {
		d.Close()
		return fmt.Errorf("db: cannot reach the database: %w", err)
	}
	return nil
}

// Close closes every connection.
func (d *DB) Close() error {
	return errors.Join(d.write.Close(), d.read.Close())
}

// Analyze has the server count anew what its tables hold. PostgreSQL does so by
// itself some minutes after a large load, and plans badly until then; SQLite's
// plans are the same for any size.
func (d *DB) Analyze(ctx context.Context) error {
	if d.Engine != PostgreSQL {
		return nil
	}
	_, err := d.write.ExecContext(ctx, `ANALYZE`)
	return err
}

// Ping tells whether the database answers a read.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return d.read.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// Handle is the pool that libraries with SQL of their own work on.
func (d *DB) Handle() *sql.DB { return d.write }

// Query implements Queryer on the read pool.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.read.QueryContext(ctx, query, args...)
}

// Tx is a transaction. On SQLite it holds the only write lock from its start;
// on PostgreSQL it is serialisable.
type Tx struct {
	*sql.Tx
	Engine Engine
	conn   *sql.Conn // the connection it runs on, for InsertCells; nil in a ReadSnapshot
	after  []func()
}

// Query implements Queryer inside the transaction.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.QueryContext(ctx, query, args...)
}

// Exec runs a statement and returns how many rows it touched.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// AfterCommit runs f once the transaction has committed, and never otherwise:
// the place for effects that cannot be taken back, such as waking a listener.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// InTx runs fn in a transaction and commits if it returns nil. fn may run more
// than once (serialisation failures are retried), so it must have no effect
// outside the transaction but through AfterCommit.
func (d *DB) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	d.writer.Lock()
	defer d.writer.Unlock()
	const tries = 12
	for try := 1; ; try++ {
		err := d.once(ctx, fn)
		if err == nil || !retryable(err) || try == tries {
			return err
		}
		pause := time.Duration(1<<min(try, 7)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause/2 + rand.N(pause)):
		}
	}
}

func (d *DB) once(ctx context.Context, fn func(tx *Tx) error) error {
	var opts *sql.TxOptions
	if d.Engine == PostgreSQL {
		opts = &sql.TxOptions{Isolation: sql.LevelSerializable}
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db: begin: %w", err)
	}
	defer conn.Close()
	raw, err := conn.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("db: begin: %w", err)
	}
	defer raw.Rollback() // does nothing after a commit
	tx := &Tx{Tx: raw, Engine: d.Engine, conn: conn}
	if err := fn(tx); err != nil {
		return err
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("db: commit: %w", err)
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}

// retryable: PostgreSQL's serialization_failure and deadlock_detected.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// IsDuplicate tells whether err is a violated unique constraint.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	return err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed")
}

// NewID makes the id of a new row: a UUIDv7, so that ids sort by age.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// ReadSnapshot runs fn on one consistent view of the database without taking
// the writer's lock: for reports and exports that read many tables.
func (d *DB) ReadSnapshot(ctx context.Context, fn func(q Queryer) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.Engine == PostgreSQL {
		opts.Isolation = sql.LevelRepeatableRead
	}
	raw, err := d.read.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("db: begin: %w", err)
	}
	defer raw.Rollback()
	return fn(&Tx{Tx: raw, Engine: d.Engine})
}

// merged lays one engine's migrations over the common ones.
type merged struct{ layers []fs.FS }

func (m merged) Open(name string) (fs.File, error) {
	for _, l := range m.layers {
		if f, err := l.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (m merged) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	for _, l := range m.layers {
		entries, err := fs.ReadDir(l, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		all = append(all, entries...)
	}
	return all, nil
}
