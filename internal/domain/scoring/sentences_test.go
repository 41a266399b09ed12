package scoring

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Rules hand their sentences to a function that they are given, where no reader
// of the whole product's source finds them; here every Vietnamese text counts.
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
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil || !strings.Contains(text, " ") && strings.Contains(text, "_") || !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) }) {
				return true
			}
			found++
			if !locale.Known(text) {
				t.Errorf("%s: %q has no English", name, text)
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("only %d sentences found", found)
	}
}

func TestOneIsSaidInEnglish(t *testing.T) {
	if got := locale.English.T("mục thứ {.n} phải là mã tiêu chí trong dấu nháy kép.", "n", 1); got != "item 1 must be the id of a criterion in double quotes." {
		t.Error(got)
	}
}
