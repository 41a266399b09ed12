// Package fault is the one error type of the house.
//
// A fault carries a code for programs, a sentence for the person who caused it,
// and a cause for the log. The sentence is a Vietnamese source text with
// placeholders such as {.name}; package locale turns it into the reader's
// language. It says what is wrong, where, and what to do.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code classifies a fault for programs: the web and the API turn it into a status.
type Code string

const (
	Invalid         Code = "invalid"         // the input is wrong; the person can correct it
	Unauthenticated Code = "unauthenticated" // nobody is signed in
	Denied          Code = "denied"          // signed in, may see the record, may not do this
	NotFound        Code = "not_found"       // no such record, or not one the actor may know of
	Conflict        Code = "conflict"        // the state of things forbids it now
	Stale           Code = "stale"           // somebody else changed the row since it was read
	TooLarge        Code = "too_large"       // over a declared limit of size
	TooMany         Code = "too_many"        // over a declared limit of attempts
	Internal        Code = "internal"        // ours; the person is told only that it was logged
)

// Args are the named values of a sentence's placeholders.
type Args map[string]any

// Error is a fault. Text is the Vietnamese source sentence and the key of its translations.
type Error struct {
	Code   Code
	Text   string
	Args   Args
	Field  string   // the form field at fault, where there is one
	Others []*Error // further faults of the same input, each with its own field
	Theirs any      // for Stale: the row as it stands now
	Cause  error    // for the log only
}

// New makes a fault; kv are the names and values of the placeholders, in pairs.
func New(code Code, text string, kv ...any) *Error {
	return &Error{Code: code, Text: text, Args: Pairs(kv...)}
}

// Pairs turns "name", value, … into Args. An odd count is a programming mistake and panics.
func Pairs(kv ...any) Args {
	if len(kv) == 0 {
		return nil
	}
	if len(kv)%2 != 0 {
		panic(fmt.Sprintf("fault: odd number of name/value arguments: %v", kv))
	}
	args := make(Args, len(kv)/2)
	for i := 0; i < len(kv); i += 2 {
		args[kv[i].(string)] = kv[i+1]
	}
	return args
}

// Wrong is an Invalid fault at a field.
func Wrong(field, text string, kv ...any) *Error {
	e := New(Invalid, text, kv...)
	e.Field = field
	return e
}

// Missing is the one answer for a record that does not exist and for one that
// the actor may not know of: an id tells nothing.
func Missing() *Error {
	return New(NotFound, "Không tìm thấy nội dung này, hoặc bạn không có quyền xem. Hãy kiểm tra lại đường dẫn hoặc quay về trang Việc cần làm.")
}

// Deny refuses an act on a record that the actor may see.
func Deny() *Error {
	return New(Denied, "Bạn không có quyền làm việc này. Nếu cần, hãy liên hệ cơ quan thường trực hoặc người quản trị.")
}

// Wrap makes an Internal fault of an unexpected error.
func Wrap(cause error) *Error {
	return &Error{Code: Internal, Text: "Hệ thống gặp lỗi. Việc vừa làm chưa được lưu; hãy thử lại, lỗi đã được ghi nhật ký.", Cause: cause}
}

// List gathers the faults of one input into one error; nil when there is none.
func List(faults ...*Error) error {
	var all []*Error
	for _, f := range faults {
		if f != nil {
			all = append(all, f)
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	first := *all[0]
	first.Others = all[1:]
	return &first
}

// All returns the fault and its companions, in order.
func (e *Error) All() []*Error {
	alone := *e
	alone.Others = nil
	return append([]*Error{&alone}, e.Others...)
}

// Because adds the cause that the log shall show.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// At names the form field at fault.
func (e *Error) At(field string) *Error {
	e.Field = field
	return e
}

// Error is the log's view: code, sentence with its values, cause. Never shown to users.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.Text)
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %v", map[string]any(e.Args))
	}
	for _, o := range e.Others {
		fmt.Fprintf(&b, "; %s", o.Error())
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Cause }

// As finds the fault in err's chain; an error that is none becomes an Internal fault.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Wrap(err)
}

// Is tells whether err is a fault of the code.
func Is(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// When is Wrong if the condition holds and nil otherwise, for List.
func When(wrong bool, field, text string, kv ...any) *Error {
	if !wrong {
		return nil
	}
	return Wrong(field, text, kv...)
}
