package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/yaml"

	"github.com/thidua/thidua/internal/platform/locale"
)

// securityName is the scheme that operations refer to.
const securityName = "token"

// tag groups operations by noun.
type tag string

const (
	tagAccount   tag = "account"
	tagUnits     tag = "units"
	tagClusters  tag = "clusters"
	tagPapers    tag = "documents"
	tagReader    tag = "reader"
	tagPublic    tag = "public"
	tagLedger    tag = "ledger"
	tagTasks     tag = "tasks"
	tagMovements tag = "movements"
	tagDrafts    tag = "drafts"
	tagTargets   tag = "targets"
	tagScores    tag = "scores"
	tagMeetings  tag = "meetings"
	tagAwards    tag = "awards"
	tagEvidence  tag = "evidence"
)

// tags in the order of the year, with what each is about.
var tags = []struct {
	tag   tag
	about string
}{
	{tagAccount, "Tài khoản của mã truy cập"},
	{tagUnits, "Đơn vị và tên gọi theo thời gian"},
	{tagClusters, "Cụm, khối thi đua theo năm: thành viên, nhiệm kỳ, hạn, các bước"},
	{tagMovements, "Phong trào thi đua"},
	{tagDrafts, "Dự thảo văn bản và góp ý"},
	{tagTargets, "Giao ước, chỉ tiêu, số liệu và tiến độ"},
	{tagScores, "Bảng điểm, đợt chấm, điểm và xếp hạng"},
	{tagEvidence, "Minh chứng"},
	{tagMeetings, "Hội nghị, điểm danh, bỏ phiếu và kiểm phiếu"},
	{tagAwards, "Đề nghị khen thưởng và quy định"},
	{tagPapers, "Văn bản đã ban hành"},
	{tagTasks, "Việc cần làm"},
	{tagReader, "Đọc chỉ tiêu từ văn bản và tính điểm, không lưu gì"},
	{tagPublic, "Nội dung đã công bố, không cần mã truy cập"},
	{tagLedger, "Sổ cái: mọi thay đổi, kiểm chứng được"},
}

// describe is the part of the description that is not operations.
func describe() *huma.OpenAPI {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	registry.Schema(reflect.TypeFor[Problem](), true, "")
	d := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title:   "thidua API",
			Version: "1.0.0",
			Description: "Năm thi đua của các cụm, khối: tổ chức, giao ước, chấm điểm, hội nghị, khen thưởng. " +
				"Số chính xác (điểm, số liệu, tiền) là chuỗi ký tự; ngày có dạng 2023-11-30; thời điểm theo RFC 3339; mã định danh không mang ý nghĩa. " +
				"Mỗi bản ghi sửa được mang số phiên bản: gửi lại số đã đọc, nếu người khác đã sửa thì nhận 409 kèm bản hiện nay. " +
				"Ngôn ngữ của câu chữ theo tiêu đề Accept-Language: vi hoặc en.",
		},
		Servers: []*huma.Server{{URL: Base}},
		Components: &huma.Components{
			Schemas: registry,
			SecuritySchemes: map[string]*huma.SecurityScheme{securityName: {
				Type: "http", Scheme: "bearer", BearerFormat: "thidua_…",
				Description: "Mã truy cập API, tạo ở trang Tài khoản với những quyền được chọn. Mã không bao giờ cho phép nhiều hơn chính tài khoản.",
			}},
		},
	}
	for _, t := range tags {
		d.Tags = append(d.Tags, &huma.Tag{Name: string(t.tag), Description: t.about})
	}
	return d
}

// description is the whole description in one language.
type description struct{ json, yaml []byte }

// specify serves the description. It is written down when it is first asked
// for, after all operations are there.
func (s *server) specify() {
	schemas := s.api.OpenAPI().Components.Schemas.Map()
	for _, foreign := range []string{"ErrorModel", "ErrorDetail"} { // of huma; what it answers is translated into a Problem
		delete(schemas, foreign)
	}
	s.spec = map[locale.Lang]func() (description, error){}
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		s.spec[lang] = sync.OnceValues(func() (description, error) { return s.written(lang) })
	}
	serve := func(path, kind string, body func(description) []byte) {
		s.mux.HandleFunc("GET "+Base+path, func(w http.ResponseWriter, r *http.Request) {
			c := callOf(r.Context())
			d, err := s.spec[c.lang]()
			if err != nil {
				s.refuse(w, r.Context(), err)
				return
			}
			s.note(r.Context(), nil)
			c.open()
			c.header.Set("Content-Type", kind)
			_, _ = w.Write(body(d)) // the reader may have gone; nobody is left to tell
		})
	}
	serve("/openapi.json", "application/openapi+json", func(d description) []byte { return d.json })
	serve("/openapi.yaml", "application/openapi+yaml", func(d description) []byte { return d.yaml })
}

// written writes the description down in a language.
func (s *server) written(lang locale.Lang) (d description, err error) {
	raw, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		return d, fmt.Errorf("api: description: %w", err)
	}
	var doc any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil {
		return d, fmt.Errorf("api: description: %w", err)
	}
	said(doc, lang)
	if d.json, err = json.MarshalIndent(doc, "", " "); err != nil {
		return d, fmt.Errorf("api: description: %w", err)
	}
	var y bytes.Buffer
	if err := yaml.Convert(&y, bytes.NewReader(d.json)); err != nil {
		return d, fmt.Errorf("api: description: %w", err)
	}
	d.yaml = y.Bytes()
	return d, nil
}

// said puts the sentences of the description into a language.
func said(v any, lang locale.Lang) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			said(one, lang)
		}
	case map[string]any:
		for key, value := range v {
			text, ok := value.(string)
			if ok && (key == "summary" || key == "description") {
				v[key] = lang.Say(text, nil)
				continue
			}
			said(value, lang)
		}
	}
}
