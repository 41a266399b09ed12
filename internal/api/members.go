package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
)

// members are the operations on who belongs to a year, who leads it and who is
// reminded of what.
func (s *server) members() {
	register(s, route{
		id: "add-member", tag: tagClusters, method: http.MethodPost, path: "/cluster-years/{id}/members", scopes: scopes{access.ClusterRead, access.ClusterForm}, made: true, fields: map[string]string{"unit": "unit_id"},
		says: "Thêm một đơn vị vào năm thi đua còn đang thành lập",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			UnitID string `json:"unit_id" minLength:"1"`
			Basis  string `json:"basis,omitempty" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
		} `nameHint:"NewMember"`
	}) (ClusterYearState, error) {
		if err := s.Years.AddMember(ctx, c.actor, in.ID, in.Body.UnitID, in.Body.Basis); err != nil {
			return ClusterYearState{}, err
		}
		return s.seeYear(ctx, c, in.ID)
	})
	registerDone(s, route{
		id: "remove-member", tag: tagClusters, method: http.MethodPost, path: "/cluster-years/{id}/members/{unit_id}/remove", scopes: scopes{access.ClusterForm},
		says: "Đưa một đơn vị ra khỏi năm thi đua còn đang thành lập, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		UnitPath
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"1000" doc:"Lý do; được lưu vào sổ cái."`
		} `nameHint:"RemovalReason"`
	}) error {
		return s.Years.RemoveMember(ctx, c.actor, in.ID, in.UnitID, in.Body.Reason)
	})
	for _, office := range []struct {
		office   cluster.Office
		id, says string
	}{
		{cluster.Leader, "appoint-leader", "Giao nhiệm vụ trưởng; nhiệm kỳ đang chạy kết thúc vào ngày đầu của nhiệm kỳ mới"},
		{cluster.Deputy, "appoint-deputy", "Giao nhiệm vụ phó; nhiệm kỳ đang chạy kết thúc vào ngày đầu của nhiệm kỳ mới"},
	} {
		register(s, route{
			id: office.id, tag: tagClusters, method: http.MethodPost, path: "/cluster-years/{id}/terms/" + string(office.office), scopes: scopes{access.ClusterRead, access.ClusterForm}, made: true,
			says: office.says, fields: map[string]string{string(office.office): "unit_id"},
		}, func(ctx context.Context, c *call, in *struct {
			ID   string `path:"id"`
			Body NewTerm
		}) (ClusterYearState, error) {
			if err := s.Years.Replace(ctx, c.actor, in.ID, office.office, in.Body.term()); err != nil {
				return ClusterYearState{}, err
			}
			return s.seeYear(ctx, c, in.ID)
		})
	}
}

func (s *server) seeYear(ctx context.Context, c *call, id string) (ClusterYearState, error) {
	y, err := s.Years.See(ctx, c.actor, id)
	if err != nil {
		return ClusterYearState{}, err
	}
	return s.yearState(ctx, c, y)
}
