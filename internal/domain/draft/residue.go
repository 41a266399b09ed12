package draft

import (
	"regexp"
	"strings"

	"github.com/thidua/thidua/internal/platform/vntext"
)

// residue is a line, without marks, that pages print around a text: counters of
// visitors, buttons, notices. The whole line must be one.
var residue = regexp.MustCompile(`^[-–•*\s]*((dang )?(online|truy cap)|(tong )?(so )?luot (xem|truy cap|doc)|tong (so )?(luot )?truy cap|da truy cap|thong ke truy cap|hom (nay|qua)|(tuan|thang) nay|views?|visitors?|trang chu|in trang|ban in|in bai viet|gui (email|mail)|gui cho ban be|chia se|co chu|tin lien quan|cac tin khac|quay lai|ve dau trang)\s*[:：]?\s*[0-9][0-9., ]*$` +
	`|^[-–•*\s]*(trang chu|in trang|ban in|in bai viet|gui (email|mail)|gui cho ban be|chia se|co chu|tin lien quan|cac tin khac|quay lai|ve dau trang|thong ke truy cap)\s*[:：]?$` +
	`|^(copyright|©|ban quyen thuoc ve|ban quyen ©)`)

// Residue lists the lines of a text, from 1, that came along from the page it was
// copied from and would be printed and signed with it: "Online : 3592".
func Residue(text string) []int {
	var out []int
	for i, line := range strings.Split(text, "\n") {
		if residue.MatchString(vntext.Fold(strings.TrimSpace(line))) {
			out = append(out, i+1)
		}
	}
	return out
}

// WithoutResidue is the text without those lines, for who agrees that they go.
func WithoutResidue(text string) string {
	lines := strings.Split(text, "\n")
	var out []string
	for i, n := 0, Residue(text); i < len(lines); i++ {
		if len(n) > 0 && n[0] == i+1 {
			n = n[1:]
			continue
		}
		out = append(out, lines[i])
	}
	return strings.Join(out, "\n")
}
