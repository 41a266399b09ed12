package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Unit is a body under its name of a day.
type Unit struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" doc:"Loại đơn vị."`
	Level string `json:"level" doc:"Cấp hành chính."`
	Name  string `json:"name"`
	Short string `json:"short"`
	From  string `json:"from,omitempty" format:"date" doc:"Ngày đầu tiên."`
	To    string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
}

// UnitName is what a unit was called in an interval.
type UnitName struct {
	Name  string `json:"name"`
	Short string `json:"short"`
	From  string `json:"from" format:"date"`
	To    string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
	Basis string `json:"basis" doc:"Căn cứ: số, ngày văn bản."`
}

// UnitHistory is a unit with all its names, oldest first.
type UnitHistory struct {
	ID    string     `json:"id"`
	Names []UnitName `json:"names"`
}

// NewUnit is a unit to be entered.
type NewUnit struct {
	Kind   string `json:"kind" enum:"department,board,fund,union,locality,central,company,authority" doc:"Loại đơn vị."`
	Level  string `json:"level" minLength:"1" doc:"Cấp hành chính."`
	Name   string `json:"name" minLength:"1" maxLength:"200"`
	Short  string `json:"short,omitempty" maxLength:"200"`
	Parent string `json:"parent,omitempty" doc:"Mã của đơn vị cấp trên."`
	From   string `json:"from" format:"date" doc:"Ngày đầu tiên."`
	Basis  string `json:"basis,omitempty" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
}

func unitOf(v org.View) Unit {
	return Unit{ID: v.ID, Kind: string(v.Kind), Level: v.LevelID, Name: v.Name, Short: v.Short, From: string(v.From), To: end(v.To)}
}

// AdminLevel is an administrative level.
type AdminLevel struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	From   string `json:"from" format:"date" doc:"Ngày đầu tiên."`
	To     string `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
	Source string `json:"source" doc:"Văn bản, điều, khoản."`
}

func (s *server) units() {
	register(s, route{
		id: "list-levels", tag: tagUnits, method: http.MethodGet, path: "/levels", scopes: scopes{access.OrgRead},
		says: "Các cấp hành chính có hiệu lực vào một ngày",
	}, func(ctx context.Context, c *call, in *struct {
		Day string `query:"day" format:"date" doc:"Ngày xem; hôm nay nếu không ghi."`
	}) (list[AdminLevel], error) {
		all, err := s.Org.Levels(ctx, s.on(in.Day))
		return list[AdminLevel]{Items: each(all, func(l org.Level) AdminLevel {
			return AdminLevel{l.ID, l.Name, string(l.From), end(l.To), l.Source}
		})}, err
	})
	register(s, route{
		id: "list-units", tag: tagUnits, method: http.MethodGet, path: "/units", scopes: scopes{access.OrgRead},
		says: "Tìm đơn vị theo tên gọi của một ngày",
	}, func(ctx context.Context, c *call, in *struct {
		Query string `query:"q" maxLength:"200" doc:"Một phần tên, có hoặc không dấu."`
		Day   string `query:"day" format:"date" doc:"Ngày xem tên; hôm nay nếu không ghi."`
		Limit int    `query:"limit" minimum:"1" maximum:"5000" default:"500"`
	}) (list[Unit], error) {
		found, err := s.Org.Find(ctx, s.on(in.Day), in.Query, in.Limit)
		return list[Unit]{Items: each(found, unitOf)}, err
	})
	register(s, route{
		id: "create-unit", tag: tagUnits, method: http.MethodPost, path: "/units", scopes: scopes{access.OrgManage}, made: true,
		says: "Thêm đơn vị",
	}, func(ctx context.Context, c *call, in *struct{ Body NewUnit }) (Unit, error) {
		b := in.Body
		u, err := s.Org.Create(ctx, c.actor, org.NewUnit{
			Kind: org.Kind(b.Kind), Level: b.Level, Name: b.Name, Short: b.Short, ParentID: b.Parent, From: clock.Day(b.From), Basis: b.Basis,
		})
		if err != nil {
			return Unit{}, err
		}
		names, err := org.Names(ctx, s.DB, u.From, u.ID)
		if err != nil {
			return Unit{}, err
		}
		return unitOf(names[u.ID]), nil
	})
	register(s, route{
		id: "get-unit-names", tag: tagUnits, method: http.MethodGet, path: "/units/{id}/names", scopes: scopes{access.OrgRead},
		says: "Các tên của một đơn vị qua thời gian",
	}, func(ctx context.Context, c *call, in *idPath) (UnitHistory, error) {
		return s.unitHistory(ctx, in.ID)
	})
	register(s, route{
		id: "rename-unit", tag: tagUnits, method: http.MethodPost, path: "/units/{id}/names", scopes: scopes{access.OrgManage}, made: true,
		says: "Đổi tên đơn vị từ một ngày; tên cũ kết thúc vào ngày đó",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Name  string `json:"name" minLength:"1" maxLength:"200"`
			Short string `json:"short,omitempty" maxLength:"200"`
			From  string `json:"from" format:"date" doc:"Ngày đầu tiên."`
			Basis string `json:"basis" minLength:"1" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
		} `nameHint:"NewUnitName"`
	}) (UnitHistory, error) {
		if err := s.Org.Rename(ctx, c.actor, in.ID, in.Body.Name, in.Body.Short, clock.Day(in.Body.From), in.Body.Basis); err != nil {
			return UnitHistory{}, err
		}
		return s.unitHistory(ctx, in.ID)
	})
}

// on is the day that a request names, or today.
func (s *server) on(day string) clock.Day {
	if day == "" {
		return clock.Today(s.Clock)
	}
	return clock.Day(day)
}

func (s *server) unitHistory(ctx context.Context, id string) (UnitHistory, error) {
	names, err := s.Org.History(ctx, id)
	if err == nil && len(names) == 0 {
		err = fault.Missing()
	}
	return UnitHistory{id, each(names, func(n org.Name) UnitName {
		return UnitName{n.Name, n.Short, string(n.From), end(n.To), n.Basis}
	})}, err
}
