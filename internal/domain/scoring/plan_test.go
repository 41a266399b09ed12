package scoring

import (
	"fmt"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/locale"
)

// The scoring table of plan 157/2025 of Cần Thơ, annex, group I: 100 points and
// 15 on top. The first criterion is a survey of 50 people at 0.4 points each, for
// units that can show their plan of communication; the edges of the bonus bands,
// which overlap in the plan, are half-open here. Equal totals go by new
// accounts, then by payments, then by the share of updated records, and then to
// a ballot.
const planOfCanTho = `{"rounding":{"scale":2},"criteria":[
	{"id":"1","name":"Tuyên truyền, vận động","max":"20","evidence":"required","rule":{"kind":"count","each":"0.4"}},
	{"id":"2","name":"Mở tài khoản","max":"40","rule":{"kind":"ratio"}},
	{"id":"3","name":"Phát hành thẻ","max":"20","rule":{"kind":"ratio"}},
	{"id":"4","name":"Nhận trợ cấp qua tài khoản","max":"20","rule":{"kind":"ratio"}}],
 "bonus":[{"id":"5","name":"Điểm cộng","clamp":"15","children":[
	{"id":"5.1","max":"5","rule":{"kind":"threshold","measure":"ratio","at":"100"}},
	{"id":"5.2","max":"5","rule":{"kind":"bands","measure":"ratio","bands":[{"from":"88","to":"90","points":"2"},{"from":"90","to":"95","points":"3"},{"from":"95","to":"100","points":"4"},{"from":"100","points":"5"}]}},
	{"id":"5.3","max":"5","rule":{"kind":"threshold","at":"100"}}]}],
 "ties":["2.actual","4.actual","5.3.actual"],
 "units":[{"id":"a"},{"id":"b"},{"id":"c"}],"values":{%s}}`

func TestAPlanOfEmulation(t *testing.T) {
	unit := func(id, survey, evidence, accounts, paid string) string {
		return fmt.Sprintf(`"%s":{"1":{"count":"%s","evidence":"%s"},"2":{"target":"1250","actual":"%s"},"3":{"target":"1105","actual":"884"},"4":{"target":"1250","actual":"%s"},
			"5.1":{"target":"1250","actual":"%s"},"5.2":{"target":"1250","actual":"%s"},"5.3":{"actual":"100"}}`, id, survey, evidence, accounts, paid, accounts, paid)
	}
	s, units, values := must(t, fmt.Sprintf(planOfCanTho, strings.Join([]string{
		unit("a", "43", "true", "1105", "1125"), unit("b", "43", "false", "1250", "1250"), unit("c", "43", "true", "1000", "1250"),
	}, ",")))
	r := Score(s, units, values)
	if len(r.Problems) > 0 {
		t.Fatal(brief(r.Problems))
	}
	for i, want := range []string{"1 17.2, 2 35.36, 3 16, 4 18, 5 8, total 94.56", "1 0, 2 40, 3 16, 4 20, 5 15, total 91", "1 17.2, 2 32, 3 16, 4 20, 5 10, total 95.2"} {
		u := r.Units[i]
		var got []string
		for _, id := range []string{"1", "2", "3", "4", "5"} {
			got = append(got, id+" "+u.Cells[id].Points.String())
			if err := verify(u.Cells[id].Why.Plain(), numOf(u.Cells[id].Points)); err != nil {
				t.Error(err)
			}
		}
		if line := strings.Join(got, ", ") + ", total " + u.Total.String(); line != want {
			t.Errorf("got  %s\nwant %s", line, want)
		}
	}
	if said := r.Units[1].Cells["1"].Why.Text(locale.Vietnamese); said != "43 lần × 0,4 điểm. Chưa có minh chứng nên được 0 điểm." {
		t.Error(said)
	}

	// Equal totals: a has more accounts, b more payments.
	values["b"] = UnitValues{}
	for id, in := range values["a"] {
		values["b"][id] = in
	}
	values["b"]["2"] = Inputs{"target": "1250", "actual": "1085"}
	values["b"]["4"] = Inputs{"target": "1250", "actual": "1165"}
	values["b"]["5.2"] = Inputs{"target": "1250", "actual": "1125"}
	r = Score(s, units[:2], Values{"a": values["a"], "b": values["b"]})
	places := r.Places(nil)
	if r.Units[0].Total != r.Units[1].Total || places[0].Rank != 1 || places[1].Rank != 2 || places[0].Link != 0 {
		t.Errorf("%s and %s, places %+v", r.Units[0].Total, r.Units[1].Total, places)
	}
}
