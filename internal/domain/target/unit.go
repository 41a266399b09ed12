package target

import (
	"math/big"
	"strings"
)

var currencies = map[string]string{
	"đồng": "VND", "đ": "VND", "vnđ": "VND", "vnd": "VND",
	"usd": "USD", "đô la": "USD", "đô la mỹ": "USD", "đôla": "USD", "đô": "USD", "$": "USD",
	"euro": "EUR", "eur": "EUR", "€": "EUR",
	"jpy": "JPY", "yên": "JPY", "yên nhật": "JPY", "nhân dân tệ": "CNY", "cny": "CNY", "won": "KRW", "krw": "KRW",
}

// canonical units of one measure that texts write in several ways; only the
// spelling changes, never the magnitude.
var spellings = map[string]string{
	"héc ta": "ha", "hecta": "ha", "hec ta": "ha",
	"m2": "m²", "km2": "km²", "m3": "m³", "mét": "m", "mét vuông": "m²", "mét khối": "m³",
	"phần trăm": "%", "điểm phần trăm": "điểm %",
	"bác sỹ": "bác sĩ",
}

// ParseUnit splits a written unit into the factor of its scale words and its
// base: "triệu USD" is 10⁶ and "USD", "nghìn tỷ đồng" 10¹² and "VND",
// "triệu đồng/người/năm" 10⁶ and "VND/người/năm", "ha" 1 and "ha". ok is false
// where the unit is not in the lexicon; the base is then the unit as written.
func ParseUnit(written string) (scale *big.Rat, base string, ok bool) {
	power, base, ok := splitUnit(written)
	scale = new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil))
	return scale, base, ok
}

func splitUnit(written string) (power int, base string, ok bool) {
	clean := small(strings.Join(strings.Fields(written), " "))
	head, suffix := clean, ""
	if i := strings.IndexByte(clean, '/'); i > 0 {
		head, suffix = strings.TrimSpace(clean[:i]), clean[i:]
	}
	words := strings.Fields(head)
	for len(words) > 0 {
		p, known := scalePowers[words[0]]
		if !known {
			break
		}
		power += p
		words = words[1:]
	}
	base = strings.Join(words, " ")
	if c, known := currencies[base]; known {
		return power, c + suffix, true
	}
	if s, known := spellings[base]; known {
		base = s
	}
	known := base == "" && power > 0 || base == "%" || base == "‰" || base == "điểm %" || knownUnit(base)
	if !known && power == 0 {
		return 0, strings.TrimSpace(written), false
	}
	return power, base + suffix, known
}

var scalePowers = map[string]int{"chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9}

func knownUnit(s string) bool {
	words := strings.Fields(s)
	toks := make([]token, len(words))
	for i, w := range words {
		toks[i] = token{kind: aWord, word: vocabulary[w]}
	}
	_, n := unitWords.at(toks, 0)
	return n > 0 && n == len(words)
}

// Normalise gives the figure in base units: "93262" and "triệu USD" are
// 93262000000 USD. A figure that is no plain decimal gives an empty amount.
func Normalise(low, unit string) Value {
	power, base, _ := splitUnit(unit)
	f, ok := plainFigure(low)
	if !ok {
		return Value{Unit: base}
	}
	return Value{Amount: f.shifted(power).String(), Unit: base}
}

// Express writes an amount of base units in a written unit: 93262000000 in
// "triệu USD" is "93262". ok is false where the units do not belong together
// or no exact decimal exists.
func Express(v Value, unit string) (figure string, ok bool) {
	scale, base, _ := ParseUnit(unit)
	if base != v.Unit {
		return "", false
	}
	r, good := new(big.Rat).SetString(v.Amount)
	if !good {
		return "", false
	}
	return decimalText(r.Quo(r, scale))
}

// plainFigure takes the exact decimals that Target carries: '.' is the decimal point.
func plainFigure(s string) (figure, bool) {
	whole, frac, cut := strings.Cut(s, ".")
	if whole == "" || !digitsOnly(whole) || cut && (frac == "" || !digitsOnly(frac)) || len(s) > 2*maxDigits {
		return figure{}, false
	}
	return figure{whole + frac, len(frac)}.tidy(), true
}
