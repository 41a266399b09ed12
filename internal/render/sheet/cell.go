package sheet

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// put writes a value into a cell with its style.
func (b *book) put(sheet string, column, row int, l look, v any) error {
	cell := at(column, row)
	num, text := b.value(&l, v)
	id, err := b.style(l)
	if err != nil {
		return err
	}
	if err := b.file.SetCellStyle(sheet, cell, cell, id); err != nil {
		return err
	}
	switch {
	case num != "": // the decimal text goes into the file as it is, so nothing is rounded on the way
		return b.file.SetCellDefault(sheet, cell, num)
	case text != "":
		return b.file.SetCellStr(sheet, cell, text)
	}
	return nil
}

// exact is how many digits Excel keeps of a number; what has more is written as text.
const exact = 15

// value turns v into the number or the text of a cell and completes its look.
func (b *book) value(l *look, v any) (num, text string) {
	d, ok := figure(l.kind, v)
	if ok {
		if l.kind == Percent {
			l.decimals = places(d)
			d = d.Shift(-2)
		} else {
			l.decimals = places(d)
		}
		if len(strings.Trim(d.Coefficient().String(), "-0")) > exact {
			l.number = true
			return "", locale.Vietnamese.Number(d.String())
		}
		if l.kind == Points {
			l.decimals = max(l.decimals, 2)
		}
		if l.decimals > 4 { // a fraction that never ends: the value keeps more than the eye needs
			if _, fraction := v.(*big.Rat); fraction {
				l.decimals = 4
			}
		}
		l.number = true
		return d.String(), ""
	}
	if n, ok := ordinal(l.kind, v); ok {
		l.number = true
		return n, ""
	}
	if serial, timed, ok := dateSerial(v); ok {
		l.kind, l.number, l.clock = Date, true, timed
		return serial, ""
	}
	l.quoted = false
	text = plain(v)
	if text != "" && strings.ContainsRune("=+-@\t", rune(text[0])) {
		l.quoted = true
	}
	return "", text
}

// figure is the exact number of a value in a column of numbers.
func figure(kind Kind, v any) (decimal.Decimal, bool) {
	if kind == Text || kind == Date {
		return decimal.Zero, false
	}
	switch v := v.(type) {
	case int:
		return decimal.NewFromInt(int64(v)), true
	case int64:
		return decimal.NewFromInt(v), true
	case points.Points:
		return decimal.New(int64(v), -4), true
	case decimal.Decimal:
		return v, true
	case *decimal.Decimal:
		if v != nil {
			return *v, true
		}
	case decimal.NullDecimal:
		return v.Decimal, v.Valid
	case *big.Int:
		if v != nil {
			return decimal.NewFromBigInt(v, 0), true
		}
	case *big.Rat:
		if v != nil { // a fraction that never ends is cut where no table looks any more
			return decimal.NewFromBigRat(v, 10), true
		}
	case string:
		s := strings.TrimSpace(v)
		if s == "" || strings.Trim(strings.TrimPrefix(s, "-"), "0123456789.") != "" || len(s) > 40 {
			return decimal.Zero, false
		}
		d, err := decimal.NewFromString(s)
		return d, err == nil
	}
	return decimal.Zero, false
}

// ordinal is an integer in a column of text: a number of order or a year, which
// takes no thousands marks.
func ordinal(kind Kind, v any) (string, bool) {
	if kind != Text {
		return "", false
	}
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), v < 1e15 && v > -1e15
	}
	return "", false
}

// places is the number of decimals that d needs.
func places(d decimal.Decimal) int {
	_, frac, _ := strings.Cut(d.String(), ".")
	return min(len(strings.TrimRight(frac, "0")), 10)
}

var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// dateSerial is Excel's day number of a day or a time; days before March 1900,
// where Excel's calendar is wrong, stay text.
func dateSerial(v any) (serial string, timed, ok bool) {
	var t time.Time
	switch v := v.(type) {
	case clock.Day:
		day, err := time.Parse("2006-01-02", string(v))
		if err != nil {
			return "", false, false
		}
		t = day
	case clock.Instant:
		t, timed = v.Time(), true
	case time.Time:
		t, timed = v, true
	default:
		return "", false, false
	}
	if t.IsZero() {
		return "", false, false
	}
	if timed {
		t = t.In(clock.Vietnam)
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
	days := t.Sub(epoch) / (24 * time.Hour)
	if t.Year() > 9999 || t.Year() < 1800 || days <= 60 {
		return "", false, false
	}
	seconds := int64(t.Sub(epoch) % (24 * time.Hour) / time.Second)
	if seconds == 0 {
		return strconv.Itoa(int(days)), timed, true
	}
	part := decimal.NewFromInt(seconds).DivRound(decimal.NewFromInt(86400), 10)
	return part.Add(decimal.NewFromInt(int64(days))).String(), timed, true
}

// plain is the text of any other value, as Vietnamese writes it.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return limit(vntext.Clean(v))
	case bool:
		if v {
			return "Có"
		}
		return "Không"
	case clock.Instant:
		return locale.Vietnamese.Time(v.Time())
	case *big.Rat:
		if v == nil {
			return ""
		}
		return locale.Vietnamese.Number(decimal.NewFromBigRat(v, 10).String())
	case *decimal.Decimal:
		if v == nil {
			return ""
		}
		return locale.Vietnamese.Number(v.String())
	case decimal.NullDecimal:
		if !v.Valid {
			return ""
		}
		return locale.Vietnamese.Number(v.Decimal.String())
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return limit(vntext.Clean(fmt.Sprint(locale.Vietnamese.Value(v))))
}

// limit keeps to the length of an Excel cell.
func limit(s string) string { return shorten(s, excelize.TotalCellChars) }

func itoa(n int) string { return strconv.Itoa(n) }
