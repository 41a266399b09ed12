// Package accuracy measures the reader of targets against texts whose targets a
// person wrote down. Its figures stand in docs/reader.md; `make accuracy`
// makes them again.
package accuracy

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/thidua/thidua/internal/domain/target"
)

// Goal is what precision and recall must both reach.
const Goal = 0.98

// Year is the year in which the texts are read.
const Year = 2026

// Sets are the labelled sets, by their name in the table. The reader was made
// on the first; nobody who works on it looks at the second.
var Sets = []struct{ Name, File string }{
	{"development", "internal/domain/target/testdata/labelled.jsonl"},
	{"held out", "internal/domain/target/testdata/heldout.jsonl"},
}

// Text is one text with the targets a person reads from it.
type Text struct {
	Text    string
	Targets []target.Target
}

// Load reads a labelled set: one JSON object a line.
func Load(file string) ([]Text, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var set []Text
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var t Text
		if err := json.Unmarshal(lines.Bytes(), &t); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, len(set)+1, err)
		}
		set = append(set, t)
	}
	return set, lines.Err()
}

// Score counts targets: those that persons wrote down, those that were read,
// and those that are right.
type Score struct{ Texts, Wanted, Read, Right int }

// Precision is the part of what was read that is right.
func (s Score) Precision() float64 { return part(s.Right, s.Read) }

// Recall is the part of what stands in the texts that was read right.
func (s Score) Recall() float64 { return part(s.Right, s.Wanted) }

func part(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

func (s *Score) add(o Score) {
	s.Texts += o.Texts
	s.Wanted += o.Wanted
	s.Read += o.Read
	s.Right += o.Right
}

// facts are the fields that must all be right.
type facts struct {
	Name      string
	Relation  target.Relation
	Change    target.Change
	Low, High string
	Unit      string
}

func factsOf(t *target.Target) facts {
	return facts{t.Name, t.Relation, t.Change, t.Low, t.High, t.Unit}
}

// Of measures one text and tells what went wrong, a line a target.
func Of(t Text) (Score, []string) {
	s := Score{Texts: 1, Wanted: len(t.Targets)}
	left := map[facts]int{}
	for i := range t.Targets {
		left[factsOf(&t.Targets[i])]++
	}
	var wrong []string
	for _, got := range (target.Reader{Year: Year}).Read(t.Text).Targets {
		s.Read++
		f := factsOf(&got)
		if left[f] == 0 {
			wrong = append(wrong, fmt.Sprintf("false:  %+v", f))
			continue
		}
		left[f]--
		s.Right++
	}
	for i := range t.Targets {
		if f := factsOf(&t.Targets[i]); left[f] > 0 {
			left[f]--
			wrong = append(wrong, fmt.Sprintf("missed: %+v", f))
		}
	}
	return s, wrong
}

// Measure measures a set and each kind of text in it, in the order of Kinds.
func Measure(set []Text) (all Score, byKind map[string]Score) {
	byKind = map[string]Score{}
	for _, t := range set {
		s, _ := Of(t)
		all.add(s)
		k := byKind[Kind(t)]
		k.add(s)
		byKind[Kind(t)] = k
	}
	return all, byKind
}

// Kinds are the kinds of text by what makes them hard.
var Kinds = []string{"one target in one line", "several targets in one line", "several lines", "a table", "no target at all"}

// Kind tells the kind of a text.
func Kind(t Text) string {
	switch {
	case len(t.Targets) == 0:
		return Kinds[4]
	case strings.Contains(t.Text, " | ") || strings.Count(t.Text, "\t") > 1:
		return Kinds[3]
	case strings.Contains(strings.TrimSpace(t.Text), "\n"):
		return Kinds[2]
	case len(t.Targets) > 1:
		return Kinds[1]
	}
	return Kinds[0]
}

// Table measures every set that is there, under the root of the module, and
// writes the table of the documentation. missing names the sets that are not.
func Table(root string) (table string, missing []string, err error) {
	var b strings.Builder
	b.WriteString("| set | kind of text | texts | targets | read | right | precision | recall |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, s := range Sets {
		set, err := Load(filepath.Join(root, s.File))
		if os.IsNotExist(err) {
			missing = append(missing, s.File)
			continue
		}
		if err != nil {
			return "", nil, err
		}
		all, byKind := Measure(set)
		row(&b, "**"+s.Name+"**", "all", all)
		for _, kind := range Kinds {
			if k := byKind[kind]; k.Texts > 0 {
				row(&b, s.Name, kind, k)
			}
		}
	}
	return b.String(), missing, nil
}

func row(b *strings.Builder, set, kind string, s Score) {
	precision, recall := fmt.Sprintf("%.4f", s.Precision()), fmt.Sprintf("%.4f", s.Recall())
	if s.Wanted == 0 {
		precision, recall = "", "" // only false targets can be counted
	}
	fmt.Fprintf(b, "| %s | %s | %d | %d | %d | %d | %s | %s |\n", set, kind, s.Texts, s.Wanted, s.Read, s.Right, precision, recall)
}

// The table of docs/reader.md stands between two marks.
const (
	Page  = "docs/reader.md"
	begin = "<!-- begin: make accuracy -->\n"
	end   = "<!-- end: make accuracy -->"
)

// Put writes a table into the page and gives the page.
func Put(page, table string) (string, error) {
	head, rest, found := strings.Cut(page, begin)
	_, tail, ended := strings.Cut(rest, end)
	if !found || !ended {
		return "", fmt.Errorf("%s has no place for the table", Page)
	}
	return head + begin + table + end + tail, nil
}
