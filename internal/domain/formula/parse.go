package formula

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/rational"
)

// Parse reads a formula and checks it. What cannot be read is told once, where
// reading stopped; of a formula that can be read, every wrong name and every
// mix of numbers and conditions is told.
func Parse(source string, words Words) (*Formula, []*Error) {
	var src []rune
	if len(source) <= 16*MaxLength { // else it is too long in any form
		src = compose(source)
	}
	if n := len(src); n > MaxLength || n == 0 && source != "" {
		return nil, []*Error{wrong(src, 0, 0, locale.Msg("công thức dài quá {.max} ký tự. Hãy tách thành nhiều tiêu chí.", "max", MaxLength))}
	}
	tokens, err := lex(src)
	if err != nil {
		return nil, []*Error{err}
	}
	p := &parser{src: src, tokens: tokens}
	root := p.expression()
	if t := p.peek(); p.err == nil && t.kind != '$' {
		p.leftOver(t)
	}
	if p.err != nil {
		return nil, []*Error{p.err}
	}
	f := &Formula{source: src, root: root}
	c := &checker{f: f, words: words, index: map[string]int{}, folded: map[string]string{}}
	c.check(root, Number, false)
	if len(c.errors) > 0 {
		return nil, c.errors
	}
	return f, nil
}

// parser is a recursive-descent parser; after an error every call returns at
// once.
type parser struct {
	src    []rune
	tokens []token
	at     int
	depth  int
	err    *Error
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != '$' {
		p.at++
	}
	return t
}

func (p *parser) fail(from, to int, text string, kv ...any) *node {
	if p.err == nil {
		p.err = wrong(p.src, from, to, locale.Msg(text, kv...))
	}
	p.at = len(p.tokens) - 1
	return &node{op: opNumber, from: from, to: to}
}

// deeper guards the depth; the caller must call shallower.
func (p *parser) deeper() bool {
	p.depth++
	if p.depth > MaxDepth {
		t := p.peek()
		p.fail(t.from, t.to, "công thức lồng nhau quá {.n} tầng. Hãy bỏ bớt dấu ngoặc hoặc tách thành nhiều tiêu chí.", "n", MaxDepth)
		return false
	}
	return true
}

func (p *parser) shallower() { p.depth-- }

func pair(o op, word string, a, b *node) *node {
	return &node{op: o, word: word, kids: []*node{a, b}, from: a.from, to: b.to}
}

// word takes the next token when it is the word operator.
func (p *parser) word(want op) (string, bool) {
	t := p.peek()
	if o, ok := wordOps[t.text]; t.kind == 'w' && ok && o == want {
		p.at++
		return t.text, true
	}
	return "", false
}

func (p *parser) expression() *node {
	defer p.shallower()
	if !p.deeper() {
		return &node{}
	}
	n := p.conjunction()
	for {
		w, ok := p.word(opOr)
		if !ok {
			return n
		}
		n = pair(opOr, w, n, p.conjunction())
	}
}

func (p *parser) conjunction() *node {
	n := p.negation()
	for {
		w, ok := p.word(opAnd)
		if !ok {
			return n
		}
		n = pair(opAnd, w, n, p.negation())
	}
}

func (p *parser) negation() *node {
	from := p.peek().from
	w, ok := p.word(opNot)
	if !ok {
		return p.comparison()
	}
	defer p.shallower()
	if !p.deeper() {
		return &node{}
	}
	n := p.negation()
	return &node{op: opNot, word: w, kids: []*node{n}, from: from, to: n.to}
}

var comparisons = map[rune]op{'=': opEq, '≠': opNe, '<': opLt, '≤': opLe, '>': opGt, '≥': opGe}

func (p *parser) comparison() *node {
	n := p.sum()
	o, ok := comparisons[p.peek().kind]
	if !ok {
		return n
	}
	p.next()
	n = pair(o, "", n, p.sum())
	if t := p.peek(); p.err == nil {
		if _, again := comparisons[t.kind]; again {
			return p.fail(t.from, t.to, "không so sánh nối tiếp. Hãy viết hai phép so sánh nối bằng “và”: a < b và b < c.")
		}
	}
	return n
}

func (p *parser) sum() *node {
	n := p.product()
	for {
		switch p.peek().kind {
		case '+':
			p.next()
			n = pair(opAdd, "", n, p.product())
		case '-':
			p.next()
			n = pair(opSub, "", n, p.product())
		default:
			return n
		}
	}
}

func (p *parser) product() *node {
	n := p.sign()
	for {
		switch p.peek().kind {
		case '*':
			p.next()
			n = pair(opMul, "", n, p.sign())
		case '/':
			p.next()
			n = pair(opQuo, "", n, p.sign())
		default:
			return n
		}
	}
}

func (p *parser) sign() *node {
	t := p.peek()
	if t.kind != '-' {
		return p.atom()
	}
	p.next()
	defer p.shallower()
	if !p.deeper() {
		return &node{}
	}
	n := p.sign()
	return &node{op: opNeg, kids: []*node{n}, from: t.from, to: n.to}
}

func (p *parser) atom() *node {
	t := p.next()
	switch t.kind {
	case 'n':
		v, ok := rational.Parse(t.text, maxDigits)
		if !ok {
			return p.fail(t.from, t.to, "số dài quá {.n} chữ số.", "n", maxDigits)
		}
		return &node{op: opNumber, num: v, from: t.from, to: t.to}
	case 'w':
		if _, ok := wordOps[t.text]; ok {
			return p.fail(t.from, t.to, "trước “{.word}” thiếu một số, một tên hay một biểu thức.", "word", t.text)
		}
		if p.peek().kind == '(' {
			return p.call(t)
		}
		return &node{op: opName, word: t.text, from: t.from, to: t.to}
	case '(':
		n := p.expression()
		if end := p.peek(); p.err == nil && end.kind != ')' {
			return p.open(t, end)
		}
		end := p.next()
		n.from, n.to = t.from, end.to
		return n
	case '$':
		return p.fail(t.from, t.to, "công thức còn thiếu: ở đây phải có một số, một tên hay một biểu thức trong ngoặc.")
	case ')':
		return p.fail(t.from, t.to, "dấu ngoặc đóng này thừa, hoặc trước nó thiếu một biểu thức.")
	}
	return p.fail(t.from, t.to, "ở đây phải có một số, một tên hay một biểu thức trong ngoặc.")
}

// open tells of a bracket that is not closed, or of what stands before its end.
func (p *parser) open(bracket, found token) *node {
	if found.kind == '$' {
		return p.fail(bracket.from, bracket.to, "dấu ngoặc mở này chưa có dấu đóng.")
	}
	p.leftOver(found)
	return &node{}
}

// leftOver tells why a token cannot follow what was read.
func (p *parser) leftOver(t token) {
	before := p.tokens[max(p.at-1, 0)]
	switch {
	case t.kind == 'w' && before.kind == 'w' && p.at > 0:
		p.fail(before.from, t.to, "giữa hai tên thiếu một phép tính. Tên gồm nhiều tiếng viết liền bằng gạch dưới: {.name}.", "name", before.text+"_"+t.text)
	case t.kind == ')':
		p.fail(t.from, t.to, "dấu ngoặc đóng này thừa, hoặc trước nó thiếu một biểu thức.")
	case t.kind == ',':
		p.fail(t.from, t.to, "dấu phẩy chỉ ngăn các đối số của một hàm. Số lẻ viết bằng dấu chấm: 0.5.")
	default:
		p.fail(t.from, t.to, "trước chỗ này thiếu một phép tính (+ - * / hoặc so sánh).")
	}
}

func (p *parser) call(name token) *node {
	bracket := p.next()
	n := &node{op: opCall, word: name.text, from: name.from}
	fn, ok := byName[name.text]
	if !ok {
		return p.unknownFunction(name)
	}
	n.fn = fn
	if fn.group {
		n.op = opGroup
	}
	if p.peek().kind != ')' {
		for {
			n.kids = append(n.kids, p.expression())
			if p.peek().kind != ',' {
				break
			}
			p.next()
		}
	}
	if end := p.peek(); p.err == nil && end.kind != ')' {
		return p.open(bracket, end)
	}
	n.to = p.next().to
	if got := len(n.kids); p.err == nil && (got < fn.min || got > fn.max) {
		return p.fail(n.from, n.to, "hàm “{.name}” nhận {.want} đối số, ở đây có {.got}.", "name", name.text, "want", fn.arity(), "got", got)
	}
	return n
}

func (fn *function) arity() locale.Text {
	switch {
	case fn.max == many:
		return locale.Msg("từ {.min} trở lên", "min", fn.min)
	case fn.min != fn.max:
		return locale.Msg("{.min} hoặc {.max}", "min", fn.min, "max", fn.max)
	}
	return locale.Msg("{.min}", "min", fn.min)
}

func (p *parser) unknownFunction(name token) *node {
	var known, spoken []string
	for _, f := range functions {
		known = append(known, f.name, f.english)
		spoken = append(spoken, f.name)
	}
	if near := nearest(name.text, known); near != "" {
		return p.fail(name.from, name.to, "không có hàm nào tên “{.name}”. Có phải “{.near}”?", "name", name.text, "near", near)
	}
	return p.fail(name.from, name.to, "không có hàm nào tên “{.name}”. Các hàm: {.known}.", "name", name.text, "known", strings.Join(spoken, ", "))
}
