package cluster

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Seats lists the places of units in years that are not over, oldest year
// first. A unit that ends keeps them: what was signed, reported and scored in
// the year is the unit's, and its heir goes on for it.
func (s *Service) Seats(ctx context.Context, q db.Queryer, units []string) ([]org.Seat, error) {
	type row struct {
		Unit string `db:"member_id"`
		Kind Kind   `db:"kind"`
		Year
	}
	var out []org.Seat
	for _, unit := range units {
		rows, err := db.All[row](ctx, q, `SELECT m.unit_id AS member_id, c.kind, `+db.Prefixed("y", Year{})+` FROM membership m JOIN cluster_year y ON y.id = m.year_id JOIN cluster c ON c.id = y.cluster_id WHERE m.unit_id = $1 ORDER BY y.year, y.id`, unit)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if !Open(r.Year, Meeting) {
				continue
			}
			seat := org.Seat{YearID: r.Year.ID, Cluster: r.Year.Name, Year: r.Year.Year, UnitID: unit, Forming: Open(r.Year, Forming)}
			held, err := db.All[Office](ctx, q, `SELECT DISTINCT role FROM term WHERE year_id = $1 AND unit_id = $2 AND to_day > $3 ORDER BY role DESC`, r.Year.ID, unit, clock.Today(s.now))
			if err != nil {
				return nil, err
			}
			for _, o := range held {
				word := r.Kind.Deputy()
				if o == Leader {
					word = r.Kind.Lead()
				}
				seat.Offices = append(seat.Offices, word)
			}
			out = append(out, seat)
		}
	}
	return out, nil
}

// mustBe refuses a unit that ended before the year began, or that has ended by
// now where the year is not a past one.
func (s *Service) mustBe(ctx context.Context, q db.Queryer, u org.Unit, year int, field string) error {
	if !s.over(u, year) {
		return nil
	}
	ends, err := org.Ends(ctx, q, u.ID)
	if err != nil {
		return err
	}
	heir := ends[u.ID].Heir
	names, err := org.Names(ctx, q, clock.Today(s.now), u.ID, heir)
	if err != nil {
		return err
	}
	if heir != "" {
		return fault.Wrong(field, "{.unit} đã kết thúc hoạt động từ {.day}; {.heir} tiếp tục công việc của đơn vị này. Hãy chọn {.heir}.", "unit", names[u.ID].Name, "day", u.To, "heir", names[heir].Name)
	}
	return fault.Wrong(field, "{.unit} đã kết thúc hoạt động từ {.day} nên không là thành viên của năm {.year} được.", "unit", names[u.ID].Name, "day", u.To, "year", locale.Year(year))
}

// over tells whether a unit cannot be put into a year any more.
func (s *Service) over(u org.Unit, year int) bool {
	today := clock.Today(s.now)
	return u.To <= clock.Day(fmtYear(year)+"-01-01") || u.To <= today && year >= today.Year()
}

// goOn puts those in place of the members that have ended who go on with their
// work, each once, at the first of their places; where nobody does, the place
// is left. Terms of office follow.
func (s *Service) goOn(ctx context.Context, q db.Queryer, year int, units []string, terms ...*NewTerm) ([]string, error) {
	ends, err := org.Ends(ctx, q, units...)
	if err != nil || len(ends) == 0 {
		return units, err
	}
	var out []string
	for _, unit := range units {
		next := []string{unit}
		if e, there := ends[unit]; there && s.over(e.Unit, year) {
			switch {
			case e.Step != nil && e.Step.Kind == org.Divided:
				next = slices.Concat(e.Step.To, e.Step.Keeps)
			case e.Heir != "":
				next = []string{e.Heir}
			default:
				next = nil
			}
			for _, t := range terms {
				if t.UnitID == unit && e.Heir != "" {
					t.UnitID = e.Heir
				}
			}
		}
		for _, n := range next {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out, nil
}
