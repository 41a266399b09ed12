package indicator

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Origin says where a unit's figure of an earlier time comes from, when the
// unit was not then what it is now. No figure is added up without one.
type Origin struct {
	Sum    bool       // the figure is the exact sum of the parts
	Total  *Figure    // that sum; nil for none
	Parts  []Share    // of the units that together were what the unit is now, by unit id
	Wholes []Share    // of the units that it, or a part of it, was split from: beside it, never in a sum
	Steps  []org.Step // the changes since, newest first
	Growth bool       // the figures are growths, signed
	Why    NoSum      // why there is no sum; "" where there is one, and where nothing had to be added
}

// Share is the figure of one of several units; nil where it reported none.
type Share struct {
	UnitID string
	Figure *Figure
}

// Others tells whether units other than the named one have a part in it.
func (o *Origin) Others(unit string) bool {
	return o != nil && slices.ContainsFunc(o.Parts, func(s Share) bool { return s.UnitID != unit })
}

// NoSum is why figures of several units make no figure of the one that they became.
type NoSum string

const (
	NotAdditive NoSum = "not_additive" // rates, averages, growths
	PartMissing NoSum = "part_missing" // one of them has no figure
	FormerWhole NoSum = "former_whole" // a part of it was in a larger unit
)

// unadded are words of names whose figures do not add up, however they are
// counted: by Key, so without marks.
var unadded = strings.Fields("ty-le ty-trong ty-suat binh-quan trung-binh chi-so mat-do nang-suat toc-do he-so co-cau muc-do do-che-phu xep-hang thu-hang vi-thu xep-loai diem-so tuoi-tho dau-nguoi")

// unaddedUnits are units of measure in which nothing adds up.
var unaddedUnits = strings.Fields("% ‰ điểm lần tuổi ngày giờ phút hạng bậc thứ độ")

// Additive tells whether figures of several units may be added up: amounts and
// counts do; rates, averages, ranks and growths do not.
func (i Indicator) Additive() bool {
	if i.Flow == Growth || strings.ContainsAny(i.BaseUnit, "/%‰") || strings.Contains(i.BaseUnit, " trên ") {
		return false
	}
	first, _, _ := strings.Cut(i.BaseUnit, " ")
	if slices.Contains(unaddedUnits, first) {
		return false
	}
	for _, name := range i.Names() {
		key := " " + Key(name) + " "
		for _, w := range unadded {
			if strings.Contains(key, " "+strings.ReplaceAll(w, "-", " ")+" ") {
				return false
			}
		}
	}
	return true
}

// inherited is a figure of a time when a unit was something else: Figure is nil
// where only what it was made of can be told.
type inherited struct {
	Figure *Figure
	Origin *Origin
}

// spot is a place in a year, at the end of a month.
type spot struct {
	Place
	year, months int
}

// inheritance is what units have of those that they came out of.
type inheritance map[spot]inherited

// telling is a figure with the year in which it was told.
type telling struct {
	Told int `db:"told"`
	Figure
}

// inherit reads what the members of a cluster have of the units that they came
// out of: one look where there is nothing.
func (s *Service) inherit(ctx context.Context, q db.Queryer, clusterID string, from, to int) (inheritance, error) {
	d, units, err := org.DescentIn(ctx, q, clusterID)
	if err != nil || d.Empty() {
		return nil, err
	}
	return s.inheritOf(ctx, q, d, units, from, to)
}

// inheritOf reads it for some units.
func (s *Service) inheritOf(ctx context.Context, q db.Queryer, d org.Descent, units []string, from, to int) (inheritance, error) {
	var all []string
	for _, u := range units {
		all = append(all, d.Ancestors(u)...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	figures := map[string][]telling{} // by unit
	ids := map[string]bool{}
	for part := range slices.Chunk(all, 400) {
		marks, args := make([]string, len(part)), []any{from, to}
		for i, id := range part {
			args = append(args, id)
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		rows, err := db.All[telling](ctx, q, `SELECT y.year AS told, `+db.Prefixed("f", Figure{})+` FROM membership m JOIN cluster_year y ON y.id = m.year_id
			JOIN figure f ON f.year_id = m.year_id AND f.unit_id = m.unit_id
			WHERE m.unit_id IN (`+strings.Join(marks, ", ")+`) AND f.year BETWEEN $1 AND $2 AND f.superseded_by = '' ORDER BY f.at, f.id`, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			figures[r.UnitID] = append(figures[r.UnitID], r)
			ids[r.IndicatorID] = true
		}
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	catalogue, err := some(ctx, q, list)
	if err != nil {
		return nil, err
	}
	out := inheritance{}
	for _, u := range units {
		descend(out, d, u, figures, catalogue)
	}
	return out, nil
}

// descend works out what one unit has of the others.
func descend(out inheritance, d org.Descent, unit string, figures map[string][]telling, catalogue map[string]Indicator) {
	best := map[spot]Figure{}  // spots of any unit
	again := map[spot]Figure{} // told anew by the unit for a time before it was what it is
	spots := map[spot]bool{}   // of the unit
	for _, u := range d.Ancestors(unit) {
		for _, f := range figures[u] {
			at := spot{Place{current(catalogue, f.IndicatorID).ID, u}, f.Year, f.Period.Months()}
			mine := spot{Place{at.Indicator, unit}, at.year, at.months}
			made := d.On(unit, monthEnd(f.Year, at.months))
			if len(made.Steps) == 0 {
				continue
			}
			spots[mine] = true
			into := best
			if u == unit && f.Year < f.Told && clock.DayOf(f.At.Time()) >= made.Steps[0].Day {
				into = again
			}
			if old, there := into[at]; !there || !old.Period.after(f.Period) {
				into[at] = f.Figure
			}
		}
	}
	for at := range spots {
		if f, there := again[at]; there {
			out[at] = inherited{Figure: &f}
			continue
		}
		made := d.On(unit, monthEnd(at.year, at.months))
		of := func(units []string) (shares []Share) {
			for _, u := range units {
				s := Share{UnitID: u}
				if f, there := best[spot{Place{at.Indicator, u}, at.year, at.months}]; there {
					s.Figure = &f
				}
				shares = append(shares, s)
			}
			return shares
		}
		o := &Origin{Growth: catalogue[at.Indicator].Flow == Growth, Parts: of(made.Units), Wholes: of(made.Wholes), Steps: made.Steps}
		told := func(s Share) bool { return s.Figure != nil }
		switch {
		case len(made.Units) == 1 && made.Units[0] == unit: // only less, or more, than it is now
			if !slices.ContainsFunc(o.Parts, told) && !slices.ContainsFunc(o.Wholes, told) {
				continue
			}
			out[at] = inherited{Figure: o.Parts[0].Figure, Origin: o}
			continue
		case !slices.ContainsFunc(o.Parts, told) && !slices.ContainsFunc(o.Wholes, told):
			continue
		case made.Lost:
			o.Why = FormerWhole
		case !catalogue[at.Indicator].Additive():
			o.Why = NotAdditive
		default:
			f, ok := Added(o.Parts)
			if !ok {
				o.Why = PartMissing
				break
			}
			f.IndicatorID, f.UnitID, f.Year = at.Indicator, unit, at.year
			o.Sum, o.Total = true, &f
			out[at] = inherited{Figure: &f, Origin: o}
			continue
		}
		out[at] = inherited{Origin: o}
	}
}

// Added is the exact sum of all the shares' figures; false where one is missing
// or is measured otherwise. It has no id: nobody reported it.
func Added(shares []Share) (Figure, bool) {
	sorted := slices.Clone(shares)
	slices.SortFunc(sorted, func(a, b Share) int { return cmp.Compare(a.UnitID, b.UnitID) })
	var sum Figure
	total := decimal.Zero
	for i, s := range sorted {
		f := s.Figure
		if f == nil {
			return Figure{}, false
		}
		if i == 0 {
			sum.Unit, sum.BaseUnit, sum.Period = f.Unit, f.BaseUnit, f.Period
		}
		if f.BaseUnit != sum.BaseUnit {
			return Figure{}, false
		}
		if f.Period.after(sum.Period) {
			sum.Period = f.Period
		}
		sum.Illustrative = sum.Illustrative || f.Illustrative
		total = total.Add(f.Base())
	}
	sum.BaseAmount = total.String()
	amount, ok := sum.In(sum.Unit)
	if !ok {
		sum.Unit, amount = sum.BaseUnit, sum.BaseAmount
	}
	sum.Amount = amount
	return sum, len(sorted) > 0
}

// overlay puts what was inherited in the place of what the unit itself reported
// for the same time.
func (in inheritance) overlay(courses map[Place][]YearCourse, from, to int, months map[int]bool) {
	for at, got := range in {
		if at.year < from || at.year > to || months != nil && !months[at.months] {
			continue
		}
		years := courses[at.Place]
		i, there := slices.BinarySearchFunc(years, at.year, func(y YearCourse, year int) int { return cmp.Compare(y.Year, year) })
		if !there {
			years = slices.Insert(years, i, YearCourse{Year: at.year})
		}
		y := &years[i]
		if got.Figure != nil {
			y.put(Point{at.months, got.Figure.Base().Rat()})
		} else {
			y.Points = slices.DeleteFunc(y.Points, func(p Point) bool { return p.Months == at.months })
		}
		if got.Origin != nil {
			if y.Origins == nil {
				y.Origins = map[int]*Origin{}
			}
			y.Origins[at.months] = got.Origin
		}
		courses[at.Place] = years
	}
}

// spots are its spots in order.
func (in inheritance) spots() []spot {
	return slices.SortedFunc(maps.Keys(in), func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.months, b.months), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Unit, b.Unit))
	})
}

// at is what was inherited of a year as a whole.
func (in inheritance) at(p Place, year int) (inherited, bool) {
	got, there := in[spot{p, year, 12}]
	return got, there
}

// Inheritable tells which of the indicators that units have reported on would
// be added up if the units became one, and which would stand side by side.
func (s *Service) Inheritable(ctx context.Context, q db.Queryer, units ...string) (added, beside []Indicator, err error) {
	ids := map[string]bool{}
	for _, u := range units {
		found, err := db.All[string](ctx, q, `SELECT DISTINCT f.indicator_id FROM membership m JOIN figure f ON f.year_id = m.year_id AND f.unit_id = m.unit_id WHERE m.unit_id = $1`, u)
		if err != nil {
			return nil, nil, err
		}
		for _, id := range found {
			ids[id] = true
		}
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	catalogue, err := some(ctx, q, list)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, id := range list {
		i := current(catalogue, id)
		if seen[i.ID] {
			continue
		}
		seen[i.ID] = true
		if i.Additive() {
			added = append(added, i)
		} else {
			beside = append(beside, i)
		}
	}
	byName := func(a, b Indicator) int { return cmp.Or(slices.Compare(a.SortKey, b.SortKey), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(added, byName)
	slices.SortFunc(beside, byName)
	return added, beside, nil
}
