package web

import (
	"fmt"
	"html/template"
)

// icons are drawn on 24 × 24 with lines of the text's own colour. They repeat
// what the words beside them say, so screen readers pass them over.
var icons = map[string]string{
	"search":  `<circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/>`,
	"sun":     `<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M18.7 5.3L17 7M7 17l-1.7 1.7"/>`,
	"moon":    `<path d="M20 14.5A8.3 8.3 0 1 1 9.5 4a6.6 6.6 0 0 0 10.5 10.5z"/>`,
	"half":    `<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>`,
	"check":   `<path d="M4.5 12.5l5 5L20 7"/>`,
	"cross":   `<path d="M6 6l12 12M18 6L6 18"/>`,
	"warn":    `<path d="M12 3.5L2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.3"/>`,
	"info":    `<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.3"/>`,
	"plus":    `<path d="M12 5v14M5 12h14"/>`,
	"down":    `<path d="M6 9.5l6 6 6-6"/>`,
	"right":   `<path d="M9.5 6l6 6-6 6"/>`,
	"left":    `<path d="M14.5 6l-6 6 6 6"/>`,
	"file":    `<path d="M6 3h8l4.5 4.5V21H6z"/><path d="M14 3v5h4.5"/>`,
	"export":  `<path d="M12 3.5V15M7.5 10.5L12 15l4.5-4.5"/><path d="M4 16.5V20h16v-3.5"/>`,
	"upload":  `<path d="M12 15.5V4M7.5 8.5L12 4l4.5 4.5"/><path d="M4 16.5V20h16v-3.5"/>`,
	"print":   `<path d="M7 8V3.5h10V8M7 17H4V8h16v9h-3"/><path d="M7 14h10v6.5H7z"/>`,
	"edit":    `<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/>`,
	"lock":    `<path d="M5.5 11h13v9.5h-13zM8 11V7.5a4 4 0 0 1 8 0V11"/>`,
	"eye":     `<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>`,
	"people":  `<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14.2a6.5 6.5 0 0 1 3.5 5.8"/>`,
	"clock":   `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>`,
	"history": `<path d="M4 12a8.2 8.2 0 1 0 2.5-6L4 8.5M4 4v4.5h4.5M12 7.5V12l3.2 2"/>`,
	"chart":   `<path d="M4 20h16M7 16v-5M12 16V6M17 16v-8"/>`,
	"menu":    `<path d="M4 7h16M4 12h16M4 17h16"/>`,
	"out":     `<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>`,
	"link":    `<path d="M10 14a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3A4 4 0 0 0 10.7 19l1.3-1.3"/>`,
	"ledger":  `<path d="M5 3.5h14v17H5zM9 3.5v17M12 8h4M12 12h4"/>`,
}

const star = `<svg class="star" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.8l2.95 6.9 7.45.65-5.65 4.9 1.7 7.3L12 17.65l-6.45 3.9 1.7-7.3-5.65-4.9 7.45-.65z"/></svg>`

// icon draws one; an unknown name is an error of the template.
func icon(name string) (template.HTML, error) {
	if name == "star" {
		return star, nil
	}
	lines, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("no icon %q", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">` + lines + `</svg>`), nil // both halves stand in this file
}
