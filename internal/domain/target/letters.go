package target

import (
	"unicode"
	"unicode/utf8"
)

// Most runes of a Vietnamese text stand in two blocks; telling them by range
// costs a tenth of asking the Unicode tables.

// letter tells whether a rune belongs to a word: a letter or a combining mark.
func letter(r rune) bool {
	switch {
	case r < 0x80:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r >= 0x1EA0 && r <= 0x1EF9, r >= 0xC0 && r <= 0x24F && r != 0xD7 && r != 0xF7:
		return true
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

func upper(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'A' && r <= 'Z'
	case r >= 0x1EA0 && r <= 0x1EF9:
		return r&1 == 0
	case r >= 0xDF && r <= 0xFF:
		return false
	}
	return unicode.IsUpper(r)
}

func lower(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z'
	case r >= 0x1EA0 && r <= 0x1EF9:
		return r&1 == 1
	}
	return unicode.IsLower(r)
}

func toLower(r rune) rune {
	switch {
	case r < 0x80:
		return rune(lowerTable[r])
	case r >= 0x1EA0 && r <= 0x1EF9:
		return r | 1 // capitals and small letters stand in pairs
	case r >= 0xDF && r <= 0xFF, r == 'đ', r == 'ơ', r == 'ư', r == 'ă':
		return r
	case r >= 0xC0 && r <= 0xDE && r != 0xD7:
		return r + 0x20
	case r == 'Đ':
		return 'đ'
	case r == 'Ă' || r == 'Ư' || r == 'Ơ':
		return r + 1
	case r >= 0x2000 && r <= 0x2BFF && (r < 0x2100 || r > 0x218F) && (r < 0x24B6 || r > 0x24CF):
		return r // punctuation and signs
	}
	return unicode.ToLower(r)
}

// small puts a text into small letters; one that is so already is returned as it is.
func small(s string) string {
	for i, r := range s {
		if toLower(r) == r {
			continue
		}
		b := append(make([]byte, 0, len(s)+utf8.UTFMax), s[:i]...)
		for _, r := range s[i:] {
			b = utf8.AppendRune(b, toLower(r))
		}
		return string(b)
	}
	return s
}
