package org

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// reform is a change while it is carried out.
type reform struct {
	*Service
	by     ledger.Change
	in     NewChange
	names  map[string]View // of the day
	out    Outcome
	parts  []Part
	did    []Effect
	heirOf string
}

func (s *Service) apply(ctx context.Context, tx *db.Tx, actor access.Actor, in NewChange) (Outcome, error) {
	known := slices.Concat(in.Units, in.Into)
	for _, id := range []string{in.Under, in.Heir} {
		if n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM unit WHERE id = $1`, id); err != nil {
			return Outcome{}, err
		} else if n > 0 && !slices.Contains(known, id) {
			known = append(known, id)
		}
	}
	if err := s.mustChange(ctx, tx, actor, known); err != nil {
		return Outcome{}, err
	}
	r := &reform{Service: s, in: in, by: ledger.Change{By: actor, Action: "org.change", Reason: in.Basis}}
	r.out.Change = Change{ID: db.NewID(), Kind: in.Kind, Day: in.Day, Decision: in.Basis}
	var err error
	if r.names, err = Names(ctx, tx, in.Day, known...); err != nil {
		return Outcome{}, err
	}
	if err := r.stand(ctx, tx, known); err != nil {
		return Outcome{}, err
	}
	if err := s.book.Insert(ctx, tx, r.by, "unit_change", &r.out.Change); err != nil {
		return Outcome{}, err
	}
	steps := []func(context.Context, *db.Tx) error{r.end, r.begin, r.inherit, r.below, r.grants, r.staff, r.write}
	if in.Kind == Moved {
		steps = []func(context.Context, *db.Tx) error{r.move, r.write}
	}
	for _, step := range steps {
		if err := step(ctx, tx); err != nil {
			return Outcome{}, err
		}
	}
	return r.out, nil
}

// stand requires that the units of the change were there before its day and
// have no end.
func (r *reform) stand(ctx context.Context, tx *db.Tx, known []string) error {
	for _, id := range slices.Concat(r.in.Units, r.in.Into) {
		if !slices.Contains(known, id) || r.names[id].ID == "" {
			return fault.Wrong("units", "Đơn vị không có trong danh mục.")
		}
	}
	if r.in.Under != "" && r.names[r.in.Under].ID == "" {
		return fault.Wrong("under", "Đơn vị cấp trên không có trong danh mục.")
	}
	for _, id := range known {
		u, err := db.Get[Unit](ctx, tx, "unit", id)
		if err != nil {
			return err
		}
		field := "units"
		switch id {
		case r.in.Heir:
			field = "heir"
		case r.in.Under:
			field = "under"
		}
		if slices.Contains(r.in.Into, id) {
			field = "into"
		}
		switch {
		case u.To != clock.Forever:
			return fault.Wrong(field, "{.unit} đã kết thúc hoạt động từ {.day}. Hãy chọn đơn vị khác.", "unit", r.names[id].Name, "day", u.To)
		case u.From >= r.in.Day:
			return fault.Wrong("day", "{.unit} có từ {.from}; thay đổi phải sau ngày đó.", "unit", r.names[id].Name, "from", u.From)
		}
	}
	return nil
}

// end ends the units that end: themselves, their names and where they belonged.
func (r *reform) end(ctx context.Context, tx *db.Tx) error {
	for _, id := range r.in.Units {
		r.parts = append(r.parts, Part{UnitID: id, Side: SideFrom})
		if r.in.Stays {
			r.parts = append(r.parts, Part{UnitID: id, Side: SideKeeps})
			continue
		}
		r.out.Ended = append(r.out.Ended, id)
		u, err := db.Get[Unit](ctx, tx, "unit", id)
		if err != nil {
			return err
		}
		r.did = append(r.did, Effect{Kind: "unit", RowID: id, Was: u.To})
		u.To = r.in.Day
		if err := r.book.Update(ctx, tx, r.by, "unit", &u); err != nil {
			return err
		}
		names, err := db.All[Name](ctx, tx, `SELECT `+db.Prefixed("n", Name{})+` FROM unit_name n WHERE unit_id = $1 AND to_day > $2 ORDER BY from_day`, id, r.in.Day)
		if err != nil {
			return err
		}
		for _, n := range names {
			if n.From >= r.in.Day {
				return fault.Wrong("day", "{.unit} có tên hiện nay từ {.from}; thay đổi phải sau ngày đó.", "unit", n.Name, "from", n.From)
			}
			r.did = append(r.did, Effect{Kind: "unit_name", RowID: n.ID, Was: n.To})
			n.To = r.in.Day
			if err := r.book.Update(ctx, tx, r.by, "unit_name", &n); err != nil {
				return err
			}
		}
		if err := r.leave(ctx, tx, "unit_id", id); err != nil {
			return err
		}
	}
	return nil
}

// leave ends where units belong on the day; column says whose: those of the
// unit, or those below it.
func (r *reform) leave(ctx context.Context, tx *db.Tx, column, id string) error {
	rows, err := db.All[Parent](ctx, tx, `SELECT `+db.Prefixed("p", Parent{})+` FROM unit_parent p WHERE p.`+column+` = $1 AND p.to_day > $2 ORDER BY p.id`, id, r.in.Day)
	if err != nil {
		return err
	}
	for _, p := range rows {
		r.did = append(r.did, Effect{Kind: "unit_parent", RowID: p.ID, Was: p.To})
		p.To = max(r.in.Day, p.From)
		if err := r.book.Update(ctx, tx, r.by, "unit_parent", &p); err != nil {
			return err
		}
		if column == "parent_id" {
			r.out.Below = append(r.out.Below, p.UnitID)
		}
	}
	return nil
}

// begin enters what comes of the change.
func (r *reform) begin(ctx context.Context, tx *db.Tx) error {
	for _, n := range r.in.New {
		if slices.Contains(r.in.Units, n.ParentID) && !r.in.Stays {
			n.ParentID = ""
		}
		u, made, err := r.create(ctx, tx, r.by, n)
		if err != nil {
			return err
		}
		r.out.Made, r.did = append(r.out.Made, u), append(r.did, made...)
		r.parts = append(r.parts, Part{UnitID: u.ID, Side: SideTo})
		if NameKey(n.Name) == NameKey(r.in.Heir) {
			r.heirOf = u.ID
		}
	}
	for _, id := range r.in.Into {
		r.parts = append(r.parts, Part{UnitID: id, Side: SideKeeps})
		if r.in.Kind != Merged || r.in.Name == "" || r.in.Name == r.names[id].Name {
			continue
		}
		short := r.in.Short
		if short == "" {
			short = r.in.Name
		}
		did, err := r.rename(ctx, tx, r.by, id, r.in.Name, short, r.in.Day, r.in.Basis)
		if err != nil {
			return err
		}
		r.did = append(r.did, did...)
	}
	return nil
}

// inherit says who goes on with the open years of what ends. A merge leaves no
// choice; otherwise whoever enters the change is asked, where there is an open year.
func (r *reform) inherit(ctx context.Context, tx *db.Tx) error {
	if len(r.out.Ended) == 0 {
		return nil
	}
	switch {
	case r.in.Kind == Merged && len(r.in.Into) > 0:
		r.heirOf = r.in.Into[0]
	case r.in.Kind == Merged:
		r.heirOf = r.out.Made[0].ID
	case r.heirOf == "" && r.names[r.in.Heir].ID != "":
		r.heirOf = r.in.Heir
	case r.heirOf == "" && r.in.Heir != "":
		return fault.Wrong("heir", "Đơn vị tiếp tục công việc phải là một đơn vị trong danh mục, hoặc là một đơn vị mới của lần thay đổi này.")
	}
	r.out.Heir = r.heirOf
	if r.seats != nil {
		var err error
		if r.out.Seats, err = r.seats(ctx, tx, r.out.Ended); err != nil {
			return err
		}
	}
	if err := r.duties(ctx, tx); err != nil {
		return err
	}
	for _, id := range r.out.Ended {
		// Those whose heir it was get the new one, so that a reader takes one step.
		of := []string{id}
		earlier, err := db.All[Heir](ctx, tx, `SELECT `+db.Prefixed("h", Heir{})+` FROM unit_heir h WHERE h.heir_id = $1 AND h.to_day > $2 ORDER BY h.id`, id, r.in.Day)
		if err != nil {
			return err
		}
		for _, h := range earlier {
			r.did = append(r.did, Effect{Kind: "unit_heir", RowID: h.ID, Was: h.To})
			h.To = max(r.in.Day, h.From)
			if err := r.book.Update(ctx, tx, r.by, "unit_heir", &h); err != nil {
				return err
			}
			of = append(of, h.UnitID)
		}
		for _, unit := range of {
			if r.heirOf == "" || unit == r.heirOf {
				continue
			}
			h := Heir{ID: db.NewID(), UnitID: unit, HeirID: r.heirOf, ChangeID: r.out.Change.ID, From: r.in.Day, To: clock.Forever}
			r.did = append(r.did, Effect{Kind: "unit_heir", RowID: h.ID})
			if err := r.book.Insert(ctx, tx, r.by, "unit_heir", &h); err != nil {
				return err
			}
		}
	}
	return nil
}

// below puts what was under a unit that ends under its heir.
func (r *reform) below(ctx context.Context, tx *db.Tx) error {
	for _, id := range r.out.Ended {
		if err := r.leave(ctx, tx, "parent_id", id); err != nil {
			return err
		}
	}
	gone := slices.Concat(r.out.Ended, []string{r.heirOf})
	r.out.Below = slices.DeleteFunc(r.out.Below, func(u string) bool { return slices.Contains(gone, u) })
	if r.heirOf == "" {
		return nil
	}
	for _, unit := range r.out.Below {
		if err := r.under(ctx, tx, unit, r.heirOf); err != nil {
			return err
		}
	}
	return nil
}

func (r *reform) under(ctx context.Context, tx *db.Tx, unit, parent string) error {
	p := Parent{ID: db.NewID(), UnitID: unit, ParentID: parent, From: r.in.Day, To: clock.Forever}
	r.did = append(r.did, Effect{Kind: "unit_parent", RowID: p.ID})
	return r.book.Insert(ctx, tx, r.by, "unit_parent", &p)
}

// grants ends what accounts hold in a unit that ends; where the change says so,
// those who enter data or sign for it do so for the heir. Rights over an
// organiser's clusters are never carried: an administrator gives them.
func (r *reform) grants(ctx context.Context, tx *db.Tx) error {
	type held struct {
		account.Assignment
		Person string `db:"person"`
	}
	for _, id := range r.out.Ended {
		rows, err := db.All[held](ctx, tx, `SELECT `+db.Prefixed("s", account.Assignment{})+`, a.name AS person FROM assignment s JOIN account a ON a.id = s.account_id
			WHERE s.unit_id = $1 AND s.to_day > $2 ORDER BY s.id`, id, r.in.Day)
		if err != nil {
			return err
		}
		for _, h := range rows {
			a := h.Assignment
			r.did = append(r.did, Effect{Kind: "assignment", RowID: a.ID, Was: a.To})
			goes := account.Assignment{ID: db.NewID(), AccountID: a.AccountID, UnitID: r.heirOf, Role: a.Role, From: max(r.in.Day, a.From), To: a.To, Basis: r.in.Basis}
			a.To = max(r.in.Day, a.From)
			if err := r.book.Update(ctx, tx, r.by, "assignment", &a); err != nil {
				return err
			}
			g := Grant{Account: a.AccountID, Name: h.Person, UnitID: id, Role: a.Role}
			if r.in.Carry && r.heirOf != "" && (a.Role == access.Officer || a.Role == access.Head) {
				g.Carried = true
				same, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM assignment WHERE account_id = $1 AND unit_id = $2 AND role = $3 AND from_day < $4 AND to_day > $5`, a.AccountID, r.heirOf, a.Role, goes.To, goes.From)
				if err != nil {
					return err
				}
				if same == 0 {
					r.did = append(r.did, Effect{Kind: "assignment", RowID: goes.ID})
					if err := r.book.Insert(ctx, tx, r.by, "assignment", &goes); err != nil {
						return err
					}
				}
			}
			r.out.Grants = append(r.out.Grants, g)
		}
	}
	return nil
}

// move ends where the unit belongs and puts it under the other parent.
func (r *reform) move(ctx context.Context, tx *db.Tx) error {
	unit := r.in.Units[0]
	r.parts = append(r.parts, Part{UnitID: unit, Side: SideUnit})
	old, there, err := db.Maybe[Parent](ctx, tx, `SELECT `+db.Prefixed("p", Parent{})+` FROM unit_parent p WHERE p.unit_id = $1 AND p.to_day = $2`, unit, clock.Forever)
	if err != nil {
		return err
	}
	if there {
		r.parts = append(r.parts, Part{UnitID: old.ParentID, Side: SideBefore})
		if old.From >= r.in.Day {
			return fault.Wrong("day", "{.unit} có đơn vị cấp trên hiện nay từ {.from}; thay đổi phải sau ngày đó.", "unit", r.names[unit].Name, "from", old.From)
		}
	}
	if there && old.ParentID == r.in.Under || !there && r.in.Under == "" {
		return fault.Wrong("under", "Đơn vị đang trực thuộc đúng nơi này rồi.")
	}
	// A circle of parents has no top.
	for above := r.in.Under; above != ""; {
		if above == unit {
			return fault.Wrong("under", "{.under} đang trực thuộc {.unit} nên không thể là cấp trên.", "under", r.names[r.in.Under].Name, "unit", r.names[unit].Name)
		}
		if above, _, err = db.Maybe[string](ctx, tx, `SELECT parent_id FROM unit_parent WHERE unit_id = $1 AND to_day = $2`, above, clock.Forever); err != nil {
			return err
		}
	}
	if err := r.leave(ctx, tx, "unit_id", unit); err != nil {
		return err
	}
	if r.in.Under == "" {
		return nil
	}
	r.parts = append(r.parts, Part{UnitID: r.in.Under, Side: SideAfter})
	return r.under(ctx, tx, unit, r.in.Under)
}

// write keeps who took part, and what else was done.
func (r *reform) write(ctx context.Context, tx *db.Tx) error {
	ids := db.NewIDRange()
	for i := range r.parts {
		r.parts[i].ID, r.parts[i].ChangeID = ids.At(i), r.out.Change.ID
	}
	if err := r.book.InsertAll(ctx, tx, r.by, "unit_change_part", r.parts); err != nil {
		return err
	}
	return r.effects(ctx, tx, r.by, r.out.Change.ID, r.did)
}
