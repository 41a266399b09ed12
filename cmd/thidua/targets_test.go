package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func runTargets(t *testing.T, format, in string, files ...string) (out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = (&TargetsCmd{Format: format, Files: files}).Run(&Streams{In: strings.NewReader(in), Out: &o, Err: &e})
	return o.String(), e.String(), err
}

func TestTargetsJSON(t *testing.T) {
	out, errs, err := runTargets(t, "json", "- Tổng thu ngân sách 31.630 tỷ đồng; trong đó thu nội địa 23.820 tỷ đồng; thu từ xuất nhập khẩu 7.810 tỷ đồng.\n", "-")
	if err != nil || errs != "" {
		t.Fatal(err, errs)
	}
	var doc struct {
		Targets []struct {
			ID, Name, Relation, Low, High, Unit string
			Value                               struct{ Amount, Unit string }
			PartOf                              string `json:"part_of"`
			Source                              struct {
				Line int
				Text string
			}
		}
		Checks []struct {
			Kind, Total, Want, Got string
			Parts                  []string
			OK                     bool
		}
		Warnings []any
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Targets) != 3 || doc.Targets[0].Low != "31630" || doc.Targets[0].Value.Amount != "31630000000000" || doc.Targets[2].PartOf != doc.Targets[0].ID || doc.Targets[1].Source.Line != 1 {
		t.Errorf("%+v", doc.Targets)
	}
	if len(doc.Checks) != 1 || !doc.Checks[0].OK || doc.Checks[0].Kind != "sum" || doc.Warnings == nil {
		t.Errorf("%+v", doc)
	}
	for _, empty := range []string{`"base"`, `"by"`, `"approx"`, `"change"`, `"Text"`, `"Args"`} {
		if strings.Contains(out, empty) {
			t.Errorf("%s in %s", empty, out)
		}
	}
}

func TestTargetsTable(t *testing.T) {
	out, errs, err := runTargets(t, "table", "- Tỷ lệ hộ nghèo 1%.\n- Tỷ lệ hộ nghèo 1,2%.\n- GRDP tăng 6,5-7%.\n", "-")
	if err != nil || !strings.Contains(out, "Tỷ lệ hộ nghèo") || !strings.Contains(out, "tăng 6,5–7") {
		t.Error(out, err)
	}
	if !strings.Contains(errs, "dòng 2") || strings.Contains(out, "Lưu ý") {
		t.Errorf("diagnostics belong on standard error: %q", errs)
	}
}

func TestTargetsOfNothing(t *testing.T) {
	out, errs, err := runTargets(t, "json", "Khối thi đua gồm 12 đơn vị.", "-")
	if err != nil || errs != "" || strings.Join(strings.Fields(out), "") != `{"targets":[],"checks":[],"warnings":[]}` {
		t.Error(out, errs, err)
	}
}

func TestTargetsFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.txt"), filepath.Join(dir, "bad.docx")
	for path, text := range map[string]string{good: "Tỷ lệ đô thị hóa 45%", bad: "PK\x03\x04 cut short"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var quiet *silent
	out, errs, err := runTargets(t, "json", "", bad, good, filepath.Join(dir, "none.txt"))
	if !errors.As(err, &quiet) || strings.Count(errs, "thidua:") != 2 || !strings.Contains(errs, "bad.docx") || !strings.Contains(errs, "none.txt") {
		t.Errorf("%q %v", errs, err)
	}
	if !strings.Contains(out, "f2.t1") {
		t.Errorf("the file that can be read is read: %q", out)
	}
	if out, _, err := runTargets(t, "json", "", bad); !errors.As(err, &quiet) || out != "" {
		t.Errorf("%q %v", out, err)
	}
}

func TestResultsCommand(t *testing.T) {
	var o, e bytes.Buffer
	in := "Sở A thu hút được 11 dự án với tổng vốn đăng ký 1,527 tỷ USD và 1.283 tỷ đồng."
	if err := (&ResultsCmd{Format: "json", Files: []string{"-"}}).Run(&Streams{In: strings.NewReader(in), Out: &o, Err: &e}); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Rows []struct {
			Unit, Indicator, Low string
			Measure              string `json:"unit_of_measure"`
		}
	}
	if err := json.Unmarshal(o.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Rows) != 3 || doc.Rows[0].Unit != "Sở A" || doc.Rows[1].Measure != "tỷ USD" || doc.Rows[2].Low != "1283" {
		t.Errorf("%+v", doc.Rows)
	}
	o.Reset()
	if err := (&ResultsCmd{Format: "table", Files: []string{"-"}}).Run(&Streams{In: strings.NewReader(in), Out: &o, Err: &e}); err != nil || !strings.Contains(o.String(), "1.283") {
		t.Error(o.String(), err)
	}
	if err := (&ResultsCmd{Format: "table", Files: []string{"/no/such/file"}}).Run(&Streams{Out: &o, Err: &e}); err == nil {
		t.Error("a missing file is no success")
	}
}

// endless is a line without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestTargetsOfALineWithoutEnd(t *testing.T) {
	var o, e bytes.Buffer
	var quiet *silent
	err := (&TargetsCmd{Format: "json", Files: []string{"-"}}).Run(&Streams{In: endless{}, Out: &o, Err: &e})
	if !errors.As(err, &quiet) || o.Len() > 0 || !strings.Contains(e.String(), "64 MB") {
		t.Errorf("%q %q %v", o.String(), e.String(), err)
	}
}
