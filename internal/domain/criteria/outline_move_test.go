package criteria_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
)

const movable = `{"criteria":[{"id":"I","max":"3","children":[{"id":"a","max":"1","rule":{"kind":"pass"}},{"id":"b","max":"2","rule":{"kind":"pass"}}]},{"id":"II","max":"5","rule":{"kind":"ratio"}}],
 "bonus":[{"id":"C","clamp":"5","rank":false,"children":[{"id":"c","max":"1","clamp":"1","rule":{"kind":"direct"}}]}],"deduction":[{"id":"T","max":"2","rule":{"kind":"pass"}}]}`

// shape is the tree in short: I(a b) II + C(c) - T.
func shape(t testing.TB, body []byte) string {
	t.Helper()
	s, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", body, problems)
	}
	var write func(list []*scoring.Criterion) string
	write = func(list []*scoring.Criterion) string {
		var all []string
		for _, c := range list {
			one := c.ID
			if !c.Leaf() {
				one += "(" + write(c.Children) + ")"
			}
			all = append(all, one)
		}
		return strings.Join(all, " ")
	}
	return write(s.Criteria) + " + " + write(s.Bonus) + " - " + write(s.Deduction)
}

func TestCriteriaMove(t *testing.T) {
	for _, c := range []struct {
		what string
		do   func() ([]byte, error)
		want string
	}{
		{"into the one before", func() ([]byte, error) { return criteria.Indent([]byte(movable), "b") }, "I(a(b)) II + C(c) - T"},
		{"a criterion becomes a group", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "I", "II", criteria.Inside) }, "II(I(a b)) + C(c) - T"},
		{"out of the group", func() ([]byte, error) { return criteria.Outdent([]byte(movable), "a") }, "I(b) a II + C(c) - T"},
		{"nothing before", func() ([]byte, error) { return criteria.Indent([]byte(movable), "I") }, ""},
		{"at the top", func() ([]byte, error) { return criteria.Outdent([]byte(movable), "II") }, ""},
		{"into itself", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "I", "b", criteria.Before) }, ""},
		{"before", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "II", "a", criteria.Before) }, "I(II a b) + C(c) - T"},
		{"behind its neighbour", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "a", "b", criteria.After) }, "I(b a) II + C(c) - T"},
		{"bonus into the main part, without its switches", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "C", "II", criteria.After) }, "I(a b) II C(c) +  - T"},
		{"a place that is none", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "a", "b", "under") }, ""},
		{"a criterion that is none", func() ([]byte, error) { return criteria.MoveTo([]byte(movable), "x", "b", criteria.After) }, ""},
	} {
		body, err := c.do()
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%s: %s", c.what, body)
		case c.want == "" && fault.As(err).Code == fault.Internal:
			t.Errorf("%s: %v", c.what, err)
		case c.want != "" && err != nil:
			t.Errorf("%s: %v", c.what, err)
		case c.want != "":
			if got := shape(t, body); got != c.want {
				t.Errorf("%s: %s, want %s", c.what, got, c.want)
			}
		}
	}
}

// However criteria are moved, none is lost and the sheet stays in the format.
func TestMovingLosesNothing(t *testing.T) {
	ids := []string{"I", "a", "b", "II", "C", "c", "T"}
	rapid.Check(t, func(t *rapid.T) {
		body := []byte(movable)
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			id, to := rapid.SampledFrom(ids).Draw(t, "id"), rapid.SampledFrom(ids).Draw(t, "to")
			where := rapid.SampledFrom([]criteria.Where{criteria.Before, criteria.After, criteria.Inside}).Draw(t, "where")
			next, err := criteria.MoveTo(body, id, to, where)
			if err != nil {
				if fault.As(err).Code != fault.Invalid {
					t.Fatal(err)
				}
				continue
			}
			body = next
		}
		s, problems := scoring.ParseSheet(body)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", body, problems)
		}
		seen := 0
		s.Walk(func(*scoring.Criterion, int) { seen++ })
		if seen != len(ids) {
			t.Fatalf("%d of %d: %s", seen, len(ids), body)
		}
	})
}
