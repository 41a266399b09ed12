// Package ledger keeps the trace of every change: who, when, what it was before
// and after, in one append-only log whose entries are leaves of a Merkle tree
// (golang.org/x/mod/sumdb/tlog). The entry and its tree nodes are written in
// the transaction of the change itself, because Book.Insert and Book.Update
// are the only way other rooms write rows.
package ledger

import (
	"context"
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Entry is a change as it is stored.
type Entry struct {
	Seq     int64         `db:"seq"`
	At      clock.Instant `db:"at"`
	Account string        `db:"account"`
	Action  string        `db:"action"`
	Kind    string        `db:"kind"`
	Subject string        `db:"subject"`
	YearID  string        `db:"year_id"`
	Body    []byte        `db:"body"`
}

// Record is the canonical content of an entry: its JSON, compact, fields in
// this order, is what the tree hashes.
type Record struct {
	Seq     int64          `json:"seq"`
	At      int64          `json:"at"` // microseconds since 1970
	Account string         `json:"account"`
	Name    string         `json:"name"`
	Action  string         `json:"action"`
	Kind    string         `json:"kind"` // table of the changed row
	Subject string         `json:"subject"`
	Year    string         `json:"year,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Before  map[string]any `json:"before,omitempty"`
	After   map[string]any `json:"after,omitempty"`
	Batch   *Batch         `json:"batch,omitempty"` // instead of Before and After: see InsertAll
}

// Change says what an entry cannot see in the row: who did it, what the act is
// called, in which cluster year, and why.
type Change struct {
	By     access.Actor
	Action string // "covenant.sign": a room and a verb
	Year   string // cluster year id, where the row belongs to one
	Reason string
}

// Book writes the ledger.
type Book struct {
	now clock.Clock
}

// NewBook makes a book on a clock.
func NewBook(now clock.Clock) *Book { return &Book{now} }

// Insert writes a new row, given by pointer with `db` tags, and its entry.
// Version is set to 1.
func (b *Book) Insert(ctx context.Context, tx *db.Tx, c Change, table string, row any) error {
	setVersion(row, 1)
	if err := db.Insert(ctx, tx, table, row); err != nil {
		return err
	}
	return b.append(ctx, tx, c, table, nil, db.Values(row))
}

// Update writes the row over the version it was read at, and its entry with
// the row before and after. See db.Update for its faults; a Stale fault carries
// the row as it stands.
func (b *Book) Update(ctx context.Context, tx *db.Tx, c Change, table string, row any) error {
	before, err := load(ctx, tx, table, row)
	if err != nil {
		return err
	}
	if err := db.Update(ctx, tx, table, row); err != nil {
		if f := fault.As(err); f.Code == fault.Stale {
			f.Theirs = before
			return f
		}
		return err
	}
	return b.append(ctx, tx, c, table, db.Values(before), db.Values(row))
}

// Delete removes a row that was never of substance (a nominee of a poll not yet
// opened, a checker reassigned); the entry keeps it.
func (b *Book) Delete(ctx context.Context, tx *db.Tx, c Change, table string, row any) error {
	before, err := load(ctx, tx, table, row)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE id = $1 AND version = $2", idOf(before), versionOf(row))
	if err != nil {
		return fmt.Errorf("ledger: delete %s: %w", table, err)
	}
	if n == 0 {
		return fault.New(fault.Stale, "Nội dung này vừa được người khác sửa sau khi bạn mở trang. Hãy tải lại trang rồi làm lại.")
	}
	return b.append(ctx, tx, c, table, db.Values(before), nil)
}

func (b *Book) append(ctx context.Context, tx *db.Tx, c Change, kind string, before, after map[string]any) error {
	subject, _ := after["id"].(string)
	if after == nil {
		subject, _ = before["id"].(string)
	}
	_, err := b.enter(ctx, tx, c, Record{Kind: kind, Subject: subject, Before: before, After: after})
	return err
}

// enter writes the entry of a record and its nodes, and gives its number.
func (b *Book) enter(ctx context.Context, tx *db.Tx, c Change, record Record) (int64, error) {
	size, err := size(ctx, tx)
	if err != nil {
		return 0, err
	}
	at := clock.Stamp(b.now)
	record.Seq, record.At, record.Account, record.Name = size, int64(at), c.By.Account, c.By.Name
	record.Action, record.Year, record.Reason = c.Action, c.Year, c.Reason
	body, err := json.Marshal(record)
	if err != nil {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO ledger_entry (seq, at, account, action, kind, subject, year_id, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		size, at, c.By.Account, c.Action, record.Kind, record.Subject, c.Year, body)
	if err != nil {
		return 0, fmt.Errorf("ledger: append: %w", err)
	}
	hashes, err := tlog.StoredHashes(size, body, reader{ctx, tx})
	if err != nil {
		return 0, fmt.Errorf("ledger: tree: %w", err)
	}
	place := tlog.StoredHashIndex(0, size)
	for i, h := range hashes {
		if _, err := tx.Exec(ctx, `INSERT INTO ledger_hash (place, hash) VALUES ($1, $2)`, place+int64(i), h[:]); err != nil {
			return 0, fmt.Errorf("ledger: tree: %w", err)
		}
	}
	return size, nil
}

func size(ctx context.Context, q db.Queryer) (int64, error) {
	last, err := db.One[int64](ctx, q, `SELECT COALESCE(MAX(seq), -1) FROM ledger_entry`)
	return last + 1, err
}

// reader gives the tree its stored hashes.
type reader struct {
	ctx context.Context
	q   db.Queryer
}

func (r reader) ReadHashes(places []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(places))
	for i, p := range places {
		raw, err := db.One[[]byte](r.ctx, r.q, `SELECT hash FROM ledger_hash WHERE place = $1`, p)
		if err != nil {
			return nil, fmt.Errorf("ledger: node %d: %w", p, err)
		}
		if len(raw) != len(out[i]) {
			return nil, fmt.Errorf("ledger: node %d has %d bytes", p, len(raw))
		}
		copy(out[i][:], raw)
	}
	return out, nil
}
