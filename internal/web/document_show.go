package web

import (
	"fmt"
	"io"
	"net/url"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/document"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
)

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// documentListView lists the papers that can be made and those issued.
type documentListView struct {
	Head     YearHead
	Papers   []paperRow
	Issued   []document.Document
	MayIssue bool
}

type paperRow struct {
	Kind     document.Kind
	Name     string
	Required bool
	Subject  string
	Of       string // the meeting or vote it is about
	Done     bool
}

func (s *Server) documentList(q *Req) error {
	h, err := s.yearHead(q, "documents")
	if err != nil {
		return err
	}
	ctx := q.Ctx()
	view := documentListView{Head: h}
	if view.Issued, err = s.Document.List(ctx, q.Actor, h.Year.ID); err != nil {
		return err
	}
	if view.MayIssue, err = s.Gate.Can(ctx, s.DB, q.Actor, access.DocumentIssue, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	done := func(k document.Kind, subject string) bool {
		for _, d := range view.Issued {
			if d.Kind == k && d.SubjectID == subject {
				return true
			}
		}
		return false
	}
	reviews, err := document.Reviews(ctx, s.DB, h.Year.ID)
	if err != nil {
		return err
	}
	type titled struct {
		ID    string `db:"id"`
		Title string `db:"title"`
	}
	for _, k := range document.Kinds() {
		var about []titled
		switch k.Kind {
		case document.Minutes:
			about, err = db.All[titled](ctx, s.DB, `SELECT m.id, m.title FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id WHERE y.year_id = $1 ORDER BY m.starts_at`, h.Year.ID)
		case document.Count:
			about, err = db.All[titled](ctx, s.DB, `SELECT id, title FROM poll WHERE year_id = $1 AND way = 'paper' ORDER BY id`, h.Year.ID)
		default:
			about = []titled{{}}
		}
		if err != nil {
			return err
		}
		for _, a := range about {
			required := k.Required && (k.Kind != document.Minutes || slices.Contains(reviews, a.ID))
			view.Papers = append(view.Papers, paperRow{k.Kind, k.Name, required, a.ID, a.Title, done(k.Kind, a.ID)})
		}
	}
	return q.Render("document_list", view)
}

// documentFormView is the form before a paper is issued.
type documentFormView struct {
	Head    YearHead
	Kind    document.Kind
	Name    string
	Subject string
	Prose   bool // the paper has passages that somebody must write
	Dated   bool // the paper bears the day of its meeting
	Draft   string
}

func (s *Server) documentForm(q *Req) error {
	kind := document.Kind(q.Path("kind"))
	if kind.Name() == "" {
		return s.missing(q)
	}
	if q.Query("ban") == "thao" {
		return s.documentDraft(q, kind)
	}
	h, err := s.yearHead(q, "documents")
	if err != nil {
		return err
	}
	if err := s.Gate.Must(q.Ctx(), s.DB, q.Actor, access.DocumentIssue, access.Record{Year: h.Year.ID}); err != nil {
		return err
	}
	last, err := s.Document.Last(q.Ctx(), q.Actor, h.Year.ID)
	if err != nil {
		return err
	}
	f := q.Form()
	f.Default("place", last.Place)
	f.Default("code", last.Code)
	f.Default("signer", last.Signer)
	f.Default("position", last.Position)
	f.Default("recipients", last.Recipients)
	f.Default("day", q.Lang.Day(h.Today))
	view := documentFormView{Head: h, Kind: kind, Name: kind.Name(), Subject: q.Query("ve"), Prose: kind == document.Report, Dated: kind == document.Minutes || kind == document.Count}
	if view.Subject == "" {
		view.Subject = f.Get("subject")
	}
	view.Draft = fmt.Sprintf("/nam/%s/ho-so/%s?%s", h.Year.ID, kind, url.Values{"ban": {"thao"}, "ve": {view.Subject}}.Encode())
	return q.Render("document_form", view)
}

// documentDraft gives the paper as a Word file marked DỰ THẢO.
func (s *Server) documentDraft(q *Req, kind document.Kind) error {
	last, err := s.Document.Last(q.Ctx(), q.Actor, q.Path("year"))
	if err != nil {
		return err
	}
	last.Day = ""
	file, err := s.Document.Draft(q.Ctx(), q.Actor, q.Path("year"), kind, q.Query("ve"), last)
	if err != nil {
		return err
	}
	return q.Download("du-thao-"+string(kind)+".docx", wordType, file)
}

func (s *Server) documentIssue(q *Req) error {
	f := q.Form()
	kind := document.Kind(q.Path("kind"))
	doc, err := s.Document.Issue(q.Ctx(), q.Actor, q.Path("year"), kind, f.Get("subject"), document.Wish{
		Place: f.Get("place"), Day: f.Day("day"), Code: f.Get("code"), Signer: f.Get("signer"), Position: f.Get("position"),
		Results: f.Text("results"), Limits: f.Text("limits"), Causes: f.Text("causes"), Lessons: f.Text("lessons"), Next: f.Text("next"), Recipients: f.Text("recipients"),
	})
	if err != nil {
		return q.Retry(err, s.documentForm)
	}
	return q.Redirect(yearPath(doc.YearID, "documents"), "Đã ban hành {.paper} số {.number}.", "paper", locale.Msg(kind.Name()), "number", doc.Label())
}

func (s *Server) documentDownload(q *Req) error {
	doc, r, err := s.Document.Open(q.Ctx(), q.Actor, q.Path("id"))
	if err != nil {
		return err
	}
	defer r.Close()
	file, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return q.Download(fmt.Sprintf("%s-%02d-%s.docx", doc.Kind, doc.Number, doc.Day), wordType, file)
}
