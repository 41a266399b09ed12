package assessment

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Checker assigns a unit to check another's scores.
type Checker struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	RoundID   string `db:"round_id"`
	CheckerID string `db:"checker_id"`
	UnitID    string `db:"unit_id"`
}

// Rotation says who checks whom, by the checked unit: each unit checks the one
// some places further on, another distance each year. No unit checks itself,
// and of three units or more no two check each other.
func Rotation(units []string, year int) map[string]string {
	n := len(units)
	var distances []int
	for d := 1; d < n; d++ {
		if n <= 2 || 2*d%n != 0 {
			distances = append(distances, d)
		}
	}
	out := make(map[string]string, n)
	if len(distances) == 0 {
		return out
	}
	d := distances[year%len(distances)]
	for i, u := range units {
		out[units[(i+d)%n]] = u
	}
	return out
}

// Checkers are a year's assignments by the checked unit.
func Checkers(ctx context.Context, q db.Queryer, yearID string) (map[string]Checker, error) {
	rows, err := db.All[Checker](ctx, q, `SELECT `+db.Prefixed("c", Checker{})+` FROM checker c JOIN round r ON r.id = c.round_id WHERE r.year_id = $1 AND r.kind = $2`, yearID, Check)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Checker, len(rows))
	for _, c := range rows {
		out[c.UnitID] = c
	}
	return out, nil
}

// assigning is when checkers may be named: from the self-scoring on, until the
// check is closed.
var assigning = []cluster.Activity{cluster.SelfScore, cluster.CrossCheck}

// AssignByRotation names the checker of every unit, over what was named
// before, as long as no check has begun.
func (s *Service) AssignByRotation(ctx context.Context, actor access.Actor, yearID string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreOrganise, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.during(ctx, tx, yearID, assigning...)
		if err != nil {
			return err
		}
		units, err := memberIDs(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if len(units) < 2 {
			return fault.New(fault.Conflict, "Cần ít nhất hai đơn vị mới phân công kiểm tra chéo được.")
		}
		rounds, err := s.EnsureRounds(ctx, tx, actor, yearID)
		if err != nil {
			return err
		}
		begun, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM score WHERE round_id = $1`, rounds[Check].ID)
		if err != nil {
			return err
		}
		if begun > 0 {
			return fault.New(fault.Conflict, "Đã có đơn vị bắt đầu kiểm tra nên không phân công lại cả loạt được. Hãy đổi từng đơn vị.")
		}
		wanted := Rotation(units, y.Year)
		for _, u := range units {
			if err := s.assign(ctx, tx, actor, y, rounds[Check], u, wanted[u], ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// Assign names one unit's checker. Once the check of the unit has begun it
// needs a reason.
func (s *Service) Assign(ctx context.Context, actor access.Actor, yearID, unitID, checkerID, reason string) error {
	reason = vntext.Line(reason)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreOrganise, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.during(ctx, tx, yearID, assigning...)
		if err != nil {
			return err
		}
		units, err := memberIDs(ctx, tx, yearID)
		if err != nil {
			return err
		}
		all, err := Checkers(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if err := fault.List(
			fault.When(!slices.Contains(units, unitID), "unit", "Đơn vị này không phải thành viên của cụm, khối."),
			fault.When(!slices.Contains(units, checkerID), "checker", "Hãy chọn đơn vị kiểm tra trong các thành viên của cụm, khối."),
			fault.When(unitID == checkerID, "checker", "Đơn vị không tự kiểm tra chéo mình. Hãy chọn đơn vị khác."),
			fault.When(len(units) > 2 && unitID != checkerID && all[checkerID].CheckerID == unitID, "checker", "Hai đơn vị không kiểm tra chéo lẫn nhau. Hãy chọn đơn vị khác, hoặc đổi người kiểm tra của đơn vị kia trước."),
		); err != nil {
			return err
		}
		rounds, err := s.EnsureRounds(ctx, tx, actor, yearID)
		if err != nil {
			return err
		}
		begun, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM score WHERE round_id = $1 AND unit_id = $2`, rounds[Check].ID, unitID)
		if err != nil {
			return err
		}
		if begun > 0 && reason == "" && all[unitID].CheckerID != checkerID {
			return fault.Wrong("reason", "Đơn vị này đã được kiểm tra một phần. Hãy ghi lý do đổi đơn vị kiểm tra.")
		}
		return s.assign(ctx, tx, actor, y, rounds[Check], unitID, checkerID, reason)
	})
}

func (s *Service) assign(ctx context.Context, tx *db.Tx, actor access.Actor, y cluster.Year, round Round, unitID, checkerID, reason string) error {
	change := ledger.Change{By: actor, Action: "assessment.checker", Year: y.ID, Reason: reason}
	old, there, err := db.Maybe[Checker](ctx, tx, `SELECT `+db.Prefixed("c", Checker{})+` FROM checker c WHERE round_id = $1 AND unit_id = $2`, round.ID, unitID)
	if err != nil {
		return err
	}
	if !there {
		return s.book.Insert(ctx, tx, change, "checker", &Checker{ID: db.NewID(), RoundID: round.ID, CheckerID: checkerID, UnitID: unitID})
	}
	if old.CheckerID == checkerID {
		return nil
	}
	old.CheckerID = checkerID
	return s.book.Update(ctx, tx, change, "checker", &old)
}

func memberIDs(ctx context.Context, q db.Queryer, yearID string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT unit_id FROM membership WHERE year_id = $1 ORDER BY place, id`, yearID)
}
