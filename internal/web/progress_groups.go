package web

import (
	"fmt"
	"html/template"
	"math/big"
	"slices"

	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// groupRow is an indicator of which several units have a target: hundreds of
// targets are read as some rows, each of which opens the comparison.
type groupRow struct {
	Name, Path string
	Units      int
	Counts     []groupCount
	Middle     string // the median of what is reached of the targets
	Low, High  string // the least and the most, with the unit
	Flagged    int
}

type groupCount struct {
	Status indicator.Status
	Name   locale.Text
	Tone   string
	N      int
}

// progressGroups takes the targets that several units have out of the list and
// shows them by indicator, unless the reader has filtered.
func (s *Server) progressGroups(q *Req, view *progressView) {
	for _, p := range view.Lines {
		if p.Early() {
			view.Early = append(view.Early, p)
		}
	}
	if q.Query("tim") != "" || q.Query("trang-thai") != "" || q.Query("don-vi") != "" {
		return
	}
	members := map[string][]progressLine{}
	var order []string
	for _, p := range view.Lines {
		if p.UnitID == "" || !p.Measurable() {
			continue
		}
		id := p.Indicator.ID
		if members[id] == nil {
			order = append(order, id)
		}
		members[id] = append(members[id], p)
	}
	view.Lines = slices.DeleteFunc(view.Lines, func(p progressLine) bool {
		return p.UnitID != "" && len(members[p.Indicator.ID]) > 1
	})
	for _, id := range order {
		if lines := members[id]; len(lines) > 1 {
			view.Groups = append(view.Groups, groupOf(q.Lang, *view, lines))
		}
	}
}

func groupOf(l locale.Lang, view progressView, lines []progressLine) groupRow {
	g := groupRow{Name: lines[0].Indicator.Name, Units: len(lines), Path: fmt.Sprintf("%s/so-sanh/%s?ky=%s", view.Head.Path("progress"), lines[0].Indicator.ID, view.To)}
	g.Name = capital(g.Name)
	n := map[indicator.Status]int{}
	for _, p := range lines {
		n[p.Status]++
	}
	for _, st := range indicator.Statuses {
		if n[st] > 0 {
			g.Counts = append(g.Counts, groupCount{st, st.Name(), statusTone(st), n[st]})
		}
	}
	ranked := byShare(lines)
	var shares []*big.Rat
	for _, p := range ranked {
		shares = append(shares, p.Verdict.Percent)
	}
	if len(ranked) > 0 {
		top, last := ranked[0], ranked[len(ranked)-1]
		g.Middle = percentText(l, indicator.Median(shares))
		g.High, g.Low = top.Unit+" "+top.Percent, last.Unit+" "+last.Percent
	}
	for _, p := range lines {
		if len(p.Flags) > 0 {
			g.Flagged++
		}
	}
	return g
}

// byShare are the lines that have a percentage, the most first.
func byShare(lines []progressLine) []progressLine {
	var out []progressLine
	for _, p := range lines {
		if p.Verdict.Percent != nil {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b progressLine) int { return b.Verdict.Percent.Cmp(a.Verdict.Percent) })
	return out
}

// compareView is one indicator across the units.
type compareView struct {
	Head    YearHead
	Name    string
	To      indicator.Period
	Periods []Option
	Lines   []progressLine // the most first, then those without a figure
	Finding string
	Chart   template.HTML
	Sample  bool
}

// progressCompare is the page of one indicator, unit beside unit.
func (s *Server) progressCompare(q *Req) error {
	all, err := s.progressOf(q)
	if err != nil {
		return err
	}
	view := compareView{Head: all.Head, To: all.To, Periods: all.Periods}
	var lines []progressLine
	for _, p := range all.Lines {
		if p.Indicator.ID != q.Path("indicator") || p.UnitID == "" || !p.Measurable() {
			continue
		}
		view.Name = capital(p.Indicator.Name)
		view.Sample = view.Sample || p.Illustrative
		p.Name = p.Unit // the indicator is the page's
		lines = append(lines, p)
	}
	if len(lines) == 0 {
		return fault.Missing()
	}
	all.raise(lines)
	rest := slices.DeleteFunc(slices.Clone(lines), func(p progressLine) bool { return p.Verdict.Percent != nil })
	ranked := byShare(lines)
	view.Lines = append(ranked, rest...)
	view.Finding = compareFinding(q.Lang, ranked, len(lines))
	part := all
	part.Lines, part.Finding = view.Lines, view.Finding
	view.Chart = progressChart(q.Lang, part)
	return q.Render("progress_compare", view)
}

func compareFinding(l locale.Lang, ranked []progressLine, units int) string {
	if len(ranked) == 0 {
		return l.T("Chưa đơn vị nào có số liệu để so sánh")
	}
	var shares []*big.Rat
	for _, p := range ranked {
		shares = append(shares, p.Verdict.Percent)
	}
	top, last := ranked[0], ranked[len(ranked)-1]
	if len(ranked) == 1 {
		return l.T("{.unit} được {.share} mục tiêu; đơn vị khác chưa có số liệu", "unit", top.Unit, "share", top.Percent)
	}
	return l.T("{.n} trên {.all} đơn vị có số liệu: cao nhất {.top} ({.most}), thấp nhất {.last} ({.least}), trung vị {.middle}",
		"n", len(ranked), "all", units, "top", top.Unit, "most", top.Percent, "last", last.Unit, "least", last.Percent, "middle", percentText(l, indicator.Median(shares)))
}
