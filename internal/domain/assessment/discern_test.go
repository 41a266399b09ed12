package assessment_test

import (
	"testing"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

// One looks at what another figure would do, and nothing is written.
func TestWhatIf(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		for i, actual := range []string{"1250", "1200", "1100"} {
			r.complete(i, actual, "8")
		}
		before := entries(t, d)
		now, then, err := r.s.WhatIf(ctx, r.Officers[1], r.cell(assessment.Self, 2, "A1", "target", "1250", "actual", "1240"))
		r.Check(err)
		rank := func(st *assessment.Standing, unit int) (int, string) {
			for _, u := range st.Units {
				if u.Member.UnitID == r.Units[unit].ID {
					return u.Place.Rank, u.Score.Cells["A1"].Points.String()
				}
			}
			return 0, ""
		}
		for _, c := range []struct {
			st   *assessment.Standing
			unit int
			rank int
			a1   string
		}{{now, 2, 3, "35.2"}, {then, 2, 2, "39.68"}, {now, 1, 2, "38.4"}, {then, 1, 3, "38.4"}, {then, 0, 1, "40"}} {
			if n, p := rank(c.st, c.unit); n != c.rank || p != c.a1 {
				t.Errorf("unit %d: rank %d with %s, want %d with %s", c.unit, n, p, c.rank, c.a1)
			}
		}
		if entries(t, d) != before {
			t.Error("a try left a trace in the ledger")
		}
		// What cannot be scored is refused as it is when it is saved.
		_, _, err = r.s.WhatIf(ctx, r.Officers[1], r.cell(assessment.Self, 2, "B2", "points", "13"))
		want(t, err, fault.Invalid)
		_, _, err = r.s.WhatIf(ctx, r.Officers[1], r.cell(assessment.Self, 2, "Z", "points", "1"))
		want(t, err, fault.NotFound)
		_, _, err = r.s.WhatIf(ctx, r.Stranger, r.cell(assessment.Self, 2, "B2", "points", "1"))
		want(t, err, fault.NotFound)
	})
}

// While a unit has yet to hand in, what the others have is no business of its.
func TestWhatIfIsSealed(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		r.complete(0, "1250", "8")
		_, _, err := r.s.WhatIf(ctx, r.Officers[2], r.cell(assessment.Self, 2, "B2", "points", "1"))
		want(t, err, fault.Denied)
	})
}

// The leader sees which criteria still tell the units apart, and where a
// checker changed what.
func TestDiscern(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		for i, actual := range []string{"1250", "1000", "1250"} {
			r.complete(i, actual, "8")
		}
		_, err := r.s.Discern(ctx, r.Officers[2], r.Year.ID)
		want(t, err, fault.Denied)
		r.Check(r.s.AssignByRotation(ctx, r.Leader(), r.Year.ID))
		r.Put(cluster.SelfScored)
		checkers, err := assessment.Checkers(ctx, d, r.Year.ID)
		r.Check(err)
		by := checkers[r.Units[1].ID].CheckerID
		for i := range r.Units {
			if r.Units[i].ID != by {
				continue
			}
			less := r.cell(assessment.Check, 1, "B2", "points", "7")
			less.Reason = "Thiếu hai phong trào"
			r.save(r.Officers[i], less)
		}
		got, err := r.s.Discern(ctx, r.Leader(), r.Year.ID)
		r.Check(err)
		if got.Kind != assessment.Check || got.Last != 0 {
			t.Errorf("round %s, last year %d", got.Kind, got.Last)
		}
		for _, c := range got.Criteria {
			w := map[string]struct {
				low, high, spread string
				atMax             int
				flat              bool
			}{
				"A1": {"32", "40", "1/5", 2, false}, "A2": {"1.5", "1.5", "0/1", 0, true}, "B1": {"15", "15", "0/1", 3, true}, "B2": {"7", "10", "1/4", 0, false},
			}[c.Criterion.ID]
			if w.low == "" {
				continue
			}
			if c.Low.String() != w.low || c.High.String() != w.high || c.Spread.String() != w.spread || c.AtMax != w.atMax || c.Flat() != w.flat || c.Scored != 3 {
				t.Errorf("%s: %s to %s, spread %s, %d at the maximum, flat %v", c.Criterion.ID, c.Low, c.High, c.Spread, c.AtMax, c.Flat())
			}
		}
		if g := got.Units[1]; g.Changed != 1 || g.Down.String() != "3" || g.Up != 0 || g.Check != g.Self-g.Down || g.Checker != by {
			t.Errorf("%+v", g)
		}
		if c := got.Checkers[0]; c.Checker != by || c.Criteria != 1 || c.Down.String() != "3" {
			t.Errorf("%+v", c)
		}
	})
}

// entries counts the ledger.
func entries(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM ledger_entry`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
