package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/platform/fault"
)

// sheetNewView is the page on which a sheet is begun.
type sheetNewView struct {
	Head  YearHead
	Path  string
	From  []Option
	Start string
}

func (s *Server) sheetNew(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	at := criteria.Place{Year: h.Year.ID}
	may, err := s.Criteria.MayEdit(q.Ctx(), q.Actor, at)
	if err != nil {
		return err
	}
	if !may {
		return fault.Deny()
	}
	v := sheetNewView{Head: h, Path: sheetsPath(h.Year.ID) + "/moi", From: []Option{{"", "Bảng gợi ý 100 điểm, ba nhóm, điểm thưởng và điểm trừ", ""}, {"json", "Dán từ tệp JSON", ""}}}
	models, err := criteria.Library()
	if err != nil {
		return err
	}
	for _, m := range models {
		v.From = append(v.From, Option{Value: modelPrefix + m.Key, Text: q.T("Thư viện: {.name}", "name", q.T(m.Name))})
	}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, at)
	if err != nil {
		return err
	}
	for _, l := range list {
		v.From = append(v.From, Option{Value: l.ID, Text: q.T("Chép “{.name}”, bản {.n}", "name", l.Name, "n", l.Number)})
	}
	q.Form().Default("name", q.T("Bảng chấm điểm năm {.year}", "year", h.YearNo()))
	q.Form().Default("from", q.Query("tu"))
	return q.Render("sheet_new", v)
}

func (s *Server) sheetCreate(q *Req) error {
	f, year := q.Form(), q.Path("year")
	at := criteria.Place{Year: year}
	var made criteria.SheetVersion
	var err error
	key, model := strings.CutPrefix(f.Get("from"), modelPrefix)
	switch from := f.Get("from"); {
	case model:
		m, err := criteria.ModelOf(key)
		if err != nil {
			return err
		}
		source := f.Get("source")
		if source == "" {
			source = m.Source
		}
		if made, err = s.Criteria.Create(q.Ctx(), q.Actor, criteria.NewSheet{At: at, Name: f.Get("name"), Source: source, Body: m.Body, Guide: m.Guide}); err != nil {
			return q.Retry(err, s.sheetNew)
		}
	case from == "" || from == "json":
		in := criteria.NewSheet{At: at, Name: f.Get("name"), Source: f.Get("source")}
		if from == "json" {
			in.Body = []byte(f.Raw("body"))
			if strings.TrimSpace(f.Raw("body")) == "" {
				return q.Retry(fault.Wrong("body", "Chưa dán nội dung JSON của bảng chấm điểm."), s.sheetNew)
			}
		}
		made, err = s.Criteria.Create(q.Ctx(), q.Actor, in)
	default:
		made, err = s.Criteria.Copy(q.Ctx(), q.Actor, at, from, at, f.Get("name"))
	}
	if err != nil {
		return q.Retry(err, s.sheetNew)
	}
	return q.Redirect(sheetEditPath(year, made.ID), "Đã tạo bảng chấm điểm. Hãy sửa các tiêu chí rồi đưa vào dự thảo để góp ý.")
}
