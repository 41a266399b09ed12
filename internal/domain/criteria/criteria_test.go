package criteria_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
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

func room(t *testing.T, d *db.DB) (*house.Block, *criteria.Service, criteria.Place) {
	b := house.New(t, d).Block(3)
	b.Put(cluster.Drafting)
	return b, criteria.New(d, b.Book, b.Gate, b.Years, b.Clock), criteria.Place{Year: b.Year.ID}
}

const small = `{"criteria":[{"id":"A","name":"Một","max":"10","rule":{"kind":"ratio"}}]}`

func TestSheetsThroughTheirVersions(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		v, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: " Bảng  chấm điểm 2023 "})
		b.Check(err)
		if v.Number != 1 || len(v.Problems()) != 0 {
			t.Fatalf("%+v %v", v, v.Problems())
		}
		// Nothing rests on it: an edit stays in the version.
		w, err := s.Save(ctx, b.Officers[1], criteria.Edit{At: at, ID: v.ID, Version: v.Version, Body: []byte(small)})
		b.Check(err)
		if w.ID != v.ID || w.Number != 1 || w.Hash == v.Hash || w.Version != 2 {
			t.Fatalf("%+v", w)
		}
		f := want(t, saveErr(s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: v.ID, Version: v.Version, Body: criteria.Starter()})), fault.Stale)
		if theirs, ok := f.Theirs.(criteria.SheetVersion); !ok || theirs.Hash != w.Hash {
			t.Fatalf("stale without their text: %+v", f.Theirs)
		}
		// The next version on demand, and of its own once the first is locked.
		n, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: w.ID, Version: w.Version, Body: criteria.Starter(), AsNew: true, Note: "sau góp ý"})
		b.Check(err)
		if n.Number != 2 || n.ID == w.ID || n.Note != "sau góp ý" {
			t.Fatalf("%+v", n)
		}
		lock := func(id string) error {
			return d.InTx(ctx, func(tx *db.Tx) error { return s.Lock(ctx, tx, b.Leader(), id) })
		}
		b.Check(lock(n.ID))
		b.Check(lock(n.ID)) // again is nothing
		locked, sheet, err := s.See(ctx, b.Officers[2], at, n.ID)
		b.Check(err)
		if !locked.Locked || sheet.Name != "Bảng chấm điểm 2023" {
			t.Fatalf("%+v %+v", locked, sheet)
		}
		third, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: n.ID, Version: locked.Version, Body: []byte(small)})
		b.Check(err)
		if third.Number != 3 {
			t.Fatalf("a locked version was written over: %+v", third)
		}
		if again, _, err := s.See(ctx, b.Leader(), at, n.ID); err != nil || again.Hash != n.Hash {
			t.Fatalf("%v %v", again.Hash, err)
		}
		list, err := s.List(ctx, b.Officers[2], at)
		if err != nil || len(list) != 3 || list[0].Number != 3 || list[1].By == "" {
			t.Fatalf("%+v %v", list, err)
		}
		if r, err := ledger.Verify(ctx, d, nil); err != nil || !r.OK() {
			t.Fatalf("%+v %v", r, err)
		}
	})
}

func saveErr(_ criteria.SheetVersion, err error) error { return err }

func TestAVersionThatAYearUsesIsFixed(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		v, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(small)})
		b.Check(err)
		y := b.Year
		if _, _, err := criteria.Adopted(ctx, d, y); !fault.Is(err, fault.Conflict) {
			t.Fatalf("a year without a sheet: %v", err)
		}
		b.Check(d.InTx(ctx, func(tx *db.Tx) error { return b.Years.UseSheet(ctx, tx, b.Leader(), y.ID, v.ID) }))
		w, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: v.ID, Version: v.Version, Body: criteria.Starter()})
		b.Check(err)
		if w.ID == v.ID {
			t.Fatal("the text under a year was changed")
		}
		y, err = b.Years.Get(ctx, d, y.ID)
		b.Check(err)
		sheet, used, err := criteria.Adopted(ctx, d, y)
		if err != nil || used.ID != v.ID || len(sheet.Leaves()) != 1 {
			t.Fatalf("%+v %v", used, err)
		}
	})
}

func TestProblemsComeAllAtOnce(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		// Not in the format: refused, each at its criterion.
		_, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(`{"criteria":[{"id":"A","max":"x","rule":{"kind":"ratio"}},{"id":"B","max":"5","rule":{"kind":"nope"}}]}`)})
		if f := want(t, err, fault.Invalid); len(f.All()) != 2 || f.All()[0].Field != "A" || f.All()[1].Field != "B" {
			t.Fatalf("%v", f)
		}
		_, err = s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(`{`)})
		want(t, err, fault.Invalid)
		_, err = s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "", Body: []byte(small)})
		want(t, err, fault.Invalid)
		// In the format and wrong in sense, as real sheets are (700 against 400): kept, not locked.
		v, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(`{"criteria":[
			{"id":"A","max":"700","children":[{"id":"A1","max":"400","rule":{"kind":"direct"}}]},
			{"id":"A1","max":"5","rule":{"kind":"pass"}}]}`)})
		b.Check(err)
		if n := len(v.Problems()); n != 2 {
			t.Fatalf("%d problems: %v", n, v.Problems())
		}
		err = d.InTx(ctx, func(tx *db.Tx) error { return s.Lock(ctx, tx, b.Leader(), v.ID) })
		if f := want(t, err, fault.Invalid); len(f.All()) != 2 {
			t.Fatalf("%v", f)
		}
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM sheet`); err != nil || n != 1 {
			t.Fatalf("%d sheets, %v", n, err)
		}
	})
}

func TestWhoMayWriteSheets(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		create := func(actor access.Actor, at criteria.Place) error {
			_, err := s.Create(ctx, actor, criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(small)})
			return err
		}
		lent := criteria.Place{Organiser: b.Organiser.ID}
		for name, c := range map[string]struct {
			actor access.Actor
			at    criteria.Place
			code  fault.Code
		}{
			"leader":              {b.Leader(), at, ""},
			"deputy":              {b.Officers[1], at, ""},
			"standing":            {b.Standing, at, ""},
			"member":              {b.Officers[2], at, fault.Denied},
			"stranger":            {b.Stranger, at, fault.NotFound},
			"visitor":             {access.Visitor, at, fault.Unauthenticated},
			"standing, to lend":   {b.Standing, lent, ""},
			"leader, to lend":     {b.Leader(), lent, fault.Denied},
			"nowhere":             {b.Standing, criteria.Place{}, fault.NotFound},
			"year that is not":    {b.Standing, criteria.Place{Year: "x"}, fault.NotFound},
			"both, year prevails": {b.Officers[2], criteria.Place{Year: b.Year.ID, Organiser: b.Units[2].ID}, fault.Denied},
		} {
			t.Run(name, func(t *testing.T) {
				err := create(c.actor, c.at)
				if c.code == "" {
					b.Check(err)
					return
				}
				want(t, err, c.code)
			})
		}
		if may, err := s.MayEdit(ctx, b.Officers[2], at); err != nil || may {
			t.Fatalf("%v %v", may, err)
		}
		b.Put(cluster.Executing)
		want(t, create(b.Leader(), at), fault.Conflict)
		if may, err := s.MayEdit(ctx, b.Leader(), at); err != nil || may {
			t.Fatalf("%v %v", may, err)
		}
	})
}

func TestSheetsOfOthers(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		lent, err := s.Create(ctx, b.Standing, criteria.NewSheet{At: criteria.Place{Organiser: b.Organiser.ID}, Name: "Bảng mẫu của tỉnh"})
		b.Check(err)
		mine, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng của khối", Body: []byte(small)})
		b.Check(err)
		// A member of the year may read both; only the own one can be edited.
		_, _, err = s.See(ctx, b.Officers[2], at, lent.ID)
		b.Check(err)
		_, err = s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: lent.ID, Version: 1, Body: []byte(small)})
		want(t, err, fault.NotFound)
		copied, err := s.Copy(ctx, b.Leader(), at, lent.ID, at, "")
		b.Check(err)
		if !bytes.Equal(copied.Body, lent.Body) || copied.SheetID == lent.SheetID || copied.Number != 1 {
			t.Fatalf("%+v", copied)
		}
		// Another cluster sees none of ours.
		far, near := b.Unit("Sở Phía Bắc"), b.Unit("Sở Phía Nam")
		apart, err := b.Years.Form(ctx, b.Standing, cluster.NewYear{
			Kind: cluster.Khoi, OrganiserID: b.Organiser.ID, Year: 2023, Name: "Khối khác", Basis: "QĐ", Members: []string{far.ID, near.ID},
			Leader: cluster.NewTerm{UnitID: far.ID, Basis: cluster.ByDecision, Reference: "QĐ"},
		})
		b.Check(err)
		other := &house.Block{House: b.House, Year: apart, Officers: []access.Actor{b.Officer(far)}}
		other.Put(cluster.Drafting)
		there := criteria.Place{Year: other.Year.ID}
		_, _, err = s.See(ctx, other.Leader(), there, mine.ID)
		want(t, err, fault.NotFound)
		_, err = s.Copy(ctx, other.Leader(), there, mine.ID, there, "Chép")
		want(t, err, fault.NotFound)
		_, err = s.Copy(ctx, other.Leader(), at, mine.ID, there, "Chép")
		want(t, err, fault.NotFound)
		list, err := s.List(ctx, other.Leader(), there)
		if err != nil || len(list) != 1 || list[0].ID != lent.ID {
			t.Fatalf("%+v %v", list, err)
		}
		// And the next year of the cluster takes this year's sheet over.
		var next cluster.Year
		b.Check(d.InTx(ctx, func(tx *db.Tx) error {
			next, err = b.Years.OpenNext(ctx, tx, b.Leader(), b.Year.ID, cluster.Next{Basis: "Hội nghị", Leader: cluster.NewTerm{UnitID: b.Units[2].ID, Basis: cluster.Elected, Reference: "Hội nghị", From: "2023-01-01"}})
			return err
		}))
		n := *b
		n.Year = next
		n.Put(cluster.Drafting)
		v, err := s.Copy(ctx, b.Officers[2], at, mine.ID, criteria.Place{Year: next.ID}, "Bảng chấm điểm 2024")
		b.Check(err)
		if v.Hash != mine.Hash {
			t.Fatalf("%+v", v)
		}
	})
}

func TestStarterIsSound(t *testing.T) {
	sheet, problems := scoring.ParseSheet(criteria.Starter())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if problems := sheet.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	kinds := map[string]bool{}
	for _, c := range sheet.Leaves() {
		kinds[c.Kind()] = true
	}
	if sheet.Max().String() != "100" || len(kinds) != 4 {
		t.Fatalf("max %s, rules %v", sheet.Max(), kinds)
	}
}

// What the form of a criterion does not show is kept when it is saved: grades,
// caps, knock-outs and holds, evidence that is required, ties by figures.
func TestOutlineKeepsWhatItDoesNotShow(t *testing.T) {
	body := []byte(`{"criteria":[{"id":"I","name":"Một","max":"10","evidence":"required","rule":{"kind":"ratio"}},{"id":"II","name":"Hai","max":"5","evidence":true,"na":"spread","rule":{"kind":"direct"}}],
		"ties":["I.actual","II"],"grades":[{"id":"a","from":"10"},{"id":"b","otherwise":true}],"caps":[{"id":"c","grade":"b"}],"knockouts":[{"id":"k"}],"holds":[{"id":"h"}]}`)
	entry, _, err := criteria.EntryOf(body, "I")
	if err != nil || !entry.Evidence {
		t.Fatalf("%+v, %v", entry, err)
	}
	entry.ID = "I.1"
	if body, err = criteria.Put(body, "I", "", "", entry); err != nil {
		t.Fatal(err)
	}
	places := `[{"from":"1","to":"3","points":"5"},{"from":"4","points":"1"}]`
	body, err = criteria.Put(body, "", "", scoring.Main, criteria.Entry{ID: "III", Name: "Ba", Max: "5", NA: "peers", Rule: "rank", Params: map[string]string{"side": "below", "places": places}})
	if err != nil {
		t.Fatal(err)
	}
	body, err = criteria.Put(body, "", "", scoring.Main, criteria.Entry{ID: "IV", Name: "Bốn", Max: "5", Rule: "formula", Params: map[string]string{"expression": "điểm_tối_đa * thực_hiện / chỉ_tiêu", "inputs": ""}})
	if err != nil {
		t.Fatal(err)
	}
	if body, err = criteria.Remove(body, "II"); err != nil {
		t.Fatal(err)
	}
	s, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if c := s.Find("I.1"); c == nil || !c.Proof || strings.Join(s.Ties, " ") != "I.1.actual" {
		t.Errorf("%+v, ties %v", c, s.Ties)
	}
	if len(s.Grades) != 2 || len(s.Caps) != 1 || len(s.Knockouts) != 1 || len(s.Holds) != 1 {
		t.Errorf("%s", body)
	}
	if s.Find("III").Kind() != "rank" || s.Find("III").NA != scoring.Peers || s.Find("IV").Kind() != "formula" {
		t.Errorf("%s", body)
	}
	entry, _, err = criteria.EntryOf(body, "IV")
	if err != nil || entry.Params["expression"] != "điểm_tối_đa * thực_hiện / chỉ_tiêu" {
		t.Errorf("%+v, %v", entry, err)
	}
}

func TestOutline(t *testing.T) {
	read := func(body []byte, err error) *scoring.Sheet {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s, problems := scoring.ParseSheet(body)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return s
	}
	ids := func(s *scoring.Sheet) string {
		var all []string
		s.Walk(func(c *scoring.Criterion, _ int) { all = append(all, c.ID) })
		return strings.Join(all, " ")
	}
	body := criteria.Starter()
	body, err := criteria.Put(body, "", "III", "", criteria.Entry{ID: "III.4", Name: "Mới", Max: "2.5", Evidence: true, Rule: "steps", Params: map[string]string{"from": "80", "per": "2", "add": "0.5", "whole": "on", "target": "not of this rule"}})
	s := read(body, err)
	c := s.Find("III.4")
	if c == nil || c.Kind() != "steps" || !c.Evidence || c.Max.String() != "2.5" {
		t.Fatalf("%+v", c)
	}
	if p := s.Check(); len(p) != 1 || p[0].Criterion != "III" {
		t.Fatalf("the sums must not add up now: %v", p)
	}
	e, part, err := criteria.EntryOf(body, "III.4")
	if err != nil || part != scoring.Main || e.Rule != "steps" || e.Params["per"] != "2" || e.Params["whole"] != "true" {
		t.Fatalf("%+v %v %v", e, part, err)
	}
	fitted, changed, err := criteria.FitMaxima(body)
	if s = read(fitted, err); len(s.Check()) != 0 || len(changed) != 1 || s.Find("III").Max.String() != "17.5" {
		t.Fatalf("%v %v", changed, s.Check())
	}
	body, err = criteria.Put(body, "I.1", "", "", criteria.Entry{ID: "I.a", Name: "Đổi mã", Max: "20", Rule: "direct"})
	if s = read(body, err); s.Ties[0] != "I.a" || s.Find("I.1") != nil || s.Find("I.a").Kind() != "direct" {
		t.Fatalf("%v", s.Ties)
	}
	body, err = criteria.Move(body, "I.4", -9)
	if s = read(body, err); !strings.HasPrefix(ids(s), "I I.4 I.a I.2 I.3 II") {
		t.Fatal(ids(s))
	}
	body, err = criteria.Remove(body, "I")
	if s = read(body, err); !strings.HasPrefix(ids(s), "II II.1") || len(s.Ties) != 0 {
		t.Fatal(ids(s), s.Ties)
	}
	body, err = criteria.Put(body, "", "", scoring.Bonus, criteria.Entry{ID: "C2", Name: "Thưởng", Clamp: "3", NoRank: true})
	if s = read(body, err); len(s.Bonus) != 2 || s.Bonus[1].Rank || s.Bonus[1].Clamp.String() != "3" {
		t.Fatalf("%+v", s.Bonus)
	}
	body, err = criteria.Set(body, criteria.Settings{Scale: 1, At: scoring.AtTotal, Ties: []string{"II", " ", "III"}})
	if s = read(body, err); s.Rounding.Scale != 1 || s.Rounding.At != scoring.AtTotal || len(s.Ties) != 2 {
		t.Fatalf("%+v", s)
	}
	for name, err := range map[string]error{
		"twin id":      second(criteria.Put(body, "", "III", "", criteria.Entry{ID: "II", Name: "x"})),
		"no name":      second(criteria.Put(body, "", "III", "", criteria.Entry{ID: "X"})),
		"bad id":       second(criteria.Put(body, "", "III", "", criteria.Entry{ID: "a/b", Name: "x"})),
		"no parent":    second(criteria.Put(body, "", "Z", "", criteria.Entry{ID: "X", Name: "x"})),
		"unknown rule": second(criteria.Put(body, "", "III", "", criteria.Entry{ID: "X", Name: "x", Rule: "magic"})),
		"bad number":   second(criteria.Put(body, "", "III", "", criteria.Entry{ID: "X", Name: "x", Max: "mười", Rule: "pass"})),
		"bad scale":    second(criteria.Set(body, criteria.Settings{Scale: 9})),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	want(t, second(criteria.Remove(body, "Z")), fault.NotFound)
	want(t, second(criteria.Move(body, "Z", 1)), fault.NotFound)
	want(t, second(criteria.Put(body, "Z", "", "", criteria.Entry{ID: "Z", Name: "x"})), fault.NotFound)
}

func second(_ []byte, err error) error { return err }
