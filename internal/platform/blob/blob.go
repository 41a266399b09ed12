// Package blob keeps files by the SHA-256 of their content, under one folder
// that nothing in a name can lead out of (os.Root). A file that is there is
// complete and on the disk; equal contents are one file.
package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/thidua/thidua/internal/platform/fault"
)

// Store is an open folder of blobs.
type Store struct{ root *os.Root }

const incoming = "incoming"

// Open opens the store in a folder and makes the folder where there is none.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		root.Close()
		return nil, fmt.Errorf("blob: %w", err)
	}
	return &Store{root}, nil
}

// Close closes the folder.
func (s *Store) Close() error { return s.root.Close() }

// Sweep removes what interrupted receptions left behind before a time.
func (s *Store) Sweep(before time.Time) error {
	entries, err := fs.ReadDir(s.root.FS(), incoming)
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue
		}
		if err := s.root.Remove(path.Join(incoming, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("blob: %w", err)
		}
	}
	return nil
}

// Received is a content that has come in and is not yet kept, so that it can
// be looked into first. Discard must be called in the end; after Keep it does nothing.
type Received struct {
	Hash  string // hexadecimal SHA-256
	Size  int64
	store *Store
	name  string
	file  *os.File
}

// Receive reads a content to its end into a file of its own. More than limit
// bytes is a TooLarge fault, and nothing of it stays.
func (s *Store) Receive(ctx context.Context, r io.Reader, limit int64) (*Received, error) {
	name := path.Join(incoming, rand.Text())
	file, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	in := &Received{store: s, name: name, file: file}
	sum := sha256.New()
	in.Size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(interruptible{ctx, r}, limit+1))
	if err != nil {
		in.Discard()
		return nil, fmt.Errorf("blob: %w", err)
	}
	if in.Size > limit {
		in.Discard()
		return nil, fault.New(fault.TooLarge, "Tệp lớn hơn {.limit} MB. Hãy nén ảnh trong tệp hoặc chia thành nhiều tệp nhỏ.", "limit", int(limit>>20))
	}
	in.Hash = hex.EncodeToString(sum.Sum(nil))
	return in, nil
}

// ReadAt reads the content as it came in.
func (in *Received) ReadAt(p []byte, off int64) (int, error) { return in.file.ReadAt(p, off) }

// Keep puts the content into the store under its hash. It returns when the
// content would survive a loss of power.
func (in *Received) Keep() error {
	if in.file == nil {
		return errors.New("blob: the content was kept or discarded before")
	}
	defer in.Discard()
	s, to := in.store, place(in.Hash)
	if _, err := s.root.Stat(to); err == nil && s.sound(in.Hash, in.Size) {
		return nil
	}
	if err := in.file.Sync(); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	if err := s.root.MkdirAll(path.Dir(to), 0o700); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	if err := s.root.Rename(in.name, to); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	// The names must be on the disk too: of the file, and of its folder.
	if err := s.syncFolder(path.Dir(to)); err != nil {
		return err
	}
	return s.syncFolder(".")
}

// sound tells whether what is kept is what its name says: a damaged file is
// mended by the next one who brings the content.
func (s *Store) sound(hash string, size int64) bool {
	f, err := s.root.Open(place(hash))
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() != size {
		return false
	}
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return err == nil && hash == hex.EncodeToString(sum.Sum(nil))
}

func (s *Store) syncFolder(name string) error {
	d, err := s.root.Open(name)
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	return nil
}

// Discard removes a content that was not kept.
func (in *Received) Discard() {
	if in.file == nil {
		return
	}
	in.file.Close()
	in.file = nil
	in.store.root.Remove(in.name) // gone already when it was kept
}

// Put receives and keeps bytes that the program made itself.
func (s *Store) Put(ctx context.Context, content []byte) (hash string, err error) {
	in, err := s.Receive(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	return in.Hash, in.Keep()
}

// Get opens a kept content. A hash that is not there is a NotFound fault.
func (s *Store) Get(hash string) (*os.File, error) {
	if !valid(hash) {
		return nil, fault.Missing()
	}
	f, err := s.root.Open(place(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing().Because(fmt.Errorf("blob: %s is not in the store", hash))
	}
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return f, nil
}

// Verify reads a kept content through and tells whether it is what its name
// says: nil, a NotFound fault, or an error that names the damage.
func (s *Store) Verify(ctx context.Context, hash string) error {
	f, err := s.Get(hash)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, interruptible{ctx, f}); err != nil {
		return fmt.Errorf("blob: %s: %w", hash, err)
	}
	if got := hexOf(sum); got != hash {
		return fmt.Errorf("blob: %s holds a content whose hash is %s", hash, got)
	}
	return nil
}

// All visits the hash of every kept content.
func (s *Store) All(visit func(hash string) error) error {
	return fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == incoming {
				return fs.SkipDir
			}
			return nil
		}
		if hash := strings.ReplaceAll(name, "/", ""); valid(hash) {
			return visit(hash)
		}
		return nil
	})
}

func hexOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// place spreads the files over 256 folders.
func place(hash string) string { return hash[:2] + "/" + hash[2:] }

func valid(hash string) bool {
	return len(hash) == 2*sha256.Size && strings.Trim(hash, "0123456789abcdef") == ""
}

// interruptible stops reading when the context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}
