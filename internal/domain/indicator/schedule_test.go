package indicator

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/testkit/block"
	"github.com/thidua/thidua/testkit/store"
)

func TestWhichPeriodIsAskedFor(t *testing.T) {
	usual := Schedule{{HalfYear, ""}, {FullYear, ""}}
	quarters := Schedule{{"Q1", ""}, {HalfYear, ""}, {"M09", ""}, {FullYear, ""}}
	for _, c := range []struct {
		s        Schedule
		today    clock.Day
		reviewed bool
		want     Period
	}{
		{usual, "2023-01-02", false, HalfYear}, {usual, "2023-08-31", false, HalfYear}, {usual, "2023-09-01", false, FullYear},
		{usual, "2023-07-12", true, FullYear}, {usual, "2024-02-01", false, FullYear},
		{quarters, "2023-02-01", false, "Q1"}, {quarters, "2023-05-31", false, "Q1"}, {quarters, "2023-06-01", false, HalfYear},
		{quarters, "2023-07-12", true, "M09"}, {quarters, "2023-10-12", true, "M09"}, {quarters, "2023-12-01", true, FullYear},
		{Schedule{{"M01", ""}, {"M02", ""}, {FullYear, ""}}, "2023-03-01", false, "M02"},
		{Schedule{{FullYear, ""}}, "2023-03-01", false, FullYear},
		{Schedule{{"M09", "2023-10-05"}, {FullYear, "2023-11-20"}}, "2023-11-06", false, "M09"}, {Schedule{{"M09", "2023-10-05"}, {FullYear, "2023-11-20"}}, "2023-11-07", false, FullYear},
		{Schedule{{"M01", "2023-02-05"}, {"M02", "2023-03-05"}, {FullYear, ""}}, "2023-02-19", false, "M01"},
	} {
		if got := c.s.Now(2023, c.today, c.reviewed).Period; got != c.want {
			t.Errorf("%v on %s: %s, want %s", c.s, c.today, got, c.want)
		}
	}
	if d, ok := quarters.Half(); !ok || d.Period != HalfYear {
		t.Errorf("half of quarters: %v", d)
	}
	if _, ok := (Schedule{{"M09", ""}, {FullYear, ""}}).Half(); ok {
		t.Error("nine months are no half-year")
	}
	for p, end := range map[Period]clock.Day{"M02": "2024-02-29", "Q1": "2024-03-31", "M09": "2024-09-30", "Y": "2024-12-31"} {
		if got := p.End(2024); got != end {
			t.Errorf("%s ends on %s", p, got)
		}
	}
}

// TestTheNextPeriodComesInTurn: as days go by, no earlier period is asked for again.
func TestTheNextPeriodComesInTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Schedule
		for _, p := range []Period{"M01", "M02", "Q1", "M04", "M05", HalfYear, "M07", "M08", "M09", "M10", "M11"} {
			if rapid.Bool().Draw(t, string(p)) {
				s = append(s, Duty{Period: p})
			}
		}
		s = append(s, Duty{Period: FullYear})
		day, reviewed := clock.Day("2023-01-01"), false
		for last := 0; day < "2024-02-01"; day = day.Plus(rapid.IntRange(1, 40).Draw(t, "days")) {
			reviewed = reviewed || day > "2023-07-10"
			now := s.Now(2023, day, reviewed).Period.Months()
			if now < last {
				t.Fatalf("%s after %d months asks for %d", day, last, now)
			}
			last = now
		}
	})
}

func TestScheduleOfAYear(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		read := func() Schedule {
			t.Helper()
			c, err := x.s.Schedule(ctx, d, x.Year.ID)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if c := read(); !slices.Equal(c, Schedule{{HalfYear, ""}, {FullYear, ""}}) {
			t.Fatalf("usually %v", c)
		}
		if err := x.Years.SetDeadline(ctx, x.Officers[0], x.Year.ID, cluster.DueHalfYear, "2023-07-05"); err != nil {
			t.Fatal(err)
		}
		if c := read(); c[0].Due != "2023-07-05" {
			t.Fatalf("the calendar's day: %v", c)
		}
		quarters := []Duty{{FullYear, "2023-12-05"}, {"Q1", "2023-04-05"}, {"M09", "2023-10-05"}, {HalfYear, "2023-07-07"}}
		block.Want(t, x.s.SetSchedule(ctx, x.Officers[2], x.Year.ID, quarters), fault.Denied)
		block.Want(t, x.s.SetSchedule(ctx, x.Stranger, x.Year.ID, quarters), fault.NotFound)
		for _, c := range []struct {
			duties []Duty
			field  string
		}{
			{nil, "period"},
			{[]Duty{{HalfYear, "2023-07-05"}}, "period"},
			{[]Duty{{"H3", "2023-07-05"}, {FullYear, "2023-12-05"}}, "period"},
			{[]Duty{{"Q2", "2023-07-05"}, {HalfYear, "2023-07-06"}, {FullYear, "2023-12-05"}}, "period"},
			{[]Duty{{HalfYear, ""}, {FullYear, "2023-12-05"}}, "due-H1"},
			{[]Duty{{HalfYear, "2023-02-30"}, {FullYear, "2023-12-05"}}, "due-H1"},
			{[]Duty{{HalfYear, "2023-07-05"}, {FullYear, "2022-12-05"}}, "due-Y"},
			{[]Duty{{HalfYear, "2023-12-06"}, {FullYear, "2023-12-05"}}, "due-Y"},
		} {
			at(t, x.s.SetSchedule(ctx, x.Officers[0], x.Year.ID, c.duties), c.field)
		}
		if err := x.s.SetSchedule(ctx, x.Officers[0], x.Year.ID, quarters); err != nil {
			t.Fatal(err)
		}
		if c := read(); !slices.Equal(c, Schedule{{"Q1", "2023-04-05"}, {HalfYear, "2023-07-07"}, {"M09", "2023-10-05"}, {FullYear, "2023-12-05"}}) {
			t.Fatalf("chosen: %v", c)
		}
		// Tasks, lateness and the guard follow.
		trade := x.aim(Entry{Name: "Tổng kim ngạch", Relation: target.Equal, Low: "100", Unit: "triệu USD"}, "", x.Units[2])
		x.aim(Entry{Name: "Tỷ lệ hộ nghèo", Relation: target.Equal, Low: "1", Unit: "%"}, "", "")
		x.Clock.To("2023-04-08 09:00")
		tasks := func() task.Task {
			t.Helper()
			due, err := x.Years.Calendar(ctx, d, x.Year.ID)
			if err != nil {
				t.Fatal(err)
			}
			found, err := x.s.Tasks(ctx, d, task.Scope{Year: x.Year, Units: []string{x.Units[2]}, Due: due, Today: clock.Today(x.Clock)})
			if err != nil || len(found) != 1 {
				t.Fatalf("tasks %+v, %v", found, err)
			}
			return found[0]
		}
		if one := tasks(); one.Subject != "Q1" || one.Due != "2023-04-05" {
			t.Errorf("task %+v", one)
		}
		x.report(x.Officers[2], Report{TargetID: trade, Period: "Q1", Amount: "20"})
		x.Clock.To("2023-07-08 09:00")
		if one := tasks(); one.Subject != "H1" || one.Due != "2023-07-07" {
			t.Errorf("task %+v", one)
		}
		if found, err := x.s.guardHalfYear(ctx, d, x.Year); err != nil || len(found) != 1 || len(found[0].Units) != 2 {
			t.Errorf("guard %+v, %v", found, err)
		}
		lines, err := x.s.Progress(ctx, d, x.Year.ID)
		if err != nil {
			t.Fatal(err)
		}
		units := Punctual(lines, read(), "2023-07-08")
		if len(units) != 2 || units[0].Unit != x.Units[2] {
			t.Fatalf("units %+v", units)
		}
		got := units[0].Periods
		if got[0].Kept != Late || got[0].Days != 3 || got[1].Kept != Overdue || got[1].Days != 1 || got[2].Kept != Waiting || got[0].Have != 1 || got[1].Have != 0 {
			t.Errorf("kept %+v", got)
		}
		if late := Behind(units, HalfYear); len(late) != 2 {
			t.Errorf("behind %v", late)
		}
		// Without a period inside the half-year its review waits for no figure.
		if err := x.s.SetSchedule(ctx, x.Standing, x.Year.ID, []Duty{{"M09", "2023-10-05"}, {FullYear, "2023-12-05"}}); err != nil {
			t.Fatal(err)
		}
		if found, err := x.s.guardHalfYear(ctx, d, x.Year); err != nil || len(found) != 0 {
			t.Errorf("guard %+v, %v", found, err)
		}
		x.State(t, cluster.Reviewed)
		block.Want(t, x.s.SetSchedule(ctx, x.Officers[0], x.Year.ID, quarters), fault.Conflict)
	})
}

// TestPunctual: corrections do not make a unit late, and what only a later
// period reports is not asked for any more.
func TestPunctual(t *testing.T) {
	line := func(unit string, history ...Figure) Line {
		return Line{Aim: Aim{Goal: Goal{Relation: target.Equal}}, Reporter: unit, History: history}
	}
	on := func(p Period, day string, superseded string) Figure {
		return Figure{Period: p, At: clock.Stamp(clock.At(day)), SupersededBy: superseded}
	}
	schedule := Schedule{{HalfYear, "2023-07-05"}, {FullYear, "2023-12-05"}}
	units := Punctual([]Line{
		line("a", on("Q2", "2023-07-05", "x"), on("Q2", "2023-09-01", "")),
		line("b", on(FullYear, "2023-12-06", "")),
		line("c"), {Aim: Aim{Goal: Goal{Relation: target.Text}}, Reporter: "d"},
		line("a", on(HalfYear, "2023-07-01", "")),
	}, schedule, "2023-12-20")
	want := []struct {
		unit       string
		half, year Kept
		days       int
	}{{"a", InTime, Overdue, 15}, {"b", Passed, Late, 1}, {"c", Overdue, Overdue, 15}}
	if len(units) != len(want) {
		t.Fatalf("%d units", len(units))
	}
	for i, w := range want {
		u := units[i]
		if u.Unit != w.unit || u.Periods[0].Kept != w.half || u.Periods[1].Kept != w.year || u.Periods[1].Days != w.days {
			t.Errorf("%s: %+v", w.unit, u.Periods)
		}
	}
}

// Who is overdue is the same, told from counts or from the figures.
func TestOverdueIsBehind(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		x := set(t, d)
		var aims []string
		for i := range x.Units {
			aims = append(aims, x.aim(Entry{Name: "Số dự án thu hút " + string(rune('A'+i)), Relation: target.AtLeast, Low: "10", Unit: "dự án"}, x.Units[i], ""))
		}
		x.aim(Entry{Name: "Đoàn kết", Relation: target.Text}, x.Units[0], "")
		for activity, day := range map[string]clock.Day{cluster.DueHalfYear: "2023-07-05", cluster.DueFullYear: "2023-12-10"} {
			if err := x.Years.SetDeadline(ctx, x.Officers[0], x.Year.ID, activity, day); err != nil {
				t.Fatal(err)
			}
		}
		same := func(what string, half, full int) {
			t.Helper()
			lines, err := x.s.Progress(ctx, d, x.Year.ID)
			if err != nil {
				t.Fatal(err)
			}
			schedule, err := x.s.Schedule(ctx, d, x.Year.ID)
			if err != nil {
				t.Fatal(err)
			}
			owing, err := x.s.Overdue(ctx, d, x.Year, "2023-12-20")
			if err != nil {
				t.Fatal(err)
			}
			told := map[Period][]string{}
			for _, o := range owing {
				told[o.Period] = o.Units
			}
			units := Punctual(lines, schedule, "2023-12-20")
			for _, duty := range schedule {
				want, got := Behind(units, duty.Period), told[duty.Period]
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(want, got) {
					t.Errorf("%s, %s: %v, and from the figures %v", what, duty.Period, got, want)
				}
			}
			if len(told[HalfYear]) != half || len(told[FullYear]) != full {
				t.Errorf("%s: %d and %d overdue", what, len(told[HalfYear]), len(told[FullYear]))
			}
		}
		n := len(x.Units)
		same("nobody reported", n, n)
		x.report(x.Officers[0], Report{TargetID: aims[0], Period: HalfYear, Amount: "5"})
		same("one reported the half", n-1, n)
		x.report(x.Officers[1], Report{TargetID: aims[1], Period: FullYear, Amount: "11"})
		same("one skipped the half", n-2, n-1)
	})
}
