package accuracy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/target"
)

func TestScoreCountsMissedAndFalse(t *testing.T) {
	one := target.Target{Name: "Tỷ lệ hộ nghèo", Relation: "=", Low: "1", High: "1", Unit: "%"}
	other := one
	other.Low, other.High = "2", "2"
	for _, c := range []struct {
		targets []target.Target
		want    Score
	}{
		{[]target.Target{one}, Score{1, 1, 1, 1}},
		{[]target.Target{other}, Score{1, 1, 1, 0}},
		{[]target.Target{one, one}, Score{1, 2, 1, 1}},
		{nil, Score{1, 0, 1, 0}},
	} {
		got, wrong := Of(Text{Text: "- Tỷ lệ hộ nghèo 1%.", Targets: c.targets})
		if got != c.want || len(wrong) != got.Read+got.Wanted-2*got.Right {
			t.Errorf("%v: %+v, %q", c.targets, got, wrong)
		}
	}
	s := Score{Wanted: 4, Read: 5, Right: 3}
	if s.Precision() != 0.6 || s.Recall() != 0.75 || (Score{}).Recall() != 1 {
		t.Errorf("%v %v", s.Precision(), s.Recall())
	}
}

// The page says what is measured: whoever changes the reader or a set runs
// `make accuracy`.
func TestPublishedFigures(t *testing.T) {
	root := filepath.Join("..", "..")
	table, _, err := Table(root)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, Page))
	if err != nil {
		t.Fatal(err)
	}
	want, err := Put(string(page), table)
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != want {
		t.Errorf("%s does not hold the figures of today; run make accuracy. They are:\n%s", Page, table)
	}
	if !strings.Contains(table, "**development**") {
		t.Error("the development set is not measured")
	}
}
