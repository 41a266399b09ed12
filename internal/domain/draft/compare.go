package draft

import (
	"context"
	"strings"
	"unicode"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Sort is what happened to a line or a piece of one.
type Sort string

const (
	Same    Sort = "same"
	Added   Sort = "added"
	Removed Sort = "removed"
	Changed Sort = "changed" // of lines: both sides stand, with pieces
)

// Piece is a run of words within a line.
type Piece struct {
	Sort Sort // Same, Added or Removed
	Text string
}

// Line is a line of a comparison. Before and After are its numbers in the two
// texts, from 1; 0 where it does not stand.
type Line struct {
	Sort          Sort
	Before, After int
	Old, New      string
	Pieces        []Piece // of a Changed line
}

// Compare sets two versions of one paper side by side, older first.
func (s *Service) Compare(ctx context.Context, actor access.Actor, versionA, versionB string) (a, b Version, lines []Line, err error) {
	paper, a, err := s.See(ctx, actor, versionA)
	if err != nil {
		return a, b, nil, err
	}
	other, b, err := s.See(ctx, actor, versionB)
	if err != nil {
		return a, b, nil, err
	}
	if paper.ID != other.ID {
		return a, b, nil, fault.Missing()
	}
	if a.Number > b.Number {
		a, b = b, a
	}
	return a, b, Diff(a.Text, b.Text), nil
}

// Diff compares two texts line by line, and lines that took one another's
// place word by word.
func Diff(before, after string) []Line {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []Line
	var gone, come []int
	flush := func() {
		// Lines that gave place to others are paired from the top.
		n := min(len(gone), len(come))
		for i := range n {
			old, now := a[gone[i]], b[come[i]]
			if pieces, near := words(old, now); near {
				out = append(out, Line{Sort: Changed, Before: gone[i] + 1, After: come[i] + 1, Old: old, New: now, Pieces: pieces})
				continue
			}
			out = append(out,
				Line{Sort: Removed, Before: gone[i] + 1, Old: old},
				Line{Sort: Added, After: come[i] + 1, New: now})
		}
		for _, i := range gone[n:] {
			out = append(out, Line{Sort: Removed, Before: i + 1, Old: a[i]})
		}
		for _, j := range come[n:] {
			out = append(out, Line{Sort: Added, After: j + 1, New: b[j]})
		}
		gone, come = nil, nil
	}
	for _, e := range align(a, b) {
		switch {
		case e.b < 0:
			gone = append(gone, e.a)
		case e.a < 0:
			come = append(come, e.b)
		default:
			flush()
			out = append(out, Line{Sort: Same, Before: e.a + 1, After: e.b + 1, Old: a[e.a], New: b[e.b]})
		}
	}
	flush()
	return out
}

// edit is a step of an alignment: indices into both sides, −1 for none.
type edit struct{ a, b int }

// maxCells bounds the table of an alignment; beyond it the differing middle is
// taken as wholly replaced, which is still true, only less fine.
const maxCells = 4 << 20

// align finds a longest common subsequence after cutting what both sides begin
// and end with.
func align(a, b []string) []edit {
	var out []edit
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		out = append(out, edit{start, start})
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA--
		endB--
	}
	n, m := endA-start, endB-start
	i, j := 0, 0
	if n > 0 && m > 0 && n*m <= maxCells {
		// longest[i][j] is the length for a[i:] and b[j:] of the middle.
		longest := make([]int32, (n+1)*(m+1))
		at := func(i, j int) int { return i*(m+1) + j }
		for i := n - 1; i >= 0; i-- {
			for j := m - 1; j >= 0; j-- {
				if a[start+i] == b[start+j] {
					longest[at(i, j)] = longest[at(i+1, j+1)] + 1
				} else {
					longest[at(i, j)] = max(longest[at(i+1, j)], longest[at(i, j+1)])
				}
			}
		}
		for i < n && j < m {
			switch {
			case a[start+i] == b[start+j]:
				out = append(out, edit{start + i, start + j})
				i, j = i+1, j+1
			case longest[at(i+1, j)] >= longest[at(i, j+1)]:
				out = append(out, edit{start + i, -1})
				i++
			default:
				out = append(out, edit{-1, start + j})
				j++
			}
		}
	}
	for ; i < n; i++ {
		out = append(out, edit{start + i, -1})
	}
	for ; j < m; j++ {
		out = append(out, edit{-1, start + j})
	}
	for k := 0; endA+k < len(a); k++ {
		out = append(out, edit{endA + k, endB + k})
	}
	return out
}

// words compares two lines word by word. near tells whether they share half of
// the shorter one, enough to be read as one line that changed.
func words(old, now string) (pieces []Piece, near bool) {
	a, b := cut(old), cut(now)
	add := func(sort Sort, text string) {
		if n := len(pieces); n > 0 && pieces[n-1].Sort == sort {
			pieces[n-1].Text += text
			return
		}
		pieces = append(pieces, Piece{sort, text})
	}
	same := 0
	for _, e := range align(a, b) {
		switch {
		case e.b < 0:
			add(Removed, a[e.a])
		case e.a < 0:
			add(Added, b[e.b])
		default:
			add(Same, a[e.a])
			same += len(a[e.a])
		}
	}
	return gather(pieces), same > 0 && 2*same >= min(len(old), len(now))
}

// gather makes one removal and one addition of changes that only space parts:
// "tháng 12" gave place to "ngày 30/11", not each word to another.
func gather(pieces []Piece) []Piece {
	var out []Piece
	var gone, come string
	flush := func() {
		if gone != "" {
			out = append(out, Piece{Removed, gone})
		}
		if come != "" {
			out = append(out, Piece{Added, come})
		}
		gone, come = "", ""
	}
	for i, p := range pieces {
		bridge := p.Sort == Same && strings.TrimSpace(p.Text) == "" && gone+come != "" && i+1 < len(pieces)
		switch {
		case bridge:
			gone, come = gone+p.Text, come+p.Text
		case p.Sort == Removed:
			gone += p.Text
		case p.Sort == Added:
			come += p.Text
		default:
			flush()
			out = append(out, p)
		}
	}
	flush()
	return out
}

// cut parts a line into words and what stands between them; a figure with its
// marks (93.262, 6,5) is one word, so that it changes as a whole.
func cut(s string) []string {
	var out []string
	word := false
	text := []rune(s)
	for i, r := range text {
		w := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		if (r == '.' || r == ',') && i > 0 && i+1 < len(text) {
			w = unicode.IsDigit(text[i-1]) && unicode.IsDigit(text[i+1])
		}
		if len(out) == 0 || !w || !word {
			out = append(out, string(r))
		} else {
			out[len(out)-1] += string(r)
		}
		word = w
	}
	return out
}
