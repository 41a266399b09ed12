package scoring

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/rational"
)

// decimalText draws a decimal from 0 with at most places decimals.
func decimalText(t *rapid.T, name string, max int64, places int) string {
	v := rapid.Int64Range(0, max).Draw(t, name)
	return points.Points(v).Rat().FloatString(places)
}

// drawRule draws the JSON of a rule for a maximum, and which way its points go
// when its figure grows: 1 never down, −1 never up.
func drawRule(t *rapid.T, max int64) (rule string, way int) {
	num := func(name string, lo, hi int64) string { // hundredths
		return exact(rational.Frac(rapid.Int64Range(lo, hi).Draw(t, name), 100))
	}
	side := rapid.SampledFrom([]string{"above", "below"}).Draw(t, "side")
	measure := rapid.SampledFrom([]string{"actual", "ratio", "difference", "growth"}).Draw(t, "measure")
	up := 1
	if side == "below" {
		up = -1
	}
	switch rapid.IntRange(0, 14).Draw(t, "rule") {
	case 0:
		return `{"kind":"direct"}`, 1
	case 1:
		return `{"kind":"pass"}`, 1
	case 2:
		return `{"kind":"ratio"}`, 1
	case 3:
		return fmt.Sprintf(`{"kind":"ratio","floor":"%s","cap":"%s"}`, num("floor", 0, 100), num("cap", 100, 200)), 1
	case 4:
		return fmt.Sprintf(`{"kind":"ratio","lower":true,"floor":"%s"}`, num("floor", 0, 100)), -1
	case 5, 6:
		plus := num("add", -300, 300)
		r, _ := ParseNumber(plus)
		if r.n.Sign() < 0 {
			up = -up
		}
		return fmt.Sprintf(`{"kind":"steps","measure":"%s","side":"%s","base":"%s","from":"%s","per":"%s","add":"%s","whole":%v}`, measure, side,
			num("base", 0, max*100), num("from", 0, 2000), num("per", 1, 500), plus, rapid.Bool().Draw(t, "whole")), up
	case 7:
		return fmt.Sprintf(`{"kind":"threshold","measure":"%s","side":"%s","at":"%s"}`, measure, side, num("at", 0, 20000)), up
	case 8:
		var bands []string
		from, points := rapid.Int64Range(-100, 100).Draw(t, "lowest"), int64(0)
		for range rapid.IntRange(1, 4).Draw(t, "bands") {
			to := from + rapid.Int64Range(1, 100).Draw(t, "width")
			points = min(points+rapid.Int64Range(0, 3).Draw(t, "more"), max)
			bands = append(bands, fmt.Sprintf(`{"from":"%d","to":"%d","points":"%d"}`, from, to, points))
			from = to
		}
		return fmt.Sprintf(`{"kind":"bands","measure":"%s","bands":[%s,{"from":"%d","points":"%d"}]}`, measure, strings.Join(bands, ","), from, max), 1
	case 9:
		return fmt.Sprintf(`{"kind":"sum","parts":[{"id":"p","max":"%s"},{"id":"q","max":"%s"}]}`, exact(rational.Frac(max, 2)), exact(rational.Frac(max, 2))), 1
	case 10:
		return fmt.Sprintf(`{"kind":"best","met":"%s"}`, num("met", 0, 100)), 1
	case 11:
		return fmt.Sprintf(`{"kind":"rank","measure":"%s","side":"%s","places":[{"to":"1","points":"%d"},{"from":"2","to":"3","points":"%s"}]}`, measure, side, max, exact(rational.Frac(max, 3).Round(2))), up
	case 12:
		return `{"kind":"formula","expression":"` + rapid.SampledFrom([]string{
			"điểm_tối_đa * thực_hiện / chỉ_tiêu", "nếu(thực_hiện >= chỉ_tiêu, điểm_tối_đa, làm_tròn(thực_hiện / chỉ_tiêu, 1))", "nhỏ_nhất(thực_hiện, năm_trước) / 2 + trị_tuyệt_đối(-1)",
			"điểm_tối_đa * (thực_hiện - thấp_nhất_cụm(thực_hiện)) / lớn_nhất(1, cao_nhất_cụm(thực_hiện))", "nếu(không đạt hoặc thực_hiện < bình_quân_cụm(thực_hiện), 0, 1)", "tổng(thực_hiện, 1, 2 * thực_hiện) - số_đơn_vị() / 3",
		}).Draw(t, "formula") + `"}`, 0 // shown by the formula, not by the rule
	}
	return fmt.Sprintf(`{"kind":"count","each":"%s"}`, num("each", 1, 300)), 1
}

func drawInputs(t *rapid.T, c *Criterion) Inputs {
	in := Inputs{}
	if c.NA != NotAllowed && rapid.IntRange(0, 3).Draw(t, "na") == 0 {
		in["na"] = "true"
		if c.NA == Peers {
			in["actual"] = decimalText(t, "actual", 2_000_000, 2)
		}
		return in
	}
	for _, f := range c.Fields() {
		switch {
		case f.Kind == BoolField:
			in[f.Name] = fmt.Sprint(rapid.Bool().Draw(t, f.Name))
		case f.Name == "count":
			in[f.Name] = fmt.Sprint(rapid.IntRange(0, 9).Draw(t, f.Name))
		case f.Name == "points":
			in[f.Name] = decimalText(t, f.Name, int64(c.Max), 4)
		case strings.HasSuffix(f.Name, "actual"):
			in[f.Name] = decimalText(t, f.Name, 2_000_000, 2)
		default:
			in[f.Name] = exact(rational.Frac(rapid.Int64Range(1, 20_000).Draw(t, f.Name), 100))
		}
	}
	if c.Proof {
		in["evidence"] = fmt.Sprint(rapid.Bool().Draw(t, "evidence"))
	}
	return in
}

// drawSheet draws a checked sheet of branches with leaves.
func drawSheet(t *rapid.T) *Sheet {
	doc := `{"rounding":{"scale":` + fmt.Sprint(rapid.IntRange(0, 4).Draw(t, "scale")) + `,"at":"` + rapid.SampledFrom([]string{"criterion", "total"}).Draw(t, "at") + `"},"criteria":[`
	n := 0
	for i := range rapid.IntRange(1, 3).Draw(t, "branches") {
		if i > 0 {
			doc += ","
		}
		var leaves string
		sum := int64(0)
		for j := range rapid.IntRange(1, 4).Draw(t, "leaves") {
			if j > 0 {
				leaves += ","
			}
			n++
			max := rapid.Int64Range(1, 40).Draw(t, "max")
			rule, _ := drawRule(t, max)
			policies := []string{"", "exclude", "spread", "zero", "full"}
			if strings.Contains(rule, `"ratio"`) && !strings.Contains(rule, "measure") || strings.Contains(rule, `"best"`) {
				policies = append(policies, "peers")
			}
			more := ""
			if na := rapid.SampledFrom(policies).Draw(t, "policy"); na != "" {
				more = `"na":"` + na + `",`
			}
			if rapid.IntRange(0, 5).Draw(t, "proof") == 0 {
				more += `"evidence":"required",`
			}
			leaves += fmt.Sprintf(`{"id":"K%d","max":"%d",%s"rule":%s}`, n, max, more, rule)
			sum += max
		}
		doc += fmt.Sprintf(`{"id":"P%d","max":"%d","children":[%s]}`, i, sum, leaves)
	}
	doc += `],"bonus":[{"id":"B","clamp":"3","children":[{"id":"B1","max":"5"},{"id":"B2","rule":{"kind":"count","each":"-0.5"}}]}],"deduction":[{"id":"D","clamp":"2","rank":false}],"ties":["K1","P0"],
		"grades":[{"id":"a","from":"30","no_zero":true},{"id":"b","from":"10","each":"0.5"},{"id":"c","otherwise":true}],"caps":[{"id":"C","grade":"b"}],"knockouts":[{"id":"N"}],"holds":[{"id":"H"}]}`
	s, problems := ParseSheet([]byte(doc))
	for _, p := range append(problems, s.Check()...) {
		t.Fatalf("%s\n%s", doc, p.Sentence(locale.Vietnamese))
	}
	return s
}

func drawValues(t *rapid.T, s *Sheet, units []Unit) Values {
	values := Values{}
	for _, u := range units {
		values[u.ID] = UnitValues{}
		for _, c := range s.Leaves() {
			switch {
			case c.ID == "D":
				values[u.ID][c.ID] = Inputs{"points": decimalText(t, "D", 50_000, 2)}
			default:
				values[u.ID][c.ID] = drawInputs(t, c)
			}
		}
		for _, mark := range []string{"C", "N", "H"} {
			if rapid.IntRange(0, 3).Draw(t, mark) == 0 {
				values[u.ID][mark] = Inputs{"applies": "true"}
			}
		}
	}
	return values
}

func lesser(a, b rational.Num) rational.Num {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

func drawUnits(t *rapid.T) []Unit {
	var units []Unit
	for i := range rapid.IntRange(1, 4).Draw(t, "units") {
		units = append(units, Unit{ID: fmt.Sprint("u", i), Name: fmt.Sprint("Đơn vị ", i)})
	}
	return units
}

// onlyAllLeftOut is the one problem that drawn values may have.
func onlyAllLeftOut(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return p.Code != NotAskable })
}

func TestScoringProperties(t *testing.T) {
	t.Run("the order of units and criteria never matters", rapid.MakeCheck(func(t *rapid.T) {
		s, units := drawSheet(t), drawUnits(t)
		values := drawValues(t, s, units)
		type row struct {
			total, rank points.Points
			place       int
			tied        bool
			grade       string
			cells       map[string]points.Points
		}
		rows := func(r Result) map[string]row {
			out := map[string]row{}
			places := r.Places(nil)
			for i, u := range r.Units {
				cells := map[string]points.Points{}
				for id, c := range u.Cells {
					cells[id] = c.Points
				}
				grade := ""
				if u.Graded.Grade != nil {
					grade = u.Graded.Grade.ID
				}
				out[u.Unit] = row{u.Total, u.ForRank, places[i].Rank, places[i].Tied, grade, cells}
			}
			return out
		}
		before := rows(Score(s, units, values))
		mixed := *s
		mixed.Criteria = nil
		for _, c := range rapid.Permutation(s.Criteria).Draw(t, "criteria") {
			branch := *c
			branch.Children = rapid.Permutation(c.Children).Draw(t, "children")
			mixed.Criteria = append(mixed.Criteria, &branch)
		}
		after := rows(Score(&mixed, rapid.Permutation(units).Draw(t, "units"), values))
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("%v\n%v", before, after)
		}
	}))

	t.Run("the total is the sum of what is shown", rapid.MakeCheck(func(t *rapid.T) {
		s, units := drawSheet(t), drawUnits(t)
		r := Score(s, units, drawValues(t, s, units))
		if !onlyAllLeftOut(r.Problems) {
			t.Fatal(r.Problems[0].Sentence(locale.Vietnamese))
		}
		for _, u := range r.Units {
			if s.Rounding.At == AtTotal {
				exactly := u.Main.exact.Add(u.Cells["B"].exact).Add(u.Cells["D"].exact)
				if rounded(exactly, s.Rounding.Scale) != u.Total {
					t.Fatalf("total %s of %s", u.Total, exactly)
				}
				continue
			}
			if want := u.Main.Points + u.Cells["B"].Points + u.Cells["D"].Points; u.Total != want || u.ForRank != want-u.Cells["D"].Points || u.ForThreshold != want {
				t.Fatalf("total %s, for rank %s, parts %s", u.Total, u.ForRank, want)
			}
			var sum points.Points
			left := false
			for _, c := range s.Criteria {
				sum += u.Cells[c.ID].Points
				left = left || u.Cells[c.ID].NA
				var branch points.Points
				scaled, applies := false, slices.ContainsFunc(c.Children, func(child *Criterion) bool { return !u.Cells[child.ID].NA })
				for _, child := range c.Children {
					branch += u.Cells[child.ID].Points
					scaled = scaled || u.Cells[child.ID].NA && (child.NA == Exclude || child.NA == Spread && !applies)
				}
				whole := u.Cells[c.ID]
				trimmed := branch > whole.Points && whole.Points == whole.Max // what rounding alone lifted above the maximum
				if !scaled && !whole.NA && !trimmed && whole.Points != branch {
					t.Fatalf("%s shows %s, its children %s", c.ID, u.Cells[c.ID].Points, branch)
				}
			}
			if !left && u.Main.Points != sum {
				t.Fatalf("criteria show %s, their sum is %s", u.Main.Points, sum)
			}
		}
	}))

	t.Run("every calculation comes out at its points, in every cell", rapid.MakeCheck(func(t *rapid.T) {
		s, units := drawSheet(t), drawUnits(t)
		r := Score(s, units, drawValues(t, s, units))
		for _, u := range r.Units {
			for id, c := range u.Cells {
				if c.Why.Plain() == "" {
					if c.Points != 0 || !c.NA {
						t.Fatalf("%s has %s points without a reason", id, c.Points)
					}
					continue
				}
				calc := c.Why.Plain()
				if err := verify(calc, numOf(c.Points)); err != nil {
					t.Fatalf("%s: %v", id, err)
				}
				if c.Why.Text(locale.Vietnamese) == "" {
					t.Fatalf("%s says nothing", id)
				}
			}
		}
	}))

	t.Run("points stay within what the sheet allows", rapid.MakeCheck(func(t *rapid.T) {
		s, units := drawSheet(t), drawUnits(t)
		r := Score(s, units, drawValues(t, s, units))
		for _, u := range r.Units {
			for _, c := range s.Leaves() {
				cell := u.Cells[c.ID]
				if c.Part != Main {
					continue
				}
				top := rounded(numOf(cell.Max), s.scale()) + points.One/100 // a maximum that was raised is shown rounded
				if _, ratio := c.Rule.(*ratio); ratio {
					top += top
				}
				if cell.Points < 0 || s.Rounding.Scale >= 2 && cell.Points > top {
					t.Fatalf("%s of %s for %s", cell.Points, cell.Max, c.ID)
				}
				if u.Main.Points > 2*s.Max() {
					t.Fatalf("%s of %s", u.Main.Points, s.Max())
				}
			}
			if b, d := u.Cells["B"].Points, u.Cells["D"].Points; b > points.Must("3") || b < points.Must("-3") || d > 0 || d < points.Must("-2") {
				t.Fatalf("bonus %s, deduction %s", b, d)
			}
		}
	}))

	t.Run("more of what is better never lowers the own points", rapid.MakeCheck(func(t *rapid.T) {
		max := rapid.Int64Range(1, 40).Draw(t, "max")
		rule, way := drawRule(t, max)
		na := ""
		if strings.Contains(rule, `"best"`) || strings.Contains(rule, `"ratio"`) && !strings.Contains(rule, "measure") {
			na = `"na":"peers",`
		}
		s, problems := ParseSheet([]byte(fmt.Sprintf(`{"criteria":[{"id":"K","max":"%d",%s"rule":%s}]}`, max, na, rule)))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		c := s.Find("K")
		units := drawUnits(t)
		values := Values{}
		for _, u := range units {
			values[u.ID] = UnitValues{"K": drawInputs(t, c)}
		}
		before := Score(s, units, values).Units[0].Total
		in := values["u0"]["K"]
		var may []string
		for _, f := range c.Fields() {
			if _, there := in[f.Name]; there && (f.Name == "points" || f.Name == "count" || f.Name == "passed" || strings.HasSuffix(f.Name, "actual")) {
				may = append(may, f.Name)
			}
		}
		if len(may) == 0 || way == 0 {
			return
		}
		field := rapid.SampledFrom(may).Draw(t, "field")
		n, _ := ParseNumber(in[field])
		more := n.n.Add(rational.Frac(rapid.Int64Range(1, 10_000).Draw(t, "more"), 100))
		switch field {
		case "passed":
			in[field] = "true"
		case "count":
			in[field] = exact(n.n.Add(one))
		case "points":
			in[field] = exact(lesser(more, numOf(c.Max)))
		default:
			in[field] = exact(more)
		}
		after := Score(s, units, values).Units[0].Total
		if way > 0 && after < before || way < 0 && after > before {
			t.Fatalf("%s: %s became %s with %v", rule, before, after, in)
		}
	}))

	t.Run("best and rank look at relations, not at sizes", rapid.MakeCheck(func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{
			`{"kind":"best"}`, `{"kind":"best","met":"0.8"}`, `{"kind":"rank","places":[{"to":"1","points":"10"},{"from":"2","to":"3","points":"5"}]}`,
			`{"kind":"rank","measure":"ratio","side":"below","places":[{"to":"2","points":"10"},{"from":"3","points":"5"}]}`,
			`{"kind":"rank","measure":"growth","places":[{"to":"2","points":"7.5"}]}`, `{"kind":"formula","expression":"điểm_tối_đa * thực_hiện / lớn_nhất(chỉ_tiêu, cao_nhất_cụm(thực_hiện))"}`,
		}).Draw(t, "rule")
		s, _ := ParseSheet([]byte(`{"criteria":[{"id":"K","max":"10","rule":` + rule + `}]}`))
		units := drawUnits(t)
		by := rational.Frac(rapid.Int64Range(1, 100_000).Draw(t, "by"), 100)
		values, scaled := Values{}, Values{}
		for _, u := range units {
			values[u.ID] = UnitValues{"K": drawInputs(t, s.Find("K"))}
			more := Inputs{}
			for name, v := range values[u.ID]["K"] {
				n, _ := ParseNumber(v)
				more[name] = exact(n.n.Mul(by))
			}
			scaled[u.ID] = UnitValues{"K": more}
		}
		a, b := Score(s, units, values), Score(s, units, scaled)
		for i := range a.Units {
			if len(a.Problems)+len(b.Problems) > 0 || a.Units[i].Total != b.Units[i].Total {
				t.Fatalf("%s becomes %s when everything is multiplied by %s: %v", a.Units[i].Total, b.Units[i].Total, by, b.Problems)
			}
		}
	}))

	t.Run("equal measures have equal points by rank, better ones not fewer", rapid.MakeCheck(func(t *rapid.T) {
		s, _ := ParseSheet([]byte(`{"criteria":[{"id":"K","max":"10","rule":{"kind":"rank","places":[{"to":"2","points":"10"},{"from":"3","to":"3","points":"5"}]}}]}`))
		var units []Unit
		values := Values{}
		n := rapid.IntRange(1, 8).Draw(t, "units")
		for i := range n {
			id := fmt.Sprint("u", i)
			units = append(units, Unit{ID: id})
			values[id] = UnitValues{"K": {"actual": fmt.Sprint(rapid.IntRange(0, 5).Draw(t, id))}}
		}
		r := Score(s, units, values)
		for i := range n {
			for j := range n {
				switch c := strings.Compare(values[units[i].ID]["K"]["actual"], values[units[j].ID]["K"]["actual"]); {
				case c == 0 && r.Units[i].Total != r.Units[j].Total, c > 0 && r.Units[i].Total < r.Units[j].Total:
					t.Fatalf("%v: %s and %s", values, r.Units[i].Total, r.Units[j].Total)
				}
			}
		}
	}))

	t.Run("brief scores are the scores", rapid.MakeCheck(func(t *rapid.T) {
		s, units := drawSheet(t), drawUnits(t)
		values := drawValues(t, s, units)
		full, brief := Score(s, units, values), Prepare(s).Score(units, values, Brief)
		for i, u := range full.Units {
			b := brief.Units[i]
			if u.Total != b.Total || u.ForRank != b.ForRank || u.Graded.Grade != b.Graded.Grade || len(u.Problems) != len(b.Problems) || u.Missing != b.Missing || b.Cells != nil {
				t.Fatalf("%+v\n%+v", u, b)
			}
		}
		if !reflect.DeepEqual(full.Places(nil), brief.Places(nil)) {
			t.Fatal("other places")
		}
	}))

	t.Run("a sheet that is written is read back", rapid.MakeCheck(func(t *rapid.T) {
		s := drawSheet(t)
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again := &Sheet{}
		if err := json.Unmarshal(b, again); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if !reflect.DeepEqual(s, again) {
			c, _ := json.Marshal(again)
			t.Fatalf("%s\n%s", b, c)
		}
	}))
}

func FuzzParseSheet(f *testing.F) {
	f.Add([]byte(document))
	f.Add([]byte(`{"criteria":[{"id":"A","max":"10","na":"exclude","rule":{"kind":"bands","bands":[{"to":"5","points":"1"},{"from":"5","points":"2"}]}},{"id":"B","max":"3","rule":{"kind":"sum","parts":[{"id":"p","max":"3"}]}}],"deduction":[{"id":"D","clamp":"1","rank":false,"rule":{"kind":"count","each":"0.5"}}],"ties":["B"]}`))
	f.Add([]byte(`{"criteria":[{"id":"A","max":"10","rule":{"kind":"steps","measure":"actual/target","from":"1","per":"0.1","add":"-1","side":"below","whole":true,"min":"0","max":"9","base":"9"}},{"id":"C","max":"3","rule":{"kind":"threshold","at":"1","side":"below"}}]}`))
	f.Add([]byte(`{"criteria":[{"id":"P","max":"10","children":[{"id":"A","max":"6","na":"spread","rule":{"kind":"rank","places":[{"to":"1","points":"6"},{"from":"2","points":"1"}]}},{"id":"B","max":"0","na":"peers","rule":{"kind":"best"}},{"id":"C","max":"4","evidence":"required","rule":{"kind":"formula","expression":"nếu(đạt, thực_hiện / cao_nhất_cụm(chỉ_tiêu), 0)","inputs":"đạt"}}]}],"ties":["P","A.actual"],"grades":[{"id":"g","from":"8","to":"9","each":"0.5","no_zero":true},{"id":"h","otherwise":true}],"caps":[{"id":"k","grade":"h"}],"knockouts":[{"id":"o"}],"holds":[{"id":"t"}]}`))
	f.Add([]byte(`{"criteria":[{"id":1}],"criteria":null,"rounding":{"scale":1e9}} x`))
	f.Add([]byte("\xef\xbb\xbf[{\"a\":\xff}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, problems := ParseSheet(data)
		if s == nil {
			if len(problems) == 0 {
				t.Fatal("nothing read and nothing said")
			}
			return
		}
		for _, p := range append(problems, s.Check()...) {
			if p.Sentence(locale.Vietnamese) == "" {
				t.Fatalf("a problem without words: %+v", p)
			}
		}
		all(string(data))
		// Whatever was read is scored and explained without stopping, problems or not.
		units := []Unit{{ID: "u"}, {ID: "v"}}
		values := Values{"u": {}, "v": {}}
		for n, u := range units {
			for at, c := range s.Leaves() {
				in := Inputs{}
				for i, field := range c.Fields() {
					in[field.Name] = []string{"1", "0", "2.5", "true", "-3"}[(i+n+at)%5]
				}
				if (at+n)%3 == 0 {
					in["na"] = "true"
				}
				values[u.ID][c.ID] = in
			}
			for _, list := range [][]*Mark{s.Knockouts, s.Holds, s.Caps} {
				for _, m := range list {
					values[u.ID][m.ID] = Inputs{"applies": "true"}
				}
			}
		}
		ScoreUnit(s, values["u"])
		r := Score(s, units, values, Provisional)
		r.Places(nil)
		for _, u := range r.Units {
			for _, c := range u.Cells {
				_ = c.Why.String() + c.Why.Text(locale.Vietnamese)
			}
		}
		for _, w := range s.Warnings() {
			if w.Sentence(locale.Vietnamese) == "" {
				t.Fatal("a warning without words")
			}
		}
		if len(problems) > 0 || len(s.Check()) > 0 {
			return
		}
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, problems := ParseSheet(b)
		if len(problems) > 0 {
			t.Fatalf("%s: %s", b, problems[0].Sentence(locale.Vietnamese))
		}
		if c, _ := json.Marshal(again); string(c) != string(b) {
			t.Fatalf("%s\n%s", b, c)
		}
	})
}
