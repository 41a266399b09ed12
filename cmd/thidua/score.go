package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/thidua/thidua/internal/api"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// ScoreCmd scores a sheet from a file, without a server. Exit code 1 when
// anything is wrong with the sheet or the values; all of it is listed.
type ScoreCmd struct {
	Format string `help:"Dạng kết quả: table (bảng chữ), json, xlsx (Excel, ghi ra đầu ra chuẩn)." enum:"table,json,xlsx" default:"table"`
	File   string `arg:"" help:"Tệp .json gồm bảng điểm, đơn vị và số liệu; “-” là đầu vào chuẩn."`
}

// scoreLimit is the largest file that is read: hundreds of units with hundreds
// of criteria take a few megabytes.
const scoreLimit = 64 << 20

func (c *ScoreCmd) Run(std *Streams) error {
	data, err := c.read(std.In)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		out := api.ScoreDocument(data, locale.Vietnamese)
		if err := writeJSON(std.Out, out); err != nil {
			return err
		}
		if len(out.Errors) > 0 {
			return &silent{}
		}
		return nil
	}
	sheet, units, values, problems := scoring.ParseDocument(data)
	var result scoring.Result
	if sheet != nil {
		result = scoring.Score(sheet, units, values)
		problems = append(problems, result.Problems...)
	}
	if len(problems) > 0 {
		return c.refuse(std, problems)
	}
	for _, w := range sheet.Warnings() {
		fmt.Fprintln(std.Err, locale.Vietnamese.T("Lưu ý: {.what}", "what", w.Sentence(locale.Vietnamese)))
	}
	scored := scored{sheet, units, result, result.Places(nil)}
	if c.Format == "xlsx" {
		return scored.xlsx(std.Out)
	}
	return scored.table(std.Out)
}

func (c *ScoreCmd) read(in io.Reader) ([]byte, error) {
	excel := fault.New(fault.Invalid, "Lệnh score chưa đọc bảng điểm từ Excel. Hãy đưa tệp .json gồm criteria, units và values.")
	if strings.HasSuffix(strings.ToLower(c.File), ".xlsx") || strings.HasSuffix(strings.ToLower(c.File), ".xls") {
		return nil, excel
	}
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fault.New(fault.NotFound, "Không mở được tệp {.file}. Hãy kiểm tra tên tệp và quyền đọc.", "file", c.File).Because(err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, scoreLimit+1))
	switch {
	case err != nil:
		return nil, fault.New(fault.Invalid, "Không đọc được tệp {.file}.", "file", c.File).Because(err)
	case len(data) > scoreLimit:
		return nil, fault.New(fault.TooLarge, "Tệp {.file} lớn hơn {.limit} MB nên không được nhận. Hãy chia nhỏ.", "file", c.File, "limit", scoreLimit>>20)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, excel
	}
	return data, nil
}

// refuse lists every problem on standard error.
func (c *ScoreCmd) refuse(std *Streams, problems []scoring.Problem) error {
	for _, p := range problems {
		fmt.Fprintln(std.Err, p.Sentence(locale.Vietnamese))
	}
	fmt.Fprintln(std.Err, locale.Vietnamese.T("Có {.n} lỗi; chưa chấm điểm. Hãy sửa rồi chạy lại.", "n", len(problems)))
	return &silent{}
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
