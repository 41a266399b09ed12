package criteria

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Copy enters a sheet with the text of another one's version: last year's for
// the next, an organiser's for a cluster. The actor must be able to read the
// source through from, and to write at to.
func (s *Service) Copy(ctx context.Context, actor access.Actor, from Place, versionID string, to Place, name string) (SheetVersion, error) {
	name = vntext.Line(name)
	var made SheetVersion
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		owner, err := s.may(ctx, tx, actor, to)
		if err != nil {
			return err
		}
		v, sheet, err := s.see(ctx, tx, actor, from, versionID)
		if err != nil {
			return err
		}
		if name == "" {
			name = sheet.Name
		}
		_, guide, err := guideOf(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "criteria.create", Year: to.Year}
		made, err = s.enter(ctx, tx, change, owner, name, sourceOf(sheet, v), "", v.Body, guide)
		return err
	})
	return made, err
}

func sourceOf(sheet Sheet, v SheetVersion) string {
	return fmt.Sprintf("%s, bản %d", sheet.Name, v.Number)
}

// Lend puts a version into the library of an organiser, from which every
// cluster of its takes sheets: as the next version of a sheet of the library,
// or as a new sheet when into is empty.
func (s *Service) Lend(ctx context.Context, actor access.Actor, from Place, versionID, organiser, into, note string) (SheetVersion, error) {
	note = vntext.Line(note)
	to := Place{Organiser: organiser}
	var made SheetVersion
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		owner, err := s.may(ctx, tx, actor, to)
		if err != nil {
			return err
		}
		v, sheet, err := s.see(ctx, tx, actor, from, versionID)
		if err != nil {
			return err
		}
		_, guide, err := guideOf(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "criteria.lend", Year: from.Year, Reason: note}
		if into == "" {
			made, err = s.enter(ctx, tx, change, owner, sheet.Name, sourceOf(sheet, v), note, v.Body, guide)
			return err
		}
		shelf, err := db.Get[Sheet](ctx, tx, "sheet", into)
		if err != nil || shelf.OwnerID != owner {
			return fault.Wrong("into", "Thư viện không có bảng chấm điểm này. Hãy chọn lại.")
		}
		newest, err := db.One[SheetVersion](ctx, tx, `SELECT * FROM sheet_version WHERE sheet_id = $1 ORDER BY number DESC LIMIT 1`, shelf.ID)
		if err != nil {
			return err
		}
		if newest.Hash == v.Hash {
			return fault.Wrong("into", "Bản mới nhất trong thư viện đã giống bản này.")
		}
		if note == "" {
			note = sourceOf(sheet, v)
		}
		made, err = s.version(ctx, tx, change, shelf.ID, newest.Number+1, v.Body, note, guide)
		return err
	})
	return made, err
}
