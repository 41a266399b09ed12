package scoring

import (
	"fmt"
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

// comparing is a rule under which the units of a cluster are compared: one
// unit's figure moves the points of the others.
type comparing interface {
	Rule
	// compares tells whether this one does: a formula may or may not.
	compares() bool
	// gather takes from the cells of every unit what score finds in ask.shared.
	gather(c *comparison) any
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
	TextParam   ParamKind = "text"  // one line of text
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

func text(name string, into *string, label locale.Text) param {
	return param{
		Param: Param{Name: name, Kind: TextParam, Label: label},
		read:  func(o *object, name string) { *into = o.text(name) },
		write: func() any {
			if *into == "" {
				return nil
			}
			return *into
		},
		given: func() bool { return *into != "" },
	}
}

// bandList is a parameter that is a list of {from, to, points}.
func bandList(name string, into *[]band, label locale.Text) param {
	return param{
		Param: Param{Name: name, Kind: BandsParam, Label: label},
		read: func(o *object, name string) {
			list := o.list(name)
			for i := range list {
				if bo := o.object(&list[i], fmt.Sprintf("%s[%d]", o.at(name), i), o.where); bo != nil {
					*into = append(*into, band{bo.number("from"), bo.number("to"), bo.number("points")})
					bo.done()
				}
			}
		},
		write: func() any {
			if *into == nil {
				return nil
			}
			return *into
		},
		given: func() bool { return len(*into) > 0 },
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
