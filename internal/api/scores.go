package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/scoring"
)

// Round is a round of scoring.
type Round struct {
	Round   string   `json:"round" enum:"self,check,agreed"`
	Name    string   `json:"name"`
	Open    bool     `json:"open" doc:"Đang nhận điểm của vòng này."`
	HandIns []HandIn `json:"hand_ins"`
}

// HandIn says that the work of a round on a unit's sheet was done.
type HandIn struct {
	UnitID    string `json:"unit_id"`
	At        string `json:"at" format:"date-time"`
	Withdrawn string `json:"withdrawn,omitempty" doc:"Lý do đã rút lại; không có khi còn giữ."`
}

// ScoreGrid is a unit's sheet with every round side by side.
type ScoreGrid struct {
	YearID string            `json:"year_id"`
	UnitID string            `json:"unit_id"`
	Sheet  string            `json:"sheet" doc:"Bản của bảng điểm."`
	Check  string            `json:"checker,omitempty" doc:"Mã đơn vị kiểm tra."`
	Rows   []ScoreRow        `json:"rows" doc:"Mọi tiêu chí, nhóm đứng trước các tiêu chí của nhóm."`
	Totals map[string]string `json:"totals" doc:"Tổng điểm theo vòng."`
	May    []string          `json:"may" doc:"Các vòng mà bạn chấm được đơn vị này lúc này."`
}

// ScoreRow is one criterion.
type ScoreRow struct {
	Criterion string        `json:"criterion"`
	Name      string        `json:"name"`
	Depth     int           `json:"depth"`
	Max       string        `json:"max,omitempty"`
	Fields    []ScoreField  `json:"fields,omitempty" nullable:"false" doc:"Số liệu mà tiêu chí cần; không có ở các nhóm."`
	Cells     []ScoreCell   `json:"cells" doc:"Mỗi vòng một ô."`
	Subject   string        `json:"evidence_subject,omitempty" doc:"Mã để đính kèm minh chứng, với kind=score."`
	Evidence  int           `json:"evidence" doc:"Số minh chứng còn giữ."`
	Unproven  bool          `json:"unproven,omitempty" doc:"Cần minh chứng mà chưa có."`
	Explained []Explanation `json:"explanations,omitempty" nullable:"false" doc:"Giải trình của đơn vị."`
}

// ScoreField is an input of a criterion.
type ScoreField struct {
	Name  string `json:"name"`
	Kind  string `json:"kind" enum:"number,bool"`
	Label string `json:"label"`
	Hint  string `json:"hint,omitempty"`
}

// ScoreCell is a criterion in one round.
type ScoreCell struct {
	Round   string            `json:"round" enum:"self,check,agreed"`
	Points  string            `json:"points"`
	Why     string            `json:"why" doc:"Phép tính."`
	Text    string            `json:"text,omitempty" doc:"Phép tính, bằng lời."`
	Inputs  map[string]string `json:"inputs"`
	From    string            `json:"from,omitempty" doc:"Vòng mà số liệu được nhập, reported là số liệu đơn vị báo cáo; không có khi chưa ai nhập."`
	Missing bool              `json:"missing,omitempty" doc:"Chưa đủ số liệu."`
	NA      bool              `json:"na,omitempty" doc:"Không áp dụng với đơn vị."`
	Differs bool              `json:"differs,omitempty" doc:"Khác vòng trước."`
	Version int64             `json:"version" doc:"Số phiên bản của ô trong vòng này; 0 khi chưa ai nhập."`
	Reason  string            `json:"reason,omitempty"`
	By      string            `json:"by,omitempty"`
}

// Explanation is a unit's answer to what a later round says.
type Explanation struct {
	Round string `json:"round" enum:"check,agreed"`
	Text  string `json:"text"`
	By    string `json:"by"`
	At    string `json:"at" format:"date-time"`
}

// Score is a cell as it was saved.
type Score struct {
	UnitID       string            `json:"unit_id"`
	Criterion    string            `json:"criterion"`
	Inputs       map[string]string `json:"inputs"`
	Points       string            `json:"points"`
	Reason       string            `json:"reason,omitempty"`
	Version      int64             `json:"version"`
	Illustrative bool              `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	At           string            `json:"at" format:"date-time"`
}

// ScoreChange is one entry of a cell's history.
type ScoreChange struct {
	Round  string            `json:"round" enum:"self,check,agreed"`
	Inputs map[string]string `json:"inputs"`
	Points string            `json:"points"`
	Reason string            `json:"reason,omitempty"`
	By     string            `json:"by"`
	At     string            `json:"at" format:"date-time"`
}

func scoreOf(s assessment.Score) Score {
	return Score{s.UnitID, s.Criterion, s.Values(), s.Points.String(), s.Reason, s.Version, s.Illustrative, stamp(s.At)}
}

// UnitPath is a unit's sheet in a year.
type UnitPath struct {
	ID     string `path:"id"`
	UnitID string `path:"unit_id"`
}

// RoundPath is a round of a unit's sheet.
type RoundPath struct {
	UnitPath
	Round string `path:"round" enum:"self,check,agreed"`
}

func (p RoundPath) kind() assessment.Kind { return assessment.Kind(p.Round) }

// readScores is what reading scores asks of a token.
var readScores = scopes{access.ScoreRead}

func (s *server) scores() {
	register(s, route{
		id: "list-rounds", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/rounds", scopes: readScores,
		says: "Ba vòng chấm điểm và các bảng đã nộp",
	}, s.rounds)
	register(s, route{
		id: "get-scores", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/scores/{unit_id}", scopes: readScores, statuses: []int{http.StatusConflict},
		says: "Bảng điểm của một đơn vị, các vòng cạnh nhau, với lý do của từng điểm",
	}, s.scoreGrid)
	register(s, route{
		id: "save-score", tag: tagScores, method: http.MethodPut, path: "/cluster-years/{id}/scores/{unit_id}/criteria/{criterion}/rounds/{round}",
		oneOf: scopes{access.ScoreSelf, access.ScoreCheck, access.ScoreAgree},
		says:  "Nhập một ô điểm",
		about: "Mã truy cập cần quyền của vòng: score.self, score.check hoặc score.agree. Gửi version là 0 khi ô chưa có. Không gửi số liệu nào là trả ô về điểm của vòng trước.",
	}, func(ctx context.Context, c *call, in *struct {
		ID        string `path:"id"`
		UnitID    string `path:"unit_id"`
		Criterion string `path:"criterion"`
		Round     string `path:"round" enum:"self,check,agreed"`
		Body      struct {
			Inputs       map[string]string `json:"inputs" doc:"Số liệu theo tên trường; số ghi dạng 1234.5, đúng sai ghi true hoặc false."`
			Reason       string            `json:"reason,omitempty" maxLength:"2000" doc:"Vì sao khác vòng trước."`
			Version      int64             `json:"version" doc:"Số phiên bản đã đọc; 0 khi chưa có."`
			Illustrative bool              `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
		} `nameHint:"NewScore"`
	}) (Score, error) {
		row, err := s.Assessment.Save(ctx, c.actor, assessment.Cell{
			Year: in.ID, Unit: in.UnitID, Criterion: in.Criterion, Round: assessment.Kind(in.Round), Inputs: scoring.Inputs(in.Body.Inputs),
			Reason: in.Body.Reason, Version: in.Body.Version, Illustrative: in.Body.Illustrative,
		})
		if err != nil {
			return Score{}, moved(err, func(field string) string {
				if field == "reason" || field == "inputs" {
					return field
				}
				return "body.inputs." + field
			})
		}
		return scoreOf(row), nil
	})
	register(s, route{
		id: "get-score-history", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/scores/{unit_id}/criteria/{criterion}/history", scopes: readScores,
		says: "Một ô điểm đã thành như hiện nay thế nào, cũ nhất trước",
	}, func(ctx context.Context, c *call, in *struct {
		ID        string `path:"id"`
		UnitID    string `path:"unit_id"`
		Criterion string `path:"criterion"`
	}) (list[ScoreChange], error) {
		all, err := s.Assessment.History(ctx, c.actor, in.ID, in.UnitID, in.Criterion)
		return list[ScoreChange]{Items: each(all, func(h assessment.Change) ScoreChange {
			return ScoreChange{string(h.Round), inputs(h.Inputs), h.Points, h.Reason, h.By, stamp(h.At)}
		})}, err
	})
	registerDone(s, route{
		id: "explain-score", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/scores/{unit_id}/criteria/{criterion}/explanations", scopes: scopes{access.ScoreExplain},
		says: "Giải trình một tiêu chí; chỉ thêm được, không sửa được",
	}, func(ctx context.Context, c *call, in *struct {
		ID        string `path:"id"`
		UnitID    string `path:"unit_id"`
		Criterion string `path:"criterion"`
		Body      struct {
			Round string `json:"round" enum:"check,agreed"`
			Text  string `json:"text" minLength:"1" maxLength:"2000"`
		} `nameHint:"NewExplanation"`
	}) error {
		_, err := s.Assessment.Explain(ctx, c.actor, in.ID, assessment.Kind(in.Body.Round), in.UnitID, in.Criterion, in.Body.Text)
		return err
	})
	registerDone(s, route{
		id: "hand-in-scores", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/scores/{unit_id}/rounds/{round}/hand-in",
		oneOf: scopes{access.ScoreSelf, access.ScoreCheck},
		says:  "Nộp bảng tự chấm hoặc phiếu kiểm tra", about: "Mã truy cập cần quyền của vòng: score.self hoặc score.check. Mọi chỗ còn thiếu được nêu một lần.",
	}, func(ctx context.Context, c *call, in *struct {
		RoundPath
		AgreeRest bool `query:"agree_rest" doc:"Kiểm tra chéo: đồng ý với các tiêu chí chưa xem."`
	}) error {
		if err := s.Assessment.HandIn(ctx, c.actor, in.ID, in.kind(), in.UnitID, in.AgreeRest); err != nil {
			return moved(err, func(criterion string) string { return "criteria." + criterion })
		}
		return nil
	})
	registerDone(s, route{
		id: "withdraw-scores", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/scores/{unit_id}/rounds/{round}/withdraw",
		oneOf: scopes{access.ScoreSelf, access.ScoreCheck, access.ScoreOrganise},
		says:  "Rút lại bảng đã nộp, hoặc trả lại để bổ sung", about: "Mã truy cập cần quyền của vòng, hoặc score.organise.",
	}, func(ctx context.Context, c *call, in *struct {
		RoundPath
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Lý do; được lưu vào sổ cái."`
		} `nameHint:"Reason"`
	}) error {
		return s.Assessment.Withdraw(ctx, c.actor, in.ID, in.kind(), in.UnitID, in.Body.Reason)
	})
}

func inputs(in scoring.Inputs) map[string]string {
	if in == nil {
		return map[string]string{}
	}
	return in
}

func (s *server) rounds(ctx context.Context, c *call, in *idPath) (list[Round], error) {
	out := list[Round]{Items: []Round{}}
	y, err := s.seeScores(ctx, c, in.ID)
	if err != nil {
		return out, err
	}
	for _, k := range assessment.Kinds {
		handed, err := assessment.HandIns(ctx, s.DB, y.ID, k)
		if err != nil {
			return out, err
		}
		one := Round{Round: string(k), Name: c.say(k.Name()), Open: cluster.Open(y, k.Activity()), HandIns: []HandIn{}}
		for unit, h := range handed {
			one.HandIns = append(one.HandIns, HandIn{unit, stamp(h.At), h.Withdrawn})
		}
		slices.SortFunc(one.HandIns, func(a, b HandIn) int { return strings.Compare(a.UnitID, b.UnitID) })
		out.Items = append(out.Items, one)
	}
	return out, nil
}

// seeScores reads a year for an actor who may see its scores.
func (s *server) seeScores(ctx context.Context, c *call, yearID string) (cluster.Year, error) {
	if err := s.Gate.MustSee(ctx, s.DB, c.actor, access.ScoreRead, access.Record{Year: yearID}); err != nil {
		return cluster.Year{}, err
	}
	return s.Years.Get(ctx, s.DB, yearID)
}

func (s *server) scoreGrid(ctx context.Context, c *call, in *UnitPath) (ScoreGrid, error) {
	g, err := s.Assessment.Grid(ctx, c.actor, in.ID, in.UnitID)
	if err != nil {
		return ScoreGrid{}, err
	}
	out := ScoreGrid{
		YearID: in.ID, UnitID: in.UnitID, Sheet: g.Version.ID, Check: g.Checker, Totals: map[string]string{}, May: []string{},
		Rows: each(g.Rows, func(r assessment.Row) ScoreRow { return c.scoreRow(in, r) }),
	}
	for _, k := range assessment.Kinds {
		out.Totals[string(k)] = g.Totals[k].Total.String()
		if g.May[k] {
			out.May = append(out.May, string(k))
		}
	}
	return out, nil
}

func (c *call) scoreRow(in *UnitPath, r assessment.Row) ScoreRow {
	row := ScoreRow{Criterion: r.Criterion.ID, Name: r.Criterion.Name, Depth: r.Depth, Unproven: r.Unproven, Cells: []ScoreCell{}}
	if !r.Criterion.NoMax {
		row.Max = r.Criterion.Max.String()
	}
	if r.Leaf() {
		row.Subject = assessment.EvidenceSubject(in.ID, in.UnitID, r.Criterion.ID)
		row.Fields = each(r.Criterion.Fields(), func(f scoring.Field) ScoreField {
			return ScoreField{f.Name, string(f.Kind), c.say(f.Label), c.say(f.Hint)}
		})
	}
	for _, e := range r.Evidence {
		if e.Stands() {
			row.Evidence++
		}
	}
	for _, k := range assessment.Kinds {
		at := r.Cells[k]
		row.Cells = append(row.Cells, ScoreCell{
			Round: string(k), Points: at.Cell.Points.String(), Why: at.Cell.Why.String(), Text: c.because(at.Cell.Why), Inputs: inputs(at.Inputs), From: string(at.From),
			Missing: at.Cell.Missing, NA: at.Cell.NA, Differs: at.Differs, Version: at.Own.Version, Reason: at.Own.Reason, By: at.By,
		})
	}
	row.Explained = each(r.Explanations, func(e assessment.Said) Explanation { return Explanation{string(e.Kind), e.Text, e.By, stamp(e.At)} })
	return row
}

// because words a calculation; "" where there is none.
func (c *call) because(w scoring.Why) string { return w.Text(c.lang) }
