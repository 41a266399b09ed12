package evidence_test

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/store"
)

// A file proves several things of its unit; each attachment stands by itself.
func TestReuse(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, _ := room(t, d)
		unit := b.Units[1].ID
		s.Subject("other", func(context.Context, db.Queryer, string) (evidence.Subject, error) {
			return evidence.Subject{Year: b.Year.ID, Unit: unit}, nil
		})
		a, err := attach(s, b.Officers[1], unit, "Báo cáo.pdf", pdf("một"))
		b.Check(err)
		there, err := evidence.Reusable(ctx, d, b.Year.ID, unit, "other", "x")
		b.Check(err)
		if len(there) != 1 || there[0].ID != a.ID {
			t.Fatalf("%+v", there)
		}
		again, err := s.Reuse(ctx, b.Officers[1], "other", "x", a.ID)
		b.Check(err)
		if again.FileID != a.FileID || again.Name != a.Name || again.ID == a.ID {
			t.Errorf("%+v", again)
		}
		if there, err = evidence.Reusable(ctx, d, b.Year.ID, unit, "other", "x"); err != nil || len(there) != 0 {
			t.Errorf("offered where it is: %+v %v", there, err)
		}
		_, err = s.Reuse(ctx, b.Officers[1], "other", "x", a.ID)
		want(t, err, fault.Invalid)

		// Withdrawn at one place, it stands at the other.
		b.Check(s.Withdraw(ctx, b.Officers[1], a.ID, "nhầm chỗ"))
		list, err := s.List(ctx, b.Officers[1], "other", "x")
		if err != nil || len(list) != 1 || !list[0].Stands() {
			t.Errorf("%+v %v", list, err)
		}
		// What was withdrawn, and what is another unit's, is not taken from.
		_, err = s.Reuse(ctx, b.Officers[1], "other", "y", a.ID)
		want(t, err, fault.Invalid)
		foreign, err := attach(s, b.Officers[2], b.Units[2].ID, "khác.pdf", pdf("hai"))
		b.Check(err)
		_, err = s.Reuse(ctx, b.Officers[1], "other", "y", foreign.ID)
		want(t, err, fault.Invalid)
		_, err = s.Reuse(ctx, b.Officers[2], "other", "y", again.ID)
		want(t, err, fault.Denied)
	})
}
