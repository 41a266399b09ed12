package draft

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// searched is how many papers a search looks at, those of the newest years first.
const searched = 500

// Found is a paper that a search found.
type Found struct {
	YearID string `db:"year_id"`
	Year   string `db:"year_name"`
	No     int    `db:"year"`
	Kind   Kind   `db:"kind"`
	Title  string `db:"title"`
}

// Find lists circulated papers that the actor may see whose title or kind holds
// the query, without regard to marks.
func (s *Service) Find(ctx context.Context, actor access.Actor, query string, limit int) ([]Found, error) {
	reach, err := s.gate.Reach(ctx, s.db, actor, access.ClusterRead)
	if err != nil {
		return nil, err
	}
	where, args := reach.Where([]any{searched})
	rows, err := db.All[Found](ctx, s.db, `SELECT d.year_id, y.short_name AS year_name, y.year, d.kind, d.title
		FROM draft d JOIN cluster_year y ON y.id = d.year_id JOIN cluster c ON c.id = y.cluster_id
		WHERE EXISTS (SELECT 1 FROM draft_version v WHERE v.draft_id = d.id AND v.circulated = TRUE) AND `+where+` ORDER BY y.year DESC, y.sort_key, d.id LIMIT $1`, args...)
	if err != nil {
		return nil, err
	}
	query = vntext.Fold(query)
	var out []Found
	for _, r := range rows {
		if len(out) < limit && strings.Contains(vntext.Fold(r.Title+" "+r.Kind.Name().Text), query) {
			out = append(out, r)
		}
	}
	return out, nil
}
