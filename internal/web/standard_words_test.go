package web

import (
	"testing"

	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/locale"
)

// What an installation starts with is data, so no reader of sentences finds it;
// an English reader meets it on every other page.
func TestStandardDataHaveEnglish(t *testing.T) {
	var said []string
	for _, r := range rulebook.Standard() {
		said = append(said, r.Source, r.Note)
	}
	for _, k := range award.StandardKinds() {
		said = append(said, k.Name, k.Short)
	}
	for _, l := range org.StandardLevels() {
		said = append(said, l.Name)
	}
	for _, text := range said {
		if text != "" && !locale.Known(text) {
			t.Errorf("no English for %q", text)
		}
	}
	if got := withUnit(locale.English, "12", "tỷ đồng"); got != "12\u00a0billion dong" {
		t.Errorf("a unit in English: %q", got)
	}
	if got := withUnit(locale.Vietnamese, "12", "tỷ đồng"); got != "12\u00a0tỷ đồng" {
		t.Errorf("a unit in Vietnamese: %q", got)
	}
}
