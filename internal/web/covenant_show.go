package web

import (
	"slices"
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/render/sheet"
)

// covenantView is the covenant: each clause beside its targets, the sums, and
// who has signed.
type covenantView struct {
	Head     YearHead
	Draft    draft.Draft
	Version  draft.Version
	Begun    bool
	Adopted  bool // this version is in force
	MayEdit  bool // the targets of this version may be corrected
	MayWrite bool
	Writing  bool
	Paper    string // address of the text with its comments
	Clauses  clauseView
	Text     clausesView // the clauses in their order, with targets and comments
	Force    forceView   // which text is in force, and what is under way
	Members  []signRow
	Signed   int
	Sign     []signForm // for the units that the reader may sign for
	Signing  bool
	Groups   []targetGroup // targets of the whole block, then of each unit
	Bare     []string      // units without a target of their own
	MayDuty  bool
	Choices  []Option // members, for the duties
	Ambition ambitionView
}

type signRow struct {
	Place     int
	Name      string
	Leads     bool
	Signature *covenant.Signature
	Before    *covenant.Signature // on the text before the one in force
	Number    int                 // of the version that Before is on
	Late      bool                // the day to sign by has gone by
	After     bool                // signed after that day
}

type signForm struct {
	UnitID, Unit string
	Deputy       bool
	Position     string
}

type dutyRow struct {
	covenant.Target
	Goal     string
	Reporter string
	Own      string // whose target it is; "" for the whole block
	Measured bool
	Shares   []shareNote // of the movement's targets that it carries
}

// covenantOf reads the year and the version to show: the one that the address's
// ban names, else the one in force, else the newest that the reader may see.
func (s *Server) covenantOf(q *Req) (covenantView, error) {
	n, _ := strconv.Atoi(q.Query("ban"))
	return s.covenantAt(q, func(v draft.Version) bool { return v.Number == n })
}

// covenantAt is covenantOf for the version that is wanted, where there is one.
func (s *Server) covenantAt(q *Req, wanted func(draft.Version) bool) (covenantView, error) {
	var view covenantView
	h, err := s.yearHead(q, "covenant")
	if err != nil {
		return view, err
	}
	ctx := q.Ctx()
	view.Head, view.Paper = h, paperPath(h.Year.ID, draft.Covenant)
	view.Writing, view.Signing = cluster.Open(h.Year, cluster.Writing), cluster.Open(h.Year, cluster.Signing)
	if view.MayWrite, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DraftWrite, access.Record{Year: h.Year.ID}); err != nil {
		return view, err
	}
	papers, err := s.Drafts.Papers(ctx, s.DB, h.Year.ID)
	if err != nil {
		return view, err
	}
	d, begun := papers[draft.Covenant]
	if !begun {
		return view, nil
	}
	view.Draft, view.Writing = d, d.Workable(h.Year)
	all, err := s.Drafts.Versions(ctx, s.DB, d.ID)
	if err != nil {
		return view, err
	}
	if all, err = s.Drafts.Visible(ctx, q.Actor, h.Year.ID, all); err != nil || len(all) == 0 {
		return view, err
	}
	view.Begun, view.Version = true, all[0]
	for _, v := range all {
		if d.InForce() && v.ID == d.AdoptedID {
			view.Version = v
		}
	}
	if i := slices.IndexFunc(all, wanted); i >= 0 {
		view.Version = all[i]
	}
	view.Adopted = d.InForce() && view.Version.ID == d.AdoptedID
	view.MayEdit = view.MayWrite && view.Writing && !view.Version.Circulated && d.State != draft.Adopted
	return view, nil
}

func (s *Server) covenantShow(q *Req) error {
	view, err := s.covenantOf(q)
	if err != nil {
		return err
	}
	ctx, h := q.Ctx(), view.Head
	if err := s.covenantForce(q, &view); err != nil {
		return err
	}
	if !view.Begun {
		return q.Render("covenant_show", view)
	}
	read, err := s.Covenants.View(ctx, s.DB, view.Version)
	if err != nil {
		return err
	}
	last, err := s.Indicators.LastResults(ctx, s.DB, h.Year)
	if err != nil {
		return err
	}
	rows := covenantRows(read)
	for i, t := range read.Targets {
		v := &rows[i].view
		if t.UnitID != "" {
			v.Unit = h.NameOf(t.UnitID)
		}
		if t.ReporterID != "" {
			v.Reporter = h.NameOf(t.ReporterID)
		}
		stood := last[indicator.Place{Indicator: t.IndicatorID, Unit: t.UnitID}]
		from, err := s.origins(q, h.Year.Year-1, stood.Origin)
		if err != nil {
			return err
		}
		if f := stood.Figure; f == nil && from[0] != nil {
			v.Before = q.T("năm {.year}: {.origin}", "year", locale.Year(h.Year.Year-1), "origin", from[0].Text)
		} else if f != nil {
			v.Before = q.T("năm {.year} đạt {.figure}", "year", locale.Year(f.Year), "figure", figureText(q.Lang, *f, t.Change != ""))
			if from[0] != nil {
				v.Before += " (" + from[0].Text + ")"
			}
			v.Sample = f.Illustrative
			if verdict := indicator.Judge(t.Goal, indicator.Stock, f.Base(), indicator.FullYear); !view.Adopted && (verdict.Status == indicator.Met || verdict.Status == indicator.Exceeded) {
				v.Reached = locale.Msg("năm trước đã đạt mức này")
			}
		}
		if view.MayEdit {
			v.Edit = h.Path("covenant") + "/chi-tieu/" + t.ID
		}
	}
	view.Clauses = clauses(q.Lang, view.Version.Text, rows, read.Checks, read.Warnings)
	if err := s.covenantText(q, &view, read); err != nil {
		return err
	}
	if err := s.covenantSigners(q, &view); err != nil {
		return err
	}
	if err := s.covenantGroups(q, &view, read.Targets); err != nil {
		return err
	}
	if view.Ambition, err = s.ambition(q, view); err != nil {
		return err
	}
	return q.Render("covenant_show", view)
}

func covenantRows(read covenant.View) []clauseRow {
	var rows []clauseRow
	for _, t := range read.Targets {
		rows = append(rows, clauseRow{id: t.ID, goal: t.Goal})
	}
	return rows
}

// covenantSigners lists the members with their signatures, and the forms of
// those who may sign now.
func (s *Server) covenantSigners(q *Req, view *covenantView) error {
	ctx, h := q.Ctx(), view.Head
	late, stood := view.Force.Due != "" && view.Force.Due < h.Today, map[string]covenant.Stand{}
	for _, m := range view.Force.Members {
		stood[m.UnitID] = m
	}
	signatures, err := s.Covenants.Signatures(ctx, s.DB, view.Version.ID)
	if err != nil {
		return err
	}
	by := map[string]*covenant.Signature{}
	for i := range signatures {
		by[signatures[i].UnitID] = &signatures[i]
	}
	for i, m := range h.Members {
		row := signRow{Place: i + 1, Name: m.Name, Leads: m.Leads(cluster.Leader), Signature: by[m.UnitID]}
		if view.Adopted {
			row.Before, row.Number = stood[m.UnitID].Before, stood[m.UnitID].Number
			row.Late = late && row.Signature == nil
			row.After = view.Force.Due != "" && row.Signature != nil && clock.DayOf(row.Signature.At.Time()) > view.Force.Due
		}
		view.Members = append(view.Members, row)
		if by[m.UnitID] != nil {
			view.Signed++
			continue
		}
		if !view.Adopted || !view.Signing {
			continue
		}
		ok, err := s.Gate.Can(ctx, s.DB, q.Actor, access.CovenantSign, access.Record{Year: h.Year.ID, Unit: m.UnitID})
		if err != nil {
			return err
		}
		if ok {
			form := signForm{UnitID: m.UnitID, Unit: m.Name}
			if q.Account != nil {
				form.Position, form.Deputy = q.Account.Position, covenant.Deputy(q.Account.Position)
			}
			view.Sign = append(view.Sign, form)
		}
	}
	return nil
}

func (s *Server) covenantSign(q *Req) error {
	f := q.Form()
	if f.Get("read") == "" {
		return q.Retry(fault.Wrong("read", "Hãy đọc văn bản và các chỉ tiêu rồi đánh dấu vào ô này trước khi ký."), s.covenantShow)
	}
	_, err := s.Covenants.Sign(q.Ctx(), q.Actor, q.Path("year"), covenant.Sign{UnitID: f.Get("unit"), Hash: f.Get("hash"), Mandate: f.Get("mandate")})
	if err != nil {
		return q.Retry(err, s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant")+"#chu-ky", "Đã ký giao ước. Chữ ký và dấu kiểm văn bản đã vào sổ cái.")
}

func (s *Server) covenantAssign(q *Req) error {
	f := q.Form()
	t, err := s.Covenants.Assign(q.Ctx(), q.Actor, f.Get("id"), f.Version(), f.Get("reporter"))
	if err != nil {
		return q.Retry(unseen(err), s.covenantShow)
	}
	return q.Redirect(yearPath(q.Path("year"), "covenant")+"#bao-cao", "Đã giao đơn vị báo cáo chỉ tiêu “{.name}”.", "name", t.Name)
}

// covenantTargetView is the form of one target; Target is nil for a new one.
type covenantTargetView struct {
	covenantView
	Target *covenant.Target
	Goal   goalForm
	Units  []Option
	Report []Option
}

func (s *Server) covenantTarget(q *Req) error {
	id := q.Path("target")
	wanted := func(v draft.Version) bool { return !v.Circulated } // a new one goes into the text being written
	if id != "moi" {
		t, err := s.Covenants.Target(q.Ctx(), s.DB, id)
		if err != nil {
			return err
		}
		wanted = func(v draft.Version) bool { return v.ID == t.VersionID }
	}
	view, err := s.covenantAt(q, wanted)
	if err != nil {
		return err
	}
	switch {
	case !view.Begun:
		return fault.Missing()
	case !view.MayWrite:
		return fault.Deny()
	}
	read, err := s.Covenants.View(q.Ctx(), s.DB, view.Version)
	if err != nil {
		return err
	}
	form := covenantTargetView{covenantView: view, Goal: newGoalForm(totalOptions(q.Lang, covenantRows(read), id)),
		Units: []Option{{Text: "Cả cụm, khối"}}, Report: []Option{{Text: "Đơn vị trưởng (hoặc chính đơn vị có chỉ tiêu)"}}}
	for _, m := range view.Head.Members {
		form.Units = append(form.Units, Option{Value: m.UnitID, Text: m.Short})
		form.Report = append(form.Report, Option{Value: m.UnitID, Text: m.Short})
	}
	if id == "moi" {
		return q.Render("covenant_target", form)
	}
	for _, t := range read.Targets {
		if t.ID == id {
			form.Target = &t
			defaultEntry(q, t.Goal)
			q.Form().Default("unit_id", t.UnitID)
			q.Form().Default("reporter", t.ReporterID)
			return q.Render("covenant_target", form)
		}
	}
	return fault.Missing()
}

func (s *Server) covenantTargetSave(q *Req) error {
	ctx, f, id := q.Ctx(), q.Form(), q.Path("target")
	e := covenant.Entry{Entry: entryOf(q), UnitID: f.Get("unit_id"), ReporterID: f.Get("reporter")}
	if id == "moi" {
		t, err := s.Covenants.AddTarget(ctx, q.Actor, f.Get("of"), e)
		if err != nil {
			return q.Retry(err, s.covenantTarget)
		}
		return q.Redirect(s.covenantPath(q, t.VersionID), "Đã thêm chỉ tiêu.")
	}
	t, err := s.Covenants.EditTarget(ctx, q.Actor, id, f.Version(), e)
	if err != nil {
		if now, ok := fault.As(err).Theirs.(covenant.Target); ok {
			compareGoal(q, now.Goal)
		}
		return q.Retry(err, s.covenantTarget)
	}
	return q.Redirect(s.covenantPath(q, t.VersionID)+"#ct-"+id, "Đã sửa chỉ tiêu.")
}

func (s *Server) covenantTargetRemove(q *Req) error {
	t, err := s.Covenants.Target(q.Ctx(), s.DB, q.Path("target"))
	if err != nil {
		return err
	}
	if err := s.Covenants.RemoveTarget(q.Ctx(), q.Actor, q.Path("target"), q.Form().Version()); err != nil {
		return q.Retry(unseen(err), s.covenantTarget)
	}
	return q.Redirect(s.covenantPath(q, t.VersionID), "Đã bỏ chỉ tiêu khỏi giao ước.")
}

// covenantExcel is the targets and the signatures as a workbook.
func (s *Server) covenantExcel(q *Req) error {
	view, err := s.covenantOf(q)
	if err != nil {
		return err
	}
	if !view.Begun {
		return fault.Missing()
	}
	targets, err := s.Covenants.Targets(q.Ctx(), s.DB, view.Version.ID)
	if err != nil {
		return err
	}
	if err := s.covenantSigners(q, &view); err != nil {
		return err
	}
	if err := s.covenantGroups(q, &view, targets); err != nil {
		return err
	}
	reporter := map[string]string{}
	for _, g := range view.Groups {
		for _, d := range g.Rows {
			reporter[d.ID] = d.Reporter
		}
	}
	table := goalTable(q, q.T("Chỉ tiêu giao ước"))
	table.Notes = []string{view.Head.Year.Name + ", " + view.Head.YearNo(), q.T("SHA-256 của văn bản: {.hash}", "hash", view.Version.Hash)}
	table.Columns = append(table.Columns, sheet.Column{Name: q.T("Đơn vị có chỉ tiêu")}, sheet.Column{Name: q.T("Đơn vị báo cáo")})
	for i, t := range targets {
		table.Rows = append(table.Rows, append(goalCells(q, i+1, t.Goal), view.Head.NameOf(t.UnitID), reporter[t.ID]))
	}
	signs := sheet.Table{Title: q.T("Chữ ký"), Columns: []sheet.Column{{Name: q.T("STT"), Kind: sheet.Number, Width: 6}, {Name: q.T("Đơn vị")}, {Name: q.T("Người ký")}, {Name: q.T("Chức vụ")}, {Name: q.T("Ủy quyền")}, {Name: q.T("Lúc"), Kind: sheet.Date}, {Name: "SHA-256"}}}
	for _, m := range view.Members {
		row := []any{m.Place, m.Name, nil, nil, nil, nil, nil}
		if g := m.Signature; g != nil {
			row = []any{m.Place, m.Name, g.Signer, g.Position, g.Mandate, g.At, g.TextHash}
		}
		signs.Rows = append(signs.Rows, row)
	}
	return q.Excel("giao-uoc-"+view.Head.YearNo(), table, signs)
}
