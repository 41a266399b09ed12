package target

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"golang.org/x/net/html"
)

// maxTag bounds one tag of a page, pictures written into it and all.
const maxTag = 16 << 20

// htmlText gives the text of a page: a line a block, bullets before list items,
// bars between the cells of a row. Scripts and styles are left out.
// A page with a tag or a stretch of text of more than maxTag bytes is refused:
// what stands behind it would be lost without a word.
func htmlText(name, page string) (string, error) {
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(maxTag)
	w := &pageWriter{}
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() == html.ErrBufferExceeded {
				return "", fault.New(fault.TooLarge, "Trang {.file} có một thẻ hoặc một đoạn lớn hơn {.limit} MB nên không được nhận. Hãy bỏ ảnh nhúng trong trang, hoặc chép phần chữ vào tệp .txt.", "file", name, "limit", maxTag>>20)
			}
			return w.out.String(), nil
		case html.TextToken:
			if w.hidden == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.open(string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(string(name))
		}
	}
}

type pageWriter struct {
	out    strings.Builder
	hidden int
	row    bool // inside a table row
	cells  int
	space  bool // white space is due before the next word
	fresh  bool // at the start of a line
}

func (w *pageWriter) text(s string) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }) {
		lead := w.space || !strings.HasPrefix(s, word)
		if lead && !w.fresh && w.out.Len() > 0 {
			w.out.WriteByte(' ')
		}
		w.out.WriteString(word)
		w.fresh, w.space = false, true
	}
	if s != "" {
		last := s[len(s)-1]
		w.space = last == ' ' || last == '\n' || last == '\t' || last == '\r'
	}
}

func (w *pageWriter) line() {
	if w.row {
		w.space = true
		return
	}
	if !w.fresh && w.out.Len() > 0 {
		w.out.WriteString("\n\n")
	}
	w.fresh, w.space = true, false
}

func (w *pageWriter) open(tag string) {
	switch tag {
	case "script", "style", "template", "svg", "noscript", "iframe", "select", "textarea", "object":
		w.hidden++
	case "br":
		if w.row {
			w.space = true
		} else {
			w.line()
		}
	case "li":
		w.line()
		if !w.row {
			w.out.WriteString("- ")
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.line()
		if !w.row {
			w.out.WriteString("# ")
		}
	case "tr":
		w.row = false
		w.line()
		w.row, w.cells = true, 0
	case "td", "th":
		if w.row && w.cells > 0 {
			w.out.WriteString(" | ")
			w.fresh, w.space = true, false
		}
		w.cells++
	case "p", "div", "ul", "ol", "table", "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "dl", "dt", "dd", "pre", "form", "figure", "figcaption", "title", "hr":
		w.line()
	}
}

func (w *pageWriter) close(tag string) {
	switch tag {
	case "script", "style", "template", "svg", "noscript", "iframe", "select", "textarea", "object":
		if w.hidden > 0 {
			w.hidden--
		}
	case "tr", "table":
		w.row = false
		w.line()
	case "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "title", "dd", "dt", "blockquote", "figcaption":
		w.line()
	}
}
