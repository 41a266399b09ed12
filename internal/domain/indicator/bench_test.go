package indicator

import (
	"fmt"
	"testing"

	"github.com/thidua/thidua/internal/domain/target"
)

// BenchmarkYearOfLines is what forecasts and flags add to the page of a cluster
// of fifty units with forty targets each.
func BenchmarkYearOfLines(b *testing.B) {
	var lines []Line
	for unit := range 50 {
		for i := range 40 {
			g := level(target.Equal, fmt.Sprint(1000+unit), fmt.Sprint(1000+unit), "")
			g.Name, g.Unit, g.BaseUnit = fmt.Sprintf("Chỉ tiêu %d", i), "tỷ đồng", "VND"
			f := Figure{Period: HalfYear, Amount: fmt.Sprint(480 + i + unit%7), Unit: "tỷ đồng", BaseAmount: fmt.Sprint(480 + i + unit%7), BaseUnit: "VND"}
			lines = append(lines, Line{Aim: Aim{ID: fmt.Sprint(unit, i), UnitID: fmt.Sprint(unit), Goal: g}, Indicator: Indicator{ID: fmt.Sprint(i), Flow: Sum}, Figure: &f, History: []Figure{f}, Past: points(6, 470, 12, 990)})
		}
	}
	schedule := Schedule{{HalfYear, "2023-07-05"}, {FullYear, "2023-12-05"}}
	b.Run("forecasts", func(b *testing.B) {
		for b.Loop() {
			for _, l := range lines {
				l.Judge(*l.Figure)
			}
		}
	})
	b.Run("flags", func(b *testing.B) {
		for b.Loop() {
			Raise(lines, schedule, "2023-07-10", nil)
		}
	})
	b.Run("punctual", func(b *testing.B) {
		for b.Loop() {
			Punctual(lines, schedule, "2023-07-10")
		}
	})
}
