// Package indicator is the catalogue of what is measured (chỉ tiêu), the goals
// set for it and the figures reported on it. Indicators outlive years: the
// same one stands in the movement of one year and in the covenant of the next,
// which is what makes years comparable.
package indicator

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/letter"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Flow tells what sort of figure an indicator takes.
type Flow string

const (
	// Stock holds at a moment: a rate, a number of beds. A figure of any period
	// is compared with the whole target.
	Stock Flow = "stock"
	// Sum runs up over the year from 1 January: revenue, cases. A figure of half
	// a year is compared with half the target.
	Sum Flow = "flow"
	// Growth is a movement against a base: the figure is the growth itself,
	// positive for an increase and negative for a decrease.
	Growth Flow = "growth"
)

// Indicator is one thing that is measured, under all the names it goes by.
type Indicator struct {
	ID         string           `db:"id"`
	Version    int64            `db:"version"`
	Name       string           `db:"name"`
	Search     string           `db:"search"` // keys of name and aliases, each between bars
	SortKey    []byte           `db:"sort_key"`
	Aliases    string           `db:"aliases"`   // one a line
	Unit       string           `db:"unit"`      // as first written: triệu USD
	BaseUnit   string           `db:"base_unit"` // USD
	Direction  target.Direction `db:"direction"`
	Flow       Flow             `db:"flow"`
	Cumulative bool             `db:"cumulative"` // counts on over the years (571 communes in all), not anew each year
	Source     string           `db:"source"`     // where figures of it come from
	MergedInto string           `db:"merged_into"`
}

// Service keeps the catalogue and the figures.
type Service struct {
	db      *db.DB
	book    *ledger.Book
	gate    *access.Gate
	years   *cluster.Service
	now     clock.Clock
	letters *letter.Service // nil: no mail
}

// New makes the service and registers the guard of the half-year review.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, now clock.Clock) *Service {
	s := &Service{db: d, book: book, gate: gate, years: years, now: now}
	years.Guard("half_year_figures", s.guardHalfYear)
	return s
}

// Names lists the indicator's name and its aliases.
func (i Indicator) Names() []string { return append([]string{i.Name}, lines(i.Aliases)...) }

func (i *Indicator) index() {
	i.SortKey = vntext.Key(i.Name)
	i.Search = "|"
	for _, n := range i.Names() {
		i.Search += Key(n) + "|"
	}
}

// Get reads an indicator; one that was merged is answered by the one it is now.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Indicator, error) {
	i, err := db.Get[Indicator](ctx, q, "indicator", id)
	if err != nil || i.MergedInto == "" {
		return i, err
	}
	return db.Get[Indicator](ctx, q, "indicator", i.MergedInto)
}

// Find searches the catalogue without regard to marks, in Vietnamese order.
func (s *Service) Find(ctx context.Context, q db.Queryer, query string, limit int) ([]Indicator, error) {
	if limit <= 0 || limit > 2000 {
		limit = 2000
	}
	return db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i
		WHERE i.merged_into = '' AND i.search LIKE $1 ORDER BY i.sort_key, i.id LIMIT $2`, "%"+Key(query)+"%", limit)
}

// all reads every indicator by id, merged ones too.
func all(ctx context.Context, q db.Queryer) (map[string]Indicator, error) {
	rows, err := db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i`)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Indicator, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

// now follows a merge.
func current(all map[string]Indicator, id string) Indicator {
	i := all[id]
	if i.MergedInto != "" {
		return all[i.MergedInto]
	}
	return i
}

// Recognise finds the indicator that the goal is about, by its name or one of
// its aliases, in the same measure, and enters a new one where there is none.
// It sets the goal's indicator, and its direction where the catalogue knows it
// and the text did not say. It runs in the caller's transaction; the caller has
// checked the right to write the goal.
func (s *Service) Recognise(ctx context.Context, tx *db.Tx, actor access.Actor, g *Goal) (Indicator, error) {
	key := Key(g.Name)
	if key == "" {
		return Indicator{}, fault.Wrong("name", "Chưa nhập tên chỉ tiêu.")
	}
	found, err := db.All[Indicator](ctx, tx, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i
		WHERE i.merged_into = '' AND i.search LIKE $1 ORDER BY i.id`, "%|"+key+"|%")
	if err != nil {
		return Indicator{}, err
	}
	for _, i := range found {
		// A pledge without a figure says nothing about the measure.
		if i.BaseUnit != g.BaseUnit && g.BaseUnit != "" || (i.Flow == Growth) != (g.Change != target.Level) {
			continue
		}
		g.IndicatorID = i.ID
		switch {
		case g.Direction == target.Unknown:
			g.Direction = i.Direction
		case i.Direction == target.Unknown:
			i.Direction = g.Direction
			if err := s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "indicator.direction"}, "indicator", &i); err != nil {
				return i, err
			}
		}
		return i, nil
	}
	i := Indicator{ID: db.NewID(), Name: upper(g.Name), Unit: g.Unit, BaseUnit: g.BaseUnit, Direction: g.Direction, Flow: g.flow()}
	i.index()
	g.IndicatorID = i.ID
	return i, s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "indicator.create"}, "indicator", &i)
}

// AddAlias gives an indicator one more name. yearID is the year whose leader
// acts; officers of a standing body leave it empty.
func (s *Service) AddAlias(ctx context.Context, actor access.Actor, yearID, id, alias string) error {
	alias = vntext.Line(alias)
	if Key(alias) == "" || len([]rune(alias)) > maxName {
		return fault.Wrong("alias", "Chưa nhập tên gọi khác, hoặc tên dài quá {.limit} ký tự.", "limit", maxName)
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		i, err := s.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		twin, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM indicator WHERE merged_into = '' AND id <> $1 AND base_unit = $2 AND search LIKE $3`, i.ID, i.BaseUnit, "%|"+Key(alias)+"|%")
		if err != nil {
			return err
		}
		if twin > 0 {
			return fault.Wrong("alias", "“{.name}” đang là tên của một chỉ tiêu khác. Nếu hai chỉ tiêu là một, hãy dùng “Gộp chỉ tiêu”.", "name", alias)
		}
		if !i.alias(alias) {
			return nil
		}
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "indicator.alias", Year: yearID}, "indicator", &i)
	})
}

// alias adds a name unless the indicator already goes by it.
func (i *Indicator) alias(name string) bool {
	for _, n := range i.Names() {
		if Key(n) == Key(name) {
			return false
		}
	}
	if i.Aliases != "" {
		i.Aliases += "\n"
	}
	i.Aliases += name
	i.index()
	return true
}

// Change corrects what the catalogue says about an indicator.
type Change struct {
	ID         string
	Version    int64
	Name       string
	Aliases    []string // nil leaves them; names of merged indicators stay in any case
	Unit       string   // another one of the same measure; "" leaves it
	Direction  target.Direction
	Flow       Flow
	Cumulative bool
	Source     string
}

// Edit corrects an indicator; its old name stays as an alias.
func (s *Service) Edit(ctx context.Context, actor access.Actor, yearID string, in Change) error {
	n := NewIndicator{Name: in.Name, Aliases: in.Aliases, Unit: in.Unit, Direction: in.Direction, Flow: in.Flow, Cumulative: in.Cumulative, Source: in.Source}
	if err := fault.List(n.check()...); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		i, err := s.Get(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		if err := s.edit(ctx, tx, &i, n, in.Aliases != nil); err != nil {
			return err
		}
		i.Version = in.Version
		err = s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "indicator.edit", Year: yearID}, "indicator", &i)
		if f := fault.As(err); f != nil && f.Code == fault.Stale {
			if now, ok := f.Theirs.(*Indicator); ok {
				f.Theirs = *now
			}
		}
		return err
	})
}

// edit puts what a person says into the indicator, where it may be.
func (s *Service) edit(ctx context.Context, tx *db.Tx, i *Indicator, n NewIndicator, aliases bool) error {
	switch {
	case (i.Flow == Growth) != (n.Flow == Growth):
		return fault.Wrong("flow", "Chỉ tiêu tăng, giảm so với kỳ gốc không đổi thành chỉ tiêu mức được, và ngược lại.")
	case n.Unit != "" && i.Unit != "" && baseUnit(n.Unit) != i.BaseUnit:
		return fault.Wrong("unit", "“{.unit}” không quy đổi được từ {.now}: chỉ tiêu đo cách khác là một chỉ tiêu khác.", "unit", n.Unit, "now", i.Unit)
	}
	for _, name := range append([]string{n.Name}, n.Aliases...) {
		twin, ok, err := s.named(ctx, tx, name, i.BaseUnit, i.Flow == Growth)
		if err != nil {
			return err
		}
		if ok && twin.ID != i.ID {
			return fault.Wrong("name", "“{.name}” đang là tên của một chỉ tiêu khác. Nếu hai chỉ tiêu là một, hãy dùng “Gộp chỉ tiêu”.", "name", name)
		}
	}
	old := i.Names()
	merged, err := s.Merged(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	i.Name, i.Direction, i.Flow, i.Cumulative, i.Source = n.Name, n.Direction, n.Flow, n.Cumulative, n.Source
	if n.Unit != "" {
		i.Unit, i.BaseUnit = n.Unit, baseUnit(n.Unit)
	}
	keep := old[:1]
	if !aliases {
		keep = old
	}
	for _, m := range merged {
		keep = append(keep, m.Names()...)
	}
	i.Aliases = ""
	i.index()
	for _, a := range append(n.Aliases, keep...) {
		i.alias(a)
	}
	return nil
}

// Merge says that two indicators are one under two names: other becomes an
// alias of keep. What was signed and reported under the other stays as it is
// and is read as keep's.
func (s *Service) Merge(ctx context.Context, actor access.Actor, yearID, keepID, otherID string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		keep, err := s.Get(ctx, tx, keepID)
		if err != nil {
			return err
		}
		other, err := s.Get(ctx, tx, otherID)
		if err != nil {
			return err
		}
		switch {
		case keep.ID == other.ID:
			return fault.New(fault.Conflict, "Hai chỉ tiêu này đã là một.")
		case keep.BaseUnit != other.BaseUnit && keep.BaseUnit != "" && other.BaseUnit != "" || (keep.Flow == Growth) != (other.Flow == Growth):
			return fault.Wrong("other", "“{.keep}” tính bằng {.a}, “{.other}” tính bằng {.b}: hai chỉ tiêu khác cách đo nên không gộp được.", "keep", keep.Name, "a", keep.Measure(), "other", other.Name, "b", other.Measure())
		}
		change := ledger.Change{By: actor, Action: "indicator.merge", Year: yearID, Reason: other.Name + " → " + keep.Name}
		for _, n := range other.Names() {
			keep.alias(n)
		}
		if keep.Direction == target.Unknown {
			keep.Direction = other.Direction
		}
		if err := s.book.Update(ctx, tx, change, "indicator", &keep); err != nil {
			return err
		}
		// Merges stay flat, so that a reader follows one step.
		moved, err := db.All[Indicator](ctx, tx, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i WHERE i.id = $1 OR i.merged_into = $1 ORDER BY i.id`, other.ID)
		if err != nil {
			return err
		}
		for _, m := range moved {
			m.MergedInto = keep.ID
			if err := s.book.Update(ctx, tx, change, "indicator", &m); err != nil {
				return err
			}
		}
		return nil
	})
}

// Separate takes a merge back.
func (s *Service) Separate(ctx context.Context, actor access.Actor, yearID, otherID string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		other, err := db.Get[Indicator](ctx, tx, "indicator", otherID)
		if err != nil {
			return err
		}
		if other.MergedInto == "" {
			return fault.New(fault.Conflict, "Chỉ tiêu này chưa được gộp vào chỉ tiêu nào.")
		}
		keep, err := db.Get[Indicator](ctx, tx, "indicator", other.MergedInto)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "indicator.separate", Year: yearID, Reason: other.Name + " ← " + keep.Name}
		gone := map[string]bool{}
		for _, n := range other.Names() {
			gone[Key(n)] = true
		}
		rest := keep
		rest.Aliases = ""
		for _, n := range lines(keep.Aliases) {
			if !gone[Key(n)] {
				rest.alias(n)
			}
		}
		rest.index()
		if err := s.book.Update(ctx, tx, change, "indicator", &rest); err != nil {
			return err
		}
		other.MergedInto = ""
		return s.book.Update(ctx, tx, change, "indicator", &other)
	})
}

// Merged lists the indicators that were merged into one.
func (s *Service) Merged(ctx context.Context, q db.Queryer, id string) ([]Indicator, error) {
	return db.All[Indicator](ctx, q, `SELECT `+db.Prefixed("i", Indicator{})+` FROM indicator i WHERE i.merged_into = $1 ORDER BY i.sort_key`, id)
}

// Measure says in what an indicator is counted.
func (i Indicator) Measure() string {
	if i.Unit == "" {
		return "—"
	}
	return i.Unit
}
