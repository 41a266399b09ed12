package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/rulebook"
	"github.com/thidua/thidua/internal/platform/clock"
)

// Rule is a value of the rulebook in force for an interval of days.
type Rule struct {
	ID       string          `json:"id"`
	Version  int64           `json:"version"`
	Code     string          `json:"code" doc:"Nội dung quy định."`
	Name     string          `json:"name"`
	Scope    string          `json:"scope,omitempty" doc:"Mã cơ quan tổ chức mà quy định áp dụng; không có khi áp dụng chung."`
	Value    json.RawMessage `json:"value"`
	Text     string          `json:"text" doc:"Giá trị, bằng lời."`
	Source   string          `json:"source" doc:"Văn bản, điều, khoản."`
	From     string          `json:"from" format:"date"`
	To       string          `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
	Verified bool            `json:"verified" doc:"Đã có người đọc bản gốc."`
	Note     string          `json:"note,omitempty"`
}

// NewRule is a rule to be entered.
type NewRule struct {
	Code   string          `json:"code" minLength:"1" doc:"Nội dung quy định."`
	Scope  string          `json:"scope,omitempty" doc:"Mã cơ quan tổ chức mà quy định áp dụng; không có khi áp dụng chung."`
	Value  json.RawMessage `json:"value"`
	Source string          `json:"source" minLength:"1" maxLength:"500" doc:"Văn bản, điều, khoản."`
	From   string          `json:"from" format:"date"`
	To     string          `json:"to,omitempty" format:"date" doc:"Ngày đầu tiên không còn; không có khi chưa kết thúc."`
	Note   string          `json:"note,omitempty" maxLength:"1000"`
}

func (c *call) rule(r rulebook.Rule) Rule {
	return Rule{
		r.ID, r.Version, string(r.Code), c.say(r.Code.Subject().Title()), r.Scope, json.RawMessage(r.Value), c.say(r.Words()), r.Source,
		string(r.From), end(r.To), r.Verified, r.Note,
	}
}

func (s *server) rules() {
	register(s, route{
		id: "list-rules", tag: tagAwards, method: http.MethodGet, path: "/rules", scopes: scopes{access.OrgRead},
		says: "Sổ quy định: ngưỡng, số lượng, mức thưởng, theo ngày hiệu lực",
	}, func(ctx context.Context, c *call, in *struct {
		Day string `query:"day" format:"date" doc:"Chỉ quy định có hiệu lực vào ngày này."`
	}) (list[Rule], error) {
		all, err := s.Rulebook.List(ctx, c.actor, clock.Day(in.Day))
		return list[Rule]{Items: each(all, c.rule)}, err
	})
	register(s, route{
		id: "add-rule", tag: tagAwards, method: http.MethodPost, path: "/rules", scopes: scopes{access.RuleEdit}, made: true,
		says: "Thêm một quy định; quy định trước cùng nội dung kết thúc vào ngày bắt đầu của quy định mới",
	}, func(ctx context.Context, c *call, in *struct{ Body NewRule }) (Rule, error) {
		b := in.Body
		r, err := s.Rulebook.Add(ctx, c.actor, rulebook.Rule{
			Code: rulebook.Code(b.Code), Scope: b.Scope, Value: string(b.Value), Source: b.Source, From: clock.Day(b.From), To: clock.Day(b.To), Note: b.Note,
		})
		if err != nil {
			return Rule{}, err
		}
		return c.rule(r), nil
	})
	register(s, route{
		id: "end-rule", tag: tagAwards, method: http.MethodPost, path: "/rules/{id}/end", scopes: scopes{access.RuleEdit},
		says: "Đặt ngày một quy định hết hiệu lực",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Reasoned
			To string `json:"to" format:"date" doc:"Ngày đầu tiên không còn hiệu lực."`
		} `nameHint:"NewRuleEnd"`
	}) (Rule, error) {
		if err := s.Rulebook.End(ctx, c.actor, in.ID, clock.Day(in.Body.To), in.Body.Reason, in.Body.Version); err != nil {
			return Rule{}, err
		}
		return s.ruleNow(ctx, c, in.ID)
	})
	register(s, route{
		id: "verify-rule", tag: tagAwards, method: http.MethodPost, path: "/rules/{id}/verification", scopes: scopes{access.RuleEdit},
		says: "Ghi nhận đã đọc bản gốc của một quy định",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Source  string `json:"source" minLength:"1" maxLength:"500" doc:"Văn bản, điều, khoản."`
			Version int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewVerification"`
	}) (Rule, error) {
		if err := s.Rulebook.Verify(ctx, c.actor, in.ID, in.Body.Source, in.Body.Version); err != nil {
			return Rule{}, err
		}
		return s.ruleNow(ctx, c, in.ID)
	})
}

func (s *server) ruleNow(ctx context.Context, c *call, id string) (Rule, error) {
	r, err := s.Rulebook.Get(ctx, s.DB, id)
	if err != nil {
		return Rule{}, err
	}
	return c.rule(r), nil
}
