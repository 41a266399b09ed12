package target

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// labelled is one text with the targets a person reads from it.
type labelled struct {
	Text    string
	Targets []Target
}

func loadLabelled(t testing.TB, file string) []labelled {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v: %s", file, err, lines.Text())
		}
		out = append(out, l)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// facts are the fields that must all be right.
type targetFacts struct {
	Name      string
	Relation  Relation
	Change    Change
	Low, High string
	Unit      string
}

func factsOf(t *Target) targetFacts {
	return targetFacts{t.Name, t.Relation, t.Change, t.Low, t.High, t.Unit}
}

// TestLabelled measures precision and recall over the labelled set.
func TestLabelled(t *testing.T) {
	set := loadLabelled(t, "testdata/labelled.jsonl")
	if len(set) < 120 {
		t.Fatalf("only %d labelled texts", len(set))
	}
	right, read, wanted := 0, 0, 0
	for _, l := range set {
		got := Read(l.Text)
		left := map[targetFacts]int{}
		for i := range l.Targets {
			left[factsOf(&l.Targets[i])]++
			wanted++
		}
		bad := false
		for i := range got.Targets {
			read++
			f := factsOf(&got.Targets[i])
			if left[f] > 0 {
				left[f]--
				right++
			} else {
				bad = true
				t.Logf("false: %+v", f)
			}
		}
		for f, n := range left {
			if n > 0 {
				bad = true
				t.Logf("missed: %+v", f)
			}
		}
		if bad {
			t.Logf("in: %s", l.Text)
		}
	}
	precision, recall := float64(right)/float64(read), float64(right)/float64(wanted)
	t.Logf("%d texts, %d targets: precision %.4f, recall %.4f", len(set), wanted, precision, recall)
	if precision < 0.98 || recall < 0.98 {
		t.Errorf("precision %.4f, recall %.4f; both must reach 0.98", precision, recall)
	}
}
