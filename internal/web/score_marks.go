package web

import (
	"cmp"

	"github.com/thidua/thidua/internal/domain/assessment"
)

// apartWhy is a mark that is true of a unit.
type apartWhy struct {
	Name, Reason, Mark string
	Version            int64
}

// marksView is the form of knock-outs, holds and caps.
type marksView struct {
	Marks, Units []Option
	Standing     []markedRow // what is true now, to be cleared
}

type markedRow struct {
	apartWhy
	Unit, UnitName string
}

// marksOf is the form of a sheet's marks; nil where it has none.
func marksOf(st *assessment.Standing) *marksView {
	all := assessment.Marks(st.Sheet)
	if len(all) == 0 {
		return nil
	}
	v := &marksView{}
	for _, m := range all {
		v.Marks = append(v.Marks, Option{Value: m.ID, Text: cmp.Or(m.Name, m.ID)})
	}
	for _, u := range st.Units {
		v.Units = append(v.Units, Option{Value: u.Member.UnitID, Text: u.Member.Name})
		for _, m := range u.Marked {
			v.Standing = append(v.Standing, markedRow{apartWhy{cmp.Or(m.Mark.Name, m.Mark.ID), m.Reason, m.Mark.ID, m.Version}, u.Member.UnitID, u.Member.Name})
		}
	}
	return v
}

// scoreMark enters or clears a mark. The version of a mark that was cleared
// before is looked up, for the form offers every unit with every mark.
func (s *Server) scoreMark(q *Req) error {
	f, year := q.Form(), q.Path("year")
	in := assessment.Marking{Year: year, Unit: f.Get("unit"), Mark: f.Get("mark"), Applies: f.Get("clear") == "", Reason: f.Get("reason"), Version: f.Version()}
	if in.Applies {
		st, err := s.Assessment.See(q.Ctx(), q.Actor, year, assessment.Agreed)
		if err != nil {
			return err
		}
		for _, u := range st.Units {
			if u.Member.UnitID == in.Unit {
				in.Version = u.Versions[in.Mark]
			}
		}
	}
	if err := s.Assessment.Mark(q.Ctx(), q.Actor, in); err != nil {
		return q.Retry(err, s.scoreSummary)
	}
	return q.Redirect("/nam/"+year+"/cham-diem?vong=agreed", "Đã ghi.")
}
