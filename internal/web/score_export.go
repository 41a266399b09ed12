package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/render/sheet"
)

// scoreGridExport gives one unit's sheet, every round, as a workbook.
func (s *Server) scoreGridExport(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	g, err := s.Assessment.Grid(q.Ctx(), q.Actor, h.Year.ID, q.Path("unit"))
	if err != nil {
		return err
	}
	k := roundOf(q, h.Year)
	rows, _ := gridRows(q, g, k)
	table := sheet.Table{
		Title:  q.T("Bảng chấm điểm của {.unit}, năm {.year}", "unit", g.Unit.Name, "year", h.YearNo()),
		Notes:  []string{h.Year.Name, q.T("Vòng: {.round}. Tạm tính đến {.when}.", "round", k.Name(), "when", s.Clock.Now())},
		Frozen: 2,
		Columns: []sheet.Column{
			{Name: q.T("Mã")}, {Name: q.T("Tiêu chí"), Width: 50}, {Name: q.T("Tối đa"), Kind: sheet.Points},
			{Name: q.T("Chỉ tiêu"), Kind: sheet.Number}, {Name: q.T("Kết quả"), Kind: sheet.Number},
		},
	}
	illustrative := h.Year.Illustrative
	for _, kind := range assessment.Kinds {
		name := kind.Name()
		table.Columns = append(table.Columns, sheet.Column{Name: q.T(name.Text), Kind: sheet.Points})
	}
	table.Columns = append(table.Columns, sheet.Column{Name: q.T("Vì sao"), Width: 40}, sheet.Column{Name: q.T("Lý do"), Width: 40}, sheet.Column{Name: q.T("Số tệp minh chứng"), Kind: sheet.Number})
	for i, r := range rows {
		from := g.Rows[i]
		illustrative = illustrative || rowIllustrative(from)
		line := []any{r.ID, strings.Repeat("   ", r.Depth) + r.Name}
		if r.Max == "" {
			line = append(line, nil)
		} else {
			line = append(line, from.Criterion.Max)
		}
		line = append(line, enteredCell(from, r.Goals, k), enteredCell(from, r.Results, k))
		for _, kind := range assessment.Kinds {
			line = append(line, scoredCell(from.Cells[kind].Cell))
		}
		var files any
		if r.Leaf {
			files = r.Files
		}
		table.Rows = append(table.Rows, append(line, from.Cells[k].Cell.Why.Calc(q.Lang), r.Reason, files))
	}
	total := []any{"", q.T("Tổng điểm"), nil, nil, nil}
	for _, kind := range assessment.Kinds {
		total = append(total, points.Points(g.Totals[kind].Total))
	}
	table.Footer = [][]any{append(total, nil, nil, nil)}
	if illustrative {
		table.Notes = append(table.Notes, q.T("Số liệu này được đặt ra để minh họa, không phải số liệu thật của đơn vị."))
	}
	return q.Excel("bang-cham-diem-"+h.YearNo(), table)
}

// enteredCell is the figure of a cell for the workbook: a number where it is one.
func enteredCell(r assessment.Row, fields []gridField, k assessment.Kind) any {
	in := r.Cells[k].Inputs
	if len(fields) == 1 && !fields[0].Bool {
		return in[strings.TrimPrefix(fields[0].Name, r.Criterion.ID+"|")]
	}
	var all []string
	for _, f := range fields {
		v := f.Value
		if f.Bool {
			v = map[string]string{"true": "Đạt", "false": "Không"}[v]
		}
		if v != "" {
			all = append(all, v)
		}
	}
	return strings.Join(all, "; ")
}

// scoreSummaryExport gives the table of the round as a workbook.
func (s *Server) scoreSummaryExport(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	k := roundOf(q, h.Year)
	v := summaryView{Head: h, Round: k}
	if err := s.summarise(q, h, &v); err != nil {
		return err
	}
	st, err := s.Assessment.See(q.Ctx(), q.Actor, h.Year.ID, k)
	if err != nil {
		return err
	}
	table := sheet.Table{
		Title:   q.T("Tổng hợp chấm điểm {.name}, năm {.year}", "name", h.Year.Name, "year", h.YearNo()),
		Notes:   []string{q.T("Vòng: {.round}. Tạm tính đến {.when}.", "round", k.Name(), "when", s.Clock.Now())},
		Frozen:  2,
		Columns: []sheet.Column{{Name: q.T("Hạng"), Kind: sheet.Number}, {Name: q.T("Đơn vị")}},
	}
	if v.Illustrative {
		table.Notes = append(table.Notes, q.T("Số liệu này được đặt ra để minh họa, không phải số liệu thật của đơn vị."))
	}
	for _, g := range v.Groups {
		table.Columns = append(table.Columns, sheet.Column{Name: g.Name, Kind: sheet.Points})
	}
	for _, kind := range assessment.Kinds {
		name := kind.Name()
		table.Columns = append(table.Columns, sheet.Column{Name: q.T("Tổng: {.round}", "round", name), Kind: sheet.Points})
	}
	table.Columns = append(table.Columns, sheet.Column{Name: q.T("Trạng thái")}, sheet.Column{Name: q.T("Vì sao xếp hạng này"), Width: 50})
	all := map[assessment.Kind]*assessment.Standing{k: st}
	for _, kind := range assessment.Kinds {
		if all[kind] == nil {
			if all[kind], err = s.Assessment.See(q.Ctx(), q.Actor, h.Year.ID, kind); err != nil {
				return err
			}
		}
	}
	for i, u := range st.Units {
		line := []any{u.Place.Rank, u.Member.Name}
		if v.Rows[i].Rank == "" {
			line[0] = nil
		}
		for _, g := range roots(st.Sheet) {
			line = append(line, scoredCell(u.Score.Cells[g.ID]))
		}
		for _, kind := range assessment.Kinds {
			for _, other := range all[kind].Units {
				if other.Member.UnitID == u.Member.UnitID {
					line = append(line, other.Score.Total)
				}
			}
		}
		table.Rows = append(table.Rows, append(line, q.Lang.Say(v.Rows[i].State.Text, v.Rows[i].State.Args), q.Lang.Say(u.Place.Why.Text, u.Place.Why.Args)))
	}
	return q.Excel("cham-diem-"+h.YearNo(), table)
}

func scoredCell(c scoring.Cell) any {
	if c.Missing && c.Points == 0 {
		return nil
	}
	return c.Points
}
