package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/document"
)

// Document is an issued paper.
type Document struct {
	ID      string `json:"id"`
	Kind    string `json:"kind" doc:"Loại văn bản."`
	Title   string `json:"title"`
	Label   string `json:"label" doc:"Số, ký hiệu."`
	Day     string `json:"day" format:"date" doc:"Ngày ban hành."`
	Subject string `json:"subject,omitempty" doc:"Mã hội nghị hoặc cuộc bỏ phiếu mà văn bản nói tới."`
	Issuer  string `json:"issuer" doc:"Mã đơn vị ban hành."`
	SHA256  string `json:"sha256" doc:"Mã băm của tệp."`
	At      string `json:"at" format:"date-time"`
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *server) documents() {
	register(s, route{
		id: "list-documents", tag: tagPapers, method: http.MethodGet, path: "/cluster-years/{id}/documents", scopes: scopes{access.ClusterRead},
		says: "Văn bản đã ban hành trong năm thi đua, mới nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Document], error) {
		all, err := s.Document.List(ctx, c.actor, in.ID)
		return list[Document]{Items: each(all, func(d document.Document) Document {
			return Document{d.ID, string(d.Kind), c.lang.Say(d.Title, nil), d.Label(), string(d.Day), d.SubjectID, d.IssuerID, d.FileHash, stamp(d.At)}
		})}, err
	})
	registerFile(s, route{
		id: "get-document-file", tag: tagPapers, method: http.MethodGet, path: "/documents/{id}/file", scopes: scopes{access.ClusterRead},
		says: "Tải tệp Word của một văn bản",
	}, []string{wordType}, func(ctx context.Context, c *call, in *idPath) (file, error) {
		d, from, err := s.Document.Open(ctx, c.actor, in.ID)
		if err != nil {
			return file{}, err
		}
		return file{strings.ReplaceAll(d.Label(), "/", "-") + " " + d.Title + ".docx", wordType, from}, nil
	})
}
