package scoring

import (
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// Grade is one step of the ladder of grades (mức xếp loại). Grades stand from
// the best down; a unit gets the first whose conditions all hold. Real ladders
// have holes: of one that gives "excellent" from 95 and "good" from 85 to below
// 95, both without any criterion at 0, a unit with 96 points and a 0 belongs to
// no grade (domain.md §3.5, 21). A ladder says what happens then with a last
// grade that is marked otherwise, and Warnings tells where it has holes.
type Grade struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	From      Number `json:"from,omitzero"`       // the score reaches it; not given: no lower bound
	To        Number `json:"to,omitzero"`         // the score stays below it; not given: no upper bound
	Main      bool   `json:"main,omitempty"`      // the score without bonus and deduction, instead of the one for thresholds
	NoZero    bool   `json:"no_zero,omitempty"`   // no criterion that applies has 0 points
	Each      Number `json:"each,omitzero"`       // every top criterion reaches this share of its maximum (0.5 is half)
	Otherwise bool   `json:"otherwise,omitempty"` // whatever is left; the last one
}

func (g *Grade) name() string {
	return either(g.Name, g.ID)
}

// covers tells whether a score lies within the grade's bounds.
func (g *Grade) covers(score points.Points) bool {
	v := numOf(score)
	return (!g.From.Given() || v.Cmp(g.From.n) >= 0) && (!g.To.Given() || v.Cmp(g.To.n) < 0)
}

// strict tells whether the grade asks for more than a score.
func (g *Grade) strict() bool { return g.NoZero || g.Each.Given() }

// Graded is a unit's grade with its reason.
type Graded struct {
	Grade *Grade  // nil where the sheet has no grades, the score fits none, or the unit is not scored yet
	Caps  []*Mark // that brought it down
	Why   locale.Text
}

// miss is why a unit whose score would do for a grade does not get it.
type miss struct {
	grade *Grade
	plan  *plan // the criterion that falls short
}

// grade finds the unit's grade; caps are those that apply to it.
func (x *scorer) grade(caps []*Mark) (out Graded) {
	grades := x.k.sheet.Grades
	if len(grades) == 0 {
		return out
	}
	at, missed := -1, miss{}
	if x.out.Missing == 0 {
		at, missed = x.ladder(grades)
	}
	first := at
	if at >= 0 {
		for _, m := range caps {
			for i, best := range grades {
				if best.ID == m.Grade && i > at {
					at, out.Caps = i, nil
				}
				if best.ID == m.Grade && i == at && at > first {
					out.Caps = append(out.Caps, m)
				}
			}
		}
		out.Grade = grades[at]
	}
	if !x.brief {
		out.Why = x.gradedBecause(first, missed, out)
	}
	return out
}

// ladder is the first grade whose conditions all hold, −1 where there is none.
func (x *scorer) ladder(grades []*Grade) (at int, missed miss) {
	for i, g := range grades {
		m, ok := x.fits(g)
		if ok {
			return i, missed
		}
		if missed.plan == nil {
			missed = m
		}
	}
	return -1, missed
}

// gradedBecause tells how the grade came about.
func (x *scorer) gradedBecause(first int, missed miss, out Graded) locale.Text {
	if x.out.Missing > 0 {
		return locale.Msg("Chưa xếp loại vì còn {.n} tiêu chí chưa chấm.", "n", x.out.Missing)
	}
	var why locale.Text
	score := x.out.ForThreshold
	if first < 0 {
		why = locale.Msg("{.score} điểm không thuộc mức xếp loại nào.", "score", score)
	} else if g := x.k.sheet.Grades[first]; g.Otherwise {
		why = locale.Msg("{.score} điểm không thuộc mức nào ở trên: {.grade}.", "score", score, "grade", g.name())
	} else {
		why = locale.Msg("{.score} điểm: {.grade}.", "score", x.scoreFor(g), "grade", g.name())
	}
	if p := missed.plan; p != nil {
		c := x.cells[p.index]
		if c.Points <= 0 {
			why = then(why, locale.Msg("Không đạt {.grade} vì tiêu chí {.criterion} được 0 điểm.", "grade", missed.grade.name(), "criterion", p.c.ID))
		} else {
			why = then(why, locale.Msg("Không đạt {.grade} vì tiêu chí {.criterion} chỉ được {.points} trên {.max} điểm.", "grade", missed.grade.name(), "criterion", p.c.ID, "points", c.Points, "max", c.Max))
		}
	}
	if len(out.Caps) > 0 {
		why = then(why, locale.Msg("Hạ xuống {.capped} vì: {.marks}.", "capped", out.Grade.name(), "marks", names(out.Caps)))
	}
	return why
}

// then is one sentence after another.
func then(first, second locale.Text) locale.Text {
	return locale.Msg("{.first} {.rest}", "first", first, "rest", second)
}

// scoreFor is the score that a grade looks at.
func (x *scorer) scoreFor(g *Grade) points.Points {
	if g.Main {
		return x.out.Main.Points
	}
	return x.out.ForThreshold
}

// fits tells whether a unit meets every condition of a grade; where the score
// would do and something else does not, also what.
func (x *scorer) fits(g *Grade) (miss, bool) {
	if g.Otherwise {
		return miss{}, true
	}
	if !g.covers(x.scoreFor(g)) {
		return miss{}, false
	}
	if g.NoZero {
		for _, p := range x.k.plans {
			if c := &x.cells[p.index]; p.c.Part == Main && len(p.kids) == 0 && !c.NA && c.Points <= 0 {
				return miss{g, p}, false
			}
		}
	}
	if g.Each.Given() {
		for _, p := range x.k.main {
			if c := &x.cells[p.index]; !c.left && numOf(c.Points).Cmp(g.Each.n.Mul(numOf(c.Max))) < 0 {
				return miss{g, p}, false
			}
		}
	}
	return miss{}, true
}
