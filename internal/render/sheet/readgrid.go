package sheet

import (
	"io"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
)

// Is is what stands in a cell as read.
type Is uint8

const (
	IsText Is = iota
	IsNumber
	IsPercent // 98,5%
	IsDate    // or a time
	IsBool
	IsError // #REF!
)

// Cell is a cell as read: what a person sees in it, as Sheet has it, and what
// it is. A formula without a last result has no text.
type Cell struct {
	Text    string
	Is      Is
	Formula bool
	Merged  bool // with cells above or below; each of them has the text
	Below   bool // of a merged area, and not its first row
}

// Grid is a sheet as read, with what its cells are.
type Grid struct {
	Name   string
	Hidden bool
	Cells  [][]Cell
}

// ReadGrids reads all sheets with what their cells are. A workbook with macros
// is refused: nothing in it is run, and who sends one has the wrong file. tell,
// if not nil, hears how many bytes of how many are read.
func ReadGrids(r io.ReaderAt, size int64, limits Limits, tell func(done, total int64)) ([]Grid, error) {
	rd, err := open(r, size, limits)
	if err != nil {
		return nil, err
	}
	var total int64
	for name, f := range rd.files {
		if strings.HasSuffix(name, "vbaproject.bin") {
			return nil, fault.New(fault.Invalid, "Tệp này có macro (.xlsm) nên không được nhận. Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi tải lên lại.")
		}
		if strings.Contains(name, "worksheets/") || strings.HasSuffix(name, "sharedstrings.xml") {
			total += int64(min(f.UncompressedSize64, uint64(rd.limits.Bytes)))
		}
	}
	var out []Grid
	for _, ref := range rd.sheets {
		g, err := rd.grid(ref, func() {
			if tell != nil {
				tell(min(rd.limits.Bytes-rd.left, total), total)
			}
		})
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

func (rd *reader) grid(ref sheetRef, tell func()) (Grid, error) {
	g := Grid{Name: ref.name, Hidden: ref.hidden}
	if ref.part == "" || !strings.Contains(ref.part, "sheet") {
		return g, nil
	}
	seen := 0
	err := rd.scan(ref, func(row, column int, c Cell) error {
		if seen++; seen%2000 == 0 {
			tell()
		}
		if c.Text == "" && !c.Formula {
			return nil
		}
		return keep(rd, &g.Cells, ref.name, row, column, c)
	}, func(area string) error {
		rd.merge(&g, area)
		return nil
	})
	tell()
	return g, err
}

// merge gives the cells below the first of a merged area its text. Only rows
// that are there get it, and only where something stands: an area of a million
// rows costs nothing.
func (rd *reader) merge(g *Grid, area string) {
	from, to, ok := strings.Cut(area, ":")
	column, top, bottom := columnNumber(from), rowNumber(from), min(rowNumber(to), len(g.Cells))
	if !ok || column < 1 || column > rd.limits.Columns || top < 1 || bottom <= top {
		return
	}
	cells := g.Cells[top-1]
	if column > len(cells) {
		return
	}
	first := cells[column-1]
	first.Merged = true
	for row := top; row <= bottom; row++ {
		cells := g.Cells[row-1]
		if column > len(cells) && len(cells) == 0 {
			continue
		}
		first.Below = row > top
		if err := keep(rd, &g.Cells, g.Name, row, column, first); err != nil {
			return // over the allowance of cells, which the next cell will tell
		}
	}
}

// rowNumber reads the digits of a reference such as "AB12"; 0 when there are none.
func rowNumber(ref string) int {
	n := 0
	for _, c := range strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$") {
		if c < '0' || c > '9' || n > 1<<22 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
