package scoring

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// yearSheet is a sheet of n criteria in groups of ten, of every rule in turn, with
// a bonus, a deduction, grades, and a chain of ties.
func yearSheet(t testing.TB, n int) *Sheet {
	rules := []string{
		`{"kind":"direct"}`, `{"kind":"pass"}`, `{"kind":"ratio"}`, `{"kind":"steps","base":"1","from":"7","per":"0.5","add":"0.25"}`,
		`{"kind":"bands","bands":[{"from":"5","to":"8","points":"2"},{"from":"8","to":"9","points":"3"},{"from":"9","points":"5"}]}`,
		`{"kind":"threshold","measure":"ratio","at":"95"}`, `{"kind":"count","each":"0.5"}`,
		`{"kind":"sum","parts":[{"id":"n","max":"2"},{"id":"c","max":"3"}]}`, `{"kind":"best"}`,
		`{"kind":"rank","places":[{"to":"3","points":"5"},{"from":"4","to":"6","points":"3"},{"from":"7","points":"1"}]}`,
		`{"kind":"formula","expression":"nhỏ_nhất(điểm_tối_đa, điểm_tối_đa * thực_hiện / chỉ_tiêu)"}`,
	}
	var groups []string
	for g := 0; g*10 < n; g++ {
		var leaves []string
		for i := g * 10; i < min(n, g*10+10); i++ {
			na := ""
			if i%7 == 0 {
				na = `"na":"exclude",`
			}
			leaves = append(leaves, fmt.Sprintf(`{"id":"K%d","max":"5",%s"rule":%s}`, i, na, rules[i%len(rules)]))
		}
		groups = append(groups, fmt.Sprintf(`{"id":"G%d","max":"%d","children":[%s]}`, g, 5*len(leaves), strings.Join(leaves, ",")))
	}
	s, problems := ParseSheet([]byte(`{"criteria":[` + strings.Join(groups, ",") + `],"bonus":[{"id":"T","clamp":"3"}],"deduction":[{"id":"D","clamp":"3"}],"ties":["K2","G1"],
		"grades":[{"id":"xs","from":"300","no_zero":true},{"id":"tot","from":"200"},{"id":"con-lai","otherwise":true}]}`))
	for _, p := range append(problems, s.Check()...) {
		t.Fatalf("%+v", p)
	}
	return s
}

// yearValues are values of n units, different in every cell.
func yearValues(s *Sheet, n int) ([]Unit, Values) {
	var units []Unit
	values := Values{}
	for u := range n {
		id := fmt.Sprintf("u%d", u)
		units = append(units, Unit{ID: id})
		values[id] = UnitValues{}
		for i, c := range s.Leaves() {
			in := Inputs{}
			for _, f := range c.Fields() {
				switch {
				case f.Kind == BoolField:
					in[f.Name] = fmt.Sprint((u+i)%3 > 0)
				case f.Name == "count":
					in[f.Name] = fmt.Sprint((u + i) % 5)
				case f.Name == "points":
					in[f.Name] = fmt.Sprintf("%d.%02d", (u+i)%3, (u*7+i)%100)
				case strings.HasSuffix(f.Name, "target"):
					in[f.Name] = fmt.Sprint(1250 + i)
				case c.Kind() == "steps" || c.Kind() == "bands":
					in[f.Name] = fmt.Sprintf("%d.%d", 5+(u+i)%5, u%10)
				default:
					in[f.Name] = fmt.Sprintf("%d.%d", 1100+(u*37+i*11)%300, u%10)
				}
			}
			values[id][c.ID] = in
		}
	}
	return units, values
}

// A province's year: 60 clusters of 12 units with 80 criteria, 57,600 cells.
// With reasons at hand, and totals and places only.
func BenchmarkProvince(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 12)
	sheet := Prepare(s)
	for name, options := range map[string][]Option{"cells": nil, "totals": {Brief}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for range 60 {
					r := sheet.Score(units, values, options...)
					if len(r.Problems) > 0 {
						b.Fatal(r.Problems[0])
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/57_600, "ns/cell")
		})
	}
}

// The country: 3,500 clusters of ten units with 80 criteria, 2.8 million cells,
// of which the places are kept.
func BenchmarkCountry(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 10)
	sheet := Prepare(s)
	for b.Loop() {
		var kept [][]UnitScore
		for range 3500 {
			kept = append(kept, sheet.Score(units, values, Brief).Units)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
		runtime.KeepAlive(kept)
	}
}

func BenchmarkReason(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 12)
	r := Score(s, units, values)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range r.Units[0].Cells {
			c.Why.Plain()
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(r.Units[0].Cells)), "ns/cell")
}

func BenchmarkParseSheet(b *testing.B) {
	text, err := json.Marshal(yearSheet(b, 230))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		ParseSheet(text)
	}
}
