package target

import "strings"

// Mark reads the bullet or number at the head of a line ("II.", "Điều 3", "1.",
// "a)", "-") and what follows it. rank orders marks: a smaller one stands
// higher in a paper, 0 is a line without one.
func Mark(line string) (mark, rest string, rank int) {
	line = strings.TrimFunc(line, isSpace)
	rank, n := marker(line)
	if n == 0 {
		return "", line, 0
	}
	mark, rest = line[:n], strings.TrimLeftFunc(line[n:], isSpace)
	if rank == rankArt || rank == rankPart || rank == rankRoman { // "Điều 3. Hiệu lực", "Chương II: Chỉ tiêu"
		if cut := strings.TrimLeft(rest, ".:"); len(cut) < len(rest) && len(rest)-len(cut) == 1 {
			mark, rest = mark+rest[:1], strings.TrimLeftFunc(cut, isSpace)
		}
	}
	return mark, rest, rank
}

// Listed tells whether a mark of the rank is one of a list, a dash or a
// bullet, rather than the number of a clause.
func Listed(rank int) bool { return rank >= rankDash }

// Section tells whether a mark of the rank numbers a part of a paper: part,
// chapter, Roman number, article.
func Section(rank int) bool { return rank > 0 && rank <= rankArt }
