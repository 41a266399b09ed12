package scoring

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// must reads a document that has no problems.
func must(t testing.TB, doc string) (*Sheet, []Unit, Values) {
	t.Helper()
	s, units, values, problems := ParseDocument([]byte(doc))
	for _, p := range append(problems, s.Check()...) {
		t.Fatalf("%s: %s", p.Code, p.Sentence(locale.Vietnamese))
	}
	return s, units, values
}

// cellOf scores a sheet of a single criterion K for a single unit.
func cellOf(t testing.TB, max, rule, inputs string) Cell {
	t.Helper()
	s, units, values := must(t, fmt.Sprintf(`{"criteria":[{"id":"K","max":"%s","rule":%s}],"units":[{"id":"u"}],"values":{"u":{"K":%s}}}`, max, rule, inputs))
	r := Score(s, units, values)
	for _, p := range r.Problems {
		t.Fatalf("%s: %s", p.Code, p.Sentence(locale.Vietnamese))
	}
	if r.Units[0].Total != r.Units[0].Cells["K"].Points {
		t.Fatalf("total %s of the only criterion with %s", r.Units[0].Total, r.Units[0].Cells["K"].Points)
	}
	return r.Units[0].Cells["K"]
}

// The worked examples: those of real regulations, and the edges of each rule.
func TestRules(t *testing.T) {
	const growth = `{"kind":"steps","measure":"actual","base":"1","from":"7","per":"0.5","add":"0.25","side":"above"}`
	const share = `{"kind":"bands","bands":[{"from":"88","to":"90","points":"2"},{"from":"90","to":"95","points":"3"},{"from":"95","to":"100","points":"4"},{"from":"100","points":"5"}]}`
	const lower = `{"kind":"ratio","lower":true}`
	for _, c := range []struct{ name, max, rule, in, want, why string }{
		{"direct", "10", `{"kind":"direct"}`, `{"points":"7.25"}`, "7.25", "7.25"},
		{"direct at 0", "10", `{"kind":"direct"}`, `{"points":"0"}`, "0", "0"},
		{"direct at the maximum", "10", `{"kind":"direct"}`, `{"points":"10.00"}`, "10", "10"},
		{"direct rounds", "10", `{"kind":"direct"}`, `{"points":"3.455"}`, "3.46", "3.455 ≈ 3.46"},
		{"pass", "5", `{"kind":"pass"}`, `{"passed":"true"}`, "5", "5 × 1 = 5"},
		{"pass as a boolean", "5", `{"kind":"pass"}`, `{"passed":true}`, "5", "5 × 1 = 5"},
		{"fail", "5", `{"kind":"pass"}`, `{"passed":"false"}`, "0", "5 × 0 = 0"},

		{"ratio", "40", `{"kind":"ratio"}`, `{"target":"1250","actual":"1105"}`, "35.36", "40 × 1105/1250 = 35.36"},
		{"ratio of a survey", "20", `{"kind":"ratio"}`, `{"target":"50","actual":"43"}`, "17.2", "20 × 43/50 = 17.2"},
		{"ratio rounds half up", "1", `{"kind":"ratio"}`, `{"target":"200","actual":"1"}`, "0.01", "1 × 1/200 = 0.005 ≈ 0.01"},
		{"ratio without a finite decimal", "10", `{"kind":"ratio"}`, `{"target":"3","actual":"2"}`, "6.67", "10 × 2/3 ≈ 6.67"},
		{"ratio above the target", "40", `{"kind":"ratio"}`, `{"target":"1250","actual":"1300"}`, "40", "40 × 1300/1250 = 41.6 → 40"},
		{"ratio with a cap", "40", `{"kind":"ratio","cap":"1.2"}`, `{"target":"1250","actual":"1300"}`, "41.6", "40 × 1300/1250 = 41.6"},
		{"ratio above the cap", "40", `{"kind":"ratio","cap":"1.2"}`, `{"target":"100","actual":"150"}`, "48", "40 × 150/100 = 60 → 48"},
		{"ratio below the floor", "40", `{"kind":"ratio","floor":"0.8"}`, `{"target":"100","actual":"79.99"}`, "0", "40 × 79.99/100 = 31.996 → 0"},
		{"ratio at the floor", "40", `{"kind":"ratio","floor":"0.8"}`, `{"target":"100","actual":"80"}`, "32", "40 × 80/100 = 32"},
		{"ratio of a loss", "40", `{"kind":"ratio"}`, `{"target":"100","actual":"-5"}`, "0", "40 × (-5)/100 = -2 → 0"},
		{"lower is better, worse", "10", lower, `{"target":"8","actual":"10"}`, "8", "10 × 8/10 = 8"},
		{"lower is better, better", "10", lower, `{"target":"8","actual":"5"}`, "10", "10 × 8/5 = 16 → 10"},
		{"lower, none wanted, none happened", "10", lower, `{"target":"0","actual":"0"}`, "10", "10 × 1 = 10"},
		{"lower, none wanted, one happened", "10", lower, `{"target":"0","actual":"1"}`, "0", "10 × 0 = 0"},
		{"lower, none happened", "10", lower, `{"target":"3","actual":"0"}`, "10", "10 × 1 = 10"},
		{"lower with a cap, none happened", "10", `{"kind":"ratio","lower":true,"cap":"1.5"}`, `{"target":"3","actual":"0"}`, "15", "10 × 1.5 = 15"},
		{"lower below the floor", "10", `{"kind":"ratio","lower":true,"floor":"0.5"}`, `{"target":"3","actual":"7"}`, "0", "10 × 3/7 ≈ 4.2857 → 0"},

		{"steps", "3", growth, `{"actual":"8.2"}`, "1.6", "1 + (8.2 − 7)/0.5 × 0.25 = 1.6"},
		{"steps at their start", "3", growth, `{"actual":"7"}`, "1", "1"},
		{"steps below their start", "3", growth, `{"actual":"-2"}`, "1", "1"},
		{"steps above the maximum", "3", growth, `{"actual":"12"}`, "3", "1 + (12 − 7)/0.5 × 0.25 = 3.5 → 3"},
		{"whole steps", "3", strings.Replace(growth, "{", `{"whole":true,`, 1), `{"actual":"8.2"}`, "1.5", "1 + ⌊(8.2 − 7)/0.5⌋ × 0.25 = 1.5"},
		{"steps with their own cap", "5", strings.Replace(growth, "{", `{"cap":"3",`, 1), `{"actual":"12"}`, "3", "1 + (12 − 7)/0.5 × 0.25 = 3.5 → 3"},
		{"steps downwards", "3", `{"kind":"steps","side":"below","base":"2","from":"4.0","per":"0.5","add":"0.25"}`, `{"actual":"2.6"}`, "2.7", "2 + (4 − 2.6)/0.5 × 0.25 = 2.7"},
		{"steps downwards, on the other side", "3", `{"kind":"steps","side":"below","base":"2","from":"4","per":"0.5","add":"0.25"}`, `{"actual":"5"}`, "2", "2"},
		{"each percent short takes away", "10", `{"kind":"steps","measure":"ratio","side":"below","base":"10","from":"100","per":"1","add":"-0.5","min":"2"}`, `{"target":"1250","actual":"1105"}`, "4.2", "1105/1250 × 100 = 88.4; 10 + (100 − 88.4)/1 × (-0.5) = 4.2"},
		{"taken away down to the minimum", "10", `{"kind":"steps","measure":"ratio","side":"below","base":"10","from":"100","per":"1","add":"-0.5","min":"2"}`, `{"target":"100","actual":"50"}`, "2", "50/100 × 100 = 50; 10 + (100 − 50)/1 × (-0.5) = -15 → 2"},
		{"a ratio without a finite decimal", "10", `{"kind":"steps","measure":"ratio","base":"0","from":"60","per":"1","add":"1"}`, `{"target":"3","actual":"2"}`, "6.67", "2/3 × 100 = 200/3; 0 + ((200/3) − 60)/1 × 1 ≈ 6.67"},
		{"growth", "3", `{"kind":"steps","measure":"growth","base":"1","from":"7","per":"0.5","add":"0.25"}`, `{"prior":"500","actual":"541"}`, "1.6", "(541 − 500)/500 × 100 = 8.2; 1 + (8.2 − 7)/0.5 × 0.25 = 1.6"},
		{"growth as a formula", "3", `{"kind":"steps","measure":"(actual − prior)/prior","base":"1","from":"7","per":"0.5","add":"0.25"}`, `{"prior":"500","actual":"541"}`, "1.6", "(541 − 500)/500 × 100 = 8.2; 1 + (8.2 − 7)/0.5 × 0.25 = 1.6"},
		{"difference", "5", `{"kind":"steps","measure":"difference","side":"below","from":"0","per":"1","add":"1"}`, `{"prior":"12","actual":"9"}`, "3", "9 − 12 = -3; 0 + (0 − (-3))/1 × 1 = 3"},

		{"bands, an edge", "5", share, `{"actual":"90"}`, "3", "3"},
		{"bands, the next edge", "5", share, `{"actual":"95"}`, "4", "4"},
		{"bands, the last edge", "5", share, `{"actual":"100"}`, "5", "5"},
		{"bands, inside", "5", share, `{"actual":"99.99"}`, "4", "4"},
		{"bands, below all", "5", share, `{"actual":"87.9"}`, "0", "0"},
		{"bands of a ratio", "5", strings.Replace(share, `"bands"`, `"bands","measure":"ratio"`, 1), `{"target":"50","actual":"45"}`, "3", "45/50 × 100 = 90; 3"},
		{"threshold reached", "2.5", `{"kind":"threshold","at":"95"}`, `{"actual":"95"}`, "2.5", "2.5 × 1 = 2.5"},
		{"threshold missed", "2.5", `{"kind":"threshold","at":"95"}`, `{"actual":"94.9"}`, "0", "2.5 × 0 = 0"},
		{"threshold from above", "2", `{"kind":"threshold","at":"3","side":"below"}`, `{"actual":"3"}`, "2", "2 × 1 = 2"},
		{"count", "15", `{"kind":"count","each":"5"}`, `{"count":"4"}`, "15", "4 × 5 = 20 → 15"},
		{"count below the maximum", "15", `{"kind":"count","each":"2.5"}`, `{"count":"3"}`, "7.5", "3 × 2.5 = 7.5"},
		{"sum", "20", `{"kind":"sum","parts":[{"id":"n","name":"Số lượng","max":"5"},{"id":"c","max":"10"},{"id":"t","max":"5"}]}`,
			`{"n.target":"20","n.actual":"18","c.target":"20","c.actual":"17","t.target":"20","t.actual":"15"}`, "16.75",
			"5 × 18/20 = 4.5; 10 × 17/20 = 8.5; 5 × 15/20 = 3.75; 4.5 + 8.5 + 3.75 = 16.75"},

		{"formula", "40", `{"kind":"formula","expression":"điểm_tối_đa * thực_hiện / chỉ_tiêu"}`, `{"target":"1250","actual":"1105"}`, "35.36", "40 × 1105/1250 = 35.36"},
		{"formula above the maximum", "40", `{"kind":"formula","expression":"max_points * actual / target"}`, `{"target":"1250","actual":"1300"}`, "40", "40 × 1300/1250 = 41.6 → 40"},
		{"formula below zero", "40", `{"kind":"formula","expression":"thực_hiện - năm_trước"}`, `{"prior":"5","actual":"3"}`, "0", "3 − 5 = -2 → 0"},
		{"formula that rounds", "40", `{"kind":"formula","expression":"điểm_tối_đa * thực_hiện / chỉ_tiêu"}`, `{"target":"3","actual":"2"}`, "26.67", "40 × 2/3 ≈ 26.67"},
		{"formula with a precondition", "20", `{"kind":"formula","expression":"nếu(có_kế_hoạch, điểm_tối_đa * thực_hiện / chỉ_tiêu, 0)"}`, `{"target":"50","actual":"43","có_kế_hoạch":"true"}`, "17.2", "có_kế_hoạch ✓; 20 × 43/50 = 17.2"},
		{"formula with names of its own", "10", `{"kind":"formula","inputs":"số_hộ, số_hộ_nghèo","expression":"điểm_tối_đa * (1 - số_hộ_nghèo / số_hộ)"}`, `{"số_hộ":"1600","số_hộ_nghèo":"40"}`, "9.75", "10 × (1 − 40/1600) = 9.75"},
		{"formula of a function", "10", `{"kind":"formula","expression":"nhỏ_nhất(10, thực_hiện / 4) - 1"}`, `{"actual":"6"}`, "0.5", "6/4 = 1.5; nhỏ_nhất(10;1.5) = 1.5; 1.5 − 1 = 0.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cell := cellOf(t, c.max, c.rule, c.in)
			if cell.Points != points.Must(c.want) {
				t.Errorf("points %s, want %s", cell.Points, c.want)
			}
			if cell.Why.Plain() != c.why {
				t.Errorf("why %q, want %q", cell.Why.Plain(), c.why)
			}
			if err := verify(c.why, numOf(cell.Points)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestBestOfTheCluster(t *testing.T) {
	doc := `{"criteria":[{"id":"K","max":"10","na":"zero","rule":{"kind":"best"%s}}],"units":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}],
	"values":{"a":{"K":{"target":"100","actual":"90"}},"b":{"K":{"target":"100","actual":"100"}},"c":{"K":{"target":"100","actual":"112"}},"d":{"K":{"target":"100","actual":"%s"}},"e":{"K":{"na":"true"}}}}`
	for _, c := range []struct{ name, met, best, want string }{
		{"the worked example", "", "120", "4.5 5 8 10 0"},
		{"one unit moves the others", "", "150", "4.5 5 6.2 10 0"},
		{"a third one is now the best", "", "110", "4.5 5 10 9.17 0"},
		{"met sets the share", `,"met":"0.8"`, "120", "7.2 8 9.2 10 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, units, values := must(t, fmt.Sprintf(doc, c.met, c.best))
			r := Score(s, units, values)
			var got []string
			for _, u := range r.Units {
				got = append(got, u.Total.String())
				if err := verify(u.Cells["K"].Why.Plain(), numOf(u.Total)); err != nil {
					t.Error(err)
				}
			}
			if strings.Join(got, " ") != c.want || len(r.Problems) > 0 {
				t.Errorf("%v, want %s; %v", got, c.want, r.Problems)
			}
		})
	}
	s, units, values := must(t, fmt.Sprintf(doc, "", "100"))
	delete(values["c"], "K")
	r := Score(s, units, values, Provisional)
	if r.Units[3].Total != points.Must("5") || !r.Units[2].Cells["K"].Missing {
		t.Errorf("nobody beyond the target: %s", r.Units[3].Total)
	}
	if alone := ScoreUnit(s, values["a"]); brief(alone.Problems) != "unsupported@K/.rule" {
		t.Error(brief(alone.Problems))
	}
}

func TestRulesAreTheRulesOfTheTable(t *testing.T) {
	var have []string
	for _, k := range RuleKinds() {
		have = append(have, k.Kind)
	}
	if got := strings.Join(have, " "); got != "direct pass ratio steps bands threshold count sum best rank formula" || len(have) != len(kinds) {
		t.Errorf("rules: %s; %d registered", got, len(kinds))
	}
}

// The document of the specification.
const document = `{"rounding": {"scale": 2, "at": "criterion"},
 "criteria": [{"id": "A", "name": "Kinh tế", "max": "43", "children": [
    {"id": "A1", "name": "Thu ngân sách", "max": "40", "rule": {"kind": "ratio"}},
    {"id": "A2", "name": "Tăng trưởng", "max": "3", "rule": {"kind": "steps", "measure": "actual", "base": "1", "from": "7", "per": "0.5", "add": "0.25", "side": "above"}}]}],
 "bonus": [{"id": "B1", "name": "Điểm thưởng", "clamp": "3", "rank": true}],
 "ties": ["A1", "A2"],
 "units": [{"id": "u1", "name": "Đơn vị Một"}],
 "values": {"u1": {"A1": {"target": "1250", "actual": "1105"}, "A2": {"actual": "8.2"}, "B1": {"points": "2"}}}}`

func TestDocument(t *testing.T) {
	s, units, values := must(t, document)
	r := Score(s, units, values)
	if len(r.Problems) > 0 {
		t.Fatal(r.Problems)
	}
	u := r.Units[0]
	for id, want := range map[string]string{"A": "36.96", "A1": "35.36", "A2": "1.6", "B1": "2"} {
		if got := u.Cells[id].Points; got != points.Must(want) {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if u.Total != points.Must("38.96") || u.ForRank != u.Total || u.ForThreshold != u.Total || u.Main.Points != points.Must("36.96") {
		t.Errorf("totals: %s shown, %s for rank, %s for thresholds, %s without bonus", u.Total, u.ForRank, u.ForThreshold, u.Main.Points)
	}
	why := u.Cells["A1"].Why
	if got := why.Calc(locale.Vietnamese); got != "40 × 1.105/1.250 = 35,36" {
		t.Errorf("in Vietnamese: %s", got)
	}
	if got := why.Calc(locale.English); got != "40 × 1,105/1,250 = 35.36" {
		t.Errorf("in English: %s", got)
	}
	if got := why.Text(locale.Vietnamese); got != "Điểm tối đa 40 × kết quả 1.105 ÷ chỉ tiêu 1.250." {
		t.Errorf("in words: %s", got)
	}
	if got := u.Cells["A2"].Why.Text(locale.Vietnamese); got != "Điểm gốc 1; mức 8,2 cao hơn mức gốc 7: cộng 2,4 bậc × 0,25 điểm." {
		t.Errorf("in words: %s", got)
	}
	if got := u.Cells["A"].Why.Plain(); got != "35.36 + 1.6 = 36.96" {
		t.Errorf("the subtotal's reason: %s", got)
	}
}

// bonus scores a criterion of 100 with 97 points beside groups outside the maximum.
func bonus(t *testing.T, groups, inputs string) UnitScore {
	t.Helper()
	s, units, values := must(t, `{"criteria":[{"id":"K","max":"100","rule":{"kind":"direct"}}],`+groups+`,"units":[{"id":"u"}],"values":{"u":{"K":{"points":"97"}`+inputs+`}}}`)
	r := Score(s, units, values)
	for _, p := range r.Problems {
		t.Fatalf("%s: %s", p.Code, p.Sentence(locale.Vietnamese))
	}
	return r.Units[0]
}

func TestBonusAndDeduction(t *testing.T) {
	for _, c := range []struct{ name, groups, inputs, total, rank, threshold, cell, want, why string }{
		{"an award counts above 100", `"bonus":[{"id":"B","name":"Cờ của thành phố"}]`, `,"B":{"points":"10"}`, "107", "107", "107", "B", "10", "10"},
		{"nothing entered is nothing", `"bonus":[{"id":"B"}]`, ``, "97", "97", "97", "B", "0", "0"},
		{"plus five, minus two halves, within three",
			`"bonus":[{"id":"B","clamp":"3","children":[{"id":"B1","rule":{"kind":"count","each":"1"}},{"id":"B2","rule":{"kind":"count","each":"-0.5"}}]}]`,
			`,"B1":{"count":"5"},"B2":{"count":"2"}`, "100", "100", "100", "B", "3", "5 + (-1) = 4 → 3"},
		{"a deduction", `"deduction":[{"id":"D","rule":{"kind":"count","each":"0.5"}}]`, `,"D":{"count":"2"}`, "96", "96", "96", "D", "-1", "2 × 0.5 = 1 → -1"},
		{"a deduction within its clamp", `"deduction":[{"id":"D","clamp":"3"}]`, `,"D":{"points":"5"}`, "94", "94", "94", "D", "-3", "5 → -5 → -3"},
		{"each within its own clamp", `"bonus":[{"id":"B","clamp":"3"}],"deduction":[{"id":"D","clamp":"3"}]`, `,"B":{"points":"5"},"D":{"points":"1"}`, "99", "99", "99", "B", "3", "5 → 3"},
		{"not towards the rank", `"bonus":[{"id":"B","rank":false}]`, `,"B":{"points":"2"}`, "99", "97", "99", "B", "2", "2"},
		{"not towards thresholds", `"bonus":[{"id":"B","threshold":false}]`, `,"B":{"points":"2"}`, "99", "99", "97", "B", "2", "2"},
		{"a deduction that happened", `"deduction":[{"id":"D","max":"2","rule":{"kind":"pass"}}]`, `,"D":{"passed":"true"}`, "95", "95", "95", "D", "-2", "2 × 1 = 2 → -2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := bonus(t, c.groups, c.inputs)
			if u.Total != points.Must(c.total) || u.ForRank != points.Must(c.rank) || u.ForThreshold != points.Must(c.threshold) {
				t.Errorf("totals %s, %s, %s; want %s, %s, %s", u.Total, u.ForRank, u.ForThreshold, c.total, c.rank, c.threshold)
			}
			if cell := u.Cells[c.cell]; cell.Points != points.Must(c.want) || cell.Why.Plain() != c.why {
				t.Errorf("%s is %s because %q; want %s because %q", c.cell, cell.Points, cell.Why.Plain(), c.want, c.why)
			}
		})
	}
}

func TestNotApplicable(t *testing.T) {
	pool := func(na string) string {
		return `{"criteria":[{"id":"P","max":"10","children":[{"id":"X","max":"4","rule":{"kind":"direct"}},{"id":"Y","max":"6","na":"` + na + `","rule":{"kind":"direct"}}]},{"id":"Z","max":"5","na":"exclude","rule":{"kind":"direct"}}],
		"units":[{"id":"u"}],"values":{"u":{"X":{"points":"3"},"Y":{"na":"true"},"Z":%s}}}`
	}
	for _, c := range []struct{ name, doc, total, pool, why string }{
		{"left out, the pool scaled up", fmt.Sprintf(pool("exclude"), `{"points":"5"}`), "12.5", "7.5", "3 × 10/4 = 7.5"},
		{"full", fmt.Sprintf(pool("full"), `{"points":"5"}`), "14", "9", "3 + 6 = 9"},
		{"zero", fmt.Sprintf(pool("zero"), `{"points":"5"}`), "8", "3", "3 + 0 = 3"},
		{"the top criteria are a pool too", fmt.Sprintf(pool("full"), `{"na":"true"}`), "13.5", "9", "3 + 6 = 9"},
		{"na false is no mark", fmt.Sprintf(pool("full"), `{"na":"false","points":"1"}`), "10", "9", "3 + 6 = 9"},
		{"a pool with nothing left is left out itself", `{"criteria":[{"id":"P","max":"10","children":[{"id":"X","max":"10","na":"exclude","rule":{"kind":"direct"}}]},{"id":"Z","max":"5","rule":{"kind":"direct"}}],
		"units":[{"id":"u"}],"values":{"u":{"X":{"na":true},"Z":{"points":"4"}}}}`, "12", "0", ""},
		{"a whole branch", `{"criteria":[{"id":"P","max":"10","na":"exclude","children":[{"id":"X","max":"10","rule":{"kind":"direct"}}]},{"id":"Z","max":"5","rule":{"kind":"direct"}}],
		"units":[{"id":"u"}],"values":{"u":{"P":{"na":true},"Z":{"points":"4"}}}}`, "12", "0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, units, values := must(t, c.doc)
			r := Score(s, units, values)
			for _, p := range r.Problems {
				t.Fatal(p.Sentence(locale.Vietnamese))
			}
			u := r.Units[0]
			if u.Total != points.Must(c.total) || u.Cells["P"].Points != points.Must(c.pool) || u.Cells["P"].Why.Plain() != c.why {
				t.Errorf("total %s, pool %s because %q; want %s, %s because %q", u.Total, u.Cells["P"].Points, u.Cells["P"].Why.Plain(), c.total, c.pool, c.why)
			}
		})
	}
}

func TestRoundingAtTotal(t *testing.T) {
	doc := `{"rounding":{"scale":1,"at":"%s"},"criteria":[{"id":"A","max":"10","rule":{"kind":"ratio"}},{"id":"B","max":"10","rule":{"kind":"ratio"}},{"id":"C","max":"10","rule":{"kind":"ratio"}}],
	"units":[{"id":"u"}],"values":{"u":{"A":{"target":"3","actual":"1"},"B":{"target":"3","actual":"1"},"C":{"target":"3","actual":"1"}}}}`
	for at, want := range map[string][2]string{"criterion": {"9.9", "3.3"}, "total": {"10", "3.3333"}} {
		s, units, values := must(t, fmt.Sprintf(doc, at))
		u := Score(s, units, values).Units[0]
		if u.Total != points.Must(want[0]) || u.Cells["A"].Points != points.Must(want[1]) {
			t.Errorf("at %s: %s and %s, want %v", at, u.Total, u.Cells["A"].Points, want)
		}
	}
}

func TestProvisional(t *testing.T) {
	s, units, values := must(t, document)
	values["u1"]["A1"] = Inputs{"target": "1250"}
	r := Score(s, units, values, Provisional)
	u := r.Units[0]
	if len(r.Problems) > 0 || !u.Cells["A1"].Missing || !u.Cells["A"].Missing || u.Cells["A2"].Missing || u.Missing != 1 {
		t.Fatalf("problems %v, cells %+v, %d missing", r.Problems, u.Cells, u.Missing)
	}
	if u.Total != points.Must("3.6") || u.ScoredMax != points.Must("3") {
		t.Errorf("total %s of %s scored", u.Total, u.ScoredMax)
	}
	if strict := Score(s, units, values); len(strict.Problems) != 1 || strict.Problems[0].Code != MissingInput {
		t.Errorf("strictly: %v", strict.Problems)
	}
	if one := ScoreUnit(s, values["u1"], Provisional); one.Total != u.Total {
		t.Errorf("alone: %s", one.Total)
	}
}

func TestTiesGoThroughTheChain(t *testing.T) {
	s, units, values := must(t, `{"criteria":[{"id":"A","name":"Kinh tế","max":"10","rule":{"kind":"direct"}},{"id":"B","max":"10","rule":{"kind":"direct"}}],"ties":["A"],
	"units":[{"id":"u1"},{"id":"u2"},{"id":"u3"},{"id":"u4"}],"values":{"u1":{"A":{"points":"5"},"B":{"points":"5"}},"u2":{"A":{"points":"6"},"B":{"points":"4"}},"u3":{"A":{"points":"5"},"B":{"points":"5"}},"u4":{"A":{"points":"1"},"B":{"points":"1"}}}}`)
	var got []string
	for _, p := range ranking.Rank(Score(s, units, values).Entries()) {
		got = append(got, fmt.Sprint(p.Unit, p.Rank, p.Tied))
	}
	if strings.Join(got, " ") != "u12 true u21 false u32 true u44 false" {
		t.Error(got)
	}
}

// One prepared sheet serves many clusters at the same time, and none sees
// another's problems.
func TestPreparedServesMany(t *testing.T) {
	s, units, values := must(t, document)
	p := Prepare(s)
	wrong := Values{"u1": {"A1": {"target": "0", "actual": "1"}, "A2": {"actual": "x"}}}
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			var options []Option
			if i%2 == 0 {
				options = append(options, Brief)
			}
			if i%3 == 0 {
				if r := p.Score(units, wrong, options...); brief(r.Problems) != "bad_input@A2/u1.actual out_of_range@A1/u1.target" {
					t.Error(brief(r.Problems))
				}
			} else if r := p.Score(units, values, options...); len(r.Problems) > 0 || r.Units[0].Total != points.Must("38.96") {
				t.Error(r.Units[0].Total, brief(r.Problems))
			} else if i%2 == 1 && r.Units[0].Cells["A1"].Why.Plain() != "40 × 1105/1250 = 35.36" {
				t.Error(r.Units[0].Cells["A1"].Why.Plain())
			}
		})
	}
	wait.Wait()
}
