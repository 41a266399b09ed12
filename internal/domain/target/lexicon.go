package target

import "strings"

// wordID stands for a word that the grammar knows, in lower case; 0 is any other word.
type wordID uint16

// The vocabulary grows only while package variables are made.
const maxWords = 4096

var vocabulary = make(map[string]wordID, maxWords)

// lookup is the vocabulary as the tokeniser asks it, by a hash that it makes
// while it puts the word into small letters; a map would read the word again.
var lookup [2 * maxWords]struct {
	word string
	id   wordID
}

const (
	hashStart = 2166136261 // FNV-1a
	hashPrime = 16777619
)

func init() {
	for word, id := range vocabulary {
		h := uint32(hashStart)
		for i := range len(word) {
			h = (h ^ uint32(word[i])) * hashPrime
		}
		k := slot(h)
		for lookup[k].id != 0 {
			k = (k + 1) % len(lookup)
		}
		lookup[k].word, lookup[k].id = word, id
	}
}

func slot(h uint32) int { return int((h ^ h>>15) % uint32(len(lookup))) }

// find gives the word of a hash, 0 if the grammar does not know it.
func find(h uint32, word []byte) wordID {
	for k := slot(h); lookup[k].id != 0; k = (k + 1) % len(lookup) {
		if lookup[k].word == string(word) {
			return lookup[k].id
		}
	}
	return 0
}

func learn(word string) wordID {
	if id, ok := vocabulary[word]; ok {
		return id
	}
	id := wordID(len(vocabulary) + 1)
	if id >= maxWords {
		panic("target: the lexicon outgrew its table")
	}
	vocabulary[word] = id
	return id
}

// phrase is a sequence of words with the meaning its set gives it.
type phrase struct {
	words   []wordID
	meaning int
}

// phrases is a set of phrases, found by their first word, longest first.
type phrases struct {
	index [maxWords]uint16 // into groups; 0 is none
	group [][]phrase
	most  int // words of the longest
	block int // where begins keeps the set, and its bit there
	bit   uint64
}

// begins tells of each word which sets have a phrase that begins with it. One word
// is asked for by many sets in a row, so what is known of it lies together, while
// the indexes of the sets lie far apart.
var begins [maxWords][maxSets / 64]uint64

// maxSets bounds the sets of phrases; sets counts them.
const maxSets = 256

var sets int

// starts tells whether the set has a phrase that begins with the word.
func (p *phrases) starts(w wordID) bool { return begins[w&(maxWords-1)][p.block]&p.bit != 0 }

// variants are spellings of one syllable that texts mix.
var variants = strings.NewReplacer("tỷ", "tỉ", "kỳ", "kì", "hóa", "hoá", "quý", "quí", "sỹ", "sĩ", "ủy", "uỷ", "hòa", "hoà", "thủy", "thuỷ", "khỏe", "khoẻ", "xóa", "xoá", "tòa", "toà", "lũy", "luỹ")

func newPhrases() *phrases {
	if sets == maxSets {
		panic("target: too many sets of phrases")
	}
	p := &phrases{group: make([][]phrase, 1), block: sets / 64, bit: 1 << (sets % 64)}
	sets++
	return p
}

// list makes a set whose phrases all mean 1; lines part them, or semicolons.
func list(text string) *phrases { return newPhrases().with(1, text) }

// with adds phrases of one meaning, parted by semicolons or line ends.
func (p *phrases) with(meaning int, text string) *phrases {
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		p.add(meaning, s)
		if v := variants.Replace(s); v != s {
			p.add(meaning, v)
		}
	}
	return p
}

// cross adds every phrase made of one alternative of each part; a part that
// starts with "?" may be left out: "đề ra; đặt ra" × "? các; những" × "chỉ tiêu".
func (p *phrases) cross(meaning int, parts ...string) *phrases {
	made := []string{""}
	for _, part := range parts {
		part, optional := strings.CutPrefix(part, "?")
		var next []string
		if optional {
			next = append(next, made...)
		}
		for _, alt := range strings.Split(part, ";") {
			for _, head := range made {
				next = append(next, head+" "+strings.TrimSpace(alt))
			}
		}
		made = next
	}
	return p.with(meaning, strings.Join(made, ";"))
}

// exception is the meaning of phrases that begin like one of the set and are
// none: chi bộ is no chi.
const exception = -1

// but adds exceptions.
func (p *phrases) but(text string) *phrases { return p.with(exception, text) }

func (p *phrases) add(meaning int, s string) {
	var words []wordID
	for _, w := range strings.Fields(s) {
		words = append(words, learn(w))
	}
	if len(words) > p.most {
		p.most = len(words)
	}
	first := words[0]
	if p.index[first] == 0 {
		p.group = append(p.group, nil)
		p.index[first] = uint16(len(p.group) - 1)
		begins[first][p.block] |= p.bit
	}
	g := append(p.group[p.index[first]], phrase{words, meaning})
	for i := len(g) - 1; i > 0 && len(g[i].words) > len(g[i-1].words); i-- {
		g[i], g[i-1] = g[i-1], g[i]
	}
	p.group[p.index[first]] = g
}

// at finds the longest phrase that starts at toks[i]; n is its length in
// words, 0 if there is none. Punctuation never stands inside a phrase.
func (p *phrases) at(toks []token, i int) (meaning, n int) {
	if uint(i) >= uint(len(toks)) || !p.starts(toks[i].word) { // most often; small enough to be inlined
		return 0, 0
	}
	return p.longest(toks, i)
}

// longest is at for a word with which the set has phrases.
func (p *phrases) longest(toks []token, i int) (meaning, n int) {
	for group, k := p.group[p.index[toks[i].word]], 0; k < len(group); k++ {
		if ph := &group[k]; ph.matches(toks, i) {
			if ph.meaning == exception {
				break
			}
			return ph.meaning, len(ph.words)
		}
	}
	return 0, 0
}

func (ph *phrase) matches(toks []token, i int) bool {
	if i+len(ph.words) > len(toks) {
		return false
	}
	for k := len(ph.words) - 1; k > 0; k-- { // its first word found the group
		if toks[i+k].word != ph.words[k] {
			return false
		}
	}
	return true
}

// before finds the longest phrase that ends just before toks[end] and starts at from or later.
func (p *phrases) before(toks []token, from, end int) (meaning, n int) {
	for n = min(p.most, end-from); n > 0; n-- {
		w := toks[end-n].word
		if !p.starts(w) {
			continue
		}
		for group, k := p.group[p.index[w]], 0; k < len(group); k++ {
			if ph := &group[k]; len(ph.words) == n && ph.matches(toks, end-n) {
				if ph.meaning == exception {
					return 0, 0
				}
				return ph.meaning, n
			}
		}
	}
	return 0, 0
}

// has tells whether the set has a phrase at toks[i].
func (p *phrases) has(toks []token, i int) bool {
	if uint(i) >= uint(len(toks)) || !p.starts(toks[i].word) {
		return false
	}
	_, n := p.longest(toks, i)
	return n > 0
}

// in finds the first phrase of the set that starts in toks[a:b].
func (p *phrases) in(toks []token, a, b int) (at, meaning int) {
	for i := max(a, 0); i < min(b, len(toks)); i++ {
		if !p.starts(toks[i].word) {
			continue
		}
		if m, n := p.longest(toks, i); n > 0 && i+n <= b {
			return i, m
		}
	}
	return -1, 0
}
