package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
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

// sheetPreview fills the page from the cells and the form.
func (s *Server) sheetPreview(q *Req, v *sheetImportView, sheets []table.Sheet) error {
	f := q.Form()
	var err error
	if v.Packed, err = pack(sheets); err != nil {
		return err
	}
	v.File = f.Get("file-name")
	v.Choice = sheetChoice(f, sheets)
	here := sheets[v.Choice.Sheet]
	for i, t := range sheets {
		v.Tabs = append(v.Tabs, Option{Value: strconv.Itoa(i), Text: t.Name})
	}
	columns := sheetColumns(q, here, v.Choice.Head)
	for _, r := range sheetRoles {
		one := sheetRole{Role: r.role, Name: r.name, Must: r.must, Options: columns}
		if n := v.Choice.Columns[r.role]; n > 0 {
			one.Chosen = strconv.Itoa(n)
		}
		v.Roles = append(v.Roles, one)
	}
	v.Reading = table.Read(here, v.Choice)
	v.show(q)
	if err := s.sheetInto(q, v); err != nil {
		return err
	}
	if !f.Values.Has("name") { // an upload is a form that was sent, so it has no defaults
		f.Values.Set("name", q.T("Bảng chấm điểm năm {.year}", "year", v.Head.YearNo()))
	}
	v.Inherit = inherits(f)
	return nil
}

// sheetChoice is where the table stands: what the person says, or a guess where
// the sheet or the row of the head was changed just now.
func sheetChoice(f *Form, sheets []table.Sheet) table.Choice {
	guess := table.Guess(sheets)
	if f.Raw("packed") == "" {
		if guess.Sheet < 0 {
			guess = table.Choice{Columns: table.Columns{}}
		}
		return guess
	}
	c := table.Choice{Sheet: min(f.Int("sheet"), len(sheets)-1), Head: f.Int("head"), Columns: table.Columns{}}
	here := sheets[c.Sheet]
	switch {
	case f.Get("sheet") != f.Get("was-sheet"):
		c.Head, c.Columns = here.Head()
	case f.Get("head") != f.Get("was-head"):
		c.Columns = here.Columns(c.Head)
	default:
		for _, r := range sheetRoles {
			if n := f.Int("col-" + string(r.role)); n > 0 {
				c.Columns[r.role] = n
			}
		}
		c.Columns = here.WithMarks(c.Head, c.Columns)
	}
	c.Head = min(c.Head, len(here.Rows))
	return c
}

// sheetColumns are the columns with their heading, or what stands in them.
func sheetColumns(q *Req, s table.Sheet, head int) []Option {
	out := []Option{{Value: "", Text: "không có"}}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	for c := 1; c <= min(width, 60); c++ {
		text := ""
		for row := max(head-1, 1); row <= min(head+3, len(s.Rows)) && text == ""; row++ {
			if c <= len(s.Rows[row-1]) {
				text = vntext.Line(s.Rows[row-1][c-1].Text)
			}
		}
		if runes := []rune(text); len(runes) > 40 {
			text = string(runes[:39]) + "…"
		}
		if name := q.T("Cột {.letter}", "letter", table.Letter(c)); text == "" {
			out = append(out, Option{Value: strconv.Itoa(c), Text: name})
		} else {
			out = append(out, Option{Value: strconv.Itoa(c), Text: name + ": " + text})
		}
	}
	return out
}

// show makes the rows of the page.
func (v *sheetImportView) show(q *Req) {
	at := map[int][]sheetFinding{}
	bad := map[int]bool{}
	for _, f := range v.Reading.Findings {
		one := sheetFinding{f.Row, f.Text}
		switch {
		case f.Row == 0:
			v.Whole = append(v.Whole, f.Text)
			continue
		case f.Must:
			v.Must, bad[f.Row] = append(v.Must, one), true
		default:
			v.Look = append(v.Look, one)
		}
		at[f.Row] = append(at[f.Row], one)
	}
	labels := map[string]locale.Text{}
	for _, k := range scoring.RuleKinds() {
		labels[k.Kind] = k.Label
	}
	part := scoring.Main
	v.Reading.Walk(func(n *table.Node, depth int) {
		row := sheetImportRow{Node: n, Depth: min(depth, 3), First: n.Part != part, Findings: at[n.Row], Bad: bad[n.Row]}
		part = n.Part
		if n.Max != "" {
			row.Points = q.Lang.Number(n.Max)
		}
		if len(n.Children) == 0 {
			row.Rule = labels[n.Rule]
		}
		if n.Suggest != nil {
			v.Guesses++
		}
		v.Rows = append(v.Rows, row)
	})
	sheet, problems := scoring.ParseSheet(v.Reading.Body(nil))
	if sheet == nil || len(problems) > 0 {
		return
	}
	v.Total = q.Lang.Number(sheet.Max().String())
	for _, p := range []struct {
		name string
		list []*scoring.Criterion
	}{{"Phần chính", sheet.Criteria}, {"Điểm thưởng", sheet.Bonus}, {"Điểm trừ", sheet.Deduction}} {
		if n := leaves(p.list); n > 0 {
			v.Parts = append(v.Parts, sheetPart{Name: locale.Msg(p.name), Count: n})
		}
	}
}

func leaves(list []*scoring.Criterion) (n int) {
	for _, c := range list {
		if c.Leaf() {
			n++
		}
		n += leaves(c.Children)
	}
	return n
}

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
	note := q.T("Từ tệp {.file}, trang {.sheet}", "file", f.Get("file-name"), "sheet", sheets[choice.Sheet].Name)
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

// Lines are the words on how to score, for the template.
func (r sheetImportRow) Lines() []string {
	if r.Guide == "" {
		return nil
	}
	return strings.Split(r.Guide, "\n")
}
