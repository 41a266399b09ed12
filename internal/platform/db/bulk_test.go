package db_test

import (
	"fmt"
	"testing"

	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/store"
)

func settings(n int) []setting {
	ids := db.NewIDRange()
	rows := make([]setting, n)
	for i := range rows {
		rows[i] = setting{ids.At(i), 1, fmt.Sprint("giá trị ", i)}
	}
	return rows
}

func TestInsertCellsWritesEveryRow(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int{0, 1, 333, 334, 1000} { // a statement takes 333 rows of three
			rows := settings(n)
			cells, err := db.CellsOf(rows)
			if err != nil {
				t.Fatal(err)
			}
			err = d.InTx(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(ctx, `DELETE FROM setting`); err != nil {
					return err
				}
				return db.InsertCells(ctx, tx, "setting", cells)
			})
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.All[setting](ctx, d, `SELECT id, version, value FROM setting ORDER BY id`)
			if err != nil || len(got) != n {
				t.Fatalf("%d rows of %d, %v", len(got), n, err)
			}
			for i := range got {
				if got[i] != rows[i] {
					t.Fatalf("row %d is %+v, want %+v", i, got[i], rows[i])
				}
			}
		}
	})
}

func TestInsertCellsIsPartOfItsTransaction(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		rows := settings(10)
		cells, err := db.CellsOf(append(rows, rows[3])) // an id twice
		if err != nil {
			t.Fatal(err)
		}
		err = d.InTx(ctx, func(tx *db.Tx) error {
			if err := db.Insert(ctx, tx, "setting", &setting{"trước", 1, ""}); err != nil {
				return err
			}
			return db.InsertCells(ctx, tx, "setting", cells)
		})
		if !db.IsDuplicate(err) {
			t.Errorf("an id twice: %v", err)
		}
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM setting`); err != nil || n != 0 {
			t.Errorf("%d rows stay of a transaction that failed, %v", n, err)
		}
	})
}

func TestIDRange(t *testing.T) {
	a, b := db.NewIDRange(), db.NewIDRange()
	if a == b {
		t.Fatal("two ranges are one")
	}
	last := ""
	for _, i := range []int{0, 1, 255, 256, 65536, db.MaxIDs} {
		id := a.At(i)
		run, place, ok := db.Place(id)
		if !ok || place != i || run != a.At(0)[:28] || id <= last || len(id) != 36 || id[14] != '7' {
			t.Errorf("id %d is %s: %s %d %v", i, id, run, place, ok)
		}
		last = id
	}
	for _, other := range []string{"", "l1", a.At(1) + "0", a.At(0xab)[:35] + "B", a.At(1)[:35] + "g"} {
		if _, _, ok := db.Place(other); ok {
			t.Errorf("%q is taken for an id of a range", other)
		}
	}
}

// BenchmarkInsert writes a thousand rows of three columns in one transaction,
// one by one and together.
func BenchmarkInsert(b *testing.B) {
	for _, engine := range []struct {
		name string
		open func(testing.TB) *db.DB
	}{{"sqlite", store.SQLite}, {"postgres", store.PostgreSQL}} {
		d := engine.open(b)
		run := func(name string, write func(tx *db.Tx, rows []setting) error) {
			b.Run(engine.name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					rows := settings(1000)
					if err := d.InTx(ctx, func(tx *db.Tx) error { return write(tx, rows) }); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
		run("single", func(tx *db.Tx, rows []setting) error {
			for i := range rows {
				if err := db.Insert(ctx, tx, "setting", &rows[i]); err != nil {
					return err
				}
			}
			return nil
		})
		run("together", func(tx *db.Tx, rows []setting) error {
			cells, err := db.CellsOf(rows)
			if err != nil {
				return err
			}
			return db.InsertCells(ctx, tx, "setting", cells)
		})
	}
}
