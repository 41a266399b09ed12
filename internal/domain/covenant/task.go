package covenant

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks: heads sign the adopted covenant.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	if len(of.Heads) == 0 || !cluster.Open(of.Year, cluster.Signing) {
		return nil, nil
	}
	_, _, adopted, err := s.AdoptedVersion(ctx, q, of.Year.ID)
	if err != nil || !adopted {
		return nil, err
	}
	missing, err := s.Unsigned(ctx, q, of.Year)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	for _, m := range missing {
		if slices.Contains(of.Heads, m.UnitID) {
			out = append(out, task.Task{
				Kind: "sign", YearID: of.Year.ID, UnitID: m.UnitID, Due: of.Due[cluster.DueSign].Due, Do: locale.Msg("Ký"),
				Title: locale.Msg("Ký giao ước thi đua"), Detail: locale.Text{Text: m.Short},
			})
		}
	}
	return out, nil
}
