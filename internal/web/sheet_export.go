package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/render/sheet"
)

// sheetExport gives the sheet as a workbook in the shape that officers use and
// that the import reads again: what is changed in Excel comes back.
func (s *Server) sheetExport(q *Req) error {
	v, err := s.sheetView(q, q.Query("ban"))
	if err != nil {
		return err
	}
	sh, err := v.Version.Read()
	if err != nil {
		return err
	}
	rows, err := table.Lay(sh, v.Words, func(c *scoring.Criterion) string { return scoringWords(q, c) })
	if err != nil {
		return err
	}
	t := sheet.Table{
		Title: v.Sheet.Name, Notes: []string{v.Head.Year.Name, q.T(v.Rounding.Text, "n", v.Rounding.Args["n"])},
		Columns: []sheet.Column{
			{Name: q.T(table.Heads[table.Order]), Width: 8}, {Name: q.T(table.Heads[table.Name]), Width: 58}, {Name: q.T(table.Heads[table.Max]), Kind: sheet.Number, Width: 10},
			{Name: q.T(table.Heads[table.How]), Width: 52}, {Name: q.T(table.Heads[table.Proof]), Width: 12}, {Name: table.MarkHead, Width: 20, Hidden: true},
		},
		Strong: map[int]bool{},
	}
	if len(v.Ties) > 0 {
		t.Notes = append(t.Notes, q.T("Bằng điểm thì xét lần lượt")+": "+strings.Join(v.Ties, "; "))
	}
	for i, r := range rows {
		proof := ""
		if r.Proof {
			proof = q.T("bắt buộc")
		}
		cells := []any{r.TT, r.Name, r.Max, r.How, proof, r.Mark}
		if r.Total {
			cells[1] = q.T(r.Name)
			t.Footer = append(t.Footer, cells)
			continue
		}
		t.Rows, t.Strong[i] = append(t.Rows, cells), r.Group
	}
	return q.Excel("bang-cham-diem-"+v.Head.YearNo(), t)
}

// scoringWords say what the rule of a criterion does, and what becomes of it
// where it does not apply.
func scoringWords(q *Req, c *scoring.Criterion) string {
	var says []string
	if c.Leaf() && c.Rule != nil {
		for _, one := range c.Rule.Says(c) {
			says = append(says, q.Lang.Say(one.Text, one.Args))
		}
	}
	if na := naText(c.NA); na.Text != "" {
		says = append(says, q.Lang.Say(na.Text, na.Args))
	}
	return strings.Join(says, " ")
}
