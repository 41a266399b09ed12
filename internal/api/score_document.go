package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/points"
)

// Scored is the document that the command score prints and the operation
// answers; its field names are a contract.
type Scored struct {
	Units    []ScoredUnit   `json:"units"`
	Errors   []ScoreProblem `json:"errors" doc:"Mọi chỗ sai của bảng điểm và số liệu; khi có thì không chấm điểm."`
	Final    bool           `json:"final" doc:"Thứ hạng không còn chờ đơn vị nào đang tạm giữ."`
	Warnings []ScoreProblem `json:"warnings,omitempty" nullable:"false" doc:"Chỗ dễ gây bất ngờ của bảng điểm; không cản việc chấm điểm."`
}

// ScoredUnit is a unit with its points and its place.
type ScoredUnit struct {
	ID           string       `json:"id"`
	Name         string       `json:"name,omitempty"`
	Total        string       `json:"total"`
	ForRank      string       `json:"total_for_rank,omitempty" doc:"Tổng dùng để xếp hạng, khi khác tổng điểm."`
	ForThreshold string       `json:"total_for_threshold,omitempty" doc:"Tổng dùng để xét ngưỡng, khi khác tổng điểm."`
	Rank         int          `json:"rank" doc:"0 khi không được xét hoặc đang tạm giữ."`
	Tied         bool         `json:"tied"`
	RankWhy      string       `json:"rank_why" doc:"Vì sao ở hạng này."`
	Grade        *ScoredGrade `json:"grade,omitempty" doc:"Mức xếp loại, khi bảng điểm có."`
	KnockedOut   []string     `json:"knocked_out,omitempty" nullable:"false" doc:"Vì sao không được xét."`
	Held         []string     `json:"held,omitempty" nullable:"false" doc:"Vì sao đang tạm giữ."`
	Items        []ScoredItem `json:"items" doc:"Các tiêu chí được chấm, rồi các nhóm thưởng và trừ."`
	Subtotals    []ScoredItem `json:"subtotals,omitempty" nullable:"false" doc:"Các nhóm tiêu chí."`
}

// ScoredGrade is a unit's grade with its reason.
type ScoredGrade struct {
	ID   string   `json:"id,omitempty" doc:"Trống khi không thuộc mức nào."`
	Name string   `json:"name,omitempty"`
	Why  string   `json:"why"`
	Caps []string `json:"caps,omitempty" nullable:"false" doc:"Điều làm hạ mức xếp loại."`
}

// ScoredItem is a criterion with its points and their reason.
type ScoredItem struct {
	ID     string       `json:"id"`
	Name   string       `json:"name,omitempty"`
	Points string       `json:"points"`
	Why    string       `json:"why" doc:"Phép tính."`
	Text   string       `json:"text,omitempty" doc:"Phép tính, bằng lời."`
	NA     bool         `json:"na,omitempty" doc:"Không áp dụng với đơn vị."`
	Parts  []ScoredItem `json:"parts,omitempty" nullable:"false" doc:"Các mục của nhóm thưởng hoặc trừ."`
}

// ScoreProblem is one thing wrong with a sheet or its values.
type ScoreProblem struct {
	Code      string `json:"code"`
	Unit      string `json:"unit,omitempty"`
	Criterion string `json:"criterion,omitempty"`
	Field     string `json:"field,omitempty"`
	Path      string `json:"path,omitempty"`
	Message   string `json:"message" doc:"Điều gì sai và cần làm gì."`
}

// ScoreDocument scores a document of a sheet, its units and their values, with
// sentences in the language.
func ScoreDocument(data []byte, lang locale.Lang) Scored {
	sheet, units, values, problems := scoring.ParseDocument(data)
	out := Scored{Units: []ScoredUnit{}, Errors: []ScoreProblem{}}
	var result scoring.Result
	if sheet != nil {
		result = scoring.Score(sheet, units, values)
		problems = append(problems, result.Problems...)
	}
	if len(problems) > 0 {
		out.Errors = problemsOf(problems, lang)
		return out
	}
	places := result.Places(nil)
	out.Final = result.Final()
	if w := sheet.Warnings(); len(w) > 0 {
		out.Warnings = problemsOf(w, lang)
	}
	for i, u := range result.Units {
		out.Units = append(out.Units, scoredUnit(sheet, units[i].Name, u, places[i], lang))
	}
	return out
}

func problemsOf(problems []scoring.Problem, lang locale.Lang) []ScoreProblem {
	return each(problems, func(p scoring.Problem) ScoreProblem {
		return ScoreProblem{string(p.Code), p.Unit, p.Criterion, p.Field, p.Path, p.Sentence(lang)}
	})
}

func scoredUnit(sheet *scoring.Sheet, name string, u scoring.UnitScore, p ranking.Place, lang locale.Lang) ScoredUnit {
	row := ScoredUnit{
		ID: u.Unit, Name: name, Total: u.Total.String(), ForRank: differing(u.ForRank, u.Total), ForThreshold: differing(u.ForThreshold, u.Total),
		Rank: p.Rank, Tied: p.Tied, RankWhy: lang.Say(p.Why.Text, p.Why.Args), Items: []ScoredItem{},
	}
	row.KnockedOut, row.Held = each(u.Knocked, markName), each(u.Held, markName)
	if g := u.Graded; len(sheet.Grades) > 0 {
		row.Grade = &ScoredGrade{Why: strings.TrimSpace(lang.Say(g.Why.Text, g.Why.Args)), Caps: each(g.Caps, markName)}
		if g.Grade != nil {
			row.Grade.ID, row.Grade.Name = g.Grade.ID, g.Grade.Name
		}
	}
	sheet.Walk(func(c *scoring.Criterion, depth int) {
		switch {
		case c.Part != scoring.Main && depth == 0, c.Part == scoring.Main && c.Leaf():
			row.Items = append(row.Items, scoredItem(c, u, lang))
		case c.Part == scoring.Main:
			row.Subtotals = append(row.Subtotals, scoredItem(c, u, lang))
		}
	})
	return row
}

func markName(m *scoring.Mark) string {
	if m.Name != "" {
		return m.Name
	}
	return m.ID
}

func scoredItem(c *scoring.Criterion, u scoring.UnitScore, lang locale.Lang) ScoredItem {
	cell := u.Cells[c.ID]
	i := ScoredItem{ID: c.ID, Name: c.Name, Points: cell.Points.String(), Why: cell.Why.String(), Text: cell.Why.Text(lang), NA: cell.NA}
	if c.Part != scoring.Main {
		for _, child := range c.Children {
			i.Parts = append(i.Parts, scoredItem(child, u, lang))
		}
	}
	return i
}

// differing is p where it is not the total.
func differing(p, total points.Points) string {
	if p == total {
		return ""
	}
	return p.String()
}

func (s *server) scoreDocuments() {
	register(s, route{
		id: "compute-scores", tag: tagReader, method: http.MethodPost, path: "/scores:compute", limit: readLimit,
		says:  "Chấm điểm và xếp hạng theo một bảng điểm",
		about: "Nhận bảng điểm, đơn vị và số liệu như lệnh thidua score, trả về đúng như thidua score --format json. Không lưu gì.",
	}, func(ctx context.Context, c *call, in *struct {
		Body json.RawMessage `doc:"Bảng điểm (criteria, bonus, deduction, rounding, ties), units và values."`
	}) (Scored, error) {
		return ScoreDocument(in.Body, c.lang), nil
	})
}
