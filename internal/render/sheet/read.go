package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Limits bound what reading an upload may cost. A zero field takes its default.
type Limits struct {
	Bytes   int64 // of XML when unpacked; 100 MB
	Rows    int   // that hold something, and the last one's number; 20.000
	Columns int   // 500
	Cells   int   // of all sheets read, gaps counted; 2.000.000
}

func (l Limits) complete() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 100 << 20
	}
	if l.Rows <= 0 {
		l.Rows = 20_000
	}
	if l.Columns <= 0 {
		l.Columns = 500
	}
	if l.Cells <= 0 {
		l.Cells = 2_000_000
	}
	return l
}

// Sheet is a sheet as read. Rows hold what a person sees in the cells: text as
// typed, numbers exactly and in Vietnamese form without thousands marks
// ("1234,5", "98,5%"), dates as 23/11/2026, of a formula its last result. Rows
// and cells that are empty in between are there, those at the ends are not.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]string
}

// ReadRows reads the first visible sheet that holds anything of an .xlsx of the
// given size. Its faults tell the person what is wrong with the file.
func ReadRows(r io.ReaderAt, size int64, limits Limits) ([][]string, error) {
	rd, err := open(r, size, limits)
	if err != nil {
		return nil, err
	}
	for _, ref := range rd.sheets {
		if ref.hidden {
			continue
		}
		rows, err := rd.rows(ref)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			return rows, nil
		}
	}
	return nil, fault.New(fault.Invalid, "Tệp Excel này không có dòng dữ liệu nào. Hãy kiểm tra lại tệp rồi tải lên lại.")
}

// ReadSheets reads all sheets, hidden ones too.
func ReadSheets(r io.ReaderAt, size int64, limits Limits) ([]Sheet, error) {
	rd, err := open(r, size, limits)
	if err != nil {
		return nil, err
	}
	out := make([]Sheet, 0, len(rd.sheets))
	for _, ref := range rd.sheets {
		rows, err := rd.rows(ref)
		if err != nil {
			return nil, err
		}
		out = append(out, Sheet{Name: ref.name, Hidden: ref.hidden, Rows: rows})
	}
	return out, nil
}

func notExcel(cause error) error {
	return fault.New(fault.Invalid, "Tệp này không phải là tệp Excel (.xlsx) hoặc đã bị hỏng. Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.").Because(cause)
}

type reader struct {
	files  map[string]*zip.File
	limits Limits
	left   int64 // bytes that may still be unpacked
	cells  int   // cells that may still be kept
	sheets []sheetRef
	shared []string
	styles []numberStyle
	date04 bool // days count from 1904, as old Macs did
}

type sheetRef struct {
	name, part string
	hidden     bool
}

func open(r io.ReaderAt, size int64, limits Limits) (*reader, error) {
	limits = limits.complete()
	magic := make([]byte, 8)
	n, _ := r.ReadAt(magic, 0)
	if strings.HasPrefix(string(magic[:n]), "\xd0\xcf\x11\xe0") {
		return nil, fault.New(fault.Invalid, "Tệp Excel này thuộc kiểu cũ (.xls) hoặc có đặt mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, notExcel(err)
	}
	rd := &reader{files: make(map[string]*zip.File, len(z.File)), limits: limits, left: limits.Bytes, cells: limits.Cells}
	for _, f := range z.File {
		rd.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if err := rd.workbook(); err != nil {
		return nil, err
	}
	return rd, nil
}

// workbook finds the sheets and what they share.
func (rd *reader) workbook() error {
	main, err := rd.relations("", "_rels/.rels")
	if err != nil {
		return err
	}
	book := main.byType("/officeDocument")
	if book == "" {
		book = "xl/workbook.xml"
	}
	if rd.files[strings.ToLower(book)] == nil {
		return notExcel(errors.New("no workbook part"))
	}
	rels, err := rd.relations(path.Dir(book), path.Join(path.Dir(book), "_rels", path.Base(book)+".rels"))
	if err != nil {
		return err
	}
	err = rd.walk(book, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			rd.date04 = v == "1" || v == "true"
		case "sheet":
			part := rels.byID[relID(e)]
			state := attr(e, "state")
			rd.sheets = append(rd.sheets, sheetRef{name: vntext.Line(attr(e, "name")), part: part, hidden: state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(rd.sheets) == 0 {
		return notExcel(errors.New("no sheets"))
	}
	if part := rels.byType("/styles"); part != "" {
		if err := rd.readStyles(part); err != nil {
			return err
		}
	}
	if part := rels.byType("/sharedStrings"); part != "" {
		return rd.readShared(part)
	}
	return nil
}

type relations struct {
	byID  map[string]string
	types map[string]string
}

func (r relations) byType(end string) string {
	for t, part := range r.types {
		if strings.HasSuffix(t, end) {
			return part
		}
	}
	return ""
}

// relations reads a part's references to others; a missing list is an empty one.
func (rd *reader) relations(base, part string) (relations, error) {
	out := relations{map[string]string{}, map[string]string{}}
	if rd.files[strings.ToLower(part)] == nil {
		return out, nil
	}
	err := rd.walk(part, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := attr(e, "Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(base, target)
		}
		out.byID[attr(e, "Id")] = target
		out.types[attr(e, "Type")] = target
		return nil
	})
	return out, err
}

// walk unpacks a part within the limits and shows every element to visit, which
// may read on.
func (rd *reader) walk(part string, visit func(*xml.Decoder, xml.StartElement) error) error {
	f := rd.files[strings.ToLower(part)]
	if f == nil {
		return notExcel(errors.New("missing part " + part))
	}
	src, err := f.Open()
	if err != nil {
		return notExcel(err)
	}
	defer src.Close()
	counted := &countdown{src: src, left: &rd.left}
	dec := xml.NewDecoder(counted)
	for {
		tok, err := dec.Token()
		if err == nil {
			if e, ok := tok.(xml.StartElement); ok {
				err = visit(dec, e)
			}
		}
		switch {
		case err == nil:
		case counted.over:
			return fault.New(fault.TooLarge, "Tệp Excel này khi mở ra lớn hơn {.limit} MB nên không được nhận. Hãy xóa các trang, hình ảnh và định dạng thừa rồi tải lên lại.", "limit", int(rd.limits.Bytes>>20))
		case errors.Is(err, io.EOF):
			return nil
		default:
			var f *fault.Error
			if errors.As(err, &f) {
				return err
			}
			return notExcel(err)
		}
	}
}

// countdown is a reader over all parts' common allowance.
type countdown struct {
	src  io.Reader
	left *int64
	over bool
}

var errOver = errors.New("sheet: unpacked size over the limit")

func (c *countdown) Read(p []byte) (int, error) {
	if *c.left <= 0 {
		c.over = true
		return 0, errOver
	}
	if int64(len(p)) > *c.left {
		p = p[:*c.left]
	}
	n, err := c.src.Read(p)
	*c.left -= int64(n)
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// relID is the one attribute of a sheet that stands in a namespace: r:id.
func relID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}
