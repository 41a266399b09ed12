package assessment

import (
	"context"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Marking says that a mark of the sheet (a knock-out, a hold, a cap of the grade)
// is true of a unit, or no longer is. It stands in the agreed round, with what it
// rests on: nobody is left out of a ranking without a reason.
type Marking struct {
	Year, Unit, Mark string
	Applies          bool
	Reason           string // the decision, the inspection's notice, …
	Version          int64  // of the row as read; 0 when there was none
}

// Marks are those of a sheet, in the order in which they are told.
func Marks(s *scoring.Sheet) []*scoring.Mark {
	return slices.Concat(s.Knockouts, s.Holds, s.Caps)
}

func markOf(s *scoring.Sheet, id string) *scoring.Mark {
	for _, m := range Marks(s) {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// Mark enters or clears a mark, for who agrees on the points.
func (s *Service) Mark(ctx context.Context, actor access.Actor, in Marking) error {
	in.Reason = vntext.Line(in.Reason)
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ScoreAgree, access.Record{Year: in.Year, Unit: in.Unit}); err != nil {
			return err
		}
		y, err := s.during(ctx, tx, in.Year, cluster.Agreeing, cluster.Reviewing)
		if err != nil {
			return err
		}
		if err := member(ctx, tx, in.Year, in.Unit); err != nil {
			return fault.Wrong("unit", "Đơn vị này không phải thành viên của cụm, khối.").Because(err)
		}
		sheet, _, err := criteria.Adopted(ctx, tx, y)
		if err != nil {
			return err
		}
		if err := fault.List(
			fault.When(markOf(sheet, in.Mark) == nil, "mark", "Bảng chấm điểm không có điều kiện này. Hãy chọn trong danh sách."),
			fault.When(in.Reason == "", "reason", "Hãy ghi căn cứ: quyết định, kết luận, thông báo nào; căn cứ hiện bên cạnh thứ hạng."),
			fault.When(len([]rune(in.Reason)) > 500, "reason", "Căn cứ dài quá 500 ký tự."),
		); err != nil {
			return err
		}
		rounds, err := s.EnsureRounds(ctx, tx, actor, in.Year)
		if err != nil {
			return err
		}
		row, there, err := db.Maybe[Score](ctx, tx, `SELECT `+db.Prefixed("s", Score{})+` FROM score s WHERE round_id = $1 AND unit_id = $2 AND criterion = $3`, rounds[Agreed].ID, in.Unit, in.Mark)
		if err != nil {
			return err
		}
		if row.Version != in.Version {
			return staleCell(row)
		}
		if applies := there && row.Values()[applies] == "true"; applies == in.Applies {
			return fault.New(fault.Conflict, "Điều kiện này đã được ghi như vậy.")
		}
		row.RoundID, row.UnitID, row.Criterion, row.Inputs = rounds[Agreed].ID, in.Unit, in.Mark, `{"applies":"false"}`
		if in.Applies {
			row.Inputs = `{"applies":"true"}`
		}
		row.Reason, row.AccountID, row.At = in.Reason, actor.Account, clock.Stamp(s.now)
		change := ledger.Change{By: actor, Action: "assessment.mark", Year: in.Year, Reason: in.Reason}
		return s.put(ctx, tx, change, &row)
	})
	if db.IsDuplicate(err) { // another process entered the same mark first
		return staleCell(nil)
	}
	return err
}

// applies is the input of a mark.
const applies = "applies"

// Marked is a mark that is true of a unit, with what it rests on.
type Marked struct {
	Mark    *scoring.Mark
	Reason  string
	Version int64
}

// marked lists what is true of a unit in the agreed round.
func (t *table) marked(unit string) (all []Marked) {
	for _, m := range Marks(t.sheet) {
		if row := t.scores[Agreed][unit][m.ID]; row.Values()[applies] == "true" {
			all = append(all, Marked{m, row.Reason, row.Version})
		}
	}
	return all
}

// versions are those of marks that were entered for a unit, also cleared ones.
func (t *table) versions(unit string) map[string]int64 {
	out := map[string]int64{}
	for _, m := range Marks(t.sheet) {
		if row, there := t.scores[Agreed][unit][m.ID]; there {
			out[m.ID] = row.Version
		}
	}
	return out
}
