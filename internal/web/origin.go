package web

import (
	"strings"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
)

// originView says where a figure of an earlier time comes from, when the unit
// was not then what it is now.
type originView struct {
	Text string // "cộng từ Sở A, Sở B"
	Rows []originRow
	Why  []string
}

type originRow struct {
	Unit, Path string
	Figure     string // "" for none
	Whole      bool   // of the unit that this one was split from
	Sample     bool
}

// origins words the origins of a year's figures, under the units' names of then.
// It asks for nothing where there are none.
func (s *Server) origins(q *Req, year int, all ...*indicator.Origin) ([]*originView, error) {
	out := make([]*originView, len(all))
	var units []string
	for _, o := range all {
		if o != nil {
			for _, share := range append(append([]indicator.Share{}, o.Parts...), o.Wholes...) {
				units = append(units, share.UnitID)
			}
		}
	}
	if len(units) == 0 {
		return out, nil
	}
	names, err := org.Names(q.Ctx(), s.DB, clock.Day(locale.Year(year)+"-12-31"), unique(units)...)
	if err != nil {
		return nil, err
	}
	for i, o := range all {
		if o != nil {
			out[i] = originOf(q.Lang, *o, names)
		}
	}
	return out, nil
}

func unique(ids []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

func originOf(l locale.Lang, o indicator.Origin, names map[string]org.View) *originView {
	v := &originView{}
	list := func(shares []indicator.Share) string {
		var all []string
		for _, s := range shares {
			all = append(all, names[s.UnitID].Short)
		}
		return strings.Join(all, ", ")
	}
	for i, s := range append(append([]indicator.Share{}, o.Parts...), o.Wholes...) {
		row := originRow{Unit: names[s.UnitID].Name, Path: unitsPath + "/" + s.UnitID, Whole: i >= len(o.Parts)}
		if s.Figure != nil {
			row.Figure, row.Sample = figureText(l, *s.Figure, o.Growth), s.Figure.Illustrative
		}
		v.Rows = append(v.Rows, row)
	}
	switch {
	case o.Sum:
		v.Text = l.T("cộng từ {.units}", "units", list(o.Parts))
		v.Why = append(v.Why, l.T("Số của các đơn vị trước khi sáp nhập được cộng lại đúng từng số; không ai báo cáo số tổng này."))
	case o.Why == indicator.NotAdditive:
		v.Text = l.T("không cộng: {.units}", "units", list(o.Parts))
		v.Why = append(v.Why, l.T("Tỷ lệ, bình quân, thứ hạng và mức tăng, giảm của nhiều đơn vị không cộng lại được, nên số của từng đơn vị đứng cạnh nhau."))
	case o.Why == indicator.PartMissing:
		v.Text = l.T("chưa đủ số để cộng: {.units}", "units", list(o.Parts))
		v.Why = append(v.Why, l.T("Chỉ cộng khi mọi đơn vị cũ đều có số liệu cùng kỳ và cùng cách đo."))
	case o.Why == indicator.FormerWhole:
		v.Text = l.T("tách từ {.units}", "units", list(o.Wholes))
		v.Why = append(v.Why, l.T("Số của đơn vị trước khi chia, tách chỉ để tham khảo, không phải là số của đơn vị này."))
	case len(o.Wholes) > 0:
		v.Text = l.T("đã nhận thêm phần tách từ {.units}", "units", list(o.Wholes))
	default:
		v.Text = l.T("trước khi chia, tách")
	}
	for _, step := range o.Steps {
		what := l.T("Chia, tách từ {.day}, theo {.decision}.", "day", step.Day, "decision", step.Decision)
		if step.Kind == org.Merged {
			what = l.T("Sáp nhập từ {.day}, theo {.decision}.", "day", step.Day, "decision", step.Decision)
		}
		v.Why = append(v.Why, what)
	}
	return v
}

// excelText is the origin in one cell.
func (v *originView) excelText(l locale.Lang) string {
	if v == nil {
		return ""
	}
	var rows []string
	for _, r := range v.Rows {
		figure := r.Figure
		if figure == "" {
			figure = l.T("chưa có số liệu")
		}
		rows = append(rows, r.Unit+": "+figure)
	}
	return l.T("Năm trước {.text} ({.parts}).", "text", v.Text, "parts", strings.Join(rows, "; "))
}
