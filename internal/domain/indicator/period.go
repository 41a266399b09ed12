package indicator

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Period is the part of a year that a figure covers: H1, Y, Q1 to Q4, M01 to
// M12. Figures count from 1 January to the end of the period, as reports in
// the field do (lũy kế từ đầu năm).
type Period string

// The two periods that every cluster reports.
const (
	HalfYear Period = "H1"
	FullYear Period = "Y"
)

// Periods in the order in which forms offer them.
var Periods = []Period{HalfYear, FullYear, "Q1", "Q2", "Q3", "Q4", "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12"}

// Months is how many months of the year have passed at the period's end; 0 for
// what is no period.
func (p Period) Months() int {
	switch {
	case p == FullYear:
		return 12
	case p == HalfYear:
		return 6
	case len(p) == 2 && p[0] == 'Q' && p[1] >= '1' && p[1] <= '4':
		return 3 * int(p[1]-'0')
	case len(p) == 3 && p[0] == 'M':
		if n, err := strconv.Atoi(string(p[1:])); err == nil && n >= 1 && n <= 12 && (p[1] == '0' || p[1] == '1') {
			return n
		}
	}
	return 0
}

// Valid tells whether p is a period.
func (p Period) Valid() bool { return p.Months() > 0 }

// Whole tells whether the period ends with the year.
func (p Period) Whole() bool { return p.Months() == 12 }

// after tells whether p says more about the year than r: it ends later, or is
// the year's own figure.
func (p Period) after(r Period) bool {
	if p.Months() != r.Months() {
		return p.Months() > r.Months()
	}
	return p == FullYear && r != FullYear || p == HalfYear && r != HalfYear && r != FullYear
}

// share is the part of the year that has passed.
func (p Period) share() *big.Rat { return big.NewRat(int64(p.Months()), 12) }

// Name says the period.
func (p Period) Name() locale.Text {
	switch {
	case p == FullYear:
		return locale.Msg("Cả năm")
	case p == HalfYear:
		return locale.Msg("6 tháng")
	case p == "M09":
		return locale.Msg("9 tháng")
	case p.Valid() && p[0] == 'Q':
		return locale.Msg("Đến hết quý {.n}", "n", int(p[1]-'0'))
	case p.Valid():
		return locale.Msg("Đến hết tháng {.n}", "n", p.Months())
	}
	return locale.Text{Text: string(p)}
}

// Begun tells whether the first month of a valid period has come by a day: only
// then there is something to report.
func (p Period) Begun(year int, today clock.Day) bool {
	first := 1
	switch p[0] {
	case 'M':
		first = p.Months()
	case 'Q':
		first = p.Months() - 2
	}
	return today >= clock.Day(fmt.Sprintf("%04d-%02d-01", year, first))
}

// End is the last day of the period in a year.
func (p Period) End(year int) clock.Day { return monthEnd(year, p.Months()) }

// monthEnd is the last day of a month, 1 to 12.
func monthEnd(year, month int) clock.Day {
	if month == 12 {
		return clock.Day(locale.Year(year) + "-12-31")
	}
	return clock.Day(fmt.Sprintf("%04d-%02d-01", year, month+1)).Plus(-1)
}
