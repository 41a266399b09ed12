package workbook

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
)

// called is how a unit is called, without who writes for it ("UBND huyện …").
type called struct {
	whole string // with the level as a word: "TP." is "thành phố"
	level string // "" for a name without one
	core  string // without the level
}

// authorities stand before the name of a place and are not of it.
var authorities = []string{"uy ban nhan dan", "ubnd", "u b n d"}

// levels are kinds of units as names begin with them; written is how else.
var levels = []struct{ word, written string }{
	{"thanh pho", "thanh pho"}, {"thanh pho", "tp"}, {"thanh pho", "t p"}, {"thi xa", "thi xa"}, {"thi xa", "tx"}, {"thi xa", "t x"},
	{"thi tran", "thi tran"}, {"thi tran", "tt"}, {"huyen", "huyen"}, {"quan", "quan"}, {"phuong", "phuong"}, {"xa", "xa"}, {"tinh", "tinh"}, {"so", "so"},
}

// callOf takes a name apart.
func callOf(name string) called {
	key := indicator.Key(name)
	for _, a := range authorities {
		if rest, is := strings.CutPrefix(key, a+" "); is {
			key = rest
			break
		}
	}
	for _, l := range levels {
		if core, is := strings.CutPrefix(key, l.written+" "); is {
			return called{l.word + " " + core, l.word, core}
		}
	}
	return called{key, "", key}
}

// sameName: "UBND TP Bắc Ninh" is "Thành phố Bắc Ninh".
func sameName(row, unit called) bool { return row.whole == unit.whole }

// sameCore: "Tiên Du" is "Huyện Tiên Du", and "Huyện Tiên Du" is "Tiên Du". Two
// levels that differ are two units.
func sameCore(row, unit called) bool { return row.whole == unit.core || row.core == unit.whole }

// called lists the members that a name fits.
func (m *matcher) called(name string, fits func(row, unit called) bool) []string {
	var out []string
	row := callOf(name)
	for _, u := range m.members {
		full := callOf(u.Name)
		short := called{}
		if u.Short != "" {
			short = callOf(u.Short)
		}
		if fits(row, full) || u.Short != "" && fits(row, short) && (row.level == "" || full.level == "" || row.level == full.level) {
			out = append(out, u.UnitID)
		}
	}
	return out
}
