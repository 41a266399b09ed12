package covenant

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks: heads sign the covenant in force, again when it was amended; once the
// year has gone on, those who lead see to the signatures that are missing.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	if len(of.Units) == 0 || !cluster.Open(of.Year, cluster.Signing) {
		return nil, nil
	}
	_, v, adopted, err := s.AdoptedVersion(ctx, q, of.Year.ID)
	if err != nil || !adopted {
		return nil, err
	}
	missing, err := s.Unsigned(ctx, q, of.Year)
	if err != nil {
		return nil, err
	}
	again, err := db.Count(ctx, q, `SELECT COUNT(*) FROM amendment WHERE to_id = $1`, v.ID)
	if err != nil {
		return nil, err
	}
	title := locale.Msg("Ký giao ước thi đua")
	if again > 0 {
		title = locale.Msg("Ký lại giao ước đã sửa đổi")
	}
	var out []task.Task
	for _, m := range missing {
		if slices.Contains(of.Heads, m.UnitID) {
			out = append(out, task.Task{
				Kind: "sign", YearID: of.Year.ID, UnitID: m.UnitID, Due: of.Due[cluster.DueSign].Due, Do: locale.Msg("Ký"),
				Title: title, Detail: locale.Text{Text: m.Short},
			})
		}
	}
	if of.Leads && len(missing) > 0 && of.Year.State.Reached(cluster.Signed) {
		out = append(out, task.Task{
			Kind: "signatures", YearID: of.Year.ID, Due: of.Due[cluster.DueSign].Due, Do: locale.Msg("Xem và nhắc"),
			Title: locale.Msg("Đôn đốc ký giao ước"), Detail: locale.Msg("còn {.n} đơn vị chưa ký", "n", len(missing)),
		})
	}
	return out, nil
}
