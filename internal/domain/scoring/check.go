package scoring

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/rational"
)

// Check finds everything that keeps the sheet from being locked and scored:
// ids, maxima that do not add up, rules and their parameters, clamps, the chain
// of ties. Nothing found means that every unit can be scored.
func (s *Sheet) Check() []Problem {
	return s.check().problems
}

// check also keeps what scoring needs of every leaf.
func (s *Sheet) check() *checker {
	k := &checker{sheet: s, scale: s.scale(), atTotal: s.Rounding.At == AtTotal, max: numOf(s.Max()), seen: map[string]bool{}, broken: map[*Criterion]bool{}, fields: map[*Criterion][]string{}}
	if s.Rounding.Scale != s.totalScale() {
		k.wrong(nil, BadDocument, "rounding", locale.Msg("số chữ số thập phân phải là 0, 1, 2, 3 hoặc 4 (không trong dấu nháy)."))
	}
	if len(s.Criteria) == 0 {
		k.wrong(nil, BadDocument, "criteria", locale.Msg("bảng điểm chưa có tiêu chí nào. Hãy thêm ít nhất một tiêu chí."))
	}
	s.Walk(func(c *Criterion, depth int) {
		k.identity(c)
		k.policy(c)
		if c.Leaf() {
			k.leaf(c)
		} else {
			k.inner(c)
		}
		if c.Clamp.Given() && (c.Clamp.n.Sign() < 0 || c.Clamp.n.Cmp(tooMany) > 0) {
			k.wrong(c, BadMax, "clamp", locale.Msg("mức chặn “clamp” phải từ 0 trở lên và không quá một tỷ."))
		}
	})
	k.standing(s)
	k.main, k.bonus, k.deduction = k.plan(s.Criteria), k.plan(s.Bonus), k.plan(s.Deduction)
	k.tied(s)
	return k
}

type checker struct {
	sheet    *Sheet
	problems []Problem
	seen     map[string]bool         // ids that may have values: criteria and marks
	broken   map[*Criterion]bool     // leaves that cannot be scored, because of their own rule
	fields   map[*Criterion][]string // the inputs of each leaf, sorted

	scale                  int // to which a criterion is rounded
	atTotal                bool
	plans                  []*plan // all of them
	main, bonus, deduction []*plan // the top ones
	max                    rational.Num
	ties                   []tie // the chain, as far as it can be followed
	spreads                bool  // some criterion may be shared out among the others
}

func (k *checker) wrong(c *Criterion, code Code, field string, text locale.Text) {
	p := Problem{Code: code, Field: field, Text: text}
	if c != nil {
		p.Criterion = c.ID
	}
	k.problems = append(k.problems, p)
}

func (k *checker) identity(c *Criterion) {
	switch {
	case c.ID == "" && c.Name != "":
		k.wrong(c, BadID, "id", locale.Msg("tiêu chí “{.name}” chưa có mã “id”.", "name", c.Name))
	case c.ID == "":
		k.wrong(c, BadID, "id", locale.Msg("có tiêu chí chưa có mã “id”."))
	case k.seen[c.ID]:
		k.wrong(c, BadID, "id", locale.Msg("mã “{.id}” đã dùng cho tiêu chí khác. Mỗi tiêu chí cần một mã riêng.", "id", c.ID))
	}
	k.seen[c.ID] = true
}

func (k *checker) policy(c *Criterion) {
	switch c.NA {
	case NotAllowed, Exclude, Zero:
	case Full:
		if c.Part == Deduction {
			k.wrong(c, BadRule, "na", locale.Msg("nhóm điểm trừ không dùng “full”: không áp dụng thì không trừ. Hãy chọn exclude hoặc zero."))
		} else if c.NoMax && c.Part == Bonus {
			k.wrong(c, BadRule, "na", locale.Msg("“full” cần điểm tối đa. Hãy thêm “max”."))
		}
	case Spread:
		if c.Part != Main {
			k.wrong(c, BadRule, "na", locale.Msg("“spread” chia điểm tối đa cho các tiêu chí khác nên không dùng trong nhóm điểm cộng, trừ. Hãy chọn exclude hoặc zero."))
		}
	case Peers:
		if c.Part != Main || !c.unread && (!c.Leaf() || peerless(c.Rule)) {
			k.wrong(c, BadRule, "na", locale.Msg("“peers” so sánh kết quả của các đơn vị không có chỉ tiêu nên chỉ dùng với quy tắc ratio hoặc best trong các tiêu chí. Hãy chọn exclude, spread, zero hoặc full."))
		}
	default:
		k.wrong(c, BadRule, "na", locale.Msg("không có cách xử lý không áp dụng nào tên “{.na}”. Hãy chọn exclude, spread, zero, full hoặc peers.", "na", string(c.NA)))
	}
}

func (k *checker) leaf(c *Criterion) {
	if c.Part == Main {
		switch {
		case c.NoMax:
			k.wrong(c, BadMax, "max", locale.Msg("tiêu chí chưa có điểm tối đa. Hãy thêm “max”."))
			k.broken[c] = true
		case c.Max <= 0:
			k.wrong(c, BadMax, "max", locale.Msg("điểm tối đa {.max} phải lớn hơn 0.", "max", c.Max))
		case rounded(numOf(c.Max), k.sheet.scale()) != c.Max:
			// Rounding could lift a full score above its maximum.
			k.wrong(c, BadMax, "max", locale.Msg("điểm tối đa {.max} có nhiều hơn {.scale} chữ số thập phân, trong khi điểm được làm tròn đến {.scale}. Hãy sửa điểm tối đa hoặc mức làm tròn.", "max", c.Max, "scale", k.sheet.scale()))
		}
	} else if !c.NoMax && c.Max <= 0 {
		k.wrong(c, BadMax, "max", locale.Msg("điểm tối đa {.max} phải lớn hơn 0.", "max", c.Max))
	}
	if c.Rule == nil {
		if !c.unread {
			k.wrong(c, BadRule, "rule", locale.Msg("tiêu chí chưa có quy tắc chấm. Hãy thêm “rule” với kind là một trong: {.kinds}.", "kinds", kindList()))
		}
		k.broken[c] = true
		return
	}
	k.fields[c] = fieldNames(c)
	before := len(k.problems)
	for _, p := range c.Rule.params() {
		if p.Required && !p.given() {
			k.wrong(c, BadRule, p.Name, locale.Msg("quy tắc “{.kind}” thiếu “{.field}” ({.label}).", "kind", c.Kind(), "field", p.Name, "label", p.Label))
		}
	}
	code := BadRule
	switch c.Kind() {
	case "bands", "rank":
		code = BadBands
	case "formula":
		code = BadFormula
	}
	c.Rule.check(c, func(field, text string, kv ...any) { k.wrong(c, code, field, locale.Msg(text, kv...)) })
	if len(k.problems) > before {
		k.broken[c] = true
	}
}

func (k *checker) inner(c *Criterion) {
	if c.Rule != nil || c.unread {
		k.wrong(c, BadRule, "rule", locale.Msg("tiêu chí có tiêu chí con thì không có quy tắc chấm riêng. Hãy bỏ “rule” hoặc bỏ các tiêu chí con."))
	}
	if c.Part != Main {
		if !c.NoMax {
			k.wrong(c, BadMax, "max", locale.Msg("nhóm điểm cộng, trừ có mục con dùng “clamp” thay cho “max”."))
		}
		return
	}
	if c.NoMax {
		k.wrong(c, BadMax, "max", locale.Msg("tiêu chí chưa có điểm tối đa. Hãy thêm “max”."))
		return
	}
	var sum points.Points
	for _, child := range c.Children {
		if child.NoMax {
			return // told at the child; the sum would be a second complaint about the same
		}
		sum += child.Max
	}
	if sum != c.Max {
		k.wrong(c, BadMax, "max", locale.Msg("điểm tối đa {.max} không bằng tổng {.sum} của {.n} tiêu chí con. Hãy sửa điểm tối đa của tiêu chí này hoặc của các tiêu chí con.",
			"max", c.Max, "sum", sum, "n", len(c.Children)))
	}
}

// tie is a step of the chain: a criterion's points, or one of its figures.
type tie struct {
	plan  *plan
	field string // "" for the points
}

// tied follows the chain of ties. A step is the id of a criterion, leaf or not,
// or of a leaf and one of its figures: "2.actual" (plan 157/2025 of Can Tho
// breaks ties by the number of accounts, not by the points for them).
func (k *checker) tied(s *Sheet) {
	seen := map[string]bool{}
	for _, id := range s.Ties {
		t, ok := k.tie(id)
		switch {
		case !ok:
			k.wrong(nil, BadTie, "ties", locale.Msg("tiêu chí phụ “{.id}” không có trong bảng điểm. Hãy sửa mã hoặc bỏ khỏi “ties”.", "id", id))
		case seen[id]:
			k.wrong(nil, BadTie, "ties", locale.Msg("tiêu chí phụ “{.id}” đứng hai lần trong “ties”; lần sau không có tác dụng, hãy bỏ đi.", "id", id))
		default:
			k.ties = append(k.ties, t)
		}
		seen[id] = true
	}
}

// tie finds a step. Ids may have dots of their own, so the whole text is tried
// as an id first.
func (k *checker) tie(id string) (tie, bool) {
	for _, p := range k.plans {
		if p.c.ID == id && id != "" {
			return tie{plan: p}, true
		}
	}
	for _, p := range k.plans {
		field, ok := strings.CutPrefix(id, p.c.ID+".")
		if ok && p.c.ID != "" && slices.ContainsFunc(p.c.Fields(), func(f Field) bool { return f.Name == field && f.Kind == NumberField }) {
			return tie{p, field}, true
		}
	}
	return tie{}, false
}

// large bounds what a single leaf may give, so that sums stay within 64 bits: a
// ratio may count tenfold.
func large(v rational.Num) bool { return !v.Within(10 * maxPoints) }

// fieldNames are the inputs that the rule knows, sorted.
func fieldNames(c *Criterion) []string {
	var names []string
	for _, f := range c.Fields() {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return names
}
