package table_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// words are what a rule does, as the export says it.
func words(c *scoring.Criterion) string {
	if c.Rule == nil {
		return ""
	}
	var all []string
	for _, s := range c.Rule.Says(c) {
		all = append(all, locale.Vietnamese.Say(s.Text, s.Args))
	}
	return strings.Join(all, " ")
}

// printed is a laid out sheet as a workbook holds it.
func printed(rows []table.Row, marks bool) table.Sheet {
	s := table.Sheet{Rows: [][]table.Cell{{{Text: "BẢNG CHẤM ĐIỂM"}}, {}}}
	var head []table.Cell
	for _, role := range []table.Role{table.Order, table.Name, table.Max, table.How, table.Proof} {
		head = append(head, table.Cell{Text: table.Heads[role]})
	}
	if marks {
		head = append(head, table.Cell{Text: table.MarkHead})
	}
	s.Rows = append(s.Rows, head)
	for _, r := range rows {
		proof := ""
		if r.Proof {
			proof = "bắt buộc"
		}
		row := []table.Cell{{Text: r.TT}, {Text: r.Name}, {Text: strings.ReplaceAll(r.Max, ".", ","), Kind: table.Number}, {Text: r.How}, {Text: proof}}
		if marks {
			row = append(row, table.Cell{Text: r.Mark})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

type drawn struct {
	t         *rapid.T
	canonical bool // ids, names and rules that the visible columns alone can say
	taken     map[string]bool
	n         int
}

func (d *drawn) max() string {
	return rapid.SampledFrom([]string{"0.25", "1", "2.5", "10", "12.3456", "100", "1250", "1000000"}).Draw(d.t, "max")
}

func (d *drawn) id(parent string, depth, i int) string {
	if !d.canonical && rapid.Bool().Draw(d.t, "odd id") {
		d.n++
		return rapid.SampledFrom([]string{"A", "TC", "x y", "é.", "1.", "-", "I.1.", "Ω"}).Draw(d.t, "id") + fmt.Sprint(d.n)
	}
	switch depth {
	case 0:
		return []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}[i]
	case 1, 2:
		return fmt.Sprintf("%s.%d", parent, i+1)
	}
	return parent + "." + string("abcdđeghik"[i])
}

func (d *drawn) name() string {
	if d.canonical {
		return rapid.SampledFrom([]string{"Hoàn thành chỉ tiêu", "Tổng kết công tác năm", "Cải cách hành chính", "KINH TẾ", "Không có đơn thư", "Ghi chép, báo cáo"}).Draw(d.t, "name")
	}
	return rapid.SampledFrom([]string{"Hoàn thành", "", "Tổng cộng", "Điểm thưởng", "ĐIỂM TRỪ", "Ghi chú: không", "1. Một", "- gạch", "I", "TT", "Mỗi sáng kiến được 2 điểm", "=1+1", "{\"id\":\"x\"}"}).Draw(d.t, "name")
}

func (d *drawn) node(part scoring.Part, parent string, depth, i int) map[string]any {
	id := d.id(parent, depth, i)
	if d.taken[id] {
		d.n++
		id += fmt.Sprint("z", d.n)
	}
	d.taken[id] = true
	c := map[string]any{"id": id, "name": d.name()}
	group := depth < 4 && rapid.IntRange(0, 3).Draw(d.t, "group") == 0
	if part != scoring.Main && !d.canonical {
		if depth == 0 && rapid.Bool().Draw(d.t, "off") {
			c["rank"] = false
		}
		if rapid.Bool().Draw(d.t, "clamp") {
			c["clamp"] = rapid.SampledFrom([]string{"3", "0.333333", "12.5"}).Draw(d.t, "clamps")
		}
	}
	if group {
		var children []any
		for i := range rapid.IntRange(1, 4).Draw(d.t, "children") {
			children = append(children, d.node(part, id, depth+1, i))
		}
		c["children"] = children
		if part == scoring.Main && (d.canonical || rapid.Bool().Draw(d.t, "has max")) {
			c["max"] = "1000000" // no sum: kept as it is written
		}
		return c
	}
	c["max"] = d.max()
	rule := map[string]any{"kind": "direct"}
	if !d.canonical {
		if rapid.IntRange(0, 4).Draw(d.t, "no max") == 0 {
			delete(c, "max")
		}
		rule = rapid.SampledFrom([]map[string]any{
			rule, {"kind": "ratio", "floor": "0.5"}, {"kind": "pass"}, {"kind": "count", "each": "0.5"},
			{"kind": "bands", "measure": "ratio", "bands": []map[string]string{{"from": "1", "to": "2", "points": "3"}}},
			{"kind": "steps", "base": "1", "from": "7", "per": "0.5", "add": "0.25", "whole": true},
			{"kind": "rank", "places": []map[string]string{{"from": "1", "to": "3", "points": "5"}, {"from": "4", "points": "1"}}},
			{"kind": "formula", "expression": "điểm_tối_đa * thực_hiện / chỉ_tiêu"},
		}).Draw(d.t, "rule")
		c["na"] = rapid.SampledFrom([]string{"", "exclude", "zero", "spread"}).Draw(d.t, "na")
		c["evidence"] = rapid.SampledFrom([]any{false, true, "required"}).Draw(d.t, "evidence")
	}
	c["rule"] = rule
	return c
}

func (d *drawn) sheet() *scoring.Sheet {
	doc := map[string]any{"rounding": map[string]any{"scale": 2, "at": "criterion"}}
	if !d.canonical {
		doc["rounding"] = map[string]any{"scale": rapid.IntRange(0, 4).Draw(d.t, "scale"), "at": rapid.SampledFrom([]string{"criterion", "total"}).Draw(d.t, "at")}
	}
	i := 0
	for _, part := range []scoring.Part{scoring.Main, scoring.Bonus, scoring.Deduction} {
		n := rapid.IntRange(1, 3).Draw(d.t, string(part))
		if part != scoring.Main {
			n = rapid.IntRange(0, 2).Draw(d.t, string(part))
		}
		var list []any
		for range n {
			list = append(list, d.node(part, "", 0, i))
			i++
		}
		doc[string(part)] = list
	}
	if !d.canonical {
		for id := range d.taken {
			doc["ties"] = []string{id + rapid.SampledFrom([]string{"", ".actual"}).Draw(d.t, "by figure")}
			break
		}
	}
	if !d.canonical && rapid.Bool().Draw(d.t, "graded") {
		doc["grades"] = []map[string]any{{"id": "a", "from": "90", "no_zero": true}, {"id": "b", "otherwise": true}}
		doc["caps"] = []map[string]any{{"id": "kỷ luật", "grade": "b"}}
		doc["holds"] = []map[string]any{{"id": "đang thanh tra"}}
	}
	body, err := json.Marshal(doc)
	if err != nil {
		d.t.Fatal(err)
	}
	sheet, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		d.t.Fatalf("%s: %v", body, problems)
	}
	return sheet
}

func lay(t *rapid.T, sheet *scoring.Sheet, guide map[string]string) []table.Row {
	rows, err := table.Lay(sheet, guide, words)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// What the program lays out it reads again as it was: every rule, policy and
// setting, whatever the ids and names are.
func TestALaidOutSheetIsReadAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &drawn{t: t, taken: map[string]bool{}}
		sheet := d.sheet()
		guide := map[string]string{}
		for _, c := range sheet.Leaves() {
			if rapid.IntRange(0, 2).Draw(t, "guided") == 0 {
				guide[c.ID] = rapid.SampledFrom([]string{"Chấm theo báo cáo.", "Hai\ndòng", "- gạch đầu dòng", "Tổng cộng", "Ghi chú"}).Draw(t, "guide")
			}
		}
		rows := lay(t, sheet, guide)
		in := printed(rows, true)
		r := table.Read(in, table.Guess([]table.Sheet{in}))
		want, err := json.Marshal(sheet)
		if err != nil {
			t.Fatal(err)
		}
		got, problems := scoring.ParseSheet(r.Body(nil))
		if len(problems) > 0 {
			t.Fatalf("%v", problems)
		}
		if again, _ := json.Marshal(got); string(again) != string(want) {
			t.Fatalf("got\n%s\nwant\n%s\n%+v", again, want, rows)
		}
		if read := r.Guide(); len(read)+len(guide) > 0 && !reflect.DeepEqual(read, guide) {
			t.Fatalf("got %q, want %q", read, guide)
		}
	})
}

// Without the hidden column the tree is still the same, where the numbers are
// those that officers use.
func TestNumbersAloneGiveTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &drawn{t: t, canonical: true, taken: map[string]bool{}}
		sheet := d.sheet()
		rows := lay(t, sheet, nil)
		for i := range rows {
			rows[i].How = ""
		}
		in := printed(rows, false)
		r := table.Read(in, table.Guess([]table.Sheet{in}))
		var got, want strings.Builder
		r.Walk(func(n *table.Node, depth int) {
			fmt.Fprintln(&got, n.Part, depth, n.ID, n.Name, n.Max)
		})
		sheet.Walk(func(c *scoring.Criterion, depth int) {
			top := ""
			if !c.NoMax {
				top = c.Max.String()
			}
			fmt.Fprintln(&want, c.Part, depth, c.ID, vntext.Line(c.Name), top)
		})
		if got.String() != want.String() {
			t.Fatalf("got\n%s\nwant\n%s\n%+v", got.String(), want.String(), rows)
		}
	})
}
