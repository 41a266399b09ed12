package rulebook_test

import (
	"context"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/house"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func open(t *testing.T, d *db.DB) (*house.House, *rulebook.Service) {
	h := house.New(t, d)
	s := rulebook.New(d, h.Book, h.Gate, h.Clock)
	h.Check(d.InTx(ctx, func(tx *db.Tx) error { return s.EnsureStandard(ctx, tx, access.Program) }))
	return h, s
}

func wrong(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Code != code || f.Field != field {
		t.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

func TestStandardRulesFollowTheirDays(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h, s := open(t, d)
		for _, c := range []struct {
			code     rulebook.Code
			day      clock.Day
			words    string
			verified bool
		}{
			{rulebook.QuorumCluster, "2022-11-29", "ít nhất 2/3 tổng số thành viên", false},
			{rulebook.VoteCluster, "2022-11-29", "quá nửa tổng số thành viên", false},
			{rulebook.VoteCouncil, "2025-06-30", "ít nhất 80% tổng số thành viên", true},
			{rulebook.VoteCouncil, "2025-07-01", "ít nhất 80% tổng số thành viên", false},
			{rulebook.BaseSalary, "2026-06-30", "2.340.000 đồng", false},
			{rulebook.BaseSalary, "2026-07-01", "2.530.000 đồng", false},
			{rulebook.QuotaFlagProvince, "2023-12-01", "không quá 1", false},
		} {
			r, err := s.At(ctx, d, c.code, h.Organiser.ID, c.day)
			h.Check(err)
			if got := locale.Vietnamese.Value(r.Words()); got != c.words || r.Verified != c.verified {
				t.Errorf("%s on %s: %q, verified %v", c.code, c.day, got, r.Verified)
			}
			if r.Source == "" {
				t.Errorf("%s on %s has no source", c.code, c.day)
			}
		}
		if _, err := s.At(ctx, d, rulebook.BaseSalary, "", "2019-06-30"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a day before the first base salary: %v", err)
		}
		before, err := db.Count(ctx, d, `SELECT COUNT(*) FROM rule`)
		h.Check(err)
		h.Check(d.InTx(ctx, func(tx *db.Tx) error { return s.EnsureStandard(ctx, tx, access.Program) }))
		after, err := db.Count(ctx, d, `SELECT COUNT(*) FROM rule`)
		h.Check(err)
		if before != len(rulebook.Standard()) || after != before {
			t.Errorf("%d standard rules, first start made %d, second %d", len(rulebook.Standard()), before, after)
		}
		list, err := s.List(ctx, h.Stranger, "2026-11-23")
		h.Check(err)
		if len(list) != len(rulebook.Subjects) {
			t.Errorf("%d rules in force for %d subjects", len(list), len(rulebook.Subjects))
		}
		if _, err := s.List(ctx, access.Visitor, ""); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a visitor reads the rulebook: %v", err)
		}
	})
}

func TestStandardRulesDoNotOverlapAndLeaveNoGap(t *testing.T) {
	last := map[rulebook.Code]rulebook.Rule{}
	for _, r := range rulebook.Standard() {
		if _, err := r.Code.Canonical(r.Value); err != nil {
			t.Errorf("%s from %s: %v", r.Code, r.From, err)
		}
		if before, ok := last[r.Code]; ok && before.To != r.From {
			t.Errorf("%s: one ends %s, the next begins %s", r.Code, before.To, r.From)
		}
		last[r.Code] = r
	}
	for _, s := range rulebook.Subjects {
		if last[s.Code].Code == "" || last[s.Code].To != "" {
			t.Errorf("%s has no standard rule in force today", s.Code)
		}
	}
}

func TestTheOrganisersOwnRuleComesFirst(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h, s := open(t, d)
		own := rulebook.Rule{Code: rulebook.QuorumCluster, Scope: h.Organiser.ID, Value: `{"share":"80%"}`, Source: "Quy chế", From: "2023-01-01", Verified: true}
		_, err := s.Add(ctx, h.Stranger, own)
		wrong(t, err, fault.Denied, "")
		added, err := s.Add(ctx, h.Standing, own)
		h.Check(err)
		for _, c := range []struct {
			organiser string
			day       clock.Day
			share     string
		}{
			{h.Organiser.ID, "2022-12-31", "2/3"},
			{h.Organiser.ID, "2023-01-01", "80%"},
			{"", "2023-01-01", "2/3"},
			{h.Unit("Bộ khác").ID, "2023-01-01", "2/3"},
		} {
			r, err := s.At(ctx, d, rulebook.QuorumCluster, c.organiser, c.day)
			h.Check(err)
			th, err := r.Threshold()
			h.Check(err)
			if th.Share() != c.share {
				t.Errorf("%s: %s, want %s", c.day, th.Share(), c.share)
			}
		}
		// A successor ends what has no end; it cannot begin before it.
		next := own
		next.From, next.Value = "2024-01-01", `{"share":"3/4"}`
		_, err = s.Add(ctx, h.Standing, next)
		h.Check(err)
		old, err := s.Get(ctx, d, added.ID)
		h.Check(err)
		if old.To != "2024-01-01" {
			t.Errorf("the old rule ends %s", old.To)
		}
		next.From = "2023-06-01"
		_, err = s.Add(ctx, h.Standing, next)
		wrong(t, err, fault.Invalid, "from")
		// Ending needs the version that was seen, a day inside, a reason.
		wrong(t, s.End(ctx, h.Standing, old.ID, "2023-09-01", "", old.Version), fault.Invalid, "reason")
		wrong(t, s.End(ctx, h.Standing, old.ID, "2022-09-01", "x", old.Version), fault.Invalid, "to")
		wrong(t, s.End(ctx, h.Standing, old.ID, "2025-09-01", "x", old.Version), fault.Invalid, "to")
		wrong(t, s.End(ctx, h.Standing, old.ID, "2023-09-01", "x", old.Version-1), fault.Stale, "")
		wrong(t, s.End(ctx, h.Stranger, old.ID, "2023-09-01", "x", old.Version), fault.Denied, "")
		h.Check(s.End(ctx, h.Standing, old.ID, "2023-09-01", "Quy chế mới", old.Version))
		r, err := s.At(ctx, d, rulebook.QuorumCluster, h.Organiser.ID, "2023-10-01")
		h.Check(err)
		if r.Scope != "" {
			t.Error("between two own rules the general one holds")
		}
	})
}

func TestVerify(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h, s := open(t, d)
		r, err := s.At(ctx, d, rulebook.VoteCluster, "", "2023-01-01")
		h.Check(err)
		wrong(t, s.Verify(ctx, h.Standing, r.ID, " ", r.Version), fault.Invalid, "source")
		h.Check(s.Verify(ctx, h.Standing, r.ID, "Quy chế 12, Điều 5", r.Version))
		r, err = s.Get(ctx, d, r.ID)
		h.Check(err)
		if !r.Verified || r.Source != "Quy chế 12, Điều 5" {
			t.Errorf("%+v", r)
		}
	})
}

func TestAddRefusesWhatCannotBe(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		h, s := open(t, d)
		good := rulebook.Rule{Code: rulebook.VoteCluster, Scope: h.Organiser.ID, Value: `{"share":"2/3"}`, Source: "QĐ", From: "2023-01-01"}
		for name, c := range map[string]struct {
			alter func(*rulebook.Rule)
			field string
		}{
			"unknown code":      {func(r *rulebook.Rule) { r.Code = "x" }, "code"},
			"no value":          {func(r *rulebook.Rule) { r.Value = "" }, "value"},
			"other shape":       {func(r *rulebook.Rule) { r.Value = `{"max":1}` }, "value"},
			"above all":         {func(r *rulebook.Rule) { r.Value = `{"share":"120%"}` }, "value"},
			"more than all":     {func(r *rulebook.Rule) { r.Value = `{"share":"1","strict":true}` }, "value"},
			"nothing":           {func(r *rulebook.Rule) { r.Value = `{"share":"0"}` }, "value"},
			"unknown base":      {func(r *rulebook.Rule) { r.Value = `{"share":"1/2","base":"some"}` }, "value"},
			"written, no base":  {func(r *rulebook.Rule) { r.Value = `{"share":"1/2","base":"valid","written":true}` }, "value"},
			"two values":        {func(r *rulebook.Rule) { r.Value = `{"share":"1/2"}{}` }, "value"},
			"no source":         {func(r *rulebook.Rule) { r.Source = " " }, "source"},
			"no day":            {func(r *rulebook.Rule) { r.From = "01/01/2023" }, "from"},
			"ends before start": {func(r *rulebook.Rule) { r.To = "2023-01-01" }, "to"},
			"unknown organiser": {func(r *rulebook.Rule) { r.Scope = "nobody" }, "scope"},
		} {
			in := good
			c.alter(&in)
			_, err := s.Add(ctx, access.Program, in)
			if f := fault.As(err); f == nil || f.Code != fault.Invalid || f.Field != c.field {
				t.Errorf("%s: %v, want a fault at %s", name, err, c.field)
			}
		}
	})
}

func TestQuotaLimit(t *testing.T) {
	for _, c := range []struct {
		value    string
		of, want int
	}{
		{`{"max":1}`, 12, 1},
		{`{"share":"1/2","of":"rest"}`, 10, 5},
		{`{"share":"1/2","of":"rest"}`, 9, 4},
		{`{"share":"20%","of":"flags"}`, 54, 10},
		{`{"share":"20%","of":"flags"}`, 4, 0},
	} {
		q, err := rulebook.Rule{Value: c.value}.Quota()
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Limit(c.of); got != c.want {
			t.Errorf("%s of %d: %d, want %d", c.value, c.of, got, c.want)
		}
	}
}

func FuzzFraction(f *testing.F) {
	for _, s := range []string{"2/3", "80%", "0.8", "0,8", "1", "0", "-1/2", "1e3", "99999999999999999999/3", "1/0", "%", "/", "50 %"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		num, den, err := rulebook.Fraction(s)
		if err == nil && (num <= 0 || den <= 0 || num > den) {
			t.Fatalf("%q gives %d/%d", s, num, den)
		}
	})
}
