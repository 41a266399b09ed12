package indicator

import (
	"context"
	"sort"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Likely is a pair of indicators that may be one under two names. Shared and
// Words say why: so many of the names' different words stand in both.
type Likely struct {
	Keep, Other   Indicator
	Shared, Words int
}

// Apart is the word of a person that two indicators are two.
type Apart struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	OneID     string        `db:"one_id"` // the smaller of the two
	OtherID   string        `db:"other_id"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

func pair(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// Suggest looks through the catalogue for indicators that may be one, the
// longer known first; a person confirms with Merge, or refuses with KeepApart.
func (s *Service) Suggest(ctx context.Context, q db.Queryer) ([]Likely, error) {
	rows, err := s.Find(ctx, q, "", 0)
	if err != nil {
		return nil, err
	}
	settled, err := db.All[Apart](ctx, q, `SELECT `+db.Prefixed("a", Apart{})+` FROM indicator_apart a`)
	if err != nil {
		return nil, err
	}
	apart := map[[2]string]bool{}
	for _, a := range settled {
		apart[pair(a.OneID, a.OtherID)] = true
	}
	sort.Slice(rows, func(a, b int) bool { return rows[a].ID < rows[b].ID }) // ids sort by age
	names := make([][]wording, len(rows))
	for i, r := range rows {
		for _, n := range r.Names() {
			names[i] = append(names[i], wordingOf(n))
		}
	}
	var out []Likely
	for i, a := range rows {
		for j := i + 1; j < len(rows); j++ {
			b := rows[j]
			if a.BaseUnit != b.BaseUnit || (a.Flow == Growth) != (b.Flow == Growth) || apart[pair(a.ID, b.ID)] {
				continue
			}
			if l, ok := alikeAny(names[i], names[j]); ok {
				l.Keep, l.Other = a, b
				out = append(out, l)
			}
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].Shared*out[b].Words > out[b].Shared*out[a].Words })
	return out, nil
}

// KeepApart says that two indicators are two, however alike their names.
func (s *Service) KeepApart(ctx context.Context, actor access.Actor, yearID, oneID, otherID string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.IndicatorEdit, access.Record{Year: yearID}); err != nil {
			return err
		}
		one, err := s.Get(ctx, tx, oneID)
		if err != nil {
			return err
		}
		other, err := s.Get(ctx, tx, otherID)
		if err != nil {
			return err
		}
		if one.ID == other.ID {
			return fault.New(fault.Conflict, "Hai chỉ tiêu này đã là một.")
		}
		p := pair(one.ID, other.ID)
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM indicator_apart WHERE one_id = $1 AND other_id = $2`, p[0], p[1])
		if err != nil || n > 0 {
			return err
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "indicator.apart", Year: yearID, Reason: one.Name + " ≠ " + other.Name},
			"indicator_apart", &Apart{ID: db.NewID(), OneID: p[0], OtherID: p[1], AccountID: actor.Account, At: clock.Stamp(s.now)})
	})
}

// contrasts are words that make two otherwise equal names different things.
// Names are alike only if each word of a pair stands in both or in neither.
var contrasts = strings.Fields("xuat nhap nu tang giam thi thon tren duoi moi cu trong ngoai thu chi von no")

// wording is a name as it is compared.
type wording struct {
	words map[string]bool
	short map[string]bool // abbreviations
}

func wordingOf(name string) wording { return wording{wordSet(Key(name)), abbreviations(name)} }

// Alike tells whether two names may mean one thing, and how many of their
// different words stand in both.
func Alike(a, b string) (shared, words int, like bool) { return wordingOf(a).alike(wordingOf(b)) }

func alikeAny(a, b []wording) (best Likely, ok bool) {
	for _, x := range a {
		for _, y := range b {
			shared, either, like := x.alike(y)
			if like && (!ok || shared*best.Words > best.Shared*either) {
				best, ok = Likely{Shared: shared, Words: either}, true
			}
		}
	}
	return best, ok
}

// alike tells whether two names may mean one thing: most of their words are
// the same, or one only says a little more, or they share an abbreviation and
// half of their words. shared of either different words stand in both.
func (a wording) alike(b wording) (shared, either int, like bool) {
	for _, w := range contrasts {
		if a.words[w] != b.words[w] {
			return 0, 0, false
		}
	}
	for w := range a.words {
		if b.words[w] {
			shared++
		}
	}
	either = len(a.words) + len(b.words) - shared
	small := min(len(a.words), len(b.words))
	switch {
	case small < 2:
		return shared, either, false
	case 4*shared >= 3*either:
		return shared, either, true
	case shared == small && small >= 4 && either-shared <= 2:
		return shared, either, true
	}
	for w := range a.short {
		if b.short[w] && 2*shared >= either {
			return shared, either, true
		}
	}
	return shared, either, false
}

func wordSet(key string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(key) {
		set[w] = true
	}
	return set
}
