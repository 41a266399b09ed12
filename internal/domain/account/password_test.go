package account

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// FuzzParsePHC: whatever stands in the column, reading it ends, and never in a
// hash that costs more than the machine has.
func FuzzParsePHC(f *testing.F) {
	for _, seed := range []string{nobody, "", "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=4294967295,t=2,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, phc string) {
		c, _, key, err := parsePHC(phc)
		if err == nil && (c.memory > 1<<20 || c.passes == 0 || c.threads == 0 || len(key) < 16) {
			t.Errorf("%q is read as %+v", phc, c)
		}
	})
}

func TestNobodyCostsWhatSomebodyCosts(t *testing.T) {
	c, salt, key, err := parsePHC(nobody)
	if err != nil || c != current || len(salt) != saltLength || len(key) != keyLength {
		t.Errorf("%+v, %d, %d: %v", c, len(salt), len(key), err)
	}
}

// counter gives bytes in order, so that what is made of them can be known.
type counter byte

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func TestOneTimeCodesCanBeCopiedByHand(t *testing.T) {
	start := counter(0)
	s := &Service{random: &start}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		code, err := s.oneTime(n)
		if err != nil {
			t.Fatal(err)
		}
		bare := strings.ReplaceAll(code, "-", "")
		if len(bare) != n || strings.Trim(bare, alphabet) != "" || strings.ContainsAny(bare, "il1o0") {
			t.Fatalf("%q for %d", code, n)
		}
	})
}

func TestLongPasswordsDoNotMatchTheirStart(t *testing.T) {
	s := &Service{random: new(counter)}
	long := strings.Repeat("x", longest)
	phc, err := s.hash(context.Background(), long)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := matches(context.Background(), phc, long+"y"); err != nil || ok {
		t.Errorf("a longer text opens: %v %v", ok, err)
	}
}

func BenchmarkHash(b *testing.B) {
	s := &Service{random: new(counter)}
	for b.Loop() {
		if _, err := s.hash(context.Background(), good); err != nil {
			b.Fatal(err)
		}
	}
}
