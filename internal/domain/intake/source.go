package intake

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
)

// What an archive may unpack to. A country's year is about 1 GB and packs to a
// tenth; nothing honest packs to a hundredth.
const (
	maxUnpacked = 16 << 30
	maxRatio    = 100
	freeRatio   = 16 << 20 // below it nobody asks
)

// files are the opened files of a set, by name. Close removes what was unpacked.
type files struct {
	open map[string]*os.File
	temp string
}

func (f *files) Close() {
	for _, file := range f.open {
		file.Close()
	}
	if f.temp != "" {
		os.RemoveAll(f.temp)
	}
}

// open opens a folder of CSV files, or a .zip of them, which it unpacks beside
// the system's temporary files: rows are read more than once, and out of order.
func open(ctx context.Context, name string) (*files, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fault.New(fault.NotFound, "Không mở được {.file}. Hãy kiểm tra lại đường dẫn.", "file", name).Because(err)
	}
	out := &files{open: map[string]*os.File{}}
	if info.IsDir() {
		for _, t := range tables {
			file, err := os.Open(filepath.Join(name, t.file))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				out.Close()
				return nil, fault.New(fault.Invalid, "Không mở được {.file}. Hãy kiểm tra lại đường dẫn.", "file", t.file).Because(err)
			}
			out.open[t.file] = file
		}
		return out, nil
	}
	if err := out.unpack(ctx, name); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

func (f *files) unpack(ctx context.Context, name string) error {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return fault.New(fault.Invalid, "{.file} không phải là thư mục, cũng không phải là tệp .zip đọc được.", "file", name).Because(err)
	}
	defer archive.Close()
	if f.temp, err = os.MkdirTemp("", "thidua-import-"); err != nil {
		return err
	}
	left := int64(maxUnpacked)
	for _, entry := range archive.File {
		base := strings.ToLower(path.Base(strings.ReplaceAll(entry.Name, `\`, "/")))
		if !known(base) {
			continue // a readme, a folder
		}
		if f.open[base] != nil {
			return fault.New(fault.Invalid, "Tệp .zip có hai tệp {.file}. Hãy để lại một.", "file", base)
		}
		n, err := f.one(ctx, entry, base, left)
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

func known(file string) bool {
	for _, t := range tables {
		if t.file == file {
			return true
		}
	}
	return false
}

// one unpacks an entry up to what its packed size allows.
func (f *files) one(ctx context.Context, entry *zip.File, base string, left int64) (int64, error) {
	in, err := entry.Open()
	if err != nil {
		return 0, fault.New(fault.Invalid, "Không giải nén được {.file}.", "file", base).Because(err)
	}
	defer in.Close()
	file, err := os.Create(filepath.Join(f.temp, base))
	if err != nil {
		return 0, err
	}
	f.open[base] = file
	limit := max(freeRatio, maxRatio*int64(min(entry.CompressedSize64, maxUnpacked)))
	limit = min(limit, left)
	n, err := io.Copy(file, io.LimitReader(stoppable{ctx, in}, limit+1))
	switch {
	case ctx.Err() != nil:
		return n, ctx.Err()
	case err != nil:
		return n, fault.New(fault.Invalid, "Không giải nén được {.file}.", "file", base).Because(err)
	case n > limit:
		return n, fault.New(fault.TooLarge, "{.file} giải nén ra lớn bất thường so với tệp .zip nên bị từ chối. Nếu tệp đúng, hãy giải nén và nhập từ thư mục.", "file", base)
	}
	return n, nil
}

// stoppable ends a long copy with its context.
type stoppable struct {
	ctx context.Context
	in  io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.Read(p)
}
