package draft

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Check tells what a person who writes the text would be told.
func (t *Text) Check(k Kind) error { return t.check(k) }

// TakeAdopted enters a paper of an imported year that was agreed on outside this
// program, as its first version, circulated and adopted. Followers are not told:
// who imports brings along what hangs on the text. It runs in the transaction of
// cluster.Take, which has asked for the right to.
func (s *Service) TakeAdopted(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, k Kind, in Text, reason string) (Draft, Version, error) {
	if err := s.gate.Must(ctx, tx, actor, access.YearImport, access.Record{Year: y.ID}); err != nil {
		return Draft{}, Version{}, err
	}
	if err := in.check(k); err != nil {
		return Draft{}, Version{}, err
	}
	if in.Title == "" {
		in.Title = k.Name().Text
	}
	change := ledger.Change{By: actor, Action: "draft.import", Year: y.ID, Reason: reason}
	d := Draft{ID: db.NewID(), YearID: y.ID, Kind: k, Title: in.Title, State: Adopted}
	v := Version{
		ID: db.NewID(), DraftID: d.ID, Number: 1, Text: in.Text, Hash: Hash(in.Text), Note: in.Note,
		Circulated: true, AccountID: actor.Account, At: clock.Stamp(s.now),
	}
	d.AdoptedID = v.ID
	papers, err := s.Papers(ctx, tx, y.ID)
	if err != nil {
		return d, v, err
	}
	if _, begun := papers[k]; begun {
		return d, v, fault.New(fault.Conflict, "“{.paper}” của năm này đã có trong hệ thống nên không nhập đè lên được.", "paper", k.Name())
	}
	if err := s.book.Insert(ctx, tx, change, "draft", &d); err != nil {
		return d, v, err
	}
	return d, v, s.book.Insert(ctx, tx, change, "draft_version", &v)
}
