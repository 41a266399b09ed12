// Package house furnishes an empty database for the tests of the rooms: an
// organiser with its standing officer, units with an officer and a head each,
// and a cluster's year that they belong to.
package house

import (
	"context"
	"fmt"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// House is the furnished database.
type House struct {
	T         testing.TB
	DB        *db.DB
	Clock     *clock.Set
	Book      *ledger.Book
	Gate      *access.Gate
	Org       *org.Service
	Years     *cluster.Service
	Organiser org.Unit     // "UBND tỉnh Thử"
	Standing  access.Actor // officer of its standing body
	Admin     access.Actor
	Stranger  access.Actor // officer of a unit that belongs to no cluster
	units     int
}

// account and assignment are the rows as the account room keeps them.
type account struct {
	ID           string        `db:"id"`
	Version      int64         `db:"version"`
	Login        string        `db:"login"`
	Name         string        `db:"name"`
	Email        string        `db:"email"`
	Position     string        `db:"position"`
	PasswordHash string        `db:"password_hash" ledger:"-"`
	MustChange   bool          `db:"must_change"`
	Closed       bool          `db:"closed"`
	Lang         string        `db:"lang"`
	CreatedAt    clock.Instant `db:"created_at"`
}

type assignment struct {
	ID        string      `db:"id"`
	Version   int64       `db:"version"`
	AccountID string      `db:"account_id"`
	UnitID    string      `db:"unit_id"`
	Role      access.Role `db:"role"`
	From      clock.Day   `db:"from_day"`
	To        clock.Day   `db:"to_day"`
	Basis     string      `db:"basis"`
}

// New furnishes d; the clock stands at 2023-01-12.
func New(t testing.TB, d *db.DB) *House {
	t.Helper()
	h := &House{T: t, DB: d, Clock: clock.At("2023-01-12")}
	h.Book = ledger.NewBook(h.Clock)
	h.Gate = access.NewGate(d, h.Clock)
	h.Org = org.New(d, h.Book, h.Gate, h.Clock)
	h.Years = cluster.New(d, h.Book, h.Gate, h.Clock)
	h.Org.Seats(h.Years.Seats)
	ctx := context.Background()
	h.Check(h.Org.AddLevel(ctx, access.Program, org.Level{ID: "tinh", Name: "Cấp tỉnh", From: "1945-09-02", To: clock.Forever, Source: "thử"}))
	h.Organiser = h.unit("UBND tỉnh Thử", org.Authority)
	h.Standing = h.Person("Chuyên viên Ban TĐKT", access.Standing, h.Organiser.ID)
	h.Admin = h.Person("Quản trị", access.Administrator, "")
	h.Stranger = h.Officer(h.Unit("Sở Người lạ"))
	return h
}

// Check ends the test on an error.
func (h *House) Check(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

func (h *House) unit(name string, kind org.Kind) org.Unit {
	h.T.Helper()
	u, err := h.Org.Create(context.Background(), access.Program, org.NewUnit{Kind: kind, Level: "tinh", Name: name, From: "2000-01-01", Basis: "thử"})
	h.Check(err)
	return u
}

// Unit enters a department.
func (h *House) Unit(name string) org.Unit { return h.unit(name, org.Department) }

// Person enters an account with one assignment.
func (h *House) Person(name string, role access.Role, unit string) access.Actor {
	h.T.Helper()
	h.units++
	a := account{ID: db.NewID(), Login: fmt.Sprintf("u%d", h.units), Name: name, Lang: "vi"}
	ctx := context.Background()
	h.Check(h.DB.InTx(ctx, func(tx *db.Tx) error {
		change := ledger.Change{By: access.Program, Action: "account.create"}
		if err := h.Book.Insert(ctx, tx, change, "account", &a); err != nil {
			return err
		}
		return h.Book.Insert(ctx, tx, change, "assignment", &assignment{ID: db.NewID(), AccountID: a.ID, UnitID: unit, Role: role, From: "2000-01-01", To: clock.Forever, Basis: "thử"})
	}))
	return access.Actor{Account: a.ID, Name: name}
}

// Officer is a person who enters data for the unit.
func (h *House) Officer(u org.Unit) access.Actor {
	h.T.Helper()
	return h.Person("Cán bộ", access.Officer, u.ID)
}

// Head is a person who signs for the unit.
func (h *House) Head(u org.Unit) access.Actor {
	h.T.Helper()
	return h.Person("Thủ trưởng", access.Head, u.ID)
}

// Block is a cluster's year with its units and a person for each.
type Block struct {
	*House
	Year     cluster.Year
	Units    []org.Unit
	Officers []access.Actor // of Units, in order; the first unit leads
	Heads    []access.Actor
}

// Block forms a block of n units for 2023, led by the first; deputy the second.
func (h *House) Block(n int) *Block {
	h.T.Helper()
	b := &Block{House: h}
	var ids []string
	for i := range n {
		u := h.Unit(fmt.Sprintf("Sở Số %d", i+1))
		b.Units = append(b.Units, u)
		ids = append(ids, u.ID)
		b.Officers = append(b.Officers, h.Officer(u))
		b.Heads = append(b.Heads, h.Head(u))
	}
	in := cluster.NewYear{
		Kind: cluster.Khoi, OrganiserID: h.Organiser.ID, Year: 2023, Name: "Khối thử", Basis: "Quyết định 01/QĐ-UBND ngày 12/01/2023", Members: ids,
		Leader: cluster.NewTerm{UnitID: ids[0], Basis: cluster.ByDecision, Reference: "Quyết định 01/QĐ-UBND"},
	}
	if n > 1 {
		in.Deputy = cluster.NewTerm{UnitID: ids[1], Basis: cluster.Elected, Reference: "Hội nghị"}
	}
	var err error
	b.Year, err = h.Years.Form(context.Background(), h.Standing, in)
	h.Check(err)
	return b
}

// Leader is the officer of the leading unit.
func (b *Block) Leader() access.Actor { return b.Officers[0] }

// Put sets the year's state past the machine's guards, for a test of what may
// happen inside one state; the machine itself is tested in its own room.
func (b *Block) Put(s cluster.State) {
	b.T.Helper()
	ctx := context.Background()
	b.Check(b.DB.InTx(ctx, func(tx *db.Tx) error {
		y, err := b.Years.Get(ctx, tx, b.Year.ID)
		if err != nil {
			return err
		}
		y.State = s
		b.Year = y
		return b.Book.Update(ctx, tx, ledger.Change{By: access.Program, Action: "test.put", Year: y.ID}, "cluster_year", &b.Year)
	}))
}
