package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// unitKinds says the kinds of units.
var unitKinds = map[org.Kind]string{
	org.Department: "Sở, ban, ngành", org.Board: "Ban quản lý", org.Fund: "Quỹ", org.Union: "Hội, đoàn thể, liên minh",
	org.Locality: "Địa phương", org.Central: "Cơ quan trung ương trên địa bàn", org.Company: "Doanh nghiệp", org.Authority: "Cơ quan tổ chức cụm, khối",
}

type unitListView struct {
	Units     []unitRow
	MayManage bool
}

type unitRow struct {
	org.View
	KindName string
}

func (s *Server) unitList(q *Req) error {
	units, err := s.Org.Find(q.Ctx(), clock.Today(s.Clock), q.Query("tim"), 0)
	if err != nil {
		return err
	}
	var view unitListView
	for _, u := range units {
		view.Units = append(view.Units, unitRow{u, unitKinds[u.Kind]})
	}
	if view.MayManage, err = s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	return q.Render("unit_list", view)
}

type unitFormView struct{ Kinds, Levels, Parents []Option }

func (s *Server) unitForm(q *Req) error {
	ctx, today := q.Ctx(), clock.Today(s.Clock)
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	view := unitFormView{Parents: []Option{{Value: "", Text: "(không có)"}}}
	for _, k := range org.Kinds {
		view.Kinds = append(view.Kinds, Option{Value: string(k), Text: unitKinds[k]})
	}
	levels, err := s.Org.Levels(ctx, today)
	if err != nil {
		return err
	}
	for _, l := range levels {
		view.Levels = append(view.Levels, Option{Value: l.ID, Text: l.Name})
	}
	units, err := s.Org.Find(ctx, today, "", 0)
	if err != nil {
		return err
	}
	for _, u := range units {
		view.Parents = append(view.Parents, Option{Value: u.ID, Text: u.Name})
	}
	q.Form().Default("from", q.Lang.Day(today))
	return q.Render("unit_form", view)
}

func (s *Server) unitCreate(q *Req) error {
	f := q.Form()
	u, err := s.Org.Create(q.Ctx(), q.Actor, org.NewUnit{
		Kind: org.Kind(f.Get("kind")), Level: f.Get("level"), Name: f.Get("name"), Short: f.Get("short"), ParentID: f.Get("parent"), From: f.Day("from"), Basis: f.Get("basis"),
	})
	if err != nil {
		return q.Retry(err, s.unitForm)
	}
	return q.Redirect(unitsPath+"/"+u.ID, "Đã thêm đơn vị {.name}.", "name", f.Get("name"))
}

type unitShowView struct {
	Unit      org.View
	KindName  string
	Names     []org.Name
	Years     []unitYear
	Line      []stepRow // what happened to it, and to those before and after it
	End       string    // how it ended; "" while it goes on
	Heir      Crumb     // who goes on with its work
	Below     []org.View
	MayManage bool
	MayChange bool // merge, split and end it
}

type unitYear struct {
	ID, Name, Year string
	For            string // whom the unit acts for there, since when; "" where it is a member itself
}

// unitShow is a unit with its names and the years of clusters it belonged to,
// as far as the reader may see them.
func (s *Server) unitShow(q *Req) error {
	ctx, id := q.Ctx(), q.Path("unit")
	names, err := s.Org.History(ctx, id)
	if err != nil {
		return err
	}
	views, err := org.Names(ctx, s.DB, clock.Today(s.Clock), id)
	if err != nil {
		return err
	}
	unit, ok := views[id]
	if !ok {
		return s.missing(q)
	}
	view := unitShowView{Unit: unit, KindName: unitKinds[unit.Kind], Names: names}
	years, err := s.Years.Visible(ctx, q.Actor, 0, "")
	if err != nil {
		return err
	}
	for _, y := range years {
		members, err := s.Years.Members(ctx, s.DB, y)
		if err != nil {
			return err
		}
		for _, m := range members {
			if m.UnitID == id {
				view.Years = append(view.Years, unitYear{ID: y.ID, Name: y.Name, Year: locale.Year(y.Year)})
			}
		}
	}
	if err := s.actsFor(q, &view, years); err != nil {
		return err
	}
	if view.MayManage, err = s.Gate.Can(ctx, s.DB, q.Actor, access.OrgManage, access.Record{}); err != nil {
		return err
	}
	if err := s.unitLine(q, &view); err != nil {
		return err
	}
	return q.Render("unit_show", view)
}

// actsFor adds the open years that the unit goes on with for units that ended.
func (s *Server) actsFor(q *Req, view *unitShowView, seen []cluster.Year) error {
	ctx := q.Ctx()
	of, err := s.Org.GoesOnFor(ctx, view.Unit.ID)
	if err != nil {
		return err
	}
	for _, h := range of {
		seats, err := s.Years.Seats(ctx, s.DB, []string{h.UnitID})
		if err != nil {
			return err
		}
		names, err := org.Names(ctx, s.DB, h.From, h.UnitID)
		if err != nil {
			return err
		}
		for _, seat := range seats {
			if slices.ContainsFunc(seen, func(y cluster.Year) bool { return y.ID == seat.YearID }) {
				view.Years = append(view.Years, unitYear{seat.YearID, seat.Cluster, locale.Year(seat.Year), q.T("làm thay {.unit} từ {.day} đến hết năm thi đua này", "unit", names[h.UnitID].Name, "day", h.From)})
			}
		}
	}
	return nil
}

// unitLine adds the line of descent, and how the unit ended.
func (s *Server) unitLine(q *Req, view *unitShowView) error {
	ctx, id := q.Ctx(), view.Unit.ID
	steps, err := s.Org.Line(ctx, id)
	if err != nil {
		return err
	}
	if view.Line, err = s.stepRows(q, steps, id); err != nil {
		return err
	}
	may, err := s.mayChange(q)
	if err != nil {
		return err
	}
	view.MayChange = may(id)
	if view.Below, err = s.Org.Below(ctx, clock.Today(s.Clock), id); err != nil {
		return err
	}
	ends, err := org.Ends(ctx, s.DB, id)
	if err != nil {
		return err
	}
	e, ended := ends[id]
	if !ended {
		return nil
	}
	if view.End, err = s.endText(q, e); err != nil || e.Heir == "" {
		return err
	}
	names, err := org.Names(ctx, s.DB, clock.Today(s.Clock), e.Heir)
	view.Heir = Crumb{unitsPath + "/" + e.Heir, names[e.Heir].Name}
	return err
}

func (s *Server) unitRename(q *Req) error {
	f, id := q.Form(), q.Path("unit")
	if err := s.Org.Rename(q.Ctx(), q.Actor, id, f.Get("name"), f.Get("short"), f.Day("from"), f.Get("basis")); err != nil {
		return q.Retry(err, s.unitShow)
	}
	return q.Redirect(unitsPath+"/"+id, "Đã ghi tên mới. Các năm trước vẫn giữ tên cũ.")
}
