package intake

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/platform/fault"
)

// What a row of a file may be at most. encoding/csv knows no such bounds: one
// quotation mark that is never closed makes it hold the rest of the file.
const (
	maxRow     = 64 << 10 // bytes
	maxColumns = 64
)

// reader reads the rows of a CSV file (RFC 4180; commas, or semicolons as Excel
// writes them in Vietnamese) and knows where each began.
type reader struct {
	in     *bufio.Reader
	comma  byte
	offset int64 // of the next row
	line   int   // of the next row, from 1
	fields [][]byte
	row    []byte // of rows that go over several lines
	quoted []byte // of fields that were quoted
}

// row is good until the next one is read.
type row struct {
	fields     [][]byte
	line       int
	begin, end int64 // in the file
}

// newReader reads from a place in a file on.
func newReader(r io.Reader, comma byte, offset int64, line int) *reader {
	return &reader{in: bufio.NewReaderSize(r, maxRow), comma: comma, offset: offset, line: line}
}

// reset begins anew at another place.
func (r *reader) reset(in io.Reader, offset int64, line int) {
	r.in.Reset(in)
	r.offset, r.line = offset, line
}

// next reads the next row that is not empty; io.EOF after the last. A fault
// means that nothing after it can be read.
func (r *reader) next() (row, error) {
	for {
		out := row{line: r.line, begin: r.offset}
		text, err := r.lineOf()
		if err != nil {
			return out, err
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if bytes.IndexByte(text, '"') < 0 {
			err = r.plain(text)
		} else {
			err = r.quotes(text)
		}
		out.fields, out.end = r.fields, r.offset
		return out, err
	}
}

// lineOf reads up to a line's end, which it cuts off.
func (r *reader) lineOf() ([]byte, error) {
	text, err := r.in.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		return nil, tooLong()
	case err == io.EOF && len(text) == 0:
		return nil, io.EOF
	case err != nil && err != io.EOF:
		return nil, err
	}
	r.offset += int64(len(text))
	r.line++
	return bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r")), nil
}

func tooLong() error {
	return fault.New(fault.TooLarge, "Dòng dài quá {.limit} KB. Hãy xem có dấu ngoặc kép nào chưa đóng, hoặc tệp có đúng là CSV không.", "limit", maxRow>>10)
}

func tooWide() error {
	return fault.New(fault.TooLarge, "Dòng có nhiều hơn {.limit} cột. Hãy xem tệp có đúng là CSV không.", "limit", maxColumns)
}

func (r *reader) plain(text []byte) error {
	r.fields = r.fields[:0]
	for {
		i := bytes.IndexByte(text, r.comma)
		if len(r.fields) == maxColumns {
			return tooWide()
		}
		if i < 0 {
			r.fields = append(r.fields, bytes.TrimSpace(text))
			return nil
		}
		r.fields = append(r.fields, bytes.TrimSpace(text[:i]))
		text = text[i+1:]
	}
}

// quotes reads a row with quoted fields, which may go over several lines.
func (r *reader) quotes(text []byte) error {
	r.fields, r.quoted = r.fields[:0], r.quoted[:0]
	r.row = append(r.row[:0], text...)
	text = r.row
	for {
		if len(r.fields) == maxColumns {
			return tooWide()
		}
		lead := bytes.TrimLeft(text, " \t")
		if len(lead) == 0 || lead[0] != '"' {
			i := bytes.IndexByte(text, r.comma)
			if i < 0 {
				r.fields = append(r.fields, bytes.TrimSpace(text))
				return nil
			}
			r.fields = append(r.fields, bytes.TrimSpace(text[:i]))
			text = text[i+1:]
			continue
		}
		field, rest, err := r.quote(lead[1:])
		if err != nil {
			return err
		}
		r.fields = append(r.fields, bytes.TrimSpace(field))
		rest = bytes.TrimLeft(rest, " \t")
		switch {
		case len(rest) == 0:
			return nil
		case rest[0] != r.comma:
			return fault.New(fault.Invalid, "Sau dấu ngoặc kép đóng phải là dấu phân cách cột. Dấu ngoặc kép nằm trong ô phải viết hai lần.")
		}
		text = rest[1:]
	}
}

// quote reads a quoted field from behind its first mark, and what follows it.
func (r *reader) quote(text []byte) (field, rest []byte, err error) {
	begin := len(r.quoted)
	for {
		i := bytes.IndexByte(text, '"')
		switch {
		case i >= 0 && i+1 < len(text) && text[i+1] == '"':
			r.quoted = append(r.quoted, text[:i+1]...)
			text = text[i+2:]
		case i >= 0:
			r.quoted = append(r.quoted, text[:i]...)
			return r.quoted[begin:len(r.quoted):len(r.quoted)], text[i+1:], nil
		default: // the field goes on in the next line
			r.quoted = append(append(r.quoted, text...), '\n')
			next, err := r.lineOf()
			if err == io.EOF {
				return nil, nil, fault.New(fault.Invalid, "Dấu ngoặc kép mở ở dòng này không được đóng.")
			}
			if err != nil {
				return nil, nil, err
			}
			if len(r.quoted)-begin+len(next) > maxRow {
				return nil, nil, tooLong()
			}
			// The lines before stay as they are: fields point into them.
			r.row = append([]byte(nil), next...)
			text = r.row
		}
		if len(r.quoted) > maxRow {
			return nil, nil, tooLong()
		}
	}
}

// broken finds the first field that is no UTF-8; -1 for none.
func (w row) broken() int {
	for i, f := range w.fields {
		if !utf8.Valid(f) {
			return i
		}
	}
	return -1
}
