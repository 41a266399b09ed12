package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
)

// memberView lists a year's members and who leads on what basis.
type memberView struct {
	Head    YearHead
	Rows    []memberRow
	Units   []Option // that may be added
	Members []Option
	Bases   []Option
	Offices []Option
	MayForm bool
	Forming bool
}

type memberRow struct {
	cluster.Member
	Names []org.Name // where the unit was renamed
	Terms []Leading
	End   string // how the unit ended
}

func (s *Server) memberList(q *Req) error {
	h, err := s.yearHead(q, "members")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	view := memberView{
		Head: h, Forming: cluster.Open(h.Year, cluster.Forming),
		Bases:   []Option{{Value: "decision", Text: "theo quyết định"}, {Value: "elected", Text: "được bầu"}, {Value: "acclaimed", Text: "được suy tôn"}, {Value: "notice", Text: "theo thông báo"}},
		Offices: []Option{{Value: "leader", Text: h.Cluster.Kind.Lead()}, {Value: "deputy", Text: h.Cluster.Kind.Deputy()}},
	}
	if view.MayForm, err = s.Gate.Can(ctx, s.DB, q.Actor, access.ClusterForm, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	inside := map[string]bool{}
	ids := make([]string, len(h.Members))
	for i, m := range h.Members {
		ids[i] = m.UnitID
	}
	ends, err := org.Ends(ctx, s.DB, ids...)
	if err != nil {
		return err
	}
	for _, m := range h.Members {
		inside[m.UnitID] = true
		row := memberRow{Member: m}
		if row.Names, err = s.Org.History(ctx, m.UnitID); err != nil {
			return err
		}
		if e, ended := ends[m.UnitID]; ended {
			if row.End, err = s.endText(q, e); err != nil {
				return err
			}
		}
		for _, l := range h.Leaders {
			if l.Name == m.Name {
				row.Terms = append(row.Terms, l)
			}
		}
		view.Rows = append(view.Rows, row)
		view.Members = append(view.Members, Option{Value: m.UnitID, Text: m.Name})
	}
	if view.MayForm && view.Forming {
		units, err := s.Org.Find(ctx, h.Today, "", 0)
		if err != nil {
			return err
		}
		for _, u := range units {
			if !inside[u.ID] && u.Kind != org.Authority {
				view.Units = append(view.Units, Option{Value: u.ID, Text: u.Name})
			}
		}
	}
	return q.Render("member_list", view)
}

func (s *Server) memberAdd(q *Req) error {
	f := q.Form()
	if err := s.Years.AddMember(q.Ctx(), q.Actor, q.Path("year"), f.Get("unit"), f.Get("basis")); err != nil {
		return q.Retry(err, s.memberList)
	}
	return q.Redirect(yearPath(q.Path("year"), "members"), "Đã thêm đơn vị.")
}

func (s *Server) memberRemove(q *Req) error {
	f := q.Form()
	if err := s.Years.RemoveMember(q.Ctx(), q.Actor, q.Path("year"), f.Get("unit"), f.Get("reason")); err != nil {
		return q.Retry(err, s.memberList)
	}
	return q.Redirect(yearPath(q.Path("year"), "members"), "Đã đưa đơn vị ra khỏi cụm, khối.")
}

// memberAppoint gives an office to a member; the province confirms or
// overrides an election this way.
func (s *Server) memberAppoint(q *Req) error {
	f := q.Form()
	err := s.Years.Replace(q.Ctx(), q.Actor, q.Path("year"), cluster.Office(f.Get("office")), cluster.NewTerm{
		UnitID: f.Get("unit"), Basis: cluster.Basis(f.Get("basis")), Reference: f.Get("reference"), From: f.Day("from"),
	})
	if err != nil {
		return q.Retry(err, s.memberList)
	}
	return q.Redirect(yearPath(q.Path("year"), "members"), "Đã giao nhiệm vụ.")
}
