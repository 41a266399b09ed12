package assessment_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/evidence"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func want(t *testing.T, err error, code fault.Code) *fault.Error {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want a fault %s", err, code)
	}
	return fault.As(err)
}

// sheet has one leaf of each of the four rules and a deduction.
const sheet = `{"criteria":[
 {"id":"A","name":"Nhiệm vụ","max":"43","children":[
  {"id":"A1","name":"Dịch vụ công","max":"40","evidence":true,"rule":{"kind":"ratio"}},
  {"id":"A2","name":"Tăng trưởng","max":"3","rule":{"kind":"steps","base":"1","from":"7","per":"0.5","add":"0.25"}}]},
 {"id":"B","name":"Xây dựng Đảng","max":"27","children":[
  {"id":"B1","name":"Trong sạch","max":"15","rule":{"kind":"pass"}},
  {"id":"B2","name":"Phong trào","max":"12","na":"zero","rule":{"kind":"direct"}}]}],
 "deduction":[{"id":"T","name":"Điểm trừ","max":"5","rule":{"kind":"direct"}}],
 "ties":["A1"]}`

type scored struct {
	*house.Block
	t     *testing.T
	s     *assessment.Service
	files *evidence.Service
}

// room is a block of n units that scores by the sheet above.
func room(t *testing.T, d *db.DB, n int) scored {
	t.Helper()
	b := house.New(t, d).Block(n)
	blobs, err := blob.Open(t.TempDir())
	b.Check(err)
	t.Cleanup(func() { blobs.Close() })
	files := evidence.New(d, b.Book, b.Gate, b.Years, blobs, b.Clock)
	r := scored{b, t, assessment.New(d, b.Book, b.Gate, b.Years, files, b.Clock), files}
	for _, other := range []string{"half_year_figures", "amendment", "review_meeting", "nominations"} { // of other rooms
		b.Years.Guard(other, func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
	}
	b.Put(cluster.Drafting)
	sheets := criteria.New(d, b.Book, b.Gate, b.Years, b.Clock)
	v, err := sheets.Create(ctx, b.Leader(), criteria.NewSheet{At: criteria.Place{Year: b.Year.ID}, Name: "Bảng", Body: []byte(sheet)})
	b.Check(err)
	b.Check(d.InTx(ctx, func(tx *db.Tx) error {
		if err := sheets.Lock(ctx, tx, b.Leader(), v.ID); err != nil {
			return err
		}
		return b.Years.UseSheet(ctx, tx, b.Leader(), b.Year.ID, v.ID)
	}))
	b.Put(cluster.Executing)
	return r
}

func (r scored) cell(k assessment.Kind, unit int, criterion string, inputs ...string) assessment.Cell {
	in := scoring.Inputs{}
	for i := 0; i < len(inputs); i += 2 {
		in[inputs[i]] = inputs[i+1]
	}
	return assessment.Cell{Year: r.Year.ID, Unit: r.Units[unit].ID, Criterion: criterion, Round: k, Inputs: in}
}

func (r scored) save(actor access.Actor, c assessment.Cell) assessment.Score {
	r.t.Helper()
	row, err := r.s.Save(ctx, actor, c)
	r.Check(err)
	return row
}

func (r scored) prove(unit int, criterion string) {
	r.t.Helper()
	_, err := r.files.Attach(ctx, r.Officers[unit], evidence.Upload{
		Kind: assessment.EvidenceKind, Subject: assessment.EvidenceSubject(r.Year.ID, r.Units[unit].ID, criterion),
		Name: "minh chứng.pdf", Body: strings.NewReader("%PDF-1.7\n" + r.Units[unit].ID + criterion + "\n%%EOF\n"),
	})
	r.Check(err)
}

// complete enters and hands in a unit's self-score: actual of 1250 in A1, growth in A2.
func (r scored) complete(unit int, actual, growth string) {
	r.t.Helper()
	o := r.Officers[unit]
	r.save(o, r.cell(assessment.Self, unit, "A1", "target", "1250", "actual", actual))
	r.save(o, r.cell(assessment.Self, unit, "A2", "actual", growth))
	r.save(o, r.cell(assessment.Self, unit, "B1", "passed", "true"))
	r.save(o, r.cell(assessment.Self, unit, "B2", "points", "10"))
	r.prove(unit, "A1")
	r.Check(r.s.HandIn(ctx, o, r.Year.ID, assessment.Self, r.Units[unit].ID, false))
}

func TestRotation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, year := rapid.IntRange(0, 40).Draw(t, "units"), rapid.IntRange(1990, 2100).Draw(t, "year")
		var units []string
		for i := range n {
			units = append(units, string(rune('A'+i)))
		}
		by := assessment.Rotation(units, year)
		if n < 2 {
			if len(by) != 0 {
				t.Fatal(by)
			}
			return
		}
		checks := map[string]bool{}
		for _, u := range units {
			c := by[u]
			if c == "" || c == u || checks[c] {
				t.Fatalf("%s is checked by %q: %v", u, c, by)
			}
			checks[c] = true
			if n > 2 && by[c] == u {
				t.Fatalf("%s and %s check each other", u, c)
			}
		}
	})
	units := []string{"a", "b", "c", "d", "e"}
	if x, y := assessment.Rotation(units, 2023), assessment.Rotation(units, 2024); x["a"] == y["a"] {
		t.Fatal("the same checker two years in a row")
	}
}

func TestSelfScore(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		o := r.Officers[2]
		// Points come from the rules.
		for _, c := range []struct {
			criterion string
			inputs    []string
			points    string
		}{
			{"A1", []string{"target", "1250", "actual", "1105"}, "35.36"},
			{"A2", []string{"actual", "8.2"}, "1.6"},
			{"B1", []string{"passed", "true"}, "15"},
			{"B2", []string{"points", "11.5"}, "11.5"},
			{"T", []string{"points", "0.5"}, "-0.5"},
		} {
			row := r.save(o, r.cell(assessment.Self, 2, c.criterion, c.inputs...))
			if row.Points.String() != c.points || row.Version != 1 || row.AccountID != o.Account {
				t.Errorf("%s: %+v, want %s points", c.criterion, row, c.points)
			}
		}
		// A cell is filled field by field.
		half := r.save(r.Officers[1], r.cell(assessment.Self, 1, "A1", "target", "1250", "actual", "  "))
		if half.Points != 0 || half.Inputs != `{"target":"1250"}` {
			t.Fatalf("%+v", half)
		}
		next := r.cell(assessment.Self, 1, "A1", "target", "1250", "actual", "1250")
		next.Version = half.Version
		if row := r.save(r.Officers[1], next); row.Points.String() != "40" || row.Version != 2 {
			t.Fatalf("%+v", row)
		}
		// Wrong values name the criterion and the field, and change nothing.
		for name, c := range map[string]struct {
			cell  assessment.Cell
			field string
		}{
			"above the maximum":    {r.cell(assessment.Self, 0, "B2", "points", "12.01"), "points"},
			"below nothing":        {r.cell(assessment.Self, 0, "B2", "points", "-1"), "points"},
			"target of nothing":    {r.cell(assessment.Self, 0, "A1", "target", "0", "actual", "5"), "target"},
			"words":                {r.cell(assessment.Self, 0, "A2", "actual", "tám"), "actual"},
			"field of another":     {r.cell(assessment.Self, 0, "B1", "passed", "true", "points", "1"), "points"},
			"na where it may not":  {r.cell(assessment.Self, 0, "A2", "na", "true"), "na"},
			"deduction with minus": {r.cell(assessment.Self, 0, "T", "points", "-1"), "points"},
		} {
			_, err := r.s.Save(ctx, r.Officers[0], c.cell)
			f := want(t, err, fault.Invalid)
			if said := locale.Vietnamese.Fault(f); f.Field != c.field || !strings.Contains(said, c.cell.Criterion) {
				t.Errorf("%s: at %q: %s", name, f.Field, said)
			}
		}
		if row := r.save(r.Officers[0], r.cell(assessment.Self, 0, "B2", "na", "true")); row.Points != 0 {
			t.Fatalf("%+v", row)
		}
		_, err := r.s.Save(ctx, o, r.cell(assessment.Self, 2, "Z", "points", "1"))
		want(t, err, fault.NotFound)
		_, err = r.s.Save(ctx, o, r.cell(assessment.Self, 2, "A", "points", "1"))
		want(t, err, fault.NotFound)
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM score`); err != nil || n != 7 {
			t.Fatalf("%d rows, %v", n, err)
		}
		if rep, err := ledger.Verify(ctx, d, nil); err != nil || !rep.OK() {
			t.Fatalf("%+v %v", rep, err)
		}
	})
}

func TestWhoMayScore(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		try := func(actor access.Actor, k assessment.Kind, unit int) error {
			c := r.cell(k, unit, "B2", "points", "5")
			c.Reason = "lý do"
			_, err := r.s.Save(ctx, actor, c)
			return err
		}
		r.Check(try(r.Officers[1], assessment.Self, 1))
		want(t, try(r.Officers[2], assessment.Self, 1), fault.Denied)
		want(t, try(r.Leader(), assessment.Self, 1), fault.Denied)
		want(t, try(r.Standing, assessment.Self, 1), fault.Denied)
		want(t, try(r.Stranger, assessment.Self, 1), fault.NotFound)
		want(t, try(access.Visitor, assessment.Self, 1), fault.Unauthenticated)
		want(t, try(r.Officers[1], "other", 1), fault.NotFound)
		want(t, try(r.Officers[1], assessment.Check, 1), fault.Denied) // nobody was named yet
		r.Check(r.s.AssignByRotation(ctx, r.Leader(), r.Year.ID))
		by, err := assessment.Checkers(ctx, d, r.Year.ID)
		r.Check(err)
		checker := -1
		for i, u := range r.Units {
			if by[r.Units[1].ID].CheckerID == u.ID {
				checker = i
			}
		}
		want(t, try(r.Officers[checker], assessment.Check, 1), fault.Conflict) // too early
		want(t, try(r.Leader(), assessment.Agreed, 1), fault.Conflict)
		r.Put(cluster.SelfScored)
		want(t, try(r.Officers[1], assessment.Self, 1), fault.Conflict) // too late
		for i := range r.Units {
			err := try(r.Officers[i], assessment.Check, 1)
			if i == checker {
				r.Check(err)
			} else {
				want(t, err, fault.Denied)
			}
		}
		r.Put(cluster.CrossScored)
		want(t, try(r.Officers[2], assessment.Agreed, 1), fault.Denied)
		want(t, try(r.Standing, assessment.Agreed, 1), fault.Denied)
		r.Check(try(r.Officers[1], assessment.Agreed, 1)) // the deputy, of its own unit too
		r.Put(cluster.Aggregated)
		want(t, try(r.Leader(), assessment.Agreed, 1), fault.Conflict)
		// A stranger's unit belongs to no round.
		r.Put(cluster.Executing)
		held, err := r.Gate.Units(ctx, d, r.Stranger)
		r.Check(err)
		_, err = r.s.Save(ctx, r.Stranger, assessment.Cell{Year: r.Year.ID, Unit: held[0], Criterion: "B2", Round: assessment.Self, Inputs: scoring.Inputs{"points": "1"}})
		want(t, err, fault.NotFound)
	})
}

func TestTwoPeopleAtOneCell(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		mine := r.cell(assessment.Self, 1, "B2", "points", "5")
		first := r.save(r.Officers[1], mine)
		f := want(t, second(r.s.Save(ctx, r.Heads[1], r.cell(assessment.Self, 1, "B2", "points", "7"))), fault.Stale)
		if theirs, ok := f.Theirs.(assessment.Score); !ok || theirs.Inputs != first.Inputs || theirs.Version != 1 {
			t.Fatalf("%+v", f.Theirs)
		}
		again := r.cell(assessment.Self, 1, "B2", "points", "7")
		again.Version = first.Version
		r.save(r.Heads[1], again)
		want(t, second(r.s.Save(ctx, r.Officers[1], again)), fault.Stale)
		want(t, second2(r.s.History(ctx, r.Officers[2], r.Year.ID, r.Units[1].ID, "B2")), fault.Denied) // the own sheet is not handed in
		history, err := r.s.History(ctx, r.Leader(), r.Year.ID, r.Units[1].ID, "B2")
		r.Check(err)
		if len(history) != 2 || history[0].Points != "5" || history[1].Points != "7" || history[1].By != "Thủ trưởng" || history[1].Inputs["points"] != "7" || history[0].Round != assessment.Self {
			t.Fatalf("%+v", history)
		}
	})
}

func second(_ assessment.Score, err error) error { return err }

func second2(_ []assessment.Change, err error) error { return err }

func TestSaveAllOrNothing(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		good := []assessment.Cell{r.cell(assessment.Self, 1, "A2", "actual", "8"), r.cell(assessment.Self, 1, "B2", "points", "5")}
		bad := append(good, r.cell(assessment.Self, 1, "A1", "target", "x"), r.cell(assessment.Self, 1, "T", "points", "9"))
		_, err := r.s.SaveAll(ctx, r.Officers[1], bad)
		f := want(t, err, fault.Invalid)
		if all := f.All(); len(all) != 2 || all[0].Field != "A1/target" || all[1].Field != "T/points" {
			t.Fatalf("%v", f)
		}
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM score`); err != nil || n != 0 {
			t.Fatalf("%d rows of a refused block, %v", n, err)
		}
		rows, err := r.s.SaveAll(ctx, r.Officers[1], good)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%v %v", rows, err)
		}
		_, err = r.s.SaveAll(ctx, r.Officers[1], good)
		want(t, err, fault.Stale)
		_, err = r.s.SaveAll(ctx, r.Officers[1], make([]assessment.Cell, 2001))
		want(t, err, fault.TooLarge)
	})
}

func TestHandInTellsEverythingThatIsMissing(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		unit, o := r.Units[1].ID, r.Officers[1]
		hand := func() error { return r.s.HandIn(ctx, o, r.Year.ID, assessment.Self, unit, false) }
		f := want(t, hand(), fault.Invalid)
		if all := f.All(); len(all) != 4 || all[0].Field != "A1" || all[3].Field != "B2" { // the deduction need not be there
			t.Fatalf("%v", f)
		}
		r.save(o, r.cell(assessment.Self, 1, "A1", "target", "1250", "actual", "1105"))
		r.save(o, r.cell(assessment.Self, 1, "A2", "actual", "8.2"))
		r.save(o, r.cell(assessment.Self, 1, "B1", "passed", "false"))
		r.save(o, r.cell(assessment.Self, 1, "B2", "na", "true"))
		f = want(t, hand(), fault.Invalid)
		if all := f.All(); len(all) != 1 || all[0].Field != "A1" || !strings.Contains(locale.Vietnamese.Fault(f), "minh chứng") {
			t.Fatalf("%v", f)
		}
		r.prove(1, "A1")
		want(t, r.s.HandIn(ctx, r.Officers[2], r.Year.ID, assessment.Self, unit, false), fault.Denied)
		r.Check(hand())
		want(t, hand(), fault.Conflict)
		// Handed in, it stands still until it is taken back with a reason.
		locked := r.cell(assessment.Self, 1, "B2", "points", "3")
		locked.Version = 1
		want(t, second(r.s.Save(ctx, o, locked)), fault.Conflict)
		withdraw := func(actor access.Actor, reason string) error {
			return r.s.Withdraw(ctx, actor, r.Year.ID, assessment.Self, unit, reason)
		}
		want(t, withdraw(o, " "), fault.Invalid)
		want(t, withdraw(r.Officers[2], "x"), fault.Denied)
		r.Check(withdraw(o, "nhập nhầm B2"))
		want(t, withdraw(o, "lần nữa"), fault.Conflict)
		r.save(o, locked)
		r.Check(hand())
		r.Check(withdraw(r.Leader(), "đề nghị bổ sung")) // sent back
		r.Check(hand())
		r.Put(cluster.SelfScored)
		want(t, withdraw(o, "muộn"), fault.Conflict)
	})
}

func TestTheMachineWaitsForTheScores(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 4)
		blocked := func(to cluster.State) []string {
			t.Helper()
			y, err := r.Years.Get(ctx, d, r.Year.ID)
			r.Check(err)
			moves, err := r.Years.Moves(ctx, r.Leader(), y)
			r.Check(err)
			var all []string
			for _, m := range moves {
				if m.To == to {
					for _, b := range m.Blockers {
						all = append(all, locale.Vietnamese.Say(b.Text.Text, b.Text.Args))
					}
				}
			}
			return all
		}
		move := func(to cluster.State) {
			t.Helper()
			y, err := r.Years.Get(ctx, d, r.Year.ID)
			r.Check(err)
			r.Check(r.Years.Go(ctx, r.Leader(), y.ID, to, y.Version))
		}
		r.complete(0, "1105", "8.2")
		r.complete(1, "1250", "8.2")
		r.complete(2, "1105", "8.2")
		if b := blocked(cluster.SelfScored); len(b) != 1 || !strings.Contains(b[0], "Sở Số 4") || !strings.Contains(b[0], "1 đơn vị") {
			t.Fatalf("%q", b)
		}
		r.complete(3, "1000", "6")
		if b := blocked(cluster.SelfScored); len(b) != 0 {
			t.Fatalf("%q", b)
		}
		move(cluster.SelfScored)
		if b := blocked(cluster.CrossScored); len(b) != 1 || !strings.Contains(b[0], "4 đơn vị chưa có") {
			t.Fatalf("%q", b)
		}
		r.Check(r.s.AssignByRotation(ctx, r.Leader(), r.Year.ID))
		by, err := assessment.Checkers(ctx, d, r.Year.ID)
		r.Check(err)
		officer := func(unit int) access.Actor {
			for i, u := range r.Units {
				if by[r.Units[unit].ID].CheckerID == u.ID {
					return r.Officers[i]
				}
			}
			return access.Visitor
		}
		for unit := range r.Units[:3] {
			// Nothing was looked at: that is no check.
			err := r.s.HandIn(ctx, officer(unit), r.Year.ID, assessment.Check, r.Units[unit].ID, false)
			if f := want(t, err, fault.Invalid); f.Field != "agree" {
				t.Fatalf("%v", f)
			}
			r.Check(r.s.HandIn(ctx, officer(unit), r.Year.ID, assessment.Check, r.Units[unit].ID, true))
		}
		late := by[r.Units[3].ID].CheckerID
		if b := blocked(cluster.CrossScored); len(b) != 1 || !strings.Contains(b[0], "1 đơn vị chưa nộp phiếu") {
			t.Fatalf("%q", b)
		}
		y, err := r.Years.Get(ctx, d, r.Year.ID)
		r.Check(err)
		moves, err := r.Years.Moves(ctx, r.Leader(), y)
		r.Check(err)
		if u := moves[0].Blockers[0].Units; len(u) != 1 || u[0] != late {
			t.Fatal("who is late is the unit that checks")
		}
		c := r.cell(assessment.Check, 3, "B2", "points", "6")
		want(t, second(r.s.Save(ctx, officer(3), c)), fault.Invalid) // differs without a reason
		c.Reason = "thiếu hai phong trào"
		r.save(officer(3), c)
		r.save(officer(3), r.cell(assessment.Check, 3, "A2", "actual", "6.0")) // agrees: the same number
		r.Check(r.s.HandIn(ctx, officer(3), r.Year.ID, assessment.Check, r.Units[3].ID, true))
		move(cluster.CrossScored)
		if b := blocked(cluster.Aggregated); len(b) != 1 || !strings.Contains(b[0], "Chưa chốt") {
			t.Fatalf("%q", b)
		}
		want(t, resultErr(r.s.Finalise(ctx, r.Officers[2], r.Year.ID, assessment.Provisional)), fault.Denied)
		_, err = r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Provisional)
		r.Check(err)
		if b := blocked(cluster.Aggregated); len(b) != 0 {
			t.Fatalf("%q", b)
		}
		agreed := r.cell(assessment.Agreed, 3, "B2", "points", "8")
		agreed.Reason = "hội nghị thống nhất"
		r.save(r.Leader(), agreed)
		if b := blocked(cluster.Aggregated); len(b) != 1 || !strings.Contains(b[0], "chốt lại") {
			t.Fatalf("%q", b)
		}
		_, err = r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Provisional)
		r.Check(err)
		move(cluster.Aggregated)

		// The snapshot says all of it, and the one before stays.
		latest, there, err := assessment.Latest(ctx, d, r.Year.ID)
		if err != nil || !there {
			t.Fatal(there, err)
		}
		content, err := latest.Content()
		r.Check(err)
		var ranks []string
		for _, u := range content.Units {
			ranks = append(ranks, u.Name+" "+string(rune('0'+u.Rank))+" "+u.Total.String())
		}
		if got := strings.Join(ranks, "; "); got != "Sở Số 2 1 66.6; Sở Số 1 2 61.96; Sở Số 3 2 61.96; Sở Số 4 4 56" {
			t.Fatal(got)
		}
		tied := content.Units[1]
		if !tied.Tied || content.Units[0].Tied || tied.By != ranking.ByNothing || !strings.Contains(tied.Why, "Đồng hạng 2") {
			t.Fatalf("%+v", tied)
		}
		for _, i := range content.Units[3].Items {
			if i.Criterion == "B2" && (i.Self.String() != "10" || i.Check.String() != "6" || i.Agreed.String() != "8" || i.Reason != "hội nghị thống nhất" || i.Why != "8") {
				t.Fatalf("%+v", i)
			}
			if i.Criterion == "A1" && (i.Agreed.String() != "32" || i.Why != "40 × 1000/1250 = 32") {
				t.Fatalf("%+v", i)
			}
		}
		all, err := r.s.Results(ctx, r.Officers[2], r.Year.ID)
		if err != nil || len(all) != 2 || all[1].SupersededBy != all[0].ID {
			t.Fatalf("%+v %v", all, err)
		}
		want(t, resultErr(r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Provisional)), fault.Conflict)

		// Names as of then: a rename does not reach into the result.
		r.Check(r.Org.Rename(ctx, r.Standing, r.Units[1].ID, "Sở Đổi tên", "", "2023-02-01", "QĐ"))
		r.Clock.To("2023-06-01")
		if again, err := latest.Content(); err != nil || again.Units[0].Name != "Sở Số 2" {
			t.Fatalf("%+v %v", again.Units[0].Name, err)
		}

		// Among equals people decide, all of them and only they.
		decide := func(actor access.Actor, orders map[string]int) error {
			return r.s.DecideTie(ctx, actor, assessment.Tie{Year: r.Year.ID, Kind: ranking.Ballot, Basis: "Biên bản kiểm phiếu ngày 29/11/2023", Orders: orders})
		}
		one, three := r.Units[0].ID, r.Units[2].ID
		want(t, decide(r.Officers[2], map[string]int{one: 2, three: 1}), fault.Denied)
		want(t, decide(r.Leader(), map[string]int{one: 2}), fault.Invalid)
		want(t, decide(r.Leader(), map[string]int{one: 2, three: 1, r.Units[3].ID: 3}), fault.Invalid)
		want(t, decide(r.Leader(), map[string]int{one: 3, three: 1}), fault.Invalid)
		want(t, decide(r.Leader(), map[string]int{r.Units[1].ID: 1, r.Units[3].ID: 2}), fault.Invalid)
		r.Check(decide(r.Leader(), map[string]int{one: 2, three: 1}))
		r.Check(decide(r.Leader(), map[string]int{one: 1, three: 2})) // decided anew
		st, err := r.s.Standing(ctx, d, r.Year.ID, assessment.Agreed)
		r.Check(err)
		if st.Units[1].Member.UnitID != one || st.Units[1].Place.Tied || st.Units[2].Place.Rank != 3 || st.Units[1].Place.By != ranking.ByDecision {
			t.Fatalf("%+v", st.Units[1].Place)
		}
		final, err := r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Final)
		r.Check(err)
		if latest, _, _ := assessment.Latest(ctx, d, r.Year.ID); latest.ID != final.ID || latest.Kind != assessment.Final {
			t.Fatalf("%+v", latest)
		}
		if rep, err := ledger.Verify(ctx, d, nil); err != nil || !rep.OK() {
			t.Fatalf("%+v %v", rep, err)
		}
	})
}

func resultErr(_ assessment.Result, err error) error { return err }

func TestARoundStandsOnTheOneBefore(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		for i := range r.Units {
			r.complete(i, "1105", "8.2")
		}
		r.Check(r.s.AssignByRotation(ctx, r.Standing, r.Year.ID))
		r.Put(cluster.SelfScored)
		by, err := assessment.Checkers(ctx, d, r.Year.ID)
		r.Check(err)
		var checker access.Actor
		for i, u := range r.Units {
			if by[r.Units[2].ID].CheckerID == u.ID {
				checker = r.Officers[i]
			}
		}
		c := r.cell(assessment.Check, 2, "A2", "actual", "7.5")
		c.Reason = "số liệu của Cục Thống kê"
		row := r.save(checker, c)
		g, err := r.s.Grid(ctx, r.Officers[2], r.Year.ID, r.Units[2].ID)
		r.Check(err)
		a2, _ := g.Find("A2")
		at := a2.Cells
		if at[assessment.Self].Cell.Points.String() != "1.6" || at[assessment.Check].Cell.Points.String() != "1.25" || at[assessment.Agreed].Cell.Points.String() != "1.25" {
			t.Fatalf("%+v", at)
		}
		if at[assessment.Agreed].From != assessment.Check || at[assessment.Agreed].Differs || !at[assessment.Check].Differs || at[assessment.Agreed].Own.Version != 0 || at[assessment.Check].By != "Cán bộ" {
			t.Fatalf("%+v", at[assessment.Agreed])
		}
		if !g.Explain || g.May[assessment.Check] || g.May[assessment.Self] || !g.Attach || g.Organise {
			t.Fatalf("%+v", g)
		}
		if g.Totals[assessment.Self].Total.String() != "61.96" || g.Totals[assessment.Check].Total.String() != "61.61" {
			t.Fatalf("%v %v", g.Totals[assessment.Self].Total, g.Totals[assessment.Check].Total)
		}
		// The unit answers.
		_, err = r.s.Explain(ctx, r.Officers[2], r.Year.ID, assessment.Check, r.Units[2].ID, "A2", "Số 8,2 là số chính thức.")
		r.Check(err)
		_, err = r.s.Explain(ctx, r.Officers[0], r.Year.ID, assessment.Check, r.Units[2].ID, "A2", "x")
		want(t, err, fault.Denied)
		_, err = r.s.Explain(ctx, r.Officers[2], r.Year.ID, assessment.Check, r.Units[2].ID, "A2", " ")
		want(t, err, fault.Invalid)
		_, err = r.s.Explain(ctx, r.Officers[2], r.Year.ID, assessment.Check, r.Units[2].ID, "Z", "x")
		want(t, err, fault.NotFound)
		// Taking the check back lets the self-score stand again.
		back := r.cell(assessment.Check, 2, "A2")
		back.Version = row.Version
		r.save(checker, back)
		g, err = r.s.Grid(ctx, checker, r.Year.ID, r.Units[2].ID)
		r.Check(err)
		a2, _ = g.Find("A2")
		if a2.Cells[assessment.Check].From != assessment.Self || a2.Cells[assessment.Check].Differs || len(a2.Explanations) != 1 || a2.Explanations[0].By != "Cán bộ" || !g.May[assessment.Check] {
			t.Fatalf("%+v", a2)
		}
		// The year goes back, the unit changes its figure: the checker's word
		// of agreement no longer agrees and needs a reason.
		r.save(checker, r.cell(assessment.Check, 2, "B2", "points", "10"))
		r.Put(cluster.Executing)
		r.Check(r.s.Withdraw(ctx, r.Officers[2], r.Year.ID, assessment.Self, r.Units[2].ID, "sửa"))
		self := r.cell(assessment.Self, 2, "B2", "points", "9")
		self.Version = 1
		r.save(r.Officers[2], self)
		r.Put(cluster.SelfScored)
		err = r.s.HandIn(ctx, checker, r.Year.ID, assessment.Check, r.Units[2].ID, true)
		if f := want(t, err, fault.Invalid); f.Field != "B2" {
			t.Fatalf("%v", f)
		}
		_, err = r.s.Grid(ctx, r.Stranger, r.Year.ID, r.Units[2].ID)
		want(t, err, fault.NotFound)
		_, err = r.s.Grid(ctx, checker, r.Year.ID, r.Organiser.ID)
		want(t, err, fault.NotFound)
	})
}

func TestAssign(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 4)
		u := r.Units
		assign := func(actor access.Actor, unit, checker int, reason string) error {
			return r.s.Assign(ctx, actor, r.Year.ID, u[unit].ID, u[checker].ID, reason)
		}
		want(t, assign(r.Officers[2], 0, 1, ""), fault.Denied)
		want(t, assign(r.Leader(), 1, 1, ""), fault.Invalid)
		r.Check(assign(r.Leader(), 0, 1, ""))
		want(t, assign(r.Leader(), 1, 0, ""), fault.Invalid) // each other
		r.Check(assign(r.Standing, 1, 2, ""))
		r.Check(assign(r.Officers[1], 0, 3, "")) // changed; one unit may check two
		r.Check(assign(r.Leader(), 2, 3, ""))
		want(t, r.s.Assign(ctx, r.Leader(), r.Year.ID, u[0].ID, r.Organiser.ID, ""), fault.Invalid)
		r.Put(cluster.SelfScored)
		c := r.cell(assessment.Check, 0, "B2", "points", "3")
		c.Reason = "x"
		r.save(r.Officers[3], c)
		want(t, assign(r.Leader(), 0, 2, ""), fault.Invalid) // begun: why?
		r.Check(assign(r.Leader(), 0, 2, "đơn vị 4 đề nghị thôi"))
		want(t, r.s.AssignByRotation(ctx, r.Leader(), r.Year.ID), fault.Conflict)
		r.Put(cluster.CrossScored)
		want(t, assign(r.Leader(), 0, 1, "muộn"), fault.Conflict)
	})
}

func TestStandingOfAnUnfinishedYear(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		r := room(t, d, 3)
		c := r.cell(assessment.Self, 1, "B2", "points", "7")
		c.Illustrative = true
		r.save(r.Officers[1], c)
		st, err := r.s.See(ctx, r.Officers[0], r.Year.ID, assessment.Agreed)
		r.Check(err)
		if st.Complete || !st.Illustrative || st.Units[0].Member.UnitID != r.Units[1].ID || st.Units[0].Score.Missing != 3 || st.Units[0].Score.ScoredMax.String() != "12" {
			t.Fatalf("%+v", st.Units[0])
		}
		if st.Units[1].Place.Rank != 2 || !st.Units[1].Place.Tied || st.Units[1].Illustrative {
			t.Fatalf("%+v", st.Units[1].Place)
		}
		_, err = r.s.See(ctx, r.Stranger, r.Year.ID, assessment.Self)
		want(t, err, fault.NotFound)
		_, err = r.s.See(ctx, r.Officers[0], r.Year.ID, "x")
		want(t, err, fault.NotFound)
		r.Put(cluster.CrossScored)
		f := want(t, resultErr(r.s.Finalise(ctx, r.Leader(), r.Year.ID, assessment.Final)), fault.Invalid)
		if len(f.All()) != 3 {
			t.Fatalf("%v", f)
		}
		want(t, resultErr(r.s.Finalise(ctx, r.Leader(), r.Year.ID, "x")), fault.Invalid)
	})
}
