package access

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// Reach is where an actor may do something, for lists: what Can says of each
// cluster year, said of all of them at once.
type Reach struct {
	All        bool
	Organisers []string // every year of a cluster of theirs
	Members    []string // every year that one of these units belongs to
	Leaders    []string // every year that one of these units leads today
	Deputies   []string
	Day        clock.Day
}

// Reach tells in which cluster years the actor may do p today.
func (g *Gate) Reach(ctx context.Context, q db.Queryer, a Actor, p Permission) (Reach, error) {
	r := Reach{Day: clock.Today(g.now)}
	switch {
	case a.Program:
		r.All = true
		return r, nil
	case !a.SignedIn(), a.Scopes != nil && !slices.Contains(a.Scopes, string(p)):
		return r, nil
	}
	held, err := g.Holds(ctx, q, a)
	if err != nil {
		return r, err
	}
	units := func(roles ...Role) (out []string) {
		for _, h := range held {
			if slices.Contains(roles, h.Role) && !slices.Contains(out, h.UnitID) {
				out = append(out, h.UnitID)
			}
		}
		return out
	}
	for _, ground := range catalogue[p] {
		switch ground {
		case byAnyone:
			r.All = true
		case byAdministrator:
			r.All = r.All || len(units(Administrator)) > 0
		case byAuditor:
			r.All = r.All || len(units(Auditor)) > 0
		case byStanding:
			r.Organisers = append(r.Organisers, units(Standing)...)
		case byCouncil:
			r.Organisers = append(r.Organisers, units(Council)...)
		case byMember:
			r.Members = append(r.Members, units(Officer, Head)...)
		case byLeader:
			r.Leaders = append(r.Leaders, units(Officer, Head)...)
		case byDeputy:
			r.Deputies = append(r.Deputies, units(Officer, Head)...)
		}
	}
	return r, nil
}

// Where is the reach as a condition on a cluster year and its cluster, called y
// and c, with its arguments behind those that are there already.
func (r Reach) Where(args []any) (string, []any) {
	if r.All {
		return "1 = 1", args
	}
	in := func(ids []string) string {
		marks := make([]string, len(ids))
		for i, id := range ids {
			args = append(args, id)
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		return "IN (" + strings.Join(marks, ", ") + ")"
	}
	ways := []string{"1 = 0"}
	if len(r.Organisers) > 0 {
		ways = append(ways, "c.organiser_id "+in(r.Organisers))
	}
	if len(r.Members) > 0 {
		ways = append(ways, "y.id IN (SELECT m.year_id FROM membership m WHERE m.unit_id "+in(r.Members)+")")
	}
	for role, ids := range map[string][]string{"leader": r.Leaders, "deputy": r.Deputies} {
		if len(ids) > 0 {
			among := in(ids)
			args = append(args, r.Day)
			ways = append(ways, fmt.Sprintf("y.id IN (SELECT t.year_id FROM term t WHERE t.unit_id %s AND t.role = '%s' AND t.from_day <= $%d AND t.to_day > $%d)", among, role, len(args), len(args)))
		}
	}
	return "(" + strings.Join(ways, " OR ") + ")", args
}
