// Package portal decides what is public and since when. What is published is a
// snapshot: the public page shows exactly that, whatever changes behind it,
// until it is withdrawn or published anew.
package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind is what a publication tells.
type Kind string

const (
	Covenant Kind = "covenant" // the covenant and who signed it
	Results  Kind = "results"  // ranking and proposals of the year
)

// Kinds lists what of a year can be published, in order, with its name.
var Kinds = []struct {
	Kind Kind
	Name string
}{
	{Covenant, "Giao ước thi đua"},
	{Results, "Kết quả và danh sách đề nghị khen thưởng"},
}

// Publication is a published snapshot.
type Publication struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	Kind      Kind          `db:"kind"`
	SubjectID string        `db:"subject_id"` // the cluster year
	YearID    string        `db:"year_id"`
	Year      int           `db:"year"`
	Title     string        `db:"title"`
	Search    string        `db:"search"`
	Body      []byte        `db:"body"`
	Hash      string        `db:"hash"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
	Withdrawn string        `db:"withdrawn"` // the reason; empty while public
}

// Snapshot is what the public may read of a year. All figures are in the plain
// decimal form; the page writes them in the reader's language.
type Snapshot struct {
	Cluster      string
	Word         string
	Organiser    string
	Year         int
	Members      []Member
	Movement     string
	Theme        string
	Provisional  bool
	Illustrative bool
	Standing     []Place
	Proposals    []Proposal
	Targets      []Target
	Clauses      []string
	TextHash     string
	Signatures   []Signature
	NextLeader   string
}

// searched is what people look for a publication by: the cluster and the year,
// its units, the movement, what was promised.
func (s Snapshot) searched(y cluster.Year) string {
	words := []string{y.Name, y.Short, strconv.Itoa(y.Year), s.Organiser, s.Movement}
	for _, m := range s.Members {
		words = append(words, m.Name)
	}
	for _, t := range s.Targets {
		words = append(words, t.Name)
	}
	return vntext.Fold(strings.Join(words, " "))
}

// Member is a member with its office, if it has one.
type Member struct{ Name, Office string }

// Place is a unit's place in the ranking.
type Place struct {
	Rank         int
	Tied         bool
	Unit, Points string
	Why          string // what decided a tie
}

// Proposal is an award that a unit is proposed for.
type Proposal struct {
	Award, Unit, Votes string
	Illustrative       bool
}

// Target is a target with the year's result.
type Target struct {
	Name, Unit, Plan, Result, Status string
	Illustrative                     bool
}

// Signature tells who signed for a member.
type Signature struct {
	Unit, Signer, Position string
	At                     clock.Instant
}

// Source gathers what a publication would tell now.
type Source func(ctx context.Context, q db.Queryer, y cluster.Year, k Kind) (Snapshot, error)

// Service publishes.
type Service struct {
	db     *db.DB
	book   *ledger.Book
	gate   *access.Gate
	years  *cluster.Service
	source Source
	now    clock.Clock
}

// New makes the service.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, source Source, now clock.Clock) *Service {
	return &Service{d, book, gate, years, source, now}
}

// Preview is what Publish would put out, for those who may.
func (s *Service) Preview(ctx context.Context, actor access.Actor, yearID string, k Kind) (Snapshot, error) {
	y, err := s.years.See(ctx, actor, yearID)
	if err != nil {
		return Snapshot{}, err
	}
	if err := s.gate.Must(ctx, s.db, actor, access.Publish, access.Record{Year: yearID}); err != nil {
		return Snapshot{}, err
	}
	return s.source(ctx, s.db, y, k)
}

// Publish puts a snapshot before the public; an earlier one of the same kind is
// withdrawn by it.
func (s *Service) Publish(ctx context.Context, actor access.Actor, yearID string, k Kind) (Publication, error) {
	var p Publication
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.Publish, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.Get(ctx, tx, yearID)
		if err != nil {
			return err
		}
		snap, err := s.source(ctx, tx, y, k)
		if err != nil {
			return err
		}
		switch {
		case k == Results && len(snap.Standing) == 0:
			return fault.New(fault.Conflict, "Chưa công bố kết quả được vì chưa chốt điểm và xếp hạng.")
		case k == Covenant && len(snap.Clauses) == 0:
			return fault.New(fault.Conflict, "Chưa công bố giao ước được vì chưa có bản giao ước được thông qua.")
		}
		change := ledger.Change{By: actor, Action: "portal.publish", Year: yearID}
		old, err := public(ctx, tx, yearID, k)
		if err != nil {
			return err
		}
		for _, o := range old {
			o.Withdrawn = locale.Vietnamese.T("Thay bằng bản công bố mới.")
			if err := s.book.Update(ctx, tx, change, "publication", &o); err != nil {
				return err
			}
		}
		body, err := json.Marshal(snap)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		p = Publication{
			ID: db.NewID(), Kind: k, SubjectID: yearID, YearID: yearID, Year: y.Year, Title: y.Name,
			Search: snap.searched(y), Body: body, Hash: hex.EncodeToString(sum[:]),
			AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		return s.book.Insert(ctx, tx, change, "publication", &p)
	})
	return p, err
}

// Withdraw takes a publication back, with a reason that stays.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, id, reason string) error {
	reason = vntext.Line(reason)
	if reason == "" {
		return fault.Wrong("reason", "Chưa nhập lý do gỡ nội dung đã công bố.")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		p, err := db.Get[Publication](ctx, tx, "publication", id)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.Publish, access.Record{Year: p.YearID}); err != nil {
			return err
		}
		if p.Withdrawn != "" {
			return fault.New(fault.Conflict, "Nội dung này đã được gỡ.")
		}
		p.Withdrawn = reason
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "portal.withdraw", Year: p.YearID, Reason: reason}, "publication", &p)
	})
}

func public(ctx context.Context, q db.Queryer, yearID string, k Kind) ([]Publication, error) {
	return db.All[Publication](ctx, q, `SELECT `+db.Prefixed("p", Publication{})+` FROM publication p WHERE year_id = $1 AND kind = $2 AND withdrawn = ''`, yearID, k)
}

// OfYear lists what of a year is public now.
func (s *Service) OfYear(ctx context.Context, yearID string) ([]Publication, error) {
	return db.All[Publication](ctx, s.db, `SELECT `+db.Prefixed("p", Publication{})+` FROM publication p WHERE year_id = $1 AND withdrawn = '' ORDER BY kind`, yearID)
}

// List lists what is public, newest first; query is matched without regard to
// marks, year 0 is every year. Anybody may read it.
func (s *Service) List(ctx context.Context, query string, year int) ([]Publication, error) {
	return db.All[Publication](ctx, s.db, `SELECT `+db.Prefixed("p", Publication{})+` FROM publication p
		WHERE withdrawn = '' AND search LIKE $1 AND ($2 = 0 OR year = $2) ORDER BY at DESC, id DESC LIMIT 200`, "%"+vntext.Fold(query)+"%", year)
}

// Read opens a publication for anybody. A withdrawn one is not found.
func (s *Service) Read(ctx context.Context, id string) (Publication, Snapshot, error) {
	var snap Snapshot
	p, err := db.Get[Publication](ctx, s.db, "publication", id)
	if err != nil {
		return p, snap, err
	}
	if p.Withdrawn != "" {
		return p, snap, fault.Missing()
	}
	return p, snap, json.Unmarshal(p.Body, &snap)
}

// Seen counts a reading of a publication and returns the count.
func (s *Service) Seen(ctx context.Context, id string) (int, error) {
	n := 0
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		touched, err := tx.Exec(ctx, `UPDATE page_view SET count = count + 1 WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if touched == 0 {
			if _, err := tx.Exec(ctx, `INSERT INTO page_view (id, count) VALUES ($1, 1)`, id); err != nil {
				return err
			}
		}
		n, err = db.Count(ctx, tx, `SELECT count FROM page_view WHERE id = $1`, id)
		return err
	})
	return n, err
}
