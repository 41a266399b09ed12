package web

import (
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Form is a form as the page shows it: what was typed, and what is wrong with
// it. On a first visit it holds the defaults; after a POST, or after a POST
// that came when the session had ended (Restored), what the person typed.
type Form struct {
	Action   string // the path it was sent to; "" on a first visit
	Values   url.Values
	Errors   map[string]string // field → sentence in the reader's language
	Summary  []FormError       // the same in order, for the head of the page
	Typed    bool              // the values are the person's, not defaults
	Restored bool
	prefix   string
	status   int
}

// FormError links a sentence to its field; Field is "" for the form as a whole.
type FormError struct{ Field, Text string }

// ID is the id of a field's control: unique on a page with several forms, and
// what the summary of errors links to.
func (f *Form) ID(field string) string { return "f" + f.prefix + "-" + field }

// Default gives a field its first value: what stands in the record. It does
// nothing once the person has typed.
// It returns nothing to print, so that templates may call it as well.
func (f *Form) Default(field, value string) string {
	if !f.Typed && !f.Values.Has(field) {
		f.Values.Set(field, value)
	}
	return ""
}

// DefaultAll is Default for a field of several values.
func (f *Form) DefaultAll(field string, values []string) string {
	if !f.Typed && !f.Values.Has(field) {
		f.Values[field] = values
	}
	return ""
}

// Get is a field of one line, cleaned.
func (f *Form) Get(field string) string { return vntext.Line(f.Values.Get(field)) }

// Text is a field of several lines, cleaned.
func (f *Form) Text(field string) string { return vntext.Clean(f.Values.Get(field)) }

// Raw is a field exactly as it was sent: for passwords.
func (f *Form) Raw(field string) string { return f.Values.Get(field) }

// All are the values of a field that may have several, as checkboxes have.
func (f *Form) All(field string) []string { return f.Values[field] }

// Has tells whether a checkbox is ticked or a field has the value.
func (f *Form) Has(field, value string) bool { return slices.Contains(f.Values[field], value) }

// Version is the row version that the form was made from; 0 when missing.
func (f *Form) Version() int64 { return int64(f.Int("version")) }

// Int is a plain whole number, 0 when it is none.
func (f *Form) Int(field string) int {
	n := 0
	text := f.Get(field)
	if text == "" || len(text) > 9 {
		return 0
	}
	for _, d := range text {
		if d < '0' || d > '9' {
			return 0
		}
		n = n*10 + int(d-'0')
	}
	return n
}

// Day reads 23/11/2026, 1/1/2026 or the 2026-11-23 of a date field. What is no
// day comes back as it was typed, which no service takes for a day.
func (f *Form) Day(field string) clock.Day { return parseDay(f.Get(field)) }

func parseDay(text string) clock.Day {
	for _, layout := range []string{"2/1/2006", "2006-01-02", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return clock.Day(t.Format("2006-01-02"))
		}
	}
	return clock.Day(text)
}

// add takes the faults of an error into the form.
func (f *Form) add(l locale.Lang, err error) {
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	for _, one := range fault.As(err).All() {
		text := l.Fault(one)
		f.Summary = append(f.Summary, FormError{one.Field, text})
		if one.Field != "" && f.Errors[one.Field] == "" {
			f.Errors[one.Field] = text
		}
	}
}

// Form is the form of this page. In a POST it is what was sent; in a GET it is
// empty, or what the person typed before the session ended.
func (q *Req) Form() *Form {
	if q.form != nil {
		return q.form
	}
	q.form = &Form{Values: url.Values{}}
	if q.R.Method == http.MethodPost {
		q.form.Action, q.form.Typed = q.R.URL.Path, true
		_ = q.parse() // (*Server).handle has parsed it and met any error
		q.form.Values = q.R.PostForm
		if q.R.MultipartForm != nil {
			q.form.Values = url.Values(q.R.MultipartForm.Value)
		}
		if q.form.Values == nil {
			q.form.Values = url.Values{}
		}
		return q.form
	}
	if d := q.keptDraft(); d != nil && pathOf(d.Page) == q.R.URL.Path {
		q.form.Action, q.form.Values, q.form.Typed, q.form.Restored = d.Action, url.Values(d.Values), true, true
	}
	return q.form
}

// FormTo is Form on a page with several forms: the one that is sent to action.
func (q *Req) FormTo(action string) *Form {
	if f := q.Form(); f.Action == action {
		return f
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(action)) // never fails
	return &Form{Values: url.Values{}, prefix: strconv.FormatUint(uint64(sum.Sum32()), 36)}
}

// Retry answers an error of a POST: a fault of the input shows the form again
// with the errors and what was typed (show renders the page of the form); any
// other error is returned for its own page.
func (q *Req) Retry(err error, show func(*Req) error) error {
	status := 0
	switch fault.As(err).Code {
	case fault.Invalid:
		status = http.StatusUnprocessableEntity
	case fault.Conflict:
		status = http.StatusConflict
	case fault.TooMany:
		status = http.StatusTooManyRequests
	case fault.TooLarge:
		status = http.StatusRequestEntityTooLarge
	default:
		return err
	}
	if q.WantsJSON() {
		return err
	}
	f := q.Form()
	f.add(q.Lang, err)
	f.status = status
	note(q.Ctx(), err)
	return show(q)
}

func (q *Req) parse() error {
	if strings.HasPrefix(q.R.Header.Get("Content-Type"), "multipart/form-data") {
		return q.R.ParseMultipartForm(1 << 20) // the rest goes to temporary files
	}
	return q.R.ParseForm()
}

func pathOf(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	return u.Path
}
