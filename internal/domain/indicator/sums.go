package indicator

import (
	"math/big"

	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Row is a stored goal under its id, and whose it is ("" for the whole block).
type Row struct {
	ID     string
	UnitID string
	Goal   Goal
}

// Examine checks stored goals as they stand after a person's corrections:
// parts against their total, one indicator twice, totals over two currencies.
// Checks name rows by their ids; figures stand in the unit of the total.
func Examine(rows []Row) ([]target.Check, []target.Warning) {
	var checks []target.Check
	var warnings []target.Warning
	warn := func(code string, line int, text string, kv ...any) {
		args := fault.Pairs(kv...)
		warnings = append(warnings, target.Warning{Code: code, Line: line, Message: locale.Vietnamese.Say(text, args), Text: text, Args: args})
	}
	for _, total := range rows {
		if total.Goal.Relation != target.Equal || total.Goal.Change != target.Level {
			continue
		}
		var parts []string
		sum, whole := new(big.Rat), true
		for _, p := range rows {
			if p.Goal.PartOf != total.ID || p.ID == total.ID {
				continue
			}
			if p.Goal.BaseUnit != total.Goal.BaseUnit {
				warn(target.MixedCurrency, p.Goal.Line, "“{.part}” tính bằng {.a} còn “{.total}” tính bằng {.b}, nên không cộng được. Hãy kiểm tra đơn vị tính.", "part", p.Goal.Name, "a", p.Goal.Unit, "total", total.Goal.Name, "b", total.Goal.Unit)
				whole = false
				continue
			}
			v, ok := new(big.Rat).SetString(p.Goal.BaseLow)
			if !ok || p.Goal.Relation != target.Equal {
				whole = false
				continue
			}
			sum.Add(sum, v)
			parts = append(parts, p.ID)
		}
		want, ok := new(big.Rat).SetString(total.Goal.BaseLow)
		if !whole || !ok || len(parts) < 2 {
			continue
		}
		got, fits := target.Express(target.Value{Amount: exactText(sum), Unit: total.Goal.BaseUnit}, total.Goal.Unit)
		if !fits {
			got = exactText(sum)
		}
		c := target.Check{Kind: "sum", Total: total.ID, Parts: parts, Want: total.Goal.Low, Got: got, OK: sum.Cmp(want) == 0}
		checks = append(checks, c)
		if !c.OK {
			warn(target.SumMismatch, total.Goal.Line, "Các phần của “{.total}” cộng lại là {.got}, không bằng {.want} {.unit}. Hãy xem lại các con số.", "total", total.Goal.Name, "got", exact(got), "want", exact(c.Want), "unit", total.Goal.Unit)
		}
	}
	type place struct{ indicator, unit string }
	seen := map[place]bool{}
	for _, r := range rows {
		at := place{r.Goal.IndicatorID, r.UnitID}
		if at.indicator != "" && seen[at] {
			warn(target.Duplicate, r.Goal.Line, "Chỉ tiêu “{.name}” có hai lần. Hãy bỏ bớt một hoặc đổi tên cho rõ.", "name", r.Goal.Name)
		}
		seen[at] = true
	}
	return checks, warnings
}

// exactText writes a sum of decimals: they always have an exact decimal.
func exactText(r *big.Rat) string {
	prec, _ := r.FloatPrec()
	return r.FloatString(prec)
}

// Doubts are the reader's warnings about a text that Examine cannot see in the
// stored goals: suspicious units and years, figures that stand in no target. The
// text is read in the year that its targets were read in.
func Doubts(text string, year int) []target.Warning {
	var out []target.Warning
	for _, w := range (target.Reader{Year: year}).Read(text).Warnings {
		if w.Code != target.SumMismatch && w.Code != target.Duplicate && w.Code != target.MixedCurrency {
			out = append(out, w)
		}
	}
	return out
}
