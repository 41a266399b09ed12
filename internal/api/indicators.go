package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/indicator"
)

// Indicator is one thing that is measured, under all its names.
type Indicator struct {
	ID         string   `json:"id"`
	Version    int64    `json:"version"`
	Name       string   `json:"name"`
	Aliases    []string `json:"aliases" doc:"Các tên khác."`
	Unit       string   `json:"unit,omitempty" doc:"Đơn vị tính."`
	BaseUnit   string   `json:"base_unit,omitempty" doc:"Đơn vị gốc."`
	Direction  string   `json:"direction,omitempty" enum:"higher,lower" doc:"Chiều tốt: càng cao hay càng thấp."`
	Flow       string   `json:"flow" enum:"stock,flow,growth" doc:"Số tại một thời điểm, số cộng dồn trong năm, hay mức tăng giảm."`
	Cumulative bool     `json:"cumulative,omitempty" doc:"Cộng dồn qua các năm."`
	Source     string   `json:"source,omitempty" doc:"Nguồn số liệu."`
	MergedInto string   `json:"merged_into,omitempty" doc:"Chỉ tiêu mà chỉ tiêu này đã gộp vào."`
}

func indicatorOf(i indicator.Indicator) Indicator {
	return Indicator{i.ID, i.Version, i.Name, filled(i.Names()[1:]), i.Unit, i.BaseUnit, string(i.Direction), string(i.Flow), i.Cumulative, i.Source, i.MergedInto}
}

func (s *server) indicators() {
	register(s, route{
		id: "list-indicators", tag: tagTargets, method: http.MethodGet, path: "/indicators", scopes: scopes{access.OrgRead},
		says: "Danh mục chỉ tiêu chung của các năm",
	}, func(ctx context.Context, c *call, in *struct {
		Query string `query:"q" maxLength:"200" doc:"Một phần tên, có hoặc không dấu."`
		Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	}) (list[Indicator], error) {
		all, err := s.Indicators.Find(ctx, s.DB, in.Query, in.Limit)
		return list[Indicator]{Items: each(all, indicatorOf)}, err
	})
}
