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

// grade finds the unit's grade; caps are those that apply to it.
func (x *scorer) grade(caps []*Mark) Graded {
	s := x.k.sheet
	if len(s.Grades) == 0 {
		return Graded{}
	}
	if x.out.Missing > 0 {
		return Graded{Why: locale.Msg("Chưa xếp loại vì còn {.n} tiêu chí chưa chấm.", "n", x.out.Missing)}
	}
	at, blocked := -1, locale.Text{}
	for i, g := range s.Grades {
		why, ok := x.fits(g)
		if ok {
			at = i
			break
		}
		if why.Text != "" && blocked.Text == "" {
			blocked = why
		}
	}
	score := x.out.ForThreshold
	if at < 0 {
		return Graded{Why: then(locale.Msg("{.score} điểm không thuộc mức xếp loại nào.", "score", score), blocked)}
	}
	g := s.Grades[at]
	if g.Main {
		score = x.out.Main.Points
	}
	out := Graded{Grade: g, Why: locale.Msg("{.score} điểm: {.grade}.", "score", score, "grade", g.name())}
	if g.Otherwise {
		out.Why = locale.Msg("{.score} điểm không thuộc mức nào ở trên: {.grade}.", "score", score, "grade", g.name())
	}
	out.Why = then(out.Why, blocked)
	for _, m := range caps {
		for i, best := range s.Grades {
			if best.ID == m.Grade && i >= at {
				if i > at {
					at, out.Caps = i, nil
				}
				if s.Grades[at] != g {
					out.Caps = append(out.Caps, m)
				}
			}
		}
	}
	if len(out.Caps) > 0 {
		out.Grade = s.Grades[at]
		out.Why = then(out.Why, locale.Msg("Hạ xuống {.capped} vì: {.marks}.", "capped", out.Grade.name(), "marks", names(out.Caps)))
	}
	return out
}

// then is one sentence after another, of which the second may be missing.
func then(first, second locale.Text) locale.Text {
	if second.Text == "" {
		return first
	}
	return locale.Msg("{.first} {.rest}", "first", first, "rest", second)
}

// fits tells whether a unit meets every condition of a grade; where the score
// would do and something else does not, also what.
func (x *scorer) fits(g *Grade) (why locale.Text, ok bool) {
	score := x.out.ForThreshold
	if g.Main {
		score = x.out.Main.Points
	}
	if g.Otherwise {
		return why, true
	}
	if !g.covers(score) {
		return why, false
	}
	if g.NoZero {
		for _, p := range x.k.plans {
			if c := x.cells[p.index]; p.c.Part == Main && len(p.kids) == 0 && !c.NA && c.Points <= 0 {
				return locale.Msg("Không đạt {.grade} vì tiêu chí {.criterion} được 0 điểm.", "grade", g.name(), "criterion", p.c.ID), false
			}
		}
	}
	if g.Each.Given() {
		for _, p := range x.k.main {
			if c := x.cells[p.index]; !c.left && numOf(c.Points).Cmp(g.Each.n.Mul(numOf(c.Max))) < 0 {
				return locale.Msg("Không đạt {.grade} vì tiêu chí {.criterion} chỉ được {.points} trên {.max} điểm.", "grade", g.name(), "criterion", p.c.ID, "points", c.Points, "max", c.Max), false
			}
		}
	}
	return why, true
}
