package scoring

import (
	"fmt"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/locale"
)

// The ladder of decision 2579/2025 of Cần Thơ, article 6, as it is written, and
// as it is meant.
const (
	literal = `[{"id":"xs","name":"Hoàn thành xuất sắc","from":"95","no_zero":true},{"id":"tot","name":"Hoàn thành tốt","from":"85","to":"95","no_zero":true},
		{"id":"ht","name":"Hoàn thành","from":"75","to":"85"},{"id":"kht","name":"Không hoàn thành","to":"75"}]`
	meant = `[{"id":"xs","name":"Hoàn thành xuất sắc","from":"95","no_zero":true},{"id":"tot","name":"Hoàn thành tốt","from":"85","no_zero":true},
		{"id":"ht","name":"Hoàn thành","from":"75"},{"id":"kht","name":"Không hoàn thành","otherwise":true}]`
	discipline = `"caps":[{"id":"khien-trach","name":"Lãnh đạo bị khiển trách","grade":"tot"},{"id":"canh-cao","name":"Lãnh đạo bị cảnh cáo","grade":"ht"},{"id":"khong-tu-cham","name":"Không tự chấm điểm","grade":"kht"}]`
)

// gradedAs scores a unit with points for A (max 90) and B (max 10) and gives
// its grade.
func gradedAs(t *testing.T, grades, a, b, more string) (string, UnitScore) {
	t.Helper()
	s, units, values := must(t, `{"criteria":[{"id":"A","max":"90","rule":{"kind":"direct"}},{"id":"B","max":"10","na":"exclude","rule":{"kind":"direct"}}],"bonus":[{"id":"T","clamp":"3"}],"grades":`+grades+`,`+discipline+`,
		"units":[{"id":"u"}],"values":{"u":{"A":{"points":"`+a+`"},"B":{"points":"`+b+`"}`+more+`}}}`)
	r := Score(s, units, values)
	if len(r.Problems) > 0 {
		t.Fatal(r.Problems[0].Sentence(locale.Vietnamese))
	}
	u := r.Units[0]
	if u.Graded.Grade == nil {
		return "", u
	}
	return u.Graded.Grade.ID, u
}

func TestGrades(t *testing.T) {
	for _, c := range []struct{ name, grades, a, b, more, want, why string }{
		{"the best", meant, "90", "6", ``, "xs", "96 điểm: Hoàn thành xuất sắc."},
		{"the edge belongs to the better one", meant, "85", "10", ``, "xs", "95 điểm: Hoàn thành xuất sắc."},
		{"just below", meant, "84.99", "10", ``, "tot", "94,99 điểm: Hoàn thành tốt."},
		{"a zero, as it is written", `[{"id":"xs","from":"95","no_zero":true},{"id":"tot","from":"85","to":"95","no_zero":true},{"id":"ht","from":"75","to":"85"},{"id":"kht","to":"75"}]`, "90", "0", `,"T":{"points":"3"}`, "", "93 điểm không thuộc mức xếp loại nào. Không đạt tot vì tiêu chí B được 0 điểm."},
		{"a zero, as it is meant", meant, "90", "0", `,"T":{"points":"3"}`, "ht", "93 điểm: Hoàn thành. Không đạt Hoàn thành tốt vì tiêu chí B được 0 điểm."},
		{"a criterion that does not apply is no zero", meant, "90", "0", `,"B":{"na":"true"}`, "xs", "100 điểm: Hoàn thành xuất sắc."},
		{"what is left", meant, "60", "5", ``, "kht", "65 điểm không thuộc mức nào ở trên: Không hoàn thành."},
		{"bonus counts", meant, "83", "10", `,"T":{"points":"2"}`, "xs", "95 điểm: Hoàn thành xuất sắc."},
		{"but not where the grade looks at the criteria alone", strings.Replace(meant, `"from":"95"`, `"from":"95","main":true`, 1), "83", "10", `,"T":{"points":"2"}`, "tot", "95 điểm: Hoàn thành tốt."},
		{"each criterion at least half", strings.Replace(meant, `"from":"95"`, `"from":"88","each":"0.5"`, 1), "84", "4", ``, "tot", "88 điểm: Hoàn thành tốt. Không đạt Hoàn thành xuất sắc vì tiêu chí B chỉ được 4 trên 10 điểm."},

		{"a reprimand caps", meant, "90", "8", `,"khien-trach":{"applies":"true"}`, "tot", "98 điểm: Hoàn thành xuất sắc. Hạ xuống Hoàn thành tốt vì: Lãnh đạo bị khiển trách."},
		{"the lowest cap counts", meant, "90", "8", `,"khien-trach":{"applies":"true"},"canh-cao":{"applies":"true"}`, "ht", "98 điểm: Hoàn thành xuất sắc. Hạ xuống Hoàn thành vì: Lãnh đạo bị cảnh cáo."},
		{"a cap raises nobody", meant, "70", "8", `,"khien-trach":{"applies":"true"}`, "ht", "78 điểm: Hoàn thành."},
		{"a cap that does not apply", meant, "90", "8", `,"canh-cao":{"applies":false}`, "xs", "98 điểm: Hoàn thành xuất sắc."},
		{"down to the last", meant, "90", "8", `,"khong-tu-cham":{"applies":true}`, "kht", "98 điểm: Hoàn thành xuất sắc. Hạ xuống Không hoàn thành vì: Không tự chấm điểm."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Contains(c.more, `"B":`) {
				s, units, values := must(t, `{"criteria":[{"id":"A","max":"90","rule":{"kind":"direct"}},{"id":"B","max":"10","na":"exclude","rule":{"kind":"direct"}}],"grades":`+c.grades+`,"units":[{"id":"u"}],"values":{"u":{"A":{"points":"90"}`+c.more+`}}}`)
				if g := Score(s, units, values).Units[0].Graded; g.Grade == nil || g.Grade.ID != c.want {
					t.Errorf("%v", g)
				}
				return
			}
			got, u := gradedAs(t, c.grades, c.a, c.b, c.more)
			if why := strings.TrimSpace(locale.Vietnamese.Say(u.Graded.Why.Text, u.Graded.Why.Args)); got != c.want || why != c.why {
				t.Errorf("%s because %s; want %s because %s", got, why, c.want, c.why)
			}
		})
	}
	s, units, values := must(t, `{"criteria":[{"id":"A","max":"100","rule":{"kind":"direct"}}],"grades":`+meant+`,"units":[{"id":"u"}]}`)
	if g := Score(s, units, values, Provisional).Units[0].Graded; g.Grade != nil || g.Why.Text == "" {
		t.Error("a unit that is not scored yet has a grade")
	}
}

func TestWarningsOfLadders(t *testing.T) {
	for _, c := range []struct {
		name, grades string
		want         []string
	}{
		{"as it is meant: nothing", meant, nil},
		{"as it is written", literal, []string{
			"điểm 90 mà không đạt điều kiện kèm theo thì không thuộc mức xếp loại nào", "điểm 85 mà", "điểm 95 mà", "điểm 97 mà", "điểm 100 mà"}},
		{"written, with a fallback", strings.Replace(literal, `"kht","name":"Không hoàn thành","to":"75"`, `"kht","name":"Không hoàn thành","otherwise":true`, 1), []string{
			"điểm 85 mà không đạt điều kiện kèm theo thì bị xếp “Không hoàn thành”, thấp hơn mức “Hoàn thành” của điểm 75"}},
		{"a gap", `[{"id":"a","from":"80"},{"id":"b","from":"50","to":"70"},{"id":"c","to":"50"}]`, []string{"điểm 70 không thuộc mức xếp loại nào", "điểm 75 không thuộc"}},
		{"out of order", `[{"id":"b","from":"50"},{"id":"a","from":"80"},{"id":"c","otherwise":true}]`, nil}, // a is never given, but no score is worse off
		{"upside down", `[{"id":"a","to":"50"},{"id":"b","otherwise":true}]`, []string{"điểm 50 được xếp “b”, thấp hơn mức “a” của điểm 0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _, _ := must(t, `{"criteria":[{"id":"A","max":"100","rule":{"kind":"direct"}}],"grades":`+c.grades+`}`)
			var said []string
			for _, w := range s.Warnings() {
				if w.Code != GradeGap || w.Field != "grades" {
					t.Errorf("%+v", w)
				}
				said = append(said, w.Sentence(locale.Vietnamese))
			}
			all := strings.Join(said, "\n")
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("nobody says %q in\n%s", want, all)
				}
			}
			if len(c.want) == 0 && all != "" {
				t.Error(all)
			}
		})
	}
	s, _, _ := must(t, document)
	if s.Warnings() != nil {
		t.Error("a sheet without grades has warnings")
	}
}

func TestProblemsOfGrades(t *testing.T) {
	sheet := func(more string) string {
		return `{"criteria":[{"id":"A","max":"100","rule":{"kind":"direct"}}],` + more + `}`
	}
	for _, c := range []struct{ name, doc, want string }{
		{"grades", sheet(`"grades":[{"from":"90"},{"id":"x"},{"id":"x","from":"80","to":"80"},{"id":"o","otherwise":true},{"id":"p","otherwise":true,"from":"1"},{"id":"q","each":"2"},{"id":"r","from":"10000000000"}]`),
			"bad_grade@/.grades bad_grade@/.grades bad_grade@/.grades bad_grade@/.grades bad_grade@/.grades bad_grade@/.grades bad_id@/.grades bad_id@/.grades"},
		{"marks", sheet(`"grades":[{"id":"g","otherwise":true}],"knockouts":[{"id":"A"},{"name":"x"}],"holds":[{"id":"H"},{"id":"H"}],"caps":[{"id":"C","grade":"none"}]`), "bad_grade@/.caps bad_id@/.holds bad_id@/.knockouts bad_id@/.knockouts"},
		{"shapes", sheet(`"grades":{},"knockouts":[1],"holds":[{"id":"H","grade":"g"}],"caps":[{"id":1}]`), "bad_document@/. bad_document@/.grades bad_document@/.id bad_grade@/.caps bad_id@/.caps unknown_field@/.grade"},
		{"values of marks", sheet(`"knockouts":[{"id":"K"}],"caps":[],"units":[{"id":"u"}],"values":{"u":{"A":{"points":"1"},"K":{"applies":"maybe","since":"1"}}}`), "bad_input@K/u.applies unknown_input@K/u.since"},
		{"ties of figures that are not there", sheet(`"ties":["A.actual","A.points","K"],"knockouts":[{"id":"K"}]`), "bad_tie@/.ties bad_tie@/.ties"},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := all(c.doc)
			if got := brief(problems); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range problems {
				if said := p.Sentence(locale.Vietnamese); strings.Contains(said, "{.") || strings.Contains(said, "<nil>") {
					t.Error(said)
				}
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	s, units, values := must(t, `{"criteria":[{"id":"A","max":"100","rule":{"kind":"direct"}}],
	"knockouts":[{"id":"KO","name":"Không ký giao ước"}],"holds":[{"id":"TT","name":"Đang thanh tra"},{"id":"KN","name":"Có đơn khiếu nại"}],
	"units":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}],
	"values":{"a":{"A":{"points":"99"},"KO":{"applies":"true"}},"b":{"A":{"points":"90"},"TT":{"applies":true},"KN":{"applies":"true"}},"c":{"A":{"points":"80"}},"d":{"A":{"points":"80"},"TT":{"applies":"false"}}}}`)
	r := Score(s, units, values)
	if len(r.Problems) > 0 {
		t.Fatal(brief(r.Problems))
	}
	var got []string
	for _, p := range r.Places(nil) {
		got = append(got, fmt.Sprint(p.Unit, p.Rank, p.Tied))
	}
	if strings.Join(got, " ") != "a0 false b0 false c1 true d1 true" || r.Final() {
		t.Error(got, r.Final())
	}
	p := r.Places(nil)
	for i, want := range []string{"Không được xét: Không ký giao ước.", "Tạm giữ, chưa xếp hạng: Đang thanh tra; Có đơn khiếu nại. Nếu được xét thì ở hạng 1."} {
		if said := locale.Vietnamese.Say(p[i].Why.Text, p[i].Why.Args); said != want {
			t.Error(said)
		}
	}
	delete(values["b"], "TT")
	delete(values["b"], "KN")
	if r := Score(s, units, values); !r.Final() || r.Places(nil)[1].Rank != 1 || r.Places(nil)[2].Rank != 2 {
		t.Error("a hold that is cleared still holds")
	}
}

// Plan 157/2025 of Cần Thơ: equal totals go by the number of new accounts, then
// by a sub-total.
func TestTiesByFiguresAndSubtotals(t *testing.T) {
	s, units, values := must(t, `{"criteria":[{"id":"I","max":"20","children":[{"id":"I.2","name":"Mở tài khoản","max":"10","rule":{"kind":"ratio"}},{"id":"I.3","max":"10","rule":{"kind":"direct"}}]},{"id":"II","max":"10","rule":{"kind":"direct"}}],
	"ties":["I.2.actual","I"],"units":[{"id":"a"},{"id":"b"},{"id":"c"}],"values":{
	"a":{"I.2":{"target":"100","actual":"50"},"I.3":{"points":"5"},"II":{"points":"5"}},
	"b":{"I.2":{"target":"200","actual":"100"},"I.3":{"points":"4"},"II":{"points":"6"}},
	"c":{"I.2":{"target":"100","actual":"50"},"I.3":{"points":"6"},"II":{"points":"4"}}}}`)
	var got []string
	places := Score(s, units, values).Places(nil)
	for _, p := range places {
		got = append(got, fmt.Sprint(p.Unit, p.Rank, p.Tied, p.Link))
	}
	if strings.Join(got, " ") != "a3 false 1 b1 false 0 c2 false 1" {
		t.Error(got)
	}
	if said := locale.Vietnamese.Say(places[1].Why.Text, places[1].Why.Args); !strings.Contains(said, "“Mở tài khoản, Kết quả thực hiện”: 100") {
		t.Error(said)
	}
}
