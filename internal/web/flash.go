package web

import (
	"encoding/base64"
	"encoding/json"

	"github.com/thidua/thidua/internal/platform/locale"
)

// flashCookie carries what was just done to the next page. It is the person's
// own browser that keeps it, and the page escapes it like any text.
const flashCookie = "thidua_bao"

// Flash says something on the next page.
func (q *Req) Flash(text string, kv ...any) {
	said := locale.Lang(q.Lang).T(text, kv...)
	if len([]rune(said)) > 400 {
		said = string([]rune(said)[:400])
	}
	body, err := json.Marshal(said)
	if err != nil {
		return
	}
	q.setCookie(flashCookie, base64.RawURLEncoding.EncodeToString(body), 60)
}

// flash takes the message out.
func (q *Req) flash() string {
	raw := q.cookie(flashCookie)
	if raw == "" {
		return ""
	}
	q.setCookie(flashCookie, "", -1)
	body, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil {
		return ""
	}
	var text string
	if json.Unmarshal(body, &text) != nil {
		return ""
	}
	return text
}
