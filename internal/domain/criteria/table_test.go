package criteria_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/testkit/store"
)

// The words on how criteria are scored go with the version: kept through edits
// of something else, copied, fixed when the version is.
func TestGuidesGoWithTheirVersion(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		words := func(id string) criteria.Guide {
			t.Helper()
			g, err := s.Guide(ctx, b.Officers[2], at, id)
			b.Check(err)
			return g
		}
		v, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng", Body: []byte(small), Guide: criteria.Guide{"A": " Theo báo cáo. ", "X": "không có tiêu chí"}, File: true})
		b.Check(err)
		if g := words(v.ID); len(g) != 1 || g["A"] != "Theo báo cáo." {
			t.Fatalf("%q", g)
		}
		w, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: v.ID, Version: v.Version, Body: []byte(strings.Replace(small, "10", "20", 1))})
		b.Check(err)
		if g := words(w.ID); g["A"] != "Theo báo cáo." {
			t.Fatalf("%q", g)
		}
		renamed := strings.Replace(small, `"A"`, `"B"`, 1)
		b.Check(d.InTx(ctx, func(tx *db.Tx) error { return s.Lock(ctx, tx, b.Leader(), w.ID) }))
		w, _, err = s.See(ctx, b.Leader(), at, w.ID)
		b.Check(err)
		n, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: w.ID, Version: w.Version, Body: []byte(renamed), Guide: criteria.Guide{"B": "Khác"}, File: true})
		b.Check(err)
		if n.Number != 2 || words(n.ID)["B"] != "Khác" || words(w.ID)["A"] != "Theo báo cáo." {
			t.Fatalf("%q %q", words(n.ID), words(w.ID))
		}
		c, err := s.Copy(ctx, b.Leader(), at, n.ID, at, "Chép")
		b.Check(err)
		if words(c.ID)["B"] != "Khác" {
			t.Fatalf("%q", words(c.ID))
		}
		_, err = s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: n.ID, Version: n.Version, Body: []byte(renamed), Guide: criteria.Guide{"B": strings.Repeat("x", 2001)}})
		want(t, err, fault.Invalid)
		if n, err := db.Count(ctx, d, `SELECT COUNT(*) FROM sheet_guide`); err != nil || n != 3 {
			t.Fatalf("%d guides, %v", n, err)
		}
		_, err = s.Guide(ctx, b.Officer(b.Unit("Sở Xa")), at, n.ID)
		want(t, err, fault.NotFound)
	})
}

// The organiser's library: who organises puts versions into it, clusters take
// them out.
func TestSheetsAreLent(t *testing.T) {
	store.Each(t, func(t *testing.T, d *db.DB) {
		b, s, at := room(t, d)
		v, err := s.Create(ctx, b.Leader(), criteria.NewSheet{At: at, Name: "Bảng của khối", Body: []byte(small), Guide: criteria.Guide{"A": "x"}})
		b.Check(err)
		if _, err := s.Lend(ctx, b.Leader(), at, v.ID, b.Organiser.ID, "", ""); err == nil {
			t.Fatal("a leader writes into the organiser's library")
		}
		first, err := s.Lend(ctx, b.Standing, at, v.ID, b.Organiser.ID, "", "dùng chung")
		b.Check(err)
		_, err = s.Lend(ctx, b.Standing, at, v.ID, b.Organiser.ID, first.SheetID, "")
		want(t, err, fault.Invalid) // it has this text already
		w, err := s.Save(ctx, b.Leader(), criteria.Edit{At: at, ID: v.ID, Version: v.Version, Body: criteria.Starter()})
		b.Check(err)
		second, err := s.Lend(ctx, b.Standing, at, w.ID, b.Organiser.ID, first.SheetID, "")
		b.Check(err)
		if second.Number != 2 || second.SheetID != first.SheetID || second.Note != "Bảng của khối, bản 1" {
			t.Fatalf("%+v", second)
		}
		_, err = s.Lend(ctx, b.Standing, at, w.ID, b.Organiser.ID, v.SheetID, "")
		want(t, err, fault.Invalid) // not a sheet of the library
		taken, err := s.Copy(ctx, b.Leader(), at, first.ID, at, "")
		b.Check(err)
		if g, err := s.Guide(ctx, b.Leader(), at, taken.ID); err != nil || g["A"] != "x" {
			t.Fatalf("%q %v", g, err)
		}
	})
}

func parsed(t *testing.T, body string) *scoring.Sheet {
	t.Helper()
	sheet, problems := scoring.ParseSheet([]byte(body))
	if len(problems) > 0 {
		t.Fatalf("%v", problems)
	}
	return sheet
}

const lastYear = `{"criteria":[
 {"id":"I","name":"Chuyên môn","max":"60","children":[
  {"id":"I.1","name":"Chỉ tiêu","max":"40","rule":{"kind":"ratio"}},
  {"id":"I.2","name":"Cải cách","max":"20","rule":{"kind":"direct"}}]},
 {"id":"II","name":"Phong trào","max":"40","children":[
  {"id":"II.1","name":"Báo cáo","max":"10","rule":{"kind":"pass"}},
  {"id":"II.2","name":"Sáng kiến","max":"10","rule":{"kind":"count","each":"1"}},
  {"id":"II.3","name":"Điển hình","max":"20","rule":{"kind":"direct"}}]}],
 "ties":["I.1"]}`

const thisYear = `{"rounding":{"scale":1,"at":"total"},"criteria":[
 {"id":"I","name":"Chuyên môn","max":"70","children":[
  {"id":"I.1","name":"Cải cách","max":"20","rule":{"kind":"direct"}},
  {"id":"I.2","name":"Chỉ tiêu","max":"50","evidence":true,"rule":{"kind":"ratio"}}]},
 {"id":"II","name":"Phong trào thi đua","max":"30","children":[
  {"id":"II.1","name":"Báo cáo","max":"10","rule":{"kind":"direct"}},
  {"id":"II.4","name":"Chuyển đổi số","max":"20","rule":{"kind":"direct"}}]}],
 "bonus":[{"id":"III","name":"Sáng kiến","max":"10","rule":{"kind":"count","each":"1"}}],
 "ties":["I.2"]}`

func TestTheDifferenceOfTwoSheets(t *testing.T) {
	d := criteria.Compare(parsed(t, lastYear), parsed(t, thisYear), nil, criteria.Guide{"II.1": "Theo hạn"})
	var got []string
	for _, c := range d.Changes {
		line := "bỏ"
		switch {
		case c.Before == nil:
			line = "thêm " + c.After.ID
		case c.After == nil:
			line = "bỏ " + c.Before.ID
		default:
			line = c.After.ID + ":"
			for _, s := range c.Says {
				line += " " + locale.Vietnamese.Say(s.Text, s.Args)
			}
		}
		got = append(got, line)
	}
	if text, wanted := strings.Join(got, "\n"), strings.Join([]string{
		"I: Điểm tối đa từ 60 thành 70.",
		"I.1: Mã I.2 đổi thành I.1.",
		"I.2: Mã I.1 đổi thành I.2. Đổi thứ tự trong nhóm. Điểm tối đa từ 40 thành 50. Nay bắt buộc có minh chứng.",
		"II: Đổi tên; trước đây là “Phong trào”. Điểm tối đa từ 40 thành 30.",
		"II.1: Đổi cách chấm. Đổi hướng dẫn chấm.",
		"thêm II.4",
		"III: Mã II.2 đổi thành III. Chuyển từ phần chính sang phần điểm thưởng.",
		"bỏ II.3",
	}, "\n"); text != wanted {
		t.Errorf("got\n%s\nwant\n%s", text, wanted)
	}
	if len(d.Settings) != 1 || d.Added != 1 || d.Removed != 1 || d.Max != 3 || d.Rule != 1 || d.Moved != 2 || d.Same != 0 {
		t.Errorf("%+v", d)
	}
	if d := criteria.Compare(parsed(t, lastYear), parsed(t, lastYear), nil, nil); !d.None() || d.Same != 7 {
		t.Errorf("%+v", d)
	}
}

// A table read again does not undo the rules that people have set.
func TestRulesOutliveATableReadAgain(t *testing.T) {
	file := `{"criteria":[{"id":"I","name":"Chuyên môn","max":"60","children":[
	  {"id":"I.1","name":"CHỈ TIÊU","max":"45","rule":{"kind":"direct"}},
	  {"id":"I.2","name":"Tên khác","max":"15","rule":{"kind":"direct"}}]},
	 {"id":"II.2","name":"Sáng kiến","max":"10","rule":{"kind":"count","each":"2"}}]}`
	body, err := criteria.Inherit([]byte(file), []byte(lastYear))
	if err != nil {
		t.Fatal(err)
	}
	sheet := parsed(t, string(body))
	if got := sheet.Find("I.1").Kind() + sheet.Find("I.2").Kind() + strings.Join(sheet.Ties, ","); got != "ratiodirectI.1" {
		t.Errorf("%s", got)
	}
	if one, _ := json.Marshal(sheet.Find("II.2")); !strings.Contains(string(one), `"each":"2"`) {
		t.Errorf("%s", one)
	}
}

// Every sheet that the program ships can be adopted as it is.
func TestTheLibraryIsInOrder(t *testing.T) {
	all, err := criteria.Library()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	for _, m := range all {
		if p := m.Version().Problems(); len(p) > 0 || m.Source == "" || m.Name == "" || len(m.About) == 0 {
			t.Errorf("%s: %v", m.Key, p)
		}
		for _, text := range append([]string{m.Name, m.Source}, m.About...) {
			if !locale.Known(text) {
				t.Errorf("%s: no English for %q", m.Key, text)
			}
		}
		sheet := parsed(t, string(m.Body))
		for id := range m.Guide {
			if sheet.Find(id) == nil {
				t.Errorf("%s: words on %s, which it has not", m.Key, id)
			}
		}
	}
}

// BenchmarkCompare compares two sheets of five thousand criteria with the same
// few names, which is the most that there is to match.
func BenchmarkCompare(b *testing.B) {
	sheet := func(prefix string) *scoring.Sheet {
		var all []string
		for i := range 5000 {
			all = append(all, fmt.Sprintf(`{"id":"%s%d","name":"Tiêu chí %d","max":"1","rule":{"kind":"direct"}}`, prefix, i, i%3))
		}
		s, problems := scoring.ParseSheet([]byte(`{"criteria":[` + strings.Join(all, ",") + `]}`))
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		return s
	}
	before, after := sheet("A"), sheet("B")
	for b.Loop() {
		criteria.Compare(before, after, nil, nil)
	}
}
