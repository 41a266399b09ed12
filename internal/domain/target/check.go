package target

import (
	"math/big"
	"strings"
)

func amount(t *Target) *big.Rat {
	r, ok := new(big.Rat).SetString(t.Value.Amount)
	if !ok {
		return new(big.Rat)
	}
	return r
}

func isCurrency(unit string) bool {
	switch unit {
	case "VND", "USD", "EUR", "JPY", "CNY", "KRW":
		return true
	}
	return false
}

// family is a total with its parts, as they are read.
type family struct {
	total int // of Reading.Targets, as the parts are
	parts []int
	want  *big.Rat
	sum   big.Rat // of the parts
}

// familyOf finds the family of a total; nil while it has no part. Parts stand
// near their total, so the search goes back from the end.
func (r *reader) familyOf(total int) *family {
	for k := len(r.families) - 1; k >= 0 && k > len(r.families)-64; k-- {
		if r.families[k].total == total {
			return r.families[k]
		}
	}
	return nil
}

// joins makes a target that comes next a part of the total.
func (r *reader) joins(t *Target, total int) {
	f := r.familyOf(total)
	if f == nil {
		f = &family{total: total, want: amount(&r.out.Targets[total])}
		r.families = append(r.families, f)
	}
	f.parts = append(f.parts, len(r.out.Targets))
	f.sum.Add(&f.sum, amount(t))
	t.PartOf = r.out.Targets[total].ID
}

// check compares parts with their totals and looks for what cannot be.
func (r *reader) check() {
	r.sums()
	r.suspects()
}

func (r *reader) sums() {
	for _, f := range r.families {
		total := &r.out.Targets[f.total]
		mixed := false
		plain := total.Relation == Equal && total.Approx == "" && total.Change == Level && total.Unit != "%" && total.Unit != "‰"
		for _, k := range f.parts {
			t := &r.out.Targets[k]
			mixed = mixed || t.Value.Unit != total.Value.Unit && isCurrency(t.Value.Unit)
			plain = plain && t.Value.Unit == total.Value.Unit && t.Relation == Equal && t.Approx == ""
		}
		if mixed {
			r.warn(MixedCurrency, total.Source.Line, "“{.name}” và các phần của chỉ tiêu này dùng nhiều loại tiền; không cộng được nếu chưa có tỷ giá và ngày áp dụng.", "name", total.Name)
			continue
		}
		if !plain || len(f.parts) < 2 {
			continue
		}
		check := Check{Kind: "sum", Total: total.ID, Want: total.Low, OK: f.sum.Cmp(f.want) == 0}
		if check.Got = total.Low; !check.OK {
			got, exact := Express(Value{mustText(&f.sum), total.Value.Unit}, total.Unit)
			if !exact {
				continue
			}
			check.Got = got
		}
		check.Parts = make([]string, len(f.parts))
		for i, k := range f.parts {
			check.Parts[i] = r.out.Targets[k].ID
		}
		r.out.Checks = append(r.out.Checks, check)
		if !check.OK {
			r.warn(SumMismatch, total.Source.Line, "Các phần của “{.name}” cộng lại là {.got} {.unit}, khác tổng đã ghi {.want} {.unit}. Hãy kiểm tra lại số liệu.",
				"name", total.Name, "got", written(check.Got), "want", written(check.Want), "unit", total.Unit)
		}
	}
}

func mustText(r *big.Rat) string {
	s, _ := decimalText(r)
	return s
}

func (r *reader) suspects() {
	type key struct {
		name   string
		change Change
		by     int
		base   Base
		part   string
	}
	seen := make(map[key]int, len(r.out.Targets))
	for k := range r.out.Targets {
		if len(r.out.Warnings) >= maxWarnings {
			return // nothing more would be said
		}
		t := &r.out.Targets[k]
		if t.Unit == "%" && t.Change == Level && t.Base == nil && len(t.Low) > 2 && isShare(t.Name) && overHundred(t.Low) {
			r.warn(UnitSuspect, t.Source.Line, "“{.name}” ghi {.figure}%, lớn hơn 100%. Hãy kiểm tra lại số liệu hoặc đơn vị tính.", "name", t.Name, "figure", written(t.Low))
		}
		id := key{name: small(t.Name), change: t.Change, by: t.By, part: t.PartOf}
		if t.Base != nil {
			id.base = *t.Base
		}
		first, again := seen[id]
		if !again {
			seen[id] = k
			continue
		}
		f := &r.out.Targets[first]
		switch {
		case f.Value == nil || t.Value == nil:
			r.duplicate(f, t)
		case isCurrency(f.Value.Unit) && isCurrency(t.Value.Unit) && f.Value.Unit != t.Value.Unit:
			r.warn(MixedCurrency, t.Source.Line, "“{.name}” có số liệu bằng nhiều loại tiền; không cộng hoặc so sánh được nếu chưa có tỷ giá và ngày áp dụng.", "name", t.Name)
		case f.Value.Unit == t.Value.Unit:
			if far(amount(f), amount(t)) {
				r.warn(UnitSuspect, t.Source.Line, "“{.name}” ghi {.figure} {.unit}, chênh lệch rất lớn so với chỗ khác ghi {.other} {.otherunit}. Hãy kiểm tra đơn vị tính.",
					"name", t.Name, "figure", written(t.Low), "unit", t.Unit, "other", written(f.Low), "otherunit", f.Unit)
			}
			r.duplicate(f, t)
		}
	}
}

func (r *reader) duplicate(f, t *Target) {
	r.warn(Duplicate, t.Source.Line, "Chỉ tiêu “{.name}” đã có ở dòng {.line}. Hãy giữ lại một chỉ tiêu.", "name", t.Name, "line", f.Source.Line)
}

func overHundred(s string) bool {
	f, ok := plainFigure(s)
	return ok && figure{"100", 0}.less(f)
}

// isShare tells a proportion, which cannot pass 100%.
func isShare(name string) bool {
	n := small(name)
	if strings.Contains(n, "so với") || strings.Contains(n, "kế hoạch") || strings.Contains(n, "dự toán") {
		return false
	}
	return strings.HasPrefix(n, "tỷ lệ") || strings.HasPrefix(n, "tỉ lệ") || strings.HasPrefix(n, "tỷ trọng")
}

// farTimes is how many times apart two figures of one indicator must be before
// the unit is doubted: a thousand, one scale word.
const farTimes = 1000

func far(a, b *big.Rat) bool {
	if a.Sign() <= 0 || b.Sign() <= 0 {
		return false
	}
	q, times := new(big.Rat).Quo(a, b), big.NewRat(farTimes, 1)
	return q.Cmp(times) >= 0 || q.Inv(q).Cmp(times) >= 0
}

// written puts an exact decimal into the Vietnamese form: 93.262 and 69,5.
func written(s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(whole[i])
	}
	if frac != "" {
		b.WriteString("," + frac)
	}
	return b.String()
}
