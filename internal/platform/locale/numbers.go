package locale

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
)

// Value writes a value as the language writes it: 1.234,5 and 23/11/2026 in
// Vietnamese, 1,234.5 in English. Text stays as it is; a Text is translated.
func (l Lang) Value(v any) any {
	switch v := v.(type) {
	case string:
		// What an installation starts with (kinds of awards, rules, levels) is said
		// in the reader's language, also within a sentence.
		if l != Vietnamese && Known(v) {
			return l.T(v)
		}
	case int:
		return l.Number(fmt.Sprint(v))
	case int64:
		return l.Number(fmt.Sprint(v))
	case points.Points:
		return l.Number(v.String())
	case decimal.Decimal:
		return l.Number(v.String())
	case *big.Int:
		return l.Number(v.String())
	case clock.Day:
		return l.Day(v)
	case time.Time:
		return l.Time(v)
	case clock.Instant:
		return l.Time(v.Time())
	case Text:
		return l.Say(v.Text, v.Args)
	case *fault.Error:
		return l.Fault(v)
	}
	return v
}

// Text is a message that is said inside another one.
type Text struct {
	Text string
	Args fault.Args
}

// Msg makes a Text.
func Msg(text string, kv ...any) Text { return Text{text, fault.Pairs(kv...)} }

// Year writes a year: never with a thousands mark.
func Year(y int) string { return fmt.Sprint(y) }

// Number groups a plain decimal text ("-1234.50") by thousands and writes the
// decimal mark of the language. What is no number comes back unchanged.
func (l Lang) Number(s string) string {
	group, mark := ".", ","
	if l == English {
		group, mark = ",", "."
	}
	body, sign := s, ""
	if strings.HasPrefix(body, "-") {
		body, sign = body[1:], "−"
	}
	whole, frac, _ := strings.Cut(body, ".")
	if whole == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return s
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(d)
	}
	if frac != "" {
		b.WriteString(mark + frac)
	}
	return b.String()
}

// Points writes points with two decimals at least, as scoring tables print them.
func (l Lang) Points(p points.Points) string { return l.Number(p.Fixed(2)) }

// Day writes 23/11/2026, in both languages: it is what is on the papers.
func (l Lang) Day(d clock.Day) string {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("02/01/2006")
}

// Time writes 14:02 23/11/2026 in Vietnamese time.
func (l Lang) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Vietnam).Format("15:04 02/01/2006")
}

// typedMarks tidies what stands between digits; made once, because imports read
// millions of numbers.
var typedMarks = strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "", "−", "-", "–", "-")

// ParseNumber reads a figure as a person types it, in either form: "1.234,5",
// "1,234.5", "1234.5", "69,5", "93.262". A single mark followed by exactly
// three digits is read as thousands, the Vietnamese dot and the English comma
// alike, unless the language of the form says otherwise: "1.500" is 1500 in
// Vietnamese, "1,500" is 1500 in English, and each is a decimal in the other
// only where the digits cannot be a group.
func (l Lang) ParseNumber(s string) (decimal.Decimal, error) {
	text := typedMarks.Replace(strings.TrimSpace(s))
	wrong := func() (decimal.Decimal, error) {
		return decimal.Zero, fault.New(fault.Invalid, "“{.value}” không phải là số. Hãy nhập như 1.234,5 hoặc 1234.5.", "value", s)
	}
	if text == "" || len(text) > 60 {
		return wrong()
	}
	group, mark := ".", ","
	if l == English {
		group, mark = mark, group
	}
	dots, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case dots > 0 && commas > 0: // the later one is the decimal mark
		if strings.LastIndex(text, ".") > strings.LastIndex(text, ",") {
			group, mark = ",", "."
		} else {
			group, mark = ".", ","
		}
	case dots > 1:
		group, mark = ".", ","
	case commas > 1:
		group, mark = ",", "."
	case dots+commas == 1:
		m := "."
		if commas == 1 {
			m = ","
		}
		i := strings.Index(text, m)
		digits := strings.TrimPrefix(text[:i], "-")
		three := len(text)-i-1 == 3 && len(digits) >= 1 && len(digits) <= 3 && digits != "0"
		if m != group || !three {
			group, mark = "", m
		}
	}
	whole, frac, cut := strings.Cut(text, mark)
	if cut && frac == "" {
		return wrong()
	}
	if group != "" && strings.Contains(whole, group) {
		parts := strings.Split(whole, group)
		for i, p := range parts {
			if i == 0 {
				p = strings.TrimPrefix(p, "-")
			}
			if (i > 0 && len(p) != 3) || len(p) == 0 || len(p) > 3 {
				return wrong()
			}
		}
		whole = strings.Join(parts, "")
	}
	if strings.Trim(strings.TrimPrefix(whole, "-"), "0123456789") != "" || strings.Trim(frac, "0123456789") != "" || strings.TrimPrefix(whole, "-") == "" {
		return wrong()
	}
	if frac != "" {
		whole += "." + frac
	}
	d, err := decimal.NewFromString(whole)
	if err != nil {
		return wrong()
	}
	return d, nil
}
