package web

import (
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/render/sheet"
)

// indicatorImportView is the upload, then what it would do, row by row.
type indicatorImportView struct {
	Rows                        []importRow
	Enter, Mend, Leave, Refused int
	Read                        string // the rows as read, sent back to be written
}

type importRow struct {
	indicator.Outcome
	Faults []string
}

func (s *Server) indicatorImportForm(q *Req) error {
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.IndicatorEdit, access.Record{}); err != nil {
		return err
	}
	return q.Render("indicator_import", indicatorImportView{})
}

// indicatorImportCheck reads the workbook and tells what taking it in would do.
func (s *Server) indicatorImportCheck(q *Req) error {
	table, err := q.workbook("file")
	if err != nil {
		return q.Retry(err, s.indicatorImportForm)
	}
	rows, err := indicator.ParseRows(table)
	if err != nil {
		return q.Retry(err, s.indicatorImportForm)
	}
	return s.indicatorPreview(q, rows)
}

func (s *Server) indicatorPreview(q *Req, rows []indicator.Listed) error {
	out, err := s.Indicators.Import(q.Ctx(), q.Actor, rows, false)
	if err != nil {
		return err
	}
	read, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	view := indicatorImportView{Read: string(read)}
	for _, o := range out {
		row := importRow{Outcome: o}
		for _, f := range o.Faults {
			row.Faults = append(row.Faults, q.Lang.Say(f.Text, f.Args))
		}
		view.Rows = append(view.Rows, row)
		switch o.Act {
		case indicator.Enter:
			view.Enter++
		case indicator.Mend:
			view.Mend++
		case indicator.Leave:
			view.Leave++
		default:
			view.Refused++
		}
	}
	return q.Render("indicator_import", view)
}

// indicatorImport writes what was previewed: it is checked again as a whole.
func (s *Server) indicatorImport(q *Req) error {
	var rows []indicator.Listed
	if err := json.Unmarshal([]byte(q.Form().Raw("rows")), &rows); err != nil {
		return q.Retry(fault.New(fault.Invalid, "Dữ liệu gửi lên không đọc được. Hãy tải tệp lên lại.").Because(err), s.indicatorImportForm)
	}
	if _, err := s.Indicators.Import(q.Ctx(), q.Actor, rows, true); err != nil {
		if fault.As(err).Code == fault.Invalid {
			return s.indicatorPreview(q, rows) // the catalogue changed meanwhile: what is wrong now
		}
		return err
	}
	return q.Redirect(indicatorsPath, "Đã nhận danh mục: {.n} dòng.", "n", len(rows))
}

// workbook reads the first sheet of the .xlsx in a field.
func (q *Req) workbook(field string) ([][]string, error) {
	if err := q.parse(); err != nil {
		return nil, err
	}
	if q.R.MultipartForm == nil || len(q.R.MultipartForm.File[field]) == 0 {
		return nil, fault.Wrong(field, "Chưa chọn tệp Excel (.xlsx).")
	}
	head := q.R.MultipartForm.File[field][0]
	body, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	rows, err := sheet.ReadRows(body, head.Size, sheet.Limits{})
	if err != nil {
		return nil, fault.As(err).At(field)
	}
	return rows, nil
}
