package web

import (
	"slices"
	"strconv"

	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

const movementsPath = "/phong-trao"

// movementListView is the list of movements.
type movementListView struct {
	Rows   []movementRow
	Years  []int
	Year   int
	MayNew bool
}

type movementRow struct {
	movement.Movement
	Organiser string
	Kind      locale.Text
	Launched  bool
}

// movementList lists movements, filtered by the address's tim and nam.
func (s *Server) movementList(q *Req) error {
	view, err := s.movements(q)
	if err != nil {
		return err
	}
	return q.Render("movement_list", view)
}

func (s *Server) movements(q *Req) (movementListView, error) {
	var view movementListView
	view.Year, _ = strconv.Atoi(q.Query("nam"))
	all, err := s.Movements.List(q.Ctx(), q.Actor, movement.Filter{Query: q.Query("tim")})
	if err != nil {
		return view, err
	}
	var ids []string
	for _, m := range all {
		ids = append(ids, m.OrganiserID)
		if !slices.Contains(view.Years, m.Year) {
			view.Years = append(view.Years, m.Year)
		}
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), ids...)
	if err != nil {
		return view, err
	}
	for _, m := range all {
		if view.Year == 0 || m.Year == view.Year {
			view.Rows = append(view.Rows, movementRow{m, names[m.OrganiserID].Name, m.Kind.Name(), m.State == movement.Launched})
		}
	}
	view.MayNew, err = s.Movements.MayWrite(q.Ctx(), q.Actor, "")
	return view, err
}

func (s *Server) movementListExcel(q *Req) error {
	view, err := s.movements(q)
	if err != nil {
		return err
	}
	table := sheet.Table{Title: q.T("Phong trào thi đua"), Columns: []sheet.Column{
		{Name: q.T("Năm"), Width: 8}, {Name: q.T("Phong trào")}, {Name: q.T("Chủ đề")}, {Name: q.T("Cơ quan phát động")}, {Name: q.T("Loại")},
		{Name: q.T("Từ ngày"), Kind: sheet.Date}, {Name: q.T("Đến ngày"), Kind: sheet.Date}, {Name: q.T("Trạng thái")}}}
	for _, m := range view.Rows {
		state := q.T("Bản thảo")
		if m.Launched {
			state = q.T("Đã phát động")
		}
		table.Rows = append(table.Rows, []any{locale.Year(m.Year), m.Name, m.Theme, m.Organiser, q.Lang.Say(m.Kind.Text, m.Kind.Args), m.From, m.To, state})
	}
	return q.Excel("phong-trao", table)
}
