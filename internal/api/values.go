package api

import (
	"reflect"
	"time"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
)

// stamp writes an instant as RFC 3339 in Vietnamese time; "" for none.
func stamp(i clock.Instant) string {
	if i == 0 {
		return ""
	}
	return i.Time().Format(time.RFC3339Nano)
}

// end writes the day on which an interval ends; "" where it has no end yet.
func end(d clock.Day) string {
	if d == clock.Forever {
		return ""
	}
	return string(d)
}

// theirs is the row of a stale write as it stands now, in the form in which the
// API gives such rows. What it has no form for is left out.
func (c *call) theirs(row any) any {
	if v := reflect.ValueOf(row); v.Kind() == reflect.Pointer && !v.IsNil() {
		row = v.Elem().Interface()
	}
	switch row := row.(type) {
	case cluster.Year:
		return clusterYearOf(row)
	case movement.Movement:
		return movementOf(row)
	case movement.Response:
		return responseOf(row)
	case draft.Draft:
		return draftOf(row)
	case draft.Version:
		return draftVersionOf(row)
	case draft.Comment:
		return commentOf(row)
	case draft.Amendment:
		return amendmentOf(row)
	case indicator.Indicator:
		return indicatorOf(row)
	case movement.Share:
		return shareOf(row)
	case covenant.Target:
		return covenantTargetOf(row)
	case indicator.Figure:
		return figureOf(row)
	case assessment.Score:
		if row.Version > 0 {
			return scoreOf(row)
		}
	case criteria.SheetVersion:
		return Sheet{ID: row.ID, Version: row.Version, SheetID: row.SheetID, Number: row.Number, Note: row.Note, SHA256: row.Hash, Locked: row.Locked, At: stamp(row.At)}
	case meeting.Meeting:
		return meetingOf(row)
	case meeting.Item:
		return itemOf(row)
	case meeting.Attendance:
		return attendanceOf(row, "")
	case ballot.Poll:
		return pollOf(row)
	case award.Nomination:
		return c.nomination(row, "")
	case rulebook.Rule:
		return c.rule(row)
	}
	return nil
}

// each turns rows into their answers; the list is never null.
func each[R, A any](rows []R, as func(R) A) []A {
	all := make([]A, len(rows))
	for i, r := range rows {
		all[i] = as(r)
	}
	return all
}
