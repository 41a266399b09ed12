package award_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/meeting/meetingtest"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/testkit/store"
)

var ctx = context.Background()

func want(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Code != code || f.Field != field {
		t.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

// ranks stands in for the room of scores: unit → rank.
type ranks []award.Standing

func (r *ranks) Latest(context.Context, db.Queryer, string) ([]award.Standing, error) { return *r, nil }

type stage struct {
	*meetingtest.Hall
	awards *award.Service
	ranks  *ranks
}

// open makes a block of 12 ranked 1, 2, 2, 4, 5, … 12.
func open(t *testing.T, d *db.DB) *stage {
	s := &stage{Hall: meetingtest.New(t, d, 12), ranks: &ranks{}}
	s.awards = award.New(d, s.Book, s.Gate, s.Years, s.Rules, s.Ballots, s.ranks, s.Clock)
	s.Check(d.InTx(ctx, func(tx *db.Tx) error { return s.awards.EnsureKinds(ctx, tx, access.Program) }))
	for i, u := range s.Units {
		st := award.Standing{UnitID: u.ID, Rank: i + 1, Total: points.Must("97.4") - points.Points(i)*points.One, Final: true}
		if i == 2 {
			st.Rank = 2
		}
		st.Tied = i == 1 || i == 2
		*s.ranks = append(*s.ranks, st)
	}
	return s
}

func (s *stage) units(at ...int) (ids []string) {
	for _, i := range at {
		ids = append(ids, s.Units[i].ID)
	}
	return ids
}

func (s *stage) propose(kind, override string, at ...int) []award.Nomination {
	s.T.Helper()
	list, err := s.awards.Propose(ctx, s.Leader(), award.Proposal{YearID: s.Year.ID, KindID: kind, Units: s.units(at...), Override: override})
	s.Check(err)
	return list
}

func (s *stage) concerns(kind string, at ...int) string {
	s.T.Helper()
	warnings, err := s.awards.Preview(ctx, s.Leader(), award.Proposal{YearID: s.Year.ID, KindID: kind, Units: s.units(at...)})
	s.Check(err)
	var codes []string
	for _, w := range warnings {
		codes = append(codes, string(w.Code))
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

func TestWarningsOfTheRules(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		for _, c := range []struct {
			name, kind string
			at         []int
			want       string
		}{
			{"the first", "flag_province", []int{0}, ""},
			{"one of two that are level", "flag_province", []int{1}, "outranked tied_rank"},
			{"both that are level", "flag_province", []int{1, 2}, "outranked outranked quota"},
			{"the first three", "flag_province", []int{0, 1, 2}, "quota"},
			{"the government's flag without any other", "flag_government", []int{0}, "quota"},
			{"the government's flag for the fifth", "flag_government", []int{4}, "leading outranked quota"},
			{"six certificates of twelve", "certificate_province", []int{3, 4, 5, 6, 7, 8}, ""},
			{"seven certificates of twelve", "certificate_province", []int{3, 4, 5, 6, 7, 8, 9}, "quota"},
			{"a kind without a quota", "letter_of_merit", []int{0, 5, 9}, ""},
		} {
			if got := s.concerns(c.kind, c.at...); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		// Flags take units out of the rest of which half may get certificates.
		s.propose("flag_province", "Ba đơn vị cùng dẫn đầu", 0, 1, 2)
		if got := s.concerns("certificate_province", 3, 4, 5, 6); got != "" {
			t.Errorf("four of the nine left: %q", got)
		}
		if got := s.concerns("certificate_province", 3, 4, 5, 6, 7); got != "quota" {
			t.Errorf("five of the nine left: %q", got)
		}
	})
}

func TestProposeWithoutReasonIsRefusedWithEveryWarning(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		in := award.Proposal{YearID: s.Year.ID, KindID: "flag_province", Units: s.units(1, 2)}
		_, err := s.awards.Propose(ctx, s.Leader(), in)
		f := fault.As(err)
		if f == nil || f.Field != "override" || len(f.All()) != 3 {
			t.Fatalf("%v", err)
		}
		if text := locale.Vietnamese.Fault(f); !strings.Contains(text, "đề nghị 2, nhiều hơn mức 1") || !strings.Contains(text, "chưa xác minh") {
			t.Error(text)
		}
		in.Override = "Hai đơn vị bằng điểm, hội nghị nhất trí đề nghị cả hai"
		list, err := s.awards.Propose(ctx, s.Leader(), in)
		s.Check(err)
		if len(list) != 2 || list[0].Rank != 2 || list[0].Total != points.Must("96.4") {
			t.Errorf("%+v", list)
		}
		views, err := s.awards.List(ctx, s.Officers[5], s.Year.ID)
		s.Check(err)
		if len(views) != 2 || len(views[0].Warnings) == 0 || views[0].Override != in.Override || views[0].Name != "Sở Số 2" {
			t.Errorf("%+v", views)
		}
		// What was warned of is said again as it was said.
		said := views[0].Warnings[0].Text
		if got := locale.Vietnamese.Say(said.Text, said.Args); !strings.Contains(got, "đề nghị 2, nhiều hơn mức 1") {
			t.Error(got)
		}
		s.Sound()
	})
}

func TestProposeRefusesWhatCannotBe(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		*s.ranks = (*s.ranks)[:11] // the last unit is not ranked
		good := award.Proposal{YearID: s.Year.ID, KindID: "flag_province", Units: s.units(0)}
		for name, c := range map[string]struct {
			actor access.Actor
			alter func(*award.Proposal)
			code  fault.Code
			field string
		}{
			"no kind":           {s.Leader(), func(p *award.Proposal) { p.KindID = "" }, fault.Invalid, "kind"},
			"unknown kind":      {s.Leader(), func(p *award.Proposal) { p.KindID = "x" }, fault.Invalid, "kind"},
			"nobody":            {s.Leader(), func(p *award.Proposal) { p.Units = nil }, fault.Invalid, "units"},
			"twice":             {s.Leader(), func(p *award.Proposal) { p.Units = s.units(0, 0) }, fault.Invalid, "units"},
			"no member":         {s.Leader(), func(p *award.Proposal) { p.Units = []string{s.Organiser.ID} }, fault.Invalid, "units"},
			"no rank, no vote":  {s.Leader(), func(p *award.Proposal) { p.Units = s.units(11) }, fault.Invalid, "units"},
			"unknown poll":      {s.Leader(), func(p *award.Proposal) { p.PollID = "x" }, fault.Invalid, "poll"},
			"unit and label":    {s.Leader(), func(p *award.Proposal) { p.Label, p.Quantity, p.Grounds = "3 đơn vị", 3, "x" }, fault.Invalid, "label"},
			"label, no number":  {s.Leader(), func(p *award.Proposal) { p.Units, p.Label, p.Grounds = nil, "3 đơn vị", "x" }, fault.Invalid, "quantity"},
			"label, no source":  {s.Leader(), func(p *award.Proposal) { p.Units, p.Label, p.Quantity = nil, "3 đơn vị", 3 }, fault.Invalid, "grounds"},
			"a member":          {s.Officers[3], func(*award.Proposal) {}, fault.Denied, ""},
			"the standing body": {s.Standing, func(*award.Proposal) {}, fault.Denied, ""},
			"a stranger":        {s.Stranger, func(*award.Proposal) {}, fault.NotFound, ""},
			"unknown year":      {s.Leader(), func(p *award.Proposal) { p.YearID = "x" }, fault.NotFound, ""},
		} {
			t.Run(name, func(t *testing.T) {
				in := good
				c.alter(&in)
				_, err := s.awards.Propose(ctx, c.actor, in)
				want(t, err, c.code, c.field)
			})
		}
		_, err := s.awards.Propose(ctx, s.Leader(), good)
		s.Check(err)
		_, err = s.awards.Propose(ctx, s.Leader(), good)
		want(t, err, fault.Invalid, "units") // already proposed
		s.Put(cluster.Executing)
		good.Units = s.units(1)
		_, err = s.awards.Propose(ctx, s.Leader(), good)
		want(t, err, fault.Conflict, "")
	})
}

func TestVotesAreGrounds(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		*s.ranks = nil
		m := s.InSession(meeting.Review, 12)
		n := ballot.NewPoll{MeetingID: m.ID, YearID: s.Year.ID, Purpose: ballot.ForAward, AwardKind: "flag_province", Title: "Cờ thi đua của UBND tỉnh", Way: ballot.ByHands, Seats: 1, Units: s.units(0, 1, 2, 3)}
		p, err := s.Ballots.Prepare(ctx, s.Leader(), n)
		s.Check(err)
		p = s.Begin(p)
		in := award.Proposal{YearID: s.Year.ID, KindID: "flag_province", Units: s.units(0), PollID: p.ID}
		_, err = s.awards.Propose(ctx, s.Leader(), in)
		want(t, err, fault.Invalid, "poll") // not counted yet
		s.Check(s.Ballots.CountHands(ctx, s.Leader(), p.ID, s.Lines(p, 10, 9, 9, 3)))
		_, err = s.awards.Propose(ctx, s.Leader(), in)
		s.Check(err)
		if got := func() string {
			w, err := s.awards.Preview(ctx, s.Leader(), award.Proposal{YearID: s.Year.ID, KindID: "flag_province", Units: s.units(3), PollID: p.ID})
			s.Check(err)
			return locale.Vietnamese.Say(w[1].Text.Text, w[1].Text.Args)
		}(); got != "Sở Số 4 được 3 phiếu đồng ý, chưa đủ 7 phiếu cần có." {
			t.Error(got)
		}
		in.KindID, in.Units = "certificate_province", s.units(1)
		_, err = s.awards.Propose(ctx, s.Leader(), in)
		want(t, err, fault.Invalid, "poll") // a vote about another award
		rows, err := s.awards.Consolidate(ctx, s.Officers[4], s.Year.ID)
		s.Check(err)
		if len(rows) != 12 || len(rows[0].Votes) != 1 || rows[0].Votes[0].Yes != 10 || len(rows[0].Proposed) != 1 || rows[0].Standing != nil {
			t.Errorf("%+v", rows[0])
		}
		views, err := s.awards.List(ctx, s.Leader(), s.Year.ID)
		s.Check(err)
		if views[0].Vote == nil || views[0].Vote.Votes != 10 || views[0].Poll.ID != p.ID {
			t.Errorf("%+v", views[0])
		}
		// What a proposal rests on cannot be cancelled under it.
		v := s.View(p)
		want(t, s.Ballots.Cancel(ctx, s.Leader(), p.ID, "x", v.Version), fault.Conflict, "")
		s.Check(s.awards.Withdraw(ctx, s.Leader(), views[0].ID, "Bỏ phiếu lại", views[0].Version))
		s.Check(s.Ballots.Cancel(ctx, s.Leader(), p.ID, "Đếm nhầm", v.Version))
		s.Sound()
	})
}

func TestTiedAtTheSeatIsWarnedOf(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		m := s.InSession(meeting.Review, 12)
		p, err := s.Ballots.Prepare(ctx, s.Leader(), ballot.NewPoll{MeetingID: m.ID, YearID: s.Year.ID, Purpose: ballot.ForAward, AwardKind: "certificate_province", Title: "BK", Way: ballot.ByHands, Seats: 1, Units: s.units(3, 4)})
		s.Check(err)
		p = s.Begin(p)
		s.Check(s.Ballots.CountHands(ctx, s.Leader(), p.ID, s.Lines(p, 8, 8)))
		w, err := s.awards.Preview(ctx, s.Leader(), award.Proposal{YearID: s.Year.ID, KindID: "certificate_province", Units: s.units(3), PollID: p.ID})
		s.Check(err)
		if len(w) != 1 || w[0].Code != award.TiedVote {
			t.Errorf("%+v", w)
		}
	})
}

func TestWithdraw(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		n := s.propose("flag_province", "", 0)[0]
		want(t, s.awards.Withdraw(ctx, s.Leader(), n.ID, " ", n.Version), fault.Invalid, "reason")
		want(t, s.awards.Withdraw(ctx, s.Officers[4], n.ID, "x", n.Version), fault.Denied, "")
		want(t, s.awards.Withdraw(ctx, s.Leader(), n.ID, "x", n.Version-1), fault.Stale, "")
		s.Check(s.awards.Withdraw(ctx, s.Leader(), n.ID, "Đơn vị xin rút", n.Version))
		want(t, s.awards.Withdraw(ctx, s.Leader(), n.ID, "x", n.Version+1), fault.Conflict, "")
		views, err := s.awards.List(ctx, s.Leader(), s.Year.ID)
		s.Check(err)
		if len(views) != 1 || views[0].State != award.Withdrawn || views[0].Nomination.Withdrawn != "Đơn vị xin rút" {
			t.Errorf("%+v", views)
		}
		s.propose("flag_province", "", 0) // and may be proposed again
		s.Sound()
	})
}

func blockers(s *stage) []string {
	y, err := s.Years.Get(ctx, s.DB, s.Year.ID)
	s.Check(err)
	moves, err := s.Years.Moves(ctx, s.Standing, y)
	s.Check(err)
	var out []string
	for _, b := range moves[0].Blockers {
		if b.Tab == "awards" {
			out = append(out, locale.Vietnamese.Say(b.Text.Text, b.Text.Args))
		}
	}
	return out
}

func TestGuardsDecisionAndMoney(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		if b := blockers(s); len(b) != 1 || b[0] != "Chưa có đề nghị khen thưởng nào." {
			t.Errorf("%q", b)
		}
		government := s.propose("flag_government", "Tiêu biểu nhất khối", 0)
		flags := s.propose("flag_province", "Hội nghị nhất trí", 0, 1, 2)
		certificate := s.propose("certificate_province", "", 3)
		if b := blockers(s); len(b) != 0 {
			t.Errorf("%q", b)
		}
		in := award.NewDecision{YearID: s.Year.ID, Number: "123/QĐ-UBND", Day: "2024-03-14", Authority: "UBND tỉnh", Signer: "Nguyễn Văn A", Subject: "Về việc tặng Cờ thi đua", Nominations: []string{flags[0].ID, flags[1].ID, certificate[0].ID}}
		s.Put(cluster.CouncilVoted)
		_, err := s.awards.Decide(ctx, s.Standing, in)
		want(t, err, fault.Invalid, "day") // after today
		s.Clock.To("2024-12-01")
		if b := blockers(s); len(b) != 1 {
			t.Errorf("%q", b)
		}
		_, err = s.awards.Decide(ctx, s.Leader(), in)
		want(t, err, fault.Denied, "")
		s.Put(cluster.Submitted)
		_, err = s.awards.Decide(ctx, s.Standing, in)
		want(t, err, fault.Conflict, "")
		s.Put(cluster.CouncilVoted)
		bad := in
		bad.Signer, bad.Nominations = "", nil
		_, err = s.awards.Decide(ctx, s.Standing, bad)
		if f := fault.As(err); f == nil || len(f.All()) != 2 {
			t.Errorf("%v", err)
		}
		for _, c := range []struct {
			change func(n *award.NewDecision)
			field  string
		}{
			{func(n *award.NewDecision) { n.Number = "311" }, "number"},
			{func(n *award.NewDecision) { n.Number = "abc/QĐ-UBND" }, "number"},
			{func(n *award.NewDecision) { n.Day = "2022-12-31" }, "day"}, // before the proposal
			{func(n *award.NewDecision) { n.Authority = "Thủ tướng Chính phủ" }, "authority"},
			{func(n *award.NewDecision) { n.Authority = "UBND phường Kinh Bắc" }, "authority"},
			{func(n *award.NewDecision) { n.Authority = "Bộ Nội vụ" }, "authority"},
			{func(n *award.NewDecision) { n.Nominations = []string{government[0].ID} }, "authority"},
		} {
			bad = in
			c.change(&bad)
			_, err = s.awards.Decide(ctx, s.Standing, bad)
			want(t, err, fault.Invalid, c.field)
		}
		bad = in
		bad.Nominations = []string{flags[0].ID, flags[0].ID}
		_, err = s.awards.Decide(ctx, s.Standing, bad)
		want(t, err, fault.Invalid, "nominations")
		wrong, err := s.awards.Decide(ctx, s.Standing, in)
		s.Check(err)
		want(t, s.awards.Revoke(ctx, s.Leader(), wrong.ID, "ghi nhầm", wrong.Version), fault.Denied, "")
		want(t, s.awards.Revoke(ctx, s.Standing, wrong.ID, " ", wrong.Version), fault.Invalid, "reason")
		s.Check(s.awards.Revoke(ctx, s.Standing, wrong.ID, "ghi nhầm số", wrong.Version))
		want(t, s.awards.Revoke(ctx, s.Standing, wrong.ID, "lần nữa", wrong.Version+1), fault.Conflict, "")
		if b := blockers(s); len(b) != 1 { // nothing is decided any more
			t.Errorf("%q", b)
		}
		decision, err := s.awards.Decide(ctx, s.Standing, in)
		s.Check(err)
		_, err = s.awards.Decide(ctx, s.Standing, in)
		want(t, err, fault.Invalid, "number")
		in.Number = "124/QĐ-UBND"
		_, err = s.awards.Decide(ctx, s.Standing, in)
		want(t, err, fault.Invalid, "nominations")
		if b := blockers(s); len(b) != 0 {
			t.Errorf("%q", b)
		}
		// The government decides later, at another base salary.
		_, err = s.awards.Decide(ctx, s.Standing, award.NewDecision{YearID: s.Year.ID, Number: "1200/QĐ-TTg", Day: "2024-10-14", Authority: "Thủ tướng Chính phủ", Signer: "B", Subject: "Tặng Cờ thi đua của Chính phủ", Nominations: []string{government[0].ID}})
		s.Check(err)
		payments, err := s.awards.Payments(ctx, s.Officers[6], s.Year.ID)
		s.Check(err)
		totals := map[string]string{}
		for _, p := range payments {
			totals[p.UnitID] = p.Total[0].Amount.String()
		}
		for i, sum := range []string{"28080000", "14400000", "", "5400000"} { // 12 × 2.340.000; 8 × and 3 × 1.800.000
			if totals[s.Units[i].ID] != sum {
				t.Errorf("unit %d is paid %q, want %q", i+1, totals[s.Units[i].ID], sum)
			}
		}
		views, err := s.awards.List(ctx, s.Leader(), s.Year.ID)
		s.Check(err)
		if views[1].Awarded == nil || views[1].Awarded.ID != decision.ID {
			t.Errorf("%+v", views[1])
		}
		s.Sound()
	})
}

// TestHistoryWithoutNames: a news item that counts certificates and names nobody.
func TestHistoryWithoutNames(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		list, err := s.awards.Propose(ctx, s.Leader(), award.Proposal{YearID: s.Year.ID, KindID: "certificate_province", Label: "3 đơn vị", Quantity: 3, Grounds: "Bản tin hội nghị tổng kết"})
		s.Check(err)
		if len(list) != 1 || list[0].Quantity != 3 {
			t.Errorf("%+v", list)
		}
		views, err := s.awards.List(ctx, s.Leader(), s.Year.ID)
		s.Check(err)
		if views[0].Name != "3 đơn vị" {
			t.Errorf("%+v", views[0])
		}
		if got := s.concerns("certificate_province", 3, 4, 5); got != "" {
			t.Errorf("six in all: %q", got)
		}
		if got := s.concerns("certificate_province", 3, 4, 5, 6); got != "quota" {
			t.Errorf("seven in all: %q", got)
		}
		if b := blockers(s); len(b) != 0 {
			t.Errorf("%q", b)
		}
	})
}

// TestGovernmentFlagsCountOverTheClusters: 20 % of those proposed for a flag in
// all clusters of the organiser.
func TestGovernmentFlagsCountOverTheClusters(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		s.propose("flag_province", "x", 0, 1, 2)
		if got := s.concerns("flag_government", 0); got != "quota" {
			t.Errorf("20%% of three is none: %q", got)
		}
		var ids []string
		for _, name := range []string{"Huyện A", "Huyện B"} {
			ids = append(ids, s.Unit(name).ID)
		}
		other, err := s.Years.Form(ctx, s.Standing, cluster.NewYear{Kind: cluster.Cum, OrganiserID: s.Organiser.ID, Year: 2023, Name: "Cụm khác", Basis: "QĐ", Members: ids, Leader: cluster.NewTerm{UnitID: ids[0], Basis: cluster.ByDecision, Reference: "QĐ"}})
		s.Check(err)
		leader := s.Person("Cụm trưởng", access.Officer, ids[0])
		first := s.Year
		s.Year = other
		s.Put(cluster.Aggregated)
		ours := *s.ranks
		*s.ranks = ranks{{UnitID: ids[0], Rank: 1}, {UnitID: ids[1], Rank: 2}}
		_, err = s.awards.Propose(ctx, leader, award.Proposal{YearID: other.ID, KindID: "flag_province", Units: ids, Override: "x"})
		s.Check(err)
		s.Year, *s.ranks = first, ours
		if got := s.concerns("flag_government", 0); got != "" {
			t.Errorf("one of five: %q", got)
		}
		if got := s.concerns("flag_government", 0, 1); got != "quota" {
			t.Errorf("two of five: %q", got)
		}
	})
}

func TestAmounts(t *testing.T) {
	d := decimal.RequireFromString
	for _, c := range []struct{ multiplier, base, want string }{
		{"12.0", "2340000", "28080000"}, {"12.0", "2530000", "30360000"},
		{"8.0", "2340000", "18720000"}, {"8.0", "2530000", "20240000"},
		{"1.5", "2340000", "3510000"}, {"1.5", "2530000", "3800000"},
		{"0.8", "2340000", "1880000"}, {"0.8", "2530000", "2030000"},
		{"7.0", "2340000", "16380000"}, {"7.0", "2530000", "17710000"},
		{"3.0", "2340000", "7020000"}, {"3.0", "2530000", "7590000"},
		{"0.6", "2340000", "1410000"}, {"0.6", "2530000", "1520000"},
	} {
		if got := award.Amount(d(c.multiplier), d(c.base), d("10000")); !got.Equal(d(c.want)) {
			t.Errorf("%s × %s: %s, want %s", c.multiplier, c.base, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		m := decimal.New(rapid.Int64Range(1, 500).Draw(t, "multiplier"), -1)
		base := decimal.NewFromInt(rapid.Int64Range(1, 10_000_000).Draw(t, "base"))
		step := decimal.NewFromInt(rapid.Int64Range(1, 100_000).Draw(t, "step"))
		got := award.Amount(m, base, step)
		if !got.Mod(step).IsZero() || got.LessThan(m.Mul(base)) || !got.Sub(step).LessThan(m.Mul(base)) {
			t.Fatalf("%s × %s up to %s: %s", m, base, step, got)
		}
	})
}

func TestPay(t *testing.T) {
	d := decimal.RequireFromString
	awards := []award.Payable{
		{Kind: award.Kind{ID: "flag_province", Form: award.Title}, Amount: d("20240000"), Currency: "VND"},
		{Kind: award.Kind{ID: "flag_government", Form: award.Title}, Amount: d("30360000"), Currency: "VND"},
		{Kind: award.Kind{ID: "certificate_province", Form: award.Commendation}, Amount: d("7590000"), Currency: "VND"},
	}
	award.Pay(awards)
	if awards[0].Paid || !awards[1].Paid || !awards[2].Paid {
		t.Errorf("%+v", awards)
	}
	if sum := award.Sum(awards); len(sum) != 1 || !sum[0].Amount.Equal(d("37950000")) {
		t.Errorf("%+v", sum)
	}
}

func TestQuotasNameKinds(t *testing.T) {
	kinds := map[rulebook.Code]bool{}
	for _, k := range award.StandardKinds() {
		kinds[rulebook.Quota(k.ID)] = true
		if _, err := decimal.NewFromString(k.Multiplier); err != nil || k.Source == "" {
			t.Errorf("%+v", k)
		}
	}
	for _, r := range rulebook.Standard() {
		if strings.HasPrefix(string(r.Code), "quota.") && !kinds[r.Code] {
			t.Errorf("%s is the quota of no kind", r.Code)
		}
	}
}

// step tells what blocks the one step out of the year's state, "" for nothing.
func step(s *stage) string {
	s.T.Helper()
	y, err := s.Years.Get(ctx, s.DB, s.Year.ID)
	s.Check(err)
	moves, err := s.Years.Moves(ctx, s.Standing, y)
	s.Check(err)
	if len(moves[0].Blockers) == 0 {
		return ""
	}
	text := moves[0].Blockers[0].Text
	return locale.Vietnamese.Say(text.Text, text.Args)
}

func (s *stage) goes(to cluster.State) {
	s.T.Helper()
	y, err := s.Years.Get(ctx, s.DB, s.Year.ID)
	s.Check(err)
	s.Check(s.Years.Go(ctx, s.Standing, y.ID, to, y.Version))
	s.Clock.Forward(time.Hour)
}

func (s *stage) back(to cluster.State) {
	s.T.Helper()
	y, err := s.Years.Get(ctx, s.DB, s.Year.ID)
	s.Check(err)
	s.Check(s.Years.GoBack(ctx, s.Standing, y.ID, to, "Hồ sơ thiếu", y.Version))
	s.Clock.Forward(time.Hour)
}

func TestWhatHappensAboveTheClusterIsRecorded(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		s := open(t, d)
		s.Years.Guard("submission_papers", func(context.Context, db.Queryer, cluster.Year) ([]cluster.Blocker, error) { return nil, nil })
		certificate := s.propose("certificate_province", "", 3)
		m := s.InSession(meeting.Review, 12)
		s.Close(m)
		s.Put(cluster.Reviewed)
		s.Clock.To("2023-12-08 09:00")
		s.goes(cluster.Submitted)

		if got := step(s); got != "Chưa ghi báo cáo thẩm định (số, ngày, kết luận)." {
			t.Error(got)
		}
		report := award.NewProceeding{YearID: s.Year.ID, State: cluster.Appraised, Number: "12/BC-SNV", Day: "2023-12-08", Body: "Sở Nội vụ", Conclusion: "Đủ điều kiện, tiêu chuẩn."}
		for _, c := range []struct {
			change func(n *award.NewProceeding)
			field  string
		}{
			{func(n *award.NewProceeding) { n.Number = "" }, "number"},
			{func(n *award.NewProceeding) { n.Number = "số 12" }, "number"},
			{func(n *award.NewProceeding) { n.Day = "2023-12-09" }, "day"}, // not yet
			{func(n *award.NewProceeding) { n.Day = "2023-11-28" }, "day"}, // before the review meeting
			{func(n *award.NewProceeding) { n.Body = " " }, "body"},
			{func(n *award.NewProceeding) { n.Conclusion = "" }, "conclusion"},
			{func(n *award.NewProceeding) { n.Members = 21 }, "members"},
		} {
			bad := report
			c.change(&bad)
			_, err := s.awards.Record(ctx, s.Standing, bad)
			want(t, err, fault.Invalid, c.field)
		}
		_, err := s.awards.Record(ctx, s.Leader(), report)
		want(t, err, fault.Denied, "")
		_, err = s.awards.Record(ctx, s.Stranger, report)
		want(t, err, fault.NotFound, "")
		early := report
		early.State = cluster.CouncilVoted
		_, err = s.awards.Record(ctx, s.Standing, early)
		want(t, err, fault.Conflict, "")
		first, err := s.awards.Record(ctx, s.Standing, report)
		s.Check(err)
		if got := step(s); got != "" {
			t.Error(got)
		}
		_, err = s.awards.Record(ctx, s.Standing, report)
		want(t, err, fault.Conflict, "") // there is one
		// Written down wrongly: it is taken back with a reason, and recorded anew.
		want(t, s.awards.WithdrawRecord(ctx, s.Standing, first.ID, " ", 1), fault.Invalid, "reason")
		want(t, s.awards.WithdrawRecord(ctx, s.Leader(), first.ID, "x", 1), fault.Denied, "")
		s.Check(s.awards.WithdrawRecord(ctx, s.Standing, first.ID, "Nhầm số", 1))
		if got := step(s); got == "" {
			t.Error("a record that was taken back opens the step")
		}
		report.Number = "13/BC-SNV"
		second, err := s.awards.Record(ctx, s.Standing, report)
		s.Check(err)
		s.goes(cluster.Appraised)
		want(t, s.awards.WithdrawRecord(ctx, s.Standing, second.ID, "x", 1), fault.Conflict, "") // the year has gone on from it

		if got := step(s); !strings.HasPrefix(got, "Chưa ghi phiên họp Hội đồng") {
			t.Error(got)
		}
		session := award.NewProceeding{YearID: s.Year.ID, State: cluster.CouncilVoted, Number: "07/BB-HĐTĐKT", Day: "2023-12-12", Body: "Hội đồng Thi đua – Khen thưởng tỉnh", Members: 21, Present: 18, Conclusion: "18/21 phiếu đồng ý."}
		s.Clock.To("2023-12-12 15:00")
		for _, c := range []struct {
			change func(n *award.NewProceeding)
			field  string
		}{
			{func(n *award.NewProceeding) { n.Day = "2023-12-07" }, "day"}, // before the appraisal
			{func(n *award.NewProceeding) { n.Members = 0 }, "members"},
			{func(n *award.NewProceeding) { n.Present = 22 }, "present"},
			{func(n *award.NewProceeding) { n.Present = 13 }, "present"}, // 2/3 of 21 is 14
		} {
			bad := session
			c.change(&bad)
			_, err := s.awards.Record(ctx, s.Standing, bad)
			want(t, err, fault.Invalid, c.field)
		}
		_, err = s.awards.Record(ctx, s.Standing, session)
		s.Check(err)
		s.goes(cluster.CouncilVoted)

		decision := award.NewDecision{YearID: s.Year.ID, Number: "311/QĐ-UBND", Day: "2023-12-11", Authority: "UBND tỉnh", Signer: "A", Subject: "Khen thưởng", Nominations: []string{certificate[0].ID}}
		s.Clock.To("2023-12-28 15:00")
		_, err = s.awards.Decide(ctx, s.Standing, decision)
		want(t, err, fault.Invalid, "day") // before the council sat
		decision.Day = "2023-12-20"
		_, err = s.awards.Decide(ctx, s.Standing, decision)
		s.Check(err)
		s.goes(cluster.Decided)
		presented := award.NewProceeding{YearID: s.Year.ID, State: cluster.Awarded, Day: "2023-12-19", Body: "Hội nghị tổng kết của tỉnh"}
		_, err = s.awards.Record(ctx, s.Standing, presented)
		want(t, err, fault.Invalid, "day")
		presented.Day = "2023-12-28"
		_, err = s.awards.Record(ctx, s.Standing, presented)
		s.Check(err)
		s.goes(cluster.Awarded)

		// The dossier goes back: what is sent anew is appraised anew.
		s.back(cluster.Reviewed)
		s.goes(cluster.Submitted)
		if got := step(s); got == "" {
			t.Error("an earlier dossier's appraisal opens the step")
		}
		list, err := s.awards.Proceedings(ctx, s.Leader(), s.Year.ID)
		if err != nil || len(list) != 4 || list[0].Withdrawn != "Nhầm số" {
			t.Errorf("%+v %v", list, err)
		}
		s.Sound()
	})
}
