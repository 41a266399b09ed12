package criteria

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Guide are the words on how each criterion is scored (hướng dẫn chấm), by its
// id: what a regulation says beside what the rule calculates. A version of a
// sheet has its own, which is as fixed as its text.
type Guide map[string]string

// longestGuide is of one criterion, in characters.
const longestGuide = 2000

type guideRow struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	VersionID string `db:"sheet_version_id"`
	Body      []byte `db:"body"`
}

// Guide reads the words of a version that the actor may read at the place.
func (s *Service) Guide(ctx context.Context, actor access.Actor, at Place, versionID string) (Guide, error) {
	v, _, err := s.see(ctx, s.db, actor, at, versionID)
	if err != nil {
		return nil, err
	}
	_, g, err := guideOf(ctx, s.db, v.ID)
	return g, err
}

func guideOf(ctx context.Context, q db.Queryer, versionID string) (*guideRow, Guide, error) {
	rows, err := db.All[guideRow](ctx, q, `SELECT * FROM sheet_guide WHERE sheet_version_id = $1`, versionID)
	if err != nil || len(rows) == 0 {
		return nil, Guide{}, err
	}
	g := Guide{}
	if err := json.Unmarshal(rows[0].Body, &g); err != nil {
		return nil, nil, fault.Wrap(err)
	}
	return &rows[0], g, nil
}

// of keeps the words of the criteria that a sheet has, cleaned.
func (g Guide) of(body []byte) (Guide, error) {
	sheet, problems := scoring.ParseSheet(body)
	if sheet == nil || len(problems) > 0 {
		return nil, Refusal(problems)
	}
	out := Guide{}
	var wrong []*fault.Error
	sheet.Walk(func(c *scoring.Criterion, _ int) {
		text := vntext.Clean(g[c.ID])
		if len([]rune(text)) > longestGuide {
			wrong = append(wrong, fault.Wrong("guide", "Hướng dẫn chấm của tiêu chí {.id} dài quá {.n} ký tự.", "id", c.ID, "n", longestGuide))
		}
		if text != "" {
			out[c.ID] = text
		}
	})
	return out, fault.List(wrong...)
}

// guide keeps the words of a version. It writes nothing where nothing changed.
func (s *Service) guide(ctx context.Context, tx *db.Tx, change ledger.Change, versionID string, g Guide) error {
	row, was, err := guideOf(ctx, tx, versionID)
	if err != nil || maps.Equal(g, was) {
		return err
	}
	body, err := json.Marshal(g) // keys in order, so that equal words are equal bytes
	if err != nil {
		return fault.Wrap(err)
	}
	if row == nil {
		return s.book.Insert(ctx, tx, change, "sheet_guide", &guideRow{ID: db.NewID(), VersionID: versionID, Body: body})
	}
	row.Body = body
	return s.book.Update(ctx, tx, change, "sheet_guide", row)
}
