package web

import (
	"net/url"
	"strings"

	"github.com/thidua/thidua/internal/domain/criteria"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// sheetView is a scoring sheet with its rules in words, and its versions.
type sheetView struct {
	Head     YearHead
	Path     string
	Versions []sheetLine
	Sheet    criteria.Sheet
	Version  criteria.SheetVersion
	Rows     []sheetRow
	Problems []string
	Warnings []string // what lets everybody be scored and surprises later: holes between grades
	Max      string
	Words    criteria.Guide
	Rounding locale.Text
	Ties     []string
	Grades   []sheetGrade
	Marks    []locale.Text // knock-outs, holds and caps
	May      bool          // write sheets here, now
	Mine     bool          // the version belongs to this cluster
	Adopted  bool
	Export   string
	Edit     string
	Since    *sheetSince // what changed since last year's sheet, or the version before
	Shelves  []Option    // where the reader may put the version into the organiser's library
}

type sheetLine struct {
	criteria.Listed
	Path    string
	Here    bool
	Adopted bool
}

// sheetRow is a criterion of the sheet.
type sheetRow struct {
	ID, Name, Max string
	Depth         int
	Leaf          bool
	Part          scoring.Part
	First         bool
	Says          []locale.Text
	Guide         string // how it is scored, in the words of the officers' table
	Evidence      bool
	NA            locale.Text
	Clamp         string
	NoRank        bool
	Sum           string // of the children, where it is not the maximum
	Edit          string
	Add           string
	Here          bool
	Wrong         bool
}

func sheetsPath(year string) string { return "/nam/" + year + "/bang-diem" }

func sheetEditPath(year, version string) string { return sheetsPath(year) + "/" + version + "/sua" }

func (s *Server) sheetShow(q *Req) error {
	v, err := s.sheetView(q, q.Query("ban"))
	if err != nil {
		return err
	}
	if v.Version.ID != "" {
		if v.Since, err = s.sheetSince(q, v); err != nil {
			return err
		}
		if v.Shelves, err = s.shelves(q, v.Head); err != nil {
			return err
		}
	}
	return q.Render("sheet_show", v)
}

func (s *Server) sheetView(q *Req, version string) (sheetView, error) {
	h, err := s.yearHead(q, "scores")
	if err != nil {
		return sheetView{}, err
	}
	at := criteria.Place{Year: h.Year.ID}
	v := sheetView{Head: h, Path: sheetsPath(h.Year.ID)}
	if v.May, err = s.Criteria.MayEdit(q.Ctx(), q.Actor, at); err != nil {
		return v, err
	}
	list, err := s.Criteria.List(q.Ctx(), q.Actor, at)
	if err != nil {
		return v, err
	}
	if version == "" {
		version = h.Year.SheetVersionID
	}
	if version == "" && len(list) > 0 {
		version = list[0].ID
	}
	for _, l := range list {
		v.Versions = append(v.Versions, sheetLine{l, v.Path + "?ban=" + l.ID, l.ID == version, l.ID == h.Year.SheetVersionID})
	}
	if version == "" {
		return v, nil
	}
	if v.Version, v.Sheet, err = s.Criteria.See(q.Ctx(), q.Actor, at, version); err != nil {
		return v, err
	}
	if v.Words, err = s.Criteria.Guide(q.Ctx(), q.Actor, at, version); err != nil {
		return v, err
	}
	v.Mine, v.Adopted = v.Sheet.OwnerID == h.Year.ClusterID, version == h.Year.SheetVersionID
	v.Export, v.Edit = v.Path+"/bang.xlsx?ban="+version, sheetEditPath(h.Year.ID, version)
	return v, v.read(q)
}

// read shows the version's tree.
func (v *sheetView) read(q *Req) error {
	sh, err := v.Version.Read()
	if err != nil {
		return err
	}
	wrong := map[string]bool{}
	for _, p := range v.Version.Problems() {
		v.Problems = append(v.Problems, p.Sentence(q.Lang))
		wrong[p.Criterion] = true
	}
	v.Max = q.Lang.Number(sh.Max().String())
	v.Rounding = locale.Msg("Làm tròn từng tiêu chí đến {.n} chữ số thập phân, nửa đơn vị trở lên thì làm tròn lên.", "n", sh.Rounding.Scale)
	if sh.Rounding.At == scoring.AtTotal {
		v.Rounding = locale.Msg("Chỉ làm tròn tổng điểm, đến {.n} chữ số thập phân, nửa đơn vị trở lên thì làm tròn lên.", "n", sh.Rounding.Scale)
	}
	for _, id := range sh.Ties {
		if c := sh.Find(id); c != nil {
			v.Ties = append(v.Ties, c.ID+". "+c.Name)
		} else if i := strings.LastIndexByte(id, '.'); i > 0 && sh.Find(id[:i]) != nil {
			v.Ties = append(v.Ties, q.T("{.name} (số liệu)", "name", id[:i]+". "+sh.Find(id[:i]).Name))
		}
	}
	for _, p := range sh.Warnings() {
		v.Warnings = append(v.Warnings, p.Sentence(q.Lang))
	}
	v.Grades, v.Marks = standingOf(sh)
	part := scoring.Part("")
	sh.Walk(func(c *scoring.Criterion, depth int) {
		row := sheetRow{
			ID: c.ID, Name: c.Name, Depth: depth, Leaf: c.Leaf(), Part: c.Part, First: c.Part != part && c.Part != scoring.Main, Evidence: c.Evidence, Wrong: wrong[c.ID],
			NA: naText(c.NA), NoRank: c.Part != scoring.Main && depth == 0 && !c.Rank,
			Edit: v.Edit + "?tieu-chi=" + url.QueryEscape(c.ID), Add: v.Edit + "?them=" + url.QueryEscape(c.ID),
			Here: q.Query("tieu-chi") == c.ID, Guide: v.Words[c.ID],
		}
		part = c.Part
		if !c.NoMax {
			row.Max = q.Lang.Number(c.Max.String())
		}
		if c.Clamp.Given() {
			row.Clamp = q.Lang.Number(c.Clamp.String())
		}
		if c.Leaf() && c.Rule != nil {
			row.Says = c.Rule.Says(c)
		}
		if !c.Leaf() && c.Part == scoring.Main {
			var sum points.Points
			for _, child := range c.Children {
				sum += child.Max
			}
			if sum != c.Max {
				row.Sum = q.Lang.Number(sum.String())
			}
		}
		v.Rows = append(v.Rows, row)
	})
	return nil
}

func naText(p scoring.Policy) locale.Text {
	switch p {
	case scoring.Exclude:
		return locale.Msg("Không áp dụng thì loại khỏi nhóm, quy đổi theo phần còn lại.")
	case scoring.Zero:
		return locale.Msg("Không áp dụng thì tính 0 điểm.")
	case scoring.Full:
		return locale.Msg("Không áp dụng thì hưởng đủ điểm.")
	}
	return locale.Text{}
}
