package scoring

import (
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Considered tells whether the unit takes part in the ranking: it is neither
// knocked out nor held.
func (u *UnitScore) Considered() bool { return len(u.Knocked) == 0 && len(u.Held) == 0 }

// Final tells whether the places can stand: every unit is scored, and none is
// held. A unit that is held may come back in between.
func (r Result) Final() bool {
	for i := range r.Units {
		if u := &r.Units[i]; u.Missing > 0 || len(u.Problems) > 0 || len(u.Held) > 0 && len(u.Knocked) == 0 {
			return false
		}
	}
	return true
}

// Places ranks the units, in the order of the units. One that is knocked out has
// no place (0) and a reason. One that is held has none either, for now: it is
// kept apart and not rejected, and its reason says which place it would take.
// decide, which may be nil, gives what people decided among equals.
func (r Result) Places(decide func(unit string) *ranking.Decision) []ranking.Place {
	entries := r.Entries()
	places := make([]ranking.Place, len(entries))
	var ranked, free []int // considered; considered or held
	for i := range entries {
		if decide != nil {
			entries[i].Decision = decide(entries[i].Unit)
		}
		u := &r.Units[i]
		if u.Considered() {
			ranked = append(ranked, i)
		}
		if len(u.Knocked) == 0 {
			free = append(free, i)
		}
		places[i] = ranking.Place{Unit: u.Unit, Total: u.ForRank}
		if len(u.Knocked) > 0 {
			places[i].Why = locale.Msg("Không được xét: {.marks}.", "marks", names(u.Knocked))
		}
	}
	for i, p := range rankOf(entries, ranked) {
		places[ranked[i]] = p
	}
	if len(free) == len(ranked) {
		return places
	}
	for i, p := range rankOf(entries, free) {
		if u := &r.Units[free[i]]; len(u.Held) > 0 {
			places[free[i]].Why = locale.Msg("Tạm giữ, chưa xếp hạng: {.marks}. Nếu được xét thì ở hạng {.rank}.", "marks", names(u.Held), "rank", p.Rank)
		}
	}
	return places
}

func rankOf(entries []ranking.Entry, which []int) []ranking.Place {
	some := make([]ranking.Entry, len(which))
	for i, w := range which {
		some[i] = entries[w]
	}
	return ranking.Rank(some)
}
