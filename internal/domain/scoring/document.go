package scoring

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strconv"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// The reader of documents is its own because it must find every fault at once:
// encoding/json stops at the first, takes a field twice and forgives unknown ones.

// value is a JSON value as it stands in the document.
type value struct {
	kind   byte // '{', '[', '"', '0', 't' (true or false), 'n' (null)
	text   string
	list   []value
	fields []field
}

type field struct {
	name string
	val  value
}

// reader collects the problems of one document.
type reader struct {
	problems []Problem
	nodes    int
}

func (r *reader) add(p Problem) { r.problems = append(r.problems, p) }

// parse reads one JSON document; nil when it is not JSON at all.
func (r *reader) parse(data []byte) *value {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as some editors on Windows save
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	v, err := r.value(dec, 0)
	if err == nil {
		if _, err := dec.Token(); err == io.EOF { // anything else is a second document
			return &v
		}
	}
	line := 1 + bytes.Count(data[:min(int(dec.InputOffset()), len(data))], []byte("\n"))
	r.add(Problem{Code: BadDocument, Text: locale.Msg("Không đọc được JSON ở gần dòng {.line}. Hãy kiểm tra dấu ngoặc, dấu phẩy và dấu nháy quanh dòng đó.", "line", line)})
	return nil
}

func (r *reader) value(dec *json.Decoder, depth int) (value, error) {
	if depth > 4*maxDepth {
		return value{}, fmt.Errorf("nested too deeply")
	}
	tok, err := dec.Token()
	if err != nil {
		return value{}, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		v := value{kind: byte(tok)}
		for dec.More() {
			if tok == '{' {
				name, err := dec.Token()
				if err != nil {
					return v, err
				}
				val, err := r.value(dec, depth+1)
				if err != nil {
					return v, err
				}
				v.fields = append(v.fields, field{name.(string), val})
				continue
			}
			val, err := r.value(dec, depth+1)
			if err != nil {
				return v, err
			}
			v.list = append(v.list, val)
		}
		_, err := dec.Token()
		return v, err
	case string:
		return value{kind: '"', text: tok}, nil
	case json.Number:
		return value{kind: '0', text: tok.String()}, nil
	case bool:
		return value{kind: 't', text: strconv.FormatBool(tok)}, nil
	}
	return value{kind: 'n'}, nil
}

// object takes the fields of a JSON object by name and in the end tells which
// were left over.
type object struct {
	*reader
	path   string
	where  Problem // criterion and unit of everything found wrong here
	fields map[string]*value
}

// object opens v, nil when it is none.
func (r *reader) object(v *value, path string, where Problem) *object {
	o := &object{reader: r, path: path, where: where, fields: map[string]*value{}}
	if v == nil || v.kind != '{' {
		o.wrong("", BadDocument, locale.Msg("chỗ này phải là một đối tượng { … }."))
		return nil
	}
	for i := range v.fields {
		f := &v.fields[i]
		if _, twice := o.fields[f.name]; twice {
			o.wrong(f.name, BadDocument, locale.Msg("trường “{.field}” có hai lần; hãy giữ một.", "field", f.name))
			continue
		}
		o.fields[f.name] = &f.val
	}
	return o
}

func (o *object) at(name string) string {
	switch {
	case name == "":
		return o.path
	case o.path == "":
		return name
	}
	return o.path + "." + name
}

func (o *object) wrong(name string, code Code, text locale.Text) {
	p := o.where
	p.Code, p.Path, p.Field, p.Text = code, o.at(name), name, text
	o.add(p)
}

// take is the field's value, nil when it is absent or null.
func (o *object) take(name string) *value {
	v := o.fields[name]
	delete(o.fields, name)
	if v == nil || v.kind == 'n' {
		return nil
	}
	return v
}

// text is a string of one line, in Unicode's composed form, so that an id
// typed with other bytes is the same id.
func (o *object) text(name string) string {
	v := o.take(name)
	if v == nil {
		return ""
	}
	if v.kind != '"' {
		o.wrong(name, BadDocument, locale.Msg("“{.field}” phải là chữ trong dấu nháy kép.", "field", name))
		return ""
	}
	return vntext.Line(v.text)
}

func (o *object) number(name string) Number {
	v := o.take(name)
	if v == nil {
		return Number{}
	}
	if v.kind == '0' {
		o.wrong(name, BadDocument, locale.Msg("số {.value} của “{.field}” phải đặt trong dấu nháy kép: \"{.value}\".", "field", name, "value", v.text))
		return Number{}
	}
	n, ok := ParseNumber(v.text)
	if v.kind != '"' || !ok {
		o.wrong(name, BadDocument, locale.Msg("“{.field}” phải là số viết như \"0.5\" hay \"1250\" (dấu chấm thập phân, không dấu ngăn hàng nghìn).", "field", name))
		return Number{}
	}
	return n
}

func (o *object) boolean(name string, absent bool) bool {
	v := o.take(name)
	if v == nil {
		return absent
	}
	if v.kind != 't' {
		o.wrong(name, BadDocument, locale.Msg("“{.field}” phải là true hoặc false.", "field", name))
		return absent
	}
	return v.text == "true"
}

// list is the elements of an array field.
func (o *object) list(name string) []value {
	v := o.take(name)
	if v == nil {
		return nil
	}
	if v.kind != '[' {
		o.wrong(name, BadDocument, locale.Msg("“{.field}” phải là một danh sách [ … ].", "field", name))
		return nil
	}
	return v.list
}

// done tells of every field that nobody took.
func (o *object) done() {
	left := make([]string, 0, len(o.fields))
	for name := range o.fields {
		left = append(left, name)
	}
	sort.Strings(left)
	for _, name := range left {
		o.wrong(name, UnknownField, locale.Msg("không có trường nào tên “{.field}”. Hãy xem lại chính tả hoặc bỏ trường này.", "field", name))
	}
}
