package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

func write(t *testing.T, d *db.DB, n int) *ledger.Book {
	t.Helper()
	book := ledger.NewBook(clock.At("2023-01-12"))
	for i := range n {
		err := d.InTx(context.Background(), func(tx *db.Tx) error {
			level := org.Level{ID: fmt.Sprintf("l%d", i), Name: "Cấp <&> thử", From: "2000-01-01", To: clock.Forever, Source: "x"}
			if err := book.Insert(context.Background(), tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", &level); err != nil {
				return err
			}
			level.Name = "Cấp đã sửa"
			return book.Update(context.Background(), tx, ledger.Change{By: access.Program, Action: "org.level", Reason: "sửa tên"}, "level", &level)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return book
}

func verify(t *testing.T, d *db.DB, earlier *ledger.Head) ledger.Report {
	t.Helper()
	r, err := ledger.Verify(context.Background(), d, earlier)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// meddle changes the database behind the ledger's back.
func meddle(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	if _, err := d.Handle().Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyAcceptsWhatTheBookWrote(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		if r := verify(t, d, nil); !r.OK() || r.Entries != 0 {
			t.Fatalf("empty ledger: %+v", r)
		}
		write(t, d, 9)
		r := verify(t, d, nil)
		if !r.OK() || r.Entries != 18 || r.Rows != 9 {
			t.Fatalf("report %+v", r)
		}
		head, err := ledger.ParseHead(r.Head.String())
		if err != nil || head != r.Head {
			t.Fatalf("head %v does not survive printing: %v", r.Head, err)
		}
		write2 := ledger.NewBook(clock.At("2023-02-01"))
		err = d.InTx(context.Background(), func(tx *db.Tx) error {
			return write2.Insert(context.Background(), tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", &org.Level{ID: "z"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if r := verify(t, d, &head); !r.OK() {
			t.Fatalf("grown ledger against its earlier head: %+v", r)
		}
	})
}

func TestVerifyNamesTheFirstEntryThatDoesNotFit(t *testing.T) {
	cases := []struct {
		name, query string
		bad         int64
		detached    string
	}{
		{"body changed", `UPDATE ledger_entry SET body = '{"seq":5}' WHERE seq = 5`, 5, ""},
		{"column changed", `UPDATE ledger_entry SET account = 'x' WHERE seq = 3`, 3, ""},
		{"entry removed", `DELETE FROM ledger_entry WHERE seq = 4`, 4, ""},
		{"last entry removed", `DELETE FROM ledger_entry WHERE seq = 11`, 11, ""},
		{"node changed", `UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE place = 0) WHERE place = 2`, 1, ""},
		{"row changed", `UPDATE level SET name = 'khác' WHERE id = 'l2'`, -1, "level l2"},
		{"row added", `INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('q', 1, 'lạ', '2000-01-01', '9999-12-31', '')`, -1, "level q"},
		{"row removed", `DELETE FROM level WHERE id = 'l1'`, -1, "level: 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store.Each(t, func(t *testing.T, d *db.DB) {
				write(t, d, 6)
				meddle(t, d, c.query)
				r := verify(t, d, nil)
				if r.OK() || r.Bad != c.bad || strings.Join(r.Detached, ",") != c.detached {
					t.Fatalf("report %+v, want bad %d detached %q", r, c.bad, c.detached)
				}
			})
		})
	}
}

func TestVerifySeesARewrittenHistory(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, 3)
		head := verify(t, d, nil).Head
		head.Root[0] ^= 1 // as if every entry and node had been written anew
		if r := verify(t, d, &head); r.OK() {
			t.Fatal("another history was accepted against a kept head")
		}
		head = verify(t, d, nil).Head
		head.Size += 5
		if r := verify(t, d, &head); r.OK() {
			t.Fatal("a shortened history was accepted against a kept head")
		}
	})
}

func TestAChangeAndItsEntryAreOneTransaction(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		book := write(t, d, 1)
		err := d.InTx(context.Background(), func(tx *db.Tx) error {
			if err := book.Insert(context.Background(), tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", &org.Level{ID: "gone"}); err != nil {
				return err
			}
			return fault.New(fault.Invalid, "thử")
		})
		if !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if r := verify(t, d, nil); !r.OK() || r.Entries != 2 {
			t.Fatalf("after a rollback: %+v", r)
		}
	})
}

func TestAStaleWriteSeesTheRowAsItStands(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		book := write(t, d, 1)
		ctx := context.Background()
		stale, err := db.Get[org.Level](ctx, d, "level", "l0")
		if err != nil {
			t.Fatal(err)
		}
		stale.Version--
		stale.Name = "bản của tôi"
		err = d.InTx(ctx, func(tx *db.Tx) error {
			return book.Update(ctx, tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", &stale)
		})
		f := fault.As(err)
		if f == nil || f.Code != fault.Stale {
			t.Fatalf("stale write answered %v", err)
		}
		if theirs, ok := f.Theirs.(*org.Level); !ok || theirs.Name != "Cấp đã sửa" {
			t.Fatalf("theirs is %+v", f.Theirs)
		}
	})
}
