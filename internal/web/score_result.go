package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// resultView is a result as it was kept.
type resultView struct {
	Head    YearHead
	Line    resultLine
	Content assessment.Content
	Groups  []assessment.ResultItem
	Rows    []resultRow
}

type resultRow struct {
	assessment.ResultUnit
	Groups []string
}

func (s *Server) resultShow(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	all, err := s.Assessment.Results(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r assessment.Result) bool { return r.ID == q.Path("result") })
	if i < 0 {
		return fault.Missing()
	}
	v := resultView{Head: h, Line: resultLine{Result: all[i], Name: resultName(all[i].Kind), Current: all[i].SupersededBy == ""}}
	if v.Content, err = all[i].Content(); err != nil {
		return err
	}
	if v.Line.By, err = s.personName(q, all[i].AccountID); err != nil {
		return err
	}
	for n, u := range v.Content.Units {
		row := resultRow{ResultUnit: u}
		for _, it := range u.Items {
			if it.Depth > 0 {
				continue
			}
			if n == 0 {
				v.Groups = append(v.Groups, it)
			}
			row.Groups = append(row.Groups, pointsOrNothing(q.Lang, it.Agreed))
		}
		v.Rows = append(v.Rows, row)
	}
	return q.Render("score_result", v)
}

func pointsOrNothing(l locale.Lang, p *points.Points) string {
	if p == nil {
		return nothing
	}
	return l.Points(*p)
}
