package web

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// sheetEditView is the editor: the tree, and the form of one criterion.
type sheetEditView struct {
	sheetView
	Old     string // the criterion in the form; "" for a new one
	Parent  string // of a new one
	Part    scoring.Part
	Inner   bool // it has children, so no rule
	Rules   []ruleForm
	NA      []Option
	Parents []Option
	Goes    []Option // indicators by whose figures the criterion may go
	Scales  []Option
	Places  []Option
}

// ruleForm is a kind of rule with its parameters as controls.
type ruleForm struct {
	Kind   string
	Label  locale.Text
	Params []ruleParam
}

type ruleParam struct {
	Name     string // of the control
	Kind     scoring.ParamKind
	Label    locale.Text
	Required bool
	Options  []scoring.Choice
}

func paramName(kind, param string) string { return "p|" + kind + "|" + param }

func (s *Server) sheetEdit(q *Req) error {
	base, err := s.sheetView(q, q.Path("version"))
	if err != nil {
		return err
	}
	if !base.Mine || !base.May {
		return fault.Deny()
	}
	v := sheetEditView{sheetView: base, Parent: q.Query("them"), Part: scoring.Part(q.Query("phan")), Old: q.Query("tieu-chi")}
	f := q.Form()
	if f.Typed {
		v.Parent, v.Part, v.Old = f.Get("parent"), scoring.Part(f.Get("part")), f.Get("old")
	}
	for _, k := range scoring.RuleKinds() {
		r := ruleForm{Kind: k.Kind, Label: k.Label}
		for _, p := range k.Params {
			r.Params = append(r.Params, ruleParam{paramName(k.Kind, p.Name), p.Kind, p.Label, p.Required, p.Choices})
		}
		v.Rules = append(v.Rules, r)
	}
	if v.Old != "" {
		e, part, err := criteria.EntryOf(base.Version.Body, v.Old)
		if err != nil {
			return err
		}
		v.Part = part
		v.fill(q.Lang, f, e)
		f.Default("guide", base.Words[v.Old])
		for _, r := range base.Rows {
			if r.ID == v.Old {
				v.Inner = !r.Leaf
			}
		}
	} else {
		f.Default("rule", "direct")
	}
	if v.Goes, err = s.sheetIndicators(q, base.Head.Year.ID, f.Get("indicator")); err != nil {
		return err
	}
	v.NA = []Option{{"", "Mọi đơn vị đều phải chấm", ""}, {"exclude", "Loại khỏi nhóm, quy đổi theo phần còn lại", ""}, {"zero", "Tính 0 điểm", ""}, {"full", "Hưởng đủ điểm", ""},
		{"spread", "Chia đều điểm cho các tiêu chí còn lại của nhóm", ""}, {"peers", "Không có chỉ tiêu: so sánh giữa các đơn vị không có chỉ tiêu", ""}}
	sh, err := base.Version.Read()
	if err != nil {
		return err
	}
	set := q.FormTo(v.Edit)
	set.Default("scale", string(rune('0'+sh.Rounding.Scale)))
	set.Default("at", string(sh.Rounding.At))
	set.Default("ties", strings.Join(sh.Ties, "; "))
	v.Scales = []Option{{"0", "0", ""}, {"1", "1", ""}, {"2", "2", ""}, {"3", "3", ""}, {"4", "4", ""}}
	v.Places = []Option{{string(scoring.AtCriterion), "Từng tiêu chí", ""}, {string(scoring.AtTotal), "Chỉ tổng điểm", ""}}
	return q.Render("sheet_edit", v)
}

func (v *sheetEditView) fill(l locale.Lang, f *Form, e criteria.Entry) {
	f.Default("id", e.ID)
	f.Default("name", e.Name)
	f.Default("max", l.Number(e.Max))
	f.Default("na", e.NA)
	f.Default("clamp", l.Number(e.Clamp))
	f.Default("rule", e.Rule)
	f.Default("indicator", e.Indicator)
	if e.Evidence {
		f.Default("evidence", "1")
	}
	if e.NoRank {
		f.Default("norank", "1")
	}
	for name, value := range e.Params {
		control := paramName(e.Rule, name)
		switch kind := kindOf(e.Rule, name); kind {
		case scoring.NumberParam:
			value = l.Number(value)
		case scoring.BandsParam, scoring.PartsParam:
			value = listLines(l, kind, value)
		}
		f.Default(control, value)
	}
}

func kindOf(rule, param string) scoring.ParamKind {
	for _, k := range scoring.RuleKinds() {
		for _, p := range k.Params {
			if k.Kind == rule && p.Name == param {
				return p.Kind
			}
		}
	}
	return ""
}

// columns of the lists that people write line by line, parted by semicolons.
var listColumns = map[scoring.ParamKind][]string{
	scoring.BandsParam: {"from", "to", "points"},
	scoring.PartsParam: {"id", "name", "max"},
}

func listLines(l locale.Lang, kind scoring.ParamKind, body string) string {
	var items []map[string]string
	if err := json.Unmarshal([]byte(body), &items); err != nil {
		return body
	}
	var lines []string
	for _, it := range items {
		var cells []string
		for _, c := range listColumns[kind] {
			if c == "id" || c == "name" {
				cells = append(cells, it[c])
			} else {
				cells = append(cells, l.Number(it[c]))
			}
		}
		lines = append(lines, strings.Join(cells, "; "))
	}
	return strings.Join(lines, "\n")
}

func listBody(l locale.Lang, kind scoring.ParamKind, control, text string) (string, *fault.Error) {
	items := []map[string]string{}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, ";")
		it := map[string]string{}
		for i, c := range listColumns[kind] {
			cell := ""
			if i < len(cells) {
				cell = strings.TrimSpace(cells[i])
			}
			if c != "id" && c != "name" && cell != "" {
				d, err := l.ParseNumber(cell)
				if err != nil {
					return "", fault.As(err).At(control)
				}
				cell = d.String()
			}
			if cell != "" {
				it[c] = cell
			}
		}
		items = append(items, it)
	}
	body, err := json.Marshal(items)
	if err != nil {
		return "", fault.Wrap(err)
	}
	return string(body), nil
}

// entry reads the form of a criterion.
func (q *Req) entry() (criteria.Entry, error) {
	f := q.Form()
	e := criteria.Entry{ID: f.Get("id"), Name: f.Get("name"), NA: f.Get("na"), Evidence: f.Has("evidence", "1"), NoRank: f.Has("norank", "1"), Indicator: f.Get("indicator"), Rule: f.Get("rule"), Params: map[string]string{}}
	var wrong []*fault.Error
	number := func(control string) string {
		text := f.Get(control)
		if text == "" {
			return ""
		}
		d, err := q.Lang.ParseNumber(text)
		if err != nil {
			wrong = append(wrong, fault.As(err).At(control))
			return ""
		}
		return d.String()
	}
	e.Max, e.Clamp = number("max"), number("clamp")
	for _, k := range scoring.RuleKinds() {
		if k.Kind != e.Rule {
			continue
		}
		for _, p := range k.Params {
			control := paramName(k.Kind, p.Name)
			switch p.Kind {
			case scoring.NumberParam:
				e.Params[p.Name] = number(control)
			case scoring.BoolParam:
				if f.Has(control, "1") {
					e.Params[p.Name] = "true"
				}
			case scoring.BandsParam, scoring.PartsParam:
				body, err := listBody(q.Lang, p.Kind, control, f.Text(control))
				if err != nil {
					wrong = append(wrong, err)
				}
				e.Params[p.Name] = body
			default:
				e.Params[p.Name] = f.Get(control)
			}
		}
	}
	return e, fault.List(wrong...)
}

// sheetSave does what a button of the editor says.
func (s *Server) sheetSave(q *Req) error {
	f, year := q.Form(), q.Path("year")
	at := criteria.Place{Year: year}
	v, _, err := s.Criteria.See(q.Ctx(), q.Actor, at, q.Path("version"))
	if err != nil {
		return err
	}
	if f.Get("do") == "xem" {
		may, err := s.Criteria.MayEdit(q.Ctx(), q.Actor, at)
		if err != nil {
			return err
		}
		if !may {
			return fault.Deny()
		}
		return s.sheetCheck(q, v)
	}
	changed := fault.New(fault.Conflict, "Bảng chấm điểm vừa được người khác sửa. Bảng bên dưới là bản hiện nay; nội dung bạn nhập vẫn còn, hãy xem rồi lưu lại.")
	if v.Version != f.Version() {
		// The typed criterion is kept in the form; sent again, it goes into the
		// sheet as it stands now.
		return q.Retry(changed, s.sheetEdit)
	}
	body, to, err := s.sheetChange(q, v)
	if f.Has("from", "cay") && fault.Is(err, fault.Invalid) {
		// The tree sends no criterion whose form could be shown again.
		q.say(q.Lang.Fault(err), true)
		return q.Redirect(sheetEditPath(year, v.ID)+"?tieu-chi="+url.QueryEscape(f.Get("old"))+"#cay", "")
	}
	if err != nil {
		return q.Retry(err, s.sheetEdit)
	}
	words, err := s.sheetWords(q, at, v.ID, to)
	if err != nil {
		return err
	}
	saved, err := s.Criteria.Save(q.Ctx(), q.Actor, criteria.Edit{At: at, ID: v.ID, Version: f.Version(), Body: body, Note: f.Get("note"), AsNew: f.Get("do") == "ban-moi", Guide: words})
	if fault.Is(err, fault.Stale) {
		return q.Retry(changed, s.sheetEdit)
	}
	if err != nil {
		return q.Retry(err, s.sheetEdit)
	}
	path := sheetEditPath(year, saved.ID)
	if to != "" {
		path += "?tieu-chi=" + url.QueryEscape(to)
	}
	if f.Has("from", "cay") {
		path += "#cay" // where the keyboard goes on
	}
	if saved.ID != v.ID {
		return q.Redirect(path, "Đã lưu thành bản {.n}.", "n", saved.Number)
	}
	return q.Redirect(path, "Đã lưu bảng chấm điểm.")
}

// sheetWords are the words on how to score once the form of the criterion now is
// saved; nil for every other button, which leaves them.
func (s *Server) sheetWords(q *Req, at criteria.Place, version, now string) (criteria.Guide, error) {
	f := q.Form()
	if !f.Values.Has("guide") || f.Get("do") != "luu" && f.Get("do") != "" {
		return nil, nil
	}
	words, err := s.Criteria.Guide(q.Ctx(), q.Actor, at, version)
	if err != nil {
		return nil, err
	}
	delete(words, f.Get("old"))
	words[now] = f.Text("guide")
	return words, nil
}

// sheetChange is the sheet's text after what the button does, and the
// criterion that the editor shows next.
func (s *Server) sheetChange(q *Req, v criteria.SheetVersion) (body []byte, to string, err error) {
	f := q.Form()
	old := f.Get("old")
	switch f.Get("do") {
	case "xoa":
		body, err = criteria.Remove(v.Body, old)
		return body, "", err
	case "len":
		body, err = criteria.Move(v.Body, old, -1)
		return body, old, err
	case "xuong":
		body, err = criteria.Move(v.Body, old, 1)
		return body, old, err
	case "vao":
		body, err = criteria.Indent(v.Body, old)
		return body, old, err
	case "ra":
		body, err = criteria.Outdent(v.Body, old)
		return body, old, err
	case "dat":
		body, err = criteria.MoveTo(v.Body, old, f.Get("target"), criteria.Where(f.Get("where")))
		return body, old, err
	case "tong":
		body, _, err = criteria.FitMaxima(v.Body)
		return body, "", err
	case "ban-moi":
		return v.Body, "", nil
	case "cai-dat":
		body, err = criteria.Set(v.Body, criteria.Settings{Scale: f.Int("scale"), At: scoring.At(f.Get("at")), Ties: strings.FieldsFunc(f.Get("ties"), func(r rune) bool { return r == ';' || r == ',' })})
		return body, "", err
	case "json":
		return []byte(f.Raw("body")), "", nil
	}
	e, err := q.entry()
	if err != nil {
		return nil, "", err
	}
	body, err = criteria.Put(v.Body, old, f.Get("parent"), scoring.Part(f.Get("part")), e)
	return body, e.ID, err
}
