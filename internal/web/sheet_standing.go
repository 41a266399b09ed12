package web

import (
	"cmp"

	"github.com/shopspring/decimal"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
)

// sheetGrade is a step of a sheet's ladder in words.
type sheetGrade struct {
	Name string
	Says []locale.Text
}

// standingOf says the grades of a sheet, and what keeps a unit out, apart or
// down.
func standingOf(sh *scoring.Sheet) (grades []sheetGrade, marks []locale.Text) {
	names := map[string]string{}
	for _, g := range sh.Grades {
		one := sheetGrade{Name: cmp.Or(g.Name, g.ID)}
		names[g.ID] = one.Name
		say := func(is bool, text string, kv ...any) {
			if is {
				one.Says = append(one.Says, locale.Msg(text, kv...))
			}
		}
		say(g.From.Given(), "từ {.points} điểm", "points", plainNumber(g.From))
		say(g.To.Given(), "dưới {.points} điểm", "points", plainNumber(g.To))
		say(g.Main, "không tính điểm thưởng, điểm trừ")
		say(g.NoZero, "không tiêu chí nào 0 điểm")
		say(g.Each.Given(), "mỗi nhóm đạt ít nhất {.share} điểm tối đa của nó", "share", plainNumber(g.Each))
		say(g.Otherwise, "các trường hợp còn lại")
		grades = append(grades, one)
	}
	for _, m := range sh.Knockouts {
		marks = append(marks, locale.Msg("Không xét: {.name}.", "name", cmp.Or(m.Name, m.ID)))
	}
	for _, m := range sh.Holds {
		marks = append(marks, locale.Msg("Tạm giữ: {.name}.", "name", cmp.Or(m.Name, m.ID)))
	}
	for _, m := range sh.Caps {
		marks = append(marks, locale.Msg("{.name}: cao nhất {.grade}.", "name", cmp.Or(m.Name, m.ID), "grade", names[m.Grade]))
	}
	return grades, marks
}

// plainNumber is a number of a sheet as an argument of a sentence.
func plainNumber(n scoring.Number) decimal.Decimal {
	d, err := decimal.NewFromString(n.String())
	if err != nil {
		return decimal.Zero // a sheet's numbers are decimals as they were typed
	}
	return d
}
