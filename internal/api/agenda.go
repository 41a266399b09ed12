package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/meeting"
)

// AgendaItem is a point of the agenda with what was resolved.
type AgendaItem struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Place      int    `json:"place"`
	Kind       string `json:"kind" enum:"report,adopt,sign,vote,election,other"`
	Title      string `json:"title"`
	Reference  string `json:"reference,omitempty" doc:"Mã của dự thảo hoặc văn bản mà mục nói tới."`
	Resolution string `json:"resolution,omitempty"`
	Outcome    string `json:"outcome,omitempty" enum:"adopted,rejected,noted,postponed"`
}

// NewAgendaItem is a point of the agenda to be entered.
type NewAgendaItem struct {
	Kind      string `json:"kind" enum:"report,adopt,sign,vote,election,other"`
	Title     string `json:"title" minLength:"1" maxLength:"500"`
	Reference string `json:"reference,omitempty" doc:"Mã của dự thảo hoặc văn bản mà mục nói tới."`
}

func (n NewAgendaItem) item() meeting.NewItem {
	return meeting.NewItem{Kind: meeting.ItemKind(n.Kind), Title: n.Title, Reference: n.Reference}
}

// itemFields: the form of a meeting calls an item's fields so.
var itemFields = map[string]string{"item_kind": "kind", "item_title": "title"}

func itemOf(i meeting.Item) AgendaItem {
	return AgendaItem{i.ID, i.Version, i.Place, string(i.Kind), i.Title, i.Reference, i.Resolution, string(i.Outcome)}
}

func (s *server) agenda() {
	register(s, route{
		id: "add-agenda-item", tag: tagMeetings, method: http.MethodPost, path: "/meetings/{id}/items", scopes: runs, made: true, fields: itemFields,
		says: "Thêm một mục vào cuối chương trình",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewAgendaItem
	}) (AgendaItem, error) {
		i, err := s.Meetings.AddItem(ctx, c.actor, in.ID, in.Body.item())
		return itemOf(i), err
	})
	registerDone(s, route{
		id: "edit-agenda-item", tag: tagMeetings, method: http.MethodPut, path: "/agenda-items/{id}", scopes: runs, fields: itemFields,
		says: "Sửa hoặc chuyển chỗ một mục của chương trình",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Versioned
			NewAgendaItem
			Place int `json:"place" minimum:"1" doc:"Thứ tự trong chương trình."`
		} `nameHint:"EditedAgendaItem"`
	}) error {
		return s.Meetings.EditItem(ctx, c.actor, in.ID, in.Body.item(), in.Body.Place, in.Body.Version)
	})
	registerDone(s, route{
		id: "resolve-agenda-item", tag: tagMeetings, method: http.MethodPut, path: "/agenda-items/{id}/resolution", scopes: runs,
		says: "Ghi kết luận của một mục",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Resolution string `json:"resolution,omitempty" maxLength:"10000"`
			Outcome    string `json:"outcome" enum:"adopted,rejected,noted,postponed"`
			Version    int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewResolution"`
	}) error {
		return s.Meetings.Resolve(ctx, c.actor, in.ID, in.Body.Resolution, meeting.Outcome(in.Body.Outcome), in.Body.Version)
	})
	registerDone(s, route{
		id: "remove-agenda-item", tag: tagMeetings, method: http.MethodDelete, path: "/agenda-items/{id}", scopes: runs,
		says: "Bỏ một mục chưa có kết quả khỏi chương trình",
	}, func(ctx context.Context, c *call, in *struct {
		ID      string `path:"id"`
		Version int64  `query:"version" required:"true" doc:"Số phiên bản đã đọc."`
	}) error {
		return s.Meetings.RemoveItem(ctx, c.actor, in.ID, in.Version)
	})
}
