// Package internal_test keeps the house's shape: which floor may import which,
// which rooms are pure, and what no source may do.
package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/thidua/thidua"

// listed is a package as `go list -deps` tells it.
type listed struct {
	ImportPath string
	Imports    []string // of the package itself, without its tests
	Deps       []string // transitive
	Standard   bool
}

// modulePackages are the packages of this module, by path inside it
// ("internal/web"). With -e one that does not compile hides no other; that it
// does not compile is the compiler's to tell.
func modulePackages(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-json=ImportPath,Imports,Deps,Standard", module+"/...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	packages := map[string]listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if in, ok := inModule(p.ImportPath); ok {
			packages[in] = p
		}
	}
	if len(packages) < 5 {
		t.Fatalf("go list found %d packages of the module", len(packages))
	}
	return packages
}

func inModule(importPath string) (string, bool) {
	in, ok := strings.CutPrefix(importPath, module+"/")
	return in, ok
}

// floor is the part of the house that a package belongs to: "internal/web/x" is "web".
func floor(in string) string {
	parts := strings.Split(in, "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[1]
	}
	return parts[0]
}

// below names, for each floor, the floors that it may import besides itself.
// render stands beside: it turns values into bytes and knows no room.
var below = map[string][]string{
	"cmd":      {"app", "web", "api", "render", "domain", "platform"},
	"app":      {"web", "api", "render", "domain", "platform"},
	"web":      {"render", "domain", "platform"},
	"api":      {"render", "domain", "platform"},
	"domain":   {"platform"}, // and render from the room of documents: see allowed
	"render":   {"platform"},
	"platform": {},
	"testkit":  {},
	"tools":    {},
	"docs":     {"app", "web", "api", "render", "domain", "platform"}, // snippets that must compile
}

const documents = "internal/domain/document"

func within(in, dir string) bool { return in == dir || strings.HasPrefix(in, dir+"/") }

// forTests tells whether a package serves tests alone: testkit, this package,
// and packages named as Go names them (httptest, dbtest).
func forTests(in string) bool {
	return in == "internal" || within(in, "testkit") || within(in, "e2e") || strings.HasSuffix(path.Base(in), "test")
}

// allowed tells why from may not import to; "" when it may.
func allowed(from, to string) string {
	ff, tf := floor(from), floor(to)
	if forTests(to) && !forTests(from) {
		return "only tests, and packages for tests (…test), may import it"
	}
	if forTests(from) {
		return "" // stands outside the floors; nothing of the product imports it
	}
	if ff == tf || slices.Contains(below[ff], tf) {
		return ""
	}
	if tf == "render" && within(from, documents) {
		return ""
	}
	return ff + " may import " + strings.Join(append([]string{ff}, below[ff]...), ", ") + " only"
}

func TestImportsPointOneWay(t *testing.T) {
	for in, p := range modulePackages(t) {
		if _, known := below[floor(in)]; !known && !forTests(in) {
			t.Errorf("%s belongs to no floor of the house", in)
			continue
		}
		for _, imported := range p.Imports {
			to, ok := inModule(imported)
			if !ok {
				continue
			}
			if why := allowed(in, to); why != "" {
				t.Errorf("%s imports %s: %s", in, to, why)
			}
		}
	}
}

// TestTheRuleItself holds the rule to cases it must decide, so that a mistake
// in it is seen even while the house is clean.
func TestTheRuleItself(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"cmd/thidua", "internal/app", true},
		{"internal/app", "internal/web", true},
		{"internal/web", "internal/app", false},
		{"internal/web", "internal/api", false},
		{"internal/api", "internal/web", false},
		{"internal/web", "internal/domain/cluster", true},
		{"internal/domain/cluster", "internal/web", false},
		{"internal/domain/cluster", "internal/domain/org", true},
		{"internal/domain/cluster", "internal/platform/db", true},
		{"internal/platform/db", "internal/domain/org", false},
		{"internal/platform/db", "internal/platform/clock", true},
		{"internal/domain/document", "internal/render/docx", true},
		{"internal/domain/cluster", "internal/render/docx", false},
		{"internal/render/docx", "internal/domain/document", false},
		{"internal/render/docx", "internal/platform/locale", true},
		{"internal/web", "internal/render/sheet", true},
		{"internal/platform/db", "testkit", false},
		{"internal/platform/db/dbtest", "testkit", true},
		{"internal/domain/org", "internal/platform/db/dbtest", false},
		{"testkit/withpostgres", "testkit/pgserver", true},
	} {
		if why := allowed(c.from, c.to); (why == "") != c.ok {
			t.Errorf("%s imports %s: %q, want allowed = %v", c.from, c.to, why, c.ok)
		}
	}
}

// pure rooms compute: the same input gives the same points, ranks and targets,
// on any day and without a database.
var pure = []string{"internal/domain/target", "internal/domain/scoring", "internal/domain/ranking", "internal/domain/formula"}

// impure names what a pure room does not import itself, and whether it may not
// reach it through another package either. A context reaches it through the
// standard library, the clock's Day through locale: those it must only not use.
var impure = map[string]bool{
	"context":                           false,
	module + "/internal/platform/clock": false,
	"database/sql":                      true,
	"net/http":                          true,
	"os/exec":                           true,
	"math/rand":                         false,
	"math/rand/v2":                      false,
	"crypto/rand":                       false,
	"log/slog":                          false,
	module + "/internal/platform/db":    true,
	module + "/internal/platform/queue": true,
	module + "/internal/platform/blob":  true,
	module + "/internal/platform/mail":  true,
}

func TestPureRoomsStayPure(t *testing.T) {
	packages := modulePackages(t)
	seen := 0
	for in, p := range packages {
		if !slices.ContainsFunc(pure, func(room string) bool { return within(in, room) }) {
			continue
		}
		seen++
		for path, transitive := range impure {
			if slices.Contains(p.Imports, path) {
				t.Errorf("%s imports %s, and is to be pure", in, path)
			} else if transitive && slices.Contains(p.Deps, path) {
				t.Errorf("%s reaches %s through what it imports, and is to be pure", in, path)
			}
		}
	}
	if seen == 0 {
		t.Errorf("none of the pure rooms %v exists: were they renamed?", pure)
	}
}
