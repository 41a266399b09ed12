package portal_test

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func TestPublishing(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(2)
		snap := portal.Snapshot{Cluster: "Khối thử", Members: []portal.Member{{Name: "Sở Số 1"}}, Targets: []portal.Target{{Name: "Tỷ lệ đô thị hóa"}}}
		s := portal.New(d, b.Book, b.Gate, b.Years, func(context.Context, db.Queryer, cluster.Year, portal.Kind) (portal.Snapshot, error) {
			return snap, nil
		}, b.Clock)
		if _, err := s.Publish(ctx, b.Standing, b.Year.ID, portal.Results); !fault.Is(err, fault.Conflict) {
			t.Fatalf("results without ranks: %v", err)
		}
		snap.Standing = []portal.Place{{Rank: 1, Unit: "Sở Số 1", Points: "96.50"}}
		for who, actor := range map[string]access.Actor{"leader": b.Leader(), "auditor": b.Person("Kiểm tra", access.Auditor, "")} {
			if _, err := s.Publish(ctx, actor, b.Year.ID, portal.Results); !fault.Is(err, fault.Denied) {
				t.Errorf("%s publishes: %v", who, err)
			}
		}
		first, err := s.Publish(ctx, b.Standing, b.Year.ID, portal.Results)
		b.Check(err)
		snap.Standing[0].Points = "97.00"
		if _, shown, err := s.Read(ctx, first.ID); err != nil || shown.Standing[0].Points != "96.50" {
			t.Fatalf("the public page changed with what is behind it: %+v %v", shown, err)
		}
		second, err := s.Publish(ctx, b.Standing, b.Year.ID, portal.Results)
		b.Check(err)
		if _, _, err := s.Read(ctx, first.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("the replaced publication is still there: %v", err)
		}
		list, err := s.List(ctx, "khoi thu", 2023)
		b.Check(err)
		if len(list) != 1 || list[0].ID != second.ID {
			t.Errorf("public now: %+v", list)
		}
		for query, want := range map[string]int{"so so 1": 1, "do thi hoa": 1, "khong co": 0} {
			if found, err := s.List(ctx, query, 0); err != nil || len(found) != want {
				t.Errorf("%q finds %d, want %d (%v)", query, len(found), want, err)
			}
		}
		for i := 1; i <= 3; i++ {
			if n, err := s.Seen(ctx, second.ID); err != nil || n != i {
				t.Errorf("view %d is counted as %d, %v", i, n, err)
			}
		}
		if err := s.Withdraw(ctx, b.Standing, second.ID, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("withdrawn without a reason: %v", err)
		}
		b.Check(s.Withdraw(ctx, b.Standing, second.ID, "Sai số liệu"))
		if list, err = s.List(ctx, "", 0); err != nil || len(list) != 0 {
			t.Errorf("public after withdrawing: %d, %v", len(list), err)
		}
	})
}
