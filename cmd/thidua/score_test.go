package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/thidua/thidua/internal/platform/fault"
)

const scoreDocument = `{"rounding": {"scale": 2, "at": "criterion"},
 "criteria": [{"id": "A", "name": "Kinh tế", "max": "43", "children": [
    {"id": "A1", "name": "Thu ngân sách", "max": "40", "rule": {"kind": "ratio"}},
    {"id": "A2", "name": "Tăng trưởng", "max": "3", "rule": {"kind": "steps", "measure": "actual", "base": "1", "from": "7", "per": "0.5", "add": "0.25", "side": "above"}}]}],
 "bonus": [{"id": "B1", "name": "Điểm thưởng", "clamp": "3", "rank": true}],
 "ties": ["A1", "A2"],
 "units": [{"id": "u1", "name": "Đơn vị Một"}, {"id": "u2", "name": "Đơn vị Hai"}],
 "values": {"u1": {"A1": {"target": "1250", "actual": "1105"}, "A2": {"actual": "8.2"}, "B1": {"points": "2"}},
            "u2": {"A1": {"target": "100", "actual": "100"}, "A2": {"actual": "6"}}}}`

// score runs the command on a document given on standard input.
func score(t *testing.T, format, doc string) (out, diag string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = (&ScoreCmd{Format: format, File: "-"}).Run(&Streams{In: strings.NewReader(doc), Out: &o, Err: &e})
	return o.String(), e.String(), err
}

func TestScoreJSON(t *testing.T) {
	out, diag, err := score(t, "json", scoreDocument)
	if err != nil || diag != "" {
		t.Fatalf("%v, %s", err, diag)
	}
	var got struct {
		Units []struct {
			ID, Total string
			Rank      int
			Tied      bool
			Items     []struct{ ID, Points, Why string }
		}
		Errors []any
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Errors == nil || len(got.Errors) != 0 || len(got.Units) != 2 {
		t.Fatal(out)
	}
	u := got.Units[0]
	if u.ID != "u1" || u.Total != "38.96" || u.Rank != 2 || u.Tied || len(u.Items) != 3 || got.Units[1].Total != "41" || got.Units[1].Rank != 1 {
		t.Error(out)
	}
	if i := u.Items[0]; i.ID != "A1" || i.Points != "35.36" || i.Why != "40 × 1105/1250 = 35.36" {
		t.Errorf("%+v", i)
	}
	if i := u.Items[2]; i.ID != "B1" || i.Points != "2" {
		t.Errorf("%+v", i)
	}
}

func TestScoreTable(t *testing.T) {
	out, _, err := score(t, "table", scoreDocument)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Hạng", "41,00", "38,96", "40 × 1.105/1.250 = 35,36", "Xếp theo tổng điểm: 41."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Index(out, "Đơn vị Hai") > strings.Index(out, "Đơn vị Một") {
		t.Errorf("not in order of rank:\n%s", out)
	}
}

func TestScoreWorkbook(t *testing.T) {
	out, _, err := score(t, "xlsx", scoreDocument)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if len(f.GetSheetList()) != 2 {
		t.Fatal(f.GetSheetList())
	}
	rows, err := f.GetRows(f.GetSheetList()[0], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if last := strings.Join(rows[len(rows)-1], "|"); !strings.HasPrefix(last, "2|Đơn vị Một|36.96|35.36|1.6|2|38.96|") {
		t.Error(last)
	}
}

func TestScoreRefusesAWrongSheet(t *testing.T) {
	wrong := strings.NewReplacer(`"max": "43"`, `"max": "44"`, `"8.2"`, `"x"`, `"points": "2"`, `"points": "-2"`, `"kind": "ratio"`, `"kind": "nope"`).Replace(scoreDocument)
	out, diag, err := score(t, "json", wrong)
	if _, ok := err.(*silent); !ok || diag != "" {
		t.Fatalf("%v, %s", err, diag)
	}
	var got struct {
		Units  []any
		Errors []struct{ Code, Unit, Criterion, Field, Message string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Units == nil || len(got.Units) != 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	found := map[string]bool{}
	for _, e := range got.Errors {
		found[e.Criterion+"/"+e.Unit+"/"+e.Field] = e.Message != ""
	}
	for _, want := range []string{"A//max", "A1//kind", "A2/u1/actual", "B1/u1/points"} {
		if !found[want] {
			t.Errorf("nothing about %s in\n%s", want, out)
		}
	}
	for _, format := range []string{"table", "xlsx"} {
		out, diag, err := score(t, format, wrong)
		if _, ok := err.(*silent); !ok || out != "" || strings.Count(diag, "\n") != len(got.Errors)+1 {
			t.Errorf("%s: %v, out %q, diagnostics\n%s", format, err, out, diag)
		}
	}
}

func TestScoreFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bang.json")
	if err := os.WriteFile(path, []byte("\ufeff"+scoreDocument), 0o600); err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	if err := (&ScoreCmd{Format: "json", File: path}).Run(&Streams{Out: &o, Err: &e}); err != nil || o.Len() == 0 {
		t.Errorf("%v, %s", err, e.String())
	}
	for _, c := range []struct {
		file, in string
		code     fault.Code
	}{
		{"bang.xlsx", "", fault.Invalid},
		{"-", "PK\x03\x04…", fault.Invalid},
		{filepath.Join(t.TempDir(), "none.json"), "", fault.NotFound},
	} {
		err := (&ScoreCmd{Format: "json", File: c.file}).Run(&Streams{In: strings.NewReader(c.in), Out: &o, Err: &e})
		if !fault.Is(err, c.code) {
			t.Errorf("%s: %v", c.file, err)
		}
	}
}
