package covenant

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/indicator"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/clock"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Reason is why a target is set no higher. It belongs to an indicator of a
// unit and tells of which figure it was written, so that it stays with the
// target in later versions and shows when the target has moved since.
type Reason struct {
	ID          string        `db:"id"`
	Version     int64         `db:"version"`
	YearID      string        `db:"year_id"`
	IndicatorID string        `db:"indicator_id"`
	UnitID      string        `db:"unit_id"`
	TargetID    string        `db:"target_id"`
	Low         string        `db:"low"`
	High        string        `db:"high"`
	Unit        string        `db:"unit"`
	Text        string        `db:"text"`
	AccountID   string        `db:"account_id"`
	At          clock.Instant `db:"at"`
}

// Of tells whether the reason was written for the target as it stands.
func (r Reason) Of(t Target) bool { return r.Low == t.Low && r.High == t.High && r.Unit == t.Unit }

// Explain keeps the reason of a target: of a unit's own from the unit, or from
// the leader, of the whole block from the leader. version is that of the reason
// the person saw, 0 for none.
func (s *Service) Explain(ctx context.Context, actor access.Actor, targetID string, version int64, text string) (Reason, error) {
	var r Reason
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		t, err := db.Get[Target](ctx, tx, "covenant_target", targetID)
		if err != nil {
			return err
		}
		writes, err := s.gate.Can(ctx, tx, actor, access.DraftWrite, access.Record{Year: t.YearID})
		if err != nil {
			return err
		}
		_, v, err := s.drafts.OfVersion(ctx, tx, t.VersionID)
		if err != nil {
			return err
		}
		if !writes && !v.Circulated { // not theirs to see
			return fault.Missing()
		}
		if !writes {
			if err := s.gate.Must(ctx, tx, actor, access.DraftComment, access.Record{Year: t.YearID, Unit: t.UnitID}); err != nil {
				return err
			}
		}
		if _, err := s.years.During(ctx, tx, t.YearID, cluster.Writing); err != nil {
			if _, err := s.years.During(ctx, tx, t.YearID, cluster.Signing); err != nil {
				return err
			}
		}
		if !v.Circulated {
			return fault.New(fault.Conflict, "Hãy gửi dự thảo góp ý trước khi giải trình mức chỉ tiêu.")
		}
		text := vntext.Clean(text)
		if err := fault.List(
			fault.When(text == "", "text", "Hãy ghi lý do đặt chỉ tiêu ở mức này."),
			fault.When(len([]rune(text)) > 2000, "text", "Giải trình dài quá 2.000 ký tự."),
		); err != nil {
			return err
		}
		canon, err := s.indicators.Get(ctx, tx, t.IndicatorID)
		if err != nil {
			return err
		}
		old, there, err := db.Maybe[Reason](ctx, tx, `SELECT `+db.Prefixed("r", Reason{})+` FROM target_reason r WHERE r.year_id = $1 AND r.unit_id = $2
			AND (r.indicator_id = $3 OR r.indicator_id IN (SELECT id FROM indicator WHERE merged_into = $3)) ORDER BY r.at DESC`, t.YearID, t.UnitID, canon.ID)
		if err != nil {
			return err
		}
		r = Reason{ID: db.NewID(), YearID: t.YearID, IndicatorID: canon.ID, UnitID: t.UnitID}
		if there {
			r = old
			r.Version = version
		}
		r.TargetID, r.Low, r.High, r.Unit, r.Text, r.AccountID, r.At = t.ID, t.Low, t.High, t.Goal.Unit, text, actor.Account, clock.Stamp(s.now)
		change := ledger.Change{By: actor, Action: "covenant.explain", Year: t.YearID}
		if there {
			return s.book.Update(ctx, tx, change, "target_reason", &r)
		}
		return s.book.Insert(ctx, tx, change, "target_reason", &r)
	})
	return r, err
}

// reasons reads the year's reasons by place.
func (s *Service) reasons(ctx context.Context, q db.Queryer, yearID string) (map[indicator.Place]*Reason, error) {
	rows, err := db.All[Reason](ctx, q, `SELECT r.id, r.version, r.year_id, CASE WHEN i.merged_into = '' THEN i.id ELSE i.merged_into END AS indicator_id,
		r.unit_id, r.target_id, r.low, r.high, r.unit, r.text, r.account_id, r.at FROM target_reason r JOIN indicator i ON i.id = r.indicator_id WHERE r.year_id = $1 ORDER BY r.at`, yearID)
	if err != nil {
		return nil, err
	}
	out := map[indicator.Place]*Reason{}
	for i, r := range rows {
		out[indicator.Place{Indicator: r.IndicatorID, Unit: r.UnitID}] = &rows[i]
	}
	return out, nil
}
