package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/account"
)

// Me is for whom the token acts, and what it may.
type Me struct {
	Account string       `json:"account" doc:"Mã tài khoản."`
	Login   string       `json:"login" doc:"Tên đăng nhập."`
	Name    string       `json:"name"`
	Scopes  []string     `json:"scopes" doc:"Quyền của mã truy cập; tài khoản không có quyền thì mã cũng không có."`
	Places  []Assignment `json:"places" doc:"Vai trò của tài khoản trong các đơn vị, cả vai trò đã kết thúc."`
}

// Assignment is what the account is in a unit.
type Assignment struct {
	Role   string `json:"role" enum:"officer,head,standing,council,auditor,administrator"`
	UnitID string `json:"unit_id,omitempty"`
	Unit   string `json:"unit,omitempty" doc:"Tên đơn vị hôm nay."`
	From   string `json:"from" format:"date" doc:"Ngày đầu tiên."`
	To     string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
	Basis  string `json:"basis,omitempty" doc:"Căn cứ: số, ngày văn bản."`
}

func (s *server) accounts() {
	register(s, route{
		id: "get-me", tag: tagAccount, method: http.MethodGet, path: "/me",
		says: "Mã truy cập này của ai và được làm gì",
	}, func(ctx context.Context, c *call, in *none) (Me, error) {
		own, err := s.Account.Own(ctx, c.actor)
		if err != nil {
			return Me{}, err
		}
		places, err := s.Account.Places(ctx, c.actor)
		return Me{own.ID, own.Login, own.Name, filled(c.actor.Scopes), each(places, func(p account.Place) Assignment {
			return Assignment{string(p.Role), p.UnitID, p.UnitName, string(p.From), end(p.To), p.Basis}
		})}, err
	})
}
