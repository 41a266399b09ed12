package testkit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConvertAndReadBack(t *testing.T) {
	source := filepath.Join(t.TempDir(), "giao-uoc.html")
	const sentence = "Thu hút đầu tư 93.262 tỷ đồng"
	if err := os.WriteFile(source, []byte(`<meta charset="utf-8"><p>`+sentence+`</p>`), 0o600); err != nil {
		t.Fatal(err)
	}
	text := PDFText(t, Convert(t, Convert(t, source, "odt"), "pdf"))
	if !strings.Contains(text, sentence) {
		t.Errorf("the PDF says %q", text)
	}
}

// TestProgramsAreThere fails on a machine that `make tools` has not prepared.
func TestProgramsAreThere(t *testing.T) {
	for name := range packages {
		Program(t, name)
	}
	Program(t, "postgres")
	Program(t, "initdb")
}

func TestAMissingProgramIsNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := find("belenios-tool")
	if err == nil || !strings.Contains(err.Error(), "belenios-tool is not installed: run `make tools`") {
		t.Errorf("err = %v", err)
	}
}
