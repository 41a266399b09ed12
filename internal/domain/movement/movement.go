// Package movement holds emulation movements (phong trào thi đua): who launches
// which theme for which time, the targets in the launch text, and what units
// answer. A launched movement is what the clusters of its year rest on.
package movement

import (
	"context"
	"strings"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/domain/target"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Kind tells the movement of every year from one on a theme.
type Kind string

const (
	Regular  Kind = "regular"  // thường xuyên
	Thematic Kind = "thematic" // chuyên đề, theo đợt
)

// Name says the kind.
func (k Kind) Name() locale.Text {
	if k == Thematic {
		return locale.Msg("Chuyên đề")
	}
	return locale.Msg("Thường xuyên")
}

// State is where a movement stands.
type State string

const (
	Draft    State = "draft"
	Launched State = "launched"
)

// maxText bounds a pasted text, in bytes.
const maxText = 1 << 20

// Movement is one launch.
type Movement struct {
	ID          string        `db:"id"`
	Version     int64         `db:"version"`
	OrganiserID string        `db:"organiser_id"`
	ParentID    string        `db:"parent_id"` // the movement of a higher level that this one answers
	Name        string        `db:"name"`
	Theme       string        `db:"theme"`
	Search      string        `db:"search"`
	Kind        Kind          `db:"kind"`
	Year        int           `db:"year"`
	From        clock.Day     `db:"from_day"`
	To          clock.Day     `db:"to_day"` // last day
	State       State         `db:"state"`
	Text        string        `db:"source_text"`
	Basis       string        `db:"basis"`
	LaunchedAt  clock.Instant `db:"launched_at"`
}

// Target is a target of a movement.
type Target struct {
	ID         string `db:"id"`
	Version    int64  `db:"version"`
	MovementID string `db:"movement_id"`
	Place      int    `db:"place"`
	indicator.Goal
}

// Response is what a unit answers to a movement: how it will take part.
type Response struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	MovementID string        `db:"movement_id"`
	UnitID     string        `db:"unit_id"`
	Text       string        `db:"text"`
	AccountID  string        `db:"account_id"`
	At         clock.Instant `db:"at"`
}

// Service keeps movements.
type Service struct {
	db         *db.DB
	book       *ledger.Book
	gate       *access.Gate
	indicators *indicator.Service
	now        clock.Clock
}

// New makes the service and registers the guard of the launch.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, indicators *indicator.Service, now clock.Clock) *Service {
	s := &Service{d, book, gate, indicators, now}
	years.Guard("movement", s.guard)
	return s
}

func (s *Service) guard(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM movement WHERE id = $1 AND state = $2 AND year = $3`, y.MovementID, Launched, y.Year)
	if err != nil || n > 0 {
		return nil, err
	}
	return []cluster.Blocker{{Text: locale.Msg("Chưa gắn năm thi đua với một phong trào đã phát động của năm {.year}.", "year", locale.Year(y.Year)), Tab: "overview"}}, nil
}

// NewMovement is a movement as a person enters it.
type NewMovement struct {
	OrganiserID string
	ParentID    string
	Name, Theme string // a theme left empty is taken from the text where it states one
	Kind        Kind
	Year        int
	From, To    clock.Day // empty for the whole year
	Text        string    // the launch text, pasted
	Basis       string
}

func (n *NewMovement) check() error {
	if len(n.Text) > maxText {
		return fault.New(fault.TooLarge, "Văn bản dài quá 1 MB. Hãy chỉ dán phần phát động.").At("text")
	}
	n.Name, n.Theme, n.Basis, n.Text = vntext.Line(n.Name), vntext.Line(n.Theme), vntext.Line(n.Basis), vntext.Clean(n.Text)
	if n.Theme == "" {
		n.Theme = Theme(n.Text)
	}
	if n.From == "" {
		n.From = clock.Day(locale.Year(n.Year) + "-01-01")
	}
	if n.To == "" {
		n.To = clock.Day(locale.Year(n.Year) + "-12-31")
	}
	return fault.List(
		fault.When(n.OrganiserID == "", "organiser", "Chưa chọn cơ quan phát động."),
		fault.When(n.Name == "", "name", "Chưa nhập tên phong trào."),
		fault.When(len([]rune(n.Name)) > 300, "name", "Tên phong trào dài quá 300 ký tự."),
		fault.When(len([]rune(n.Theme)) > 1000, "theme", "Chủ đề dài quá 1.000 ký tự."),
		fault.When(n.Kind != Regular && n.Kind != Thematic, "kind", "Hãy chọn phong trào thường xuyên hay chuyên đề."),
		fault.When(n.Year < 1948 || n.Year > 2100, "year", "Năm phát động không đúng."),
		fault.When(!n.From.Valid() || !n.To.Valid() || n.From > n.To, "from", "Thời gian phải có ngày bắt đầu trước ngày kết thúc."),
	)
}

func (m *Movement) take(n NewMovement) {
	m.OrganiserID, m.ParentID, m.Name, m.Theme, m.Kind, m.Year = n.OrganiserID, n.ParentID, n.Name, n.Theme, n.Kind, n.Year
	m.From, m.To, m.Text, m.Basis = n.From, n.To, n.Text, n.Basis
	m.Search = vntext.Fold(n.Name + " " + n.Theme)
}

// Theme finds the theme that a launch text states between quotation marks
// after "chủ đề"; "" where it states none.
func Theme(text string) string {
	rest := text
	for {
		_, after, found := strings.Cut(rest, "chủ đề")
		if !found {
			return ""
		}
		rest = after
		for open, end := range map[string]string{"“": "”", "\"": "\"", "«": "»"} {
			i := strings.Index(after, open)
			if i < 0 || i > 20 { // bytes: ": " or " là "
				continue
			}
			inner := after[i+len(open):]
			if j := strings.Index(inner, end); j > 0 && j < 2000 {
				return vntext.Line(inner[:j])
			}
		}
	}
}

// Create enters a movement and reads the targets of its text.
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewMovement) (Movement, error) {
	if err := in.check(); err != nil {
		return Movement{}, err
	}
	m := Movement{ID: db.NewID(), State: Draft}
	m.take(in)
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.MovementLaunch, access.Record{Organiser: in.OrganiserID}); err != nil {
			return err
		}
		if err := s.references(ctx, tx, in); err != nil {
			return err
		}
		m.Version = 0
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "movement.create"}, "movement", &m); err != nil {
			return err
		}
		return s.read(ctx, tx, actor, m)
	})
	return m, err
}

func (s *Service) references(ctx context.Context, tx *db.Tx, in NewMovement) error {
	if _, err := db.Get[org.Unit](ctx, tx, "unit", in.OrganiserID); err != nil {
		return fault.Wrong("organiser", "Cơ quan phát động không có trong danh mục đơn vị.").Because(err)
	}
	if in.ParentID == "" {
		return nil
	}
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM movement WHERE id = $1 AND state = $2`, in.ParentID, Launched)
	if err == nil && n == 0 {
		return fault.Wrong("parent", "Phong trào cấp trên chưa được phát động hoặc không có.")
	}
	return err
}

// read enters the targets of the movement's text.
func (s *Service) read(ctx context.Context, tx *db.Tx, actor access.Actor, m Movement) error {
	ids := map[string]string{}
	for i, t := range (target.Reader{Year: m.Year}).Read(m.Text).Targets {
		row := Target{ID: db.NewID(), MovementID: m.ID, Place: i + 1, Goal: indicator.FromTarget(t)}
		ids[t.ID] = row.ID
		row.PartOf = ids[row.PartOf]
		if _, err := s.indicators.Recognise(ctx, tx, actor, &row.Goal); err != nil {
			return err
		}
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "movement.read"}, "movement_target", &row); err != nil {
			return err
		}
	}
	return nil
}

// own reads a movement that the actor may write, still a draft.
func (s *Service) own(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (Movement, error) {
	m, err := s.writable(ctx, tx, actor, id)
	if err == nil && m.State != Draft {
		return m, fault.New(fault.Conflict, "Phong trào đã phát động nên không sửa được nữa. Nếu cần thay đổi, hãy phát động một phong trào mới.")
	}
	return m, err
}

func (s *Service) writable(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (Movement, error) {
	m, err := db.Get[Movement](ctx, tx, "movement", id)
	if err != nil {
		return m, err
	}
	if err := s.gate.Must(ctx, tx, actor, access.MovementLaunch, access.Record{Organiser: m.OrganiserID}); err != nil {
		if m.State == Draft && fault.Is(err, fault.Denied) {
			return m, fault.Missing() // a draft is seen by those who write it
		}
		return m, err
	}
	return m, nil
}

// Edit changes a draft. A changed text is read anew: targets that were
// corrected on lines that stay are kept.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, version int64, in NewMovement) (Movement, error) {
	var m Movement
	if err := in.check(); err != nil {
		return m, err
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if m, err = s.own(ctx, tx, actor, id); err != nil {
			return err
		}
		if in.OrganiserID != m.OrganiserID {
			if err := s.gate.Must(ctx, tx, actor, access.MovementLaunch, access.Record{Organiser: in.OrganiserID}); err != nil {
				return err
			}
		}
		if err := s.references(ctx, tx, in); err != nil {
			return err
		}
		old := m.Text
		m.take(in)
		m.Version = version
		if err := s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "movement.edit"}, "movement", &m); err != nil {
			return err
		}
		if old == m.Text {
			return nil
		}
		return s.reread(ctx, tx, actor, m, old)
	})
	return m, err
}

// Launch launches a draft; from then on it stands as it is.
func (s *Service) Launch(ctx context.Context, actor access.Actor, id string, version int64) (Movement, error) {
	var m Movement
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if m, err = s.own(ctx, tx, actor, id); err != nil {
			return err
		}
		if m.Theme == "" {
			return fault.Wrong("theme", "Chưa có chủ đề của phong trào. Hãy nhập chủ đề trước khi phát động.")
		}
		m.Version = version
		m.State, m.LaunchedAt = Launched, clock.Stamp(s.now)
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "movement.launch", Reason: m.Basis}, "movement", &m)
	})
	return m, err
}

// Get reads a movement; with a Tx it is part of the transaction.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Movement, error) {
	return db.Get[Movement](ctx, q, "movement", id)
}

// See reads a movement for an actor: a launched one is for everyone, a draft
// for those who may launch it.
func (s *Service) See(ctx context.Context, actor access.Actor, id string) (Movement, error) {
	m, err := s.Get(ctx, s.db, id)
	if err != nil || m.State == Launched {
		return m, err
	}
	return m, s.gate.MustSee(ctx, s.db, actor, access.MovementLaunch, access.Record{Organiser: m.OrganiserID})
}

// MayWrite tells whether the actor may launch for the organiser; an empty one
// asks for any.
func (s *Service) MayWrite(ctx context.Context, actor access.Actor, organiserID string) (bool, error) {
	return s.gate.Can(ctx, s.db, actor, access.MovementLaunch, access.Record{Organiser: organiserID})
}

// Filter narrows a list of movements; zero fields do not.
type Filter struct {
	Year        int
	OrganiserID string
	Query       string // matched without regard to marks
	Launched    bool   // only launched ones
}

// List lists the movements that the actor may see, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Movement, error) {
	rows, err := db.All[Movement](ctx, s.db, `SELECT `+db.Prefixed("m", Movement{})+` FROM movement m
		WHERE ($1 = 0 OR m.year = $1) AND ($2 = '' OR m.organiser_id = $2) AND m.search LIKE $3
		ORDER BY m.year DESC, m.launched_at DESC, m.id DESC`, f.Year, f.OrganiserID, "%"+vntext.Fold(f.Query)+"%")
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	var out []Movement
	for _, m := range rows {
		if m.State == Launched {
			out = append(out, m)
			continue
		}
		if f.Launched {
			continue
		}
		may, known := mine[m.OrganiserID]
		if !known {
			if may, err = s.MayWrite(ctx, actor, m.OrganiserID); err != nil {
				return nil, err
			}
			mine[m.OrganiserID] = may
		}
		if may {
			out = append(out, m)
		}
	}
	return out, nil
}

// Respond enters what a unit answers to a launched movement, or changes it.
// version is that of the answer the person saw, 0 for none.
func (s *Service) Respond(ctx context.Context, actor access.Actor, movementID, unitID, text string, version int64) (Response, error) {
	text = vntext.Clean(text)
	var r Response
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		m, err := s.Get(ctx, tx, movementID)
		if err != nil {
			return err
		}
		if m.State != Launched {
			return fault.Missing()
		}
		if err := s.gate.Must(ctx, tx, actor, access.MovementRespond, access.Record{Unit: unitID}); err != nil {
			return err
		}
		if err := fault.List(
			fault.When(text == "", "text", "Chưa nhập nội dung hưởng ứng."),
			fault.When(len([]rune(text)) > 5000, "text", "Nội dung hưởng ứng dài quá 5.000 ký tự."),
		); err != nil {
			return err
		}
		old, there, err := db.Maybe[Response](ctx, tx, `SELECT `+db.Prefixed("r", Response{})+` FROM movement_response r WHERE movement_id = $1 AND unit_id = $2`, movementID, unitID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "movement.respond"}
		if !there {
			r = Response{ID: db.NewID(), MovementID: movementID, UnitID: unitID, Text: text, AccountID: actor.Account, At: clock.Stamp(s.now)}
			return s.book.Insert(ctx, tx, change, "movement_response", &r)
		}
		r = old
		r.Version, r.Text, r.AccountID, r.At = version, text, actor.Account, clock.Stamp(s.now)
		return s.book.Update(ctx, tx, change, "movement_response", &r)
	})
	return r, err
}

// Responses lists what units answered, oldest first.
func (s *Service) Responses(ctx context.Context, q db.Queryer, movementID string) ([]Response, error) {
	return db.All[Response](ctx, q, `SELECT `+db.Prefixed("r", Response{})+` FROM movement_response r WHERE movement_id = $1 ORDER BY r.at, r.id`, movementID)
}
