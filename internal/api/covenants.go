package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/covenant"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Covenant is what a cluster signs: the adopted text, its targets and who has signed.
type Covenant struct {
	Text       DraftVersion      `json:"text"`
	Targets    []CovenantTarget  `json:"targets"`
	Checks     []SumCheck        `json:"checks" doc:"Các phép cộng đã kiểm tra."`
	Doubts     []Doubt           `json:"doubts" doc:"Những chỗ cần xem lại."`
	Signatures []CovenantSigning `json:"signatures"`
	Unsigned   []Named           `json:"unsigned" doc:"Các đơn vị chưa ký."`
	Due        string            `json:"due,omitempty" format:"date" doc:"Hạn ký."`
	Late       int               `json:"late" doc:"Số đơn vị chưa ký dù đã quá hạn."`
	Until      int               `json:"until,omitempty" doc:"Năm cuối của giao ước nhiều năm."`
	From       string            `json:"from,omitempty" doc:"Năm thi đua mà giao ước đã được ký, khi năm này tiếp tục giao ước đó."`
	Amendment  *Amendment        `json:"amendment,omitempty" doc:"Lần sửa đổi đang mở; đến khi được thông qua, văn bản này vẫn có hiệu lực."`
	Former     []FormerCovenant  `json:"former" doc:"Các bản đã hết hiệu lực, mới nhất trước."`
}

// CovenantReading is a version's text with its targets.
type CovenantReading struct {
	Targets []CovenantTarget `json:"targets"`
	Checks  []SumCheck       `json:"checks" doc:"Các phép cộng đã kiểm tra."`
	Doubts  []Doubt          `json:"doubts" doc:"Những chỗ cần xem lại."`
}

// CovenantTarget is a target of a covenant.
type CovenantTarget struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Place      int    `json:"place"`
	UnitID     string `json:"unit_id,omitempty" doc:"Đơn vị có chỉ tiêu; không có khi là chỉ tiêu chung."`
	ReporterID string `json:"reporter_id,omitempty" doc:"Đơn vị báo cáo số liệu."`
	GoalFields
	GoalOrigin
}

// NewCovenantTarget is a target as it is entered.
type NewCovenantTarget struct {
	GoalFields
	UnitID     string `json:"unit_id,omitempty" doc:"Đơn vị có chỉ tiêu; không có khi là chỉ tiêu chung."`
	ReporterID string `json:"reporter_id,omitempty" doc:"Đơn vị báo cáo số liệu."`
}

func (n NewCovenantTarget) entry() covenant.Entry {
	return covenant.Entry{Entry: n.GoalFields.entry(), UnitID: n.UnitID, ReporterID: n.ReporterID}
}

// CovenantSigning is a unit's signature.
type CovenantSigning struct {
	UnitID   string `json:"unit_id"`
	Signer   string `json:"signer"`
	Position string `json:"position,omitempty"`
	Mandate  string `json:"mandate,omitempty" doc:"Văn bản ủy quyền của cấp phó."`
	SHA256   string `json:"sha256" doc:"Mã băm của lời giao ước đã ký."`
	At       string `json:"at" format:"date-time"`
}

func covenantTargetOf(t covenant.Target) CovenantTarget {
	fields, origin := goalOf(t.Goal)
	return CovenantTarget{t.ID, t.Version, t.Place, t.UnitID, t.ReporterID, fields, origin}
}

func signingOf(g covenant.Signature) CovenantSigning {
	return CovenantSigning{g.UnitID, g.Signer, g.Position, g.Mandate, g.TextHash, stamp(g.At)}
}

// reporterField: forms call the field reporter.
var reporterField = map[string]string{"reporter": "reporter_id"}

func (s *server) covenants() {
	register(s, route{
		id: "get-covenant", tag: tagTargets, method: http.MethodGet, path: "/cluster-years/{id}/covenant", scopes: scopes{access.ClusterRead}, statuses: []int{http.StatusConflict},
		says: "Giao ước đã thông qua: nội dung, chỉ tiêu, chữ ký",
	}, s.covenant)
	register(s, route{
		id: "sign-covenant", tag: tagTargets, method: http.MethodPost, path: "/cluster-years/{id}/covenant/signatures", scopes: scopes{access.CovenantSign}, made: true,
		says: "Ký giao ước cho một đơn vị, trên đúng nội dung đã đọc",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			UnitID  string `json:"unit_id" minLength:"1"`
			SHA256  string `json:"sha256" minLength:"64" maxLength:"64" doc:"Mã băm của lời giao ước đã đọc."`
			Mandate string `json:"mandate,omitempty" maxLength:"300" doc:"Văn bản ủy quyền của cấp phó."`
		} `nameHint:"NewCovenantSigning"`
	}) (CovenantSigning, error) {
		g, err := s.Covenants.Sign(ctx, c.actor, in.ID, covenant.Sign{UnitID: in.Body.UnitID, Hash: in.Body.SHA256, Mandate: in.Body.Mandate})
		return signingOf(g), err
	})
	register(s, route{
		id: "get-draft-targets", tag: tagTargets, method: http.MethodGet, path: "/draft-versions/{id}/targets", scopes: scopes{access.ClusterRead},
		says: "Chỉ tiêu đọc được từ một bản giao ước, với các phép kiểm tra",
	}, func(ctx context.Context, c *call, in *idPath) (CovenantReading, error) {
		_, v, err := s.covenantVersion(ctx, c, in.ID)
		if err != nil {
			return CovenantReading{}, err
		}
		return s.covenantReading(ctx, c, v)
	})
	register(s, route{
		id: "add-target", tag: tagTargets, method: http.MethodPost, path: "/draft-versions/{id}/targets", scopes: scopes{access.DraftWrite}, made: true, fields: reporterField,
		says: "Thêm một chỉ tiêu vào bản giao ước chưa gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewCovenantTarget
	}) (CovenantTarget, error) {
		t, err := s.Covenants.AddTarget(ctx, c.actor, in.ID, in.Body.entry())
		return covenantTargetOf(t), err
	})
	register(s, route{
		id: "edit-target", tag: tagTargets, method: http.MethodPut, path: "/targets/{id}", scopes: scopes{access.DraftWrite}, fields: reporterField,
		says: "Sửa một chỉ tiêu của bản giao ước chưa gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Versioned
			NewCovenantTarget
		} `nameHint:"EditedTarget"`
	}) (CovenantTarget, error) {
		t, err := s.Covenants.EditTarget(ctx, c.actor, in.ID, in.Body.Version, in.Body.entry())
		return covenantTargetOf(t), err
	})
	registerDone(s, route{
		id: "remove-target", tag: tagTargets, method: http.MethodDelete, path: "/targets/{id}", scopes: scopes{access.DraftWrite},
		says: "Bỏ một chỉ tiêu khỏi bản giao ước chưa gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID      string `path:"id"`
		Version int64  `query:"version" required:"true" doc:"Số phiên bản đã đọc."`
	}) error {
		return s.Covenants.RemoveTarget(ctx, c.actor, in.ID, in.Version)
	})
	register(s, route{
		id: "assign-target", tag: tagTargets, method: http.MethodPut, path: "/targets/{id}/reporter", scopes: scopes{access.DraftWrite}, fields: reporterField,
		says: "Giao đơn vị báo cáo một chỉ tiêu",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			ReporterID string `json:"reporter_id" doc:"Đơn vị báo cáo số liệu; rỗng là đơn vị trưởng, hoặc chính đơn vị có chỉ tiêu."`
			Version    int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewReporter"`
	}) (CovenantTarget, error) {
		t, err := s.Covenants.Assign(ctx, c.actor, in.ID, in.Body.Version, in.Body.ReporterID)
		return covenantTargetOf(t), err
	})
}

// covenantVersion reads a version of a covenant; of another paper there are no targets.
func (s *server) covenantVersion(ctx context.Context, c *call, id string) (draft.Draft, draft.Version, error) {
	d, v, err := s.Drafts.See(ctx, c.actor, id)
	if err == nil && d.Kind != draft.Covenant {
		err = fault.Missing()
	}
	return d, v, err
}

func (s *server) covenantReading(ctx context.Context, c *call, v draft.Version) (CovenantReading, error) {
	view, err := s.Covenants.View(ctx, s.DB, v)
	if err != nil {
		return CovenantReading{}, err
	}
	out := CovenantReading{Targets: each(view.Targets, covenantTargetOf)}
	out.Checks, out.Doubts = c.examined(view.Checks, view.Warnings)
	return out, nil
}

func (s *server) covenant(ctx context.Context, c *call, in *idPath) (Covenant, error) {
	y, err := s.Years.See(ctx, c.actor, in.ID)
	if err != nil {
		return Covenant{}, err
	}
	_, v, adopted, err := s.Covenants.AdoptedVersion(ctx, s.DB, y.ID)
	if err != nil {
		return Covenant{}, err
	}
	if !adopted {
		return Covenant{}, fault.New(fault.Conflict, "Giao ước chưa được thông qua.")
	}
	read, err := s.covenantReading(ctx, c, v)
	if err != nil {
		return Covenant{}, err
	}
	signatures, err := s.Covenants.Signatures(ctx, s.DB, v.ID)
	if err != nil {
		return Covenant{}, err
	}
	unsigned, err := s.Covenants.Unsigned(ctx, s.DB, y)
	if err != nil {
		return Covenant{}, err
	}
	out := Covenant{
		Text: draftVersionOf(v), Targets: read.Targets, Checks: read.Checks, Doubts: read.Doubts, Signatures: each(signatures, signingOf),
		Unsigned: each(unsigned, func(m cluster.Member) Named { return Named{m.UnitID, m.Name} }), Former: []FormerCovenant{},
	}
	return out, s.covenantStanding(ctx, y, &out)
}
