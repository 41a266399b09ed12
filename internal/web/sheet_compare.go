package web

import (
	"net/url"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// sheetSince is what changed between two texts of a sheet.
type sheetSince struct {
	criteria.Difference
	Rows []sheetChange
	Name string // of the earlier one
	Path string // of the whole comparison
	Last bool   // the earlier one is last year's
}

func sheetComparePath(year, before, after string) string {
	return sheetsPath(year) + "/so-sanh?" + url.Values{"tu": {before}, "den": {after}}.Encode()
}

func sinceOf(q *Req, before, after []byte, was, now criteria.Guide) (*sheetSince, error) {
	a, wrong := scoring.ParseSheet(before)
	if a == nil || len(wrong) > 0 {
		return nil, criteria.Refusal(wrong)
	}
	b, wrong := scoring.ParseSheet(after)
	if b == nil || len(wrong) > 0 {
		return nil, criteria.Refusal(wrong)
	}
	d := criteria.Compare(a, b, was, now)
	return &sheetSince{Difference: d, Rows: changeRows(q, d)}, nil
}

// lastYearSheet is the version that the cluster's year before scored by, "" when
// there is none that the reader may see.
func (s *Server) lastYearSheet(q *Req, h YearHead) (string, error) {
	years, err := s.Years.YearsOf(q.Ctx(), s.DB, h.Year.ClusterID)
	if err != nil {
		return "", err
	}
	best, found := 0, ""
	for _, y := range years {
		if y.Year >= h.Year.Year || y.Year <= best || y.SheetVersionID == "" {
			continue
		}
		may, err := s.Gate.Can(q.Ctx(), s.DB, q.Actor, access.ClusterRead, access.Record{Year: y.ID})
		if err != nil {
			return "", err
		}
		if may {
			best, found = y.Year, y.SheetVersionID
		}
	}
	return found, nil
}

// sheetSince tells what changed in a version: since last year's sheet, or since
// the version before of the same sheet.
func (s *Server) sheetSince(q *Req, v sheetView) (*sheetSince, error) {
	before, err := s.lastYearSheet(q, v.Head)
	if err != nil {
		return nil, err
	}
	last := before != "" && before != v.Version.ID
	if !last {
		before = ""
		for _, l := range v.Versions {
			if l.SheetID == v.Version.SheetID && l.Number == v.Version.Number-1 {
				before = l.ID
			}
		}
	}
	if before == "" {
		return nil, nil
	}
	at := criteria.Place{Year: v.Head.Year.ID}
	old, sheet, err := s.Criteria.See(q.Ctx(), q.Actor, at, before)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // another organiser's since
	}
	if err != nil {
		return nil, err
	}
	words, err := s.Criteria.Guide(q.Ctx(), q.Actor, at, before)
	if err != nil {
		return nil, err
	}
	since, err := sinceOf(q, old.Body, v.Version.Body, words, v.Words)
	if err != nil {
		return nil, err
	}
	since.Name, since.Last, since.Path = q.T("{.name}, bản {.n}", "name", sheet.Name, "n", old.Number), last, sheetComparePath(v.Head.Year.ID, before, v.Version.ID)
	return since, nil
}

// sheetCompareView is the comparison of any two versions that the year can use.
type sheetCompareView struct {
	Head          YearHead
	Sheets        string
	Options       []Option
	Before, After string
	Since         *sheetSince
}

func (s *Server) sheetCompare(q *Req) error {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return err
	}
	at := criteria.Place{Year: h.Year.ID}
	v := sheetCompareView{Head: h, Sheets: sheetsPath(h.Year.ID), Before: q.Query("tu"), After: q.Query("den")}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, at)
	if err != nil {
		return err
	}
	for _, l := range list {
		v.Options = append(v.Options, Option{Value: l.ID, Text: q.T("{.name}, bản {.n}", "name", l.Name, "n", l.Number)})
	}
	if len(list) > 0 && v.After == "" {
		v.After = list[0].ID
	}
	if v.Before == "" {
		last, err := s.lastYearSheet(q, h)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(l criteria.Listed) bool { return l.ID == last && last != v.After }) {
			v.Before = last
		}
	}
	if v.Before == "" && len(list) > 1 {
		v.Before = list[1].ID
	}
	if v.Before != "" && v.After != "" {
		var bodies [2][]byte
		var words [2]criteria.Guide
		for i, id := range []string{v.Before, v.After} {
			version, _, err := s.Criteria.See(q.Ctx(), q.Actor, at, id)
			if err != nil {
				return err
			}
			if bodies[i] = version.Body; err == nil {
				words[i], err = s.Criteria.Guide(q.Ctx(), q.Actor, at, id)
			}
			if err != nil {
				return err
			}
		}
		if v.Since, err = sinceOf(q, bodies[0], bodies[1], words[0], words[1]); err != nil {
			return err
		}
	}
	return q.Render("sheet_compare", v)
}

// sheetChange is a criterion that differs, as the page shows it.
type sheetChange struct {
	Sort             string // added, removed, changed
	ID, Name         string
	Part             scoring.Part
	Says             []locale.Text
	OldMax, NewMax   string
	OldRule, NewRule string // in words, where the rule changed
}

func changeRows(q *Req, d criteria.Difference) []sheetChange {
	top := func(c *scoring.Criterion) string {
		if c == nil || c.NoMax {
			return ""
		}
		return q.Lang.Number(c.Max.String())
	}
	var out []sheetChange
	for _, c := range d.Changes {
		one := sheetChange{Sort: "changed", Says: c.Says, OldMax: top(c.Before), NewMax: top(c.After)}
		shown := c.After
		switch {
		case c.Before == nil:
			one.Sort, one.NewRule = "added", scoringWords(q, c.After)
		case c.After == nil:
			one.Sort, one.OldRule, shown = "removed", scoringWords(q, c.Before), c.Before
		case c.Rule:
			one.OldRule, one.NewRule = scoringWords(q, c.Before), scoringWords(q, c.After)
		}
		one.ID, one.Name, one.Part = shown.ID, shown.Name, shown.Part
		out = append(out, one)
	}
	return out
}
