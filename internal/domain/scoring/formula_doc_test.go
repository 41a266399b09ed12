package scoring

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/formula"
	"github.com/thidua/thidua/internal/platform/locale"
)

// inputsOf reads "thực_hiện = 6; điểm_tối_đa = 10", leaving out the maximum.
func inputsOf(text string) (in Inputs, max string) {
	in, max = Inputs{}, "10"
	for _, v := range strings.Split(text, "; ") {
		name, value, _ := strings.Cut(v, " = ")
		if canonical, ok := formulaAliases[name]; ok {
			name = canonical
		}
		if name == maxPointsName {
			max = value
		} else {
			in[name] = value
		}
	}
	return in, max
}

// Every example of docs/formula.md is true.
func TestExamplesOfTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../../docs/formula.md")
	if err != nil {
		t.Fatal(err)
	}
	for what, n := range map[string]int{"ký tự": formula.MaxLength, "tầng ngoặc": formula.MaxDepth, "tên": formula.MaxNames, "bước tính": formula.MaxSteps, "chữ số nhị phân": formula.MaxBits} {
		if bound := locale.Vietnamese.Number(fmt.Sprint(n)) + " " + what; !strings.Contains(string(page), bound) {
			t.Errorf("the page does not say %q", bound)
		}
	}
	blocks := strings.Split(string(page), "```công-thức\n")[1:]
	if len(blocks) < 12 {
		t.Fatalf("only %d examples", len(blocks))
	}
	for _, b := range blocks {
		b, _, _ = strings.Cut(b, "\n```")
		lines := strings.Split(b, "\n")
		t.Run(lines[0], func(t *testing.T) {
			max, want, fails := "10", "", ""
			units, values := []Unit{{ID: "u"}}, Values{"u": {}}
			for _, l := range lines[1:] {
				if rest, ok := strings.CutPrefix(l, "với "); ok {
					values["u"]["K"], max = inputsOf(rest)
				} else if rest, ok := strings.CutPrefix(l, "đơn vị khác "); ok {
					id := fmt.Sprint("v", len(units))
					in, _ := inputsOf(rest)
					units, values[id] = append(units, Unit{ID: id}), UnitValues{"K": in}
				} else if rest, ok := strings.CutPrefix(l, "được "); ok {
					want = rest
				} else if rest, ok := strings.CutPrefix(l, "lỗi "); ok {
					fails = rest
				} else {
					t.Fatalf("what is %q", l)
				}
			}
			expression, _ := json.Marshal(lines[0])
			s, problems := ParseSheet([]byte(`{"criteria":[{"id":"K","max":"` + max + `","rule":{"kind":"formula","expression":` + string(expression) + `}}]}`))
			problems = append(problems, s.Check()...)
			if len(problems) == 0 {
				r := Score(s, units, values)
				problems = r.Problems
				if cell := r.Units[0].Cells["K"]; fails == "" && cell.Points.String()+" vì "+cell.Why.Plain() != want {
					t.Errorf("%s vì %s, want %s", cell.Points, cell.Why.Plain(), want)
				}
			}
			switch {
			case fails == "" && len(problems) > 0:
				t.Error(problems[0].Sentence(locale.Vietnamese))
			case fails != "" && (len(problems) == 0 || !strings.HasSuffix(problems[0].Sentence(locale.Vietnamese), fails)):
				t.Errorf("%v, want %s", problems, fails)
			}
		})
	}
}
