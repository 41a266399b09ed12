// Package org is the register of units (đơn vị): who exists from when to when,
// under which name, below whom. A unit keeps its identity through renames,
// merges and splits; what changes is dated.
package org

import (
	"context"
	"fmt"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Level is an administrative level; levels begin and end (the district level
// ended on 01/7/2025), so they are data with a source.
type Level struct {
	ID      string    `db:"id"`
	Version int64     `db:"version"`
	Name    string    `db:"name"`
	From    clock.Day `db:"from_day"`
	To      clock.Day `db:"to_day"`
	Source  string    `db:"source"`
}

// Kind is what sort of body a unit is.
type Kind string

const (
	Authority  Kind = "authority"  // UBND, bộ: organises clusters
	Department Kind = "department" // sở, ban, ngành
	Locality   Kind = "locality"   // huyện, xã, phường
	Board      Kind = "board"      // ban quản lý
	Fund       Kind = "fund"
	Union      Kind = "union" // liên minh, hội, đoàn thể
	Central    Kind = "central"
	Company    Kind = "company"
)

// Kinds in the order in which forms offer them.
var Kinds = []Kind{Department, Board, Fund, Union, Locality, Central, Company, Authority}

// Unit is a body with an identity of its own.
type Unit struct {
	ID      string    `db:"id"`
	Version int64     `db:"version"`
	Kind    Kind      `db:"kind"`
	LevelID string    `db:"level_id"`
	From    clock.Day `db:"from_day"`
	To      clock.Day `db:"to_day"`
}

// Name is what a unit is called in [From, To).
type Name struct {
	ID      string    `db:"id"`
	Version int64     `db:"version"`
	UnitID  string    `db:"unit_id"`
	Name    string    `db:"name"`
	Short   string    `db:"short_name"`
	Search  string    `db:"search"`
	SortKey []byte    `db:"sort_key"`
	From    clock.Day `db:"from_day"`
	To      clock.Day `db:"to_day"`
	Basis   string    `db:"basis"`
}

// Parent is the body above a unit in [From, To).
type Parent struct {
	ID       string    `db:"id"`
	Version  int64     `db:"version"`
	UnitID   string    `db:"unit_id"`
	ParentID string    `db:"parent_id"`
	From     clock.Day `db:"from_day"`
	To       clock.Day `db:"to_day"`
}

// Service is the register.
type Service struct {
	db    *db.DB
	book  *ledger.Book
	gate  *access.Gate
	now   clock.Clock
	seats func(ctx context.Context, q db.Queryer, units []string) ([]Seat, error)
}

// New makes the register.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, now clock.Clock) *Service {
	return &Service{db: d, book: book, gate: gate, now: now}
}

// NewUnit is a unit to be entered.
type NewUnit struct {
	Kind     Kind
	Level    string // id of the level
	Name     string
	Short    string
	ParentID string // may be empty
	From     clock.Day
	Basis    string // decision the name rests on
}

func (n *NewUnit) check() error {
	n.Name, n.Short, n.Basis = vntext.Line(n.Name), vntext.Line(n.Short), vntext.Line(n.Basis)
	if n.Short == "" {
		n.Short = n.Name
	}
	return fault.List(
		fault.When(n.Name == "", "name", "Chưa nhập tên đơn vị."),
		fault.When(len([]rune(n.Name)) > 200, "name", "Tên đơn vị dài quá 200 ký tự."),
		fault.When(!n.From.Valid(), "from", "Ngày bắt đầu không đúng. Hãy nhập như 01/01/2023."),
		fault.When(n.Level == "", "level", "Chưa chọn cấp hành chính."),
		fault.When(n.Kind == "", "kind", "Chưa chọn loại đơn vị."),
	)
}

// Create enters a unit with its first name.
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewUnit) (Unit, error) {
	if err := in.check(); err != nil {
		return Unit{}, err
	}
	var unit Unit
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.OrgManage, access.Record{}); err != nil {
			return err
		}
		var err error
		unit, _, err = s.create(ctx, tx, ledger.Change{By: actor, Action: "org.create", Reason: in.Basis}, in)
		return err
	})
	return unit, err
}

// create writes a checked unit with its first name and its parent, and tells
// the rows it made; the caller has checked the right to.
func (s *Service) create(ctx context.Context, tx *db.Tx, change ledger.Change, in NewUnit) (Unit, []Effect, error) {
	unit := Unit{ID: db.NewID(), Kind: in.Kind, LevelID: in.Level, From: in.From, To: clock.Forever}
	level, err := db.Get[Level](ctx, tx, "level", in.Level)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return unit, nil, err
	}
	if err := level.takes(in.From, err == nil); err != nil {
		return unit, nil, err
	}
	like, err := db.All[string](ctx, tx, `SELECT name FROM unit_name WHERE search LIKE $1 AND to_day > $2`, vntext.Fold(in.Name)+"%", in.From)
	if err != nil {
		return unit, nil, err
	}
	for _, other := range like {
		if strings.EqualFold(other, in.Name) { // both in one Unicode form; marks tell names apart
			return unit, nil, fault.Wrong("name", "Đã có đơn vị tên “{.name}”. Nếu là đơn vị khác, hãy ghi tên đầy đủ kèm địa phương.", "name", other)
		}
	}
	name := s.name(unit.ID, in.Name, in.Short, in.From, in.Basis)
	made := []Effect{{Kind: "unit", RowID: unit.ID}, {Kind: "unit_name", RowID: name.ID}}
	if err := s.book.Insert(ctx, tx, change, "unit", &unit); err != nil {
		return unit, nil, err
	}
	if err := s.book.Insert(ctx, tx, change, "unit_name", name); err != nil {
		return unit, nil, err
	}
	if in.ParentID == "" {
		return unit, made, nil
	}
	if _, err := db.Get[Unit](ctx, tx, "unit", in.ParentID); err != nil {
		return unit, nil, fault.Wrong("parent", "Đơn vị cấp trên không có trong danh mục.").Because(err)
	}
	above := &Parent{ID: db.NewID(), UnitID: unit.ID, ParentID: in.ParentID, From: in.From, To: clock.Forever}
	return unit, append(made, Effect{Kind: "unit_parent", RowID: above.ID}), s.book.Insert(ctx, tx, change, "unit_parent", above)
}

func (s *Service) name(unit, name, short string, from clock.Day, basis string) *Name {
	return &Name{ID: db.NewID(), UnitID: unit, Name: name, Short: short, Search: vntext.Fold(name + " " + short), SortKey: vntext.Key(name), From: from, To: clock.Forever, Basis: basis}
}

// Rename gives a unit another name from a day on; the old one ends that day.
func (s *Service) Rename(ctx context.Context, actor access.Actor, unitID, name, short string, from clock.Day, basis string) error {
	name, short, basis = vntext.Line(name), vntext.Line(short), vntext.Line(basis)
	if short == "" {
		short = name
	}
	if err := fault.List(
		fault.When(name == "", "name", "Chưa nhập tên mới."),
		fault.When(!from.Valid(), "from", "Ngày đổi tên không đúng. Hãy nhập như 01/01/2024."),
		fault.When(basis == "", "basis", "Chưa nhập căn cứ đổi tên (số, ngày văn bản)."),
	); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.OrgManage, access.Record{}); err != nil {
			return err
		}
		made, err := s.rename(ctx, tx, ledger.Change{By: actor, Action: "org.rename", Reason: basis}, unitID, name, short, from, basis)
		if err != nil {
			return err
		}
		r := &reform{Service: s, by: ledger.Change{By: actor, Action: "org.rename", Reason: basis}, did: made, parts: []Part{{UnitID: unitID, Side: SideUnit}}}
		r.out.Change = Change{ID: db.NewID(), Kind: Renamed, Day: from, Decision: basis}
		if err := s.book.Insert(ctx, tx, r.by, "unit_change", &r.out.Change); err != nil {
			return err
		}
		return r.write(ctx, tx)
	})
}

// rename ends the name of now and begins another, where it may.
func (s *Service) rename(ctx context.Context, tx *db.Tx, change ledger.Change, unitID, name, short string, from clock.Day, basis string) ([]Effect, error) {
	old, err := db.One[Name](ctx, tx, `SELECT `+db.Prefixed("n", Name{})+` FROM unit_name n WHERE unit_id = $1 AND to_day = $2`, unitID, clock.Forever)
	if err != nil {
		return nil, err
	}
	if from <= old.From {
		return nil, fault.Wrong("from", "Tên hiện nay có từ {.from}; tên mới phải bắt đầu sau ngày đó.", "from", old.From)
	}
	was := old.To
	old.To = from
	if err := s.book.Update(ctx, tx, change, "unit_name", &old); err != nil {
		return nil, err
	}
	next := s.name(unitID, name, short, from, basis)
	return []Effect{{Kind: "unit_name", RowID: old.ID, Was: was}, {Kind: "unit_name", RowID: next.ID}}, s.book.Insert(ctx, tx, change, "unit_name", next)
}

// AddLevel enters an administrative level.
func (s *Service) AddLevel(ctx context.Context, actor access.Actor, level Level) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.OrgManage, access.Record{}); err != nil {
			return err
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "org.level"}, "level", &level)
	})
}

// Levels lists the levels in force on a day.
func (s *Service) Levels(ctx context.Context, day clock.Day) ([]Level, error) {
	return db.All[Level](ctx, s.db, `SELECT `+db.Prefixed("l", Level{})+` FROM level l WHERE from_day <= $1 AND to_day > $1 ORDER BY id`, day)
}

// View is a unit under its name of a day.
type View struct {
	ID      string    `db:"id"`
	Kind    Kind      `db:"kind"`
	LevelID string    `db:"level_id"`
	Name    string    `db:"name"`
	Short   string    `db:"short_name"`
	From    clock.Day `db:"from_day"`
	To      clock.Day `db:"to_day"`
}

// Find lists units on a day, sorted as Vietnamese sorts; query is matched
// without regard to marks, empty for all.
func (s *Service) Find(ctx context.Context, day clock.Day, query string, limit int) ([]View, error) {
	if limit <= 0 || limit > 5000 {
		limit = 500
	}
	return db.All[View](ctx, s.db, fmt.Sprintf(`
		SELECT u.id, u.kind, u.level_id, n.name, n.short_name, u.from_day, u.to_day
		FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.from_day <= $1 AND n.to_day > $1
		WHERE u.from_day <= $1 AND u.to_day > $1 AND n.search LIKE $2
		ORDER BY n.sort_key LIMIT %d`, limit), day, "%"+vntext.Fold(query)+"%")
}

// History lists a unit's names, oldest first.
func (s *Service) History(ctx context.Context, unitID string) ([]Name, error) {
	return db.All[Name](ctx, s.db, `SELECT `+db.Prefixed("n", Name{})+` FROM unit_name n WHERE unit_id = $1 ORDER BY from_day`, unitID)
}

// Names maps unit ids to their names on a day. A unit that has no name on that
// day (not yet founded, already merged) appears under its nearest one.
func Names(ctx context.Context, q db.Queryer, day clock.Day, ids ...string) (map[string]View, error) {
	out := make(map[string]View, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), 400)
		marks, args := make([]string, n), []any{}
		for i, id := range ids[:n] {
			args = append(args, id)
			marks[i] = fmt.Sprintf("$%d", i+1)
		}
		ids = ids[n:]
		views, err := db.All[View](ctx, q, `
			SELECT u.id, u.kind, u.level_id, n.name, n.short_name, n.from_day, n.to_day
			FROM unit u JOIN unit_name n ON n.unit_id = u.id
			WHERE u.id IN (`+strings.Join(marks, ", ")+`) ORDER BY n.from_day`, args...)
		if err != nil {
			return nil, err
		}
		for _, v := range views {
			if _, ok := out[v.ID]; !ok || v.From <= day {
				out[v.ID] = v
			}
		}
	}
	return out, nil
}
