// Package letter is the outgoing mail: what is to be sent is written in the
// transaction of the change that causes it, and sent afterwards until a mail
// server has taken it. A letter says what it is about and to whom; its words
// are found when it is sent, so that it never says what is no longer so.
package letter

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/mail"
)

// Kind is what a letter is about. The room that writes a kind says its words.
type Kind string

// State is what became of a letter.
type State string

const (
	Waiting State = "waiting"
	Sent    State = "sent"    // a mail server has taken it
	Dropped State = "dropped" // there was no reason for it any more
	Failed  State = "failed"  // given up; the administrator sees why and may send it again
)

// Letter is a mail to an account.
type Letter struct {
	ID        string        `db:"id"`
	Once      string        `db:"once"` // one letter only for each value
	Kind      Kind          `db:"kind"`
	Data      string        `db:"data"` // what it is about, JSON of the kind's own form
	AccountID string        `db:"account_id"`
	State     State         `db:"state"`
	Tries     int           `db:"tries"`
	NextAt    clock.Instant `db:"next_at"` // of the next attempt, or when one under way counts as lost
	At        clock.Instant `db:"at"`
	DoneAt    clock.Instant `db:"done_at"`
	Address   string        `db:"address"` // as last sent to
	Subject   string        `db:"subject"`
	Body      string        `db:"body"`
	Answer    string        `db:"answer"` // of the server, to the last attempt
}

// About reads what the letter is about.
func (l Letter) About(into any) error {
	if err := json.Unmarshal([]byte(l.Data), into); err != nil {
		return fmt.Errorf("letter: %s: %w", l.ID, err)
	}
	return nil
}

// Place is a page that a letter leads to, as the tasks name it: what opens it,
// in which year, about what.
type Place struct {
	Kind    string
	YearID  string
	Subject string
	UnitID  string
}

// Words are what a letter says.
type Words struct {
	Subject     locale.Text
	Paragraphs  []Paragraph
	Attachments []mail.Attachment
}

// Paragraph is a sentence, and where it leads.
type Paragraph struct {
	Text  locale.Text
	Place *Place
}

// Reader is the account that a letter goes to.
type Reader struct {
	ID      string `db:"id"`
	Name    string `db:"name"`
	Address string `db:"email"`
	Lang    string `db:"lang"`
	Closed  bool   `db:"closed"`
	Off     bool   `db:"off"`
}

// Speaker finds the words of a letter as things stand now; ok is false where
// there is no reason for it any more.
type Speaker func(ctx context.Context, q db.Queryer, l Letter, to Reader) (words Words, ok bool, err error)

// Outlet is where the letters go.
type Outlet struct {
	Sender mail.Sender // nil: mail is off, and nothing is written
	Server string      // as the administrator knows it
	From   string
	Sample bool // the letters are kept in a folder and reach nobody: the demo
}

// Service is the room's only door.
type Service struct {
	db       *db.DB
	book     *ledger.Book
	gate     *access.Gate
	now      clock.Clock
	log      *slog.Logger
	outlet   Outlet
	path     func(Place) string
	speakers map[Kind]Speaker
	wake     chan struct{}

	mu   sync.Mutex
	base string
}

// New makes the service. path says where on the site a place is.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, outlet Outlet, path func(Place) string, now clock.Clock, log *slog.Logger) *Service {
	s := &Service{db: d, book: book, gate: gate, now: now, log: log, outlet: outlet, path: path, speakers: map[Kind]Speaker{}, wake: make(chan struct{}, 1)}
	s.Speaker(Test, sayTest)
	return s
}

// Speaker adds the words of a kind.
func (s *Service) Speaker(k Kind, f Speaker) { s.speakers[k] = f }

// Outlet tells where the letters go.
func (s *Service) Outlet() Outlet {
	if s == nil {
		return Outlet{}
	}
	return s.outlet
}

// On tells whether there is mail at all. A nil Service has none.
func (s *Service) On() bool { return s != nil && s.outlet.Sender != nil }

// SetBase says under which address people reach the site.
func (s *Service) SetBase(address string) {
	s.mu.Lock()
	s.base = address
	s.mu.Unlock()
}

func (s *Service) link(p Place) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base + s.path(p)
}

// New letter of a kind to an account, about data. once keeps a second one from
// being written; "" lets any number be.
type Draft struct {
	ID      string // "" for a new one
	Kind    Kind
	Once    string
	Account string
	About   any
}

// Put writes letters in the caller's transaction and tells how many: those that
// had been written before do not count. Where mail is off it writes none.
func (s *Service) Put(ctx context.Context, tx *db.Tx, drafts ...Draft) (int, error) {
	if !s.On() {
		return 0, nil
	}
	written := 0
	for _, d := range drafts {
		data, err := json.Marshal(d.About)
		if err != nil {
			return written, fmt.Errorf("letter: %w", err)
		}
		if d.ID == "" {
			d.ID = db.NewID()
		}
		if d.Once == "" {
			d.Once = d.ID
		}
		at := clock.Stamp(s.now)
		n, err := tx.Exec(ctx, `INSERT INTO letter (id, once, kind, data, account_id, state, tries, next_at, at, done_at, address, subject, body, answer)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, 0, '', '', '', '') ON CONFLICT DO NOTHING`, d.ID, d.Once, d.Kind, string(data), d.Account, Waiting, at)
		if err != nil {
			return written, fmt.Errorf("letter: %w", err)
		}
		written += int(n)
	}
	if written > 0 {
		tx.AfterCommit(s.rouse)
	}
	return written, nil
}

// rouse begins the sending now instead of at the next look.
func (s *Service) rouse() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Readers lists, for each unit, the accounts that enter data or sign for it
// today and take mail.
func (s *Service) Readers(ctx context.Context, q db.Queryer, units ...string) (map[string][]string, error) {
	out := map[string][]string{}
	if !s.On() {
		return out, nil
	}
	type row struct {
		UnitID    string `db:"unit_id"`
		AccountID string `db:"account_id"`
	}
	const atOnce = 500
	for len(units) > 0 {
		some := units[:min(atOnce, len(units))]
		units = units[len(some):]
		args := []any{access.Officer, access.Head, clock.Today(s.now)}
		marks := ""
		for _, u := range some {
			args = append(args, u)
			marks += fmt.Sprintf(", $%d", len(args))
		}
		rows, err := db.All[row](ctx, q, `SELECT DISTINCT s.unit_id, s.account_id FROM assignment s JOIN account a ON a.id = s.account_id
			LEFT JOIN account_mail m ON m.account_id = a.id
			WHERE s.role IN ($1, $2) AND s.from_day <= $3 AND s.to_day > $3 AND a.closed = FALSE AND a.email <> '' AND (m.off IS NULL OR m.off = FALSE)
			AND s.unit_id IN (`+marks[2:]+`) ORDER BY s.unit_id, s.account_id`, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.UnitID] = append(out[r.UnitID], r.AccountID)
		}
	}
	return out, nil
}
