package covenant

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Deferral lets a year go on while absent members sign until the deadline
// (docs/decisions/0005).
type Deferral struct {
	ID        string        `db:"id"`
	Version   int64         `db:"version"`
	YearID    string        `db:"year_id"`
	VersionID string        `db:"version_id"`
	Reason    string        `db:"reason"`
	AccountID string        `db:"account_id"`
	At        clock.Instant `db:"at"`
}

func (s *Service) deferral(ctx context.Context, q db.Queryer, versionID string) (*Deferral, error) {
	d, ok, err := db.Maybe[Deferral](ctx, q, `SELECT `+db.Prefixed("f", Deferral{})+` FROM signing_deferral f WHERE f.version_id = $1 ORDER BY f.at DESC, f.id DESC LIMIT 1`, versionID)
	if err != nil || !ok {
		return nil, err
	}
	return &d, nil
}

// Defer confirms that the year goes on though members have not signed, because
// they were absent, and sets the day until which they sign. The unit that leads
// signs first.
func (s *Service) Defer(ctx context.Context, actor access.Actor, yearID string, due clock.Day, reason string) (Deferral, error) {
	reason = vntext.Line(reason)
	var d Deferral
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.gate.Must(ctx, tx, actor, access.ClusterMove, access.Record{Year: yearID}); err != nil {
			return err
		}
		y, err := s.years.During(ctx, tx, yearID, cluster.Writing)
		if err != nil {
			return err
		}
		_, v, adopted, err := s.AdoptedVersion(ctx, tx, yearID)
		if err != nil {
			return err
		}
		if !adopted {
			return fault.New(fault.Conflict, "Giao ước chưa được thông qua nên chưa có ai ký.")
		}
		missing, err := s.Unsigned(ctx, tx, y)
		if err != nil {
			return err
		}
		if len(missing) == 0 {
			return fault.New(fault.Conflict, "Tất cả các đơn vị đã ký; không cần cho ký sau.")
		}
		leader, err := s.years.LeaderUnit(ctx, tx, yearID)
		if err != nil {
			return err
		}
		for _, m := range missing {
			if m.UnitID == leader {
				return fault.New(fault.Conflict, "{.unit} chưa ký. Đơn vị trưởng ký trước, sau đó mới cho đơn vị vắng ký sau.", "unit", m.Name)
			}
		}
		if err := fault.List(
			fault.When(reason == "", "reason", "Hãy ghi vì sao các đơn vị còn lại ký sau, ví dụ vắng mặt tại lễ ký."),
			fault.When(len([]rune(reason)) > 1000, "reason", "Lý do dài quá 1.000 ký tự."),
			fault.When(!due.Valid() || due < clock.Today(s.now), "due", "Hãy đặt hạn ký bổ sung, từ hôm nay trở đi."),
		); err != nil {
			return err
		}
		if err := s.years.SetDeadlineIn(ctx, tx, actor, yearID, cluster.DueSign, due); err != nil {
			return err
		}
		d = Deferral{ID: db.NewID(), YearID: yearID, VersionID: v.ID, Reason: reason, AccountID: actor.Account, At: clock.Stamp(s.now)}
		return s.book.Insert(ctx, tx, ledger.Change{By: actor, Action: "covenant.defer", Year: yearID, Reason: reason}, "signing_deferral", &d)
	})
	return d, err
}

// deferred tells whether the year may go on without all signatures: the leader
// confirmed it for the text in force, and the deadline runs.
func (s *Service) deferred(ctx context.Context, q db.Queryer, y cluster.Year) (bool, error) {
	_, v, adopted, err := s.AdoptedVersion(ctx, q, y.ID)
	if err != nil || !adopted {
		return false, err
	}
	d, err := s.deferral(ctx, q, v.ID)
	if err != nil || d == nil {
		return false, err
	}
	due, err := s.years.Calendar(ctx, q, y.ID)
	return err == nil && clock.Today(s.now) <= due[cluster.DueSign].Due, err
}
