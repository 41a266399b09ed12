package target_test

import (
	"testing"

	"github.com/thidua/thidua/internal/domain/target"
)

// TestYear reads in a year, which tells a plan from a result.
func TestYear(t *testing.T) {
	for _, c := range []struct {
		text string
		year int
		want int
	}{
		{"Năm 2026, chỉ số SIPAS đạt 88,5%.", 0, 0},
		{"Năm 2026, chỉ số SIPAS đạt 88,5%.", 2026, 1},
		{"Năm 2026, chỉ số SIPAS đạt 88,5%.", 2025, 1},
		{"Năm 2026, chỉ số SIPAS đạt 88,5%.", 2027, 0},
		{"Năm 2026, chỉ số SIPAS đã đạt 88,5%.", 2026, 0},
		{"Tổng chi ngân sách năm 2026 là 900 tỷ đồng.", 2026, 1},
		{"Tổng chi ngân sách năm 2026 là 900 tỷ đồng.", 2027, 0},
		{"Giai đoạn 2026 - 2030, tốc độ tăng trưởng đạt 10%/năm.", 2026, 1},
		{"Giai đoạn 2021 - 2025, tốc độ tăng trưởng đạt 10%/năm.", 2026, 0},
	} {
		if got := (target.Reader{Year: c.year}).Read(c.text).Targets; len(got) != c.want {
			t.Errorf("%q read in %d: %d targets, want %d", c.text, c.year, len(got), c.want)
		}
	}
}
