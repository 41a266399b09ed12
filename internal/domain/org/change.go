package org

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// ChangeKind is what happens to units on a day.
type ChangeKind string

const (
	Renamed   ChangeKind = "rename"
	Merged    ChangeKind = "merge"    // several into one: sáp nhập, hợp nhất
	Divided   ChangeKind = "split"    // one into several: chia, tách
	Dissolved ChangeKind = "dissolve" // giải thể, kết thúc hoạt động
	Moved     ChangeKind = "transfer" // under another parent
)

// Change is what happened to units on a day, and the paper it rests on.
type Change struct {
	ID       string     `db:"id"`
	Version  int64      `db:"version"`
	Kind     ChangeKind `db:"kind"`
	Day      clock.Day  `db:"day"` // the first day on which it holds
	Decision string     `db:"decision"`
}

// Side is how a unit takes part in a change.
type Side string

const (
	SideFrom   Side = "from"       // was merged, split or dissolved
	SideTo     Side = "to"         // came of it
	SideKeeps  Side = "keeps"      // was there before and goes on with more, or with less
	SideUnit   Side = "unit"       // was renamed or moved
	SideBefore Side = "old_parent" // of a unit that was moved
	SideAfter  Side = "new_parent"
)

// Part is a unit of a change.
type Part struct {
	ID       string `db:"id"`
	Version  int64  `db:"version"`
	ChangeID string `db:"change_id"`
	UnitID   string `db:"unit_id"`
	Side     Side   `db:"side"`
}

// Effect is a row that a change made, or ended: then Was is the day on which it
// would have ended without the change.
type Effect struct {
	ID       string    `db:"id"`
	Version  int64     `db:"version"`
	ChangeID string    `db:"change_id"`
	Kind     string    `db:"kind"` // table
	RowID    string    `db:"row_id"`
	Was      clock.Day `db:"was_day"`
}

// Heir goes on with what an ended unit had to do, in [From, To).
type Heir struct {
	ID       string    `db:"id"`
	Version  int64     `db:"version"`
	UnitID   string    `db:"unit_id"`
	HeirID   string    `db:"heir_id"`
	ChangeID string    `db:"change_id"`
	From     clock.Day `db:"from_day"`
	To       clock.Day `db:"to_day"`
}

// Seat is a unit's place in a year of a cluster that is not over.
type Seat struct {
	YearID, Cluster string // the cluster's name of the year
	Year            int
	UnitID          string
	Offices         []string // what the unit is there, in words: "Khối trưởng"; its heir is it for the rest of the term
	Forming         bool     // members may still be put in and taken out
}

// Seats tells the register who knows the clusters' years that are open; the
// room of clusters stands above this one.
func (s *Service) Seats(of func(ctx context.Context, q db.Queryer, units []string) ([]Seat, error)) {
	s.seats = of
}

// NewChange is a merge, a split, a dissolution or a transfer to be entered.
type NewChange struct {
	Kind  ChangeKind
	Day   clock.Day
	Basis string
	Units []string  // those merged; the one that is split, dissolved or moved
	New   []NewUnit // that come of it: one of a merge, or none where one goes on; any of a split. Day and basis are the change's
	Into  []string  // that were there before and go on with more: one of a merge, any of a split
	Name  string    // of a merge: what the one that goes on is called from then on; "" leaves it
	Short string
	Stays bool   // of a split: the unit itself goes on with less
	Heir  string // who goes on with the open years of a unit that ends: an id, or the name of a unit of New
	Under string // of a transfer: the new parent; "" for none
	Carry bool   // whoever works for a unit that ends does so for its heir
}

// Check tells what is wrong with a change by itself, without a look at the register.
func (n NewChange) Check() error { return n.check() }

func (n *NewChange) check() error {
	n.Basis, n.Name, n.Short, n.Heir = vntext.Line(n.Basis), vntext.Line(n.Name), vntext.Line(n.Short), vntext.Line(n.Heir)
	faults := []*fault.Error{
		fault.When(!n.Day.Valid(), "day", "Ngày có hiệu lực không đúng. Hãy nhập như 01/7/2025."),
		fault.When(n.Basis == "", "basis", "Chưa nhập căn cứ (số, ngày văn bản)."),
		fault.When(len([]rune(n.Basis)) > 500, "basis", "Căn cứ dài quá 500 ký tự."),
		fault.When(len(n.Units) == 0, "units", "Chưa chọn đơn vị."),
		fault.When(twice(n.Units) || twice(n.Into), "units", "Có đơn vị được chọn hai lần."),
		fault.When(len([]rune(n.Name)) > 200, "name", "Tên đơn vị dài quá 200 ký tự."),
	}
	n.Units = slices.DeleteFunc(slices.Clone(n.Units), func(u string) bool { return n.Kind == Merged && slices.Contains(n.Into, u) })
	all := len(n.Units) + len(n.Into)
	comes := len(n.New) + len(n.Into)
	switch n.Kind {
	case Merged:
		faults = append(faults,
			fault.When(comes != 1, "into", "Hãy chọn một đơn vị tiếp nhận, hoặc nhập tên đơn vị mới."),
			fault.When(len(n.Units) > 0 && all < 2, "units", "Sáp nhập cần ít nhất hai đơn vị. Nếu chỉ đổi tên, hãy mở trang của đơn vị đó, mục “Đổi tên”."),
		)
	case Divided:
		if n.Stays {
			comes++
		}
		faults = append(faults,
			fault.When(len(n.Units) > 1, "units", "Mỗi lần chỉ chia, tách một đơn vị."),
			fault.When(comes < 2, "new", "Chia, tách phải ra ít nhất hai đơn vị. Nếu chỉ đổi tên, hãy mở trang của đơn vị đó, mục “Đổi tên”."),
			fault.When(len(n.Units) == 1 && slices.Contains(n.Into, n.Units[0]), "units", "Có đơn vị được chọn hai lần."),
		)
	case Dissolved, Moved:
		faults = append(faults, fault.When(len(n.Units) > 1, "units", "Mỗi lần chỉ ghi thay đổi của một đơn vị."))
		n.New, n.Into, n.Stays = nil, nil, n.Kind == Moved
		if len(n.Units) == 1 && (n.Kind == Moved && n.Under == n.Units[0] || n.Heir == n.Units[0]) {
			faults = append(faults, fault.Wrong("under", "Đơn vị không thể trực thuộc, hoặc thay cho, chính mình."))
		}
	default:
		faults = append(faults, fault.Wrong("kind", "Hãy chọn: sáp nhập, chia tách, giải thể hoặc chuyển đơn vị trực thuộc."))
	}
	if err := fault.List(faults...); err != nil {
		return err
	}
	names := map[string]bool{}
	for i := range n.New {
		u := &n.New[i]
		u.From, u.Basis = n.Day, n.Basis
		if err := u.check(); err != nil {
			return err
		}
		if names[NameKey(u.Name)] {
			return fault.Wrong("name", "Hai đơn vị mới trùng tên “{.name}”.", "name", u.Name)
		}
		names[NameKey(u.Name)] = true
	}
	return nil
}

func twice(ids []string) bool {
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			return true
		}
		seen[id] = true
	}
	return false
}

// Grant is what an account held in a unit that ends.
type Grant struct {
	Account string // id
	Name    string // of the person
	UnitID  string
	Role    access.Role
	Carried bool // the person holds the same in the heir from that day on
}

// Outcome is what a change does, or would do.
type Outcome struct {
	Change Change
	Ended  []string // units
	Made   []Unit
	Heir   string // "" where nothing ends, and where nobody goes on
	Below  []string
	Grants []Grant
	Seats  []Seat // of units that end; the years go on, and the heir acts for the unit

	Unstaffed bool   // the heir has open years to go on with, and nobody enters data or signs for it
	Clusters  int    // how many clusters the units that end organise
	Unled     bool   // the heir has clusters to go on with, and nobody is of its standing body
	Own       string // a unit that ends, in which the actor is of the standing body; "" for none
}

// Apply enters a change: units end and begin on its day, names and parents with
// them; what accounts hold in a unit that ends, ends; the heir goes on with its
// open years. The years themselves stay as they were signed.
func (s *Service) Apply(ctx context.Context, actor access.Actor, in NewChange) (Outcome, error) {
	if err := in.check(); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.apply(ctx, tx, actor, in)
		return err
	})
	return out, err
}

// errPreview takes a transaction back that was only to show what it would do.
var errPreview = errors.New("org: preview")

// Preview tells what Apply would do, and refuses what Apply refuses. Nothing is
// written.
func (s *Service) Preview(ctx context.Context, actor access.Actor, in NewChange) (Outcome, error) {
	if err := in.check(); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.apply(ctx, tx, actor, in); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return out, err
}

// mustChange: a change ends rights and gives them, so every body whose clusters
// the units are in must be the actor's to act for, or the actor is an
// administrator.
func (s *Service) mustChange(ctx context.Context, q db.Queryer, actor access.Actor, units []string) error {
	if err := s.gate.Must(ctx, q, actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	barred, err := s.barred(ctx, q, actor, units)
	if err != nil || len(barred) == 0 {
		return err
	}
	for _, u := range units {
		if o := barred[u]; o != "" {
			return s.notYours(ctx, q, o)
		}
	}
	return nil
}

func (s *Service) notYours(ctx context.Context, q db.Queryer, organiser string) error {
	names, err := Names(ctx, q, clock.Today(s.now), organiser)
	if err != nil {
		return err
	}
	return fault.New(fault.Denied, "Thay đổi này chạm đến cụm, khối do {.organiser} tổ chức. Hãy để cơ quan thường trực ở đó hoặc người quản trị hệ thống ghi.", "organiser", names[organiser].Name)
}

// Barred tells which units the actor may not change, and the body that would
// have to: all of them that are in its clusters, and itself.
func (s *Service) Barred(ctx context.Context, actor access.Actor) (map[string]string, error) {
	return s.barred(ctx, s.db, actor, nil)
}

// barred is Barred among some units; among all where there are none.
func (s *Service) barred(ctx context.Context, q db.Queryer, actor access.Actor, units []string) (map[string]string, error) {
	type touch struct {
		Unit      string `db:"unit_id"`
		Organiser string `db:"organiser_id"`
	}
	in, args := "IS NOT NULL", []any(nil)
	if len(units) > 0 {
		in, args = list(units)
	}
	touched, err := db.All[touch](ctx, q, `SELECT m.unit_id, c.organiser_id FROM membership m JOIN cluster_year y ON y.id = m.year_id JOIN cluster c ON c.id = y.cluster_id WHERE m.unit_id `+in+`
		UNION SELECT c.organiser_id AS unit_id, c.organiser_id FROM cluster c WHERE c.organiser_id `+in+`
		UNION SELECT v.organiser_id AS unit_id, v.organiser_id FROM movement v WHERE v.organiser_id `+in+`
		UNION SELECT s.unit_id, s.unit_id AS organiser_id FROM assignment s WHERE s.role IN ('standing', 'council') AND s.unit_id `+in, args...)
	if err != nil {
		return nil, err
	}
	may, out := map[string]bool{}, map[string]string{}
	for _, t := range touched {
		ok, asked := may[t.Organiser]
		if !asked {
			if ok, err = s.gate.Can(ctx, q, actor, access.OrgManage, access.Record{Organiser: t.Organiser}); err != nil {
				return nil, err
			}
			may[t.Organiser] = ok
		}
		if !ok && out[t.Unit] == "" {
			out[t.Unit] = t.Organiser
		}
	}
	return out, nil
}

// effects writes what else a change did.
func (s *Service) effects(ctx context.Context, tx *db.Tx, by ledger.Change, id string, effects []Effect) error {
	ids := db.NewIDRange()
	for i := range effects {
		effects[i].ID, effects[i].ChangeID = ids.At(i), id
	}
	return s.book.InsertAll(ctx, tx, by, "unit_change_effect", effects)
}

// list is the condition that a column is one of the ids, as arguments from $1.
func list(ids []string) (string, []any) {
	marks, args := make([]string, len(ids)), make([]any, len(ids))
	for i, id := range ids {
		marks[i], args[i] = fmt.Sprintf("$%d", i+1), id
	}
	return "IN (" + strings.Join(marks, ", ") + ")", args
}
