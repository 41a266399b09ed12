package scoring

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/domain/formula"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// expression scores by a formula of package formula, for what no other rule
// says: docs/formula.md describes the language.
//
// The names in it are the criterion's inputs. thực_hiện, chỉ_tiêu and năm_trước
// are the inputs actual, target and prior of the other rules; điểm_tối_đa is the
// criterion's maximum; any other name is an input of that name, a yes-or-no one
// where the formula uses it as a condition. With Inputs only the names that it
// lists may be used, so that a misspelt one is found. The result is brought
// within 0 and the maximum; a bonus may also be negative.
type expression struct {
	Expression string
	Inputs     string // names parted by commas; empty: whatever the formula names

	formula *formula.Formula // nil while there is none or it is wrong
	wrong   []*formula.Error
}

var _ = register(locale.Msg("Theo công thức"), func() Rule { return &expression{} })

func (*expression) Kind() string { return "formula" }

func (r *expression) params() []param {
	return []param{
		required(text("expression", &r.Expression, locale.Msg("Công thức, ví dụ: điểm_tối_đa * thực_hiện / chỉ_tiêu"))),
		text("inputs", &r.Inputs, locale.Msg("Các số liệu được dùng trong công thức, cách nhau bằng dấu phẩy; để trống là mọi tên")),
	}
}

// maxPoints is the name of the criterion's maximum in formulas.
const maxPointsName = "max_points"

// formulaAliases are the names with a meaning, as formulas spell them.
var formulaAliases = map[string]string{
	"thực_hiện": "actual", "actual": "actual", "chỉ_tiêu": "target", "target": "target", "năm_trước": "prior", "prior": "prior",
	"điểm_tối_đa": maxPointsName, maxPointsName: maxPointsName,
}

// reserved are inputs that every criterion may have.
var reserved = []string{"na", "evidence"}

// ready reads the formula, once its parameters are there.
func (r *expression) ready() {
	words := formula.Words{Aliases: formulaAliases}
	for _, name := range strings.FieldsFunc(r.Inputs, func(c rune) bool { return c == ',' || c == ';' || unicode.IsSpace(c) }) {
		words.Only = append(words.Only, strings.ToLower(vntext.Clean(name)))
	}
	if r.Expression != "" {
		r.formula, r.wrong = formula.Parse(r.Expression, words)
	}
}

func (r *expression) check(c *Criterion, wrong func(string, string, ...any)) {
	for _, e := range r.wrong {
		s := e.Sentence()
		args := make([]any, 0, 2*len(s.Args))
		for k, v := range s.Args {
			args = append(args, k, v)
		}
		wrong("expression", s.Text, args...)
	}
	if r.formula == nil {
		return
	}
	for _, n := range r.formula.Names() {
		if n.Name == maxPointsName {
			needMax(c, wrong)
		}
		if slices.Contains(reserved, n.Name) {
			wrong("expression", "“{.name}” là tên dành riêng. Hãy đặt tên khác cho số liệu này.", "name", n.Name)
		}
	}
}

func (r *expression) Fields(*Criterion) []Field {
	if r.formula == nil {
		return nil
	}
	var fields []Field
	for _, n := range r.formula.Names() {
		switch n.Name {
		case maxPointsName:
		case "actual":
			fields = append(fields, actualField())
		case "target":
			fields = append(fields, targetField(locale.Text{}))
		case "prior":
			fields = append(fields, priorField(locale.Text{}))
		default:
			f := Field{Name: n.Name, Kind: NumberField, Label: locale.Text{Text: spoken(n.Written)}}
			if n.Kind == formula.Condition {
				f.Kind = BoolField
			}
			fields = append(fields, f)
		}
	}
	return fields
}

// spoken is a name as a form shows it: số_hộ_nghèo is “Số hộ nghèo”.
func spoken(name string) string {
	name = strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:]
}

func (r *expression) Says(*Criterion) []locale.Text {
	return []locale.Text{locale.Msg("Công thức: {.formula}.", "formula", r.Expression)}
}

func (r *expression) compares() bool { return r.formula != nil && r.formula.Groups() > 0 }

// gathered are the values of the formula's functions over the cluster, or why
// there are none.
type gathered struct {
	groups []formula.Value
	wrong  *formula.Error
	unit   string // the unit that the error is about
}

func (r *expression) gather(c *comparison) any {
	var rows [][]formula.Value
	var of []Unit
	for i, a := range c.asks {
		if row := r.values(a, nil); a.ok() {
			rows, of = append(rows, row), append(of, c.units[i])
		}
	}
	g := &gathered{}
	if len(rows) > 0 {
		g.groups, g.wrong = r.formula.Gather(rows)
	}
	if g.wrong != nil && g.wrong.Unit >= 0 {
		if u := of[g.wrong.Unit]; u.Name != "" {
			g.unit = u.Name
		} else {
			g.unit = u.ID
		}
	}
	return g
}

// values are the inputs in the order of the formula's names.
func (r *expression) values(a *ask, into []formula.Value) []formula.Value {
	for _, n := range r.formula.Names() {
		switch {
		case n.Name == maxPointsName:
			into = append(into, formula.Value{Num: a.max})
		case n.Kind == formula.Condition:
			into = append(into, formula.Value{True: a.flag(n.Name)})
		default:
			into = append(into, formula.Value{Num: a.number(n.Name)})
		}
	}
	return into
}

func (r *expression) score(a *ask) outcome {
	a.values = r.values(a, a.values[:0])
	values := a.values
	if !a.ok() {
		return outcome{}
	}
	var groups []formula.Value
	if r.formula.Groups() > 0 {
		if !a.together() {
			return outcome{}
		}
		g := a.shared.(*gathered)
		if g.wrong != nil && g.unit != "" {
			a.bad(BadFormula, "expression", locale.Msg("{.what} (với số liệu của {.unit})", "what", g.wrong.Sentence(), "unit", g.unit))
			return outcome{}
		}
		if g.wrong != nil {
			a.bad(BadFormula, "expression", g.wrong.Sentence())
			return outcome{}
		}
		groups = g.groups
	}
	v, err := r.formula.Eval(values, groups)
	if err != nil {
		a.bad(BadFormula, "expression", err.Sentence())
		return outcome{}
	}
	if large(v) {
		a.bad(OutOfRange, "expression", locale.Msg("kết quả tính vượt một tỷ điểm. Hãy kiểm tra lại số liệu."))
		return outcome{}
	}
	o := result(v)
	if a.telling {
		r.tell(&o, values, groups)
	}
	if !a.c.NoMax {
		o.atMost(a, a.max)
	}
	switch {
	case a.c.Part != Bonus:
		o.atLeast(a, zero)
	case !a.c.NoMax:
		o.atLeast(a, a.max.Neg())
	}
	return o
}

// tell writes the formula with its values in place of its names.
func (r *expression) tell(o *outcome, values, groups []formula.Value) {
	t, err := r.formula.Trace(values, groups)
	if err != nil {
		return // cannot be: it was evaluated a moment ago
	}
	var lead strings.Builder
	for _, s := range t.Steps {
		lead.WriteString(s.String() + "; ")
	}
	o.words().lead, o.words().about = lead.String(), t.Last.About
	o.tell(t.Last.Expr, locale.Msg("Công thức: {.formula}.", "formula", r.Expression))
	var with []locale.Text
	for i, n := range r.formula.Names() {
		switch {
		case n.Kind == formula.Number:
			with = append(with, named(n.Written, values[i].Num))
		case values[i].True:
			with = append(with, locale.Msg("{.name}: có", "name", n.Written))
		default:
			with = append(with, locale.Msg("{.name}: không", "name", n.Written))
		}
	}
	for i := range groups {
		with = append(with, named(r.formula.Group(i), groups[i].Num))
	}
	if len(with) > 0 {
		o.note(locale.Msg("Số liệu: {.values}.", "values", series(with)))
	}
}

func named(name string, v rational.Num) locale.Text {
	return locale.Msg("{.name} = {.value}", "name", name, "value", told(v))
}

// series joins texts with semicolons.
func series(texts []locale.Text) locale.Text {
	all := texts[0]
	for _, t := range texts[1:] {
		all = locale.Msg("{.first}; {.rest}", "first", all, "rest", t)
	}
	return all
}
