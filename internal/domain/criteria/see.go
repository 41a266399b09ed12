package criteria

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/scoring"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
)

// Listed is a version as lists show it, without its text.
type Listed struct {
	ID      string        `db:"id"`
	Version int64         `db:"version"`
	SheetID string        `db:"sheet_id"`
	OwnerID string        `db:"owner_id"` // of the sheet
	Number  int           `db:"number"`
	Name    string        `db:"name"`
	Source  string        `db:"source"`
	Note    string        `db:"note"`
	Hash    string        `db:"hash"`
	Locked  bool          `db:"locked"`
	By      string        `db:"by_name"`
	At      clock.Instant `db:"at"`
}

// owners lists whose sheets may be read at a place: the year's cluster and
// the organiser that lends to it.
func (s *Service) owners(ctx context.Context, q db.Queryer, at Place) (own, lender string, err error) {
	if at.Year == "" {
		return "", at.Organiser, nil
	}
	y, err := s.years.Get(ctx, q, at.Year)
	if err != nil {
		return "", "", err
	}
	c, err := s.years.Cluster(ctx, q, y.ClusterID)
	return c.ID, c.OrganiserID, err
}

// read is the right to look at the sheets of a place.
func (s *Service) read(ctx context.Context, q db.Queryer, actor access.Actor, at Place) error {
	if at.Year != "" {
		return s.gate.MustSee(ctx, q, actor, access.ClusterRead, at.record())
	}
	if at.Organiser == "" {
		return fault.Missing()
	}
	return s.gate.MustSee(ctx, q, actor, access.SheetEdit, at.record())
}

// List lists the versions that a place can use, newest sheet and version first.
func (s *Service) List(ctx context.Context, actor access.Actor, at Place) ([]Listed, error) {
	if err := s.read(ctx, s.db, actor, at); err != nil {
		return nil, err
	}
	mine, lender, err := s.owners(ctx, s.db, at)
	if err != nil {
		return nil, err
	}
	return db.All[Listed](ctx, s.db, `
		SELECT v.id, v.version, v.sheet_id, s.owner_id, v.number, s.name, s.source, v.note, v.hash, v.locked, COALESCE(a.name, '') AS by_name, v.at
		FROM sheet_version v JOIN sheet s ON s.id = v.sheet_id LEFT JOIN account a ON a.id = v.account_id
		WHERE s.owner_id IN ($1, $2) ORDER BY s.id DESC, v.number DESC`, mine, lender)
}

// See reads a version at a place.
func (s *Service) See(ctx context.Context, actor access.Actor, at Place, versionID string) (SheetVersion, Sheet, error) {
	return s.see(ctx, s.db, actor, at, versionID)
}

func (s *Service) see(ctx context.Context, q db.Queryer, actor access.Actor, at Place, versionID string) (SheetVersion, Sheet, error) {
	if err := s.read(ctx, q, actor, at); err != nil {
		return SheetVersion{}, Sheet{}, err
	}
	v, err := db.Get[SheetVersion](ctx, q, "sheet_version", versionID)
	if err != nil {
		return v, Sheet{}, err
	}
	sheet, err := db.Get[Sheet](ctx, q, "sheet", v.SheetID)
	if err != nil {
		return v, sheet, err
	}
	mine, lender, err := s.owners(ctx, q, at)
	if err != nil {
		return v, sheet, err
	}
	if sheet.OwnerID != mine && sheet.OwnerID != lender {
		return SheetVersion{}, Sheet{}, fault.Missing()
	}
	return v, sheet, nil
}

// MayEdit tells whether the actor may write sheets at the place, now.
func (s *Service) MayEdit(ctx context.Context, actor access.Actor, at Place) (bool, error) {
	_, err := s.may(ctx, s.db, actor, at)
	if f := fault.As(err); f != nil && f.Code != fault.Internal {
		return false, nil
	}
	return err == nil, err
}

// Adopted is the sheet that a year scores by, for other rooms; who may see it
// is theirs to ask.
func Adopted(ctx context.Context, q db.Queryer, y cluster.Year) (*scoring.Sheet, SheetVersion, error) {
	if y.SheetVersionID == "" {
		return nil, SheetVersion{}, fault.New(fault.Conflict, "Năm thi đua chưa thông qua bảng chấm điểm. Hãy thông qua dự thảo bảng chấm điểm ở phần Văn bản.")
	}
	v, err := db.Get[SheetVersion](ctx, q, "sheet_version", y.SheetVersionID)
	if err != nil {
		return nil, v, err
	}
	sheet, err := v.Read()
	return sheet, v, err
}
