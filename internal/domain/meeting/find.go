package meeting

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// searched is how many meetings a search looks at, the latest first.
const searched = 500

// Found is a meeting that a search found.
type Found struct {
	ID     string        `db:"id"`
	Title  string        `db:"title"`
	Place  string        `db:"place"`
	Starts clock.Instant `db:"starts_at"`
}

// Find lists meetings that the actor may see whose title or place holds the
// query, without regard to marks, the latest first.
func (s *Service) Find(ctx context.Context, actor access.Actor, query string, limit int) ([]Found, error) {
	reach, err := s.gate.Reach(ctx, s.db, actor, access.MeetingRead)
	if err != nil {
		return nil, err
	}
	where, args := reach.Where([]any{searched})
	rows, err := db.All[Found](ctx, s.db, `SELECT m.id, m.title, m.place, m.starts_at FROM meeting m
		WHERE m.id IN (SELECT w.meeting_id FROM meeting_year w JOIN cluster_year y ON y.id = w.year_id JOIN cluster c ON c.id = y.cluster_id WHERE `+where+`)
		ORDER BY m.starts_at DESC, m.id LIMIT $1`, args...)
	if err != nil {
		return nil, err
	}
	query = vntext.Fold(query)
	var out []Found
	for _, r := range rows {
		if len(out) < limit && strings.Contains(vntext.Fold(r.Title+" "+r.Place), query) {
			out = append(out, r)
		}
	}
	return out, nil
}
