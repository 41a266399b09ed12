package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// movementForm is the page on which a movement is entered or changed.
type movementFormView struct {
	Movement   *movement.Movement // nil for a new one
	Organisers []Option
	Kinds      []Option
	Parents    []Option
}

func (s *Server) movementNew(q *Req) error {
	return s.movementForm(q, nil)
}

func (s *Server) movementForm(q *Req, m *movement.Movement) error {
	view := movementFormView{Movement: m, Kinds: []Option{
		{Value: string(movement.Regular), Text: "Thường xuyên", Hint: "Phong trào của cả năm, gắn với nhiệm vụ kinh tế - xã hội."},
		{Value: string(movement.Thematic), Text: "Chuyên đề", Hint: "Theo đợt hoặc một việc riêng."},
	}}
	held, err := s.Gate.Holds(q.Ctx(), s.DB, q.Actor)
	if err != nil {
		return err
	}
	var ids []string
	for _, h := range held {
		if h.Role == access.Standing {
			ids = append(ids, h.UnitID)
		}
	}
	if len(ids) == 0 {
		return fault.Deny()
	}
	today := clock.Today(s.Clock)
	names, err := org.Names(q.Ctx(), s.DB, today, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		view.Organisers = append(view.Organisers, Option{Value: id, Text: names[id].Name})
	}
	launched, err := s.Movements.List(q.Ctx(), q.Actor, movement.Filter{Launched: true})
	if err != nil {
		return err
	}
	view.Parents = []Option{{Text: "— Không —"}}
	for _, p := range launched {
		if m == nil || p.ID != m.ID {
			view.Parents = append(view.Parents, Option{Value: p.ID, Text: p.Name})
		}
	}
	f := q.Form()
	if m == nil {
		f.Default("organiser", ids[0])
		f.Default("kind", string(movement.Regular))
		f.Default("year", locale.Year(today.Year()))
		f.Default("name", q.T("Phong trào thi đua yêu nước năm {.year}", "year", locale.Year(today.Year())))
	} else {
		for field, value := range map[string]string{
			"organiser": m.OrganiserID, "parent": m.ParentID, "name": m.Name, "theme": m.Theme, "kind": string(m.Kind), "year": locale.Year(m.Year),
			"from": q.Lang.Day(m.From), "to": q.Lang.Day(m.To), "text": m.Text, "basis": m.Basis,
		} {
			f.Default(field, value)
		}
	}
	return q.Render("movement_form", view)
}

func movementOf(f *Form) movement.NewMovement {
	year, _ := strconv.Atoi(f.Get("year"))
	return movement.NewMovement{
		OrganiserID: f.Get("organiser"), ParentID: f.Get("parent"), Name: f.Get("name"), Theme: f.Get("theme"), Kind: movement.Kind(f.Get("kind")),
		Year: year, From: f.Day("from"), To: f.Day("to"), Text: f.Text("text"), Basis: f.Get("basis"),
	}
}

func (s *Server) movementCreate(q *Req) error {
	m, err := s.Movements.Create(q.Ctx(), q.Actor, movementOf(q.Form()))
	if err != nil {
		return q.Retry(err, s.movementNew)
	}
	targets, err := s.Movements.Targets(q.Ctx(), s.DB, m.ID)
	if err != nil {
		return err
	}
	return q.Redirect(movementsPath+"/"+m.ID, "Đã đọc được {.n} chỉ tiêu. Hãy đối chiếu từng chỉ tiêu với văn bản rồi phát động.", "n", len(targets))
}

func (s *Server) movementEdit(q *Req) error {
	m, err := s.Movements.See(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	return s.movementForm(q, &m)
}

func (s *Server) movementSave(q *Req) error {
	f, id := q.Form(), q.Path("id")
	_, err := s.Movements.Edit(q.Ctx(), q.Actor, id, f.Version(), movementOf(f))
	if err != nil {
		if now, e := s.Movements.See(q.Ctx(), q.Actor, id); e == nil {
			q.Compare("name", "Tên phong trào", now.Name)
			q.Compare("theme", "Chủ đề", now.Theme)
			q.Compare("text", "Nội dung phát động", now.Text)
			q.Compare("basis", "Căn cứ", now.Basis)
			q.Compare("from", "Từ ngày", q.Lang.Day(now.From))
			q.Compare("to", "Đến ngày", q.Lang.Day(now.To))
		}
		return q.Retry(err, s.movementEdit)
	}
	return q.Redirect(movementsPath+"/"+id, "Đã lưu. Chỉ tiêu ở các dòng không đổi được giữ nguyên.")
}

func (s *Server) movementLaunch(q *Req) error {
	id := q.Path("id")
	m, err := s.Movements.Launch(q.Ctx(), q.Actor, id, q.Form().Version())
	if err != nil {
		return q.Retry(unseen(err), s.movementShow)
	}
	return q.Redirect(movementsPath+"/"+id, "Đã phát động phong trào năm {.year}. Các cụm, khối có thể gắn năm thi đua của mình với phong trào này.", "year", locale.Year(m.Year))
}

func (s *Server) movementRespond(q *Req) error {
	f, id := q.Form(), q.Path("id")
	if _, err := s.Movements.Respond(q.Ctx(), q.Actor, id, f.Get("unit"), f.Text("text"), f.Version()); err != nil {
		return q.Retry(err, s.movementShow)
	}
	return q.Redirect(movementsPath+"/"+id, "Đã ghi nội dung hưởng ứng của đơn vị.")
}
