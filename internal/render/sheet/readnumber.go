package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// numberStyle is what a cell style does to a number.
type numberStyle int

const (
	asNumber numberStyle = iota
	asPercent
	asDate
	asDateTime
	asTime
)

// readStyles learns which cell styles show dates or percentages.
func (rd *reader) readStyles(part string) error {
	formats := map[string]string{}
	inCells := false
	return rd.walk(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			formats[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "cellXfs":
			inCells = true
		case "xf":
			if !inCells {
				return nil
			}
			id := attr(e, "numFmtId")
			style := builtin(id)
			if code, ok := formats[id]; ok {
				style = styleOf(code)
			}
			rd.styles = append(rd.styles, style)
		}
		return nil
	})
}

// builtin are the formats that have a number and no code in the file (ECMA-376, 18.8.30).
func builtin(id string) numberStyle {
	n, _ := strconv.Atoi(id)
	switch {
	case n == 9 || n == 10:
		return asPercent
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return asDate
	case n == 22:
		return asDateTime
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47:
		return asTime
	}
	return asNumber
}

// styleOf tells what a format code shows, by the letters of its first section
// that stand neither in quotes nor in brackets nor behind an escape.
func styleOf(code string) numberStyle {
	day, hour, percent := false, false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case '[':
			if j := strings.IndexByte(code[i:], ']'); j >= 0 {
				if inner := strings.ToLower(code[i+1 : i+j]); inner != "" && strings.Trim(inner, "hms") == "" {
					hour = true
				}
				i += j
			}
		case '\\', '_', '*':
			i++
		case ';':
			i = len(code)
		case '%':
			percent = true
		case 'y', 'Y', 'd', 'D':
			day = true
		case 'h', 'H', 's', 'S':
			hour = true
		}
	}
	switch {
	case percent:
		return asPercent
	case day && hour:
		return asDateTime
	case day:
		return asDate
	case hour:
		return asTime
	}
	return asNumber
}

// number writes a stored number as the person sees it, exactly. Excel stores
// doubles: 0.1+0.2 stands in the file as 0.30000000000000004, so what is beyond
// its fifteen digits is rounded away.
func (rd *reader) number(v string, style int) (string, Is) {
	if v == "" || len(v) > 40 {
		return v, IsText
	}
	d, err := decimal.NewFromString(v)
	if err != nil || d.Exponent() > 320 || d.Exponent() < -350 {
		return v, IsText
	}
	if digits := len(d.Coefficient().String()); digits > exact {
		if d.Sign() < 0 {
			digits--
		}
		d = d.Round(int32(exact - digits - int(d.Exponent())))
	}
	how := asNumber
	if style >= 0 && style < len(rd.styles) {
		how = rd.styles[style]
	}
	switch how {
	case asPercent:
		return comma(d.Shift(2)) + "%", IsPercent
	case asDate, asDateTime, asTime:
		if s, ok := rd.moment(d, how); ok {
			return s, IsDate
		}
	}
	return comma(d), IsNumber
}

func comma(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return strings.Replace(s, ".", ",", 1)
}

// moment turns a day number into 23/11/2026, 14:02 23/11/2026 or 14:02.
func (rd *reader) moment(d decimal.Decimal, how numberStyle) (string, bool) {
	if d.Sign() < 0 || d.GreaterThan(decimal.NewFromInt(2958465)) {
		return "", false
	}
	day := d.IntPart()
	seconds := d.Sub(decimal.NewFromInt(day)).Mul(decimal.NewFromInt(86400)).Round(0).IntPart()
	start := epoch
	switch {
	case rd.date04:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day < 60: // Excel counts a 29 February 1900 that never was
		day++
	}
	t := start.AddDate(0, 0, int(day)).Add(time.Duration(seconds) * time.Second)
	switch {
	case how == asTime && d.LessThan(decimal.NewFromInt(1)):
		return t.Format("15:04"), true
	case seconds != 0:
		return t.Format("15:04 02/01/2006"), true
	}
	return t.Format("02/01/2006"), true
}
