package scoring

import (
	"slices"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// standing checks knock-outs, holds, caps and grades.
func (k *checker) standing(s *Sheet) {
	grades := map[string]bool{}
	for i, g := range s.Grades {
		switch {
		case g.ID == "":
			k.wrong(nil, BadID, "grades", locale.Msg("mức xếp loại thứ {.n} chưa có mã “id”.", "n", i+1))
		case grades[g.ID]:
			k.wrong(nil, BadID, "grades", locale.Msg("mã “{.id}” đã dùng cho mức xếp loại khác.", "id", g.ID))
		}
		grades[g.ID] = true
		k.step(s, i, g)
	}
	for _, list := range []struct {
		field string
		marks []*Mark
	}{{"knockouts", s.Knockouts}, {"holds", s.Holds}, {"caps", s.Caps}} {
		for i, m := range list.marks {
			switch {
			case m.ID == "":
				k.wrong(nil, BadID, list.field, locale.Msg("mục thứ {.n} chưa có mã “id”.", "n", i+1))
			case k.seen[m.ID]:
				k.wrong(nil, BadID, list.field, locale.Msg("mã “{.id}” đã dùng cho tiêu chí khác. Mỗi tiêu chí cần một mã riêng.", "id", m.ID))
			}
			k.seen[m.ID] = true
			if list.field == "caps" && !grades[m.Grade] {
				k.wrong(nil, BadGrade, list.field, locale.Msg("“{.name}” chặn ở mức xếp loại “{.grade}” không có trong “grades”.", "name", m.name(), "grade", m.Grade))
			}
		}
	}
}

// step checks one grade and its place in the ladder.
func (k *checker) step(s *Sheet, i int, g *Grade) {
	conditions := g.From.Given() || g.To.Given() || g.strict()
	switch {
	case g.Otherwise && conditions:
		k.wrong(nil, BadGrade, "grades", locale.Msg("mức “{.grade}” là mức còn lại (otherwise) nên không có điều kiện.", "grade", g.name()))
	case g.Otherwise && i < len(s.Grades)-1:
		k.wrong(nil, BadGrade, "grades", locale.Msg("mức còn lại “{.grade}” (otherwise) phải đứng cuối.", "grade", g.name()))
	case !g.Otherwise && !conditions:
		k.wrong(nil, BadGrade, "grades", locale.Msg("mức “{.grade}” không có điều kiện nào. Hãy thêm “from”, hoặc đặt \"otherwise\": true cho mức còn lại ở cuối.", "grade", g.name()))
	case g.From.Given() && g.To.Given() && g.From.n.Cmp(g.To.n) >= 0:
		k.wrong(nil, BadGrade, "grades", locale.Msg("mức “{.grade}”: “to” phải lớn hơn “from”.", "grade", g.name()))
	case g.From.n.Abs().Cmp(tooMany) > 0 || g.To.n.Abs().Cmp(tooMany) > 0:
		k.wrong(nil, BadGrade, "grades", locale.Msg("ngưỡng của mức “{.grade}” không được quá một tỷ điểm.", "grade", g.name()))
	case g.Each.Given() && (g.Each.n.Sign() <= 0 || g.Each.n.Cmp(one) > 0):
		k.wrong(nil, BadGrade, "grades", locale.Msg("mức “{.grade}”: “each” là tỷ lệ lớn hơn 0, không quá 1 (0.5 là một nửa).", "grade", g.name()))
	}
}

// Warnings are what keeps nobody from scoring but surprises people later: scores
// that fit no grade, and higher scores that end in a worse grade than lower
// ones. Both come from real ladders.
func (s *Sheet) Warnings() []Problem {
	var all []Problem
	warn := func(text locale.Text) {
		all = append(all, Problem{Code: GradeGap, Field: "grades", Text: text})
	}
	if len(s.Grades) == 0 {
		return nil
	}
	scores := s.edges()
	for _, strict := range []bool{true, false} {
		best, lower := -1, points.Points(0) // the best grade that a lower score reaches
		for _, score := range scores {
			at := s.graded(score, strict)
			switch {
			case at < 0 && strict:
				warn(locale.Msg("điểm {.score} không thuộc mức xếp loại nào. Hãy sửa các ngưỡng, hoặc thêm mức còn lại (otherwise).", "score", score))
			case at < 0 && s.graded(score, true) >= 0:
				warn(locale.Msg("điểm {.score} mà không đạt điều kiện kèm theo thì không thuộc mức xếp loại nào. Hãy sửa các ngưỡng, hoặc thêm mức còn lại (otherwise).", "score", score))
			case at >= 0 && best >= 0 && at > best && strict:
				warn(locale.Msg("điểm {.score} được xếp “{.grade}”, thấp hơn mức “{.better}” của điểm {.lower}. Hãy xem lại thứ tự và các ngưỡng.",
					"score", score, "grade", s.Grades[at].name(), "better", s.Grades[best].name(), "lower", lower))
			case at >= 0 && best >= 0 && at > best && s.graded(score, true) != at:
				warn(locale.Msg("điểm {.score} mà không đạt điều kiện kèm theo thì bị xếp “{.grade}”, thấp hơn mức “{.better}” của điểm {.lower}. Nếu không muốn vậy, hãy bỏ “to” của mức “{.better}”.",
					"score", score, "grade", s.Grades[at].name(), "better", s.Grades[best].name(), "lower", lower))
			}
			if at >= 0 && (best < 0 || at < best) {
				best, lower = at, score
			}
		}
	}
	return all
}

// edges are the scores at which a grade may change, and one between each two,
// from the lowest to the maximum.
func (s *Sheet) edges() []points.Points {
	marks := []points.Points{0, s.Max()}
	for _, g := range s.Grades {
		for _, n := range []Number{g.From, g.To} {
			if v, ok := n.n.Scaled(4); n.Given() && ok && points.Points(v) < s.Max() {
				marks = append(marks, points.Points(v))
			}
		}
	}
	slices.Sort(marks)
	marks = slices.Compact(marks)
	var all []points.Points
	for i, m := range marks {
		if i > 0 && m-marks[i-1] > 1 {
			middle := (m + marks[i-1]) / 2
			for _, unit := range []points.Points{points.One, points.One / 2, points.One / 100} { // a score that people can read
				if r := middle / unit * unit; r > marks[i-1] && r < m {
					middle = r
					break
				}
			}
			all = append(all, middle)
		}
		all = append(all, m)
	}
	return slices.DeleteFunc(all, func(p points.Points) bool { return p < 0 })
}

// graded is the index of the grade of a score, for a unit that meets all other
// conditions (strict) or none of them; −1 where there is none.
func (s *Sheet) graded(score points.Points, strict bool) int {
	return slices.IndexFunc(s.Grades, func(g *Grade) bool {
		return g.Otherwise || g.covers(score) && (strict || !g.strict())
	})
}
