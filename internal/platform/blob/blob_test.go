package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/fault"
)

func open(t *testing.T) (*blob.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tep")
	s, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsPutComesBack(t *testing.T) {
	s, dir := open(t)
	kept := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 5000).Draw(t, "content")
		hash, err := s.Put(context.Background(), content)
		if err != nil {
			t.Fatal(err)
		}
		kept[hash] = true
		if want := sha256.Sum256(content); hash != hex.EncodeToString(want[:]) {
			t.Fatalf("hash %s", hash)
		}
		f, err := s.Get(hash)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got, err := io.ReadAll(f)
		if err != nil || !bytes.Equal(got, content) {
			t.Fatalf("got %d bytes of %d, %v", len(got), len(content), err)
		}
		if err := s.Verify(context.Background(), hash); err != nil {
			t.Fatal(err)
		}
	})
	if got := files(t, dir); len(got) != len(kept) {
		t.Fatalf("%d files for %d contents", len(got), len(kept))
	}
	seen := 0
	if err := s.All(func(hash string) error {
		if !kept[hash] {
			t.Errorf("unknown %s", hash)
		}
		seen++
		return nil
	}); err != nil || seen != len(kept) {
		t.Fatalf("saw %d of %d, %v", seen, len(kept), err)
	}
}

func TestTooLargeLeavesNothing(t *testing.T) {
	s, dir := open(t)
	if in, err := s.Receive(context.Background(), strings.NewReader("1234"), 4); err != nil {
		t.Fatal(err)
	} else {
		in.Discard()
	}
	_, err := s.Receive(context.Background(), strings.NewReader("12345"), 4)
	if !fault.Is(err, fault.TooLarge) {
		t.Fatalf("got %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Fatalf("left %v", got)
	}
}

func TestABrokenReaderLeavesNothing(t *testing.T) {
	s, dir := open(t)
	broken := io.MultiReader(strings.NewReader("một nửa"), failing{})
	if _, err := s.Receive(context.Background(), broken, 1<<20); !errors.Is(err, errCut) {
		t.Fatalf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Receive(ctx, strings.NewReader("x"), 1<<20); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Fatalf("left %v", got)
	}
}

var errCut = errors.New("cut")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errCut }

func TestDamageIsFoundAndMended(t *testing.T) {
	s, dir := open(t)
	hash, err := s.Put(context.Background(), []byte("biên bản kiểm tra"))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, hash[:2], hash[2:])
	if err := os.WriteFile(name, []byte("biên bản đã bị sửa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(context.Background(), hash); err == nil || fault.Is(err, fault.NotFound) {
		t.Fatalf("damage was not found: %v", err)
	}
	if _, err := s.Put(context.Background(), []byte("biên bản kiểm tra")); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(context.Background(), hash); err != nil {
		t.Fatal(err)
	}
}

func TestNoNameLeadsOut(t *testing.T) {
	s, _ := open(t)
	for _, name := range []string{"", "x", "../../etc/passwd", strings.Repeat("a", 63), strings.Repeat("A", 64), strings.Repeat("a", 62) + "..", strings.Repeat("0", 64)} {
		if f, err := s.Get(name); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v %v", name, f, err)
		}
		if err := s.Verify(context.Background(), name); !fault.Is(err, fault.NotFound) {
			t.Errorf("verify %q: %v", name, err)
		}
	}
}

func TestSweepTakesOnlyWhatIsOld(t *testing.T) {
	s, dir := open(t)
	old, fresh := filepath.Join(dir, "incoming", "OLD"), filepath.Join(dir, "incoming", "FRESH")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("dở dang"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	line := time.Date(2023, 1, 12, 0, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{old: line.Add(-time.Hour), fresh: line.Add(time.Hour)} {
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	hash, err := s.Put(context.Background(), []byte("giữ lại"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(line); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 2 || strings.HasSuffix(got[0], "OLD") || strings.HasSuffix(got[1], "OLD") {
		t.Fatalf("left %v", got)
	}
	if err := s.Verify(context.Background(), hash); err != nil {
		t.Fatal(err)
	}
}
