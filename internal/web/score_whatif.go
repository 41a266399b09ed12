package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// whatIfView tries another figure in a cell: who would move, and by how much.
// It is a page of its own address, so that it can be shown to a colleague;
// nothing is written.
type whatIfView struct {
	Year, Unit string // ids
	YearName   string
	UnitName   string
	Grid, Path string
	Why        string // path of the reason of the cell
	Name       string
	Round      assessment.Kind
	RoundName  locale.Text
	Says       []locale.Text
	Fields     []gridField
	NA         bool
	NAOn       bool
	Tried      bool
	Now        string // the cell's points
	Then       string
	Sample     bool // some figure is invented for showing
	Finding    locale.Text
	Rows       []whatIfRow
	Errors     []string
}

type whatIfRow struct {
	Name           string
	Own            bool // the unit whose cell is tried
	Rank, RankThen int
	Total, Then    string
	Diff, Tone     string
	Up, Down       int // places won, lost
}

// tried is the query's name of an input.
func tried(field string) string { return "s-" + field }

func (s *Server) scoreWhatIf(q *Req) error {
	year, unit, id := q.Path("year"), q.Path("unit"), q.Path("criterion")
	g, err := s.Assessment.Grid(q.Ctx(), q.Actor, year, unit)
	if err != nil {
		return err
	}
	row, ok := g.Find(id)
	if !ok || !row.Leaf() {
		return fault.Missing()
	}
	k := roundOf(q, g.Year)
	c, base := row.Criterion, gridPath(year, unit)
	v := whatIfView{
		Year: year, Unit: unit, YearName: g.Year.Short + " " + locale.Year(g.Year.Year), UnitName: g.Unit.Name, Name: c.ID + ". " + c.Name, Round: k, RoundName: k.Name(),
		Grid: base + "?vong=" + string(k), Path: whatIfPath(base, id), Why: reasonPath(base, id, k), Says: c.Rule.Says(c), NA: c.NA != scoring.NotAllowed,
	}
	in := assessment.Cell{Year: year, Unit: unit, Criterion: id, Round: k, Inputs: scoring.Inputs{}}
	query := q.R.URL.Query()
	var wrong []error
	for _, f := range c.Fields() {
		field := gridField{Name: tried(f.Name), Label: f.Label, Hint: f.Hint, Bool: f.Kind == scoring.BoolField, Value: row.Cells[k].Inputs[f.Name]}
		if !field.Bool {
			field.Value = q.Lang.Number(field.Value)
		}
		if query.Has(field.Name) {
			v.Tried = true
			field.Value = query.Get(field.Name)
		}
		value, err := inputOf(q.Lang, field)
		if err != nil {
			wrong = append(wrong, err)
		}
		in.Inputs[f.Name] = value
		v.Fields = append(v.Fields, field)
	}
	if v.NAOn = query.Get(tried("na")) == "1"; v.NAOn {
		in.Inputs = scoring.Inputs{"na": "true"}
	}
	if !v.Tried {
		return q.Render("score_whatif", v)
	}
	now, then, err := (*assessment.Standing)(nil), (*assessment.Standing)(nil), error(nil)
	if len(wrong) == 0 {
		if now, then, err = s.Assessment.WhatIf(q.Ctx(), q.Actor, in); err != nil {
			if !fault.Is(err, fault.Invalid) {
				return err
			}
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		for _, w := range wrong {
			for _, one := range fault.As(w).All() {
				v.Errors = append(v.Errors, q.Lang.Fault(one))
			}
		}
		return q.RenderStatus(http.StatusUnprocessableEntity, "score_whatif", v)
	}
	v.compare(q.Lang, now, then, id)
	return q.Render("score_whatif", v)
}

func whatIfPath(grid, criterion string) string { return grid + "/thu/" + url.PathEscape(criterion) }

// compare shows who moves.
func (v *whatIfView) compare(l locale.Lang, now, then *assessment.Standing, criterion string) {
	after := map[string]assessment.UnitStanding{}
	for _, u := range then.Units {
		after[u.Member.UnitID] = u
	}
	v.Sample = now.Illustrative
	up, down := 0, 0
	for _, u := range now.Units {
		t := after[u.Member.UnitID]
		r := whatIfRow{Name: u.Member.Name, Own: u.Member.UnitID == v.Unit, Rank: u.Place.Rank, RankThen: t.Place.Rank, Total: l.Points(u.Score.ForRank), Then: l.Points(t.Score.ForRank)}
		if u.Considered() && t.Considered() {
			r.Up, r.Down = max(u.Place.Rank-t.Place.Rank, 0), max(t.Place.Rank-u.Place.Rank, 0)
		}
		r.Diff, r.Tone = difference(l, t.Score.ForRank, u.Score.ForRank)
		if r.Own {
			v.Now, v.Then = pointsText(l, u.Score.Cells[criterion]), pointsText(l, t.Score.Cells[criterion])
		}
		switch {
		case r.Up > 0:
			up++
		case r.Down > 0:
			down++
		}
		v.Rows = append(v.Rows, r)
	}
	if up+down == 0 {
		v.Finding = locale.Msg("Không đơn vị nào đổi hạng")
		return
	}
	v.Finding = locale.Msg("{.up} đơn vị lên hạng, {.down} đơn vị xuống hạng", "up", strconv.Itoa(up), "down", strconv.Itoa(down))
}
