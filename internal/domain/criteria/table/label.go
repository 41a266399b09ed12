package table

import (
	"regexp"
	"strings"
)

// style is a way of numbering. Rows of one style below the same row are siblings.
type style string

const (
	none     style = ""
	roman    style = "I"
	upper    style = "A"
	number   style = "1"
	dotted   style = "1.1"
	lower    style = "a"
	lowRoman style = "i"
	bullet   style = "-"
	capital  style = "TIÊU ĐỀ" // a heading in capitals without a number
	full     style = "A.1"     // a code of several parts
)

// label is a row's number as it stands: its style and its characters.
type label struct {
	style style
	text  string
}

var (
	aRoman    = regexp.MustCompile(`^[IVX]{1,7}$`)
	aLowRoman = regexp.MustCompile(`^[ivx]{2,7}$`)
	anUpper   = regexp.MustCompile(`^[A-ZĐ]$`)
	aLower    = regexp.MustCompile(`^[a-zđ]$`)
	aNumber   = regexp.MustCompile(`^\d{1,3}$`)
	aDotted   = regexp.MustCompile(`^\d{1,3}(?:[.,]\d{1,3})+$`)
	aFull     = regexp.MustCompile(`^[\p{L}\d]{1,6}(?:[.\-_][\p{L}\d]{1,6})+$`)
	aCode     = regexp.MustCompile(`^[A-ZĐ]{1,4}\d{1,3}$`)
	bullets   = "-–—+•*●○▪■□◦·"
	before    = regexp.MustCompile(`^(?i:phần|mục|nhóm|chương)\s+`)
)

// labelOf reads a whole text as a number: "I", "II.", "1)", "(a)", "Phần A", "1.1", "-".
func labelOf(text string) (label, bool) {
	if text == "" || len(text) > 60 {
		return label{}, false
	}
	if strings.Trim(text, bullets) == "" {
		return label{bullet, "-"}, true
	}
	t := before.ReplaceAllString(text, "")
	t = strings.Trim(strings.TrimRight(t, ".):;/-– "), "( ")
	switch {
	case aRoman.MatchString(t):
		return label{roman, t}, true
	case anUpper.MatchString(t):
		return label{upper, t}, true
	case aNumber.MatchString(t):
		return label{number, t}, true
	case aDotted.MatchString(t):
		return label{dotted, strings.ReplaceAll(t, ",", ".")}, true
	case aLowRoman.MatchString(t):
		return label{lowRoman, t}, true
	case aLower.MatchString(t):
		return label{lower, t}, true
	case aCode.MatchString(t), len(t) <= 40 && aFull.MatchString(t) && strings.ContainsAny(t, "0123456789IVXABCDEĐ"):
		return label{full, t}, true
	}
	return label{}, false
}

// inText are numbers that stand before a text in the same cell.
var inText = regexp.MustCompile(`^(?:((?i:phần|mục|nhóm|chương)\s+(?:[IVX]{1,7}|[A-ZĐ]|\d{1,3}))\s*[.:)\-–]\s*|((?:[IVX]{1,7}|[A-ZĐ])(?:\.\d{1,3})*)(?:[.)]\s+|\s*[-–:]\s+)|(\d{1,3}(?:\.\d{1,3})*)[.)]\s+|(\d{1,3}(?:\.\d{1,3})+)\s+|([a-zđ])\)\s*|([-–—+•*●○▪■□◦·])\s*)(\P{N}.*)$`)

// split parts a number from the text behind it: "1. Nội dung", "a) …", "- …".
func split(text string) (label, string, bool) {
	m := inText.FindStringSubmatch(text)
	if m == nil {
		return label{}, text, false
	}
	for _, head := range m[1 : len(m)-1] {
		if head == "" {
			continue
		}
		if l, ok := labelOf(head); ok {
			return l, strings.TrimSpace(m[len(m)-1]), true
		}
	}
	return label{}, text, false
}

// level is a row under which others may stand.
type level struct {
	label label
	node  *Node
}

// levels finds the parent of each row by its number, as a reader of the table
// does: a style that was seen on the way down is a sibling, a new one a child,
// and a number of several parts belongs under the row whose number it begins with.
type levels struct {
	path []level
}

// alphabet is the order of Vietnamese letters as lists use it.
const alphabet = "ABCDĐEGHIKLMNOPQRSTUVXYZ"

// follows tells whether b is the letter after a, with or without the letters
// that Vietnamese does not have.
func follows(a, b string) bool {
	a, b = strings.ToUpper(a), strings.ToUpper(b)
	for _, letters := range []string{alphabet, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEGHIKLMNOPQRSTUVXYZ"} {
		if i := strings.Index(letters, a); i >= 0 && strings.HasPrefix(letters[i+len(a):], b) {
			return true
		}
	}
	return false
}

// settle decides what a single I, V or X is: the next letter of a list, or a
// Roman number.
func (l *levels) settle(lab label) label {
	letters, romans := upper, roman
	if lab.style == lower {
		letters, romans = lower, lowRoman
	} else if lab.style != roman && lab.style != upper {
		return lab
	}
	if len(lab.text) != 1 || !strings.ContainsAny(lab.text, "IVXivx") {
		return lab
	}
	for i := len(l.path) - 1; i >= 0; i-- {
		if l.path[i].label.style == letters && follows(l.path[i].label.text, lab.text) {
			return label{letters, lab.text}
		}
	}
	return label{romans, lab.text}
}

// under tells whether a number of several parts stands under a row, and what is
// left of it there.
func under(lab label, above level) (rest string, ok bool) {
	if lab.style != dotted && lab.style != full {
		return "", false
	}
	if rest, ok = strings.CutPrefix(lab.text, above.node.ID+"."); ok {
		return rest, true
	}
	switch above.label.style {
	case number, dotted, roman, upper, full:
		rest, ok = strings.CutPrefix(lab.text, above.label.text+".")
	}
	return rest, ok
}

// parent is the row under which a number stands, nil for the top, and the id
// that it gives; an empty id is for the caller to count.
func (l *levels) parent(lab label) (*Node, string) {
	for i := len(l.path) - 1; i >= 0; i-- {
		above := l.path[i]
		if rest, ok := under(lab, above); ok {
			l.path = l.path[:i+1]
			return above.node, above.node.ID + "." + rest
		}
		// "A1" under "A".
		if lab.style == full && above.label.style == upper && aNumber.MatchString(strings.TrimPrefix(lab.text, above.label.text)) && strings.HasPrefix(lab.text, above.label.text) {
			l.path = l.path[:i+1]
			return above.node, lab.text
		}
	}
	for i, above := range l.path {
		if above.label.style == lab.style && parts(above.label) == parts(lab) {
			l.path = l.path[:i]
			break
		}
	}
	text := lab.text
	if lab.style == bullet || lab.style == capital {
		text = ""
	}
	if len(l.path) == 0 {
		return nil, text
	}
	top := l.path[len(l.path)-1].node
	if text == "" {
		return top, ""
	}
	if lab.style == full {
		return top, text
	}
	return top, top.ID + "." + text
}

// parts is how many parts a number has: 1.1 and 1.1.1 are not siblings.
func parts(l label) int {
	if l.style != dotted && l.style != full {
		return 1
	}
	return 1 + strings.Count(l.text, ".")
}

func (l *levels) push(lab label, n *Node) { l.path = append(l.path, level{lab, n}) }

// onto makes a row the innermost one, below its parent: of rows whose place is
// known otherwise.
func (l *levels) onto(lab label, parent, n *Node) {
	keep := 0
	for i, above := range l.path {
		if above.node == parent {
			keep = i + 1
		}
	}
	l.path = append(l.path[:keep], level{lab, n})
}
