package web

import (
	"net/http/httptest"
	"testing"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Codes of rows are said in words, in either language; what is no code stays.
func TestTheLedgerSaysCodesInWords(t *testing.T) {
	for _, one := range []struct{ table, column, code, vi, en string }{
		{"meeting", "state", "open", "Đang họp", "In session"},
		{"draft", "state", "open", "đang soạn", "being written"},
		{"attendance", "status", "absent", "Vắng mặt", "Absent"},
		{"cluster_year", "state", "drafting", "Soạn thảo", "Drafting"},
		{"term", "basis", "elected", "được bầu", "elected"},
		{"cluster_year", "basis", "Quyết định 42/QĐ-UBND", "", ""},
		{"figure", "period", "Y", "Cả năm", "Full year"},
		{"covenant_target", "relation", ">=", "ít nhất", "at least"},
		{"account", "name", "open", "", ""},
	} {
		for lang, want := range map[locale.Lang]string{locale.Vietnamese: one.vi, locale.English: one.en} {
			q := &Req{R: httptest.NewRequest("GET", "/", nil), Lang: lang}
			if got := decoded(q, one.table, one.column, one.code); got != want {
				t.Errorf("%s.%s %q in %s: %q, want %q", one.table, one.column, one.code, lang, got, want)
			}
		}
	}
	q := &Req{R: httptest.NewRequest("GET", "/", nil), Lang: locale.Vietnamese}
	if got := inputsSaid(q, `{"actual":"1250.5","passed":"true"}`); got != "kết quả: 1.250,5; đạt: có" {
		t.Errorf("inputs: %q", got)
	}
}
