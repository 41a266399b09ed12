package web

import (
	"mime"
	"net/http"
)

// evidenceOpen serves a file that somebody uploaded. The browser is told its
// type and believes no other; pictures and PDF may be shown, anything else is
// saved; nothing in it may run or load more.
func (s *Server) evidenceOpen(q *Req) error {
	o, err := s.Evidence.Open(q.Ctx(), q.Actor, q.Path("attachment"))
	if err != nil {
		return err
	}
	defer o.Close()
	q.written = true
	h := q.W.Header()
	disposition := "attachment"
	if o.Form.Inline {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": o.Name}))
	h.Set("Content-Type", o.Form.Media)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, max-age=3600, immutable")
	h.Set("ETag", `"`+o.FileID+`"`)
	// Chromium shows no PDF at all under a sandbox; there the rest of the policy
	// must do: its viewer styles itself, and nothing may load or run.
	safe := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " // shown beside the score
	h.Set("X-Frame-Options", "SAMEORIGIN")
	if o.Form.Extension == "pdf" {
		safe += "object-src 'self'; style-src 'unsafe-inline'"
	} else {
		safe += "sandbox"
	}
	h.Set("Content-Security-Policy", safe)
	http.ServeContent(q.W, q.R, "", o.At.Time(), o.Content)
	return nil
}
