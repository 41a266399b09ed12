package web

import (
	"slices"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/platform/fault"
)

// sheetInto offers what the table can become: a new sheet, or the next text of
// one that the cluster has, whose newest version is compared.
func (s *Server) sheetInto(q *Req, v *sheetImportView) error {
	at := criteria.Place{Year: v.Head.Year.ID}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, at)
	if err != nil {
		return err
	}
	v.Into = []Option{{Value: "", Text: "Lập bảng mới"}}
	seen := map[string]bool{}
	draft := ""
	for _, l := range list { // the newest version of each sheet comes first
		if seen[l.SheetID] || l.OwnerID != v.Head.Year.ClusterID {
			continue
		}
		seen[l.SheetID] = true
		v.Into = append(v.Into, Option{Value: l.ID, Text: q.T("Thay nội dung “{.name}”, bản {.n}", "name", l.Name, "n", l.Number)})
		if draft == "" && !l.Locked {
			draft = l.ID
		}
	}
	f := q.Form()
	if !f.Values.Has("into") {
		// A table that shares little with the draft is another sheet, unless the
		// person says otherwise.
		if draft != "" && !v.Reading.Stop {
			now, _, err := s.Criteria.See(q.Ctx(), q.Actor, at, draft)
			if err != nil {
				return err
			}
			d, err := sinceOf(q, now.Body, v.Reading.Body(nil), nil, nil)
			if err != nil {
				return err
			}
			if d.Added > len(v.Rows)/2 {
				draft = ""
			}
		}
		f.Values.Set("into", draft)
	}
	chosen := f.Get("into")
	if v.New = chosen == ""; v.New || v.Reading.Stop {
		return nil
	}
	version, sheet, err := s.Criteria.See(q.Ctx(), q.Actor, at, chosen)
	if err != nil || sheet.OwnerID != v.Head.Year.ClusterID {
		return fault.Wrong("into", "Bảng chấm điểm này không có. Hãy chọn lại.")
	}
	v.Version, v.Fixed = version.Version, version.Locked
	body, err := s.sheetBody(q, &v.Reading, version)
	if err != nil {
		return err
	}
	words, err := s.Criteria.Guide(q.Ctx(), q.Actor, at, version.ID)
	if err != nil {
		return err
	}
	v.Since, err = sinceOf(q, version.Body, body, words, v.Reading.Guide())
	if v.Since != nil {
		v.Since.Name = q.T("{.name}, bản {.n}", "name", sheet.Name, "n", version.Number)
	}
	return err
}

// sheetBody is the sheet that the form asks for: with the suggestions that were
// taken, and the rules that people had set.
func (s *Server) sheetBody(q *Req, r *table.Reading, over criteria.SheetVersion) ([]byte, error) {
	f := q.Form()
	taken := f.All("suggest")
	body := r.Body(func(id string) bool { return slices.Contains(taken, id) })
	if over.ID == "" || !inherits(f) {
		return body, nil
	}
	return criteria.Inherit(body, over.Body)
}

// inherits tells whether rules that were set are kept: unless the person was
// asked and said no.
func inherits(f *Form) bool { return !f.Has("asked", "1") || f.Has("inherit", "1") }
