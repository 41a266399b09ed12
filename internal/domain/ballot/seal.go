package ballot

import (
	"context"

	"github.com/thidua/thidua/internal/platform/db"
)

// Sealed lists the rows of counts that nobody but their teller may read yet:
// those of paper polls that are not decided. The ledger holds them from the
// first moment, so who shows the ledger leaves their content out.
func Sealed(ctx context.Context, q db.Queryer) (map[string]bool, error) {
	ids, err := db.All[string](ctx, q, `
		SELECT c.id FROM vote_count c JOIN poll p ON p.id = c.poll_id WHERE p.state = $1
		UNION ALL
		SELECT l.id FROM vote_line l JOIN vote_count c ON c.id = l.count_id JOIN poll p ON p.id = c.poll_id WHERE p.state = $1`, Open)
	if err != nil {
		return nil, err
	}
	sealed := make(map[string]bool, len(ids))
	for _, id := range ids {
		sealed[id] = true
	}
	return sealed, nil
}
