package org_test

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func TestAUnitHasOneNameADay(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		u := h.Unit("Huyện Cũ")
		h.Check(h.Org.Rename(ctx, h.Standing, u.ID, "Thị xã Mới", "", "2023-04-10", "Nghị quyết thử"))
		for day, want := range map[clock.Day]string{"2023-04-09": "Huyện Cũ", "2023-04-10": "Thị xã Mới", "1990-01-01": "Huyện Cũ"} {
			names, err := org.Names(ctx, d, day, u.ID)
			h.Check(err)
			if names[u.ID].Name != want {
				t.Errorf("on %s the unit is called %q, want %q", day, names[u.ID].Name, want)
			}
		}
		overlaps, err := db.Count(ctx, d, `SELECT COUNT(*) FROM unit_name a JOIN unit_name b ON a.unit_id = b.unit_id AND a.id < b.id AND a.from_day < b.to_day AND b.from_day < a.to_day`)
		h.Check(err)
		if overlaps != 0 {
			t.Errorf("%d overlapping names", overlaps)
		}
	})
}

func TestWhatOrgRefuses(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		h.Check(d.InTx(ctx, func(tx *db.Tx) error {
			return h.Book.Insert(ctx, tx, change(), "level", &org.Level{ID: "huyen", Name: "Cấp huyện", From: "1945-09-02", To: "2025-07-01"})
		}))
		u := h.Unit("Sở Một")
		good := org.NewUnit{Kind: org.Department, Level: "tinh", Name: "Sở Hai", From: "2023-01-01"}
		for name, c := range map[string]struct {
			alter func(*org.NewUnit)
			actor access.Actor
			code  fault.Code
			field string
		}{
			"name taken":          {func(n *org.NewUnit) { n.Name = "SỞ MỘT" }, h.Standing, fault.Invalid, "name"},
			"unknown level":       {func(n *org.NewUnit) { n.Level = "x" }, h.Standing, fault.Invalid, "level"},
			"level that ended":    {func(n *org.NewUnit) { n.Level, n.From = "huyen", "2025-07-01" }, h.Standing, fault.Invalid, "level"},
			"no such day":         {func(n *org.NewUnit) { n.From = "2023-02-30" }, h.Standing, fault.Invalid, "from"},
			"unknown parent":      {func(n *org.NewUnit) { n.ParentID = "x" }, h.Standing, fault.Invalid, "parent"},
			"officer of a member": {func(*org.NewUnit) {}, h.Officer(u), fault.Denied, ""},
		} {
			in := good
			c.alter(&in)
			_, err := h.Org.Create(ctx, c.actor, in)
			if f := fault.As(err); f == nil || f.Code != c.code || f.Field != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := h.Org.Rename(ctx, h.Standing, u.ID, "Sở Khác", "", "1999-01-01", "QĐ"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a name that begins before the one it follows: %v", err)
		}
	})
}

func TestFindFoldsAndSortsAsVietnameseDoes(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		for _, n := range []string{"Đơn vị đ", "Ban ă", "Ban a", "Ban â"} {
			h.Unit(n)
		}
		found, err := h.Org.Find(ctx, "2023-06-01", "ban", 0)
		h.Check(err)
		var got []string
		for _, v := range found {
			got = append(got, v.Name)
		}
		if len(got) != 3 || got[0] != "Ban a" || got[1] != "Ban ă" || got[2] != "Ban â" {
			t.Errorf("found %q", got)
		}
		if found, err = h.Org.Find(ctx, "2023-06-01", "don vi d", 0); err != nil || len(found) != 1 {
			t.Errorf("“don vi d” found %d, %v", len(found), err)
		}
	})
}

func TestStandardLevelsAreEnteredOnce(t *testing.T) {
	d := store.SQLite(t)
	h := house.New(t, d) // has a level of its own
	h.Check(d.InTx(ctx, func(tx *db.Tx) error { return h.Org.EnsureLevels(ctx, tx, access.Program) }))
	if n, _ := db.Count(ctx, d, `SELECT COUNT(*) FROM level`); n != 1 {
		t.Errorf("%d levels in a house that has its own", n)
	}
	for _, l := range org.StandardLevels() {
		if l.Source == "" || !l.From.Valid() || !l.To.Valid() || l.From >= l.To {
			t.Errorf("level %+v", l)
		}
	}
}

func change() ledger.Change { return ledger.Change{By: access.Program, Action: "test"} }
