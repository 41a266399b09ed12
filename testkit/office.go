package testkit

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Convert opens a file in LibreOffice and saves it in another form ("pdf",
// "docx", "xlsx", "txt:Text", …); it returns the path of the result, in a
// folder of the test. A file that LibreOffice cannot open fails the test.
func Convert(t testing.TB, file, form string) string {
	t.Helper()
	soffice := Program(t, "soffice")
	// Its own profile lets several run at once and touches nobody's settings.
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--norestore", "--nolockcheck", "--convert-to", form, "--outdir", out, file)
	cmd.Env = append(os.Environ(), "HOME="+dir)
	cmd.WaitDelay = 5 * time.Second
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice on %s: %v\n%s", file, err, said)
	}
	ext, _, _ := strings.Cut(form, ":")
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + "." + ext
	path := filepath.Join(out, name)
	if _, err := os.Stat(path); err != nil { // it ends with 0 on a file it cannot read
		t.Fatalf("LibreOffice could not make %s of %s:\n%s", name, file, said)
	}
	return path
}

// PDFText is the text of a PDF file, laid out as on the pages.
func PDFText(t testing.TB, file string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), Program(t, "pdftotext"), "-layout", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext on %s: %v", file, err)
	}
	return string(out)
}

// PDFPages draws the pages of a PDF file as build/shots/NAME-1.png and so on,
// 100 pixels an inch, and returns their paths.
func PDFPages(t testing.TB, file, name string) []string {
	t.Helper()
	prefix := filepath.Join(Root(t), "build", "shots", name)
	if err := os.MkdirAll(filepath.Dir(prefix), 0o755); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), Program(t, "pdftoppm"), "-png", "-r", "100", file, prefix).CombinedOutput()
	if err != nil {
		t.Fatalf("pdftoppm on %s: %v\n%s", file, err, said)
	}
	pages, err := filepath.Glob(fmt.Sprintf("%s-*.png", prefix))
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
