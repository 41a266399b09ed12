package formula

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/thidua/thidua/internal/platform/locale"
)

// token is a word of the source. kind is 'n' for a number, 'w' for a word, '$'
// for the end, else the sign itself, with one spelling for each.
type token struct {
	kind     rune
	from, to int
	text     string // of numbers and words; words in lower case
}

// spellings bring the ways of writing a sign to one.
var spellings = map[string]rune{
	"+": '+', "-": '-', "−": '-', "–": '-', "*": '*', "×": '*', "·": '*', "/": '/', "÷": '/', ":": '/',
	"(": '(', ")": ')', ",": ',', ";": ',',
	"=": '=', "==": '=', "≠": '≠', "<>": '≠', "!=": '≠', "<": '<', "<=": '≤', "≤": '≤', ">": '>', ">=": '≥', "≥": '≥',
}

// compose is the form in which a source is read and positions are counted.
func compose(source string) []rune {
	return []rune(norm.NFC.String(strings.ToValidUTF8(source, "�")))
}

func lex(src []rune) ([]token, *Error) {
	var tokens []token
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case unicode.IsSpace(c):
			i++
		case isDigit(c):
			t, err := lexNumber(src, i)
			if err != nil {
				return nil, err
			}
			tokens, i = append(tokens, t), t.to
		case unicode.IsLetter(c) || c == '_':
			j := i
			for j < len(src) && (unicode.IsLetter(src[j]) || isDigit(src[j]) || src[j] == '_') {
				j++
			}
			tokens = append(tokens, token{'w', i, j, strings.ToLower(string(src[i:j]))})
			i = j
		default:
			t, err := lexSign(src, i)
			if err != nil {
				return nil, err
			}
			tokens, i = append(tokens, t), t.to
		}
	}
	return append(tokens, token{'$', len(src), len(src), ""}), nil
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

// lexNumber reads 12 or 0.5. A decimal comma would silently become two
// arguments, and a second point a thousands mark; both are refused.
func lexNumber(src []rune, from int) (token, *Error) {
	i := from
	digits := func() {
		for i < len(src) && isDigit(src[i]) {
			i++
		}
	}
	follows := func(sign rune) bool { return i+1 < len(src) && src[i] == sign && isDigit(src[i+1]) }
	digits()
	if follows('.') {
		i++
		digits()
	}
	end := i
	switch {
	case follows(','):
		i++
		digits()
		return token{}, wrong(src, from, i, locale.Msg("số lẻ viết bằng dấu chấm: {.number}. Dấu phẩy ngăn các đối số; nếu đây là hai đối số, hãy thêm dấu cách sau dấu phẩy.",
			"number", strings.Replace(string(src[from:i]), ",", ".", 1)))
	case follows('.'):
		for follows('.') {
			i++
			digits()
		}
		return token{}, wrong(src, from, i, locale.Msg("không viết dấu ngăn hàng nghìn trong số. Hãy viết liền: {.number}.",
			"number", strings.ReplaceAll(string(src[from:i]), ".", "")))
	case i < len(src) && src[i] == '%':
		return token{}, wrong(src, from, i+1, locale.Msg("không có dấu phần trăm. Hãy viết 0.05 thay cho 5%, hoặc nhân với 100."))
	case i < len(src) && (unicode.IsLetter(src[i]) || src[i] == '_'):
		return token{}, wrong(src, from, i+1, locale.Msg("tên không bắt đầu bằng chữ số. Nếu là phép nhân, hãy viết dấu *."))
	}
	return token{'n', from, end, string(src[from:end])}, nil
}

func lexSign(src []rune, from int) (token, *Error) {
	for _, n := range []int{2, 1} {
		if from+n > len(src) {
			continue
		}
		text := string(src[from : from+n])
		if text == "**" {
			return token{}, wrong(src, from, from+n, locale.Msg("không có phép lũy thừa. Hãy viết phép nhân."))
		}
		if kind, ok := spellings[text]; ok {
			return token{kind, from, from + n, ""}, nil
		}
	}
	if src[from] == '^' {
		return token{}, wrong(src, from, from+1, locale.Msg("không có phép lũy thừa. Hãy viết phép nhân."))
	}
	return token{}, wrong(src, from, from+1, locale.Msg("không hiểu ký tự này. Công thức gồm số, tên, các dấu + - * / ( ) và các dấu so sánh."))
}
