package org

import (
	"context"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Undone is the trace of a change that was taken back.
type Undone struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	ChangeID  string        `db:"change_id"`
	Reason    string        `db:"reason"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Undo takes a change back that was entered by mistake: what it ended goes on as
// before, what it made is left with an empty interval. It is refused once
// something else rests on the change.
func (s *Service) Undo(ctx context.Context, actor access.Actor, changeID string, version int64, reason string) error {
	reason = vntext.Line(reason)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.OrgManage, access.Record{}); err != nil {
			return err
		}
		c, err := db.Get[Change](ctx, tx, "unit_change", changeID)
		if err != nil {
			return err
		}
		parts, err := db.All[Part](ctx, tx, `SELECT `+db.Prefixed("p", Part{})+` FROM unit_change_part p WHERE p.change_id = $1 ORDER BY p.id`, c.ID)
		if err != nil {
			return err
		}
		if c.Kind != Renamed {
			if err := s.mustChange(ctx, tx, actor, unitsOf(parts)); err != nil {
				return err
			}
		}
		if reason == "" {
			return fault.Wrong("reason", "Hãy ghi lý do hủy thay đổi này; thay đổi và lý do vẫn được lưu lại.")
		}
		if c.Version != version {
			return fault.New(fault.Stale, "Nội dung này vừa được người khác sửa sau khi bạn mở trang. Hãy tải lại trang rồi làm lại.")
		}
		if err := s.mustStandAlone(ctx, tx, c, parts); err != nil {
			return err
		}
		by := ledger.Change{By: actor, Action: "org.undo", Reason: reason}
		effects, err := db.All[Effect](ctx, tx, `SELECT `+db.Prefixed("e", Effect{})+` FROM unit_change_effect e WHERE e.change_id = $1 ORDER BY e.id DESC`, c.ID)
		if err != nil {
			return err
		}
		for _, e := range effects {
			if err := s.restore(ctx, tx, by, c, e); err != nil {
				return err
			}
		}
		if err := s.book.Update(ctx, tx, by, "unit_change", &c); err != nil { // who holds the version of before is told
			return err
		}
		return s.book.Insert(ctx, tx, by, "unit_change_undone", &Undone{ID: db.NewID(), ChangeID: c.ID, Reason: reason, AccountID: actor.Account, At: clock.Stamp(s.now)})
	})
}

func unitsOf(parts []Part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.UnitID
	}
	return out
}

// mustStandAlone refuses to undo what something else rests on: a later change
// of the same units, or work that was done for a unit which the change made.
func (s *Service) mustStandAlone(ctx context.Context, q db.Queryer, c Change, parts []Part) error {
	gone, err := db.Count(ctx, q, `SELECT COUNT(*) FROM unit_change_undone WHERE change_id = $1`, c.ID)
	if err != nil {
		return err
	}
	if gone > 0 {
		return fault.New(fault.Conflict, "Thay đổi này đã được hủy rồi.")
	}
	in, args := list(unitsOf(parts))
	later, err := db.Count(ctx, q, `SELECT COUNT(*) FROM unit_change c JOIN unit_change_part p ON p.change_id = c.id
		WHERE p.unit_id `+in+` AND c.id > '`+c.ID+`' AND NOT EXISTS (SELECT 1 FROM unit_change_undone d WHERE d.change_id = c.id)`, args...)
	if err != nil {
		return err
	}
	if later > 0 {
		return fault.New(fault.Conflict, "Sau thay đổi này các đơn vị còn có thay đổi khác. Hãy hủy thay đổi ghi sau trước.")
	}
	for _, p := range parts {
		if p.Side != SideTo {
			continue
		}
		used, err := db.Count(ctx, q, `SELECT (SELECT COUNT(*) FROM membership WHERE unit_id = $1) + (SELECT COUNT(*) FROM cluster WHERE organiser_id = $1) + (SELECT COUNT(*) FROM movement WHERE organiser_id = $1)
			+ (SELECT COUNT(*) FROM assignment s WHERE s.unit_id = $1 AND s.to_day > s.from_day AND s.id NOT IN (SELECT e.row_id FROM unit_change_effect e WHERE e.change_id = $2))`, p.UnitID, c.ID)
		if err != nil {
			return err
		}
		if used > 0 {
			names, err := Names(ctx, q, c.Day, p.UnitID)
			if err != nil {
				return err
			}
			return fault.New(fault.Conflict, "{.unit} đã là thành viên cụm, khối, đã tổ chức cụm, khối hoặc đã có người được phân công, nên không hủy được. Nếu đơn vị đã thay đổi lần nữa, hãy ghi một thay đổi mới.", "unit", names[p.UnitID].Name)
		}
	}
	return nil
}

// restore puts one row right.
func (s *Service) restore(ctx context.Context, tx *db.Tx, by ledger.Change, c Change, e Effect) error {
	switch e.Kind {
	case "unit":
		return restored(ctx, tx, s.book, by, c, e, func(r *Unit) (clock.Day, *clock.Day) { return r.From, &r.To })
	case "unit_name":
		return restored(ctx, tx, s.book, by, c, e, func(r *Name) (clock.Day, *clock.Day) { return r.From, &r.To })
	case "unit_parent":
		return restored(ctx, tx, s.book, by, c, e, func(r *Parent) (clock.Day, *clock.Day) { return r.From, &r.To })
	case "unit_heir":
		return restored(ctx, tx, s.book, by, c, e, func(r *Heir) (clock.Day, *clock.Day) { return r.From, &r.To })
	case "assignment":
		return restored(ctx, tx, s.book, by, c, e, func(r *account.Assignment) (clock.Day, *clock.Day) { return r.From, &r.To })
	}
	return fmt.Errorf("org: a change had an effect on %q", e.Kind)
}

// restored gives a row the end that it had, or none of its days where the
// change made it. A row that somebody has changed since stays as it is: what a
// person's rights are was decided anew.
func restored[T any](ctx context.Context, tx *db.Tx, book *ledger.Book, by ledger.Change, c Change, e Effect, ends func(*T) (from clock.Day, to *clock.Day)) error {
	row, err := db.Get[T](ctx, tx, e.Kind, e.RowID)
	if err != nil {
		return err
	}
	from, to := ends(&row)
	switch {
	case e.Was == "":
		*to = from
	case *to == max(c.Day, from):
		*to = e.Was
	default:
		return nil
	}
	return book.Update(ctx, tx, by, e.Kind, &row)
}
