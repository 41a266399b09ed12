package indicator

import (
	"context"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Kept is how a unit keeps to the day of a period.
type Kept string

const (
	InTime  Kept = "in_time" // everything reported by the day, or there is no day
	Late    Kept = "late"    // everything reported, something of it after the day
	Overdue Kept = "overdue" // something missing, and the day has gone by
	Waiting Kept = "waiting" // something missing, and there is still time
	Passed  Kept = "passed"  // something was never reported, but a later period is
)

// UnitPeriod is a unit's reporting of one period.
type UnitPeriod struct {
	Duty
	Want, Have int       // measurable targets that the unit reports on, and those with a figure
	Last       clock.Day // on which the last of them came in; "" for none
	Days       int       // after the day: by which it came late, or for which it is overdue
	Kept       Kept
}

// Name says it in words.
func (u UnitPeriod) Name() locale.Text {
	switch u.Kept {
	case InTime:
		return locale.Msg("Đã báo cáo")
	case Late:
		return locale.Msg("Muộn {.n} ngày", "n", u.Days)
	case Overdue:
		return locale.Msg("Quá hạn {.n} ngày", "n", u.Days)
	case Passed:
		return locale.Msg("Không báo cáo, đã có kỳ sau")
	}
	return locale.Msg("Chưa báo cáo")
}

// UnitReports is a unit with its reporting of every period of the schedule.
type UnitReports struct {
	Unit    string
	Periods []UnitPeriod
}

// Punctual tells who has reported what by when, unit by unit in the order of
// the lines. What was reported and corrected later counts from its first day.
func Punctual(lines []Line, schedule Schedule, today clock.Day) []UnitReports {
	var out []UnitReports
	at := map[string]int{}
	for _, l := range lines {
		if !l.Measurable() {
			continue
		}
		i, there := at[l.Reporter]
		if !there {
			i = len(out)
			at[l.Reporter] = i
			out = append(out, UnitReports{Unit: l.Reporter, Periods: make([]UnitPeriod, len(schedule))})
		}
		for j, d := range schedule {
			out[i].Periods[j].count(l, d)
		}
	}
	for i := range out {
		for j := range out[i].Periods {
			out[i].Periods[j].judge(today)
		}
	}
	return out
}

// count adds a line. Until judge, Days counts the lines that only a later
// period reports.
func (u *UnitPeriod) count(l Line, d Duty) {
	u.Duty = d
	u.Want++
	first, later := clock.Day(""), false
	for _, f := range l.History {
		switch {
		case f.Period.Months() == d.Period.Months():
			if day := clock.DayOf(f.At.Time()); first == "" || day < first {
				first = day
			}
		case f.Period.Months() > d.Period.Months():
			later = later || f.SupersededBy == ""
		}
	}
	switch {
	case first != "":
		u.Have++
		u.Last = max(u.Last, first)
	case later:
		u.Days++
	}
}

func (u *UnitPeriod) judge(today clock.Day) {
	passed := u.Days
	u.Days = 0
	switch {
	case u.Have == u.Want && (u.Due == "" || u.Last <= u.Due):
		u.Kept = InTime
	case u.Have == u.Want:
		u.Kept, u.Days = Late, u.Due.Until(u.Last)
	case u.Have+passed == u.Want:
		u.Kept = Passed
	case u.Due != "" && u.Due < today:
		u.Kept, u.Days = Overdue, u.Due.Until(today)
	default:
		u.Kept = Waiting
	}
}

// Behind lists the units that are overdue with a period.
func Behind(units []UnitReports, p Period) []string {
	var out []string
	for _, u := range units {
		for _, one := range u.Periods {
			if one.Period == p && one.Kept == Overdue {
				out = append(out, u.Unit)
			}
		}
	}
	return out
}

// Owing is a period whose day has gone by, and the units that owe figures of it.
type Owing struct {
	Duty
	Units []string
}

// Overdue lists the periods of a year that some unit is overdue with: what
// Punctual and Behind tell, without reading the figures.
func (s *Service) Overdue(ctx context.Context, q db.Queryer, y cluster.Year, today clock.Day) ([]Owing, error) {
	schedule, err := s.Schedule(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var out []Owing
	for _, d := range schedule {
		if d.Due == "" || d.Due >= today {
			continue
		}
		lacks, err := s.unreported(ctx, q, y, d.Period)
		if err != nil {
			return nil, err
		}
		o := Owing{Duty: d}
		for _, l := range lacks {
			o.Units = append(o.Units, l.Unit)
		}
		if len(o.Units) > 0 {
			out = append(out, o)
		}
	}
	return out, nil
}
