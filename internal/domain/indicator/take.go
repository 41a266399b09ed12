package indicator

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Known is the catalogue held in memory, for recognising many goals.
type Known struct {
	byKey map[string][]Indicator // in the order of their ids
	memo  map[kindOf]string      // goals seen before → indicator
	way   map[string]target.Direction
}

// kindOf is what tells one goal's indicator from another's.
type kindOf struct {
	name, baseUnit string
	growth         bool
	direction      target.Direction
}

// Known reads the catalogue.
func (s *Service) Known(ctx context.Context, q db.Queryer) (*Known, error) {
	rows, err := db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i WHERE i.merged_into = '' ORDER BY i.id`)
	if err != nil {
		return nil, err
	}
	k := &Known{byKey: map[string][]Indicator{}, memo: map[kindOf]string{}, way: map[string]target.Direction{}}
	for _, i := range rows {
		k.way[i.ID] = i.Direction
		for _, n := range i.Names() {
			k.byKey[Key(n)] = append(k.byKey[Key(n)], i)
		}
	}
	return k, nil
}

// Find is Recognise for a goal whose indicator needs neither to be made nor to
// learn its direction; false for one that does.
func (k *Known) Find(g *Goal) bool {
	like := kindOf{g.Name, g.BaseUnit, g.Change != target.Level, g.Direction}
	id, seen := k.memo[like]
	if !seen {
		for _, i := range k.byKey[Key(g.Name)] {
			if i.BaseUnit != g.BaseUnit && g.BaseUnit != "" || (i.Flow == Growth) != like.growth {
				continue
			}
			if g.Direction == target.Unknown || i.Direction != target.Unknown {
				id = i.ID
			}
			break
		}
		k.memo[like] = id
	}
	if id == "" {
		return false
	}
	g.IndicatorID = id
	if g.Direction == target.Unknown {
		g.Direction = k.way[id]
	}
	return true
}

// Check tells what a person who reports the figure would be told, and gives the
// figure, without its indicator and without an id of its own. Neither the right
// to report nor a figure that stands there already is looked at.
func (s *Service) Check(y cluster.Year, a Aim, in Report) (Figure, error) { return s.figure(y, a, in) }

// Twice refuses a second figure at one place.
func Twice(amount, unit string) *fault.Error {
	return fault.New(fault.Conflict, "Kỳ này đã có số liệu {.amount} {.unit}. Nếu số đó sai, hãy dùng “Đính chính” và ghi lý do; số cũ vẫn được giữ.", "amount", exact(amount), "unit", unit).At("amount")
}

// TakeFigures enters checked figures of an imported year. It runs in the
// transaction of cluster.Take, where nobody else can have reported on the year.
func (s *Service) TakeFigures(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, figures []Figure, reason string) error {
	if err := s.gate.Must(ctx, tx, actor, access.YearImport, access.Record{Year: y.ID}); err != nil {
		return err
	}
	if !cluster.Open(y, cluster.Reporting) {
		_, err := s.years.During(ctx, tx, y.ID, cluster.Reporting)
		return err
	}
	rows, ids, at := make([]Figure, len(figures)), db.NewIDRange(), clock.Stamp(s.now)
	for i, f := range figures {
		f.ID, f.YearID, f.AccountID, f.At = ids.At(i), y.ID, actor.Account, at
		rows[i] = f
	}
	return s.book.InsertAll(ctx, tx, ledger.Change{By: actor, Action: "figure.import", Year: y.ID, Reason: reason}, "figure", rows)
}
