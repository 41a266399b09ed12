package web

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/svg"
)

// withUnit joins a figure and its unit as Vietnamese writes them: 7%, 38 ha.
func withUnit(l locale.Lang, figure, unit string) string {
	switch {
	case unit == "":
		return figure
	case strings.HasPrefix(unit, "%"), strings.HasPrefix(unit, "‰"):
		return figure + unit
	}
	return figure + "\u00a0" + l.T(unit)
}

// capital begins a name with a capital letter: clauses begin many with a small one.
func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// goalText says a goal in words: "tăng 6,5–7% so với năm 2022", "93.262 triệu
// USD", "không quá 1 vụ", "không có".
func goalText(l locale.Lang, g indicator.Goal) string {
	switch g.Relation {
	case target.None:
		return l.T("không có")
	case target.Text:
		return l.T("cam kết, không đo bằng số")
	}
	figure := l.Number(g.Low)
	if g.Relation == target.Range {
		figure += "–" + l.Number(g.High)
	}
	figure = withUnit(l, figure, g.Unit)
	switch g.Approx {
	case target.Over:
		figure = l.T("hơn {.figure}", "figure", figure)
	case target.Under:
		figure = l.T("gần {.figure}", "figure", figure)
	case target.About:
		figure = l.T("khoảng {.figure}", "figure", figure)
	}
	switch g.Relation {
	case target.AtLeast:
		figure = l.T("ít nhất {.figure}", "figure", figure)
	case target.AtMost:
		figure = l.T("không quá {.figure}", "figure", figure)
	}
	switch g.Change {
	case target.Increase:
		figure = l.T("tăng {.figure}", "figure", figure)
	case target.Decrease:
		figure = l.T("giảm {.figure}", "figure", figure)
	}
	switch g.BaseKind {
	case target.BaseYear:
		if g.BaseYear > 0 {
			return l.T("{.figure} so với năm {.year}", "figure", figure, "year", locale.Year(g.BaseYear))
		}
		return l.T("{.figure} so với năm trước", "figure", figure)
	case target.BaseSamePeriod:
		return l.T("{.figure} so với cùng kỳ", "figure", figure)
	case target.BasePlan:
		return l.T("{.figure} so với kế hoạch", "figure", figure)
	case target.BaseBudget:
		return l.T("{.figure} so với dự toán", "figure", figure)
	}
	return figure
}

// figureText writes a reported figure; a growth says whether it rose or fell.
func figureText(l locale.Lang, f indicator.Figure, growth bool) string {
	if !growth {
		return withUnit(l, l.Number(f.Amount), f.Unit)
	}
	if rest, fell := strings.CutPrefix(f.Amount, "-"); fell {
		return l.T("giảm {.figure}", "figure", withUnit(l, l.Number(rest), f.Unit))
	}
	return l.T("tăng {.figure}", "figure", withUnit(l, l.Number(f.Amount), f.Unit))
}

// statusTone is the tone of a status in a tag.
func statusTone(s indicator.Status) string {
	switch s {
	case indicator.Met, indicator.Exceeded:
		return "good"
	case indicator.InReach:
		return "info"
	case indicator.AtRisk:
		return "warn"
	case indicator.Short:
		return "bad"
	}
	return ""
}

func statusState(s indicator.Status) svg.State {
	switch s {
	case indicator.Met, indicator.Exceeded, indicator.InReach:
		return svg.Good
	case indicator.AtRisk:
		return svg.Warn
	case indicator.Short:
		return svg.Bad
	}
	return svg.None
}

// baseText writes base units in a target's own unit: a change of 1192000000 USD
// is "1.192 triệu USD"; what has no exact decimal there stays in base units.
func baseText(l locale.Lang, amount decimal.Decimal, unit, baseUnit string) string {
	sign, abs := "", amount.Abs()
	if amount.IsNegative() {
		sign = "−"
	} else if amount.IsPositive() {
		sign = "+"
	}
	if s, ok := target.Express(target.Value{Amount: abs.String(), Unit: baseUnit}, unit); ok {
		return sign + withUnit(l, l.Number(s), unit)
	}
	return sign + withUnit(l, l.Number(abs.String()), baseUnit)
}

// percentText writes an exact percentage as it is shown everywhere: "96,52%".
func percentText(l locale.Lang, r *big.Rat) string {
	if r == nil {
		return ""
	}
	return l.Number(indicator.Percent(r, indicator.Decimals)) + "%"
}

// goalForm is what the form of a target needs.
type goalForm struct {
	Parts      []Option // totals that it may be a part of
	Relations  []Option
	Changes    []Option
	Directions []Option
	Bases      []Option
	Approxes   []Option
}

func newGoalForm(parts []Option) goalForm {
	return goalForm{
		Parts: append([]Option{{Text: "— Không thuộc chỉ tiêu tổng nào —"}}, parts...),
		Relations: []Option{
			{Value: string(target.Equal), Text: "Bằng con số"},
			{Value: string(target.AtLeast), Text: "Ít nhất"},
			{Value: string(target.AtMost), Text: "Không quá"},
			{Value: string(target.Range), Text: "Trong khoảng"},
			{Value: string(target.None), Text: "Không có, không để xảy ra"},
			{Value: string(target.Text), Text: "Không đo bằng số"},
		},
		Changes: []Option{
			{Value: "", Text: "Mức đạt được"},
			{Value: string(target.Increase), Text: "Tăng"},
			{Value: string(target.Decrease), Text: "Giảm"},
		},
		Directions: []Option{
			{Value: "", Text: "Theo danh mục chỉ tiêu"},
			{Value: string(target.Higher), Text: "Càng cao càng tốt"},
			{Value: string(target.Lower), Text: "Càng thấp càng tốt"},
		},
		Bases: []Option{
			{Value: "", Text: "Không so sánh"},
			{Value: target.BaseYear, Text: "So với năm"},
			{Value: target.BaseSamePeriod, Text: "So với cùng kỳ"},
			{Value: target.BasePlan, Text: "So với kế hoạch"},
			{Value: target.BaseBudget, Text: "So với dự toán"},
			{Value: target.BaseShare, Text: "Tỷ trọng trong tổng số"},
		},
		Approxes: []Option{
			{Value: "", Text: "Đúng con số"},
			{Value: string(target.Over), Text: "Hơn"},
			{Value: string(target.Under), Text: "Gần"},
			{Value: string(target.About), Text: "Khoảng"},
		},
	}
}

// entryOf reads a target out of its form.
func entryOf(q *Req) indicator.Entry {
	f := q.Form()
	return indicator.Entry{
		Name: f.Get("name"), Relation: target.Relation(f.Get("relation")), Change: target.Change(f.Get("change")),
		Low: f.Get("low"), High: f.Get("high"), Unit: f.Get("unit"), Direction: target.Direction(f.Get("direction")),
		BaseKind: f.Get("base_kind"), BaseYear: f.Int("base_year"), ByYear: f.Int("by_year"), Approx: target.Approx(f.Get("approx")),
		PartOf: f.Get("part_of"), Lang: q.Lang,
	}
}

// defaultEntry fills the form of a target with what stands.
func defaultEntry(q *Req, g indicator.Goal) {
	e, f := g.Edit(q.Lang), q.Form()
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return locale.Year(y)
	}
	for field, value := range map[string]string{
		"name": e.Name, "relation": string(e.Relation), "change": string(e.Change), "low": e.Low, "high": e.High, "unit": e.Unit,
		"direction": string(e.Direction), "base_kind": e.BaseKind, "base_year": year(e.BaseYear), "by_year": year(e.ByYear),
		"approx": string(e.Approx), "part_of": e.PartOf,
	} {
		f.Default(field, value)
	}
}

// compareGoal prepares the page of a stale target: the fields in the words of
// the form.
func compareGoal(q *Req, g indicator.Goal) {
	e := g.Edit(q.Lang)
	for _, c := range []struct{ field, label, theirs string }{
		{"name", "Tên chỉ tiêu", e.Name}, {"low", "Con số", e.Low}, {"high", "Đến", e.High}, {"unit", "Đơn vị tính", e.Unit},
		{"relation", "Kiểu chỉ tiêu", string(e.Relation)}, {"change", "Mức hay mức tăng, giảm", string(e.Change)},
		{"direction", "Chiều tốt", string(e.Direction)}, {"part_of", "Là một phần của", e.PartOf},
	} {
		q.Compare(c.field, c.label, c.theirs)
	}
}
