package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/thidua/thidua/internal/platform/locale"
)

// TestMisfits: what huma says in English is said in both languages, with its
// values, at its place.
func TestMisfits(t *testing.T) {
	for message, want := range map[string]string{
		validation.MsgUnexpectedProperty:                                  "There is no such field",
		fmt.Sprintf(validation.MsgExpectedRequiredProperty, "year"):       "“year” is missing",
		validation.MsgExpectedString:                                      "string in quotes",
		validation.MsgExpectedInteger:                                     "whole number",
		"invalid integer":                                                 "whole number",
		validation.MsgExpectedBoolean:                                     "true or false",
		"invalid boolean":                                                 "true or false",
		validation.MsgExpectedArray:                                       "list",
		validation.MsgExpectedObject:                                      "JSON object",
		validation.MsgExpectedRFC3339Date:                                 "2023-11-30",
		validation.MsgExpectedRFC3339DateTime:                             "08:00:00+07:00",
		validation.MsgExpectedArrayItemsUnique:                            "twice",
		fmt.Sprintf(validation.MsgExpectedOneOf, "cum, khoi"):             "one of: cum, khoi.",
		fmt.Sprintf(validation.MsgExpectedMinimumNumber, 1948):            "1948",
		fmt.Sprintf(validation.MsgExpectedMaximumNumber, 2100):            "2100",
		fmt.Sprintf(validation.MsgExpectedMinLength, 1):                   "at least 1 char",
		fmt.Sprintf(validation.MsgExpectedMaxLength, 200):                 "longer than 200 char",
		fmt.Sprintf(validation.MsgExpectedMinItems, 2):                    "at least 2 items",
		fmt.Sprintf(validation.MsgExpectedMaxItems, 8):                    "longer than 8 items",
		fmt.Sprintf(validation.MsgExpectedBePattern, "decimal"):           "1234.5",
		"unknown query parameter":                                         "There is no such parameter",
		"required query parameter is missing":                             "This parameter is missing",
		"something that a later version of the library will say some day": "wrong form",
	} {
		f := misfit(&huma.ErrorDetail{Message: message, Location: "body.x"})
		if got := locale.English.Fault(f); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", message, got, want)
		}
		if vi := locale.Vietnamese.Fault(f); vi == locale.English.Fault(f) || strings.Contains(vi, "<no value>") {
			t.Errorf("%s: %q", message, vi)
		}
		at := "body.x"
		if strings.Contains(message, "required property") {
			at = "body.x.year"
		}
		if f.Field != at {
			t.Errorf("%s stands at %q", message, f.Field)
		}
	}
}

func TestOnceEach(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}`: true,
		`{"a":1,"a":1}`:               false,
		`{"b":[1,{"c":"a","c":"a"}]}`: false,
		`{"a":"a","b":"a"}`:           true,
		`{"a":[],"b":[[]],"b":1}`:     false,
		`{"a":1,"\u0061":1}`:          false,
		`[`:                           true, `}`: true, `{"a"`: true, ``: true, // json.Unmarshal refuses them
	} {
		if err := onceEach([]byte(text)); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzOnceEach: what Go writes of any value has each key once, and saying a key
// again is found wherever it is said.
func FuzzOnceEach(f *testing.F) {
	for _, seed := range []string{`{"a":1}`, `[{"a":{"b":[]}}]`, `{"a":1,"a":2}`, `"x"`, `{`, `nul`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		err := onceEach(data)
		var v any
		if json.Unmarshal(data, &v) != nil {
			return
		}
		once, e := json.Marshal(v)
		if e != nil {
			t.Fatal(e)
		}
		if e := onceEach(once); e != nil {
			t.Fatalf("%s: %v", once, e)
		}
		if object, ok := v.(map[string]any); ok && len(object) > 0 && err == nil {
			for key := range object {
				name, e := json.Marshal(key)
				if e != nil {
					t.Fatal(e)
				}
				twice := string(once[:len(once)-1]) + "," + string(name) + ":null}"
				if onceEach([]byte(twice)) == nil {
					t.Fatalf("%s passes", twice)
				}
			}
		}
	})
}
