package web

import (
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// ruleFormView enters a rule. The subject is chosen first, because each shape
// of value has fields of its own.
type ruleFormView struct {
	Subjects []Option
	Code     rulebook.Code
	Name     string
	Shape    rulebook.Shape
	Scopes   []Option
	Bases    []Option
	Ofs      []Option
	Choices  []Option
	Now      *ruleRow // the rule in force today, which the new one ends or stands before
}

func (s *Server) ruleForm(q *Req) error {
	ctx := q.Ctx()
	if err := s.Gate.Must(ctx, s.DB, q.Actor, access.RuleEdit, access.Record{}); err != nil {
		return err
	}
	f := q.Form()
	if code := q.Query("noi-dung"); code != "" {
		f.Default("code", code)
	}
	view := ruleFormView{
		Bases: []Option{}, Ofs: []Option{
			{Value: string(rulebook.OfMembers), Text: "số đơn vị thành viên của cụm, khối"},
			{Value: string(rulebook.OfRest), Text: "số đơn vị còn lại, sau khi trừ các đơn vị được đề nghị tặng cờ"},
			{Value: string(rulebook.OfFlags), Text: "số tập thể được đề nghị tặng cờ trong mọi cụm, khối cùng năm"},
		},
		Choices: []Option{{Value: rulebook.ByElection, Text: "Hội nghị tổng kết bầu"}, {Value: rulebook.ByDecision, Text: "Cơ quan tổ chức quyết định"}},
	}
	for _, b := range rulebook.Bases {
		view.Bases = append(view.Bases, Option{Value: string(b), Text: b.Name()})
	}
	for _, subject := range rulebook.Subjects {
		view.Subjects = append(view.Subjects, Option{Value: string(subject.Code), Text: subject.Name})
		if string(subject.Code) == f.Get("code") {
			view.Code, view.Name, view.Shape = subject.Code, subject.Name, subject.Shape
		}
	}
	if view.Code == "" {
		return q.Render("rule_add", view)
	}
	var err error
	if view.Scopes, err = s.ruleScopes(q); err != nil {
		return err
	}
	f.Default("scope", view.Scopes[0].Value)
	f.Default("base", string(rulebook.OfAll))
	f.Default("strict", "0")
	f.Default("of", string(rulebook.OfMembers))
	r, ok, err := s.Rulebook.Maybe(ctx, s.DB, view.Code, f.Get("scope"), clock.Today(s.Clock))
	if err != nil {
		return err
	}
	if ok {
		view.Now = &ruleRow{Rule: r}
		for _, o := range view.Scopes {
			if o.Value == r.Scope && r.Scope != "" {
				view.Now.Scope = o.Text
			}
		}
	}
	return q.Render("rule_add", view)
}

// ruleScopes are the organisers whose standing body the actor serves, and all.
func (s *Server) ruleScopes(q *Req) ([]Option, error) {
	held, err := s.Gate.Holds(q.Ctx(), s.DB, q.Actor)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, h := range held {
		if h.Role == access.Standing && h.UnitID != "" {
			ids = append(ids, h.UnitID)
		}
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Today(s.Clock), ids...)
	if err != nil {
		return nil, err
	}
	var out []Option
	for _, id := range ids {
		out = append(out, Option{Value: id, Text: names[id].Name})
	}
	return append(out, Option{Value: "", Text: "Chung cho mọi cơ quan tổ chức"}), nil
}

func (s *Server) ruleAdd(q *Req) error {
	f := q.Form()
	r := rulebook.Rule{
		Code: rulebook.Code(f.Get("code")), Scope: f.Get("scope"), Source: f.Get("source"), Note: f.Get("note"),
		From: f.Day("from"), Verified: f.Has("verified", "1"),
	}
	if f.Get("to") != "" {
		r.To = f.Day("to")
	}
	r.Value = ruleValue(q, r.Code)
	added, err := s.Rulebook.Add(q.Ctx(), q.Actor, r)
	if err != nil {
		if fault.Is(err, fault.Denied) {
			return err
		}
		return q.Retry(err, s.ruleForm)
	}
	return q.Redirect(rulesPath+"/"+added.ID, "Đã thêm quy định, có hiệu lực từ {.day}.", "day", added.From)
}

// ruleValue puts the fields of the shape together; what is wrong in them the
// service says.
func ruleValue(q *Req, code rulebook.Code) string {
	f := q.Form()
	var v any
	switch code.Subject().Shape {
	case rulebook.ShapeThreshold:
		v = map[string]any{"share": f.Get("share"), "strict": f.Get("strict") == "1", "base": f.Get("base"), "written": f.Has("written", "1")}
	case rulebook.ShapeQuota:
		if share := f.Get("share"); share != "" {
			v = map[string]any{"share": share, "of": f.Get("of")}
		} else {
			v = map[string]any{"max": f.Int("max")}
		}
	case rulebook.ShapeMoney:
		amount := f.Get("amount")
		if d, err := q.Lang.ParseNumber(amount); err == nil {
			amount = d.String()
		}
		v = map[string]any{"amount": amount, "currency": "VND"}
	case rulebook.ShapeChoice:
		v = map[string]any{"is": f.Get("is")}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return "" // no such value can be in a form
	}
	return string(raw)
}
