package api

import (
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/portal"
)

// Publication is what was published, in brief.
type Publication struct {
	ID     string `json:"id"`
	Kind   string `json:"kind" enum:"covenant,results" doc:"covenant: giao ước; results: kết quả và danh sách đề nghị."`
	Title  string `json:"title"`
	Year   int    `json:"year"`
	At     string `json:"at" format:"date-time" doc:"Công bố lúc."`
	SHA256 string `json:"sha256" doc:"Mã băm của nội dung đã công bố."`
}

// PublishedContent is a publication with what it tells.
type PublishedContent struct {
	Publication
	Cluster      string              `json:"cluster"`
	Organiser    string              `json:"organiser"`
	Provisional  bool                `json:"provisional,omitempty" doc:"Kết quả tạm thời."`
	Illustrative bool                `json:"illustrative,omitempty" doc:"Số liệu của năm chỉ để minh họa."`
	Movement     string              `json:"movement,omitempty"`
	Theme        string              `json:"theme,omitempty"`
	Members      []PublishedMember   `json:"members"`
	Clauses      []string            `json:"clauses,omitempty" nullable:"false" doc:"Lời giao ước, từng dòng."`
	TextHash     string              `json:"text_hash,omitempty" doc:"Mã băm của lời giao ước mà các đơn vị đã ký."`
	Signatures   []PublishedSigner   `json:"signatures,omitempty" nullable:"false"`
	Targets      []PublishedTarget   `json:"targets,omitempty" nullable:"false"`
	Standings    []PublishedPlace    `json:"standings,omitempty" nullable:"false"`
	Proposals    []PublishedProposal `json:"proposals,omitempty" nullable:"false"`
	NextLeader   string              `json:"next_leader,omitempty"`
}

// PublishedMember is a member as published.
type PublishedMember struct {
	Name   string `json:"name"`
	Office string `json:"office,omitempty"`
}

// PublishedSigner tells who signed for a member.
type PublishedSigner struct {
	Unit     string `json:"unit"`
	Signer   string `json:"signer"`
	Position string `json:"position,omitempty"`
	At       string `json:"at" format:"date-time"`
}

// PublishedTarget is a target with its result.
type PublishedTarget struct {
	Name         string `json:"name"`
	Unit         string `json:"unit,omitempty" doc:"Đơn vị tính."`
	Plan         string `json:"plan"`
	Result       string `json:"result,omitempty"`
	Status       string `json:"status,omitempty"`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu của năm chỉ để minh họa."`
}

// PublishedPlace is a place in the ranking.
type PublishedPlace struct {
	Rank   int    `json:"rank"`
	Tied   bool   `json:"tied"`
	Unit   string `json:"unit"`
	Points string `json:"points"`
	Why    string `json:"why,omitempty" doc:"Vì sao ở hạng này."`
}

// PublishedProposal is an award that a unit is proposed for.
type PublishedProposal struct {
	Award        string `json:"award"`
	Unit         string `json:"unit"`
	Votes        string `json:"votes,omitempty"`
	Illustrative bool   `json:"illustrative,omitempty" doc:"Số liệu của năm chỉ để minh họa."`
}

func publicationOf(p portal.Publication) Publication {
	return Publication{p.ID, string(p.Kind), p.Title, p.Year, stamp(p.At), p.Hash}
}

func (s *server) publications() {
	register(s, route{
		id: "publish", tag: tagPublic, method: http.MethodPost, path: "/cluster-years/{id}/publications", scopes: scopes{access.Publish}, made: true,
		says: "Công bố một nội dung của năm thi đua; bản công bố trước cùng loại được thay",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Kind string `json:"kind" enum:"covenant,results" doc:"covenant: giao ước; results: kết quả và danh sách đề nghị."`
		} `nameHint:"NewPublication"`
	}) (Publication, error) {
		p, err := s.Portal.Publish(ctx, c.actor, in.ID, portal.Kind(in.Body.Kind))
		return publicationOf(p), err
	})
	registerDone(s, route{
		id: "withdraw-publication", tag: tagPublic, method: http.MethodPost, path: "/publications/{id}/withdraw", scopes: scopes{access.Publish},
		says: "Gỡ một nội dung đã công bố, có lý do",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Lý do; được lưu vào sổ cái."`
		} `nameHint:"WithdrawalReason"`
	}) error {
		return s.Portal.Withdraw(ctx, c.actor, in.ID, in.Body.Reason)
	})
	register(s, route{
		id: "list-publications", tag: tagPublic, method: http.MethodGet, path: "/public/publications", public: true,
		says: "Những gì đã công bố, mới nhất trước",
	}, func(ctx context.Context, c *call, in *struct {
		Query string `query:"q" maxLength:"200" doc:"Một phần tên, có hoặc không dấu."`
		Year  int    `query:"year" minimum:"1948" maximum:"2100" doc:"Chỉ năm này."`
	}) (list[Publication], error) {
		all, err := s.Portal.List(ctx, in.Query, in.Year)
		return list[Publication]{Items: each(all, publicationOf)}, err
	})
	register(s, route{
		id: "get-publication", tag: tagPublic, method: http.MethodGet, path: "/public/publications/{id}", public: true,
		says: "Nội dung đã công bố",
	}, func(ctx context.Context, c *call, in *idPath) (PublishedContent, error) {
		p, snap, err := s.Portal.Read(ctx, in.ID)
		if err != nil {
			return PublishedContent{}, err
		}
		return published(p, snap), nil
	})
}

func published(p portal.Publication, snap portal.Snapshot) PublishedContent {
	return PublishedContent{
		Publication: publicationOf(p), Cluster: snap.Cluster, Organiser: snap.Organiser, Provisional: snap.Provisional, Illustrative: snap.Illustrative,
		Movement: snap.Movement, Theme: snap.Theme, Clauses: snap.Clauses, TextHash: snap.TextHash, NextLeader: snap.NextLeader,
		Members: each(snap.Members, func(m portal.Member) PublishedMember { return PublishedMember(m) }),
		Signatures: each(snap.Signatures, func(g portal.Signature) PublishedSigner {
			return PublishedSigner{g.Unit, g.Signer, g.Position, stamp(g.At)}
		}),
		Targets: each(snap.Targets, func(t portal.Target) PublishedTarget { return PublishedTarget(t) }),
		Standings: each(snap.Standing, func(p portal.Place) PublishedPlace {
			return PublishedPlace{p.Rank, p.Tied, p.Unit, p.Points, p.Why}
		}),
		Proposals: each(snap.Proposals, func(n portal.Proposal) PublishedProposal { return PublishedProposal(n) }),
	}
}
