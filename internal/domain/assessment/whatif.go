package assessment

import (
	"context"
	"encoding/json"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// WhatIf is the ranking of a round as it is, and as it would be were one cell
// another. Nothing is written. The cell's round says in which round; a cell
// without inputs is as the round before has it.
func (s *Service) WhatIf(ctx context.Context, actor access.Actor, in Cell) (now, then *Standing, err error) {
	if err := s.MaySee(ctx, actor, in.Year); err != nil {
		return nil, nil, err
	}
	if !in.Round.Valid() {
		return nil, nil, fault.Missing()
	}
	if err := in.clean(); err != nil {
		return nil, nil, err
	}
	err = s.db.ReadSnapshot(ctx, func(q db.Queryer) error {
		y, err := s.years.Get(ctx, q, in.Year)
		if err != nil {
			return err
		}
		if _, sealed, err := s.sealed(ctx, q, actor, y); err != nil {
			return err
		} else if sealed {
			return fault.New(fault.Denied, "Thứ hạng mở cho bạn xem sau khi đơn vị bạn nộp bảng tự chấm; khi đó mới thử được.")
		}
		if err := member(ctx, q, in.Year, in.Unit); err != nil {
			return err
		}
		t, err := s.load(ctx, q, y)
		if err != nil {
			return err
		}
		c := t.sheet.Find(in.Criterion)
		if c == nil || (!c.Leaf() && c.NA == scoring.NotAllowed) {
			return fault.Missing()
		}
		if now, err = s.standing(ctx, q, t, in.Round); err != nil {
			return err
		}
		if _, err := t.try(c, in); err != nil {
			return err
		}
		if err := t.set(in); err != nil {
			return err
		}
		then, err = s.standing(ctx, q, t, in.Round)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return now, then, nil
}

// set puts a cell into the table alone.
func (t *table) set(in Cell) error {
	inputs, err := json.Marshal(in.Inputs)
	if err != nil {
		return fault.Wrap(err)
	}
	units := t.scores[in.Round]
	if units == nil { // the round has not been opened yet
		units = map[string]map[string]Score{}
		t.scores[in.Round] = units
	}
	if units[in.Unit] == nil {
		units[in.Unit] = map[string]Score{}
	}
	row := units[in.Unit][in.Criterion]
	row.RoundID, row.UnitID, row.Criterion, row.Inputs = t.rounds[in.Round].ID, in.Unit, in.Criterion, string(inputs)
	units[in.Unit][in.Criterion] = row
	return nil
}
