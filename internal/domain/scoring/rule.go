package scoring

import (
	"math/big"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Rule is how a leaf is scored. The rules of scoring.md are one file each.
type Rule interface {
	Kind() string
	// Fields are the inputs that a form must ask for.
	Fields(c *Criterion) []Field
	// Says explains to people how the rule scores the criterion.
	Says(c *Criterion) []locale.Text

	params() []param
	check(c *Criterion, wrong func(field, text string, kv ...any))
	score(a *ask) outcome
}

// Field is one input of a criterion.
type Field struct {
	Name  string
	Kind  FieldKind
	Label locale.Text
	Hint  locale.Text // bounds and what to enter; may be empty
}

// FieldKind says what is entered.
type FieldKind string

const (
	NumberField FieldKind = "number"
	BoolField   FieldKind = "bool"
)

// Fields are the inputs of a leaf, nothing for an inner node.
func (c *Criterion) Fields() []Field {
	if c.Rule == nil {
		return nil
	}
	return c.Rule.Fields(c)
}

// RuleKind describes a kind of rule for an editor of sheets.
type RuleKind struct {
	Kind   string
	Label  locale.Text
	Params []Param
}

// Param is a parameter of a rule as it stands in JSON.
type Param struct {
	Name     string
	Kind     ParamKind
	Required bool
	Label    locale.Text
	Choices  []Choice // of a ChoiceParam; the first is the one when nothing is said
}

// Choice is one value of a choice and what it means.
type Choice struct {
	Value string
	Label locale.Text
}

// ParamKind says what the parameter holds.
type ParamKind string

const (
	NumberParam ParamKind = "number"
	BoolParam   ParamKind = "bool"
	ChoiceParam ParamKind = "choice"
	BandsParam  ParamKind = "bands" // list of {from, to, points}
	PartsParam  ParamKind = "parts" // list of {id, name, max}
)

// param binds a parameter to a rule's own variable: reading, writing, checking
// and describing come from this one declaration.
type param struct {
	Param
	read  func(o *object, name string)
	write func() any // nil when it was not given
	given func() bool
}

func number(name string, into *Number, label locale.Text) param {
	return param{
		Param: Param{Name: name, Kind: NumberParam, Label: label},
		read:  func(o *object, name string) { *into = o.number(name) },
		write: func() any {
			if !into.Given() {
				return nil
			}
			return into.String()
		},
		given: func() bool { return into.Given() },
	}
}

func required(p param) param {
	p.Required = true
	return p
}

func boolean(name string, into *bool, label locale.Text) param {
	return param{
		Param: Param{Name: name, Kind: BoolParam, Label: label},
		read:  func(o *object, name string) { *into = o.boolean(name, false) },
		write: func() any {
			if !*into {
				return nil
			}
			return true
		},
		given: func() bool { return true },
	}
}

func choice(name string, into *string, label locale.Text, choices []Choice) param {
	return param{
		Param: Param{Name: name, Kind: ChoiceParam, Label: label, Choices: choices},
		read: func(o *object, name string) {
			*into = o.text(name)
			for _, c := range choices {
				if *into == c.Value {
					return
				}
			}
			if *into != "" {
				var known []string
				for _, c := range choices {
					known = append(known, c.Value)
				}
				o.wrong(name, BadRule, locale.Msg("“{.field}” không nhận giá trị “{.value}”. Hãy chọn một trong: {.known}.",
					"field", name, "value", *into, "known", strings.Join(known, ", ")))
			}
			*into = choices[0].Value
		},
		write: func() any {
			if *into == choices[0].Value {
				return nil
			}
			return *into
		},
		given: func() bool { return true },
	}
}

// kinds are the rules that exist, by kind. It is filled while the package is
// initialised and never changes after.
var kinds = map[string]kindEntry{}

type kindEntry struct {
	label locale.Text
	make  func() Rule
}

// register makes a kind of rule known; each rule's file calls it once.
func register(label locale.Text, make func() Rule) struct{} {
	kinds[make().Kind()] = kindEntry{label, make}
	return struct{}{}
}

// order is the order of scoring.md's table, for lists that people read.
var order = []string{"direct", "pass", "ratio", "steps", "bands", "threshold", "count", "sum", "best", "rank", "formula"}

func newRule(kind string) Rule {
	e, ok := kinds[kind]
	if !ok {
		return nil
	}
	r := e.make()
	for _, p := range r.params() {
		if p.Kind == ChoiceParam {
			p.read(&object{fields: map[string]*value{}}, p.Name) // sets the choice when nothing is said
		}
	}
	return r
}

// RuleKinds are the rules that a sheet may use, with their parameters.
func RuleKinds() []RuleKind {
	var all []RuleKind
	for _, kind := range order {
		e, ok := kinds[kind]
		if !ok {
			continue
		}
		k := RuleKind{Kind: kind, Label: e.label}
		for _, p := range e.make().params() {
			k.Params = append(k.Params, p.Param)
		}
		all = append(all, k)
	}
	return all
}

func kindList() string {
	var known []string
	for _, k := range order {
		if _, ok := kinds[k]; ok {
			known = append(known, k)
		}
	}
	return strings.Join(known, ", ")
}

// outcome is what a rule gives for one cell, before rounding.
type outcome struct {
	lead  string   // steps on the way, each ended with "; "
	expr  string   // the calculation, which comes to raw
	raw   *big.Rat // before bounds
	value *big.Rat // after bounds
	say   locale.Text
	notes []locale.Text
}

// result is an outcome that no bound has touched.
func result(v *big.Rat, expr string, say locale.Text) outcome {
	return outcome{expr: expr, raw: v, value: v, say: say}
}

// bound brings the value into lo..hi and tells with a note when it had to; a
// nil bound is none.
func (o *outcome) bound(lo, hi *big.Rat) {
	switch {
	case hi != nil && o.value.Cmp(hi) > 0:
		o.value = hi
		o.notes = append(o.notes, locale.Msg("Vượt mức tối đa nên chỉ tính {.max} điểm.", "max", told(hi)))
	case lo != nil && o.value.Cmp(lo) < 0:
		o.value = lo
		o.notes = append(o.notes, locale.Msg("Thấp hơn mức tối thiểu nên tính {.min} điểm.", "min", told(lo)))
	}
}

// calculation writes the outcome with what rounding made of it: "a = b",
// "a = b → bound", "a ≈ rounded".
func (o outcome) calculation(rounded *big.Rat) string {
	s := o.lead + o.expr
	final := o.value
	if o.raw.Cmp(o.value) != 0 {
		s += equals(o.expr, o.raw) + " → " + decimals(o.value)
	} else if e := exact(o.raw); e != o.expr && !strings.Contains(e, "/") {
		s += " = " + e
	}
	if final.Cmp(rounded) != 0 {
		s += " ≈ " + exact(rounded)
	}
	return s
}

// equals leads from an expression to its value.
func equals(expr string, v *big.Rat) string {
	switch e := exact(v); {
	case e == expr:
		return ""
	case strings.Contains(e, "/"):
		return " ≈ " + v.FloatString(4)
	default:
		return " = " + e
	}
}

// decimals writes a value for the eye: exact, or with four decimals.
func decimals(v *big.Rat) string {
	if e := exact(v); !strings.Contains(e, "/") {
		return e
	}
	return v.FloatString(4)
}

// ask is one cell being scored: the criterion, what was entered, and for rules
// that compare units what every unit entered.
type ask struct {
	c       *Criterion
	in      Inputs
	cluster Values // nil when a unit is scored alone
	missing []string
	wrong   []Problem // without unit and criterion; the caller adds them
}

// ok tells whether every input so far was there and in order.
func (a *ask) ok() bool { return len(a.missing) == 0 && len(a.wrong) == 0 }

func (a *ask) bad(code Code, field string, text locale.Text) {
	a.wrong = append(a.wrong, Problem{Code: code, Field: field, Text: text})
}

// number is an input, 0 when it is missing or wrong: ask ok before using it.
func (a *ask) number(field string) *big.Rat {
	s := strings.TrimSpace(a.in[field])
	if s == "" {
		a.missing = append(a.missing, field)
		return zero
	}
	n, ok := ParseNumber(s)
	if !ok {
		a.bad(BadInput, field, locale.Msg("“{.field}” là “{.value}”, không phải số. Hãy nhập như \"1250\" hay \"8.2\".", "field", field, "value", s))
		return zero
	}
	return n.r
}

func (a *ask) flag(field string) bool {
	switch s := strings.TrimSpace(a.in[field]); s {
	case "":
		a.missing = append(a.missing, field)
	case "true":
		return true
	case "false":
	default:
		a.bad(BadInput, field, locale.Msg("“{.field}” là “{.value}”; hãy nhập \"true\" (có) hoặc \"false\" (không).", "field", field, "value", s))
	}
	return false
}

// everyone visits the cells of this criterion that apply and are complete and in
// order, of all units; false when the unit is scored alone, which is a problem
// then. Units whose cells are wrong are told of at their own turn.
func (a *ask) everyone(visit func(other *ask)) bool {
	if a.cluster == nil {
		a.bad(Unsupported, "rule", locale.Msg("quy tắc “{.kind}” so sánh các đơn vị với nhau nên phải chấm cả cụm cùng lúc.", "kind", a.c.Kind()))
		return false
	}
	for _, unit := range a.cluster {
		if in := unit[a.c.ID]; in["na"] != "true" {
			visit(&ask{c: a.c, in: in})
		}
	}
	return true
}

// fieldNames are the inputs that the rule knows.
func fieldNames(c *Criterion) []string {
	var names []string
	for _, f := range c.Fields() {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return names
}
