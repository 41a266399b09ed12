package account

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// reach is how far an actor's right to manage accounts goes. An administrator
// reaches everything. An officer of a standing body reaches the organiser, the
// units of its clusters and the units under it, and hands out only the roles of
// such units: nobody gives a right wider than the own.
type reach struct {
	everything bool
	units      []string
}

// wide are the roles that only an administrator gives, and whose holders only
// an administrator may reset or close.
var wide = []access.Role{access.Administrator, access.Standing, access.Auditor}

func (s *Service) reach(ctx context.Context, q db.Queryer, by access.Actor) (reach, error) {
	if err := s.gate.Must(ctx, q, by, access.AccountManage, access.Record{}); err != nil {
		return reach{}, err
	}
	if by.Program {
		return reach{everything: true}, nil
	}
	held, err := s.gate.Holds(ctx, q, by)
	if err != nil {
		return reach{}, err
	}
	var r reach
	today := clock.Today(s.now)
	for _, h := range held {
		switch h.Role {
		case access.Administrator:
			return reach{everything: true}, nil
		case access.Standing:
			units, err := db.All[string](ctx, q, `
				SELECT m.unit_id FROM membership m JOIN cluster_year y ON y.id = m.year_id JOIN cluster c ON c.id = y.cluster_id WHERE c.organiser_id = $1
				UNION SELECT unit_id FROM unit_parent WHERE parent_id = $1 AND from_day <= $2 AND to_day > $2`, h.UnitID, today)
			if err != nil {
				return reach{}, err
			}
			r.units = append(append(r.units, h.UnitID), units...)
		}
	}
	return r, nil
}

func (r reach) unit(id string) bool { return r.everything || slices.Contains(r.units, id) }

// gives tells whether the role in the unit may be given or taken.
func (r reach) gives(role access.Role, unit string) bool {
	return r.everything || (!slices.Contains(wide, role) && slices.Contains(r.units, unit))
}

// account tells whether the account is within reach: it holds something there
// today, and nothing that is wider.
func (r reach) account(held []Assignment, today clock.Day) bool {
	if r.everything {
		return true
	}
	within := false
	for _, h := range held {
		if h.To <= today {
			continue
		}
		if !r.gives(h.Role, h.UnitID) {
			return false
		}
		within = true
	}
	return within
}

// mustReach answers an account out of reach as one that is not there.
func (s *Service) mustReach(ctx context.Context, q db.Queryer, by access.Actor, id string) (Account, reach, error) {
	r, err := s.reach(ctx, q, by)
	if err != nil {
		return Account{}, r, err
	}
	a, err := db.Get[Account](ctx, q, "account", id)
	if err != nil {
		return a, r, err
	}
	held, err := assignments(ctx, q, id, clock.Today(s.now))
	if err != nil {
		return a, r, err
	}
	if !r.account(held, clock.Today(s.now)) {
		return Account{}, r, fault.Missing()
	}
	return a, r, nil
}
