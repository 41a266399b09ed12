package scoring

import (
	"fmt"
	"strconv"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Unit is one that is scored.
type Unit struct{ ID, Name string }

// Inputs are the values of one cell by field name ("target", "actual", …), as
// plain decimals or "true" and "false". "na": "true" says not applicable,
// "evidence": "false" that the file which the criterion demands is not there.
type Inputs map[string]string

// UnitValues are one unit's inputs by the id of the criterion.
type UnitValues map[string]Inputs

// Values are every unit's inputs by the id of the unit.
type Values map[string]UnitValues

// ParseSheet reads a sheet from JSON (the format of the command's input without
// units and values). It tells of everything that is not in the format; whether
// the sheet makes sense is for Check. The sheet holds what could be read, and
// is nil only when the document is no JSON object.
func ParseSheet(data []byte) (*Sheet, []Problem) {
	r := &reader{}
	o := r.document(data)
	if o == nil {
		return nil, r.problems
	}
	s := o.sheet()
	o.done()
	return s, r.problems
}

// ParseDocument reads a sheet with its units and values.
func ParseDocument(data []byte) (*Sheet, []Unit, Values, []Problem) {
	r := &reader{}
	o := r.document(data)
	if o == nil {
		return nil, nil, nil, r.problems
	}
	s := o.sheet()
	units := o.units()
	values := o.values()
	o.done()
	return s, units, values, r.problems
}

func (r *reader) document(data []byte) *object {
	v := r.parse(data)
	if v == nil {
		return nil
	}
	return r.object(v, "", Problem{})
}

func (o *object) sheet() *Sheet {
	s := &Sheet{Rounding: Rounding{Scale: 2, At: AtCriterion}}
	if v := o.take("rounding"); v != nil {
		if ro := o.object(v, "rounding", Problem{}); ro != nil {
			ro.rounding(&s.Rounding)
		}
	}
	s.Criteria = o.criteria("criteria", "", Main, 0)
	s.Bonus = o.criteria("bonus", "", Bonus, 0)
	s.Deduction = o.criteria("deduction", "", Deduction, 0)
	s.Grades = o.grades()
	s.Knockouts, s.Holds, s.Caps = o.marks("knockouts"), o.marks("holds"), o.marks("caps")
	for i, v := range o.list("ties") {
		if v.kind != '"' {
			o.wrong("ties", BadDocument, locale.Msg("mục thứ {.n} phải là mã tiêu chí trong dấu nháy kép.", "n", i+1))
			continue
		}
		s.Ties = append(s.Ties, vntext.Line(v.text))
	}
	return s
}

// grades reads the ladder.
func (o *object) grades() []*Grade {
	list := o.list("grades")
	var all []*Grade
	for i := range list {
		g := o.object(&list[i], fmt.Sprintf("grades[%d]", i), Problem{})
		if g == nil {
			continue
		}
		all = append(all, &Grade{ID: g.text("id"), Name: g.text("name"), From: g.number("from"), To: g.number("to"), Main: g.boolean("main", false),
			NoZero: g.boolean("no_zero", false), Each: g.number("each"), Otherwise: g.boolean("otherwise", false)})
		g.done()
	}
	return all
}

// marks reads knock-outs, holds or caps.
func (o *object) marks(name string) []*Mark {
	list := o.list(name)
	var all []*Mark
	for i := range list {
		m := o.object(&list[i], fmt.Sprintf("%s[%d]", name, i), Problem{})
		if m == nil {
			continue
		}
		mark := &Mark{ID: m.text("id"), Name: m.text("name")}
		if name == "caps" {
			mark.Grade = m.text("grade")
		}
		all = append(all, mark)
		m.done()
	}
	return all
}

func (o *object) rounding(into *Rounding) {
	if v := o.take("scale"); v != nil {
		n, err := strconv.Atoi(v.text)
		if v.kind != '0' || err != nil || n < 0 || n > 4 {
			o.wrong("scale", BadDocument, locale.Msg("số chữ số thập phân phải là 0, 1, 2, 3 hoặc 4 (không trong dấu nháy)."))
		} else {
			into.Scale = n
		}
	}
	switch at := At(o.text("at")); at {
	case "":
	case AtCriterion, AtTotal:
		into.At = at
	default:
		o.wrong("at", BadDocument, locale.Msg("nơi làm tròn phải là \"criterion\" (từng tiêu chí) hoặc \"total\" (chỉ tổng điểm)."))
	}
	o.done()
}

func (o *object) criteria(name, path string, part Part, depth int) []*Criterion {
	list := o.list(name)
	if depth > maxDepth {
		o.wrong(name, BadDocument, locale.Msg("bảng điểm lồng nhau quá {.n} cấp.", "n", maxDepth))
		return nil
	}
	var all []*Criterion
	for i := range list {
		o.nodes++
		if o.nodes > maxNodes {
			if o.nodes == maxNodes+1 {
				o.wrong(name, BadDocument, locale.Msg("bảng điểm có hơn {.n} tiêu chí; hãy chia nhỏ.", "n", maxNodes))
			}
			return all
		}
		at := fmt.Sprintf("%s[%d]", o.at(name), i)
		if c := o.criterion(&list[i], at, part, depth); c != nil {
			all = append(all, c)
		}
	}
	return all
}

func (o *object) criterion(v *value, path string, part Part, depth int) *Criterion {
	c := &Criterion{Part: part}
	// The id first, so that everything else found wrong names the criterion.
	where := Problem{}
	if v.kind == '{' {
		for _, f := range v.fields {
			if f.name == "id" && f.val.kind == '"' {
				where.Criterion = vntext.Line(f.val.text)
				break
			}
		}
	}
	co := o.object(v, path, where)
	if co == nil {
		return nil
	}
	c.ID = co.text("id")
	c.Name = co.text("name")
	c.Max, c.NoMax = co.max()
	c.NA = Policy(co.text("na"))
	c.Evidence, c.Proof = co.evidence()
	c.Indicator = co.text("indicator")
	if part != Main {
		c.Clamp = co.number("clamp")
		c.Rank, c.Threshold = true, true
		if depth == 0 { // the switches belong to the group as a whole
			c.Rank = co.boolean("rank", true)
			c.Threshold = co.boolean("threshold", true)
		}
	}
	_, hasRule := co.fields["rule"]
	if rv := co.take("rule"); rv != nil {
		c.Rule = co.rule(rv, c)
		c.unread = c.Rule == nil
	}
	c.Children = co.criteria("children", path, part, depth+1)
	if part != Main && !hasRule && len(c.Children) == 0 {
		c.Rule = &direct{} // a bonus is what was given, unless it says otherwise
	}
	co.done()
	return c
}

// evidence reads what the criterion demands: true for a file behind what is
// entered, "required" for one without which there are no points.
func (o *object) evidence() (demanded, required bool) {
	v := o.take("evidence")
	switch {
	case v == nil:
	case v.kind == 't':
		return v.text == yes, false
	case v.kind == '"' && v.text == "required":
		return true, true
	default:
		o.wrong("evidence", BadDocument, locale.Msg("“evidence” phải là true, false hoặc \"required\" (không có minh chứng thì 0 điểm)."))
	}
	return false, false
}

// max reads the maximum; absent is told apart from 0.
func (o *object) max() (points.Points, bool) {
	n := o.number("max")
	if !n.Given() {
		return 0, true
	}
	p, err := points.Parse(n.String())
	if err != nil || numOf(p).Cmp(tooMany) > 0 {
		o.wrong("max", BadMax, locale.Msg("điểm tối đa phải có không quá bốn chữ số thập phân và không quá một tỷ."))
		return 0, true
	}
	return p, false
}

func (o *object) rule(v *value, c *Criterion) Rule {
	ro := o.object(v, o.at("rule"), o.where)
	if ro == nil {
		return nil
	}
	kind := ro.text("kind")
	if kind == "" {
		ro.wrong("kind", BadRule, locale.Msg("quy tắc chấm chưa có “kind”. Hãy chọn một trong: {.kinds}.", "kinds", kindList()))
		return nil
	}
	r := newRule(kind)
	if r == nil {
		ro.wrong("kind", BadRule, locale.Msg("không có quy tắc nào tên “{.kind}”. Hãy chọn một trong: {.kinds}.", "kind", kind, "kinds", kindList()))
		return nil
	}
	// The policy is the criterion's, but people also write it beside the rule.
	if na := Policy(ro.text("na")); na != NotAllowed {
		if c.NA != NotAllowed && c.NA != na {
			ro.wrong("na", BadRule, locale.Msg("“na” của quy tắc khác “na” của tiêu chí; hãy giữ một."))
		}
		c.NA = na
	}
	for _, p := range r.params() {
		p.read(ro, p.Name)
	}
	if r, ok := r.(interface{ ready() }); ok { // works out what follows from the parameters
		r.ready()
	}
	ro.done()
	return r
}

func (o *object) units() []Unit {
	list := o.list("units")
	var units []Unit
	seen := map[string]bool{}
	for i := range list {
		uo := o.object(&list[i], fmt.Sprintf("units[%d]", i), Problem{})
		if uo == nil {
			continue
		}
		u := Unit{ID: uo.text("id"), Name: uo.text("name")}
		switch {
		case u.ID == "":
			uo.wrong("id", BadID, locale.Msg("đơn vị chưa có mã “id”."))
		case seen[u.ID]:
			uo.wrong("id", BadID, locale.Msg("mã đơn vị “{.id}” đã dùng cho đơn vị khác. Mỗi đơn vị cần một mã riêng.", "id", u.ID))
		default:
			units = append(units, u)
		}
		seen[u.ID] = true
		uo.done()
	}
	return units
}

func (o *object) values() Values {
	values := Values{}
	v := o.take("values")
	if v == nil {
		return values
	}
	vo := o.object(v, "values", Problem{})
	if vo == nil {
		return values
	}
	for i := range v.fields {
		unit := vntext.Line(v.fields[i].name)
		path := "values." + unit
		uo := o.object(&v.fields[i].val, path, Problem{Unit: unit})
		if uo == nil {
			continue
		}
		if values[unit] == nil {
			values[unit] = UnitValues{}
		}
		for _, f := range v.fields[i].val.fields {
			id := vntext.Line(f.name)
			if co := o.object(&f.val, path+"."+id, Problem{Unit: unit, Criterion: id}); co != nil {
				values[unit][id] = co.inputs()
			}
		}
	}
	return values
}

func (o *object) inputs() Inputs {
	in := Inputs{}
	for written, v := range o.fields {
		name := vntext.Line(written) // a formula's own inputs have Vietnamese names
		switch v.kind {
		case '"', 't':
			in[name] = v.text
		case 'n': // as if it were not there
		case '0':
			in[name] = v.text // told once, here; not a second time as missing
			o.wrong(name, BadDocument, locale.Msg("số {.value} của “{.field}” phải đặt trong dấu nháy kép: \"{.value}\".", "field", name, "value", v.text))
		default:
			o.wrong(name, BadDocument, locale.Msg("“{.field}” phải là số trong dấu nháy kép, true hoặc false.", "field", name))
		}
	}
	return in
}
