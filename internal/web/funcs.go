package web

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/account"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// funcs are what templates may call, in one language.
func funcs(l locale.Lang, a *assets) template.FuncMap {
	return template.FuncMap{
		// Words.
		"t":   func(text any, kv ...any) (string, error) { return say(l, text, kv) },
		"msg": func(text string, kv ...any) locale.Text { return locale.Msg(text, kv...) },
		"role": func(r access.Role) string {
			name := account.RoleName(r)
			return l.Say(name.Text, name.Args)
		},
		// Figures, days and times in the language's form.
		"num":    func(v any) string { return number(l, v) },
		"points": func(p points.Points) string { return l.Points(p) },
		"day":    func(d clock.Day) string { return showDay(l, d) },
		"time":   func(v any) string { return showTime(l, v) },
		"iso":    func(v any) string { return isoTime(v) },
		// Values for the parts.
		"dict":        dict,
		"list":        func(items ...any) []any { return items },
		"opt":         func(value, text string) Option { return Option{Value: value, Text: text} },
		"crumb":       func(path string, text any) Crumb { return Crumb{path, text} },
		"share":       share,
		"year":        locale.Year, // a year: no thousands mark
		"publication": publicationName,
		"add":         func(x, y int) int { return x + y },
		"join":        strings.Join,
		// Pictures and addresses.
		"icon":  icon,
		"asset": a.path,
		"initials": func(name string) string {
			words := strings.Fields(name)
			if len(words) == 0 {
				return "?"
			}
			first := []rune(words[0])[:1]
			if len(words) == 1 {
				return strings.ToUpper(string(first))
			}
			return strings.ToUpper(string(first) + string([]rune(words[len(words)-1])[:1]))
		},
	}
}

// say takes a sentence, a locale.Text or an error.
func say(l locale.Lang, text any, kv []any) (string, error) {
	switch v := text.(type) {
	case string:
		if len(kv)%2 != 0 {
			return "", fmt.Errorf("t %q: odd number of names and values", v)
		}
		return l.T(v, kv...), nil
	case locale.Text:
		return l.Say(v.Text, v.Args), nil
	case *fault.Error:
		return l.Fault(v), nil
	case error:
		return l.Fault(v), nil
	case nil:
		return "", nil
	case fmt.Stringer:
		return l.T(v.String()), nil
	}
	return l.T(fmt.Sprint(text), kv...), nil
}

func number(l locale.Lang, v any) string {
	switch v := v.(type) {
	case string:
		return l.Number(v)
	case *decimal.Decimal:
		if v == nil {
			return ""
		}
		return l.Number(v.String())
	}
	return fmt.Sprint(l.Value(v))
}

// showDay leaves out the day that means "no end".
func showDay(l locale.Lang, d clock.Day) string {
	if d == clock.Forever {
		return ""
	}
	return l.Day(d)
}

func asTime(v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return v
	case clock.Instant:
		return v.Time()
	case int64:
		return clock.Instant(v).Time()
	}
	return time.Time{}
}

// showTime keeps hour and day on one line.
func showTime(l locale.Lang, v any) string {
	return strings.ReplaceAll(l.Time(asTime(v)), " ", "\u00a0")
}

// isoTime is the machine's form, for <time datetime>.
func isoTime(v any) string {
	if d, ok := v.(clock.Day); ok {
		return string(d)
	}
	t := asTime(v)
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Vietnam).Format(time.RFC3339)
}

// dict makes the argument of a part of pairs: dict "name" "login" "label" "…".
func dict(kv ...any) (map[string]any, error) {
	if len(kv)%2 != 0 {
		return nil, errors.New("dict: odd number of names and values")
	}
	m := make(map[string]any, len(kv)/2)
	for i := 0; i < len(kv); i += 2 {
		key, ok := kv[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", kv[i])
		}
		m[key] = kv[i+1]
	}
	return m, nil
}

// Option is a choice of a select, of radio buttons or of checkboxes. Text is
// translated where it has a translation.
type Option struct{ Value, Text, Hint string }
