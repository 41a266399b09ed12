// Package covenant holds what a cluster signs (giao ước thi đua): the targets in
// the covenant's text, who reports on each, and the signatures of all members
// on exactly the adopted text. The text itself is a paper of room draft.
package covenant

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Target is a target of a version of the covenant.
type Target struct {
	ID         string `db:"id"`
	Version    int64  `db:"version"`
	VersionID  string `db:"version_id"`
	YearID     string `db:"year_id"`
	UnitID     string `db:"unit_id"`     // whose target it is; "" for the whole block
	ReporterID string `db:"reporter_id"` // who reports its figures; "" is UnitID, or the leader for the whole block
	Place      int    `db:"place"`
	indicator.Goal
}

// Service keeps covenants.
type Service struct {
	db         *db.DB
	book       *ledger.Book
	gate       *access.Gate
	years      *cluster.Service
	drafts     *draft.Service
	indicators *indicator.Service
	now        clock.Clock
}

// New makes the service. From then on each text that a covenant gets is read
// into targets, and the guard of the signing is registered.
func New(d *db.DB, book *ledger.Book, gate *access.Gate, years *cluster.Service, drafts *draft.Service, indicators *indicator.Service, now clock.Clock) *Service {
	s := &Service{d, book, gate, years, drafts, indicators, now}
	drafts.Follow(draft.Covenant, s.follow)
	years.Guard("signed", s.guard)
	return s
}

// Targets lists the targets of a version in their order.
func (s *Service) Targets(ctx context.Context, q db.Queryer, versionID string) ([]Target, error) {
	return db.All[Target](ctx, q, `SELECT `+db.Prefixed("t", Target{})+` FROM covenant_target t WHERE t.version_id = $1 ORDER BY t.place, t.id`, versionID)
}

// Target reads a target by its id. Who may read it is its version's matter.
func (s *Service) Target(ctx context.Context, q db.Queryer, id string) (Target, error) {
	return db.Get[Target](ctx, q, "covenant_target", id)
}

// AdoptedVersion is the covenant text that is in force; ok is false before one
// is adopted. A text that is being amended holds until another is adopted.
func (s *Service) AdoptedVersion(ctx context.Context, q db.Queryer, yearID string) (d draft.Draft, v draft.Version, ok bool, err error) {
	papers, err := s.drafts.Papers(ctx, q, yearID)
	if err != nil {
		return d, v, false, err
	}
	d = papers[draft.Covenant]
	if !d.InForce() {
		return d, v, false, nil
	}
	_, v, err = s.drafts.OfVersion(ctx, q, d.AdoptedID)
	return d, v, err == nil, err
}

// Entry is a target as the leader enters or corrects it.
type Entry struct {
	indicator.Entry
	UnitID     string
	ReporterID string
}

// members requires that the units named are members of the year.
func (s *Service) members(ctx context.Context, q db.Queryer, yearID string, e Entry) error {
	var faults []*fault.Error
	for field, unit := range map[string]string{"unit_id": e.UnitID, "reporter": e.ReporterID} {
		if unit == "" {
			continue
		}
		n, err := db.Count(ctx, q, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, yearID, unit)
		if err != nil {
			return err
		}
		faults = append(faults, fault.When(n == 0, field, "Đơn vị được chọn phải là thành viên của cụm, khối trong năm."))
	}
	return fault.List(faults...)
}

// AddTarget enters a target that the reader did not find. The version must not
// be circulated.
func (s *Service) AddTarget(ctx context.Context, actor access.Actor, versionID string, e Entry) (Target, error) {
	var t Target
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		d, v, err := s.drafts.Writable(ctx, tx, actor, versionID)
		if err != nil {
			return err
		}
		if d.Kind != draft.Covenant {
			return fault.Missing()
		}
		g, err := s.goal(ctx, tx, actor, d.YearID, v.ID, "", e)
		if err != nil {
			return err
		}
		last, err := db.Count(ctx, tx, `SELECT COALESCE(MAX(place), 0) FROM covenant_target WHERE version_id = $1`, v.ID)
		if err != nil {
			return err
		}
		t = Target{ID: db.NewID(), VersionID: v.ID, YearID: d.YearID, UnitID: e.UnitID, ReporterID: e.ReporterID, Place: last + 1, Goal: g}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "covenant.target", Year: d.YearID}, "covenant_target", &t)
	})
	return t, err
}

// EditTarget corrects a target while its version is not circulated. The clause
// it was read from stays with it.
func (s *Service) EditTarget(ctx context.Context, actor access.Actor, id string, version int64, e Entry) (Target, error) {
	var t Target
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if t, err = db.Get[Target](ctx, tx, "covenant_target", id); err != nil {
			return err
		}
		if _, _, err := s.drafts.Writable(ctx, tx, actor, t.VersionID); err != nil {
			return err
		}
		e.Line, e.Clause = t.Line, t.Clause
		g, err := s.goal(ctx, tx, actor, t.YearID, t.VersionID, t.ID, e)
		if err != nil {
			return err
		}
		t.Goal, t.UnitID, t.ReporterID, t.Version = g, e.UnitID, e.ReporterID, version
		return theirs(s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "covenant.target", Year: t.YearID}, "covenant_target", &t))
	})
	return t, err
}

// theirs gives a Stale fault its row by value.
func theirs(err error) error {
	if f := fault.As(err); f != nil && f.Code == fault.Stale {
		if t, ok := f.Theirs.(*Target); ok {
			f.Theirs = *t
		}
		return f
	}
	return err
}

func (s *Service) goal(ctx context.Context, tx *db.Tx, actor access.Actor, yearID, versionID, id string, e Entry) (indicator.Goal, error) {
	g, err := e.Goal()
	if err != nil {
		return g, err
	}
	if err := s.members(ctx, tx, yearID, e); err != nil {
		return g, err
	}
	if g.PartOf != "" {
		n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM covenant_target WHERE id = $1 AND version_id = $2 AND part_of = ''`, g.PartOf, versionID)
		if err != nil {
			return g, err
		}
		if n == 0 || g.PartOf == id {
			return g, fault.Wrong("part_of", "Hãy chọn một chỉ tiêu tổng khác; chỉ tiêu thành phần không có thành phần của nó.")
		}
	}
	_, err = s.indicators.Recognise(ctx, tx, actor, &g)
	return g, err
}

// RemoveTarget takes a target out of a version that is not circulated. What
// was a part of it stands alone.
func (s *Service) RemoveTarget(ctx context.Context, actor access.Actor, id string, version int64) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		t, err := db.Get[Target](ctx, tx, "covenant_target", id)
		if err != nil {
			return err
		}
		if _, _, err := s.drafts.Writable(ctx, tx, actor, t.VersionID); err != nil {
			return err
		}
		t.Version = version
		change := ledger.Change{By: actor, Action: "covenant.remove_target", Year: t.YearID}
		if err := s.book.Delete(ctx, tx, change, "covenant_target", &t); err != nil {
			return err
		}
		rest, err := s.Targets(ctx, tx, t.VersionID)
		if err != nil {
			return err
		}
		for _, part := range rest {
			if part.PartOf == t.ID {
				part.PartOf = ""
				if err := s.book.Update(ctx, tx, change, "covenant_target", &part); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Assign says who reports on a target. It is no part of the signed text, so the
// leader may change it as long as figures come in.
func (s *Service) Assign(ctx context.Context, actor access.Actor, id string, version int64, reporterID string) (Target, error) {
	var t Target
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if t, err = db.Get[Target](ctx, tx, "covenant_target", id); err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftWrite, access.Record{Year: t.YearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, t.YearID, cluster.Writing); err != nil {
			if _, err := s.years.During(ctx, tx, t.YearID, cluster.Reporting); err != nil {
				return err
			}
		}
		if t.UnitID != "" && reporterID != "" && reporterID != t.UnitID {
			return fault.Wrong("reporter", "Chỉ tiêu của riêng một đơn vị do chính đơn vị đó báo cáo.")
		}
		if err := s.members(ctx, tx, t.YearID, Entry{ReporterID: reporterID}); err != nil {
			return err
		}
		t.ReporterID, t.Version = reporterID, version
		return theirs(s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "covenant.assign", Year: t.YearID}, "covenant_target", &t))
	})
	return t, err
}
