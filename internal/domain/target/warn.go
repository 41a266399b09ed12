package target

import (
	"strings"

	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// reportUnread warns of figures in a pledge that stand in no target.
func (r *reader) reportUnread(a, b int) {
	if r.rows != nil || r.s.skip || r.s.past && !r.s.intent {
		return
	}
	for n := r.firstQuantity(a, b); n >= 0 && n < len(r.run.quants) && r.run.quants[n].num < b; n++ {
		q := &r.run.quants[n]
		if r.used[n] || q.depth > 0 || q.got || q.origin || !(r.wanted(q) || q.u.kind == countable && (r.s.list || q.linked || q.relation != "")) {
			continue
		}
		if r.isFact(a, q.first) || codeNounBefore(&r.run, q.first) {
			continue
		}
		r.used[n] = true
		r.unread(q.num, q.after, a, b)
	}
	for len(r.run.broken) > 0 && r.run.broken[0][0] < b {
		if at := r.run.broken[0]; at[0] >= a {
			r.unread(at[0], at[1], a, b)
		}
		r.run.broken = r.run.broken[1:]
	}
}

// unread warns of the figure in toks[from:to] of the clause toks[a:b].
func (r *reader) unread(from, to, a, b int) {
	r.warn(UnreadFigure, r.p.lineAt(int(r.run.toks[from].start)), "Số liệu “{.figure}” không nằm trong chỉ tiêu nào đọc được. Hãy xem lại câu: “{.clause}”.",
		"figure", shorten(oneLine(r.run.slice(from, to))), "clause", shorten(oneLine(r.run.slice(a, b))))
}

func codeNounBefore(r *run, i int) bool {
	_, n := referenceNouns.before(r.toks, 0, i)
	return n > 0
}

func shorten(s string) string {
	const most = 160
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut], ' '); i > most/2 {
		cut = i
	}
	return s[:cut] + "…"
}

// maxWarnings bounds the warnings of one text.
const maxWarnings = 500

func (r *reader) warn(code string, line int, text string, kv ...any) {
	if r.rows == nil && len(r.out.Warnings) < maxWarnings {
		r.out.Warnings = append(r.out.Warnings, warning(code, line, text, kv...))
	}
}

func warning(code string, line int, text string, kv ...any) Warning {
	args := fault.Pairs(kv...)
	return Warning{Code: code, Line: line, Message: locale.Vietnamese.Say(text, args), Text: text, Args: args}
}
