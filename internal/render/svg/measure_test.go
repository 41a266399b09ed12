package svg

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestPlainTextIsCleanText: the short cut of clean takes no text that the long
// way would change.
func TestPlainTextIsCleanText(t *testing.T) {
	for r := range rune(0x3000) {
		for _, s := range []string{string(r), "a" + string(r), "a" + string(r) + "b"} {
			if plain(s) && (norm.NFC.String(s) != s || strings.Join(strings.Fields(s), " ") != s) {
				t.Errorf("%q is taken as it is", s)
			}
		}
	}
	for s, want := range map[string]bool{"Thu ngân sách: ơ ư ệ": true, " a": false, "a ": false, "a  b": false, "": false, norm.NFD.String("ệ"): false, "a\nb": false, "a\u202eb": false} {
		if plain(s) != want {
			t.Errorf("plain(%q) is %v", s, !want)
		}
	}
}
