package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/platform/clock"
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

// NewDocument is what an officer says of a paper beyond the data.
type NewDocument struct {
	Kind       string `json:"kind" enum:"report,minutes,proposal,count,covenant" doc:"Báo cáo, biên bản, tờ trình, biên bản kiểm phiếu, giao ước."`
	Subject    string `json:"subject,omitempty" doc:"Mã hội nghị hoặc cuộc bỏ phiếu mà văn bản nói tới."`
	Place      string `json:"place" minLength:"1" maxLength:"200" doc:"Địa danh."`
	Day        string `json:"day" format:"date" doc:"Ngày ban hành."`
	Code       string `json:"code" minLength:"1" maxLength:"50" doc:"Chữ viết tắt của đơn vị trong ký hiệu."`
	Signer     string `json:"signer" minLength:"1" maxLength:"200" doc:"Người ký."`
	Position   string `json:"position" minLength:"1" maxLength:"200" doc:"Chức vụ người ký."`
	Results    string `json:"results,omitempty" maxLength:"50000" doc:"Kết quả, bằng lời, mỗi đoạn một dòng."`
	Limits     string `json:"limits,omitempty" maxLength:"50000" doc:"Hạn chế, mỗi đoạn một dòng."`
	Causes     string `json:"causes,omitempty" maxLength:"50000" doc:"Nguyên nhân, mỗi đoạn một dòng."`
	Lessons    string `json:"lessons,omitempty" maxLength:"50000" doc:"Bài học, mỗi đoạn một dòng."`
	Next       string `json:"next,omitempty" maxLength:"50000" doc:"Phương hướng, mỗi đoạn một dòng."`
	Recipients string `json:"recipients,omitempty" maxLength:"5000" doc:"Nơi nhận, mỗi nơi một dòng."`
}

func (c *call) document(d document.Document) Document {
	return Document{d.ID, string(d.Kind), c.lang.Say(d.Title, nil), d.Label(), string(d.Day), d.SubjectID, d.IssuerID, d.FileHash, stamp(d.At)}
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *server) documents() {
	register(s, route{
		id: "list-documents", tag: tagPapers, method: http.MethodGet, path: "/cluster-years/{id}/documents", scopes: scopes{access.ClusterRead},
		says: "Văn bản đã ban hành trong năm thi đua, mới nhất trước",
	}, func(ctx context.Context, c *call, in *idPath) (list[Document], error) {
		all, err := s.Document.List(ctx, c.actor, in.ID)
		return list[Document]{Items: each(all, c.document)}, err
	})
	register(s, route{
		id: "issue-document", tag: tagPapers, method: http.MethodPost, path: "/cluster-years/{id}/documents", scopes: scopes{access.DocumentIssue}, made: true,
		says: "Ban hành một văn bản: lấy số trong sổ của đơn vị trưởng và lưu lại; từ đó giữ nguyên",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body NewDocument
	}) (Document, error) {
		b := in.Body
		d, err := s.Document.Issue(ctx, c.actor, in.ID, document.Kind(b.Kind), b.Subject, document.Wish{
			Place: b.Place, Day: clock.Day(b.Day), Code: b.Code, Signer: b.Signer, Position: b.Position, Results: b.Results, Limits: b.Limits,
			Causes: b.Causes, Lessons: b.Lessons, Next: b.Next, Recipients: b.Recipients,
		})
		return c.document(d), err
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
