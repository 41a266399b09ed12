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
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return docxText(name, data)
	case ext == ".docx":
		return "", fault.New(fault.Invalid, "Tệp {.file} có đuôi .docx nhưng không phải là tệp Word. Hãy mở lại bằng Word và lưu thành .docx.", "file", name)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")), ext == ".doc":
		return "", fault.New(fault.Invalid, "Tệp {.file} là tệp Word đời cũ (.doc). Hãy mở bằng Word và lưu lại thành .docx.", "file", name)
	case bytes.HasPrefix(data, []byte("%PDF-")), ext == ".pdf":
		return "", fault.New(fault.Invalid, "Tệp {.file} là tệp PDF, chưa đọc được. Hãy dùng tệp .docx, hoặc chép phần chữ vào tệp .txt.", "file", name)
	}
	text, err := plainText(name, data)
	if err != nil {
		return "", err
	}
	if ext == ".html" || ext == ".htm" || ext == ".xhtml" || looksLikeHTML(text) {
		return htmlText(text), nil
	}
	return text, nil
}

// plainText takes UTF-8, or UTF-16 with its mark, and refuses anything else.
func plainText(name string, data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, ok := fromUTF16(data)
		if !ok {
			return "", notUTF8(name, 1)
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

func fromUTF16(data []byte) (string, bool) {
	big := data[0] == 0xfe
	data = data[2:]
	if len(data)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		if big {
			units[i] = uint16(data[2*i])<<8 | uint16(data[2*i+1])
		} else {
			units[i] = uint16(data[2*i+1])<<8 | uint16(data[2*i])
		}
	}
	return string(utf16.Decode(units)), true
}

func looksLikeHTML(text string) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 400)]))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<html")
}
