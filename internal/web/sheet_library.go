package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/platform/fault"
)

// modelPrefix marks a sheet of the library that the program ships, where a
// version of the cluster or the organiser could stand as well.
const modelPrefix = "mau:"

func libraryPath(year string) string { return "/nam/" + year + "/thu-vien-bang-diem" }

// sheetLibraryView lists what a sheet can be begun from.
type sheetLibraryView struct {
	Head   YearHead
	Sheets string
	Path   string
	May    bool
	Models []criteria.Model
	Lent   []criteria.Listed // of the organiser
	Own    []criteria.Listed // of the cluster, from all its years
}

func (s *Server) sheetLibrary(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	at := criteria.Place{Year: h.Year.ID}
	v := sheetLibraryView{Head: h, Sheets: sheetsPath(h.Year.ID), Path: libraryPath(h.Year.ID)}
	if v.May, err = s.Criteria.MayEdit(q.Ctx(), q.Actor, at); err != nil {
		return err
	}
	if v.Models, err = criteria.Library(); err != nil {
		return err
	}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, at)
	if err != nil {
		return err
	}
	for _, l := range list {
		if l.OwnerID == h.Year.ClusterID {
			v.Own = append(v.Own, l)
		} else {
			v.Lent = append(v.Lent, l)
		}
	}
	return q.Render("sheet_library", v)
}

// sheetModelView is a sheet of the library before one takes it.
type sheetModelView struct {
	sheetView
	Library string
	Model   *criteria.Model // of those shipped
	From    string          // what the page of a new sheet begins from
}

func (s *Server) sheetModel(q *Req) error {
	id := q.Path("model")
	key, shipped := strings.CutPrefix(id, modelPrefix)
	v := sheetModelView{From: id}
	if !shipped {
		base, err := s.sheetView(q, id)
		if err != nil {
			return err
		}
		v.sheetView, v.Library = base, libraryPath(base.Head.Year.ID)
		return q.Render("sheet_model", v)
	}
	m, err := criteria.ModelOf(key)
	if err != nil {
		return err
	}
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	v.Model, v.Library = &m, libraryPath(h.Year.ID)
	v.sheetView = sheetView{Head: h, Path: sheetsPath(h.Year.ID), Version: m.Version(), Sheet: criteria.Sheet{Name: q.T(m.Name), Source: m.Source}, Words: m.Guide}
	if v.May, err = s.Criteria.MayEdit(q.Ctx(), q.Actor, criteria.Place{Year: h.Year.ID}); err != nil {
		return err
	}
	if err := v.read(q); err != nil {
		return err
	}
	return q.Render("sheet_model", v)
}

// shelves are where the reader may put a version into the library of the year's
// organiser: as a new sheet, or as the next version of one there.
func (s *Server) shelves(q *Req, h YearHead) ([]Option, error) {
	may, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.SheetEdit, access.Record{Organiser: h.Cluster.OrganiserID})
	if err != nil || !may {
		return nil, err
	}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, criteria.Place{Organiser: h.Cluster.OrganiserID})
	if err != nil {
		return nil, err
	}
	out := []Option{{Value: "", Text: "Thành bảng mới trong thư viện"}}
	seen := map[string]bool{}
	for _, l := range list {
		if !seen[l.SheetID] {
			seen[l.SheetID] = true
			out = append(out, Option{Value: l.SheetID, Text: q.T("Thành bản {.n} của “{.name}”", "n", l.Number+1, "name", l.Name)})
		}
	}
	return out, nil
}

// sheetLend puts a version into the organiser's library.
func (s *Server) sheetLend(q *Req) error {
	f := q.Form()
	year, err := s.Years.See(q.Ctx(), q.Actor, q.Path("year"))
	if err != nil {
		return err
	}
	c, err := s.Years.Cluster(q.Ctx(), s.DB, year.ClusterID)
	if err != nil {
		return err
	}
	made, err := s.Criteria.Lend(q.Ctx(), q.Actor, criteria.Place{Year: year.ID}, f.Get("version"), c.OrganiserID, f.Get("into"), f.Get("note"))
	if err != nil {
		if fault.As(err).Code == fault.Invalid {
			q.say(q.Lang.Fault(err), true)
			return q.Redirect(sheetsPath(year.ID)+"?ban="+f.Get("version"), "")
		}
		return err
	}
	return q.Redirect(libraryPath(year.ID), "Đã đưa vào thư viện, bản {.n}. Các cụm, khối của cơ quan này dùng được ngay.", "n", made.Number)
}
