package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/thidua/thidua/internal/platform/fault"
)

func init() {
	// The library's only switch for it: without it "Name" would pass for "name",
	// and of both together one would win silently.
	huma.ValidateStrictCasing = true
}

// translate turns the answers that huma writes itself into ours: it refuses
// what does not fit an operation's description, in English.
func (s *server) translate(ctx huma.Context, _ string, v any) (any, error) {
	c := callOf(ctx.Context())
	switch v := v.(type) {
	case *Problem:
		dress(c, v)
		return v, nil
	case *huma.ErrorModel:
		p := s.foreign(ctx, v)
		dress(c, p)
		return p, nil
	}
	return v, nil
}

func (s *server) foreign(ctx huma.Context, m *huma.ErrorModel) *Problem {
	problem := func(code string, f *fault.Error) *Problem {
		s.note(ctx.Context(), f)
		return s.problem(ctx.Context(), m.Status, code, f)
	}
	switch m.Status {
	case http.StatusBadRequest:
		return problem("unreadable", unreadable(m.Errors))
	case http.StatusRequestTimeout:
		return problem("unreadable", fault.New(fault.Invalid, "Nội dung gửi lên đến quá chậm nên bị ngắt. Hãy gửi lại."))
	case http.StatusRequestEntityTooLarge:
		return problem(string(fault.TooLarge), fault.New(fault.TooLarge, "Nội dung gửi lên vượt quá {.n} MB. Hãy chia nhỏ rồi gửi lại.", "n", int(ctx.Operation().MaxBodyBytes>>20)))
	case http.StatusUnsupportedMediaType:
		return problem("unsupported", fault.New(fault.Invalid, "Hãy gửi nội dung dạng application/json."))
	case http.StatusUnprocessableEntity:
		var all []*fault.Error
		for _, e := range m.Errors {
			all = append(all, misfit(e))
		}
		if len(all) == 0 {
			all = append(all, fault.Wrong("body", "Giá trị không đúng dạng."))
		}
		return problem(string(fault.Invalid), fault.As(fault.List(all...)))
	}
	cause := []error{errors.New(m.Detail)}
	for _, e := range m.Errors {
		cause = append(cause, e)
	}
	f := fault.As(fault.Wrap(errors.Join(cause...)))
	s.note(ctx.Context(), f)
	return s.problemOf(ctx.Context(), f)
}

// unreadable tells why a body is no JSON.
func unreadable(details []*huma.ErrorDetail) *fault.Error {
	if len(details) == 0 {
		return fault.Wrong("body", "Yêu cầu này phải có nội dung dạng JSON.")
	}
	if name, twice := strings.CutPrefix(details[0].Message, duplicateKey); twice {
		return fault.Wrong("body", "Trường “{.name}” được ghi hai lần.", "name", name)
	}
	return fault.Wrong("body", "Nội dung gửi lên không phải là JSON đúng cú pháp.").Because(details[0])
}

// misfit words one place where a request does not fit its description.
func misfit(e *huma.ErrorDetail) *fault.Error {
	at := e.Location
	for _, m := range misfits() {
		if found := m.form.FindStringSubmatch(e.Message); found != nil {
			f := m.say(found[1:])
			if m.inside { // huma names the object in which something is missing
				at += "." + found[1]
			}
			return f.At(at)
		}
	}
	return fault.Wrong(at, "Giá trị không đúng dạng.").Because(e)
}

// kind is a sentence of huma and ours for it.
type kind struct {
	form   *regexp.Regexp
	inside bool // the value is a field of the place that huma names
	say    func(values []string) *fault.Error
}

var misfits = sync.OnceValue(func() (all []kind) {
	add := func(text string, say func(values []string) *fault.Error) {
		form := regexp.QuoteMeta(text)
		for _, verb := range []string{"%s", "%v", "%d"} {
			form = strings.ReplaceAll(form, verb, "(.*)")
		}
		all = append(all, kind{regexp.MustCompile("^" + form + "$"), text == validation.MsgExpectedRequiredProperty, say})
	}
	say := func(text string) func([]string) *fault.Error {
		return func([]string) *fault.Error { return fault.New(fault.Invalid, text) }
	}
	add(validation.MsgUnexpectedProperty, say("Không có trường này. Hãy kiểm tra lại tên trường."))
	add("unknown query parameter", say("Không có tham số này. Hãy kiểm tra lại tên tham số."))
	add(validation.MsgExpectedRequiredProperty, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Thiếu trường “{.name}”.", "name", v[0])
	})
	add("required %s parameter is missing", say("Thiếu tham số này."))
	add("expected string to be decimal", say("Số phải có dạng 1234.5: chữ số và một dấu chấm thập phân, không có dấu phân nhóm."))
	add(validation.MsgExpectedString, say("Giá trị phải là chuỗi ký tự trong dấu nháy; số chính xác cũng ghi trong dấu nháy."))
	for _, text := range []string{validation.MsgExpectedInteger, "invalid integer", validation.MsgExpectedNumber} {
		add(text, say("Giá trị phải là số nguyên."))
	}
	for _, text := range []string{validation.MsgExpectedBoolean, "invalid boolean"} {
		add(text, say("Giá trị phải là true hoặc false."))
	}
	add(validation.MsgExpectedArray, say("Giá trị phải là danh sách."))
	add(validation.MsgExpectedObject, say("Giá trị phải là đối tượng JSON."))
	add(validation.MsgExpectedRFC3339Date, say("Ngày phải có dạng 2023-11-30."))
	add(validation.MsgExpectedRFC3339DateTime, say("Thời điểm phải có dạng 2023-11-30T08:00:00+07:00."))
	add(validation.MsgExpectedArrayItemsUnique, say("Danh sách có mục ghi hai lần."))
	add(validation.MsgExpectedOneOf, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Giá trị phải là một trong: {.values}.", "values", v[0])
	})
	add(validation.MsgExpectedMinimumNumber, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Giá trị nhỏ nhất là {.min}.", "min", v[0])
	})
	add(validation.MsgExpectedMaximumNumber, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Giá trị lớn nhất là {.max}.", "max", v[0])
	})
	add(validation.MsgExpectedMinLength, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Giá trị cần ít nhất {.min} ký tự.", "min", v[0])
	})
	add(validation.MsgExpectedMaxLength, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Giá trị dài quá {.max} ký tự.", "max", v[0])
	})
	add(validation.MsgExpectedMinItems, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Danh sách cần ít nhất {.min} mục.", "min", v[0])
	})
	add(validation.MsgExpectedMaxItems, func(v []string) *fault.Error {
		return fault.New(fault.Invalid, "Danh sách dài quá {.max} mục.", "max", v[0])
	})
	return all
})

// duplicateKey begins the message of a body that says a field twice.
const duplicateKey = "duplicate key "

// strictJSON reads a body in which each field stands once, and writes text as
// it is. Unknown fields are refused by the description of the operation.
var strictJSON = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		if err := onceEach(data); err != nil {
			return err
		}
		return json.Unmarshal(data, v)
	},
}

// onceEach refuses an object that says a key twice: two readers of such a body
// may take different values for the same field.
func onceEach(data []byte) error {
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.UseNumber()
	type level struct {
		keys  map[string]bool // nil in an array
		value bool            // an object's value comes next
	}
	var open []level
	for {
		token, err := dec.Token()
		if err != nil {
			return nil // the end, or a mistake that json.Unmarshal will tell
		}
		top := len(open) - 1
		if delim, ok := token.(json.Delim); ok && (delim == '}' || delim == ']') {
			open = open[:top]
			continue
		}
		if top >= 0 && open[top].keys != nil {
			if !open[top].value {
				key, _ := token.(string)
				if open[top].keys[key] {
					return errors.New(duplicateKey + key)
				}
				open[top].keys[key] = true
				open[top].value = true
				continue
			}
			open[top].value = false
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{keys: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		}
	}
}
