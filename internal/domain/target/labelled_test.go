package target_test

import (
	"testing"

	"github.com/thidua/thidua/testkit/accuracy"
)

// reaches holds a labelled set to a floor. An open set tells its errors, a
// sealed one only how many there are.
func reaches(t *testing.T, file string, texts int, floor float64, open bool) {
	t.Helper()
	set, err := accuracy.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(set) < texts {
		t.Fatalf("%s: only %d labelled texts", file, len(set))
	}
	for _, text := range set {
		if _, wrong := accuracy.Of(text); open && len(wrong) > 0 {
			t.Logf("in: %s", text.Text)
			for _, w := range wrong {
				t.Log(w)
			}
		}
	}
	s, _ := accuracy.Measure(set)
	t.Logf("%d texts, %d targets: precision %.4f, recall %.4f", s.Texts, s.Wanted, s.Precision(), s.Recall())
	if s.Precision() < floor || s.Recall() < floor {
		t.Errorf("precision %.4f, recall %.4f; both must reach %.2f", s.Precision(), s.Recall(), floor)
	}
}

// TestDevelopmentSet measures the texts on which the grammar was made.
func TestDevelopmentSet(t *testing.T) {
	reaches(t, "testdata/labelled.jsonl", 2000, 0.998, true)
}

// TestWordings holds other wordings of what the development set taught. They
// were made up with the rules and read over with what the reader made of them, so
// they show that nothing is lost and measure nothing.
func TestWordings(t *testing.T) {
	reaches(t, "testdata/wordings.jsonl", 1500, 0.998, true)
}
