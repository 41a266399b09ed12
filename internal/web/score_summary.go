package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/render/svg"
)

// summaryView is the tab Chấm điểm: who leads and why, the rounds side by
// side, who is late, and what is to be done with the scores as a whole.
type summaryView struct {
	Head                  YearHead
	NoSheet               bool
	Newest                int64 // number of the year's newest entry of the ledger
	MayRead               bool
	Round                 assessment.Kind
	Rounds                []Tab
	Finding               locale.Text
	Chart                 template.HTML
	Rows                  []summaryRow
	Groups                []groupHead
	Own                   *summaryRow
	OwnPath               string
	Duties                []duty // what the actor's unit checks
	Appeals               []appealLine
	Marks                 *marksView // nil where the sheet has none, or the actor may not enter them
	Illustrative          bool
	Complete              bool
	Sealed                int  // units that the reader does not see yet
	Bare                  bool // nobody has scored anything
	Latest                *resultLine
	Results               []resultLine
	MayOrganise, MayAgree bool
	MayFinalise           bool // the state of the year allows it
	Ties                  []tieGroup
	Flat                  []flatCriterion // tell no unit apart
	Unchecked             int
	Bases                 []Option

	due map[assessment.Kind]clock.Day
}

type groupHead struct {
	ID, Name, Max string
}

type summaryRow struct {
	UnitID, Name, Short, Path string
	Own                       bool
	Rank                      string
	Tied                      bool
	Why                       locale.Text
	By                        ranking.By
	Groups                    []string
	Rounds                    []gridPoint // total in each round
	State                     locale.Text
	Tone                      string
	Checker                   string
	Files                     int
	Unproven                  int
	Missing                   int
	Grade                     string     // by the sheet's ladder
	Apart                     []apartWhy // why it is not considered, or capped
	Gap                       string     // check against self
	GapTone                   string
	Illustrative              bool
	total                     points.Points
	handed                    bool
}

type duty struct {
	Name, Path string
	Done       bool
}

type resultLine struct {
	assessment.Result
	Path    string
	Name    locale.Text
	By      string
	Current bool
	Stale   bool // scores have changed since
}

// Settled tells whether what is shown is the official result.
func (v summaryView) Settled() bool {
	return v.Latest != nil && v.Latest.Kind == assessment.Final && !v.Latest.Stale && v.Round == assessment.Agreed
}

type tieGroup struct {
	Rank  int
	Units []Option
	Names string
}

// flatCriterion tells no unit apart: all have the same share of its maximum.
type flatCriterion struct {
	ID, Name, Points string
	Full             bool
}

func (s *Server) scoreSummary(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	v := summaryView{Head: h, Round: roundOf(q, h.Year), NoSheet: h.Year.SheetVersionID == ""}
	can := func(p access.Permission) (ok bool) {
		if err == nil {
			ok, err = s.Gate.Can(q.Ctx(), s.DB, q.Actor, p, access.Record{Year: h.Year.ID})
		}
		return ok
	}
	v.MayRead, v.MayOrganise, v.MayAgree = can(access.ScoreRead), can(access.ScoreOrganise), can(access.ScoreAgree)
	if err != nil {
		return err
	}
	if v.NoSheet || !v.MayRead {
		return q.Render("score_summary", v)
	}
	if v.Newest, err = ledger.Newest(q.Ctx(), s.DB, h.Year.ID); err != nil {
		return err
	}
	if err := s.summarise(q, h, &v); err != nil {
		return err
	}
	return q.Render("score_summary", v)
}

func (s *Server) summarise(q *Req, h YearHead, v *summaryView) error {
	standings := map[assessment.Kind]*assessment.Standing{}
	for _, k := range assessment.Kinds {
		st, err := s.Assessment.See(q.Ctx(), q.Actor, h.Year.ID, k)
		if err != nil {
			return err
		}
		standings[k] = st
	}
	st := standings[v.Round]
	due, err := s.Years.Calendar(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	v.due = map[assessment.Kind]clock.Day{assessment.Self: due[cluster.DueSelf].Due, assessment.Check: due[cluster.DueCheck].Due}
	v.Complete, v.Sealed, v.Bare = st.Complete, st.Sealed, bare(st)
	for _, k := range assessment.Kinds {
		v.Rounds = append(v.Rounds, Tab{Path: h.Path("scores") + "?vong=" + string(k), Text: k.Name(), Here: k == v.Round})
		v.Illustrative = v.Illustrative || standings[k].Illustrative
	}
	for _, g := range roots(st.Sheet) {
		head := groupHead{ID: g.ID, Name: g.Name}
		if !g.NoMax {
			head.Max = q.Lang.Number(g.Max.String())
		}
		v.Groups = append(v.Groups, head)
	}
	for _, u := range st.Units {
		row := s.summaryRow(q, h, standings, u, v.Round, v.due)
		if row.Own && v.Own == nil {
			own := row
			v.Own, v.OwnPath = &own, row.Path
		}
		v.Rows = append(v.Rows, row)
	}
	for _, u := range standings[assessment.Check].Units {
		if h.Is(u.Checker) {
			v.Duties = append(v.Duties, duty{u.Member.Name, gridPath(h.Year.ID, u.Member.UnitID) + "?vong=check", u.HandIn.Stands()})
		}
		if u.Checker == "" {
			v.Unchecked++
		}
	}
	if v.Sealed == 0 { // there are places
		v.Finding = leadFinding(q.Lang, st)
		v.Chart = standingChart(q.Lang, h, st, v.Finding)
	}
	v.Flat = flatCriteria(q.Lang, st)
	if err := s.appeals(q, h, st, v); err != nil {
		return err
	}
	v.Bases = []Option{{Value: string(ranking.Minuted), Text: "Quyết định ghi biên bản"}, {Value: string(ranking.Ballot), Text: "Bỏ phiếu"}}
	open := cluster.Open(h.Year, cluster.Agreeing) || cluster.Open(h.Year, cluster.Reviewing)
	v.MayFinalise = v.MayOrganise && open
	if v.MayAgree && open && v.Round == assessment.Agreed {
		v.Marks = marksOf(st)
	}
	if v.MayAgree && open && v.Round == assessment.Agreed {
		v.Ties = tied(st)
	}
	return s.results(q, h, v)
}

// bare tells whether no unit has anything scored: then nobody leads.
func bare(st *assessment.Standing) bool {
	leaves := len(st.Sheet.Leaves())
	return !slices.ContainsFunc(st.Units, func(u assessment.UnitStanding) bool { return u.Score.Missing < leaves || u.Score.Total != 0 })
}

func roots(sh *scoring.Sheet) []*scoring.Criterion {
	return slices.Concat(sh.Criteria, sh.Bonus, sh.Deduction)
}

func (s *Server) summaryRow(q *Req, h YearHead, all map[assessment.Kind]*assessment.Standing, u assessment.UnitStanding, k assessment.Kind, due map[assessment.Kind]clock.Day) summaryRow {
	id := u.Member.UnitID
	row := summaryRow{
		UnitID: id, Name: u.Member.Name, Short: u.Member.Short, Path: gridPath(h.Year.ID, id) + "?vong=" + string(k), Own: h.Is(id),
		Rank: strconv.Itoa(u.Place.Rank), Tied: u.Place.Tied && u.Score.Missing == 0, Why: u.Place.Why, By: u.Place.By, Checker: h.NameOf(u.Checker), Files: u.Evidence, Unproven: u.Unproven,
		Missing: u.Score.Missing, Illustrative: u.Illustrative, total: u.Score.ForRank,
	}
	if all[k].Sealed > 0 || bare(all[k]) || !u.Considered() {
		row.Rank, row.Tied = "", false
	}
	if g := u.Score.Graded.Grade; g != nil {
		row.Grade = cmp.Or(g.Name, g.ID)
	}
	for _, m := range u.Marked {
		row.Apart = append(row.Apart, apartWhy{cmp.Or(m.Mark.Name, m.Mark.ID), m.Reason, m.Mark.ID, m.Version})
	}
	for _, g := range roots(all[k].Sheet) {
		row.Groups = append(row.Groups, pointsText(q.Lang, u.Score.Cells[g.ID]))
	}
	var before points.Points
	for i, kind := range assessment.Kinds {
		for _, other := range all[kind].Units {
			if other.Member.UnitID != id {
				continue
			}
			p := gridPoint{Kind: kind, Text: q.Lang.Points(other.Score.Total), Here: kind == k, Why: gridPath(h.Year.ID, id) + "/vi-sao/" + whole + "?vong=" + string(kind)}
			if other.Score.ScoredMax == 0 && other.Score.Total == 0 {
				p.Text = nothing
			}
			if i > 0 {
				p.Diff, p.Tone = difference(q.Lang, other.Score.Total, before)
			}
			if ahead(h.Year, kind) {
				p = gridPoint{Kind: kind, Ahead: true}
			}
			before = other.Score.Total
			row.Rounds = append(row.Rounds, p)
			if kind == roundState(k) {
				row.handed = other.HandIn.Stands()
				row.State, row.Tone = handState(kind, other, due[kind])
			}
		}
	}
	return row
}

// roundState is the round whose hand-in a round's table shows: before the
// agreement it is the own one.
func roundState(k assessment.Kind) assessment.Kind {
	if k == assessment.Agreed {
		return assessment.Check
	}
	return k
}

// handState tells whether a sheet is handed in, and how late after the day; ""
// for no day.
func handState(k assessment.Kind, u assessment.UnitStanding, due clock.Day) (locale.Text, string) {
	switch {
	case u.HandIn.Stands() && due != "" && clock.DayOf(u.HandIn.At.Time()) > due:
		day := clock.DayOf(u.HandIn.At.Time())
		return locale.Msg("nộp muộn {.n} ngày ({.day})", "n", due.Until(day), "day", day), "warn"
	case u.HandIn.Stands():
		return locale.Msg("đã nộp {.day}", "day", clock.DayOf(u.HandIn.At.Time())), "good"
	case k == assessment.Check:
		return locale.Msg("chưa kiểm tra xong"), "warn"
	case u.Score.Missing > 0:
		return locale.Msg("còn {.n} tiêu chí", "n", u.Score.Missing), "warn"
	case u.Unproven > 0:
		return locale.Msg("thiếu {.n} minh chứng", "n", u.Unproven), "warn"
	}
	return locale.Msg("chưa nộp"), "warn"
}

// leadFinding is what the ranking says, in one sentence.
func leadFinding(l locale.Lang, st *assessment.Standing) locale.Text {
	if len(st.Units) == 0 || st.Units[0].Score.ForRank <= 0 {
		return locale.Msg("Chưa có điểm để xếp hạng")
	}
	var first []string
	second := -1
	for i, u := range st.Units {
		if u.Place.Rank == 1 {
			first = append(first, u.Member.Short)
		} else if second < 0 {
			second = i
		}
	}
	switch {
	case len(first) > 2:
		return locale.Msg("{.n} đơn vị cùng dẫn đầu với {.points} điểm", "n", len(first), "points", l.Points(st.Units[0].Score.ForRank))
	case len(first) == 2:
		return locale.Msg("{.a} và {.b} cùng dẫn đầu với {.points} điểm", "a", first[0], "b", first[1], "points", l.Points(st.Units[0].Score.ForRank))
	case second < 0:
		return locale.Msg("{.a} dẫn đầu", "a", first[0])
	}
	gap := st.Units[0].Score.ForRank - st.Units[second].Score.ForRank
	if gap == 0 {
		return locale.Msg("{.a} dẫn đầu nhờ tiêu chí phụ, bằng điểm đơn vị thứ hai", "a", first[0])
	}
	return locale.Msg("{.a} dẫn đầu, cách vị trí thứ hai {.gap} điểm", "a", first[0], "gap", l.Points(gap))
}

// standingChart draws the ranking; a note stands where equals were told apart
// or stayed equal.
func standingChart(l locale.Lang, h YearHead, st *assessment.Standing, title locale.Text) template.HTML {
	r := svg.Ranking{Frame: svg.Frame{ID: "xep-hang", Title: l.Say(title.Text, title.Args), HideTitle: true}, Max: st.Sheet.Max().Rat()}
	desc := ""
	for _, u := range st.Units {
		if !u.Considered() {
			continue // the table says why
		}
		one := svg.Rank{Place: strconv.Itoa(u.Place.Rank), Label: u.Member.Name, Value: u.Score.ForRank.Rat(), Text: l.Points(u.Score.ForRank), Own: h.Is(u.Member.UnitID)}
		if u.Score.ForRank.Rat().Cmp(r.Max) > 0 {
			r.Max = u.Score.ForRank.Rat()
		}
		switch {
		case u.Score.Missing > 0: // before what its present place is worth
			one.Note = l.T("còn {.n} tiêu chí chưa chấm", "n", u.Score.Missing)
		case u.Place.By != ranking.ByTotal:
			one.Note = l.Say(u.Place.Why.Text, u.Place.Why.Args)
		}
		if one.Label == "" {
			one.Label = u.Member.Short
		}
		desc += fmt.Sprintf("%d. %s: %s. ", u.Place.Rank, u.Member.Name, one.Text)
		r.Items = append(r.Items, one)
	}
	r.Desc = desc
	if desc == "" {
		return ""
	}
	return svg.Responsive(r, 860)
}

// flatCriteria are the criteria in which every unit has the same points: they measure nothing.
func flatCriteria(l locale.Lang, st *assessment.Standing) []flatCriterion {
	var out []flatCriterion
	if len(st.Units) < 2 {
		return nil
	}
	for _, c := range st.Sheet.Leaves() {
		first := st.Units[0].Score.Cells[c.ID]
		same := c.Part == scoring.Main
		for _, u := range st.Units {
			cell := u.Score.Cells[c.ID]
			same = same && !cell.Missing && cell.Points == first.Points
		}
		if same {
			out = append(out, flatCriterion{c.ID, c.Name, l.Points(first.Points), first.Points == c.Max})
		}
	}
	return out
}

// tied are the groups of units that nothing has told apart yet.
func tied(st *assessment.Standing) []tieGroup {
	var out []tieGroup
	for _, u := range st.Units {
		if !u.Place.Tied || u.Score.ForRank <= 0 {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Rank != u.Place.Rank {
			out = append(out, tieGroup{Rank: u.Place.Rank})
		}
		g := &out[len(out)-1]
		g.Units = append(g.Units, Option{Value: u.Member.UnitID, Text: u.Member.Name})
		if g.Names != "" {
			g.Names += ", "
		}
		g.Names += u.Member.Short
	}
	return out
}

func resultName(k assessment.ResultKind) locale.Text {
	if k == assessment.Final {
		return locale.Msg("Kết quả chính thức")
	}
	return locale.Msg("Kết quả tạm tính")
}

func (s *Server) results(q *Req, h YearHead, v *summaryView) error {
	all, err := s.Assessment.Results(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		by, err := s.personName(q, r.AccountID)
		if err != nil {
			return err
		}
		line := resultLine{Result: r, Path: "/nam/" + h.Year.ID + "/ket-qua/" + r.ID, Name: resultName(r.Kind), By: by, Current: r.SupersededBy == ""}
		if line.Current && v.Latest == nil {
			same, err := s.Assessment.UpToDate(q.Ctx(), s.DB, h.Year, r)
			if err != nil {
				return err
			}
			line.Stale = !same
			latest := line
			v.Latest = &latest
		}
		v.Results = append(v.Results, line)
	}
	return nil
}

// scoreFinalise keeps the scores and ranks as a result.
func (s *Server) scoreFinalise(q *Req) error {
	year := q.Path("year")
	r, err := s.Assessment.Finalise(q.Ctx(), q.Actor, year, assessment.ResultKind(q.Form().Get("kind")))
	if err != nil {
		return q.Retry(err, s.scoreSummary)
	}
	return q.Redirect("/nam/"+year+"/ket-qua/"+r.ID, "Đã chốt kết quả; bản này không đổi nữa.")
}

// scoreTie enters what people decided among equals.
func (s *Server) scoreTie(q *Req) error {
	f, year := q.Form(), q.Path("year")
	in := assessment.Tie{Year: year, Kind: ranking.Basis(f.Get("kind")), Basis: f.Get("basis"), Orders: map[string]int{}}
	for _, unit := range f.All("unit") {
		in.Orders[unit] = f.Int("order|" + unit)
	}
	if err := s.Assessment.DecideTie(q.Ctx(), q.Actor, in); err != nil {
		return q.Retry(err, s.scoreSummary)
	}
	return q.Redirect("/nam/"+year+"/cham-diem?vong=agreed", "Đã ghi kết quả phân định.")
}
