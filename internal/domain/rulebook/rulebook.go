// Package rulebook keeps the rules that change with law and place: thresholds
// of votes, quorums, quotas of awards, the base salary. Each is a row with its
// source and its days in force; a rule that nobody has read in the original is
// marked so ("chưa xác minh"). No other room has an `if` on a year.
package rulebook

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/domain/org"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Rule is a value in force in [From, To).
type Rule struct {
	ID       string    `db:"id"`
	Version  int64     `db:"version"`
	Code     Code      `db:"code"`
	Scope    string    `db:"scope_id"` // organiser whose clusters it binds; empty for all
	Value    string    `db:"value"`    // JSON in the shape of the code
	Source   string    `db:"source"`   // instrument and article
	From     clock.Day `db:"from_day"`
	To       clock.Day `db:"to_day"`
	Verified bool      `db:"verified"` // somebody has read the original text
	Note     string    `db:"note"`
}

// InForceOn tells whether the rule holds on the day.
func (r Rule) InForceOn(day clock.Day) bool { return r.From <= day && day < r.To }

// Service keeps the rules.
type Service struct {
	db   *db.DB
	book *ledger.Book
	gate *access.Gate
	now  clock.Clock
}

// New makes the service.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, now clock.Clock) *Service {
	return &Service{d, book, gate, now}
}

// At is the rule of a code in force on a day: the organiser's own if it has
// one, else the general one. That there is none is a Conflict fault, because
// it stops whoever asks until somebody enters the rule.
func (s *Service) At(ctx context.Context, q db.Queryer, code Code, organiser string, day clock.Day) (Rule, error) {
	r, ok, err := s.Maybe(ctx, q, code, organiser, day)
	if err == nil && !ok {
		err = fault.New(fault.Conflict, "Sổ quy định chưa có quy định “{.name}” có hiệu lực vào ngày {.day}. Hãy nhờ cơ quan thường trực bổ sung ở trang Quy định.", "name", code.Subject().Title(), "day", day)
	}
	return r, err
}

// Maybe is At for a rule that need not be there.
func (s *Service) Maybe(ctx context.Context, q db.Queryer, code Code, organiser string, day clock.Day) (Rule, bool, error) {
	return db.Maybe[Rule](ctx, q, `
		SELECT `+db.Prefixed("r", Rule{})+` FROM rule r
		WHERE code = $1 AND scope_id IN ($2, '') AND from_day <= $3 AND to_day > $3
		ORDER BY CASE WHEN scope_id = '' THEN 1 ELSE 0 END LIMIT 1`, code, organiser, day)
}

// Get reads a rule by its id: what a poll or an award has rested on.
func (s *Service) Get(ctx context.Context, q db.Queryer, id string) (Rule, error) {
	return db.Get[Rule](ctx, q, "rule", id)
}

// List shows the rulebook to whoever is signed in, code by code in the order of
// Subjects, newest first; with a day only what is in force on it.
func (s *Service) List(ctx context.Context, actor access.Actor, day clock.Day) ([]Rule, error) {
	if err := s.gate.Must(ctx, s.db, actor, access.OrgRead, access.Record{}); err != nil {
		return nil, err
	}
	all, err := db.All[Rule](ctx, s.db, `SELECT `+db.Prefixed("r", Rule{})+` FROM rule r WHERE $1 = '' OR (from_day <= $1 AND to_day > $1) ORDER BY scope_id, from_day DESC`, string(day))
	if err != nil {
		return nil, err
	}
	var sorted []Rule
	for _, subject := range Subjects {
		for _, r := range all {
			if r.Code == subject.Code {
				sorted = append(sorted, r)
			}
		}
	}
	return sorted, nil
}

// MayEdit tells whether the actor may change rules of the scope.
func (s *Service) MayEdit(ctx context.Context, actor access.Actor, organiser string) (bool, error) {
	return s.gate.Can(ctx, s.db, actor, access.RuleEdit, access.Record{Organiser: organiser})
}

func (r *Rule) check() error {
	r.Source, r.Note = vntext.Line(r.Source), vntext.Line(r.Note)
	if r.To == "" {
		r.To = clock.Forever
	}
	_, known := subjectOf(r.Code)
	if !known {
		return fault.Wrong("code", "Chưa chọn nội dung quy định.")
	}
	canonical, valueErr := r.Code.Canonical(r.Value)
	if valueErr == nil {
		r.Value = canonical
	}
	return fault.List(
		valueErr,
		fault.When(r.Source == "", "source", "Chưa ghi nguồn của quy định (văn bản, điều, khoản)."),
		fault.When(!r.From.Valid(), "from", "Ngày bắt đầu hiệu lực không đúng. Hãy nhập như 01/07/2025."),
		fault.When(!r.To.Valid() || r.From.Valid() && r.To <= r.From, "to", "Ngày hết hiệu lực phải sau ngày bắt đầu."),
	)
}

// Add enters a rule. A rule of the same code and scope that would still be in
// force without an end is ended on the new one's first day; any other overlap
// is refused, because two rules cannot hold on one day.
func (s *Service) Add(ctx context.Context, actor access.Actor, r Rule) (Rule, error) {
	if err := r.check(); err != nil {
		return r, err
	}
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.RuleEdit, access.Record{Organiser: r.Scope}); err != nil {
			return err
		}
		if r.Scope != "" {
			if _, err := db.Get[org.Unit](ctx, tx, "unit", r.Scope); err != nil {
				return fault.Wrong("scope", "Cơ quan tổ chức không có trong danh mục đơn vị.").Because(err)
			}
		}
		change := ledger.Change{By: actor, Action: "rule.add", Reason: r.Source}
		others, err := db.All[Rule](ctx, tx, `SELECT `+db.Prefixed("r", Rule{})+` FROM rule r WHERE code = $1 AND scope_id = $2 AND from_day < $3 AND to_day > $4 ORDER BY from_day`, r.Code, r.Scope, r.To, r.From)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.To != clock.Forever || o.From >= r.From {
				return fault.Wrong("from", "Đã có quy định cùng nội dung có hiệu lực từ {.from} đến trước {.to}. Hãy chọn khoảng ngày khác, hoặc kết thúc quy định kia trước.", "from", o.From, "to", o.To)
			}
			o.To = r.From
			if err := s.book.Update(ctx, tx, change, "rule", &o); err != nil {
				return err
			}
		}
		r.ID = db.NewID()
		return s.book.Insert(ctx, tx, change, "rule", &r)
	})
	return r, err
}

// End sets the day from which a rule is no longer in force; version is the one
// the actor saw. What was decided while it held keeps resting on it.
func (s *Service) End(ctx context.Context, actor access.Actor, id string, to clock.Day, reason string, version int64) error {
	reason = vntext.Line(reason)
	if err := fault.List(
		fault.When(!to.Valid(), "to", "Ngày hết hiệu lực không đúng. Hãy nhập như 01/07/2025."),
		fault.When(reason == "", "reason", "Chưa ghi lý do hoặc văn bản làm quy định hết hiệu lực."),
	); err != nil {
		return err
	}
	return s.change(ctx, actor, id, version, "rule.end", reason, func(r *Rule) error {
		if to <= r.From {
			return fault.Wrong("to", "Ngày hết hiệu lực phải sau ngày bắt đầu {.from}.", "from", r.From)
		}
		if to > r.To {
			return fault.Wrong("to", "Quy định này đã hết hiệu lực từ {.to}; hãy thêm quy định mới thay vì kéo dài.", "to", r.To)
		}
		r.To = to
		return nil
	})
}

// Verify records that the actor has read the original and that the rule says
// what it says; source is the exact place.
func (s *Service) Verify(ctx context.Context, actor access.Actor, id, source string, version int64) error {
	source = vntext.Line(source)
	if source == "" {
		return fault.Wrong("source", "Chưa ghi nguồn của quy định (văn bản, điều, khoản).")
	}
	return s.change(ctx, actor, id, version, "rule.verify", source, func(r *Rule) error {
		r.Source, r.Verified = source, true
		return nil
	})
}

func (s *Service) change(ctx context.Context, actor access.Actor, id string, version int64, action, reason string, edit func(*Rule) error) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		r, err := s.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.RuleEdit, access.Record{Organiser: r.Scope}); err != nil {
			return err
		}
		if err := edit(&r); err != nil {
			return err
		}
		r.Version = version
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: action, Reason: reason}, "rule", &r)
	})
}

// EnsureStandard enters the rules of Standard whose code has no general rule
// yet. It runs in the caller's transaction when an installation starts for the
// first time; rules that people have entered or ended are never touched.
func (s *Service) EnsureStandard(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	if err := s.gate.Must(ctx, tx, actor, access.RuleEdit, access.Record{}); err != nil {
		return err
	}
	codes, err := db.All[Code](ctx, tx, `SELECT DISTINCT code FROM rule WHERE scope_id = ''`)
	if err != nil {
		return err
	}
	known := map[Code]bool{}
	for _, c := range codes {
		known[c] = true
	}
	for _, r := range Standard() {
		if known[r.Code] {
			continue
		}
		if err := r.check(); err != nil {
			return err
		}
		r.ID = db.NewID()
		if err := s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "rule.standard", Reason: r.Source}, "rule", &r); err != nil {
			return err
		}
	}
	return nil
}
