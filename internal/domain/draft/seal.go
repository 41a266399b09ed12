package draft

import (
	"context"

	"github.com/thidua/thidua/internal/platform/db"
)

// Sealed lists the versions that are not circulated yet, and the covenant's
// targets read out of them: only those who write them may read them, so who
// shows the ledger leaves their content out.
func Sealed(ctx context.Context, q db.Queryer) (map[string]bool, error) {
	ids, err := db.All[string](ctx, q, `
		SELECT id FROM draft_version WHERE circulated = FALSE
		UNION ALL
		SELECT t.id FROM covenant_target t JOIN draft_version v ON v.id = t.version_id WHERE v.circulated = FALSE`)
	if err != nil {
		return nil, err
	}
	sealed := make(map[string]bool, len(ids))
	for _, id := range ids {
		sealed[id] = true
	}
	return sealed, nil
}
