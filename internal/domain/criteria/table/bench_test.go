package table_test

import (
	"fmt"
	"testing"

	"github.com/thidua/thidua/internal/domain/criteria/table"
)

// BenchmarkRead reads a table of as many rows as an upload may have.
func BenchmarkRead(b *testing.B) {
	lines := []string{"TT|Nội dung|Điểm tối đa|Cách tính"}
	for i := range 4999 {
		switch {
		case i%50 == 0:
			lines = append(lines, fmt.Sprintf("%d|Nhóm %d|49|", i/50+1, i))
		default:
			lines = append(lines, fmt.Sprintf("%d.%d|Tiêu chí thứ %d của bảng|1|Mỗi lần chậm trừ 0,5 điểm; không thực hiện thì không tính điểm.", i/50+1, i%50, i))
		}
	}
	s := grid(lines...)
	c := table.Guess([]table.Sheet{s})
	for b.Loop() {
		if r := table.Read(s, c); r.Stop || len(r.Criteria) != 100 {
			b.Fatalf("%d groups, %+v", len(r.Criteria), r.Findings[:1])
		}
	}
}
