package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/formula"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// ask is one cell being scored: the criterion, what was entered, and for rules
// that compare units what they gathered from the cluster.
type ask struct {
	c       *Criterion
	max     rational.Num // of the criterion, 0 where it has none
	in      Inputs
	cluster bool            // the whole cluster is scored, not a unit alone
	shared  any             // what the rule gathered, where it is a comparing one
	telling bool            // texts are wanted, not only the points
	used    int             // inputs that were found; all of them, unless one is unknown
	values  []formula.Value // room for a formula's values
	missing []string
	wrong   []Problem // without unit and criterion; the caller adds them
}

// turn turns the ask to another cell. It is done for every cell of a country, so
// it touches no more than it must.
func (a *ask) turn(p *plan, in Inputs) {
	a.c, a.max, a.in, a.used = p.c, p.max, in, 0
	if !a.ok() {
		a.missing, a.wrong = nil, nil
	}
}

// ok tells whether every input so far was there and in order.
func (a *ask) ok() bool { return len(a.missing) == 0 && len(a.wrong) == 0 }

func (a *ask) bad(code Code, field string, text locale.Text) {
	a.wrong = append(a.wrong, Problem{Code: code, Field: field, Text: text})
}

// number is an input, 0 when it is missing or wrong: ask ok before using it.
func (a *ask) number(field string) rational.Num {
	s, there := a.in[field]
	if there {
		a.used++
	}
	if n, ok := rational.Parse(s, maxDigits); ok {
		return n
	}
	if s = strings.TrimSpace(s); s == "" {
		a.missing = append(a.missing, field)
		return zero
	}
	n, ok := rational.Parse(s, maxDigits)
	if !ok {
		a.bad(BadInput, field, locale.Msg("“{.field}” là “{.value}”, không phải số. Hãy nhập như \"1250\" hay \"8.2\".", "field", field, "value", s))
	}
	return n
}

func (a *ask) flag(field string) bool {
	s, there := a.in[field]
	if there {
		a.used++
	}
	switch s = strings.TrimSpace(s); s {
	case "":
		a.missing = append(a.missing, field)
	case yes:
		return true
	case no:
	default:
		a.bad(BadInput, field, locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", field, "value", s))
	}
	return false
}

// The two values of a yes-or-no input.
const (
	yes = "true"
	no  = "false"
)

// together tells whether the whole cluster is scored; that it is not is a
// problem of a rule that compares units.
func (a *ask) together() bool {
	if !a.cluster {
		a.bad(Unsupported, "rule", locale.Msg("quy tắc “{.kind}” so sánh các đơn vị với nhau nên phải chấm cả cụm cùng lúc.", "kind", a.c.Kind()))
	}
	return a.cluster
}
