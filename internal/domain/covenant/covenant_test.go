package covenant

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

const text = `GIAO ƯỚC THI ĐUA NĂM 2023

Các đơn vị trong khối thống nhất các chỉ tiêu sau:
- Tổng kim ngạch xuất nhập khẩu là 93.262 triệu USD; trong đó kim ngạch xuất khẩu là 50.870 triệu USD; kim ngạch nhập khẩu là 42.392 triệu USD.
- Tỷ lệ đô thị hóa 45%.
- Tỷ lệ lao động qua đào tạo 78%.`

type room struct {
	*block.Block
	t      *testing.T
	s      *Service
	drafts *draft.Service
	ind    *indicator.Service
}

func (r room) Lock(context.Context, *db.Tx, access.Actor, string) error { return nil }

func begin(t *testing.T, d *db.DB) room {
	b := block.New(t, d)
	r := room{Block: b, t: t}
	r.drafts = draft.New(d, b.Book, b.Gate, b.Years, r, b.Clock)
	r.ind = indicator.New(d, b.Book, b.Gate, b.Years, b.Clock)
	r.s = New(d, b.Book, b.Gate, b.Years, r.drafts, r.ind, b.Clock)
	b.State(t, cluster.Drafting)
	return r
}

func (r room) write(body string) draft.Version {
	r.t.Helper()
	v, err := r.drafts.Write(context.Background(), r.Officers[0], r.Year.ID, draft.Covenant, draft.Text{Text: body})
	r.Check(err)
	return v
}

func (r room) circulate(v draft.Version) draft.Version {
	r.t.Helper()
	v, err := r.drafts.Circulate(context.Background(), r.Officers[0], v.ID, v.Version)
	r.Check(err)
	return v
}

func (r room) targets(v draft.Version) []Target {
	r.t.Helper()
	all, err := r.s.Targets(context.Background(), r.DB, v.ID)
	r.Check(err)
	return all
}

func names(ts []Target) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Name+"="+t.Low)
	}
	return strings.Join(out, "|")
}

func TestTargetsOfATextAndTheNext(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		leader := r.Officers[0]
		v := r.write(text)
		ts := r.targets(v)
		if len(ts) != 5 || ts[1].PartOf != ts[0].ID || ts[2].PartOf != ts[0].ID || ts[3].Line != 5 {
			t.Fatalf("read %+v", ts)
		}
		view, err := r.s.View(ctx, d, v)
		if err != nil || len(view.Checks) != 1 || !view.Checks[0].OK || len(view.Lines[3].Targets) != 3 {
			t.Fatalf("view %+v %v", view, err)
		}

		// Corrections: by the leader, over the version seen, for members only.
		e := Entry{Entry: ts[2].Edit("vi")}
		e.Low = "42.391"
		_, err = r.s.EditTarget(ctx, r.Officers[2], ts[2].ID, ts[2].Version, e)
		block.Want(t, err, fault.NotFound) // not circulated: not theirs to see
		if _, err = r.s.EditTarget(ctx, leader, ts[2].ID, ts[2].Version, e); err != nil {
			t.Fatal(err)
		}
		_, err = r.s.EditTarget(ctx, leader, ts[2].ID, ts[2].Version, e)
		block.Want(t, err, fault.Stale)
		if view, err = r.s.View(ctx, d, v); err != nil || view.Checks[0].OK || view.Checks[0].Got != "93261" {
			t.Errorf("sums follow corrections: %+v %v", view.Checks, err)
		}
		e.Low, e.ReporterID = "42.392", "nobody"
		_, err = r.s.EditTarget(ctx, leader, ts[2].ID, ts[2].Version+1, e)
		block.Want(t, err, fault.Invalid, "reporter")
		e.ReporterID = r.Units[2]
		if _, err = r.s.EditTarget(ctx, leader, ts[2].ID, ts[2].Version+1, e); err != nil {
			t.Fatal(err)
		}
		hand, err := r.s.AddTarget(ctx, leader, v.ID, Entry{Entry: indicator.Entry{Name: "trường hợp tử vong", Relation: target.None}, UnitID: r.Units[1]})
		if err != nil {
			t.Fatal(err)
		}

		// Editing the text: lines that stay keep their targets, rows and all.
		edited, err := r.drafts.Edit(ctx, leader, v.ID, v.Version, draft.Text{Text: strings.Replace(strings.Replace(text, "45%", "46%", 1), "\n\n", "\nSố: 01\n\n", 1)})
		if err != nil {
			t.Fatal(err)
		}
		now := r.targets(edited)
		if got := names(now); got != "Tổng kim ngạch xuất nhập khẩu=93262|kim ngạch xuất khẩu=50870|kim ngạch nhập khẩu=42392|Tỷ lệ đô thị hóa=46|Tỷ lệ lao động qua đào tạo=78|trường hợp tử vong=" {
			t.Fatalf("after the edit: %s", got)
		}
		if now[0].ID != ts[0].ID || now[0].Line != 5 || now[2].ReporterID != r.Units[2] || now[3].ID == ts[3].ID || now[5].ID != hand.ID {
			t.Errorf("rows %+v", now)
		}

		// The next version takes over what is unchanged, as rows of its own.
		edited = r.circulate(edited)
		_, err = r.s.AddTarget(ctx, leader, edited.ID, Entry{Entry: indicator.Entry{Name: "A", Relation: target.None}})
		block.Want(t, err, fault.Conflict)
		block.Want(t, r.s.RemoveTarget(ctx, leader, now[0].ID, now[0].Version), fault.Conflict)
		next := r.write(strings.Replace(edited.Text, "78%", "79%", 1))
		then := r.targets(next)
		if len(then) != 6 || then[2].ReporterID != r.Units[2] || then[2].PartOf != then[0].ID || then[0].ID == now[0].ID || then[4].Low != "79" || then[5].UnitID != r.Units[1] {
			t.Errorf("next version %+v", then)
		}
		if got := r.targets(edited); names(got) != names(now) {
			t.Errorf("the circulated version changed: %s", names(got))
		}
		if err := r.s.RemoveTarget(ctx, leader, then[0].ID, then[0].Version); err != nil {
			t.Fatal(err)
		}
		if then = r.targets(next); then[0].PartOf != "" {
			t.Errorf("a part of nothing: %+v", then[0])
		}
		plan, err := r.drafts.Write(ctx, leader, r.Year.ID, draft.Plan, draft.Text{Text: text})
		if err != nil || len(r.targets(plan)) != 0 {
			t.Errorf("only covenants have targets: %v", err)
		}
		_, err = r.s.AddTarget(ctx, leader, plan.ID, Entry{Entry: indicator.Entry{Name: "A", Relation: target.None}})
		block.Want(t, err, fault.NotFound)
	})
}

func TestSigning(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		year := r.Year.ID
		v := r.circulate(r.write(text))
		_, err := r.s.Sign(ctx, r.Heads[1], year, Sign{UnitID: r.Units[1], Hash: v.Hash})
		block.Want(t, err, fault.Conflict) // not adopted
		paper, err := r.drafts.Adopt(ctx, r.Officers[0], v.ID, r.Meeting(t), 1)
		if err != nil {
			t.Fatal(err)
		}
		for what, c := range map[string]struct {
			by   access.Actor
			in   Sign
			code fault.Code
		}{
			"an officer who is not the head": {r.Officers[1], Sign{UnitID: r.Units[1], Hash: v.Hash}, fault.Denied},
			"the head of another unit":       {r.Heads[2], Sign{UnitID: r.Units[1], Hash: v.Hash}, fault.Denied},
			"another text":                   {r.Heads[1], Sign{UnitID: r.Units[1], Hash: draft.Hash("khác")}, fault.Conflict},
			"no text":                        {r.Heads[1], Sign{UnitID: r.Units[1]}, fault.Conflict},
			"a unit outside":                 {r.Stranger, Sign{UnitID: "x", Hash: v.Hash}, fault.NotFound},
			"a visitor":                      {access.Visitor, Sign{UnitID: r.Units[1], Hash: v.Hash}, fault.Unauthenticated},
		} {
			_, err := r.s.Sign(ctx, c.by, year, c.in)
			if !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", what, err, c.code)
			}
		}
		for i := range 2 {
			if _, err := r.s.Sign(ctx, r.Heads[i], year, Sign{UnitID: r.Units[i], Hash: v.Hash}); err != nil {
				t.Fatal(err)
			}
		}
		_, err = r.s.Sign(ctx, r.Heads[1], year, Sign{UnitID: r.Units[1], Hash: v.Hash})
		block.Want(t, err, fault.Conflict)
		blockers, err := r.s.guard(ctx, d, r.Year)
		if err != nil || len(blockers) != 1 || len(blockers[0].Units) != 1 || blockers[0].Units[0] != r.Units[2] {
			t.Fatalf("blockers %+v %v", blockers, err)
		}
		// A deputy head signs on a mandate, later, while the signing is open.
		deputy := r.As(t, "Phó thủ trưởng", "Phó Giám đốc", r.Units[2], access.Head)
		r.State(t, cluster.Signed)
		_, err = r.s.Sign(ctx, deputy, year, Sign{UnitID: r.Units[2], Hash: v.Hash})
		block.Want(t, err, fault.Invalid, "mandate")
		g, err := r.s.Sign(ctx, deputy, year, Sign{UnitID: r.Units[2], Hash: v.Hash, Mandate: "Giấy ủy quyền số 05 ngày 08/3/2023"})
		if err != nil || g.TextHash != v.Hash || g.Position != "Phó Giám đốc" || g.Signer != "Phó thủ trưởng" || g.At == 0 {
			t.Fatalf("%+v %v", g, err)
		}
		if blockers, err = r.s.guard(ctx, d, r.Year); err != nil || len(blockers) != 0 {
			t.Errorf("all have signed: %+v %v", blockers, err)
		}
		all, err := r.s.Signatures(ctx, d, v.ID)
		if err != nil || len(all) != 3 {
			t.Errorf("%d signatures %v", len(all), err)
		}
		// Another text adopted later has no signature yet.
		r.State(t, cluster.Drafting)
		if paper, err = r.drafts.Reopen(ctx, r.Officers[0], paper.ID, paper.Version, "Bổ sung"); err != nil {
			t.Fatal(err)
		}
		if unsigned, err := r.s.Unsigned(ctx, d, r.Year); err != nil || len(unsigned) != 3 {
			t.Errorf("%d have not signed, %v", len(unsigned), err)
		}
		// Who reports is the leader's to say, also after the signing.
		ts := r.targets(v)
		r.State(t, cluster.Executing)
		_, err = r.s.Assign(ctx, r.Officers[2], ts[0].ID, ts[0].Version, r.Units[2])
		block.Want(t, err, fault.Denied)
		if got, err := r.s.Assign(ctx, r.Officers[0], ts[0].ID, ts[0].Version, r.Units[2]); err != nil || got.ReporterID != r.Units[2] {
			t.Errorf("%+v %v", got, err)
		}
		_, err = r.s.Assign(ctx, r.Officers[0], ts[0].ID, ts[0].Version, "")
		block.Want(t, err, fault.Stale)
	})
}

func TestTasks(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		scope := func(unit int, leads bool) task.Scope {
			return task.Scope{Actor: r.Heads[unit], Year: r.Year, Units: []string{r.Units[unit]}, Heads: []string{r.Units[unit]}, Leads: leads, Today: "2023-03-09"}
		}
		kinds := func(of task.Scope) string {
			t.Helper()
			var out []string
			for _, source := range []task.Source{r.drafts.Tasks, r.s.Tasks, r.ind.Tasks} {
				found, err := source(ctx, d, of)
				r.Check(err)
				for _, one := range found {
					out = append(out, one.Kind)
				}
			}
			return strings.Join(out, " ")
		}
		if got := kinds(scope(0, true)); got != "draft" {
			t.Errorf("before anything is written the leader has %q", got)
		}
		v := r.circulate(r.write(text))
		if got := kinds(scope(2, false)); got != "comment" {
			t.Errorf("a member has %q", got)
		}
		_, err := r.drafts.Comment(ctx, r.Officers[2], v.ID, r.Units[2], 0, "Nhất trí")
		r.Check(err)
		if got := kinds(scope(2, false)); got != "" {
			t.Errorf("a member who has commented has %q", got)
		}
		if got := kinds(scope(0, true)); got != "draft draft" {
			t.Errorf("the leader writes the others and answers: %q", got)
		}
		_, err = r.drafts.Adopt(ctx, r.Officers[0], v.ID, r.Meeting(t), 1)
		r.Check(err)
		if got := kinds(scope(2, false)); got != "sign" {
			t.Errorf("a head has %q", got)
		}
		_, err = r.s.Sign(ctx, r.Heads[2], r.Year.ID, Sign{UnitID: r.Units[2], Hash: v.Hash})
		r.Check(err)
		if got := kinds(scope(2, false)); got != "" {
			t.Errorf("a head who has signed has %q", got)
		}
		r.State(t, cluster.Executing)
		if got := kinds(scope(0, true)); got != "sign signatures report" {
			t.Errorf("the leader signs and reports the block's figures: %q", got)
		}
		if got := kinds(scope(2, false)); got != "" {
			t.Errorf("who reports nothing has %q", got)
		}
	})
}

func TestDeputy(t *testing.T) {
	for position, want := range map[string]bool{"Phó Giám đốc": true, "PHÓ TRƯỞNG BAN": true, "Giám đốc": false, "Phòng Tổng hợp": false, "": false} {
		if Deputy(position) != want {
			t.Errorf("Deputy(%q) is not %v", position, want)
		}
	}
}
