package scoring

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// together scores one criterion K, max 10, for units a, b, c, … and gives their
// points.
func together(t *testing.T, criterion string, inputs ...string) (got string, r Result) {
	t.Helper()
	var units, values []string
	for i, in := range inputs {
		id := string(rune('a' + i))
		units = append(units, `{"id":"`+id+`"}`)
		values = append(values, `"`+id+`":{"K":`+in+`}`)
	}
	s, list, v := must(t, `{"criteria":[{"id":"K","max":"10",`+criterion+`}],"units":[`+strings.Join(units, ",")+`],"values":{`+strings.Join(values, ",")+`}}`)
	r = Score(s, list, v)
	var all []string
	for _, u := range r.Units {
		all = append(all, u.Cells["K"].Points.String())
		if len(u.Problems) > 0 {
			all[len(all)-1] = brief(u.Problems)
		} else if calc := u.Cells["K"].Why.Plain(); calc != "" {
			if err := verify(calc, numOf(u.Cells["K"].Points)); err != nil {
				t.Error(err)
			}
		}
	}
	return strings.Join(all, " "), r
}

func TestRank(t *testing.T) {
	const places = `"places":[{"from":"1","to":"2","points":"3"},{"from":"3","to":"4","points":"2"},{"from":"5","points":"1"}]`
	actual := func(values ...string) (all []string) {
		for _, v := range values {
			all = append(all, `{"actual":"`+v+`"}`)
		}
		return all
	}
	for _, c := range []struct {
		name, rule string
		in         []string
		want       string
	}{
		{"each its place", `{"kind":"rank",` + places + `}`, actual("10", "50", "40", "30", "20"), "1 3 3 2 2"},
		{"equal measures, equal points, the next place left out", `{"kind":"rank",` + places + `}`, actual("50", "40", "40", "30", "20"), "3 3 3 2 1"},
		{"equal across the edge of a group", `{"kind":"rank",` + places + `}`, actual("50", "50", "50", "30", "10"), "3 3 3 2 1"},
		{"equal although written differently", `{"kind":"rank",` + places + `}`, actual("50.0", "50", "050", "-1", "-1.0"), "3 3 3 2 2"},
		{"the lower first", `{"kind":"rank","side":"below",` + places + `}`, actual("10", "50", "40", "30", "20"), "3 1 2 2 3"},
		{"behind every group", `{"kind":"rank","places":[{"to":"1","points":"10"}]}`, actual("1", "2"), "0 10"},
		{"of a ratio, exactly", `{"kind":"rank","measure":"ratio","places":[{"to":"1","points":"10"},{"from":"2","points":"5"}]}`,
			[]string{`{"target":"3","actual":"1"}`, `{"target":"6","actual":"2"}`, `{"target":"3000000","actual":"999999"}`}, "10 10 5"},
		{"one that does not apply has no place", `{"kind":"rank","places":[{"to":"1","points":"10"}]},"na":"zero"`, append(actual("1"), `{"na":"true","actual":"9"}`), "10 0"},
		{"one that is wrong has no place", `{"kind":"rank","places":[{"to":"1","points":"10"}]}`, actual("1", "x"), "10 bad_input@K/b.actual"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, r := together(t, `"rule":`+c.rule, c.in...)
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if said := r.Units[0].Cells["K"].Why.Text(locale.Vietnamese); !strings.Contains(said, "đứng hạng") {
				t.Error(said)
			}
		})
	}
	_, r := together(t, `"rule":{"kind":"rank","measure":"ratio",`+places+`}`, `{"target":"4","actual":"1"}`, `{"target":"4","actual":"3"}`)
	why := r.Units[0].Cells["K"].Why
	if got := why.Text(locale.Vietnamese); got != "Mức 25% đứng hạng 2 trong 2 đơn vị, thuộc nhóm từ hạng 1 đến hạng 2: 3 điểm." || why.Plain() != "1/4 × 100 = 25; 3" {
		t.Errorf("%s %s", got, why.Plain())
	}
	s, _, _ := must(t, `{"criteria":[{"id":"K","max":"10","rule":{"kind":"rank",`+places+`}}]}`)
	if alone := ScoreUnit(s, UnitValues{"K": {"actual": "1"}}); brief(alone.Problems) != "unsupported@K/.rule" {
		t.Error(brief(alone.Problems))
	}
	var says []string
	for _, say := range s.Find("K").Rule.Says(s.Find("K")) {
		says = append(says, locale.Vietnamese.Say(say.Text, say.Args))
	}
	if got := strings.Join(says, " "); got != "Xếp hạng trong cụm theo kết quả thực hiện, cao hơn xếp trước: từ hạng 1 đến hạng 2: 3 điểm; từ hạng 3 đến hạng 4: 2 điểm; từ hạng 5 trở đi: 1 điểm; bằng nhau thì cùng hạng, cùng điểm." {
		t.Error(got)
	}
}

func TestFormulaOverTheCluster(t *testing.T) {
	for _, c := range []struct {
		name, expression string
		in               []string
		want             string
	}{
		{"against the best", "điểm_tối_đa * thực_hiện / cao_nhất_cụm(thực_hiện)", []string{`{"actual":"50"}`, `{"actual":"100"}`, `{"actual":"75"}`}, "5 10 7.5"},
		{"the rule best as a formula", "nếu(thực_hiện < chỉ_tiêu, 0.5 * điểm_tối_đa * thực_hiện / chỉ_tiêu, nếu(thực_hiện = chỉ_tiêu, 0.5 * điểm_tối_đa, 0.5 * điểm_tối_đa + (thực_hiện / chỉ_tiêu - 1) / (cao_nhất_cụm(thực_hiện / chỉ_tiêu) - 1) * 0.5 * điểm_tối_đa))",
			[]string{`{"target":"100","actual":"90"}`, `{"target":"100","actual":"100"}`, `{"target":"100","actual":"112"}`, `{"target":"100","actual":"120"}`}, "4.5 5 8 10"},
		{"share of the sum", "điểm_tối_đa * thực_hiện / tổng_cụm(thực_hiện)", []string{`{"actual":"30"}`, `{"actual":"70"}`}, "3 7"},
		{"above the average", "nếu(thực_hiện >= bình_quân_cụm(thực_hiện), điểm_tối_đa, 0)", []string{`{"actual":"30"}`, `{"actual":"70"}`}, "0 10"},
		{"only units to which it applies", "số_đơn_vị() + 0 * thực_hiện", []string{`{"actual":"30"}`, `{"na":"true"}`}, "1 0"},
		{"another unit's division by zero is told", "cao_nhất_cụm(1 / thực_hiện)", []string{`{"actual":"1"}`, `{"actual":"0"}`}, "bad_formula@K/a.expression bad_formula@K/b.expression"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := together(t, `"na":"zero","rule":{"kind":"formula","expression":"`+c.expression+`"}`, c.in...)
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	_, r := together(t, `"rule":{"kind":"formula","expression":"điểm_tối_đa * thực_hiện / cao_nhất_cụm(thực_hiện)"}`, `{"actual":"50"}`, `{"actual":"1250"}`)
	why := r.Units[0].Cells["K"].Why
	if got := why.Calc(locale.Vietnamese) + " | " + why.Text(locale.Vietnamese); got != "10 × 50/1.250 = 0,4 | Công thức: điểm_tối_đa * thực_hiện / cao_nhất_cụm(thực_hiện). Số liệu: điểm_tối_đa = 10; thực_hiện = 50; cao_nhất_cụm(thực_hiện) = 1.250." {
		t.Error(got)
	}
	_, r = together(t, `"rule":{"kind":"formula","expression":"cao_nhất_cụm(1 / thực_hiện)"}`, `{"actual":"1"}`, `{"actual":"0"}`)
	if got := r.Problems[0].Sentence(locale.Vietnamese); got != "Đơn vị a, tiêu chí K: công thức, ký tự thứ 18 (“thực_hiện”): số chia bằng 0. Hãy sửa số liệu, hoặc viết nếu(… = 0, …, …) cho trường hợp này. (với số liệu của b)" {
		t.Error(got)
	}
}

// Units without a target are compared among themselves, and never with those
// that have one.
func TestPeers(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		in         []string
		want       string
	}{
		{"the worked example", `{"kind":"ratio"}`, []string{`{"na":"true","actual":"100"}`, `{"na":"true","actual":"150"}`}, "6.67 10"},
		{"groups are not mixed", `{"kind":"best"}`, []string{`{"na":"true","actual":"100"}`, `{"target":"100","actual":"120"}`, `{"target":"100","actual":"110"}`, `{"na":true,"actual":"50"}`}, "10 10 7.5 5"},
		{"nobody has a result", `{"kind":"ratio"}`, []string{`{"na":"true","actual":"0"}`, `{"na":"true","actual":"-5"}`}, "0 0"},
		{"a loss", `{"kind":"ratio"}`, []string{`{"na":"true","actual":"10"}`, `{"na":"true","actual":"-5"}`}, "10 0"},
		{"lower is better", `{"kind":"ratio","lower":true}`, []string{`{"na":"true","actual":"4"}`, `{"na":"true","actual":"2"}`}, "5 10"},
		{"lower is better, none happened", `{"kind":"ratio","lower":true}`, []string{`{"na":"true","actual":"4"}`, `{"na":"true","actual":"0"}`}, "0 10"},
		{"the result is missing", `{"kind":"ratio"}`, []string{`{"na":"true"}`, `{"na":"true","actual":"2"}`}, "missing_input@K/a.actual 10"},
		{"a target is not ignored", `{"kind":"ratio"}`, []string{`{"na":"true","actual":"2","goal":"3"}`}, "unknown_input@K/a.goal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := together(t, `"na":"peers","rule":`+c.rule, c.in...); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	_, r := together(t, `"na":"peers","rule":{"kind":"ratio"}`, `{"na":"true","actual":"100"}`, `{"na":"true","actual":"150"}`)
	if got := r.Units[0].Cells["K"].Why.Plain(); got != "10 × 100/150 ≈ 6.67" || r.Units[0].Cells["K"].NA {
		t.Error(got)
	}
	s, _, _ := must(t, `{"criteria":[{"id":"K","max":"10","na":"peers","rule":{"kind":"ratio"}}]}`)
	if alone := ScoreUnit(s, UnitValues{"K": {"na": "true", "actual": "1"}}); brief(alone.Problems) != "unsupported@K/.rule" {
		t.Error(brief(alone.Problems))
	}
}

// The sheet of decision 212/2025 of Hải Phòng, annex 03, part I: sixteen
// criteria of one point in four groups and a fifth group of four points, which
// is shared evenly among the others where it does not apply. Annex 02, for
// those to whom it never applies, has 1.25 for each of the sixteen.
func TestSpreadOfARealDecision(t *testing.T) {
	var groups []string
	values := map[string]string{}
	for g := range 4 {
		var leaves []string
		for l := range 4 {
			id := fmt.Sprintf("%d%c", g+1, 'a'+l)
			leaves = append(leaves, `{"id":"`+id+`","max":"1","rule":{"kind":"direct"}}`)
			values[id] = `{"points":"0.8"}`
		}
		groups = append(groups, fmt.Sprintf(`{"id":"%d","max":"4","children":[%s]}`, g+1, strings.Join(leaves, ",")))
	}
	doc := `{"criteria":[{"id":"I","max":"20","children":[` + strings.Join(groups, ",") + `,{"id":"5","max":"4","na":"spread","rule":{"kind":"direct"}}]},{"id":"II","max":"80","rule":{"kind":"direct"}}],"units":[{"id":"u"}],"values":{"u":{%s}}}`
	in := []string{`"II":{"points":"80"}`, `"5":{"na":"true"}`}
	for id, v := range values {
		in = append(in, `"`+id+`":`+v)
	}
	s, units, v := must(t, fmt.Sprintf(doc, strings.Join(in, ",")))
	u := Score(s, units, v).Units[0]
	cell := u.Cells["1a"]
	if cell.Points != points.Must("1") || cell.Max != points.Must("1.25") || cell.Why.Plain() != "0.8 × 1.25/1 = 1" {
		t.Errorf("%s of %s because %s", cell.Points, cell.Max, cell.Why.Plain())
	}
	if g := u.Cells["1"]; g.Max != points.Must("5") || g.Points != points.Must("4") {
		t.Errorf("%s of %s", g.Points, g.Max)
	}
	if g := u.Cells["I"]; g.Max != points.Must("20") || g.Points != points.Must("16") || u.Total != points.Must("96") || u.ScoredMax != points.Must("100") {
		t.Errorf("%s of %s, total %s of %s", g.Points, g.Max, u.Total, u.ScoredMax)
	}
	if five := u.Cells["5"]; !five.NA || five.Why.Text(locale.Vietnamese) != "Không áp dụng với đơn vị này; 4 điểm được chia đều cho các tiêu chí còn lại của nhóm." {
		t.Error(five.Why.Text(locale.Vietnamese))
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct{ name, criteria, values, want string }{
		{"rounding does not lift above the maximum", `{"id":"P","max":"5","children":[{"id":"A","max":"1","rule":{"kind":"direct"}},{"id":"B","max":"1","rule":{"kind":"direct"}},{"id":"C","max":"1","rule":{"kind":"direct"}},{"id":"D","max":"2","na":"spread","rule":{"kind":"direct"}}]}`,
			`"A":{"points":"1"},"B":{"points":"1"},"C":{"points":"1"},"D":{"na":"true"}`, "A 1.67, B 1.67, C 1.67, D 0, P 5: 1.67 + 1.67 + 1.67 = 5.01 → 5"},
		{"beside one that is left out", `{"id":"P","max":"10","children":[{"id":"A","max":"3","rule":{"kind":"direct"}},{"id":"B","max":"4","na":"exclude","rule":{"kind":"direct"}},{"id":"C","max":"3","na":"spread","rule":{"kind":"direct"}}]}`,
			`"A":{"points":"1.5"},"B":{"na":"true"},"C":{"na":"true"}`, "A 3, B 0, C 0, P 5: 3 × 10/6 = 5"},
		{"nothing left in the pool: one level up", `{"id":"P","max":"10","children":[{"id":"A","max":"10","na":"spread","rule":{"kind":"direct"}}]},{"id":"Q","max":"10","rule":{"kind":"direct"}}`,
			`"A":{"na":"true"},"Q":{"points":"7"}`, "A 0, P 0: , Q 14"},
		{"one that has full points takes no share", `{"id":"P","max":"6","children":[{"id":"A","max":"2","rule":{"kind":"direct"}},{"id":"B","max":"2","na":"full","rule":{"kind":"direct"}},{"id":"C","max":"2","na":"spread","rule":{"kind":"direct"}}]}`,
			`"A":{"points":"1"},"B":{"na":"true"},"C":{"na":"true"}`, "A 2, B 2, C 0, P 4: 2 + 2 = 4"},
		{"nothing to share to but one that has full points: scaled up", `{"id":"P","max":"6","children":[{"id":"A","max":"4","na":"spread","rule":{"kind":"direct"}},{"id":"B","max":"2","na":"full","rule":{"kind":"direct"}}]},{"id":"Q","max":"4","rule":{"kind":"direct"}}`,
			`"A":{"na":"true"},"B":{"na":"true"},"Q":{"points":"3"}`, "A 0, B 2, P 6: 2 × 6/2 = 6, Q 3"},
		{"a whole group", `{"id":"P","max":"4","na":"spread","children":[{"id":"A","max":"4","rule":{"kind":"direct"}}]},{"id":"Q","max":"4","children":[{"id":"B","max":"1","rule":{"kind":"direct"}},{"id":"C","max":"3","rule":{"kind":"direct"}}]}`,
			`"P":{"na":"true"},"B":{"points":"1"},"C":{"points":"1.5"}`, "A 0, B 3, C 2.5, P 0: , Q 5.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, units, values := must(t, `{"criteria":[`+c.criteria+`],"units":[{"id":"u"}],"values":{"u":{`+c.values+`}}}`)
			r := Score(s, units, values)
			if len(r.Problems) > 0 {
				t.Fatal(brief(r.Problems))
			}
			var got []string
			for _, id := range sortedKeys(r.Units[0].Cells) {
				cell := r.Units[0].Cells[id]
				line := id + " " + cell.Points.String()
				if id == "P" {
					line += ": " + cell.Why.Plain()
				}
				got = append(got, line)
				if calc := cell.Why.Plain(); calc != "" {
					if err := verify(calc, numOf(cell.Points)); err != nil {
						t.Error(err)
					}
				}
			}
			if line := strings.Join(got, ", "); line != c.want {
				t.Errorf("got  %s\nwant %s", line, c.want)
			}
		})
	}
}

// Where the sheet demands evidence for the points, saying that there is none
// takes them; not knowing takes nothing.
func TestEvidence(t *testing.T) {
	for _, c := range []struct{ evidence, in, want, why string }{
		{`"required"`, `{"points":"7","evidence":"false"}`, "0", "7 → 0"},
		{`"required"`, `{"points":"7","evidence":"true"}`, "7", "7"},
		{`"required"`, `{"points":"7"}`, "7", "7"},
		{`true`, `{"points":"7","evidence":"false"}`, "7", "7"},
	} {
		got, r := together(t, `"evidence":`+c.evidence+`,"rule":{"kind":"direct"}`, c.in)
		if cell := r.Units[0].Cells["K"]; got != c.want || cell.Why.Plain() != c.why {
			t.Errorf("%s with %s: %s because %s", c.evidence, c.in, got, cell.Why.Plain())
		}
	}
}

func TestMarkedInputs(t *testing.T) {
	for _, c := range []struct {
		na       Policy
		in, want string
	}{{Exclude, "na=true actual=5", "na"}, {Peers, "na=true actual=5 target=3", "actual na"}, {Peers, "na=false actual=5", "actual na"}, {Exclude, "actual=5", "actual"}} {
		in := Inputs{}
		for _, f := range strings.Fields(c.in) {
			name, v, _ := strings.Cut(f, "=")
			in[name] = v
		}
		if got := strings.Join(sortedKeys((&Criterion{NA: c.na}).Marked(in)), " "); got != c.want {
			t.Errorf("%s with %s: %s", c.in, c.na, got)
		}
	}
}

// A file typed on another system has other bytes for the same letters.
func TestInputsInAnyNormalisation(t *testing.T) {
	const doc = `{"criteria":[{"id":"K","max":"10","rule":{"kind":"formula","expression":"nếu(có_kế_hoạch, số_hộ / 2, 0)"}}],"units":[{"id":"u"}],"values":{"u":{"K":{"số_hộ":"12","có_kế_hoạch":"true"}}}}`
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		s, units, values := must(t, form.String(doc))
		if r := Score(s, units, values); len(r.Problems) > 0 || r.Units[0].Total != points.Must("6") {
			t.Errorf("%s, %s", r.Units[0].Total, brief(r.Problems))
		}
	}
}

// A sheet that is partly filled is compared as far as it goes: who has entered
// nothing has no place and changes nobody's.
func TestComparingWhileFiguresAreMissing(t *testing.T) {
	for rule, want := range map[string]string{
		`{"kind":"rank","places":[{"to":"1","points":"10"},{"from":"2","points":"4"}]}`:       "4 0 10",
		`{"kind":"formula","expression":"điểm_tối_đa * thực_hiện / cao_nhất_cụm(thực_hiện)"}`: "5 0 10",
		`{"kind":"formula","expression":"thực_hiện / số_đơn_vị()"}`:                           "2.5 0 5",
	} {
		s, units, values := must(t, `{"criteria":[{"id":"K","max":"10","rule":`+rule+`}],"units":[{"id":"a"},{"id":"b"},{"id":"c"}],"values":{"a":{"K":{"actual":"5"}},"c":{"K":{"actual":"10"}}}}`)
		r := Score(s, units, values, Provisional)
		var got []string
		for _, u := range r.Units {
			got = append(got, u.Total.String())
		}
		if strings.Join(got, " ") != want || len(r.Problems) > 0 || r.Units[1].Missing != 1 || r.Final() {
			t.Errorf("%s: %v, %s", rule, got, brief(r.Problems))
		}
	}
}
