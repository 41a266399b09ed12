package web

import (
	"io"

	"github.com/thidua/thidua/internal/domain/workbook"
	"github.com/thidua/thidua/internal/render/sheet"
)

// workbookLimits: a cluster of fifty units writes two thousand rows a period,
// and others write all periods on one sheet.
var workbookLimits = sheet.Limits{Rows: 70_000, Columns: 200}

var cellKinds = map[sheet.Is]workbook.Kind{
	sheet.IsText: workbook.Text, sheet.IsNumber: workbook.Number, sheet.IsPercent: workbook.Percent, sheet.IsDate: workbook.Date, sheet.IsBool: workbook.Bool, sheet.IsError: workbook.Broken,
}

// ReadWorkbook reads an .xlsx for the room of workbooks, which knows no files.
func ReadWorkbook(r io.ReaderAt, size int64, tell func(done, total int64)) ([]workbook.Sheet, error) {
	grids, err := sheet.ReadGrids(r, size, workbookLimits, tell)
	if err != nil {
		return nil, err
	}
	out := make([]workbook.Sheet, len(grids))
	for i, g := range grids {
		s := workbook.Sheet{Name: g.Name, Hidden: g.Hidden, Rows: make([][]workbook.Cell, len(g.Cells))}
		for j, row := range g.Cells {
			s.Rows[j] = make([]workbook.Cell, len(row))
			for k, c := range row {
				s.Rows[j][k] = workbook.Cell{Text: c.Text, Kind: cellKinds[c.Is], Formula: c.Formula, Merged: c.Merged}
			}
		}
		out[i] = s
	}
	return out, nil
}
