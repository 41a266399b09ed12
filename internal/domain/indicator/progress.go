package indicator

import (
	"context"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Line is a target of the covenant with what has been reported on it.
type Line struct {
	Aim
	Reporter  string // unit id
	Indicator Indicator
	Figure    *Figure   // the one that says most about the year; nil for none
	History   []Figure  // every figure of the cluster's year, superseded ones too, oldest first
	Before    *Figure   // last year's result, where it was reported; it has no id where it is a sum, which Origin tells
	Origin    *Origin   // where last year's result comes from, when the unit was not then what it is now
	Past      []Point   // last year's figures of the months of Figure and of the whole year
	Forecast  *Forecast // of the year's end; nil without a figure, and when it is the year's
	Verdict
}

// Live lists the line's figures that stand, in order of their periods.
func (l *Line) Live() []Figure {
	plain := true // nothing was corrected, and each came after the one before
	for i := range l.History {
		plain = plain && l.History[i].SupersededBy == "" && (i == 0 || !l.History[i-1].Period.after(l.History[i].Period))
	}
	if plain {
		return l.History[:len(l.History):len(l.History)]
	}
	var out []Figure
	for _, f := range l.History {
		if f.SupersededBy == "" {
			out = append(out, f)
		}
	}
	for i := range out { // few enough for the plainest sort
		for j := i; j > 0 && out[j-1].Period.after(out[j].Period); j-- {
			out[j-1], out[j] = out[j], out[j-1]
		}
	}
	return out
}

// Of finds the standing figure of a period.
func (l *Line) Of(p Period) *Figure {
	for i := range l.History {
		if l.History[i].SupersededBy == "" && l.History[i].Period == p {
			return &l.History[i]
		}
	}
	return nil
}

// At is the verdict on the figure of a period alone.
func (l *Line) At(p Period) Verdict {
	if f := l.Of(p); f != nil {
		return l.Judge(*f)
	}
	return Verdict{Status: None}
}

// Progress judges every target of the year's adopted covenant by its latest figure.
func (s *Service) Progress(ctx context.Context, q db.Queryer, yearID string) ([]Line, error) {
	return s.ProgressTo(ctx, q, yearID, FullYear)
}

// ProgressTo is Progress as it stood at the end of a period: figures of later
// periods do not count.
func (s *Service) ProgressTo(ctx context.Context, q db.Queryer, yearID string, to Period) ([]Line, error) {
	y, err := s.years.Get(ctx, q, yearID)
	if err != nil {
		return nil, err
	}
	leader, err := s.years.LeaderUnit(ctx, q, yearID)
	if err != nil {
		return nil, err
	}
	read, err := s.load(ctx, q, y)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(read.aims))
	for i, a := range read.aims {
		l := Line{Aim: a, Reporter: a.reporter(leader), Indicator: current(read.catalogue, a.IndicatorID), Verdict: Verdict{Status: None}}
		at := Place{l.Indicator.ID, a.UnitID}
		l.History = read.at[at]
		for i, f := range l.History {
			if f.SupersededBy == "" && f.Period.Months() <= to.Months() && (l.Figure == nil || f.Period.after(l.Figure.Period)) {
				l.Figure = &l.History[i]
			}
		}
		for i, f := range read.before[at] {
			if l.Before == nil || !l.Before.Period.after(f.Period) {
				l.Before = &read.before[at][i]
			}
		}
		if got, there := read.inherited.at(at, y.Year-1); there {
			l.Origin = got.Origin
		}
		if l.Figure != nil {
			l.Verdict = Judge(a.Goal, l.Indicator.Flow, l.Figure.Base(), l.Figure.Period)
		}
		lines[i] = l
	}
	return lines, s.foresee(ctx, q, y, lines, read.inherited)
}

// Tally counts lines by status.
func Tally(lines []Line) map[Status]int {
	n := map[Status]int{}
	for _, l := range lines {
		n[l.Status]++
	}
	return n
}

// Lacks tells whether the target is measurable and has no figure up to the
// period or beyond it.
func (l *Line) Lacks(p Period) bool {
	if !l.Measurable() {
		return false
	}
	for i := range l.History {
		if f := &l.History[i]; f.SupersededBy == "" && f.Period.Months() >= p.Months() {
			return false
		}
	}
	return true
}

// guardHalfYear: the half-year review needs a figure of six months, or of the
// last period within them that the cluster reports, or later, on every target
// that figures measure.
func (s *Service) guardHalfYear(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	schedule, err := s.Schedule(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	half, ok := schedule.Half()
	if !ok {
		return nil, nil
	}
	missing, err := s.unreported(ctx, q, y, half.Period)
	if err != nil || len(missing) == 0 {
		return nil, err
	}
	total := 0
	var units []string
	for _, l := range missing {
		total += l.N
		units = append(units, l.Unit)
	}
	return []cluster.Blocker{{Text: locale.Msg("Còn {.n} chỉ tiêu chưa có số liệu kỳ “{.period}”.", "n", total, "period", half.Period.Name()), Tab: "progress", Units: units}}, nil
}

// Place is an indicator of a unit, or of the whole block where Unit is empty.
type Place struct {
	Indicator string `db:"indicator_id"`
	Unit      string `db:"unit_id"`
}

// Last is the result of the year before: Figure is nil where only what the unit
// was made of then can be told, which Origin does.
type Last struct {
	Figure *Figure
	Origin *Origin
}

// LastResults reads the results of the year before: what a target stands
// against before it is signed. A figure stands under each id that its
// indicator is known by.
func (s *Service) LastResults(ctx context.Context, q db.Queryer, y cluster.Year) (map[Place]Last, error) {
	figures, err := s.results(ctx, q, y)
	if err != nil {
		return nil, err
	}
	in, err := s.inherit(ctx, q, y.ClusterID, y.Year-1, y.Year-1)
	if err != nil || len(figures) == 0 && len(in) == 0 {
		return nil, err
	}
	catalogue, err := all(ctx, q)
	if err != nil {
		return nil, err
	}
	byAge(figures)
	found := map[Place]Last{}
	for _, f := range figures {
		at := Place{current(catalogue, f.IndicatorID).ID, f.UnitID}
		if old, there := found[at]; !there || !old.Figure.Period.after(f.Period) {
			found[at] = Last{Figure: &f}
		}
	}
	for at, got := range in {
		if at.months == 12 {
			found[at.Place] = Last(got)
		}
	}
	out := make(map[Place]Last, len(found))
	ids := map[string][]string{} // all that an indicator is known by
	for id := range catalogue {
		canon := current(catalogue, id).ID
		ids[canon] = append(ids[canon], id)
	}
	for at, last := range found {
		for _, id := range ids[at.Indicator] {
			out[Place{id, at.Unit}] = last
		}
	}
	return out, nil
}
