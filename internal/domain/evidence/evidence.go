// Package evidence keeps the files that people attach as proof (minh chứng): to
// a cell of a score, a figure, a meeting. A file is stored once by its content;
// who attached it to what, and who withdrew it and why, is kept for good.
package evidence

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/blob"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// File is a content that somebody attached. Its id is its hash.
type File struct {
	Hash    string        `db:"id"`
	Version int64         `db:"version"`
	Size    int64         `db:"size"` // bytes
	Media   string        `db:"media"`
	At      clock.Instant `db:"at"`
}

// Attachment ties a file to what it proves.
type Attachment struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	FileID    string        `db:"file_id"`
	Name      string        `db:"name"`
	Kind      string        `db:"subject_kind"`
	SubjectID string        `db:"subject_id"`
	YearID    string        `db:"year_id"`
	UnitID    string        `db:"unit_id"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
	Withdrawn string        `db:"withdrawn"` // the reason; empty while it stands
}

// Item is an attachment as lists show it.
type Item struct {
	Attachment
	Size  int64  `db:"size"`
	Media string `db:"media"`
	By    string `db:"by_name"`
}

// Stands tells whether the attachment was not withdrawn.
func (i Item) Stands() bool { return i.Withdrawn == "" }

// Subject is what a room says about a thing that files can be attached to.
type Subject struct {
	Year       string
	Unit       string             // whose evidence it is
	Permission access.Permission  // who may attach; access.EvidenceAttach when empty
	During     []cluster.Activity // when; at any time when empty
}

// Resolve finds a subject by its id; one that is not there is a NotFound fault.
type Resolve func(ctx context.Context, q db.Queryer, id string) (Subject, error)

// Service keeps evidence.
type Service struct {
	db       *db.DB
	book     *ledger.Book
	gate     *access.Gate
	years    *cluster.Service
	blobs    *blob.Store
	now      clock.Clock
	subjects map[string]Resolve
}

// New makes the service. Rooms make their subjects known with Subject.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, blobs *blob.Store, now clock.Clock) *Service {
	return &Service{db: d, book: book, gate: gate, years: years, blobs: blobs, now: now, subjects: map[string]Resolve{}}
}

// Subject makes a kind of subject known; call it while wiring.
func (s *Service) Subject(kind string, r Resolve) { s.subjects[kind] = r }

func (s *Service) resolve(ctx context.Context, q db.Queryer, kind, id string) (Subject, error) {
	r := s.subjects[kind]
	if r == nil {
		return Subject{}, fault.Missing().Because(fmt.Errorf("evidence: no subject of kind %q", kind))
	}
	sub, err := r(ctx, q, id)
	if sub.Permission == "" {
		sub.Permission = access.EvidenceAttach
	}
	return sub, err
}

// open requires that the actor may attach to the subject, now.
func (s *Service) open(ctx context.Context, q db.Queryer, actor access.Actor, sub Subject) error {
	if err := s.gate.Must(ctx, q, actor, sub.Permission, access.Record{Year: sub.Year, Unit: sub.Unit}); err != nil {
		return err
	}
	y, err := s.years.Get(ctx, q, sub.Year)
	if err != nil || len(sub.During) == 0 {
		return err
	}
	for _, a := range sub.During {
		if cluster.Open(y, a) {
			return nil
		}
	}
	_, err = s.years.During(ctx, q, sub.Year, sub.During[0])
	return err
}

// Upload is a file that is being attached.
type Upload struct {
	Kind, Subject string
	Name          string // as the browser sent it
	Body          io.Reader
}

// Attach takes a file in for the subject.
func (s *Service) Attach(ctx context.Context, actor access.Actor, up Upload) (Attachment, error) {
	// Asked before the content is read, so that nobody fills the disk with what
	// will be refused; asked again where it is written.
	sub, err := s.resolve(ctx, s.db, up.Kind, up.Subject)
	if err != nil {
		return Attachment{}, err
	}
	if err := s.open(ctx, s.db, actor, sub); err != nil {
		return Attachment{}, err
	}
	name, form, err := CleanName(up.Name)
	if err != nil {
		return Attachment{}, err
	}
	in, err := s.blobs.Receive(ctx, up.Body, Limit)
	if err != nil {
		if f := fault.As(err); f.Code == fault.TooLarge {
			return Attachment{}, f.At("file")
		}
		return Attachment{}, err
	}
	defer in.Discard()
	if err := look(name, form, in, in.Size); err != nil {
		return Attachment{}, err
	}
	// A content whose row is then not written stays as an unnamed file: harmless,
	// and found again by its hash when it comes once more.
	if err := in.Keep(); err != nil {
		return Attachment{}, err
	}
	var made Attachment
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		sub, err := s.resolve(ctx, tx, up.Kind, up.Subject)
		if err != nil {
			return err
		}
		if err := s.open(ctx, tx, actor, sub); err != nil {
			return err
		}
		twin, found, err := db.Maybe[string](ctx, tx, `SELECT name FROM attachment WHERE subject_kind = $1 AND subject_id = $2 AND file_id = $3 AND withdrawn = ''`, up.Kind, up.Subject, in.Hash)
		if err != nil {
			return err
		}
		if found {
			return fault.Wrong("file", "Tệp này đã được đính kèm ở đây với tên “{.name}”.", "name", twin)
		}
		change := ledger.Change{By: actor, Action: "evidence.attach", Year: sub.Year}
		_, there, err := db.Maybe[string](ctx, tx, `SELECT id FROM file WHERE id = $1`, in.Hash)
		if err != nil {
			return err
		}
		if !there {
			f := File{Hash: in.Hash, Size: in.Size, Media: form.Media, At: clock.Stamp(s.now)}
			if err := s.book.Insert(ctx, tx, change, "file", &f); err != nil {
				return err
			}
		}
		made = Attachment{
			ID: db.NewID(), FileID: in.Hash, Name: name, Kind: up.Kind, SubjectID: up.Subject,
			YearID: sub.Year, UnitID: sub.Unit, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, change, "attachment", &made)
	})
	return made, err
}

// Withdraw takes an attachment back. It stays in the list with the reason.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, id, reason string) error {
	reason = vntext.Line(reason)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		a, err := db.Get[Attachment](ctx, tx, "attachment", id)
		if err != nil {
			return err
		}
		sub, err := s.resolve(ctx, tx, a.Kind, a.SubjectID)
		if err != nil {
			return err
		}
		if err := s.open(ctx, tx, actor, sub); err != nil {
			return err
		}
		if err := fault.List(
			fault.When(reason == "", "reason", "Hãy ghi lý do rút minh chứng; tệp và lý do được lưu lại."),
			fault.When(len([]rune(reason)) > 500, "reason", "Lý do dài quá 500 ký tự."),
		); err != nil {
			return err
		}
		if a.Withdrawn != "" {
			return fault.New(fault.Conflict, "Minh chứng này đã được rút trước đó.")
		}
		a.Withdrawn = reason
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "evidence.withdraw", Year: a.YearID, Reason: reason}, "attachment", &a)
	})
}

const items = `SELECT %s, f.size, f.media, COALESCE(c.name, '') AS by_name
	FROM attachment a JOIN file f ON f.id = a.file_id LEFT JOIN account c ON c.id = a.account_id
	WHERE %s ORDER BY a.at, a.id`

// List lists what was attached to a subject, withdrawn ones too, for whoever
// may see the subject's year.
func (s *Service) List(ctx context.Context, actor access.Actor, kind, subject string) ([]Item, error) {
	sub, err := s.resolve(ctx, s.db, kind, subject)
	if err != nil {
		return nil, err
	}
	if err := s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: sub.Year, Unit: sub.Unit}); err != nil {
		return nil, err
	}
	return db.All[Item](ctx, s.db, fmt.Sprintf(items, db.Prefixed("a", Attachment{}), "a.subject_kind = $1 AND a.subject_id = $2"), kind, subject)
}

// OfUnit lists everything of a kind that a unit attached in a year, by the id
// of the subject. The caller has checked the right to.
func OfUnit(ctx context.Context, q db.Queryer, kind, yearID, unitID string) (map[string][]Item, error) {
	all, err := db.All[Item](ctx, q, fmt.Sprintf(items, db.Prefixed("a", Attachment{}), "a.subject_kind = $1 AND a.year_id = $2 AND a.unit_id = $3"), kind, yearID, unitID)
	if err != nil {
		return nil, err
	}
	out := map[string][]Item{}
	for _, i := range all {
		out[i.SubjectID] = append(out[i.SubjectID], i)
	}
	return out, nil
}

// Opened is an attachment with its content. Close it.
type Opened struct {
	Item
	Form    Form
	Content *os.File
}

// Close closes the content.
func (o *Opened) Close() error { return o.Content.Close() }

// Open opens a file for whoever may see the year of its subject.
func (s *Service) Open(ctx context.Context, actor access.Actor, id string) (*Opened, error) {
	item, err := db.One[Item](ctx, s.db, fmt.Sprintf(items, db.Prefixed("a", Attachment{}), "a.id = $1"), id)
	if err != nil {
		return nil, err
	}
	if err := s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: item.YearID, Unit: item.UnitID}); err != nil {
		return nil, err
	}
	content, err := s.blobs.Get(item.FileID)
	if err != nil {
		return nil, fault.Wrap(err)
	}
	form, _ := FormOfMedia(item.Media)
	return &Opened{Item: item, Form: form, Content: content}, nil
}

// Damage is a stored file that is not what was attached.
type Damage struct {
	Hash string
	Err  error
}

// Verify reads every attached file through and compares it with its hash.
func (s *Service) Verify(ctx context.Context) ([]Damage, error) {
	hashes, err := db.All[string](ctx, s.db, `SELECT id FROM file ORDER BY id`)
	if err != nil {
		return nil, err
	}
	var bad []Damage
	for _, h := range hashes {
		if err := s.blobs.Verify(ctx, h); err != nil {
			if ctx.Err() != nil {
				return bad, ctx.Err()
			}
			bad = append(bad, Damage{h, err})
		}
	}
	return bad, nil
}
