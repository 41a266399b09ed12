package cluster

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
)

// until is the state in which a deadline's work is done. Figures have days of
// their own, by period and unit.
var until = map[string]State{
	DueComment: Signed, DueSign: Signed, DueSelf: SelfScored, DueCheck: CrossScored, DueReview: Reviewed, DueSubmit: Submitted,
}

// Ends is the state with which the deadline's work is done; "" for figures.
func (d Deadline) Ends() State { return until[d.Activity] }

// Missed tells whether the day has gone by and the year's state says that the
// work is not done.
func (d Deadline) Missed(y Year, today clock.Day) bool {
	done, known := until[d.Activity]
	return known && d.Due != "" && d.Due < today && !y.State.Reached(done)
}

// Name is what the deadline is for.
func (d Deadline) Name() string {
	for _, one := range Deadlines {
		if one.Activity == d.Activity {
			return one.Name
		}
	}
	return d.Activity
}

// MissedOf finds the first missed deadline of each year that has one.
func (s *Service) MissedOf(ctx context.Context, q db.Queryer, years []Year, today clock.Day) (map[string]Deadline, error) {
	out := map[string]Deadline{}
	for part := range slices.Chunk(years, 400) {
		marks, args, of := make([]string, len(part)), []any{today}, map[string]Year{}
		for i, y := range part {
			marks[i], args = fmt.Sprintf("$%d", i+2), append(args, y.ID)
			of[y.ID] = y
		}
		rows, err := db.All[Deadline](ctx, q, `SELECT `+db.Prefixed("d", Deadline{})+` FROM deadline d WHERE d.due_day < $1 AND d.year_id IN (`+strings.Join(marks, ", ")+`) ORDER BY d.due_day, d.id`, args...)
		if err != nil {
			return nil, err
		}
		for _, d := range rows {
			if _, there := out[d.YearID]; !there && d.Missed(of[d.YearID], today) {
				out[d.YearID] = d
			}
		}
	}
	return out, nil
}
