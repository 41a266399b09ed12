package evidence

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Reuse attaches to a subject a file that the same unit attached elsewhere in
// the same year: one report proves several criteria, and the figures that it was
// sent with. The content is not stored again; withdrawing one attachment leaves
// the others.
func (s *Service) Reuse(ctx context.Context, actor access.Actor, kind, subject, attachmentID string) (Attachment, error) {
	var made Attachment
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		sub, err := s.resolve(ctx, tx, kind, subject)
		if err != nil {
			return err
		}
		if err := s.open(ctx, tx, actor, sub); err != nil {
			return err
		}
		from, there, err := db.Maybe[Attachment](ctx, tx, `SELECT `+db.Prefixed("a", Attachment{})+` FROM attachment a WHERE id = $1`, attachmentID)
		if err != nil {
			return err
		}
		if !there || from.YearID != sub.Year || from.UnitID != sub.Unit || from.Withdrawn != "" {
			return fault.Wrong("reuse", "Tệp này không còn trong minh chứng của đơn vị trong năm. Hãy chọn tệp khác.")
		}
		twin, found, err := db.Maybe[string](ctx, tx, `SELECT name FROM attachment WHERE subject_kind = $1 AND subject_id = $2 AND file_id = $3 AND withdrawn = ''`, kind, subject, from.FileID)
		if err != nil {
			return err
		}
		if found {
			return fault.Wrong("reuse", "Tệp này đã được đính kèm ở đây với tên “{.name}”.", "name", twin)
		}
		made = Attachment{
			ID: db.NewID(), FileID: from.FileID, Name: from.Name, Kind: kind, SubjectID: subject,
			YearID: sub.Year, UnitID: sub.Unit, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "evidence.attach", Year: sub.Year}, "attachment", &made)
	})
	return made, err
}

// Reusable lists the files that a unit attached in a year and that stand, each
// content once and under its newest name, without those of one subject. The
// caller has checked the right to.
func Reusable(ctx context.Context, q db.Queryer, yearID, unitID, kind, subject string) ([]Item, error) {
	all, err := db.All[Item](ctx, q, fmt.Sprintf(items, db.Prefixed("a", Attachment{}), "a.year_id = $1 AND a.unit_id = $2 AND a.withdrawn = ''"), yearID, unitID)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, i := range all {
		if i.Kind == kind && i.SubjectID == subject {
			here[i.FileID] = true
		}
	}
	var out []Item
	for i := len(all) - 1; i >= 0; i-- {
		if id := all[i].FileID; !here[id] {
			here[id] = true
			out = append(out, all[i])
		}
	}
	return out, nil
}
