package access

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Role is what an account is assigned to be, in a unit, for an interval of days.
type Role string

const (
	Administrator Role = "administrator" // of the installation; unit empty
	Standing      Role = "standing"      // officer of a standing body (cơ quan thường trực) serving an organiser; the unit is the organiser
	Head          Role = "head"          // head or deputy head of a unit: signs for it
	Officer       Role = "officer"       // enters data for a unit
	Auditor       Role = "auditor"
	Council       Role = "council" // member of a council of the organiser
)

// Counts tells whether the role lets one count ballots for a unit that was
// named to.
func (r Role) Counts() bool { return r == Officer || r == Head || r == Standing }

// Roles in the order in which forms offer them.
var Roles = []Role{Officer, Head, Standing, Council, Auditor, Administrator}

// Record is what an act concerns. Zero fields do not matter to the decision.
type Record struct {
	Year      string // cluster year id
	Unit      string // unit whose data it is
	Organiser string // unit that organises (clusters, movements)
	Round     string // scoring round, for checkers
	Poll      string // vote on paper, for tellers
}

// Held is an assignment as the gate sees it.
type Held struct {
	UnitID string `db:"unit_id"`
	Role   Role   `db:"role"`
}

// Gate decides.
type Gate struct {
	db  *db.DB
	now clock.Clock
}

// NewGate makes a gate over the assignments, memberships and terms in the database.
func NewGate(d *db.DB, now clock.Clock) *Gate { return &Gate{d, now} }

// Holds lists what the actor is assigned to today: in units themselves, and in
// those whose work the units go on with since they ended.
func (g *Gate) Holds(ctx context.Context, q db.Queryer, a Actor) ([]Held, error) {
	today := clock.Today(g.now)
	return db.All[Held](ctx, q, `
		SELECT s.unit_id, s.role FROM assignment s JOIN account a ON a.id = s.account_id
		WHERE s.account_id = $1 AND s.from_day <= $2 AND s.to_day > $2 AND a.closed = FALSE
		UNION SELECT h.unit_id, s.role FROM assignment s JOIN account a ON a.id = s.account_id
		JOIN unit_heir h ON h.heir_id = s.unit_id AND h.from_day <= $2 AND h.to_day > $2
		WHERE s.account_id = $1 AND s.from_day <= $2 AND s.to_day > $2 AND a.closed = FALSE
		ORDER BY 1, 2`, a.Account, today)
}

// Units lists the units for which the actor may enter data today.
func (g *Gate) Units(ctx context.Context, q db.Queryer, a Actor) ([]string, error) {
	held, err := g.Holds(ctx, q, a)
	if err != nil {
		return nil, err
	}
	var units []string
	for _, h := range held {
		if (h.Role == Officer || h.Role == Head) && !slices.Contains(units, h.UnitID) {
			units = append(units, h.UnitID)
		}
	}
	return units, nil
}

// Can tells whether the actor may do p on the record today.
func (g *Gate) Can(ctx context.Context, q db.Queryer, a Actor, p Permission, r Record) (bool, error) {
	if a.Program {
		return true, nil
	}
	if !a.SignedIn() {
		return false, nil
	}
	if a.Scopes != nil && !slices.Contains(a.Scopes, string(p)) {
		return false, nil
	}
	held, err := g.Holds(ctx, q, a)
	if err != nil {
		return false, err
	}
	for _, ground := range catalogue[p] {
		ok, err := g.stands(ctx, q, held, ground, r)
		if err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

// Must is the one call at the top of a service method. A record the actor may
// not even read is answered as one that does not exist (see MustSee).
func (g *Gate) Must(ctx context.Context, q db.Queryer, a Actor, p Permission, r Record) error {
	ok, err := g.Can(ctx, q, a, p, r)
	switch {
	case err != nil:
		return err
	case ok:
		return nil
	case !a.SignedIn():
		return SignInFirst()
	}
	if r.Year != "" && p != ClusterRead {
		sees, err := g.Can(ctx, q, Actor{Account: a.Account}, ClusterRead, r)
		if err != nil {
			return err
		}
		if !sees {
			return fault.Missing()
		}
		if err := g.untimely(ctx, q, a, p, r); err != nil {
			return err
		}
	}
	return fault.Deny()
}

// untimely is the refusal of what the actor's unit may do as leader or deputy of
// the year, but not today: it says from when, or until when it could.
func (g *Gate) untimely(ctx context.Context, q db.Queryer, a Actor, p Permission, r Record) error {
	if a.Scopes != nil && !slices.Contains(a.Scopes, string(p)) {
		return nil
	}
	units, err := g.Units(ctx, q, a)
	if err != nil {
		return err
	}
	type term struct {
		UnitID string    `db:"unit_id"`
		Role   string    `db:"role"`
		From   clock.Day `db:"from_day"`
		To     clock.Day `db:"to_day"`
	}
	terms, err := db.All[term](ctx, q, `SELECT unit_id, role, from_day, to_day FROM term WHERE year_id = $1 ORDER BY from_day`, r.Year)
	if err != nil {
		return err
	}
	today := clock.Today(g.now)
	for _, t := range terms {
		ground := byLeader
		if t.Role == "deputy" {
			ground = byDeputy
		}
		if !slices.Contains(units, t.UnitID) || !slices.Contains(catalogue[p], ground) {
			continue
		}
		switch {
		case t.From > today:
			return fault.New(fault.Denied, "Nhiệm kỳ trưởng, phó của đơn vị bạn bắt đầu từ ngày {.from}. Từ ngày đó bạn làm được việc này; trước đó bạn xem được mọi nội dung của năm.", "from", t.From)
		case t.To <= today:
			return fault.New(fault.Denied, "Nhiệm kỳ trưởng, phó của đơn vị bạn đã kết thúc trước ngày {.to} nên bạn không làm được việc này nữa.", "to", t.To)
		}
	}
	return nil
}

// MustSee is Must for reading: the refusal is that of a record that is not there.
func (g *Gate) MustSee(ctx context.Context, q db.Queryer, a Actor, p Permission, r Record) error {
	ok, err := g.Can(ctx, q, a, p, r)
	switch {
	case err != nil:
		return err
	case ok:
		return nil
	case !a.SignedIn():
		return SignInFirst()
	}
	return fault.Missing()
}

// SignInFirst is the answer to a visitor where an account is needed.
func SignInFirst() error {
	return fault.New(fault.Unauthenticated, "Bạn cần đăng nhập để tiếp tục. Nội dung đang nhập được giữ lại sau khi đăng nhập.")
}

func (g *Gate) stands(ctx context.Context, q db.Queryer, held []Held, ground Ground, r Record) (bool, error) {
	today := clock.Today(g.now)
	has := func(roles []Role, unit func(string) bool) bool {
		for _, h := range held {
			if slices.Contains(roles, h.Role) && unit(h.UnitID) {
				return true
			}
		}
		return false
	}
	everywhere := func(string) bool { return true }
	working := []Role{Officer, Head}
	among := func(query string, args ...any) (bool, error) {
		units, err := db.All[string](ctx, q, query, args...)
		if err != nil {
			return false, err
		}
		return has(working, func(u string) bool { return slices.Contains(units, u) }), nil
	}
	switch ground {
	case byAnyone:
		return true, nil
	case byAdministrator:
		return has([]Role{Administrator}, everywhere), nil
	case byAuditor:
		return has([]Role{Auditor}, everywhere), nil
	case byStanding, byCouncil:
		role := Standing
		if ground == byCouncil {
			role = Council
		}
		organiser := r.Organiser
		if organiser == "" && r.Year != "" {
			var err error
			organiser, err = db.One[string](ctx, q, `SELECT c.organiser_id FROM cluster_year y JOIN cluster c ON c.id = y.cluster_id WHERE y.id = $1`, r.Year)
			if fault.Is(err, fault.NotFound) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
		}
		return has([]Role{role}, func(u string) bool { return organiser == "" || u == organiser }), nil
	case byLeader, byDeputy:
		if r.Year == "" {
			return false, nil
		}
		role := "leader"
		if ground == byDeputy {
			role = "deputy"
		}
		return among(`SELECT unit_id FROM term WHERE year_id = $1 AND role = $2 AND from_day <= $3 AND to_day > $3`, r.Year, role, today)
	case byTeller:
		if r.Poll == "" {
			return false, nil
		}
		units, err := db.All[string](ctx, q, `SELECT unit_id FROM teller WHERE poll_id = $1`, r.Poll)
		return has([]Role{Officer, Head, Standing}, func(u string) bool { return slices.Contains(units, u) }), err
	case byMember:
		if r.Year == "" {
			return false, nil
		}
		return among(`SELECT unit_id FROM membership WHERE year_id = $1`, r.Year)
	case byOwnUnit:
		return r.Unit != "" && has(working, func(u string) bool { return u == r.Unit }), nil
	case byHead:
		return r.Unit != "" && has([]Role{Head}, func(u string) bool { return u == r.Unit }), nil
	case byChecker:
		if r.Round == "" || r.Unit == "" {
			return false, nil
		}
		return among(`SELECT checker_id FROM checker WHERE round_id = $1 AND unit_id = $2`, r.Round, r.Unit)
	}
	return false, nil
}
