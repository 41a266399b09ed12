package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/platform/locale"
)

// MovementShare is the part of a movement's target that a cluster or a unit carries.
type MovementShare struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	TargetID  string `json:"target_id"`
	ClusterID string `json:"cluster_id,omitempty" doc:"Cụm, khối nhận chung."`
	UnitID    string `json:"unit_id,omitempty" doc:"Đơn vị nhận riêng."`
	Amount    string `json:"amount" doc:"Phần được giao, chính xác, theo đơn vị tính."`
	Unit      string `json:"unit" doc:"Đơn vị tính."`
	Note      string `json:"note,omitempty"`
}

// TargetCascade is a target of a movement with the shares of it.
type TargetCascade struct {
	TargetID string          `json:"target_id"`
	Shares   []MovementShare `json:"shares"`
	Balance  string          `json:"balance" enum:"apart,exact,within,less,more" doc:"apart: không cộng được; exact: đủ; within: trong mức; less: còn phần chưa giao; more: vượt chỉ tiêu."`
	Sum      string          `json:"sum,omitempty" doc:"Tổng các phần, theo đơn vị tính của chỉ tiêu."`
	Rest     string          `json:"rest,omitempty" doc:"Phần còn lại, hoặc phần vượt."`
	Twice    []string        `json:"twice" doc:"Đơn vị vừa nhận riêng vừa thuộc cụm, khối đã nhận: có thể bị tính hai lần."`
}

func shareOf(h movement.Share) MovementShare {
	return MovementShare{h.ID, h.Version, h.TargetID, h.ClusterID, h.UnitID, h.Amount, h.Unit, h.Note}
}

func (s *server) shares() {
	register(s, route{
		id: "list-shares", tag: tagMovements, method: http.MethodGet, path: "/movements/{id}/shares", scopes: scopes{access.OrgRead},
		says: "Phần chỉ tiêu mà từng cụm, khối, đơn vị nhận; tổng đối chiếu với chỉ tiêu",
	}, func(ctx context.Context, c *call, in *idPath) (list[TargetCascade], error) {
		m, err := s.Movements.See(ctx, c.actor, in.ID)
		if err != nil {
			return list[TargetCascade]{}, err
		}
		all, err := s.Movements.Cascades(ctx, s.DB, m)
		return list[TargetCascade]{Items: each(all, func(k movement.Cascade) TargetCascade {
			return TargetCascade{k.Target.ID, each(k.Shares, shareOf), string(k.Balance), k.Sum, k.Rest, filled(k.Twice)}
		})}, err
	})
	register(s, route{
		id: "set-share", tag: tagMovements, method: http.MethodPut, path: "/movements/{id}/shares", scopes: scopes{access.MovementLaunch}, fields: map[string]string{"bearer": "unit_id"},
		says: "Giao một phần chỉ tiêu cho một cụm, khối hoặc một đơn vị", about: "Tổng các phần chỉ được đối chiếu, không bị chặn.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			TargetID  string `json:"target_id" minLength:"1"`
			ClusterID string `json:"cluster_id,omitempty" doc:"Cụm, khối nhận chung."`
			UnitID    string `json:"unit_id,omitempty" doc:"Đơn vị nhận riêng."`
			Amount    string `json:"amount" maxLength:"60" pattern:"^[0-9]+([.][0-9]+)?$" patternDescription:"decimal" doc:"Phần được giao, chính xác, theo đơn vị tính."`
			Unit      string `json:"unit,omitempty" maxLength:"60" doc:"Đơn vị tính; của chỉ tiêu nếu không ghi."`
			Note      string `json:"note,omitempty" maxLength:"500"`
			Version   int64  `json:"version" doc:"Số phiên bản đã đọc; 0 khi chưa có."`
		} `nameHint:"NewShare"`
	}) (MovementShare, error) {
		b := in.Body
		h, err := s.Movements.SetShare(ctx, c.actor, movement.NewShare{
			MovementID: in.ID, TargetID: b.TargetID, ClusterID: b.ClusterID, UnitID: b.UnitID, Amount: b.Amount, Unit: b.Unit, Note: b.Note, Version: b.Version, Lang: locale.English,
		})
		return shareOf(h), err
	})
	registerDone(s, route{
		id: "remove-share", tag: tagMovements, method: http.MethodDelete, path: "/movements/{id}/shares/{share}", scopes: scopes{access.MovementLaunch},
		says: "Bỏ một phần đã giao",
	}, func(ctx context.Context, c *call, in *struct {
		ID      string `path:"id"`
		Share   string `path:"share"`
		Version int64  `query:"version" required:"true" doc:"Số phiên bản đã đọc."`
	}) error {
		if _, err := s.Movements.See(ctx, c.actor, in.ID); err != nil {
			return err
		}
		return s.Movements.RemoveShare(ctx, c.actor, in.Share, in.Version)
	})
}
