package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
)

// checkerView is who checks whom.
type checkerView struct {
	Head    YearHead
	Rows    []checkerRow
	Members []Option
	May     bool
	Begun   bool
}

type checkerRow struct {
	UnitID, Name, Checker, CheckerID, Path string
	Checks                                 []string // names of the units that this one checks
	Done                                   bool
}

func (s *Server) checkerList(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	if err := s.Gate.MustSee(q.Ctx(), s.DB, q.Actor, access.ScoreRead, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	v := checkerView{Head: h}
	by, err := assessment.Checkers(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	done, err := assessment.HandIns(q.Ctx(), s.DB, h.Year.ID, assessment.Check)
	if err != nil {
		return err
	}
	if v.May, err = s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.ScoreOrganise, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	v.May = v.May && (cluster.Open(h.Year, cluster.SelfScore) || cluster.Open(h.Year, cluster.CrossCheck))
	opens, err := s.Assessment.Opens(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	v.Members = []Option{{Value: "", Text: "Chưa phân công"}}
	for _, m := range h.Members {
		v.Members = append(v.Members, Option{Value: m.UnitID, Text: m.Name})
		row := checkerRow{UnitID: m.UnitID, Name: m.Name, CheckerID: by[m.UnitID].CheckerID, Done: done[m.UnitID].Stands()}
		if opens(m.UnitID) {
			row.Path = gridPath(h.Year.ID, m.UnitID) + "?vong=check"
		}
		row.Checker = h.NameOf(row.CheckerID)
		for _, other := range h.Members {
			if by[other.UnitID].CheckerID == m.UnitID {
				row.Checks = append(row.Checks, other.Short)
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return q.Render("score_checkers", v)
}

func (s *Server) checkerAssign(q *Req) error {
	f, year := q.Form(), q.Path("year")
	if err := s.Assessment.Assign(q.Ctx(), q.Actor, year, f.Get("unit"), f.Get("checker"), f.Get("reason")); err != nil {
		return q.Retry(err, s.checkerList)
	}
	return q.Redirect("/nam/"+year+"/cham-diem/phan-cong", "Đã phân công đơn vị kiểm tra.")
}

func (s *Server) checkerRotate(q *Req) error {
	year := q.Path("year")
	if err := s.Assessment.AssignByRotation(q.Ctx(), q.Actor, year); err != nil {
		return q.Retry(err, s.checkerList)
	}
	return q.Redirect("/nam/"+year+"/cham-diem/phan-cong", "Đã phân công xoay vòng cho mọi đơn vị.")
}
