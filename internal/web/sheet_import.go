package web

import (
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

func sheetImportPath(year string) string { return sheetsPath(year) + "/nhap" }

// sheetImportView is the upload; then where the table stands in the workbook,
// and the sheet that would be made of it.
type sheetImportView struct {
	Head   YearHead
	Path   string
	Sheets string // where the year's sheets are

	File   string
	Packed string
	Tabs   []Option
	Choice table.Choice
	Roles  []sheetRole
	Into   []Option

	Reading table.Reading
	Rows    []sheetImportRow
	Whole   []locale.Text // what is told about the table as a whole
	Must    []sheetFinding
	Look    []sheetFinding
	Parts   []sheetPart
	Total   string
	Version int64 // of the row that would be replaced
	New     bool  // a new sheet would be made
	Inherit bool  // rules that were set there are kept
	Fixed   bool  // the version in use is fixed: the next one would be made
	Since   *sheetSince
	Guesses int
}

type sheetRole struct {
	Role    table.Role
	Name    string
	Must    bool
	Chosen  string
	Options []Option
}

type sheetFinding struct {
	Row  int
	Text locale.Text
}

// sheetPart is what a part of the sheet comes to.
type sheetPart struct {
	Name  locale.Text
	Count int
	Max   string
}

// sheetImportRow is a criterion as it would be made.
type sheetImportRow struct {
	*table.Node
	Depth    int
	First    bool
	Points   string
	Rule     locale.Text
	Findings []sheetFinding
	Bad      bool
}

// sheetRoles say the roles in the form of columns.
var sheetRoles = []struct {
	role table.Role
	name string
	must bool
}{
	{table.Order, "Số thứ tự", false}, {table.Name, "Nội dung, tiêu chí", true}, {table.Max, "Điểm tối đa", true},
	{table.How, "Cách tính điểm", false}, {table.Proof, "Minh chứng", false}, {table.Note, "Ghi chú", false},
}

// sheetImportStart is the page of the import for those who may write sheets.
func (s *Server) sheetImportStart(q *Req) (sheetImportView, error) {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return sheetImportView{}, err
	}
	v := sheetImportView{Head: h, Path: sheetImportPath(h.Year.ID), Sheets: sheetsPath(h.Year.ID)}
	may, err := s.Criteria.MayEdit(q.Ctx(), q.Actor, criteria.Place{Year: h.Year.ID})
	if err != nil {
		return v, err
	}
	if !may {
		return v, fault.Deny()
	}
	return v, nil
}

func (s *Server) sheetImportForm(q *Req) error {
	v, err := s.sheetImportStart(q)
	if err != nil {
		return err
	}
	return q.Render("sheet_import", v)
}

// sheetImportRead reads an upload, or the cells that the page carries with what
// the person chose, and shows what would be made of them.
func (s *Server) sheetImportRead(q *Req) error {
	v, err := s.sheetImportStart(q)
	if err != nil {
		return err
	}
	f := q.Form()
	var sheets []table.Sheet
	if f.Raw("packed") == "" {
		if q.R.MultipartForm == nil || len(q.R.MultipartForm.File["file"]) == 0 {
			return q.Retry(fault.Wrong("file", "Chưa chọn tệp Excel (.xlsx)."), s.sheetImportForm)
		}
		head := q.R.MultipartForm.File["file"][0]
		if sheets, err = readTables(head); err != nil {
			return q.Retry(err, s.sheetImportForm)
		}
		f.Values.Set("file-name", vntext.Line(head.Filename))
	} else if sheets, err = unpack(f.Raw("packed")); err != nil {
		return q.Retry(err, s.sheetImportForm)
	}
	if err := s.sheetPreview(q, &v, sheets); err != nil {
		return q.Retry(err, s.sheetImportForm)
	}
	return q.Render("sheet_import", v)
}

// sheetImport takes the table in: the whole of it, or nothing.
func (s *Server) sheetImport(q *Req) error {
	v, err := s.sheetImportStart(q)
	if err != nil {
		return err
	}
	f, at := q.Form(), criteria.Place{Year: v.Head.Year.ID}
	sheets, err := unpack(f.Raw("packed"))
	if err != nil {
		return q.Retry(err, s.sheetImportForm)
	}
	again := func(q *Req) error {
		v, err := s.sheetImportStart(q)
		if err != nil {
			return err
		}
		if err := s.sheetPreview(q, &v, sheets); err != nil {
			return err
		}
		return q.Render("sheet_import", v)
	}
	choice := sheetChoice(f, sheets)
	reading := table.Read(sheets[choice.Sheet], choice)
	if reading.Stop {
		return q.Retry(fault.New(fault.Invalid, "Chưa đọc được bảng chấm điểm từ các cột đã chọn. Hãy xem các chỗ được nêu, chọn lại cột hoặc sửa tệp."), again)
	}
	// Kept with the version, so in the language of the sheet.
	note := locale.Vietnamese.T("Từ tệp {.file}, trang {.sheet}", "file", f.Get("file-name"), "sheet", sheets[choice.Sheet].Name)
	var made criteria.SheetVersion
	if into := f.Get("into"); into == "" {
		body, wrong := s.sheetBody(q, &reading, criteria.SheetVersion{})
		if wrong != nil {
			return wrong
		}
		made, err = s.Criteria.Create(q.Ctx(), q.Actor, criteria.NewSheet{At: at, Name: f.Get("name"), Source: f.Get("source"), Note: note, Body: body, Guide: reading.Guide(), File: true})
	} else {
		var over criteria.SheetVersion
		if over, _, err = s.Criteria.See(q.Ctx(), q.Actor, at, into); err != nil {
			return err
		}
		body, wrong := s.sheetBody(q, &reading, over)
		if wrong != nil {
			return q.Retry(wrong, again)
		}
		made, err = s.Criteria.Save(q.Ctx(), q.Actor, criteria.Edit{At: at, ID: into, Version: f.Version(), Body: body, Guide: reading.Guide(), Note: note, File: true})
		if fault.Is(err, fault.Stale) {
			err = fault.New(fault.Conflict, "Bảng chấm điểm vừa được người khác sửa. Phần so sánh bên dưới là với bản hiện nay; hãy xem lại rồi đưa vào.")
		}
	}
	if err != nil {
		return q.Retry(err, again)
	}
	if n := len(made.Problems()); n > 0 {
		q.Warn("Đã đưa bảng từ tệp {.file} vào dự thảo, bản {.number}. Còn {.n} chỗ phải sửa trước khi thông qua.", "file", f.Get("file-name"), "number", made.Number, "n", n)
		return q.Redirect(v.Sheets+"?ban="+made.ID, "")
	}
	return q.Redirect(v.Sheets+"?ban="+made.ID, "Đã đưa bảng từ tệp {.file} vào dự thảo, bản {.n}.", "file", f.Get("file-name"), "n", made.Number)
}
