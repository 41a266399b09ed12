package org

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Entrant is a unit of an import, under an id that others of the same import
// may already name as their parent. Ids are those of one db.IDRange, in order.
type Entrant struct {
	ID string
	NewUnit
}

// Check tells what a person who enters the unit would be told, but for its
// parent and other units of its name, which need the whole register.
func (n *NewUnit) Check(levels map[string]Level) error {
	if err := n.check(); err != nil {
		return err
	}
	level, there := levels[n.Level]
	return level.takes(n.From, there)
}

// takes tells whether a unit may begin on a day at the level.
func (l Level) takes(from clock.Day, there bool) error {
	switch {
	case !there:
		return fault.Wrong("level", "Cấp hành chính này không có trong danh mục.")
	case from >= l.To || from < l.From:
		return fault.Wrong("level", "Cấp “{.level}” chỉ có từ {.from} đến trước {.to}. Hãy chọn cấp khác hoặc sửa ngày bắt đầu.", "level", l.Name, "from", l.From, "to", l.To)
	}
	return nil
}

// AllLevels maps every level that ever was by its id.
func (s *Service) AllLevels(ctx context.Context, q db.Queryer) (map[string]Level, error) {
	rows, err := db.All[Level](ctx, q, `SELECT `+db.Prefixed("l", Level{})+` FROM level l`)
	out := make(map[string]Level, len(rows))
	for _, l := range rows {
		out[l.ID] = l
	}
	return out, err
}

// NameKey is the form in which two names are one: marks tell names apart,
// capitals do not.
func NameKey(name string) string { return strings.ToLower(name) }

// Register maps the names that units bear now or will bear to their units.
func (s *Service) Register(ctx context.Context, q db.Queryer) (map[string]string, error) {
	type row struct {
		UnitID string `db:"unit_id"`
		Name   string `db:"name"`
	}
	rows, err := db.All[row](ctx, q, `SELECT unit_id, name FROM unit_name WHERE to_day > $1`, clock.Today(s.now))
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[NameKey(r.Name)] = r.UnitID
	}
	return out, err
}

// EnterAll enters many units with their first names, in the caller's transaction.
func (s *Service) EnterAll(ctx context.Context, tx *db.Tx, actor access.Actor, in []Entrant) error {
	if err := s.gate.Must(ctx, tx, actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	levels, err := s.AllLevels(ctx, tx)
	if err != nil {
		return err
	}
	register, err := s.Register(ctx, tx)
	if err != nil {
		return err
	}
	mine := make(map[string]bool, len(in))
	for _, e := range in {
		mine[e.ID] = true
	}
	units, names, ids := make([]Unit, len(in)), make([]Name, len(in)), db.NewIDRange()
	var parents []Parent
	above := db.NewIDRange()
	for i, e := range in {
		if err := e.Check(levels); err != nil {
			return err
		}
		if _, there := register[NameKey(e.Name)]; there {
			return fault.Wrong("name", "Đã có đơn vị tên “{.name}”. Nếu là đơn vị khác, hãy ghi tên đầy đủ kèm địa phương.", "name", e.Name)
		}
		register[NameKey(e.Name)] = e.ID
		units[i] = Unit{ID: e.ID, Kind: e.Kind, LevelID: e.Level, From: e.From, To: clock.Forever}
		names[i] = *s.name(e.ID, e.Name, e.Short, e.From, e.Basis)
		names[i].ID = ids.At(i)
		if e.ParentID == "" {
			continue
		}
		if !mine[e.ParentID] {
			if _, err := db.Get[Unit](ctx, tx, "unit", e.ParentID); err != nil {
				return fault.Wrong("parent", "Đơn vị cấp trên không có trong danh mục.").Because(err)
			}
		}
		parents = append(parents, Parent{ID: above.At(len(parents)), UnitID: e.ID, ParentID: e.ParentID, From: e.From, To: clock.Forever})
	}
	change := ledger.Change{By: actor, Action: "org.import"}
	if err := s.book.InsertAll(ctx, tx, change, "unit", units); err != nil {
		return err
	}
	if err := s.book.InsertAll(ctx, tx, change, "unit_name", names); err != nil {
		return err
	}
	return s.book.InsertAll(ctx, tx, change, "unit_parent", parents)
}
