package web

import (
	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/locale"
)

// ambitionView sets the targets of a covenant beside what came before and what
// others demand, for members to see before they sign.
type ambitionView struct {
	Path     string // where an explanation is sent
	Back     string
	Finding  string
	Rows     []ambitionRow
	Marked   int
	Silent   int // marked rows without a reason
	LastYear int
	Only     bool     // marked rows alone are shown
	Beside   int      // targets that have something to stand beside
	Alone    []string // the others
}

type ambitionRow struct {
	covenant.Ambition
	Name, Goal, Unit string
	LastGoal, Last   string
	Origin           *originView // of Last
	Trend, Peers     string
	Mine             bool // the reader may explain
	By               string
	Moved            bool // the reason was written for another figure
}

// manyTargets is how many targets are read one by one.
const manyTargets = 40

// ambition gathers it for the version on the page.
func (s *Server) ambition(q *Req, view covenantView) (ambitionView, error) {
	ctx, h := q.Ctx(), view.Head
	out := ambitionView{Path: h.Path("covenant") + "/giai-trinh", Back: view.Paper, LastYear: h.Year.Year - 1, Only: q.Query("muc") == "danh-dau"}
	all, err := s.Covenants.Ambitions(ctx, s.DB, view.Version)
	if err != nil {
		return out, err
	}
	out.Only = out.Only || len(all) > manyTargets && q.Query("muc") != "tat-ca"
	open := view.Version.Circulated && (cluster.Open(h.Year, cluster.Writing) || cluster.Open(h.Year, cluster.Signing))
	own := map[string]bool{}
	for _, unit := range h.Own {
		if own[unit], err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftComment, access.Record{Year: h.Year.ID, Unit: unit}); err != nil {
			return out, err
		}
	}
	var writers []string
	for _, a := range all {
		if a.Reason != nil {
			writers = append(writers, a.Reason.AccountID)
		}
	}
	names, err := s.accountNames(q, writers)
	if err != nil {
		return out, err
	}
	from := make([]*indicator.Origin, len(all))
	for i := range all {
		from[i] = all[i].Origin
	}
	origins, err := s.origins(q, h.Year.Year-1, from...)
	if err != nil {
		return out, err
	}
	for i, a := range all {
		row := ambitionRow{Ambition: a, Name: capital(a.Target.Name), Goal: goalText(q.Lang, a.Target.Goal), Unit: h.NameOf(a.Target.UnitID), Mine: open && (view.MayWrite || own[a.Target.UnitID])}
		if a.LastGoal != nil {
			row.LastGoal = goalText(q.Lang, *a.LastGoal)
		}
		row.Last, row.Origin = toldText(q.Lang, a.Target.Goal, a.Last), origins[i]
		if a.Origin != nil && a.Origin.Sum {
			row.Last = figureText(q.Lang, *a.Origin.Total, false)
		}
		row.Trend = trendText(q.Lang, a)
		row.Peers = peersText(q.Lang, a)
		if len(a.Marks) > 0 {
			out.Marked++
			if a.Reason == nil {
				out.Silent++
			}
		}
		if row.LastGoal == "" && row.Last == "" && row.Origin == nil && row.Trend == "" && row.Peers == "" {
			out.Alone = append(out.Alone, row.Name)
			continue
		}
		out.Beside++
		if r := a.Reason; r != nil {
			row.By, row.Moved = names[r.AccountID], !r.Of(a.Target)
		}
		if !out.Only || len(a.Marks) > 0 {
			out.Rows = append(out.Rows, row)
		}
	}
	out.Finding = ambitionFinding(q.Lang, out, len(all))
	return out, nil
}

func ambitionFinding(l locale.Lang, v ambitionView, all int) string {
	switch {
	case v.Beside == 0:
		return l.T("Chưa có mục tiêu, kết quả năm trước hoặc đơn vị khác để đặt cạnh.")
	case v.Marked == 0:
		return l.T("{.n} trên {.all} chỉ tiêu có chỗ để so; không chỉ tiêu nào thấp so với năm trước hoặc so với nơi khác.", "n", v.Beside, "all", all)
	}
	return l.T("{.n} trên {.all} chỉ tiêu cần xem lại mức đặt; {.silent} chưa có giải trình.", "n", v.Marked, "all", all, "silent", v.Silent)
}

// trendText lists the results of earlier years: "2021: 40% · 2022: 41%". Last
// year's alone stands beside the target already.
func trendText(l locale.Lang, a covenant.Ambition) string {
	out, n := "", 0
	for _, y := range a.Past {
		end := y.Result()
		if end == nil {
			continue
		}
		if out != "" {
			out += " · "
		}
		out += locale.Year(y.Year) + ": " + toldText(l, a.Target.Goal, end)
		if o := y.Origins[12]; o != nil && o.Sum {
			out += " (" + l.T("cộng từ các đơn vị cũ") + ")"
		}
		n++
	}
	if n == 1 && a.Last != nil {
		return ""
	}
	return out
}

// peersText tells what others demand.
func peersText(l locale.Lang, a covenant.Ambition) string {
	if a.Peers == 0 || a.Demand == nil {
		return ""
	}
	kind := l.T("đơn vị")
	if a.Target.UnitID == "" {
		kind = l.T("cụm, khối")
	}
	if a.Target.Change != "" || a.Target.BaseUnit == "%" {
		return l.T("{.n} {.kind} khác, trung vị {.middle}", "n", a.Peers, "kind", kind, "middle", withUnit(l, l.Number(indicator.Rounded(a.Middle, 2)), a.Target.Goal.Unit))
	}
	return l.T("bằng {.own}% kết quả năm trước; {.n} {.kind} khác, trung vị {.middle}%", "own", l.Number(indicator.Rounded(a.Demand, 1)), "n", a.Peers, "kind", kind, "middle", l.Number(indicator.Rounded(a.Middle, 1)))
}

// ambitionExplain keeps why a target is set no higher.
func (s *Server) ambitionExplain(q *Req) error {
	f := q.Form()
	if _, err := s.Covenants.Explain(q.Ctx(), q.Actor, f.Get("target"), f.Version(), f.Raw("text")); err != nil {
		return q.Retry(unseen(err), s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant")+"#muc-"+f.Get("target"), "Đã ghi giải trình. Giải trình đi cùng chỉ tiêu để các đơn vị xem trước khi ký.")
}
