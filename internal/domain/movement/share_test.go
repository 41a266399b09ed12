package movement

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func TestSharesOfATarget(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		b := block.New(t, d)
		s := New(d, b.Book, b.Gate, b.Years, indicator.New(d, b.Book, b.Gate, b.Years, b.Clock), b.Clock)
		m, err := s.Create(ctx, b.Standing, in(b))
		b.Check(err)
		ts, err := s.Targets(ctx, d, m.ID)
		b.Check(err)
		trade, towns := ts[0], ts[1]
		give := NewShare{TargetID: trade.ID, ClusterID: b.Year.ClusterID, Amount: "60.000", Lang: "vi"}
		_, err = s.SetShare(ctx, b.Officers[0], give)
		block.Want(t, err, fault.NotFound) // of a draft that is not theirs
		if m, err = s.Launch(ctx, b.Standing, m.ID, m.Version); err != nil {
			t.Fatal(err)
		}
		_, err = s.SetShare(ctx, b.Officers[0], give)
		block.Want(t, err, fault.Denied)
		other := b.Person("Thường trực khác", access.Standing, b.Unit("UBND tỉnh khác").ID)
		_, err = s.SetShare(ctx, other, give)
		block.Want(t, err, fault.Denied)
		for what, c := range map[string]struct {
			in    NewShare
			field string
		}{
			"nobody":            {NewShare{Amount: "1"}, "bearer"},
			"two":               {NewShare{ClusterID: b.Year.ClusterID, UnitID: b.Units[0], Amount: "1"}, "bearer"},
			"no such cluster":   {NewShare{ClusterID: "x", Amount: "1"}, "bearer"},
			"who is no member":  {NewShare{UnitID: b.Unit("Sở Ngoài").ID, Amount: "1"}, "bearer"},
			"no amount":         {NewShare{UnitID: b.Units[0]}, "amount"},
			"no number":         {NewShare{UnitID: b.Units[0], Amount: "nhiều"}, "amount"},
			"less than nothing": {NewShare{UnitID: b.Units[0], Amount: "-5"}, "amount"},
			"another measure":   {NewShare{UnitID: b.Units[0], Amount: "5", Unit: "tỷ đồng"}, "unit"},
		} {
			c.in.TargetID, c.in.Lang = trade.ID, "vi"
			if _, err := s.SetShare(ctx, b.Standing, c.in); !fault.Is(err, fault.Invalid) || fault.As(err).All()[0].Field != c.field {
				t.Errorf("%s: %v", what, err)
			}
		}
		whole, err := s.SetShare(ctx, b.Standing, give)
		b.Check(err)
		if whole.BaseAmount != "60000000000" || whole.Unit != "triệu USD" {
			t.Errorf("%+v", whole)
		}
		cascade := func(i int) Cascade {
			t.Helper()
			all, err := s.Cascades(ctx, d, m)
			b.Check(err)
			return all[i]
		}
		if c := cascade(0); c.Balance != Less || c.Sum != "60000" || c.Rest != "32070" || len(c.Twice) != 0 {
			t.Errorf("%s %s %s", c.Balance, c.Sum, c.Rest)
		}
		// A unit on its own, in another unit of the same base; a member of the
		// cluster may count twice.
		_, err = s.SetShare(ctx, b.Standing, NewShare{TargetID: trade.ID, UnitID: b.Units[1], Amount: "32,07", Unit: "tỷ USD", Lang: "vi"})
		b.Check(err)
		if c := cascade(0); c.Balance != Exact || c.Rest != "0" || len(c.Twice) != 1 || c.Twice[0] != b.Units[1] {
			t.Errorf("%s %s %v", c.Balance, c.Rest, c.Twice)
		}
		give.Amount, give.Version = "61.000", 9
		_, err = s.SetShare(ctx, b.Standing, give)
		block.Want(t, err, fault.Stale)
		give.Version = whole.Version
		whole, err = s.SetShare(ctx, b.Standing, give)
		b.Check(err)
		if c := cascade(0); c.Balance != More || c.Rest != "1000" || c.Sum != "93070" {
			t.Errorf("%s %s", c.Balance, c.Rest)
		}
		// A rate has shares that do not add up.
		_, err = s.SetShare(ctx, b.Standing, NewShare{TargetID: towns.ID, UnitID: b.Units[1], Amount: "40", Lang: "vi"})
		b.Check(err)
		if c := cascade(1); c.Balance != Apart || c.Sum != "" || len(c.Shares) != 1 {
			t.Errorf("%s %q", c.Balance, c.Sum)
		}
		block.Want(t, s.RemoveShare(ctx, b.Officers[0], whole.ID, whole.Version), fault.Denied)
		block.Want(t, s.RemoveShare(ctx, b.Standing, whole.ID, 1), fault.Stale)
		b.Check(s.RemoveShare(ctx, b.Standing, whole.ID, whole.Version))
		if c := cascade(0); len(c.Shares) != 1 || c.Balance != Less {
			t.Errorf("%s, %d shares", c.Balance, len(c.Shares))
		}
		b.State(t, cluster.Drafting)
		if report, err := ledger.Verify(ctx, d, nil); err != nil || !report.OK() {
			t.Errorf("ledger %+v %v", report, err)
		}
	})
}

// Shares and what is left make up the target, exactly, however they are
// written; the order of the shares is nothing to it.
func TestSharesAndTheRestMakeUpTheTarget(t *testing.T) {
	units := []string{"USD", "triệu USD", "tỷ USD"}
	rapid.Check(t, func(t *rapid.T) {
		amount := func(name string) string {
			return decimal.New(rapid.Int64Range(0, 1_000_000_000).Draw(t, name), int32(-rapid.IntRange(0, 6).Draw(t, name+" places"))).String()
		}
		goal := func(amount, unit string) target.Value { return target.Normalise(amount, unit) }
		unit := rapid.SampledFrom(units).Draw(t, "unit")
		low := amount("target")
		total := Target{}
		total.Relation, total.Low, total.High, total.Unit = target.Equal, low, low, unit
		v := goal(low, unit)
		total.BaseLow, total.BaseHigh, total.BaseUnit = v.Amount, v.Amount, v.Unit
		var shares []Share
		sum := new(big.Rat)
		for i := range rapid.IntRange(0, 6).Draw(t, "shares") {
			s, err := NewShare{UnitID: "x", Amount: amount(fmt.Sprint("share ", i)), Unit: rapid.SampledFrom(units).Draw(t, "of"), Lang: "en"}.share(total)
			if err != nil {
				t.Fatal(err)
			}
			shares = append(shares, s)
			sum.Add(sum, s.Base())
		}
		c := Weigh(total, shares)
		base := func(figure string) *big.Rat {
			r, ok := new(big.Rat).SetString(goal(figure, unit).Amount)
			if !ok {
				t.Fatalf("%q is no figure", figure)
			}
			return r
		}
		want := base(low)
		if base(c.Sum).Cmp(sum) != 0 {
			t.Fatalf("sum %s", c.Sum)
		}
		made := new(big.Rat).Add(sum, base(c.Rest))
		if c.Balance == More {
			made.Sub(sum, base(c.Rest))
		}
		if made.Cmp(want) != 0 {
			t.Fatalf("%s: %s and %s are not %s", c.Balance, c.Sum, c.Rest, low)
		}
		if (c.Balance == Exact) != (sum.Cmp(want) == 0) || (c.Balance == Less) != (sum.Cmp(want) < 0) || (c.Balance == More) != (sum.Cmp(want) > 0) {
			t.Fatalf("%s: %s against %s", c.Balance, c.Sum, low)
		}
		for i := range shares {
			shares[i], shares[len(shares)-1-i] = shares[len(shares)-1-i], shares[i]
		}
		if again := Weigh(total, shares); again.Sum != c.Sum || again.Balance != c.Balance {
			t.Fatal("the order of the shares matters")
		}
	})
}

func TestBalancesByRelation(t *testing.T) {
	of := func(r target.Relation, low, high string) Target {
		var t Target
		t.Relation, t.Low, t.High, t.Unit, t.BaseLow, t.BaseHigh, t.BaseUnit = r, low, high, "ha", low, high, "ha"
		return t
	}
	for _, c := range []struct {
		t    Target
		sum  string
		want Balance
		rest string
	}{
		{of(target.AtLeast, "10", "10"), "12", Within, "0"}, {of(target.AtLeast, "10", "10"), "9", Less, "1"}, {of(target.AtLeast, "10", "10"), "10", Exact, "0"},
		{of(target.AtMost, "10", "10"), "9", Within, "1"}, {of(target.AtMost, "10", "10"), "12", More, "2"},
		{of(target.Range, "10", "12"), "11", Within, "0"}, {of(target.Range, "10", "12"), "9", Less, "1"}, {of(target.Range, "10", "12"), "14", More, "2"},
		{of(target.Text, "", ""), "1", Apart, ""},
	} {
		if got := Weigh(c.t, []Share{{BaseAmount: c.sum}}); got.Balance != c.want || got.Rest != c.rest {
			t.Errorf("%s of %s %s–%s: %s, rest %q", c.sum, c.t.Relation, c.t.Low, c.t.High, got.Balance, got.Rest)
		}
	}
}
