package draft

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDiffReads(t *testing.T) {
	before := "Điều 1\nTỷ lệ hộ nghèo là 1,1%\nĐiều 2\nBỏ dòng này"
	after := "Điều 1\nTỷ lệ hộ nghèo là 1%\nĐiều 2\nĐiều 3 mới"
	lines := Diff(before, after)
	var shape []string
	for _, l := range lines {
		shape = append(shape, string(l.Sort))
	}
	if got := strings.Join(shape, " "); got != "same changed same removed added" {
		t.Fatalf("got %s", got)
	}
	var words strings.Builder
	for _, p := range lines[1].Pieces {
		switch p.Sort {
		case Same:
			words.WriteString(p.Text)
		case Added:
			words.WriteString("+" + p.Text + "+")
		case Removed:
			words.WriteString("[" + p.Text + "]")
		}
	}
	if got := words.String(); got != "Tỷ lệ hộ nghèo là [1,1]+1+%" {
		t.Errorf("pieces %q", got)
	}
}

// TestDiffTellsBothTexts: whatever the texts, each side can be read back whole,
// in order, with its own line numbers.
func TestDiffTellsBothTexts(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "một hai ba", "một hai bốn", "", "đ 1,1%"}), 1, 12).Draw(t, "lines"), "\n")
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var old, now []string
		for _, l := range Diff(before, after) {
			if l.Sort != Added {
				old = append(old, l.Old)
				if l.Before != len(old) {
					t.Fatalf("line %d is numbered %d", len(old), l.Before)
				}
			}
			if l.Sort != Removed {
				now = append(now, l.New)
				if l.After != len(now) {
					t.Fatalf("line %d is numbered %d", len(now), l.After)
				}
			}
			var o, n strings.Builder
			for _, p := range l.Pieces {
				if p.Sort != Added {
					o.WriteString(p.Text)
				}
				if p.Sort != Removed {
					n.WriteString(p.Text)
				}
			}
			if l.Sort == Changed && (o.String() != l.Old || n.String() != l.New) {
				t.Fatalf("pieces of %q → %q say %q → %q", l.Old, l.New, o.String(), n.String())
			}
		}
		if strings.Join(old, "\n") != before || strings.Join(now, "\n") != after {
			t.Fatalf("read back %q and %q", old, now)
		}
		for _, l := range Diff(before, before) {
			if l.Sort != Same {
				t.Fatalf("a text differs from itself: %+v", l)
			}
		}
	})
}

// TestDiffOfLongTexts: beyond the table's bound it still tells both texts.
func TestDiffOfLongTexts(t *testing.T) {
	var a, b []string
	for i := range 3000 {
		a = append(a, strings.Repeat("x", i%7)+"a")
		b = append(b, strings.Repeat("y", i%7)+"b")
	}
	removed, added := 0, 0
	for _, l := range Diff(strings.Join(a, "\n"), strings.Join(b, "\n")) {
		if l.Before > 0 {
			removed++
		}
		if l.After > 0 {
			added++
		}
	}
	if removed != 3000 || added != 3000 {
		t.Errorf("%d and %d lines", removed, added)
	}
}
