package document

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// searched is how many papers a search looks at, the newest first: people look
// for what was issued lately, and the archive of each year lists the rest.
const searched = 500

// Found is a paper that a search found, without its content.
type Found struct {
	ID     string `db:"id"`
	YearID string `db:"year_id"`
	Year   string `db:"year_name"`
	Number int    `db:"number"`
	Symbol string `db:"symbol"`
	Title  string `db:"title"`
}

// Label is how the paper is cited.
func (f Found) Label() string { return Document{Number: f.Number, Symbol: f.Symbol}.Label() }

// Find lists issued papers that the actor may see whose title or number holds
// the query, without regard to marks, newest first.
func (s *Service) Find(ctx context.Context, actor access.Actor, query string, limit int) ([]Found, error) {
	reach, err := s.gate.Reach(ctx, s.db, actor, access.ClusterRead)
	if err != nil {
		return nil, err
	}
	where, args := reach.Where([]any{searched})
	rows, err := db.All[Found](ctx, s.db, `SELECT d.id, d.year_id, y.short_name AS year_name, d.number, d.symbol, d.title
		FROM document d JOIN cluster_year y ON y.id = d.year_id JOIN cluster c ON c.id = y.cluster_id WHERE `+where+` ORDER BY d.at DESC, d.id LIMIT $1`, args...)
	if err != nil {
		return nil, err
	}
	query = vntext.Fold(query)
	var out []Found
	for _, r := range rows {
		if len(out) < limit && strings.Contains(vntext.Fold(r.Label()+" "+r.Title), query) {
			out = append(out, r)
		}
	}
	return out, nil
}
