package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// paperView is one version of a paper: its text with what members say about
// each clause beside it.
type paperView struct {
	Head     YearHead
	Kind     draft.Kind
	Name     locale.Text
	Path     string
	Draft    draft.Draft
	Begun    bool
	Version  draft.Version
	Newest   bool // of the versions that the reader sees
	Versions []paperVersion
	Lines    []paperLine
	Whole    []commentRow // about no single line
	Adopted  bool         // this version
	Closed   bool         // the paper is adopted
	By       string
	Sheet    string // name of the scoring sheet
	Meeting  string // that adopted it

	MayWrite, MayAdopt, Open bool
	Amending                 bool // another text for it is worked out while it is in force
	Waiting                  int
	At                       int      // the line whose form for a comment is open; −1 for none
	Units                    []Option // for whom the reader may comment
	Meetings                 []Option
	Outcomes                 []Option
	Compare                  string      // address of the comparison with the version before
	Doubts                   []lineDoubt // of a covenant that is sent out or adopted next
}

type paperVersion struct {
	draft.Version
	Here, Adopted bool
	Path, Compare string
}

type paperLine struct {
	Number   int
	Text     string
	Heading  bool
	Comments []commentRow
}

type commentRow struct {
	draft.Comment
	Unit, By, Answerer string
	Own                bool
	OutcomeText        locale.Text
	Tone               string
	Answer             string
}

// lineDoubt is a line of a covenant in which something may be wrong: a figure
// that no target holds, a target that says another thing than its clause.
type lineDoubt struct {
	Line int
	Text string
}

// covenantDoubts lists them before a covenant is circulated or adopted.
func (s *Server) covenantDoubts(q *Req, view *paperView) error {
	if view.Kind != draft.Covenant || s.Covenants == nil || !view.Open || view.Closed || !view.Newest || !view.MayWrite && !view.MayAdopt {
		return nil
	}
	read, err := s.Covenants.View(q.Ctx(), s.DB, view.Version)
	if err != nil {
		return err
	}
	c := clauses(q.Lang, view.Version.Text, covenantRows(read), read.Checks, read.Warnings)
	for _, text := range c.General {
		view.Doubts = append(view.Doubts, lineDoubt{Text: text})
	}
	for _, l := range c.Lines {
		for _, text := range l.Warnings {
			view.Doubts = append(view.Doubts, lineDoubt{l.Number, text})
		}
	}
	return nil
}

// paperOf reads the year and the kind of the address.
func (s *Server) paperOf(q *Req) (paperView, error) {
	view := paperView{At: -1}
	k, err := paperKind(q.Path("kind"))
	if err != nil {
		return view, err
	}
	if view.Head, err = s.yearHead(q, "drafts"); err != nil {
		return view, err
	}
	ctx, year := q.Ctx(), view.Head.Year
	view.Kind, view.Name, view.Path = k, k.Name(), paperPath(year.ID, k)
	view.Open = cluster.Open(year, cluster.Writing)
	record := access.Record{Year: year.ID}
	if view.MayWrite, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftWrite, record); err != nil {
		return view, err
	}
	if view.MayAdopt, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftAdopt, record); err != nil {
		return view, err
	}
	papers, err := s.Drafts.Papers(ctx, s.DB, year.ID)
	if err != nil {
		return view, err
	}
	d, begun := papers[k]
	if !begun {
		return view, nil
	}
	view.Draft, view.Closed, view.Open = d, d.State == draft.Adopted, d.Workable(year)
	view.Amending = d.State == draft.Amending
	all, err := s.Drafts.Versions(ctx, s.DB, d.ID)
	if err != nil {
		return view, err
	}
	if all, err = s.Drafts.Visible(ctx, q.Actor, year.ID, all); err != nil {
		return view, err
	}
	if len(all) == 0 {
		return view, nil
	}
	view.Begun, view.Version = true, all[0]
	want, _ := strconv.Atoi(q.Query("ban"))
	for i, v := range all {
		if v.Number == want || want == 0 && view.Closed && v.ID == d.AdoptedID {
			view.Version = v
		}
		one := paperVersion{Version: v, Adopted: d.InForce() && v.ID == d.AdoptedID, Path: view.Path + "?ban=" + strconv.Itoa(v.Number)}
		if i+1 < len(all) {
			one.Compare = view.Path + "/so-sanh?tu=" + strconv.Itoa(all[i+1].Number) + "&den=" + strconv.Itoa(v.Number)
		}
		view.Versions = append(view.Versions, one)
	}
	for i := range view.Versions {
		view.Versions[i].Here = view.Versions[i].ID == view.Version.ID
		if view.Versions[i].Here {
			view.Compare = view.Versions[i].Compare
			view.Adopted = view.Versions[i].Adopted
		}
	}
	view.Newest = view.Version.ID == all[0].ID
	return view, nil
}

// paperShow shows a version: the address's ban names it, the newest otherwise;
// dong opens the form for a comment at a line.
func (s *Server) paperShow(q *Req) error {
	view, err := s.paperOf(q)
	if err != nil {
		return err
	}
	if !view.Begun {
		return q.Render("paper_show", view)
	}
	ctx := q.Ctx()
	if view.By, err = s.personName(q, view.Version.AccountID); err != nil {
		return err
	}
	if view.Waiting, err = s.Drafts.Waits(ctx, s.DB, view.Draft.ID); err != nil {
		return err
	}
	if err := s.covenantDoubts(q, &view); err != nil {
		return err
	}
	if err := s.paperComments(q, &view); err != nil {
		return err
	}
	if err := s.paperMeetings(q, &view); err != nil {
		return err
	}
	if view.Version.SheetVersionID != "" && s.Criteria != nil {
		if _, sheet, err := s.Criteria.See(ctx, q.Actor, criteria.Place{Year: view.Head.Year.ID}, view.Version.SheetVersionID); err == nil {
			view.Sheet = sheet.Name
		} else {
			note(ctx, err) // the paper is worth more than the name of its sheet
		}
	}
	view.Outcomes = outcomeOptions()
	if line := q.Query("dong"); line != "" {
		view.At, _ = strconv.Atoi(line)
	}
	if q.Form().Has("line", q.Form().Get("line")) && len(q.Form().Summary) > 0 {
		view.At = q.Form().Int("line")
	}
	return q.Render("paper_show", view)
}

func outcomeOptions() []Option {
	return []Option{
		{Value: string(draft.Accepted), Text: draft.Accepted.Name().Text},
		{Value: string(draft.Partly), Text: draft.Partly.Name().Text},
		{Value: string(draft.Declined), Text: draft.Declined.Name().Text},
	}
}

// paperComments lays the text out in lines with the comments on each, and finds
// out for whom the reader may comment.
func (s *Server) paperComments(q *Req, view *paperView) error {
	ctx := q.Ctx()
	comments, err := s.Drafts.Comments(ctx, s.DB, view.Version.ID)
	if err != nil {
		return err
	}
	at := map[int][]commentRow{}
	for _, c := range comments {
		row := commentRow{Comment: c, Unit: view.Head.NameOf(c.UnitID), Own: view.Head.Is(c.UnitID), OutcomeText: c.Outcome.Name(), Answer: c.Answer}
		switch c.Outcome {
		case draft.Accepted:
			row.Tone = "good"
		case draft.Partly:
			row.Tone = "info"
		case draft.Waiting:
			row.Tone = "warn"
		}
		if row.By, err = s.personName(q, c.AccountID); err != nil {
			return err
		}
		if c.AnsweredBy != "" {
			if row.Answerer, err = s.personName(q, c.AnsweredBy); err != nil {
				return err
			}
		}
		at[c.Line] = append(at[c.Line], row)
	}
	view.Whole = at[0]
	for i, text := range strings.Split(view.Version.Text, "\n") {
		view.Lines = append(view.Lines, paperLine{i + 1, text, draft.Heading(text), at[i+1]})
	}
	newer := slices.ContainsFunc(view.Versions, func(v paperVersion) bool { return v.Circulated && v.Number > view.Version.Number })
	if !view.Open || view.Closed || view.Adopted || !view.Version.Circulated || newer {
		return nil
	}
	if view.Draft.State == draft.Amending {
		a, err := s.Drafts.OpenAmendment(ctx, s.DB, view.Draft.ID)
		if err != nil || !a.Has(view.Version) {
			return err
		}
	}
	for _, unit := range view.Head.Own {
		ok, err := s.Gate.Can(ctx, s.DB, q.Actor, access.DraftComment, access.Record{Year: view.Head.Year.ID, Unit: unit})
		if err != nil {
			return err
		}
		if ok {
			view.Units = append(view.Units, Option{Value: unit, Text: view.Head.NameOf(unit)})
		}
	}
	return nil
}

// paperMeetings names the meeting that adopted the paper, or offers those of
// the year that may have.
func (s *Server) paperMeetings(q *Req, view *paperView) error {
	if s.Meetings == nil || !view.Closed && (!view.MayAdopt || !view.Open) {
		return nil
	}
	all, err := s.Meetings.OfYear(q.Ctx(), q.Actor, view.Head.Year.ID)
	if fault.Is(err, fault.NotFound) {
		return nil // who may not read meetings may read the paper all the same
	}
	if err != nil {
		return err
	}
	for _, m := range all {
		label := m.Title + " · " + q.Lang.Time(m.Starts.Time())
		if view.Closed && m.ID == view.Draft.MeetingID {
			view.Meeting = label
		}
		if m.Cancelled == "" {
			view.Meetings = append(view.Meetings, Option{Value: m.ID, Text: label})
		}
	}
	return nil
}

// paperExcel is the table of comments on a paper with the answers, over all
// versions: what is called the table of explanation and acceptance.
func (s *Server) paperExcel(q *Req) error {
	view, err := s.paperOf(q)
	if err != nil {
		return err
	}
	table := sheet.Table{Title: q.T("Tổng hợp góp ý: {.paper}", "paper", q.Lang.Say(view.Name.Text, view.Name.Args)), Notes: []string{view.Head.Year.Name + ", " + view.Head.YearNo()},
		Columns: []sheet.Column{{Name: q.T("Bản"), Kind: sheet.Number, Width: 6}, {Name: q.T("Dòng"), Kind: sheet.Number, Width: 6}, {Name: q.T("Nội dung được góp ý")},
			{Name: q.T("Đơn vị")}, {Name: q.T("Ý kiến góp ý")}, {Name: q.T("Kết quả")}, {Name: q.T("Giải trình, tiếp thu")}, {Name: q.T("Lúc"), Kind: sheet.Date}}}
	for i := len(view.Versions) - 1; i >= 0; i-- {
		v := view.Versions[i]
		comments, err := s.Drafts.Comments(q.Ctx(), s.DB, v.ID)
		if err != nil {
			return err
		}
		lines := strings.Split(v.Text, "\n")
		for _, c := range comments {
			about, outcome := "", c.Outcome.Name()
			if c.Line > 0 && c.Line <= len(lines) {
				about = lines[c.Line-1]
			}
			table.Rows = append(table.Rows, []any{v.Number, c.Line, about, view.Head.NameOf(c.UnitID), c.Text, q.Lang.Say(outcome.Text, outcome.Args), c.Answer, c.At})
		}
	}
	return q.Excel("gop-y-"+paperSlugs[view.Kind]+"-"+view.Head.YearNo(), table)
}
