package target

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
)

// maxEntries bounds the files inside a .docx.
const maxEntries = 5000

// maxDepth bounds how deep the parts of a paper may stand inside each other.
const maxDepth = 1000

var (
	errTooMuch = errors.New("more XML than a paper has")
	errTooDeep = errors.New("XML deeper than a paper has")
)

// docxText gives the text of a Word file: a line a paragraph with its
// automatic number, bars between the cells of a row.
func docxText(name string, data []byte) (string, error) {
	broken := func(cause error) error {
		return fault.New(fault.Invalid, "Tệp {.file} bị hỏng hoặc bị cắt dở nên không đọc được. Hãy mở lại bằng Word, lưu lại rồi thử lại.", "file", name).Because(cause)
	}
	tooLarge := fault.New(fault.TooLarge, "Nội dung bên trong tệp {.file} vượt quá {.limit} MB nên không được nhận. Hãy chia văn bản thành nhiều tệp.", "file", name, "limit", MaxText>>20)
	// counted before the directory is built: an entry takes more memory than bytes
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return "", tooLarge
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", broken(err)
	}
	var body, numbers *zip.File
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			body = f
		case "word/numbering.xml":
			numbers = f
		}
	}
	if body == nil {
		return "", fault.New(fault.Invalid, "Tệp {.file} không phải là tệp Word (.docx). Hãy dùng tệp .txt, .md, .html hoặc .docx.", "file", name)
	}
	if body.UncompressedSize64 > MaxText || numbers != nil && numbers.UncompressedSize64 > MaxText {
		return "", tooLarge
	}
	lists := map[string]*wordList{}
	if numbers != nil {
		lists, err = wordLists(numbers)
	}
	var text string
	if err == nil {
		text, err = wordBody(body, lists)
	}
	switch {
	case errors.Is(err, errTooMuch):
		return "", tooLarge
	case errors.Is(err, errTooDeep):
		return "", fault.New(fault.Invalid, "Nội dung bên trong tệp {.file} lồng nhau quá {.limit} lớp nên không đọc được. Hãy chép phần chữ sang một tệp Word mới rồi thử lại.", "file", name, "limit", maxDepth)
	case err != nil:
		return "", broken(err)
	}
	return text, nil
}

// bounded reads at most MaxText bytes, whatever the archive says of its size.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuch
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// eachToken walks the XML of one part without keeping a tree of it.
func eachToken(f *zip.File, do func(xml.Token) error) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(&bounded{r, MaxText})
	depth, seen := 0, false
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 || !seen {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
			seen = true
			if depth > maxDepth {
				return errTooDeep
			}
		case xml.EndElement:
			depth--
		}
		if err := do(t); err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// wordList is an automatic numbering: the form of each level and its count.
type wordList struct {
	format, text [9]string
	count        [9]int
}

func wordLists(f *zip.File) (map[string]*wordList, error) {
	abstract := map[string]*wordList{}
	lists := map[string]*wordList{}
	var current *wordList
	number, level := "", 0
	err := eachToken(f, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || len(abstract) > 2000 || len(lists) > 20000 {
			return nil
		}
		switch e.Name.Local {
		case "abstractNum":
			current = &wordList{}
			abstract[attribute(e, "abstractNumId")] = current
		case "lvl":
			level, _ = strconv.Atoi(attribute(e, "ilvl"))
			level = min(max(level, 0), 8)
		case "numFmt":
			if current != nil {
				current.format[level] = attribute(e, "val")
			}
		case "lvlText":
			if current != nil {
				current.text[level] = attribute(e, "val")
			}
		case "num":
			number, current = attribute(e, "numId"), nil
		case "abstractNumId":
			if number != "" {
				lists[number] = abstract[attribute(e, "val")]
			}
		}
		return nil
	})
	return lists, err
}

// label counts a paragraph of the list and writes its number.
func (l *wordList) label(level int) string {
	level = min(max(level, 0), 8)
	l.count[level]++
	for i := level + 1; i < len(l.count); i++ {
		l.count[i] = 0
	}
	if l.format[level] == "bullet" || l.text[level] == "" {
		return "- "
	}
	out := l.text[level]
	for i := 0; i <= level; i++ {
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(i+1), numeral(max(l.count[i], 1), l.format[i]))
	}
	return out + " "
}

func numeral(n int, format string) string {
	switch format {
	case "upperLetter", "lowerLetter":
		if n > 26 {
			return strconv.Itoa(n)
		}
		c := string(rune('a' + n - 1))
		if format == "upperLetter" {
			return strings.ToUpper(c)
		}
		return c
	case "upperRoman", "lowerRoman":
		if n > 3999 {
			return strconv.Itoa(n)
		}
		var b strings.Builder
		for _, r := range romans {
			for n >= r.value {
				b.WriteString(r.sign)
				n -= r.value
			}
		}
		if format == "lowerRoman" {
			return strings.ToLower(b.String())
		}
		return b.String()
	}
	return strconv.Itoa(n)
}

var romans = []struct {
	value int
	sign  string
}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

// wordBody writes the paragraphs of a document.
func wordBody(f *zip.File, lists map[string]*wordList) (string, error) {
	var out, par strings.Builder
	tables, cells := 0, 0
	inText, inParagraphRules := false, false
	level, list := 0, ""
	var hidden int // inside deleted text or an instruction
	err := eachToken(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tbl":
				tables++
			case "tr":
				if tables == 1 {
					cells = 0
				}
			case "tc":
				if tables == 1 {
					if cells > 0 {
						out.WriteString(" | ")
					}
					cells++
				}
			case "p":
				par.Reset()
				level, list = 0, ""
			case "pPr":
				inParagraphRules = true
			case "ilvl":
				if inParagraphRules {
					level, _ = strconv.Atoi(attribute(t, "val"))
				}
			case "numId":
				if inParagraphRules {
					list = attribute(t, "val")
				}
			case "t":
				inText = true
			case "tab":
				if !inParagraphRules {
					par.WriteByte(' ')
				}
			case "br", "cr":
				par.WriteByte('\n')
			case "noBreakHyphen":
				par.WriteByte('-')
			case "del", "moveFrom", "instrText", "delText", "Fallback":
				hidden++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "tbl":
				tables--
				if tables == 0 {
					out.WriteByte('\n')
				}
			case "tr":
				if tables == 1 {
					out.WriteString("\n\n")
				}
			case "pPr":
				inParagraphRules = false
			case "t":
				inText = false
			case "del", "moveFrom", "instrText", "delText", "Fallback":
				hidden = max(hidden-1, 0)
			case "p":
				text := strings.TrimSpace(par.String())
				if l := lists[list]; l != nil && list != "0" && text != "" {
					text = l.label(level) + text
				}
				if tables > 0 {
					out.WriteString(strings.ReplaceAll(strings.ReplaceAll(text, "\n", " "), "|", "/") + " ")
				} else {
					out.WriteString(text + "\n\n")
				}
				par.Reset()
			}
		case xml.CharData:
			if inText && hidden == 0 {
				par.Write(t)
			}
		}
		if out.Len() > MaxText {
			return errTooMuch
		}
		return nil
	})
	return out.String(), err
}
