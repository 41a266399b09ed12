package covenant

import (
	"context"
	"regexp"
	"strconv"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/draft"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/locale"
)

// maxTerm is the longest term of a covenant, in years. The one known ran for
// five (S167); ten leaves room and catches a slip of the pen.
const maxTerm = 10

// Term is the years that a version of a covenant is meant for. A version
// without one is for its own year.
type Term struct {
	ID        string `db:"id"`
	Version   int64  `db:"version"`
	YearID    string `db:"year_id"`
	VersionID string `db:"version_id"`
	From      int    `db:"from_year"`
	Until     int    `db:"until_year"`
}

// Term reads the term of a version; nil for one year.
func (s *Service) Term(ctx context.Context, q db.Queryer, versionID string) (*Term, error) {
	t, ok, err := db.Maybe[Term](ctx, q, `SELECT `+db.Prefixed("t", Term{})+` FROM covenant_term t WHERE t.version_id = $1`, versionID)
	if err != nil || !ok {
		return nil, err
	}
	return &t, nil
}

var stated = regexp.MustCompile(`(?i)(?:giai đoạn|thời kỳ|nhiệm kỳ|các năm|từ năm)\s+(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:-|–|—|đến(?:\s+hết)?(?:\s+năm)?)\s*(\d{4})`)

// Stated finds the years that a covenant's text says it is for: "giai đoạn
// 2018-2022". ok is false where it says none, or none that can be for the year.
func Stated(text string, year int) (from, until int, ok bool) {
	for _, m := range stated.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[1])
		until, _ := strconv.Atoi(m[2])
		if from <= year && year <= until && until > from && until-from < maxTerm {
			return from, until, true
		}
	}
	return 0, 0, false
}

// SetTerm says until which year a version that is not circulated is meant to
// hold; its own year takes the term away.
func (s *Service) SetTerm(ctx context.Context, actor access.Actor, versionID string, until int) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		d, v, err := s.drafts.Writable(ctx, tx, actor, versionID)
		if err != nil {
			return err
		}
		if d.Kind != draft.Covenant {
			return fault.Missing()
		}
		y, err := s.years.Get(ctx, tx, d.YearID)
		if err != nil {
			return err
		}
		if until < y.Year || until >= y.Year+maxTerm {
			return fault.Wrong("until", "Giao ước của năm {.year} có hiệu lực đến hết năm {.year}, hoặc nhiều nhất đến hết năm {.last}.", "year", locale.Year(y.Year), "last", locale.Year(y.Year+maxTerm-1))
		}
		old, err := s.Term(ctx, tx, v.ID)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "covenant.term", Year: d.YearID}
		switch {
		case old == nil && until == y.Year:
			return nil
		case old == nil:
			return s.book.Insert(ctx, tx, change, "covenant_term", &Term{ID: db.NewID(), YearID: d.YearID, VersionID: v.ID, From: y.Year, Until: until})
		case until == y.Year:
			return s.book.Delete(ctx, tx, change, "covenant_term", old)
		}
		old.Until = until
		return s.book.Update(ctx, tx, change, "covenant_term", old)
	})
}

// keepTerm gives a version the term of the text that it follows, so that an
// amendment does not shorten a covenant by forgetting it, and a first version
// the term that its text states.
func (s *Service) keepTerm(ctx context.Context, tx *db.Tx, actor access.Actor, d draft.Draft, before, after draft.Version) error {
	if before.ID == after.ID {
		return nil
	}
	y, err := s.years.Get(ctx, tx, d.YearID)
	if err != nil {
		return err
	}
	until := 0
	if before.ID != "" {
		old, err := s.Term(ctx, tx, before.ID)
		if err != nil {
			return err
		}
		if old != nil {
			until = old.Until
		}
	} else if _, last, ok := Stated(after.Text, y.Year); ok {
		until = last
	}
	if until <= y.Year {
		return nil
	}
	return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "covenant.term", Year: d.YearID}, "covenant_term",
		&Term{ID: db.NewID(), YearID: d.YearID, VersionID: after.ID, From: y.Year, Until: until})
}

// Carry says that a year stands on the covenant of an earlier year of its
// cluster: the same text, byte for byte, with the signatures given then.
type Carry struct {
	ID            string        `db:"id"`
	Version       int64         `db:"version"`
	YearID        string        `db:"year_id"`
	VersionID     string        `db:"version_id"`
	FromYearID    string        `db:"from_year_id"`    // in which it was signed
	FromVersionID string        `db:"from_version_id"` // that was signed
	AccountID     string        `db:"account_id"`
	At            clock.Instant `db:"at"`
}

func (s *Service) carried(ctx context.Context, q db.Queryer, versionID string) (*Carry, error) {
	c, ok, err := db.Maybe[Carry](ctx, q, `SELECT `+db.Prefixed("c", Carry{})+` FROM covenant_carry c WHERE c.version_id = $1`, versionID)
	if err != nil || !ok {
		return nil, err
	}
	return &c, nil
}

// Lasting is a covenant of an earlier year whose term reaches a later one.
type Lasting struct {
	Year    cluster.Year
	Version draft.Version
	Term    Term
	Signed  int // of the members of the later year
}

// Lasting finds the covenant of an earlier year of the same cluster that still
// holds in the year; the newest where there are several. ok is false for none.
func (s *Service) Lasting(ctx context.Context, q db.Queryer, y cluster.Year) (l Lasting, ok bool, err error) {
	years, err := s.years.YearsOf(ctx, q, y.ClusterID)
	if err != nil {
		return l, false, err
	}
	for _, earlier := range years { // newest first
		if earlier.Year >= y.Year {
			continue
		}
		_, v, adopted, err := s.AdoptedVersion(ctx, q, earlier.ID)
		if err != nil {
			return l, false, err
		}
		if !adopted {
			continue
		}
		term, err := s.Term(ctx, q, v.ID)
		if err != nil {
			return l, false, err
		}
		if term == nil || term.Until < y.Year {
			// A later covenant of one year takes the place of a longer one.
			return l, false, nil
		}
		l = Lasting{Year: earlier, Version: v, Term: *term}
		members, err := s.years.Members(ctx, q, y)
		if err != nil {
			return l, false, err
		}
		signatures, err := s.Signatures(ctx, q, v.ID)
		if err != nil {
			return l, false, err
		}
		for _, m := range members {
			for _, g := range signatures {
				if g.UnitID == m.UnitID {
					l.Signed++
				}
			}
		}
		return l, true, nil
	}
	return l, false, nil
}

// TakeOver makes the covenant of an earlier year that still holds that of the
// year: text, targets that are not past, and the signatures of the members that
// gave them. Members that joined since sign it.
func (s *Service) TakeOver(ctx context.Context, actor access.Actor, yearID string) (draft.Draft, error) {
	var d draft.Draft
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, yearID, cluster.Writing)
		if err != nil {
			return err
		}
		from, ok, err := s.Lasting(ctx, tx, y)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "Không có giao ước nhiều năm nào của cụm, khối còn hiệu lực trong năm {.year}.", "year", locale.Year(y.Year))
		}
		papers, err := s.drafts.Papers(ctx, tx, from.Year.ID)
		if err != nil {
			return err
		}
		d, err = s.drafts.Carry(ctx, tx, actor, yearID, papers[draft.Covenant], from.Version)
		if err != nil {
			return err
		}
		change := ledger.Change{By: actor, Action: "covenant.take_over", Year: yearID}
		carry := Carry{ID: db.NewID(), YearID: yearID, VersionID: d.AdoptedID, FromYearID: from.Year.ID, FromVersionID: from.Version.ID, AccountID: actor.Account, At: clock.Stamp(s.now)}
		origin, err := s.carried(ctx, tx, from.Version.ID)
		if err != nil {
			return err
		}
		if origin != nil { // a chain leads to where it was signed
			carry.FromYearID, carry.FromVersionID = origin.FromYearID, origin.FromVersionID
		}
		if err := s.book.Insert(ctx, tx, change, "covenant_carry", &carry); err != nil {
			return err
		}
		if err := s.book.Insert(ctx, tx, change, "covenant_term", &Term{ID: db.NewID(), YearID: yearID, VersionID: d.AdoptedID, From: from.Term.From, Until: from.Term.Until}); err != nil {
			return err
		}
		return s.copyTargets(ctx, tx, change, y, from.Version.ID, d.AdoptedID)
	})
	return d, err
}

// copyTargets gives the year the targets of a version that are not past: one
// to be reached by 2019 says nothing about 2020.
func (s *Service) copyTargets(ctx context.Context, tx *db.Tx, change ledger.Change, y cluster.Year, fromID, toID string) error {
	rows, err := s.Targets(ctx, tx, fromID)
	if err != nil {
		return err
	}
	ids, place := map[string]string{}, 0
	for _, r := range rows {
		if r.ByYear != 0 && r.ByYear < y.Year {
			continue
		}
		place++
		copied := r
		copied.ID, copied.YearID, copied.VersionID, copied.Place, copied.PartOf = db.NewID(), y.ID, toID, place, ids[r.PartOf]
		ids[r.ID] = copied.ID
		for _, unit := range []*string{&copied.UnitID, &copied.ReporterID} {
			if *unit == "" {
				continue
			}
			n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM membership WHERE year_id = $1 AND unit_id = $2`, y.ID, *unit)
			if err != nil {
				return err
			}
			if n == 0 && unit == &copied.UnitID {
				copied.ID = "" // the unit has left, its targets with it
			} else if n == 0 {
				*unit = ""
			}
		}
		if copied.ID == "" {
			place--
			delete(ids, r.ID)
			continue
		}
		if err := s.book.Insert(ctx, tx, change, "covenant_target", &copied); err != nil {
			return err
		}
	}
	return nil
}
