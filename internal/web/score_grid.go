package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// gridView is one unit's sheet in one round, the other rounds beside it.
type gridView struct {
	Head         YearHead
	Unit         cluster.Member
	Path         string // of the page, without query
	Round        assessment.Kind
	Tabs         []Tab // the rounds, each with its total
	Rows         []gridRow
	Totals       []gridPoint
	Counts       gridCounts
	Filter       string
	Filters      []gridFilter
	May          bool // the round can be filled in
	Check        bool // it is the round of the check: cells can be agreed with
	Reasons      bool // it is a round that needs reasons
	HandIn       gridHandIn
	Checker      string // name of the unit that checks
	Before       string // path of the unit before, in the order of the year
	After        string
	Illustrative bool
	Newest       int64 // number of the year's newest entry of the ledger
	Tied         bool
}

// gridCounts say how far the sheet is.
type gridCounts struct {
	Leaves, Missing, Differ, Unproven, Checked int
	Unseen                                     int // scored, and neither agreed with nor changed by the checker
}

type gridFilter struct {
	Key, Text string
	N         int
	Path      string
	Here      bool
}

// gridHandIn is what can be done with the sheet as a whole.
type gridHandIn struct {
	Can, Stands, Withdraw bool
	At                    clock.Instant
	Withdrawn             string // why the last one was taken back
	Path, Back            string
	Late                  bool
	Due                   clock.Day
}

// gridRow is a criterion as the page and the script see it.
type gridRow struct {
	ID       string
	Anchor   string
	Name     string
	Depth    int
	Leaf     bool
	Part     scoring.Part
	First    bool // the first of its part: a heading stands before it
	Max      string
	Says     []locale.Text
	Guide    string      // the regulation's own words on it
	Goals    []gridField // what is compared with: target, last year
	Results  []gridField // what was reached, or the points
	NA       bool
	NAName   string
	NAOn     bool
	Reason   string
	Own      bool // this round said something of its own
	OK       bool // and it is what the round before says
	Version  int64
	Base     string // the texts of the cell when the page was made
	Points   []gridPoint
	Files    int
	Unproven bool
	Said     int
	Missing  bool
	Differs  bool
	Why      string      // path of the reason
	Hidden   bool        // by the filter
	Entry    bool        // can be filled in now
	Prior    string      // what the round before says, where this one differs; what was reported, where anything was
	PriorOf  locale.Text // whose Prior is
	Needs    bool        // differs and says no reason
}

type gridField struct {
	Name  string // of the control
	Label locale.Text
	Hint  locale.Text
	Value string
	Bool  bool
}

// gridPoint is a cell's points in one round.
type gridPoint struct {
	Kind  assessment.Kind
	Text  string // "—" where nothing is scored
	Diff  string // against the round before
	Tone  string // less, more
	Here  bool   // the round of the page
	Quiet bool   // taken over from the round before
	Why   string // path of the reason
	Ahead bool   // the round has not come yet
}

// roundOf is the round that a page shows: the one asked for, or the one that
// is going on.
func roundOf(q *Req, y cluster.Year) assessment.Kind {
	if k := assessment.Kind(q.Query("vong")); k.Valid() {
		return k
	}
	if k := assessment.Kind(q.Form().Get("vong")); k.Valid() {
		return k
	}
	return currentRound(y)
}

func currentRound(y cluster.Year) assessment.Kind {
	switch {
	case cluster.Open(y, assessment.Check.Activity()):
		return assessment.Check
	case y.State.Reached(cluster.CrossScored):
		return assessment.Agreed
	}
	return assessment.Self
}

// ahead tells whether a round has not come yet: its columns stay empty.
func ahead(y cluster.Year, k assessment.Kind) bool {
	return slices.Index(assessment.Kinds, k) > slices.Index(assessment.Kinds, currentRound(y))
}

func gridPath(year, unit string) string { return "/nam/" + year + "/cham-diem/" + unit }

// names of a row's controls. They are made from the criterion's id and never
// taken apart again.
func fieldName(criterion, field string) string { return criterion + "|" + field }
func versionName(criterion string) string      { return "v|" + criterion }
func baseName(criterion string) string         { return "g|" + criterion }
func reasonName(criterion string) string       { return "l|" + criterion }
func agreeName(criterion string) string        { return "ok|" + criterion }

const reasonField = "reason"

func (s *Server) scoreGrid(q *Req) error {
	if q.WantsJSON() { // the script looks again, after a file was attached
		g, err := s.Assessment.Grid(q.Ctx(), q.Actor, q.Path("year"), q.Path("unit"))
		if err != nil {
			return err
		}
		return q.JSON(http.StatusOK, gridState(q, g, roundOf(q, g.Year)))
	}
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	g, err := s.Assessment.Grid(q.Ctx(), q.Actor, h.Year.ID, q.Path("unit"))
	if err != nil {
		return err
	}
	view := s.gridView(q, h, g, roundOf(q, h.Year))
	words, err := s.guidance(q, g.Year)
	if err != nil {
		return err
	}
	for i := range view.Rows {
		view.Rows[i].Guide = words[view.Rows[i].ID]
	}
	opens, err := s.Assessment.Opens(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	view.Before, view.After = beside(h, g, view.Round, opens)
	due, err := s.Years.Calendar(q.Ctx(), s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	if d, ok := due[map[assessment.Kind]string{assessment.Self: cluster.DueSelf, assessment.Check: cluster.DueCheck}[view.Round]]; ok {
		view.HandIn.Due, view.HandIn.Late = d.Due, d.Due < h.Today && !view.HandIn.Stands && view.May
	}
	return q.Render("score_grid", view)
}

// beside are the sheets before and after this one, of those that the reader may
// open.
func beside(h YearHead, g *assessment.Grid, k assessment.Kind, opens func(string) bool) (before, after string) {
	here := false
	for _, m := range h.Members {
		path := gridPath(g.Year.ID, m.UnitID) + "?vong=" + string(k)
		switch {
		case m.UnitID == g.Unit.UnitID:
			here = true
		case !opens(m.UnitID):
		case here:
			return before, path
		default:
			before = path
		}
	}
	return before, ""
}

func (s *Server) gridView(q *Req, h YearHead, g *assessment.Grid, k assessment.Kind) gridView {
	path := gridPath(g.Year.ID, g.Unit.UnitID)
	v := gridView{Newest: g.Newest, Head: h, Unit: g.Unit, Path: path, Round: k, May: g.May[k], Check: k == assessment.Check, Reasons: k != assessment.Self, Checker: h.NameOf(g.Checker), Filter: q.Query("loc")}
	v.Rows, v.Counts = gridRows(q, g, k)
	for i := range v.Rows {
		v.Illustrative = v.Illustrative || rowIllustrative(g.Rows[i])
		if v.Rows[i].Entry && v.Rows[i].changed(q.Form()) { // sent back, or sent when the session had ended
			v.Rows[i] = v.Rows[i].typed(q.Form())
		}
		v.Rows[i].Hidden = v.Rows[i].hides(v.Filter)
	}
	v.Totals = totals(q.Lang, g, k)
	for i, kind := range assessment.Kinds {
		u := url.Values{"vong": {string(kind)}}
		if v.Filter != "" {
			u.Set("loc", v.Filter)
		}
		v.Tabs = append(v.Tabs, Tab{Path: path + "?" + u.Encode(), Text: kind.Name(), Here: kind == k, Count: v.Totals[i].Text})
	}
	for _, f := range []gridFilter{
		{Key: "", Text: "Tất cả", N: v.Counts.Leaves},
		{Key: "chua", Text: "Chưa chấm", N: v.Counts.Missing},
		{Key: "khac", Text: "Khác vòng trước", N: v.Counts.Differ},
		{Key: "thieu", Text: "Thiếu minh chứng", N: v.Counts.Unproven},
	} {
		if f.Key == "khac" && k == assessment.Self {
			continue
		}
		u := url.Values{"vong": {string(k)}}
		if f.Key != "" {
			u.Set("loc", f.Key)
		}
		f.Path, f.Here = path+"?"+u.Encode(), f.Key == v.Filter
		v.Filters = append(v.Filters, f)
	}
	if k != assessment.Agreed {
		in := g.HandIns[k]
		v.HandIn = gridHandIn{
			Can: g.May[k], Stands: in.Stands(), At: in.At, Withdrawn: in.Withdrawn, Path: path + "/nop", Back: path + "/rut",
			Withdraw: in.Stands() && cluster.Open(g.Year, k.Activity()) && (g.Organise || (k == assessment.Self && h.Is(g.Unit.UnitID)) || (k == assessment.Check && h.Is(g.Checker))),
		}
	}
	return v
}

// hides tells whether a filter leaves the row out. Groups stay: they say where
// a criterion belongs.
func (r gridRow) hides(filter string) bool {
	if !r.Leaf {
		return false
	}
	switch filter {
	case "chua":
		return !r.Missing
	case "khac":
		return !r.Differs
	case "thieu":
		return !r.Unproven
	}
	return false
}

func rowIllustrative(r assessment.Row) bool {
	for _, k := range assessment.Kinds {
		if r.Cells[k].Sample {
			return true
		}
	}
	return false
}

// gridRows shows every criterion in a round.
func gridRows(q *Req, g *assessment.Grid, k assessment.Kind) ([]gridRow, gridCounts) {
	var rows []gridRow
	var n gridCounts
	before, later := assessment.Self, k != assessment.Self
	if k == assessment.Agreed {
		before = assessment.Check
	}
	priorOf := locale.Msg("vòng trước")
	if !later {
		priorOf = locale.Msg("số liệu báo cáo")
	}
	part := scoring.Part("")
	for i, r := range g.Rows {
		c, at := r.Criterion, r.Cells[k]
		row := gridRow{
			ID: c.ID, Anchor: "r-" + strconv.Itoa(i), Name: c.Name, Depth: r.Depth, Leaf: r.Leaf(), Part: c.Part, First: c.Part != part && c.Part != scoring.Main,
			Reason: at.Own.Reason, Version: at.Own.Version, Own: len(at.Own.Values()) > 0, Said: len(r.Explanations), Unproven: r.Unproven,
			Missing: at.Cell.Missing, Differs: at.Differs, Entry: g.May[k] && (r.Leaf() || c.NA != scoring.NotAllowed),
			Why: reasonPath(gridPath(g.Year.ID, g.Unit.UnitID), c.ID, k),
			NA:  c.NA != scoring.NotAllowed, NAName: fieldName(c.ID, "na"), NAOn: at.Inputs["na"] == "true",
		}
		part = c.Part
		row.OK = later && row.Own && !at.Differs
		row.Needs = row.Own && at.Differs && row.Reason == ""
		row.PriorOf = priorOf
		if !c.NoMax {
			row.Max = q.Lang.Number(c.Max.String())
		}
		if row.Leaf && c.Rule != nil {
			row.Says = c.Rule.Says(c)
			row.fields(q.Lang, c, at.Inputs)
		}
		row.Base = row.texts()
		switch {
		case later && at.Differs:
			row.Prior = shownInputs(q.Lang, c, r.Cells[before].Inputs)
		case !later && len(r.Reported) > 0:
			row.Prior = shownInputs(q.Lang, c, r.Reported)
		}
		for _, e := range r.Evidence {
			if e.Stands() {
				row.Files++
			}
		}
		for _, kind := range assessment.Kinds {
			p := point(q.Lang, r, kind, k)
			p.Why = reasonPath(gridPath(g.Year.ID, g.Unit.UnitID), c.ID, kind)
			if ahead(g.Year, kind) {
				p = gridPoint{Kind: kind, Ahead: true}
			}
			row.Points = append(row.Points, p)
		}
		rows = append(rows, row)
		if row.Leaf {
			n.count(row)
		}
		if k == assessment.Check && !row.Own && at.From == assessment.Self {
			n.Unseen++
		}
	}
	return rows, n
}

func (n *gridCounts) count(r gridRow) {
	n.Leaves++
	for _, c := range []struct {
		on bool
		to *int
	}{{r.Missing, &n.Missing}, {r.Differs, &n.Differ}, {r.Unproven, &n.Unproven}, {r.Own, &n.Checked}} {
		if c.on {
			*c.to++
		}
	}
}

// goals are the fields that say what the result is held against.
func isGoal(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	return last == "target" || last == "prior"
}

func (r *gridRow) fields(l locale.Lang, c *scoring.Criterion, in scoring.Inputs) {
	for _, f := range c.Fields() {
		field := gridField{Name: fieldName(c.ID, f.Name), Label: f.Label, Hint: f.Hint, Bool: f.Kind == scoring.BoolField, Value: in[f.Name]}
		if !field.Bool {
			field.Value = l.Number(field.Value)
		}
		if isGoal(f.Name) {
			r.Goals = append(r.Goals, field)
		} else {
			r.Results = append(r.Results, field)
		}
	}
}

// texts are what the controls of the row say, in one line.
func (r gridRow) texts() string {
	var all []string
	for _, f := range slices.Concat(r.Goals, r.Results) {
		all = append(all, f.Value)
	}
	if r.NAOn {
		all = append(all, "na")
	}
	return vntext.Line(strings.Join(append(all, r.Reason), " ¦ ")) // as it comes back from a form
}

// shownInputs writes a cell's inputs in a few words.
func shownInputs(l locale.Lang, c *scoring.Criterion, in scoring.Inputs) string {
	if in["na"] == "true" {
		return l.T("không áp dụng")
	}
	var all []string
	fields := c.Fields()
	for _, f := range fields {
		v := in[f.Name]
		if v == "" {
			continue
		}
		if f.Kind == scoring.BoolField {
			v = yesNo(l, v)
		} else {
			v = l.Number(v)
		}
		if len(fields) > 1 {
			v = l.Say(f.Label.Text, f.Label.Args) + ": " + v
		}
		all = append(all, v)
	}
	if len(all) == 0 {
		return l.T("chưa nhập")
	}
	return strings.Join(all, "; ")
}

// yesNo is a ticked field in words.
func yesNo(l locale.Lang, v string) string {
	if v == "true" {
		return l.T("có")
	}
	return l.T("không")
}

const nothing = "—"

func pointsText(l locale.Lang, c scoring.Cell) string {
	switch {
	case c.Missing && c.Points == 0:
		return nothing
	case c.NA && c.Points == 0:
		return l.T("KAD")
	}
	return l.Points(c.Points)
}

func point(l locale.Lang, r assessment.Row, kind, here assessment.Kind) gridPoint {
	at := r.Cells[kind]
	p := gridPoint{Kind: kind, Text: pointsText(l, at.Cell), Here: kind == here, Quiet: r.Leaf() && at.From != kind && (kind != assessment.Self || at.From == assessment.Reported)}
	if kind == assessment.Self {
		return p
	}
	before := r.Cells[assessment.Self].Cell
	if kind == assessment.Agreed {
		before = r.Cells[assessment.Check].Cell
	}
	p.Diff, p.Tone = difference(l, at.Cell.Points, before.Points)
	return p
}

func difference(l locale.Lang, now, before points.Points) (text, tone string) {
	switch d := now - before; {
	case d > 0:
		return "+" + l.Points(d), "more"
	case d < 0:
		return l.Points(d), "less"
	}
	return "", ""
}

func totals(l locale.Lang, g *assessment.Grid, here assessment.Kind) []gridPoint {
	var all []gridPoint
	for i, kind := range assessment.Kinds {
		t := g.Totals[kind]
		p := gridPoint{Kind: kind, Text: l.Points(t.Total), Here: kind == here}
		if ahead(g.Year, kind) {
			all = append(all, gridPoint{Kind: kind, Ahead: true})
			continue
		}
		if t.ScoredMax == 0 && t.Total == 0 {
			p.Text = nothing
		}
		if i > 0 {
			p.Diff, p.Tone = difference(l, t.Total, g.Totals[assessment.Kinds[i-1]].Total)
		}
		all = append(all, p)
	}
	return all
}
