package draft

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Carry enters a text that was adopted in an earlier year, and still holds, as
// the adopted paper of a year. It runs in the transaction of the room that
// knows why it holds; that room has checked the right to.
func (s *Service) Carry(ctx context.Context, tx *db.Tx, actor access.Actor, yearID string, from Draft, v Version) (Draft, error) {
	papers, err := s.Papers(ctx, tx, yearID)
	if err != nil {
		return Draft{}, err
	}
	change := ledger.Change{By: actor, Action: "draft.carry", Year: yearID}
	d, begun := papers[from.Kind]
	number := 1
	if begun {
		if d.State != Open {
			return d, fault.New(fault.Conflict, "Văn bản này của năm đã được thông qua.")
		}
		versions, err := s.Versions(ctx, tx, d.ID)
		if err != nil {
			return d, err
		}
		if len(versions) > 0 {
			number = versions[0].Number + 1
		}
	} else {
		d = Draft{ID: db.NewID(), YearID: yearID, Kind: from.Kind, Title: from.Title, State: Open}
		if err := s.book.Insert(ctx, tx, change, "draft", &d); err != nil {
			return d, err
		}
	}
	copied := Version{ID: db.NewID(), DraftID: d.ID, Number: number, Text: v.Text, Hash: v.Hash, Note: v.Note, Circulated: true, AccountID: actor.Account, At: clock.Stamp(s.now)}
	if err := s.book.Insert(ctx, tx, change, "draft_version", &copied); err != nil {
		return d, err
	}
	d.State, d.AdoptedID, d.MeetingID = Adopted, copied.ID, ""
	return d, s.book.Update(ctx, tx, change, "draft", &d)
}
