package scoring

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// The measures of scoring.md: what a rule looks at. Ratio and growth are in
// percent, so that a sheet says 95 and 7 as the regulations do.
const (
	actualMeasure     = "actual"
	ratioMeasure      = "ratio"      // actual/target × 100
	differenceMeasure = "difference" // actual − prior
	growthMeasure     = "growth"     // (actual − prior)/prior × 100
)

// measured is the choice of a measure as rules embed it.
type measured struct{ Measure string }

func (m *measured) param() param {
	p := choice("measure", &m.Measure, locale.Msg("Đại lượng dùng để chấm"), []Choice{
		{actualMeasure, locale.Msg("kết quả thực hiện")},
		{ratioMeasure, locale.Msg("kết quả so với chỉ tiêu (%)")},
		{differenceMeasure, locale.Msg("chênh lệch so với năm trước")},
		{growthMeasure, locale.Msg("mức tăng so với năm trước (%)")},
	})
	byName := p.read
	p.read = func(o *object, name string) {
		// The specification writes the measures as formulas; a sheet may too.
		if v := o.fields[name]; v != nil && v.kind == '"' {
			formula := strings.NewReplacer(" ", "", "−", "-", "–", "-").Replace(v.text)
			if canonical, ok := map[string]string{
				"actual/target": ratioMeasure, "actual-prior": differenceMeasure, "(actual-prior)/prior": growthMeasure,
			}[formula]; ok {
				v.text = canonical
			}
		}
		byName(o, name)
	}
	return p
}

func (m *measured) name() locale.Text {
	for _, c := range m.param().Choices {
		if c.Value == m.Measure {
			return c.Label
		}
	}
	return locale.Text{}
}

func (m *measured) percent() bool { return m.Measure == ratioMeasure || m.Measure == growthMeasure }

// Fields are the inputs that the measure needs.
func (m *measured) Fields(*Criterion) []Field {
	switch m.Measure {
	case ratioMeasure:
		return []Field{targetField(locale.Msg("Lớn hơn 0.")), actualField()}
	case differenceMeasure:
		return []Field{priorField(locale.Text{}), actualField()}
	case growthMeasure:
		return []Field{priorField(locale.Msg("Lớn hơn 0.")), actualField()}
	}
	return []Field{actualField()}
}

// of takes the measure from a cell: its value and, when telling, the steps that
// lead to it.
func (m *measured) of(a *ask) (v rational.Num, lead string) {
	switch m.Measure {
	case ratioMeasure:
		target, actual := a.number("target"), a.number("actual")
		if !a.ok() {
			return zero, ""
		}
		if target.Sign() <= 0 {
			a.bad(OutOfRange, "target", locale.Msg("chỉ tiêu {.target} phải lớn hơn 0 vì kết quả được chia cho chỉ tiêu. Hãy sửa chỉ tiêu, hoặc đánh dấu không áp dụng nếu đơn vị không được giao.", "target", told(target)))
			return zero, ""
		}
		v = actual.Quo(target).Mul(hundred)
		if a.telling {
			lead = operand(actual) + "/" + exact(target) + " × 100"
		}
	case differenceMeasure:
		prior, actual := a.number("prior"), a.number("actual")
		if !a.ok() {
			return zero, ""
		}
		v = actual.Sub(prior)
		if a.telling {
			lead = operand(actual) + " − " + operand(prior)
		}
	case growthMeasure:
		prior, actual := a.number("prior"), a.number("actual")
		if !a.ok() {
			return zero, ""
		}
		if prior.Sign() <= 0 {
			a.bad(OutOfRange, "prior", locale.Msg("kết quả năm trước {.prior} phải lớn hơn 0 vì mức tăng được chia cho nó. Hãy sửa số liệu, hoặc chọn đại lượng chênh lệch cho tiêu chí này.", "prior", told(prior)))
			return zero, ""
		}
		v = actual.Sub(prior).Quo(prior).Mul(hundred)
		if a.telling {
			lead = "(" + operand(actual) + " − " + exact(prior) + ")/" + exact(prior) + " × 100"
		}
	default:
		return a.number("actual"), ""
	}
	if a.telling {
		lead += " = " + exact(v) + "; "
	}
	return v, lead
}

// value writes a measure's value in a sentence, with the percent sign where it
// is one.
func (m *measured) value(v rational.Num) locale.Text {
	if m.percent() {
		return locale.Msg("{.value}%", "value", told(v))
	}
	return locale.Msg("{.value}", "value", told(v))
}
