package cluster_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

// TestListsShowWhatTheGateAllows: what is asked of all years at once answers as
// the gate does of each.
func TestListsShowWhatTheGateAllows(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		h := house.New(t, d)
		other, err := h.Org.Create(ctx, access.Program, org.NewUnit{Kind: org.Authority, Level: "tinh", Name: "UBND tỉnh Khác", From: "2000-01-01", Basis: "thử"})
		h.Check(err)
		var units []org.Unit
		for i := range 6 {
			units = append(units, h.Unit(fmt.Sprintf("Sở Thứ %d", i)))
		}
		for i := range 5 {
			organiser := h.Organiser.ID
			if i%2 == 1 {
				organiser = other.ID
			}
			_, err := h.Years.Form(ctx, access.Program, cluster.NewYear{
				Kind: cluster.Khoi, OrganiserID: organiser, Year: 2023 + i, Name: fmt.Sprintf("Khối %d", i), Basis: "QĐ", Members: []string{units[i].ID, units[(i+1)%5].ID, units[5].ID},
				Leader: cluster.NewTerm{UnitID: units[i].ID, Basis: cluster.ByDecision, Reference: "QĐ", From: "2023-01-01"}, Deputy: cluster.NewTerm{UnitID: units[5].ID, Basis: cluster.Elected, Reference: "HN", From: "2023-01-01"},
			})
			h.Check(err)
		}
		both := h.Person("Hai vai", access.Standing, other.ID)
		h.Check(d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO assignment (id, version, account_id, unit_id, role, from_day, to_day, basis) VALUES ('x', 1, $1, $2, 'officer', '2000-01-01', '9999-12-31', ''), ('y', 1, $1, $3, 'officer', '2000-01-01', '2022-12-31', '')`, both.Account, units[0].ID, units[2].ID)
			return err
		}))
		actors := map[string]access.Actor{
			"program": access.Program, "visitor": access.Visitor, "standing": h.Standing, "administrator": h.Admin, "stranger": h.Stranger,
			"member": h.Officer(units[1]), "head": h.Head(units[5]), "both": both, "auditor": h.Person("A", access.Auditor, ""), "council": h.Person("C", access.Council, other.ID),
			"token": {Account: h.Admin.Account, Scopes: []string{"org.read"}},
		}
		all, err := h.Years.Visible(ctx, access.Program, 0, "")
		h.Check(err)
		if len(all) != 5 {
			t.Fatalf("%d years", len(all))
		}
		for name, who := range actors {
			seen, err := h.Years.Visible(ctx, who, 0, "khoi")
			h.Check(err)
			for p := range 3 {
				permission := []access.Permission{access.ClusterRead, access.DraftWrite, access.ClusterMove}[p]
				reach, err := h.Gate.Reach(ctx, d, who, permission)
				h.Check(err)
				where, args := reach.Where(nil)
				ids, err := db.All[string](ctx, d, `SELECT y.id FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id WHERE `+where, args...)
				h.Check(err)
				for _, y := range all {
					may, err := h.Gate.Can(ctx, d, who, permission, access.Record{Year: y.ID})
					h.Check(err)
					if listed := slices.Contains(ids, y.ID); listed != may {
						t.Errorf("%s, %s, %s: listed %v, the gate says %v", name, permission, y.Name, listed, may)
					}
					if shown := slices.ContainsFunc(seen, func(s cluster.Year) bool { return s.ID == y.ID }); p == 0 && shown != may {
						t.Errorf("%s, %s: shown %v, the gate says %v", name, y.Name, shown, may)
					}
				}
			}
		}
		sketches, err := h.Years.Sketches(ctx, d, all)
		h.Check(err)
		for _, y := range all {
			leader, err := h.Years.LeaderUnit(ctx, d, y.ID)
			h.Check(err)
			members, err := h.Years.Members(ctx, d, y)
			h.Check(err)
			if s := sketches[y.ID]; s.Leader != leader || s.Members != len(members) {
				t.Errorf("%s: %+v, want %s and %d", y.Name, s, leader, len(members))
			}
		}
	})
}
