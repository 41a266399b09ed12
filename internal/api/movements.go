package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/movement"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Movement is an emulation movement, in brief.
type Movement struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Organiser  string `json:"organiser" doc:"Mã đơn vị phát động."`
	Parent     string `json:"parent,omitempty" doc:"Phong trào của cấp trên mà phong trào này hưởng ứng."`
	Name       string `json:"name"`
	Theme      string `json:"theme,omitempty"`
	Kind       string `json:"kind" enum:"regular,thematic" doc:"regular: thường xuyên; thematic: chuyên đề, theo đợt."`
	Year       int    `json:"year"`
	From       string `json:"from" format:"date"`
	LastDay    string `json:"last_day" format:"date"`
	State      string `json:"state" enum:"draft,launched"`
	Basis      string `json:"basis,omitempty" doc:"Căn cứ: số, ngày văn bản."`
	LaunchedAt string `json:"launched_at,omitempty" format:"date-time"`
}

// MovementContent is a movement with its text and what was read from it.
type MovementContent struct {
	Movement
	Text      string             `json:"text" doc:"Lời phát động."`
	Targets   []MovementTarget   `json:"targets"`
	Checks    []SumCheck         `json:"checks" doc:"Các phép cộng đã kiểm tra."`
	Doubts    []Doubt            `json:"doubts" doc:"Những chỗ cần xem lại."`
	Responses []MovementResponse `json:"responses" doc:"Hưởng ứng của các đơn vị."`
}

// MovementTarget is a target of a movement.
type MovementTarget struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
	Place   int    `json:"place"`
	GoalFields
	GoalOrigin
}

// MovementResponse is what a unit answers.
type MovementResponse struct {
	Version int64  `json:"version"`
	UnitID  string `json:"unit_id"`
	Text    string `json:"text"`
	At      string `json:"at" format:"date-time"`
}

// NewMovement is a movement to be entered.
type NewMovement struct {
	Organiser string `json:"organiser" minLength:"1" doc:"Mã đơn vị phát động."`
	Parent    string `json:"parent,omitempty" doc:"Phong trào của cấp trên mà phong trào này hưởng ứng."`
	Name      string `json:"name" minLength:"1" maxLength:"300"`
	Theme     string `json:"theme,omitempty" maxLength:"1000" doc:"Chủ đề; đọc từ lời phát động nếu không ghi."`
	Kind      string `json:"kind" enum:"regular,thematic" doc:"regular: thường xuyên; thematic: chuyên đề, theo đợt."`
	Year      int    `json:"year" minimum:"1948" maximum:"2100"`
	From      string `json:"from,omitempty" format:"date" doc:"Ngày đầu tiên; ngày đầu năm nếu không ghi."`
	LastDay   string `json:"last_day,omitempty" format:"date" doc:"Ngày cuối cùng; ngày cuối năm nếu không ghi."`
	Text      string `json:"text,omitempty" doc:"Lời phát động."`
	Basis     string `json:"basis,omitempty" maxLength:"500" doc:"Căn cứ: số, ngày văn bản."`
}

func (n NewMovement) movement() movement.NewMovement {
	return movement.NewMovement{
		OrganiserID: n.Organiser, ParentID: n.Parent, Name: n.Name, Theme: n.Theme, Kind: movement.Kind(n.Kind), Year: n.Year,
		From: clock.Day(n.From), To: clock.Day(n.LastDay), Text: n.Text, Basis: n.Basis,
	}
}

func movementOf(m movement.Movement) Movement {
	return Movement{
		ID: m.ID, Version: m.Version, Organiser: m.OrganiserID, Parent: m.ParentID, Name: m.Name, Theme: m.Theme, Kind: string(m.Kind), Year: m.Year,
		From: string(m.From), LastDay: string(m.To), State: string(m.State), Basis: m.Basis, LaunchedAt: stamp(m.LaunchedAt),
	}
}

func responseOf(r movement.Response) MovementResponse {
	return MovementResponse{r.Version, r.UnitID, r.Text, stamp(r.At)}
}

// Versioned is a change that needs nothing but the version it was decided on.
type Versioned struct {
	Version int64 `json:"version" doc:"Số phiên bản đã đọc."`
}

func (s *server) movements() {
	register(s, route{
		id: "list-movements", tag: tagMovements, method: http.MethodGet, path: "/movements", scopes: scopes{access.OrgRead},
		says: "Các phong trào thi đua, mới nhất trước", about: "Phong trào đã phát động ai cũng xem được; bản đang soạn chỉ người soạn xem được.",
	}, func(ctx context.Context, c *call, in *struct {
		Year      int    `query:"year" minimum:"1948" maximum:"2100" doc:"Chỉ năm này."`
		Organiser string `query:"organiser" doc:"Mã đơn vị phát động."`
		Query     string `query:"q" maxLength:"200" doc:"Một phần tên, có hoặc không dấu."`
	}) (list[Movement], error) {
		all, err := s.Movements.List(ctx, c.actor, movement.Filter{Year: in.Year, OrganiserID: in.Organiser, Query: in.Query})
		return list[Movement]{Items: each(all, movementOf)}, err
	})
	register(s, route{
		id: "create-movement", tag: tagMovements, method: http.MethodPost, path: "/movements", scopes: scopes{access.MovementLaunch}, made: true, limit: 2 * bodyLimit,
		says: "Soạn một phong trào; chỉ tiêu được đọc từ lời phát động",
	}, func(ctx context.Context, c *call, in *struct{ Body NewMovement }) (MovementContent, error) {
		m, err := s.Movements.Create(ctx, c.actor, in.Body.movement())
		if err != nil {
			return MovementContent{}, err
		}
		return s.movementContent(ctx, c, m)
	})
	register(s, route{
		id: "get-movement", tag: tagMovements, method: http.MethodGet, path: "/movements/{id}", scopes: scopes{access.OrgRead},
		says: "Một phong trào: lời phát động, chỉ tiêu, hưởng ứng",
	}, func(ctx context.Context, c *call, in *idPath) (MovementContent, error) {
		m, err := s.Movements.See(ctx, c.actor, in.ID)
		if err != nil {
			return MovementContent{}, err
		}
		return s.movementContent(ctx, c, m)
	})
	register(s, route{
		id: "edit-movement", tag: tagMovements, method: http.MethodPut, path: "/movements/{id}", scopes: scopes{access.MovementLaunch}, limit: 2 * bodyLimit,
		says: "Sửa một phong trào chưa phát động",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Versioned
			NewMovement
		} `nameHint:"EditedMovement"`
	}) (MovementContent, error) {
		m, err := s.Movements.Edit(ctx, c.actor, in.ID, in.Body.Version, in.Body.movement())
		if err != nil {
			return MovementContent{}, err
		}
		return s.movementContent(ctx, c, m)
	})
	register(s, route{
		id: "launch-movement", tag: tagMovements, method: http.MethodPost, path: "/movements/{id}/launch", scopes: scopes{access.MovementLaunch},
		says: "Phát động; từ đó phong trào giữ nguyên",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Versioned
	}) (Movement, error) {
		m, err := s.Movements.Launch(ctx, c.actor, in.ID, in.Body.Version)
		return movementOf(m), err
	})
	register(s, route{
		id: "respond-to-movement", tag: tagMovements, method: http.MethodPut, path: "/movements/{id}/responses/{unit_id}", scopes: scopes{access.MovementRespond},
		says: "Ghi hoặc sửa hưởng ứng của một đơn vị",
	}, func(ctx context.Context, c *call, in *struct {
		ID     string `path:"id"`
		UnitID string `path:"unit_id"`
		Body   struct {
			Text    string `json:"text" minLength:"1" maxLength:"5000"`
			Version int64  `json:"version" doc:"Số phiên bản đã đọc; 0 khi chưa có."`
		} `nameHint:"NewMovementResponse"`
	}) (MovementResponse, error) {
		r, err := s.Movements.Respond(ctx, c.actor, in.ID, in.UnitID, in.Body.Text, in.Body.Version)
		return responseOf(r), err
	})
	registerDone(s, route{
		id: "set-year-movement", tag: tagMovements, method: http.MethodPut, path: "/cluster-years/{id}/movement", scopes: scopes{access.ClusterMove},
		says: "Gắn năm thi đua với một phong trào đã phát động", fields: map[string]string{"movement": "movement_id"},
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			MovementID string `json:"movement_id" minLength:"1"`
		} `nameHint:"YearMovement"`
	}) error {
		return s.Years.SetMovement(ctx, c.actor, in.ID, in.Body.MovementID)
	})
}

func (s *server) movementContent(ctx context.Context, c *call, m movement.Movement) (MovementContent, error) {
	out := MovementContent{Movement: movementOf(m), Text: m.Text}
	v, err := s.Movements.View(ctx, s.DB, m)
	if err != nil {
		return out, err
	}
	out.Targets = each(v.Targets, func(t movement.Target) MovementTarget {
		fields, origin := goalOf(t.Goal)
		return MovementTarget{t.ID, t.Version, t.Place, fields, origin}
	})
	out.Checks, out.Doubts = c.examined(v.Checks, v.Warnings)
	all, err := s.Movements.Responses(ctx, s.DB, m.ID)
	out.Responses = each(all, responseOf)
	return out, err
}
