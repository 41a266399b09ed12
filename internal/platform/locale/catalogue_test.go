package locale

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"
)

const root = "../../.."

// TestEverySentenceIsTranslated lists, all at once, what an English reader
// would read in Vietnamese.
func TestEverySentenceIsTranslated(t *testing.T) {
	all := append(readCode(t, root).sentences(), templateSentences(t, root)...)
	if len(all) < 5 {
		t.Fatalf("only %d sentences found in the whole product", len(all))
	}
	places := map[string][]string{}
	var missing []string
	for _, s := range all {
		if !Known(s.text) && !slices.Contains(sameInBoth, s.text) {
			if places[s.text] == nil {
				missing = append(missing, s.text)
			}
			places[s.text] = append(places[s.text], s.place)
		}
	}
	if len(missing) == 0 {
		return
	}
	slices.SortStableFunc(missing, func(a, b string) int { return strings.Compare(places[a][0], places[b][0]) })
	var b strings.Builder
	for _, text := range missing {
		fmt.Fprintf(&b, "  %s: %s\n", strings.Join(slices.Compact(places[text]), ", "), strconv.Quote(text))
	}
	t.Errorf("%d sentences have no English in internal/platform/locale/en/*.json:\n%s", len(missing), b.String())
}

// sameInBoth are names that stay as they are in either language.
var sameInBoth = []string{"Tiếng Việt", "Cốc Cốc"}

// TestPlaceholdersGetTheirValues: a name that nobody gives would be printed as
// <no value>.
func TestPlaceholdersGetTheirValues(t *testing.T) {
	for _, s := range readCode(t, root).sentences() {
		if !s.known {
			continue
		}
		for _, name := range placeholders(s.text) {
			if !slices.Contains(s.names, name) {
				t.Errorf("%s: {.%s} of %q gets no value", s.place, name, s.text)
			}
		}
		for _, name := range s.names {
			if !slices.Contains(placeholders(s.text), name) {
				t.Errorf("%s: %q has no {.%s}, and a value is given for it", s.place, s.text, name)
			}
		}
	}
}

// TestTranslationsAgree: the English uses only what the Vietnamese has, and two
// rooms do not translate one sentence in two ways.
func TestTranslationsAgree(t *testing.T) {
	files, err := fs.Glob(catalogues, "en/*.json")
	if err != nil {
		t.Fatal(err)
	}
	type translation struct {
		file string
		entry
	}
	seen := map[string]translation{}
	for _, file := range files {
		data, err := catalogues.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]entry
		if err := json.Unmarshal(data, &entries); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for text, e := range entries {
			if e.Other == "" {
				t.Errorf("%s: %q has an empty translation", file, text)
			}
			for _, name := range placeholders(e.One + e.Other) {
				if !slices.Contains(placeholders(text), name) {
					t.Errorf("%s: the English of %q uses {.%s}, which the sentence has not", file, text, name)
				}
			}
			for _, name := range placeholders(text) {
				if !slices.Contains(placeholders(e.Other), name) {
					t.Errorf("%s: the English of %q leaves out {.%s}", file, text, name)
				}
			}
			if before, ok := seen[text]; ok && before.entry != e {
				t.Errorf("%q is translated as %q in %s and as %q in %s", text, before.Other, before.file, e.Other, file)
			}
			seen[text] = translation{file, e}
		}
	}
}

// TestPagesSpeakThroughTheCatalogue: Vietnamese written straight into a template
// or a script would stay Vietnamese for everybody.
func TestPagesSpeakThroughTheCatalogue(t *testing.T) {
	eachFile(t, filepath.Join(root, "internal/web"), ".html", func(in, text string) {
		for _, tree := range parseTemplate(t, in, text) {
			walk(tree.Root, func(n parse.Node) {
				if n, ok := n.(*parse.TextNode); ok {
					for _, word := range untranslated(string(n.Text)) {
						where, _ := tree.ErrorContext(n)
						t.Errorf("%s: %q stands in the page itself: say it with {{t …}}", where, word)
					}
				}
			})
		}
	})
	eachFile(t, filepath.Join(root, "internal/web"), ".js", func(in, text string) {
		for _, word := range untranslated(scriptComment.ReplaceAllString(text, "")) {
			t.Errorf("%s: %q stands in the script: give it from the page, in a data- attribute", in, word)
		}
	})
}

var (
	markupComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	scriptComment = regexp.MustCompile(`(?s)/\*.*?\*/|(?m:(^|[\s;{}(),])//.*$)`)
)

func untranslated(text string) (lines []string) {
	for _, line := range strings.Split(markupComment.ReplaceAllString(text, ""), "\n") {
		for _, same := range sameInBoth {
			line = strings.ReplaceAll(line, same, "")
		}
		if vietnamese(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// vietnamese tells whether a text has a letter that English has not.
func vietnamese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) })
}

var placeholder = regexp.MustCompile(`\{\.(\w+)\}`)

func placeholders(text string) (names []string) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}

// templateSentences are the texts that templates say: what stands after t or .T,
// and every Vietnamese text handed to a part ({{template "field" dict "label" "Họ tên"}}).
func templateSentences(t *testing.T, root string) (all []sentence) {
	eachFile(t, filepath.Join(root, "internal/web"), ".html", func(in, text string) {
		for _, tree := range parseTemplate(t, in, text) {
			all = append(all, saidIn(tree)...)
		}
	})
	return all
}

func saidIn(tree *parse.Tree) (all []sentence) {
	add := func(n *parse.StringNode) {
		where, _ := tree.ErrorContext(n)
		all = append(all, sentence{text: n.Text, place: where})
	}
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.StringNode:
			if vietnamese(n.Text) {
				add(n)
			}
		case *parse.CommandNode:
			if len(n.Args) > 1 && says(n.Args[0]) {
				if s, ok := n.Args[1].(*parse.StringNode); ok && !vietnamese(s.Text) {
					add(s)
				}
			}
		case *parse.PipeNode: // {{"…" | t}}
			for i := 1; i < len(n.Cmds); i++ {
				before := n.Cmds[i-1].Args
				if s, ok := before[len(before)-1].(*parse.StringNode); ok && says(n.Cmds[i].Args[0]) && !vietnamese(s.Text) {
					add(s)
				}
			}
		}
	})
	return all
}

// says: t, msg, T, .T, $.T, $page.T, .Page.T.
func says(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return n.Ident == "t" || n.Ident == "T" || n.Ident == "msg"
	case *parse.FieldNode:
		return n.Ident[len(n.Ident)-1] == "T"
	case *parse.VariableNode:
		return len(n.Ident) > 1 && n.Ident[len(n.Ident)-1] == "T"
	case *parse.ChainNode:
		return n.Field[len(n.Field)-1] == "T"
	}
	return false
}

func parseTemplate(t *testing.T, in, text string) map[string]*parse.Tree {
	t.Helper()
	trees := map[string]*parse.Tree{}
	tree := parse.New(in)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "{{", "}}", trees); err != nil {
		t.Fatal(err)
	}
	return trees
}

// walk visits a node and all below it.
func walk(n parse.Node, visit func(parse.Node)) {
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		if b.ElseList != nil {
			walk(b.ElseList, visit)
		}
	}
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, c := range n.Args {
			walk(c, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, visit)
		}
	}
}

func eachFile(t *testing.T, dir, ext string, do func(in, text string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ext {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		in, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		do(filepath.ToSlash(in), string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTheCollectorFinds holds the collector to sources it must read right.
func TestTheCollectorFinds(t *testing.T) {
	c := readCodeFrom(t, map[string]string{
		"internal/web/page.go": `package web
import (
	"github.com/thidua/thidua/internal/platform/fault"
	say "github.com/thidua/thidua/internal/platform/locale"
)
const long = "Một " + "hai"
var label = map[string]string{"x": "Nhãn trong bảng"}
func refuse(text string) error { return fault.New(fault.Invalid, text) }
func (p *page) wrong(field, text string) { p.err = fault.Wrong(field, text) }
func f(l say.Lang, p *page) {
	_ = fault.New(fault.Invalid, "Sai {.a}", "a", 1)
	_ = fault.Wrong("field", long)
	_ = say.Msg("In passing")
	_ = l.T("Plain")
	_ = refuse("Refused")
	p.wrong("name", "By a method")
	bad := func(text string) { _ = l.T(text) }
	bad("By a closure")
	_ = fault.Error{Code: fault.Invalid, Text: "In a literal"}
	_ = fmt.Sprint("Not said")
}`,
		"internal/domain/org/org.go": `package org
var pattern = "Sở Nội vụ"`,
	})
	var got []string
	for _, s := range c.sentences() {
		got = append(got, s.text)
	}
	want := []string{"Nhãn trong bảng", "Sai {.a}", "Một hai", "In passing", "Plain", "Refused", "By a method", "By a closure", "In a literal"}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}

	got = nil
	page := `{{define "x"}}{{t "One"}}{{.T "Two" "n" 2}}{{with .X}}{{$.T "Three"}}{{else}}{{if (eq 1 2)}}{{"Four" | t}}{{end}}{{end}}
{{template "field" dict "label" "Họ tên" "name" "full"}}{{range .Rows}}{{printf "%s" (t "Five")}}{{end}}{{.Page.T "Six"}}{{end}}`
	for _, tree := range parseTemplate(t, "page.html", page) {
		for _, s := range saidIn(tree) {
			got = append(got, s.text)
		}
	}
	slices.Sort(got)
	want = []string{"Five", "Four", "Họ tên", "One", "Six", "Three", "Two"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q in the template, want %q", got, want)
	}
	if got := untranslated("<!-- Chú thích --><p>Họ tên</p>\n<a lang=\"vi\">Tiếng Việt</a>"); len(got) != 1 {
		t.Errorf("untranslated: %q", got)
	}
}
