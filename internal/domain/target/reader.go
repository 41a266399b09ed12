package target

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"golang.org/x/text/unicode/norm"
)

// maxTargets bounds what one text may yield; a longer list is no covenant.
const maxTargets = 20000

// stance is what a stretch of text is doing.
type stance uint8

const (
	neutral stance = iota
	goal           // it sets targets
	past           // it tells results
	rule           // it tells points, prizes, procedure
	silent         // nothing is said of it
)

// scope is a stance that a heading or an introduction gives to what follows,
// until a paragraph of the same rank.
type scope struct {
	rank   int
	stance stance
	year   int
	total  int  // 1 + index of the target whose parts follow
	listed bool // list items have come since
	intro  bool // set by an introduction in prose, not by a heading
}

type reader struct {
	out     Reading
	rows    *rowsReader // set when results are read, not targets
	run     run
	p       *paragraph
	used    []bool // parallel to run.quants
	scopes  []scope
	heads   []int
	base    stance
	docYear int // the year the text speaks for, 0 if it does not say
	seen    int // paragraphs so far
	s       sentence
	carry   bool     // the prose before told results
	before  sentence // the sentence before, in this paragraph
	para    stance   // what the paragraph has turned to
	paraBy  int
	table   tableShape
	lines   map[string]int // names already read, for Duplicate
	full    bool
}

// Read reads the targets of a text. It never fails: what it cannot read it
// leaves out or reports as a warning.
func Read(text string) Reading {
	r := &reader{lines: map[string]int{}}
	r.out = Reading{Targets: []Target{}, Checks: []Check{}, Warnings: []Warning{}}
	l := newLayout(oneForm(text))
	for !r.full {
		p, ok := l.next()
		if !ok {
			break
		}
		r.paragraph(p)
	}
	r.check()
	return r.out
}

// oneForm brings a text to NFC with one kind of line end.
func oneForm(text string) string {
	if !norm.NFC.IsNormalString(text) {
		text = norm.NFC.String(text)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	for _, sep := range []string{"\u2028", "\u2029", "\u0085"} {
		if strings.Contains(text, sep) {
			text = strings.ReplaceAll(text, sep, "\n")
		}
	}
	return text
}

func (r *reader) top() scope {
	if len(r.scopes) == 0 {
		return scope{stance: r.base}
	}
	return r.scopes[len(r.scopes)-1]
}

func (r *reader) paragraph(p *paragraph) {
	r.p = p
	r.run.text = p.text
	r.seen++
	if p.row {
		r.tableRow()
		return
	}
	r.table.leave()
	r.run.toks = tokenise(p.text, r.run.toks)
	toks := r.run.toks
	if len(toks) == 0 {
		return
	}
	digits := hasDigit(p.text)
	if digits {
		r.run.measureAll()
	} else {
		r.run.quants = r.run.quants[:0]
	}
	r.used = append(r.used[:0], make([]bool, len(r.run.quants))...)
	if p.more {
		r.sentences(r.para)
		return
	}
	r.title(toks)
	ends := toks[len(toks)-1].kind
	heading := r.isHeading(ends)
	r.enter(heading || ends == aColon, len(toks))
	if (heading || p.rank == rankArt) && ends != aColon {
		st, year := r.stanceOf(0, len(toks), true)
		r.push(st, year, false)
		if heading {
			r.carry = false
			return
		}
	}
	if digits {
		r.oddYears()
	}
	if r.isFurniture() {
		return
	}
	top := r.top()
	if top.intro || len(r.scopes) > 0 {
		if p.rank >= rankLetter && len(r.scopes) > 0 {
			r.scopes[len(r.scopes)-1].listed = true
		}
	}
	st := top.stance
	if st == neutral && r.carry {
		st = past
	}
	r.sentences(st)
	switch r.para {
	case past:
		r.carry = top.stance == neutral
	case goal:
		r.carry = false
	}
	if strings.HasSuffix(p.text, "./.") {
		r.scopes, r.heads = r.scopes[:0], r.heads[:0]
	}
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

// oddYears warns of a year ahead that lies far behind: đến năm 1945.
func (r *reader) oddYears() {
	toks := r.run.toks
	for i := range toks {
		if toks[i].kind != aNumber {
			continue
		}
		y := r.run.year(i)
		if y == 0 || y >= 1990 && y < 2150 {
			continue
		}
		if _, n := aheadWords.before(toks, 0, i); n == 0 {
			continue
		} else if k, _ := sinceWords.in(toks, max(0, i-n-4), i-n); k >= 0 {
			continue
		}
		r.warn(YearSuspect, r.p.lineAt(int(toks[i].start)), "Năm {.year} có vẻ ghi nhầm: văn bản nói về thời gian tới. Hãy kiểm tra lại câu “{.clause}”.",
			"year", locale.Year(y), "clause", shorten(oneLine(r.run.slice(max(0, i-12), i+1))))
	}
}

var (
	aheadWords = list(`đến năm; đến hết năm; đến cuối năm; tới năm; tầm nhìn; tầm nhìn đến năm; tầm nhìn đến; định hướng đến; định hướng đến năm`)
	sinceWords = list(`từ; từ năm; giai đoạn; năm`)
)

// isHeading tells a heading from a sentence or a target.
func (r *reader) isHeading(ends kind) bool {
	toks := r.run.toks
	if len(r.run.quants) > 0 || ends == aStop || ends == aSemicolon || len(toks) > 60 {
		return false
	}
	if r.p.heading {
		return true
	}
	return r.p.rank > 0 && r.p.rank <= rankLetter && len(toks) <= 22 && ends == aWord && toks[0].capital && !nones.has(toks, 0)
}

// enter closes the scopes that a paragraph of this rank ends.
func (r *reader) enter(heading bool, length int) {
	rank := r.p.rank
	if rank > 0 {
		for len(r.scopes) > 0 && r.scopes[len(r.scopes)-1].rank >= rank {
			r.scopes = r.scopes[:len(r.scopes)-1]
		}
		for len(r.heads) > 0 && r.heads[len(r.heads)-1] >= rank {
			r.heads = r.heads[:len(r.heads)-1]
		}
		if heading && rank <= rankLetter {
			r.heads = append(r.heads, rank)
		}
		return
	}
	if r.p.cell {
		return
	}
	// prose after a list ends the introduction of the list
	if n := len(r.scopes); n > 0 && r.scopes[n-1].intro && r.scopes[n-1].listed && length >= 12 && !heading {
		r.scopes = r.scopes[:n-1]
	}
}

// push opens a scope at the rank of the paragraph.
func (r *reader) push(st stance, year int, intro bool) {
	rank := r.p.rank
	if rank == rankPlain {
		rank = 5
		if n := len(r.heads); n > 0 {
			rank = r.heads[n-1] + 5
		}
		// an unnumbered heading ends its like; in a table printed cell by cell
		// only one that says something does
		for n := len(r.scopes); n > 0 && r.scopes[n-1].rank >= rank; n = len(r.scopes) {
			if st == silent && (r.p.cell || r.scopes[n-1].intro) {
				break
			}
			r.scopes = r.scopes[:n-1]
		}
	}
	if st == silent || st == neutral && r.top().stance != goal {
		return
	}
	if year == 0 && st == goal {
		year = r.top().year
	}
	if len(r.scopes) < 64 {
		r.scopes = append(r.scopes, scope{rank: rank, stance: st, year: year, intro: intro})
	}
}

// title takes the year and the leaning of the text from its first lines.
func (r *reader) title(toks []token) {
	if r.seen > 8 || r.base != neutral && r.docYear > 0 {
		return
	}
	if len(r.run.quants) == 0 && r.run.toks[len(toks)-1].kind != aStop {
		if at, _ := reviewWords.in(toks, 0, len(toks)); at >= 0 && r.seen <= 4 && len(toks) < 60 {
			if k, _ := pledgeWords.in(toks, 0, len(toks)); k < 0 {
				r.base = past
			}
		}
	}
	if r.docYear > 0 || len(r.run.quants) > 0 {
		return
	}
	if k, _ := yearlyWords.in(toks, 0, len(toks)); k < 0 {
		return
	}
	for i := range toks {
		if toks[i].word == wordNam && i+1 < len(toks) {
			if y := r.run.year(i + 1); y > 0 && y >= 2000 {
				r.docYear = y
				return
			}
		}
	}
}

var (
	reviewWords = list(`tổng kết; sơ kết; báo cáo kết quả; kết quả; báo cáo tổng kết; báo cáo sơ kết`)
	pledgeWords = list(`ký kết; ký giao ước; giao ước thi đua; phát động; đăng ký; kế hoạch`)
	yearlyWords = list(`giao ước; phát động; kế hoạch; thi đua; nhiệm vụ; chỉ tiêu; triển khai; chương trình; phong trào`)
)

func (r *reader) isFurniture() bool {
	toks := r.run.toks
	if len(toks) > 16 {
		return false
	}
	at, _ := furniture.in(toks, 0, len(toks))
	if at < 0 {
		return false
	}
	for _, q := range r.run.quants {
		if q.u.kind == percent {
			return false
		}
	}
	return true
}

// stanceOf weighs the cues of a heading or an introduction.
func (r *reader) stanceOf(a, b int, heading bool) (stance, int) {
	toks := r.run.toks[:b]
	verb, first := 0, 0
	ofGoal, ofRule, calm := false, false, false
	year, lately := 0, 0
	for i := a; i < b; {
		if toks[i].word == wordNam {
			if y := r.run.year(i + 1); y > 0 && (lately == 0 || i-lately > 3) {
				year = y
			}
		}
		m, n := cues.at(toks, i)
		if n == 0 {
			if toks[i].word == wordDone && !agreed.has(toks, i+1) && verb == 0 {
				verb = cuePast
			}
			i++
			continue
		}
		switch m {
		case cueIntent:
			verb = m
		case cuePast:
			lately = i + n
			if _, g := groundWords.before(toks, a, i); g == 0 {
				verb = m
			}
		case cueGoal:
			ofGoal = true
		case cueRule:
			if r.emulationWork(a, i) {
				i += n
				continue
			}
			ofRule = true
		case cueNeutral:
			calm = true
		}
		if first == 0 {
			first = m
		}
		i += n
	}
	if !heading {
		if at, _ := planWords.in(toks, a, b); at >= 0 {
			ofGoal = true
		}
	}
	switch {
	case r.p.rank == rankArt && heading:
		if (verb == cueIntent || ofGoal) && !ofRule && verb != cuePast {
			return goal, year
		}
		return rule, 0
	case heading && first == cueRule:
		return rule, 0
	case heading && first == cueNeutral && !ofGoal:
		return neutral, 0
	case verb == cuePast && !(heading && first == cueGoal):
		return past, year
	case verb == cueIntent || ofGoal:
		if heading && r.p.rank == rankPlain && !r.opensCovenant(a, b) {
			return silent, 0
		}
		return goal, year
	case ofRule:
		return rule, 0
	case calm:
		return neutral, 0
	}
	return silent, year
}

// emulationWork tells "công tác thi đua, khen thưởng", a field of work, from
// the rules of rewarding.
func (r *reader) emulationWork(a, i int) bool {
	for i > a && r.run.toks[i-1].kind != aWord || i > a && r.run.toks[i-1].word == wordVa {
		i--
	}
	return i-1 > a && r.wordIs(i-1, wordDua) && r.wordIs(i-2, wordThi)
}

var (
	wordThi = learn("thi")
	wordDua = learn("đua")
)

var planWords = list(`kế hoạch năm; kế hoạch đến năm; kế hoạch giai đoạn`)

// opensCovenant tells an unnumbered heading that itself announces targets from
// the title of a paper that has them somewhere.
func (r *reader) opensCovenant(a, b int) bool {
	at, _ := cues.in(r.run.toks, a, b)
	return at >= 0 && at-a <= 3 && b-a <= 24
}
