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

// levels makes n rows of one range.
func levels(n int) ([]org.Level, db.IDRange) {
	ids := db.NewIDRange()
	rows := make([]org.Level, n)
	for i := range rows {
		rows[i] = org.Level{ID: ids.At(i), Name: fmt.Sprintf("Cấp “%d”", i), From: "2000-01-01", To: clock.Forever, Source: "x"}
	}
	return rows, ids
}

func writeAll(t *testing.T, d *db.DB, rows []org.Level) {
	t.Helper()
	book := ledger.NewBook(clock.At("2023-01-12"))
	err := d.InTx(context.Background(), func(tx *db.Tx) error {
		return book.InsertAll(context.Background(), tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", rows)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABatchIsOneEntry(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, 2) // rows with entries of their own stand beside
		rows, ids := levels(1000)
		writeAll(t, d, rows)
		if rows[0].Version != 1 {
			t.Errorf("version %d", rows[0].Version)
		}
		r := verify(t, d, nil)
		if !r.OK() || r.Entries != 5 || r.Rows != 1002 {
			t.Fatalf("report %+v", r)
		}
		got, err := db.Get[org.Level](context.Background(), d, "level", ids.At(999))
		if err != nil || got.Name != rows[999].Name {
			t.Fatalf("%+v, %v", got, err)
		}
		items, err := ledger.List(context.Background(), d, ledger.Filter{Kind: "level", Subject: ids.At(77)})
		if err != nil || len(items) != 1 || items[0].Record.Batch == nil || items[0].Record.Batch.Count != 1000 {
			t.Fatalf("the history of a row of the batch: %+v, %v", items, err)
		}
	})
}

func TestALongRunIsSeveralEntries(t *testing.T) {
	d := store.SQLite(t)
	rows, _ := levels(ledger.MaxBatch + 3)
	writeAll(t, d, rows)
	if r := verify(t, d, nil); !r.OK() || r.Entries != 2 || r.Rows != int64(len(rows)) {
		t.Fatalf("report %+v", r)
	}
	meddle(t, d, `UPDATE level SET name = 'khác' WHERE id = $1`, rows[ledger.MaxBatch+1].ID)
	if r := verify(t, d, nil); strings.Join(r.Detached, ",") != "level "+rows[ledger.MaxBatch+1].ID {
		t.Fatalf("report %+v", r)
	}
}

func TestLaterEntriesGoOnFromTheBatch(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		rows, ids := levels(20)
		writeAll(t, d, rows)
		book := ledger.NewBook(clock.At("2023-02-01"))
		change := ledger.Change{By: access.Program, Action: "org.level", Reason: "sửa"}
		err := d.InTx(ctx, func(tx *db.Tx) error {
			for range 2 { // twice: the first before counts
				row, err := db.Get[org.Level](ctx, tx, "level", ids.At(3))
				if err != nil {
					return err
				}
				row.Name += " sửa"
				if err := book.Update(ctx, tx, change, "level", &row); err != nil {
					return err
				}
			}
			for _, i := range []int{0, 19} {
				row := rows[i]
				if err := book.Delete(ctx, tx, change, "level", &row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if r := verify(t, d, nil); !r.OK() || r.Entries != 5 || r.Rows != 18 {
			t.Fatalf("report %+v", r)
		}
		for _, c := range []struct{ query, detached string }{
			{`UPDATE level SET name = 'khác' WHERE id = '` + ids.At(3) + `'`, "level " + ids.At(3)},
			{`DELETE FROM level WHERE id = '` + ids.At(3) + `'`, "level " + ids.At(3)},
			{`INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('` + ids.At(0) + `', 1, 'về lại', '2000-01-01', '9999-12-31', '')`, "level " + ids.At(0)},
		} {
			undo := d.Handle()
			tx, err := undo.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(`CREATE TABLE kept AS SELECT * FROM level`); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			meddle(t, d, c.query)
			r := verify(t, d, nil)
			if r.OK() || !strings.Contains(strings.Join(r.Detached, ","), c.detached) {
				t.Errorf("%s: report %+v", c.query, r)
			}
			meddle(t, d, `DELETE FROM level`)
			meddle(t, d, `INSERT INTO level SELECT * FROM kept`)
			meddle(t, d, `DROP TABLE kept`)
		}
	})
}

func TestVerifyNamesTheRowOfABatch(t *testing.T) {
	rows, ids := levels(50)
	whole := "level " + ids.At(0)[:28] + "* (50)"
	row := func(i int) string { return "level " + ids.At(i) }
	cases := []struct {
		name, query string
		bad         int64
		detached    string
	}{
		{"row changed", `UPDATE level SET name = 'khác' WHERE id = '` + ids.At(7) + `'`, -1, row(7)},
		{"two rows exchanged", `UPDATE level SET name = CASE WHEN id = '` + ids.At(7) + `' THEN '` + rows[8].Name + `' ELSE '` + rows[7].Name + `' END WHERE id IN ('` + ids.At(7) + `', '` + ids.At(8) + `')`, -1, row(7) + "," + row(8)},
		{"version counted up", `UPDATE level SET version = 2 WHERE id = '` + ids.At(0) + `'`, -1, row(0)},
		{"row removed", `DELETE FROM level WHERE id = '` + ids.At(49) + `'`, -1, row(49)},
		{"row added after the last", `INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('` + ids.At(50) + `', 1, 'lạ', '2000-01-01', '9999-12-31', '')`, -1, row(50)},
		{"row added between", `INSERT INTO level (id, version, name, from_day, to_day, source) VALUES ('` + ids.At(7) + `x', 1, 'lạ', '2000-01-01', '9999-12-31', '')`, -1, row(7) + "x"},
		{"row put under another id", `UPDATE level SET id = 'q' WHERE id = '` + ids.At(7) + `'`, -1, "level q," + row(7)},
		{"all removed", `DELETE FROM level`, -1, whole},
		{"all changed", `UPDATE level SET name = 'khác'`, -1, whole},
		{"marks removed and a row changed", `DELETE FROM ledger_batch; UPDATE level SET name = 'khác' WHERE id = '` + ids.At(7) + `'`, -1, whole},
		{"marks removed alone", `DELETE FROM ledger_batch`, -1, ""},
		{"entry changed", `UPDATE ledger_entry SET body = replace(CAST(body AS TEXT), '"count":50', '"count":49') WHERE seq = 0`, 0, ""},
		{"entry removed", `DELETE FROM ledger_entry WHERE seq = 0`, 0, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store.Each(t, func(t *testing.T, d *db.DB) {
				writeAll(t, d, rows)
				query := c.query
				if c.name == "entry changed" && d.Engine == db.PostgreSQL {
					query = `UPDATE ledger_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '"count":50', '"count":49'), 'UTF8') WHERE seq = 0`
				}
				for _, one := range strings.Split(query, "; ") {
					meddle(t, d, one)
				}
				r := verify(t, d, nil)
				if r.OK() != (c.bad < 0 && c.detached == "") || r.Bad != c.bad || strings.Join(r.Detached, ",") != c.detached {
					t.Fatalf("report %+v, want bad %d detached %q", r, c.bad, c.detached)
				}
			})
		})
	}
}

func TestABatchRollsBackWhole(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		rows, _ := levels(30)
		rows[29].ID = rows[28].ID
		book := ledger.NewBook(clock.At("2023-01-12"))
		err := d.InTx(ctx, func(tx *db.Tx) error {
			return book.InsertAll(ctx, tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", rows)
		})
		if err == nil {
			t.Fatal("an id out of its range was taken")
		}
		rows, _ = levels(30)
		err = d.InTx(ctx, func(tx *db.Tx) error {
			if err := book.InsertAll(ctx, tx, ledger.Change{By: access.Program, Action: "org.level"}, "level", rows); err != nil {
				return err
			}
			return fault.New(fault.Invalid, "thử")
		})
		if !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if r := verify(t, d, nil); !r.OK() || r.Entries != 0 || r.Rows != 0 {
			t.Fatalf("after a rollback: %+v", r)
		}
	})
}
