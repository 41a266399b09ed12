package web

import (
	"math/big"
	"slices"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// discernView is the page that a leader reads before drafting next year's
// sheet: which criteria still tell units apart, and where the rounds part.
type discernView struct {
	Head     YearHead
	Round    locale.Text
	Sample   bool // some figure is invented for showing
	Finding  locale.Text
	Flat     string // points at which all units are equal
	Criteria []discernRow
	Gaps     []gapRow
	Checkers []checkerGapRow
	Last     string // last year, where it kept a result
	Checked  bool
}

type discernRow struct {
	ID, Name, Max   string
	Scored, AtMax   int
	Low, Mean, High string
	Spread, Before  string // percent of the maximum
	Flat, AllAtMax  bool
	spread          *big.Rat
}

type gapRow struct {
	Name, Path, Checker       string
	Self, Check, Agreed, Last string
	Changed                   int
	Up, Down                  string
}

type checkerGapRow struct {
	Name            string
	Units, Criteria int
	Up, Down        string
}

func (s *Server) scoreDiscern(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	d, err := s.Assessment.Discern(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	v := discernView{Head: h, Round: d.Kind.Name(), Sample: d.Illustrative, Checked: d.Kind != assessment.Self}
	if d.Last > 0 {
		v.Last = locale.Year(d.Last)
	}
	var flat points.Points
	flats, full := 0, 0
	for _, c := range d.Criteria {
		r := discernRow{ID: c.Criterion.ID, Name: c.Criterion.Name, Scored: c.Scored, AtMax: c.AtMax, spread: c.Spread}
		if c.Criterion.Part == scoring.Main { // that nobody was deducted anything is as it should be
			r.Flat, r.AllAtMax = c.Flat(), c.Flat() && c.AtMax == c.Scored
		}
		if !c.Criterion.NoMax {
			r.Max = q.Lang.Number(c.Criterion.Max.String())
		}
		if c.Mean != nil {
			r.Low, r.Mean, r.High = q.Lang.Points(c.Low), q.Lang.Points(points.Round(c.Mean, 2)), q.Lang.Points(c.High)
		}
		r.Spread, r.Before = hundredths(q.Lang, c.Spread), hundredths(q.Lang, c.Before)
		if r.Flat {
			flats++
			flat += c.Criterion.Max
		}
		if r.AllAtMax {
			full++
		}
		v.Criteria = append(v.Criteria, r)
	}
	// What tells least comes first: that is what is looked for.
	slices.SortStableFunc(v.Criteria, func(a, b discernRow) int {
		switch {
		case a.spread == nil || b.spread == nil:
			return boolOrder(a.spread == nil, b.spread == nil)
		}
		return a.spread.Cmp(b.spread)
	})
	v.Flat = q.Lang.Points(flat)
	switch {
	case flats == 0:
		v.Finding = locale.Msg("Mọi tiêu chí đều phân biệt được các đơn vị")
	case full == flats:
		v.Finding = locale.Msg("{.n} tiêu chí mọi đơn vị đều đạt điểm tối đa", "n", full)
	default:
		v.Finding = locale.Msg("{.n} tiêu chí không phân biệt được đơn vị nào", "n", flats)
	}
	for _, u := range d.Units {
		g := gapRow{
			Name: u.Unit.Name, Path: gridPath(h.Year.ID, u.Unit.UnitID) + "?vong=" + string(d.Kind) + "&loc=khac", Checker: h.NameOf(u.Checker), Changed: u.Changed,
			Self: q.Lang.Points(u.Self), Check: q.Lang.Points(u.Check), Agreed: q.Lang.Points(u.Agreed), Up: signed(q.Lang, u.Up), Down: signed(q.Lang, -u.Down),
		}
		if u.Before != nil {
			g.Last = q.Lang.Points(*u.Before)
		}
		v.Gaps = append(v.Gaps, g)
	}
	for _, c := range d.Checkers {
		v.Checkers = append(v.Checkers, checkerGapRow{h.NameOf(c.Checker), c.Units, c.Criteria, signed(q.Lang, c.Up), signed(q.Lang, -c.Down)})
	}
	return q.Render("score_discern", v)
}

// boolOrder puts what is not last.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// hundredths writes a share as a percentage; "" for none.
func hundredths(l locale.Lang, r *big.Rat) string {
	if r == nil {
		return ""
	}
	return l.Number(indicator.Rounded(new(big.Rat).Mul(r, big.NewRat(100, 1)), 1)) + "%"
}

// signed writes a change of points; "" for none.
func signed(l locale.Lang, p points.Points) string {
	text, _ := difference(l, p, 0)
	return text
}
