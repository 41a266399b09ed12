// Package draft holds the four papers of a cluster's year (plan, regulation,
// scoring criteria, covenant) from the first version to adoption at a meeting.
// A version that was circulated never changes: what members commented on and
// what they sign is that text, byte for byte.
package draft

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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

// Kind is one of the four papers.
type Kind string

const (
	Plan       Kind = "plan"
	Regulation Kind = "regulation"
	Criteria   Kind = "criteria"
	Covenant   Kind = "covenant"
)

// Kinds in the order in which a cluster agrees on them.
var Kinds = []Kind{Plan, Regulation, Criteria, Covenant}

// Valid tells whether k is one of the four.
func (k Kind) Valid() bool {
	for _, known := range Kinds {
		if k == known {
			return true
		}
	}
	return false
}

// Name says the paper.
func (k Kind) Name() locale.Text {
	switch k {
	case Plan:
		return locale.Msg("Kế hoạch hoạt động")
	case Regulation:
		return locale.Msg("Quy chế hoạt động và bình xét")
	case Criteria:
		return locale.Msg("Tiêu chí và bảng chấm điểm")
	case Covenant:
		return locale.Msg("Giao ước thi đua")
	}
	return locale.Text{Text: string(k)}
}

// State is where a paper stands.
type State string

const (
	Open     State = "open"
	Adopted  State = "adopted"
	Amending State = "amending" // adopted and in force while another text is worked out
)

// Draft is one paper of a year.
type Draft struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	YearID    string `db:"year_id"`
	Kind      Kind   `db:"kind"`
	Title     string `db:"title"`
	State     State  `db:"state"`
	AdoptedID string `db:"adopted_id"` // the version last adopted
	MeetingID string `db:"meeting_id"` // the meeting that adopted it
}

// InForce tells whether the adopted version holds: also while it is amended,
// until another is adopted in its place.
func (d Draft) InForce() bool { return d.State == Adopted || d.State == Amending }

// Workable tells whether versions of the paper may be written, commented on
// and adopted in the year's state.
func (d Draft) Workable(y cluster.Year) bool {
	return cluster.Open(y, cluster.Writing) || d.State == Amending && cluster.Open(y, cluster.Amending)
}

// Version is one text of a paper. Hash is the SHA-256 of its exact bytes, in hex.
type Version struct {
	ID             string        `db:"id"`
	Version        int64         `db:"version"`
	DraftID        string        `db:"draft_id"`
	Number         int           `db:"number"`
	Text           string        `db:"text"`
	Hash           string        `db:"hash"`
	SheetVersionID string        `db:"sheet_version_id"` // criteria only
	Note           string        `db:"note"`             // what is new in it
	Circulated     bool          `db:"circulated"`
	AccountID      string        `db:"account_id"`
	At             clock.Instant `db:"at"`
}

// Outcome is what became of a comment.
type Outcome string

const (
	Waiting  Outcome = ""
	Accepted Outcome = "accepted"
	Partly   Outcome = "partly"
	Declined Outcome = "declined"
)

// Name says the outcome.
func (o Outcome) Name() locale.Text {
	switch o {
	case Accepted:
		return locale.Msg("Tiếp thu")
	case Partly:
		return locale.Msg("Tiếp thu một phần")
	case Declined:
		return locale.Msg("Giải trình, không tiếp thu")
	}
	return locale.Msg("Chờ trả lời")
}

// Comment is what a member says about a line of a version, or, with line 0,
// about the whole.
type Comment struct {
	ID         string        `db:"id"`
	Version    int64         `db:"version"`
	VersionID  string        `db:"version_id"`
	Line       int           `db:"line"`
	UnitID     string        `db:"unit_id"`
	AccountID  string        `db:"account_id"`
	Text       string        `db:"text"`
	At         clock.Instant `db:"at"`
	Answer     string        `db:"answer"`
	Outcome    Outcome       `db:"outcome"`
	AnsweredBy string        `db:"answered_by"`
	AnsweredAt clock.Instant `db:"answered_at"`
}

// Sheets locks an adopted scoring sheet; the room of criteria does it.
type Sheets interface {
	Lock(ctx context.Context, tx *db.Tx, actor access.Actor, sheetVersionID string) error
}

// Follower is told of each text that a paper of a kind gets, in the same
// transaction: before is the text it replaces or follows (its version's id
// empty for the first), after the new one. Both are one version when an
// uncirculated text was edited.
type Follower func(ctx context.Context, tx *db.Tx, actor access.Actor, d Draft, before, after Version) error

// Service keeps papers.
type Service struct {
	db        *db.DB
	book      *ledger.Book
	gate      *access.Gate
	years     *cluster.Service
	sheets    Sheets
	now       clock.Clock
	followers map[Kind]Follower
}

// New makes the service and registers the guards of adoption and amendment.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, sheets Sheets, now clock.Clock) *Service {
	s := &Service{d, book, gate, years, sheets, now, map[Kind]Follower{}}
	years.Guard("adopted", s.guard)
	years.Guard("amendment", s.guardAmendment)
	return s
}

// Follow registers who is told of the texts of a kind.
func (s *Service) Follow(k Kind, f Follower) { s.followers[k] = f }

// Hash is the SHA-256 of a text's bytes, in hex: what a signature stands for.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (s *Service) guard(ctx context.Context, q db.Queryer, y cluster.Year) ([]cluster.Blocker, error) {
	papers, err := s.Papers(ctx, q, y.ID)
	if err != nil {
		return nil, err
	}
	var out []cluster.Blocker
	for _, k := range Kinds {
		if !papers[k].InForce() {
			out = append(out, cluster.Blocker{Text: locale.Msg("“{.paper}” chưa được thông qua.", "paper", k.Name()), Tab: "drafts"})
		}
	}
	return out, nil
}

// Papers reads a year's papers by kind; those not begun are left out.
func (s *Service) Papers(ctx context.Context, q db.Queryer, yearID string) (map[Kind]Draft, error) {
	rows, err := db.All[Draft](ctx, q, `SELECT `+db.Prefixed("d", Draft{})+` FROM draft d WHERE d.year_id = $1`, yearID)
	if err != nil {
		return nil, err
	}
	out := make(map[Kind]Draft, len(rows))
	for _, r := range rows {
		out[r.Kind] = r
	}
	return out, nil
}

// Get reads a paper by its id.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Draft, error) {
	return db.Get[Draft](ctx, q, "draft", id)
}

// Versions lists a paper's versions, newest first.
func (s *Service) Versions(ctx context.Context, q db.Queryer, draftID string) ([]Version, error) {
	return db.All[Version](ctx, q, `SELECT `+db.Prefixed("v", Version{})+` FROM draft_version v WHERE v.draft_id = $1 ORDER BY v.number DESC`, draftID)
}

// OfVersion reads a version and its paper.
func (s *Service) OfVersion(ctx context.Context, q db.Queryer, versionID string) (Draft, Version, error) {
	v, err := db.Get[Version](ctx, q, "draft_version", versionID)
	if err != nil {
		return Draft{}, v, err
	}
	d, err := s.Get(ctx, q, v.DraftID)
	return d, v, err
}

// See reads a version for an actor who may see the year. A version that is not
// circulated is seen by those who write it.
func (s *Service) See(ctx context.Context, actor access.Actor, versionID string) (Draft, Version, error) {
	d, v, err := s.OfVersion(ctx, s.db, versionID)
	if err != nil {
		return d, v, err
	}
	if err := s.gate.MustSee(ctx, s.db, actor, access.ClusterRead, access.Record{Year: d.YearID}); err != nil {
		return d, v, err
	}
	if v.Circulated {
		return d, v, nil
	}
	return d, v, s.gate.MustSee(ctx, s.db, actor, access.DraftWrite, access.Record{Year: d.YearID})
}

// Visible keeps of the versions those that the actor may see.
func (s *Service) Visible(ctx context.Context, actor access.Actor, yearID string, versions []Version) ([]Version, error) {
	writes, err := s.gate.Can(ctx, s.db, actor, access.DraftWrite, access.Record{Year: yearID})
	if err != nil {
		return nil, err
	}
	var out []Version
	for _, v := range versions {
		if v.Circulated || writes {
			out = append(out, v)
		}
	}
	return out, nil
}

// MaxText is how many bytes a version has at most.
const MaxText = 1 << 20

// Text is a version's content as the leader enters it.
type Text struct {
	Title          string // of the paper; empty leaves it
	Text           string
	SheetVersionID string // criteria only
	Note           string
}

func (t *Text) check(k Kind) error {
	if len(t.Text) > MaxText {
		return fault.New(fault.TooLarge, "Văn bản dài quá 1 MB. Hãy rút gọn hoặc chuyển phần phụ lục thành tệp đính kèm.").At("text")
	}
	t.Title, t.Text, t.Note = vntext.Line(t.Title), vntext.Clean(t.Text), vntext.Line(t.Note)
	return fault.List(
		fault.When(t.Text == "", "text", "Chưa nhập nội dung văn bản."),
		fault.When(len([]rune(t.Title)) > 300, "title", "Tên văn bản dài quá 300 ký tự."),
		fault.When(len([]rune(t.Note)) > 1000, "note", "Ghi chú dài quá 1.000 ký tự."),
		fault.When(t.SheetVersionID != "" && k != Criteria, "sheet", "Chỉ văn bản tiêu chí mới gắn bảng chấm điểm."),
	)
}

func (s *Service) sheetExists(ctx context.Context, tx *db.Tx, id string) error {
	if id == "" {
		return nil
	}
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM sheet_version WHERE id = $1`, id)
	if err == nil && n == 0 {
		return fault.Wrong("sheet", "Bảng chấm điểm này không có. Hãy chọn lại.")
	}
	return err
}

// Write enters a new version of a paper: its first, or the one after a
// circulated one. While the last version is not circulated it is edited.
func (s *Service) Write(ctx context.Context, actor access.Actor, yearID string, k Kind, in Text) (Version, error) {
	if !k.Valid() {
		return Version{}, fault.Missing()
	}
	if err := in.check(k); err != nil {
		return Version{}, err
	}
	var v Version
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.DraftWrite, access.Record{Year: yearID}); err != nil {
			return err
		}
		papers, err := s.Papers(ctx, tx, yearID)
		if err != nil {
			return err
		}
		d, begun := papers[k]
		d.YearID = yearID
		if err := s.during(ctx, tx, d); err != nil {
			return err
		}
		if err := s.sheetExists(ctx, tx, in.SheetVersionID); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "draft.write", Year: yearID}
		if !begun {
			d = Draft{ID: db.NewID(), YearID: yearID, Kind: k, Title: in.Title, State: Open}
			if d.Title == "" {
				d.Title = k.Name().Text
			}
			if err := s.book.Insert(ctx, tx, change, "draft", &d); err != nil {
				return err
			}
		}
		if d.State == Adopted {
			return fault.New(fault.Conflict, "Văn bản này đã được thông qua. Muốn sửa, hãy mở lại và ghi lý do.")
		}
		if begun && in.Title != "" && in.Title != d.Title {
			d.Title = in.Title
			if err := s.book.Update(ctx, tx, change, "draft", &d); err != nil {
				return err
			}
		}
		versions, err := s.Versions(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		number := 1
		if len(versions) > 0 {
			if last := versions[0]; !last.Circulated {
				return fault.New(fault.Conflict, "Bản số {.number} chưa gửi góp ý. Hãy sửa tiếp bản đó thay vì tạo bản mới.", "number", last.Number)
			}
			number = versions[0].Number + 1
		}
		before, err := s.Base(ctx, tx, d)
		if err != nil {
			return err
		}
		v = Version{
			ID: db.NewID(), DraftID: d.ID, Number: number, Text: in.Text, Hash: Hash(in.Text),
			SheetVersionID: in.SheetVersionID, Note: in.Note, AccountID: actor.Account, At: clock.Stamp(s.now),
		}
		if err := s.book.Insert(ctx, tx, change, "draft_version", &v); err != nil {
			return err
		}
		return s.follow(ctx, tx, actor, d, before, v)
	})
	return v, err
}

// during requires that the paper may be worked on now.
func (s *Service) during(ctx context.Context, q db.Queryer, d Draft) error {
	y, err := s.years.Get(ctx, q, d.YearID)
	if err != nil || d.Workable(y) {
		return err
	}
	if d.State == Adopted && d.Kind == Covenant && cluster.Open(y, cluster.Amending) {
		return fault.New(fault.Conflict, "Giao ước đang có hiệu lực. Muốn sửa, hãy mở việc sửa đổi giao ước và ghi lý do.")
	}
	_, err = s.years.During(ctx, q, d.YearID, cluster.Writing)
	return err
}

// Base is the text from which the next version begins: the newest one or, when
// a paper is amended, the newest since the amendment was opened, and before
// there is one the text in force. Its id is empty before the first version.
func (s *Service) Base(ctx context.Context, q db.Queryer, d Draft) (Version, error) {
	versions, err := s.Versions(ctx, q, d.ID)
	if err != nil || len(versions) == 0 {
		return Version{}, err
	}
	if d.State != Amending || !versions[0].Circulated {
		return versions[0], nil
	}
	a, err := s.OpenAmendment(ctx, q, d.ID)
	if err != nil || a.Has(versions[0]) {
		return versions[0], err
	}
	_, v, err := s.OfVersion(ctx, q, d.AdoptedID)
	return v, err
}

func (s *Service) follow(ctx context.Context, tx *db.Tx, actor access.Actor, d Draft, before, after Version) error {
	if f := s.followers[d.Kind]; f != nil {
		return f(ctx, tx, actor, d, before, after)
	}
	return nil
}

// writable reads a version that the actor may still change.
func (s *Service) writable(ctx context.Context, tx *db.Tx, actor access.Actor, versionID string) (Draft, Version, error) {
	d, v, err := s.OfVersion(ctx, tx, versionID)
	if err != nil {
		return d, v, err
	}
	if err := s.gate.Must(ctx, tx, actor, access.DraftWrite, access.Record{Year: d.YearID}); err != nil {
		if fault.Is(err, fault.Denied) && !v.Circulated {
			return d, v, fault.Missing()
		}
		return d, v, err
	}
	if err := s.during(ctx, tx, d); err != nil {
		return d, v, err
	}
	if v.Circulated {
		return d, v, fault.New(fault.Conflict, "Bản số {.number} đã gửi góp ý nên giữ nguyên. Muốn sửa, hãy soạn bản tiếp theo.", "number", v.Number)
	}
	return d, v, nil
}

// Writable is for rooms that hang more on a version: it reads a version that
// the actor may still change, in the caller's transaction.
func (s *Service) Writable(ctx context.Context, tx *db.Tx, actor access.Actor, versionID string) (Draft, Version, error) {
	return s.writable(ctx, tx, actor, versionID)
}

// Edit changes a version that is not circulated. version is the one the person
// saw; a Stale fault carries the Version as it stands, for showing both texts.
func (s *Service) Edit(ctx context.Context, actor access.Actor, versionID string, version int64, in Text) (Version, error) {
	var v Version
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		d, old, err := s.writable(ctx, tx, actor, versionID)
		if err != nil {
			return err
		}
		if err := in.check(d.Kind); err != nil {
			return err
		}
		if err := s.sheetExists(ctx, tx, in.SheetVersionID); err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "draft.edit", Year: d.YearID}
		v = old
		v.Version = version
		v.Text, v.Hash, v.SheetVersionID, v.Note = in.Text, Hash(in.Text), in.SheetVersionID, in.Note
		v.AccountID, v.At = actor.Account, clock.Stamp(s.now)
		if err := s.book.Update(ctx, tx, change, "draft_version", &v); err != nil {
			return theirs(err)
		}
		if in.Title != "" && in.Title != d.Title {
			d.Title = in.Title
			if err := s.book.Update(ctx, tx, change, "draft", &d); err != nil {
				return err
			}
		}
		return s.follow(ctx, tx, actor, d, old, v)
	})
	return v, err
}

// theirs gives a Stale fault its row by value.
func theirs(err error) error {
	if f := fault.As(err); f != nil && f.Code == fault.Stale {
		if v, ok := f.Theirs.(*Version); ok {
			f.Theirs = *v
		}
		return f
	}
	return err
}

// Circulate sends a version to the members for comment; it never changes again.
func (s *Service) Circulate(ctx context.Context, actor access.Actor, versionID string, version int64) (Version, error) {
	var v Version
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		d, old, err := s.writable(ctx, tx, actor, versionID)
		if err != nil {
			return err
		}
		if d.Kind == Criteria && old.SheetVersionID == "" {
			return fault.Wrong("sheet", "Hãy gắn bảng chấm điểm với văn bản tiêu chí trước khi gửi góp ý.")
		}
		v = old
		v.Version, v.Circulated, v.At = version, true, clock.Stamp(s.now)
		return theirs(s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "draft.circulate", Year: d.YearID}, "draft_version", &v))
	})
	return v, err
}

// Heading guesses whether a line heads what follows, for its looks only.
func Heading(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || len([]rune(line)) > 90 {
		return false
	}
	if strings.ToUpper(line) == line && strings.ToLower(line) != line {
		return true
	}
	for _, begin := range []string{"Chương ", "Điều ", "Phần ", "Mục "} {
		if strings.HasPrefix(line, begin) && !strings.HasSuffix(line, ";") {
			return true
		}
	}
	return false
}
