// Package testkit is what tests stand on: the programs of the system, a fresh
// PostgreSQL database, a browser. What is missing fails the test with a sentence
// that says how to get it; nothing skips.
//
// Only tests, and packages that serve tests alone (named …test), import it.
package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/thidua/thidua/testkit/pgserver"
)

// packages are the Debian packages of the programs that tests use. A program
// with several names is looked for under each.
var packages = map[string]struct {
	pkg   string
	names []string
}{
	"soffice":       {"libreoffice-writer libreoffice-calc", []string{"soffice", "libreoffice"}},
	"chromium":      {"chromium", []string{"chromium", "chromium-browser", "google-chrome"}},
	"belenios-tool": {"belenios-tool", nil},
	"pdftotext":     {"poppler-utils", nil},
	"pdftoppm":      {"poppler-utils", nil},
	"pdfinfo":       {"poppler-utils", nil},
	"pdffonts":      {"poppler-utils", nil},
	"pdfsig":        {"poppler-utils", nil},
}

// Program is the path of a program of the system; a missing one fails the test.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := find(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func find(name string) (string, error) {
	if name == "postgres" || name == "initdb" {
		bin, err := pgserver.Bin()
		return filepath.Join(bin, name), err
	}
	p, known := packages[name]
	names := p.names
	if names == nil {
		names = []string{name}
	}
	for _, n := range names {
		if path, err := exec.LookPath(n); err == nil {
			return path, nil
		}
	}
	if !known {
		return "", fmt.Errorf("%s is not installed", name)
	}
	return "", fmt.Errorf("%s is not installed: run `make tools`, or install the package %s", name, p.pkg)
}

// Root is the folder of the module, where go.mod is.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var root = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", os.ErrNotExist
		}
		dir = up
	}
})
