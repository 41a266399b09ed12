package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// The acts of a year, each as the person who does it would do it.

func (l *loader) at(when string) { l.clock.To(when) }

// launch launches a movement on the day the clock stands at.
func (l *loader) launch(by access.Actor, organiser string, year int, name, text, basis string) (movement.Movement, error) {
	m, err := l.app.Movements.Create(l.ctx, by, movement.NewMovement{
		OrganiserID: l.units[organiser], Name: name, Kind: movement.Regular, Year: year, Text: text, Basis: basis,
	})
	if err != nil {
		return m, err
	}
	if organiser == "bacninh" {
		l.movements[year] = m.ID
	}
	return l.app.Movements.Launch(l.ctx, by, m.ID, m.Version)
}

// ids turns keys of units into ids.
func (l *loader) ids(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = l.units[k]
	}
	return out
}

// move moves a year on, as its leader or, after the submission, as the standing body.
func (l *loader) move(by access.Actor, key string, states ...cluster.State) error {
	for _, to := range states {
		y, err := l.app.Years.Get(l.ctx, l.app.DB, l.years[key].ID)
		if err != nil {
			return err
		}
		if err := l.app.Years.Go(l.ctx, by, y.ID, to, y.Version); err != nil {
			return fmt.Errorf("%s → %s: %w", key, to, err)
		}
	}
	return nil
}

// papers drafts and circulates the four papers of a year and returns the versions.
func (l *loader) papers(by access.Actor, key, covenantText string) (map[draft.Kind]draft.Version, error) {
	y := l.years[key]
	body, err := l.sheet(by, key)
	if err != nil {
		return nil, err
	}
	sheet, err := l.app.Criteria.Create(l.ctx, by, criteria.NewSheet{
		Body: body,
		At:   criteria.Place{Year: y.ID}, Name: fmt.Sprintf("Bảng chấm điểm %s năm %d (minh họa)", y.Short, y.Year), Source: "Minh họa: không nguồn nào công bố bảng chấm điểm của khối",
	})
	if err != nil {
		return nil, err
	}
	texts := map[draft.Kind]draft.Text{
		draft.Plan:       {Title: "Kế hoạch hoạt động", Text: fmt.Sprintf(plan, y.Short, y.Year)},
		draft.Regulation: {Title: "Quy chế hoạt động và bình xét", Text: fmt.Sprintf(regulation, y.Short)},
		draft.Criteria:   {Title: "Tiêu chí và bảng chấm điểm", Text: criteriaText, SheetVersionID: sheet.ID},
		draft.Covenant:   {Title: "Giao ước thi đua", Text: covenantText},
	}
	out := map[draft.Kind]draft.Version{}
	for _, k := range draft.Kinds {
		v, err := l.app.Drafts.Write(l.ctx, by, y.ID, k, texts[k])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		if more := l.targets[key]; k == draft.Covenant && more != nil {
			if err := more(v); err != nil {
				return nil, fmt.Errorf("targets: %w", err)
			}
		}
		if out[k], err = l.app.Drafts.Circulate(l.ctx, by, v.ID, v.Version); err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
	}
	return out, nil
}

// sheet is the scoring sheet of a year: the suggested one, which goes by the
// reported figures where the units have targets of their own.
func (l *loader) sheet(by access.Actor, key string) ([]byte, error) {
	if l.targets[key] == nil {
		return criteria.Starter(), nil
	}
	onTime, err := l.app.Indicators.Create(l.ctx, by, l.years[key].ID, indicator.NewIndicator{Name: ownOnTime, Unit: "%", Direction: target.Higher, Flow: indicator.Stock})
	if err != nil {
		return nil, err
	}
	e, part, err := criteria.EntryOf(criteria.Starter(), "I.3")
	if err != nil {
		return nil, err
	}
	e.Indicator = onTime.ID
	return criteria.Put(criteria.Starter(), e.ID, "", part, e)
}

// adopt adopts the four papers at a meeting.
func (l *loader) adopt(by access.Actor, key, meetingID string, versions map[draft.Kind]draft.Version) error {
	papers, err := l.app.Drafts.Papers(l.ctx, l.app.DB, l.years[key].ID)
	if err != nil {
		return err
	}
	for _, k := range draft.Kinds {
		if _, err := l.app.Drafts.Adopt(l.ctx, by, versions[k].ID, meetingID, papers[k].Version); err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
	}
	return nil
}

// sign signs the adopted covenant for each unit.
func (l *loader) sign(key string, members []string) error {
	y := l.years[key]
	_, v, _, err := l.app.Covenants.AdoptedVersion(l.ctx, l.app.DB, y.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		if _, err := l.app.Covenants.Sign(l.ctx, l.heads[m], y.ID, covenant.Sign{UnitID: l.units[m], Hash: v.Hash}); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	return nil
}

// sitting is a meeting to be held.
type sitting struct {
	key              string
	kind             meeting.Kind
	title, place     string
	chair, secretary string
	items            []meeting.NewItem
	absent           []string
	substitute       string
}

// open plans a meeting at the clock's time, calls the roll and opens it.
func (l *loader) open(by access.Actor, s sitting, members []string) (meeting.Meeting, error) {
	y := l.years[s.key]
	m, err := l.app.Meetings.Plan(l.ctx, by, []string{y.ID}, meeting.Plan{
		Kind: s.kind, Title: s.title, Place: s.place, Starts: l.clock.Now(), Chair: s.chair, Secretary: s.secretary,
	}, s.items)
	if err != nil {
		return m, err
	}
	away := map[string]bool{}
	for _, a := range s.absent {
		away[a] = true
	}
	for _, u := range members {
		a := meeting.Attendance{UnitID: l.units[u], Status: meeting.Present}
		switch {
		case away[u]:
			a.Status = meeting.Absent
		case u == s.substitute:
			a.Status, a.Person, a.Position, a.Mandate = meeting.Substitute, "Phó thủ trưởng (minh họa)", "Phó Giám đốc", "Giấy ủy quyền (minh họa)"
		}
		if err := l.app.Meetings.Mark(l.ctx, by, m.ID, a); err != nil {
			return m, fmt.Errorf("%s: %w", u, err)
		}
	}
	if m, err = l.app.Meetings.Get(l.ctx, l.app.DB, m.ID); err != nil {
		return m, err
	}
	return m, l.app.Meetings.Open(l.ctx, by, m.ID, m.Version)
}

// resolve records what became of each item of the agenda, in order.
func (l *loader) resolve(by access.Actor, meetingID string, resolutions ...string) error {
	items, err := l.app.Meetings.Items(l.ctx, l.app.DB, meetingID)
	if err != nil {
		return err
	}
	for i, text := range resolutions {
		if err := l.app.Meetings.Resolve(l.ctx, by, items[i].ID, text, meeting.Adopted, items[i].Version); err != nil {
			return err
		}
	}
	return nil
}

// end closes a meeting after a time.
func (l *loader) end(by access.Actor, meetingID string, after time.Duration) error {
	l.clock.Forward(after)
	m, err := l.app.Meetings.Get(l.ctx, l.app.DB, meetingID)
	if err != nil {
		return err
	}
	return l.app.Meetings.Close(l.ctx, by, m.ID, m.Version)
}

// figure is an invented result of a target, found by the beginning of its name.
type figure struct {
	name, amount string
	unit         string // where a name has two
}

// report enters the figures of a period, each by the unit that reports it.
// They are invented and marked so.
func (l *loader) report(key string, p indicator.Period, figures []figure) error {
	y := l.years[key]
	lines, err := l.app.Indicators.Progress(l.ctx, l.app.DB, y.ID)
	if err != nil {
		return err
	}
	by := map[string]access.Actor{}
	for k, id := range l.units {
		by[id] = l.heads[k]
	}
	for _, f := range figures {
		found := false
		for _, line := range lines {
			if !strings.HasPrefix(vntext.Fold(line.Name), vntext.Fold(f.name)) {
				continue
			}
			found = true
			_, err := l.app.Indicators.Report(l.ctx, by[line.Reporter], y.ID, indicator.Report{
				TargetID: line.ID, Period: p, Amount: f.amount, Source: "Minh họa", Illustrative: true, Sure: true, Lang: locale.Vietnamese,
			})
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			break
		}
		if !found {
			return fmt.Errorf("no target begins with %q", f.name)
		}
	}
	return nil
}

// deadlines are the usual ones of a year.
func deadlines(year int) map[string]clock.Day {
	day := func(md string) clock.Day { return clock.Day(fmt.Sprintf("%d-%s", year, md)) }
	return map[string]clock.Day{
		cluster.DueComment: day("02-28"), cluster.DueSign: day("03-15"), cluster.DueHalfYear: day("07-05"), cluster.DueFullYear: day("11-20"),
		cluster.DueSelf: day("11-25"), cluster.DueCheck: day("11-30"), cluster.DueReview: day("12-05"), cluster.DueSubmit: day("12-10"),
	}
}
