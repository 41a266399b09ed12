package web

import (
	"math/big"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// periodOptions are the periods of the schedule with their days; also the one
// that is shown, where the cluster does not report it.
func periodOptions(l locale.Lang, schedule indicator.Schedule, shown indicator.Period) []Option {
	var out []Option
	there := shown == ""
	for _, d := range schedule {
		name := d.Period.Name()
		o := Option{Value: string(d.Period), Text: l.Say(name.Text, name.Args)}
		if d.Due != "" {
			o.Hint = l.T("hạn {.day}", "day", d.Due)
		}
		out = append(out, o)
		there = there || d.Period == shown
	}
	if !there {
		name := shown.Name()
		out = append(out, Option{Value: string(shown), Text: l.Say(name.Text, name.Args)})
	}
	return out
}

// begunPeriods are the periods of the schedule that figures can be reported for,
// and the one that is shown.
func begunPeriods(l locale.Lang, schedule indicator.Schedule, year int, today clock.Day, shown indicator.Period) []Option {
	return slices.DeleteFunc(periodOptions(l, schedule, ""), func(o Option) bool {
		p := indicator.Period(o.Value)
		return p != shown && !p.Begun(year, today)
	})
}

// otherPeriods are those that the schedule does not have, each day once, and
// none that has not begun; the one that is shown is always there.
func otherPeriods(l locale.Lang, schedule indicator.Schedule, year int, today clock.Day, shown indicator.Period) []Option {
	var out []Option
	taken := map[int]bool{shown.Months(): true}
	for _, p := range indicator.Periods {
		if d, ok := schedule.At(p); ok && (p != shown || d.Period == p) {
			continue
		}
		if p != shown && (taken[p.Months()] || !p.Begun(year, today)) {
			continue
		}
		taken[p.Months()] = true
		name := p.Name()
		out = append(out, Option{Value: string(p), Text: l.Say(name.Text, name.Args)})
	}
	return out
}

func statusOptions(l locale.Lang) []Option {
	var out []Option
	for _, s := range indicator.Statuses {
		name := s.Name()
		out = append(out, Option{Value: string(s), Text: l.Say(name.Text, name.Args)})
	}
	return out
}

// toldText writes an exact figure in base units as a goal's sentence would; a
// growth says whether it rises or falls.
func toldText(l locale.Lang, g indicator.Goal, x *big.Rat) string {
	if x == nil {
		return ""
	}
	amount, unit := g.Told(new(big.Rat).Abs(x))
	text := withUnit(l, l.Number(amount.String()), unit)
	switch {
	case g.Change == target.Level && x.Sign() < 0:
		return "−" + text
	case g.Change == target.Level:
		return text
	case x.Sign() < 0:
		return l.T("giảm {.figure}", "figure", text)
	}
	return l.T("tăng {.figure}", "figure", text)
}

// periodText names a period in the middle of a sentence.
func periodText(l locale.Lang, months int) string {
	if months == 12 {
		return l.T("cả năm")
	}
	return l.T("{.n} tháng", "n", months)
}

// forecastWhy tells how the forecast comes about, with every figure that it
// rests on, and the rule by which the status follows.
func forecastWhy(l locale.Lang, line indicator.Line, year int) []string {
	f := *line.Forecast
	told := func(x *big.Rat) string { return toldText(l, line.Goal, x) }
	ratio := func(x *big.Rat) string { return l.Number(indicator.Rounded(x, 4)) }
	months, end := periodText(l, f.Of.Months), told(f.Value)
	var out []string
	switch f.Method {
	case indicator.LastCourse:
		times := new(big.Rat).Quo(f.End, f.Then)
		out = append(out, l.T("Năm {.year}, {.months} được {.then}, cả năm được {.end}: gấp {.times} lần. Số {.months} năm nay {.now} nhân với {.times} là {.value}.",
			"year", locale.Year(year-1), "months", months, "then", told(f.Then), "end", told(f.End), "times", ratio(times), "now", told(f.Of.Value), "value", end))
	case indicator.EvenPace:
		out = append(out, l.T("Không có số cùng kỳ năm trước dùng được để so, nên coi các tháng còn lại như các tháng đã qua: {.now} × 12 ÷ {.n} = {.value}.",
			"now", told(f.Of.Value), "n", f.Of.Months, "value", end))
	case indicator.LastChange:
		out = append(out, l.T("Năm {.year}, {.months} là {.then}, cuối năm là {.end}. Thay đổi chừng ấy kể từ {.now} của năm nay thì cuối năm là {.value}.",
			"year", locale.Year(year-1), "months", months, "then", told(f.Then), "end", told(f.End), "now", told(f.Of.Value), "value", end))
	case indicator.Trend:
		out = append(out, l.T("Không có số cùng kỳ năm trước để so. Từ {.first} ({.was}) đến {.months} ({.now}), kéo thẳng đến hết năm là {.value}.",
			"first", periodText(l, f.First.Months), "was", told(f.First.Value), "months", months, "now", told(f.Of.Value), "value", end))
	case indicator.Unchanged:
		if line.Indicator.Flow == indicator.Growth {
			out = append(out, l.T("Chỉ tiêu tăng, giảm: coi mức {.months} giữ đến cuối năm, là {.value}.", "months", months, "value", end))
		} else {
			out = append(out, l.T("Chưa có số nào khác để so: coi mức {.months} giữ đến cuối năm, là {.value}.", "months", months, "value", end))
		}
	}
	if f.Bounded {
		out = append(out, l.T("Cách tính cho ra số không thể có, nên dừng ở {.value}.", "value", end))
	}
	goal := goalText(l, line.Goal)
	switch line.Status {
	case indicator.InReach:
		out = append(out, l.T("Số đã báo cáo chưa quyết định, dự báo đạt mục tiêu ({.goal}): có khả năng.", "goal", goal))
	case indicator.AtRisk:
		out = append(out, l.T("Số đã báo cáo chưa đạt, dự báo cũng không đạt mục tiêu ({.goal}): nguy cơ.", "goal", goal))
	case indicator.Short:
		out = append(out, l.T("Số đã báo cáo vượt mức cho phép ({.goal}) và không giảm lại được: chưa đạt.", "goal", goal))
	case indicator.Met, indicator.Exceeded:
		out = append(out, l.T("Số đã báo cáo đã đạt mục tiêu ({.goal}).", "goal", goal))
	}
	return out
}

// missText tells how far the method was off before.
func missText(l locale.Lang, m indicator.Miss) string {
	if m.N == 0 {
		return l.T("Chưa đủ năm để ước sai số: các năm trước chưa có chỉ tiêu cùng loại vừa có số cùng kỳ, vừa có kết quả năm.")
	}
	return l.T("Thử cách này trên {.n} chỉ tiêu cùng loại của các năm trước, mỗi lần chỉ dùng số có đến lúc đó: lệch trung bình {.mean}% so với kết quả thật.", "n", m.N, "mean", l.Number(indicator.Rounded(m.Mean, 1)))
}

// flagTexts joins flags for a cell.
func flagTexts(l locale.Lang, flags []indicator.Flag) string {
	var out []string
	for _, f := range flags {
		out = append(out, l.Say(f.Text.Text, f.Text.Args))
	}
	return strings.Join(out, " ")
}

// keptTone is the tone of a unit's reporting.
func keptTone(k indicator.Kept) string {
	switch k {
	case indicator.InTime:
		return "good"
	case indicator.Late:
		return "warn"
	case indicator.Overdue:
		return "bad"
	}
	return ""
}

// usualDue is what a form suggests as the day for a period: the fifth after its end.
func usualDue(p indicator.Period, year int) clock.Day { return p.End(year).Plus(5) }
