package web

import (
	"strconv"

	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
)

// clausesView is the covenant by its own sections and clauses, each with the
// targets read from it and what members say about it.
type clausesView struct {
	Clauses  []covenantClause
	Contents []contentRow
	Whole    []commentRow // about no single clause
	Paper    paperView    // for the forms of comments and answers
	Back     string       // where these forms lead back to
}

type covenantClause struct {
	covenant.Clause
	Targets  []readTarget
	Warnings []string
	Comments []commentRow
}

// contentRow is a line of the table of contents.
type contentRow struct {
	Line, Depth int
	Text        string
	Targets     int // under it
}

// maxContent is the longest entry of the table of contents, in characters.
const maxContent = 80

// covenantText lays the version out by clauses. view.Clauses holds what was
// read from each line.
func (s *Server) covenantText(q *Req, view *covenantView, read covenant.View) error {
	paper, err := s.covenantPaper(q, view)
	if err != nil {
		return err
	}
	out := clausesView{Paper: paper, Whole: paper.Whole, Back: s.versionPath(view.Head.Year.ID, view.Draft, view.Version)}
	under := map[int]int{} // targets in a clause and those under it
	for i, line := range read.Lines {
		out.Clauses = append(out.Clauses, covenantClause{line.Clause, view.Clauses.Lines[i].Targets, view.Clauses.Lines[i].Warnings, paper.Lines[i].Comments})
		for at := line.Clause; len(line.Targets) > 0; at = read.Lines[at.Parent-1].Clause {
			under[at.Line] += len(line.Targets)
			if at.Parent == 0 {
				break
			}
		}
	}
	clauses := make([]covenant.Clause, len(read.Lines))
	for i, line := range read.Lines {
		clauses[i] = line.Clause
	}
	for _, c := range covenant.Contents(clauses) {
		text := []rune(c.Text)
		if len(text) > maxContent {
			text = append(text[:maxContent], '…')
		}
		entry := string(text)
		if c.Mark != "" {
			entry = c.Mark + " " + entry
		}
		out.Contents = append(out.Contents, contentRow{c.Line, c.Depth, entry, under[c.Line]})
	}
	if len(out.Contents) < 2 { // nothing to jump between
		out.Contents = nil
	}
	view.Text = out
	return nil
}

// covenantPaper is the version as a paper with its comments.
func (s *Server) covenantPaper(q *Req, view *covenantView) (paperView, error) {
	h, d := view.Head, view.Draft
	paper := paperView{
		At: -1, Head: h, Kind: draft.Covenant, Name: draft.Covenant.Name(), Path: view.Paper, Draft: d, Begun: true, Version: view.Version,
		Adopted: view.Adopted, Closed: d.State == draft.Adopted, Open: view.Writing, MayWrite: view.MayWrite, Outcomes: outcomeOptions(),
	}
	all, err := s.Drafts.Versions(q.Ctx(), s.DB, d.ID)
	if err != nil {
		return paper, err
	}
	for _, v := range all {
		paper.Versions = append(paper.Versions, paperVersion{Version: v})
	}
	if line := q.Query("dong"); line != "" {
		paper.At, _ = strconv.Atoi(line)
	}
	return paper, s.paperComments(q, &paper)
}

// versionPath is the address of the covenant's page that shows a version.
func (s *Server) versionPath(yearID string, d draft.Draft, v draft.Version) string {
	at := yearPath(yearID, "covenant")
	if d.InForce() && v.ID != d.AdoptedID {
		at += "?ban=" + strconv.Itoa(v.Number)
	}
	return at
}

// covenantPath is versionPath for a version's id.
func (s *Server) covenantPath(q *Req, versionID string) string {
	d, v, err := s.Drafts.OfVersion(q.Ctx(), s.DB, versionID)
	if err != nil {
		note(q.Ctx(), err) // the act is done; the page without its version will do
		return yearPath(q.Path("year"), "covenant")
	}
	return s.versionPath(d.YearID, d, v)
}

// targetGroup is the targets of the whole block, or of one unit.
type targetGroup struct {
	UnitID, Unit string // "" for the whole block
	Rows         []dutyRow
}

// covenantGroups sets the targets of the whole block apart from those of each
// unit, and says who reports on each.
func (s *Server) covenantGroups(q *Req, view *covenantView, targets []covenant.Target) error {
	h := view.Head
	view.MayDuty = view.MayWrite && (view.Writing || cluster.Open(h.Year, cluster.Reporting))
	leader := ""
	for _, m := range h.Members {
		if m.Leads(cluster.Leader) {
			leader = m.Short
		}
		view.Choices = append(view.Choices, Option{Value: m.UnitID, Text: m.Short})
	}
	shares, err := s.covenantShares(q, view, targets)
	if err != nil {
		return err
	}
	of := map[string][]dutyRow{}
	for _, t := range targets {
		row := dutyRow{Target: t, Goal: goalText(q.Lang, t.Goal), Own: h.NameOf(t.UnitID), Measured: t.Measurable(), Shares: shares[t.ID]}
		switch {
		case !row.Measured:
		case t.ReporterID != "":
			row.Reporter = h.NameOf(t.ReporterID)
		case t.UnitID != "":
			row.Reporter = row.Own
		default:
			row.Reporter = leader
		}
		of[t.UnitID] = append(of[t.UnitID], row)
	}
	if len(of[""]) > 0 {
		view.Groups = append(view.Groups, targetGroup{Rows: of[""]})
	}
	own := false
	for _, m := range h.Members {
		if rows := of[m.UnitID]; len(rows) > 0 {
			view.Groups, own = append(view.Groups, targetGroup{m.UnitID, m.Name, rows}), true
		} else {
			view.Bare = append(view.Bare, m.Short)
		}
	}
	if !own {
		view.Bare = nil
	}
	return nil
}
