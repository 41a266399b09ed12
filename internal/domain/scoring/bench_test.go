package scoring

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
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

// processor is the processor time so far, which others on the machine disturb
// less than the clock.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// scored runs a benchmark over cells and reports the processor time of each run
// and of each cell.
func scored(b *testing.B, cells int, run func()) {
	b.ReportAllocs()
	start := processor()
	for b.Loop() {
		run()
	}
	used := float64(processor()-start) / float64(b.N)
	b.ReportMetric(used/1e6, "cpu-ms/op")
	b.ReportMetric(used/float64(cells), "cpu-ns/cell")
}

// A province's year: 60 clusters of 12 units with 80 criteria, 57,600 cells.
// With every cell and its reason at hand, and totals, grades and places only.
func BenchmarkProvince(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 12)
	sheet := Prepare(s)
	for name, options := range map[string][]Option{"cells": nil, "totals": {Brief}} {
		b.Run(name, func(b *testing.B) {
			scored(b, 60*12*80, func() {
				for range 60 {
					if r := sheet.Score(units, values, options...); len(r.Problems) > 0 {
						b.Fatal(r.Problems[0])
					}
				}
			})
		})
	}
}

// The country: 3,500 clusters of ten units with 80 criteria, 2.8 million cells,
// of which totals, grades and places are kept.
func BenchmarkCountry(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 10)
	sheet := Prepare(s)
	scored(b, 3500*10*80, func() {
		kept := make([][]UnitScore, 3500)
		for i := range kept {
			kept[i] = sheet.Score(units, values, Brief).Units
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
		runtime.KeepAlive(kept)
	})
}

// A cluster whose sheet is new: a hundred units, the 230 criteria of the largest
// real sheet.
func BenchmarkScore(b *testing.B) {
	s := yearSheet(b, 230)
	units, values := yearValues(s, 100)
	b.Run("a cluster of 100 units", func(b *testing.B) { scored(b, 23_000, func() { Score(s, units, values) }) })
	b.Run("check", func(b *testing.B) { scored(b, 230, func() { s.Check() }) })
}

// The reasons of one unit, as its page shows them.
func BenchmarkReason(b *testing.B) {
	s := yearSheet(b, 80)
	units, values := yearValues(s, 12)
	cells := Score(s, units, values).Units[0].Cells
	scored(b, len(cells), func() {
		for _, c := range cells {
			c.Why.Plain()
		}
	})
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
