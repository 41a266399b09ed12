package formula_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/thidua/thidua/internal/platform/locale"
)

// The parser hands its sentences on through a function of its own, where no
// reader of the whole product's source finds them; here every sentence counts.
func TestEverySentenceHasItsEnglish(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, arg := range call.Args {
				lit, ok := arg.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil || !strings.Contains(text, " ") || strings.TrimSpace(text) == "" || len(text) < 12 {
					continue
				}
				found++
				if !locale.Known(text) {
					t.Errorf("%s: %q has no English", name, text)
				}
			}
			return true
		})
	}
	if found < 30 {
		t.Errorf("only %d sentences found", found)
	}
}
