package web

import (
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

func (s *Server) unitNames(q *Req, y cluster.Year, ids ...string) (map[string]org.View, error) {
	return org.Names(q.Ctx(), s.DB, y.Day(clock.Today(s.Clock)), ids...)
}

// scoreHandIn hands a sheet in. What is missing is told on the sheet, each at
// its cell.
func (s *Server) scoreHandIn(q *Req) error {
	year, unit, k := q.Path("year"), q.Path("unit"), assessment.Kind(q.Form().Get("vong"))
	err := s.Assessment.HandIn(q.Ctx(), q.Actor, year, k, unit, q.Form().Get("agree") != "")
	if err != nil {
		g, gridErr := s.Assessment.Grid(q.Ctx(), q.Actor, year, unit)
		if gridErr != nil || !fault.Is(err, fault.Invalid) {
			return q.Retry(err, s.scoreGrid)
		}
		all := fault.As(err).All()
		for _, one := range all {
			if one.Field != "agree" {
				one.Field = controlOf(g, one.Field+"/")
			}
		}
		return q.Retry(fault.List(all...), s.scoreGrid)
	}
	said := "Đã nộp bảng tự chấm điểm."
	if k == assessment.Check {
		said = "Đã nộp phiếu kiểm tra chéo."
	}
	return q.Redirect(gridPath(year, unit)+"?vong="+string(k), said)
}

func (s *Server) scoreWithdraw(q *Req) error {
	year, unit, k := q.Path("year"), q.Path("unit"), assessment.Kind(q.Form().Get("vong"))
	if err := s.Assessment.Withdraw(q.Ctx(), q.Actor, year, k, unit, q.Form().Get("reason")); err != nil {
		return q.Retry(err, s.scoreGrid)
	}
	return q.Redirect(gridPath(year, unit)+"?vong="+string(k), "Đã rút lại; có thể sửa và nộp lại.")
}
