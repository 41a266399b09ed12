package criteria

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// outline is a sheet's document as an editor changes it: the tree alone, with
// rules left as they are written.
type outline struct {
	Rounding  json.RawMessage `json:"rounding,omitempty"`
	Criteria  []*node         `json:"criteria"`
	Bonus     []*node         `json:"bonus,omitempty"`
	Deduction []*node         `json:"deduction,omitempty"`
	Ties      []string        `json:"ties,omitempty"`
	Grades    json.RawMessage `json:"grades,omitempty"`
	Knockouts json.RawMessage `json:"knockouts,omitempty"`
	Holds     json.RawMessage `json:"holds,omitempty"`
	Caps      json.RawMessage `json:"caps,omitempty"`
}

type node struct {
	ID        string          `json:"id"`
	Name      string          `json:"name,omitempty"`
	Max       string          `json:"max,omitempty"`
	NA        string          `json:"na,omitempty"`
	Evidence  demand          `json:"evidence,omitempty"`
	Indicator string          `json:"indicator,omitempty"`
	Clamp     string          `json:"clamp,omitempty"`
	Rank      *bool           `json:"rank,omitempty"`
	Threshold *bool           `json:"threshold,omitempty"`
	Rule      json.RawMessage `json:"rule,omitempty"`
	Children  []*node         `json:"children,omitempty"`
}

// demand is what a criterion demands as evidence: nothing (""), a file
// ("true"), or a file without which there are no points ("required").
type demand string

func (d *demand) UnmarshalJSON(b []byte) error {
	switch text := strings.Trim(string(b), `"`); text {
	case "false", "null":
		*d = ""
	default:
		*d = demand(text)
	}
	return nil
}

func (d demand) MarshalJSON() ([]byte, error) {
	if d == "true" {
		return []byte(d), nil
	}
	return json.Marshal(string(d))
}

// with is the demand after a form that only says whether there is one.
func (d demand) with(yes bool) demand {
	switch {
	case !yes:
		return ""
	case d == "":
		return "true"
	}
	return d
}

func open(body []byte) (*outline, error) {
	o := &outline{}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(o); err != nil {
		return nil, fault.Wrap(err)
	}
	return o, nil
}

func (o *outline) close() ([]byte, error) {
	out, err := json.Marshal(o)
	if err != nil {
		return nil, fault.Wrap(err)
	}
	return canonical(out)
}

func (o *outline) part(p scoring.Part) *[]*node {
	switch p {
	case scoring.Bonus:
		return &o.Bonus
	case scoring.Deduction:
		return &o.Deduction
	}
	return &o.Criteria
}

// find is the node with the id, the list that it stands in, and its part.
func (o *outline) find(id string) (*node, *[]*node, scoring.Part) {
	for _, p := range []scoring.Part{scoring.Main, scoring.Bonus, scoring.Deduction} {
		if n, in := findIn(o.part(p), id); n != nil {
			return n, in, p
		}
	}
	return nil, nil, ""
}

// tied is the criterion that a step of the chain of ties is about: its id, or
// its id with one of its figures ("2.actual").
func (o *outline) tied(step string) *node {
	if n, _, _ := o.find(step); n != nil {
		return n
	}
	for i := len(step) - 1; i > 0; i-- {
		if n, _, _ := o.find(step[:i]); step[i] == '.' && n != nil {
			return n
		}
	}
	return nil
}

func findIn(list *[]*node, id string) (*node, *[]*node) {
	for _, n := range *list {
		if n.ID == id {
			return n, list
		}
		if found, in := findIn(&n.Children, id); found != nil {
			return found, in
		}
	}
	return nil, nil
}

// Entry is a criterion as a form gives it. Numbers are plain decimals, empty
// where nothing was said. Rule is the kind; empty makes a group.
type Entry struct {
	ID        string
	Name      string
	Max       string
	NA        string
	Evidence  bool
	Indicator string
	Clamp     string // of groups of bonus and deduction
	NoRank    bool   // of groups of bonus and deduction: does not count towards the rank
	Rule      string
	Params    map[string]string // of the rule, by name; lists as JSON
}

// EntryOf is the criterion as a form shows it.
func EntryOf(body []byte, id string) (Entry, scoring.Part, error) {
	o, err := open(body)
	if err != nil {
		return Entry{}, "", err
	}
	n, _, part := o.find(id)
	if n == nil {
		return Entry{}, "", fault.Missing()
	}
	e := Entry{
		ID: n.ID, Name: n.Name, Max: n.Max, NA: n.NA, Evidence: n.Evidence != "", Indicator: n.Indicator, Clamp: n.Clamp,
		NoRank: n.Rank != nil && !*n.Rank, Params: map[string]string{},
	}
	if len(n.Rule) == 0 {
		return e, part, nil
	}
	var rule map[string]json.RawMessage
	if err := json.Unmarshal(n.Rule, &rule); err != nil {
		return e, part, fault.Wrap(err)
	}
	for name, raw := range rule {
		text := string(raw)
		var s string
		if json.Unmarshal(raw, &s) == nil {
			text = s
		}
		if name == "kind" {
			e.Rule = text
		} else {
			e.Params[name] = text
		}
	}
	return e, part, nil
}

// rule writes the rule of an entry, with the parameters that its kind has.
func (e Entry) rule() (json.RawMessage, error) {
	if e.Rule == "" {
		return nil, nil
	}
	kinds := scoring.RuleKinds()
	i := slices.IndexFunc(kinds, func(k scoring.RuleKind) bool { return k.Kind == e.Rule })
	if i < 0 {
		return nil, fault.Wrong("rule", "Hãy chọn quy tắc chấm trong danh sách.")
	}
	out := map[string]any{"kind": e.Rule}
	for _, p := range kinds[i].Params {
		text := strings.TrimSpace(e.Params[p.Name])
		if text == "" {
			continue
		}
		switch p.Kind {
		case scoring.BoolParam:
			out[p.Name] = text == "true" || text == "on"
		case scoring.BandsParam, scoring.PartsParam:
			if !json.Valid([]byte(text)) {
				return nil, fault.Wrong(p.Name, "Danh sách này chưa đúng dạng. Hãy xem lại các dấu ngoặc và dấu nháy.")
			}
			out[p.Name] = json.RawMessage(text)
		default:
			out[p.Name] = text
		}
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return nil, fault.Wrap(err)
	}
	return raw, nil
}

func (e Entry) clean() (Entry, error) {
	e.ID, e.Name, e.Max, e.Clamp = vntext.Line(e.ID), vntext.Line(e.Name), vntext.Line(e.Max), vntext.Line(e.Clamp)
	return e, fault.List(
		fault.When(e.ID == "", "id", "Chưa nhập mã tiêu chí, ví dụ I.1."),
		fault.When(len(e.ID) > 40 || strings.ContainsAny(e.ID, `/\"'<>?#&%`), "id", "Mã tiêu chí gồm tối đa 40 chữ, số, dấu chấm, gạch; không có dấu nháy, gạch chéo hay ký hiệu đặc biệt."),
		fault.When(e.Name == "", "name", "Chưa nhập tên tiêu chí."),
		fault.When(len([]rune(e.Name)) > 500, "name", "Tên tiêu chí dài quá 500 ký tự."),
	)
}

// Put changes the criterion that was called old, or adds a new one (old empty)
// at the end of a parent, of a part when the parent is empty.
func Put(body []byte, old, parent string, part scoring.Part, e Entry) ([]byte, error) {
	e, err := e.clean()
	if err != nil {
		return nil, err
	}
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	if e.ID != old {
		if twin, _, _ := o.find(e.ID); twin != nil {
			return nil, fault.Wrong("id", "Mã “{.id}” đã dùng cho tiêu chí “{.name}”. Hãy chọn mã khác.", "id", e.ID, "name", twin.Name)
		}
	}
	var n *node
	if old != "" {
		if n, _, part = o.find(old); n == nil {
			return nil, fault.Missing()
		}
		for i, id := range o.Ties {
			if at := o.tied(id); at != nil && at == n {
				o.Ties[i] = e.ID + strings.TrimPrefix(id, old)
			}
		}
	} else {
		n = &node{}
		list := o.part(part)
		if parent != "" {
			above, _, in := o.find(parent)
			if above == nil {
				return nil, fault.Wrong("parent", "Nhóm chứa tiêu chí này không còn trong bảng. Hãy chọn nhóm khác.")
			}
			above.Rule, list, part = nil, &above.Children, in // a group has no rule of its own
		}
		*list = append(*list, n)
	}
	n.ID, n.Name, n.Max, n.NA, n.Evidence, n.Indicator, n.Clamp, n.Rank = e.ID, e.Name, e.Max, e.NA, n.Evidence.with(e.Evidence), e.Indicator, e.Clamp, nil
	if part == scoring.Main {
		n.Clamp = ""
	} else if e.NoRank {
		no := false
		n.Rank = &no
	}
	n.Rule = nil
	if len(n.Children) == 0 {
		if n.Rule, err = e.rule(); err != nil {
			return nil, err
		}
	}
	return o.close()
}

// Remove takes a criterion out, with what is below it and its place among the ties.
func Remove(body []byte, id string) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	n, in, _ := o.find(id)
	if n == nil {
		return nil, fault.Missing()
	}
	*in = slices.DeleteFunc(*in, func(x *node) bool { return x == n })
	o.Ties = slices.DeleteFunc(o.Ties, func(tie string) bool {
		return o.tied(tie) == nil
	})
	return o.close()
}

// Move moves a criterion by places among its siblings; it stops at the ends.
func Move(body []byte, id string, by int) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	n, in, _ := o.find(id)
	if n == nil {
		return nil, fault.Missing()
	}
	i := slices.Index(*in, n)
	to := min(max(i+by, 0), len(*in)-1)
	*in = slices.Insert(slices.Delete(*in, i, i+1), to, n)
	return o.close()
}

// Settings are what a sheet says besides its criteria.
type Settings struct {
	Scale int
	At    scoring.At
	Ties  []string
}

// Set changes the settings.
func Set(body []byte, in Settings) ([]byte, error) {
	o, err := open(body)
	if err != nil {
		return nil, err
	}
	at := in.At
	if at != scoring.AtTotal {
		at = scoring.AtCriterion
	}
	o.Rounding = json.RawMessage(`{"scale":` + strconv.Itoa(in.Scale) + `,"at":"` + string(at) + `"}`)
	o.Ties = nil
	for _, id := range in.Ties {
		if id = vntext.Line(id); id != "" {
			o.Ties = append(o.Ties, id)
		}
	}
	return o.close()
}

// FitMaxima sets every group's maximum to the sum of its children's and tells
// which groups it changed.
func FitMaxima(body []byte) ([]byte, []string, error) {
	sheet, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		return nil, nil, Refusal(problems)
	}
	var changed []string
	var fit func(c *scoring.Criterion)
	fit = func(c *scoring.Criterion) {
		if c.Leaf() {
			return
		}
		var sum points.Points
		whole := true
		for _, child := range c.Children {
			fit(child)
			whole = whole && !child.NoMax
			sum += child.Max
		}
		if whole && (c.NoMax || c.Max != sum) {
			c.Max, c.NoMax = sum, false
			changed = append(changed, c.ID)
		}
	}
	for _, c := range sheet.Criteria {
		fit(c)
	}
	out, err := json.Marshal(sheet)
	if err != nil {
		return nil, nil, fault.Wrap(err)
	}
	return out, changed, nil
}
