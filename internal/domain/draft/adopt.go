package draft

import (
	"context"

	"github.com/thidua/thidua/internal/domain/access"
	"github.com/thidua/thidua/internal/domain/cluster"
	"github.com/thidua/thidua/internal/domain/ledger"
	"github.com/thidua/thidua/internal/platform/db"
	"github.com/thidua/thidua/internal/platform/fault"
	"github.com/thidua/thidua/internal/platform/vntext"
)

// Adopt records that a meeting adopted a circulated version. The criteria lock
// their scoring sheet and make it the year's.
func (s *Service) Adopt(ctx context.Context, actor access.Actor, versionID, meetingID string, version int64) (Draft, error) {
	var d Draft
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		d, err = s.AdoptIn(ctx, tx, actor, versionID, meetingID, version)
		return err
	})
	return d, err
}

// AdoptIn is Adopt in the caller's transaction, for the meeting that adopts
// several papers at once. version is that of the paper, not of its text.
func (s *Service) AdoptIn(ctx context.Context, tx *db.Tx, actor access.Actor, versionID, meetingID string, version int64) (Draft, error) {
	d, v, err := s.OfVersion(ctx, tx, versionID)
	if err != nil {
		return d, err
	}
	if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: d.YearID}); err != nil {
		return d, err
	}
	if err := s.during(ctx, tx, d); err != nil {
		return d, err
	}
	switch {
	case d.State == Amending:
		return d, fault.New(fault.Conflict, "Đây là bản sửa đổi giao ước. Hãy ghi nhận việc thông qua cùng căn cứ và hạn ký lại.")
	case d.State == Adopted:
		return d, fault.New(fault.Conflict, "Văn bản này đã được thông qua. Muốn sửa, hãy mở lại và ghi lý do.")
	case !v.Circulated:
		return d, fault.New(fault.Conflict, "Chỉ thông qua được bản đã gửi góp ý. Hãy gửi bản số {.number} cho các đơn vị trước.", "number", v.Number)
	}
	if err := s.met(ctx, tx, d, meetingID); err != nil {
		return d, err
	}
	change := ledger.Change{By: actor, Action: "draft.adopt", Year: d.YearID}
	d.Version, d.State, d.AdoptedID, d.MeetingID = version, Adopted, v.ID, meetingID
	if err := s.book.Update(ctx, tx, change, "draft", &d); err != nil {
		return d, err
	}
	if d.Kind != Criteria {
		return d, nil
	}
	if err := s.sheets.Lock(ctx, tx, actor, v.SheetVersionID); err != nil {
		return d, err
	}
	return d, s.years.UseSheet(ctx, tx, actor, d.YearID, v.SheetVersionID)
}

// met requires that the meeting is one of the paper's year.
func (s *Service) met(ctx context.Context, tx *db.Tx, d Draft, meetingID string) error {
	n, err := db.Count(ctx, tx, `SELECT COUNT(*) FROM meeting_year y JOIN meeting m ON m.id = y.meeting_id WHERE m.id = $1 AND y.year_id = $2 AND m.cancelled = ''`, meetingID, d.YearID)
	if err == nil && n == 0 {
		return fault.Wrong("meeting", "Hãy chọn hội nghị của năm này đã thông qua văn bản.")
	}
	return err
}

// Reopen opens an adopted paper for another version, while papers are still
// being written. The version adopted before stays what it was.
func (s *Service) Reopen(ctx context.Context, actor access.Actor, draftID string, version int64, reason string) (Draft, error) {
	reason = vntext.Line(reason)
	var d Draft
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		var err error
		if d, err = s.Get(ctx, tx, draftID); err != nil {
			return err
		}
		if err := s.gate.Must(ctx, tx, actor, access.DraftAdopt, access.Record{Year: d.YearID}); err != nil {
			return err
		}
		if _, err := s.years.During(ctx, tx, d.YearID, cluster.Writing); err != nil {
			return err
		}
		if reason == "" {
			return fault.Wrong("reason", "Hãy ghi lý do mở lại văn bản; lý do được lưu vào sổ cái.")
		}
		if d.State != Adopted {
			return fault.New(fault.Conflict, "Văn bản này chưa được thông qua nên không cần mở lại.")
		}
		d.Version, d.State = version, Open
		return s.book.Update(ctx, tx, ledger.Change{By: actor, Action: "draft.reopen", Year: d.YearID, Reason: reason}, "draft", &d)
	})
	return d, err
}
