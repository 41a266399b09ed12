package target

import (
	"slices"
	"strconv"
	"strings"
)

// form is how a clause is built.
type form uint8

const (
	leading form = iota // the figure leads
	active              // a verb, its figure, its object
	naming              // the name, then the figure
	subject             // somebody has so many
	absent              // không có …
)

// candidate is a clause that may be a target.
type candidate struct {
	q         *quantity
	n         int
	form      form
	head      int // token at which the name begins
	a, b      int // the clause
	name      string
	inherits  bool // the name of the clause before it
	base      Base
	by        int
	ahead     bool // a year by which it must hold stands behind the figure
	dated     bool // the name says a year: tổng thu năm 2022
	change    Change
	direction Direction
	level     bool // "tăng trưởng 8%": the word is the name
	tabled    bool // read from a table of targets
}

// emit judges a candidate and keeps it if it is a target.
func (r *reader) emit(c *candidate) bool {
	if c.name == "" || len(c.name) > 2000 {
		return false
	}
	if r.rows != nil {
		return r.row(c)
	}
	if !c.tabled && !r.accepts(c) {
		if (r.s.past || c.dated) && c.form == naming {
			r.s.told = c.name
		}
		return false
	}
	t := Target{Name: c.name, Relation: None}
	if q := c.q; q != nil {
		t.Relation = q.relation
		if t.Relation == "" {
			t.Relation = Equal
		}
		t.Low, t.High = q.low.String(), q.high.String()
		if t.Relation != Range && !q.ranged {
			t.High = t.Low
		}
		t.Unit, t.Approx = q.u.text, q.approx
		if t.Unit == "" && !c.tabled {
			t.Unit = r.impliedUnit(c.head)
		}
		t.Change = q.change
		if c.change != Level {
			t.Change = c.change
		}
		if c.level {
			t.Change = Level
		}
		t.Value = r.run.value(q.low, t.Unit)
		if t.Relation == Equal && t.Change == Level && t.Low == "0" {
			t.Direction = Lower
		}
	}
	t.By = c.by
	if t.By == 0 {
		t.By = r.s.by
	}
	if t.By == 0 && r.s.stance != past {
		t.By = r.s.scopeBy
		if t.By == 0 {
			t.By = r.paraBy
		}
		if t.By == 0 && !c.tabled {
			t.By = r.paraAhead
		}
	}
	if t.By == 0 && (r.s.stance == goal || r.s.intent) && !c.tabled {
		t.By = r.saidYear(c.a)
	}
	if c.q != nil && c.q.share && c.base.Kind == "" {
		c.base.Kind = BaseShare
	}
	if c.base.Kind != "" {
		base := c.base
		if base.Kind == BaseYear && base.Year == 0 && t.By > 0 {
			base.Year = t.By - 1
		}
		t.Base = &base
	}
	t.Direction = r.direction(&t, c)
	if c.tabled {
		t.Source = Source{Line: r.p.line, Text: oneLine(r.p.text)}
	} else {
		t.Source = r.sourceOf(c)
	}
	t.ID = "t" + strconv.Itoa(len(r.out.Targets)+1)
	r.partOf(&t)
	r.out.Targets = append(double(r.out.Targets), t)
	if len(r.out.Targets) >= maxTargets {
		r.full = true
		r.warn(UnreadFigure, t.Source.Line, "Văn bản có quá nhiều chỉ tiêu; chỉ đọc {.count} chỉ tiêu đầu. Hãy chia văn bản thành nhiều phần.", "count", maxTargets)
	}
	if t.PartOf == "" && !c.inherits {
		r.s.total = 0
	}
	r.s.last = len(r.out.Targets)
	r.s.counted = c.q != nil && c.q.u.kind == countable
	if !c.inherits {
		r.s.main = r.s.last
	}
	r.s.name = t.Name
	return true
}

// double makes room as append does for small slices only: large ones it grows
// by a quarter, and a text of nothing but targets is copied over and over.
func double[T any](s []T) []T {
	if len(s) < cap(s) {
		return s
	}
	return slices.Grow(s, max(len(s), 8))
}

// saidYear is the year that a pledge without one is for: the last that its
// sentence names ("năm 2023, các sở tiếp tục …; phấn đấu …"), or that of the
// paper. A review pledges for a year that is not its own.
func (r *reader) saidYear(at int) int {
	for i := at - 1; i > r.s.start; i-- {
		if y := r.run.year(i); y >= max(r.docYear, 2000) && r.wordIs(i-1, wordNam) && !r.wordIs(i-2, wordVoi) {
			return y
		}
	}
	if r.base == past {
		return 0
	}
	return r.docYear
}

func (r *reader) sourceOf(c *candidate) Source {
	at := r.run.toks[min(c.a, len(r.run.toks)-1)].start
	return Source{Line: r.p.lineAt(int(at)), Text: r.clauseText(c)}
}

// clauseText is the clause as the text has it.
func (r *reader) clauseText(c *candidate) string {
	a := c.a
	if c.q != nil && c.q.first < a {
		a = c.q.first
	}
	if s := r.name(a, c.b); s != "" {
		return s
	}
	return c.name
}

// impliedUnit takes the unit of a bare figure from its name: Số vụ … ≤ 1.
func (r *reader) impliedUnit(head int) string {
	toks := r.run.toks
	_, n := countHeads.at(toks, head)
	if n == 0 {
		return ""
	}
	if _, m := unitWords.at(toks, head+n); m > 0 {
		return lowerText(r.run.slice(head+n, head+n+m))
	}
	return ""
}

// partOf joins a target to the total it belongs to.
func (r *reader) partOf(t *Target) {
	if r.s.total == 0 || t.Value == nil {
		return
	}
	total := &r.out.Targets[r.s.total-1]
	if total.Value == nil || t.Change != total.Change {
		return
	}
	same := t.Value.Unit == total.Value.Unit ||
		r.s.joined && t.Unit != "" && (strings.HasPrefix(total.Value.Unit, t.Value.Unit+" ") || strings.HasPrefix(t.Value.Unit, total.Value.Unit+" "))
	if !same && !(isCurrency(t.Value.Unit) && isCurrency(total.Value.Unit) && r.s.joined) {
		return
	}
	if !r.s.joined {
		if t.Unit == "%" || strings.HasPrefix(small(t.Name), "tổng") || r.complete(r.s.total-1) {
			r.s.total = 0
			return
		}
	}
	r.joins(t, r.s.total-1)
}

// sameMeasure tells whether a figure is in the unit of the total whose parts
// are being read.
func (r *reader) sameMeasure(q *quantity) bool {
	total := r.out.Targets[r.s.total-1].Value
	if total == nil || q.u.kind == percent {
		return false
	}
	_, base := r.run.split(q.u.text)
	return base == total.Unit
}

// complete tells whether the parts read so far make up the total.
func (r *reader) complete(total int) bool {
	f := r.familyOf(total)
	return f != nil && f.sum.Cmp(f.want) >= 0
}
