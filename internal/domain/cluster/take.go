package cluster

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Given is a cluster's year that was lived outside this program up to a state,
// as an import brings it.
type Given struct {
	NewYear
	State State
}

// Takable are the states that a year may be brought in: its covenant is signed,
// and figures come in.
var Takable = []State{Signed, Executing, MidReviewed}

// Check tells what a person who forms the year would be told.
func (g *Given) Check() error {
	if err := g.check(); err != nil {
		return err
	}
	takable := false
	for _, st := range Takable {
		takable = takable || st == g.State
	}
	faults := []*fault.Error{
		fault.When(!takable, "state", "Năm nhập vào phải đang ở bước “{.a}”, “{.b}” hoặc “{.c}”.", "a", locale.Msg(Signed.Stage().Name), "b", locale.Msg(Executing.Stage().Name), "c", locale.Msg(MidReviewed.Stage().Name)),
		fault.When(len(g.Members) < 2, "members", "Cụm, khối cần ít nhất hai đơn vị thành viên."),
		fault.When(g.Leader.UnitID == "", "leader", "Chưa có đơn vị trưởng."),
	}
	for office, t := range map[Office]NewTerm{Leader: g.Leader, Deputy: g.Deputy} {
		if t.UnitID != "" {
			faults = append(faults, t.usual(g.Year).wrong(string(office))...)
		}
	}
	return fault.List(faults...)
}

// Take enters a year as it was lived outside. It is the one way into the machine
// besides Form: the move to the given state is kept in the year's trace, with
// the import as its reason, because no guard could look at what happened
// elsewhere. It runs in the caller's transaction.
func (s *Service) Take(ctx context.Context, tx *db.Tx, actor access.Actor, g Given, reason string) (Year, error) {
	if err := s.gate.Must(ctx, tx, actor, access.YearImport, access.Record{Organiser: g.OrganiserID}); err != nil {
		return Year{}, err
	}
	if err := g.Check(); err != nil {
		return Year{}, err
	}
	change := ledger.Change{By: actor, Action: "cluster.import", Reason: reason}
	var err error
	if g.ClusterID, err = s.clusterOf(ctx, tx, change, g.NewYear); err != nil {
		return Year{}, err
	}
	y := Year{
		ID: db.NewID(), ClusterID: g.ClusterID, Year: g.Year, Name: g.Name, Short: g.Short,
		Search: vntext.Fold(g.Name + " " + g.Short), SortKey: vntext.Key(g.Name),
		State: g.State, Basis: g.Basis, Illustrative: g.Illustrative,
	}
	change.Year = y.ID
	if err := s.book.Insert(ctx, tx, change, "cluster_year", &y); err != nil {
		return y, err
	}
	known, err := org.Names(ctx, tx, clock.Today(s.now), g.Members...)
	if err != nil {
		return y, err
	}
	members, ids := make([]Membership, len(g.Members)), db.NewIDRange()
	for i, unit := range g.Members {
		if _, ok := known[unit]; !ok {
			return y, fault.Wrong("members", "Có đơn vị không còn trong danh mục. Hãy chọn lại thành viên.")
		}
		members[i] = Membership{ID: ids.At(i), YearID: y.ID, UnitID: unit, Place: i + 1, Basis: g.Basis}
	}
	if err := s.book.InsertAll(ctx, tx, change, "membership", members); err != nil {
		return y, err
	}
	terms, ids := []Term{g.Leader.usual(g.Year).term(y.ID, Leader)}, db.NewIDRange()
	if g.Deputy.UnitID != "" {
		terms = append(terms, g.Deputy.usual(g.Year).term(y.ID, Deputy))
	}
	for i := range terms {
		terms[i].ID = ids.At(i)
	}
	if err := s.book.InsertAll(ctx, tx, change, "term", terms); err != nil {
		return y, err
	}
	return y, s.book.Insert(ctx, tx, change, "state_move", &StateMove{
		ID: db.NewID(), YearID: y.ID, From: Formed, To: g.State, Reason: reason, AccountID: actor.Account, At: clock.Stamp(s.now),
	})
}
