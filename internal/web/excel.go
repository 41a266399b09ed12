package web

import (
	"bytes"

	"github.com/thidua/thidua/internal/render/sheet"
)

// Excel answers with a workbook, one sheet for each table. name has no ending.
func (q *Req) Excel(name string, tables ...sheet.Table) error {
	var buf bytes.Buffer
	if err := sheet.Write(&buf, tables...); err != nil {
		return err
	}
	return q.Download(name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buf.Bytes())
}
