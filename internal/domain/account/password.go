package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// cost of a password hash: the first choice of the OWASP cheat sheet on
// password storage, 19 MiB and two passes.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var current = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltLength = 16
	keyLength  = 32

	shortest = 12  // characters
	longest  = 512 // bytes: a longer text costs nobody's attacker anything, only us
)

// hashing bounds how many hashes are made at once: each takes 19 MiB, and a
// flood of sign-ins must not take the machine's memory.
var hashing = make(chan struct{}, runtime.NumCPU())

func derive(ctx context.Context, password string, salt []byte, c cost, length uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.passes, c.memory, c.threads, length), nil
}

// hash makes the PHC string of a password.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(s.random, salt); err != nil {
		return "", fmt.Errorf("account: %w", err)
	}
	key, err := derive(ctx, password, salt, current, keyLength)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, current.memory, current.passes, current.threads, b64(salt), b64(key)), nil
}

// nobody is the hash against which an unknown login is checked, so that it
// takes as long as a known one. No password matches it: its key is not one.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// matches tells whether the password is the one of the PHC string.
func matches(ctx context.Context, phc, password string) (bool, error) {
	c, salt, key, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	tooLong := len(password) > longest // cannot match: none that long is accepted
	if tooLong {
		password = password[:longest]
	}
	got, err := derive(ctx, password, salt, c, uint32(len(key)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, key) == 1 && !tooLong, nil
}

func parsePHC(phc string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(phc, "$")
	var version int
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("account: a password hash is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return c, nil, nil, fmt.Errorf("account: a password hash has version %q", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil || c.passes == 0 || c.threads == 0 || c.memory > 1<<20 {
		return c, nil, nil, fmt.Errorf("account: a password hash has cost %q", parts[3])
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, fmt.Errorf("account: a password hash: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) < 16 {
		return c, nil, nil, fmt.Errorf("account: a password hash has a key of %d bytes (%v)", len(key), err)
	}
	return c, salt, key, nil
}

// checkPassword refuses what is guessed first: short ones, the login itself,
// one character repeated. Length is what counts; no rule asks for odd signs.
func checkPassword(field, password, login string) *fault.Error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < shortest:
		return fault.Wrong(field, "Mật khẩu cần ít nhất {.n} ký tự. Một câu dễ nhớ là mật khẩu tốt.", "n", shortest)
	case len(password) > longest:
		return fault.Wrong(field, "Mật khẩu dài quá {.n} ký tự. Hãy rút ngắn.", "n", longest)
	case !utf8.ValidString(password):
		return fault.Wrong(field, "Mật khẩu có ký tự không đọc được. Hãy nhập lại.")
	}
	folded := vntext.Fold(password)
	if login != "" && strings.Trim(strings.ReplaceAll(folded, login, ""), "0123456789!@#$%^&*._- ") == "" {
		return fault.Wrong(field, "Mật khẩu không được là tên đăng nhập. Hãy chọn mật khẩu khác.")
	}
	first, _ := utf8.DecodeRuneInString(folded)
	if strings.Trim(folded, string(first)) == "" {
		return fault.Wrong(field, "Mật khẩu không được lặp lại một ký tự. Hãy chọn mật khẩu khác.")
	}
	return nil
}

// alphabet of passwords and codes that people copy by hand: nothing that looks
// like something else.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"

// oneTime makes a password or code of n signs in groups of four, about 4,9 bits a sign.
func (s *Service) oneTime(n int) (string, error) {
	out := make([]byte, 0, n+n/4)
	raw := make([]byte, 1)
	for made := 0; made < n; {
		if _, err := io.ReadFull(s.random, raw); err != nil {
			return "", fmt.Errorf("account: %w", err)
		}
		if int(raw[0]) >= 256-256%len(alphabet) { // keeps every sign equally likely
			continue
		}
		if made > 0 && made%4 == 0 {
			out = append(out, '-')
		}
		out = append(out, alphabet[int(raw[0])%len(alphabet)])
		made++
	}
	return string(out), nil
}
