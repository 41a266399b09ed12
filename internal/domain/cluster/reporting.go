package cluster

import (
	"context"

	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// DueReport is the activity under which the calendar keeps the day by which the
// figures of a period are due: H1, Y, Q1, M09.
func DueReport(period string) string {
	switch period {
	case "H1":
		return DueHalfYear
	case "Y":
		return DueFullYear
	}
	return "report_" + period
}

// PutDeadline sets a deadline in the caller's transaction, for the room that
// knows the activity; the caller has checked the right to.
func (s *Service) PutDeadline(ctx context.Context, tx *db.Tx, change ledger.Change, yearID, activity string, due clock.Day) error {
	return s.setDeadline(ctx, tx, change, yearID, activity, due)
}
