package org_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

const resolution = "Nghị quyết 45/NQ-HĐND ngày 20/02/2023"

func merge(day clock.Day, units ...string) org.NewChange {
	return org.NewChange{Kind: org.Merged, Day: day, Basis: resolution, Units: units, New: []org.NewUnit{{Kind: org.Department, Level: "tinh", Name: "Sở Số 1 mới"}}}
}

func TestAMergeEndsWhatItMergesAndTheHeirGoesOn(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		b := h.Block(3)
		under := h.Unit("Trung tâm")
		move, err := h.Org.Apply(ctx, h.Standing, org.NewChange{Kind: org.Moved, Day: "2023-01-10", Basis: "QĐ 1", Units: []string{under.ID}, Under: b.Units[1].ID})
		h.Check(err)
		if move.Change.Kind != org.Moved {
			t.Errorf("moved %+v", move)
		}
		in := merge("2023-03-01", b.Units[0].ID, b.Units[1].ID)
		in.Carry = true
		would, err := h.Org.Preview(ctx, h.Standing, in)
		h.Check(err)
		before, err := db.Count(ctx, d, `SELECT COUNT(*) FROM unit_change`)
		h.Check(err)
		done, err := h.Org.Apply(ctx, h.Standing, in)
		h.Check(err)
		if before != 1 || len(would.Grants) != len(done.Grants) || len(would.Seats) != len(done.Seats) {
			t.Errorf("%d changes after looking; looked %+v, did %+v", before, would, done)
		}
		x := done.Made[0].ID
		if !slices.Equal(done.Ended, []string{b.Units[0].ID, b.Units[1].ID}) || done.Heir != x || !slices.Equal(done.Below, []string{under.ID}) || len(done.Grants) != 4 || len(done.Seats) != 2 {
			t.Errorf("done %+v", done)
		}

		for day, want := range map[clock.Day][2]int{"2023-02-28": {3, 0}, "2023-03-01": {1, 1}} {
			old, err := h.Org.Find(ctx, day, "Sở Số", 0)
			h.Check(err)
			made := 0
			for _, v := range old {
				if v.ID == x {
					made++
				}
			}
			if len(old)-made != want[0] || made != want[1] {
				t.Errorf("on %s there are %+v", day, old)
			}
		}
		// Until the day everybody holds what they held; from it on those of the
		// new unit go on with the old ones' years, and sit in it.
		held, err := h.Gate.Units(ctx, d, b.Officers[0])
		h.Check(err)
		if !slices.Equal(held, []string{b.Units[0].ID}) {
			t.Errorf("held before the day: %v", held)
		}
		h.Clock.To("2023-03-01")
		held, err = h.Gate.Units(ctx, d, b.Officers[0])
		h.Check(err)
		want := []string{b.Units[0].ID, b.Units[1].ID, x}
		slices.Sort(want)
		if !slices.Equal(held, want) {
			t.Errorf("held from the day on: %v, want %v", held, want)
		}
		leads, err := h.Gate.Can(ctx, d, b.Officers[1], access.DraftWrite, access.Record{Year: b.Year.ID})
		h.Check(err)
		if !leads {
			t.Error("the heir of the leader does not lead the year")
		}
		members, err := h.Years.Members(ctx, d, b.Year)
		h.Check(err)
		if len(members) != 3 || members[0].Name != "Sở Số 1" {
			t.Errorf("the year's members are %+v", members)
		}
		ends, err := org.Ends(ctx, d, b.Units[0].ID, b.Units[2].ID)
		h.Check(err)
		if e := ends[b.Units[0].ID]; len(ends) != 1 || e.Heir != x || e.Step == nil || e.Step.Decision != resolution {
			t.Errorf("ends %+v", ends)
		}

		// What ended cannot be put into a year any more; the next year has the heir.
		err = h.Years.AddMember(ctx, h.Standing, b.Year.ID, b.Units[0].ID, "")
		if f := fault.As(err); f == nil || f.Field != "unit" {
			t.Errorf("adding what has ended: %v", err)
		}
		next, err := cluster.Year{}, error(nil)
		h.Check(d.InTx(ctx, func(tx *db.Tx) error {
			next, err = h.Years.OpenNext(ctx, tx, h.Standing, b.Year.ID, cluster.Next{Basis: "Hội nghị", Leader: cluster.NewTerm{UnitID: b.Units[1].ID, Basis: cluster.Elected, Reference: "Hội nghị"}})
			return err
		}))
		members, err = h.Years.Members(ctx, d, next)
		h.Check(err)
		if len(members) != 2 || members[0].UnitID != x || members[0].Name != "Sở Số 1 mới" || len(members[0].Offices) != 1 {
			t.Errorf("the next year's members are %+v", members)
		}
		if overlaps, err := db.Count(ctx, d, `SELECT COUNT(*) FROM unit_parent a JOIN unit_parent b ON a.unit_id = b.unit_id AND a.id < b.id AND a.from_day < b.to_day AND b.from_day < a.to_day`); err != nil || overlaps != 0 {
			t.Errorf("%d overlapping parents, %v", overlaps, err)
		}
		people := account.New(d, h.Book, h.Gate, h.Clock)
		if _, err := people.Assign(ctx, h.Admin, h.Stranger.Account, account.NewAssignment{UnitID: b.Units[0].ID, Role: access.Officer, From: "2023-03-02"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("an assignment in what has ended: %v", err)
		}
	})
}

func TestUndoPutsBackWhatAChangeEnded(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		a, b, c := h.Unit("Sở A"), h.Unit("Sở B"), h.Unit("Sở C")
		who := h.Officer(a)
		type end struct {
			ID  string    `db:"id"`
			Day clock.Day `db:"to_day"`
		}
		state := func() []end {
			t.Helper()
			rows, err := db.All[end](ctx, d, `SELECT id, to_day FROM unit WHERE to_day > from_day UNION ALL SELECT id, to_day FROM unit_name WHERE to_day > from_day UNION ALL SELECT id, to_day FROM assignment WHERE to_day > from_day
				UNION ALL SELECT id, to_day FROM unit_parent WHERE to_day > from_day UNION ALL SELECT id, to_day FROM unit_heir WHERE to_day > from_day ORDER BY id`)
			h.Check(err)
			return rows
		}
		was := state()
		in := merge("2023-02-01", a.ID)
		in.New, in.Into, in.Name, in.Carry = nil, []string{b.ID}, "Sở A và B", true
		done, err := h.Org.Apply(ctx, h.Standing, in)
		h.Check(err)
		second, err := h.Org.Apply(ctx, h.Standing, org.NewChange{Kind: org.Dissolved, Day: "2023-02-02", Basis: "QĐ 2", Units: []string{b.ID}, Heir: c.ID})
		h.Check(err)
		h.Clock.To("2023-02-03")
		if held, err := h.Gate.Units(ctx, d, h.Officer(c)); err != nil || len(held) != 3 {
			t.Errorf("the heir of an heir goes on for %v, %v", held, err)
		}
		if err := h.Org.Undo(ctx, h.Standing, done.Change.ID, done.Change.Version, "nhầm"); !fault.Is(err, fault.Conflict) {
			t.Errorf("undoing what a later change rests on: %v", err)
		}
		if err := h.Org.Undo(ctx, h.Officer(c), second.Change.ID, second.Change.Version, "nhầm"); !fault.Is(err, fault.Denied) {
			t.Errorf("undone by an officer: %v", err)
		}
		if err := h.Org.Undo(ctx, h.Standing, second.Change.ID, second.Change.Version, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("undone without a reason: %v", err)
		}
		h.Check(h.Org.Undo(ctx, h.Standing, second.Change.ID, second.Change.Version, "nhầm"))
		if err := h.Org.Undo(ctx, h.Standing, second.Change.ID, second.Change.Version+1, "nhầm"); !fault.Is(err, fault.Conflict) {
			t.Errorf("undone twice: %v", err)
		}
		h.Check(h.Org.Undo(ctx, h.Standing, done.Change.ID, done.Change.Version, "nhầm"))
		now := state()
		now = slices.DeleteFunc(now, func(e end) bool { return !slices.ContainsFunc(was, func(o end) bool { return o.ID == e.ID }) })
		if !slices.Equal(was, now) {
			t.Errorf("before %v\nafter %v", was, now)
		}
		if held, err := h.Gate.Units(ctx, d, who); err != nil || !slices.Equal(held, []string{a.ID}) {
			t.Errorf("the officer holds %v, %v", held, err)
		}
		steps, err := h.Org.Changes(ctx, b.ID)
		h.Check(err)
		if len(steps) != 2 || steps[0].Undone == nil || steps[0].Undone.Reason != "nhầm" {
			t.Errorf("the trace is %+v", steps)
		}
		if d, err := org.DescentOf(ctx, d, b.ID); err != nil || !d.Empty() {
			t.Errorf("a descent of what was undone: %+v, %v", d, err)
		}
		h.Check(h.Org.Rename(ctx, h.Standing, c.ID, "Sở C mới", "", "2023-02-01", "QĐ 3"))
		steps, err = h.Org.Changes(ctx, c.ID)
		h.Check(err)
		h.Check(h.Org.Undo(ctx, h.Standing, steps[0].ID, steps[0].Version, "nhầm"))
		if names, err := h.Org.Find(ctx, "2023-02-03", "Sở C", 0); err != nil || len(names) != 1 || names[0].Name != "Sở C" {
			t.Errorf("the name is %+v, %v", names, err)
		}
	})
}

func TestASplitAsksWhoGoesOn(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		b := h.Block(2)
		in := org.NewChange{Kind: org.Divided, Day: "2023-02-01", Basis: resolution, Units: []string{b.Units[1].ID},
			New: []org.NewUnit{{Kind: org.Department, Level: "tinh", Name: "Sở Hai Một"}, {Kind: org.Department, Level: "tinh", Name: "Sở Hai Hai"}}}
		_, err := h.Org.Apply(ctx, h.Standing, in)
		if f := fault.As(err); f == nil || f.Field != "heir" {
			t.Fatalf("nobody goes on with an open year: %v", err)
		}
		in.Heir = "Sở Hai Hai"
		out, err := h.Org.Apply(ctx, h.Standing, in)
		h.Check(err)
		if len(out.Made) != 2 || out.Heir != out.Made[1].ID {
			t.Errorf("split %+v", out)
		}
		descent, err := org.DescentOf(ctx, d, out.Made[0].ID)
		h.Check(err)
		if m := descent.On(out.Made[0].ID, "2022-12-31"); !m.Lost || len(m.Units) != 0 || !slices.Equal(m.Wholes, []string{b.Units[1].ID}) {
			t.Errorf("made of %+v", m)
		}
		if m := descent.On(out.Made[0].ID, "2023-02-01"); len(m.Steps) != 0 {
			t.Errorf("on the day made of %+v", m)
		}
		in = org.NewChange{Kind: org.Divided, Day: "2023-02-01", Basis: resolution, Units: []string{b.Units[0].ID}, Stays: true, New: []org.NewUnit{{Kind: org.Department, Level: "tinh", Name: "Chi cục Tách ra"}}}
		out, err = h.Org.Apply(ctx, h.Standing, in)
		h.Check(err)
		if len(out.Ended) != 0 || len(out.Seats) != 0 {
			t.Errorf("what stays ended: %+v", out)
		}
	})
}

func TestNobodyLeavesDutiesToNobody(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		b := h.Block(2)
		other, plain := h.Unit("UBND tỉnh Bạn"), h.Unit("Sở Không việc")
		abroad := h.Person("Chuyên viên tỉnh bạn", access.Standing, other.ID)
		end := func(unit, heir string, carry bool) org.NewChange {
			return org.NewChange{Kind: org.Dissolved, Day: "2023-02-01", Basis: "QĐ 1", Units: []string{unit}, Heir: heir, Carry: carry}
		}
		for name, try := range map[string]struct {
			actor access.Actor
			unit  string
			says  string
		}{
			"organises": {h.Standing, h.Organiser.ID, "{.unit} đang tổ chức {.n} cụm, khối"},
			"by admin":  {h.Admin, h.Organiser.ID, "{.unit} đang tổ chức {.n} cụm, khối"},
			"leads":     {h.Standing, b.Units[0].ID, "{.unit} đang là {.office} của {.cluster}"},
			"own role":  {abroad, other.ID, "Vai trò cơ quan thường trực của chính bạn"},
		} {
			_, err := h.Org.Preview(ctx, try.actor, end(try.unit, "", false))
			if f := fault.As(err); err == nil || f.Field != "heir" || !strings.HasPrefix(f.Text, try.says) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := h.Org.Preview(ctx, h.Admin, end(other.ID, "", false))
		h.Check(err)

		out, err := h.Org.Preview(ctx, h.Standing, end(h.Organiser.ID, plain.ID, true))
		h.Check(err)
		if out.Own != h.Organiser.ID || !out.Unled || out.Unstaffed || out.Clusters != 1 {
			t.Errorf("ending the actor's own body: %+v", out)
		}
		for carry, want := range map[bool]bool{true: false, false: true} {
			out, err := h.Org.Preview(ctx, h.Standing, end(b.Units[0].ID, plain.ID, carry))
			h.Check(err)
			if out.Unstaffed != want || out.Unled || len(out.Seats) != 1 || !slices.Equal(out.Seats[0].Offices, []string{"Khối trưởng"}) {
				t.Errorf("carried %v: %+v", carry, out)
			}
		}
		barred, err := h.Org.Barred(ctx, abroad)
		h.Check(err)
		if barred[b.Units[1].ID] != h.Organiser.ID || barred[h.Organiser.ID] == "" || barred[other.ID] != "" || barred[plain.ID] != "" {
			t.Errorf("barred to another body: %v", barred)
		}
		if barred, err := h.Org.Barred(ctx, h.Admin); err != nil || len(barred) != 0 {
			t.Errorf("barred to an administrator: %v, %v", barred, err)
		}
	})
}

func TestWhatChangesAreRefused(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		a, b, c := h.Unit("Sở A"), h.Unit("Sở B"), h.Unit("Sở C")
		gone, err := h.Org.Apply(ctx, h.Standing, org.NewChange{Kind: org.Dissolved, Day: "2023-01-05", Basis: "QĐ", Units: []string{h.Unit("Sở Cũ").ID}})
		h.Check(err)
		h.Check(func() error {
			_, err := h.Org.Apply(ctx, h.Standing, org.NewChange{Kind: org.Moved, Day: "2023-01-05", Basis: "QĐ", Units: []string{c.ID}, Under: a.ID})
			return err
		}())
		other := h.Unit("UBND tỉnh Bạn")
		abroad := h.Person("Chuyên viên tỉnh bạn", access.Standing, other.ID)
		block := h.Block(2)
		for name, try := range map[string]struct {
			alter func(*org.NewChange)
			actor access.Actor
			code  fault.Code
			field string
		}{
			"no day":           {func(n *org.NewChange) { n.Day = "2023-02-30" }, h.Standing, fault.Invalid, "day"},
			"no basis":         {func(n *org.NewChange) { n.Basis = " " }, h.Standing, fault.Invalid, "basis"},
			"one alone":        {func(n *org.NewChange) { n.Units = []string{a.ID} }, h.Standing, fault.Invalid, "units"},
			"twice the same":   {func(n *org.NewChange) { n.Units = []string{a.ID, a.ID} }, h.Standing, fault.Invalid, "units"},
			"into nothing":     {func(n *org.NewChange) { n.New = nil }, h.Standing, fault.Invalid, "into"},
			"into two":         {func(n *org.NewChange) { n.Into = []string{c.ID} }, h.Standing, fault.Invalid, "into"},
			"no such unit":     {func(n *org.NewChange) { n.Units = []string{a.ID, "x"} }, h.Standing, fault.Invalid, "units"},
			"ended already":    {func(n *org.NewChange) { n.Units = []string{a.ID, gone.Ended[0]} }, h.Standing, fault.Invalid, "units"},
			"before it began":  {func(n *org.NewChange) { n.Day = "1999-01-01" }, h.Standing, fault.Invalid, "day"},
			"a name that is":   {func(n *org.NewChange) { n.New[0].Name = "Sở C" }, h.Standing, fault.Invalid, "name"},
			"a name that ends": {func(n *org.NewChange) { n.New[0].Name = "Sở A" }, h.Standing, "", ""},
			"split into one":   {func(n *org.NewChange) { n.Kind, n.Units = org.Divided, []string{a.ID} }, h.Standing, fault.Invalid, "new"},
			"under itself":     {func(n *org.NewChange) { n.Kind, n.Units, n.Under = org.Moved, []string{a.ID}, a.ID }, h.Standing, fault.Invalid, "under"},
			"a circle":         {func(n *org.NewChange) { n.Kind, n.Units, n.Under = org.Moved, []string{a.ID}, c.ID }, h.Standing, fault.Invalid, "under"},
			"where it is":      {func(n *org.NewChange) { n.Kind, n.Units, n.Under = org.Moved, []string{c.ID}, a.ID }, h.Standing, fault.Invalid, "under"},
			"heir of itself":   {func(n *org.NewChange) { n.Kind, n.Units, n.Heir = org.Dissolved, []string{a.ID}, a.ID }, h.Standing, fault.Invalid, "under"},
			"an unknown heir":  {func(n *org.NewChange) { n.Kind, n.Units, n.Heir = org.Dissolved, []string{a.ID}, "x" }, h.Standing, fault.Invalid, "heir"},
			"no kind":          {func(n *org.NewChange) { n.Kind = "x" }, h.Standing, fault.Invalid, "kind"},
			"by an officer":    {func(*org.NewChange) {}, h.Officer(a), fault.Denied, ""},
			"of another body":  {func(n *org.NewChange) { n.Units = []string{a.ID, block.Units[0].ID} }, abroad, fault.Denied, ""},
			"another body":     {func(n *org.NewChange) { n.Units, n.Into, n.New = []string{h.Organiser.ID}, []string{other.ID}, nil }, abroad, fault.Denied, ""},
		} {
			in := merge("2023-02-01", a.ID, b.ID)
			try.alter(&in)
			_, err := h.Org.Preview(ctx, try.actor, in)
			if try.code == "" {
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			if f := fault.As(err); f == nil || f.Code != try.code || f.Field != try.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM unit_change`)
		h.Check(err)
		if n != 2 {
			t.Errorf("%d changes were written by looking", n)
		}
	})
}
