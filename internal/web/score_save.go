package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// scoreSave saves the cells of a sheet that were changed since the page was
// made: all that the form brings, or one when a script saves cell by cell.
func (s *Server) scoreSave(q *Req) error {
	year, unit := q.Path("year"), q.Path("unit")
	g, err := s.Assessment.Grid(q.Ctx(), q.Actor, year, unit)
	if err != nil {
		return err
	}
	k := roundOf(q, g.Year)
	cells, wrong := typedCells(q, g, k)
	if len(wrong) > 0 {
		return s.scoreRefused(q, g, k, fault.List(append(wrong, outOfRange(g, cells)...)...))
	}
	if len(cells) > 0 {
		if _, err := s.Assessment.SaveAll(q.Ctx(), q.Actor, cells); err != nil {
			return s.scoreRefused(q, g, k, err)
		}
	}
	if !q.WantsJSON() {
		to := gridPath(year, unit) + "?vong=" + string(k)
		if len(cells) == 0 {
			return q.Redirect(to, "Không có ô nào thay đổi.")
		}
		return q.Redirect(to, "Đã lưu {.n} ô.", "n", len(cells))
	}
	if g, err = s.Assessment.Grid(q.Ctx(), q.Actor, year, unit); err != nil {
		return err
	}
	return q.JSON(http.StatusOK, gridState(q, g, k))
}

// typedCells reads the cells that the person changed.
func typedCells(q *Req, g *assessment.Grid, k assessment.Kind) ([]assessment.Cell, []*fault.Error) {
	f := q.Form()
	rows, _ := gridRows(q, g, k)
	var cells []assessment.Cell
	var wrong []*fault.Error
	for i, row := range rows {
		c := g.Rows[i].Criterion
		if !f.Values.Has(versionName(c.ID)) {
			continue // not on the form
		}
		version, err := strconv.ParseInt(f.Get(versionName(c.ID)), 10, 64)
		if err != nil || version < 0 {
			version = 0
		}
		typed := row.typed(f)
		agreed := f.Has(agreeName(c.ID), "1") && !row.Own
		if typed.texts() == f.Get(baseName(c.ID)) && !agreed {
			continue
		}
		in := scoring.Inputs{}
		for _, field := range slices.Concat(typed.Goals, typed.Results) {
			name := strings.TrimPrefix(field.Name, c.ID+"|")
			value, err := inputOf(q.Lang, field)
			if err != nil {
				wrong = append(wrong, err.At(c.ID+"/"+name))
				continue
			}
			in[name] = value
		}
		if typed.NAOn {
			in = scoring.Inputs{"na": "true"}
		}
		cells = append(cells, assessment.Cell{
			Year: g.Year.ID, Unit: g.Unit.UnitID, Criterion: c.ID, Round: k, Inputs: in, Reason: typed.Reason, Version: version,
			Illustrative: g.Rows[i].Cells[k].Own.Illustrative,
		})
	}
	return cells, wrong
}

// outOfRange tells what the sheet has against cells that could be read, so that
// a block in which others could not is marked whole.
func outOfRange(g *assessment.Grid, cells []assessment.Cell) []*fault.Error {
	values := scoring.UnitValues{}
	for _, c := range cells {
		if len(c.Inputs) > 0 {
			values[c.Criterion] = c.Inputs
		}
	}
	result := scoring.Score(g.Sheet, []scoring.Unit{{ID: g.Unit.UnitID}}, map[string]scoring.UnitValues{g.Unit.UnitID: values}, scoring.Provisional)
	var wrong []*fault.Error
	for _, p := range result.Units[0].Problems {
		c := g.Sheet.Find(p.Criterion)
		if _, typed := values[p.Criterion]; !typed || c == nil {
			continue
		}
		wrong = append(wrong, fault.Wrong(p.Criterion+"/"+p.Field, "Tiêu chí {.criterion} “{.name}”: {.what}", "criterion", c.ID, "name", c.Name, "what", p.Text))
	}
	return wrong
}

// typed is the row as the person left it.
func (r gridRow) typed(f *Form) gridRow {
	fill := func(fields []gridField) []gridField {
		out := slices.Clone(fields)
		for i := range out {
			if f.Values.Has(out[i].Name) {
				out[i].Value = f.Get(out[i].Name)
			}
		}
		return out
	}
	r.Goals, r.Results = fill(r.Goals), fill(r.Results)
	if r.NA {
		r.NAOn = f.Has(r.NAName, "1")
	}
	if f.Values.Has(reasonName(r.ID)) {
		r.Reason = f.Get(reasonName(r.ID))
	}
	return r
}

// changed tells whether the person changed the row since the page was made.
func (r gridRow) changed(f *Form) bool {
	return f.Values.Has(versionName(r.ID)) && r.typed(f).texts() != f.Get(baseName(r.ID))
}

func inputOf(l locale.Lang, f gridField) (string, *fault.Error) {
	if f.Bool || f.Value == "" {
		return f.Value, nil
	}
	d, err := l.ParseNumber(strings.TrimSuffix(strings.TrimSpace(f.Value), "%"))
	if err != nil {
		return "", fault.As(err)
	}
	if n := d.NumDigits(); n > longestNumber {
		return "", fault.New(fault.Invalid, "Số này dài {.n} chữ số, quá {.most} chữ số. Hãy kiểm tra lại, hoặc đổi đơn vị tính.", "n", n, "most", longestNumber)
	}
	return d.String(), nil
}

// longestNumber is how many digits a figure of a sheet may have: more is a slip.
const longestNumber = 20

// scoreRefused answers cells that could not be saved: to a script with the
// faults by cell, to a person with the same page and everything typed in it.
func (s *Server) scoreRefused(q *Req, g *assessment.Grid, k assessment.Kind, err error) error {
	f := fault.As(err)
	if theirs, ok := f.Theirs.(assessment.Score); ok && f.Code == fault.Stale {
		if q.WantsJSON() {
			note(q.Ctx(), err)
			state := gridState(q, g, k)
			state.Code, state.Text, state.Criterion = string(f.Code), q.Lang.Fault(f), theirs.Criterion
			if c := g.Sheet.Find(theirs.Criterion); c != nil {
				state.Theirs = shownInputs(q.Lang, c, theirs.Values())
			}
			return q.JSON(http.StatusConflict, state)
		}
		return q.Retry(staleRow(q.Lang, g, theirs), s.scoreGrid)
	}
	if q.WantsJSON() {
		return err
	}
	all := f.All()
	for _, one := range all {
		one.Field = controlOf(g, one.Field)
	}
	list := fault.List(all...)
	return q.Retry(list, s.scoreGrid)
}

// staleRow says what somebody else made of a cell. The page then shows what
// the person typed over it; sending again is a decision made with knowledge.
func staleRow(l locale.Lang, g *assessment.Grid, theirs assessment.Score) error {
	c := g.Sheet.Find(theirs.Criterion)
	if c == nil {
		return fault.Missing()
	}
	f := fault.New(fault.Conflict, "Tiêu chí {.criterion} vừa được người khác sửa thành: {.theirs}. Giá trị bạn nhập vẫn còn trong ô; bấm Lưu lần nữa để ghi giá trị của bạn, hoặc sửa lại rồi lưu.",
		"criterion", c.ID, "theirs", shownInputs(l, c, theirs.Values()))
	return f.At(controlOf(g, c.ID+"/"))
}

// controlOf is the control of a fault's field "criterion/input".
func controlOf(g *assessment.Grid, field string) string {
	for _, r := range g.Rows {
		name, ok := strings.CutPrefix(field, r.Criterion.ID+"/")
		if !ok {
			continue
		}
		if name == reasonField {
			return reasonName(r.Criterion.ID)
		}
		fields := r.Criterion.Fields()
		if name == "" && len(fields) > 0 {
			name = fields[len(fields)-1].Name
		}
		return fieldName(r.Criterion.ID, name)
	}
	return field
}

// sheetState is a sheet after a save, for the script: what the page shows and
// what the next save must send.
type sheetState struct {
	Rows   map[string]rowState `json:"rows"`
	Totals []pointState        `json:"totals"`
	Counts map[string]int      `json:"counts"`
	Saved  string              `json:"saved"`  // the time, in the language's form
	Newest int64               `json:"newest"` // number of the year's newest entry of the ledger

	// Of a cell that somebody else had changed.
	Code      string `json:"code,omitempty"`
	Text      string `json:"text,omitempty"`
	Criterion string `json:"criterion,omitempty"`
	Theirs    string `json:"theirs,omitempty"`
}

type rowState struct {
	Version int64             `json:"version"`
	Base    string            `json:"base"`
	Values  map[string]string `json:"values,omitempty"`
	Points  []pointState      `json:"points"`
	Missing bool              `json:"missing"`
	Differs bool              `json:"differs"`
	OK      bool              `json:"ok"`
	Own     bool              `json:"own"`
	Needs   bool              `json:"needs"`
	Prior   string            `json:"prior"`
	Files   int               `json:"files"`
	Lacking bool              `json:"lacking"` // evidence
}

type pointState struct {
	Text  string `json:"text"`
	Diff  string `json:"diff"`
	Tone  string `json:"tone"`
	Quiet bool   `json:"quiet"`
}

func gridState(q *Req, g *assessment.Grid, k assessment.Kind) sheetState {
	rows, n := gridRows(q, g, k)
	st := sheetState{Rows: map[string]rowState{}, Newest: g.Newest, Saved: q.Lang.Time(q.s.Clock.Now()), Counts: map[string]int{
		"": n.Leaves, "chua": n.Missing, "khac": n.Differ, "thieu": n.Unproven, "xong": n.Leaves - n.Missing, "da": n.Checked,
	}}
	state := func(all []gridPoint) (out []pointState) {
		for _, p := range all {
			out = append(out, pointState{p.Text, p.Diff, p.Tone, p.Quiet})
		}
		return out
	}
	for _, r := range rows {
		one := rowState{Version: r.Version, Base: r.Base, Points: state(r.Points), Missing: r.Missing, Differs: r.Differs, OK: r.OK, Own: r.Own, Needs: r.Needs, Prior: r.Prior, Files: r.Files, Lacking: r.Unproven}
		if r.Entry {
			one.Values = map[string]string{}
			for _, f := range slices.Concat(r.Goals, r.Results) {
				one.Values[f.Name] = f.Value
			}
			one.Values[reasonName(r.ID)] = r.Reason
			if r.NA {
				one.Values[r.NAName] = map[bool]string{true: "1", false: ""}[r.NAOn]
			}
		}
		st.Rows[r.ID] = one
	}
	st.Totals = state(totals(q.Lang, g, k))
	return st
}
