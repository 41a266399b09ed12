package svg

import (
	"math/big"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// escape makes any text safe in SVG inside HTML and in SVG alone: what XML
// forbids is left out, and so is what turns the direction of text around.
func escape(s string) string { return entities.Replace(clean(s)) }

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// clean is one line of text in NFC.
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == 0x2028, r == 0x2029:
			if r == 0xA0 {
				return r
			}
			return ' '
		case unicode.IsControl(r), r == 0xFEFF, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF,
			r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// plain tells whether clean would change nothing, for most texts at a glance.
func plain(s string) bool {
	before := ' '
	for _, r := range s {
		if r >= rune(len(tidy)) || !tidy[r] || r == ' ' && before == ' ' {
			return false
		}
		before = r
	}
	return before != ' '
}

// tidy are the characters of Vietnamese that clean leaves as they are.
var tidy = func() (all [0x1EFA]bool) {
	for r := range rune(len(all)) {
		latin := r >= ' ' && r < 0x7F || r >= 0xC0 && r < 0x250 || r >= 0x1EA0
		all[r] = latin && norm.NFC.IsNormalString(string(r))
	}
	return all
}()

// widths are the advances of a common sans serif from space to "~", in
// thousandths of the size.
var widths = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// width is the room a line takes, in pixels, rounded up and with a tenth to
// spare: the reader's font is not known here.
func width(s string, size int, bold bool) int { return pixels(advance(clean(s)), size, bold) }

// advance is the length of a text in thousandths of its size.
func advance(s string) int {
	total := 0
	for _, r := range s {
		if r < rune(len(advances)) {
			total += int(advances[r])
		} else {
			total += advanceOf(r)
		}
	}
	return total
}

// pixels makes whole pixels of an advance, a tenth more than it is.
func pixels(total, size int, bold bool) int {
	if bold {
		total = total * 113 / 100 // the wide bold faces of Linux; narrower ones leave room
	}
	return (total*size*110/100 + 999) / 1000
}

// advances are those of the letters up to the last of Vietnamese: a chart of
// many bars measures a text many times.
var advances = func() (all [0x1EFA]uint16) {
	for r := range all {
		all[r] = uint16(advanceOf(rune(r)))
	}
	return all
}()

func advanceOf(whole rune) int {
	total := 0
	for _, r := range norm.NFD.String(string(whole)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if r == 0x031B { // the horn of ơ and ư
				total += 80
			}
		case r >= ' ' && int(r-' ') < len(widths):
			total += widths[r-' ']
		case r < 0x2000:
			total += 600
		default:
			total += 1000
		}
	}
	return total
}

// wrap breaks a text into lines of at most room pixels, between words where it can.
func wrap(s string, room, size int, bold bool) []string {
	s = clean(s)
	if s != "" && pixels(advance(s), size, bold) <= room {
		return []string{s}
	}
	var out []string
	line, long := "", 0
	for word := range strings.SplitSeq(s, " ") {
		for _, piece := range pieces(word, room, size, bold) {
			more := advance(piece)
			switch {
			case line == "":
				line, long = piece, more
			case pixels(long+int(advances[' '])+more, size, bold) <= room:
				line, long = line+" "+piece, long+int(advances[' '])+more
			default:
				out = append(out, line)
				line, long = piece, more
			}
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// pieces cuts a word that is wider than the room.
func pieces(word string, room, size int, bold bool) []string {
	if width(word, size, bold) <= room {
		if word == "" {
			return nil
		}
		return []string{word}
	}
	var out []string
	part, used := "", 0
	for _, r := range word {
		w := width(string(r), size, bold)
		if part != "" && used+w > room {
			out = append(out, part)
			part, used = "", 0
		}
		part += string(r)
		used += w
	}
	return append(out, part)
}

// widestOf is the widest of some texts.
func widestOf(size int, bold bool, texts ...string) int {
	w := 0
	for _, s := range texts {
		w = max(w, width(s, size, bold))
	}
	return w
}

// scale maps exact numbers from low–high to whole pixels from–to. An empty span maps to from.
type scale struct {
	low, high *big.Rat
	from, to  int
}

func (s scale) at(v *big.Rat) int {
	span := new(big.Rat).Sub(s.high, s.low)
	if span.Sign() == 0 {
		return s.from
	}
	part := new(big.Rat).Sub(v, s.low)
	part.Quo(part, span)
	part.Mul(part, big.NewRat(int64(s.to-s.from), 1))
	px := s.from + nearest(part)
	low, high := min(s.from, s.to), max(s.from, s.to)
	return min(max(px, low), high)
}

// nearest is the whole number nearest to r, within what a drawing can hold.
func nearest(r *big.Rat) int {
	limit := big.NewRat(1<<20, 1)
	if new(big.Rat).Abs(r).Cmp(limit) > 0 {
		return (1 << 20) * r.Sign()
	}
	num := new(big.Int).Mul(r.Num(), big.NewInt(2))
	num.Add(num, r.Denom())
	return int(new(big.Int).Div(num, new(big.Int).Mul(r.Denom(), big.NewInt(2))).Int64())
}

// bounds are the least and the greatest of the values that are there.
func bounds(values ...*big.Rat) (low, high *big.Rat) {
	for _, v := range values {
		if v == nil {
			continue
		}
		if low == nil || v.Cmp(low) < 0 {
			low = v
		}
		if high == nil || v.Cmp(high) > 0 {
			high = v
		}
	}
	return low, high
}
