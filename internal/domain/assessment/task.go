package assessment

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/task"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Tasks are the sheets that the actor's units have to hand in, the checks they
// are assigned, and, for the leader, the agreed scores.
func (s *Service) Tasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	switch y := of.Year; {
	case y.SheetVersionID == "":
		return nil, nil
	case cluster.Open(y, cluster.SelfScore):
		return s.selfTasks(ctx, q, of)
	case cluster.Open(y, cluster.CrossCheck):
		return s.checkTasks(ctx, q, of)
	case cluster.Open(y, cluster.Agreeing) && of.Leads:
		appeals, err := Appeals(ctx, q, y.ID, "")
		if err != nil {
			return nil, err
		}
		waiting := 0
		for _, a := range appeals {
			if !a.Answered() {
				waiting++
			}
		}
		if waiting > 0 {
			return []task.Task{{Kind: "agree", YearID: y.ID, Title: locale.Msg("Trả lời {.n} kiến nghị về điểm", "n", waiting), Do: locale.Msg("Trả lời"), Due: of.Due[cluster.DueReview].Due}}, nil
		}
		return []task.Task{{Kind: "agree", YearID: y.ID, Title: locale.Msg("Thống nhất điểm, chốt kết quả"), Do: locale.Msg("Tổng hợp"), Due: of.Due[cluster.DueReview].Due}}, nil
	}
	return nil, nil
}

func (s *Service) selfTasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	handed, err := HandIns(ctx, q, of.Year.ID, Self)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	for _, unit := range of.Units {
		if !handed[unit].Stands() {
			out = append(out, task.Task{Kind: "self_score", YearID: of.Year.ID, UnitID: unit, Title: locale.Msg("Nộp bảng tự chấm điểm"), Due: of.Due[cluster.DueSelf].Due, Do: locale.Msg("Tự chấm")})
		}
	}
	return out, nil
}

func (s *Service) checkTasks(ctx context.Context, q db.Queryer, of task.Scope) ([]task.Task, error) {
	checkers, err := Checkers(ctx, q, of.Year.ID)
	if err != nil {
		return nil, err
	}
	handed, err := HandIns(ctx, q, of.Year.ID, Check)
	if err != nil {
		return nil, err
	}
	members, err := s.years.Members(ctx, q, of.Year)
	if err != nil {
		return nil, err
	}
	var out []task.Task
	for _, m := range members {
		checker := checkers[m.UnitID].CheckerID
		if checker == "" || handed[m.UnitID].Stands() || !slices.Contains(of.Units, checker) {
			continue
		}
		out = append(out, task.Task{
			Kind: "cross_check", YearID: of.Year.ID, UnitID: checker, Subject: m.UnitID,
			Title: locale.Msg("Kiểm tra chéo: {.unit}", "unit", m.Short), Due: of.Due[cluster.DueCheck].Due, Do: locale.Msg("Kiểm tra"),
		})
	}
	return out, nil
}
