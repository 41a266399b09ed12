package api

import (
	"time"

	"github.com/thidua/thidua/internal/domain/cluster"
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

// theirs is the row of a stale write as it stands now. What the API has no form
// for is left out.
func theirs(row any) any {
	switch row := row.(type) {
	case *cluster.Year:
		return clusterYearOf(*row)
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
