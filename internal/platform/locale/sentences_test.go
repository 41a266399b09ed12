package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/thidua/thidua"

// sentence is a text that a person will read, and where it stands.
type sentence struct {
	text  string
	place string   // file:line
	names []string // of the values given to it, where the source shows them all
	known bool     // whether names is complete
}

// speaker is a function that takes a sentence: which argument it is, and whether
// the names and values of the placeholders follow it.
type speaker struct {
	arg   int
	pairs bool
}

// speakers are the functions that a sentence reaches a person through, as
// "import path.name". A function that hands its own parameter on to one of them
// becomes one as well: see wrappers.
func speakers() map[string]speaker {
	return map[string]speaker{
		module + "/internal/platform/fault.New":   {1, true},
		module + "/internal/platform/fault.Wrong": {1, true},
		module + "/internal/platform/locale.Msg":  {0, true},
	}
}

// methods are the same for methods, whatever they hang on.
var methods = map[string]speaker{"T": {0, true}, "Say": {0, false}, "Msg": {0, true}}

// texts are the composite literals whose field Text is a sentence.
var texts = map[string]bool{
	module + "/internal/platform/fault.Error": true,
	module + "/internal/platform/locale.Text": true,
}

// code is the product's Go source: everything but tests and what serves them.
type code struct {
	fset     *token.FileSet
	files    []goFile
	consts   map[string]string // "import path.name" → its text
	speakers map[string]speaker
}

type goFile struct {
	pkg     string // import path
	file    *ast.File
	imports map[string]string // name in the file → import path
}

func readCode(t *testing.T, root string) *code {
	t.Helper()
	c := &code{fset: token.NewFileSet(), consts: map[string]string{}, speakers: speakers()}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		in, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		in = filepath.ToSlash(in)
		if d.IsDir() {
			base := d.Name()
			if in != "." && (strings.HasPrefix(base, ".") || strings.HasSuffix(base, "test")) ||
				in == "testkit" || in == "e2e" || in == "build" || base == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(in, ".go") || strings.HasSuffix(in, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return c.add(in, string(text))
	})
	if err != nil {
		t.Fatal(err)
	}
	c.wrappers()
	return c
}

// readCodeFrom is readCode for sources given as path → text.
func readCodeFrom(t *testing.T, files map[string]string) *code {
	t.Helper()
	c := &code{fset: token.NewFileSet(), consts: map[string]string{}, speakers: speakers()}
	for in, text := range files {
		if err := c.add(in, text); err != nil {
			t.Fatal(err)
		}
	}
	c.wrappers()
	return c
}

func (c *code) add(in, text string) error {
	file, err := parser.ParseFile(c.fset, in, text, 0)
	if err != nil {
		return err
	}
	f := goFile{pkg: module + "/" + path.Dir(in), file: file, imports: map[string]string{}}
	for _, imp := range file.Imports {
		p := strings.Trim(imp.Path.Value, `"`)
		name := path.Base(p)
		if imp.Name != nil {
			name = imp.Name.Name
		}
		f.imports[name] = p
	}
	c.files = append(c.files, f)
	for _, decl := range file.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.CONST {
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				for i, id := range v.Names {
					if i < len(v.Values) {
						if s, ok := c.text(f, v.Values[i]); ok {
							c.consts[f.pkg+"."+id.Name] = s
						}
					}
				}
			}
		}
	}
	return nil
}

// text evaluates a string expression of literals, constants and +.
func (c *code) text(f goFile, e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return c.text(f, e.X)
	case *ast.BinaryExpr:
		x, okX := c.text(f, e.X)
		y, okY := c.text(f, e.Y)
		return x + y, okX && okY && e.Op == token.ADD
	case *ast.Ident, *ast.SelectorExpr:
		s, ok := c.consts[f.name(e)]
		return s, ok
	}
	return "", false
}

// name is "import path.name" of an identifier of the package or of an imported one.
func (f goFile) name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return f.pkg + "." + e.Name
	case *ast.SelectorExpr:
		if id, ok := e.X.(*ast.Ident); ok && id.Obj == nil && f.imports[id.Name] != "" {
			return f.imports[id.Name] + "." + e.Sel.Name
		}
		return "" // a field or a method
	}
	return ""
}

func (c *code) speaker(f goFile, call *ast.CallExpr) (speaker, bool) {
	if s, ok := c.speakers[f.name(call.Fun)]; ok {
		return s, len(call.Args) > s.arg
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || f.name(sel) != "" {
		return speaker{}, false
	}
	s, ok := methods[sel.Sel.Name]
	if !ok { // a method of this package that hands its parameter on
		s, ok = c.speakers[f.pkg+".."+sel.Sel.Name]
	}
	return s, ok && len(call.Args) > s.arg
}

// wrappers makes speakers of the functions that hand a parameter on as a
// sentence, until no more are found: refuse(text) that calls fault.New(…, text).
func (c *code) wrappers() {
	for grown := true; grown; {
		grown = false
		learn := func(f goFile, name string, typ *ast.FuncType, body *ast.BlockStmt) {
			params := map[string]int{}
			n := 0
			for _, field := range typ.Params.List {
				for _, id := range field.Names {
					params[id.Name] = n
					n++
				}
			}
			ast.Inspect(body, func(node ast.Node) bool {
				call, ok := node.(*ast.CallExpr)
				if !ok {
					return true
				}
				s, ok := c.speaker(f, call)
				if !ok {
					return true
				}
				id, ok := call.Args[s.arg].(*ast.Ident)
				if !ok {
					return true
				}
				if i, ok := params[id.Name]; ok {
					if _, had := c.speakers[name]; !had {
						c.speakers[name] = speaker{arg: i}
						grown = true
					}
				}
				return true
			})
		}
		for _, f := range c.files {
			ast.Inspect(f.file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					name := f.pkg + "." + n.Name.Name
					if n.Recv != nil {
						name = f.pkg + ".." + n.Name.Name
					}
					if n.Body != nil {
						learn(f, name, n.Type, n.Body)
					}
				case *ast.AssignStmt: // wrong := func(text string) …
					for i, right := range n.Rhs {
						lit, isFunc := right.(*ast.FuncLit)
						id, isName := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.Ident)
						if isFunc && isName {
							learn(f, f.pkg+"."+id.Name, lit.Type, lit.Body)
						}
					}
				}
				return true
			})
		}
	}
}

// sentences are all that the code says to people.
func (c *code) sentences() []sentence {
	var all []sentence
	for _, f := range c.files {
		add := func(e ast.Expr) *sentence {
			text, ok := c.text(f, e)
			if !ok || text == "" {
				return nil
			}
			p := c.fset.Position(e.Pos())
			all = append(all, sentence{text: text, place: p.Filename + ":" + strconv.Itoa(p.Line)})
			return &all[len(all)-1]
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if s, ok := c.speaker(f, n); ok {
					if said := add(n.Args[s.arg]); said != nil && s.pairs {
						said.names, said.known = c.names(f, n, s.arg+1)
					}
				}
			case *ast.CompositeLit:
				if texts[f.name(n.Type)] {
					for i, el := range n.Elts {
						if kv, ok := el.(*ast.KeyValueExpr); !ok {
							if i == 0 {
								add(el)
							}
						} else if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Text" {
							add(kv.Value)
						}
					}
				}
			case *ast.BasicLit:
				// What a page holds in its tables is said through a variable, so
				// on the floor of pages every Vietnamese text counts.
				if strings.HasPrefix(f.pkg, module+"/internal/web") && n.Kind == token.STRING {
					if text, err := strconv.Unquote(n.Value); err == nil && vietnamese(text) && !c.partOfMore(f, n) {
						add(n)
					}
				}
			}
			return true
		})
	}
	return all
}

// partOfMore tells whether the literal is joined with another by +: then the
// whole is the sentence, found where it is said.
func (c *code) partOfMore(f goFile, lit *ast.BasicLit) bool {
	part := false
	ast.Inspect(f.file, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.ADD && b.Pos() <= lit.Pos() && lit.End() <= b.End() {
			part = true
		}
		return !part
	})
	return part
}

// names are the placeholder names of a call's pairs; false when a name is no
// literal or the pairs come in a slice.
func (c *code) names(f goFile, call *ast.CallExpr, from int) ([]string, bool) {
	if call.Ellipsis.IsValid() {
		return nil, false
	}
	var names []string
	for i := from; i < len(call.Args); i += 2 {
		name, ok := c.text(f, call.Args[i])
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}
