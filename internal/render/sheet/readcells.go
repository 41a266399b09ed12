package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

func (rd *reader) readShared(part string) error {
	return rd.walk(part, func(dec *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := richText(dec)
		rd.shared = append(rd.shared, s)
		return err
	})
}

// richText joins the texts of a string item, without the reading aids (rPh) of
// East Asian files.
func richText(dec *xml.Decoder) (string, error) {
	var b strings.Builder
	depth, inText, inAid := 1, 0, 0
	for depth > 0 {
		tok, err := dec.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "t":
				inText++
			case "rPh":
				inAid++
			}
		case xml.EndElement:
			depth--
			switch t.Name.Local {
			case "t":
				inText--
			case "rPh":
				inAid--
			}
		case xml.CharData:
			if inText > 0 && inAid == 0 {
				b.Write(t)
			}
		}
	}
	return vntext.Clean(unescape(b.String())), nil
}

// unescape takes back _x000D_, Excel's way to write what XML forbids.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// rows reads one sheet. Cells without a reference follow the one before.
func (rd *reader) rows(ref sheetRef) ([][]string, error) {
	if ref.part == "" || !strings.Contains(ref.part, "sheet") { // chart sheets have no cells
		return nil, nil
	}
	var out [][]string
	err := rd.scan(ref, func(row, column int, c Cell) error {
		if c.Text == "" {
			return nil
		}
		return keep(rd, &out, ref.name, row, column, c.Text)
	}, nil)
	return out, err
}

// scan shows every cell of a sheet at its place, and what is merged.
func (rd *reader) scan(ref sheetRef, cell func(row, column int, c Cell) error, merged func(area string) error) error {
	row, column := 0, 0
	return rd.walk(ref.part, func(dec *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row++
			column = 0
			if r := attr(e, "r"); r != "" {
				n, err := strconv.Atoi(r)
				if err != nil || n < row || n > 1<<21 {
					return notExcel(errors.New("row number " + r))
				}
				row = n
			}
		case "c":
			column++
			if r := attr(e, "r"); r != "" {
				n := columnNumber(r)
				if n < 1 {
					return notExcel(errors.New("cell reference " + r))
				}
				column = n
			}
			c, err := rd.cell(dec, e)
			if err != nil {
				return err
			}
			return cell(row, column, c)
		case "mergeCell":
			if merged != nil {
				return merged(attr(e, "ref"))
			}
		}
		return nil
	})
}

// keep puts a value at its place; only what holds something costs memory or counts.
func keep[T any](rd *reader, out *[][]T, sheet string, row, column int, v T) error {
	if row < 1 || row > rd.limits.Rows {
		return fault.New(fault.TooLarge, "Trang “{.sheet}” có dữ liệu ở dòng {.row}, quá giới hạn {.limit} dòng. Hãy xóa phần thừa hoặc chia thành nhiều tệp rồi tải lên lại.", "sheet", sheet, "row", row, "limit", rd.limits.Rows)
	}
	if column > rd.limits.Columns {
		return fault.New(fault.TooLarge, "Trang “{.sheet}” có dữ liệu ở cột thứ {.column}, quá giới hạn {.limit} cột. Hãy xóa phần thừa rồi tải lên lại.", "sheet", sheet, "column", column, "limit", rd.limits.Columns)
	}
	for len(*out) < row {
		*out = append(*out, nil)
	}
	cells := (*out)[row-1]
	if need := column - len(cells); need > 0 {
		if rd.cells -= need; rd.cells < 0 {
			return fault.New(fault.TooLarge, "Tệp Excel này có hơn {.limit} ô. Hãy xóa phần thừa hoặc chia thành nhiều tệp rồi tải lên lại.", "limit", rd.limits.Cells)
		}
		cells = append(cells, make([]T, need)...)
	}
	cells[column-1] = v
	(*out)[row-1] = cells
	return nil
}

// cell reads a cell to its end and gives what a person sees in it.
func (rd *reader) cell(dec *xml.Decoder, e xml.StartElement) (Cell, error) {
	kind, style := attr(e, "t"), attr(e, "s")
	var value strings.Builder
	inline, formula := "", false
	for depth := 1; depth > 0; {
		tok, err := dec.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return Cell{}, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "is":
				s, err := richText(dec)
				if err != nil {
					return Cell{}, err
				}
				inline = s
			case "v":
				depth++
			default:
				formula = formula || t.Name.Local == "f"
				if err := dec.Skip(); err != nil {
					return Cell{}, err
				}
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 2 {
				value.Write(t)
			}
		}
	}
	v := value.String()
	switch kind {
	case "inlineStr":
		return Cell{Text: inline, Formula: formula}, nil
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 || n >= len(rd.shared) {
			return Cell{}, nil
		}
		return Cell{Text: rd.shared[n], Formula: formula}, nil
	case "b":
		if strings.TrimSpace(v) == "1" {
			return Cell{Text: "TRUE", Is: IsBool, Formula: formula}, nil
		}
		return Cell{Text: "FALSE", Is: IsBool, Formula: formula}, nil
	case "e":
		return Cell{Text: vntext.Clean(unescape(v)), Is: IsError, Formula: formula}, nil
	case "d":
		return Cell{Text: vntext.Clean(unescape(v)), Is: IsDate, Formula: formula}, nil
	case "str":
		return Cell{Text: vntext.Clean(unescape(v)), Formula: formula}, nil
	}
	n, _ := strconv.Atoi(style)
	text, is := rd.number(strings.TrimSpace(v), n)
	return Cell{Text: text, Is: is, Formula: formula}, nil
}

// columnNumber reads the letters of a reference such as "AB12"; 0 when there are none.
func columnNumber(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
