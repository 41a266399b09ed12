package web

import (
	"net/http"

	"github.com/thidua/thidua/internal/platform/locale"
)

// Language and theme are cookies, so that they hold for visitors as well and no
// script is needed to show the right one from the first byte.
const (
	langCookie  = "thidua_ngon_ngu"
	themeCookie = "thidua_nen"
	year        = 365 * 24 * 3600
)

func langOf(r *http.Request) locale.Lang {
	if c, err := r.Cookie(langCookie); err == nil {
		return locale.Parse(c.Value)
	}
	return locale.Vietnamese
}

func themeOf(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return "auto"
}

// preferenceSet stores the language or the theme and returns to the page.
func (s *Server) preferenceSet(q *Req) error {
	f := q.Form()
	if lang := f.Get("lang"); lang != "" {
		q.setCookie(langCookie, string(locale.Parse(lang)), year)
	}
	switch theme := f.Get("theme"); theme {
	case "light", "dark":
		q.setCookie(themeCookie, theme, year)
	case "auto":
		q.setCookie(themeCookie, "", -1)
	}
	back := local(f.Raw("back"))
	if back == "" {
		back = "/"
	}
	return q.Redirect(back, "")
}
