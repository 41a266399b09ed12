package web

import (
	"mime"
	"strconv"
)

// Download answers with a file. name may have Vietnamese letters; kind is its
// media type. The browser saves it and never shows it as a page of the site.
func (q *Req) Download(name, kind string, body []byte) error {
	q.written = true
	h := q.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "private, no-store")
	_, _ = q.W.Write(body) // the reader may have gone; nobody is left to tell
	return nil
}
