package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// movementView is one movement: its text beside the targets, and who answered.
type movementView struct {
	movement.Movement
	Organiser string
	KindText  locale.Text
	Draft     bool
	MayWrite  bool
	Clauses   clauseView
	Responses []responseRow
	Mine      []responseForm // of the reader's units
	Years     []movementYear // clusters that rest on it and that the reader may see
	Parent    *movement.Movement
	Cascade   cascadeView // who carries what of the targets
	Doubts    []locale.Text
}

type responseRow struct {
	movement.Response
	Unit string
}

type responseForm struct {
	UnitID, Unit, Text string
	Version            int64
}

type movementYear struct{ ID, Name string }

func (s *Server) movementShow(q *Req) error {
	ctx := q.Ctx()
	m, err := s.Movements.See(ctx, q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	view := movementView{Movement: m, KindText: m.Kind.Name(), Draft: m.State == movement.Draft}
	if view.MayWrite, err = s.Movements.MayWrite(ctx, q.Actor, m.OrganiserID); err != nil {
		return err
	}
	read, err := s.Movements.View(ctx, s.DB, m)
	if err != nil {
		return err
	}
	if view.Draft && view.MayWrite {
		targets, err := s.Movements.Targets(ctx, s.DB, m.ID)
		if err != nil {
			return err
		}
		view.Doubts = m.Doubts(targets)
	}
	rows := movementRows(read)
	if view.Draft && view.MayWrite {
		for i := range rows {
			rows[i].view.Edit = movementsPath + "/" + m.ID + "/chi-tieu/" + rows[i].id
		}
	}
	view.Clauses = clauses(q.Lang, m.Text, rows, read.Checks, read.Warnings)
	if m.ParentID != "" {
		if p, err := s.Movements.See(ctx, q.Actor, m.ParentID); err == nil {
			view.Parent = &p
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if err := s.movementAnswers(q, &view); err != nil {
		return err
	}
	years, err := s.Years.Visible(ctx, q.Actor, m.Year, "")
	if err != nil {
		return err
	}
	for _, y := range years {
		if y.MovementID == m.ID {
			view.Years = append(view.Years, movementYear{y.ID, y.Name})
		}
	}
	if view.Cascade, err = s.movementCascade(q, m, view.MayWrite); err != nil {
		return err
	}
	return q.Render("movement_show", view)
}

// movementAnswers gathers the responses, and the forms of the reader's units.
func (s *Server) movementAnswers(q *Req, view *movementView) error {
	ctx := q.Ctx()
	responses, err := s.Movements.Responses(ctx, s.DB, view.ID)
	if err != nil {
		return err
	}
	mine, err := s.Gate.Units(ctx, s.DB, q.Actor)
	if err != nil {
		return err
	}
	ids := append([]string{view.OrganiserID}, mine...)
	for _, r := range responses {
		ids = append(ids, r.UnitID)
	}
	names, err := org.Names(ctx, s.DB, clock.Today(s.Clock), ids...)
	if err != nil {
		return err
	}
	view.Organiser = names[view.OrganiserID].Name
	said := map[string]movement.Response{}
	for _, r := range responses {
		said[r.UnitID] = r
		view.Responses = append(view.Responses, responseRow{r, names[r.UnitID].Name})
	}
	if view.Draft {
		return nil
	}
	for _, unit := range mine {
		may, err := s.Gate.Can(ctx, s.DB, q.Actor, access.MovementRespond, access.Record{Unit: unit})
		if err != nil {
			return err
		}
		if may {
			view.Mine = append(view.Mine, responseForm{unit, names[unit].Name, said[unit].Text, said[unit].Version})
		}
	}
	return nil
}

func movementRows(read movement.View) []clauseRow {
	var rows []clauseRow
	for _, t := range read.Targets {
		rows = append(rows, clauseRow{id: t.ID, goal: t.Goal})
	}
	return rows
}

// movementTargetView is the form of one target; Target is nil for a new one.
type movementTargetView struct {
	Movement movement.Movement
	Target   *movement.Target
	Goal     goalForm
	Line     string // the whole line it stands in
}

func (s *Server) movementTarget(q *Req) error {
	ctx := q.Ctx()
	m, err := s.Movements.See(ctx, q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	may, err := s.Movements.MayWrite(ctx, q.Actor, m.OrganiserID)
	if err != nil {
		return err
	}
	if !may {
		return fault.Deny()
	}
	read, err := s.Movements.View(ctx, s.DB, m)
	if err != nil {
		return err
	}
	id := q.Path("target")
	view := movementTargetView{Movement: m, Goal: newGoalForm(totalOptions(q.Lang, movementRows(read), id))}
	if id == "moi" {
		return q.Render("movement_target", view)
	}
	for _, t := range read.Targets {
		if t.ID != id {
			continue
		}
		view.Target = &t
		if t.Line > 0 && t.Line <= len(read.Lines) {
			view.Line = read.Lines[t.Line-1].Text
		}
		defaultEntry(q, t.Goal)
		return q.Render("movement_target", view)
	}
	return fault.Missing()
}

func (s *Server) movementTargetSave(q *Req) error {
	ctx, id, to := q.Ctx(), q.Path("target"), movementsPath+"/"+q.Path("id")
	if id == "moi" {
		if _, err := s.Movements.AddTarget(ctx, q.Actor, q.Path("id"), entryOf(q)); err != nil {
			return q.Retry(err, s.movementTarget)
		}
		return q.Redirect(to, "Đã thêm chỉ tiêu.")
	}
	_, err := s.Movements.EditTarget(ctx, q.Actor, id, q.Form().Version(), entryOf(q))
	if err != nil {
		if f := fault.As(err); f.Code == fault.Stale {
			if now, ok := f.Theirs.(*movement.Target); ok {
				compareGoal(q, now.Goal)
			}
		}
		return q.Retry(err, s.movementTarget)
	}
	return q.Redirect(to+"#ct-"+id, "Đã sửa chỉ tiêu.")
}

func (s *Server) movementTargetRemove(q *Req) error {
	if err := s.Movements.RemoveTarget(q.Ctx(), q.Actor, q.Path("target"), q.Form().Version()); err != nil {
		return q.Retry(unseen(err), s.movementTarget)
	}
	return q.Redirect(movementsPath+"/"+q.Path("id"), "Đã bỏ chỉ tiêu khỏi phong trào.")
}

// movementExcel is the table of a movement's targets.
func (s *Server) movementExcel(q *Req) error {
	m, err := s.Movements.See(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	targets, err := s.Movements.Targets(q.Ctx(), s.DB, m.ID)
	if err != nil {
		return err
	}
	table := goalTable(q, m.Name)
	for i, t := range targets {
		table.Rows = append(table.Rows, goalCells(q, i+1, t.Goal))
	}
	return q.Excel("phong-trao-"+locale.Year(m.Year), table)
}

// goalTable is the head of a table of targets.
func goalTable(q *Req, title string) sheet.Table {
	return sheet.Table{Title: title, Frozen: 2, Columns: []sheet.Column{
		{Name: q.T("STT"), Kind: sheet.Number, Width: 6}, {Name: q.T("Chỉ tiêu")}, {Name: q.T("Mục tiêu")}, {Name: q.T("Từ"), Kind: sheet.Number},
		{Name: q.T("Đến"), Kind: sheet.Number}, {Name: q.T("Đơn vị tính")}, {Name: q.T("Câu trong văn bản")}}}
}

func goalCells(q *Req, n int, g indicator.Goal) []any {
	return []any{n, g.Name, goalText(q.Lang, g), g.Low, g.High, g.Unit, g.Clause}
}
