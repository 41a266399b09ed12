package indicator

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Duty is a period whose figures the year reports, and the day by which; "" for none.
type Duty struct {
	Period Period
	Due    clock.Day
}

// Schedule is which periods a year reports, in their order. It always ends with
// the whole year.
type Schedule []Duty

// usual is what a year reports whose cluster has chosen nothing else.
var usual = []Period{HalfYear, FullYear}

type reportingPeriod struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	YearID  string `db:"year_id"`
	Period  Period `db:"period"`
}

// Schedule reads the periods that a year reports.
func (s *Service) Schedule(ctx context.Context, q db.Queryer, yearID string) (Schedule, error) {
	due, err := s.years.Calendar(ctx, q, yearID)
	if err != nil {
		return nil, err
	}
	return s.schedule(ctx, q, yearID, due)
}

// schedule is Schedule where the year's calendar is at hand.
func (s *Service) schedule(ctx context.Context, q db.Queryer, yearID string, due map[string]cluster.Deadline) (Schedule, error) {
	periods, err := db.All[Period](ctx, q, `SELECT period FROM reporting_period WHERE year_id = $1`, yearID)
	if err != nil {
		return nil, err
	}
	if len(periods) == 0 {
		periods = usual
	}
	var out Schedule
	for _, p := range periods {
		out = append(out, Duty{p, due[cluster.DueReport(string(p))].Due})
	}
	out.sort()
	return out, nil
}

func (c Schedule) sort() {
	slices.SortFunc(c, func(a, b Duty) int { return a.Period.Months() - b.Period.Months() })
}

// SetSchedule says which periods the year reports and by when. What was
// reported for other periods stays.
func (s *Service) SetSchedule(ctx context.Context, actor access.Actor, yearID string, duties []Duty) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterPlan, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, yearID, cluster.Scheduling)
		if err != nil {
			return err
		}
		want := slices.Clone(Schedule(duties))
		if err := want.check(y.Year); err != nil {
			return err
		}
		rows, err := db.All[reportingPeriod](ctx, tx, `SELECT `+db.Prefixed("p", reportingPeriod{})+` FROM reporting_period p WHERE p.year_id = $1 ORDER BY p.id`, yearID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "figure.schedule", Year: yearID}
		stands := map[Period]bool{}
		for _, r := range rows {
			if stands[r.Period] = want.has(r.Period); stands[r.Period] {
				continue
			}
			if err := s.book.Delete(ctx, tx, change, "reporting_period", &r); err != nil {
				return err
			}
		}
		due, err := s.years.Calendar(ctx, tx, yearID)
		if err != nil {
			return err
		}
		for _, d := range want {
			if !stands[d.Period] {
				if err := s.book.Insert(ctx, tx, change, "reporting_period", &reportingPeriod{ID: db.NewID(), YearID: yearID, Period: d.Period}); err != nil {
					return err
				}
			}
			if activity := cluster.DueReport(string(d.Period)); due[activity].Due != d.Due {
				if err := s.years.PutDeadline(ctx, tx, change, yearID, activity, d.Due); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// check sorts the schedule. A fault's field is "due-" and the period, or "period".
func (c Schedule) check(year int) error {
	var faults []*fault.Error
	for _, d := range c {
		if !d.Period.Valid() {
			return fault.Wrong("period", "Kỳ báo cáo không đúng. Hãy chọn 6 tháng, cả năm, quý hoặc tháng.")
		}
	}
	c.sort()
	if len(c) == 0 || !c[len(c)-1].Period.Whole() {
		return fault.Wrong("period", "Hãy chọn cả kỳ “Cả năm”: tổng kết và chấm điểm dựa vào số liệu năm.")
	}
	for i, d := range c {
		field := "due-" + string(d.Period)
		if i > 0 && d.Period.Months() == c[i-1].Period.Months() {
			return fault.Wrong("period", "“{.a}” và “{.b}” là cùng một kỳ. Hãy chọn một trong hai.", "a", c[i-1].Period.Name(), "b", d.Period.Name())
		}
		switch first := clock.Day(locale.Year(year) + "-01-01"); {
		case d.Due == "":
			faults = append(faults, fault.Wrong(field, "Chưa nhập hạn báo cáo của kỳ “{.period}”.", "period", d.Period.Name()))
		case !d.Due.Valid():
			faults = append(faults, fault.Wrong(field, "Hạn không đúng ngày. Hãy nhập như 30/11/2023."))
		case d.Due < first || d.Due > monthEnd(year+1, 6):
			faults = append(faults, fault.Wrong(field, "Hạn báo cáo kỳ “{.period}” phải nằm trong năm {.year} hoặc nửa đầu năm sau.", "period", d.Period.Name(), "year", locale.Year(year)))
		case i > 0 && c[i-1].Due.Valid() && d.Due <= c[i-1].Due:
			faults = append(faults, fault.Wrong(field, "Hạn của kỳ “{.period}” phải sau hạn của kỳ “{.before}”.", "period", d.Period.Name(), "before", c[i-1].Period.Name()))
		}
	}
	return fault.List(faults...)
}

func (c Schedule) has(p Period) bool {
	return slices.ContainsFunc(c, func(d Duty) bool { return d.Period == p })
}

// At is the duty that covers the same months as the period, where there is one.
func (c Schedule) At(p Period) (Duty, bool) {
	for _, d := range c {
		if d.Period.Months() == p.Months() {
			return d, true
		}
	}
	return Duty{Period: p}, false
}

// Now is the period that is asked for on a day: the first that has not gone by.
// A period goes by two months after its end, since reviews are held until then,
// or when the next one ends, or two weeks before the next one is due. Once the
// half-year is reviewed, its periods have gone by.
func (c Schedule) Now(year int, today clock.Day, reviewed bool) Duty {
	for i, d := range c[:len(c)-1] {
		if reviewed && d.Period.Months() <= HalfYear.Months() {
			continue
		}
		next := c[i+1]
		until := monthEnd(year, min(d.Period.Months()+2, next.Period.Months()))
		if next.Due != "" {
			until = min(until, max(d.Due, next.Due.Plus(-14)))
		}
		if today <= until {
			return d
		}
	}
	return c[len(c)-1]
}

// Half is the period that the half-year review rests on: the last within six
// months; ok is false where the year reports none.
func (c Schedule) Half() (d Duty, ok bool) {
	for _, one := range c {
		if one.Period.Months() <= HalfYear.Months() {
			d, ok = one, true
		}
	}
	return d, ok
}
