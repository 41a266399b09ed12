// Package criteria keeps scoring sheets (bảng chấm điểm) and their versions. A
// sheet outlives a year: it belongs to a cluster, or to an organiser that lends
// it to many. What a year scores by is one version, locked when it is adopted.
package criteria

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Sheet is a scoring table through its versions.
type Sheet struct {
	ID      string `db:"id"`
	Version int64  `db:"version"`
	OwnerID string `db:"owner_id"` // a cluster, or the unit that organises clusters
	Name    string `db:"name"`
	Search  string `db:"search"`
	Source  string `db:"source"` // what it was made from: a decision, last year's sheet
}

// SheetVersion is one text of a sheet. It does not change any more once it is
// locked or a draft, a year or another version rests on it.
type SheetVersion struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	SheetID   string        `db:"sheet_id"`
	Number    int           `db:"number"`
	Body      []byte        `db:"body"` // JSON as package scoring writes it
	Hash      string        `db:"hash"` // hexadecimal SHA-256 of Body
	Note      string        `db:"note"`
	Locked    bool          `db:"locked"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

// Read reads the version's sheet. A stored body that is no sheet is our fault.
func (v SheetVersion) Read() (*scoring.Sheet, error) {
	s, problems := scoring.ParseSheet(v.Body)
	if s == nil || len(problems) > 0 {
		return nil, fault.Wrap(fmt.Errorf("criteria: version %s: %w", v.ID, scoring.Faults(problems)))
	}
	return s, nil
}

// Place is where a sheet belongs: the cluster of a year, or an organiser. One
// of the two is given.
type Place struct {
	Year      string // cluster year id
	Organiser string // unit id
}

func (p Place) record() access.Record {
	if p.Year != "" {
		return access.Record{Year: p.Year}
	}
	return access.Record{Organiser: p.Organiser}
}

// Service keeps sheets.
type Service struct {
	db    *db.DB
	book  *ledger.Book
	gate  *access.Gate
	years *cluster.Service
	now   clock.Clock
}

// New makes the service.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, now clock.Clock) *Service {
	return &Service{d, book, gate, years, now}
}

// may requires the right to write sheets at the place, now, and tells who owns
// the sheets there.
func (s *Service) may(ctx context.Context, q db.Queryer, actor access.Actor, at Place) (owner string, err error) {
	if at.Year == "" && at.Organiser == "" {
		return "", fault.Missing()
	}
	if err := s.gate.Must(ctx, q, actor, access.SheetEdit, at.record()); err != nil {
		return "", err
	}
	if at.Year == "" {
		return at.Organiser, nil
	}
	y, err := s.years.During(ctx, q, at.Year, cluster.Writing)
	return y.ClusterID, err
}

// canonical reads a body and writes it as scoring does. What is not in the
// format is refused, every problem at once; what merely makes no sense yet
// (maxima that do not add up) may be kept until the sheet is locked.
func canonical(body []byte) ([]byte, error) {
	const longest = 2 << 20
	if len(body) > longest {
		return nil, fault.Wrong("body", "Bảng chấm điểm dài quá 2 MB. Hãy chia nhỏ.")
	}
	sheet, problems := scoring.ParseSheet(body)
	if len(problems) > 0 {
		return nil, Refusal(problems)
	}
	out, err := json.Marshal(sheet)
	if err != nil {
		return nil, fault.Wrap(err)
	}
	return out, nil
}

// Refusal is a list of problems as one fault; each names its criterion.
func Refusal(problems []scoring.Problem) error {
	all := make([]*fault.Error, len(problems))
	for i, p := range problems {
		switch {
		case p.Criterion != "":
			all[i] = fault.Wrong(p.Criterion, "Tiêu chí {.criterion}: {.what}", "criterion", p.Criterion, "what", p.Text)
		case p.Path != "":
			all[i] = fault.Wrong(p.Path, "Tại {.path}: {.what}", "path", p.Path, "what", p.Text)
		default:
			all[i] = p.Fault()
		}
	}
	return fault.List(all...)
}

// Problems tells everything that keeps a version from being adopted.
func (v SheetVersion) Problems() []scoring.Problem {
	s, problems := scoring.ParseSheet(v.Body)
	if s == nil {
		return problems
	}
	return append(problems, s.Check()...)
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// NewSheet is a sheet to be entered.
type NewSheet struct {
	At     Place
	Name   string
	Source string
	Body   []byte // JSON; Starter() when empty
	Note   string
	Guide  Guide
	File   bool // it was read from a file, which the ledger says
}

// Create enters a sheet with its first version.
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewSheet) (SheetVersion, error) {
	in.Name, in.Source, in.Note = vntext.Line(in.Name), vntext.Line(in.Source), vntext.Line(in.Note)
	if len(in.Body) == 0 {
		in.Body = Starter()
	}
	var made SheetVersion
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		owner, err := s.may(ctx, tx, actor, in.At)
		if err != nil {
			return err
		}
		if err := fault.List(
			fault.When(in.Name == "", "name", "Chưa nhập tên bảng chấm điểm."),
			fault.When(len([]rune(in.Name)) > 200, "name", "Tên bảng chấm điểm dài quá 200 ký tự."),
		); err != nil {
			return err
		}
		body, err := canonical(in.Body)
		if err != nil {
			return err
		}
		guide, err := in.Guide.of(body)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: action("criteria.create", in.File), Year: in.At.Year}
		made, err = s.enter(ctx, tx, change, owner, in.Name, in.Source, in.Note, body, guide)
		return err
	})
	return made, err
}

// action is what the ledger calls a change: what it does, or that it came from a file.
func action(what string, file bool) string {
	if file {
		return "criteria.import"
	}
	return what
}

func (s *Service) enter(ctx context.Context, tx *db.Tx, change ledger.Change, owner, name, source, note string, body []byte, guide Guide) (SheetVersion, error) {
	sheet := Sheet{ID: db.NewID(), OwnerID: owner, Name: name, Search: vntext.Fold(name), Source: source}
	if err := s.book.Insert(ctx, tx, change, "sheet", &sheet); err != nil {
		return SheetVersion{}, err
	}
	return s.version(ctx, tx, change, sheet.ID, 1, body, note, guide)
}

func (s *Service) version(ctx context.Context, tx *db.Tx, change ledger.Change, sheet string, number int, body []byte, note string, guide Guide) (SheetVersion, error) {
	v := SheetVersion{ID: db.NewID(), SheetID: sheet, Number: number, Body: body, Hash: hashOf(body), Note: note, AccountID: change.By.Account, At: clock.Stamp(s.now)}
	if err := s.book.Insert(ctx, tx, change, "sheet_version", &v); err != nil {
		return v, err
	}
	return v, s.guide(ctx, tx, change, v.ID, guide)
}

// Edit is a changed text of a version.
type Edit struct {
	At      Place
	ID      string // of the version that was edited
	Version int64  // of its row, as read
	Body    []byte
	Note    string
	AsNew   bool  // always make a new version
	Guide   Guide // nil leaves the words as they are
	File    bool  // the text was read from a file, which the ledger says
}

// Save keeps an edited sheet: in place while nothing rests on the version, and
// as the next version from then on. Somebody else's edit in between is a Stale
// fault that carries the version as it stands.
func (s *Service) Save(ctx context.Context, actor access.Actor, in Edit) (SheetVersion, error) {
	in.Note = vntext.Line(in.Note)
	var saved SheetVersion
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		v, err := s.owned(ctx, tx, actor, in.At, in.ID)
		if err != nil {
			return err
		}
		body, err := canonical(in.Body)
		if err != nil {
			return err
		}
		if v.Version != in.Version {
			stale := fault.New(fault.Stale, "Bảng chấm điểm vừa được người khác sửa sau khi bạn mở trang. Hãy so hai bản rồi lưu lại; nội dung bạn nhập vẫn còn nguyên.")
			stale.Theirs = v
			return stale
		}
		newest, err := db.One[int](ctx, tx, `SELECT MAX(number) FROM sheet_version WHERE sheet_id = $1`, v.SheetID)
		if err != nil {
			return err
		}
		fixed, err := s.fixed(ctx, tx, v)
		if err != nil {
			return err
		}
		_, words, err := guideOf(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		if in.Guide != nil {
			words = in.Guide
		}
		if words, err = words.of(body); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: action("criteria.edit", in.File), Year: in.At.Year, Reason: in.Note}
		if fixed || in.AsNew || v.Number != newest {
			saved, err = s.version(ctx, tx, change, v.SheetID, newest+1, body, in.Note, words)
			return err
		}
		v.Body, v.Hash, v.AccountID, v.At = body, hashOf(body), actor.Account, clock.Stamp(s.now)
		if in.Note != "" {
			v.Note = in.Note
		}
		saved = v
		if err := s.book.Update(ctx, tx, change, "sheet_version", &saved); err != nil {
			return err
		}
		return s.guide(ctx, tx, change, v.ID, words)
	})
	return saved, err
}

// owned reads a version that belongs to the place, for an actor who may edit there.
func (s *Service) owned(ctx context.Context, q db.Queryer, actor access.Actor, at Place, id string) (SheetVersion, error) {
	owner, err := s.may(ctx, q, actor, at)
	if err != nil {
		return SheetVersion{}, err
	}
	v, err := db.Get[SheetVersion](ctx, q, "sheet_version", id)
	if err != nil {
		return v, err
	}
	sheet, err := db.Get[Sheet](ctx, q, "sheet", v.SheetID)
	if err != nil {
		return v, err
	}
	if sheet.OwnerID != owner {
		return v, fault.Missing()
	}
	return v, nil
}

// fixed tells whether something rests on the version's text.
func (s *Service) fixed(ctx context.Context, q db.Queryer, v SheetVersion) (bool, error) {
	if v.Locked {
		return true, nil
	}
	n, err := db.Count(ctx, q, `SELECT (SELECT COUNT(*) FROM draft_version WHERE sheet_version_id = $1) + (SELECT COUNT(*) FROM cluster_year WHERE sheet_version_id = $1)`, v.ID)
	return n > 0, err
}

// Lock fixes a version for good: it is adopted. A sheet with a problem cannot
// be locked; the fault lists them all. It runs in the transaction of the room
// that adopts, which has checked the right to.
func (s *Service) Lock(ctx context.Context, tx *db.Tx, actor access.Actor, versionID string) error {
	v, err := db.Get[SheetVersion](ctx, tx, "sheet_version", versionID)
	if err != nil {
		return err
	}
	if problems := v.Problems(); len(problems) > 0 {
		return Refusal(problems)
	}
	if v.Locked {
		return nil
	}
	v.Locked = true
	return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "criteria.lock"}, "sheet_version", &v)
}
