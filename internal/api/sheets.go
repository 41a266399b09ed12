package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/criteria"
)

// Sheet is a version of a scoring sheet, in brief.
type Sheet struct {
	ID      string `json:"id" doc:"Mã của bản."`
	Version int64  `json:"version"`
	SheetID string `json:"sheet_id"`
	Number  int    `json:"number" doc:"Bản số."`
	Name    string `json:"name,omitempty"`
	Source  string `json:"source,omitempty" doc:"Bảng được lập từ đâu."`
	Note    string `json:"note,omitempty"`
	SHA256  string `json:"sha256" doc:"Mã băm của bảng."`
	Locked  bool   `json:"locked" doc:"Đã thông qua; từ đó giữ nguyên."`
	At      string `json:"at" format:"date-time"`
}

// SheetContent is a version with its criteria.
type SheetContent struct {
	Sheet
	Body     json.RawMessage `json:"body" doc:"Bảng điểm (criteria, bonus, deduction, rounding, ties), như lệnh thidua score nhận."`
	Guide    criteria.Guide  `json:"guide,omitempty" doc:"Hướng dẫn chấm bằng lời, theo mã tiêu chí."`
	Problems []ScoreProblem  `json:"problems" doc:"Những chỗ còn sai; có thì chưa thông qua được."`
}

// NewSheet is a sheet to be entered.
type NewSheet struct {
	Name   string          `json:"name" minLength:"1" maxLength:"300"`
	Source string          `json:"source,omitempty" maxLength:"500" doc:"Bảng được lập từ đâu."`
	Note   string          `json:"note,omitempty" maxLength:"1000"`
	Body   json.RawMessage `json:"body,omitempty" doc:"Bảng điểm (criteria, bonus, deduction, rounding, ties), như lệnh thidua score nhận; bảng mẫu nếu không ghi."`
	Guide  criteria.Guide  `json:"guide,omitempty" doc:"Hướng dẫn chấm bằng lời, theo mã tiêu chí."`
}

func (s *server) sheetContent(c *call, v criteria.SheetVersion, sheet criteria.Sheet, guide criteria.Guide) SheetContent {
	return SheetContent{
		Sheet: Sheet{v.ID, v.Version, v.SheetID, v.Number, sheet.Name, sheet.Source, v.Note, v.Hash, v.Locked, stamp(v.At)},
		Body:  v.Body, Guide: guide, Problems: problemsOf(v.Problems(), c.lang),
	}
}

// SheetPath is a version of a sheet at the place where it is used.
type SheetPath struct {
	ID    string `path:"id"`
	Sheet string `path:"sheet" doc:"Mã của bản."`
}

func (s *server) sheets() {
	see := func(ctx context.Context, c *call, yearID, id string) (SheetContent, error) {
		v, sheet, err := s.Criteria.See(ctx, c.actor, criteria.Place{Year: yearID}, id)
		if err != nil {
			return SheetContent{}, err
		}
		guide, err := s.Criteria.Guide(ctx, c.actor, criteria.Place{Year: yearID}, id)
		if err != nil {
			return SheetContent{}, err
		}
		return s.sheetContent(c, v, sheet, guide), nil
	}
	register(s, route{
		id: "list-sheets", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/sheets", scopes: scopes{access.ClusterRead},
		says: "Các bảng điểm mà năm thi đua dùng được, của cụm, khối và của cơ quan tổ chức",
	}, func(ctx context.Context, c *call, in *idPath) (list[Sheet], error) {
		all, err := s.Criteria.List(ctx, c.actor, criteria.Place{Year: in.ID})
		return list[Sheet]{Items: each(all, func(v criteria.Listed) Sheet {
			return Sheet{v.ID, v.Version, v.SheetID, v.Number, v.Name, v.Source, v.Note, v.Hash, v.Locked, stamp(v.At)}
		})}, err
	})
	register(s, route{
		id: "create-sheet", tag: tagScores, method: http.MethodPost, path: "/cluster-years/{id}/sheets", scopes: scopes{access.ClusterRead, access.SheetEdit}, made: true,
		says: "Lập một bảng điểm",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewSheet
	}) (SheetContent, error) {
		v, err := s.Criteria.Create(ctx, c.actor, criteria.NewSheet{At: criteria.Place{Year: in.ID}, Name: in.Body.Name, Source: in.Body.Source, Note: in.Body.Note, Body: in.Body.Body, Guide: in.Body.Guide})
		if err != nil {
			return SheetContent{}, err
		}
		return see(ctx, c, in.ID, v.ID)
	})
	register(s, route{
		id: "get-sheet", tag: tagScores, method: http.MethodGet, path: "/cluster-years/{id}/sheets/{sheet}", scopes: scopes{access.ClusterRead},
		says: "Một bản của bảng điểm, với các tiêu chí",
	}, func(ctx context.Context, c *call, in *SheetPath) (SheetContent, error) {
		return see(ctx, c, in.ID, in.Sheet)
	})
	register(s, route{
		id: "save-sheet", tag: tagScores, method: http.MethodPut, path: "/cluster-years/{id}/sheets/{sheet}", scopes: scopes{access.ClusterRead, access.SheetEdit},
		says: "Sửa một bảng điểm; thành bản mới khi bản cũ đã được dùng",
	}, func(ctx context.Context, c *call, in *struct {
		SheetPath
		Body struct {
			Version int64           `json:"version" doc:"Số phiên bản đã đọc."`
			Body    json.RawMessage `json:"body" doc:"Bảng điểm (criteria, bonus, deduction, rounding, ties), như lệnh thidua score nhận."`
			Note    string          `json:"note,omitempty" maxLength:"1000"`
			AsNew   bool            `json:"as_new,omitempty" doc:"Luôn thành bản mới."`
			Guide   criteria.Guide  `json:"guide,omitempty" doc:"Hướng dẫn chấm bằng lời, theo mã tiêu chí; không ghi thì giữ như cũ."`
		} `nameHint:"EditedSheet"`
	}) (SheetContent, error) {
		v, err := s.Criteria.Save(ctx, c.actor, criteria.Edit{At: criteria.Place{Year: in.ID}, ID: in.Sheet, Version: in.Body.Version, Body: in.Body.Body, Note: in.Body.Note, AsNew: in.Body.AsNew, Guide: in.Body.Guide})
		if err != nil {
			return SheetContent{}, err
		}
		return see(ctx, c, in.ID, v.ID)
	})
}
