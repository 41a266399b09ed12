package document

import (
	"context"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks are the papers that the leader has to issue before submitting.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	if !of.Leads || !cluster.Open(of.Year, cluster.Submitting) {
		return nil, nil
	}
	missing, err := s.guardPapers(ctx, q, of.Year)
	if err != nil || len(missing) == 0 {
		return nil, err
	}
	return []task.Task{{
		Kind: "document", YearID: of.Year.ID, Title: locale.Msg("Ban hành hồ sơ trình"), Detail: locale.Msg("còn {.n} văn bản", "n", len(missing)),
		Due: of.Due[cluster.DueSubmit].Due, Do: locale.Msg("Ban hành"),
	}}, nil
}
