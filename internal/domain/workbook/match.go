package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
)

// Skip is the choice to leave rows of a name out.
const Skip = "-"

// Ask is a name that may be one of several, or none, of what the year has: a
// person chooses, once for all rows that have it.
type Ask struct {
	Key     string // under which the choice is kept
	Unit    bool   // the name is a unit's
	Name    string
	Of      string // the unit as the row names it
	Rows    int
	First   string // the first of the rows
	Options []Option
	Guess   string
}

// Option is one of the answers to an Ask.
type Option struct{ Value, Text string }

// matcher finds units and targets by what rows call them.
type matcher struct {
	lines   []indicator.Line
	members []cluster.Member
	own     []string // units for which the actor reports
	choices map[string]string
	byName  map[string][]int // keys of names and aliases → lines
	memo    map[string]found
	asks    map[string]*Ask
	order   []string
	asked   map[string]string // a target's name and measure → the Ask of the first unit that has it
	told    map[string]string // and what was answered there
}

type found struct {
	id  string
	ask string
}

func newMatcher(lines []indicator.Line, members []cluster.Member, own []string, choices map[string]string) *matcher {
	m := &matcher{lines: lines, members: members, own: own, choices: choices, byName: map[string][]int{}, memo: map[string]found{}, asks: map[string]*Ask{}, asked: map[string]string{}, told: map[string]string{}}
	for i, l := range lines {
		seen := map[string]bool{}
		for _, n := range append(l.Indicator.Names(), l.Name) {
			if key := indicator.Key(n); !seen[key] {
				seen[key] = true
				m.byName[key] = append(m.byName[key], i)
			}
		}
	}
	return m
}

// unit finds a member by its name, short name, or a choice. ask is the key of
// the question that is open.
func (m *matcher) unit(name, where string) (id, ask string) {
	key := indicator.Key(name)
	memo := "u|" + key
	f, seen := m.memo[memo]
	if !seen {
		f = m.findUnit(key, memo, name)
		m.memo[memo] = f
	}
	m.count(f.ask, where)
	return f.id, f.ask
}

func (m *matcher) findUnit(key, memo, name string) found {
	var exact []string
	var near []cluster.Member
	for _, u := range m.members {
		switch full, short := indicator.Key(u.Name), indicator.Key(u.Short); {
		case key == full || key == short:
			exact = append(exact, u.UnitID)
		case strings.Contains(full, key) || strings.Contains(key, short) && short != "":
			near = append(near, u)
		}
	}
	if len(exact) == 0 {
		for _, fits := range []func(row, unit called) bool{sameName, sameCore} {
			if exact = m.called(name, fits); len(exact) > 0 {
				break
			}
		}
	}
	if len(exact) == 1 {
		return found{id: exact[0]}
	}
	if id, chosen := m.choices[memo]; chosen {
		return found{id: id}
	}
	a := &Ask{Key: memo, Unit: true, Name: name}
	for _, u := range m.members {
		a.Options = append(a.Options, Option{u.UnitID, u.Name})
	}
	if len(near) == 1 {
		a.Guess = near[0].UnitID
	}
	return m.put(a)
}

func (m *matcher) put(a *Ask) found {
	m.asks[a.Key] = a
	m.order = append(m.order, a.Key)
	return found{ask: a.Key}
}

func (m *matcher) count(ask, where string) {
	if a := m.asks[ask]; a != nil {
		if a.Rows++; a.Rows == 1 {
			a.First = where
		}
	}
}

// target finds a target by the name and the measure of a row, among those of
// the unit; without one among those that the actor reports on.
func (m *matcher) target(unit, name, measure, where string) (id, ask string) {
	memo := "t|" + unit + "|" + indicator.Key(name) + "|" + indicator.Key(measure)
	f, seen := m.memo[memo]
	if !seen {
		f = m.findTarget(unit, name, measure, memo)
		m.memo[memo] = f
	}
	m.count(f.ask, where)
	return f.id, f.ask
}

func (m *matcher) findTarget(unit, name, measure, memo string) found {
	in := func(l indicator.Line) bool {
		switch {
		case !l.Measurable():
			return false
		case unit != "":
			return l.Reporter == unit || l.UnitID == unit
		case len(m.own) > 0:
			return slices.Contains(m.own, l.Reporter)
		}
		return true
	}
	var exact []int
	for _, i := range m.byName[indicator.Key(name)] {
		if in(m.lines[i]) && convertible(m.lines[i], measure) {
			exact = append(exact, i)
		}
	}
	if len(exact) == 1 {
		return found{id: m.lines[exact[0]].ID}
	}
	called := indicator.Key(name) + "|" + indicator.Key(measure)
	if id, chosen := m.choices[memo]; chosen {
		if _, first := m.told[called]; !first {
			m.told[called] = id
		}
		return found{id: id}
	}
	if f, known := m.likewise(called, in); known {
		return f
	}
	type near struct{ at, shared, words int }
	var like []near
	var rest []int
	for i, l := range m.lines {
		if !in(l) {
			continue
		}
		best := near{at: -1}
		for _, n := range append(l.Indicator.Names(), l.Name) {
			shared, words, ok := indicator.Alike(name, n)
			if (ok || slices.Contains(exact, i)) && (best.at < 0 || shared*best.words > best.shared*words) {
				best = near{i, shared, words}
			}
		}
		if best.at >= 0 && convertible(l, measure) {
			like = append(like, best)
		} else {
			rest = append(rest, i)
		}
	}
	slices.SortStableFunc(like, func(a, b near) int { return cmp.Compare(b.shared*a.words, a.shared*b.words) })
	a := &Ask{Key: memo, Name: name, Of: m.short(unit)}
	for _, n := range like {
		a.Options = append(a.Options, m.option(n.at, unit))
	}
	if len(like) > 0 && len(exact) == 0 {
		a.Guess = m.lines[like[0].at].ID
	}
	for _, i := range rest[:min(len(rest), max(0, 60-len(like)))] {
		a.Options = append(a.Options, m.option(i, unit))
	}
	m.asked[called] = memo
	return m.put(a)
}

// likewise asks about a name once for all units, and takes the answer for those
// that have a target of the same name.
func (m *matcher) likewise(called string, in func(indicator.Line) bool) (found, bool) {
	if id, told := m.told[called]; told {
		if id == Skip {
			return found{id: id}, true
		}
		return m.namesake(id, in)
	}
	ask, asked := m.asked[called]
	if asked {
		m.asks[ask].Of = ""
	}
	return found{ask: ask}, asked
}

// namesake finds the one line that is called as another.
func (m *matcher) namesake(id string, in func(indicator.Line) bool) (found, bool) {
	var out []string
	for _, one := range m.lines {
		if one.ID != id {
			continue
		}
		for _, l := range m.lines {
			if in(l) && indicator.Key(l.Name) == indicator.Key(one.Name) && l.BaseUnit == one.BaseUnit {
				out = append(out, l.ID)
			}
		}
	}
	if len(out) != 1 {
		return found{}, false
	}
	return found{id: out[0]}, true
}

func (m *matcher) option(i int, unit string) Option {
	l := m.lines[i]
	text := l.Name
	if l.Unit != "" {
		text += " (" + l.Goal.Unit + ")"
	}
	if unit == "" && l.UnitID != "" {
		text = m.short(l.UnitID) + ": " + text
	}
	return Option{l.ID, text}
}

// short is the short name of a member.
func (m *matcher) short(unit string) string {
	for _, u := range m.members {
		if u.UnitID == unit {
			return cmp.Or(u.Short, u.Name)
		}
	}
	return ""
}

// convertible tells whether a measure as a row names it can be one of the
// target's; a row without one says nothing.
func convertible(l indicator.Line, measure string) bool {
	if measure == "" {
		return true
	}
	_, base, _ := target.ParseUnit(measure)
	return base == l.BaseUnit || indicator.Key(measure) == indicator.Key(l.Goal.Unit)
}

// open lists the questions in the order of the rows.
func (m *matcher) open() []Ask {
	var out []Ask
	for _, key := range m.order {
		out = append(out, *m.asks[key])
	}
	return out
}
