package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/evidence"
)

// Evidence is a file that somebody attached as proof.
type Evidence struct {
	ID        string `json:"id"`
	Kind      string `json:"kind" doc:"Loại của nội dung được minh chứng: score, figure."`
	Subject   string `json:"subject" doc:"Mã của nội dung được minh chứng."`
	Name      string `json:"name"`
	UnitID    string `json:"unit_id"`
	SHA256    string `json:"sha256" doc:"Mã băm của tệp."`
	Size      int64  `json:"size,omitempty" doc:"Số byte."`
	Media     string `json:"media,omitempty" doc:"Kiểu nội dung của tệp."`
	By        string `json:"by,omitempty" doc:"Người đính kèm."`
	At        string `json:"at" format:"date-time"`
	Withdrawn string `json:"withdrawn,omitempty" doc:"Lý do đã rút; không có khi còn giữ."`
}

func evidenceOf(a evidence.Attachment) Evidence {
	return Evidence{ID: a.ID, Kind: a.Kind, Subject: a.SubjectID, Name: a.Name, UnitID: a.UnitID, SHA256: a.FileID, At: stamp(a.At), Withdrawn: a.Withdrawn}
}

// proving is of scores or of figures.
var proving = scopes{access.EvidenceAttach, access.FigureReport}

func (s *server) evidence() {
	register(s, route{
		id: "list-evidence", tag: tagEvidence, method: http.MethodGet, path: "/evidence", scopes: scopes{access.ClusterRead}, statuses: []int{http.StatusNotFound, http.StatusConflict},
		says: "Minh chứng của một nội dung, cả minh chứng đã rút",
	}, func(ctx context.Context, c *call, in *struct {
		Kind    string `query:"kind" required:"true" doc:"Loại của nội dung được minh chứng: score, figure."`
		Subject string `query:"subject" required:"true" doc:"Mã của nội dung được minh chứng."`
	}) (list[Evidence], error) {
		all, err := s.Evidence.List(ctx, c.actor, in.Kind, in.Subject)
		return list[Evidence]{Items: each(all, func(i evidence.Item) Evidence {
			one := evidenceOf(i.Attachment)
			one.Size, one.Media, one.By = i.Size, i.Media, i.By
			return one
		})}, err
	})
	register(s, route{
		id: "attach-evidence", tag: tagEvidence, method: http.MethodPost, path: "/evidence", oneOf: proving, made: true, limit: evidence.Limit + bodyLimit, statuses: []int{http.StatusNotFound},
		says:  "Đính kèm một tệp làm minh chứng",
		about: "Thân của yêu cầu là nội dung tệp, tối đa 20 MB: PDF, DOCX, XLSX, PNG, JPEG. Mã truy cập cần quyền evidence.attach cho điểm, figure.report cho số liệu.",
	}, func(ctx context.Context, c *call, in *struct {
		Kind    string `query:"kind" required:"true" doc:"Loại của nội dung được minh chứng: score, figure."`
		Subject string `query:"subject" required:"true" doc:"Mã của nội dung được minh chứng."`
		Name    string `query:"name" required:"true" maxLength:"300" doc:"Tên tệp, với phần mở rộng."`
		RawBody []byte `contentType:"application/octet-stream"`
	}) (Evidence, error) {
		a, err := s.Evidence.Attach(ctx, c.actor, evidence.Upload{Kind: in.Kind, Subject: in.Subject, Name: in.Name, Body: bytes.NewReader(in.RawBody)})
		if err != nil {
			return Evidence{}, err
		}
		one := evidenceOf(a)
		one.Size, one.By = int64(len(in.RawBody)), c.actor.Name
		return one, nil
	})
	var kinds []string
	for _, f := range evidence.Forms {
		kinds = append(kinds, f.Media)
	}
	registerFile(s, route{
		id: "get-evidence-file", tag: tagEvidence, method: http.MethodGet, path: "/evidence/{id}/file", scopes: scopes{access.ClusterRead},
		says: "Tải tệp của một minh chứng",
	}, kinds, func(ctx context.Context, c *call, in *idPath) (file, error) {
		o, err := s.Evidence.Open(ctx, c.actor, in.ID)
		if err != nil {
			return file{}, err
		}
		return file{o.Name, o.Media, o.Content}, nil
	})
	registerDone(s, route{
		id: "withdraw-evidence", tag: tagEvidence, method: http.MethodPost, path: "/evidence/{id}/withdraw", oneOf: proving,
		says: "Rút một minh chứng; tệp và lý do được giữ lại", about: "Mã truy cập cần quyền evidence.attach cho điểm, figure.report cho số liệu.",
	}, func(ctx context.Context, c *call, in *struct {
		ID   string `path:"id"`
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"Lý do; được lưu vào sổ cái."`
		} `nameHint:"EvidenceReason"`
	}) error {
		return s.Evidence.Withdraw(ctx, c.actor, in.ID, in.Body.Reason)
	})
}
