package evidence

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image/jpeg"
	"image/png"
	"io"
	"path"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// Limits of a container of parts (docx, xlsx): beyond them a file is made to
// break whoever opens it.
const (
	maxParts    = 5000
	maxUnpacked = 300 << 20 // bytes that it says to hold when unpacked
	maxTypes    = 1 << 20   // bytes of its list of contents
	maxPixels   = 200_000_000
)

// look checks that a content is what the form says. Everything is decided by
// the content; the name was only a claim.
func look(name string, form Form, r io.ReaderAt, size int64) error {
	if size == 0 {
		return fault.Wrong("file", "Tệp “{.name}” rỗng. Hãy kiểm tra rồi chọn lại.", "name", shown(name))
	}
	head := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fault.Wrap(err)
	}
	real := recognise(head)
	if real == "zip" {
		inside, err := container(name, r, size)
		if err != nil {
			return err
		}
		if inside != "" {
			real = inside
		}
	}
	if real != form.Extension {
		return fault.Wrong("file", "Tệp “{.name}” có đuôi .{.ext} nhưng nội dung là {.real}. Hãy chọn đúng tệp, hoặc mở tệp và lưu lại đúng định dạng; đổi đuôi tệp thì không được.",
			"name", shown(name), "ext", form.Extension, "real", called(real))
	}
	if broken(real, r, size) {
		return fault.Wrong("file", "Tệp “{.name}” bị hỏng hoặc chưa tải lên hết. Hãy mở thử trên máy rồi chọn lại.", "name", shown(name))
	}
	return nil
}

// recognise tells the kind of a content by its first bytes.
func recognise(head []byte) string {
	for _, m := range []struct{ prefix, kind string }{
		{"%PDF-", "pdf"},
		{"\x89PNG\r\n\x1a\n", "png"},
		{"\xff\xd8\xff", "jpg"},
		{"PK\x03\x04", "zip"},
		{"PK\x05\x06", "zip"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
		{"MZ", "program"},
		{"\x7fELF", "program"},
		{"#!", "program"},
		{"Rar!\x1a\x07", "archive"},
		{"7z\xbc\xaf\x27\x1c", "archive"},
		{"\x1f\x8b", "archive"},
		{"GIF8", "image"},
		{"BM", "image"},
		{"II*\x00", "image"},
		{"MM\x00*", "image"},
		{"RIFF", "image"},
		{"{\\rtf", "rtf"},
	} {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	start := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n"))
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<script", "<body"} {
		if strings.HasPrefix(start, mark) {
			return "html"
		}
	}
	if strings.HasPrefix(start, "<svg") || strings.HasPrefix(start, "<?xml") {
		return "xml"
	}
	if !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == '\ufffd' }) {
		return "text"
	}
	return ""
}

// called is how a sentence calls a kind.
func called(kind string) locale.Text {
	if f, ok := formOf(kind); ok {
		return f.Name
	}
	switch kind {
	case "zip", "archive":
		return locale.Msg("tệp nén")
	case "ole":
		return locale.Msg("Word, Excel kiểu cũ (.doc, .xls) hoặc tệp đặt mật khẩu")
	case "program":
		return locale.Msg("chương trình chạy trên máy")
	case "image":
		return locale.Msg("ảnh loại khác")
	case "html":
		return locale.Msg("trang web")
	case "xml":
		return locale.Msg("tệp XML")
	case "rtf":
		return locale.Msg("văn bản RTF")
	case "text":
		return locale.Msg("văn bản thường")
	}
	return locale.Msg("loại không nhận ra")
}

// container looks into a zip: which office form it is, "" for none. A
// container that carries macros, is locked, or is built to burst is refused.
func container(name string, r io.ReaderAt, size int64) (string, error) {
	damaged := fault.Wrong("file", "Tệp “{.name}” bị hỏng hoặc chưa tải lên hết. Hãy mở thử trên máy rồi chọn lại.", "name", shown(name))
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return "", damaged.Because(err)
	}
	excess := fault.Wrong("file", "Tệp “{.name}” phình ra quá lớn khi mở nên không nhận. Hãy lưu lại thành PDF rồi chọn tệp PDF.", "name", shown(name))
	if len(z.File) > maxParts {
		return "", excess
	}
	var unpacked uint64
	var types *zip.File
	for _, f := range z.File {
		unpacked += min(f.UncompressedSize64, maxUnpacked+1)
		if unpacked > maxUnpacked {
			return "", excess
		}
		part := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		switch {
		case f.Flags&1 != 0:
			return "", fault.Wrong("file", "Tệp “{.name}” có mật khẩu nên người kiểm tra không mở được. Hãy bỏ mật khẩu rồi chọn lại.", "name", shown(name))
		case strings.HasPrefix(part, "/") || strings.Contains("/"+part+"/", "/../"):
			return "", damaged
		case path.Base(part) == "vbaproject.bin":
			return "", fault.Wrong("file", "Tệp “{.name}” có chứa macro nên không nhận. Hãy lưu lại không có macro, hoặc lưu thành PDF.", "name", shown(name))
		case part == "[content_types].xml":
			types = f
		}
	}
	if types == nil {
		return "", nil
	}
	in, err := types.Open()
	if err != nil {
		return "", damaged.Because(err)
	}
	defer in.Close()
	var list struct {
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	if err := xml.NewDecoder(io.LimitReader(in, maxTypes)).Decode(&list); err != nil {
		return "", damaged.Because(err)
	}
	for _, o := range list.Override {
		for _, f := range Forms {
			if o.ContentType == f.Media+".main+xml" && there(z, strings.TrimPrefix(o.PartName, "/")) {
				return f.Extension, nil
			}
		}
	}
	return "", nil
}

func there(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// broken tells whether a picture or a PDF does not hold together.
func broken(kind string, r io.ReaderAt, size int64) bool {
	switch kind {
	case "png":
		c, err := png.DecodeConfig(io.NewSectionReader(r, 0, size))
		return err != nil || !sane(c.Width, c.Height)
	case "jpg":
		c, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, size))
		return err != nil || !sane(c.Width, c.Height)
	case "pdf":
		// A PDF is read from its end; one without it was cut off.
		tail := make([]byte, min(size, 2048))
		if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
			return true
		}
		return !bytes.Contains(tail, []byte("%%EOF"))
	}
	return false
}

func sane(width, height int) bool {
	return width > 0 && height > 0 && int64(width)*int64(height) <= maxPixels
}
