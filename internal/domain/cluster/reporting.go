package cluster

import (
	"context"
	"strings"

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
	return reportActivity + period
}

// reportActivity begins the activities that DueReport makes of periods but the usual two.
const reportActivity = "report_"

// ReportPeriod is the period whose figures the activity is about: the other way
// of DueReport.
func ReportPeriod(activity string) (string, bool) {
	switch activity {
	case DueHalfYear:
		return "H1", true
	case DueFullYear:
		return "Y", true
	}
	return strings.CutPrefix(activity, reportActivity)
}

// PutDeadline sets a deadline in the caller's transaction, for the room that
// knows the activity; the caller has checked the right to.
func (s *Service) PutDeadline(ctx context.Context, tx *db.Tx, change ledger.Change, yearID, activity string, due clock.Day) error {
	return s.setDeadline(ctx, tx, change, yearID, activity, due)
}
