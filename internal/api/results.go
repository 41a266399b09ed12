package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/assessment"
	"github.com/thidua/thidua/internal/domain/ranking"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/points"
)

// Standings is a year's ranking as it is now, in one round.
type Standings struct {
	Round        string     `json:"round" enum:"self,check,agreed"`
	Complete     bool       `json:"complete" doc:"Mọi đơn vị đã có điểm mọi tiêu chí."`
	Illustrative bool       `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	Items        []Standing `json:"items" doc:"Hạng cao trước."`
}

// Standing is a unit's place.
type Standing struct {
	UnitID   string `json:"unit_id"`
	Name     string `json:"name"`
	Rank     int    `json:"rank" doc:"0 khi không được xét hoặc đang tạm giữ."`
	Tied     bool   `json:"tied"`
	Why      string `json:"why" doc:"Vì sao ở hạng này."`
	Grade    string `json:"grade,omitempty" doc:"Mức xếp loại theo bảng chấm điểm."`
	Total    string `json:"total"`
	Missing  int    `json:"missing" doc:"Số tiêu chí chưa có điểm; tính là 0."`
	HandedIn bool   `json:"handed_in"`
	Differ   int    `json:"differ" doc:"Số tiêu chí khác vòng trước."`
	Unproven int    `json:"unproven" doc:"Số tiêu chí cần minh chứng mà chưa có."`
}

// Result is a snapshot of scores and ranks.
type Result struct {
	ID           string `json:"id"`
	Kind         string `json:"kind" enum:"provisional,final"`
	SHA256       string `json:"sha256" doc:"Mã băm của kết quả."`
	At           string `json:"at" format:"date-time"`
	SupersededBy string `json:"superseded_by,omitempty" doc:"Kết quả đã thay kết quả này."`
}

// ResultContent is a result with what it says.
type ResultContent struct {
	Result
	Cluster      string       `json:"cluster"`
	Year         int          `json:"year"`
	Sheet        string       `json:"sheet" doc:"Bản của bảng điểm."`
	Max          string       `json:"max" doc:"Điểm tối đa, chưa kể điểm thưởng."`
	Illustrative bool         `json:"illustrative,omitempty" doc:"Số liệu chỉ để minh họa."`
	Units        []ResultUnit `json:"units" doc:"Hạng cao trước."`
}

// ResultUnit is one unit's result.
type ResultUnit struct {
	UnitID string       `json:"unit_id"`
	Name   string       `json:"name"`
	Total  string       `json:"total"`
	Rank   int          `json:"rank"`
	Tied   bool         `json:"tied"`
	Why    string       `json:"why" doc:"Vì sao ở hạng này."`
	Items  []ResultItem `json:"items"`
}

// ResultItem is one criterion of a unit; a round without points has none.
type ResultItem struct {
	Criterion string `json:"criterion"`
	Name      string `json:"name"`
	Depth     int    `json:"depth"`
	Max       string `json:"max"`
	Self      string `json:"self,omitempty" doc:"Điểm tự chấm."`
	Check     string `json:"check,omitempty" doc:"Điểm kiểm tra chéo."`
	Agreed    string `json:"agreed,omitempty" doc:"Điểm thống nhất."`
	Why       string `json:"why" doc:"Phép tính."`
	Reason    string `json:"reason,omitempty"`
}

// Checker says who checks whom.
type Checker struct {
	UnitID    string `json:"unit_id"`
	CheckerID string `json:"checker_id"`
}

func resultOf(r assessment.Result) Result {
	return Result{r.ID, string(r.Kind), r.Hash, stamp(r.At), r.SupersededBy}
}

func pointsMaybe(p *points.Points) string {
	if p == nil {
		return ""
	}
	return p.String()
}

func gradeName(u assessment.UnitStanding) string {
	g := u.Score.Graded.Grade
	if g == nil {
		return ""
	}
	return cmp.Or(g.Name, g.ID)
}

func resultContent(r assessment.Result) (ResultContent, error) {
	read, err := r.Content()
	return ResultContent{
		Result: resultOf(r), Cluster: read.Cluster, Year: read.Year, Sheet: read.Sheet, Max: read.Max.String(), Illustrative: read.Illustrative,
		Units: each(read.Units, func(u assessment.ResultUnit) ResultUnit {
			return ResultUnit{u.Unit, u.Name, u.Total.String(), u.Rank, u.Tied, u.Why, each(u.Items, func(i assessment.ResultItem) ResultItem {
				return ResultItem{i.Criterion, i.Name, i.Depth, i.Max.String(), pointsMaybe(i.Self), pointsMaybe(i.Check), pointsMaybe(i.Agreed), i.Why, i.Reason}
			})}
		}),
	}, err
}

func (s *server) results() {
	register(s, route{
		id: "get-standings", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/standings", scopes: readScores, statuses: []int{http.StatusConflict},
		says: "Xếp hạng tạm thời của một vòng, như điểm hiện nay",
	}, func(ctx context.Context, c *call, in *struct {
		ID    string `path:"id"`
		Round string `query:"round" enum:"self,check,agreed" default:"agreed"`
	}) (Standings, error) {
		st, err := s.Assessment.See(ctx, c.actor, in.ID, assessment.Kind(in.Round))
		if err != nil {
			return Standings{}, err
		}
		return Standings{in.Round, st.Complete, st.Illustrative, each(st.Units, func(u assessment.UnitStanding) Standing {
			return Standing{
				u.Member.UnitID, u.Member.Name, u.Place.Rank, u.Place.Tied, c.say(u.Place.Why), gradeName(u), u.Score.Total.String(), u.Score.Missing,
				u.HandIn.Stands(), u.Differ, u.Unproven,
			}
		})}, nil
	})
	register(s, route{
		id: "list-results", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/results", scopes: readScores,
		says: "Các kết quả đã chốt, mới nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Result], error) {
		all, err := s.Assessment.Results(ctx, c.actor, in.ID)
		return list[Result]{Items: each(all, resultOf)}, err
	})
	register(s, route{
		id: "get-result", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/results/{result}", scopes: readScores,
		says: "Một kết quả đã chốt: tên, điểm và hạng như lúc chốt",
	}, func(ctx context.Context, c *call, in *struct {
		ID     string `path:"id"`
		Result string `path:"result"`
	}) (ResultContent, error) {
		all, err := s.Assessment.Results(ctx, c.actor, in.ID)
		if err != nil {
			return ResultContent{}, err
		}
		i := slices.IndexFunc(all, func(r assessment.Result) bool { return r.ID == in.Result })
		if i < 0 {
			return ResultContent{}, fault.Missing()
		}
		return resultContent(all[i])
	})
	register(s, route{
		id: "finalise-result", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/results", scopes: scopes{access.ScoreOrganise}, made: true,
		says: "Chốt điểm và hạng của vòng thống nhất",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Kind string `json:"kind" enum:"provisional,final"`
		} `nameHint:"NewResult"`
	}) (ResultContent, error) {
		r, err := s.Assessment.Finalise(ctx, c.actor, in.ID, assessment.ResultKind(in.Body.Kind))
		if err != nil {
			return ResultContent{}, moved(err, func(field string) string {
				if field == "kind" {
					return field
				}
				return "units." + field
			})
		}
		return resultContent(r)
	})
	registerDone(s, route{
		id: "decide-tie", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/tie-decisions", scopes: scopes{access.ScoreAgree},
		says: "Ghi quyết định về các đơn vị bằng điểm",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Kind      string         `json:"kind" enum:"ballot,minuted" doc:"Bỏ phiếu, hoặc quyết định ghi biên bản."`
			Basis     string         `json:"basis" minLength:"1" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
			MeetingID string         `json:"meeting_id,omitempty"`
			Orders    map[string]int `json:"orders" doc:"Thứ tự theo mã đơn vị; 1 đứng trước 2, bằng nhau là vẫn đồng hạng."`
		} `nameHint:"NewTieDecision"`
	}) error {
		return s.Assessment.DecideTie(ctx, c.actor, assessment.Tie{Year: in.ID, Kind: ranking.Basis(in.Body.Kind), Basis: in.Body.Basis, Meeting: in.Body.MeetingID, Orders: in.Body.Orders})
	})
	s.checkers()
}

func (s *server) checkers() {
	read := func(ctx context.Context, yearID string) (list[Checker], error) {
		all, err := assessment.Checkers(ctx, s.DB, yearID)
		out := list[Checker]{Items: []Checker{}}
		for unit, k := range all {
			out.Items = append(out.Items, Checker{unit, k.CheckerID})
		}
		slices.SortFunc(out.Items, func(a, b Checker) int { return strings.Compare(a.UnitID, b.UnitID) })
		return out, err
	}
	register(s, route{
		id: "list-checkers", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/checkers", scopes: readScores,
		says: "Đơn vị nào kiểm tra đơn vị nào",
	}, func(ctx context.Context, c *call, in *idPath) (list[Checker], error) {
		if _, err := s.seeScores(ctx, c, in.ID); err != nil {
			return list[Checker]{}, err
		}
		return read(ctx, in.ID)
	})
	register(s, route{
		id: "rotate-checkers", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/checkers/rotation", scopes: scopes{access.ScoreOrganise},
		says: "Phân công kiểm tra chéo xoay vòng",
	}, func(ctx context.Context, c *call, in *idPath) (list[Checker], error) {
		if err := s.Assessment.AssignByRotation(ctx, c.actor, in.ID); err != nil {
			return list[Checker]{}, err
		}
		return read(ctx, in.ID)
	})
	registerDone(s, route{
		id: "assign-checker", tag: tagScores, method: http.MethodPut, path: "/cluster-years/{id}/checkers/{unit_id}", scopes: scopes{access.ScoreOrganise},
		says: "Giao đơn vị kiểm tra một đơn vị", fields: map[string]string{"checker": "checker_id", "unit": "unit_id"},
	}, func(ctx context.Context, c *call, in *struct {
		UnitPath
		Body struct {
			CheckerID string `json:"checker_id" minLength:"1"`
			Reason    string `json:"reason,omitempty" maxLength:"2000" doc:"Cần khi đơn vị đã được kiểm tra một phần."`
		} `nameHint:"NewChecker"`
	}) error {
		return s.Assessment.Assign(ctx, c.actor, in.ID, in.UnitID, in.Body.CheckerID, in.Body.Reason)
	})
}
