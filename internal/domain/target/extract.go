package target

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/thidua/thidua/internal/platform/fault"
)

// Bounds of what Extract takes: bytes of a file, and bytes of text or XML that
// may come out of one.
const (
	MaxFile = 64 << 20
	MaxText = 32 << 20
)

// Extract turns a file into the text that Read and Results take. It knows .txt,
// .md, .html and .docx by name or, where the name says nothing, by content.
// What it cannot turn into text is a fault of the code invalid or too_large.
func Extract(name string, data []byte) (string, error) {
	if len(data) > MaxFile {
		return "", fault.New(fault.TooLarge, "Tệp {.file} lớn hơn {.limit} MB nên không được nhận. Hãy chia văn bản thành nhiều tệp.", "file", name, "limit", MaxFile>>20)
	}
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	old := bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0"))
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return docxText(name, data)
	case ext == ".docx" && old: // Word puts a locked paper into the old container
		return "", fault.New(fault.Invalid, "Tệp {.file} được đặt mật khẩu hoặc là tệp Word đời cũ đổi đuôi. Hãy mở bằng Word, bỏ mật khẩu và lưu lại thành .docx.", "file", name)
	case ext == ".docx":
		return "", fault.New(fault.Invalid, "Tệp {.file} có đuôi .docx nhưng không phải là tệp Word. Hãy mở lại bằng Word và lưu thành .docx.", "file", name)
	case old, ext == ".doc":
		return "", fault.New(fault.Invalid, "Tệp {.file} là tệp Word đời cũ (.doc). Hãy mở bằng Word và lưu lại thành .docx.", "file", name)
	case bytes.HasPrefix(data, []byte("{\\rtf")), ext == ".rtf":
		return "", fault.New(fault.Invalid, "Tệp {.file} là tệp RTF, chưa đọc được. Hãy mở bằng Word và lưu lại thành .docx.", "file", name)
	case bytes.HasPrefix(data, []byte("%PDF-")), ext == ".pdf":
		return "", fault.New(fault.Invalid, "Tệp {.file} là tệp PDF, chưa đọc được. Hãy dùng tệp .docx, hoặc chép phần chữ vào tệp .txt.", "file", name)
	}
	text, err := plainText(name, data)
	if err != nil {
		return "", err
	}
	if ext == ".html" || ext == ".htm" || ext == ".xhtml" || looksLikeHTML(text) {
		text, err = htmlText(name, text)
		if err != nil {
			return "", err
		}
	}
	if len(text) > MaxText {
		return "", fault.New(fault.TooLarge, "Văn bản trong tệp {.file} dài hơn {.limit} MB nên không được nhận. Hãy chia văn bản thành nhiều tệp.", "file", name, "limit", MaxText>>20)
	}
	return text, nil
}

// plainText takes UTF-8, or UTF-16 with its mark, and refuses anything else.
func plainText(name string, data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, line := fromUTF16(data)
		if line > 0 {
			return "", notUTF8(name, line)
		}
		return text, nil
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", fault.New(fault.Invalid, "Tệp {.file} không phải là văn bản. Hãy dùng tệp .txt, .md, .html hoặc .docx.", "file", name)
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return "", notUTF8(name, 1+bytes.Count(data[:at], []byte("\n")))
	}
	return string(data), nil
}

func notUTF8(name string, line int) error {
	return fault.New(fault.Invalid, "Tệp {.file} không dùng bảng mã Unicode UTF-8 (lỗi từ dòng {.line}). Nếu văn bản gõ bằng TCVN3 hoặc VNI, hãy chuyển sang Unicode rồi thử lại.", "file", name, "line", line)
}

// fromUTF16 decodes a text with its mark. line tells where it breaks: half a
// pair, half a unit, or a NUL; 0 if it is sound.
func fromUTF16(data []byte) (text string, line int) {
	at := func(i int) rune {
		if data[0] == 0xfe {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	var b strings.Builder
	line = 1
	i := 2
	for ; i+1 < len(data) && b.Len() <= MaxText; i += 2 {
		c := at(i)
		if utf16.IsSurrogate(c) {
			if i+3 >= len(data) {
				return "", line
			}
			c = utf16.DecodeRune(c, at(i+2))
			i += 2
		}
		if c == 0 || c == utf8.RuneError {
			return "", line
		}
		if c == '\n' {
			line++
		}
		b.WriteRune(c)
	}
	if i < len(data) && b.Len() <= MaxText {
		return "", line
	}
	return b.String(), 0
}

func looksLikeHTML(text string) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 400)]))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<html")
}
