package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/target"
)

// IndicatorDetail is an indicator with what was merged into it and where it stands.
type IndicatorDetail struct {
	Indicator
	Merged []Indicator    `json:"merged" doc:"Những chỉ tiêu đã gộp vào đây."`
	Uses   []IndicatorUse `json:"uses" doc:"Mục tiêu và kết quả trong những năm thi đua được xem, năm mới nhất trước."`
}

// IndicatorUse is an indicator in one year of a cluster.
type IndicatorUse struct {
	YearID  string      `json:"year_id"`
	Cluster string      `json:"cluster" doc:"Tên cụm, khối của năm."`
	Year    int         `json:"year"`
	UnitID  string      `json:"unit_id,omitempty" doc:"Đơn vị có chỉ tiêu; không có khi là của cả cụm, khối."`
	Goal    *GoalFields `json:"goal,omitempty" doc:"Chỉ tiêu của năm."`
	Figure  *Figure     `json:"figure,omitempty" doc:"Số liệu nói nhiều nhất về năm."`
	Verdict
}

// LikelyPair are two indicators that may be one under two names.
type LikelyPair struct {
	Keep   Indicator `json:"keep" doc:"Chỉ tiêu có trước."`
	Other  Indicator `json:"other"`
	Shared int       `json:"shared" doc:"Số từ có ở cả hai tên."`
	Words  int       `json:"words" doc:"Số từ khác nhau của hai tên."`
}

// IndicatorFields is what a person says of an indicator.
type IndicatorFields struct {
	Name       string   `json:"name" minLength:"1" maxLength:"300"`
	Aliases    []string `json:"aliases,omitempty" maxItems:"50" doc:"Các tên khác."`
	Unit       string   `json:"unit,omitempty" maxLength:"60" doc:"Đơn vị tính."`
	Direction  string   `json:"direction,omitempty" enum:"higher,lower" doc:"Chiều tốt: càng cao hay càng thấp."`
	Flow       string   `json:"flow" enum:"stock,flow,growth" doc:"Số tại một thời điểm, số cộng dồn trong năm, hay mức tăng giảm."`
	Cumulative bool     `json:"cumulative,omitempty" doc:"Cộng dồn qua các năm."`
	Source     string   `json:"source,omitempty" maxLength:"500" doc:"Nguồn số liệu."`
	YearID     string   `json:"year_id,omitempty" doc:"Năm thi đua mà đơn vị trưởng sửa danh mục cho; cơ quan thường trực không cần ghi."`
}

// OtherIndicator names the second of two indicators.
type OtherIndicator struct {
	OtherID string `json:"other_id" minLength:"1" doc:"Mã của chỉ tiêu kia."`
	YearID  string `json:"year_id,omitempty" doc:"Năm thi đua mà đơn vị trưởng sửa danh mục cho; cơ quan thường trực không cần ghi."`
}

func (s *server) catalogue() {
	register(s, route{
		id: "get-indicator", tag: tagTargets, method: http.MethodGet, path: "/indicators/{id}", scopes: scopes{access.OrgRead},
		says: "Một chỉ tiêu với các năm đã dùng", about: "Chỉ tiêu đã gộp được trả lời bằng chỉ tiêu mà nó gộp vào.",
	}, func(ctx context.Context, c *call, in *idPath) (IndicatorDetail, error) {
		return s.indicatorNow(ctx, c, in.ID)
	})
	register(s, route{
		id: "create-indicator", tag: tagTargets, method: http.MethodPost, path: "/indicators", scopes: scopes{access.IndicatorEdit}, made: true, statuses: []int{http.StatusNotFound},
		says: "Thêm chỉ tiêu vào danh mục",
	}, func(ctx context.Context, c *call, in *struct{ Body IndicatorFields }) (Indicator, error) {
		b := in.Body
		i, err := s.Indicators.Create(ctx, c.actor, b.YearID, indicator.NewIndicator{
			Name: b.Name, Aliases: b.Aliases, Unit: b.Unit, Direction: target.Direction(b.Direction), Flow: indicator.Flow(b.Flow), Cumulative: b.Cumulative, Source: b.Source,
		})
		return indicatorOf(i), err
	})
	register(s, route{
		id: "edit-indicator", tag: tagTargets, method: http.MethodPut, path: "/indicators/{id}", scopes: scopes{access.IndicatorEdit},
		says: "Sửa một chỉ tiêu của danh mục", about: "Tên cũ được giữ làm tên gọi khác. Không ghi aliases thì giữ các tên gọi khác đang có.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			IndicatorFields
			Version int64 `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"IndicatorEdit"`
	}) (Indicator, error) {
		b := in.Body
		if err := s.Indicators.Edit(ctx, c.actor, b.YearID, indicator.Change{
			ID: in.ID, Version: b.Version, Name: b.Name, Aliases: b.Aliases, Unit: b.Unit, Direction: target.Direction(b.Direction), Flow: indicator.Flow(b.Flow), Cumulative: b.Cumulative, Source: b.Source,
		}); err != nil {
			return Indicator{}, err
		}
		i, err := s.Indicators.Get(ctx, s.DB, in.ID)
		return indicatorOf(i), err
	})
	register(s, route{
		id: "add-indicator-alias", tag: tagTargets, method: http.MethodPost, path: "/indicators/{id}/aliases", scopes: scopes{access.IndicatorEdit}, made: true,
		says: "Thêm một tên gọi khác cho chỉ tiêu",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Alias  string `json:"alias" minLength:"1" maxLength:"300"`
			YearID string `json:"year_id,omitempty" doc:"Năm thi đua mà đơn vị trưởng sửa danh mục cho; cơ quan thường trực không cần ghi."`
		} `nameHint:"NewAlias"`
	}) (Indicator, error) {
		if err := s.Indicators.AddAlias(ctx, c.actor, in.Body.YearID, in.ID, in.Body.Alias); err != nil {
			return Indicator{}, err
		}
		i, err := s.Indicators.Get(ctx, s.DB, in.ID)
		return indicatorOf(i), err
	})
	pair := func(id, path, says, about string, fields map[string]string, do func(ctx context.Context, c *call, year, one, other string) error) {
		register(s, route{
			id: id, tag: tagTargets, method: http.MethodPost, path: path, scopes: scopes{access.IndicatorEdit}, says: says, about: about, fields: fields,
		}, func(ctx context.Context, c *call, in *struct {
			ID   string `path:"id"`
			Body OtherIndicator
		}) (IndicatorDetail, error) {
			if err := do(ctx, c, in.Body.YearID, in.ID, in.Body.OtherID); err != nil {
				return IndicatorDetail{}, err
			}
			return s.indicatorNow(ctx, c, in.ID)
		})
	}
	other := map[string]string{"other": "other_id"}
	pair("merge-indicators", "/indicators/{id}/merge", "Gộp một chỉ tiêu khác vào chỉ tiêu này", "Điều đã ký và số liệu đã báo cáo giữ nguyên, và được đọc như của chỉ tiêu này.", other,
		func(ctx context.Context, c *call, year, one, other string) error {
			return s.Indicators.Merge(ctx, c.actor, year, one, other)
		})
	pair("separate-indicator", "/indicators/{id}/separate", "Tách ra một chỉ tiêu đã gộp vào chỉ tiêu này", "", other,
		func(ctx context.Context, c *call, year, _, other string) error {
			return s.Indicators.Separate(ctx, c.actor, year, other)
		})
	pair("keep-indicators-apart", "/indicators/{id}/apart", "Ghi nhận hai chỉ tiêu khác nhau, để không gợi ý gộp nữa", "", other,
		func(ctx context.Context, c *call, year, one, other string) error {
			return s.Indicators.KeepApart(ctx, c.actor, year, one, other)
		})
	register(s, route{
		id: "suggest-indicator-merges", tag: tagTargets, method: http.MethodGet, path: "/indicator-suggestions", scopes: scopes{access.OrgRead},
		says: "Những cặp chỉ tiêu có tên gần giống nhau, có thể là một", about: "Người có quyền gộp hoặc ghi nhận là khác nhau.",
	}, func(ctx context.Context, c *call, in *none) (list[LikelyPair], error) {
		all, err := s.Indicators.Suggest(ctx, s.DB)
		return list[LikelyPair]{Items: each(all, func(l indicator.Likely) LikelyPair {
			return LikelyPair{indicatorOf(l.Keep), indicatorOf(l.Other), l.Shared, l.Words}
		})}, err
	})
}

// indicatorNow is an indicator as it stands, with the years that the actor may see.
func (s *server) indicatorNow(ctx context.Context, c *call, id string) (IndicatorDetail, error) {
	i, err := s.Indicators.Get(ctx, s.DB, id)
	if err != nil {
		return IndicatorDetail{}, err
	}
	merged, err := s.Indicators.Merged(ctx, s.DB, i.ID)
	if err != nil {
		return IndicatorDetail{}, err
	}
	uses, err := s.Indicators.Uses(ctx, c.actor, i.ID)
	return IndicatorDetail{indicatorOf(i), each(merged, indicatorOf), each(uses, func(u indicator.Use) IndicatorUse {
		use := IndicatorUse{u.YearID, u.Cluster, u.Year, u.UnitID, nil, figureMaybe(u.Figure), verdictOf(u.Verdict)}
		if u.Goal != nil {
			fields, _ := goalOf(*u.Goal)
			use.Goal = &fields
		}
		return use
	})}, err
}
