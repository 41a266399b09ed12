package web

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/award"
	"github.com/thidua/thidua/internal/domain/ballot"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/meeting"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/domain/portal"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/locale"
)

// codes say what a column of a kind of row means by its code: "meeting.state"
// before "state". A code that none knows is shown as it is.
var codes = map[string]func(code string) any{
	"cluster_year.state":    func(c string) any { return cluster.State(c).Stage().Name },
	"from_state":            func(c string) any { return cluster.State(c).Stage().Name },
	"to_state":              func(c string) any { return cluster.State(c).Stage().Name },
	"meeting.state":         func(c string) any { return meeting.State(c).Name() },
	"meeting.kind":          func(c string) any { return meeting.Kind(c).Name() },
	"agenda_item.kind":      func(c string) any { return meeting.ItemKind(c).Name() },
	"outcome":               func(c string) any { return meeting.Outcome(c).Name() },
	"draft_comment.outcome": func(c string) any { return draft.Outcome(c).Name() },
	"attendance.status":     func(c string) any { return meeting.Status(c).Name() },
	"poll.state":            func(c string) any { return ballot.State(c).Name() },
	"purpose":               func(c string) any { return ballot.Purpose(c).Name() },
	"draft.kind":            func(c string) any { return draft.Kind(c).Name() },
	"movement.kind":         func(c string) any { return movement.Kind(c).Name() },
	"document.kind":         func(c string) any { return document.Kind(c).Name() },
	"publication.kind":      func(c string) any { return publicationName(portal.Kind(c)) },
	"poll.base":             func(c string) any { return rulebook.Base(c).Name() },
	"round.kind":            func(c string) any { return assessment.Kind(c).Name() },
	"period":                func(c string) any { return indicator.Period(c).Name() },
	"basis":                 termBasis,
	"activity":              func(c string) any { return cluster.Deadline{Activity: c}.Name() },
	"award_kind":            awardName,
	"kind_id":               awardName,
	"form":                  func(c string) any { return award.Form(c).Name() },
	"way":                   words(map[string]locale.Text{"open": locale.Msg("Biểu quyết"), "paper": locale.Msg("Bỏ phiếu giấy")}),
	"draft.state":           words(map[string]locale.Text{"open": locale.Msg("đang soạn"), "adopted": locale.Msg("đã thông qua"), "amending": locale.Msg("đang sửa đổi")}),
	"movement.state":        words(map[string]locale.Text{"draft": locale.Msg("đang soạn"), "launched": locale.Msg("đã phát động")}),
	"nomination.state":      words(map[string]locale.Text{"proposed": locale.Msg("đang đề nghị"), "withdrawn": locale.Msg("đã rút")}),
	"direction":             words(map[string]locale.Text{"higher": locale.Msg("Càng cao càng tốt"), "lower": locale.Msg("Càng thấp càng tốt")}),
	"flow":                  words(map[string]locale.Text{"stock": locale.Msg("Mức tại thời điểm"), "flow": locale.Msg("Cộng dồn trong kỳ"), "growth": locale.Msg("Mức tăng, giảm")}),
	"relation":              words(map[string]locale.Text{">=": locale.Msg("ít nhất"), "<=": locale.Msg("không quá"), "=": locale.Msg("bằng"), "range": locale.Msg("trong khoảng"), "none": locale.Msg("không có"), "text": locale.Msg("bằng lời")}),
	"change":                words(map[string]locale.Text{"increase": locale.Msg("tăng"), "decrease": locale.Msg("giảm")}),
	"cluster.kind":          words(map[string]locale.Text{"cum": locale.Msg("Cụm"), "khoi": locale.Msg("Khối")}),
	"result.kind":           words(map[string]locale.Text{"provisional": locale.Msg("Kết quả tạm tính"), "final": locale.Msg("Kết quả chính thức")}),
	"term.role":             words(map[string]locale.Text{"leader": locale.Msg("Đơn vị trưởng"), "deputy": locale.Msg("Đơn vị phó")}),
	"lang":                  words(map[string]locale.Text{"vi": locale.Msg("Tiếng Việt"), "en": locale.Msg("Tiếng Anh")}),
}

func words(all map[string]locale.Text) func(string) any {
	return func(code string) any {
		if w, ok := all[code]; ok {
			return w
		}
		return nil
	}
}

// termBasis: most rows say their basis in words, terms of office by a code.
func termBasis(code string) any {
	for _, b := range []cluster.Basis{cluster.ByDecision, cluster.Elected, cluster.Acclaimed, cluster.ByNotice} {
		if string(b) == code {
			return b.Name()
		}
	}
	return nil
}

func awardName(code string) any {
	for _, k := range award.StandardKinds() {
		if k.ID == code {
			return k.Name
		}
	}
	return nil
}

// decoded says a code in words; "" where the column has none.
func decoded(q *Req, table, column, code string) string {
	find := codes[table+"."+column]
	if find == nil {
		find = codes[column]
	}
	if find == nil || code == "" {
		return ""
	}
	switch w := find(code).(type) {
	case string:
		return q.T(w)
	case locale.Text:
		return q.Lang.Say(w.Text, w.Args)
	}
	return ""
}

// inputWords name what is entered for a criterion; others keep their name.
var inputWords = map[string]locale.Text{
	"actual": locale.Msg("kết quả"), "target": locale.Msg("chỉ tiêu"), "points": locale.Msg("điểm"), "passed": locale.Msg("đạt"), "count": locale.Msg("số lần"), "na": locale.Msg("không áp dụng"),
}

// inputsSaid says the figures of a criterion: "kết quả: 20; chỉ tiêu: 21".
func inputsSaid(q *Req, text string) string {
	var inputs map[string]string
	if json.Unmarshal([]byte(text), &inputs) != nil {
		return ""
	}
	var out []string
	for name, value := range inputs {
		word := name
		if w, ok := inputWords[name]; ok {
			word = q.Lang.Say(w.Text, nil)
		}
		switch value {
		case "true":
			value = q.T("có")
		case "false":
			value = q.T("không")
		default:
			value = q.Lang.Number(value)
		}
		out = append(out, word+": "+value)
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}
