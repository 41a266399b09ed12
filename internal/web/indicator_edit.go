package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/fault"
)

// indicatorFormView enters an indicator or corrects one.
type indicatorFormView struct {
	ID, Name          string // "" for a new one
	Version           int64
	Directions, Flows []Option
}

func indicatorChoices(growth *bool) (directions, flows []Option) {
	for _, d := range []target.Direction{target.Unknown, target.Higher, target.Lower} {
		directions = append(directions, Option{Value: string(d), Text: directionNames[d]})
	}
	for _, f := range []indicator.Flow{indicator.Sum, indicator.Stock, indicator.Growth} {
		if growth == nil || *growth == (f == indicator.Growth) {
			flows = append(flows, Option{Value: string(f), Text: flowNames[f]})
		}
	}
	return directions, flows
}

func (s *Server) indicatorForm(q *Req) error {
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.IndicatorEdit, access.Record{}); err != nil {
		return err
	}
	var view indicatorFormView
	view.Directions, view.Flows = indicatorChoices(nil)
	return q.Render("indicator_form", view)
}

func (s *Server) indicatorCreate(q *Req) error {
	f := q.Form()
	i, err := s.Indicators.Create(q.Ctx(), q.Actor, "", indicator.NewIndicator{
		Name: f.Get("name"), Aliases: aliasLines(f.Text("aliases")), Unit: f.Get("unit"), Direction: target.Direction(f.Get("direction")),
		Flow: indicator.Flow(f.Get("flow")), Cumulative: f.Has("cumulative", "1"), Source: f.Get("source"),
	})
	if err != nil {
		return q.Retry(err, s.indicatorForm)
	}
	return q.Redirect(indicatorsPath+"/"+i.ID, "Đã thêm chỉ tiêu vào danh mục.")
}

func (s *Server) indicatorEdit(q *Req) error {
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.IndicatorEdit, access.Record{}); err != nil {
		return err
	}
	i, err := s.Indicators.Get(q.Ctx(), s.DB, q.Path("indicator"))
	if err != nil {
		return err
	}
	view := indicatorFormView{ID: i.ID, Name: i.Name, Version: i.Version}
	growth := i.Flow == indicator.Growth
	view.Directions, view.Flows = indicatorChoices(&growth)
	f := q.Form()
	for field, value := range map[string]string{"name": i.Name, "aliases": i.Aliases, "unit": i.Unit, "direction": string(i.Direction), "flow": string(i.Flow), "source": i.Source} {
		f.Default(field, value)
	}
	if i.Cumulative {
		f.DefaultAll("cumulative", []string{"1"})
	}
	return q.Render("indicator_form", view)
}

func (s *Server) indicatorSave(q *Req) error {
	f, id := q.Form(), q.Path("indicator")
	err := s.Indicators.Edit(q.Ctx(), q.Actor, "", indicator.Change{
		ID: id, Version: f.Version(), Name: f.Get("name"), Aliases: aliasLines(f.Text("aliases")), Unit: f.Get("unit"),
		Direction: target.Direction(f.Get("direction")), Flow: indicator.Flow(f.Get("flow")), Cumulative: f.Has("cumulative", "1"), Source: f.Get("source"),
	})
	if err != nil {
		if now, ok := fault.As(err).Theirs.(indicator.Indicator); ok {
			for _, b := range []Both{
				{Field: "name", Label: "Tên chỉ tiêu", Theirs: now.Name}, {Field: "aliases", Label: "Tên gọi khác", Theirs: now.Aliases}, {Field: "unit", Label: "Đơn vị tính", Theirs: now.Unit},
				{Field: "direction", Label: "Chiều tốt", Theirs: string(now.Direction)}, {Field: "flow", Label: "Cách tính", Theirs: string(now.Flow)}, {Field: "source", Label: "Nguồn số liệu", Theirs: now.Source},
			} {
				q.Compare(b.Field, b.Label, b.Theirs)
			}
			return err
		}
		return q.Retry(err, s.indicatorEdit)
	}
	return q.Redirect(indicatorsPath+"/"+id, "Đã lưu. Tên cũ vẫn được nhận ra.")
}

// aliasLines reads the box of names, one a line.
func aliasLines(text string) []string {
	out := []string{}
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
