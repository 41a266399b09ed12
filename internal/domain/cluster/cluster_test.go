package cluster_test

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func want(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want a fault %s", err, code)
	}
}

func TestFormRefusesWhatCannotBe(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h := house.New(t, d)
		a, b := h.Unit("Sở A"), h.Unit("Sở B")
		good := cluster.NewYear{Kind: cluster.Khoi, OrganiserID: h.Organiser.ID, Year: 2023, Name: "Khối", Basis: "QĐ", Members: []string{a.ID, b.ID}}
		cases := map[string]struct {
			actor access.Actor
			alter func(*cluster.NewYear)
			code  fault.Code
			field string
		}{
			"no name":              {h.Standing, func(n *cluster.NewYear) { n.Name = "  " }, fault.Invalid, "name"},
			"no basis":             {h.Standing, func(n *cluster.NewYear) { n.Basis = "" }, fault.Invalid, "basis"},
			"member twice":         {h.Standing, func(n *cluster.NewYear) { n.Members = []string{a.ID, a.ID} }, fault.Invalid, "members"},
			"unknown member":       {h.Standing, func(n *cluster.NewYear) { n.Members = []string{"x", a.ID} }, fault.Invalid, "members"},
			"leader is no member":  {h.Standing, func(n *cluster.NewYear) { n.Leader.UnitID = h.Organiser.ID }, fault.Invalid, "leader"},
			"leader without basis": {h.Standing, func(n *cluster.NewYear) { n.Leader.UnitID = a.ID }, fault.Invalid, "leader"},
			"officer of a member":  {h.Officer(a), func(*cluster.NewYear) {}, fault.Denied, ""},
			"visitor":              {access.Visitor, func(*cluster.NewYear) {}, fault.Unauthenticated, ""},
		}
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				in := good
				c.alter(&in)
				_, err := h.Years.Form(ctx, c.actor, in)
				want(t, err, c.code)
				if f := fault.As(err); f.Field != c.field {
					t.Fatalf("fault is at field %q, want %q", f.Field, c.field)
				}
			})
		}
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM cluster_year`); err != nil || n != 0 {
			t.Fatalf("%d half-written years, %v", n, err)
		}
	})
}

func TestAUnitIsInOneClusterOfAKind(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		other := b.Unit("Sở Khác")
		in := cluster.NewYear{Kind: cluster.Khoi, OrganiserID: b.Organiser.ID, Year: 2023, Name: "Khối hai", Basis: "QĐ", Members: []string{other.ID, b.Units[1].ID, b.Units[2].ID}}
		_, err := b.Years.Form(ctx, b.Standing, in)
		want(t, err, fault.Invalid)
		if f := fault.As(err); f.Field != "members" || len(f.All()) != 2 || !strings.Contains(locale.Vietnamese.Fault(err), "Sở Số 2 đã là thành viên của “Khối thử” năm 2023") {
			t.Fatalf("%v", err)
		}
		in.Members = []string{other.ID}
		y, err := b.Years.Form(ctx, b.Standing, in)
		b.Check(err)
		err = b.Years.AddMember(ctx, b.Standing, y.ID, b.Units[1].ID, "")
		want(t, err, fault.Invalid)
		if f := fault.As(err); f.Field != "unit" {
			t.Fatalf("%v", err)
		}
		// Another year, another kind, another organiser are other matters.
		for name, change := range map[string]func(*cluster.NewYear){
			"year": func(n *cluster.NewYear) { n.Year = 2024 },
			"kind": func(n *cluster.NewYear) { n.Kind = cluster.Cum },
		} {
			next := in
			next.Members = []string{b.Units[1].ID, b.Units[2].ID}
			change(&next)
			if _, err := b.Years.Form(ctx, b.Standing, next); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		ministry := b.Unit("Bộ Thử")
		in.OrganiserID, in.Members = ministry.ID, []string{b.Units[1].ID, b.Units[2].ID}
		_, err = b.Years.Form(ctx, b.Person("Chuyên viên bộ", access.Standing, ministry.ID), in)
		b.Check(err)
	})
}

func TestALeaderBeforeAndAfterTheTermIsToldSo(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		for day, said := range map[string]string{"2022-12-20": "bắt đầu từ ngày 01/01/2023", "2024-05-01": "đã kết thúc trước ngày 01/04/2024"} {
			b.Clock.To(day)
			for i, officer := range b.Officers {
				err := b.Years.SetDeadline(ctx, officer, b.Year.ID, cluster.DueSelf, "2023-11-30")
				want(t, err, fault.Denied)
				if got := locale.Vietnamese.Fault(err); strings.Contains(got, said) != (i < 2) {
					t.Errorf("on %s unit %d is told: %s", day, i, got)
				}
			}
			// What neither office may do is refused as ever.
			if got := locale.Vietnamese.Fault(b.Years.AddMember(ctx, b.Leader(), b.Year.ID, b.Units[1].ID, "")); strings.Contains(got, "Nhiệm kỳ") {
				t.Error(got)
			}
		}
		b.Clock.To("2023-05-01")
		b.Check(b.Years.SetDeadline(ctx, b.Leader(), b.Year.ID, cluster.DueSelf, "2023-11-30"))
	})
}

func TestOneLeaderAtATime(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		second := cluster.NewTerm{UnitID: b.Units[2].ID, Basis: cluster.ByDecision, Reference: "QĐ 99", From: "2023-06-01"}
		want(t, b.Years.Replace(ctx, b.Officers[0], b.Year.ID, cluster.Leader, second), fault.Denied)
		b.Check(b.Years.Replace(ctx, b.Standing, b.Year.ID, cluster.Leader, second))
		for day, leader := range map[string]int{"2023-05-31": 0, "2023-06-01": 2, "2024-03-31": 2} {
			b.Clock.To(day)
			got, err := b.Years.LeaderUnit(ctx, d, b.Year.ID)
			b.Check(err)
			if got != b.Units[leader].ID {
				t.Errorf("on %s the leader is not unit %d", day, leader)
			}
			for i, officer := range b.Officers {
				may, err := b.Gate.Can(ctx, d, officer, access.ClusterMove, access.Record{Year: b.Year.ID})
				b.Check(err)
				if may != (i == leader) {
					t.Errorf("on %s unit %d may move the year: %v", day, i, may)
				}
			}
		}
	})
}

func TestAYearIsHiddenFromStrangersAsIfItDidNotExist(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(2)
		_, hidden := b.Years.See(ctx, b.Stranger, b.Year.ID)
		_, missing := b.Years.See(ctx, b.Stranger, "nowhere")
		if hidden == nil || missing == nil || hidden.Error() != missing.Error() {
			t.Fatalf("hidden: %v; missing: %v", hidden, missing)
		}
		if err := b.Years.SetDeadline(ctx, b.Stranger, b.Year.ID, cluster.DueSelf, "2023-11-30"); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a stranger's write on a hidden year answers %v", err)
		}
		seen, err := b.Years.Visible(ctx, b.Officers[1], 0, "khoi thu")
		b.Check(err)
		if len(seen) != 1 {
			t.Fatalf("a member sees %d years", len(seen))
		}
	})
}

func TestTheMachineMovesOnlyByItsTable(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(2)
		open := false
		b.Years.Guard("movement", func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) {
			if open {
				return nil, nil
			}
			return []cluster.Blocker{{Tab: "overview"}}, nil
		})
		want(t, b.Years.Go(ctx, b.Leader(), b.Year.ID, cluster.Launched, b.Year.Version), fault.Conflict) // guard
		open = true
		want(t, b.Years.Go(ctx, b.Officers[1], b.Year.ID, cluster.Launched, b.Year.Version), fault.Denied)
		want(t, b.Years.Go(ctx, b.Leader(), b.Year.ID, cluster.Signed, b.Year.Version), fault.Conflict) // no such step
		b.Check(b.Years.Go(ctx, b.Leader(), b.Year.ID, cluster.Launched, b.Year.Version))
		want(t, b.Years.Go(ctx, b.Leader(), b.Year.ID, cluster.Drafting, b.Year.Version), fault.Conflict) // saw an older version
		y, err := b.Years.Get(ctx, d, b.Year.ID)
		b.Check(err)
		want(t, b.Years.GoBack(ctx, b.Leader(), y.ID, cluster.Formed, "nhầm", y.Version), fault.Denied)
		want(t, b.Years.GoBack(ctx, b.Standing, y.ID, cluster.Formed, " ", y.Version), fault.Invalid)
		want(t, b.Years.GoBack(ctx, b.Standing, y.ID, cluster.Decided, "nhầm", y.Version), fault.Invalid)
		b.Check(b.Years.GoBack(ctx, b.Standing, y.ID, cluster.Formed, "phát động nhầm năm", y.Version))
		trace, err := b.Years.Trace(ctx, d, y.ID)
		b.Check(err)
		if len(trace) != 2 || !trace[1].Back || trace[1].Reason != "phát động nhầm năm" || trace[1].To != cluster.Formed {
			t.Fatalf("trace %+v", trace)
		}
		if r, err := ledger.Verify(ctx, d, nil); err != nil || !r.OK() {
			t.Fatalf("ledger: %+v %v", r, err)
		}
	})
}

func TestEveryStepLeadsForward(t *testing.T) {
	reached := map[cluster.State]bool{cluster.Formed: true}
	for _, st := range cluster.Steps() {
		if st.To == st.From || !st.To.Reached(st.From) {
			t.Errorf("step %s → %s does not lead forward", st.From, st.To)
		}
		reached[st.To] = true
	}
	for _, stage := range cluster.Stages {
		if !reached[stage.State] {
			t.Errorf("no step leads to %s", stage.State)
		}
	}
}

func TestOpenNextTakesOverMembersAndSeatsTheElectedLeader(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		var next cluster.Year
		b.Check(d.InTx(ctx, func(tx *db.Tx) (err error) {
			next, err = b.Years.OpenNext(ctx, tx, b.Leader(), b.Year.ID, cluster.Next{
				Basis:  "Hội nghị tổng kết",
				Leader: cluster.NewTerm{UnitID: b.Units[2].ID, Basis: cluster.Elected, Reference: "Hội nghị tổng kết"},
			})
			return err
		}))
		members, err := b.Years.Members(ctx, d, next)
		b.Check(err)
		if next.Year != 2024 || next.State != cluster.Formed || len(members) != 3 || !members[2].Leads(cluster.Leader) || members[0].Leads(cluster.Leader) {
			t.Fatalf("next year %+v with members %+v", next, members)
		}
		err = d.InTx(ctx, func(tx *db.Tx) error {
			_, err := b.Years.OpenNext(ctx, tx, b.Leader(), b.Year.ID, cluster.Next{Basis: "lần nữa"})
			return err
		})
		want(t, err, fault.Invalid)
	})
}

func TestNamesStayAsTheyWereInTheYear(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(2)
		b.Check(b.Org.Rename(ctx, b.Standing, b.Units[1].ID, "Sở Tên mới", "", "2024-01-01", "QĐ đổi tên"))
		b.Clock.To("2024-05-01")
		members, err := b.Years.Members(ctx, d, b.Year)
		b.Check(err)
		if members[1].Name != "Sở Số 2" {
			t.Fatalf("in 2023 the unit is shown as %q", members[1].Name)
		}
		found, err := b.Org.Find(ctx, "2024-05-01", "ten moi", 0)
		b.Check(err)
		if len(found) != 1 || found[0].ID != b.Units[1].ID {
			t.Fatalf("found %+v", found)
		}
	})
}

// TestACalendarIsSetWhole: one wrong day, and no deadline is set.
func TestACalendarIsSetWhole(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		days := map[string]clock.Day{cluster.DueSelf: "2023-11-20", cluster.DueCheck: "2023-13-01"}
		err := b.Years.SetCalendar(ctx, b.Leader(), b.Year.ID, days)
		if f := fault.As(err); !fault.Is(err, fault.Invalid) || f.Field != cluster.DueCheck {
			t.Fatalf("%v", err)
		}
		if due, err := b.Years.Calendar(ctx, d, b.Year.ID); err != nil || due[cluster.DueSelf].Due != "" {
			t.Fatalf("%v, %v", due, err)
		}
		days[cluster.DueCheck] = "2023-11-27"
		b.Check(b.Years.SetCalendar(ctx, b.Leader(), b.Year.ID, days))
		if due, err := b.Years.Calendar(ctx, d, b.Year.ID); err != nil || due[cluster.DueSelf].Due != "2023-11-20" || due[cluster.DueCheck].Due != "2023-11-27" {
			t.Fatalf("%v, %v", due, err)
		}
		if err := b.Years.SetCalendar(ctx, b.Stranger, b.Year.ID, days); !fault.Is(err, fault.NotFound) {
			t.Fatalf("%v", err)
		}
	})
}

// TestMissed: a day that has gone by is missed while the state says that the
// work is not done.
func TestMissed(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b := house.New(t, d).Block(3)
		b.Check(b.Years.SetCalendar(ctx, b.Leader(), b.Year.ID, map[string]clock.Day{cluster.DueSign: "2023-03-15", cluster.DueSelf: "2023-11-20"}))
		missed := func(state cluster.State, today clock.Day) string {
			b.Put(state)
			y, err := b.Years.Get(ctx, d, b.Year.ID)
			b.Check(err)
			found, err := b.Years.MissedOf(ctx, d, []cluster.Year{y}, today)
			b.Check(err)
			return found[y.ID].Activity
		}
		for _, c := range []struct {
			state cluster.State
			today clock.Day
			want  string
		}{
			{cluster.Drafting, "2023-03-15", ""}, {cluster.Drafting, "2023-03-16", cluster.DueSign}, {cluster.Signed, "2023-03-16", ""},
			{cluster.MidReviewed, "2023-11-21", cluster.DueSelf}, {cluster.SelfScored, "2023-11-21", ""},
		} {
			if got := missed(c.state, c.today); got != c.want {
				t.Errorf("%s on %s: %q, want %q", c.state, c.today, got, c.want)
			}
		}
	})
}
