package table

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Row is a row of a table as the program lays it out.
type Row struct {
	TT    string
	Name  string
	Max   string // plain decimal; of a group of bonus or deduction: its clamp
	How   string
	Proof bool   // evidence is required
	Mark  string // of the hidden column, see mark
	Group bool
	Total bool // the last row
}

// Lay lays a sheet out in the shape that Read reads. guide are the words on how
// each criterion is scored; where it has none, words says what its rule does.
func Lay(sheet *scoring.Sheet, guide map[string]string, words func(*scoring.Criterion) string) ([]Row, error) {
	body, err := json.Marshal(sheet)
	if err != nil {
		return nil, err
	}
	doc := fields{}
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, err
	}
	w := &writer{sheet: sheet, guide: guide, words: words}
	w.list(doc.list(string(scoring.Main)), nil, scoring.Main)
	for _, p := range []struct {
		part scoring.Part
		head string
	}{{scoring.Bonus, "ĐIỂM THƯỞNG"}, {scoring.Deduction, "ĐIỂM TRỪ"}} {
		list := doc.list(string(p.part))
		headed := !slices.ContainsFunc(list, func(c fields) bool { part, _ := partOf(c.text("name")); return part != p.part })
		if len(list) > 0 && !headed {
			w.rows = append(w.rows, Row{Name: p.head, Group: true})
			w.levels.path = nil
		}
		w.list(list, nil, p.part)
	}
	for _, name := range partFields {
		delete(doc, name)
	}
	last, err := json.Marshal(mark{Sheet: doc})
	if err != nil {
		return nil, err
	}
	return append(w.rows, Row{Name: "Tổng cộng", Max: sheet.Max().String(), Mark: string(last), Group: true, Total: true}), w.err
}

type writer struct {
	sheet  *scoring.Sheet
	guide  map[string]string
	words  func(*scoring.Criterion) string
	levels levels // as a reader of the rows so far has them
	rows   []Row
	err    error
}

func (w *writer) list(list []fields, parent *Node, part scoring.Part) {
	for _, c := range list {
		n := &Node{ID: c.text("id")}
		children := c.list("children")
		tt, lab := w.number(n.ID, parent)
		w.levels.onto(lab, parent, n)
		m := mark{ID: n.ID, TT: lab.text, Rest: fields{}}
		if part != scoring.Main {
			m.Part = part
		}
		if parent != nil {
			m.In = parent.ID
		}
		row := Row{TT: tt, Name: c.text("name"), Max: c.text("max"), Proof: c["evidence"] != nil, Group: len(children) > 0}
		clamp := c.text("clamp")
		switch _, err := points.Parse(clamp); {
		case part == scoring.Main:
		case len(children) > 0 && err == nil:
			row.Max = clamp
		default:
			m.Clamp = clamp
		}
		for name, raw := range c {
			if !slices.Contains(shown, name) {
				m.Rest[name] = raw
			}
		}
		if row.How = vntext.Clean(w.guide[n.ID]); row.How == "" {
			row.How = w.words(w.sheet.Find(n.ID))
			m.Said = printOf(row.How)
		}
		body, err := json.Marshal(m)
		if err != nil && w.err == nil {
			w.err = err
		}
		row.Mark = string(body)
		w.rows = append(w.rows, row)
		w.list(children, n, part)
	}
}

// number is the shortest number by which a reader finds the same parent and id:
// 1 under I, 1.1 under 1, a) under 1.1, and the whole id where no other will do.
func (w *writer) number(id string, parent *Node) (tt string, lab label) {
	tries := []string{id}
	if parent != nil {
		if rest, ok := strings.CutPrefix(id, parent.ID+"."); ok && !strings.Contains(rest, ".") {
			tries = []string{rest, id}
			for _, above := range w.levels.path {
				if above.node == parent && above.label.style != lower {
					tries = []string{rest, above.label.text + "." + rest, id}
				}
			}
		}
	}
	for _, try := range tries {
		lab, ok := labelOf(try)
		if !ok || lab.text != try {
			continue
		}
		trial := levels{path: slices.Clone(w.levels.path)}
		settled := trial.settle(lab)
		above, got := trial.parent(settled)
		if above != parent || got != id {
			continue
		}
		if settled.style == lower || settled.style == lowRoman {
			return try + ")", settled
		}
		return try, settled
	}
	lab, ok := labelOf(id)
	if !ok {
		lab = label{style: full}
	}
	lab.text = id
	return id, lab
}
