package covenant

import (
	"context"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func (r room) sign(v draft.Version, units ...int) {
	r.t.Helper()
	for _, i := range units {
		_, err := r.s.Sign(context.Background(), r.Heads[i], r.Year.ID, Sign{UnitID: r.Units[i], Hash: v.Hash})
		r.Check(err)
	}
}

// signed takes a text to its signatures by all three and the year to execution.
func (r room) signed(body string) draft.Version {
	r.t.Helper()
	v := r.circulate(r.write(body))
	_, err := r.drafts.Adopt(context.Background(), r.Officers[0], v.ID, r.Meeting(r.t), 1)
	r.Check(err)
	r.sign(v, 0, 1, 2)
	r.State(r.t, cluster.Executing)
	return v
}

// amend takes an amended text to its adoption by written consent.
func (r room) amend(body string, due clock.Day) draft.Version {
	r.t.Helper()
	ctx, leader := context.Background(), r.Officers[0]
	papers, err := r.drafts.Papers(ctx, r.DB, r.Year.ID)
	r.Check(err)
	d := papers[draft.Covenant]
	_, err = r.drafts.Amend(ctx, leader, d.ID, d.Version, "Tỉnh điều chỉnh chỉ tiêu")
	r.Check(err)
	v := r.circulate(r.write(body))
	_, err = r.drafts.AdoptAmended(ctx, leader, draft.Adoption{VersionID: v.ID, Basis: "Công văn số 5 ngày 01/6/2023, 3/3 đơn vị đồng ý", Due: due, Version: d.Version + 1})
	r.Check(err)
	return v
}

func (r room) standing() Standing {
	r.t.Helper()
	y, err := r.Years.Get(context.Background(), r.DB, r.Year.ID)
	r.Check(err)
	st, ok, err := r.s.Standing(context.Background(), r.DB, y)
	if err != nil || !ok {
		r.t.Fatalf("standing %v %v", ok, err)
	}
	return st
}

func (r room) line(name string) indicator.Line {
	r.t.Helper()
	lines, err := r.ind.Progress(context.Background(), r.DB, r.Year.ID)
	r.Check(err)
	for _, l := range lines {
		if l.Name == name {
			return l
		}
	}
	r.t.Fatalf("no target %q", name)
	return indicator.Line{}
}

// next forms a later year of the same cluster, led by the first unit.
func (r room) next(year int, members []string) cluster.Year {
	r.t.Helper()
	y, err := r.Years.Form(context.Background(), r.Standing, cluster.NewYear{
		ClusterID: r.Year.ClusterID, Kind: cluster.Khoi, OrganiserID: r.Organiser, Year: year, Name: "Khối thử", Basis: "Hội nghị tổng kết", Members: members,
		Leader: cluster.NewTerm{UnitID: members[0], Basis: cluster.Elected, Reference: "Hội nghị tổng kết"},
	})
	r.Check(err)
	return y
}

// put is Put for another year than the block's.
func (r room) put(y cluster.Year, to cluster.State) {
	r.t.Helper()
	was := r.Block.Year
	r.Block.Year = y
	r.Put(to)
	r.Block.Year = was
}

func TestAnAmendedCovenantIsSignedAgainByAll(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		first := r.signed(text)
		r.Clock.To("2023-07-04 08:00")

		// Figures and who reports them, before the amendment.
		exports, town := r.line("kim ngạch xuất khẩu"), r.line("Tỷ lệ đô thị hóa")
		_, err := r.s.Assign(ctx, r.Officers[0], exports.ID, exports.Version, r.Units[2])
		r.Check(err)
		old, err := r.ind.Report(ctx, r.Officers[2], r.Year.ID, indicator.Report{TargetID: exports.ID, Period: indicator.HalfYear, Amount: "25.000", Lang: "vi"})
		r.Check(err)
		_, err = r.ind.Report(ctx, r.Officers[0], r.Year.ID, indicator.Report{TargetID: town.ID, Period: indicator.HalfYear, Amount: "44", Lang: "vi"})
		r.Check(err)

		// While the amendment is under way the first text rules.
		papers, err := r.drafts.Papers(ctx, d, r.Year.ID)
		r.Check(err)
		paper := papers[draft.Covenant]
		a, err := r.drafts.Amend(ctx, r.Officers[0], paper.ID, paper.Version, "Thử")
		r.Check(err)
		if st := r.standing(); st.Now.ID != first.ID || st.Open == nil || st.Signed != 3 || len(st.Texts) != 1 {
			t.Fatalf("standing while amended %+v", st)
		}
		if r.line("kim ngạch xuất khẩu").Low != "50870" {
			t.Error("an amendment under way changed a target")
		}
		r.Check(r.drafts.Withdraw(ctx, r.Officers[0], a.ID, a.Version, "Thôi"))

		r.Clock.To("2023-07-05 08:00")
		amended := strings.Replace(strings.Replace(text, "50.870", "48.000", 1), "- Tỷ lệ lao động qua đào tạo 78%.", "- Tỷ lệ hộ nghèo 1%.", 1)
		amended = strings.Replace(amended, "93.262", "90.392", 1)
		second := r.amend(amended, "2023-07-20")

		// Adopted: the new text rules at once; the signatures stay on the old.
		st := r.standing()
		if st.Now.ID != second.ID || st.Signed != 0 || st.Late != 0 || len(st.Texts) != 2 || st.Due != "2023-07-20" {
			t.Fatalf("standing %+v", st)
		}
		if was := st.Texts[1]; was.ID != first.ID || len(was.Signatures) != 3 || was.Until == nil || was.Until.ToID != second.ID || st.Texts[0].By != was.Until {
			t.Errorf("the text before %+v", was)
		}
		for _, m := range st.Members {
			if m.Signature != nil || m.Before == nil || m.Number != first.Number || m.Before.TextHash != first.Hash {
				t.Errorf("%s stands %+v", m.Name, m)
			}
		}

		// The figures follow the targets that go on, with who reports them.
		now := r.line("kim ngạch xuất khẩu")
		if now.ID == exports.ID || now.Low != "48000" || now.Figure == nil || now.Figure.ID != old.ID || now.Reporter != r.Units[2] {
			t.Errorf("exports %+v", now)
		}
		if l := r.line("Tỷ lệ đô thị hóa"); l.Figure == nil || l.Figure.Amount != "44" {
			t.Errorf("towns %+v", l)
		}
		fixed, err := r.ind.Correct(ctx, r.Officers[2], old.ID, old.Version, "Số liệu chính thức", indicator.Report{TargetID: now.ID, Amount: "25.100", Lang: "vi"})
		if err != nil || r.line("kim ngạch xuất khẩu").Figure.ID != fixed.ID {
			t.Errorf("a figure from before is corrected on the new target: %v", err)
		}
		_, err = r.ind.Report(ctx, r.Officers[2], r.Year.ID, indicator.Report{TargetID: exports.ID, Period: "Q3", Amount: "30.000", Lang: "vi"})
		block.Want(t, err, fault.Conflict) // on the old text
		changes, err := r.s.Difference(ctx, d, first.ID, second.ID)
		r.Check(err)
		var told []string
		for _, c := range changes {
			switch c.Sort {
			case draft.Added:
				told = append(told, "+"+c.After.Name)
			case draft.Removed:
				told = append(told, "-"+c.Before.Name)
			case draft.Changed:
				told = append(told, c.After.Name+" "+c.Before.Low+">"+c.After.Low)
			}
		}
		if got := strings.Join(told, "|"); got != "Tổng kim ngạch xuất nhập khẩu 93262>90392|kim ngạch xuất khẩu 50870>48000|+Tỷ lệ hộ nghèo|-Tỷ lệ lao động qua đào tạo" {
			t.Errorf("changes %s", got)
		}

		// All sign again, exactly that text; who is late is known.
		_, err = r.s.Sign(ctx, r.Heads[0], r.Year.ID, Sign{UnitID: r.Units[0], Hash: first.Hash})
		block.Want(t, err, fault.Conflict)
		r.sign(second, 0)
		r.State(t, cluster.MidReviewed)
		r.sign(second, 1)
		r.Clock.To("2023-07-21 08:00")
		if st = r.standing(); st.Signed != 2 || st.Late != 1 || !st.Members[2].Late || st.Members[0].Late || st.Members[0].Before == nil {
			t.Errorf("standing %+v", st)
		}
		y, err := r.Years.Get(ctx, d, r.Year.ID)
		r.Check(err)
		due, err := r.Years.Calendar(ctx, d, y.ID)
		r.Check(err)
		for unit, want := range map[int]string{0: "signatures Đôn đốc ký giao ước 2023-07-20", 2: "sign Ký lại giao ước đã sửa đổi 2023-07-20"} {
			found, err := r.s.Tasks(ctx, d, task.Scope{Actor: r.Heads[unit], Year: y, Units: []string{r.Units[unit]}, Heads: []string{r.Units[unit]}, Leads: unit == 0, Due: due, Today: "2023-07-21"})
			if err != nil || len(found) != 1 || found[0].Kind+" "+found[0].Title.Text+" "+string(found[0].Due) != want {
				t.Errorf("unit %d has %+v %v", unit, found, err)
			}
		}
		r.sign(second, 2) // late, and still possible
		if st = r.standing(); st.Signed != 3 || st.Late != 0 {
			t.Errorf("standing %+v", st)
		}
		if report, err := ledger.Verify(ctx, d, nil); err != nil || !report.OK() {
			t.Errorf("ledger %+v %v", report, err)
		}
	})
}

func TestAbsentMembersSignLater(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		leader, year := r.Officers[0], r.Year.ID
		_, err := r.s.Defer(ctx, leader, year, "2023-03-31", "Vắng")
		block.Want(t, err, fault.Conflict) // nothing is adopted
		v := r.circulate(r.write(text))
		_, err = r.drafts.Adopt(ctx, leader, v.ID, r.Meeting(t), 1)
		r.Check(err)
		blocks := func() int {
			t.Helper()
			y, err := r.Years.Get(ctx, d, year)
			r.Check(err)
			found, err := r.s.guard(ctx, d, y)
			r.Check(err)
			return len(found)
		}
		_, err = r.s.Defer(ctx, leader, year, "2023-03-31", "Vắng")
		block.Want(t, err, fault.Conflict) // the leader signs first
		r.sign(v, 0, 1)
		for what, c := range map[string]struct {
			by     access.Actor
			due    clock.Day
			reason string
			code   fault.Code
		}{
			"no reason":        {leader, "2023-03-31", " ", fault.Invalid},
			"no day":           {leader, "", "Vắng", fault.Invalid},
			"a day gone by":    {leader, "2023-03-08", "Vắng", fault.Invalid},
			"a member":         {r.Officers[2], "2023-03-31", "Vắng", fault.Denied},
			"a stranger":       {r.Stranger, "2023-03-31", "Vắng", fault.NotFound},
			"the deputy alone": {r.Officers[1], "2023-03-31", "Vắng", fault.Denied},
		} {
			if _, err := r.s.Defer(ctx, c.by, year, c.due, c.reason); !fault.Is(err, c.code) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if blocks() != 1 {
			t.Error("the year goes on without a signature and without a word")
		}
		deferral, err := r.s.Defer(ctx, leader, year, "2023-03-31", "Vắng mặt tại lễ ký vì công tác")
		r.Check(err)
		if blocks() != 0 {
			t.Error("the year waits though the leader confirmed")
		}
		if st := r.standing(); st.Deferral == nil || st.Deferral.ID != deferral.ID || st.Due != "2023-03-31" || st.Late != 0 {
			t.Errorf("standing %+v", st)
		}
		r.Clock.To("2023-04-01 08:00")
		if blocks() != 1 {
			t.Error("the deadline has gone by and the year goes on")
		}
		_, err = r.s.Defer(ctx, leader, year, "2023-04-15", "Gia hạn ký bổ sung")
		r.Check(err)
		if blocks() != 0 {
			t.Error("another day was set")
		}
		// Signing stays possible while the year is carried out, also late.
		r.State(t, cluster.Executing)
		_, err = r.s.Defer(ctx, leader, year, "2023-05-15", "Lần nữa")
		block.Want(t, err, fault.Conflict)
		r.Clock.To("2023-05-02 08:00")
		if st := r.standing(); st.Late != 1 {
			t.Errorf("%d are late", st.Late)
		}
		r.sign(v, 2)
		if st := r.standing(); st.Late != 0 || st.Signed != 3 {
			t.Errorf("standing %+v", st)
		}
	})
}

// What was signed and then opened again, before the year is carried out, stays
// readable with its signatures.
func TestATextThatWasOpenedAgainKeepsItsSignatures(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		first := r.signed(text)
		r.State(t, cluster.Drafting)
		papers, err := r.drafts.Papers(ctx, d, r.Year.ID)
		r.Check(err)
		paper, err := r.drafts.Reopen(ctx, r.Officers[0], papers[draft.Covenant].ID, papers[draft.Covenant].Version, "Bổ sung chỉ tiêu")
		r.Check(err)
		second := r.circulate(r.write(text + "\n- Tỷ lệ hộ nghèo 1%."))
		_, err = r.drafts.Adopt(ctx, r.Officers[0], second.ID, r.Meeting(t), paper.Version)
		r.Check(err)
		st := r.standing()
		if len(st.Texts) != 2 || st.Texts[1].ID != first.ID || len(st.Texts[1].Signatures) != 3 || st.Texts[1].Until != nil || st.Signed != 0 || st.Members[0].Number != first.Number {
			t.Errorf("%d texts, %d signed, %+v", len(st.Texts), st.Signed, st.Members[0])
		}
	})
}

// A target of one unit keeps its unit when only its figure changes.
func TestTargetsOfAUnitFollowTheText(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		members, err := r.Years.Members(ctx, d, r.Year)
		r.Check(err)
		body := "I. CHỈ TIÊU CHUNG\n- Tỷ lệ đô thị hóa 45%.\nII. CHỈ TIÊU CỦA TỪNG ĐƠN VỊ\n1. " + members[1].Name + "\n- Số dự án đầu tư 12 dự án.\n2. Ban Quản lý\n- Số lớp tập huấn 3 lớp."
		v := r.write(body)
		ts := r.targets(v)
		if len(ts) != 3 || ts[0].UnitID != "" || ts[1].UnitID != r.Units[1] || ts[2].UnitID != "" {
			t.Fatalf("read %+v", ts)
		}
		e := Entry{Entry: ts[2].Edit("vi"), UnitID: r.Units[2]}
		_, err = r.s.EditTarget(ctx, r.Officers[0], ts[2].ID, ts[2].Version, e)
		r.Check(err)
		v, err = r.drafts.Edit(ctx, r.Officers[0], v.ID, v.Version, draft.Text{Text: strings.Replace(strings.Replace(body, "3 lớp", "5 lớp", 1), "12 dự án", "15 dự án", 1)})
		r.Check(err)
		if ts = r.targets(v); len(ts) != 3 || ts[1].UnitID != r.Units[1] || ts[2].UnitID != r.Units[2] || ts[2].Low != "5" || ts[1].Low != "15" {
			t.Errorf("after the edit %+v", ts)
		}
		// A line that comes under a unit's heading, or leaves it, changes hands;
		// what a person said of a line that stays where it is holds.
		v, err = r.drafts.Edit(ctx, r.Officers[0], v.ID, v.Version, draft.Text{Text: "- Số dự án đầu tư 15 dự án.\n1. " + members[1].Name + "\n- Tỷ lệ đô thị hóa 45%.\n2. Ban Quản lý\n- Số lớp tập huấn 5 lớp."})
		r.Check(err)
		if ts = r.targets(v); len(ts) != 3 || ts[0].UnitID != "" || ts[1].UnitID != r.Units[1] || ts[2].UnitID != r.Units[2] {
			t.Errorf("after the move %+v", ts)
		}
	})
}

func TestACovenantOverSeveralYears(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r := begin(t, d)
		leader := r.Officers[0]
		body := "GIAO ƯỚC THI ĐUA GIAI ĐOẠN 2023-2025\n- Đến hết năm 2023, tỷ lệ hộ nghèo là 1%.\n- Tỷ lệ đô thị hóa 45%.\n- Đến hết năm 2025, tỷ lệ lao động qua đào tạo đạt 80%."
		v := r.write(body)
		term, err := r.s.Term(ctx, d, v.ID)
		if err != nil || term == nil || term.Until != 2025 {
			t.Fatalf("the text says until 2025: %+v %v", term, err)
		}
		for until, want := range map[int]fault.Code{2022: fault.Invalid, 2040: fault.Invalid} {
			block.Want(t, r.s.SetTerm(ctx, leader, v.ID, until), want, "until")
		}
		r.Check(r.s.SetTerm(ctx, leader, v.ID, 2023))
		if term, err = r.s.Term(ctx, d, v.ID); err != nil || term != nil {
			t.Errorf("one year: %+v %v", term, err)
		}
		r.Check(r.s.SetTerm(ctx, leader, v.ID, 2024))
		block.Want(t, r.s.SetTerm(ctx, r.Officers[2], v.ID, 2025), fault.NotFound)
		v = r.circulate(v)
		block.Want(t, r.s.SetTerm(ctx, leader, v.ID, 2025), fault.Conflict)
		_, err = r.drafts.Adopt(ctx, leader, v.ID, r.Meeting(t), 1)
		r.Check(err)
		r.sign(v, 0, 1)

		// The next year, with a member that joined.
		newcomer := r.Unit("Sở Mới").ID
		next := r.next(2024, []string{r.Units[0], r.Units[1], r.Units[2], newcomer})
		r.Clock.To("2024-02-01 08:00")
		_, err = r.s.TakeOver(ctx, leader, next.ID)
		block.Want(t, err, fault.Conflict) // not yet the time
		r.put(next, cluster.Drafting)
		next, err = r.Years.Get(ctx, d, next.ID)
		r.Check(err)
		from, ok, err := r.s.Lasting(ctx, d, next)
		if err != nil || !ok || from.Version.ID != v.ID || from.Signed != 2 || from.Term.Until != 2024 {
			t.Fatalf("%+v %v %v", from, ok, err)
		}
		_, err = r.s.TakeOver(ctx, r.Officers[2], next.ID)
		block.Want(t, err, fault.Denied)
		paper, err := r.s.TakeOver(ctx, leader, next.ID)
		r.Check(err)
		_, err = r.s.TakeOver(ctx, leader, next.ID)
		block.Want(t, err, fault.Conflict)
		st, ok, err := r.s.Standing(ctx, d, next)
		if err != nil || !ok || st.Carry == nil || st.Carry.FromVersionID != v.ID || st.Now.Hash != v.Hash || st.Signed != 2 || len(st.Members) != 4 || st.Term == nil || st.Term.Until != 2024 {
			t.Fatalf("standing %+v %v", st, err)
		}
		aims, err := r.ind.Aims(ctx, d, next.ID)
		r.Check(err)
		if len(aims) != 2 || aims[0].YearID != next.ID || aims[1].ByYear != 2025 {
			t.Errorf("the targets that are not past: %+v", aims)
		}
		// Who signed need not sign; who joined, or was absent, does.
		_, err = r.s.Sign(ctx, r.Heads[0], next.ID, Sign{UnitID: r.Units[0], Hash: v.Hash})
		block.Want(t, err, fault.Conflict)
		head := r.Person("Giám đốc Sở Mới", access.Head, newcomer)
		for unit, by := range map[string]access.Actor{newcomer: head, r.Units[2]: r.Heads[2]} {
			_, err = r.s.Sign(ctx, by, next.ID, Sign{UnitID: unit, Hash: v.Hash})
			r.Check(err)
		}
		if blockers, err := r.s.guard(ctx, d, next); err != nil || len(blockers) != 0 {
			t.Errorf("blockers %+v %v", blockers, err)
		}
		// Figures come in on the year's own targets.
		r.put(next, cluster.Executing)
		r.Clock.To("2024-07-02 08:00")
		_, err = r.ind.Report(ctx, leader, next.ID, indicator.Report{TargetID: aims[0].ID, Period: indicator.HalfYear, Amount: "45", Lang: "vi"})
		r.Check(err)

		// Amended in the second year, the last of its term: all sign again.
		_, err = r.drafts.Amend(ctx, leader, paper.ID, paper.Version, "Điều chỉnh")
		r.Check(err)
		again, err := r.drafts.Write(ctx, leader, next.ID, draft.Covenant, draft.Text{Text: strings.Replace(body, "45%", "46%", 1)})
		r.Check(err)
		again, err = r.drafts.Circulate(ctx, leader, again.ID, again.Version)
		r.Check(err)
		_, err = r.drafts.AdoptAmended(ctx, leader, draft.Adoption{VersionID: again.ID, Basis: "Công văn 7", Due: "2024-08-01", Version: paper.Version + 1})
		r.Check(err)
		if st, _, err = r.s.Standing(ctx, d, next); err != nil || st.Signed != 0 || st.Carry != nil || st.Term != nil || len(st.Texts) != 2 || len(st.Texts[1].Signatures) != 4 {
			t.Errorf("%d have signed, %d texts, %v", st.Signed, len(st.Texts), err)
		}
		// After its term it holds no more.
		last := r.next(2025, []string{r.Units[0], r.Units[1]})
		if _, ok, err := r.s.Lasting(ctx, d, last); err != nil || ok {
			t.Errorf("a covenant until 2024 holds in 2025, %v", err)
		}
		if report, err := ledger.Verify(ctx, d, nil); err != nil || !report.OK() {
			t.Errorf("ledger %+v %v", report, err)
		}
	})
}

func TestYearsThatATextStates(t *testing.T) {
	for text, want := range map[string]int{
		"Giao ước thi đua giai đoạn 2018-2022": 2022, "giai đoạn 2018 – 2022": 2022, "từ năm 2018 đến hết năm 2021": 2021, "Đề án giai đoạn 2016-2018": 0, "giai đoạn 2018-2045": 0, "năm 2019": 0,
	} {
		if _, until, ok := Stated(text, 2019); until != want || ok != (want > 0) {
			t.Errorf("%q: until %d", text, until)
		}
	}
}
