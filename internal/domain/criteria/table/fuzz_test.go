package table_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/criteria/table"
	"github.com/thidua/thidua/internal/domain/scoring"
)

// fuzzed makes a sheet of a text: lines are rows, bars part cells, and the first
// letter of a cell may say what it is.
func fuzzed(text string) table.Sheet {
	var s table.Sheet
	for i, line := range strings.Split(text, "\n") {
		if i == 400 {
			break
		}
		var row []table.Cell
		for j, t := range strings.Split(line, "|") {
			if j == 12 {
				break
			}
			c := table.Cell{Text: strings.ReplaceAll(t, `\n`, "\n")}
			if t != "" {
				switch t[0] {
				case '#':
					c = table.Cell{Text: t[1:], Kind: table.Number}
				case '%':
					c = table.Cell{Text: t[1:] + "%", Kind: table.Percent}
				case '@':
					c = table.Cell{Text: t[1:], Kind: table.Date}
				case '!':
					c = table.Cell{Text: t[1:], Kind: table.Broken, Formula: true}
				case '^':
					c = table.Cell{Text: t[1:], Below: true}
				}
			}
			row = append(row, c)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// FuzzRead: whatever stands in a table, what is made of it is a sheet in the
// format, with ids of its own that a form would take, and every finding at a
// row of the table. Laid out, it is read again as the same.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"TT|Nội dung|Điểm tối đa|Cách tính|Minh chứng|Ghi chú\nI|CHUYÊN MÔN|#60\n#1|Một|30 điểm|Mỗi lần được 2 điểm\n#1,1|Hai|tối đa 5||x\na)|Ba|1,5\n|- gạch|1.5\n|Tổng cộng|#100\nĐIỂM THƯỞNG\n1|Sáng kiến|0,5 điểm/sáng kiến\nIV|Điểm trừ|-5\n-|Muộn|-2\n|ngày 1 tháng 2 năm 2026",
		"STT|Tiêu chí|Điểm||Hướng dẫn\n^STT|^Tiêu chí|Tối đa|Tự chấm\n(1)|(2)|(3)|(4)\nA|Một|#10\nA1|Hai|#10\n@01/02/2026|Ba|%10\n#1,9|x|0-5\n#1,1|y|!#REF!\nĐIỂM THƯỞNG, ĐIỂM TRỪ\n1|Trừ|1",
		"Nội dung|Thang điểm|" + table.MarkHead + "\nA. Một|10|{\"id\":\"A\",\"tt\":\"A\",\"rule\":{\"kind\":\"ratio\"}}\nCộng|10|{\"sheet\":{\"rounding\":{\"scale\":1,\"at\":\"total\"},\"ties\":[\"A\"]}}",
	} {
		f.Add(seed, 0, 1, 2, 3)
	}
	f.Fuzz(func(t *testing.T, text string, head, name, max, how int) {
		if len(text) > 20_000 {
			return
		}
		s := fuzzed(text)
		c := table.Guess([]table.Sheet{s})
		if c.Sheet < 0 || head > 0 {
			c = table.Choice{Head: head % 50, Columns: table.Columns{table.Name: name, table.Max: max, table.How: how}}
			if head < 0 {
				c.Head = 0
			}
		}
		r := table.Read(s, c)
		if again := table.Read(s, c); !bytes.Equal(again.Body(nil), r.Body(nil)) {
			t.Fatal("read twice, it is another sheet")
		}
		for _, f := range r.Findings {
			if f.Row < 0 || f.Row > len(s.Rows) || f.Text.Text == "" {
				t.Fatalf("%+v of %d rows", f, len(s.Rows))
			}
		}
		if r.Stop {
			return
		}
		seen := map[string]bool{}
		r.Walk(func(n *table.Node, _ int) {
			if n.ID == "" || seen[n.ID] || len(n.ID) > 40 || strings.ContainsAny(n.ID, `/\"'<>?#&%`) || len([]rune(n.Name)) > table.LongestName || len([]rune(n.Guide)) > table.LongestGuide || n.Row < 1 || n.Row > len(s.Rows) {
				t.Fatalf("%+v", n)
			}
			seen[n.ID] = true
		})
		sheet, problems := scoring.ParseSheet(r.Body(func(string) bool { return true }))
		if len(problems) > 0 {
			t.Fatalf("%v\n%s", problems, r.Body(nil))
		}
		rows, err := table.Lay(sheet, r.Guide(), words)
		if err != nil {
			t.Fatal(err)
		}
		out := printed(rows, true)
		back := table.Read(out, table.Guess([]table.Sheet{out}))
		got, problems := scoring.ParseSheet(back.Body(nil))
		if len(problems) > 0 {
			t.Fatalf("%v", problems)
		}
		want, _ := json.Marshal(sheet)
		if again, _ := json.Marshal(got); !bytes.Equal(again, want) {
			t.Fatalf("got\n%s\nwant\n%s", again, want)
		}
	})
}
