package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime/multipart"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/render/sheet"
)

// A workbook with a scoring sheet is small, and nothing is kept of it until a
// person has seen what it would make: between the steps the page itself carries
// the cells, packed. What comes back is as untrusted as an upload and has the
// same limits.
const (
	sheetUpload   = 10 << 20 // bytes of the workbook
	sheetForm     = sheetUpload + 1<<20
	packedLimit   = 4 << 20 // characters in the page
	unpackedLimit = 24 << 20
)

var sheetLimits = sheet.Limits{Bytes: 64 << 20, Rows: 5_000, Columns: 200, Cells: 300_000}

var tableKinds = map[sheet.Is]table.Kind{
	sheet.IsText: table.Text, sheet.IsNumber: table.Number, sheet.IsPercent: table.Percent, sheet.IsDate: table.Date, sheet.IsBool: table.Broken, sheet.IsError: table.Broken,
}

// readTables reads the visible sheets of an .xlsx that hold something.
func readTables(head *multipart.FileHeader) ([]table.Sheet, error) {
	body, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	grids, err := sheet.ReadGrids(body, head.Size, sheetLimits, nil)
	if err != nil {
		return nil, fault.As(err).At("file")
	}
	var out []table.Sheet
	for _, g := range grids {
		if g.Hidden || len(g.Cells) == 0 {
			continue
		}
		s := table.Sheet{Name: g.Name, Rows: make([][]table.Cell, len(g.Cells))}
		for i, row := range g.Cells {
			s.Rows[i] = make([]table.Cell, len(row))
			for j, c := range row {
				s.Rows[i][j] = table.Cell{Text: c.Text, Kind: tableKinds[c.Is], Formula: c.Formula, Below: c.Below}
			}
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, fault.Wrong("file", "Tệp Excel này không có dòng dữ liệu nào. Hãy kiểm tra lại tệp rồi tải lên lại.")
	}
	return out, nil
}

func pack(sheets []table.Sheet) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(sheets); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	text := base64.RawStdEncoding.EncodeToString(b.Bytes())
	if len(text) > packedLimit {
		return "", fault.Wrong("file", "Tệp có quá nhiều dữ liệu ngoài bảng chấm điểm. Hãy chỉ giữ trang bảng chấm điểm rồi tải lên lại.")
	}
	return text, nil
}

func unpack(text string) ([]table.Sheet, error) {
	lost := func(err error) ([]table.Sheet, error) {
		return nil, fault.New(fault.Invalid, "Dữ liệu gửi lên không đọc được. Hãy tải tệp lên lại.").Because(err)
	}
	if len(text) > packedLimit {
		return lost(nil)
	}
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return lost(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return lost(err)
	}
	body, err := io.ReadAll(io.LimitReader(z, unpackedLimit+1))
	if err != nil || len(body) > unpackedLimit {
		return lost(err)
	}
	var sheets []table.Sheet
	if err := json.Unmarshal(body, &sheets); err != nil || len(sheets) == 0 {
		return lost(err)
	}
	cells := 0
	for _, s := range sheets {
		for _, row := range s.Rows {
			cells += len(row)
		}
		if len(s.Rows) > sheetLimits.Rows {
			return lost(nil)
		}
	}
	if cells > sheetLimits.Cells {
		return lost(nil)
	}
	return sheets, nil
}
