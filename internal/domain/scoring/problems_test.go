package scoring

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// all reads, checks and scores a document as the command does.
func all(doc string) []Problem {
	s, units, values, problems := ParseDocument([]byte(doc))
	if s == nil {
		return problems
	}
	return append(problems, Score(s, units, values).Problems...)
}

// brief writes problems as "code@criterion/unit.field", sorted.
func brief(problems []Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%s@%s/%s.%s", p.Code, p.Criterion, p.Unit, p.Field))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// leaf wraps one criterion, max 10, with inputs of unit u.
func leaf(criterion, inputs string) string {
	return `{"criteria":[{"id":"K","max":"10",` + criterion + `}],"units":[{"id":"u"}],"values":{"u":{"K":` + inputs + `}}}`
}

func TestProblems(t *testing.T) {
	ok := func(rule string) string { return `"rule":` + rule }
	for _, c := range []struct{ name, doc, want string }{
		{"no JSON", `{"criteria": [`, "bad_document@/."},
		{"two documents", `{} {}`, "bad_document@/."},
		{"no object", `[]`, "bad_document@/."},
		{"an empty sheet", `{}`, "bad_document@/.criteria"},
		{"nested without end", strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000), "bad_document@/."},
		{"an unknown field", `{"criterias":[]}`, "bad_document@/.criteria unknown_field@/.criterias"},
		{"a field twice", `{"criteria":[{"id":"K","id":"L","max":"1","rule":{"kind":"direct"}}]}`, "bad_document@K/.id"},
		{"wrong shapes", `{"rounding":{"scale":"2","at":"end"},"criteria":{},"ties":[1],"units":[3],"values":[]}`,
			"bad_document@/. bad_document@/. bad_document@/.at bad_document@/.criteria bad_document@/.criteria bad_document@/.scale bad_document@/.ties"},
		{"scale out of range", `{"rounding":{"scale":5},"criteria":[{"id":"K","max":"1","rule":{"kind":"direct"}}]}`, "bad_document@/.scale"},
		{"a number without quotes", leaf(`"rule":{"kind":"ratio","cap":1.5}`, `{"target":10,"actual":"5"}`), "bad_document@K/.cap bad_document@K/u.target"},
		{"a decimal comma", leaf(ok(`{"kind":"ratio","floor":"0,8"}`), `{"target":"1","actual":"8,2"}`), "bad_document@K/.floor bad_input@K/u.actual"},
		{"max that does not add up", `{"criteria":[{"id":"A","max":"700","children":[{"id":"B","max":"400","rule":{"kind":"direct"}}]}]}`, "bad_max@A/.max"},
		{"max missing", `{"criteria":[{"id":"A","children":[{"id":"B","rule":{"kind":"direct"}}]}]}`, "bad_max@A/.max bad_max@B/.max"},
		{"max zero and negative", `{"criteria":[{"id":"A","max":"0","rule":{"kind":"direct"}},{"id":"B","max":"-1","rule":{"kind":"pass"}}]}`, "bad_max@A/.max bad_max@B/.max"},
		{"max too fine, too large", `{"criteria":[{"id":"A","max":"9.995","rule":{"kind":"direct"}},{"id":"B","max":"1000000000.1","rule":{"kind":"pass"}}]}`, "bad_max@A/.max bad_max@B/.max bad_max@B/.max"},
		{"ids", `{"criteria":[{"max":"1","rule":{"kind":"direct"}},{"id":"A","max":"1","rule":{"kind":"direct"}}],"bonus":[{"id":"A"}],"units":[{"id":"u"},{"id":"u"},{}],"values":{"u":{"A":{"points":"1"},"":{"points":"1"}}}}`,
			"bad_id@/.id bad_id@/.id bad_id@/.id bad_id@A/.id"},
		{"no rule", leaf(`"name":"Chưa có"`, `{}`), "bad_rule@K/.rule"},
		{"unknown rule", leaf(ok(`{"kind":"magic","x":"1"}`), `{}`), "bad_rule@K/.kind"},
		{"rule without a kind", leaf(ok(`{}`), `{}`), "bad_rule@K/.kind"},
		{"a rule on an inner node", `{"criteria":[{"id":"A","max":"1","rule":{"kind":"direct"},"children":[{"id":"B","max":"1","rule":{"kind":"direct"}}]}]}`, "bad_rule@A/.rule"},
		{"a misspelt parameter", leaf(ok(`{"kind":"ratio","caps":"1.2"}`), `{"target":"1","actual":"1"}`), "unknown_field@K/.caps"},
		{"steps without parameters", leaf(ok(`{"kind":"steps"}`), `{"actual":"1"}`), "bad_rule@K/.add bad_rule@K/.from bad_rule@K/.per"},
		{"steps with wrong ones", leaf(ok(`{"kind":"steps","from":"1","per":"0","add":"1","base":"11","max":"12","cap":"3","min":"-1","side":"left","measure":"size"}`), `{"actual":"1"}`),
			"bad_rule@K/.cap bad_rule@K/.max bad_rule@K/.measure bad_rule@K/.min bad_rule@K/.per bad_rule@K/.side"},
		{"steps with a base above the maximum", leaf(ok(`{"kind":"steps","from":"1","per":"1","add":"1","base":"11"}`), `{"actual":"1"}`), "bad_rule@K/.base"},
		{"a cap that is points", leaf(ok(`{"kind":"ratio","cap":"12","floor":"80"}`), `{"target":"1","actual":"1"}`), "bad_rule@K/.cap bad_rule@K/.floor"},
		{"bands that overlap", leaf(ok(`{"kind":"bands","bands":[{"from":"88","to":"91","points":"2"},{"from":"90","to":"95","points":"3"}]}`), `{"actual":"1"}`), "bad_bands@K/.bands"},
		{"bands with a gap", leaf(ok(`{"kind":"bands","bands":[{"from":"90","to":"95","points":"3"},{"from":"88","to":"89","points":"2"}]}`), `{"actual":"1"}`), "bad_bands@K/.bands"},
		{"bands: empty, too many points, none", leaf(ok(`{"kind":"bands","bands":[{"from":"5","to":"5","points":"11"},{"from":"5"}]}`), `{"actual":"1"}`), "bad_bands@K/.bands bad_bands@K/.bands bad_bands@K/.bands"},
		{"no bands", leaf(ok(`{"kind":"bands"}`), `{"actual":"1"}`), "bad_rule@K/.bands"},
		{"above all bands", leaf(ok(`{"kind":"bands","bands":[{"from":"1","to":"5","points":"1"}]}`), `{"actual":"5"}`), "out_of_range@K/u.actual"},
		{"parts that do not add up", leaf(ok(`{"kind":"sum","parts":[{"id":"a","max":"3"},{"id":"a","max":"0"},{"max":"1"}]}`), `{}`), "bad_rule@K/.parts bad_rule@K/.parts bad_rule@K/.parts bad_rule@K/.parts"},
		{"policies", `{"criteria":[{"id":"A","max":"1","na":"spread","rule":{"kind":"direct"}},{"id":"B","max":"1","na":"peers","rule":{"kind":"direct"}},{"id":"C","max":"1","na":"maybe","rule":{"kind":"direct"}},{"id":"D","max":"1","na":"zero","rule":{"kind":"direct","na":"full"}}]}`,
			"bad_rule@B/.na bad_rule@C/.na bad_rule@D/.na"},
		{"policies of a bonus", `{"criteria":[{"id":"A","max":"1","rule":{"kind":"direct"}}],"bonus":[{"id":"B","na":"spread"},{"id":"C","max":"1","na":"peers","rule":{"kind":"ratio"}}]}`, "bad_rule@B/.na bad_rule@C/.na"},

		{"places with a gap, overlapping, out of order", leaf(ok(`{"kind":"rank","places":[{"from":"12","points":"1"},{"from":"2","to":"10","points":"3"},{"from":"10","to":"11","points":"2"}]}`), `{"actual":"1"}`), "bad_bands@K/.places bad_bands@K/.places"},
		{"places that are none", leaf(ok(`{"kind":"rank","places":[{"from":"0","to":"10","points":"11"},{"from":"11"}]}`), `{"actual":"1"}`), "bad_bands@K/.places bad_bands@K/.places"},
		{"places after the last", leaf(ok(`{"kind":"rank","places":[{"points":"3"},{"from":"5","points":"-2"}]}`), `{"actual":"1"}`), "bad_bands@K/.places bad_bands@K/.places"},
		{"places that are no whole numbers", leaf(ok(`{"kind":"rank","places":[{"to":"1.5","points":"3"}]}`), `{"actual":"1"}`), "bad_bands@K/.places"},
		{"no places", leaf(ok(`{"kind":"rank","side":"up"}`), `{"actual":"1"}`), "bad_rule@K/.places bad_rule@K/.side"},

		{"no formula", leaf(ok(`{"kind":"formula"}`), `{}`), "bad_rule@K/.expression"},
		{"a decimal comma in a formula", leaf(ok(`{"kind":"formula","expression":"0,5 * thực_hiện"}`), `{"actual":"1"}`), "bad_formula@K/.expression unknown_input@K/u.actual"},
		{"everything wrong with a formula", leaf(ok(`{"kind":"formula","expression":"nếu(thuc_hien, 1, 2 > 1) + max + na"}`), `{}`), "bad_formula@K/.expression bad_formula@K/.expression bad_formula@K/.expression"},
		{"a name that was not declared", leaf(ok(`{"kind":"formula","inputs":"số_hộ","expression":"số_hộ_nghèo / số_hộ"}`), `{}`), "bad_formula@K/.expression"},
		{"a reserved name", leaf(ok(`{"kind":"formula","expression":"na * 2"}`), `{}`), "bad_formula@K/.expression"},
		{"a formula of a bonus without a maximum", `{"criteria":[{"id":"K","max":"1","rule":{"kind":"direct"}}],"bonus":[{"id":"B","rule":{"kind":"formula","expression":"điểm_tối_đa * 2"}}]}`, "bad_formula@B/.max"},
		{"a formula that divides by zero", leaf(ok(`{"kind":"formula","expression":"thực_hiện / (chỉ_tiêu - 5)"}`), `{"actual":"1","target":"5"}`), "bad_formula@K/u.expression"},
		{"a formula that grows", leaf(ok(`{"kind":"formula","expression":"`+strings.Repeat("thực_hiện * ", 60)+`1"}`), `{"actual":"123456789012345678901234567890"}`), "bad_formula@K/u.expression"},
		{"a formula that gives a billion", leaf(ok(`{"kind":"formula","expression":"thực_hiện * 100"}`), `{"actual":"1000000000000"}`), "out_of_range@K/u.expression"},
		{"a formula without its inputs", leaf(ok(`{"kind":"formula","expression":"nếu(đạt, thực_hiện, 0)"}`), `{"đạt":"maybe"}`), "bad_input@K/u.đạt missing_input@K/u.actual"},
		{"evidence, misspelt", leaf(`"evidence":"always",`+ok(`{"kind":"direct"}`), `{"points":"1"}`), "bad_document@K/.evidence"},
		{"neither there nor missing", leaf(`"evidence":true,`+ok(`{"kind":"direct"}`), `{"points":"1","evidence":"soon"}`), "bad_input@K/u.evidence"},
		{"evidence that nobody asks for", leaf(ok(`{"kind":"direct"}`), `{"points":"1","evidence":"false"}`), "unknown_input@K/u.evidence"},
		{"ties", `{"criteria":[{"id":"A","max":"1","rule":{"kind":"direct"}}],"ties":["A","B","A"]}`, "bad_tie@/.ties bad_tie@/.ties"},
		{"clamps", `{"criteria":[{"id":"A","max":"1","clamp":"1","rule":{"kind":"direct"}}],"bonus":[{"id":"B","clamp":"-1"},{"id":"C","rule":{"kind":"pass"}},{"id":"D","max":"2","children":[{"id":"E"}]}],"deduction":[{"id":"F","rule":{"kind":"count","each":"-0.5"}},{"id":"G","max":"1","na":"full"}]}`,
			"bad_max@B/.clamp bad_max@D/.max bad_rule@C/.max bad_rule@F/.each bad_rule@G/.na unknown_field@A/.clamp"},

		{"direct above the maximum", leaf(ok(`{"kind":"direct"}`), `{"points":"10.01"}`), "out_of_range@K/u.points"},
		{"direct below zero", leaf(ok(`{"kind":"direct"}`), `{"points":"-0.01"}`), "out_of_range@K/u.points"},
		{"a missing input", leaf(ok(`{"kind":"ratio"}`), `{"target":"5","actual":" "}`), "missing_input@K/u.actual"},
		{"both inputs missing", leaf(ok(`{"kind":"ratio"}`), `{}`), "missing_input@K/u.actual missing_input@K/u.target"},
		{"an input of another rule", leaf(ok(`{"kind":"pass"}`), `{"passed":"true","actual":"1"}`), "unknown_input@K/u.actual"},
		{"neither yes nor no", leaf(ok(`{"kind":"pass"}`), `{"passed":"yes"}`), "bad_input@K/u.passed"},
		{"a list as an input", leaf(ok(`{"kind":"pass"}`), `{"passed":[true]}`), "bad_document@K/u.passed missing_input@K/u.passed"},
		{"target zero", leaf(ok(`{"kind":"ratio"}`), `{"target":"0","actual":"5"}`), "out_of_range@K/u.target"},
		{"target negative, lower is better", leaf(ok(`{"kind":"ratio","lower":true}`), `{"target":"-1","actual":"-2"}`), "out_of_range@K/u.actual out_of_range@K/u.target"},
		{"growth from nothing", leaf(ok(`{"kind":"steps","measure":"growth","from":"1","per":"1","add":"1"}`), `{"prior":"0","actual":"5"}`), "out_of_range@K/u.prior"},
		{"a share above the whole, a target of zero", leaf(ok(`{"kind":"best","met":"2"}`), `{"target":"0","actual":"5"}`), "bad_rule@K/.met"},
		{"the best of nothing", leaf(ok(`{"kind":"best"}`), `{"target":"0","actual":"5"}`), "out_of_range@K/u.target"},
		{"half a time", leaf(ok(`{"kind":"count","each":"1"}`), `{"count":"1.5"}`), "out_of_range@K/u.count"},
		{"not applicable, not allowed", leaf(ok(`{"kind":"direct"}`), `{"na":"true"}`), "na_forbidden@/u.na na_forbidden@K/u.na"},
		{"not applicable, not allowed, beside figures", leaf(ok(`{"kind":"ratio"}`), `{"na":"true","target":"5","actual":"4"}`), "na_forbidden@/u.na na_forbidden@K/u.na"},
		{"not applicable, not allowed, of a rule that compares", leaf(ok(`{"kind":"formula","expression":"thực_hiện / cao_nhất_cụm(thực_hiện)"}`), `{"na":"true","actual":"4"}`), "na_forbidden@/u.na na_forbidden@K/u.na"},
		{"not applicable, not allowed, misspelt", leaf(ok(`{"kind":"direct"}`), `{"points":"4","na":"perhaps"}`), "bad_input@K/u.na na_forbidden@/u.na"},
		{"not applicable: no", leaf(ok(`{"kind":"direct"}`), `{"points":"4","na":"false"}`), ""},
		{"not applicable, misspelt", leaf(`"na":"zero",`+ok(`{"kind":"direct"}`), `{"na":"x"}`), "bad_input@K/u.na"},
		{"strangers", `{"criteria":[{"id":"K","max":"1","rule":{"kind":"direct"}}],"units":[{"id":"u"}],"values":{"u":{"K":{"points":"1"},"L":{"points":"1"}},"v":{"K":{"points":"1"}}}}`,
			"bad_id@/v.values bad_id@L/u.values"},
		{"inputs on an inner node", `{"criteria":[{"id":"A","max":"1","children":[{"id":"B","max":"1","rule":{"kind":"direct"}}]}],"units":[{"id":"u"}],"values":{"u":{"A":{"points":"1"},"B":{"points":"1"}}}}`,
			"unknown_input@A/u.points"},
		{"a bonus without measure", `{"criteria":[{"id":"K","max":"1","rule":{"kind":"direct"}}],"bonus":[{"id":"B"}],"deduction":[{"id":"D"}],"units":[{"id":"u"}],"values":{"u":{"K":{"points":"1"},"B":{"points":"1000000001"},"D":{"points":"-1"}}}}`,
			"out_of_range@B/u.points out_of_range@D/u.points"},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := all(c.doc)
			if got := brief(problems); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range problems {
				if said := p.Sentence(locale.Vietnamese); strings.Contains(said, "{.") || strings.Contains(said, "<nil>") {
					t.Errorf("unfilled: %s", said)
				}
			}
		})
	}
}

// Everything wrong with a sheet and its values is told in one go.
func TestEveryProblemAtOnce(t *testing.T) {
	problems := all(`{"criteria":[{"id":"A","max":"50","children":[{"id":"A1","max":"40","rule":{"kind":"ratio"}},{"id":"A2","max":"3","rule":{"kind":"direct"}}]}],
	"units":[{"id":"u1"},{"id":"u2"}],"values":{"u1":{"A1":{"target":"0","actual":"1"}},"u2":{"A1":{"target":"10","actual":"x"},"A2":{"points":"4"}}}}`)
	want := "bad_input@A1/u2.actual bad_max@A/.max missing_input@A2/u1.points out_of_range@A1/u1.target out_of_range@A2/u2.points"
	if got := brief(problems); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	said := map[string]bool{}
	for _, p := range problems {
		said[p.Sentence(locale.Vietnamese)] = true
	}
	for _, want := range []string{
		"Tiêu chí A: điểm tối đa 50 không bằng tổng 43 của 2 tiêu chí con. Hãy sửa điểm tối đa của tiêu chí này hoặc của các tiêu chí con.",
		"Đơn vị u2, tiêu chí A2: điểm 4 nằm ngoài khoảng từ 0 đến 3. Hãy nhập lại trong khoảng này.",
		"Đơn vị u1, tiêu chí A2: thiếu “points” (Điểm đạt được). Hãy nhập, hoặc đánh dấu không áp dụng nếu tiêu chí cho phép.",
	} {
		if !said[want] {
			t.Errorf("nobody says: %s\n%v", want, said)
		}
	}
	if err := Faults(problems); !fault.Is(err, fault.Invalid) || len(fault.As(err).All()) != 5 {
		t.Errorf("as a fault: %v", err)
	}
	if Faults(nil) != nil {
		t.Error("no problem is a fault")
	}
}

// One of everything that can be wrong with a sheet, all told in one go.
func TestEveryKindOfProblemAtOnce(t *testing.T) {
	problems := all(`{"criteria":[
		{"id":"A","max":"50","children":[
			{"id":"A1","max":"40","rule":{"kind":"ratio"}},
			{"id":"A2","max":"3","rule":{"kind":"bands","bands":[{"from":"1","to":"5","points":"1"},{"from":"4","points":"9"}]}},
			{"id":"A3","max":"2","rule":{"kind":"formula","expression":"thực_hiện / chỉ_tiêu"}},
			{"id":"A4","max":"2","rule":{"kind":"formula","expression":"` + strings.Repeat("thực_hiện * ", 60) + `1"}},
			{"id":"A5","max":"2","rule":{"kind":"formula","expression":"thực hiện"}},
			{"id":"A6","max":"2","na":"sometimes","rule":{"kind":"rank","places":[{"from":"2","points":"1"}]}},
			{"id":"A7","max":"2","rule":{"kind":"magic"}}]}],
		"bonus":[{"id":"B","clamp":"-1"}],"ties":["Z"],"grades":[{"id":"g"}],"caps":[{"id":"c","grade":"h"}],
		"units":[{"id":"u"}],"values":{"u":{"A1":{"target":"10","actual":"x"},"A3":{"target":"0","actual":"1"},"A4":{"actual":"123456789012345678901234567890"},"B":{"points":"-1"},"Y":{"points":"1"}},"v":{}}}`)
	want := "bad_bands@A2/.bands bad_bands@A2/.bands bad_bands@A6/.places bad_formula@A3/u.expression bad_formula@A4/u.expression bad_formula@A5/.expression bad_grade@/.caps bad_grade@/.grades " +
		"bad_id@/v.values bad_id@Y/u.values bad_input@A1/u.actual bad_max@A/.max bad_max@B/.clamp bad_rule@A6/.na bad_rule@A7/.kind bad_tie@/.ties out_of_range@B/u.points"
	if got := brief(problems); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestParseSheetRefusesUnits(t *testing.T) {
	if _, problems := ParseSheet([]byte(document)); brief(problems) != "unknown_field@/.units unknown_field@/.values" {
		t.Error(brief(problems))
	}
}

func TestFieldsAndExplanations(t *testing.T) {
	s, _, _ := must(t, document)
	var names []string
	for _, c := range s.Leaves() {
		for _, f := range c.Fields() {
			names = append(names, c.ID+"."+f.Name+":"+string(f.Kind))
			if f.Label.Text == "" {
				t.Errorf("%s of %s has no label", f.Name, c.ID)
			}
		}
		for _, l := range []locale.Lang{locale.Vietnamese, locale.English} {
			for _, says := range c.Rule.Says(c) {
				if said := l.Say(says.Text, says.Args); said == "" || strings.Contains(said, "{.") || strings.Contains(said, "no value") {
					t.Errorf("%s: %q", c.ID, said)
				}
			}
		}
	}
	if got := strings.Join(names, " "); got != "A1.target:number A1.actual:number A2.actual:number B1.points:number" {
		t.Error(got)
	}
	if s.Find("A").Fields() != nil || s.Find("Z") != nil || s.Find("B1").Part != Bonus {
		t.Error("inner nodes have fields, or Find is wrong")
	}
	depths := ""
	s.Walk(func(c *Criterion, depth int) { depths += fmt.Sprint(c.ID, depth, " ") })
	if depths != "A0 A11 A21 B10 " {
		t.Error(depths)
	}
}
