// Package block adds to package house what tests of papers, targets and figures
// need: ids of the units, a meeting, a scoring sheet, and a look at faults.
package block

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
)

// Block is a year of three units or more, the first of which leads and the second is
// deputy. Its clock stands in March 2023.
type Block struct {
	*house.Block
	Organiser string
	Units     []string // ids
}

// New makes the block in an empty database.
func New(t testing.TB, d *db.DB) *Block {
	t.Helper()
	return Of(t, d, 3)
}

// Of makes a block of n units.
func Of(t testing.TB, d *db.DB, n int) *Block {
	t.Helper()
	b := &Block{Block: house.New(t, d).Block(n)}
	b.Clock.To("2023-03-09 14:00")
	b.Organiser = b.House.Organiser.ID
	for _, u := range b.Block.Units {
		b.Units = append(b.Units, u.ID)
	}
	return b
}

// State is Put.
func (b *Block) State(t testing.TB, to cluster.State) {
	t.Helper()
	b.Put(to)
}

// As is an actor of a unit with a position, which tells heads from their deputies.
func (b *Block) As(t testing.TB, name, position, unit string, role access.Role) access.Actor {
	t.Helper()
	a := b.Person(name, role, unit)
	b.Exec(`UPDATE account SET position = $1 WHERE id = $2`, position, a.Account)
	return a
}

// Meeting enters a meeting of the year and returns its id.
func (b *Block) Meeting(t testing.TB) string {
	t.Helper()
	id := db.NewID()
	b.Exec(`INSERT INTO meeting (id, version, kind, title, place, starts_at, ended_at, state, chair, secretary, opinions, host_id, cancelled)
		VALUES ($1, 1, 'signing', 'Hội nghị ký giao ước', '', 0, 0, 'open', '', '', '', $2, '')`, id, b.Units[0])
	b.Exec(`INSERT INTO meeting_year (id, version, meeting_id, year_id) VALUES ($1, 1, $2, $3)`, db.NewID(), id, b.Year.ID)
	return id
}

// Sheet enters a scoring sheet's version and returns its id.
func (b *Block) Sheet(t testing.TB) string {
	t.Helper()
	sheet, id := db.NewID(), db.NewID()
	b.Exec(`INSERT INTO sheet (id, version, owner_id, name, search, source) VALUES ($1, 1, $2, 'Bảng điểm', 'bang diem', '')`, sheet, b.Units[0])
	b.Exec(`INSERT INTO sheet_version (id, version, sheet_id, number, body, hash, note, locked, account_id, at) VALUES ($1, 1, $2, 1, $3, '', '', FALSE, '', 0)`, id, sheet, []byte("{}"))
	return id
}

// Exec runs a statement past the services.
func (b *Block) Exec(query string, args ...any) {
	b.T.Helper()
	b.Check(b.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	}))
}

// Want fails the test unless err is a fault of the code, at the field where one
// is given.
func Want(t testing.TB, err error, code fault.Code, field ...string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want a fault %q", err, code)
	}
	if len(field) == 0 {
		return
	}
	for _, f := range fault.As(err).All() {
		if f.Field == field[0] {
			return
		}
	}
	t.Fatalf("fault %v is not at field %q", err, field[0])
}
