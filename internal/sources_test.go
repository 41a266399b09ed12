package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is a parsed Go file of the product: no test, nothing that serves tests.
type source struct {
	path string // inside the module, with slashes
	fset *token.FileSet
	file *ast.File
}

func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(n.Pos()).Line)
}

// qualifier gives, for "time.Now", the import path that "time" stands for.
func (s source) qualifier(sel *ast.SelectorExpr) string {
	id, ok := sel.X.(*ast.Ident)
	if !ok || id.Obj != nil { // a variable of that name hides the package
		return ""
	}
	for _, imp := range s.file.Imports {
		path := strings.Trim(imp.Path.Value, `"`)
		name := path[strings.LastIndex(path, "/")+1:]
		if imp.Name != nil {
			name = imp.Name.Name
		}
		if name == id.Name {
			return path
		}
	}
	return ""
}

func parse(path, text string) (source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, text, 0)
	return source{path, fset, file}, err
}

// sources are the product's Go files under the folders, which are paths inside
// the module.
func sources(t *testing.T, folders ...string) []source {
	t.Helper()
	var all []source
	for _, folder := range folders {
		root := filepath.Join("..", filepath.FromSlash(folder))
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			in := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
			if d.IsDir() {
				if in != folder && forTests(in) || d.Name() == "testdata" {
					return fs.SkipDir
				}
				return nil
			}
			if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			s, err := parse(in, string(text))
			if err != nil {
				return err
			}
			all = append(all, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) == 0 {
		t.Fatalf("no sources under %v", folders)
	}
	return all
}

// The clock is injected: only its package asks the system for the time.
const clockFolder = "internal/platform/clock/"

func readsTheClock(s source) (found []string) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) && s.qualifier(sel) == "time" {
			found = append(found, s.at(n)+" asks the system's clock (time."+sel.Sel.Name+"): take a clock.Clock")
		}
		return true
	})
	return found
}

func TestOnlyTheClockReadsTheTime(t *testing.T) {
	for _, s := range sources(t, "cmd", "internal") {
		if strings.HasPrefix(s.path, clockFolder) {
			continue
		}
		for _, found := range readsTheClock(s) {
			t.Error(found)
		}
	}
}

// floatWords are the names by which floats come into Go code.
var floatWords = []string{
	"float32", "float64", "complex64", "complex128",
	"ParseFloat", "FormatFloat", "AppendFloat",
	"Float32", "Float64", "InexactFloat64", "NewFromFloat", "NewFromFloat32", "SetFloat64",
}

func usesFloats(s source) (found []string) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if slices.Contains(floatWords, n.Name) {
				found = append(found, s.at(n)+" uses "+n.Name)
			}
		case *ast.SelectorExpr:
			path, name := s.qualifier(n), n.Sel.Name
			limit := strings.HasPrefix(name, "Max") || strings.HasPrefix(name, "Min") // math.MaxInt64
			if path == "math" && !limit || path == "math/big" && name == "Float" {
				found = append(found, s.at(n)+" uses "+path+"."+name)
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || n.Kind == token.IMAG {
				found = append(found, s.at(n)+" has the float "+n.Value)
			}
		}
		return true
	})
	return found
}

// floatsAllowed are files of the domain that may use floats, each with its
// reason. None of them may touch points, money or targets.
var floatsAllowed = map[string]string{}

// TestNoFloats: a float cannot hold 0.3, and a point is never "about" anything.
func TestNoFloats(t *testing.T) {
	unused := map[string]bool{}
	for file := range floatsAllowed {
		unused[file] = true
	}
	for _, s := range sources(t, "internal/domain", "internal/platform/points") {
		found := usesFloats(s)
		if len(found) > 0 && floatsAllowed[s.path] != "" {
			delete(unused, s.path)
			continue
		}
		for _, f := range found {
			t.Error(f)
		}
	}
	for file := range unused {
		t.Errorf("%s uses no float any more: take it off the list", file)
	}
}

// TestTheSearchesFind holds the searches to sources that they must see.
func TestTheSearchesFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		search     func(source) []string
		want       int
	}{
		{"now", "package p\nimport \"time\"\nvar a = time.Now()", readsTheClock, 1},
		{"since, renamed", "package p\nimport x \"time\"\nfunc f(t x.Time) { _ = x.Since(t) }", readsTheClock, 1},
		{"as a value", "package p\nimport \"time\"\nvar now = time.Now", readsTheClock, 1},
		{"a clock", "package p\nfunc f(time interface{ Now() int }) { time.Now() }", readsTheClock, 0},
		{"type", "package p\nvar a float64", usesFloats, 1},
		{"literal", "package p\nvar a = 0.5", usesFloats, 1},
		{"method", "package p\nfunc f(r interface{ Float64() int }) { r.Float64() }", usesFloats, 2},
		{"math", "package p\nimport \"math\"\nvar a = math.Round(1)", usesFloats, 1},
		{"big.Float", "package p\nimport \"math/big\"\nvar a big.Float", usesFloats, 1},
		{"limits and rationals", "package p\nimport (\"math\"; \"math/big\")\nvar a, b = int64(math.MaxInt64), big.NewRat(1, 2)", usesFloats, 0},
	} {
		s, err := parse(c.name, c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.search(s); len(got) != c.want {
			t.Errorf("%s: found %v, want %d", c.name, got, c.want)
		}
	}
}
