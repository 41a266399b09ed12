package vntext_test

import (
	"bytes"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/vntext"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Sở Công Thương":      "so cong thuong",
		"ĐƯỜNG  đê\tđiều":     "duong de dieu",
		"Cục  Dự trữ ":        "cuc du tru",
		"":                    "",
		"Quỹ ĐTPT – Bắc Ninh": "quy dtpt – bac ninh",
	} {
		if got := vntext.Fold(in); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
		if got := vntext.Fold(norm.NFD.String(in)); got != want {
			t.Errorf("%q in NFD folds to %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	if got := vntext.Clean("  a\x00b\r\nc\u0007\xff\td  "); got != "ab\nc\td" {
		t.Errorf("%q", got)
	}
	if got := vntext.Clean("A\x00\u0300"); got != "À" {
		t.Errorf("a letter and its mark with a control character between: %q", got)
	}
	if got := vntext.Line(" hai \n dòng\t chữ "); got != "hai dòng chữ" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := vntext.Clean(s)
		if vntext.Clean(once) != once {
			t.Fatalf("cleaning %q twice gives something else", s)
		}
	})
}

func TestKeysSortAsVietnameseDoes(t *testing.T) {
	want := []string{"Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Băng", "Bâng", "Da", "Đa"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return bytes.Compare(vntext.Key(a), vntext.Key(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
}
