package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// A ladder, a cap, a knock-out and a hold in every form of output.
const gradedDocument = `{"criteria": [{"id": "A", "name": "Kết quả", "max": "100", "rule": {"kind": "formula", "expression": "điểm_tối_đa * thực_hiện / cao_nhất_cụm(thực_hiện)"}}],
 "grades": [{"id": "xs", "name": "Xuất sắc", "from": "95", "no_zero": true}, {"id": "tot", "name": "Tốt", "from": "80", "to": "95"}, {"id": "con-lai", "name": "Hoàn thành", "otherwise": true}],
 "caps": [{"id": "kt", "name": "Lãnh đạo bị khiển trách", "grade": "tot"}],
 "knockouts": [{"id": "gu", "name": "Không ký giao ước"}], "holds": [{"id": "tt", "name": "Đang thanh tra"}],
 "units": [{"id": "u1", "name": "Đơn vị Một"}, {"id": "u2", "name": "Đơn vị Hai"}, {"id": "u3", "name": "Đơn vị Ba"}, {"id": "u4", "name": "Đơn vị Bốn"}],
 "values": {"u1": {"A": {"actual": "50"}, "kt": {"applies": "true"}}, "u2": {"A": {"actual": "40"}}, "u3": {"A": {"actual": "45"}, "tt": {"applies": "true"}}, "u4": {"A": {"actual": "20"}, "gu": {"applies": "true"}}}}`

func TestScoreGrades(t *testing.T) {
	out, diag, err := score(t, "json", gradedDocument)
	if err != nil || diag != "" {
		t.Fatalf("%v, %s", err, diag)
	}
	var got struct {
		Final bool
		Units []struct {
			Total string
			Rank  int
			Grade struct {
				ID, Why string
				Caps    []string
			}
			KnockedOut []string `json:"knocked_out"`
			Held       []string
			RankWhy    string `json:"rank_why"`
			Items      []struct{ Why string }
		}
		Warnings, Errors []struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Units) != 4 {
		t.Fatalf("%v\n%s", err, out)
	}
	if u := got.Units[0]; u.Rank != 1 || u.Total != "100" || u.Grade.ID != "tot" || len(u.Grade.Caps) != 1 || u.Items[0].Why != "100 × 50/50 = 100" {
		t.Errorf("%+v", u)
	}
	if u := got.Units[1]; u.Rank != 2 || u.Grade.ID != "tot" || u.Held != nil {
		t.Errorf("%+v", u)
	}
	if u := got.Units[2]; u.Rank != 0 || len(u.Held) != 1 || u.RankWhy != "Tạm giữ, chưa xếp hạng: Đang thanh tra. Nếu được xét thì ở hạng 2." {
		t.Errorf("%+v", u)
	}
	if u := got.Units[3]; u.Rank != 0 || len(u.KnockedOut) != 1 || u.Grade.ID != "con-lai" {
		t.Errorf("%+v", u)
	}
	if got.Final || len(got.Errors) != 0 || len(got.Warnings) == 0 || got.Warnings[0].Code != "grade_gap" {
		t.Errorf("final %v, warnings %v, errors %v", got.Final, got.Warnings, got.Errors)
	}

	table, diag, err := score(t, "table", gradedDocument)
	if err != nil || !strings.Contains(diag, "Lưu ý: điểm 95 mà không đạt điều kiện kèm theo thì bị xếp “Hoàn thành”") {
		t.Fatalf("%v, %s", err, diag)
	}
	var order []int
	for _, name := range []string{"Đơn vị Một", "Đơn vị Hai", "Đơn vị Ba", "Đơn vị Bốn"} {
		order = append(order, strings.Index(table, name))
	}
	for i := 1; i < len(order); i++ {
		if order[i] < order[i-1] {
			t.Errorf("ranked first, then held, then knocked out:\n%s", table)
		}
	}
	for _, want := range []string{"Xếp loại", "Tốt", "–", "Hạ xuống Tốt vì: Lãnh đạo bị khiển trách.", "Không được xét: Không ký giao ước."} {
		if !strings.Contains(table, want) {
			t.Errorf("no %q in\n%s", want, table)
		}
	}
	if out, _, err := score(t, "xlsx", gradedDocument); err != nil || len(out) == 0 {
		t.Error(err)
	}
}
