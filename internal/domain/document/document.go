// Package document makes the papers of the year: what each contains, from the
// same data as the pages; the numbering register of each issuing unit; the
// archive of what was issued. An issued paper is never changed: a correction is
// a new paper (domain.md §6).
package document

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
	"github.com/thidua/thidua/internal/render/docx"
)

// Kind is a type of paper.
type Kind string

const (
	Report   Kind = "report"   // báo cáo tổng kết
	Minutes  Kind = "minutes"  // biên bản hội nghị
	Proposal Kind = "proposal" // tờ trình kèm danh sách đề nghị
	Covenant Kind = "covenant" // bản giao ước
	Count    Kind = "count"    // biên bản kiểm phiếu
)

// form is what is fixed about a type of paper: its name, the letters of its
// register (NĐ 30/2020, Phụ lục III) and whether it is needed to submit.
type form struct {
	Kind     Kind
	Name     string
	Register string
	Required bool
	paper    func(Data, Wish) docx.Paper
}

var forms = []form{
	{Report, "Báo cáo tổng kết", "BC", true, report},
	{Minutes, "Biên bản hội nghị", "BB", true, minutes},
	{Proposal, "Tờ trình và danh sách đề nghị khen thưởng", "TTr", true, proposal},
	{Count, "Biên bản kiểm phiếu", "BB", false, count},
	{Covenant, "Bản giao ước thi đua", "GƯ", false, covenant},
}

func formOf(k Kind) (form, bool) {
	for _, f := range forms {
		if f.Kind == k {
			return f, true
		}
	}
	return form{}, false
}

// Kinds lists the papers that can be made, in order, with their names.
func Kinds() []struct {
	Kind     Kind
	Name     string
	Required bool
} {
	out := make([]struct {
		Kind     Kind
		Name     string
		Required bool
	}, len(forms))
	for i, f := range forms {
		out[i].Kind, out[i].Name, out[i].Required = f.Kind, f.Name, f.Required
	}
	return out
}

// Name is the Vietnamese name of the type of paper.
func (k Kind) Name() string { f, _ := formOf(k); return f.Name }

// Document is an issued paper.
type Document struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	Kind      Kind          `db:"kind"`
	SubjectID string        `db:"subject_id"`
	IssuerID  string        `db:"issuer_id"`
	Number    int           `db:"number"`
	Register  string        `db:"register"` // letters and year: "BC 2023"
	Symbol    string        `db:"symbol"`   // "BC-BQL"
	Title     string        `db:"title"`
	Day       clock.Day     `db:"day"`
	Body      []byte        `db:"body"` // the data it was made from, JSON
	FileHash  string        `db:"file_hash"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Label is how the paper is cited: "05/BC-BQL".
func (d Document) Label() string { return fmt.Sprintf("%02d/%s", d.Number, d.Symbol) }

// Wish is what the officer says of a paper beyond the data: who signs where,
// and the passages that no figure can write.
type Wish struct {
	Place      string    // where it is dated: "Bắc Ninh"
	Day        clock.Day // empty in a draft
	Code       string    // the issuing unit's abbreviation in the symbol: "BQL"
	Signer     string
	Position   string
	Results    string // what was achieved, in words; one paragraph a line
	Limits     string
	Causes     string
	Lessons    string
	Next       string
	Recipients string // one a line
	Number     int    // set on issue
	Draft      bool
}

func (w *Wish) clean() {
	for _, p := range []*string{&w.Place, &w.Code, &w.Signer, &w.Position} {
		*p = vntext.Line(*p)
	}
	for _, p := range []*string{&w.Results, &w.Limits, &w.Causes, &w.Lessons, &w.Next, &w.Recipients} {
		*p = vntext.Clean(*p)
	}
}

func (w Wish) check(today clock.Day) error {
	return fault.List(
		fault.When(w.Place == "", "place", "Chưa ghi địa danh."),
		fault.When(!w.Day.Valid(), "day", "Ngày ban hành không đúng. Hãy nhập như 29/11/2023."),
		fault.When(w.Day.Valid() && w.Day > today, "day", "Ngày ban hành không được sau hôm nay ({.today}).", "today", today),
		fault.When(w.Code == "", "code", "Chưa ghi chữ viết tắt của cơ quan ban hành trong ký hiệu văn bản."),
		fault.When(w.Signer == "", "signer", "Chưa ghi họ tên người ký."),
		fault.When(w.Position == "", "position", "Chưa ghi chức vụ người ký."),
	)
}

// Files keeps the bytes of issued papers by their hash.
type Files interface {
	Put(ctx context.Context, content []byte) (hash string, err error)
	Get(hash string) (*os.File, error)
}

// Source gathers the data of a paper from the rooms. subject is the meeting of
// minutes, the poll of a count, and empty otherwise.
type Source func(ctx context.Context, q db.Queryer, y cluster.Year, k Kind, subject string) (Data, error)

// Service makes and keeps papers.
type Service struct {
	db     *db.DB
	book   *ledger.Book
	gate   *access.Gate
	years  *cluster.Service
	files  Files
	source Source
	now    clock.Clock
}

// New makes the service and gives the machine its guard "submission_papers".
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, files Files, source Source, now clock.Clock) *Service {
	s := &Service{d, book, gate, years, files, source, now}
	years.Guard("submission_papers", s.guardPapers)
	return s
}

// Draft makes the paper as it would be issued now, marked as a draft.
func (s *Service) Draft(ctx context.Context, actor access.Actor, yearID string, k Kind, subject string, w Wish) ([]byte, error) {
	f, ok := formOf(k)
	if !ok {
		return nil, fault.Missing()
	}
	w.clean()
	w.Draft = true
	y, err := s.years.See(ctx, actor, yearID)
	if err != nil {
		return nil, err
	}
	data, err := s.source(ctx, s.db, y, k, subject)
	if err != nil {
		return nil, err
	}
	return f.paper(data, w).Bytes()
}

// Issue numbers the paper in the issuing unit's register and archives it.
// The issuing unit is the year's leader: a cluster has no seal of its own.
func (s *Service) Issue(ctx context.Context, actor access.Actor, yearID string, k Kind, subject string, w Wish) (Document, error) {
	f, ok := formOf(k)
	if !ok {
		return Document{}, fault.Missing()
	}
	w.clean()
	w.Draft = false
	var doc Document
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.DocumentIssue, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, yearID, cluster.Issuing)
		if err != nil {
			return err
		}
		data, err := s.source(ctx, tx, y, k, subject)
		if err != nil {
			return err
		}
		if day, fixed := data.day(k); fixed {
			w.Day = day
		}
		if err := w.check(clock.Today(s.now)); err != nil {
			return err
		}
		if err := data.ready(k); err != nil {
			return err
		}
		if err := s.inOrder(ctx, tx, data, f, w.Day); err != nil {
			return err
		}
		register := fmt.Sprintf("%s %d", f.Register, w.Day.Year())
		last, err := db.Count(ctx, tx, `SELECT COALESCE(MAX(number), 0) FROM document WHERE issuer_id = $1 AND register = $2`, data.LeaderID, register)
		if err != nil {
			return err
		}
		w.Number = last + 1
		file, err := f.paper(data, w).Bytes()
		if err != nil {
			return err
		}
		// The file is addressed by its content, so writing it twice is harmless
		// and a rolled-back transaction leaves at most an unused file.
		hash, err := s.files.Put(ctx, file)
		if err != nil {
			return err
		}
		body, err := json.Marshal(struct {
			Data Data
			Wish Wish
		}{data, w})
		if err != nil {
			return err
		}
		doc = Document{
			ID: db.NewID(), YearID: yearID, Kind: k, SubjectID: subject, IssuerID: data.LeaderID, Number: w.Number, Register: register,
			Symbol: f.Register + "-" + w.Code, Title: f.Name, Day: w.Day, Body: body, FileHash: hash, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "document.issue", Year: yearID}, "document", &doc)
	})
	return doc, err
}

// inOrder requires that a paper is not older than what it tells, nor than the
// paper that has the number before: a register's numbers follow its days. The
// papers of a meeting bear the meeting's day, whenever they are written.
func (s *Service) inOrder(ctx context.Context, tx *db.Tx, data Data, f form, day clock.Day) error {
	if _, fixed := data.day(f.Kind); fixed {
		return nil
	}
	if m := data.Meeting; m != nil && m.Reviews && m.Day != "" && day < m.Day && (f.Kind == Report || f.Kind == Proposal) {
		return fault.Wrong("day", "Văn bản ngày {.day} có trước hội nghị bình xét ({.met}). Hãy xem lại ngày.", "day", day, "met", m.Day)
	}
	last, there, err := db.Maybe[Document](ctx, tx, `SELECT `+db.Prefixed("d", Document{})+` FROM document d WHERE issuer_id = $1 AND register = $2 ORDER BY number DESC LIMIT 1`,
		data.LeaderID, fmt.Sprintf("%s %d", f.Register, day.Year()))
	if err != nil || !there || day >= last.Day {
		return err
	}
	return fault.Wrong("day", "Văn bản trước đó trong sổ, số {.number}, ngày {.last}. Số sau không được có ngày trước.", "number", last.Label(), "last", last.Day)
}

// List lists the papers issued in a year, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, yearID string) ([]Document, error) {
	if _, err := s.years.See(ctx, actor, yearID); err != nil {
		return nil, err
	}
	return issued(ctx, s.db, yearID)
}

func issued(ctx context.Context, q db.Queryer, yearID string) ([]Document, error) {
	return db.All[Document](ctx, q, `SELECT `+db.Prefixed("d", Document{})+` FROM document d WHERE year_id = $1 ORDER BY at DESC, id DESC`, yearID)
}

// Open reads the file of an issued paper.
func (s *Service) Open(ctx context.Context, actor access.Actor, id string) (Document, io.ReadCloser, error) {
	doc, err := db.Get[Document](ctx, s.db, "document", id)
	if err != nil {
		return doc, nil, err
	}
	if _, err := s.years.See(ctx, actor, doc.YearID); err != nil {
		return doc, nil, err
	}
	r, err := s.files.Get(doc.FileHash)
	return doc, r, err
}

// Last is the latest wish of the kind, so that the next paper need not be
// filled in anew.
func (s *Service) Last(ctx context.Context, actor access.Actor, yearID string) (Wish, error) {
	docs, err := s.List(ctx, actor, yearID)
	if err != nil || len(docs) == 0 {
		return Wish{}, err
	}
	var kept struct{ Wish Wish }
	if err := json.Unmarshal(docs[0].Body, &kept); err != nil {
		return Wish{}, err
	}
	kept.Wish.Number = 0
	return kept.Wish, nil
}

// Reviews lists a year's review meetings: their minutes go with the dossier.
func Reviews(ctx context.Context, q db.Queryer, yearID string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT m.id FROM meeting m JOIN meeting_year y ON y.meeting_id = m.id
		WHERE y.year_id = $1 AND m.kind = 'review' AND m.state = 'closed' ORDER BY m.starts_at`, yearID)
}

func (s *Service) guardPapers(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	docs, err := issued(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	reviews, err := Reviews(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	there := map[Kind]bool{}
	for _, d := range docs {
		there[d.Kind] = there[d.Kind] || d.Kind != Minutes || d.SubjectID == "" || slices.Contains(reviews, d.SubjectID)
	}
	var blockers []cluster.Blocker
	for _, f := range forms {
		if f.Required && !there[f.Kind] {
			blockers = append(blockers, cluster.Blocker{Text: locale.Msg("Chưa ban hành: {.paper}.", "paper", locale.Msg(f.Name)), Tab: "documents"})
		}
	}
	return blockers, nil
}
