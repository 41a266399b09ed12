package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/draft"
)

// Draft is one of the four papers that a cluster agrees on.
type Draft struct {
	ID        string         `json:"id"`
	Version   int64          `json:"version"`
	Kind      string         `json:"kind" enum:"plan,regulation,criteria,covenant" doc:"Kế hoạch, quy chế, tiêu chí chấm điểm, giao ước."`
	Title     string         `json:"title"`
	State     string         `json:"state" enum:"open,adopted,amending" doc:"amending: đang có hiệu lực và đang được sửa đổi."`
	AdoptedID string         `json:"adopted_id,omitempty" doc:"Bản được thông qua sau cùng."`
	MeetingID string         `json:"meeting_id,omitempty" doc:"Hội nghị đã thông qua."`
	Waiting   int            `json:"waiting" doc:"Số góp ý chưa trả lời."`
	Versions  []DraftVersion `json:"versions" doc:"Các bản, mới nhất trước, không kèm nội dung."`
}

// DraftVersion is one text of a paper.
type DraftVersion struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	DraftID    string `json:"draft_id"`
	Number     int    `json:"number" doc:"Bản số."`
	SHA256     string `json:"sha256" doc:"Mã băm của nội dung; chữ ký giao ước gắn với mã này."`
	Sheet      string `json:"sheet,omitempty" doc:"Bản của bảng chấm điểm gắn với văn bản tiêu chí."`
	Note       string `json:"note,omitempty" doc:"Điểm mới của bản này."`
	Circulated bool   `json:"circulated" doc:"Đã gửi góp ý; từ đó giữ nguyên."`
	At         string `json:"at" format:"date-time"`
	Text       string `json:"text,omitempty"`
}

// NewDraftText is a version's content as it is entered.
type NewDraftText struct {
	Title string `json:"title,omitempty" maxLength:"300" doc:"Tên văn bản; giữ như cũ nếu không ghi."`
	Text  string `json:"text" minLength:"1"`
	Sheet string `json:"sheet,omitempty" doc:"Bản của bảng chấm điểm gắn với văn bản tiêu chí."`
	Note  string `json:"note,omitempty" maxLength:"1000" doc:"Điểm mới của bản này."`
}

func (n NewDraftText) text() draft.Text {
	return draft.Text{Title: n.Title, Text: n.Text, SheetVersionID: n.Sheet, Note: n.Note}
}

// DraftComment is what a member says of a version.
type DraftComment struct {
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Line       int    `json:"line" doc:"Dòng được góp ý, từ 1; 0 là cả văn bản."`
	UnitID     string `json:"unit_id"`
	Text       string `json:"text"`
	At         string `json:"at" format:"date-time"`
	Outcome    string `json:"outcome,omitempty" enum:"accepted,partly,declined" doc:"Tiếp thu, tiếp thu một phần, không tiếp thu; không có khi chưa trả lời."`
	Answer     string `json:"answer,omitempty"`
	AnsweredAt string `json:"answered_at,omitempty" format:"date-time"`
}

// DraftDifference is a line of two versions side by side.
type DraftDifference struct {
	Sort   string       `json:"sort" enum:"same,added,removed,changed"`
	Before int          `json:"before,omitempty" doc:"Dòng của bản trước, từ 1."`
	After  int          `json:"after,omitempty" doc:"Dòng của bản sau, từ 1."`
	Old    string       `json:"old,omitempty"`
	New    string       `json:"new,omitempty"`
	Pieces []DraftPiece `json:"pieces,omitempty" nullable:"false" doc:"Từng đoạn của một dòng đã sửa."`
}

// DraftPiece is a run of words within a changed line.
type DraftPiece struct {
	Sort string `json:"sort" enum:"same,added,removed"`
	Text string `json:"text"`
}

// DraftComparison is two versions of one paper, older first.
type DraftComparison struct {
	Before DraftVersion      `json:"before"`
	After  DraftVersion      `json:"after"`
	Lines  []DraftDifference `json:"lines"`
}

func draftOf(d draft.Draft) Draft {
	return Draft{ID: d.ID, Version: d.Version, Kind: string(d.Kind), Title: d.Title, State: string(d.State), AdoptedID: d.AdoptedID, MeetingID: d.MeetingID, Versions: []DraftVersion{}}
}

func draftVersionOf(v draft.Version) DraftVersion {
	return DraftVersion{ID: v.ID, Version: v.Version, DraftID: v.DraftID, Number: v.Number, SHA256: v.Hash, Sheet: v.SheetVersionID, Note: v.Note, Circulated: v.Circulated, At: stamp(v.At), Text: v.Text}
}

func draftInBrief(v draft.Version) DraftVersion {
	v.Text = ""
	return draftVersionOf(v)
}

func commentOf(c draft.Comment) DraftComment {
	return DraftComment{c.ID, c.Version, c.Line, c.UnitID, c.Text, stamp(c.At), string(c.Outcome), c.Answer, stamp(c.AnsweredAt)}
}

func (s *server) drafts() {
	register(s, route{
		id: "list-drafts", tag: tagDrafts, method: http.MethodGet, path: "/cluster-years/{id}/drafts", scopes: scopes{access.ClusterRead},
		says: "Bốn văn bản của năm thi đua với các bản", about: "Bản chưa gửi góp ý chỉ người soạn xem được, và mã truy cập phải có quyền draft.write.",
	}, s.draftList)
	register(s, route{
		id: "write-draft", tag: tagDrafts, method: http.MethodPost, path: "/cluster-years/{id}/drafts/{kind}/versions", scopes: scopes{access.DraftWrite}, made: true, limit: 2 * bodyLimit,
		says: "Soạn bản đầu, hoặc bản tiếp theo của một bản đã gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Kind string `path:"kind" enum:"plan,regulation,criteria,covenant" doc:"Kế hoạch, quy chế, tiêu chí chấm điểm, giao ước."`
		Body NewDraftText
	}) (DraftVersion, error) {
		v, err := s.Drafts.Write(ctx, c.actor, in.ID, draft.Kind(in.Kind), in.Body.text())
		return draftVersionOf(v), err
	})
	register(s, route{
		id: "get-draft-version", tag: tagDrafts, method: http.MethodGet, path: "/draft-versions/{id}", scopes: scopes{access.ClusterRead},
		says: "Một bản của văn bản, với nội dung",
	}, func(ctx context.Context, c *call, in *idPath) (DraftVersion, error) {
		_, v, err := s.Drafts.See(ctx, c.actor, in.ID)
		return draftVersionOf(v), err
	})
	register(s, route{
		id: "edit-draft-version", tag: tagDrafts, method: http.MethodPut, path: "/draft-versions/{id}", scopes: scopes{access.DraftWrite}, limit: 2 * bodyLimit,
		says: "Sửa một bản chưa gửi góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Versioned
			NewDraftText
		} `nameHint:"EditedDraftText"`
	}) (DraftVersion, error) {
		v, err := s.Drafts.Edit(ctx, c.actor, in.ID, in.Body.Version, in.Body.text())
		return draftVersionOf(v), err
	})
	register(s, route{
		id: "circulate-draft-version", tag: tagDrafts, method: http.MethodPost, path: "/draft-versions/{id}/circulate", scopes: scopes{access.DraftWrite},
		says: "Gửi một bản cho các đơn vị góp ý; từ đó bản giữ nguyên",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Versioned
	}) (DraftVersion, error) {
		v, err := s.Drafts.Circulate(ctx, c.actor, in.ID, in.Body.Version)
		return draftInBrief(v), err
	})
	register(s, route{
		id: "compare-draft-versions", tag: tagDrafts, method: http.MethodGet, path: "/draft-versions/{id}/comparison", scopes: scopes{access.ClusterRead},
		says: "So hai bản của một văn bản",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		With string `query:"with" required:"true" doc:"Mã của bản kia."`
	}) (DraftComparison, error) {
		a, b, lines, err := s.Drafts.Compare(ctx, c.actor, in.ID, in.With)
		return DraftComparison{draftInBrief(a), draftInBrief(b), each(lines, func(l draft.Line) DraftDifference {
			return DraftDifference{string(l.Sort), l.Before, l.After, l.Old, l.New, each(l.Pieces, func(p draft.Piece) DraftPiece { return DraftPiece{string(p.Sort), p.Text} })}
		})}, err
	})
	s.draftComments()
	register(s, route{
		id: "adopt-draft-version", tag: tagDrafts, method: http.MethodPost, path: "/draft-versions/{id}/adopt", scopes: scopes{access.DraftAdopt},
		says: "Ghi nhận hội nghị đã thông qua một bản", fields: map[string]string{"meeting": "meeting_id"},
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			MeetingID string `json:"meeting_id" minLength:"1"`
			Version   int64  `json:"version" doc:"Số phiên bản đã đọc của văn bản, không phải của bản."`
		} `nameHint:"NewAdoption"`
	}) (Draft, error) {
		d, err := s.Drafts.Adopt(ctx, c.actor, in.ID, in.Body.MeetingID, in.Body.Version)
		return draftOf(d), err
	})
	register(s, route{
		id: "reopen-draft", tag: tagDrafts, method: http.MethodPost, path: "/drafts/{id}/reopen", scopes: scopes{access.DraftAdopt},
		says: "Mở lại một văn bản đã thông qua để soạn bản khác",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body Reasoned
	}) (Draft, error) {
		d, err := s.Drafts.Reopen(ctx, c.actor, in.ID, in.Body.Version, in.Body.Reason)
		return draftOf(d), err
	})
}

// Reasoned is a change that needs a reason and the version it was decided on.
type Reasoned struct {
	Reason  string `json:"reason" minLength:"1" maxLength:"2000" doc:"Lý do; được lưu vào sổ cái."`
	Version int64  `json:"version" doc:"Số phiên bản đã đọc."`
}

func (s *server) draftComments() {
	register(s, route{
		id: "list-draft-comments", tag: tagDrafts, method: http.MethodGet, path: "/draft-versions/{id}/comments", scopes: scopes{access.ClusterRead},
		says: "Góp ý cho một bản, theo dòng",
	}, func(ctx context.Context, c *call, in *idPath) (list[DraftComment], error) {
		_, v, err := s.Drafts.See(ctx, c.actor, in.ID)
		if err != nil {
			return list[DraftComment]{}, err
		}
		all, err := s.Drafts.Comments(ctx, s.DB, v.ID)
		return list[DraftComment]{Items: each(all, commentOf)}, err
	})
	register(s, route{
		id: "comment-on-draft", tag: tagDrafts, method: http.MethodPost, path: "/draft-versions/{id}/comments", scopes: scopes{access.DraftComment}, made: true,
		says: "Góp ý thay mặt một đơn vị",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			UnitID string `json:"unit_id" minLength:"1"`
			Line   int    `json:"line" minimum:"0" doc:"Dòng được góp ý, từ 1; 0 là cả văn bản."`
			Text   string `json:"text" minLength:"1" maxLength:"5000"`
		} `nameHint:"NewDraftComment"`
	}) (DraftComment, error) {
		made, err := s.Drafts.Comment(ctx, c.actor, in.ID, in.Body.UnitID, in.Body.Line, in.Body.Text)
		return commentOf(made), err
	})
	register(s, route{
		id: "answer-draft-comment", tag: tagDrafts, method: http.MethodPut, path: "/draft-comments/{id}/answer", scopes: scopes{access.DraftWrite},
		says: "Trả lời một góp ý",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Outcome string `json:"outcome" enum:"accepted,partly,declined" doc:"Tiếp thu, tiếp thu một phần, không tiếp thu; không có khi chưa trả lời."`
			Answer  string `json:"answer,omitempty" maxLength:"5000"`
			Version int64  `json:"version" doc:"Số phiên bản đã đọc."`
		} `nameHint:"NewAnswer"`
	}) (DraftComment, error) {
		made, err := s.Drafts.Answer(ctx, c.actor, in.ID, in.Body.Version, draft.Outcome(in.Body.Outcome), in.Body.Answer)
		return commentOf(made), err
	})
}

func (s *server) draftList(ctx context.Context, c *call, in *idPath) (list[Draft], error) {
	out := list[Draft]{Items: []Draft{}}
	if _, err := s.Years.See(ctx, c.actor, in.ID); err != nil {
		return out, err
	}
	papers, err := s.Drafts.Papers(ctx, s.DB, in.ID)
	if err != nil {
		return out, err
	}
	for _, k := range draft.Kinds {
		d, begun := papers[k]
		if !begun {
			continue
		}
		one := draftOf(d)
		versions, err := s.Drafts.Versions(ctx, s.DB, d.ID)
		if err != nil {
			return out, err
		}
		if versions, err = s.Drafts.Visible(ctx, c.actor, in.ID, versions); err != nil {
			return out, err
		}
		if len(versions) == 0 {
			continue
		}
		one.Versions = each(versions, draftInBrief)
		if one.Waiting, err = s.Drafts.Waits(ctx, s.DB, d.ID); err != nil {
			return out, err
		}
		out.Items = append(out.Items, one)
	}
	return out, nil
}
