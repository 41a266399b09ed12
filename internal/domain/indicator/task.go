package indicator

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks are the figures that the actor's units still have to report, of the
// period that the cluster's schedule asks for now.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	if len(of.Units) == 0 || !cluster.Open(of.Year, cluster.Reporting) {
		return nil, nil
	}
	schedule, err := s.schedule(ctx, q, of.Year.ID, of.Due)
	if err != nil {
		return nil, err
	}
	now := schedule.Now(of.Year.Year, of.Today, of.Year.State.Reached(cluster.MidReviewed))
	period, due := now.Period, now.Due
	missing := map[string]int{}
	lacks, err := s.unreported(ctx, q, of.Year, period)
	if err != nil {
		return nil, err
	}
	for _, l := range lacks {
		missing[l.Unit] = l.N
	}
	var out []task.Task
	for _, unit := range slices.Compact(slices.Sorted(slices.Values(of.Units))) {
		if n := missing[unit]; n > 0 {
			out = append(out, task.Task{
				Kind: "report", YearID: of.Year.ID, UnitID: unit, Subject: string(period), Due: due, Do: locale.Msg("Báo cáo"),
				Title: locale.Msg("Báo cáo số liệu: {.period}", "period", period.Name()), Detail: locale.Msg("còn {.n} chỉ tiêu", "n", n),
			})
		}
	}
	return out, nil
}
