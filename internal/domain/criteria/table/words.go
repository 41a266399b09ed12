package table

import (
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// rename gives a row its name, within what a name may be.
func (r *run) rename(n *Node, name string, row int) {
	name = vntext.Line(name)
	if runes := []rune(name); len(runes) > LongestName {
		n.Name = shorten(name, LongestName)
		r.guide(n, name, row)
		r.tell(row, n.ID, false, locale.Msg("Nội dung dài hơn {.n} ký tự: tên tiêu chí giữ phần đầu, toàn văn chuyển vào hướng dẫn chấm.", "n", LongestName))
		return
	}
	n.Name = name
}

// guide adds to the words on how a row is scored.
func (r *run) guide(n *Node, text string, row int) {
	text = vntext.Clean(text)
	if text == "" || n.Guide == text || n.full {
		return
	}
	whole := strings.TrimSpace(n.Guide + "\n" + text)
	if runes := []rune(whole); len(runes) > LongestGuide {
		whole, n.full = shorten(whole, LongestGuide), true
		r.tell(row, n.ID, false, locale.Msg("Hướng dẫn chấm dài hơn {.n} ký tự nên chỉ giữ phần đầu.", "n", LongestGuide))
	}
	n.Guide = whole
}

var yes = []string{"x", "co", "bat buoc", "yes", "required", "v"}

// beside takes the columns of evidence and notes.
func (r *run) beside(n *Node, l line) {
	switch {
	case slices.Contains(yes, key(l.proof)):
		n.Evidence = true
	case l.proof != "":
		r.guide(n, "Minh chứng: "+l.proof, l.row)
	}
	if l.note != "" {
		r.guide(n, "Ghi chú: "+l.note, l.row)
	}
}

// points gives a row its maximum.
func (r *run) points(n *Node, l line) {
	n.Max, n.each, n.minus = l.amount.max, l.amount.each, l.amount.minus
	if l.amount.told.Text != "" {
		r.tell(l.row, n.ID, l.amount.none(), l.amount.told)
	}
}
