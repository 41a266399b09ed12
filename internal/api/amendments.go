package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Amendment is the work on another text for a covenant that is in force.
type Amendment struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	State     string `json:"state" enum:"open,adopted,withdrawn"`
	From      string `json:"from" doc:"Bản đang có hiệu lực khi mở sửa đổi."`
	To        string `json:"to,omitempty" doc:"Bản được thông qua thay thế."`
	Reason    string `json:"reason" doc:"Lý do sửa đổi."`
	At        string `json:"at" format:"date-time"`
	MeetingID string `json:"meeting_id,omitempty" doc:"Hội nghị đã thông qua."`
	Basis     string `json:"basis,omitempty" doc:"Văn bản mà các đơn vị đã đồng ý, khi không họp."`
	Due       string `json:"due,omitempty" format:"date" doc:"Hạn ký lại."`
	EndedAt   string `json:"ended_at,omitempty" format:"date-time"`
	Withdrawn string `json:"withdrawn,omitempty" doc:"Lý do rút đề nghị sửa đổi."`
}

// FormerCovenant is a text that was in force before.
type FormerCovenant struct {
	Text       DraftVersion      `json:"text"`
	Amendment  *Amendment        `json:"amendment,omitempty" doc:"Lần sửa đổi đã thay thế bản này."`
	Signatures []CovenantSigning `json:"signatures"`
}

// TargetChange is what became of a target from one version to another.
type TargetChange struct {
	Sort   string          `json:"sort" enum:"same,added,removed,changed"`
	Before *CovenantTarget `json:"before,omitempty"`
	After  *CovenantTarget `json:"after,omitempty"`
}

func amendmentOf(a draft.Amendment) Amendment {
	return Amendment{
		ID: a.ID, Version: a.Version, State: string(a.State), From: a.FromID, To: a.ToID, Reason: a.Reason, At: stamp(a.At), MeetingID: a.MeetingID,
		Basis: a.Basis, Due: string(a.Due), EndedAt: stamp(a.EndedAt), Withdrawn: a.Why,
	}
}

// covenantStanding tells which text is in force, and how its signing stands.
func (s *server) covenantStanding(ctx context.Context, y cluster.Year, out *Covenant) error {
	st, ok, err := s.Covenants.Standing(ctx, s.DB, y)
	if err != nil || !ok {
		return err
	}
	out.Due, out.Late = string(st.Due), st.Late
	if st.Term != nil {
		out.Until = st.Term.Until
	}
	if st.Carry != nil {
		out.From = st.Carry.FromYearID
	}
	if st.Open != nil {
		a := amendmentOf(*st.Open)
		out.Amendment = &a
	}
	for _, text := range st.Texts[1:] {
		one := FormerCovenant{Text: draftVersionOf(text.Version), Signatures: each(text.Signatures, signingOf)}
		if text.Until != nil {
			a := amendmentOf(*text.Until)
			one.Amendment = &a
		}
		out.Former = append(out.Former, one)
	}
	return nil
}

func (s *server) amendments() {
	register(s, route{
		id: "amend-covenant", tag: tagDrafts, method: http.MethodPost, path: "/drafts/{id}/amendments", scopes: scopes{access.DraftAdopt}, made: true,
		says: "Mở việc sửa đổi một giao ước đang có hiệu lực", about: "Bản sửa đổi được soạn, gửi góp ý như mọi bản; đến khi được thông qua, bản cũ vẫn có hiệu lực.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) (Amendment, error) {
		a, err := s.Drafts.Amend(ctx, c.actor, in.ID, in.Body.Version, in.Body.Reason)
		return amendmentOf(a), err
	})
	registerDone(s, route{
		id: "withdraw-amendment", tag: tagDrafts, method: http.MethodPost, path: "/drafts/{id}/amendments/withdraw", scopes: scopes{access.DraftAdopt}, fields: map[string]string{"why": "reason"},
		says: "Rút đề nghị sửa đổi đang mở; giao ước giữ nguyên",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) error {
		a, err := s.Drafts.OpenAmendment(ctx, s.DB, in.ID)
		if err != nil {
			return err
		}
		return s.Drafts.Withdraw(ctx, c.actor, a.ID, in.Body.Version, in.Body.Reason)
	})
	register(s, route{
		id: "adopt-amendment", tag: tagDrafts, method: http.MethodPost, path: "/draft-versions/{id}/adopt-amended", scopes: scopes{access.DraftAdopt}, fields: map[string]string{"meeting": "meeting_id"},
		says: "Ghi nhận bản sửa đổi đã được thông qua; tất cả các đơn vị ký lại",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			MeetingID string `json:"meeting_id,omitempty" doc:"Hội nghị đã thông qua."`
			Basis     string `json:"basis,omitempty" maxLength:"500" doc:"Văn bản mà các đơn vị đã đồng ý, khi không họp."`
			Due       string `json:"due" format:"date" doc:"Hạn ký lại."`
			Version   int64  `json:"version" doc:"Số phiên bản đã đọc của văn bản, không phải của bản."`
		} `nameHint:"NewAmendedAdoption"`
	}) (Draft, error) {
		d, err := s.Drafts.AdoptAmended(ctx, c.actor, draft.Adoption{VersionID: in.ID, MeetingID: in.Body.MeetingID, Basis: in.Body.Basis, Due: clock.Day(in.Body.Due), Version: in.Body.Version})
		return draftOf(d), err
	})
	register(s, route{
		id: "compare-targets", tag: tagTargets, method: http.MethodGet, path: "/draft-versions/{id}/target-changes", scopes: scopes{access.ClusterRead},
		says: "Chỉ tiêu thêm, bỏ, đổi giữa hai bản giao ước, bản cũ trước",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		With string `query:"with" required:"true" doc:"Mã của bản kia."`
	}) (list[TargetChange], error) {
		d, a, err := s.covenantVersion(ctx, c, in.ID)
		if err != nil {
			return list[TargetChange]{}, err
		}
		other, b, err := s.covenantVersion(ctx, c, in.With)
		if err != nil {
			return list[TargetChange]{}, err
		}
		if d.ID != other.ID {
			return list[TargetChange]{}, fault.Missing()
		}
		if a.Number > b.Number {
			a, b = b, a
		}
		changes, err := s.Covenants.Difference(ctx, s.DB, a.ID, b.ID)
		return list[TargetChange]{Items: each(changes, func(one covenant.Change) TargetChange {
			out := TargetChange{Sort: string(one.Sort)}
			for into, t := range map[**CovenantTarget]*covenant.Target{&out.Before: one.Before, &out.After: one.After} {
				if t != nil {
					told := covenantTargetOf(*t)
					*into = &told
				}
			}
			return out
		})}, err
	})
	registerDone(s, route{
		id: "defer-signatures", tag: tagTargets, method: http.MethodPost, path: "/cluster-years/{id}/covenant/deferral", scopes: scopes{access.ClusterMove},
		says: "Cho các đơn vị vắng mặt ký giao ước sau, đến hết hạn",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"1000" doc:"Vì sao các đơn vị ký sau."`
			Due    string `json:"due" format:"date" doc:"Hạn ký bổ sung."`
		} `nameHint:"NewDeferral"`
	}) error {
		_, err := s.Covenants.Defer(ctx, c.actor, in.ID, clock.Day(in.Body.Due), in.Body.Reason)
		return err
	})
	registerDone(s, route{
		id: "set-covenant-term", tag: tagTargets, method: http.MethodPut, path: "/draft-versions/{id}/term", scopes: scopes{access.DraftWrite},
		says: "Ghi năm cuối của một giao ước chưa gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Until int `json:"until" minimum:"1948" maximum:"2110" doc:"Năm cuối mà giao ước có hiệu lực."`
		} `nameHint:"CovenantTerm"`
	}) error {
		return s.Covenants.SetTerm(ctx, c.actor, in.ID, in.Body.Until)
	})
	register(s, route{
		id: "take-over-covenant", tag: tagTargets, method: http.MethodPost, path: "/cluster-years/{id}/covenant/take-over", scopes: scopes{access.DraftAdopt}, made: true,
		says: "Tiếp tục giao ước nhiều năm đã ký ở năm trước, với các chữ ký đã có",
	}, func(ctx context.Context, c *call, in *idPath) (Draft, error) {
		d, err := s.Covenants.TakeOver(ctx, c.actor, in.ID)
		return draftOf(d), err
	})
}
