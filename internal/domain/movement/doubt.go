package movement

import (
	"regexp"
	"strconv"

	"github.com/thidua/thidua/internal/platform/locale"
)

// yearTold is a year as texts write it. The year of a decree or decision stands
// behind a stroke and is not meant.
var yearTold = regexp.MustCompile(`(?i)năm (20[0-9]{2})`)

// Doubts says where the movement's year does not fit what was pasted: a launch
// of last year that is entered for this one reads as if it were right. It is a
// word to look again, nothing is refused for it.
func (m Movement) Doubts(targets []Target) []locale.Text {
	var out []locale.Text
	if named := told(m.Name + " " + m.Theme); len(named) > 0 && named[m.Year] == 0 {
		out = append(out, locale.Msg("Tên hoặc chủ đề nói năm {.told}, còn phong trào ghi năm {.year}.", "told", locale.Year(most(named)), "year", locale.Year(m.Year)))
	}
	if text := told(m.Text); len(text) > 0 && text[m.Year] == 0 {
		out = append(out, locale.Msg("Văn bản không nhắc năm {.year} của phong trào mà nói năm {.told} ({.n} lần). Có phải văn bản của năm khác?", "year", locale.Year(m.Year), "told", locale.Year(most(text)), "n", text[most(text)]))
	}
	past := 0
	for _, t := range targets {
		if t.ByYear != 0 && t.ByYear < m.Year {
			past++
		}
	}
	if past > 0 {
		out = append(out, locale.Msg("{.n} chỉ tiêu phải đạt trước năm {.year}.", "n", past, "year", locale.Year(m.Year)))
	}
	return out
}

// told counts the years that a text names.
func told(text string) map[int]int {
	out := map[int]int{}
	for _, m := range yearTold.FindAllStringSubmatch(text, -1) {
		year, _ := strconv.Atoi(m[1])
		out[year]++
	}
	return out
}

// most is the year named most often, the later of equals.
func most(years map[int]int) int {
	best := 0
	for y, n := range years {
		if n > years[best] || n == years[best] && y > best {
			best = y
		}
	}
	return best
}
