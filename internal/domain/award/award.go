// Package award proposes units for flags and certificates, on the ground of
// their rank and of votes, warns where the dated rules do, and registers what
// was decided, with number, date and money.
package award

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// Standing is a unit's place in the latest result of a year, as the room of
// scores gives it. A round that was not held leaves its points nil.
type Standing struct {
	UnitID     string
	Rank       int // 0: not ranked (not considered, held)
	Tied       bool
	Total      points.Points
	Self       *points.Points
	Checked    *points.Points
	Agreed     *points.Points
	Registered string // what the unit registered to strive for, where known
	Final      bool
	Why        locale.Text
}

// Standings is the room of scores as this one sees it. No result yet is an
// empty list.
type Standings interface {
	Latest(ctx context.Context, q db.Queryer, yearID string) ([]Standing, error)
}

// Service keeps awards.
type Service struct {
	db        *db.DB
	book      *ledger.Book
	gate      *access.Gate
	years     *cluster.Service
	rules     *rulebook.Service
	ballots   *ballot.Service
	standings Standings
	now       clock.Clock
}

// New makes the service and registers its guards of the year's steps.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, rules *rulebook.Service, ballots *ballot.Service, standings Standings, now clock.Clock) *Service {
	s := &Service{d, book, gate, years, rules, ballots, standings, now}
	years.Guard("nominations", s.guardNominations)
	years.Guard("decision", s.guardDecision)
	for _, p := range proceedings {
		years.Guard(p.Guard, s.guardProceeding(p))
	}
	return s
}

// Row is a line of the consolidation (bảng tổng hợp): all that is known of a
// member when the year is reviewed.
type Row struct {
	cluster.Member
	Standing *Standing // nil before there is a result
	Votes    []Vote
	Proposed []Nomination
}

// Vote is what a counted poll says of a member.
type Vote struct {
	Poll ballot.Poll
	ballot.Verdict
}

// Consolidate gives one row for each member, in the order of the ranks; those
// without a rank last.
func (s *Service) Consolidate(ctx context.Context, actor access.Actor, yearID string) ([]Row, error) {
	var rows []Row
	err := s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		if err := s.gate.MustSee(ctx, q, actor, access.ScoreRead, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.Get(ctx, q, yearID)
		if err != nil {
			return err
		}
		members, err := s.years.Members(ctx, q, y)
		if err != nil {
			return err
		}
		standings, err := s.latest(ctx, q, yearID)
		if err != nil {
			return err
		}
		nominations, err := s.live(ctx, q, yearID)
		if err != nil {
			return err
		}
		polls, err := s.ballots.OfYear(ctx, q, yearID, "")
		if err != nil {
			return err
		}
		votes := map[string][]Vote{}
		for _, p := range polls {
			if p.State != ballot.Counted {
				continue
			}
			v, err := s.ballots.Read(ctx, q, p)
			if err != nil {
				return err
			}
			for i, d := range v.Verdicts {
				if unit := v.Nominees[i].UnitID; unit != "" {
					votes[unit] = append(votes[unit], Vote{p, d})
				}
			}
		}
		for _, m := range members {
			r := Row{Member: m, Votes: votes[m.UnitID]}
			if st, ok := standings[m.UnitID]; ok {
				r.Standing = &st
			}
			for _, n := range nominations {
				if n.UnitID == m.UnitID {
					r.Proposed = append(r.Proposed, n)
				}
			}
			rows = append(rows, r)
		}
		sortByRank(rows)
		return nil
	})
	return rows, err
}

func (s *Service) latest(ctx context.Context, q db.Queryer, yearID string) (map[string]Standing, error) {
	out := map[string]Standing{}
	if s.standings == nil {
		return out, nil
	}
	list, err := s.standings.Latest(ctx, q, yearID)
	for _, st := range list {
		out[st.UnitID] = st
	}
	return out, err
}

// names are the nominated units' names of the year, by unit id.
func (s *Service) names(ctx context.Context, q db.Queryer, y cluster.Year, list []Nomination) (map[string]org.View, error) {
	var ids []string
	for _, n := range list {
		if n.UnitID != "" {
			ids = append(ids, n.UnitID)
		}
	}
	return org.Names(ctx, q, y.Day(clock.Today(s.now)), ids...)
}

// guardNominations wants at least one nomination, and a rank or a vote behind
// each that names a unit.
func (s *Service) guardNominations(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	list, err := s.live(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return []cluster.Blocker{{Text: locale.Msg("Chưa có đề nghị khen thưởng nào."), Tab: "awards"}}, nil
	}
	var bare []string
	for _, n := range list {
		if n.UnitID != "" && n.Rank == 0 && n.PollID == "" {
			bare = append(bare, n.UnitID)
		}
	}
	if len(bare) > 0 {
		return []cluster.Blocker{{Text: locale.Msg("Có {.n} đề nghị chưa có thứ hạng hoặc kết quả bỏ phiếu.", "n", len(bare)), Tab: "awards", Units: bare}}, nil
	}
	return nil, nil
}

func (s *Service) guardDecision(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM decision WHERE year_id = $1 AND revoked = ''`, y.ID)
	if err != nil || n > 0 {
		return nil, err
	}
	return []cluster.Blocker{{Text: locale.Msg("Chưa ghi quyết định khen thưởng (số, ngày, người ký)."), Tab: "awards"}}, nil
}
