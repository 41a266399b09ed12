package indicator

import (
	"context"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/db"
)

// YearEnd is how a year ended for a unit on a target of the covenant, as
// scoring goes by it: exact decimals in the one unit of measure in which the
// target was signed. Of a decrease the figures say how much it decreased.
type YearEnd struct {
	Target string // the end of the goal that decides; "0" for "không có"
	Actual string // the standing figure of the whole year
	Prior  string // last year's result; "" where there is none
	Unit   string // of measure
	Met    bool
	Figure Figure // Actual, as it was reported
}

// YearEnds are those of a year's own targets of units whose figure of the whole
// year was reported, by indicator and unit. Indicators that were merged are
// found under the one that they are now.
func (s *Service) YearEnds(ctx context.Context, q db.Queryer, y cluster.Year) (map[Place]YearEnd, error) {
	read, err := s.load(ctx, q, y)
	if err != nil {
		return nil, err
	}
	out := map[Place]YearEnd{}
	for _, a := range read.aims {
		at := Place{current(read.catalogue, a.IndicatorID).ID, a.UnitID}
		f := yearly(read.at[at])
		if a.UnitID == "" || f == nil {
			continue
		}
		o, ok := a.yearEnd(*f, yearly(read.before[at]))
		if !ok {
			continue
		}
		o.Met = Judge(a.Goal, current(read.catalogue, a.IndicatorID).Flow, f.Base(), f.Period).Status.Reached()
		out[at] = o
		for id := range read.catalogue { // the same under the names that it had
			if current(read.catalogue, id).ID == at.Indicator {
				out[Place{id, a.UnitID}] = o
			}
		}
	}
	return out, nil
}

// yearly is the standing figure of the whole year.
func yearly(figures []Figure) *Figure {
	var best *Figure
	for i, f := range figures {
		if f.SupersededBy == "" && f.Period.Whole() && (best == nil || f.Period.after(best.Period)) {
			best = &figures[i]
		}
	}
	return best
}

// yearEnd writes figures in the goal's unit; ok is false where that cannot be
// done exactly, or the goal has no figure.
func (g Goal) yearEnd(f Figure, before *Figure) (YearEnd, bool) {
	if _, ok := g.Bound(); !ok {
		return YearEnd{}, false
	}
	o := YearEnd{Target: g.Low, Unit: g.Unit, Figure: f}
	switch {
	case g.Relation == target.None:
		o.Target = "0"
	case g.lower():
		o.Target = g.High
	}
	if o.Unit == "" && g.Relation == target.None {
		o.Unit = f.Unit
	}
	var ok bool
	if o.Actual, ok = f.In(o.Unit); !ok {
		return o, false
	}
	if before != nil {
		o.Prior, _ = before.In(o.Unit)
	}
	if g.Change == target.Decrease {
		o.Actual, o.Prior = turned(o.Actual), turned(o.Prior)
	}
	return o, true
}

// turned is a decimal with the other sign.
func turned(amount string) string {
	switch {
	case amount == "" || strings.Trim(amount, "0.") == "":
		return amount
	case strings.HasPrefix(amount, "-"):
		return amount[1:]
	}
	return "-" + amount
}

// Followable are the indicators by whose figures a scoring sheet of the year can
// go: those on which its units have targets of their own that figures measure,
// in the covenant in force or a draft of it. A target of the whole cluster says
// nothing of a unit.
func (s *Service) Followable(ctx context.Context, q db.Queryer, yearID string) ([]Indicator, error) {
	ids, err := db.All[string](ctx, q, `SELECT indicator_id FROM covenant_target WHERE year_id = $1 AND unit_id <> '' AND indicator_id <> '' AND relation <> $2
		GROUP BY indicator_id ORDER BY MIN(place), indicator_id`, yearID, target.Text)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	catalogue, err := some(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var out []Indicator
	for _, id := range ids {
		if i := current(catalogue, id); !slices.ContainsFunc(out, func(o Indicator) bool { return o.ID == i.ID }) {
			out = append(out, i)
		}
	}
	return out, nil
}
