package web

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// workbookGuide is the last sheet of a template. The headings are Vietnamese for
// everybody, because they are recognised when the workbook comes back.
var workbookGuide = []string{
	"Hướng dẫn",
	"Mỗi trang là một kỳ báo cáo. Chỉ điền các cột màu vàng; các cột màu xám để đối chiếu và không sửa được.",
	"Số liệu: ghi số cộng dồn từ đầu năm đến hết kỳ, theo đúng đơn vị tính của dòng. Ghi dạng số hoặc gõ 1.234,5 đều được. Ô để trống được bỏ qua, không xóa số đã có.",
	"Chỉ tiêu tăng, giảm: ghi mức tăng, giảm; giảm thì ghi dấu trừ (ví dụ -2,5).",
	"Muốn sửa số đã báo cáo: ghi đè số mới và ghi lý do ở cột “Lý do đính chính”. Số cũ và lý do vẫn được lưu.",
	"Tôi đã kiểm tra: đánh dấu x ở số mà hệ thống hỏi lại (khác xa năm trước, khác xa đơn vị khác…) và ghi lý do vào ghi chú.",
	"Nhập thay đơn vị khác: phải ghi nguồn số liệu, ví dụ số báo cáo của đơn vị.",
	"Không xóa, không đổi chỗ cột ẩn “Mã”: nhờ mã này hệ thống biết dòng nào là chỉ tiêu nào. Xóa bớt dòng không cần báo cáo thì được.",
	"Tải tệp lên ở trang Tiến độ, mục “Số liệu bằng Excel”. Hệ thống cho xem trước từng dòng; chỉ ghi khi bạn đồng ý, ghi cả tệp hoặc không ghi dòng nào.",
}

// workbookTemplate sends the figures of the units and periods of the address as
// a workbook to fill in.
func (s *Server) workbookTemplate(q *Req) error {
	unit := q.Query("don-vi")
	var periods []indicator.Period
	for _, p := range q.R.URL.Query()["ky"] {
		periods = append(periods, indicator.Period(p))
	}
	t, err := s.Workbooks.Template(q.Ctx(), q.Actor, q.Path("year"), unit, periods)
	if err != nil {
		return err
	}
	var forms []sheet.Form
	for _, p := range t.Pages {
		forms = append(forms, workbookForm(q, t, p))
	}
	var guide []string
	for _, line := range workbookGuide {
		guide = append(guide, q.T(line))
	}
	var b bytes.Buffer
	if err := sheet.WriteForms(&b, guide, forms...); err != nil {
		return err
	}
	who := t.Year.Short
	if t.Unit.UnitID != "" {
		who = cmp.Or(t.Unit.Short, t.Unit.Name)
	}
	name := "so-lieu-" + strings.ReplaceAll(indicator.Key(who), " ", "-") + "-" + locale.Year(t.Year.Year)
	if len(t.Pages) == 1 {
		name += "-" + string(t.Pages[0].Period)
	}
	return q.Download(name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes())
}

// workbookForm is the sheet of a period.
func workbookForm(q *Req, t workbook.Template, p workbook.Page) sheet.Form {
	l := locale.Vietnamese
	period := p.Period.Name()
	said := l.Say(period.Text, period.Args)
	who := t.Year.Name
	if t.Unit.UnitID != "" {
		who = t.Unit.Name + " · " + who
	}
	f := sheet.Form{
		Tab: said, Title: "Số liệu " + said + " năm " + locale.Year(t.Year.Year),
		Notes: []string{who, q.T("Điền các cột màu vàng rồi tải tệp lên. Số cộng dồn từ đầu năm. Xem trang Hướng dẫn.")},
	}
	whole := t.Unit.UnitID == ""
	add := func(role workbook.Role, kind sheet.Kind, width float64, more func(*sheet.FormColumn)) {
		c := sheet.FormColumn{Column: sheet.Column{Name: workbook.Heads[role], Kind: kind, Width: width}}
		if more != nil {
			more(&c)
		}
		f.Columns = append(f.Columns, c)
	}
	open := func(prompt string, longest int) func(*sheet.FormColumn) {
		return func(c *sheet.FormColumn) { c.Open, c.Prompt, c.Longest = true, prompt, longest }
	}
	add(workbook.ByCode, sheet.Text, 0, func(c *sheet.FormColumn) { c.Hidden = true })
	if whole {
		add(workbook.ByUnit, sheet.Text, 26, nil)
	}
	add(workbook.ByName, sheet.Text, 38, nil)
	add(workbook.Measure, sheet.Text, 12, nil)
	add(workbook.Goal, sheet.Text, 20, nil)
	add(workbook.LastYear, sheet.Number, 14, nil)
	add(workbook.Previous, sheet.Number, 14, nil)
	add(workbook.Figure, sheet.Number, 16, open(q.T("Số cộng dồn từ đầu năm đến hết kỳ, theo đơn vị tính của dòng. Để trống nếu không báo cáo."), 0))
	add(workbook.Source, sheet.Text, 24, open(q.T("Ví dụ: Cục Thống kê, báo cáo số 12/BC-SCT."), 500))
	add(workbook.Note, sheet.Text, 24, open("", 2000))
	add(workbook.Sure, sheet.Text, 12, func(c *sheet.FormColumn) {
		c.Open, c.Choices, c.Prompt = true, []string{"x"}, q.T("Đánh dấu x nếu số lệch nhiều mà vẫn đúng.")
	})
	add(workbook.Reason, sheet.Text, 24, open(q.T("Chỉ ghi khi sửa số đã báo cáo."), 500))
	f.Frozen = 2
	if whole {
		f.Frozen = 3
	}
	for _, a := range p.Targets {
		measure := a.Goal.Unit
		shown := func(g *indicator.Figure) any {
			if g == nil {
				return nil
			}
			if own, ok := g.In(measure); ok {
				return own
			}
			return l.Number(g.Amount) + " " + g.Unit
		}
		given := ""
		if a.Now != nil {
			given = a.Now.ID
		}
		row := []any{workbook.Code(p.Period, a.ID, given)}
		if whole {
			owner := a.Owner
			if owner == "" {
				owner = "Chung (" + a.Reporter + " báo cáo)"
			}
			row = append(row, owner)
		}
		figure, source, note := any(nil), "", ""
		if a.Now != nil {
			if _, ok := a.Now.In(measure); !ok { // no exact decimal in the target's own unit
				measure = a.Now.Unit
			}
			figure, source, note = shown(a.Now), a.Now.Source, a.Now.Note
		}
		row = append(row, capital(a.Name), measure, goalText(l, a.Line.Goal), shown(a.Before), shown(a.Previous), figure, source, note, nil, nil)
		f.Rows = append(f.Rows, row)
	}
	return f
}
