package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Mark is something that may be true of a unit and that the sheet draws a
// consequence from: a knock-out, a hold or a cap. Whether it is true of a unit
// is one of the unit's values, under the mark's id: {"applies": "true"}. What is
// not said does not apply.
type Mark struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Grade string `json:"grade,omitempty"` // of a cap: id of the best grade that is still possible
}

// applies is the only input of a mark.
const applies = "applies"

// Fields are the inputs of a mark, as those of a criterion.
func (m *Mark) Fields() []Field {
	return []Field{{Name: applies, Kind: BoolField, Label: locale.Text{Text: m.Name}}}
}

func (m *Mark) name() string {
	return either(m.Name, m.ID)
}

// marks are the ones of a list that apply to the unit.
func (x *scorer) marks(list []*Mark) []*Mark {
	var all []*Mark
	for _, m := range list {
		in := x.values[m.ID]
		for _, name := range sortedKeys(in) {
			if name != applies {
				x.wrongMark(m, UnknownInput, name, locale.Msg("mục này chỉ nhận “{.known}”, không nhận “{.field}”.", "known", applies, "field", name))
			}
		}
		switch s := strings.TrimSpace(in[applies]); s {
		case "", no:
		case yes:
			all = append(all, m)
		default:
			x.wrongMark(m, BadInput, applies, locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", applies, "value", s))
		}
	}
	return all
}

func (x *scorer) wrongMark(m *Mark, code Code, field string, text locale.Text) {
	x.out.Problems = append(x.out.Problems, Problem{Code: code, Unit: x.unitID, Criterion: m.ID, Field: field, Text: text})
}

// names lists marks in a sentence.
func names(list []*Mark) string {
	all := make([]string, len(list))
	for i, m := range list {
		all[i] = m.name()
	}
	return strings.Join(all, "; ")
}
