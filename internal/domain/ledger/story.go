package ledger

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/thidua/thidua/internal/platform/db"
)

// story is what the entries tell about the rows, gathered while they are read.
type story struct {
	last    map[string]map[string]map[string]any // table → row → as the last entry about it left it; nil when deleted
	first   map[string]map[string]map[string]any // of rows that came in a batch: as the first entry of their own found them
	batches map[string]map[string][]*sealed      // table → run → batches in order
}

func newStory() *story {
	return &story{map[string]map[string]map[string]any{}, map[string]map[string]map[string]any{}, map[string]map[string][]*sealed{}}
}

// tell takes the next entry; false when it contradicts itself or one before.
func (s *story) tell(r Record) bool {
	if b := r.Batch; b != nil {
		if b.Count < 1 || b.From < 0 || r.Before != nil || r.After != nil || r.Subject != subject(b.Run) {
			return false
		}
		if s.batches[r.Kind] == nil {
			s.batches[r.Kind] = map[string][]*sealed{}
		}
		before := s.batches[r.Kind][b.Run]
		if n := len(before); n > 0 && before[n-1].From+before[n-1].Count > b.From {
			return false
		}
		s.batches[r.Kind][b.Run] = append(before, &sealed{Batch: *b, seq: r.Seq, kind: r.Kind})
		return true
	}
	if s.batch(r.Kind, r.Subject) != nil {
		if s.first[r.Kind] == nil {
			s.first[r.Kind] = map[string]map[string]any{}
		}
		if _, told := s.first[r.Kind][r.Subject]; !told {
			s.first[r.Kind][r.Subject] = r.Before
		}
	}
	if s.last[r.Kind] == nil {
		s.last[r.Kind] = map[string]map[string]any{}
	}
	s.last[r.Kind][r.Subject] = r.After
	return true
}

// batch is the one that a row came in; nil for none.
func (s *story) batch(kind, id string) *sealed {
	runs := s.batches[kind]
	if runs == nil {
		return nil
	}
	run, place, ok := db.Place(id)
	if !ok {
		return nil
	}
	for _, b := range runs[run] {
		if b.holds(place) {
			return b
		}
	}
	return nil
}

// compare looks at every row of every table that the entries tell about.
func (s *story) compare(ctx context.Context, q db.Queryer, report *Report) error {
	var kinds []string
	for k := range s.last {
		kinds = append(kinds, k)
	}
	for k := range s.batches {
		if s.last[k] == nil {
			kinds = append(kinds, k)
		}
	}
	sort.Strings(kinds)
	for _, kind := range kinds {
		if err := s.table(ctx, q, kind, report); err != nil {
			return err
		}
	}
	return nil
}

// table compares one table's rows. They come in the order of their ids, so that
// a batch can be closed when the scan leaves its run.
func (s *story) table(ctx context.Context, q db.Queryer, kind string, report *Report) error {
	live, seen := 0, 0 // of the rows with entries of their own
	for id, after := range s.last[kind] {
		if after != nil && s.batch(kind, id) == nil {
			live++
		}
	}
	columns := s.columns(kind)
	if columns == nil { // nothing of it is there any more, says the ledger
		return nil
	}
	detach := func(names ...string) { report.Detached = append(report.Detached, names...) }
	var text leaf
	var under *sealed
	err := each(ctx, q, kind, columns, func(id string, row []any) {
		report.Rows++
		b := s.batch(kind, id)
		if b != nil && b != under {
			s.settle(under, &text)
			under = b
		}
		after, told := s.last[kind][id]
		column := func(c string) any {
			if i, ok := slices.BinarySearch(columns, c); ok {
				return row[i]
			}
			return nil
		}
		if told {
			if after == nil || !same(after, column) {
				detach(kind + " " + id)
			}
			if b == nil {
				seen++
			}
		}
		_, place, _ := db.Place(id)
		switch {
		case b == nil:
			if !told {
				detach(kind + " " + id)
			}
		case b.done: // out of order: no id that the program made
			detach(kind + " " + id)
		case told:
			// As the batch had it is what the first later entry found.
			if before := s.first[kind][id]; before != nil {
				b.put(place, func(c string) any { return before[c] }, &text)
			}
		default:
			b.put(place, column, &text)
		}
	})
	if err != nil {
		return err
	}
	if seen < live {
		detach(fmt.Sprintf("%s: %d", kind, live-seen))
	}
	return s.close(ctx, q, kind, &text, report)
}

// columns are those that the entries about the table's rows name.
func (s *story) columns(kind string) []string {
	names := map[string]bool{}
	for _, after := range s.last[kind] {
		for c := range after {
			names[c] = true
		}
	}
	for _, run := range s.batches[kind] {
		for _, b := range run {
			for _, c := range b.Columns {
				names[c] = true
			}
		}
	}
	var out []string
	for c := range names {
		out = append(out, c)
	}
	sort.Strings(out)
	return out
}

// settle closes a batch whose rows have all been seen. Rows that the ledger
// says were deleted are taken as the deletion found them.
func (s *story) settle(b *sealed, text *leaf) {
	if b == nil || b.done {
		return
	}
	for i := 0; b.seen < b.Count && i < b.Count; i++ {
		if b.there != nil && b.there[i] {
			continue
		}
		id := b.id(i)
		before := s.first[b.kind][id]
		if after, told := s.last[b.kind][id]; told && after == nil && before != nil {
			b.put(b.From+i, func(c string) any { return before[c] }, text)
		}
	}
	if b.done, b.ok = true, b.fits(); b.ok {
		b.leaves, b.there = nil, nil
	}
}

// close settles what is left of a table's batches and names what does not fit.
func (s *story) close(ctx context.Context, q db.Queryer, kind string, text *leaf, report *Report) error {
	var all []*sealed
	for _, run := range s.batches[kind] {
		all = append(all, run...)
	}
	slices.SortFunc(all, func(a, b *sealed) int { return int(a.seq - b.seq) })
	for _, b := range all {
		s.settle(b, text)
		if b.ok {
			continue
		}
		names, err := b.wrong(ctx, q)
		if err != nil {
			return err
		}
		for _, n := range names {
			if !slices.Contains(report.Detached, n) {
				report.Detached = append(report.Detached, n)
			}
		}
	}
	return nil
}

// each reads a table in the order of its ids. The row is good until f returns.
func each(ctx context.Context, q db.Queryer, table string, columns []string, f func(id string, row []any)) error {
	rows, err := q.Query(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" ORDER BY id")
	if err != nil {
		return fmt.Errorf("ledger: %s: %w", table, err)
	}
	defer rows.Close()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	at, _ := slices.BinarySearch(columns, "id")
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("ledger: %s: %w", table, err)
		}
		id, _ := values[at].(string)
		f(id, values)
	}
	return rows.Err()
}
