package scoring

import (
	"fmt"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
)

// sum adds parts, each a ratio with its own weight: quantity, quality,
// timeliness (domain.md §3.2, 11). No part counts above its weight. The inputs
// of part p are "p.target" and "p.actual".
type sum struct{ Parts []part }

type part struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	Max  Number `json:"max"`

	target, actual string // names of its inputs
}

func newPart(id, name string, max Number) part {
	return part{id, name, max, id + ".target", id + ".actual"}
}

var _ = register(locale.Msg("Cộng nhiều phần, mỗi phần theo tỷ lệ"), func() Rule { return &sum{} })

func (*sum) Kind() string { return "sum" }

func (r *sum) params() []param {
	return []param{required(param{
		Param: Param{Name: "parts", Kind: PartsParam, Label: locale.Msg("Các phần, mỗi phần có mã, tên và điểm tối đa")},
		read: func(o *object, name string) {
			list := o.list(name)
			for i := range list {
				if po := o.object(&list[i], fmt.Sprintf("%s[%d]", o.at(name), i), o.where); po != nil {
					r.Parts = append(r.Parts, newPart(po.text("id"), po.text("name"), po.number("max")))
					po.done()
				}
			}
		},
		write: func() any {
			if r.Parts == nil {
				return nil
			}
			return r.Parts
		},
		given: func() bool { return len(r.Parts) > 0 },
	})}
}

func (p part) label() string {
	if p.Name != "" {
		return p.Name
	}
	return p.ID
}

func (r *sum) check(c *Criterion, wrong func(string, string, ...any)) {
	needMax(c, wrong)
	total, seen := zero, map[string]bool{}
	for i, p := range r.Parts {
		switch {
		case p.ID == "":
			wrong("parts", "phần thứ {.n} chưa có mã “id”.", "n", i+1)
		case seen[p.ID]:
			wrong("parts", "mã phần “{.id}” dùng hai lần.", "id", p.ID)
		}
		seen[p.ID] = true
		if p.Max.n.Sign() <= 0 {
			wrong("parts", "phần thứ {.n} chưa có điểm tối đa “max” lớn hơn 0.", "n", i+1)
		}
		total = total.Add(p.Max.n)
	}
	if len(r.Parts) > 0 && !c.NoMax && total.Cmp(numOf(c.Max)) != 0 {
		wrong("parts", "tổng điểm {.sum} của các phần không bằng điểm tối đa {.max} của tiêu chí.", "sum", told(total), "max", c.Max)
	}
}

func (r *sum) Fields(*Criterion) []Field {
	var fields []Field
	for _, p := range r.Parts {
		fields = append(fields,
			Field{Name: p.target, Kind: NumberField, Label: locale.Msg("{.part}: chỉ tiêu", "part", p.label()), Hint: locale.Msg("Lớn hơn 0.")},
			Field{Name: p.actual, Kind: NumberField, Label: locale.Msg("{.part}: kết quả", "part", p.label())})
	}
	return fields
}

func (r *sum) Says(*Criterion) []locale.Text {
	var says []locale.Text
	for _, p := range r.Parts {
		says = append(says, locale.Msg("{.part}: {.max} điểm × kết quả ÷ chỉ tiêu.", "part", p.label(), "max", told(p.Max.n)))
	}
	return says
}

func (r *sum) score(a *ask) outcome {
	total := zero
	var terms []string
	var lead strings.Builder
	for i := range r.Parts {
		p := &r.Parts[i]
		target, actual := a.number(p.target), a.number(p.actual)
		if !a.ok() {
			continue
		}
		if target.Sign() <= 0 {
			a.bad(OutOfRange, p.target, locale.Msg("chỉ tiêu {.target} phải lớn hơn 0 vì kết quả được chia cho chỉ tiêu. Hãy sửa chỉ tiêu, hoặc đánh dấu không áp dụng nếu đơn vị không được giao.", "target", told(target)))
			continue
		}
		o := result(p.Max.n.Mul(actual.Quo(target)))
		if a.telling {
			o.words().expr = exact(p.Max.n) + " × " + operand(actual) + "/" + exact(target)
		}
		o.atMost(a, p.Max.n)
		o.atLeast(a, zero)
		if a.telling {
			lead.WriteString(o.calculation(o.value) + "; ")
			terms = append(terms, operand(o.value))
		}
		total = total.Add(o.value)
	}
	if !a.ok() {
		return outcome{}
	}
	o := result(total)
	if a.telling {
		o.words().lead = lead.String()
		o.tell(strings.Join(terms, " + "), locale.Msg("Cộng {.n} phần, mỗi phần bằng điểm của phần × kết quả ÷ chỉ tiêu.", "n", len(r.Parts)))
	}
	return o
}
