package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

type setting struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	Value   string `db:"value"`
}

func insert(t *testing.T, d *db.DB, id string) {
	t.Helper()
	if err := d.InTx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "setting", &setting{ID: id, Version: 1, Value: "0"})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestUpdateGuardsTheVersion(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		insert(t, d, "a")
		write := func(s setting) error {
			return d.InTx(ctx, func(tx *db.Tx) error { return db.Update(ctx, tx, "setting", &s) })
		}
		if err := write(setting{"a", 1, "1"}); err != nil {
			t.Fatal(err)
		}
		if err := write(setting{"a", 1, "2"}); !fault.Is(err, fault.Stale) {
			t.Errorf("a write over an older version: %v", err)
		}
		if err := write(setting{"b", 1, "2"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a write of no row: %v", err)
		}
		got, err := db.Get[setting](ctx, d, "setting", "a")
		if err != nil || got != (setting{"a", 2, "1"}) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestConcurrentWritersLoseNothing(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		insert(t, d, "n")
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					err := d.InTx(ctx, func(tx *db.Tx) error {
						s, err := db.Get[setting](ctx, tx, "setting", "n")
						if err != nil {
							return err
						}
						var n int
						if _, err := fmt.Sscan(s.Value, &n); err != nil {
							return err
						}
						s.Value = fmt.Sprint(n + 1)
						return db.Update(ctx, tx, "setting", &s)
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if got, err := db.Get[setting](ctx, d, "setting", "n"); err != nil || got.Value != "80" {
			t.Errorf("80 increments gave %q, %v", got.Value, err)
		}
	})
}

func TestAFailedTransactionLeavesNothingAndHasNoEffects(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		effects, stop := 0, errors.New("stop")
		err := d.InTx(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { effects++ })
			if err := db.Insert(ctx, tx, "setting", &setting{"x", 1, ""}); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || effects != 0 {
			t.Errorf("%v, %d effects", err, effects)
		}
		if _, there, err := db.Maybe[setting](ctx, d, `SELECT id, version, value FROM setting WHERE id = 'x'`); there || err != nil {
			t.Errorf("the row is there: %v, %v", there, err)
		}
		insert(t, d, "x")
		err = d.InTx(ctx, func(tx *db.Tx) error { return db.Insert(ctx, tx, "setting", &setting{"x", 1, ""}) })
		if !db.IsDuplicate(err) {
			t.Errorf("the same id twice: %v", err)
		}
	})
}

func TestReadsOutsideTransactionsCannotWrite(t *testing.T) {
	d := store.SQLite(t)
	if _, err := db.All[setting](ctx, d, `INSERT INTO setting (id, version, value) VALUES ('r', 1, '') RETURNING id, version, value`); err == nil {
		t.Error("the read pool wrote")
	}
}
