package web

import (
	"encoding/base64"
	"encoding/json"

	"github.com/thidua/thidua/internal/platform/locale"
)

// flashCookie carries what was just done to the next page. It is the person's
// own browser that keeps it, and the page escapes it like any text.
const flashCookie = "thidua_bao"

// flashed is what is said: what went well, or a warning.
type flashed struct {
	Text string
	Warn bool
}

// Flash says on the next page that something was done.
func (q *Req) Flash(text string, kv ...any) { q.say(locale.Lang(q.Lang).T(text, kv...), false) }

// Warn says on the next page what is to be minded.
func (q *Req) Warn(text string, kv ...any) { q.say(locale.Lang(q.Lang).T(text, kv...), true) }

func (q *Req) say(said string, warn bool) {
	if len([]rune(said)) > 400 {
		said = string([]rune(said)[:400])
	}
	body, err := json.Marshal(flashed{said, warn})
	if err != nil {
		return
	}
	q.setCookie(flashCookie, base64.RawURLEncoding.EncodeToString(body), 60)
}

// flash takes the message out.
func (q *Req) flash() flashed {
	var said flashed
	raw := q.cookie(flashCookie)
	if raw == "" {
		return said
	}
	q.setCookie(flashCookie, "", -1)
	body, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil || json.Unmarshal(body, &said) != nil {
		return flashed{}
	}
	return said
}
