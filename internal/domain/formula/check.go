package formula

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// checker resolves names and finds every mix of numbers and conditions.
type checker struct {
	f      *Formula
	words  Words
	index  map[string]int    // canonical name → place in f.names
	folded map[string]string // name without marks → the way it was written first
	errors []*Error
}

func (c *checker) wrong(n *node, text string, kv ...any) {
	c.errors = append(c.errors, wrong(c.f.source, n.from, n.to, locale.Msg(text, kv...)))
}

// check holds the node to the kind that its place wants. group tells that it
// stands inside an aggregate.
func (c *checker) check(n *node, want Kind, group bool) {
	switch n.op {
	case opName:
		c.name(n, want)
		return
	case opCall, opGroup:
		c.call(n, want, group)
		return
	}
	if got := n.kind(); got != want {
		if want == Number {
			c.wrong(n, "ở đây cần một số, nhưng đây là một điều kiện. Hãy dùng nếu(điều kiện, số khi đúng, số khi sai).")
		} else {
			c.wrong(n, "ở đây cần một điều kiện, nhưng đây là một số. Hãy so sánh, chẳng hạn thực_hiện >= chỉ_tiêu.")
		}
	}
	inner := Number
	if n.op == opAnd || n.op == opOr || n.op == opNot {
		inner = Condition
	}
	for _, k := range n.kids {
		c.check(k, inner, group)
	}
}

func (c *checker) call(n *node, want Kind, group bool) {
	switch {
	case n.fn == choose:
		c.check(n.kids[0], Condition, group)
		c.check(n.kids[1], want, group)
		c.check(n.kids[2], want, group)
		return
	case want == Condition:
		c.wrong(n, "ở đây cần một điều kiện, nhưng đây là một số. Hãy so sánh, chẳng hạn thực_hiện >= chỉ_tiêu.")
	case n.op == opGroup && group:
		c.wrong(n, "không đặt một hàm của cụm bên trong hàm khác của cụm.")
	}
	if n.op == opGroup {
		n.index = len(c.f.groups)
		c.f.groups = append(c.f.groups, n)
		group = true
	}
	if n.fn == roundOff && len(n.kids) == 2 {
		if d := n.kids[1]; d.op != opNumber || !d.num.IsInt() || d.num.Cmp(mostDecimals) > 0 {
			c.wrong(d, "số chữ số thập phân của hàm làm tròn phải là một số nguyên từ 0 đến {.max}.", "max", 10)
		}
	}
	for _, k := range n.kids {
		c.check(k, Number, group)
	}
}

func (c *checker) name(n *node, want Kind) {
	if _, ok := byName[n.word]; ok {
		c.wrong(n, "“{.name}” là một hàm nên cần dấu ngoặc: {.name}(…).", "name", n.word)
		return
	}
	name := n.word
	if canonical, ok := c.words.Aliases[name]; ok {
		name = canonical
	} else if c.stranger(n) {
		return
	}
	i, seen := c.index[name]
	if !seen {
		if len(c.f.names) == MaxNames {
			c.wrong(n, "công thức dùng quá {.n} tên khác nhau.", "n", MaxNames)
			return
		}
		i = len(c.f.names)
		c.index[name] = i
		c.f.names = append(c.f.names, Name{name, n.word, want})
	}
	if c.f.names[i].Kind != want {
		c.wrong(n, "“{.name}” ở đây là một số, ở chỗ khác lại là một điều kiện (hoặc ngược lại). Hãy dùng hai tên.", "name", n.word)
	}
	n.index = i
}

// stranger tells of a name that does not exist. Where any name may be used, one
// that differs from a known one, or from one used before, in nothing but marks
// is taken for a mistake: it would otherwise become a value that nobody enters.
func (c *checker) stranger(n *node) bool {
	if c.words.Only != nil && !slices.Contains(c.words.Only, n.word) {
		known := slices.Clone(c.words.Only)
		for alias := range c.words.Aliases {
			known = append(known, alias)
		}
		slices.Sort(known)
		if near := nearest(n.word, known); near != "" {
			c.wrong(n, "không có số liệu nào tên “{.name}”. Có phải “{.near}”?", "name", n.word, "near", near)
		} else {
			c.wrong(n, "không có số liệu nào tên “{.name}”. Các tên đã khai: {.known}.", "name", n.word, "known", strings.Join(c.words.Only, ", "))
		}
		return true
	}
	if c.words.Only != nil {
		return false
	}
	fold := vntext.Fold(n.word)
	if len(c.folded) == 0 {
		for alias := range c.words.Aliases {
			c.folded[vntext.Fold(alias)] = alias
		}
	}
	if near, ok := c.folded[fold]; ok && near != n.word {
		c.wrong(n, "không có số liệu nào tên “{.name}”. Có phải “{.near}”?", "name", n.word, "near", near)
		return true
	}
	c.folded[fold] = n.word
	return false
}

// nearest is the known name that is most like the word, "" where none is. Marks
// count little: they are what people leave out.
func nearest(word string, known []string) string {
	best, least := "", 0
	fold := vntext.Fold(word)
	for _, k := range known {
		d := 2 * distance([]rune(fold), []rune(vntext.Fold(k)))
		if k != word && d == 0 {
			d = 1
		}
		if best == "" || d < least {
			best, least = k, d
		}
	}
	if 3*least > 2*len([]rune(word)) {
		return ""
	}
	return best
}

// distance is the number of letters to change, insert or take out.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			d := before
			if a[i] != b[j] {
				d = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
