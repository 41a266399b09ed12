package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/assessment"
)

// appealLine is an objection to points, with where it is answered.
type appealLine struct {
	assessment.Raised
	Unit, Name, Path string
}

// appeals lists the year's objections to points, those that wait first; a sealed
// reader has none to see, for the points are not agreed on yet.
func (s *Server) appeals(q *Req, h YearHead, st *assessment.Standing, v *summaryView) error {
	all, err := assessment.Appeals(q.Ctx(), s.DB, h.Year.ID, "")
	if err != nil {
		return err
	}
	for _, a := range all {
		line := appealLine{Raised: a, Unit: h.NameOf(a.UnitID), Name: a.Criterion, Path: reasonPath(gridPath(h.Year.ID, a.UnitID), a.Criterion, assessment.Agreed) + "#kien-nghi"}
		if c := st.Sheet.Find(a.Criterion); c != nil {
			line.Name = c.ID + ". " + c.Name
		}
		v.Appeals = append(v.Appeals, line)
	}
	slices.SortStableFunc(v.Appeals, func(a, b appealLine) int { return boolOrder(a.Answered(), b.Answered()) })
	return nil
}
