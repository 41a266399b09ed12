package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
)

// ruleView is one rule, with what may be done to it.
type ruleView struct {
	ruleRow
	Name    string
	MayEdit bool
	Open    bool // it has not ended, so that it can be ended
}

func (s *Server) ruleShow(q *Req) error {
	ctx := q.Ctx()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.OrgRead, access.Record{}); err != nil {
		return err
	}
	r, err := s.Rulebook.Get(ctx, s.DB, q.Path("rule"))
	if err != nil {
		return err
	}
	today := clock.Today(s.Clock)
	view := ruleView{ruleRow: ruleRow{Rule: r, Holds: r.InForceOn(today), Past: r.To <= today}, Name: r.Code.Subject().Name, Open: r.To > today}
	if r.Scope != "" {
		names, err := org.Names(ctx, s.DB, today, r.Scope)
		if err != nil {
			return err
		}
		view.ruleRow.Scope = names[r.Scope].Name
	}
	if view.MayEdit, err = s.Rulebook.MayEdit(ctx, q.Actor, r.Scope); err != nil {
		return err
	}
	return q.Render("rule_show", view)
}

func (s *Server) ruleEnd(q *Req) error {
	f := q.Form()
	id := q.Path("rule")
	if err := s.Rulebook.End(q.Ctx(), q.Actor, id, f.Day("to"), f.Get("reason"), f.Version()); err != nil {
		if r, ok := theirs[rulebook.Rule](err); ok {
			q.Compare("to", "Hết hiệu lực từ ngày", q.Lang.Day(r.To))
		}
		return q.Retry(err, s.ruleShow)
	}
	return q.Redirect(rulesPath+"/"+id, "Đã ghi ngày hết hiệu lực.")
}

func (s *Server) ruleVerify(q *Req) error {
	f := q.Form()
	id := q.Path("rule")
	if err := s.Rulebook.Verify(q.Ctx(), q.Actor, id, f.Get("source"), f.Version()); err != nil {
		if r, ok := theirs[rulebook.Rule](err); ok {
			q.Compare("source", "Nguồn", r.Source)
		}
		return q.Retry(err, s.ruleShow)
	}
	return q.Redirect(rulesPath+"/"+id, "Đã ghi nhận quy định được đối chiếu với bản gốc.")
}
