package web

import (
	"testing"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
)

// TestContradictions: a target that was changed beside its clause is found, one
// that only got another name is not.
func TestContradictions(t *testing.T) {
	text := "- Thu nhập bình quân đầu người là 69,5 triệu đồng.\n- Tỷ lệ hộ nghèo dưới 1%."
	var rows []clauseRow
	for _, r := range target.Read(text).Targets {
		rows = append(rows, clauseRow{id: r.ID, goal: indicator.FromTarget(r)})
	}
	if len(rows) != 2 {
		t.Fatalf("%d targets", len(rows))
	}
	if found := contradictions(text, rows); len(found) != 0 {
		t.Fatalf("%+v", found)
	}
	rows[0].goal.BaseLow, rows[0].goal.BaseHigh = "70500000", "70500000"
	rows[1].goal.Name = "Tỷ lệ hộ dân nghèo"
	found := contradictions(text, rows)
	if len(found) != 1 || found[0].line != 1 || found[0].clause.Low != "69.5" {
		t.Fatalf("%+v", found)
	}
}
