package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
)

// table describes a file of the set.
type table struct {
	file     string
	columns  []string // those that must be there come first
	required int
	optional bool // the file itself need not be there
	grouped  bool // its rows belong to clusters, by the column "cluster"
}

// The files of a set; docs/import.md explains each column.
var (
	unitsTable    = &table{file: "units.csv", columns: []string{"code", "name", "kind", "level", "short", "parent", "from", "basis"}, required: 4, optional: true}
	clustersTable = &table{file: "clusters.csv", columns: []string{"code", "kind", "organiser", "year", "name", "basis", "leader", "reference", "state", "short", "deputy", "title", "illustrative"}, required: 9}
	membersTable  = &table{file: "members.csv", columns: []string{"cluster", "unit"}, required: 2, grouped: true}
	targetsTable  = &table{file: "targets.csv", columns: []string{"cluster", "code", "name", "relation", "low", "unit", "high", "measure", "change", "direction", "reporter"}, required: 5, grouped: true}
	figuresTable  = &table{file: "figures.csv", columns: []string{"cluster", "target", "period", "value", "unit", "measure", "year", "source", "note", "sure"}, required: 4, optional: true, grouped: true}

	tables = []*table{unitsTable, clustersTable, membersTable, targetsTable, figuresTable}
)

// opened is a file whose header has been read.
type opened struct {
	*table
	in    *os.File
	comma byte
	at    map[string]int // column → place in the row
	body  int64          // where rows begin
	line  int
	size  int64
}

// value is a cell of a row; "" for a column that is not there.
func (o *opened) value(w row, column string) string { return string(o.cell(w, column)) }

func (o *opened) cell(w row, column string) []byte {
	i, ok := o.at[column]
	if !ok || i >= len(w.fields) {
		return nil
	}
	return w.fields[i]
}

// header reads the first row. What is wrong with it ends the import: nothing
// after it could be understood.
func (t *table) header(in *os.File, list *problems) (*opened, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	o := &opened{table: t, in: in, at: map[string]int{}, size: info.Size()}
	first := make([]byte, 4096)
	n, err := in.ReadAt(first, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	first = first[:n]
	var mark int64
	if bytes.HasPrefix(first, []byte("\xef\xbb\xbf")) {
		mark = 3
	}
	line, _, _ := bytes.Cut(first[mark:], []byte("\n"))
	o.comma = ','
	if bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		o.comma = ';'
	}
	r := newReader(io.NewSectionReader(in, mark, o.size-mark), o.comma, mark, 1)
	w, err := r.next()
	if err == io.EOF {
		list.add(t.file, 1, "", fault.New(fault.Invalid, "Tệp trống. Dòng đầu phải là tên các cột: {.columns}.", "columns", strings.Join(t.columns, ", ")))
		return nil, nil
	}
	if err != nil {
		list.add(t.file, 1, "", fault.As(err))
		return nil, nil
	}
	good := true
	for i, f := range w.fields {
		name := strings.ToLower(string(f))
		_, twice := o.at[name]
		switch {
		case name == "" && i == len(w.fields)-1: // a separator at the line's end
		case twice:
			list.add(t.file, w.line, name, fault.New(fault.Invalid, "Cột này có hai lần. Hãy bỏ bớt một."))
			good = false
		case !slices.Contains(t.columns, name):
			list.add(t.file, w.line, name, fault.New(fault.Invalid, "Không có cột tên này. Các cột của tệp: {.columns}.", "columns", strings.Join(t.columns, ", ")))
			good = false
		}
		o.at[name] = i
	}
	for _, name := range t.columns[:t.required] {
		if _, there := o.at[name]; !there {
			list.add(t.file, w.line, name, fault.New(fault.Invalid, "Thiếu cột bắt buộc này ở dòng tên cột."))
			good = false
		}
	}
	o.body, o.line = w.end, r.line
	if !good {
		return nil, nil
	}
	return o, nil
}

// each reads rows from a place to another. Rows that are no UTF-8 or have more
// cells than the header are listed and left out; a row that cannot be told from
// the next ends the file.
func (o *opened) each(r *reader, s segment, list *problems, f func(w row) error) error {
	r.reset(io.NewSectionReader(o.in, s.begin, s.end-s.begin), s.begin, s.line)
	for {
		w, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			var told *fault.Error
			if !errors.As(err, &told) {
				return err
			}
			list.add(o.file, w.line, "", told)
			return nil
		}
		if i := w.broken(); i >= 0 {
			list.add(o.file, w.line, o.name(i), fault.New(fault.Invalid, "Ô này không phải là chữ UTF-8. Hãy lưu lại tệp dạng “CSV UTF-8”."))
			continue
		}
		if len(w.fields) > len(o.at) {
			list.add(o.file, w.line, "", fault.New(fault.Invalid, "Dòng có {.n} ô, nhiều hơn {.want} cột của tệp. Ô có dấu phân cách phải đặt trong ngoặc kép.", "n", len(w.fields), "want", len(o.at)))
			continue
		}
		if err := f(w); err != nil {
			return err
		}
	}
}

// name of the column at a place.
func (o *opened) name(i int) string {
	for name, at := range o.at {
		if at == i {
			return name
		}
	}
	return ""
}

// segment is a run of rows in a file.
type segment struct {
	begin, end int64
	line       int
}

// maxSegments bounds how scattered the rows of clusters may stand in one file.
const maxSegments = 2_000_000

// shelve finds where the rows of each cluster stand in a file, and counts them.
func (o *opened) shelve(ctx context.Context, list *problems, tick func(int64), clusters map[string]*shelf) (int64, error) {
	var rows, segments int64
	var last *shelf
	r := newReader(nil, o.comma, 0, 0)
	scattered := errors.New("scattered")
	err := o.each(r, segment{o.body, o.size, o.line}, list, func(w row) error {
		if rows++; rows%4096 == 0 {
			tick(w.end)
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		code := o.cell(w, "cluster")
		if last != nil && last.code == string(code) {
			runs := last.rows[o.table]
			runs[len(runs)-1].end = w.end
			return nil
		}
		if last = clusters[string(code)]; last == nil {
			list.add(o.file, w.line, "cluster", fault.New(fault.Invalid, "Không có cụm, khối mã “{.code}” trong {.file}.", "code", string(code), "file", clustersTable.file))
			return nil
		}
		if segments++; segments > maxSegments {
			return scattered
		}
		last.rows[o.table] = append(last.rows[o.table], segment{w.begin, w.end, w.line})
		return nil
	})
	if errors.Is(err, scattered) {
		list.add(o.file, 0, "cluster", fault.New(fault.TooLarge, "Các dòng của mỗi cụm, khối nằm rải rác quá nhiều chỗ. Hãy sắp xếp tệp theo cột cluster."))
		return rows, nil
	}
	return rows, err
}
